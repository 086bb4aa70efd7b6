//! What a rule found, before it is resolved: a calendar date with holes, a length, something that repeats.

use khronika_core::{Span, TimexMod};

use super::calendar;
use super::language::{From, Holiday, Language, Make, Rule};
use super::number::{self, flag};
use super::scan::Tok;
use super::word::{self, Unit};

/// A step from another date: `n` units; `None` where the number is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub from: From,
    pub unit: Unit,
    pub n: Option<i32>,
    /// The units are counted from the day ("two weeks later"), not named ("next week").
    pub counted: bool,
}

impl Step {
    /// True for a named week, month or year that follows: "next week", "следующий месяц".
    pub(super) fn is_named_ahead(&self) -> bool {
        !self.counted && self.unit >= Unit::Week && self.n.is_some_and(|n| n > 0)
    }
}

/// A clock time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: u8,
    pub minute: Option<u8>,
    pub second: Option<u8>,
    /// Minutes east of Greenwich, where a zone is named by its letters.
    pub zone: Option<i32>,
}

impl Clock {
    /// So many minutes from a full hour, on the same face: half an hour before one is half past twelve. `None` where no clock shows it.
    fn moved(self, minutes: i8) -> Option<Self> {
        let (hour, minute) = match u8::try_from(minutes) {
            Ok(minute) => (self.hour, minute),
            Err(_) => (if self.hour == 1 { 12 } else { self.hour.checked_sub(1)? }, u8::try_from(60 + minutes).ok()?),
        };
        Some(Self { hour, minute: Some(minute), ..self }).filter(|_| self.minute.is_none())
    }
}

/// A date with holes. `None` is "not said".
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Cal {
    pub step: Option<Step>,
    /// 19 is the nineteenth century.
    pub century: Option<i32>,
    /// 199 is the 1990s; 6 the sixties of some century.
    pub decade: Option<i32>,
    pub year: Option<i32>,
    /// The year had two digits.
    pub short_year: bool,
    pub bc: bool,
    pub half: Option<u8>,
    pub quarter: Option<u8>,
    pub season: Option<u8>,
    pub month: Option<u8>,
    pub week: Option<u8>,
    pub weekend: bool,
    pub day: Option<u8>,
    pub weekday: Option<u8>,
    /// −1 "last", 0 "this", 1 "next", beside a weekday, month or season.
    pub direction: Option<i32>,
    pub direction_from: Option<From>,
    /// The direction is that of the year: "May of last year", not "last May".
    pub of_year: bool,
    pub part: Option<u8>,
    pub clock: Option<Clock>,
    pub holiday: Option<Holiday>,
    /// Flags of a date in digits.
    pub flags: i32,
}

/// A length in hundredths of a unit; `None` where it is not told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Length {
    pub unit: Unit,
    pub hundredths: Option<i32>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body {
    Date(Cal),
    Duration(Vec<Length>),
    /// What repeats, and how often in it.
    Set(Repeat),
    Age(Vec<Length>),
    Reference(String),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Repeat {
    Each(Length),
    On(Cal),
}

/// What was found, with the tokens of its run that it covers.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub span: Span,
    pub first: usize,
    pub last: usize,
    pub body: Body,
    pub modifier: Option<TimexMod>,
    pub rule: u32,
    pub sure: f32,
    /// Shares month or year with the item at this distance (+1 the next, −1 the one before), and may be earlier by a year.
    pub shared: Option<Span>,
    /// This item and the next are the ends of a range.
    pub range: bool,
    pub note: Option<String>,
}

/// A class that a pattern took from a token.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Capture {
    pub class: u8,
    /// The place of the token in its stretch, none of which is longer.
    pub tok: u16,
}

/// The most years, in hundredths, that a length is told in.
const LONGEST: i32 = 100_000;

/// The value of `class` in `tok`.
fn value(language: &Language, tok: &Tok, class: u8) -> i32 {
    let number = matches!(class, word::NUM | word::ORD | word::DAY | word::HOUR | word::YEAR | word::ROMAN);
    let entry = (tok.word as usize).checked_sub(1).and_then(|i| language.words.entries.get(i));
    if let Some(value) = entry.filter(|_| !number).and_then(|e| e.values.iter().find(|(c, _)| *c == class)) {
        return value.1;
    }
    tok.n[0]
}

