//! What the parts of a Word document share.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::number::Numbers;
use super::style::{Meaning, Styles};
use crate::format::flow::{Deed, Flow};
use crate::format::langs::Langs;

/// What the parts of a document share.
#[derive(Debug)]
pub(super) struct Doc {
    pub flow: Flow,
    pub styles: Styles,
    pub numbers: Numbers,
    /// Who commented when, and in what words, by the comment's id.
    pub comments: BTreeMap<String, Deed>,
    pub footnotes: Notes,
    pub endnotes: Notes,
    pub langs: Langs,
    meanings: BTreeMap<String, Rc<Meaning>>,
}

/// The notes of one kind, in the order in which the text refers to them.
#[derive(Debug)]
pub(super) struct Notes {
    pub format: String,
    pub all: Vec<Note>,
    pub count: u32,
}

#[derive(Debug)]
pub(super) struct Note {
    pub id: String,
    /// What is shown; nothing where the text has a sign of its own for it.
    pub number: Option<String>,
    /// The reference was taken out.
    pub removed: Option<Deed>,
}

impl Notes {
    pub fn new(format: &str) -> Self {
        Self { format: format.to_owned(), all: Vec::new(), count: 0 }
    }
}

impl Doc {
    pub fn new(flow: Flow, styles: Styles, numbers: Numbers) -> Self {
        Self {
            flow,
            styles,
            numbers,
            comments: BTreeMap::new(),
            footnotes: Notes::new("decimal"),
            endnotes: Notes::new("lowerRoman"),
            langs: Langs::default(),
            meanings: BTreeMap::new(),
        }
    }

    /// What a style makes of paragraphs and runs.
    pub fn meaning(&mut self, style: Option<&str>) -> Rc<Meaning> {
        let key = style.unwrap_or_default();
        if let Some(known) = self.meanings.get(key) {
            return Rc::clone(known);
        }
        let meaning = Rc::new(self.styles.meaning(style));
        self.meanings.insert(key.to_owned(), Rc::clone(&meaning));
        meaning
    }
}

/// The signs of fonts of signs that papers use; others stay what they are.
pub(super) fn symbol(font: &str, c: char) -> char {
    let place = u32::from(c) & 0xFF;
    match (font, place) {
        ("symbol", 0xB7) => '•',
        ("symbol", 0xB0) => '°',
        ("symbol", 0xB1) => '±',
        ("symbol", 0xB4) => '×',
        ("symbol", 0xA3) => '≤',
        ("symbol", 0xB3) => '≥',
        ("symbol", 0xAE) => '→',
        ("symbol", 0xD2) => '®',
        ("symbol", 0xD3) => '©',
        ("wingdings", 0xFC) => '✓',
        ("wingdings", 0xFB) => '✗',
        ("wingdings", 0xFD) => '☒',
        ("wingdings", 0xFE) => '☑',
        ("wingdings", 0x6F | 0xA8) => '☐',
        ("wingdings", 0x6C) => '●',
        ("wingdings", 0x6E | 0xA7) => '▪',
        ("wingdings", 0xD8) => '➢',
        ("wingdings", 0xE0) => '→',
        ("wingdings 2", 0x50) => '✓',
        ("wingdings 2", 0x52) => '☑',
        ("wingdings 2", 0x54) => '☒',
        ("wingdings 2", 0xA3) => '☐',
        _ => c,
    }
}
