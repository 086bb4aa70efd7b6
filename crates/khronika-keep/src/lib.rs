//! The case file: one encrypted file that holds the sources of a case, a signed journal of what happened to it, and an index of its
//! words, and that can prove what it holds.
//!
//! ```text
//! CASE.khronika = envelope (who can open it) · SQLCipher database (sources, texts, journal, index)
//! ```
//!
//! * [`Store`] opens, reads and changes a case; [`Write`] is one change, all or nothing.
//! * Every change appends [`Entry`]s to the journal, signed by whoever makes it; the journal is a Merkle tree (RFC 6962) whose root is
//!   signed as a checkpoint after each change.
//! * [`Store::verify`] recomputes all of it and says what holds.
//!
//! The crate knows nothing of how documents are read or what is found in them, and neither prints nor reads the clock: the time is handed
//! in.

mod cache;
mod entry;
mod envelope;
mod error;
mod found;
mod guard;
mod key;
mod log;
mod native;
mod outside;
mod pack;
mod read;
mod receive;
mod search;
mod signing;
mod state;
mod store;
mod verify;
mod write;

pub use cache::Cached;
pub use entry::Entry;
pub use envelope::is_case;
pub use error::{Error, Result};
pub use found::FoundIn;
pub use guard::{give_back_memory, guard_memory};
pub use key::{Effort, Opener, new_identity};
pub use outside::{SourceReader, StampForm, Stamped, minisign_key};
pub use read::{KeyRow, Logged, SourceRow, TextRow};
pub use receive::{Prepared, PreparedText, Receipt, Received};
pub use search::{Filter, Hit, Hits, Names};
pub use store::{NewCase, Store, files};
pub use verify::{Check, Verified};
pub use write::{Details, Write, Written};

#[cfg(test)]
mod tests;
