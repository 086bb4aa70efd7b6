//! Numbers as they stand in papers: plain, ordinal, with decimals, as dates, as clock times; and those that are none of these.

use super::calendar;
use super::language::{Language, Suffix};
use super::scan::Tok;
use super::slip;
use super::word::{self, Mask};

/// Flags of a date in digits (`n[3]`).
pub(super) mod flag {
    /// Day and month could change places.
    pub const AMBIGUOUS: i32 = 1;
    /// The year has two digits.
    pub const SHORT_YEAR: i32 = 2;
    /// Year first.
    pub const YEAR_FIRST: i32 = 4;
    /// The month stands first for certain.
    pub const MONTH_FIRST: i32 = 8;
    /// The day stands first for certain.
    pub const DAY_FIRST: i32 = 16;
    /// Letters or marks of a scanner were read as what they must have been.
    pub const SLIP: i32 = 32;
    /// The day was counted in weeks from another: about that day.
    pub const ABOUT: i32 = 64;
    /// The minute of the day plus one stands above this bit.
    pub const CLOCK_SHIFT: u32 = 8;
}

const fn bit(class: u8) -> Mask {
    1 << class
}

/// Digits joined by one kind of mark.
struct Chain {
    /// Value and length of the first groups.
    groups: [(i32, usize); 4],
    count: usize,
    mark: u8,
    /// Ends of the first group and of the chain.
    first_end: usize,
    end: usize,
}

fn digits(bytes: &[u8], at: usize, to: usize) -> (i32, usize) {
    let mut end = at;
    let mut value = 0i32;
    while end < to && bytes[end].is_ascii_digit() {
        value = value.saturating_mul(10).saturating_add(i32::from(bytes[end] - b'0'));
        end += 1;
    }
    (value, end)
}

fn chain(bytes: &[u8], at: usize, to: usize) -> Chain {
    let (value, first_end) = digits(bytes, at, to);
    let mut chain = Chain { groups: [(0, 0); 4], count: 1, mark: 0, first_end, end: first_end };
    chain.groups[0] = (value, first_end - at);
    while chain.end + 1 < to {
        let mark = bytes[chain.end];
        if !matches!(mark, b'.' | b'/' | b'-' | b':') || !bytes[chain.end + 1].is_ascii_digit() {
            break;
        }
        if chain.mark == 0 {
            chain.mark = mark;
        } else if chain.mark != mark {
            break;
        }
        let (value, end) = digits(bytes, chain.end + 1, to);
        if let Some(group) = chain.groups.get_mut(chain.count) {
            *group = (value, end - chain.end - 1);
        }
        chain.count += 1;
        chain.end = end;
    }
    chain
}

/// Reads "'93": the apostrophe stands before `at`.
pub(super) fn short_year(text: &str, at: usize, to: usize) -> (Option<Tok>, usize) {
    let (value, end) = digits(text.as_bytes(), at, to);
    let letter = text.get(end..).and_then(|r| r.chars().next()).is_some_and(char::is_alphanumeric);
    if end - at != 2 || letter {
        return (None, end);
    }
    (Some(Tok { start: at - 1, end, mask: bit(word::YY), n: [value, 0, 0, 0], ..Tok::default() }), end)
}

