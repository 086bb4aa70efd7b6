//! Deadlines, each with its counting.

use khronika_core::Deadline;
use maud::{Markup, html};

use super::view::{View, anchor};
use super::words;

/// The short name of a deadline by its index.
pub(super) fn label(n: usize) -> String {
    format!("D{}", n + 1)
}

/// The last day in words.
pub(super) fn due(deadline: &Deadline) -> String {
    let day = words::day;
    match (deadline.due, deadline.earliest_due) {
        (Some(due), Some(earliest)) if earliest < due => format!("{}, arguably {}", day(due), day(earliest)),
        (Some(due), _) => day(due),
        (None, Some(earliest)) => format!("not before {}", day(earliest)),
        (None, None) => "not computable".to_owned(),
    }
}

/// The section.
pub(super) fn section(view: &View<'_>) -> Markup {
    let deadlines = &view.case.deadlines;
    html! {
        section id="deadlines" aria-labelledby="deadlines-head" {
            h2 id="deadlines-head" { "Deadlines " span.count { (words::grouped(deadlines.len())) } }
            @for (n, deadline) in deadlines.iter().enumerate().take(view.rows()) { (article(view, n, deadline)) }
            (view.left_out(deadlines.len(), view.rows()))
        }
    }
}

/// A deadline.
pub(super) fn article(view: &View<'_>, n: usize, deadline: &Deadline) -> Markup {
    html! {
        article.item id=(anchor(&deadline.id)) {
            h3 { span.label { (label(n)) } " " (due(deadline))
                @if deadline.state != due(deadline) { " " span class={ "state " (state_class(&deadline.state)) } { (deadline.state) } }
            }
            p { @if deadline.expires { "Ends on that day, and asks for nothing by it: " } span.words dir="auto" { (deadline.what) } @if let Some(act) = &deadline.act { ", from act " (view.event_link(act)) } }
            p.rule {
                @if deadline.rule == "stated" {
                    "The text gives the period."
                } @else {
                    "Rule " code { (deadline.rule) } ", " strong { (deadline.rule_status) } "."
                }
            }
            ol.steps { @for step in &deadline.steps { li { (step) } } }
            @if !deadline.alternatives.is_empty() {
                p { "Also arguable:" }
                ul.steps {
                    @for (day, because) in &deadline.alternatives {
                        li {
                            @match day { Some(day) => strong { (words::day(*day)) }, None => strong { "no last day" } }
                            ": " (because)
                        }
                    }
                }
            }
            @for place in view.texts.places(&deadline.passages) { (view.quote(&place)) }
        }
    }
}

/// True where nothing runs any more: its last day is past, or the act that gave it no longer stands.
pub(super) fn over(deadline: &Deadline) -> bool {
    matches!(deadline.state.as_str(), "past" | "ended")
}

/// The class of a state; states are a closed set in the schema, but what is not in it must not become a class.
fn state_class(state: &str) -> &'static str {
    match state {
        "running" | "due" => "pends",
        "past" | "ended" => "past",
        _ => "unknown",
    }
}
