//! Where the parts of a case lie: all of them on one page, or each kind on a page of its own.

use super::view::anchor;

/// How a reader gets from one part of a case to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pages {
    /// All parts are on one page, which holds only so much of a large case: the dossier.
    One,
    /// Each kind of part has pages of its own, and none is left out: the workspace. The addresses are those of `khronika-serve`.
    Apart,
}

/// The kinds of part that links lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Event,
    Actor,
    Proceeding,
    Deadline,
    Conflict,
    Judgment,
    Statement,
    Letter,
    Date,
    Problem,
    Source,
}

impl Pages {
    /// The address of the part with this anchor.
    pub(super) fn to(self, part: Part, anchor: &str) -> String {
        if self == Self::One {
            return format!("#{anchor}");
        }
        let list = match part {
            Part::Event => return format!("/event/{anchor}"),
            Part::Actor => return format!("/actor/{anchor}"),
            Part::Source => return format!("/source/{anchor}"),
            Part::Proceeding => "proceedings",
            Part::Deadline => "deadlines",
            Part::Conflict => "conflicts",
            Part::Judgment => "judgments",
            Part::Statement => "statements",
            Part::Letter => "letters",
            Part::Date => "dates",
            Part::Problem => "problems",
        };
        // A list may go over several pages: `at` asks for the one that holds the entry.
        format!("/{list}?at={anchor}#{anchor}")
    }

    /// The address of the part with this id.
    pub(super) fn to_id(self, part: Part, id: &str) -> String {
        self.to(part, &anchor(id))
    }

    /// The address of all parts of a kind, by the name of their section.
    pub(super) fn list(self, section: &str) -> String {
        match self {
            Self::One => format!("#{section}"),
            Self::Apart => format!("/{section}"),
        }
    }

    /// The address of words in a source; of one that goes over several pages, with the character that they begin at.
    pub(super) fn to_words(self, source: &str, place: &str, at: Option<usize>) -> String {
        match (self, at) {
            (Self::One, _) => format!("#{place}"),
            (Self::Apart, None) => format!("{}#{place}", self.to_id(Part::Source, source)),
            (Self::Apart, Some(at)) => format!("{}?at={at}#{place}", self.to_id(Part::Source, source)),
        }
    }
}
