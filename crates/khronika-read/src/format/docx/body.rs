//! The text of a Word document, element by element.

use std::collections::BTreeSet;

use khronika_core::MarkKind;

use super::doc::{Doc, Note, symbol};
use super::number::Shown;
use super::style::{Paragraph, Run};
use crate::format::flow::{Deed, Para};
use crate::format::ooxml::{RENEWED, Relations, button, hyperlink, is_renewed};
use crate::format::xml::{End, Node, Ns, Tag, Xml};
use crate::rendition::{RemarkKind, Role};

/// Text boxes in text boxes: no deeper than this.
const DEEPEST_BOX: usize = 3;

/// No more comments, fields or links than this are open at once.
const MOST_OPEN: usize = 32;

/// A heading longer than this is a paragraph that was given the wrong style (bytes).
const LONGEST_HEADING: usize = 800;

/// A paragraph that is open.
#[derive(Debug, Default)]
struct Open {
    para: Para,
    set: Paragraph,
    run: Run,
    shaded: bool,
    begun: bool,
}

#[derive(Debug)]
struct Change {
    deletes: bool,
    deed: Deed,
}

#[derive(Debug, Default)]
struct Field {
    /// Between its beginning and its result.
    instruction: bool,
    code: String,
    linked: bool,
    swallowed: String,
}

/// Something that goes on over runs: a link, a comment, a day that is put in anew.
#[derive(Debug)]
struct Going {
    id: String,
    kind: MarkKind,
    deed: Deed,
    from: usize,
}

/// Reads one part.
pub(super) struct Walk<'d, 'x> {
    doc: &'d mut Doc,
    relations: &'d Relations,
    open: Option<Open>,
    /// A paragraph whose mark was taken out: it goes on in the next.
    carried: Option<Para>,
    run: Run,
    changes: Vec<Change>,
    fields: Vec<Field>,
    links: Vec<Going>,
    comments: Vec<Going>,
    /// The comments that are about more than a place.
    ranged: BTreeSet<String>,
    /// Whether a choice was taken, for each open set of alternatives.
    chosen: Vec<bool>,
    /// Whether what stands under the words may be dark: tables and cells that are open.
    backdrop: Vec<bool>,
    row_removed: Vec<Option<Deed>>,
    boxes: Vec<Xml<'x>>,
    box_level: usize,
    /// The number of the note whose first paragraph comes.
    pub number: Option<String>,
    after_number: bool,
    /// The whole part was taken out.
    pub removed: Option<Deed>,
    words: String,
}

impl<'d, 'x> Walk<'d, 'x> {
    pub fn new(doc: &'d mut Doc, relations: &'d Relations) -> Self {
        Self {
            doc,
            relations,
            open: None,
            carried: None,
            run: Run::default(),
            changes: Vec::new(),
            fields: Vec::new(),
            links: Vec::new(),
            comments: Vec::new(),
            ranged: BTreeSet::new(),
            chosen: Vec::new(),
            backdrop: Vec::new(),
            row_removed: Vec::new(),
            boxes: Vec::new(),
            box_level: 0,
            number: None,
            after_number: false,
            removed: None,
            words: String::new(),
        }
    }

    /// Reads everything that is left of `xml`.
    pub fn all(&mut self, xml: &mut Xml<'x>) {
        let rows = self.doc.flow.rows();
        while let Some(node) = xml.next() {
            match node {
                Node::Open(tag) => self.enter(&tag, xml),
                Node::Close(end) => self.leave(&end),
                Node::Text(_) => {}
            }
            if self.doc.flow.is_full() {
                break;
            }
        }
        self.end_paragraph();
        if let Some(para) = self.carried.take() {
            self.doc.flow.para(para);
        }
        self.doc.flow.close_rows(rows);
    }

    fn enter(&mut self, tag: &Tag<'x>, xml: &mut Xml<'x>) {
        match (tag.ns, tag.local()) {
            (Ns::W, name) => self.enter_word(tag, name, xml),
            (Ns::M, "t") => self.text(tag, xml, false),
            (Ns::Mc, "AlternateContent") => self.chosen.push(false),
            (Ns::Mc, "Choice" | "Fallback") => match self.chosen.last_mut() {
                Some(chosen) if !*chosen => *chosen = true,
                _ => {
                    xml.skip();
                }
            },
            _ => {}
        }
    }

