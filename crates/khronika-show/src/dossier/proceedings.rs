//! Proceedings: the state of each, its map, and the same as a list.

use khronika_core::{Proceeding, ProceedingState};
use maud::{Markup, html};

use super::summary::act_line;
use super::view::{View, anchor};
use super::{chronology, map};

/// The section.
pub(super) fn section(view: &View<'_>) -> Markup {
    let proceedings = &view.case.proceedings;
    let (whole, alone): (Vec<_>, Vec<_>) =
        proceedings.iter().enumerate().take(view.rows()).partition(|(_, one)| is_whole(one));
    html! {
        section id="proceedings" aria-labelledby="proceedings-head" {
            (view.head("proceedings", proceedings.len()))
            p.note { (view.w.t("proceedings-note")) }
            @for (n, one) in whole { (article(view, n, one)) }
            @if !alone.is_empty() {
                h3 { (view.w.t("acts-alone")) }
                ul.alone { @for (_, one) in alone { (line(view, one)) } }
            }
            (view.left_out(proceedings.len(), view.rows()))
        }
    }
}

/// True for a proceeding of several acts, or one that is known to be open.
pub(super) fn is_whole(one: &Proceeding) -> bool {
    one.acts.len() > 1 || matches!(one.state, ProceedingState::Pending { .. })
}

/// A proceeding of one act that is not known to be open, as a line.
pub(super) fn line(view: &View<'_>, one: &Proceeding) -> Markup {
    html! {
        li id=(anchor(&one.id)) {
            bdi { (view.proceeding(one)) } (view.w.t("colon")) " "
            @for (_, event) in one.acts.iter().filter_map(|id| view.event(id)) { (act_line(view, event)) }
            @if matches!(one.state, ProceedingState::Closed { .. }) { ". " (state(view, one)) }
        }
    }
}

/// A proceeding with its map.
pub(super) fn article(view: &View<'_>, n: usize, one: &Proceeding) -> Markup {
    html! {
        article.item.proceeding id=(anchor(&one.id)) {
            h3 { bdi { (view.proceeding(one)) } }
            p { (state(view, one)) @if !one.passages.is_empty() { " " span.basis { (view.cites(&one.passages)) } } }
            (map::figure(view, n, one))
            details.list {
                summary { (view.w.fill("as-a-list", &[("acts", &view.w.n("count-acts", one.acts.len()))])) }
                ol.acts {
                    @for (_, event) in one.acts.iter().filter_map(|id| view.event(id)) {
                        li {
                            (act_line(view, event))
                            @for effect in event.act.iter().flat_map(|act| &act.effects) {
                                "; " (chronology::effect_on(view, effect))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn state(view: &View<'_>, one: &Proceeding) -> Markup {
    let w = view.w;
    let pending = || html! { strong { (w.t("pending")) } };
    html! {
        @match &one.state {
            ProceedingState::Pending { body, body_name, since } => {
                @match (body, body_name) {
                    (Some(id), _) => (view.say("pending-before", &[("pending", pending()), ("body", view.actor_link(id))])),
                    (None, Some(name)) => (view.say("pending-before", &[("pending", pending()), ("body", html! { bdi { (name) } })])),
                    (None, None) => (view.say("pending-unnamed", &[("pending", pending())])),
                }
                @let since = since.as_ref().map_or_else(String::new, |date| w.fill("open-since", &[("date", &w.date(date))]));
                // Some languages end a date with a point.
                (since) @if !since.ends_with('.') { "." }
            },
            ProceedingState::Closed { by } => {
                (view.say("closed-by", &[("closed", html! { strong { (w.t("closed")) } }), ("act", view.event_link(by))]))
            },
            ProceedingState::Unknown => (w.t("open-unknown")),
        }
    }
}