/// What the rule makes of the captured tokens; `None` where the calendar has no such date.
pub(super) fn build(language: &Language, rule: &Rule, run: &[Tok], captures: &[Capture]) -> Option<Body> {
    let mut cal = Cal { bc: rule.bc, part: rule.part, holiday: rule.holiday, of_year: rule.of_year, ..Cal::default() };
    let mut unit = rule.unit;
    let (mut number, mut ordinal, mut relative, mut half) = (None::<i32>, None::<i32>, None::<i32>, None::<i32>);
    let mut from = None;
    let mut unknown = rule.value.is_some() && rule.make == Make::Duration;
    let mut lengths: Vec<Length> = Vec::new();
    let (mut hour, mut noon) = (None, None);
    let mut day_is_word = false;
    let (mut part_word, mut slipped) = (None, false);
    let small = |n: i32| u8::try_from(n).ok();
    let is_year = |tok: &Tok| {
        let entry = (tok.word as usize).checked_sub(1).and_then(|i| language.words.entries.get(i));
        entry.is_some_and(|e| e.values.contains(&(word::UNIT, Unit::Year.value())))
    };
    for capture in captures {
        let tok = run.get(usize::from(capture.tok))?;
        cal.of_year |= is_year(tok);
        slipped |= tok.mask >> word::SLIP & 1 != 0;
        if tok.mask >> word::PART & 1 != 0 {
            part_word = small(value(language, tok, word::PART));
        }
        // "по субботам", "щосереди": the day stands in a word of the pattern.
        if rule.make == Make::Set && tok.mask >> word::WEEKDAY & 1 != 0 {
            cal.weekday = small(value(language, tok, word::WEEKDAY));
        }
        let v = value(language, tok, capture.class);
        match capture.class {
            word::MONTH | word::MM | word::SUREMONTH => cal.month = small(v),
            word::WEEKDAY => cal.weekday = small(v),
            // "les années 2010 à 2016" are years.
            word::YEAR if rule.unit == Some(Unit::Decade) && (v % 10 != 0 || is_listed(run, capture.tok.into())) => {
                (cal.year, unit) = (Some(v), None);
            }
            word::YY | word::YEAR if rule.unit == Some(Unit::Decade) => cal.decade = Some(v / 10),
            word::DAY if rule.unit.is_some() && rule.make == Make::Date && rule.shift.is_none() => ordinal = Some(v),
            word::DAY => {
                cal.day = small(v);
                day_is_word = tok.word != 0 && tok.mask >> word::ORD & 1 == 0;
            }
            word::YEAR | word::MODERN | word::SHORT => cal.year = Some(v),
            word::DAYPART => (cal.weekday, cal.part) = (small(v / 10), small(v % 10)),
            word::YY => (cal.year, cal.short_year) = (Some(number::full_year(v)), true),
            word::SEASON => cal.season = small(v),
            word::PART => cal.part = small(v),
            word::ROMAN if rule.roman_month => cal.month = small(v).filter(|m| *m <= 12),
            word::ROMAN => ordinal = Some(v),
            word::DECADE => cal.decade = Some(v / 10),
            word::TENS => cal.decade = Some(v / 10),
            word::DATE => {
                cal.year = Some(tok.n[0]);
                cal.month = small(tok.n[1]);
                cal.day = small(tok.n[2]);
                cal.flags = tok.n[3] & 0xff;
                cal.short_year = cal.flags & flag::SHORT_YEAR != 0;
                let minute = tok.n[3] >> flag::CLOCK_SHIFT;
                if minute > 0 {
                    cal.clock = Some(Clock {
                        hour: small((minute - 1) / 60)?,
                        minute: small((minute - 1) % 60),
                        second: None,
                        zone: None,
                    });
                }
            }
            word::DAYMONTH => {
                // With a slash the month stands in `n[1]` and the day in `n[2]`; with a point day and month in `n[0]`, `n[1]`.
                let (d, m) = if tok.n[0] == 0 { (tok.n[2], tok.n[1]) } else { (tok.n[0], tok.n[1]) };
                cal.day = small(d);
                cal.month = small(m);
            }
            word::MONTHYEAR => {
                let (m, y) = if tok.n[0] > 12 { (tok.n[1], tok.n[0]) } else { (tok.n[0], tok.n[1]) };
                cal.month = small(m);
                cal.year = Some(y);
            }
            word::CLOCK | word::CLOCKDOT => {
                cal.clock = Some(Clock {
                    hour: small(tok.n[0])?,
                    minute: small(tok.n[1]),
                    second: small(tok.n[2]),
                    zone: None,
                });
            }
            word::HOUR => hour = Some(v),
            word::MINUTE => {
                let hour = hour.or(cal.clock.map(|c| i32::from(c.hour)))?;
                cal.clock = Some(Clock { hour: small(hour)?, minute: small(tok.n[0]), second: None, zone: None });
            }
            word::AMPM => noon = Some(v),
            word::ZONE => {
                if let Some(clock) = &mut cal.clock {
                    clock.zone = Some(v);
                }
            }
            word::UNIT | word::UNITS => {
                unit = Unit::from_value(v);
                if rule.make != Make::Date {
                    // "2016 жылдан 2019 жылға": the parts of a length grow smaller.
                    if lengths.last().is_some_and(|last| Some(last.unit) <= unit) {
                        return None;
                    }
                    let hundredths = if unknown {
                        None
                    } else {
                        Some(number.take().unwrap_or(if half.is_some() { 0 } else { 100 }) + half.take().unwrap_or(0))
                    };
                    lengths.push(Length { unit: unit?, hundredths });
                    unknown = false;
                }
            }
            word::NUM if rule.times => {}
            word::NUM => {
                number = Some(if tok.n[3] != 0 { tok.n[3] } else { tok.n[0].saturating_mul(100) });
            }
            word::ORDDIGIT if rule.unit.is_none() => cal.day = small(v),
            word::ORD | word::ORDDIGIT => ordinal = Some(v),
            word::REL => relative = Some(v),
            word::SREL => (relative, from) = (Some(v), Some(From::Story)),
            word::QUANT => unknown = true,
            word::PARTIAL => half = Some(v),
            word::ADV => {
                cal.step = Some(Step {
                    from: rule.from.unwrap_or(From::Writing),
                    unit: Unit::Day,
                    n: Some(v),
                    counted: false,
                });
            }
            _ => {}
        }
    }
    // "в ночь с 31 на 1 января": the day it begins on is none of the month that is named.
    if rule.part.is_some()
        && let (Some(day), Some(last)) = (cal.day, number.map(|n| n / 100))
        && last < i32::from(day)
    {
        cal.day = small(last);
    }
    // "о 10-й годині": the tenth hour is the clock's ten.
    if rule.unit == Some(Unit::Hour) && rule.make == Make::Date && rule.shift.is_none() && relative.is_none() {
        hour = hour.or(ordinal.take());
        unit = None;
    }
    if let Some(hour) = hour
        && cal.clock.is_none()
    {
        cal.clock = Some(Clock { hour: small(hour)?, minute: None, second: None, zone: None });
    }
    // "сағат екі жарымда": the half behind an hour is half an hour.
    let minutes = rule.minutes.or(half.filter(|half| rule.make == Make::Date && *half == 50).map(|_| 30));
    if let (Some(minutes), Some(clock)) = (minutes, &mut cal.clock) {
        *clock = clock.moved(minutes)?;
    }
    if let Some((hour, minute)) = rule.clock {
        cal.clock = Some(Clock { hour, minute: Some(minute), second: None, zone: None });
    }
    if let (Some(noon), Some(clock)) = (noon, &mut cal.clock) {
        if clock.hour == 0 || clock.hour > 12 {
            // "15:00 p.m.": the clock time says it already.
        } else {
            clock.hour = clock.hour % 12 + small(noon)?;
        }
    }
    // A part of the day that is a word of the pattern and says all: "кешке".
    if rule.make == Make::Date && cal == Cal::default() && rule.unit.is_none() && relative.is_none() {
        cal.part = part_word;
    }
    // "6 часов вечера", "eight o'clock in the evening": the part may be a word of the pattern.
    if let (Some(part), Some(clock)) = (cal.part.or(part_word), &mut cal.clock)
        && noon.is_none()
        && (1..12).contains(&clock.hour)
        && (matches!(part, 2 | 3) || part == 1 && clock.hour < 6 || part == 4 && clock.hour > 6)
    {
        clock.hour += 12;
    }
    if rule.roman_month && cal.month.is_none() {
        return None;
    }
    if slipped {
        cal.flags |= flag::SLIP;
    }
    // "jeudi une plainte": a number word beside a weekday is no day.
    if day_is_word && cal.weekday.is_some() && cal.month.is_none() {
        return None;
    }
    match rule.make {
        Make::Guard => None,
        Make::Reference => rule.value.clone().map(Body::Reference),
        Make::Duration | Make::Age => {
            // "2014–2020 жылдары": years, and no length.
            if lengths.iter().any(|length| length.unit == Unit::Year && length.hundredths.is_some_and(|n| n > LONGEST))
            {
                return None;
            }
            if lengths.is_empty() {
                let hundredths =
                    if unknown { None } else { Some(number.take().unwrap_or(if half.is_some() { 0 } else { 100 })) };
                lengths.push(Length { unit: unit?, hundredths });
            }
            if let (Some(half), Some(last)) = (half, lengths.last_mut()) {
                // "a year and a half": the half belongs to the unit before it.
                last.hundredths = last.hundredths.map(|n| n + half);
            }
            Some(if rule.make == Make::Age { Body::Age(lengths) } else { Body::Duration(lengths) })
        }
        Make::Set => Some(Body::Set(match lengths.first() {
            Some(length) => Repeat::Each(*length),
            None => match unit {
                Some(unit) => Repeat::Each(Length { unit, hundredths: Some(number.unwrap_or(100)) }),
                None => Repeat::On(cal),
            },
        })),
        Make::Date => {
            if rule.nth {
                let nth = i8::try_from(ordinal.or(rule.shift)?).ok().filter(|n| (-1..=5).contains(n) && *n != 0)?;
                let (month, weekday) = (cal.month.take()?, cal.weekday.take()?);
                cal.holiday = Some(Holiday::Nth { month, weekday, nth });
                return Some(Body::Date(cal));
            }
            let from = rule.from.or(from).unwrap_or(From::Writing);
            let whole = number.map(|n| n / 100);
            match (unit, rule.shift, relative) {
                (Some(unit), Some(shift), _) => {
                    let n = if unknown { None } else { Some(shift.saturating_mul(whole.unwrap_or(1))) };
                    cal.step = Some(Step { from, unit, n, counted: rule.counted });
                }
                (Some(unit), None, Some(relative)) => {
                    let n = Some(relative.saturating_mul(whole.unwrap_or(1)));
                    cal.step = Some(Step { from, unit, n, counted: false });
                    if let Some(nth) = ordinal {
                        place(&mut cal, unit, nth);
                    }
                }
                (Some(Unit::Decade), None, None) if cal.decade.is_some() => {}
                (Some(unit), None, None) => place(&mut cal, unit, ordinal.or(whole)?),
                (None, _, _) => {
                    if let Some(direction) = relative.or(rule.shift) {
                        if cal.weekday.is_none() && cal.month.is_none() && cal.season.is_none() && cal.holiday.is_none()
                        {
                            cal.step = Some(Step { from, unit: Unit::Day, n: Some(direction), counted: false });
                        } else {
                            cal.direction = Some(direction);
                            cal.direction_from = Some(from);
                        }
                    }
                    if let Some(nth) = ordinal {
                        place(&mut cal, Unit::Century, nth);
                    }
                }
            }
            cal.is_possible().then_some(Body::Date(cal))
        }
    }
}

