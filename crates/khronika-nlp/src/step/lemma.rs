//! Base forms, by tables of endings, exceptions and known words.

use std::sync::Arc;

use crate::error::{Error, Result};
use crate::package::Package;
use crate::package::config::Config;
use crate::package::msgpack::{Value, Walk};
use crate::text::chars::Chars;
use crate::text::hash::StringIds;
use crate::text::pool::Pool;

/// How a language finds base forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Lookup,
    English,
    French,
}

/// What a part of speech has. Words are numbers of the lemmatizer's pool.
#[derive(Debug, Default)]
struct Part {
    endings: Vec<(Box<str>, Box<str>)>,
    /// Words with their forms, by the word; the forms of one word in their order.
    exceptions: Vec<(u32, u32)>,
    /// In their order.
    words: Vec<u32>,
}

/// A lemmatizer.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    mode: Mode,
    pool: Pool,
    /// As [`PARTS`].
    parts: Vec<Part>,
    /// Numbers of words in their order, and beside each the word of the pool that is its base form.
    looked_up: Vec<u64>,
    base_forms: Vec<u32>,
}

/// Coarse parts of speech, as the tables name them.
const PARTS: [&str; 17] = [
    "adj", "adp", "adv", "aux", "cconj", "conj", "det", "intj", "noun", "num", "part", "pron", "propn", "punct",
    "sconj", "sym", "verb",
];

/// The parts of speech that French forms by rule; all others are looked up.
const FRENCH_BY_RULE: [&str; 11] =
    ["noun", "verb", "adj", "adp", "adv", "aux", "cconj", "det", "pron", "punct", "sconj"];

impl Lemmatizer {
    pub(crate) fn read(package: &Package, step: &str, config: &Config, lang: &str, ids: &StringIds) -> Result<Self> {
        let mode = match (config.text(&format!("components.{step}"), "mode").unwrap_or("lookup"), lang) {
            ("lookup", _) => Mode::Lookup,
            ("rule", "en") => Mode::English,
            ("rule", "fr") => Mode::French,
            (mode, lang) => return Err(Error::unsupported(format!("base forms of {lang} in the mode {mode}"))),
        };
        let file = format!("{step}/lookups/lookups.bin");
        let bytes = package.read(&file)?;
        let mut lemmatizer = Self {
            mode,
            pool: Pool::default(),
            parts: PARTS.iter().map(|_| Part::default()).collect(),
            looked_up: Vec::new(),
            base_forms: Vec::new(),
        };
        lemmatizer
            .fill(&mut Walk::new(&bytes, &file), ids)?
            .ok_or_else(|| Error::damaged(&file, "a table is not whole"))?;
        Ok(lemmatizer)
    }

    /// Reads the tables. The largest, of some hundred thousand words, are read entry by entry.
    fn fill(&mut self, walk: &mut Walk<'_>, ids: &StringIds) -> Result<Option<()>> {
        let numbers = PARTS.map(|part| ids.id(part));
        for _ in 0..walk.map()? {
            let name = walk.value()?;
            let name = name.as_str().unwrap_or_default();
            if !matches!(name, "lemma_rules" | "lemma_exc" | "lemma_index" | "lemma_lookup") {
                walk.value()?;
                continue;
            }
            let mut pairs = Vec::new();
            for _ in 0..walk.map()? {
                let Some(key) = walk.value()?.as_u64() else { return Ok(None) };
                if name == "lemma_lookup" {
                    let value = walk.value()?;
                    let form = value.as_str().or_else(|| value.as_list()?.first()?.as_str());
                    let Some(form) = form.and_then(|form| self.pool.add(form)) else { return Ok(None) };
                    pairs.push((key, form));
                    continue;
                }
                let place = numbers.iter().position(|&number| number == key);
                let Some(part) = place.and_then(|place| self.parts.get_mut(place)) else {
                    walk.value()?;
                    continue;
                };
                if name == "lemma_exc" {
                    if part.read_exceptions(walk, &mut self.pool)?.is_none() {
                        return Ok(None);
                    }
                } else if part.read_list(name, &walk.value()?, &mut self.pool).is_none() {
                    return Ok(None);
                }
            }
            if name == "lemma_lookup" {
                pairs.sort_unstable();
                (self.looked_up, self.base_forms) = pairs.into_iter().unzip();
            }
        }
        self.pool.shrink();
        Ok(Some(()))
    }

    /// The base form of a word.
    pub(crate) fn lemma(&self, word: &str, pos: &str, morph: &str, ids: &StringIds, chars: &Chars) -> Arc<str> {
        if self.mode == Mode::Lookup {
            return self.look_up(word, ids).into();
        }
        let pos = pos.to_lowercase();
        let lower = word.to_lowercase();
        if matches!(pos.as_str(), "" | "eol" | "space") {
            return lower.into();
        }
        let place = PARTS.iter().position(|part| *part == pos);
        let part = place.and_then(|place| self.parts.get(place)).filter(|part| !part.is_empty());
        if self.mode == Mode::French {
            if !FRENCH_BY_RULE.contains(&pos.as_str()) {
                return self.look_up(word, ids).into();
            }
            return self.french(&lower, part, ids, chars).into();
        }
        match part {
            _ if is_base_form(&pos, morph) => lower.into(),
            None if pos == "propn" => word.into(),
            None => lower.into(),
            Some(part) => self.english(word, &lower, part, chars).into(),
        }
    }

