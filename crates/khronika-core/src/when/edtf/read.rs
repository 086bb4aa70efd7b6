//! Reads EDTF (ISO 8601-2, levels 0 to 2) into bounds.

use crate::Day;

/// First and last day; `None` on a side that is open, has no known year, or lies outside the years of [`Day`].
pub(super) type Bounds = (Option<Day>, Option<Day>);

/// A single date or an interval.
pub(super) fn date_or_interval(text: &str) -> Option<Bounds> {
    let Some((from, to)) = text.split_once('/') else { return single(text) };
    let open = |s: &str| s.is_empty() || s == "..";
    if (open(from) && open(to)) || to.contains('/') {
        return None;
    }
    let first = if open(from) { None } else { single(from)?.0 };
    let last = if open(to) { None } else { single(to)?.1 };
    ordered((first, last))
}

/// `[…]` one of, `{…}` all of.
pub(super) fn list(text: &str) -> Option<Bounds> {
    let inside = text
        .strip_prefix('[')
        .and_then(|t| t.strip_suffix(']'))
        .or_else(|| text.strip_prefix('{').and_then(|t| t.strip_suffix('}')))?;
    let mut all: Option<Bounds> = None;
    for part in inside.split(',') {
        let bounds = match part.split_once("..") {
            None => single(part)?,
            Some(("", "")) => return None,
            Some(("", to)) => (None, single(to)?.1),
            Some((from, "")) => (single(from)?.0, None),
            Some((from, to)) => ordered((single(from)?.0, single(to)?.1))?,
        };
        let both = |a: Option<Day>, b: Option<Day>, pick: fn(Day, Day) -> Day| Some(pick(a?, b?));
        all = Some(match all {
            None => bounds,
            Some(sum) => (both(sum.0, bounds.0, Day::min), both(sum.1, bounds.1, Day::max)),
        });
    }
    all
}

fn ordered(bounds: Bounds) -> Option<Bounds> {
    match bounds {
        (Some(a), Some(b)) if a > b => None,
        _ => Some(bounds),
    }
}

fn single(text: &str) -> Option<Bounds> {
    if let Some(rest) = text.strip_prefix('Y') {
        return long_year(rest);
    }
    let (date, time) = match text.split_once('T') {
        None => (text, None),
        Some((date, time)) => (date, Some(time)),
    };
    let (sign, body) = match date.strip_prefix('-') {
        Some(rest) => (-1i16, rest),
        None => (1i16, date),
    };
    let mut parts = body.split('-');
    let year = parts.next()?;
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    if let Some((year, digits)) = year.split_once('S') {
        let digits = digits.parse::<u32>().ok().filter(|d| (1..=4).contains(d))?;
        return (month.is_none() && time.is_none())
            .then(|| significant(i64::from(sign) * year_digits(year)?, digits))
            .flatten();
    }
    let year = bare(year)?;
    if year.len() != 4 || !is_masked(year) || (sign < 0 && year == "0000") {
        return None;
    }
    let month = month.map(bare).map_or(Some(None), |m| m.map(Some))?;
    let day = day.map(bare).map_or(Some(None), |d| d.map(Some))?;
    if let Some(time) = time {
        let whole = !date.contains(['X', '?', '~', '%']) && day.is_some();
        return (whole && is_time(time)).then(|| days(sign, year, month, day)).flatten();
    }
    if let (Some(code), None) = (month.and_then(|m| m.parse::<u8>().ok()).filter(|c| *c > 12), day) {
        return season(sign, year, code);
    }
    days(sign, year, month, day)
}

/// A part without the marks of uncertainty around it.
fn bare(part: &str) -> Option<&str> {
    let part = part.strip_prefix(['?', '~', '%']).unwrap_or(part);
    let part = part.strip_suffix(['?', '~', '%']).unwrap_or(part);
    (!part.is_empty()).then_some(part)
}

fn is_masked(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_digit() || b == b'X')
}

fn year_digits(year: &str) -> Option<i64> {
    (year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())).then(|| year.parse().ok()).flatten()
}

/// True where `number` fits a pattern of digits and `X`.
fn fits(number: i32, mask: &str) -> bool {
    let mut rest = number;
    mask.bytes().rev().all(|b| {
        let digit = rest % 10;
        rest /= 10;
        b == b'X' || i32::from(b - b'0') == digit
    }) && rest == 0
}