/// Reads the number at `at`: its token, if it can be part of a time, and its end.
pub(super) fn number(language: &Language, text: &str, at: usize, to: usize) -> (Option<Tok>, usize) {
    let bytes = text.as_bytes();
    let chain = chain(bytes, at, to);
    if is_label(text, at) {
        return (None, chain.end);
    }
    let [(a, la), (b, lb), (c, lc), _] = chain.groups;
    // "28:.1 2.2025", "1O.05.2021", "2O21".
    if la <= 4
        && let Some(slip) = slipped(text, (at, chain.first_end, to), &chain)
    {
        return (Some(slip), slip.end);
    }
    let mut token = Tok { start: at, end: chain.end, n: [a, 0, 0, 0], ..Tok::default() };
    match (chain.mark, chain.count) {
        (_, 1) => return plain(language, text, at, to, chain.first_end, a, la),
        (b'-', 2) | (b'/', 2) if la <= 4 && lb <= 4 => {
            // "5-11 января", "2016-17", "2016/17"; "05/2018" is a month of a year.
            if chain.mark == b'/' && la <= 2 && lb == 4 && (1..=12).contains(&a) && (1500..2200).contains(&b) {
                token.mask = bit(word::MONTHYEAR);
                token.n = [b, a, 0, 0];
                return checked(text, token);
            }
            if chain.mark == b'/' && la <= 2 && lb <= 2 {
                token.mask = bit(word::DAYMONTH);
                token.n = [0, b, a, if b > 12 { flag::MONTH_FIRST } else { 0 }];
                if (b > 12 && (a > 12 || b > 31)) || a > 31 || a == 0 || b == 0 {
                    return (None, chain.end);
                }
                if b > 12 {
                    token.n = [0, a, b, flag::MONTH_FIRST];
                }
                return checked(text, token);
            }
            // Two years, or a number of a file or a law.
            let years = (1500..2200).contains(&a) && ((lb == 4 && b > a && b - a < 300) || (lb == 2 && b > a % 100));
            let days = la <= 2 && lb <= 2 && chain.mark == b'-';
            if !(years || days) || bytes.get(chain.end) == Some(&b'/') {
                return (None, dead_end(text, chain.end));
            }
            return plain(language, text, at, to, chain.first_end, a, la);
        }
        (b':', 2 | 3) if la <= 2 && a <= 24 && lb == 2 && b < 60 && (chain.count == 2 || (lc == 2 && c < 60)) => {
            token.mask = bit(word::CLOCK);
            token.n = [a, b, if chain.count == 3 { c } else { -1 }, 0];
            token.end = case_ending(language, text, token.end);
            return checked(text, token);
        }
        // "2026.4", "1990.12": a year and the number of a footnote.
        (b'.', 2) if la == 4 && lb <= 3 && (1900..2100).contains(&a) => {
            let (token, end) = plain(language, text, at, to, chain.first_end, a, la);
            return (token.map(|t| Tok { mask: t.mask & !bit(word::MODERN), ..t }), end);
        }
        (b'.', 2) => {
            if la <= 2 && lb == 2 && a <= 24 && b < 60 {
                token.mask |= bit(word::CLOCKDOT);
                token.n = [a, b, -1, 0];
            }
            if la <= 2 && lb <= 2 && (1..=31).contains(&a) && (1..=12).contains(&b) {
                token.mask |= bit(word::DAYMONTH);
            }
            if la <= 2 && lb == 4 && (1..=12).contains(&a) && (1500..2200).contains(&b) {
                token.mask |= bit(word::MONTHYEAR);
            }
            if lb <= 2 {
                // A decimal number; its value in hundredths stands in `n[3]`.
                token.mask |= bit(word::NUM) | bit(word::DIGITS);
                token.n[3] = a.saturating_mul(100).saturating_add(if lb == 1 { b * 10 } else { b });
            }
            token.n[0] = a;
            token.n[1] = b;
            return if token.mask == 0 { (None, chain.end) } else { checked(text, token) };
        }
        (b'-' | b'.' | b'/', 3) => {
            if let Some(n) = date(chain.mark, (a, la), (b, lb), (c, lc)) {
                token.mask = bit(word::DATE);
                token.n = n;
                if chain.mark == b'-' && la == 4 {
                    let (clock, end) = iso_clock(bytes, chain.end, to);
                    if let Some(minute) = clock {
                        token.n[3] |= (minute + 1) << flag::CLOCK_SHIFT;
                        token.end = end;
                    }
                }
                token.end = glued_year_word(language, text, token.end);
                return checked(text, token);
            }
        }
        _ => {}
    }
    (None, dead_end(text, chain.end))
}

/// Reads a number in which letters or spilled marks stand.
fn slipped(text: &str, (at, first_end, to): (usize, usize, usize), chain: &Chain) -> Option<Tok> {
    let bytes = text.as_bytes();
    let next = bytes.get(first_end).copied().unwrap_or(b' ');
    let letter = |b: u8| matches!(b, b'O' | b'o' | b'l' | b'I' | b'|' | 0xd0);
    let (after, stop) = (bytes.get(first_end + 1).copied(), bytes.get(chain.end).copied());
    let two =
        matches!(next, b'.' | b',' | b':' | b';') && after.is_some_and(|b| matches!(b, b'.' | b',' | b':' | b' '));
    if !(letter(next) || two || (chain.count > 1 && stop.is_some_and(|b| letter(b) || matches!(b, b' ' | b'.')))) {
        return None;
    }
    slip::date(text, at, to).or_else(|| slip::number(text, at, to).filter(|_| letter(next)))
}

