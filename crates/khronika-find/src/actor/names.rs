//! Given names, patronymics and the endings of surnames.

use std::collections::HashMap;

use khronika_core::Lang;
use khronika_data::Dataset;
use serde::Deserialize;

use super::ending::Endings;
use crate::LexiconError;

/// What a given name or an ending says of its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gender {
    Man,
    Woman,
    Either,
}

impl Gender {
    pub(super) const fn fits(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Either, _) | (_, Self::Either) | (Self::Man, Self::Man) | (Self::Woman, Self::Woman)
        )
    }

    const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Man, Self::Man) => Self::Man,
            (Self::Woman, Self::Woman) => Self::Woman,
            _ => Self::Either,
        }
    }
}

/// A given name as the lists know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) gender: Gender,
    /// Also a common word or a place: counts only inside a sentence.
    pub(super) ambiguous: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ending: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Surname,
    Patronymic,
}

#[derive(Deserialize)]
struct Row {
    #[serde(flatten)]
    info: crate::lexicon::RowInfo,
    kind: Kind,
    gender: Option<String>,
    endings: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
}

/// The name lists.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: HashMap<Box<str>, Given>,
    surname: HashMap<Box<str>, Gender>,
    patronymic: HashMap<Box<str>, Gender>,
    never: HashMap<Box<str>, ()>,
    longest: usize,
    pub(super) endings: Endings,
    pub(super) rows: Vec<crate::lexicon::RowInfo>,
}

impl Names {
    /// Reads `names/given/*.txt`, `names/surnames.toml` and `names/endings.toml`.
    pub(super) fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let mut names = Self { endings: Endings::load(data)?, ..Self::default() };
        for (file, text) in data.under("names/given/") {
            names.read_given(file, text)?;
        }
        const FILE: &str = "names/surnames.toml";
        if let Some(text) = data.get(FILE) {
            let file: File = toml::from_str(text).map_err(|e| LexiconError::new(FILE, e.to_string()))?;
            for row in file.ending {
                let gender = gender(row.gender.as_deref());
                for ending in row.endings {
                    names.longest = names.longest.max(ending.chars().count());
                    match row.kind {
                        Kind::Surname => names.surname.insert(ending.into(), gender),
                        Kind::Patronymic => names.patronymic.insert(ending.into(), gender),
                    };
                }
                names.never.extend(row.never.into_iter().map(|w| (w.to_lowercase().into_boxed_str(), ())));
                names.rows.push(row.info);
            }
        }
        Ok(names)
    }

    /// A list: `# comment`, `[men]`, `[women]`, `[either]`, `[ambiguous]`, then names with white space between.
    fn read_given(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        let mut as_what = None;
        for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if line.starts_with('[') {
                as_what = match line {
                    "[men]" => Some(Given { gender: Gender::Man, ambiguous: false }),
                    "[women]" => Some(Given { gender: Gender::Woman, ambiguous: false }),
                    "[either]" => Some(Given { gender: Gender::Either, ambiguous: false }),
                    "[ambiguous]" => Some(Given { gender: Gender::Either, ambiguous: true }),
                    _ => return Err(LexiconError::new(file, format!("“{line}” is no part of a list of names"))),
                };
                continue;
            }
            let Some(given) = as_what else {
                return Err(LexiconError::new(file, "names before the first part; begin with [men] or [women]"));
            };
            for name in line.split_whitespace() {
                self.given
                    .entry(name.to_lowercase().into_boxed_str())
                    .and_modify(|g| {
                        let gender = if given.ambiguous { g.gender } else { g.gender.and(given.gender) };
                        *g = Given { gender, ambiguous: g.ambiguous || given.ambiguous };
                    })
                    .or_insert(given);
            }
        }
        Ok(())
    }

    /// The given name that the folded `word` is, in its nominative; each with the nominative. For Cyrillic words also from other cases.
    pub(super) fn givens(&self, word: &str, lang: Lang) -> Vec<(String, Given)> {
        let mut found = Vec::new();
        if let Some(given) = self.given_exactly(word) {
            found.push((word.to_owned(), given));
        }
        for nominative in self.endings.nominatives(word, lang) {
            if let Some(given) = self.given_exactly(&nominative) {
                found.push((nominative, given));
            }
        }
        found
    }

    /// The given name that the folded `word` is or may be a case of.
    pub(super) fn given(&self, word: &str, lang: Lang) -> Option<Given> {
        self.given_exactly(word).or_else(|| self.givens(word, lang).into_iter().next().map(|(_, given)| given))
    }

    /// True where the folded `word` is a given name as it stands.
    pub(super) fn is_given(&self, word: &str) -> bool {
        self.given_exactly(word).is_some()
    }

    fn given_exactly(&self, word: &str) -> Option<Given> {
        if let Some(given) = self.given.get(word) {
            return Some(*given);
        }
        // "Jean-Luc", "Абдул-Хаким": the first part speaks for the whole.
        let (first, rest) = word.split_once('-')?;
        (rest.chars().nth(1).is_some()).then(|| self.given.get(first).copied()).flatten()
    }

    /// The gender that the ending of a nominative surname gives, where the ending is one of the lists'.
    pub(super) fn surname_ending(&self, word: &str) -> Option<Gender> {
        if self.never.contains_key(word) {
            return None;
        }
        longest_ending(&self.surname, word, self.longest)
    }

    /// True where the folded `word` ends as surnames do, in the nominative or another case.
    pub(super) fn surname(&self, word: &str, lang: Lang) -> bool {
        !self.never.contains_key(word)
            && (self.surname_ending(word).is_some() || {
                let nominatives = self.endings.nominatives(word, lang);
                !nominatives.iter().any(|n| self.never.contains_key(n.as_str()))
                    && nominatives.iter().any(|n| self.surname_ending(n).is_some())
            })
    }

    /// The patronymics that the folded `word` may be, in the nominative.
    pub(super) fn patronymics(&self, word: &str, lang: Lang) -> Vec<(String, Gender)> {
        let mut found = Vec::new();
        if let Some(gender) = longest_ending(&self.patronymic, word, self.longest) {
            found.push((word.to_owned(), gender));
        }
        for nominative in self.endings.nominatives(word, lang) {
            if let Some(gender) = longest_ending(&self.patronymic, &nominative, self.longest) {
                found.push((nominative, gender));
            }
        }
        found
    }
}

fn gender(name: Option<&str>) -> Gender {
    match name {
        Some("man") => Gender::Man,
        Some("woman") => Gender::Woman,
        _ => Gender::Either,
    }
}

/// The value of the longest ending that `word` has with at least two letters before it.
fn longest_ending(endings: &HashMap<Box<str>, Gender>, word: &str, longest: usize) -> Option<Gender> {
    let letters = word.chars().count();
    let mut best = None;
    for (length, (at, _)) in word.char_indices().rev().enumerate().take(longest) {
        if letters < length + 1 + 2 {
            break;
        }
        if let Some(gender) = word.get(at..).and_then(|e| endings.get(e)) {
            best = Some(*gender);
        }
    }
    best
}
