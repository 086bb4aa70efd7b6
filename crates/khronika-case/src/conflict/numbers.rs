//! **What it finds**: two sources that give different numbers for one count: the same thing counted, at dates that may be one, by
//! bounds that have no number in common.
//!
//! **Why it matters**: numbers are what is quoted; a reader must see that they differ, and who says which.
//!
//! **Example**: "at least 310 people were killed" against "280 were killed".
//!
//! **What it does not claim**: that either is wrong: the one may be later, or count others too. "At least 250" and 310 agree. Two
//! editions or translations of one text are one source.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{Conflict, CountFinding, Counted, DateRole, Edtf, Lang};

use crate::conflict::{View, conflict};
use crate::file::Doc;
use crate::merge::name::fold;

/// The most counts of one thing that are laid side by side.
const MOST: usize = 200;
/// How far before a count a date may stand and still be its date, in bytes.
const REACH: usize = 400;

/// A count with what it is compared by.
struct Count<'a> {
    doc: usize,
    found: &'a CountFinding,
    date: Option<Edtf>,
    own_date: bool,
    lang: Lang,
    nouns: BTreeSet<String>,
    actors: BTreeSet<usize>,
}

pub(super) fn find(view: &View<'_>) -> Vec<Conflict> {
    let mut by_thing: BTreeMap<&str, Vec<Count<'_>>> = BTreeMap::new();
    for (at, doc) in view.file.docs.iter().enumerate() {
        for found in &doc.found.counts {
            by_thing.entry(&found.thing).or_default().push(count(view, at, doc, found));
        }
    }
    let mut all = Vec::new();
    for (thing, counts) in by_thing {
        let counts: Vec<&Count<'_>> = counts.iter().take(MOST).collect();
        for (n, a) in counts.iter().enumerate() {
            for b in counts.iter().skip(n + 1) {
                if view.two_sources(a.doc, b.doc) && one_count(a, b) && disjoint(a.found, b.found) {
                    all.extend(between(view, thing, a, b));
                }
            }
        }
    }
    all
}

fn count<'a>(view: &View<'_>, at: usize, doc: &Doc, found: &'a CountFinding) -> Count<'a> {
    let own = found.date.and_then(|ix| doc.date(ix)).and_then(|d| d.edtf.clone());
    let own_date = own.is_some();
    let date = own.or_else(|| {
        let from = doc.found.dates.partition_point(|d| d.span.start < found.span.start);
        let near =
            doc.found.dates.get(..from)?.iter().rev().take_while(|d| found.span.start - d.span.start <= 2 * REACH);
        let before = near
            .filter(|d| d.role == DateRole::Event)
            .find(|d| d.span.end <= found.span.start && found.span.start - d.span.end <= REACH);
        before.and_then(|d| d.edtf.clone())
    });
    let nouns = fold(doc.words(found.span));
    let nouns = nouns.split(' ').filter(|w| w.chars().count() >= 4 && !w.chars().any(|c| c.is_ascii_digit()));
    let first = doc.found.mentions.partition_point(|m| m.span.start < found.clause.start);
    let actors = doc.found.mentions.iter().skip(first).take_while(|m| m.span.start < found.clause.end);
    let actors = actors.filter(|m| found.clause.contains(m.span));
    Count {
        doc: at,
        found,
        date,
        own_date,
        lang: doc.lang_at(found.span),
        nouns: nouns.map(|w| w.chars().take(4).collect()).collect(),
        actors: actors.filter_map(|m| view.people.of(at, m.actor)).collect(),
    }
}

/// True where two counts are of one thing at one time: their own dates may be one, or one has a date near it and both name the same
/// actor; and the things bear the same word where the language is the same.
fn one_count(a: &Count<'_>, b: &Count<'_>) -> bool {
    let nouns = a.lang != b.lang || a.nouns.is_empty() || b.nouns.is_empty() || !a.nouns.is_disjoint(&b.nouns);
    let date = match (&a.date, &b.date) {
        (Some(x), Some(y)) => x.may_equal(y) && (a.own_date && b.own_date || narrow(x) && narrow(y)),
        _ => false,
    };
    nouns && (date || !a.actors.is_disjoint(&b.actors) && (a.date.is_none() || b.date.is_none()))
}

/// At most a year wide.
fn narrow(date: &Edtf) -> bool {
    matches!(date.bounds(), (Some(a), Some(b)) if a.until(b).is_ok_and(|s| s.get_days() <= 366))
}

/// True where no number fits both bounds. "About" reaches a fifth to either side.
fn disjoint(a: &CountFinding, b: &CountFinding) -> bool {
    let range = |c: &CountFinding| match c.bound {
        Counted::Exactly => (c.number, c.number),
        Counted::AtLeast => (c.number, f64::INFINITY),
        Counted::AtMost => (f64::NEG_INFINITY, c.number),
        Counted::About => (c.number - c.number.abs() / 5.0, c.number + c.number.abs() / 5.0),
    };
    let ((low, high), (from, to)) = (range(a), range(b));
    high < from || to < low
}

fn between(view: &View<'_>, thing: &str, a: &Count<'_>, b: &Count<'_>) -> Option<Conflict> {
    let (first, second) = (view.file.doc(a.doc)?, view.file.doc(b.doc)?);
    let how = match (&a.date, &b.date) {
        (Some(x), Some(y)) => format!("dates that may be one ({x}, {y})"),
        _ => "the same actor named with it".to_owned(),
    };
    let explanation = format!(
        "Two sources count the same thing ({thing}) differently: “{}” and “{}”. Found by the thing counted and {how}; the one may be \
         later than the other or count others too.",
        first.line(a.found.span, 80),
        second.line(b.found.span, 80)
    );
    Some(conflict(
        "numbers",
        vec![first.source.id.to_string(), second.source.id.to_string()],
        explanation,
        vec![first.passage(a.found.span), second.passage(b.found.span)],
    ))
}
