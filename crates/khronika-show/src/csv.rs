//! `chronology.csv`: a row for each event, in the order of the case.
//!
//! RFC 4180: commas, every field in double quotes, lines end with CR LF, one header row. It opens with a byte order mark, because
//! without one Excel reads UTF-8 as the machine's old code page and shows every Cyrillic or accented name as rubbish; programs skip
//! it (Python: `encoding="utf-8-sig"`). Offsets are Unicode scalar values, `end` exclusive, as in `case.json`.
//!
//! # Formulas
//!
//! Spreadsheets run a cell that begins with `=`, `+`, `-` or `@`, and the words come from documents that anyone may have written.
//! So an apostrophe is put in front of such a cell. Excel splits at semicolons in many countries whatever the quotes say, so what
//! follows a semicolon, a tab or a line break is guarded like the beginning of a cell. To undo it, remove one apostrophe, if there
//! is one, at the beginning of a cell and after each semicolon, tab and line break; [`unguard`] does that.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use khronika_core::{Case, Day, Event};

use crate::place::Texts;

/// The columns, in order.
pub const COLUMNS: [&str; 20] = [
    "date",
    "earliest",
    "latest",
    "basis",
    "what",
    "kind",
    "outcomes",
    "body",
    "actors",
    "said_by",
    "status",
    "standing",
    "source",
    "page",
    "start",
    "end",
    "quote",
    "passages",
    "proceeding",
    "id",
];

/// The table.
#[must_use]
#[expect(clippy::expect_used, reason = "writing to memory does not fail")]
pub fn chronology(case: &Case) -> String {
    let mut out = Vec::new();
    write(case, &mut out).expect("memory");
    String::from_utf8(out).expect("words are UTF-8")
}

/// The table, written row by row.
///
/// # Errors
/// Only those of `out`.
pub fn write(case: &Case, out: &mut impl Write) -> io::Result<()> {
    let texts = Texts::new(&case.sources);
    let names: BTreeMap<&str, &str> =
        case.actors.iter().map(|actor| (actor.id.as_str(), actor.name.as_str())).collect();
    let titles: BTreeMap<&str, &str> =
        case.proceedings.iter().map(|proceeding| (proceeding.id.as_str(), proceeding.title.as_str())).collect();
    let mut line = String::from('\u{feff}');
    row(&mut line, &COLUMNS.map(str::to_owned));
    for event in &case.events {
        row(&mut line, &cells(event, &texts, &names, &titles));
        out.write_all(line.as_bytes())?;
        line.clear();
    }
    out.write_all(line.as_bytes())
}

/// The cells of an event, in the order of [`COLUMNS`].
fn cells(
    event: &Event,
    texts: &Texts<'_>,
    names: &BTreeMap<&str, &str>,
    titles: &BTreeMap<&str, &str>,
) -> [String; COLUMNS.len()] {
    let name = |id: &String| names.get(id.as_str()).map_or_else(|| id.clone(), |name| (*name).to_owned());
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let (when, act) = (event.when.as_ref(), event.act.as_ref());
    let place = event.passages.first().and_then(|passage| texts.place(passage));
    let number = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
    [
        when.map(|when| when.edtf.as_str().to_owned()).unwrap_or_default(),
        day(when.and_then(|when| when.earliest())),
        day(when.and_then(|when| when.latest())),
        when.map(|when| when.basis.name().to_owned()).unwrap_or_default(),
        event.what.clone(),
        event.kind.clone(),
        act.map(|act| joined(act.outcomes.iter().map(|class| class.name().to_owned()))).unwrap_or_default(),
        act.and_then(|act| act.body_name.clone().or_else(|| act.body.as_ref().map(name))).unwrap_or_default(),
        joined(event.actors.iter().map(|part| format!("{} ({})", name(&part.actor), part.role.name()))),
        joined(event.said_by.iter().map(name)),
        event.status.name().to_owned(),
        act.map(|act| act.standing.name().to_owned()).unwrap_or_default(),
        place.map(|place| place.source.name.clone()).unwrap_or_default(),
        number(place.and_then(|place| place.page)),
        number(place.map(|place| place.start)),
        number(place.map(|place| place.end)),
        place.map(|place| place.quote.to_owned()).unwrap_or_default(),
        event.passages.len().to_string(),
        act.and_then(|act| act.proceeding.as_deref())
            .map(|id| titles.get(id).copied().unwrap_or(id).to_owned())
            .unwrap_or_default(),
        event.id.clone(),
    ]
}

/// Several values in one cell, with ` | ` between them: names hold commas, and semicolons split cells.
fn joined(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(" | ")
}

fn row(out: &mut String, cells: &[String]) {
    for (n, cell) in cells.iter().enumerate() {
        out.push_str(if n == 0 { "\"" } else { ",\"" });
        for (n, part) in guard(cell).split('"').enumerate() {
            out.push_str(if n == 0 { "" } else { "\"\"" });
            out.push_str(part);
        }
        out.push('"');
    }
    out.push_str("\r\n");
}

/// The cell with an apostrophe in front of whatever a spreadsheet might run.
fn guard(cell: &str) -> Cow<'_, str> {
    if cell.split(is_separator).all(|part| !needs_guard(part)) {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len() + 2);
    for part in cell.split_inclusive(is_separator) {
        if needs_guard(part.strip_suffix(is_separator).unwrap_or(part)) {
            out.push('\'');
        }
        out.push_str(part);
    }
    Cow::Owned(out)
}

/// The words as they were before the table was made: one apostrophe less at the beginning of the cell and after each semicolon, tab
/// and line break.
#[must_use]
pub fn unguard(cell: &str) -> String {
    cell.split_inclusive(is_separator).map(|part| part.strip_prefix('\'').unwrap_or(part)).collect()
}

/// Where some spreadsheet may begin a new cell.
fn is_separator(c: char) -> bool {
    matches!(c, ';' | '\t' | '\n' | '\r')
}

/// True where the first letter is one that begins a formula, the full-width forms included, whatever white space or quotation mark
/// stands before it; and where it is an apostrophe, so that the guard can be undone.
fn needs_guard(part: &str) -> bool {
    let first = part.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '"').chars().next();
    part.starts_with('\'') || matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        for (cell, guarded) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" \t=cmd|'/c calc'!A1", " \t'=cmd|'/c calc'!A1"),
            ("a; =HYPERLINK(1)", "a;' =HYPERLINK(1)"),
            ("a\n-2", "a\n'-2"),
            ("'quoted'", "''quoted'"),
            ("＝1", "'＝1"),
            ("\"=1", "'\"=1"),
            ("l'appel", "l'appel"),
            ("13-14 juillet; 5+5", "13-14 juillet; 5+5"),
        ] {
            assert_eq!(guard(cell), guarded);
        }
    }

    proptest! {
        #[test]
        fn the_guard_can_be_undone(cell in "[a'=+@;\\t\\n\" -]{0,12}") {
            prop_assert_eq!(unguard(&guard(&cell)), cell);
        }
    }
}
