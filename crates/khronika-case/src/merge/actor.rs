//! Takes the people and bodies of several documents together.
//!
//! Two full names are one actor only where they are the same name: but for case and accents, in another spelling or script, or in
//! another grammatical case. A shorter name (a surname, initials, an acronym) goes to the one actor of the case that it fits; where
//! it fits two it stays alone. Every joining leaves a sentence that says why.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{
    Actor, ActorIx, ActorKind, ActorName, Judgment, LocalActor, MentionIx, NameRelation, Passage, stable_id,
};
use rayon::prelude::*;

use crate::court::{At, Courts};
use crate::file::{Doc, File};
use crate::merge::name::{NameRules, fold};
use crate::merge::people_judged;
use crate::merge::union::Sets;

/// More ways of naming a body of one kind at one place are not compared: in such a file they are as many bodies.
const WAYS: usize = 48;

/// The actors of the case, and which actor each actor of a document is.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(crate) actors: Vec<Actor>,
    /// Document → actor of that document → index into `actors`.
    of: Vec<Vec<usize>>,
    index: BTreeMap<String, usize>,
    /// By the number of its entry: whether what somebody said of actors was applied.
    judged: BTreeMap<u64, bool>,
}

impl People {
    /// Makes the actors of the case out of the actors of the documents, as people said that they are.
    pub(crate) fn judged(file: &mut File, rules: &NameRules, courts: &Courts, judgments: &[Judgment]) -> Self {
        // What is cut off within a document is then compared with all others.
        if people_judged::may_cut(judgments) {
            people_judged::cut(file, &Self::new(file, rules, courts, &[]), judgments);
        }
        Self::new(file, rules, courts, judgments)
    }

    /// Whether what somebody said of actors was applied, and the ids of the actors that it speaks of.
    pub(crate) fn said(&self, judgment: &Judgment) -> (bool, Vec<String>) {
        let mut seen = BTreeSet::new();
        let named = judgment.about.iter().enumerate().filter_map(|(n, id)| {
            let known = self.index.get(id).and_then(|ix| self.id(*ix));
            known.or_else(|| self.called(judgment.titles.get(n)?))
        });
        let parts = judgment.names.iter().filter_map(|name| self.called(name));
        let ids = named.chain(parts).filter(|id| seen.insert(*id)).map(str::to_owned);
        (self.judged.get(&judgment.number).copied().unwrap_or(false), ids.collect())
    }

    /// Makes the actors of the case out of the actors of the documents.
    fn new(file: &File, rules: &NameRules, courts: &Courts, judgments: &[Judgment]) -> Self {
        let locals = locals(file, rules);
        let mut joiner = Joiner { sets: Sets::new(locals.len()), locals: &locals, rules, courts };
        joiner.known();
        joiner.kinds();
        joiner.same_names();
        joiner.cases();
        joiner.shorter();
        joiner.acronyms();
        let sets = joiner.sets.finish();
        let mut made: Vec<(Actor, Vec<usize>)> = sets
            .into_iter()
            .filter_map(|(members, because)| actor(file, &locals, rules, courts, members, because))
            .collect();
        tell_apart(file, &locals, &mut made);
        let name = |member: usize| locals.get(member).map(|local| local.name.clone()).unwrap_or_default();
        let make = |members, because| actor(file, &locals, rules, courts, members, because);
        let judged = people_judged::apply(&mut made, judgments, &name, &make);
        if !judged.is_empty() {
            tell_apart(file, &locals, &mut made);
        }
        let place = |actor: &Actor| actor.mentions.first().map(|m| (file.number(&m.source), m.span));
        made.sort_by(|(a, _), (b, _)| {
            (place(a).is_none(), place(a), &a.id).cmp(&(place(b).is_none(), place(b), &b.id))
        });
        let mut people = Self {
            of: file.docs.iter().map(|d| vec![usize::MAX; d.found.actors.len()]).collect(),
            judged,
            ..Self::default()
        };
        for (actor, members) in made {
            for local in members.iter().filter_map(|m| locals.get(*m)) {
                if let Some(slot) = people.of.get_mut(local.doc).and_then(|of| of.get_mut(local.ix)) {
                    *slot = people.actors.len();
                }
            }
            people.index.insert(actor.id.clone(), people.actors.len());
            people.actors.push(actor);
        }
        people
    }

