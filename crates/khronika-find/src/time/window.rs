//! Pieces of text around a date, and whether a word stands in them.

use khronika_core::Span;

use super::word;

/// How far back (bytes) the noun that a date belongs to is looked for.
const BACK: usize = 180;
/// How far a reference may go on after a date.
const AHEAD: usize = 90;

/// What stands behind the last of some ASCII marks.
pub(super) fn behind_last<'t>(text: &'t str, marks: &[u8]) -> &'t str {
    let at = text.bytes().rposition(|b| marks.contains(&b)).map_or(0, |at| at + 1);
    text.get(at..).unwrap_or("")
}

/// What stands before the first of some ASCII marks.
pub(super) fn until_first<'t>(text: &'t str, marks: &[u8]) -> &'t str {
    let at = text.bytes().position(|b| marks.contains(&b)).unwrap_or(text.len());
    text.get(..at).unwrap_or("")
}

/// True where `cue` stands in `text` and no letter stands before or after it.
pub(super) fn contains_word(text: &str, cue: &str) -> bool {
    text.match_indices(cue).any(|(at, _)| is_word(text, at, at + cue.len()))
}

/// True where no letter or digit goes on before or after a piece of `text`.
pub(super) fn is_word(text: &str, start: usize, end: usize) -> bool {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let last = text.get(start..end).and_then(|t| t.chars().next_back());
    let after = text.get(end..).and_then(|t| t.chars().next());
    apart(before) && (apart(after) || apart(last))
}

/// True where two bytes can be those of one letter, as written and folded: most phrases are told apart by one look.
pub(super) fn may_be_one(written: Option<&u8>, folded: Option<&u8>) -> bool {
    match (written, folded) {
        (Some(written), Some(folded)) => {
            !(written.is_ascii() && folded.is_ascii_alphabetic()) || written.to_ascii_lowercase() == *folded
        }
        _ => true,
    }
}

/// Where the paragraph ends that goes on at the beginning of `text`, and where that begins that goes on at its end.
pub(super) fn paragraph_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'\n', bytes).find(|at| bytes.get(at + 1) == Some(&b'\n'))
}

pub(super) fn paragraph_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memrchr_iter(b'\n', bytes).find(|at| bytes.get(at + 1) == Some(&b'\n')).map(|at| at + 2)
}

/// What follows `cue`, which is folded, where `text` begins with it.
pub(super) fn begins<'t>(text: &'t str, cue: &str) -> Option<&'t str> {
    if !may_be_one(text.as_bytes().first(), cue.as_bytes().first()) {
        return None;
    }
    let mut wanted = cue.chars();
    let mut rest = text.chars();
    while !wanted.as_str().is_empty() {
        let mut same = true;
        word::fold_char(rest.next()?, |c| same &= wanted.next() == Some(c));
        if !same {
            return None;
        }
    }
    Some(rest.as_str())
}

/// A piece of a text, its ends moved back to characters.
pub(super) fn clip(text: &str, from: usize, to: usize) -> &str {
    let back = |at: usize| {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    text.get(back(from)..back(to)).unwrap_or("")
}

/// The words of the paragraph before a date, as far as they are looked at.
pub(super) fn window_before(text: &str, start: usize) -> &str {
    let mut from = start.saturating_sub(BACK);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let window = text.get(from..start).unwrap_or("");
    window.get(paragraph_start(window).unwrap_or(0)..).unwrap_or("")
}

/// The words of the paragraph behind a date, as far as they are looked at.
pub(super) fn window_after(text: &str, end: usize) -> &str {
    let mut to = (end + AHEAD).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let window = text.get(end..to).unwrap_or("");
    window.get(..paragraph_end(window).unwrap_or(window.len())).unwrap_or("")
}

/// True inside a web address or a file path.
pub(super) fn in_address(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or("");
    let mut from = before.len().saturating_sub(120);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let word = before.get(from..).unwrap_or("").rsplit(char::is_whitespace).next().unwrap_or("");
    word.len() > 4 && (word.contains("://") || word.starts_with("www.") || word.to_ascii_lowercase().contains("ecli:"))
}
