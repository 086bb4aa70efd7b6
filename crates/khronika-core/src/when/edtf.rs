//! Extended Date/Time Format: a day, month or year, approximate or uncertain, with unknown parts, alone or as an interval.

mod read;

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
    /// Reads EDTF, levels 0 to 2. Spaces inside lists are accepted and not printed again.
    ///
    /// # Errors
    /// Where the text is not EDTF, names a day that the calendar does not have, or an interval that ends before it begins.
    pub fn parse(text: &str) -> Result<Self, EdtfError> {
        let error = || EdtfError { text: text.to_owned() };
        let (text, (earliest, latest)) = match text.as_bytes().first() {
            Some(b'[' | b'{') => {
                let text: String = text.split_whitespace().collect();
                let bounds = read::list(&text).ok_or_else(error)?;
                (text, bounds)
            }
            _ => (text.to_owned(), read::date_or_interval(text).ok_or_else(error)?),
        };
        Ok(Self { text, earliest, latest })
    }

    /// True where some part is marked uncertain (`?` or `%`).
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.text.contains(['?', '%'])
    }

    /// True where some part is marked approximate (`~` or `%`).
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.text.contains(['~', '%'])
    }

    /// What an expression says: the interval that it is the open end of, else the date itself.
    pub(crate) fn extent<'a>(date: Option<&'a Self>, interval: Option<&'a Self>) -> Option<&'a Self> {
        interval.filter(|i| i.text.starts_with("../") || i.text.ends_with("/..")).or(date)
    }

    /// One day.
    #[must_use]
    pub fn day(day: Day) -> Self {
        Self { text: printed(day), earliest: Some(day), latest: Some(day) }
    }

    /// One month of the years 0 to 9999; `None` outside them.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Day::new(year, month, 1).ok().filter(|_| (0..=9999).contains(&year))?;
        let mut text = printed(first);
        text.truncate(7);
        Some(Self { text, earliest: Some(first), latest: Some(first.last_of_month()) })
    }

    /// One of the years 0 to 9999; `None` outside them.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        let first = Day::new(year, 1, 1).ok().filter(|_| (0..=9999).contains(&year))?;
        let mut text = printed(first);
        text.truncate(4);
        Some(Self { text, earliest: Some(first), latest: Day::new(year, 12, 31).ok() })
    }

    /// The days from one to another, both of the years 0 to 9999, the first not after the last; `None` otherwise.
    #[must_use]
    pub fn days(first: Day, last: Day) -> Option<Self> {
        let within = |day: Day| (0..=9999).contains(&day.year());
        (first <= last && within(first) && within(last)).then(|| {
            let mut text = printed(first);
            text.push('/');
            text.push_str(&printed(last));
            Self { text, earliest: Some(first), latest: Some(last) }
        })
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

/// A day as ISO 8601. Days of the years 0 to 9999 are written digit by digit: a long document prints tens of thousands of them.
fn printed(day: Day) -> String {
    let (year, month, of_month) = (day.year(), day.month(), day.day());
    if !(0..=9999).contains(&year) {
        return day.to_string();
    }
    let mut text = String::with_capacity(10);
    for (mark, number, mut unit) in [("", year, 1000), ("-", i16::from(month), 10), ("-", i16::from(of_month), 10)] {
        text.push_str(mark);
        while unit > 0 {
            text.push(u8::try_from(number / unit % 10).map_or('0', |digit| char::from(b'0' + digit)));
            unit /= 10;
        }
    }
    text
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_prints_as_the_calendar_prints_it() {
        for (y, m, d) in [(0, 1, 1), (7, 10, 31), (1894, 12, 22), (2024, 2, 29), (9999, 12, 31), (-43, 3, 15)] {
            let day = Day::new(y, m, d).unwrap();
            assert_eq!(Edtf::day(day).as_str(), day.to_string());
        }
    }

    #[test]
    fn a_month_and_a_year_are_what_their_printed_forms_say() {
        for (year, month) in [(0, 1), (1894, 12), (2024, 2), (2023, 2), (9999, 11)] {
            let one = Edtf::month(year, month).unwrap();
            assert_eq!((Edtf::parse(one.as_str()).unwrap().bounds(), one.as_str().len()), (one.bounds(), 7));
            let one = Edtf::year(year).unwrap();
            assert_eq!((Edtf::parse(one.as_str()).unwrap().bounds(), one.as_str().len()), (one.bounds(), 4));
        }
        assert_eq!((Edtf::month(2024, 13), Edtf::month(-5, 1), Edtf::year(-1)), (None, None, None));
    }

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
        assert_eq!(bounds("1560-XX-25"), ("1560-01-25".into(), "1560-12-25".into()));
        assert_eq!(bounds("-0043-03-15"), ("-000043-03-15".into(), "-000043-03-15".into()));
        assert_eq!(bounds("2014-33"), ("2014-01-01".into(), "2014-03-31".into()));
        assert_eq!(bounds("1950S2"), ("1900-01-01".into(), "1999-12-31".into()));
        assert_eq!(bounds("[1667, 1670..1672]"), ("1667-01-01".into(), "1672-12-31".into()));
        assert_eq!(bounds("[..1760-12-03]"), ("..".into(), "1760-12-03".into()));
        assert_eq!(bounds("/2006"), ("..".into(), "2006-12-31".into()));
        assert_eq!(bounds("Y170000002"), ("..".into(), "..".into()));
        assert_eq!(bounds("2004-01-01T10:10:10+05:00"), ("2004-01-01".into(), "2004-01-01".into()));
        assert_eq!(bounds("1960-02-2X"), ("1960-02-20".into(), "1960-02-29".into()));
    }

    #[test]
    fn the_calendar_is_exact() {
        for wrong in [
            "2005-02-29",
            "2005-13",
            "2005-04-31",
            "205",
            "2006/2005",
            "../..",
            "",
            "May 2005",
            "XXXX-02-30",
            "1X99-02-30",
            "-0000",
            "2004-(06)?-11",
            "Y17E7-12-26",
            "2005-42",
            "[1667",
            "{}",
            "2005-1",
            "2005-01-01T25:00:00",
        ] {
            assert!(Edtf::parse(wrong).is_err(), "{wrong}");
        }
    }

    /// The vectors of python-edtf (github.com/ixc/python-edtf, MIT), a choice of each kind.
    #[test]
    fn what_others_accept_is_read_and_printed_again() {
        let valid = "2001-02-03 -0999 0000 2001-02-03T09:30:01 2004-01-01T10:10:10Z 1964/2008 -2005/-1999-02 1984? 2004-06-11% -01XX \
                     -01XX~ 16XX% 1XXX~ 2004-06-01/ ../2006 1984~/2004~ 1984-06-02?/ Y-170000002 2001-21 2010-24 2004?-06-11 2004-06~-11 \
                     2004-?06-?11 ?2004-%06 156X-12-25 15XX-12-XX XXXX-XX-23 [1760-12..] {1667,1668,1670..1672} 2004-06-~01/2004-06-~20 \
                     Y17E7 1953S3 Y17101E4S3 Y171010000S3 2001-29 2001-34";
        for text in valid.split_whitespace() {
            let edtf = Edtf::parse(text).unwrap();
            assert_eq!(edtf.as_str(), text);
            assert_eq!(Edtf::parse(edtf.as_str()).unwrap(), edtf);
            if let (Some(a), Some(b)) = edtf.bounds() {
                assert!(a <= b, "{text}");
            }
        }
        assert_eq!(Edtf::parse("{1960, 1961-12}").unwrap().as_str(), "{1960,1961-12}");
    }
}
