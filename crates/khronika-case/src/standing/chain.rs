//! The status of each act as of a day, with the chain of steps that gives it.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{
    ActClass, ActOfCase, ActorKind, Because, Day, EdgeBasis, Effect, EffectKind, Event, EventStatus, Passage,
    RequestState, Role, Standing, StandingStatus as Status,
};

use crate::event::{Node, act_of};
use crate::file::File;
use crate::merge::actor::People;
use crate::rules::CaseRules;
use crate::standing::derive::sends_back;
use crate::standing::effects::{EffectRule, EffectRules, PlainRule, Target, is_remedy};
use crate::standing::graph::{Edge, Graph, actual};
use crate::when::{self, Happened};

/// Where an appeal or request pends, if a text says so.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    /// The body's name, where the text gives it.
    pub(crate) body: Option<String>,
    /// The body's actor id.
    pub(crate) body_id: Option<String>,
    /// The words.
    pub(crate) passage: Passage,
}

/// What the texts say of where this act pends; of several the first that names the body.
pub(crate) fn pending(file: &File, people: &People, node: &Node) -> Option<Pending> {
    let told = node.members.iter().filter_map(|told| act_of(file, *told));
    let mut all = told.filter_map(|(at, doc, act)| {
        let (body, span) = act.pending?;
        let actor = body.and_then(|m| people.of_mention(at, doc, m));
        Some(Pending {
            body: actor.and_then(|a| people.actors.get(a)).map(|a| a.name.clone()),
            body_id: actor.and_then(|a| people.id(a)).map(str::to_owned),
            passage: doc.passage(span),
        })
    });
    let first = all.next()?;
    if first.body.is_some() { Some(first) } else { Some(all.find(|p| p.body.is_some()).unwrap_or(first)) }
}

/// Where a text calls the act final.
fn final_words(file: &File, node: &Node) -> Option<Passage> {
    let mut told = node.members.iter().filter_map(|told| act_of(file, *told));
    told.find_map(|(_, doc, act)| Some(doc.passage(act.final_words?)))
}

/// The last day of a measure, where a text gives it.
fn until(file: &File, node: &Node) -> Option<(Day, Passage)> {
    let measures = |class: ActClass| matches!(class, ActClass::Detain | ActClass::Suspend | ActClass::ForbidLeave);
    let told = node.members.iter().filter_map(|told| act_of(file, *told));
    let mut days: Vec<(Day, Passage)> = told
        .flat_map(|(_, doc, act)| act.periods.iter().map(move |p| (doc, p)))
        .filter(|(_, p)| p.class.is_some_and(measures))
        .filter_map(|(doc, p)| Some((doc.date(p.date)?.edtf.as_ref()?.as_day()?, doc.passage(p.span))))
        .collect();
    days.sort();
    // Two papers that give two days: which is right is not known, and the measure is not said to have ended before the later one.
    days.pop()
}

/// How every event that is an act stands on a day; `None` for other events.
pub(crate) fn standings(
    file: &File,
    people: &People,
    nodes: &[Node],
    graph: &Graph,
    rules: &CaseRules,
    as_of: Day,
) -> Vec<Option<Standing>> {
    let names: BTreeMap<&str, &str> = people.actors.iter().map(|a| (a.id.as_str(), a.name.as_str())).collect();
    let courts = people.actors.iter().filter(|a| a.kind == ActorKind::Court).map(|a| a.id.as_str()).collect();
    // A name that says only what kind of body it is ("the Supreme Court") names the kind; with a place it may be another one.
    let row = people.actors.iter().filter_map(|a| {
        let row = rules.courts.row(a).filter(|row| a.known_as.is_some() || rules.courts.bare(row, &a.name))?;
        Some((a.id.as_str(), row))
    });
    let rows = row.collect();
    let pending = nodes.iter().map(|n| pending(file, people, n)).collect();
    let final_words = nodes.iter().map(|n| final_words(file, n)).collect();
    let until = nodes.iter().map(|n| until(file, n)).collect();
    let happened: Vec<Happened> = (0..nodes.len()).map(|ix| graph.bound(ix).happened(as_of)).collect();
    let found = Vec::new();
    let rules = &rules.effects;
    let mut engine = Engine {
        nodes,
        graph,
        rules,
        names,
        rows,
        courts,
        pending,
        final_words,
        until,
        happened,
        as_of,
        perhaps: true,
        found,
    };
    engine.run();
    let perhaps: Vec<usize> = indices(&engine.happened, Happened::Perhaps);
    if perhaps.is_empty() {
        return engine.found;
    }
    let with = std::mem::take(&mut engine.found);
    engine.perhaps = false;
    engine.run();
    let without = std::mem::take(&mut engine.found);
    let both = with.into_iter().zip(without).enumerate();
    both.map(|(at, (with, without))| match (with, without) {
        (Some(with), Some(without)) if (with.status, with.request) != (without.status, without.request) => {
            Some(engine.either(at, with, without))
        }
        // The status is the same either way: the chain that surely holds gives it.
        (_, without) => without,
    })
    .collect()
}

