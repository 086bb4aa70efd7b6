//! `khronika dates`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

#[test]
fn expressions_of_a_line_carry_character_offsets() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_khronika"))
        .args(["dates", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let text = "Décidé à Paris le 3 juin 1899, après l’arrêt du 29 octobre 1898.";
    let line = serde_json::json!({ "doc": "a", "text": text, "lang": "fr" }).to_string();
    child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    let run = child.wait_with_output().unwrap();
    assert!(run.status.success());
    let found: Vec<Value> =
        String::from_utf8(run.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let values: Vec<&str> = found.iter().map(|date| date["value"].as_str().unwrap()).collect();
    assert_eq!(values, ["1899-06-03", "1898-10-29"]);
    for date in &found {
        let [start, end] = ["start", "end"].map(|key| usize::try_from(date[key].as_u64().unwrap()).unwrap());
        let quote: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(date["text"], quote.as_str());
    }
}

#[test]
fn a_file_is_shown_as_a_table() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("order.txt");
    std::fs::write(&file, "The order of 4 May 2021 was served on 6 May 2021.\n").unwrap();
    let run =
        Command::new(env!("CARGO_BIN_EXE_khronika")).arg("dates").arg(&file).args(["--lang", "en"]).output().unwrap();
    assert_eq!(
        String::from_utf8(run.stdout).unwrap(),
        "DATE  2021-05-04  2021-05-04  event  4 May 2021\nDATE  2021-05-06  2021-05-06  event  6 May 2021\n"
    );
}
