//! The state of a search through one text: which tokens are taken by a name, and what was found so far.

use std::ops::Range;

use khronika_core::{Findings, Lang};

use super::body::Form;
use super::person::PersonName;
use crate::text::Text;

/// What was found.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A body of the lexicon, with what tells it from others of its kind.
    Body { form: Form, keys: Vec<String> },
    /// A person.
    Person(PersonName),
    /// An organisation, by its folded name in the nominative as far as that is known.
    Organisation { key: String },
    /// A state: row, and index of the nominative.
    State { state: usize, nominative: usize },
    /// "the Court".
    Court,
    /// Another name for what item `of` names.
    Alias { of: usize, relation: khronika_core::NameRelation },
}

/// A name found.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// What it is.
    pub(super) what: What,
    /// The language of its sentence.
    pub(super) lang: Lang,
    /// The index of its block.
    pub(super) block: usize,
    /// The rule that found it.
    pub(super) made_by: String,
    /// 0 to 1.
    pub(super) confidence: f32,
}

/// A search through one text.
#[derive(Debug)]
pub(super) struct Scan<'t, 's> {
    pub(super) text: &'t Text<'s>,
    taken: Vec<bool>,
    dated: Vec<bool>,
    pub(super) items: Vec<Item>,
}

impl<'t, 's> Scan<'t, 's> {
    pub(super) fn new(text: &'t Text<'s>, found: &Findings) -> Self {
        let mut dated = vec![false; text.tokens.len()];
        for date in &found.dates {
            for slot in dated.get_mut(text.tokens_in(date.span)).into_iter().flatten() {
                *slot = true;
            }
        }
        Self { text, taken: vec![false; text.tokens.len()], dated, items: Vec::new() }
    }

    /// True where token `at` is part of a name found before.
    pub(super) fn taken(&self, at: usize) -> bool {
        self.taken.get(at).copied().unwrap_or(true)
    }

    /// True where token `at` is part of a date.
    pub(super) fn dated(&self, at: usize) -> bool {
        self.dated.get(at).copied().unwrap_or(false)
    }

    /// True where token `at` is free for a name.
    pub(super) fn free(&self, at: usize) -> bool {
        !self.taken(at) && !self.dated(at)
    }

    /// True where token `at` begins with a capital letter.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.text.tokens.get(at).is_some_and(|t| t.capital)
    }

    /// True where white space stands before token `at`.
    pub(super) fn spaced(&self, at: usize) -> bool {
        self.text.tokens.get(at).is_some_and(|t| t.spaced)
    }

    /// Adds an item where all of its tokens are free.
    pub(super) fn add(&mut self, item: Item) -> bool {
        if item.tokens.is_empty() || item.tokens.clone().any(|t| self.taken(t)) {
            return false;
        }
        for slot in self.taken.get_mut(item.tokens.clone()).into_iter().flatten() {
            *slot = true;
        }
        self.items.push(item);
        true
    }

    /// Puts other items in the place of one, each on tokens of that one; the first keeps its number.
    pub(super) fn replace(&mut self, number: usize, items: Vec<Item>) {
        let mut items = items.into_iter();
        let (Some(old), Some(first)) = (self.items.get_mut(number), items.next()) else { return };
        for slot in self.taken.get_mut(old.tokens.clone()).into_iter().flatten() {
            *slot = false;
        }
        for slot in self.taken.get_mut(first.tokens.clone()).into_iter().flatten() {
            *slot = true;
        }
        *old = first;
        for item in items {
            self.add(item);
        }
    }
}
