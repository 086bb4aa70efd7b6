//! What is said stands before its verb, and who says it at the beginning: "Полиция жол жабық деп мәлімдеді".

use std::ops::Range;

use super::build::{Builder, Parts};
use super::speaker::Speaker;
use super::words::Kind;
use crate::text::TokenKind;

/// How far behind a body the name may stand of who holds an office of it.
const OFFICE: usize = 6;

impl Builder<'_, '_> {
    /// The content stands before the verb, the speaker before the content or after the verb.
    pub(super) fn content_first(self, verb: &Range<usize>) -> Option<Parts> {
        if self.unsaid(verb.start) {
            return None;
        }
        if let Some(parts) = self.about_this(verb) {
            return Some(parts);
        }
        if let Some(parts) = self.direct(verb) {
            return Some(parts);
        }
        self.speaker_first(verb)
    }

    /// "Прокуратура шағымды қолдамайтынын айтты": the speaker, what is said, which ends in a participle, and the verb.
    pub(super) fn clause_told(self, verb: &Range<usize>) -> Option<Parts> {
        let mut before = verb.start.checked_sub(1)?;
        while before > self.start() && self.one(before, &[Kind::Skip]) {
            before -= 1;
        }
        let closes = before > self.start() && self.words.closes_clause(self.lang(), self.text.fold(before));
        if !closes || self.unsaid(verb.start) {
            return None;
        }
        self.speaker_first(verb)
    }

    /// The speaker at the beginning of the clause, and what stands between it and the verb.
    fn speaker_first(self, verb: &Range<usize>) -> Option<Parts> {
        let seeker = self.seeker();
        let comma =
            self.text.fold(verb.start.saturating_sub(1)) == "," || self.text.fold(verb.start.saturating_sub(1)) == "—";
        let last = (verb.end..self.end()).find(|i| self.text.tokens.get(*i).is_some_and(|t| t.kind == TokenKind::Word));
        if comma && last.is_some() {
            let speaker = seeker.after(verb.end, self.end())?;
            let content = self.start()..verb.start;
            return (content.len() >= 3).then_some(Parts {
                speaker: Some(speaker),
                content,
                evidence: Vec::new(),
                stance: None,
            });
        }
        let from = (self.start()..verb.start).rev().find(|i| self.text.fold(*i) == ";").map_or(self.start(), |i| i + 1);
        let last = verb.start.min(from + 7);
        let mut speaker = (from + 1..=last).find_map(|end| seeker.head(from..end))?;
        if let Some(mention) = speaker.mention.and_then(|m| self.found.mentions.get(m)) {
            speaker.tokens.end = self.text.tokens_in(mention.span).end.max(speaker.tokens.end);
        }
        // "Комитет төрайымы Айша Вейл": an office of the body, and who holds it.
        let end = speaker.tokens.end;
        let officer = speaker
            .mention
            .and_then(|body| (end + 2..verb.start.min(end + OFFICE)).find_map(|to| seeker.officer(body, end..to)));
        if let Some(person) = officer.and_then(|m| Some((m, self.found.mentions.get(m)?.span))) {
            let last = self.text.tokens_in(person.1);
            if last.start > end {
                speaker = Speaker { mention: Some(person.0), words: None, tokens: speaker.tokens.start..last.end };
            }
        }
        let content = speaker.tokens.end..verb.start;
        (speaker.tokens.len() <= 8 && !content.is_empty()).then_some(Parts {
            speaker: Some(speaker),
            content,
            evidence: Vec::new(),
            stance: None,
        })
    }
}
