//! The workspace in one process, over a desk in memory.

mod api;
mod desk;
#[path = "../../../khronika-show/tests/dreyfus/mod.rs"]
mod dreyfus;
mod guard;
mod hand;
mod hostile;
mod judge;
mod pages;
mod sheet;
mod uploads;
mod words;

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use scraper::{ElementRef, Html, Selector};
use tower::ServiceExt as _;

use self::desk::Memory;
use crate::pages::router;
use crate::work;
use crate::workspace::{Workspace, held};

const HOST: &str = "127.0.0.1:4711";
const PASSPHRASE: &str = "several words that nobody would put together";

/// An answer.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn page(&self) -> Html {
        Html::parse_document(&self.body)
    }

    #[track_caller]
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name}: {}", self.body)).to_str().unwrap()
    }
}

/// A browser with a session.
struct Browser {
    app: Router,
    workspace: Workspace,
    cookie: String,
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

async fn send(app: &Router, request: Request<Body>) -> Answer {
    let response = app.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
}

impl Browser {
    /// A workspace over a desk, and a browser that used the link.
    async fn at(desk: Memory) -> Self {
        let workspace = Workspace::new(Arc::new(desk), 4711, None);
        tokio::spawn(work::run(workspace.clone()));
        let app = router(workspace.clone());
        let mut browser = Self { app, workspace, cookie: String::new() };
        let token = held(&browser.workspace.sessions).link(Instant::now()).unwrap();
        let entered = browser.get(&format!("/?token={token}")).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
        browser.cookie = entered.header("set-cookie").split(';').next().unwrap().to_owned();
        browser
    }

    /// The same with the case opened.
    async fn open(desk: Memory) -> Self {
        let browser = Self::at(desk).await;
        let opened = browser.post("/unlock", &[("passphrase", PASSPHRASE)]).await;
        assert_eq!(opened.header("location"), "/", "{}", opened.body);
        browser
    }

    fn request(&self, method: Method, address: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(address).header(header::HOST, HOST);
        if self.cookie.is_empty() { request } else { request.header(header::COOKIE, &self.cookie) }
    }

    async fn get(&self, address: &str) -> Answer {
        send(&self.app, self.request(Method::GET, address).body(Body::empty()).unwrap()).await
    }

    /// The token that every form has.
    fn csrf(&self) -> String {
        let cookie = self.cookie.split_once('=').unwrap().1;
        held(&self.workspace.sessions).of(cookie, Instant::now()).unwrap().csrf
    }

    /// Sends a form as a browser does.
    async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &self.csrf()).extend_pairs(fields);
        self.post_raw(address, form.finish(), Some(&format!("http://{HOST}"))).await
    }

    async fn post_raw(&self, address: &str, form: String, origin: Option<&str>) -> Answer {
        let mut request = self.request(Method::POST, address);
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        send(&self.app, request.body(Body::from(form)).unwrap()).await
    }
}

/// Runs a test.
fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(test);
}
