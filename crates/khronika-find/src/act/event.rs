//! Dated sentences that tell no procedural act: each is at least an event.

use std::collections::BTreeSet;

use khronika_core::{DateIx, EventFinding, EventStatus, Findings, Participant, Role};

use super::reading::above;
use super::rules::Word;
use super::scene::{Scene, dates_an_event};
use crate::text::{Text, TokenKind};

/// The events of one sentence: one for each date that no act uses.
pub(super) fn find(scene: &Scene<'_, '_>, found: &Findings, used: &BTreeSet<DateIx>) -> Vec<EventFinding> {
    let mut events: Vec<EventFinding> = Vec::new();
    if !words_around(scene) {
        return events;
    }
    let mut t = scene.tokens.start;
    while t < scene.tokens.end {
        let Some(date) = scene.date(t) else {
            t += 1;
            continue;
        };
        let end = scene.date_end(t).max(t + 1);
        let open = dates_an_event(found, date) && !used.contains(&date);
        if open {
            let tokens = passage(scene, t);
            let span = scene.text.span(tokens.clone());
            let mut participants: Vec<Participant> = Vec::new();
            for i in tokens.clone() {
                if let Some(mention) = scene.mention(i)
                    && !participants.iter().any(|p| p.mention == mention)
                {
                    participants.push(Participant { mention, role: Role::Named });
                }
            }
            let said_by = said_by(scene);
            events.push(EventFinding {
                span,
                date,
                participants,
                status: status(scene, t),
                said_by,
                made_by: "event.dated-sentence".to_owned(),
                confidence: 0.6,
            });
        }
        t = end;
    }
    events
}

/// A clause of fewer words is too short to tell anything.
const FEW: usize = 6;

/// The clause of the date, or the whole sentence where the clause is too short to tell anything.
fn passage(scene: &Scene<'_, '_>, t: usize) -> std::ops::Range<usize> {
    let clause = scene.clause_of(t).map_or_else(|| scene.tokens.clone(), |c| c.tokens.clone());
    let words = clause.clone().filter(|i| scene.is_word(*i)).take(FEW).count();
    let whole = scene.tokens.clone();
    let chosen = if words < FEW || whole.len() <= 45 { whole } else { clause };
    if chosen.len() > 120 { t.saturating_sub(40).max(chosen.start)..chosen.end.min(t + 60) } else { chosen }
}

/// Whether words tell anything: a name or two do not.
pub(super) fn tells(text: &Text<'_>, tokens: std::ops::Range<usize>) -> bool {
    tokens.filter(|t| text.tokens.get(*t).is_some_and(|token| token.kind == TokenKind::Word)).nth(2).is_some()
}

/// A line that is only a date (a dateline, a header) tells nothing.
fn words_around(scene: &Scene<'_, '_>) -> bool {
    scene.tokens.clone().filter(|t| scene.is_word(*t) && scene.date(*t).is_none()).nth(2).is_some()
}

fn status(scene: &Scene<'_, '_>, t: usize) -> EventStatus {
    if let Some(s) = above(scene, t) {
        return s;
    }
    let Some(clause) = scene.clause_of(t) else { return EventStatus::Actual };
    let any = |word: Word| scene.first(clause.tokens.clone(), word).is_some();
    if any(Word::Future) {
        EventStatus::Requested
    } else if any(Word::Possible) {
        EventStatus::Possible
    } else {
        EventStatus::Actual
    }
}

fn said_by(scene: &Scene<'_, '_>) -> Vec<usize> {
    let Some(words) = scene.first(scene.tokens.clone(), Word::Attribution) else { return Vec::new() };
    (words.end..scene.tokens.end.min(words.end + 8)).find_map(|t| scene.mention(t)).into_iter().collect()
}
