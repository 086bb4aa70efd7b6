//! `deadlines.ics`: the last days of a case for a calendar program (RFC 5545).
//!
//! Each last day that could be computed is an event of a whole day, and so is each other day that is arguable. The counting, the rule
//! with its status and the quoted words stand in the description. A `UID` names the act, the rule and the answer, so that a calendar
//! that takes the file in again replaces what it has; `DTSTAMP` is the day as of which the case is told, since no clock is read.

use std::collections::BTreeSet;
use std::io::{self, Write};

use khronika_core::{Case, Day, Deadline, stable_id};

use crate::Program;
use crate::place::Texts;
use crate::words;

/// The beginning of the identifier of whoever writes the file: how the program knows its own calendars.
pub const WRITER: &str = "PRODID:-//khronika//khronika ";

/// The most octets of a line, without its end.
const OCTETS: usize = 75;

/// The longest quotation, in characters.
const QUOTE: usize = 400;

/// Writes the calendar.
///
/// # Errors
/// Only those of `out`.
pub fn write(case: &Case, program: &Program, out: &mut impl Write) -> io::Result<()> {
    let texts = Texts::new(&case.sources);
    line(out, "BEGIN:VCALENDAR")?;
    line(out, "VERSION:2.0")?;
    line(out, &format!("{WRITER}{}//EN", escaped(&program.version)))?;
    line(out, "CALSCALE:GREGORIAN")?;
    let stamp = case.known_as_of().and_then(date).unwrap_or_else(|| "19700101".to_owned());
    let due: BTreeSet<(Option<&str>, Day)> =
        case.deadlines.iter().filter_map(|d| Some((d.act.as_deref(), d.due?))).collect();
    for deadline in &case.deadlines {
        let note = description(deadline, &texts);
        if let Some(day) = deadline.due {
            event(out, deadline, &Entry { day, other: None, uid: &deadline.id, stamp: &stamp, note: &note })?;
        }
        for (day, why) in &deadline.alternatives {
            // What is the last day of another deadline of the same act has its own event.
            let Some(day) = day.filter(|day| !due.contains(&(deadline.act.as_deref(), *day))) else { continue };
            let uid = stable_id("d", &[&deadline.id, &day.to_string(), why]);
            event(out, deadline, &Entry { day, other: Some(why), uid: &uid, stamp: &stamp, note: &note })?;
        }
    }
    line(out, "END:VCALENDAR")
}

/// An event to be written.
struct Entry<'a> {
    day: Day,
    /// Why the day is arguable, where it is not the first answer.
    other: Option<&'a str>,
    uid: &'a str,
    stamp: &'a str,
    note: &'a str,
}

fn event(out: &mut impl Write, deadline: &Deadline, entry: &Entry<'_>) -> io::Result<()> {
    let Some(start) = date(entry.day) else { return Ok(()) };
    let unverified = deadline.rule_status == "unverified";
    let what = words::last_day(deadline.expires, entry.other.is_some(), unverified);
    line(out, "BEGIN:VEVENT")?;
    line(out, &format!("UID:{}@khronika", entry.uid))?;
    line(out, &format!("DTSTAMP:{}T000000Z", entry.stamp))?;
    line(out, &format!("DTSTART;VALUE=DATE:{start}"))?;
    line(out, &format!("SUMMARY:{}", escaped(&format!("{what}: {}", one_line(&deadline.what, QUOTE)))))?;
    let why = entry.other.map(|why| format!("{why}\n\n")).unwrap_or_default();
    line(out, &format!("DESCRIPTION:{}", escaped(&format!("{why}{}", entry.note))))?;
    if deadline.state == "ended" {
        line(out, "STATUS:CANCELLED")?;
    } else if entry.other.is_some() || unverified {
        line(out, "STATUS:TENTATIVE")?;
    }
    line(out, "TRANSP:TRANSPARENT")?;
    line(out, "END:VEVENT")
}

/// The counting, the rule and the words that it rests on.
fn description(deadline: &Deadline, texts: &Texts<'_>) -> String {
    let mut lines = deadline.steps.clone();
    lines.push(String::new());
    lines.push(words::rule(&deadline.rule, &deadline.rule_status));
    for (day, why) in &deadline.alternatives {
        let day = day.map_or_else(|| words::NO_DAY.to_owned(), |day| day.to_string());
        lines.push(format!("{}: {day}: {why}", words::ARGUABLE));
    }
    lines.push(String::new());
    for place in texts.places(&deadline.passages) {
        lines.push(format!("“{}” – {}", one_line(place.quote, QUOTE), place.source.name));
    }
    lines.push(String::new());
    lines.push(words::TO_BE_CHECKED.to_owned());
    lines.join("\n")
}

