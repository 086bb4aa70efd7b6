//! States by their names, and the adjectives made of them.

use std::collections::BTreeMap;

use khronika_core::Lang;
use khronika_data::Dataset;
use serde::Deserialize;

use crate::LexiconError;
use crate::lexicon::{Phrases, RowInfo};
use crate::text::Text;

const FILE: &str = "names/states.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    state: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(flatten)]
    info: RowInfo,
    names: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    adjectives: BTreeMap<String, Vec<String>>,
}

/// A form of a state's name.
#[derive(Clone, Copy, Debug)]
pub(super) struct StateForm {
    pub(super) state: usize,
    pub(super) nominative: usize,
}

/// The states of `names/states.toml`.
#[derive(Debug, Default)]
pub(super) struct States {
    names: Phrases<StateForm>,
    adjectives: Phrases<usize>,
    pub(super) rows: Vec<RowInfo>,
    pub(super) nominatives: Vec<String>,
}

impl States {
    pub(super) fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let mut states = Self::default();
        let Some(text) = data.get(FILE) else { return Ok(states) };
        let file: File = toml::from_str(text).map_err(|e| LexiconError::new(FILE, e.to_string()))?;
        for row in file.state {
            let state = states.rows.len();
            let fault = |what: String| LexiconError::new(FILE, format!("{}: {what}", row.info.id));
            for (code, patterns) in &row.names {
                let lang = Lang::new(code).ok_or_else(|| fault(format!("“{code}” is no language")))?;
                for pattern in patterns {
                    let form = StateForm { state, nominative: states.nominatives.len() };
                    states.nominatives.push(super::body::first_form(pattern));
                    states.names.add(lang, pattern, &form).map_err(fault)?;
                }
            }
            for (code, patterns) in &row.adjectives {
                let lang = Lang::new(code).ok_or_else(|| fault(format!("“{code}” is no language")))?;
                for pattern in patterns {
                    states.adjectives.add(lang, pattern, &state).map_err(fault)?;
                }
            }
            states.rows.push(row.info);
        }
        Ok(states)
    }

    /// The longest name of a state at token `at`, written with a capital: the token after it.
    pub(super) fn name(&self, text: &Text<'_>, at: usize, end: usize) -> Option<(usize, StateForm)> {
        text.tokens.get(at).filter(|t| t.capital)?;
        self.names.longest(text, at, end).map(|m| (m.tokens.end, *m.value))
    }

    /// An adjective made of a state's name at token `at`, whatever its capitals.
    pub(super) fn adjective(&self, text: &Text<'_>, at: usize, end: usize) -> Option<(usize, usize)> {
        self.adjectives.longest(text, at, end).map(|m| (m.tokens.end, *m.value))
    }

    pub(super) fn id(&self, state: usize) -> &str {
        self.rows.get(state).map_or("", |r| r.id.as_str())
    }
}