    /// The actor of the case that an actor of a document is.
    pub(crate) fn of(&self, doc: usize, actor: ActorIx) -> Option<usize> {
        self.of.get(doc)?.get(actor).copied().filter(|a| *a < self.actors.len())
    }

    /// The actor of the case that a mention in a document names.
    pub(crate) fn of_mention(&self, at: usize, doc: &Doc, mention: MentionIx) -> Option<usize> {
        self.of(at, doc.actor_of(mention)?)
    }

    /// The id of the one actor of the case that has this name in any of its forms.
    pub(crate) fn called(&self, name: &str) -> Option<&str> {
        let name = fold(name);
        let mut fits = self
            .actors
            .iter()
            .filter(|actor| fold(&actor.name) == name || actor.names.iter().any(|form| fold(&form.text) == name));
        let one = fits.next().filter(|_| fits.next().is_none())?;
        Some(&one.id)
    }

    /// The actor with this id.
    pub(crate) fn by_id(&self, id: &str) -> Option<&Actor> {
        self.index.get(id).and_then(|ix| self.actors.get(*ix))
    }

    /// The id of an actor.
    pub(crate) fn id(&self, actor: usize) -> Option<&str> {
        self.actors.get(actor).map(|a| a.id.as_str())
    }

    /// The id of the actor that a mention in a document names.
    pub(crate) fn id_of_mention(&self, at: usize, doc: &Doc, mention: MentionIx) -> Option<String> {
        self.id(self.of_mention(at, doc, mention)?).map(str::to_owned)
    }
}

/// An actor of a document, prepared for comparison.
struct Local<'a> {
    doc: usize,
    ix: ActorIx,
    actor: &'a LocalActor,
    /// The name, folded.
    name: String,
    /// Its skeletons, the words of each in order of the alphabet, since "Surname Given" and "Given Surname" are one name.
    skeletons: BTreeSet<String>,
    /// Where it is named.
    mentions: Vec<Passage>,
    /// Every other full form, folded.
    forms: BTreeSet<String>,
}

impl Local<'_> {
    fn words(&self) -> usize {
        self.name.split(' ').count()
    }

    fn person(&self) -> bool {
        matches!(self.actor.kind, ActorKind::Person | ActorKind::Unknown)
    }

    fn full(&self) -> bool {
        self.words() >= 2 && !self.name.split(' ').any(|w| w.chars().count() == 1)
    }
}

fn locals<'a>(file: &'a File, rules: &NameRules) -> Vec<Local<'a>> {
    let mut all = Vec::new();
    // The same names come again and again.
    let names: BTreeSet<&str> =
        file.docs.iter().flat_map(|doc| &doc.found.actors).map(|actor| actor.name.as_str()).collect();
    let sorted = |s: String| {
        let mut words: Vec<&str> = s.split(' ').collect();
        words.sort_unstable();
        words.join(" ")
    };
    let known: BTreeMap<&str, BTreeSet<String>> =
        names.into_par_iter().map(|name| (name, rules.skeletons(name).into_iter().map(sorted).collect())).collect();
    for (at, doc) in file.docs.iter().enumerate() {
        let first = all.len();
        for (ix, actor) in doc.found.actors.iter().enumerate() {
            let name = fold(&actor.name);
            let skeletons = known.get(actor.name.as_str()).cloned().unwrap_or_default();
            let fuller = |r: &NameRelation| {
                use NameRelation::{Acronym, Misspelling, Short, Titled};
                !matches!(r, Short | Acronym | Misspelling | Titled)
            };
            let forms = actor.forms.iter().filter(|(_, r)| fuller(r)).map(|(text, _)| fold(text)).collect();
            all.push(Local { doc: at, ix, actor, name, skeletons, mentions: Vec::new(), forms });
        }
        for hand in file.hands_in(at) {
            if let Some(local) = hand.actor.and_then(|ix| all.get_mut(first + ix)) {
                local.mentions.push(doc.passage(hand.span));
            }
        }
        for mention in &doc.found.mentions {
            if let Some(local) = all.get_mut(first + mention.actor).filter(|l: &&mut Local<'_>| l.doc == at) {
                local.mentions.push(doc.passage(mention.span));
            }
        }
    }
    all
}

