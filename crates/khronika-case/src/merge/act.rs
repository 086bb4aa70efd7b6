//! Takes what several places tell of one act or event together.
//!
//! Two tellings are one act only where nothing in them contradicts: body, date, outcome, object, number, persons. What they must
//! have in common beyond that depends on how sharp it is: a day and a body are enough, a year needs more, no date at all needs more
//! still and only one act that fits. Candidates are looked for in blocks that share a number, a day, a body and a year, a class and
//! a person, so that the work grows with the number of tellings and not with its square.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{ActClass, ActMention, EffectKind, EventStatus, Lang};
use rayon::prelude::*;

use crate::court::Courts;
use crate::event::{act_of, event_of};
use crate::file::{Doc, File};
use crate::merge::actor::People;
use crate::merge::telling::{Agreement, Known, content_words, known, meet};
use crate::merge::union::Sets;
use crate::standing::effects::{EffectRules, is_remedy};

/// A block larger than this tells nothing apart: to look for the one act that fits would be guessing.
pub(super) const BLOCK: usize = 200;

/// One place that tells an act or an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Told {
    /// Document, index into its acts.
    Act(usize, usize),
    /// Document, index into its events.
    Event(usize, usize),
    /// Document, index into [`File::hands`].
    Hand(usize, usize),
}

impl Told {
    /// The document's number.
    pub(crate) const fn doc(self) -> usize {
        match self {
            Self::Act(doc, _) | Self::Event(doc, _) | Self::Hand(doc, _) => doc,
        }
    }
}

/// The places that tell one act or event, the fullest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub(crate) members: Vec<Told>,
    pub(crate) because: Vec<String>,
}

/// Every act and event of the case, each with the places that tell it.
pub(crate) fn groups(file: &File, people: &People, rules: &EffectRules, courts: &Courts) -> Vec<Group> {
    let mut joiner = Joiner::new(file, people, rules, courts);
    joiner.same_as(false);
    joiner.numbers();
    joiner.days();
    joiner.rest();
    joiner.losses();
    joiner.same_as(true);
    joiner.remedies();
    let mut groups = joiner.finish();
    groups.extend(events(file, people));
    let by_hand = file.hands.iter().enumerate().filter(|(_, hand)| hand.is_event());
    groups.extend(by_hand.map(|(ix, hand)| Group { members: vec![Told::Hand(hand.doc, ix)], because: Vec::new() }));
    groups
}

/// What a set of tellings acts on, and how.
pub(super) type Reach = BTreeSet<(EffectKind, usize)>;

pub(super) struct Joiner<'a> {
    file: &'a File,
    rules: &'a EffectRules,
    pub(super) told: Vec<Told>,
    index: BTreeMap<Told, usize>,
    /// What is known of each set, at the set's name; `None` for members that joined another.
    pub(super) known: Vec<Option<Known>>,
    /// By set: what its tellings act on, as tellings; see [`Joiner::reach`].
    targets: Vec<Reach>,
    pub(super) sets: Sets,
    /// How often each document tells of an act of each class.
    tellings: BTreeMap<(usize, ActClass), usize>,
}

impl<'a> Joiner<'a> {
    fn new(file: &'a File, people: &'a People, rules: &'a EffectRules, courts: &Courts) -> Self {
        let of_doc = |(at, doc): (usize, &Doc)| (0..doc.found.acts.len()).map(move |ix| Told::Act(at, ix));
        let told: Vec<Told> = file.docs.iter().enumerate().flat_map(of_doc).collect();
        let all: Vec<_> = told.par_iter().map(|told| known(file, people, courts, *told)).collect();
        let index: BTreeMap<Told, usize> = told.iter().enumerate().map(|(n, t)| (*t, n)).collect();
        let targets = told
            .iter()
            .map(|t| {
                let Some((at, _, act)) = act_of(file, *t) else { return Reach::new() };
                let target = |ix| index.get(&Told::Act(at, ix)).copied();
                act.effects.iter().filter_map(|e| Some((e.effect, target(e.target?)?))).collect()
            })
            .collect();
        let n = told.len();
        let mut tellings: BTreeMap<(usize, ActClass), usize> = BTreeMap::new();
        for known in all.iter().flatten().filter(|k: &&Known| k.status == EventStatus::Actual) {
            for key in known.docs.iter().flat_map(|d| known.classes.iter().map(|c| (*d, *c))) {
                *tellings.entry(key).or_default() += 1;
            }
        }
        Self { tellings, file, rules, told, index, known: all, targets, sets: Sets::new(n) }
    }

