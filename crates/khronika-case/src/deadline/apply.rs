//! The periods of a case: those that its texts state, and those of the rules that clearly apply to its acts.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{
    ActClass, ActFinding, ActOfCase, Because, Day, Deadline, EdgeBasis, EffectKind, Event, EventStatus, Passage,
    PeriodFinding, PeriodStart, ServedFinding, ServedKind, StandingStatus, TimexKind, When, stable_id,
};

use crate::deadline::calendar::{Calendar, weekend};
use crate::deadline::count::{Computation, ComputeOptions, Period, compute, stated};
use crate::deadline::rule::{TimeLimit, Trigger};
use crate::event::{Node, act_of};
use crate::file::{Doc, File};
use crate::merge::actor::People;
use crate::merge::name::fold;
use crate::rules::CaseRules;
use crate::standing::graph::{Graph, actual};
use crate::when;

/// How far behind a period the service may be told from which it runs, in bytes.
const RIGHT_AFTER: usize = 240;
/// How far before it, in bytes.
const BEFORE: usize = 480;
/// How long after an act it may still be served by the document that tells it, in days.
const LATE: i32 = 60;
/// The state of a period whose act no longer stands.
const ENDED: &str = "ended";
/// How many services on either side of a period are looked at.
const NEAREST: usize = 4;
/// A document that bears more days of its own service than this bears none.
const MOST_OWN: usize = 8;

/// Every period of the case as of a day, and the ids of those in which an act may be attacked.
pub(crate) fn deadlines(
    file: &File,
    people: &People,
    nodes: &[Node],
    graph: &Graph,
    rules: &CaseRules,
    as_of: Day,
) -> (Vec<Deadline>, BTreeSet<String>) {
    let mut all = Vec::new();
    let mut remedies = BTreeSet::new();
    let mut bodies = Bodies { people, known: BTreeMap::new(), homes: homes(people, nodes, rules) };
    for (at, node) in nodes.iter().enumerate() {
        let told = periods(file, node);
        let mut seen = BTreeSet::new();
        let mut ids = BTreeSet::new();
        for (doc, period) in &told {
            let country = || Some(country_of(file, &bodies, node, node.event.act.as_ref()?, rules)?.0);
            let told = from_text(node, doc, period, rules, country, as_of);
            if let Some(mut deadline) = told.map(|deadline| unless_gone(node, deadline))
                && seen.insert((deadline.due, deadline.what.clone()))
            {
                if !ids.insert(deadline.id.clone()) {
                    // The same words give a period to do two things.
                    let due = deadline.due.map_or_else(String::new, |day| day.to_string());
                    deadline.id = stable_id("d", &[&deadline.id, &due, &deadline.what]);
                }
                if matches!(period.class, Some(ActClass::Appeal | ActClass::File)) {
                    remedies.insert(deadline.id.clone());
                }
                all.push(deadline);
            }
        }
        let departure = told.iter().any(|(_, p)| p.class == Some(ActClass::OrderLeave));
        all.extend(by_rules(file, &mut bodies, node, graph, at, rules, departure, as_of));
    }
    let known: BTreeSet<Passage> = all.iter().flat_map(|d| d.passages.clone()).collect();
    let dated = dated(nodes);
    for doc in &file.docs {
        for period in &doc.found.periods {
            if !known.contains(&doc.passage(period.span)) {
                all.extend(loose(&dated, doc, period, rules, as_of));
            }
        }
    }
    all.sort_by(|a, b| (a.due.is_none(), a.due, &a.rule, &a.id).cmp(&(b.due.is_none(), b.due, &b.rule, &b.id)));
    (all, remedies)
}

/// Says at an order to leave, in its chain, until when it lets the person leave of their own accord.
pub(crate) fn note_departure(nodes: &mut [Node], deadlines: &[Deadline], remedies: &BTreeSet<String>, as_of: Day) {
    let running = |d: &&Deadline| {
        d.rule == "stated" && !remedies.contains(&d.id) && d.state != ENDED && d.due.is_some_and(|due| due >= as_of)
    };
    let mut places = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate().rev() {
        places.insert(node.event.id.clone(), at);
    }
    for deadline in deadlines.iter().filter(running) {
        let node = deadline.act.as_ref().and_then(|id| places.get(id)).and_then(|at| nodes.get_mut(*at));
        let (Some(node), Some(due)) = (node, deadline.due) else { continue };
        let id = node.event.id.clone();
        if let Some(act) = node.event.act.as_mut().filter(|a| a.outcomes.contains(&ActClass::OrderLeave)) {
            act.standing.because.push(Because {
                words: format!("it gives a period that runs until {due}"),
                event: Some(id),
                basis: EdgeBasis::Stated,
                passages: deadline.passages.clone(),
            });
        }
    }
}

