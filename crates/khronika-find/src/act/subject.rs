//! Who does what to what: the subject, agent and object of a verb, found without a parser.

use std::ops::Range;

use khronika_core::{ActClass, Findings, MentionIx};

use super::draft::asks;
use super::phrase::Phrase;
use super::reading::{Reading, Voice};
use super::rules::{ObjectSide, Word};
use super::scene::{ClauseKind, REACH, Scene, is_body};

/// What stands in the place of the subject or agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Nothing that is known.
    None,
    /// A noun phrase that names an act, by its number.
    Phrase(usize),
    /// A name.
    Name(MentionIx),
    /// "the court".
    Court,
    /// "the department", "апелляция": an office of which the text does not say here which one.
    Office,
    /// "we".
    We,
}

/// The phrase that covers token `t`.
pub(super) fn phrase_at(phrases: &[Phrase], t: usize) -> Option<usize> {
    phrases.iter().position(|p| p.tokens.contains(&t))
}

/// True where a verb that was read as told stands at `t`, outside every noun phrase.
pub(super) fn verb_at(
    scene: &Scene<'_, '_>,
    readings: &[Option<Reading>],
    phrases: &[Phrase],
    t: usize,
) -> Option<usize> {
    let index = scene.hit_ix(t)?;
    let reading = readings.get(index).and_then(Option::as_ref)?;
    let inner = phrases.iter().any(|p| p.inner.contains(&index) || p.tokens.contains(&t));
    (!inner && !matches!(reading.voice, Voice::Paper | Voice::Instrument | Voice::Noun)).then_some(index)
}

/// True where the words before token `t` put what begins there into another place than that of the subject.
pub(super) fn oblique(scene: &Scene<'_, '_>, t: usize) -> bool {
    let mut at = t;
    for _ in 0..3 {
        if [
            Word::Preposition,
            Word::NameLink,
            Word::By,
            Word::DateLink,
            Word::Against,
            Word::InPaper,
            Word::Attribution,
            Word::Forum,
        ]
        .iter()
        .any(|w| scene.ending_at(at, *w).is_some())
        {
            return true;
        }
        let Some(s) = [Word::Definite, Word::Indefinite, Word::Possessive, Word::Own]
            .iter()
            .find_map(|w| scene.ending_at(at, *w))
        else {
            return false;
        };
        at = s;
    }
    false
}

/// True where the verb group that begins at `begin` takes up the clause that a relative clause interrupted.
pub(super) fn resumes(scene: &Scene<'_, '_>, begin: usize) -> bool {
    let Some(clause) = scene.clause_of(begin) else { return false };
    // "which, on 9 September, convicted": only a date stands between, and the verb is the relative clause's own.
    let says_more = |t: usize| {
        scene.is_word(t)
            && scene.date(t).is_none()
            && ![Word::DateOn, Word::DateLink, Word::Definite, Word::Preposition].iter().any(|w| scene.is(t, *w))
    };
    matches!(clause.kind, ClauseKind::Relative | ClauseKind::ByWhich)
        && begin > clause.tokens.start + 2
        && scene.text.fold(begin - 1) == ","
        && (clause.tokens.start + 1..begin - 1).any(says_more)
}

/// What stands to the left of a verb in the place of its subject.
///
/// `bodies` asks for courts and authorities first.
pub(super) fn before(
    scene: &Scene<'_, '_>,
    found: &Findings,
    readings: &[Option<Reading>],
    phrases: &[Phrase],
    begin: usize,
    bodies: bool,
) -> Subject {
    let clause_ix = scene.clause_ix(begin);
    let Some(clause) = scene.clauses.get(clause_ix) else { return Subject::None };
    let mut start = clause.tokens.start;
    let mut from = begin;
    if resumes(scene, begin) {
        from = clause.tokens.start;
        if let Some(before) = clause_ix.checked_sub(1).and_then(|i| scene.clauses.get(i)) {
            start = before.tokens.start;
        }
    }
    let strict = search(scene, found, readings, phrases, start, from, bodies);
    if strict != Subject::None {
        return strict;
    }
    if bodies {
        let any = search(scene, found, readings, phrases, start, from, false);
        if !matches!(any, Subject::None | Subject::Phrase(_)) {
            return any;
        }
    }
    if matches!(clause.kind, ClauseKind::Relative)
        && !resumes(scene, begin)
        && !scene.is(clause.tokens.start, Word::RelativeObject)
    {
        return antecedent(scene, phrases, clause.tokens.start);
    }
    Subject::None
}

