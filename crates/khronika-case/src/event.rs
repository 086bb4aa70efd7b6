//! Makes the events of the case out of the places that tell them.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{
    ActClass, ActDatesOfCase, ActFinding, ActOfCase, ActType, ActorKind, ActorRole, Basis, DateIx, Day, EdgeBasis,
    Effect, EffectKind, Event, EventFinding, EventStatus, Participant, Passage, Role, Span, Term, When, stable_id,
};
use rayon::prelude::*;

use crate::file::{Doc, File};
use crate::hand::{self, Hand};
use crate::merge::act::{Group, Told};
use crate::merge::actor::People;

/// The most characters of [`Event::what`].
pub(crate) const WHAT: usize = 240;

/// An event of the case with the places that tell it.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) event: Event,
    pub(crate) members: Vec<Told>,
    /// Whom an act is about, by actor id.
    pub(crate) about: About,
}

/// Whom an act is about, and how that is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    /// Those whom the words name: in a part of their own, else the only person in the passage. Organisations only where there is no
    /// person.
    pub(crate) named: BTreeSet<String>,
    /// Where the words name nobody: the person that the acts of the same documents are about.
    pub(crate) document: Option<Main>,
}

/// The person whom the acts of a document are about.
#[derive(Clone, Debug)]
pub(crate) struct Main {
    pub(crate) person: String,
    pub(crate) known: Known,
}

/// How it is known whom a document is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// No act of the document names anyone else.
    Only,
    /// Most of its acts that somebody undergoes name this person.
    MostActs,
    /// No act says who undergoes it, and nobody is named as often.
    MostNamed,
}

/// The one who is counted at least three times, and twice as often as anyone else.
fn most<'a>(counts: &BTreeMap<&'a str, usize>) -> Option<&'a str> {
    let (first, count) = counts.iter().max_by_key(|(_, count)| **count)?;
    let others = counts.iter().filter(|(other, _)| *other != first).map(|(_, count)| 2 * count);
    (*count >= 3 && others.max().unwrap_or(0) <= *count).then_some(*first)
}

impl About {
    /// Those whom the words name, else the only person of the document.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        let only = self.document.as_ref().filter(|main| self.named.is_empty() && main.known == Known::Only);
        self.named.iter().chain(only.map(|main| &main.person)).map(String::as_str)
    }

    /// Those whom the words name, else the person whom the document is about: for what says how that is known.
    pub(crate) fn likely(&self) -> impl Iterator<Item = &str> {
        let main = self.document.as_ref().filter(|_| self.named.is_empty());
        self.named.iter().chain(main.map(|main| &main.person)).map(String::as_str)
    }
}

/// The events, and which event each act of a document became.
#[derive(Debug, Default)]
pub(crate) struct Nodes {
    pub(crate) nodes: Vec<Node>,
    of: BTreeMap<Told, usize>,
}

impl Nodes {
    /// Makes an event of each group.
    pub(crate) fn new(file: &File, people: &People, groups: Vec<Group>, as_of: Day) -> Self {
        let node = |group: Group| {
            let event = event(file, people, &group, as_of)?;
            let about = About { named: named(file, people, &group.members, &event), document: None };
            Some(Node { event, members: group.members, about })
        };
        let nodes: Vec<Node> = groups.into_par_iter().filter_map(node).collect();
        let places = nodes.iter().enumerate().flat_map(|(at, node)| node.members.iter().map(move |told| (*told, at)));
        let of = places.collect();
        let mut all = Self { nodes, of };
        all.main_persons(file, people);
        all.link(file);
        all.serve();
        all
    }

    /// The event that this act of a document became.
    pub(crate) fn of(&self, told: Told) -> Option<usize> {
        self.of.get(&told).copied()
    }

