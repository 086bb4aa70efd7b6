//! Sentences: a text is cut after a mark that may end one unless a rule of razdel's keeps both sides together.

use std::collections::HashSet;

use super::{Classes, DASHES, ENDINGS, is_lower, is_space, is_upper, only, smiley};

/// Rules look at so many characters on either side of a mark.
const WINDOW: usize = 10;
/// What begins a list is no longer than so many characters.
const LONGEST_BULLET: usize = 20;
const GENERIC_QUOTES: &str = "\"„'";
const CLOSING_QUOTES: &str = "»”’";
const CLOSING_BRACKETS: &str = ")]}";
/// Letters that number the items of a list.
const BULLETS: &str = "§абвгдеabcdef";
const ROMAN: &str = "IVXML";

const ABBREVIATIONS: &str = include_str!("abbreviations.txt");

/// The rows of a kind in the list of abbreviations, each as its words.
pub(super) fn words_of(kind: &str) -> impl Iterator<Item = impl Iterator<Item = &'static str>> {
    let rows = ABBREVIATIONS.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(move |line| {
        let mut words = line.split(' ');
        (words.next() == Some(kind)).then_some(words)
    })
}

/// What finds sentences.
#[derive(Debug)]
pub(crate) struct Sentences {
    /// Abbreviations that never end a sentence, and all of them.
    heads: HashSet<&'static str>,
    all: HashSet<&'static str>,
    head_pairs: HashSet<(&'static str, &'static str)>,
    all_pairs: HashSet<(&'static str, &'static str)>,
    initials: HashSet<&'static str>,
}

/// A place where a sentence may end, with what is about it.
struct Place<'a> {
    /// What was not yet given to a sentence before the mark.
    buffer: &'a str,
    left: &'a str,
    mark: &'a str,
    right: &'a str,
    left_token: &'a str,
    right_token: &'a str,
}

impl Sentences {
    pub(crate) fn new() -> Self {
        let words = |kinds: &[&str]| kinds.iter().flat_map(|kind| words_of(kind).flatten()).collect();
        let pairs = |kinds: &[&str]| {
            let rows = kinds.iter().flat_map(|kind| words_of(kind));
            rows.filter_map(|mut row| Some((row.next()?, row.next()?))).collect()
        };
        Self {
            heads: words(&["head"]),
            all: words(&["tail", "head", "other"]),
            head_pairs: pairs(&["head-pair"]),
            all_pairs: pairs(&["tail-pair", "head-pair", "other-pair"]),
            initials: words(&["initial"]),
        }
    }

    /// Where sentences end, in bytes, but for the last.
    pub(crate) fn ends(&self, classes: &Classes, text: &str) -> Vec<usize> {
        let mut ends = Vec::new();
        let (mut begin, mut at) = (0, 0);
        while let Some(rest) = text.get(at..)
            && let Some(next) = rest.find(is_mark)
        {
            let start = at + next;
            let rest = text.get(start..).unwrap_or_default();
            let Some(len) = mark(rest) else {
                // Eyes without a mouth.
                at = start + 1;
                continue;
            };
            let end = start + len;
            let left = last_chars(text.get(..start).unwrap_or_default(), WINDOW);
            let right = first_chars(text.get(end..).unwrap_or_default(), WINDOW);
            let (Some(left_token), Some(right_token)) = (last_token(classes, left), first_token(classes, right)) else {
                at = end;
                continue;
            };
            let place = Place {
                buffer: text.get(begin..start).unwrap_or_default(),
                left,
                mark: text.get(start..end).unwrap_or_default(),
                right,
                left_token,
                right_token,
            };
            if !self.joins(classes, &place) {
                ends.push(end);
                begin = end;
            }
            at = end;
        }
        ends
    }

