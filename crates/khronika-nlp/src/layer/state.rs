//! The scores of what a parser or a recogniser may do next, from a few tokens of its state.

use super::dense::{Linear, Matrix, add, pieces_first, product};
use super::embed::only_linear;
use crate::error::{Error, Result};
use crate::package::thinc::Model;

/// So many tokens are prepared at once.
const AHEAD: usize = 256;
/// So many prepared tokens are kept; features of older ones are computed again when they are asked for.
const KEPT: usize = 4 * AHEAD;

/// The two layers over a state, and the one that prepares tokens for them.
#[derive(Debug)]
pub(crate) struct Scorer {
    reduce: Linear,
    /// For each feature the pieces of the hidden layer, side by side.
    lower: Matrix,
    /// What a missing token counts, for each feature.
    pad: Vec<f32>,
    bias: Vec<f32>,
    hidden: usize,
    pieces: usize,
    upper: Linear,
}

impl Scorer {
    /// Reads the model of a parser or recogniser with so many features.
    pub(crate) fn read(model: &Model<'_>, features: usize) -> Result<Self> {
        let upper_index = model.part_index("upper");
        let Ok(lower) = model.part("lower") else {
            return Err(model.damaged("it has no layer over states"));
        };
        let upper = match model.part("upper") {
            Ok(node) if node.name == "linear" => Linear::read(model, node)?,
            _ => return Err(Error::unsupported("a parser without an upper layer")),
        };
        let reduce = only_linear(model, upper_index)?;
        let ([count, hidden, pieces, inputs], w) = model.array::<4>(lower, "W")?;
        let ([bias_hidden, bias_pieces], bias) = model.array::<2>(lower, "b")?;
        let ([one, pad_count, pad_hidden, pad_pieces], pad) = model.array::<4>(lower, "pad")?;
        if count != features {
            return Err(Error::unsupported(format!("a parser whose states have {count} features, not {features}")));
        }
        let fits = (bias_hidden, bias_pieces) == (hidden, pieces)
            && (one, pad_count, pad_hidden, pad_pieces) == (1, count, hidden, pieces)
            && inputs == reduce.outputs()
            && upper.inputs() == hidden
            && hidden * pieces * inputs > 0;
        if !fits {
            return Err(model.damaged("its layers over states do not fit together"));
        }
        let unit = hidden * pieces;
        let mut data = vec![0.0; w.len()];
        for (row, weights) in w.chunks_exact(inputs).enumerate() {
            let (feature, within) = (row / unit, row % unit);
            let column = feature * unit + (within % pieces) * hidden + within / pieces;
            for (i, &x) in weights.iter().enumerate() {
                if let Some(cell) = data.get_mut(i * count * unit + column) {
                    *cell = x;
                }
            }
        }
        Ok(Self {
            reduce,
            lower: Matrix { rows: inputs, cols: count * unit, data },
            pad: pad.chunks_exact(unit).flat_map(|feature| pieces_first(feature, pieces)).collect(),
            bias: pieces_first(&bias, pieces),
            hidden,
            pieces,
            upper,
        })
    }

    /// How wide the vectors of tokens must be.
    pub(crate) fn inputs(&self) -> usize {
        self.reduce.inputs()
    }

    /// How many actions are scored.
    pub(crate) fn actions(&self) -> usize {
        self.upper.outputs()
    }

    /// Reduces the vectors of tokens and adds them to `reduced`.
    pub(crate) fn reduce(&self, rows: &[f32], scratch: &mut Vec<f32>, reduced: &mut Vec<f32>) {
        self.reduce.apply(rows, scratch);
        reduced.extend_from_slice(scratch);
    }

    /// A text's tokens, ready to be scored. `reduced` holds what [`Self::reduce`] gave.
    pub(crate) fn over<'a>(&'a self, reduced: &'a [f32], buffers: &'a mut StateBuffers) -> States<'a> {
        buffers.window.clear();
        buffers.state.resize(self.hidden * self.pieces, 0.0);
        States { scorer: self, reduced, start: 0, end: 0, buffers }
    }
}

/// A worker's memory for scoring.
#[derive(Debug, Default)]
pub(crate) struct StateBuffers {
    window: Vec<f32>,
    fresh: Vec<f32>,
    one: Vec<f32>,
    state: Vec<f32>,
    pub(crate) scores: Vec<f32>,
}

/// The states over one text.
#[derive(Debug)]
pub(crate) struct States<'a> {
    scorer: &'a Scorer,
    reduced: &'a [f32],
    /// The tokens that are prepared: these, both ends as in a range.
    start: usize,
    end: usize,
    buffers: &'a mut StateBuffers,
}

impl States<'_> {
    /// Scores a state given by its tokens, one for each feature; the scores are in the order of the actions.
    pub(crate) fn scores<const F: usize>(&mut self, features: [Option<usize>; F]) -> &[f32] {
        let newest = features.iter().flatten().copied().max();
        while newest.is_some_and(|newest| newest >= self.end) && self.prepare() {}
        let Scorer { lower, pad, bias, hidden, pieces, upper, .. } = self.scorer;
        let unit = hidden * pieces;
        let StateBuffers { window, one, state, scores, .. } = &mut *self.buffers;
        state.copy_from_slice(bias);
        for (feature, token) in features.into_iter().enumerate() {
            let place = feature * unit;
            match token {
                None => add(state, pad.get(place..place + unit).unwrap_or_default()),
                Some(token) if token >= self.start => {
                    let at = (token - self.start) * lower.cols + place;
                    add(state, window.get(at..at + unit).unwrap_or_default());
                }
                Some(token) => {
                    // Long gone: one feature of one token.
                    one.clear();
                    one.resize(unit, 0.0);
                    let reduced = self.reduced.get(token * lower.rows..(token + 1) * lower.rows).unwrap_or_default();
                    for (x, weights) in reduced.iter().zip(lower.data.chunks_exact(lower.cols)) {
                        let weights = weights.get(place..place + unit).unwrap_or_default();
                        for (out, w) in one.iter_mut().zip(weights) {
                            *out += x * w;
                        }
                    }
                    add(state, one);
                }
            }
        }
        let (first, others) = state.split_at_mut(*hidden);
        for piece in others.chunks_exact(*hidden) {
            for (most, &x) in first.iter_mut().zip(piece) {
                *most = if x > *most { x } else { *most };
            }
        }
        scores.clear();
        scores.extend_from_slice(&upper.bias);
        for (x, weights) in first.iter().zip(upper.weights.data.chunks_exact(upper.weights.cols)) {
            for (score, w) in scores.iter_mut().zip(weights) {
                *score += x * w;
            }
        }
        scores
    }

    /// Prepares the next tokens, and says whether there were some.
    fn prepare(&mut self) -> bool {
        let lower = &self.scorer.lower;
        let StateBuffers { window, fresh, .. } = &mut *self.buffers;
        let tokens = self.reduced.len() / lower.rows;
        let end = (self.end + AHEAD).min(tokens);
        let Some(rows) = self.reduced.get(self.end * lower.rows..end * lower.rows).filter(|rows| !rows.is_empty())
        else {
            return false;
        };
        product(rows, lower.rows, lower, fresh);
        if end - self.start > KEPT {
            window.drain(..AHEAD * lower.cols);
            self.start += AHEAD;
        }
        window.extend_from_slice(fresh);
        self.end = end;
        true
    }
}
