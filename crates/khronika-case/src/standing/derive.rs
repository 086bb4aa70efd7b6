//! Edges that no text states but that follow by a rule from those it does; each says from what.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{ActClass, ActType, ActorKind, Day, EdgeBasis, Effect, EffectKind, Passage, Role, When};

use crate::event::{Node, Nodes, act_of};
use crate::file::File;
use crate::merge::act::Told;
use crate::merge::actor::People;
use crate::proceeding::matter::Matters;
use crate::standing::effects::{EffectRules, Target, is_remedy};
use crate::standing::graph::{Edge, Graph, actual};

/// More orders to leave than this are not one person's.
const MOST: usize = 20;

/// Adds the edges that follow by a rule.
pub(crate) fn derive(file: &File, people: &People, nodes: &mut Nodes, rules: &EffectRules, matters: &Matters) {
    // A step that adds nothing leaves the graph as it is.
    let mut known: Option<Graph> = None;
    for step in [through_remedies, again, decided, release, loss, acquittal, carried_out] {
        let graph = known.take().unwrap_or_else(|| Graph::new(file, nodes));
        let context = Context { file, people, nodes, graph: &graph, rules, matters };
        let new = step(&context);
        if new.is_empty() {
            known = Some(graph);
        }
        for (from, effect) in new {
            if let Some(act) = nodes.nodes.get_mut(from).and_then(|n| n.event.act.as_mut())
                && !act.effects.iter().any(|e| e.on == effect.on && e.effect == effect.effect)
            {
                act.effects.push(effect);
            }
        }
    }
}

struct Context<'a> {
    file: &'a File,
    people: &'a People,
    nodes: &'a Nodes,
    graph: &'a Graph,
    rules: &'a EffectRules,
    matters: &'a Matters,
}

type New = Vec<(usize, Effect)>;
/// Acts that begin something, and acts that end it.
type TwoLists = (Vec<usize>, Vec<usize>);
/// Acts with a day of theirs.
type Dated = Vec<(Day, usize)>;

impl<'a> Context<'a> {
    fn node(&self, at: usize) -> Option<&'a Node> {
        self.nodes.nodes.get(at)
    }

    fn classes(&self, at: usize) -> &'a [ActClass] {
        self.node(at).and_then(actual).map_or(&[], |a| a.outcomes.as_slice())
    }

    fn remedy(&self, at: usize) -> bool {
        self.node(at).and_then(actual).is_some_and(|a| is_remedy(&a.outcomes, a.act_type))
    }

    fn incoming(&self, at: usize) -> &'a [Edge] {
        self.graph.incoming.get(at).map_or(&[], Vec::as_slice)
    }

    fn outgoing(&self, at: usize) -> &'a [Edge] {
        self.graph.outgoing.get(at).map_or(&[], Vec::as_slice)
    }

    fn acts_on(&self, from: usize, to: usize) -> bool {
        self.outgoing(from).iter().any(|e| e.to == to)
    }

    fn words(&self, edge: Edge) -> Vec<Passage> {
        let act = self.node(edge.from).and_then(|n| n.event.act.as_ref());
        act.and_then(|a| a.effects.get(edge.effect)).map(|e| e.passages.clone()).unwrap_or_default()
    }

    /// The first passage of an event.
    fn place(&self, at: usize) -> Option<Passage> {
        self.node(at)?.event.passages.first().cloned()
    }

    fn new_edge(&self, to: usize, effect: EffectKind, because: String, passages: Vec<Passage>) -> Option<Effect> {
        let mut unique: Vec<Passage> = Vec::new();
        for passage in passages {
            if !unique.contains(&passage) {
                unique.push(passage);
            }
        }
        Some(Effect {
            on: Some(self.node(to)?.event.id.clone()),
            effect,
            basis: EdgeBasis::Derived,
            because,
            passages: unique,
        })
    }

    /// The actors of an event with one of these parts.
    fn cast(&self, at: usize, roles: &[Role]) -> BTreeSet<&'a str> {
        let actors = self.node(at).map_or(&[][..], |n| n.event.actors.as_slice());
        actors.iter().filter(|a| roles.contains(&a.role)).map(|a| a.actor.as_str()).collect()
    }

    /// Whom an act is about, by its words or because its document tells of nobody else.
    fn about(&self, at: usize) -> impl Iterator<Item = &'a str> {
        self.node(at).into_iter().flat_map(|n| n.about.all())
    }

    /// True where `a` may lie after `b`.
    fn may_follow(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.graph.bound(a), self.graph.bound(b));
        !matches!((a.latest, b.earliest), (Some(a), Some(b)) if a < b)
    }

    /// True where `a` surely lies after `b`.
    fn surely_after(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.graph.bound(a), self.graph.bound(b));
        matches!((a.earliest, b.latest), (Some(a), Some(b)) if a > b)
    }

    /// True where a text says that a remedy awaits decision, and the act is not surely later than that text.
    fn pending(&self, remedy: usize, act: usize) -> bool {
        let members = self.node(remedy).map_or(&[][..], |n| n.members.as_slice());
        let told = members.iter().filter_map(|t| act_of(self.file, *t)).filter(|(_, _, a)| a.pending.is_some());
        let mut days = told.map(|(_, doc, _)| doc.latest());
        let earliest = self.graph.bound(act).earliest;
        days.any(|day| !matches!((earliest, day), (Some(earliest), Some(day)) if earliest > day))
    }

    /// True where the body of an act is a court.
    fn by_court(&self, at: usize) -> bool {
        let body = self.node(at).and_then(actual).and_then(|a| a.body.as_deref());
        body.and_then(|id| self.people.by_id(id)).is_some_and(|a| a.kind == ActorKind::Court)
    }

    fn sends_back(&self, at: usize) -> bool {
        sends_back(self.node(at))
    }
}

