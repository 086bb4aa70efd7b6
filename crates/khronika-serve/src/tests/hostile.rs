//! Documents, names and journals as an attacker would write them are text on every page.

use scraper::Html;

use super::desk::Memory;
use super::dreyfus::hostile::{HOSTILE, hostile};
use super::pages::all_pages;
use super::{Browser, run, select};

#[test]
fn nothing_that_others_wrote_is_markup() {
    run(async {
        let words = HOSTILE.concat();
        let browser = Browser::open(Memory::new(hostile(false)).hostile(&words)).await;
        let page = browser.get("/chronology").await.page();
        let ids: Vec<String> =
            select(&page, ".chronology tr[id]").iter().map(|row| row.attr("id").unwrap().to_owned()).collect();
        for (n, id) in ids.iter().take(3).enumerate() {
            let verdict = ["confirm", "note", "correct"][n];
            let fields = [
                ("verdict", verdict),
                ("about", id),
                ("seen", "0"),
                ("words", &words),
                ("title", &words),
                ("body", &words),
            ];
            assert_eq!(browser.post("/judge", &fields).await.status, 303);
        }
        let mut pages: Vec<(String, String)> = all_pages(&browser).await.into_iter().collect();
        let typed: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
        for address in [
            "/search?q=",
            "/search?lang=",
            "/actors?q=",
            "/sources?q=",
            "/chronology?actor=",
            "/chronology?kind=",
            "/chronology?at=",
            "/event/",
        ] {
            let answer = browser.get(&format!("{address}{typed}")).await;
            assert!(!answer.status.is_server_error(), "{address}");
            pages.push((address.to_owned(), answer.body));
        }
        let touched = browser
            .post(
                "/judge",
                &[("verdict", "reject"), ("about", &ids[0]), ("seen", "0"), ("words", &words), ("back", &words)],
            )
            .await;
        assert_eq!(touched.status, 409);
        pages.push(("409".to_owned(), touched.body));
        let refused = browser.post("/export", &[("to", &words)]).await;
        assert_eq!(refused.status, 422);
        pages.push(("/export".to_owned(), refused.body));
        pages.push(("/verify".to_owned(), browser.post("/verify", &[]).await.body));
        for (address, body) in pages.iter().filter(|(_, body)| body.starts_with("<!DOCTYPE")) {
            let page = Html::parse_document(body);
            let forbidden = ["img", "b", "[onerror]", "[onload]", "[onmouseover]", "[style]", "style", "iframe"];
            for forbidden in forbidden {
                assert!(select(&page, forbidden).is_empty(), "{address} has {forbidden}");
            }
            let scripts = select(&page, "script");
            assert!(scripts.iter().all(|script| script.attr("src") == Some("/look/workspace.js")), "{address}");
            assert_eq!(scripts.len(), 1, "{address}");
            for link in select(&page, "[href], [action], [src]") {
                for name in ["href", "action", "src"] {
                    let to = link.attr(name).unwrap_or("/");
                    assert!(
                        to.starts_with('/') && !to.starts_with("//") || to.starts_with('#') || to == "data:,",
                        "{address}: {to}"
                    );
                }
            }
            let controls = body.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r'));
            assert_eq!(controls, None, "{address}");
        }
    });
}
