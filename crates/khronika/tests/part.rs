//! `khronika standing`, `deadlines`, `conflicts`: parts of a case, from documents, from a folder that was built, and from its case.json.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// Three short papers: an order to leave that is annulled, a later one with a period, a ban on leaving, one conviction with two dates.
const PAPERS: [(&str, &str); 3] = [
    (
        "letter.txt",
        "Dover, 20 July 2021\n\nOn 3 May 2021 the Prefect of Calais ordered Anna Brunner to leave the country. On 1 June 2021 the \
         Administrative Court of Lille annulled the order of 3 May 2021. On 7 June 2021 the Criminal Court of Lille convicted Anna \
         Brunner of fraud.\n",
    ),
    (
        "arrete.txt",
        "Lyon, le 8 juillet 2021\n\nPar un arrêté du 8 juillet 2021, le préfet du Rhône a obligé Anna Brunner à quitter le territoire \
         français dans un délai de trente jours. L'arrêté lui a été notifié le 9 juillet 2021.\n",
    ),
    (
        "press.txt",
        "Lille, 12 July 2021\n\nOn 9 June 2021 the Criminal Court of Lille convicted Anna Brunner of fraud. On 10 July 2021 the \
         investigating judge of Lille forbade Anna Brunner to leave France.\n",
    ),
];

fn khronika(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_khronika"))
        .args(args)
        .env("NO_COLOR", "1")
        .env("XDG_DATA_HOME", "/nonexistent")
        .output()
        .unwrap()
}

fn out(run: &Output) -> String {
    String::from_utf8(run.stdout.clone()).unwrap()
}

fn said(run: &Output) -> String {
    String::from_utf8(run.stderr.clone()).unwrap()
}

/// A folder of papers, and the case that was built from them.
fn desk() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let papers = dir.path().join("papers");
    fs::create_dir(&papers).unwrap();
    for (name, text) in PAPERS {
        fs::write(papers.join(name), text).unwrap();
    }
    let case = dir.path().join("case");
    let run = khronika(&["build", text(&papers), "--out", text(&case), "--quiet"]);
    assert_eq!(run.status.code(), Some(0), "{}", said(&run));
    (dir, papers, case)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn papers_a_case_and_its_file_give_the_same() {
    let (_dir, papers, case) = desk();
    for command in ["standing", "deadlines", "conflicts"] {
        let [from_papers, from_case, from_file] =
            [&papers, &case, &case.join("case.json")].map(|path| khronika(&[command, text(path)]));
        assert_eq!(from_papers.status.code(), from_case.status.code());
        assert_eq!(said(&from_case), "");
        assert_eq!(out(&from_papers), out(&from_case));
        assert_eq!(out(&from_case), out(&from_file));
    }
}

#[test]
fn an_act_is_told_with_the_chain_that_gives_its_standing() {
    let (_dir, _, case) = desk();
    let run = khronika(&["standing", text(&case)]);
    assert_eq!(run.status.code(), Some(0));
    insta::assert_snapshot!("standing", out(&run));
}

#[test]
fn the_same_act_stood_otherwise_on_an_earlier_day() {
    let (_dir, _, case) = desk();
    let status = |as_of: &str| {
        let run = khronika(&["standing", text(&case), "2021-05-03", "--as-of", as_of, "--json"]);
        let answer: Value = serde_json::from_str(&out(&run)).unwrap();
        assert_eq!(answer["as_of"], as_of);
        let acts = answer["acts"].as_array().unwrap();
        assert_eq!(acts.len(), 1, "{answer}");
        (
            acts[0]["act"]["standing"]["status"].as_str().unwrap().to_owned(),
            acts[0]["title"].as_str().unwrap().to_owned(),
        )
    };
    assert_eq!(status("2021-05-10").0, "in_force");
    let (now, title) = status("2021-07-20");
    assert_eq!(now, "annulled");
    assert!(title.contains("Anna Brunner"), "{title}");
}

#[test]
fn a_day_that_was_asked_for_at_the_build_stays_the_day() {
    let (dir, papers, _) = desk();
    let case = dir.path().join("then");
    khronika(&["build", text(&papers), "--out", text(&case), "--as-of", "2021-05-10", "--quiet"]);
    let shown = out(&khronika(&["standing", text(&case), "2021-05-03"]));
    assert!(shown.starts_with("As of 2021-05-10 (as asked for)"), "{shown}");
}