/// The periods that the texts tie to an act.
fn periods<'a>(file: &'a File, node: &Node) -> Vec<(&'a Doc, &'a PeriodFinding)> {
    if node.event.status == EventStatus::Denied {
        return Vec::new();
    }
    // What may be ordered until a day does not end on it; what must be done by a day must be, though nobody has done it.
    let lasts = |p: &PeriodFinding| p.class.is_some_and(lasts);
    let acts = node.members.iter().filter_map(|told| act_of(file, *told));
    let told = acts.flat_map(|(_, doc, act)| act.periods.iter().map(move |p| (doc, p)));
    told.filter(|(_, p)| node.event.status == EventStatus::Actual || !lasts(p)).collect()
}

fn from_text(
    node: &Node,
    doc: &Doc,
    period: &PeriodFinding,
    rules: &CaseRules,
    country: impl FnOnce() -> Option<String>,
    as_of: Day,
) -> Option<Deadline> {
    let act = node.event.act.as_ref()?;
    let mut counted = count(doc, Some(act), period, rules, country)?;
    let of_act = node.event.passages.first().filter(|p| !counted.passages.contains(p)).cloned();
    counted.passages.extend(of_act);
    let id = stable_id("d", &[&node.event.id, "stated", &counted.value, &doc.line(period.span, 120)]);
    let expires = period.class.is_some_and(lasts);
    Some(Deadline { act: Some(node.event.id.clone()), expires, ..counted.deadline(id, doc, period, as_of) })
}

/// A period runs no longer than the act that gives it stands: what was annulled, withdrawn or replaced asks nothing of anybody, and
/// what lasts until a day ends where it was lifted or carried out before. The chain of the act's standing says how.
fn unless_gone(node: &Node, deadline: Deadline) -> Deadline {
    let Some(act) = node.event.act.as_ref().filter(|_| matches!(deadline.state.as_str(), "running" | "due")) else {
        return deadline;
    };
    let standing = &act.standing;
    let gone = match standing.status {
        StandingStatus::Annulled | StandingStatus::Void | StandingStatus::Revoked | StandingStatus::Superseded => true,
        StandingStatus::Expired => deadline.expires,
        _ => false,
    };
    if !gone {
        return deadline;
    }
    let mut deadline = deadline;
    let why = standing.because.last().map(|b| format!(": {}", b.words)).unwrap_or_default();
    deadline.steps.push(format!("it runs no longer, since the act that gives it is {}{why}", standing.status));
    let of = standing.because.iter().rev().find(|b| !b.passages.is_empty()).map_or(&[][..], |b| b.passages.as_slice());
    for passage in of {
        if !deadline.passages.contains(passage) {
            deadline.passages.push(passage.clone());
        }
    }
    ENDED.clone_into(&mut deadline.state);
    deadline
}

/// The acts by the words of their days; of several with the same words the first.
fn dated(nodes: &[Node]) -> BTreeMap<Passage, &str> {
    let mut all = BTreeMap::new();
    for node in nodes {
        let Some(act) = actual(node) else { continue };
        for when in [&act.dates.act, &act.dates.reading, &act.dates.service].into_iter().flatten() {
            if let Some(passage) = &when.passage {
                all.entry(passage.clone()).or_insert(node.event.id.as_str());
            }
        }
    }
    all
}