struct Joiner<'a> {
    sets: Sets,
    locals: &'a [Local<'a>],
    rules: &'a NameRules,
    courts: &'a Courts,
}

impl<'a> Joiner<'a> {
    /// Members that share a key, by key.
    fn blocks(&self, keys: impl Fn(&'a Local<'a>) -> Vec<String>) -> BTreeMap<String, Vec<usize>> {
        let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (ix, local) in self.locals.iter().enumerate() {
            for key in keys(local) {
                let block = blocks.entry(key).or_default();
                if block.last() != Some(&ix) {
                    block.push(ix);
                }
            }
        }
        blocks.retain(|_, block| block.len() > 1);
        blocks
    }

    fn local(&self, ix: usize) -> Option<&'a Local<'a>> {
        self.locals.get(ix)
    }

    /// Two actors that can be one: not two rows of the court lexicon, not a person and a body.
    fn may(&self, a: usize, b: usize) -> bool {
        let (Some(a), Some(b)) = (self.local(a), self.local(b)) else { return false };
        let rows = match (&a.actor.known_as, &b.actor.known_as) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        let kinds = match (a.actor.kind, b.actor.kind) {
            (ActorKind::Unknown, _) | (_, ActorKind::Unknown) => true,
            (ActorKind::Person, other) | (other, ActorKind::Person) => other == ActorKind::Person,
            (ActorKind::State | ActorKind::Place, other) | (other, ActorKind::State | ActorKind::Place) => {
                matches!(other, ActorKind::State | ActorKind::Place)
            }
            _ => true,
        };
        rows && kinds && (a.doc == b.doc || !self.bare(a) && !self.bare(b))
    }

    /// "The prefect", "the district court": in two documents these may be two.
    fn bare(&self, local: &Local<'_>) -> bool {
        local.actor.known_as.as_ref().is_some_and(|row| self.courts.bare(row, &local.actor.name))
    }

    /// The same row of the court and authority lexicon, where the row names one body.
    fn known(&mut self) {
        let courts = self.courts;
        let one = |l: &'a Local<'a>| l.actor.known_as.iter().filter(|row| !courts.generic(row)).cloned().collect();
        for (row, block) in self.blocks(one) {
            self.chain(&block, |_, _| format!("both are the body “{row}” of the list of courts and authorities"));
        }
    }

    /// One kind of court or authority at one place, named in two ways: "conseil de guerre de Rennes", "court-martial at Rennes". A name
    /// that says less ("Paris court-martial") goes with one that says more ("premier conseil de guerre de Paris") where no name
    /// in the file says something else of a body of that kind and place.
    fn kinds(&mut self) {
        let at = |l: &'a Local<'a>| self.courts.at(&l.actor.made_by, &l.actor.name);
        let start = |w: &String| self.rules.skeletons(w).first().map(|s| s.chars().take(3).collect::<String>());
        let key = |l: &'a Local<'a>| {
            let words = at(l)?.place;
            Some(format!("{} {}", l.actor.made_by, words.iter().filter_map(start).collect::<Vec<_>>().join(" ")))
        };
        for block in self.blocks(|l| key(l).into_iter().collect()).into_values() {
            // The same words come in many documents: what is compared is each way of naming the body, once.
            let mut ways: BTreeMap<At, Vec<usize>> = BTreeMap::new();
            for ix in block {
                if let Some(at) = self.local(ix).and_then(at) {
                    ways.entry(at).or_default().push(ix);
                }
            }
            if ways.len() <= WAYS {
                self.ways(&ways);
            }
        }
    }

