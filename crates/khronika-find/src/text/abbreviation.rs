//! Words that keep their point inside a sentence.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::Lang;
use khronika_data::Dataset;
use serde::Deserialize;

use crate::LexiconError;

/// The abbreviations of every language.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    by_lang: BTreeMap<Lang, Words>,
}

#[derive(Clone, Debug, Default)]
struct Words {
    never: BTreeSet<String>,
    maybe: BTreeSet<String>,
    unit: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Words after which a point never ends a sentence: "M.", "art.".
    never_final: Vec<String>,
    /// Words after which a point may end a sentence when a capital follows: "etc.".
    maybe_final: Vec<String>,
    /// The same, but only where a number stands before the word: "2020 г. Суд" may end, "г. Москва" (city) never does.
    final_after_number: Vec<String>,
}

/// What a point after a word says about the end of a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    Never,
    Maybe,
    AfterNumber,
    Ends,
}

impl Abbreviations {
    /// Reads `lexicon/<lang>/abbreviations.toml` of every language.
    ///
    /// # Errors
    /// Where a file does not parse.
    pub fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let mut by_lang = BTreeMap::new();
        for code in data.languages() {
            let name = format!("lexicon/{code}/abbreviations.toml");
            let (Some(lang), Some(text)) = (Lang::new(code), data.get(&name)) else { continue };
            let file: File = toml::from_str(text).map_err(|e| LexiconError::new(&name, e.to_string()))?;
            let fold = |words: Vec<String>| words.iter().map(|w| w.trim_end_matches('.').to_lowercase()).collect();
            by_lang.insert(
                lang,
                Words {
                    never: fold(file.never_final),
                    maybe: fold(file.maybe_final),
                    unit: fold(file.final_after_number),
                },
            );
        }
        Ok(Self { by_lang })
    }

    pub(super) fn point_after(&self, lang: Lang, word: &str) -> Point {
        match self.by_lang.get(&lang) {
            Some(words) if words.never.contains(word) => Point::Never,
            Some(words) if words.maybe.contains(word) => Point::Maybe,
            Some(words) if words.unit.contains(word) => Point::AfterNumber,
            _ => Point::Ends,
        }
    }
}
