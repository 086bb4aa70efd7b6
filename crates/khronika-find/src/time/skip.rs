//! Looks in a text for the numbers and words that can make a stretch of it a time, without making tokens of the others.

use khronika_core::letter::is_alphabetic;

use super::language::Language;
use super::scan::{DIGIT, KIND, LETTER, MARK, SPACE, gap, letters, mark, word};
use super::word::Known;

/// The place from which tokens must be made, and the number or word for which they must be; `None` where nothing is left that can be a
/// time. It may take for a candidate what is none, and never the other way round.
pub(super) fn skip(language: &Language, text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let (mut at, mut begin, mut lines) = (from, from, 0u8);
    // A number stands before, and at most a point after it: a day, whose month may stand below the number of the page.
    let mut day = false;
    while at < to {
        let b = bytes[at];
        match KIND[usize::from(b)] {
            SPACE => {
                if b == b'\n' {
                    lines += 1;
                    if lines > 1 && !day {
                        begin = at + 1;
                    }
                }
                at += 1;
                continue;
            }
            LETTER => {
                let end = letters(bytes, at, to);
                let next = bytes.get(end).copied().filter(|_| end < to).unwrap_or(b' ');
                let last = bytes.get(end - 1).copied().unwrap_or(b);
                if goes_on(language, text, end, next) || end == at + 1 && next == b'.' {
                    match wide(language, text, at, to) {
                        Seen::Candidate => return Some((begin, at)),
                        Seen::Word(end) => at = end,
                        Seen::Unknown(end) => (at, begin) = (end, end),
                    }
                } else {
                    let known = language.words.ascii(bytes.get(at..end).unwrap_or_default());
                    // Its edges and its length are those of a word of time: most such words are none.
                    if known == Known::Strong {
                        match wide(language, text, at, to) {
                            Seen::Candidate => return Some((begin, at)),
                            Seen::Word(end) => at = end,
                            Seen::Unknown(end) => (at, begin) = (end, end),
                        }
                        (day, lines) = (false, 0);
                        continue;
                    }
                    // A Roman number may stand in a stretch.
                    let numeral = is_roman(b) && (is_roman(last) || last == b'e' && language.elision);
                    let ends = known == Known::No && !numeral;
                    begin = if ends { end } else { begin };
                    // Most words stand before a space.
                    at = end + usize::from(next == b' ' && end < to);
                }
            }
            DIGIT => {
                let rest = bytes.get(at..to)?;
                let len = rest.iter().position(|b| KIND[usize::from(*b)] != DIGIT).unwrap_or(rest.len());
                let mark = rest.get(len).copied().unwrap_or(b' ');
                let after = rest.get(len + 1).copied().unwrap_or(b' ');
                // "12", "3rd"? A number of up to three digits that stands alone is no time by itself.
                let alone = match mark {
                    b' ' | b'\n' | b')' | b']' | b';' => true,
                    b',' | b'.' => !after.is_ascii_digit(),
                    _ => false,
                };
                if len > 3 || !alone || len < 3 && language.makes_day(text, at) {
                    return Some((begin, at));
                }
                at += len;
                (day, lines) = (len < 3, 0);
                continue;
            }
            MARK => {
                at += 1;
                day &= b == b'.';
                if mark(b) == gap::FAR && b != b'"' {
                    begin = at;
                }
                continue;
            }
            _ => {
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                    at += 1;
                    continue;
                };
                if !is_alphabetic(c) {
                    at += c.len_utf8();
                    continue;
                }
                // Words of Cyrillic letters alone are told from all forms as those of ASCII letters are.
                let (known, len) = cyrillic(language, text, at, to);
                match known {
                    Some(Known::No) => {
                        at += len;
                        (begin, day, lines) = (at, false, 0);
                        continue;
                    }
                    Some(Known::Word) => {
                        at += len;
                        (day, lines) = (false, 0);
                        continue;
                    }
                    _ => {}
                }
                match wide(language, text, at, to) {
                    Seen::Candidate => return Some((begin, at)),
                    Seen::Word(end) => at = end,
                    Seen::Unknown(end) => (at, begin) = (end, end),
                }
            }
        }
        (day, lines) = (false, 0);
    }
    None
}

/// True where a word of ASCII letters may go on behind them: with a letter of another kind, an apostrophe, a hyphen, a digit.
fn goes_on(language: &Language, text: &str, end: usize, next: u8) -> bool {
    match next {
        b'-' => true,
        b'\'' => !language.elision,
        0x80.. => text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(|c| {
            is_alphabetic(c)
                || matches!(c, '\u{ad}' | '\u{301}' | '\u{200b}' | '‐' | '‑')
                || (matches!(c, '’' | 'ʼ') && !language.elision)
        }),
        _ => KIND[usize::from(next)] == DIGIT,
    }
}

/// What a word of Cyrillic letters alone may be, and its length; `None` for one that goes on with something else or may be a number.
fn cyrillic(language: &Language, text: &str, at: usize, to: usize) -> (Option<Known>, usize) {
    let bytes = text.as_bytes();
    let mut end = at;
    while end + 1 < to && matches!(bytes[end], 0xd0..=0xd3) {
        end += 2;
    }
    let next = bytes.get(end).copied().unwrap_or(b' ');
    // "І квартал", "Х век": letters that look like numbers.
    let number = bytes[at] == 0xd0 && matches!(bytes.get(at + 1), Some(0x86 | 0xa5));
    if end == at
        || number
        || next >= 0x80
        || matches!(next, b'-' | b'\'' | b'`')
        || KIND[usize::from(next)] <= DIGIT && next > b' '
    {
        return (None, 0);
    }
    let letter = |at: usize| text.get(at..at + 2).and_then(|c| c.chars().next());
    match (letter(at), letter(end - 2)) {
        (Some(first), Some(last)) => (Some(language.words.cyrillic(first, last, (end - at) / 2)), end - at),
        _ => (None, 0),
    }
}

/// What `skip` makes of a word that is not of ASCII letters alone.
enum Seen {
    /// It can make a stretch a time.
    Candidate,
    /// It may stand in a stretch; its end.
    Word(usize),
    /// It is no word of the language's: a stretch ends before it.
    Unknown(usize),
}

fn wide(language: &Language, text: &str, at: usize, to: usize) -> Seen {
    let (token, end) = word(language, text, at, to);
    let end = end.max(at + 1);
    match token {
        None => Seen::Unknown(end),
        Some(token) if language.is_candidate(&token) => Seen::Candidate,
        Some(token) => Seen::Word(end.max(token.end)),
    }
}

const fn is_roman(b: u8) -> bool {
    matches!(b, b'I' | b'V' | b'X' | b'L' | b'C')
}
