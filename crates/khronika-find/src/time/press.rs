//! The day on which a text of the press was put out: its stamp, and the year of a dateline that leaves it out.

use khronika_core::{DateRole, Span};

use super::TimeRules;
use super::calendar;
use super::document::{Found, tense};
use super::head::{HEAD, Own, line_around};
use super::item::{Body, Cal};
use super::language::From;
use super::role::Roles;
use super::tense::{Limit, Tense};
use super::window::begins;
use super::word::{self, Unit};

/// What parts the cells of the line under a headline.
const MARKS: [char; 3] = ['|', '·', '•'];
/// The longest word between a day and a clock time: "at", "в".
const LINK: usize = 2;
/// How many words may stand behind a stamp: "GMT", "(updated)".
const BEHIND: usize = 3;
/// How many years after the latest one that a text names its own year is looked for: weekdays come round after five.
const YEARS_ON: i32 = 4;
/// How far (bytes) below its date a letter names whom it is for, or what it is about.
const LETTER_HEAD: usize = 1500;
/// How far (bytes) behind its dateline a text names the weekday of its news.
const OPENING: usize = 900;
/// How long (days) before its dateline the latest day that a text names lies, where only the weekday of its news gives the year.
const RECENT: i32 = 550;

/// The year of a dateline, the words that it was taken from, and why.
pub(super) struct Year {
    pub year: i32,
    pub from: Span,
    pub why: &'static str,
}

const BESIDE: &str = "the year is the only one in which the weekdays named beside days fall on them";
const OPENS: &str = "the year is the first, from the latest day told on, in which the weekday of the news is that day or the one before";

impl Roles {
    /// How surely the words right before a date say that the text was put out on it: "Published on", "Обновлено:".
    pub(super) fn press_cue(&self, before: &str) -> Option<u8> {
        let line = before.rsplit(MARKS).next().unwrap_or("").trim_start();
        let cue = |cell: &str| {
            let cell = word::fold(cell.trim().trim_end_matches([':', ' ', '—', '–']));
            self.press.iter().find(|(cue, _)| *cue == cell).map(|(_, weight)| *weight)
        };
        // "Published 5 May, updated 6 May": a line that begins as a stamp goes on as one.
        let begins = || self.press.iter().any(|(cue, _)| begins(line, cue).is_some_and(|r| r.starts_with([' ', ':'])));
        cue(line).or_else(|| cue(line.rsplit_once(',')?.1).filter(|_| begins()))
    }
}

/// True where a date that stands first on its line is a stamp: "09.12.2022 · 11:15 · Agency", "11 April, 18:42 | City", "5 May 2021, at
/// 14:20 GMT".
pub(super) fn is_stamp(before: &str, has_clock: bool, after: &str) -> bool {
    if !before.trim().is_empty() {
        return false;
    }
    let blank = |c: char| c.is_whitespace() || matches!(c, ',' | '.');
    let rest = after.trim_start_matches(blank);
    let link = rest.find(|c: char| !c.is_lowercase()).unwrap_or(rest.len());
    let linked = rest.get(link..).unwrap_or("").trim_start();
    let timed =
        if rest.chars().take(LINK + 1).take_while(|c| c.is_lowercase()).count() <= LINK { linked } else { rest };
    let (clock, behind) = match behind_clock(timed) {
        Some(behind) => (true, behind),
        None => (has_clock, rest),
    };
    let behind = behind.trim_start_matches(blank);
    behind.starts_with(MARKS)
        || clock && behind.split_whitespace().count() <= BEHIND && !behind.ends_with(['.', '!', '?'])
}

/// What stands behind the hour on a line of place and date, or behind its date: "Rennes, 07.08.1899, 15:25".
pub(super) fn untimed(after: &str) -> &str {
    behind_clock(after.trim_start_matches([',', ' ', '\u{a0}'])).unwrap_or(after)
}

/// What stands behind a clock time that begins `text`.
fn behind_clock(text: &str) -> Option<&str> {
    let number = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let hour = number(text);
    let rest = text.get(hour..)?.trim_start_matches(' ').strip_prefix([':', '.', 'h', 'ч'])?.trim_start_matches(' ');
    let minute = number(rest);
    ((1..=2).contains(&hour) && minute == 2).then(|| rest.get(minute..)).flatten()
}

fn date(found: &Found) -> Option<&Cal> {
    match &found.item.body {
        Body::Date(cal) if !cal.bc => Some(cal),
        _ => None,
    }
}

/// True for a weekday alone, as the press names it.
fn is_weekday(cal: &Cal) -> bool {
    cal.weekday.is_some() && cal.month.is_none() && cal.day.is_none() && cal.direction.is_none() && cal.step.is_none()
}

