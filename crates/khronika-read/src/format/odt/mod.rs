//! OpenDocument text (ISO/IEC 26300; ODF 1.0 to 1.4), as a package or flat; what presentations share with it.
//!
//! The text is what the office program shows with all changes accepted, in the order of [`super::docx`]: running heads, body with the
//! marks of notes, notes, running feet, comments. Numbers of lists and headings are counted.

mod aside;
mod body;
mod doc;
pub(super) mod lock;
pub(super) mod odp;
pub(super) mod parts;
mod style;

use super::flow::Flow;
use super::xml::{Node, Ns, Xml};
use crate::rendition::{Limits, Refusal, Rendition, Role};
use body::Walk;
use doc::Doc;
use parts::Parts;
use style::Styles;

/// Reads a text document.
pub(super) fn parse(bytes: &[u8], limits: Limits, password: &str) -> Result<Rendition, Refusal> {
    let mut flow = Flow::new(limits);
    let parts = Parts::open(bytes, limits, password, &mut flow)?;
    let mut styles = Styles::default();
    if parts.has_styles() {
        let mut xml = parts.pages();
        styles.read(&mut xml);
        flow.remarks(xml.remarks("styles.xml"));
    }
    let mut xml = parts.xml();
    styles.read(&mut xml);
    let mut doc = Doc::new(flow, styles);
    let mut heads = Vec::new();
    running(&mut doc, parts.pages(), Running::FirstHead, &mut heads);
    Walk::new(&mut doc).all(&mut xml);
    doc.flow.remarks(xml.remarks(parts.name()));
    doc.notes();
    running(&mut doc, parts.pages(), Running::OtherHead, &mut heads);
    running(&mut doc, parts.pages(), Running::Foot, &mut Vec::new());
    doc.comments();
    doc.tell_language();
    let mut flow = doc.flow;
    parts.finish(&mut flow);
    Ok(flow.finish())
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
fn running(doc: &mut Doc, mut xml: Xml<'_>, which: Running, seen: &mut Vec<String>) {
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
