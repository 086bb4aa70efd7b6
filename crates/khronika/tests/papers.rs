//! The labelled papers of `papers/`: every label fits its text, and the program reads them all as one case.

#![allow(clippy::unwrap_used, reason = "a paper that cannot be read fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const PAPERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../papers");

/// The labels, each with the text of its paper.
fn labels() -> Vec<(PathBuf, Value, String)> {
    let mut all = Vec::new();
    for round in ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"] {
        for entry in fs::read_dir(Path::new(PAPERS).join(round)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "json") {
                let label = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
                let text = fs::read_to_string(path.with_extension("txt")).unwrap();
                all.push((path, label, text));
            }
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// The quotes of a label, wherever they stand in it.
fn quotes<'a>(value: &'a Value, out: &mut Vec<&'a str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| quotes(item, out)),
        Value::Object(fields) => {
            for (key, field) in fields {
                match (key.as_str(), field) {
                    ("quote", Value::String(text)) => out.push(text),
                    ("mentions" | "quotes", Value::Array(items)) => out.extend(items.iter().filter_map(Value::as_str)),
                    _ => quotes(field, out),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn every_quote_of_a_label_stands_in_its_paper() {
    let all = labels();
    assert_eq!(all.len(), 129);
    let mut wrong = Vec::new();
    for (path, label, text) in &all {
        let mut found = Vec::new();
        quotes(label, &mut found);
        assert!(!found.is_empty(), "{}: no quotes", path.display());
        let missing = found.into_iter().filter(|quote| !text.contains(quote));
        wrong.extend(missing.map(|quote| format!("{}: {quote}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_papers_together_make_a_whole_case() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let run = |args: &[&str], path: &Path| {
        Command::new(env!("CARGO_BIN_EXE_khronika")).args(args).arg(path).output().unwrap()
    };
    let built = run(&["build", PAPERS, "--quiet", "--out"], &out);
    let said = String::from_utf8_lossy(&built.stderr);
    // The labels and the note about them are listed as not read, which is exit code 1.
    assert!(matches!(built.status.code(), Some(0 | 1)), "{said}");
    let checked = run(&["check"], &out);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let case: Value = serde_json::from_str(&fs::read_to_string(out.join("case.json")).unwrap()).unwrap();
    let texts = case["sources"].as_array().unwrap().iter().filter(|s| s["name"].as_str().unwrap().ends_with(".txt"));
    assert_eq!(texts.count(), 129);
}