/// True for a year beside another: "2010–2016", "2010 et 2016".
fn is_listed(run: &[Tok], at: usize) -> bool {
    let is_year = |tok: &Tok| tok.mask >> word::YEAR & 1 != 0;
    let is_link = |tok: &Tok| tok.mask >> word::LINK & 1 != 0;
    let beside = |near: Option<&Tok>, far: Option<&Tok>| {
        near.is_some_and(|near| is_year(near) || is_link(near) && far.is_some_and(is_year))
    };
    let back = |n: usize| at.checked_sub(n).and_then(|i| run.get(i));
    beside(back(1), back(2)) || beside(run.get(at + 1), run.get(at + 2))
}

/// "the second quarter", "the 19th century".
fn place(cal: &mut Cal, unit: Unit, nth: i32) {
    let small = u8::try_from(nth).ok();
    match unit {
        Unit::Quarter => cal.quarter = small,
        Unit::HalfYear => cal.half = small,
        Unit::Week => cal.week = small,
        Unit::Century => cal.century = Some(nth),
        Unit::Month => cal.month = small,
        Unit::Day => cal.day = small,
        Unit::Year if nth < 100 => (cal.year, cal.short_year) = (Some(number::full_year(nth)), true),
        Unit::Year => cal.year = Some(nth),
        _ => {}
    }
}

