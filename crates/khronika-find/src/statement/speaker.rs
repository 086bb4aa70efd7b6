//! Who says it: the name or noun before or after a reporting verb.

use std::ops::Range;

use khronika_core::{Findings, Lang, MentionIx, Span};

use super::words::{Kind, Words};
use crate::actor::mention_over;
use crate::text::{Text, TokenKind};

/// A speaker: an actor's mention, or words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Speaker {
    pub(super) mention: Option<MentionIx>,
    pub(super) words: Option<Span>,
    /// The tokens, for the span of the statement.
    pub(super) tokens: Range<usize>,
}

/// How far before the verb its subject may begin, in tokens.
const FARTHEST: usize = 24;
/// How many tokens a speaker's words may have.
const LONGEST: usize = 12;

/// True for marks at which a noun phrase ends.
pub(super) fn stops(mark: &str) -> bool {
    matches!(mark, "," | ";" | ":" | "—" | "–" | "“" | "«" | "”" | "»" | "\"" | "(" | ")" | "." | "!" | "?")
}

/// Looks for speakers in one text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seeker<'a, 'b> {
    pub(super) words: &'a Words,
    pub(super) text: &'a Text<'b>,
    pub(super) found: &'a Findings,
    pub(super) lang: Lang,
}

impl Seeker<'_, '_> {
    /// The subject of the verb at token `verb`, in the sentence that begins at token `from`.
    pub(super) fn before(self, verb: usize, from: usize) -> Option<Speaker> {
        let from = from.max(verb.saturating_sub(FARTHEST));
        let mut end = verb;
        while end > from && self.is(end - 1, &[Kind::Skip]) {
            end -= 1;
        }
        // "the Mission (MIN) documented": an acronym in brackets.
        if end > from && self.text.fold(end - 1) == ")" && !self.inside_mention(end - 1) {
            end = (from.max(end.saturating_sub(12))..end - 1).rev().find(|i| self.text.fold(*i) == "(").unwrap_or(end);
        }
        // "Ivanov, arrested in May, stated": what stands between the marks is told of the subject, or names it.
        let mut named = None;
        if end > from && matches!(self.text.fold(end - 1), "," | "—" | "–") {
            let mark = self.text.fold(end - 1);
            let open = (from..end - 1).rev().find(|i| self.text.fold(*i) == mark)?;
            named = self.named(open + 1..end - 1);
            end = open;
        }
        let start = self.clause_start(end, from);
        let head = self
            .head(start..end)
            .filter(|speaker| speaker.mention.is_some() || !self.oblique(&speaker.tokens))
            .map(|speaker| self.by_name(speaker, named));
        match head {
            Some(speaker) if speaker.mention.is_some() => Some(speaker),
            Some(speaker) => self.office(start..end, verb).or(Some(speaker)),
            // "Her defender, Ada Holt, stated": a name alone between the marks before the verb.
            None => self.office(start..end, verb).or_else(|| named.map(|m| self.speaker_of(m))),
        }
    }

    /// A name as a speaker.
    fn speaker_of(self, mention: MentionIx) -> Speaker {
        let tokens = self.found.mentions.get(mention).map_or(0..0, |m| self.text.tokens_in(m.span));
        Speaker { mention: Some(mention), words: None, tokens }
    }

    /// Where the clause that ends before token `end` begins.
    pub(super) fn clause_start(self, end: usize, from: usize) -> usize {
        let mut start = end;
        while start > from {
            let stop = stops(self.text.fold(start - 1)) || self.is(start - 1, &[Kind::That]);
            // "M. D. soutient que": the points of a name end no clause.
            if stop && !self.inside_mention(start - 1) {
                break;
            }
            start -= 1;
        }
        start
    }

    /// True where a Russian or Ukrainian phrase begins in a case that subjects do not have: "представителя … обвинили".
    pub(super) fn oblique(self, range: &Range<usize>) -> bool {
        let first = self.text.fold(range.start);
        self.lang.is_cyrillic()
            && first.chars().count() > 4
            && ["ого", "его", "ому", "ему", "ями", "ами", "ых", "теля", "ников"].iter().any(|e| first.ends_with(e))
    }

    /// The subject after the verb, which ends before token `at`.
    pub(super) fn after(self, at: usize, to: usize) -> Option<Speaker> {
        let mut start = at;
        while start < to && self.is(start, &[Kind::Skip]) {
            start += 1;
        }
        let mut end = start;
        while end < to && end < start + LONGEST {
            let stop = stops(self.text.fold(end))
                || self.is(end, &[Kind::That])
                || (end > start && self.is(end, &[Kind::Preposition]));
            if stop && !self.inside_mention(end) {
                break;
            }
            end += 1;
        }
        // "considérant ce qui suit": a relative pronoun after the verb is no subject.
        let speaker = self.head(start..end).filter(|s| !self.is(s.tokens.start, &[Kind::Relative]))?;
        // "said one of the lawyers, Ada Holt."
        let apart = matches!(self.text.fold(end), "," | "—" | "–") && end < to;
        let named = apart.then(|| {
            let close =
                (end + 1..to.min(end + LONGEST)).find(|i| stops(self.text.fold(*i)) && !self.inside_mention(*i));
            self.named(end + 1..close.unwrap_or(to.min(end + LONGEST)))
        });
        Some(self.by_name(speaker, named.flatten()))
    }

