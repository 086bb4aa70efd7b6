//! From words to vectors that know their neighbours: three convolutions over three words each.

use std::collections::HashMap;

use super::navec::Vectors;
use super::source::Source;
use crate::error::{Error, Result};
use crate::layer::dense::{Linear, Matrix, product};

/// So many positions go through the layers at once: enough for fast products, few enough for the nearest memory.
const BLOCK: usize = 1024;
/// What the first layer makes of a word is kept for so many words.
const MOST_KEPT: usize = 1024;
/// Words that a convolution sees at once.
const WINDOW: usize = 3;

/// A word as the networks see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// Its row in the word vectors.
    pub(crate) row: u32,
    pub(crate) shape: u32,
}

/// A network for words.
#[derive(Debug)]
pub(crate) struct Encoder {
    /// The weights of the first convolution for a word's vector: a column for each of the three places and each output.
    words: Matrix,
    /// What the first convolution makes of each shape.
    shapes: Matrix,
    first: Norm,
    rest: Vec<(Matrix, Norm)>,
}

/// What follows a convolution: bias, rectifier, and batch norm as a factor and a summand.
#[derive(Debug)]
struct Norm {
    bias: Vec<f32>,
    factor: Vec<f32>,
    summand: Vec<f32>,
}

/// What a worker remembers of the words that a network met.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Where the first layer's products of a word are.
    slots: HashMap<u32, usize>,
    products: Vec<f32>,
}

/// A worker's memory for the block that is in work, whichever the network.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    vectors: Vec<f32>,
    fresh: Vec<f32>,
    positions: Vec<Option<Key>>,
    spans: Vec<Span>,
    rows: Vec<f32>,
    next: Vec<f32>,
}

/// Words of one text in a block.
#[derive(Debug)]
struct Span {
    text: usize,
    from: usize,
    count: usize,
    /// Its first position.
    at: usize,
}

impl Encoder {
    pub(crate) fn read(source: &Source<'_>, vectors: &Vectors) -> Result<Self> {
        let ([shapes, shape_width], shape_table) = source.array::<2>("/emb/shape/weight")?;
        let layers = source.tree.pointer("/encoder/layers").and_then(|layers| layers.as_array()).map_or(0, Vec::len);
        if layers == 0 || layers > 16 {
            return Err(Error::unsupported(format!("{} without convolutions, or with very many", source.name)));
        }
        let mut rest = Vec::new();
        let width = vectors.width();
        let (first, norm, mut inputs) = convolution(source, 0, width + shape_width)?;
        for layer in 1..layers {
            let (weights, norm, outputs) = convolution(source, layer, inputs)?;
            let rows: Vec<f32> = (0..WINDOW).flat_map(|k| weights.iter().flat_map(move |w| column(w, k))).collect();
            rest.push((Matrix { rows: WINDOW * inputs, cols: outputs, data: rows }, norm));
            inputs = outputs;
        }
        // In the first convolution the three places lie side by side, so that a word is multiplied once for all of them.
        let side_by_side = |inputs: &[Vec<f32>]| -> Vec<f32> {
            inputs.iter().flat_map(|w| (0..WINDOW).flat_map(move |k| column(w, k))).collect()
        };
        let (for_words, for_shapes) = first.split_at_checked(width).unwrap_or_default();
        let cols = WINDOW * norm.bias.len();
        let words = Matrix { rows: width, cols, data: side_by_side(for_words) };
        let of_shapes = Matrix { rows: shape_width, cols, data: side_by_side(for_shapes) };
        let mut products = Vec::new();
        product(&shape_table, shape_width, &of_shapes, &mut products);
        let shapes = Matrix { rows: shapes, cols, data: products };
        Ok(Self { words, shapes, first: norm, rest })
    }

    /// How many numbers a word gets.
    pub(crate) fn width(&self) -> usize {
        self.rest.last().map_or(self.first.bias.len(), |(weights, _)| weights.cols)
    }

