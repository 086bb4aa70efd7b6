//! The end of a build, for the person who ran it: what stands, what is pending, what is due, what conflicts, what was not read.

use std::collections::BTreeMap;
use std::path::Path;

use khronika_core::{Case, Event, EventStatus, Lang, Problem, ProblemKind, ProceedingState, StandingStatus};

use khronika_show::title::Titles;
use khronika_show::words;

use crate::terminal::table::{aligned, clipped};
use crate::terminal::{Ink, Pen, line};

/// How many lines a part of the summary may have; the rest is counted.
pub(crate) const LONGEST: usize = 10;

/// How many characters of a title are shown.
const WORDS: usize = 100;

/// Prints the summary on the standard error.
pub(crate) fn print(case: &Case, out: Option<&Path>) {
    line(summary(case, out, Pen::stderr()).trim_end());
}

fn summary(case: &Case, out: Option<&Path>, pen: Pen) -> String {
    let mut text = counts(case);
    let titles = Titles::new(case);
    part(&mut text, pen, Ink::Bold, "Stands", &standing(case, &titles, stands));
    part(&mut text, pen, Ink::Bold, "Under appeal or suspended", &standing(case, &titles, is_in_the_balance));
    part(&mut text, pen, Ink::Bold, "Pending", &pending(case));
    part(&mut text, pen, Ink::Bold, "Due", &due(case));
    part(&mut text, pen, Ink::Bold, "Conflicts", &conflicts(case, &titles));
    part(&mut text, pen, Ink::Red, "Not read, or not whole", &unread(case));
    part(&mut text, pen, Ink::Yellow, "Language", &language(case));
    let notes = case.problems.iter().filter(|p| !p.kind.is_loss() && p.kind != ProblemKind::Language).count();
    if notes > 0 {
        let remarks = if notes == 1 { "remark" } else { "remarks" };
        text.push_str(&format!("\n{notes} more {remarks} on the documents: see “problems” in case.json\n"));
    }
    if let Some(out) = out {
        text.push_str(&format!("\nWritten: {}\n", pen.ink(Ink::Cyan, &out.join("dossier.html").display().to_string())));
        text.push_str(&format!("         {}\n", out.join("case.json").display()));
        text.push_str(&format!("         {}\n", out.join("chronology.csv").display()));
    }
    text
}

fn counts(case: &Case) -> String {
    let dated: Vec<_> = case.events.iter().filter_map(|e| e.when.as_ref()).collect();
    let first = dated.iter().filter_map(|w| w.earliest()).min();
    let last = dated.iter().filter_map(|w| w.latest()).max();
    let span = match (first, last) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => String::new(),
    };
    let acts: Vec<&Event> = case.events.iter().filter(|e| e.act.is_some()).collect();
    let told = acts.iter().filter(|e| e.status == EventStatus::Actual).count();
    let asked = match acts.len() - told {
        0 => String::new(),
        n => format!("and {n} asked for, possible or denied"),
    };
    // Year 0 is the case's word for a day that nothing gives.
    let (day, basis) = match (case.as_of_given, case.as_of.year()) {
        (true, _) => (case.as_of.to_string(), "as asked for"),
        (false, 0) => ("unknown".to_owned(), "no date in the sources; --as-of sets one"),
        (false, _) => (case.as_of.to_string(), "the latest date in the sources; --as-of sets another"),
    };
    let rows = [
        ["as of".to_owned(), day, basis.to_owned()],
        ["sources".to_owned(), case.sources.len().to_string(), languages(case)],
        ["dated events".to_owned(), dated.len().to_string(), span],
        ["acts".to_owned(), told.to_string(), asked],
    ];
    aligned(&rows, 0)
}

/// How many sources in which language, the most frequent first.
fn languages(case: &Case) -> String {
    let mut counts: BTreeMap<Lang, usize> = BTreeMap::new();
    for source in &case.sources {
        *counts.entry(source.lang).or_default() += 1;
    }
    let mut counts: Vec<(Lang, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(lang, n)| (std::cmp::Reverse(*n), *lang));
    counts.iter().map(|(lang, n)| format!("{lang} {n}")).collect::<Vec<_>>().join(", ")
}

/// A heading with lines under it; nothing where there is nothing to say.
fn part(text: &mut String, pen: Pen, ink: Ink, heading: &str, rows: &[[String; 3]]) {
    if rows.is_empty() {
        return;
    }
    text.push_str(&format!("\n{}\n", pen.ink(ink, heading)));
    let shown = rows.get(..LONGEST.min(rows.len())).unwrap_or(rows);
    text.push_str(&aligned(shown, 2));
    // A row that begins with nothing goes on with the one above it.
    let more = rows.iter().skip(shown.len()).filter(|row| !row[0].is_empty()).count();
    if more > 0 {
        text.push_str(&format!("  … and {more} more: see dossier.html\n"));
    }
}

