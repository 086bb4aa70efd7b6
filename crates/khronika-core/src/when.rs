//! Dates as uncertain as the words they come from.

mod edtf;

pub use edtf::{Edtf, EdtfError};

use crate::{Day, Passage};

/// The months in the program's own language, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// When something happened, how that is known, and the words that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The date as EDTF (ISO 8601-2).
    pub edtf: Edtf,
    /// How the date is known.
    pub basis: Basis,
    /// The words of the date; `None` only where the basis is [`Basis::Order`] or [`Basis::Judged`].
    pub passage: Option<Passage>,
}

impl When {
    /// The first day that the date allows; `None` where it is open or the year is unknown.
    #[must_use]
    pub fn earliest(&self) -> Option<Day> {
        self.edtf.bounds().0
    }

    /// The last day that the date allows; `None` where it is open or the year is unknown.
    #[must_use]
    pub fn latest(&self) -> Option<Day> {
        self.edtf.bounds().1
    }
}

/// How a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// The words themselves give it whole.
    Stated,
    /// The year (or the month) was taken from elsewhere.
    YearTaken,
    /// Counted from another date in the text ("two days later").
    Relative,
    /// Only the order of events bounds it.
    Order,
    /// Computed by a rule.
    Computed,
    /// The day is that of service, not of the act.
    Service,
    /// Somebody corrected what was found.
    Judged,
}

impl Basis {
    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::YearTaken => "year_taken",
            Self::Relative => "relative",
            Self::Order => "order",
            Self::Computed => "computed",
            Self::Service => "service",
            Self::Judged => "judged",
        }
    }
}
