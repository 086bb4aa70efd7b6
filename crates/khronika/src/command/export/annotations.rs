//! What was found as W3C Web Annotations: each with the words that it rests on, for programs that know nothing of khronika.

use std::collections::BTreeMap;
use std::io::Write as _;

use khronika_core::{BY_HAND, Case, CharIndex, Judgment, Passage, Source, SourceId};
use khronika_seal::annotation::{self, Annotation, Motivation};
use khronika_show::title::Titles;
use serde_json::{Value, json};

use super::contents::Contents;
use crate::Failure;

/// How many characters are given before and after the words.
const AROUND: usize = 32;

/// A text that passages stand in.
struct Text<'a> {
    path: &'a str,
    sha256: [u8; 32],
    source: &'a Source,
    chars: CharIndex,
}

/// The annotations as a page of the standard. `digests` are those of the files, by path.
pub(super) fn page(contents: &Contents, case_id: &str, digests: &BTreeMap<&str, [u8; 32]>) -> Result<Vec<u8>, Failure> {
    let mut texts: BTreeMap<&SourceId, Text<'_>> = BTreeMap::new();
    let sources: BTreeMap<_, _> = contents.case.sources.iter().map(|source| (&source.id, source)).collect();
    for document in &contents.documents {
        let path = document.text_path.as_deref().unwrap_or(&document.path);
        let source = document.id.as_ref().and_then(|id| sources.get(id).copied());
        if let (Some(source), Some(sha256)) = (source, digests.get(path)) {
            let chars = CharIndex::new(&source.text);
            texts.entry(&source.id).or_insert(Text { path, sha256: *sha256, source, chars });
        }
    }
    let titles = Titles::new(&contents.case);
    let case = &contents.case;
    let events = case.events.iter().map(|event| {
        let title = titles.title(event).to_string();
        (event.id.as_str(), Motivation::Describing, title, event.passages.as_slice(), by_hand(case, &event.made_by))
    });
    let actors = case
        .actors
        .iter()
        .map(|actor| (actor.id.as_str(), Motivation::Identifying, actor.name.clone(), actor.mentions.as_slice(), None));
    let conflicts = case.conflicts.iter().map(|conflict| {
        (conflict.id.as_str(), Motivation::Linking, conflict.explanation.clone(), conflict.passages.as_slice(), None)
    });
    let fail = |error: &dyn std::error::Error| Failure::internal("writing annotations", &error.to_string());
    let mut out = Vec::new();
    let head = json!({"@context": "http://www.w3.org/ns/anno.jsonld", "id": format!("urn:khronika:{case_id}"), "type": "AnnotationPage"});
    let head = head.to_string();
    write!(out, "{},\"items\":[", head.trim_end_matches('}')).map_err(|e| fail(&e))?;
    let mut first = true;
    for (id, motivation, body, passages, judgment) in events.chain(actors).chain(conflicts) {
        let passages: Vec<_> = passages.iter().filter_map(|passage| placed(&texts, passage)).collect();
        if passages.is_empty() {
            continue;
        }
        let annotation = Annotation {
            id: format!("urn:khronika:{case_id}:{id}"),
            motivation,
            body,
            language: None,
            // What a person made by hand no program made.
            created: judgment.map(|judgment| judgment.time.clone()),
            generator: judgment
                .is_none()
                .then(|| ("urn:khronika".to_owned(), format!("khronika {}", env!("CARGO_PKG_VERSION")))),
            passages,
        };
        let item: Value = annotation.to_json().map_err(|e| fail(&e))?;
        write!(out, "{}\n{item}", if first { "" } else { "," }).map_err(|e| fail(&e))?;
        first = false;
    }
    out.extend_from_slice(b"\n]}\n");
    Ok(out)
}

/// What somebody said by whom alone a finding was made, where no rule and no model made it.
fn by_hand<'a>(case: &'a Case, made_by: &[String]) -> Option<&'a Judgment> {
    let [only] = made_by else { return None };
    let number: u64 = only.strip_prefix(BY_HAND)?.parse().ok()?;
    case.judgments.iter().map(|judged| &judged.judgment).find(|judgment| judgment.number == number)
}

fn placed(texts: &BTreeMap<&SourceId, Text<'_>>, passage: &Passage) -> Option<annotation::Passage> {
    let Text { path, sha256, source, chars } = texts.get(&passage.source)?;
    let text = source.text.as_str();
    let exact = text.get(passage.span.start..passage.span.end)?;
    let prefix: Vec<char> = text.get(..passage.span.start)?.chars().rev().take(AROUND).collect();
    let count = |byte| chars.chars(text, byte).0 as u64;
    Some(annotation::Passage {
        source: (*path).to_owned(),
        sha256: *sha256,
        start: count(passage.span.start),
        end: count(passage.span.end),
        exact: exact.to_owned(),
        prefix: prefix.into_iter().rev().collect(),
        suffix: text.get(passage.span.end..)?.chars().take(AROUND).collect(),
        page: None,
    })
}
