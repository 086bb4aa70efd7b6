//! **What it finds**: two acts that stand on the day and oblige one person to opposite things: to leave and not to leave, to be held
//! and to be released. The pairs are data (`data/effects.toml`, `[[opposite]]`).
//!
//! **Why it matters**: whoever obeys the one breaks the other, and an authority that carries out the one cannot carry out the other.
//!
//! **Example**: a prefect's order to leave the country within a month, and an investigating judge's order not to leave it.
//!
//! **What it does not claim**: which of the two prevails, or that either is unlawful. What is only asked for, what has been annulled,
//! lifted or carried out, and a measure that a later release ended are not in it.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{ActClass, Conflict, StandingStatus as Status};

use crate::conflict::{View, conflict};
use crate::event::{Known, Node, act_of};
use crate::file::line;
use crate::standing::effects::Pair;
use crate::standing::graph::actual;

/// More acts of one kind about one person than this are a list of news, not duties that stand.
const MOST: usize = 50;

pub(super) fn find(view: &View<'_>) -> Vec<Conflict> {
    let mut all = Vec::new();
    for pair in &view.rules.effects.opposite {
        let mut by_person: BTreeMap<&str, [Vec<usize>; 2]> = BTreeMap::new();
        // Two acts that one paper tells its reader of are about the reader, whoever that is.
        let mut by_reader: BTreeMap<usize, [Vec<usize>; 2]> = BTreeMap::new();
        for (at, node) in view.nodes.iter().enumerate().filter(|(_, n)| stands(n)) {
            let classes = actual(node).map_or(&[][..], |a| a.outcomes.as_slice());
            let of = |side: &[ActClass]| classes.iter().any(|c| side.contains(c));
            for (side, has) in [(0, of(&pair.left)), (1, of(&pair.right))] {
                let readers = if has && node.about.named.is_empty() { to_reader(view, node) } else { BTreeSet::new() };
                for reader in readers {
                    if let Some(list) = by_reader.entry(reader).or_default().get_mut(side) {
                        list.push(at);
                    }
                }
                for person in node.about.likely() {
                    if has && let Some(list) = by_person.entry(person).or_default().get_mut(side) {
                        list.push(at);
                    }
                }
            }
        }
        let persons = by_person.into_iter().map(|(person, sides)| {
            let name = view.people.by_id(person).map_or("?", |a| a.name.as_str());
            (Who::Person(name), sides)
        });
        for (who, sides) in persons.chain(by_reader.into_values().map(|sides| (Who::Reader, sides))) {
            let [left, right] = sides.map(|side| told_once(view, side));
            for a in left.iter().take(MOST) {
                for b in right.iter().take(MOST).filter(|b| *b != a && near(view, *a, **b, pair.within_days)) {
                    all.extend(between(view, *a, *b, who, pair));
                }
            }
        }
    }
    all
}

/// In force, or at least not known to have ended.
fn stands(node: &Node) -> bool {
    actual(node).is_some_and(|a| {
        matches!(
            a.standing.status,
            Status::InForce
                | Status::NotYetEnforceable
                | Status::UnderAppeal
                | Status::Upheld
                | Status::Final
                | Status::Varied
        )
    })
}

/// True where the rule asks for no nearness, or both have dates within so many days.
fn near(view: &View<'_>, a: usize, b: usize, within: Option<i32>) -> bool {
    let Some(within) = within else { return true };
    let day = |ix: usize| view.nodes.get(ix)?.event.when.as_ref()?.edtf.as_day();
    match (day(a), day(b)) {
        (Some(a), Some(b)) => a.until(b).is_ok_and(|s| s.get_days().abs() <= within),
        _ => false,
    }
}

/// Without what may be another telling of the act before it: one document tells both, not of two bodies, and not with two days.
fn told_once(view: &View<'_>, side: Vec<usize>) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for at in side {
        // More are not looked at.
        if kept.len() == MOST {
            break;
        }
        let Some(node) = view.nodes.get(at) else { continue };
        let again = |other: &usize| {
            let Some(first) = view.nodes.get(*other) else { return false };
            let docs = |n: &Node| n.members.iter().map(|told| told.doc()).collect::<BTreeSet<_>>();
            let (Some(one), Some(two)) = (actual(first), actual(node)) else { return false };
            (first.event.when.is_none() || node.event.when.is_none())
                && one.outcomes == two.outcomes
                && (one.body.is_none() || two.body.is_none() || one.body == two.body)
                && docs(first) == docs(node)
        };
        if !kept.iter().any(again) {
            kept.push(at);
        }
    }
    kept
}

/// Whom two acts are about.
#[derive(Clone, Copy)]
enum Who<'a> {
    Person(&'a str),
    /// The one to whom the document speaks.
    Reader,
}

/// The documents that tell an act to their reader.
fn to_reader(view: &View<'_>, node: &Node) -> BTreeSet<usize> {
    let told = node.members.iter().filter_map(|told| act_of(view.file, *told));
    let said = told.filter(|(_, doc, act)| {
        // In its own sentence, or in the one before.
        let sentence = doc.found.sentences.partition_point(|s| s.end <= act.trigger.start);
        let from = doc.found.sentences.get(sentence.saturating_sub(1)).map_or(0, |s| s.start);
        let upto = doc.found.to_reader.partition_point(|s| s.start <= act.trigger.start);
        doc.found.to_reader.iter().take(upto).next_back().is_some_and(|s| s.start >= from)
    });
    said.map(|(at, ..)| at).collect()
}

fn between(view: &View<'_>, a: usize, b: usize, who: Who<'_>, pair: &Pair) -> Option<Conflict> {
    let (first, second) = (view.nodes.get(a)?, view.nodes.get(b)?);
    let said = |n: &Node| {
        let status = actual(n).map_or(Status::Unknown, |a| a.standing.status);
        format!("“{}” ({})", line(&n.event.what, 100), status.name().replace('_', " "))
    };
    let unnamed: Vec<Known> = [first, second]
        .into_iter()
        .filter(|n| n.about.named.is_empty())
        .filter_map(|n| n.about.document.as_ref().map(|main| main.known))
        .collect();
    let (who, reader) = match who {
        Who::Person(name) => (name, false),
        Who::Reader => ("the one to whom the document speaks", true),
    };
    let (which, its) = match unnamed.as_slice() {
        [_] => ("One of the two names nobody", "its document"),
        _ => ("Neither names anybody", "their documents"),
    };
    let assumed = match unnamed.iter().find(|known| **known != Known::Only).or(unnamed.first()) {
        Some(_) if reader => String::new(),
        None => String::new(),
        Some(Known::Only) => format!(" {which}; no act of {its} is about anyone but {who}."),
        Some(Known::MostActs) => format!(" {which}; most acts of {its} are about {who}."),
        Some(Known::MostNamed) => format!(" {which}; nobody is named as often in {its} as {who}."),
    };
    let as_of = actual(first)?.standing.as_of;
    let explanation = format!(
        "Both are about {who}: {}. As of {as_of} nothing in the file has ended either: {} and {}.{assumed} Found by the \
         pair of kinds “{}”; nothing is said of which prevails.",
        pair.words,
        said(first),
        said(second),
        pair.id
    );
    let passages = [view.passage(first), view.passage(second)].into_iter().flatten().collect();
    Some(conflict("opposite-duties", vec![first.event.id.clone(), second.event.id.clone()], explanation, passages))
}
