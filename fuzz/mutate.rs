//! Good files that were changed: how the bodies of the fuzz targets are run on a stable compiler. Each crate's test takes this in beside
//! its bodies.

use std::panic::{RefUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// What runs over the bytes.
pub type Body = fn(&[u8]);

/// One change after another to one of the files of `corpus`, of which the first `longest` bytes are taken: bits flipped, bytes set to
/// such as `telling` (those that mean something where they stand), cut, doubled, put in from another file, taken out. The same for the same
/// `seed`.
pub fn mutated(corpus: &[Vec<u8>], mut seed: u64, telling: [u8; 8], longest: usize) -> Vec<u8> {
    let mut below = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % end.max(1)
    };
    let mut bytes = corpus[below(corpus.len())].clone();
    bytes.truncate(longest);
    for _ in 0..=below(6) {
        let at = below(bytes.len());
        match below(6) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << below(8),
            1 if !bytes.is_empty() => bytes[at] = telling[below(8)],
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

/// Runs the bodies, or the one that `FUZZ_ONLY` names, over what `make` makes of each number from `FUZZ_FIRST` (0) on, for `FUZZ_SECONDS`
/// (60). The bytes over which one falls are written to the folder for temporary files.
pub fn for_a_while(bodies: &[(&str, Body)], make: impl Fn(u64) -> Vec<u8> + RefUnwindSafe) {
    let number = |name, otherwise| std::env::var(name).ok().and_then(|s| s.parse().ok()).unwrap_or(otherwise);
    let (seconds, first) = (number("FUZZ_SECONDS", 60), number("FUZZ_FIRST", 0));
    let only = std::env::var("FUZZ_ONLY").ok();
    let chosen = || bodies.iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name));
    assert!(
        chosen().next().is_some(),
        "FUZZ_ONLY is none of {:?}",
        bodies.iter().map(|body| body.0).collect::<Vec<_>>()
    );
    let (start, mut round, mut slow) = (Instant::now(), first, Duration::ZERO);
    while start.elapsed() < Duration::from_secs(seconds) {
        let bytes = make(round);
        for (name, body) in chosen() {
            let begun = Instant::now();
            if catch_unwind(|| body(&bytes)).is_err() {
                let path = std::env::temp_dir().join(format!("khronika-{name}-{round}"));
                std::fs::write(&path, &bytes).unwrap();
                panic!("{name} falls in round {round}: {}", path.display());
            }
            if begun.elapsed() > slow {
                slow = begun.elapsed();
                println!("slowest so far: {name}, round {round}, {} bytes, {slow:?}", bytes.len());
            }
        }
        round += 1;
    }
    println!("{} rounds", round - first);
}
