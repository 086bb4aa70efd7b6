//! Courts and authorities: the rows of `data/courts/*.toml`, and where their names stand in a text.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{ActorKind, Lang};
use khronika_data::Dataset;
use serde::Deserialize;

use super::ending::stem;
use crate::LexiconError;
use crate::lexicon::{Phrases, RowInfo};
use crate::text::Text;

/// A form of at most so many letters, written without endings, is an acronym: it must stand in capitals.
const ACRONYM: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    body: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(flatten)]
    info: RowInfo,
    name: String,
    kind: Kind,
    jurisdiction: String,
    #[serde(default)]
    level: u8,
    #[serde(default)]
    matter: String,
    #[serde(default)]
    reviews: Vec<String>,
    #[serde(default)]
    generic: bool,
    #[serde(default)]
    bare: Bare,
    #[serde(default)]
    part: bool,
    forms: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    own: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    except: BTreeMap<String, Vec<String>>,
}

/// What the words of a kind of body are without a place, an adjective or a matter beside them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Bare {
    /// A body that is not named further: "the police".
    #[default]
    Kind,
    /// A body named before, where one is: "the department".
    Any,
    /// The same, with a capital only: "the Service", "Управление".
    Capital,
    /// Nothing.
    Never,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Court,
    Authority,
    Organisation,
}

/// A court or authority, or a kind of them.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its id, its source and status, its examples.
    pub info: RowInfo,
    /// Its file under `data/`.
    pub file: String,
    /// Its name in the language of its own country, or in English.
    pub name: String,
    /// Court, authority or organisation.
    pub kind: ActorKind,
    /// Two letters of a country, or `INT`, `EU`, `UN`, `any`.
    pub jurisdiction: String,
    /// 1 first instance, 2 appeal, 3 cassation or supreme, 4 above the states; 0 where that says nothing.
    pub level: u8,
    /// What it hears: `asylum`, `criminal`, `any`.
    pub matter: String,
    /// The ids of the bodies whose decisions it reviews.
    pub reviews: Vec<String>,
    /// True where the words name a kind of body, and a place or an adjective beside them says which one.
    pub generic: bool,
    /// What its words are when they stand alone; for kinds of body.
    pub(super) bare: Bare,
    /// True where the words name a part of the court that is named beside them: "судебная коллегия … областного суда".
    pub(super) part: bool,
    /// The languages that it has names in.
    pub langs: Vec<Lang>,
    /// The stems of the words that may be the head of its name.
    heads: BTreeSet<String>,
}

/// A form of a body's name, found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// An index into [`Bodies::rows`].
    pub(super) body: usize,
    /// An index into the nominatives.
    nominative: usize,
    /// True for an acronym.
    pub(super) acronym: bool,
    /// True for words that look like the body's and are none: "news agency".
    pub(super) except: bool,
    /// True for words that mean this body in sentences of their own language only: "SEM", "NSA".
    own: bool,
    lang: Lang,
}

/// Every court and authority.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    pub(super) rows: Vec<Body>,
    phrases: Phrases<Form>,
    nominatives: Vec<String>,
}