impl Cal {
    /// False where some number has no place in the calendar.
    pub(super) fn is_possible(&self) -> bool {
        let month = self.month.is_none_or(|m| (1..=12).contains(&m));
        let day = match (self.day, self.month, self.year) {
            (Some(d), Some(m), Some(y)) => calendar::exists((y, m, d)),
            (Some(d), Some(m), None) => calendar::exists((2000, m, d)),
            (Some(d), None, _) => (1..=31).contains(&d),
            _ => true,
        };
        month
            && day
            && self.quarter.is_none_or(|q| (1..=4).contains(&q))
            && self.half.is_none_or(|h| (1..=2).contains(&h))
            && self.week.is_none_or(|w| (1..=53).contains(&w))
            && self.century.is_none_or(|c| (1..=30).contains(&c))
            && self.clock.is_none_or(|c| c.hour <= 24)
            && self.decade.is_none_or(|d| (0..=210).contains(&d))
    }

    /// True where a part of a year is named.
    pub(super) fn is_finer_than_year(&self) -> bool {
        self.month.is_some()
            || self.season.is_some()
            || self.quarter.is_some()
            || self.half.is_some()
            || self.week.is_some()
    }

    /// True where the expression names nothing finer than a clock time alone.
    pub(super) fn only_clock(&self) -> bool {
        (self.clock.is_some() || self.part.is_some())
            && self.day.is_none()
            && self.month.is_none()
            && self.year.is_none()
            && self.weekday.is_none()
            && self.step.is_none()
            && self.holiday.is_none()
    }
}
