//! The parts of a text: title, headings, paragraphs, lists, the parts of a letter, notes, and what print put around them.
//!
//! The text is read as lines. The lengths of the lines tell whether a line is a paragraph or paragraphs run over several lines
//! ([`layout`]); lines that belong to the page and not to the text are set apart ([`furniture`]); the rest is put together into
//! parts ([`join`]) and each part gets its kind from its words and its place ([`label`], [`whole`]).

mod cut;
mod furniture;
mod join;
mod label;
mod layout;
mod letterhead;
pub(crate) mod lexicon;
mod line;
mod marker;
mod whole;

use khronika_core::{Block, BlockKind, Lang, Mark, MarkKind, Span};

use crate::rendition::{Part, Role};

use furniture::Furniture;
use join::Page;
pub(crate) use label::Labeller;
use lexicon::Lexicon;
use line::{Line, Lines};

/// Text is read in pieces of this size, so that memory does not grow with the number of lines (bytes).
const PIECE: usize = 1 << 20;

/// The layout and the furniture are told by this much of the text (bytes).
const SAMPLE: usize = 4 << 20;

/// So many parts over the text may be its letterhead.
const LETTERHEAD: usize = 40;

/// No more blocks than this are made of one document; the rest of it is cut into pieces of [`cut::LONGEST`] bytes.
const MOST_BLOCKS: usize = 2_000_000;

/// Blocks, and whether the limit on their number was reached.
pub(crate) struct Structure {
    pub blocks: Vec<Block>,
    pub full: bool,
}

/// The blocks of a plain text or Markdown.
pub(crate) fn of_text(text: &str, lexicon: &Lexicon) -> Structure {
    let sample: Vec<Line> = Lines::new(text, 0, floor(text, SAMPLE)).collect();
    let layout = layout::of(text, &sample);
    let furniture = Furniture::of(text, &sample, layout, lexicon);
    drop(sample);
    let mut labeller = Labeller::new(text, lexicon);
    let mut at = 0;
    while at < text.len() {
        let end = piece_end(text, at);
        if labeller.len() >= MOST_BLOCKS {
            labeller.push(Span::new(at, text.len()), BlockKind::Paragraph);
            break;
        }
        let lines: Vec<Line> = Lines::new(text, at, end).collect();
        let marks = furniture.mark(text, &lines, layout, lexicon, at == 0);
        Page { text, lexicon, lines: &lines, marks: &marks, layout }.join(&mut labeller);
        at = end;
    }
    labeller.finish()
}

/// The blocks of a text whose parts a parser told. Printed lines are put together as those of a plain text are; a paragraph may turn
/// out to be a salutation, and the day in a letterhead to be that of the letter.
pub(crate) fn of_parts(text: &str, parts: &[Part], marks: &[Mark], lexicon: &Lexicon) -> Structure {
    let printed: Vec<Line> = parts
        .iter()
        .filter(|part| is_printed(part.role))
        .flat_map(|part| Lines::new(text, part.span.start, part.span.end))
        .collect();
    let layout = layout::of(text, &printed);
    let furniture = Furniture::of(text, &printed, layout, lexicon);
    drop(printed);
    let mut labeller = Labeller::new(text, lexicon);
    let mut first = true;
    let head = parts.iter().take_while(|part| is_furniture(part.role)).count().min(LETTERHEAD);
    let (head, parts) = parts.split_at(head);
    head.iter().for_each(|part| add_head(text, part, marks, &mut labeller));
    for run in parts.chunk_by(|a, b| is_printed(a.role) && is_printed(b.role)) {
        // What print put around lines matters where lines are put together; by themselves its parts are what they are.
        if run.iter().any(|part| part.role == Role::Lines)
            && let ([from, ..], [.., to]) = (run, run)
        {
            join_lines(text, run, from.span.to(to.span), layout, &furniture, lexicon, first, &mut labeller);
        } else {
            run.iter().for_each(|part| add(part, &mut labeller));
        }
        first = false;
    }
    labeller.finish()
}

/// Lines, and what print puts between them.
const fn is_printed(role: Role) -> bool {
    matches!(role, Role::Lines) || is_furniture(role)
}

const fn is_furniture(role: Role) -> bool {
    matches!(role, Role::Header | Role::Footer | Role::PageNumber | Role::LineNumber | Role::Boilerplate)
}

#[expect(clippy::too_many_arguments, reason = "what is known of the whole text, and the stretch of it")]
fn join_lines(
    text: &str,
    parts: &[Part],
    span: Span,
    layout: layout::Layout,
    furniture: &Furniture,
    lexicon: &Lexicon,
    first: bool,
    labeller: &mut Labeller<'_>,
) {
    let lines: Vec<Line> = Lines::new(text, span.start, span.end).collect();
    let mut marks = furniture.mark(text, &lines, layout, lexicon, first);
    let mut at = 0;
    for (line, mark) in lines.iter().zip(&mut marks) {
        while parts.get(at).is_some_and(|part| part.span.end <= line.span.start) {
            at += 1;
        }
        *mark |= parts.get(at).is_some_and(|part| part.span.start <= line.span.start && is_furniture(part.role));
    }
    Page { text, lexicon, lines: &lines, marks: &marks, layout }.join(labeller);
}

/// A part that stands over the text. With the day of the letter in it, it is its head, and what else stands there (who writes it, and
/// where they are) is as much a part of the letter. A day that whoever shows the document puts in is not that of the letter.
fn add_head(text: &str, part: &Part, marks: &[Mark], labeller: &mut Labeller<'_>) {
    let renewed = |span: Span| marks.iter().any(|mark| mark.kind == MarkKind::Generated && mark.span.overlaps(span));
    let cells = if part.role == Role::Header { letterhead::cells(text, part.span) } else { Vec::new() };
    if !cells.iter().any(|(cell, dated)| *dated && !renewed(*cell)) {
        return add(part, labeller);
    }
    // "Page 1", "1/3".
    let is_number = |words: &str| words.split_whitespace().count() <= 2 && words.bytes().any(|b| b.is_ascii_digit());
    for (cell, dated) in cells {
        let is_furniture = renewed(cell) || (!dated && is_number(cell.of(text)));
        labeller.push(cell, if is_furniture { BlockKind::Furniture } else { BlockKind::Paragraph });
    }
}

fn add(part: &Part, labeller: &mut Labeller<'_>) {
    let kind = match part.role {
        Role::Body | Role::Lines => return labeller.add(part.span, 1, 1),
        Role::Title => BlockKind::Title,
        Role::Heading => BlockKind::Heading,
        Role::ListItem => BlockKind::ListItem,
        Role::TableRow => BlockKind::Table,
        Role::Caption => BlockKind::Paragraph,
        Role::Quote => BlockKind::Quote,
        Role::Footnote | Role::Comment => BlockKind::Footnote,
        Role::Signature => BlockKind::Signature,
        // Words that were taken out are shown, and are not what the document says.
        Role::Header | Role::Footer | Role::PageNumber | Role::LineNumber | Role::Boilerplate | Role::Deleted => {
            BlockKind::Furniture
        }
    };
    labeller.add_known(part.span, kind);
}

/// The end of the piece that begins at `at`: after a line end, where there is one.
fn piece_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let from = at.saturating_add(PIECE);
    if from >= bytes.len() {
        return bytes.len();
    }
    bytes.get(from..).and_then(|rest| memchr::memchr(b'\n', rest)).map_or(bytes.len(), |n| from + n + 1)
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

/// A block of a kind, its language still open.
fn block(span: Span, kind: BlockKind) -> Block {
    Block { span, kind, lang: Lang::UND }
}

#[cfg(test)]
mod tests;
