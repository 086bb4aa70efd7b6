//! `case.json` is what its schema and its checker say.

#![allow(clippy::unwrap_used, reason = "tests")]

mod dreyfus;

use std::sync::Arc;

use khronika_core::{ActClass, ActType, Case, Day, Edtf, EffectKind, Mark, MarkKind, Page, Span, StandingStatus};
use khronika_show::{Program, json};
use serde_json::{Value, json};

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str::<Value>(json::SCHEMA).unwrap()).unwrap()
}

#[test]
fn the_case_is_valid_and_agrees_with_itself() {
    let case = json::to_json(&dreyfus::case(), &Program::default());
    let errors: Vec<String> = validator().iter_errors(&case).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(json::check(&case), Vec::<String>::new());
}

#[test]
fn without_any_date_there_is_no_day_to_give_standings_for() {
    let mut case = dreyfus::case();
    case.as_of = Day::ZERO;
    for act in case.events.iter_mut().filter_map(|event| event.act.as_mut()) {
        act.standing.as_of = Day::ZERO;
    }
    let value = json::to_json(&case, &Program::default());
    assert_eq!((&value["as_of"], &value["as_of_basis"]), (&Value::Null, &json!("no date in the sources")));
    assert!(validator().is_valid(&value));
    assert_eq!(json::check(&value), Vec::<String>::new());
}

#[test]
fn the_schema_knows_every_word_of_the_vocabularies() {
    let schema: Value = serde_json::from_str(json::SCHEMA).unwrap();
    let words = |pointer: &str| schema.pointer(pointer).unwrap().clone();
    let names = |all: Vec<&'static str>| json!(all);
    let at = "/$defs/act/properties";
    assert_eq!(words(&format!("{at}/type/enum")), names(ActType::ALL.iter().map(|v| v.name()).collect()));
    assert_eq!(words(&format!("{at}/outcomes/items/enum")), names(ActClass::ALL.iter().map(|v| v.name()).collect()));
    assert_eq!(
        words("/$defs/effect/properties/effect/enum"),
        names(EffectKind::ALL.iter().map(|v| v.name()).collect())
    );
    let standings = names(StandingStatus::ALL.iter().map(|v| v.name()).collect());
    assert_eq!(words("/$defs/standing/properties/status/enum"), standings);
}

/// The end of a range keeps its own date; what is open on one side says so in its date, too.
#[test]
fn a_date_says_of_which_interval_it_is_an_end() {
    let edtf = |text: &str| Edtf::parse(text).unwrap();
    let mut case = dreyfus::case();
    for (n, interval) in ["1894/1895", "1894/..", "../1894"].iter().enumerate() {
        (case.dates[n].edtf, case.dates[n].interval) = (Some(edtf("1894")), Some(Box::new(edtf(interval))));
    }
    let mut value = json::to_json(&case, &Program::default());
    let shown: Vec<_> = (0..4).map(|n| [&value["dates"][n]["edtf"], &value["dates"][n]["interval"]]).collect();
    assert_eq!(shown[0], [&json!("1894"), &json!("1894/1895")]);
    assert_eq!(shown[1], [&json!("1894/.."), &json!("1894/..")]);
    assert_eq!(shown[2], [&json!("../1894"), &json!("../1894")]);
    assert_eq!(shown[3][1], &Value::Null);
    assert!(validator().is_valid(&value));
    assert_eq!(json::check(&value), Vec::<String>::new());
    value["dates"][0]["interval"] = json!("1895/1894");
    assert!(json::check(&value)[0].contains("is not a date in EDTF"));
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let text = || json::to_string(&dreyfus::case(), &Program::default());
    assert_eq!(text(), text());
}

#[test]
fn each_item_stands_on_its_own_line() {
    let text = json::to_string(&dreyfus::case(), &Program::default());
    for line in text.lines().filter(|line| line.starts_with('{') && line.len() > 1) {
        assert!(serde_json::from_str::<Value>(line.trim_end_matches(',')).is_ok(), "{line}");
    }
}

