//! The frame of every page: head, navigation, what goes on, and the foot.

use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts as RequestParts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use khronika_show::dossier::{Parts, visible};
use maud::{DOCTYPE, Markup, html};
use serde_json::json;

use crate::desk::{Entry, RefusalKind};
use crate::fault::Fault;
use crate::fields::Fields;
use crate::guard::FIELD;
use crate::pages::journal;
use crate::said::View;
use crate::words::{Language, Words, words};
use crate::workspace::Workspace;

/// Who asks.
#[derive(Clone)]
pub(crate) struct Visitor {
    /// The cookie of the session; empty for a stranger.
    pub(crate) cookie: String,
    /// What every change has to bring with it.
    pub(crate) csrf: String,
    /// In which language the pages speak.
    pub(crate) words: &'static Words,
    /// What was asked for.
    pub(crate) path: String,
}

impl Visitor {
    /// Somebody without a session.
    pub(crate) fn stranger(lang: Language) -> Self {
        Self { cookie: String::new(), csrf: String::new(), words: words(lang), path: "/".to_owned() }
    }

    /// The hidden field that every form begins with.
    pub(crate) fn token(&self) -> Markup {
        html! { input type="hidden" name=(FIELD) value=(self.csrf); }
    }

    /// A phrase.
    pub(crate) fn t(&self, key: &str) -> String {
        self.words.t(key)
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut RequestParts, _: &S) -> Result<Self, Fault> {
        parts.extensions.get::<Self>().cloned().ok_or(Fault::Stranger)
    }
}

/// The pages that the navigation leads to: address, and the key of its name.
pub(crate) const PLACES: [(&str, &str); 16] = [
    ("/", "nav-overview"),
    ("/chronology", "nav-chronology"),
    ("/proceedings", "nav-proceedings"),
    ("/deadlines", "nav-deadlines"),
    ("/conflicts", "nav-conflicts"),
    ("/sources", "nav-sources"),
    ("/actors", "nav-actors"),
    ("/statements", "nav-statements"),
    ("/letters", "nav-letters"),
    ("/dates", "nav-dates"),
    ("/problems", "nav-problems"),
    ("/search", "nav-search"),
    ("/judgments", "nav-judgments"),
    ("/journal", "nav-journal"),
    ("/add", "nav-add"),
    ("/export", "nav-export"),
];

/// A page of the workspace. `here` is the address that the navigation marks.
pub(crate) fn page(workspace: &Workspace, visitor: &Visitor, here: &str, title: &str, body: &Markup) -> Response {
    answer(StatusCode::OK, framed(workspace, visitor, here, title, body))
}

