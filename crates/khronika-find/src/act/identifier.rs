//! Docket, application and reporter numbers, by the shapes of `data/identifiers.toml`.
//!
//! A shape is written as the number is printed: `#` stands for digits, `9` for one digit, `A` for letters, `*` for letters and digits, a
//! space for white space, `_` for optional white space and `~` for optional white space or hyphens, which the normal form leaves out;
//! the sign after `\` and everything else stand for themselves. In the normal form, hyphens and spaces are those of the shape.

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

/// The longest run of letters and digits in a number, in bytes.
const LONGEST: usize = 24;

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
            let Some((length, number)) = shape.matches(rest) else { continue };
            if best.as_ref().is_none_or(|(longest, _, _)| length > *longest) {
                best = Some((length, format!("{}{number}", shape.normal), row));
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
    /// Where the shape matches the beginning of `rest`: the length of the number with what stands before it, and its normal form.
    fn matches(&self, rest: &str) -> Option<(usize, String)> {
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
            let (length, normal) =
                self.shape.iter().filter_map(|shape| fits(shape, number)).max_by_key(|(length, _)| *length)?;
            Some((head + length, normal))
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

/// How many bytes of `number` the shape covers, and their normal form; `None` where it does not fit or a letter or digit follows.
fn fits(shape: &str, number: &str) -> Option<(usize, String)> {
    let mut at = 0;
    let mut normal = String::new();
    let mut signs = shape.chars();
    while let Some(sign) = signs.next() {
        let rest = number.get(at..)?;
        let run = |test: fn(char) -> bool| rest.find(|c: char| !test(c)).unwrap_or(rest.len());
        let itself = |wanted: char| rest.chars().next().filter(|c| same(*c, wanted)).map_or(0, char::len_utf8);
        let (length, wanted) = match sign {
            '#' => (run(|c| c.is_ascii_digit()), None),
            '9' => (rest.chars().next().filter(char::is_ascii_digit).map_or(0, char::len_utf8), None),
            'A' => (run(is_alphabetic), None),
            '*' => (run(is_alphanumeric), None),
            ' ' => (run(char::is_whitespace), Some(' ')),
            '_' => {
                at += run(char::is_whitespace);
                continue;
            }
            '~' => {
                at += run(|c| c.is_whitespace() || same(c, '-'));
                continue;
            }
            '\\' => {
                let wanted = signs.next()?;
                (itself(wanted), Some(wanted))
            }
            wanted => (itself(wanted), Some(wanted)),
        };
        if length == 0 || length > LONGEST {
            return None;
        }
        let printed = rest.get(..length)?;
        match wanted.filter(|w| !w.is_alphabetic()) {
            Some(sign) => normal.push(sign),
            None => normal.push_str(printed),
        }
        at += length;
    }
    let next = number.get(at..)?.chars().next();
    // "no idea" is no number.
    let digits = normal.contains(|c: char| c.is_ascii_digit());
    (digits && !next.is_some_and(is_alphanumeric)).then_some((at, normal))
}

/// True for one letter, whatever the capitals.
fn same_letter(a: char, b: char) -> bool {
    if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(&b) } else { a.to_lowercase().eq(b.to_lowercase()) }
}

/// Hyphens and dashes are one.
fn same(c: char, wanted: char) -> bool {
    c == wanted || (wanted == '-' && matches!(c, '‐' | '‑' | '–' | '−')) || same_letter(c, wanted)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_shape_gives_the_length_and_the_normal_form() {
        for (shape, number, normal) in [
            ("#/#", "5560/19, and", Some("5560/19")),
            ("#/#", "5560/19b", None),
            ("# U._S. #", "347 U. S. 483 (1954)", Some("347 U.S. 483")),
            ("# F.9d #", "29 F.3d\u{a0}123", Some("29 F.3d 123")),
            ("# F.9d #", "29 F.3d123", None),
            ("~999~999~999", "200\u{2011}123 456", Some("200123456")),
            ("~999~999~999", "200-123-4567", None),
            ("\\A-#/#", "A-12/2020", Some("A-12/2020")),
            ("\\A-#/#", "B-12/2020", None),
            ("*-#.#", "X24\u{2011}86.521", Some("X24-86.521")),
        ] {
            assert_eq!(fits(shape, number).map(|(_, n)| n).as_deref(), normal, "{shape}: {number}");
        }
    }
}
