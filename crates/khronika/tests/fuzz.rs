//! The bodies of the fuzz targets on a stable compiler: over a small corpus, over random bytes, and, when asked for, over mutations of
//! real texts for as long as is wanted:
//!
//!     FUZZ_SECONDS=300 FUZZ_SEEDS=a-folder-of-texts cargo test --release -p khronika --test fuzz -- --ignored --nocapture

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

#[path = "../../../fuzz/bodies.rs"]
mod bodies;

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use proptest::prelude::*;

/// Texts that have been trouble elsewhere: ends of words and of files, letters that change their length, marks that turn the line.
const TROUBLE: [&str; 16] = [
    "",
    "\0",
    "\u{feff}",
    "\u{202e}снято\u{202c}",
    "İstanbul ẞ ŉ ǰ ﬁ e\u{301}\u{323}",
    "\r\n\r\n\t\u{a0}\u{2028}",
    "31.02.2021 00.00.0000 99/99/9999 2021-13-45T25:61",
    "within 99999999999999999999 days of P99999999999Y",
    "« “ ” ‘ ’ \" ' ( [ { – — - ; : , . … ! ?",
    "Art. art. n° № г. ст. v. M. Mr. No.",
    "\u{1F}",
    "<table><tr><td><p><!--<script>&#x110000;&nbsp",
    "-9999-01-01/9999-12-31 1900? ~1900 19XX [1667,1668..] 2004-06-~11",
    "\u{10ffff}\u{e000}👩‍⚖️",
    "annulled the decision of the court of the judgment of the order of the",
    "суд отменил решение, оставив в силе приговор от 31 апреля",
];

/// The papers of the example, the texts that are trouble, a case.
fn corpus() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = TROUBLE.iter().map(|text| text.as_bytes().to_vec()).collect();
    all.extend(texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/dreyfus")));
    all.push(
        br#"{"schema": "khronika.case/1", "program": {}, "as_of": "2021-05-03", "as_of_basis": "given", "sources": [{"id": "s-1",
        "name": "a.txt", "sha256": "", "blake3": "", "size": 9, "media_type": "text/plain", "encoding": "UTF-8", "lang": "en",
        "langs": ["en"], "blocks": [{"kind": "paragraph", "start": 0, "end": 47, "lang": "en"}],
        "text": "On 3 May 2021 the Court annulled the conviction."}], "problems": []}"#
            .to_vec(),
    );
    all
}

/// Every file under a folder, in order of name.
fn texts(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let inside = |path: PathBuf| if path.is_dir() { texts(&path) } else { vec![fs::read(path).unwrap()] };
    paths.into_iter().flat_map(inside).collect()
}

#[test]
fn no_body_falls_over_the_corpus() {
    for bytes in corpus() {
        for (_, body) in bodies::ALL {
            body(&bytes);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_body_falls_over_random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for (_, body) in bodies::ALL {
            body(&bytes);
        }
    }

    #[test]
    fn no_body_falls_over_mutated_papers(seed in any::<u64>()) {
        let corpus = corpus();
        let bytes = Mutator(seed).mutated(&corpus);
        for (_, body) in bodies::ALL {
            body(&bytes);
        }
    }
}

#[test]
#[ignore = "runs for as long as FUZZ_SECONDS says"]
fn mutations_for_a_while() {
    let seconds = env::var("FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(60);
    let first = env::var("FUZZ_FIRST").ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    let mut seeds = corpus();
    if let Some(folder) = env::var_os("FUZZ_SEEDS") {
        seeds.extend(texts(Path::new(&folder)));
    }
    let (start, mut rounds, mut slow, mut fell) = (Instant::now(), 0_u64, Duration::ZERO, Vec::new());
    while start.elapsed() < Duration::from_secs(seconds) {
        let seed = first + rounds;
        let bytes = Mutator(seed).mutated(&seeds);
        for (name, body) in bodies::ALL {
            let begun = Instant::now();
            if catch_unwind(|| body(&bytes)).is_err() {
                let file = env::temp_dir().join(format!("khronika-{name}-{seed}"));
                fs::write(&file, &bytes).unwrap();
                fell.push(file);
            }
            if begun.elapsed() > slow {
                slow = begun.elapsed();
                println!("slowest so far: {name}, round {seed}, {} bytes, {slow:?}", bytes.len());
            }
        }
        rounds += 1;
    }
    println!("{rounds} rounds");
    assert!(fell.is_empty(), "{fell:#?}");
}

/// A small generator of numbers (SplitMix64), so that a round can be run again by its number.
struct Mutator(u64);

impl Mutator {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 16).unwrap_or(0) % end.max(1)
    }

    /// A part of one of the seeds, of at most so many bytes.
    fn part<'a>(&mut self, seeds: &'a [Vec<u8>], most: usize) -> &'a [u8] {
        let seed = &seeds[self.below(seeds.len())];
        let start = self.below(seed.len() + 1);
        let end = seed.len().min(start + self.below(most + 1));
        &seed[start..end]
    }

    fn mutated(mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = self.part(seeds, 12_000).to_vec();
        for _ in 0..=self.below(12) {
            let (from, to) = (self.below(bytes.len() + 1), self.below(bytes.len() + 1));
            let (from, to) = (from.min(to), from.max(to));
            match self.below(8) {
                0 => drop(bytes.drain(from..to.min(from + 200))),
                1 => {
                    let new = self.part(seeds, 400).to_vec();
                    drop(bytes.splice(from..from, new));
                }
                2 => {
                    let text = TROUBLE[self.below(TROUBLE.len())];
                    drop(bytes.splice(from..from, text.bytes()));
                }
                3 => {
                    let again = bytes[from..to.min(from + 60)].repeat(1 + self.below(30));
                    drop(bytes.splice(from..from, again));
                }
                4 if from < bytes.len() => bytes[from] = u8::try_from(self.below(256)).unwrap_or(0),
                5 => {
                    let digits = self.below(usize::MAX).to_string();
                    drop(bytes.splice(from..from, digits.bytes()));
                }
                6 => bytes.truncate(to.max(bytes.len() / 2)),
                _ => {
                    let moved: Vec<u8> = bytes.drain(from..to.min(from + 300)).collect();
                    let place = self.below(bytes.len() + 1);
                    drop(bytes.splice(place..place, moved));
                }
            }
        }
        bytes
    }
}
