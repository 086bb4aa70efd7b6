//! Nouns of action with whom or what it befell, a day and a verb that says that it happened: "the arrest of the paper's cartoonist on
//! 5 May", "la libération est intervenue le 5 mai", "задержание редактора 5 мая".

use std::ops::Range;

use khronika_core::{DateIx, Findings};

use super::beside::{acts_on, governed};
use super::doer::Doer;
use super::draft::asks;
use super::phrase::{Phrase, can_date, skip_definite};
use super::reading::{Reading, Voice};
use super::rules::{ObjectSide, Word};
use super::scene::{Scene, is_body};
use super::subject::{Subject, instrumental, kind};

/// How many tokens may name whom or what the action befell.
const COMPLEMENT: usize = 12;

/// How many tokens may stand between a verb of happening and its day.
const NEAR: usize = 4;

/// Words that end what may name whom or what the action befell.
const ENDS: [Word; 13] = [
    Word::Be,
    Word::Have,
    Word::Not,
    Word::Possible,
    Word::Future,
    Word::Request,
    Word::Relative,
    Word::Pronoun,
    Word::Until,
    Word::Within,
    Word::Deadline,
    Word::Pending,
    Word::Complement,
];

/// Gives each noun of action what stands past whom or what it befell: who did it, its day, and that a verb says that it happened.
pub(super) fn happenings(scene: &Scene<'_, '_>, found: &Findings, readings: &[Option<Reading>], all: &mut [Phrase]) {
    for i in 0..all.len() {
        let (_, rest) = all.split_at_mut(i);
        let Some((action, after)) = rest.split_first_mut().filter(|(a, _)| is_action(scene, a)) else { continue };
        let Some(clause) = scene.clause_of(action.head.start).map(|c| c.tokens.clone()) else { continue };
        let next = |n: usize| after.get(n).map_or(clause.end, |p| p.tokens.start.min(clause.end));
        // "le rejet de la demande est intervenu": the paper that it acts on.
        let paper = after.first().filter(|paper| acts_on(scene, action, paper)).map(|paper| paper.tokens.end);
        let end = next(usize::from(paper.is_some()));
        let complement = paper.or_else(|| complement(scene, action, end));
        action.befell = complement.is_some();
        let at = complement.unwrap_or(action.tokens.end);
        if let Some(after) = happened(scene, action, at, &clause) {
            action.happened = true;
            let day = after
                .and_then(|t| day_at(scene, found, t, end))
                .or_else(|| day_at(scene, found, at, end))
                .or_else(|| opening_day(scene, found, &clause, action));
            if let Some((date, close)) = day {
                action.dates.act = action.dates.act.or(Some(date));
                action.tokens.end = action.tokens.end.max(close);
            }
            action.tokens.end = action.tokens.end.max(after.unwrap_or(at));
        } else if action.befell {
            let bound = governed(scene, readings, action);
            Tail { scene, found, readings, bound, end }.read(action, at);
        }
    }
}

/// What stands past whom or what an action befell.
struct Tail<'x, 't, 's> {
    scene: &'x Scene<'t, 's>,
    found: &'x Findings,
    readings: &'x [Option<Reading>],
    /// Another verb may have the day.
    bound: bool,
    end: usize,
}

