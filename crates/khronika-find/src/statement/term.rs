//! Lengths of time that a text tells twice and differently: "sentenced him to nine years … the request puts the sentence at twelve",
//! "huit jours … il parle de trois semaines". Two of one unit are compared as numbers of one thing are; two of different units where
//! one of them is said to be that of a sentence. Where a text gave the second length itself before, it tells of two things, or one court
//! changed what another had given, and nothing is found.

use std::collections::BTreeSet;
use std::ops::Range;

use khronika_core::{ActorIx, ActorKind, Counted, Retold, TimexKind};

use super::account::Kind;
use super::count::Number;
use super::figure::{Amount, Term, disjoint, stem};
use super::retold::{BACK, LONGEST, Out, SMALL, Seeker};
use crate::text::{Sentence, TokenKind};

/// How far before a length of time the word may stand that makes it that of a sentence, in tokens.
const NEAR: usize = 6;
/// Two lengths of which one is so many times the other are those of two things.
const MOST: f64 = 4.0;
/// How many words may follow a length of time and belong to it: "ten years of strict regime".
const AFTER: usize = 3;
/// The most names of a sentence that are looked at.
const PEOPLE: usize = 16;

impl Seeker<'_, '_> {
    /// The length of time that begins at token `at`.
    pub(super) fn term(&self, sentence: &Sentence, at: usize) -> Option<Term> {
        let start = self.text.tokens.get(at)?.span.start;
        let date = self.date_at(start).filter(|d| d.kind == TimexKind::Duration && d.span.start == start)?;
        let (value, units) = Term::days(&date.value)?;
        let tokens = self.text.tokens_in(date.span);
        let tokens = tokens.start..tokens.end.min(sentence.tokens.end);
        let bound = self.amount(sentence, at).map_or(Counted::Exactly, |a| a.bound);
        let number = Number { tokens: tokens.clone(), value, scaled: false };
        Some(Term { amount: Amount { number, bound, tokens }, units })
    }

    fn terms(&self, sentence: &Sentence, range: Range<usize>) -> Vec<Term> {
        let mut all: Vec<Term> = Vec::new();
        for at in range {
            let past = all.last().map_or(0, |t| t.amount.tokens.end);
            all.extend(self.term(sentence, at).filter(|_| at >= past));
        }
        all
    }

    /// True where the words beside a length of time say that it is that of a sentence.
    fn of_sentence(&self, sentence: &Sentence, term: &Term) -> bool {
        let tokens = &term.amount.tokens;
        let span = self.text.span(tokens.clone());
        let from = self.found.counts.partition_point(|c| c.span.end <= span.start);
        let counted = self.found.counts.get(from).filter(|c| c.span.overlaps(span));
        let low = sentence.tokens.start.max(tokens.start.saturating_sub(NEAR));
        counted.is_some_and(|c| c.thing.starts_with("sentence-") && !c.thing.ends_with("-asked"))
            || (low..tokens.start).any(|t| self.is(sentence, t, &[Kind::Term]).is_some())
    }

    /// True where the words beside a length of time say that it was asked for: no court gave it.
    fn asked(&self, sentence: &Sentence, term: &Term) -> bool {
        let tokens = &term.amount.tokens;
        let parts = |t: &usize| matches!(self.word(*t), "," | ";" | ":" | "—" | "–");
        let low = sentence.tokens.start.max(tokens.start.saturating_sub(2 * NEAR));
        let before = (low..tokens.start).rev().take_while(|t| !parts(t));
        let after = (tokens.end..sentence.tokens.end.min(tokens.end + NEAR)).take_while(|t| !parts(t));
        before.chain(after).any(|t| self.is(sentence, t, &[Kind::Asked]).is_some())
    }

    /// The people named in `range`.
    fn people(&self, range: Range<usize>) -> BTreeSet<ActorIx> {
        let span = self.text.span(range);
        let from = self.found.mentions.partition_point(|m| m.span.start < span.start);
        let named = self.found.mentions.iter().skip(from).take_while(|m| m.span.start < span.end).take(PEOPLE);
        let person = |ix: &ActorIx| self.found.actors.get(*ix).is_some_and(|a| a.kind == ActorKind::Person);
        named.map(|m| m.actor).filter(person).collect()
    }