    /// Tells acts whose words name nobody whom they are about, where their documents are about one person.
    fn main_persons(&mut self, file: &File, people: &People) {
        let is_person = |id: &str| people.by_id(id).is_some_and(|a| a.kind == ActorKind::Person);
        let mut all: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        let mut undergo: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
        for node in self.nodes.iter().filter(|n| n.event.act.is_some()) {
            // Whoever applies may do so for somebody else.
            let applies = |id: &String| {
                let mut roles = node.event.actors.iter().filter(|a| a.actor == *id).map(|a| a.role).peekable();
                roles.peek().is_some() && roles.all(|role| matches!(role, Role::Applicant | Role::Agent))
            };
            for doc in node.members.iter().map(|t| t.doc()) {
                all.entry(doc).or_default().extend(node.about.named.iter().map(String::as_str));
                for id in node.about.named.iter().filter(|id| is_person(id) && !applies(id)) {
                    *undergo.entry(doc).or_default().entry(id).or_default() += 1;
                }
            }
        }
        let mut main: BTreeMap<usize, Main> = BTreeMap::new();
        for (at, all) in all {
            let of = |person: &str, known: Known| Main { person: person.to_owned(), known };
            let only = all.first().filter(|id| all.len() == 1 && is_person(id));
            let found = only.map(|person| of(person, Known::Only)).or_else(|| {
                let undergo = undergo.get(&at);
                if let Some(person) = undergo.and_then(most) {
                    return Some(of(person, Known::MostActs));
                }
                let doc = file.doc(at).filter(|_| undergo.is_none())?;
                let mut named: BTreeMap<&str, usize> = BTreeMap::new();
                let ids: Vec<String> =
                    (0..doc.found.mentions.len()).filter_map(|ix| people.id_of_mention(at, doc, ix)).collect();
                for id in ids.iter().filter(|id| is_person(id)) {
                    *named.entry(id).or_default() += 1;
                }
                most(&named).map(|person| of(person, Known::MostNamed))
            });
            main.extend(found.map(|found| (at, found)));
        }
        for node in self.nodes.iter_mut().filter(|n| n.event.act.is_some() && n.about.named.is_empty()) {
            let mut mains = node.members.iter().map(|t| main.get(&t.doc()));
            let first = mains.next().flatten();
            let same = |main: Option<&Main>| main.map(|m| &m.person) == first.map(|m| &m.person);
            node.about.document = first.filter(|_| mains.all(same)).cloned();
        }
    }

    /// The day on which an act was served, where another act tells of the service: “The order was handed to her on 30 June.”
    fn serve(&mut self) {
        let served: Vec<(String, When)> = self
            .nodes
            .iter()
            .filter(|n| n.event.status == EventStatus::Actual)
            .filter_map(|n| Some((n.event.act.as_ref()?, n.event.when.as_ref()?)))
            .filter(|(act, _)| act.outcomes.contains(&ActClass::Notify))
            .flat_map(|(act, when)| {
                let targets = act.effects.iter().filter(|e| e.effect == EffectKind::Notifies);
                targets.filter_map(|e| Some((e.on.clone()?, when.clone())))
            })
            .collect();
        let at: BTreeMap<String, usize> =
            self.nodes.iter().enumerate().map(|(ix, n)| (n.event.id.clone(), ix)).collect();
        for (target, day) in served {
            let node = at.get(&target).and_then(|ix| self.nodes.get_mut(*ix));
            let Some((act, when)) = node.and_then(|n| Some((n.event.act.as_mut()?, &mut n.event.when))) else {
                continue;
            };
            if act.dates.service.is_none() {
                act.dates.service = Some(Box::new(day.clone()));
                if when.is_none() {
                    *when = Some(When { basis: Basis::Service, ..day });
                }
            }
        }
    }

