//! Applies what people said of findings, before anything is concluded from them: an act that was rejected annuls nothing, and one whose
//! date was corrected is of that date for every rule.
//!
//! What is said of which events there are ([`regroup`]) comes before they are made of the places that tell them, what is said of an event
//! ([`amend`]) after that.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{
    ActorRole, Basis, Correction, EdgeBasis, Effect, EffectKind, Judged, Judgment, Role, Verdict, When,
};

use crate::event::{Node, Nodes, hand_of, id_of};
use crate::file::File;
use crate::merge::act::{Group, Told};
use crate::merge::actor::People;
use crate::merge::name::fold;
use crate::merge::people_judged::is_about_actors;

/// A judgment, whether it could be applied so far, and the places that tell of what it speaks of, event by event.
pub(crate) struct Regrouped {
    judgment: Judgment,
    applied: bool,
    told: Vec<Vec<Told>>,
}

/// Changes the groups as the judgments say, in their order.
pub(crate) fn regroup(file: &File, groups: &mut Vec<Group>, judgments: &[Judgment]) -> Vec<Regrouped> {
    let mut all: Vec<Regrouped> = judgments.iter().map(|judgment| one(file, groups, judgment)).collect();
    // Of what is confirmed and rejected the last word counts.
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for (ix, judgment) in judgments.iter().enumerate() {
        if matches!(judgment.verdict, Verdict::Confirm | Verdict::Reject) {
            last.extend(judgment.about.iter().map(|id| (id.as_str(), ix)));
        }
    }
    for (ix, judgment) in judgments.iter().enumerate() {
        if !matches!(judgment.verdict, Verdict::Confirm | Verdict::Reject) {
            continue;
        }
        let stands = judgment.about.iter().any(|id| last.get(id.as_str()) == Some(&ix));
        if let Some(one) = all.get_mut(ix) {
            one.applied &= stands;
        }
        if stands && judgment.verdict == Verdict::Reject {
            let rejected: Vec<usize> = judgment.about.iter().filter_map(|id| place(file, groups, id)).collect();
            let mut at = 0..;
            groups.retain(|_| at.next().is_none_or(|at: usize| !rejected.contains(&at)));
        }
    }
    all
}

/// Applies what changes the groups themselves; of the rest, whether there is anything that it speaks of.
fn one(file: &File, groups: &mut Vec<Group>, judgment: &Judgment) -> Regrouped {
    if is_about_actors(judgment) {
        // They were made before.
        return Regrouped { judgment: judgment.clone(), applied: false, told: Vec::new() };
    }
    if judgment.verdict == Verdict::Add {
        return added(file, judgment);
    }
    let places: Option<Vec<usize>> = judgment.about.iter().map(|id| place(file, groups, id)).collect();
    let Some(places) = places.filter(|places| !places.is_empty()) else {
        return Regrouped { judgment: judgment.clone(), applied: false, told: Vec::new() };
    };
    let told = |place: &usize| groups.get(*place).map(|group| group.members.clone()).unwrap_or_default();
    let told = places.iter().map(told).collect();
    let applied = match judgment.verdict {
        Verdict::Confirm | Verdict::Reject | Verdict::Correct | Verdict::Link | Verdict::Note | Verdict::Add => true,
        Verdict::Merge => merge(file, groups, &places, judgment.reason()),
        Verdict::Split => places.into_iter().all(|place| split(groups, place)),
    };
    Regrouped { judgment: judgment.clone(), applied, told }
}

/// What was added: it is in the groups already, where its words were found.
fn added(file: &File, judgment: &Judgment) -> Regrouped {
    let ours = file.hands.iter().enumerate().find(|(_, hand)| hand.number == judgment.number);
    let told = ours.filter(|(_, hand)| hand.is_event()).map(|(ix, hand)| vec![Told::Hand(hand.doc, ix)]);
    Regrouped { judgment: judgment.clone(), applied: ours.is_some(), told: told.into_iter().collect() }
}

/// The parts of an event that can be corrected.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Date,
    Title,
    Body,
}

