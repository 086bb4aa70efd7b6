//! Documents come in, and the case goes out.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, header};

use super::desk::Memory;
use super::{Answer, Browser, HOST, dreyfus, run, send};

async fn upload(browser: &Browser, token: &str, files: &[(&str, &str)]) -> Answer {
    let mut form = format!("--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n");
    form.push_str("--b\r\nContent-Disposition: form-data; name=\"from\"\r\n\r\nJane\r\n");
    for (name, content) in files {
        form.push_str(&format!(
            "--b\r\nContent-Disposition: form-data; name=\"paper\"; filename=\"{name}\"\r\n\r\n{content}\r\n"
        ));
    }
    form.push_str("--b--\r\n");
    let request = browser.request(Method::POST, "/add").header(header::ORIGIN, format!("http://{HOST}"));
    let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
    send(&browser.app, request.body(Body::from(form)).unwrap()).await
}

#[test]
fn documents_are_taken_and_it_is_told_what_became_of_them() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let taken = upload(&browser, &browser.csrf(), &[("a.txt", "words"), ("../b.txt", "")]).await;
        assert_eq!((taken.status.as_u16(), taken.header("location")), (303, "/add"), "{}", taken.body);
        let mut page = String::new();
        for _ in 0..100 {
            page = browser.get("/add").await.body;
            if page.contains("stored and read") && page.contains("stored, but not read") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(page.contains("stored and read") && page.contains("stored, but not read"), "{page}");
        assert!(browser.get("/added").await.body.contains("a.txt"));
    });
}

#[test]
fn a_folder_can_be_chosen_and_its_files_keep_the_way_to_them() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let page = browser.get("/add").await.body;
        assert!(page.contains("id=\"folder\"") && page.contains("webkitdirectory"), "{page}");
        upload(&browser, &browser.csrf(), &[("", ""), ("papers/deeper/a.txt", "words")]).await;
        let mut read = String::new();
        for _ in 0..100 {
            read = browser.get("/added").await.body;
            if read.contains(">papers/deeper/a.txt<") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{read}");
    });
}

#[test]
fn documents_need_the_token_too() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        assert_eq!(upload(&browser, "x", &[("a.txt", "words")]).await.status, 403);
        assert_eq!(upload(&browser, &browser.csrf(), &[]).await.status, 422);
        browser.post("/lock", &[]).await;
        let locked = upload(&browser, &browser.csrf(), &[("a.txt", "words")]).await;
        assert_eq!(locked.header("location"), "/unlock");
    });
}

#[test]
fn the_case_is_handed_over_as_a_download() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let plain = browser.post("/export", &[("sealed", "yes")]).await;
        assert_eq!(plain.header("content-disposition"), "attachment; filename=\"Doe.tar\"");
        assert_eq!(plain.body.len(), 200_000);
        let encrypted = browser.post("/export", &[("to", "age1abc\r\nage1def")]).await;
        assert_eq!(encrypted.header("content-disposition"), "attachment; filename=\"Doe.tar.age\"");
        assert_eq!(browser.post("/export", &[("to", "somebody")]).await.status, 422);
    });
}

#[test]
fn news_are_a_stream_of_events() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        browser.workspace.news.tell(crate::news::News::Work);
        let listening = tokio::spawn({
            let (app, request) =
                (browser.app.clone(), browser.request(Method::GET, "/events").body(Body::empty()).unwrap());
            async move { send(&app, request).await }
        });
        tokio::time::sleep(Duration::from_millis(100)).await;
        browser.workspace.news.tell(crate::news::News::Weighed(7));
        browser.workspace.news.tell(crate::news::News::End);
        let heard = listening.await.unwrap();
        assert_eq!(heard.header("content-type"), "text/event-stream");
        // What the case itself does in the background meanwhile may be heard before.
        let of_ours = heard.body.trim_start_matches("event: work\ndata: now\n\n");
        assert_eq!(of_ours, "event: weighed\ndata: 7\n\nevent: end\ndata: now\n\n");
    });
}