impl Tail<'_, '_, '_> {
    /// "the arrest of the editor by police, ordered by the court on 5 May": agents, participles and a day in any order.
    fn read(&self, action: &mut Phrase, at: usize) {
        let mut t = at;
        for _ in 0..5 {
            let comma = self.scene.text.fold(t) == ",";
            let from = t + usize::from(comma);
            if let Some((date, close)) = day_at(self.scene, self.found, from, self.end.min(from + NEAR)) {
                let apart = !comma || close >= self.end || matches!(self.scene.text.fold(close), "," | "." | ";");
                if self.bound
                    || !apart
                    || action.dates.act.is_some()
                    || told_after(self.scene, self.readings, close, self.end)
                {
                    return;
                }
                action.dates.act = Some(date);
                t = close;
            } else if let Some(close) = self.agent(action, from) {
                t = close;
            } else if let Some(close) = self.made(action, from).filter(|_| comma) {
                t = close;
            } else {
                return;
            }
            action.tokens.end = action.tokens.end.max(t);
        }
    }

    /// "by the court", "полицией": who did it; where those words end.
    fn agent(&self, action: &mut Phrase, t: usize) -> Option<usize> {
        let limit = self.end.min(t + COMPLEMENT);
        let Some(n) = self.scene.len(t, Word::By) else {
            let free = self.scene.rules.object_side == ObjectSide::Either;
            let (Subject::Court(doer) | Subject::Office(doer)) = instrumental(self.scene, t, limit).filter(|_| free)?
            else {
                return None;
            };
            action.doer = action.doer.or(Some(doer)).filter(|_| action.body.is_none());
            return Some(doer.end);
        };
        let at = skip_definite(self.scene, t + n);
        if let Some(mention) = self.scene.mention(at) {
            let close = self.scene.mention_end(at);
            match is_body(self.found, mention) {
                true => action.body = action.body.or(Some(mention)),
                false if action.body.is_none() => action.doer = action.doer.or(Some(Doer { start: at, end: close })),
                false => {}
            }
            return Some(close);
        }
        let plain = |t: &usize| {
            self.scene.is_word(*t)
                && self.scene.hit_ix(*t).is_none()
                && self.scene.date(*t).is_none()
                && day_link(self.scene, *t).is_none()
                && !ENDS.iter().any(|w| self.scene.is(*t, *w))
        };
        let close = (at..limit).take_while(plain).last()? + 1;
        // "par ailleurs" is nobody: a noun phrase begins with its article, or names people or an office.
        let somebody = |t: usize| names_people(self.scene, t, close);
        if at == t + n && !self.scene.is_determiner(at) && !(at..close).any(somebody) {
            return None;
        }
        if action.body.is_none() {
            action.doer = action.doer.or(Some(Doer { start: at, end: close }));
        }
        Some(close)
    }

    /// "ordered", "prononcée": a participle that says that it was done; where it ends.
    fn made(&self, action: &mut Phrase, t: usize) -> Option<usize> {
        if let Some(n) = self.scene.len(t, Word::Done) {
            action.made = true;
            return Some(t + n);
        }
        let index = self.scene.hit_ix(t)?;
        let reading = self.readings.get(index).and_then(Option::as_ref)?;
        let hit = self.scene.hits.get(index)?;
        let light = self.scene.row(reading.row).is_some_and(|row| row.light && row.sets.is_none());
        if !light || !matches!(reading.voice, Voice::Modifier | Voice::Active) || hit.tokens.end >= self.end {
            return None;
        }
        action.inner.push(index);
        action.made = true;
        Some(hit.tokens.end)
    }
}

/// The noun of an office, a party or people stands at `t`.
fn names_people(scene: &Scene<'_, '_>, t: usize, limit: usize) -> bool {
    kind(scene, t, limit).is_some() || scene.is(t, Word::Doer)
}

/// A noun of action; in French and English a paper that its noun calls by its outcome, too: "the conviction", "the refusal".
fn is_action(scene: &Scene<'_, '_>, phrase: &Phrase) -> bool {
    let outcome = scene.rules.object_side == ObjectSide::Right && phrase.has_outcome() && !asks(&phrase.classes);
    (phrase.action || outcome) && !phrase.nothing && !phrase.instrument
}