    fn look_up<'a>(&'a self, word: &'a str, ids: &StringIds) -> &'a str {
        let place = self.looked_up.binary_search(&ids.id(word)).ok();
        place.and_then(|place| self.base_forms.get(place)).map_or(word, |&form| self.pool.word(form))
    }

    fn knows(&self, part: &Part, word: &str) -> bool {
        self.pool.find(word).is_some_and(|number| part.words.binary_search(&number).is_ok())
    }

    fn french(&self, word: &str, part: Option<&Part>, ids: &StringIds, chars: &Chars) -> String {
        let Some(part) = part else { return self.look_up(word, ids).to_owned() };
        if self.knows(part, word) {
            return word.to_owned();
        }
        if let Some(form) = part.exceptions_of(word, &self.pool).next() {
            return form.to_owned();
        }
        let mut unknown = None;
        for form in part.forms(word) {
            if self.knows(part, &form) || !is_alpha(&form, chars) {
                return form;
            }
            unknown.get_or_insert(form);
        }
        unknown.unwrap_or_else(|| self.look_up(word, ids).to_owned())
    }

    /// The last exception that the rules did not find already; else the last known word that they found, else the first word that
    /// is none, else the first unknown one, else the word as it stands.
    fn english(&self, word: &str, lower: &str, part: &Part, chars: &Chars) -> String {
        let mut forms: Vec<String> = Vec::new();
        let mut unknown = None;
        for form in part.forms(lower) {
            if self.knows(part, &form) {
                forms.insert(0, form);
            } else if !is_alpha(&form, chars) {
                forms.push(form);
            } else {
                unknown.get_or_insert(form);
            }
        }
        for form in part.exceptions_of(lower, &self.pool) {
            if !forms.iter().any(|known| **known == *form) {
                forms.insert(0, form.to_owned());
            }
        }
        forms.into_iter().next().or(unknown).unwrap_or_else(|| word.to_owned())
    }
}

impl Part {
    fn is_empty(&self) -> bool {
        self.endings.is_empty() && self.exceptions.is_empty() && self.words.is_empty()
    }

    fn read_exceptions(&mut self, walk: &mut Walk<'_>, pool: &mut Pool) -> Result<Option<()>> {
        for _ in 0..walk.map()? {
            let (word, forms) = (walk.value()?, walk.value()?);
            let mut add = || {
                let word = pool.add(word.as_str()?)?;
                for form in forms.as_list()? {
                    self.exceptions.push((word, pool.add(form.as_str()?)?));
                }
                Some(())
            };
            if add().is_none() {
                return Ok(None);
            }
        }
        self.exceptions.sort_by_key(|&(word, _)| word);
        self.exceptions.shrink_to_fit();
        Ok(Some(()))
    }

    fn read_list(&mut self, table: &str, list: &Value<'_>, pool: &mut Pool) -> Option<()> {
        let items = list.as_list()?;
        if table == "lemma_index" {
            pool.reserve(items.len());
        }
        for item in items {
            if table == "lemma_index" {
                self.words.push(pool.add(item.as_str()?)?);
            } else {
                let [old, new] = item.as_list()? else { return None };
                self.endings.push((old.as_str()?.into(), new.as_str()?.into()));
            }
        }
        self.words.sort_unstable();
        self.words.shrink_to_fit();
        Some(())
    }

    /// What the exceptions say of a word.
    fn exceptions_of<'a>(&'a self, word: &str, pool: &'a Pool) -> impl Iterator<Item = &'a str> {
        let number = pool.find(word);
        let start = number.map_or(usize::MAX, |number| self.exceptions.partition_point(|&(word, _)| word < number));
        let found = self.exceptions.get(start..).unwrap_or_default();
        found.iter().take_while(move |(word, _)| Some(*word) == number).map(|(_, form)| pool.word(*form))
    }

    /// The word with each of its endings replaced, as far as something is left.
    fn forms(&self, word: &str) -> impl Iterator<Item = String> {
        self.endings
            .iter()
            .filter_map(|(old, new)| Some(format!("{}{new}", word.strip_suffix(&**old)?)))
            .filter(|form| !form.is_empty())
    }
}

fn is_alpha(word: &str, chars: &Chars) -> bool {
    !word.is_empty() && word.chars().all(|c| chars.is_alpha(c))
}

/// Whether an English word is in its base form already, by its features.
fn is_base_form(pos: &str, morph: &str) -> bool {
    let feature = |name: &str| morph.split('|').find_map(|f| f.strip_prefix(name)?.strip_prefix('='));
    let form = feature("VerbForm");
    (pos == "noun" && feature("Number") == Some("Sing"))
        || (pos == "verb" && form == Some("Fin") && feature("Tense") == Some("Pres") && feature("Number").is_none())
        || matches!(form, Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}