/// A period that is of no act told, where it can be counted: else there is nothing to tell of it.
fn loose(
    dated: &BTreeMap<Passage, &str>,
    doc: &Doc,
    period: &PeriodFinding,
    rules: &CaseRules,
    as_of: Day,
) -> Option<Deadline> {
    let counted = count(doc, None, period, rules, || None).filter(|c| c.due.is_some())?;
    let words = doc.line(period.span, 120);
    let place = format!("{}-{}", period.span.start, period.span.end);
    // The act that the day it runs from belongs to, where one is known.
    let act = counted.passages.get(1).and_then(|from| dated.get(from));
    let act = act.map(|id| (*id).to_owned());
    let id = stable_id("d", &[doc.source.id.as_str(), "stated", &counted.value, &words, &place]);
    Some(Deadline { act, ..counted.deadline(id, doc, period, as_of) })
}

/// A period of a text, counted.
struct Stated {
    value: String,
    due: Option<Day>,
    earliest: Option<Day>,
    steps: Vec<String>,
    /// Where the last day is a Saturday or a Sunday: the Monday, on which many laws let it end.
    alternatives: Vec<(Option<Day>, String)>,
    /// That of the period, then that of the day that it runs from.
    passages: Vec<Passage>,
}

impl Stated {
    /// As a deadline of no act, on whose last day something is to be done.
    fn deadline(self, id: String, doc: &Doc, period: &PeriodFinding, as_of: Day) -> Deadline {
        Deadline {
            id,
            act: None,
            what: doc.line(period.what, 200),
            expires: false,
            due: self.due,
            earliest_due: self.due.or(self.earliest),
            rule: "stated".to_owned(),
            rule_status: "stated".to_owned(),
            steps: self.steps,
            alternatives: self.alternatives,
            state: state(self.due, as_of),
            passages: self.passages,
        }
    }
}

fn count(
    doc: &Doc,
    act: Option<&ActOfCase>,
    period: &PeriodFinding,
    rules: &CaseRules,
    country: impl FnOnce() -> Option<String>,
) -> Option<Stated> {
    let expression = doc.date(period.date)?;
    let words = doc.line(period.span, 120);
    let mut steps = vec![format!("the text: “{words}”")];
    let mut passages = vec![doc.passage(period.span)];
    let mut earliest = None;
    let mut alternatives = Vec::new();
    let due = if matches!(expression.kind, TimexKind::Date | TimexKind::Time) {
        let day = expression.edtf.as_ref().and_then(|e| e.as_day());
        match (day, expression.edtf.as_ref().and_then(|e| e.bounds().0)) {
            (Some(day), _) => steps.push(format!("the text gives the last day: {day}")),
            (None, first) => {
                earliest = first;
                steps.push("not computable: the text gives no single day".to_owned());
            }
        }
        day
    } else {
        let (trigger, why) = start(doc, act, period);
        let working = rules.working.stand_in(doc.words(expression.span));
        let calendar = working.then(country).flatten().and_then(|c| rules.calendar(&c));
        let weekends = Calendar::weekends();
        let calendar = calendar.map(|c| &**c).or_else(|| working.then_some(&weekends));
        match (Period::parse(&expression.value, working), trigger) {
            (None, _) => {
                steps.push(format!("not computable: “{}” is not one length of time", expression.value));
                None
            }
            (_, None) => {
                steps.push(why);
                None
            }
            (Some(length), Some(trigger)) => {
                steps.push(format!("{why}: {}", when::words(Some(&trigger))));
                passages.extend(trigger.passage.clone());
                if calendar.is_some_and(|c| c.id.is_empty()) {
                    steps.push(
                        "the public holidays of the place are not known: only Saturdays and Sundays are left out, and the \
                         last day may be later"
                            .to_owned(),
                    );
                }
                let backward = matches!(period.from, PeriodStart::Before(_));
                match trigger.edtf.as_day() {
                    Some(day) => {
                        let found = stated(length, day, None, backward, calendar);
                        steps.extend(found.steps);
                        alternatives.extend(found.due.filter(|_| !backward).and_then(monday));
                        found.due
                    }
                    None => {
                        earliest = trigger.earliest().and_then(|d| stated(length, d, None, backward, calendar).due);
                        let first = earliest.map_or_else(String::new, |d| format!("; it cannot end before {d}"));
                        steps.push(format!("not computable: the day that it runs from is not exactly known{first}"));
                        None
                    }
                }
            }
        }
    };
    Some(Stated { value: expression.value.clone(), due, earliest, steps, alternatives, passages })
}

