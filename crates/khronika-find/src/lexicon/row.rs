//! What every row of a lexicon carries, whatever it is for: its name, its source, its status, and the examples that prove it.

use std::collections::BTreeSet;

use serde::Deserialize;

/// How far a row was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum RowStatus {
    /// Checked against its source.
    #[serde(rename = "verified")]
    Verified,
    /// Parts of it were checked.
    #[serde(rename = "partly verified")]
    PartlyVerified,
    /// Not checked; every output that rests on it says so.
    #[serde(rename = "unverified")]
    Unverified,
}

/// The part that all rows share. Put it into a row's struct with `#[serde(flatten)]`.
#[derive(Clone, Debug, Deserialize)]
pub struct RowInfo {
    /// `lang.class.word`, unique over all files.
    pub id: String,
    /// Where the row comes from.
    pub source: String,
    /// How far it was checked.
    pub status: RowStatus,
    /// Sentences in which it must be found.
    pub examples: Vec<String>,
    /// Sentences in which it must not be found: near misses.
    #[serde(default)]
    pub not: Vec<String>,
}

/// Checks what a machine can check of the rows of one file: unique ids in order, a source each, at least one example each. Gives a
/// sentence for each fault, with the repair.
#[must_use]
pub fn check_rows<'a>(file: &str, rows: impl IntoIterator<Item = &'a RowInfo>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    let mut last = "";
    for row in rows {
        let id = row.id.as_str();
        if !seen.insert(id) {
            faults.push(format!("{file}: {id} stands twice; give one of them another id"));
        }
        if id < last {
            faults.push(format!("{file}: {id} comes after {last}; sort the rows by id"));
        }
        if row.source.trim().is_empty() {
            faults.push(format!("{file}: {id} has no source; say where it comes from"));
        }
        if row.examples.is_empty() {
            faults.push(format!("{file}: {id} has no example; add a sentence in which it is found"));
        }
        last = id;
    }
    faults
}
