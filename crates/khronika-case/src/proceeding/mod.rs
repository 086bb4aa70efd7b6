//! Proceedings: the acts about one matter in one line of forums.
//!
//! Acts belong together where one acts on the other, where they bear the same number, or where they are about the same matter, the
//! same person and the same country. Whether a proceeding is open is said only where a text or the effects say it.

pub(crate) mod beginnings;
pub(crate) mod matter;
pub(crate) mod place;

use std::collections::BTreeMap;

use khronika_core::{
    ActClass, Day, EffectKind, Passage, Proceeding, ProceedingState, RequestState, Role, StandingStatus, stable_id,
};
use rayon::prelude::*;

use crate::event::{Node, act_of};
use crate::file::File;
use crate::merge::actor::People;
use crate::merge::name::fold;
use crate::merge::union::Sets;
use crate::rules::CaseRules;
use crate::standing::chain::pending;
use crate::standing::derive::sends_back;
use crate::standing::graph::{Graph, actual};

/// Acts by the country that they belong to; `None`: it is not told.
type ByCountry = BTreeMap<Option<String>, Vec<usize>>;

/// Makes the proceedings of a case; `order` is the place of each event in the order of the case. Returns, for each event, the index
/// of its proceeding too.
pub(crate) fn proceedings(
    file: &File,
    people: &People,
    nodes: &[Node],
    graph: &Graph,
    rules: &CaseRules,
    order: &[usize],
) -> (Vec<Proceeding>, Vec<Option<usize>>) {
    let mut sets = Sets::new(nodes.len());
    for edge in graph.outgoing.iter().flatten() {
        if !matches!(edge.kind, EffectKind::Concerns | EffectKind::Notifies) {
            sets.join(edge.from, edge.to, "");
        }
    }
    join_new_judgments(nodes, graph, &mut sets);
    let matters: Vec<Option<&str>> = nodes.par_iter().map(|n| matter_of(people, n, rules)).collect();
    let lands: Vec<Option<String>> = nodes.par_iter().map(|n| country_of(file, people, n, rules)).collect();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut countries: BTreeMap<(&str, &str), ByCountry> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        if actual(node).is_none() {
            continue;
        }
        for (_, _, told) in node.members.iter().filter_map(|t| act_of(file, *t)) {
            if let Some(number) = told.docket.as_deref().map(fold).filter(|d| !d.is_empty()) {
                let first = *numbers.entry(number).or_insert(at);
                sets.join(first, at, "");
            }
        }
        let country = lands.get(at).cloned().flatten();
        if let Some(matter) = matters.get(at).copied().flatten() {
            for person in node.about.named.iter().map(String::as_str) {
                countries.entry((matter, person)).or_default().entry(country.clone()).or_default().push(at);
            }
        }
    }
    for ((matter, _), by_country) in countries {
        let known = by_country.keys().filter(|c| c.is_some()).count();
        let near = matches!(matter, "asylum" | "removal" | "extradition");
        let mut home: Option<usize> = None;
        for (country, acts) in &by_country {
            // An act whose country is not told goes with the others only where there is one country to go with, and the matter is
            // one that a person has but one of at a time.
            if country.is_none() && !(near && known <= 1) {
                continue;
            }
            for at in acts {
                let first = *home.get_or_insert(*at);
                sets.join(first, *at, "");
            }
            if !(near && known <= 1) {
                home = None;
            }
        }
    }
    let mut of = vec![None; nodes.len()];
    let mut all = Vec::new();
    for (mut members, _) in sets.finish() {
        members.retain(|m| nodes.get(*m).is_some_and(|n| actual(n).is_some()));
        let about = |m: &usize| matters.get(*m).copied().flatten();
        // A lone act about nothing in particular makes no proceeding, unless it is an appeal of which it is told that it waits.
        let waits = |m: &usize| nodes.get(*m).is_some_and(|n| pending(file, people, n).is_some());
        if members.is_empty() || members.len() == 1 && members.iter().all(|m| about(m).is_none() && !waits(m)) {
            continue;
        }
        members.sort_by_key(|m| order.get(*m).copied());
        let Some(proceeding) = proceeding(file, people, nodes, graph, rules, &members, &matters) else { continue };
        all.push((proceeding, members));
    }
    all.sort_by_key(|(p, members)| (members.first().and_then(|m| order.get(*m)).copied(), p.id.clone()));
    for (ix, (_, members)) in all.iter().enumerate() {
        for member in members {
            if let Some(slot) = of.get_mut(*member) {
                *slot = Some(ix);
            }
        }
    }
    (all.into_iter().map(|(p, _)| p).collect(), of)
}

