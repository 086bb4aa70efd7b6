//! Notes, checkpoints, tiles and receipts against the tables of transparency-dev/formats and a real log of transparency-dev/tessera.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use khronika_seal::checkpoint::{Checkpoint, Lines};
use khronika_seal::note::{KeyKind, Note, NoteSignature, SignerKey, VerifierKey};
use khronika_seal::proof::TlogProof;
use khronika_seal::tiles::{self, Tile, log_files, tiles_of, verify_log};
use khronika_seal::tree::{Hash, Tree, inclusion_proof, leaf_hash};
use serde_json::Value;

fn tables() -> Value {
    serde_json::from_str(include_str!("vectors/tlog_tables.json")).unwrap()
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap()
}

#[test]
fn checkpoint_bodies() {
    let tables = tables();
    let mut passed = (0, 0);
    for row in tables["checkpoint_body"].as_array().unwrap() {
        let (name, result) = (text(row, "name"), Lines::parse(text(row, "text")));
        // DIFFERENCE: the Go reference takes empty extension lines, which the specification forbids.
        let refused = row["wantErr"] == true || name.starts_with("trailing newlines");
        assert_eq!(result.is_err(), refused, "{name}: {result:?}");
        match result {
            Ok(lines) => {
                let rest: String = lines.extension.iter().map(|line| format!("{line}\n")).collect();
                assert_eq!(rest, text(row, "rest"), "{name}");
                passed.0 += 1;
            }
            Err(error) => {
                assert!(error.is_malformed());
                passed.1 += 1;
            }
        }
        // None of the roots is a SHA-256 digest, so none is a checkpoint of ours.
        assert!(Checkpoint::parse(text(row, "text")).is_err());
    }
    assert_eq!(passed, (4, 8));
}

#[test]
fn proofs_of_the_tables() {
    let tables = tables();
    for row in tables["tlog_proof_ok"].as_array().unwrap() {
        let proof = TlogProof::parse(text(row, "text").as_bytes()).unwrap();
        assert_eq!(proof.index, row["index"].as_u64().unwrap());
        assert_eq!(proof.extra.as_ref().map(|extra| STANDARD.encode(extra)), row["extra"].as_str().map(str::to_owned));
        let hashes: Vec<_> = proof.hashes.iter().map(ToString::to_string).collect();
        assert_eq!(Value::from(hashes), row["hashes"]);
        assert_eq!(proof.checkpoint, text(row, "checkpoint"));
        assert_eq!(proof.to_string(), text(row, "text"));
    }
    for row in tables["tlog_proof_bad"].as_array().unwrap() {
        assert!(TlogProof::parse(text(row, "text").as_bytes()).unwrap_err().is_malformed(), "{}", row["name"]);
    }
}

#[test]
fn keys_and_note_of_the_tables() {
    let tables = tables();
    for key in tables["vkeys_ok"].as_array().unwrap() {
        let key = key.as_str().unwrap();
        assert_eq!(VerifierKey::parse(key).unwrap().to_string(), key);
    }
    let row = &tables["signed_note_ok"];
    let note = Note::parse(text(row, "note").as_bytes()).unwrap();
    assert_eq!(note.to_string(), text(row, "note"));
    let key = VerifierKey::parse(text(row, "vkey")).unwrap();
    assert_eq!(note.verify(std::slice::from_ref(&key)).unwrap()[0].key, key);
    let other = Note::parse(text(row, "note").replace("example message", "Example message").as_bytes()).unwrap();
    assert!(other.verify(&[key]).unwrap_err().is_false());
}

struct Log {
    signer: SignerKey,
    entries: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
}

fn tessera() -> Log {
    let log: Value = serde_json::from_str(include_str!("vectors/tessera_log.json")).unwrap();
    let files = log["files"].as_object().unwrap().iter();
    let signer = SignerKey::parse(text(&log, "signer_key")).unwrap();
    assert_eq!(*signer.to_skey(), text(&log, "signer_key"));
    assert_eq!(signer.public().to_string(), text(&log, "verifier_key"));
    Log {
        signer,
        entries: log["entries"].as_array().unwrap().iter().map(|e| e.as_str().unwrap().to_owned()).collect(),
        files: files.map(|(path, bytes)| (path.clone(), STANDARD.decode(bytes.as_str().unwrap()).unwrap())).collect(),
    }
}

