//! From tokens to vectors that know their neighbours: embedding, mixer, and convolutions of three tokens.

use super::dense::{MaxoutNorm, Scratch, add};
use super::embed::Embedding;
use super::vectors::Vectors;
use crate::error::{Error, Result};
use crate::lexicon::{Lexicon, Word};
use crate::package::thinc::Model;
use crate::text::tokenizer::RawToken;

/// So many rows go through the layers at once: enough for fast products, few enough for the nearest memory.
const BLOCK: usize = 512;
/// No row was computed for the word yet.
const NONE: u32 = u32::MAX;

/// The network.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    embedding: Embedding,
    mixer: MaxoutNorm,
    layers: Vec<MaxoutNorm>,
}

/// The mixer's output for the words met so far.
#[derive(Debug, Default)]
pub(crate) struct Mixed {
    /// For each word twice, without and with a space after it: the row, or none.
    rows_of: Vec<u32>,
    rows: Vec<f32>,
}

/// A worker's memory for one network.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    pub(crate) mixed: Mixed,
    embedded: Vec<f32>,
    fresh: Vec<(Word, bool)>,
    block: Vec<f32>,
    parts: Vec<BlockPart>,
    scratch: Scratch,
}

/// Tokens of one text in a block.
#[derive(Debug)]
struct BlockPart {
    text: usize,
    from: usize,
    count: usize,
    row: usize,
}

impl Tok2Vec {
    pub(crate) fn read(model: &Model<'_>, vectors: Option<&Vectors>) -> Result<Self> {
        let embedding = Embedding::read(model, vectors)?;
        let maxouts: Vec<_> = model.named("maxout").collect();
        let norms: Vec<_> = model.named("layernorm").collect();
        // Breadth first, the mixer comes before the convolutions.
        let mut layers = Vec::new();
        for (maxout, norm) in maxouts.iter().zip(&norms) {
            layers.push(MaxoutNorm::read(model, maxout, norm)?);
        }
        if layers.is_empty() || maxouts.len() != norms.len() {
            return Err(Error::unsupported("a network without a mixer, or with layers that are not normalised"));
        }
        for window in model.named("expand_window") {
            if model.number(window, "window_size")? != 1 {
                return Err(Error::unsupported("a window of more than one token to each side"));
            }
        }
        let mixer = layers.remove(0);
        let width = mixer.width;
        let fits = mixer.inputs() == embedding.width
            && layers.len() == model.named("expand_window").count()
            && layers.iter().all(|layer| layer.inputs() == 3 * width && layer.width == width);
        if !fits {
            return Err(model.damaged("its layers do not fit together"));
        }
        Ok(Self { embedding, mixer, layers })
    }

    /// How many numbers a token gets.
    pub(crate) fn width(&self) -> usize {
        self.mixer.width
    }

    fn slot(&self, token: &RawToken) -> usize {
        token.word.index() * 2 + usize::from(token.spacy && self.embedding.heeds_space)
    }

    /// Computes the mixer's output for the words that have none yet.
    fn mix(&self, texts: &[&[RawToken]], lexicon: &Lexicon, vectors: Option<&Vectors>, buffers: &mut Buffers) {
        let Buffers { mixed, embedded, fresh, scratch, .. } = buffers;
        mixed.rows_of.resize(lexicon.len() * 2, NONE);
        let mut next = mixed.rows.len() / self.width();
        fresh.clear();
        for token in texts.iter().copied().flatten() {
            if let Some(row) = mixed.rows_of.get_mut(self.slot(token))
                && *row == NONE
            {
                *row = u32::try_from(next).unwrap_or(NONE);
                next += 1;
                fresh.push((token.word, token.spacy && self.embedding.heeds_space));
            }
        }
        for words in fresh.chunks(BLOCK) {
            embedded.resize(words.len() * self.embedding.width, 0.0);
            for (&(word, spacy), out) in words.iter().zip(embedded.chunks_exact_mut(self.embedding.width)) {
                self.embedding.put(lexicon, vectors, word, spacy, out);
            }
            self.mixer.apply(embedded, self.embedding.width, scratch, |_, row| mixed.rows.extend_from_slice(row));
        }
    }

