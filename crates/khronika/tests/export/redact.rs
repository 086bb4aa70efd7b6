//! What is marked to be hidden is nowhere in an export, in whatever form.

use std::fs;
use std::path::Path;

use crate::desk::{Desk, files, said};
use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use khronika_seal::Verdict;
use khronika_seal::sign::MinisignKey;
use khronika_seal::verify::{Given, verify};
use serde_json::Value;

const LETTER: &str = "Lyon, 4 May 2021\n\nOn 3 May 2021 the Court dismissed the appeal of Mr Andrei Rostovtsev. \
    Mr ROSTOVTSEV’s brother said so. Write to a.rostovtsev@example.org, or see \
    https://example.org/wiki/%D0%A0%D0%BE%D1%81%D1%82%D0%BE%D0%B2%D1%86%D0%B5%D0%B2.\n\n\
    On 6 May 2021 the Court annulled the order of 2 March 2021.\n";
const RUSSIAN: &str = "Решение от 3 мая 2021 года\n\nСуд отклонил жалобу Андрея Ростовцева. Адвокат Ростов\u{ad}цева обжаловал решение.\n";
const PAGE: &str = "<html><head><meta name=\"author\" content=\"Andrei Rostovtsev\"><title>News</title></head>\
    <body><!-- Rostovtsev --><p>On 5 May 2021 the Court annulled the order.</p></body></html>";
const OTHER: &str = "Paris, 7 May 2021\n\nOn 7 May 2021 the Court upheld the judgment of 1 March 2020.\n";

fn desk() -> Desk {
    Desk::with(&[
        ("letter of Rostovtsev.txt", LETTER.as_bytes()),
        ("решение-Ростовцев.txt", RUSSIAN.as_bytes()),
        ("page.html", PAGE.as_bytes()),
        ("other.txt", OTHER.as_bytes()),
        ("scan-rostovtsev.pdf", b"%PDF-1.4 Rostovtsev in a layer that nobody reads"),
    ])
}

/// The forms in which a word can stand in a file.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let mut forms = Vec::new();
    for word in [word.to_owned(), word.to_lowercase(), word.to_uppercase()] {
        let bytes = word.as_bytes();
        forms.push(bytes.to_vec());
        forms.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
        forms.push(word.encode_utf16().flat_map(u16::to_be_bytes).collect());
        let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        forms.extend([hex.to_uppercase().into_bytes(), hex.into_bytes()]);
        let percent: String = bytes.iter().map(|b| format!("%{b:02X}")).collect();
        forms.extend([percent.to_lowercase().into_bytes(), percent.into_bytes()]);
        for before in 0..3 {
            let padded = [vec![0; before], bytes.to_vec()].concat();
            let code = STANDARD_NO_PAD.encode(&padded).into_bytes();
            forms.push(code[(8 * before).div_ceil(6)..8 * padded.len() / 6].to_vec());
        }
    }
    forms
}

/// Where any of the words stands, in a name or a file.
fn found(folder: &Path, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for word in words {
        let forms = AhoCorasick::new(forms(word)).unwrap();
        for (name, path) in files(folder) {
            let content = [name.as_bytes(), b"\n", &fs::read(&path).unwrap()].concat();
            found.extend(forms.is_match(&content).then(|| format!("{word} in {name}")));
        }
    }
    found
}

const NAMES: [&str; 5] = ["Rostovtsev", "Ростовцев", "Ростов\u{ad}цев", "Андре", "Andrei"];

fn given(told: &Value) -> Given {
    Given { minisign_keys: vec![MinisignKey::parse(told["key"].as_str().unwrap()).unwrap()], ..Given::default() }
}

