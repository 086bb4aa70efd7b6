//! No text makes the crate panic, and every offset falls on a character's boundary.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a test stops at what it cannot use")]

use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use khronika_nlp::{Pipeline, Steps};
use proptest::prelude::*;

static ENGLISH: LazyLock<Pipeline> = LazyLock::new(|| open("en_core_web_sm-3.8.0.pack"));
static RUSSIAN: LazyLock<Pipeline> = LazyLock::new(|| open("ru_natasha_news-1.6.0.pack"));

fn open(pack: &str) -> Pipeline {
    Pipeline::open(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models").join(pack)).unwrap()
}

/// Tokens lie in order on boundaries, nothing but white space is between them, and everything else holds together.
fn check(text: &str) {
    check_with(&ENGLISH, text, |between| matches!(between, "" | " "));
    check_with(&RUSSIAN, text, |between| between.chars().all(|c| c.is_whitespace() || ('\x1C'..='\x1F').contains(&c)));
}

fn check_with(pipeline: &Pipeline, text: &str, may_lie_between: impl Fn(&str) -> bool) {
    for steps in [Steps::ALL, Steps::ENTITIES] {
        let doc = pipeline.annotate_with(text, steps);
        let mut end = 0;
        for (i, token) in doc.tokens().enumerate() {
            let span = token.span();
            assert!(!span.is_empty() && text.get(span.clone()).is_some());
            assert!(may_lie_between(&text[end..span.start]));
            assert!(token.head() < doc.len());
            assert!(i > 0 || token.starts_sentence());
            end = span.end;
        }
        assert!(may_lie_between(&text[end..]));
        assert_eq!(doc.sentences().map(|s| s.len()).sum::<usize>(), doc.len());
        let mut end = 0;
        for entity in doc.entities() {
            assert!(entity.tokens.start >= end && entity.tokens.end <= doc.len() && !entity.label.is_empty());
            assert!(text.get(entity.span.clone()).is_some());
            end = entity.tokens.end;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn characters_that_the_tokenizer_cares_for(text in "[ \t\n.,:;!?'’\"“”()\\[\\]{}<>/@#$€%&*+=_~^|a-cA-C0-2éß²ёЖ中😀\u{301}\u{200b}\u{2028}-]{0,60}") {
        check(&text);
    }
}

#[test]
fn texts_of_every_odd_kind() {
    for text in [
        "",
        " ",
        "\n\n",
        "\0\u{1}\u{1b}\u{7f}",
        "\u{301}",
        "\u{301}\u{302} \u{301}",
        "👩‍👩‍👧‍👦🇫🇷🏽",
        "Москва London 東京 العدل",
        "\u{feff}x\u{200b}y",
        "\u{1c}\u{1d} a \u{85}\u{2028}",
    ] {
        check(text);
    }
}

/// Long texts of one kind take time that grows with their length and no faster, as far as a shared machine can tell.
#[test]
fn very_long_words_and_runs() {
    for unit in ["a", "(", ".", "a.", "a-", "é'", "1,", "😀", "@a.", "a ", "\n", "://", "'s", ")a", "中。"] {
        let text = unit.repeat(12_000 / unit.len());
        let start = Instant::now();
        check(&text);
        assert!(start.elapsed() < Duration::from_secs(60), "{unit:?}: {:?}", start.elapsed());
    }
    // A word that begins as none of the signs that are cut off it does.
    let text = format!("+5{}", "°".repeat(20_000));
    let start = Instant::now();
    assert_eq!(ENGLISH.annotate_with(&text, Steps::ENTITIES).len(), 20_001);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn very_much_without_a_space() {
    let text = "ab1.c,d(".repeat(16_384);
    for pipeline in [&ENGLISH, &RUSSIAN] {
        assert!(!pipeline.annotate_with(&text, Steps::ENTITIES).is_empty());
    }
    // A megabyte.
    for letter in ["x", "ж"] {
        let text = letter.repeat((1 << 20) / letter.len());
        for pipeline in [&ENGLISH, &RUSSIAN] {
            assert_eq!(pipeline.annotate_with(&text, Steps::ENTITIES).len(), 1);
        }
    }
}
