//! What a text itself sets against one another: two numbers for one count, two days of one thing, each by another account. The kinds
//! `numbers` and `two-dates` share it.

use khronika_core::{Conflict, Retelling, Retold, Span};

use crate::conflict::{View, conflict};
use crate::file::Doc;

/// The conflicts of one kind that the texts tell themselves.
pub(super) fn retold(view: &View<'_>, what: Retold) -> Vec<Conflict> {
    let told = |doc: &'_ Doc| -> Vec<Conflict> {
        doc.found.retold.iter().filter(|r| r.what == what).map(|r| between(view, doc, r)).collect()
    };
    view.file.docs.iter().flat_map(told).collect()
}

/// True where a document itself sets what stands at the one place against what stands at the other.
pub(super) fn known(doc: &Doc, what: Retold, a: Span, b: Span) -> bool {
    let has = |r: &Retelling, span: Span| r.sides.iter().any(|side| side.overlaps(span));
    doc.found.retold.iter().any(|r| r.what == what && has(r, a) && has(r, b))
}

fn between(view: &View<'_>, doc: &Doc, told: &Retelling) -> Conflict {
    let words: Vec<String> = told.sides.iter().map(|side| format!("“{}”", doc.line(*side, 80))).collect();
    let words = match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    };
    let (kind, explanation) = match told.what {
        Retold::Number => (
            "numbers",
            format!(
                "One source gives different numbers for one count: {words}. Found by the words that set one account against \
                 another; the one may be later than the other or count others too."
            ),
        ),
        Retold::Day => (
            "two-dates",
            format!(
                "One source gives one thing different days: {words}. Found by the words that set one account against another; which \
                 day is right is not said."
            ),
        ),
    };
    // Where the day is that of an act, the act is named; else the source stands for it.
    let act = |side: &Span| {
        let dated = |node: &&crate::event::Node| {
            let passage = node.event.when.as_ref().and_then(|w| w.passage.as_ref());
            passage.is_some_and(|p| p.source == doc.source.id && p.span.overlaps(*side))
        };
        let node = view.nodes.iter().find(dated).filter(|_| told.what == Retold::Day);
        node.map_or_else(|| doc.source.id.to_string(), |n| n.event.id.clone())
    };
    let ids = told.sides.iter().map(act).collect();
    conflict(kind, ids, explanation, told.sides.iter().map(|side| doc.passage(*side)).collect())
}
