//! The act that a document itself is: who decided it, on which day, and which verbs of its operative part tell it.

use std::collections::VecDeque;

use khronika_core::{ActMention, ActorKind, BlockKind, DateIx, EventStatus, Findings};

use super::draft::{Draft, asks};
use super::rules::Word;
use super::scene::{Scene, actor_of};
use super::told::Around;
use crate::text::Text;

/// How far from the beginning of its line the words "heard on", "lu en audience publique le" may stand.
const INTO_LINE: usize = 8;

/// How many tokens may stand between those words and their date: "prononcé à Bruxelles le".
const TO_DATE: usize = 6;

/// The days on which the court of a ruling heard and read it, as its head and foot give them.
#[derive(Default)]
pub(super) struct Sittings {
    pub(super) hearing: Option<DateIx>,
    pub(super) reading: Option<DateIx>,
    /// Words whose date has not come yet: heads in two columns name both days first and date them on the next line.
    waiting: VecDeque<Word>,
}

impl Sittings {
    pub(super) fn note(&mut self, scene: &Scene<'_, '_>, found: &Findings, sentence: usize) {
        let foot = scene.text.sentences.len().saturating_sub(40);
        if sentence > 30 && sentence < foot {
            return;
        }
        let mut line = scene.tokens.start;
        let mut told = false;
        let mut marked = false;
        let mut t = scene.tokens.start;
        while t < scene.tokens.end {
            if new_line(scene.text, t) {
                (line, told, marked) = (t, false, false);
            }
            told |= scene.is(t, Word::Be) || scene.is(t, Word::Have);
            let date = scene.date(t).filter(|d| is_day(found, *d));
            if let Some(date) = date.filter(|_| scene.date_start(t) == t) {
                if let Some(word) = self.waiting.pop_front() {
                    self.set(word, date);
                }
                t = scene.date_end(t);
                continue;
            }
            let word = [Word::Reading, Word::Hearing].into_iter().find_map(|w| Some((w, scene.len(t, w)?)));
            // "the decision of Judge Okoro, promulgated on": told of another paper, in the middle of a sentence.
            told |= scene.text.fold(t) == ",";
            // "In a judgment delivered on": the same.
            told |= !marked && [Word::Indefinite, Word::Definite, Word::Demonstrative].iter().any(|w| scene.is(t, *w));
            let Some((word, n)) = word.filter(|_| !told && t < line + INTO_LINE) else {
                t += 1;
                continue;
            };
            t += n;
            marked = true;
            let end = scene.tokens.end.min(t + TO_DATE);
            let parts = |i: &usize| {
                new_line(scene.text, *i)
                    || matches!(scene.text.fold(*i), "," | ";" | ".")
                    || scene.is(*i, Word::Hearing)
            };
            let near = (t..end).take_while(|i| !parts(i)).find_map(|i| scene.date(i).filter(|d| is_day(found, *d)));
            match near {
                Some(date) => {
                    self.set(word, date);
                    while t < scene.tokens.end && scene.date(t) != Some(date) {
                        t += 1;
                    }
                    t = scene.date_end(t);
                }
                None => self.waiting.push_back(word),
            }
        }
        // Only the next line can hold the date that a head leaves open.
        if scene.tokens.len() > 60 {
            self.waiting.clear();
        }
    }

    fn set(&mut self, word: Word, date: DateIx) {
        let slot = if word == Word::Reading { &mut self.reading } else { &mut self.hearing };
        slot.get_or_insert(date);
    }
}

/// True for the expression of one day.
pub(super) fn is_day(found: &Findings, date: DateIx) -> bool {
    found.dates.get(date).is_some_and(|d| d.as_day().is_some())
}

/// True where a line of the document begins at token `t`.
pub(super) fn new_line(text: &Text<'_>, t: usize) -> bool {
    let Some((before, here)) = t.checked_sub(1).and_then(|b| text.tokens.get(b)).zip(text.tokens.get(t)) else {
        return true;
    };
    text.str().get(before.span.end..here.span.start).is_some_and(|gap| gap.contains('\n'))
}

/// The court or authority whose paper a ruling is: the first one whose name begins a line of its head, else the first court named.
pub(super) fn deciding_body(text: &Text<'_>, found: &Findings) -> Option<usize> {
    let head = text.sentences.get(..text.sentences.len().min(40))?.last()?.span.end;
    let kind = |m: &khronika_core::Mention| found.actors.get(m.actor).map(|a| a.kind);
    let top = text.sentences.get(5).map_or(head, |s| s.span.end);
    let heads_line = found.mentions.iter().take_while(|m| m.span.end <= top).position(|m| {
        let first = text.tokens_in(m.span).start;
        // "Le préfet de la Gironde,": an article may stand before the name.
        let begins = new_line(text, first)
            || first.checked_sub(1).is_some_and(|t| new_line(text, t) && text.word(t).chars().count() <= 3);
        begins && kind(m).is_some_and(ActorKind::is_body)
    });
    // A court named in the middle of a sentence may be any: one that begins its sentence or stands in a title speaks or is spoken for.
    let speaks = |m: &khronika_core::Mention| {
        let first = text.tokens_in(m.span).start;
        let at = text.sentences.partition_point(|s| s.span.end <= m.span.start);
        text.sentences
            .get(at)
            .is_some_and(|s| matches!(s.kind, BlockKind::Title | BlockKind::Heading) || first < s.tokens.start + 3)
    };
    let mut in_head = found.mentions.iter().take_while(|m| m.span.end <= head);
    heads_line.or_else(|| in_head.position(|m| kind(m) == Some(ActorKind::Court) && speaks(m)))
}

/// The acts of an operative part are one decision: each is marked as the same as the first.
pub(super) fn join_operative(
    drafts: &mut [Draft],
    found: &Findings,
    first: usize,
    own: Option<usize>,
    around: &Around,
) -> Option<usize> {
    let mut own = own;
    let court = around.court.and_then(|m| actor_of(found, m));
    for i in first..drafts.len() {
        let Some(draft) = drafts.get_mut(i) else { break };
        let body = draft.body.and_then(|m| actor_of(found, m));
        let here = draft.mention == ActMention::Told
            && draft.status == EventStatus::Actual
            && (draft.dates.act.is_none() || draft.dates.act == around.date)
            && (body.is_none() || body == court)
            && !asks(&draft.classes);
        if !here || draft.same_as.is_some() {
            continue;
        }
        draft.body = draft.body.or(around.court);
        draft.dates.act = draft.dates.act.or(around.date);
        draft.own = true;
        match own {
            None => own = Some(i),
            Some(o) => draft.same_as = Some((o, "the same operative part".to_owned())),
        }
    }
    own
}

/// Gives the own act, and what was joined to it, the days that the head or foot of the document gives.
///
/// Where they name no reading, the date of the document itself ("Fait à Bordeaux, le 27 février 2025") is that of the act.
pub(super) fn date(drafts: &mut [Draft], own: usize, sittings: &Sittings, document: Option<DateIx>) {
    // A date that another act bears is that act's.
    let document = document.filter(|d| !drafts.iter().any(|a| !a.own && a.dates.act == Some(*d)));
    for i in own..drafts.len() {
        let Some(draft) = drafts.get_mut(i) else { break };
        if !draft.own {
            continue;
        }
        draft.dates.act = draft.dates.act.or(sittings.reading).or(document);
        if i == own {
            draft.dates.hearing = draft.dates.hearing.or(sittings.hearing);
            draft.dates.reading = draft.dates.reading.or(sittings.reading);
        }
    }
}
