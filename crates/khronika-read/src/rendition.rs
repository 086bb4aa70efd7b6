//! What the parser of a format makes of a document's bytes: the text, its parts, where it stands on the pages, what was inside.
//!
//! A parser knows its format and nothing of languages, letters or law: it is given hostile bytes and runs in a process of its own, so
//! that what it returns is plain data that is checked ([`Rendition::check`]) before anything else is done with it.

use khronika_core::{Day, Lang, Layout, Mark, Span};

/// A document as its parser saw it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendition {
    /// The words as they stand in the document, a line for each paragraph, row or printed line.
    pub text: String,
    /// The parts of the text, in order and without overlap.
    pub parts: Vec<Part>,
    /// Pages, boxes, marks.
    pub layout: Layout,
    /// What the document says of itself.
    pub about: About,
    /// Documents that were inside of this one.
    pub embedded: Vec<Embedded>,
    /// Pictures of pages whose words are still to be recognised.
    pub rasters: Vec<Raster>,
    /// What could not be read, and what is strange.
    pub remarks: Vec<Remark>,
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where, in bytes.
    pub span: Span,
    /// What it is in the document.
    pub role: Role,
}

/// What a part of a text is, as the format says or its layout shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// A paragraph; its words may show that it is a salutation, say.
    Body,
    /// Printed lines whose paragraphs are told by their lengths, as in plain text.
    Lines,
    /// The document's title, or the subject of a mail.
    Title,
    /// A heading.
    Heading,
    /// A line of a list.
    ListItem,
    /// A row of a table, its cells set apart by tabs.
    TableRow,
    /// The words under a picture or table.
    Caption,
    /// A quotation set apart; what a mail quotes of another.
    Quote,
    /// A footnote or endnote.
    Footnote,
    /// A comment in the margin.
    Comment,
    /// A running head.
    Header,
    /// A running foot.
    Footer,
    /// The number of a page.
    PageNumber,
    /// The number of a line in the margin.
    LineNumber,
    /// A signature block, where the format says so.
    Signature,
    /// Navigation and its like.
    Boilerplate,
    /// What a tracked change took out of the part before it; a [`khronika_core::MarkKind::Deleted`] says who did it.
    Deleted,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 17] = [
        Self::Body,
        Self::Lines,
        Self::Title,
        Self::Heading,
        Self::ListItem,
        Self::TableRow,
        Self::Caption,
        Self::Quote,
        Self::Footnote,
        Self::Comment,
        Self::Header,
        Self::Footer,
        Self::PageNumber,
        Self::LineNumber,
        Self::Signature,
        Self::Boilerplate,
        Self::Deleted,
    ];

    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Lines => "lines",
            Self::Title => "title",
            Self::Heading => "heading",
            Self::ListItem => "list-item",
            Self::TableRow => "table-row",
            Self::Caption => "caption",
            Self::Quote => "quote",
            Self::Footnote => "footnote",
            Self::Comment => "comment",
            Self::Header => "header",
            Self::Footer => "footer",
            Self::PageNumber => "page-number",
            Self::LineNumber => "line-number",
            Self::Signature => "signature",
            Self::Boilerplate => "boilerplate",
            Self::Deleted => "deleted",
        }
    }
}

/// What a document says of itself. Nothing of it is taken for true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The title of its metadata.
    pub title: Option<String>,
    /// Who made it, as it says.
    pub author: Option<String>,
    /// The day on which it was written, for anchoring what is relative; only where the format means that day (the date of a mail).
    pub date: Option<Day>,
    /// The language that it declares.
    pub lang: Option<Lang>,
    /// The encoding that its words were in, where there was one to tell.
    pub encoding: Option<String>,
    /// Everything else, as the format names it: `Producer`, `Message-ID`, `dcterms:modified`.
    pub more: Vec<(String, String)>,
}

/// A document inside of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// Its name there; it may be hostile (`../../x`), and is only ever shown.
    pub name: String,
    /// The media type that it is said to have.
    pub declared: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A picture of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Which page, from 0; its [`khronika_core::Page`] stands in the layout.
    pub page: u32,
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Brightness of each pixel, row by row.
    pub gray: Vec<u8>,
}

/// Something that the user should know of how a document was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What kind of thing.
    pub kind: RemarkKind,
    /// What, in a sentence.
    pub what: String,
    /// Where in the document: `page 3`, `word/footnotes.xml`.
    pub place: Option<String>,
}

