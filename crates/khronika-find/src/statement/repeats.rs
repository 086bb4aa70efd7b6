//! What a text tells twice in the same words, of which one is quoted or bears a number, and differs: `released on 12 June 2024` and
//! "released on 21 June 2024"; decision № 47 of 14 May and decision of 16 May № 47; "not four but seven".

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{Retold, Span};

use super::account::Kind;
use super::figure::{Amount, Stamp, Term, disjoint, stem};
use super::retold::{LONGEST, Out, SMALL, Seeker};
use crate::text::{Sentence, TokenKind};

/// How long a quotation may be, in tokens, to be words of a paper.
const QUOTE: usize = 16;
/// The most places of the same two words, or of one number, that are laid side by side.
const MOST: usize = 16;
/// How far before the number of a paper its noun may stand, in tokens.
const NOUN: usize = 5;
/// A number of a paper with fewer figures is that of many papers.
const FIGURES: usize = 2;
/// The most numbers of one sentence that are set right.
const CORRECTIONS: usize = 3;
/// How many sentences back the number may stand that is set right.
const FAR: usize = 30;

/// A day or a length of time with the two words before it.
enum Told {
    Day(Stamp),
    Time(Term),
}

impl Told {
    fn span_tokens(&self) -> std::ops::Range<usize> {
        match self {
            Self::Day(day) => day.tokens.clone(),
            Self::Time(term) => term.amount.tokens.clone(),
        }
    }

    /// A slip of the pen: a day with one figure other, or one part of a length of time that has several.
    fn slip(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Day(a), Self::Day(b)) => !a.same(b) && a.slip(b),
            (Self::Time(a), Self::Time(b)) => a.units.len() > 1 && a.units == b.units && !a.same(b) && a.times(b) < 1.5,
            _ => false,
        }
    }
}

impl Seeker<'_, '_> {
    /// Words that the text quotes, and has itself with another day or length of time.
    pub(super) fn quoted(&self, out: &mut Out) {
        let mut quotes: Vec<((String, String), Told)> = Vec::new();
        for sentence in self.short() {
            for open in sentence.tokens.clone().filter(|t| matches!(self.word(*t), "«" | "“" | "\"" | "„")) {
                let end = sentence.tokens.end.min(open + QUOTE);
                let close = (open + 1..end).find(|t| matches!(self.word(*t), "»" | "”" | "\""));
                let told = (open + 3..close.unwrap_or(open)).find_map(|t| self.told_at(sentence, t));
                quotes.extend(told.and_then(|told| Some((self.two_before(&told)?, told))));
            }
        }
        if quotes.is_empty() {
            return;
        }
        let keys: BTreeSet<&(String, String)> = quotes.iter().map(|(key, _)| key).collect();
        let mut places: BTreeMap<(String, String), Vec<Told>> = BTreeMap::new();
        for sentence in self.short() {
            for told in sentence.tokens.clone().filter_map(|t| self.told_at(sentence, t)) {
                if let Some(key) = self.two_before(&told).filter(|key| keys.contains(key)) {
                    let all = places.entry(key).or_default();
                    if all.len() < MOST {
                        all.push(told);
                    }
                }
            }
        }
        for (key, quote) in quotes.iter().take(MOST * MOST) {
            let other = places.get(key).and_then(|all| all.iter().find(|told| told.slip(quote)));
            if let Some(other) = other {
                let what = if matches!(quote, Told::Day(_)) { Retold::Day } else { Retold::Number };
                let span = |told: &Told| self.text.span(told.span_tokens());
                out.add_in_order(what, span(other), span(quote), "retold.quoted");
            }
        }
    }

    /// "№ 47 of 14 May … of 16 May № 47": one paper by its number and its noun, with two days.
    pub(super) fn numbered(&self, out: &mut Out) {
        let mut papers: BTreeMap<String, Vec<(BTreeSet<String>, Stamp)>> = BTreeMap::new();
        for sentence in self.short() {
            for at in sentence.tokens.clone().filter(|t| matches!(self.word(*t), "№" | "n°" | "nº")) {
                if let Some((number, nouns, day)) = self.numbered_at(sentence, at) {
                    let all = papers.entry(number).or_default();
                    if all.len() < MOST {
                        all.push((nouns, day));
                    }
                }
            }
        }
        for told in papers.values() {
            for (n, (nouns, day)) in told.iter().enumerate() {
                let later = told.iter().skip(n + 1).find(|(other, d)| !nouns.is_disjoint(other) && day.near(d));
                if let Some((_, second)) = later {
                    let span = |day: &Stamp| self.text.span(day.tokens.clone());
                    out.add_in_order(Retold::Day, span(day), span(second), "retold.numbered");
                    break;
                }
            }
        }
    }

