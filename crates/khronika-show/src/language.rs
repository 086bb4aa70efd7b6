//! The languages that the program speaks.

use std::sync::LazyLock;

use crate::words::Words;

/// A language of the program's own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
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
    pub const ALL: [Self; 4] = [Self::En, Self::Fr, Self::Ru, Self::Uk];

    /// Its code (ISO 639-1).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Ru => "ru",
            Self::Uk => "uk",
        }
    }

    /// The language with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// What it has in a table that holds something for each language, in the order of [`Self::ALL`].
    #[must_use]
    pub const fn of<T>(self, [en, fr, ru, uk]: &[T; 4]) -> &T {
        match self {
            Self::En => en,
            Self::Fr => fr,
            Self::Ru => ru,
            Self::Uk => uk,
        }
    }

    /// Its words for what a case holds.
    #[must_use]
    pub fn words(self) -> &'static Words {
        self.of(&WORDS)
    }
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../../data/interface/", $name, ".ftl"))
    };
}

/// English alone tells what was done in sentences, and has the words for them in a file of their own.
static WORDS: LazyLock<[Words; 4]> = LazyLock::new(|| {
    [
        Words::new(Language::En, &[file!("en/dossier"), file!("en/sentences")]),
        Words::new(Language::Fr, &[file!("fr/dossier")]),
        Words::new(Language::Ru, &[file!("ru/dossier")]),
        Words::new(Language::Uk, &[file!("uk/dossier")]),
    ]
});
