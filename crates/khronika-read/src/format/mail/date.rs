//! The date of a mail (RFC 5322, 3.3), as its sender's program wrote it.

use jiff::civil::{Date, Time};
use khronika_core::Day;

/// A day and hour with the distance from universal time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The day where it was written.
    pub day: Day,
    /// Minutes since the first day of the year 0, in universal time.
    pub minutes: i64,
}

/// Mail programs before this year wrote no such headers; a clock that was never set says 1970 or 1980.
const FIRST: i16 = 1982;

/// No mail was written after this year.
const LAST: i16 = 2100;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl Stamp {
    /// Reads a date as the header has it: "Tue, 3 May 2022 10:15:00 +0200 (CEST)".
    pub(super) fn read(written: &str) -> Option<Self> {
        let mut plain = String::with_capacity(written.len().min(200));
        let mut depth = 0_u32;
        for c in written.chars().take(200) {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                ',' => plain.push(' '),
                c if depth == 0 => plain.push(c),
                _ => {}
            }
        }
        let words: Vec<&str> = plain.split_whitespace().collect();
        let at = words.iter().position(|word| month(word).is_some())?;
        let before = at.checked_sub(1).and_then(|n| words.get(n)).and_then(|word| number(word));
        let after = words.get(at + 1).copied();
        // "3 May 2022" by the standard, "May  3 10:15:00 2022" as C's library prints it.
        let (day, year) = match before {
            Some(day) => (day, number(after?)?),
            None => (number(after?)?, words.iter().skip(at + 2).find_map(|w| number(w).filter(|n| *n >= 1000))?),
        };
        let year = match year {
            0..=49 => year + 2000,
            50..=999 => year + 1900,
            year => year,
        };
        let month = month(words.get(at)?)?;
        let day = Date::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).ok()?;
        let clock = words.iter().find_map(|word| clock(word)).unwrap_or_else(Time::midnight);
        let zone = words.iter().skip(at).find_map(|word| zone(word)).unwrap_or(0);
        let minutes = i64::from(days(day)) * 1440 + i64::from(clock.hour()) * 60 + i64::from(clock.minute()) - zone;
        Some(Self { day, minutes })
    }

    /// False where no mail can have been written then.
    pub(super) fn is_plausible(self) -> bool {
        (FIRST..=LAST).contains(&self.day.year())
    }
}

fn days(day: Day) -> i32 {
    let start = Date::constant(0, 1, 1);
    day.since(start).map_or(0, |span| span.get_days())
}

fn month(word: &str) -> Option<i8> {
    let start = word.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|m| *m == start)?;
    word.bytes().all(|b| b.is_ascii_alphabetic()).then(|| i8::try_from(at + 1).unwrap_or(1))
}

fn number(word: &str) -> Option<i32> {
    (word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok()).flatten()
}

fn clock(word: &str) -> Option<Time> {
    let mut parts = word.split(':');
    let (hour, minute) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Time::new(hour, minute, 0, 0).ok()
}

/// Minutes ahead of universal time.
fn zone(word: &str) -> Option<i64> {
    let (sign, digits) = match word.as_bytes() {
        [b'+', ..] => (1, word.get(1..)?),
        [b'-', ..] => (-1, word.get(1..)?),
        _ => return None,
    };
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = (digits.get(..2)?.parse::<i64>().ok()?, digits.get(2..)?.parse::<i64>().ok()?);
    Some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_programs_write_them() {
        for (written, day) in [
            ("Tue, 03 May 2022 23:30:00 +0200 (CEST)", "2022-05-03"),
            ("3 May 2022 10:15 GMT", "2022-05-03"),
            ("Tue May  3 10:15:00 2022", "2022-05-03"),
            ("Wed, 1 Jan 97 00:00:00 -0500", "1997-01-01"),
            ("Sat,1 Jan 2000 00:00:00 +0000", "2000-01-01"),
        ] {
            assert_eq!(Stamp::read(written).map(|s| s.day.to_string()).as_deref(), Some(day), "{written}");
        }
        for not in ["", "yesterday", "Tue, 31 Feb 2022", "May", "вторник, 3 мая 2022", "3 May"] {
            assert_eq!(Stamp::read(not), None, "{not}");
        }
    }

    #[test]
    fn one_moment_in_two_zones() {
        let read = |w| Stamp::read(w).unwrap();
        let (a, b) = (read("3 May 2022 00:30 +0200"), read("2 May 2022 22:30 +0000"));
        assert_eq!(a.minutes, b.minutes);
        assert_ne!(a.day, b.day);
        assert!(a.is_plausible() && !read("1 Jan 1970 00:00 +0000").is_plausible());
    }
}
