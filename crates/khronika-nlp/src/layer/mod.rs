//! The layers of the networks.

pub(crate) mod dense;
pub(crate) mod embed;
pub(crate) mod state;
pub(crate) mod table;
pub(crate) mod tok2vec;
pub(crate) mod vectors;
