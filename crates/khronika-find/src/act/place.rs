//! Where the parts of a told act stand: its object, agent, date.

use std::ops::Range;

use khronika_core::DateIx;

use super::draft::asks;
use super::phrase::{Phrase, can_date, can_date_paper};
use super::reading::{Reading, Voice, governor};
use super::rules::{ObjectSide, Word};
use super::scene::{ClauseKind, REACH, is_body};
use super::subject::{Subject, agent, antecedent, before, instrumental, kind, oblique, phrase_at, resumes, verb_at};
use super::told::Teller;

/// How many words may say what a paper is about.
const COMPLEMENT: usize = 10;

/// How many words may stand between "committed" and the day of the deed.
const DEED: usize = 9;

impl Teller<'_, '_, '_> {
    /// The noun phrase that the verb acts on.
    pub(super) fn target(&self, reading: &Reading, tokens: &Range<usize>, limit: usize) -> Option<usize> {
        match reading.voice {
            Voice::Passive | Voice::Modifier => {
                let left = self.phrase_before(reading.begin);
                // "rejetée par une décision du 3 mai, confirmée par la cour": the paper just before, though it is the means of a verb.
                let means = self.phrases.iter().position(|p| {
                    p.instrument && !p.action && p.tokens.end <= reading.begin && p.tokens.end + 2 > reading.begin
                });
                let left = means.filter(|_| reading.voice == Voice::Modifier).or(left);
                left.or_else(|| {
                    (self.scene.rules.object_side == ObjectSide::Either)
                        .then(|| self.phrase_after(tokens.end, limit))
                        .flatten()
                })
            }
            // "отменил его и обязал рассмотреть прошение": the pronoun is the object, and what the next verb acts on is not.
            _ if self.pronoun_alone(tokens.end) => None,
            _ => match self.scene.rules.object_side {
                ObjectSide::Right => self.phrase_after(tokens.end, limit),
                ObjectSide::Left => self.phrase_before(reading.begin),
                ObjectSide::Either => {
                    self.phrase_after(tokens.end, limit).or_else(|| self.object_before(reading.begin))
                }
            },
        }
    }

    /// True where a pronoun stands at `t` and nothing behind it belongs to it or to the verb before it.
    fn pronoun_alone(&self, t: usize) -> bool {
        let length = self.scene.len(t, Word::Befallen).or_else(|| self.scene.len(t, Word::Pronoun));
        length.is_some_and(|n| self.scene.is(t + n, Word::And) || !self.scene.is_word(t + n))
    }

    pub(super) fn phrase_after(&self, from: usize, limit: usize) -> Option<usize> {
        let mut t = from;
        while t < limit {
            if let Some(p) = phrase_at(&self.phrases, t) {
                let phrase = self.phrases.get(p)?;
                // "annulled without remand": the noun of a circumstance is not what the verb acts on.
                let aside =
                    phrase.action && t > from && self.scene.ending_at(phrase.tokens.start, Word::Preposition).is_some();
                if !phrase.instrument && !phrase.used && phrase.tokens.start >= from && !aside {
                    return Some(p);
                }
                t = phrase.tokens.end.max(t + 1);
                continue;
            }
            // "issued against him, the same evening, a new warrant": a few words set apart.
            if self.scene.text.fold(t) == ","
                && let Some(close) = (t + 1..limit.min(t + 8)).find(|i| self.scene.text.fold(*i) == ",")
                && !(t..close).any(|i| {
                    self.scene.is(i, Word::And) || verb_at(self.scene, self.readings, &self.phrases, i).is_some()
                })
            {
                t = close + 1;
                continue;
            }
            // "reversed the Court of Appeal and restored the first judgment": what another verb acts on.
            let joined = self.scene.len(t, Word::And).map(|n| t + n).filter(|_| self.scene.mention(t).is_none());
            if joined.is_some_and(|next| {
                t > from
                    && self.scene.rules.object_side == ObjectSide::Right
                    && !self.scene.is_determiner(next)
                    && self.scene.mention(next).is_none()
                    && self.scene.date(next).is_none()
                    && phrase_at(&self.phrases, next).is_none()
            }) {
                return None;
            }
            // Past a comma stands another thing, unless the comma only sets a date apart.
            if self.scene.text.fold(t) == "," && !(t..limit.min(t + 5)).any(|i| self.scene.date(i).is_some()) {
                return None;
            }
            t += 1;
        }
        None
    }

    /// The paper named after "against", further on in the sentence.
    pub(super) fn against_later(&self, from: usize) -> Option<usize> {
        if self.scene.rules.object_side != ObjectSide::Right {
            return None;
        }
        let end = self.scene.tokens.end.min(from + REACH / 2);
        let mut places = (from..end).take_while(|t| self.scene.text.fold(*t) != ";");
        places.find_map(|t| {
            let at = t + self.scene.len(t, Word::Against)?;
            let paper = |p: &Phrase| !p.instrument && !p.action && !p.used && !asks(&p.classes);
            phrase_at(&self.phrases, at)
                .filter(|p| self.phrases.get(*p).is_some_and(|p| paper(p) && p.tokens.start == at))
        })
    }

    /// "refused to open the case on the appeal against the judgment": the appeal was refused, not the judgment.
    pub(super) fn remedy_before(&self, from: usize, target: Option<usize>) -> Option<usize> {
        let files = |p: &Phrase| asks(&p.classes);
        let start = self.phrases.get(target?).filter(|p| !files(p) && p.tokens.start >= from)?.tokens.start;
        self.phrases.iter().position(|p| files(p) && p.tokens.start >= from && p.tokens.end <= start)
    }

    pub(super) fn phrase_before(&self, begin: usize) -> Option<usize> {
        let clause_ix = self.scene.clause_ix(begin);
        let clause = self.scene.clauses.get(clause_ix)?;
        let mut t = begin;
        let mut low = clause.tokens.start;
        if resumes(self.scene, begin) {
            t = clause.tokens.start;
            low = self.scene.clauses.get(clause_ix.checked_sub(1)?)?.tokens.start;
        }
        let low = low.max(begin.saturating_sub(REACH));
        let mut second = None;
        while t > low {
            t -= 1;
            if let Some(p) = phrase_at(&self.phrases, t) {
                let phrase = self.phrases.get(p)?;
                if !phrase.instrument && !oblique(self.scene, phrase.tokens.start) {
                    return Some(p);
                }
                if !phrase.instrument && second.is_none() && phrase.tokens.end + 1 >= begin {
                    second = Some(p);
                }
                t = phrase.tokens.start.max(low);
                continue;
            }
            if verb_at(self.scene, self.readings, &self.phrases, t).is_some() {
                return second;
            }
        }
        if clause.kind == ClauseKind::Relative && !resumes(self.scene, begin) {
            return match antecedent(self.scene, &self.phrases, clause.tokens.start) {
                Subject::Phrase(p) => Some(p),
                _ => None,
            };
        }
        second
    }

    /// In free word order: the noun phrase just before the verb, with nothing but small words between, or who acts, when and by what.
    pub(super) fn object_before(&self, begin: usize) -> Option<usize> {
        let mut p = self.phrase_before(begin)?;
        // "Жалобу защитника на приговор суд отклонил": the remedy, not what it attacks.
        if let Some(remedy) = p.checked_sub(1).filter(|r| self.attacked(*r) == Some(p) || self.asks_for(*r, p)) {
            p = remedy;
        }
        let end = self.phrases.get(p)?.tokens.end;
        (end + 6 > begin || self.circumstances(self.complement(end, begin), begin)).then_some(p)
    }

    /// "Позов про скасування наказу": the act is what the remedy asks for.
    fn asks_for(&self, remedy: usize, act: usize) -> bool {
        let (Some(r), Some(a)) = (self.phrases.get(remedy), self.phrases.get(act)) else { return false };
        let linked = r.tokens.end + 1 == a.tokens.start && self.scene.is(r.tokens.end, Word::Preposition);
        asks(&r.classes) && a.action && linked
    }

    /// Where what a paper is about ends: "иск об исключении из реестра | районный суд 17 марта оставил".
    fn complement(&self, from: usize, to: usize) -> usize {
        let about = |t: usize| {
            self.scene.is_word(t)
                && self.scene.mention(t).is_none_or(|m| !is_body(self.found, m))
                && self.scene.date(t).is_none()
                && ![Word::Court, Word::Office].iter().any(|w| self.scene.is(t, *w))
                && verb_at(self.scene, self.readings, &self.phrases, t).is_none()
        };
        let opens = self.scene.is(from, Word::Preposition) || self.scene.is(from, Word::Against);
        let end = (from..to.min(from + COMPLEMENT)).take_while(|t| about(*t)).last();
        end.filter(|_| opens).map_or(from, |t| t + 1)
    }

    /// True where nothing but who acts, when, and by which paper stands between two tokens: "Верховный суд определением от 11 мая".
    fn circumstances(&self, from: usize, to: usize) -> bool {
        const SMALL: [Word; 7] =
            [Word::Court, Word::Office, Word::Adverb, Word::DateOn, Word::DateLink, Word::Against, Word::NameLink];
        (from..to).all(|t| {
            // "жалобу, поданную 3 мая, суд отклонил"
            let participle = |t: usize| {
                let hit = self.scene.hit_ix(t).and_then(|h| self.reading(h));
                hit.is_some_and(|r| r.voice == Voice::Modifier)
            };
            participle(t)
                || self.scene.text.fold(t) == ","
                    && (participle(t + 1) || self.scene.date(t.saturating_sub(1)).is_some())
                || self.scene.mention(t).is_some()
                || self.scene.date(t).is_some()
                || SMALL.iter().any(|w| self.scene.is(t, *w) || self.scene.ending_at(t + 1, *w).is_some())
                || phrase_at(&self.phrases, t).and_then(|p| self.phrases.get(p).map(|phrase| (p, phrase))).is_some_and(
                    |(p, phrase)| phrase.instrument || p.checked_sub(1).is_some_and(|r| self.attacked(r) == Some(p)),
                )
        })
    }

    pub(super) fn subject_after(&self, tokens: &Range<usize>, limit: usize) -> Subject {
        for t in tokens.end..limit.min(tokens.end + 4) {
            if self.scene.text.fold(t) == "," || phrase_at(&self.phrases, t).is_some() {
                break;
            }
            if let Some(m) = self.scene.mention(t).filter(|m| is_body(self.found, *m)) {
                return if oblique(self.scene, t) { Subject::None } else { Subject::Name(m) };
            }
            if let Some(subject) = kind(self.scene, t, limit) {
                return subject;
            }
        }
        Subject::None
    }

    pub(super) fn agent_of(&self, reading: &Reading, tokens: &Range<usize>, limit: usize) -> Subject {
        // "відкладено за клопотанням прокурора": who asked for it did not do it.
        let asked = |p: usize| {
            self.phrases.get(p).is_some_and(|p| asks(&p.classes))
                && !self.row(reading).is_some_and(|row| asks(&row.classes))
        };
        let right = agent(self.scene, self.found, &self.phrases, tokens, limit);
        if right != Subject::None && !matches!(right, Subject::Phrase(p) if asked(p)) {
            return right;
        }
        // "By a judgment of 3 May the appeal was dismissed"; "Постановлением суда отменено".
        let Some(clause) = self.scene.clause_of(tokens.start) else { return Subject::None };
        // A participle has its means after it; what stands before is the means of the clause's own verb.
        if reading.voice == Voice::Modifier && self.scene.rules.object_side != ObjectSide::Left {
            return Subject::None;
        }
        let left = clause.tokens.start..reading.begin;
        let means = self.phrases.iter().rposition(|p| p.instrument && !p.used && left.contains(&p.tokens.start));
        if let Some(p) = means.filter(|p| !asked(*p)) {
            return Subject::Phrase(p);
        }
        // "Тем же судом 2 августа было отказано": the agent may open the sentence.
        if let Some(subject) = instrumental(self.scene, left.start, reading.begin) {
            return subject;
        }
        // "Верховным судом отменён": in free word order a court beside the verb that is not what was acted on.
        if self.scene.rules.object_side != ObjectSide::Right {
            let mut t = reading.begin;
            for _ in 0..2 {
                if t <= left.start {
                    break;
                }
                t -= 1;
                if let Some(subject) = instrumental(self.scene, t, reading.begin) {
                    return subject;
                }
                if let Some(m) = self.scene.mention(t).filter(|m| is_body(self.found, *m)) {
                    let first = self.scene.mention_start(t);
                    let beside = !oblique(self.scene, first) && !self.scene.is_oblique_name(t);
                    if beside && phrase_at(&self.phrases, t).is_none() {
                        return Subject::Name(m);
                    }
                }
            }
        }
        Subject::None
    }

    /// "asked the court to annul", "décide d'annuler": who is to do it.
    pub(super) fn doer_of_infinitive(&self, reading: &Reading) -> Subject {
        let governed = governor(self.scene, reading.begin, 14);
        let Some((word, at)) = governed else { return Subject::None };
        if word == Word::Decide || word == Word::Possible || word == Word::Fail {
            return before(self.scene, self.found, self.readings, &self.phrases, at, true);
        }
        (at..reading.begin)
            .rev()
            .find_map(|t| self.scene.mention(t).filter(|m| is_body(self.found, *m)))
            .map_or(Subject::None, Subject::Name)
    }

    /// The date of the verb, and whether it stands after it.
    pub(super) fn date_for(&self, reading: &Reading, tokens: &Range<usize>, limit: usize) -> (Option<DateIx>, bool) {
        // "The judgment was handed down on 5 May": the day of a paper's reading is the day of the act that it is.
        let read_out =
            self.row(reading).is_some_and(|row| row.light && !asks(&row.classes)) && self.around.court.is_none();
        let dates = |d: DateIx| can_date(self.found, d) || read_out && can_date_paper(self.found, d);
        let free = |t: usize| {
            self.scene
                .date(t)
                .filter(|d| dates(*d) && !self.used_dates.contains(d) && phrase_at(&self.phrases, t).is_none())
                .filter(|_| !self.scene.in_parenthesis(t) || self.scene.in_parenthesis(tokens.start))
                .filter(|_| !self.bounded(self.scene.date_start(t)) && !self.of_noun(self.scene.date_start(t)))
                .filter(|_| !self.of_deed(self.scene.date_start(t), tokens))
        };
        let Some(clause) = self.scene.clause_of(tokens.start) else { return (None, false) };
        let mut t = tokens.end;
        let other_statement =
            |t: usize| t > tokens.end && self.scene.is(t, Word::And) && self.scene.text.fold(t - 1) == ",";
        // "convicted of having, in 1894, passed papers": the day is that of what is told in the perfect.
        let other_verb = |t: usize| t > tokens.end && self.scene.is(t, Word::Have);
        while t < limit && !other_statement(t) && !other_verb(t) {
            if let Some(d) = free(t) {
                if self.opens_next(t) {
                    break;
                }
                return (Some(d), true);
            }
            t += 1;
        }
        // "had, in September 2023, stayed": the day stands inside the verb group.
        if let Some(d) = (reading.begin..tokens.start).find_map(free) {
            return (Some(d), false);
        }
        let mut low = clause.tokens.start;
        let mut from = reading.begin;
        if resumes(self.scene, reading.begin) {
            from = clause.tokens.start;
            low = self
                .scene
                .clause_ix(tokens.start)
                .checked_sub(1)
                .and_then(|i| self.scene.clauses.get(i))
                .map_or(low, |c| c.tokens.start);
        }
        let low = low.max(from.saturating_sub(REACH));
        let mut t = from;
        let mut crossed = false;
        while t > low {
            t -= 1;
            // "…, but Spain refused": what stands before the conjunction is another statement.
            let other = self.scene.is(t, Word::And) && t > 0 && self.scene.text.fold(t - 1) == ",";
            crossed |= other || verb_at(self.scene, self.readings, &self.phrases, t).is_some();
            if self.scene.date(t).is_some() && self.lasts_apart(t, low, from) {
                continue;
            }
            let Some(d) = free(t).or_else(|| self.front_date(t, clause.tokens.start)) else { continue };
            // A date after an earlier verb belongs to that verb, unless it stands right before this one.
            if !crossed || self.front_date(t, clause.tokens.start).is_some() {
                return (Some(d), false);
            }
            return (None, false);
        }
        (self.opening_day(clause.tokens.start, reading.begin), false)
    }

    /// "challenged it and on 7 May the court reversed it", "арестовал, 30 мая приговорил": a day behind a comma or "and" that opens what
    /// the next verb tells.
    fn opens_next(&self, date: usize) -> bool {
        let start = self.scene.date_start(date);
        let parts = |t: usize| self.scene.text.fold(t) == "," || self.scene.is(t, Word::And);
        let before = (self.scene.tokens.start..start).rev();
        let opened = before.take(3).find(|t| !self.scene.is(*t, Word::DateOn)).is_some_and(parts);
        // A day between commas stands apart from the verb behind it.
        let end = self.scene.date_end(start);
        let clause = self.scene.clause_of(start).map_or(end, |clause| clause.tokens.end);
        let mut behind = (end..clause.min(end + REACH / 2)).take_while(|t| !parts(*t));
        opened && behind.any(|t| verb_at(self.scene, self.readings, &self.phrases, t).is_some())
    }

    /// "On 5 May, after a long hearing, the court annulled": the day before a clause that a comma closes again.
    fn opening_day(&self, clause: usize, verb: usize) -> Option<DateIx> {
        let index = self.scene.clause_ix(clause);
        let own = self.scene.clauses.get(index).filter(|c| c.kind == ClauseKind::Subordinate)?;
        let before = self.scene.clauses.get(index.checked_sub(1)?)?.tokens.clone();
        let closed = (own.tokens.start..verb).any(|t| self.scene.text.fold(t) == ",");
        let told = |t: usize| verb_at(self.scene, self.readings, &self.phrases, t).is_some();
        if !closed || before.len() > 12 || before.clone().any(told) {
            return None;
        }
        let day = before.rev().find(|t| self.scene.date(*t).is_some())?;
        self.front_date(day, self.scene.date_start(day))
    }

    /// "Réfugié au Togo depuis 2021, M. Durand a été arrêté": the day from which something else lasts, set apart before the verb.
    fn lasts_apart(&self, t: usize, clause: usize, verb: usize) -> bool {
        let Some(since) = self.scene.ending_at(self.scene.date_start(t), Word::Since) else { return false };
        let open = (clause..since).rev().find(|i| self.scene.text.fold(*i) == ",").map_or(clause, |i| i + 1);
        let other = (open..since).any(|i| self.scene.is_word(i) && !self.scene.is(i, Word::Adverb));
        other && (self.scene.date_end(t)..verb).any(|i| self.scene.text.fold(i) == ",")
    }

    /// A date among the first words of its clause governs every verb of it, though an earlier verb used it.
    pub(super) fn front_date(&self, t: usize, clause: usize) -> Option<DateIx> {
        let d = self.scene.date(t).filter(|d| can_date(self.found, *d))?;
        let start = self.scene.date_start(t);
        let verb = (clause..start).any(|i| {
            verb_at(self.scene, self.readings, &self.phrases, i).is_some()
                || [Word::Have, Word::Be, Word::Request].iter().any(|w| self.scene.is(i, *w))
        });
        (!verb && phrase_at(&self.phrases, t).is_none() && !self.bounded(start)).then_some(d)
    }

    /// "… of 5 May", "en date du 5 mai": the date of a paper, known or not.
    fn of_noun(&self, date_start: usize) -> bool {
        self.scene.ending_at(date_start, Word::DateLink).is_some()
            && self.scene.ending_at(date_start, Word::DateOn).is_none()
    }

    /// "for acts committed on 5 May": the day of what a person is blamed for, not of the act that answers it.
    fn of_deed(&self, date_start: usize, verb: &Range<usize>) -> bool {
        let deed = |t: usize| self.scene.is(t, Word::Deed);
        let before = (self.scene.tokens.start.max(date_start.saturating_sub(DEED))..date_start).rev();
        let after = self.scene.date_end(date_start);
        before.take_while(|t| !verb.contains(t) && !matches!(self.scene.text.fold(*t), "," | ";")).any(deed)
            || self.scene.rules.object_side == ObjectSide::Left && (after..after + 3).any(deed)
    }

    /// "by 5 May", "hearing of 5 May": a last day or the date of something else.
    pub(super) fn bounded(&self, date_start: usize) -> bool {
        let put_off = |start: usize| self.scene.ending_at(start, Word::DateTarget).is_some();
        // "на 15.06.06 о 11 год. 50 хв.": the hour belongs to the day before it.
        let day = (1..=2).filter_map(|n| date_start.checked_sub(n)).find(|t| self.scene.date(*t).is_some());
        if put_off(date_start) || day.is_some_and(|t| put_off(self.scene.date_start(t))) {
            return true;
        }
        // "by police on 5 May", "had, in May,": only an article or a link may stand between the bound and its day.
        let small = |t: usize| {
            [Word::Definite, Word::DateOn, Word::DateLink].iter().any(|w| self.scene.is(t, *w))
                || self.scene.is_number(t)
        };
        [Word::Deadline, Word::Within, Word::Hearing, Word::FromAct, Word::FromService].iter().any(|w| {
            let strict = matches!(w, Word::Deadline | Word::Within);
            (0..3)
                .filter_map(|n| date_start.checked_sub(n))
                .take_while(|e| !strict || (*e..date_start).all(small))
                .any(|e| self.scene.ending_at(e, *w).is_some())
        })
    }
}
