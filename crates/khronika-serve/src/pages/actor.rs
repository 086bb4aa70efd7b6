//! People and bodies: a list of them, and each with every form of its name and what it took part in.

use axum::extract::{Path, State};
use axum::response::Response;
use khronika_core::{Actor, CaseStatement, Judged, Verdict};
use khronika_show::dossier::anchor;
use maud::{Markup, html};

use super::chronology::Filter;
use super::paged::Paged;
use super::{hand, journal, say};
use crate::fault::Fault;
use crate::fields::{Fields, Query};
use crate::page::{Visitor, made, page};
use crate::said::View;
use crate::workspace::Workspace;

/// How many actors, and how many events or statements of one, a page shows.
const PAGE: usize = 100;

/// How many pairs that may be one are shown.
const SUGGESTED: usize = 40;

/// The list.
pub(crate) async fn list(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Fault> {
    made(&workspace, &visitor, ("/actors", "nav-actors"), move |parts, who| listed(parts, who, &query)).await
}

fn listed(parts: &View<'_>, visitor: &Visitor, query: &Fields) -> Markup {
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
    let has_pairs = typed.is_none() && paged.range.start == 0 && !parts.case().alike.is_empty();
    html! {
        h2 { (w.t("nav-actors")) " " span.count { (which.len()) } }
        form.filter action="/actors" method="get" {
            label { (w.t("name-part")) input type="text" name="q" value=[query.one("q")]; }
            button { (w.t("show")) }
        }
        p.ways {
            a href="/actors/network" { (w.t("network")) }
            @if has_pairs { a href="#alike" { (w.t("alike-title")) " " span.count { (parts.case().alike.len()) } } }
        }
        @if which.is_empty() { p.empty { (w.t("empty-actors")) } }
        @else {
            (parts.actors(which.get(paged.range.clone()).unwrap_or_default()))
            (paged.links(w, "/actors", query))
        }
        @if has_pairs { (alike(parts, visitor)) }
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
    let made = shown.ask(visitor.words.lang(), move |parts| one(parts, &who, &id)).await?;
    let (title, body) = made.ok_or(Fault::Missing)?;
    Ok(page(&workspace, &visitor, "/actors", &title, &body))
}

fn one(parts: &View<'_>, visitor: &Visitor, id: &str) -> Option<(String, Markup)> {
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
        dl.facts {
            dt { (w.t("actor-kind")) } dd { (w.t(&hand::word("actor", actor.kind.name()))) }
            dt { (w.t("actor-written")) } dd { (parts.actor_names(actor)) }
            dt { (w.t("actor-named")) } dd { (parts.actor_mentions(actor)) }
        }
        (said(parts, visitor, id))
        @if !events.is_empty() {
            section aria-labelledby="events" {
                h2 id="events" { (w.t("nav-chronology")) " " span.count { (events.len()) } }
                (parts.chronology(&first(&events), &|_| html! {}))
                @if events.len() > PAGE { p { a href={ "/chronology?actor=" (anchor(id)) } { (w.t("all-of-them")) } } }
            }
        }
        @if !statements.is_empty() {
            section aria-labelledby="statements" {
                h2 id="statements" { (w.t("nav-statements")) " " span.count { (statements.len()) } }
                (parts.statements(&first(&statements)))
            }
        }
        section aria-labelledby="say" {
            h2 id="say" { (w.t("actor-say")) }
            div.judge { (forms(parts, visitor, actor)) }
        }
    };
    Some((actor.name.clone(), body))
}

/// What people said of an actor.
fn said(parts: &View<'_>, visitor: &Visitor, id: &str) -> Markup {
    let w = visitor.words;
    let all: Vec<_> = parts.judged_actor(id).collect();
    let undo = |judged: &Judged| {
        html! { " " span { (journal::undo(visitor, judged.judgment.number, "/actors")) } }
    };
    html! {
        @if !all.is_empty() {
            section aria-labelledby="said" {
                h2 id="said" { (w.t("nav-judgments")) }
                (parts.judgments(&all, &undo))
            }
        }
    }
}

/// A form for each thing that can be said of an actor.
fn forms(parts: &View<'_>, visitor: &Visitor, actor: &Actor) -> Markup {
    let w = visitor.words;
    let why = html! { label { (w.t("say-why")) textarea name="words" rows="2" maxlength="4000" {} } };
    let form = |key: &str, back: &str, inner: Markup| {
        html! {
            form action="/judge" method="post" {
                (say::hidden(parts, visitor, &actor.id, back))
                fieldset { legend { (w.t(key)) } (inner) }
            }
        }
    };
    let here = format!("/actor/{}", anchor(&actor.id));
    // After a split there may be nobody of this id.
    let named = Fields::default().with("q", actor.names.first().map(|name| name.text.as_str()));
    let several = format!("/actors?{named}");
    html! {
        (form("actor-merge", &here, html! {
            p.note { (w.t("actor-merge-hint")) }
            label { (w.t("actor-other")) input name="other" required autocomplete="off"; }
            (why)
            button name="verdict" value="merge" { (w.t("alike-one")) }
        }))
        @if actor.names.len() > 1 {
            (form("actor-split", &several, html! {
                p.note { (w.t("actor-split-hint")) }
                div.choices { @for name in &actor.names {
                    label { input type="checkbox" name="form" value=(name.text); span lang=(name.language) dir="auto" { (name.text) } }
                } }
                (why)
                button name="verdict" value="split" { (w.t("actor-split-do")) }
            }))
        }
        (form("actor-note", &here, html! { (why) (say::button(w, Verdict::Note)) }))
    }
}

/// Actors that may be one, to be said so or not.
fn alike(parts: &View<'_>, visitor: &Visitor) -> Markup {
    let (w, all) = (visitor.words, &parts.case().alike);
    let pairs = all.iter().filter_map(|one| {
        let [a, b] = &one.actors;
        Some((parts.actor(a)?, parts.actor(b)?, &one.because))
    });
    let link = |actor: &Actor| {
        html! {
            a href={ "/actor/" (anchor(&actor.id)) } { bdi { (actor.name) } }
            " " span.basis { (w.t(&hand::word("actor", actor.kind.name()))) ", " (actor.mentions.len()) "×" }
        }
    };
    html! {
        @if !all.is_empty() {
            section.alike aria-labelledby="alike" {
                h2 id="alike" { (w.t("alike-title")) " " span.count { (all.len()) } }
                p.note { (w.t("alike-lede")) }
                ul { @for (a, b, because) in pairs.take(SUGGESTED) {
                    li data-entry {
                        p { (link(a)) " · " (link(b)) }
                        p.note lang="en" { (because) "." }
                        form.inline action="/judge" method="post" {
                            (say::hidden(parts, visitor, &a.id, "/actors"))
                            input type="hidden" name="about" value=(b.id);
                            label.why { span.unseen { (w.t("say-why")) } input name="words" maxlength="4000" placeholder=(w.t("say-why")) autocomplete="off"; }
                            button name="verdict" value="merge" data-say="confirm" { (w.t("alike-one")) }
                            button name="verdict" value="split" data-say="reject" { (w.t("alike-two")) }
                        }
                    }
                } }
            }
        }
    }
}
