//! The memory of one thread, and the order in which the steps run.

use std::collections::HashMap;
use std::ops::Range;

use super::Parts;
use super::heads::PathBuffers;
use super::net::{Buffers, Key, Memory};
use super::segment::Tokens;
use super::shape::shape;
use super::syntax::SyntaxBuffers;
use crate::doc::{Doc, EntityData, TokenData};
use crate::labels::Label;
use crate::pipeline::Steps;

/// Words are looked up once while so many are remembered; longer ones hardly ever come twice.
const MOST_WORDS: usize = 8_000;
const LONGEST_KEPT: usize = 64;
/// A worker that met a longer text is not kept: its memory grew with the text.
const LONGEST_TEXT: usize = 100_000;

/// What a thread remembers of the words that it met.
#[derive(Debug, Default)]
pub(crate) struct Worker {
    tokens: Tokens,
    keys: HashMap<Box<str>, Key>,
    ner: Memory,
    morph: Memory,
    syntax: Memory,
    buffers: Buffers,
    path: PathBuffers,
    sentence: SyntaxBuffers,
    scratch: Vec<f32>,
    emissions: Vec<f32>,
    shape: String,
    longest: usize,
}

impl Worker {
    /// Whether it holds more than is worth keeping.
    pub(crate) fn is_bloated(&self) -> bool {
        self.longest > LONGEST_TEXT
    }

    /// Annotates a text.
    pub(crate) fn annotate(&mut self, parts: &Parts, text: &str, steps: Steps) -> Doc {
        let spans = self.tokens.cut(&parts.classes, text);
        self.longest = self.longest.max(spans.len());
        let keys: Vec<Key> =
            spans.iter().map(|span| self.key(parts, text.get(span.clone()).unwrap_or_default())).collect();
        let mut tokens: Vec<TokenData> = spans.iter().enumerate().map(|(i, span)| token(i, span, text)).collect();
        // Parts of speech and dependencies are found sentence by sentence, names over the whole text.
        if steps.sentences || steps.tags || steps.tree {
            let starts = sentence_starts(&spans, &parts.sentences.ends(&parts.classes, text));
            for &start in &starts {
                tokens.get_mut(start).into_iter().for_each(|token| token.sentence_start = true);
            }
            let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
            let ranges: Vec<Range<usize>> = starts.iter().copied().zip(ends).map(|(a, b)| a..b).collect();
            let sentences: Vec<&[Key]> = ranges.iter().filter_map(|range| keys.get(range.clone())).collect();
            if steps.tags {
                self.tag(parts, &sentences, &ranges, &mut tokens);
            }
            if steps.tree {
                self.parse(parts, &sentences, &ranges, &mut tokens);
            }
        }
        let entities = if steps.entities { self.entities(parts, &keys) } else { Vec::new() };
        Doc { labels: parts.labels.clone(), tokens, entities }
    }

    fn key(&mut self, parts: &Parts, word: &str) -> Key {
        if let Some(&key) = self.keys.get(word) {
            return key;
        }
        let row = parts.words.row(&word.to_lowercase());
        shape(&parts.classes, word, &mut self.shape);
        let key = Key {
            row: u32::try_from(row).unwrap_or(u32::MAX),
            shape: parts.shapes.get(&self.shape).copied().unwrap_or_default(),
        };
        if word.len() <= LONGEST_KEPT {
            if self.keys.len() >= MOST_WORDS {
                self.keys.clear();
            }
            self.keys.insert(word.into(), key);
        }
        key
    }

    fn tag(&mut self, parts: &Parts, sentences: &[&[Key]], ranges: &[Range<usize>], tokens: &mut [TokenData]) {
        let (encoder, morph) = &parts.morph;
        let scratch = &mut self.scratch;
        encoder.encode(sentences, &parts.vectors, (&mut self.morph, &mut self.buffers), |sentence, from, rows| {
            let first = ranges.get(sentence).map_or(0, |range| range.start) + from;
            morph.classes(rows, scratch, |i, class| {
                if let Some(token) = tokens.get_mut(first + i) {
                    (token.tag, token.pos, token.morph) = (class.tag, class.pos, class.morph);
                }
            });
        });
    }

    fn parse(&mut self, parts: &Parts, sentences: &[&[Key]], ranges: &[Range<usize>], tokens: &mut [TokenData]) {
        let (encoder, syntax) = &parts.syntax;
        let buffers = &mut self.sentence;
        encoder.encode(sentences, &parts.vectors, (&mut self.syntax, &mut self.buffers), |sentence, from, rows| {
            let Some(range) = ranges.get(sentence) else { return };
            syntax.parse(range.len(), from, rows, buffers, |word, head, dep| {
                let word = range.start + word;
                if let Some(token) = tokens.get_mut(word) {
                    (token.head, token.dep) = (head.map_or(word, |head| range.start + head), dep);
                }
            });
        });
    }

    fn entities(&mut self, parts: &Parts, keys: &[Key]) -> Vec<EntityData> {
        let (encoder, ner) = &parts.ner;
        self.emissions.clear();
        encoder.encode(&[keys], &parts.vectors, (&mut self.ner, &mut self.buffers), |_, _, rows| {
            ner.output.apply(rows, &mut self.scratch);
            self.emissions.extend_from_slice(&self.scratch);
        });
        ner.entities(&self.emissions, &mut self.path)
    }
}

fn token(number: usize, span: &Range<usize>, text: &str) -> TokenData {
    TokenData {
        start: span.start,
        end: span.end,
        spacy: text.get(span.end..).is_some_and(|rest| rest.starts_with(' ')),
        sentence_start: number == 0,
        head: number,
        tag: Label::NONE,
        pos: Label::NONE,
        morph: Label::NONE,
        dep: Label::NONE,
        lemma: None,
    }
}

/// The tokens that begin a sentence: the first, and the first after each end.
fn sentence_starts(spans: &[Range<usize>], ends: &[usize]) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::with_capacity(ends.len() + 1);
    for end in std::iter::once(&0).chain(ends) {
        let start = spans.partition_point(|span| span.start < *end);
        if start < spans.len() && starts.last().is_none_or(|&last| last < start) {
            starts.push(start);
        }
    }
    starts
}
