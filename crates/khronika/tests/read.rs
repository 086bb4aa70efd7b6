//! `khronika read`: what is shown of documents, and how it ends.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn read(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_khronika")).arg("read").args(args).current_dir(folder).output().unwrap()
}

fn shown(run: &Output) -> String {
    String::from_utf8(run.stdout.clone()).unwrap()
}

const PAGE: &str = "<html lang=fr><title>Arrêt</title><body><main><h1>La Cour annule</h1>\
    <p>La Cour de cassation a annulé le jugement du 3 juin.</p></main></body></html>";

#[test]
fn a_page_is_shown_with_its_parts_and_was_parsed_apart() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("page.html"), PAGE).unwrap();
    let run = read(&["page.html"], dir.path());
    assert_eq!(run.status.code(), Some(0));
    let text = shown(&run);
    assert!(text.contains("HTML page") && text.contains("│ La Cour annule\n") && text.contains("read whole"), "{text}");
    let run = read(&["page.html", "--json"], dir.path());
    let item: Value = serde_json::from_str(&shown(&run)).unwrap();
    assert_eq!((&item["verdict"], &item["lang"]), (&"whole".into(), &"fr".into()));
    let [start, end] = ["start", "end"].map(|end| item["parts"][2][end].as_u64().unwrap() as usize);
    let words: String = item["text"].as_str().unwrap().chars().skip(start).take(end - start).collect();
    assert_eq!(words, "La Cour de cassation a annulé le jugement du 3 juin.");
    #[cfg(target_os = "linux")]
    assert_eq!(item["sandbox"]["holds"], true, "{}", item["sandbox"]);
    let run = read(&["page.html", "--text"], dir.path());
    assert!(shown(&run).contains("La Cour annule\nLa Cour de cassation"), "{}", shown(&run));
}

#[test]
fn a_pdf_document_is_parsed_apart_and_a_locked_one_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("open.pdf"), include_bytes!("../../khronika-pdf/tests/files/owner.pdf")).unwrap();
    std::fs::write(dir.path().join("locked.pdf"), include_bytes!("../../khronika-pdf/tests/files/locked.pdf")).unwrap();
    let run = read(&["open.pdf", "--json"], dir.path());
    assert_eq!(run.status.code(), Some(0), "{}", shown(&run));
    let item: Value = serde_json::from_str(&shown(&run)).unwrap();
    assert_eq!(item["text"].as_str().unwrap().trim(), "Read me if you can");
    let run = read(&["open.pdf", "--boxes"], dir.path());
    assert!(shown(&run).contains("Read"), "{}", shown(&run));
    assert_eq!(read(&["locked.pdf"], dir.path()).status.code(), Some(4));
}

#[test]
fn locked_documents_are_opened_with_the_passwords_that_are_given() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("locked.pdf"), include_bytes!("../../khronika-pdf/tests/files/locked.pdf")).unwrap();
    std::fs::write(dir.path().join("aes.pdf"), include_bytes!("../../khronika-pdf/tests/files/aes.pdf")).unwrap();
    std::fs::write(dir.path().join("aes.zip"), include_bytes!("../../khronika-read/tests/archives/aes.zip")).unwrap();
    std::fs::write(dir.path().join("passwords"), "not this one\r\nsecret\nopen sesame\n").unwrap();
    std::fs::write(dir.path().join("wrong"), "not this one\n").unwrap();
    let run = read(&["locked.pdf", "aes.pdf", "--password-file", "passwords", "--text"], dir.path());
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(!shown(&run).contains("sesame"));
    std::fs::write(dir.path().join("a.docx"), include_bytes!("../../khronika-read/tests/locked/letter.docx")).unwrap();
    let run = read(&["a.docx", "--password-file", "passwords", "--text"], dir.path());
    assert!(run.status.code() == Some(0) && shown(&run).contains("Monsieur le Préfet"), "{}", shown(&run));
    let run = read(&["aes.zip", "--password-file", "passwords", "--text"], dir.path());
    assert!(run.status.code() == Some(0) && shown(&run).contains("The court annulled the order"), "{}", shown(&run));
    assert_eq!(read(&["aes.zip"], dir.path()).status.code(), Some(4));
    let run = read(&["locked.pdf", "--password-file", "wrong", "--json"], dir.path());
    assert_eq!(run.status.code(), Some(4));
    let item: Value = serde_json::from_str(&shown(&run)).unwrap();
    assert!(item["problems"][0]["advice"].as_str().unwrap().contains("--password-file"), "{item}");
    // A file without a password, or none at all, is a mistake of whoever typed it.
    std::fs::write(dir.path().join("empty"), "\n").unwrap();
    for file in ["empty", "gone"] {
        assert_eq!(read(&["locked.pdf", "--password-file", file], dir.path()).status.code(), Some(2), "{file}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_the_reason() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.rar"), b"Rar!\x1A\x07\x01\0").unwrap();
    std::fs::write(dir.path().join("b.txt"), "On 3 May 2021 the Court dismissed the appeal.").unwrap();
    std::fs::write(dir.path().join("empty.txt"), "").unwrap();
    // Looks like an old Word document, and is none: whatever reads such documents, or lacks, says so.
    let stream: Vec<u8> = "WordDocument".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let word = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 600], &stream, &[0; 600]].concat();
    std::fs::write(dir.path().join("old.doc"), word).unwrap();
    for (args, code) in [
        (&["a.rar"][..], 4),
        (&["gone.pdf"], 4),
        (&["old.doc"], 4),
        (&["empty.txt"], 4),
        (&["b.txt"], 0),
        (&["b.txt", "a.rar"], 3),
        (&["b.txt", "gone.pdf"], 3),
        (&[], 2),
    ] {
        let run = read(args, dir.path());
        assert_eq!(run.status.code(), Some(code), "{args:?}");
        assert!(code == 0 || !run.stderr.is_empty(), "{args:?}");
    }
    let run = read(&["a.rar", "--json"], dir.path());
    let item: Value = serde_json::from_str(&shown(&run)).unwrap();
    assert_eq!(item["verdict"], "refused");
    assert!(item["problems"][0]["what"].as_str().unwrap().contains("RAR archive"), "{item}");
}