/// A judgment was annulled and the case sent back: the first judgment after that which answers the same question about the same person
/// goes on with the proceeding, whatever court gave it.
fn join_new_judgments(nodes: &[Node], graph: &Graph, sets: &mut Sets) {
    let classes = |at: usize| nodes.get(at).and_then(actual).map_or(&[][..], |a| a.outcomes.as_slice());
    let persons = |at: usize| nodes.get(at).into_iter().flat_map(|n| n.about.named.iter().map(String::as_str));
    let verdict = |c: &ActClass| matches!(c, ActClass::Convict | ActClass::Acquit);
    let mut verdicts: BTreeMap<&str, Vec<(Day, usize)>> = BTreeMap::new();
    for at in (0..nodes.len()).filter(|at| classes(*at).iter().any(verdict)) {
        let Some(day) = graph.bound(at).earliest else { continue };
        for person in persons(at) {
            verdicts.entry(person).or_default().push((day, at));
        }
    }
    verdicts.values_mut().for_each(|days| days.sort_unstable());
    for edge in graph.outgoing.iter().flatten().filter(|e| matches!(e.kind, EffectKind::Annuls | EffectKind::Voids)) {
        let Some(fell) = graph.bound(edge.from).latest.filter(|_| sends_back(nodes.get(edge.from))) else { continue };
        if !classes(edge.to).iter().any(verdict) {
            continue;
        }
        let next = persons(edge.to).chain(persons(edge.from)).filter_map(|person| {
            let days = verdicts.get(person)?;
            days.get(days.partition_point(|(day, _)| *day <= fell)).copied()
        });
        if let Some((_, next)) = next.min() {
            sets.join(edge.from, next, "");
        }
    }
}

/// The country that an act belongs to: that of its body, else the only one that its words name.
fn country_of(file: &File, people: &People, node: &Node, rules: &CaseRules) -> Option<String> {
    let act = actual(node)?;
    let body = act.body.as_ref().and_then(|id| people.by_id(id)).and_then(|a| a.known_as.as_deref());
    body.and_then(|row| rules.courts.country(row)).map(str::to_owned).or_else(|| {
        let texts = node.event.passages.iter();
        rules.places.of_words(texts.filter_map(|p| Some(file.doc(file.number(&p.source))?.words(p.span))))
    })
}

fn matter_of<'a>(people: &People, node: &Node, rules: &'a CaseRules) -> Option<&'a str> {
    let act = actual(node)?;
    let body = act.body.as_ref().and_then(|id| people.by_id(id)).and_then(|a| a.known_as.as_deref());
    let hears = body.and_then(|row| rules.courts.matter(row)).filter(|m| rules.matters.has(m));
    // An asylum court hears nothing else; a civil court's chambers also hear extraditions, so there the words go first.
    let only = hears.filter(|m| matches!(*m, "asylum" | "international" | "removal"));
    only.or_else(|| rules.matters.of(&node.event)).or(hears)
}

