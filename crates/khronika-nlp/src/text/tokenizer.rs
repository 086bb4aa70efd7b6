//! Cutting text into tokens by spaCy's algorithm: white space, then prefixes, suffixes, infixes and exceptions.

use std::collections::HashMap;

use super::chars::is_space;
use super::pattern::Pattern;
use super::special::{Rows, choose};
use crate::error::{Error, Result};
use crate::lexicon::{Lexicon, Word};
use crate::package::Package;
use crate::package::msgpack::Value;

/// The attributes that an exception gives its parts: their text and their norm.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// A token in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawToken {
    /// In bytes.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) word: Word,
    /// Whether a single space follows.
    pub(crate) spacy: bool,
}

/// A part of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// In bytes.
    pub(crate) len: usize,
    /// Which of the exceptions' norms it has.
    pub(crate) norm: Option<usize>,
}

impl Part {
    fn plain(text: &str) -> Self {
        Self { len: text.len(), norm: None }
    }
}

/// A pipeline's tokenizer.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    prefix: Option<Pattern>,
    suffix: Option<Pattern>,
    infix: Option<Pattern>,
    token: Option<Pattern>,
    url: Option<Pattern>,
    exceptions: HashMap<Box<str>, Vec<Part>>,
    longest_exception: usize,
    rows: Rows,
    norms: Vec<Box<str>>,
}

impl Tokenizer {
    /// Reads the pipeline's tokenizer.
    pub(crate) fn read(package: &Package) -> Result<Self> {
        let file = "tokenizer";
        let bytes = package.read(file)?;
        let root = Value::read(&bytes, file)?;
        let pattern = |key: &str| match root.get(key).and_then(Value::as_str) {
            Some(text) if !text.is_empty() && key.ends_with("_match") => Pattern::python_test(text).map(Some),
            Some(text) if !text.is_empty() => Pattern::python(text).map(Some),
            _ => Ok(None),
        };
        let mut tokenizer = Self {
            prefix: pattern("prefix_search")?,
            suffix: pattern("suffix_search")?,
            infix: pattern("infix_finditer")?,
            token: pattern("token_match")?,
            url: pattern("url_match")?,
            exceptions: HashMap::new(),
            longest_exception: 0,
            rows: Rows::default(),
            norms: Vec::new(),
        };
        let exceptions = root.get("exceptions").and_then(Value::as_map).unwrap_or_default();
        let mut texts = Vec::new();
        for (text, parts) in exceptions {
            let text = text.as_str().ok_or_else(|| Error::damaged(file, "an exception is no text"))?;
            let parts = tokenizer.exception(text, parts).ok_or_else(|| Error::damaged(file, "an exception's parts"))?;
            tokenizer.exceptions.insert(text.into(), parts);
            tokenizer.longest_exception = tokenizer.longest_exception.max(text.len());
            texts.push(text);
        }
        let few = root.get("faster_heuristics").and_then(Value::as_bool).unwrap_or(true);
        for text in texts {
            if !few || text.contains(' ') || tokenizer.has_affix(text) {
                let mut row = Vec::new();
                for (chunk, _) in chunks(text) {
                    let mut rest = chunk;
                    for part in tokenizer.parts(chunk, false) {
                        let (head, tail) = rest.split_at_checked(part.len).unwrap_or((rest, ""));
                        row.push(head);
                        rest = tail;
                    }
                }
                tokenizer.rows.add(row.into_iter());
            }
        }
        Ok(tokenizer)
    }

    /// The parts of an exception, which must add up to its text.
    fn exception(&mut self, text: &str, parts: &Value<'_>) -> Option<Vec<Part>> {
        let mut rest = text;
        let mut out = Vec::new();
        for part in parts.as_list()? {
            let attribute = |which: u64| {
                part.as_map()?.iter().find(|(k, _)| k.as_u64() == Some(which)).and_then(|(_, v)| v.as_str())
            };
            let orth = attribute(ORTH)?;
            rest = rest.strip_prefix(orth)?;
            let norm = attribute(NORM).map(|norm| {
                self.norms.push(norm.into());
                self.norms.len() - 1
            });
            out.push(Part { len: orth.len(), norm });
        }
        (rest.is_empty() && !out.is_empty() && out.iter().all(|part| part.len > 0)).then_some(out)
    }

    /// A norm that an exception gives.
    pub(crate) fn norm(&self, which: usize) -> Option<&str> {
        self.norms.get(which).map(AsRef::as_ref)
    }

    /// Whether a row of tokens that is joined again begins with a token.
    pub(crate) fn begins_row(&self, text: &str) -> bool {
        self.rows.begins_with(text)
    }

    fn has_affix(&self, text: &str) -> bool {
        prefix_len(self.prefix.as_ref(), text) > 0
            || suffix_len(self.suffix.as_ref(), text) > 0
            || self.infix.as_ref().is_some_and(|infix| infix.find(text).is_some())
    }

    fn exception_for(&self, text: &str) -> Option<&[Part]> {
        if text.len() > self.longest_exception {
            return None;
        }
        self.exceptions.get(text).map(Vec::as_slice)
    }

    fn is_token(&self, text: &str) -> bool {
        self.token.as_ref().is_some_and(|pattern| pattern.matches_start(text))
    }

