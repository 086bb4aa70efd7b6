//! Prints resolved dates and lengths as TIMEX3 values and as EDTF.

use khronika_core::{Day, Edtf, TimexKind, TimexMod};

use super::calendar;
use super::item::{Body, Cal, Length, Repeat};
use super::number::flag;
use super::word::{PARTS, SEASONS, Unit};

/// A value as TIMEX3 and, where it is a date, as EDTF.
pub(super) struct Printed {
    pub kind: TimexKind,
    pub value: String,
    pub edtf: Option<Edtf>,
}

/// The TIMEX3 letter of a unit, and whether it stands after the `T` of a duration.
const fn letter(unit: Unit) -> (&'static str, bool, i32) {
    match unit {
        Unit::Second => ("S", true, 1),
        Unit::Minute => ("M", true, 1),
        Unit::Hour => ("H", true, 1),
        Unit::Day | Unit::Workday => ("D", false, 1),
        Unit::Weekend => ("WE", false, 1),
        Unit::Week => ("W", false, 1),
        Unit::Fortnight => ("W", false, 2),
        Unit::Month => ("M", false, 1),
        Unit::Quarter => ("Q", false, 1),
        Unit::HalfYear => ("M", false, 6),
        Unit::Season => ("Y", false, 1),
        Unit::Year => ("Y", false, 1),
        Unit::Decade => ("Y", false, 10),
        Unit::Century => ("Y", false, 100),
        Unit::Millennium => ("Y", false, 1000),
    }
}

/// `P3Y4M`, `PT10M`, `P2.5Y`, `PXD`.
pub(super) fn duration(lengths: &[Length]) -> String {
    let (mut date, mut time) = (String::new(), String::new());
    for length in lengths {
        let (name, in_time, factor) = letter(length.unit);
        let amount = match length.hundredths {
            None => "X".to_owned(),
            Some(n) => decimal(n.saturating_mul(factor)),
        };
        let part = if in_time { &mut time } else { &mut date };
        part.push_str(&amount);
        part.push_str(name);
    }
    if time.is_empty() { format!("P{date}") } else { format!("P{date}T{time}") }
}

fn decimal(hundredths: i32) -> String {
    let (whole, rest) = (hundredths / 100, hundredths.rem_euclid(100));
    match rest {
        0 => whole.to_string(),
        r if r % 10 == 0 => format!("{whole}.{}", r / 10),
        r => format!("{whole}.{r:02}"),
    }
}

fn year(cal: &Cal) -> String {
    match cal.year {
        Some(y) if cal.bc => format!("BC{y:04}"),
        Some(y) => format!("{y:04}"),
        None => "XXXX".to_owned(),
    }
}

/// The year as EDTF counts it: 1 BC is 0000.
fn edtf_year(cal: &Cal) -> Option<String> {
    let y = cal.year?;
    Some(match if cal.bc { 1 - y } else { y } {
        n if n < 0 => format!("-{:04}", -n),
        n => format!("{n:04}"),
    })
}

fn mark(names: &[(&'static str, &'static str)], index: usize) -> &'static str {
    names.get(index).map_or("", |(_, mark)| mark)
}

/// The part of a value after the day: `T10:30`, `TMO`.
fn time(cal: &Cal) -> Option<String> {
    match (cal.clock, cal.part) {
        (Some(c), _) => {
            let mut text = format!("T{:02}", c.hour);
            text.push_str(&format!(":{:02}", c.minute.unwrap_or(0)));
            if let Some(second) = c.second {
                text.push_str(&format!(":{second:02}"));
            }
            if let Some(zone) = c.zone {
                if zone == 0 {
                    text.push('Z');
                } else {
                    let sign = if zone < 0 { '-' } else { '+' };
                    text.push_str(&format!("{sign}{:02}:{:02}", zone.abs() / 60, zone.abs() % 60));
                }
            }
            Some(text)
        }
        (None, Some(part)) => Some(format!("T{}", mark(PARTS, usize::from(part)))),
        _ => None,
    }
}

