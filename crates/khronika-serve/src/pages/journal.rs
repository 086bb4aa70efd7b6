//! The journal: who did what when, and what can be taken back.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

use super::say::page_of;
use crate::desk::Entry;
use crate::fault::Fault;
use crate::fields::Query;
use crate::page::{Visitor, page};
use crate::words::Words;
use crate::workspace::Workspace;

/// How many entries a page shows.
const PAGE: u64 = 100;
/// The longest value that is shown whole, in characters.
const VALUE: usize = 200;

/// The page.
pub(crate) async fn show(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Fault> {
    let before = query.number("before");
    let found = workspace.at_desk(move |desk| desk.journal(before, PAGE)).await?;
    let w = visitor.words;
    let last = found.last().map(|entry| entry.number).filter(|number| *number > 0);
    let body = html! {
        h2 { (w.t("nav-journal")) }
        p.note { (w.t("journal-lede")) }
        (table(&visitor, &found))
        nav.pages aria-label=(w.t("pages")) {
            @if before.is_some() { a href="/journal" { (w.t("journal-newest")) } " " }
            @if let Some(last) = last { a href={ "/journal?before=" (last) } rel="next" { (w.t("journal-older")) } }
        }
    };
    Ok(page(&workspace, &visitor, "/journal", &w.t("nav-journal"), &body))
}

fn table(visitor: &Visitor, entries: &[Entry]) -> Markup {
    let w = visitor.words;
    html! {
        table.plain.journal {
            thead { tr {
                th scope="col" { (w.t("entry-number")) } th scope="col" { (w.t("entry-when")) } th scope="col" { (w.t("entry-who")) }
                th scope="col" { (w.t("entry-what")) }
            } }
            tbody { @for entry in entries {
                tr id={ "entry-" (entry.number) } {
                    td.number data-label=(w.t("entry-number")) { (entry.number) }
                    td data-label=(w.t("entry-when")) { time datetime=(entry.time) { (moment(&entry.time)) } }
                    td data-label=(w.t("entry-who")) { bdi { (entry.by) } }
                    td data-label=(w.t("entry-what")) {
                        (what(w, entry))
                        @if !entry.details.is_empty() {
                            details.how { summary { (w.t("entry-details")) }
                                dl { @for (name, value) in &entry.details { dt { (name) } dd { bdi { (clipped(value)) } } } }
                            }
                        }
                        @if entry.can_be_undone { (undo(visitor, entry.number, "/journal")) }
                    }
                }
            } }
        }
    }
}

/// A form that takes a judgment back.
pub(crate) fn undo(visitor: &Visitor, number: u64, back: &str) -> Markup {
    let w = visitor.words;
    html! {
        form.inline action="/withdraw" method="post" {
            (visitor.token())
            input type="hidden" name="number" value=(number);
            input type="hidden" name="back" value=(back);
            button aria-label=(w.with("undo-entry", &number.to_string())) { (w.t("undo")) }
        }
    }
}

/// Entries in a short list.
pub(crate) fn entries(w: &Words, entries: &[Entry]) -> Markup {
    html! {
        ul.lately { @for entry in entries {
            li { time datetime=(entry.time) { (moment(&entry.time)) } " · " bdi { (entry.by) } " · " (what(w, entry)) }
        } }
    }
}

/// What an entry says, in words; what is not known stays as the journal has it.
fn what(w: &Words, entry: &Entry) -> Markup {
    let key = format!("kind-{}", entry.kind.replace('.', "-"));
    let is_judgment = entry.kind.starts_with("judgment.") && entry.kind != "judgment.withdraw";
    let word = w.t(&key);
    html! {
        span title=(entry.kind) { @if word == key { (entry.kind) } @else { (word) } }
        @match (&entry.title, &entry.about) {
            // The title that an event had then: the journal is in English.
            (Some(title), Some(about)) if is_judgment => { ": " a href=(page_of(about)) { bdi lang=[w.foreign()] { (title) } } },
            (Some(title), _) => { ": " bdi { (title) } },
            (None, Some(about)) => { " " code { (clipped(about)) } },
            (None, None) => {},
        }
    }
}

/// A moment to the minute, as it stands in the journal: in UTC.
pub(crate) fn moment(time: &str) -> String {
    let short: String = time.chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect();
    format!("{short} UTC")
}

fn clipped(value: &str) -> String {
    let mut short: String = value.chars().take(VALUE).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    short
}