    /// What two sets have in common; `None` where they cannot be one act.
    pub(super) fn agreement(&mut self, a: usize, b: usize) -> Option<Agreement> {
        let (a, b) = (self.sets.of(a), self.sets.of(b));
        if a == b {
            return None;
        }
        let mut found = Agreement::between(self.known.get(a)?.as_ref()?, self.known.get(b)?.as_ref()?, self.rules)?;
        // An act is not the act that it acts on.
        self.settle(a);
        self.settle(b);
        let (from_a, from_b) = (self.targets.get(a)?, self.targets.get(b)?);
        if from_a.iter().any(|(_, t)| *t == b) || from_b.iter().any(|(_, t)| *t == a) {
            return None;
        }
        found.target = meet(from_a, from_b);
        if self.answered_by_what_it_attacks(a, b) || self.answered_by_what_it_attacks(b, a) {
            return None;
        }
        Some(found)
    }

    /// True where `remedy` attacks a decision that answered `other`: an appeal against a judgment is not the one that it dismissed.
    fn answered_by_what_it_attacks(&mut self, remedy: usize, other: usize) -> bool {
        if !self.known.get(remedy).and_then(Option::as_ref).is_some_and(Known::remedy) {
            return false;
        }
        let attacked: Vec<usize> =
            self.reach(remedy).into_iter().filter(|(kind, _)| *kind == EffectKind::Appeals).map(|(_, t)| t).collect();
        attacked.into_iter().any(|t| self.reach(t).iter().any(|(_, answered)| *answered == other))
    }

    /// The sets that a set acts on. They are remembered under the names that they have by now, so that ten thousand tellings of one act
    /// on one other act are one entry, and not looked through again and again.
    pub(super) fn reach(&mut self, set: usize) -> Reach {
        self.settle(set);
        self.targets.get(set).cloned().unwrap_or_default()
    }

    /// Puts the names that the sets have by now in place of those that what a set acts on is remembered under.
    fn settle(&mut self, set: usize) {
        let Some(targets) = self.targets.get_mut(set) else { return };
        if targets.iter().any(|(_, t)| self.sets.of(*t) != *t) {
            *targets = std::mem::take(targets).into_iter().map(|(kind, t)| (kind, self.sets.of(t))).collect();
        }
    }

    pub(super) fn join(&mut self, a: usize, b: usize, why: String) {
        let (x, y) = (self.sets.of(a), self.sets.of(b));
        if !self.sets.join(x, y, why) {
            return;
        }
        let (low, high) = (x.min(y), x.max(y));
        let other = self.known.get_mut(high).and_then(Option::take);
        if let (Some(Some(mine)), Some(other)) = (self.known.get_mut(low), other) {
            mine.take(&other);
        }
        let moved = self.targets.get_mut(high).map(std::mem::take).unwrap_or_default();
        if let Some(targets) = self.targets.get_mut(low) {
            // An act that acts on so many others is told apart by none of them, and looking through all would be the square.
            let room = BLOCK.saturating_sub(targets.len());
            targets.extend(moved.into_iter().take(room));
        }
    }

    pub(super) fn join_for(&mut self, a: usize, b: usize, agreement: &Agreement) {
        let (x, y) = (self.sets.of(a), self.sets.of(b));
        if let (Some(Some(first)), Some(Some(second))) = (self.known.get(x), self.known.get(y)) {
            let why =
                format!("“{}” and “{}” tell one act: {}", first.words, second.words, agreement.words(first, second));
            self.join(x, y, why);
        }
    }

