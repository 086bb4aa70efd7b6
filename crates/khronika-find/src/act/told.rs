//! What one sentence tells: each verb of an act with its subject, object, date and status.

use std::collections::BTreeSet;
use std::ops::Range;

use khronika_core::{
    ActClass, ActDates, ActMention, ActType, ActorKind, DateIx, EffectKind, EventStatus, Findings, MentionIx,
    Participant, Role, Span,
};

use super::draft::{Draft, DraftEffect, asks, befalls, is_about_a_person};
use super::joined::one_decision;
use super::phrase::Phrase;
use super::reading::{Reading, Voice};
use super::rules::{Agent, Form, ObjectSide, Row, Word};
use super::scene::{ClauseKind, Scene, is_body, kind_of};
use super::subject::{Subject, antecedent, before, phrase_at, right_limit, verb_at};

/// What is known of the document around the sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    /// The court or authority whose paper the document is.
    pub(super) court: Option<MentionIx>,
    /// The last court named before this sentence.
    pub(super) last_court: Option<MentionIx>,
    /// The date of the document.
    pub(super) date: Option<DateIx>,
    /// The document's own number.
    pub(super) docket: Option<String>,
    /// From this token on the sentence belongs to the operative part.
    pub(super) operative: Option<usize>,
    /// The sentence is a title or heading.
    pub(super) heading: bool,
}

/// A verb that tells an act.
pub(super) struct Told {
    pub(super) draft: usize,
    pub(super) hit: usize,
    pub(super) clause: usize,
    pub(super) classes: Vec<ActClass>,
    pub(super) status: EventStatus,
    /// It shares the auxiliary of the verb before it.
    pub(super) shared: bool,
}

/// Reads one sentence.
pub(super) struct Teller<'x, 't, 's> {
    pub(super) scene: &'x Scene<'t, 's>,
    pub(super) found: &'x Findings,
    pub(super) around: &'x Around,
    pub(super) readings: &'x [Option<Reading>],
    pub(super) phrases: Vec<Phrase>,
    /// The draft that a phrase became.
    pub(super) of_phrase: Vec<Option<usize>>,
    pub(super) used_dates: BTreeSet<DateIx>,
    pub(super) told: Vec<Told>,
    /// The draft that a verb of this sentence gave a day of service, reading or entry into force.
    pub(super) set: Option<usize>,
}

impl<'x, 't, 's> Teller<'x, 't, 's> {
    pub(super) fn new(
        scene: &'x Scene<'t, 's>,
        found: &'x Findings,
        around: &'x Around,
        readings: &'x [Option<Reading>],
        phrases: Vec<Phrase>,
    ) -> Self {
        let of_phrase = vec![None; phrases.len()];
        let mut teller = Self {
            scene,
            found,
            around,
            readings,
            phrases,
            of_phrase,
            used_dates: BTreeSet::new(),
            told: Vec::new(),
            set: None,
        };
        teller.take_phrase_dates();
        teller
    }

    /// Reads the sentence and adds its acts to `drafts`; gives the dates that they use.
    pub(super) fn tell(mut self, drafts: &mut Vec<Draft>) -> BTreeSet<DateIx> {
        let first = drafts.len();
        self.by_which_clauses();
        for index in 0..self.scene.hits.len() {
            self.one(index, drafts);
        }
        self.ask(drafts);
        self.refer(drafts);
        self.wait(drafts, first);
        self.used_dates
    }

    fn take_phrase_dates(&mut self) {
        for phrase in &self.phrases {
            self.used_dates.extend(phrase.dates.act);
        }
    }