/// Where the words after the noun end that say whom or what it befell; `None` where there are none.
fn complement(scene: &Scene<'_, '_>, action: &Phrase, end: usize) -> Option<usize> {
    let start = action.tokens.end;
    // "the arrest of Ivanov": the name is part of the phrase already.
    let named = !action.participants.is_empty() && start > action.head.end;
    let links =
        |t: usize| [Word::NameLink, Word::PartOf, Word::PartOfNoun].iter().filter_map(|w| scene.len(t, *w)).max();
    let leads = |t: usize| {
        let other = [Word::By, Word::DateTarget, Word::Until, Word::Within, Word::Deadline, Word::Since];
        scene.is(t, Word::Preposition) && !other.iter().any(|w| scene.is(t, *w))
    };
    // "the freeing of the six": the row holds the small word.
    let held = start > action.head.start + 1 && start == action.head.end && links(start - 1).is_some();
    let opens = match scene.rules.object_side {
        ObjectSide::Right => links(start).is_some() || named || held || leads(start),
        ObjectSide::Either => true,
        ObjectSide::Left => false,
    };
    let mut t = start;
    let mut last = named.then_some(start);
    let limit = end.min(start + COMPLEMENT);
    while opens && t < limit {
        if scene.date(t).is_some() || day_link(scene, t).is_some() || scene.len(t, Word::Happened).is_some() {
            break;
        }
        if scene.is(t, Word::By) {
            break;
        }
        if let Some(n) = links(t) {
            t += n;
            continue;
        }
        let small = scene.is_determiner(t) || scene.is(t, Word::Title) || scene.text.fold(t) == "'s";
        let word = (scene.is_word(t) || scene.is_number(t) || scene.mention(t).is_some())
            && scene.hit_ix(t).is_none()
            && !ENDS.iter().any(|w| scene.is(t, *w))
            && (scene.mention(t).is_some() || !scene.is(t, Word::Preposition));
        if !(small || leads(t) || word) {
            break;
        }
        t += 1;
        if word && !small {
            last = Some(t);
        }
    }
    last
}

/// How many tokens lead from `t` to a date right behind them; zero where the date stands at `t` itself.
fn day_link(scene: &Scene<'_, '_>, t: usize) -> Option<usize> {
    if scene.date(t).is_some() {
        return Some(0);
    }
    let n = scene.len(t, Word::DateOn)?;
    let at = skip_definite(scene, t + n);
    scene.date(at).map(|_| at - t)
}

/// A day that begins within a few tokens of `t`, past adverbs only.
fn day_at(scene: &Scene<'_, '_>, found: &Findings, t: usize, end: usize) -> Option<(DateIx, usize)> {
    let mut at = t;
    while at < end.min(t + NEAR) {
        if let Some(n) = day_link(scene, at) {
            let date = scene.date(at + n).filter(|d| can_date(found, *d))?;
            return Some((date, scene.date_end(at + n)));
        }
        if !scene.is(at, Word::Adverb) {
            return None;
        }
        at += 1;
    }
    None
}

/// "On 5 May came the arrest": the day that opens the clause.
fn opening_day(
    scene: &Scene<'_, '_>,
    found: &Findings,
    clause: &Range<usize>,
    action: &Phrase,
) -> Option<(DateIx, usize)> {
    let n = day_link(scene, clause.start)?;
    let date = scene.date(clause.start + n).filter(|d| can_date(found, *d))?;
    (scene.date_end(clause.start + n) <= action.tokens.start).then_some((date, action.tokens.end))
}

/// Whether a verb of happening stands behind what the action befell, at `at` (where it ends, given), or before the noun.
fn happened(scene: &Scene<'_, '_>, action: &Phrase, at: usize, clause: &Range<usize>) -> Option<Option<usize>> {
    let denied = |start: usize| scene.ending_at(start, Word::Not).is_some();
    // "ұсталуы 5 мамырда болды": where the verb stands last, its day stands before it.
    let mut t = at;
    if let Some(n) = day_link(scene, t) {
        let past = scene.date_end(t + n);
        t = if scene.is(past, Word::Happened) { past } else { t };
    }
    if let Some(n) = scene.len(t, Word::Happened).filter(|_| t < clause.end && !denied(t)) {
        return Some(Some(t + n));
    }
    let before = scene.ending_at(action.tokens.start, Word::Happened).filter(|s| *s >= clause.start && !denied(*s));
    before.map(|_| None)
}

/// In free word order: true where a verb of an act follows, whose day it may as well be.
fn told_after(scene: &Scene<'_, '_>, readings: &[Option<Reading>], from: usize, end: usize) -> bool {
    scene.rules.object_side == ObjectSide::Either
        && (from..end).take_while(|t| scene.text.fold(*t) != ",").any(|t| {
            let reading = scene.hit_ix(t).and_then(|i| readings.get(i)).and_then(Option::as_ref);
            reading.is_some_and(|r| matches!(r.voice, Voice::Active | Voice::Passive | Voice::Present))
        })
}
