//! Whether people have said of an event what it is.

use khronika_core::{Event, Verdict};
use maud::{Markup, html};

use crate::said::View;
use crate::words::Words;

/// What people said of an event, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Nothing that decides anything.
    Open,
    /// That it is as found.
    Confirmed,
    /// That it is there: somebody added it by hand.
    Added,
    /// That it is so, but for what they said instead, or that it is one of several, or several.
    Changed,
    /// That it is not so. When the case is weighed anew, it is no event any more.
    Rejected,
}

impl Decision {
    /// Of an event.
    pub(crate) fn of(parts: &View<'_>, event: &Event) -> Self {
        let said = parts.judged(&event.id).filter(|judged| judged.applied).map(|judged| judged.judgment.verdict);
        said.chain(parts.later(&event.id)).fold(Self::Open, |so_far, verdict| match (so_far, verdict) {
            (_, Verdict::Confirm) => Self::Confirmed,
            (_, Verdict::Reject) => Self::Rejected,
            (Self::Open, Verdict::Add) => Self::Added,
            (Self::Open | Self::Added, Verdict::Correct | Verdict::Merge | Verdict::Split) => Self::Changed,
            _ => so_far,
        })
    }

    /// The key of its word, which is its class as well.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Open => "proposed",
            Self::Confirmed => "confirmed",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Rejected => "rejected",
        }
    }

    /// The word, with the class by which it is drawn.
    pub(crate) fn mark(self, w: &Words) -> Markup {
        html! { span class={ "decision " (self.key()) } { (w.t(self.key())) } }
    }
}
