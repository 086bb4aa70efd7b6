//! "According to X", "по словам X", "X-тің айтуынша", "selon elle": a phrase, not a verb, that names who says it.

use std::ops::Range;

use super::build::{Builder, Parts};
use super::speaker::Speaker;
use super::words::Kind;
use crate::text::TokenKind;

impl Builder<'_, '_> {
    /// "According to X, …", "…, selon X".
    pub(super) fn source(self, phrase: &Range<usize>) -> Option<Parts> {
        let end = self.end().min(phrase.end + 16);
        if self.words.has(self.text, self.lang(), phrase.end..end.min(phrase.end + 3), &[Kind::Norm]) {
            return None;
        }
        let stop = (phrase.end..end)
            .find(|i| {
                let mark = self.text.fold(*i);
                let inside = mark == "." && self.text.tokens.get(i + 1).is_some_and(|t| !t.spaced);
                !inside && matches!(mark, "," | ";" | "." | ":" | "—" | "–" | "(" | ")")
            })
            .unwrap_or(end);
        // "по подсчётам «Маяка»": an organisation that only its quotation marks tell.
        let quoted = self.opens(phrase.end).then(|| phrase.end..self.quoted(phrase.end).end.min(phrase.end + 7));
        let name = quoted.clone().filter(|name| name.len() > 1);
        let name = || name.map(|name| self.seeker().words_of(name.start + 1..name.end));
        let mut speaker =
            self.seeker().head(phrase.end..stop).or_else(name).or_else(|| self.unknown_name(phrase.end..stop))?;
        // The whole phrase is the speaker's words where no actor is named at its head.
        if speaker.mention.is_none() && quoted.is_none() {
            let words = phrase.end..stop.min(phrase.end + 12);
            speaker = Speaker { mention: None, words: Some(self.text.span(words.clone())), tokens: words };
        }
        let before = self.start()..phrase.start;
        let comma = Some(stop).filter(|i| matches!(self.text.fold(*i), "," | ":" | "—" | "–"));
        let after = self.rest(comma.map_or(speaker.tokens.end, |c| c + 1));
        // "She was sent back; according to her lawyer, …": the phrase opens a clause of its own.
        let opens = matches!(self.text.fold(phrase.start.saturating_sub(1)), ";" | ":");
        let content = if (before.len() < 4 || opens) && after.len() >= 3 {
            after
        } else if comma.is_some() && after.len() >= 3 && self.text.fold(phrase.start.saturating_sub(1)) == "," {
            // "The ship, according to X, sank": all of it.
            self.start()..after.end
        } else if before.len() >= 3 {
            before
        } else {
            after
        };
        (content.len() >= 2).then_some(Parts { speaker: Some(speaker), content, evidence: Vec::new(), stance: None })
    }

    /// "По словам Стойкович, …": a name that no rule knows.
    fn unknown_name(self, range: Range<usize>) -> Option<Speaker> {
        // Elsewhere a capital may begin anything: "citing Holt v. Novak".
        let name = self.lang().is_cyrillic()
            && (1..=3).contains(&range.len())
            && range.clone().all(|t| {
                self.text.tokens.get(t).is_some_and(|k| k.kind == TokenKind::Word && k.capital && k.span.len() > 2)
                    && !self.one(t, &[Kind::Article, Kind::Preposition, Kind::Pronoun, Kind::That, Kind::Relative])
            });
        name.then(|| self.seeker().words_of(range))
    }

    /// "По его словам, …", "…, selon elle".
    pub(super) fn source_pronoun(self, phrase: &Range<usize>) -> Option<Parts> {
        let at = phrase.clone().find(|t| self.one(*t, &[Kind::Pronoun, Kind::He, Kind::She]))?;
        let speaker = Speaker { mention: None, words: Some(self.text.span(at..at + 1)), tokens: at..at + 1 };
        let before = self.start()..phrase.start;
        let after = self.rest(phrase.end);
        let content = if before.len() < 4 && after.len() >= 3 { after } else { before };
        (content.len() >= 3).then_some(Parts { speaker: Some(speaker), content, evidence: Vec::new(), stance: None })
    }

    pub(super) fn source_after(self, phrase: &Range<usize>) -> Option<Parts> {
        let from = self.start().max(phrase.start.saturating_sub(8));
        let start = (from..phrase.start)
            .rev()
            .find(|i| matches!(self.text.fold(*i), "," | ";" | "." | ":" | "—" | "–" | "»" | "”"))
            .map_or(from, |i| i + 1);
        if self.words.has(self.text, self.lang(), start..phrase.start, &[Kind::Norm]) {
            return None;
        }
        let speaker = self.seeker().head(start..phrase.start)?;
        let content = self.rest(phrase.end);
        (content.len() >= 3).then_some(Parts { speaker: Some(speaker), content, evidence: Vec::new(), stance: None })
    }
}