    /// Gives every token of every text its vector. `sink` gets the number of a text, that of a token in it, and the rows of the
    /// tokens from there; the tokens of a text come in order.
    pub(crate) fn encode(
        &self,
        texts: &[&[RawToken]],
        lexicon: &Lexicon,
        vectors: Option<&Vectors>,
        buffers: &mut Buffers,
        mut sink: impl FnMut(usize, usize, &[f32]),
    ) {
        self.mix(texts, lexicon, vectors, buffers);
        let width = self.width();
        // The first and the last row of a block are zero: what stands beside its edges.
        buffers.block.clear();
        buffers.block.resize(width, 0.0);
        buffers.parts.clear();
        let mut shares_edge = false;
        for (number, tokens) in texts.iter().enumerate() {
            for from in (0..tokens.len()).step_by(BLOCK) {
                let to = (from + BLOCK).min(tokens.len());
                self.push(number, tokens, from..to, shares_edge, buffers);
                shares_edge = to == tokens.len();
                if buffers.block.len() >= BLOCK * width {
                    self.flush(buffers, &mut sink);
                    shares_edge = false;
                }
            }
        }
        self.flush(buffers, &mut sink);
    }

    /// Adds tokens to the block, with the neighbours that reach into them. Past a text's ends these are rows of zeros, which two
    /// texts may share: no layer carries anything across all of them.
    fn push(
        &self,
        text: usize,
        tokens: &[RawToken],
        range: std::ops::Range<usize>,
        shares: bool,
        buffers: &mut Buffers,
    ) {
        let width = self.width();
        let reach = self.layers.len();
        let Buffers { mixed, block, parts, .. } = buffers;
        let mut put = |at: Option<usize>| {
            let slot = at.and_then(|at| tokens.get(at)).map(|token| self.slot(token));
            let row = slot.and_then(|slot| mixed.rows_of.get(slot)).map(|&row| row as usize);
            match row.and_then(|row| mixed.rows.get(row * width..(row + 1) * width)) {
                Some(row) => block.extend_from_slice(row),
                None => block.extend(std::iter::repeat_n(0.0, width)),
            }
        };
        if !(shares && range.start == 0) {
            (1..=reach).rev().for_each(|back| put(range.start.checked_sub(back)));
        }
        range.clone().for_each(|at| put(Some(at)));
        (0..reach).for_each(|on| put(Some(range.end + on)));
        let row = block.len() / width - range.len() - reach;
        parts.push(BlockPart { text, from: range.start, count: range.len(), row });
    }

    fn flush(&self, buffers: &mut Buffers, sink: &mut impl FnMut(usize, usize, &[f32])) {
        let width = self.width();
        let Buffers { block, parts, scratch, .. } = buffers;
        block.extend(std::iter::repeat_n(0.0, width));
        if !parts.is_empty() {
            for layer in &self.layers {
                // The products of all windows are there before the first row changes.
                layer.apply_residual(block, width, scratch);
            }
            for part in parts.iter() {
                if let Some(rows) = block.get(part.row * width..(part.row + part.count) * width) {
                    sink(part.text, part.from, rows);
                }
            }
        }
        parts.clear();
        block.clear();
        block.resize(width, 0.0);
    }
}

impl MaxoutNorm {
    /// A convolution over windows of three rows whose output is added to the middle one. The first and the last row stay.
    fn apply_residual(&self, rows: &mut [f32], width: usize, scratch: &mut Scratch) {
        let mut out = std::mem::take(&mut scratch.out);
        out.clear();
        self.apply(rows, width, scratch, |_, row| out.extend_from_slice(row));
        add(rows.get_mut(width..).unwrap_or_default(), &out);
        scratch.out = out;
    }
}
