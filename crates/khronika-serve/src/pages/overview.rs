//! The overview: what stands, is pending, is due and conflicts; what is undecided; what is wrong; what happened lately.

use axum::extract::State;
use axum::response::Response;
use khronika_core::Event;
use maud::{Markup, html};

use super::decided::Decision;
use crate::desk::{Entry, Since};
use crate::fault::Fault;
use crate::page::{Visitor, page};
use crate::pages::journal;
use crate::said::View;
use crate::words::Words;
use crate::workspace::Workspace;

/// How many entries of the journal, and how many problems, are shown.
const LATELY: u64 = 8;
const PROBLEMS: usize = 5;

/// The page.
pub(crate) async fn show(State(workspace): State<Workspace>, visitor: Visitor) -> Result<Response, Fault> {
    let shown = workspace.shown()?;
    let lately = workspace.at_desk(|desk| desk.journal(None, LATELY)).await?;
    let since = workspace.at_desk(|desk| desk.since()).await?;
    let who = visitor.clone();
    let body = shown.ask(visitor.words.lang(), move |parts| body(parts, who.words, &lately, since.as_ref())).await?;
    Ok(page(&workspace, &visitor, "/", &visitor.t("nav-overview"), &body))
}

fn body(parts: &View<'_>, w: &Words, lately: &[Entry], since: Option<&Since>) -> Markup {
    let case = parts.case();
    let open = case.events.iter().filter(|event| Decision::of(parts, event) == Decision::Open).count();
    html! {
        h2 { (w.t("nav-overview")) }
        p.lede {
            (w.n("count-documents", case.sources.len())) ", " (w.n("count-events", case.events.len()))
            @if let Some(day) = case.known_as_of() { ". " (w.with("as-of", &day.to_string())) } @else { "." }
        }
        @if case.sources.is_empty() {
            p.empty { (w.t("overview-empty")) " " a href="/add" { (w.t("nav-add")) } }
        } @else {
            p {
                (w.n("overview-undecided", open))
                @if open > 0 { " " a.button href="/next" data-key="n" { (w.t("next-undecided")) } }
            }
            (parts.in_short())
        }
        @if !case.sources.is_empty() { (new(parts, w, since)) }
        section aria-labelledby="lately" {
            h2 id="lately" { (w.t("overview-lately")) }
            (journal::entries(w, lately))
            p.more { a href="/journal" { (w.t("overview-all-entries")) } }
        }
        @if !case.problems.is_empty() {
            section aria-labelledby="wrong" {
                h2 id="wrong" { (w.t("nav-problems")) " " span.count { (case.problems.len()) } }
                (parts.problems(0..PROBLEMS.min(case.problems.len())))
                p.more { a href="/problems" { (w.t("overview-all-problems")) } }
            }
        }
    }
}

/// How many findings that are new are shown.
const NEW: usize = 12;

/// What is new to whoever opened the case.
fn new(parts: &View<'_>, w: &Words, since: Option<&Since>) -> Markup {
    let is_new = |event: &&Event| {
        since.is_some_and(|since| {
            !event.passages.is_empty() && event.passages.iter().all(|p| since.sources.contains(p.source.as_str()))
        })
    };
    let any = since.is_some_and(|since| !since.sources.is_empty());
    let events: Vec<&Event> = if any { parts.case().events.iter().filter(is_new).collect() } else { Vec::new() };
    html! {
        section aria-labelledby="since" {
            h2 id="since" { (w.t("since-title")) }
            @match since {
                None => p { (w.t("since-first")) },
                Some(since) => {
                    p.note { (w.with("since-last", &format!("{}, {}", since.entry, journal::moment(&since.time)))) }
                    @if since.count == 0 { p { (w.t("since-nothing")) } }
                    @else {
                        p { (w.n("since-entries", since.count)) }
                        (journal::entries(w, &since.entries))
                    }
                    @if !events.is_empty() {
                        p { (w.n("since-events", events.len())) }
                        ul.lately { @for event in events.iter().take(NEW) { li { (parts.line(event)) } } }
                    }
                },
            }
        }
    }
}
