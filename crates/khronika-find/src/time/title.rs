//! Dates in and after the titles of papers: the title of a law in quotes, the names of the parties of a cited judgment.

use khronika_core::letter::is_alphanumeric;
use khronika_core::{DateRole, Span};

use super::role::{NORM, OF, Roles};
use super::window::contains_word;
use super::word;

/// How far back (bytes) the beginning of a title that a date stands in is looked for, and of one that ends before the date.
const INSIDE: usize = 300;
const TITLE: usize = 700;
/// How many words before a title its noun may stand.
const NOUN: usize = 4;
/// How far (bytes) those words are looked at.
const NOUN_REACH: usize = 80;
/// How many words the name of the second party may have.
const PARTY: usize = 6;

impl Roles {
    /// Norm, citation or other, for a date in the title of a paper or right after one; `None` where there is no title.
    pub(super) fn in_title(&self, text: &str, span: Span) -> Option<DateRole> {
        let before = text.get(..span.start)?;
        if let Some(open) = opening(before, INSIDE) {
            return self.titled(before.get(..open)?);
        }
        // "…» від 9 квітня 1992 року": the title ends before the word that ties the date to it.
        let close = before.trim_end();
        let tie = close.rsplit(|c: char| !c.is_alphabetic()).next()?;
        if tie.is_empty() || !self.is(tie, OF) {
            return None;
        }
        let close = close.get(..close.len() - tie.len())?.trim_end();
        let Some(inside) = close.strip_suffix(['»', '”', '"', '“']) else {
            return self.follows_parties(close).then_some(DateRole::Citation);
        };
        let open = opening(inside, TITLE)?;
        let title = word::fold(inside.get(open..)?);
        if self.versus.iter().chain(&self.parties).any(|cue| contains_word(&title, cue)) {
            return Some(DateRole::Citation);
        }
        self.titled(inside.get(..open)?).filter(|role| *role == DateRole::Norm)
    }

    /// What the words before a title make of the dates in it.
    fn titled(&self, before: &str) -> Option<DateRole> {
        let before = before.trim_end();
        let mut from = before.len().saturating_sub(NOUN_REACH);
        while !before.is_char_boundary(from) {
            from += 1;
        }
        let before = before.get(from..)?;
        // A colon or a comma begins what somebody says.
        if before.ends_with([':', ',']) {
            return None;
        }
        let between = |c: char| !(is_alphanumeric(c) || matches!(c, '-' | '№' | '°'));
        let mut words = before.split(between).rev().filter(|w| !w.is_empty());
        let last = words.next()?;
        if self.is(last, NORM) || words.clone().take(NOUN - 1).any(|w| self.is(w, NORM)) {
            return Some(DateRole::Norm);
        }
        let numbered =
            last.starts_with(|c: char| c.is_ascii_digit()) && words.next().is_some_and(|w| w.ends_with(['№', '°']));
        numbered.then_some(DateRole::Other)
    }

    /// True where a text ends with the names of two parties, as in "Dupont c. France".
    fn follows_parties(&self, text: &str) -> bool {
        let mut from = text.len().saturating_sub(NOUN_REACH * 2);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let mut words = text.get(from..).unwrap_or("").split_whitespace().rev();
        let mut names = 0;
        for w in words.by_ref().take(PARTY) {
            if names > 0 && self.parties.iter().any(|cue| word::fold(w) == *cue) {
                return words.next().is_some_and(|w| w.contains(char::is_uppercase));
            }
            let capital = w.starts_with(char::is_uppercase);
            if !capital && w.chars().count() > 3 {
                return false;
            }
            names += usize::from(capital);
        }
        false
    }
}

/// Where the last quotation begins that is open at the end of `before`, within `reach` bytes and its paragraph.
fn opening(before: &str, reach: usize) -> Option<usize> {
    let bytes = before.as_bytes();
    let from = bytes.len().saturating_sub(reach);
    let window = bytes.get(from..)?;
    for at in memchr::memrchr3_iter(b'"', 0xc2, 0xe2, window).map(|at| at + from) {
        let Some(c) = before.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let begins = || before.get(..at).is_some_and(|b| b.is_empty() || b.ends_with([' ', '\n', '(', '\u{a0}']));
        match c {
            '«' | '„' => return apart(before, at),
            '»' | '”' => return None,
            '"' | '“' => return if begins() { apart(before, at) } else { None },
            _ => {}
        }
    }
    None
}

/// The place, unless a paragraph ends after it.
fn apart(before: &str, at: usize) -> Option<usize> {
    before.get(at..).is_some_and(|rest| !rest.contains("\n\n")).then_some(at)
}