    fn enter_word(&mut self, tag: &Tag<'x>, name: &str, xml: &mut Xml<'x>) {
        match name {
            "p" => self.begin_paragraph(),
            "pPr" => self.paragraph_properties(xml),
            "r" => self.run = Run::default(),
            "rPr" => {
                let mut run = Run::default();
                xml.inside(|tag, depth| {
                    if depth == 0 && tag.ns == Ns::W {
                        run.take(tag);
                    }
                });
                self.run = run;
            }
            "t" => self.text(tag, xml, false),
            "delText" => self.text(tag, xml, true),
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "softHyphen" => self.push("\u{AD}"),
            "sym" => self.symbol(tag),
            "checkBox" => {
                let mut checked = false;
                xml.inside(|tag, _| {
                    if matches!(tag.local(), "checked" | "default") {
                        checked = tag.is_on();
                    }
                });
                self.fields.iter_mut().for_each(|field| field.instruction = false);
                self.push(if checked { "\u{2612}" } else { "\u{2610}" });
            }
            "ins" | "moveTo" => self.changes.push(Change { deletes: false, deed: deed(tag) }),
            "del" | "moveFrom" => self.changes.push(Change { deletes: true, deed: deed(tag) }),
            "hyperlink" => {
                let outside = tag.attr("id").and_then(|id| self.relations.get(id.as_ref())).map(|r| r.target.clone());
                let inside = tag.attr("anchor").map(|anchor| format!("#{anchor}"));
                self.begin_link(outside.or(inside).unwrap_or_default());
            }
            "fldChar" => self.field(tag),
            "instrText" => {
                let code = xml.words();
                if let Some(field) = self.fields.last_mut().filter(|field| field.code.len() < 4096) {
                    field.code.push_str(&code);
                }
            }
            "fldSimple" => {
                let code = tag.attr("instr").unwrap_or_default();
                if is_renewed(&code) {
                    self.begin_renewed();
                } else {
                    self.begin_link(hyperlink(&code).unwrap_or_default());
                }
            }
            "footnoteReference" | "endnoteReference" => self.note(tag, name == "footnoteReference"),
            "commentRangeStart" => self.begin_comment(tag),
            "commentRangeEnd" => self.end_comment(tag),
            "commentReference" => self.comment_without_range(tag),
            "tbl" => {
                self.end_paragraph();
                self.backdrop.push(false);
            }
            "tblPr" => {
                let mut styled = false;
                xml.inside(|tag, depth| styled |= depth == 0 && tag.local() == "tblStyle");
                if let Some(last) = self.backdrop.last_mut() {
                    *last |= styled;
                }
            }
            "tr" => {
                self.end_paragraph();
                self.doc.flow.open_row();
                self.row_removed.push(None);
            }
            "trPr" => {
                let mut removed = None;
                xml.inside(|tag, depth| {
                    if depth == 0 && tag.ns == Ns::W && tag.local() == "del" {
                        removed = Some(deed(tag));
                    }
                });
                if let Some(last) = self.row_removed.last_mut() {
                    *last = removed;
                }
            }
            "tc" => {
                self.end_paragraph();
                self.doc.flow.open_cell();
                self.backdrop.push(false);
            }
            "tcPr" => {
                let mut set = Paragraph::default();
                xml.inside(|tag, depth| {
                    if depth == 0 {
                        set.take(tag);
                    }
                });
                if let Some(last) = self.backdrop.last_mut() {
                    *last |= set.shaded == Some(true);
                }
            }
            "txbxContent" => self.text_box(xml),
            "altChunk" | "subDoc" => {
                let place = tag.attr("id").and_then(|id| self.relations.get(id.as_ref())).map(|r| r.target.clone());
                let what = "a document of another format is to be put into it here; it was not";
                self.doc.flow.remark(RemarkKind::NotRead, what, place);
            }
            "sectPr" | "sdtPr" | "sdtEndPr" | "pPrChange" | "rPrChange" | "tblPrChange" | "tblGrid" | "tblPrEx" => {
                xml.skip();
            }
            _ => {}
        }
    }

