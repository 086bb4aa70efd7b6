//! What stands beside a noun that names an act: the paper that it acts on, other papers, a day that two nouns share.

use khronika_core::Findings;

use super::doer::Doer;
use super::draft::asks;
use super::phrase::{Phrase, can_date, skip_definite};
use super::reading::{Reading, Voice, governor};
use super::rules::{ObjectSide, Word};
use super::scene::{REACH, Scene, is_body};

/// "the rejection of his extradition and release from custody in 2016": the date stands for both.
pub(super) fn share_dates(scene: &Scene<'_, '_>, all: &mut [Phrase]) {
    for i in (1..all.len()).rev() {
        let (before, after) = all.split_at_mut(i);
        let (Some(a), Some(b)) = (before.last_mut(), after.first()) else { continue };
        let gap = a.tokens.end..b.tokens.start;
        let joined = gap.len() <= 3 && gap.clone().any(|t| scene.is(t, Word::And));
        if a.action && b.action && joined && a.dates.act.is_none() {
            a.dates.act = b.dates.act;
        }
    }
}

/// "the dismissal of his appeal by the court on 5 May": what stands past the paper that a noun of action acts on belongs to the action.
pub(super) fn past_objects(scene: &Scene<'_, '_>, found: &Findings, readings: &[Option<Reading>], all: &mut [Phrase]) {
    if scene.rules.object_side == ObjectSide::Left {
        return;
    }
    for i in 1..all.len() {
        let (before, after) = all.split_at_mut(i);
        let (Some(action), Some(paper)) = (before.last_mut(), after.first_mut()) else { continue };
        if !acts_on(scene, action, paper) {
            continue;
        }
        let end = scene.clause_of(action.head.start).map_or(paper.tokens.end, |c| c.tokens.end);
        let mut t = paper.tokens.end;
        while t < end {
            if scene.text.fold(t) == "," {
                t += 1;
            } else if let Some(n) = scene.len(t, Word::By).filter(|_| action.body.is_none()) {
                let at = skip_definite(scene, t + n);
                match scene.mention(at) {
                    Some(body) if is_body(found, body) => {
                        action.body = Some(body);
                        t = scene.mention_end(at);
                    }
                    Some(_) => {
                        t = scene.mention_end(at);
                        action.doer = action.doer.or(Some(Doer { start: at, end: t }));
                    }
                    // "by the office": a body that is no name.
                    None => {
                        let word =
                            |t: usize| scene.is_word(t) && scene.hit_ix(t).is_none() && !scene.is(t, Word::DateOn);
                        t = (at..end.min(at + 6)).find(|t| !word(*t)).unwrap_or(end.min(at + 6));
                        action.doer = action.doer.or((t > at).then_some(Doer { start: at, end: t }));
                    }
                }
            } else if let Some(n) = scene.len(t, Word::DateOn).filter(|_| action.dates.act.is_none()) {
                let at = skip_definite(scene, t + n);
                let date = scene.date(at).filter(|d| can_date(found, *d) && !governed(scene, readings, action));
                let Some(date) = date else { break };
                action.dates.act = Some(date);
                t = scene.date_end(at);
            } else {
                break;
            }
            if t > paper.tokens.end + REACH {
                break;
            }
        }
        // "the dismissal of her appeal by the court": the body is that of the dismissal.
        if action.body.is_none() && asks(&paper.classes) && paper.body.is_some_and(|_| by_body(scene, paper)) {
            action.body = paper.body.take();
        }
    }
}

/// True where the body of a paper stands after "by".
fn by_body(scene: &Scene<'_, '_>, paper: &Phrase) -> bool {
    let mut all = paper.head.end..paper.tokens.end;
    all.any(|t| scene.is(t, Word::By) && scene.mention(t + 1).or_else(|| scene.mention(t + 2)) == paper.body)
}

/// True where `paper` stands right after `action`, tied to it by "of" or a possessive: what the action acts on.
pub(super) fn acts_on(scene: &Scene<'_, '_>, action: &Phrase, paper: &Phrase) -> bool {
    let gap = action.tokens.end..paper.head.start;
    let linked = gap.clone().any(|t| scene.ending_at(t + 1, Word::NameLink).is_some());
    action.action
        && !paper.action
        && !paper.instrument
        && !paper.nothing
        && linked
        && paper.tokens.start <= action.tokens.end + 2
        && !gap.clone().any(|t| scene.text.fold(t) == "," || scene.is(t, Word::And) || scene.is(t, Word::By))
}

/// "He challenged the withdrawal on 1 July": true where a verb of an act before the noun may have the day that stands after it.
pub(super) fn governed(scene: &Scene<'_, '_>, readings: &[Option<Reading>], phrase: &Phrase) -> bool {
    let Some(clause) = scene.clause_of(phrase.head.start) else { return false };
    let first = scene.hits.partition_point(|hit| hit.tokens.start < clause.tokens.start);
    let before =
        scene.hits.iter().zip(readings).skip(first).take_while(|(hit, _)| hit.tokens.end <= phrase.tokens.start);
    let mut voices = before.filter_map(|(hit, reading)| Some((hit.tokens.start, reading.as_ref()?)));
    // "Arrêté en vue d'extradition le 5 mai": a participle that opens the clause has the day.
    let opens = |at: usize| at <= clause.tokens.start + 2;
    // "asked for his release on 5 May": what is asked for has no day yet.
    asked_for(scene, phrase)
        || voices.any(|(at, r)| match r.voice {
            Voice::Active | Voice::Passive | Voice::Present => true,
            Voice::Modifier => opens(at),
            _ => false,
        })
}

/// True where the word that governs the noun asks for what it names, or says that it need not be.
fn asked_for(scene: &Scene<'_, '_>, phrase: &Phrase) -> bool {
    phrase.action
        && matches!(governor(scene, phrase.tokens.start, 4), Some((Word::Request | Word::Possible | Word::Fail, _)))
}

/// The comma after which a participle says that several papers were made, of which only the first is known by its noun.
pub(super) fn papers_beside(
    scene: &Scene<'_, '_>,
    readings: &[Option<Reading>],
    t: usize,
    limit: usize,
) -> Option<usize> {
    let light = |t: usize| {
        let reading = scene.hit_ix(t).and_then(|i| readings.get(i)).and_then(Option::as_ref);
        reading.is_some_and(|r| r.voice == Voice::Modifier && scene.row(r.row).is_some_and(|row| row.light))
    };
    let known = |t: usize| scene.mention(t).is_some() || scene.date(t).is_some() || scene.hit_ix(t).is_some();
    let joins = |t: usize| scene.text.fold(t) == "," || scene.is(t, Word::And);
    let words = t + 1..limit.min(t + 20);
    if !joins(t) || !scene.is(t + 1, Word::Indefinite) && !scene.is(t + 1, Word::Definite) {
        return None;
    }
    let comma = words.take_while(|i| !known(*i)).filter(|i| scene.text.fold(*i) == ",").find(|i| light(*i + 1))?;
    Some(comma)
}
