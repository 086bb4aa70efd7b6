//! RO-Crates: what the standard asks for, and the public validator where it is installed.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::process::Command;

use khronika_seal::crate_::{CrateFile, Description, FILE_NAME, write};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

fn description() -> Description {
    Description {
        name: "A case".to_owned(),
        description: "Papers of a case and what was found in them.".to_owned(),
        published: "2026-11-30".to_owned(),
        licence: (
            "https://creativecommons.org/licenses/by/4.0/".to_owned(),
            "Creative Commons Attribution 4.0".to_owned(),
        ),
        publisher: Some((None, "A clinic".to_owned())),
        program: Some(("https://example.org/khronika".to_owned(), "khronika".to_owned(), "0.1.0".to_owned())),
    }
}

fn file(path: &str, content: &[u8]) -> CrateFile {
    CrateFile {
        path: path.to_owned(),
        name: path.to_owned(),
        description: Some("A letter".to_owned()),
        media_type: "text/plain".to_owned(),
        length: content.len() as u64,
        sha256: Sha256::digest(content).to_vec(),
        received: Some("2026-11-29T10:00:00Z".to_owned()),
        part_of: None,
    }
}

#[test]
fn a_crate_has_what_is_required() {
    let mut out = Vec::new();
    let mut attachment = file("sources/Лист %1.txt", b"x");
    attachment.part_of = Some("sources/mail.eml".to_owned());
    write(&description(), &[file("sources/mail.eml", b"y"), attachment], &mut out).unwrap();
    let json: Value = serde_json::from_slice(&out).unwrap();
    let graph = json["@graph"].as_array().unwrap();
    let of = |id: &str| graph.iter().find(|entity| entity["@id"] == id).unwrap_or_else(|| panic!("{id}"));
    assert_eq!(json["@context"], "https://w3id.org/ro/crate/1.2/context");
    assert_eq!(
        (&of(FILE_NAME)["about"]["@id"], &of(FILE_NAME)["conformsTo"]["@id"]),
        (&"./".into(), &"https://w3id.org/ro/crate/1.2".into())
    );
    assert_eq!(of("./")["hasPart"].as_array().unwrap().len(), 2);
    let id = "sources/%D0%9B%D0%B8%D1%81%D1%82%20%251.txt";
    assert_eq!((&of(id)["contentSize"], &of(id)["isPartOf"]["@id"]), (&"1".into(), &"sources/mail.eml".into()));
    // Every identifier that is referred to is there.
    for part in of("./")["hasPart"].as_array().unwrap() {
        of(part["@id"].as_str().unwrap());
    }
    for id in ["#publisher", "https://example.org/khronika", "https://creativecommons.org/licenses/by/4.0/"] {
        of(id);
    }
}

#[test]
fn crates_that_would_be_none() {
    let mut relative = description();
    relative.licence.0 = "LICENSE".to_owned();
    let mut nameless = description();
    nameless.name = " ".to_owned();
    for (description, files) in [
        (relative, vec![]),
        (nameless, vec![]),
        (description(), vec![file(FILE_NAME, b"")]),
        (description(), vec![file("/x", b"")]),
    ] {
        assert!(write(&description, &files, Vec::new()).unwrap_err().is_malformed());
    }
}

/// `KHRONIKA_ROC_VALIDATOR` names the program `rocrate-validator` (of the Python package `roc-validator`), and `KHRONIKA_ROC_CACHE` its HTTP
/// cache, which holds the context of RO-Crate 1.2, where it has to do without a connection.
#[test]
fn the_public_validator_agrees() {
    let Some(validator) = std::env::var_os("KHRONIKA_ROC_VALIDATOR") else { return };
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("sources")).unwrap();
    let mut files = Vec::new();
    for (path, content) in [("sources/letter 1.txt", "Dear Sir"), ("sources/Лист.txt", "Шановний")] {
        std::fs::write(folder.path().join(path), content).unwrap();
        files.push(file(path, content.as_bytes()));
    }
    for count in [1, 2] {
        write(&description(), &files[..count], std::fs::File::create(folder.path().join(FILE_NAME)).unwrap()).unwrap();
        let mut args = vec!["--no-interactive", "validate", "--requirement-severity", "REQUIRED", "--no-paging"];
        let cache = std::env::var("KHRONIKA_ROC_CACHE").unwrap_or_default();
        if !cache.is_empty() {
            args.extend(["--offline", "--cache-path", &cache]);
        }
        let run = Command::new(&validator).args(args).arg(folder.path()).output().unwrap();
        assert!(
            run.status.success(),
            "{}{}",
            String::from_utf8_lossy(&run.stdout),
            String::from_utf8_lossy(&run.stderr)
        );
    }
}