#[test]
fn a_person_is_nowhere_in_an_export() {
    let desk = desk();
    desk.export(&["whole", "--sealed"], 1);
    assert!(found(&desk.path("whole"), &NAMES).len() > 5);
    let marked = desk.case("redact", &["--actor", "Andrei Rostovtsev", "--why", "family at home"], 0);
    assert!(said(&marked).contains("places from now on"), "{}", said(&marked));
    let told = desk.export(&["out", "--sealed"], 1);
    let found = found(&desk.path("out"), &NAMES);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(told["withheld"].as_array().unwrap().len(), 1, "{told}");
    let report = verify(&desk.path("out"), &given(&told));
    assert_eq!(report.verdict(), Verdict::Holds, "{:#?}", report.statements);
    desk.done(&["verify", "out", "--key", told["key"].as_str().unwrap()], 0);

    // What is not hidden is still found, at its place.
    let case = desk.json("out/data/case.json");
    let schema: Value = serde_json::from_str(khronika_show::json::SCHEMA).unwrap();
    assert!(jsonschema::is_valid(&schema, &case));
    assert!(khronika_show::json::check(&case).is_empty());
    assert!(case["events"].to_string().contains("annulled the order of 2 March 2021"));
    let letter = fs::read_to_string(desk.path("out/data/sources/letter of xxxxx.txt")).unwrap();
    assert!(letter.contains("the appeal of Mr █████. "), "{letter}");
    assert_eq!(fs::read_to_string(desk.path("out/data/sources/other.txt")).unwrap(), OTHER);
    // Its original can be proved by whoever has it.
    let list = desk.json("out/data/redactions.json");
    let original = list["sources"][0]["original_sha256"].as_str().unwrap();
    assert!(desk.path(&format!("out/proofs/originals/{original}.tlog-proof")).is_file());
    assert!(report.statements.iter().any(|s| s.check == "digest" && s.path.contains(original)));
    // Not whose labels, not why.
    assert!(found_none(&desk.path("out"), &["family at home", "Northwood"]));
    // Without a journal nothing of the originals is told.
    desk.export(&["bare", "--sealed", "--no-log"], 1);
    assert!(!desk.path("bare/log").exists() && !desk.path("bare/proofs").exists());
    let digests: Vec<&str> =
        list["sources"].as_array().unwrap().iter().filter_map(|s| s["original_sha256"].as_str()).collect();
    assert!(found_none(&desk.path("bare"), &digests));
    desk.export(&["plain"], 1);
    assert!(found_none(&desk.path("plain"), &NAMES) && found_none(&desk.path("plain"), &digests));
    // On demand everything is as it was; and what is taken back hides nothing.
    desk.export(&["unredacted", "--unredacted"], 1);
    assert_eq!(fs::read_to_string(desk.path("unredacted/sources/letter of Rostovtsev.txt")).unwrap(), LETTER);
    let marks: Value = serde_json::from_slice(&desk.case("redact", &["--list", "--json"], 0).stdout).unwrap();
    assert_eq!(marks[0]["why"], "family at home");
    let entry = marks[0]["entry"].to_string();
    desk.case("redact", &["--withdraw", &entry], 0);
    desk.case("redact", &["--withdraw", "0"], 2);
    let told = desk.export(&["again", "--sealed"], 1);
    assert_eq!(told["redacted"], false);
    desk.case("verify", &[], 0);
}

fn found_none(folder: &Path, words: &[&str]) -> bool {
    found(folder, words).is_empty()
}

#[test]
fn passages_and_words_are_hidden() {
    let desk = desk();
    desk.case("redact", &["--quote", "brother said so"], 2);
    desk.case("redact", &["--source", "other.txt", "--quote", "nothing of the kind"], 2);
    desk.case("redact", &["--words", "nothingofthekind"], 2);
    desk.case("redact", &["--source", "other.txt", "--from", "9", "--to", "2"], 2);
    desk.case("redact", &["--source", "scan-rostovtsev.pdf", "--quote", "layer"], 2);
    desk.case("redact", &["--source", "letter of Rostovtsev.txt", "--quote", "brother said so"], 0);
    // "Paris" by its place.
    desk.case("redact", &["--source", "other.txt", "--from", "0", "--to", "5"], 0);
    let told = desk.export(&["out", "--same-length"], 1);
    assert_eq!((told["hidden_places"].as_u64(), told["withheld"].as_array().map(Vec::len)), (Some(2), Some(0)));
    let other = fs::read_to_string(desk.path("out/sources/other.txt")).unwrap();
    assert_eq!(other, OTHER.replace("Paris", "█████"));
    let letter = fs::read_to_string(desk.path("out/sources/letter of Rostovtsev.txt")).unwrap();
    assert_eq!(letter.chars().count(), LETTER.chars().count(), "everything else stays at its place");
    assert!(found_none(&desk.path("out"), &["brother said so", "Paris"]));
    assert!(!found_none(&desk.path("out"), &["Rostovtsev"]));
    // The page is given as it is, since only passages of others are hidden; with words it is given as text.
    assert_eq!(fs::read_to_string(desk.path("out/sources/page.html")).unwrap(), PAGE);
    desk.case("redact", &["--words", "ростовцев"], 0);
    desk.export(&["two"], 1);
    assert!(found_none(&desk.path("two"), &["Rostovtsev", "Ростовцев", "Paris", "brother said so"]));
    assert!(fs::read_to_string(desk.path("two/sources/page.html.txt")).unwrap().contains("annulled"));
}