/// The Monday after a last day that is a Saturday or a Sunday. The text does not say by which law its period ends.
fn monday(due: Day) -> Option<(Option<Day>, String)> {
    weekend(due)?;
    let monday = std::iter::successors(due.tomorrow().ok(), |day| day.tomorrow().ok()).find(|d| weekend(*d).is_none());
    let why = format!(
        "{due} is no working day: if the law that governs this period lets it run on, it ends on the next one (holidays not looked at)"
    );
    Some((monday, why))
}

/// True for what holds or binds until a day: nothing is to be done by then.
const fn lasts(class: ActClass) -> bool {
    matches!(
        class,
        ActClass::Detain | ActClass::Suspend | ActClass::ForbidLeave | ActClass::RefuseEntry | ActClass::Ban
    )
}

/// From when a period of the text runs, and the words for it.
fn start(doc: &Doc, act: Option<&ActOfCase>, period: &PeriodFinding) -> (Option<When>, String) {
    let own = act.and_then(|a| a.dates.act.as_deref().or(a.dates.reading.as_deref()));
    let service = act.and_then(|a| a.dates.service.as_deref());
    match period.from {
        PeriodStart::Service => match service {
            Some(when) => (Some(when.clone()), "it runs from the service of the act".to_owned()),
            None => told_with(doc, period)
                .map(|when| (Some(when), "it runs from the service that is told with it".to_owned()))
                .or_else(|| {
                    told_after(doc, period)
                        .map(|when| (Some(when), "it runs from the service that is told right after it".to_owned()))
                })
                .or_else(|| served(doc, own, period).map(|(when, why)| (Some(when), why.to_owned())))
                .unwrap_or_else(|| (None, "not computable: service date unknown".to_owned())),
        },
        PeriodStart::Act => match own {
            Some(when) => (Some(when.clone()), "it runs from the act".to_owned()),
            None => (None, "not computable: the date of the act is not known".to_owned()),
        },
        PeriodStart::Written => match (common(doc, of_kind(doc, ServedKind::Written), |_| true), own) {
            (Some(when), _) => (Some(when), "it runs from the day that the paper was drawn up in full or signed".to_owned()),
            (None, Some(when)) => (
                Some(when.clone()),
                "it runs from the day that the act was drawn up in full or signed, which the text does not give; counted from the act"
                    .to_owned(),
            ),
            (None, None) => (None, "not computable: the day that the act was drawn up is not known".to_owned()),
        },
        PeriodStart::Date(ix) => match doc.when(ix) {
            Some(when) => (Some(when), "it runs from the day that the text gives".to_owned()),
            None => (None, "not computable: the day that it runs from is not a date".to_owned()),
        },
        PeriodStart::Before(ix) => match doc.when(ix) {
            Some(when) => (Some(when), "it is counted back from the day that the text gives".to_owned()),
            None => (None, "not computable: the day that it is counted back from is not a date".to_owned()),
        },
        PeriodStart::Unknown => match (service, own) {
            (Some(when), _) => {
                (Some(when.clone()), "the text does not say from when; counted from the service of the act".to_owned())
            }
            _ if period.class == Some(ActClass::OrderLeave) && served(doc, own, period).is_some() => {
                let when = told_with(doc, period).or_else(|| served(doc, own, period).map(|(when, _)| when));
                (when, "the text does not say from when; counted from the service that it tells".to_owned())
            }
            // A period to appeal runs from service as a rule, and a period to leave always does: to count from the act would be a guess.
            (None, Some(_)) => (
                None,
                "not computable: the text does not say from when it runs, nor when the act was served".to_owned(),
            ),
            (None, None) => (None, "not computable: the text does not say from when it runs".to_owned()),
        },
    }
}

/// The services of one kind that a document tells, in order.
fn of_kind(doc: &Doc, kind: ServedKind) -> &[ServedFinding] {
    let all = &doc.found.served;
    let (from, to) = (all.partition_point(|s| s.kind < kind), all.partition_point(|s| s.kind <= kind));
    all.get(from..to).unwrap_or_default()
}

/// The day that these services have in common; a document with many of them bears the day of none.
fn common(doc: &Doc, services: &[ServedFinding], fits: impl Fn(&When) -> bool) -> Option<When> {
    let few = Some(services).filter(|s| s.len() <= MOST_OWN)?;
    let mut days = few.iter().filter_map(|s| doc.when(s.date)).filter(|w| w.edtf.as_day().is_some() && fits(w));
    let first = days.next()?;
    days.all(|day| day.edtf == first.edtf).then_some(first)
}

