//! Decisions of other cases that a paper leans on: "сослался на постановление Верховного суда от 17 сентября 2020 года по делу № 743/19".
//!
//! Three things must come together, all words of the data: a high court or committee, a word of leaning on what it said, and the number of
//! its paper right behind the date. The decisions of the case itself are told with one or two of them.

use khronika_core::Span;

use super::role::Roles;
use super::window::{clip, paragraph_end, paragraph_start};
use super::word;

/// How far (bytes) the number may stand behind the date, and how far the other words are looked for.
const NUMBER: usize = 40;
const BEFORE: usize = 240;
const AFTER: usize = 260;

/// Signs of a number, folded.
const SIGNS: &[&str] = &["№", "n°", "nº", "no.", "no "];

impl Roles {
    /// True for the date of a decision that is leant on.
    pub(super) fn is_authority(&self, text: &str, span: Span) -> bool {
        if self.high.is_empty() {
            return false;
        }
        let close = clip(text, span.end, span.end + NUMBER);
        let close = close.get(..paragraph_end(close).unwrap_or(close.len())).unwrap_or("");
        if !close.bytes().any(|b| b.is_ascii_digit()) {
            return false;
        }
        let close = word::fold(close);
        if !SIGNS.iter().any(|sign| close.contains(sign)) {
            return false;
        }
        let before = clip(text, span.start.saturating_sub(BEFORE), span.start);
        let before = before.get(paragraph_start(before).unwrap_or(0)..).unwrap_or("");
        let before = word::fold(before.rsplit_once(". ").map_or(before, |(_, last)| last));
        let after = clip(text, span.end, span.end + AFTER);
        let after = after.get(..paragraph_end(after).unwrap_or(after.len())).unwrap_or("");
        let after = word::fold(after.split_once(". ").map_or(after, |(first, _)| first));
        let says = |cues: &[String]| cues.iter().any(|cue| begins_word(&before, cue) || begins_word(&after, cue));
        says(&self.high) && says(&self.authority)
    }
}

/// True where a word of `text` begins with `cue`.
fn begins_word(text: &str, cue: &str) -> bool {
    text.match_indices(cue).any(|(at, _)| !text.get(..at).unwrap_or("").ends_with(char::is_alphanumeric))
}
