//! RTF 1.9.1, read byte by byte.
//!
//! Groups, not elements: everything that is set holds until the group ends, and a group may be a table of fonts, a note, a picture. What
//! is skipped is skipped by name; a group that says of itself that it may be skipped (`\*`) is, unless it is known here.

mod code;
mod state;
mod token;
mod word;

use std::collections::BTreeMap;

use encoding_rs::Encoding;
use khronika_core::MarkKind;

use super::flow::{Deed, Flow, Para};
use super::number::number;
use super::ooxml::{button, hyperlink, keep, role_of};
use crate::rendition::{Limits, Refusal, RemarkKind, Rendition, Role};
use state::{Into, Sink, State};
use token::{Token, Tokens};

/// Groups nested deeper than this are read as if they stood in the one above.
const DEEPEST: usize = 2000;

/// Notes in notes.
const DEEPEST_NOTE: usize = 4;

/// Fonts, colours, styles, authors: no more than this of each.
const MOST: i32 = 40_000;

/// No more passages than this are open to comments at once.
const MOST_RANGES: usize = 64;

/// The longest name of an author (characters).
const LONGEST_NAME: usize = 200;

/// Reads an RTF document.
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    if !bytes.starts_with(b"{\\rtf") {
        return Err(Refusal::Damaged("it does not begin as RTF does".to_owned()));
    }
    let mut reader = Reader::new(limits);
    let mut tokens = Tokens::new(bytes);
    while let Some(token) = tokens.next() {
        reader.take(token);
        if reader.flow.is_full() || reader.over {
            break;
        }
    }
    Ok(reader.finish())
}

/// A font or a paragraph style that is being told.
#[derive(Debug, Default)]
struct Told {
    number: i32,
    charset: Option<i32>,
    name: String,
}

struct Reader {
    flow: Flow,
    state: State,
    stack: Vec<State>,
    /// Groups that are open beyond the deepest.
    beyond: usize,
    deep: bool,
    over: bool,
    /// The next word may name a group that may be skipped.
    starred: bool,
    /// Nothing but `{` came before the next word.
    fresh: bool,
    /// Characters to pass over: they stand for one that was given by its number.
    pass: u32,
    /// Half a character beyond the first 65,536.
    half: Option<u16>,
    bytes: Vec<u8>,
    /// Words that came so far, under what holds.
    decoded: String,
    para: Para,
    sinks: Vec<Sink>,
    notes: Vec<Para>,
    comments: Vec<Para>,
    heads: Vec<Para>,
    /// The running heads that were written.
    known: Vec<String>,
    feet: Vec<Para>,
    page: &'static Encoding,
    fonts: BTreeMap<i32, Option<&'static Encoding>>,
    styles: BTreeMap<i32, Role>,
    white: BTreeMap<i32, bool>,
    color: (i32, [i32; 3]),
    authors: Vec<String>,
    told: Told,
    words: String,
    foot_notes: u32,
    end_notes: u32,
    /// How the numbers of notes at the end are shown.
    end_format: &'static str,
    /// The paragraph is an item of a list without numbers.
    item: bool,
    /// The number of a note was written, and nothing after it.
    after_number: bool,
    author: Option<String>,
    /// Where the passages began that comments are about, by number.
    ranges: BTreeMap<String, usize>,
    objects: u32,
    fonts_default: i32,
}

impl Reader {
    fn new(limits: Limits) -> Self {
        Self {
            flow: Flow::new(limits),
            state: State::default(),
            stack: Vec::new(),
            beyond: 0,
            deep: false,
            over: false,
            starred: false,
            fresh: false,
            pass: 0,
            half: None,
            bytes: Vec::new(),
            decoded: String::new(),
            para: Para::default(),
            sinks: Vec::new(),
            notes: Vec::new(),
            comments: Vec::new(),
            heads: Vec::new(),
            known: Vec::new(),
            feet: Vec::new(),
            page: encoding_rs::WINDOWS_1252,
            fonts: BTreeMap::new(),
            styles: BTreeMap::new(),
            white: BTreeMap::new(),
            color: (0, [-1; 3]),
            authors: Vec::new(),
            told: Told::default(),
            words: String::new(),
            foot_notes: 0,
            end_notes: 0,
            end_format: "lowerRoman",
            item: false,
            after_number: false,
            author: None,
            ranges: BTreeMap::new(),
            objects: 0,
            fonts_default: 0,
        }
    }

