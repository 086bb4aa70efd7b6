//! Acts and the edges between them, with what is known of their order in time.

use std::collections::BTreeMap;

use khronika_core::{ActOfCase, Basis, Day, Effect, EffectKind, EventStatus, When};
use rayon::prelude::*;

use crate::event::{Node, Nodes, act_of};
use crate::file::File;
use crate::when::Bounds;

/// An effect of one act on another. `effect` is the index into the acting act's effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) effect: usize,
    pub(crate) kind: EffectKind,
}

/// The acts that happened and their effects on one another.
#[derive(Debug)]
pub(crate) struct Graph {
    /// By target: the edges that reach it.
    pub(crate) incoming: Vec<Vec<Edge>>,
    /// By acting act: the edges that leave it.
    pub(crate) outgoing: Vec<Vec<Edge>>,
    /// When each event may have happened, its own date, its documents and the order of acts taken together.
    pub(crate) bounds: Vec<Bounds>,
    /// Targets after whatever acts on them.
    pub(crate) order: Vec<usize>,
    /// Events that act on one another in a circle, each circle in order of index.
    pub(crate) circles: Vec<Vec<usize>>,
    /// Pairs (acting act, target) whose own dates contradict the effect: the one acts on the other before that was made.
    pub(crate) reversed: Vec<(usize, usize)>,
}

/// The act of a node, if the node is an act that happened.
pub(crate) fn actual(node: &Node) -> Option<&ActOfCase> {
    node.event.act.as_deref().filter(|_| node.event.status == EventStatus::Actual)
}

impl Graph {
    /// Reads the edges off the events.
    pub(crate) fn new(file: &File, nodes: &Nodes) -> Self {
        let all = &nodes.nodes;
        let by_id: BTreeMap<&str, usize> = all.iter().enumerate().map(|(ix, n)| (n.event.id.as_str(), ix)).collect();
        let mut graph = Self {
            incoming: vec![Vec::new(); all.len()],
            outgoing: vec![Vec::new(); all.len()],
            bounds: all.par_iter().map(|n| told_by(file, n)).collect(),
            order: Vec::new(),
            circles: Vec::new(),
            reversed: Vec::new(),
        };
        for (from, node) in all.iter().enumerate() {
            let Some(act) = actual(node) else { continue };
            for (effect, Effect { on, effect: kind, .. }) in act.effects.iter().enumerate() {
                let Some(to) = on.as_deref().and_then(|id| by_id.get(id).copied()) else { continue };
                if all.get(to).is_some_and(|t| actual(t).is_some()) {
                    graph.add(Edge { from, to, effect, kind: *kind });
                }
            }
        }
        graph.sort_out(all);
        graph
    }

    fn add(&mut self, edge: Edge) {
        if let Some(list) = self.incoming.get_mut(edge.to) {
            list.push(edge);
        }
        if let Some(list) = self.outgoing.get_mut(edge.from) {
            list.push(edge);
        }
    }

    /// Finds circles and takes their edges out, puts the acts in order, and lets the order narrow what is known of their dates.
    fn sort_out(&mut self, all: &[Node]) {
        let component = self.components();
        let same = |e: &Edge| component.get(e.from) == component.get(e.to);
        let mut circles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for edge in self.outgoing.iter().flatten().filter(|e| same(e)) {
            for end in [edge.from, edge.to] {
                let circle = circles.entry(component.get(end).copied().unwrap_or(end)).or_default();
                if !circle.contains(&end) {
                    circle.push(end);
                }
            }
        }
        self.circles = circles.into_values().collect();
        for circle in &mut self.circles {
            circle.sort_unstable();
        }
        self.circles.sort();
        for list in self.incoming.iter_mut().chain(&mut self.outgoing) {
            list.retain(|e| !same(e));
        }
        self.order = self.topological();
        // What acts on an act is not before it; what is acted on is not after.
        for at in self.order.clone().into_iter().rev() {
            for edge in self.outgoing.get(at).cloned().unwrap_or_default() {
                let target = self.bound(edge.to);
                if let Some(b) = self.bounds.get_mut(at) {
                    *b = b.from(target.earliest);
                }
            }
        }
        for at in self.order.clone() {
            let acting = self.bound(at);
            for edge in self.outgoing.get(at).cloned().unwrap_or_default() {
                if let Some(b) = self.bounds.get_mut(edge.to) {
                    *b = b.until(acting.latest);
                }
            }
        }
        for edge in self.outgoing.iter().flatten() {
            let date = |ix: usize| all.get(ix).and_then(|n| n.event.when.as_ref());
            // A year that was taken from elsewhere, or a day that was reckoned, is no ground for a contradiction.
            let told = |when: &When| when.basis == Basis::Stated;
            if let (Some(acting), Some(target)) = (date(edge.from), date(edge.to))
                && acting.edtf.is_before(&target.edtf)
                && told(acting)
                && told(target)
            {
                self.reversed.push((edge.from, edge.to));
            }
        }
        self.reversed.sort_unstable();
        self.reversed.dedup();
        for list in &mut self.incoming {
            let bounds = &self.bounds;
            let key = |ix: usize| bounds.get(ix).map(|b| (b.earliest, b.latest.unwrap_or(Day::MAX)));
            list.sort_by_key(|e| (key(e.from), e.from, e.kind));
        }
    }

