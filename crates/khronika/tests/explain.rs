//! `khronika explain` and the help texts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::process::{Command, Output};

fn khronika(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_khronika")).args(args).env("NO_COLOR", "1").output().unwrap()
}

#[test]
fn an_unknown_rule_is_an_error_with_a_next_step() {
    let run = khronika(&["explain", "no.such.rule"]);
    assert_eq!(run.status.code(), Some(2));
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(said.starts_with("error: no rule has the id no.such.rule\n\nhint: `khronika explain --list`"), "{said}");
}

#[test]
fn every_command_shows_examples_in_its_help() {
    for command in ["build", "check", "explain"] {
        let run = khronika(&[command, "--help"]);
        assert!(run.status.success());
        assert!(String::from_utf8_lossy(&run.stdout).contains("Examples:\n  khronika"), "{command}");
    }
}
