//! The chronology, filtered by what stands behind the question mark of its address.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use khronika_core::{Basis, Case, Event, EventStatus, Verdict};
use khronika_show::dossier::anchor;
use maud::{Markup, html};

use super::decided::Decision;
use super::density;
use super::hand::word;
use super::paged::Paged;
use super::say;
use crate::fault::Fault;
use crate::fields::{Fields, Query};
use crate::page::{Visitor, made};
use crate::said::View;
use crate::workspace::Workspace;

/// How many events a page shows.
const PAGE: usize = 100;

/// The page.
pub(crate) async fn show(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Fault> {
    made(&workspace, &visitor, ("/chronology", "nav-chronology"), move |parts, who| body(parts, who, &query)).await
}

/// What is asked for.
pub(crate) struct Filter<'q> {
    actors: Option<BTreeSet<&'q str>>,
    sources: Option<BTreeSet<&'q str>>,
    body: Option<String>,
    kind: Option<&'q str>,
    status: Option<&'q str>,
    standing: Option<&'q str>,
    certainty: Option<&'q str>,
    decided: Option<&'q str>,
}

impl<'q> Filter<'q> {
    /// What a query asks for. Actors and sources are named by their ids, or by a part of their names.
    pub(crate) fn new(case: &'q Case, query: &'q Fields) -> Self {
        let actors = query.one("actor").map(|typed| {
            let typed = typed.to_lowercase();
            let named = |name: &str| name.to_lowercase().contains(&typed);
            let fits = case.actors.iter().filter(|actor| {
                actor.id == typed || named(&actor.name) || actor.names.iter().any(|name| named(&name.text))
            });
            fits.map(|actor| actor.id.as_str()).collect()
        });
        let sources = query.one("source").map(|typed| {
            let typed = typed.to_lowercase();
            let fits = case.sources.iter().filter(|s| s.id.as_str() == typed || s.name.to_lowercase().contains(&typed));
            fits.map(|source| source.id.as_str()).collect()
        });
        Self {
            actors,
            sources,
            body: query.one("body").map(str::to_lowercase),
            kind: query.one("kind"),
            status: query.one("status"),
            standing: query.one("standing"),
            certainty: query.one("certainty"),
            decided: query.one("decided"),
        }
    }

    /// Whether an event is among what is asked for.
    pub(crate) fn takes(&self, parts: &View<'_>, event: &Event) -> bool {
        let act = event.act.as_ref();
        let is_of = |actors: &BTreeSet<&str>| {
            let parties = event.actors.iter().map(|part| part.actor.as_str());
            let told = event.said_by.iter().map(String::as_str);
            parties.chain(told).chain(act.and_then(|act| act.body.as_deref())).any(|id| actors.contains(id))
        };
        let is_in = |sources: &BTreeSet<&str>| event.passages.iter().any(|p| sources.contains(p.source.as_str()));
        let has_body = |typed: &String| {
            let name = act.and_then(|act| act.body_name.as_deref());
            name.is_some_and(|name| name.to_lowercase().contains(typed))
        };
        self.actors.as_ref().is_none_or(is_of)
            && self.sources.as_ref().is_none_or(is_in)
            && self.body.as_ref().is_none_or(has_body)
            && self.kind.is_none_or(|kind| event.kind == kind)
            && self.status.is_none_or(|status| event.status.name() == status)
            && self.standing.is_none_or(|standing| act.is_some_and(|act| act.standing.name() == standing))
            && self.certainty.is_none_or(|certainty| certainty_of(event) == certainty)
            && self.decided.is_none_or(|decided| Decision::of(parts, event).key() == decided)
    }
}

/// How well the date of an event is known.
fn certainty_of(event: &Event) -> &'static str {
    match event.when.as_ref().map(|when| when.basis) {
        Some(Basis::Stated | Basis::Service | Basis::Judged) => "stated",
        Some(_) => "inferred",
        None => "undated",
    }
}

