//! The tree against the vectors of transparency-dev/merkle, and against its own laws.

#![allow(clippy::unwrap_used, reason = "tests")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use khronika_seal::tree::{
    Frontier, Hash, Tree, consistency_proof, empty_root, inclusion_proof, leaf_hash, node_hash, root_at,
    subtree_consistency_proof, subtree_inclusion_proof, subtree_root, verify_consistency, verify_inclusion,
    verify_subtree_consistency, verify_subtree_inclusion,
};
use proptest::prelude::*;
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors/merkle.json")).unwrap()
}

fn probes(kind: &str, check: impl Fn(&Value) -> khronika_seal::Result<()>) -> (usize, usize) {
    let vectors = vectors();
    let probes = vectors["probes"][kind].as_array().unwrap();
    for probe in probes {
        let result = check(probe);
        assert_eq!(result.is_err(), probe["wantErr"].as_bool().unwrap(), "{kind} {}: {result:?}", probe["name"]);
    }
    (probes.len(), probes.iter().filter(|probe| probe["wantErr"] == false).count())
}

/// Some values of the vectors are words (“don't care 1”), whose equality counts. Our hashes are 32 bytes by type, so a digest stands for them.
fn hash(value: &Value) -> khronika_seal::Result<Hash> {
    let bytes = STANDARD.decode(value.as_str().unwrap()).unwrap();
    if bytes.starts_with(b"don't care") { Ok(leaf_hash(&bytes)) } else { Hash::from_slice(&bytes) }
}

fn proof(probe: &Value) -> khronika_seal::Result<Vec<Hash>> {
    probe["proof"].as_array().map_or_else(|| Ok(Vec::new()), |hashes| hashes.iter().map(hash).collect())
}

fn number(probe: &Value, field: &str) -> u64 {
    probe[field].as_u64().unwrap()
}

#[test]
fn inclusion_probes() {
    let passed = probes("inclusion", |p| {
        verify_inclusion(
            &hash(&p["leafHash"])?,
            number(p, "leafIdx"),
            number(p, "treeSize"),
            &proof(p)?,
            &hash(&p["root"])?,
        )
    });
    assert_eq!(passed, (98, 6));
}

#[test]
fn consistency_probes() {
    let passed = probes("consistency", |p| {
        let (old, new) = (number(p, "size1"), number(p, "size2"));
        verify_consistency(old, new, &hash(&p["root1"])?, &hash(&p["root2"])?, &proof(p)?)
    });
    assert_eq!(passed, (98, 6));
}

#[test]
fn subtree_inclusion_probes() {
    let passed = probes("subtreeinclusion", |p| {
        let (start, end) = (number(p, "start"), number(p, "end"));
        let leaf = hash(&p["leafHash"])?;
        verify_subtree_inclusion(&leaf, number(p, "leafIdx"), start, end, &proof(p)?, &hash(&p["root"])?)
    });
    assert_eq!(passed, (204, 12));
}

#[test]
fn subtree_consistency_probes() {
    let passed = probes("subtreeconsistency", |p| {
        let (start, end, size) = (number(p, "start"), number(p, "end"), number(p, "size"));
        verify_subtree_consistency(start, end, size, &hash(&p["root1"])?, &hash(&p["root2"])?, &proof(p)?)
    });
    assert_eq!(passed, (118, 12));
}

#[test]
fn reference_tree() {
    let vectors = vectors();
    let hex = |value: &Value| {
        let text = value.as_str().unwrap().as_bytes().chunks(2);
        text.map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect::<Vec<_>>()
    };
    let roots = vectors["reference"]["root_hashes_by_size_hex"].as_array().unwrap();
    let mut tree = Tree::default();
    assert_eq!(tree.root().0.to_vec(), hex(&roots[0]));
    for (leaf, root) in vectors["reference"]["leaf_inputs_hex"].as_array().unwrap().iter().zip(&roots[1..]) {
        tree.append(leaf_hash(&hex(leaf)));
        assert_eq!(tree.root().0.to_vec(), hex(root));
    }
    assert_eq!(tree.size(), 8);
    for size in 0..=8 {
        assert_eq!(root_at(&tree, size).unwrap().0.to_vec(), hex(&roots[size as usize]));
    }
}

