//! RTF 1.9.1, read byte by byte.
//!
//! Groups, not elements: everything that is set holds until the group ends, and a group may be a table of fonts, a note, a picture. What
//! is skipped is skipped by name; a group that says of itself that it may be skipped (`\*`) is, unless it is known here.

mod code;
mod letters;
mod paragraph;
mod state;
mod token;
mod word;

use std::collections::BTreeMap;

use encoding_rs::Encoding;

use super::flow::{Flow, Para};
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
    /// Where the passages began that comments are about, by number: in how many notes, and where in the paragraph there.
    ranges: BTreeMap<String, (usize, usize)>,
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
                    self.ranges.insert(words.trim().to_owned(), (self.sinks.len(), self.para.text.len()));
                }
                Into::CommentOf => {
                    let notes = self.sinks.len();
                    if let Some(sink) = self.sinks.last_mut() {
                        // A comment is about a passage of the paragraph that it stands in, not of one in another note.
                        let range = self.ranges.remove(words.trim()).filter(|(depth, _)| depth + 1 == notes);
                        sink.about = range.map(|(_, from)| from);
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

    fn into(&mut self, into: Into) {
        self.state.into = into;
        self.words.clear();
    }
}

#[cfg(test)]
mod tests;
