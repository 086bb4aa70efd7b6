//! Lists of what a case holds beside its events: proceedings, deadlines, conflicts, statements, letters, dates, problems.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use khronika_core::{Case, Day, When};
use khronika_show::dossier::{Parts, anchor};
use maud::{Markup, html};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::paged::Paged;
use crate::fault::Fault;
use crate::fields::{Fields, Query};
use crate::page::{Visitor, go_to, page};
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
    if let Some(step) = query.number("step").filter(|_| list.address == PROCEEDINGS.address) {
        let days = days(&workspace.shown()?.case);
        let day = usize::try_from(step).ok().and_then(|step| days.get(step)).ok_or(Fault::Invalid("invalid-day"))?;
        return Ok(go_to(&format!("{}?as_of={day}", list.address)));
    }
    let shown = workspace.shown_as_of(as_of).await?;
    let who = visitor.clone();
    let body = shown.ask(visitor.words.lang(), move |parts| body(parts, &who, &query, list)).await?;
    Ok(page(&workspace, &visitor, list.address, &visitor.t(list.key), &body))
}

fn body(parts: &Parts<'_>, visitor: &Visitor, query: &Fields, list: List) -> Markup {
    let (w, all) = (visitor.words, (list.count)(parts));
    let at = query.one("at").and_then(|at| (list.find)(parts, at));
    let paged = Paged::new(all, list.per_page, query, at);
    html! {
        h2 { (w.t(list.key)) " " span.count { (all) } }
        @if list.of_a_day { (as_of(parts, visitor, list.address)) }
        @if list.address == PROCEEDINGS.address { (slider(parts, visitor)) }
        @if list.address == DEADLINES.address && all > 0 {
            p { a.button href="/deadlines.ics" download { (w.t("calendar")) } }
        }
        @if all == 0 { p.empty { (w.t(list.empty)) } }
        @else {
            div id="of-day" { ((list.show)(parts, paged.range.clone())) }
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

/// How many days there are to step over.
const DAYS: usize = 2000;

/// The days on which something may change: those of acts, and the last days of periods.
fn days(case: &Case) -> Vec<Day> {
    let last = |when: &When| when.latest().or(when.earliest());
    let acts = case.events.iter().filter_map(|event| event.act.as_ref());
    let dates = acts.flat_map(|act| {
        let dates = &act.dates;
        [&dates.act, &dates.reading, &dates.service, &dates.entry_into_force].map(Option::as_deref)
    });
    let days: BTreeSet<Day> =
        dates.flatten().filter_map(last).chain(case.deadlines.iter().filter_map(|d| d.due)).collect();
    days.into_iter().take(DAYS).collect()
}

/// A slider over the days on which something changes. Without the script it is a form; the links beside it lead one day on or back.
fn slider(parts: &Parts<'_>, visitor: &Visitor) -> Markup {
    let (w, days) = (visitor.words, days(parts.case()));
    let Some(as_of) = parts.case().known_as_of().filter(|_| days.len() > 1) else { return html! {} };
    // The last day that is not later: nothing changes between it and the day that is shown.
    let at = days.partition_point(|day| *day <= as_of).saturating_sub(1);
    let link = |n: Option<usize>, key: &str, rel: &str| {
        let day = n.and_then(|n| days.get(n));
        html! { @if let Some(day) = day { a rel=(rel) href={ "/proceedings?as_of=" (day) } { (w.t(key)) } } }
    };
    let before = if days.get(at).is_some_and(|day| *day < as_of) { Some(at) } else { at.checked_sub(1) };
    html! {
        form.slider action="/proceedings" method="get" {
            label for="step" { (w.t("slider")) }
            input #step type="range" name="step" min="0" max=(days.len() - 1) value=(at) aria-valuetext=(as_of) aria-describedby="slider-hint" list="steps";
            output for="step" { (as_of) }
            datalist id="steps" { @for (n, day) in days.iter().enumerate() { option value=(n) label=(day) {} } }
            button { (w.t("show")) }
            span.steps id="step-links" { (link(before, "slider-before", "prev")) " " (link(Some(at + 1).filter(|_| days.get(at).is_some_and(|day| *day <= as_of)), "slider-after", "next")) }
            p.note id="slider-hint" { (w.t("slider-hint")) }
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
