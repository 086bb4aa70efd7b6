//! Dependencies: for each word of a sentence the word, or nothing, that it depends on, and how.
//!
//! Each word chooses for itself, so a sentence may have several roots, and words may depend on each other in a circle.

use super::net::linear;
use super::source::Source;
use crate::error::Result;
use crate::labels::{Label, Labels};
use crate::layer::dense::{Linear, Matrix, largest, product};

/// Every word is weighed against every other: longer sentences are taken in pieces of so many words.
const LONGEST: usize = 2048;
/// So many words are weighed at once.
const ROWS: usize = 128;

/// The step that finds dependencies.
#[derive(Debug)]
pub(crate) struct Syntax {
    /// Four layers side by side: a word as one that depends and as one depended on, for heads and for relations.
    sides: Linear,
    width: usize,
    /// What stands for the root among the words depended on, for heads and for relations.
    root: Vec<f32>,
    relation_root: Vec<f32>,
    heads: Matrix,
    /// For each number of a word, all relations side by side.
    relations: Matrix,
    labels: Vec<Label>,
}

/// Memory for a sentence.
#[derive(Debug, Default)]
pub(crate) struct SyntaxBuffers {
    rows: Vec<f32>,
    sides: Vec<f32>,
    dependent: Vec<f32>,
    products: Vec<f32>,
    scores: Vec<f32>,
}

impl Syntax {
    pub(crate) fn read(source: &Source<'_>, inputs: usize, labels: &mut Labels) -> Result<Self> {
        let side = |path: &str| linear(source, &format!("{path}/proj"), inputs);
        let sides = [side("/head/head")?, side("/head/tail")?, side("/rel/tail")?, side("/rel/head")?];
        let root = |path: &str, layer: &Linear| {
            let ([size], root) = source.array::<1>(path)?;
            let mut out = Vec::new();
            layer.apply(&root, &mut out);
            out.iter_mut().for_each(|x| *x = x.max(0.0));
            if size == inputs { Ok(out) } else { Err(source.damaged("its root does not fit its layers")) }
        };
        let [_, tail, _, relation_head] = &sides;
        let (root, relation_root) = (root("/head/root", tail)?, root("/rel/root", relation_head)?);
        let width = sides.first().map_or(0, Linear::outputs);
        let ([a, b], heads) = source.array::<2>("/head/kernel")?;
        let ([c, all], relations) = source.array::<2>("/rel/kernel")?;
        let list = source.list("rel")?;
        let labels: Vec<Label> = list.lines().map(|name| labels.add(name)).collect();
        let fits = sides.iter().all(|side| side.outputs() == width)
            && [a, b, c] == [width; 3]
            && Some(all) == labels.len().checked_mul(width);
        if !fits || width == 0 || labels.is_empty() {
            return Err(source.damaged("its arrays do not fit together"));
        }
        let rows = (0..inputs).flat_map(|i| sides.iter().flat_map(move |side| side.weights.row(i)).copied()).collect();
        let bias = sides.iter().flat_map(|side| side.bias.iter().copied()).collect();
        let relations = relations
            .chunks_exact(all)
            .flat_map(|row| (0..width).flat_map(move |i| row.iter().skip(i).step_by(width).copied()))
            .collect();
        Ok(Self {
            sides: Linear { weights: Matrix { rows: inputs, cols: 4 * width, data: rows }, bias },
            width,
            root,
            relation_root,
            heads: Matrix { rows: width, cols: width, data: heads },
            relations: Matrix { rows: width, cols: all, data: relations },
            labels,
        })
    }

    /// Takes the rows of words of a sentence of `len` words, from the one numbered `from`; `put` gets the number of a word, that of
    /// the word it depends on, or nothing for a root, and the relation.
    pub(crate) fn parse(
        &self,
        len: usize,
        mut from: usize,
        mut rows: &[f32],
        buffers: &mut SyntaxBuffers,
        mut put: impl FnMut(usize, Option<usize>, Label),
    ) {
        let input = self.sides.inputs();
        if from == 0 {
            buffers.rows.clear();
        }
        while !rows.is_empty() {
            let room = (LONGEST - from % LONGEST) * input;
            let (now, later) = rows.split_at(room.min(rows.len()));
            buffers.rows.extend_from_slice(now);
            from += now.len() / input;
            if from.is_multiple_of(LONGEST) || from == len {
                let first = from - buffers.rows.len() / input;
                self.piece(buffers, |word, head, label| put(first + word, head.map(|head| first + head), label));
                buffers.rows.clear();
            }
            rows = later;
        }
    }

    fn piece(&self, buffers: &mut SyntaxBuffers, mut put: impl FnMut(usize, Option<usize>, Label)) {
        let width = self.width;
        let SyntaxBuffers { rows, sides, dependent, products, scores } = buffers;
        self.sides.apply(rows, sides);
        sides.iter_mut().for_each(|x| *x = x.max(0.0));
        let side = |which: usize| {
            sides
                .chunks_exact(4 * width)
                .map(move |row| row.get(which * width..(which + 1) * width).unwrap_or_default())
        };
        // The words depended on, a column each, after the root.
        let count = rows.len() / self.sides.inputs();
        let mut columns = Matrix { rows: width, cols: count + 1, data: vec![0.0; width * (count + 1)] };
        for (at, word) in std::iter::once(self.root.as_slice()).chain(side(1)).enumerate() {
            for (x, line) in word.iter().zip(columns.data.chunks_exact_mut(count + 1)) {
                line.get_mut(at).into_iter().for_each(|cell| *cell = *x);
            }
        }
        let mut heads = Vec::with_capacity(count);
        let mut words = side(0);
        for _ in (0..count).step_by(ROWS) {
            dependent.clear();
            words.by_ref().take(ROWS).for_each(|word| dependent.extend_from_slice(word));
            product(dependent, width, &self.heads, products);
            product(products, width, &columns, scores);
            heads.extend(scores.chunks_exact(count + 1).map(|scores| largest(scores).checked_sub(1)));
        }
        let upper: Vec<&[f32]> = side(3).collect();
        let mut lower = side(2);
        for (number, some) in heads.chunks(ROWS).enumerate() {
            dependent.clear();
            for head in some {
                let head = head.and_then(|head| upper.get(head).copied()).unwrap_or(&self.relation_root);
                dependent.extend_from_slice(head);
            }
            product(dependent, width, &self.relations, products);
            let each = products.chunks_exact(self.relations.cols).zip(lower.by_ref()).zip(some);
            for (i, ((products, word), head)) in each.enumerate() {
                scores.clear();
                scores.resize(self.labels.len(), 0.0);
                for (products, x) in products.chunks_exact(self.labels.len()).zip(word) {
                    scores.iter_mut().zip(products).for_each(|(score, product)| *score += product * x);
                }
                let label = self.labels.get(largest(scores)).copied().unwrap_or_default();
                put(number * ROWS + i, *head, label);
            }
        }
    }
}
