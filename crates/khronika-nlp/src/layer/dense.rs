//! Matrix products, maxout and layer normalisation.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2, ShapeBuilder as _};

use crate::error::Result;
use crate::package::thinc::{Model, Node};

/// Added to the variance, as thinc does.
const EPSILON: f32 = 1e-8;

/// A matrix in row-major order.
#[derive(Debug)]
pub(crate) struct Matrix {
    pub(crate) rows: usize,
    pub(crate) cols: usize,
    pub(crate) data: Vec<f32>,
}

impl Matrix {
    /// A row.
    pub(crate) fn row(&self, at: usize) -> &[f32] {
        self.data.get(at * self.cols..(at + 1) * self.cols).unwrap_or_default()
    }
}

/// `out = x · w`, where the rows of `x` begin every `stride` numbers and may overlap, and `out` has a row for each.
pub(crate) fn product(x: &[f32], stride: usize, w: &Matrix, out: &mut Vec<f32>) {
    let rows = match x.len().checked_sub(w.rows) {
        Some(beyond) if stride > 0 => beyond / stride + 1,
        _ => 0,
    };
    out.resize(rows * w.cols, 0.0);
    if rows == 0 {
        return;
    }
    let views = (
        ArrayView2::from_shape((rows, w.rows).strides((stride, 1)), x),
        ArrayView2::from_shape((w.rows, w.cols), &w.data),
        ArrayViewMut2::from_shape((rows, w.cols), out),
    );
    if let (Ok(x), Ok(w), Ok(mut out)) = views {
        general_mat_mul(1.0, &x, &w, 0.0, &mut out);
    }
}

/// A linear layer.
#[derive(Debug)]
pub(crate) struct Linear {
    /// A row for each input.
    pub(crate) weights: Matrix,
    pub(crate) bias: Vec<f32>,
}

impl Linear {
    pub(crate) fn read(model: &Model<'_>, node: &Node<'_>) -> Result<Self> {
        let ([outputs, inputs], w) = model.array::<2>(node, "W")?;
        let ([biases], b) = model.array::<1>(node, "b")?;
        if biases != outputs || inputs == 0 || outputs == 0 {
            return Err(model.damaged("a linear layer's arrays do not fit together"));
        }
        let mut data = vec![0.0; w.len()];
        for (o, row) in w.chunks_exact(inputs).enumerate() {
            for (i, &x) in row.iter().enumerate() {
                if let Some(cell) = data.get_mut(i * outputs + o) {
                    *cell = x;
                }
            }
        }
        Ok(Self { weights: Matrix { rows: inputs, cols: outputs, data }, bias: b })
    }

    /// `out = x · w + b` for rows that lie one behind the other.
    pub(crate) fn apply(&self, x: &[f32], out: &mut Vec<f32>) {
        product(x, self.weights.rows, &self.weights, out);
        for row in out.chunks_exact_mut(self.weights.cols) {
            add(row, &self.bias);
        }
    }

    pub(crate) fn outputs(&self) -> usize {
        self.weights.cols
    }

    pub(crate) fn inputs(&self) -> usize {
        self.weights.rows
    }
}

/// `out += x`.
pub(crate) fn add(out: &mut [f32], x: &[f32]) {
    for (out, x) in out.iter_mut().zip(x) {
        *out += x;
    }
}

/// The place of the largest number, the first of equal ones.
pub(crate) fn largest(scores: &[f32]) -> usize {
    // The largest first, in strands, then its place: quicker than both at once.
    let (chunks, rest) = scores.as_chunks::<16>();
    let mut strands = [f32::NEG_INFINITY; 16];
    for chunk in chunks {
        for (most, &score) in strands.iter_mut().zip(chunk) {
            *most = if score > *most { score } else { *most };
        }
    }
    let most =
        strands.iter().chain(rest).fold(f32::NEG_INFINITY, |most, &score| if score > most { score } else { most });
    scores.iter().position(|&score| score == most).unwrap_or(0)
}

/// A maxout layer followed by a layer normalisation.
#[derive(Debug)]
pub(crate) struct MaxoutNorm {
    /// A row for each input; columns piece by piece, so that the pieces of all outputs lie side by side.
    weights: Matrix,
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
    pub(crate) width: usize,
}