fn indices(happened: &[Happened], which: Happened) -> Vec<usize> {
    happened.iter().enumerate().filter(|(_, h)| **h == which).map(|(ix, _)| ix).collect()
}

struct Engine<'a> {
    nodes: &'a [Node],
    graph: &'a Graph,
    rules: &'a EffectRules,
    names: BTreeMap<&'a str, &'a str>,
    /// The row of the court lexicon of each actor that has one, by id.
    rows: BTreeMap<&'a str, &'a str>,
    /// The ids of the actors that are courts.
    courts: BTreeSet<&'a str>,
    pending: Vec<Option<Pending>>,
    /// The words that call an act final.
    final_words: Vec<Option<Passage>>,
    /// The day until which a measure lasts, where a text gives it.
    until: Vec<Option<(Day, Passage)>>,
    happened: Vec<Happened>,
    as_of: Day,
    /// Whether acts that may lie on either side of the day are taken to have happened.
    perhaps: bool,
    found: Vec<Option<Standing>>,
}

/// What a standing is while its chain is being followed.
struct State {
    status: Status,
    /// How a request stands; means nothing for other acts.
    request: RequestState,
    because: Vec<Because>,
    /// Some step said what became of it; service and the like leave it as it was.
    moved: bool,
}

impl State {
    fn step(&mut self, words: String, event: &Event, basis: EdgeBasis, passages: Vec<Passage>) {
        self.moved = true;
        let passages = if passages.is_empty() { event.passages.clone() } else { passages };
        self.because.push(Because { words, event: Some(event.id.clone()), basis, passages });
    }

    const fn gone(&self) -> bool {
        matches!(self.status, Status::Annulled | Status::Void)
    }
}

impl<'a> Engine<'a> {
    fn run(&mut self) {
        self.found = vec![None; self.nodes.len()];
        for at in &self.graph.order {
            let standing = self.nodes.get(*at).and_then(|node| self.standing(*at, node));
            if let Some(slot) = self.found.get_mut(*at) {
                *slot = standing;
            }
        }
    }

