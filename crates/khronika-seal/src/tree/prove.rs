//! Proofs made.

use super::{Hash, Nodes, empty_root, is_subtree, node_hash, split};
use crate::error::{Error, Result};

/// The root of the tree as it was when it had `size` leaves.
pub fn root_at(nodes: &impl Nodes, size: u64) -> Result<Hash> {
    if size == 0 { Ok(empty_root()) } else { span_root(nodes, 0, size) }
}

/// The root of the subtree of the leaves from `start` to before `end`. Not every span is a subtree: `start` has to be a multiple of the
/// smallest power of two that is not below `end - start`.
pub fn subtree_root(nodes: &impl Nodes, start: u64, end: u64) -> Result<Hash> {
    if !is_subtree(start, end) {
        return Err(Error::untrue(format!("leaves {start} to {end} are no subtree")));
    }
    if start == end { Ok(empty_root()) } else { span_root(nodes, start, end) }
}

/// The proof that leaf `index` is in the tree of `size` leaves: the hashes beside its way to the root, the leaf's sibling first.
pub fn inclusion_proof(nodes: &impl Nodes, index: u64, size: u64) -> Result<Vec<Hash>> {
    subtree_inclusion_proof(nodes, index, 0, size)
}

/// The proof that leaf `index` is in the subtree of the leaves from `start` to before `end`.
pub fn subtree_inclusion_proof(nodes: &impl Nodes, index: u64, start: u64, end: u64) -> Result<Vec<Hash>> {
    if !is_subtree(start, end) || !(start..end).contains(&index) {
        return Err(Error::untrue(format!("leaf {index} is not among leaves {start} to {end} of a subtree")));
    }
    let mut proof = Vec::new();
    let (mut from, mut to) = (start, end);
    while to - from > 1 {
        let cut = from + split(to - from);
        let beside;
        if index < cut {
            beside = span_root(nodes, cut, to)?;
            to = cut;
        } else {
            beside = span_root(nodes, from, cut)?;
            from = cut;
        }
        proof.push(beside);
    }
    proof.reverse();
    Ok(proof)
}

/// The proof that the tree of `new` leaves begins with all leaves of the tree of `old` leaves; `old` is one or more, since whatever
/// follows nothing is consistent with it.
pub fn consistency_proof(nodes: &impl Nodes, old: u64, new: u64) -> Result<Vec<Hash>> {
    if old == 0 {
        return Err(Error::untrue("nothing follows from an empty log"));
    }
    subtree_consistency_proof(nodes, 0, old, new)
}

/// The proof that the subtree of the leaves from `start` to before `end` is part of the tree of `size` leaves.
pub fn subtree_consistency_proof(nodes: &impl Nodes, start: u64, end: u64, size: u64) -> Result<Vec<Hash>> {
    if !is_subtree(start, end) || end > size {
        return Err(Error::untrue(format!("leaves {start} to {end} are no subtree of a tree of {size} leaves")));
    }
    let mut proof = Vec::new();
    if start == end {
        return Ok(proof);
    }
    // `known`: the verifier has the root of what is left over of the subtree.
    let (mut from, mut to, mut start, mut known) = (0, size, start, true);
    while (start, end) != (from, to) {
        let cut = from + split(to - from);
        let beside;
        if end <= cut {
            beside = span_root(nodes, cut, to)?;
            to = cut;
        } else {
            beside = span_root(nodes, from, cut)?;
            if start < cut {
                (start, known) = (cut, false);
            }
            from = cut;
        }
        proof.push(beside);
    }
    if !known {
        proof.push(span_root(nodes, from, to)?);
    }
    proof.reverse();
    Ok(proof)
}

/// The root of a span that is not empty and begins at a multiple of the power of two that holds it.
fn span_root(nodes: &impl Nodes, start: u64, end: u64) -> Result<Hash> {
    let (mut from, mut left) = (start, Vec::new());
    while !(end - from).is_power_of_two() {
        let cut = from + split(end - from);
        left.push(complete(nodes, from, cut)?);
        from = cut;
    }
    let last = complete(nodes, from, end)?;
    Ok(left.iter().rev().fold(last, |right, left| node_hash(left, &right)))
}

fn complete(nodes: &impl Nodes, start: u64, end: u64) -> Result<Hash> {
    let level = (end - start).trailing_zeros();
    let node = u8::try_from(level).ok().and_then(|level| nodes.node(level, start >> level));
    node.ok_or_else(|| Error::untrue(format!("the log has no leaves {start} to {end}")))
}