    /// Where the finder of a document says that two of its passages mean one act, and nothing contradicts.
    ///
    /// Remedies come last: which one is meant shows when the decisions that they attack are known.
    fn same_as(&mut self, remedies: bool) {
        for n in 0..self.told.len() {
            let Some((at, doc, act)) = self.told.get(n).and_then(|t| act_of(self.file, *t)) else { continue };
            let Some((of, why)) = act.same_as.as_ref().filter(|_| is_remedy(&act.classes, act.act_type) == remedies)
            else {
                continue;
            };
            let Some(other) = self.index.get(&Told::Act(at, *of)).copied() else { continue };
            let (x, y) = (self.sets.of(n), self.sets.of(other));
            if let (Some(Some(a)), Some(Some(b))) = (self.known.get(x), self.known.get(y)) {
                let dates = a.days.iter().all(|d| b.days.iter().all(|e| d.may_equal(e)));
                // Parts of one decision may do contrary things to different objects.
                let parts = act.own && act_of(self.file, Told::Act(at, *of)).is_some_and(|(_, _, a)| a.own);
                let contrary = a.status != b.status || !parts && self.rules.contrary(&a.classes, &b.classes);
                if dates && !contrary && self.agreement_of_targets(x, y) {
                    self.join(x, y, format!("“{}”: {why}", doc.line(act.span, 60)));
                }
            }
        }
    }

    /// False where one of two sets acts on the other.
    fn agreement_of_targets(&mut self, a: usize, b: usize) -> bool {
        for (from, to) in [(a, b), (b, a)] {
            self.settle(from);
            let acts = self.targets.get(from).is_some_and(|targets| targets.iter().any(|(_, target)| *target == to));
            if acts || self.answered_by_what_it_attacks(from, to) {
                return false;
            }
        }
        true
    }

    fn blocks<K: Ord>(&mut self, keys: impl Fn(&Known) -> Vec<K>) -> BTreeMap<K, Vec<usize>> {
        let mut blocks: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for (set, known) in self.known.iter().enumerate() {
            for key in known.iter().flat_map(&keys) {
                let block = blocks.entry(key).or_default();
                if block.last() != Some(&set) {
                    block.push(set);
                }
            }
        }
        blocks.retain(|_, b| b.len() > 1);
        blocks
    }

    /// The same docket number and one thing more: a number names a case, in which there may be several acts.
    fn numbers(&mut self) {
        for (_, block) in self.blocks(|k| k.dockets.iter().cloned().collect()) {
            self.chain(&block, |a| a.docket && a.count() >= 2);
        }
    }

    /// The same day and one thing more that names the act.
    fn days(&mut self) {
        let day = |k: &Known| k.exact().and_then(|e| e.as_day());
        for (_, block) in self.blocks(|k| day(k).zip(k.body).into_iter().collect()) {
            self.chain(&block, |a| a.day && a.body);
        }
        let keys = |k: &Known| {
            let classes = k.classes.iter().filter(|c| **c != ActClass::Decide);
            day(k).map(|d| classes.map(|c| (d, *c)).collect()).unwrap_or_default()
        };
        for (_, block) in self.blocks(keys) {
            self.chain(&block, |a| a.day && a.class && (a.body || a.person || a.object || a.target));
        }
    }

    /// Joins each of a block with the first set that it agrees with.
    fn chain(&mut self, block: &[usize], enough: impl Fn(&Agreement) -> bool) {
        let mut heads: Vec<usize> = Vec::new();
        // The names of the heads' sets. A set that took another name never takes its old one back.
        let mut names: BTreeSet<usize> = BTreeSet::new();
        for set in block {
            let mut joined = false;
            for place in (heads.len().saturating_sub(BLOCK)..heads.len()).rev() {
                let Some(head) = heads.get(place).copied() else { break };
                if let Some(agreement) = self.agreement(head, *set)
                    && enough(&agreement)
                {
                    self.join_for(head, *set, &agreement);
                    names.insert(self.sets.of(head));
                    joined = true;
                    break;
                }
            }
            if !joined && names.insert(self.sets.of(*set)) {
                heads.push(*set);
            }
        }
    }

