//! What was found comes back as it was.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use khronika_core::{Findings, Lang, Problem, ProblemKind, Source, Span};
use khronika_data::Dataset;
use khronika_find::Finder;
use khronika_find::packed::{pack, unpack};
use khronika_read::{ReadOptions, Reader};
use proptest::prelude::*;

/// What none of the others tells.
const MORE: &str = "Dover, 12 May 2021\n\nOn 3 May 2021, 87 people were detained in Northport; the minister spoke of 112. Anna Brunner is a \
    recognised refugee. You are obliged to leave within thirty days of 9 May 2021. This order was served on you on 10 May 2021.\n";

/// The example case, and the texts of the suites of acts by language: each language's as one document.
fn sources() -> Vec<Source> {
    let reader = Reader::new(&Dataset::embedded()).unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts: Vec<(String, String, Option<Lang>)> = Vec::new();
    for file in fs::read_dir(here.join("../../examples/dreyfus")).unwrap() {
        let file = file.unwrap();
        texts.push((file.file_name().into_string().unwrap(), fs::read_to_string(file.path()).unwrap(), None));
    }
    let mut suites: BTreeMap<String, String> = BTreeMap::new();
    for file in fs::read_dir(here.join("tests/acts")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for fence in text.split("\n```").filter_map(|part| part.split_once('\n')) {
            if fence.0.len() == 2 {
                let suite = suites.entry(fence.0.to_owned()).or_default();
                suite.push_str(fence.1);
                suite.push_str("\n\n");
            }
        }
    }
    texts.push(("more.txt".to_owned(), MORE.to_owned(), None));
    texts.extend(suites.into_iter().map(|(lang, text)| (format!("{lang}.txt"), text, Lang::new(&lang))));
    texts
        .iter()
        .map(|(name, text, lang)| {
            let options = ReadOptions { lang: *lang, ..ReadOptions::default() };
            reader.read_text(name, text, &options).unwrap().0
        })
        .collect()
}

#[test]
fn what_was_found_comes_back_as_it_was() {
    let finder = Finder::new(&Dataset::embedded()).unwrap();
    let sources = sources();
    let langs: BTreeSet<&str> = sources.iter().map(|source| source.lang.code()).collect();
    assert!(["en", "fr", "ru", "uk", "kk"].iter().all(|lang| langs.contains(lang)), "{langs:?}");
    let mut all = Findings::empty(sources[0].id.clone());
    for source in &sources {
        let found = finder.find(source);
        let asked = BTreeSet::from([Lang::EN, source.lang]);
        let bytes = pack(&found, &asked).unwrap_or_else(|| panic!("{} is not packed", source.name));
        assert_eq!(unpack(&bytes), Some((found.clone(), asked)), "{}", source.name);
        // What is cut, and what has something behind it, is not what was packed.
        for cut in (0..bytes.len()).step_by(bytes.len() / 50 + 1) {
            assert_eq!(unpack(&bytes[..cut]), None);
        }
        assert_eq!(unpack(&[&bytes[..], &[0]].concat()), None);
        all.letter = all.letter.or(found.letter);
        all.problems.extend(found.problems);
        all.dates.extend(found.dates);
        all.actors.extend(found.actors);
        all.mentions.extend(found.mentions);
        all.acts.extend(found.acts);
        all.events.extend(found.events);
        all.statements.extend(found.statements);
        all.counts.extend(found.counts);
        all.retold.extend(found.retold);
        all.served.extend(found.served);
        all.to_reader.extend(found.to_reader);
        all.claims.extend(found.claims);
        all.periods.extend(found.periods);
    }
    // The texts hold something of every kind.
    for (is_empty, what) in [
        (all.dates.is_empty(), "dates"),
        (all.actors.is_empty(), "actors"),
        (all.mentions.is_empty(), "mentions"),
        (all.acts.is_empty(), "acts"),
        (all.events.is_empty(), "events"),
        (all.statements.is_empty(), "statements"),
        (all.letter.is_none(), "letters"),
        (all.counts.is_empty(), "counts"),
        (all.retold.is_empty(), "what is told differently"),
        (all.served.is_empty(), "services"),
        (all.to_reader.is_empty(), "clauses to the reader"),
        (all.claims.is_empty(), "claims"),
        (all.periods.is_empty(), "periods"),
    ] {
        assert!(!is_empty, "no {what}");
    }
}

#[test]
fn what_is_wrong_with_a_text_comes_back_too() {
    let source = sources().remove(0);
    let mut found = Findings::empty(source.id.clone());
    found.problems.push(Problem {
        source: Some(source.id.clone()),
        name: source.name,
        kind: ProblemKind::Suspicious,
        what: "The day is not in the calendar.".to_owned(),
        span: Some(Span::new(3, 9)),
        place: Some("page 3".to_owned()),
        advice: String::new(),
    });
    let bytes = pack(&found, &BTreeSet::new()).unwrap();
    assert_eq!(unpack(&bytes), Some((found, BTreeSet::new())));
}

proptest! {
    #[test]
    fn no_bytes_make_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = unpack(&bytes);
    }

    #[test]
    fn no_altered_byte_makes_it_fail(at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let mut bytes = SHORT.with(Clone::clone);
        let at = at.index(bytes.len());
        bytes[at] = with;
        let _ = unpack(&bytes);
    }
}

thread_local! {
    /// What was found in a short text.
    static SHORT: Vec<u8> = {
        let source = sources().into_iter().find(|source| source.name.ends_with("telegramma.txt")).unwrap();
        pack(&Finder::new(&Dataset::embedded()).unwrap().find(&source), &BTreeSet::from([Lang::RU])).unwrap()
    };
}
