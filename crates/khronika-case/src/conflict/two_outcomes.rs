//! **What it finds**: what is surely one act, told by two sources with two outcomes that cannot both be, or as done by two bodies: the
//! same day and the same number, or the same person and object.
//!
//! **Why it matters**: what stands depends on it, and the one source is repeated by those who read only that one.
//!
//! **Example**: a judgment of 12 July that one paper says annulled the conviction and another says upheld it.
//!
//! **What it does not claim**: which source is right. Courts of two levels that differ are in it neither by outcome (they are two bodies)
//! nor by body (they do not sit on one day).

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{ActClass, ActOfCase, Conflict, Day};

use crate::conflict::two_dates::{day, same_number, same_object, same_target};
use crate::conflict::{View, conflict, party};
use crate::event::Node;
use crate::file::line;
use crate::standing::graph::actual;

/// A day with more acts than this is one of a register.
const MOST: usize = 40;

pub(super) fn find(view: &View<'_>) -> Vec<Conflict> {
    let mut by_day: BTreeMap<Day, Vec<usize>> = BTreeMap::new();
    for (at, node) in view.nodes.iter().enumerate() {
        if let Some(day) = day(node).filter(|_| actual(node).is_some_and(|a| a.body.is_some())) {
            by_day.entry(day).or_default().push(at);
        }
    }
    let mut all = Vec::new();
    for (day, nodes) in by_day.into_iter().filter(|(_, nodes)| nodes.len() <= MOST) {
        for (n, a) in nodes.iter().enumerate() {
            for b in nodes.iter().skip(n + 1) {
                all.extend(between(view, day, *a, *b));
            }
        }
    }
    all
}

fn between(view: &View<'_>, day: Day, a: usize, b: usize) -> Option<Conflict> {
    let (first, second) = (view.nodes.get(a)?, view.nodes.get(b)?);
    let (one, two) = (actual(first)?, actual(second)?);
    let docs = |n: &Node| n.members.iter().map(|t| t.doc()).collect::<BTreeSet<_>>();
    let (here, there) = (docs(first), docs(second));
    if !here.is_disjoint(&there) || !here.iter().any(|a| there.iter().any(|b| view.two_sources(*a, *b))) {
        return None;
    }
    let number = same_number(view, first, second);
    let whom = !parties(view, first).is_disjoint(&parties(view, second));
    let target = same_target(one, two) || targets_of_one_day(view, a, b);
    let object = target || same_object(one, two);
    let rows = |a: &ActOfCase, b: &ActOfCase| two_rows(view, a.body.as_deref()?, b.body.as_deref()?).then_some(());
    let (kind, differ, agree) = if one.body == two.body && view.rules.effects.contrary(&one.outcomes, &two.outcomes) {
        // One court may decide two things about one person on one day: a request refused, another granted.
        let grounds = [(number, "number"), (target, "act that it is about"), (whom && object, "person and object")];
        ("two-outcomes", "outcomes that cannot both be", grounds)
    } else if one.body != two.body && told_alike(&one.outcomes, &two.outcomes) && rows(one, two).is_some() {
        let grounds = [
            (number, "number and outcome"),
            (whom && target, "person, outcome and act that it is about"),
            (whom && object, "person, object and outcome"),
        ];
        ("two-bodies", "two bodies", grounds)
    } else {
        return None;
    };
    let agree = agree.iter().find(|(yes, _)| *yes)?.1;
    let by = |a: &ActOfCase| a.body_name.clone().unwrap_or_else(|| "?".to_owned());
    let explanation = format!(
        "What looks like one act of {day} is told as “{}” ({}) and as “{}” ({}): {differ}. Found by the same day and {agree}; which is \
         right is not said.",
        line(&first.event.what, 80),
        by(one),
        line(&second.event.what, 80),
        by(two)
    );
    let passages = [view.passage(first), view.passage(second)].into_iter().flatten().collect();
    Some(conflict(kind, vec![first.event.id.clone(), second.event.id.clone()], explanation, passages))
}

/// The people and organisations that an act names.
fn parties<'a>(view: &View<'_>, node: &'a Node) -> BTreeSet<&'a str> {
    let named = node.event.actors.iter().map(|a| a.actor.as_str()).chain(node.about.named.iter().map(String::as_str));
    named.filter(|id| view.people.by_id(id).is_some_and(party)).collect()
}

/// True where both act on an act of one day: two sources that contradict one another may have named it as two.
fn targets_of_one_day(view: &View<'_>, a: usize, b: usize) -> bool {
    let days = |at: usize| -> BTreeSet<Day> {
        let edges = view.graph.outgoing.get(at).into_iter().flatten();
        edges.filter_map(|e| day(view.nodes.get(e.to)?)).collect()
    };
    !days(a).is_disjoint(&days(b))
}

/// The same outcome, and one that says more than that something was decided.
fn told_alike(a: &[ActClass], b: &[ActClass]) -> bool {
    a.iter()
        .any(|c| !matches!(c, ActClass::Decide | ActClass::Notify | ActClass::Appeal | ActClass::File) && b.contains(c))
}

/// True where both bodies are known, as two: what only looks like two names may be one body.
fn two_rows(view: &View<'_>, a: &str, b: &str) -> bool {
    let row = |id: &str| view.people.by_id(id).and_then(|a| a.known_as.clone());
    matches!((row(a), row(b)), (Some(x), Some(y)) if x != y)
}