    /// A length of time told again of what was told with one before token `before`.
    pub(super) fn reterm(&self, ix: usize, sentence: &Sentence, before: usize, term: &Term, row: &str, out: &mut Out) {
        let end = term.amount.tokens.end;
        let mut words = (end..=end + AFTER)
            .take_while(|t| *t == end || self.text.tokens.get(t - 1).is_some_and(|k| k.kind == TokenKind::Word));
        if !words.any(|t| self.ends(sentence, t)) {
            return;
        }
        let here = (sentence, sentence.tokens.start..before.min(term.amount.tokens.start));
        let earlier = (1..=BACK).filter_map(|n| self.earlier(ix, sentence, n)).map(|s| (s, s.tokens.clone()));
        let told: Vec<(&Sentence, Vec<Term>)> =
            std::iter::once(here).chain(earlier).map(|(own, range)| (own, self.terms(own, range))).collect();
        if told.iter().flat_map(|(_, terms)| terms).any(|t| t.same(term)) {
            return;
        }
        let sentenced = self.of_sentence(sentence, term);
        let asked = self.asked(sentence, term);
        // "a sentence of four years for Anna Weiss": hers, where nobody else is told of.
        let whose = self.people(before.min(end)..sentence.tokens.end.min(end + AFTER + 1));
        for (own, terms) in told {
            let of = self.people(own.tokens.clone());
            if !whose.is_empty() && !of.is_empty() && whose.is_disjoint(&of) {
                return;
            }
            let one = |t: &&Term| {
                let first = !out.second.contains(&t.amount.tokens.start);
                // "by seven months" and "in four months" are no length of the sentence, nor is what was asked for.
                first
                    && (t.units == term.units || sentenced && t.times(term) <= MOST)
                    && (!sentenced || self.of_sentence(own, t))
                    && self.asked(own, t) == asked
            };
            if let Some(first) = terms.iter().rev().find(one) {
                out.second.insert(term.amount.tokens.start);
                if disjoint(&first.amount, &term.amount) {
                    self.add_terms(first, term, row, out);
                }
                return;
            }
        }
    }

    /// "The request puts it at nine years, the note of the embassy at seven": the verb of the second account is left out.
    pub(super) fn gapped_term(&self, sentence: &Sentence, verb: usize, said: &Term, row: &str, out: &mut Out) {
        let Some(glue) = said.amount.tokens.start.checked_sub(1).filter(|g| *g > verb) else { return };
        let glue = self.word(glue);
        let past = said.amount.tokens.end;
        for at in past..sentence.tokens.end.min(past + 2 * NEAR + SMALL) {
            let paper = (past..at).any(|t| self.is(sentence, t, &[Kind::Paper]).is_some());
            if self.word(at) != glue || !paper {
                continue;
            }
            if let Some(other) = self.term(sentence, at + 1) {
                if self.ends(sentence, other.amount.tokens.end) && disjoint(&said.amount, &other.amount) {
                    out.second.insert(other.amount.tokens.start);
                    self.add_terms(said, &other, row, out);
                }
                return;
            }
        }
    }

    /// "What he said is not consistent": the two lengths of time that follow, or the two numbers of one thing.
    pub(super) fn in_doubt(&self, ix: usize, sentence: &Sentence, out: &mut Out) {
        let end = sentence.tokens.end;
        let kinds = [Kind::DisputeNumber];
        let hit = sentence.tokens.clone().find_map(|at| self.accounts.at(self.text, sentence.lang, at, end, &kinds));
        let Some((row, _)) = hit else { return };
        let block = sentence.block;
        let after = (0..=BACK).filter_map(|n| self.text.sentences.get(ix + n));
        for next in after.take_while(|s| s.block == block && s.tokens.len() <= LONGEST) {
            let terms = self.terms(next, next.tokens.clone());
            if let [a, b] = terms.as_slice() {
                if !self.part_between(next, a.amount.tokens.end..b.amount.tokens.end)
                    && disjoint(&a.amount, &b.amount)
                    && a.times(b) <= MOST
                    && !a.same(b)
                {
                    out.second.insert(b.amount.tokens.start);
                    self.add_terms(a, b, &row.id, out);
                }
                return;
            }
            let counted: Vec<(Amount, usize)> = next
                .tokens
                .clone()
                .filter_map(|at| self.amount(next, at))
                .map(|a| (a.number.tokens.end, a))
                .filter(|(noun, _)| self.text.tokens.get(*noun).is_some_and(|t| t.kind == TokenKind::Word))
                .map(|(noun, a)| (a, noun))
                .collect();
            if let [(a, x), (b, y)] = counted.as_slice() {
                let part = self.part_between(next, x + 1..*y);
                if !part && stem(self.word(*x)) == stem(self.word(*y)) && disjoint(a, b) {
                    let span = |a: &Amount, noun: &usize| self.text.span(a.tokens.start..noun + 1);
                    out.second.insert(b.number.tokens.start);
                    out.add(Retold::Number, span(a, x), span(b, y), &row.id);
                }
                return;
            }
        }
    }

    /// "three weeks, of which one in a cell".
    fn part_between(&self, sentence: &Sentence, range: Range<usize>) -> bool {
        range.into_iter().any(|t| self.is(sentence, t, &[Kind::Part]).is_some())
    }

    fn add_terms(&self, first: &Term, second: &Term, row: &str, out: &mut Out) {
        let span = |t: &Term| self.text.span(t.amount.tokens.clone());
        out.add(Retold::Number, span(first), span(second), row);
    }
}
