//! What a text itself sets against one another: two numbers for one count, two days of one thing, each by another account. The kinds
//! `numbers` and `two-dates` share it.

use std::collections::BTreeMap;

use khronika_core::{ActClass, Conflict, Event, Retelling, Retold, SourceId, Span};

use crate::conflict::{View, conflict};
use crate::file::Doc;

/// How many that begin before a place are looked at for it.
const NEAREST: usize = 16;

/// The events whose days, or whose duties, stand at a place of a source.
pub(super) type Dated<'a> = BTreeMap<(&'a SourceId, usize), &'a Event>;

/// The conflicts of one kind that the texts tell themselves.
pub(super) fn retold(view: &View<'_>, what: Retold) -> Vec<Conflict> {
    let mut dated = Dated::new();
    for node in view.nodes.iter().filter(|_| what == Retold::Day) {
        if let Some(passage) = node.event.when.as_ref().and_then(|w| w.passage.as_ref()) {
            dated.entry((&passage.source, passage.span.start)).or_insert(&node.event);
        }
    }
    // "Filed on 20 November and served on 3 December": two days of two things.
    let one_thing = |doc: &Doc, told: &Retelling| {
        let events = || told.sides.iter().filter_map(|side| dated.get(&(&doc.source.id, side.start)).copied());
        let served = |event: &Event| event.act.as_ref().is_some_and(|a| a.outcomes == [ActClass::Notify]);
        events().all(served) || !events().any(served)
    };
    let told = |doc: &Doc| -> Vec<Conflict> {
        let of_kind = doc.found.retold.iter().filter(|r| r.what == what && one_thing(doc, r));
        of_kind.map(|r| between(&dated, doc, r)).collect()
    };
    view.file.docs.iter().flat_map(told).collect()
}

/// True where a document itself sets what stands at the one place against what stands at the other.
pub(super) fn known(doc: &Doc, what: Retold, a: Span, b: Span) -> bool {
    let has = |r: &Retelling, span: Span| r.sides.iter().any(|side| side.overlaps(span));
    // They are in order of their first sides, which stand a few sentences before their last at most.
    let first = |r: &Retelling| r.sides.first().map_or(0, |side| side.start);
    let upto = doc.found.retold.partition_point(|r| first(r) <= a.end.min(b.end));
    let near = doc.found.retold.iter().take(upto).rev().take(NEAREST);
    near.filter(|r| r.what == what).any(|r| has(r, a) && has(r, b))
}

/// The conflict of one retelling. Where an event stands in `dated` for a side, it is named; else the source.
pub(super) fn between(dated: &Dated<'_>, doc: &Doc, told: &Retelling) -> Conflict {
    let words: Vec<String> = told.sides.iter().map(|side| format!("“{}”", doc.line(*side, 80))).collect();
    let words = match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    };
    let how = match told.made_by.as_str() {
        "retold.quoted" => "the same words before both, which are quoted once",
        "retold.numbered" => "the number of the paper and its noun",
        "retold.set-right" => "the words that set a number right",
        _ => "the words that set one account against another",
    };
    let (kind, explanation) = match told.what {
        Retold::Number => (
            "numbers",
            format!(
                "One source gives different numbers for one count: {words}. Found by {how}; the one may be later than the other or \
                 count others too."
            ),
        ),
        Retold::Swapped => (
            "numbers",
            format!(
                "One source gives two numbers of one thing that differ by two figures changed round: {words}. Found by the thing \
                 counted and the figures; they may be of two things, and which is right is not said."
            ),
        ),
        Retold::Headline => (
            "numbers",
            format!(
                "The headline counts other than the lines below it: {words}. Found by the thing counted, which the text counts so \
                 nowhere; which of them is right is not said."
            ),
        ),
        Retold::Duties => (
            "opposite-duties",
            format!(
                "One source says of two duties that they cannot both be obeyed: {words}. Found by the words that say so and the duties \
                 told before them; nothing is said of which prevails."
            ),
        ),
        Retold::Hour => (
            "numbers",
            format!(
                "One source gives one thing different hours: {words}. Found by the words that set one account against another; which \
                 hour is right is not said."
            ),
        ),
        Retold::Day => (
            "two-dates",
            format!(
                "One source gives one thing different days: {words}. Found by {how}; which day is right is not said."
            ),
        ),
    };
    // Where the day is that of an act, the act is named; else the source stands for it.
    let act = |side: &Span| {
        let node = dated.get(&(&doc.source.id, side.start));
        node.map_or_else(|| doc.source.id.to_string(), |event| event.id.clone())
    };
    let ids = told.sides.iter().map(act).collect();
    conflict(kind, ids, explanation, told.sides.iter().map(|side| doc.passage(*side)).collect())
}
