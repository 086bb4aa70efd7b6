//! Literate suites of dates: `tests/dates/*.md`.
//!
//! Each case is a text in a fence marked with its language, and perhaps the day of writing ("```fr 1899-06-03"); below it stands a fence
//! `dates` with one line for each expression: its words, its value, its `mod`, the interval that it is an end of, its role, and in brackets
//! what is odd about it. `UPDATE_SUITES=1 cargo test -p khronika-find --test dates` writes what is found now; a person reads the difference.

use std::fmt::Write as _;
use std::path::Path;

use khronika_core::{Day, Lang, TimeExpr};
use khronika_data::Dataset;
use khronika_find::time::TimeRules;

mod suite;

#[test]
fn the_suites_hold() {
    let rules = TimeRules::load(&Dataset::embedded()).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dates");
    suite::hold(&folder, || Reading { rules: &rules, found: String::new() });
}

struct Reading<'a> {
    rules: &'a TimeRules,
    found: String,
}

impl suite::Case for Reading<'_> {
    fn fence(&mut self, mark: &str, body: &str) -> Option<String> {
        if mark == "dates" {
            return Some(std::mem::take(&mut self.found));
        }
        let (lang, day) = mark.split_once(' ').unwrap_or((mark, ""));
        let dct: Option<Day> = day.parse().ok();
        for date in self.rules.find_in(body, dct, Lang::new(lang)) {
            let _ = writeln!(self.found, "{}", shown(body, &date));
        }
        None
    }
}

fn shown(text: &str, date: &TimeExpr) -> String {
    let words = date.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut line = format!("{words} = {}", date.value);
    if let Some(modifier) = date.modifier {
        let _ = write!(line, " {}", modifier.name());
    }
    if let Some(interval) = &date.interval {
        let _ = write!(line, " {interval}");
    }
    let _ = write!(line, " {}", date.role.name());
    if let Some(note) = &date.note {
        let _ = write!(line, " ({note})");
    }
    line
}