    /// Turns the effects that the documents tell into edges between events.
    fn link(&mut self, file: &File) {
        for at in 0..self.nodes.len() {
            let Some(node) = self.nodes.get(at) else { continue };
            let mut effects: Vec<Effect> = Vec::new();
            let mut seen: BTreeSet<(usize, Passage)> = BTreeSet::new();
            for told in &node.members {
                let Some((doc_ix, doc, act)) = act_of(file, *told) else { continue };
                for effect in &act.effects {
                    let target = effect.target.and_then(|ix| self.of(Told::Act(doc_ix, ix))).filter(|t| *t != at);
                    if effect.target.is_some() && target.is_none() {
                        // The act and its target were taken for one: an act has no effect on itself.
                        continue;
                    }
                    let on = target.and_then(|t| self.nodes.get(t)).map(|n| n.event.id.clone());
                    let passage = doc.passage(effect.span);
                    let basis = if effect.stated { EdgeBasis::Stated } else { EdgeBasis::Derived };
                    let place = effects.iter().position(|e| e.on == on && e.effect == effect.effect);
                    let is_new = seen.insert((place.unwrap_or(effects.len()), passage.clone()));
                    match place.and_then(|ix| effects.get_mut(ix)) {
                        Some(same) => {
                            same.basis = same.basis.min(basis);
                            same.passages.extend(is_new.then_some(passage));
                        }
                        None => effects.push(Effect {
                            on,
                            effect: effect.effect,
                            basis,
                            because: effect.because.clone(),
                            passages: vec![passage],
                        }),
                    }
                }
            }
            // "An earlier act" that one place leaves open is the one that another place names.
            let named: BTreeSet<_> = effects.iter().filter(|e| e.on.is_some()).map(|e| e.effect).collect();
            effects.retain(|e| e.on.is_some() || !named.contains(&e.effect));
            effects.sort_by(|a, b| (a.effect, &a.on).cmp(&(b.effect, &b.on)));
            if let Some(act) = self.nodes.get_mut(at).and_then(|n| n.event.act.as_mut()) {
                act.effects = effects;
            }
        }
    }
}

/// The act that a place tells, with its document.
pub(crate) fn act_of(file: &File, told: Told) -> Option<(usize, &Doc, &ActFinding)> {
    let Told::Act(at, ix) = told else { return None };
    let doc = file.doc(at)?;
    Some((at, doc, doc.found.acts.get(ix)?))
}

/// The event that a place tells, with its document.
pub(crate) fn event_of(file: &File, told: Told) -> Option<(usize, &Doc, &EventFinding)> {
    let Told::Event(at, ix) = told else { return None };
    let doc = file.doc(at)?;
    Some((at, doc, doc.found.events.get(ix)?))
}

fn event(file: &File, people: &People, group: &Group, as_of: Day) -> Option<Event> {
    let first = *group.members.first()?;
    let mut event = match first {
        Told::Act(..) => act_event(file, people, group, as_of)?,
        Told::Event(..) => plain_event(file, people, group)?,
        Told::Hand(..) => {
            let (doc, hand) = hand_of(file, first)?;
            hand::event(people, doc, hand, as_of)?
        }
    };
    for told in group.members.iter().filter(|told| **told != first) {
        // What was found and what somebody added are one only because somebody said so.
        if matches!(first, Told::Hand(..)) || matches!(told, Told::Hand(..)) {
            take(file, &mut event, *told);
        }
    }
    event.merged_because.clone_from(&group.because);
    Some(event)
}

/// Adds the words of another place that tells the event.
fn take(file: &File, event: &mut Event, told: Told) {
    let place = match told {
        Told::Act(..) => act_of(file, told).map(|(_, doc, act)| (doc.passage(act.span), act.made_by.clone())),
        Told::Event(..) => event_of(file, told).map(|(_, doc, one)| (doc.passage(one.span), one.made_by.clone())),
        Told::Hand(..) => hand_of(file, told).map(|(doc, hand)| (doc.passage(hand.span), hand.made_by())),
    };
    let Some((passage, made_by)) = place else { return };
    if !event.passages.contains(&passage) {
        event.passages.push(passage);
    }
    if !event.made_by.contains(&made_by) {
        event.made_by.push(made_by);
        event.made_by.sort_unstable();
    }
}

/// What somebody added, with its document.
pub(crate) fn hand_of(file: &File, told: Told) -> Option<(&Doc, &Hand)> {
    let Told::Hand(at, ix) = told else { return None };
    Some((file.doc(at)?, file.hands.get(ix)?))
}

