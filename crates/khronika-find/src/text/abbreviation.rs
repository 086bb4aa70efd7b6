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
    means: BTreeSet<String>,
    predicate: Vec<String>,
    no_predicate: BTreeSet<String>,
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
    /// Papers as the means by which something is done: a sentence that begins with one waits for its verb.
    #[serde(default)]
    means: Vec<String>,
    /// Endings of words that may be that verb.
    #[serde(default)]
    predicate_endings: Vec<String>,
    /// Words with such an ending that are none.
    #[serde(default)]
    no_predicate: Vec<String>,
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
            let one = |w: &String| w.trim_end_matches('.').to_lowercase();
            let fold = |words: Vec<String>| words.iter().map(one).collect();
            by_lang.insert(
                lang,
                Words {
                    never: fold(file.never_final),
                    maybe: fold(file.maybe_final),
                    unit: fold(file.final_after_number),
                    means: fold(file.means),
                    predicate: file.predicate_endings,
                    no_predicate: fold(file.no_predicate),
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

    /// "Приговором районного суда от 14 марта 2019 г. | Иванов осуждён": the words of a sentence so far, in small letters, begin with the
    /// means by which something is done, and nothing of them can be the verb.
    pub(super) fn waits_for_verb<'a>(&self, lang: Lang, words: impl Iterator<Item = &'a str>) -> bool {
        let Some(known) = self.by_lang.get(&lang).filter(|known| !known.means.is_empty()) else { return false };
        let mut begun = false;
        for (n, word) in words.enumerate() {
            begun |= n < FIRST && known.means.contains(word);
            let verb = || known.predicate.iter().any(|end| word.ends_with(end.as_str()));
            if n >= FIRST && !begun || begun && verb() && !known.no_predicate.contains(word) {
                return false;
            }
        }
        begun
    }
}

/// Among so many words from the beginning of a sentence its means stands: "заочным решением", "1. Приговором".
const FIRST: usize = 3;
