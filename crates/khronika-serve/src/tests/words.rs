//! Every language has every phrase.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::{Method, header};
use fluent_bundle::FluentResource;
use scraper::{ElementRef, Html};

use super::desk::Memory;
use super::{Browser, dreyfus, run, select, send};
use crate::page::PLACES;
use crate::words::{Language, words};

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
    said.extend(PLACES.iter().map(|(_, key)| (*key).to_owned()));
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
        let missing: Vec<&String> = said.iter().filter(|key| !words(lang).has(key)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", lang.code());
    }
}

#[test]
fn numbers_are_said_as_each_language_does() {
    assert_eq!(words(Language::En).n("count-documents", 1), "one document");
    assert_eq!(words(Language::En).n("count-documents", 5), "5 documents");
    assert_eq!(words(Language::Ru).n("count-documents", 3), "3 документа");
    assert_eq!(words(Language::Ru).n("count-documents", 5), "5 документов");
    assert_eq!(words(Language::Uk).n("count-documents", 5), "5 документів");
    assert_eq!(words(Language::Fr).n("count-documents", 0), "0 document");
}

/// What a page says outside of words of documents, names, and what is marked as being in another language.
fn said(page: &Html, language: Language) -> String {
    let is_other = |element: ElementRef<'_>| {
        let class = element.attr("class").unwrap_or_default();
        matches!(element.value().name(), "bdi" | "blockquote" | "code" | "svg")
            || element.attr("lang").is_some_and(|lang| lang != language.code())
            || class.split(' ').any(|class| class == "words" || class == "text")
    };
    let main = select(page, "main").into_iter().next().unwrap();
    let texts = main
        .descendants()
        .filter(|node| node.value().is_text() && !node.ancestors().filter_map(ElementRef::wrap).any(is_other));
    texts.filter_map(|node| node.value().as_text().map(|text| text.to_string())).collect::<Vec<_>>().join(" | ")
}

#[test]
fn the_parts_of_the_dossier_speak_the_language_of_the_page() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::judged::judged())).await;
        let in_language = async |address: &str, language: Language| {
            let request = browser.request(Method::GET, address).header(header::ACCEPT_LANGUAGE, language.code());
            let answer = send(&browser.app, request.body(Body::empty()).unwrap()).await;
            said(&answer.page(), language)
        };
        let source = dreyfus::case().sources[0].id.to_string();
        let addresses = PLACES.map(|(address, _)| address.to_owned());
        let others = ["/event/e-1899".to_owned(), "/actor/a-dreyfus".to_owned(), format!("/source/{source}")];
        // Words of each part, as English says them.
        let english = [
            "annulled",
            "in force",
            "how found",
            "Found by",
            "Standing",
            "undated",
            "As written",
            "Marked:",
            "What stands",
            "more below",
            "Last day",
            "The text gives",
            "Also arguable",
            "Signed by",
            "asserts",
            "What is wrong",
            "of 1899",
            "July",
            "bytes",
            "confirmed",
            "Closed",
            "as a list",
            "one act, two dates",
        ];
        let mut seen = BTreeSet::new();
        for address in addresses.iter().chain(&others) {
            let page = in_language(address, Language::En).await;
            seen.extend(english.into_iter().filter(|word| page.contains(word)));
            for language in [Language::Fr, Language::Ru, Language::Uk] {
                let page = in_language(address, language).await;
                let stays = english.iter().find(|word| page.contains(**word));
                assert_eq!(stays, None, "{address} in {}: {page}", language.code());
            }
        }
        assert!(seen.len() > 15, "{seen:?}");
    });
}

#[test]
fn a_standing_is_called_in_the_filter_as_it_is_in_the_list() {
    for lang in [Language::Fr, Language::Ru, Language::Uk] {
        let standings = khronika_core::StandingStatus::ALL.iter().filter(|one| one.name() != "unknown");
        for one in standings {
            let key = crate::pages::word("standing", one.name());
            assert_eq!(words(lang).t(&key), lang.words().standing(*one), "{} {key}", lang.code());
        }
        for one in khronika_core::RequestState::ALL.iter().filter(|one| one.name() != "unknown") {
            let key = crate::pages::word("standing", one.name());
            assert_eq!(words(lang).t(&key), lang.words().request(*one), "{} {key}", lang.code());
        }
    }
}
