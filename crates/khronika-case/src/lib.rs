//! Weighs what was found in many documents and makes one case of it.
//!
//! [`weigh`] is a pure function: the same sources, findings, options and rules give the same case, in whatever order they come. It
//! knows nothing of files, of storage or of output formats, and it reads no clock: the day as of which standings are given is an
//! option, or else the latest date that the sources themselves give.

mod conflict;
mod court;
pub mod deadline;
mod error;
mod event;
mod file;
mod hand;
mod judgment;
mod merge;
mod order;
#[cfg(test)]
mod paper;
mod proceeding;
mod rules;
mod standing;
mod tell;
#[cfg(test)]
mod tests;
mod voted;
mod when;

use std::sync::Arc;

use khronika_core::{Case, Day, Findings, Judgment, Source};

pub use error::RuleError;
pub use rules::{CaseRules, RowStatus};

use event::Nodes;
use file::File;
use merge::actor::People;

/// What the caller may choose.
#[derive(Clone, Debug, Default)]
pub struct WeighOptions {
    /// The day as of which standings are given. `None`: the latest date that the sources give for something that happened, or bear
    /// themselves.
    pub as_of: Option<Day>,
    /// What people said of earlier findings, in the order in which they said it.
    pub judgments: Vec<Judgment>,
}

/// Makes a case of the sources and what was found in them.
///
/// Each of `findings` belongs to the source that it names; a source without findings is in the case with its text only. What is handed in
/// shared is not copied, but where a judgment or a vote changes what was found.
#[must_use]
pub fn weigh<S: Into<Arc<Source>>, F: Into<Arc<Findings>>>(
    sources: Vec<S>,
    findings: Vec<F>,
    options: &WeighOptions,
    rules: &CaseRules,
) -> Case {
    let sources = sources.into_iter().map(Into::into).collect();
    weigh_file(File::new(sources, findings.into_iter().map(Into::into).collect()), options, rules)
}

fn weigh_file(mut file: File, options: &WeighOptions, rules: &CaseRules) -> Case {
    hand::take(&mut file, &options.judgments);
    voted::kinds(&mut file.docs.iter_mut().map(|doc| &mut doc.found).collect::<Vec<_>>());
    let people = People::judged(&mut file, &rules.names, &rules.courts, &options.judgments);
    let as_of = options.as_of.or_else(|| latest(&file)).unwrap_or(Day::ZERO);
    let mut groups = merge::act::groups(&file, &people, &rules.effects, &rules.courts);
    let regrouped = judgment::regroup(&file, &mut groups, &options.judgments);
    let mut nodes = Nodes::new(&file, &people, groups, as_of);
    let judgments = judgment::amend(&people, &mut nodes, regrouped);
    standing::open::resolve(&file, &people, &mut nodes);
    standing::derive::derive(&file, &people, &mut nodes, &rules.effects, &rules.matters);
    let graph = standing::graph::Graph::new(&file, &nodes);
    let standings = standing::chain::standings(&file, &people, &nodes.nodes, &graph, rules, as_of);
    let mut nodes = nodes.nodes;
    for (node, standing) in nodes.iter_mut().zip(standings) {
        if let (Some(act), Some(standing)) = (node.event.act.as_mut(), standing) {
            act.standing = standing;
        }
    }
    order::edges(&mut nodes, &graph);
    let ranks = order::ranks(&file, &nodes, &graph);
    let (proceedings, of) = proceeding::proceedings(&file, &people, &nodes, &graph, rules, &ranks);
    for (node, proceeding) in nodes.iter_mut().zip(of) {
        if let Some(act) = node.event.act.as_mut() {
            act.proceeding = proceeding.and_then(|ix| proceedings.get(ix)).map(|p| p.id.clone());
        }
    }
    let (deadlines, remedies) = deadline::deadlines(&file, &people, &nodes, &graph, rules, as_of);
    deadline::note_departure(&mut nodes, &deadlines, &remedies, as_of);
    let (conflicts, alike) = rayon::join(
        || conflict::conflicts(&file, &people, &nodes, &graph, rules, &deadlines),
        || merge::alike::alike(&people, &rules.names, &judgments),
    );
    let mut events: Vec<_> = nodes.into_iter().map(|node| node.event).zip(ranks).collect();
    events.sort_by_key(|(_, rank)| *rank);
    let mut events: Vec<_> = events.into_iter().map(|(event, _)| event).collect();
    // They stand where the nodes did, which are larger.
    events.shrink_to_fit();
    let statements = tell::statements(&file, &people);
    let letters = tell::letters(&file, &people);
    let dates = tell::dates(&file);
    let problems = std::mem::take(&mut file.problems);
    Case {
        as_of,
        as_of_given: options.as_of.is_some(),
        sources: file.docs.into_iter().map(|doc| doc.source).collect(),
        actors: people.actors,
        events,
        proceedings,
        deadlines,
        statements,
        conflicts,
        letters,
        dates,
        problems,
        alike,
        judgments,
        rules: rules.versions.clone(),
    }
}

/// The latest day that the documents bear or give for something that happened. Not what is only asked for, planned or computed.
fn latest(file: &File) -> Option<Day> {
    let by_hand = file.hands.iter().filter_map(hand::Hand::happened);
    file.docs.iter().flat_map(|doc| [doc.borne(), doc.told()]).flatten().chain(by_hand).max()
}
