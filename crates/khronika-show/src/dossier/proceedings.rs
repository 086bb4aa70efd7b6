//! Proceedings: the state of each, its map, and the same as a list.

use khronika_core::{Proceeding, ProceedingState};
use maud::{Markup, html};

use super::summary::act_line;
use super::view::{View, anchor};
use super::{map, words};

/// The section.
pub(super) fn section(view: &View<'_>) -> Markup {
    let proceedings = &view.case.proceedings;
    let (whole, alone): (Vec<_>, Vec<_>) =
        proceedings.iter().enumerate().take(view.rows()).partition(|(_, one)| is_whole(one));
    html! {
        section id="proceedings" aria-labelledby="proceedings-head" {
            h2 id="proceedings-head" { "Proceedings " span.count { (words::grouped(proceedings.len())) } }
            p.note {
                "A lane for each body, time from left to right, long gaps shortened. With each act: its number and date, what it did, \
                 and how it stands. An arrow goes from an act to the act that it concerns; it is dashed where the text does not say \
                 so and a rule does."
            }
            @for (n, one) in whole { (article(view, n, one)) }
            @if !alone.is_empty() {
                h3 { "Acts that stand alone" }
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
            bdi { (one.title) } ": "
            @for (_, event) in one.acts.iter().filter_map(|id| view.event(id)) { (act_line(view, event)) }
            @if matches!(one.state, ProceedingState::Closed { .. }) { ". " (state(view, one)) }
        }
    }
}

/// A proceeding with its map.
pub(super) fn article(view: &View<'_>, n: usize, one: &Proceeding) -> Markup {
    html! {
        article.item.proceeding id=(anchor(&one.id)) {
            h3 { bdi { (one.title) } }
            p { (state(view, one)) @if !one.passages.is_empty() { " " span.basis { (view.cites(&one.passages)) } } }
            (map::figure(view, n, one))
            details.list {
                summary { (words::count(one.acts.len(), "act", "acts")) " as a list" }
                ol.acts {
                    @for (_, event) in one.acts.iter().filter_map(|id| view.event(id)) {
                        li {
                            (act_line(view, event))
                            @for effect in event.act.iter().flat_map(|act| &act.effects) {
                                "; " (words::effect(effect.effect)) " "
                                @match &effect.on { Some(id) => (view.event_link(id)), None => "an act that is not in the file" }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn state(view: &View<'_>, one: &Proceeding) -> Markup {
    html! {
        @match &one.state {
            ProceedingState::Pending { body, body_name, since } => {
                strong { "Pending" }
                @match (body, body_name) {
                    (Some(id), _) => { " before " (view.actor_link(id)) },
                    (None, Some(name)) => { " before " bdi { (name) } },
                    (None, None) => " before a body that is not named",
                }
                @if let Some(since) = since { ", since " (words::date(since)) }
                "."
            },
            ProceedingState::Closed { by } => { strong { "Closed" } " by act " (view.event_link(by)) "." },
            ProceedingState::Unknown => "Whether it is open is not known.",
        }
    }
}