#[test]
fn a_real_log_is_made_again_byte_for_byte() {
    let log = tessera();
    let (mut tree, mut made) = (Tree::default(), BTreeMap::new());
    for size in 0..=log.entries.len() {
        if let Some(entry) = size.checked_sub(1).map(|i| &log.entries[i]) {
            tree.append(leaf_hash(entry.as_bytes()));
        }
        let entry = |i: u64| Ok(log.entries[usize::try_from(i).unwrap()].clone().into_bytes());
        for file in log_files(&tree, size as u64, entry) {
            let (path, bytes) = file.unwrap();
            made.insert(path, bytes);
        }
        let note = Checkpoint::new("example.com/log/testdata", tree.size(), tree.root()).sign(&[&log.signer]).unwrap();
        made.insert(format!("checkpoint.{size}"), note.to_string().into_bytes());
        made.insert("checkpoint".to_owned(), note.to_string().into_bytes());
    }
    let paths = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(&made), paths(&log.files));
    assert_eq!(made, log.files);
}

#[test]
fn a_real_log_is_verified_and_its_damage_named() {
    let log = tessera();
    let known = [log.signer.public().clone()];
    for size in 0..=15 {
        let note = Note::parse(&log.files[&format!("checkpoint.{size}")]).unwrap();
        let (checkpoint, signed) = Checkpoint::open(&note, &known).unwrap();
        assert_eq!((checkpoint.size, signed.len()), (size, 1));
        let mut seen = Vec::new();
        let read = |path: &str| log.files.get(path).cloned().ok_or_else(|| io::Error::other("no such file"));
        verify_log(size, &checkpoint.root, read, |_, entry| seen.push(String::from_utf8(entry.to_owned()).unwrap()))
            .unwrap();
        assert_eq!(seen, log.entries[..size as usize]);
    }
    let root = Checkpoint::parse(Note::parse(&log.files["checkpoint"]).unwrap().text()).unwrap().root;
    for damaged in ["tile/0/000.p/15", "tile/entries/000.p/15"] {
        let mut files = log.files.clone();
        let bytes = files.get_mut(damaged).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        let error = verify_log(15, &root, |path| Ok(files[path].clone()), |_, _| ()).unwrap_err();
        assert!(error.is_false(), "{error}");
    }
}

#[test]
fn a_larger_log_goes_into_tiles_and_back() {
    // 70,000 entries, as in the example of the specification: 273 full tiles, one of 112; one full of level 1, one of 17; one of 1.
    let widths = |level| {
        let tiles = tiles_of(70_000).filter(move |tile| tile.level == level);
        tiles.map(|tile| tile.width).filter(|width| *width < 256).collect::<Vec<_>>()
    };
    assert_eq!(
        (widths(Some(0)), widths(Some(1)), widths(Some(2)), widths(Some(3))),
        (vec![112], vec![17], vec![1], vec![])
    );
    assert_eq!(tiles_of(70_000).filter(|tile| tile.level == Some(0)).count(), 274);
    assert_eq!(
        tiles_of(256).filter(|tile| tile.level.is_some()).map(|t| t.path()).collect::<Vec<_>>(),
        ["tile/0/000", "tile/1/000.p/1"]
    );

    let size = 66_000;
    let entry = |i: u64| i.to_string().into_bytes();
    let tree: Tree = (0..size).map(|i| leaf_hash(&entry(i))).collect();
    let files: BTreeMap<_, _> = log_files(&tree, size, |i| Ok(entry(i))).map(Result::unwrap).collect();
    assert!(files.keys().all(|path| Tile::from_path(path).unwrap().path() == *path));
    let mut seen = 0;
    let count = |i, bytes: &[u8]| {
        assert_eq!(bytes, entry(i));
        seen += 1;
    };
    verify_log(size, &tree.root(), |path| Ok(files[path].clone()), count).unwrap();
    assert_eq!(seen, size);
    for damaged in ["tile/1/000", "tile/2/000.p/1", "tile/1/001.p/1", "tile/0/012", "tile/0/257.p/208"] {
        let read = |path: &str| {
            let mut bytes = files[path].clone();
            if path == damaged {
                bytes[7] ^= 4;
            }
            Ok(bytes)
        };
        let error = verify_log(size, &tree.root(), read, |_, _| ()).unwrap_err();
        assert!(error.is_false() && error.to_string().contains(damaged), "{error}");
    }
}

