//! Some items of a list of `case.json`, for programs that do not want all of it.

use std::ops::Range;

use khronika_core::Case;
use serde::Serialize;
use serde_json::Value;

use super::{View, value};

/// The top-level lists of which items can be had by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The documents, with their texts.
    Sources,
    /// People and bodies.
    Actors,
    /// Events, acts among them.
    Events,
    /// Proceedings.
    Proceedings,
    /// Deadlines.
    Deadlines,
    /// Who says what.
    Statements,
    /// What cannot both hold.
    Conflicts,
    /// What could not be done, or looks wrong.
    Problems,
    /// What people said of findings.
    Judgments,
}

impl List {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Sources,
        Self::Actors,
        Self::Events,
        Self::Proceedings,
        Self::Deadlines,
        Self::Statements,
        Self::Conflicts,
        Self::Problems,
        Self::Judgments,
    ];

    /// Its name in `case.json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sources => "sources",
            Self::Actors => "actors",
            Self::Events => "events",
            Self::Proceedings => "proceedings",
            Self::Deadlines => "deadlines",
            Self::Statements => "statements",
            Self::Conflicts => "conflicts",
            Self::Problems => "problems",
            Self::Judgments => "judgments",
        }
    }

    /// The list of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.name() == name)
    }

    /// How many items it has.
    #[must_use]
    pub const fn len(self, case: &Case) -> usize {
        match self {
            Self::Sources => case.sources.len(),
            Self::Actors => case.actors.len(),
            Self::Events => case.events.len(),
            Self::Proceedings => case.proceedings.len(),
            Self::Deadlines => case.deadlines.len(),
            Self::Statements => case.statements.len(),
            Self::Conflicts => case.conflicts.len(),
            Self::Problems => case.problems.len(),
            Self::Judgments => case.judgments.len(),
        }
    }

    /// The place of the item with this id. Problems have none; a judgment is known by the number of its entry.
    #[must_use]
    pub fn place(self, case: &Case, id: &str) -> Option<usize> {
        match self {
            Self::Sources => case.sources.iter().position(|one| one.id.as_str() == id),
            Self::Actors => case.actors.iter().position(|one| one.id == id),
            Self::Events => case.events.iter().position(|one| one.id == id),
            Self::Proceedings => case.proceedings.iter().position(|one| one.id == id),
            Self::Deadlines => case.deadlines.iter().position(|one| one.id == id),
            Self::Statements => case.statements.iter().position(|one| one.id == id),
            Self::Conflicts => case.conflicts.iter().position(|one| one.id == id),
            Self::Problems => None,
            Self::Judgments => {
                let number = id.parse::<u64>().ok()?;
                case.judgments.iter().position(|one| one.judgment.number == number)
            }
        }
    }
}

/// The items of a list at these places, as they stand in `case.json`.
#[must_use]
pub fn items(case: &Case, list: List, range: Range<usize>) -> Vec<Value> {
    let view = View::new(case);
    match list {
        List::Sources => {
            let start = range.start;
            let sources = case.sources.get(range).unwrap_or_default().iter().enumerate();
            sources.map(|(n, source)| value(&view.source(start + n, source))).collect()
        }
        List::Actors => some(&case.actors, range, |one| view.actor(one)),
        List::Events => some(&case.events, range, |one| view.event(one)),
        List::Proceedings => some(&case.proceedings, range, |one| view.proceeding(one)),
        List::Deadlines => some(&case.deadlines, range, |one| view.deadline(one)),
        List::Statements => some(&case.statements, range, |one| view.statement(one)),
        List::Conflicts => some(&case.conflicts, range, |one| view.conflict(one)),
        List::Problems => some(&case.problems, range, |one| view.problem(one)),
        List::Judgments => some(&case.judgments, range, |one| view.judgment(one)),
    }
}

fn some<'a, T, W: Serialize>(all: &'a [T], range: Range<usize>, wire: impl Fn(&'a T) -> W) -> Vec<Value> {
    all.get(range).unwrap_or_default().iter().map(|one| value(&wire(one))).collect()
}
