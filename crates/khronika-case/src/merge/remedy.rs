//! Acts that a document tells in words so different that only the case makes them one: an appeal that is told, and then spoken of as
//! waiting; a judgment that is told as a reversal, and then spoken of as the loss of a status.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{ActClass, EffectKind, EventStatus};

use crate::merge::act::{BLOCK, Joiner, Reach};
use crate::merge::telling::{Agreement, Known};

impl Joiner<'_> {
    /// A body took a status away: told once with its day, as a reversal of its own judgment, and once without, as the loss of the status.
    /// One act, where that body did so only once as far as the texts of one document tell.
    pub(super) fn losses(&mut self) {
        let mut by_body: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
        for n in 0..self.told.len() {
            let (set, doc) = (self.sets.of(n), self.told.get(n).map(|t| t.doc()));
            let known = self.known.get(set).and_then(Option::as_ref).filter(|k| k.status == EventStatus::Actual);
            if let (Some(body), Some(doc)) = (known.and_then(|k| k.body), doc)
                && self.takes_away(set)
            {
                by_body.entry((doc, body)).or_default().insert(set);
            }
        }
        for (_, sets) in by_body {
            let mut sets: BTreeSet<usize> = sets.into_iter().map(|s| self.sets.of(s)).collect();
            if let (Some(a), Some(b), true) = (sets.pop_first(), sets.pop_first(), sets.is_empty())
                && let (Some(Some(one)), Some(Some(two))) = (self.known.get(a), self.known.get(b))
                && (one.days.is_empty() || two.days.is_empty())
                && self.agreement(a, b).is_some()
                && let (Some(Some(one)), Some(Some(two))) = (self.known.get(a), self.known.get(b))
            {
                let why = format!(
                    "“{}” and “{}” tell one act: {} took the status away, and the document tells of no other act by which it did",
                    one.words,
                    two.words,
                    one.body_name.as_deref().unwrap_or("the same body")
                );
                self.join(a, b, why);
            }
        }
    }

    /// True where a set's act takes a status away: it withdraws or excludes, or annuls what recognised.
    fn takes_away(&mut self, set: usize) -> bool {
        let targets = self.reach(set);
        let Some(Some(known)) = self.known.get(set) else { return false };
        let reverses = known.classes.iter().any(|c| matches!(c, ActClass::ReverseOwn));
        let recognised = |t: &usize| {
            let target = self.known.get(*t).and_then(Option::as_ref);
            target.is_some_and(|k| k.classes.contains(&ActClass::Recognise))
        };
        known.classes.iter().any(|c| matches!(c, ActClass::Revoke | ActClass::Exclude))
            || reverses && targets.iter().any(|(kind, t)| *kind == EffectKind::Annuls && recognised(t))
    }

    /// "His appeal", "the appeal of Weiss": an appeal that a document tells several times. One, where nothing contradicts, the same
    /// brought it or attacks the same, and only one appeal fits; of two that fit, the only one that awaits decision as this does.
    pub(super) fn remedies(&mut self) {
        let mut by_doc: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for n in 0..self.told.len() {
            let set = self.sets.of(n);
            if let (Some(Some(known)), Some(told)) = (self.known.get(set), self.told.get(n))
                && known.status == EventStatus::Actual
                && known.classes.contains(&ActClass::Appeal)
                && known.remedy()
            {
                by_doc.entry(told.doc()).or_default().insert(set);
            }
        }
        let mut answered = self.answered();
        for (_, sets) in by_doc.into_iter().filter(|(_, sets)| sets.len() > 1 && sets.len() <= BLOCK) {
            let told = |joiner: &Self, set: &usize| {
                let known = joiner.known.get(*set).and_then(Option::as_ref);
                known.map_or(0, |k| usize::from(!k.applicants.is_empty()) + usize::from(!k.days.is_empty()) * 2)
            };
            let mut order: Vec<usize> = sets.iter().copied().collect();
            // Those that wait come first: what was answered is none of them, and so leaves the right one alone to fit.
            let waits = |joiner: &Self, set: &usize| {
                joiner.known.get(*set).and_then(Option::as_ref).is_some_and(|known| known.pending)
            };
            order.sort_by_key(|s| (!waits(self, s), told(self, s), *s));
            for set in order {
                let set = self.sets.of(set);
                let others: BTreeSet<usize> = sets.iter().map(|s| self.sets.of(*s)).filter(|s| *s != set).collect();
                let mut fits: Vec<(usize, Agreement)> = others
                    .into_iter()
                    .filter_map(|other| Some((other, self.one_remedy(set, other, &answered)?)))
                    .collect();
                if fits.len() > 1 && waits(self, &set) {
                    fits.retain(|(other, _)| waits(self, other));
                }
                if let [(other, agreement)] = fits.as_slice() {
                    let (low, high) = (set.min(*other), set.max(*other));
                    if answered.contains(&high) {
                        answered.insert(low);
                    }
                    self.join_for(low, high, agreement);
                }
            }
        }
    }

    /// The tellings of remedies that some act answers, or whose target some act decides about.
    fn answered(&mut self) -> BTreeSet<usize> {
        let mut decided: BTreeSet<usize> = BTreeSet::new();
        let mut attacks: Vec<(usize, usize)> = Vec::new();
        for set in 0..self.told.len() {
            if self.sets.of(set) != set {
                continue;
            }
            for (kind, target) in self.reach(set) {
                match kind {
                    EffectKind::Appeals => attacks.push((set, target)),
                    EffectKind::Annuls
                    | EffectKind::Voids
                    | EffectKind::Upholds
                    | EffectKind::Varies
                    | EffectKind::Dismisses
                    | EffectKind::Grants => {
                        decided.insert(target);
                    }
                    _ => {}
                }
            }
        }
        let through: Vec<usize> = attacks.into_iter().filter(|(_, t)| decided.contains(t)).map(|(a, _)| a).collect();
        decided.extend(through);
        decided
    }

    /// What two tellings of an appeal have in common, if that is enough to be one.
    fn one_remedy(&mut self, a: usize, b: usize, answered: &BTreeSet<usize>) -> Option<Agreement> {
        let found = self.agreement(a, b)?;
        let attacked = |reach: Reach| -> BTreeSet<usize> {
            reach.into_iter().filter(|(k, _)| *k == EffectKind::Appeals).map(|(_, t)| t).collect()
        };
        let (on_a, on_b) = (attacked(self.reach(a)), attacked(self.reach(b)));
        let (one, two) = (self.known.get(a)?.as_ref()?, self.known.get(b)?.as_ref()?);
        let target = !on_a.is_disjoint(&on_b);
        let waits = one.pending && two.pending;
        // An appeal that waits is not one that was answered.
        if !found.class
            || !on_a.is_empty() && !on_b.is_empty() && !target
            || !waits && (one.pending && answered.contains(&b) || two.pending && answered.contains(&a))
        {
            return None;
        }
        let nameless = |k: &Known, on: &BTreeSet<usize>| k.applicants.is_empty() && on.is_empty() && k.referred;
        let enough = target && (found.applicant || one.applicants.is_empty() || two.applicants.is_empty())
            || found.applicant && (waits || one.days.is_empty() || two.days.is_empty() || found.day)
            || waits && (nameless(one, &on_a) || nameless(two, &on_b));
        enough.then_some(found)
    }
}
