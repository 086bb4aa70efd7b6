//! Words that claim a status for the time of writing: "Mr Markov is a recognised refugee".

use khronika_core::{ActorKind, Findings, StatusClaim};

use super::rules::Word;
use super::scene::{Scene, kind_of};

/// How far before the words the person may be named, in tokens.
const NEAR: usize = 16;

/// The claim of a sentence, if it makes one of a person whom it names just before. A condition, a question of time, a denial
/// make none.
pub(super) fn find(scene: &Scene<'_, '_>, found: &Findings) -> Option<StatusClaim> {
    let words = scene.first(scene.tokens.clone(), Word::StatusNow)?;
    let clause = scene.clause_of(words.start).map_or(scene.tokens.clone(), |c| c.tokens.clone());
    let asked = [Word::Possible, Word::Future, Word::Condition, Word::Not];
    if (clause.start.min(words.start)..words.start).any(|t| asked.iter().any(|w| scene.is(t, *w))) {
        return None;
    }
    // "Markov, who has lived in Lyon since 2011, is": a clause about the person stands between.
    let from = scene.tokens.start.max(words.start.saturating_sub(NEAR));
    let named = |t: usize| scene.mention(t).filter(|m| kind_of(found, *m) == Some(ActorKind::Person)).map(|m| (t, m));
    let (at, person) = (from..words.start).rev().find_map(named)?;
    let span = found.mentions.get(person).map(|m| m.span);
    let said = scene.text.span(at..words.end);
    Some(StatusClaim { span: span.map_or(said, |s| s.to(said)), person })
}
