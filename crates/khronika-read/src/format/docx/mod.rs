//! Word documents (ECMA-376, ISO/IEC 29500, transitional and strict).
//!
//! The text is what Word shows with all changes accepted, in this order: running heads, body, footnotes, endnotes, running feet,
//! comments. A note's place is marked `[1]` in the running text and the note begins with the same; numbers of lists and headings are
//! counted and stand in the text ([`number`]); words that tracked changes took out follow the paragraph that they were taken out of as
//! parts of their own; text boxes follow the paragraph that they are fixed to. Of fields the result is shown.

mod body;
mod doc;
mod number;
mod style;

use std::collections::BTreeMap;

use super::flow::{Deed, Flow};
use super::ooxml::{self, Relations, Types};
use super::package::Package;
use super::xml::{Node, Ns, Xml};
use crate::rendition::{Limits, Refusal, Rendition, Role};
use body::Walk;
use doc::{Doc, Note};
use number::Numbers;
use style::Styles;

/// How much of a comment's words is told with the passage that it is about (bytes).
const LONGEST_COMMENT: usize = 1000;

/// Reads a Word document.
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let mut package = Package::open(bytes, limits)?;
    let root = ooxml::relations(&mut package, "", limits);
    let main = ooxml::main_part(&package, &root, &["word/document.xml", "word/document2.xml"]);
    let Some((main, text)) = main.and_then(|main| package.xml(&main).map(|text| (main, text))) else {
        return Err(Refusal::Damaged("the part with its text is missing".to_owned()));
    };
    let relations = ooxml::relations(&mut package, &main, limits);
    let types = Types::read(&mut package, limits);
    let mut flow = Flow::new(limits);
    ooxml::properties(&mut package, &root, &mut flow, limits);

    let mut reader = Parts { package, limits };
    let styles = reader.part(&relations, "styles", Styles::read).unwrap_or_default();
    let numbers = reader.part(&relations, "numbering", Numbers::read).unwrap_or_default();
    let mut doc = Doc::new(flow, styles, numbers);
    // They are gone through twice: who says what about a passage is told with it, before their own words are reached.
    let said = ooxml::target(&relations, "comments").map(|target| (target, reader.package.xml(target)));
    let said = said.and_then(|(target, text)| text.map(|text| (target, text)));
    if let Some((target, text)) = &said {
        let mut xml = Xml::new(text, limits.depth);
        doc.comments = comments(&mut xml);
        reader.package.remarks.extend(xml.remarks(target));
    }
    if let Some(formats) = reader.part(&relations, "settings", note_formats) {
        doc.footnotes.format = formats.0.unwrap_or(doc.footnotes.format);
        doc.endnotes.format = formats.1.unwrap_or(doc.endnotes.format);
    }

    let first = first_head(&text, &relations, limits);
    let mut heads = Vec::new();
    let is_first = |target: &str| first.as_ref().is_none_or(|first| first.as_deref() == Some(target));
    reader.running(&mut doc, &relations, Role::Header, &mut heads, is_first);
    let mut xml = Xml::new(&text, limits.depth);
    Walk::new(&mut doc, &relations).all(&mut xml);
    doc.flow.remarks(xml.remarks(&main));
    drop(text);
    reader.notes(&mut doc, &relations, "footnotes");
    reader.notes(&mut doc, &relations, "endnotes");
    reader.running(&mut doc, &relations, Role::Header, &mut heads, |target| !is_first(target));
    reader.running(&mut doc, &relations, Role::Footer, &mut Vec::new(), |_| true);
    if let Some((target, text)) = &said {
        reader.comments(&mut doc, target, text);
    }
    ooxml::inside(&mut reader.package, &mut doc.flow, &types, limits);

    doc.flow.about().lang = doc.langs.most(doc.styles.run.lang.as_deref());
    doc.flow.remarks(reader.package.remarks);
    Ok(doc.flow.finish())
}

/// The parts beside the main one.
struct Parts<'a> {
    package: Package<'a>,
    limits: Limits,
}

