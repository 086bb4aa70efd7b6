//! **What it finds**: an order of events that cannot be: an act that is told to act on another of a later day, or acts that act on
//! one another in a circle.
//!
//! **Why it matters**: one of the dates, or one of the references, is not what it seems; the chain of standings rests on it.
//!
//! **Example**: a judgment of 3 March annuls a decision of 9 May of the same year.
//!
//! **What it does not claim**: which of the two is wrong. Effects that form a circle are left out of the standings.

use khronika_core::Conflict;

use crate::conflict::{View, conflict};
use crate::event::Node;
use crate::file::line;
use crate::standing::graph::actual;

pub(super) fn find(view: &View<'_>) -> Vec<Conflict> {
    let mut all = Vec::new();
    for circle in &view.graph.circles {
        let nodes: Vec<_> = circle.iter().filter_map(|ix| view.nodes.get(*ix)).collect();
        let names: Vec<String> = nodes.iter().map(|n| format!("“{}”", line(&n.event.what, 60))).collect();
        all.push(conflict(
            "order-of-events",
            nodes.iter().map(|n| n.event.id.clone()).collect(),
            format!(
                "These acts act on one another in a circle: {}. Their effects on one another are left out of the standings.",
                names.join(", ")
            ),
            nodes.iter().filter_map(|n| view.passage(n)).collect(),
        ));
    }
    for (acting, target) in &view.graph.reversed {
        let (Some(a), Some(t)) = (view.nodes.get(*acting), view.nodes.get(*target)) else { continue };
        // Where the words that name the act do not date it, the reference is likelier to be mistaken than the day.
        if !names_with_its_day(view, *acting, *target) {
            continue;
        }
        let explanation = format!(
            "“{}” is dated {} and acts on “{}”, which is dated {}: an act cannot act on a later one.",
            line(&a.event.what, 80),
            date_of(a),
            line(&t.event.what, 80),
            date_of(t)
        );
        let date = |n: &Node| n.event.when.as_ref().and_then(|w| w.passage.clone());
        let passages = [date(a).or_else(|| view.passage(a)), date(t).or_else(|| view.passage(t))];
        all.push(conflict(
            "order-of-events",
            vec![a.event.id.clone(), t.event.id.clone()],
            explanation,
            passages.into_iter().flatten().collect(),
        ));
    }
    all
}

/// True where the words by which an act names the one that it acts on hold that one's date.
fn names_with_its_day(view: &View<'_>, acting: usize, target: usize) -> bool {
    let day = view.nodes.get(target).and_then(|t| t.event.when.as_ref()?.passage.as_ref());
    let effects = view.nodes.get(acting).and_then(actual).map_or(&[][..], |a| a.effects.as_slice());
    let edges = view.graph.outgoing.get(acting).into_iter().flatten().filter(|e| e.to == target);
    edges
        .filter_map(|e| effects.get(e.effect))
        .flat_map(|effect| &effect.passages)
        .any(|words| day.is_some_and(|day| day.source == words.source && words.span.contains(day.span)))
}

fn date_of(node: &Node) -> &str {
    node.event.when.as_ref().map_or("?", |w| w.edtf.as_str())
}