/// Reads year, month and day of three groups of digits.
fn date(mark: u8, (a, la): (i32, usize), (b, lb): (i32, usize), (c, lc): (i32, usize)) -> Option<[i32; 4]> {
    let small = |n: i32| u8::try_from(n).ok();
    if la == 4 && lb <= 2 && lc <= 2 {
        let ymd = (a, small(b)?, small(c)?);
        return (calendar::exists(ymd) && (1000..2200).contains(&a)).then_some([a, b, c, flag::YEAR_FIRST]);
    }
    if la > 2 || lb > 2 || !(lc == 4 || (lc == 2 && (mark == b'/' || (la == 2 && lb == 2)))) {
        return None;
    }
    let (year, short) = if lc == 2 { (full_year(c), flag::SHORT_YEAR) } else { (c, 0) };
    if !(1000..2200).contains(&year) {
        return None;
    }
    let day_first = calendar::exists((year, small(b)?, small(a)?));
    let month_first = calendar::exists((year, small(a)?, small(b)?)) && mark != b'.';
    match (day_first, month_first) {
        (true, true) if a != b => Some([year, b, a, short | flag::AMBIGUOUS]),
        (true, true) => Some([year, b, a, short]),
        (true, false) => Some([year, b, a, short | if a > 12 { flag::DAY_FIRST } else { 0 }]),
        (false, true) => Some([year, a, b, short | flag::MONTH_FIRST]),
        (false, false) => None,
    }
}

/// The year of two digits: 70 and later are of the last century.
pub(super) const fn full_year(short: i32) -> i32 {
    if short >= 50 { 1900 + short } else { 2000 + short }
}

/// "T10:30:00Z", " 10:30" after a date: the minute of the day, and the end.
fn iso_clock(bytes: &[u8], at: usize, to: usize) -> (Option<i32>, usize) {
    if at + 5 >= to || !matches!(bytes[at], b'T' | b' ') || !bytes[at + 1].is_ascii_digit() {
        return (None, at);
    }
    let clock = chain(bytes, at + 1, to);
    let [(h, lh), (m, lm), (s, _), _] = clock.groups;
    if clock.mark != b':' || lh != 2 || lm != 2 || h > 24 || m > 59 || s > 60 || clock.count > 3 {
        return (None, at);
    }
    let mut end = clock.end;
    if end + 1 < to && bytes[end] == b'.' && bytes[end + 1].is_ascii_digit() {
        end = digits(bytes, end + 1, to).1;
    }
    if end < to && bytes[end] == b'Z' {
        end += 1;
    } else if end + 5 < to && matches!(bytes[end], b'+' | b'-') && bytes[end + 1].is_ascii_digit() {
        let zone = chain(bytes, end + 1, to);
        if zone.groups[0].1 == 2 || zone.groups[0].1 == 4 {
            end = zone.end;
        }
    }
    (Some(h * 60 + m), end)
}

/// The end of the letters and digits that go on at `at`.
fn dead_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
}

/// True where what stands before the number makes it a label: "№ 5", "§ 12", "$40", "A/HRC/2020".
pub(super) fn is_label(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let Some(&before) = at.checked_sub(1).and_then(|i| bytes.get(i)) else { return false };
    let two = at.checked_sub(2).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
    match before {
        b'$' | b'#' | b'+' | b'=' | b'&' | b'%' | b'@' | b'_' | b'~' | b'<' | b'^' | b'\\' => true,
        // Only a year may stand before it: "1988/1989", not "3-166/2025".
        b'/' => {
            let years = at >= 5 && bytes[at - 5..at - 1].iter().all(u8::is_ascii_digit);
            let more = at >= 6 && matches!(bytes[at - 6], b'0'..=b'9' | b'-' | b'.' | b'/' | b':');
            !years || more
        }
        b'-' => two.is_ascii_uppercase() || two == b'/' || two == b'.',
        b'.' => {
            // "12.V.1920": the letter is a month.
            let month = || matches!(two, b'I' | b'V' | b'X') && at >= 4 && bytes[at - 4].is_ascii_digit();
            two.is_ascii_digit() || two.is_ascii_alphabetic() && at >= 3 && bytes[at - 3] == b'.' && !month()
        }
        b':' => two.is_ascii_digit() || two == b':',
        b',' => two.is_ascii_digit(),
        b' ' | 0xa0 | 0xaf => {
            let rest = text.get(..at).unwrap_or("").trim_end_matches([' ', '\u{a0}', '\u{202f}']);
            rest.ends_with(['$', '#', '€', '£', '№', '§', '¶', '°', '+', '='])
        }
        b if b >= 0x80 => {
            text.get(..at).is_some_and(|r| r.ends_with(['€', '£', '№', '§', '¶', '°', '¥', '₽', '₴', '₸', '×', '…']))
        }
        _ => false,
    }
}