    /// The first name in `range` that is governed by no preposition and owns nothing: its subject, as a rule.
    pub(super) fn subject_in(self, range: Range<usize>) -> Option<MentionIx> {
        let span = self.text.span(range.clone());
        let first = self.found.mentions.partition_point(|m| m.span.start < span.start);
        let near = self.found.mentions.iter().enumerate().skip(first).take_while(|(_, m)| m.span.start < span.end);
        near.map(|(index, m)| (index, self.text.tokens_in(m.span).start)).find_map(|(index, at)| {
            let owner = self.text.fold(self.mention_end(index)) == "'s";
            (!owner && !self.governed(range.start, at) && !self.is_genitive(index)).then_some(index)
        })
    }

    pub(super) fn is(self, at: usize, kinds: &[Kind]) -> bool {
        self.words.at(self.text, self.lang, at, at + 1, kinds).is_some()
    }

    /// The mention that begins at token `at`.
    pub(super) fn mention_at(self, at: usize) -> Option<MentionIx> {
        let span = self.text.tokens.get(at)?.span;
        mention_over(self.found, span)
            .filter(|m| self.found.mentions.get(*m).is_some_and(|m| m.span.start == span.start))
    }

    pub(super) fn inside_mention(self, at: usize) -> bool {
        let Some(span) = self.text.tokens.get(at).map(|t| t.span) else { return false };
        let over = mention_over(self.found, span).and_then(|m| self.found.mentions.get(m));
        over.is_some_and(|m| m.span.start < span.start && span.end <= m.span.end)
    }

    pub(super) fn mention_end(self, index: MentionIx) -> usize {
        self.found.mentions.get(index).map_or(0, |m| self.text.tokens_in(m.span).end)
    }

