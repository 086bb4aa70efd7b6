//! Whom "the applicant", "le requérant", "позивач" means: the party that the document calls so.

use std::collections::BTreeMap;

use khronika_core::{ActClass, ActorKind, Findings, Lang, MentionIx, Participant, Role};

use super::doer::stem;
use super::draft::{Draft, asks};
use super::rules::{LangRules, ObjectSide, Word};
use super::scene::{actor_of, kind_of};
use crate::text::Text;

/// How many tokens may stand between a name and the word in brackets that it is called by from then on.
const CALLED: usize = 10;

/// How a text calls a party.
#[derive(Clone, Debug)]
pub(super) struct Called {
    /// The beginning of the word.
    pub(super) word: String,
    /// It is the word for who brought the case.
    pub(super) claimant: bool,
}

/// The parties of a document, by the beginning of the word that it calls them by.
#[derive(Debug, Default)]
pub(super) struct Parties {
    by_word: BTreeMap<String, MentionIx>,
}

impl Parties {
    /// Reads which names the document gives such a word: "Anna Lind (“the applicant”)", "позивач Іваненко", "Requérant : M. Durand".
    pub(super) fn find(text: &Text<'_>, rules: &BTreeMap<Lang, LangRules>, found: &Findings) -> Self {
        let mut parties = Self::default();
        let mut next = 0;
        for sentence in &text.sentences {
            let Some(rules) = rules.get(&sentence.lang) else { continue };
            let mut last: Option<(MentionIx, usize)> = None;
            let mut t = sentence.tokens.start;
            while t < sentence.tokens.end {
                while found.mentions.get(next).is_some_and(|m| m.span.end <= text.span(t..t + 1).start) {
                    next += 1;
                }
                let here = found.mentions.get(next).filter(|m| m.span.start <= text.span(t..t + 1).start);
                if let Some(mention) = here {
                    let end = text.tokens_in(mention.span).end.max(t + 1);
                    last = Some((next, end));
                    t = end;
                    continue;
                }
                let word =
                    rules.words.longest_of(text, t, sentence.tokens.end, |w| matches!(w, Word::Party | Word::Claimant));
                let Some(words) = word.map(|m| m.tokens) else {
                    t += 1;
                    continue;
                };
                let end = words.end;
                let owned = text.fold(end) == "'s";
                let key = key(text, rules, words.start..end);
                // "позивач Іваненко", "Applicant: Anna Lind": the name stands right after the word. Past a comma may stand who speaks for
                // the party.
                let at = end + usize::from(text.fold(end) == ":");
                let after = found.mentions.iter().skip(next).take(2).position(|m| text.tokens_in(m.span).start == at);
                let after = after.map(|n| next + n).filter(|_| !owned && at < sentence.tokens.end);
                // "Anna Lind (hereinafter “the applicant”)", "Anna Lind, the applicant,": it stands just before.
                let before = last.filter(|(_, name_end)| {
                    let between = *name_end..words.start;
                    let bracket = between.clone().any(|i| matches!(text.fold(i), "(" | "“" | "«" | "\""));
                    let apposed = text.fold(*name_end) == "," && between.len() <= 2;
                    let closed = matches!(text.fold(end), "," | "." | ")" | "”" | "»" | "\"" | ";");
                    !owned && closed && (bracket && between.len() <= CALLED || apposed)
                });
                if let Some(name) = after.or(before.map(|(m, _)| m)).filter(|m| can_be(found, *m)) {
                    parties.by_word.entry(key).or_insert(name);
                }
                t = end;
            }
        }
        parties
    }

    /// Gives the acts that a party did, or that befell one, its name.
    pub(super) fn settle(&self, drafts: &mut [Draft], found: &Findings) {
        let only = only_applicant(drafts, found);
        let named = |called: &Called| self.by_word.get(&called.word).copied().or(only.filter(|_| called.claimant));
        for draft in drafts {
            if draft.body.is_none()
                && let Some(name) = draft.by_party.as_ref().and_then(named)
            {
                draft.body = Some(name);
                if asks(&draft.classes) {
                    draft.participants.push(Participant { mention: name, role: Role::Applicant });
                }
            }
            if let Some(name) = draft.about_party.as_ref().and_then(named)
                && !draft.participants.iter().any(|p| p.role == Role::Subject)
            {
                draft.participants.push(Participant { mention: name, role: Role::Subject });
            }
        }
    }
}

/// The one who brought the only suit or request that names who brought it: whom a document calls the applicant.
fn only_applicant(drafts: &[Draft], found: &Findings) -> Option<MentionIx> {
    let files = drafts.iter().filter(|d| d.classes.contains(&ActClass::File));
    let mut names = files
        .flat_map(|d| d.participants.iter().filter(|p| p.role == Role::Applicant).map(|p| p.mention).chain(d.body))
        .filter(|m| can_be(found, *m));
    let first = names.next()?;
    names.all(|m| actor_of(found, m) == actor_of(found, first)).then_some(first)
}

fn can_be(found: &Findings, mention: MentionIx) -> bool {
    matches!(
        kind_of(found, mention),
        Some(ActorKind::Person | ActorKind::Organisation | ActorKind::Authority | ActorKind::State)
    )
}

/// The beginning of the word by which a party is called: of its longest word, or of its last where adjectives stand before nouns.
pub(super) fn key(text: &Text<'_>, rules: &LangRules, tokens: std::ops::Range<usize>) -> String {
    let last = tokens.end.saturating_sub(1);
    let longest = tokens.max_by_key(|t| text.fold(*t).chars().count()).unwrap_or(last);
    stem(text.fold(if rules.object_side == ObjectSide::Right { longest } else { last }))
}
