//! Takes what several places and documents tell of one actor or one act together, each time for a reason that is kept.

pub(crate) mod act;
pub(crate) mod actor;
pub(crate) mod alike;
pub(crate) mod name;
pub(crate) mod people_judged;
mod remedy;
pub(crate) mod telling;
pub(crate) mod union;