impl Parts<'_> {
    /// Reads the part of this kind, where there is one.
    fn part<T>(&mut self, relations: &Relations, kind: &str, read: impl FnOnce(&mut Xml<'_>) -> T) -> Option<T> {
        ooxml::part(&mut self.package, relations, kind, self.limits, read)
    }

    /// Those of the running heads or feet that are wanted, each wording once.
    fn running(
        &mut self,
        doc: &mut Doc,
        relations: &Relations,
        role: Role,
        seen: &mut Vec<String>,
        is_wanted: impl Fn(&str) -> bool,
    ) {
        let kind = role.name();
        let mut targets: Vec<&String> = relations
            .values()
            .filter(|r| r.kind == kind && !r.external && is_wanted(&r.target))
            .map(|r| &r.target)
            .collect();
        targets.sort_by_key(|target| (target.len(), *target));
        targets.dedup();
        for target in targets {
            let own = ooxml::relations(&mut self.package, target, self.limits);
            let Some(text) = self.package.xml(target) else { continue };
            let mut xml = Xml::new(&text, self.limits.depth);
            let point = doc.flow.point();
            doc.flow.force = Some(role);
            Walk::new(doc, &own).all(&mut xml);
            doc.flow.force = None;
            self.package.remarks.extend(xml.remarks(target));
            let words = doc.flow.since(&point);
            if seen.iter().any(|known| known == words) {
                doc.flow.back(&point);
            } else if seen.len() < 100 {
                seen.push(words.to_owned());
            }
        }
    }

    /// The notes, in the order in which the text refers to them; then those that it does not refer to.
    fn notes(&mut self, doc: &mut Doc, relations: &Relations, kind: &str) {
        let Some(target) = ooxml::target(relations, kind) else { return };
        let own = ooxml::relations(&mut self.package, target, self.limits);
        let Some(text) = self.package.xml(target) else { return };
        let mut xml = Xml::new(&text, self.limits.depth);
        let mut pieces: BTreeMap<String, (usize, Xml<'_>)> = BTreeMap::new();
        while let Some(node) = xml.next() {
            let Node::Open(tag) = node else { continue };
            if tag.ns != Ns::W || !matches!(tag.local(), "footnote" | "endnote") {
                continue;
            }
            // The rule over the notes is one of them in the file.
            let rule = tag.attr("type").is_some_and(|kind| kind != "normal");
            let id = tag.attr("id").unwrap_or_default().into_owned();
            let piece = xml.later();
            if !rule {
                pieces.insert(id, (pieces.len(), piece));
            }
        }
        self.package.remarks.extend(xml.remarks(target));
        let notes = if kind == "footnotes" { &mut doc.footnotes } else { &mut doc.endnotes };
        let all = std::mem::take(&mut notes.all);
        doc.flow.force = Some(Role::Footnote);
        for Note { id, number, removed } in all {
            let Some((_, mut piece)) = pieces.remove(&id) else { continue };
            let mut walk = Walk::new(doc, &own);
            (walk.number, walk.removed) = (number, removed);
            walk.all(&mut piece);
        }
        let mut rest: Vec<_> = pieces.into_values().collect();
        rest.sort_by_key(|(place, _)| *place);
        for (_, mut piece) in rest {
            Walk::new(doc, &own).all(&mut piece);
        }
        doc.flow.force = None;
    }

    /// The words of the comments.
    fn comments(&mut self, doc: &mut Doc, target: &str, text: &str) {
        let own = ooxml::relations(&mut self.package, target, self.limits);
        let mut xml = Xml::new(text, self.limits.depth);
        doc.flow.force = Some(Role::Comment);
        Walk::new(doc, &own).all(&mut xml);
        doc.flow.force = None;
    }
}

/// The part with the running head of the first page; none where that page has none. `None` where the document does not say.
#[expect(clippy::option_option, reason = "what is said, and whether anything is")]
fn first_head(text: &str, relations: &Relations, limits: Limits) -> Option<Option<String>> {
    /// How much the settings of a section say, at most (bytes).
    const LONGEST: usize = 16 << 10;
    // Those of the first section come first. They are looked at before the text is read: its letterhead stands over it.
    let at = memchr::memmem::find(text.as_bytes(), b"sectPr")?;
    let at = text.get(..at)?.rfind('<')?;
    let section = text.get(at..text.floor_char_boundary(at.saturating_add(LONGEST)))?;
    let mut xml = Xml::new(section, limits.depth);
    let (mut first, mut usual, mut differs) = (None, None, false);
    while let Some(node) = xml.next() {
        match node {
            Node::Open(tag) => match tag.local() {
                "headerReference" => {
                    let target = tag.attr("id").and_then(|id| relations.get(id.as_ref())).map(|r| r.target.clone());
                    match tag.attr("type").as_deref() {
                        Some("first") => first = target,
                        Some("even") => {}
                        _ => usual = target,
                    }
                }
                "titlePg" => differs = tag.is_on(),
                "sectPrChange" => {
                    xml.skip();
                }
                _ => {}
            },
            Node::Close(end) if end.local() == "sectPr" => break,
            _ => {}
        }
    }
    (first.is_some() || usual.is_some()).then_some(if differs { first } else { usual })
}

/// Who commented when, and in what words.
fn comments(xml: &mut Xml<'_>) -> BTreeMap<String, Deed> {
    const MOST: usize = 100_000;
    let mut all: BTreeMap<String, Deed> = BTreeMap::new();
    let mut open: Option<(String, Deed, String)> = None;
    while let Some(node) = xml.next() {
        match node {
            Node::Open(tag) if tag.ns == Ns::W => match tag.local() {
                "comment" => {
                    open = Some((tag.attr("id").unwrap_or_default().into_owned(), body::deed(&tag), String::new()))
                }
                "t" => {
                    let words = xml.words();
                    if let Some((_, _, text)) = open.as_mut().filter(|(_, _, text)| text.len() < LONGEST_COMMENT) {
                        text.push_str(&words);
                    }
                }
                "p" | "br" | "tab" => {
                    if let Some((_, _, text)) = open.as_mut().filter(|(_, _, text)| !text.is_empty()) {
                        text.push(' ');
                    }
                }
                _ => {}
            },
            Node::Close(end) if end.ns == Ns::W && end.local() == "comment" => {
                if let Some((id, mut deed, mut text)) = open.take()
                    && all.len() < MOST
                {
                    text.truncate(text.floor_char_boundary(LONGEST_COMMENT));
                    deed.note = Some(text).filter(|text| !text.is_empty());
                    all.insert(id, deed);
                }
            }
            _ => {}
        }
    }
    all
}

/// The formats of the numbers of footnotes and endnotes, where the document sets them.
fn note_formats(xml: &mut Xml<'_>) -> (Option<String>, Option<String>) {
    let mut formats = (None, None);
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        let format = match tag.local() {
            "footnotePr" => &mut formats.0,
            "endnotePr" => &mut formats.1,
            _ => continue,
        };
        xml.inside(|tag, depth| {
            if depth == 0 && tag.local() == "numFmt" {
                *format = tag.attr("val").map(std::borrow::Cow::into_owned);
            }
        });
    }
    formats
}

#[cfg(test)]
mod tests;
