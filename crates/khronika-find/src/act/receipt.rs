//! The days on which papers were served, handed over or received, as far as words of service with a day beside them tell it: periods run
//! from there. That a service is an act of its own is told elsewhere.

use std::ops::Range;

use khronika_core::{DateRole, Findings, ServedFinding, ServedKind, Span, TimexKind};

use super::own::new_line;
use super::rules::Word;
use super::scene::Scene;
use crate::text::TokenKind;

/// How far after the words for a service its day may stand, in tokens.
const AFTER: usize = 24;
/// The same, before them: "on 2 October it was put into his hands".
const BEFORE: usize = 10;
/// How far into its line the words may stand that say that the document itself was served.
const INTO_LINE: usize = 3;

/// Adds the services that one sentence tells.
pub(super) fn find(scene: &Scene<'_, '_>, found: &Findings, all: &mut Vec<ServedFinding>) {
    let (from, to) = (scene.tokens.start, scene.tokens.end);
    let day = |t: usize| {
        let date = scene.date(t)?;
        let expr = found.dates.get(date)?;
        let day = expr.kind == TimexKind::Date && expr.as_day().is_some();
        (day && !matches!(expr.role, DateRole::Norm | DateRole::Citation)).then_some(date)
    };
    let mut line = from;
    for t in from..to {
        // A line that goes on with the sentence of the one before begins nothing.
        let ends = |b: usize| scene.text.tokens.get(b).is_some_and(|b| b.kind != TokenKind::Word);
        if new_line(scene.text, t) && t.checked_sub(1).is_some_and(ends) {
            line = t;
        }
        // "7. This letter was served": nothing but a number stands before.
        let into = t <= line + INTO_LINE
            && (line..t).all(|i| scene.text.tokens.get(i).is_some_and(|w| w.kind != TokenKind::Word));
        let own = scene.len(t, Word::OwnServed).filter(|_| into).map(|n| (n, ServedKind::Own));
        let written = || scene.len(t, Word::Written).map(|n| (n, ServedKind::Written));
        let other = || scene.len(t, Word::Served).map(|n| (n, ServedKind::Other));
        let Some((n, kind)) = own.or_else(written).or_else(other) else { continue };
        let other = kind == ServedKind::Other;
        // "Will be served", "if it is served": no service.
        let clause = scene.clause_of(t).map_or(from..to, |c| c.tokens.clone());
        let asked = [Word::Possible, Word::Future, Word::Condition, Word::Not];
        if (clause.start.max(from)..t).any(|i| asked.iter().any(|w| scene.is(i, *w))) {
            continue;
        }
        let end = if kind == ServedKind::Own { to } else { to.min(t + n + AFTER) };
        let after =
            (t + n..end).take_while(|i| !matches!(scene.text.fold(*i), ";")).find_map(|i| day(i).map(|d| (i, d)));
        let before = || (from.max(t.saturating_sub(BEFORE))..t).rev().find_map(|i| day(i).map(|d| (i, d)));
        let Some((at, date)) = after.or_else(|| before().filter(|_| other)) else { continue };
        let range = if at > t { t..scene.date_end(at) } else { scene.date_start(at)..t + n };
        let served = ServedFinding { span: scene.text.span(range), date, kind };
        match all.iter_mut().rev().take(4).find(|s| s.date == date) {
            Some(known) => known.kind = known.kind.min(kind),
            None => all.push(served),
        }
    }
}

/// The clauses of a sentence that speak to the reader of the document.
pub(super) fn to_reader(scene: &Scene<'_, '_>) -> Vec<Span> {
    let you = |tokens: &Range<usize>| scene.first(tokens.clone(), Word::You).is_some();
    scene.clauses.iter().map(|c| c.tokens.clone()).filter(you).map(|tokens| scene.text.span(tokens)).collect()
}
