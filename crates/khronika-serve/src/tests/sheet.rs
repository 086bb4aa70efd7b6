//! Pages as they look: what is found lies over its words, and the document itself goes to those who may read it.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, header};
use khronika_core::{Case, CharIndex, Layout, Page, Rect, Span, WordBox};
use khronika_show::dossier::anchor;
use scraper::ElementRef;

use super::desk::Memory;
use super::dreyfus::hostile::{HOSTILE, hostile};
use super::pages::links_hold;
use super::{Browser, HOST, dreyfus, run, select, send};
use crate::guard::{POLICY, Policy};

/// How many words a line has, and how wide and high a word is with the room behind and below it.
const LINE: (usize, i32, i32) = (8, 5_000, 1_500);

/// The same case, whose documents are of another format, and have two pages: the words stand on them in lines.
fn paged(mut case: Case, kind: &str) -> Case {
    for source in &mut case.sources {
        let source = Arc::make_mut(source);
        kind.clone_into(&mut source.media_type);
        let half = source.text.floor_char_boundary(source.text.len() / 2);
        let cut = source.text.split_at(half).1.find(char::is_whitespace).map_or(half, |at| half + at);
        let page = |span| Page { span, width: 59_500, height: 84_200 };
        let mut layout = Layout {
            pages: vec![page(Span::new(0, cut)), page(Span::new(cut, source.text.len()))],
            ..Layout::default()
        };
        let (mut at, mut places) = (0, [0, 0]);
        for word in source.text.split_whitespace() {
            let start = at + source.text.split_at(at).1.find(word).unwrap();
            at = start + word.len();
            let page = usize::from(start >= cut);
            let (line, column) = (places[page] / LINE.0, places[page] % LINE.0);
            places[page] += 1;
            let left = 4_000 + i32::try_from(column).unwrap() * LINE.1;
            let top = 4_000 + i32::try_from(line).unwrap() * LINE.2;
            let rect = Rect { left, top, right: left + LINE.1 - 400, bottom: top + 1_000 };
            let page = u32::try_from(page).unwrap();
            layout.words.push(WordBox { span: Span::new(start, at), page, rect, confidence: None });
        }
        source.layout = layout;
    }
    case
}

fn number(element: ElementRef<'_>, name: &str) -> i32 {
    element.attr(name).unwrap().parse().unwrap()
}

#[test]
fn every_finding_of_a_page_is_boxed_over_its_words_and_linked_with_the_margin() {
    run(async {
        let case = paged(dreyfus::case(), "application/pdf");
        let browser = Browser::open(Memory::new(case.clone())).await;
        let mut seen = 0;
        for source in &case.sources {
            for at in 0..2_u32 {
                let address = format!("/source/{}?view=page&page={}", anchor(source.id.as_str()), at + 1);
                let answer = browser.get(&address).await;
                assert_eq!(answer.header("content-security-policy"), Policy::DRAWING.0);
                let page = answer.page();
                assert_eq!(select(&page, "#sheet svg")[0].attr("viewBox"), Some("0 0 59500 84200"));
                let passage = |event: &khronika_core::Event| {
                    let here = event.passages.iter().filter(|passage| passage.source == source.id);
                    here.map(|passage| passage.span).collect::<Vec<Span>>()
                };
                for event in &case.events {
                    let words: Vec<&WordBox> = passage(event)
                        .into_iter()
                        .flat_map(|span| source.layout.boxes(span))
                        .filter(|word| word.page == at)
                        .collect();
                    let id = anchor(&event.id);
                    let boxes = select(&page, &format!("#sheet a[id='b.{id}'][href='#m.{id}'] rect"));
                    assert_eq!(boxes.is_empty(), words.is_empty(), "{address} {}", event.what);
                    for word in words {
                        let covers = |one: &ElementRef<'_>| {
                            let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| number(*one, name));
                            x <= word.rect.left
                                && y <= word.rect.top
                                && x + width >= word.rect.right
                                && y + height >= word.rect.bottom
                        };
                        assert!(boxes.iter().any(covers), "{address}: {:?} lies bare", word.span.of(&source.text));
                        seen += 1;
                    }
                    if !boxes.is_empty() {
                        let lines =
                            boxes.iter().map(|one| number(*one, "y")).collect::<std::collections::BTreeSet<_>>();
                        assert_eq!(lines.len(), boxes.len(), "a line of a finding is one box");
                        let back = format!(".margin li[id='m.{id}'] a[href='#b.{id}']");
                        assert_eq!(select(&page, &back).len(), 1, "{address}: nothing leads back to {}", event.what);
                    }
                }
            }
        }
        assert!(seen > 100, "{seen} words are in boxes");
        links_hold(&browser).await;
    });
}

