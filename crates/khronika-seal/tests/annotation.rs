//! Annotations against the assertions of the W3C, and passages found again in texts that were changed.

#![allow(clippy::unwrap_used, reason = "tests")]

use khronika_seal::annotation::{Annotation, Motivation, Passage, find};
use proptest::prelude::*;
use serde_json::{Value, json};

fn annotation(passages: usize) -> Annotation {
    let passage = |i: u64| Passage {
        source: "sources/Арест 1.txt".to_owned(),
        sha256: [0x12; 32],
        start: 10 * i,
        end: 10 * i + 6,
        exact: "Әділет".to_owned(),
        prefix: "до ".to_owned(),
        suffix: String::new(),
        page: (i > 0).then_some(2),
    };
    Annotation {
        id: "urn:khronika:event:1".to_owned(),
        motivation: Motivation::Identifying,
        body: "a ministry".to_owned(),
        language: Some("en".to_owned()),
        created: Some("2026-11-30T01:02:03Z".to_owned()),
        generator: Some(("https://example.org/khronika".to_owned(), "khronika".to_owned())),
        passages: (0..passages as u64).map(passage).collect(),
    }
}

/// Every “must” of the W3C's assertions holds; “should” and “may” are told by the standard to be free.
#[test]
fn assertions_of_the_w3c() {
    let vectors: Value = serde_json::from_str(include_str!("vectors/web_annotation.json")).unwrap();
    let definitions = vectors["definitions"].as_object().unwrap();
    let subjects = [annotation(1).to_json().unwrap(), annotation(3).to_json().unwrap()];
    // The definitions refer to one another by bare file names, the assertions to them, too.
    let mut registry = jsonschema::Registry::new();
    for (file, definition) in definitions {
        let mut definition = definition.clone();
        definition.as_object_mut().unwrap().remove("id");
        registry = registry.add(format!("json-schema:///w3c/{file}"), definition).unwrap();
    }
    let registry = registry.prepare().unwrap();
    let (mut musts, mut shoulds, mut unmet) = (0, 0, Vec::new());
    for (name, assertion) in vectors["assertions"].as_object().unwrap() {
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft4).should_validate_formats(true);
        let options = options.with_base_uri("json-schema:///w3c/assertion.json").with_registry(&registry);
        let mut schema = assertion.clone();
        schema.as_object_mut().unwrap().remove("id");
        let validator = options.build(&schema).unwrap_or_else(|e| panic!("{name}: {e}"));
        for subject in &subjects {
            let met = validator.is_valid(subject) == (assertion["expectedResult"] == "valid");
            match assertion["assertionType"].as_str().unwrap() {
                "must" => {
                    musts += 1;
                    if !met {
                        unmet.push(name.clone());
                    }
                }
                "should" if met => shoulds += 1,
                _ => {}
            }
        }
    }
    assert_eq!((musts, unmet), (108, Vec::<String>::new()));
    // Most are of features that are not used.
    assert!(shoulds >= 20, "{shoulds} of 66");
}

#[test]
fn an_annotation_in_full() {
    let json = annotation(1).to_json().unwrap();
    assert_eq!(json["target"]["source"], "ni:///sha-256;EhISEhISEhISEhISEhISEhISEhISEhISEhISEhISEhI");
    assert_eq!(json["target"]["label"], "sources/Арест 1.txt");
    assert_eq!(json["target"]["selector"][0], json!({"type": "TextPositionSelector", "start": 0, "end": 6}));
    assert_eq!(json["target"]["selector"][1], json!({"type": "TextQuoteSelector", "exact": "Әділет", "prefix": "до "}));
    assert_eq!(annotation(2).to_json().unwrap()["target"].as_array().unwrap().len(), 2);
    let mut wrong = annotation(1);
    wrong.passages[0].end += 1;
    assert!(wrong.to_json().unwrap_err().is_malformed());
    assert!(annotation(0).to_json().is_err());
}

#[test]
fn the_same_words_twice_are_told_apart_by_what_is_around() {
    let text = "the court annuls it; the court upholds it";
    assert_eq!(find(text, 999, "the court", "it; ", " upholds"), Some(21..30));
    assert_eq!(find(text, 999, "the court", "", ""), None, "either");
    assert_eq!(find("", 0, "", "", ""), None);
}

proptest! {
    /// One edit in a hundred characters, in any script: found at the right place, or not at all, never at a wrong one.
    #[test]
    fn passages_are_found_again(seed in "[а-яәіңғүұқөһ a-z👍e\u{301}]{200,400}", edits in prop::collection::vec((any::<prop::sample::Index>(), "[a-zа-я ]{0,2}"), 1..4), at in any::<prop::sample::Index>()) {
        let chars: Vec<char> = seed.chars().collect();
        let start = at.index(chars.len() - 40);
        let take = |from: usize, to: usize| chars[from..to.min(chars.len())].iter().collect::<String>();
        let (exact, prefix, suffix) = (take(start, start + 30), take(start.saturating_sub(32), start), take(start + 30, start + 62));
        let mut changed: Vec<Option<(usize, char)>> = chars.iter().copied().enumerate().map(Some).collect();
        let mut inserted = Vec::new();
        for (place, text) in &edits {
            let place = place.index(chars.len());
            changed[place] = None;
            inserted.push((place, text.clone()));
        }
        let (mut text, mut now) = (String::new(), None);
        for (i, slot) in changed.iter().enumerate() {
            for (_, more) in inserted.iter().filter(|(place, _)| *place == i) {
                text.push_str(more);
            }
            if i == start {
                now = Some(text.chars().count() as u64);
            }
            if let Some((_, c)) = slot {
                text.push(*c);
            }
        }
        let whole = (start..start + 30).all(|i| changed[i].is_some());
        let found = find(&text, start as u64, &exact, &prefix, &suffix);
        if whole && !inserted.iter().any(|(place, _)| (start..start + 30).contains(place)) {
            prop_assert_eq!(found.map(|range| range.start), now);
        }
    }
}