/// Changes the events as the judgments say, and tells of each judgment what became of it.
pub(crate) fn amend(people: &People, nodes: &mut Nodes, regrouped: Vec<Regrouped>) -> Vec<Judged> {
    let places: Vec<Vec<usize>> = regrouped.iter().map(|one| events(nodes, &one.told)).collect();
    // Of several corrections of one part of an event the last counts.
    let mut last: BTreeMap<(usize, Part), usize> = BTreeMap::new();
    for (ix, (one, places)) in regrouped.iter().zip(&places).enumerate() {
        if let (Verdict::Correct, Some(place)) = (one.judgment.verdict, places.first()) {
            last.extend(parts(&one.judgment.correction).into_iter().map(|part| ((*place, part), ix)));
        }
    }
    // What was found is looked at before anything is changed.
    let found: Vec<Correction> = regrouped
        .iter()
        .zip(&places)
        .map(|(one, places)| {
            let node = places.first().and_then(|place| nodes.nodes.get(*place));
            node.filter(|_| one.judgment.verdict == Verdict::Correct).map(|node| found(node, &one.judgment.correction))
        })
        .map(Option::unwrap_or_default)
        .collect();
    let mut judged = Vec::with_capacity(regrouped.len());
    for (ix, ((one, places), found)) in regrouped.into_iter().zip(places).zip(found).enumerate() {
        let Regrouped { judgment, mut applied, told } = one;
        match judgment.verdict {
            Verdict::Correct => {
                let place = places.first().copied();
                let counts = |part: &Part| place.is_some_and(|place| last.get(&(place, *part)) == Some(&ix));
                let node = place.and_then(|place| nodes.nodes.get_mut(place));
                let parts = parts(&judgment.correction).into_iter().filter(counts);
                applied &= node.is_some_and(|node| {
                    let done: Vec<bool> = parts.map(|part| correct(people, node, part, &judgment.correction)).collect();
                    done.contains(&true)
                });
            }
            Verdict::Link => {
                applied &= match places.as_slice() {
                    [from, to] => link(nodes, *from, *to, &judgment),
                    _ => false,
                };
            }
            // An event may have been rejected since; names and statements cannot be.
            Verdict::Add => applied &= told.is_empty() || !places.is_empty(),
            Verdict::Confirm | Verdict::Reject | Verdict::Merge | Verdict::Split | Verdict::Note => {}
        }
        let id = |place: &usize| nodes.nodes.get(*place).map(|node| node.event.id.clone());
        let mut actors = Vec::new();
        if is_about_actors(&judgment) {
            (applied, actors) = people.said(&judgment);
        }
        judged.push(Judged { events: places.iter().filter_map(id).collect(), judgment, applied, found, actors });
    }
    judged
}

/// The events that these places tell, each once.
fn events(nodes: &Nodes, told: &[Vec<Told>]) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    told.iter().flatten().filter_map(|told| nodes.of(*told)).filter(|place| seen.insert(*place)).collect()
}

fn parts(correction: &Correction) -> Vec<Part> {
    let date = correction.date.as_ref().map(|_| Part::Date);
    let title = correction.title.as_ref().map(|_| Part::Title);
    let body = correction.body.as_ref().map(|_| Part::Body);
    [date, title, body].into_iter().flatten().collect()
}

/// What was found where the correction says something else.
fn found(node: &Node, correction: &Correction) -> Correction {
    let date = node.event.when.as_ref().filter(|_| correction.date.is_some()).map(|when| when.edtf.clone());
    let body = node.event.act.as_ref().filter(|_| correction.body.is_some()).and_then(|act| act.body_name.clone());
    Correction { date, title: None, body }
}

/// Corrects a part of an event. A title is for those who show the event.
fn correct(people: &People, node: &mut Node, part: Part, correction: &Correction) -> bool {
    match part {
        Part::Date => {
            let Some(edtf) = correction.date.clone() else { return false };
            let when = When { edtf, basis: Basis::Judged, passage: None };
            if let Some(act) = &mut node.event.act {
                act.dates.act = Some(Box::new(when.clone()));
            }
            node.event.when = Some(when);
        }
        Part::Title => {}
        Part::Body => {
            let (Some(act), Some(name)) = (&mut node.event.act, &correction.body) else { return false };
            let name = name.trim();
            let known = body(people, name);
            let before = act.body.take();
            let actors = &mut node.event.actors;
            actors.retain(|part| part.role != Role::Agent || Some(&part.actor) != before.as_ref());
            if let Some((id, _)) = &known {
                let part = ActorRole { actor: id.clone(), role: Role::Agent };
                actors.retain(|other| *other != part);
                actors.insert(0, part);
            }
            act.body = known.as_ref().map(|(id, _)| id.clone());
            act.body_name = Some(known.map_or_else(|| name.to_owned(), |(_, name)| name));
        }
    }
    true
}

