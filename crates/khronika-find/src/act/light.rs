//! Verbs whose act is what a noun beside them names, days that stand in a row, and verbs that only speak of an act told elsewhere.

use std::ops::Range;

use khronika_core::{ActClass, ActMention, DateIx, EventStatus, Span};

use super::draft::{Draft, PointsBack, asks};
use super::reading::{Reading, Voice};
use super::rules::{Row, Word};
use super::subject::{Subject, phrase_at, verb_at};
use super::told::{Teller, Told};

impl Teller<'_, '_, '_> {
    pub(super) fn target_is_action(&self, target: Option<usize>) -> bool {
        target.and_then(|p| self.phrases.get(p)).is_some_and(|p| p.action)
    }

    /// "ordered the release of", "decided to extradite", "granted extradition": the classes of what was ordered.
    pub(super) fn adopted(&self, target: Option<usize>) -> Option<(Vec<ActClass>, Span)> {
        let phrase = target.and_then(|p| self.phrases.get(p)).filter(|p| p.action)?;
        Some((phrase.classes.clone(), self.scene.text.span(phrase.tokens.clone())))
    }

    /// "issued an order", "rendered a judgment": the act is the paper.
    #[allow(clippy::too_many_arguments, reason = "the parts of one clause")]
    pub(super) fn light(
        &mut self,
        index: usize,
        reading: &Reading,
        row: &Row,
        subject: Subject,
        target: Option<usize>,
        status: EventStatus,
        limit: usize,
        coordinate: Option<usize>,
        drafts: &mut Vec<Draft>,
    ) {
        let Some(p) = target else { return };
        let Some(tokens) = self.scene.hits.get(index).map(|h| h.tokens.clone()) else { return };
        let (date, _) = self.date_for(reading, &tokens, limit);
        // "was not signed": says something of a paper, not that there is none.
        let none = self.phrases.get(p).is_some_and(|p| p.nothing);
        let announced = || self.scene.first(tokens.end..limit, Word::Announces).is_some();
        if status == EventStatus::Denied || none || announced() {
            return;
        }
        let number = self.draft_of(p, drafts);
        let body = self.body_of(subject);
        let (words, party) = (self.words_of(subject), self.party_of(subject));
        let files = self.phrases.get(p).is_some_and(|phrase| asks(&phrase.classes));
        let asker =
            || self.asked_by(reading.begin).filter(|_| files && reading.voice != Voice::Passive && body.is_none());
        let words = words.or_else(asker);
        let earlier = coordinate.and_then(|c| self.told.get(c)).and_then(|t| drafts.get(t.draft));
        let (inherited, inherited_words) = (earlier.and_then(|d| d.body), earlier.and_then(|d| d.body_words));
        let clause = self.scene.clause_of(tokens.start).map_or(tokens.clone(), |c| c.tokens.clone());
        let whole = self.trimmed(clause.start.max(tokens.start.saturating_sub(40))..limit.max(tokens.end));
        let said_by = self.said_by(tokens.start);
        let Some(draft) = drafts.get_mut(number) else { return };
        draft.mention = ActMention::Told;
        draft.needed = true;
        draft.trigger = self.scene.text.span(tokens.clone());
        draft.tokens = draft.tokens.start.min(whole.start)..draft.tokens.end.max(whole.end);
        draft.body = draft.body.or(body).or(inherited);
        draft.body_words = words.or(inherited_words);
        draft.by_party = party.filter(|_| draft.body.is_none());
        draft.status = status;
        draft.said_by = said_by;
        draft.made_by = row.info.id.clone();
        draft.heading = self.around.heading;
        if draft.dates.act.is_none() {
            draft.dates.act = date;
        }
        self.used_dates.extend(draft.dates.act);
        let classes = draft.classes.clone();
        if asks(&classes) {
            self.attack(p, number, drafts);
        }
        let clause = self.scene.clause_ix(tokens.start);
        self.told.push(Told { draft: number, hit: index, clause, classes, status, shared: false });
    }

    /// "You are obliged to leave" says what the order is that the paper tells of; "was wrongly convicted" judges a conviction that was
    /// told. Neither is an act of its own where there is one that it can be.
    pub(super) fn spoken_of(
        &self,
        classes: &[ActClass],
        date: Option<DateIx>,
        subject: Subject,
        reading: &Reading,
        tokens: &Range<usize>,
    ) -> Option<PointsBack> {
        let to_you =
            classes == [ActClass::OrderLeave] && self.scene.first(self.scene.tokens.clone(), Word::You).is_some();
        let near = reading.begin.saturating_sub(2).max(self.scene.tokens.start)..tokens.end + 3;
        let blamed = || {
            subject == Subject::None
                && matches!(reading.voice, Voice::Passive)
                && self.scene.first(near, Word::Blame).is_some()
        };
        let adjectives = if to_you { Vec::new() } else { vec![String::new()] };
        (date.is_none() && (to_you || blamed())).then_some(PointsBack {
            demonstrative: true,
            adjectives,
            first_instance: false,
            attacked: false,
        })
    }

    /// The dates that stand beside `date` with nothing but a comma or "and" between.
    pub(super) fn dates_joined(&self, date: Option<DateIx>) -> Vec<DateIx> {
        let Some(first) = date else { return Vec::new() };
        let day = |d: DateIx| {
            let expr = self.found.dates.get(d)?;
            expr.as_day().map(|_| expr.kind)
        };
        if day(first).is_none() {
            return Vec::new();
        }
        let mut joined = Vec::new();
        let Some(mut t) = self.scene.tokens.clone().find(|t| self.scene.date(*t) == Some(first)) else {
            return joined;
        };
        loop {
            t = self.scene.date_end(t);
            let mut next = t;
            let joins = |t: usize| {
                self.scene.text.fold(t) == ","
                    || self.scene.is(t, Word::And)
                    || self.scene.len(t, Word::Adverb) == Some(1)
            };
            while next < t + 4 && joins(next) {
                next += 1;
            }
            let linked = next > t;
            if self.scene.len(next, Word::DateOn) == Some(1) {
                next += 1;
            }
            let Some(other) = self.scene.date(next).filter(|d| linked && day(*d).is_some() && !joined.contains(d))
            else {
                return joined;
            };
            // "stayed the removal on 1 December, and on 27 April granted the petition": the day of the next verb.
            let end = self.scene.date_end(next);
            let end = if self.scene.text.fold(end) == "," { end + 1 } else { end };
            let tells = |at: usize| {
                let verb = (at..at + 3).find_map(|t| verb_at(self.scene, self.readings, &self.phrases, t));
                verb.and_then(|v| self.reading(v)).is_some_and(|r| r.begin <= at && r.voice != Voice::Modifier)
            };
            // "…, and on 9 June the court set it aside": or of the verb after its subject.
            if tells(end) || self.subject_end(end).is_some_and(tells) {
                return joined;
            }
            joined.push(other);
            t = next;
        }
    }

    /// The end of who or what stands at `t` as a subject does: a name, an office, a paper.
    fn subject_end(&self, t: usize) -> Option<usize> {
        let bare = t + usize::from(self.scene.is_determiner(t));
        let name = self.scene.mention(bare).map(|_| self.scene.mention_end(bare));
        let office = || {
            let office =
                |at: usize| [Word::Court, Word::Office].iter().find_map(|w| Some(at + self.scene.len(at, *w)?));
            office(t).or_else(|| office(bare))
        };
        let paper = || phrase_at(&self.phrases, bare).and_then(|p| Some(self.phrases.get(p)?.tokens.end));
        name.or_else(office).or_else(paper)
    }
}