/// The kinds of [`Remark`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RemarkKind {
    /// A part is broken and was left out or read in pieces.
    Damaged,
    /// A limit was reached; the rest was left out.
    Limit,
    /// A part of a kind that is not read.
    NotRead,
    /// Nothing is missing, but something is strange: hidden words, macros, a signature that was not looked at.
    Strange,
}

impl RemarkKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Damaged, Self::Limit, Self::NotRead, Self::Strange];

    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::Limit => "limit",
            Self::NotRead => "not-read",
            Self::Strange => "strange",
        }
    }
}

/// Why a document could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It asks for a password.
    #[error("it is locked with a password")]
    Locked,
    /// It is broken: what the parser found wrong.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// A kind, or a variant of one, that is not read.
    #[error("{0}")]
    Unsupported(String),
    /// A limit was reached before there was anything to show.
    #[error("{0}")]
    Limit(String),
    /// A program that would be needed is not installed: what, and how to get it.
    #[error("{0}")]
    Missing(String),
    /// The parser failed, or was stopped: what is known of it. A bug, or an attack.
    #[error("{0}")]
    Failed(String),
    /// It was not looked at: the parser cannot be kept apart on this system. Why.
    #[error("it was not opened, since its parser cannot be kept apart here: {0}")]
    Unconfined(String),
}

/// How much a parser may make of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Text, in bytes.
    pub text: usize,
    /// Documents inside, in number.
    pub embedded: usize,
    /// Documents inside, and everything else that is unpacked on the way, in bytes together.
    pub unpacked: u64,
    /// How deep elements may nest.
    pub depth: usize,
    /// Pages.
    pub pages: usize,
    /// Pictures are made of no page before this one: what is asked for again, once those of the pages before it are dealt with. Of the
    /// document nothing but the pictures need be told then.
    pub first_picture: usize,
    /// Pictures are made of all pages, also of those that have words of their own: to compare the two.
    pub all_pictures: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text: 64 << 20,
            embedded: 10_000,
            unpacked: 512 << 20,
            depth: 256,
            pages: 20_000,
            first_picture: 0,
            all_pictures: false,
        }
    }
}

impl Rendition {
    /// Whether its places fit its text: each span on character boundaries, parts and words in order and without overlap, marks in
    /// order, pages in order and every word on one of them.
    ///
    /// # Errors
    /// Says what does not fit.
    pub fn check(&self) -> Result<(), &'static str> {
        let fits = |span: Span| self.text.get(span.start..span.end).is_some();
        let ordered = |mut spans: Box<dyn Iterator<Item = Span> + '_>| {
            let mut end = 0;
            spans.all(|span| {
                let right = fits(span) && span.start >= end && span.end > span.start;
                end = span.end;
                right
            })
        };
        if !ordered(Box::new(self.parts.iter().map(|part| part.span))) {
            return Err("its parts do not fit its text");
        }
        if !ordered(Box::new(self.layout.words.iter().map(|word| word.span))) {
            return Err("the boxes of its words do not fit its text");
        }
        if !self.layout.marks.iter().all(|mark| fits(mark.span))
            || !self.layout.marks.is_sorted_by_key(|mark| mark.span.start)
        {
            return Err("its marks do not fit its text");
        }
        let mut end = 0;
        for page in &self.layout.pages {
            if !fits(page.span) || page.span.start < end || page.width < 0 || page.height < 0 {
                return Err("its pages do not fit its text");
            }
            end = page.span.end;
        }
        let pages = u32::try_from(self.layout.pages.len()).unwrap_or(u32::MAX);
        if !self.layout.words.iter().all(|word| word.page < pages) {
            return Err("its words stand on no page");
        }
        let whole = |r: &Raster| u64::from(r.width) * u64::from(r.height) == r.gray.len() as u64 && r.page < pages;
        if !self.rasters.iter().all(whole) {
            return Err("a picture of a page is not what it says");
        }
        Ok(())
    }
}

/// Puts a text together, part by part.
#[derive(Debug, Default)]
pub struct Writer {
    /// What was written so far.
    pub rendition: Rendition,
    open: usize,
}

impl Writer {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How long the text is, in bytes.
    #[must_use]
    pub fn at(&self) -> usize {
        self.rendition.text.len()
    }

