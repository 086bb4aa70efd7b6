//! Dependency trees by the arc-eager system, and sentences as what hangs together.

use std::collections::VecDeque;

use super::actions;
use crate::error::Result;
use crate::labels::{Label, Labels};
use crate::layer::state::{Scorer, StateBuffers};
use crate::package::Package;
use crate::package::thinc::Model;

/// Between the relation and the head's relation in labels of arcs that were lifted for training.
const LIFTED: &str = "||";
/// Edges of trees that are not projective settle after so many rounds at most.
const MOST_ROUNDS: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

/// The parser.
#[derive(Debug)]
pub(crate) struct Parser {
    pub(crate) scorer: Scorer,
    actions: Vec<(Act, Label)>,
    root: Label,
    /// For labels of lifted arcs: the relation, and the relation of the head to look for.
    lifted: Vec<(Label, Label, Label)>,
}

/// The tree of a text.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) heads: Vec<usize>,
    pub(crate) deps: Vec<Label>,
    pub(crate) sentence_starts: Vec<usize>,
}

impl Parser {
    pub(crate) fn read(package: &Package, step: &str, model: &Model<'_>, labels: &mut Labels) -> Result<Self> {
        let scorer = Scorer::read(model, 8)?;
        let mut acts = Vec::new();
        let mut lifted = Vec::new();
        for (action, name) in actions::read(package, step)? {
            let act = match action {
                0 => Act::Shift,
                1 => Act::Reduce,
                2 => Act::Left,
                3 => Act::Right,
                4 => Act::Break,
                _ => return Err(model.damaged("it has an action that is not known")),
            };
            let label = labels.add(&name);
            if let Some((relation, of_head)) = name.split_once(LIFTED) {
                lifted.push((label, labels.add(relation), labels.add(of_head)));
            }
            acts.push((act, label));
        }
        if acts.len() != scorer.actions() {
            return Err(model.damaged("its actions and its scores differ in number"));
        }
        Ok(Self { scorer, actions: acts, root: labels.add("ROOT"), lifted })
    }

    /// The tree of a text. `is_space` says of a token whether it is white space.
    pub(crate) fn parse(
        &self,
        reduced: &[f32],
        count: usize,
        is_space: impl Fn(usize) -> bool,
        buffers: &mut StateBuffers,
    ) -> Tree {
        let mut state = State::new(count);
        let mut states = self.scorer.over(reduced, buffers);
        while !state.is_final() {
            let scores = states.scores(state.features());
            let valid = state.valid();
            let mut best: Option<(f32, Act, Label)> = None;
            for (&(act, label), &score) in self.actions.iter().zip(scores) {
                if valid.allows(act) && best.is_none_or(|(most, ..)| score > most) {
                    best = Some((score, act, label));
                }
            }
            // Where nothing is allowed or the scores are no numbers, the words left stand alone.
            match best {
                Some((_, act, label)) => state.apply(act, label),
                None => break,
            }
        }
        self.finish(state, is_space)
    }

    fn finish(&self, state: State, is_space: impl Fn(usize) -> bool) -> Tree {
        let mut heads: Vec<usize> = state.heads.iter().enumerate().map(|(i, head)| head.unwrap_or(i)).collect();
        let mut deps: Vec<Label> = state
            .labels
            .iter()
            .zip(&state.heads)
            .map(|(&l, head)| if head.is_some() { l } else { self.root })
            .collect();
        if deps.iter().any(|&dep| self.lift_of(dep).is_some()) {
            self.lower(&mut heads, &mut deps, is_space);
        }
        let (left, _) = edges(&heads);
        let mut starts: Vec<usize> =
            heads.iter().zip(&left).enumerate().filter(|(i, (head, _))| *i == **head).map(|(_, (_, &l))| l).collect();
        starts.sort_unstable();
        starts.dedup();
        Tree { heads, deps, sentence_starts: starts }
    }

    fn lift_of(&self, dep: Label) -> Option<(Label, Label)> {
        self.lifted.iter().find(|(label, ..)| *label == dep).map(|&(_, relation, head)| (relation, head))
    }