#[test]
fn an_act_can_be_named_by_its_words_or_its_id_and_one_that_is_not_there_is_an_error() {
    let (_dir, _, case) = desk();
    let by_words = khronika(&["standing", text(&case), "ordered", "--json"]);
    let answer: Value = serde_json::from_str(&out(&by_words)).unwrap();
    let id = answer["acts"][0]["id"].as_str().unwrap();
    let by_id: Value = serde_json::from_str(&out(&khronika(&["standing", text(&case), id, "--json"]))).unwrap();
    assert_eq!(by_id["acts"].as_array().unwrap().len(), 1);
    let none = khronika(&["standing", text(&case), "2019"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(said(&none).starts_with("error: no act in these papers is called “2019”"), "{}", said(&none));
}

#[test]
fn deadlines_are_told_with_their_counting() {
    let (_dir, _, case) = desk();
    let run = khronika(&["deadlines", text(&case)]);
    insta::assert_snapshot!("deadlines", format!("exit code {:?}\n\n{}", run.status.code(), out(&run)));
}

#[test]
fn the_calendar_is_the_same_twice_and_replaces_only_its_own() {
    let (dir, _, case) = desk();
    let file = dir.path().join("last days.ics");
    let write = || khronika(&["deadlines", text(&case), "--ics", text(&file), "--json"]);
    let first = write();
    let answer: Value = serde_json::from_str(&out(&first)).unwrap();
    assert!(!answer["deadlines"].as_array().unwrap().is_empty());
    let calendar = fs::read_to_string(&file).unwrap();
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{calendar}");
    let version = concat!("khronika ", env!("CARGO_PKG_VERSION"));
    insta::assert_snapshot!("calendar", calendar.replace("\r\n", "\n").replace(version, "khronika VERSION"));
    assert_eq!(write().status.code(), first.status.code());
    assert_eq!(fs::read_to_string(&file).unwrap(), calendar);
    fs::write(&file, "mine").unwrap();
    let refused = write();
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("is a file that khronika did not write"), "{}", said(&refused));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn conflicts_are_told_with_the_words_of_both_sides() {
    let (_dir, _, case) = desk();
    let run = khronika(&["conflicts", text(&case)]);
    assert_eq!(run.status.code(), Some(0));
    insta::assert_snapshot!("conflicts", out(&run));
    let answer: Value = serde_json::from_str(&out(&khronika(&["conflicts", text(&case), "--json"]))).unwrap();
    let sources = answer["sources"].as_object().unwrap();
    for passage in answer["conflicts"].as_array().unwrap().iter().flat_map(|c| c["passages"].as_array().unwrap()) {
        assert!(sources.contains_key(passage["source"].as_str().unwrap()));
    }
}

#[test]
fn what_was_not_read_when_the_case_was_made_is_still_told() {
    let (dir, papers, _) = desk();
    fs::write(papers.join("scan.pdf"), b"%PDF-1.7\n\x00\x01").unwrap();
    let case = dir.path().join("partly");
    khronika(&["build", text(&papers), "--out", text(&case), "--quiet"]);
    let run = khronika(&["conflicts", text(&case)]);
    assert_eq!(run.status.code(), Some(1));
    assert!(said(&run).starts_with("not read, or not whole: scan.pdf"), "{}", said(&run));
}

#[test]
fn what_is_no_case_is_refused_with_a_next_step() {
    let dir = tempfile::tempdir().unwrap();
    for (name, words) in [("a.json", "{\"schema\": \"other/1\"}"), ("b.json", "no"), ("c.json", "{\"schema\": 1")] {
        let file = dir.path().join(name);
        fs::write(&file, words).unwrap();
        let run = khronika(&["standing", text(&file)]);
        assert_eq!(run.status.code(), Some(2));
        let said = said(&run);
        assert!(said.starts_with("error: cannot read ") && said.contains("\n\nhint: name a case.json"), "{said}");
    }
    let nothing = khronika(&["deadlines", text(&dir.path().join("not there.txt"))]);
    assert_eq!(nothing.status.code(), Some(2));
}
