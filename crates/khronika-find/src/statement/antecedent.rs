//! Whom a pronoun that speaks stands for: "The Government replied. They argued that …", "Ivanov, who said that …".
//!
//! A relative pronoun stands for the name right before it; another one for the subject of the sentence before, where its kind and what is
//! known of its gender allow that. Where two people might be meant, nobody is.

use std::collections::BTreeMap;

use khronika_core::{ActorKind, Findings, Lang, MentionIx, Span, Stance, StatementFinding};

use super::speaker::Seeker;
use super::words::{Kind, Words};
use crate::text::Text;

/// How many sentences back the subject is looked for.
const BACK: usize = 6;
/// How many statements and names of one sentence are looked at: a bound for hostile text, wider than any real sentence.
const MOST: usize = 64;
/// How sure a speaker is that a pronoun stands for.
pub(super) const CONFIDENCE: f32 = 0.6;

/// What is known of a person's gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Man,
    Woman,
}

/// Gives the statements whose speaker is a pronoun the name that it stands for.
pub(super) fn resolve(text: &Text<'_>, words: &Words, found: &Findings, all: &mut Vec<StatementFinding>) {
    let genders = genders(text, words, found);
    let mut unknown = Vec::new();
    for index in 0..all.len() {
        let Some(statement) = all.get(index).filter(|s| s.speaker.is_none()) else { continue };
        let Some(span) = statement.speaker_words else { continue };
        let Some(sentence) = text.sentence_at(span.start) else { continue };
        let Some(lang) = text.sentences.get(sentence).map(|s| s.lang) else { continue };
        let finder = Finder { text, words, found, genders: &genders, lang };
        let before = all.get(..index).unwrap_or(&[]);
        let dropped = span == statement.verb && words.row(&statement.made_by).is_some_and(|row| !row.author);
        let mention =
            if dropped { finder.last_speaker(sentence, before) } else { finder.stands_for(span, sentence, before) };
        // A court does not ask.
        let asks = statement.stance == Stance::Demands;
        let mention = mention.filter(|m| !asks || finder.kind(*m) != Some(ActorKind::Court));
        let Some(mention) = mention else {
            // "Her lawyer spoke. He said that": the noun that spoke in the sentence before.
            let noun = finder.last_noun(span, sentence, before, dropped);
            if let Some(statement) = all.get_mut(index) {
                if noun.is_some() {
                    statement.speaker_words = noun;
                    statement.confidence = statement.confidence.min(CONFIDENCE);
                } else if dropped {
                    statement.speaker_words = None;
                    unknown.push(index);
                }
            }
            continue;
        };
        if let Some(statement) = all.get_mut(index) {
            statement.speaker = Some(mention);
            statement.confidence = statement.confidence.min(CONFIDENCE);
            let actor = found.mentions.get(mention).map(|m| m.actor);
            statement.about.retain(|m| found.mentions.get(*m).map(|m| m.actor) != actor);
        }
    }
    // A verb without a subject whose speaker nothing tells is no statement.
    for index in unknown.into_iter().rev() {
        all.remove(index);
    }
}

#[derive(Clone, Copy)]
pub(super) struct Finder<'a, 'b> {
    pub(super) text: &'a Text<'b>,
    pub(super) words: &'a Words,
    pub(super) found: &'a Findings,
    pub(super) genders: &'a BTreeMap<usize, Gender>,
    pub(super) lang: Lang,
}

impl Finder<'_, '_> {
    fn is(self, span: Span, kind: Kind) -> bool {
        let tokens = self.text.tokens_in(span);
        self.words.at(self.text, self.lang, tokens.start, tokens.end, &[kind]) == Some(tokens.end)
    }

