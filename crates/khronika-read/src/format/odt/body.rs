//! The text of an OpenDocument text, element by element.

use std::rc::Rc;

use khronika_core::MarkKind;

use super::doc::{Change, Doc};
use super::style::{Counts, LEVELS, Look, Meaning, count};
use crate::format::flow::{Deed, Para};
use crate::format::mail::base64;
use crate::format::ooxml::RENEWED;
use crate::format::xml::{End, Node, Ns, Tag, Xml};
use crate::rendition::{RemarkKind, Role};

/// Boxes and notes in boxes and notes: no deeper than this.
pub(super) const DEEPEST: usize = 3;

/// No more spans, links and comments than this are open at once.
const MOST_OPEN: usize = 64;

/// Spaces that one element may stand for.
const MOST_SPACES: usize = 1000;

/// A paragraph that is open.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub para: Para,
    look: Look,
    /// A space stands between the last word and the next.
    pub space: bool,
}

/// Something that goes on over elements and paragraphs.
#[derive(Debug)]
struct Going {
    name: String,
    kind: MarkKind,
    deed: Deed,
    from: usize,
}

/// A list that is open.
#[derive(Debug)]
struct List {
    style: Option<String>,
    id: Option<String>,
    /// The item that was begun and whose first paragraph has not come: where its numbers start, if it says so.
    item: Option<Option<u32>>,
}

/// Reads one part.
pub(super) struct Walk<'d, 'x> {
    pub(super) doc: &'d mut Doc,
    /// Paragraphs go here instead of into the text.
    pub gathered: Option<Vec<Para>>,
    pub(super) open: Option<Open>,
    spans: Vec<Rc<Meaning>>,
    links: Vec<Going>,
    going: Vec<Going>,
    /// What takes out the words that come.
    removing: Vec<(String, Deed)>,
    lists: Vec<List>,
    counts: Counts,
    pub(super) hidden: u32,
    index: u32,
    /// Sections and their like that are open: whether each is hidden.
    sections: Vec<bool>,
    boxes: Vec<Xml<'x>>,
    pub(super) level: usize,
    pub(super) prefix: Option<String>,
}

impl<'d, 'x> Walk<'d, 'x> {
    pub fn new(doc: &'d mut Doc) -> Self {
        Self {
            doc,
            gathered: None,
            open: None,
            spans: Vec::new(),
            links: Vec::new(),
            going: Vec::new(),
            removing: Vec::new(),
            lists: Vec::new(),
            counts: Counts::default(),
            hidden: 0,
            index: 0,
            sections: Vec::new(),
            boxes: Vec::new(),
            level: 0,
            prefix: None,
        }
    }

    /// Reads everything that is left of `xml`.
    pub fn all(&mut self, xml: &mut Xml<'x>) {
        let rows = self.doc.flow.rows();
        while let Some(node) = xml.next() {
            match node {
                Node::Open(tag) => self.enter(&tag, xml),
                Node::Close(end) => self.leave(&end),
                Node::Text(words) => self.collapsed(&words),
            }
            if self.doc.flow.is_full() {
                break;
            }
        }
        self.end_paragraph();
        self.doc.flow.close_rows(rows);
    }

    fn enter(&mut self, tag: &Tag<'x>, xml: &mut Xml<'x>) {
        match (tag.ns, tag.local()) {
            (Ns::Text, name) => self.enter_text(tag, name, xml),
            (Ns::Table, "table-row") => {
                self.end_paragraph();
                self.doc.flow.open_row();
            }
            (Ns::Table, "table-cell" | "covered-table-cell") => {
                self.end_paragraph();
                self.doc.flow.open_cell();
            }
            (Ns::Office, "annotation") => self.annotation(tag, xml),
            (Ns::Office, "annotation-end") => {
                if let Some(name) = tag.attr("name") {
                    self.end_going(&name);
                }
            }
            (Ns::Draw, "text-box" | "custom-shape") => {
                let content = xml.later();
                if self.level < DEEPEST {
                    self.boxes.push(content);
                } else {
                    let what = "text boxes are nested too deep; the deepest was left out";
                    self.doc.flow.once(RemarkKind::Limit, what);
                }
                if self.open.is_none() {
                    self.end_paragraph();
                }
            }
            (Ns::Office, "forms" | "event-listeners" | "scripts" | "dde-source") | (Ns::Other, "title" | "desc") => {
                xml.skip();
            }
            (Ns::Office, "binary-data") => {
                let bytes = base64(xml.words().as_bytes()).bytes;
                self.doc.pictures += 1;
                self.doc.flow.embed(&format!("Pictures/{}", self.doc.pictures), None, bytes);
            }
            _ => {}
        }
    }