    fn leave(&mut self, end: &End<'x>) {
        match (end.ns, end.local()) {
            (Ns::W, "p") => self.end_paragraph(),
            (Ns::W, "r") => self.run = Run::default(),
            (Ns::W, "ins" | "del" | "moveFrom" | "moveTo") => {
                self.changes.pop();
            }
            (Ns::W, "hyperlink" | "fldSimple") => self.end_link(),
            (Ns::W, "tbl" | "tc") => {
                self.end_paragraph();
                self.backdrop.pop();
            }
            (Ns::W, "tr") => {
                self.end_paragraph();
                let removed = self.row_removed.pop().flatten();
                self.doc.flow.close_row(removed.as_ref());
            }
            (Ns::Mc, "AlternateContent") => {
                self.chosen.pop();
            }
            _ => {}
        }
    }

    fn begin_paragraph(&mut self) {
        self.end_paragraph();
        let mut open = Open::default();
        if let Some(carried) = self.carried.take() {
            open.para = carried;
        }
        self.open = Some(open);
        let from = self.at();
        self.links.iter_mut().chain(&mut self.comments).for_each(|going| going.from = from);
    }

    fn paragraph_properties(&mut self, xml: &mut Xml<'x>) {
        let mut set = Paragraph::default();
        let mut parent = String::new();
        xml.inside(|tag, depth| {
            if tag.ns != Ns::W {
                return;
            }
            match depth {
                0 => {
                    set.take(tag);
                    parent = tag.local().to_owned();
                }
                1 if parent == "numPr" => set.take(tag),
                1 if parent == "rPr" && matches!(tag.local(), "del" | "moveFrom") => set.joined = true,
                _ => {}
            }
        });
        if let Some(open) = &mut self.open {
            open.set = set;
        }
        self.begin_words();
    }

    /// What the paragraph is, and its number, before its first word.
    fn begin_words(&mut self) {
        let Some(open) = self.open.as_mut().filter(|open| !open.begun) else { return };
        open.begun = true;
        let set = open.set.clone();
        let meaning = self.doc.meaning(set.style.as_deref());
        let Some(open) = &mut self.open else { return };
        open.shaded = set.shaded.or(meaning.shaded).unwrap_or(false);
        let role = match set.outline.or(meaning.outline) {
            Some(level) if level < 9 && meaning.role.is_none() => Some(Role::Heading),
            _ => meaning.role,
        };
        let number = set.number.clone().or_else(|| meaning.number.clone()).filter(|id| id != "0");
        let mut shown = Shown::Nothing;
        if let Some(id) = number.filter(|_| !set.joined && open.para.text.is_empty()) {
            let own = if set.number.is_some() { Some(set.level.unwrap_or(0)) } else { set.level.or(meaning.level) };
            let level = own.or_else(|| self.doc.numbers.level_of(&id, &meaning.chain)).unwrap_or(0);
            shown = self.doc.numbers.next(&id, level);
        }
        open.run = meaning.run.clone();
        open.para.role = role.unwrap_or(if shown == Shown::Bullet { Role::ListItem } else { Role::Body });
        if let Some(number) = self.number.take() {
            open.para.note_mark(&number);
            self.after_number = true;
        } else if let Shown::Number(number) = shown {
            open.para.count(&number);
        }
        let from = open.para.text.len();
        self.links.iter_mut().chain(&mut self.comments).for_each(|going| going.from = from);
    }

    fn end_paragraph(&mut self) {
        if self.open.is_none() {
            return;
        }
        // An instruction that has no end in its paragraph is none: what it swallowed are words.
        let mut swallowed = String::new();
        while let Some(field) = self.fields.pop_if(|field| field.instruction) {
            swallowed.insert_str(0, &field.swallowed);
        }
        if !swallowed.is_empty() {
            self.push(&swallowed);
        }
        self.begin_words();
        let Some(Open { mut para, set, .. }) = self.open.take() else { return };
        for going in self.links.iter_mut() {
            para.mark(going.from, going.kind, &going.deed);
            going.from = 0;
        }
        for going in self.comments.iter_mut() {
            para.mark(going.from, MarkKind::Commented, &going.deed);
            going.from = 0;
        }
        self.after_number = false;
        if let Some(deed) = &self.removed {
            para.remove_all(deed);
        }
        if matches!(para.role, Role::Heading | Role::Title) && para.text.len() > LONGEST_HEADING {
            para.role = Role::Body;
        }
        if set.joined && !para.text.trim().is_empty() {
            self.carried = Some(para);
        } else {
            self.doc.flow.para(para);
        }
        for mut text_box in std::mem::take(&mut self.boxes) {
            let mut walk = Walk::new(self.doc, self.relations);
            walk.box_level = self.box_level + 1;
            walk.backdrop.push(true);
            walk.all(&mut text_box);
        }
    }

