//! Proofs that a stranger can check: that a case or a source was not altered, without trusting whoever hands it over.
//!
//! * [`tree`]: the Merkle tree of a log (RFC 6962), with proofs that an entry is in it and that nothing was taken out.
//! * [`note`], [`checkpoint`]: texts signed with Ed25519, and the three lines that say what a log was (C2SP).
//! * [`tiles`], [`proof`]: a log as files, and the receipt for one entry (C2SP).
//! * [`sign`]: Ed25519 keys, and files signed in the format of minisign.
//! * [`stamp`], [`ots`]: time stamps by authorities (RFC 3161) and by a public chain (OpenTimestamps), both offline.
//! * [`age`]: encryption for named recipients.
//! * [`bag`]: folders whose manifests list the digest of every file (BagIt), judged and written.
//! * [`parcel`]: files that are handed over together, whole or not at all.
//! * [`crate_`], [`annotation`]: what is in a bag, for programs of archives (RO-Crate) and of readers (W3C Web Annotation).
//! * [`verify`]: one entry for all of them, which says what holds, what does not and what cannot be judged.
//!
//! This crate knows nothing of cases, of documents or of databases: it opens no connection, reads no clock and prints nothing, so that its
//! tests take seconds and others can use it. Whatever the bytes, nothing panics, and what is held in memory is bounded.
//!
//! An [`Error`] says which of the three answers a check gives besides “it holds”: it does not hold, it is not what it claims to be, or it
//! cannot be judged from here.

pub mod age;
pub mod annotation;
pub mod bag;
pub mod checkpoint;
pub mod crate_;
pub mod digest;
mod error;
pub mod note;
pub mod ots;
pub mod parcel;
pub mod proof;
pub mod sign;
pub mod stamp;
pub mod tiles;
pub mod tree;
mod verdict;
pub mod verify;

pub use error::{Error, Result};
pub use verdict::Verdict;
