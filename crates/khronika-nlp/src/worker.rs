//! The memory of one thread, and the order in which the steps run.

use std::collections::HashMap;
use std::sync::Arc;

use crate::doc::{Doc, EntityData, TokenData};
use crate::idle::Lent;
use crate::labels::Label;
use crate::layer::state::StateBuffers;
use crate::layer::tok2vec::Buffers;
use crate::lexicon::{Lexicon, Word};
use crate::pipeline::{Parts, Steps};
use crate::step::ner::NerToken;
use crate::step::ruler::RulerMemory;
use crate::text::tokenizer::RawToken;

/// A worker that met more words than this at once is not kept.
const MOST_KEPT: usize = 40_000;

/// What a thread remembers of the words that it met.
#[derive(Debug)]
pub(crate) struct Worker {
    lexicon: Lexicon,
    nets: Vec<Buffers>,
    states: StateBuffers,
    scratch: Vec<f32>,
    rules: RulerMemory,
    lemmas: HashMap<(Word, Label, Label), Arc<str>>,
}

impl Worker {
    pub(crate) fn new(parts: &Parts) -> Self {
        Self {
            lexicon: Lexicon::new(parts.vocabulary.clone()),
            nets: parts.nets.iter().map(|_| Buffers::default()).collect(),
            states: StateBuffers::default(),
            scratch: Vec::new(),
            rules: RulerMemory::default(),
            lemmas: HashMap::new(),
        }
    }

    /// Annotates texts that go through the networks together.
    pub(crate) fn annotate(&mut self, parts: &Parts, texts: &[&str], steps: Steps) -> Vec<Doc> {
        if self.lexicon.is_full() {
            *self = Self::new(parts);
        }
        let raw: Vec<_> = texts.iter().map(|text| parts.tokenizer.tokens(text, &mut self.lexicon)).collect();
        let raw: Vec<&[RawToken]> = raw.iter().map(Vec::as_slice).collect();
        let token = |(i, t): (usize, &RawToken)| TokenData::at(i, t.start..t.end, t.spacy);
        let mut docs: Vec<Vec<TokenData>> =
            raw.iter().map(|tokens| tokens.iter().enumerate().map(token).collect()).collect();
        self.tag_and_parse(parts, &raw, steps, &mut docs);
        let has_tree = steps.tree && parts.parser.is_some();
        if steps.sentences && !has_tree {
            self.find_sentences(parts, &raw, &mut docs);
        }
        if steps.tags {
            self.apply_rules(parts, &raw, &mut docs);
        }
        if steps.lemmas {
            self.find_lemmas(parts, &raw, &mut docs);
        }
        let entities =
            if steps.entities { self.find_entities(parts, &raw, &docs) } else { vec![Vec::new(); docs.len()] };
        let finish = |(tokens, entities)| Doc { labels: parts.labels.clone(), tokens, entities };
        docs.into_iter().zip(entities).map(finish).collect()
    }

    /// Runs a network over the texts. `sink` gets the words too, which are borrowed meanwhile.
    fn encode(
        &mut self,
        parts: &Parts,
        net: usize,
        raw: &[&[RawToken]],
        mut sink: impl FnMut(&Lexicon, usize, usize, &[f32]),
    ) {
        let lexicon = &self.lexicon;
        if let (Some(network), Some(buffers)) = (parts.nets.get(net), self.nets.get_mut(net)) {
            network.encode(raw, lexicon, parts.vectors.as_ref(), buffers, |text, from, rows| {
                sink(lexicon, text, from, rows);
            });
        }
    }

    /// The steps that listen to one network run on what it gives, each network once.
    fn tag_and_parse(&mut self, parts: &Parts, raw: &[&[RawToken]], steps: Steps, docs: &mut [Vec<TokenData>]) {
        let tagger = parts.tagger.as_ref().filter(|_| steps.tags);
        let morphologizer = parts.morphologizer.as_ref().filter(|_| steps.tags);
        let parser = parts.parser.as_ref().filter(|_| steps.tree);
        let trees = parts.trees.as_ref().filter(|_| steps.lemmas);
        let mut scratch = std::mem::take(&mut self.scratch);
        for net in 0..parts.nets.len() {
            let tagger = tagger.filter(|(number, _)| *number == net).map(|(_, step)| step);
            let morphologizer = morphologizer.filter(|(number, _)| *number == net).map(|(_, step)| step);
            let parser = parser.filter(|(number, _)| *number == net).map(|(_, step)| step);
            let trees = trees.filter(|(number, _)| *number == net).map(|(_, step)| step);
            if tagger.is_none() && morphologizer.is_none() && parser.is_none() && trees.is_none() {
                continue;
            }
            let mut reduced: Vec<Vec<f32>> = vec![Vec::new(); raw.len()];
            self.encode(parts, net, raw, |lexicon, text, from, rows| {
                let (Some(tokens), Some(reduced)) = (docs.get_mut(text), reduced.get_mut(text)) else { return };
                let tokens = tokens.get_mut(from..).unwrap_or_default();
                if let Some(tagger) = tagger {
                    tagger.classes(rows, &mut scratch, |i, class| {
                        tokens.get_mut(i).into_iter().for_each(|token| token.tag = class.tag);
                    });
                }
                if let Some(morphologizer) = morphologizer {
                    morphologizer.classes(rows, &mut scratch, |i, class| {
                        tokens
                            .get_mut(i)
                            .into_iter()
                            .for_each(|token| (token.pos, token.morph) = (class.pos, class.morph));
                    });
                }
                if let Some(trees) = trees {
                    let words = raw.get(text).and_then(|raw| raw.get(from..)).unwrap_or_default();
                    let word = |i: usize| words.get(i).and_then(|token| Some(&*lexicon.lexeme(token.word)?.text));
                    trees.lemmas(rows, &mut scratch, word, |i, lemma| {
                        tokens.get_mut(i).into_iter().for_each(|token| token.lemma = Some(lemma.clone()));
                    });
                }
                if let Some(parser) = parser {
                    parser.scorer.reduce(rows, &mut scratch, reduced);
                }
            });
            let Some(parser) = parser else { continue };
            for ((tokens, raw), reduced) in docs.iter_mut().zip(raw).zip(&reduced) {
                let is_space = |i: usize| is_space(&self.lexicon, raw, i);
                let tree = parser.parse(reduced, raw.len(), is_space, &mut self.states);
                for ((token, head), dep) in tokens.iter_mut().zip(tree.heads).zip(tree.deps) {
                    (token.head, token.dep) = (head, dep);
                }
                for start in tree.sentence_starts {
                    tokens.get_mut(start).into_iter().for_each(|token| token.sentence_start = true);
                }
            }
        }
        self.scratch = scratch;
    }