/// True where a line below the date is that of a salutation or a subject, as a letter has it.
pub(super) fn opens_as_letter(text: &str, salutations: &[String], own: Span) -> bool {
    let after = text.get(own.end..).unwrap_or("");
    let near = after.get(..after.floor_char_boundary(LETTER_HEAD)).unwrap_or("");
    near.lines().skip(1).any(|line| {
        let line = line.trim_start();
        salutations.iter().any(|cue| begins(line, cue).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
    })
}

/// True where the text right behind its date tells what happened on a weekday, yesterday or today, as the press does.
pub(super) fn opens_as_press(found: &[Found], own: Own) -> bool {
    let Some(line) = found.get(own.index) else { return false };
    let near = |f: &&Found| f.item.span.start < line.item.span.end + OPENING && f.role == DateRole::Event;
    found
        .iter()
        .skip(own.index + 1)
        .take_while(near)
        .filter_map(date)
        .any(|cal| is_weekday(cal) || cal.step.is_some_and(|s| s.from == From::Writing && s.unit == Unit::Day))
}

impl TimeRules {
    /// Marks the other days on which a text says that it was put out or put right.
    pub(super) fn stamps_of_press(&self, text: &str, found: &mut [Found]) {
        for entry in found.iter_mut().take_while(|f| f.item.span.start < HEAD) {
            let is_day = matches!(&entry.item.body, Body::Date(cal) if cal.month.is_some() && cal.day.is_some());
            if is_day && entry.role == DateRole::Event {
                let (_, before, _) = line_around(text, entry.item.span);
                let cue = self.languages.get(&entry.lang).and_then(|language| language.roles.press_cue(before));
                if cue.is_some() {
                    entry.role = DateRole::Publication;
                }
            }
        }
    }

    /// The year of a dateline that gives none: the only one, from the latest that the text names on, in which the weekdays named beside
    /// days fall on them; else the first in which the weekday of the news is that of the dateline or the one before.
    pub(super) fn year_of_dateline(&self, text: &str, found: &[Found], own: Own) -> Option<Year> {
        let line = found.get(own.index)?;
        let own_day = date(line).filter(|cal| cal.step.is_none())?;
        let (month, day) = (own_day.month?, own_day.day?);
        let mut latest: Option<((i32, u8, u8), bool, Span)> = None;
        let mut weekdays: Vec<(u8, u8, u8)> = Vec::new();
        let mut opening: Option<u8> = None;
        for (index, entry) in found.iter().enumerate() {
            let (Some(cal), Some(language)) = (date(entry), self.languages.get(&entry.lang)) else { continue };
            if cal.step.is_some() {
                continue;
            }
            let span = entry.item.span;
            let ahead = || {
                tense(language, text, span) == Tense::Future || language.roles.limit(text, span) == Some(Limit::Sure)
            };
            match (cal.year, cal.month, cal.weekday, cal.day) {
                (Some(year), month, ..) if entry.role == DateRole::Event => {
                    let told = (year, month.unwrap_or(1), cal.day.unwrap_or(1));
                    if latest.is_none_or(|(l, ..)| told > l) && !ahead() {
                        latest = Some((told, month.is_some(), span));
                    }
                }
                (None, Some(m), Some(w), Some(d)) => weekdays.push((w, m, d)),
                (None, None, Some(w), None)
                    if opening.is_none()
                        && index > own.index
                        && is_weekday(cal)
                        && span.start < line.item.span.end + OPENING
                        && !ahead() =>
                {
                    opening = Some(w);
                }
                _ => {}
            }
        }
        let (latest, has_month, from) = latest?;
        let at = |y: i32, m: u8, d: u8| calendar::exists((y, m, d)).then(|| calendar::days((y, m, d)));
        let falls = |y: i32, w: u8, m: u8, d: u8| at(y, m, d).is_some_and(|day| calendar::weekday(day) == w);
        let mut years = (latest.0..=latest.0 + YEARS_ON).filter(|y| {
            (*y, month, day) >= latest
                && weekdays.iter().all(|(w, m, d)| {
                    // A month that stands further on in the calendar than the next three is of the year before.
                    let last = i32::from(*m) - i32::from(month) > 3;
                    falls(*y - i32::from(last), *w, *m, *d)
                })
        });
        if !weekdays.is_empty()
            && let (Some(year), None) = (years.clone().next(), years.clone().nth(1))
        {
            return Some(Year { year, from, why: BESIDE });
        }
        // Without a month told it may have been written in any of many years.
        let opening = opening.filter(|_| has_month)?;
        let told = at(latest.0, latest.1, latest.2)?;
        let year = years.find(|y| {
            at(*y, month, day).is_some_and(|day| {
                let back = (i32::from(calendar::weekday(day)) - i32::from(opening)).rem_euclid(7);
                back <= 1 && day - told <= RECENT
            })
        })?;
        Some(Year { year, from, why: OPENS })
    }
}
