//! Who does what to what: the subject, agent and object of a verb, found without a parser.

use std::ops::Range;

use khronika_core::{ActClass, ActorKind, Findings, MentionIx};

use super::doer::{Doer, noun_phrase};
use super::draft::asks;
use super::phrase::{Phrase, is_function_word};
use super::reading::{Reading, Voice};
use super::rules::{ObjectSide, Word};
use super::scene::{ClauseKind, REACH, Scene, is_body, kind_of};

/// What stands in the place of the subject or agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Nothing that is known.
    None,
    /// A noun phrase that names an act, by its number.
    Phrase(usize),
    /// A name.
    Name(MentionIx),
    /// "the court": the one named last, or these words where none was.
    Court(Doer),
    /// "the department", "апелляция": an office of which the text does not say here which one.
    Office(Doer),
    /// "the applicant", "адвокат": a party, or who speaks for one.
    Party(Doer),
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
        if !matches!(any, Subject::None | Subject::Phrase(_) | Subject::Party(_)) {
            return any;
        }
    }
    if matches!(clause.kind, ClauseKind::Relative)
        && !resumes(scene, begin)
        && !scene.is(clause.tokens.start, Word::RelativeObject)
        && !has_subject(scene, clause.tokens.start + 1..begin)
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
    // "He reached the United Kingdom and claimed asylum": what stands before "and" is the object of another verb.
    let shares = |first: usize| {
        scene.rules.object_side == ObjectSide::Right && scene.is(begin - 1, Word::And) && first > start + 1
    };
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
                return Subject::Office(noun_phrase(scene, t - 1, after, begin));
            }
            let shared = shares(first);
            // "Іваненко, громадянин Росії, звернувся": the state belongs to the noun before it.
            let of_noun = scene.rules.object_side == ObjectSide::Either
                && kind_of(found, mention).is_none_or(|k| !k.is_body() && k != ActorKind::Person)
                && first > start
                && scene.is_word(first - 1)
                && !is_function_word(scene, first - 1)
                && scene.date(first - 1).is_none()
                && ![Word::Adverb, Word::Sequence].iter().any(|w| scene.is(first - 1, *w))
                && scene.text.word(first - 1).chars().next().is_some_and(char::is_lowercase);
            if of_noun {
                t = first.max(low);
                continue;
            }
            if !oblique(scene, first)
                && !scene.is_oblique_name(t)
                && scene.text.fold(after) != "'s"
                && (!bodies || is_body(found, mention))
                && (!shared || begins_clause(scene, start, first))
            {
                return Subject::Name(mention);
            }
            t = first.max(low);
            continue;
        }
        if let Some(subject) = kind(scene, t, begin).filter(|s| !bodies || !matches!(s, Subject::Party(_)))
            && !oblique(scene, first_of(subject, t))
            && (!shares(t) || begins_clause(scene, start, first_of(subject, t)))
        {
            return subject;
        }
        // "Cette dernière a confirmé": of two, the body named last.
        if let Some(n) = scene.len(t, Word::Latter).filter(|_| bodies && !oblique(scene, t)) {
            return Subject::Court(Doer { start: t, end: t + n });
        }
        // "ол шешімді": "that decision", where one word is "that" and "he".
        let of_noun = scene.is(t, Word::Demonstrative) && scene.hit_ix(t + 1).is_some();
        if scene.is(t, Word::Pronoun) && !of_noun && !oblique(scene, t) {
            return Subject::None;
        }
        if scene.is(t, Word::We) {
            return Subject::We;
        }
    }
    Subject::None
}

/// True where another subject stands in `range`, between a relative pronoun and its verb, and no comma parts the verb from it.
fn has_subject(scene: &Scene<'_, '_>, range: Range<usize>) -> bool {
    range.clone().all(|t| scene.text.fold(t) != ",") && range.into_iter().any(|t| subject_begins(scene, t))
}

/// "which they filed", "which the company filed": another subject stands between the relative pronoun and its verb.
fn subject_begins(scene: &Scene<'_, '_>, t: usize) -> bool {
    let article = scene.len(t, Word::Definite).filter(|_| scene.rules.object_side == ObjectSide::Right);
    let noun = article.is_some_and(|n| scene.is_word(t + n) && scene.date(t + n).is_none());
    scene.date(t).is_none() && (noun || scene.is(t, Word::Asker) && !scene.is(t, Word::Possessive))
}

