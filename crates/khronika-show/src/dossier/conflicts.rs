//! Conflicts: both sides, side by side, and how they were found. It concludes nothing.

use khronika_core::Conflict;
use maud::{Markup, html};

use super::summary::act_line;
use super::view::{View, anchor};

/// The short name of a conflict by its index.
pub(super) fn label(n: usize) -> String {
    format!("C{}", n + 1)
}

/// The section.
pub(super) fn section(view: &View<'_>) -> Markup {
    let conflicts = &view.case.conflicts;
    html! {
        section id="conflicts" aria-labelledby="conflicts-head" {
            (view.head("conflicts", conflicts.len()))
            p.note { (view.w.t("conflicts-note")) }
            @for (n, conflict) in conflicts.iter().enumerate().take(view.rows()) { (article(view, n, conflict)) }
            (view.left_out(conflicts.len(), view.rows()))
        }
    }
}

/// A conflict.
pub(super) fn article(view: &View<'_>, n: usize, conflict: &Conflict) -> Markup {
    html! {
        article.item id=(anchor(&conflict.id)) {
            h3 { span.label { (label(n)) } " " (view.w.conflict(&conflict.kind)) }
            p lang=[view.w.foreign()] { (conflict.explanation) }
            ul.between {
                @for id in &conflict.between {
                    li {
                        @match (view.event(id), view.source(id)) {
                            (Some((_, event)), _) => (act_line(view, event)),
                            (None, Some(source)) => (view.say("document", &[("source", view.source_link(source))])),
                            (None, None) => bdi { (id) },
                        }
                    }
                }
            }
            div.sides { @for place in view.texts.places(&conflict.passages) { (view.quote(&place)) } }
        }
    }
}
