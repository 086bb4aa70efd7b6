//! A signature entry cut at its commas, dashes and brackets, but not inside quotation marks.

use std::ops::Range;

use super::affiliation::{ORGANISATION, ROLE, town_mark};
use super::name::{self, GivenNames};
use super::words::{Kind, Words};
use crate::text::{Text, TokenKind};

/// A part of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// Its tokens, without the marks around it.
    pub(super) tokens: Range<usize>,
    /// What stands before it.
    pub(super) before: Before,
}

/// What parts a segment from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing: the first segment.
    Nothing,
    /// A comma.
    Comma,
    /// A semicolon.
    Semicolon,
    /// A dash, slash or colon after the first segment.
    Dash,
    /// An opening bracket.
    Bracket,
    /// A comma inside a bracket.
    Inside,
    /// The bracket around an acronym of what stands before it.
    Acronym,
    /// The bracket around the place of the organisation before it.
    Place,
    /// A new line, tab, wide space or table bar.
    Line,
}

/// Cuts the tokens of `range`. `breaks` are the tokens that begin a line where the line break parts two segments.
pub(super) fn cut(
    words: &Words,
    given: &GivenNames,
    text: &Text<'_>,
    range: Range<usize>,
    breaks: &[usize],
) -> Vec<Segment> {
    cut_with(words, given, text, range.clone(), breaks, true)
        .or_else(|| cut_with(words, given, text, range, breaks, false))
        .unwrap_or_default()
}

/// `None` where a quotation mark has no partner and `quotes` asks to heed them.
fn cut_with(
    words: &Words,
    given: &GivenNames,
    text: &Text<'_>,
    range: Range<usize>,
    breaks: &[usize],
    quotes: bool,
) -> Option<Vec<Segment>> {
    let mut found: Vec<Segment> = Vec::new();
    let mut depth = 0_usize;
    let mut straight = false;
    let mut start = range.start;
    let mut before = Before::Nothing;
    let mut at = range.start;
    let close = |found: &mut Vec<Segment>, from: usize, to: usize, before: Before| {
        let tokens = trim(text, from..to);
        if !tokens.is_empty() {
            found.push(Segment { tokens, before: if found.is_empty() { Before::Nothing } else { before } });
        }
    };
    while at < range.end {
        let mark = text.fold(at);
        let new_line = at > start && depth == 0 && !straight && (breaks.contains(&at) || wide_before(text, at));
        if quotes && !new_line {
            match mark {
                "«" | "„" => depth += 1,
                "“" if depth == 0 || text.tokens.get(at).is_some_and(|t| t.spaced) => depth += 1,
                "»" | "”" | "“" => depth = depth.saturating_sub(1),
                "\"" => straight = !straight,
                _ => {}
            }
            if depth > 0 || straight {
                at += 1;
                continue;
            }
        }
        let first = found.is_empty();
        let (cut, next) = match mark {
            _ if new_line => (Some(Before::Line), at),
            "," => (Some(Before::Comma), at + 1),
            ";" => (Some(Before::Semicolon), at + 1),
            "|" => (Some(Before::Line), at + 1),
            ":" if first => (Some(Before::Dash), at + 1),
            "-" | "–" | "—" | "―" | "−" if first && at > start && spaced_both(text, at) => {
                (Some(Before::Dash), at + 1)
            }
            "/" if at > start && spaced_both(text, at) => (Some(Before::Dash), at + 1),
            "(" | "[" => {
                if let Some(end) = bracket_end(text, at, range.end) {
                    let inside = at + 1..end;
                    let last = end + 1 >= range.end
                        || matches!(text.fold(end + 1), "," | ";" | "." | "-" | "–" | "—" | "|" | "/")
                        || wide_before(text, end + 1)
                        || breaks.contains(&(end + 1));
                    let says = bracket(words, given, text, start..at, inside.clone(), last);
                    if says != Says::Part {
                        close(&mut found, start, at, before);
                        let mut before_inside = match says {
                            Says::Acronym => Before::Acronym,
                            Says::Place => Before::Place,
                            _ => Before::Bracket,
                        };
                        if says != Says::Nothing {
                            let mut from = inside.start;
                            for i in inside.clone().filter(|i| matches!(text.fold(*i), "," | ";")) {
                                close(&mut found, from, i, before_inside);
                                before_inside = Before::Inside;
                                from = i + 1;
                            }
                            close(&mut found, from, inside.end, before_inside);
                        }
                        start = end + 1;
                        before = Before::Bracket;
                    }
                    at = end + 1;
                    continue;
                }
                (None, at + 1)
            }
            _ => (None, at + 1),
        };
        if let Some(cut) = cut {
            close(&mut found, start, at, before);
            start = next;
            before = cut;
        }
        at = next.max(at + usize::from(!new_line));
        if new_line {
            // The token after the break is looked at again, now as the first of its segment.
            start = at;
        }
    }
    if quotes && (depth > 0 || straight) {
        return None;
    }
    close(&mut found, start, range.end, before);
    Some(found)
}

