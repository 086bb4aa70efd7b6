//! `khronika dates --jsonl`: documents in, temporal expressions out, one JSON object a line.

use std::io::{self, Write};

use khronika_core::{CharIndex, Day, Lang};
use serde::{Deserialize, Serialize};

use super::TimeRules;

/// A line of input.
#[derive(Deserialize)]
struct Question {
    doc: serde_json::Value,
    text: String,
    #[serde(default)]
    dct: Option<String>,
    #[serde(default)]
    lang: Option<String>,
}

/// A line of output; offsets count Unicode scalar values, `end` is exclusive.
#[derive(Serialize)]
struct Answer<'a> {
    doc: &'a serde_json::Value,
    start: usize,
    end: usize,
    text: &'a str,
    r#type: &'static str,
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#mod: Option<&'static str>,
    edtf: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<&'a str>,
    role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

/// Reads one line `{"doc", "text", "dct"?, "lang"?}` and writes a line for each expression of its text.
///
/// # Errors
/// Where the line is not such an object, or `out` cannot be written.
pub fn answer(rules: &TimeRules, line: &str, out: &mut impl Write) -> io::Result<()> {
    if line.trim().is_empty() {
        return Ok(());
    }
    let question: Question = serde_json::from_str(line)?;
    let dct = question.dct.as_deref().and_then(|d| d.get(..10)).and_then(|d| d.parse::<Day>().ok());
    let lang = question.lang.as_deref().and_then(Lang::new);
    let index = CharIndex::new(&question.text);
    for date in rules.find_in(&question.text, dct, lang) {
        let (start, words) = (index.chars(&question.text, date.span.start).0, date.span.of(&question.text));
        let answer = Answer {
            doc: &question.doc,
            start,
            end: start + words.chars().count(),
            text: words,
            r#type: date.kind.name(),
            value: &date.value,
            r#mod: date.modifier.map(khronika_core::TimexMod::name),
            edtf: date.extent().map(khronika_core::Edtf::as_str),
            interval: date.interval.as_ref().map(|interval| interval.as_str()),
            role: date.role.name(),
            note: date.note.as_deref(),
        };
        serde_json::to_writer(&mut *out, &answer)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
