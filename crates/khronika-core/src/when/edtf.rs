//! Extended Date/Time Format: a day, month or year, approximate or uncertain, with unknown parts, alone or as an interval.

use std::fmt;

use crate::Day;

/// A date in EDTF (ISO 8601-2). Holds its printed form; two are equal when they print the same.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edtf {
    text: String,
    earliest: Option<Day>,
    latest: Option<Day>,
}

/// A text that is not EDTF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdtfError {
    text: String,
}

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a date in EDTF (examples: 2018-05-31, 2021-12, 2017/.., 2018~)", self.text)
    }
}

impl std::error::Error for EdtfError {}

impl Edtf {
    /// Reads EDTF.
    ///
    /// # Errors
    /// Where the text is not EDTF, or names a day that the calendar does not have.
    pub fn parse(text: &str) -> Result<Self, EdtfError> {
        let error = || EdtfError { text: text.to_owned() };
        let (earliest, latest) = match text.split_once('/') {
            None => point(text).ok_or_else(error)?,
            Some((from, to)) => {
                let open = |s: &str| s.is_empty() || s == "..";
                if open(from) && open(to) {
                    return Err(error());
                }
                let first = if open(from) { None } else { point(from).ok_or_else(error)?.0 };
                let last = if open(to) { None } else { point(to).ok_or_else(error)?.1 };
                if let (Some(a), Some(b)) = (first, last)
                    && a > b
                {
                    return Err(error());
                }
                (first, last)
            }
        };
        Ok(Self { text: text.to_owned(), earliest, latest })
    }

    /// One day.
    #[must_use]
    pub fn day(day: Day) -> Self {
        Self { text: day.to_string(), earliest: Some(day), latest: Some(day) }
    }

    /// The printed form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The first and the last day that the date allows; `None` on a side that is open or has no known year.
    #[must_use]
    pub const fn bounds(&self) -> (Option<Day>, Option<Day>) {
        (self.earliest, self.latest)
    }

    /// The day, where the date is exactly one.
    #[must_use]
    pub fn as_day(&self) -> Option<Day> {
        match self.bounds() {
            (Some(a), Some(b)) if a == b => Some(a),
            _ => None,
        }
    }

    /// True where the days that the two dates allow have one in common. A side without bound allows every day.
    #[must_use]
    pub fn may_equal(&self, other: &Self) -> bool {
        let before = |a: Option<Day>, b: Option<Day>| matches!((a, b), (Some(a), Some(b)) if a < b);
        !before(self.latest, other.earliest) && !before(other.latest, self.earliest)
    }

    /// True where every day that this date allows lies before every day that the other allows.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        matches!((self.latest, other.earliest), (Some(a), Some(b)) if a < b)
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The bounds of a single date; `None` where the text is none.
fn point(text: &str) -> Option<(Option<Day>, Option<Day>)> {
    let text = text.strip_suffix(['~', '?', '%']).unwrap_or(text);
    let mut parts = text.split('-');
    let year = parts.next()?;
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit() || b == b'X') {
        return None;
    }
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let number = |s: &str, low: i8, high: i8| s.parse::<i8>().ok().filter(|n| s.len() == 2 && (low..=high).contains(n));
    let month = match month {
        None | Some("XX") => None,
        Some(m) => Some(number(m, 1, 12)?),
    };
    let day = match day {
        None | Some("XX") => None,
        Some(d) => Some(number(d, 1, 31)?),
    };
    if year.contains('X') {
        let (low, high) = (year.replace('X', "0").parse::<i16>().ok()?, year.replace('X', "9").parse::<i16>().ok()?);
        if month.is_some() || day.is_some() {
            // 29 February needs some leap year; every other day needs only its month.
            Day::new(2000, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
            return Some((None, None));
        }
        return Some(if year.starts_with('X') {
            (None, None)
        } else {
            (Day::new(low, 1, 1).ok(), Day::new(high, 12, 31).ok())
        });
    }
    let year = year.parse::<i16>().ok()?;
    match (month, day) {
        (Some(m), Some(d)) => Day::new(year, m, d).ok().map(|day| (Some(day), Some(day))),
        (Some(m), None) => Day::new(year, m, 1).ok().map(|first| (Some(first), Some(first.last_of_month()))),
        (None, None) => Some((Day::new(year, 1, 1).ok(), Day::new(year, 12, 31).ok())),
        (None, Some(_)) => Some((Day::new(year, 1, 1).ok(), Day::new(year, 12, 31).ok())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(text: &str) -> (String, String) {
        let (a, b) = Edtf::parse(text).unwrap().bounds();
        let show = |d: Option<Day>| d.map_or_else(|| "..".to_owned(), |d| d.to_string());
        (show(a), show(b))
    }

    #[test]
    fn a_date_is_as_wide_as_its_words() {
        assert_eq!(bounds("2018-05-31"), ("2018-05-31".into(), "2018-05-31".into()));
        assert_eq!(bounds("2024-02"), ("2024-02-01".into(), "2024-02-29".into()));
        assert_eq!(bounds("2022"), ("2022-01-01".into(), "2022-12-31".into()));
        assert_eq!(bounds("201X"), ("2010-01-01".into(), "2019-12-31".into()));
        assert_eq!(bounds("2017/.."), ("2017-01-01".into(), "..".into()));
        assert_eq!(bounds("XXXX-04-11"), ("..".into(), "..".into()));
    }

    #[test]
    fn the_calendar_is_exact() {
        for wrong in ["2005-02-29", "2005-13", "2005-04-31", "205", "2006/2005", "../..", "", "May 2005"] {
            assert!(Edtf::parse(wrong).is_err(), "{wrong}");
        }
    }
}
