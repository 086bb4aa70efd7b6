//! A text as lines.

use khronika_core::Span;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its words, without white space at either end.
    pub span: Span,
    /// Their number of characters.
    pub chars: u32,
    /// Spaces before them (a tab counts as four).
    pub indent: u16,
    /// Blank lines between the line before and this one.
    pub blanks: u16,
    /// A form feed stands before it: it opens a page.
    pub opens_page: bool,
}

/// The lines of a part of a text, one after another. Lines end at LF, CR LF, CR or form feed.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    blanks: u16,
    opens_page: bool,
}

impl<'a> Lines<'a> {
    /// The lines of `text` from byte `at` to byte `end`.
    pub(super) fn new(text: &'a str, at: usize, end: usize) -> Self {
        Self { text, at, end: end.min(text.len()), blanks: 0, opens_page: false }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        while self.at < self.end {
            let rest = self.text.as_bytes().get(self.at..self.end)?;
            let len = memchr::memchr3(b'\n', b'\r', b'\x0C', rest).unwrap_or(rest.len());
            let start = self.at;
            let stop = start + len;
            let ended_by = rest.get(len).copied();
            let pair = ended_by == Some(b'\r') && rest.get(len + 1) == Some(&b'\n');
            self.at = stop + usize::from(ended_by.is_some()) + usize::from(pair);
            let span = trim(self.text, Span::new(start, stop));
            let opens_page = self.opens_page;
            if ended_by == Some(b'\x0C') {
                self.opens_page = true;
            }
            if span.is_empty() {
                self.blanks = self.blanks.saturating_add(1);
                continue;
            }
            self.opens_page = ended_by == Some(b'\x0C');
            let before = self.text.get(start..span.start).unwrap_or_default();
            let indent: usize =
                before.bytes().map(|b| if b == b'\t' { 4 } else { usize::from((b & 0xC0) != 0x80) }).sum();
            return Some(Line {
                span,
                chars: u32::try_from(span.of(self.text).chars().count()).unwrap_or(u32::MAX),
                indent: u16::try_from(indent).unwrap_or(u16::MAX),
                blanks: std::mem::take(&mut self.blanks),
                opens_page,
            });
        }
        None
    }
}

/// A span without white space and characters of no width at either end.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let nothing = |c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{200E}' | '\u{200F}');
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start_matches(nothing).len());
    Span::new(start, start + words.trim_matches(nothing).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_is_known() {
        let text = "one\r\n\r\n  two \rthree\n\u{C}four\u{C}\n\tfive";
        let told: Vec<_> =
            Lines::new(text, 0, text.len()).map(|l| (l.span.of(text), l.blanks, l.indent, l.opens_page)).collect();
        assert_eq!(
            told,
            [
                ("one", 0, 0, false),
                ("two", 1, 2, false),
                ("three", 0, 0, false),
                ("four", 1, 0, true),
                ("five", 1, 4, true)
            ]
        );
    }
}