    /// The parts of a chunk: a text without white space, or of white space only.
    pub(crate) fn parts(&self, chunk: &str, with_exceptions: bool) -> Vec<Part> {
        let exception = |text: &str| if with_exceptions { self.exception_for(text) } else { None };
        if let Some(parts) = exception(chunk) {
            return parts.to_vec();
        }
        let (mut out, mut suffixes) = (Vec::new(), Vec::new());
        let mut rest = chunk;
        let mut last = usize::MAX;
        while !rest.is_empty() && rest.len() != last && !self.is_token(rest) && exception(rest).is_none() {
            last = rest.len();
            let prefix = prefix_len(self.prefix.as_ref(), rest);
            let (head, after) = rest.split_at_checked(prefix).unwrap_or(("", rest));
            if prefix > 0 && !after.is_empty() && exception(after).is_some() {
                out.push(Part::plain(head));
                rest = after;
                break;
            }
            let suffix = suffix_len(self.suffix.as_ref(), after);
            let (before, tail) = rest.split_at_checked(rest.len() - suffix).unwrap_or((rest, ""));
            if suffix > 0 && !before.is_empty() && exception(before).is_some() {
                suffixes.push(Part::plain(tail));
                rest = before;
                break;
            }
            if prefix > 0 {
                out.push(Part::plain(head));
            }
            if suffix > 0 {
                suffixes.push(Part::plain(tail));
            }
            rest = before.get(prefix..).unwrap_or_default();
        }
        if !rest.is_empty() {
            if let Some(parts) = exception(rest) {
                out.extend(parts);
            } else if self.is_token(rest) || self.url.as_ref().is_some_and(|url| url.matches_start(rest)) {
                out.push(Part::plain(rest));
            } else {
                self.split_infixes(rest, &mut out);
            }
        }
        out.extend(suffixes.into_iter().rev());
        out
    }

    fn split_infixes(&self, text: &str, out: &mut Vec<Part>) {
        let mut done = 0;
        let mut push = |start: usize, end: usize| {
            if start < end {
                out.push(Part { len: end - start, norm: None });
            }
        };
        for (start, end) in self.infix.as_ref().map(|infix| infix.find_all(text)).unwrap_or_default() {
            // An infix at the beginning does not split.
            if start > 0 {
                push(done, start);
                push(start, end);
                done = end;
            }
        }
        push(done, text.len());
    }

    /// Cuts a text into tokens.
    pub(crate) fn tokens(&self, text: &str, lexicon: &mut Lexicon) -> Vec<RawToken> {
        let mut tokens = Vec::with_capacity(text.len() / 5);
        for (chunk, at) in chunks(text) {
            let mut start = at;
            for &(len, word) in lexicon.chunk(self, chunk) {
                tokens.push(RawToken { start, end: start + len, word, spacy: false });
                start += len;
            }
        }
        // A single space after a token belongs to it: it is the one byte between two tokens, or after the last.
        for i in 0..tokens.len() {
            let next = tokens.get(i + 1).map_or(text.len(), |token| token.start);
            if let Some(token) = tokens.get_mut(i) {
                token.spacy = next > token.end;
            }
        }
        self.join_rows(text, tokens, lexicon)
    }

    /// Puts together again what the affix rules broke up but an exception names.
    fn join_rows(&self, text: &str, tokens: Vec<RawToken>, lexicon: &mut Lexicon) -> Vec<RawToken> {
        let token_text = |i: usize| tokens.get(i).and_then(|t| text.get(t.start..t.end));
        let mut spans = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            if lexicon.begins_row(token.word) {
                self.rows.ends_from(i, token_text, &mut spans);
            }
        }
        if spans.is_empty() {
            return tokens;
        }
        let mut out = Vec::with_capacity(tokens.len());
        let mut done = 0;
        for (from, to) in choose(spans) {
            let (Some(first), Some(last)) = (tokens.get(from), tokens.get(to - 1)) else { continue };
            // What was chosen may overlap with what was chosen before it, as in spaCy; the first of them wins.
            if from < done {
                continue;
            }
            let Some(parts) = text.get(first.start..last.end).and_then(|joined| self.exception_for(joined)) else {
                out.extend(tokens.get(done..to).unwrap_or_default());
                done = to;
                continue;
            };
            out.extend(tokens.get(done..from).unwrap_or_default());
            let mut start = first.start;
            for part in parts {
                let end = start + part.len;
                let word = lexicon.word(self, text.get(start..end).unwrap_or_default(), part.norm);
                out.push(RawToken { start, end, word, spacy: end == last.end && last.spacy });
                start = end;
            }
            done = to;
        }
        out.extend(tokens.get(done..).unwrap_or_default());
        out
    }
}

fn prefix_len(pattern: Option<&Pattern>, text: &str) -> usize {
    pattern.and_then(|pattern| pattern.find(text)).map_or(0, |(start, end)| end - start)
}

fn suffix_len(pattern: Option<&Pattern>, text: &str) -> usize {
    pattern.map_or(0, |pattern| pattern.find_suffix(text))
}

/// The chunks of a text with their places: runs of white space and of everything else, without the one space after a run.
fn chunks(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut start = 0;
    let mut chars = text.char_indices();
    let mut in_space = text.chars().next().is_some_and(is_space);
    let mut ended = false;
    std::iter::from_fn(move || {
        loop {
            if ended {
                return None;
            }
            let Some((at, c)) = chars.next() else {
                ended = true;
                return text.get(start..).filter(|rest| !rest.is_empty()).map(|rest| (rest, start));
            };
            if is_space(c) != in_space {
                let chunk = text.get(start..at).filter(|chunk| !chunk.is_empty()).map(|chunk| (chunk, start));
                start = if c == ' ' { at + 1 } else { at };
                in_space = !in_space;
                if chunk.is_some() {
                    return chunk;
                }
            }
        }
    })
}
