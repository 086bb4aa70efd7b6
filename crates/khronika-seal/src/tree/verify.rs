//! Proofs checked. A proof is walked from the root down, as RFC 6962 defines it, so its last hash is used first.

use super::{Hash, empty_root, is_subtree, node_hash, split};
use crate::error::{Error, Result};

/// Checks that the leaf of this hash stands at `index` in the tree of `size` leaves with this root.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> Result<()> {
    verify_subtree_inclusion(leaf, index, 0, size, proof, root)
}

/// Checks that the leaf of this hash stands at `index` in the subtree of the leaves from `start` to before `end` with this root.
pub fn verify_subtree_inclusion(
    leaf: &Hash,
    index: u64,
    start: u64,
    end: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<()> {
    if !is_subtree(start, end) || !(start..end).contains(&index) {
        return Err(Error::untrue(format!("leaf {index} cannot be among leaves {start} to {end}")));
    }
    let found = root_from_inclusion(leaf, index - start, end - start, proof)?;
    if found != *root {
        return Err(Error::untrue("the inclusion proof leads to another root: the entry is not in this log"));
    }
    Ok(())
}

/// The root that a proof leads to, from the leaf of this hash at `index` of a tree of `size` leaves.
pub fn root_from_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash]) -> Result<Hash> {
    if index >= size {
        return Err(Error::untrue(format!("a log of {size} entries has no entry {index}")));
    }
    // The way down: whether the hash beside it stands on the left.
    let (mut index, mut size, mut way) = (index, size, Vec::with_capacity(64));
    while size > 1 {
        let cut = split(size);
        let right = index >= cut;
        (index, size) = if right { (index - cut, size - cut) } else { (index, cut) };
        way.push(right);
    }
    if way.len() != proof.len() {
        return Err(Error::untrue(format!("the inclusion proof has {} hashes, not {}", proof.len(), way.len())));
    }
    let up = way.iter().rev().zip(proof);
    Ok(up.fold(
        *leaf,
        |hash, (beside_left, beside)| {
            if *beside_left { node_hash(beside, &hash) } else { node_hash(&hash, beside) }
        },
    ))
}

/// Checks that the tree of `new` leaves with the root `new_root` begins with all leaves of the tree of `old` leaves with `old_root`.
///
/// An empty old tree is refused, as the reference implementation does: nothing can be concluded from it, and to accept would say that
/// something was checked.
pub fn verify_consistency(old: u64, new: u64, old_root: &Hash, new_root: &Hash, proof: &[Hash]) -> Result<()> {
    if old == 0 {
        return Err(Error::untrue("nothing can be concluded from an empty log"));
    }
    verify_subtree_consistency(0, old, new, old_root, new_root, proof)
}

/// Checks that the subtree of the leaves from `start` to before `end` with the root `subtree` is part of the tree of `size` leaves
/// with the root `root`. An empty subtree is part of any tree that reaches so far.
pub fn verify_subtree_consistency(
    start: u64,
    end: u64,
    size: u64,
    subtree: &Hash,
    root: &Hash,
    proof: &[Hash],
) -> Result<()> {
    if !is_subtree(start, end) || end > size {
        return Err(Error::untrue(format!("leaves {start} to {end} cannot be a subtree of a log of {size} entries")));
    }
    if start == end {
        let holds = proof.is_empty() && *subtree == empty_root();
        return if holds { Ok(()) } else { Err(Error::untrue("an empty subtree has a root and a proof of its own")) };
    }
    let mut hashes = proof.iter();
    let short = || Error::untrue("the consistency proof is too short");

    // The way down, until what is left is all in the subtree. `Both`: the hash beside is in the subtree, too.
    let (mut from, mut to, mut low, mut way) = (0, size, start, Vec::with_capacity(64));
    while (low, end) != (from, to) {
        let cut = from + split(to - from);
        let beside = *hashes.next_back().ok_or_else(short)?;
        if end <= cut {
            way.push((Beside::Right, beside));
            to = cut;
        } else {
            way.push((if low < cut { Beside::Both } else { Beside::Left }, beside));
            (low, from) = (low.max(cut), cut);
        }
    }
    // Where the subtree was never cut, what is left is the subtree itself.
    let last = if low == start { *subtree } else { *hashes.next_back().ok_or_else(short)? };
    if hashes.next().is_some() {
        return Err(Error::untrue("the consistency proof is too long"));
    }
    let (mut part, mut whole) = (last, last);
    for (side, beside) in way.iter().rev() {
        match side {
            Beside::Right => whole = node_hash(&whole, beside),
            Beside::Left => whole = node_hash(beside, &whole),
            Beside::Both => (part, whole) = (node_hash(beside, &part), node_hash(beside, &whole)),
        }
    }
    if part != *subtree {
        return Err(Error::untrue("the older log is not part of the newer one: something was changed or taken out"));
    }
    if whole != *root {
        return Err(Error::untrue("the consistency proof leads to another root"));
    }
    Ok(())
}

/// On which side of the way a hash of a consistency proof stands.
enum Beside {
    Left,
    Right,
    Both,
}
