//! The words that stand beside names: titles, roles, heads of organisations' names, links to places, function words.

use std::collections::{BTreeMap, HashMap};

use khronika_core::Lang;
use khronika_data::Dataset;
use serde::Deserialize;

use crate::LexiconError;
use crate::lexicon::{Phrases, RowInfo};
use crate::text::Text;

/// What a list of words is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Use {
    /// "Mr", "г-н": a person's name follows.
    Title,
    /// "lawyer", "президент": a name may follow.
    Role,
    /// "Foundation", "партия": the name of an organisation has it.
    Organisation,
    /// "human rights", "public": may stand before such a word and belongs to the name.
    Attribute,
    /// "Ltd", "ООО", as written.
    LegalForm,
    /// "of", "in", "г.": a place follows.
    PlaceLink,
    /// "города", "city of": a place's name follows.
    City,
    /// "района", "области": a place's name stands before or after.
    Area,
    /// "the", "la", "l'": stands before a name and is no part of it.
    Article,
    /// "the court", "суд": a court named before.
    Court,
    /// "also known as", "он же".
    Alias,
    /// "hereinafter", "далее".
    Hereinafter,
    /// Words that are no names, whatever their capitals.
    NotName,
    /// "ОСОБА", "ФИО": with a number, a person whose name a court cut.
    Anonymous,
    /// "de", "von", "bin": small words inside a name.
    Particle,
    /// "and", "et": joins two names, or stands inside one.
    And,
    /// "of", "for", "des": small words inside the name of an organisation.
    Link,
    /// "de", "pour la": between the head of an organisation's name and what it is for, in small letters.
    OrgLink,
    /// "of", "for the", "по вопросам": between the head of a body's name and what the body is for.
    BodyLink,
    /// "migration", "внутренних дел": what a body is for, in small letters too.
    Matter,
    /// "the", "du": the body meant is known.
    Definite,
    /// "prison", "street", "convention": a name with it is that of a thing or place. Asked of names that only a model sees.
    Thing,
}

#[derive(Deserialize)]
struct Row {
    #[serde(flatten)]
    info: RowInfo,
    #[serde(rename = "use")]
    for_: Use,
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    word: Vec<Row>,
}

/// A phrase found in a list: which use, which row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) for_: Use,
    pub(super) row: usize,
    /// An index into the nominatives.
    nominative: usize,
}

/// The lists of one language.
#[derive(Debug, Default)]
pub(super) struct LangWords {
    phrases: Phrases<Word>,
}

/// The lists of every language.
#[derive(Debug, Default)]
pub(super) struct Words {
    by_lang: BTreeMap<Lang, LangWords>,
    /// Legal forms as written, of every language.
    legal: HashMap<Box<str>, usize>,
    pub(super) rows: Vec<RowInfo>,
    nominatives: Vec<String>,
    /// The file of each row.
    pub(super) files: Vec<String>,
    empty: LangWords,
}

impl Words {
    /// Reads every `lexicon/<lang>/actors*.toml`.
    pub(super) fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let mut words = Self::default();
        for (name, text) in data.under("lexicon/") {
            let Some((code, file)) = name.strip_prefix("lexicon/").and_then(|n| n.split_once('/')) else { continue };
            let Some(lang) = Lang::new(code).filter(|_| file.starts_with("actors")) else { continue };
            let parsed: File = toml::from_str(text).map_err(|e| LexiconError::new(name, e.to_string()))?;
            for row in parsed.word {
                words.add(name, lang, row)?;
            }
        }
        Ok(words)
    }

    fn add(&mut self, file: &str, lang: Lang, row: Row) -> Result<(), LexiconError> {
        let index = self.rows.len();
        for form in &row.forms {
            if row.for_ == Use::LegalForm {
                self.legal.insert(form.as_str().into(), index);
                continue;
            }
            let word = Word { for_: row.for_, row: index, nominative: self.nominatives.len() };
            self.nominatives.push(super::body::first_form(form));
            let lists = &mut self.by_lang.entry(lang).or_default().phrases;
            lists.add(lang, form, &word).map_err(|what| LexiconError::new(file, format!("{}: {what}", row.info.id)))?;
        }
        self.rows.push(row.info);
        self.files.push(file.to_owned());
        Ok(())
    }

    /// The lists for a text of `lang`; for a language without lists those of a language in the same script.
    pub(super) fn of(&self, lang: Lang) -> &LangWords {
        self.by_lang
            .get(&lang)
            .or_else(|| self.by_lang.get(if lang.is_cyrillic() { &Lang::RU } else { &Lang::EN }))
            .unwrap_or(&self.empty)
    }

    /// The longest head word of an organisation at token `at`, of whichever language in Latin letters: names keep their own language.
    pub(super) fn latin_head(&self, text: &Text<'_>, at: usize, end: usize) -> Option<(usize, usize)> {
        self.by_lang
            .iter()
            .filter(|(lang, _)| !lang.is_cyrillic())
            .filter_map(|(_, words)| words.at(text, at, end, Use::Organisation))
            .max_by_key(|(after, _)| *after)
    }

    /// True where this word, as written, is a legal form.
    pub(super) fn is_legal_form(&self, word: &str) -> bool {
        self.legal.contains_key(word)
    }

    /// True where a form of this row begins at token `at`.
    #[cfg(test)]
    pub(super) fn stands(&self, text: &Text<'_>, at: usize, row: usize) -> bool {
        self.legal.get(text.word(at)) == Some(&row)
            || self
                .by_lang
                .values()
                .any(|words| words.phrases.at(text, at, text.tokens.len()).iter().any(|m| m.value.row == row))
    }

    /// The nominative of the one word at `at`, as the lists write it, where it is an adjective of theirs: "третий" of "третьего".
    pub(super) fn adjective(&self, text: &Text<'_>, at: usize, lang: Lang) -> Option<&str> {
        let found = self.of(lang).phrases.at(text, at, at + 1).into_iter().find(|m| m.value.for_ == Use::Attribute)?;
        self.nominatives.get(found.value.nominative).map(String::as_str)
    }

    /// The id of a row.
    pub(super) fn id(&self, row: usize) -> &str {
        self.rows.get(row).map_or("", |r| r.id.as_str())
    }
}

impl LangWords {
    /// The longest phrase of one use at token `at`: the token after it, and its row.
    pub(super) fn at(&self, text: &Text<'_>, at: usize, end: usize, for_: Use) -> Option<(usize, usize)> {
        self.phrases.longest_of(text, at, end, |v| v.for_ == for_).map(|m| (m.tokens.end, m.value.row))
    }

    /// Every use of the phrases that begin at token `at`, the longest first.
    pub(super) fn uses(&self, text: &Text<'_>, at: usize, end: usize) -> Vec<(Use, usize, usize)> {
        self.phrases.at(text, at, end).into_iter().map(|m| (m.value.for_, m.tokens.end, m.value.row)).collect()
    }
}