/// Whoever makes up a size does not keep the reader busy.
#[test]
fn a_size_that_is_made_up() {
    for size in [u64::MAX, 1 << 60] {
        let none = |_: &str| Err(io::Error::other("no such file"));
        assert!(verify_log(size, &leaf_hash(b""), none, |_, _| ()).unwrap_err().is_io());
    }
}

#[test]
fn tile_paths() {
    let tile = Tile { level: Some(0), index: 1_234_067, width: 8 };
    assert_eq!(tile.path(), "tile/0/x001/x234/067.p/8");
    for good in ["tile/0/x001/x234/067.p/8", "tile/entries/000", "tile/63/999.p/255"] {
        assert_eq!(Tile::from_path(good).map(|tile| tile.path()).as_deref(), Some(good));
    }
    let bad = [
        "tile/64/000",
        "tile/00/000",
        "tile/0/0",
        "tile/0/x000/001",
        "tile/0/001.p/256",
        "tile/0/001.p/0",
        "tile/0/../001",
    ];
    for bad in bad {
        assert_eq!(Tile::from_path(bad), None, "{bad}");
    }
}

#[test]
fn bundles_have_bounds() {
    assert!(tiles::bundle_bytes(&[vec![0; 65_536]]).is_err());
    let longest = tiles::bundle_bytes(&[vec![7; 65_535], Vec::new()]).unwrap();
    assert_eq!(tiles::read_bundle(&longest).unwrap(), [&[7; 65_535][..], &[]]);
    assert!(tiles::read_bundle(&longest[..70]).is_err());
    assert!(tiles::read_bundle(&[0]).is_err());
    assert!(tiles::read_tile(&[0; 31]).is_err());
}

#[test]
fn a_receipt_is_made_and_checked() {
    let key = SignerKey::from_seed("case.example/log", KeyKind::Ed25519, &[7; 32]).unwrap();
    let tree: Tree = (0..20u8).map(|i| leaf_hash(&[i])).collect();
    let note = Checkpoint::new("case.example/log", 20, tree.root()).sign(&[&key]).unwrap();
    let hashes = inclusion_proof(&tree, 13, 20).unwrap();
    let proof = TlogProof { extra: Some(b"source 13".to_vec()), index: 13, hashes, checkpoint: note.to_string() };
    let again = TlogProof::parse(proof.to_string().as_bytes()).unwrap();
    assert_eq!(again, proof);
    let known = [key.public().clone()];
    let proved = again.verify(&leaf_hash(&[13]), Some("case.example/log"), &known).unwrap();
    assert_eq!(proved.checkpoint.size, 20);
    assert!(again.verify(&leaf_hash(&[12]), None, &known).unwrap_err().is_false());
    assert!(again.verify(&leaf_hash(&[13]), Some("other.example/log"), &known).unwrap_err().is_false());
    let stranger = SignerKey::from_seed("case.example/log", KeyKind::Ed25519, &[8; 32]).unwrap();
    assert!(again.verify(&leaf_hash(&[13]), None, &[stranger.public().clone()]).unwrap_err().is_false());
}

