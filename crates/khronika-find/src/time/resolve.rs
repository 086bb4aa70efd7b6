//! Completes relative and incomplete dates from the right anchor.
//!
//! A letter or a news text is seen from the day it was written: a weekday or a month without year is the last one before that day, or
//! the next where the words speak of what is to come. A narrative (a judgment, a history) is told in order: a date without year takes
//! the year of the date told before it. Which of the two a document is follows from its line of place and date, else from its own full
//! dates. In both the date told in the same sentence comes first, and nothing told as past lies after the day of writing. What no
//! anchor fixes stays open.

use std::collections::BTreeMap;

use khronika_core::{Basis, Span, TimexMod};

use super::calendar::{self, Ymd};
use super::item::{Body, Cal, Item, Step};
use super::language::From;
use super::number::flag;
use super::tense::{Near, Tense};
use super::value::{self, Printed};
use super::word::Unit;

/// A date told earlier in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    pub year: i32,
    pub month: Option<u8>,
    pub day: Option<u8>,
    /// It is told finer than by its year, be it a season.
    pub fine: bool,
    /// A year, or a season or month, with which something begins that goes on: "since 2013", "since spring 2019".
    pub since: bool,
    pub span: Span,
    /// Index of the part that it stands in.
    pub part: usize,
}

/// What the words around an expression say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    pub tense: Tense,
    /// "until", "до": it is a limit.
    pub limit: bool,
    /// How near the date told before stands, the year looked back at, and the limit or the day to come.
    pub story: Near,
    pub aside: Near,
    pub beside: Near,
    /// How near the day told last stands.
    pub day: Near,
    /// It belongs to the name of a paper: "the order of 3 May".
    pub refers: bool,
    /// It is counted from an event named after it: "the day after his arrest".
    pub bound: bool,
    /// It is the first thing on its line, as the day of an entry in a chronicle is.
    pub first: bool,
}

impl Told {
    pub(super) fn days(&self) -> Option<i32> {
        Some(calendar::days((self.year, self.month?, self.day?)))
    }
}

/// What dates are resolved against.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchors {
    /// The day of writing, in days, and its words where the text gives it.
    pub writing: Option<i32>,
    pub writing_span: Option<Span>,
    /// The text has a line of place and date.
    pub dateline: bool,
    pub narrative: bool,
    /// Enough full days are told for a story.
    pub tells: bool,
    /// The date told last.
    pub story: Option<Told>,
    /// The day told last: a month looked back at behind it is no day to count from.
    pub day: Option<Told>,
    /// A year told after it that lies before it: looked back at, not gone on from.
    pub aside: Option<Told>,
    /// A limit or a day to come told after it: no part of the story, but what "the same day" beside it means.
    pub beside: Option<Told>,
    /// The year that stands as a heading over the days of a chronicle.
    pub heading: Option<Told>,
    /// What was told last could not be placed: nothing is counted from it.
    pub lost: bool,
    /// The days told, and whether one month and day was told of two years.
    pub known: BTreeMap<(u8, u8), (Told, bool)>,
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

/// How many days from that of writing a limit without year may lie.
const LIMIT: i32 = 150;
/// How many months ahead of the day of writing a date may lie where its words do not say whether it is past.
const AHEAD: i32 = 3;

fn set_day(cal: &mut Cal, day: i32) {
    let (y, m, d) = calendar::civil(day);
    (cal.year, cal.month, cal.day, cal.weekday) = (Some(y), Some(m), Some(d), None);
}

impl Anchors {
    /// Keeps a date for those without year that name it again.
    pub(super) fn know(&mut self, told: Told) {
        let (Some(month), Some(day)) = (told.month, told.day) else { return };
        let (known, twice) = self.known.entry((month, day)).or_insert((told, false));
        *twice |= known.year != told.year;
    }

