//! **What it finds**: a translation that says something else than the text that it translates: at one place a day or a number differs,
//! while those before and after it agree.
//!
//! **Why it matters**: a court reads the translation, and the other side the original.
//!
//! **Example**: a judgment of 12 July in the original, and of 21 July in its translation.
//!
//! **What it does not claim**: which of the two is the original, and which of them is right; that words without figures are
//! translated rightly; that what only one of them has is missing in the other.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{Conflict, Span, TimexKind};
use rayon::prelude::*;

use crate::conflict::copies::together;
use crate::conflict::{View, conflict};
use crate::file::{Doc, File};
use crate::merge::union::Sets;

/// So many marks must two texts share, in one order, to be taken for translations.
const SHARED: usize = 8;
/// Days among them.
const DAYS: usize = 2;
/// The most marks of one text that are looked at: two of them are laid side by side in a table.
const MOST: usize = 1500;
/// How many marks that agree may stand between two that differ, for all that they are of one place.
const WINDOW: usize = 1;
/// More places that differ than this are another edition, not a slip.
const SLIPS: usize = 6;

/// A day or a number: what stays as it is when a text is translated.
#[derive(Debug)]
struct Mark {
    /// The day in EDTF, or the digits.
    key: String,
    day: bool,
    span: Span,
}

/// Two translations of one text, with the marks that they share in one order.
#[derive(Debug)]
pub(super) struct Pair {
    a: usize,
    b: usize,
    shared: usize,
    /// Where one mark of the one stands for one mark of the other, and they differ.
    slips: Vec<(Span, Span, bool)>,
}

/// Joins what are translations of one another, and returns the pairs.
pub(super) fn translations(file: &File, sets: &mut Sets) -> Vec<Pair> {
    let marks: Vec<Vec<Mark>> = file.docs.par_iter().map(marks).collect();
    let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, all) in marks.iter().enumerate().filter(|(_, all)| all.len() >= SHARED) {
        for key in all.iter().map(|m| m.key.as_str()).collect::<BTreeSet<_>>() {
            by_key.entry(key).or_default().push(at);
        }
    }
    let shared = together(by_key.values().map(|docs| docs.iter().copied()));
    let mut pairs = Vec::new();
    for (a, b) in shared.into_iter().filter(|(_, n)| *n * 2 >= SHARED).map(|(pair, _)| pair) {
        let (Some(x), Some(y)) = (file.doc(a), file.doc(b)) else { continue };
        let (Some(m), Some(k)) = (marks.get(a), marks.get(b)) else { continue };
        let (fewer, more) = (m.len().min(k.len()), m.len().max(k.len()));
        if x.source.lang == y.source.lang || fewer * 4 < more * 3 {
            continue;
        }
        let (one, other) = (x.source.text.chars().count(), y.source.text.chars().count());
        if one.min(other) * 2 < one.max(other) {
            continue;
        }
        let common = in_order(m, k);
        let days = common.iter().filter(|(i, _)| m.get(*i).is_some_and(|m| m.day)).count();
        if common.len() < SHARED || days < DAYS || common.len() * 5 < more * 4 {
            continue;
        }
        sets.join(a, b, "");
        pairs.push(Pair { a, b, shared: common.len(), slips: slips(m, k, &common) });
    }
    pairs
}

/// The places where translations differ.
pub(super) fn find(view: &View<'_>) -> Vec<Conflict> {
    let few = view.translations.iter().filter(|p| p.slips.len() <= SLIPS);
    few.flat_map(|pair| pair.slips.iter().filter_map(|slip| between(view, pair, *slip))).collect()
}

fn between(view: &View<'_>, pair: &Pair, (one, other, day): (Span, Span, bool)) -> Option<Conflict> {
    let (x, y) = (view.file.doc(pair.a)?, view.file.doc(pair.b)?);
    let explanation = format!(
        "What looks like a text and its translation differ at one place: “{}” and “{}”. Found by {} days and numbers that both have \
         in one order, before and after this {}; which of them is right is not said.",
        x.line(one, 80),
        y.line(other, 80),
        pair.shared,
        if day { "day" } else { "number" }
    );
    let ids = vec![x.source.id.to_string(), y.source.id.to_string()];
    Some(conflict("translation", ids, explanation, vec![x.passage(one), y.passage(other)]))
}

/// The days and numbers of a text, in order. Numbers of one figure are left out: translations write them in words.
fn marks(doc: &Doc) -> Vec<Mark> {
    let figures = |span: Span| doc.words(span).bytes().any(|b| b.is_ascii_digit());
    let mut dates = doc.found.dates.iter().filter(|d| figures(d.span)).peekable();
    let text = doc.source.text.as_str();
    let mut out = Vec::new();
    let mut at = 0;
    while out.len() < MOST {
        let Some(next) = text.as_bytes().get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) else {
            break;
        };
        let start = at + next;
        while dates.next_if(|d| d.span.end <= start).is_some() {}
        if let Some(date) = dates.peek().filter(|d| d.span.start <= start) {
            at = date.span.end;
            let whole = date.edtf.as_ref().filter(|e| date.kind == TimexKind::Date && !e.as_str().contains('X'));
            out.extend(whole.map(|e| Mark { key: e.to_string(), day: true, span: date.span }));
            continue;
        }
        let (digits, end) = number(text, start);
        at = end;
        if digits.len() > 1 {
            out.push(Mark { key: digits, day: false, span: Span::new(start, end) });
        }
    }
    out
}