/// A day as the format writes it; `None` outside the years that it can write.
fn date(day: Day) -> Option<String> {
    (day.year() > 0).then(|| day.strftime("%Y%m%d").to_string())
}

/// On one line and no longer than `most` characters.
fn one_line(text: &str, most: usize) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(most) {
        line.truncate(at);
        line.push('…');
    }
    line
}

/// A value of type TEXT. Control characters have no place in one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Writes a content line, folded between characters where it is longer than the format allows.
fn line(out: &mut impl Write, text: &str) -> io::Result<()> {
    let mut octets = 0;
    let mut bytes = [0; 4];
    for c in text.chars() {
        if octets + c.len_utf8() > OCTETS {
            out.write_all(b"\r\n ")?;
            octets = 1;
        }
        octets += c.len_utf8();
        out.write_all(c.encode_utf8(&mut bytes).as_bytes())?;
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let text = format!("SUMMARY:{}", "Обжалование ".repeat(20));
        let mut out = Vec::new();
        line(&mut out, &text).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.lines().all(|l| l.len() <= OCTETS), "{out}");
        assert!(out.ends_with("\r\n") && out.lines().count() > 4);
        assert_eq!(out.replace("\r\n ", "").trim_end_matches("\r\n"), text);
    }

    #[test]
    fn what_has_a_meaning_in_the_format_is_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne\tf"), "a\\, b\\; c\\\\d\\ne f");
    }

    fn deadline(id: &str, due: Day, alternatives: Vec<(Option<Day>, String)>) -> Deadline {
        Deadline {
            id: id.to_owned(),
            act: Some("e-1".to_owned()),
            what: "appeal; in writing".to_owned(),
            expires: false,
            due: Some(due),
            earliest_due: None,
            rule: "xx.appeal".to_owned(),
            rule_status: "unverified".to_owned(),
            steps: vec!["day 1 is Tuesday 2023-07-04".to_owned()],
            alternatives,
            state: "running".to_owned(),
            passages: Vec::new(),
        }
    }

    #[test]
    fn every_arguable_day_has_an_event_of_its_own() {
        let (first, second, third) =
            (Day::constant(2023, 7, 30), Day::constant(2023, 7, 31), Day::constant(2023, 8, 3));
        let argued = Day::constant(2023, 8, 1);
        let others = vec![(Some(argued), "if the last day moves".to_owned()), (None, "unless".to_owned())];
        let case = Case {
            as_of: Day::constant(2023, 7, 15),
            as_of_given: true,
            sources: Vec::new(),
            actors: Vec::new(),
            events: Vec::new(),
            proceedings: Vec::new(),
            // What the second argues for is the last day of the third.
            deadlines: vec![
                deadline("d-1", first, others),
                deadline("d-2", second, vec![(Some(third), "if served later".to_owned())]),
                deadline("d-3", third, Vec::new()),
            ],
            statements: Vec::new(),
            conflicts: Vec::new(),
            letters: Vec::new(),
            dates: Vec::new(),
            problems: Vec::new(),
            alike: Vec::new(),
            judgments: Vec::new(),
            rules: Vec::new(),
        };
        let mut out = Vec::new();
        write(&case, &Program::default(), &mut out).unwrap();
        let out = String::from_utf8(out).unwrap().replace("\r\n ", "");
        let all = |key: &str| out.lines().filter_map(|l| l.strip_prefix(key)).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(all("DTSTART;VALUE=DATE:"), ["20230730", "20230801", "20230731", "20230803"]);
        assert_eq!(all("DTSTAMP:"), ["20230715T000000Z"; 4]);
        let told = ["Last day (rule unverified): ", "Arguably the last day (rule unverified): "];
        assert_eq!(all("SUMMARY:").get(..2).unwrap(), told.map(|t| format!("{t}appeal\\; in writing")));
        assert!(all("DESCRIPTION:").first().unwrap().contains("Also arguable: 2023-08-01: if the last day moves"));
        let uids: BTreeSet<String> = all("UID:").into_iter().collect();
        assert_eq!(uids.len(), 4);
    }

    #[test]
    fn a_day_has_eight_digits_or_none() {
        assert_eq!(date(Day::constant(2023, 7, 30)).as_deref(), Some("20230730"));
        assert_eq!(date(Day::constant(894, 12, 2)).as_deref(), Some("08941202"));
        assert_eq!(date(Day::ZERO), None);
    }
}