/// The day of a service that is told before a period in its own sentence: "served on 3 May, with a request to answer within ten days".
fn told_with(doc: &Doc, period: &PeriodFinding) -> Option<When> {
    let sentence = *doc.found.sentences.get(doc.sentence(period.span.start))?;
    let all = of_kind(doc, ServedKind::Other);
    let upto = all.partition_point(|s| s.span.start < period.span.start);
    let here = all.get(..upto)?.iter().rev().take(NEAREST).take_while(|s| sentence.contains(s.span));
    let before = here.filter(|s| s.span.end <= period.span.start);
    before.filter_map(|s| doc.when(s.date)).find(|w| w.edtf.as_day().is_some())
}

/// The day of the service that a period runs from, of which the act itself does not know: that of the document, where it bears one,
/// else that of a service told near the period.
fn served(doc: &Doc, act: Option<&When>, period: &PeriodFinding) -> Option<(When, &'static str)> {
    let day = |s: &ServedFinding| doc.when(s.date).filter(|w| w.edtf.as_day().is_some());
    // An act that is long past was not served with this document, and none was served before it was made.
    let fits = |when: &When| match (act.and_then(When::latest), when.edtf.as_day()) {
        (Some(made), Some(served)) => made.until(served).is_ok_and(|s| (0..=LATE).contains(&s.get_days())),
        _ => true,
    };
    if let Some(own) = common(doc, of_kind(doc, ServedKind::Own), fits) {
        return Some((own, "it runs from the service of the document, of which it bears the day"));
    }
    let apart = |s: &ServedFinding| {
        let after = s.span.start.checked_sub(period.span.end).filter(|d| *d <= RIGHT_AFTER);
        let before = period.span.start.checked_sub(s.span.end).filter(|d| *d <= BEFORE);
        let within = s.span.overlaps(period.span).then_some(0);
        within.or(after).or(before)
    };
    let all = of_kind(doc, ServedKind::Other);
    let at = all.partition_point(|s| s.span.start < period.span.start);
    let near = all.get(at.saturating_sub(NEAREST)..all.len().min(at + NEAREST)).unwrap_or_default().iter();
    let near = near.filter_map(|s| Some((apart(s)?, day(s).filter(|w| fits(w))?))).min_by_key(|(apart, _)| *apart)?;
    Some((near.1, "it runs from the service that is told near it"))
}

/// The day of a service that a document tells right after a period that runs from service, of a paper of which it says nothing else.
fn told_after(doc: &Doc, period: &PeriodFinding) -> Option<When> {
    let end = period.span.end;
    let from = doc.found.acts.partition_point(|a| a.trigger.start < end);
    let near = doc.found.acts.iter().skip(from).take_while(|a| a.trigger.start <= end + RIGHT_AFTER);
    let mut served = near.filter(|a| {
        let bare = a.body.is_none() && a.docket.is_none() && a.status == EventStatus::Actual;
        let only = |c: &ActClass| matches!(c, ActClass::Notify | ActClass::Decide);
        bare && a.classes.iter().all(only) && (a.dates.service.is_some() || a.classes.contains(&ActClass::Notify))
    });
    let day = |a: &ActFinding| doc.when(a.dates.service.or(a.dates.act)?);
    let first = day(served.next()?)?;
    // The service and the paper served may be told apart: both give the one day.
    served.all(|a| day(a).is_none_or(|d| d.edtf == first.edtf)).then_some(first)
}

fn state(due: Option<Day>, as_of: Day) -> String {
    match due {
        None => "not computable",
        Some(due) if due < as_of => "past",
        Some(due) if due == as_of => "due",
        Some(_) => "running",
    }
    .to_owned()
}

/// A rule that clearly applies to an act, counted.
struct Found<'a> {
    rule: &'a TimeLimit,
    ground: Option<&'a str>,
    computation: Computation,
    trigger: Option<When>,
}