    /// Words as they stand in the file; only where it says so are the spaces around them meant.
    fn text(&mut self, tag: &Tag<'x>, xml: &mut Xml<'x>, deleted: bool) {
        let keep = tag.attr("space").is_some_and(|space| space == "preserve");
        let outside = xml.depth().saturating_sub(1);
        let mut words = std::mem::take(&mut self.words);
        words.clear();
        while xml.depth() > outside {
            match xml.next() {
                Some(Node::Text(text)) if words.len() < self.doc.flow.room() => words.push_str(&text),
                Some(_) => {}
                None => break,
            }
        }
        let shown = if keep { words.as_str() } else { words.trim_matches([' ', '\t', '\n', '\r']) };
        if deleted && !self.changes.iter().any(|change| change.deletes) {
            // Outside of what is said to be taken out, these words are not shown either.
            self.changes.push(Change { deletes: true, deed: Deed::default() });
            self.push(shown);
            self.changes.pop();
        } else {
            self.push(shown);
        }
        self.words = words;
    }

    fn push(&mut self, words: &str) {
        if let Some(field) = self.fields.iter_mut().rev().find(|field| field.instruction) {
            if field.swallowed.len() < 1 << 20 {
                field.swallowed.push_str(words);
            }
            return;
        }
        if words.is_empty() {
            return;
        }
        if self.open.is_none() {
            self.begin_paragraph();
        }
        self.begin_words();
        let shaded = self.backdrop.iter().any(|dark| *dark);
        let Some(open) = &mut self.open else { return };
        if let Some(change) = self.changes.iter().rev().find(|change| change.deletes) {
            open.para.remove(words, &change.deed);
            return;
        }
        // A tab is how some programs set the number of a note apart.
        let words = match std::mem::take(&mut self.after_number) {
            true if words == "\t" => " ",
            true if !words.starts_with(char::is_whitespace) => {
                open.para.push(" ");
                words
            }
            _ => words,
        };
        let from = open.para.text.len();
        open.para.push(words);
        if let Some(change) = self.changes.last() {
            open.para.mark(from, MarkKind::Inserted, &change.deed);
        }
        let styled = match &self.run.style {
            Some(style) => Some(self.doc.meaning(Some(style))),
            None => None,
        };
        let below = styled.as_ref().map(|meaning| &meaning.run);
        let own = &self.run;
        let all = &self.doc.styles.run;
        let vanish = own.vanish.or(below.and_then(|b| b.vanish)).or(open.run.vanish).or(all.vanish);
        let white = own.white.or(below.and_then(|b| b.white)).or(open.run.white).or(all.white);
        let on_dark = own.shaded.or(below.and_then(|b| b.shaded)).unwrap_or(open.shaded || shaded);
        let tiny = own.tiny.or(below.and_then(|b| b.tiny)).or(open.run.tiny);
        if !words.trim().is_empty() && (vanish == Some(true) || (white == Some(true) && !on_dark) || tiny == Some(true))
        {
            open.para.mark(from, MarkKind::Hidden, &Deed::default());
        }
        if let Some(lang) = &self.run.lang {
            self.doc.langs.count(lang, words.len());
        }
    }

    fn at(&self) -> usize {
        self.open.as_ref().map_or(0, |open| open.para.text.len())
    }

    fn begin_link(&mut self, target: String) {
        self.begin_words();
        let (id, deed) = (String::new(), Deed { note: Some(target), ..Deed::default() });
        self.links.push(Going { id, kind: MarkKind::Link, deed, from: self.at() });
    }

    fn begin_renewed(&mut self) {
        self.begin_words();
        self.doc.flow.once(RemarkKind::Strange, RENEWED);
        let (id, deed) = (String::new(), Deed::default());
        self.links.push(Going { id, kind: MarkKind::Generated, deed, from: self.at() });
    }

