//! Appending: the frontier of a tree, and trees kept whole.

use super::{Hash, empty_root, node_hash};
use crate::error::{Error, Result};

/// The right edge of a tree: the roots of the complete subtrees it is made of, largest first. Enough to append and to know the root;
/// at most 64 hashes whatever the size.
///
/// ```
/// use khronika_seal::tree::{Frontier, empty_root, leaf_hash};
///
/// let mut log = Frontier::default();
/// assert_eq!(log.root(), empty_root());
/// log.append(leaf_hash(b"received"));
/// let kept = Frontier::from_parts(log.size(), log.hashes().to_vec())?;
/// assert_eq!(kept.root(), log.root());
/// # Ok::<(), khronika_seal::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    hashes: Vec<Hash>,
}

impl Frontier {
    /// A frontier as it was kept: the number of leaves and the hashes of [`Frontier::hashes`].
    pub fn from_parts(size: u64, hashes: Vec<Hash>) -> Result<Self> {
        let fits = hashes.len() == size.count_ones() as usize && size < 1 << 62;
        if !fits {
            return Err(Error::malformed("frontier", "the number of hashes does not fit the number of leaves"));
        }
        Ok(Self { size, hashes })
    }

    /// The number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the complete subtrees, largest first: one for each bit that is set in the size.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// Appends a leaf.
    pub fn append(&mut self, leaf: Hash) {
        self.append_with(leaf, |_, _, _| ());
    }

    /// Appends a leaf and hands each node that it finishes to `keep`: level (0 are leaves), index in the level, hash. The leaf itself
    /// comes first.
    pub fn append_with(&mut self, leaf: Hash, mut keep: impl FnMut(u8, u64, Hash)) {
        let (mut hash, mut index, mut level) = (leaf, self.size, 0);
        keep(level, index, hash);
        while index & 1 == 1 {
            let Some(left) = self.hashes.pop() else { break };
            hash = node_hash(&left, &hash);
            (index, level) = (index >> 1, level + 1);
            keep(level, index, hash);
        }
        self.hashes.push(hash);
        self.size += 1;
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        let mut from_right = self.hashes.iter().rev().copied();
        let Some(last) = from_right.next() else { return empty_root() };
        from_right.fold(last, |right, left| node_hash(&left, &right))
    }
}

/// Where the nodes of a tree are kept. Proofs are made from it.
pub trait Nodes {
    /// The root of the complete subtree of 2^`level` leaves that begins at leaf `index` · 2^`level`. None where the tree does not
    /// reach so far, or where what was kept cannot be read.
    fn node(&self, level: u8, index: u64) -> Option<Hash>;
}

/// A tree kept whole in memory: 64 bytes for each leaf.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    frontier: Frontier,
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// Appends a leaf.
    pub fn append(&mut self, leaf: Hash) {
        let levels = &mut self.levels;
        self.frontier.append_with(leaf, |level, _, hash| {
            // Nodes are finished in order, so each one belongs at the end of its level.
            match levels.get_mut(usize::from(level)) {
                Some(kept) => kept.push(hash),
                None => levels.push(vec![hash]),
            }
        });
    }

    /// The number of leaves.
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        self.frontier.root()
    }

    /// The right edge of the tree.
    pub fn frontier(&self) -> &Frontier {
        &self.frontier
    }
}

impl Nodes for Tree {
    fn node(&self, level: u8, index: u64) -> Option<Hash> {
        self.levels.get(usize::from(level))?.get(usize::try_from(index).ok()?).copied()
    }
}

impl FromIterator<Hash> for Tree {
    fn from_iter<T: IntoIterator<Item = Hash>>(leaves: T) -> Self {
        let mut tree = Self::default();
        leaves.into_iter().for_each(|leaf| tree.append(leaf));
        tree
    }
}
