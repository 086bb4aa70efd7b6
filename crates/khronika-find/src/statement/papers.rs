//! Papers that are set against one another: "the minutes say 10:40, the report 14:10", "put at 15 in the file and at 13 in the copy".
//!
//! A paper is the account of nobody in particular, so more is asked than of a person's: the words of the one paper stand right beside its
//! number, day or hour, and nothing stands between that would make it the number or day of the paper itself ("the report of 3 May", "a file
//! of 13 pages").

use std::ops::Range;

use khronika_core::{Retold, TimexKind};

use super::account::Kind;
use super::figure::{Clock, stem};
use super::retold::{BACK, Out, SMALL, Seeker};
use crate::text::{Sentence, TokenKind};

/// How many words may stand between "in" and the noun of a paper: "in the bank's own".
const BEFORE: usize = 3;
/// How many words may follow that noun and belong to it: "in the minutes of the search".
const AFTER: usize = 4;
/// How far before a verb the paper may stand that is its subject.
const SUBJECT: usize = 12;

impl Seeker<'_, '_> {
    /// The hour that begins at token `at`.
    pub(super) fn clock(&self, sentence: &Sentence, at: usize) -> Option<Clock> {
        let start = self.text.tokens.get(at)?.span.start;
        let date = self.date_at(start).filter(|d| d.kind == TimexKind::Time)?;
        let tokens = self.text.tokens_in(date.span);
        let (day, time) = date.value.split_once('T')?;
        let (hour, minute) = time.split_once(':')?;
        let minute = minute.get(..2)?.parse::<u16>().ok()?;
        let minute = hour.parse::<u16>().ok()?.checked_mul(60)?.checked_add(minute)?;
        Some(Clock { tokens: tokens.start..tokens.end.min(sentence.tokens.end), day: day.to_owned(), minute })
    }

    /// An hour told again of what was told with one before token `before`.
    pub(super) fn rehour(&self, ix: usize, sentence: &Sentence, before: usize, hour: &Clock, row: &str, out: &mut Out) {
        let here = (sentence, sentence.tokens.start..before.min(hour.tokens.start));
        let earlier = (1..=BACK).filter_map(|n| self.earlier(ix, sentence, n)).map(|s| (s, s.tokens.clone()));
        for (own, range) in std::iter::once(here).chain(earlier) {
            let Some(first) = range.rev().find_map(|at| self.clock(own, at)) else { continue };
            if first.minute != hour.minute && first.day == hour.day && !out.second.contains(&first.tokens.start) {
                let span = self.text.span(first.tokens.clone());
                out.second.insert(hour.tokens.start);
                out.add(Retold::Hour, span, self.text.span(hour.tokens.clone()), row);
            }
            return;
        }
    }

    /// True where the clause of the verb at token `verb` has a paper before it: "the register says".
    pub(super) fn paper_before(&self, sentence: &Sentence, verb: usize) -> bool {
        // "The inventory, of which you supplied a copy, shows nine": the inset is passed over.
        let mut verb = verb;
        if verb.checked_sub(1).is_some_and(|t| t > sentence.tokens.start && self.word(t) == ",") {
            let low = sentence.tokens.start.max(verb.saturating_sub(SUBJECT + 2));
            let open = (low..verb - 1).rev().find(|t| matches!(self.word(*t), "," | ";" | ":" | "—" | "–"));
            if let Some(open) = open.filter(|t| self.word(*t) == ",") {
                verb = open;
            }
        }
        let low = sentence.tokens.start.max(verb.saturating_sub(SUBJECT));
        let clause = (low..verb).rev().take_while(|t| {
            !matches!(self.word(*t), "," | ";" | ":" | "—" | "–") && self.is(sentence, *t, &[Kind::Contrast]).is_none()
        });
        clause.into_iter().any(|t| self.is(sentence, t, &[Kind::Paper]).is_some())
    }

    /// The row and the end of the words "in the copy itself", "the report", "протоколе": a paper, with what says in or by it.
    pub(super) fn paper_at(&self, sentence: &Sentence, at: usize, end: usize) -> Option<(&str, usize)> {
        let paper = |t: usize| {
            let (row, after) = self.accounts.at(self.text, sentence.lang, t, end, &[Kind::Paper])?;
            Some((row.id.as_str(), after))
        };
        let word = |t: usize| {
            self.text.tokens.get(t).is_some_and(|k| k.kind == TokenKind::Word || k.kind == TokenKind::Mark && !k.spaced)
        };
        let from = self.is(sentence, at, &[Kind::In]);
        let begin = from.unwrap_or(at);
        let reach = if from.is_some() { BEFORE } else { 1 };
        (begin..end.min(begin + reach + 1)).take_while(|t| *t == begin || word(t - 1)).find_map(paper)
    }

    /// The same, of a paper after a number or day: what belongs to the noun may follow, up to the end of the segment.
    pub(super) fn paper_after(&self, sentence: &Sentence, at: usize, end: usize) -> Option<&str> {
        self.is(sentence, at, &[Kind::In])?;
        let (row, after) = self.paper_at(sentence, at, end)?;
        (end.saturating_sub(after) <= AFTER).then_some(row)
    }

    /// True where another paper, or a word that sets one account against another, stands before token `at`.
    pub(super) fn set_against(&self, ix: usize, sentence: &Sentence, at: usize, own: Range<usize>) -> bool {
        let name = |t: usize| stem(self.word(t));
        let mine: Vec<String> = own.clone().map(name).collect();
        let other = |s: &Sentence, range: Range<usize>| {
            range.into_iter().any(|t| self.is(s, t, &[Kind::Paper]).is_some() && !mine.contains(&name(t)))
        };
        let low = sentence.tokens.start;
        let contrast = (low..own.end).any(|t| self.is(sentence, t, &[Kind::Contrast]).is_some());
        contrast
            || other(sentence, low..at.min(own.start))
            || (1..=BACK).filter_map(|n| self.earlier(ix, sentence, n)).any(|s| other(s, s.tokens.clone()))
    }

    /// Past the few words that may stand between a paper and its number, day or hour from token `at` on.
    pub(super) fn past_paper(&self, sentence: &Sentence, at: usize, end: usize) -> usize {
        let mut at = at;
        for _ in 0..SMALL {
            let verb = self.is(sentence, at, &[Kind::PaperVerb, Kind::PaperGlue]);
            let mark = matches!(self.word(at), "«" | "“" | "\"" | "„").then_some(at + 1);
            let bound = || self.counts.bound_at(self.text, sentence, at).map(|(_, end)| end);
            match verb.or(mark).or_else(bound).filter(|next| *next < end) {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }
}