impl Bodies {
    /// Reads `courts/*.toml`.
    pub(super) fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let mut bodies = Self::default();
        for (name, text) in data.under("courts/") {
            let file: File = toml::from_str(text).map_err(|e| LexiconError::new(name, e.to_string()))?;
            for row in file.body {
                bodies.add(name, row)?;
            }
        }
        Ok(bodies)
    }

    fn add(&mut self, file: &str, row: Row) -> Result<(), LexiconError> {
        let body = self.rows.len();
        let fault = |what: String| LexiconError::new(file, format!("{}: {what}", row.info.id));
        let mut langs = Vec::new();
        let mut heads = BTreeSet::new();
        let own = row.own.iter().map(|f| (f, false, true));
        let all =
            row.forms.iter().map(|f| (f, false, false)).chain(own).chain(row.except.iter().map(|f| (f, true, false)));
        for ((code, patterns), except, own) in all {
            let lang = Lang::new(code).ok_or_else(|| fault(format!("“{code}” is no language")))?;
            if !except && !langs.contains(&lang) {
                langs.push(lang);
            }
            for pattern in patterns {
                let letters = pattern.chars().count();
                let acronym = row.bare == Bare::Kind
                    && pattern.chars().all(char::is_alphanumeric)
                    && letters <= if row.generic { ACRONYM } else { ACRONYM + 2 };
                let form = Form { body, nominative: self.nominatives.len(), acronym, except, own, lang };
                let nominative = first_form(pattern);
                if !except && !acronym {
                    heads.extend(head_words(&nominative, lang));
                }
                self.nominatives.push(nominative);
                self.phrases.add(lang, pattern, &form).map_err(fault)?;
                // A name stands in texts of every language, and an apostrophe is cut after in some of them only.
                if pattern.contains(['\'', '’', 'ʼ']) {
                    let other = if matches!(lang, Lang::FR | Lang::IT) { Lang::EN } else { Lang::FR };
                    self.phrases.add(other, pattern, &form).map_err(fault)?;
                }
            }
        }
        self.rows.push(Body {
            info: row.info,
            file: file.to_owned(),
            name: row.name,
            kind: match row.kind {
                Kind::Court => ActorKind::Court,
                Kind::Authority => ActorKind::Authority,
                Kind::Organisation => ActorKind::Organisation,
            },
            jurisdiction: row.jurisdiction,
            level: row.level,
            matter: row.matter,
            reviews: row.reviews,
            generic: row.generic,
            bare: row.bare,
            part: row.part,
            langs,
            heads,
        });
        Ok(())
    }

    /// True where a word with this stem may be the head of the body's name: "office" of "Office for Refugees".
    pub(super) fn has_head(&self, body: usize, stem: &str) -> bool {
        self.rows.get(body).is_some_and(|r| r.heads.contains(stem))
    }

    pub(super) fn get(&self, body: usize) -> Option<&Body> {
        self.rows.get(body)
    }

    /// The nominative of a form, in small letters.
    pub(super) fn nominative(&self, form: Form) -> &str {
        self.nominatives.get(form.nominative).map_or("", String::as_str)
    }

    /// The longest name that begins at token `at`: the token after it, and the form. Among equals a body goes before a kind of body, and
    /// a form of the sentence's own language before others.
    ///
    /// The name of one body has a capital somewhere; kinds of body ("district court") need none, acronyms need all.
    pub(super) fn at(&self, text: &Text<'_>, at: usize, end: usize, lang: Lang) -> Option<(usize, Form)> {
        self.phrases
            .at(text, at, end)
            .into_iter()
            .filter(|m| {
                let Some(row) = self.rows.get(m.value.body).filter(|_| !m.value.own || m.value.lang == lang) else {
                    return false;
                };
                if m.value.acronym && text.fold(at).chars().count() <= ACRONYM {
                    return is_in_capitals(text.word(at));
                }
                row.generic || m.tokens.clone().any(|t| text.tokens.get(t).is_some_and(|t| t.capital))
            })
            .max_by_key(|m| {
                let generic = self.rows.get(m.value.body).is_some_and(|r| r.generic);
                (m.tokens.end, !generic, m.value.lang == lang, std::cmp::Reverse(m.value.body))
            })
            .map(|m| (m.tokens.end, *m.value))
    }
}

/// True for "OFPRA", and for "BVwG", where a small letter stands between capitals.
fn is_in_capitals(word: &str) -> bool {
    let small = word.chars().filter(|c| c.is_lowercase()).count();
    small == 0 || (small == 1 && !word.starts_with(char::is_lowercase) && !word.ends_with(char::is_lowercase))
}

/// The stems of the words of a name that may be its head: in French the first word, in Kazakh the last, elsewhere those before the first
/// small word ("office" of "office for refugees").
fn head_words(nominative: &str, lang: Lang) -> Vec<String> {
    let least = if lang.is_cyrillic() { 3 } else { 4 };
    let mut words: Vec<String> = nominative.split(' ').map(str::to_lowercase).collect();
    if lang == Lang::KK {
        words = words.split_off(words.len().saturating_sub(1));
    }
    let most = if matches!(lang, Lang::FR | Lang::ES | Lang::IT) { 1 } else { usize::MAX };
    words.iter().take_while(|w| w.chars().count() >= least).take(most).map(|w| stem(w)).collect()
}

/// The first form of a pattern in the phrase notation: the first of each list of endings, optional words left out.
pub(super) fn first_form(pattern: &str) -> String {
    let mut form = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '(']) {
        let (plain, from) = (rest.get(..at).unwrap_or(""), rest.get(at..).unwrap_or(""));
        form.push_str(plain);
        let close = if from.starts_with('{') { '}' } else { ')' };
        let Some(length) = from.find(close) else { break };
        let inside = from.get(1..length).unwrap_or("");
        if close == '}' {
            form.push_str(inside.split(',').next().unwrap_or("").trim());
        }
        rest = from.get(length + 1..).unwrap_or("");
    }
    form.push_str(rest);
    form.trim_end_matches('*').split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{first_form, is_in_capitals};

    #[test]
    fn the_first_form_is_the_nominative() {
        assert_eq!(first_form("верховн{ый,ого,ому} суд{,а,у} (российской федерации)"), "верховный суд");
        assert_eq!(first_form("Cour d'appel"), "Cour d'appel");
    }

    #[test]
    fn an_acronym_has_capitals_at_both_ends() {
        assert!(["BIA", "BVwG", "VfGH", "СБУ"].into_iter().all(is_in_capitals));
        assert!(!["Bia", "bia", "Сбу", "bGH"].into_iter().any(is_in_capitals));
    }
}
