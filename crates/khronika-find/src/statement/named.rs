//! Speakers that a name, an office or any noun tells: "his counsel, Ms Holt, said", "в ведомстве отметили", "two neighbours said".

use std::ops::Range;

use khronika_core::{ActorKind, MentionIx};

use super::speaker::{Seeker, Speaker, stops};
use super::words::Kind;
use crate::text::TokenKind;

/// How many words may stand before a name that explains a noun: "Ms", "attorney at law".
const TITLES: usize = 3;
/// How many words a noun may have that speaks although no list knows it.
const NOUN: usize = 6;

impl Seeker<'_, '_> {
    fn kind_of(self, mention: MentionIx) -> Option<ActorKind> {
        let actor = self.found.mentions.get(mention)?.actor;
        self.found.actors.get(actor).map(|a| a.kind)
    }

    /// True for the name of a state.
    pub(super) fn is_state(self, mention: MentionIx) -> bool {
        matches!(self.kind_of(mention), Some(ActorKind::State | ActorKind::Place))
    }

    /// The person whose name, with no more than a title before it, is all of `range`: "Ms Ada Holt".
    pub(super) fn named(self, range: Range<usize>) -> Option<MentionIx> {
        let at = (range.start..range.end.min(range.start + TITLES + 2)).find(|i| self.mention_at(*i).is_some())?;
        let mention = self.mention_at(at).filter(|m| self.kind_of(*m) == Some(ActorKind::Person))?;
        let plain = (range.start..at).all(|i| {
            let word = self.text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word) || self.text.fold(i) == ".";
            word && !self.is(i, &[Kind::Preposition, Kind::That, Kind::Relative, Kind::And, Kind::As, Kind::Not])
        });
        (plain && self.mention_end(mention) >= range.end).then_some(mention)
    }

    /// The name that explains a speaker without one, or an office.
    pub(super) fn by_name(self, speaker: Speaker, named: Option<MentionIx>) -> Speaker {
        let Some(person) = named else { return speaker };
        let office = speaker.mention.is_none_or(|m| self.kind_of(m) == Some(ActorKind::Authority));
        let pronoun = speaker.mention.is_none() && self.is(speaker.tokens.start, &[Kind::Pronoun, Kind::First]);
        if !office || pronoun {
            return speaker;
        }
        Speaker { mention: Some(person), words: None, tokens: speaker.tokens }
    }

    /// True where `person` stands right after the name of an office: "District Attorney Holt".
    pub(super) fn holds(self, office: MentionIx, person: MentionIx) -> bool {
        self.kind_of(office) == Some(ActorKind::Authority)
            && self.kind_of(person) == Some(ActorKind::Person)
            && !self.is_genitive(person)
    }

    /// The person whose name ends `range` and stands behind the body `body` with an office of it between, or a place of it: "Министрлік
    /// өкілі Петр Вейл", "управления по Карелии Петр Вейл".
    pub(super) fn officer(self, body: MentionIx, range: Range<usize>) -> Option<MentionIx> {
        if !self.kind_of(body)?.is_body() && self.kind_of(body)? != ActorKind::Organisation {
            return None;
        }
        let at = (range.start..range.end.min(range.start + TITLES + 1))
            .find(|i| self.mention_at(*i).is_some_and(|m| self.kind_of(m) == Some(ActorKind::Person)))?;
        let person = self.mention_at(at)?;
        let plain = (range.start..at).all(|i| {
            self.text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word)
                && !self.is(i, &[Kind::And, Kind::That, Kind::Relative, Kind::Not, Kind::Skip])
        });
        (plain && self.mention_end(person) >= range.end && !self.is_genitive(person)).then_some(person)
    }

    /// The person named after a body that a noun belongs to: "пресс-секретаря министерства Петра Ветрова".
    pub(super) fn holder(self, range: Range<usize>) -> Option<MentionIx> {
        let mut at = range.start;
        let mut body = false;
        while at < range.end.min(range.start + 8) {
            let Some(mention) = self.mention_at(at) else {
                let word = self.text.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
                if !word || self.is(at, &[Kind::Preposition, Kind::And, Kind::That, Kind::Relative]) {
                    return None;
                }
                at += 1;
                continue;
            };
            match self.kind_of(mention)? {
                ActorKind::Person => return body.then_some(mention),
                _ => body = true,
            }
            at = self.mention_end(mention).max(at + 1);
        }
        None
    }

    /// "В прокуратуре сообщили, что": the office that people without a name speak for.
    pub(super) fn office(self, range: Range<usize>, verb: usize) -> Option<Speaker> {
        if !self.lang.is_cyrillic() || !self.plural_verb(verb) {
            return None;
        }
        let from = (range.start..range.end)
            .find(|i| !self.is(*i, &[Kind::And, Kind::Skip]) || self.is(*i, &[Kind::Preposition]))?;
        if !self.is(from, &[Kind::Preposition]) {
            return None;
        }
        if let Some(index) = self.mention_at(from + 1) {
            let body = matches!(
                self.kind_of(index),
                Some(ActorKind::Authority | ActorKind::Organisation | ActorKind::Court | ActorKind::Unknown)
            );
            let end = self.mention_end(index).min(range.end);
            return body.then_some(Speaker { mention: Some(index), words: None, tokens: from + 1..end.max(from + 2) });
        }
        let noun = (from + 1..range.end.min(from + 4)).find(|i| self.is(*i, &[Kind::Office]))?;
        let end = (noun + 1..range.end.min(noun + 5))
            .find(|i| stops(self.text.fold(*i)) || self.is(*i, &[Kind::Preposition, Kind::Skip]))
            .unwrap_or(range.end.min(noun + 5));
        Some(self.words_of(from + 1..end))
    }

    /// True where the word at `at` ends as a Russian or Ukrainian verb of several people does.
    pub(super) fn plural_verb(self, at: usize) -> bool {
        ["ют", "ят", "ли", "ють", "ять"].iter().any(|e| self.text.fold(at).ends_with(e))
    }

    /// Any noun phrase that is the whole clause before the verb at token `verb`: "Two neighbours", "Le nouveau greffier".
    pub(super) fn noun_before(self, verb: usize, from: usize) -> Option<Speaker> {
        let mut end = verb;
        while end > from && self.is(end - 1, &[Kind::Skip]) {
            end -= 1;
        }
        let mut named = None;
        if end > from && self.text.fold(end - 1) == "," {
            let open = (from.max(end.saturating_sub(16))..end - 1).rev().find(|i| self.text.fold(*i) == ",")?;
            named = self.named(open + 1..end - 1);
            end = open;
        }
        let mut start = self.clause_start(end, from.max(verb.saturating_sub(24)));
        while start < end && self.is(start, &[Kind::Skip, Kind::And]) && !self.is(start, &[Kind::Article]) {
            start += 1;
        }
        let never = [
            Kind::Norm,
            Kind::Passive,
            Kind::Modal,
            Kind::That,
            Kind::Relative,
            Kind::Not,
            Kind::First,
            Kind::Pronoun,
            Kind::Oblique,
            Kind::Start,
            Kind::If,
            Kind::As,
            Kind::This,
            Kind::Thing,
        ];
        let range = start..end;
        let plain = (1..=NOUN).contains(&range.len())
            && range
                .clone()
                .all(|i| self.text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word) && !self.is(i, &never))
            && !self.is(range.start, &[Kind::Preposition])
            && !self.is(range.end - 1, &[Kind::And, Kind::Article, Kind::Preposition]);
        // One small word alone is no noun that anything tells of: "This said", "Later declared".
        let noun = range.len() > 1 || self.text.tokens.get(range.start).is_some_and(|t| t.capital);
        (plain && noun && !self.cased(range.start)).then(|| self.by_name(self.words_of(range), named))
    }

    /// True where a Russian, Ukrainian or Kazakh phrase begins with a word in a case that subjects do not have.
    fn cased(self, at: usize) -> bool {
        let word = self.text.fold(at);
        let ends = [
            "ого", "его", "ому", "ему", "ым", "им", "ими", "ыми", "ами", "ями", "ах", "ях", "ою", "ею", "ом", "ем",
            "у", "ю",
        ];
        self.lang.is_cyrillic() && word.chars().count() > 3 && ends.iter().any(|e| word.ends_with(e))
    }
}
