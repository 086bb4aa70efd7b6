//! Letters of RTF: in the encodings of fonts, by their numbers, and where the words that they make go.

use khronika_core::MarkKind;

use super::state::Into;
use super::{MOST, Reader, code};
use crate::format::flow::Deed;

impl Reader {
    pub(super) fn byte(&mut self, byte: u8) {
        self.fresh = false;
        if self.pass > 0 {
            self.pass -= 1;
        } else {
            self.whole();
            self.bytes.push(byte);
        }
    }

    pub(super) fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => {
                self.starred = true;
                return;
            }
            _ if self.pass > 0 => self.pass -= 1,
            b'~' => self.says("\u{A0}"),
            b'_' => self.says("\u{2011}"),
            b'-' => self.says("\u{AD}"),
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'\r' | b'\n' => self.word("par", None, false, false),
            b'\t' => self.says("\t"),
            _ => {}
        }
        self.fresh = false;
    }

    /// Half a character that is followed by something else is none.
    pub(super) fn whole(&mut self) {
        if self.half.take().is_some() {
            self.decoded.push('\u{FFFD}');
        }
    }

    /// Decodes the bytes that came so far, in the encoding of the font.
    fn decode(&mut self) {
        self.whole();
        if !self.bytes.is_empty() {
            let own = self.fonts.get(&self.state.font.unwrap_or(self.fonts_default)).copied().flatten();
            let (words, _) = own.unwrap_or(self.page).decode_without_bom_handling(&self.bytes);
            self.decoded.push_str(&words);
            self.bytes.clear();
        }
    }

    /// Writes what came so far; from here on something else holds.
    pub(super) fn flush(&mut self) {
        self.decode();
        if !self.decoded.is_empty() {
            let words = std::mem::take(&mut self.decoded);
            self.write(&words);
            self.decoded = words;
            self.decoded.clear();
        }
    }

    pub(super) fn says(&mut self, words: &str) {
        self.decode();
        self.decoded.push_str(words);
    }

    pub(super) fn write(&mut self, words: &str) {
        match self.state.into {
            Into::Nothing | Into::Skip | Into::Colors => {}
            Into::Text if self.state.html => {}
            Into::Text => self.text(words),
            Into::Number => {
                if self.words.len() < 200 {
                    self.words.push_str(words);
                }
            }
            _ => {
                if self.words.len() < 1 << 16 {
                    self.words.push_str(words);
                }
            }
        }
        // Fonts and styles are set apart by semicolons.
        if matches!(self.state.into, Into::Fonts | Into::Styles | Into::Authors) && words.ends_with(';') {
            self.end_told();
        }
        if self.state.into == Into::Colors && words.contains(';') {
            for _ in words.matches(';') {
                let (number, parts) = self.color;
                if number < MOST {
                    self.white.insert(number, parts.iter().all(|part| *part >= 254));
                }
                self.color = (number.saturating_add(1), [-1; 3]);
            }
        }
    }

    pub(super) fn text(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        self.begin_note();
        let deed = |author: i32, date: i32| Deed {
            author: usize::try_from(author).ok().and_then(|n| self.authors.get(n)).cloned(),
            date: code::date(date),
            note: None,
        };
        if self.state.deleted {
            let deed = deed(self.state.deleted_by, self.state.deleted_at);
            self.para.remove(words, &deed);
            return;
        }
        // A tab is how some programs set the number of a note apart.
        let words = match std::mem::take(&mut self.after_number) {
            true if words == "\t" => " ",
            true if !words.starts_with(char::is_whitespace) => {
                self.para.push(" ");
                words
            }
            _ => words,
        };
        let from = self.para.text.len();
        self.para.push(words);
        if self.state.revised {
            let deed = deed(self.state.revised_by, self.state.revised_at);
            self.para.mark(from, MarkKind::Inserted, &deed);
        }
        let white =
            self.white.get(&self.state.color).copied().unwrap_or(false) && !self.state.shaded && !self.state.table;
        if !words.trim().is_empty() && (self.state.hidden || white || self.state.tiny) {
            self.para.mark(from, MarkKind::Hidden, &Deed::default());
        }
        if let Some(link) = &self.state.link {
            let deed = Deed { note: Some(link.to_string()), ..Deed::default() };
            self.para.mark(from, MarkKind::Link, &deed);
        }
    }

    /// A character by its number, which other characters follow for readers that do not know it.
    pub(super) fn character(&mut self, number: i32) {
        // Written as a signed number of sixteen bits, or as it is.
        let unit = u16::try_from(number.rem_euclid(1 << 16)).unwrap_or(u16::MAX);
        self.pass = self.state.uc;
        let half = self.half.take();
        if !self.bytes.is_empty() {
            self.decode();
        }
        if let (None, 0xD800..=0xDBFF) = (half, unit) {
            self.half = Some(unit);
            return;
        }
        let decoded = char::decode_utf16(half.into_iter().chain([unit]));
        self.decoded.extend(decoded.map(|c| c.unwrap_or('\u{FFFD}')));
    }
}