    /// How many shapes it knows.
    pub(crate) fn shapes(&self) -> usize {
        self.shapes.rows
    }

    /// How far a word reaches to either side.
    fn reach(&self) -> usize {
        1 + self.rest.len()
    }

    /// Gives every word of every text its vector. `sink` gets the number of a text, that of a word in it, and the rows of the
    /// words from there; the words of a text come in order, and texts too.
    pub(crate) fn encode(
        &self,
        texts: &[&[Key]],
        vectors: &Vectors,
        (memory, buffers): (&mut Memory, &mut Buffers),
        mut sink: impl FnMut(usize, usize, &[f32]),
    ) {
        self.begin(buffers);
        for (text, words) in texts.iter().enumerate() {
            for from in (0..words.len()).step_by(BLOCK) {
                let to = (from + BLOCK).min(words.len());
                let before = from.saturating_sub(self.reach());
                let after = (to + self.reach()).min(words.len());
                buffers.positions.extend(words.get(before..after).into_iter().flatten().map(|&key| Some(key)));
                let at = buffers.positions.len() - (after - from);
                buffers.spans.push(Span { text, from, count: to - from, at });
                // What stands past the ends of a text is zero in each layer: one row of zeros keeps two texts apart.
                buffers.positions.push(None);
                if buffers.positions.len() >= BLOCK {
                    self.flush(vectors, memory, buffers, &mut sink);
                }
            }
        }
        self.flush(vectors, memory, buffers, &mut sink);
    }

    /// Each layer makes one row less at either end of a block, so it begins and ends with as many that are zero.
    fn begin(&self, buffers: &mut Buffers) {
        buffers.spans.clear();
        buffers.positions.clear();
        buffers.positions.resize(self.reach(), None);
    }

    fn flush(
        &self,
        vectors: &Vectors,
        memory: &mut Memory,
        buffers: &mut Buffers,
        sink: &mut impl FnMut(usize, usize, &[f32]),
    ) {
        if !buffers.spans.is_empty() {
            buffers.positions.resize(buffers.positions.len() + self.reach() - 1, None);
            self.multiply(vectors, memory, buffers);
            self.add_up(memory, buffers);
            for (done, (weights, norm)) in self.rest.iter().enumerate() {
                product(&buffers.rows, weights.rows / WINDOW, weights, &mut buffers.next);
                let positions = buffers.positions.iter().skip(done + 2);
                for (row, position) in buffers.next.chunks_exact_mut(weights.cols).zip(positions) {
                    norm.finish(row, position.is_some());
                }
                std::mem::swap(&mut buffers.rows, &mut buffers.next);
            }
            let width = self.width();
            for span in &buffers.spans {
                let at = span.at - self.reach();
                if let Some(rows) = buffers.rows.get(at * width..(at + span.count) * width) {
                    sink(span.text, span.from, rows);
                }
            }
        }
        self.begin(buffers);
    }

    /// Multiplies the words of a block that were not met yet with the weights of the first convolution.
    fn multiply(&self, vectors: &Vectors, memory: &mut Memory, buffers: &mut Buffers) {
        if memory.slots.len() + buffers.positions.len() > MOST_KEPT {
            memory.slots.clear();
            memory.products.clear();
        }
        buffers.vectors.clear();
        for key in buffers.positions.iter().flatten() {
            let slot = memory.slots.len();
            memory.slots.entry(key.row).or_insert_with(|| {
                let start = buffers.vectors.len();
                buffers.vectors.resize(start + vectors.width(), 0.0);
                vectors.put(key.row as usize, buffers.vectors.get_mut(start..).unwrap_or_default());
                slot
            });
        }
        product(&buffers.vectors, vectors.width(), &self.words, &mut buffers.fresh);
        memory.products.extend_from_slice(&buffers.fresh);
    }

