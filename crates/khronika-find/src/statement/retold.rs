//! A number or a day that a text sets against one that it gave right before, by another account: "87 people were detained; the
//! minister spoke of 112", "le 22 septembre d'après l'acte d'accusation, le 20 pour sa famille".
//!
//! The second one stands bare: the words around it say who tells it, and nothing else that could make it the number or day of another
//! thing. What is counted is told with the first one alone.

use std::collections::BTreeSet;
use std::ops::Range;

use khronika_core::{
    BlockKind, CountFinding, Counted, DateRole, Findings, Retelling, Retold, Span, TimeExpr, TimexKind,
};

use super::account::{AccountRules, Kind};
use super::count::{CountRules, Number};
use super::figure::{Amount, Stamp, disjoint, stem};
use crate::text::{Sentence, Text, TokenKind};

/// How many sentences back the first number or day may stand.
pub(super) const BACK: usize = 2;
/// The most tokens of a sentence that are looked at: what is longer is a list.
pub(super) const LONGEST: usize = 160;
/// How many small words may stand between the words of an account and its number or day.
pub(super) const SMALL: usize = 5;
/// A second number of people that is more times the first, or fewer, counts a part or the whole.
const ALIKE: f64 = 3.0;
/// A number from here on may be told with a scale as well: 200,000 and 1.2 million.
const BIG: f64 = 10_000.0;
/// How far before a number its noun may stand where nothing follows it, in tokens.
const INVERTED: usize = 3;
/// So many words before two days are the same where the one thing is told twice.
const REPEATED: usize = 4;

/// Adds what it finds to `found`.
pub(super) fn find(text: &Text<'_>, counts: &CountRules, accounts: &AccountRules, found: &mut Findings) {
    let mut out = Out::default();
    {
        let seeker = Seeker { text, counts, accounts, found };
        for (at, sentence) in text.sentences.iter().enumerate() {
            if !seeker.reads(sentence) {
                continue;
            }
            seeker.spoken(at, sentence, &mut out);
            seeker.bare(at, sentence, &mut out);
            seeker.disputed(at, sentence, &mut out);
            seeker.in_doubt(at, sentence, &mut out);
            seeker.repeated(at, sentence, &mut out);
            seeker.duties(at, sentence, &mut out);
            seeker.set_right(at, sentence, &mut out);
        }
        seeker.quoted(&mut out);
        seeker.numbered(&mut out);
        seeker.slips(&mut out);
    }
    let mut all = out.all;
    all.sort_by_key(|r| (r.sides.first().copied().unwrap_or_default(), r.what));
    found.retold = all;
}

#[derive(Default)]
pub(super) struct Out {
    all: Vec<Retelling>,
    /// The numbers and days that tell something anew, by their first tokens: none of them is the first of a pair.
    pub(super) second: BTreeSet<usize>,
}

impl Out {
    pub(super) fn add(&mut self, what: Retold, first: Span, second: Span, row: &str) {
        let same = |r: &&mut Retelling| r.what == what && r.sides.first() == Some(&first);
        match self.all.iter_mut().rev().take(8).find(same) {
            Some(known) if known.sides.contains(&second) => {}
            Some(known) => known.sides.push(second),
            None => self.all.push(Retelling { what, sides: vec![first, second], made_by: row.to_owned() }),
        }
    }

    /// The same for two places of which either may stand first.
    pub(super) fn add_in_order(&mut self, what: Retold, a: Span, b: Span, row: &str) {
        let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
        self.add(what, first, second, row);
    }
}

pub(super) struct Seeker<'a, 'b> {
    pub(super) text: &'a Text<'b>,
    pub(super) counts: &'a CountRules,
    pub(super) accounts: &'a AccountRules,
    pub(super) found: &'a Findings,
}

impl Seeker<'_, '_> {
    /// True for a sentence that is looked at.
    pub(super) fn reads(&self, sentence: &Sentence) -> bool {
        self.accounts.knows(sentence.lang) && sentence.tokens.len() <= LONGEST
    }

