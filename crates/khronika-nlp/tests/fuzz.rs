//! The bodies of the fuzz targets on a stable compiler, over good packages and texts that were changed.
//!
//!     FUZZ_SECONDS=300 cargo test --release -p khronika-nlp --test fuzz -- --ignored --nocapture

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test that cannot go on fails")]

#[path = "../../../fuzz/nlp.rs"]
mod bodies;

use std::time::{Duration, Instant};

use miniz_oxide::inflate::decompress_to_vec;

/// Texts of every kind, and small packages.
fn corpus() -> Vec<Vec<u8>> {
    let texts = [
        "",
        "The Court of Ruritania, on 3 May 2020, quashed it (see § 4, e.g. https://a.example/?b=c).",
        "Суд отменил решение 3 мая 2020 г. по делу «А. Б. против Руритании»; т. е. вернул :-)",
        "e\u{301}\u{200d}👩‍👩‍👧 \u{1c}\u{1f}\u{2028}\u{feff}²٣ ﷺ İ ß 'tis don't l'État",
    ];
    let packages: [&[u8]; 3] = [
        include_bytes!("goldens/small-steps.zip"),
        include_bytes!("goldens/small-vectors.zip"),
        include_bytes!("goldens/small-floret.zip"),
    ];
    let stored = packages.map(stored);
    texts.iter().map(|text| text.as_bytes().to_vec()).chain(packages.map(<[u8]>::to_vec)).chain(stored).collect()
}

/// The archive with its files as they are: a change of a byte is a change of one in a file.
fn stored(archive: &[u8]) -> Vec<u8> {
    let number = |at: usize, len: usize| archive[at..at + len].iter().rev().fold(0, |n, b| n << 8 | usize::from(*b));
    let short = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    let end = archive.len() - 22;
    let (mut out, mut list) = (Vec::new(), Vec::new());
    let mut at = number(end + 16, 4);
    for _ in 0..number(end + 10, 2) {
        let (packed, name, header) = (number(at + 20, 4), number(at + 28, 2), number(at + 42, 4));
        let body = header + 30 + number(header + 26, 2) + number(header + 28, 2);
        let mut bytes = archive[body..body + packed].to_vec();
        if number(at + 10, 2) == 8 {
            bytes = decompress_to_vec(&bytes).unwrap();
        }
        let sum = &archive[at + 16..at + 20];
        let about = [&[20, 0, 0, 0, 0, 0, 0, 0, 33, 0], sum, &short(bytes.len()), &short(bytes.len())].concat();
        let about = [about, short(name).to_vec()].concat();
        let name = &archive[at + 46..at + 46 + name];
        list.extend([b"PK\x01\x02\x14\0", about.as_slice(), &[0; 10], &short(out.len()), name].concat());
        out.extend([b"PK\x03\x04", about.as_slice(), name, &bytes].concat());
        at += 46 + name.len() + number(at + 30, 2) + number(at + 32, 2);
    }
    let count = &archive[end + 8..end + 12];
    let start = out.len();
    out.extend([list.as_slice(), b"PK\x05\x06\0\0\0\0", count, &short(list.len()), &short(start), &[0; 2]].concat());
    out
}

/// One change after another: bytes flipped, cut, doubled, left out.
fn mutated(corpus: &[Vec<u8>], mut seed: u64) -> Vec<u8> {
    let mut below = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % end.max(1)
    };
    let mut bytes = corpus[below(corpus.len())].clone();
    for _ in 0..=below(6) {
        let at = below(bytes.len());
        match below(5) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << below(8),
            1 if !bytes.is_empty() => bytes[at] = [0, 1, 0x7f, 0x80, 0xff, b'\n', b' ', b'.'][below(8)],
            2 => bytes.truncate(at),
            3 => {
                let piece = bytes[at..(at + below(60)).min(bytes.len())].repeat(1 + below(20));
                drop(bytes.splice(at..at, piece));
            }
            _ => drop(bytes.drain(at..(at + below(20)).min(bytes.len()))),
        }
    }
    bytes
}

fn run(seeds: impl Iterator<Item = u64>) -> usize {
    let corpus = corpus();
    let mut runs = 0;
    for seed in seeds {
        let bytes = mutated(&corpus, seed);
        for (name, body) in bodies::ALL {
            // A package as a text is long, and the same to every seed.
            if name != "nlp_text" || bytes.len() < 4096 {
                body(&bytes);
            }
        }
        runs += 1;
    }
    runs
}

#[test]
fn files_that_are_stored_as_they_are_make_the_same_package() {
    for bytes in corpus().into_iter().skip(4) {
        assert!(khronika_nlp::Pipeline::from_bytes(bytes).is_ok());
    }
}

#[test]
fn no_body_falls_over_the_corpus() {
    for bytes in corpus() {
        bodies::package(&bytes);
        bodies::text(&bytes[..bytes.len().min(4096)]);
    }
    run(0..60);
}

#[test]
#[ignore = "as long as FUZZ_SECONDS says"]
fn no_body_falls_over_changed_files() {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(60);
    let end = Instant::now() + Duration::from_secs(seconds);
    let runs = run((1 << 32..).take_while(|_| Instant::now() < end));
    println!("{runs} inputs");
}