/// True where an act sends a case back to be decided anew.
pub(crate) fn sends_back(node: Option<&Node>) -> bool {
    node.and_then(actual).is_some_and(|a| {
        a.outcomes.contains(&ActClass::Remand) || a.effects.iter().any(|e| e.effect == EffectKind::Remands)
    })
}

/// Who dismisses an appeal leaves standing what the appeal attacked.
fn through_remedies(c: &Context<'_>) -> New {
    let mut new = New::new();
    for (remedy, deciding) in c.graph.incoming.iter().enumerate().filter(|(ix, _)| c.remedy(*ix)) {
        for attack in c.outgoing(remedy).iter().filter(|e| e.kind == EffectKind::Appeals) {
            for edge in deciding {
                let (kind, did) = match edge.kind {
                    EffectKind::Dismisses => (EffectKind::Dismisses, "dismissed"),
                    EffectKind::Grants | EffectKind::Upholds => (EffectKind::Grants, "granted"),
                    _ => continue,
                };
                if edge.from == attack.to || c.acts_on(edge.from, attack.to) {
                    continue;
                }
                let passages = [c.words(*edge), c.words(*attack)].concat();
                let because = format!("the remedy that it {did} attacked this act");
                new.extend(c.new_edge(attack.to, kind, because, passages).map(|e| (edge.from, e)));
            }
        }
    }
    new
}

/// What decides about an act decides the appeal against that act.
fn decided(c: &Context<'_>) -> New {
    let mut new = New::new();
    for incoming in &c.graph.incoming {
        for attack in incoming.iter().filter(|e| e.kind == EffectKind::Appeals && c.remedy(e.from)) {
            // An appeal that was withdrawn is decided by nothing.
            if c.incoming(attack.from).iter().any(|e| e.kind == EffectKind::Revokes) {
                continue;
            }
            let decisions = incoming.iter().filter_map(|e| {
                let kind = match e.kind {
                    EffectKind::Upholds | EffectKind::Dismisses => EffectKind::Dismisses,
                    EffectKind::Annuls | EffectKind::Voids | EffectKind::Varies | EffectKind::Grants => {
                        EffectKind::Grants
                    }
                    _ => return None,
                };
                let after = e.from != attack.from && c.may_follow(e.from, attack.from);
                (after && !c.pending(attack.from, e.from)).then_some((*e, kind))
            });
            for (edge, kind) in decisions {
                if !c.acts_on(edge.from, attack.from) {
                    let because = "it decides about the act that this appeal attacks".to_owned();
                    let passages = [c.words(edge), c.words(*attack)].concat();
                    new.extend(c.new_edge(attack.from, kind, because, passages).map(|e| (edge.from, e)));
                }
                if !c.incoming(edge.from).iter().any(|e| matches!(e.kind, EffectKind::Annuls | EffectKind::Voids)) {
                    // That decision still stands: the appeal is used up, and later decisions are about something else.
                    break;
                }
            }
        }
    }
    new
}

