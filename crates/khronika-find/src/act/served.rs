//! Days that a verb gives to the act named beside it: its service, reading, hearing, entry into force.

use std::ops::Range;

use khronika_core::{
    ActClass, ActDates, ActType, ActorKind, DateIx, EffectKind, EventStatus, MentionIx, Participant, Role,
};

use super::draft::{Draft, DraftEffect, asks};
use super::phrase::Phrase;
use super::reading::{Reading, Voice, status};
use super::rules::Sets;
use super::scene::{is_body, kind_of};
use super::subject::{before, right_limit};
use super::told::Teller;

/// Within so many words behind "was served" its "with the order" begins.
const WITH: usize = 4;

impl Teller<'_, '_, '_> {
    /// "handed to X on 30 June": a date of the act named beside it.
    pub(super) fn set_date(&mut self, sets: Sets, reading: &Reading, tokens: &Range<usize>, drafts: &mut Vec<Draft>) {
        if status(self.scene, reading) != EventStatus::Actual {
            return;
        }
        let limit = right_limit(self.scene, self.readings, &self.phrases, tokens);
        let (date, _) = self.date_for(reading, tokens, limit);
        // "par arrêté du 20 mars, notifié le 24 mars,": the paper just before, be it the means of the act told.
        let beside =
            self.phrases.iter().position(|p| p.tokens.end <= reading.begin && p.tokens.end + 2 >= reading.begin);
        if let (Some(p), Some(date), Sets::Service) = (beside, date, sets)
            && self.of_phrase.get(p).copied().flatten().is_none()
            && let Some(phrase) = self.phrases.get_mut(p).filter(|p| p.instrument && !p.used)
        {
            phrase.dates.service = Some(date);
            self.used_dates.insert(date);
            return;
        }
        let left = self.phrase_before(reading.begin);
        let near = |p: &usize| self.phrases.get(*p).is_some_and(|p| !p.instrument || p.tokens.end + 3 > tokens.start);
        // "was served with the order": the paper stands where the means would.
        let with = || {
            let near = tokens.end..limit.min(tokens.end + WITH);
            let paper = |p: &Phrase| p.instrument && !p.used && !p.action && near.contains(&p.tokens.start);
            let served = sets == Sets::Service && matches!(reading.voice, Voice::Passive | Voice::Modifier);
            self.phrases.iter().position(paper).filter(|_| served)
        };
        let target = left.filter(near).or_else(|| self.phrase_after(tokens.end, limit));
        let with = target.is_none().then(with).flatten();
        // It is the means of no other verb.
        if let Some(paper) = with.and_then(|p| self.phrases.get_mut(p)) {
            paper.used = true;
        }
        let target = target.or(with);
        let Some(date) = date else {
            // "a judgment that became final": it is so, though since when is not told.
            let known = target.and_then(|p| self.of_phrase.get(p).copied().flatten());
            let number = known.or_else(|| self.told.last().map(|t| t.draft));
            let draft = number.filter(|_| sets == Sets::EntryIntoForce).and_then(|n| drafts.get_mut(n));
            if let Some(draft) = draft.filter(|d| !asks(&d.classes)) {
                draft.closes(self.scene.text.span(tokens.clone()));
            }
            return;
        };
        let recipient = (tokens.start..limit)
            .find_map(|t| self.scene.mention(t).filter(|m| kind_of(self.found, *m) == Some(ActorKind::Person)));
        let end = self.trimmed(tokens.start..limit).end;
        // "вступило в силу 15 июня и вручено 20 июня": the paper that the verb before this one dated.
        let number =
            target.map(|p| self.draft_of(p, drafts)).or(self.set).or_else(|| self.told.last().map(|t| t.draft));
        let Some(number) = number else {
            // "Копия уведомления вручена 20 января": what was served is no act that is known.
            if sets == Sets::Service {
                let clause = self.scene.clause_of(tokens.start).map_or(tokens.start, |c| c.tokens.start);
                self.serve(
                    None,
                    reading,
                    tokens,
                    clause.max(tokens.start.saturating_sub(12))..end,
                    date,
                    recipient,
                    drafts,
                );
                self.used_dates.insert(date);
            }
            return;
        };
        let Some(draft) = drafts.get_mut(number) else { return };
        let slot = match sets {
            Sets::Service => &mut draft.dates.service,
            Sets::Reading => &mut draft.dates.reading,
            Sets::Hearing => &mut draft.dates.hearing,
            Sets::EntryIntoForce => &mut draft.dates.entry_into_force,
        };
        slot.get_or_insert(date);
        self.set = Some(number);
        draft.needed = true;
        // The words of the service belong to the paper too: they give the day from which its periods run.
        if draft.sentence == self.scene.sentence_ix {
            draft.tokens.end = draft.tokens.end.max(end);
        }
        if let Some(mention) = recipient.filter(|_| sets == Sets::Service) {
            draft.add_participant(Participant { mention, role: Role::Recipient });
        }
        if sets == Sets::Service {
            let at = drafts.get(number).map_or(tokens.start..end, |d| d.tokens.clone());
            self.serve(Some(number), reading, tokens, at.start.min(tokens.start)..end, date, recipient, drafts);
        }
        self.used_dates.insert(date);
    }

    /// Service is an act of its own, besides being a day from which periods of the act served run.
    #[allow(clippy::too_many_arguments, reason = "the parts of one clause")]
    fn serve(
        &mut self,
        served: Option<usize>,
        reading: &Reading,
        tokens: &Range<usize>,
        whole: Range<usize>,
        date: DateIx,
        recipient: Option<MentionIx>,
        drafts: &mut Vec<Draft>,
    ) {
        let limit = right_limit(self.scene, self.readings, &self.phrases, tokens);
        let passive = matches!(reading.voice, Voice::Passive | Voice::Modifier);
        let subject = if passive {
            self.agent_of(reading, tokens, limit)
        } else {
            before(self.scene, self.found, self.readings, &self.phrases, reading.begin, true)
        };
        let body = self.body_of(subject).filter(|m| is_body(self.found, *m));
        let trigger = self.scene.text.span(tokens.clone());
        let whole = self.trimmed(whole);
        drafts.push(Draft {
            body,
            body_words: self.words_of(subject),
            participants: recipient.map(|mention| Participant { mention, role: Role::Recipient }).into_iter().collect(),
            dates: ActDates { act: Some(date), ..ActDates::default() },
            effects: served
                .map(|target| DraftEffect {
                    kind: EffectKind::Notifies,
                    target: Some(target),
                    span: trigger,
                    stated: true,
                    because: "what was served".to_owned(),
                })
                .into_iter()
                .collect(),
            operative: self.in_operative(tokens.start),
            said_by: self.said_by(tokens.start),
            made_by: self.row(reading).map_or_else(String::new, |r| r.info.id.clone()),
            ..Draft::told(trigger, whole, self.scene.sentence_ix, ActType::Service, vec![ActClass::Notify])
        });
    }
}
