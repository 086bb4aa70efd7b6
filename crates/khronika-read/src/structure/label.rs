//! The kind of a part by its own words and by what came before it.

use khronika_core::{Block, BlockKind, Span};

use super::lexicon::{Lexicon, Whole};
use super::marker::{self, Numbering};
use super::{Structure, block, cut, whole};

/// Takes the parts of a document in order and gives each its kind.
pub(crate) struct Labeller<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    blocks: Vec<Block>,
    region: Region,
    /// The number of the last footnote of a printed page.
    note: u32,
    /// The block of the first Markdown heading of the first level.
    top_heading: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Region {
    Body,
    /// After a closing, or under a heading such as "Signatories".
    Signatures,
    /// Under a heading such as "Notes".
    Notes,
}

impl<'a> Labeller<'a> {
    pub(crate) fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        Self { text, lexicon, blocks: Vec::new(), region: Region::Body, note: 0, top_heading: None }
    }

    pub(super) fn len(&self) -> usize {
        self.blocks.len()
    }

    pub(super) fn in_signatures(&self) -> bool {
        self.region == Region::Signatures
    }

    pub(super) fn last_note(&self) -> u32 {
        self.note
    }

    pub(super) fn set_note(&mut self, number: u32) {
        self.note = number;
    }

    /// The part before stands over a rule: it is a heading if it is short.
    pub(super) fn underlined(&mut self) {
        if let Some(last) = self.blocks.last_mut()
            && last.kind == BlockKind::Paragraph
            && last.span.len() <= 160
            && !last.span.of(self.text).ends_with(['.', ',', ';'])
        {
            last.kind = BlockKind::Heading;
        }
    }

    /// Adds a part whose kind is known.
    pub(crate) fn push(&mut self, span: Span, kind: BlockKind) {
        self.blocks.extend(cut::pieces(self.text, span).map(|piece| block(piece, kind)));
    }

    /// Adds a part that the markup of a page names; where a list of signatories is open, its items are signatures.
    pub(crate) fn add_known(&mut self, span: Span, kind: BlockKind) {
        match kind {
            BlockKind::Title | BlockKind::Heading => self.region = self.region_after(span.of(self.text)),
            BlockKind::ListItem if self.region == Region::Signatures => return self.add(span, 1, 0),
            _ => {}
        }
        self.push(span, kind);
    }

    /// Adds a part of `lines` lines, `blanks` blank lines after the one before, and tells its kind.
    pub(crate) fn add(&mut self, span: Span, lines: usize, blanks: u16) {
        if lines == 1 {
            let parts = cut::paragraphs(self.text, span);
            if parts.len() > 1 {
                return parts.into_iter().for_each(|part| self.push(part, BlockKind::Paragraph));
            }
        }
        let (span, kind) = self.kind(span, lines, blanks);
        self.push(span, kind);
    }

    fn kind(&mut self, span: Span, lines: usize, blanks: u16) -> (Span, BlockKind) {
        let words = span.of(self.text);
        if let Some((level, len)) = hashes(words) {
            let inner = super::line::trim(self.text, Span::new(span.start + len, span.end));
            if level == 1 && self.top_heading.is_none() {
                self.top_heading = Some(self.blocks.len());
            }
            self.region = self.region_after(inner.of(self.text));
            return (inner, BlockKind::Heading);
        }
        if words.starts_with('>') {
            return (span, BlockKind::Quote);
        }
        if is_row(words) {
            return (span, BlockKind::Table);
        }
        if self.region == Region::Signatures {
            if !self.ends_signatures(words, lines, blanks) {
                let len = marker::bullet(words).unwrap_or(0);
                return (Span::new(span.start + len, span.end), BlockKind::Signature);
            }
            self.region = Region::Body;
        }
        if let Some(named) = self.lexicon.whole(words) {
            self.region = match named {
                Whole::Heading => Region::Body,
                Whole::Signatures => Region::Signatures,
                Whole::Notes => Region::Notes,
            };
            return (span, BlockKind::Heading);
        }
        if self.region == Region::Notes && (marker::numbering(words).is_some() || marker::footnote(words).is_some()) {
            return (span, BlockKind::Footnote);
        }
        if marker::footnote(words).is_some() {
            return (span, BlockKind::Footnote);
        }
        if lines <= 2 && self.blocks.len() < 80 && self.lexicon.is_salutation(words) {
            return (span, BlockKind::Salutation);
        }
        if !self.blocks.is_empty() && (self.lexicon.is_closing(words) || self.lexicon.holds_formula(words)) {
            self.region = Region::Signatures;
            return (span, BlockKind::Closing);
        }
        if let Some(len) = marker::bullet(words) {
            return (Span::new(span.start + len, span.end), BlockKind::ListItem);
        }
        if heading_by_shape(words, lines) {
            return (span, BlockKind::Heading);
        }
        match marker::numbering(words) {
            // A numbered paragraph of a judgment is a paragraph.
            Some((Numbering::Arabic(_), _)) if words.len() > 400 => (span, BlockKind::Paragraph),
            Some((Numbering::Capital, _)) | None => (span, BlockKind::Paragraph),
            Some(_) => (span, BlockKind::ListItem),
        }
    }

    fn region_after(&self, heading: &str) -> Region {
        match self.lexicon.whole(heading) {
            Some(Whole::Signatures) => Region::Signatures,
            Some(Whole::Notes) => Region::Notes,
            _ => Region::Body,
        }
    }

    /// A part after the closing that is no signature: running prose, a note, a heading.
    fn ends_signatures(&self, words: &str, lines: usize, blanks: u16) -> bool {
        let count = words.split_whitespace().count();
        let small = words.split_whitespace().filter(|w| w.chars().next().is_some_and(char::is_lowercase)).count();
        let prose = count >= 12 && small * 10 >= count * 6 && words.ends_with(['.', '!', '?', ':']);
        let is_heading = matches!(self.lexicon.whole(words), Some(Whole::Heading | Whole::Notes));
        words.len() > 700 || lines > 4 || prose || is_heading || (marker::footnote(words).is_some() && blanks > 0)
    }

    /// Gives the parts their last touches that need the whole document.
    pub(crate) fn finish(mut self) -> Structure {
        let full = self.blocks.len() >= super::MOST_BLOCKS;
        whole::settle(self.text, self.lexicon, &mut self.blocks, self.top_heading);
        Structure { blocks: self.blocks, full }
    }
}