/// The first and the last day that a pattern of year, month and day allows; `None` where the calendar has none.
fn days(sign: i16, year: &str, month: Option<&str>, day: Option<&str>) -> Option<Bounds> {
    let (month, day) = (month.unwrap_or("XX"), day.unwrap_or("XX"));
    if month.len() != 2 || day.len() != 2 || !is_masked(month) || !is_masked(day) {
        return None;
    }
    // Where what is unknown is unknown as a whole, there is nothing to look for in the calendar.
    let known = |part: &str| !part.contains('X');
    if sign > 0 && known(year) && (known(month) || month == "XX") && (known(day) || day == "XX") {
        let at = |m: i8, d: i8| Day::new(year.parse().ok()?, m, d).ok();
        match (month.parse().ok(), day.parse().ok()) {
            (Some(m), Some(d)) => return at(m, d).map(|day| (Some(day), Some(day))),
            (Some(m), None) => return at(m, 1).map(|first| (Some(first), Some(first.last_of_month()))),
            (None, None) => return Some((at(1, 1), at(12, 31))),
            (None, Some(_)) => {}
        }
    }
    let in_year = |y: i16, forward: bool| -> Option<Day> {
        let date = |m: i8, d: i8| Day::new(y, m, d).ok();
        let months = (1..=12i8).filter(|m| fits(i32::from(*m), month));
        let first = |m: i8| (1..=31i8).filter(|d| fits(i32::from(*d), day)).find_map(|d| date(m, d));
        let last = |m: i8| (1..=31i8).rev().filter(|d| fits(i32::from(*d), day)).find_map(|d| date(m, d));
        if forward { months.into_iter().find_map(first) } else { months.rev().find_map(last) }
    };
    let low = year.replace('X', "0").parse::<i16>().ok()?;
    let high = year.replace('X', "9").parse::<i16>().ok()?;
    let years = || (low..=high).filter(|y| fits(i32::from(*y), year));
    let (a, b) = if sign > 0 {
        (years().find_map(|y| in_year(y, true))?, years().rev().find_map(|y| in_year(y, false))?)
    } else {
        (years().rev().find_map(|y| in_year(-y, true))?, years().find_map(|y| in_year(-y, false))?)
    };
    // A year of which not even the century is known bounds nothing.
    Some(if year.starts_with("XX") { (None, None) } else { (Some(a), Some(b)) })
}

/// Seasons, quarters and other parts of a year, by the codes 21 to 41.
///
/// Winter is where usage differs: it may be the beginning of the year, or its end with the two months after it. Both are allowed.
fn season(sign: i16, year: &str, code: u8) -> Option<Bounds> {
    let (low, high) = (year.replace('X', "0").parse::<i16>().ok()?, year.replace('X', "9").parse::<i16>().ok()?);
    let (low, high) = if sign > 0 { (low, high) } else { (-high, -low) };
    let (first, last, wraps) = match code {
        21 | 25 | 31 => (3, 5, false),
        22 | 26 | 32 => (6, 8, false),
        23 | 27 | 29 => (9, 11, false),
        24 | 28 | 30 => (1, 2, true),
        33..=36 => ((code - 33) * 3 + 1, (code - 33) * 3 + 3, false),
        37..=39 => ((code - 37) * 4 + 1, (code - 37) * 4 + 4, false),
        40 | 41 => ((code - 40) * 6 + 1, (code - 40) * 6 + 6, false),
        _ => return None,
    };
    let from = Day::new(low, i8::try_from(first).ok()?, 1).ok();
    let to = Day::new(high.checked_add(i16::from(wraps))?, i8::try_from(last).ok()?, 1).ok().map(Day::last_of_month);
    Some(if year.starts_with("XX") { (None, None) } else { (from, to) })
}

/// `Y170000002`, `Y-17E7`, `Y17101E4S3`.
fn long_year(text: &str) -> Option<Bounds> {
    let (text, digits) = match text.split_once('S') {
        None => (text, None),
        Some((text, digits)) => (text, Some(digits.parse::<u32>().ok().filter(|d| (1..=9).contains(d))?)),
    };
    let (sign, body) = match text.strip_prefix('-') {
        Some(rest) => (-1i64, rest),
        None => (1, text),
    };
    let (base, exponent) = match body.split_once('E') {
        None => (body, None),
        Some((base, e)) => (base, Some(e.parse::<u32>().ok().filter(|e| *e <= 12)?)),
    };
    if base.is_empty()
        || base.len() > 12
        || !base.bytes().all(|b| b.is_ascii_digit())
        || (exponent.is_none() && base.len() < 5)
    {
        return None;
    }
    let year = base.parse::<i64>().ok()?.checked_mul(10i64.checked_pow(exponent.unwrap_or(0))?)? * sign;
    significant(year, digits.unwrap_or(18))
}

/// A year of which only the first `digits` digits are sure.
fn significant(year: i64, digits: u32) -> Option<Bounds> {
    let length = year.unsigned_abs().checked_ilog10().map_or(1, |n| n + 1).max(4);
    let unit = 10i64.checked_pow(length.saturating_sub(digits))?;
    let low = year.div_euclid(unit).checked_mul(unit)?;
    let high = low.checked_add(unit - 1)?;
    let first = i16::try_from(low).ok().and_then(|y| Day::new(y, 1, 1).ok());
    let last = i16::try_from(high).ok().and_then(|y| Day::new(y, 12, 31).ok());
    Some((first, last))
}

/// `10:10:10`, with `Z` or a difference from it.
fn is_time(text: &str) -> bool {
    let (clock, zone) = match text.find(['Z', '+', '-']) {
        None => (text, ""),
        Some(at) => (text.get(..at).unwrap_or(""), text.get(at..).unwrap_or("")),
    };
    let number = |s: &str, most: u8| {
        s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit()) && s.parse::<u8>().is_ok_and(|n| n <= most)
    };
    let mut parts = clock.split(':');
    let hour = parts.next().is_some_and(|h| number(h, 24));
    let clock = hour
        && parts.next().is_some_and(|m| number(m, 59))
        && parts.next().is_some_and(|s| number(s, 60))
        && parts.next().is_none();
    let zone = match zone {
        "" | "Z" => true,
        _ => {
            let mut parts = zone.get(1..).unwrap_or("").split(':');
            parts.next().is_some_and(|h| number(h, 14))
                && parts.next().is_none_or(|m| number(m, 59))
                && parts.next().is_none()
        }
    };
    clock && zone
}
