//! What a person's name may be read as, and which names are one person's.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::Lang;

use super::ActorRules;
use super::names::Gender;
use super::person::{Part, PartKind, PersonName};
use crate::text::Text;

/// One way of reading a name, folded and in the nominative.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reading {
    pub(super) gender: Gender,
    pub(super) surname: Option<String>,
    /// Given names or initials ("и.") in order.
    pub(super) given: Vec<String>,
    pub(super) patronymic: Option<String>,
}

impl Reading {
    /// True where both may be one person: equal where both say something, an initial standing for a name that begins so.
    fn fits(&self, other: &Self) -> bool {
        let surnames = match (&self.surname, &other.surname) {
            (Some(a), Some(b)) => a == b,
            // Without a surname given name and patronymic must both be there and agree.
            _ => {
                self.patronymic.is_some()
                    && other.patronymic.is_some()
                    && !self.given.is_empty()
                    && !other.given.is_empty()
            }
        };
        let given = self.given.iter().zip(&other.given).all(|(a, b)| agree(a, b));
        let patronymic = match (&self.patronymic, &other.patronymic) {
            (Some(a), Some(b)) => agree(a, b),
            _ => true,
        };
        surnames && given && patronymic && self.gender.fits(other.gender)
    }
}

/// The same word, or an initial and a word that begins with it.
fn agree(a: &str, b: &str) -> bool {
    let initial = |short: &str, long: &str| short.strip_suffix('.').is_some_and(|s| long.starts_with(s));
    a == b || initial(a, b) || initial(b, a)
}

/// Every reading of a name; at least one.
pub(super) fn readings(rules: &ActorRules, text: &Text<'_>, name: &PersonName, lang: Lang) -> Vec<Reading> {
    let fold = |p: &Part| -> String {
        if p.kind == PartKind::Initial {
            let letters: String = text.fold(p.tokens.start).to_owned();
            format!("{letters}.")
        } else {
            p.tokens.clone().map(|t| text.fold(t)).collect::<Vec<_>>().join(" ")
        }
    };
    let words: Vec<(PartKind, String)> =
        name.parts.iter().filter(|p| p.kind != PartKind::Particle).map(|p| (p.kind, fold(p))).collect();
    let real: Vec<usize> =
        (0..words.len()).filter(|n| words.get(*n).is_some_and(|w| w.0 != PartKind::Initial)).collect();
    let cyrillic =
        lang.is_cyrillic() && words.iter().any(|(_, w)| w.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c)));
    let is = |n: usize, kind: PartKind| words.get(n).is_some_and(|w| w.0 == kind);
    let patronymic = real.iter().copied().find(|n| is(*n, PartKind::Patronymic));
    // Which word is the surname: the last, but the first where given names or initials follow it.
    let surname = if real.len() == 1 && patronymic.is_none() {
        real.first().copied()
    } else {
        let rest: Vec<usize> = real.iter().copied().filter(|n| Some(*n) != patronymic).collect();
        let last = rest.last().copied();
        let first = rest.first().copied();
        if rest.len() < 2 {
            if patronymic.is_some() && rest.first().is_some_and(|n| is(*n, PartKind::Given)) { None } else { last }
        } else if first.is_some_and(|n| !is(n, PartKind::Given)) && last.is_some_and(|n| is(n, PartKind::Given)) {
            first
        } else {
            last
        }
    };
    let others: Vec<usize> = (0..words.len()).filter(|n| Some(*n) != surname && Some(*n) != patronymic).collect();
    let mut patronymic_initial = None;
    let mut given_words: Vec<String> = Vec::new();
    for n in others {
        let Some((kind, word)) = words.get(n) else { continue };
        if cyrillic && *kind == PartKind::Initial && !given_words.is_empty() {
            patronymic_initial = Some(word.clone());
        } else {
            given_words.push(word.clone());
        }
    }
    let surname = surname.and_then(|n| words.get(n)).map(|(_, w)| w.clone());
    if !cyrillic {
        return vec![Reading { gender: Gender::Either, surname, given: given_words, patronymic: patronymic_initial }];
    }
    let surnames: Vec<(Option<String>, Gender)> = match &surname {
        Some(word) => surname_nominatives(rules, word, lang).into_iter().map(|(w, g)| (Some(w), g)).collect(),
        None => vec![(None, Gender::Either)],
    };
    let patronymics: Vec<(Option<String>, Gender)> = match patronymic.and_then(|n| words.get(n)) {
        Some((_, word)) => rules.names.patronymics(word, lang).into_iter().map(|(w, g)| (Some(w), g)).collect(),
        None => vec![(patronymic_initial, Gender::Either)],
    };
    let givens: Vec<(Vec<String>, Gender)> = match given_words.split_first() {
        Some((first, rest)) if !first.ends_with('.') => given_nominatives(rules, first, lang)
            .into_iter()
            .map(|(w, g)| (std::iter::once(w).chain(rest.iter().cloned()).collect(), g))
            .collect(),
        _ => vec![(given_words.clone(), Gender::Either)],
    };
    let mut found = BTreeSet::new();
    for (given, a) in &givens {
        for (patronymic, b) in &patronymics {
            for (surname, c) in &surnames {
                if a.fits(*b) && b.fits(*c) && a.fits(*c) {
                    let gender = [*a, *b, *c].into_iter().find(|g| *g != Gender::Either).unwrap_or(Gender::Either);
                    found.insert(Reading {
                        gender,
                        surname: surname.clone(),
                        given: given.clone(),
                        patronymic: patronymic.clone(),
                    });
                }
            }
        }
    }
    if found.is_empty() {
        found.insert(Reading { gender: Gender::Either, surname, given: given_words, patronymic: None });
    }
    found.into_iter().take(24).collect()
}