/// The one court or authority of the case that has this name: its id, and its name in full.
pub(crate) fn body(people: &People, name: &str) -> Option<(String, String)> {
    let name = fold(name);
    let mut fits = people.actors.iter().filter(|actor| {
        actor.kind.is_body() && (fold(&actor.name) == name || actor.names.iter().any(|form| fold(&form.text) == name))
    });
    let one = fits.next().filter(|_| fits.next().is_none())?;
    Some((one.id.clone(), one.name.clone()))
}

/// Says of an act what it does to another one. Where a text left open on which act it is done, that is the other one.
fn link(nodes: &mut Nodes, from: usize, to: usize, judgment: &Judgment) -> bool {
    let target = nodes.nodes.get(to).filter(|node| from != to && node.event.act.is_some());
    let Some(on) = target.map(|node| node.event.id.clone()) else { return false };
    let Some(act) = nodes.nodes.get_mut(from).and_then(|node| node.event.act.as_mut()) else { return false };
    let kind = judgment.effect.unwrap_or(EffectKind::Concerns);
    let same = |effect: &&mut Effect| effect.effect == kind && effect.on.as_ref().is_none_or(|other| *other == on);
    match act.effects.iter_mut().find(same) {
        Some(effect) if effect.on.is_some() => {}
        Some(open) => {
            (open.on, open.basis, open.because) = (Some(on), EdgeBasis::Judged, judgment.reason());
        }
        None => act.effects.push(Effect {
            on: Some(on),
            effect: kind,
            basis: EdgeBasis::Judged,
            because: judgment.reason(),
            passages: Vec::new(),
        }),
    }
    true
}

/// The group that has the place which an id names: ids are made of the first place of an event, so that an event that was merged into
/// another one is still known by its own.
fn place(file: &File, groups: &[Group], id: &str) -> Option<usize> {
    let first = |group: &Group| group.members.first().and_then(|told| id_of(file, *told));
    let any = |group: &Group| group.members.iter().any(|told| id_of(file, *told).as_deref() == Some(id));
    groups.iter().position(|group| first(group).as_deref() == Some(id)).or_else(|| groups.iter().position(any))
}

fn merge(file: &File, groups: &mut Vec<Group>, places: &[usize], because: String) -> bool {
    let Some((into, others)) = places.split_first() else { return false };
    let is_act = |told: &Told| match told {
        Told::Act(..) => true,
        Told::Event(..) => false,
        Told::Hand(..) => hand_of(file, *told).is_some_and(|(_, hand)| hand.is_act()),
    };
    let kind = |place: &usize| groups.get(*place).and_then(|group| group.members.first()).map(is_act);
    if others.is_empty() || others.iter().any(|other| kind(other) != kind(into)) {
        return false;
    }
    let mut others: Vec<usize> = others.iter().copied().filter(|other| other != into).collect();
    others.sort_unstable();
    others.dedup();
    let mut more = Vec::new();
    for other in &others {
        if let Some(group) = groups.get_mut(*other) {
            more.append(&mut group.members);
        }
    }
    if let Some(group) = groups.get_mut(*into) {
        group.members.append(&mut more);
        group.because.push(because);
    }
    groups.retain(|group| !group.members.is_empty());
    true
}

fn split(groups: &mut Vec<Group>, place: usize) -> bool {
    let Some(group) = groups.get_mut(place).filter(|group| group.members.len() > 1) else { return false };
    group.because.clear();
    let rest = group.members.split_off(1);
    groups.extend(rest.into_iter().map(|told| Group { members: vec![told], because: Vec::new() }));
    true
}
