//! Conflicts: passages that cannot both hold. Each kind is a file; none draws a legal conclusion.

mod copies;
mod headline;
mod numbers;
mod opposite_duties;
mod order_of_events;
mod removal_while_appealed;
mod retold;
mod status_after_end;
mod translation;
mod two_dates;
mod two_outcomes;

use khronika_core::{Actor, ActorKind, Conflict, Deadline, Passage, Span, stable_id};
use rayon::prelude::*;

use crate::event::Node;
use crate::file::{Doc, File};
use crate::merge::actor::People;
use crate::rules::CaseRules;
use crate::standing::graph::Graph;

/// Statements before a passage that may hold it.
const NEAREST: usize = 32;

/// What every kind of conflict may look at.
pub(crate) struct View<'a> {
    pub(crate) file: &'a File,
    pub(crate) people: &'a People,
    pub(crate) nodes: &'a [Node],
    pub(crate) graph: &'a Graph,
    pub(crate) rules: &'a CaseRules,
    pub(crate) deadlines: &'a [Deadline],
    /// By document: the first document that it is a copy or a translation of, itself where it is none.
    pub(crate) copy_of: &'a [usize],
    translations: &'a [translation::Pair],
}

impl View<'_> {
    /// True where two documents count as two sources.
    pub(crate) fn two_sources(&self, a: usize, b: usize) -> bool {
        self.copy_of.get(a) != self.copy_of.get(b)
    }

    /// Who says what stands at `span` of a document, by name, where a statement holds it; of several the one with fewest words.
    pub(crate) fn speaker(&self, at: usize, doc: &Doc, span: Span) -> Option<String> {
        // Statements are in order: only those that begin a little before are looked at.
        let upto = doc.found.statements.partition_point(|s| s.span.start <= span.start);
        let holds = doc.found.statements.iter().take(upto).rev().take(NEAREST).filter(|s| s.span.contains(span));
        let said = holds.min_by_key(|s| s.span.end - s.span.start)?;
        let named = said.speaker.and_then(|m| self.people.id_of_mention(at, doc, m));
        let named = named.and_then(|id| self.people.by_id(&id)).map(|a| a.name.clone());
        named.or_else(|| said.speaker_words.map(|words| doc.line(words, 60)))
    }

    /// True for an actor of the case that is a person or an organisation: no court, authority, state or place.
    pub(crate) fn is_party(&self, actor: usize) -> bool {
        self.people.actors.get(actor).is_some_and(party)
    }

    /// The first passage of an event.
    pub(crate) fn passage(&self, node: &Node) -> Option<Passage> {
        node.event.passages.first().cloned()
    }
}

/// True for a person or an organisation.
fn party(actor: &Actor) -> bool {
    matches!(actor.kind, ActorKind::Person | ActorKind::Organisation)
}

/// Every conflict, in order of kind and place.
pub(crate) fn conflicts(
    file: &File,
    people: &People,
    nodes: &[Node],
    graph: &Graph,
    rules: &CaseRules,
    deadlines: &[Deadline],
) -> Vec<Conflict> {
    let (copy_of, translations) = copies::copies(file);
    let view = View { file, people, nodes, graph, rules, deadlines, copy_of: &copy_of, translations: &translations };
    let finders = [
        opposite_duties::find,
        removal_while_appealed::find,
        two_dates::find,
        two_outcomes::find,
        numbers::find,
        headline::find,
        translation::find,
        order_of_events::find,
        status_after_end::find,
    ];
    let each = finders.par_iter().flat_map_iter(|find| {
        let mut found = find(&view);
        found.sort_by_cached_key(|c: &Conflict| {
            (c.passages.first().map(|p| (file.number(&p.source), p.span)), c.id.clone())
        });
        found.dedup_by(|a, b| a.id == b.id);
        found
    });
    each.collect()
}

/// A conflict between events or sources.
pub(crate) fn conflict(kind: &str, between: Vec<String>, explanation: String, passages: Vec<Passage>) -> Conflict {
    let mut parts: Vec<&str> = between.iter().map(String::as_str).collect();
    parts.sort_unstable();
    let places: Vec<String> =
        passages.iter().map(|p| format!("{}:{}-{}", p.source, p.span.start, p.span.end)).collect();
    let mut all = vec![kind];
    all.extend(parts);
    let one_source = between.len() > 1 && between.first() == between.last();
    if ["numbers", "two-dates", "headline", "translation"].contains(&kind) || one_source {
        // Between two sources, or inside one, there may be several: the passages tell them apart.
        all.extend(places.iter().map(String::as_str));
    }
    Conflict { id: stable_id("c", &all), kind: kind.to_owned(), between, explanation, passages }
}
