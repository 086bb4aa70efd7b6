//! Kinds that only the whole document tells: its title, headings by what follows them, signatures at its end, and whether numbers in
//! square brackets are notes or paragraphs.

use khronika_core::{Block, BlockKind};

use super::label::is_capitals;
use super::lexicon::Lexicon;
use super::marker::{self, Numbering};

/// Sets the kinds of `blocks` that depend on each other.
pub(super) fn settle(text: &str, lexicon: &Lexicon, blocks: &mut [Block], top_heading: Option<usize>) {
    bracketed(text, blocks);
    headings(text, blocks);
    signatures(text, lexicon, blocks);
    title(text, blocks, top_heading);
}

/// "[1]" opens a note at the end of some texts and every paragraph of some judgments.
fn bracketed(text: &str, blocks: &mut [Block]) {
    let is_bracketed = |b: &Block| b.kind == BlockKind::Footnote && b.span.of(text).starts_with('[');
    let first = blocks.iter().find(|b| is_bracketed(b)).map(|b| b.span.start);
    let count = blocks.iter().filter(|b| is_bracketed(b)).count();
    let Some(first) = first else { return };
    if count >= 4 && (first * 10 < text.len() * 3 || count * 10 > blocks.len() * 4) {
        for block in blocks.iter_mut().filter(|b| is_bracketed(b)) {
            block.kind = BlockKind::Paragraph;
        }
    }
}

/// A short line without an end, of words, over a long paragraph, once the body has begun.
fn headings(text: &str, blocks: &mut [Block]) {
    let mut in_body = false;
    for n in 0..blocks.len() {
        let (Some(block), next) = (blocks.get(n), blocks.iter().skip(n + 1).find(|b| b.kind != BlockKind::Furniture))
        else {
            return;
        };
        let long = next.is_some_and(|b| {
            b.span.len() > 150 && matches!(b.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote)
        });
        let words = block.span.of(text);
        let is_heading = match block.kind {
            BlockKind::Paragraph => in_body && long && is_short_heading(words),
            BlockKind::ListItem => long && numbered(words).is_some_and(is_short_heading),
            _ => false,
        };
        in_body |= block.kind == BlockKind::Paragraph && block.span.len() > 200;
        if is_heading && let Some(block) = blocks.get_mut(n) {
            block.kind = BlockKind::Heading;
        }
    }
}

/// What follows an Arabic number.
fn numbered(words: &str) -> Option<&str> {
    match marker::numbering(words)? {
        (Numbering::Arabic(_), len) => words.get(len..),
        _ => None,
    }
}

fn is_short_heading(words: &str) -> bool {
    let count = words.split_whitespace().count();
    words.len() <= 160
        && (1..=9).contains(&count)
        && words.chars().next().is_some_and(char::is_uppercase)
        && words.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '»' | '”' | '?'))
        && !words.contains(['\n', ',', ';', '@', '='])
        && !words.bytes().any(|b| b.is_ascii_digit())
}

/// The last lines of a ruling: "Presiding Judge A. Brown", and the names under it.
fn signatures(text: &str, lexicon: &Lexicon, blocks: &mut [Block]) {
    const LAST: usize = 14;
    let from = blocks.len().saturating_sub(LAST).max(2);
    let mut names = false;
    for block in blocks.iter_mut().skip(from) {
        let words = block.span.of(text);
        let plain = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem);
        if plain && lexicon.is_role(words) {
            block.kind = BlockKind::Signature;
            names = true;
        } else if names && plain && is_name_line(words) {
            block.kind = BlockKind::Signature;
        } else if block.kind != BlockKind::Furniture {
            names = false;
        }
    }
}

/// A line of capitalised words and initials.
fn is_name_line(words: &str) -> bool {
    let mut count = 0;
    words.len() <= 120
        && !words.bytes().any(|b| b.is_ascii_digit())
        && words.split(|c: char| c.is_whitespace() || c == '.').filter(|w| !w.is_empty()).all(|w| {
            count += 1;
            w.chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '(' | '«' | '_'))
        })
        && (1..=8).contains(&count)
}

/// The title: the first line, if it is short, ends no sentence and is no part of a letter; and lines in capitals right under it.
fn title(text: &str, blocks: &mut [Block], top_heading: Option<usize>) {
    const WITHIN: usize = 12;
    if let Some(block) = top_heading.and_then(|n| blocks.get_mut(n)) {
        block.kind = BlockKind::Title;
        return;
    }
    if blocks.iter().take(WITHIN).any(|b| b.kind == BlockKind::Title) {
        return;
    }
    let is_letter = blocks.iter().take(30).any(|b| b.kind == BlockKind::Salutation);
    let first = blocks.iter().position(|b| b.kind != BlockKind::Furniture);
    let Some(first) = first else { return };
    // A document of one part has no title.
    if blocks.iter().filter(|b| b.kind != BlockKind::Furniture).count() < 2 {
        return;
    }
    let mut taken = false;
    for block in blocks.iter_mut().skip(first).take(8) {
        let words = block.span.of(text);
        let plain = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading);
        let capitals = is_capitals(words);
        let short =
            words.len() <= 400 && words.split_whitespace().count() <= 40 && !words.ends_with(['.', ',', ';', ':']);
        if plain && short && !taken && is_reference(words) {
            continue;
        }
        let is_title = plain
            && short
            && words.chars().filter(|c| c.is_alphabetic()).count() >= 3
            // Above a salutation stands the sender's address; only a line that looks like a heading is the title there.
            && (capitals || (!taken && (!is_letter || is_open_letter(words))));
        if !is_title {
            break;
        }
        block.kind = BlockKind::Title;
        taken = true;
    }
}

/// A date, a docket, a page of a register: few words, and numbers among them.
fn is_reference(words: &str) -> bool {
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 && words.split_whitespace().count() <= 7
}

/// Several words without numbers: no address, no date.
fn is_open_letter(words: &str) -> bool {
    words.split_whitespace().count() >= 5 && !words.bytes().any(|b| b.is_ascii_digit())
}
