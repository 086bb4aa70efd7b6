//! `khronika check`: a case that was written, looked at by somebody who trusts nothing.

use std::fs;
use std::path::Path;

use khronika_show::json;
use serde_json::Value;

use crate::args::Check;
use crate::case_file::is_case_file;
use crate::terminal;
use crate::{Failure, Outcome};

/// How many faults are printed.
const SHOWN: usize = 20;

/// Checks the three files of a case.
pub(crate) fn run(args: &Check) -> Result<Outcome, Failure> {
    if is_case_file(&args.folder) {
        return Err(Failure::new(
            format!("{} is a case file, and no folder that was built", args.folder.display()),
            format!("check it with `khronika verify {}`", args.folder.display()),
        ));
    }
    // The file of a case stands for its folder, as it does for the other commands.
    let folder = match args.folder.parent() {
        Some(parent) if args.folder.ends_with("case.json") && !args.folder.is_dir() => parent,
        _ => args.folder.as_path(),
    };
    let case = read(folder, "case.json")?;
    let case: Value = serde_json::from_str(&case).map_err(|error| {
        Failure::new(format!("{}: not whole: {error}", folder.join("case.json").display()), "build the case again")
    })?;
    let mut faults = json::check(&case);
    if !read(folder, "dossier.html")?.trim_end().ends_with("</html>") {
        faults.push("dossier.html: the end is missing".to_owned());
    }
    let rows = records(&read(folder, "chronology.csv")?);
    let events = case.get("events").and_then(Value::as_array).map_or(0, Vec::len);
    if rows != Some(events + 1) {
        faults.push(format!(
            "chronology.csv: {events} events want {} rows with the heading; {} found",
            events + 1,
            rows.map_or_else(|| "a row without end".to_owned(), |n| n.to_string())
        ));
    }
    if faults.is_empty() {
        let sources = case.get("sources").and_then(Value::as_array).map_or(0, Vec::len);
        terminal::print(&format!(
            "whole: {sources} sources, {events} events, {} passages, every quote stands at its offsets\n",
            passages(&case)
        ))?;
        return Ok(Outcome::Done);
    }
    for fault in faults.iter().take(SHOWN) {
        terminal::line(fault);
    }
    Err(Failure::new(format!("{} faults in {}", faults.len(), folder.display()), "build the case again"))
}

fn read(folder: &Path, name: &str) -> Result<String, Failure> {
    let path = folder.join(name);
    fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, &error))
}

/// How many passages there are, wherever they stand.
fn passages(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(passages).sum(),
        Value::Object(fields) => {
            usize::from(fields.contains_key("quote") && fields.contains_key("start"))
                + fields.values().map(passages).sum::<usize>()
        }
        _ => 0,
    }
}

/// How many records a table of comma-separated values has (RFC 4180); `None` where a quoted cell does not end.
fn records(table: &str) -> Option<usize> {
    let mut inside = false;
    let mut records = 0;
    let mut begun = false;
    for byte in table.trim_start_matches('\u{feff}').bytes() {
        match byte {
            b'"' => {
                inside = !inside;
                begun = true;
            }
            b'\n' if !inside => {
                records += usize::from(begun);
                begun = false;
            }
            b'\r' if !inside => {}
            _ => begun = true,
        }
    }
    (!inside).then_some(records + usize::from(begun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_counted_across_line_breaks_inside_cells() {
        assert_eq!(records("a,b\r\n1,\"two\nlines, \"\"quoted\"\"\"\r\n"), Some(2));
        assert_eq!(records("a,b\n1,2"), Some(2));
        assert_eq!(records("a,b\n1,\"2"), None);
        assert_eq!(records(""), Some(0));
    }
}