#[expect(clippy::too_many_arguments, reason = "each is another part of the case")]
fn by_rules(
    file: &File,
    bodies: &mut Bodies<'_>,
    node: &Node,
    graph: &Graph,
    at: usize,
    rules: &CaseRules,
    departure: bool,
    as_of: Day,
) -> Vec<Deadline> {
    let Some(act) = actual(node) else { return Vec::new() };
    let settled = graph.incoming.get(at).into_iter().flatten().any(|e| {
        !matches!(e.kind, EffectKind::Notifies | EffectKind::Concerns | EffectKind::Executes | EffectKind::Suspends)
    });
    if settled {
        // It has been attacked, decided or withdrawn: the period to attack it is no longer the question.
        return Vec::new();
    }
    let mut country: Option<Option<(String, bool)>> = None;
    let mut found = Vec::new();
    for (rule_ix, rule) in rules.time_limits().enumerate() {
        let Some(applies) = rule.applies.as_ref() else { continue };
        if !act.outcomes.iter().any(|c| applies.classes.contains(c))
            || !applies.types.is_empty() && !applies.types.contains(&act.act_type)
            || applies.departure_period && !departure
            || !applies.bodies.is_empty() && !bodies.named(act, rule_ix, &applies.bodies)
        {
            continue;
        }
        if let Some(needed) = &applies.country {
            let here = country.get_or_insert_with(|| country_of(file, bodies, node, act, rules));
            if here.as_ref().is_none_or(|(country, _)| country != needed) {
                continue;
            }
        }
        let assumed = applies.country.as_ref().filter(|_| country.iter().flatten().any(|(_, assumed)| *assumed));
        let own = act.dates.act.as_deref().or(act.dates.reading.as_deref());
        let trigger = match rule.trigger {
            Trigger::Notification => act.dates.service.as_deref(),
            Trigger::Act => own,
            Trigger::Reading => act.dates.reading.as_deref().or(own),
            _ => continue,
        };
        let judged = trigger.or(own).and_then(When::latest).unwrap_or(as_of);
        if rule.valid_from.is_some_and(|d| judged < d) || rule.valid_to.is_some_and(|d| judged > d) {
            continue;
        }
        let mut computation = match trigger.and_then(|t| t.edtf.as_day()) {
            Some(day) => compute(rule, day, &ComputeOptions::default()),
            None => unknown(rule, trigger),
        };
        if let Some(country) = assumed {
            let why = format!(
                "no text says of which country the body is; the bodies of the same person’s asylum and removal are all of {country}"
            );
            computation.steps.insert(0, why);
        }
        found.push(Found { rule, ground: applies.ground.as_deref(), computation, trigger: trigger.cloned() });
    }
    found.sort_by_key(|f| (f.computation.due.is_none(), f.computation.due, f.rule.id.clone()));
    (0..found.len()).filter_map(|ix| deadline(&node.event, &found, ix, as_of)).collect()
}

fn unknown(rule: &TimeLimit, trigger: Option<&When>) -> Computation {
    let what = match rule.trigger {
        Trigger::Notification => "service date",
        Trigger::Reading => "date of reading",
        _ => "date of the act",
    };
    let why = match trigger {
        None => format!("not computable: {what} unknown"),
        Some(when) => format!("not computable: the {what} is known only as {}", when.edtf),
    };
    Computation { due: None, hour: None, steps: vec![why], alternatives: Vec::new(), notes: Vec::new() }
}

