//! Every request goes through the guard, and every answer.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

use super::desk::Memory;
use super::{Browser, HOST, PASSPHRASE, dreyfus, run, select, send, text};
use crate::guard::{FORM, HEADERS};

async fn locked() -> Browser {
    Browser::at(Memory::new(dreyfus::case())).await
}

#[test]
fn every_answer_has_every_header() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let stranger = Request::get("/").header(header::HOST, HOST).body(Body::empty()).unwrap();
        let elsewhere = Request::get("/").header(header::HOST, "evil.example").body(Body::empty()).unwrap();
        let answers = [
            browser.get("/").await,
            browser.get("/look/workspace.js").await,
            browser.get("/nowhere").await,
            browser.get("/event/e-none").await,
            browser.get("/deadlines.ics").await,
            browser.post("/lock", &[]).await,
            send(&browser.app, stranger).await,
            send(&browser.app, elsewhere).await,
        ];
        let expected = [200, 200, 404, 404, 200, 303, 401, 421];
        for (answer, status) in answers.iter().zip(expected) {
            assert_eq!(answer.status, status, "{}", answer.body);
            for (name, value) in HEADERS {
                assert_eq!(answer.header(name.as_str()), value);
            }
        }
    });
}

#[test]
fn the_policy_allows_nothing_inline_and_nothing_from_elsewhere() {
    let policy = HEADERS[0].1;
    for word in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
        assert!(policy.contains(word), "{word}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
}

#[test]
fn another_host_is_not_served() {
    run(async {
        let browser = locked().await;
        let ask = async |uri: &str, hosts: &[&str]| {
            let mut request = Request::get(uri).header(header::COOKIE, &browser.cookie);
            for host in hosts {
                request = request.header(header::HOST, *host);
            }
            send(&browser.app, request.body(Body::empty()).unwrap()).await.status
        };
        assert_eq!(ask("/unlock", &[HOST]).await, 200);
        assert_eq!(ask("/unlock", &["localhost:4711"]).await, 200);
        for wrong in [&["evil.example:4711"][..], &["127.0.0.1"], &["127.0.0.1:4712"], &[], &[HOST, HOST]] {
            assert_eq!(ask("/unlock", wrong).await, 421, "{wrong:?}");
        }
        assert_eq!(ask("http://evil.example/unlock", &[HOST]).await, 421);
    });
}

#[test]
fn a_link_works_once_and_its_cookie_is_kept_from_scripts_and_other_sites() {
    run(async {
        let browser = locked().await;
        let token = super::held(&browser.workspace.sessions).link(std::time::Instant::now()).unwrap();
        let ask = async |address: &str| {
            send(&browser.app, Request::get(address).header(header::HOST, HOST).body(Body::empty()).unwrap()).await
        };
        let first = ask(&format!("/?token={token}")).await;
        assert_eq!((first.status, first.header("location")), (StatusCode::SEE_OTHER, "/"));
        let cookie = first.header("set-cookie");
        assert!(
            cookie.starts_with("khronika-4711=") && cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"),
            "{cookie}"
        );
        assert_eq!(ask(&format!("/?token={token}")).await.status, 401);
        assert_eq!(ask("/?token=").await.status, 401);
        assert_eq!(ask("/unlock").await.status, 401);
    });
}

#[test]
fn a_change_needs_our_origin_and_our_token() {
    run(async {
        let browser = locked().await;
        let (csrf, ours) = (browser.csrf(), format!("http://{HOST}"));
        let form = |token: &str| format!("csrf={token}&passphrase=x");
        let status = async |form: String, origin: Option<&str>| browser.post_raw("/unlock", form, origin).await.status;
        for origin in [
            None,
            Some("null"),
            Some("http://evil.example"),
            Some("http://127.0.0.1:4712"),
            Some("https://127.0.0.1:4711"),
        ] {
            assert_eq!(status(form(&csrf), origin).await, 403, "{origin:?}");
        }
        for token in ["", "x", &csrf.to_lowercase()] {
            assert_eq!(status(form(token), Some(&ours)).await, 403, "{token}");
        }
        assert_eq!(status("passphrase=x".to_owned(), Some(&ours)).await, 403);
        // All of the above did not come as far as the passphrase: it is the first that is tried.
        let tried = browser
            .post_raw("/unlock", format!("csrf={csrf}&passphrase={}", PASSPHRASE.replace(' ', "+")), Some(&ours))
            .await;
        assert_eq!(tried.header("location"), "/");
    });
}

#[test]
fn a_token_in_a_header_counts_for_programs() {
    run(async {
        let browser = locked().await;
        let lock = async |token: &str| {
            let request = browser.request(Method::POST, "/lock").header(header::ORIGIN, format!("http://{HOST}"));
            send(&browser.app, request.header("x-csrf-token", token).body(Body::empty()).unwrap()).await.status
        };
        assert_eq!(lock(&browser.csrf()).await, 303);
        assert_eq!(lock("x").await, 403);
    });
}

#[test]
fn what_other_pages_load_from_here_they_do_not_get() {
    run(async {
        let browser = locked().await;
        let ask = async |site: &str, mode: &str| {
            let request =
                browser.request(Method::GET, "/unlock").header("sec-fetch-site", site).header("sec-fetch-mode", mode);
            send(&browser.app, request.body(Body::empty()).unwrap()).await.status
        };
        assert_eq!(ask("none", "navigate").await, 200);
        assert_eq!(ask("same-origin", "cors").await, 200);
        assert_eq!(ask("cross-site", "navigate").await, 200, "a link leads here; the cookie does not come with it");
        assert_eq!(ask("cross-site", "no-cors").await, 403);
        assert_eq!(ask("same-site", "cors").await, 403, "another port of this machine");
    });
}

#[test]
fn other_methods_are_not_known_and_long_forms_are_not_read() {
    run(async {
        let browser = locked().await;
        for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE] {
            let request = browser.request(method, "/unlock").header(header::ORIGIN, format!("http://{HOST}"));
            assert_eq!(send(&browser.app, request.body(Body::empty()).unwrap()).await.status, 405);
        }
        let long = format!("csrf={}&passphrase={}", browser.csrf(), "x".repeat(FORM));
        assert_eq!(browser.post_raw("/unlock", long, Some(&format!("http://{HOST}"))).await.status, 413);
    });
}