/// The digits of a number that begins at `start`, without what parts its thousands, and where it ends.
fn number(text: &str, start: usize) -> (String, usize) {
    let run = |from: usize| {
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        from + rest.iter().take_while(|b| b.is_ascii_digit()).count()
    };
    let mut end = run(start);
    let mut digits = text.get(start..end).unwrap_or_default().to_owned();
    while digits.len() <= 15 {
        let parts = text.get(end..).and_then(|rest| rest.chars().next());
        let parts = parts.filter(|c| matches!(c, ' ' | ',' | '.' | '\u{a0}' | '\u{202f}' | '\'' | '’'));
        let Some(from) = parts.map(|c| end + c.len_utf8()) else { break };
        let next = run(from);
        if next - from != 3 {
            break;
        }
        digits.push_str(text.get(from..next).unwrap_or_default());
        end = next;
    }
    (digits, end)
}

/// The longest list of marks that both have in one order, as pairs of places.
fn in_order(a: &[Mark], b: &[Mark]) -> Vec<(usize, usize)> {
    // The length of the longest such list of what follows each pair of places.
    let wide = b.len() + 1;
    let mut longest = vec![0_u16; (a.len() + 1) * wide];
    let at = |i: usize, j: usize| i * wide + j;
    let get = |longest: &[u16], i: usize, j: usize| longest.get(at(i, j)).copied().unwrap_or(0);
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let here = if x.key == y.key {
                get(&longest, i + 1, j + 1) + 1
            } else {
                get(&longest, i + 1, j).max(get(&longest, i, j + 1))
            };
            if let Some(slot) = longest.get_mut(at(i, j)) {
                *slot = here;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.key == y.key {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if get(&longest, i + 1, j) >= get(&longest, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// A mark of the one that stands near a mark of the other of the same kind, where neither text has it and no other is near: word order
/// differs from language to language, so that what agrees may stand before it in the one and after it in the other.
fn slips(a: &[Mark], b: &[Mark], common: &[(usize, usize)]) -> Vec<(Span, Span, bool)> {
    let left = |all: &[Mark], agreed: &[usize]| -> Vec<(usize, usize)> {
        let alone = (0..all.len()).filter(|at| agreed.binary_search(at).is_err());
        alone.map(|at| (at, agreed.partition_point(|c| *c < at))).collect()
    };
    let (of_a, of_b): (Vec<usize>, Vec<usize>) = common.iter().copied().unzip();
    let (xs, ys) = (left(a, &of_a), left(b, &of_b));
    let mut out = Vec::new();
    for (i, before) in &xs {
        let Some(x) = a.get(*i) else { continue };
        let near = |(_, n): &&(usize, usize)| n.abs_diff(*before) <= WINDOW;
        let mut there = ys.iter().filter(near);
        let (Some((j, _)), None) = (there.next(), there.next()) else { continue };
        let alone = xs.iter().filter(near).count() == 1;
        // At the ends there is nothing that holds the place.
        let inside = (1..common.len()).contains(before);
        if let Some(y) = b.get(*j).filter(|y| alone && inside && x.day == y.day && x.key != y.key) {
            out.push((x.span, y.span, x.day));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_one_number_however_they_are_parted() {
        for text in ["1 250 000 euros", "1,250,000 euros", "1.250.000 Euro", "1\u{a0}250\u{a0}000 €", "1'250'000 fr."]
        {
            assert_eq!(number(text, 0).0, "1250000", "{text}");
        }
        assert_eq!(number("12 3456", 0), ("12".to_owned(), 2));
        assert_eq!(number("12.", 0), ("12".to_owned(), 2));
    }

    #[test]
    fn one_mark_for_one_mark_is_a_slip() {
        let marks = |keys: &[&str]| -> Vec<Mark> {
            let mark = |(n, key): (usize, &&str)| Mark {
                key: (*key).to_owned(),
                day: key.contains('-'),
                span: Span::new(n, n + 1),
            };
            keys.iter().enumerate().map(mark).collect()
        };
        let places = |a: &[&str], b: &[&str]| {
            let (a, b) = (marks(a), marks(b));
            slips(&a, &b, &in_order(&a, &b)).iter().map(|(x, y, _)| (x.start, y.start)).collect::<Vec<_>>()
        };
        assert_eq!(places(&["10", "2020-01-02", "30"], &["10", "2020-01-12", "30"]), [(1, 1)]);
        // A day for a number, two for one, and one that is left out are no slips.
        assert!(places(&["10", "2020-01-02", "30"], &["10", "12", "30"]).is_empty());
        assert!(places(&["10", "11", "12", "30"], &["10", "13", "30"]).is_empty());
        assert!(places(&["10", "11", "30"], &["10", "30"]).is_empty());
        // Word order.
        assert_eq!(places(&["10", "2020-01-02", "30", "40"], &["10", "30", "2020-01-12", "40"]), [(1, 2)]);
    }
}
