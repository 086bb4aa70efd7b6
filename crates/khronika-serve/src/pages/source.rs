//! The documents: a list of them, and each as a text with its findings in the margin.

use axum::extract::{Path, State};
use axum::response::Response;
use khronika_core::{CharIndex, Event, Source, Span, Verdict};
use khronika_show::dossier::{Parts, anchor};
use maud::{Markup, html};

use super::decided::Decision;
use super::paged::Paged;
use super::say;
use crate::fault::Fault;
use crate::fields::{Fields, Query};
use crate::page::{Visitor, made, page};
use crate::said::View;
use crate::workspace::Workspace;

/// How many documents a page lists.
const PAGE: usize = 200;

/// The list.
pub(crate) async fn list(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Fault> {
    made(&workspace, &visitor, ("/sources", "nav-sources"), move |parts, who| listed(parts, who, &query)).await
}

fn listed(parts: &View<'_>, visitor: &Visitor, query: &Fields) -> Markup {
    let (w, case) = (visitor.words, parts.case());
    // How many events a source tells, and how many of them nobody decided.
    let counts = |source: &Source| {
        let told = parts.told_by(&source.id);
        let open = told.iter().filter_map(|(n, _)| case.events.get(*n));
        (told.len(), open.filter(|event| Decision::of(parts, event) == Decision::Open).count())
    };
    let typed = query.one("q").map(str::to_lowercase);
    let fits = |name: &str| typed.as_ref().is_none_or(|typed| name.to_lowercase().contains(typed));
    let which: Vec<_> = case.sources.iter().filter(|source| fits(&source.name)).collect();
    let paged = Paged::new(which.len(), PAGE, query, None);
    html! {
        h2 { (w.t("nav-sources")) " " span.count { (which.len()) } }
        form.filter action="/sources" method="get" {
            label { (w.t("name-part")) input type="text" name="q" value=[query.one("q")]; }
            button { (w.t("show")) }
        }
        @if which.is_empty() { p.empty { (w.t("empty-sources")) " " a href="/add" { (w.t("nav-add")) } } }
        @else {
            table.plain {
                thead { tr {
                    th scope="col" { (w.t("source-name")) } th scope="col" { (w.t("source-language")) }
                    th scope="col" { (w.t("source-events")) } th scope="col" { (w.t("source-undecided")) }
                } }
                tbody { @for source in which.get(paged.range.clone()).unwrap_or_default() {
                    @let (all, undecided) = counts(source);
                    tr data-entry id=(anchor(source.id.as_str())) {
                        th scope="row" { a data-open href={ "/source/" (anchor(source.id.as_str())) } { bdi { (source.name) } } }
                        td data-label=(w.t("source-language")) lang="en" { (khronika_show::words::language(source.lang.code())) }
                        td data-label=(w.t("source-events")) { (all) }
                        td data-label=(w.t("source-undecided")) { (undecided) }
                    }
                } }
            }
            (paged.links(w, "/sources", query))
        }
    }
}

/// A document.
pub(crate) async fn show(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Response, Fault> {
    let shown = workspace.shown()?;
    let who = visitor.clone();
    let made = shown.ask(move |parts| reader(parts, &who, &id, &query)).await?;
    let (title, body) = made.ok_or(Fault::Missing)?;
    Ok(page(&workspace, &visitor, "/sources", &title, &body))
}

fn reader(parts: &View<'_>, visitor: &Visitor, id: &str, query: &Fields) -> Option<(String, Markup)> {
    let (w, n) = (visitor.words, parts.source(id)?);
    let source = parts.case().sources.get(n)?;
    let chosen = query.one("event");
    let told = parts.told_by(&source.id);
    let all = told.len();
    // A long text is shown leaf by leaf: the one that was asked for by its number, or that holds a character or the finding.
    let leaves = parts.leaves(n);
    let at = query.number("at").and_then(|at| usize::try_from(at).ok()).map(|at| parts.byte_at(n, at));
    let of_chosen = || {
        let is_chosen = |n: usize| parts.case().events.get(n).is_some_and(|event| chosen == Some(&anchor(&event.id)));
        told.iter().find(|(n, _)| is_chosen(*n)).map(|(_, passage)| passage.span.start)
    };
    let at = at.or_else(|| if query.has("page") { None } else { of_chosen() });
    let at = at.map(|at| leaves.partition_point(|leaf| leaf.end <= at).min(leaves.len().saturating_sub(1)));
    let paged = Paged::new(leaves.len(), 1, query, at);
    let leaf = leaves.get(paged.range.start).copied().unwrap_or_default();
    let is_last = paged.range.end == leaves.len();
    let here = |span: Span| span.start >= leaf.start && (span.start < leaf.end || is_last);
    let told: Vec<_> = told.into_iter().filter(|(_, passage)| here(passage.span)).collect();
    let address = format!("/source/{}", anchor(source.id.as_str()));
    let after = chosen.map(|event| format!("?after={event}")).unwrap_or_default();
    let body = html! {
        h2 { bdi { (source.name) } }
        div lang="en" { (parts.source_meta(n)) }
        p.ways {
            a.button data-key="n" href={ "/next" (after) } { (w.t("next-undecided")) }
            " " a.button href={ "/hand?source=" (anchor(source.id.as_str())) } { (w.t("hand-title")) }
            " " a href={ "/chronology?source=" (anchor(source.id.as_str())) } { (w.t("source-chronology")) }
        }
        // The script fills it with what is selected, and shows it then.
        form.pick id="pick" action="/hand" method="get" hidden {
            input type="hidden" name="source" value=(source.id.as_str());
            input type="hidden" name="leaf" value=(CharIndex::new(&source.text).chars(&source.text, leaf.start).0);
            input type="hidden" name="q"; input type="hidden" name="nth";
            button data-key="a" { (w.t("hand-pick")) " " kbd { "a" } }
        }
        div.reader {
            article.words-of aria-label=(source.name) {
                div lang="en" { (Parts::legend()) }
                (paged.links(w, &address, query))
                (parts.leaf(n, leaf))
                (paged.next(w, &address, query))
            }
            aside.margin aria-labelledby="findings" {
                h2 id="findings" { (w.t("source-findings")) " " span.count { (told.len()) @if told.len() < all { " / " (all) } } }
                @if told.is_empty() { p.empty { (w.t("empty-events")) } }
                ol { @for (n, passage) in &told {
                    @if let Some(event) = parts.case().events.get(*n) {
                        (finding(parts, visitor, event, parts.address(passage), chosen))
                    }
                } }
            }
        }
    };
    Some((source.name.clone(), body))
}

/// A finding in the margin.
fn finding(
    parts: &View<'_>,
    visitor: &Visitor,
    event: &Event,
    address: Option<String>,
    chosen: Option<&str>,
) -> Markup {
    let (w, id) = (visitor.words, anchor(&event.id));
    let decision = Decision::of(parts, event);
    let (path, _) = visitor.path.split_once('?').unwrap_or((&visitor.path, ""));
    let back = format!("{path}?event={id}#m.{id}");
    html! {
        li id={ "m." (id) } data-entry class=[(chosen == Some(id.as_str())).then_some("here")] {
            div lang="en" { (parts.line(event)) }
            (decision.mark(w)) " "
            form.inline action="/judge" method="post" {
                (say::hidden(parts, visitor, &event.id, &back))
                @if decision != Decision::Confirmed { (say::button(w, Verdict::Confirm)) }
                (say::button(w, Verdict::Reject))
                a data-open href={ "/event/" (id) } { (w.t("say-more")) }
                @if let Some(address) = address { a href=(address) { (w.t("source-words")) } }
            }
        }
    }
}