    /// Whether what stands on both sides of a mark belongs to one sentence.
    fn joins(&self, classes: &Classes, place: &Place<'_>) -> bool {
        !place.right.starts_with(is_space)
            || is_lower_alpha(classes, place.right_token)
            || mark_follows(place)
            || self.is_abbreviation(classes, place)
            || self.is_initial(place)
            || is_list_item(classes, place)
            || closes(place)
            || dash_follows(classes, place)
    }

    fn is_abbreviation(&self, classes: &Classes, place: &Place<'_>) -> bool {
        if place.mark != "." {
            return false;
        }
        // What follows an abbreviation that may end a sentence: a number, a sign, a word in small letters.
        let goes_on = |token: &str| classes.is_digit(token) || !classes.is_alpha(token) || is_lower(token);
        let (left, right) = (place.left_token.to_lowercase(), place.right_token.to_lowercase());
        let single =
            || self.heads.contains(left.as_str()) || self.all.contains(left.as_str()) && goes_on(place.right_token);
        let known = match pair(classes, place.left).map(|(a, b)| (a.to_lowercase(), b.to_lowercase())) {
            Some((a, b)) if self.head_pairs.contains(&(a.as_str(), b.as_str())) => true,
            // A pair that may end a sentence, and does, is not looked at as a single abbreviation.
            Some((a, b)) if self.all_pairs.contains(&(a.as_str(), b.as_str())) => goes_on(place.right_token),
            _ => single(),
        };
        known || self.all_pairs.contains(&(left.as_str(), right.as_str()))
    }

    fn is_initial(&self, place: &Place<'_>) -> bool {
        let left = place.left_token;
        place.mark == "."
            && ((only(left).is_some() && is_upper(left)) || self.initials.contains(left.to_lowercase().as_str()))
    }
}

/// What a mark may begin with.
fn is_mark(c: char) -> bool {
    matches!(c, '=' | ':') || is_delimiter(c)
}

/// A character that may end a sentence.
fn is_delimiter(c: char) -> bool {
    ENDINGS.contains(c)
        || c == ';'
        || GENERIC_QUOTES.contains(c)
        || CLOSING_QUOTES.contains(c)
        || CLOSING_BRACKETS.contains(c)
}

/// How long a mark is at the start of a text, in bytes.
fn mark(text: &str) -> Option<usize> {
    smiley(text).or_else(|| text.chars().next().filter(|&c| is_delimiter(c)).map(char::len_utf8))
}

fn is_lower_alpha(classes: &Classes, word: &str) -> bool {
    classes.is_alpha(word) && is_lower(word)
}

fn mark_follows(place: &Place<'_>) -> bool {
    match only(place.right_token) {
        Some(c) if GENERIC_QUOTES.contains(c) => false,
        Some(c) if is_delimiter(c) => true,
        _ => smiley(place.right.trim_start_matches(is_space)).is_some(),
    }
}

fn is_list_item(classes: &Classes, place: &Place<'_>) -> bool {
    if !matches!(place.mark, "." | ")") || place.buffer.chars().nth(LONGEST_BULLET).is_some() {
        return false;
    }
    let mut rest = place.buffer;
    while let Some(token) = first_token(classes, rest) {
        let lower = token.to_lowercase();
        let is_bullet = classes.is_digit(token)
            || matches!(token, "." | ")")
            || only(&lower).is_some_and(|c| BULLETS.contains(c))
            || token.chars().all(|c| ROMAN.contains(c));
        if !is_bullet {
            return false;
        }
        let after = rest.trim_start_matches(is_space).get(token.len()..).unwrap_or_default();
        rest = after;
    }
    true
}

/// Whether the mark closes a quotation or a bracket within a sentence.
fn closes(place: &Place<'_>) -> bool {
    let Some(c) = only(place.mark) else { return false };
    let ended = only(place.left_token).is_some_and(|c| ENDINGS.contains(c));
    if GENERIC_QUOTES.contains(c) && place.left.ends_with(is_space) {
        // It opens a quotation.
        return true;
    }
    (GENERIC_QUOTES.contains(c) || CLOSING_QUOTES.contains(c) || CLOSING_BRACKETS.contains(c)) && !ended
}

