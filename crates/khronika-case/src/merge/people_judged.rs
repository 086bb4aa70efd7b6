//! What people said of who is who, applied to the actors that the rules made.
//!
//! An actor is known by its id and, where rules or papers gave it another since, by the name that it had when it was spoken of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use khronika_core::{Actor, ActorKind, ActorName, BY_HAND, Judgment, LocalActor, NameRelation, Verdict};

use crate::file::{Doc, File};
use crate::merge::actor::People;
use crate::merge::name::fold;

/// How the id of an actor begins.
const ACTOR: &str = "a-";

/// Whether a judgment is about actors.
pub(crate) fn is_about_actors(judgment: &Judgment) -> bool {
    !judgment.about.is_empty() && judgment.about.iter().all(|id| id.starts_with(ACTOR))
}

/// An actor with its parts.
pub(super) type Made = (Actor, Vec<usize>);

/// Who says so, and why.
pub(super) fn reason(judgment: &Judgment) -> String {
    let why = judgment.words.as_ref().map(|words| format!(": “{words}”")).unwrap_or_default();
    format!("{}{why}", judgment.reason())
}

/// The one actor that an id means, or the name that it had.
fn place<'a>(actors: impl Iterator<Item = &'a Actor> + Clone, id: &str, name: Option<&String>) -> Option<usize> {
    if let Some(at) = actors.clone().position(|actor| actor.id == id) {
        return Some(at);
    }
    let name = fold(name?);
    let only = |fits: &dyn Fn(&Actor) -> bool| {
        let mut found = actors.clone().enumerate().filter(|(_, actor)| fits(actor)).map(|(at, _)| at);
        found.next().filter(|_| found.next().is_none())
    };
    let by_name = only(&|actor| fold(&actor.name) == name);
    let by_form = || only(&|actor| actor.names.iter().any(|form| fold(&form.text) == name));
    by_name.or_else(by_form)
}

/// The places of the actors that a judgment speaks of; `None` where one of them is not there.
fn places(made: &[Made], judgment: &Judgment) -> Option<Vec<usize>> {
    let actors = || made.iter().map(|(actor, _)| actor);
    judgment.about.iter().enumerate().map(|(n, id)| place(actors(), id, judgment.titles.get(n))).collect()
}

/// Applies the judgments in their order. `name` gives the folded name of a part, `make` makes an actor of parts and reasons. Of each
/// judgment, by the number of its entry, whether it was applied, and the ids of the actors that it speaks of.
pub(super) fn apply(
    made: &mut Vec<Made>,
    judgments: &[Judgment],
    name: &dyn Fn(usize) -> String,
    make: &dyn Fn(Vec<usize>, Vec<String>) -> Option<Made>,
) -> BTreeMap<u64, bool> {
    let mut applied = BTreeMap::new();
    for judgment in judgments.iter().filter(|judgment| is_about_actors(judgment)) {
        let done = match (judgment.verdict, places(made, judgment)) {
            (_, None) => false,
            (Verdict::Merge, Some(places)) => merge(made, &places, judgment, make),
            (Verdict::Split, Some(places)) => split(made, &places, judgment, name, make),
            (Verdict::Note, Some(_)) => true,
            _ => false,
        };
        applied.insert(judgment.number, done);
    }
    applied
}

fn merge(
    made: &mut Vec<Made>,
    places: &[usize],
    judgment: &Judgment,
    make: &dyn Fn(Vec<usize>, Vec<String>) -> Option<Made>,
) -> bool {
    let Some((first, others)) = places.split_first() else { return false };
    let others: BTreeSet<usize> = others.iter().copied().filter(|other| other != first).collect();
    let Some((into, members)) = made.get(*first).filter(|_| !others.is_empty()) else { return false };
    let (id, kind, known_as) = (into.id.clone(), into.kind, into.known_as.clone());
    let name = into.name.clone();
    let (mut members, mut because) = (members.clone(), into.merged_because.clone());
    for (actor, more) in others.iter().filter_map(|other| made.get(*other)) {
        members.extend(more);
        because.extend(actor.merged_because.iter().cloned());
    }
    because.push(reason(judgment));
    members.sort_unstable();
    let Some((actor, members)) = make(members, because) else { return false };
    // Whoever is named first keeps the id: what is said of it later finds it. It also stays what it is.
    let kind = if kind == ActorKind::Unknown { actor.kind } else { kind };
    let known_as = known_as.or_else(|| actor.known_as.clone());
    if let Some(slot) = made.get_mut(*first) {
        *slot = (called(Actor { id, kind, known_as, ..actor }, name), members);
    }
    let mut at = 0..;
    made.retain(|_| at.next().is_none_or(|at: usize| !others.contains(&at)));
    true
}

