//! The dossier is whole in itself, links both ways, and shows hostile documents as text.

#![allow(clippy::unwrap_used, reason = "tests")]

mod dreyfus;

use std::collections::BTreeSet;
use std::sync::Arc;

use base64::Engine as _;
use dreyfus::hostile::hostile;
use khronika_core::{Event, EventStatus, Source, SourceId};
use khronika_show::{Program, csv, dossier, json};
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest, Sha256};

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn ids(page: &Html) -> Vec<&str> {
    select(page, "[id]").into_iter().map(|element| element.attr("id").unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

#[test]
fn every_link_leads_somewhere_on_the_page_and_ids_are_unique() {
    let page = Html::parse_document(&dossier::html(&dreyfus::case()));
    let all = ids(&page);
    let unique: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(all.len(), unique.len(), "an id is there twice");
    for link in select(&page, "a, use") {
        let address = link.attr("href").unwrap();
        let target = address.strip_prefix('#').unwrap_or_else(|| panic!("{address} leaves the page"));
        assert!(unique.contains(target), "{address} leads nowhere");
    }
    for element in select(&page, "[aria-labelledby]") {
        for id in element.attr("aria-labelledby").unwrap().split(' ') {
            assert!(unique.contains(id), "{id} labels nothing");
        }
    }
}

#[test]
fn findings_lead_to_their_words_and_words_to_their_findings() {
    let case = dreyfus::case();
    let page = Html::parse_document(&dossier::html(&case));
    let value = json::to_json(&case, &Program::default());
    for event in value.get("events").unwrap().as_array().unwrap() {
        let id = event.get("id").unwrap().as_str().unwrap();
        for passage in event.get("passages").unwrap().as_array().unwrap() {
            let get = |key: &str| passage.get(key).unwrap().to_string().replace('"', "");
            let anchor = format!("{}.{}-{}", get("source"), get("start"), get("end"));
            let words = select(&page, &format!("[id='{anchor}']"));
            assert_eq!(words.len(), 1, "{id}: {anchor} is not in the sources");
            assert!(!select(&page, &format!("a[href='#{anchor}']")).is_empty(), "{id} does not lead to {anchor}");
        }
        let back = select(&page, &format!(".text a.k[href='#{id}']"));
        assert!(!back.is_empty(), "nothing leads back to {id}");
        assert_eq!(select(&page, &format!("tr[id='{id}']")).len(), 1);
    }
    for actor in &case.actors {
        let named = select(&page, &format!(".text a.ac[href='#{}']", actor.id));
        assert!(!named.is_empty(), "{} is not marked where it is named", actor.id);
    }
}

#[test]
fn every_source_stands_there_in_full() {
    let case = dreyfus::case();
    let page = Html::parse_document(&dossier::html(&case));
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    for (source, element) in case.sources.iter().zip(select(&page, "article.source .text")) {
        let mut shown = String::new();
        for node in element.descendants() {
            let in_mark =
                node.ancestors().filter_map(ElementRef::wrap).any(|e| matches!(e.attr("class"), Some("k" | "pn")));
            if let Some(text) = node.value().as_text().filter(|_| !in_mark) {
                shown.push_str(text);
            }
        }
        assert_eq!(bare(&shown), bare(&source.text), "{}", source.name);
    }
}

#[test]
fn the_page_asks_for_nothing_and_its_policy_allows_only_its_own_style() {
    let html = dossier::html(&dreyfus::case());
    let page = Html::parse_document(&html);
    for forbidden in
        ["script", "link", "img", "iframe", "object", "embed", "form", "base", "[style]", "[src]", "foreignObject"]
    {
        assert!(select(&page, forbidden).is_empty(), "{forbidden}");
    }
    let styles = select(&page, "style");
    let style = text(styles[0]);
    assert_eq!(styles.len(), 1);
    assert!(!style.contains("@import") && !style.contains("http"));
    assert_eq!(style.matches("url(").count(), style.matches("url(#").count(), "the style reaches outside the page");
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style.as_bytes()));
    let policy = select(&page, "meta[http-equiv='Content-Security-Policy']")[0].attr("content").unwrap();
    assert_eq!(policy, format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"));
}

#[test]
fn headings_are_in_order_and_every_quote_has_a_language() {
    let page = Html::parse_document(&dossier::html(&dreyfus::case()));
    let levels: Vec<u8> = select(&page, "h1, h2, h3").iter().map(|e| e.value().name().as_bytes()[1] - b'0').collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "{levels:?}");
    for quote in select(&page, "blockquote") {
        assert!(matches!(quote.attr("lang"), Some("en" | "fr" | "ru")), "{}", text(quote));
        assert_eq!(quote.attr("dir"), Some("auto"));
    }
}

