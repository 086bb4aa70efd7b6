//! `khronika deadline`: counts a time limit from a day, step by step.

use khronika_case::deadline::{Computation, ComputeOptions, Distance, Stop, TimeLimit, compute};
use khronika_case::{CaseRules, RowStatus};
use khronika_core::Day;
use khronika_data::Dataset;
use serde_json::json;

use crate::args::Deadline;
use crate::command::explain::{self, Rule, collect};
use crate::terminal::table::{aligned, clipped};
use crate::terminal::{self, Ink, Pen};
use crate::{Failure, Outcome};

/// How many characters of a rule's purpose the list shows.
const WORDS: usize = 70;

/// Counts, or lists the rules that can be counted.
pub(crate) fn run(args: &Deadline) -> Result<Outcome, Failure> {
    let rules = CaseRules::load(&Dataset::embedded())
        .map_err(|error| Failure::internal("loading its rules", &error.to_string()))?;
    if args.list {
        terminal::print(&list(rules.time_limits(), args.rule.as_deref().unwrap_or_default()))?;
        return Ok(Outcome::Done);
    }
    let (Some(id), Some(from)) = (args.rule.as_deref(), args.from) else {
        return Err(Failure::new("no rule or no day", "name both: --rule and --from"));
    };
    let Some(rule) = rules.time_limit(id) else {
        return Err(Failure::new(
            format!("no time limit has the id {id}"),
            "`khronika deadline --list` lists them; `--list --rule fr.` those that begin so",
        ));
    };
    let calendar = match args.calendar.as_deref() {
        None => None,
        Some(name) => match rules.calendar(name) {
            Some(calendar) => Some(calendar.clone()),
            None => {
                let all: Vec<&str> = rules.calendars().collect();
                let what = format!("there is no calendar {name}");
                return Err(Failure::new(what, format!("the calendars are {}", all.join(", "))));
            }
        },
    };
    let options = ComputeOptions {
        period: args.period,
        hour: args.at,
        distance: match (args.overseas, args.abroad) {
            (true, _) => Distance::Overseas,
            (_, true) => Distance::Abroad,
            _ => Distance::Near,
        },
        calendar,
        backward: args.back,
        stop: stop(args.suspended, false).or(stop(args.interrupted, true)),
    };
    let found = compute(rule, from, &options);
    let row =
        if args.explain { collect(&Dataset::embedded())?.into_iter().find(|row| row.id == rule.id) } else { None };
    if args.json {
        terminal::print(&as_json(rule, from, &found, row.as_ref())?)?;
    } else {
        let whole = row.map(|row| format!("\n{}", explain::shown(&row, Pen::stdout())));
        terminal::print(&(shown(rule, from, &found, Pen::stdout()) + &whole.unwrap_or_default()))?;
    }
    let sure = found.due.is_some() && rule.status != RowStatus::Unverified;
    Ok(if sure { Outcome::Done } else { Outcome::DoneInPart })
}

fn stop(days: Option<(Day, Day)>, anew: bool) -> Option<Stop> {
    days.map(|(on, until)| Stop { on, until, anew })
}

fn list<'a>(rules: impl Iterator<Item = &'a TimeLimit>, begins: &str) -> String {
    let rows: Vec<[String; 4]> = rules
        .filter(|rule| rule.id.starts_with(begins))
        .map(|rule| {
            let period = rule.period.map_or_else(|| "–".to_owned(), |period| period.words());
            [rule.id.clone(), period, rule.status.name().to_owned(), clipped(&rule.what, WORDS)]
        })
        .collect();
    aligned(&rows, 0)
}

fn shown(rule: &TimeLimit, from: Day, found: &Computation, pen: Pen) -> String {
    let due = match (found.hour, found.due) {
        (Some(hour), _) => format!("{} {}", weekday(hour.date()), hour.strftime("%Y-%m-%d %H:%M")),
        (None, Some(day)) => format!("{} {day}", weekday(day)),
        (None, None) => "no day".to_owned(),
    };
    let mut text = format!("{}  {}, before {}\n", pen.ink(Ink::Bold, &due), rule.what, rule.forum);
    text.push_str(&format!("from {from}: {}\n", rule.trigger_words));
    let mut part = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push_str(&format!("\n{}\n", pen.ink(Ink::Bold, heading)));
            for line in lines {
                text.push_str(&format!("  {line}\n"));
            }
        }
    };
    part("Counting", found.steps.clone());
    let other = |day: Option<Day>| day.map_or_else(|| "no day".to_owned(), |day| format!("{} {day}", weekday(day)));
    part("Also arguable", found.alternatives.iter().map(|a| format!("{}: {}", other(a.due), a.why)).collect());
    part("To know", found.notes.clone());
    part("If it is missed", rule.if_missed.iter().cloned().collect());
    let status = rule.status.name();
    let status = if rule.status == RowStatus::Verified { status.to_owned() } else { pen.ink(Ink::Yellow, status) };
    part("Rule", vec![format!("{} · {status} · {}", rule.id, rule.force), rule.source.clone()]);
    text
}

fn weekday(day: Day) -> String {
    format!("{:?}", day.weekday())
}

fn as_json(rule: &TimeLimit, from: Day, found: &Computation, row: Option<&Rule>) -> Result<String, Failure> {
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let alternatives: Vec<_> = found.alternatives.iter().map(|a| json!({ "due": day(a.due), "why": a.why })).collect();
    let mut answer = json!({
        "rule": rule.id,
        "what": rule.what,
        "forum": rule.forum,
        "from": from.to_string(),
        "due": day(found.due),
        "hour": found.hour.map(|hour| hour.to_string()),
        "earliest_due": day(found.earliest()),
        "steps": found.steps,
        "alternatives": alternatives,
        "notes": found.notes,
        "rule_status": rule.status.name(),
        "source": rule.source,
    });
    if let (Some(answer), Some(row)) = (answer.as_object_mut(), row) {
        answer.insert("row".to_owned(), json!(row.row));
    }
    let text =
        serde_json::to_string_pretty(&answer).map_err(|error| Failure::internal("writing JSON", &error.to_string()))?;
    Ok(text + "\n")
}