    pub(super) fn is(&self, sentence: &Sentence, at: usize, kinds: &[Kind]) -> Option<usize> {
        self.accounts.at(self.text, sentence.lang, at, sentence.tokens.end, kinds).map(|(_, end)| end)
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.text.fold(at)
    }

    /// The number that begins at token `at`. "One" is an article as often as a number.
    pub(super) fn amount(&self, sentence: &Sentence, at: usize) -> Option<Amount> {
        let number = self.counts.number(self.text, self.found, sentence, at).filter(|n| n.value >= 2.0)?;
        let (mut bound, from) = self.counts.bound(self.text, sentence, &number);
        let mut tokens = from..number.tokens.end;
        if bound == Counted::Exactly {
            // "61 magistrats au moins", "жиырмадан астам"
            let after = number.tokens.end..(number.tokens.end + 4).min(sentence.tokens.end);
            let late = after.clone().find_map(|i| self.is(sentence, i, &[Kind::AtLeast]));
            if let Some(end) = late.filter(|end| self.counts.number(self.text, self.found, sentence, *end).is_none()) {
                (bound, tokens.end) = (Counted::AtLeast, end);
            }
        }
        Some(Amount { number, bound, tokens })
    }

    /// The sentence `n` before sentence `ix`, in the same paragraph or at the end of the one before it.
    pub(super) fn earlier(&self, ix: usize, sentence: &Sentence, n: usize) -> Option<&Sentence> {
        let earlier = self.text.sentences.get(ix.checked_sub(n)?)?;
        let plain = |s: &Sentence| s.kind == BlockKind::Paragraph;
        let near =
            earlier.block == sentence.block || earlier.block + 1 == sentence.block && plain(earlier) && plain(sentence);
        (near && earlier.tokens.len() <= LONGEST).then_some(earlier)
    }

    /// The date whose words hold the place `at`.
    pub(super) fn date_at(&self, at: usize) -> Option<&TimeExpr> {
        let index = self.found.dates.partition_point(|d| d.span.end <= at);
        self.found.dates.get(index).filter(|d| d.span.start <= at)
    }

    /// The day that begins at token `at`.
    pub(super) fn stamp(&self, sentence: &Sentence, at: usize) -> Option<Stamp> {
        let start = self.text.tokens.get(at)?.span.start;
        let date = self.date_at(start)?;
        // "the night of 30 July": its day.
        let part = date.kind == TimexKind::Time && !date.value.contains(':');
        if !(part || date.kind == TimexKind::Date) || matches!(date.role, DateRole::Norm | DateRole::Citation) {
            return None;
        }
        let tokens = self.text.tokens_in(date.span);
        let tokens = tokens.start..tokens.end.min(sentence.tokens.end);
        let mut parts = date.edtf.as_ref()?.as_str().splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let stated =
            tokens.clone().any(|t| self.word(t).len() == 4 && self.word(t).bytes().all(|b| b.is_ascii_digit()));
        Some(Stamp { tokens, year: year.parse().ok(), month: month.parse().ok(), day: day.parse().ok()?, stated })
    }

    /// A day of which only the number stands at token `at`: "le 16", "29-те".
    pub(super) fn ordinal(&self, sentence: &Sentence, at: usize) -> Option<Stamp> {
        let token = self.text.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
        if self.dated(token.span) {
            return None;
        }
        let day = self.word(at).parse().ok().filter(|d| (1..=31).contains(d))?;
        let mut end = at + 1;
        // The ending of an ordinal: "29-те", "11-го".
        if self.glued(end) && self.word(end) == "-" && self.glued(end + 1) && end + 1 < sentence.tokens.end {
            end += 2;
        }
        Some(Stamp { tokens: at..end, year: None, month: None, day, stated: false })
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.text.tokens.get(at).is_some_and(|t| !t.spaced)
    }

    pub(super) fn dated(&self, span: Span) -> bool {
        let index = self.found.dates.partition_point(|d| d.span.end <= span.start);
        self.found.dates.get(index).is_some_and(|d| d.span.overlaps(span))
    }

