//! Periods: what runs out when, and how that is counted.
//!
//! [`compute`] counts a [`TimeLimit`] of the data files from a day; it knows nothing of cases, so that a calculator can be built on
//! it. `apply` finds the periods that the texts of a case state and the rules that clearly apply to its acts.

mod apply;
mod calendar;
mod count;
mod rule;
pub(crate) mod working;

pub(crate) use apply::{deadlines, note_departure};
pub(crate) use rule::load;

pub use calendar::{Calendar, Free, OutsideCoverage};
pub use count::{Alternative, Computation, ComputeOptions, Distance, Period, Stop, compute, stated};
pub use rule::{End, FirstDay, Roll, TimeLimit, Trigger};