    fn enter_text(&mut self, tag: &Tag<'x>, name: &str, xml: &mut Xml<'x>) {
        match name {
            "p" | "h" => self.begin_paragraph(tag, name == "h"),
            "span" => {
                let meaning = self.doc.meaning("text", &tag.attr("style-name").unwrap_or_default());
                self.spans.push(meaning);
            }
            "a" => {
                let deed = Deed { note: tag.attr("href").map(Into::into), ..Deed::default() };
                let from = self.at();
                self.links.push(Going { name: String::new(), kind: MarkKind::Link, deed, from });
            }
            "s" => {
                let count = tag.attr("c").and_then(|n| n.parse().ok()).unwrap_or(1_usize);
                self.push(&" ".repeat(count.min(MOST_SPACES)));
            }
            "date" | "time" | "print-date" | "print-time" | "modification-date" | "modification-time"
                if tag.attr("fixed").is_none_or(|fixed| fixed != "true") =>
            {
                let words = xml.words();
                let from = self.at();
                self.push(&words);
                self.doc.flow.once(RemarkKind::Strange, RENEWED);
                if let Some(open) = &mut self.open {
                    open.para.mark(from, MarkKind::Generated, &Deed::default());
                }
            }
            "tab" => self.push("\t"),
            "line-break" => self.push("\n"),
            "note" => self.note(xml),
            "list" => self.begin_list(tag),
            "list-item" => {
                let start = tag.attr("start-value").and_then(|n| n.parse().ok());
                if let Some(list) = self.lists.last_mut() {
                    list.item = Some(start);
                }
            }
            "tracked-changes" => self.changes(xml),
            "change" => {
                // Taken out once: a second mention of it says nothing new.
                let change = tag.attr("change-id").and_then(|id| self.doc.changes.remove(id.as_ref()));
                if let Some(Change { deed, words: Some(words) }) = change {
                    match &mut self.open {
                        Some(open) => open.para.remove(&words, &deed),
                        None => {
                            let mut para = Para::default();
                            para.remove(&words, &deed);
                            self.put(para);
                        }
                    }
                }
            }
            "change-start" => {
                let Some(id) = tag.attr("change-id") else { return };
                match self.doc.changes.get(id.as_ref()).cloned() {
                    Some(Change { deed, words: None }) => {
                        self.begin_going(id.into_owned(), MarkKind::Inserted, deed);
                    }
                    // Words that were taken out and stand here all the same, as they were shown when it was kept.
                    Some(Change { deed, words: Some(words) })
                        if words.is_empty() && self.removing.len() < MOST_OPEN =>
                    {
                        self.removing.push((id.into_owned(), deed));
                    }
                    _ => {}
                }
            }
            "change-end" => {
                if let Some(id) = tag.attr("change-id") {
                    self.removing.retain(|(removed, _)| *removed != id);
                    self.end_going(&id);
                }
            }
            "section" => {
                let hidden = tag.attr("display").is_some_and(|shown| shown != "true");
                self.hidden += u32::from(hidden);
                self.sections.push(hidden);
            }
            "hidden-text" => {
                // Its words are an attribute; the element holds what is shown of them.
                let hidden = tag.attr("string-value").unwrap_or_default().into_owned();
                let shown = xml.words();
                if shown.trim().is_empty() {
                    self.hidden += 1;
                    self.push(&hidden);
                    self.hidden -= 1;
                } else {
                    self.push(&shown);
                }
            }
            "table-of-content" | "illustration-index" | "table-index" | "alphabetical-index" | "user-index"
            | "object-index" => {
                self.index += 1;
            }
            "table-of-content-source"
            | "illustration-index-source"
            | "table-index-source"
            | "alphabetical-index-source"
            | "user-index-source"
            | "object-index-source"
            | "bibliography-source"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "script"
            | "number" => {
                xml.skip();
            }
            _ => {}
        }
    }