/// What a bracket is to the words before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// A part of the name or role: "Writers (and Readers) Union".
    Part,
    /// A remark or a span of years: left out.
    Nothing,
    /// A segment of its own, or several.
    More,
    Acronym,
    Place,
}

fn bracket(
    words: &Words,
    given: &GivenNames,
    text: &Text<'_>,
    ahead: Range<usize>,
    inside: Range<usize>,
    last: bool,
) -> Says {
    let word = |i: usize| text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word);
    if words.has(text, inside.clone(), &[Kind::Note, Kind::Signed]) || !inside.clone().any(word) {
        return Says::Nothing;
    }
    let full = |range: Range<usize>| {
        let from = name::after_titles(words, text, range.clone());
        name::person(words, given, text, from..range.end) == Some(range.end)
    };
    if full(ahead.clone()) {
        return Says::More;
    }
    // "Lesya (Olena Koval)", "Union of Printers (Ada Holt)", "Union of Printers (chair Ada Holt)"
    let named = (inside.start..inside.end.min(inside.start + 8)).any(|k| full(k..inside.end))
        && (full(inside.clone()) || words.has(text, inside.clone(), ROLE));
    if named {
        return Says::More;
    }
    let place = words.any(text, inside.start, inside.end, &[Kind::Country, Kind::Town]);
    let marked = town_mark(words, text, inside.start, inside.end).is_some()
        || (inside.start + 1..inside.end.min(inside.start + 4))
            .any(|at| town_mark(words, text, at, inside.end) == Some(inside.end));
    if last && (marked || place.is_some_and(|(_, to)| to == inside.end)) {
        return Says::Place;
    }
    let one = inside.len() == 1 && word(inside.start);
    // "(Greyport, Northshire)"
    let listed = inside.len() <= 5
        && inside.clone().enumerate().all(|(n, i)| if n % 2 == 0 { word(i) } else { text.fold(i) == "," });
    let name = text.word(inside.start);
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    if one && ahead.len() >= 2 && capitals >= 2 && capitals * 2 >= name.chars().count() {
        return Says::Acronym;
    }
    let body = words.has(text, ahead.clone(), ORGANISATION)
        || ahead.clone().any(|i| matches!(text.fold(i), "«" | "“" | "„" | "\""));
    let unknown = |i: usize| {
        let name = text.word(i);
        text.tokens.get(i).is_some_and(|t| t.capital)
            && name.chars().skip(1).any(char::is_lowercase)
            && words.any(text, i, inside.end, ORGANISATION).is_none()
            && words.any(text, i, inside.end, ROLE).is_none()
    };
    if listed && last && body && inside.clone().step_by(2).all(unknown) {
        return Says::Place;
    }
    Says::Part
}

/// `range` without marks at either end that belong to no name: bullets, stars, commas, points.
pub(super) fn trim(text: &Text<'_>, mut range: Range<usize>) -> Range<usize> {
    while range.start < range.end && is_outer(text.fold(range.start)) {
        range.start += 1;
    }
    while range.start < range.end {
        let last = range.end - 1;
        let mark = text.fold(last);
        // "И. И." and "Ltd." keep their point.
        let short = mark == "."
            && last > range.start
            && text.tokens.get(last - 1).is_some_and(|t| t.kind == TokenKind::Word && t.capital)
            && text.word(last - 1).chars().count() <= 3;
        if short || !(is_outer(mark) || mark == ".") {
            break;
        }
        range.end = last;
    }
    range
}

fn is_outer(mark: &str) -> bool {
    matches!(
        mark,
        "," | ";"
            | ":"
            | "*"
            | "_"
            | "•"
            | "·"
            | "▪"
            | "◦"
            | "●"
            | "■"
            | "-"
            | "–"
            | "—"
            | "―"
            | "|"
            | "/"
            | "\\"
            | ">"
            | "†"
            | "‡"
            | "…"
            | "~"
            | "✓"
            | "¹"
            | "²"
            | "³"
            | "⁴"
    )
}

fn spaced_both(text: &Text<'_>, at: usize) -> bool {
    text.tokens.get(at).is_some_and(|t| t.spaced) && text.tokens.get(at + 1).is_some_and(|t| t.spaced)
}

/// True where a tab or at least three spaces stand before token `at`.
fn wide_before(text: &Text<'_>, at: usize) -> bool {
    let (Some(a), Some(b)) = (at.checked_sub(1).and_then(|i| text.tokens.get(i)), text.tokens.get(at)) else {
        return false;
    };
    let between = text.str().get(a.span.end..b.span.start).unwrap_or("");
    between.contains('\t') || (between.len() >= 3 && !between.contains('\n'))
}

/// The closing bracket of the one at `at`, with no other bracket between.
fn bracket_end(text: &Text<'_>, at: usize, end: usize) -> Option<usize> {
    let close = if text.fold(at) == "(" { ")" } else { "]" };
    (at + 1..end.min(at + 40))
        .find(|i| matches!(text.fold(*i), ")" | "]" | "(" | "["))
        .filter(|i| text.fold(*i) == close)
}
