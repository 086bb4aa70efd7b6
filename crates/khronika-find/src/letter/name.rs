//! Whether a few words are a person's name, by their shape.

use std::collections::BTreeSet;
use std::ops::Range;

use super::words::{Kind, Words};
use crate::text::{Text, TokenKind};

/// Given names, folded; empty where the data have none.
pub(super) type GivenNames = BTreeSet<String>;

/// The token after the longest beginning of `range` that has the shape of a person's name: two to six words with capitals, initials
/// ("И. И.", "J."), particles between them. Words of organisations and roles end it.
pub(super) fn person(words: &Words, given: &GivenNames, text: &Text<'_>, range: Range<usize>) -> Option<usize> {
    let mut at = range.start;
    let (mut names, mut initials) = (0, 0);
    let mut last = at;
    while at < range.end {
        let Some(token) = text.tokens.get(at) else { break };
        // Petro “Yastrub” Koval
        if names > 0
            && let Some(next) = nickname(text, at, range.end)
        {
            at = next;
            continue;
        }
        if names > 0 && after_name(words, text, at, range.end).is_some() {
            break;
        }
        if token.kind != TokenKind::Word || !token.capital {
            // A small word goes on a name only where a name follows it.
            match words.at(text, at, range.end, Kind::Particle) {
                Some(next)
                    if names + initials > 0 && text.tokens.get(next).is_some_and(|t| t.capital && next < range.end) =>
                {
                    at = next;
                    continue;
                }
                // "оглы", "кызы" stand last.
                Some(next) if names >= 2 && token.kind == TokenKind::Word && next <= range.end => {
                    last = next;
                    break;
                }
                _ => break,
            }
        }
        let point = at + 1 < range.end
            && text.fold(at + 1) == "."
            && text.tokens.get(at + 1).is_some_and(|t| !t.spaced)
            && text.word(at).chars().count() <= 2;
        if point {
            initials += 1;
            at += 2;
            last = at;
            continue;
        }
        if text.word(at).chars().count() == 1 && names > 0 {
            // "John F Smith"
            initials += 1;
            at += 1;
            last = at;
            continue;
        }
        if names > 0 && matches!(text.fold(at), "jr" | "sr" | "ii" | "iii") {
            at += 1;
            last = at;
            continue;
        }
        let known = names == 0 && given.contains(text.fold(at));
        let stop = words.any(
            text,
            at,
            range.end,
            &[
                Kind::Organisation,
                Kind::Cause,
                Kind::Unit,
                Kind::Parent,
                Kind::Role,
                Kind::LeadRole,
                Kind::AcademicRole,
                Kind::Country,
                Kind::Represented,
                Kind::And,
            ],
        );
        if let Some((_, next)) = stop
            && !known
        {
            // A surname may be a word of the lists ("John Bishop", "Anatole France"), where it ends the name after a known given name.
            let surname = names == 1
                && initials == 0
                && next == at + 1
                && next == range.end
                && given.contains(text.fold(range.start));
            if !surname {
                break;
            }
        }
        names += 1;
        at += 1;
        last = at;
        if names > 6 {
            return None;
        }
    }
    (names >= 2 || (names == 1 && initials >= 1)).then_some(last)
}

/// The token after a nickname in quotation marks that stands between two names.
fn nickname(text: &Text<'_>, at: usize, end: usize) -> Option<usize> {
    if !matches!(text.fold(at), "«" | "“" | "„" | "\"") {
        return None;
    }
    let close = (at + 2..end.min(at + 4)).find(|i| matches!(text.fold(*i), "»" | "”" | "“" | "\""))?;
    let inside = (at + 1..close).all(|i| text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word));
    let goes_on = close + 1 < end && text.tokens.get(close + 1).is_some_and(|t| t.kind == TokenKind::Word && t.capital);
    (inside && goes_on).then_some(close + 1)
}

/// The letters that may stand after a name ("KC", "PhD", "O.P.") at token `at`, with their kind and the token after them. Short ones
/// are letters only where they are capitals: "Ma" is a surname.
pub(super) fn after_name(words: &Words, text: &Text<'_>, at: usize, end: usize) -> Option<(Kind, usize)> {
    let found = words.any(text, at, end, &[Kind::PostNominal, Kind::PostRole, Kind::Degree])?;
    let whole = (at..found.1).all(|i| !text.word(i).chars().skip(1).any(char::is_lowercase));
    (whole || found.1 > at + 1 || text.word(at).chars().count() > 2).then_some(found)
}

/// The token after the titles that `range` begins with.
pub(super) fn after_titles(words: &Words, text: &Text<'_>, range: Range<usize>) -> usize {
    let mut at = range.start;
    while let Some(next) = title_at(words, text, at, range.end) {
        at = if next < range.end && matches!(text.fold(next), "." | ",") { next + 1 } else { next };
    }
    at.min(range.end)
}

/// The token after the title at token `at`. "О. Дуб" begins with an initial, "о. Василь" with a title.
pub(super) fn title_at(words: &Words, text: &Text<'_>, at: usize, end: usize) -> Option<usize> {
    let (_, next) = words.any(text, at, end, TITLE)?;
    let word = text.word(at);
    let initial = word.chars().count() == 1 && !word.is_ascii() && text.tokens.get(at).is_some_and(|t| t.capital);
    (!initial).then_some(next)
}

/// Every kind of title before a name.
const TITLE: &[Kind] = &[Kind::Title, Kind::TitlePlural, Kind::ReligiousTitle, Kind::Degree];
