//! The text of an OpenDocument text, element by element.

use std::collections::BTreeMap;
use std::rc::Rc;

use khronika_core::MarkKind;

use super::style::{Counts, LEVELS, Look, Meaning, Styles, count};
use crate::format::flow::{Deed, Flow, Para};
use crate::format::xml::{End, Node, Ns, Tag, Xml};
use crate::rendition::{RemarkKind, Role};

/// Boxes and notes in boxes and notes: no deeper than this.
const DEEPEST: usize = 3;

/// No more spans, links and comments than this are open at once.
const MOST_OPEN: usize = 64;

/// Spaces that one element may stand for.
const MOST_SPACES: usize = 1000;

/// What the parts of a document share.
#[derive(Debug)]
pub(super) struct Doc {
    pub flow: Flow,
    pub styles: Styles,
    /// How much of the text is in each language, where its styles say so (bytes).
    pub langs: BTreeMap<String, usize>,
    changes: BTreeMap<String, Change>,
    notes: Vec<Para>,
    comments: Vec<Para>,
    meanings: BTreeMap<String, Rc<Meaning>>,
    /// How far the lists have counted that were left: by their ids, and by their styles.
    left: BTreeMap<String, Counts>,
    last: BTreeMap<String, Counts>,
    outline: Counts,
}

#[derive(Clone, Debug, Default)]
struct Change {
    deed: Deed,
    /// The words that were taken out; `None` for words that were put in.
    words: Option<String>,
}

impl Doc {
    pub fn new(flow: Flow, styles: Styles) -> Self {
        Self {
            flow,
            styles,
            langs: BTreeMap::new(),
            changes: BTreeMap::new(),
            notes: Vec::new(),
            comments: Vec::new(),
            meanings: BTreeMap::new(),
            left: BTreeMap::new(),
            last: BTreeMap::new(),
            outline: Counts::default(),
        }
    }

    fn meaning(&mut self, family: &str, name: &str) -> Rc<Meaning> {
        let key = format!("{family}/{name}");
        if let Some(known) = self.meanings.get(&key) {
            return Rc::clone(known);
        }
        let meaning = Rc::new(self.styles.meaning(family, name));
        self.meanings.insert(key, Rc::clone(&meaning));
        meaning
    }

    /// Writes the notes that were gathered on the way.
    pub fn notes(&mut self) {
        self.flow.force = Some(Role::Footnote);
        std::mem::take(&mut self.notes).into_iter().for_each(|para| self.flow.para(para));
        self.flow.force = None;
    }

    /// Writes the comments that were gathered on the way.
    pub fn comments(&mut self) {
        self.flow.force = Some(Role::Comment);
        std::mem::take(&mut self.comments).into_iter().for_each(|para| self.flow.para(para));
        self.flow.force = None;
    }
}