/// Markdown's `## ` at the start of a line: the level, and its length in bytes.
fn hashes(words: &str) -> Option<(usize, usize)> {
    let level = words.bytes().take_while(|b| *b == b'#').count();
    let rest = words.get(level..)?;
    // "# 17" is a number of something.
    let next = rest.trim_start().chars().next()?;
    ((1..=6).contains(&level) && rest.starts_with(' ') && !next.is_ascii_digit() && !rest.contains('\n'))
        .then_some((level, level + 1))
}

/// A row of a Markdown table, or words set apart by tabs.
pub(super) fn is_row(words: &str) -> bool {
    let bars = (words.starts_with('|') && words.len() > 1 && words.ends_with('|')) || words.matches(" | ").count() >= 2;
    let tabs = !words.contains('\n') && words.split('\t').filter(|cell| !cell.trim().is_empty()).count() >= 3;
    words.len() <= 4000 && (bars || tabs)
}

/// A line that is a part of its own whatever the layout.
pub(super) fn stands_alone(words: &str) -> bool {
    is_row(words) || hashes(words).is_some() || words.starts_with("```")
}

/// "===" or "---" under a heading.
pub(super) fn is_underline(words: &str) -> bool {
    words.len() >= 3 && (words.bytes().all(|b| b == b'=') || words.bytes().all(|b| b == b'-'))
}

/// A line that is only a number or a bullet.
pub(super) fn is_lone_marker(words: &str) -> bool {
    words.len() <= 12
        && (marker::bullet(&format!("{words} ")).is_some_and(|len| len > words.len())
            || marker::numbering(words).is_some_and(|(_, len)| len == words.len())
            || marker::footnote(words).is_some_and(|(_, len)| len == words.len()))
}

/// Written in capitals: at least three of them, and hardly a small letter.
pub(super) fn is_capitals(words: &str) -> bool {
    if words.len() > 400 {
        return false;
    }
    let (mut capital, mut small) = (0_usize, 0_usize);
    for c in words.chars() {
        if c.is_uppercase() {
            capital += 1;
        } else if c.is_lowercase() {
            small += 1;
        }
    }
    capital >= 3 && small * 10 <= capital
}

/// A heading by how it is written: in capitals, in bold, or numbered by letters or Roman numbers, short and without a full stop.
fn heading_by_shape(words: &str, lines: usize) -> bool {
    let length = words.chars().take(200).count();
    if lines > 3 || length > 160 || words.ends_with([',', ';']) {
        return false;
    }
    if is_capitals(words) {
        // "4 DECEMBER 2025", "(1) JOHN BROWN": a date, a party.
        let begins =
            words.chars().next().is_some_and(|c| c.is_alphabetic() || matches!(c, '*' | '«' | '“' | '"' | '§'));
        let numbered = marker::numbering(words).is_some();
        return length >= 4
            && (begins || (numbered && !words.starts_with('(')))
            && words.chars().filter(|c| c.is_alphabetic()).count() * 2 >= length.min(40);
    }
    if words.starts_with("**") && words.ends_with("**") && words.len() > 4 {
        return !words.trim_matches('*').contains("**") && !words.trim_end_matches('*').ends_with(',');
    }
    let Some((kind, len)) = marker::numbering(words) else { return false };
    let rest = words.get(len..).unwrap_or_default();
    let count = rest.split_whitespace().count();
    let capital = rest.chars().next().is_some_and(char::is_uppercase);
    match kind {
        Numbering::Roman => capital && count <= 14 && !rest.ends_with('.'),
        // "А. Серіков" is a name.
        // From "H." on, more likely than a section.
        Numbering::Capital => {
            capital
                && words.starts_with(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'А', 'Б', 'В', 'Г', 'Д', 'Е'])
                && (2..=14).contains(&count)
                && !rest.ends_with('.')
                && !is_name(rest)
        }
        Numbering::Arabic(_) | Numbering::Letter => false,
    }
}

/// Capitalised words only, as in a name.
fn is_name(words: &str) -> bool {
    words.split_whitespace().all(|w| w.chars().next().is_some_and(char::is_uppercase)) && !is_capitals(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_headings() {
        for line in [
            "THE FACTS",
            "I. Objet de la requête",
            "B. The complaint of the second applicant",
            "**Legal context**",
            "A R R Ê T",
        ] {
            assert!(heading_by_shape(line, 1), "{line}");
        }
        for line in
            ["А. Серіков", "V. Smith, judge,", "1. The Court rejects it", "OFPRA", "The facts", "XV век был таким."]
        {
            assert!(!heading_by_shape(line, 1) || line == "OFPRA", "{line}");
        }
    }

    #[test]
    fn marks_alone() {
        assert!(is_lone_marker("1.") && is_lone_marker("•") && is_lone_marker("(a)") && is_lone_marker("–"));
        assert!(is_lone_marker("A.") && !is_lone_marker("12") && !is_lone_marker("– x"));
        assert_eq!(hashes("## Facts"), Some((2, 3)));
        assert_eq!(hashes("# 17 of 2003"), None);
    }
}
