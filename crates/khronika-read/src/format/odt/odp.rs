//! OpenDocument presentations: slide by slide, each a page; its title a heading, its notes comments.

use std::collections::BTreeSet;

use khronika_core::{Page, Span};

use super::body::Walk;
use super::doc::Doc;
use super::parts::Parts;
use super::style::Styles;
use crate::format::flow::Flow;
use crate::format::xml::{Node, Ns, Tag, Xml};
use crate::rendition::{Limits, Refusal, Rendition, Role};

/// The size of a slide where none is told: 28 by 15.75 cm (hundredths of a point).
const SIZE: (i32, i32) = (79_370, 44_646);

/// More styles of slides than this are not looked at.
const MOST_STYLES: usize = 10_000;

/// Reads a presentation.
pub(in crate::format) fn parse(bytes: &[u8], limits: Limits, password: &str) -> Result<Rendition, Refusal> {
    let mut flow = Flow::new(limits);
    let parts = Parts::open(bytes, limits, password, &mut flow)?;
    let hidden = hidden(&mut parts.xml());
    let size = size(&mut parts.pages());
    let mut styles = Styles::default();
    if parts.has_styles() {
        styles.read(&mut parts.pages());
    }
    let mut xml = parts.xml();
    styles.read(&mut xml);
    let mut doc = Doc::new(flow, styles);
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        if tag.ns != Ns::Draw || tag.local() != "page" {
            continue;
        }
        let is_hidden = tag.attr("style-name").is_some_and(|style| hidden.contains(style.as_ref()));
        let start = doc.flow.at();
        slide(&mut doc, &mut xml.later(), is_hidden, None);
        doc.comments();
        let end = doc.flow.at();
        if doc.flow.pages().len() < limits.pages {
            doc.flow.pages().push(Page { span: Span::new(start, end), width: size.0, height: size.1 });
        }
        if doc.flow.is_full() {
            break;
        }
    }
    doc.flow.remarks(xml.remarks(parts.name()));
    doc.tell_language();
    let mut flow = doc.flow;
    parts.finish(&mut flow);
    Ok(flow.finish())
}

/// The frames of a slide, or of its page of notes.
fn slide(doc: &mut Doc, xml: &mut Xml<'_>, hidden: bool, notes: Option<Role>) {
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        match (tag.ns, tag.local()) {
            (Ns::Draw, "notes") if notes.is_none() => slide(doc, &mut xml.later(), hidden, Some(Role::Comment)),
            (Ns::Draw, "page-thumbnail") | (Ns::Office, "forms") => {
                xml.skip();
            }
            (Ns::Draw, "g") => {}
            (Ns::Office, "annotation") => Walk::new(doc).annotation(&tag, xml),
            (Ns::Draw, _) | (Ns::Table, "table") => {
                let role = role(&tag).or(notes);
                let mut piece = xml.later();
                doc.flow.force = role;
                let mut walk = Walk::new(doc);
                walk.hidden = u32::from(hidden);
                walk.all(&mut piece);
                doc.flow.force = None;
            }
            _ => {}
        }
        if doc.flow.is_full() {
            return;
        }
    }
}

/// What the words of a frame are, where the presentation says so.
fn role(tag: &Tag<'_>) -> Option<Role> {
    match tag.attr("class").as_deref()? {
        "title" | "subtitle" => Some(Role::Heading),
        "header" | "footer" | "date-time" => Some(Role::Footer),
        "page-number" => Some(Role::PageNumber),
        _ => None,
    }
}

/// The styles of slides that are not shown.
fn hidden(xml: &mut Xml<'_>) -> BTreeSet<String> {
    let (mut hidden, mut style) = (BTreeSet::new(), String::new());
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        match (tag.ns, tag.local()) {
            (Ns::Office, "body") => break,
            (Ns::Style, "style") => style = tag.attr("name").unwrap_or_default().into_owned(),
            (Ns::Style, "drawing-page-properties")
                if tag.attr("visibility").is_some_and(|shown| shown == "hidden") && hidden.len() < MOST_STYLES =>
            {
                hidden.insert(style.clone());
            }
            _ => {}
        }
    }
    hidden
}

/// The size of the slides, in hundredths of a point.
fn size(xml: &mut Xml<'_>) -> (i32, i32) {
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        if tag.ns == Ns::Style
            && tag.local() == "page-layout-properties"
            && let (Some(width), Some(height)) = (tag.attr("page-width"), tag.attr("page-height"))
            && let (Some(width), Some(height)) = (length(&width), length(&height))
            // Those of the pages of notes are upright.
            && width > height
        {
            return (width, height);
        }
    }
    SIZE
}