    /// Joins the bodies of one kind whose names agree.
    fn ways(&mut self, ways: &BTreeMap<At, Vec<usize>>) {
        let here = |a: &At, b: &At| {
            a.place.len() == b.place.len() && a.place.iter().zip(&b.place).all(|(a, b)| self.rules.is_same_place(a, b))
        };
        let clear = |way: &At| {
            let near: Vec<&At> = ways.keys().filter(|other| here(way, other)).collect();
            near.iter().all(|a| near.iter().all(|b| a.agrees(b)))
        };
        let mut heads: Vec<(&At, usize)> = Vec::new();
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (way, members) in ways {
            let clear = clear(way);
            for ix in members {
                let same = |(head, first): &&(&At, usize)| {
                    let agree = head.besides == way.besides || clear && head.agrees(way);
                    here(head, way) && agree && self.may(*first, *ix)
                };
                match heads.iter().find(same) {
                    Some((_, first)) => pairs.push((*first, *ix)),
                    None => heads.push((way, *ix)),
                }
            }
        }
        for (first, ix) in pairs {
            if let (Some(a), Some(b)) = (self.local(first), self.local(ix)) {
                let (a, b) = (&a.actor.name, &b.actor.name);
                let why = format!("“{a}” and “{b}” name one kind of court or authority and the same place");
                self.sets.join(first, ix, why);
            }
        }
    }

    /// The same name but for case and accents, then in another spelling or script.
    fn same_names(&mut self) {
        for (_, block) in self.blocks(|l| if l.name.is_empty() { Vec::new() } else { vec![l.name.clone()] }) {
            self.chain(&block, |a, b| {
                if a.actor.name == b.actor.name {
                    format!("the same name, “{}”, stands in several places", a.actor.name)
                } else {
                    format!(
                        "“{}” and “{}” are the same name but for case, accents or marks",
                        a.actor.name, b.actor.name
                    )
                }
            });
        }
        let alike = |l: &'a Local<'a>| {
            let long = |s: &&String| s.split(' ').all(|w| w.chars().count() >= 2) && s.chars().count() >= 6;
            if l.full() { l.skeletons.iter().filter(long).cloned().collect() } else { Vec::new() }
        };
        for (_, block) in self.blocks(alike) {
            self.chain(&block, |a, b| {
                format!("“{}” and “{}” are spellings of the same name", a.actor.name, b.actor.name)
            });
        }
        // A document may itself say that two names are one: a form of the one is the name of the other.
        let own = |l: &'a Local<'a>| {
            let mut keys: Vec<String> = l.forms.iter().filter(|f| f.contains(' ')).cloned().collect();
            if l.full() && !keys.contains(&l.name) {
                keys.push(l.name.clone());
            }
            keys
        };
        for (name, block) in self.blocks(own) {
            let named: Vec<usize> =
                block.iter().copied().filter(|ix| self.local(*ix).is_some_and(|l| l.name == name)).collect();
            if let Some(first) = named.first().copied() {
                for other in block {
                    if other != first && self.may(first, other) {
                        let (Some(a), Some(b)) = (self.local(first), self.local(other)) else { continue };
                        let why = format!("one document gives “{}” as a form of “{}”", a.actor.name, b.actor.name);
                        self.sets.join(first, other, why);
                    }
                }
            }
        }
    }

    /// Joins those of a block that can be one, each with the first that it can be one with.
    fn chain(&mut self, block: &[usize], why: impl Fn(&Local<'_>, &Local<'_>) -> String) {
        let mut heads: Vec<usize> = Vec::new();
        for ix in block {
            match heads.iter().copied().find(|head| self.may(*head, *ix)) {
                Some(head) => {
                    if let (Some(a), Some(b)) = (self.local(head), self.local(*ix)) {
                        self.sets.join(head, *ix, why(a, b));
                    }
                }
                None => heads.push(*ix),
            }
        }
    }