    /// Tellings with a wider date or none: each goes to the one act that it fits.
    fn rest(&mut self) {
        // The sharper date first, so that a vague telling meets acts that are whole.
        let mut order: Vec<usize> =
            (0..self.told.len()).filter(|ix| self.known.get(*ix).is_some_and(Option::is_some)).collect();
        let vague = |k: &Known| {
            let days = k.days.iter().filter_map(|d| match d.bounds() {
                (Some(a), Some(b)) => a.until(b).ok().map(|s| s.get_days()),
                _ => Some(i32::MAX - 1),
            });
            (days.min().unwrap_or(i32::MAX), k.referred)
        };
        order.sort_by_key(|ix| (self.known.get(*ix).and_then(Option::as_ref).map(vague), *ix));
        let blocks = self.vague_blocks();
        for set in order {
            if self.sets.of(set) != set {
                continue;
            }
            let targets = self.reach(set);
            let Some(Some(mine)) = self.known.get(set) else { continue };
            if mine.exact().is_some() {
                // A telling with a day of its own is met by the vague ones, and looks for none itself.
                continue;
            }
            let mut candidates: BTreeSet<usize> = BTreeSet::new();
            for block in keys(mine, &targets).iter().filter_map(|k| blocks.get(k)) {
                if block.len() <= BLOCK {
                    candidates.extend(block);
                }
            }
            let mut fits: BTreeMap<usize, Agreement> = BTreeMap::new();
            for other in candidates {
                let other = self.sets.of(other);
                if other == set || fits.contains_key(&other) {
                    continue;
                }
                if let Some(agreement) = self.agreement(set, other)
                    && self.enough(set, other, &agreement)
                {
                    fits.insert(other, agreement);
                }
            }
            // Of several, the only one of the same document: "the 1906 ruling" is the one that this document speaks of.
            let here = self.known.get(set).and_then(Option::as_ref).map(|k| k.docs.clone()).unwrap_or_default();
            let own = |known: &Option<Known>| known.as_ref().is_some_and(|k| !k.docs.is_disjoint(&here));
            if fits.keys().filter(|other| self.known.get(**other).is_some_and(own)).count() == 1 {
                fits.retain(|other, _| self.known.get(*other).is_some_and(own));
            }
            // Of several, the only one whose day is known: "December 1894" in two papers is the 22 December of a third.
            let day = |known: &Option<Known>| known.as_ref().is_some_and(|k| k.exact().is_some());
            if fits.len() > 1 && fits.keys().filter(|other| self.known.get(**other).is_some_and(day)).count() == 1 {
                fits.retain(|other, _| self.known.get(*other).is_some_and(day));
            }
            if let Some((other, agreement)) = fits.pop_first()
                && fits.is_empty()
            {
                self.join_for(other, set, &agreement);
            }
        }
    }

    /// Whether what two sets have in common is enough without a day.
    fn enough(&self, a: usize, b: usize, found: &Agreement) -> bool {
        let (Some(Some(a)), Some(Some(b))) = (self.known.get(a), self.known.get(b)) else { return false };
        let referred = a.referred || b.referred;
        let one_document = !a.docs.is_disjoint(&b.docs);
        let count = found.count();
        if found.date {
            return if referred {
                found.body || found.class && (found.person || found.object || found.target)
            } else if one_document {
                found.body && found.class && (found.person || found.object || found.target)
            } else {
                count >= 3 && (found.body || found.target)
            };
        }
        let named = found.class || !(a.decided() && b.decided()) && referred && found.target;
        if referred {
            named && count >= 3
        } else if one_document {
            // "It was found that he was convicted wrongly": what befalls a person once, told without day and body beside the full telling.
            let once = |k: &Known| {
                k.classes.iter().any(|c| {
                    matches!(c, ActClass::Convict | ActClass::Acquit | ActClass::Extradite | ActClass::Recognise)
                        && a.docs.intersection(&b.docs).all(|d| self.tellings.get(&(*d, *c)).is_none_or(|n| *n <= 2))
                })
            };
            let bare = |k: &Known| k.days.is_empty() && k.body.is_none();
            found.class && found.object && count >= 4
                || found.class && found.person && once(a) && once(b) && (bare(a) != bare(b))
        } else {
            found.class && count >= 3 && (found.body || found.object || found.target)
        }
    }

    fn vague_blocks(&mut self) -> BTreeMap<Key, Vec<usize>> {
        let mut blocks: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for set in 0..self.known.len() {
            let targets = self.reach(set);
            let Some(Some(known)) = self.known.get(set) else { continue };
            for key in keys(known, &targets) {
                let block = blocks.entry(key).or_default();
                if block.last() != Some(&set) {
                    block.push(set);
                }
            }
        }
        blocks
    }

