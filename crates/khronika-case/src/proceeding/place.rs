//! Which country an act belongs to, by its body or by the words of its clause.

use std::collections::BTreeSet;

use khronika_data::Dataset;
use serde::Deserialize;

use crate::RuleError;
use crate::proceeding::matter::begins_a_word;
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
    rows: Vec<(String, Vec<String>)>,
}

impl Places {
    /// Reads `data/jurisdictions.toml`.
    pub(crate) fn load(data: &Dataset) -> Result<Self, RuleError> {
        let rows: Rows = parse(FILE, read(data, FILE)?)?;
        let mut ids = Ids::new(FILE);
        for row in &rows.jurisdiction {
            ids.row(&row.id, &row.source, &row.status)?;
        }
        Ok(Self { rows: rows.jurisdiction.into_iter().map(|r| (r.id, r.words)).collect() })
    }

    /// The one country that the texts name; `None` where they name none or several.
    pub(crate) fn of_words<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Option<String> {
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for text in texts {
            let small = text.to_lowercase();
            named.extend(
                self.rows
                    .iter()
                    .filter(|(_, ws)| ws.iter().any(|w| begins_a_word(&small, w)))
                    .map(|(id, _)| id.as_str()),
            );
        }
        match named.iter().collect::<Vec<_>>().as_slice() {
            [only] => Some((**only).to_owned()),
            _ => None,
        }
    }
}