    pub(super) fn row(&self, reading: &Reading) -> Option<&'t Row> {
        self.scene.row(reading.row)
    }

    pub(super) fn reading(&self, index: usize) -> Option<&'x Reading> {
        self.readings.get(index).and_then(Option::as_ref)
    }

    /// "the decision by which the Director refused …": the clause describes the paper before it.
    fn by_which_clauses(&mut self) {
        for index in 1..self.scene.clauses.len() {
            let Some(clause) =
                self.scene.clauses.get(index).filter(|c| matches!(c.kind, ClauseKind::ByWhich | ClauseKind::Relative))
            else {
                continue;
            };
            let relative = clause.kind == ClauseKind::Relative;
            let clause = clause.tokens.clone();
            // "the decision, promulgated on 22 April, by which": a date of the paper may stand between.
            let dates_only = |from: usize| {
                from + 9 > clause.start
                    && (from..clause.start).any(|t| self.scene.date(t).is_some())
                    && !(from..clause.start).any(|t| self.scene.mention(t).is_some() || self.scene.is(t, Word::And))
            };
            let ends = |p: &Phrase| {
                p.tokens.end <= clause.start && (p.tokens.end + 3 > clause.start || dates_only(p.tokens.end))
            };
            let Some(at) = self.phrases.iter().rposition(ends) else { continue };
            let hit = clause
                .clone()
                .filter_map(|t| verb_at(self.scene, self.readings, &self.phrases, t))
                .find(|h| self.reading(*h).and_then(|r| self.row(r)).is_some_and(|row| row.sets.is_none()));
            let Some((hit, reading)) = hit.and_then(|h| Some((h, self.reading(h)?))) else { continue };
            let Some(row) = self.row(reading) else { continue };
            // "an order which forbids him to leave": the present says what the paper says, and tells no act of its own.
            if relative && (reading.voice != Voice::Present || row.light || self.in_operative(clause.start)) {
                continue;
            }
            let body = match before(self.scene, self.found, self.readings, &self.phrases, reading.begin, true) {
                Subject::Name(m) if is_body(self.found, m) => Some(m),
                _ => None,
            };
            let tokens = self.scene.hits.get(hit).map_or(clause.clone(), |h| h.tokens.clone());
            let end = right_limit(self.scene, self.readings, &self.phrases, &tokens);
            let denied = reading.group.not || reading.group.possible;
            // "ухвалити нове рішення, яким відмовити": a paper that is asked for does not exist.
            if reading.voice == Voice::Infinitive && !self.in_operative(clause.start) {
                if let Some(phrase) = self.phrases.get_mut(at) {
                    phrase.nothing = true;
                }
                continue;
            }
            let inside: Vec<usize> = (clause.start..end).filter_map(|t| self.scene.hit_ix(t)).collect();
            if let Some(phrase) = self.phrases.get_mut(at).filter(|_| !denied) {
                phrase.classes.retain(|c| *c != ActClass::Decide);
                for class in &row.classes {
                    if !phrase.classes.contains(class) {
                        phrase.classes.push(*class);
                    }
                }
                phrase.body = phrase.body.or(body);
                phrase.inner.extend(inside);
                phrase.object = Some(tokens.start..end);
                phrase.tokens.end = phrase.tokens.end.max(end);
            }
            // What the clause names belongs to the paper: no act of its own.
            self.phrases.retain({
                let mut n = 0;
                move |p| {
                    n += 1;
                    n - 1 == at || !(clause.start <= p.tokens.start && p.tokens.end <= end.max(clause.start))
                }
            });
            self.of_phrase = vec![None; self.phrases.len()];
        }
    }

    fn one(&mut self, index: usize, drafts: &mut Vec<Draft>) {
        let (Some(hit), Some(reading)) = (self.scene.hits.get(index), self.reading(index)) else { return };
        let shared = self.shares_auxiliary(reading, hit.tokens.end);
        let reading = shared.as_ref().unwrap_or(reading);
        let Some(row) = self.row(reading) else { return };
        if matches!(reading.voice, Voice::Paper | Voice::Instrument | Voice::Noun)
            || self.phrases.iter().any(|p| p.inner.contains(&index))
        {
            return;
        }
        let tokens = hit.tokens.clone();
        if row.operative && !self.in_operative(tokens.start) {
            return;
        }
        if let Some(sets) = row.sets {
            self.set_date(sets, reading, &tokens, drafts);
            return;
        }
        let Some(mut status) = self.status_of(index, reading, &tokens) else { return };
        let limit = right_limit(self.scene, self.readings, &self.phrases, &tokens);
        let active_with_be = reading.voice == Voice::Passive
            && (row.active_be
                || row.classes.iter().any(|c| matches!(c, ActClass::ReverseOwn | ActClass::Appeal))
                    && self.phrase_before(reading.begin).is_none());
        // "est revenue sur", "s'est pourvu": some French verbs take "be" in the active.
        let passive = matches!(reading.voice, Voice::Passive | Voice::Modifier) && !active_with_be;
        let operative = self.in_operative(tokens.start);
        let coordinate =
            self.coordinate_with(reading, &tokens).or_else(|| self.same_ruling(reading, row, &tokens, limit));
        let mut target =
            if active_with_be { self.phrase_after(tokens.end, limit) } else { self.target(reading, &tokens, limit) };
        if row.classes.iter().any(|c| matches!(c, ActClass::Dismiss | ActClass::Inadmissible | ActClass::Grant)) {
            target = self.remedy_before(tokens.end, target).or(target);
        }
        // "подала на это решение жалобу": what is attacked stands before the remedy that the verb tells of.
        if let Some(p) = target.filter(|_| row.light && asks(&row.classes))
            && self.phrases.get(p + 1).is_some_and(|next| next.tokens.end <= limit)
            && self.attacked(p + 1) == Some(p)
        {
            target = Some(p + 1);
        }
        // "an order whose execution the judge suspended": the paper stands before the pronoun.
        let acts = row.light || row.classes.iter().any(|c| super::draft::effect_of(*c).is_some());
        if target.is_none() && !passive && acts {
            // "a decision that the Supreme Court upheld": so does "that" where the noun stands right before it.
            let noun = |at: usize| {
                let p = at.checked_sub(1).and_then(|t| phrase_at(&self.phrases, t));
                p.and_then(|p| self.phrases.get(p)).is_some_and(|p| p.tokens.end == at && !p.action && !p.instrument)
            };
            let clause = self.scene.clause_of(tokens.start).filter(|c| {
                c.kind == ClauseKind::Relative
                    || c.kind == ClauseKind::Complement
                        && self.scene.rules.object_side == ObjectSide::Right
                        && noun(c.tokens.start)
                        && reading.voice == Voice::Active
            });
            let before = clause.map(|c| antecedent(self.scene, &self.phrases, c.tokens.start));
            let object = clause.is_some_and(|c| self.scene.is(c.tokens.start, Word::RelativeObject));
            let files = asks(&row.classes);
            if let Some(Subject::Phrase(p)) = before
                && (object || (row.light || !files) && self.phrases.get(p).is_some_and(|p| !p.action))
            {
                target = Some(p);
            }
        }
        // "The Office appeals, with permission, against the decision": what is attacked may stand far after the verb.
        if target.is_none() && !passive && asks(&row.classes) {
            target = self.against_later(tokens.end);
        }
        // "No appeal was lodged": told of a paper that does not exist.
        if target.and_then(|p| self.phrases.get(p)).is_some_and(|p| p.nothing) && status == EventStatus::Actual {
            status = EventStatus::Denied;
        }
        if status == EventStatus::Actual && coordinate.is_none() && self.nothing_told(reading.begin) {
            status = EventStatus::Denied;
        }
        let mut subject = if passive && coordinate.is_none() {
            self.agent_of(reading, &tokens, limit)
        } else if reading.voice == Voice::Infinitive {
            self.doer_of_infinitive(reading)
        } else if coordinate.is_some() {
            Subject::None
        } else {
            before(self.scene, self.found, self.readings, &self.phrases, reading.begin, row.agent == Agent::Body)
        };
        if subject == Subject::None
            && !passive
            && coordinate.is_none()
            && self.scene.rules.object_side == ObjectSide::Either
        {
            subject = self.subject_after(&tokens, limit);
        }
        if subject == Subject::None && coordinate.is_none() && (target.is_some() || row.object.is_some()) {
            subject = self.main_subject(reading, &tokens);
        }
        if let (Subject::Phrase(a), Some(b)) = (subject, target)
            && a == b
        {
            subject = if passive {
                Subject::None
            } else if self.scene.rules.object_side == ObjectSide::Right {
                target = None;
                subject
            } else {
                // "Приговор суд отменил": the object stands before the verb, the subject before the object or after the verb.
                let start = self.phrases.get(b).map_or(reading.begin, |p| p.tokens.start);
                match before(self.scene, self.found, self.readings, &self.phrases, start, row.agent == Agent::Body) {
                    Subject::None if self.scene.rules.object_side == ObjectSide::Either => {
                        self.subject_after(&tokens, limit)
                    }
                    subject => subject,
                }
            };
        }
        if !self.plausible(row, reading, subject, target, coordinate, status, limit, &tokens) {
            return;
        }
        let gapped = self.gapped(hit, reading, row, &tokens, limit);
        let mut classes = row.classes.clone();
        let mut extra_object = None;
        if row.light || classes.contains(&ActClass::Grant) {
            // "Dit que cette condamnation a été prononcée à tort": says something of an act that was told before.
            let this = || target.and_then(|p| self.phrases.get(p)).is_some_and(|p| p.demonstrative);
            if row.light && reading.voice == Voice::Passive && operative && this() {
                return;
            }
            if row.light && target.is_some() && !self.target_is_action(target) {
                let paper = target.and_then(|p| self.phrases.get(p)).is_some_and(|p| asks(&p.classes));
                if paper != asks(&row.classes) {
                    return;
                }
                self.light(index, reading, row, subject, target, status, limit, coordinate, drafts);
                return;
            }
            match self.adopted(target) {
                Some((adopted, span)) => {
                    classes.retain(|c| *c != ActClass::Decide);
                    classes.extend(adopted);
                    extra_object = Some(span);
                    target = None;
                }
                None if row.light => return,
                None => {}
            }
        }
        let (mut date, from_right) = self.date_for(reading, &tokens, limit);
        // A day before the verb that this one is joined to is that verb's, if it is of either.
        if let Some(first) = coordinate.and_then(|c| self.told.get(c)).and_then(|t| self.scene.hits.get(t.hit)) {
            let between = first.tokens.end..reading.begin;
            date = date.filter(|d| from_right || between.clone().any(|t| self.scene.date(t) == Some(*d)));
        }
        if let Some(c) = coordinate
            && self.merge(c, &classes, date, status, &tokens, limit, target, drafts)
        {
            if let Some(number) = self.told.get(c).map(|t| t.draft) {
                self.add_gapped(number, &gapped, drafts);
            }
            if let Some(d) = date.filter(|_| from_right) {
                self.used_dates.insert(d);
            }
            return;
        }
        let clause = self.scene.clause_of(tokens.start).map_or(tokens.clone(), |c| c.tokens.clone());
        let first = if coordinate.is_some() { reading.begin } else { clause.start };
        let first = if clause.len() > 60 { first.max(reading.begin.saturating_sub(30)) } else { first };
        let (trigger, whole) = (self.scene.text.span(tokens.clone()), self.trimmed(first..limit.max(hit.whole.end)));
        let act_type = row.act_type.unwrap_or_else(|| default_type(&classes));
        let mut draft = Draft {
            object: extra_object.or_else(|| self.object_words(&tokens, limit, target, passive)),
            dates: ActDates { act: date, ..ActDates::default() },
            status,
            operative,
            said_by: self.said_by(tokens.start),
            made_by: row.info.id.clone(),
            confidence: 0.8,
            points_back: self.spoken_of(&classes, date, subject, reading, &tokens),
            heading: self.around.heading && !self.in_operative(tokens.start),
            aside: self.scene.clause_of(tokens.start).is_some_and(|c| c.kind == ClauseKind::Relative),
            ..Draft::told(trigger, whole, self.scene.sentence_ix, act_type, classes.clone())
        };
        if let Some(earlier) = coordinate.and_then(|c| self.told.get(c)).and_then(|t| drafts.get(t.draft)) {
            draft.body = earlier.body;
            draft.body_words = earlier.body_words;
            if draft.dates.act.is_none() {
                draft.dates.act = earlier.dates.act.filter(|_| date.is_none());
            }
        }
        self.put_subject(&mut draft, subject);
        if !passive && coordinate.is_none() && asks(&classes) && draft.body.is_none() && draft.body_words.is_none() {
            draft.body_words = self.asked_by(reading.begin);
        }
        let means = self.take_instrument(&mut draft, reading, &tokens, limit, target);
        let own = draft.dates.act.is_none() || draft.dates.act == self.around.date;
        if operative && draft.status == EventStatus::Actual && own {
            draft.body = draft.body.or(self.around.court);
            draft.dates.act = draft.dates.act.or(self.around.date);
            draft.docket = draft.docket.take().or_else(|| self.around.docket.clone());
        }
        if let Some(d) = draft.dates.act {
            self.used_dates.insert(d);
        }
        let mut remedy = None;
        // "обратился с жалобой на приговор": the noun is the remedy itself, and what is attacked stands after it.
        if let Some(p) = target.filter(|p| asks(&classes) && self.phrases.get(*p).is_some_and(|p| asks(&p.classes))) {
            self.take_phrase(&mut draft, p);
            (target, remedy) = (self.attacked(p), Some(p));
        }
        self.people(&mut draft, &tokens, limit, target, passive);
        let befell = |p: &Participant| matches!(p.role, Role::Subject | Role::Recipient);
        if classes.iter().any(|c| is_about_a_person(*c))
            && draft.about_party.is_none()
            && !draft.participants.iter().any(befell)
        {
            draft.about_words = self.befallen(reading.begin, tokens.end, passive);
        }
        let number = drafts.len();
        let others = if from_right { self.dates_joined(date) } else { Vec::new() };
        drafts.push(draft);
        if let Some(slot) = means.and_then(|p| self.of_phrase.get_mut(p)) {
            slot.get_or_insert(number);
        }
        // "annule le jugement qui, le 9 septembre, l'a condamné": the paper that one verb acts on is what the other tells.
        if let Subject::Phrase(p) = subject
            && let Some(k) = self.of_phrase.get(p).copied().flatten().filter(|k| *k != number)
            && let Some(paper) = drafts.get_mut(k).filter(|d| d.mention == ActMention::Referred && d.same_as.is_none())
        {
            paper.same_as = Some((number, "the paper of which the clause tells".to_owned()));
        }
        self.link(number, &classes, target, passive, drafts);
        if let Some(p) = remedy.or_else(|| means.filter(|_| asks(&classes))) {
            self.attack(p, number, drafts);
        }
        self.add_gapped(number, &gapped, drafts);
        if target.is_none() && !passive {
            self.link_body(number, &classes, &tokens, drafts);
        }
        for other in others {
            // "adjourned on 9 April, 21 May and 2 July": as many acts as days.
            let Some(mut again) = drafts.get(number).cloned() else { break };
            again.dates.act = Some(other);
            if let Some(date) = self.found.dates.get(other) {
                again.trigger = date.span;
            }
            self.used_dates.insert(other);
            drafts.push(again);
        }
        let clause = self.scene.clause_ix(tokens.start);
        self.told.push(Told { draft: number, hit: index, clause, classes, status, shared: shared.is_some() });
    }

    /// The told verb before this one that shares its subject: "recognised … and annulled".
    fn coordinate_with(&self, reading: &Reading, tokens: &Range<usize>) -> Option<usize> {
        let last = self.told.len().checked_sub(1)?;
        let told = self.told.get(last)?;
        let hit = self.scene.hits.get(told.hit)?;
        let clause = self.scene.clause_ix(tokens.start);
        let between = hit.tokens.end..reading.begin;
        if clause != told.clause && clause != told.clause + 1 {
            return None;
        }
        let mut t = reading.begin;
        // "OFPRA бас тартты; CNDA шешімнің күшін жойып, …": where verbs stand last, a converb goes with the verb behind it.
        let mut joined = reading.voice == Voice::Gerund && self.scene.rules.object_side != ObjectSide::Left;
        // "Allowing the appeal, the court quashed the order": what opens the sentence and its main verb tell one decision.
        if self.opens(told.hit) && self.one_with_gerund(&told.classes, told.hit, reading, &between) {
            return Some(last);
        }
        // "күшін жойып, істі қайта қарауға жіберді": a converb has the subject of the verb that ends the clause.
        let converb = self.scene.rules.object_side == ObjectSide::Left
            && self.reading(told.hit).is_some_and(|r| r.voice == Voice::Gerund)
            && !matches!(reading.voice, Voice::Modifier | Voice::Infinitive);
        if converb {
            return Some(last);
        }
        while t > between.start {
            let at = t - 1;
            if self.scene.is(at, Word::And) {
                joined = true;
                t = at;
            } else if self.scene.text.fold(at) == ","
                || self.scene.ending_at(t, Word::Adverb).is_some()
                || self.scene.text.fold(at) == "either"
            {
                // A comma that closes another clause joins nothing.
                // "admet la demande, annule l'arrêt et renvoie": a finite verb right after a comma has the subject of the one before.
                let finite = |v: Option<Voice>| matches!(v, Some(Voice::Active | Voice::Present));
                let list = at + 1 == reading.begin
                    && finite(Some(reading.voice))
                    && self.reading(told.hit).map(|r| r.voice) == Some(reading.voice)
                    && !self.scene.is(tokens.end, Word::By);
                joined |= self.scene.text.fold(at) == ","
                    && (self.scene.rules.object_side != ObjectSide::Right || list)
                    && clause == told.clause;
                t = at;
            } else if self.scene.date(at).is_some() {
                t = self.scene.date_start(at);
            } else if self.scene.ending_at(t, Word::DateLink).is_some()
                || self.scene.ending_at(t, Word::Preposition).is_some()
            {
                t = at;
            } else {
                break;
            }
        }
        let passive = matches!(reading.voice, Voice::Passive);
        (joined && !passive).then_some(last)
    }

    /// Adds the classes of a coordinated verb to the act told before it, where both are outcomes of one decision.
    #[allow(clippy::too_many_arguments, reason = "the parts of one clause")]
    fn merge(
        &mut self,
        coordinate: usize,
        classes: &[ActClass],
        date: Option<DateIx>,
        status: EventStatus,
        tokens: &Range<usize>,
        limit: usize,
        target: Option<usize>,
        drafts: &mut Vec<Draft>,
    ) -> bool {
        let Some(told) = self.told.get(coordinate) else { return false };
        let earlier_date = drafts.get(told.draft).and_then(|d| d.dates.act);
        let open = earlier_date.is_none() && self.opens(told.hit);
        let one = told.status == status
            && (date.is_none() || date == earlier_date || open)
            && one_decision(&told.classes, classes);
        if !one {
            return false;
        }
        let number = told.draft;
        let span = self.trimmed(tokens.start..limit.max(tokens.end));
        if let Some(draft) = drafts.get_mut(number) {
            draft.tokens.end = draft.tokens.end.max(span.end);
            if open {
                draft.dates.act = date;
                self.used_dates.extend(date);
            }
            for class in classes {
                draft.add_class(*class);
            }
        }
        let passive = self.scene.hit(tokens.start).is_some_and(|h| h.is(Form::Short));
        self.link(number, classes, target, passive, drafts);
        // "annulled the judgment and sent the case back": the case in which it was given.
        if let Some(draft) = drafts.get_mut(number).filter(|_| target.is_none() && classes == [ActClass::Remand])
            && let Some(effect) = draft.effects.iter().find(|e| e.kind == EffectKind::Annuls).cloned()
            && !draft.effects.iter().any(|e| e.kind == EffectKind::Remands)
        {
            draft.effects.push(DraftEffect { kind: EffectKind::Remands, ..effect });
        }
        let forum = self.forum(tokens.end..limit);
        if let (Some(draft), Some(mention)) = (drafts.get_mut(number), forum)
            && classes.contains(&ActClass::Remand)
        {
            draft.add_participant(Participant { mention, role: Role::Forum });
        }
        true
    }

    pub(super) fn body_of(&self, subject: Subject) -> Option<MentionIx> {
        match subject {
            Subject::Name(m) => Some(m),
            Subject::Court(_) => self.around.last_court.or(self.around.court),
            Subject::We => self.around.court,
            Subject::Phrase(p) => self.phrases.get(p).and_then(|p| p.body),
            Subject::None | Subject::Office(_) | Subject::Party(_) => None,
        }
    }

    /// Who acts in the text's own words, where they name nobody who is known.
    pub(super) fn words_of(&self, subject: Subject) -> Option<Span> {
        match subject {
            Subject::Court(doer) | Subject::Office(doer) | Subject::Party(doer) => Some(doer.span(self.scene)),
            Subject::Phrase(p) => self.phrases.get(p).and_then(|p| p.doer).map(|doer| doer.span(self.scene)),
            Subject::Name(_) | Subject::We | Subject::None => None,
        }
    }

    fn put_subject(&mut self, draft: &mut Draft, subject: Subject) {
        let befalls = draft.classes.iter().any(|c| befalls(*c));
        let body = self.body_of(subject);
        // "Ivanov, arrested in May": a person to whom it happened, not who did it.
        if let Some(person) = body.filter(|m| befalls && kind_of(self.found, *m) == Some(ActorKind::Person)) {
            draft.add_participant(Participant { mention: person, role: Role::Subject });
        } else {
            draft.body = body.or(draft.body);
            let befell = befalls && matches!(subject, Subject::Party(_));
            draft.body_words = self.words_of(subject).filter(|_| body.is_none() && !befell).or(draft.body_words);
            let party = self.party_of(subject);
            if befell { draft.about_party = party } else { draft.by_party = party.filter(|_| body.is_none()) }
        }
        if let Some(mention) = draft.body
            && asks(&draft.classes)
        {
            draft.participants.push(Participant { mention, role: Role::Applicant });
        }
        if let Subject::Phrase(p) = subject {
            self.take_phrase(draft, p);
        }
    }

    /// The told act is the paper that the phrase names: "By a judgment of 3 May the court annulled".
    fn take_phrase(&mut self, draft: &mut Draft, p: usize) {
        let noun = self.noun_of(p);
        let Some(phrase) = self.phrases.get_mut(p) else { return };
        phrase.used = true;
        draft.noun = noun;
        draft.act_type = phrase.act_type;
        draft.dates.act = phrase.dates.act.or(draft.dates.act);
        draft.dates.service = phrase.dates.service.or(draft.dates.service);
        draft.docket = phrase.docket.clone().or(draft.docket.take());
        draft.body = draft.body.or(phrase.body);
        draft.body_words = draft.body_words.or(phrase.doer.map(|doer| doer.span(self.scene)));
        if phrase.body.is_some() && draft.body.is_none_or(|b| !is_body(self.found, b)) {
            draft.body = phrase.body;
        }
        let files = asks(&draft.classes);
        for class in phrase.classes.clone() {
            if !matches!(class, ActClass::Decide | ActClass::Reserve) && (files || !asks(&[class])) {
                draft.add_class(class);
            }
        }
        self.used_dates.extend(draft.dates.act);
    }

    /// Takes the paper in by which the act was done; gives its phrase.
    fn take_instrument(
        &mut self,
        draft: &mut Draft,
        reading: &Reading,
        tokens: &Range<usize>,
        limit: usize,
        target: Option<usize>,
    ) -> Option<usize> {
        let clause = self.scene.clause_of(tokens.start).map(|c| c.tokens.clone())?;
        let low = self
            .told
            .iter()
            .rev()
            .find(|t| self.reading(t.hit).is_none_or(|r| r.voice != Voice::Modifier))
            .and_then(|t| self.scene.hits.get(t.hit))
            .map_or(clause.start, |h| h.tokens.end.min(reading.begin));
        let low = if low < clause.start { clause.start } else { low };
        // "рішенням суду, залишеним без змін постановою": the means of a participle stands after it.
        let left = self
            .phrases
            .iter()
            .rposition(|p| p.instrument && !p.used && p.tokens.start >= low && p.tokens.end <= tokens.start)
            .filter(|_| reading.voice != Voice::Modifier);
        let right = || {
            self.phrases.iter().position(|p| {
                p.instrument
                    && !p.used
                    && p.tokens.start >= tokens.end
                    && p.tokens.start < limit
                    && p.tokens.start < tokens.end + 12
            })
        };
        // "n'a pas été admis par le Conseil d'État (décision du 4 juillet 2024)": the paper stands in brackets after it.
        let bracketed = || {
            self.phrases.iter().position(|p| {
                let start = p.tokens.start;
                !p.used
                    && !p.action
                    && !p.plural
                    && p.dates.act.is_some()
                    && start > tokens.end
                    && start < limit
                    && self.scene.text.fold(start - 1) == "("
                    && phrase_at(&self.phrases, start - 2).is_none()
                    && p.classes == [ActClass::Decide]
            })
        };
        let bracketed = bracketed().filter(|_| draft.dates.act.is_none());
        let p = left.or_else(right).or(bracketed).filter(|p| Some(*p) != target)?;
        let appeal = self.phrases.get(p).is_some_and(|p| asks(&p.classes));
        let files = asks(&draft.classes);
        (appeal == files).then(|| self.take_phrase(draft, p))?;
        Some(p)
    }

    pub(super) fn forum(&self, range: Range<usize>) -> Option<MentionIx> {
        range.into_iter().find_map(|t| {
            let m = self.scene.mention(t).filter(|m| is_body(self.found, *m))?;
            let start = self.scene.mention_start(t);
            let start = self.scene.ending_at(start, Word::Definite).unwrap_or(start);
            self.scene.ending_at(start, Word::Forum).map(|_| m)
        })
    }

    /// Persons, recipients, forums of a told act.
    fn people(&self, draft: &mut Draft, tokens: &Range<usize>, limit: usize, target: Option<usize>, passive: bool) {
        if let Some(mention) = self.forum(tokens.end..limit)
            && draft.classes.iter().any(|c| matches!(c, ActClass::Remand | ActClass::Appeal | ActClass::File))
        {
            draft.add_participant(Participant { mention, role: Role::Forum });
        }
        let files = asks(&draft.classes);
        let mut seen = 0;
        for t in tokens.end..limit {
            let Some(mention) = self.scene.mention(t).filter(|_| phrase_at(&self.phrases, t).is_none()) else {
                continue;
            };
            if t > tokens.end && self.scene.mention(t - 1) == Some(mention) {
                continue;
            }
            let kind = kind_of(self.found, mention).unwrap_or(ActorKind::Unknown);
            if draft.body == Some(mention) || draft.participants.iter().any(|p| p.mention == mention) {
                continue;
            }
            let against = self.scene.ending_at(t, Word::Against).is_some();
            let role = match kind {
                ActorKind::Person | ActorKind::Organisation if files && against => Role::Respondent,
                ActorKind::Person | ActorKind::Organisation if seen == 0 && !files && !passive => Role::Subject,
                ActorKind::Place | ActorKind::Unknown => continue,
                _ => Role::Named,
            };
            seen += 1;
            draft.add_participant(Participant { mention, role });
        }
        if passive && target.is_none() {
            let s = before(self.scene, self.found, self.readings, &self.phrases, tokens.start, false);
            if let Subject::Name(mention) = s {
                draft.add_participant(Participant { mention, role: Role::Subject });
            }
            draft.about_party = self.party_of(s);
        }
    }

    pub(super) fn object_words(
        &self,
        tokens: &Range<usize>,
        limit: usize,
        target: Option<usize>,
        passive: bool,
    ) -> Option<Span> {
        if let Some(phrase) = target.and_then(|p| self.phrases.get(p)) {
            return Some(self.scene.text.span(phrase.tokens.clone()));
        }
        if passive {
            return None;
        }
        let end =
            (tokens.end..limit).find(|t| matches!(self.scene.text.fold(*t), "," | ";" | ":" | ".")).unwrap_or(limit);
        let range = self.trimmed(tokens.end..end);
        (range.start < range.end).then(|| self.scene.text.span(range))
    }

    /// Without marks and conjunctions at either end.
    pub(super) fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = range;
        let idle = |t: usize| {
            matches!(self.scene.text.fold(t), "," | ";" | ":" | "." | "–" | "—" | "-" | "•")
                || self.scene.is(t, Word::And)
        };
        while start < end && idle(start) {
            start += 1;
        }
        // Small words that lead to what follows do not end a passage.
        let leads = |t: usize| {
            self.scene.mention(t).is_none()
                && self.scene.date(t).is_none()
                && [Word::To, Word::Definite, Word::Preposition, Word::DateLink]
                    .iter()
                    .any(|w| self.scene.len(t, *w) == Some(1))
                && !matches!(self.scene.text.fold(t), ")" | "»" | "”")
        };
        while end > start && (idle(end - 1) || leads(end - 1)) {
            end -= 1;
        }
        start..end
    }

    /// "according to X": to whom the sentence attributes what it tells.
    pub(super) fn said_by(&self, at: usize) -> Vec<MentionIx> {
        let Some(words) = self.scene.first(self.scene.tokens.clone(), Word::Attribution) else { return Vec::new() };
        let near = words.end..self.scene.tokens.end.min(words.end + 8);
        let mention =
            near.into_iter().take_while(|t| self.scene.text.fold(*t) != ",").find_map(|t| self.scene.mention(t));
        mention.into_iter().filter(|_| words.start != at).collect()
    }
}

/// What paper an act is where the row does not say.
fn default_type(classes: &[ActClass]) -> ActType {
    match classes.first() {
        Some(ActClass::Appeal) => ActType::Appeal,
        Some(ActClass::File | ActClass::RequestMeasure) => ActType::Request,
        Some(ActClass::Detain | ActClass::Release | ActClass::Extradite) => ActType::Measure,
        Some(ActClass::Charge) => ActType::Charge,
        Some(ActClass::Notify) => ActType::Service,
        Some(ActClass::Convict | ActClass::Acquit) => ActType::Judgment,
        Some(ActClass::OrderLeave | ActClass::ForbidLeave) => ActType::Order,
        _ => ActType::Decision,
    }
}