    /// When this event may have happened.
    pub(crate) fn bound(&self, at: usize) -> Bounds {
        self.bounds.get(at).copied().unwrap_or_default()
    }

    /// Every event, each after all that act on it. Circles have been taken out.
    fn topological(&self) -> Vec<usize> {
        let mut waits: Vec<usize> = self.incoming.iter().map(Vec::len).collect();
        let mut order: Vec<usize> = (0..waits.len()).filter(|ix| waits.get(*ix) == Some(&0)).collect();
        let mut next = 0;
        while let Some(&at) = order.get(next) {
            next += 1;
            for edge in self.outgoing.get(at).into_iter().flatten() {
                if let Some(n) = waits.get_mut(edge.to) {
                    *n -= 1;
                    if *n == 0 {
                        order.push(edge.to);
                    }
                }
            }
        }
        order
    }

    /// The strongly connected component of each event (Tarjan's algorithm, without recursion, since a chain of acts may be long).
    fn components(&self) -> Vec<usize> {
        const NEW: usize = usize::MAX;
        let n = self.outgoing.len();
        let (mut index, mut low, mut on_stack) = (vec![NEW; n], vec![0; n], vec![false; n]);
        let (mut component, mut stack, mut counter) = (vec![NEW; n], Vec::new(), 0);
        for root in 0..n {
            if index.get(root) != Some(&NEW) {
                continue;
            }
            let mut calls = vec![(root, 0_usize)];
            while let Some((at, child)) = calls.pop() {
                if child == 0 {
                    if let (Some(i), Some(l), Some(s)) = (index.get_mut(at), low.get_mut(at), on_stack.get_mut(at)) {
                        (*i, *l, *s) = (counter, counter, true);
                    }
                    counter += 1;
                    stack.push(at);
                }
                let edge = self.outgoing.get(at).and_then(|list| list.get(child)).copied();
                if let Some(edge) = edge {
                    calls.push((at, child + 1));
                    match index.get(edge.to) {
                        Some(&NEW) => calls.push((edge.to, 0)),
                        Some(&other) if on_stack.get(edge.to) == Some(&true) => lower(&mut low, at, other),
                        _ => {}
                    }
                    continue;
                }
                if low.get(at) == index.get(at) {
                    while let Some(member) = stack.pop() {
                        if let (Some(s), Some(c)) = (on_stack.get_mut(member), component.get_mut(member)) {
                            (*s, *c) = (false, at);
                        }
                        if member == at {
                            break;
                        }
                    }
                }
                if let Some(&(parent, _)) = calls.last() {
                    let mine = low.get(at).copied().unwrap_or(NEW);
                    lower(&mut low, parent, mine);
                }
            }
        }
        component
    }
}

fn lower(low: &mut [usize], at: usize, to: usize) {
    if let Some(l) = low.get_mut(at) {
        *l = (*l).min(to);
    }
}

/// When an event may have happened: its own date, and not after the day that a document bears which tells it as something that happened.
/// A document without a day of its own bounds nothing: the latest day that it tells of need not be the day on which it was written.
fn told_by(file: &File, node: &Node) -> Bounds {
    let own = Bounds::of(node.event.when.as_ref());
    // Whoever corrected a date knows better than the day of a paper.
    let judged = node.event.when.as_ref().is_some_and(|when| when.basis == Basis::Judged);
    if judged || node.event.status != EventStatus::Actual {
        return own;
    }
    let documents = node.members.iter().filter_map(|told| act_of(file, *told).and_then(|(_, doc, _)| doc.borne()));
    own.until(documents.min())
}
