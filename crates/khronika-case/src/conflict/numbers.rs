//! **What it finds**: two sources that give different numbers for one count: the same thing counted, at dates that may be one, by
//! bounds that have no number in common. In one source: two accounts of people counted, by different speakers or with the same day.
//!
//! **Why it matters**: numbers are what is quoted; a reader must see that they differ, and who says which.
//!
//! Or two numbers that one source itself sets against one another: "87 people were detained; the minister spoke of 112".
//!
//! **Example**: "at least 310 people were killed" against "280 were killed".
//!
//! **What it does not claim**: that either is wrong: the one may be later, or count others too. "At least 250" and 310 agree. Two
//! editions or translations of one text are one source.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{Conflict, CountFinding, Counted, DateRole, Edtf, Lang, Retold};

use crate::conflict::retold::{known, retold};
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
    /// Those of the actors that are people or organisations.
    parties: BTreeSet<usize>,
    /// The words in capitals of its clause: names of places and bodies.
    names: BTreeSet<String>,
    /// Who says it, where a statement holds it.
    speaker: Option<String>,
}

pub(super) fn find(view: &View<'_>) -> Vec<Conflict> {
    let mut by_thing: BTreeMap<&str, Vec<Count<'_>>> = BTreeMap::new();
    for (at, doc) in view.file.docs.iter().enumerate() {
        for found in &doc.found.counts {
            let counts = by_thing.entry(&found.thing).or_default();
            if counts.len() < MOST {
                counts.push(count(view, at, doc, found));
            }
        }
    }
    let told = [Retold::Number, Retold::Hour, Retold::Headline, Retold::Swapped];
    let mut all: Vec<Conflict> = Vec::new();
    for conflict in told.into_iter().flat_map(|what| retold(view, what)) {
        // What the words themselves set against one another is told once.
        let same = |c: &Conflict| c.passages == conflict.passages;
        if !all.iter().any(same) {
            all.push(conflict);
        }
    }
    for (thing, counts) in by_thing {
        for (n, a) in counts.iter().enumerate() {
            for b in counts.iter().skip(n + 1) {
                let counted =
                    view.two_sources(a.doc, b.doc) && one_count(a, b) || a.doc == b.doc && one_account(view, a, b);
                if counted && disjoint(a.found, b.found) {
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
    let near = doc.found.mentions.iter().skip(first).take_while(|m| m.span.start < found.clause.end);
    let near = near.filter(|m| found.clause.contains(m.span));
    let actors: BTreeSet<usize> = near.filter_map(|m| view.people.of(at, m.actor)).collect();
    Count {
        speaker: view.speaker(at, doc, found.span),
        names: names(doc, found),
        doc: at,
        found,
        date,
        own_date,
        lang: doc.lang_at(found.span),
        parties: actors.iter().copied().filter(|a| view.is_party(*a)).collect(),
        nouns: nouns.map(|w| w.chars().take(4).collect()).collect(),
        actors,
    }
}

/// True where two counts are of one thing at one time: their own dates may be one, or one has a date near it and both name the same
/// actor; and the things bear the same word where the language is the same. Sums and sentences differ from paper to paper as a rule: two
/// are of one thing only where both name the same person or organisation.
fn one_count(a: &Count<'_>, b: &Count<'_>) -> bool {
    if a.found.thing.contains('-') && a.parties.is_disjoint(&b.parties) {
        return false;
    }
    // One person is awarded, fined and owed many sums: two are one only where both bear a day of their own.
    if a.found.thing.starts_with("money-") && !(a.own_date && b.own_date) {
        return false;
    }
    let nouns = a.lang != b.lang || a.nouns.is_empty() || b.nouns.is_empty() || !a.nouns.is_disjoint(&b.nouns);
    let date = match (&a.date, &b.date) {
        (Some(x), Some(y)) => x.may_equal(y) && (a.own_date && b.own_date || narrow(x) && narrow(y)),
        _ => false,
    };
    nouns && (date || !a.actors.is_disjoint(&b.actors) && (a.date.is_none() || b.date.is_none()))
}

/// The words of a clause that begin with a capital and do not open it, without those of its dates, each cut to its beginning so that
/// endings do not matter.
fn names(doc: &Doc, found: &CountFinding) -> BTreeSet<String> {
    let clause = found.clause;
    let first = doc.found.dates.partition_point(|d| d.span.start < clause.start);
    let dates: Vec<_> = doc.found.dates.iter().skip(first).take_while(|d| d.span.start < clause.end).collect();
    let text = doc.words(clause);
    let mut out = BTreeSet::new();
    let mut at = 0;
    for (n, word) in text.split(|c: char| !c.is_alphanumeric()).enumerate() {
        let start = clause.start + at;
        at += word.len() + text.get(at + word.len()..).and_then(|r| r.chars().next()).map_or(0, char::len_utf8);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        if n > 0 && capital && !dates.iter().any(|d| d.span.start <= start && start < d.span.end) {
            out.insert(word.chars().flat_map(char::to_lowercase).take(5).collect());
        }
    }
    out
}

/// True where one source gives two counts of people that are of one thing: the same noun, no two places, and either the same day of
/// their own, or near one another by two who say it, at no two dates. Sums and sentences differ within one source as a rule.
fn one_account(view: &View<'_>, a: &Count<'_>, b: &Count<'_>) -> bool {
    let people = !a.nouns.is_empty() && !a.nouns.is_disjoint(&b.nouns) && !a.found.thing.contains('-');
    let one = |x: &BTreeSet<String>, y: &BTreeSet<String>| x.is_empty() || y.is_empty() || !x.is_disjoint(y);
    let places = one(&a.names, &b.names);
    let day = |c: &Count<'_>| c.date.as_ref().filter(|_| c.own_date).and_then(Edtf::as_day);
    let same_day = day(a).is_some() && day(a) == day(b);
    let dates = match (&a.date, &b.date) {
        (Some(x), Some(y)) => x.may_equal(y),
        _ => true,
    };
    let apart = b.found.span.start.abs_diff(a.found.span.end);
    let (low, high) = (a.found.number.min(b.found.number), a.found.number.max(b.found.number));
    // A part of the counted is no other count of them: "140 detained, thirteen of them minors".
    let alike = high <= low * 3.0;
    let accounts = a.speaker != b.speaker && dates && apart <= REACH * 2;
    let sentences = a.found.clause != b.found.clause;
    // What the text itself sets against one another is told already.
    let told = || {
        let doc = view.file.doc(a.doc);
        doc.is_some_and(|doc| known(doc, Retold::Number, a.found.span, b.found.span))
    };
    people && places && alike && sentences && (same_day || accounts) && !told()
}

/// At most a year wide.
fn narrow(date: &Edtf) -> bool {
    matches!(date.bounds(), (Some(a), Some(b)) if a.until(b).is_ok_and(|s| s.get_days() <= 366))
}

/// True where no number fits both bounds. "About" reaches a fifth to either side.
pub(super) fn disjoint(a: &CountFinding, b: &CountFinding) -> bool {
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
    let sources = if a.doc == b.doc { "Two passages of one source" } else { "Two sources" };
    let explanation = format!(
        "{sources} count the same thing ({thing}) differently: “{}” and “{}”. Found by the thing counted and {how}; the one may be \
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
