//! The day of a holiday in the year that it is told of.

use super::calendar::{self, Ymd};
use super::item::Cal;
use super::language::Holiday;
use super::resolve::{Anchors, Around};
use super::tense::Tense;

impl Anchors {
    /// Gives a holiday its year, from the words or the nearest anchor, and its day.
    pub(super) fn holiday(&self, cal: &mut Cal, holiday: Holiday, around: Around) {
        let future = around.tense == Tense::Future;
        let near = self.near(around).map(|(y, _)| y);
        let year = match cal.year {
            Some(year) => Some(year),
            None => match (near, holiday_day(holiday, near.unwrap_or(2000))) {
                (Some(near), Some(_)) => {
                    let by_story = !self.by_writing(around) && self.told_before(around).is_some();
                    let anchor = if by_story { self.story.and_then(|s| s.days()) } else { self.writing };
                    let day = |y| holiday_day(holiday, y).map(calendar::days);
                    match (cal.direction, anchor, day(near)) {
                        (Some(-1), Some(a), Some(d)) if d >= a => Some(near - 1),
                        (Some(1), Some(a), Some(d)) if d <= a => Some(near + 1),
                        (None, Some(a), Some(d)) if !future && d > a + 120 => Some(near - 1),
                        (None, Some(a), Some(d)) if d < a - 240 => Some(near + 1),
                        _ => Some(near),
                    }
                }
                (near, _) => near,
            },
        };
        match year.and_then(|y| holiday_day(holiday, y)) {
            Some((y, m, d)) => (cal.year, cal.month, cal.day) = (Some(y), Some(m), Some(d)),
            None => {
                cal.year = year;
                if let Holiday::Fixed(m, d) = holiday {
                    (cal.month, cal.day) = (Some(m), Some(d));
                }
            }
        }
    }
}

fn holiday_day(holiday: Holiday, year: i32) -> Option<Ymd> {
    match holiday {
        Holiday::Fixed(m, d) => Some((year, m, d)),
        Holiday::Easter(n) => Some(calendar::civil(calendar::easter(year) + n)),
        Holiday::OrthodoxEaster(n) => Some(calendar::civil(calendar::orthodox_easter(year) + n)),
        Holiday::Nth { month, weekday, nth } => {
            if nth > 0 {
                let first = calendar::days((year, month, 1));
                let ahead = (i32::from(weekday) - i32::from(calendar::weekday(first))).rem_euclid(7);
                Some(calendar::civil(first + ahead + (i32::from(nth) - 1) * 7))
            } else {
                let last = calendar::days((year, month, calendar::month_days(year, month)));
                let back = (i32::from(calendar::weekday(last)) - i32::from(weekday)).rem_euclid(7);
                Some(calendar::civil(last - back))
            }
        }
        Holiday::Unknown => None,
    }
}
