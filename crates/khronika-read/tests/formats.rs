//! What the parsers of mail, archives and web pages make of documents of each sort, all of our own making: the text by its parts, the
//! documents inside, what was said of it all.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use khronika_read::Kind;
use khronika_read::format::{parse, parse_with};
use khronika_read::rendition::{Limits, Refusal, Rendition};

fn folder(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn told(kind: Kind, bytes: &[u8]) -> String {
    let seen = match parse(kind, bytes, Limits::default()) {
        Ok(seen) => seen,
        Err(refusal) => return format!("refused: {refusal}"),
    };
    assert_eq!(seen.check(), Ok(()));
    let Rendition { text, parts, layout, about, embedded, remarks, .. } = seen;
    let mut out = String::new();
    for part in parts {
        let words = part.span.of(&text).replace('\n', "⏎").replace('\t', "⇥");
        writeln!(out, "{:>11} | {words}", part.role.name()).unwrap();
    }
    for mark in layout.marks {
        let note = mark.note.unwrap_or_default();
        writeln!(out, "{:>11} : {} → {note}", mark.kind.name(), mark.span.of(&text)).unwrap();
    }
    let date = about.date.map(|day| day.to_string());
    for (name, value) in
        [("title", about.title), ("author", about.author), ("date", date), ("encoding", about.encoding)]
    {
        if let Some(value) = value {
            writeln!(out, "{name}: {value}").unwrap();
        }
    }
    for (name, value) in about.more {
        writeln!(out, "{name} = {value}").unwrap();
    }
    for inside in embedded {
        let head: String = String::from_utf8_lossy(&inside.bytes).chars().take(60).collect();
        let declared = inside.declared.unwrap_or_default();
        writeln!(out, "inside: {} ({declared}, {} bytes) {head:?}", inside.name, inside.bytes.len()).unwrap();
    }
    for remark in remarks {
        let place = remark.place.map(|place| format!(" [{place}]")).unwrap_or_default();
        writeln!(out, "remark: {:?}: {}{place}", remark.kind, remark.what).unwrap();
    }
    out
}

#[test]
fn mails() {
    for (name, bytes) in folder("mail") {
        insta::assert_snapshot!(format!("mail-{name}"), told(Kind::Mail, &bytes));
    }
}

#[test]
fn archives() {
    for (name, bytes) in folder("archives") {
        let extension = name.rsplit('.').next().unwrap();
        let kind = Kind::ALL.into_iter().find(|kind| kind.extensions().contains(&extension)).unwrap();
        insta::assert_snapshot!(format!("archive-{name}"), told(kind, &bytes));
    }
}

#[test]
fn archives_are_opened_with_their_passwords() {
    for (name, bytes) in
        folder("archives").into_iter().filter(|(name, _)| matches!(name.as_str(), "aes.zip" | "old-locked.zip"))
    {
        let open = |password: &str| parse_with(Kind::Zip, &bytes, Limits::default(), password);
        let seen = open("open sesame").unwrap();
        assert_eq!((seen.embedded.len(), seen.remarks), (2, Vec::new()), "{name}");
        let order = seen.embedded.iter().find(|inside| inside.name == "order.txt").unwrap();
        assert!(order.bytes.starts_with(b"The court annulled the order of 8 March 1899.\n"), "{name}");
        // Of the old cipher one password in 256 seems to be right.
        for n in 0..if name == "aes.zip" { 10 } else { 600 } {
            assert_eq!(open(&format!("another {n}")).unwrap_err(), Refusal::Locked, "{name} {n}");
        }
    }
}

#[test]
fn pages() {
    for (name, bytes) in folder("pages") {
        insta::assert_snapshot!(format!("page-{name}"), told(Kind::Html, &bytes));
    }
}
