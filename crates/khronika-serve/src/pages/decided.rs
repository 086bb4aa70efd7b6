//! Whether people have said of an event what it is.

use khronika_core::{Event, Verdict};
use khronika_show::dossier::Parts;
use maud::{Markup, html};

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
}

impl Decision {
    /// Of an event.
    pub(crate) fn of(parts: &Parts<'_>, event: &Event) -> Self {
        let said = parts.judged(&event.id).filter(|judged| judged.applied).map(|judged| judged.judgment.verdict);
        said.fold(Self::Open, |so_far, verdict| match (so_far, verdict) {
            (_, Verdict::Confirm) => Self::Confirmed,
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
        }
    }

    /// The word, with the class by which it is drawn.
    pub(crate) fn mark(self, w: &Words) -> Markup {
        html! { span class={ "decision " (self.key()) } { (w.t(self.key())) } }
    }
}