/// A name that only an eye would find stops the export, and nothing is written.
#[test]
fn what_cannot_be_hidden_stops_the_export() {
    let code = base64::engine::general_purpose::STANDARD.encode("signed: Andrei Rostovtsev");
    let desk = Desk::with(&[("mail.txt", format!("On 3 May 2021 Mr Rostovtsev wrote.\n\n{code}\n").as_bytes())]);
    desk.case("redact", &["--words", "Rostovtsev"], 0);
    let stopped = desk.case("export", &["out", "--sealed", "--no-models"], 2);
    assert!(
        said(&stopped).contains("still stand in sources/mail.txt")
            || said(&stopped).contains("still stand in data/sources/mail.txt"),
        "{}",
        said(&stopped)
    );
    assert_eq!(desk.names(), [] as [&str; 0]);
    desk.case("redact", &["--source", "mail.txt", "--quote", &code], 0);
    desk.export(&["out", "--sealed"], 0);
    assert!(found_none(&desk.path("out"), &["Rostovtsev"]));
}

/// What people said of an event is said of the same event where words are hidden in it.
#[test]
fn judgments_are_carried_over() {
    let desk = Desk::with(&[("order.txt", LETTER.as_bytes())]);
    let before = desk.export(&["before"], 0);
    assert_eq!(before["redacted"], false);
    let case = desk.json("before/case.json");
    let events = case["events"].as_array().unwrap();
    let rejected = events.iter().find(|event| event["what"].as_str().unwrap().contains("dismissed")).unwrap();
    desk.case("judge", &["reject", rejected["id"].as_str().unwrap(), "--words", "Rostovtsev says no"], 0);
    desk.case("redact", &["--words", "Rostovtsev"], 0);
    let told = desk.export(&["after"], 0);
    assert_eq!(told["judgments_not_carried_over"].as_array().map(Vec::len), Some(0), "{told}");
    let case = desk.json("after/case.json");
    assert_eq!(
        (case["judgments"][0]["words"].as_str(), case["judgments"][0]["applied"].as_bool()),
        (Some("█████ says no"), Some(true))
    );
    assert!(!case["events"].to_string().contains("dismissed"));
    assert!(found_none(&desk.path("after"), &["Rostovtsev", "Northwood"]));
}

/// What people call an event and its body instead, and what it was called when they judged it, is hidden as the texts are.
#[test]
fn titles_in_judgments_are_hidden() {
    let desk = Desk::with(&[("order.txt", LETTER.as_bytes())]);
    desk.export(&["before"], 0);
    let case = desk.json("before/case.json");
    let events = case["events"].as_array().unwrap();
    let id = |words: &str| {
        let event = events.iter().find(|event| event["what"].as_str().unwrap().contains(words)).unwrap();
        event["id"].as_str().unwrap().to_owned()
    };
    let (dismissed, annulled) = (id("dismissed"), id("annulled"));
    let title = "The appeal of Andrei ROSTOVTSEV goes nowhere";
    desk.case("judge", &["correct", &dismissed, "--title", title, "--body", "Rostovtsev Chamber"], 0);
    // From now on an event is called by the name, and so is what is judged of it.
    desk.case("judge", &["confirm", &dismissed, "--words", "as Mr Rostovtsev told us"], 0);
    desk.case("judge", &["note", &annulled, "--words", "Ростовцев was not heard"], 0);
    desk.export(&["named"], 0);
    assert!(!found_none(&desk.path("named"), &["ROSTOVTSEV goes nowhere", "Rostovtsev Chamber"]));
    desk.case("redact", &["--actor", "Andrei Rostovtsev"], 0);
    for (name, args) in
        [("plain", &["plain"][..]), ("sealed", &["sealed", "--sealed"]), ("same", &["same", "--same-length"])]
    {
        let told = desk.export(args, 0);
        assert_eq!(told["judgments_not_carried_over"].as_array().map(Vec::len), Some(0), "{told}");
        assert!(found_none(&desk.path(name), &NAMES), "{:#?}", found(&desk.path(name), &NAMES));
    }
    let case = desk.json("plain/case.json");
    let judgments = case["judgments"].as_array().unwrap();
    assert_eq!(judgments.len(), 3);
    assert!(judgments.iter().all(|judgment| judgment["applied"] == true), "{judgments:#?}");
    let told = case["judgments"].to_string();
    assert!(told.contains("The appeal of █████ goes nowhere") && told.contains("█████ Chamber"), "{told}");
}