fn date(event: &Event) -> String {
    event.when.as_ref().map_or_else(|| "undated".to_owned(), |when| when.edtf.to_string())
}

const fn stands(status: StandingStatus) -> bool {
    matches!(
        status,
        StandingStatus::InForce
            | StandingStatus::NotYetEnforceable
            | StandingStatus::Upheld
            | StandingStatus::Final
            | StandingStatus::Varied
    )
}

const fn is_in_the_balance(status: StandingStatus) -> bool {
    matches!(status, StandingStatus::UnderAppeal | StandingStatus::Suspended)
}

/// The decisions with such a standing, the latest first, those without a date last.
fn standing(case: &Case, titles: &Titles<'_>, which: fn(StandingStatus) -> bool) -> Vec<[String; 3]> {
    let mut acts: Vec<(&Event, StandingStatus)> = case
        .events
        .iter()
        .filter(|event| event.status == EventStatus::Actual)
        .filter_map(|event| Some((event, event.act.as_ref().filter(|act| words::decides(act))?.standing.status)))
        .filter(|(_, status)| which(*status))
        .collect();
    acts.sort_by_key(|(event, _)| std::cmp::Reverse(event.when.as_ref().and_then(|w| w.latest().or(w.earliest()))));
    let row = |(event, status): (&Event, StandingStatus)| {
        [date(event), words::english().standing(status).to_owned(), clipped(&titles.title(event).to_string(), WORDS)]
    };
    acts.into_iter().map(row).collect()
}

fn pending(case: &Case) -> Vec<[String; 3]> {
    case.proceedings
        .iter()
        .filter_map(|proceeding| match &proceeding.state {
            ProceedingState::Pending { body_name, since, .. } => Some([
                since.as_ref().map_or_else(|| "since ?".to_owned(), |since| format!("since {since}")),
                body_name.as_ref().map_or_else(|| "before ?".to_owned(), |body| format!("before {body}")),
                clipped(&proceeding.title, WORDS),
            ]),
            ProceedingState::Closed { .. } | ProceedingState::Unknown => None,
        })
        .collect()
}

fn due(case: &Case) -> Vec<[String; 3]> {
    let mut rows: Vec<[String; 3]> = case
        .deadlines
        .iter()
        .map(|deadline| {
            let day = deadline.due.map_or_else(|| "no day".to_owned(), |day| day.to_string());
            let mut what = clipped(&deadline.what, WORDS);
            if deadline.rule_status == "unverified" {
                what = format!("{what} (rule unverified)");
            }
            if deadline.expires {
                what = format!("ends: {what}");
            }
            [day, deadline.state.clone(), what]
        })
        .collect();
    // What is still to come stands before what has passed or runs no longer.
    let over = |row: &[String; 3]| matches!(row[1].as_str(), "past" | "ended");
    rows.sort_by(|a, b| (over(a), &a[0]).cmp(&(over(b), &b[0])));
    rows
}

/// The kind of a conflict with its first side; each other side is a row below it.
fn conflicts(case: &Case, titles: &Titles<'_>) -> Vec<[String; 3]> {
    let events: BTreeMap<&str, &Event> = case.events.iter().map(|event| (event.id.as_str(), event)).collect();
    let mut rows = Vec::new();
    for conflict in &case.conflicts {
        let event = |id: &String| events.get(id.as_str()).copied();
        let mut sides: Vec<(String, String)> = conflict
            .between
            .iter()
            .filter_map(event)
            .map(|event| (date(event), titles.title(event).to_string()))
            .collect();
        if sides.is_empty() {
            sides.push((String::new(), conflict.explanation.clone()));
        }
        for (n, (day, side)) in sides.into_iter().enumerate() {
            let kind = if n == 0 { words::english().conflict(&conflict.kind).into_owned() } else { String::new() };
            rows.push([kind, day, clipped(&side, WORDS)]);
        }
    }
    rows
}

fn unread(case: &Case) -> Vec<[String; 3]> {
    let losses = case.problems.iter().filter(|p| p.kind.is_loss());
    losses.map(|problem: &Problem| [clipped(&problem.name, 40), clipped(&problem.what, WORDS), String::new()]).collect()
}

/// Documents in a language without rules, or in one that was hard to tell.
fn language(case: &Case) -> Vec<[String; 3]> {
    let remarks = case.problems.iter().filter(|p| p.kind == ProblemKind::Language);
    remarks.map(|problem| [clipped(&problem.name, 40), clipped(&problem.what, WORDS + 20), String::new()]).collect()
}
