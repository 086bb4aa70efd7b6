//! Phrases with endings, optional words and gaps.

use std::collections::HashMap;
use std::ops::Range;

use khronika_core::Lang;

use crate::text::{Text, tokenise_words};

/// How many tokens `...` may stand for.
const GAP: usize = 8;
/// How many sequences one pattern may expand to; more is a slip in the data file.
const MOST_SEQUENCES: usize = 4096;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Element {
    Word(Box<str>),
    Prefix(Box<str>),
    Gap,
}

#[derive(Debug)]
struct Sequence<V> {
    /// What follows the first word.
    rest: Vec<Element>,
    value: V,
}

/// A set of phrases, each with a value.
#[derive(Debug)]
pub struct Phrases<V> {
    sequences: Vec<Sequence<V>>,
    by_word: HashMap<Box<str>, Vec<usize>>,
    by_prefix: HashMap<Box<str>, Vec<usize>>,
    /// The lengths in bytes of the prefixes, longest first.
    prefix_lengths: Vec<usize>,
}

impl<V> Default for Phrases<V> {
    fn default() -> Self {
        Self { sequences: Vec::new(), by_word: HashMap::new(), by_prefix: HashMap::new(), prefix_lengths: Vec::new() }
    }
}

/// A phrase found.
#[derive(Debug)]
pub struct PhraseMatch<'a, V> {
    /// What the phrase stands for.
    pub value: &'a V,
    /// Its tokens.
    pub tokens: Range<usize>,
}

impl<V: Clone> Phrases<V> {
    /// Adds every form of `pattern`, read as words of `lang`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the pattern.
    pub fn add(&mut self, lang: Lang, pattern: &str, value: &V) -> Result<(), String> {
        for form in expand(pattern)? {
            let mut elements = elements(lang, &form);
            if elements.is_empty() {
                return Err(format!("“{pattern}” has a form without words"));
            }
            let first = elements.remove(0);
            let index = self.sequences.len();
            match first {
                Element::Word(word) => self.by_word.entry(word).or_default().push(index),
                Element::Prefix(prefix) => {
                    if !self.prefix_lengths.contains(&prefix.len()) {
                        self.prefix_lengths.push(prefix.len());
                        self.prefix_lengths.sort_unstable_by(|a, b| b.cmp(a));
                    }
                    self.by_prefix.entry(prefix).or_default().push(index);
                }
                Element::Gap => return Err(format!("“{pattern}” begins with a gap")),
            }
            if elements.last() == Some(&Element::Gap) {
                return Err(format!("“{pattern}” ends with a gap"));
            }
            self.sequences.push(Sequence { rest: elements, value: value.clone() });
        }
        Ok(())
    }

    /// True where no phrase was added.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.sequences.is_empty()
    }

    /// Every phrase that begins at token `start` and ends before token `end`, the longest first; among equals, in order of adding.
    #[must_use]
    pub fn at<'a>(&'a self, text: &Text<'_>, start: usize, end: usize) -> Vec<PhraseMatch<'a, V>> {
        let mut found = Vec::new();
        if start >= end {
            return found;
        }
        let word = text.fold(start);
        if let Some(indices) = self.by_word.get(word) {
            self.collect(text, indices, start, end, &mut found);
        }
        for length in &self.prefix_lengths {
            if let Some(indices) = word.get(..*length).and_then(|prefix| self.by_prefix.get(prefix)) {
                self.collect(text, indices, start, end, &mut found);
            }
        }
        found.sort_by_key(|m| std::cmp::Reverse(m.tokens.end));
        found
    }

    /// The longest phrase that begins at token `start` and ends before token `end`.
    #[must_use]
    pub fn longest<'a>(&'a self, text: &Text<'_>, start: usize, end: usize) -> Option<PhraseMatch<'a, V>> {
        self.at(text, start, end).into_iter().next()
    }

    /// The phrases inside the tokens `range` from left to right, the longest at each place, without overlap.
    #[must_use]
    pub fn all<'a>(&'a self, text: &Text<'_>, range: Range<usize>) -> Vec<PhraseMatch<'a, V>> {
        let mut found = Vec::new();
        let mut at = range.start;
        while at < range.end {
            match self.longest(text, at, range.end) {
                Some(phrase) => {
                    at = phrase.tokens.end;
                    found.push(phrase);
                }
                None => at += 1,
            }
        }
        found
    }

    fn collect<'a>(
        &'a self,
        text: &Text<'_>,
        indices: &[usize],
        start: usize,
        end: usize,
        found: &mut Vec<PhraseMatch<'a, V>>,
    ) {
        for index in indices {
            let Some(sequence) = self.sequences.get(*index) else { continue };
            if let Some(last) = follow(text, &sequence.rest, start + 1, end) {
                found.push(PhraseMatch { value: &sequence.value, tokens: start..last });
            }
        }
    }
}

