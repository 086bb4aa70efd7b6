//! Stems: what the forms of one word have in common, for each language.
//!
//! The Snowball stemmers know English, French, Russian, German, Spanish and Italian. For Ukrainian and Kazakh, which they do not, endings
//! are taken off by the tables in `stems/`: the longest that leaves enough of a word.

use rust_stemmers::{Algorithm, Stemmer};

use super::fold::is_cyrillic;

/// A language whose stems are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Tongue {
    English,
    French,
    German,
    Spanish,
    Italian,
    Russian,
    Ukrainian,
    Kazakh,
}

const LATIN: [Tongue; 5] = [Tongue::English, Tongue::French, Tongue::German, Tongue::Spanish, Tongue::Italian];
const CYRILLIC: [Tongue; 3] = [Tongue::Russian, Tongue::Ukrainian, Tongue::Kazakh];

impl Tongue {
    pub(crate) const ALL: [Self; 8] = [
        Self::English,
        Self::French,
        Self::German,
        Self::Spanish,
        Self::Italian,
        Self::Russian,
        Self::Ukrainian,
        Self::Kazakh,
    ];

    /// The language with this ISO 639-1 code.
    pub(crate) fn of(code: &str) -> Option<Self> {
        Some(match code {
            "en" => Self::English,
            "fr" => Self::French,
            "de" => Self::German,
            "es" => Self::Spanish,
            "it" => Self::Italian,
            "ru" => Self::Russian,
            "uk" => Self::Ukrainian,
            "kk" => Self::Kazakh,
            _ => return None,
        })
    }

    /// The languages that a word may be of, by its script.
    pub(crate) fn of_word(word: &str) -> &'static [Self] {
        match word.chars().find(|c| c.is_alphabetic()) {
            Some(c) if is_cyrillic(c) => &CYRILLIC,
            Some(c) if c < '\u{250}' => &LATIN,
            _ => &[],
        }
    }
}

/// Endings of a language, longest first, and how many letters have to stay.
struct Endings {
    endings: Vec<String>,
    least: usize,
}

impl Endings {
    fn parse(text: &str) -> Self {
        let words = text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
        let mut endings: Vec<String> = words.map(str::to_owned).collect();
        endings.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b)));
        Self { endings, least: 4 }
    }

    fn take<'a>(&self, word: &'a str) -> &'a str {
        let fits = |ending: &&String| {
            word.strip_suffix(ending.as_str()).is_some_and(|rest| rest.chars().count() >= self.least)
        };
        self.endings.iter().find(fits).and_then(|ending| word.strip_suffix(ending.as_str())).unwrap_or(word)
    }
}

/// The stemmers of every language.
pub(crate) struct Stems {
    snowball: [(Tongue, Stemmer); 6],
    ukrainian: Endings,
    kazakh: Endings,
}

impl Stems {
    pub(crate) fn new() -> Self {
        let with = |tongue, algorithm| (tongue, Stemmer::create(algorithm));
        Self {
            snowball: [
                with(Tongue::English, Algorithm::English),
                with(Tongue::French, Algorithm::French),
                with(Tongue::German, Algorithm::German),
                with(Tongue::Spanish, Algorithm::Spanish),
                with(Tongue::Italian, Algorithm::Italian),
                with(Tongue::Russian, Algorithm::Russian),
            ],
            ukrainian: Endings::parse(include_str!("stems/uk.txt")),
            kazakh: Endings::parse(include_str!("stems/kk.txt")),
        }
    }

    /// The stem of a word in lower case, with its diacritics: the endings that Snowball knows have them.
    pub(crate) fn stem<'a>(&self, tongue: Tongue, word: &'a str) -> std::borrow::Cow<'a, str> {
        match tongue {
            Tongue::Ukrainian => self.ukrainian.take(word).into(),
            Tongue::Kazakh => self.kazakh.take(word).into(),
            _ => match self.snowball.iter().find(|(t, _)| *t == tongue) {
                Some((_, stemmer)) => stemmer.stem(word),
                None => word.into(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let stems = Stems::new();
        let groups: [(Tongue, &[&str]); 5] = [
            (Tongue::English, &["appeal", "appeals", "appealed", "appealing"]),
            (Tongue::French, &["tribunal", "tribunaux"]),
            (Tongue::Russian, &["решение", "решения", "решением", "решениях"]),
            (Tongue::Ukrainian, &["рішення", "рішенням", "рішеннями"]),
            (Tongue::Kazakh, &["шешімнің", "шешімге", "шешімдер", "шешімді"]),
        ];
        for (tongue, words) in groups {
            let found: Vec<_> = words.iter().map(|word| stems.stem(tongue, word)).collect();
            assert!(found.windows(2).all(|pair| pair[0] == pair[1]), "{found:?}");
        }
    }
}
