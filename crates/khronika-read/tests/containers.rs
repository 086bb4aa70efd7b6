//! The bodies of the fuzz targets of mail, archives and web pages on a stable compiler, over good files that were changed.
//!
//!     FUZZ_SECONDS=300 cargo test --release -p khronika-read --test containers -- --ignored --nocapture

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test that cannot go on fails")]

#[path = "../../../fuzz/containers.rs"]
mod bodies;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;

/// Good files of every kind.
static CORPUS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folders =
        ["mail", "archives", "pages"].map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name));
    let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| std::fs::read(path).unwrap()).collect()
});

/// One change after another: bytes flipped, cut, doubled, put in from another file.
fn mutated(corpus: &[Vec<u8>], mut seed: u64) -> Vec<u8> {
    let mut below = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % end.max(1)
    };
    let mut bytes = corpus[below(corpus.len())].clone();
    for _ in 0..=below(6) {
        let at = below(bytes.len());
        match below(6) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << below(8),
            1 if !bytes.is_empty() => bytes[at] = [0, 1, 0x7f, 0x80, 0xff, b'\n', b'-', b'>'][below(8)],
            2 => bytes.truncate(at),
            3 => {
                let other = &corpus[below(corpus.len())];
                let from = below(other.len());
                let piece = other[from..(from + below(300)).min(other.len())].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            4 => {
                let piece = bytes[at..(at + below(60)).min(bytes.len())].repeat(1 + below(20));
                drop(bytes.splice(at..at, piece));
            }
            _ => drop(bytes.drain(at..(at + below(20)).min(bytes.len()))),
        }
    }
    bytes
}

fn all(bytes: &[u8]) {
    for (_, body) in bodies::ALL {
        body(bytes);
    }
}

#[test]
fn no_body_falls_over_the_corpus_nor_over_its_pieces() {
    for bytes in CORPUS.iter() {
        all(bytes);
        for end in (0..bytes.len()).step_by(bytes.len() / 40 + 1) {
            all(&bytes[..end]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_body_falls_over_changed_files(seed in any::<u64>()) {
        all(&mutated(&CORPUS, seed));
    }

    #[test]
    fn no_body_falls_over_random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        all(&bytes);
    }
}

#[test]
#[ignore = "runs for as long as FUZZ_SECONDS says"]
fn mutations_for_a_while() {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(60);
    let first = std::env::var("FUZZ_FIRST").ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    let (start, mut rounds, mut slow) = (Instant::now(), first, Duration::ZERO);
    while start.elapsed() < Duration::from_secs(seconds) {
        let bytes = mutated(&CORPUS, rounds);
        let begun = Instant::now();
        if std::panic::catch_unwind(|| all(&bytes)).is_err() {
            let path = std::env::temp_dir().join(format!("khronika-containers-{rounds}"));
            std::fs::write(&path, &bytes).unwrap();
            panic!("round {rounds}: {}", path.display());
        }
        slow = slow.max(begun.elapsed());
        rounds += 1;
    }
    println!("{} rounds, the slowest {slow:?}", rounds - first);
}