/// A paragraph that is open.
#[derive(Debug, Default)]
struct Open {
    para: Para,
    look: Look,
    /// A space stands between the last word and the next.
    space: bool,
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
    doc: &'d mut Doc,
    /// Paragraphs go here instead of into the text.
    pub gathered: Option<Vec<Para>>,
    open: Option<Open>,
    spans: Vec<Rc<Meaning>>,
    links: Vec<Going>,
    going: Vec<Going>,
    lists: Vec<List>,
    counts: Counts,
    hidden: u32,
    index: u32,
    /// Sections and their like that are open: whether each is hidden.
    sections: Vec<bool>,
    boxes: Vec<Xml<'x>>,
    level: usize,
    prefix: Option<String>,
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
                let change = self.doc.changes.get(id.as_ref()).filter(|change| change.words.is_none()).cloned();
                if let Some(Change { deed, .. }) = change {
                    self.begin_going(id.into_owned(), MarkKind::Inserted, deed);
                }
            }
            "change-end" => {
                if let Some(id) = tag.attr("change-id") {
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
        let from = open.para.text.len();
        open.para.push(words);
        let look = self.spans.iter().rev().fold(Look::default(), |look, span| look.over(&span.look)).over(&open.look);
        if !words.trim().is_empty() && (self.hidden > 0 || look.is_hidden()) {
            open.para.mark(from, MarkKind::Hidden, &Deed::default());
        }
        if let Some(lang) = look.lang.filter(|lang| lang != "zxx" && lang != "none") {
            if let Some(count) = self.doc.langs.get_mut(&lang) {
                *count += words.len();
            } else if self.doc.langs.len() < 200 {
                self.doc.langs.insert(lang, words.len());
            }
        }
    }

    /// Where the next word will stand.
    fn at(&mut self) -> usize {
        if self.open.as_ref().is_some_and(|open| open.space) {
            self.space();
        }
        self.open.as_ref().map_or(0, |open| open.para.text.len())
    }

    fn begin_going(&mut self, name: String, kind: MarkKind, deed: Deed) {
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

    /// A note: its mark here, its words behind the text.
    fn note(&mut self, xml: &mut Xml<'x>) {
        let mut content = xml.later();
        let mut number = String::new();
        let mut body = None;
        while let Some(node) = content.next() {
            let Node::Open(tag) = node else { continue };
            match tag.local() {
                "note-citation" => number = content.words().trim().to_owned(),
                "note-body" => body = Some(content.later()),
                _ => {}
            }
        }
        if let Some(open) = &mut self.open {
            open.space = false;
            open.para.note_mark(&number);
        }
        if let Some(mut body) = body.filter(|_| self.level < DEEPEST) {
            let mut walk = Walk::new(self.doc);
            walk.gathered = Some(Vec::new());
            walk.level = self.level + 1;
            walk.hidden = self.hidden;
            walk.prefix = Some(number);
            walk.all(&mut body);
            let paras = walk.gathered.take().unwrap_or_default();
            self.doc.notes.extend(paras);
        }
    }

    /// A comment: who, when and in what words here, its words behind the text.
    fn annotation(&mut self, tag: &Tag<'x>, xml: &mut Xml<'x>) {
        const LONGEST: usize = 1000;
        let name = tag.attr("name").map(std::borrow::Cow::into_owned);
        let mut content = xml.later();
        let (mut deed, mut said) = (Deed::default(), String::new());
        let first = self.doc.comments.len();
        while let Some(node) = content.next() {
            let Node::Open(tag) = node else { continue };
            match (tag.ns, tag.local()) {
                (Ns::Dublin, "creator") => deed.author = Some(content.words()),
                (Ns::Dublin, "date") => deed.date = Some(content.words()),
                (Ns::Text, "p" | "h") => {
                    let words = content.words();
                    if !said.is_empty() {
                        said.push(' ');
                    }
                    said.push_str(&words);
                    self.doc.comments.push(Para::of(words, Role::Comment));
                }
                _ => {}
            }
        }
        if self.doc.comments.len() == first {
            return;
        }
        said.truncate(said.floor_char_boundary(LONGEST));
        deed.note = Some(said);
        match name {
            // One without an end is about the word before it.
            None => {
                if let Some(open) = &mut self.open {
                    open.para.mark(open.para.last_word(), MarkKind::Commented, &deed);
                }
            }
            Some(name) => self.begin_going(name, MarkKind::Commented, deed),
        }
    }

    /// What was put in and taken out, by whom and when.
    fn changes(&mut self, xml: &mut Xml<'x>) {
        const MOST: usize = 100_000;
        let mut content = xml.later();
        let (mut id, mut change) = (String::new(), Change::default());
        let mut paragraphs = 0_usize;
        while let Some(node) = content.next() {
            match node {
                Node::Open(tag) => match (tag.ns, tag.local()) {
                    (Ns::Text, "changed-region") => {
                        id = tag.attr("id").unwrap_or_default().into_owned();
                        change = Change::default();
                        paragraphs = 0;
                    }
                    (Ns::Text, "deletion") => change.words = Some(String::new()),
                    (Ns::Dublin, "creator") => change.deed.author = Some(content.words()),
                    (Ns::Dublin, "date") => change.deed.date = Some(content.words()),
                    (Ns::Text, "p" | "h") => {
                        if let Some(words) = change.words.as_mut().filter(|_| paragraphs > 0) {
                            words.push('\n');
                        }
                        paragraphs += 1;
                    }
                    (Ns::Text, "s" | "tab") => {
                        if let Some(words) = &mut change.words {
                            words.push(' ');
                        }
                    }
                    _ => {}
                },
                Node::Text(text) => {
                    if let Some(words) = change.words.as_mut().filter(|_| paragraphs > 0) {
                        words.push_str(&text);
                    }
                }
                Node::Close(end) if end.ns == Ns::Text && end.local() == "changed-region" => {
                    if self.doc.changes.len() < MOST {
                        self.doc.changes.insert(std::mem::take(&mut id), std::mem::take(&mut change));
                    }
                }
                Node::Close(_) => {}
            }
        }
    }
}
