//! **What it finds**: two acts that stand on the day and oblige one person to opposite things: to leave and not to leave, to be held
//! and to be released. The pairs are data (`data/effects.toml`, `[[opposite]]`).
//!
//! **Why it matters**: whoever obeys the one breaks the other, and an authority that carries out the one cannot carry out the other.
//!
//! **Example**: a prefect's order to leave the country within a month, and an investigating judge's order not to leave it.
//!
//! Whom an act is about its words say, or its document, or the place where it is told: "She is forbidden to leave the country. The
//! prefect ordered her to leave it" are about one, where nobody else is named there.
//!
//! Or two duties of which the text itself says that they cannot both be obeyed, whatever acts they come from.
//!
//! **What it does not claim**: which of the two prevails, or that either is unlawful. What is only asked for, what has been annulled,
//! lifted or carried out, and a measure that a later release ended are not in it.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{ActClass, ActFinding, ActorKind, Conflict, Passage, Retold, Span, StandingStatus as Status};

use crate::conflict::retold::{Dated, between as between_duties};
use crate::conflict::{View, conflict};
use crate::event::{Known, Node, act_of};
use crate::file::{Doc, line};
use crate::standing::effects::Pair;
use crate::standing::graph::actual;

/// More acts of one kind about one person than this are a list of news, not duties that stand.
const MOST: usize = 50;
/// So many sentences apart two acts may be told and still be told one after the other.
const BESIDE: usize = 2;

