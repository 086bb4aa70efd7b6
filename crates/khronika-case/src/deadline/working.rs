//! Whether a text counts working days: “within five working days”.

use khronika_data::Dataset;
use serde::Deserialize;

use crate::RuleError;
use crate::proceeding::beginnings::Beginnings;
use crate::rules::{Ids, parse, read};

const FILE: &str = "working-days.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    working: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    words: Vec<String>,
    examples: Vec<String>,
    not: Vec<String>,
    source: String,
    status: String,
}

/// The words for working days in the languages of the data.
#[derive(Debug)]
pub(crate) struct WorkingWords(Beginnings);

impl WorkingWords {
    /// Reads `data/working-days.toml` and proves it by its examples.
    pub(crate) fn load(data: &Dataset) -> Result<Self, RuleError> {
        let rows: Rows = parse(FILE, read(data, FILE)?)?;
        let mut ids = Ids::new(FILE);
        let mut words = Beginnings::default();
        for (ix, row) in rows.working.iter().enumerate() {
            ids.row(&row.id, &row.source, &row.status)?;
            row.words.iter().for_each(|w| words.add(w, ix));
        }
        let found = Self(words);
        for row in &rows.working {
            for (texts, right) in [(&row.examples, true), (&row.not, false)] {
                if let Some(wrong) = texts.iter().find(|t| found.stand_in(t) != right) {
                    let what = if right { "is not found" } else { "is found" };
                    return Err(RuleError::new(FILE, format!("row {}: “{wrong}” {what}", row.id)));
                }
            }
        }
        Ok(found)
    }

    /// True where the words of a period speak of working days.
    pub(crate) fn stand_in(&self, words: &str) -> bool {
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        !self.0.find(&line).is_empty()
    }
}