    /// Full names of persons in another grammatical case.
    fn cases(&mut self) {
        let key = |l: &'a Local<'a>| {
            let cyrillic = l.name.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c));
            let start = |w: &str| w.chars().take(3).collect::<String>();
            if l.person() && l.full() && cyrillic {
                vec![l.name.split(' ').map(start).collect::<Vec<_>>().join(" ")]
            } else {
                Vec::new()
            }
        };
        for (_, block) in self.blocks(key) {
            let names: BTreeMap<&str, usize> =
                block.iter().rev().filter_map(|ix| Some((self.local(*ix)?.name.as_str(), *ix))).collect();
            for (form, ix) in &names {
                let fits = |name: &&str| self.rules.is_case_of(form, name) && !self.rules.may_be_a_woman(form);
                let nominatives: Vec<&str> = names.keys().copied().filter(fits).collect();
                if let [nominative] = nominatives.as_slice()
                    && let Some(other) = names.get(nominative)
                    && self.may(*ix, *other)
                    && let (Some(a), Some(b)) = (self.local(*ix), self.local(*other))
                {
                    let why = format!("“{}” is “{}” in another grammatical case", a.actor.name, b.actor.name);
                    self.sets.join(*ix, *other, why);
                }
            }
        }
    }

    /// Persons named by surname alone, by initials, or without the patronymic: each goes to the one full name that it fits.
    fn shorter(&mut self) {
        // One of each name: the others have been joined with it.
        let mut firsts: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        for (ix, local) in self.locals.iter().enumerate().filter(|(_, l)| l.person() && !l.name.is_empty()) {
            firsts.entry((self.sets.of(ix), &local.name)).or_insert(ix);
        }
        let mut by_word: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut order: Vec<usize> = firsts.into_values().collect();
        for ix in &order {
            let Some(local) = self.local(*ix).filter(|l| l.full()) else { continue };
            let words: Vec<&str> = local.name.split(' ').collect();
            // A surname stands last, or first in "Surname Given Patronymic".
            let surnames = words.last().into_iter().chain(words.first().filter(|_| words.len() >= 3));
            for word in surnames.flat_map(|w| self.rules.skeletons(w)) {
                by_word.entry(word).or_default().insert(*ix);
            }
        }
        // Two names before one, so that "Ivan Petrov" has found "Ivan Ilyich Petrov" before "Petrov" looks for either.
        order.sort_by_key(|ix| self.local(*ix).map(|l| (std::cmp::Reverse(l.words()), *ix)));
        for ix in order {
            let Some(local) = self.local(ix).filter(|l| l.person() && l.words() <= 3 && !l.name.is_empty()) else {
                continue;
            };
            let mut fits: BTreeMap<usize, usize> = BTreeMap::new();
            let mut asked: BTreeSet<usize> = BTreeSet::new();
            for word in self.long_words(local) {
                asked.extend(by_word.get(&word).into_iter().flatten());
            }
            for other in asked {
                let longer = self.local(other).filter(|o| o.words() > local.words() || !local.full());
                if other != ix && longer.is_some_and(|o| self.fits(local, o)) && self.may(ix, other) {
                    fits.entry(self.sets.of(other)).or_insert(other);
                }
            }
            fits.remove(&self.sets.of(ix));
            if let [(_, other)] = fits.iter().collect::<Vec<_>>().as_slice()
                && let Some(o) = self.local(**other)
            {
                let why =
                    format!("“{}” fits “{}”, and no other full name in the case file", local.actor.name, o.actor.name);
                self.sets.join(ix, **other, why);
            }
        }
    }

    /// The skeletons of the words of a name that are not initials, in the nominative too.
    fn long_words(&self, local: &Local<'_>) -> BTreeSet<String> {
        let long = local.name.split(' ').filter(|w| w.chars().count() > 1);
        long.flat_map(|w| {
            let mut all = self.rules.nominatives(w);
            all.insert(w.to_owned());
            all.into_iter().flat_map(|w| self.rules.skeletons(&w)).collect::<Vec<_>>()
        })
        .collect()
    }

    /// True where each word of the shorter name is a word of the longer one, or its first letter, and the surname is among them.
    fn fits(&self, short: &Local<'_>, full: &Local<'_>) -> bool {
        let full_words: Vec<BTreeSet<String>> = full.name.split(' ').map(|w| self.rules.skeletons(w)).collect();
        let mut used = vec![false; full_words.len()];
        let mut surname = false;
        for word in short.name.split(' ') {
            let initial = word.chars().count() == 1;
            let mut forms = if initial { BTreeSet::new() } else { self.rules.nominatives(word) };
            forms.insert(word.to_owned());
            let sounds: BTreeSet<String> = forms.iter().flat_map(|w| self.rules.skeletons(w)).collect();
            let found = full_words.iter().enumerate().position(|(at, of)| {
                used.get(at) == Some(&false)
                    && if initial {
                        of.iter().any(|o| sounds.iter().any(|s| o.starts_with(s.as_str())))
                    } else {
                        !of.is_disjoint(&sounds)
                    }
            });
            let Some(at) = found else { return false };
            if let Some(slot) = used.get_mut(at) {
                *slot = true;
            }
            // A surname stands last, or first in "Surname Given Patronymic"; a lone word must be it.
            let last = at + 1 == full_words.len() || (at == 0 && full_words.len() >= 3 && short.words() > 1);
            surname |= !initial && last;
        }
        surname
    }

    /// Organisations and bodies named by their acronym alone.
    fn acronyms(&mut self) {
        let mut full: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (ix, local) in self.locals.iter().enumerate().filter(|(_, l)| l.actor.kind != ActorKind::Person) {
            for (text, relation) in &local.actor.forms {
                if *relation == NameRelation::Acronym && fold(text) != local.name {
                    full.entry(fold(text)).or_default().push(ix);
                }
            }
        }
        for (ix, local) in self.locals.iter().enumerate() {
            if local.words() != 1 || local.name.chars().count() < 3 || local.actor.kind == ActorKind::Person {
                continue;
            }
            let mut fits: BTreeMap<usize, usize> = BTreeMap::new();
            for other in full.get(&local.name).into_iter().flatten() {
                if self.may(ix, *other) {
                    fits.insert(self.sets.of(*other), *other);
                }
            }
            if let [(_, other)] = fits.iter().collect::<Vec<_>>().as_slice()
                && let Some(o) = self.local(**other)
            {
                let why =
                    format!("“{}” is given as the acronym of “{}”, and of no other", local.actor.name, o.actor.name);
                self.sets.join(ix, **other, why);
            }
        }
    }
}

