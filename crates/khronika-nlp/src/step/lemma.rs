//! Base forms, by tables of endings, exceptions and known words.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::package::Package;
use crate::package::config::Config;
use crate::package::msgpack::Value;
use crate::text::chars::Chars;
use crate::text::hash::StringIds;

/// How a language finds base forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Lookup,
    English,
    French,
}

/// What a part of speech has.
#[derive(Debug, Default)]
struct Part {
    endings: Vec<(Box<str>, Box<str>)>,
    exceptions: HashMap<Box<str>, Vec<Box<str>>>,
    words: HashSet<Box<str>>,
}

/// A lemmatizer.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    mode: Mode,
    parts: HashMap<&'static str, Part>,
    lookup: HashMap<u64, Box<str>>,
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
        let root = Value::read(&bytes, &file)?;
        let table = |name: &str| root.get(name).and_then(Value::as_map).unwrap_or_default();
        let of_part = |name: &str, part: &str| {
            let key = ids.id(part);
            table(name).iter().find(|(k, _)| k.as_u64() == Some(key)).map(|(_, v)| v)
        };
        let strings = |value: &Value<'_>| -> Vec<Box<str>> {
            value.as_list().unwrap_or_default().iter().filter_map(Value::as_str).map(Box::from).collect()
        };
        let mut parts = HashMap::new();
        for part in PARTS {
            let rules = of_part("lemma_rules", part).and_then(Value::as_list).unwrap_or_default();
            let endings = rules
                .iter()
                .filter_map(|rule| <[Box<str>; 2]>::try_from(strings(rule)).ok().map(|[old, new]| (old, new)));
            let exceptions = of_part("lemma_exc", part).and_then(Value::as_map).unwrap_or_default();
            let exceptions =
                exceptions.iter().filter_map(|(word, forms)| Some((word.as_str()?.into(), strings(forms))));
            let found = Part {
                endings: endings.collect(),
                exceptions: exceptions.collect(),
                words: of_part("lemma_index", part).map(strings).unwrap_or_default().into_iter().collect(),
            };
            if !(found.endings.is_empty() && found.exceptions.is_empty() && found.words.is_empty()) {
                parts.insert(part, found);
            }
        }
        let lookup = table("lemma_lookup").iter().filter_map(|(key, value)| {
            let form = value.as_str().or_else(|| value.as_list()?.first()?.as_str());
            Some((key.as_u64()?, form?.into()))
        });
        let lookup = lookup.collect();
        Ok(Self { mode, parts, lookup })
    }

    /// The base form of a word.
    pub(crate) fn lemma(&self, word: &str, pos: &str, morph: &str, ids: &StringIds, chars: &Chars) -> Arc<str> {
        if self.mode == Mode::Lookup {
            return self.looked_up(word, ids).into();
        }
        let pos = pos.to_lowercase();
        let lower = word.to_lowercase();
        if matches!(pos.as_str(), "" | "eol" | "space") {
            return lower.into();
        }
        let part = self.parts.get(pos.as_str());
        if self.mode == Mode::French {
            if !FRENCH_BY_RULE.contains(&pos.as_str()) {
                return self.looked_up(word, ids).into();
            }
            return self.french(&lower, part, ids, chars).into();
        }
        match part {
            _ if is_base_form(&pos, morph) => lower.into(),
            None if pos == "propn" => word.into(),
            None => lower.into(),
            Some(part) => english(word, &lower, part, chars).into(),
        }
    }

    fn looked_up<'a>(&'a self, word: &'a str, ids: &StringIds) -> &'a str {
        self.lookup.get(&ids.id(word)).map_or(word, AsRef::as_ref)
    }

    fn french(&self, word: &str, part: Option<&Part>, ids: &StringIds, chars: &Chars) -> String {
        let Some(part) = part else { return self.looked_up(word, ids).to_owned() };
        if part.words.contains(word) {
            return word.to_owned();
        }
        if let Some(form) = part.exceptions.get(word).and_then(|forms| forms.first()) {
            return form.to_string();
        }
        let mut unknown = None;
        for form in part.forms(word) {
            if part.words.contains(form.as_str()) || !is_alpha(&form, chars) {
                return form;
            }
            unknown.get_or_insert(form);
        }
        unknown.unwrap_or_else(|| self.looked_up(word, ids).to_owned())
    }
}

impl Part {
    /// The word with each of its endings replaced, as far as something is left.
    fn forms(&self, word: &str) -> impl Iterator<Item = String> {
        self.endings
            .iter()
            .filter_map(|(old, new)| Some(format!("{}{new}", word.strip_suffix(&**old)?)))
            .filter(|form| !form.is_empty())
    }
}

/// The last exception that the rules did not find already; else the last known word that they found, else the first word that
/// is none, else the first unknown one, else the word as it stands.
fn english(word: &str, lower: &str, part: &Part, chars: &Chars) -> String {
    let mut forms: Vec<String> = Vec::new();
    let mut unknown = None;
    for form in part.forms(lower) {
        if part.words.contains(form.as_str()) {
            forms.insert(0, form);
        } else if !is_alpha(&form, chars) {
            forms.push(form);
        } else {
            unknown.get_or_insert(form);
        }
    }
    for form in part.exceptions.get(lower).into_iter().flatten() {
        if !forms.iter().any(|known| **known == **form) {
            forms.insert(0, form.to_string());
        }
    }
    forms.into_iter().next().or(unknown).unwrap_or_else(|| word.to_owned())
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
