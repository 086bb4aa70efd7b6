//! Periods and last days that the text ties to an act: "within 30 days", "не позднее 5 мая".

use std::ops::Range;

use khronika_core::{ActClass, DateRole, EventStatus, Findings, PeriodFinding, PeriodStart, TimexKind};

use super::draft::Draft;
use super::reading::Reading;
use super::rules::Word;
use super::scene::Scene;

/// Adds the periods of one sentence to the drafts numbered from `first` on, or to the document's own act.
pub(super) fn find(
    scene: &Scene<'_, '_>,
    found: &Findings,
    readings: &[Option<Reading>],
    drafts: &mut [Draft],
    first: usize,
    own: Option<usize>,
) {
    let mut t = scene.tokens.start;
    while t < scene.tokens.end {
        let Some(date) = scene.date(t) else {
            t += 1;
            continue;
        };
        let range = t..scene.date_end(t);
        t = range.end;
        let Some(expr) = found.dates.get(date) else { continue };
        if matches!(expr.role, DateRole::Norm | DateRole::Citation) {
            continue;
        }
        let near = if expr.kind == TimexKind::Duration { 4 } else { 2 };
        let before = |word: Word| {
            (0..near).any(|n| range.start.checked_sub(n).is_some_and(|e| scene.ending_at(e, word).is_some()))
                || scene.is(range.start, word)
        };
        let bounded = match expr.kind {
            TimexKind::Duration => before(Word::Within) || before(Word::Deadline),
            TimexKind::Date | TimexKind::Time => before(Word::Deadline),
            TimexKind::Set => false,
        };
        if !bounded {
            continue;
        }
        let Some((class, what)) = what(scene, readings, &range) else { continue };
        let Some(number) = owner(drafts, first, own, class) else { continue };
        if number < first && Some(number) != own {
            continue;
        }
        let span = scene.text.span(start_of(scene, range.start)..range.end);
        let Some(draft) = drafts.get_mut(number) else { continue };
        let from = start(scene, &range, draft);
        draft.needed = true;
        draft.periods.push(PeriodFinding { span, date, what: scene.text.span(what), class, from });
    }
}

fn start_of(scene: &Scene<'_, '_>, date: usize) -> usize {
    (0..4)
        .find_map(|n| {
            let end = date.checked_sub(n)?;
            scene.ending_at(end, Word::Within).or_else(|| scene.ending_at(end, Word::Deadline))
        })
        .unwrap_or(date)
}

/// What is to be done within the period: the nearest word of leaving, appealing or asking in the clause.
fn what(
    scene: &Scene<'_, '_>,
    readings: &[Option<Reading>],
    date: &Range<usize>,
) -> Option<(Option<ActClass>, Range<usize>)> {
    let clause = scene.clause_of(date.start)?.tokens.clone();
    let low = scene.tokens.start.max(date.start.saturating_sub(30));
    let high = clause.end.max(date.end).min(date.end + 30).min(scene.tokens.end);
    let mut best: Option<(usize, ActClass, Range<usize>)> = None;
    for (index, hit) in scene.hits.iter().enumerate() {
        if hit.tokens.start < low || hit.tokens.end > high {
            continue;
        }
        let Some(row) = readings.get(index).and_then(Option::as_ref).and_then(|r| scene.row(r.row)) else { continue };
        let Some(class) = row.classes.iter().copied().find(|c| {
            matches!(
                c,
                ActClass::OrderLeave
                    | ActClass::Appeal
                    | ActClass::File
                    | ActClass::RefuseEntry
                    | ActClass::ForbidLeave
            )
        }) else {
            continue;
        };
        let distance = if hit.tokens.end <= date.start {
            date.start - hit.tokens.end
        } else {
            hit.tokens.start.saturating_sub(date.end)
        };
        if best.as_ref().is_none_or(|(d, _, _)| distance < *d) {
            best = Some((distance, class, hit.tokens.clone()));
        }
    }
    best.map(|(_, class, tokens)| {
        let range = if tokens.end <= date.start { tokens.start..date.start } else { tokens.clone() };
        let marked = |t: usize| scene.is(t, Word::Within) || scene.is(t, Word::Deadline) || scene.text.fold(t) == ",";
        let end = range.clone().find(|t| *t > tokens.start && marked(*t)).unwrap_or(range.end);
        (Some(class), range.start..end.max(tokens.end))
    })
}

/// The act that the period belongs to.
fn owner(drafts: &[Draft], first: usize, own: Option<usize>, class: Option<ActClass>) -> Option<usize> {
    let here = first..drafts.len();
    let with = |class: ActClass| here.clone().find(|i| drafts.get(*i).is_some_and(|d| d.classes.contains(&class)));
    match class {
        Some(ActClass::Appeal | ActClass::File) => {
            // "may be appealed within": the period is that of the decision that may be appealed.
            let appeal = with(ActClass::Appeal).or_else(|| with(ActClass::File));
            let attacked = appeal.and_then(|i| drafts.get(i)).filter(|d| d.status != EventStatus::Actual);
            attacked.and_then(|d| d.effects.iter().find_map(|e| e.target)).or(own).or_else(|| {
                here.clone().find(|i| {
                    drafts
                        .get(*i)
                        .is_some_and(|d| !d.classes.contains(&ActClass::Appeal) && d.status == EventStatus::Actual)
                })
            })
        }
        Some(class) => with(class).or(own),
        None => own,
    }
}

fn start(scene: &Scene<'_, '_>, date: &Range<usize>, draft: &Draft) -> PeriodStart {
    let near = date.end..scene.tokens.end.min(date.end + 24);
    let service = scene.first(near.clone(), Word::FromService);
    let act = scene.first(near, Word::FromAct);
    match (service, act) {
        (Some(s), Some(a)) if a.start < s.start => PeriodStart::Act,
        (Some(_), _) => PeriodStart::Service,
        (None, Some(_)) => PeriodStart::Act,
        // The order and the day it was handed over stand in one phrase: the period of that order runs from there.
        (None, None) if draft.dates.service.is_some() && draft.classes.contains(&ActClass::OrderLeave) => {
            PeriodStart::Service
        }
        (None, None) => PeriodStart::Unknown,
    }
}