fn tree_of(size: u64) -> Tree {
    (0..size).map(|i| leaf_hash(&i.to_be_bytes())).collect()
}

/// Every proof of every tree up to 40 leaves holds, and holds nowhere else.
#[test]
fn all_small_trees() {
    let tree = tree_of(40);
    for size in 1..=40 {
        let root = root_at(&tree, size).unwrap();
        assert_eq!(root, tree_of(size).root());
        for index in 0..size {
            let proof = inclusion_proof(&tree, index, size).unwrap();
            let leaf = leaf_hash(&index.to_be_bytes());
            verify_inclusion(&leaf, index, size, &proof, &root).unwrap();
            assert!(verify_inclusion(&leaf, index ^ 1, size, &proof, &root).is_err() || size == 1);
        }
        for old in 1..=size {
            let proof = consistency_proof(&tree, old, size).unwrap();
            let old_root = root_at(&tree, old).unwrap();
            verify_consistency(old, size, &old_root, &root, &proof).unwrap();
            if old < size {
                assert!(verify_consistency(old, size, &root, &root, &proof).is_err());
                assert!(verify_consistency(old, size, &old_root, &old_root, &proof).is_err());
            }
        }
        for start in 0..size {
            for end in start..=size {
                let Ok(part) = subtree_root(&tree, start, end) else { continue };
                let proof = subtree_consistency_proof(&tree, start, end, size).unwrap();
                verify_subtree_consistency(start, end, size, &part, &root, &proof).unwrap();
                for index in start..end {
                    let proof = subtree_inclusion_proof(&tree, index, start, end).unwrap();
                    verify_subtree_inclusion(&leaf_hash(&index.to_be_bytes()), index, start, end, &proof, &part)
                        .unwrap();
                }
            }
        }
    }
    assert!(inclusion_proof(&tree, 0, 41).is_err(), "a proof for more leaves than there are");
    assert!(inclusion_proof(&tree, 3, 3).is_err());
    assert!(consistency_proof(&tree, 0, 3).is_err());
}

#[test]
fn a_frontier_is_kept_and_goes_on() {
    let mut frontier = Frontier::default();
    assert_eq!(frontier.root(), empty_root());
    for i in 0..300u64 {
        frontier.append(leaf_hash(&i.to_be_bytes()));
        frontier = Frontier::from_parts(frontier.size(), frontier.hashes().to_vec()).unwrap();
        assert_eq!(frontier.root(), tree_of(i + 1).root());
    }
    assert!(Frontier::from_parts(3, vec![empty_root()]).is_err());
}

#[test]
fn extreme_sizes_are_only_false() {
    let (h, long) = (empty_root(), vec![empty_root(); 64]);
    for size in [u64::MAX, u64::MAX - 1, 1 << 63, (1 << 63) + 1] {
        for index in [0, 1, size / 2, size - 1, size] {
            assert!(verify_inclusion(&h, index, size, &long, &h).is_err());
            assert!(verify_consistency(index.max(1), size, &h, &h, &long).is_err() || index == size);
            assert!(verify_subtree_consistency(index, size, size, &h, &h, &[]).is_err() || index == size || index == 0);
        }
    }
}

proptest! {
    #[test]
    fn a_changed_proof_fails(size in 2u64..500, at in any::<u64>(), which in any::<prop::sample::Index>(), bit in 0usize..256) {
        let (tree, index) = (tree_of(size), at % size);
        let mut proof = inclusion_proof(&tree, index, size).unwrap();
        let changed = which.index(proof.len());
        proof[changed].0[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(verify_inclusion(&leaf_hash(&index.to_be_bytes()), index, size, &proof, &tree.root()).is_err());
        let old = 1 + at % (size - 1);
        let mut proof = consistency_proof(&tree, old, size).unwrap();
        let changed = which.index(proof.len());
        proof[changed].0[bit / 8] ^= 1 << (bit % 8);
        let old_root = root_at(&tree, old).unwrap();
        prop_assert!(verify_consistency(old, size, &old_root, &tree.root(), &proof).is_err());
    }
}

#[test]
fn leaves_and_nodes_are_told_apart() {
    let (left, right) = (leaf_hash(b"a"), leaf_hash(b"b"));
    assert_ne!(node_hash(&left, &right), leaf_hash(&[left.0, right.0].concat()));
}