    /// Every day told in `range`.
    fn stamps(&self, sentence: &Sentence, range: Range<usize>) -> Vec<Stamp> {
        let mut all = Vec::new();
        let mut at = range.start;
        while at < range.end {
            match self.stamp(sentence, at) {
                Some(stamp) => {
                    at = stamp.tokens.end.max(at + 1);
                    all.push(stamp);
                }
                None => at += 1,
            }
        }
        all
    }

    /// True where what stands at token `at` ends the words of a number or day that stands alone.
    pub(super) fn ends(&self, sentence: &Sentence, at: usize) -> bool {
        at >= sentence.tokens.end
            || matches!(self.word(at), "." | "," | ";" | ":" | ")" | "—" | "–" | "»" | "”" | "\"" | "!" | "?" | "…")
            || self.is(sentence, at, &[Kind::Tail, Kind::Contrast, Kind::And]).is_some()
    }

    /// The same, where a comma may open what the day belongs to: "according to the police, on 3 May, he left".
    pub(super) fn ends_clause(&self, sentence: &Sentence, at: usize) -> bool {
        let mut at = at;
        while at < sentence.tokens.end && matches!(self.word(at), "»" | "”" | "\"" | ")" | ",") {
            if self.word(at) == "," {
                return self.is(sentence, at + 1, &[Kind::Contrast, Kind::And]).is_some();
            }
            at += 1;
        }
        at >= sentence.tokens.end
            || matches!(self.word(at), "." | ";" | "—" | "–" | "!" | "?")
            || self.is(sentence, at, &[Kind::Contrast, Kind::And]).is_some()
    }

    /// Past small words, bounds and quotation marks from token `at` on, where one of them stands there.
    pub(super) fn small(&self, sentence: &Sentence, at: usize) -> Option<usize> {
        if matches!(self.word(at), "«" | "“" | "\"" | "„" | "£" | "$" | "€" | "₽" | "₴" | "₸") {
            return Some(at + 1);
        }
        let bound = self.counts.bound_at(self.text, sentence, at).map(|(_, end)| end);
        bound.or_else(|| self.is(sentence, at, &[Kind::Glue, Kind::Term]))
    }

    /// The words for what is counted after a number: `None` where they are of one of its own kind, `Some(None)` where there are none or
    /// only general ones, else the token of the noun.
    pub(super) fn noun(&self, sentence: &Sentence, end: usize) -> Option<Option<usize>> {
        if let Some(past) = self.is(sentence, end, &[Kind::Generic]) {
            return self.ends(sentence, past).then_some(None);
        }
        if self.ends(sentence, end) {
            return Some(None);
        }
        // "nine days", "19,480 cubic metres".
        let last = (end..sentence.tokens.end.min(end + 3))
            .take_while(|i| self.text.tokens.get(*i).is_some_and(|t| t.kind == TokenKind::Word))
            .find(|i| self.ends(sentence, i + 1))?;
        (last >= end).then_some(Some(end))
    }

