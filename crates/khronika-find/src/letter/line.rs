//! A text as lines: what a letter's parts are told by.

use std::ops::Range;

use khronika_core::{BlockKind, Findings, Lang};

use super::entry::{Read, Reader};
use super::words::Kind;
use crate::text::Text;

/// A line of a block.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its tokens, at least one.
    pub(super) tokens: Range<usize>,
    /// What kind of block it stands in.
    pub(super) kind: BlockKind,
    /// Its language.
    pub(super) lang: Lang,
    /// True where a blank line stands before it.
    pub(super) gap: bool,
    /// What it is by its own words.
    pub(super) class: Class,
}

/// What a line is by its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// "Dear …,".
    Salutation,
    /// "Yours sincerely,".
    Closing,
    /// "Signatories:", with the token after the heading.
    Signed(usize),
    /// "Organisations:".
    Organisations,
    /// "Individuals:".
    Persons,
    /// A remark, a date, an address, a contact: neither part nor end of a list of names.
    Aside,
    /// "For media contact:".
    End,
    /// A signatory.
    Entry,
    /// A role or place without a name.
    Rest,
    /// Running text.
    Prose,
    /// Anything else.
    Other,
}

/// The longest line that can be a signature entry, in tokens.
const LONGEST_ENTRY: usize = 70;
/// The longest line that can be a heading or greeting.
const LONGEST_HEADING: usize = 14;
/// The longest closing formula: French ones are sentences.
const LONGEST_CLOSING: usize = 45;

/// The lines of a text, each with its class.
pub(super) fn lines(reader: Reader<'_>, text: &Text<'_>, found: &Findings) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut last_block = None;
    for sentence in &text.sentences {
        for at in sentence.tokens.clone() {
            let newlines = match at.checked_sub(1).and_then(|b| text.tokens.get(b)).zip(text.tokens.get(at)) {
                Some((a, b)) => {
                    text.str().get(a.span.end..b.span.start).unwrap_or("").bytes().filter(|c| *c == b'\n').count()
                }
                None => 2,
            };
            if newlines == 0 && last_block == Some(sentence.block) {
                if let Some(line) = lines.last_mut() {
                    line.tokens.end = at + 1;
                }
                continue;
            }
            last_block = Some(sentence.block);
            lines.push(Line {
                tokens: at..at + 1,
                kind: sentence.kind,
                lang: sentence.lang,
                gap: newlines > 1,
                class: Class::Other,
            });
        }
    }
    for index in 0..lines.len() {
        if let Some(line) = lines.get(index) {
            let class = class(reader, text, found, line);
            if let Some(line) = lines.get_mut(index) {
                line.class = class;
            }
        }
    }
    addresses(text, &mut lines);
    lines
}

/// How many of the first lines may hold the salutation.
const HEAD: usize = 60;

/// "Monsieur le Ministre de la Justice" over "Monsieur le Ministre,": the first is the address, though it reads like a salutation.
fn addresses(text: &Text<'_>, lines: &mut [Line]) {
    let marked = |line: &Line| matches!(text.fold(line.tokens.end.saturating_sub(1)), "," | "!" | ":");
    let Some(real) = lines.iter().take(HEAD).position(|l| l.class == Class::Salutation && marked(l)) else { return };
    for line in lines.iter_mut().take(real).filter(|l| l.class == Class::Salutation) {
        line.class = Class::Other;
    }
}

