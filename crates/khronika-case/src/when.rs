//! Dates in words, and what is known of when something happened.

use khronika_core::{Basis, Day, Edtf, MONTHS, When};

/// "on 2020-09-29", "in December 2021", "in 2022", "between 2016 and 2019", "on a day that is not told".
pub(crate) fn words(when: Option<&When>) -> String {
    let Some(when) = when else { return "on a day that is not told".to_owned() };
    let date = edtf_words(&when.edtf);
    match when.basis {
        Basis::Service => format!("(served {date})"),
        _ => date,
    }
}

/// A date with its preposition.
pub(crate) fn edtf_words(edtf: &Edtf) -> String {
    let text = edtf.as_str();
    match text.split_once('/') {
        Some((from, "" | "..")) => format!("since {}", point(from).1),
        Some(("" | "..", to)) => format!("until {}", point(to).1),
        Some((from, to)) => format!("between {} and {}", point(from).1, point(to).1),
        None => {
            let (preposition, words) = point(text);
            if text.ends_with(['~', '?', '%']) { format!("about {words}") } else { format!("{preposition} {words}") }
        }
    }
}

fn point(text: &str) -> (&'static str, String) {
    let text = text.trim_end_matches(['~', '?', '%']);
    let parts: Vec<&str> = text.split('-').collect();
    let month = |m: &str| m.parse::<usize>().ok().and_then(|m| MONTHS.get(m.checked_sub(1)?)).copied();
    match parts.as_slice() {
        [year, m, day] if year.contains('X') && month(m).is_some() => (
            "on",
            format!("{} {} of a year that is not told", day.trim_start_matches('0'), month(m).unwrap_or_default()),
        ),
        [_, _, _] => ("on", text.to_owned()),
        [year, m] if month(m).is_some() => ("in", format!("{} {year}", month(m).unwrap_or_default())),
        _ => ("in", text.to_owned()),
    }
}

/// The first and the last day that something may have happened on, as far as that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) earliest: Option<Day>,
    pub(crate) latest: Option<Day>,
}

/// Whether something had happened by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happened {
    Yes,
    No,
    Perhaps,
}

impl Bounds {
    /// The bounds that a date gives.
    pub(crate) fn of(when: Option<&When>) -> Self {
        when.map_or_else(Self::default, |w| Self { earliest: w.earliest(), latest: w.latest() })
    }

    /// Not later than `day`, unless that would leave no day.
    pub(crate) fn until(mut self, day: Option<Day>) -> Self {
        let Some(day) = day else { return self };
        if self.earliest.is_none_or(|e| e <= day) && self.latest.is_none_or(|l| l > day) {
            self.latest = Some(day);
        }
        self
    }

    /// Not before `day`, unless that would leave no day.
    pub(crate) fn from(mut self, day: Option<Day>) -> Self {
        let Some(day) = day else { return self };
        if self.latest.is_none_or(|l| l >= day) && self.earliest.is_none_or(|e| e < day) {
            self.earliest = Some(day);
        }
        self
    }

    /// Whether it had happened by the end of `day`.
    pub(crate) fn happened(self, day: Day) -> Happened {
        match (self.earliest, self.latest) {
            (Some(e), _) if e > day => Happened::No,
            (_, Some(l)) if l > day => Happened::Perhaps,
            _ => Happened::Yes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_a_person_writes_them() {
        let words = |text: &str| edtf_words(&Edtf::parse(text).unwrap());
        assert_eq!(words("2020-09-29"), "on 2020-09-29");
        assert_eq!(words("2021-12"), "in December 2021");
        assert_eq!(words("2022"), "in 2022");
        assert_eq!(words("2016/2019"), "between 2016 and 2019");
        assert_eq!(words("2017/.."), "since 2017");
        assert_eq!(words("2018~"), "about 2018");
        assert_eq!(words("XXXX-04-11"), "on 11 April of a year that is not told");
        assert_eq!(words("201X"), "in 201X");
    }

    #[test]
    fn a_year_that_the_day_falls_into_is_perhaps() {
        let bounds = |text: &str| {
            let (earliest, latest) = Edtf::parse(text).unwrap().bounds();
            Bounds { earliest, latest }
        };
        let day = Day::constant(2022, 6, 1);
        assert_eq!(bounds("2022").happened(day), Happened::Perhaps);
        assert_eq!(bounds("2021").happened(day), Happened::Yes);
        assert_eq!(bounds("2022-06-02").happened(day), Happened::No);
        assert_eq!(bounds("2022").until(Some(Day::constant(2022, 5, 1))).happened(day), Happened::Yes);
        assert_eq!(Bounds::default().happened(day), Happened::Yes);
    }
}