fn search(
    scene: &Scene<'_, '_>,
    found: &Findings,
    readings: &[Option<Reading>],
    phrases: &[Phrase],
    start: usize,
    begin: usize,
    bodies: bool,
) -> Subject {
    let mut t = begin;
    let low = start.max(begin.saturating_sub(REACH));
    while t > low {
        t -= 1;
        if scene.in_parenthesis(t) && !scene.in_parenthesis(begin) {
            continue;
        }
        if verb_at(scene, readings, phrases, t).is_some() {
            return Subject::None;
        }
        if let Some(p) = phrase_at(phrases, t) {
            let Some(phrase) = phrases.get(p) else { break };
            let first = phrase.tokens.start;
            // An appeal, a request or an action does not decide: it is the object of an earlier verb.
            let files = asks(&phrase.classes);
            if !phrase.instrument && !oblique(scene, first) && !(bodies && (files || phrase.action)) {
                return Subject::Phrase(p);
            }
            t = first.max(low);
            continue;
        }
        if let Some(mention) = scene.mention(t) {
            let first = scene.mention_start(t);
            let after = scene.mention_end(t);
            // "суд" alone is the court named last, "Лефортовский суд" is not.
            if scene.is(t, Word::Court) && after == first + 1 && named(scene, t) {
                return Subject::Office;
            }
            // "He reached the United Kingdom and claimed asylum": what stands before "and" is the object of another verb.
            let shared =
                scene.rules.object_side == ObjectSide::Right && scene.is(begin - 1, Word::And) && first > start + 1;
            if !oblique(scene, first)
                && scene.text.fold(after) != "'s"
                && (!bodies || is_body(found, mention))
                && (!shared || begins_clause(scene, start, first))
            {
                return Subject::Name(mention);
            }
            t = first.max(low);
            continue;
        }
        if scene.is(t, Word::Court) && !oblique(scene, t) {
            return if named(scene, t) { Subject::Office } else { Subject::Court };
        }
        if scene.is(t, Word::Office) && !oblique(scene, t) {
            return Subject::Office;
        }
        if scene.is(t, Word::Pronoun) && !oblique(scene, t) {
            return Subject::None;
        }
        if scene.is(t, Word::We) {
            return Subject::We;
        }
    }
    Subject::None
}

/// "Лефортовский суд": a court with a name of its own, though no actor is known by it.
fn named(scene: &Scene<'_, '_>, t: usize) -> bool {
    let Some(before) = t.checked_sub(1).filter(|b| *b >= scene.tokens.start && scene.is_word(*b)) else { return false };
    scene.rules.object_side == ObjectSide::Either
        && scene.text.word(before).chars().next().is_some_and(char::is_uppercase)
        && scene.text.word(before).chars().nth(1).is_some_and(char::is_lowercase)
        && ![
            Word::Preposition,
            Word::And,
            Word::Adverb,
            Word::Demonstrative,
            Word::DateOn,
            Word::Sequence,
            Word::Subordinate,
        ]
        .iter()
        .any(|w| scene.is(before, *w))
}

/// True where nothing but small words, dates and words set apart stand between the beginning of a clause and token `first`.
fn begins_clause(scene: &Scene<'_, '_>, start: usize, first: usize) -> bool {
    let plain = |t: usize| {
        scene.is_word(t)
            && scene.mention(t).is_none()
            && scene.date(t).is_none()
            && !scene.is_determiner(t)
            && ![Word::Preposition, Word::And, Word::Adverb, Word::DateOn, Word::Subordinate, Word::Complement]
                .iter()
                .any(|w| scene.is(t, *w))
    };
    (start..first).rev().take_while(|t| scene.text.fold(*t) != ",").filter(|t| plain(*t)).count() == 0
}

/// What a relative pronoun at `start` stands for: what ends just before it.
pub(super) fn antecedent(scene: &Scene<'_, '_>, phrases: &[Phrase], start: usize) -> Subject {
    let mut t = start;
    for _ in 0..3 {
        let Some(before) = t.checked_sub(1).filter(|b| *b >= scene.tokens.start) else { break };
        if let Some(p) = phrase_at(phrases, before) {
            return Subject::Phrase(p);
        }
        if let Some(mention) = scene.mention(before) {
            return Subject::Name(mention);
        }
        if scene.ending_at(t, Word::Court).is_some() {
            return Subject::Court;
        }
        if !matches!(scene.text.fold(before), "," | "(" | ")") && !scene.is(before, Word::Preposition) {
            break;
        }
        t = before;
    }
    Subject::None
}