    fn find_sentences(&mut self, parts: &Parts, raw: &[&[RawToken]], docs: &mut [Vec<TokenData>]) {
        let Some((net, output)) = &parts.senter else { return };
        let mut scratch = std::mem::take(&mut self.scratch);
        self.encode(parts, *net, raw, |_, text, from, rows| {
            output.apply(rows, &mut scratch);
            let tokens = docs.get_mut(text).and_then(|tokens| tokens.get_mut(from..)).unwrap_or_default();
            for (i, (token, scores)) in tokens.iter_mut().zip(scratch.as_chunks::<2>().0).enumerate() {
                let [inside, start] = scores;
                token.sentence_start = from + i == 0 || start > inside;
            }
        });
        self.scratch = scratch;
    }

    fn apply_rules(&mut self, parts: &Parts, raw: &[&[RawToken]], docs: &mut [Vec<TokenData>]) {
        let Some(ruler) = &parts.ruler else { return };
        for (tokens, raw) in docs.iter_mut().zip(raw) {
            let words: Vec<Word> = raw.iter().map(|token| token.word).collect();
            ruler.apply(tokens, &words, &self.lexicon, &parts.labels, &mut self.rules);
        }
    }

    fn find_lemmas(&mut self, parts: &Parts, raw: &[&[RawToken]], docs: &mut [Vec<TokenData>]) {
        let Some(lemmatizer) = &parts.lemmatizer else { return };
        for (tokens, raw) in docs.iter_mut().zip(raw) {
            for (token, raw) in tokens.iter_mut().zip(*raw) {
                if token.lemma.is_some() {
                    continue;
                }
                let Some(lexeme) = self.lexicon.lexeme(raw.word) else { continue };
                let lemma = self.lemmas.entry((raw.word, token.pos, token.morph)).or_insert_with(|| {
                    let (pos, morph) = (parts.labels.name(token.pos), parts.labels.name(token.morph));
                    lemmatizer.lemma(&lexeme.text, pos, morph, &parts.vocabulary.ids, &parts.vocabulary.chars)
                });
                token.lemma = Some(lemma.clone());
            }
        }
    }

    fn find_entities(&mut self, parts: &Parts, raw: &[&[RawToken]], docs: &[Vec<TokenData>]) -> Vec<Vec<EntityData>> {
        let Some((net, ner)) = &parts.ner else { return vec![Vec::new(); docs.len()] };
        let mut scratch = std::mem::take(&mut self.scratch);
        let mut reduced: Vec<Vec<f32>> = vec![Vec::new(); raw.len()];
        self.encode(parts, *net, raw, |_, text, _, rows| {
            reduced.get_mut(text).into_iter().for_each(|reduced| ner.scorer.reduce(rows, &mut scratch, reduced));
        });
        self.scratch = scratch;
        let mut entities = Vec::with_capacity(docs.len());
        for ((tokens, raw), reduced) in docs.iter().zip(raw).zip(&reduced) {
            let token = |i: usize| NerToken {
                is_space: is_space(&self.lexicon, raw, i),
                sentence_start: tokens.get(i).is_some_and(|token| token.sentence_start),
            };
            entities.push(ner.entities(reduced, raw.len(), token, &mut self.states));
        }
        entities
    }
}

impl Lent for Worker {
    fn is_bloated(&self) -> bool {
        self.lexicon.len() > MOST_KEPT
    }
}

fn is_space(lexicon: &Lexicon, raw: &[RawToken], at: usize) -> bool {
    raw.get(at).and_then(|token| lexicon.lexeme(token.word)).is_some_and(|lexeme| lexeme.is_space)
}