/// A page of the case as it was last weighed, whose body is made beside it. `key` is that of its title.
pub(crate) async fn made(
    workspace: &Workspace,
    visitor: &Visitor,
    (here, key): (&str, &str),
    body: impl FnOnce(&View<'_>, &Visitor) -> Markup + Send + 'static,
) -> Result<Response, Fault> {
    let who = visitor.clone();
    let body = workspace.shown()?.ask(visitor.words.lang(), move |parts| body(parts, &who)).await?;
    Ok(page(workspace, visitor, here, &visitor.t(key), &body))
}

/// A page with a status.
pub(crate) fn answer(status: StatusCode, page: Markup) -> Response {
    let page = page.into_string();
    let page = match visible(&page) {
        std::borrow::Cow::Borrowed(_) => page,
        std::borrow::Cow::Owned(seen) => seen,
    };
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// Sends a browser to another page after a change.
pub(crate) fn go_to(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(address) => (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response(),
        Err(_) => (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response(),
    }
}

/// An address of ours, as a form names it; anything else is not gone to.
pub(crate) fn local(address: &str) -> Option<&str> {
    let is_ours = address.starts_with('/')
        && !address.starts_with("//")
        && address.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>'));
    is_ours.then_some(address)
}

pub(crate) fn framed(workspace: &Workspace, visitor: &Visitor, here: &str, title: &str, body: &Markup) -> Markup {
    let w = visitor.words;
    let name = workspace.title();
    let is_open = workspace.is_open() && !visitor.cookie.is_empty();
    let entries = workspace.shown().ok().map(|shown| shown.entries);
    html! {
        (DOCTYPE)
        html lang=(w.lang().code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · " @if visitor.cookie.is_empty() { "khronika" } @else { (name) } }
                link rel="icon" href="data:,";
                link rel="preload" href="/look/noto-sans-latin.woff2" as="font" type="font/woff2" crossorigin;
                link rel="stylesheet" href="/look/dossier.css";
                link rel="stylesheet" href="/look/workspace.css";
                script src="/look/workspace.js" defer {}
            }
            body.workspace data-csrf=[is_open.then_some(&visitor.csrf)] data-entries=[entries.filter(|_| is_open)] {
                a.skip href="#main" { (w.t("skip")) }
                (Parts::definitions())
                header.top {
                    p.kicker { "khronika" }
                    @if !visitor.cookie.is_empty() { h1 { bdi { (name) } } } @else { h1 { "khronika" } }
                    @if is_open { (tools(visitor)) }
                }
                @if is_open {
                    nav aria-label=(w.t("nav-label")) {
                        ul { @for (address, key) in PLACES {
                            li { a href=(address) aria-current=[(here == address).then_some("page")] { (w.t(key)) } }
                        } }
                    }
                }
                main id="main" tabindex="-1" {
                    @if is_open {
                        (status(workspace, w))
                        p.news id="news" role="status" hidden { (w.t("news-weighed")) " " a href=(visitor.path) { (w.t("news-reload")) } }
                        (said(visitor))
                    }
                    (body)
                }
                footer {
                    @if !visitor.cookie.is_empty() { (languages(visitor)) }
                    p { "khronika" @if !visitor.cookie.is_empty() { " " (env!("CARGO_PKG_VERSION")) } @if is_open { " · " a href="/help" { (w.t("help")) } } }
                }
                @if is_open && here != "/help" { dialog id="help" aria-labelledby="help-head" { (crate::pages::help::keys(w)) } }
            }
        }
    }
}

/// Search, lock and leave.
fn tools(visitor: &Visitor) -> Markup {
    let w = visitor.words;
    html! {
        div.tools {
            form.find role="search" action="/search" method="get" {
                label.unseen for="find" { (w.t("search-words")) }
                input #find type="search" name="q" placeholder=(w.t("search-words")) autocomplete="off";
                button { (w.t("search-do")) }
            }
            form action="/lock" method="post" { (visitor.token()) button { (w.t("lock")) } }
            form action="/leave" method="post" { (visitor.token()) button { (w.t("leave")) } }
        }
    }
}

fn languages(visitor: &Visitor) -> Markup {
    html! {
        form.languages action="/language" method="post" {
            (visitor.token())
            input type="hidden" name="back" value=(visitor.path);
            span id="language-label" { (visitor.t("language")) ": " }
            @for lang in Language::ALL {
                button name="lang" value=(lang.code()) lang=(lang.code()) aria-describedby="language-label"
                    aria-pressed=(if lang == visitor.words.lang() { "true" } else { "false" }) { (words(lang).t("language-name")) }
                " "
            }
        }
    }
}

/// That something was taken down, with the way to take it back, where the address says so.
fn said(visitor: &Visitor) -> Markup {
    let query = visitor.path.split_once('?').map_or("", |(_, query)| query);
    let fields = Fields::parse(query.as_bytes());
    html! {
        @if let Some(number) = fields.number("said") {
            div.said role="status" {
                p { (visitor.words.with("said", &number.to_string())) }
                (journal::undo(visitor, number, "/journal"))
            }
        }
    }
}

/// What goes on in the background: there on every page, so that the script can fill it.
pub(crate) fn status(workspace: &Workspace, w: &Words) -> Markup {
    let status = workspace.work.status();
    html! {
        div.status id="status" role="status" aria-live="polite" {
            @if let Some((key, name)) = &status.doing {
                p {
                    (w.t(key)) @if !name.is_empty() { " " bdi { (name) } }
                    @if status.done.1 > 1 { " " progress value=(status.done.0) max=(status.done.1) aria-label=(w.t(key)) {} }
                    @if status.waiting > 0 { " · " (w.n("work-waiting", status.waiting)) }
                }
            }
            @if let Some(refusal) = &status.failed {
                p.bad { strong { (w.t("work-failed")) } " " span lang="en" { (refusal.what) ": " (refusal.hint) "." } }
            }
        }
    }
}

/// The page, or for programs the object, that says why a request is not served.
pub(crate) fn fault(workspace: &Workspace, visitor: &Visitor, fault: &Fault, is_api: bool) -> Response {
    let (w, status) = (visitor.words, fault.status());
    let mut response = if is_api {
        api_fault(fault)
    } else if matches!(fault, Fault::Locked) && !visitor.cookie.is_empty() {
        go_to("/unlock")
    } else {
        let title = w.t(fault.key());
        let body = html! {
            h2 { (title) }
            @match fault {
                Fault::Refused(refusal) => {
                    p lang="en" { (refusal.what) "." }
                    p.note lang="en" { (refusal.hint) "." }
                    @if let RefusalKind::Touched(entries) = &refusal.kind { (touched(w, entries)) }
                },
                Fault::TooSoon(wait) => p { (w.n("fault-wait", seconds(*wait))) },
                _ => p { (w.t(&format!("{}-hint", fault.key()))) },
            }
            @if !visitor.cookie.is_empty() { p { a href="/" { (w.t("fault-back")) } } }
        };
        answer(status, framed(workspace, visitor, "", &title, &body))
    };
    let wait = match fault {
        Fault::TooSoon(wait) => Some(seconds(*wait)),
        // The browser asks again by itself.
        Fault::NotYet => Some(2),
        _ => None,
    };
    if let Some(wait) = wait.and_then(|wait| HeaderValue::from_str(&wait.to_string()).ok()) {
        if matches!(fault, Fault::NotYet) {
            response.headers_mut().insert("refresh", wait.clone());
        }
        response.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    response
}

/// How many seconds there are to wait, at least one.
pub(crate) fn seconds(wait: Duration) -> usize {
    usize::try_from(wait.as_secs()).unwrap_or(usize::MAX).saturating_add(1)
}

/// What others said meanwhile.
pub(crate) fn touched(w: &Words, entries: &[Entry]) -> Markup {
    html! {
        ul.touched { @for entry in entries {
            li {
                strong { (w.t(&format!("verdict-{}", entry.kind.rsplit('.').next().unwrap_or_default()))) }
                @if let Some(title) = &entry.title { " “" bdi { (title) } "”" }
                " · " bdi { (entry.by) } ", " time datetime=(entry.time) { (journal::moment(&entry.time)) }
                " · " a href={ "/journal?before=" (entry.number + 1) } { (w.with("entry", &entry.number.to_string())) }
            }
        } }
    }
}

fn api_fault(fault: &Fault) -> Response {
    let words = words(Language::En);
    let (what, hint) = match fault {
        Fault::Refused(refusal) => (refusal.what.clone(), refusal.hint.clone()),
        Fault::TooSoon(wait) => (words.t(fault.key()), words.n("fault-wait", seconds(*wait))),
        _ => (words.t(fault.key()), words.t(&format!("{}-hint", fault.key()))),
    };
    let body = json!({"error": {"kind": fault.key().trim_start_matches("fault-"), "what": what, "hint": hint}});
    (fault.status(), [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