/// Where the words that belong to the verb at `hit` end: the next verb's group, or the end of the clause.
pub(super) fn right_limit(
    scene: &Scene<'_, '_>,
    readings: &[Option<Reading>],
    phrases: &[Phrase],
    hit: &Range<usize>,
) -> usize {
    let clause = scene.clause_ix(hit.start);
    // "held that there had been a violation": what is held belongs to the verb.
    let next = scene
        .clauses
        .get(clause + 1)
        .filter(|n| n.kind == ClauseKind::Complement && scene.leads_to(hit.end, n.tokens.start));
    let own = scene.clauses.get(clause).map_or(scene.tokens.end, |c| c.tokens.end);
    let end = next.map_or(own, |n| n.tokens.end);
    let end = end.min(hit.end + REACH);
    let refusal = scene
        .hit(hit.start)
        .and_then(|h| h.readings.first())
        .and_then(|(row, _)| scene.row(*row))
        .is_some_and(|row| row.classes.iter().any(|c| matches!(c, ActClass::Dismiss | ActClass::ForbidLeave)));
    let mut t = hit.end;
    while t < end {
        if let Some(p) = phrase_at(phrases, t).and_then(|p| phrases.get(p)) {
            t = p.tokens.end.max(t + 1);
            continue;
        }
        if let Some(next) = verb_at(scene, readings, phrases, t) {
            // "refused to annul the order", "forbade him to leave": what is refused or forbidden belongs to the verb.
            let voice = readings.get(next).and_then(Option::as_ref).map(|r| r.voice);
            if refusal && voice == Some(Voice::Infinitive) && t < hit.end + 10 {
                t += 1;
                continue;
            }
            let begin = readings.get(next).and_then(Option::as_ref).map_or(t, |r| r.begin.max(hit.end));
            let mut cut = begin;
            // "and annulled", ", and has annulled"
            while cut > hit.end && (scene.is(cut - 1, Word::And) || scene.text.fold(cut - 1) == ",") {
                cut -= 1;
            }
            return cut;
        }
        t += 1;
    }
    end
}

/// The agent of a passive: "by the court", "by a judgment of the court", an instrumental.
pub(super) fn agent(
    scene: &Scene<'_, '_>,
    found: &Findings,
    phrases: &[Phrase],
    hit: &Range<usize>,
    limit: usize,
) -> Subject {
    let free = scene.rules.object_side != ObjectSide::Right;
    let mut t = hit.end;
    while t < limit {
        if let Some(n) = scene.len(t, Word::By) {
            let mut at = t + n;
            while scene.is(at, Word::Definite) || scene.is(at, Word::Indefinite) {
                at += 1;
            }
            if let Some(p) = phrase_at(phrases, at).filter(|p| phrases.get(*p).is_some_and(|p| p.tokens.start >= t)) {
                return Subject::Phrase(p);
            }
            if let Some(mention) = scene.mention(at) {
                return Subject::Name(mention);
            }
            if scene.is(at, Word::Court) {
                return Subject::Court;
            }
            // "by its president, N": a name soon after.
            for j in at..limit.min(at + 5) {
                if let Some(mention) = scene.mention(j).filter(|m| is_body(found, *m)) {
                    return Subject::Name(mention);
                }
            }
            if phrase_at(phrases, t).is_none() {
                return Subject::None;
            }
        }
        if free {
            // "отменённый судом": an instrumental names who did it.
            if t <= hit.end + 2 && scene.is(t, Word::ByCourt) {
                return Subject::Office;
            }
            if let Some(p) = phrase_at(phrases, t) {
                if phrases.get(p).is_some_and(|p| p.instrument && !p.used) {
                    return Subject::Phrase(p);
                }
                t = phrases.get(p).map_or(t + 1, |p| p.tokens.end.max(t + 1));
                continue;
            }
            if t <= hit.end + 1
                && let Some(mention) = scene.mention(t).filter(|m| is_body(found, *m))
                && !oblique(scene, t)
            {
                return Subject::Name(mention);
            }
        }
        t += 1;
    }
    Subject::None
}