fn class(reader: Reader<'_>, text: &Text<'_>, found: &Findings, line: &Line) -> Class {
    let words = reader.words;
    let range = super::segment::trim(text, line.tokens.clone());
    if range.is_empty() {
        return Class::Aside;
    }
    if line.kind == BlockKind::Footnote {
        return Class::Aside;
    }
    let length = line.tokens.len();
    let heading = words.any(
        text,
        range.start,
        range.end,
        &[
            Kind::Salutation,
            Kind::Closing,
            Kind::Signed,
            Kind::OrganisationsHeading,
            Kind::PersonsHeading,
            Kind::Note,
            Kind::End,
        ],
    );
    let last = text.fold(line.tokens.end.saturating_sub(1));
    if let Some((kind, next)) = heading {
        let colon = (next..range.end.min(next + 8)).find(|at| text.fold(*at) == ":");
        match kind {
            Kind::Salutation
                if length <= LONGEST_HEADING && (matches!(last, "," | "!" | ":" | "-" | "–" | "—") || length <= 6) =>
            {
                return Class::Salutation;
            }
            Kind::Closing if length <= LONGEST_CLOSING => return Class::Closing,
            Kind::Signed if colon.is_some() => return Class::Signed(colon.map_or(next, |c| c + 1)),
            Kind::Signed if last == ":" || (length <= 6 && next == range.end) || line.kind == BlockKind::Heading => {
                return Class::Signed(range.end);
            }
            Kind::OrganisationsHeading if next == range.end || last == ":" => return Class::Organisations,
            Kind::PersonsHeading if next == range.end || last == ":" => return Class::Persons,
            Kind::Note => return Class::Aside,
            Kind::End => return Class::End,
            _ => {}
        }
    }
    if length <= LONGEST_HEADING && is_address(reader, text, range.clone()) {
        return Class::Aside;
    }
    if is_table_head(reader, text, range.clone()) || is_mark_of_signature(reader, text, range.clone()) {
        return Class::Aside;
    }
    let address = line.tokens.clone().any(|at| matches!(text.fold(at), "@" | "http" | "https" | "www"));
    if address && length <= LONGEST_ENTRY {
        return Class::Aside;
    }
    let span = text.span(line.tokens.clone());
    let first_date = found.dates.partition_point(|d| d.span.end <= span.start);
    if let Some(date) = found.dates.get(first_date)
        && span.contains(date.span)
        && length <= text.tokens_in(date.span).len() + 4
    {
        return Class::Aside;
    }
    if !range.clone().any(|at| text.tokens.get(at).is_some_and(|t| t.kind == crate::text::TokenKind::Word)) {
        return Class::Aside;
    }
    if length > LONGEST_ENTRY || says_something(reader, text, line) {
        return Class::Prose;
    }
    match reader.read(text, line.tokens.clone(), &[]) {
        Read::Entry(drafts) => {
            let plain = matches!(last, "." | "!" | "?" | ":" | "…");
            let weak = drafts.iter().any(|d| d.loose || !d.sure);
            // "Décrète :" names nobody.
            let heads = last == ":" && drafts.iter().all(|d| !d.sure && !d.personal);
            if plain && weak && length > 8 {
                Class::Prose
            } else if heads {
                Class::Other
            } else {
                Class::Entry
            }
        }
        Read::Rest => Class::Rest,
        Read::Nothing if matches!(last, "." | "!" | "?" | ":" | "…") && length > 8 => Class::Prose,
        Read::Nothing => Class::Other,
    }
}

/// True for a line of running text: two sentences, or the first person speaking.
fn says_something(reader: Reader<'_>, text: &Text<'_>, line: &Line) -> bool {
    let Some(first) = text.tokens.get(line.tokens.start) else { return false };
    let words = reader.words;
    let many = text
        .sentence_at(first.span.start)
        .and_then(|s| text.sentences.get(s))
        .is_some_and(|s| s.tokens.end < line.tokens.end && s.tokens.len() > 6 && line.tokens.end - s.tokens.end > 6);
    many || words.has(text, line.tokens.clone(), &[Kind::Undersigned, Kind::Demand, Kind::DemandAfter])
}

/// True for the head of a table of signatures: "Name | Position | City".
fn is_table_head(reader: Reader<'_>, text: &Text<'_>, range: Range<usize>) -> bool {
    let mut at = range.start;
    let mut columns = 0;
    while at < range.end {
        if text.tokens.get(at).is_some_and(|t| t.kind == crate::text::TokenKind::Mark) {
            at += 1;
            continue;
        }
        match reader.words.at(text, at, range.end, Kind::Column) {
            Some(next) => at = next,
            None => return false,
        }
        columns += 1;
    }
    columns > 1
}

/// True for "(signed)" or "[подпись]" on a line of its own.
fn is_mark_of_signature(reader: Reader<'_>, text: &Text<'_>, range: Range<usize>) -> bool {
    range.len() <= 5
        && matches!(text.fold(range.start), "(" | "[" | "«" | "“" | "\"")
        && reader
            .words
            .any(text, range.start + 1, range.end, &[Kind::Signed])
            .is_some_and(|(_, end)| end + 1 == range.end)
}

/// True for "12 Mill Lane, Greyport": a word for a street, and a number that is not the number of an entry.
fn is_address(reader: Reader<'_>, text: &Text<'_>, range: Range<usize>) -> bool {
    let number = |at: usize| text.tokens.get(at).is_some_and(|t| t.kind == crate::text::TokenKind::Number);
    let entry = number(range.start) && matches!(text.fold(range.start + 1), "." | ")" | "]");
    let from = range.start + usize::from(entry);
    (from..range.end).any(number) && reader.words.has(text, range, &[Kind::Street])
}