/// A checkpoint and an inclusion proof of a public log, as it published them.
#[test]
fn a_public_log() {
    let row: Value = serde_json::from_str(include_str!("vectors/sigstore.json")).unwrap();
    let key = STANDARD.decode(text(&row, "log_key_spki")).unwrap();
    let key = key.last_chunk().unwrap();
    let known = [VerifierKey::new(text(&row, "log_name"), KeyKind::Ed25519, key).unwrap()];
    let hashes = row["hashes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hash| Hash::from_base64(hash.as_str().unwrap()).unwrap())
        .collect();
    let checkpoint = text(&row, "checkpoint").to_owned();
    let proof = TlogProof { extra: None, index: row["index"].as_u64().unwrap(), hashes, checkpoint };
    let entry = STANDARD.decode(text(&row, "entry")).unwrap();
    let proved = proof.verify(&leaf_hash(&entry), Some(text(&row, "log_name")), &known).unwrap();
    assert_eq!((proved.checkpoint.size, proved.signed.len()), (7132, 1));
    assert!(proof.verify(&leaf_hash(&entry[1..]), None, &known).unwrap_err().is_false());
}

#[test]
fn cosignatures() {
    // The example of C2SP tlog-cosignature has no key, so the form is checked against one of our own.
    let log = SignerKey::from_seed("case.example/log", KeyKind::Ed25519, &[1; 32]).unwrap();
    let partner = SignerKey::from_seed("partner.example/w1", KeyKind::Cosignature, &[2; 32]).unwrap();
    let mut note = Checkpoint::new("case.example/log", 3, leaf_hash(b"x")).sign(&[&log]).unwrap();
    assert!(partner.sign(note.text()).is_err(), "a cosigner signs a time");
    note.add(partner.cosign(note.text(), 1_679_315_147).unwrap());
    let note = Note::parse(note.to_string().as_bytes()).unwrap();
    let signed = note.verify(&[log.public().clone(), partner.public().clone()]).unwrap();
    assert_eq!(signed.iter().map(|signed| signed.time).collect::<Vec<_>>(), [None, Some(1_679_315_147)]);
    // Another time is another message.
    let mut altered = note.clone();
    let mut line = altered.signatures()[1].clone();
    line.signature[7] ^= 1;
    altered = Note::sign(altered.text(), &[&log]).unwrap();
    altered.add(line);
    assert!(
        altered.verify(&[log.public().clone(), partner.public().clone()]).is_err(),
        "a known key that fails refuses the note"
    );
    assert_eq!(altered.verify(&[log.public().clone()]).unwrap().len(), 1, "an unknown one is ignored");
    assert!(VerifierKey::parse("w.example+00000000+Bgo=").unwrap_err().is_unsupported(), "ML-DSA is not known here");
}

#[test]
fn notes_that_are_none() {
    let line = "— a.example/x AAAAAAE=";
    let good = format!("text\n\n{line}\n");
    assert!(Note::parse(good.as_bytes()).is_ok());
    let bad = [
        "text\n".to_owned(),
        format!("text\n\n{line}"),
        format!("text\n{line}\n"),
        format!("te\txt\n\n{line}\n"),
        format!("te\rxt\n\n{line}\n"),
        format!("text\n\n{line} \n"),
        "text\n\n— a.example AAAAAA==\n".to_owned(),
        "text\n\n— a+b AAAAAAE=\n".to_owned(),
        "text\n\n— a\u{a0}b AAAAAAE=\n".to_owned(),
        "text\n\n- a.example/x AAAAAAE=\n".to_owned(),
        "text\n\n\n".to_owned(),
        format!("text\n\n{}", format!("{line}\n").repeat(101)),
    ];
    for bad in bad {
        assert!(Note::parse(bad.as_bytes()).unwrap_err().is_malformed(), "{bad:?}");
    }
    assert!(Note::parse(format!("text\n\n{}", format!("{line}\n").repeat(16)).as_bytes()).is_ok());
    assert!(Note::parse(b"\xff\n\n\xe2\x80\x94 a AAAAAAE=\n").is_err());
    assert!(NoteSignature::parse("— a ").is_err());
    assert!(Checkpoint::parse("log\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n").is_err(), "a leading zero");
    let weak = VerifierKey::new("a", KeyKind::Ed25519, &[0; 32]);
    assert!(weak.is_err(), "a key of small order");
}
