//! From readings in any order to sources in a defined order, each once.

use std::collections::BTreeMap;

use khronika_core::{Problem, ProblemKind, Source, SourceId};

use crate::{Reading, problem};

/// Puts sources in order of name, then id; the same bytes received twice are one source, and every further receipt is a
/// [`ProblemKind::Duplicate`]. Of several names for the same bytes the first in order is kept. The problems come in order of the
/// file's name.
#[must_use]
pub fn unique(readings: Vec<Reading>) -> (Vec<Source>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut read = Vec::with_capacity(readings.len());
    for reading in readings {
        match reading {
            Ok(done) => read.push(done),
            Err(problem) => problems.push(*problem),
        }
    }
    read.sort_by(|(a, _), (b, _)| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let mut first: BTreeMap<SourceId, String> = BTreeMap::new();
    let mut sources: Vec<Source> = Vec::with_capacity(read.len());
    for (source, own) in read {
        if let Some(name) = first.get(&source.id) {
            let what = format!("The same bytes as “{name}”; read once.");
            let advice = "Nothing to do, unless a different document was meant.";
            let mut twice = problem::of(&source.name, ProblemKind::Duplicate, what, advice);
            twice.source = Some(source.id);
            problems.push(twice);
        } else {
            first.insert(source.id.clone(), source.name.clone());
            problems.extend(own);
            sources.push(source);
        }
    }
    problems.sort_by(|a, b| a.name.cmp(&b.name));
    (sources, problems)
}
