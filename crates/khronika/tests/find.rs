//! `khronika find --jsonl`: a line in, a line out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn find(input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_khronika"))
        .args(["find", "--jsonl"])
        .env("XDG_DATA_HOME", "/nonexistent")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn every_document_is_answered_in_order_and_a_bad_line_costs_only_itself() {
    let run = find(
        "{\"doc\": 7, \"text\": \"On 3 May 2021 the Court dismissed the appeal.\", \"lang\": \"en\"}\nnot json\n\n\
         {\"doc\": \"b\", \"text\": \"\"}\n{\"doc\": \"c\", \"text\": \"Суд отменил приговор 4 мая 2021 года.\"}\n",
    );
    assert_eq!(run.status.code(), Some(1), "a line could not be answered");
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.starts_with("line 2: not a JSON object"), "{said}");
    let lines: Vec<Value> =
        String::from_utf8(run.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let docs: Vec<&Value> = lines.iter().map(|line| &line["doc"]).collect();
    assert_eq!((docs[0], docs[docs.len() - 1]), (&Value::from(7), &Value::from("c")));
    for line in &lines {
        assert!(line["events"].is_array() && line.get("sources").is_none(), "{line}");
    }
}