#[test]
fn the_checker_sees_what_the_schema_cannot() {
    let right = json::to_json(&dreyfus::case(), &Program::default());
    let wrong = |pointer: &str, value: Value| {
        let mut case = right.clone();
        *case.pointer_mut(pointer).unwrap() = value;
        json::check(&case).join("\n")
    };
    for (pointer, value, says) in [
        ("/schema", json!("khronika.case/2"), "schema: this is not"),
        ("/events/0/passages/0/start", json!(1), "the quote does not stand at 1 to"),
        ("/events/0/passages/0/end", json!(1_000_000), "the quote does not stand at"),
        ("/events/0/passages/0/source", json!("s-nobody"), "there is no source s-nobody"),
        ("/events/0/passages", json!([]), "events[0]: no passage"),
        ("/events/0/said_by", json!(["a-nobody"]), "events[0]: a-nobody is none of the actors"),
        ("/events/1/id", right.pointer("/events/0/id").unwrap().clone(), "is there twice"),
        ("/proceedings/0/acts/0", json!("e-nobody"), "proceedings[0]: e-nobody is none of the events"),
        ("/deadlines/0/act", json!("e-nobody"), "deadlines[0]: e-nobody is none of the events"),
        ("/conflicts/0/between/0", json!("e-nobody"), "it is between e-nobody, which is nowhere"),
        ("/dates/0/edtf", json!("1894-02-30"), "is not a date in EDTF"),
        ("/as_of", json!("1900-01-01"), "is not as of the case's day"),
        ("/sources/0/blocks/1/start", json!(0), "is out of order or out of the text"),
    ] {
        let messages = wrong(pointer, value);
        assert!(messages.contains(says), "{pointer}: “{messages}” does not say “{says}”");
    }
}

#[test]
fn the_schema_is_strict() {
    let right = json::to_json(&dreyfus::case(), &Program::default());
    let validator = validator();
    for (pointer, value) in [
        ("/as_of", json!("12 July 1906")),
        ("/events/0/status", json!("maybe")),
        ("/events/0/passages/0", json!({"source": "s", "start": -1, "end": 2, "quote": ""})),
        ("/actors/0/names/0", json!({"text": "x", "script": "Latn", "language": "fr", "relation": "main", "more": 1})),
        ("/proceedings/0/state", json!({"status": "pending", "by": "e-1906"})),
        ("/program", json!({"name": "khronika", "version": "1"})),
    ] {
        let mut case = right.clone();
        *case.pointer_mut(pointer).unwrap() = value;
        assert!(!validator.is_valid(&case), "{pointer}");
    }
}

#[test]
fn the_example_of_the_format_is_valid() {
    let page = include_str!("../../../docs/format/case-json.md");
    let (_, after) = page.split_once("```json").unwrap();
    let example: Value = serde_json::from_str(after.split_once("```").unwrap().0).unwrap();
    let errors: Vec<String> =
        validator().iter_errors(&example).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(json::check(&example), Vec::<String>::new());
}

/// A case whose first source has two pages and a mark, and holds the second.
fn paged() -> Case {
    let mut case = dreyfus::case();
    let (first, second) = case.sources.split_at_mut(1);
    let (first, second) = (Arc::make_mut(&mut first[0]), Arc::make_mut(&mut second[0]));
    let end = first.text.len();
    let middle = first.text.floor_char_boundary(end / 2);
    let page = |start, end| Page { span: Span::new(start, end), width: 59_528, height: 84_189 };
    first.layout.pages = vec![page(0, middle), page(middle, end)];
    first.layout.marks = vec![Mark {
        span: Span::new(0, middle),
        kind: MarkKind::Inserted,
        author: Some("A. Brun".to_owned()),
        date: None,
        note: None,
    }];
    second.part_of = Some(first.id.clone());
    case
}

#[test]
fn passages_say_on_which_page_they_begin() {
    let case = paged();
    let value = json::to_json(&case, &Program::default());
    let errors: Vec<String> = validator().iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(json::check(&value), Vec::<String>::new());
    let (first, second) = (&value["sources"][0], &value["sources"][1]);
    assert_eq!(second["part_of"], first["id"]);
    let middle = first["pages"][1]["start"].as_u64().unwrap();
    let mut seen = [0, 0];
    for passage in value["events"].as_array().unwrap().iter().flat_map(|event| event["passages"].as_array().unwrap()) {
        let page =
            (passage["source"] == first["id"]).then(|| 1 + u64::from(passage["start"].as_u64().unwrap() >= middle));
        assert_eq!(passage.get("page").and_then(Value::as_u64), page, "{passage}");
        if let Some(page) = page {
            seen[usize::try_from(page).unwrap() - 1] += 1;
        }
    }
    assert!(seen.iter().sum::<i32>() > 0);
    let again = json::read(value.to_string().as_bytes()).unwrap();
    assert!(again.sources.iter().eq(case.sources.iter().map(AsRef::as_ref)));
    let rows = khronika_show::csv::chronology(&case);
    assert!(rows.lines().any(|row| row.contains(&format!("\"{}\",\"1\",", case.sources[0].name))), "{rows}");
    let page = khronika_show::dossier::html(&case);
    assert!(page.contains("p.\u{a0}1") && page.contains("inside of "));
}

#[test]
fn pages_out_of_the_text_are_noticed() {
    let mut value = json::to_json(&paged(), &Program::default());
    value["sources"][0]["pages"][1]["end"] = json!(99_999_999);
    value["sources"][1]["part_of"] = json!("s-0000000000");
    assert_eq!(json::check(&value).len(), 2, "{:?}", json::check(&value));
    assert!(json::read(value.to_string().as_bytes()).unwrap_err().contains("do not fit its text"));
}