    /// The speaker in a noun phrase: the first name, noun or pronoun that speaks and is not governed by a preposition.
    pub(super) fn head(self, range: Range<usize>) -> Option<Speaker> {
        let mut at = range.start;
        while at < range.end {
            if let Some(index) = self.mention_at(at) {
                let end = self.mention_end(index).min(range.end).max(at + 1);
                // "Ivanov's", "осуждение Ветрова": an owner or an object, no subject.
                let owner = self.text.fold(end) == "'s" && end < range.end || self.belongs(range.start, at, index);
                if !owner && !self.governed(range.start, at) {
                    let rest = end..range.end;
                    // "District Attorney Holt": the office, then who holds it.
                    if let Some(person) = self.mention_at(end).filter(|m| end < range.end && self.holds(index, *m)) {
                        let end = self.mention_end(person).min(range.end).max(end + 1);
                        return Some(Speaker { mention: Some(person), words: None, tokens: at..end });
                    }
                    // "Комитет төрайымы Айша Вейл": the person who is named behind an office of the body.
                    if let Some(person) = self.officer(index, rest.clone()) {
                        let end = self.mention_end(person).min(range.end).max(end + 1);
                        return Some(Speaker { mention: Some(person), words: None, tokens: at..end });
                    }
                    // "Ivanov's lawyer" was passed by; "Ivanov and Petrov" names the first.
                    return self
                        .speaks_in(rest.clone())
                        .filter(|_| self.is_genitive(index) && !rest.is_empty())
                        .map(|_| self.words_of(range.clone()))
                        .or(Some(Speaker { mention: Some(index), words: None, tokens: at..end }));
                }
                at = end;
                continue;
            }
            // "a refusal which the Court branded": the subject follows the relative pronoun.
            if self.is(at, &[Kind::Relative]) && self.subject_in(at + 1..range.end).is_some() {
                at += 1;
                continue;
            }
            if self.is(at, &[Kind::Pronoun, Kind::First])
                && !self.is(at, &[Kind::Oblique])
                && !self.governed(range.start, at)
            {
                return Some(Speaker { mention: None, words: Some(self.text.span(at..at + 1)), tokens: at..at + 1 });
            }
            let noun = self.words.at(self.text, self.lang, at, range.end, &[Kind::Speaker]);
            if let Some(noun_end) = noun
                && !self.governed(range.start, at)
            {
                // "President Ivanov", "адвокат Иванов": the name right after the noun.
                let next = (noun_end..range.end.min(noun_end + 5)).find_map(|i| self.mention_at(i).map(|m| (i, m)));
                if let Some((name, index)) = next {
                    let plain = (noun_end..name).all(|i| {
                        self.text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word)
                            && !self.is(i, &[Kind::Preposition])
                            && !matches!(self.text.fold(i), "of" | "de" | "du" | "des" | "d'" | "'s")
                    });
                    if plain && !self.is_genitive(index) {
                        let end = self.mention_end(index).min(range.end).max(name + 1);
                        return Some(Speaker { mention: Some(index), words: None, tokens: name..end });
                    }
                }
                // "la chambre a ordonné une enquête et", "the office kept the list and": the noun, not what it did before.
                let stop = if self.is(range.end - 1, &[Kind::And]) { noun_end } else { range.end };
                let auxiliary =
                    |i: &usize| self.is(*i, &[Kind::Skip]) && !self.is(*i, &[Kind::Article, Kind::Preposition]);
                let stop = (noun_end..stop).find(auxiliary).unwrap_or(stop);
                let words = self.words_of(self.start_of(range.start, at)..stop);
                return Some(self.by_name(words, self.holder(noun_end..range.end)));
            }
            at += 1;
        }
        // "JS5 stated", "AI reported": an unknown short name in capitals; "Anna Unknown said".
        let first = self.text.tokens.get(range.start)?;
        let name = (1..=3).contains(&range.len())
            && first.kind == TokenKind::Word
            && first.capital
            && self.text.word(range.start).chars().filter(|c| c.is_uppercase() || c.is_numeric()).count() >= 2;
        let full = (2..=4).contains(&range.len())
            && range.clone().all(|t| {
                self.text.tokens.get(t).is_some_and(|k| k.capital && k.kind == TokenKind::Word && k.span.len() > 1)
                    && !self
                        .is(t, &[Kind::Article, Kind::Preposition, Kind::Pronoun, Kind::That, Kind::As, Kind::Start])
            });
        (name || full).then(|| self.words_of(range))
    }

    /// True where a name that is not in the nominative stands right after another small word than an adjective.
    fn belongs(self, from: usize, at: usize, index: MentionIx) -> bool {
        let before = at.checked_sub(1).filter(|b| *b >= from);
        before.is_some_and(|b| {
            self.text.tokens.get(b).is_some_and(|t| t.kind == TokenKind::Word && !t.capital)
                && !self.is_adjective(b)
                && !self.is(b, &[Kind::Skip, Kind::And, Kind::Article, Kind::Preposition, Kind::Speaker, Kind::Office])
                && self.is_genitive(index)
        })
    }

    pub(super) fn words_of(self, range: Range<usize>) -> Speaker {
        let mut range = range;
        if range.len() > LONGEST {
            range.end = range.start + LONGEST;
        }
        Speaker { mention: None, words: Some(self.text.span(range.clone())), tokens: range }
    }

    fn speaks_in(self, range: Range<usize>) -> Option<usize> {
        let end = range.end;
        range.into_iter().find_map(|at| self.words.at(self.text, self.lang, at, end, &[Kind::Speaker]))
    }

    /// Where the noun phrase of the noun at `at` begins: its article and adjectives, an owner with "'s".
    fn start_of(self, from: usize, at: usize) -> usize {
        let mut start = at;
        while start > from && start + 5 > at {
            let before = start - 1;
            let stop = self.is(before, &[Kind::Preposition, Kind::And, Kind::That, Kind::Skip])
                || self.text.tokens.get(before).is_none_or(|t| t.kind == TokenKind::Mark);
            if stop {
                break;
            }
            start = before;
            if self.is(before, &[Kind::Article]) {
                break;
            }
        }
        start
    }

    /// True where a preposition governs the word at `at`, over an article and an adjective: "in the foreign ministry".
    fn governed(self, from: usize, at: usize) -> bool {
        let mut before = at;
        let mut articles = 0;
        for _ in 0..3 {
            if before <= from {
                return false;
            }
            before -= 1;
            if self.is(before, &[Kind::Preposition]) {
                return true;
            }
            if self.is(before, &[Kind::Article]) {
                articles += 1;
            } else if articles > 0 || !self.is_adjective(before) {
                return false;
            }
        }
        false
    }

    /// A small word; in Cyrillic one with an ending that adjectives have.
    fn is_adjective(self, at: usize) -> bool {
        let word = self.text.fold(at);
        let small = self.text.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
        let cyrillic = word.chars().next().is_some_and(|c| matches!(c, '\u{400}'..='\u{52f}'));
        let ending = ["ом", "ой", "ых", "их", "ем", "ей", "ого", "его", "ому", "ему", "ій", "ої", "ої"];
        small && (!cyrillic || ending.iter().any(|e| word.ends_with(e)))
    }

    /// True where a name does not stand in the nominative: its form is not the end of its actor's name.
    pub(super) fn is_genitive(self, index: MentionIx) -> bool {
        if !self.lang.is_cyrillic() {
            return false;
        }
        let Some(mention) = self.found.mentions.get(index) else { return false };
        let Some(actor) = self.found.actors.get(mention.actor) else { return false };
        let last = |name: &str| name.split_whitespace().next_back().unwrap_or("").to_lowercase();
        let first = |name: &str| name.split_whitespace().next().unwrap_or("").to_lowercase();
        let form = self.text.of(mention.span);
        last(form) != last(&actor.name) && first(form) != first(&actor.name) && last(form) != first(&actor.name)
    }
}