/// The token after the last one, where `elements` match from token `at` on.
fn follow(text: &Text<'_>, elements: &[Element], at: usize, end: usize) -> Option<usize> {
    let Some((first, rest)) = elements.split_first() else { return Some(at) };
    match first {
        Element::Gap => {
            for skip in 0..=GAP {
                if skip > 0 && (at + skip > end || ends_gap(text, at + skip - 1)) {
                    return None;
                }
                if let Some(last) = follow(text, rest, at + skip, end) {
                    return Some(last);
                }
            }
            None
        }
        _ if at >= end => None,
        Element::Word(word) => (text.fold(at) == &**word).then(|| follow(text, rest, at + 1, end)).flatten(),
        Element::Prefix(prefix) => {
            text.fold(at).starts_with(&**prefix).then(|| follow(text, rest, at + 1, end)).flatten()
        }
    }
}

/// True where a gap may not run over token `at`: the end of a sentence. The point of a short word ("M.", "г.") ends none.
fn ends_gap(text: &Text<'_>, at: usize) -> bool {
    match text.fold(at) {
        ";" | "!" | "?" => true,
        "." => at.checked_sub(1).is_none_or(|before| text.fold(before).chars().count() > 3),
        _ => false,
    }
}

/// The forms of a pattern, with braces and optional words written out.
fn expand(pattern: &str) -> Result<Vec<String>, String> {
    let mut forms = vec![String::new()];
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '(']) {
        let (plain, from) = (rest.get(..at).unwrap_or(""), rest.get(at..).unwrap_or(""));
        let (open, close) = if from.starts_with('{') { ('{', '}') } else { ('(', ')') };
        let Some(length) = from.find(close) else {
            return Err(format!("“{pattern}”: “{open}” without “{close}”"));
        };
        let inside = from.get(1..length).unwrap_or("");
        let endings: Vec<&str> =
            if open == '{' { inside.split(',').map(str::trim).collect() } else { vec![inside, ""] };
        forms =
            forms.iter().flat_map(|form| endings.iter().map(move |ending| format!("{form}{plain}{ending}"))).collect();
        if forms.len() > MOST_SEQUENCES {
            return Err(format!("“{pattern}” has more than {MOST_SEQUENCES} forms"));
        }
        rest = from.get(length + 1..).unwrap_or("");
    }
    Ok(forms.into_iter().map(|form| form + rest).collect())
}

fn elements(lang: Lang, form: &str) -> Vec<Element> {
    let mut elements = Vec::new();
    for word in form.split_whitespace() {
        if word == "..." || word == "…" {
            elements.push(Element::Gap);
            continue;
        }
        let (word, prefix) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
        let words = if word.ends_with(['\'', '’']) {
            // "d'", "qu'": elided before the next word of the text; alone it would fall into a word and a mark.
            let mut words = tokenise_words(&format!("{word}a"), lang);
            words.pop();
            // In a language that does not elide, the apostrophe is a mark of its own.
            if words.is_empty() { tokenise_words(word, lang) } else { words }
        } else {
            tokenise_words(word, lang)
        };
        let count = words.len();
        for (n, word) in words.into_iter().enumerate() {
            let word = word.into_boxed_str();
            elements.push(if prefix && n + 1 == count { Element::Prefix(word) } else { Element::Word(word) });
        }
    }
    elements
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tests::source;
    use crate::text::{Abbreviations, Text};

    fn found(lang: Lang, patterns: &[&str], words: &str) -> Vec<String> {
        let mut phrases = Phrases::default();
        for pattern in patterns {
            phrases.add(lang, pattern, &(*pattern).to_owned()).unwrap();
        }
        let source = source(lang, words);
        let text = Text::new(&source, &Abbreviations::default());
        phrases.all(&text, 0..text.tokens.len()).into_iter().map(|m| text.of(text.span(m.tokens)).to_owned()).collect()
    }

    #[test]
    fn endings_options_prefixes_and_gaps() {
        assert_eq!(found(Lang::RU, &["отмени{л,ла}"], "Суд ОТМЕНИЛ, а отменить нельзя"), ["ОТМЕНИЛ"]);
        assert_eq!(
            found(Lang::FR, &["(la) cour d'appel"], "La Cour d’appel, une cour d'appel"),
            ["La Cour d’appel", "cour d'appel"]
        );
        assert_eq!(found(Lang::KK, &["күшін жой*"], "үкімнің күшін жойды"), ["күшін жойды"]);
        assert_eq!(
            found(Lang::EN, &["declare{,s,d} ... void"], "declared the order null and void"),
            ["declared the order null and void"]
        );
        assert_eq!(found(Lang::EN, &["declare{,s,d} ... void"], "declared; void"), [""; 0]);
        assert_eq!(found(Lang::EN, &["set", "set aside"], "it was set aside"), ["set aside"]);
    }

    #[test]
    fn a_slip_in_a_pattern_is_told() {
        let mut phrases = Phrases::default();
        assert!(phrases.add(Lang::EN, "order{s", &1).unwrap_err().contains("without"));
        assert!(phrases.add(Lang::EN, "... order", &1).is_err());
        assert!(phrases.add(Lang::EN, "order ...", &1).is_err());
        assert!(phrases.add(Lang::EN, "(order)", &1).unwrap_err().contains("without words"));
    }
}
