//! Several verbs, or one verb with several objects, that tell one decision.

use std::ops::Range;

use khronika_core::{ActClass, EventStatus};

use super::draft::{Draft, is_outcome};
use super::reading::{Reading, Voice, status};
use super::rules::{ObjectSide, Row, Word};
use super::scene::{ClauseKind, Hit, REACH, is_body};
use super::subject::{Subject, kind};
use super::told::Teller;
use crate::lexicon::Phrases;

impl<'t> Teller<'_, 't, '_> {
    /// "Постановою суду … скаргу задоволено, рішення скасовано, у позові відмовлено": in free word order one decision is told by
    /// several passives, of which only the first has the means, the agent and the date.
    pub(super) fn same_ruling(
        &self,
        reading: &Reading,
        row: &Row,
        tokens: &Range<usize>,
        limit: usize,
    ) -> Option<usize> {
        if self.scene.rules.object_side == ObjectSide::Right || reading.voice != Voice::Passive {
            return None;
        }
        let last = self.told.len().checked_sub(1)?;
        let told = self.told.get(last)?;
        let hit = self.scene.hits.get(told.hit)?;
        let between = hit.tokens.end..reading.begin;
        let outcome = |classes: &[ActClass]| {
            classes
                .iter()
                .any(|c| is_outcome(*c) && !matches!(c, ActClass::Decide | ActClass::Designate | ActClass::Ban))
        };
        let clauses = self.scene.clause_ix(hit.tokens.start) + 1..=self.scene.clause_ix(tokens.start);
        let main = clauses.into_iter().all(|c| self.scene.clauses.get(c).is_some_and(|c| c.kind == ClauseKind::Main));
        let mark = |t: usize| matches!(self.scene.text.fold(t), "," | ";" | ":") || self.scene.is(t, Word::And);
        let means = self.phrases.iter().any(|p| p.instrument && between.contains(&p.tokens.start));
        let later = between.clone().any(|t| self.scene.is(t, Word::Sequence));
        let one = outcome(&told.classes)
            && outcome(&row.classes)
            && told.status == EventStatus::Actual
            && main
            && !means
            && !later
            && between.len() < REACH
            && between.clone().any(mark)
            && self.agent_of(reading, tokens, limit) == Subject::None
            && self.date_for(reading, tokens, limit).0.is_none();
        one.then_some(last)
    }

    /// "приговор оставить без изменения, жалобу — без удовлетворения": what the verb does to a second object, where it is not said
    /// again. Its words are those of another row of the same verb. Gives the rows, and where their words stand.
    pub(super) fn gapped(
        &self,
        hit: &Hit,
        reading: &Reading,
        row: &Row,
        tokens: &Range<usize>,
        limit: usize,
    ) -> Vec<(&'t Row, Range<usize>)> {
        let form = hit.readings.iter().find(|(r, _)| *r == reading.row).map(|(_, form)| *form);
        let Some(object) = row.object.as_ref().filter(|_| row.classes.iter().any(|c| is_outcome(*c))) else {
            return Vec::new();
        };
        let places = |object: &Phrases<()>| -> Vec<Range<usize>> {
            let all = object.all(self.scene.text, tokens.end..limit.max(tokens.end));
            all.into_iter().map(|m| m.tokens).collect()
        };
        let Some(first) = places(object).into_iter().next() else { return Vec::new() };
        let apart = |place: &Range<usize>| {
            (first.end..place.start).any(|t| self.scene.text.fold(t) == "," || self.scene.is(t, Word::And))
        };
        let others = hit.readings.iter().filter(|(r, f)| *r != reading.row && Some(*f) == form);
        let others = others.filter_map(|(r, _)| self.scene.row(*r));
        others
            .filter(|r| r.classes.iter().any(|c| is_outcome(*c)))
            .filter_map(|r| Some((r, places(r.object.as_ref()?).into_iter().find(apart)?)))
            .map(|(r, place)| (r, first.end..place.end))
            .collect()
    }

    /// "a annulé le jugement, renvoyé l'affaire et condamné": a participle that shares the auxiliary of the verb before it, read so.
    pub(super) fn shares_auxiliary(&self, reading: &Reading, end: usize) -> Option<Reading> {
        let told = self.told.last().filter(|_| reading.voice == Voice::Modifier)?;
        let hit = self.scene.hits.get(told.hit)?;
        let mut begin = reading.begin;
        while let Some(s) = self.scene.ending_at(begin, Word::Adverb).filter(|s| *s > hit.tokens.end) {
            begin = s;
        }
        let joins = |t: usize| self.scene.text.fold(t) == "," || self.scene.is(t, Word::And);
        // A participle that says more of a noun has no object.
        let acts = self.scene.is_determiner(end) && !self.scene.is(end, Word::By);
        let same = self.scene.clause_ix(hit.tokens.start) == self.scene.clause_ix(reading.begin);
        let perfect = told.shared || self.reading(told.hit).is_some_and(Reading::is_perfect);
        let right = self.scene.rules.object_side == ObjectSide::Right;
        (right && acts && same && perfect && begin > hit.tokens.end && joins(begin - 1)).then(|| reading.sharing())
    }