#[test]
fn the_view_is_kept_from_finding_to_finding_and_both_views_lead_to_each_other() {
    run(async {
        let case = paged(dreyfus::case(), "application/pdf");
        let browser = Browser::open(Memory::new(case)).await;
        let next = browser.get("/next?view=page").await;
        let address = next.header("location").to_owned();
        assert!(address.starts_with("/source/s-") && address.contains("?view=page&event="), "{address}");
        let (address, event) = address.split_once("#m.").unwrap();
        let page = browser.get(address).await.page();
        assert_eq!(select(&page, &format!("#sheet a.here[id='b.{event}']")).len(), 1);
        assert!(select(&page, "a[data-key=n]")[0].attr("href").unwrap().ends_with("&view=page"));
        let back = select(&page, ".margin input[name=back]")[0].attr("value").unwrap();
        assert!(back.contains("?view=page&page="), "{back}");
        let text = select(&page, ".views a[data-key=v]")[0].attr("href").unwrap().to_owned();
        assert!(!text.contains("view=page"), "{text}");
        let page = browser.get(text.split('#').next().unwrap()).await.page();
        assert!(select(&page, "#sheet, script[type=module]").is_empty());
        let again = select(&page, ".views a[data-key=v]")[0].attr("href").unwrap();
        assert!(again.contains("?view=page&page=1&event=") && again.ends_with(event), "{again}");
    });
}

#[test]
fn a_picture_is_drawn_by_the_browser_and_what_it_cannot_draw_is_shown_as_text() {
    run(async {
        let mut case = paged(dreyfus::case(), "image/png");
        for source in &mut case.sources {
            Arc::make_mut(source).layout.pages.truncate(1);
        }
        let id = anchor(case.sources[0].id.as_str());
        let address = format!("/source/{id}?view=page");
        let answer = Browser::open(Memory::new(case)).await.get(&address).await;
        assert_eq!(answer.header("content-security-policy"), POLICY, "no document is taken apart");
        let page = answer.page();
        let picture = select(&page, "#sheet img")[0];
        assert_eq!(picture.attr("src"), Some(&*format!("/source/{id}/original")));
        assert!(picture.attr("alt").is_some_and(|alt| !alt.is_empty()) && select(&page, "#sheet .written").is_empty());
        let browser = Browser::open(Memory::new(paged(dreyfus::case(), "image/tiff"))).await;
        let answer = browser.get(&address).await;
        assert!(answer.body.contains("are not drawn") && select(&answer.page(), "#sheet, .views").is_empty());
        assert!(!select(&answer.page(), ".words-of .text .ev").is_empty());
        assert_eq!(browser.get(&format!("/source/{id}/original")).await.status, 404, "nor is it handed out");
    });
}

#[test]
fn a_document_goes_to_who_has_a_session_and_opened_the_case_and_is_no_page() {
    run(async {
        let case = paged(dreyfus::case(), "application/pdf");
        let id = anchor(case.sources[0].id.as_str());
        let address = format!("/source/{id}/original");
        let browser = Browser::at(Memory::new(case)).await;
        let stranger = Request::get(&address).header(header::HOST, HOST).body(Body::empty()).unwrap();
        assert_eq!(send(&browser.app, stranger).await.status, 401);
        assert_eq!(browser.get(&address).await.header("location"), "/unlock");
        browser.post("/unlock", &[("passphrase", super::PASSPHRASE)]).await;
        let answer = browser.get(&address).await;
        assert_eq!((answer.status.as_u16(), &*answer.body), (200, &*format!("%PDF-1.7 {id}")));
        let expected = [
            ("content-type", "application/pdf"),
            ("content-disposition", &*format!("attachment; filename=\"{id}.pdf\"")),
            ("content-security-policy", Policy::ORIGINAL.0),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
            ("cross-origin-resource-policy", "same-origin"),
        ];
        for (name, value) in expected {
            assert_eq!(answer.header(name), value);
        }
        let elsewhere = browser.request(axum::http::Method::GET, &address).header("sec-fetch-site", "cross-site");
        assert_eq!(send(&browser.app, elsewhere.body(Body::empty()).unwrap()).await.status, 403);
        assert_eq!(browser.get("/source/s-none/original").await.status, 404);
    });
}

