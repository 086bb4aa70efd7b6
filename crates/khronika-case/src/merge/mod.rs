//! Takes what several places and documents tell of one actor or one act together, each time for a reason that is kept.

pub(crate) mod act;
pub(crate) mod actor;
pub(crate) mod name;
mod remedy;
pub(crate) mod telling;
pub(crate) mod union;