    fn finish(self) -> Vec<Group> {
        let Self { file, told, sets, .. } = self;
        let fullness = |told: &Told| {
            let act = act_of(file, *told).map(|(_, _, act)| act);
            let exact = act_of(file, *told).is_some_and(|(_, doc, act)| {
                act.dates
                    .act
                    .or(act.dates.reading)
                    .and_then(|ix| doc.when(ix))
                    .is_some_and(|w| w.edtf.as_day().is_some())
            });
            let told_here = act.is_some_and(|a| a.mention == ActMention::Told);
            let outcome = act.is_some_and(|a| a.classes.iter().any(|c| *c != ActClass::Decide));
            (!outcome, !told_here, !exact, *told)
        };
        sets.finish()
            .into_iter()
            .map(|(members, because)| {
                let mut members: Vec<Told> = members.iter().filter_map(|m| told.get(*m)).copied().collect();
                members.sort_by_key(fullness);
                Group { members, because }
            })
            .collect()
    }
}

/// What tellings of one act have in common where they have no day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    BodyYear(usize, i16),
    BodyClass(usize, ActClass),
    ClassPerson(ActClass, usize),
    Target(EffectKind, usize),
}

fn keys(known: &Known, targets: &Reach) -> Vec<Key> {
    let mut keys = Vec::new();
    if let Some(body) = known.body {
        for day in &known.days {
            if let (Some(first), Some(last)) = day.bounds()
                && last.year() - first.year() <= 3
            {
                keys.extend((first.year()..=last.year()).map(|y| Key::BodyYear(body, y)));
            }
        }
        keys.extend(known.classes.iter().filter(|c| **c != ActClass::Decide).map(|c| Key::BodyClass(body, *c)));
    }
    for class in known.classes.iter().filter(|c| **c != ActClass::Decide) {
        keys.extend(known.persons.iter().map(|p| Key::ClassPerson(*class, *p)));
    }
    keys.extend(targets.iter().map(|(kind, target)| Key::Target(*kind, *target)));
    keys
}

/// Other dated events: one day, a participant in common, and most words the same, told in two documents.
fn events(file: &File, people: &People) -> Vec<Group> {
    let mut told = Vec::new();
    let mut blocks: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, doc) in file.docs.iter().enumerate() {
        for (ix, event) in doc.found.events.iter().enumerate() {
            if let Some(day) = doc.when(event.date).and_then(|w| w.edtf.as_day())
                && event.status == EventStatus::Actual
            {
                for p in &event.participants {
                    if let Some(actor) = people.of_mention(at, doc, p.mention) {
                        let block = blocks.entry((day, actor)).or_default();
                        if block.last() != Some(&told.len()) {
                            block.push(told.len());
                        }
                    }
                }
            }
            told.push(Told::Event(at, ix));
        }
    }
    let words = |n: usize| {
        let found = told.get(n).and_then(|t| event_of(file, *t));
        found.map_or_else(
            || (Lang::UND, BTreeSet::new()),
            |(_, doc, e)| (doc.lang_at(e.span), content_words(doc, e.span)),
        )
    };
    let mut sets = Sets::new(told.len());
    for ((day, actor), block) in blocks {
        let name = people.actors.get(actor).map_or("?", |a| a.name.as_str());
        let mut heads: Vec<usize> = Vec::new();
        for n in block {
            let (lang, mine) = words(n);
            let same = heads.iter().rev().take(BLOCK).copied().find(|head| {
                let (other_lang, other) = words(*head);
                let shared = mine.intersection(&other).count();
                let all = mine.union(&other).count();
                let documents = told.get(n).map(|t| t.doc()) != told.get(*head).map(|t| t.doc());
                documents && lang == other_lang && all > 0 && shared * 5 >= all * 3
            });
            match same {
                Some(head) => {
                    sets.join(head, n, format!("two documents tell it of {day} and {name} in nearly the same words"));
                }
                None => heads.push(n),
            }
        }
    }
    sets.finish()
        .into_iter()
        .map(|(members, because)| Group {
            members: members.iter().filter_map(|m| told.get(*m)).copied().collect(),
            because,
        })
        .collect()
}