    fn node(&self, at: usize) -> Option<&'a Node> {
        self.nodes.get(at)
    }

    fn counts(&self, at: usize) -> bool {
        match self.happened.get(at) {
            Some(Happened::Yes) | None => true,
            Some(Happened::Perhaps) => self.perhaps,
            Some(Happened::No) => false,
        }
    }

    fn status(&self, at: usize) -> Option<Status> {
        self.found.get(at)?.as_ref().map(|s| s.status)
    }

    fn standing(&self, at: usize, node: &Node) -> Option<Standing> {
        let act = node.event.act.as_ref()?;
        let state = if node.event.status != EventStatus::Actual {
            let words = match node.event.status {
                EventStatus::Denied => "the source says that it did not happen",
                EventStatus::Possible => "the source speaks of it as possible: it changes nothing",
                _ => "asked for or announced, not done: it changes nothing",
            };
            self.alone(&node.event, Status::Unknown, words.to_owned(), EdgeBasis::Stated)
        } else if !self.counts(at) {
            let date = when::words(node.event.when.as_ref());
            let words = format!("not yet made on {}: it is dated {date}", self.as_of);
            self.alone(&node.event, Status::Unknown, words, EdgeBasis::Derived)
        } else {
            self.follow(at, node, act)
        };
        let request = is_remedy(&act.outcomes, act.act_type).then_some(state.request);
        Some(Standing { status: state.status, request, as_of: self.as_of, because: state.because })
    }

    fn alone(&self, event: &Event, status: Status, words: String, basis: EdgeBasis) -> State {
        let mut state = State { status, request: RequestState::Unknown, because: Vec::new(), moved: true };
        state.step(words, event, basis, Vec::new());
        state
    }

    /// Follows what acts on an act, in order of time.
    fn follow(&self, at: usize, node: &Node, act: &ActOfCase) -> State {
        let by_court = act.body.as_deref().is_some_and(|b| self.courts.contains(b));
        let row = act.body.as_deref().and_then(|b| self.rows.get(b)).copied();
        let plain = self.rules.plain(&act.outcomes, act.act_type, by_court, row);
        let status = plain.map_or(Status::InForce, |rule| rule.result);
        let mut state = State { status, request: RequestState::Unknown, because: Vec::new(), moved: false };
        self.entry_into_force(&node.event, act, &mut state);
        self.closed(at, &node.event, plain, &mut state);
        let on = Target::of(&act.outcomes, act.act_type);
        let asks = is_remedy(&act.outcomes, act.act_type);
        for edge in self.graph.incoming.get(at).into_iter().flatten().filter(|e| self.counts(e.from)) {
            if let (Some(acting), Some(rule)) = (self.node(edge.from), self.rules.effect(edge.kind, on)) {
                if asks {
                    self.answer(*edge, acting, rule, &mut state);
                } else {
                    self.take(*edge, acting, rule, &mut state);
                }
            }
        }
        if let Some(pending) = self.pending.get(at).and_then(Option::as_ref)
            && asks
            && matches!(state.request, RequestState::Unknown | RequestState::Pending)
        {
            let before = pending.body.as_ref().map(|b| format!(" before {b}")).unwrap_or_default();
            state.request = RequestState::Pending;
            state.step(format!("it is pending{before}"), &node.event, EdgeBasis::Stated, vec![pending.passage.clone()]);
            if let Some((words, passages)) = self.last_round(at, pending) {
                state.step(words, &node.event, EdgeBasis::Derived, passages);
            }
        }
        self.term(at, &node.event, &mut state);
        if !state.moved {
            let words = plain.map_or("nothing in the sources changes it", |rule| rule.words.as_str()).to_owned();
            state.step(words, &node.event, EdgeBasis::Derived, Vec::new());
        }
        state
    }

    /// Where an appeal waits before a court that annulled and sent back in the same case before: what follows by rule, and the words of the
    /// first annulment.
    fn last_round(&self, at: usize, pending: &Pending) -> Option<(String, Vec<Passage>)> {
        let court = pending.body_id.as_deref()?;
        let row = self.rows.get(court)?;
        let (_, words) = self.rules.last_round.iter().find(|(body, _)| body == row)?;
        let outgoing = |at: usize| self.graph.outgoing.get(at).into_iter().flatten();
        let incoming = |at: usize| self.graph.incoming.get(at).into_iter().flatten();
        let body = |at: usize| self.node(at).and_then(actual).and_then(|a| a.body.as_deref());
        let attacked = outgoing(at).filter(|e| e.kind == EffectKind::Appeals).map(|e| e.to);
        // The first judgment of the forum: the new one acts on it, or both act on the same first decision.
        let mut first = attacked.flat_map(|new| {
            let over = outgoing(new).flat_map(|e| incoming(e.to).map(|e| e.from).chain([e.to]));
            over.filter(move |old| *old != new && body(*old).is_some() && body(*old) == body(new))
        });
        let ended = first.find_map(|old| {
            incoming(old).find(|e| body(e.from) == Some(court) && sends_back(self.node(e.from)) && self.counts(e.from))
        })?;
        let (_, effect) = self.effect(*ended)?;
        Some((words.clone(), effect.passages.clone()))
    }

    /// A measure that was to last until a day has run out after it.
    fn term(&self, at: usize, event: &Event, state: &mut State) {
        let Some((until, passage)) = self.until.get(at).and_then(Option::as_ref) else { return };
        let lasts = matches!(state.status, Status::InForce | Status::Upheld | Status::UnderAppeal | Status::Executed);
        if *until < self.as_of && lasts {
            state.status = Status::Expired;
            state.step(format!("it was to last until {until}"), event, EdgeBasis::Stated, vec![passage.clone()]);
        } else if lasts && *until >= self.as_of {
            state.status = if state.status == Status::Executed { Status::InForce } else { state.status };
            state.step(format!("it lasts until {until}"), event, EdgeBasis::Stated, vec![passage.clone()]);
        }
    }

    /// Takes into account what answers a request: it is granted, dismissed, withdrawn. Whatever else is done to it leaves it waiting.
    fn answer(&self, edge: Edge, acting: &Node, rule: &EffectRule, state: &mut State) {
        let Some((act, effect)) = self.effect(edge) else { return };
        let moved = state.moved;
        state.step(self.told(rule, acting, act, effect), &acting.event, effect.basis, effect.passages.clone());
        let Some(answer) = rule.request else {
            state.moved = moved;
            return;
        };
        (state.request, state.status) = (answer, rule.result.unwrap_or(Status::Executed));
        if let Some((ending, words, back)) = self.fallen(edge) {
            let (Some(by), Some((_, effect))) = (self.node(ending.from), self.effect(ending)) else { return };
            let back_words = if back { " and the case was sent back" } else { "" };
            let words = format!("that {} was itself {words}{back_words}", rule.noun);
            state.step(words, &by.event, EdgeBasis::Stated, effect.passages.clone());
            let (so, request) = if back {
                ("so it is pending again (derived)", RequestState::Pending)
            } else {
                ("what that makes of the request is not told", RequestState::Unknown)
            };
            state.step(so.to_owned(), &by.event, EdgeBasis::Derived, effect.passages.clone());
            (state.request, state.status) = (request, Status::Unknown);
        }
    }

    /// "annulled on 2020-09-29 by the Asylum Court", and how that is known where no text says it.
    fn told(&self, rule: &EffectRule, acting: &Node, act: &ActOfCase, effect: &Effect) -> String {
        let told = format!("{}{}", rule.did, self.when_and_who(&acting.event, act));
        match effect.basis {
            EdgeBasis::Stated => told,
            EdgeBasis::Derived => format!("{told} (derived: {})", effect.because),
            EdgeBasis::Judged => format!("{told} ({})", effect.because),
        }
    }

    /// A judgment that has entered into force is final; one that will is not yet enforceable.
    fn entry_into_force(&self, event: &Event, act: &ActOfCase, state: &mut State) {
        let Some(entry) = &act.dates.entry_into_force else { return };
        let passages: Vec<Passage> = entry.passage.iter().cloned().collect();
        let date = when::words(Some(entry));
        match entry.earliest() {
            Some(day) if day > self.as_of => {
                state.status = Status::NotYetEnforceable;
                state.step(format!("it enters into force {date}"), event, EdgeBasis::Stated, passages);
            }
            _ => {
                if act.act_type == khronika_core::ActType::Judgment && state.status == Status::InForce {
                    state.status = Status::Final;
                }
                state.step(format!("it entered into force {date}"), event, EdgeBasis::Stated, passages);
            }
        }
    }

    /// A decision that a text calls final, or that comes from a body whose decisions no ordinary remedy reaches.
    fn closed(&self, at: usize, event: &Event, plain: Option<&PlainRule>, state: &mut State) {
        if let Some(words) =
            self.final_words.get(at).and_then(Option::as_ref).filter(|_| state.status == Status::InForce)
        {
            state.status = Status::Final;
            state.step("the source calls it final".to_owned(), event, EdgeBasis::Stated, vec![words.clone()]);
        } else if let Some(rule) = plain.filter(|r| r.result == Status::Final) {
            state.step(rule.words.clone(), event, EdgeBasis::Derived, Vec::new());
        }
    }

    /// Takes one effect into account.
    fn take(&self, edge: Edge, acting: &Node, rule: &EffectRule, state: &mut State) {
        let Some((act, effect)) = self.effect(edge) else { return };
        let event = &acting.event;
        let told = self.told(rule, acting, act, effect);
        let weaker = matches!(
            edge.kind,
            EffectKind::Remands
                | EffectKind::Dismisses
                | EffectKind::Grants
                | EffectKind::Upholds
                | EffectKind::Concerns
        );
        if weaker && self.also_annuls(edge) {
            // The annulment by the same act has its own step.
            return;
        }
        let remedy = is_remedy(&act.outcomes, act.act_type);
        let status = self.status(edge.from);
        if edge.kind == EffectKind::Appeals && remedy && status == Some(Status::Executed) {
            state.step(format!("{told}; that was decided"), event, effect.basis, effect.passages.clone());
            return;
        }
        if let Some((ending, words, back)) = self.fallen(edge) {
            if state.gone() {
                return;
            }
            state.step(told, event, effect.basis, effect.passages.clone());
            let passages = self.effect(ending).map(|(_, e)| e.passages.clone()).unwrap_or_default();
            let Some(by) = self.node(ending.from) else { return };
            let back_words = if back { " and the case was sent back" } else { "" };
            let words = format!("that {} was itself {words}{back_words}", rule.noun);
            state.step(words, &by.event, EdgeBasis::Stated, passages.clone());
            if rule.result.is_some() {
                let so = match rule.pending_again.filter(|_| back) {
                    Some(status) => {
                        state.status = status;
                        "so it is under appeal again".to_owned()
                    }
                    None if state.status == Status::InForce => "so it stands again".to_owned(),
                    // What it was before: the effect that fell never counted.
                    None => format!("so it is what it was before: {}", state.status),
                };
                state.step(format!("{so} (derived)"), &by.event, EdgeBasis::Derived, passages);
            }
            return;
        }
        let Some(result) = rule.result else {
            let moved = state.moved;
            state.step(told, event, effect.basis, effect.passages.clone());
            state.moved = moved;
            return;
        };
        if state.gone() {
            let words = if effect.basis == EdgeBasis::Stated {
                format!("the source says that it was {told}; by rule it was gone already (derived)")
            } else {
                format!("{told}; it was gone already")
            };
            state.step(words, event, EdgeBasis::Derived, effect.passages.clone());
            return;
        }
        state.status = result;
        state.step(told, event, effect.basis, effect.passages.clone());
        if edge.kind == EffectKind::Appeals {
            if let Some(pending) = self.pending.get(edge.from).and_then(Option::as_ref) {
                let before = pending.body.as_ref().map(|b| format!(" before {b}")).unwrap_or_default();
                let words = format!("the {} is pending{before}", rule.noun);
                state.step(words, event, EdgeBasis::Stated, vec![pending.passage.clone()]);
            }
        } else if rule.follows_appeal && status == Some(Status::UnderAppeal) {
            self.follow_appeal(edge.from, rule, state);
        }
    }

    /// What was decided by an act that is itself under appeal is under appeal too.
    fn follow_appeal(&self, acting: usize, rule: &EffectRule, state: &mut State) {
        let mut attacks = self.graph.incoming.get(acting).into_iter().flatten();
        let open = |e: &&Edge| {
            e.kind == EffectKind::Appeals && self.counts(e.from) && self.status(e.from) != Some(Status::Executed)
        };
        let Some(attack) = attacks.rfind(open).copied() else {
            return;
        };
        let (Some(appeal), Some((act, effect))) = (self.node(attack.from), self.effect(attack)) else { return };
        let mut passages = effect.passages.clone();
        let mut before = String::new();
        if let Some(pending) = self.pending.get(attack.from).and_then(Option::as_ref) {
            before = pending.body.as_ref().map(|b| format!(", pending before {b}")).unwrap_or_default();
            passages.push(pending.passage.clone());
        }
        let by = self.by(&appeal.event, act);
        let words =
            format!("that {} is itself under appeal{by}{before}: so this is under appeal too (derived)", rule.noun);
        state.status = Status::UnderAppeal;
        state.step(words, &appeal.event, EdgeBasis::Derived, passages);
    }

    /// If the acting act of an edge no longer stands: the edge that ended it, how, and whether the case was sent back.
    fn fallen(&self, edge: Edge) -> Option<(Edge, String, bool)> {
        let status = self.status(edge.from)?;
        // A suspension and an appeal act only as long as they last; what a withdrawn judgment had annulled stays annulled.
        let lasting = matches!(edge.kind, EffectKind::Suspends | EffectKind::Appeals);
        let ended = match status {
            Status::Annulled | Status::Void => true,
            Status::Revoked | Status::Expired | Status::Superseded => lasting,
            _ => false,
        };
        if !ended {
            return None;
        }
        let on = self.node(edge.from).and_then(|n| n.event.act.as_ref()).map(|a| Target::of(&a.outcomes, a.act_type));
        let ending = self.graph.incoming.get(edge.from)?.iter().find(|e| {
            self.counts(e.from)
                && self.fallen_status(e.from).is_none()
                && self.rules.effect(e.kind, on.unwrap_or(Target::Any)).and_then(|r| r.result) == Some(status)
        })?;
        let rule = self.rules.effect(ending.kind, on.unwrap_or(Target::Any))?;
        let by = self.node(ending.from)?;
        let act = by.event.act.as_ref()?;
        let words = format!("{}{}", rule.did, self.when_and_who(&by.event, act));
        Some((*ending, words, sends_back(Some(by))))
    }

    fn fallen_status(&self, at: usize) -> Option<Status> {
        self.status(at).filter(|s| matches!(s, Status::Annulled | Status::Void))
    }

    fn also_annuls(&self, edge: Edge) -> bool {
        self.graph.incoming.get(edge.to).into_iter().flatten().any(|e| {
            e.from == edge.from && matches!(e.kind, EffectKind::Annuls | EffectKind::Voids | EffectKind::Varies)
        })
    }

    fn effect(&self, edge: Edge) -> Option<(&'a ActOfCase, &'a Effect)> {
        let act = actual(self.node(edge.from)?)?;
        Some((act, act.effects.get(edge.effect)?))
    }

    /// " by the Court of Cassation": the body, else whoever is named as acting or asking.
    fn by(&self, event: &Event, act: &ActOfCase) -> String {
        let name = act.body_name.as_deref().or_else(|| {
            let role = [Role::Agent, Role::Applicant].into_iter();
            role.filter_map(|role| event.actors.iter().find(|a| a.role == role))
                .find_map(|a| self.names.get(a.actor.as_str()).copied())
        });
        name.map(|n| format!(" by {n}")).unwrap_or_default()
    }

    /// " on 2020-09-29 by the Court of Cassation".
    fn when_and_who(&self, event: &Event, act: &ActOfCase) -> String {
        let by = self.by(event, act);
        match &event.when {
            Some(when) => format!(" {}{by}", when::words(Some(when))),
            None => format!("{by} (its day is not told)"),
        }
    }

    /// Two answers, depending on whether acts that may lie on either side of the day had happened.
    fn either(&self, at: usize, with: Standing, without: Standing) -> Standing {
        let uncertain = self.graph.incoming.get(at).into_iter().flatten().map(|e| e.from).chain([at]);
        let dates: Vec<String> = uncertain
            .filter(|ix| self.happened.get(*ix) == Some(&Happened::Perhaps))
            .filter_map(|ix| self.node(ix))
            .map(|n| format!("“{}” {}", crate::file::line(&n.event.what, 60), when::words(n.event.when.as_ref())))
            .collect();
        let which = if dates.is_empty() { "an act further up the chain".to_owned() } else { dates.join("; ") };
        let words = format!(
            "on {} it is {} or {}, depending on whether this had happened by then: {which}",
            self.as_of,
            with.name(),
            without.name()
        );
        let mut because = with.because;
        let passages = because.iter().flat_map(|b| b.passages.iter()).cloned().collect();
        let event = self.node(at).map(|n| n.event.id.clone());
        because.push(Because { words, event, basis: EdgeBasis::Derived, passages });
        let request = with.request.map(|_| RequestState::Unknown);
        Standing { status: Status::Unknown, request, as_of: self.as_of, because }
    }
}
