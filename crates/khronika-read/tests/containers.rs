//! The bodies of the fuzz targets of mail, archives and web pages on a stable compiler, over good files that were changed.
//!
//!     FUZZ_SECONDS=300 cargo test --release -p khronika-read --test containers -- --ignored --nocapture

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test that cannot go on fails")]

#[path = "../../../fuzz/containers.rs"]
mod bodies;
#[path = "../../../fuzz/mutate.rs"]
mod mutate;

use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Good files of every kind.
static CORPUS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folders =
        ["mail", "archives", "pages"].map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name));
    let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| std::fs::read(path).unwrap()).collect()
});

fn changed(seed: u64) -> Vec<u8> {
    mutate::mutated(&CORPUS, seed, [0, 1, 0x7f, 0x80, 0xff, b'\n', b'-', b'>'], usize::MAX)
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
        all(&changed(seed));
    }

    #[test]
    fn no_body_falls_over_random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        all(&bytes);
    }
}

#[test]
#[ignore = "runs for as long as FUZZ_SECONDS says"]
fn mutations_for_a_while() {
    mutate::for_a_while(&bodies::ALL, changed);
}