/// A token, unless what follows it makes it part of something else.
fn checked(text: &str, token: Tok) -> (Option<Tok>, usize) {
    let bytes = text.as_bytes();
    let next = bytes.get(token.end).copied().unwrap_or(b' ');
    let after = bytes.get(token.end + 1).copied().unwrap_or(b' ');
    let bad = match next {
        b'/' => after.is_ascii_alphanumeric() || after >= 0x80,
        b'%' | b'@' | b'_' | b'$' | b'=' => true,
        b'-' => after.is_ascii_uppercase(),
        b'.' | b':' => after.is_ascii_digit(),
        b',' => after.is_ascii_digit() && token.mask & bit(word::DATE) == 0,
        0xe2 => text.get(token.end..).is_some_and(|r| r.starts_with(['€', '‰', '₽', '₴'])),
        _ => next.is_ascii_digit(),
    };
    if bad {
        return (None, dead_end(text, token.end).max(token.end + 1));
    }
    let end = token.end;
    (Some(token), end)
}

/// Letters that stand right after a date: "05.03.2021г."
fn glued_year_word(language: &Language, text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    if end == 0 {
        return at;
    }
    let folded = word::fold(rest.get(..end.min(24)).unwrap_or(""));
    match language.words.get(folded.as_bytes()) {
        Some(_) => at + end + usize::from(rest.get(end..).is_some_and(|r| r.starts_with('.'))),
        None => at,
    }
}

/// The end of a case ending after a number: "20:40-та".
fn case_ending(language: &Language, text: &str, at: usize) -> usize {
    match suffix(language, text, at) {
        Some((Suffix::Case | Suffix::Ordinal, end)) => end,
        _ => at,
    }
}

/// Reads the ending that stands after a number, glued or after a hyphen or apostrophe.
fn suffix(language: &Language, text: &str, at: usize) -> Option<(Suffix, usize)> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    let skip = match first {
        '-' | '‐' | '‑' | '\'' | '’' | '–' => first.len_utf8(),
        _ if first.is_alphabetic() => 0,
        _ => return None,
    };
    let letters = rest.get(skip..)?;
    let len = letters.find(|c: char| !c.is_alphanumeric()).unwrap_or(letters.len());
    if len == 0 || len > 24 {
        return None;
    }
    let folded = word::fold(letters.get(..len)?);
    language.suffix(&folded).map(|s| (s, at + skip + len))
}

