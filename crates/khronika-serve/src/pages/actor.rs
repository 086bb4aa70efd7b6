//! People and bodies: a list of them, and each with every form of its name and what it took part in.

use axum::extract::{Path, State};
use axum::response::Response;
use khronika_core::CaseStatement;
use khronika_show::dossier::{Parts, anchor};
use maud::{Markup, html};

use super::chronology::Filter;
use super::paged::Paged;
use crate::fault::Fault;
use crate::fields::{Fields, Query};
use crate::page::{Visitor, made, page};
use crate::workspace::Workspace;

/// How many actors, and how many events or statements of one, a page shows.
const PAGE: usize = 100;

/// The list.
pub(crate) async fn list(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Fault> {
    made(&workspace, &visitor, ("/actors", "nav-actors"), move |parts, who| listed(parts, who, &query)).await
}

fn listed(parts: &Parts<'_>, visitor: &Visitor, query: &Fields) -> Markup {
    let w = visitor.words;
    let typed = query.one("q").map(str::to_lowercase);
    let fits = |id: &&str| {
        let Some(typed) = &typed else { return true };
        let actor = parts.actor(id);
        actor.is_some_and(|actor| actor.names.iter().any(|name| name.text.to_lowercase().contains(typed)))
    };
    let which: Vec<&str> = parts.named().filter(fits).collect();
    let at = query.one("at").and_then(|at| which.iter().position(|id| anchor(id) == at));
    let paged = Paged::new(which.len(), PAGE, query, at);
    html! {
        h2 { (w.t("nav-actors")) " " span.count { (which.len()) } }
        form.filter action="/actors" method="get" {
            label { (w.t("name-part")) input type="text" name="q" value=[query.one("q")]; }
            button { (w.t("show")) }
        }
        @if which.is_empty() { p.empty { (w.t("empty-actors")) } }
        @else {
            div lang="en" { (parts.actors(which.get(paged.range.clone()).unwrap_or_default())) }
            (paged.links(w, "/actors", query))
        }
    }
}

/// An actor.
pub(crate) async fn show(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let shown = workspace.shown()?;
    let who = visitor.clone();
    let made = shown.ask(move |parts| one(parts, &who, &id)).await?;
    let (title, body) = made.ok_or(Fault::Missing)?;
    Ok(page(&workspace, &visitor, "/actors", &title, &body))
}

fn one(parts: &Parts<'_>, visitor: &Visitor, id: &str) -> Option<(String, Markup)> {
    let (w, actor, case) = (visitor.words, parts.actor(id)?, parts.case());
    let query = Fields::parse(format!("actor={id}").as_bytes());
    let filter = Filter::new(case, &query);
    let events = case.events.iter().enumerate().filter(|(_, event)| filter.takes(parts, event));
    let events: Vec<usize> = events.map(|(n, _)| n).collect();
    let says = |one: &CaseStatement| {
        matches!(&one.speaker, Some(Ok(speaker)) if speaker == id)
            || one.chain.iter().chain(&one.about).any(|other| other == id)
    };
    let statements = case.statements.iter().enumerate().filter(|(_, one)| says(one));
    let statements: Vec<usize> = statements.map(|(n, _)| n).collect();
    let first = |all: &[usize]| all.get(..PAGE.min(all.len())).unwrap_or_default().to_vec();
    let body = html! {
        h2 { bdi { (actor.name) } }
        div lang="en" { (parts.actors(&[id])) }
        @if !events.is_empty() {
            section aria-labelledby="events" {
                h2 id="events" { (w.t("nav-chronology")) " " span.count { (events.len()) } }
                div lang="en" { (parts.chronology(&first(&events), &|_| html! {})) }
                @if events.len() > PAGE { p { a href={ "/chronology?actor=" (anchor(id)) } { (w.t("all-of-them")) } } }
            }
        }
        @if !statements.is_empty() {
            section aria-labelledby="statements" {
                h2 id="statements" { (w.t("nav-statements")) " " span.count { (statements.len()) } }
                div lang="en" { (parts.statements(&first(&statements))) }
            }
        }
    };
    Some((actor.name.clone(), body))
}
