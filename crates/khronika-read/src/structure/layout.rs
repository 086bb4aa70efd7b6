//! How a document sets its paragraphs, told by the lengths of its lines.

use super::line::Line;

/// How paragraphs stand in the lines of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// A line is a paragraph.
    Lines,
    /// Paragraphs run over several lines.
    Wrapped {
        /// Blank lines that still do not end a paragraph: 0, or 1 in double-spaced text.
        inside: u16,
        /// Blank lines come at the ends of pages only: a paragraph may go on after one.
        pages: bool,
    },
}

/// Lines longer than this are not wrapped by hand or by a page (characters).
const WIDEST: u32 = 130;

/// The layout that the lines show. Wrapped text has many lines that the next line's first word would have overfilled ("full"), and
/// many lines that begin with a small letter where the line before does not end a sentence ("running on"). On real papers the
/// ninth decile of line lengths alone separates the two; the shares keep lists of short lines out.
pub(super) fn of(text: &str, lines: &[Line]) -> Layout {
    let count = lines.len();
    if count < 3 {
        return Layout::Lines;
    }
    let mut lengths: Vec<u32> = lines.iter().map(|l| l.chars).collect();
    let ninth = count * 9 / 10;
    let (_, width, _) = lengths.select_nth_unstable(ninth.min(count - 1));
    let width = *width;
    if width > WIDEST {
        return Layout::Lines;
    }
    let mut adjacent = Shares::default();
    let mut all = Shares::default();
    let mut single = 0_usize;
    for pair in lines.windows(2) {
        let [a, b] = pair else { continue };
        let (full, runs_on) = (is_full(text, a, b, width), runs_on(text, a, b));
        all.add(full, runs_on);
        if b.blanks == 0 {
            adjacent.add(full, runs_on);
        }
        single += usize::from(b.blanks == 1);
    }
    let is_double = single * 10 >= count * 6 && adjacent.pairs * 5 <= count;
    if is_double && all.is_wrapped() {
        return Layout::Wrapped { inside: 1, pages: false };
    }
    if adjacent.is_wrapped() {
        let blank = count - 1 - adjacent.pairs;
        return Layout::Wrapped { inside: 0, pages: blank * 12 <= count };
    }
    Layout::Lines
}

#[derive(Default)]
struct Shares {
    pairs: usize,
    full: usize,
    runs_on: usize,
}

impl Shares {
    fn add(&mut self, full: bool, runs_on: bool) {
        self.pairs += 1;
        self.full += usize::from(full);
        self.runs_on += usize::from(runs_on);
    }

    fn is_wrapped(&self) -> bool {
        let share = |n: usize| n * 100 / self.pairs.max(1);
        self.pairs >= 2 && share(self.runs_on) >= 10 && (share(self.full) >= 25 || share(self.runs_on) >= 35)
    }
}

/// The first word of `next` would not have fitted on the line (nine tenths of the width count as full: print is ragged).
pub(super) fn is_full(text: &str, line: &Line, next: &Line, width: u32) -> bool {
    let word = next.span.of(text).split(char::is_whitespace).next().unwrap_or_default();
    let word = u32::try_from(word.chars().take(40).count()).unwrap_or(40);
    line.chars > 20 && (line.chars + 1 + word) * 10 >= width * 9
}

/// The line does not end a sentence, and the next begins with a small letter.
pub(super) fn runs_on(text: &str, line: &Line, next: &Line) -> bool {
    !line.span.of(text).ends_with(['.', '!', '?', ';', ':'])
        && next.span.of(text).chars().next().is_some_and(char::is_lowercase)
}