#[test]
fn what_did_not_happen_is_marked_as_such() {
    let page = Html::parse_document(&dossier::html(&dreyfus::case()));
    for (id, mark) in [("e-ask", "asked for or planned"), ("e-secret", "possible"), ("e-denied", "denied")] {
        let row = select(&page, &format!("tr[id='{id}']"))[0];
        assert!(text(row).contains(mark), "{id}");
        assert!(row.attr("class").unwrap().contains("not"), "{id}");
    }
    let stands = text(select(&page, ".panel.stands")[0]);
    assert!(!stands.contains("revision of the judgment of 1894"));
}

#[test]
fn what_documents_say_is_never_markup() {
    let (plain, case) = (dreyfus::case(), hostile(true));
    let (tame, html) = (dossier::html(&plain), dossier::html(&case));
    let page = Html::parse_document(&html);
    for forbidden in ["script", "img", "b", "[onerror]", "[onload]", "[onmouseover]", "[style]", "textarea"] {
        assert!(select(&page, forbidden).is_empty(), "{forbidden}");
    }
    // No element comes from the documents: only kinds that the page of a tame case has as well.
    let kinds = |page: &Html| -> BTreeSet<String> {
        select(page, "*").into_iter().map(|element| element.value().name().to_owned()).collect()
    };
    let known = kinds(&Html::parse_document(&tame));
    let new: Vec<String> = kinds(&page).difference(&known).cloned().collect();
    assert!(new.is_empty(), "{new:?}");
    for link in select(&page, "[href]") {
        assert!(link.attr("href").unwrap().starts_with('#'));
    }
    assert!(text(page.root_element()).contains("<script>alert(1)</script>"), "the words are shown as words");
    assert!(!html.chars().any(|c| c.is_control() && c != '\n'), "control characters are shown as pictures");
    // The policy's hash still fits.
    let style = text(select(&page, "style")[0]);
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style.as_bytes()));
    assert!(html.contains(&format!("sha256-{hash}")));
    // The other outputs carry the same words.
    assert_eq!(json::to_json(&case, &Program::default())["sources"][0]["text"], case.sources[0].text);
    assert!(csv::chronology(&case).contains("<script>"));
}

#[test]
fn a_large_case_is_cut_and_says_so() {
    let mut case = dreyfus::case();
    // Three megabytes of text behind the last passage of a paper, and five thousand events.
    Arc::make_mut(&mut case.sources[0]).text.push_str(&"Rien à signaler. ".repeat(180_000));
    let event = case.events[0].clone();
    let source = case.sources.iter().find(|source| source.id == event.passages[0].source).unwrap().clone();
    for n in 0..5_000 {
        let mut event = Event { id: format!("e-more-{n}"), status: EventStatus::Actual, ..event.clone() };
        if n < 2_000 {
            let id = SourceId::new(&format!("s-more-{n}"));
            event.passages[0].source = id.clone();
            case.sources.push(Arc::new(Source { id, ..(*source).clone() }));
        }
        case.events.push(event);
    }
    let html = dossier::html(&case);
    assert!(html.len() < 12_000_000, "{} bytes", html.len());
    let page = Html::parse_document(&html);
    let words = text(page.root_element());
    assert!(words.contains("Not in full."), "the page does not say that sources are cut");
    assert!(words.contains("of 1,500 of 2,007 sources"), "the page does not say that sources are left out");
    assert!(words.contains("This page shows 3,000 of 5,016 events"), "the page does not say that events are cut");
    let all: BTreeSet<&str> = ids(&page).into_iter().collect();
    for link in select(&page, "a") {
        let target = link.attr("href").unwrap().trim_start_matches('#');
        assert!(all.contains(target), "{target} leads nowhere");
    }
    // Acts come before other events.
    assert!(all.contains("e-1906") && !all.contains("e-more-4999"));
}

#[test]
fn an_empty_case_is_a_page_too() {
    let mut case = dreyfus::case();
    case.sources.clear();
    case.actors.clear();
    case.events.clear();
    case.proceedings.clear();
    case.deadlines.clear();
    case.statements.clear();
    case.conflicts.clear();
    case.letters.clear();
    case.dates.clear();
    case.problems.clear();
    let page = dossier::html(&case);
    assert!(page.contains("No event was found."));
    assert!(page.contains("0 documents"));
    assert_eq!(json::check(&json::to_json(&case, &Program::default())), Vec::<String>::new());
}

#[test]
fn the_same_case_gives_the_same_page() {
    assert_eq!(dossier::html(&dreyfus::case()), dossier::html(&dreyfus::case()));
    assert_eq!(csv::chronology(&dreyfus::case()), csv::chronology(&dreyfus::case()));
}
