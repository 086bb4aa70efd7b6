//! Proofs that a stranger can check: that a case or a source was not altered, without trusting whoever hands it over.
//!
//! * [`tree`]: the Merkle tree of a log (RFC 6962), with proofs that an entry is in it and that nothing was taken out.
//! * [`note`], [`checkpoint`]: texts signed with Ed25519, and the three lines that say what a log was (C2SP).
//! * [`tiles`], [`proof`]: a log as files, and the receipt for one entry (C2SP).
//!
//! This crate knows nothing of cases, of documents or of databases: it opens no connection, reads no clock and prints nothing, so that its
//! tests take seconds and others can use it. Whatever the bytes, nothing panics, and what is held in memory is bounded.
//!
//! An [`Error`] says which of the three answers a check gives besides “it holds”: it does not hold, it is not what it claims to be, or it
//! cannot be judged from here.

pub mod checkpoint;
mod error;
pub mod note;
pub mod proof;
pub mod tiles;
pub mod tree;

pub use error::{Error, Result};
