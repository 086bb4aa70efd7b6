//! What a page shows, as plain data: the layout knows nothing of the format that it came from.

use khronika_read::rendition::{About, Embedded, Limits, Remark};

/// A letter, or the letters that one sign stands for, on a page as it is shown: points from its left upper corner, downwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// The character; [`char::REPLACEMENT_CHARACTER`] where the document does not say which it is.
    pub sign: char,
    /// What follows it in the same sign: the "i" of "ﬁ" where the document spells it out.
    pub more: Option<Box<str>>,
    /// Where it begins on its base line.
    pub from: (f32, f32),
    /// Where it ends there.
    pub to: (f32, f32),
    /// The height of its font, in points as shown.
    pub size: f32,
    /// How far it reaches over the base line and under it, as parts of its size.
    pub reach: (f32, f32),
    /// Heavy print.
    pub bold: bool,
    /// Why it is not seen, if it is not.
    pub unseen: Option<Unseen>,
    /// The document says that it belongs to the page and not to the text: a running head, a number.
    pub around: bool,
}

/// Why a letter is not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unseen {
    /// It is written without ink.
    Inkless,
    /// Its colour is that of what lies under it.
    Colour,
    /// Something lies over it.
    Covered,
    /// It stands outside of the page or of what is shown of it.
    Outside,
    /// It is too small to be read.
    Tiny,
}

impl Unseen {
    /// Why, in words.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::Inkless => "written without ink",
            Self::Colour => "in the colour of what lies under it",
            Self::Covered => "under something that covers it",
            Self::Outside => "outside of what is shown of the page",
            Self::Tiny => "too small to be read",
        }
    }
}

/// A rectangle on a page, in points from its left upper corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
}

impl Frame {
    /// Its width.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Its height.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// True where the point lies in it.
    #[must_use]
    pub fn holds(&self, (x, y): (f32, f32)) -> bool {
        x >= self.left && x <= self.right && y >= self.top && y <= self.bottom
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// What one page shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageSeen {
    /// Width as shown, in points.
    pub width: f32,
    /// Height as shown, in points.
    pub height: f32,
    /// Its letters in the order in which the document writes them.
    pub letters: Vec<Letter>,
    /// Straight lines that are drawn, thin as they are.
    pub rules: Vec<Frame>,
    /// Where links lie, and where they lead.
    pub links: Vec<(Frame, String)>,
    /// The share of the page that pictures cover.
    pub pictured: f32,
    /// Anything was drawn that is no letter.
    pub drawn: bool,
    /// Text beyond this was left out.
    pub cut: bool,
    /// The parser failed on the page.
    pub broken: bool,
}

/// Brightness of the pixels of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gray {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Row by row.
    pub pixels: Vec<u8>,
}

/// What a document says beside its pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// What it says of itself.
    pub about: About,
    /// Files that are attached to it.
    pub embedded: Vec<Embedded>,
    /// What the user should know.
    pub remarks: Vec<Remark>,
}

/// A document of pages, opened.
pub trait PdfSource {
    /// How many pages it has.
    fn pages(&self) -> usize;

    /// What a page shows; letters beyond `most` are left out.
    fn page(&self, number: usize, most: usize) -> PageSeen;

    /// A picture of a page; `None` where none can be drawn.
    fn picture(&self, number: usize, dpi: f32) -> Option<Gray>;

    /// What the document says beside its pages.
    fn beside(&self, limits: Limits) -> Beside;
}