#[test]
fn a_document_that_is_too_long_is_shown_as_text() {
    run(async {
        let mut case = paged(dreyfus::case(), "application/pdf");
        Arc::make_mut(&mut case.sources[0]).size = 1 << 30;
        let id = anchor(case.sources[0].id.as_str());
        let browser = Browser::open(Memory::new(case)).await;
        assert!(browser.get(&format!("/source/{id}?view=page")).await.body.contains("are not drawn"));
        assert_eq!(browser.get(&format!("/source/{id}/original")).await.status, 404);
    });
}

#[test]
fn scripts_beside_a_page_come_from_here_and_only_where_a_document_is_drawn() {
    assert_eq!(POLICY.replace("worker-src 'none'", "worker-src 'self'"), Policy::DRAWING.0);
    for Policy(policy) in [Policy::DRAWING, Policy::WORKER, Policy::ORIGINAL] {
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    }
    assert!(!Policy::WORKER.0.contains("connect-src"), "what takes documents apart asks nobody anything");
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        for name in ["pdf.min.mjs", "pdf.worker.min.mjs", "jbig2_nowasm_fallback.js", "openjpeg_nowasm_fallback.js"] {
            let answer = browser.get(&format!("/look/{name}")).await;
            assert_eq!((answer.status.as_u16(), answer.header("content-encoding")), (200, "gzip"), "{name}");
            assert_eq!(answer.header("content-security-policy"), Policy::WORKER.0);
            assert!(answer.header("content-type").starts_with("text/javascript"));
        }
    });
}

#[test]
fn nothing_that_others_wrote_is_markup_on_a_page_that_is_drawn() {
    run(async {
        let case = paged(hostile(false), "application/pdf");
        let ids: Vec<String> = case.sources.iter().map(|source| anchor(source.id.as_str())).collect();
        let browser = Browser::open(Memory::new(case).hostile(&HOSTILE.concat())).await;
        for id in ids {
            let answer = browser.get(&format!("/source/{id}?view=page&page=1")).await;
            let page = answer.page();
            assert_eq!(select(&page, "#sheet canvas").len(), 1, "{}", answer.body);
            for forbidden in ["img", "b", "[onerror]", "[onload]", "[style]", "style", "iframe", "foreignObject"] {
                assert!(select(&page, forbidden).is_empty(), "{id} has {forbidden}");
            }
            let scripts: Vec<_> = select(&page, "script").iter().map(|script| script.attr("src").unwrap()).collect();
            assert_eq!(scripts, ["/look/workspace.js", "/look/sheet.mjs"]);
        }
    });
}

#[test]
fn the_text_below_a_page_has_the_paragraphs_that_go_over_its_edges_whole() {
    run(async {
        let case = paged(dreyfus::case(), "application/pdf");
        let source = case.sources[0].clone();
        let browser = Browser::open(Memory::new(case)).await;
        let cut = source.layout.pages[1].span.start;
        let block = source.blocks.iter().find(|block| block.span.start < cut && cut < block.span.end);
        let block = block.expect("the page ends within a paragraph").span;
        let answer = browser.get(&format!("/source/{}?view=page&page=2", anchor(source.id.as_str()))).await;
        let page = answer.page();
        let first = CharIndex::new(&source.text).chars(&source.text, block.start).0.to_string();
        assert_eq!(select(&page, "#pick input[name=leaf]")[0].attr("value"), Some(&*first));
        let words = super::text(select(&page, "#sheet-text .text")[0]);
        let begin: String = block.of(&source.text).split_whitespace().take(1).collect();
        assert!(words.contains(&begin), "{words}");
    });
}