/// The actor by this name, unless the one that it has is fuller.
fn called(mut actor: Actor, name: String) -> Actor {
    let words = |name: &str| name.split_whitespace().count();
    let at = actor.names.iter().position(|form| form.text == name);
    let Some(at) = at.filter(|_| words(&name) >= words(&actor.name)) else { return actor };
    for form in actor.names.iter_mut().filter(|form| form.text == actor.name && form.text != name) {
        form.relation = NameRelation::Alias;
    }
    let form = actor.names.remove(at);
    actor.names.insert(0, ActorName { relation: NameRelation::Main, ..form });
    Actor { name, ..actor }
}

/// Of one actor: the names that are another's, or, where none are given, every name by itself. Of several: that they are several, now and
/// whatever rules may say later.
fn split(
    made: &mut Vec<Made>,
    places: &[usize],
    judgment: &Judgment,
    name: &dyn Fn(usize) -> String,
    make: &dyn Fn(Vec<usize>, Vec<String>) -> Option<Made>,
) -> bool {
    let Some((first, others)) = places.split_first() else { return false };
    if others.iter().any(|other| other != first) {
        return true;
    }
    let apart: BTreeSet<String> = match judgment.titles.split_first() {
        Some((_, others)) if places.len() > 1 => others.iter().map(|name| fold(name)).collect(),
        _ => judgment.names.iter().map(|name| fold(name)).collect(),
    };
    let Some((_, members)) = made.get(*first) else { return false };
    let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for member in members {
        let own = name(*member);
        let key = if apart.is_empty() || apart.contains(&own) { own } else { String::new() };
        parts.entry(key).or_default().push(*member);
    }
    if parts.len() < 2 {
        return false;
    }
    let because = || vec![reason(judgment)];
    let new: Vec<Made> = parts.into_values().filter_map(|members| make(members, because())).collect();
    made.swap_remove(*first);
    made.extend(new);
    true
}

/// Whether a name is split off.
fn splits_off(judgment: &Judgment) -> bool {
    is_about_actors(judgment) && judgment.verdict == Verdict::Split && !judgment.names.is_empty()
}

/// Whether there may be names to be cut off.
pub(super) fn may_cut(judgments: &[Judgment]) -> bool {
    judgments.iter().any(splits_off)
}

/// Where a name is to be split off that a document gives as a form of another's, its places become those of a name of its own.
pub(super) fn cut(file: &mut File, people: &People, judgments: &[Judgment]) {
    for judgment in judgments.iter().filter(|judgment| splits_off(judgment)) {
        let [id] = judgment.about.as_slice() else { continue };
        let Some(actor) = place(people.actors.iter(), id, judgment.titles.first()) else { continue };
        let names: BTreeSet<String> = judgment.names.iter().map(|name| fold(name)).collect();
        for (at, doc) in file.docs.iter_mut().enumerate() {
            let of_it: Vec<usize> =
                (0..doc.found.actors.len()).filter(|ix| people.of(at, *ix) == Some(actor)).collect();
            for ix in of_it {
                cut_off(doc, ix, &names, judgment.number);
            }
        }
    }
}

fn cut_off(doc: &mut Doc, ix: usize, names: &BTreeSet<String>, number: u64) {
    let text = doc.source.text.as_str();
    if doc.found.actors.get(ix).is_none_or(|local| names.contains(&fold(&local.name))) {
        return;
    }
    let found = Arc::make_mut(&mut doc.found);
    let Some(local) = found.actors.get_mut(ix) else { return };
    let kind = local.kind;
    local.forms.retain(|(form, _)| !names.contains(&fold(form)));
    let mut own: BTreeMap<String, usize> = BTreeMap::new();
    let mut new: Vec<LocalActor> = Vec::new();
    let next = found.actors.len();
    for mention in found.mentions.iter_mut().filter(|mention| mention.actor == ix) {
        let words = mention.span.of(text);
        let key = fold(words);
        if !names.contains(&key) {
            continue;
        }
        mention.actor = *own.entry(key).or_insert_with(|| {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            new.push(LocalActor {
                name: words.clone(),
                kind,
                known_as: None,
                forms: vec![(words, NameRelation::Main)],
                made_by: format!("{BY_HAND}{number}"),
                confidence: 1.0,
            });
            next + new.len() - 1
        });
    }
    found.actors.append(&mut new);
}