    /// "the minister spoke of 112", "gives the date as 10 February".
    fn spoken(&self, ix: usize, sentence: &Sentence, out: &mut Out) {
        let range = sentence.tokens.clone();
        for at in range.clone() {
            let kinds = [Kind::Number, Kind::Day, Kind::DayWeak, Kind::PaperVerb, Kind::PaperHas];
            for kind in kinds {
                let hit = self.accounts.at(self.text, sentence.lang, at, range.end, &[kind]);
                let Some((row, end)) = hit else { continue };
                let paper = matches!(kind, Kind::PaperVerb | Kind::PaperHas);
                if paper && !self.paper_before(sentence, at) {
                    continue;
                }
                let number = paper || kind == Kind::Number;
                let mut value = end;
                for _ in 0..SMALL {
                    if number && self.amount(sentence, value).is_some() {
                        break;
                    }
                    if self.stamp(sentence, value).is_some() || self.clock(sentence, value).is_some() {
                        break;
                    }
                    match self.small(sentence, value) {
                        Some(next) => value = next,
                        None => break,
                    }
                }
                if let Some(hour) = self.clock(sentence, value) {
                    if self.ends_clause(sentence, hour.tokens.end) {
                        self.rehour(ix, sentence, at, &hour, &row.id, out);
                    }
                } else if let Some(term) = self.term(sentence, value).filter(|_| number && kind != Kind::PaperHas) {
                    self.reterm(ix, sentence, at, &term, &row.id, out);
                    self.gapped_term(sentence, at, &term, &row.id, out);
                } else if let Some(amount) = self.amount(sentence, value).filter(|a| {
                    // "The copy has 38 pages": of its own.
                    number && (kind != Kind::PaperHas || self.ends(sentence, a.tokens.end))
                }) {
                    if self.recount(ix, sentence, at, &amount, &row.id, out) {
                        if !paper {
                            self.gapped(ix, sentence, at, &amount, &row.id, out);
                        }
                    } else if kind == Kind::Number {
                        self.befallen(ix, sentence, &amount, &row.id, out);
                    }
                } else if let Some(day) = self
                    .stamp(sentence, value)
                    .or_else(|| self.ordinal(sentence, value).filter(|_| !paper))
                    .filter(|d| {
                        let end = d.tokens.end;
                        // "бұл күн 6 маусым деп көрсетілген": the verb stands behind.
                        let verb = || self.is(sentence, end, &[Kind::PaperVerb, Kind::NumberAfter]).is_some();
                        kind != Kind::Number && (self.ends_clause(sentence, end) || verb())
                    })
                {
                    let weak = kind == Kind::DayWeak;
                    let contrast = (range.start..at + 6).any(|i| self.is(sentence, i, &[Kind::Contrast]).is_some());
                    self.redate(ix, sentence, at, &day, weak && !contrast, &row.id, out);
                }
            }
            if let Some((row, _)) = self.accounts.at(self.text, sentence.lang, at, range.end, &[Kind::NumberAfter]) {
                // "сегіз адам туралы айтады": the number stands right before, with a general word between.
                let low = range.start.max(at.saturating_sub(4));
                if let Some(term) = (low..at).find_map(|i| self.term(sentence, i)) {
                    if term.amount.tokens.end == at {
                        self.reterm(ix, sentence, term.amount.tokens.start, &term, &row.id, out);
                    }
                    continue;
                }
                let amount = (low..at).find_map(|i| self.amount(sentence, i).map(|a| (i, a)));
                if let Some((begin, amount)) = amount {
                    let end = amount.tokens.end;
                    let bare = end == at || self.is(sentence, end, &[Kind::Generic]) == Some(at);
                    if bare {
                        self.counted_again(ix, sentence, begin, &amount, None, &row.id, out);
                    }
                }
            }
        }
    }

    /// "…, and the Bar Association of “no fewer than 140”": the verb of the account before is left out.
    fn gapped(&self, ix: usize, sentence: &Sentence, verb: usize, said: &Amount, row: &str, out: &mut Out) {
        let Some(glue) = said.tokens.start.checked_sub(1).filter(|g| *g > verb) else { return };
        let glue = self.word(glue).to_owned();
        let mut at = said.tokens.end;
        while at < sentence.tokens.end {
            let next = at + 1;
            if self.word(at) == glue {
                let begin = (next..sentence.tokens.end.min(next + SMALL)).find(|i| self.amount(sentence, *i).is_some());
                let small = begin.is_some_and(|b| {
                    let mut i = next;
                    while i < b {
                        match self.small(sentence, i) {
                            Some(end) => i = end,
                            None => return false,
                        }
                    }
                    true
                });
                if let Some(amount) = begin.filter(|_| small).and_then(|b| self.amount(sentence, b)) {
                    self.recount(ix, sentence, verb, &amount, row, out);
                    at = amount.tokens.end;
                    continue;
                }
            }
            at = next;
        }
    }

    /// A number told again of what was counted before token `before`. True where there is such a count.
    fn recount(
        &self,
        ix: usize,
        sentence: &Sentence,
        before: usize,
        amount: &Amount,
        row: &str,
        out: &mut Out,
    ) -> bool {
        let noun = self.noun(sentence, amount.tokens.end);
        noun.is_some_and(|noun| self.counted_again(ix, sentence, before, amount, noun, row, out))
    }