/// A judgment is annulled and the case sent back: what the same forum then decides, it decides about the first decision.
fn again(c: &Context<'_>) -> New {
    let mut by_body: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (ix, node) in c.nodes.nodes.iter().enumerate() {
        if let Some(body) = actual(node).and_then(|a| a.body.as_deref()) {
            for person in c.about(ix) {
                by_body.entry((body, person)).or_default().push(ix);
            }
        }
    }
    let mut new = New::new();
    for (judgment, incoming) in c.graph.incoming.iter().enumerate() {
        let fell = |e: &&Edge| matches!(e.kind, EffectKind::Annuls | EffectKind::Voids) && c.sends_back(e.from);
        for end in incoming.iter().filter(fell) {
            let mut forums = c.cast(end.from, &[Role::Forum]);
            forums.extend(c.node(judgment).and_then(actual).and_then(|a| a.body.as_deref()));
            let first_decisions: Vec<Edge> = c.outgoing(judgment).iter().filter(|e| decides(e.kind)).copied().collect();
            if first_decisions.is_empty() {
                continue;
            }
            let mut candidates: Vec<(usize, bool)> = incoming
                .iter()
                .filter(|e| e.from != end.from && e.kind != EffectKind::Appeals)
                .map(|e| (e.from, true))
                .collect();
            let mut persons: BTreeSet<&str> = c.about(judgment).chain(c.about(end.from)).collect();
            persons.extend(first_decisions.iter().flat_map(|e| c.about(e.to)));
            let keys = forums.iter().flat_map(|f| persons.iter().map(move |p| (*f, *p)));
            for at in keys.filter_map(|key| by_body.get(&key)).flatten() {
                if !candidates.iter().any(|(c, _)| c == at) {
                    candidates.push((*at, false));
                }
            }
            candidates.retain(|(at, named)| {
                *at != judgment
                    && *at != end.from
                    && !c.remedy(*at)
                    && c.may_follow(*at, end.from)
                    && c.node(*at).and_then(actual).and_then(|a| a.body.as_deref()).is_some_and(|b| forums.contains(b))
                    && (*named || same_matter_later(c, *at, judgment, end.from, &persons))
            });
            candidates.sort_by_key(|(at, named)| (!*named, c.graph.bound(*at).earliest, *at));
            let Some((next, _)) = candidates.first().copied() else { continue };
            let classes = c.classes(next);
            let Some(rule) = c.rules.again.iter().find(|r| classes.iter().any(|k| r.classes.contains(k))) else {
                continue;
            };
            for first in first_decisions.iter().filter(|e| e.to != next && !c.acts_on(next, e.to)) {
                let passages = [c.place(next).into_iter().collect(), c.words(*end), c.words(*first)].concat();
                new.extend(c.new_edge(first.to, rule.effect, rule.words.clone(), passages).map(|e| (next, e)));
            }
        }
    }
    new
}

/// True where an act without any link to the judgment is surely later than the annulment, about the same matter and person.
fn same_matter_later(c: &Context<'_>, at: usize, judgment: usize, annulment: usize, persons: &BTreeSet<&str>) -> bool {
    let matter = |ix: usize| c.node(ix).and_then(|n| c.matters.of(&n.event));
    c.surely_after(at, annulment)
        && c.about(at).any(|p| persons.contains(p))
        && matter(at).is_some()
        && matter(at) == matter(judgment)
}

const fn decides(kind: EffectKind) -> bool {
    matches!(
        kind,
        EffectKind::Annuls
            | EffectKind::Voids
            | EffectKind::Upholds
            | EffectKind::Varies
            | EffectKind::Dismisses
            | EffectKind::Grants
    )
}

