//! Reads a text once and hands over stretches of neighbouring numbers and known words.

use khronika_core::letter::{is_alphabetic, is_alphanumeric, is_uppercase};

use super::language::Language;
use super::layout;
use super::number;
use super::skip::skip;
use super::slip;
use super::word::{self, Known, Mask};

/// What may stand between two tokens, one bit each.
pub(super) mod gap {
    /// Nothing.
    pub const GLUE: u16 = 1;
    /// White space, at most one line break.
    pub const SPACE: u16 = 2;
    /// A hyphen without space.
    pub const HYPHEN: u16 = 4;
    /// A dash, or a hyphen with space.
    pub const DASH: u16 = 8;
    /// A comma.
    pub const COMMA: u16 = 16;
    /// A point.
    pub const DOT: u16 = 32;
    /// A slash.
    pub const SLASH: u16 = 64;
    /// An opening bracket.
    pub const OPEN: u16 = 128;
    /// A closing bracket.
    pub const CLOSE: u16 = 256;
    /// Anything else: the tokens are no neighbours.
    pub const FAR: u16 = 512;
    /// What may stand between two words of a pattern.
    pub const WORD: u16 = GLUE | SPACE | HYPHEN;
}

/// A number or a known word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tok {
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    /// What stands before it.
    pub gap: u16,
    /// Its classes.
    pub mask: Mask,
    /// Index of its word plus one; 0 for numbers.
    pub word: u32,
    /// Numbers: the value. Dates: year, month, day, flags. Clocks: hour, minute, second.
    pub n: [i32; 4],
}

/// Stretches longer than this are cut, so that memory stays flat.
const LONGEST: usize = 2048;

/// The longest form, in bytes.
const WIDEST: usize = 64;

/// Calls `found` for each stretch of neighbouring tokens in `text[from..to]` that may hold a time.
///
/// Most of a text holds none. So it is read twice: `skip` only looks for a number or a word that can make a stretch a time, and keeps in
/// mind the last place where a stretch must have ended; from there `stretches` makes tokens, until a stretch ends behind what was found.
pub(super) fn scan(language: &Language, text: &str, from: usize, to: usize, mut found: impl FnMut(&mut Vec<Tok>)) {
    let to = to.min(text.len());
    let mut run: Vec<Tok> = Vec::with_capacity(64);
    let mut at = from;
    while let Some((begin, candidate)) = skip(language, text, at, to) {
        at = stretches(language, text, (begin, candidate, to), &mut run, &mut found);
    }
}

/// The end of the ASCII letters (and `_`) that go on at `at`. Eight at a time: the length of a word is not to be guessed.
pub(super) fn letters(bytes: &[u8], mut at: usize, to: usize) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    while let Some(chunk) = bytes.get(at..to).and_then(|rest| rest.first_chunk::<8>()) {
        let chunk = u64::from_le_bytes(*chunk);
        let low = (chunk | HIGH >> 2) & !HIGH;
        // The high bit of each byte: from "a" on, behind "z".
        let (from, behind) = (low + 0x1f1f_1f1f_1f1f_1f1f, low + 0x0505_0505_0505_0505);
        let others = !(from & !behind & !chunk) & HIGH;
        at += others.trailing_zeros() as usize / 8;
        if others != 0 {
            break;
        }
    }
    while at < to && KIND[usize::from(bytes[at])] == LETTER {
        at += 1;
    }
    at
}