/// The script of a name by the first letter that tells, as ISO 15924.
pub(crate) fn script(text: &str) -> &'static str {
    text.chars()
        .find_map(|c| match c {
            '\u{400}'..='\u{52f}' => Some("Cyrl"),
            '\u{370}'..='\u{3ff}' => Some("Grek"),
            '\u{5d0}'..='\u{5ea}' => Some("Hebr"),
            '\u{600}'..='\u{6ff}' => Some("Arab"),
            c if c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&c) => Some("Latn"),
            _ => None,
        })
        .unwrap_or("Zyyy")
}

/// Makes one actor of those that were joined.
fn actor(
    file: &File,
    locals: &[Local<'_>],
    rules: &NameRules,
    courts: &Courts,
    members: Vec<usize>,
    because: Vec<String>,
) -> Option<(Actor, Vec<usize>)> {
    let of: Vec<&Local<'_>> = members.iter().filter_map(|m| locals.get(*m)).collect();
    let mut weight: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<ActorKind, usize> = BTreeMap::new();
    for local in &of {
        *weight.entry(&local.actor.name).or_default() += local.mentions.len() + 1;
        if local.actor.kind != ActorKind::Unknown {
            *kinds.entry(local.actor.kind).or_default() += local.mentions.len() + 1;
        }
    }
    let main = of.iter().max_by_key(|l| {
        let name = l.actor.name.as_str();
        (l.full(), l.words().min(3), weight.get(name).copied(), std::cmp::Reverse(name))
    })?;
    let kind = kinds.iter().max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k))).map_or(ActorKind::Unknown, |(k, _)| *k);
    let mut mentions: Vec<Passage> = of.iter().flat_map(|l| l.mentions.iter().cloned()).collect();
    mentions.sort_by_key(|m| (file.number(&m.source), m.span));
    mentions.dedup();
    let known_as = of.iter().find_map(|l| l.actor.known_as.clone());
    let id = known_as
        .as_ref()
        .filter(|row| !courts.generic(row))
        .map_or_else(|| stable_id("a", &["name", &main.name]), |row| stable_id("a", &["row", row]));
    let actor = Actor {
        id,
        name: main.actor.name.clone(),
        kind,
        known_as,
        names: names(file, rules, main, &of),
        mentions,
        merged_because: because,
        made_by: main.actor.made_by.clone(),
        confidence: of.iter().map(|l| l.actor.confidence).fold(0.0, f32::max),
    };
    Some((actor, members))
}

