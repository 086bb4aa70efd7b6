//! An event by itself: what was found, its words, what people said of it, and everything that can be said.

use axum::extract::{Path, State};
use axum::response::Response;
use khronika_core::{EffectKind, Event, Judged, Verdict};
use khronika_show::dossier::anchor;
use maud::{Markup, html};

use super::chronology::row_forms;
use super::{journal, say};
use crate::fault::Fault;
use crate::page::{Visitor, page};
use crate::said::View;
use crate::words::Words;
use crate::workspace::Workspace;

/// The page.
pub(crate) async fn show(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let shown = workspace.shown()?;
    let who = visitor.clone();
    let made = shown.ask(visitor.words.lang(), move |parts| body(parts, &who, &id)).await?;
    let (title, body) = made.ok_or(Fault::Missing)?;
    Ok(page(&workspace, &visitor, "/chronology", &title, &body))
}

fn body(parts: &View<'_>, visitor: &Visitor, id: &str) -> Option<(String, Markup)> {
    let Some((number, event)) = parts.event(id) else { return gone(parts, visitor, id) };
    let w = visitor.words;
    let title = parts.title(event);
    let neighbour = |n: Option<usize>| n.and_then(|n| parts.case().events.get(n));
    let body = html! {
        nav.pages aria-label=(w.t("pages")) {
            @if let Some(before) = neighbour(number.checked_sub(2)) { a rel="prev" href={ "/event/" (anchor(&before.id)) } { (w.t("event-before")) } }
            @if let Some(after) = neighbour(Some(number)) { a rel="next" href={ "/event/" (anchor(&after.id)) } { (w.t("event-after")) } }
            a href={ "/chronology?at=" (anchor(id)) "#" (anchor(id)) } { (w.t("event-in-chronology")) }
            a.button data-key="n" href={ "/next?after=" (anchor(id)) } { (w.t("next-undecided")) }
        }
        h2 { (title) }
        div data-entry { (parts.chronology(&[number - 1], &|event| row_forms(parts, visitor, event))) }
        @if event.passages.len() > 1 {
            section aria-labelledby="words" {
                h2 id="words" { (w.t("event-words")) }
                @for passage in &event.passages { (parts.quote(passage)) }
            }
        }
        (said(parts, visitor, &parts.judged(id).collect::<Vec<_>>()))
        section aria-labelledby="say" {
            h2 id="say" { (w.t("say-title")) }
            div.judge { (forms(parts, visitor, event)) }
        }
    };
    Some((title, body))
}

/// What was said of an event that is in the case no more, such as one that was rejected.
fn gone(parts: &View<'_>, visitor: &Visitor, id: &str) -> Option<(String, Markup)> {
    let of = |judged: &&Judged| judged.judgment.about.iter().any(|about| anchor(about) == id);
    let all: Vec<&Judged> = parts.case().judgments.iter().filter(of).collect();
    let last = all.last()?;
    let at = last.judgment.about.iter().position(|about| anchor(about) == id)?;
    let title = last.judgment.titles.get(at).cloned().unwrap_or_else(|| id.to_owned());
    let body = html! {
        h2 { bdi { (title) } }
        p { (visitor.t("event-gone")) }
        (said(parts, visitor, &all))
    };
    Some((title, body))
}

fn said(parts: &View<'_>, visitor: &Visitor, all: &[&Judged]) -> Markup {
    let w = visitor.words;
    let undo = |judged: &Judged| {
        html! { " " span { (journal::undo(visitor, judged.judgment.number, &visitor.path)) } }
    };
    html! {
        @if !all.is_empty() {
            section aria-labelledby="said" {
                h2 id="said" { (w.t("nav-judgments")) }
                (parts.judgments(all, &undo))
            }
        }
    }
}

/// A form for each thing that can be said.
fn forms(parts: &View<'_>, visitor: &Visitor, event: &Event) -> Markup {
    let w = visitor.words;
    let back = format!("/event/{}", anchor(&event.id));
    let why = html! { label { (w.t("say-why")) textarea name="words" rows="2" maxlength="4000" {} } };
    let form = |key: &str, inner: Markup| {
        html! {
            form action="/judge" method="post" {
                (say::hidden(parts, visitor, &event.id, &back))
                fieldset { legend { (w.t(key)) } (inner) }
            }
        }
    };
    let date = event.when.as_ref().map(|when| when.edtf.as_str());
    let other = html! { label { (w.t("say-other")) input name="other" required autocomplete="off"; } };
    html! {
        (form("say-verdict", html! {
            (why)
            div.row { (say::button(w, Verdict::Confirm)) (say::button(w, Verdict::Reject)) (say::button(w, Verdict::Note)) }
        }))
        (form("verdict-correct", html! {
            p.note { (w.t("say-correct-hint")) }
            label { (w.t("say-date")) input name="date" placeholder=[date] autocomplete="off"; }
            label { (w.t("say-sentence")) input name="title" maxlength="400" autocomplete="off"; }
            @if let Some(act) = &event.act { label { (w.t("say-body")) input name="body" placeholder=[act.body_name.as_deref()] autocomplete="off"; } }
            (why) (say::button(w, Verdict::Correct))
        }))
        (form("verdict-merge", html! { p.note { (w.t("say-merge-hint")) } (other) (why) (say::button(w, Verdict::Merge)) }))
        @if event.passages.len() > 1 {
            (form("verdict-split", html! { p.note { (w.t("say-split-hint")) } (why) (say::button(w, Verdict::Split)) }))
        }
        @if event.act.is_some() {
            (form("verdict-link", html! { p.note { (w.t("say-link-hint")) } (effects(parts, w)) (other) (why) (say::button(w, Verdict::Link)) }))
        }
        @if !event.passages.is_empty() {
            @if let Some(address) = event.passages.first().and_then(|passage| parts.address(passage)) {
                p { a href=(address) { (w.t("event-in-source")) } }
            }
        }
    }
}

fn effects(parts: &View<'_>, w: &Words) -> Markup {
    html! {
        label { (w.t("say-effect"))
            select name="effect" {
                @for effect in EffectKind::ALL { option value=(effect.name()) selected[*effect == EffectKind::Concerns] { (parts.words().effect(*effect)) } }
            }
        }
    }
}