    /// "Nine employees were arrested … the ministry speaks of six persons detained there": another noun, but the same befell so many.
    fn befallen(&self, ix: usize, sentence: &Sentence, amount: &Amount, row: &str, out: &mut Out) {
        let span = self.text.span(amount.number.tokens.clone());
        let at = self.found.counts.partition_point(|c| c.span.end <= span.start);
        let Some(told) = self.found.counts.get(at).filter(|c| c.span.contains(span) && !c.thing.contains('-')) else {
            return;
        };
        let from = (1..=BACK).filter_map(|n| self.earlier(ix, sentence, n)).map(|s| s.span.start).min();
        let from = from.unwrap_or(sentence.span.start);
        let near = self.found.counts.iter().take(at).rev().take_while(|c| c.span.start >= from);
        let Some(first) = near.filter(|c| c.thing == told.thing).find(|c| !self.is_part(c.span)) else { return };
        let of = |c: &CountFinding| {
            let tokens = self.text.tokens_in(c.span);
            let number = Number { tokens: tokens.clone(), value: c.number, scaled: false };
            Amount { number, bound: c.bound, tokens }
        };
        let alike = told.number.max(first.number) <= told.number.min(first.number) * ALIKE;
        if alike && !self.is_part(told.span) && disjoint(&of(first), &of(told)) {
            out.second.insert(amount.number.tokens.start);
            out.add(Retold::Number, first.span, told.span, row);
        }
    }

