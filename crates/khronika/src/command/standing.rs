//! `khronika standing`: how each act stands as of a day, and the chain of words that gives it.

use std::path::{Path, PathBuf};

use khronika_core::{Case, EdgeBasis, Event, EventStatus, StandingStatus};
use khronika_show::{json, words};

use crate::args::Standing;
use crate::command::papers;
use crate::command::shown::{Shown, date, print_json};
use crate::terminal::table::tame;
use crate::terminal::{self, Ink, Pen};
use crate::{Failure, Outcome};

/// Shows how acts stand.
pub(crate) fn run(args: &Standing) -> Result<Outcome, Failure> {
    let (paths, act) = act_of(&args.paths);
    let case = papers::weighed(paths, &args.papers)?;
    let shown = Shown::new(&case, Pen::stdout());
    let chosen: Vec<&Event> = acts(&case).filter(|event| act.is_none_or(|act| names(&shown, event, act))).collect();
    if let (Some(act), []) = (act, chosen.as_slice()) {
        return Err(Failure::new(
            format!("no act in these papers is called “{act}”, and no file"),
            "name an act by its id, the beginning of its date or words of its title; without one all are listed",
        ));
    }
    if args.papers.json {
        let mut items = json::acts(&case);
        items.retain(|item| chosen.iter().any(|event| item["id"] == event.id.as_str()));
        print_json(&case, "acts", items)?;
    } else {
        terminal::print(&text(&shown, &chosen))?;
    }
    let known = |event: &&Event| event.act.as_ref().is_some_and(|a| a.standing.status != StandingStatus::Unknown);
    let answered = act.is_none() || chosen.iter().any(known);
    Ok(if answered { papers::outcome(&case) } else { Outcome::DoneInPart })
}

/// The papers, and the act that the last argument names where it is none of them.
fn act_of(paths: &[PathBuf]) -> (&[PathBuf], Option<&str>) {
    match paths.split_last() {
        Some((last, rest)) if !rest.is_empty() && !Path::new(last).exists() => (rest, last.to_str()),
        _ => (paths, None),
    }
}

/// The acts that are told as done.
fn acts(case: &Case) -> impl Iterator<Item = &Event> {
    case.events.iter().filter(|event| event.act.is_some() && event.status == EventStatus::Actual)
}

/// True where an act is called so: by its id, by the beginning of its date, or by words of its title or of the source.
fn names(shown: &Shown<'_>, event: &Event, act: &str) -> bool {
    let small = act.to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&small);
    match act.strip_prefix("e-") {
        Some(_) => event.id.starts_with(act),
        None if act.starts_with(|c: char| c.is_ascii_digit()) => date(event).starts_with(act),
        None => shown.event(&event.id).is_some_and(|e| holds(&shown.title(e))) || holds(&event.what),
    }
}

fn text(shown: &Shown<'_>, acts: &[&Event]) -> String {
    let mut text = shown.head();
    if acts.is_empty() {
        text.push_str("\nNo act is told in these papers.\n");
    }
    for event in acts {
        let Some((act, event)) = event.act.as_ref().zip(shown.event(&event.id)) else { continue };
        let pen = shown.pen;
        let status = pen.ink(Ink::Bold, words::english().stands(&act.standing));
        let title = shown.title(event);
        text.push_str(&format!("\n{}  {status}  {title}  {}\n", date(event), pen.ink(Ink::Cyan, &event.id)));
        for step in &act.standing.because {
            let how = match step.basis {
                // The words of a derived step often say so themselves.
                EdgeBasis::Derived if !step.words.contains("(derived") => " (derived)",
                EdgeBasis::Judged if !step.words.contains("says so") => " (judged)",
                EdgeBasis::Derived | EdgeBasis::Stated | EdgeBasis::Judged => "",
            };
            text.push_str(&format!("  – {}{how}\n", tame(&step.words)));
            text.push_str(&shown.quotes(&step.passages, 6));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_argument_is_an_act_where_it_is_no_file_and_not_the_only_one() {
        let paths = |all: &[&str]| all.iter().map(PathBuf::from).collect::<Vec<_>>();
        let here = env!("CARGO_MANIFEST_DIR");
        assert_eq!(act_of(&paths(&[here, "e-1234"])), (paths(&[here]).as_slice(), Some("e-1234")));
        assert_eq!(act_of(&paths(&[here, here])).1, None);
        assert_eq!(act_of(&paths(&["not there"])).1, None);
    }
}
