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
    for command in
        ["build", "check", "standing", "deadlines", "conflicts", "dates", "deadline", "find", "explain", "rules"]
    {
        let run = khronika(&[command, "--help"]);
        assert!(run.status.success());
        assert!(String::from_utf8_lossy(&run.stdout).contains("Examples:\n  khronika"), "{command}");
    }
}

#[test]
fn rules_lists_the_rules_of_acts_and_periods_and_shows_each() {
    let list = khronika(&["rules", "list", "fr."]);
    assert!(list.status.success());
    let list = String::from_utf8(list.stdout).unwrap();
    assert!(list.lines().any(|l| l.starts_with("fr.asile.cassation ") && l.contains(" P2M ")), "{list}");
    assert!(list.lines().any(|l| l.contains(" ANNUL ")), "{list}");
    let all = khronika(&["rules"]);
    assert!(String::from_utf8(all.stdout).unwrap().lines().count() > list.lines().count());
    let shown = khronika(&["rules", "show", "fr.asile.cassation"]);
    assert_eq!(shown.stdout, khronika(&["explain", "fr.asile.cassation"]).stdout);
    let json = khronika(&["rules", "show", "fr.asile.cassation", "--json"]);
    let rows: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(rows[0]["id"], "fr.asile.cassation");
    let unknown = khronika(&["rules", "show", "fr.nothing"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("hint: `khronika rules list`"));
}