/// A release ends the custody of the same person that came before it.
fn release(c: &Context<'_>) -> New {
    let custody = |classes: &[ActClass], node: &Node| {
        node.event.act.as_ref().is_some_and(|a| Target::of(classes, a.act_type) == Target::Custody)
    };
    let ending = |classes: &[ActClass], _: &Node| classes.contains(&ActClass::Release);
    let because = "the same person was released; another ground may hold the person";
    let mut new = ends(c, custody, ending, EffectKind::Lifts, because);
    new.extend(one_sentence(c));
    new
}

/// "Was arrested at the border and let go after nine days": a release without a day ends the arrest that is told just before it in the
/// same sentence.
fn one_sentence(c: &Context<'_>) -> New {
    let mut new = New::new();
    for (ix, node) in c.nodes.nodes.iter().enumerate() {
        let [Told::Act(at, release)] = node.members.as_slice() else { continue };
        if node.event.when.is_some() || actual(node).is_none() || !c.classes(ix).contains(&ActClass::Release) {
            continue;
        }
        let Some((doc, found)) = c.file.doc(*at).and_then(|doc| Some((doc, doc.found.acts.get(*release)?))) else {
            continue;
        };
        let sentences = &doc.found.sentences;
        let sentence = sentences.partition_point(|s| s.start <= found.trigger.start).checked_sub(1);
        let Some(sentence) = sentence.and_then(|s| sentences.get(s)) else { continue };
        let before = (0..*release).rev().map_while(|n| doc.found.acts.get(n).map(|a| (n, a)));
        let mut before = before.take_while(|(_, a)| a.trigger.start >= sentence.start);
        let held = before.find(|(_, a)| a.classes.contains(&ActClass::Detain));
        let Some(target) = held.and_then(|(n, _)| c.nodes.of(Told::Act(*at, n))).filter(|t| *t != ix) else { continue };
        let others =
            |a: usize, b: usize| c.about(a).next().is_some_and(|_| !c.about(a).any(|p| c.about(b).any(|q| p == q)));
        if c.node(target).and_then(actual).is_none()
            || c.acts_on(ix, target)
            || others(ix, target) && others(target, ix)
        {
            continue;
        }
        let because = "the release is told in the same sentence; another ground may hold the person".to_owned();
        let passages = [c.place(ix), c.place(target)].into_iter().flatten().collect();
        new.extend(c.new_edge(target, EffectKind::Lifts, because, passages).map(|e| (ix, e)));
    }
    new
}

/// The loss of a status ends the recognition of the same person.
fn loss(c: &Context<'_>) -> New {
    let matter = |node: &Node| c.matters.of(&node.event) == Some("asylum");
    let recognised = |classes: &[ActClass], node: &Node| classes.contains(&ActClass::Recognise) && matter(node);
    let lost = |classes: &[ActClass], node: &Node| classes.contains(&ActClass::Revoke) && matter(node);
    ends(c, recognised, lost, EffectKind::Revokes, "it takes the same person’s status away")
}

