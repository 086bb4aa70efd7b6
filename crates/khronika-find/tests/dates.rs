//! Literate suites of dates: `tests/dates/*.md`.
//!
//! Each case is a text in a fence marked with its language, and perhaps the day of writing ("```fr 1899-06-03"); below it stands a fence
//! `dates` with one line for each expression: its words, its value, its `mod`, the interval that it is an end of, its role, and in brackets
//! what is odd about it. `UPDATE_SUITES=1 cargo test -p khronika-find --test dates` writes what is found now; a person reads the difference.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use khronika_core::{Day, Lang, TimeExpr};
use khronika_data::Dataset;
use khronika_find::time::TimeRules;

#[test]
fn the_suites_hold() {
    let rules = TimeRules::load(&Dataset::embedded()).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dates");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    for file in files {
        let suite = std::fs::read_to_string(&file).unwrap();
        let (now, faults) = run(&rules, &suite);
        if std::env::var_os("UPDATE_SUITES").is_some() {
            std::fs::write(&file, now).unwrap();
        } else {
            wrong.extend(faults.into_iter().map(|f| format!("{}: {f}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The suite as it would be written now, and a sentence for each case that differs.
fn run(rules: &TimeRules, suite: &str) -> (String, Vec<String>) {
    let (mut now, mut faults) = (String::new(), Vec::new());
    let mut title = "";
    let mut found = String::new();
    let mut lines = suite.lines();
    while let Some(line) = lines.next() {
        now += line;
        now.push('\n');
        title = line.strip_prefix("## ").unwrap_or(title);
        let Some(mark) = line.strip_prefix("```").filter(|m| !m.is_empty()) else { continue };
        let body = lines.by_ref().take_while(|l| *l != "```").collect::<Vec<_>>().join("\n");
        if mark == "dates" {
            if body.trim() != found.trim() {
                faults.push(format!("{title}\n--- expected\n{body}\n--- found\n{found}"));
            }
            now += found.trim_end();
            found.clear();
        } else {
            let (lang, day) = mark.split_once(' ').unwrap_or((mark, ""));
            let dct: Option<Day> = day.parse().ok();
            for date in rules.find_in(&body, dct, Lang::new(lang)) {
                let _ = writeln!(found, "{}", shown(&body, &date));
            }
            now += &body;
        }
        now += "\n```\n";
    }
    (now, faults)
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