    /// Makes the first convolution's rows of the products of three words and their shapes.
    fn add_up(&self, memory: &Memory, buffers: &mut Buffers) {
        let Memory { slots, products } = memory;
        let Buffers { positions, rows, .. } = buffers;
        let (cols, width) = (self.shapes.cols, self.first.bias.len());
        rows.clear();
        rows.resize(positions.len().saturating_sub(WINDOW - 1) * width, 0.0);
        for (row, window) in rows.chunks_exact_mut(width).zip(positions.windows(WINDOW)) {
            let [_, Some(_), _] = window else { continue };
            for (k, key) in window.iter().enumerate() {
                let Some(key) = key else { continue };
                let slot = slots.get(&key.row).map_or(0, |slot| slot * cols) + k * width;
                let word = products.get(slot..slot + width).unwrap_or_default();
                let shape = self.shapes.row(key.shape as usize).get(k * width..(k + 1) * width).unwrap_or_default();
                for ((x, word), shape) in row.iter_mut().zip(word).zip(shape) {
                    *x += word + shape;
                }
            }
            self.first.finish(row, true);
        }
    }
}

impl Norm {
    fn finish(&self, row: &mut [f32], is_word: bool) {
        if !is_word {
            row.fill(0.0);
            return;
        }
        let numbers = self.bias.iter().zip(&self.factor).zip(&self.summand);
        for (x, ((bias, factor), summand)) in row.iter_mut().zip(numbers) {
            let y = *x + bias;
            *x = if y > 0.0 { y } else { 0.0 } * factor + summand;
        }
    }
}

/// A convolution's weights, for each input and each output the three places, and what follows it.
fn convolution(source: &Source<'_>, layer: usize, inputs: usize) -> Result<(Vec<Vec<f32>>, Norm, usize)> {
    let at = |rest: &str| format!("/encoder/layers/{layer}/{rest}");
    let ([outputs, in_width, window], weights) = source.array::<3>(&at("conv/weight"))?;
    if window != WINDOW || source.tree.pointer(&at("conv/padding")).and_then(|p| p.as_u64()) != Some(1) {
        return Err(Error::unsupported(format!(
            "{}, whose convolutions see more or less than three words",
            source.name
        )));
    }
    let ([a], bias) = source.array::<1>(&at("conv/bias"))?;
    let ([b], weight) = source.array::<1>(&at("norm/weight"))?;
    let ([c], shift) = source.array::<1>(&at("norm/bias"))?;
    let ([d], mean) = source.array::<1>(&at("norm/mean"))?;
    let ([e], std) = source.array::<1>(&at("norm/std"))?;
    if in_width != inputs || [a, b, c, d, e] != [outputs; 5] {
        return Err(source.damaged("a convolution's arrays do not fit together"));
    }
    let factor: Vec<f32> = weight.iter().zip(&std).map(|(w, s)| w / s).collect();
    let summand = shift.iter().zip(&mean).zip(&factor).map(|((b, m), f)| b - m * f).collect();
    let per_input = (0..inputs)
        .map(|i| {
            weights
                .chunks_exact(inputs * WINDOW)
                .flat_map(|w| w.iter().skip(i * WINDOW).take(WINDOW))
                .copied()
                .collect()
        })
        .collect();
    Ok((per_input, Norm { bias, factor, summand }, outputs))
}

/// The weights of one of the three places.
fn column(weights: &[f32], place: usize) -> impl Iterator<Item = f32> + '_ {
    weights.iter().skip(place).step_by(WINDOW).copied()
}

/// A linear layer, whose weights are written with a row for each input.
pub(super) fn linear(source: &Source<'_>, path: &str, inputs: usize) -> Result<Linear> {
    let ([rows, cols], data) = source.array::<2>(&format!("{path}/weight"))?;
    let ([biases], bias) = source.array::<1>(&format!("{path}/bias"))?;
    if rows != inputs || biases != cols {
        return Err(source.damaged(&format!("the arrays of {path} do not fit together")));
    }
    Ok(Linear { weights: Matrix { rows, cols, data }, bias })
}
