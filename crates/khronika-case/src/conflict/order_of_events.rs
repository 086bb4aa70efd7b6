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

fn date_of(node: &Node) -> &str {
    node.event.when.as_ref().map_or("?", |w| w.edtf.as_str())
}