    fn leave(&mut self, end: &End<'x>) {
        match (end.ns, end.local()) {
            (Ns::Text, "p" | "h") => self.end_paragraph(),
            (Ns::Text, "span") => {
                self.spans.pop();
            }
            (Ns::Text, "a") => {
                if let Some(link) = self.links.pop()
                    && let Some(open) = &mut self.open
                {
                    open.para.mark(link.from, link.kind, &link.deed);
                }
            }
            (Ns::Text, "list") => {
                let Some(list) = self.lists.pop() else { return };
                if self.lists.is_empty() {
                    if let Some(id) = list.id {
                        self.doc.left.insert(id, self.counts);
                    }
                    if let Some(style) = list.style {
                        self.doc.last.insert(style, self.counts);
                    }
                }
            }
            (Ns::Text, "list-item") => {
                if let Some(list) = self.lists.last_mut() {
                    list.item = None;
                }
            }
            (Ns::Text, "section") => {
                let hidden = self.sections.pop().unwrap_or(false);
                self.hidden = self.hidden.saturating_sub(u32::from(hidden));
            }
            (
                Ns::Text,
                "table-of-content" | "illustration-index" | "table-index" | "alphabetical-index" | "user-index"
                | "object-index",
            ) => self.index = self.index.saturating_sub(1),
            (Ns::Table, "table-row") => {
                self.end_paragraph();
                self.doc.flow.close_row(None);
            }
            (Ns::Table, "table-cell" | "covered-table-cell") => self.end_paragraph(),
            _ => {}
        }
    }

    fn begin_list(&mut self, tag: &Tag<'x>) {
        self.end_paragraph();
        let said = |name: &str| tag.attr(name).map(std::borrow::Cow::into_owned);
        let style = said("style-name").or_else(|| self.lists.last().and_then(|list| list.style.clone()));
        let goes_on = tag.attr("continue-numbering").is_some_and(|on| on == "true");
        if self.lists.is_empty() {
            let before = said("continue-list").and_then(|id| self.doc.left.get(&id).copied());
            let same = style.as_ref().filter(|_| goes_on).and_then(|style| self.doc.last.get(style).copied());
            self.counts = before.or(same).unwrap_or_default();
        } else if !goes_on {
            self.counts.iter_mut().skip(self.lists.len()).for_each(|count| *count = None);
        }
        self.lists.push(List { style, id: said("id"), item: None });
    }

    fn begin_paragraph(&mut self, tag: &Tag<'x>, heading: bool) {
        self.end_paragraph();
        let meaning = self.doc.meaning("paragraph", &tag.attr("style-name").unwrap_or_default());
        let mut open = Open { look: meaning.look.clone(), ..Open::default() };
        let level = self.lists.len().saturating_sub(1).min(LEVELS - 1);
        let item = self.lists.last_mut().and_then(|list| list.item.take());
        let mut number = None;
        let mut bullet = false;
        if let Some(start) = item {
            let style = self.lists.last().and_then(|list| list.style.as_ref()).or(meaning.list.as_ref());
            let list = style.and_then(|style| self.doc.styles.lists.get(style));
            match list {
                Some(list) => {
                    bullet = list.get(level).is_some_and(|level| level.bullet);
                    number = count(list, &mut self.counts, level, start);
                }
                None => bullet = true,
            }
        } else if heading
            && self.lists.is_empty()
            && tag.attr("is-list-header").is_none_or(|v| v != "true")
            && let Some(outline) = &self.doc.styles.outline
            && let Some(at) = tag.attr("outline-level").and_then(|n| n.parse::<usize>().ok())
            && (1..=LEVELS).contains(&at)
        {
            number = count(outline, &mut self.doc.outline, at - 1, None);
        }
        open.para.role = match meaning.role {
            _ if self.index > 0 => Role::Boilerplate,
            Some(role) => role,
            None if heading => Role::Heading,
            None if bullet => Role::ListItem,
            None => Role::Body,
        };
        if let Some(prefix) = self.prefix.take() {
            open.para.note_mark(&prefix);
            open.para.push(" ");
        } else if let Some(number) = number {
            open.para.count(&number);
        }
        let from = open.para.text.len();
        self.links.iter_mut().chain(&mut self.going).for_each(|going| going.from = from);
        self.open = Some(open);
    }