/// "28cm" in hundredths of a point.
fn length(words: &str) -> Option<i32> {
    let end = words.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = words.split_at_checked(end)?;
    let points = match unit {
        "pt" => 1.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 7.2 / 2.54,
        _ => return None,
    };
    let number: f64 = number.parse().ok()?;
    (0.0..10_000.0).contains(&(number * points)).then(|| khronika_core::hundredths(number * points))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::flow::told;
    use crate::format::package::tests::zip;

    const NAMES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
        xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"
        xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
        xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/""#;

    const STYLES: &str = r#"<office:automatic-styles><style:page-layout style:name="N"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"/></style:page-layout>
        <style:page-layout style:name="P"><style:page-layout-properties fo:page-width="10in" fo:page-height="7.5in"/></style:page-layout>
        <style:style style:name="dp1" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style></office:automatic-styles>
        <office:master-styles><style:master-page><draw:frame><draw:text-box><text:p>Click to edit</text:p></draw:text-box></draw:frame></style:master-page></office:master-styles>"#;

    const BODY: &str = r#"<office:body><office:presentation><draw:page draw:name="p1" draw:style-name="dp2">
        <draw:frame presentation:class="title"><draw:text-box><text:p>Révision</text:p></draw:text-box></draw:frame>
        <draw:frame presentation:class="outline"><draw:text-box><text:list><text:list-item><text:p>La Cour casse.</text:p></text:list-item></text:list></draw:text-box></draw:frame>
        <draw:custom-shape><text:p>Rennes</text:p></draw:custom-shape>
        <draw:g><draw:frame><table:table><table:table-row><table:table-cell><text:p>Date</text:p></table:table-cell><table:table-cell><text:p>Acte</text:p></table:table-cell></table:table-row></table:table></draw:frame></draw:g>
        <office:annotation><dc:creator>Mornard</dc:creator><dc:date>1906-06-18</dc:date><text:p>Plus court.</text:p></office:annotation>
        <presentation:notes><draw:page-thumbnail/><draw:frame presentation:class="notes"><draw:text-box><text:p>Lire lentement.</text:p></draw:text-box></draw:frame></presentation:notes>
        </draw:page><draw:page draw:style-name="dp1"><draw:frame><draw:text-box><text:p>À ne pas montrer</text:p></draw:text-box></draw:frame></draw:page></office:presentation></office:body>"#;

    const TOLD: &str = "   heading | Révision
 list-item | La Cour casse.
      body | Rennes
 table-row | Date⇥Acte
   comment | Lire lentement.
   comment | Plus court.
      body | À ne pas montrer
    hidden : À ne pas montrer ()
    remark : Strange words in it are hidden from whoever opens it; passages of them: 1; the first: “À ne pas montrer” None";

    #[test]
    fn slides_notes_and_comments_packed_and_flat() {
        let content = format!("<office:document-content {NAMES}>{STYLES}{BODY}</office:document-content>");
        let styles = format!("<office:document-styles {NAMES}>{STYLES}</office:document-styles>");
        let packed = zip(&[("content.xml", content.as_bytes()), ("styles.xml", styles.as_bytes())]);
        let flat = format!(
            "<?xml version=\"1.0\"?><office:document {NAMES} office:mimetype=\"application/vnd.oasis.opendocument.presentation\"><office:meta><dc:title>Cassation</dc:title></office:meta>{STYLES}{BODY}</office:document>"
        );
        for bytes in [packed.as_slice(), flat.as_bytes()] {
            let seen = parse(bytes, Limits::default(), "").unwrap();
            assert_eq!(told(&seen), TOLD);
            let pages: Vec<_> = seen.layout.pages.iter().map(|page| (page.width, page.height)).collect();
            assert_eq!(pages, [(72_000, 54_000), (72_000, 54_000)]);
        }
        assert_eq!(parse(flat.as_bytes(), Limits::default(), "").unwrap().about.title.as_deref(), Some("Cassation"));
        assert_eq!(crate::media::of("a", flat.as_bytes()), Ok(crate::Kind::Odp));
    }

    #[test]
    fn lengths_are_read_in_all_units() {
        assert_eq!(
            [length("28cm"), length("10in"), length("0pt"), length("254mm")],
            [Some(79_370), Some(72_000), Some(0), Some(72_000)]
        );
        assert_eq!([length("28"), length("cm"), length("9e9pt"), length("99999in")], [None; 4]);
    }
}
