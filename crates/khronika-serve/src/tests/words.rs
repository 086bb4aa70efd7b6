//! Every language has every phrase.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fluent_bundle::FluentResource;

use crate::words::Language;

fn file(lang: Language) -> String {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/interface").join(lang.code()).join("workspace.ftl");
    fs::read_to_string(path).unwrap()
}

fn keys(file: &str) -> BTreeSet<String> {
    let keys = file.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()));
    keys.filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned()).collect()
}

#[test]
fn every_file_can_be_read_and_says_the_same() {
    let english = keys(&file(Language::En));
    for lang in Language::ALL {
        let text = file(lang);
        assert!(FluentResource::try_new(text.clone()).is_ok(), "{}", lang.code());
        let own = keys(&text);
        assert_eq!(own.symmetric_difference(&english).collect::<Vec<_>>(), Vec::<&String>::new(), "{}", lang.code());
        assert_eq!(
            own.len(),
            text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic())).count(),
            "a phrase is there twice"
        );
    }
}

/// The keys in `t("…")` and its kin.
fn used(folder: &Path, into: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                used(&path, into);
            }
            continue;
        }
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let code = fs::read_to_string(&path).unwrap();
        for call in [".t(\"", ".n(\"", ".with(\""] {
            let after = code.split(call).skip(1).filter_map(|rest| rest.split_once('"'));
            into.extend(after.map(|(key, _)| key.to_owned()).filter(|key| key.contains('-')));
        }
    }
}

#[test]
fn every_phrase_that_is_said_is_there() {
    let mut said = BTreeSet::new();
    used(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut said);
    assert!(said.len() > 50);
    said.extend(crate::page::PLACES.iter().map(|(_, key)| (*key).to_owned()));
    for fault in
        ["host", "forged", "stranger", "missing", "method", "too-long", "locked", "not-yet", "too-much", "failed"]
    {
        said.extend([format!("fault-{fault}"), format!("fault-{fault}-hint")]);
    }
    for verdict in khronika_core::Verdict::ALL {
        said.extend(["do", "verdict", "kind-judgment"].map(|what| format!("{what}-{}", verdict.name())));
    }
    // Words that stand for what the program knows by names.
    let types = khronika_core::ActType::ALL.iter().map(|one| ("type", one.name()));
    let outcomes = khronika_core::ActClass::ALL.iter().map(|one| ("outcome", one.name()));
    let standings = khronika_core::StandingStatus::ALL.iter().map(|one| ("standing", one.name()));
    let requests = khronika_core::RequestState::ALL.iter().map(|one| ("standing", one.name()));
    let stances = khronika_core::Stance::ALL.into_iter().map(|one| ("stance", one.name()));
    let actors = khronika_core::ActorKind::ALL.into_iter().map(|one| ("actor", one.name()));
    let statuses = khronika_core::EventStatus::ALL.into_iter().map(|one| ("status", one.name()));
    let added = khronika_core::Addition::NAMES.into_iter().map(|one| ("hand", one));
    let all = types.chain(outcomes).chain(standings).chain(requests).chain(stances).chain(actors).chain(statuses);
    said.extend(all.chain(added).chain([("type", "event")]).map(|(of, name)| crate::pages::word(of, name)));
    for lang in Language::ALL {
        let missing: Vec<&String> = said.iter().filter(|key| !lang.words().has(key)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", lang.code());
    }
}

#[test]
fn numbers_are_said_as_each_language_does() {
    assert_eq!(Language::En.words().n("count-documents", 1), "one document");
    assert_eq!(Language::En.words().n("count-documents", 5), "5 documents");
    assert_eq!(Language::Ru.words().n("count-documents", 3), "3 документа");
    assert_eq!(Language::Ru.words().n("count-documents", 5), "5 документов");
    assert_eq!(Language::Uk.words().n("count-documents", 5), "5 документів");
    assert_eq!(Language::Fr.words().n("count-documents", 0), "0 document");
}
