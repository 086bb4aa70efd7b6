//! Who asks whom: "the committee requested the State party not to extradite him" is a measure that was asked for, "asked the court to
//! order" is a request that was made. What is asked for is no act.

use std::ops::Range;

use khronika_core::{ActClass, ActDates, ActType, ActorKind, MentionIx, Participant, Role};

use super::doer::noun_phrase;
use super::draft::{Draft, asks};
use super::reading::{Reading, Voice, above, group};
use super::rules::{ObjectSide, Word};
use super::scene::{is_body, kind_of};
use super::subject::{Subject, before, right_limit};
use super::told::{Teller, Told};

/// How many tokens after whom it asks the verb of what is asked for may stand.
const NEAR: usize = 10;

/// How far before the verb of asking the name of who asks may begin.
const FAR: usize = 20;

/// A row that there is not: the verbs of asking are small words.
const NO_ROW: usize = usize::MAX;

impl Teller<'_, '_, '_> {
    /// Adds what the verbs of asking tell that no row does.
    pub(super) fn ask(&mut self, drafts: &mut Vec<Draft>) {
        let mut t = self.scene.tokens.start;
        while t < self.scene.tokens.end {
            let n = self.scene.len(t, Word::Asks).unwrap_or(0);
            if n > 0 && self.scene.mention(t).is_none() && !self.told.iter().any(|told| self.covers(told, t..t + n)) {
                self.asks_at(t..t + n, drafts);
            }
            t += n.max(1);
        }
    }

    fn covers(&self, told: &Told, tokens: Range<usize>) -> bool {
        self.scene.hits.get(told.hit).is_some_and(|h| h.whole.start < tokens.end && tokens.start < h.whole.end)
    }

    fn asks_at(&mut self, tokens: Range<usize>, drafts: &mut Vec<Draft>) {
        let (begin, group) = group(self.scene, tokens.start);
        let real = !group.not && !group.possible && !group.future && !group.is_passive();
        if !real || above(self.scene, begin).is_some() || self.in_operative(tokens.start) {
            return;
        }
        let reading = Reading { voice: Voice::Active, row: NO_ROW, begin, group };
        let limit = right_limit(self.scene, self.readings, &self.phrases, &tokens);
        let Some((asked, end)) = self.asked(tokens.end) else { return };
        let (subject, monitor) = self.asking(begin);
        let class = if monitor && asked != Asked::Court && self.holds_off(end) {
            ActClass::RequestMeasure
        } else if !monitor
            && !matches!(subject, Subject::None | Subject::Party(_))
            && asked != Asked::State
            && self.may_file(&tokens, end, drafts)
        {
            ActClass::File
        } else {
            return;
        };
        let (date, _) = self.date_for(&reading, &tokens, limit.max(end));
        let body = self.body_of(subject);
        if class == ActClass::File && body.is_some_and(|m| kind_of(self.found, m) == Some(ActorKind::Court)) {
            return;
        }
        let clause = self.scene.clause_of(tokens.start).map_or(tokens.start, |c| c.tokens.start);
        let whole = self.trimmed(clause.max(begin.saturating_sub(30))..limit.max(end));
        let mut draft = Draft::told(
            self.scene.text.span(tokens.clone()),
            whole,
            self.scene.sentence_ix,
            ActType::Request,
            vec![class],
        );
        draft.body = body;
        draft.body_words = self.words_of(subject).filter(|_| body.is_none());
        draft.by_party = self.party_of(subject).filter(|_| body.is_none());
        draft.dates = ActDates { act: date, ..ActDates::default() };
        draft.said_by = self.said_by(tokens.start);
        draft.made_by = format!("{}.asks", self.scene.sentence.lang.code());
        if let Some(mention) = body.filter(|_| class == ActClass::File) {
            draft.participants.push(Participant { mention, role: Role::Applicant });
        }
        self.used_dates.extend(date);
        drafts.push(draft);
    }

    /// Who asks, and whether it watches over what states do: a treaty body, an expert of the United Nations, a court.
    fn asking(&self, begin: usize) -> (Subject, bool) {
        let subject = before(self.scene, self.found, self.readings, &self.phrases, begin, false);
        let low = self.scene.tokens.start.max(begin.saturating_sub(FAR));
        let place = (low..begin).find_map(|t| Some((t, self.scene.len(t, Word::Monitor)?)));
        match (subject, place) {
            (Subject::Name(m), None) => (subject, self.watches(m)),
            (Subject::Name(m), _) if is_body(self.found, m) => (subject, true),
            // "The Special Rapporteur on freedom of opinion has urged": no name that is known.
            (Subject::None | Subject::Name(_), Some((t, n))) => {
                let named = self.scene.mention(t).filter(|m| kind_of(self.found, *m) != Some(ActorKind::Person));
                let words = || Subject::Office(noun_phrase(self.scene, t, t + n, begin));
                (named.map_or_else(words, Subject::Name), true)
            }
            (_, place) => (subject, place.is_some()),
        }
    }

    /// A court that asks a state for something does what treaty bodies do.
    fn watches(&self, mention: MentionIx) -> bool {
        kind_of(self.found, mention) == Some(ActorKind::Court)
    }

    /// Who is asked, right after the verb that ends at `from`, past a day; and where its words end.
    fn asked(&self, from: usize) -> Option<(Asked, usize)> {
        let mut t = from;
        for _ in 0..5 {
            if self.scene.date(t).is_some() {
                t = self.scene.date_end(t);
                continue;
            }
            let dated = self.scene.len(t, Word::DateOn).filter(|n| self.scene.date(t + n).is_some());
            if let Some(n) = dated {
                t += n;
                continue;
            }
            if let Some(m) = self.scene.mention(t) {
                let asked = match kind_of(self.found, m)? {
                    ActorKind::State | ActorKind::Place => Asked::State,
                    ActorKind::Court => Asked::Court,
                    kind if kind.is_body() => Asked::Authority,
                    _ => return None,
                };
                return Some((asked, self.scene.mention_end(t)));
            }
            if let Some(n) = self.scene.len(t, Word::Court) {
                return Some((Asked::Court, t + n));
            }
            if let Some(n) = self.scene.len(t, Word::Office) {
                return Some((Asked::Authority, t + n));
            }
            let small = self.scene.is_determiner(t) || self.scene.is(t, Word::Preposition);
            if !small {
                // A state that no list of names has.
                let name = self.scene.text.tokens.get(t).is_some_and(|k| k.capital) && self.scene.is_word(t);
                return name.then_some((Asked::State, t + 1));
            }
            t += 1;
        }
        None
    }

    /// "not to extradite him", "to release her": what is asked for bears on what was done or may be done to a person.
    fn holds_off(&self, from: usize) -> bool {
        let measure = |c: &ActClass| {
            matches!(
                c,
                ActClass::Release
                    | ActClass::Suspend
                    | ActClass::OrderLeave
                    | ActClass::Extradite
                    | ActClass::Drop
                    | ActClass::Annul
                    | ActClass::Lift
                    | ActClass::Detain
            )
        };
        (from..self.scene.tokens.end.min(from + NEAR)).any(|t| {
            // "to take urgent measures", "to refrain".
            if self.scene.is(t, Word::Measure) {
                return true;
            }
            let rows = self.scene.hit(t).into_iter().flat_map(|h| &h.readings);
            rows.filter_map(|(row, _)| self.scene.row(*row)).any(|row| row.classes.iter().any(measure))
        })
    }

    /// "asked the court to order", "a demandé à la cour d'annuler": in French and English the verb of what is asked for follows.
    fn may_file(&self, verb: &Range<usize>, end: usize, drafts: &[Draft]) -> bool {
        // "By an application of 2 April he asked the court": the request is named already.
        let named = self.phrases.iter().any(|p| asks(&p.classes))
            || drafts.iter().rev().take_while(|d| d.sentence == self.scene.sentence_ix).any(|d| asks(&d.classes));
        // "asked the court to sentence him to twelve years": a plea at a hearing.
        let plea = (end..self.scene.tokens.end.min(end + NEAR)).any(|t| {
            let rows = self.scene.hit(t).into_iter().flat_map(|h| &h.readings);
            rows.filter_map(|(row, _)| self.scene.row(*row)).any(|row| row.classes.contains(&ActClass::Convict))
        });
        let pleads = self.scene.is(verb.start, Word::Urges);
        let leads = |t: usize| self.scene.is(t, Word::To) || self.scene.is(t, Word::Forum);
        self.scene.rules.object_side == ObjectSide::Right
            && !pleads
            && !named
            && !plea
            && self.around.court.is_none()
            && (end..end + 3).any(leads)
    }
}

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Court,
    Authority,
    State,
}
