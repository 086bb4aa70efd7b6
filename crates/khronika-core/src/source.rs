//! A document as it was received.

use std::fmt;
use std::sync::Arc;

use crate::{Lang, Layout, Span};

/// Names a source by its content: `s-` and ten hexadecimal digits of the SHA-256 of its bytes.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(Arc<str>);

impl SourceId {
    /// Takes an id as written.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// The id as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One document: its bytes' digests, its name and its text. The text never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Names the source by its bytes.
    pub id: SourceId,
    /// The file's name, relative to the folder that the user named, with `/` between parts.
    pub name: String,
    /// SHA-256 of the bytes as received, in hexadecimal.
    pub sha256: String,
    /// BLAKE3 of the bytes as received, in hexadecimal.
    pub blake3: String,
    /// Length of the bytes as received.
    pub size: u64,
    /// `text/plain`, `application/pdf`, ….
    pub media_type: String,
    /// The character encoding that the bytes were read in: `UTF-8`, `windows-1251`, …
    pub encoding: String,
    /// The main language.
    pub lang: Lang,
    /// Every language of some part, the main one first.
    pub langs: Vec<Lang>,
    /// The text, in Unicode, exactly as it stands in the document.
    pub text: String,
    /// The parts of the text in order, without overlap; white space between parts belongs to none.
    pub blocks: Vec<Block>,
    /// A date that the document's own metadata gives (an HTML `meta` element, say): never shown as an event, only an anchor.
    pub meta_date: Option<crate::Day>,
    /// Pages, boxes of words and marks, where the format has them.
    pub layout: Layout,
    /// The document that this one was inside of: the mail of an attachment, the archive of a file.
    pub part_of: Option<SourceId>,
}

impl Source {
    /// The number of the page on which a passage begins, from 1, as people count; `None` where the document has no pages.
    #[must_use]
    pub fn page(&self, passage: Span) -> Option<usize> {
        self.layout.page_of(passage.start).map(|page| page + 1)
    }
}

/// A part of a text: a paragraph, a title, a line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    /// Where, in bytes.
    pub span: Span,
    /// What kind of part.
    pub kind: BlockKind,
    /// The language of this part.
    pub lang: Lang,
}

/// The kinds of part that plain text, Markdown and HTML show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockKind {
    /// The document's title.
    Title,
    /// A heading inside the document.
    Heading,
    /// A paragraph of the body.
    Paragraph,
    /// A line of a list.
    ListItem,
    /// "Dear Mr President," and its like.
    Salutation,
    /// "Yours sincerely," and its like.
    Closing,
    /// A line of the signature block after the closing.
    Signature,
    /// A footnote or endnote.
    Footnote,
    /// A quotation set apart.
    Quote,
    /// A cell or row of a table.
    Table,
    /// Page numbers, running heads, navigation: kept in the text, kept out of the sentences.
    Furniture,
}

impl BlockKind {
    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::ListItem => "list-item",
            Self::Salutation => "salutation",
            Self::Closing => "closing",
            Self::Signature => "signature",
            Self::Footnote => "footnote",
            Self::Quote => "quote",
            Self::Table => "table",
            Self::Furniture => "furniture",
        }
    }

    /// The kind with this name in exports.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        use BlockKind::{
            Closing, Footnote, Furniture, Heading, ListItem, Paragraph, Quote, Salutation, Signature, Table, Title,
        };
        const ALL: [BlockKind; 11] =
            [Title, Heading, Paragraph, ListItem, Salutation, Closing, Signature, Footnote, Quote, Table, Furniture];
        ALL.into_iter().find(|kind| kind.name() == name)
    }
}