/// The id of the event that this place tells, if it is the first that does.
pub(crate) fn id_of(file: &File, told: Told) -> Option<String> {
    match told {
        Told::Act(..) => act_of(file, told).map(|(_, doc, act)| act_id(doc, act)),
        Told::Event(..) => event_of(file, told).map(|(_, doc, event)| event_id(doc, event)),
        Told::Hand(..) => hand_of(file, told).map(|(_, hand)| hand.id.clone()),
    }
}

fn act_id(doc: &Doc, act: &ActFinding) -> String {
    stable_id("e", &[doc.source.id.as_str(), "act", &place(act.trigger), &place(act.span)])
}

fn event_id(doc: &Doc, event: &EventFinding) -> String {
    // A sentence may tell one event for each of its dates.
    let date = doc.found.dates.get(event.date).map(|date| place(date.span)).unwrap_or_default();
    stable_id("e", &[doc.source.id.as_str(), "event", &place(event.span), &date])
}

fn plain_event(file: &File, people: &People, group: &Group) -> Option<Event> {
    let told: Vec<_> = group.members.iter().filter_map(|t| event_of(file, *t)).collect();
    let (_, doc, first) = *told.first()?;
    let whens = told.iter().filter_map(|(_, doc, e)| doc.when(e.date));
    let mut actors = Cast::default();
    for (at, doc, e) in &told {
        actors.add(people, *at, doc, &e.participants);
    }
    Some(Event {
        id: event_id(doc, first),
        when: narrowest(whens),
        after: Vec::new(),
        before: Vec::new(),
        what: doc.line(first.span, WHAT),
        kind: "event".to_owned(),
        actors: actors.finish(people),
        said_by: said_by(people, told.iter().map(|(at, doc, e)| (*at, *doc, e.said_by.as_slice()))),
        status: first.status,
        act: None,
        passages: passages(told.iter().map(|(_, doc, e)| doc.passage(e.span))),
        merged_because: Vec::new(),
        made_by: told.iter().map(|(_, _, e)| e.made_by.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
        confidence: told.iter().map(|(_, _, e)| e.confidence).fold(0.0, f32::max),
        inferred_from: Vec::new(),
    })
}

fn act_event(file: &File, people: &People, group: &Group, as_of: Day) -> Option<Event> {
    let told: Vec<_> = group.members.iter().filter_map(|t| act_of(file, *t)).collect();
    let (_, doc, first) = *told.first()?;
    let mut actors = Cast::default();
    for (at, doc, act) in &told {
        if let Some(body) = act.body {
            actors.add(people, *at, doc, &[Participant { mention: body, role: Role::Agent }]);
        }
        actors.add(people, *at, doc, &act.participants);
    }
    let date = |pick: fn(&ActFinding) -> Option<DateIx>| {
        narrowest(told.iter().filter_map(|(_, doc, act)| doc.when(pick(act)?))).map(Box::new)
    };
    let dates = ActDatesOfCase {
        act: date(|a| a.dates.act),
        hearing: date(|a| a.dates.hearing),
        reading: date(|a| a.dates.reading),
        service: date(|a| a.dates.service),
        entry_into_force: date(|a| a.dates.entry_into_force),
    };
    // What a rule read goes before what a model guessed.
    let body_by = |guessed: bool| {
        let mut same = told.iter().filter(|(_, _, act)| act.engine.is_some() == guessed);
        same.find_map(|(at, doc, act)| people.of_mention(*at, doc, act.body?))
    };
    let body = body_by(false).or_else(|| body_by(true));
    let act_type = told
        .iter()
        .map(|(_, _, act)| act.act_type)
        .find(|t| !matches!(t, ActType::Other | ActType::Decision))
        .unwrap_or(first.act_type);
    let passages = passages(told.iter().map(|(_, doc, act)| doc.passage(act.span)));
    let standing = hand::unweighed(as_of, passages.clone());
    Some(Event {
        id: act_id(doc, first),
        when: when(&dates),
        after: Vec::new(),
        before: Vec::new(),
        what: doc.line(first.span, WHAT),
        kind: act_type.name().to_owned(),
        actors: actors.finish(people),
        said_by: said_by(people, told.iter().map(|(at, doc, act)| (*at, *doc, act.said_by.as_slice()))),
        status: first.status,
        act: Some(Box::new(ActOfCase {
            act_type,
            body: body.and_then(|b| people.id(b)).map(str::to_owned),
            body_name: body
                .and_then(|b| people.actors.get(b))
                .map(|a| a.name.clone())
                .or_else(|| told.iter().find_map(|(_, doc, act)| act.body_words.map(|span| doc.line(span, WHAT)))),
            outcomes: classes(told.iter().map(|(_, _, act)| act.classes.as_slice())),
            object: told.iter().find_map(|(_, doc, act)| act.object.map(|span| doc.line(span, WHAT))),
            terms: terms(&told),
            dates,
            docket: told.iter().find_map(|(_, _, act)| act.docket.clone()),
            effects: Vec::new(),
            standing,
            proceeding: None,
        })),
        passages,
        merged_because: Vec::new(),
        made_by: told
            .iter()
            .flat_map(|(_, _, act)| [Some(act.made_by.clone()), act.engine.clone()])
            .flatten()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        confidence: told.iter().map(|(_, _, act)| act.confidence).fold(0.0, f32::max),
        inferred_from: Vec::new(),
    })
}

/// So many words may stand between a bracket and the name of who holds an office.
const TITLE: usize = 2;

/// Whom the words of an act name.
fn named(file: &File, people: &People, members: &[Told], event: &Event) -> BTreeSet<String> {
    let about = |role: Role| matches!(role, Role::Subject | Role::Applicant | Role::Recipient | Role::Respondent);
    let kind = |id: &str| people.by_id(id).map(|a| a.kind);
    let of = |wanted: ActorKind, part: &dyn Fn(Role) -> bool| -> BTreeSet<String> {
        let all = event.actors.iter().filter(|a| part(a.role) && kind(&a.actor) == Some(wanted));
        all.map(|a| a.actor.clone()).collect()
    };
    let found = of(ActorKind::Person, &about);
    if !found.is_empty() || event.act.is_none() {
        return found;
    }
    let told = members.iter().filter_map(|t| match t {
        Told::Hand(at, _) => hand_of(file, *t).map(|(doc, hand)| (*at, doc, hand.span)),
        _ => act_of(file, *t).map(|(at, doc, act)| (at, doc, act.span)),
    });
    let deciding = event.act.as_ref().and_then(|a| a.body.as_ref());
    // "President Loubet pardoned him", "the Tribunal (Judge Marlowe) allowed his appeal": the name right after the office that acts, or in
    // brackets behind it with a word or two before, is that of its holder.
    let titled = |between: &str| {
        let open = between.trim_start().strip_prefix('(');
        between.trim().is_empty() || open.is_some_and(|title| title.split_whitespace().count() <= TITLE)
    };
    let holds_office = |at: usize, doc: &Doc, ix: usize| {
        let office = ix.checked_sub(1).and_then(|before| Some((before, doc.found.mentions.get(before)?.span.end)));
        let start = doc.found.mentions.get(ix).map_or(0, |m| m.span.start);
        office.is_some_and(|(before, end)| {
            doc.source.text.get(end..start).is_some_and(titled)
                && people.id_of_mention(at, doc, before).as_ref() == deciding
                && deciding.is_some()
        })
    };
    let persons: BTreeSet<String> = told
        .flat_map(|(at, doc, span)| {
            let first = doc.found.mentions.partition_point(|m| m.span.start < span.start);
            let mentions = doc.found.mentions.iter().enumerate().skip(first);
            mentions
                .take_while(move |(_, m)| m.span.end <= span.end)
                .filter(|(ix, _)| !holds_office(at, doc, *ix))
                .filter_map(move |(ix, _)| people.id_of_mention(at, doc, ix))
                .collect::<Vec<_>>()
        })
        .filter(|id| kind(id) == Some(ActorKind::Person))
        .collect();
    if persons.len() == 1 && deciding.is_none_or(|b| !persons.contains(b)) {
        return persons;
    }
    of(ActorKind::Organisation, &about)
}

/// A span as a part of an id.
fn place(span: Span) -> String {
    format!("{}-{}", span.start, span.end)
}

/// When an act took place: its own date, else that of its reading, else, as a last resort and said so, that of its service.
fn when(dates: &ActDatesOfCase) -> Option<When> {
    if let Some(own) = dates.act.as_deref().or(dates.reading.as_deref()) {
        return Some(own.clone());
    }
    dates.service.as_deref().map(|service| When { basis: Basis::Service, ..service.clone() })
}

/// The date that allows the fewest days; of equals the first.
fn narrowest(whens: impl Iterator<Item = When>) -> Option<When> {
    let width = |when: &When| match (when.earliest(), when.latest()) {
        (Some(a), Some(b)) => (0, a.until(b).map_or(i32::MAX, |span| span.get_days())),
        (None, None) => (2, 0),
        _ => (1, 0),
    };
    let mut best: Option<When> = None;
    for when in whens {
        if best.as_ref().is_none_or(|b| width(&when) < width(b)) {
            best = Some(when);
        }
    }
    best
}

/// The classes of every place, without "decides" where one place knows the outcome.
fn classes<'a>(all: impl Iterator<Item = &'a [ActClass]>) -> Vec<ActClass> {
    let mut set: BTreeSet<ActClass> = all.flatten().copied().collect();
    if set.len() > 1 {
        set.remove(&ActClass::Decide);
    }
    set.into_iter().collect()
}

