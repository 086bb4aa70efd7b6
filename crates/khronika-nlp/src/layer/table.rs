//! Tables of which a few rows are used at a time: they stay in the precision in which the package holds them.

use crate::package::thinc::{Numbers, widened};

/// Rows of numbers.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) rows: usize,
    pub(crate) cols: usize,
    cells: Cells,
}

#[derive(Debug)]
enum Cells {
    Full(Vec<f32>),
    Half(Vec<u16>),
}

impl Table {
    /// A table of so many rows and columns.
    pub(crate) fn new(rows: usize, cols: usize, numbers: Numbers<'_>) -> Self {
        let cells = match numbers {
            Numbers::Full(_) => Cells::Full(numbers.floats()),
            Numbers::Half(upper, lower) => Cells::Half(
                upper.iter().zip(lower).map(|(&upper, &lower)| u16::from_be_bytes([upper, lower])).collect(),
            ),
        };
        Self { rows, cols, cells }
    }

    /// Adds a row to `out`.
    pub(crate) fn add_row(&self, at: usize, out: &mut [f32]) {
        let range = at * self.cols..(at + 1) * self.cols;
        match &self.cells {
            Cells::Full(cells) => {
                for (out, x) in out.iter_mut().zip(cells.get(range).unwrap_or_default()) {
                    *out += x;
                }
            }
            Cells::Half(cells) => {
                for (out, &x) in out.iter_mut().zip(cells.get(range).unwrap_or_default()) {
                    *out += widened(x);
                }
            }
        }
    }
}
