//! The bodies of the fuzz targets on a stable compiler, over good files that were changed.
//!
//!     FUZZ_SECONDS=300 cargo test --release -p khronika-seal --test fuzz -- --ignored --nocapture

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test that cannot go on fails")]

#[path = "../../../fuzz/seal.rs"]
mod bodies;
#[path = "../../../fuzz/mutate.rs"]
mod mutate;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::Value;

/// Good files of every kind.
fn corpus() -> Vec<Vec<u8>> {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let mut all: Vec<Vec<u8>> = Vec::new();
    let log = read(include_str!("vectors/tessera_log.json"));
    all.extend(log["files"].as_object().unwrap().values().map(|file| STANDARD.decode(file.as_str().unwrap()).unwrap()));
    for row in read(include_str!("vectors/tlog_tables.json"))["tlog_proof_ok"].as_array().unwrap() {
        all.push(row["text"].as_str().unwrap().as_bytes().to_vec());
    }
    for row in read(include_str!("vectors/stamps.json"))["stamps"].as_array().unwrap() {
        for field in ["tsr", "root"] {
            all.push(STANDARD.decode(row[field].as_str().unwrap()).unwrap());
        }
    }
    let bags = read(include_str!("vectors/bagit_suite.json"));
    for (path, file) in bags["files"].as_object().unwrap() {
        // A byte before it says which file of a bag it is.
        let first = u8::from(path.contains("manifest")) + 2 * u8::from(path.ends_with("info.txt"));
        all.push([vec![first], STANDARD.decode(file.as_str().unwrap()).unwrap()].concat());
    }
    let ages = read(include_str!("vectors/age.json"));
    for file in ages["files"].as_object().unwrap().values() {
        let bytes = STANDARD.decode(file.as_str().unwrap()).unwrap();
        let start = bytes.windows(2).position(|two| two == b"\n\n").unwrap();
        all.push(bytes[start + 2..].to_vec());
    }
    all.push([b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08".as_slice(), &[7; 32], b"\xff\xf0\x02ab\x08\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x01\x00\xf2\x08\x00\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e\x03\x02x/"].concat());
    all.push(
        b"untrusted comment: x\nRUQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\ntrusted comment: y\nAAAA\n"
            .to_vec(),
    );
    all.push("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k".as_bytes().to_vec());
    all.push("tile/0/x001/x234/067.p/8".as_bytes().to_vec());
    all
}

#[test]
fn no_body_falls_over_the_corpus() {
    for bytes in corpus() {
        for (_, body) in bodies::ALL {
            body(&bytes);
        }
    }
}

fn changed(seed: u64) -> Vec<u8> {
    mutate::mutated(&CORPUS, seed, [0, 1, 0x7f, 0x80, 0xff, b'\n', b' ', b'/'], 20_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_body_falls_over_changed_files(seed in any::<u64>()) {
        let bytes = changed(seed);
        for (_, body) in bodies::ALL {
            body(&bytes);
        }
    }

    #[test]
    fn no_body_falls_over_random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for (_, body) in bodies::ALL {
            body(&bytes);
        }
    }
}

static CORPUS: std::sync::LazyLock<Vec<Vec<u8>>> = std::sync::LazyLock::new(corpus);

#[test]
#[ignore = "runs for as long as FUZZ_SECONDS says"]
fn mutations_for_a_while() {
    mutate::for_a_while(&bodies::ALL, changed);
}