    fn finish(mut self) -> Rendition {
        self.flush();
        while !self.sinks.is_empty() {
            self.end_sink();
        }
        self.end_paragraph();
        self.flow.close_rows(0);
        if !self.over && !self.flow.is_full() {
            self.flow.remark(RemarkKind::Damaged, "it ends before its groups do: the file was cut", None);
        }
        if self.deep {
            self.flow.remark(RemarkKind::Limit, "its groups are nested deeper than any document needs", None);
        }
        if self.objects > 0 {
            let what = format!("objects of other programs are inside of it, which were not read: {}", self.objects);
            self.flow.remark(RemarkKind::NotRead, what, None);
        }
        self.write_heads();
        let gathered = [
            (std::mem::take(&mut self.notes), Role::Footnote),
            (std::mem::take(&mut self.feet), Role::Footer),
            (std::mem::take(&mut self.comments), Role::Comment),
        ];
        for (paras, role) in gathered {
            let mut seen: Vec<String> = Vec::new();
            for para in paras {
                // The same words run over every section.
                if role == Role::Footer && seen.contains(&para.text) {
                    continue;
                }
                if role == Role::Footer && seen.len() < 100 {
                    seen.push(para.text.clone());
                }
                self.flow.force = Some(role);
                self.flow.para(para);
            }
        }
        self.flow.finish()
    }

    fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Open => {
                self.flush();
                (self.pass, self.fresh, self.starred) = (0, true, false);
                if self.stack.len() >= DEEPEST {
                    (self.beyond, self.deep) = (self.beyond + 1, true);
                    return;
                }
                self.stack.push(self.state.clone());
                self.state.first_group_skipped = false;
                if self.stack.last().is_some_and(|above| above.first_group_skipped) {
                    // `{\upr{old}{\*\ud{new}}}`: the words twice, the second time in full.
                    self.state.into = Into::Nothing;
                    if let Some(above) = self.stack.last_mut() {
                        above.first_group_skipped = false;
                    }
                }
            }
            Token::Close => {
                self.flush();
                (self.pass, self.fresh, self.starred) = (0, false, false);
                if self.beyond > 0 {
                    self.beyond -= 1;
                    return;
                }
                self.close();
            }
            Token::Word(word, number) => {
                if self.pass > 0 {
                    self.pass -= 1;
                    return;
                }
                let fresh = std::mem::take(&mut self.fresh);
                let starred = std::mem::take(&mut self.starred);
                self.word(word, number, fresh, starred);
            }
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Hex(byte) => self.byte(byte),
            Token::Text(text) => {
                self.fresh = false;
                let skip = (self.pass as usize).min(text.len());
                self.pass -= u32::try_from(skip).unwrap_or(0);
                let text = text.get(skip..).unwrap_or_default();
                if text.is_empty() {
                    return;
                }
                self.whole();
                // All encodings have the characters of ASCII in their places.
                match std::str::from_utf8(text) {
                    Ok(words) if self.bytes.is_empty() && words.is_ascii() => self.decoded.push_str(words),
                    _ => self.bytes.extend_from_slice(text),
                }
            }
        }
    }

    fn byte(&mut self, byte: u8) {
        self.fresh = false;
        if self.pass > 0 {
            self.pass -= 1;
        } else {
            self.whole();
            self.bytes.push(byte);
        }
    }

    fn symbol(&mut self, symbol: u8) {
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
    fn whole(&mut self) {
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
    fn flush(&mut self) {
        self.decode();
        if !self.decoded.is_empty() {
            let words = std::mem::take(&mut self.decoded);
            self.write(&words);
            self.decoded = words;
            self.decoded.clear();
        }
    }

    fn says(&mut self, words: &str) {
        self.decode();
        self.decoded.push_str(words);
    }

    fn write(&mut self, words: &str) {
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

    fn text(&mut self, words: &str) {
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

    /// Writes the running heads that came so far, each wording once.
    fn write_heads(&mut self) {
        self.flow.force = Some(Role::Header);
        for para in std::mem::take(&mut self.heads) {
            if !self.known.contains(&para.text) {
                if self.known.len() < 100 {
                    self.known.push(para.text.clone());
                }
                self.flow.para(para);
            }
        }
        self.flow.force = None;
    }

    fn end_paragraph(&mut self) {
        // Those that come before the text stand over it: a letterhead may be among them.
        if self.sinks.is_empty() && self.flow.at() == 0 && self.flow.rows() == 0 {
            self.write_heads();
        }
        self.flush();
        let mut para = std::mem::take(&mut self.para);
        para.role = self.state.role();
        if std::mem::take(&mut self.item) && para.role == Role::Body {
            para.role = Role::ListItem;
        }
        match self.sinks.last_mut() {
            Some(sink) => sink.paras.push(para),
            None => {
                // A comment that goes on is about the next paragraph from its beginning.
                self.ranges.values_mut().for_each(|from| *from = 0);
                let rows = if self.state.table { self.state.depth.max(1) } else { 0 };
                while self.flow.rows() < rows {
                    self.flow.open_row();
                    self.flow.open_cell();
                }
                if para.text.trim().is_empty() {
                    // What was taken out stays; an empty paragraph between two tables ends no row.
                    self.flow.para(para);
                    return;
                }
                self.flow.close_rows(rows);
                self.flow.para(para);
            }
        }
    }

    fn close(&mut self) {
        let Some(above) = self.stack.pop() else {
            self.over = true;
            return;
        };
        let into = self.state.into;
        let sink = self.sinks.last().is_some_and(|sink| sink.depth > self.stack.len());
        if sink {
            self.end_sink();
        }
        let ended = into != above.into;
        let link = self.state.link.clone();
        self.state = above;
        // A note ends no paragraph of the text around it.
        if ended {
            let words = std::mem::take(&mut self.words);
            match into {
                Into::Number => {
                    // A sign that all items of the list have is no number.
                    let number = words.trim();
                    self.item = !number.chars().any(char::is_alphanumeric);
                    if !self.item {
                        self.para.count(number);
                    }
                }
                Into::Instruction => {
                    if let Some(shown) = button(&words) {
                        self.text(shown);
                    }
                    self.state.link = hyperlink(&words).map(std::rc::Rc::from).or(link);
                }
                Into::Title => keep(&mut self.flow, "dc:title".into(), words.trim()),
                Into::Author => keep(&mut self.flow, "dc:creator".into(), words.trim()),
                Into::Operator => keep(&mut self.flow, "operator".into(), words.trim()),
                Into::RangeStart if self.ranges.len() < MOST_RANGES => {
                    self.ranges.insert(words.trim().to_owned(), self.para.text.len());
                }
                Into::CommentOf => {
                    if let Some(sink) = self.sinks.last_mut() {
                        sink.about = self.ranges.remove(words.trim());
                    }
                }
                Into::CommentAuthor => self.author = Some(words.trim().to_owned()),
                Into::CommentDate => {
                    let date = words.trim().parse().ok().and_then(code::date);
                    if let Some(sink) = self.sinks.last_mut() {
                        sink.date = date;
                    }
                }
                Into::Fonts | Into::Styles | Into::Authors => {
                    self.words = words;
                    self.end_told();
                }
                _ => {}
            }
        } else if matches!(into, Into::Fonts | Into::Styles | Into::Authors) {
            self.end_told();
        }
        if self.stack.is_empty() {
            self.over = true;
        }
    }

    /// A font, a style or an author was told in full.
    fn end_told(&mut self) {
        let words = std::mem::take(&mut self.words);
        let told = std::mem::take(&mut self.told);
        let name = format!("{}{words}", told.name);
        let name = name.trim().trim_end_matches(';').trim();
        if name.is_empty() && told.charset.is_none() {
            return;
        }
        match self.state.into {
            Into::Fonts => {
                let encoding = code::of_font(name).or_else(|| told.charset.and_then(code::of_charset));
                self.fonts.insert(told.number, encoding);
            }
            Into::Styles => {
                if let Some(role) = role_of(&name.to_lowercase()) {
                    self.styles.insert(told.number, role);
                }
            }
            Into::Authors if self.authors.len() < MOST as usize => {
                self.authors.push(name.chars().take(LONGEST_NAME).collect());
            }
            _ => {}
        }
    }

    fn begin_sink(&mut self, role: Role) {
        if self.sinks.len() >= DEEPEST_NOTE {
            self.state.into = Into::Nothing;
            return;
        }
        let sink = Sink {
            depth: self.stack.len(),
            role,
            paras: Vec::new(),
            para: std::mem::take(&mut self.para),
            date: None,
            about: None,
            note: (role == Role::Footnote).then_some(false),
        };
        self.sinks.push(sink);
        let State { font, uc, .. } = self.state;
        self.state = State { font, uc, into: Into::Text, ..State::default() };
    }

    /// Gives the note that begins its number: only its first words tell whether it is one at the foot or at the end.
    fn begin_note(&mut self) {
        let Some(sink) = self.sinks.last_mut() else { return };
        let Some(at_end) = sink.note.take() else { return };
        let number = if at_end {
            self.end_notes += 1;
            number(self.end_notes, self.end_format)
        } else {
            self.foot_notes += 1;
            self.foot_notes.to_string()
        };
        sink.para.note_mark(&number);
        self.para.note_mark(&number);
        self.after_number = true;
    }

    fn end_sink(&mut self) {
        self.begin_note();
        self.end_paragraph();
        let Some(Sink { role, paras, para, date, about, .. }) = self.sinks.pop() else { return };
        self.para = para;
        match role {
            Role::Footnote => self.notes.extend(paras),
            Role::Header => self.heads.extend(paras),
            Role::Footer => self.feet.extend(paras),
            Role::Comment => {
                let said = paras.iter().map(|para| para.text.trim()).collect::<Vec<_>>().join(" ");
                let said = said.trim();
                let said = said.get(..said.floor_char_boundary(1000)).unwrap_or_default().to_owned();
                let deed = Deed { author: self.author.take(), date, note: Some(said) };
                self.para.mark(about.unwrap_or_else(|| self.para.last_word()), MarkKind::Commented, &deed);
                self.comments.extend(paras);
            }
            // A text box: its paragraphs stand before the one that it is fixed to.
            _ => match self.sinks.last_mut() {
                Some(above) => above.paras.extend(paras),
                None => paras.into_iter().for_each(|para| self.flow.para(para)),
            },
        }
    }

    fn into(&mut self, into: Into) {
        self.state.into = into;
        self.words.clear();
    }

    /// A character by its number, which other characters follow for readers that do not know it.
    fn character(&mut self, number: i32) {
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

#[cfg(test)]
mod tests;
