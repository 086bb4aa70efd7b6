//! `khronika deadline`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::process::{Command, Output};

use serde_json::Value;

fn deadline(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_khronika")).arg("deadline").args(args).env("NO_COLOR", "1").output().unwrap()
}

fn due(args: &[&str]) -> Value {
    let run = deadline(&[args, &["--json"]].concat());
    let answer: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert!(!answer["steps"].as_array().unwrap().is_empty(), "no step shown");
    answer["due"].clone()
}

#[test]
fn published_examples_come_out_right() {
    // Conseil d'État 2023-06-29 no. 470217, and 2019-10-24: a month set by the court, filed on the last day.
    assert_eq!(due(&["--rule", "fr.refere.cassation", "--from", "2022-12-20"]), "2023-01-05");
    assert_eq!(due(&["--rule", "fr.cja.general", "--period", "P1M", "--from", "2018-05-15"]), "2018-06-18");
}

#[test]
fn the_steps_and_the_source_are_shown() {
    let run = deadline(&["--rule", "fr.refere.cassation", "--from", "2022-12-20"]);
    let shown = String::from_utf8(run.stdout).unwrap();
    assert!(shown.starts_with("Thursday 2023-01-05  "), "{shown}");
    assert!(shown.contains("\nCounting\n") && shown.contains("\nRule\n  fr.refere.cassation · "), "{shown}");
}

#[test]
fn a_day_that_cannot_be_given_is_refused_with_the_reason() {
    let run = deadline(&["--rule", "fr.asile.cassation", "--from", "1894-12-22"]);
    assert_eq!(run.status.code(), Some(1));
    let shown = String::from_utf8(run.stdout).unwrap();
    assert!(shown.starts_with("no day  ") && shown.contains("not computable"), "{shown}");
}

#[test]
fn an_unknown_rule_is_an_error_with_a_next_step() {
    let run = deadline(&["--rule", "fr.nothing", "--from", "2023-01-01"]);
    assert_eq!(run.status.code(), Some(2));
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.starts_with("error: no time limit has the id fr.nothing\n\nhint: "), "{said}");
}

#[test]
fn a_stop_lets_the_rest_run_or_the_whole_start_anew() {
    let args = ["--rule", "fr.asile.cassation", "--from", "2022-12-20"];
    // 2 months end nominally on 20 February: 41 days are left on 10 January, and run from 2 March.
    assert_eq!(due(&[&args[..], &["--suspended", "2023-01-10..2023-03-02"]].concat()), "2023-04-13");
    assert_eq!(due(&[&args[..], &["--interrupted", "2023-01-10..2023-03-02"]].concat()), "2023-05-03");
    let run = deadline(&[&args[..], &["--suspended", "2023-03-02..2023-01-10"]].concat());
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8(run.stderr).unwrap().contains("the earlier first"));
}

#[test]
fn the_whole_rule_is_shown_when_asked_for() {
    let args = ["--rule", "fr.asile.cassation", "--from", "2022-12-20"];
    let run = |more: &[&str]| deadline(&[&args[..], more].concat());
    let shown = String::from_utf8(run(&["--explain"]).stdout).unwrap();
    assert!(shown.contains("\nCounting\n") && shown.contains("data/time-limits/fr.toml"), "{shown}");
    let answer: Value = serde_json::from_slice(&run(&["--explain", "--json"]).stdout).unwrap();
    assert_eq!(answer["row"]["period"], "P2M");
    assert!(serde_json::from_slice::<Value>(&run(&["--json"]).stdout).unwrap()["row"].is_null());
}
