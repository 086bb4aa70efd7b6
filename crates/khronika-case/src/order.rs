//! The order of events: by date where there is one, else by what acts on what.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::Day;

use crate::event::Node;
use crate::file::File;
use crate::standing::graph::Graph;

/// The most events that an undated event is compared with to keep only the nearest.
const NEAR: usize = 64;

/// Says of events without a date what they come after and before: an annulment comes after what it annuls. Only the nearest ones
/// are kept, since the others follow.
pub(crate) fn edges(nodes: &mut [Node], graph: &Graph) {
    let dated: Vec<bool> = nodes.iter().map(|n| n.event.when.is_some()).collect();
    let is_dated = |ix: usize| dated.get(ix) == Some(&true);
    let mut after: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut before: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for edge in graph.outgoing.iter().flatten() {
        if !is_dated(edge.from) {
            after.entry(edge.from).or_default().insert(edge.to);
        }
        if !is_dated(edge.to) {
            before.entry(edge.to).or_default().insert(edge.from);
        }
    }
    let earlier = |a: usize, b: usize| {
        let date = |ix: usize| nodes.get(ix).and_then(|n| n.event.when.as_ref());
        let by_date = matches!((date(a), date(b)), (Some(x), Some(y)) if x.edtf.is_before(&y.edtf));
        by_date || reaches(graph, b, a)
    };
    let nearest = |set: &BTreeSet<usize>, nearer: &dyn Fn(usize, usize) -> bool| -> Vec<usize> {
        let few: Vec<usize> = set.iter().copied().take(NEAR).collect();
        few.iter().copied().filter(|x| !few.iter().any(|y| y != x && nearer(*x, *y))).collect()
    };
    let after: BTreeMap<usize, Vec<usize>> =
        after.iter().map(|(at, set)| (*at, nearest(set, &|x, y| earlier(x, y)))).collect();
    let before: BTreeMap<usize, Vec<usize>> =
        before.iter().map(|(at, set)| (*at, nearest(set, &|x, y| earlier(y, x)))).collect();
    let ids: Vec<String> = nodes.iter().map(|n| n.event.id.clone()).collect();
    let named = |list: Option<&Vec<usize>>| -> Vec<String> {
        let mut out: Vec<String> = list.into_iter().flatten().filter_map(|ix| ids.get(*ix)).cloned().collect();
        out.sort();
        out
    };
    for (at, node) in nodes.iter_mut().enumerate() {
        node.event.after = named(after.get(&at));
        node.event.before = named(before.get(&at));
    }
}

/// True where a chain of effects leads from the later event to the earlier one.
fn reaches(graph: &Graph, later: usize, earlier: usize) -> bool {
    let mut seen = BTreeSet::from([later]);
    let mut todo = vec![later];
    while let Some(at) = todo.pop() {
        for edge in graph.outgoing.get(at).into_iter().flatten() {
            if edge.to == earlier {
                return true;
            }
            if seen.len() < NEAR && seen.insert(edge.to) {
                todo.push(edge.to);
            }
        }
    }
    false
}

/// Where an event stands: its day, then a rank among the events of that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    undated: bool,
    day: Option<Day>,
    rank: i32,
}

/// The place of each event in the order of the case: by date, source and place in the text, then id. An event that only order dates
/// stands right after the last one that it comes after, or right before the first one that it comes before; one that nothing dates
/// stands at the end.
pub(crate) fn ranks(file: &File, nodes: &[Node], graph: &Graph) -> Vec<usize> {
    let nowhere = Place { undated: true, day: None, rank: 0 };
    let mut places: Vec<Place> = nodes
        .iter()
        .map(|n| {
            let day = n.event.when.as_ref().and_then(|w| w.earliest().or(w.latest()));
            Place { undated: day.is_none(), day, rank: 0 }
        })
        .collect();
    let place = |places: &[Place], ix: usize| places.get(ix).copied().unwrap_or(nowhere);
    for at in graph.order.iter().rev() {
        if place(&places, *at).undated {
            let targets = graph.outgoing.get(*at).into_iter().flatten().map(|e| place(&places, e.to));
            if let Some(last) = targets.filter(|p| !p.undated).max()
                && let Some(slot) = places.get_mut(*at)
            {
                *slot = Place { rank: last.rank + 1, ..last };
            }
        }
    }
    for at in &graph.order {
        if place(&places, *at).undated {
            let acting = graph.incoming.get(*at).into_iter().flatten().map(|e| place(&places, e.from));
            if let Some(first) = acting.filter(|p| !p.undated).min()
                && let Some(slot) = places.get_mut(*at)
            {
                *slot = Place { rank: first.rank - 1, ..first };
            }
        }
    }
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_cached_key(|ix| {
        let node = nodes.get(*ix);
        let passage = node.and_then(|n| n.event.passages.first());
        (place(&places, *ix), passage.map(|p| (file.number(&p.source), p.span)), node.map(|n| n.event.id.clone()))
    });
    let mut ranks = vec![0; nodes.len()];
    for (rank, ix) in order.into_iter().enumerate() {
        if let Some(slot) = ranks.get_mut(ix) {
            *slot = rank;
        }
    }
    ranks
}
