//! `khronika dates`: the temporal expressions of a text.

use khronika_core::{Findings, ProblemKind, Source, TimeExpr};
use khronika_data::Dataset;
use khronika_find::text::{Abbreviations, Text};
use khronika_find::time::{TimeRules, jsonl};
use khronika_read::{ReadOptions, Reader, walk};

use crate::args::Dates;
use crate::command::lines;
use crate::terminal::table::{aligned, clipped, tame};
use crate::terminal::{self, Ink, Pen};
use crate::{Failure, Outcome};

/// How many characters of an expression the table shows.
const WORDS: usize = 48;

/// Answers lines, or shows files.
pub(crate) fn run(args: &Dates) -> Result<Outcome, Failure> {
    let data = Dataset::embedded();
    let fail = |error: &dyn std::error::Error| Failure::internal("loading its rules", &error.to_string());
    let rules = TimeRules::load(&data).map_err(|e| fail(&e))?;
    if args.jsonl {
        return lines::answer_all(|line, out| jsonl::answer(&rules, line, out).map_err(|error| error.to_string()));
    }
    let abbreviations = Abbreviations::load(&data).map_err(|e| fail(&e))?;
    let reader = Reader::new(&data).map_err(|e| fail(&e))?;
    let options = ReadOptions { lang: args.lang, ..ReadOptions::default() };
    let (files, mut problems) = walk(&args.paths);
    let pen = Pen::stdout();
    let opener = args.reading.opener()?;
    for file in &files {
        let mut sources = Vec::new();
        reader.open_file(file, &options, &opener, &mut |document| {
            problems.extend(document.problems);
            sources.extend(document.source);
        });
        for source in sources {
            let heading = if files.len() > 1 || source.part_of.is_some() || source.name != file.name {
                format!("{}\n\n", pen.ink(Ink::Cyan, &tame(&source.name)))
            } else {
                String::new()
            };
            let mut found = Findings::empty(source.id.clone());
            rules.find(&Text::new(&source, &abbreviations), &mut found);
            terminal::print(&format!("{heading}{}", shown(&source, &found.dates, pen)))?;
        }
    }
    for problem in problems.iter().filter(|p| p.kind != ProblemKind::Duplicate) {
        terminal::line(&tame(&format!("{}: {}", problem.name, problem.what)));
    }
    if files.is_empty() {
        return Err(Failure::new("there is no document in what was named", "name a file or a folder"));
    }
    let in_part = problems.iter().any(|problem| problem.kind.is_loss());
    Ok(if in_part { Outcome::DoneInPart } else { Outcome::Done })
}

/// The text with its expressions marked, and a table of them.
fn shown(source: &Source, dates: &[TimeExpr], pen: Pen) -> String {
    let mut text = String::new();
    if pen.is_coloured() {
        let mut at = 0;
        for date in dates {
            text.push_str(&tame(source.text.get(at..date.span.start).unwrap_or_default()));
            text.push_str(&pen.ink(Ink::Yellow, &tame(date.span.of(&source.text))));
            at = date.span.end;
        }
        text.push_str(&tame(source.text.get(at..).unwrap_or_default()));
        text.push('\n');
    }
    let rows: Vec<[String; 6]> = dates
        .iter()
        .map(|date| {
            [
                date.kind.name().to_owned(),
                date.value.clone(),
                date.interval.as_deref().or(date.edtf.as_ref()).map_or_else(|| "–".to_owned(), ToString::to_string),
                date.role.name().to_owned(),
                clipped(date.span.of(&source.text), WORDS),
                date.note.as_deref().map_or_else(String::new, |note| format!("({})", tame(note))),
            ]
        })
        .collect();
    text.push_str(&aligned(&rows, 0));
    text
}