    fn end_paragraph(&mut self) {
        if let Some(Open { mut para, .. }) = self.open.take() {
            for going in self.links.iter_mut().chain(&mut self.going) {
                para.mark(going.from, going.kind, &going.deed);
                going.from = 0;
            }
            self.put(para);
        }
        for mut content in std::mem::take(&mut self.boxes) {
            let mut walk = Walk::new(self.doc);
            walk.level = self.level + 1;
            walk.hidden = self.hidden;
            walk.gathered = self.gathered.take();
            walk.all(&mut content);
            self.gathered = walk.gathered.take();
        }
    }

    fn put(&mut self, para: Para) {
        match &mut self.gathered {
            Some(gathered) => gathered.push(para),
            None => self.doc.flow.para(para),
        }
    }

    /// Words of the file: white space is one space, and none at the beginning of a paragraph.
    fn collapsed(&mut self, words: &str) {
        let Some(open) = &self.open else { return };
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        if !words.contains(is_space) && !open.space {
            return self.push(words);
        }
        let mut out = String::with_capacity(words.len());
        let mut space = open.space;
        let mut begun = open.para.text.len() > open.para.number && !open.para.text.ends_with([' ', '\n']);
        for (n, word) in words.split(is_space).enumerate() {
            space |= n > 0;
            if word.is_empty() {
                continue;
            }
            if std::mem::take(&mut space) && begun {
                out.push(' ');
            }
            begun = true;
            out.push_str(word);
        }
        if out.is_empty() {
            if let Some(open) = &mut self.open {
                open.space = space;
            }
            return;
        }
        if let Some(open) = &mut self.open {
            open.space = false;
        }
        match out.strip_prefix(' ') {
            Some(words) => {
                self.space();
                self.push(words);
            }
            None => self.push(&out),
        }
        if let Some(open) = &mut self.open {
            open.space = space;
        }
    }

    /// Writes the space that stands between the last word and the next.
    fn space(&mut self) {
        if let Some(open) = &mut self.open {
            open.space = false;
            if !open.para.text.is_empty() && !open.para.text.ends_with([' ', '\n']) {
                open.para.push(" ");
            }
        }
    }

    fn push(&mut self, words: &str) {
        if self.open.as_ref().is_some_and(|open| open.space) && !words.starts_with(['\n', ' ']) {
            self.space();
        }
        let Some(open) = &mut self.open else { return };
        open.space = false;
        if let Some((_, deed)) = self.removing.last() {
            open.para.remove(words, deed);
            return;
        }
        let from = open.para.text.len();
        open.para.push(words);
        let look = self.spans.iter().rev().fold(Look::default(), |look, span| look.over(&span.look)).over(&open.look);
        if !words.trim().is_empty() && (self.hidden > 0 || look.is_hidden()) {
            open.para.mark(from, MarkKind::Hidden, &Deed::default());
        }
        if let Some(lang) = look.lang.filter(|lang| lang != "zxx" && lang != "none") {
            self.doc.langs.count(&lang, words.len());
        }
    }

    /// Where the next word will stand.
    fn at(&mut self) -> usize {
        if self.open.as_ref().is_some_and(|open| open.space) {
            self.space();
        }
        self.open.as_ref().map_or(0, |open| open.para.text.len())
    }

    pub(super) fn begin_going(&mut self, name: String, kind: MarkKind, deed: Deed) {
        if self.going.len() < MOST_OPEN {
            let from = self.at();
            self.going.push(Going { name, kind, deed, from });
        }
    }

    fn end_going(&mut self, name: &str) {
        let Some(at) = self.going.iter().position(|going| going.name == name) else { return };
        let going = self.going.remove(at);
        if let Some(open) = &mut self.open {
            open.para.mark(going.from, going.kind, &going.deed);
        }
    }
}