pub(super) fn find(view: &View<'_>) -> Vec<Conflict> {
    let mut all = Vec::new();
    for pair in &view.rules.effects.opposite {
        let mut by_person: BTreeMap<&str, [Vec<usize>; 2]> = BTreeMap::new();
        // Two acts that one paper tells its reader of are about the reader, whoever that is.
        let mut by_reader: BTreeMap<usize, [Vec<usize>; 2]> = BTreeMap::new();
        let mut sides = [Vec::new(), Vec::new()];
        for (at, node) in view.nodes.iter().enumerate().filter(|(_, n)| stands(n)) {
            let classes = actual(node).map_or(&[][..], |a| a.outcomes.as_slice());
            let of = |side: &[ActClass]| classes.iter().any(|c| side.contains(c));
            for (side, has) in [(0, of(&pair.left)), (1, of(&pair.right))] {
                if has && let Some(list) = sides.get_mut(side) {
                    list.push(at);
                }
                let readers = if has { to_reader(view, node) } else { BTreeSet::new() };
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
        let known = all.len();
        for (who, sides) in persons.chain(by_reader.into_values().map(|sides| (Who::Reader, sides))) {
            let [left, right] = sides.map(|side| told_once(view, side));
            for a in left.iter().take(MOST) {
                for b in right.iter().take(MOST).filter(|b| *b != a && near(view, *a, **b, pair.within_days)) {
                    all.extend(between(view, *a, *b, who, pair));
                }
            }
        }
        // Where days decide whether two acts meet, it takes more than the place.
        if pair.within_days.is_none() {
            let [left, right] = sides;
            let found: BTreeSet<Vec<String>> = all.iter().skip(known).map(|c: &Conflict| c.between.clone()).collect();
            let told = beside(view, &left, &right).into_iter();
            let told = told.filter_map(|(a, b, person)| {
                let name = view.people.by_id(&person).map_or("?", |a| a.name.as_str());
                between(view, a, b, Who::Beside(name), pair)
            });
            all.extend(told.filter(|c| !found.contains(&c.between)));
        }
    }
    let told = told_itself(view, &all);
    all.extend(told);
    all
}

/// Two duties of which a text says itself that they cannot both be obeyed, where no conflict in `known` has them already. Where they
/// are those of acts, neither may have ended.
fn told_itself(view: &View<'_>, known: &[Conflict]) -> Vec<Conflict> {
    let has = |doc: &Doc| doc.found.retold.iter().any(|r| r.what == Retold::Duties);
    let docs: BTreeMap<usize, &Doc> = view.file.docs.iter().enumerate().filter(|(_, doc)| has(doc)).collect();
    if docs.is_empty() {
        return Vec::new();
    }
    // Where days decide whether two acts meet, the act told there ("hand over the man who was arrested") is none of the duties.
    let pairs = || view.rules.effects.opposite.iter().filter(|p| p.within_days.is_none());
    let opposite = |class: &ActClass| pairs().any(|p| p.left.contains(class) || p.right.contains(class));
    // The acts that oblige somebody, by their document and their place.
    let mut acts: BTreeMap<(usize, usize), &Node> = BTreeMap::new();
    for node in view.nodes.iter().filter(|n| actual(n).is_some_and(|a| a.outcomes.iter().any(opposite))) {
        for (at, _, act) in node.members.iter().filter_map(|told| act_of(view.file, *told)) {
            if docs.contains_key(&at) {
                acts.entry((at, act.trigger.start)).or_insert(node);
            }
        }
    }
    let mut all = Vec::new();
    for (at, doc) in docs {
        for told in doc.found.retold.iter().filter(|r| r.what == Retold::Duties) {
            let whole = |side: Span| doc.found.sentences.get(doc.sentence(side.start)).copied().unwrap_or(side);
            let in_sentence = |p: &Passage, side: Span| p.source == doc.source.id && whole(side).overlaps(p.span);
            let again = known.iter().any(|c| told.sides.iter().all(|s| c.passages.iter().any(|p| in_sentence(p, *s))));
            let of = |side: Span| acts.range((at, side.start)..(at, side.end)).map(|(_, node)| *node).next();
            let nodes: Vec<(Span, &Node)> = told.sides.iter().filter_map(|side| Some((*side, of(*side)?))).collect();
            if again || nodes.iter().any(|(_, node)| !stands(node)) {
                continue;
            }
            let events: Dated<'_> = nodes.iter().map(|(s, node)| ((&doc.source.id, s.start), &node.event)).collect();
            all.push(between_duties(&events, doc, told));
        }
    }
    all
}

/// The acts of either side that one document tells one after the other, and the only person who is named there. One of the two names
/// nobody, so that it is about whoever was told of before.
fn beside(view: &View<'_>, left: &[usize], right: &[usize]) -> Vec<(usize, usize, String)> {
    let mut by_doc: BTreeMap<usize, [Vec<(usize, &ActFinding)>; 2]> = BTreeMap::new();
    for (side, nodes) in [left, right].into_iter().enumerate() {
        for (at, node) in nodes.iter().filter_map(|at| Some((*at, view.nodes.get(*at)?))) {
            for (doc, _, act) in node.members.iter().filter_map(|told| act_of(view.file, *told)) {
                let list = by_doc.entry(doc).or_default().get_mut(side);
                list.into_iter().filter(|l| l.len() < MOST).for_each(|l| l.push((at, act)));
            }
        }
    }
    let mut all = Vec::new();
    for (at, [left, right]) in by_doc {
        let Some(doc) = view.file.doc(at) else { continue };
        for (a, one) in &left {
            for (b, two) in right.iter().filter(|(b, _)| b != a) {
                let named = |ix: usize| view.nodes.get(ix).map(|n| &n.about.named);
                let (Some(x), Some(y)) = (named(*a), named(*b)) else { continue };
                let open = x.is_empty() || y.is_empty();
                if let Some(person) = only_person(view, at, doc, one, two).filter(|_| open)
                    && x.iter().chain(y).all(|id| *id == person)
                    && !all.iter().any(|(c, d, _)| (c, d) == (a, b))
                {
                    all.push((*a, *b, person));
                }
            }
        }
    }
    all
}

/// The one person who is named where a document tells two acts one after the other: from the sentence before the first of them on.
fn only_person(view: &View<'_>, at: usize, doc: &Doc, one: &ActFinding, two: &ActFinding) -> Option<String> {
    let (first, last) = (one.trigger.start.min(two.trigger.start), one.trigger.end.max(two.trigger.end));
    let (from, to) = (doc.sentence(first), doc.sentence(last.saturating_sub(1)));
    if to - from > BESIDE {
        return None;
    }
    let start = doc.found.sentences.get(from.saturating_sub(1))?.start;
    let end = doc.found.sentences.get(to)?.end;
    let near = doc.found.mentions.partition_point(|m| m.span.start < start);
    let named = doc.found.mentions.iter().enumerate().skip(near).take_while(|(_, m)| m.span.start < end);
    let ids: BTreeSet<String> = named.filter_map(|(ix, _)| view.people.id_of_mention(at, doc, ix)).collect();
    let is_person = |id: &String| view.people.by_id(id).is_some_and(|a| a.kind == ActorKind::Person);
    let mut persons = ids.into_iter().filter(is_person);
    persons.next().filter(|_| persons.next().is_none())
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
    /// The only person who is named where both are told, one after the other.
    Beside(&'a str),
    /// The one to whom the document speaks.
    Reader,
}

/// The documents that tell an act to their reader. Where it names somebody, who may be the one that acts, its own clause must speak to
/// the reader.
fn to_reader(view: &View<'_>, node: &Node) -> BTreeSet<usize> {
    let told = node.members.iter().filter_map(|told| act_of(view.file, *told));
    let said = told.filter(|(_, doc, act)| {
        // In its own sentence, or in the one before.
        let sentence = doc.sentence(act.trigger.start);
        let from = doc.found.sentences.get(sentence.saturating_sub(1)).map_or(0, |s| s.start);
        let upto = doc.found.to_reader.partition_point(|s| s.start <= act.trigger.start);
        let last = doc.found.to_reader.iter().take(upto).next_back();
        last.is_some_and(|s| s.start >= from && (node.about.named.is_empty() || s.contains(act.trigger)))
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
    let (who, reader, beside) = match who {
        Who::Person(name) => (name, false, false),
        Who::Beside(name) => (name, false, true),
        Who::Reader => ("the one to whom the document speaks", true, false),
    };
    let nobody = [first, second].iter().filter(|n| n.about.named.is_empty()).count();
    let (which, its) = match nobody {
        1 => ("One of the two names nobody", "its document"),
        _ => ("Neither names anybody", "their documents"),
    };
    let assumed = match unnamed.iter().find(|known| **known != Known::Only).or(unnamed.first()) {
        _ if beside => format!(" {which}; they are told one after the other, and nobody but {who} is named there."),
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