/// Every form of the name, the main one first.
fn names(file: &File, rules: &NameRules, main: &Local<'_>, of: &[&Local<'_>]) -> Vec<ActorName> {
    let mut out: Vec<ActorName> = Vec::new();
    let first = std::iter::once(&main).chain(of.iter().filter(|l| !std::ptr::eq(**l, main)));
    for local in first {
        let Some(doc) = file.doc(local.doc) else { continue };
        let own = (local.actor.name.clone(), NameRelation::Main);
        for (text, relation) in std::iter::once(&own).chain(&local.actor.forms) {
            if out.iter().any(|n| n.text == *text) {
                continue;
            }
            let relation = match relation {
                NameRelation::Main if !out.is_empty() => relation_to(rules, main, local, text),
                other => *other,
            };
            let place = local.mentions.iter().find(|m| doc.words(m.span) == text);
            let language = place.map_or(doc.source.lang, |m| doc.lang_at(m.span)).code().to_owned();
            out.push(ActorName { text: text.clone(), script: script(text), language, relation });
        }
    }
    out
}

/// What the main name of one document is to the main name of the case.
fn relation_to(rules: &NameRules, main: &Local<'_>, local: &Local<'_>, text: &str) -> NameRelation {
    let folded = fold(text);
    if script(text) != script(&main.actor.name) {
        if main.actor.known_as.is_some() { NameRelation::Translated } else { NameRelation::Transliterated }
    } else if folded == main.name {
        NameRelation::Main
    } else if !main.skeletons.is_disjoint(&local.skeletons) {
        // The same name brought into this script by other rules.
        NameRelation::Transliterated
    } else if rules.is_case_of(&folded, &main.name) {
        NameRelation::Inflected
    } else if folded.split(' ').all(|w| main.name.split(' ').any(|m| m.starts_with(w))) {
        NameRelation::Short
    } else if main.actor.known_as.is_some() {
        NameRelation::Translated
    } else {
        NameRelation::Alias
    }
}

/// Actors of the same name that are not one get ids of their own, by the first document that names them.
fn tell_apart(file: &File, locals: &[Local<'_>], made: &mut [(Actor, Vec<usize>)]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for (actor, _) in made.iter() {
        *count.entry(actor.id.clone()).or_default() += 1;
    }
    for (actor, members) in made {
        if count.get(&actor.id).is_some_and(|n| *n > 1) {
            let first = members
                .iter()
                .filter_map(|m| locals.get(*m))
                .min_by_key(|l| (file.doc(l.doc).map(|d| d.source.id.as_str()), l.ix));
            if let Some((doc, local)) = first.and_then(|l| Some((file.doc(l.doc)?, l))) {
                actor.id = stable_id("a", &["local", doc.source.id.as_str(), &local.ix.to_string(), &actor.id]);
            }
        }
    }
}
