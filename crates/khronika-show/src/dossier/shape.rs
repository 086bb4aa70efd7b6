//! Shapes that tell standings apart without colour, drawn once and used by reference.

use khronika_core::{RequestState, Standing, StandingStatus};
use maud::{Markup, PreEscaped, html};

use crate::words::Words;

/// Three families of standing, which share a colour; the shape tells the members apart.
const fn family(status: StandingStatus) -> &'static str {
    match status {
        StandingStatus::InForce | StandingStatus::Upheld | StandingStatus::Final | StandingStatus::Varied => "stands",
        StandingStatus::NotYetEnforceable | StandingStatus::Suspended | StandingStatus::UnderAppeal => "pends",
        StandingStatus::Annulled | StandingStatus::Void | StandingStatus::Revoked => "fell",
        StandingStatus::Superseded | StandingStatus::Expired | StandingStatus::Executed | StandingStatus::Unknown => {
            "past"
        }
    }
}

/// The family of an act: requests that wait pend.
pub(super) const fn family_of(standing: &Standing) -> &'static str {
    match standing.request {
        Some(RequestState::Pending) => "pends",
        Some(_) => "past",
        None => family(standing.status),
    }
}

/// The name of an act's shape.
pub(super) const fn name_of(standing: &Standing) -> &'static str {
    match standing.request {
        Some(RequestState::Unknown) => StandingStatus::Unknown.name(),
        Some(state) => state.name(),
        None => standing.status.name(),
    }
}

/// The shape of a request within a box of 16 by 16; one of which nothing is known has the shape of what is not known.
const fn path_of_request(state: RequestState) -> Option<&'static str> {
    match state {
        // A ring around a point.
        RequestState::Pending => {
            Some(r#"<circle cx="8" cy="8" r="5.5" class="o"/><circle cx="8" cy="8" r="2" fill="currentColor"/>"#)
        }
        // A tick.
        RequestState::Granted => Some(r#"<path d="M2.5 8.5L6.5 12.5 13.5 4" class="x"/>"#),
        // A bar.
        RequestState::Dismissed => Some(r#"<path d="M2.5 8h11" class="x"/>"#),
        // An arrow to the left.
        RequestState::Withdrawn => Some(r#"<path d="M13.5 8H3M7.5 3.5L3 8l4.5 4.5" class="o"/>"#),
        RequestState::Unknown => None,
    }
}

/// The shape of a standing within a box of 16 by 16, in the current colour.
const fn path(status: StandingStatus) -> &'static str {
    match status {
        // A full disc.
        StandingStatus::InForce => r#"<circle cx="8" cy="8" r="6" fill="currentColor"/>"#,
        // A ring with its lower half full.
        StandingStatus::NotYetEnforceable => {
            r#"<circle cx="8" cy="8" r="5.5" class="o"/><path d="M2.5 8a5.5 5.5 0 0 0 11 0z" fill="currentColor"/>"#
        }
        // Two bars.
        StandingStatus::Suspended => r#"<path d="M3 2h4v12H3zM9 2h4v12H9z" fill="currentColor"/>"#,
        // An open triangle.
        StandingStatus::UnderAppeal => r#"<path d="M8 2l6 11.5H2z" class="o"/>"#,
        // A cross.
        StandingStatus::Annulled => r#"<path d="M3 3l10 10M13 3L3 13" class="x"/>"#,
        // A ring struck through.
        StandingStatus::Void => r#"<circle cx="8" cy="8" r="5.5" class="o"/><path d="M4 12L12 4" class="o"/>"#,
        // A disc under a bar.
        StandingStatus::Upheld => {
            r#"<circle cx="8" cy="9.5" r="4.5" fill="currentColor"/><path d="M2 2.5h12" class="o"/>"#
        }
        // A full square.
        StandingStatus::Final => r#"<path d="M2.5 2.5h11v11h-11z" fill="currentColor"/>"#,
        // A disc with its right half open.
        StandingStatus::Varied => {
            r#"<circle cx="8" cy="8" r="5.5" class="o"/><path d="M8 2.5a5.5 5.5 0 0 0 0 11z" fill="currentColor"/>"#
        }
        // Two arrowheads.
        StandingStatus::Superseded => r#"<path d="M3 3l5 5-5 5M8 3l5 5-5 5" class="o"/>"#,
        // A ring with a bar.
        StandingStatus::Revoked => r#"<circle cx="8" cy="8" r="5.5" class="o"/><path d="M5 8h6" class="o"/>"#,
        // An hourglass.
        StandingStatus::Expired => r#"<path d="M3 2.5h10L3 13.5h10z" class="o"/>"#,
        // A full diamond.
        StandingStatus::Executed => r#"<path d="M8 1.5L14.5 8 8 14.5 1.5 8z" fill="currentColor"/>"#,
        // A dashed ring.
        StandingStatus::Unknown => r#"<circle cx="8" cy="8" r="5.5" class="o d"/>"#,
    }
}

/// Every shape, the hatching of inferred dates and the arrowhead: to stand once in the page.
pub(super) fn definitions() -> Markup {
    html! {
        svg class="defs" width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                @for status in StandingStatus::ALL {
                    symbol id={ "i-" (status.name()) } viewBox="0 0 16 16" { (PreEscaped(path(*status))) }
                }
                @for state in RequestState::ALL {
                    @if let Some(path) = path_of_request(*state) {
                        symbol id={ "i-" (state.name()) } viewBox="0 0 16 16" { (PreEscaped(path)) }
                    }
                }
                pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect width="1.6" height="4" class="ink" {}
                }
                marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" {
                    path d="M0 .5L7.5 4 0 7.5z" class="head" {}
                }
            }
        }
    }
}

/// How an act stands, for a line of text: shape and word.
pub(super) fn standing(w: &Words, of: &Standing) -> Markup {
    let family = family_of(of);
    html! {
        span class=(family) {
            svg class={ "i " (family) } width="14" height="14" aria-hidden="true" focusable="false" {
                use href={ "#i-" (name_of(of)) } {}
            }
            " " (w.stands(of))
        }
    }
}