    /// Goes on with the story.
    pub(super) fn tell(&mut self, told: Told) {
        match self.story {
            // "He is charged with a fire of summer 2019, when he was abroad": looked back at from the days of the story.
            Some(story)
                if told.year < story.year
                    && (told.since || !told.fine && story.fine || told.day.is_none() && story.day.is_some()) =>
            {
                self.aside = Some(told);
            }
            // "She has taught since 1893" in a letter: what follows is not of that year.
            None if told.since && self.writing.is_some() && !self.narrative => self.aside = Some(told),
            _ => (self.story, self.aside) = (Some(told), None),
        }
        if told.day.is_some() {
            self.day = Some(told);
        }
        (self.beside, self.lost) = (None, false);
    }

    /// Resolves one expression.
    pub(super) fn resolve(&self, item: &Item, around: Around) -> Resolved {
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
        if let Some(mut step) = cal.step {
            // "less than a week after": on none of its days for certain.
            step.counted &= !matches!(item.modifier, Some(TimexMod::LessThan | TimexMod::MoreThan));
            (basis, anchor) = (Basis::Relative, self.anchor_span(step.from, around));
            reference = self.step(&mut cal, step, around);
        } else if let Some(taken) = self.complete(&mut cal, around) {
            basis = if cal.weekday.is_some() || cal.direction.is_some() { Basis::Relative } else { Basis::YearTaken };
            anchor = taken.anchor;
        }
        if let Some(holiday) = cal.holiday {
            self.holiday(&mut cal, holiday, around);
        }
        if cal.year.is_none() && cal.month.is_some() && cal.step.is_none() && note.is_none() {
            note = Some("the text does not give its year".to_owned());
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
            month: cal.month.or_else(|| cal.week.map(|week| calendar::civil(calendar::week((year, week))).1)),
            day: cal.day,
            fine: cal.is_finer_than_year(),
            since: false,
            span: item.span,
            part: 0,
        });
        Resolved { printed, basis, anchor, note, told }
    }

    fn anchor_span(&self, from: From, around: Around) -> Option<Span> {
        match from {
            From::Writing if !self.seen_from_afar() => self.writing_span,
            _ => self.told_last(around).map(|s| s.span).or(self.writing_span),
        }
    }

    /// What was told last, for "two days later": the year looked back at where it stands in the same sentence.
    fn told_last(&self, around: Around) -> Option<Told> {
        if let Some(beside) = self.beside.filter(|_| around.beside == Near::Sentence) {
            return Some(beside);
        }
        // In a text that is not told in order nothing is counted from a date of another paragraph.
        let far = self.dateline && around.story == Near::Far && self.aside.is_none();
        if self.lost || far {
            return None;
        }
        match self.aside {
            Some(aside) if around.aside == Near::Sentence => Some(aside),
            // "the day after the hearing": the date told last need not be that of the hearing.
            aside if around.bound && (aside.is_some() || around.story == Near::Far) => None,
            _ => self.story,
        }
    }

    /// The story where a date without year may go on from it: told near, or a document that tells its dates in order.
    pub(super) fn told_before(&self, around: Around) -> Option<(Told, Near)> {
        // "It began at the end of 2021. On 15 December …": the year that opens a paragraph holds in it.
        let opens = around.aside == Near::Paragraph && around.story == Near::Far;
        if let Some(aside) = self.aside.filter(|told| opens && !told.since || around.aside == Near::Sentence) {
            return Some((aside, Near::Sentence));
        }
        let goes_on = around.story != Near::Far || (self.narrative && (self.writing.is_some() || self.tells));
        self.story.filter(|_| goes_on).map(|s| (s, around.story))
    }

    /// True where what is near the day of writing is the first to be thought of.
    pub(super) fn by_writing(&self, around: Around) -> bool {
        self.writing.is_some() && !self.narrative && around.story != Near::Sentence
    }

    /// The year in which a month (and day) without year stands.
    fn year_of(&self, (month, day): (u8, Option<u8>), around: Around) -> Option<(i32, Option<Span>)> {
        if around.refers
            && let Some(day) = day
            && let Some((told, false)) = self.known.get(&(month, day))
        {
            return Some((told.year, Some(told.span)));
        }
        if let Some(heading) = self.heading.filter(|_| around.first) {
            return Some((heading.year, Some(heading.span)));
        }
        // "It will sit on 8 April 2026, with 9 and 10 April in reserve."
        if let Some(beside) = self.beside.filter(|told| around.beside == Near::Sentence && told.month.is_some()) {
            let next = beside.month.is_some_and(|m| i32::from(m) - i32::from(month) >= 9);
            return Some((beside.year + i32::from(next), Some(beside.span)));
        }
        let place = |(_, m, d): Ymd| match day {
            Some(day) => (month, day).cmp(&(m, d)),
            None => month.cmp(&m),
        };
        let writing = self.writing.map(calendar::civil);
        let by_writing = writing.and_then(|w| {
            let ahead = i32::from(month) - i32::from(w.1);
            let year = match (around.limit, around.tense) {
                (true, _) => {
                    let from = calendar::days(w);
                    let near = |y: &i32| {
                        let day = day.unwrap_or_else(|| calendar::month_days(*y, month));
                        calendar::exists((*y, month, day)) && (calendar::days((*y, month, day)) - from).abs() <= LIMIT
                    };
                    [w.0, w.0 + 1, w.0 - 1].into_iter().find(near)?
                }
                (_, Tense::Future) => w.0 + i32::from(ahead < -1),
                (_, Tense::Past) => w.0 - i32::from(place(w).is_gt()),
                // The nearest: what is set for a day is set some weeks before it.
                (_, Tense::Set) => w.0 + i32::from(ahead < -6) - i32::from(ahead > 6),
                (_, Tense::Either) if ahead > AHEAD => w.0 - 1,
                (_, Tense::Either) => w.0 + i32::from(ahead < -9),
            };
            Some((year, self.writing_span))
        });
        let Some((told, near)) = self.told_before(around) else { return by_writing };
        let after = |y: i32, w: Ymd| (y, place((0, w.1, w.2))) > (w.0, std::cmp::Ordering::Equal);
        let from = (told.year, told.month.unwrap_or(month), told.day.unwrap_or(1));
        let next = told.month.is_some_and(|m| i32::from(m) - i32::from(month) >= 9);
        // A new paragraph goes on in time into the year of writing, as far as its day lets it.
        let reaches = |w: Ymd| told.year + 1 == w.0 && !after(w.0, w);
        let on = near != Near::Sentence && place(from).is_lt() && writing.is_some_and(reaches);
        let mut year = told.year + i32::from(next || on);
        if around.limit && place(from).is_lt() {
            year = told.year + 1;
        } else if let (Tense::Future, Some((y, _))) = (around.tense, by_writing) {
            year = year.max(y);
        } else if let Some(w) = writing
            && (around.tense == Tense::Past
                || around.tense == Tense::Either && i32::from(month) - i32::from(w.1) > AHEAD)
            && !around.limit
            && after(year, w)
            && (told.year, told.month.unwrap_or(1), told.day.unwrap_or(1)) <= w
            // "The application, lodged on 2 January, is pending, although the order runs out on 23 January": the verb is another's.
            && !(near == Near::Sentence && told.day.is_some() && told.year == w.0 && place(from).is_ge())
        {
            year -= 1;
        }
        // A new paragraph does not go back in the year of the story: it tells of the year of writing, which needs no naming.
        let anew = near == Near::Far && place(from).is_lt() && writing.is_some_and(|w| told.year + 1 < w.0);
        if anew && self.writing_span.is_some() {
            return by_writing;
        }
        let by_story = Some((year, Some(told.span)));
        if self.narrative || writing.is_none() || near == Near::Sentence {
            return by_story;
        }
        match (near, told.month) {
            (Near::Paragraph, Some(_)) if year > told.year || place(from).is_ge() => by_story,
            (Near::Paragraph, Some(_)) if by_writing.is_none_or(|(y, _)| y <= told.year) => by_story,
            _ => by_writing,
        }
    }

    /// Takes a step from an anchor. Returns a TIMEX3 reference where the step has no length.
    fn step(&self, cal: &mut Cal, step: Step, around: Around) -> Option<&'static str> {
        let back =
            self.aside.filter(|_| step.unit >= Unit::Year && step.unit <= Unit::Century && around.aside != Near::Far);
        // "The 20th of that month" looks back however far the month was told.
        let month = self.story.filter(|told| {
            step.unit == Unit::Month && step.n == Some(0) && cal.day.is_some() && told.month.is_some() && !self.lost
        });
        let story = back.or_else(|| self.told_last(around)).or(month);
        let anchor: Option<Told> = match step.from {
            // "Оборона подасть скаргу наступного тижня": what is to come is counted from the day of writing.
            From::Story if step.is_named_ahead() && around.tense == Tense::Future && self.writing.is_some() => {
                self.writing_told()
            }
            From::Story if around.bound || self.lost || self.story.is_some() => story,
            From::Story => story.or_else(|| self.writing_told()),
            From::Writing if self.seen_from_afar() => story.or_else(|| self.writing_told()),
            From::Writing => self.writing_told(),
        };
        let Some(n) = step.n else {
            return Some("PAST_REF");
        };
        if matches!(step.unit, Unit::Second | Unit::Minute | Unit::Hour) {
            return Some("XXXX-XX-XXTXX:XX");
        }
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
        let day = || told.days().or_else(|| self.day_before(told, around)?.days());
        match step.unit {
            Unit::Second | Unit::Minute | Unit::Hour => {}
            Unit::Day | Unit::Workday => match day() {
                Some(day) => {
                    let weekday = cal.weekday;
                    set_day(cal, day + n);
                    cal.weekday = weekday;
                }
                None => self.unknown(cal, step),
            },
            Unit::Week | Unit::Fortnight | Unit::Weekend => match day() {
                Some(day) => {
                    let weeks = if step.unit == Unit::Fortnight { n * 2 } else { n };
                    // "the weekend", said early in the week, is the one gone by.
                    let gone = step.unit == Unit::Weekend && n == 0 && !self.narrative && calendar::weekday(day) <= 3;
                    let day = day + (weeks - i32::from(gone)) * 7;
                    if let Some(weekday) = cal.weekday {
                        set_day(cal, day - i32::from(calendar::weekday(day)) + i32::from(weekday));
                    } else if step.counted && step.unit != Unit::Weekend {
                        set_day(cal, day);
                        cal.flags |= flag::ABOUT;
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

    /// The day told before a month that was only looked back at: "He was held on 3 March on a request of October 1920. Two days later …".
    fn day_before(&self, told: Told, around: Around) -> Option<Told> {
        let back = |day: &Told| told.day.is_none() && (told.year, told.month) < (day.year, day.month);
        self.day.filter(|day| around.day != Near::Far && back(day))
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
            fine: true,
            since: false,
            span: self.writing_span.unwrap_or_default(),
            part: 0,
        })
    }

    /// True for a history whose day of writing stands outside it: "last year" is the one before that told of.
    pub(super) fn seen_from_afar(&self) -> bool {
        self.narrative && self.writing.is_some() && self.writing_span.is_none()
    }

    /// Fills in what a date without year leaves open; what it was taken from, where something was.
    fn complete(&self, cal: &mut Cal, around: Around) -> Option<Taken> {
        if let Some(decade) = cal.decade
            && decade < 10
        {
            let now = self.writing.map(|d| calendar::civil(d).0).or(self.story.map(|s| s.year)).unwrap_or(2000);
            let century = if cal.century.is_none() && now < 1900 { now.div_euclid(100) } else { 19 };
            cal.decade = Some(century * 10 + decade);
            return Some(Taken { anchor: None });
        }
        if cal.year.is_some()
            || cal.decade.is_some()
            || cal.century.is_some()
            || cal.only_clock()
            || cal.holiday.is_some()
        {
            return None;
        }
        if let (Some(weekday), None, None) = (cal.weekday, cal.month, cal.day) {
            return self.weekday(cal, weekday, around);
        }
        if cal.weekend {
            return self.week_end(cal, around);
        }
        if cal.month.is_none() && cal.day.is_some() {
            return self.day_of_month(cal, around);
        }
        // The month of the year that what has no year stands in.
        let month = match (cal.month, cal.season, cal.quarter, cal.half) {
            (Some(m), ..) => m,
            (_, Some(s), ..) => {
                if s == 4 {
                    1
                } else {
                    s * 3 + 1
                }
            }
            (_, _, Some(q), _) => q * 3 - 1,
            (_, _, _, Some(h)) => h * 6 - 3,
            _ if cal.week.is_some() => 6,
            _ => return None,
        };
        if let (Some(m), Some(d), Some(w)) = (cal.month, cal.day, cal.weekday)
            && let Some(near) = self.near(around)
            && let Some((year, anchor)) = [0, -1, 1, -2, 2, -3, 3]
                .into_iter()
                // A year of writing that fits goes before a neighbour of the story's.
                .flat_map(|n| [Some(near), self.writing_year()].into_iter().flatten().map(move |(y, s)| (y + n, s)))
                .find(|(y, _)| calendar::exists((*y, m, d)) && calendar::weekday(calendar::days((*y, m, d))) == w)
        {
            cal.year = Some(year);
            return Some(Taken { anchor });
        }
        let (year, anchor) = match cal.direction {
            Some(n) => self.directed(n, month, cal, around)?,
            // "Im Frühjahr": the words around a season seldom tell on which side of it they stand.
            None if cal.month.is_none() && around.tense == Tense::Past => {
                self.year_of((month, None), Around { tense: Tense::Either, ..around })?
            }
            None => self.year_of((month, cal.day.filter(|_| cal.month.is_some())), around)?,
        };
        if let (Some(m), Some(d)) = (cal.month, cal.day)
            && !calendar::exists((year, m, d))
        {
            return None;
        }
        cal.year = Some(year);
        Some(Taken { anchor })
    }

    /// "last May", "May of last year", "the following spring".
    fn directed(&self, n: i32, month: u8, cal: &Cal, around: Around) -> Option<(i32, Option<Span>)> {
        let of_story = cal.direction_from == Some(From::Story) || self.seen_from_afar();
        // "the autumn of that year" is of the year looked back at.
        let back = self.aside.filter(|_| cal.of_year && around.aside != Near::Far);
        let from = if of_story { back.or(self.story).or_else(|| self.writing_told()) } else { self.writing_told() }?;
        let span = (!from.span.is_empty()).then_some(from.span);
        let year = from.year;
        let year = match (n, from.month) {
            _ if cal.of_year => year + n,
            // "last 3 October", written in October.
            (-1, Some(m)) if !of_story && m == month && cal.day.zip(from.day).is_some_and(|(d, w)| d < w) => year,
            (-1, Some(m)) => year - i32::from(month >= m),
            (1, Some(m)) => year + i32::from(month <= m),
            _ => year + n,
        };
        Some((year, span))
    }

    /// The year of the nearest anchor, and its words.
    pub(super) fn near(&self, around: Around) -> Option<(i32, Option<Span>)> {
        let story = self.told_before(around).map(|(s, _)| (s.year, Some(s.span)));
        let writing = self.writing_year();
        if self.by_writing(around) { writing.or(story) } else { story.or(writing) }
    }

    /// The year of writing, and its words.
    fn writing_year(&self) -> Option<(i32, Option<Span>)> {
        self.writing.map(|day| (calendar::civil(day).0, self.writing_span))
    }

    fn weekday(&self, cal: &mut Cal, weekday: u8, around: Around) -> Option<Taken> {
        let back_to_story = cal.direction_from == Some(From::Story);
        // A weekday of a story goes on from the day told beside it; in a text with a dateline it is one of the week of writing.
        let of_story = back_to_story || self.seen_from_afar() || (self.narrative && !self.dateline);
        let told = self.story.filter(|_| back_to_story || around.story != Near::Far || self.seen_from_afar());
        let told = told.and_then(|s| Some((s.days()?, Some(s.span))));
        let writing = self.writing.map(|d| (d, self.writing_span));
        let (anchor, of_story) = match (of_story, told, writing) {
            (true, Some(told), _) => (told, true),
            (true, None, Some(writing)) if self.seen_from_afar() => (writing, true),
            // "lundi prochain" is said on the day of writing, if nothing else is told beside it.
            (true, None, Some(writing)) if cal.direction.is_some() && !back_to_story => (writing, false),
            (true, None, _) => return None,
            (false, _, writing) => (writing?, false),
        };
        let (anchor, span) = anchor;
        let here = i32::from(calendar::weekday(anchor));
        let wanted = i32::from(weekday);
        let back = (here - wanted).rem_euclid(7);
        let ahead = (wanted - here).rem_euclid(7);
        let day = match cal.direction {
            Some(-1) => anchor - if back == 0 { 7 } else { back },
            Some(1) => anchor + if ahead == 0 { 7 } else { ahead },
            Some(_) => anchor + wanted - here,
            None if of_story => anchor + ahead,
            None if around.tense == Tense::Future || around.limit => anchor + ahead,
            None => anchor - back,
        };
        let (clock, part) = (cal.clock, cal.part);
        set_day(cal, day);
        (cal.clock, cal.part) = (clock, part);
        cal.direction = Some(cal.direction.unwrap_or(0));
        Some(Taken { anchor: span })
    }

    fn week_end(&self, cal: &mut Cal, around: Around) -> Option<Taken> {
        let (anchor, span) = if self.by_writing(around) {
            (self.writing?, self.writing_span)
        } else {
            let (story, _) = self.told_before(around)?;
            (story.days()?, Some(story.span))
        };
        let (y, w) = calendar::iso_week(anchor);
        (cal.year, cal.week) = (Some(y), Some(w));
        cal.direction = Some(0);
        Some(Taken { anchor: span })
    }

    fn day_of_month(&self, cal: &mut Cal, around: Around) -> Option<Taken> {
        let beside = around.story != Near::Far && self.story.is_some_and(|story| story.month.is_some());
        let told = if self.by_writing(around) && !beside {
            self.writing_told()
        } else {
            self.told_before(around).map(|(s, _)| s)
        }?;
        let (mut month, mut year, day) = (told.month?, told.year, cal.day?);
        if let Some(weekday) = cal.weekday {
            // "Thursday the 5th": the nearest month whose fifth is a Thursday.
            let fits = |(y, m, d): &Ymd| *d == day && calendar::weekday(calendar::days((*y, *m, *d))) == weekday;
            let near = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6];
            (year, month, _) = near.into_iter().map(|n| calendar::add_months((year, month, day), n)).find(fits)?;
        }
        if !calendar::exists((year, month, day)) {
            return None;
        }
        (cal.year, cal.month) = (Some(year), Some(month));
        Some(Taken { anchor: (!told.span.is_empty()).then_some(told.span) })
    }
}

/// What an expression was completed from.
struct Taken {
    anchor: Option<Span>,
}

/// The mod that fits: of a length "more than", of a date "before" or "after".
pub(super) fn modifier(item: &Item) -> Option<TimexMod> {
    let modifier = item.modifier?;
    let Body::Date(cal) = &item.body else { return Some(modifier) };
    // "more than a year ago" lies before the day a year ago, "not later than 5 May" ends on it.
    let back = cal.step.is_some_and(|step| step.n.is_none_or(|n| n < 0));
    Some(match (modifier, back) {
        (TimexMod::MoreThan, true) | (TimexMod::LessThan, false) => TimexMod::Before,
        (TimexMod::LessThan, true) | (TimexMod::MoreThan, false) => TimexMod::After,
        (TimexMod::EqualOrMore, true) | (TimexMod::EqualOrLess, false) => TimexMod::OnOrBefore,
        (TimexMod::EqualOrLess, true) | (TimexMod::EqualOrMore, false) => TimexMod::OnOrAfter,
        (other, _) => other,
    })
}
