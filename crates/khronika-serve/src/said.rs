//! What was said of findings since the case that is shown was weighed.
//!
//! A large case takes seconds to be weighed anew, and whoever goes through its findings is not to wait for that: pages show at once what
//! was said of a finding, though not yet what follows from it.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{PoisonError, RwLock};

use khronika_core::Verdict;
use khronika_show::dossier::Parts;

/// What was said, by the id of what it is about, in the order in which it was said: the number of the entry, and the verdict.
#[derive(Debug, Default)]
pub(crate) struct Since(RwLock<BTreeMap<String, Vec<(u64, Verdict)>>>);

impl Since {
    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, Vec<(u64, Verdict)>>)) {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// Somebody said something: the entry has this number.
    pub(crate) fn said(&self, number: u64, verdict: Verdict, about: &[String]) {
        self.change(|all| {
            for id in about {
                all.entry(id.clone()).or_default().push((number, verdict));
            }
        });
    }

    /// Somebody took an entry back.
    pub(crate) fn taken_back(&self, number: u64) {
        self.keep(|entry| entry != number);
    }

    /// A case is shown that knows so many entries of the journal.
    pub(crate) fn weighed(&self, entries: u64) {
        self.keep(|entry| entry >= entries);
    }

    /// Another case is shown, or none.
    pub(crate) fn clear(&self) {
        self.change(BTreeMap::clear);
    }

    fn keep(&self, is_kept: impl Fn(u64) -> bool) {
        self.change(|all| {
            all.retain(|_, said| {
                said.retain(|(number, _)| is_kept(*number));
                !said.is_empty()
            });
        });
    }

    /// The verdicts on something of which a case that knows so many entries does not know.
    fn later(&self, entries: u64) -> BTreeMap<String, Vec<(u64, Verdict)>> {
        let mut later = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        later.retain(|_, said| said.last().is_some_and(|(number, _)| *number >= entries));
        later
    }
}

/// The parts that a page is made of, with what was said since they were made.
pub(crate) struct View<'a> {
    parts: &'a Parts<'a>,
    entries: u64,
    later: BTreeMap<String, Vec<(u64, Verdict)>>,
}

impl<'a> View<'a> {
    /// Of a case that knows so many entries of the journal.
    pub(crate) fn new(parts: &'a Parts<'a>, entries: u64, since: &Since) -> Self {
        Self { parts, entries, later: since.later(entries) }
    }

    /// What was said of something since it was weighed.
    pub(crate) fn later(&self, id: &str) -> impl Iterator<Item = Verdict> {
        self.later.get(id).into_iter().flatten().map(|(_, verdict)| *verdict)
    }

    /// How many entries of the journal whoever looks at something has seen, as far as they are about it.
    pub(crate) fn seen(&self, id: &str) -> u64 {
        let last = self.later.get(id).and_then(|said| said.last());
        last.map_or(self.entries, |(number, _)| self.entries.max(number + 1))
    }
}

impl<'a> Deref for View<'a> {
    type Target = Parts<'a>;

    fn deref(&self) -> &Parts<'a> {
        self.parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_remembered_until_a_case_knows_it() {
        let since = Since::default();
        since.said(7, Verdict::Confirm, &["e-1".to_owned(), "e-2".to_owned()]);
        since.said(9, Verdict::Reject, &["e-1".to_owned()]);
        assert_eq!(since.later(8).keys().collect::<Vec<_>>(), ["e-1"]);
        since.taken_back(9);
        assert_eq!(since.later(7).get("e-1"), Some(&vec![(7, Verdict::Confirm)]));
        since.weighed(8);
        assert!(since.later(0).is_empty());
    }
}
