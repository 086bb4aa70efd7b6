//! How every act stands as of a day, and why.
//!
//! Acts are the nodes of a graph, effects its edges. Edges that follow by a rule are added first (`derive`); then acts are taken
//! in an order in which whatever acts on an act comes before it, so that one pass gives every status (`chain`). Acts after the day
//! are ignored; where an act may lie on either side of the day, the graph is read both ways, and what differs is unknown.

pub(crate) mod chain;
pub(crate) mod derive;
pub(crate) mod effects;
pub(crate) mod graph;
pub(crate) mod open;
