//! The Merkle tree of a log, as RFC 6962 defines it.
//!
//! A leaf is hashed as SHA-256(0x00 ‖ entry), a node as SHA-256(0x01 ‖ left ‖ right), and the tree without leaves as SHA-256 of nothing.
//! [`Frontier`] appends in constant memory; whoever also keeps each finished node (it is handed to the caller) can make proofs with
//! [`inclusion_proof`] and [`consistency_proof`] through the trait [`Nodes`]. [`Tree`] keeps them all in memory.
//!
//! ```
//! use khronika_seal::tree::{Tree, leaf_hash, inclusion_proof, verify_inclusion};
//!
//! let mut tree = Tree::default();
//! for entry in ["received", "read", "judged"] {
//!     tree.append(leaf_hash(entry.as_bytes()));
//! }
//! let proof = inclusion_proof(&tree, 1, 3)?;
//! verify_inclusion(&leaf_hash(b"read"), 1, 3, &proof, &tree.root())?;
//! # Ok::<(), khronika_seal::Error>(())
//! ```

mod prove;
mod range;
mod verify;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

pub use prove::{
    consistency_proof, inclusion_proof, root_at, subtree_consistency_proof, subtree_inclusion_proof, subtree_root,
};
pub use range::{Frontier, Nodes, Tree};
pub use verify::{
    root_from_inclusion, verify_consistency, verify_inclusion, verify_subtree_consistency, verify_subtree_inclusion,
};

use crate::error::{Error, Result};

/// A SHA-256 digest: of a leaf, of a node, or of a whole tree. It prints as base64, as checkpoints do.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The hash whose base64 `text` is.
    pub fn from_base64(text: &str) -> Result<Self> {
        let bytes = STANDARD.decode(text).map_err(|e| Error::malformed("hash", e.to_string()))?;
        Self::from_slice(&bytes)
    }

    /// The hash that `bytes` are, 32 of them.
    pub fn from_slice(bytes: &[u8]) -> Result<Self> {
        let bytes = bytes.try_into();
        bytes.map(Self).map_err(|_| Error::malformed("hash", "it is not 32 bytes long"))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl From<[u8; 32]> for Hash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// The hash of an entry of the log.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(Sha256::new_with_prefix([0]).chain_update(entry).finalize().into())
}

/// The hash of a node with two children.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(Sha256::new_with_prefix([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// The root of the tree without leaves.
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}

/// The largest power of two below `n`, where a tree of `n` leaves is cut in two; `n` is two or more.
fn split(n: u64) -> u64 {
    1 << (u64::BITS - 1 - n.saturating_sub(1).max(1).leading_zeros())
}

/// Whether the leaves from `start` to before `end` can be a subtree: `start` is a multiple of the power of two that holds them.
fn is_subtree(start: u64, end: u64) -> bool {
    let Some(size) = end.checked_sub(start) else { return false };
    size.checked_next_power_of_two().is_some_and(|size| start.is_multiple_of(size))
}