#[test]
fn a_wrong_passphrase_slows_the_next_try_down() {
    run(async {
        let browser = locked().await;
        let wrong = browser.post("/unlock", &[("passphrase", "wrong")]).await;
        assert_eq!(wrong.status, 403);
        assert_eq!(select(&wrong.page(), "[role=alert]").len(), 1);
        assert!(!wrong.body.contains("value=\"wrong\""), "it is not said back");
        let again = browser.post("/unlock", &[("passphrase", PASSPHRASE)]).await;
        assert_eq!((again.status, again.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "1"));
        // The same form, with a word on why, and not a page that leads nowhere.
        let page = again.page();
        assert_eq!(select(&page, "form[action='/unlock'] input[type=password]").len(), 1);
        assert!(text(select(&page, "[role=alert]")[0]).contains("Try again in one second"), "{}", again.body);
    });
}

#[test]
fn a_locked_case_shows_nothing() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        assert!(browser.get("/").await.body.contains("Dreyfus"));
        assert_eq!(browser.post("/lock", &[]).await.header("location"), "/unlock");
        for (address, _) in crate::page::PLACES {
            let answer = browser.get(address).await;
            assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/unlock"), "{address}");
        }
        assert!(!browser.get("/unlock").await.body.contains("Dreyfus"));
        assert_eq!(browser.get("/status").await.header("location"), "/unlock");
    });
}

#[test]
fn who_leaves_is_a_stranger() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let left = browser.post("/leave", &[]).await;
        assert!(left.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(left.header("clear-site-data"), "\"cache\", \"storage\"");
        assert_eq!(browser.get("/").await.status, 401);
    });
}

#[test]
fn a_case_that_is_not_there_can_be_made() {
    run(async {
        let browser = Browser::at(Memory::new(dreyfus::case()).missing()).await;
        assert!(browser.get("/unlock").await.body.contains("action=\"/create\""));
        let differ = browser.post("/create", &[("passphrase", PASSPHRASE), ("again", "another")]).await;
        assert_eq!(differ.status, 422);
        let short = browser.post("/create", &[("passphrase", "short"), ("again", "short")]).await;
        assert_eq!(short.status, 422);
        let made = browser.post("/create", &[("passphrase", PASSPHRASE), ("again", PASSPHRASE)]).await;
        assert_eq!(made.header("location"), "/");
        assert_eq!(browser.get("/").await.status, 200);
    });
}
