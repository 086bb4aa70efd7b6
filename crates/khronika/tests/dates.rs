//! `khronika dates`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// What `khronika dates --jsonl` makes of lines.
fn answered(lines: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_khronika"))
        .args(["dates", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines).unwrap();
    child.wait_with_output().unwrap()
}

fn objects(run: &Output) -> Vec<Value> {
    String::from_utf8(run.stdout.clone()).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn expressions_of_a_line_carry_character_offsets() {
    let text = "Décidé à Paris le 3 juin 1899, après l’arrêt du 29 octobre 1898.";
    let line = serde_json::json!({ "doc": "a", "text": text, "lang": "fr" }).to_string();
    let run = answered(line.as_bytes());
    assert!(run.status.success());
    let found = objects(&run);
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

/// A line that cannot be answered is named by its number; the others are answered, and the exit code says that something was not.
#[test]
fn a_bad_line_is_named_and_the_rest_goes_on() {
    let mut lines = b"{\"doc\": 1, \"text\": \"5 May 2021\", \"lang\": \"en\"}\nnot JSON\n\n{\"doc\": 2}\n".to_vec();
    lines.extend(b"\xff\xfe\n");
    lines.extend(br#"{"doc": "\u0438", "text": "6 \u043c\u0430\u044f 2021 \u0433\u043e\u0434\u0430", "dct": "no day", "lang": "nonsense"}"#);
    let run = answered(&lines);
    assert_eq!(run.status.code(), Some(1));
    let values: Vec<Value> = objects(&run).iter().map(|found| found["value"].clone()).collect();
    assert_eq!(values, ["2021-05-05", "2021-05-06"]);
    let told = String::from_utf8(run.stderr).unwrap();
    for line in ["line 2: ", "line 4: ", "line 5: "] {
        assert!(told.contains(line), "{line}{told}");
    }
    assert!(!told.contains("line 1:") && !told.contains("line 3:") && !told.contains("line 6:"), "{told}");
}

/// The keys of an answer, and the interval that an end of a range belongs to.
#[test]
fn an_answer_has_the_keys_that_are_promised() {
    let line =
        serde_json::json!({ "doc": 7, "text": "From 3 to 5 May 2021, and about two years since 2013.", "lang": "en" });
    let found = objects(&answered(line.to_string().as_bytes()));
    let keys: Vec<Vec<&str>> =
        found.iter().map(|found| found.as_object().unwrap().keys().map(String::as_str).collect()).collect();
    assert_eq!(keys[0], ["doc", "start", "end", "text", "type", "value", "edtf", "interval", "role"]);
    let shown: Vec<[&str; 2]> =
        found.iter().map(|found| ["value", "interval"].map(|key| found[key].as_str().unwrap_or("–"))).collect();
    assert_eq!(
        shown,
        [
            ["2021-05-03", "2021-05-03/2021-05-05"],
            ["2021-05-05", "2021-05-03/2021-05-05"],
            ["P2Y", "–"],
            ["2013", "2013/.."]
        ]
    );
    assert_eq!((found[2]["mod"].as_str(), found[2]["edtf"].is_null()), (Some("APPROX"), true));
    let edtf: Vec<&str> = found.iter().filter_map(|found| found["edtf"].as_str()).collect();
    assert_eq!(edtf, ["2021-05-03", "2021-05-05", "2013/.."]);
}

/// What is odd about a date stands behind it; no colour where the output is no terminal.
#[test]
fn a_doubtful_date_is_shown_with_its_doubt() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("note.txt");
    std::fs::write(&file, "It was signed on 03/04/2021. He has been here since 2013.\n").unwrap();
    let run =
        Command::new(env!("CARGO_BIN_EXE_khronika")).arg("dates").arg(&file).args(["--lang", "en"]).output().unwrap();
    let shown = String::from_utf8(run.stdout).unwrap();
    assert!(shown.contains("could be read day first or month first") && shown.contains("2013/.."), "{shown}");
    assert!(!shown.contains('\u{1b}'));
}
