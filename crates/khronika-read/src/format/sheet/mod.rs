//! Tables: Excel workbooks, OpenDocument spreadsheets, separated values.
//!
//! A sheet's name is a heading, a row a line with tabs between its cells. Rows and sheets that are not shown are marked; days are
//! written as `1906-07-12`, whatever way they are shown in. Own readers: a cell far away or one that is repeated a million times
//! costs nothing.

pub(super) mod csv;
pub(super) mod ods;
pub(super) mod xlsx;

use khronika_core::MarkKind;

use super::flow::{Deed, Flow, Para};
use crate::rendition::{RemarkKind, Role};

/// Empty cells between two cells that are written.
const MOST_EMPTY: usize = 20;

/// A line of at least so many words in one cell is a paragraph.
const PROSE: usize = 12;

/// The longest row (bytes). A workbook may mean the same long words in every cell.
const LONGEST_ROW: usize = 1 << 20;

/// A row on its way to the text.
#[derive(Debug, Default)]
struct Line {
    para: Para,
    cells: usize,
    /// The column of the next cell.
    column: usize,
    hidden: bool,
    /// Some of its cells were left out.
    cut: bool,
}

impl Line {
    /// Adds a cell at a column; one without words only moves on.
    fn cell(&mut self, column: usize, words: &str, hidden: bool, comment: Option<&Deed>) {
        let words = words.trim();
        if words.is_empty() && comment.is_none() {
            return;
        }
        if self.para.text.len() + words.len() > LONGEST_ROW {
            self.cut = true;
            return;
        }
        let tabs = column.saturating_sub(self.column).min(MOST_EMPTY) + usize::from(self.cells > 0);
        self.para.push(&"\t".repeat(tabs));
        let from = self.para.text.len();
        // A line of its own in a cell would be a row of its own.
        let mut pieces = words.split(['\t', '\n', '\r']).filter(|piece| !piece.is_empty());
        if let Some(first) = pieces.next() {
            self.para.push(first);
        }
        for piece in pieces {
            self.para.push(" ");
            self.para.push(piece);
        }
        if hidden || self.hidden {
            self.para.mark(from, MarkKind::Hidden, &Deed::default());
        }
        if let Some(comment) = comment {
            self.para.mark(from, MarkKind::Commented, comment);
        }
        self.cells += 1;
        self.column = column + 1;
    }

    /// Ends the row.
    fn end(self, flow: &mut Flow) {
        let mut para = self.para;
        let prose = self.cells == 1 && para.text.split_whitespace().count() >= PROSE;
        para.role = if prose { Role::Body } else { Role::TableRow };
        flow.para(para);
        if self.cut {
            flow.once(RemarkKind::Limit, "a row of it is longer than the limit; cells of it were left out");
        }
    }
}

/// The name of a sheet.
fn heading(flow: &mut Flow, name: &str, hidden: bool) {
    let mut para = Para::of(name, Role::Heading);
    if hidden {
        para.mark(0, MarkKind::Hidden, &Deed::default());
    }
    flow.para(para);
}

#[cfg(test)]
mod tests;
