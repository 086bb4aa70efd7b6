//! What the fuzz targets of `khronika-nlp` do with their bytes. Apart from `bodies.rs`, so that they are built and run without the rest of
//! the program: by the targets here, and by the test `crates/khronika-nlp/tests/fuzz.rs`.
//!
//! A body may not panic, whatever the bytes are, and what is told of a text lies in it.

use std::sync::LazyLock;

use khronika_nlp::{Doc, Pipeline, Steps};

/// A body: what a target does with bytes.
pub type Body = fn(&[u8]);

/// The targets by name.
pub const ALL: [(&str, Body); 2] = [("nlp_text", text), ("nlp_package", package)];

/// A pipeline of each kind: with every step, with word vectors, with floret vectors, and slovnet's networks.
static PIPELINES: LazyLock<Vec<Pipeline>> = LazyLock::new(|| {
    let packs: [&'static [u8]; 4] = [
        include_bytes!("../crates/khronika-nlp/tests/goldens/small-steps.zip"),
        include_bytes!("../crates/khronika-nlp/tests/goldens/small-vectors.zip"),
        include_bytes!("../crates/khronika-nlp/tests/goldens/small-floret.zip"),
        include_bytes!("../models/ru_natasha_news-1.6.0.pack"),
    ];
    packs.into_iter().map(|pack| Pipeline::from_bytes(pack).expect("a pipeline")).collect()
});

/// Bytes are a text.
pub fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for pipeline in PIPELINES.iter() {
        for steps in [Steps::ALL, Steps::ENTITIES] {
            lies_in(&pipeline.annotate_with(&text, steps), &text);
        }
    }
}

/// Bytes are a package. Where it can be read, it annotates.
pub fn package(bytes: &[u8]) {
    let with_sums = with_checksums(bytes);
    for bytes in [bytes.to_vec()].into_iter().chain(with_sums) {
        if let Ok(pipeline) = Pipeline::from_bytes(bytes) {
            let text = "The court of Ruritania, on 3 May, quashed it. Суд отменил решение.";
            lies_in(&pipeline.annotate(text), text);
        }
    }
}

/// The archive with right checksums, where it has wrong ones: whoever makes a package writes them so, and a changed file would else be
/// refused for its checksum alone. Only files that are stored as they are can be changed to something else that is told.
fn with_checksums(bytes: &[u8]) -> Option<Vec<u8>> {
    let number = |at: usize, len: usize| {
        let digits = bytes.get(at..at.checked_add(len)?)?;
        Some(digits.iter().rev().fold(0, |n, digit| n << 8 | usize::from(*digit)))
    };
    let end = (0..bytes.len().checked_sub(21)?).rev().find(|at| number(*at, 4) == Some(0x0605_4b50))?;
    let mut out = bytes.to_vec();
    let mut at = number(end + 16, 4)?;
    while number(at, 4) == Some(0x0201_4b50) {
        let (method, size, header) = (number(at + 10, 2)?, number(at + 24, 4)?, number(at + 42, 4)?);
        if method == 0 {
            let start = header.checked_add(30)? + number(header.checked_add(26)?, 2)? + number(header + 28, 2)?;
            if let Some(file) = bytes.get(start..start.saturating_add(size)) {
                out.get_mut(at + 16..at + 20)?.copy_from_slice(&checksum(file).to_le_bytes());
            }
        }
        at = at.checked_add(46)? + number(at + 28, 2)? + number(at + 30, 2)? + number(at + 32, 2)?;
    }
    (out != bytes).then_some(out)
}

/// The checksum of zip archives.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}

fn lies_in(doc: &Doc, text: &str) {
    let mut end = 0;
    for token in doc.tokens() {
        let span = token.span();
        assert!(span.start >= end && !span.is_empty() && text.get(span.clone()).is_some(), "a token out of place");
        assert!(token.head() < doc.len(), "a head that is no token");
        end = span.end;
    }
    assert_eq!(doc.sentences().map(|s| s.len()).sum::<usize>(), doc.len(), "a token without a sentence");
    for entity in doc.entities() {
        assert!(text.get(entity.span.clone()).is_some() && entity.tokens.end <= doc.len(), "a name out of place");
    }
}
