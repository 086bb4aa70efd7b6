//! Completes relative and incomplete dates from the right anchor.
//!
//! A news text is seen from the day it was written: a weekday or a month without year is the one nearest to that day. A narrative (a
//! judgment, a history) is told in order: a date without year takes the year of the date told before it. Which of the two a document
//! is follows from its own full dates.

use khronika_core::{Basis, Span, TimexMod};

use super::calendar::{self, Ymd};
use super::item::{Body, Cal, Item, Step};
use super::language::{From, Holiday};
use super::value::{self, Printed};
use super::word::Unit;

/// A date told earlier in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    pub year: i32,
    pub month: Option<u8>,
    pub day: Option<u8>,
    pub span: Span,
    /// The year stands in the text.
    pub stated: bool,
}

impl Told {
    fn days(&self) -> Option<i32> {
        Some(calendar::days((self.year, self.month?, self.day?)))
    }
}

/// What dates are resolved against.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Anchors {
    /// The day of writing, in days, and its words where the text gives it.
    pub writing: Option<i32>,
    pub writing_span: Option<Span>,
    pub narrative: bool,
    pub story: Option<Told>,
}

/// A resolved expression.
pub(super) struct Resolved {
    pub printed: Printed,
    pub basis: Basis,
    pub anchor: Option<Span>,
    pub note: Option<String>,
    /// What later expressions may count from.
    pub told: Option<Told>,
}

/// How far (bytes) a year told before still holds in a news text.
const REACH: usize = 400;

fn set_day(cal: &mut Cal, day: i32) {
    let (y, m, d) = calendar::civil(day);
    (cal.year, cal.month, cal.day, cal.weekday) = (Some(y), Some(m), Some(d), None);
}

impl Anchors {
    /// Resolves one expression. `future` is true where the words around it speak of what is to come.
    pub(super) fn resolve(&self, item: &Item, future: bool) -> Resolved {
        let Body::Date(cal) = &item.body else {
            return Resolved {
                printed: value::other(&item.body),
                basis: Basis::Stated,
                anchor: None,
                note: item.note.clone(),
                told: None,
            };
        };
        let mut cal = *cal;
        let mut note = item.note.clone();
        let mut basis = Basis::Stated;
        let mut anchor = None;
        if item.shared.is_some() {
            (basis, anchor) = (Basis::YearTaken, item.shared);
        }
        let mut reference = None;
        if let Some(step) = cal.step {
            (basis, anchor) = (Basis::Relative, self.anchor_span(step.from));
            reference = self.step(&mut cal, step);
        } else if self.complete(&mut cal, item.span, future) {
            let by_story = self.by_story(item.span);
            basis = if cal.weekday.is_some() || cal.direction.is_some() { Basis::Relative } else { Basis::YearTaken };
            anchor = if by_story { self.story.map(|s| s.span) } else { self.writing_span };
        }
        if let Some(holiday) = cal.holiday {
            self.holiday(&mut cal, holiday, future, item.span);
        }
        if let (Some(w), Some(y), Some(m), Some(d)) = (cal.weekday, cal.year, cal.month, cal.day)
            && !cal.bc
        {
            let real = calendar::weekday(calendar::days((y, m, d)));
            if real != w && calendar::exists((y, m, d)) && note.is_none() {
                note = Some(format!("the weekday does not fit: {y:04}-{m:02}-{d:02} is weekday {real} (Monday is 1)"));
            }
        }
        let printed = match reference {
            Some(value) => Printed { value: value.to_owned(), ..value::date(&Cal::default(), None) },
            None => value::date(&cal, item.modifier),
        };
        let told = cal.year.filter(|_| !cal.bc).map(|year| Told {
            year,
            month: cal.month,
            day: cal.day,
            span: item.span,
            stated: basis == Basis::Stated || item.shared.is_some(),
        });
        Resolved { printed, basis, anchor, note, told }
    }

    fn anchor_span(&self, from: From) -> Option<Span> {
        match from {
            From::Writing if self.writing.is_some() => self.writing_span,
            _ => self.story.map(|s| s.span).or(self.writing_span),
        }
    }

    /// True where a date without year at `span` belongs to what was told before rather than to the day of writing.
    fn by_story(&self, span: Span) -> bool {
        let Some(story) = self.story else { return false };
        match self.writing {
            None => true,
            Some(_) if self.narrative => true,
            Some(day) => {
                let (year, _, _) = calendar::civil(day);
                story.stated && (year - story.year).abs() >= 2 && span.start.saturating_sub(story.span.end) < REACH
            }
        }
    }