    /// Hangs lifted arcs where they belong: below the first token under their head, breadth first, that has the relation named.
    fn lower(&self, heads: &mut [usize], deps: &mut [Label], is_space: impl Fn(usize) -> bool) {
        let (left, right) = edges(heads);
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); heads.len()];
        for (child, &head) in heads.iter().enumerate() {
            if child != head
                && let Some(list) = children.get_mut(head)
            {
                list.push(child);
            }
        }
        for token in 0..heads.len() {
            let Some((relation, of_head)) = deps.get(token).and_then(|&dep| self.lift_of(dep)) else { continue };
            let Some(&old) = heads.get(token) else { continue };
            let mut queue = VecDeque::from([old]);
            let mut found = old;
            'search: while let Some(at) = queue.pop_front() {
                for &child in children.get(at).into_iter().flatten() {
                    // As in spaCy, a token's children are looked for within the edges that it had before any arc was lowered.
                    let within =
                        left.get(at).is_some_and(|&l| l <= child) && right.get(at).is_some_and(|&r| child <= r);
                    if !within || child == token || is_space(child) {
                        continue;
                    }
                    if deps.get(child) == Some(&of_head) {
                        found = child;
                        break 'search;
                    }
                    queue.push_back(child);
                }
            }
            if found != old {
                if let Some(list) = children.get_mut(old) {
                    list.retain(|&child| child != token);
                }
                if let Some(list) = children.get_mut(found) {
                    let place = list.partition_point(|&child| child < token);
                    list.insert(place, token);
                }
            }
            if let (Some(head), Some(dep)) = (heads.get_mut(token), deps.get_mut(token)) {
                (*head, *dep) = (found, relation);
            }
        }
    }
}

/// The first and the last token below each token.
fn edges(heads: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let mut left: Vec<usize> = (0..heads.len()).collect();
    let mut right = left.clone();
    for _ in 0..MOST_ROUNDS {
        let mut changed = false;
        let mut pass = |i: usize| {
            let Some(&head) = heads.get(i) else { return };
            let (Some(&l), Some(&r)) = (left.get(i), right.get(i)) else { return };
            if let Some(edge) = left.get_mut(head)
                && l < *edge
            {
                (*edge, changed) = (l, true);
            }
            if let Some(edge) = right.get_mut(head)
                && r > *edge
            {
                (*edge, changed) = (r, true);
            }
        };
        (0..heads.len()).for_each(&mut pass);
        (0..heads.len()).rev().for_each(&mut pass);
        if !changed {
            break;
        }
    }
    (left, right)
}

/// Which actions a state allows.
#[derive(Clone, Copy, Debug)]
struct Valid {
    shift: bool,
    reduce: bool,
    arc: bool,
    cut: bool,
}

impl Valid {
    fn allows(self, act: Act) -> bool {
        match act {
            Act::Shift => self.shift,
            Act::Reduce => self.reduce,
            Act::Left | Act::Right => self.arc,
            Act::Break => self.cut,
        }
    }
}

/// A state of the arc-eager system.
#[derive(Debug)]
struct State {
    count: usize,
    stack: Vec<usize>,
    /// Tokens that were put back before the buffer; the last is the first.
    back: Vec<usize>,
    /// The first token of the buffer that was never on the stack.
    next: usize,
    heads: Vec<Option<usize>>,
    labels: Vec<Label>,
    /// The children of each token on one side, in the order in which they came; those taken away are empty.
    left: Vec<Vec<Option<usize>>>,
    right: Vec<Vec<Option<usize>>>,
    put_back: Vec<bool>,
    starts: Vec<bool>,
}

impl State {
    fn new(count: usize) -> Self {
        let mut starts = vec![false; count];
        if let Some(first) = starts.first_mut() {
            *first = true;
        }
        Self {
            count,
            stack: Vec::new(),
            back: Vec::new(),
            next: 0,
            heads: vec![None; count],
            labels: vec![Label::NONE; count],
            left: vec![Vec::new(); count],
            right: vec![Vec::new(); count],
            put_back: vec![false; count],
            starts,
        }
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.back.is_empty() && self.next >= self.count
    }

