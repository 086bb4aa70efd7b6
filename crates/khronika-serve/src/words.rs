//! The words of the workspace in its languages, from the files in `data/interface`.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_langneg::{
    NegotiationStrategy, convert_vec_str_to_langids_lossy, negotiate_languages, parse_accepted_languages,
};
use unic_langid::LanguageIdentifier;

/// A language of the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// English.
    En,
    /// French.
    Fr,
    /// Russian.
    Ru,
    /// Ukrainian.
    Uk,
}

impl Language {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::En, Self::Fr, Self::Ru, Self::Uk];

    /// Its code (ISO 639-1).
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Ru => "ru",
            Self::Uk => "uk",
        }
    }

    /// Its name in itself.
    pub(crate) fn name(self) -> String {
        self.words().t("language-name")
    }

    /// The language with this code.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The best one for what a browser asks for.
    pub(crate) fn accepted(header: &str) -> Self {
        let asked = parse_accepted_languages(header);
        let ours = convert_vec_str_to_langids_lossy(Self::ALL.map(Self::code));
        let english: LanguageIdentifier = LanguageIdentifier::default();
        let best = negotiate_languages(&asked, &ours, Some(&english), NegotiationStrategy::Lookup);
        best.first().and_then(|lang| Self::from_code(lang.language.as_str())).unwrap_or(Self::En)
    }

    /// Its words.
    pub(crate) fn words(self) -> &'static Words {
        let all: &'static [Words; 4] = &WORDS;
        match self {
            Self::En => &all[0],
            Self::Fr => &all[1],
            Self::Ru => &all[2],
            Self::Uk => &all[3],
        }
    }
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
    lang: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    fn new(lang: Language, file: &str) -> Self {
        let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Names are set apart by elements of the page.
        bundle.set_use_isolating(false);
        // What could be read of a file counts; that all of it can is tested.
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self { lang, bundle }
    }

    /// The language.
    pub(crate) const fn lang(&self) -> Language {
        self.lang
    }

    /// A phrase.
    pub(crate) fn t(&self, key: &str) -> String {
        self.say(key, None)
    }

    /// A phrase with a number in it.
    pub(crate) fn n(&self, key: &str, number: usize) -> String {
        let mut args = FluentArgs::new();
        args.set("n", number);
        self.say(key, Some(&args))
    }

    /// A phrase with a word in it.
    pub(crate) fn with(&self, key: &str, word: &str) -> String {
        let mut args = FluentArgs::new();
        args.set("word", Cow::Owned::<str>(word.to_owned()));
        self.say(key, Some(&args))
    }

    fn say(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        let Some(pattern) = pattern else { return key.to_owned() };
        self.bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned()
    }

    /// Whether there is such a phrase.
    #[cfg(test)]
    pub(crate) fn has(&self, key: &str) -> bool {
        self.bundle.get_message(key).is_some()
    }
}