/// Whether a dash and a word in small letters follow, as after direct speech.
fn dash_follows(classes: &Classes, place: &Place<'_>) -> bool {
    only(place.right_token).is_some_and(|c| DASHES.contains(c))
        && first_word(classes, place.right).is_some_and(|word| is_lower_alpha(classes, word))
}

/// What tokens of the rules are made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Word,
    Digits,
    Sign,
}

fn run(classes: &Classes, c: char) -> Run {
    if classes.is_decimal(c) {
        Run::Digits
    } else if classes.is_word(c) {
        Run::Word
    } else {
        Run::Sign
    }
}

/// The first run of letters or digits, or the first sign, after white space.
fn first_token<'a>(classes: &Classes, text: &'a str) -> Option<&'a str> {
    let text = text.trim_start_matches(is_space);
    let first = text.chars().next()?;
    let kind = run(classes, first);
    let end = match kind {
        Run::Sign => Some(first.len_utf8()),
        _ => text.find(|c| is_space(c) || run(classes, c) != kind),
    };
    text.get(..end.unwrap_or(text.len()))
}

/// The last run of letters or digits, or the last sign, before white space.
fn last_token<'a>(classes: &Classes, text: &'a str) -> Option<&'a str> {
    let text = text.trim_end_matches(is_space);
    let last = text.chars().next_back()?;
    let kind = run(classes, last);
    let start = match kind {
        Run::Sign => text.len() - last.len_utf8(),
        _ => text
            .char_indices()
            .rev()
            .find(|&(_, c)| is_space(c) || run(classes, c) != kind)
            .map_or(0, |(at, c)| at + c.len_utf8()),
    };
    text.get(start..)
}

/// The first run of letters or digits.
fn first_word<'a>(classes: &Classes, text: &'a str) -> Option<&'a str> {
    let start = text.find(|c| !is_space(c) && run(classes, c) != Run::Sign)?;
    first_token(classes, text.get(start..)?)
}

/// Two single letters or digits at the end of a text with a full stop between them.
fn pair<'a>(classes: &Classes, text: &'a str) -> Option<(&'a str, &'a str)> {
    let is_word = |c: char| classes.is_word(c) || classes.is_decimal(c);
    let text = text.trim_end_matches(is_space);
    let second = text.char_indices().next_back().filter(|&(_, c)| is_word(c))?.0;
    let (text, b) = text.split_at(second);
    let text = text.trim_end_matches(is_space).strip_suffix('.')?.trim_end_matches(is_space);
    let first = text.char_indices().next_back().filter(|&(_, c)| is_word(c))?.0;
    Some((text.get(first..)?, b))
}

fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

fn last_chars(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count.saturating_sub(1)).and_then(|(at, _)| text.get(at..)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences, with `|` where one ends.
    #[test]
    fn sentences_end_where_razdel_ends_them() {
        let (classes, sentences) = (Classes::new(), Sentences::new());
        for row in [
            "Суд отказал.| Жалоба подана.",
            "В 1996 г. суд отказал.",
            "Это было в 1996 г. Суд отказал.",
            "Ул. Садовая, д. 5.| Подъезд первый.",
            "Дело вёл А. С. Петров.| Он молчал.",
            "И т. д. и т. п.| Потом ушёл.",
            "«Я не знал!» — сказал он.| Все молчали.",
            "1. Первое.| 2. Второе.",
            "Да.| — Нет.",
            "Ну и ну :-)| Хорошо.",
            "Он ушёл... а она осталась.",
            "Конец.Начало",
            "",
        ] {
            let text = row.replace('|', "");
            let mut out = String::new();
            let mut last = 0;
            for end in sentences.ends(&classes, &text) {
                out.push_str(text.get(last..end).unwrap());
                out.push('|');
                last = end;
            }
            out.push_str(text.get(last..).unwrap());
            assert_eq!(out, row);
        }
    }
}
