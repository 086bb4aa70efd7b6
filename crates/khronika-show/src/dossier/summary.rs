//! The head of the page: what the case is made of, and what stands, is pending, is due and conflicts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use khronika_core::{Event, EventStatus, Proceeding, ProceedingState, Source};
use maud::{Markup, html};

use super::address::{Pages, Part};
use super::view::{View, limit};
use super::{conflicts, deadlines, shape};
use crate::words::{Words, decides, key};

/// The header: documents, languages, years, the day and where it comes from, and that nothing is confirmed.
pub(super) fn header(view: &View<'_>) -> Markup {
    let case = view.case;
    let days = |end: fn(&khronika_core::When) -> Option<khronika_core::Day>| {
        case.events
            .iter()
            .filter(|event| event.status == EventStatus::Actual)
            .filter_map(move |event| end(event.when.as_ref()?))
    };
    let years = days(khronika_core::When::earliest).min().zip(days(khronika_core::When::latest).max());
    let acts = case.events.iter().filter(|event| is_act(event)).count();
    let w = view.w;
    let documents = w.n("count-documents", case.sources.len());
    let day = |key: &str, day: khronika_core::Day| {
        view.say(key, &[("day", html! { strong { time datetime=(day) { (w.day(day)) } } })])
    };
    html! {
        header.top {
            p.kicker { "khronika" }
            h1 { (w.t("case-file")) }
            p.lede {
                @if case.sources.is_empty() { (documents) }
                @else { (w.fill("lede-languages", &[("documents", &documents), ("languages", &languages(w, &case.sources))])) }
                ", " (w.n("count-events", case.events.len()))
                @if acts > 0 { ", " (w.fill("lede-acts", &[("acts", &w.n("count-acts", acts))])) }
                @if let Some((first, last)) = years {
                    ", " (first.year()) @if first.year() != last.year() { "–" (last.year()) }
                }
                "."
            }
            @match case.known_as_of() {
                Some(known) => p { (day(if case.as_of_given { "as-of-given" } else { "as-of-latest" }, known)) },
                None => p { (w.t("as-of-nothing")) },
            }
            p.note {
                span.proposed { (w.t("proposed")) } " " (w.t("proposed-note"))
            }
        }
    }
}

/// The languages of the sources in words, the most frequent first.
fn languages(w: &Words, sources: &[Arc<Source>]) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for source in sources {
        if !codes.contains(&source.lang.code()) {
            codes.push(source.lang.code());
        }
    }
    codes.sort_by_key(|code| {
        (std::cmp::Reverse(sources.iter().filter(|source| source.lang.code() == *code).count()), *code)
    });
    let names: Vec<&str> = codes.into_iter().map(|code| w.name_of_language(code)).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => w.fill("and-last", &[("all", &rest.join(", ")), ("last", last)]),
        None => String::new(),
    }
}

/// True for an act that is told as having happened: only those have a standing.
pub(super) fn is_act(event: &Event) -> bool {
    event.act.is_some() && event.status == EventStatus::Actual
}

/// The four panels.
pub(super) fn panels(view: &View<'_>) -> Markup {
    let ended = view.case.deadlines.iter().filter(|deadline| deadlines::over(deadline)).count();
    html! {
        section.panels aria-label=(view.w.t("in-short")) {
            (panel(view, "stands", &standing(view)))
            div.column {
                (panel(view, "pending", &pending(view)))
                (panel(view, "due", &due(view)))
                @if ended > 0 {
                    p.more {
                        @let periods = html! { a href=(view.pages.list("deadlines")) { (view.w.n("count-periods", ended)) } };
                        (view.say("periods-ended", &[("periods", periods)]))
                    }
                }
                (panel(view, "conflict", &conflicting(view)))
            }
        }
    }
}

/// The entries of a panel: how many there are, and those that are shown, which alone are made.
struct Entries {
    count: usize,
    shown: Vec<Markup>,
}

impl Entries {
    fn of<T>(all: &[T], make: impl Fn(&T) -> Markup) -> Self {
        Self { count: all.len(), shown: all.iter().take(limit::PANEL).map(make).collect() }
    }
}

fn panel(view: &View<'_>, class: &str, entries: &Entries) -> Markup {
    let w = view.w;
    let more = entries.count.saturating_sub(limit::PANEL);
    let rest = if view.pages == Pages::One { "more-below" } else { "more" };
    html! {
        div class={ "panel " (class) } {
            h2 { (w.t(&key("panel", class))) " " span.count { (w.grouped(entries.count)) } }
            @if entries.count == 0 {
                p.empty { (w.t(&key("panel-none", class))) }
            } @else {
                ul {
                    @for entry in &entries.shown { li { (entry) } }
                    @if more > 0 { li.more { (w.fill(rest, &[("number", &w.grouped(more))])) } }
                }
            }
        }
    }
}