/// The body or party that the words at `t` name by its kind; what belongs to them stands before `limit`.
pub(super) fn kind(scene: &Scene<'_, '_>, t: usize, limit: usize) -> Option<Subject> {
    let around = |n: usize| noun_phrase(scene, t, t + n, limit);
    let right = scene.rules.object_side == ObjectSide::Right;
    // "le tribunal correctionnel de Lyon": a name is more than its kind.
    let unnamed = |n: &usize| (t..t + n).all(|i| scene.mention(i).is_none());
    if let Some(n) = scene.len(t, Word::Court).filter(unnamed) {
        // "районный суд": the adjective before it makes it another than the court named last.
        let office = scene.ending_at(t + n, Word::Office).filter(|s| *s < t);
        return Some(match office {
            Some(start) => Subject::Office(noun_phrase(scene, start, t + n, limit)),
            None if named(scene, t) => Subject::Office(noun_phrase(scene, t - 1, t + n, limit)),
            // "le tribunal de police": what belongs to the noun makes it another, too.
            None if right && around(n).end > t + n => Subject::Office(around(n)),
            None => Subject::Court(around(n)),
        });
    }
    // "the judge", met at its noun.
    if let Some(n) = scene.len(t, Word::Office).filter(unnamed)
        && let Some(start) = scene.ending_at(t + n, Word::Court).filter(|s| *s < t)
    {
        let doer = noun_phrase(scene, start, t + n, limit);
        return Some(if right && doer.end > t + n { Subject::Office(doer) } else { Subject::Court(doer) });
    }
    let office = || scene.len(t, Word::Office).filter(unnamed).map(|n| Subject::Office(around(n)));
    let party = || {
        let n = [Word::Claimant, Word::Party, Word::ForParty].iter().find_map(|w| scene.len(t, *w));
        n.filter(unnamed).map(|n| Subject::Party(around(n)))
    };
    office().or_else(party)
}

/// Where the words of a subject begin; `t` where they are no words of a kind.
fn first_of(subject: Subject, t: usize) -> usize {
    match subject {
        Subject::Court(d) | Subject::Office(d) | Subject::Party(d) => d.start.min(t),
        _ => t,
    }
}

/// "Лефортовский суд": a court with a name of its own, though no actor is known by it.
fn named(scene: &Scene<'_, '_>, t: usize) -> bool {
    let Some(before) = t.checked_sub(1).filter(|b| *b >= scene.tokens.start && scene.is_word(*b)) else { return false };
    scene.rules.object_side == ObjectSide::Either
        && scene.text.word(before).chars().next().is_some_and(char::is_uppercase)
        && scene.text.word(before).chars().nth(1).is_some_and(char::is_lowercase)
        && scene.rules.nominative.iter().any(|ending| scene.text.fold(before).ends_with(ending.as_str()))
        && ![Word::Demonstrative, Word::Sequence].iter().any(|w| scene.is(before, *w))
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
        if let Some(s) = scene.ending_at(t, Word::Court) {
            return Subject::Court(noun_phrase(scene, s, t, t));
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

/// "судом", "защитником": the agent of a passive by its case.
pub(super) fn instrumental(scene: &Scene<'_, '_>, t: usize, limit: usize) -> Option<Subject> {
    let around = |n: usize| noun_phrase(scene, t, t + n, limit);
    let same = || scene.len(t, Word::BySameCourt).map(|n| Subject::Court(around(n)));
    let office = || scene.len(t, Word::ByCourt).map(|n| Subject::Office(around(n)));
    let party = || {
        let n = [Word::ByParty, Word::ByForParty].iter().find_map(|w| scene.len(t, *w));
        n.map(|n| Subject::Party(around(n)))
    };
    same().or_else(office).or_else(party)
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
    // "задержан 5 марта сотрудниками полиции": a day may stand between.
    let near = |t: usize| {
        t <= hit.end + 2
            || t < hit.end + 12
                && (hit.end..t).all(|i| scene.date(i).is_some() || scene.is(i, Word::DateOn) || i + 1 == t)
    };
    let mut t = hit.end;
    while t < limit {
        // "interdite, aurait été analysée par": past another verb it is that verb's.
        if !free && t > hit.end && phrase_at(phrases, t).is_none() && scene.is(t, Word::Be) {
            return Subject::None;
        }
        if let Some(n) = scene.len(t, Word::By) {
            let mut at = t + n;
            // "by the court": the article belongs to the words.
            while scene.mention(at).is_none() && kind(scene, at, limit).is_none() && scene.is_determiner(at) {
                at += 1;
            }
            if let Some(p) = phrase_at(phrases, at).filter(|p| phrases.get(*p).is_some_and(|p| p.tokens.start >= t)) {
                return Subject::Phrase(p);
            }
            if let Some(mention) = scene.mention(at) {
                return Subject::Name(mention);
            }
            // "by an investigating judge": an adjective may stand before the noun.
            if let Some(subject) = (at..limit.min(at + 3))
                .take_while(|i| *i == at || scene.is_word(*i - 1) && !is_function_word(scene, *i - 1))
                .find_map(|i| kind(scene, i, limit))
            {
                return subject;
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
            if near(t)
                && let Some(subject) = instrumental(scene, t, limit)
            {
                return subject;
            }
            if let Some(p) = phrase_at(phrases, t) {
                if phrases.get(p).is_some_and(|p| p.instrument && !p.used) {
                    return Subject::Phrase(p);
                }
                t = phrases.get(p).map_or(t + 1, |p| p.tokens.end.max(t + 1));
                continue;
            }
            if (t <= hit.end + 1 || near(t) && scene.date(t - 1).is_some())
                && let Some(mention) = scene.mention(t).filter(|m| is_body(found, *m))
                && !oblique(scene, t)
                && !scene.is_oblique_name(t)
            {
                return Subject::Name(mention);
            }
        }
        t += 1;
    }
    Subject::None
}
