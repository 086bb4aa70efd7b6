//! Docket, application and reporter numbers, by the shapes of `data/identifiers.toml`.
//!
//! A shape is written as the number is printed: `#` stands for digits, `A` for letters, `*` for letters and digits, `_` for optional
//! white space; everything else stands for itself.

use std::ops::Range;

use khronika_core::letter::{is_alphabetic, is_alphanumeric};
use khronika_data::Dataset;
use serde::Deserialize;

use crate::LexiconError;
use crate::lexicon::RowInfo;
use crate::text::Text;

#[derive(Debug, Deserialize)]
struct File {
    identifier: Vec<Shape>,
}

/// One kind of number.
#[derive(Debug, Deserialize)]
pub(super) struct Shape {
    #[serde(flatten)]
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the rows and by people"))]
    pub(super) info: RowInfo,
    /// What stands before it: "no.", "№"; empty where the shape is enough.
    #[serde(default)]
    before: Vec<String>,
    shape: Vec<String>,
    /// Put before the normal form: "ECHR ".
    #[serde(default)]
    normal: String,
}

/// A number found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Identifier {
    pub(super) tokens: Range<usize>,
    pub(super) normal: String,
    pub(super) row: usize,
}

/// Every shape.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    pub(super) shapes: Vec<Shape>,
}

impl Identifiers {
    pub(super) fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let name = "identifiers.toml";
        let Some(text) = data.get(name) else { return Ok(Self::default()) };
        let file: File = toml::from_str(text).map_err(|e| LexiconError::new(name, e.to_string()))?;
        Ok(Self { shapes: file.identifier })
    }

    /// The longest number that begins at token `t` and ends before token `end`.
    pub(super) fn at(&self, text: &Text<'_>, t: usize, end: usize) -> Option<Identifier> {
        let start = text.tokens.get(t)?.span.start;
        if end <= t {
            return None;
        }
        let stop = text.tokens.get(end - 1)?.span.end;
        let rest = text.str().get(start..stop)?;
        let mut best: Option<(usize, String, usize)> = None;
        for (row, shape) in self.shapes.iter().enumerate() {
            let Some((head, number)) = shape.matches(rest) else { continue };
            if best.as_ref().is_none_or(|(length, _, _)| head + number.len() > *length) {
                let plain: String = number.chars().filter(|c| !c.is_whitespace()).collect();
                let printed = if number.contains(['[', '&']) { number.to_owned() } else { plain };
                best = Some((head + number.len(), format!("{}{printed}", shape.normal), row));
            }
        }
        let (length, normal, row) = best?;
        let last = (t..end).find(|i| text.tokens.get(*i).is_none_or(|k| k.span.start >= start + length)).unwrap_or(end);
        Some(Identifier { tokens: t..last, normal, row })
    }

    /// The first number in `range`.
    pub(super) fn first_in(&self, text: &Text<'_>, range: Range<usize>) -> Option<String> {
        range.clone().find_map(|t| self.at(text, t, range.end)).map(|id| id.normal)
    }
}

impl Shape {
    /// Where the shape matches the beginning of `rest`: the length of what stands before the number, and the number.
    fn matches<'r>(&self, rest: &'r str) -> Option<(usize, &'r str)> {
        let mut heads: Vec<usize> = if self.before.is_empty() { vec![0] } else { Vec::new() };
        for before in &self.before {
            if let Some(length) = starts_with(rest, before) {
                let after = rest.get(length..)?;
                // "no. 7" and "no.7", but not "notice 7".
                if after.starts_with(|c: char| c.is_alphabetic()) && before.ends_with(char::is_alphabetic) {
                    continue;
                }
                heads.push(length + (after.len() - after.trim_start().len()));
            }
        }
        heads.into_iter().max().and_then(|head| {
            let number = rest.get(head..)?;
            let length = self.shape.iter().filter_map(|shape| fits(shape, number)).max()?;
            Some((head, number.get(..length)?))
        })
    }
}

/// The length of `prefix` at the beginning of `rest`, whatever the capitals.
fn starts_with(rest: &str, prefix: &str) -> Option<usize> {
    let mut at = 0;
    for wanted in prefix.chars() {
        let c = rest.get(at..)?.chars().next()?;
        if c != wanted && !same_letter(c, wanted) {
            return None;
        }
        at += c.len_utf8();
    }
    Some(at)
}

/// How many bytes of `number` the shape covers; `None` where it does not fit or a letter or digit follows.
fn fits(shape: &str, number: &str) -> Option<usize> {
    let mut at = 0;
    for wanted in shape.chars() {
        let rest = number.get(at..)?;
        let run = |test: fn(char) -> bool| rest.find(|c: char| !test(c)).unwrap_or(rest.len());
        let length = match wanted {
            '#' => run(|c| c.is_ascii_digit()),
            'A' => run(is_alphabetic),
            '*' => run(is_alphanumeric),
            '_' => {
                at += rest.len() - rest.trim_start().len();
                continue;
            }
            other => rest.chars().next().filter(|c| same(*c, other)).map_or(0, char::len_utf8),
        };
        if length == 0 || length > 24 {
            return None;
        }
        at += length;
    }
    let next = number.get(at..)?.chars().next();
    (!next.is_some_and(is_alphanumeric)).then_some(at)
}

/// True for one letter, whatever the capitals.
fn same_letter(a: char, b: char) -> bool {
    if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(&b) } else { a.to_lowercase().eq(b.to_lowercase()) }
}

/// Hyphens and dashes are one.
fn same(c: char, wanted: char) -> bool {
    c == wanted || (wanted == '-' && matches!(c, '‐' | '‑' | '–' | '−')) || same_letter(c, wanted)
}
