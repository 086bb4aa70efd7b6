//! What each fuzz target does with its bytes. Shared by the targets here, which need a nightly compiler, and by the test
//! `crates/khronika/tests/fuzz.rs`, which runs them on a stable one.
//!
//! A body may not panic, whatever the bytes are, and what it makes must hold together.

use std::sync::LazyLock;

use khronika_case::{CaseRules, WeighOptions, weigh};
use khronika_core::{Case, Edtf, Problem, Source};
use khronika_data::Dataset;
use khronika_find::Finder;
use khronika_find::time::{TimeRules, jsonl};
use khronika_read::{ReadOptions, Reader};
use khronika_show::{Language, Program, csv, dossier, ics, json};

/// A body: what a target does with bytes.
pub type Body = fn(&[u8]);

/// The targets by name.
pub const ALL: [(&str, Body); 6] = [
    ("read_text", read_text),
    ("read_html", read_html),
    ("edtf", edtf),
    ("dates", dates),
    ("case_json", case_json),
    ("whole", whole),
];

/// The languages in which dates are looked for.
const LANGS: [&str; 9] = ["en", "fr", "ru", "uk", "kk", "de", "es", "it", "pl"];

struct Rules {
    reader: Reader,
    finder: Finder,
    dates: TimeRules,
    case: CaseRules,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let data = Dataset::embedded();
    let broken = "the embedded data files are whole";
    Rules {
        reader: Reader::new(&data).expect(broken),
        finder: Finder::new(&data).expect(broken),
        dates: TimeRules::load(&data).expect(broken),
        case: CaseRules::load(&data).expect(broken),
    }
});

/// Bytes of a text file become a source.
pub fn read_text(bytes: &[u8]) {
    read("paper.txt", bytes);
}

/// Bytes of an HTML file become a source.
pub fn read_html(bytes: &[u8]) {
    read("paper.html", bytes);
}

fn read(name: &str, bytes: &[u8]) -> Option<(Source, Vec<Problem>)> {
    let (source, problems) = RULES.reader.read_bytes(name, bytes, &ReadOptions::default()).ok()?;
    let mut last = 0;
    for block in &source.blocks {
        assert!(last <= block.span.start && block.span.start <= block.span.end, "blocks in order");
        assert!(source.text.get(block.span.start..block.span.end).is_some(), "blocks inside the text");
        last = block.span.end;
    }
    Some((source, problems))
}

/// A date is read, and printed as it was read.
pub fn edtf(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(date) = Edtf::parse(&text) else { return };
    assert_eq!(Edtf::parse(date.as_str()).as_ref(), Ok(&date), "print and read again");
    if let (Some(earliest), Some(latest)) = date.bounds() {
        assert!(earliest <= latest, "{date}: bounds in order");
    }
}

/// Bytes are a line for `khronika dates --jsonl`, and a text in every language: what is found stands in order where it says.
pub fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    // Most bytes are no such line: it must only be told.
    drop(jsonl::answer(&RULES.dates, &text, &mut Vec::new()));
    let letters: Vec<char> = text.chars().collect();
    let day: String = letters.iter().take(10).collect();
    for lang in LANGS {
        let line = serde_json::json!({ "doc": lang, "text": text, "dct": day, "lang": lang }).to_string();
        let mut out = Vec::new();
        jsonl::answer(&RULES.dates, &line, &mut out).expect("a whole line");
        let mut last = 0;
        for found in out.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
            let found: serde_json::Value = serde_json::from_slice(found).expect("JSON");
            let [start, end] = ["start", "end"].map(|key| found[key].as_u64().expect("an offset") as usize);
            assert!(last <= start && start < end, "in order");
            let quote: String = letters.get(start..end).expect("inside the text").iter().collect();
            assert_eq!(found["text"].as_str(), Some(quote.as_str()), "the words that stand there");
            for key in ["edtf", "interval"] {
                if let Some(date) = found[key].as_str() {
                    let date = Edtf::parse(date).expect("EDTF");
                    if let (Some(earliest), Some(latest)) = date.bounds() {
                        assert!(earliest <= latest, "{date}: bounds in order");
                    }
                }
            }
            last = end;
        }
    }
}

/// A file that may be a `case.json` is read back; where it is one, its documents are weighed anew.
pub fn case_json(bytes: &[u8]) {
    if let Ok(value) = serde_json::from_slice(bytes) {
        // What is wrong with it may be anything: it must only be told.
        drop(json::check(&value));
    }
    if let Ok(kept) = json::read(bytes) {
        let findings = kept.sources.iter().map(|source| RULES.finder.find(source)).collect();
        show(&weigh(
            kept.sources,
            findings,
            &WeighOptions { as_of: kept.as_of, ..WeighOptions::default() },
            &RULES.case,
        ));
    }
}

/// Bytes become a case, whose every output is written and checked. The first byte says whether they are text, Markdown or HTML; a byte
/// 0x1F parts documents.
pub fn whole(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let ending = ["txt", "md", "html"].get(usize::from(first % 3)).unwrap_or(&"txt");
    let read: Vec<_> =
        rest.split(|b| *b == 0x1F).enumerate().filter_map(|(n, paper)| read(&format!("{n}.{ending}"), paper)).collect();
    let (sources, problems): (Vec<Source>, Vec<Vec<Problem>>) = read.into_iter().unzip();
    let findings = sources.iter().map(|source| RULES.finder.find(source)).collect();
    let mut case = weigh(sources, findings, &WeighOptions::default(), &RULES.case);
    case.problems.extend(problems.into_iter().flatten());
    show(&case);
}

fn show(case: &Case) {
    let program = Program::default();
    let wrong = json::check(&json::to_json(case, &program));
    assert!(wrong.is_empty(), "{wrong:#?}");
    let mut out = std::io::sink();
    for language in Language::ALL {
        dossier::write(case, language, &mut out).expect("nothing to fail");
    }
    csv::write(case, &mut out).expect("nothing to fail");
    ics::write(case, &program, &mut out).expect("nothing to fail");
}
