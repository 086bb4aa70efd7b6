//! `khronika explain` and the help texts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::process::{Command, Output};

fn khronika(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_khronika")).args(args).env("NO_COLOR", "1").output().unwrap()
}

#[test]
fn every_listed_rule_can_be_explained() {
    let list = khronika(&["explain", "--list"]);
    assert!(list.status.success());
    let list = String::from_utf8(list.stdout).unwrap();
    let ids: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(ids.len() > 10, "{list}");
    for id in [ids[0], ids[ids.len() / 2], ids[ids.len() - 1]] {
        let shown = khronika(&["explain", id]);
        assert!(shown.status.success(), "{id}");
        assert!(String::from_utf8_lossy(&shown.stdout).contains(id), "{id}");
    }
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
    for command in ["build", "check", "dates", "deadline", "find", "explain"] {
        let run = khronika(&[command, "--help"]);
        assert!(run.status.success());
        assert!(String::from_utf8_lossy(&run.stdout).contains("Examples:\n  khronika"), "{command}");
    }
}
