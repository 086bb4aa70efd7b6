//! `khronika conflicts`: what cannot both hold, with the words of both sides.

use khronika_show::{json, words};

use crate::args::Conflicts;
use crate::command::papers;
use crate::command::shown::{Shown, date, print_json};
use crate::terminal::table::{clipped, tame};
use crate::terminal::{self, Ink, Pen};
use crate::{Failure, Outcome};

/// Shows the conflicts.
pub(crate) fn run(args: &Conflicts) -> Result<Outcome, Failure> {
    let case = papers::weighed(&args.paths, &args.papers)?;
    if args.papers.json {
        print_json(&case, "conflicts", json::conflicts(&case))?;
    } else {
        terminal::print(&text(&Shown::new(&case, Pen::stdout())))?;
    }
    Ok(papers::outcome(&case))
}

fn text(shown: &Shown<'_>) -> String {
    let mut text = shown.head();
    if shown.case.conflicts.is_empty() {
        text.push_str("\nNo conflict is found in these papers.\n");
    }
    for conflict in &shown.case.conflicts {
        let kind = words::english().conflict(&conflict.kind);
        text.push_str(&format!("\n{}  {}\n", shown.pen.ink(Ink::Bold, &kind), shown.pen.ink(Ink::Cyan, &conflict.id)));
        for side in &conflict.between {
            text.push_str(&format!("  {}\n", side_of(shown, side)));
        }
        text.push_str(&shown.quotes(&conflict.passages, 6));
        text.push_str(&format!("  {}\n", clipped(&conflict.explanation, usize::MAX)));
    }
    text
}

/// An act with its date, or the name of a source.
fn side_of(shown: &Shown<'_>, id: &str) -> String {
    match (shown.event(id), shown.source(id)) {
        (Some(event), _) => format!("{}  {}", date(event), shown.title(event)),
        (None, Some(source)) => tame(&source.name).into_owned(),
        (None, None) => id.to_owned(),
    }
}
