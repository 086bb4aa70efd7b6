//! The pages hold together: every link leads somewhere, and who cannot see or use a mouse finds the way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use khronika_core::{Block, BlockKind, Case, Passage, Span};
use khronika_show::dossier::anchor;
use scraper::Html;
use tokio::time::sleep;

use super::desk::Memory;
use super::{Browser, dreyfus, run, select, text};
use crate::page::PLACES;

/// Every page that can be come to from the overview by links, by its address.
pub(super) async fn all_pages(browser: &Browser) -> BTreeMap<String, String> {
    let (mut pages, mut todo) = (BTreeMap::new(), vec!["/".to_owned(), "/help".to_owned()]);
    while let Some(address) = todo.pop() {
        if pages.contains_key(&address) || address.starts_with("/next") {
            continue;
        }
        let answer = browser.get(&address).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.body);
        if answer.header("content-type").starts_with("text/html") {
            let page = answer.page();
            for link in select(&page, "a[href]") {
                let (to, _) = link.attr("href").unwrap().split_once('#').unwrap_or((link.attr("href").unwrap(), ""));
                if !to.is_empty() {
                    assert!(to.starts_with('/'), "{address} links to {to}");
                    todo.push(to.to_owned());
                }
            }
        }
        pages.insert(address, answer.body);
    }
    pages
}

#[test]
fn the_key_that_signs_is_told_where_the_case_is_handed_over() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let answer = browser.get("/export").await;
        let page = answer.page();
        let key = select(&page, "section[aria-labelledby=key] code").first().map(|code| text(*code));
        assert!(key.is_some_and(|key| key.starts_with("RWQkey")), "{}", answer.body);
    });
}

/// The case of Dreyfus, in which the first text goes on for so long that it is shown leaf by leaf, and the first event is told at its end.
fn long_case() -> Case {
    let mut case = dreyfus::case();
    let source = Arc::make_mut(case.sources.first_mut().unwrap());
    let id = source.id.clone();
    let mut last = Span::default();
    for n in 0..1500 {
        source.text.push_str("\n\n");
        let start = source.text.len();
        source.text.push_str(&format!("Paragraphe n° {n}, où il n’est rien dit de l’affaire elle-même."));
        last = Span::new(start, source.text.len());
        source.blocks.push(Block { span: last, kind: BlockKind::Paragraph, lang: source.lang });
    }
    case.events.first_mut().unwrap().passages = vec![Passage::new(id, last)];
    case
}

#[test]
fn a_long_text_is_shown_leaf_by_leaf_and_links_lead_to_the_right_one() {
    run(async {
        let case = long_case();
        let (source, event) = (anchor(case.sources[0].id.as_str()), anchor(&case.events[0].id));
        let browser = Browser::open(Memory::new(case)).await;
        let first = browser.get(&format!("/source/{source}")).await.body;
        assert!(first.contains("n° 7,") && !first.contains("n° 1499,") && first.len() < 400_000, "{}", first.len());
        let told = browser.get(&format!("/source/{source}?event={event}")).await.body;
        assert!(told.contains("n° 1499,") && told.contains(&format!("id=\"m.{event}\"")), "{told}");
        let pages: usize = first.split_once("1 / ").unwrap().1.split('<').next().unwrap().parse().unwrap();
        let mut seen = Vec::new();
        for n in 1..=pages {
            let page = browser.get(&format!("/source/{source}?page={n}")).await.page();
            let shown = select(&page, ".words-of p.b").into_iter().map(text);
            seen.extend(shown.filter_map(|text| text.split_once("n° ")?.1.split(',').next()?.parse::<usize>().ok()));
        }
        assert_eq!(seen, (0..1500).collect::<Vec<_>>());
        links_hold(&browser).await;
    });
}

#[test]
fn every_link_leads_to_a_page_and_to_a_place_on_it() {
    run(async { links_hold(&Browser::open(Memory::new(dreyfus::case())).await).await });
}

pub(super) async fn links_hold(browser: &Browser) {
    let pages = all_pages(browser).await;
    for (address, _) in PLACES {
        assert!(pages.contains_key(address), "nothing leads to {address}");
    }
    let parsed: BTreeMap<&str, BTreeSet<String>> = pages
        .iter()
        .map(|(address, page)| {
            let page = Html::parse_document(page);
            let ids: Vec<String> = select(&page, "[id]").iter().map(|e| e.attr("id").unwrap().to_owned()).collect();
            let unique: BTreeSet<String> = ids.iter().cloned().collect();
            assert_eq!(ids.len(), unique.len(), "{address} has an id twice");
            (address.as_str(), unique)
        })
        .collect();
    for (address, page) in &pages {
        let page = Html::parse_document(page);
        for link in select(&page, "a[href], use[href]") {
            let Some((to, place)) = link.attr("href").unwrap().split_once('#') else { continue };
            let to = if to.is_empty() { address.as_str() } else { to };
            if let Some(ids) = parsed.get(to) {
                assert!(ids.contains(place), "{address} links to {to}#{place}");
            }
        }
    }
}