    /// Takes a step from an anchor. Returns a TIMEX3 reference where the step has no length.
    fn step(&self, cal: &mut Cal, step: Step) -> Option<&'static str> {
        let story = self.story;
        let anchor: Option<Told> = match step.from {
            From::Story => story.or_else(|| self.writing_told()),
            From::Writing if self.narrative && self.writing_span.is_none() => story.or_else(|| self.writing_told()),
            From::Writing => self.writing_told().or(story),
        };
        let Some(n) = step.n else {
            return Some("PAST_REF");
        };
        let Some(told) = anchor else {
            if step.unit == Unit::Day
                && n == 0
                && step.from == From::Writing
                && cal.part.is_none()
                && cal.clock.is_none()
            {
                return Some("PRESENT_REF");
            }
            self.unknown(cal, step);
            return None;
        };
        let bc = cal.bc;
        let year = told.year;
        match step.unit {
            Unit::Second | Unit::Minute | Unit::Hour => return Some("XXXX-XX-XXTXX:XX"),
            Unit::Day | Unit::Workday => match told.days() {
                Some(day) => {
                    let weekday = cal.weekday;
                    set_day(cal, day + n);
                    cal.weekday = weekday;
                }
                None => self.unknown(cal, step),
            },
            Unit::Week | Unit::Fortnight | Unit::Weekend => match told.days() {
                Some(day) => {
                    let weeks = if step.unit == Unit::Fortnight { n * 2 } else { n };
                    // "the weekend", said early in the week, is the one gone by.
                    let gone = step.unit == Unit::Weekend && n == 0 && !self.narrative && calendar::weekday(day) <= 3;
                    let day = day + (weeks - i32::from(gone)) * 7;
                    if let Some(weekday) = cal.weekday {
                        set_day(cal, day - i32::from(calendar::weekday(day)) + i32::from(weekday));
                    } else {
                        let (y, w) = calendar::iso_week(day);
                        (cal.year, cal.week) = (Some(y), Some(w));
                        cal.weekend = step.unit == Unit::Weekend;
                    }
                }
                None => self.unknown(cal, step),
            },
            Unit::Month => match told.month {
                Some(m) => {
                    let (y, m, _) = calendar::add_months((year, m, 1), n);
                    (cal.year, cal.month) = (Some(y), Some(m));
                }
                None => self.unknown(cal, step),
            },
            Unit::Quarter => match told.month {
                Some(m) => {
                    let all = year * 4 + i32::from((m - 1) / 3) + n;
                    (cal.year, cal.quarter) = (Some(all.div_euclid(4)), u8::try_from(all.rem_euclid(4) + 1).ok());
                }
                None => self.unknown(cal, step),
            },
            Unit::HalfYear => match told.month {
                Some(m) => {
                    let all = year * 2 + i32::from((m - 1) / 6) + n;
                    (cal.year, cal.half) = (Some(all.div_euclid(2)), u8::try_from(all.rem_euclid(2) + 1).ok());
                }
                None => self.unknown(cal, step),
            },
            Unit::Season => match told.month {
                Some(m) => {
                    let all = year * 4 + i32::from(m % 12 / 3) + n;
                    let season = all.rem_euclid(4);
                    cal.season = u8::try_from(if season == 0 { 4 } else { season }).ok();
                    cal.year = Some(all.div_euclid(4));
                }
                None => self.unknown(cal, step),
            },
            Unit::Year => cal.year = Some(year.saturating_add(n)),
            Unit::Decade => cal.decade = Some(year.div_euclid(10).saturating_add(n)),
            Unit::Century => cal.century = Some(year.div_euclid(100).saturating_add(n).saturating_add(1)),
            Unit::Millennium => return Some(if n < 0 { "PAST_REF" } else { "FUTURE_REF" }),
        }
        cal.bc = bc;
        if !cal.is_possible() || cal.year.is_some_and(|y| !(0..=9999).contains(&y)) {
            *cal = Cal::default();
        }
        None
    }

    /// A step without anchor: as much as is known.
    fn unknown(&self, cal: &mut Cal, _step: Step) {
        cal.step = None;
    }

    fn writing_told(&self) -> Option<Told> {
        let (year, month, day) = calendar::civil(self.writing?);
        Some(Told {
            year,
            month: Some(month),
            day: Some(day),
            span: self.writing_span.unwrap_or_default(),
            stated: true,
        })
    }

    /// Fills in what a date without year leaves open. True where something was taken from elsewhere.
    fn complete(&self, cal: &mut Cal, span: Span, future: bool) -> bool {
        if let Some(decade) = cal.decade
            && decade < 10
        {
            let now = self.writing.map(|d| calendar::civil(d).0).or(self.story.map(|s| s.year)).unwrap_or(2000);
            let century = if cal.century.is_none() && now < 1900 { now.div_euclid(100) } else { 19 };
            cal.decade = Some(century * 10 + decade);
            return true;
        }
        if cal.year.is_some()
            || cal.decade.is_some()
            || cal.century.is_some()
            || cal.only_clock()
            || cal.holiday.is_some()
        {
            return false;
        }
        let story = self.by_story(span);
        if let (Some(weekday), None, None) = (cal.weekday, cal.month, cal.day) {
            return self.weekday(cal, weekday, future, story);
        }
        if cal.weekend {
            return self.week_end(cal, story);
        }
        if cal.month.is_none() && cal.day.is_some() {
            return self.day_of_month(cal, story);
        }
        if cal.month.is_none()
            && cal.season.is_none()
            && cal.quarter.is_none()
            && cal.half.is_none()
            && cal.week.is_none()
        {
            return false;
        }
        // Where in the year, in tenths of months, what has no year stands.
        let place = match (cal.month, cal.season, cal.quarter, cal.half) {
            (Some(m), ..) => i32::from(m),
            (_, Some(s), ..) => i32::from(s) * 3 + 1 - if s == 4 { 12 } else { 0 },
            (_, _, Some(q), _) => i32::from(q) * 3 - 1,
            (_, _, _, Some(h)) => i32::from(h) * 6 - 3,
            _ => 6,
        };
        if let (Some(m), Some(d), Some(w)) = (cal.month, cal.day, cal.weekday)
            && let Some(near) = self.near(span)
            && let Some(year) = [0, -1, 1, -2, 2, -3, 3]
                .into_iter()
                .map(|n| near + n)
                .find(|y| calendar::exists((*y, m, d)) && calendar::weekday(calendar::days((*y, m, d))) == w)
        {
            cal.year = Some(year);
            return true;
        }
        let year = match (story, self.story, self.writing) {
            (true, Some(told), _) => {
                let later = cal.direction.is_none() && told.month.is_some_and(|m| i32::from(m) - place >= 9);
                match cal.direction {
                    Some(n) => told.year + n,
                    None => told.year + i32::from(later),
                }
            }
            (_, _, Some(day)) => {
                let (y, m, _) = calendar::civil(day);
                let ahead = place - i32::from(m);
                match cal.direction {
                    Some(-1) => y - i32::from(ahead >= 0),
                    Some(1) => y + i32::from(ahead <= 0),
                    Some(_) => y,
                    None if future => y + i32::from(ahead < -1),
                    None if ahead > 3 => y - 1,
                    None if ahead < -9 => y + 1,
                    None => y,
                }
            }
            (_, Some(told), None) => told.year,
            _ => return false,
        };
        if let (Some(m), Some(d)) = (cal.month, cal.day)
            && !calendar::exists((year, m, d))
        {
            return false;
        }
        cal.year = Some(year);
        true
    }

    /// The year of the nearest anchor.
    fn near(&self, span: Span) -> Option<i32> {
        let story = self.story.map(|s| s.year);
        let writing = self.writing.map(|d| calendar::civil(d).0);
        if self.by_story(span) { story.or(writing) } else { writing.or(story) }
    }

    fn weekday(&self, cal: &mut Cal, weekday: u8, future: bool, story: bool) -> bool {
        let of_story = story || cal.direction_from == Some(From::Story) || self.writing.is_none();
        let told = self.story.and_then(|s| s.days());
        let anchor = if of_story { told.or(self.writing) } else { self.writing };
        let Some(anchor) = anchor else { return false };
        let here = i32::from(calendar::weekday(anchor));
        let wanted = i32::from(weekday);
        let back = (here - wanted).rem_euclid(7);
        let ahead = (wanted - here).rem_euclid(7);
        let day = match cal.direction {
            Some(-1) => anchor - if back == 0 { 7 } else { back },
            Some(1) => anchor + if ahead == 0 { 7 } else { ahead },
            Some(_) => anchor + wanted - here,
            None if of_story => anchor + ahead,
            None if future => anchor + ahead,
            None => anchor - back,
        };
        let (clock, part) = (cal.clock, cal.part);
        set_day(cal, day);
        (cal.clock, cal.part) = (clock, part);
        cal.direction = Some(cal.direction.unwrap_or(0));
        true
    }

    fn week_end(&self, cal: &mut Cal, story: bool) -> bool {
        let anchor = if story { self.story.and_then(|s| s.days()) } else { self.writing };
        let Some(anchor) = anchor else { return false };
        let (y, w) = calendar::iso_week(anchor);
        (cal.year, cal.week) = (Some(y), Some(w));
        cal.direction = Some(0);
        true
    }

    fn day_of_month(&self, cal: &mut Cal, story: bool) -> bool {
        let anchor = if story || self.writing.is_none() { self.story } else { self.writing_told() };
        let (Some(told), Some(day)) = (anchor, cal.day) else { return false };
        let Some(month) = told.month else { return false };
        if !calendar::exists((told.year, month, day)) {
            return false;
        }
        (cal.year, cal.month) = (Some(told.year), Some(month));
        true
    }

    fn holiday(&self, cal: &mut Cal, holiday: Holiday, future: bool, span: Span) {
        let year = match cal.year {
            Some(year) => Some(year),
            None => match (self.near(span), holiday_day(holiday, self.near(span).unwrap_or(2000))) {
                (Some(near), Some(_)) => {
                    let by_story = self.by_story(span);
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

/// The mod that fits a date; lengths take other ones.
pub(super) fn modifier(item: &Item) -> Option<TimexMod> {
    item.modifier
}