    /// True where the words beside a count say that it is a part of another.
    fn is_part(&self, span: Span) -> bool {
        let tokens = self.text.tokens_in(span);
        let Some(sentence) = self.text.sentence_at(span.start).and_then(|s| self.text.sentences.get(s)) else {
            return false;
        };
        let near = sentence.tokens.start.max(tokens.start.saturating_sub(4))..sentence.tokens.end.min(tokens.end + 3);
        near.into_iter().any(|t| self.is(sentence, t, &[Kind::Part]).is_some())
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one count")]
    pub(super) fn counted_again(
        &self,
        ix: usize,
        sentence: &Sentence,
        before: usize,
        amount: &Amount,
        noun: Option<usize>,
        row: &str,
        out: &mut Out,
    ) -> bool {
        let Some((first, span)) = self.counted_before(ix, sentence, before, amount, noun, out) else { return false };
        out.second.insert(amount.number.tokens.start);
        if first.number.tokens != amount.number.tokens && disjoint(&first, amount) {
            out.add(Retold::Number, span, self.text.span(amount.tokens.clone()), row);
        }
        true
    }

    /// The number that is told before token `before` of what `amount` counts: its words with the noun.
    fn counted_before(
        &self,
        ix: usize,
        sentence: &Sentence,
        before: usize,
        amount: &Amount,
        noun: Option<usize>,
        out: &Out,
    ) -> Option<(Amount, Span)> {
        let here = (sentence, sentence.tokens.start..before);
        // In the paragraph before, a bare number may count anything: only the same noun tells that it is the same.
        let near = |s: &&Sentence| noun.is_some() || s.block == sentence.block;
        let earlier = (1..=BACK).filter_map(|n| self.earlier(ix, sentence, n)).filter(near);
        let earlier = earlier.map(|s| (s, s.tokens.clone()));
        for (own, range) in std::iter::once(here).chain(earlier) {
            let mut fits = Vec::new();
            let mut at = range.start;
            while at < range.end {
                let Some(other) = self.amount(own, at) else {
                    at += 1;
                    continue;
                };
                at = other.number.tokens.end.max(at + 1);
                if !out.second.contains(&other.number.tokens.start)
                    && let Some(end) = self.fits(own, &other, amount, noun)
                {
                    fits.push((other, end));
                }
            }
            // Of several the one that is known to count something; the nearest in the sentence of the account itself.
            let counted = |a: &(Amount, usize)| {
                let span = self.text.span(a.0.number.tokens.clone());
                let from = self.found.counts.partition_point(|c| c.span.end <= span.start);
                self.found.counts.get(from).is_some_and(|c| c.span.contains(span))
            };
            // A length of time is counted by a bare number only where nothing else is.
            if fits.len() > 1 {
                let lasts = |a: &Amount| {
                    let place = self.text.span(a.number.tokens.clone()).start;
                    self.date_at(place).is_some_and(|d| d.kind == TimexKind::Duration)
                };
                if noun.is_none() && fits.iter().any(|(a, _)| !lasts(a)) {
                    fits.retain(|(a, _)| !lasts(a));
                }
            }
            let chosen = match fits.len() {
                0 => continue,
                1 => fits.pop(),
                _ if fits.iter().filter(|f| counted(f)).count() == 1 => fits.into_iter().find(counted),
                _ if own.span == sentence.span || noun.is_some() => fits.pop(),
                _ => None,
            };
            let (first, end) = chosen?;
            let span = self.text.span(first.tokens.start..end.max(first.tokens.end));
            return Some((first, span));
        }
        None
    }

    /// Whether `other` may count what `amount` counts; the token after its words.
    fn fits(&self, own: &Sentence, other: &Amount, amount: &Amount, noun: Option<usize>) -> Option<usize> {
        let end = other.number.tokens.end;
        let last = own.tokens.end;
        // "thirteen of them": a part of what was counted.
        let low = own.tokens.start.max(other.tokens.start.saturating_sub(3));
        let part = (low..other.tokens.start).any(|i| self.is(own, i, &[Kind::Part]).is_some())
            || self.is(own, end, &[Kind::Part]).is_some();
        if part {
            return None;
        }
        let words = (end..last.min(end + 3))
            .take_while(|i| self.text.tokens.get(*i).is_some_and(|t| t.kind == TokenKind::Word));
        let words: Vec<usize> = words.collect();
        if let Some(noun) = noun {
            let noun = stem(self.word(noun));
            // "таких публикаций насчитали 142": the noun stands before.
            if words.is_empty() && self.ends(own, end) {
                let low = own.tokens.start.max(other.tokens.start.saturating_sub(INVERTED));
                return (low..other.tokens.start).any(|t| stem(self.word(t)) == noun).then_some(end);
            }
            let same = words.iter().find(|w| stem(self.word(**w)) == noun)?;
            return Some(same + 1);
        }
        // A day is no number, but "15 years" is.
        let place = self.text.tokens.get(other.number.tokens.start).map_or(0, |t| t.span.start);
        let day = self.date_at(place).is_some_and(|d| d.kind != TimexKind::Duration);
        // "1.2 million … closer to 200,000".
        let big = |a: &Amount| a.number.scaled || a.number.value >= BIG;
        if big(amount) != big(other) || day && !other.number.scaled {
            return None;
        }
        if other.number.scaled {
            return Some(end);
        }
        let told = [Kind::Source, Kind::SourceNumber, Kind::Tail, Kind::NumberAfter];
        let said = |at: usize| self.is(own, at, &told).is_some();
        words.first().map(|w| if said(*w) { end } else { w + 1 })
    }

    /// A day told again of what was dated before token `before`.
    #[expect(clippy::too_many_arguments, reason = "the parts of one day")]
    pub(super) fn redate(
        &self,
        ix: usize,
        sentence: &Sentence,
        before: usize,
        day: &Stamp,
        slip_only: bool,
        row: &str,
        out: &mut Out,
    ) {
        let here = (sentence, sentence.tokens.start..before.min(day.tokens.start));
        let earlier = (1..=BACK).filter_map(|n| self.earlier(ix, sentence, n)).map(|s| (s, s.tokens.clone()));
        for (own, range) in std::iter::once(here).chain(earlier) {
            let days = self.stamps(own, range);
            let near = days.iter().rev().filter(|d| !out.second.contains(&d.tokens.start));
            let Some(first) = near.clone().next() else { continue };
            // The nearest day is the one that is told anew; where it is the same day, nothing differs.
            if first.same(day) {
                return;
            }
            // "on 26 June and 28 June": two days of one list.
            let list = own.span == sentence.span
                && (first.tokens.end..day.tokens.start)
                    .all(|i| self.word(i) == "," || self.is(own, i, &[Kind::And, Kind::Glue]).is_some());
            if list || self.served_later(sentence, own, first, day) {
                return;
            }
            if let Some(first) = near.take(2).find(|d| d.near(day) && (!slip_only || d.slip(day))) {
                let span = self.text.span(first.tokens.clone());
                out.second.insert(day.tokens.start);
                out.add(Retold::Day, span, self.text.span(day.tokens.clone()), row);
            }
            return;
        }
    }

    /// "Filed on 20 November; served, by the clerk, on 24 November": the second day is that of a service, the first is not.
    fn served_later(&self, sentence: &Sentence, own: &Sentence, first: &Stamp, day: &Stamp) -> bool {
        let here = own.span == sentence.span;
        let served =
            |s: &Sentence, range: Range<usize>| range.into_iter().any(|t| self.is(s, t, &[Kind::Served]).is_some());
        let from = if here { first.tokens.end } else { sentence.tokens.start };
        let upto = if here { first.tokens.end } else { own.tokens.end };
        let after = sentence.tokens.end.min(day.tokens.end + SMALL);
        served(sentence, from..after) && !served(own, own.tokens.start..upto)
    }

    /// "The date of the arrest is disputed": the two days that follow.
    fn disputed(&self, ix: usize, sentence: &Sentence, out: &mut Out) {
        let hit = sentence
            .tokens
            .clone()
            .find_map(|at| self.accounts.at(self.text, sentence.lang, at, sentence.tokens.end, &[Kind::Dispute]));
        let Some((row, end)) = hit else { return };
        let mut days = self.stamps(sentence, end..sentence.tokens.end);
        for n in 1..=BACK {
            let Some(next) = self.text.sentences.get(ix + n).filter(|s| s.block == sentence.block) else { break };
            if next.tokens.len() <= LONGEST {
                days.extend(self.stamps(next, next.tokens.clone()));
            }
        }
        let pair = days.iter().zip(days.iter().skip(1)).find(|(a, b)| a.near(b));
        if let Some((a, b)) = pair {
            out.second.insert(b.tokens.start);
            out.add(Retold::Day, self.text.span(a.tokens.clone()), self.text.span(b.tokens.clone()), &row.id);
        }
    }

    /// "noticed that an appeal had been lodged on 19 May … recorded that the appeal had been lodged on 29 May": one thing in the same
    /// words, of which the one day is a slip of the other.
    fn repeated(&self, ix: usize, sentence: &Sentence, out: &mut Out) {
        for day in self.stamps(sentence, sentence.tokens.clone()) {
            let that = (sentence.tokens.start..day.tokens.start)
                .rev()
                .find_map(|i| self.accounts.at(self.text, sentence.lang, i, day.tokens.start, &[Kind::That]));
            let Some((row, from)) = that.filter(|(_, from)| day.tokens.start - from >= REPEATED) else { continue };
            let earlier = (0..=BACK).filter_map(|n| {
                let s = self.text.sentences.get(ix.checked_sub(n)?)?;
                (s.block == sentence.block && s.tokens.len() <= LONGEST).then_some(s)
            });
            let days = earlier.flat_map(|s| self.stamps(s, s.tokens.start..s.tokens.end.min(from)));
            let same = |other: &Stamp| {
                let words = |d: &Stamp, n: usize| d.tokens.start.checked_sub(n).map(|t| self.word(t).to_owned());
                let mut long = false;
                let all = (1..=REPEATED).all(|n| {
                    let (a, b) = (words(other, n), words(&day, n));
                    long |= a.as_ref().is_some_and(|w| w.chars().count() >= 5);
                    a.is_some() && a == b
                });
                all && long
            };
            let first = days.into_iter().find(|d| d.slip(&day) && same(d));
            if let Some(first) = first {
                out.second.insert(day.tokens.start);
                out.add(Retold::Day, self.text.span(first.tokens.clone()), self.text.span(day.tokens.clone()), &row.id);
            }
        }
    }
}