    /// A token of the buffer.
    fn buffer(&self, at: usize) -> Option<usize> {
        if let Some(from_end) = self.back.len().checked_sub(at + 1) {
            return self.back.get(from_end).copied();
        }
        Some(self.next + at - self.back.len()).filter(|&token| token < self.count)
    }

    /// A token of the stack, from the top.
    fn stack(&self, at: usize) -> Option<usize> {
        self.stack.iter().rev().nth(at).copied()
    }

    fn features(&self) -> [Option<usize>; 8] {
        let child = |children: &[Vec<Option<usize>>], of: Option<usize>| {
            children.get(of?)?.iter().rev().find_map(|child| *child)
        };
        let (b0, s0) = (self.buffer(0), self.stack(0));
        [
            b0,
            self.buffer(1),
            s0,
            self.stack(1),
            self.stack(2),
            child(&self.left, b0),
            child(&self.left, s0),
            child(&self.right, s0),
        ]
    }

    fn is(flags: &[bool], token: Option<usize>) -> bool {
        token.and_then(|token| flags.get(token)).copied().unwrap_or(false)
    }

    fn valid(&self) -> Valid {
        let (b0, b1) = (self.buffer(0), self.buffer(1));
        let left = self.count - self.next.min(self.count) + self.back.len();
        let on_stack = !self.stack.is_empty();
        let at_start = Self::is(&self.starts, b0);
        Valid {
            shift: !on_stack || !(left < 2 || at_start || Self::is(&self.put_back, b0)),
            reduce: on_stack,
            arc: on_stack && left > 0 && !at_start,
            cut: left >= 2 && b1.is_some() && b1 == b0.map(|b0| b0 + 1) && !Self::is(&self.starts, b1),
        }
    }

    fn push(&mut self) {
        if let Some(token) = self.back.pop() {
            self.stack.push(token);
        } else if self.next < self.count {
            self.stack.push(self.next);
            self.next += 1;
        }
    }

    fn apply(&mut self, act: Act, label: Label) {
        let (b0, s0) = (self.buffer(0), self.stack(0));
        match (act, b0, s0) {
            (Act::Shift, ..) => self.push(),
            (Act::Reduce, _, Some(s0)) => {
                self.stack.pop();
                let has_head = self.heads.get(s0).is_some_and(Option::is_some);
                if !has_head && !self.stack.is_empty() {
                    if let Some(flag) = self.put_back.get_mut(s0) {
                        *flag = true;
                    }
                    self.back.push(s0);
                }
            }
            (Act::Left, Some(b0), Some(s0)) => {
                self.add_arc(b0, s0, label);
                // A token that gets a child may be shifted again.
                if let Some(flag) = self.put_back.get_mut(b0) {
                    *flag = false;
                }
                self.stack.pop();
            }
            (Act::Right, Some(b0), Some(s0)) => {
                self.add_arc(s0, b0, label);
                self.push();
            }
            (Act::Break, ..) => {
                if let Some(flag) = self.buffer(1).and_then(|b1| self.starts.get_mut(b1)) {
                    *flag = true;
                }
            }
            _ => {}
        }
    }

    fn add_arc(&mut self, head: usize, child: usize, label: Label) {
        if let Some(Some(old)) = self.heads.get(child).copied() {
            let side = if old > child { &mut self.left } else { &mut self.right };
            if let Some(children) = side.get_mut(old) {
                if children.last() == Some(&Some(child)) {
                    children.pop();
                } else if let Some(place) = children.iter_mut().rev().find(|place| **place == Some(child)) {
                    *place = None;
                }
            }
        }
        let side = if head > child { &mut self.left } else { &mut self.right };
        if let Some(children) = side.get_mut(head) {
            children.push(Some(child));
        }
        if let (Some(place), Some(name)) = (self.heads.get_mut(child), self.labels.get_mut(child)) {
            (*place, *name) = (Some(head), label);
        }
    }
}