    /// True for a gerund that opens its clause: what it tells the subject of the main verb did.
    pub(super) fn opens(&self, hit: usize) -> bool {
        let Some((hit, reading)) = self.scene.hits.get(hit).zip(self.reading(hit)) else { return false };
        let start = self.scene.clause_of(hit.tokens.start).map_or(0, |c| c.tokens.start);
        reading.voice == Voice::Gerund && self.scene.rules.object_side != ObjectSide::Left && reading.begin <= start + 2
    }

    /// Whether the verb is the main verb after a gerund that opens the clause, and both tell one decision.
    pub(super) fn one_with_gerund(
        &self,
        classes: &[ActClass],
        hit: usize,
        reading: &Reading,
        between: &Range<usize>,
    ) -> bool {
        let main = matches!(reading.voice, Voice::Active | Voice::Present);
        let comma = between.clone().any(|t| self.scene.text.fold(t) == ",");
        let of_clause = self
            .scene
            .hits
            .get(hit)
            .is_some_and(|h| self.scene.clause_ix(h.tokens.start) == self.scene.clause_ix(reading.begin));
        main && comma
            && of_clause
            && status(self.scene, reading) == EventStatus::Actual
            && self.row(reading).is_some_and(|row| !row.light && one_decision(classes, &row.classes))
    }

    /// "Dismissing the claim, the court held …": who a gerund that opens its clause is said of stands behind the comma.
    pub(super) fn main_subject(&self, reading: &Reading, tokens: &Range<usize>) -> Subject {
        let Some(clause) = self.scene.clause_of(tokens.start).map(|c| c.tokens.clone()) else { return Subject::None };
        if reading.voice != Voice::Gerund
            || self.scene.rules.object_side == ObjectSide::Left
            || reading.begin > clause.start + 2
        {
            return Subject::None;
        }
        let end = clause.end.min(tokens.end + REACH);
        let mut commas = (tokens.end..end).filter(|t| self.scene.text.fold(*t) == ",");
        let subject = commas.find_map(|comma| {
            let at = comma + 1;
            let bare = at + usize::from(self.scene.is_determiner(at) && self.scene.mention(at).is_none());
            let named = self.scene.mention(bare).filter(|m| is_body(self.found, *m)).map(Subject::Name);
            named.or_else(|| kind(self.scene, at, end)).or_else(|| kind(self.scene, bare, end))
        });
        subject.filter(|s| !matches!(s, Subject::Party(_))).unwrap_or(Subject::None)
    }

    pub(super) fn add_gapped(&mut self, number: usize, gapped: &[(&Row, Range<usize>)], drafts: &mut Vec<Draft>) {
        for (row, place) in gapped {
            let Some(draft) = drafts.get_mut(number) else { return };
            row.classes.iter().for_each(|c| draft.add_class(*c));
            draft.tokens.end = draft.tokens.end.max(place.end);
            let object = self.phrases.iter().position(|p| !p.instrument && !p.used && place.contains(&p.tokens.start));
            self.link(number, &row.classes, object, false, drafts);
        }
    }
}

/// Whether one decision can have both: outcomes of one ruling, and what a ruling does to a person at once.
pub(super) fn one_decision(first: &[ActClass], then: &[ActClass]) -> bool {
    let any = |set: &[ActClass], of: &[ActClass]| set.iter().any(|c| of.contains(c));
    let custody = any(then, &[ActClass::Detain, ActClass::ForbidLeave, ActClass::Release])
        && any(first, &[ActClass::Annul, ActClass::Uphold, ActClass::Vary, ActClass::Grant]);
    let leave = any(then, &[ActClass::OrderLeave, ActClass::RefuseEntry])
        && any(first, &[ActClass::Dismiss, ActClass::Revoke, ActClass::Annul]);
    first.iter().any(|c| is_outcome(*c))
        && (then.iter().any(|c| is_outcome(*c)) || any(then, &[ActClass::Lift, ActClass::Release]))
        && !(any(first, &[ActClass::Convict]) && any(then, &[ActClass::Release]))
        || custody
        // "placed under supervision and forbade him to leave": one measure told twice in one breath.
        || any(first, &[ActClass::ForbidLeave]) && any(then, &[ActClass::ForbidLeave])
        || leave
        || any(first, &[ActClass::FindViolation]) && any(then, &[ActClass::RequestMeasure])
}
