//! Who asked, or whom an act befell, where the text says "he", "your" or "son": "He appealed", "your request was refused", "arrested him".
//!
//! "I" and "we" are whoever signed the letter, "you" is to whom it is; another pronoun stands for the person who is the subject of the
//! sentence or of one before, or the only one named there whose gender allows it. Where two may be meant, nobody is.

use std::collections::BTreeMap;

use khronika_core::{ActClass, ActorKind, Findings, MentionIx, Participant, Role, Span};

use super::antecedent::{CONFIDENCE, Finder, Gender, genders};
use super::speaker::Seeker;
use super::words::{Kind, Words};
use super::{correspondents, is};
use crate::text::Text;

/// How many sentences back a person may be named.
const BACK: usize = 4;

/// Gives the acts that a pronoun asked, or that befell one, the name that it stands for. The words of an asker that stand for nobody
/// known are taken away: "he" says nothing.
pub(super) fn resolve(text: &Text<'_>, words: &Words, found: &mut Findings) {
    let asks = |classes: &[ActClass]| classes.iter().all(|c| matches!(c, ActClass::Appeal | ActClass::File));
    let asked = found.acts.iter().enumerate().filter(|(_, act)| act.body.is_none() && asks(&act.classes));
    let asked = asked.filter_map(|(ix, act)| Some((ix, Role::Applicant, act.body_words?)));
    let befell = found.acts.iter().enumerate().filter_map(|(ix, act)| Some((ix, Role::Subject, act.about_words?)));
    let open: Vec<(usize, Role, Span)> = asked.filter(|(.., span)| pronoun(text, words, *span)).chain(befell).collect();
    if open.is_empty() {
        return;
    }
    let genders = genders(text, words, found);
    let (author, addressee) = correspondents(found);
    let names: Vec<(usize, Role, Option<MentionIx>)> = open
        .into_iter()
        .map(|(ix, role, span)| {
            let is = |kinds: &[Kind]| is(text, words, span, kinds);
            let name = if is(&[Kind::First, Kind::Mine]) {
                author
            } else if is(&[Kind::Addressee, Kind::Yours]) {
                addressee
            } else {
                Asked { text, words, found, genders: &genders }.person(span)
            };
            (ix, role, name.filter(|m| can_ask(found, *m)))
        })
        .collect();
    for (ix, role, name) in names {
        let Some(act) = found.acts.get_mut(ix) else { continue };
        let asked = role == Role::Applicant;
        if asked {
            act.body_words = None;
        }
        // Whoever does it to others does not do it to himself.
        let Some(mention) = name.filter(|m| asked || act.body != Some(*m)) else { continue };
        if asked {
            act.body = Some(mention);
        }
        act.participants.retain(|p| p.mention != mention);
        act.participants.push(Participant { mention, role });
        act.confidence = act.confidence.min(CONFIDENCE);
    }
}

fn pronoun(text: &Text<'_>, words: &Words, span: Span) -> bool {
    let kinds = [
        Kind::First,
        Kind::Mine,
        Kind::Addressee,
        Kind::Yours,
        Kind::Pronoun,
        Kind::He,
        Kind::She,
        Kind::Own,
        Kind::Oblique,
        Kind::Owner,
    ];
    is(text, words, span, &kinds)
}

fn can_ask(found: &Findings, mention: MentionIx) -> bool {
    let kind = found.mentions.get(mention).and_then(|m| found.actors.get(m.actor)).map(|a| a.kind);
    kind.is_some_and(|k| !matches!(k, ActorKind::Court | ActorKind::Place | ActorKind::Unknown))
}

struct Asked<'a, 'b> {
    text: &'a Text<'b>,
    words: &'a Words,
    found: &'a Findings,
    genders: &'a BTreeMap<usize, Gender>,
}

impl Asked<'_, '_> {
    fn person(&self, span: Span) -> Option<MentionIx> {
        let at = self.text.tokens_in(span).start;
        let sentence = self.text.sentence_at(span.start)?;
        let own = self.text.sentences.get(sentence)?;
        let lang = own.lang;
        let finder = Finder { text: self.text, words: self.words, found: self.found, genders: self.genders, lang };
        let seeker = Seeker { words: self.words, text: self.text, found: self.found, lang };
        let ranges = std::iter::once(own.tokens.start..at)
            .chain((1..=BACK).filter_map(|n| Some(self.text.sentences.get(sentence.checked_sub(n)?)?.tokens.clone())));
        for range in ranges.filter(|r| !r.is_empty()) {
            let subject = seeker.subject_in(range.clone());
            if let Some(subject) = subject.filter(|m| finder.is_person(span, *m) && !self.is_judge(*m)) {
                return Some(subject);
            }
            let mut people = finder.people_in(self.text.span(range), span);
            people.retain(|m| !self.is_judge(*m));
            match people.as_slice() {
                [] => {}
                [one] => return Some(*one),
                _ => return None,
            }
        }
        None
    }

    /// "(Judge Marlowe) allowed his appeal": who sits in the court that decides did not ask it.
    fn is_judge(&self, mention: MentionIx) -> bool {
        let Some(span) = self.found.mentions.get(mention).map(|m| m.span) else { return false };
        let start = self.text.tokens_in(span).start;
        let Some(lang) = self.text.sentence_at(span.start).and_then(|s| self.text.sentences.get(s)).map(|s| s.lang)
        else {
            return false;
        };
        let titled = |at: usize, end: usize| self.words.at(self.text, lang, at, end, &[Kind::Judge]).is_some();
        (1..=2).any(|n| start.checked_sub(n).is_some_and(|at| titled(at, start))) || titled(start, start + 1)
    }
}