    fn stands_for(self, span: Span, sentence: usize, before: &[StatementFinding]) -> Option<MentionIx> {
        let tokens = self.text.tokens_in(span);
        if self.is(span, Kind::Relative) {
            return self.just_before(tokens.start).or_else(|| self.owner_before(tokens.start));
        }
        if ![Kind::Pronoun, Kind::He, Kind::She].iter().any(|kind| self.is(span, *kind)) {
            return None;
        }
        let own = self.text.sentences.get(sentence)?;
        let seeker = Seeker { words: self.words, text: self.text, found: self.found, lang: self.lang };
        if let Some(subject) = seeker.subject_in(own.tokens.start..tokens.start).filter(|m| self.fits(span, *m)) {
            return Some(subject);
        }
        for back in 1..=BACK {
            let earlier = self.text.sentences.get(sentence.checked_sub(back)?)?;
            let said = before.iter().rev().take(MOST).take_while(|s| s.span.end > earlier.span.start).find_map(|s| {
                let inside = s.verb.start >= earlier.span.start && s.verb.end <= earlier.span.end;
                s.speaker.filter(|m| inside && self.fits(span, *m))
            });
            if said.is_some() {
                return said;
            }
            // A noun without a name spoke there: the pronoun is its.
            if back == 1 && self.last_noun(span, sentence, before, false).is_some() {
                return None;
            }
            let subject = seeker.subject_in(earlier.tokens.clone());
            if let Some(subject) = subject.filter(|m| self.fits(span, *m)) {
                return Some(subject);
            }
            match self.people_in(earlier.span, span).as_slice() {
                [] => {}
                [one] => return Some(*one),
                _ => return None,
            }
        }
        None
    }

    /// Who spoke in the sentence before.
    fn last_speaker(self, sentence: usize, before: &[StatementFinding]) -> Option<MentionIx> {
        let earlier = self.text.sentences.get(sentence.checked_sub(1)?)?;
        let said = before.iter().rev().take(MOST).take_while(|s| s.span.end > earlier.span.start);
        let said = said.into_iter().find(|s| s.verb.start >= earlier.span.start && s.verb.end <= earlier.span.end);
        let seeker = Seeker { words: self.words, text: self.text, found: self.found, lang: self.lang };
        match said {
            Some(said) => said.speaker,
            None => seeker.subject_in(earlier.tokens.clone()),
        }
    }

    /// The words of the one who spoke in the sentence before, where a pronoun that a person or body may be, or no subject at all, goes on.
    fn last_noun(self, span: Span, sentence: usize, before: &[StatementFinding], dropped: bool) -> Option<Span> {
        // A pronoun that has no gender may be anybody's who spoke: "қорғаушы … сұрады. Оның айтуынша".
        let any = self.is(span, Kind::Pronoun) && !self.is(span, Kind::Thing) && !self.is(span, Kind::Addressee);
        let pronoun =
            any && self.lang == Lang::KK || [Kind::He, Kind::She, Kind::Human].iter().any(|kind| self.is(span, *kind));
        let earlier = self.text.sentences.get(sentence.checked_sub(1)?).filter(|_| pronoun || dropped)?;
        let said = before.iter().rev().take(MOST).take_while(|s| s.span.end > earlier.span.start);
        let said = said.into_iter().find(|s| s.verb.start >= earlier.span.start && s.verb.end <= earlier.span.end)?;
        let noun = said.speaker_words.filter(|w| said.speaker.is_none() && *w != said.verb)?;
        let tokens = self.text.tokens_in(noun);
        let pronouns = [Kind::Pronoun, Kind::First, Kind::He, Kind::She];
        let pronoun = tokens.len() == 1 && self.words.has(self.text, self.lang, tokens.clone(), &pronouns);
        (!pronoun && !self.words.has(self.text, self.lang, tokens, &[Kind::Relative, Kind::Paper])).then_some(noun)
    }

    /// The people named in `span` whom the pronoun may stand for, each once where names of one follow each other.
    pub(super) fn people_in(self, span: Span, pronoun: Span) -> Vec<MentionIx> {
        let mut people: Vec<MentionIx> =
            self.mentions_in(span).take(MOST).filter(|m| self.is_person(pronoun, *m)).collect();
        people.dedup_by_key(|m| self.found.mentions.get(*m).map(|m| m.actor));
        people
    }

    /// True for a person for whom the pronoun may stand.
    pub(super) fn is_person(self, pronoun: Span, mention: MentionIx) -> bool {
        self.kind(mention) == Some(ActorKind::Person) && self.fits(pronoun, mention)
    }

    fn mentions_in(self, span: Span) -> impl Iterator<Item = MentionIx> {
        let from = self.found.mentions.partition_point(|m| m.span.start < span.start);
        let to = self.found.mentions.partition_point(|m| m.span.end <= span.end);
        from..to.max(from)
    }

