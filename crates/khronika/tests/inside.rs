//! Documents inside of documents: in a build, and in a case file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A mail with an attachment, which holds another mail.
const MAIL: &str = "Return-Path: <clerk@example.org>\r\nMessage-ID: <1@example.org>\r\nFrom: clerk@example.org\r\nTo: b@example.org\r\n\
    Date: Tue, 04 May 2021 10:00:00 +0200\r\nSubject: The order\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
    On 3 May 2021 the Court dismissed the appeal of Anna Brunner.\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\
    Content-Disposition: attachment; filename=\"../order.html\"\r\n\r\n\
    <html lang=en><body><p>On 7 May 2021 the Administrative Court of Lille annulled the order of 3 April 2021.</p></body></html>\r\n\
    --x--\r\n";

fn khronika(args: &[&str], folder: &Path, code: i32) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_khronika"));
    command.env("NO_COLOR", "1").env("XDG_DATA_HOME", "/nonexistent").env_remove("KHRONIKA_IDENTITY");
    let run = command.args(args).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    assert_eq!(run.status.code(), Some(code), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    run
}

fn case_json(folder: &Path, name: &str) -> Value {
    serde_json::from_slice(&fs::read(folder.join(name).join("case.json")).unwrap()).unwrap()
}

/// A folder with a mail in it.
fn desk() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("papers")).unwrap();
    fs::write(dir.path().join("papers/mail.eml"), MAIL).unwrap();
    dir
}

#[test]
fn an_attachment_is_a_source_of_its_own() {
    let dir = desk();
    khronika(&["build", "papers", "--out", "out", "--quiet", "--no-models"], dir.path(), 0);
    let case = case_json(dir.path(), "out");
    let sources = case["sources"].as_array().unwrap();
    let names: Vec<&Value> = sources.iter().map(|source| &source["name"]).collect();
    assert_eq!(names, ["mail.eml", "mail.eml/order.html"]);
    assert_eq!((&sources[0]["part_of"], &sources[1]["part_of"]), (&Value::Null, &sources[0]["id"]));
    let days: Vec<&Value> = case["events"].as_array().unwrap().iter().map(|event| &event["when"]["edtf"]).collect();
    assert!(days.contains(&&"2021-05-03".into()) && days.contains(&&"2021-05-07".into()), "{days:?}");
    khronika(&["check", "out"], dir.path(), 0);
    let shown = khronika(&["dates", "papers"], dir.path(), 0);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("mail.eml/order.html\n"));
}

#[test]
fn a_case_file_keeps_what_was_inside_and_tells_the_same() {
    let dir = desk();
    khronika(&["build", "papers", "--out", "out", "--quiet", "--no-models"], dir.path(), 0);
    khronika(&["key", "new", "ada.identity"], dir.path(), 0);
    khronika(&["init", "doe.khronika", "--label", "Ada", "--identity", "ada.identity"], dir.path(), 0);
    let on_case = |command: &str, args: &[&str], code| {
        let all = [&[command, "doe.khronika"], args, &["--identity", "ada.identity"]].concat();
        khronika(&all, dir.path(), code)
    };
    let added = on_case("add", &["papers", "--json", "--quiet", "--from", "the clerk"], 0);
    let added: Vec<Value> =
        String::from_utf8_lossy(&added.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(added.len(), 2);
    assert_eq!((&added[1]["name"], &added[1]["read"]), (&"mail.eml/order.html".into(), &true.into()));
    let log = on_case("log", &["--json"], 0);
    let log = String::from_utf8_lossy(&log.stdout).into_owned();
    assert!(log.contains(&format!("sha256:{}", added[0]["sha256"].as_str().unwrap())), "the receipt names the mail");
    on_case("build", &["--out", "kept", "--quiet", "--no-models"], 0);
    let (kept, read) = (case_json(dir.path(), "kept"), case_json(dir.path(), "out"));
    assert_eq!(kept["sources"], read["sources"]);
    assert_eq!(kept["events"], read["events"]);
    on_case("verify", &[], 0);
}