fn plain(
    language: &Language,
    text: &str,
    at: usize,
    to: usize,
    end: usize,
    value: i32,
    len: usize,
) -> (Option<Tok>, usize) {
    let bytes = text.as_bytes();
    if len > 6 {
        return (None, dead_end(text, end));
    }
    let mut token = Tok { start: at, end, n: [value, 0, 0, 0], ..Tok::default() };
    let next = bytes.get(end).copied().unwrap_or(b' ');
    let after = bytes.get(end + 1).copied().unwrap_or(b' ');
    if next == b',' && after.is_ascii_digit() {
        let (fraction, stop) = digits(bytes, end + 1, to);
        if stop - end - 1 == 3 || bytes.get(stop) == Some(&b',') {
            // "1,950": thousands; not a time.
            let mut stop = stop;
            while bytes.get(stop) == Some(&b',') && bytes.get(stop + 1).is_some_and(u8::is_ascii_digit) {
                stop = digits(bytes, stop + 1, to).1;
            }
            return (None, stop);
        }
        if stop - end - 1 <= 2 && !(len == 4 && (1900..2100).contains(&value)) {
            token.end = stop;
            token.mask = bit(word::NUM) | bit(word::DIGITS);
            token.n[3] = value.saturating_mul(100) + if stop - end - 1 == 1 { fraction * 10 } else { fraction };
            return checked(text, token);
        }
    }
    // "20: 40-та": a clock time with a space, as some transcripts have it.
    if language.spaced_clock && next == b':' && after == b' ' && len <= 2 && value <= 24 {
        let (minute, stop) = digits(bytes, end + 2, to);
        if stop == end + 4 && minute < 60 {
            token.mask = bit(word::CLOCK);
            token.n = [value, minute, -1, 0];
            token.end = case_ending(language, text, stop);
            return checked(text, token);
        }
    }
    let in_month = len <= 2 && (1..=31).contains(&value);
    token.mask = bit(word::DIGITS);
    if len <= 4 {
        token.mask |= bit(word::SHORT);
    }
    if in_month {
        token.mask |= bit(word::DAY);
    }
    if len == 4 && (1000..2200).contains(&value) {
        token.mask |= bit(word::YEAR);
        // A comma and a digit after it: a note, or a sum.
        if (1500..=2100).contains(&value) && !(next == b',' && after.is_ascii_digit()) {
            token.mask |= bit(word::MODERN);
        }
    }
    match suffix(language, text, end) {
        Some((Suffix::Ordinal, stop)) => {
            token.end = stop;
            token.mask |= bit(word::ORD) | bit(word::ORDDIGIT);
            // "у 2022-му": a year; "1960e" names ten.
            if len != 4 || value % 10 == 0 {
                token.mask &= !bit(word::MODERN);
            }
            if len == 4 && value % 10 == 0 && !language.decades {
                token.mask |= bit(word::DECADE);
            } else if len == 2 && value % 10 == 0 && !language.decades {
                token.mask |= bit(word::TENS) | bit(word::PLURAL);
            }
            return checked(text, token);
        }
        Some((Suffix::Decade, stop)) => {
            token.end = stop;
            let decade = if len == 4 { bit(word::DECADE) } else { bit(word::TENS) };
            token.mask =
                if value % 10 == 0 && matches!(len, 2 | 4) { decade | bit(word::PLURAL) } else { bit(word::NUM) };
            return checked(text, token);
        }
        Some((Suffix::Case, stop)) => {
            token.end = stop;
            token.mask |= bit(word::CASED);
        }
        None => {
            let letters = text.get(end..).unwrap_or("");
            if letters.starts_with(['°', 'º', 'ª']) {
                token.end += 2;
                token.mask |= bit(word::ORD) | bit(word::ORDDIGIT);
                return (Some(token), end + 2);
            }
            let glued = letters.find(|c: char| !c.is_alphanumeric()).unwrap_or(letters.len());
            if glued > 0 {
                // "10h30", "5ч", "22april": only where the language knows the letters.
                let alphabetic = letters.find(|c: char| !c.is_alphabetic()).unwrap_or(letters.len()).min(32);
                let folded = letters.get(..alphabetic).map(word::fold).unwrap_or_default();
                // "2025Annex": the next paragraph begins without a break.
                let mut next = letters.chars();
                let runs_on = len == 4
                    && next.next().is_some_and(char::is_uppercase)
                    && next.next().is_some_and(char::is_lowercase);
                if !runs_on && language.words.get(folded.as_bytes()).is_none() {
                    return (None, end + glued);
                }
            }
        }
    }
    token.mask |= bit(word::NUM);
    if (1..=12).contains(&value) && len <= 2 {
        token.mask |= bit(word::MM);
    }
    if len == 2 {
        token.mask |= bit(word::YY);
        if value < 60 {
            token.mask |= bit(word::MINUTE);
        }
    }
    if len <= 2 && value <= 24 {
        token.mask |= bit(word::HOUR);
    }
    token.n[3] = value.saturating_mul(100);
    if token.mask & bit(word::YEAR) != 0 && next == b'/' && after.is_ascii_alphabetic() {
        return (None, dead_end(text, end + 1));
    }
    let (bad_end, next) = (token.end, bytes.get(token.end).copied().unwrap_or(b' '));
    if matches!(next, b'%' | b'@' | b'_' | b'$' | b'=')
        || text.get(bad_end..).is_some_and(|r| r.starts_with(['€', '‰', '₽', '₴', '£']))
    {
        return (None, bad_end + 1);
    }
    let end = token.end;
    (Some(token), end)
}