fn body(parts: &View<'_>, visitor: &Visitor, query: &Fields) -> Markup {
    let (w, case) = (visitor.words, parts.case());
    let filter = Filter::new(case, query);
    let events = case.events.iter().enumerate();
    let which: Vec<usize> = events.filter(|(_, event)| filter.takes(parts, event)).map(|(n, _)| n).collect();
    let at = query
        .one("at")
        .and_then(|at| which.iter().position(|n| case.events.get(*n).is_some_and(|event| anchor(&event.id) == at)));
    let paged = Paged::new(which.len(), PAGE, query, at);
    let more = |event: &Event| row_forms(parts, visitor, event);
    html! {
        h2 { (w.t("nav-chronology")) " " span.count { (which.len()) @if which.len() < case.events.len() { " / " (case.events.len()) } } }
        (filters(case, visitor, query))
        p.ways {
            @if !which.is_empty() { a.button href="/next" data-key="n" { (w.t("next-undecided")) } " " }
            a.button href="/hand" { (w.t("hand-title")) }
        }
        @if which.is_empty() { p.empty { (w.t("empty-events")) } }
        @else {
            (density::strip(w, case, &which, query))
            (parts.chronology(which.get(paged.range.clone()).unwrap_or_default(), &more))
            (paged.links(w, "/chronology", query))
        }
    }
}

/// What was decided of an event, and the two things that are said most.
pub(crate) fn row_forms(parts: &View<'_>, visitor: &Visitor, event: &Event) -> Markup {
    let (w, decision) = (visitor.words, Decision::of(parts, event));
    let back = format!("{}#{}", visitor.path, anchor(&event.id));
    html! {
        div.verdicts {
            (decision.mark(w)) " "
            form.inline action="/judge" method="post" {
                (say::hidden(parts, visitor, &event.id, &back))
                @if decision != Decision::Confirmed { (say::button(w, Verdict::Confirm)) }
                (say::button(w, Verdict::Reject))
                a data-open href={ "/event/" (anchor(&event.id)) } { (w.t("say-more")) }
            }
        }
    }
}

fn filters(case: &Case, visitor: &Visitor, query: &Fields) -> Markup {
    let w = visitor.words;
    let kinds: BTreeSet<&str> = case.events.iter().map(|event| event.kind.as_str()).collect();
    let standings: BTreeSet<&str> =
        case.events.iter().filter_map(|event| Some(event.act.as_ref()?.standing.name())).collect();
    let statuses = [EventStatus::Actual, EventStatus::Requested, EventStatus::Possible, EventStatus::Denied];
    let typed = |name: &str, key: &str| {
        html! { label { (w.t(key)) input type="text" name=(name) value=[query.one(name)]; } }
    };
    let chosen = |name: &str, key: &str, values: &mut dyn Iterator<Item = (&str, String)>| {
        html! {
            label { (w.t(key))
                select name=(name) {
                    option value="" { (w.t("any")) }
                    @for (value, word) in values {
                        option value=(value) selected[query.one(name) == Some(value)] { (word) }
                    }
                }
            }
        }
    };
    let named = |name: &'static str, prefix: &str| (name, w.t(&format!("{prefix}{name}")));
    html! {
        form.filter action="/chronology" method="get" aria-label=(w.t("filter")) {
            (typed("actor", "filter-actor"))
            (typed("body", "filter-body"))
            (typed("source", "filter-source"))
            (chosen("kind", "filter-kind", &mut kinds.iter().map(|kind| (*kind, w.t(&word("type", kind))))))
            (chosen("standing", "filter-standing", &mut standings.iter().map(|one| (*one, w.t(&word("standing", one))))))
            (chosen("status", "filter-status", &mut statuses.iter().map(|status| named(status.name(), "status-"))))
            (chosen("certainty", "filter-certainty", &mut ["stated", "inferred", "undated"].into_iter().map(|c| named(c, "certainty-"))))
            (chosen("decided", "filter-decided", &mut ["proposed", "confirmed", "changed", "added"].into_iter().map(|d| named(d, ""))))
            button { (w.t("show")) }
            a href="/chronology" { (w.t("filter-none")) }
        }
    }
}
