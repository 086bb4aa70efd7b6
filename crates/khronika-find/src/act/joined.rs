//! Several verbs, or one verb with several objects, that tell one decision.

use std::ops::Range;

use khronika_core::{ActClass, EventStatus};

use super::draft::{Draft, is_outcome};
use super::reading::{Reading, Voice};
use super::rules::{ObjectSide, Row, Word};
use super::scene::{ClauseKind, Hit, REACH};
use super::subject::Subject;
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
