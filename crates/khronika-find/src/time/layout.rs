//! Dates that the layout of a paper cuts: by the end of a page, by the edge of a column.

use std::collections::HashSet;

use khronika_core::Span;

use super::document::Found;
use super::item::{Body, Item};
use super::language::Language;
use super::scan::{self, Tok};
use super::word;

/// How far from its beginning a date may go on, in bytes.
const REACH: usize = 300;
/// The longest line that may be the number of a page or the head of one, in bytes, and its most words.
const PAGE_LINE: usize = 40;
const PAGE_WORDS: usize = 5;
/// How many such lines may stand between the parts of a date.
const PAGE_LINES: usize = 3;
/// The years that a date is completed with.
const YEARS: std::ops::Range<i32> = 1500..2101;

/// Where a date goes on that the tokens before the line break at `at` begin: the year after a day and its month, the month after a day.
/// Blank lines and the number of a page may stand between.
pub(super) fn goes_on(language: &Language, text: &str, (at, to): (usize, usize), run: &[Tok]) -> Option<usize> {
    let last = run.last()?;
    let has = |tok: &Tok, class: u8| tok.mask >> class & 1 != 0;
    let month = |tok: &Tok| tok.word != 0 && has(tok, word::MONTH);
    let day = |tok: &Tok| has(tok, word::DAY) && !has(tok, word::YEAR);
    let after_month = month(last) && run.len() > 1 && run.get(run.len() - 2).is_some_and(day);
    let after_day = day(last) && last.word == 0 && !begins_line(text, last.start);
    if !(after_month || after_day) {
        return None;
    }
    let mut from = at;
    let mut pages = 0;
    while from < to && from - at < REACH {
        let line = text.get(from..to)?;
        let line =
            line.get(..memchr::memchr(b'\n', line.as_bytes().get(..line.len().min(REACH))?).unwrap_or(line.len()))?;
        let begin = from + line.len() - line.trim_start().len();
        let content = line.trim();
        let goes_on = if after_month {
            year(content).is_some()
        } else {
            content.starts_with(char::is_alphabetic)
                && scan::word(language, text, begin, to).0.is_some_and(|tok| month(&tok))
        };
        if goes_on {
            return Some(begin);
        }
        if !content.is_empty() {
            pages += 1;
            if pages > PAGE_LINES || !is_page_line(content) {
                return None;
            }
        }
        from += line.len() + 1;
    }
    None
}

/// True where nothing but white space stands before `at` on its line: a number there is that of a paragraph or a page.
fn begins_line(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| {
        before.trim_end_matches([' ', '\t', '\u{a0}']).ends_with('\n') || before.trim().is_empty()
    })
}

fn is_page_line(line: &str) -> bool {
    line.len() <= PAGE_LINE
        && line.split_whitespace().count() <= PAGE_WORDS
        && line.contains(|c: char| c.is_ascii_digit())
}

/// The year that a line begins with.
fn year(line: &str) -> Option<i32> {
    let end = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
    let year = line.get(..end).filter(|digits| digits.len() == 4)?.parse().ok()?;
    let apart = !line.get(end..)?.starts_with(['/', '-', '(']);
    (apart && YEARS.contains(&year)).then_some(year)
}

/// Completes a day and month at the edge of a column with the year that stands at the beginning of the next line of the column.
pub(super) fn columns(text: &str, found: &mut Vec<Found>) {
    let mut taken: HashSet<Span> = HashSet::new();
    for entry in found.iter_mut() {
        let Item { span, body: Body::Date(cal), shared, note, sure, .. } = &mut entry.item else { continue };
        if cal.year.is_some() || cal.month.is_none() || cal.day.is_none() || cal.step.is_some() {
            continue;
        }
        let Some((year, at)) = below(text, *span) else { continue };
        (cal.year, *shared, *sure) = (Some(year), Some(at), sure.min(0.6));
        *note = Some("its year stands on the next line of its column".to_owned());
        taken.insert(at);
    }
    if !taken.is_empty() {
        found.retain(|entry| !taken.contains(&entry.item.span));
    }
}

/// The year at the beginning of the next line of the column that ends with `span`.
fn below(text: &str, span: Span) -> Option<(i32, Span)> {
    const GAP: &str = "   ";
    let after = text.get(span.end..)?;
    let rest = after.get(..memchr::memchr(b'\n', after.as_bytes().get(..after.len().min(REACH))?)?)?;
    let before = text.get(..span.start)?;
    let mut from = before.len().saturating_sub(REACH);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let line = before.get(from..)?.rsplit('\n').next()?;
    let cell = line.trim_start().rsplit(GAP).next()?.trim_start();
    // Another column stands after it, or before it.
    let last = rest.trim().is_empty() && cell.len() < line.trim_start().len();
    if !(last || rest.starts_with(GAP) && !rest.trim().is_empty()) {
        return None;
    }
    let column = line.chars().count() - cell.chars().count();
    let begin = span.end + rest.len() + 1;
    let next = text.get(begin..)?;
    let next =
        next.get(..memchr::memchr(b'\n', next.as_bytes().get(..next.len().min(REACH))?).unwrap_or(next.len()))?;
    let at = next.char_indices().nth(column)?.0;
    // A column may be shifted by a character.
    let (left, right) = next.split_at_checked(at)?;
    let inner = right.trim_start_matches(' ');
    let shift = right.len() - inner.len();
    let year = year(inner).filter(|_| shift <= 1 && (left.trim().is_empty() || left.ends_with("  ")))?;
    let start = begin + at + shift;
    Some((year, Span::new(start, start + 4)))
}
