//! Dates that date no event of the chronology: of laws, citations, publications, and the rest; and the problems.

use khronika_core::{CaseDate, Problem};
use maud::{Markup, html};

use super::view::{View, place_anchor};
use crate::place::Place;

/// The anchor of a date's row.
pub(super) fn date_anchor(place: &Place<'_>) -> String {
    format!("x.{}", place_anchor(place))
}

/// The dates that no event uses, with their places, as many as one table holds; and how many there are in all. Words that only point
/// to the past, the present or the future ("formerly", "now") are in `case.json` alone.
pub(super) fn unused<'a>(view: &View<'a>) -> (Vec<(&'a CaseDate, Place<'a>)>, usize) {
    let used: std::collections::BTreeSet<_> =
        view.case.events.iter().filter_map(|event| event.when.as_ref()?.passage.as_ref()).collect();
    let mut seen = std::collections::BTreeSet::new();
    let dates = view.case.dates.iter().filter(|date| !used.contains(&date.passage) && !date.value.ends_with("_REF"));
    let mut dates: Vec<_> = dates.filter_map(|date| Some((date, view.texts.place(&date.passage)?))).collect();
    // Two readings of the same words would have the same anchor; the first one is the rules' choice.
    dates.retain(|(_, place)| seen.insert(place_anchor(place)));
    let all = dates.len();
    dates.truncate(view.rows());
    (dates, all)
}

/// The section of dates.
pub(super) fn section(view: &View<'_>, dates: &[(&CaseDate, Place<'_>)], all: usize) -> Markup {
    html! {
        section id="dates" aria-labelledby="dates-head" {
            (view.head("dates", all))
            p.note { (view.w.t("dates-note")) }
            (table(view, dates))
            (view.left_out(all, view.rows()))
        }
    }
}

/// A table of dates.
pub(super) fn table(view: &View<'_>, dates: &[(&CaseDate, Place<'_>)]) -> Markup {
    let w = view.w;
    let [written, value, what, place] =
        ["head-written", "head-value", "head-what-it-is", "head-where"].map(|key| w.t(key));
    html! {
        table.plain {
            thead { tr { th scope="col" { (written) } th scope="col" { (value) } th scope="col" { (what) } th scope="col" { (place) } } }
            tbody {
                @for (date, at) in dates {
                    tr id=(date_anchor(at)) {
                        td data-label=(written) { span.words lang=(at.lang) dir="auto" { (at.quote) } }
                        td data-label=(value) { @match (date.extent(), w.length(&date.value)) {
                            (Some(edtf), _) => (w.date(edtf)),
                            (None, Some(length)) => (length),
                            (None, None) => code { (date.value) },
                        } }
                        td data-label=(what) {
                            (w.date_role(date.role))
                            @if let Some(note) = &date.note { span.basis lang=[w.foreign()] { (note) } }
                        }
                        td data-label=(place) { (view.cite(at)) }
                    }
                }
            }
        }
    }
}

/// The section of problems.
pub(super) fn problems(view: &View<'_>) -> Markup {
    let problems = &view.case.problems;
    html! {
        section id="problems" aria-labelledby="problems-head" {
            (view.head("problems", problems.len()))
            (problem_table(view, 0..problems.len().min(view.rows())))
            (view.left_out(problems.len(), view.rows()))
        }
    }
}

/// A table of the problems with these indexes.
pub(super) fn problem_table(view: &View<'_>, which: impl Iterator<Item = usize>) -> Markup {
    let w = view.w;
    html! {
        table.plain {
            thead { tr { th scope="col" { (w.t("head-where")) } th scope="col" { (w.t("head-wrong")) } th scope="col" { (w.t("head-to-do")) } } }
            tbody {
                @for (n, problem) in which.filter_map(|n| Some((n, view.case.problems.get(n)?))) { (problem_row(view, n, problem)) }
            }
        }
    }
}

/// The anchor of a problem by its index.
pub(super) fn problem_anchor(n: usize) -> String {
    format!("problem-{}", n + 1)
}

fn problem_row(view: &View<'_>, n: usize, problem: &Problem) -> Markup {
    let source = problem.source.as_ref().and_then(|id| view.source(id.as_str()));
    let place = source.zip(problem.span).and_then(|(index, span)| view.texts.place_in(index, span));
    let w = view.w;
    html! {
        tr id=(problem_anchor(n)) {
            td data-label=(w.t("head-where")) {
                @match (place, source) {
                    (Some(place), _) => (view.cite(&place)),
                    (None, Some(source)) => (view.source_link(source)),
                    (None, None) => bdi { @if problem.name.is_empty() { (w.t("the-case")) } @else { (problem.name) } },
                }
                @if let Some(place) = &problem.place { span.basis lang=[w.foreign()] { (place) } }
            }
            td data-label=(w.t("head-wrong")) { strong { (w.problem(problem.kind)) } ". " (view.english(&problem.what)) }
            td data-label=(w.t("head-to-do")) { (view.english(&problem.advice)) }
        }
    }
}
