//! Who "the complainant", "l'intéressé", "защитник" or "you" is, where the text names just one whom it calls so.
//!
//! A ruling names the parties once and speaks of their parts from then on. The words beside a name tell the part: "the complainant is
//! F.N.", "адвокат Ветров", "Mme Durand (la requérante)". A part with two names is nobody's.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{ActorKind, EventStatus, Findings, Mention, MentionIx, Role, StatementFinding};

use super::antecedent::CONFIDENCE;
use super::speaker::Seeker;
use super::words::{Kind, Words};
use crate::text::Text;

/// The longest phrase for a part, in tokens.
const LONGEST: usize = 3;
/// The most tokens of the words of a speaker that are looked at.
const WORDS: usize = 8;

/// Gives the statements whose speaker is a part of the case the only one who has it.
pub(super) fn resolve(text: &Text<'_>, words: &Words, found: &Findings, all: &mut [StatementFinding]) {
    let open = |s: &StatementFinding| s.speaker.is_none() && s.speaker_words.is_some();
    if !all.iter().any(open) {
        return;
    }
    let named = named(text, words, found);
    let party = only_party(found);
    for statement in all.iter_mut().filter(|s| open(s)) {
        let Some(span) = statement.speaker_words.filter(|w| *w != statement.verb) else { continue };
        let tokens = text.tokens_in(span);
        let Some(lang) = text.sentence_at(span.start).and_then(|s| text.sentences.get(s)).map(|s| s.lang) else {
            continue;
        };
        if tokens.len() > WORDS {
            continue;
        }
        let you = || words.at(text, lang, tokens.start, tokens.end, &[Kind::Addressee]) == Some(tokens.end);
        // "The prosecutor's office" is no prosecutor, and "Vane's lawyer" may be another than Holt's.
        let ends = |at: usize| at >= tokens.end || words.at(text, lang, at, at + 1, &[Kind::Preposition]).is_some();
        let person = |m: &Mention| found.actors.get(m.actor).is_some_and(|a| a.kind == ActorKind::Person);
        let first = found.mentions.partition_point(|m| m.span.end <= span.start);
        let mut inside = found.mentions.iter().skip(first).take_while(|m| m.span.start < span.end);
        if inside.any(person) {
            continue;
        }
        let part =
            tokens.clone().find_map(|at| words.part(text, lang, at, tokens.end).filter(|(_, _, end)| ends(*end)));
        let mention = match part {
            Some((row, whole, _)) => {
                let bearers = named.get(row).map_or(&[][..], Vec::as_slice);
                match bearers {
                    [one] => Some(*one),
                    [] if whole => party,
                    _ => None,
                }
            }
            None if found.letter.is_none() && you() => party,
            None => None,
        };
        if let Some(mention) = mention {
            statement.speaker = Some(mention);
            statement.confidence = statement.confidence.min(CONFIDENCE);
            let actor = found.mentions.get(mention).map(|m| m.actor);
            statement.about.retain(|m| found.mentions.get(*m).map(|m| m.actor) != actor);
        }
    }
}

/// By row of words: the people who are called so, each by one mention.
fn named<'a>(text: &Text<'_>, words: &'a Words, found: &Findings) -> BTreeMap<&'a str, Vec<MentionIx>> {
    let mut all: BTreeMap<&str, Vec<MentionIx>> = BTreeMap::new();
    let mut seen: BTreeSet<(&str, usize)> = BTreeSet::new();
    for (ix, mention) in found.mentions.iter().enumerate() {
        if found.actors.get(mention.actor).is_none_or(|a| a.kind != ActorKind::Person) {
            continue;
        }
        let Some(sentence) = text.sentence_at(mention.span.start).and_then(|s| text.sentences.get(s)) else { continue };
        let tokens = text.tokens_in(mention.span);
        // "Адвокат Ветровой": whose lawyer it is.
        let seeker = Seeker { words, text, found, lang: sentence.lang };
        if seeker.is_genitive(ix) {
            continue;
        }
        let (lang, low, high) = (sentence.lang, sentence.tokens.start, sentence.tokens.end);
        let is = |at: usize, kinds: &[Kind]| words.at(text, lang, at, at + 1, kinds).is_some();
        // "Адвокат Ветров", "the complainant is F.N.", "the complainant, Mr Vane".
        let mut end = tokens.start;
        while end > low && (is(end - 1, &[Kind::HeTitle, Kind::SheTitle]) || text.fold(end - 1) == ".") {
            end -= 1;
        }
        if end > low && (matches!(text.fold(end - 1), "," | ":") || is(end - 1, &[Kind::Passive])) {
            end -= 1;
        }
        let before = (1..=LONGEST).filter_map(|n| end.checked_sub(n)).filter(|at| *at >= low);
        let before = before.filter_map(|at| words.part_at(text, lang, at, end)).find(|(_, last)| *last == end);
        // "Ветров (заявитель)", "Mr Vane, the applicant,".
        let mut at = tokens.end;
        let after = (at < high && matches!(text.fold(at), "(" | ",")).then(|| {
            at += 1;
            while at < high && is(at, &[Kind::Article]) {
                at += 1;
            }
            let (row, last) = words.part_at(text, lang, at, high)?;
            matches!(text.fold(last), ")" | ",").then_some((row, last))
        });
        for (row, _) in before.into_iter().chain(after.flatten()) {
            if seen.insert((row, mention.actor)) {
                all.entry(row).or_default().push(ix);
            }
        }
    }
    all
}

/// The only person whom the acts of a document befell or who asked in it.
fn only_party(found: &Findings) -> Option<MentionIx> {
    let mut only: Option<(usize, MentionIx)> = None;
    for act in found.acts.iter().filter(|a| a.status == EventStatus::Actual) {
        for part in &act.participants {
            let role = matches!(part.role, Role::Subject | Role::Recipient | Role::Applicant);
            let Some(actor) = found.mentions.get(part.mention).map(|m| m.actor).filter(|_| role) else { continue };
            if found.actors.get(actor).is_none_or(|a| a.kind != ActorKind::Person) {
                continue;
            }
            match only {
                Some((known, _)) if known != actor => return None,
                Some(_) => {}
                None => only = Some((actor, part.mention)),
            }
        }
    }
    only.map(|(_, mention)| mention)
}
