//! The body of the fuzz target of frames on a stable compiler, over frames that were changed.
//!
//!     FUZZ_SECONDS=300 cargo test --release -p khronika-sandbox --test fuzz -- --ignored --nocapture

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test that cannot go on fails")]

#[path = "../../../fuzz/sandbox.rs"]
mod body;

use std::time::{Duration, Instant};

use khronika_core::{Mark, MarkKind, Page, Rect, Span, WordBox};
use khronika_read::rendition::{Embedded, Part, Raster, Remark, RemarkKind, Rendition, Role};
use khronika_sandbox::Confinement;
use khronika_sandbox::frame::{hello, rendition};
use proptest::prelude::*;

/// Frames that tell a document with some of everything.
fn whole() -> Vec<u8> {
    let text = "Paris, le 3 mai. Суд отменил приговор.".to_owned();
    let span = |start, end| Span { start, end };
    let mut seen = Rendition { text, ..Rendition::default() };
    seen.parts = vec![Part { span: span(0, 16), role: Role::Body }, Part { span: span(17, 38), role: Role::Quote }];
    seen.layout.pages =
        vec![Page { span: span(0, 17), width: 1, height: 2 }, Page { span: span(17, 38), width: 1, height: 2 }];
    let rect = Rect { left: 1, top: -2, right: 300, bottom: 70_000 };
    seen.layout.words = vec![WordBox { span: span(0, 5), page: 0, rect, confidence: Some(3) }];
    let note = Some("note".to_owned());
    seen.layout.marks =
        vec![Mark { span: span(0, 5), kind: MarkKind::Link, author: None, date: None, note: note.clone() }];
    seen.about.title.clone_from(&note);
    seen.about.date = "2021-05-04".parse().ok();
    seen.embedded = vec![Embedded { name: "a".into(), declared: note.clone(), bytes: vec![7; 100] }];
    seen.rasters = vec![Raster { page: 1, width: 10, height: 10, gray: vec![9; 100] }];
    seen.remarks = vec![Remark { kind: RemarkKind::Limit, what: "too much".into(), place: note }];
    assert_eq!(seen.check(), Ok(()));
    let mut out = Vec::new();
    hello(&mut out, &Confinement::default()).unwrap();
    rendition(&mut out, seen, &body::BOUNDS).unwrap();
    out
}

/// One change after another: bytes flipped, set, cut, doubled, taken out.
fn mutated(whole: &[u8], mut seed: u64) -> Vec<u8> {
    let mut below = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % end.max(1)
    };
    let mut bytes = whole.to_vec();
    for _ in 0..=below(4) {
        let at = below(bytes.len());
        match below(5) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << below(8),
            1 if !bytes.is_empty() => bytes[at] = [0, 1, 0x7f, 0x80, 0xff, b'd', b'z', b'w'][below(8)],
            2 => bytes.truncate(at),
            3 => {
                let piece = bytes[at..(at + below(60)).min(bytes.len())].repeat(1 + below(4));
                drop(bytes.splice(at..at, piece));
            }
            _ => drop(bytes.drain(at..(at + below(20)).min(bytes.len()))),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_changed_frames_do_harm(seed in any::<u64>()) {
        body::frames(&mutated(&whole(), seed));
    }
}

#[test]
#[ignore = "runs for as long as FUZZ_SECONDS says"]
fn mutations_for_a_while() {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(60);
    let (start, mut rounds, whole) = (Instant::now(), 0, whole());
    while start.elapsed() < Duration::from_secs(seconds) {
        body::frames(&mutated(&whole, rounds));
        rounds += 1;
    }
    println!("{rounds} rounds");
}
