//! Where the words of a text stand on the pages of its document, and what the document says of some of them beside the text.

use crate::Span;

/// What a document shows beside its words. Empty for plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Layout {
    /// The pages in order; a text without pages has none.
    pub pages: Vec<Page>,
    /// Where words stand, in the order of the text, without overlap.
    pub words: Vec<WordBox>,
    /// What is said of passages: inserted, deleted, hidden, commented upon. In the order of their beginnings; they may overlap.
    pub marks: Vec<Mark>,
}

/// One page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Page {
    /// The part of the text that stands on it, in bytes.
    pub span: Span,
    /// Width as it is shown, in hundredths of a point (1/7200 inch).
    pub width: i32,
    /// Height as it is shown, in hundredths of a point.
    pub height: i32,
}

/// A rectangle on a page as it is shown, in hundredths of a point from its left upper corner: whole numbers, so that the same
/// document gives the same bytes everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rect {
    /// Left edge.
    pub left: i32,
    /// Upper edge.
    pub top: i32,
    /// Right edge.
    pub right: i32,
    /// Lower edge.
    pub bottom: i32,
}

impl Rect {
    /// From points.
    #[must_use]
    pub fn of_points(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self { left: hundredths(left), top: hundredths(top), right: hundredths(right), bottom: hundredths(bottom) }
    }

    /// Its edges in points: left, upper, right, lower.
    #[must_use]
    pub fn points(self) -> [f64; 4] {
        [self.left, self.top, self.right, self.bottom].map(points)
    }
}

/// Hundredths of a point as points.
#[must_use]
pub fn points(hundredths: i32) -> f64 {
    f64::from(hundredths) / 100.0
}

/// Points as hundredths of them; what is no number, or out of all bounds, as the nearest that is.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "clamped before")]
pub fn hundredths(points: f64) -> i32 {
    if points.is_nan() { 0 } else { (points * 100.0).round().clamp(-1e9, 1e9) as i32 }
}

/// A word, or a part of one, on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordBox {
    /// Where in the text, in bytes.
    pub span: Span,
    /// Which page, from 0.
    pub page: u32,
    /// Where on it.
    pub rect: Rect,
    /// How sure the recognition of letters was, in percent; `None` where the letters are the document's own.
    pub confidence: Option<u8>,
}

/// Something that the document says of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The passage, in bytes.
    pub span: Span,
    /// What is said of it.
    pub kind: MarkKind,
    /// Who did it, where the document says.
    pub author: Option<String>,
    /// When, as the document has it.
    pub date: Option<String>,
    /// More words: the end of a link, the name of a style.
    pub note: Option<String>,
}

/// The kinds of [`Mark`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkKind {
    /// Added by a tracked change.
    Inserted,
    /// Taken out by a tracked change. It stands in the text behind the part that it was taken out of; `note` are the words that stood
    /// before it there.
    Deleted,
    /// Not shown to whoever opens the document: hidden, white on white, too small, outside the page.
    Hidden,
    /// What a comment is about.
    Commented,
    /// The number of a note in the running text.
    NoteMark,
    /// A link; `note` is where it leads.
    Link,
    /// A word that was hyphenated at the end of a line; the text has it undone.
    Hyphenated,
    /// Recognised with little confidence.
    Unsure,
    /// Characters that deceive the eye: directions overridden, invisible signs, letters of another script.
    Deceptive,
    /// Not written by anybody: the number of a paragraph, counted by the program that shows the document.
    Generated,
}

impl MarkKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Inserted,
        Self::Deleted,
        Self::Hidden,
        Self::Commented,
        Self::NoteMark,
        Self::Link,
        Self::Hyphenated,
        Self::Unsure,
        Self::Deceptive,
        Self::Generated,
    ];

    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inserted => "inserted",
            Self::Deleted => "deleted",
            Self::Hidden => "hidden",
            Self::Commented => "commented",
            Self::NoteMark => "note-mark",
            Self::Link => "link",
            Self::Hyphenated => "hyphenated",
            Self::Unsure => "unsure",
            Self::Deceptive => "deceptive",
            Self::Generated => "generated",
        }
    }

    /// The kind with this name in exports.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Layout {
    /// The page, from 0, on which the byte `at` of the text stands.
    #[must_use]
    pub fn page_of(&self, at: usize) -> Option<usize> {
        let after = self.pages.partition_point(|page| page.span.start <= at);
        after.checked_sub(1)
    }

    /// The boxes of the words that a passage touches.
    #[must_use]
    pub fn boxes(&self, passage: Span) -> &[WordBox] {
        let from = self.words.partition_point(|word| word.span.end <= passage.start);
        let to = self.words.partition_point(|word| word.span.start < passage.end);
        self.words.get(from..to.max(from)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(start: usize, end: usize, page: u32) -> WordBox {
        WordBox { span: Span::new(start, end), page, rect: Rect::default(), confidence: None }
    }

    #[test]
    fn a_passage_has_the_boxes_of_the_words_that_it_touches() {
        let layout = Layout {
            pages: vec![
                Page { span: Span::new(0, 10), width: 59_500, height: 84_200 },
                Page { span: Span::new(10, 20), width: 59_500, height: 84_200 },
            ],
            words: vec![word(0, 3, 0), word(4, 9, 0), word(10, 14, 1)],
            marks: Vec::new(),
        };
        assert_eq!(layout.boxes(Span::new(5, 11)), [word(4, 9, 0), word(10, 14, 1)]);
        assert_eq!(layout.boxes(Span::new(3, 4)), []);
        assert_eq!((layout.page_of(9), layout.page_of(10), layout.page_of(99)), (Some(0), Some(1), Some(1)));
        assert_eq!(Layout::default().page_of(0), None);
    }

    #[test]
    fn points_become_whole_numbers_whatever_they_are() {
        assert_eq!(
            Rect::of_points(0.0, 1.006, f64::NAN, f64::INFINITY),
            Rect { left: 0, top: 101, right: 0, bottom: 1_000_000_000 }
        );
    }

    #[test]
    fn every_kind_of_mark_has_a_name_of_its_own() {
        for kind in MarkKind::ALL {
            assert_eq!(MarkKind::from_name(kind.name()), Some(kind));
        }
    }
}