/// Makes tokens from `begin` on and hands over each stretch that may hold a time, until one ends behind `candidate`; the place of that
/// end.
fn stretches(
    language: &Language,
    text: &str,
    (begin, candidate, to): (usize, usize, usize),
    run: &mut Vec<Tok>,
    found: &mut impl FnMut(&mut Vec<Tok>),
) -> usize {
    let bytes = text.as_bytes();
    let mut strong = false;
    let mut gap = gap::FAR;
    let mut lines = 0u8;
    let mut at = begin;
    run.clear();
    let mut flush = |run: &mut Vec<Tok>, strong: &mut bool| {
        if *strong {
            found(run);
            *strong = false;
        }
        run.clear();
    };
    while at < to {
        if gap == gap::FAR && at > candidate {
            break;
        }
        let b = bytes[at];
        let token = match KIND[usize::from(b)] {
            SPACE => {
                if b == b'\n' {
                    // "5 December" and, after the number of the page, "2025".
                    if lines == 0
                        && gap & (gap::GLUE | gap::SPACE | gap::DOT | gap::COMMA) != 0
                        && let Some(on) = layout::goes_on(language, text, (at, to), run)
                    {
                        at = on;
                        gap = if gap == gap::GLUE { gap::SPACE } else { gap };
                        continue;
                    }
                    lines += 1;
                    if lines > 1 {
                        gap = gap::FAR;
                    }
                }
                gap = match gap {
                    gap::GLUE => gap::SPACE,
                    gap::HYPHEN => gap::DASH,
                    other => other,
                };
                at += 1;
                continue;
            }
            LETTER => word(language, text, at, to),
            DIGIT => {
                let (token, end) = number::number(language, text, at, to);
                (token, end)
            }
            MARK => {
                if b != b'"' || gap != gap::GLUE || !ends_in_day(run) {
                    gap = joined(gap, mark(b));
                }
                at += 1;
                // "'93"
                let open = at < 2 || !bytes[at - 2].is_ascii_alphanumeric();
                if b == b'\'' && open && bytes.get(at).is_some_and(u8::is_ascii_digit) {
                    let (token, end) = number::short_year(text, at, to);
                    if token.is_some() {
                        (token, end)
                    } else {
                        continue;
                    }
                } else {
                    continue;
                }
            }
            _ => {
                // A character of several bytes: a letter or a mark.
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                    at += 1;
                    continue;
                };
                if is_alphabetic(c) {
                    word(language, text, at, to)
                } else {
                    gap = match c {
                        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2002}' | '\u{2003}' | '\u{2007}' => match gap {
                            gap::GLUE => gap::SPACE,
                            gap::HYPHEN => gap::DASH,
                            other => other,
                        },
                        '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{301}' | '\u{200e}' | '\u{200f}' => gap,
                        '–' | '—' | '−' | '―' => joined(gap, gap::DASH),
                        '‐' | '‑' => joined(gap, gap::HYPHEN),
                        '’' | 'ʼ' => gap,
                        // "«02» сентября": the day stands in quotes.
                        '»' | '”' | '“' if gap == gap::GLUE && ends_in_day(run) => gap,
                        _ => gap::FAR,
                    };
                    at += c.len_utf8();
                    continue;
                }
            }
        };
        let (token, end) = token;
        at = end.max(at + 1).max(token.map_or(0, |t| t.end));
        lines = 0;
        match token {
            Some(mut token) => {
                if gap == gap::FAR || run.len() >= LONGEST {
                    flush(run, &mut strong);
                }
                token.gap = gap;
                strong |= language.is_candidate(&token) || language.is_bare_day(text, &token);
                run.push(token);
                // Most words stand before a space.
                let space = at < to && bytes[at] == b' ';
                gap = if space { gap::SPACE } else { gap::GLUE };
                at += usize::from(space);
            }
            None => {
                if !run.is_empty() {
                    flush(run, &mut strong);
                }
                gap = gap::FAR;
            }
        }
    }
    flush(run, &mut strong);
    at
}

/// True where the last token is a number that can be a day of the month.
fn ends_in_day(run: &[Tok]) -> bool {
    run.last().is_some_and(|t| t.word == 0 && t.mask >> word::DAY & 1 != 0)
}

