//! Which country an act belongs to, by its body or by the words of its clause.

use std::collections::BTreeSet;

use khronika_data::Dataset;
use serde::Deserialize;

use crate::RuleError;
use crate::proceeding::beginnings::Beginnings;
use crate::rules::{Ids, parse, read};

const FILE: &str = "jurisdictions.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    jurisdiction: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    words: Vec<String>,
    source: String,
    status: String,
}

/// Countries and the words that name them.
#[derive(Debug)]
pub(crate) struct Places {
    rows: Vec<String>,
    words: Beginnings,
}

impl Places {
    /// Reads `data/jurisdictions.toml`.
    pub(crate) fn load(data: &Dataset) -> Result<Self, RuleError> {
        let rows: Rows = parse(FILE, read(data, FILE)?)?;
        let mut ids = Ids::new(FILE);
        for row in &rows.jurisdiction {
            ids.row(&row.id, &row.source, &row.status)?;
        }
        let mut words = Beginnings::default();
        for (ix, row) in rows.jurisdiction.iter().enumerate() {
            row.words.iter().for_each(|w| words.add(w, ix));
        }
        Ok(Self { rows: rows.jurisdiction.into_iter().map(|r| r.id).collect(), words })
    }

    /// The one country that the texts name; `None` where they name none or several.
    pub(crate) fn of_words<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Option<String> {
        let named: BTreeSet<usize> = texts.flat_map(|text| self.words.find(text).into_keys()).collect();
        match named.iter().collect::<Vec<_>>().as_slice() {
            [only] => self.rows.get(**only).cloned(),
            _ => None,
        }
    }
}
