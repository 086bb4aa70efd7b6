//! Whether a verb tells what happened.

use std::ops::Range;

use khronika_core::{ActClass, ActorKind, EventStatus};

use super::draft::befalls;
use super::reading::{Reading, Voice, above, governor, status, unreal_after};
use super::rules::{Agent, Form, ObjectSide, Row, Word};
use super::scene::{ClauseKind, REACH, dates_an_event, is_body, kind_of};
use super::subject::{Subject, before, phrase_at, verb_at};
use super::told::Teller;

/// How many words the subject before a verb may have, so far as "no" is looked for.
const SUBJECT: usize = 8;

impl Teller<'_, '_, '_> {
    /// Whether the verb tells what happened; `None` where it tells no act at all.
    pub(super) fn status_of(&self, index: usize, reading: &Reading, tokens: &Range<usize>) -> Option<EventStatus> {
        let operative = self.in_operative(tokens.start);
        match reading.voice {
            Voice::Infinitive => {
                if self.swallowed(index, tokens) {
                    return None;
                }
                let own = status(self.scene, reading);
                if own != EventStatus::Actual {
                    return Some(own);
                }
                match governor(self.scene, reading.begin, 24) {
                    Some((Word::Request, _)) => Some(EventStatus::Requested),
                    Some((Word::Possible, _)) => Some(EventStatus::Possible),
                    Some((Word::Fail, _)) => Some(EventStatus::Denied),
                    Some((Word::Decide, at)) => above(self.scene, at).or(Some(EventStatus::Actual)),
                    _ if operative => Some(EventStatus::Actual),
                    _ => None,
                }
            }
            Voice::Present => {
                let own = status(self.scene, reading);
                if own != EventStatus::Actual {
                    return (own != EventStatus::Denied).then_some(own);
                }
                // "annulé en tant qu'il refuse un délai": what the annulled paper says, not what is ordered.
                let described = self.scene.clause_of(tokens.start).is_some_and(|c| c.kind == ClauseKind::ByWhich);
                let told = operative && !described
                    || self.around.heading
                    || self.dated_clause(tokens)
                    || self.we_before(reading)
                    || self.performs(tokens)
                    || self.summary_tells(reading, tokens)
                    || self.bound(reading, tokens);
                told.then_some(own)
            }
            Voice::Passive | Voice::Active => Some(status(self.scene, reading)),
            Voice::Modifier => {
                let own = above(self.scene, reading.begin).unwrap_or(EventStatus::Actual);
                Some(own)
            }
            Voice::Gerund => {
                if self.swallowed(index, tokens) {
                    return None;
                }
                let own = status(self.scene, reading);
                if own != EventStatus::Actual {
                    return Some(own);
                }
                if let Some(status) = self.of_last_verb(tokens.end) {
                    return Some(status);
                }
                match governor(self.scene, reading.begin, 4) {
                    Some((Word::Request, _)) => Some(EventStatus::Requested),
                    Some((Word::Possible, _)) => Some(EventStatus::Possible),
                    Some((Word::Fail, _)) => Some(EventStatus::Denied),
                    _ => Some(EventStatus::Actual),
                }
            }
            _ => None,
        }
    }

    /// "шешімді жойып, істі қайта қарауды сұраймыз": where verbs stand last, a converb is as real as the verb that ends its clause; `None`
    /// where that tells what happened.
    fn of_last_verb(&self, from: usize) -> Option<EventStatus> {
        let left = self.scene.rules.object_side == ObjectSide::Left;
        let clause = self.scene.clause_of(from.saturating_sub(1)).filter(|_| left)?;
        let end = clause.tokens.end.min(from + REACH);
        // Past a second comma stands another statement.
        let mut commas = (from..end).filter(|t| self.scene.text.fold(*t) == ",");
        let end = commas.nth(1).unwrap_or(end);
        let found = (from..end).find_map(|t| {
            let verb = self.scene.hit_ix(t).and_then(|i| self.reading(i));
            // The next verb that tells something is what the converb is joined to.
            if let Some(r) = verb.filter(|r| matches!(r.voice, Voice::Active | Voice::Passive | Voice::Present)) {
                return Some(status(self.scene, r));
            }
            // "жоқ", "мүмкін" say so of the verb only where they end the clause.
            let last = t + 1 >= end || !self.scene.is_word(t + 1);
            unreal_after(self.scene, t).filter(|s| last || *s == EventStatus::Requested)
        });
        found.filter(|status| *status != EventStatus::Actual)
    }

    /// Inside the object of a refusal ("refused to annul") a verb is what was refused.
    pub(super) fn swallowed(&self, index: usize, tokens: &Range<usize>) -> bool {
        let clause = self.scene.clause_ix(tokens.start);
        (0..index).rev().take(4).any(|i| {
            let Some(r) = self.reading(i) else { return false };
            let Some(hit) = self.scene.hits.get(i) else { return false };
            self.scene.clause_ix(hit.tokens.start) == clause
                && tokens.start < hit.tokens.end + 10
                && self.row(r).is_some_and(|row| {
                    row.classes.iter().any(|c| {
                        matches!(
                            c,
                            ActClass::Dismiss
                                | ActClass::Inadmissible
                                | ActClass::FindViolation
                                | ActClass::ForbidLeave
                        )
                    })
                })
                && !(hit.tokens.end..tokens.start)
                    .any(|t| self.scene.text.fold(t) == "," || self.scene.is(t, Word::And))
        })
    }

    pub(super) fn in_operative(&self, t: usize) -> bool {
        self.around.operative.is_some_and(|from| t >= from)
    }

    pub(super) fn we_before(&self, reading: &Reading) -> bool {
        self.around.court.is_some()
            && (1..4).any(|n| reading.begin.checked_sub(n).is_some_and(|t| self.scene.is(t, Word::We)))
    }

    /// "The Ministry hereby declares", "настоящим отменяем": the present does what it says.
    fn performs(&self, tokens: &Range<usize>) -> bool {
        let Some(clause) = self.scene.clause_of(tokens.start) else { return false };
        self.scene.first(clause.tokens.start..tokens.start, Word::Hereby).is_some()
    }

    /// "No stay has been granted", "aucune cour n'a ordonné": what nobody did, or did to nothing.
    pub(super) fn nothing_told(&self, begin: usize) -> bool {
        let right = self.scene.rules.object_side == ObjectSide::Right;
        let Some(clause) = self.scene.clause_of(begin).filter(|_| right) else { return false };
        let low = clause.tokens.start.max(begin.saturating_sub(SUBJECT));
        let ends = |t: &usize| {
            self.scene.text.fold(*t) == "," || verb_at(self.scene, self.readings, &self.phrases, *t).is_some()
        };
        let nothing = (low..begin).rev().take_while(|t| !ends(t)).find(|t| self.scene.is(*t, Word::Nothing));
        nothing.is_some_and(|t| self.scene.ending_at(t, Word::Preposition).is_none())
    }

    pub(super) fn dated_clause(&self, tokens: &Range<usize>) -> bool {
        let Some(clause) = self.scene.clause_of(tokens.start) else { return false };
        clause
            .tokens
            .clone()
            .any(|t| self.scene.date(t).is_some_and(|d| dates_an_event(self.found, d) && !self.in_plain_phrase(t)))
    }

    /// "a measure that forbids him to leave": a prohibition told in the present binds whom a pronoun beside the verb names.
    fn bound(&self, reading: &Reading, tokens: &Range<usize>) -> bool {
        self.row(reading).is_some_and(|row| row.classes == [ActClass::ForbidLeave])
            && self.befallen(reading.begin, tokens.end, false).is_some()
    }

    /// "The Council annuls the Secretary's decision": the present of a summary, where a body that is named acts on one paper.
    fn summary_tells(&self, reading: &Reading, tokens: &Range<usize>) -> bool {
        let clause = self.scene.clause_of(tokens.start);
        if self.scene.rules.object_side != ObjectSide::Right || clause.is_none_or(|c| c.kind != ClauseKind::Main) {
            return false;
        }
        let limit = tokens.end + 8;
        let paper = self.phrase_after(tokens.end, limit).and_then(|p| self.phrases.get(p));
        let one = paper.is_some_and(|p| !p.plural && !p.action && (p.definite || p.demonstrative || p.possessive));
        let subject = || before(self.scene, self.found, self.readings, &self.phrases, reading.begin, true);
        one && matches!(subject(), Subject::Name(m) if is_body(self.found, m))
    }

    pub(super) fn in_plain_phrase(&self, t: usize) -> bool {
        phrase_at(&self.phrases, t).and_then(|p| self.phrases.get(p)).is_some_and(|p| !p.instrument)
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one clause")]
    pub(super) fn plausible(
        &self,
        row: &Row,
        reading: &Reading,
        subject: Subject,
        target: Option<usize>,
        coordinate: Option<usize>,
        status: EventStatus,
        limit: usize,
        tokens: &Range<usize>,
    ) -> bool {
        if self.in_operative(tokens.start) && reading.voice != Voice::Modifier
            || row.object.is_some() && coordinate.is_some()
            || reading.voice == Voice::Present && self.bound(reading, tokens)
        {
            return true;
        }
        let dated = || self.date_for(reading, tokens, limit).0.is_some() || self.by_dated_paper(reading);
        let alone = subject == Subject::None && coordinate.is_none();
        let person_after = || {
            (tokens.end..limit.min(tokens.end + 3))
                .any(|t| self.scene.mention(t).is_some_and(|m| kind_of(self.found, m) == Some(ActorKind::Person)))
        };
        // "Ему запретили выезд", "Петрова арестовали": nobody is named, and the object or the person says enough.
        let hit = self.scene.hit(tokens.start);
        if alone && reading.voice == Voice::Active && hit.is_some_and(|h| h.row_has(reading.row, Form::Impersonal)) {
            let person = self.scene.clause_of(tokens.start).is_some_and(|c| {
                c.tokens
                    .clone()
                    .any(|t| self.scene.mention(t).is_some_and(|m| kind_of(self.found, m) == Some(ActorKind::Person)))
            });
            if row.object.is_some() || person || target.is_some() {
                return true;
            }
        }
        match reading.voice {
            Voice::Gerund if alone && (target.is_none() || row.light) => false,
            // "Spain extradited Ivanov", where nothing is known of Spain: the person acted upon is enough.
            Voice::Active | Voice::Present
                if alone
                    && target.is_none()
                    && !(row.agent == Agent::Any
                        && (person_after()
                            || tokens.len() > 1 && row.object.is_none()
                            || self.common_subject(row, reading)))
                    && !dated() =>
            {
                false
            }
            Voice::Active | Voice::Present | Voice::Gerund => {
                let person = match subject {
                    // "Kigali refused", "Душанбе предъявил": a capital stands for its state.
                    Subject::Name(m) => {
                        !is_body(self.found, m)
                            && !self.scene.is_office_name(m)
                            && !matches!(kind_of(self.found, m), Some(ActorKind::State | ActorKind::Place))
                    }
                    Subject::None => coordinate.is_none(),
                    _ => false,
                };
                !(row.agent == Agent::Body && person && target.is_none() && (subject != Subject::None || !dated()))
                    || (row.agent == Agent::Body && row.object.is_some() && subject != Subject::None && dated())
            }
            // A bare participle is an act only with its agent, or where it is said of a person.
            Voice::Modifier => {
                subject != Subject::None
                    || self.befell(row, reading, tokens, limit)
                    || self.dated_participle(reading, tokens, limit)
            }
            Voice::Infinitive => status != EventStatus::Actual || subject != Subject::None || target.is_some(),
            _ => true,
        }
    }

    /// "Par arrêté du 28 août 2023, vous avez obligé": the paper by which it was done says when.
    fn by_dated_paper(&self, reading: &Reading) -> bool {
        let Some(clause) = self.scene.clause_of(reading.begin) else { return false };
        self.phrases.iter().any(|p| {
            p.instrument
                && !p.action
                && p.dates.act.is_some()
                && clause.tokens.contains(&p.tokens.start)
                && p.tokens.end <= reading.begin
        })
    }

    /// "La partie adverse a demandé la poursuite": a subject that is no name, right before the verb, whose object the row asks for.
    fn common_subject(&self, row: &Row, reading: &Reading) -> bool {
        let Some(clause) = self.scene.clause_of(reading.begin) else { return false };
        let plain = |t: usize| {
            self.scene.is_word(t)
                && self.scene.hit_ix(t).is_none()
                && ![Word::Preposition, Word::And, Word::Not, Word::Pronoun].iter().any(|w| self.scene.is(t, *w))
        };
        let low = clause.tokens.start.max(reading.begin.saturating_sub(5));
        let first = (low..reading.begin).rev().take_while(|t| plain(*t)).last();
        row.object.is_some()
            && reading.voice == Voice::Active
            && self.scene.rules.object_side == ObjectSide::Right
            && first.is_some_and(|t| t + 1 < reading.begin && self.scene.is_determiner(t))
    }

    /// "убежище, предоставленное ему 4 апреля", "арест, избранный 2 октября": a participle that only passives have, with a day after it.
    fn dated_participle(&self, reading: &Reading, tokens: &Range<usize>, limit: usize) -> bool {
        let (date, after) = self.date_for(reading, tokens, limit);
        let near = |d| (tokens.end..limit.min(tokens.end + 6)).any(|t| self.scene.date(t) == Some(d));
        match self.scene.rules.object_side {
            ObjectSide::Either => after && date.is_some_and(near),
            ObjectSide::Left => date.is_some(),
            // "le pourvoi, rejeté le 3 mai", "l'ordonnance annulée le 3 mai": right after its noun or a comma.
            ObjectSide::Right => {
                let noun = |t: usize| self.scene.text.fold(t) == "," || phrase_at(&self.phrases, t).is_some();
                after && date.is_some_and(near) && reading.begin > self.scene.tokens.start && noun(reading.begin - 1)
            }
        }
    }

    /// "Son frère, arrêté en février 2021, a été relâché", "Incarcéré depuis le 2 février, l'intéressé …": what a participle that
    /// is set apart says of a person, where a date or an earlier act of the same sentence tells when.
    fn befell(&self, row: &Row, reading: &Reading, tokens: &Range<usize>, limit: usize) -> bool {
        let to_a_person = row.classes.iter().any(|c| befalls(*c) || *c == ActClass::Extradite);
        // "Déjà condamné en 2018": an adverb may stand before it.
        let mut begin = reading.begin;
        while let Some(s) = self.scene.ending_at(begin, Word::Adverb).filter(|s| *s >= self.scene.tokens.start) {
            begin = s;
        }
        let before = begin.checked_sub(1).filter(|t| *t >= self.scene.tokens.start);
        let apart = before.is_none_or(|t| {
            matches!(self.scene.text.fold(t), "," | "–" | "—" | "(")
                || self.scene.is(t, Word::And)
                || self.scene.mention(t).is_some_and(|m| kind_of(self.found, m) == Some(ActorKind::Person))
        });
        let dated = || self.date_for(reading, tokens, limit).0.is_some();
        let after_another = || {
            self.told.last().is_some_and(|t| {
                self.scene
                    .hits
                    .get(t.hit)
                    .is_some_and(|h| h.tokens.end < reading.begin && reading.begin < h.tokens.end + 20)
                    && t.status == EventStatus::Actual
                    && t.classes.iter().any(|c| matches!(c, ActClass::Detain | ActClass::Release | ActClass::Convict))
            })
        };
        // "M. Durand, condamné par défaut à trois ans, …": set apart right after the person of whom it is said.
        let person =
            |t: usize| self.scene.mention(t).is_some_and(|m| kind_of(self.found, m) == Some(ActorKind::Person));
        let of_a_name = || {
            self.scene.rules.object_side == ObjectSide::Right
                && row.object.is_none()
                && before
                    .is_some_and(|t| self.scene.text.fold(t) == "," && t > self.scene.tokens.start && person(t - 1))
        };
        to_a_person && apart && (dated() || after_another() || of_a_name())
    }
}
