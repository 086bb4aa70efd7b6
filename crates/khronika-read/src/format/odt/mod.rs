//! OpenDocument text (ISO/IEC 26300; ODF 1.0 to 1.4).
//!
//! The text is what the office program shows with all changes accepted, in the order of [`super::docx`]: running heads, body with the
//! marks of notes, notes, running feet, comments. Numbers of lists and headings are counted.

mod aside;
mod body;
mod doc;
mod style;

use khronika_core::Lang;

use super::flow::Flow;
use super::ooxml;
use super::package::Package;
use super::xml::{Node, Ns, Xml};
use crate::rendition::{Limits, Refusal, RemarkKind, Rendition, Role};
use body::Walk;
use doc::Doc;
use style::Styles;

/// Reads a text document.
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let mut package = Package::open(bytes, limits)?;
    locked(&mut package, limits)?;
    let Some(text) = package.xml("content.xml") else {
        return Err(Refusal::Damaged("the part with its text is missing".to_owned()));
    };
    let more = package.xml("styles.xml").unwrap_or_default();
    let mut flow = Flow::new(limits);
    about(&mut package, &mut flow, limits);
    let mut styles = Styles::default();
    let mut xml = Xml::new(&more, limits.depth);
    styles.read(&mut xml);
    if !more.is_empty() {
        flow.remarks(xml.remarks("styles.xml"));
    }
    let mut xml = Xml::new(&text, limits.depth);
    styles.read(&mut xml);
    let mut doc = Doc::new(flow, styles);
    let mut heads = Vec::new();
    running(&mut doc, &more, limits, Running::FirstHead, &mut heads);
    Walk::new(&mut doc).all(&mut xml);
    doc.flow.remarks(xml.remarks("content.xml"));
    doc.notes();
    running(&mut doc, &more, limits, Running::OtherHead, &mut heads);
    running(&mut doc, &more, limits, Running::Foot, &mut Vec::new());
    doc.comments();
    inside(&mut package, &mut doc.flow);
    let most = doc.langs.iter().max_by_key(|(_, count)| **count).map(|(lang, _)| lang.clone());
    doc.flow.about().lang = most.or_else(|| doc.styles.lang.clone()).and_then(|lang| Lang::new(&lang));
    doc.flow.remarks(package.remarks);
    Ok(doc.flow.finish())
}

/// Refuses a document that needs a password.
pub(super) fn locked(package: &mut Package<'_>, limits: Limits) -> Result<(), Refusal> {
    let Some(text) = package.xml("META-INF/manifest.xml") else { return Ok(()) };
    let mut xml = Xml::new(&text, limits.depth);
    while let Some(node) = xml.next() {
        if matches!(node, Node::Open(tag) if tag.local() == "encryption-data") {
            return Err(Refusal::Locked);
        }
    }
    Ok(())
}

/// What the document says of itself.
pub(super) fn about(package: &mut Package<'_>, flow: &mut Flow, limits: Limits) {
    let Some(text) = package.xml("meta.xml") else { return };
    let mut xml = Xml::new(&text, limits.depth);
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        let key = match (tag.ns, tag.local()) {
            (Ns::Dublin, name) => format!("dc:{name}"),
            (Ns::Office, "user-defined") => tag.attr("name").unwrap_or_default().into_owned(),
            (Ns::Office, "document-meta" | "meta" | "document-statistic" | "template") => continue,
            (Ns::Office, name) => format!("meta:{name}"),
            _ => continue,
        };
        let value = xml.words();
        ooxml::keep(flow, key, value.trim());
    }
    flow.remarks(xml.remarks("meta.xml"));
}

/// Keeps the pictures and documents inside, and says what could run.
pub(super) fn inside(package: &mut Package<'_>, flow: &mut Flow) {
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let mut macros = false;
    for name in names {
        if name.starts_with("Pictures/") || name.starts_with("ObjectReplacements/") {
            if let (true, Some(bytes)) = (name.starts_with("Pictures/"), package.read(&name)) {
                flow.embed(&name, None, bytes);
            }
        } else if name.starts_with("Object ") && name.ends_with("/content.xml") {
            flow.remark(
                RemarkKind::NotRead,
                "a chart, formula or table of another program is inside of it",
                Some(name),
            );
        } else if !macros
            && ((name.starts_with("Basic/") && name.ends_with(".xml") && !name.contains("script-l"))
                || name.starts_with("Scripts/"))
        {
            macros = true;
            flow.remark(RemarkKind::Strange, "it holds macros, which were not run", Some(name));
        }
    }
}

/// Which running heads or feet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Running {
    /// The head of the first page: a letterhead may be in it.
    FirstHead,
    OtherHead,
    Foot,
}

/// The running heads or feet of all page styles, each wording once.
fn running(doc: &mut Doc, text: &str, limits: Limits, which: Running, seen: &mut Vec<String>) {
    let mut xml = Xml::new(text, limits.depth);
    let mut pages: Vec<Vec<(Running, bool, Xml<'_>)>> = vec![Vec::new()];
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        let kind = match tag.local() {
            _ if tag.ns != Ns::Style => continue,
            "master-page" => {
                pages.push(Vec::new());
                continue;
            }
            "header" | "header-first" => Running::FirstHead,
            "header-left" => Running::OtherHead,
            "footer" | "footer-left" | "footer-first" => Running::Foot,
            _ => continue,
        };
        if tag.attr("display").is_none_or(|shown| shown != "false")
            && let Some(page) = pages.last_mut()
        {
            page.push((kind, tag.local() == "header-first", xml.later()));
        }
    }
    for page in pages {
        // Where the first page has a head of its own, the usual one is that of the others.
        let differs = page.iter().any(|(_, first, _)| *first);
        for (kind, first, mut piece) in page {
            let is_usual = kind == Running::FirstHead && differs && !first;
            if which == if is_usual { Running::OtherHead } else { kind } {
                part(doc, which, &mut piece, seen);
            }
        }
    }
}

fn part<'x>(doc: &mut Doc, which: Running, piece: &mut Xml<'x>, seen: &mut Vec<String>) {
    let point = doc.flow.point();
    doc.flow.force = Some(if which == Running::Foot { Role::Footer } else { Role::Header });
    Walk::new(doc).all(piece);
    doc.flow.force = None;
    let words = doc.flow.since(&point);
    if seen.iter().any(|known| known == words) {
        doc.flow.back(&point);
    } else if seen.len() < 100 {
        seen.push(words.to_owned());
    }
}

#[cfg(test)]
mod tests;