    /// The number of a paper at the sign `at`, the words that may be its noun, and its day.
    fn numbered_at(&self, sentence: &Sentence, at: usize) -> Option<(String, BTreeSet<String>, Stamp)> {
        let end = sentence.tokens.end;
        let mut number = String::new();
        let mut next = at + 1;
        while next < end && (next == at + 1 || self.glued(next)) && next < at + 8 {
            let kind = self.text.tokens.get(next)?.kind;
            if kind == TokenKind::Mark && !matches!(self.word(next), "/" | "-") {
                break;
            }
            number.push_str(self.word(next));
            next += 1;
        }
        if number.chars().filter(char::is_ascii_digit).count() < FIGURES {
            return None;
        }
        // "№ 47 of 14 May", "of 14 May № 47".
        let behind = (next..end.min(next + 2)).find_map(|t| self.stamp(sentence, t));
        let low = sentence.tokens.start.max(at.saturating_sub(2 * NOUN));
        let before = || (low..at).find_map(|t| self.stamp(sentence, t).filter(|d| d.tokens.end == at));
        let (day, from) = match behind {
            Some(day) => (day, at),
            None => {
                let day = before()?;
                let from = day.tokens.start;
                (day, from)
            }
        };
        let low = sentence.tokens.start.max(from.saturating_sub(NOUN));
        let long = |t: &usize| self.word(*t).chars().count() > 4;
        let nouns: BTreeSet<String> = (low..from).filter(long).map(|t| stem(self.word(t))).collect();
        (!nouns.is_empty()).then_some((number, nouns, day))
    }

    /// "Not four but seven": the four that the text told before.
    pub(super) fn set_right(&self, ix: usize, sentence: &Sentence, out: &mut Out) {
        let all = sentence.tokens.clone().filter_map(|at| Some((at, self.not_but(sentence, at)?)));
        for (at, (wrong, right)) in all.take(CORRECTIONS) {
            // "non pas de quatre": told from "non" on already.
            if out.second.contains(&right.number.tokens.start) {
                continue;
            }
            let same = |a: &Amount| {
                a.number.value.to_bits() == wrong.number.value.to_bits() && a.number.scaled == wrong.number.scaled
            };
            let mut told: Vec<Span> = Vec::new();
            for n in 1..=FAR {
                let Some(earlier) = ix.checked_sub(n).and_then(|at| self.text.sentences.get(at)) else { break };
                if earlier.tokens.len() > LONGEST {
                    continue;
                }
                let counts = |a: &Amount| {
                    let noun = a.number.tokens.end;
                    self.text.tokens.get(noun).is_some_and(|t| noun < earlier.tokens.end && t.kind == TokenKind::Word)
                };
                let all =
                    earlier.tokens.clone().filter_map(|t| self.amount(earlier, t)).filter(|a| same(a) && counts(a));
                told.extend(all.map(|a| self.text.span(a.tokens.start..a.number.tokens.end + 1)));
            }
            // Of several it is not known which one is set right.
            if let [first] = told.as_slice()
                && disjoint(&wrong, &right)
            {
                let second = self.text.span(at..right.tokens.end);
                out.second.insert(right.number.tokens.start);
                out.add(Retold::Number, *first, second, "retold.set-right");
            }
        }
    }

    /// The two numbers of "not four but seven", "төрт емес, жеті", from token `at` on.
    fn not_but(&self, sentence: &Sentence, at: usize) -> Option<(Amount, Amount)> {
        let not = self.is(sentence, at, &[Kind::Not]);
        let mut from = not.unwrap_or(at);
        // "non pas de quatre mais de sept"
        while not.is_some()
            && self.amount(sentence, from).is_none()
            && let Some(next) = self.is(sentence, from, &[Kind::Glue]).filter(|_| from < at + SMALL)
        {
            from = next;
        }
        let wrong = self.amount(sentence, from)?;
        let mut next = wrong.number.tokens.end;
        if not.is_none() {
            next = self.is(sentence, next, &[Kind::Not])?;
        }
        let comma = self.word(next) == ",";
        next += usize::from(comma);
        let but = self.is(sentence, next, &[Kind::Contrast]);
        if but.is_none() && !(comma && not.is_none()) {
            return None;
        }
        let mut next = but.unwrap_or(next);
        for _ in 0..SMALL {
            if let Some(right) = self.amount(sentence, next) {
                return Some((wrong, right));
            }
            next = self.small(sentence, next)?;
        }
        None
    }

    /// The sentences that are looked at.
    fn short(&self) -> impl Iterator<Item = &Sentence> {
        self.text.sentences.iter().filter(|s| self.reads(s))
    }

    fn told_at(&self, sentence: &Sentence, at: usize) -> Option<Told> {
        let start = self.text.tokens.get(at)?.span.start;
        if self.date_at(start).is_none_or(|d| d.span.start != start) {
            return None;
        }
        let time = || self.term(sentence, at).map(Told::Time);
        self.stamp(sentence, at).map(Told::Day).or_else(time)
    }

    /// The two words right before a day or a length of time, of which one at least is long.
    fn two_before(&self, told: &Told) -> Option<(String, String)> {
        let start = told.span_tokens().start;
        let word = |n: usize| {
            let at = start.checked_sub(n)?;
            self.text.tokens.get(at).filter(|t| t.kind == TokenKind::Word).map(|_| self.word(at).to_owned())
        };
        let (first, second) = (word(2)?, word(1)?);
        (first.chars().count().max(second.chars().count()) > 4).then_some((first, second))
    }
}