fn proceeding(
    file: &File,
    people: &People,
    nodes: &[Node],
    graph: &Graph,
    rules: &CaseRules,
    members: &[usize],
    matters: &[Option<&str>],
) -> Option<Proceeding> {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for member in members {
        if let Some(matter) = matters.get(*member).copied().flatten() {
            *votes.entry(matter).or_default() += 1;
        }
        for person in nodes.get(*member).into_iter().flat_map(|n| n.about.named.iter().map(String::as_str)) {
            *names.entry(person).or_default() += 1;
        }
    }
    let matter =
        votes.iter().max_by_key(|(m, n)| (**n, std::cmp::Reverse(rules.matters.rank(m)))).map_or("other", |(m, _)| *m);
    let who = names.iter().max_by_key(|(id, n)| (**n, std::cmp::Reverse(**id))).and_then(|(id, _)| people.by_id(id));
    let name = rules.matters.name(matter);
    let title = who.map_or_else(|| name.to_owned(), |a| format!("{name} — {}", a.name));
    let ids: Vec<String> = members.iter().filter_map(|m| nodes.get(*m)).map(|n| n.event.id.clone()).collect();
    let least = ids.iter().min()?;
    let (state, passages) = state(file, people, nodes, graph, members);
    Some(Proceeding {
        id: stable_id("p", &[least]),
        title,
        matter: matter.to_owned(),
        acts: ids.clone(),
        state,
        passages,
    })
}

/// Whether a proceeding is open: a remedy that a text says is pending, a case sent back and not decided since; closed by an act that
/// ends it; else not known.
fn state(
    file: &File,
    people: &People,
    nodes: &[Node],
    graph: &Graph,
    members: &[usize],
) -> (ProceedingState, Vec<Passage>) {
    let status = |at: usize| nodes.get(at).and_then(actual).map(|a| a.standing.status);
    for node in members.iter().rev().filter_map(|m| nodes.get(*m)) {
        let Some(act) = actual(node) else { continue };
        if act.standing.request == Some(RequestState::Pending)
            && let Some(found) = pending(file, people, node)
        {
            let since = node.event.when.as_ref().map(|w| w.edtf.clone());
            let state = ProceedingState::Pending { body: found.body_id, body_name: found.body, since };
            return (state, vec![found.passage]);
        }
    }
    for at in members.iter().rev() {
        let Some(node) = nodes.get(*at).filter(|n| sends_back(Some(n))) else { continue };
        let standing = status(*at) == Some(StandingStatus::InForce);
        let reopened = graph.outgoing.get(*at).into_iter().flatten().find(|e| e.kind == EffectKind::Annuls);
        let open = reopened.is_some_and(|e| {
            graph.outgoing.get(e.to).into_iter().flatten().any(|t| status(t.to) == Some(StandingStatus::UnderAppeal))
        });
        let last = members.last() == Some(at);
        if standing && (open || last) {
            let forum = node.event.actors.iter().find(|a| a.role == Role::Forum).map(|a| a.actor.clone());
            let body_name = forum.as_ref().and_then(|id| people.by_id(id)).map(|a| a.name.clone());
            let since = node.event.when.as_ref().map(|w| w.edtf.clone());
            let passages = node.event.passages.iter().take(1).cloned().collect();
            return (ProceedingState::Pending { body: forum, body_name, since }, passages);
        }
    }
    let undecided = members.iter().filter_map(|m| nodes.get(*m)).any(|n| {
        let open = |state| matches!(state, RequestState::Pending | RequestState::Unknown);
        actual(n).is_some_and(|a| a.standing.request.is_some_and(open))
    });
    let last = members.last().and_then(|m| nodes.get(*m));
    if let (false, Some((node, act))) = (undecided, last.and_then(|n| Some((n, actual(n)?)))) {
        let ends = |c: &ActClass| matches!(c, ActClass::Drop | ActClass::Annul | ActClass::Void | ActClass::Acquit);
        let made = act.standing.status != StandingStatus::Unknown;
        if made
            && (act.outcomes.iter().any(ends) && !sends_back(Some(node))
                || act.standing.status == StandingStatus::Final)
        {
            let passages = node.event.passages.iter().take(1).cloned().collect();
            return (ProceedingState::Closed { by: node.event.id.clone() }, passages);
        }
    }
    let passages = last.map(|n| n.event.passages.iter().take(1).cloned().collect()).unwrap_or_default();
    (ProceedingState::Unknown, passages)
}
