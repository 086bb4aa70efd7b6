//! Who acts where the text gives no name: "a duty judge in Istanbul", "les avocats", "сотрудниками полиции".

use khronika_core::{ActorKind, Findings, Role, Span};

use super::draft::{Draft, asks};
use super::party::Called;
use super::phrase::is_function_word;
use super::rules::{ObjectSide, Word};
use super::scene::{Scene, actor_of, kind_of};
use super::subject::Subject;
use super::told::Teller;

/// How many words before the noun may belong to it.
const BEFORE: usize = 4;

/// How many tokens after the noun may belong to it.
const AFTER: usize = 8;

/// The noun phrase of a body or party that is named by its kind only, as tokens: without its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Doer {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Doer {
    /// Its words in the text.
    pub(super) fn span(self, scene: &Scene<'_, '_>) -> Span {
        scene.text.span(self.start..self.end)
    }
}

/// The noun phrase around the noun at tokens `start..end`, nowhere past `limit`.
pub(super) fn noun_phrase(scene: &Scene<'_, '_>, start: usize, end: usize, limit: usize) -> Doer {
    Doer { start: first(scene, start), end: last(scene, end, limit) }
}

/// Where the noun phrase whose noun begins at `noun` begins.
fn first(scene: &Scene<'_, '_>, noun: usize) -> usize {
    let plain = |t: usize| {
        scene.is_word(t)
            && scene.hit_ix(t).is_none()
            && scene.date(t).is_none()
            && !is_function_word(scene, t)
            && !scene.is(t, Word::Adverb)
            && !scene.is(t, Word::Sequence)
    };
    // The row may hold the article: "the court".
    if scene.is_determiner(noun) {
        return noun + usize::from(scene.rules.object_side == ObjectSide::Right);
    }
    let low = scene.tokens.start.max(noun.saturating_sub(BEFORE));
    if scene.rules.object_side != ObjectSide::Right {
        // No article says where the phrase begins: adjectives that their ending shows, or a name of its own.
        let adjective =
            |t: usize| scene.rules.nominative.iter().any(|ending| scene.text.fold(t).ends_with(ending.as_str()));
        let mut start = noun;
        while start > low && plain(start - 1) && scene.mention(start - 1).is_none() && adjective(start - 1) {
            start -= 1;
        }
        return start;
    }
    let mut start = noun;
    while start > low {
        let before = start - 1;
        if scene.is_determiner(before) {
            // "Aliev's lawyers": whose they are belongs to them.
            return match before.checked_sub(1).filter(|_| scene.text.fold(before) == "'s") {
                Some(owner) if scene.mention(owner).is_some() => scene.mention_start(owner),
                _ => start,
            };
        }
        if !plain(before) || scene.mention(before).is_some() {
            break;
        }
        start = before;
    }
    noun
}

/// Where the noun phrase whose noun ends at `noun` ends.
fn last(scene: &Scene<'_, '_>, noun: usize, limit: usize) -> usize {
    let right = scene.rules.object_side == ObjectSide::Right;
    if scene.rules.object_side == ObjectSide::Left {
        return noun;
    }
    let far = limit.min(scene.tokens.end).min(noun + AFTER);
    let mut end = noun;
    let mut t = noun;
    while t < far {
        let another = !right && scene.is(t, Word::Court);
        if scene.date(t).is_some() || scene.hit_ix(t).is_some() || scene.is_number(t) || another {
            break;
        }
        if let Some(n) = scene.len(t, Word::PartOfNoun).filter(|_| right) {
            t += n;
            continue;
        }
        if let Some(n) = scene.len(t, Word::PartOf).filter(|_| right) {
            let named = scene.mention(t + n).is_some()
                || scene.text.word(t + n).chars().next().is_some_and(char::is_uppercase)
                || [Word::Office, Word::Court].iter().any(|w| scene.is(t + n, *w));
            if !named {
                break;
            }
            t += n;
            continue;
        }
        let joined = t > end || !right;
        let dot = scene.text.fold(t) == "." && t + 1 < far && t > noun && scene.mention(t + 1).is_some();
        // "Judge Okafor", "le juge Renaud": the name right behind says which.
        if scene.mention(t).is_some() && (joined || t == noun) {
            t = scene.mention_end(t);
            end = t.min(far);
            continue;
        }
        if !(joined && scene.is_word(t) || dot)
            || scene.mention(t).is_some()
            || is_function_word(scene, t)
            || [Word::Adverb, Word::Sequence, Word::DateOn, Word::Pronoun, Word::Complement]
                .iter()
                .any(|w| scene.is(t, *w))
        {
            break;
        }
        t += 1;
        end = t;
    }
    end
}

impl Teller<'_, '_, '_> {
    /// The word by which the text calls a party that is the subject.
    pub(super) fn party_of(&self, subject: Subject) -> Option<Called> {
        let Subject::Party(doer) = subject else { return None };
        let words = [Word::Claimant, Word::Party, Word::ByParty];
        let (at, n) =
            (doer.start..doer.end).find_map(|t| Some((t, words.iter().find_map(|w| self.scene.len(t, *w))?)))?;
        let word = super::party::key(self.scene.text, self.scene.rules, at..at + n);
        Some(Called { word, claimant: self.scene.is(at, Word::Claimant) })
    }

    /// The noun of a phrase, for comparison with another: "jugement" is no "arrêt". Without its ending where nouns have cases.
    pub(super) fn noun_of(&self, p: usize) -> Option<String> {
        let word = self.scene.text.fold(self.phrases.get(p)?.head.start);
        Some(if self.scene.rules.object_side == ObjectSide::Right { word.to_owned() } else { stem(word) })
    }
}

/// The beginning of a word, so that its endings do not matter.
pub(super) fn stem(word: &str) -> String {
    word.chars().take(5).collect()
}

/// Who asks for something is who took the remedy, and never the court that decides on it.
pub(super) fn who_asked(drafts: &mut [Draft], found: &Findings) {
    let court = |m| kind_of(found, m) == Some(ActorKind::Court);
    for draft in drafts.iter_mut().filter(|d| d.classes.iter().all(|c| asks(&[*c]))) {
        if draft.body.is_some_and(court) {
            draft.body = None;
        }
        if draft.body.is_some() {
            continue;
        }
        let mut applicants =
            draft.participants.iter().filter(|p| p.role == Role::Applicant).map(|p| p.mention).filter(|m| !court(*m));
        let first = applicants.next();
        let same = |m| actor_of(found, m) == first.and_then(|f| actor_of(found, f));
        draft.body = first.filter(|_| applicants.all(same));
    }
}
