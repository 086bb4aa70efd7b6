//! Passages as W3C Web Annotations: the words of a source that something is said of, so that any program that knows the standard finds
//! them.
//!
//! Each has two selectors: the place, counted in Unicode code points from 0 with the end excluded, and the words themselves with some before
//! and after, by which they are found again in a text that was changed. The source is named by its digest (RFC 6920), since the standard
//! wants an absolute address and a bag has none; its path stands beside that as a label.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::error::{Error, Result};

/// The words of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The path of the text in the bag.
    pub source: String,
    /// The SHA-256 of that text, which the places are counted in.
    pub sha256: [u8; 32],
    /// Where it begins, in Unicode code points.
    pub start: u64,
    /// Where it ends, excluded.
    pub end: u64,
    /// The words.
    pub exact: String,
    /// Some words before it.
    pub prefix: String,
    /// Some words after it.
    pub suffix: String,
    /// The page in the source, from 1, where it has pages.
    pub page: Option<u32>,
}

/// What is said of passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Its identifier: an absolute address, such as `urn:khronika:…`.
    pub id: String,
    /// What for: `identifying`, `describing`, `linking`, or another of the words of the standard.
    pub motivation: Motivation,
    /// What is said, in words.
    pub body: String,
    /// The language of those words, `en`.
    pub language: Option<String>,
    /// When, in RFC 3339 with a zone.
    pub created: Option<String>,
    /// The program that made it: an absolute address and a name.
    pub generator: Option<(String, String)>,
    /// The passages, one at least.
    pub passages: Vec<Passage>,
}

/// What an annotation is for, of the words that the standard has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motivation {
    /// It says who or what the words name.
    Identifying,
    /// It says what the words tell.
    Describing,
    /// It says what kind of thing the words are.
    Classifying,
    /// It ties the words to others.
    Linking,
    /// It says what somebody thinks of what was found.
    Assessing,
    /// It is a note.
    Commenting,
}

impl Motivation {
    fn name(self) -> &'static str {
        match self {
            Self::Identifying => "identifying",
            Self::Describing => "describing",
            Self::Classifying => "classifying",
            Self::Linking => "linking",
            Self::Assessing => "assessing",
            Self::Commenting => "commenting",
        }
    }
}

impl Annotation {
    /// The annotation in JSON-LD, one object. The error is that of a passage whose words are not as long as its place.
    pub fn to_json(&self) -> Result<Value> {
        let malformed = |why: &str| Err(Error::malformed("annotation", format!("{}: {why}", self.id.escape_debug())));
        if !self.id.contains(':') || self.id.contains(char::is_whitespace) {
            return malformed("the identifier is no absolute address");
        }
        if self.passages.is_empty() {
            return malformed("it is about nothing");
        }
        let long =
            |passage: &Passage| passage.end.checked_sub(passage.start) == Some(passage.exact.chars().count() as u64);
        if !self.passages.iter().all(long) {
            return malformed("the words of a passage are not as long as its place");
        }
        let mut targets: Vec<_> = self.passages.iter().map(target).collect();
        let target = if targets.len() == 1 { targets.swap_remove(0) } else { Value::from(targets) };
        let mut body = json!({"type": "TextualBody", "value": self.body, "format": "text/plain"});
        let mut out = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld", "id": self.id, "type": "Annotation", "motivation": self.motivation.name(),
        });
        if let Some(language) = &self.language {
            body["language"] = language.as_str().into();
        }
        if let Some(created) = &self.created {
            out["created"] = created.as_str().into();
        }
        if let Some((id, name)) = &self.generator {
            out["generator"] = json!({"id": id, "type": "Software", "name": name});
        }
        out["body"] = body;
        out["target"] = target;
        Ok(out)
    }
}

fn target(passage: &Passage) -> Value {
    let mut quote = json!({"type": "TextQuoteSelector", "exact": passage.exact});
    if !passage.prefix.is_empty() {
        quote["prefix"] = passage.prefix.as_str().into();
    }
    if !passage.suffix.is_empty() {
        quote["suffix"] = passage.suffix.as_str().into();
    }
    let mut selectors =
        vec![json!({"type": "TextPositionSelector", "start": passage.start, "end": passage.end}), quote];
    if let Some(page) = passage.page {
        selectors.push(json!({
            "type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc3778", "value": format!("page={page}"),
        }));
    }
    // By its digest: these are places in this very text.
    let source = format!("ni:///sha-256;{}", URL_SAFE_NO_PAD.encode(passage.sha256));
    json!({"type": "SpecificResource", "source": source, "label": passage.source, "selector": selectors})
}

/// The place of some words in a text, in Unicode code points, by the selectors: where they stood, if they still stand there, or the one place
/// where they stand between what was before and after. None where they are not there, or where several places fit as well.
///
/// ```
/// use khronika_seal::annotation::find;
///
/// let text = "On 12 July the court annuls the judgment. On 13 July it is read.";
/// assert_eq!(find(text, 3, "12 July", "On ", " the court"), Some(3..10));
/// assert_eq!(find(&format!("A word before. {text}"), 3, "12 July", "On ", " the court"), Some(18..25));
/// assert_eq!(find(text, 3, "14 July", "On ", " the court"), None);
/// ```
pub fn find(text: &str, start: u64, exact: &str, prefix: &str, suffix: &str) -> Option<std::ops::Range<u64>> {
    let length = exact.chars().count() as u64;
    let at = usize::try_from(start)
        .ok()
        .and_then(|start| text.char_indices().map(|(i, _)| i).chain([text.len()]).nth(start));
    if at.and_then(|at| text.get(at..)).is_some_and(|rest| rest.starts_with(exact)) && !exact.is_empty() {
        return Some(start..start + length);
    }
    // How much of what was around is still there, in characters.
    let around = |at: usize| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + exact.len()..).unwrap_or_default());
        let same = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
            a.zip(b).take_while(|(a, b)| a == b).count()
        };
        same(&mut before.chars().rev(), &mut prefix.chars().rev()) + same(&mut after.chars(), &mut suffix.chars())
    };
    let mut best: Option<(usize, usize)> = None;
    let mut tie = false;
    for (at, _) in text.match_indices(exact).take(if exact.is_empty() { 0 } else { 100_000 }) {
        let score = around(at);
        match best {
            Some((_, most)) if score < most => {}
            Some((_, most)) if score == most => tie = true,
            _ => (best, tie) = (Some((at, score)), false),
        }
    }
    let (at, _) = best.filter(|_| !tie)?;
    let start = text.get(..at)?.chars().count() as u64;
    Some(start..start + length)
}
