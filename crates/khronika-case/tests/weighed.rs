//! Literate suites of whole cases: `tests/weighed/*.md`.
//!
//! Each case is one text or several, each in a fence marked with its language, and below them a fence `case` (`case 2024-05-31` for
//! standings as of that day) with a line for each act that happened and its standing, then what is pending, what is due and what
//! conflicts. The texts go through the reader and the finder as they are. `UPDATE_SUITES=1 cargo test -p khronika-case --test weighed`
//! writes what comes out now; a person reads the difference; with `SUITE_FOLDER` it does so in a folder of your own. A line that is indented belongs to the one above it.

#![allow(clippy::unwrap_used, reason = "a suite that cannot be read or weighed fails")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use khronika_case::{CaseRules, WeighOptions, weigh};
use khronika_core::{Case, Day, Event, EventStatus, Findings, Lang, ProceedingState, Source};
use khronika_data::Dataset;
use khronika_find::Finder;
use khronika_read::{ReadOptions, Reader};

#[path = "../../khronika-find/tests/suite/mod.rs"]
mod suite;

struct Engine {
    reader: Reader,
    finder: Finder,
    rules: CaseRules,
}

impl Engine {
    fn new() -> Self {
        let data = Dataset::embedded();
        Self {
            reader: Reader::new(&data).unwrap(),
            finder: Finder::new(&data).unwrap(),
            rules: CaseRules::load(&data).unwrap(),
        }
    }

    fn case(&self, texts: &[(String, String)], as_of: Option<Day>) -> Case {
        let (mut sources, mut found): (Vec<Source>, Vec<Findings>) = (Vec::new(), Vec::new());
        for (n, (lang, text)) in texts.iter().enumerate() {
            let options = ReadOptions { lang: Lang::new(lang), ..ReadOptions::default() };
            let name = format!("{}.txt", n + 1);
            let (source, _) = self.reader.read_bytes(&name, text.as_bytes(), &options).unwrap();
            found.push(self.finder.find(&source));
            sources.push(source);
        }
        weigh(sources, found, &WeighOptions { as_of, ..WeighOptions::default() }, &self.rules)
    }
}

#[test]
fn the_suites_hold() {
    let engine = Engine::new();
    let own = std::env::var_os("SUITE_FOLDER").map(PathBuf::from);
    let folder = own.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/weighed"));
    suite::hold(&folder, || Reading { engine: &engine, texts: Vec::new() });
}

struct Reading<'a> {
    engine: &'a Engine,
    /// The texts of the case, each with its language.
    texts: Vec<(String, String)>,
}

impl suite::Case for Reading<'_> {
    fn fence(&mut self, mark: &str, body: &str) -> Option<String> {
        let Some(day) = mark.strip_prefix("case") else {
            self.texts.push((mark.to_owned(), body.to_owned()));
            return None;
        };
        let day = day.trim();
        let as_of = (!day.is_empty()).then(|| day.parse().unwrap());
        Some(show(&self.engine.case(&std::mem::take(&mut self.texts), as_of)))
    }
}

fn show(case: &Case) -> String {
    let mut out = String::new();
    for event in case.events.iter().filter(|e| e.status == EventStatus::Actual) {
        let Some(act) = &event.act else { continue };
        let steps: Vec<&str> = act.standing.because.iter().map(|b| b.words.as_str()).collect();
        let _ = writeln!(out, "{}: {}\n  {}", brief(event), act.standing.name(), steps.join("\n  "));
    }
    for proceeding in &case.proceedings {
        if let ProceedingState::Pending { body_name, since, .. } = &proceeding.state {
            let body = body_name.as_deref().unwrap_or("?");
            let since = since.as_ref().map_or("?".to_owned(), ToString::to_string);
            let _ = writeln!(out, "PENDING before {body}, since {since}: {}", proceeding.title);
        }
    }
    for deadline in &case.deadlines {
        let due = deadline.due.map_or("no day".to_owned(), |d| d.to_string());
        let word = if deadline.expires { "ENDS" } else { "DUE" };
        let _ = writeln!(out, "{word} {due} ({}; {}): {}", deadline.rule, deadline.state, deadline.what);
    }
    for conflict in &case.conflicts {
        let _ = writeln!(out, "CONFLICT {}: {}", conflict.kind, conflict.explanation);
    }
    out
}

/// "2020-09-29 ANNUL+RECOGNISE, Asylum Court".
fn brief(event: &Event) -> String {
    let when = event.when.as_ref().map_or("undated".to_owned(), |w| w.edtf.to_string());
    let act = event.act.as_ref();
    let outcomes: Vec<&str> = act.iter().flat_map(|a| &a.outcomes).map(|c| c.name()).collect();
    let body = act.and_then(|a| a.body_name.as_deref()).map(|b| format!(", {b}")).unwrap_or_default();
    let told = if event.passages.len() > 1 { format!(" ×{}", event.passages.len()) } else { String::new() };
    format!("{when} {}{body}{told}", outcomes.join("+"))
}
