//! The words of the workspace in its languages, from the files in `data/interface`. What it shares with the dossier says those of the
//! dossier: see [`khronika_show::words`].

use std::sync::LazyLock;

use fluent_langneg::{
    NegotiationStrategy, convert_vec_str_to_langids_lossy, negotiate_languages, parse_accepted_languages,
};
pub(crate) use khronika_show::Language;
use khronika_show::phrases::Phrases;
use unic_langid::LanguageIdentifier;

/// The best language for what a browser asks for.
pub(crate) fn accepted(header: &str) -> Language {
    let asked = parse_accepted_languages(header);
    let ours = convert_vec_str_to_langids_lossy(Language::ALL.map(Language::code));
    let english: LanguageIdentifier = LanguageIdentifier::default();
    let best = negotiate_languages(&asked, &ours, Some(&english), NegotiationStrategy::Lookup);
    best.first().and_then(|lang| Language::from_code(lang.language.as_str())).unwrap_or_default()
}

/// The words of the workspace in a language.
pub(crate) fn words(language: Language) -> &'static Words {
    language.of(&WORDS)
}

static WORDS: LazyLock<[Words; 4]> = LazyLock::new(|| {
    [
        Words::new(Language::En, include_str!("../../../data/interface/en/workspace.ftl")),
        Words::new(Language::Fr, include_str!("../../../data/interface/fr/workspace.ftl")),
        Words::new(Language::Ru, include_str!("../../../data/interface/ru/workspace.ftl")),
        Words::new(Language::Uk, include_str!("../../../data/interface/uk/workspace.ftl")),
    ]
});

/// The words of one language.
pub(crate) struct Words {
    phrases: Phrases,
}

impl Words {
    fn new(language: Language, file: &str) -> Self {
        Self { phrases: Phrases::new(language, &[file]) }
    }

    /// The language.
    pub(crate) const fn lang(&self) -> Language {
        self.phrases.language()
    }

    /// The mark of what is English on a page of another language.
    pub(crate) fn foreign(&self) -> Option<&'static str> {
        (self.lang() != Language::En).then_some(Language::En.code())
    }

    /// A phrase.
    pub(crate) fn t(&self, key: &str) -> String {
        self.phrases.t(key).to_owned()
    }

    /// A phrase with a number in it.
    pub(crate) fn n(&self, key: &str, number: usize) -> String {
        self.phrases.n(key, number)
    }

    /// A phrase with a word in it.
    pub(crate) fn with(&self, key: &str, word: &str) -> String {
        self.phrases.fill(key, &[("word", word)])
    }

    /// Whether there is such a phrase.
    #[cfg(test)]
    pub(crate) fn has(&self, key: &str) -> bool {
        self.phrases.has(key)
    }
}
