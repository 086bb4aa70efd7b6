//! A number or a day of a text, as far as the words give it, and whether two of them can be the same.

use std::ops::Range;

use khronika_core::Counted;

use super::count::Number;

/// Days farther apart than this are those of two things, unless one figure parts them.
const NEAR: i32 = 31;

/// Year, month and day.
type Ymd = (i32, i32, i32);

/// A number with its bound.
pub(super) struct Amount {
    pub(super) number: Number,
    pub(super) bound: Counted,
    pub(super) tokens: Range<usize>,
}

/// A length of time: the days in `amount`, and the units that it is told in.
pub(super) struct Term {
    pub(super) amount: Amount,
    pub(super) units: String,
}

impl Term {
    /// The days and the units of a length of time as its expression has it: `P7Y6M`.
    pub(super) fn days(value: &str) -> Option<(f64, String)> {
        const MONTH: f64 = 30.4375;
        let (mut days, mut units, mut number) = (0.0, String::new(), String::new());
        for c in value.strip_prefix('P')?.chars() {
            let unit = match c {
                'Y' => 12.0 * MONTH,
                'M' => MONTH,
                'W' => 7.0,
                'D' => 1.0,
                _ => {
                    number.push(c);
                    continue;
                }
            };
            days += number.parse::<f64>().ok()? * unit;
            units.push(c);
            number.clear();
        }
        (number.is_empty() && days > 0.0).then_some((days, units))
    }

    /// How many times the shorter goes into the longer.
    pub(super) fn times(&self, other: &Self) -> f64 {
        let (a, b) = (self.amount.number.value, other.amount.number.value);
        a.max(b) / a.min(b)
    }

    /// "18 months" and "a year and a half".
    pub(super) fn same(&self, other: &Self) -> bool {
        self.times(other) < 1.01
    }
}

/// A day of a text, as far as its words give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) tokens: Range<usize>,
    pub(super) year: Option<i32>,
    pub(super) month: Option<i32>,
    pub(super) day: i32,
    /// The year stands in the words.
    pub(super) stated: bool,
}

/// An hour of a text.
pub(super) struct Clock {
    pub(super) tokens: Range<usize>,
    /// The day that it is of, as the value of the expression has it.
    pub(super) day: String,
    /// The minute of that day.
    pub(super) minute: u16,
}

impl Stamp {
    /// The parts of two days that both are known, those of the second filled up from the first.
    fn pair(&self, other: &Self) -> Option<(Ymd, Ymd)> {
        let month = self.month?;
        let year = if self.stated && other.stated { (self.year?, other.year?) } else { (0, 0) };
        Some(((year.0, month, self.day), (year.1, other.month.unwrap_or(month), other.day)))
    }

    pub(super) fn same(&self, other: &Self) -> bool {
        self.pair(other).is_some_and(|(a, b)| a == b)
    }

    /// Two days that one thing may be told with: within a month, or parted by one figure.
    pub(super) fn near(&self, other: &Self) -> bool {
        let Some((a, b)) = self.pair(other) else { return false };
        let days = |(y, m, d): Ymd| y * 372 + m * 31 + d;
        a != b && ((days(a) - days(b)).abs() <= NEAR || slip(a, b))
    }

    pub(super) fn slip(&self, other: &Self) -> bool {
        self.pair(other).is_some_and(|(a, b)| slip(a, b))
    }
}

/// One figure apart: the same day of another month or year, the 19th and the 29th; or two changed round: the 12th and the 21st.
fn slip(a: Ymd, b: Ymd) -> bool {
    let ((y, m, d), (z, n, e)) = (a, b);
    let figure = (d / 10 == e / 10) != (d % 10 == e % 10) || d / 10 == e % 10 && d % 10 == e / 10;
    match (y == z, m == n, d == e) {
        (true, true, false) => figure,
        (true, false, true) => (m - n).abs() == 1,
        (false, true, true) => (y - z).abs() == 1,
        _ => false,
    }
}

/// The beginning of a word, without what may be its ending.
pub(super) fn stem(word: &str) -> String {
    word.chars().take(4).collect()
}

/// True where no number fits both bounds. "About" reaches a fifth to either side.
pub(super) fn disjoint(a: &Amount, b: &Amount) -> bool {
    let range = |x: &Amount| {
        let n = x.number.value;
        match x.bound {
            Counted::Exactly => (n, n),
            Counted::AtLeast => (n, f64::INFINITY),
            Counted::AtMost => (f64::NEG_INFINITY, n),
            Counted::About => (n - n / 5.0, n + n / 5.0),
        }
    };
    let ((low, high), (from, to)) = (range(a), range(b));
    high < from || to < low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_so_many_days() {
        let days = |value| Term::days(value).map(|(days, units)| (days.round(), units));
        assert_eq!(days("P10D"), Some((10.0, "D".to_owned())));
        assert_eq!(days("P3W"), Some((21.0, "W".to_owned())));
        assert_eq!(days("P18M"), Some((548.0, "M".to_owned())));
        assert_eq!(days("P1.5Y"), Some((548.0, "Y".to_owned())));
        assert_eq!(days("P2Y6M"), Some((913.0, "YM".to_owned())));
        assert_eq!([days("PT2H"), days("P"), days("2024"), days("P5")], [None, None, None, None]);
    }
}