impl MaxoutNorm {
    pub(crate) fn read(model: &Model<'_>, maxout: &Node<'_>, norm: &Node<'_>) -> Result<Self> {
        let ([width, pieces, inputs], w) = model.array::<3>(maxout, "W")?;
        let ([bias_width, bias_pieces], b) = model.array::<2>(maxout, "b")?;
        let ([gains], gain) = model.array::<1>(norm, "G")?;
        let ([shifts], shift) = model.array::<1>(norm, "b")?;
        if [bias_width, gains, shifts] != [width; 3] || bias_pieces != pieces || width * pieces * inputs == 0 {
            return Err(model.damaged("a maxout layer's arrays do not fit together"));
        }
        let mut data = vec![0.0; w.len()];
        for (unit, row) in w.chunks_exact(inputs).enumerate() {
            let column = (unit % pieces) * width + unit / pieces;
            for (i, &x) in row.iter().enumerate() {
                if let Some(cell) = data.get_mut(i * width * pieces + column) {
                    *cell = x;
                }
            }
        }
        let bias = pieces_first(&b, pieces);
        let weights = Matrix { rows: inputs, cols: width * pieces, data };
        Ok(Self { weights, bias, gain, shift, width })
    }

    pub(crate) fn inputs(&self) -> usize {
        self.weights.rows
    }

    /// The layer's output for rows that begin every `stride` numbers is handed to `put`, row by row.
    pub(crate) fn apply(&self, x: &[f32], stride: usize, scratch: &mut Scratch, mut put: impl FnMut(usize, &[f32])) {
        product(x, stride, &self.weights, &mut scratch.products);
        scratch.row.resize(self.width, 0.0);
        for (i, products) in scratch.products.chunks_exact(self.weights.cols).enumerate() {
            maxout(products, &self.bias, &mut scratch.row);
            normalise(&mut scratch.row, &self.gain, &self.shift);
            put(i, &scratch.row);
        }
    }
}

/// Memory that layers write intermediate numbers to.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    products: Vec<f32>,
    row: Vec<f32>,
    pub(crate) out: Vec<f32>,
}

/// From outputs with their pieces inside to pieces with the outputs inside.
pub(crate) fn pieces_first(values: &[f32], pieces: usize) -> Vec<f32> {
    (0..pieces).flat_map(|piece| values.iter().skip(piece).step_by(pieces.max(1)).copied()).collect()
}

/// The largest piece of each output.
fn maxout(products: &[f32], bias: &[f32], out: &mut [f32]) {
    let width = out.len();
    for (piece, (products, bias)) in products.chunks_exact(width).zip(bias.chunks_exact(width)).enumerate() {
        if piece == 0 {
            for ((out, x), b) in out.iter_mut().zip(products).zip(bias) {
                *out = x + b;
            }
        } else {
            for ((out, x), b) in out.iter_mut().zip(products).zip(bias) {
                let value = x + b;
                *out = if value > *out { value } else { *out };
            }
        }
    }
}

/// Sums in eight strands, which the compiler keeps in one register.
fn strands(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = values.as_chunks::<8>();
    let mut sums = [0.0_f32; 8];
    for chunk in chunks {
        for (sum, &x) in sums.iter_mut().zip(chunk) {
            *sum += of(x);
        }
    }
    let tail: f32 = rest.iter().map(|&x| of(x)).sum();
    ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7])) + tail
}

fn normalise(row: &mut [f32], gain: &[f32], shift: &[f32]) {
    #[expect(clippy::cast_precision_loss, reason = "rows are some hundred numbers wide")]
    let count = row.len() as f32;
    let mean = strands(row, |x| x) / count;
    let variance = strands(row, |x| (x - mean) * (x - mean)) / count + EPSILON;
    let scale = 1.0 / variance.sqrt();
    for ((x, gain), shift) in row.iter_mut().zip(gain).zip(shift) {
        *x = (*x - mean) * scale * gain + shift;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_rows_are_windows() {
        let w = Matrix { rows: 3, cols: 2, data: vec![1.0, 0.0, 0.0, 1.0, 0.0, 1.0] };
        let mut out = Vec::new();
        product(&[1.0, 2.0, 3.0, 4.0], 1, &w, &mut out);
        assert_eq!(out, [1.0, 5.0, 2.0, 7.0]);
    }

    #[test]
    fn the_largest_piece_wins() {
        let mut out = [0.0; 2];
        maxout(&[1.0, 5.0, 3.0, 2.0], &pieces_first(&[0.0, 0.0, 1.0, 0.0], 2), &mut out);
        assert_eq!(out, [3.0, 6.0]);
    }
}
