//! OpenTimestamps: a proof of our own that leads to a block everybody knows, and the examples of the reference client.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::PathBuf;

use khronika_seal::digest::from_hex;
use khronika_seal::ots::{Attestation, BlockHeader, Op, Ots};
use sha2::{Digest as _, Sha256};

/// The first block of Bitcoin, and its only transaction: the digest of its digest is the root of the block.
const HEADER: &str = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";
const TRANSACTION: &str = "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";
const BITCOIN_0: &[u8] = b"\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x01\x00";

fn file(rest: &[u8]) -> Vec<u8> {
    let digest = Sha256::digest(from_hex(TRANSACTION).unwrap());
    [b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08", digest.as_slice(), rest].concat()
}

#[test]
fn a_path_to_a_block() {
    let ots = Ots::parse(&file(&[b"\x08", BITCOIN_0].concat())).unwrap();
    ots.check_file(from_hex(TRANSACTION).unwrap().as_slice()).unwrap();
    assert!(ots.check_file(&b"another"[..]).unwrap_err().is_false());
    let header = BlockHeader::parse(HEADER.as_bytes()).unwrap();
    assert_eq!(header.hash(), "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
    assert_eq!(ots.check_block(0, &header).unwrap(), 1_231_006_505);
    assert!(ots.check_block(1, &header).unwrap_err().is_false());
    // A header that nobody mined, one of another block, and a path to elsewhere.
    let mut forged = from_hex(HEADER).unwrap();
    forged[70] ^= 1;
    assert!(ots.check_block(0, &BlockHeader::parse(&forged).unwrap()).unwrap_err().to_string().contains("work"));
    let elsewhere = Ots::parse(&file(&[b"\x08\x08", BITCOIN_0].concat())).unwrap();
    assert!(elsewhere.check_block(0, &header).unwrap_err().is_false());
    assert!(BlockHeader::parse(&forged[1..]).unwrap_err().is_malformed());
}

#[test]
fn impossible_targets() {
    let with = |bits: &str, nonce: u8| {
        let mut header = from_hex(HEADER).unwrap();
        header[72..76].copy_from_slice(&from_hex(bits).unwrap());
        header[76] = nonce;
        BlockHeader::parse(&header).unwrap().check_work().is_ok()
    };
    for bits in ["00000000", "ffff80ff", "ffffffff", "00000001", "0100ff1d", "ffffff20", "ffff7f23"] {
        assert!((0..=255).all(|nonce| !with(bits, nonce)), "{bits}");
    }
    // A target that every second header meets.
    assert!((0..=255).filter(|nonce| with("ffff7f20", *nonce)).count() > 64);
}

#[test]
fn a_proof_is_requested_answered_and_written() {
    let digest: [u8; 32] = Sha256::digest(b"a checkpoint").into();
    let mut ots = Ots::request(&digest, &[7; 16]);
    assert!(ots.to_bytes().is_err(), "no proof yet");
    let [commitment] = ots.commitments().try_into().unwrap();
    let commitment: Vec<u8> = commitment;
    assert_eq!(commitment, Op::Sha256.apply(&[digest.as_slice(), &[7; 16]].concat()).unwrap());
    let pending = b"\x00\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e\x1a\x19https://calendar.example/";
    ots.attach(&commitment, pending).unwrap();
    assert!(ots.attach(b"elsewhere", pending).unwrap_err().is_false());
    let bytes = ots.to_bytes().unwrap();
    let again = Ots::parse(&bytes).unwrap();
    assert_eq!((&again, again.to_bytes().unwrap()), (&ots, bytes));
    assert_eq!(
        again.attestations(),
        [(Attestation::Pending("https://calendar.example/".to_owned()), commitment.clone())]
    );
    // A second calendar, an upgrade, and the same once more.
    let upgrade = [b"\xf0\x01x\x08", BITCOIN_0].concat();
    ots.attach(&commitment, &upgrade).unwrap();
    let both = ots.clone();
    ots.attach(&commitment, &upgrade).unwrap();
    ots.merge(&again).unwrap();
    assert_eq!(ots, both);
    assert_eq!(Ots::parse(&ots.to_bytes().unwrap()).unwrap().attestations().len(), 2);
    assert!(ots.merge(&Ots::request(&[0; 32], &[0; 16])).is_err());
}

#[test]
fn unknown_attestations_are_kept() {
    let unknown = b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x03abc";
    let bytes = file(&[&b"\xff"[..], unknown, b"\xf2\x08", BITCOIN_0].concat());
    let ots = Ots::parse(&bytes).unwrap();
    assert_eq!(ots.attestations()[0].0, Attestation::Unknown([1, 2, 3, 4, 5, 6, 7, 8], b"abc".to_vec()));
    assert_eq!(ots.to_bytes().unwrap(), bytes);
}

#[test]
fn proofs_that_are_none() {
    let deep = [vec![0x08; 300], BITCOIN_0.to_vec()].concat();
    let long = [vec![0xf3; 8], BITCOIN_0.to_vec()].concat();
    let bad: [&[u8]; 10] = [
        b"",
        b"\x08",
        b"\x99",
        &deep,
        &long,
        b"\xf0\x00\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x01\x00",
        b"\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x02\x00\x00",
        b"\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x0b\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
        b"\x00\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e\x05\x04h<>x",
        b"\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x01\x00 and more",
    ];
    for rest in bad {
        assert!(Ots::parse(&file(rest)).unwrap_err().is_malformed(), "{rest:?}");
    }
    let mut version = file(BITCOIN_0);
    version[31] = 2;
    assert!(Ots::parse(&version).unwrap_err().is_unsupported());
    assert!(Ots::parse(b"not a proof").unwrap_err().is_malformed());
}

/// The examples of the reference client are not ours to copy: they are read where `KHRONIKA_SHARED` says.
#[test]
fn examples_of_the_reference_client() {
    let Some(shared) = std::env::var_os("KHRONIKA_SHARED").map(PathBuf::from) else { return };
    let examples = shared.join("conformance/ots/examples");
    let (mut good, mut with_file, mut bad) = (0, 0, 0);
    for folder in [examples.clone(), examples.join("sha1")] {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "ots") {
                let bytes = std::fs::read(&path).unwrap();
                let ots = Ots::parse(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                assert_eq!(ots.to_bytes().unwrap(), bytes, "{}", path.display());
                assert!(!ots.attestations().is_empty());
                good += 1;
                if let Ok(content) = std::fs::read(path.with_extension("")) {
                    ots.check_file(content.as_slice()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                    with_file += 1;
                }
            }
        }
    }
    for name in ["a", "b"] {
        let ots = Ots::parse(&std::fs::read(examples.join("sha1/a-or-b.ots")).unwrap()).unwrap();
        ots.check_file(std::fs::File::open(examples.join("sha1").join(name)).unwrap()).unwrap();
    }
    for entry in std::fs::read_dir(examples.join("invalid")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "ots") {
            assert!(Ots::parse(&std::fs::read(&path).unwrap()).is_err(), "{}", path.display());
            bad += 1;
        }
    }
    assert_eq!((good, with_file, bad), (14, 11, 3));
}
