//! Offsets into a source's text, in bytes inside the program and in characters outside it.

use crate::SourceId;

/// A half-open range of bytes `[start, end)` in the text of one source. Both ends fall on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end` (bytes, `end` exclusive).
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// True where the span covers no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The words under the span; empty where the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// True where `other` lies wholly inside this span.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True where the two spans share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span without white space at either end.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let words = self.of(text);
        let start = self.start + (words.len() - words.trim_start().len());
        Self { start, end: start + words.trim().len() }
    }
}

/// A passage of a source: the words that a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Passage {
    /// The source whose text the span points into.
    pub source: SourceId,
    /// Where in the text, in bytes.
    pub span: Span,
}

impl Passage {
    /// A passage of `source` at `span`.
    #[must_use]
    pub const fn new(source: SourceId, span: Span) -> Self {
        Self { source, span }
    }
}

/// An offset counted in Unicode scalar values, as every export counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CharOffset(pub usize);

/// Turns byte offsets of one text into character offsets, in time that does not grow with the length of the text.
#[derive(Clone, Debug)]
pub struct CharIndex {
    /// `marks[i]` is the number of characters that begin before byte `i * STEP`.
    marks: Vec<usize>,
    ascii: bool,
}

impl CharIndex {
    const STEP: usize = 256;

    /// Reads the text once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { marks: Vec::new(), ascii: true };
        }
        let mut marks = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut chars = 0;
        for chunk in text.as_bytes().chunks(Self::STEP) {
            marks.push(chars);
            chars += begun(chunk);
        }
        marks.push(chars);
        Self { marks, ascii: false }
    }

    /// The number of characters before byte `byte` of the `text` that the index was made from. An offset past the end counts as
    /// the end.
    #[must_use]
    pub fn chars(&self, text: &str, byte: usize) -> CharOffset {
        let byte = byte.min(text.len());
        if self.ascii {
            return CharOffset(byte);
        }
        let mark = byte / Self::STEP;
        let before = self.marks.get(mark).copied().unwrap_or(0);
        let rest = text.as_bytes().get(mark * Self::STEP..byte).unwrap_or(&[]);
        CharOffset(before + begun(rest))
    }

    /// The byte at which character `char` of the `text` begins; the length of the text for the offset just past its last
    /// character, and `None` beyond that.
    #[must_use]
    pub fn byte(&self, text: &str, char: CharOffset) -> Option<usize> {
        if self.ascii {
            return (char.0 <= text.len()).then_some(char.0);
        }
        // The last mark that counts no more than `char` characters: the character begins in the chunk after it.
        let mark = self.marks.partition_point(|chars| *chars <= char.0).checked_sub(1)?;
        let mut left = char.0 - self.marks.get(mark)?;
        for (n, byte) in text.as_bytes().iter().enumerate().skip(mark * Self::STEP) {
            if (byte & 0xC0) != 0x80 {
                if left == 0 {
                    return Some(n);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(text.len())
    }
}

/// How many characters begin in these bytes of a UTF-8 text.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| (**b & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn characters_are_counted_as_the_standard_library_counts_them(text in "[a-zа-яҚқ🙂é\n ]{0,900}") {
            let index = CharIndex::new(&text);
            for (n, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.chars(&text, byte), CharOffset(n));
                prop_assert_eq!(index.byte(&text, CharOffset(n)), Some(byte));
            }
            let count = text.chars().count();
            prop_assert_eq!(index.chars(&text, text.len()), CharOffset(count));
            prop_assert_eq!(index.byte(&text, CharOffset(count)), Some(text.len()));
            prop_assert_eq!(index.byte(&text, CharOffset(count + 1)), None);
        }
    }

    #[test]
    fn trimming_keeps_the_words() {
        let text = "  Кассационный суд \n";
        assert_eq!(Span::new(0, text.len()).trim(text).of(text), "Кассационный суд");
    }
}