/// The nominatives that a surname in the text may stand for, each with the gender that it gives.
pub(super) fn surname_nominatives(rules: &ActorRules, word: &str, lang: Lang) -> Vec<(String, Gender)> {
    let own = rules.names.surname_ending(word);
    let mut found = vec![(word.to_owned(), own.unwrap_or(Gender::Either))];
    for nominative in rules.names.endings.nominatives(word, lang) {
        let gender = rules.names.surname_ending(&nominative);
        // "Чехову" ends as no surname does, "Чехов" ends as one: the first is a case of the second.
        if gender.is_some() && own.is_none() {
            found.retain(|(w, _)| w != word);
        }
        found.push((nominative, gender.unwrap_or(Gender::Either)));
    }
    found
}

fn given_nominatives(rules: &ActorRules, word: &str, lang: Lang) -> Vec<(String, Gender)> {
    let known: Vec<(String, Gender)> = rules.names.givens(word, lang).into_iter().map(|(w, g)| (w, g.gender)).collect();
    if !known.is_empty() {
        return known;
    }
    let mut found = vec![(word.to_owned(), Gender::Either)];
    found.extend(rules.names.endings.nominatives(word, lang).into_iter().map(|w| (w, Gender::Either)));
    found
}

/// A person of the text.
#[derive(Clone, Debug)]
pub(super) struct Human {
    pub(super) readings: Vec<Reading>,
    /// The last item that names it, as a place in the text.
    pub(super) last: usize,
    pub(super) count: usize,
}

/// The people of a text.
#[derive(Debug, Default)]
pub(super) struct Humans {
    pub(super) all: Vec<Human>,
    by_surname: BTreeMap<String, Vec<usize>>,
}

impl Humans {
    /// The person that a full name is: one known that the readings fit, or a new one.
    pub(super) fn full(&mut self, readings: &[Reading], at: usize) -> usize {
        let mut candidates: BTreeSet<usize> = BTreeSet::new();
        for surname in readings.iter().filter_map(|r| r.surname.as_ref()) {
            candidates.extend(self.by_surname.get(surname).into_iter().flatten());
        }
        if readings.iter().all(|r| r.surname.is_none()) {
            candidates.extend(0..self.all.len());
        }
        for id in candidates {
            let Some(human) = self.all.get_mut(id) else { continue };
            let joint = join(&human.readings, readings);
            if joint.is_empty() {
                continue;
            }
            human.readings = joint;
            human.last = at;
            human.count += 1;
            self.index(id);
            return id;
        }
        self.add(readings.to_vec(), at)
    }

    /// A new person.
    pub(super) fn add(&mut self, readings: Vec<Reading>, at: usize) -> usize {
        let id = self.all.len();
        self.all.push(Human { readings, last: at, count: 1 });
        self.index(id);
        id
    }

    fn index(&mut self, id: usize) {
        let Some(human) = self.all.get(id) else { return };
        for surname in human.readings.iter().filter_map(|r| r.surname.as_ref()) {
            let ids = self.by_surname.entry(surname.clone()).or_default();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }

    /// The person with this surname: one whose surname is the first of `forms` that anyone has; of several the one named last
    /// before `at`.
    pub(super) fn by_surname(&self, forms: &[String], at: usize) -> Option<usize> {
        for form in forms {
            let ids: Vec<usize> = self
                .by_surname
                .get(form)
                .into_iter()
                .flatten()
                .copied()
                .filter(|id| {
                    self.all.get(*id).is_some_and(|h| h.readings.iter().any(|r| r.surname.as_ref() == Some(form)))
                })
                .collect();
            let before = ids.iter().copied().filter(|id| self.all.get(*id).is_some_and(|h| h.last <= at));
            let best = before.max_by_key(|id| self.all.get(*id).map(|h| h.last)).or_else(|| ids.first().copied());
            if best.is_some() {
                return best;
            }
        }
        None
    }

    /// True where some person has this surname in some reading.
    pub(super) fn has_surname(&self, form: &str) -> bool {
        self.by_surname.contains_key(form)
    }

    /// Notes that a person was named again.
    pub(super) fn met(&mut self, id: usize, at: usize) {
        if let Some(human) = self.all.get_mut(id) {
            human.last = at;
            human.count += 1;
        }
    }
}

/// The readings that both sides allow, each with the more that either says.
fn join(a: &[Reading], b: &[Reading]) -> Vec<Reading> {
    let mut found = BTreeSet::new();
    for x in a {
        for y in b {
            if x.fits(y) {
                let longer = |p: &Option<String>, q: &Option<String>| match (p, q) {
                    (Some(p), Some(q)) => Some(if q.len() > p.len() { q.clone() } else { p.clone() }),
                    (p, q) => p.clone().or_else(|| q.clone()),
                };
                let mut given = if y.given.len() > x.given.len() { y.given.clone() } else { x.given.clone() };
                for (n, slot) in given.iter_mut().enumerate() {
                    for other in [x.given.get(n), y.given.get(n)].into_iter().flatten() {
                        if other.len() > slot.len() {
                            slot.clone_from(other);
                        }
                    }
                }
                found.insert(Reading {
                    gender: if x.gender == Gender::Either { y.gender } else { x.gender },
                    surname: longer(&x.surname, &y.surname),
                    given,
                    patronymic: longer(&x.patronymic, &y.patronymic),
                });
            }
        }
    }
    found.into_iter().take(24).collect()
}
