//! Grammatical cases of names: from a form in the text back to the nominatives it may stand for.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::Lang;
use khronika_data::Dataset;
use serde::Deserialize;

use crate::LexiconError;

const FILE: &str = "names/endings.toml";

#[derive(Deserialize)]
struct File {
    ending: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    languages: Vec<String>,
    stem: Vec<String>,
    add: Vec<String>,
    drop: String,
}

/// The rows of `names/endings.toml`, by the ending that a form in the text has.
#[derive(Debug, Default)]
pub(super) struct Endings {
    /// Ending of the form → what the nominative has instead, how the nominative must end, and in which languages.
    by_ending: BTreeMap<String, Vec<Change>>,
    longest: usize,
}

#[derive(Debug)]
struct Change {
    drop: String,
    stem: Vec<String>,
    kazakh: bool,
    slavic: bool,
}

impl Endings {
    pub(super) fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let mut endings = Self::default();
        let Some(text) = data.get(FILE) else { return Ok(endings) };
        let file: File = toml::from_str(text).map_err(|e| LexiconError::new(FILE, e.to_string()))?;
        for row in file.ending {
            for add in row.add {
                endings.longest = endings.longest.max(add.chars().count());
                endings.by_ending.entry(add).or_default().push(Change {
                    drop: row.drop.clone(),
                    stem: row.stem.clone(),
                    kazakh: row.languages.iter().any(|l| l == "kk"),
                    slavic: row.languages.iter().any(|l| l != "kk"),
                });
            }
        }
        Ok(endings)
    }

    /// Every nominative that the folded `word` may be a case of, besides itself; in order.
    pub(super) fn nominatives(&self, word: &str, lang: Lang) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        if !word.chars().next_back().is_some_and(|c| ('\u{400}'..='\u{52f}').contains(&c)) {
            return found;
        }
        for (at, _) in word.char_indices().rev().take(self.longest) {
            let (Some(stem), Some(ending)) = (word.get(..at), word.get(at..)) else { continue };
            if stem.chars().nth(1).is_none() {
                break;
            }
            for change in self.by_ending.get(ending).into_iter().flatten() {
                if (lang == Lang::KK && !change.kazakh) || (lang != Lang::KK && !change.slavic) {
                    continue;
                }
                let nominative = format!("{stem}{}", change.drop);
                if change.stem.is_empty() || change.stem.iter().any(|s| nominative.ends_with(s.as_str())) {
                    found.insert(nominative);
                }
            }
        }
        found
    }
}

/// What is left of a Cyrillic place's name without the ending that its case or gender gives it: "Медеуский", "Медеуского" and
/// "Медеуська" all give the part up to "ск" or "ськ"; other words lose their last vowels. Latin words stay whole.
pub(super) fn stem(word: &str) -> String {
    if !word.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c)) {
        return word.to_owned();
    }
    for mark in ["ск", "цк", "ськ", "цьк", "зьк"] {
        if let Some(at) = word.rfind(mark)
            && word.get(at + mark.len()..).is_some_and(|rest| rest.chars().count() <= 3)
        {
            return word.get(..at + mark.len()).unwrap_or(word).to_owned();
        }
    }
    let short = word.trim_end_matches(['а', 'е', 'и', 'о', 'у', 'ы', 'ю', 'я', 'і', 'ї', 'є', 'й', 'ь', 'м']);
    if short.chars().count() < 3 { word.to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_lead_back_to_nominatives() {
        let endings = Endings::load(&Dataset::embedded()).unwrap();
        assert!(endings.nominatives("чехову", Lang::RU).contains("чехов"));
        assert!(endings.nominatives("әуезовтың", Lang::KK).contains("әуезов"));
        assert!(endings.nominatives("zola", Lang::FR).is_empty());
        assert_eq!(stem("медеуского"), stem("медеуский"));
        assert_eq!(stem("алматы"), stem("алматы"));
        assert_eq!(stem("київ"), "київ");
    }
}