/// Prints a date from which every step has been taken.
pub(super) fn date(cal: &Cal, modifier: Option<TimexMod>) -> Printed {
    let time = time(cal);
    let modifier = if cal.flags & flag::ABOUT == 0 { modifier } else { Some(TimexMod::Approx) };
    // By far the most dates are whole days: their EDTF is made from the numbers, not read back from a text.
    if modifier != Some(TimexMod::Approx)
        && let Some(day) = plain_day(cal)
    {
        let edtf = Edtf::day(day);
        return match time {
            Some(time) => Printed { kind: TimexKind::Time, value: format!("{edtf}{time}"), edtf: Some(edtf) },
            None => Printed { kind: TimexKind::Date, value: edtf.as_str().to_owned(), edtf: Some(edtf) },
        };
    }
    if modifier != Some(TimexMod::Approx)
        && let Some(edtf) = plain_part(cal)
    {
        return Printed { kind: TimexKind::Date, value: edtf.as_str().to_owned(), edtf: Some(edtf) };
    }
    let y = year(cal);
    let day_value = |text: String, edtf: Option<String>| Printed {
        kind: if time.is_some() { TimexKind::Time } else { TimexKind::Date },
        value: match &time {
            Some(time) => format!("{text}{time}"),
            None => text,
        },
        edtf: edtf.and_then(|e| parse(&e, modifier)),
    };
    if let Some(century) = cal.century {
        let prefix = century - 1;
        let (value, edtf) = if cal.bc {
            (format!("BC{prefix:02}"), None)
        } else {
            (format!("{prefix:02}"), Some(format!("{prefix:02}XX")))
        };
        return day_value(value, edtf);
    }
    if let Some(decade) = cal.decade {
        return day_value(format!("{decade:03}"), Some(format!("{decade:03}X")));
    }
    if let Some(week) = cal.week {
        let end = if cal.weekend { "-WE" } else { "" };
        let days = cal.year.filter(|_| !cal.bc).map(|y| {
            let first = calendar::days((y, 1, 4));
            let monday = first - i32::from(calendar::weekday(first)) + 1 + (i32::from(week) - 1) * 7;
            (calendar::civil(if cal.weekend { monday + 5 } else { monday }), calendar::civil(monday + 6))
        });
        let mut printed = day_value(format!("{y}-W{week:02}{end}"), None);
        printed.edtf = days.and_then(|(from, to)| Edtf::days(day_of(from)?, day_of(to)?));
        return printed;
    }
    match (cal.month, cal.day) {
        (Some(m), Some(d)) => {
            let edtf = edtf_year(cal).unwrap_or_else(|| "XXXX".to_owned());
            return day_value(format!("{y}-{m:02}-{d:02}"), Some(format!("{edtf}-{m:02}-{d:02}")));
        }
        (Some(m), None) => {
            let value = format!("{y}-{m:02}");
            let edtf = edtf_year(cal).filter(|_| cal.bc).map_or_else(|| value.clone(), |y| format!("{y}-{m:02}"));
            return day_value(value, Some(edtf));
        }
        (None, Some(d)) => return day_value(format!("{y}-XX-{d:02}"), None),
        _ => {}
    }
    if let Some(weekday) = cal.weekday {
        return day_value(format!("XXXX-WXX-{weekday}"), None);
    }
    if cal.weekend {
        return day_value(format!("{y}-WXX-WE"), None);
    }
    let fraction = |name: String, code: u8| {
        let edtf = edtf_year(cal).map(|y| format!("{y}-{code}"));
        day_value(format!("{y}-{name}"), edtf)
    };
    if let Some(quarter) = cal.quarter {
        return fraction(format!("Q{quarter}"), 32 + quarter);
    }
    if let Some(half) = cal.half {
        return fraction(format!("H{half}"), 39 + half);
    }
    if let Some(season) = cal.season {
        return fraction(mark(SEASONS, usize::from(season) - 1).to_owned(), 20 + season);
    }
    if time.is_some() && cal.year.is_none() {
        return day_value("XXXX-XX-XX".to_owned(), None);
    }
    if cal.year.is_none() {
        return day_value("XXXX-XX-XX".to_owned(), None);
    }
    day_value(y, edtf_year(cal))
}

/// The day of a date that is nothing but a day of our era.
fn plain_day(cal: &Cal) -> Option<Day> {
    if cal.bc || cal.century.is_some() || cal.decade.is_some() || cal.week.is_some() {
        return None;
    }
    let year = i16::try_from(cal.year?).ok().filter(|y| (0..=9999).contains(y))?;
    day_of((i32::from(year), cal.month?, cal.day?))
}

/// The month or the year of a date that is nothing but one of our era.
fn plain_part(cal: &Cal) -> Option<Edtf> {
    let bare = Cal { year: None, month: None, ..*cal };
    let plain = Cal {
        short_year: cal.short_year,
        direction: cal.direction,
        direction_from: cal.direction_from,
        of_year: cal.of_year,
        flags: cal.flags,
        step: cal.step,
        holiday: cal.holiday,
        ..Cal::default()
    };
    if bare != plain {
        return None;
    }
    let year = i16::try_from(cal.year?).ok()?;
    match cal.month {
        Some(month) => Edtf::month(year, i8::try_from(month).ok()?),
        None => Edtf::year(year),
    }
}

fn day_of((y, m, d): calendar::Ymd) -> Option<Day> {
    Day::new(i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()
}

fn parse(text: &str, modifier: Option<TimexMod>) -> Option<Edtf> {
    let about = modifier == Some(TimexMod::Approx) && !text.contains('/');
    let edtf = if about { format!("{text}~") } else { text.to_owned() };
    Edtf::parse(&edtf).or_else(|_| Edtf::parse(text)).ok()
}

/// Prints what is no calendar date.
pub(super) fn other(body: &Body) -> Printed {
    match body {
        Body::Duration(lengths) | Body::Age(lengths) => {
            Printed { kind: TimexKind::Duration, value: duration(lengths), edtf: None }
        }
        Body::Set(Repeat::Each(length)) => {
            Printed { kind: TimexKind::Set, value: duration(std::slice::from_ref(length)), edtf: None }
        }
        Body::Set(Repeat::On(cal)) => {
            let mut printed = date(cal, None);
            printed.kind = TimexKind::Set;
            printed.edtf = None;
            printed
        }
        Body::Reference(value) => {
            // A reference that is a length or repeats: the rule says so by its value.
            let kind =
                if value.starts_with('P') && !value.contains('_') { TimexKind::Duration } else { TimexKind::Date };
            Printed { kind, value: value.clone(), edtf: None }
        }
        Body::Date(cal) => date(cal, None),
    }
}