    /// The mention that ends right before token `at`, over a comma.
    fn just_before(self, at: usize) -> Option<MentionIx> {
        let mut end = at;
        if end > 0 && self.text.fold(end - 1) == "," {
            end -= 1;
        }
        // "Le Syndicat des marins (Synma), qui dénonce": its short name in brackets.
        if end > 0 && self.text.fold(end - 1) == ")" {
            let open = (end.saturating_sub(6)..end - 1).rev().find(|t| self.text.fold(*t) == "(");
            let close = self.text.tokens.get(end - 1)?.span.end;
            let own = self.found.mentions.partition_point(|m| m.span.end < close);
            let inside = self.found.mentions.get(own).is_some_and(|m| m.span.end == close);
            if let Some(open) = open.filter(|_| !inside) {
                end = open;
            }
        }
        let last = self.text.tokens.get(end.checked_sub(1)?)?.span;
        let index = self.found.mentions.partition_point(|m| m.span.end < last.end);
        self.found.mentions.get(index).filter(|m| m.span.end == last.end && m.span.start <= last.start).map(|_| index)
    }

    /// The mention whose paper stands right before token `at`: "by the Working Group in its Opinion No. 4, which".
    fn owner_before(self, at: usize) -> Option<MentionIx> {
        let from = at.saturating_sub(12);
        let own = (from..at).rev().find(|t| self.words.at(self.text, self.lang, *t, at, &[Kind::Own]).is_some())?;
        let before = own.checked_sub(1)?;
        self.just_before(own).or_else(|| {
            let preposition = self.words.at(self.text, self.lang, before, own, &[Kind::Preposition]).is_some();
            preposition.then(|| self.just_before(before)).flatten()
        })
    }

    fn kind(self, mention: MentionIx) -> Option<ActorKind> {
        let actor = self.found.mentions.get(mention)?.actor;
        self.found.actors.get(actor).map(|a| a.kind)
    }

    fn fits(self, pronoun: Span, mention: MentionIx) -> bool {
        let Some(actor) = self.found.mentions.get(mention).map(|m| m.actor) else { return false };
        let Some(kind) = self.kind(mention) else { return false };
        let person = kind == ActorKind::Person;
        let human = person || kind == ActorKind::Unknown;
        if self.is(pronoun, Kind::Thing) && person || self.is(pronoun, Kind::Human) && !human {
            return false;
        }
        // "Il a déclaré": no state.
        if matches!(kind, ActorKind::State | ActorKind::Place)
            && (self.is(pronoun, Kind::He) || self.is(pronoun, Kind::She))
            && !self.is(pronoun, Kind::Thing)
        {
            return false;
        }
        let gender = self.genders.get(&actor).filter(|_| human);
        match gender {
            Some(Gender::Man) => !self.is(pronoun, Kind::She),
            Some(Gender::Woman) => !self.is(pronoun, Kind::He),
            None => true,
        }
    }
}

/// What titles ("Mr", "Mme") and the endings of Cyrillic names say of each person.
pub(super) fn genders(text: &Text<'_>, words: &Words, found: &Findings) -> BTreeMap<usize, Gender> {
    let mut genders = BTreeMap::new();
    for (n, actor) in found.actors.iter().enumerate().filter(|(_, a)| a.kind == ActorKind::Person) {
        let cyrillic = actor.name.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c));
        match actor.name.chars().next_back() {
            Some('а' | 'я') if cyrillic => genders.insert(n, Gender::Woman),
            Some('в' | 'н' | 'й') if cyrillic => genders.insert(n, Gender::Man),
            _ => None,
        };
    }
    for mention in &found.mentions {
        let Some(lang) = text.sentence_at(mention.span.start).and_then(|s| text.sentences.get(s)).map(|s| s.lang)
        else {
            continue;
        };
        let first = text.tokens_in(mention.span).start;
        let point = first.checked_sub(1).filter(|t| text.fold(*t) == ".");
        let title = point.unwrap_or(first).checked_sub(1);
        let is = |kind| {
            title.is_some_and(|t| words.at(text, lang, t, t + 1, &[kind]).is_some())
                || words.at(text, lang, first, first + 1, &[kind]).is_some()
        };
        if is(Kind::HeTitle) {
            genders.insert(mention.actor, Gender::Man);
        } else if is(Kind::SheTitle) {
            genders.insert(mention.actor, Gender::Woman);
        }
    }
    genders
}