#[test]
fn the_type_comes_with_the_program() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let style = browser.get("/look/workspace.css").await.body;
        let fonts: Vec<&str> = style.split("url(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(fonts.len(), 8, "{fonts:?}");
        for font in fonts {
            let answer = browser.get(font).await;
            assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "font/woff2"), "{font}");
        }
    });
}

#[test]
fn pages_are_well_built() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let mut pages = all_pages(&browser).await;
        pages.retain(|_, body| body.starts_with("<!DOCTYPE"));
        for (address, body) in &pages {
            let page = Html::parse_document(body);
            assert_eq!(select(&page, "html[lang]").len(), 1, "{address}");
            assert_eq!(select(&page, "h1").len(), 1, "{address}");
            for landmark in ["header", "nav[aria-label]", "main#main", "footer"] {
                assert!(!select(&page, landmark).is_empty(), "{address} has no {landmark}");
            }
            assert_eq!(select(&page, "a.skip[href='#main']").len(), 1, "{address}");
            let mut level = 0;
            for heading in select(&page, "h1, h2, h3, h4, h5, h6") {
                let next = heading.value().name().trim_start_matches('h').parse::<u32>().unwrap();
                assert!(next <= level + 1, "{address}: “{}” is a heading of level {next} after {level}", text(heading));
                level = next;
            }
            for field in select(&page, "input:not([type=hidden]), select, textarea") {
                let id = field.attr("id").unwrap_or("-");
                let wrapped =
                    field.ancestors().any(|node| node.value().as_element().is_some_and(|e| e.name() == "label"));
                let named = wrapped || !select(&page, &format!("label[for='{id}']")).is_empty();
                assert!(named, "{address}: a field without a label: {}", field.html());
            }
            for form in select(&page, "form[method=post]") {
                let first = form.child_elements().next().unwrap();
                assert_eq!(first.attr("name"), Some("csrf"), "{address}: {}", form.html());
            }
            for forbidden in ["[style]", "style", "script:not([src])", "[onclick]", "[onload]", "iframe", "object"] {
                assert!(select(&page, forbidden).is_empty(), "{address} has {forbidden}");
            }
        }
    });
}

#[test]
fn the_chronology_is_filtered_by_its_address() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let rows = async |query: &str| {
            let page = browser.get(&format!("/chronology?{query}")).await.page();
            select(&page, ".chronology tr[id]").len()
        };
        let all = rows("").await;
        assert!(all > 5);
        let by_status = [
            rows("status=actual").await,
            rows("status=requested").await,
            rows("status=possible").await,
            rows("status=denied").await,
        ];
        assert_eq!(by_status.iter().sum::<usize>(), all);
        assert!((1..all).contains(&rows("actor=cassation").await));
        assert_eq!(rows("actor=nobody").await, 0);
        assert_eq!(rows("decided=confirmed").await, 0);
        assert_eq!(rows("decided=proposed").await, all);
        assert!((1..all).contains(&rows("source=figaro").await));
        assert!((1..all).contains(&rows("certainty=inferred").await));
    });
}

#[test]
fn proceedings_are_shown_as_of_a_day() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let page = browser.get("/proceedings?as_of=1899-12-31").await;
        assert!(page.body.contains("value=\"1899-12-31\""));
        assert_eq!(browser.get("/proceedings?as_of=tomorrow").await.status, 422);
    });
}

#[test]
fn a_case_is_held_no_longer_than_it_is_shown() {
    run(async {
        let desk = Memory::new(dreyfus::case());
        let seen = desk.seen();
        let until = async |held: &[bool], rests: usize| {
            let begun = Instant::now();
            while seen.held() != (held.to_vec(), rests) && begun.elapsed() < Duration::from_secs(20) {
                sleep(Duration::from_millis(10)).await;
            }
            assert_eq!(seen.held(), (held.to_vec(), rests));
        };
        let browser = Browser::open(desk).await;
        until(&[true], 0).await;
        // As of another day: only until nobody has asked for it for a while.
        assert_eq!(browser.get("/proceedings?as_of=1899-12-31").await.status, 200);
        until(&[true, false], 1).await;
        // Of two other days, the last.
        browser.get("/proceedings?as_of=1898-12-31").await;
        browser.get("/proceedings?as_of=1897-12-31").await;
        assert_eq!(seen.held().0.len(), 4);
        until(&[true, false, false, false], 3).await;
        browser.workspace.weigh().await;
        until(&[false, false, false, false, true], 4).await;
        browser.workspace.lock().await;
        until(&[false; 5], 5).await;
    });
}

#[test]
fn pages_speak_the_language_that_was_asked_for_or_chosen() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let french =
            browser.request(axum::http::Method::GET, "/").header("accept-language", "kk, fr-CA;q=0.8, en;q=0.5");
        let french = super::send(&browser.app, french.body(axum::body::Body::empty()).unwrap()).await;
        assert!(french.body.contains("<html lang=\"fr\">"));
        let chosen = browser.post("/language", &[("lang", "uk"), ("back", "/chronology")]).await;
        assert_eq!(chosen.header("location"), "/chronology");
        assert!(browser.get("/").await.body.contains("<html lang=\"uk\">"));
        let elsewhere = browser.post("/language", &[("lang", "uk"), ("back", "//evil.example")]).await;
        assert_eq!(elsewhere.header("location"), "/");
    });
}