fn joined(before: u16, mark: u16) -> u16 {
    match (before, mark) {
        (gap, gap::GLUE) => gap,
        (gap::GLUE, mark) => mark,
        (gap::SPACE, gap::HYPHEN) => gap::DASH,
        (gap::SPACE, mark) => mark,
        // "Sept., 1990", "12 мая 2020 г.,": a point before a comma belongs to the word.
        (gap::DOT, gap::COMMA) => gap::COMMA,
        // "5. – 7. Mai", "14./15.10.2018": a point after a day.
        (gap::DOT, gap::DASH | gap::HYPHEN) => gap::DASH,
        (gap::DOT, gap::SLASH) => gap::SLASH,
        (gap::CLOSE, gap::COMMA) => gap::CLOSE,
        _ => gap::FAR,
    }
}

pub(super) const fn mark(b: u8) -> u16 {
    match b {
        b',' => gap::COMMA,
        b'.' => gap::DOT,
        b'-' => gap::HYPHEN,
        b'/' => gap::SLASH,
        b'(' | b'[' => gap::OPEN,
        b')' | b']' => gap::CLOSE,
        b'\'' | b'*' | b'`' => gap::GLUE,
        _ => gap::FAR,
    }
}

pub(super) const SPACE: u8 = 0;
pub(super) const LETTER: u8 = 1;
pub(super) const DIGIT: u8 = 2;
pub(super) const MARK: u8 = 3;
const WIDE: u8 = 4;

/// The kind of each byte.
pub(super) static KIND: [u8; 256] = {
    let mut kinds = [MARK; 256];
    let mut b = 0;
    while b < 256 {
        let byte = b as u8;
        kinds[b] = if byte.is_ascii_alphabetic() || byte == b'_' {
            LETTER
        } else if byte.is_ascii_digit() {
            DIGIT
        } else if byte <= b' ' {
            SPACE
        } else if byte >= 0x80 {
            WIDE
        } else {
            MARK
        };
        b += 1;
    }
    kinds
};

/// Reads the word at `at`: its token, if the language knows it, and its end.
pub(super) fn word(language: &Language, text: &str, at: usize, to: usize) -> (Option<Tok>, usize) {
    let bytes = text.as_bytes();
    let mut end = at;
    // "10h30": letters that stand right after a number are a word of their own.
    let glued = at.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    loop {
        end = letters(bytes, end, to);
        if glued
            || end >= to
            || KIND[usize::from(bytes[end])] != DIGIT
            || (end >= at + 2 && begins_date(bytes, end, to))
        {
            break;
        }
        end += 1;
    }
    // "O5.06.2020", "l9 May".
    if let Some(slip) = begins_slip(text, at, to) {
        return (Some(slip), slip.end);
    }
    if end == at + 1
        && let Some(token) = pointed(language, text, at, to)
    {
        return (Some(token), token.end);
    }
    let mut buffer = [0u8; WIDEST];
    // Words of small and capital ASCII letters alone, by far the most in many languages.
    if end >= to || (bytes[end] < 0x80 && (bytes[end] != b'\'' || language.elision) && bytes[end] != b'-') {
        let len = end - at;
        if len > WIDEST || language.words.ascii(&bytes[at..end]) == Known::No {
            return (roman(text, at, end), end);
        }
        for (to, from) in buffer.iter_mut().zip(&bytes[at..end]) {
            *to = from.to_ascii_lowercase();
        }
        return (look_up(language, text, &buffer[..len], at, end), end);
    }
    wide_word(language, text, at, to, &mut buffer)
}

/// Reads two letters with a point between them that are one word: "p.m."
fn pointed(language: &Language, text: &str, at: usize, to: usize) -> Option<Tok> {
    let &[first, b'.', last] = text.as_bytes().get(at..(at + 3).min(to))? else { return None };
    let ends = text.get(at + 3..).is_some_and(|rest| !rest.starts_with(is_alphanumeric));
    if !last.is_ascii_alphabetic() || !ends {
        return None;
    }
    let form = [first.to_ascii_lowercase(), b'.', last.to_ascii_lowercase()];
    look_up(language, text, &form, at, at + 3).filter(|token| token.word != 0)
}

