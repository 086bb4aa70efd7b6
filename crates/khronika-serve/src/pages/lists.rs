//! Lists of what a case holds beside its events: proceedings, deadlines, conflicts, statements, letters, dates, problems.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use khronika_core::Day;
use khronika_show::dossier::{Parts, anchor};
use maud::{Markup, html};
use std::ops::Range;
use std::sync::Arc;

use super::paged::Paged;
use crate::fault::Fault;
use crate::fields::{Fields, Query};
use crate::page::{Visitor, page};
use crate::workspace::Workspace;

/// A list.
#[derive(Clone, Copy)]
struct List {
    address: &'static str,
    key: &'static str,
    /// The key of what is said when it is empty.
    empty: &'static str,
    per_page: usize,
    /// Whether it depends on the day as of which the case is told.
    of_a_day: bool,
    count: fn(&Parts<'_>) -> usize,
    /// The place of the entry that has this anchor, or that something with this anchor is in.
    find: fn(&Parts<'_>, &str) -> Option<usize>,
    show: fn(&Parts<'_>, Range<usize>) -> Markup,
}

const PROCEEDINGS: List = List {
    address: "/proceedings",
    key: "nav-proceedings",
    empty: "empty-proceedings",
    // Each may have a map of many acts.
    per_page: 10,
    of_a_day: true,
    count: |parts| parts.case().proceedings.len(),
    find: |parts, at| parts.case().proceedings.iter().position(|one| anchor(&one.id) == at),
    show: |parts, range| html! { @for n in range { (parts.proceeding(n)) } },
};

const DEADLINES: List = List {
    address: "/deadlines",
    key: "nav-deadlines",
    empty: "empty-deadlines",
    per_page: 50,
    of_a_day: true,
    count: |parts| parts.case().deadlines.len(),
    find: |parts, at| parts.case().deadlines.iter().position(|one| anchor(&one.id) == at),
    show: |parts, range| html! { @for n in range { (parts.deadline(n)) } },
};

const CONFLICTS: List = List {
    address: "/conflicts",
    key: "nav-conflicts",
    empty: "empty-conflicts",
    per_page: 50,
    of_a_day: false,
    count: |parts| parts.case().conflicts.len(),
    find: |parts, at| parts.case().conflicts.iter().position(|one| anchor(&one.id) == at),
    show: |parts, range| html! { @for n in range { (parts.conflict(n)) } },
};

const STATEMENTS: List = List {
    address: "/statements",
    key: "nav-statements",
    empty: "empty-statements",
    per_page: 100,
    of_a_day: false,
    count: |parts| parts.case().statements.len(),
    find: |parts, at| parts.case().statements.iter().position(|one| anchor(&one.id) == at),
    show: |parts, range| parts.statements(&range.collect::<Vec<_>>()),
};

const LETTERS: List = List {
    address: "/letters",
    key: "nav-letters",
    empty: "empty-letters",
    per_page: 10,
    of_a_day: false,
    count: |parts| parts.case().letters.len(),
    // `letter-3`, or `letter-3.17` for the seventeenth who signed it.
    find: |_, at| at.strip_prefix("letter-")?.split('.').next()?.parse::<usize>().ok()?.checked_sub(1),
    show: |parts, range| html! { @for n in range { (parts.letter(n)) } },
};

const DATES: List = List {
    address: "/dates",
    key: "nav-dates",
    empty: "empty-dates",
    per_page: 200,
    of_a_day: false,
    count: |parts| parts.other_dates(),
    find: |parts, at| parts.date_at(at),
    show: |parts, range| parts.dates(range),
};

const PROBLEMS: List = List {
    address: "/problems",
    key: "nav-problems",
    empty: "empty-problems",
    per_page: 200,
    of_a_day: false,
    count: |parts| parts.case().problems.len(),
    find: |_, at| at.strip_prefix("problem-")?.parse::<usize>().ok()?.checked_sub(1),
    show: |parts, range| parts.problems(range),
};

macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident $list:ident)*) => {$(
        $(#[$doc])*
        pub(crate) async fn $name(state: State<Workspace>, visitor: Visitor, query: Query) -> Result<Response, Fault> {
            listed(state, visitor, query, $list).await
        }
    )*};
}

pages! {
    /// Proceedings, with their maps.
    proceedings PROCEEDINGS
    /// Deadlines, with their counting.
    deadlines DEADLINES
    /// Conflicts, side by side.
    conflicts CONFLICTS
    /// Who says what.
    statements STATEMENTS
    /// Letters, with those who signed.
    letters LETTERS
    /// Dates that belong to no event.
    dates DATES
    /// What could not be done, or looks wrong.
    problems PROBLEMS
}

/// The day of `as_of`.
fn day(query: &Fields) -> Result<Option<Day>, Fault> {
    query.one("as_of").map(|day| day.parse().map_err(|_| Fault::Invalid("invalid-day"))).transpose()
}

async fn listed(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Query(query): Query,
    list: List,
) -> Result<Response, Fault> {
    let as_of = if list.of_a_day { day(&query)? } else { None };
    let shown = workspace.shown_as_of(as_of).await?;
    let who = visitor.clone();
    let body = shown.ask(move |parts| body(parts, &who, &query, list)).await?;
    Ok(page(&workspace, &visitor, list.address, &visitor.t(list.key), &body))
}

fn body(parts: &Parts<'_>, visitor: &Visitor, query: &Fields, list: List) -> Markup {
    let (w, all) = (visitor.words, (list.count)(parts));
    let at = query.one("at").and_then(|at| (list.find)(parts, at));
    let paged = Paged::new(all, list.per_page, query, at);
    html! {
        h2 { (w.t(list.key)) " " span.count { (all) } }
        @if list.of_a_day { (as_of(parts, visitor, list.address)) }
        @if list.address == DEADLINES.address && all > 0 {
            p { a.button href="/deadlines.ics" download { (w.t("calendar")) } }
        }
        @if all == 0 { p.empty { (w.t(list.empty)) } }
        @else {
            div lang="en" { ((list.show)(parts, paged.range.clone())) }
            (paged.links(w, list.address, query))
        }
    }
}

/// A form that asks how things stood on another day.
fn as_of(parts: &Parts<'_>, visitor: &Visitor, address: &str) -> Markup {
    let w = visitor.words;
    html! {
        form.filter action=(address) method="get" {
            label { (w.t("as-of-day"))
                input type="date" name="as_of" value=[parts.case().known_as_of().map(|day| day.to_string())];
            }
            button { (w.t("show")) }
            @if parts.case().as_of_given { a href=(address) { (w.t("as-of-latest")) } }
        }
    }
}

/// The last days as a file for a calendar program.
pub(crate) async fn calendar(State(workspace): State<Workspace>, _: Visitor) -> Result<Response, Fault> {
    let case = Arc::clone(&workspace.shown()?.case);
    let file = workspace.at_desk(move |desk| Ok(desk.calendar(&case))).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"deadlines.ics\""),
    ];
    Ok((headers, file).into_response())
}
