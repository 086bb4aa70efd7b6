//! What an act is about: asylum, removal, extradition, a criminal or civil matter ….

use khronika_core::{ActClass, Event};
use khronika_data::Dataset;
use serde::Deserialize;

use crate::RuleError;
use crate::proceeding::beginnings::Beginnings;
use crate::rules::{Ids, Named, parse, read};

const FILE: &str = "matters.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    matter: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    name: String,
    classes: Vec<String>,
    words: Vec<String>,
    examples: Vec<String>,
    not: Vec<String>,
    source: String,
    status: String,
}

#[derive(Debug)]
struct Matter {
    id: String,
    name: String,
    classes: Vec<ActClass>,
}

/// The matters, in order of weight.
#[derive(Debug)]
pub(crate) struct Matters {
    rows: Vec<Matter>,
    words: Beginnings,
}

impl Matters {
    /// Reads `data/matters.toml` and tries every row on its own examples.
    pub(crate) fn load(data: &Dataset) -> Result<Self, RuleError> {
        let rows: Rows = parse(FILE, read(data, FILE)?)?;
        let mut ids = Ids::new(FILE);
        let mut matters = Self { rows: Vec::new(), words: Beginnings::default() };
        for row in &rows.matter {
            ids.row(&row.id, &row.source, &row.status)?;
            for word in &row.words {
                matters.words.add(word, matters.rows.len());
            }
            matters.rows.push(Matter {
                id: row.id.clone(),
                name: row.name.clone(),
                classes: row.classes.iter().map(|c| ActClass::named(FILE, &row.id, c)).collect::<Result<_, _>>()?,
            });
        }
        for row in &rows.matter {
            let of = |text: &str| matters.named_in(text);
            for (examples, right) in [(&row.examples, true), (&row.not, false)] {
                if let Some(wrong) = examples.iter().find(|e| (of(e) == Some(row.id.as_str())) != right) {
                    let what = if right { "is not found" } else { "is found" };
                    return Err(RuleError::new(FILE, format!("row {}: “{wrong}” {what}", row.id)));
                }
            }
        }
        Ok(matters)
    }

    /// The matter of an act: by the words of its object, else by its classes, else by its body, else by the words of its clause.
    pub(crate) fn of(&self, event: &Event) -> Option<&str> {
        let act = event.act.as_ref()?;
        let by_classes = || self.rows.iter().find(|m| act.outcomes.iter().any(|c| m.classes.contains(c)));
        act.object
            .as_deref()
            .and_then(|object| self.named_in(object))
            .or_else(|| by_classes().map(|m| m.id.as_str()))
            .or_else(|| self.named_in(&event.what))
    }

    /// True where the data has such a matter.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.rows.iter().any(|m| m.id == id)
    }

    /// Its place in the order of weight.
    pub(crate) fn rank(&self, id: &str) -> usize {
        self.rows.iter().position(|m| m.id == id).unwrap_or(self.rows.len())
    }

    /// The word for it in titles.
    pub(crate) fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.rows.iter().find(|m| m.id == id).map_or(id, |m| m.name.as_str())
    }

    /// The matter with most words in the text; of equals the weightier.
    fn named_in(&self, text: &str) -> Option<&str> {
        let found = self.words.find(text);
        let best = found.iter().max_by_key(|(row, words)| (words.len(), std::cmp::Reverse(**row)))?;
        self.rows.get(*best.0).map(|m| m.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_finds_its_examples_and_not_its_near_misses() {
        Matters::load(&Dataset::embedded()).unwrap();
    }
}