    /// Adds words to the open part.
    pub fn push(&mut self, words: &str) {
        self.rendition.text.push_str(words);
    }

    /// Ends the open part and the line; a part of white space alone is none.
    pub fn end(&mut self, role: Role) {
        let text = &mut self.rendition.text;
        let part = text.get(self.open..).unwrap_or_default();
        let start = self.open + (part.len() - part.trim_start().len());
        let end = self.open + part.trim_end().len();
        if start < end {
            self.rendition.parts.push(Part { span: Span::new(start, end), role });
            text.push('\n');
        } else {
            text.truncate(self.open);
        }
        self.open = self.rendition.text.len();
    }

    /// Ends the open part, but not the line.
    pub fn end_here(&mut self, role: Role) {
        let before = self.rendition.parts.len();
        self.end(role);
        if self.rendition.parts.len() > before {
            self.rendition.text.pop();
            self.open = self.at();
        }
    }

    /// Adds the text, parts, marks and remarks of another text behind this one; the open part ends before.
    pub fn append(&mut self, other: Rendition) {
        self.end(Role::Body);
        let at = self.at();
        let moved = |span: Span| Span::new(span.start + at, span.end + at);
        let Rendition { text, parts, layout, remarks, .. } = other;
        self.push(&text);
        if !text.is_empty() && !text.ends_with('\n') {
            self.push("\n");
        }
        self.rendition.parts.extend(parts.into_iter().map(|part| Part { span: moved(part.span), ..part }));
        self.rendition.layout.marks.extend(layout.marks.into_iter().map(|m| Mark { span: moved(m.span), ..m }));
        self.rendition.remarks.extend(remarks);
        self.open = self.at();
    }

    /// A remark.
    pub fn remark(&mut self, kind: RemarkKind, what: impl Into<String>, place: Option<String>) {
        self.rendition.remarks.push(Remark { kind, what: what.into(), place });
    }

    /// The finished rendition, its marks in order.
    #[must_use]
    pub fn finish(mut self) -> Rendition {
        self.end(Role::Body);
        self.rendition.layout.marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        self.rendition
    }
}

/// A row of a table is written on one line up to this length (bytes of text); longer ones lay out a page.
pub(crate) const LONGEST_ROW: usize = 1200;

/// A part at its line breaks: each line is a part, but lines that run on are one. `whole` leaves it as it is.
pub(crate) fn lines(text: &str, span: Span, whole: bool) -> Vec<Span> {
    let own = span.trim(text);
    if whole || !own.of(text).contains('\n') {
        return if own.is_empty() { Vec::new() } else { vec![own] };
    }
    let mut out: Vec<Span> = Vec::new();
    let mut at = span.start;
    for line in span.of(text).split_inclusive('\n') {
        let own = Span::new(at, at + line.len()).trim(text);
        at += line.len();
        if own.is_empty() {
            continue;
        }
        let small = own.of(text).chars().next().is_some_and(char::is_lowercase);
        match out.last_mut() {
            Some(last) if small && !last.of(text).ends_with(['.', '!', '?', ';', ':', ',']) => last.end = own.end,
            _ => out.push(own),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_white_space_is_none() {
        let mut writer = Writer::new();
        writer.push("Paris");
        writer.end(Role::Heading);
        writer.push(" \t");
        writer.end(Role::Body);
        writer.push("  Le 3 mai. ");
        let rendition = writer.finish();
        assert_eq!(rendition.text, "Paris\n  Le 3 mai. \n");
        let told: Vec<_> = rendition.parts.iter().map(|part| (part.span.of(&rendition.text), part.role)).collect();
        assert_eq!(told, [("Paris", Role::Heading), ("Le 3 mai.", Role::Body)]);
        assert_eq!(rendition.check(), Ok(()));
    }

    #[test]
    fn places_that_do_not_fit_are_found() {
        let part = |start, end| Part { span: Span::new(start, end), role: Role::Body };
        for parts in [vec![part(0, 99)], vec![part(0, 1)], vec![part(0, 2), part(0, 2)], vec![part(2, 2)]] {
            let rendition = Rendition { text: "да".to_owned(), parts, ..Rendition::default() };
            assert!(rendition.check().is_err(), "{rendition:?}");
        }
    }
}