/// What somebody added by hand is hidden with the words that it quotes, and left out with a passage that it quotes.
#[test]
fn what_was_added_by_hand_is_hidden_with_its_words() {
    let text =
        "On Monday the file of Mr Rostovtsev was closed.\n\nHis sister met Northwood in the park.\n\nNorthwood!\n";
    let desk = Desk::with(&[("note.txt", text.as_bytes())]);
    let add =
        |quote: &str, more: &[&str]| desk.case("judge", &[&["add", "note.txt", "--quote", quote], more].concat(), 0);
    add("the file of Mr Rostovtsev was closed", &["--date", "2021-05", "--title", "Rostovtsev is left in peace"]);
    add("His sister met Northwood", &["--title", "They spoke in the park"]);
    add("Northwood!", &["--what", "actor", "--name", "Ann Northwood"]);
    add("Mr Rostovtsev", &["--what", "actor", "--name", "Andrei Rostovtsev"]);
    desk.export(&["before", "--sealed"], 0);
    let case = desk.json("before/data/case.json");
    let titled = case["judgments"].to_string();
    let notes = desk.json("before/data/annotations.jsonld")["items"].clone();
    let note =
        notes.as_array().unwrap().iter().find(|note| note.to_string().contains("They spoke in the park")).unwrap();
    assert!(note["created"].is_string() && note.get("generator").is_none(), "a person made it, and no program: {note}");
    assert!(titled.contains("Rostovtsev is left in peace") && case["events"].as_array().unwrap().len() == 2, "{case}");
    desk.case("judge", &["note", case["events"][0]["id"].as_str().unwrap(), "--words", "so it is"], 0);
    desk.case("redact", &["--words", "Rostovtsev"], 0);
    desk.case("redact", &["--source", "note.txt", "--quote", "met Northwood"], 0);
    for name in ["plain", "sealed"] {
        let sealed = (name == "sealed").then_some("--sealed");
        let args: Vec<&str> = [name].into_iter().chain(sealed).collect();
        let told = desk.export(&args, 1);
        // The passage is left out, and so is a name of which nothing can be read.
        assert_eq!(told["judgments_not_carried_over"].as_array().map(Vec::len), Some(1), "{told}");
        assert!(found_none(&desk.path(name), &["Rostovtsev", "spoke in the park", "met Northwood"]));
    }
    let case = desk.json("plain/case.json");
    let [event] = case["events"].as_array().unwrap().as_slice() else { panic!("{case}") };
    assert_eq!(event["passages"][0]["quote"], "the file of Mr █████ was closed");
    assert_eq!(event["judged"].as_array().unwrap().len(), 2, "what is said of it is carried over with it");
    assert!(case["judgments"].to_string().contains("█████ is left in peace"));
    assert!(case["actors"].to_string().contains("Northwood"));
}

/// Who was said to be one is one where the names are hidden, and nothing of them is told.
#[test]
fn who_is_who_is_carried_over() {
    let text = "On 3 May 2021 Mrs Mira Vane was heard. On 4 May 2021 Mrs Mira Vaine left Lyon. Mr Leo Brook did not.\n";
    let desk = Desk::with(&[("note.txt", text.as_bytes())]);
    desk.export(&["before"], 0);
    let case = desk.json("before/case.json");
    let id = |name: &str| {
        let actor = case["actors"].as_array().unwrap().iter().find(|actor| actor["name"] == name).unwrap();
        actor["id"].as_str().unwrap().to_owned()
    };
    desk.case("judge", &["merge", &id("Mira Vane"), &id("Mira Vaine"), "--words", "Vaine is a slip"], 0);
    desk.case("redact", &["--words", "Brook"], 0);
    let told = desk.export(&["after"], 0);
    assert_eq!(told["judgments_not_carried_over"].as_array().map(Vec::len), Some(0), "{told}");
    let judgments = desk.json("after/case.json")["judgments"].clone();
    assert_eq!((&judgments[0]["applied"], judgments[0]["actors"].as_array().map(Vec::len)), (&true.into(), Some(1)));
    desk.case("redact", &["--words", "Vaine"], 0);
    // Of whom nobody can read the name any more nothing is said.
    desk.export(&["hidden", "--sealed"], 1);
    assert!(found_none(&desk.path("hidden"), &["Vaine", "Brook"]));
}