/// The passages without repeats; the first stays first.
fn passages(all: impl Iterator<Item = Passage>) -> Vec<Passage> {
    let mut seen = BTreeSet::new();
    all.filter(|passage| seen.insert(passage.clone())).collect()
}

/// Provisions, grounds and relief of the mentions of one act; what several of them say in the same words is said once.
fn terms(told: &[(usize, &Doc, &ActFinding)]) -> Vec<Term> {
    let mut seen = BTreeSet::new();
    let each = told.iter().flat_map(|(_, doc, act)| act.terms.iter().map(move |term| (doc, term)));
    let new = each.filter(|(doc, term)| seen.insert((term.kind, term.span.of(&doc.source.text).to_lowercase())));
    let mut all: Vec<Term> = new.map(|(doc, term)| Term { kind: term.kind, passage: doc.passage(term.span) }).collect();
    all.sort_by_key(|term| term.kind);
    all
}

/// The ids of those to whom an account is attributed. Empty where one place tells it in the document's own voice.
fn said_by<'a>(people: &People, all: impl Iterator<Item = (usize, &'a Doc, &'a [usize])>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (at, doc, mentions) in all {
        for mention in mentions {
            if let Some(id) = people.id_of_mention(at, doc, *mention)
                && !out.contains(&id)
            {
                out.push(id);
            }
        }
    }
    out
}

/// Who takes part, each actor once for each part.
#[derive(Default)]
struct Cast {
    roles: BTreeSet<(Role, usize)>,
}

impl Cast {
    fn add(&mut self, people: &People, at: usize, doc: &Doc, participants: &[Participant]) {
        for p in participants {
            if let Some(actor) = people.of_mention(at, doc, p.mention) {
                self.roles.insert((p.role, actor));
            }
        }
    }

    /// "Named" says nothing where the same actor has a known part.
    fn finish(self, people: &People) -> Vec<ActorRole> {
        let known: BTreeSet<usize> = self.roles.iter().filter(|(r, _)| *r != Role::Named).map(|(_, a)| *a).collect();
        self.roles
            .iter()
            .filter(|(role, actor)| *role != Role::Named || !known.contains(actor))
            .filter_map(|(role, actor)| Some(ActorRole { actor: people.id(*actor)?.to_owned(), role: *role }))
            .collect()
    }
}