/// Reads a number that begins with a letter that a scanner put for a digit.
fn begins_slip(text: &str, at: usize, to: usize) -> Option<Tok> {
    let bytes = text.as_bytes();
    let (first, len) = match bytes.get(at)? {
        b'O' | b'o' | b'l' | b'I' => (true, 1),
        0xd0 => (matches!(bytes.get(at + 1), Some(0x9e | 0xbe | 0x86 | 0x97 | 0xb7)), 2),
        _ => (false, 0),
    };
    if !first || !bytes.get(at + len).is_some_and(u8::is_ascii_digit) || number::is_label(text, at) {
        return None;
    }
    slip::date(text, at, to).or_else(|| slip::number(text, at, to))
}

/// Reads a word with letters outside ASCII, with apostrophes or hyphens inside.
fn wide_word(language: &Language, text: &str, at: usize, to: usize, buffer: &mut [u8; WIDEST]) -> (Option<Tok>, usize) {
    let Some(rest) = text.get(at..to) else { return (None, to) };
    let mut len = 0usize;
    let mut fits = true;
    let mut put = |c: char, len: &mut usize| {
        word::fold_char(c, |c| {
            let width = c.len_utf8();
            if *len + width <= WIDEST {
                c.encode_utf8(&mut buffer[*len..]);
                *len += width;
            } else {
                fits = false;
            }
        });
    };
    // End of the first part, and (text end, folded end) of the longest form with hyphens.
    let mut first: Option<(usize, usize)> = None;
    let mut end = rest.len();
    let mut chars = rest.char_indices().peekable();
    let mut hyphens = 0;
    while let Some((offset, c)) = chars.next() {
        if is_alphanumeric(c) || matches!(c, '\u{ad}' | '\u{301}' | '\u{200b}' | '_') {
            put(c, &mut len);
            continue;
        }
        let letter_follows = chars.peek().is_some_and(|(_, n)| is_alphabetic(*n));
        if matches!(c, '\'' | '’' | 'ʼ' | '`') && letter_follows && !language.elision {
            let possessive = chars.peek().is_some_and(|(_, n)| matches!(n, 's' | 'S'))
                && !rest.get(offset + c.len_utf8() + 1..).and_then(|r| r.chars().next()).is_some_and(is_alphanumeric);
            if !possessive {
                put('\'', &mut len);
                continue;
            }
        }
        if matches!(c, '-' | '‐' | '‑') && letter_follows && hyphens < 3 {
            hyphens += 1;
            if first.is_none() {
                first = Some((offset, len));
            }
            put('-', &mut len);
            continue;
        }
        end = offset;
        break;
    }
    // "Septem-\nber": a word that a line break cuts.
    if first.is_none()
        && let Some((from, until)) = continued(rest, end)
    {
        let mut whole = len;
        rest.get(from..until).unwrap_or("").chars().for_each(|c| put(c, &mut whole));
        let found = buffer.get(..whole).filter(|_| fits).and_then(|form| look_up(language, text, form, at, at + until));
        if let Some(token) = found.filter(|t| t.word != 0 && t.mask & CUT != 0) {
            return (Some(token), at + until);
        }
        fits = true;
    }
    if let Some((offset, folded)) = first {
        if fits && let Some(token) = look_up(language, text, &buffer[..len], at, at + end) {
            return (Some(token), at + end);
        }
        (end, len) = (offset, folded);
        fits = true;
    }
    let end = at + end;
    if end == at {
        return (None, at + 1);
    }
    if !fits {
        return (None, end);
    }
    (look_up(language, text, &buffer[..len], at, end).or_else(|| roman(text, at, end)), end)
}

/// Classes of words that are put together again where a line break cuts them.
const CUT: Mask = 1 << word::MONTH | 1 << word::WEEKDAY | 1 << word::UNIT;