    fn end_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        let leads_nowhere = link.kind == MarkKind::Link && link.deed.note.as_ref().is_none_or(String::is_empty);
        if let (Some(open), false) = (&mut self.open, leads_nowhere) {
            open.para.mark(link.from, link.kind, &link.deed);
        }
    }

    fn field(&mut self, tag: &Tag<'x>) {
        match tag.attr("fldCharType").as_deref() {
            Some("begin") if self.fields.len() < MOST_OPEN => {
                self.fields.push(Field { instruction: true, ..Field::default() });
            }
            Some("separate") => {
                let Some(field) = self.fields.last_mut() else { return };
                field.instruction = false;
                if let Some(target) = hyperlink(&field.code) {
                    field.linked = true;
                    self.begin_link(target);
                } else if is_renewed(&field.code) {
                    field.linked = true;
                    self.begin_renewed();
                }
            }
            Some("end") => {
                let Some(field) = self.fields.pop() else { return };
                if field.linked {
                    self.end_link();
                } else if let Some(words) = button(&field.code).filter(|_| field.instruction) {
                    self.push(words);
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, tag: &Tag<'x>, foot: bool) {
        let id = tag.attr("id").unwrap_or_default().into_owned();
        let own_sign = tag.attr("customMarkFollows").is_some_and(|v| v != "0" && v != "false");
        let removed = self.changes.iter().rev().find(|change| change.deletes).map(|change| change.deed.clone());
        let notes = if foot { &mut self.doc.footnotes } else { &mut self.doc.endnotes };
        if notes.all.len() >= 100_000 {
            return;
        }
        let number = (!own_sign && removed.is_none()).then(|| {
            notes.count += 1;
            crate::format::number::number(notes.count, &notes.format)
        });
        notes.all.push(Note { id, number: number.clone(), removed });
        self.begin_words();
        if let (Some(open), Some(number)) = (&mut self.open, number) {
            open.para.note_mark(&number);
        }
    }

    fn begin_comment(&mut self, tag: &Tag<'x>) {
        let Some(id) = tag.attr("id") else { return };
        let Some(deed) = self.doc.comments.get(id.as_ref()).cloned() else { return };
        if self.comments.len() < MOST_OPEN {
            self.ranged.insert(id.clone().into_owned());
            self.begin_words();
            self.comments.push(Going { id: id.into_owned(), kind: MarkKind::Commented, deed, from: self.at() });
        }
    }

    fn end_comment(&mut self, tag: &Tag<'x>) {
        let Some(id) = tag.attr("id") else { return };
        let Some(at) = self.comments.iter().position(|going| going.id == id) else { return };
        let going = self.comments.remove(at);
        if let Some(open) = &mut self.open {
            open.para.mark(going.from, MarkKind::Commented, &going.deed);
        }
    }

    /// A comment on a place: it is about the word before it.
    fn comment_without_range(&mut self, tag: &Tag<'x>) {
        let Some(id) = tag.attr("id") else { return };
        let Some(deed) = self.doc.comments.get(id.as_ref()).cloned() else { return };
        let Some(open) = &mut self.open else { return };
        if !self.ranged.contains(id.as_ref()) {
            open.para.mark(open.para.last_word(), MarkKind::Commented, &deed);
        }
    }

    fn text_box(&mut self, xml: &mut Xml<'x>) {
        let content = xml.later();
        if self.box_level >= DEEPEST_BOX {
            let what = "text boxes are nested too deep; the deepest was left out";
            self.doc.flow.once(RemarkKind::Limit, what);
        } else {
            self.boxes.push(content);
        }
    }

    fn symbol(&mut self, tag: &Tag<'x>) {
        let font = tag.attr("font").unwrap_or_default().to_lowercase();
        let code = tag.attr("char").and_then(|hex| u32::from_str_radix(&hex, 16).ok()).and_then(char::from_u32);
        if let Some(c) = code {
            let shown = symbol(&font, c);
            self.push(shown.encode_utf8(&mut [0; 4]));
        }
    }
}

/// Who changed something, and when.
pub(super) fn deed(tag: &Tag<'_>) -> Deed {
    let said = |name: &str| tag.attr(name).map(std::borrow::Cow::into_owned).filter(|words| !words.is_empty());
    Deed { author: said("author"), date: said("date"), note: None }
}