/// An acquittal by another court ends the only conviction of the same person that the same document tells before it. A pardon or an
/// amnesty ends the consequences of a conviction and does not annul it.
fn acquittal(c: &Context<'_>) -> New {
    let mut by_person: BTreeMap<(usize, &str), TwoLists> = BTreeMap::new();
    for (ix, node) in c.nodes.nodes.iter().enumerate() {
        let classes = c.classes(ix);
        let (convicts, acquits) = (classes.contains(&ActClass::Convict), classes.contains(&ActClass::Acquit));
        if convicts == acquits {
            continue;
        }
        let docs: BTreeSet<usize> = node.members.iter().map(|t| t.doc()).collect();
        for (doc, person) in docs.iter().flat_map(|doc| c.about(ix).map(|p| (*doc, p))) {
            let lists = by_person.entry((doc, person)).or_default();
            if convicts { lists.0.push(ix) } else { lists.1.push(ix) }
        }
    }
    let mut new = New::new();
    for (convictions, acquittals) in by_person.into_values() {
        let ([conviction], [acquittal]) = (convictions.as_slice(), acquittals.as_slice()) else { continue };
        let (conviction, acquittal) = (*conviction, *acquittal);
        let body = |at: usize| c.node(at).and_then(actual).and_then(|a| a.body.as_deref());
        if c.acts_on(acquittal, conviction)
            || c.acts_on(conviction, acquittal)
            || !c.surely_after(acquittal, conviction)
        {
            continue;
        }
        let (effect, because) = if !c.by_court(acquittal) {
            (EffectKind::Concerns, "a pardon or an amnesty ends the consequences of a conviction; it does not annul it")
        } else if body(acquittal) != body(conviction) && c.by_court(conviction) {
            (EffectKind::Annuls, "another court acquitted the same person later, and no other conviction is told")
        } else {
            continue;
        };
        let passages = [c.place(acquittal), c.place(conviction)].into_iter().flatten().collect();
        new.extend(c.new_edge(conviction, effect, because.to_owned(), passages).map(|e| (acquittal, e)));
    }
    new
}

/// A removal that is told as done carries out the only order to leave that the same person was given before it.
fn carried_out(c: &Context<'_>) -> New {
    let mut by_person: BTreeMap<&str, TwoLists> = BTreeMap::new();
    for (ix, node) in c.nodes.nodes.iter().enumerate() {
        let Some(act) = actual(node).filter(|a| a.outcomes.contains(&ActClass::OrderLeave)) else { continue };
        for person in c.about(ix) {
            let lists = by_person.entry(person).or_default();
            if act.act_type == ActType::Measure { lists.1.push(ix) } else { lists.0.push(ix) }
        }
    }
    let mut new = New::new();
    // A person with more orders than this is a name that many bear.
    for (orders, removals) in by_person.into_values().filter(|(orders, _)| orders.len() <= MOST) {
        for removal in removals {
            let mut before = orders.iter().copied().filter(|order| c.surely_after(removal, *order));
            if let (Some(order), None) = (before.next(), before.next())
                && !c.acts_on(removal, order)
            {
                let because = "the same person was removed after it, and no other order to leave is told".to_owned();
                let passages = [c.place(removal), c.place(order)].into_iter().flatten().collect();
                new.extend(c.new_edge(order, EffectKind::Executes, because, passages).map(|e| (removal, e)));
            }
        }
    }
    new
}

/// For each dated act of the one kind, the first dated act of the other kind that follows it and is about the same person.
fn ends(
    c: &Context<'_>,
    begins: impl Fn(&[ActClass], &Node) -> bool,
    ends: impl Fn(&[ActClass], &Node) -> bool,
    kind: EffectKind,
    because: &str,
) -> New {
    let mut by_person: BTreeMap<&str, (Dated, Dated)> = BTreeMap::new();
    for (ix, node) in c.nodes.nodes.iter().enumerate() {
        let (classes, when) = (c.classes(ix), node.event.when.as_ref());
        let (Some(first), Some(last)) = (when.and_then(When::earliest), when.and_then(When::latest)) else { continue };
        if actual(node).is_none() {
            continue;
        }
        let (begin, end) = (begins(classes, node), ends(classes, node));
        if begin || end {
            for person in c.about(ix) {
                let lists = by_person.entry(person).or_default();
                if begin {
                    lists.0.push((last, ix));
                }
                if end {
                    lists.1.push((first, ix));
                }
            }
        }
    }
    let mut new = New::new();
    for (begun, mut ended) in by_person.into_values() {
        ended.sort_unstable();
        for (day, target) in begun {
            let next = ended.partition_point(|(end, _)| *end < day);
            let later = ended.get(next..).unwrap_or_default().iter().map(|(_, at)| *at).find(|at| *at != target);
            if let Some(at) = later.filter(|at| !c.acts_on(*at, target)) {
                let passages = [c.place(at), c.place(target)].into_iter().flatten().collect();
                new.extend(c.new_edge(target, kind, because.to_owned(), passages).map(|e| (at, e)));
            }
        }
    }
    new
}