#[test]
fn words_are_looked_for() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let page = browser.get("/search?q=Dreyfus").await.page();
        assert!(select(&page, ".hits li").len() > 2);
        assert!(!select(&page, ".hits mark").is_empty());
        assert_eq!(browser.get("/search").await.status, 200);
    });
}

#[test]
fn proceedings_are_stepped_through_by_the_days_on_which_something_changes() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let page = browser.get("/proceedings").await.page();
        let slider = select(&page, "form.slider input[type=range]")[0];
        let last: usize = slider.attr("max").unwrap().parse().unwrap();
        let days: Vec<&str> = select(&page, "#steps option").iter().filter_map(|one| one.attr("label")).collect();
        assert_eq!(days.len(), last + 1);
        assert!(days.is_sorted(), "{days:?}");
        // Without the script it is a form.
        let stepped = browser.get("/proceedings?step=1").await;
        assert_eq!(stepped.header("location"), format!("/proceedings?as_of={}", days[1]));
        let page = browser.get(stepped.header("location")).await.page();
        assert_eq!(select(&page, "form.slider input[type=range]")[0].attr("value"), Some("1"));
        assert_eq!(text(select(&page, "form.slider output")[0]), days[1]);
        let to = |rel: &str| select(&page, &format!("form.slider a[rel={rel}]"))[0].attr("href").unwrap().to_owned();
        assert_eq!(to("prev"), format!("/proceedings?as_of={}", days[0]));
        assert_eq!(to("next"), format!("/proceedings?as_of={}", days[2]));
        assert_eq!(browser.get("/proceedings?step=99999").await.status, 422);
        // Each act of a map says what gives it its standing.
        let node = select(&page, ".map a.node[data-n]")[0];
        let why = format!(".why [data-why='{}'] ol.chain li", node.attr("data-n").unwrap());
        assert!(node.attr("data-chain").is_some() && !select(&page, &why).is_empty());
    });
}

#[test]
fn the_density_of_the_chronology_leads_to_its_times_and_is_a_table_too() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let page = browser.get("/chronology").await.page();
        let bars = select(&page, ".density svg a");
        let rows = select(&page, ".density table tbody tr");
        assert!(bars.len() > 1 && bars.len() == rows.len());
        let told: usize = rows.iter().map(|row| text(select_in(*row, "td")).parse::<usize>().unwrap()).sum();
        let dated = dreyfus::case().events.iter().filter(|event| event.when.is_some()).count();
        assert_eq!(told, dated, "every event with a date is in one bar");
        for bar in bars {
            assert!(bar.attr("aria-label").unwrap().contains("event"));
            let (address, place) = bar.attr("href").unwrap().split_once('#').unwrap();
            let there = browser.get(address).await.page();
            assert_eq!(select(&there, &format!(".chronology tr[id='{place}']")).len(), 1);
        }
        // What is filtered is drawn.
        let none = browser.get("/chronology?actor=nobody+at+all").await.page();
        assert!(select(&none, ".density").is_empty());
    });
}

fn select_in<'a>(element: scraper::ElementRef<'a>, selector: &str) -> scraper::ElementRef<'a> {
    element.select(&scraper::Selector::parse(selector).unwrap()).next().unwrap()
}

#[test]
fn who_has_to_do_with_whom_is_drawn_the_same_each_time_and_is_a_table_too() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let page = browser.get("/actors/network").await;
        let parsed = page.page();
        let drawn = select(&parsed, ".network svg a");
        assert!(drawn.len() > 2 && !select(&parsed, "main table tbody tr").is_empty());
        for one in drawn {
            assert_eq!(browser.get(one.attr("href").unwrap()).await.status, 200);
        }
        let main = |body: &str| select(&Html::parse_document(body), ".network svg")[0].html();
        assert_eq!(main(&page.body), main(&browser.get("/actors/network").await.body));
        assert_eq!(select(&browser.get("/actors").await.page(), "a[href='/actors/network']").len(), 1);
    });
}

#[test]
fn the_overview_says_what_others_changed_since_and_how_last_is_known() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let page = browser.get("/").await.page();
        let since = |page: &Html| text(select(page, "section[aria-labelledby=since]")[0]);
        assert!(since(&page).contains("entry 7, 2026-11-28 10:00 UTC"), "{}", since(&page));
        assert!(since(&page).contains("Nobody else has changed the case since."));
        assert!(since(&page).contains("in documents that others added"), "{}", since(&page));
        let id = dreyfus::case().events[0].id.clone();
        browser.post("/judge", &[("verdict", "confirm"), ("about", &id), ("seen", "0")]).await;
        assert!(since(&browser.get("/").await.page()).contains("One entry by others:"));
    });
}
