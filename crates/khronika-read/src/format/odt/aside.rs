//! What stands beside the running text: notes, comments, the list of tracked changes.

use khronika_core::MarkKind;

use super::body::{DEEPEST, Walk};
use super::doc::Change;
use crate::format::flow::{Deed, Para};
use crate::format::xml::{Node, Ns, Tag, Xml};
use crate::rendition::Role;

impl<'x> Walk<'_, 'x> {
    /// A note: its mark here, its words behind the text.
    pub(super) fn note(&mut self, xml: &mut Xml<'x>) {
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
    pub(super) fn annotation(&mut self, tag: &Tag<'x>, xml: &mut Xml<'x>) {
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
    pub(super) fn changes(&mut self, xml: &mut Xml<'x>) {
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
