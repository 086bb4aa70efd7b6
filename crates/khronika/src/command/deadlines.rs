//! `khronika deadlines`: what runs out when, with the counting; and the same for a calendar program.

use khronika_core::{Case, Deadline};
use khronika_show::{Program, ics, json, words};

use crate::args::Deadlines;
use crate::command::papers;
use crate::command::shown::{Shown, date, print_json};
use crate::terminal::table::{clipped, tame};
use crate::terminal::{self, Ink, Pen};
use crate::{Failure, Outcome, interrupt, output};

/// Shows the deadlines, and writes the calendar where one is asked for.
pub(crate) fn run(args: &Deadlines) -> Result<Outcome, Failure> {
    interrupt::watch();
    if let Some(file) = &args.ics {
        output::may_replace(file, ics::WRITER)?;
    }
    let case = papers::weighed(&args.paths, &args.papers)?;
    if let Some(file) = &args.ics {
        output::write_file(file, &|mut out| ics::write(&case, &Program::default(), &mut out))?;
    }
    if args.papers.json {
        print_json(&case, "deadlines", json::deadlines(&case))?;
    } else {
        terminal::print(&text(&Shown::new(&case, Pen::stdout())))?;
    }
    let sure = |deadline: &Deadline| deadline.due.is_some() && deadline.rule_status != "unverified";
    Ok(if case.deadlines.iter().all(sure) { papers::outcome(&case) } else { Outcome::DoneInPart })
}

fn text(shown: &Shown<'_>) -> String {
    let mut text = shown.head();
    let all = in_order(shown.case);
    if all.is_empty() {
        text.push_str("\nNo period is found in these papers.\n");
    }
    for deadline in all {
        let pen = shown.pen;
        let day = match (deadline.due, deadline.earliest_due) {
            (Some(due), _) => format!("{due} ({})", words::english().day(due)),
            (None, Some(earliest)) => format!("not before {earliest} ({})", words::english().day(earliest)),
            (None, None) => words::NO_DAY.to_owned(),
        };
        let what = clipped(&deadline.what, usize::MAX);
        let what = if deadline.expires { format!("ends: {what}") } else { what };
        text.push_str(&format!("\n{}  {}  {what}\n", pen.ink(Ink::Bold, &day), deadline.state));
        if let Some(event) = deadline.act.as_deref().and_then(|id| shown.event(id)) {
            text.push_str(&format!("  from the act: {}  {}\n", date(event), shown.title(event)));
        }
        let rule = words::rule(&deadline.rule, &deadline.rule_status);
        let unverified = deadline.rule_status == "unverified";
        text.push_str(&format!("  {}\n", if unverified { pen.ink(Ink::Yellow, &rule) } else { rule }));
        for step in &deadline.steps {
            text.push_str(&format!("  – {}\n", tame(step)));
        }
        for (other, why) in &deadline.alternatives {
            let other = other.map_or_else(|| words::NO_DAY.to_owned(), |day| day.to_string());
            text.push_str(&format!("  {}: {other}: {why}\n", words::ARGUABLE));
        }
        text.push_str(&shown.quotes(&deadline.passages, 6));
    }
    if !shown.case.deadlines.is_empty() {
        text.push_str(&format!("\n{}\n", words::TO_BE_CHECKED));
    }
    text
}

/// What is still to come first, then what has no day, then what has passed; each by day.
fn in_order(case: &Case) -> Vec<&Deadline> {
    let mut all: Vec<&Deadline> = case.deadlines.iter().collect();
    all.sort_by_key(|d| (d.due.is_some_and(|due| due < case.as_of), d.due.is_none(), d.due, d.earliest_due));
    all
}
