//! Deadlines, each with its counting.

use khronika_core::Deadline;
use maud::{Markup, html};

use super::view::{View, anchor};
use crate::words::{Words, english};

/// The short name of a deadline by its index.
pub(super) fn label(n: usize) -> String {
    format!("D{}", n + 1)
}

/// The last day in words.
pub(super) fn due(w: &Words, deadline: &Deadline) -> String {
    match (deadline.due, deadline.earliest_due) {
        (Some(due), Some(earliest)) if earliest < due => {
            w.fill("due-arguably", &[("day", &w.day(due)), ("earliest", &w.day(earliest))])
        }
        (Some(due), _) => w.day(due),
        (None, Some(earliest)) => w.fill("due-not-before", &[("day", &w.day(earliest))]),
        (None, None) => w.t("not-computable").to_owned(),
    }
}

/// The section.
pub(super) fn section(view: &View<'_>) -> Markup {
    let deadlines = &view.case.deadlines;
    html! {
        section id="deadlines" aria-labelledby="deadlines-head" {
            (view.head("deadlines", deadlines.len()))
            @for (n, deadline) in deadlines.iter().enumerate().take(view.rows()) { (article(view, n, deadline)) }
            (view.left_out(deadlines.len(), view.rows()))
        }
    }
}

/// A deadline.
pub(super) fn article(view: &View<'_>, n: usize, deadline: &Deadline) -> Markup {
    let w = view.w;
    html! {
        article.item id=(anchor(&deadline.id)) {
            h3 { span.label { (label(n)) } " " (due(w, deadline))
                @if deadline.state != due(english(), deadline) { " " span class={ "state " (state_class(&deadline.state)) } { (w.state(&deadline.state)) } }
            }
            p {
                @let what = what(view, deadline);
                @if deadline.expires { (view.say("expires", &[("what", what)])) } @else { (what) }
                @if let Some(act) = &deadline.act { (view.say("from-act", &[("act", view.event_link(act))])) }
            }
            p.rule {
                @if is_stated(deadline) {
                    (w.t("rule-of-text"))
                } @else {
                    (view.say("rule", &[
                        ("rule", html! { code { (deadline.rule) } }),
                        ("status", html! { strong { (w.rule_status(&deadline.rule_status)) } }),
                    ]))
                }
            }
            ol.steps lang=[w.foreign()] { @for step in &deadline.steps { li { (step) } } }
            @if !deadline.alternatives.is_empty() {
                p { (w.t("also-arguable")) }
                ul.steps {
                    @for (day, because) in &deadline.alternatives {
                        li {
                            @match day { Some(day) => strong { (w.day(*day)) }, None => strong { (w.t("no-last-day")) } }
                            (w.t("colon")) " " (view.english(because))
                        }
                    }
                }
            }
            @for place in view.texts.places(&deadline.passages) { (view.quote(&place)) }
        }
    }
}

/// What is to be done: in the words of a document, or of a rule, which are English.
pub(super) fn what(view: &View<'_>, deadline: &Deadline) -> Markup {
    let passage = deadline.passages.first().filter(|_| is_stated(deadline));
    let of_document = passage.and_then(|passage| view.texts.lang(passage)).map(|lang| lang.to_string());
    let of_rule = || (!is_stated(deadline)).then(|| "en".to_owned());
    let lang = view.w.foreign().and_then(|_| of_document.or_else(of_rule));
    html! { span.words dir="auto" lang=[lang] { (deadline.what) } }
}

/// True where the text itself gives the period.
fn is_stated(deadline: &Deadline) -> bool {
    deadline.rule == "stated"
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