/// Decisions that stand, the latest first, those without a date last.
fn standing(view: &View<'_>) -> Entries {
    let stands = |event: &&Event| {
        is_act(event)
            && event.act.as_ref().is_some_and(|act| decides(act) && shape::family_of(&act.standing) == "stands")
    };
    let mut acts: Vec<&Event> = view.case.events.iter().filter(stands).collect();
    let latest = |event: &Event| event.when.as_ref().and_then(|when| when.latest().or(when.earliest()));
    acts.sort_by_key(|event| std::cmp::Reverse(latest(event)));
    // What looks like the same act on another day may not stand.
    let mut disputed: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, conflict) in view.case.conflicts.iter().enumerate().filter(|(_, c)| c.kind == "two-dates") {
        for id in &conflict.between {
            disputed.entry(id).or_default().push(n);
        }
    }
    let line = |event: &&Event| {
        html! {
            (act_line(view, event))
            @for n in disputed.get(event.id.as_str()).into_iter().flatten() {
                @if let Some(conflict) = view.case.conflicts.get(*n) {
                    " " a href=(view.to(Part::Conflict, &conflict.id)) { (view.w.fill("day-disputed", &[("conflict", &conflicts::label(*n))])) }
                }
            }
        }
    };
    Entries::of(&acts, line)
}

/// Open proceedings, and acts that are under appeal, suspended or not enforceable yet and belong to no open proceeding.
fn pending(view: &View<'_>) -> Entries {
    enum Open<'a> {
        Proceeding(&'a Proceeding),
        Act(&'a Event),
    }
    let case = view.case;
    let open = case.proceedings.iter().filter(|one| matches!(one.state, ProceedingState::Pending { .. }));
    let told: BTreeSet<&str> = open.clone().flat_map(|one| one.acts.iter().map(String::as_str)).collect();
    let rest = case.events.iter().filter(|event| is_act(event) && pends(event) && !told.contains(event.id.as_str()));
    let all: Vec<Open<'_>> = open.map(Open::Proceeding).chain(rest.map(Open::Act)).collect();
    Entries::of(&all, |one| match one {
        Open::Proceeding(proceeding) => open_proceeding(view, proceeding),
        Open::Act(event) => act_line(view, event),
    })
}

fn open_proceeding(view: &View<'_>, proceeding: &Proceeding) -> Markup {
    let ProceedingState::Pending { body, body_name, since } = &proceeding.state else { return html! {} };
    let acts = proceeding.acts.iter().filter_map(|id| view.event(id)).filter(|(_, event)| pends(event));
    html! {
        a href=(view.to(Part::Proceeding, &proceeding.id)) { bdi { (view.proceeding(proceeding)) } }
        @match (body, body_name) {
            (_, Some(name)) => (view.say("open-before", &[("body", html! { bdi { (name) } })])),
            (Some(id), None) => (view.say("open-before", &[("body", view.actor_link(id))])),
            _ => (view.w.t("open-before-unnamed")),
        }
        @if let Some(since) = since { (view.w.fill("open-since", &[("date", &view.w.date(since))])) }
        @for (_, event) in acts { div.sub { (act_line(view, event)) } }
    }
}

fn pends(event: &Event) -> bool {
    event.act.as_ref().is_some_and(|act| shape::family_of(&act.standing) == "pends")
}

/// Periods that are not over, the earliest first; what cannot be computed comes last.
fn due(view: &View<'_>) -> Entries {
    let mut running: Vec<_> =
        view.case.deadlines.iter().enumerate().filter(|(_, deadline)| !deadlines::over(deadline)).collect();
    running.sort_by_key(|(n, deadline)| {
        (deadline.earliest_due.or(deadline.due).is_none(), deadline.earliest_due.or(deadline.due), *n)
    });
    Entries::of(&running, |(n, deadline)| {
        html! {
            a href=(view.to(Part::Deadline, &deadline.id)) { (deadlines::label(*n)) }
            " "
            @let day = html! { strong { (deadlines::due(view.w, deadline)) } };
            @if deadline.expires { (view.say("due-ends", &[("day", day)])) } @else { (day) }
            " " (deadlines::what(view, deadline))
        }
    })
}

fn conflicting(view: &View<'_>) -> Entries {
    let all: Vec<_> = view.case.conflicts.iter().enumerate().collect();
    Entries::of(&all, |(n, conflict)| {
        html! {
            a href=(view.to(Part::Conflict, &conflict.id)) { (conflicts::label(*n)) }
            " " (view.w.conflict(&conflict.kind))
            @for id in &conflict.between {
                @if let Some((_, event)) = view.event(id) { div.sub { (act_line(view, event)) } }
            }
        }
    })
}

/// An event in one line: number, standing, date, who did what.
pub(super) fn act_line(view: &View<'_>, event: &Event) -> Markup {
    html! {
        (view.event_link(&event.id)) " "
        @match (view.w.not_actual(event.status), &event.act) {
            (Some(mark), _) => { span.mark { (mark) } " · " },
            (None, Some(act)) => {
                (shape::standing(view.w, &act.standing))
                " · "
            },
            (None, None) => {},
        }
        @match &event.when { Some(when) => time { (view.w.date(&when.edtf)) }, None => (view.w.t("undated")) }
        span.dot { " · " }
        span.line { (view.title(event, false)) }
    }
}
