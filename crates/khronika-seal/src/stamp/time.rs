//! Times in certificates and time stamps.

use std::fmt;

use super::der::{GENERALIZED_TIME, Item, UTC_TIME, malformed};
use crate::error::Result;

/// A second in UTC, with what an authority states of its fractions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time {
    /// Seconds since 1970.
    pub seconds: i64,
    /// The digits after the second's point; empty where there are none.
    pub fraction: String,
}

impl Time {
    /// A whole second, counted since 1970.
    pub fn from_seconds(seconds: i64) -> Self {
        Self { seconds, fraction: String::new() }
    }

    pub(super) fn of(item: &Item<'_>) -> Result<Self> {
        let bad = || malformed("a time is none");
        let text = std::str::from_utf8(item.value).map_err(|_| bad())?;
        let text = text.strip_suffix('Z').ok_or_else(bad)?;
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) if item.tag == GENERALIZED_TIME && !fraction.is_empty() && fraction.len() < 20 => {
                (whole, fraction)
            }
            Some(_) => return Err(bad()),
            None => (text, ""),
        };
        if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return Err(bad());
        }
        let year_digits = match item.tag {
            GENERALIZED_TIME => 4,
            UTC_TIME => 2,
            _ => return Err(bad()),
        };
        if whole.len() != year_digits + 10 {
            return Err(bad());
        }
        let number = |from: usize, digits: usize| {
            whole.get(from..from + digits).and_then(|d| d.parse::<i64>().ok()).ok_or_else(bad)
        };
        let year = number(0, year_digits)?;
        // Years of two digits are those from 1950 to 2049.
        let year = if year_digits == 4 {
            year
        } else if year < 50 {
            2000 + year
        } else {
            1900 + year
        };
        let field = |i: usize| number(year_digits + 2 * i, 2);
        let (month, day, hour, minute, second) = (field(0)?, field(1)?, field(2)?, field(3)?, field(4)?);
        let fits = (1..=12).contains(&month)
            && (1..=days_of(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 61;
        if !fits {
            return Err(bad());
        }
        let seconds = ((days_before(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
        Ok(Self { seconds, fraction: fraction.trim_end_matches('0').to_owned() })
    }
}

impl fmt::Display for Time {
    /// As RFC 3339 writes it: `2026-11-30T01:02:03Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, second) = (self.seconds.div_euclid(86_400), self.seconds.rem_euclid(86_400));
        let (year, month, day) = date_of(days);
        write!(f, "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)?;
        if !self.fraction.is_empty() {
            write!(f, ".{}", self.fraction)?;
        }
        f.write_str("Z")
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from the first of January 1970.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March end with the leap day.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1 - 719_468
}

fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + next, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tag: u8, text: &str) -> Option<String> {
        let item = Item { tag, value: text.as_bytes(), whole: &[] };
        Time::of(&item).ok().map(|time| time.to_string())
    }

    #[test]
    fn times_are_read_and_written() {
        for (tag, text, time) in [
            (GENERALIZED_TIME, "20261130010203Z", "2026-11-30T01:02:03Z"),
            (GENERALIZED_TIME, "20240229235960.50Z", "2024-03-01T00:00:00.5Z"),
            (UTC_TIME, "700101000000Z", "1970-01-01T00:00:00Z"),
            (UTC_TIME, "491231235959Z", "2049-12-31T23:59:59Z"),
            (UTC_TIME, "500101000000Z", "1950-01-01T00:00:00Z"),
        ] {
            assert_eq!(read(tag, text).as_deref(), Some(time));
        }
        for (tag, text) in [
            (GENERALIZED_TIME, "20230229000000Z"),
            (GENERALIZED_TIME, "20230101000000"),
            (GENERALIZED_TIME, "20230101000000+0100"),
            (GENERALIZED_TIME, "202301010000Z"),
            (GENERALIZED_TIME, "20231301000000Z"),
            (UTC_TIME, "230101000000.5Z"),
            (UTC_TIME, "23010100000éZ"),
        ] {
            assert_eq!(read(tag, text), None, "{text}");
        }
        for days in (-800_000..800_000).step_by(97) {
            let (year, month, day) = date_of(days);
            assert_eq!(days_before(year, month, day), days);
        }
    }
}
