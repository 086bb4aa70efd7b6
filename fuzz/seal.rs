//! What the fuzz targets of `khronika-seal` do with their bytes. Apart from `bodies.rs`, so that they are built and run without the rest of
//! the program: by the targets here, and by the test `crates/khronika-seal/tests/fuzz.rs`.
//!
//! A body may not panic, whatever the bytes are, and what was read is written as it was.

use std::io::Cursor;
use std::path::Path;
use std::sync::LazyLock;

use khronika_seal::age::{self, Identity};
use khronika_seal::bag::{self, Strictness, safe_name};
use khronika_seal::checkpoint::Checkpoint;
use khronika_seal::note::{KeyKind, Note, SignerKey, VerifierKey};
use khronika_seal::ots::{BlockHeader, Ots};
use khronika_seal::proof::TlogProof;
use khronika_seal::sign::{MinisignKey, MinisignSignature};
use khronika_seal::stamp::{Certificates, Token};
use khronika_seal::tiles::{self, Tile};
use khronika_seal::verify::kind_of;

/// A body: what a target does with bytes.
pub type Body = fn(&[u8]);

/// The targets by name.
pub const ALL: [(&str, Body); 7] = [
    ("seal_log", log),
    ("seal_bag", bag),
    ("seal_minisign", minisign),
    ("seal_stamp", stamp),
    ("seal_ots", ots),
    ("seal_age", age),
    ("seal_text", text),
];

/// Bytes are read as all that belongs to a log.
pub fn log(bytes: &[u8]) {
    static KEY: LazyLock<SignerKey> =
        LazyLock::new(|| SignerKey::from_seed("fuzz.example/log", KeyKind::Ed25519, &[1; 32]).expect("a key"));
    let known = [KEY.public().clone()];
    if let Ok(note) = Note::parse(bytes) {
        assert_eq!(note.to_string().as_bytes(), bytes, "a note is written as it was read");
        assert!(note.verify(&known).is_err() || bytes.len() > 100, "nobody signs by chance");
        if let Ok(checkpoint) = Checkpoint::parse(note.text()) {
            assert_eq!(checkpoint.to_string(), note.text(), "a checkpoint is written as it was read");
        }
    }
    if let Ok(proof) = TlogProof::parse(bytes) {
        assert_eq!(proof.to_string().as_bytes(), bytes, "a proof is written as it was read");
        drop(proof.verify(&khronika_seal::tree::leaf_hash(bytes), None, &known));
    }
    if let Ok(entries) = tiles::read_bundle(bytes) {
        assert_eq!(tiles::bundle_bytes(&entries).as_deref().ok(), Some(bytes), "a bundle is written as it was read");
    }
    drop(tiles::read_tile(bytes));
    assert_eq!(kind_of(Path::new("x"), bytes).name(), kind_of(Path::new("y"), bytes).name());
}

/// Bytes are a tag file of a bag; the first says which.
pub fn bag(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let name = ["bagit.txt", "manifest-md5.txt", "bag-info.txt", "fetch.txt", "tagmanifest-sha256.txt", "data/x"]
        [usize::from(first % 6)];
    let version = ["0.97", "1.0", "0.93"][usize::from(first / 6 % 3)];
    let encoding = ["UTF-8", "UTF-16", "ISO-8859-1"][usize::from(first / 18 % 3)];
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("a file");
    std::fs::create_dir(folder.path().join("data")).expect("a folder");
    write("bagit.txt", format!("BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n").as_bytes());
    write("data/x", b"x");
    write(name, rest);
    for strictness in [Strictness::Standard, Strictness::Ours] {
        drop(bag::check(folder.path(), strictness));
    }
}

/// Bytes are a signature or a key of minisign.
pub fn minisign(bytes: &[u8]) {
    if let Ok(signature) = MinisignSignature::parse(bytes) {
        let text = signature.to_string();
        assert_eq!(
            MinisignSignature::parse(text.as_bytes()).ok().as_ref(),
            Some(&signature),
            "a signature is read as it was written"
        );
    }
    if let Ok(key) = MinisignKey::parse(&String::from_utf8_lossy(bytes)) {
        assert_eq!(MinisignKey::parse(&key.to_string()).ok(), Some(key), "a key is read as it was written");
    }
}

/// Bytes are a time stamp, or certificates.
pub fn stamp(bytes: &[u8]) {
    if let Ok(token) = Token::parse(bytes) {
        drop(token.check_signature(&Certificates::default()));
        // Its own certificates as roots lead the search through all of them.
        drop(token.check_nonce(b"nonce"));
        assert!(token.check_file(bytes).is_err(), "no file has a stamp of itself in it");
    }
    if let Ok(roots) = Certificates::parse(bytes) {
        assert!(!roots.is_empty());
    }
}

/// Bytes are a proof of OpenTimestamps, or a header.
pub fn ots(bytes: &[u8]) {
    if let Ok(ots) = Ots::parse(bytes) {
        let written = ots.to_bytes().expect("what was read can be written");
        assert_eq!(Ots::parse(&written).ok().as_ref(), Some(&ots), "a proof is read as it was written");
        drop((ots.attestations(), ots.commitments()));
    }
    if let Ok(header) = BlockHeader::parse(bytes) {
        drop(header.check_work());
    }
}

/// Bytes are an encrypted file.
pub fn age(bytes: &[u8]) {
    static KEYS: LazyLock<Vec<Identity>> = LazyLock::new(|| vec![Identity::generate()]);
    let mut out = Vec::new();
    assert!(age::decrypt(Cursor::new(bytes), &KEYS, &mut out).is_err() && out.is_empty(), "nobody encrypts by chance");
    drop(age::inspect(Cursor::new(bytes)));
}

/// Bytes are names, paths and keys.
pub fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let safe = safe_name(&text);
    assert!(!safe.is_empty() && safe.len() <= 202 && !safe.contains(['/', '\\']), "{safe:?}");
    assert_eq!(safe_name(&safe), safe, "a safe name is one");
    if let Some(tile) = Tile::from_path(&text) {
        assert_eq!(tile.path(), text);
    }
    if let Ok(key) = VerifierKey::parse(&text) {
        assert_eq!(VerifierKey::parse(&key.to_string()).ok(), Some(key));
    }
    drop(SignerKey::parse(&text));
    if let Some(place) = khronika_seal::annotation::find(&text, 3, "a", "b", "c") {
        assert_eq!(text.chars().nth(usize::try_from(place.start).expect("a place")), Some('a'));
    }
}
