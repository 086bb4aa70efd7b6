//! The smallest parts of a text: runs of Cyrillic or Latin letters, runs of digits, single signs.

use std::ops::Range;

use super::{Classes, is_space};

/// Signs that stand alone unless a rule joins them.
const SIGNS: &str = "\\/!#$%&*+,.:;<=>?@^_`|~№…‑–—−-«“‘»”’\"„'([})]}";

/// What an atom is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Cyrillic,
    Latin,
    Digits,
    Sign,
    Other,
}

/// A part of a text that is never cut further.
#[derive(Clone, Debug)]
pub(crate) struct Atom {
    /// In bytes.
    pub(crate) span: Range<usize>,
    pub(crate) kind: Kind,
    /// Its first character.
    pub(crate) first: char,
}

/// Russian letters and what Python's case folding takes for one: old forms of letters.
pub(crate) fn is_cyrillic(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё' | 'ё' | '\u{1C80}'..='\u{1C86}')
}

/// Latin letters and what Python's case folding takes for one: `İ`, `ı`, the long s, the sign for kelvins.
pub(crate) fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | 'İ' | 'ı' | 'ſ' | '\u{212A}')
}

fn kind(classes: &Classes, c: char) -> Option<Kind> {
    Some(if is_cyrillic(c) {
        Kind::Cyrillic
    } else if is_latin(c) {
        Kind::Latin
    } else if classes.is_decimal(c) {
        Kind::Digits
    } else if is_space(c) {
        return None;
    } else if SIGNS.contains(c) {
        Kind::Sign
    } else {
        Kind::Other
    })
}

/// The atoms of a text, in their order. White space lies between them.
pub(crate) fn atoms(classes: &Classes, text: &str, out: &mut Vec<Atom>) {
    out.clear();
    for (at, first) in text.char_indices() {
        let Some(kind) = kind(classes, first) else { continue };
        let end = at + first.len_utf8();
        match out.last_mut() {
            Some(last) if last.span.end == at && last.kind == kind && runs(kind) => last.span.end = end,
            _ => out.push(Atom { span: at..end, kind, first }),
        }
    }
}

fn runs(kind: Kind) -> bool {
    matches!(kind, Kind::Cyrillic | Kind::Latin | Kind::Digits)
}