fn deadline(event: &Event, found: &[Found<'_>], ix: usize, as_of: Day) -> Option<Deadline> {
    let this = found.get(ix)?;
    let rule = this.rule;
    let mut steps = Vec::new();
    if let Some(ground) = this.ground {
        steps.push(format!("this answer holds if {ground}; the ground is not known from the file"));
    }
    if let Some(trigger) = &this.trigger {
        steps.push(format!("{}: {}", rule.trigger_words, when::words(Some(trigger))));
    }
    steps.extend(this.computation.steps.iter().cloned());
    steps.extend(this.computation.notes.iter().cloned());
    if let Some(remedy) = &rule.remedy {
        steps.push(format!("meanwhile: {remedy}"));
    }
    if let Some(missed) = &rule.if_missed {
        steps.push(format!("if missed: {missed}"));
    }
    steps.push(format!("source of the rule: {}", rule.source));
    let mut alternatives: Vec<(Option<Day>, String)> =
        this.computation.alternatives.iter().map(|a| (a.due, a.why.clone())).collect();
    for (_, other) in found.iter().enumerate().filter(|(n, f)| *n != ix && f.ground.is_some() && this.ground.is_some())
    {
        alternatives
            .push((other.computation.due, format!("if {} ({})", other.ground.unwrap_or_default(), other.rule.id)));
    }
    alternatives.sort_by(|a, b| (a.0.is_none(), a.0, &a.1).cmp(&(b.0.is_none(), b.0, &b.1)));
    let due = this.computation.due;
    let mut passages: Vec<Passage> = this.trigger.iter().filter_map(|t| t.passage.clone()).collect();
    passages.extend(event.passages.first().filter(|p| !passages.contains(p)).cloned());
    Some(Deadline {
        id: stable_id("d", &[&event.id, &rule.id]),
        act: Some(event.id.clone()),
        what: rule.what.clone(),
        expires: false,
        due,
        earliest_due: alternatives.iter().filter_map(|a| a.0).chain(due).min(),
        rule: rule.id.clone(),
        rule_status: rule.status.name().to_owned(),
        steps,
        alternatives,
        state: state(due, as_of),
        passages,
    })
}

/// The bodies of acts, and which rules name them: the same few bodies made most acts of a case.
struct Bodies<'a> {
    people: &'a People,
    /// By the id of the body and the index of the rule.
    known: BTreeMap<(&'a str, usize), bool>,
    homes: Homes<'a>,
}

impl Bodies<'_> {
    /// True where the body is one of these rows of the court lexicon, or its name, in some form, holds one of these names.
    fn named(&mut self, act: &ActOfCase, rule: usize, bodies: &[String]) -> bool {
        let Some(actor) = act.body.as_ref().and_then(|id| self.people.by_id(id)) else { return false };
        *self.known.entry((&actor.id, rule)).or_insert_with(|| {
            actor.known_as.as_ref().is_some_and(|row| bodies.contains(row))
                || actor.names.iter().map(|n| &n.text).chain([&actor.name]).any(|name| {
                    let name = format!(" {} ", fold(name));
                    bodies.iter().any(|b| name.contains(&format!(" {} ", fold(b))))
                })
        })
    }
}

/// By person: the countries of the bodies that decided about the person’s asylum or removal.
type Homes<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

fn homes<'a>(people: &People, nodes: &'a [Node], rules: &'a CaseRules) -> Homes<'a> {
    let mut homes = Homes::new();
    for node in nodes {
        let Some(act) = actual(node) else { continue };
        let row = act.body.as_ref().and_then(|id| people.by_id(id)).and_then(|a| a.known_as.as_deref());
        let Some(country) = row.and_then(|row| rules.courts.country(row)) else { continue };
        let hears = row.and_then(|row| rules.courts.matter(row));
        if hears.or_else(|| rules.matters.of(&node.event)).is_some_and(|m| matches!(m, "asylum" | "removal")) {
            for person in node.about.all() {
                homes.entry(person).or_default().insert(country);
            }
        }
    }
    homes
}

/// The country of an act: that of its body in the court lexicon, else the one that its own words name, else, which the flag says, the only
/// one whose bodies decided about the asylum or the removal of the person that it is about.
fn country_of(
    file: &File,
    bodies: &Bodies<'_>,
    node: &Node,
    act: &ActOfCase,
    rules: &CaseRules,
) -> Option<(String, bool)> {
    let body = act.body.as_ref().and_then(|id| bodies.people.by_id(id));
    let known = body.and_then(|a| rules.courts.country(a.known_as.as_deref()?)).map(str::to_owned);
    let told = known.or_else(|| {
        let texts = node.event.passages.iter().filter_map(|p| Some(file.doc(file.number(&p.source))?.words(p.span)));
        rules.places.of_words(texts)
    });
    if let Some(country) = told {
        return Some((country, false));
    }
    let mut countries: BTreeSet<&str> = BTreeSet::new();
    for person in node.about.all() {
        countries.extend(bodies.homes.get(person).into_iter().flatten());
    }
    match countries.into_iter().collect::<Vec<_>>().as_slice() {
        [one] if *one != "INT" => Some(((*one).to_owned(), true)),
        _ => None,
    }
}
