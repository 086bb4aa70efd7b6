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
    if let Ok(pipeline) = Pipeline::from_bytes(bytes.to_vec()) {
        let text = "The court of Ruritania, on 3 May, quashed it. Суд отменил решение.";
        lies_in(&pipeline.annotate(text), text);
    }
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
