//! Proceedings: the acts about one matter in one line of forums.

pub(crate) mod matter;
