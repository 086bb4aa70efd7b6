//! Phrases that make what stands beside them a report, and those that say what it rests on: "allegedly", "alleged", the French
//! conditional, "as evidenced by".

use std::ops::Range;

use khronika_core::Span;

use super::build::{Builder, LONGEST, Parts};
use super::words::Kind;
use crate::text::TokenKind;

impl Builder<'_, '_> {
    /// The clause around the phrase.
    fn clause(self, phrase: &Range<usize>) -> Range<usize> {
        let stop =
            |i: &usize| matches!(self.text.fold(*i), "," | ";" | ":" | "(" | ")" | "—" | "–" | "«" | "»" | "“" | "”");
        let from = self.start().max(phrase.start.saturating_sub(60));
        let start = (from..phrase.start).rev().find(stop).map_or(from, |i| i + 1);
        let to = self.end().min(phrase.end + 60);
        let end = (phrase.end..to).find(stop).unwrap_or(to);
        let start = if start < phrase.start && self.one(start, &[Kind::That, Kind::And]) { start + 1 } else { start };
        start..end
    }

    pub(super) fn adverb(self, phrase: &Range<usize>) -> Option<Parts> {
        let content = self.clause(phrase);
        // The words after "allegedly" are what is alleged; where it ends its clause, those before it are.
        let after = phrase.end..content.end;
        let content = if after.len() >= 2 && content.start == phrase.start { after } else { content };
        (content.len() >= 2).then_some(Parts { speaker: None, content, evidence: Vec::new(), stance: None })
    }

    pub(super) fn adjective(self, phrase: &Range<usize>) -> Option<Parts> {
        let next = self.text.tokens.get(phrase.end)?;
        if next.kind != TokenKind::Word && !self.opens(phrase.end) || phrase.end >= self.end() {
            return None;
        }
        // "X alleged a breach" is a verb.
        if self.one(phrase.end, &[Kind::Article, Kind::That, Kind::Pronoun, Kind::First]) {
            return None;
        }
        if self.opens(phrase.end) {
            let content = self.quoted(phrase.end);
            return (content.len() <= 8).then_some(Parts {
                speaker: None,
                content,
                evidence: Vec::new(),
                stance: None,
            });
        }
        let limit = self.end().min(phrase.end + 6);
        let end = (phrase.end + 1..limit)
            .find(|i| {
                self.text.tokens.get(*i).is_none_or(|t| t.kind == TokenKind::Mark)
                    || self.one(*i, &[Kind::Preposition, Kind::That, Kind::Skip, Kind::Modal, Kind::Not, Kind::Passive])
            })
            .unwrap_or(limit);
        Some(Parts { speaker: None, content: phrase.end..end, evidence: Vec::new(), stance: None })
    }

    pub(super) fn conditional(self, phrase: &Range<usize>) -> Option<Parts> {
        // A condition makes it hypothetical, not reported.
        let hypothetical = self.sentence.tokens.clone().take(LONGEST).any(|i| self.one(i, &[Kind::If]));
        let participle = (phrase.end..self.end().min(phrase.end + 4)).any(|i| {
            let word = self.text.fold(i);
            word.chars().count() > 3
                && ["é", "ée", "és", "ées", "i", "ie", "is", "it", "u", "ue", "us"].iter().any(|e| word.ends_with(e))
        });
        if hypothetical || !participle {
            return None;
        }
        let content = self.clause(phrase);
        (content.len() >= 3).then_some(Parts { speaker: None, content, evidence: Vec::new(), stance: None })
    }

    pub(super) fn evidence(self, phrase: &Range<usize>) -> Option<Parts> {
        let to = self.end().min(phrase.end + 60);
        let stop = (phrase.end..to)
            .find(|i| matches!(self.text.fold(*i), "," | ";" | "." | "—" | "–" | ")" | "("))
            .unwrap_or(to);
        let mut evidence = Vec::new();
        let mut from = phrase.end;
        let mut at = phrase.end;
        while at < stop {
            match self.words.at(self.text, self.lang(), at, stop, &[Kind::EvidenceAnd]) {
                Some(next) => {
                    evidence.push(from..at);
                    from = next;
                    at = next;
                }
                None => at += 1,
            }
        }
        evidence.push(from..stop);
        let evidence: Vec<Span> =
            evidence.into_iter().map(|r| self.text.span(self.trim(r))).filter(|s| !s.is_empty()).collect();
        let before = self.start().max(phrase.start.saturating_sub(LONGEST))..phrase.start;
        let after = self.rest((stop + 1).min(self.end()));
        let content = if before.len() >= 4 { before } else { after };
        (content.len() >= 3 && !evidence.is_empty()).then_some(Parts { speaker: None, content, evidence, stance: None })
    }
}
