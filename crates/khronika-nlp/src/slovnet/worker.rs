//! The memory of one thread, and the order in which the steps run.

use std::collections::HashMap;
use std::ops::Range;

use super::Parts;
use super::heads::PathBuffers;
use super::net::{Buffers, Key, Memory};
use super::segment::Tokens;
use super::shape::shape;
use super::syntax::SyntaxBuffers;
use crate::doc::{Doc, TokenData};
use crate::idle::Lent;
use crate::pipeline::Steps;

/// Words are looked up once while so many are remembered; longer ones hardly ever come twice.
const MOST_WORDS: usize = 8_000;
const LONGEST_KEPT: usize = 64;
/// A worker that met a longer text is not kept: its memory grew with the text.
const LONGEST_TEXT: usize = 100_000;

/// The number of a text and a sentence's tokens in it.
type Sentence = (usize, Range<usize>);

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
    /// Annotates texts that go through the networks together.
    pub(crate) fn annotate(&mut self, parts: &Parts, texts: &[&str], steps: Steps) -> Vec<Doc> {
        let (mut keys, mut docs, mut sentences) = (Vec::new(), Vec::new(), Vec::new());
        // Parts of speech and dependencies are found sentence by sentence, names over the whole text.
        let by_sentence = steps.sentences || steps.tags || steps.tree;
        for (number, text) in texts.iter().enumerate() {
            let spans = self.tokens.cut(&parts.classes, text);
            self.longest = self.longest.max(spans.len());
            let word = |span: &Range<usize>| self.key(parts, text.get(span.clone()).unwrap_or_default());
            keys.push(spans.iter().map(word).collect::<Vec<Key>>());
            let has_space = |end: usize| text.get(end..).is_some_and(|rest| rest.starts_with(' '));
            let token = |(i, span): (usize, &Range<usize>)| TokenData::at(i, span.clone(), has_space(span.end));
            let mut tokens: Vec<TokenData> = spans.iter().enumerate().map(token).collect();
            if by_sentence {
                let starts = sentence_starts(&spans, &parts.sentences.ends(&parts.classes, text));
                for &start in &starts {
                    tokens.get_mut(start).into_iter().for_each(|token| token.sentence_start = true);
                }
                let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
                sentences.extend(starts.iter().copied().zip(ends).map(|(a, b)| (number, a..b)));
            }
            docs.push(Doc { labels: parts.labels.clone(), tokens, entities: Vec::new() });
        }
        if steps.tags {
            self.tag(parts, &keys, &sentences, &mut docs);
        }
        if steps.tree {
            self.parse(parts, &keys, &sentences, &mut docs);
        }
        if steps.entities {
            self.find_entities(parts, &keys, &mut docs);
        }
        docs
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

    fn tag(&mut self, parts: &Parts, keys: &[Vec<Key>], sentences: &[Sentence], docs: &mut [Doc]) {
        let (encoder, morph) = &parts.morph;
        let scratch = &mut self.scratch;
        let memory = (&mut self.morph, &mut self.buffers);
        encoder.encode(&words(keys, sentences), &parts.vectors, memory, |sentence, from, rows| {
            let Some((doc, range)) = sentences.get(sentence) else { return };
            let Some(doc) = docs.get_mut(*doc) else { return };
            morph.classes(rows, scratch, |i, class| {
                if let Some(token) = doc.tokens.get_mut(range.start + from + i) {
                    (token.tag, token.pos, token.morph) = (class.tag, class.pos, class.morph);
                }
            });
        });
    }

    fn parse(&mut self, parts: &Parts, keys: &[Vec<Key>], sentences: &[Sentence], docs: &mut [Doc]) {
        let (encoder, syntax) = &parts.syntax;
        let buffers = &mut self.sentence;
        let memory = (&mut self.syntax, &mut self.buffers);
        encoder.encode(&words(keys, sentences), &parts.vectors, memory, |sentence, from, rows| {
            let Some((doc, range)) = sentences.get(sentence) else { return };
            let Some(doc) = docs.get_mut(*doc) else { return };
            syntax.parse(range.len(), from, rows, buffers, |word, head, dep| {
                let word = range.start + word;
                if let Some(token) = doc.tokens.get_mut(word) {
                    (token.head, token.dep) = (head.map_or(word, |head| range.start + head), dep);
                }
            });
        });
    }

    fn find_entities(&mut self, parts: &Parts, keys: &[Vec<Key>], docs: &mut [Doc]) {
        let (encoder, ner) = &parts.ner;
        let Self { emissions, scratch, path, .. } = self;
        let texts: Vec<&[Key]> = keys.iter().map(Vec::as_slice).collect();
        let memory = (&mut self.ner, &mut self.buffers);
        emissions.clear();
        encoder.encode(&texts, &parts.vectors, memory, |text, _, rows| {
            ner.output.apply(rows, scratch);
            emissions.extend_from_slice(scratch);
            if let Some(doc) = docs.get_mut(text)
                && emissions.len() >= doc.tokens.len() * ner.output.outputs()
            {
                doc.entities = ner.entities(emissions, path);
                emissions.clear();
            }
        });
    }
}

impl Lent for Worker {
    fn is_bloated(&self) -> bool {
        self.longest > LONGEST_TEXT
    }
}

/// The words of sentences.
fn words<'a>(keys: &'a [Vec<Key>], sentences: &[Sentence]) -> Vec<&'a [Key]> {
    let words = |(doc, range): &Sentence| keys.get(*doc).and_then(|keys| keys.get(range.clone()));
    sentences.iter().map(|sentence| words(sentence).unwrap_or_default()).collect()
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
