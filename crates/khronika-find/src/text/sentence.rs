//! Where a sentence ends.

use std::ops::Range;

use khronika_core::Block;

use super::abbreviation::Point;
use super::{Abbreviations, Text, TokenKind};

/// A verb that comes after so many words is not waited for.
const WAITING: usize = 40;

/// The index one past the last token of the sentence that begins at `tokens.start`.
///
/// A sentence ends at `.`, `!`, `?` or `…` (with closing quotes and brackets after it) where white space and then a capital, a digit,
/// an opening mark or the end of the block follows, or where two sentences are run together ("the Netherlands.The State Secretary").
/// A point does not end it after an abbreviation or a single capital letter, nor
/// after a number that a small letter follows.
pub(super) fn end(text: &Text<'_>, tokens: Range<usize>, block: &Block, abbreviations: &Abbreviations) -> usize {
    let mut at = tokens.start;
    while at < tokens.end {
        let mark = text.fold(at);
        if !matches!(mark, "." | "!" | "?" | "…") {
            at += 1;
            continue;
        }
        let mut next = at + 1;
        while next < tokens.end
            && matches!(text.fold(next), "." | "!" | "?" | "…" | "”" | "»" | "\"" | ")" | "]" | "'" | "’")
            && !text.tokens.get(next).is_some_and(|t| t.spaced)
        {
            next += 1;
        }
        if next >= tokens.end {
            return tokens.end;
        }
        if run_together(text, tokens.clone(), at, next) {
            return next;
        }
        if starts_sentence(text, next) && !(mark == "." && keeps(text, tokens.start, at, next, block, abbreviations)) {
            return next;
        }
        at = next;
    }
    tokens.end
}

fn starts_sentence(text: &Text<'_>, index: usize) -> bool {
    let Some(token) = text.tokens.get(index) else { return true };
    token.spaced
        && (token.capital
            || token.kind == TokenKind::Number
            || matches!(text.fold(index), "“" | "«" | "\"" | "„" | "(" | "[" | "–" | "—" | "-" | "•" | "'" | "’"))
}

/// True where a point stands between two sentences without a space: a whole word or a bracket before it, a capitalised word after it,
/// and nothing of an address ("Ivan.Petrov@example.org", "Example.Com").
fn run_together(text: &Text<'_>, tokens: Range<usize>, at: usize, next: usize) -> bool {
    let (Some(point), Some(after)) = (text.tokens.get(at), text.tokens.get(next)) else { return false };
    if point.spaced || after.spaced || !after.capital || after.kind != TokenKind::Word {
        return false;
    }
    let small = |word: &str| word.chars().nth(1).is_some_and(char::is_lowercase);
    let Some(before) = at.checked_sub(1).filter(|b| *b >= tokens.start) else { return false };
    let whole = match text.fold(before) {
        ")" | "”" | "»" => true,
        _ => text.word(before).chars().count() >= 4 && small(text.word(before)),
    };
    let address = |t: usize| {
        matches!(text.fold(t), "@" | "/") || text.fold(t) == "." && !text.tokens.get(t + 1).is_some_and(|t| t.spaced)
    };
    whole
        && small(text.word(next))
        && !address(next + 1)
        && !before.checked_sub(1).is_some_and(|b| b >= tokens.start && address(b))
}

/// True where the point at token `at` belongs to the word before it and the sentence goes on.
fn keeps(text: &Text<'_>, first: usize, at: usize, next: usize, block: &Block, abbreviations: &Abbreviations) -> bool {
    let Some(before) = at.checked_sub(1).filter(|b| *b >= first) else { return false };
    let Some(token) = text.tokens.get(before) else { return false };
    if text.tokens.get(at).is_some_and(|t| t.spaced) {
        return false;
    }
    if next > at + 1 {
        // "M. C... A...": a name whose letters a court cut.
        return token.capital && text.fold(before).chars().count() == 1 && text.fold(at + 1) == ".";
    }
    match token.kind {
        // "1. The court": a numbered paragraph, not a sentence that ends.
        TokenKind::Number => {
            before == first && text.tokens.get(next).is_some_and(|t| t.capital) && token.span.len() <= 3
        }
        TokenKind::Mark => false,
        TokenKind::Word => {
            let word = text.fold(before);
            if token.capital && word.chars().count() == 1 {
                return true;
            }
            match abbreviations.point_after(block.lang, word) {
                Point::Never => true,
                Point::Maybe => !text.tokens.get(next).is_some_and(|t| t.capital),
                Point::AfterNumber => {
                    let counted =
                        before > first && text.tokens.get(before - 1).is_some_and(|t| t.kind == TokenKind::Number);
                    let small = |t: usize| text.tokens.get(t).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
                    let words = (first..before).filter(|t| *t == first || small(*t)).map(|t| text.fold(t));
                    !counted
                        || !text.tokens.get(next).is_some_and(|t| t.capital)
                        || before < first + WAITING && abbreviations.waits_for_verb(block.lang, words)
                }
                Point::Ends => false,
            }
        }
    }
}