/// Where a word goes on that a hyphen and a line break cut at `at`: its second part.
fn continued(rest: &str, at: usize) -> Option<(usize, usize)> {
    let cut = rest.get(at..)?;
    let hyphen = cut.chars().next().filter(|c| matches!(c, '-' | '‐' | '\u{ad}'))?.len_utf8();
    let mut broken = false;
    let mut from = at + hyphen;
    for c in cut.get(hyphen..)?.chars().take(8) {
        if !c.is_whitespace() {
            break;
        }
        broken |= c == '\n';
        from += c.len_utf8();
    }
    let tail = rest.get(from..).filter(|_| broken)?;
    let len = tail.char_indices().take(WIDEST).find(|(_, c)| !is_alphabetic(*c)).map_or(tail.len(), |(at, _)| at);
    (len > 0 && len < WIDEST && !tail.starts_with(is_uppercase)).then_some((from, from + len))
}

/// True where digits that a word runs into are followed by a word of their own, as a day is: "GIVEN ON25 February".
fn begins_date(bytes: &[u8], at: usize, to: usize) -> bool {
    let mut end = at;
    while end < to && bytes[end].is_ascii_digit() {
        end += 1;
    }
    end - at <= 2 && end + 1 < to && bytes[end] == b' ' && bytes[end + 1].is_ascii_uppercase()
}

fn look_up(language: &Language, text: &str, folded: &[u8], start: usize, mut end: usize) -> Option<Tok> {
    let Some(index) = language.words.get(folded) else { return roman(text, start, end) };
    let entry = language.words.entries.get(index)?;
    let first = *text.as_bytes().get(start)?;
    let capital =
        if first < 0x80 { first.is_ascii_uppercase() } else { is_uppercase(text.get(start..)?.chars().next()?) };
    if entry.point && text.as_bytes().get(end) == Some(&b'.') {
        end += 1;
    }
    let mut mask = entry.mask(capital);
    let mut n = [0; 4];
    if let Some(token) = roman(text, start, end) {
        mask |= token.mask;
        n = token.n;
    }
    Some(Tok { start, end, gap: 0, mask, word: u32::try_from(index + 1).ok()?, n })
}

/// A Roman number in capitals; Cyrillic letters that look the same are taken too.
fn roman(text: &str, start: usize, end: usize) -> Option<Tok> {
    if end - start > 16 || !matches!(text.as_bytes().get(start), Some(b'I' | b'V' | b'X' | b'L' | b'C' | 0xd0)) {
        return None;
    }
    let (mut sum, mut last, mut count) = (0i32, 0i32, 0);
    let own = text.get(start..end)?;
    // "XIXe siècle"
    for c in own.strip_suffix('e').unwrap_or(own).chars().rev() {
        let value = match c {
            'I' | 'І' => 1,
            'V' => 5,
            'X' | 'Х' => 10,
            'L' => 50,
            'C' => 100,
            _ => return None,
        };
        if value < last {
            sum -= value;
        } else {
            sum += value;
            last = value;
        }
        count += 1;
    }
    (count <= 7 && (1..=39).contains(&sum)).then(|| Tok {
        start,
        end,
        mask: 1 << word::ROMAN,
        n: [sum, 0, 0, 0],
        ..Tok::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_end_where_the_first_other_byte_stands() {
        let alone = |bytes: &[u8], at: usize| {
            bytes.iter().skip(at).position(|b| KIND[usize::from(*b)] != LETTER).map_or(bytes.len(), |n| at + n)
        };
        for byte in 0..=255u8 {
            for at in 0..20 {
                let mut bytes = *b"abcXYZmnoAZazpqrstuv";
                bytes[at] = byte;
                assert_eq!(letters(&bytes, 0, bytes.len()), alone(&bytes, 0), "{byte} at {at}");
                assert_eq!(letters(&bytes, 3, 17), alone(&bytes, 3).min(17), "{byte} at {at}");
            }
        }
        assert_eq!(letters(b"", 0, 0), 0);
    }
}
