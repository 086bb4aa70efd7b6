//! PowerPoint presentations: slide by slide, each a page; its title a heading, its notes comments.

use khronika_core::{MarkKind, Page, Span};

use super::flow::{Deed, Flow, Para};
use super::ooxml::{self, Relations, Types};
use super::package::Package;
use super::xml::{Node, Ns, Xml};
use crate::rendition::{Limits, Refusal, Rendition, Role};

/// The size of a slide where none is told: 10 by 7.5 inches (hundredths of a point).
const SIZE: (i32, i32) = (72_000, 54_000);

/// Units of the format in a hundredth of a point.
const UNITS: i64 = 127;

/// Reads a presentation.
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let mut package = Package::open(bytes, limits)?;
    let root = ooxml::relations(&mut package, "", limits);
    let main = ooxml::main_part(&package, &root, &["ppt/presentation.xml"]);
    let Some((main, text)) = main.and_then(|main| package.xml(&main).map(|text| (main, text))) else {
        return Err(Refusal::Damaged("the part that lists its slides is missing".to_owned()));
    };
    let relations = ooxml::relations(&mut package, &main, limits);
    let types = Types::read(&mut package, limits);
    let mut flow = Flow::new(limits);
    ooxml::properties(&mut package, &root, &mut flow, limits);
    let mut xml = Xml::new(&text, limits.depth);
    let (mut slides, mut size) = (Vec::new(), SIZE);
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        match (tag.ns, tag.local()) {
            (Ns::P, "sldId") if slides.len() < limits.pages => {
                let slide = tag.spaced("id").and_then(|id| relations.get(id.as_ref())).filter(|r| !r.external);
                slides.extend(slide.map(|r| r.target.clone()));
            }
            (Ns::P, "sldSz") => {
                let length = |name: &str| {
                    let units = tag.attr(name).and_then(|n| n.parse::<i64>().ok()).unwrap_or(0);
                    i32::try_from((units / UNITS).clamp(0, 10_000_000)).unwrap_or(0)
                };
                size = (length("cx"), length("cy"));
            }
            _ => {}
        }
    }
    flow.remarks(xml.remarks(&main));
    let authors = authors(&mut package, &relations, limits);
    for slide in slides {
        let start = flow.at();
        let own = ooxml::relations(&mut package, &slide, limits);
        let hidden = shapes(&mut package, &slide, limits, &mut flow, None, false);
        for (kind, role) in [("diagramData", None), ("notesSlide", Some(Role::Comment)), ("comments", None)] {
            for relation in own.values().filter(|r| r.kind == kind && !r.external) {
                if kind == "comments" {
                    comments(&mut package, &relation.target, limits, &mut flow, &authors);
                } else {
                    shapes(&mut package, &relation.target, limits, &mut flow, role, hidden);
                }
            }
        }
        let end = flow.at();
        flow.pages().push(Page { span: Span::new(start, end), width: size.0, height: size.1 });
        if flow.is_full() {
            break;
        }
    }
    ooxml::inside(&mut package, &mut flow, &types, limits);
    flow.remarks(package.remarks);
    Ok(flow.finish())
}

/// What a shape is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shape {
    #[default]
    Words,
    Title,
    Foot,
    Number,
    /// The picture of the slide on its page of notes.
    Slide,
}

impl Shape {
    fn of(placeholder: &str) -> Self {
        match placeholder {
            "title" | "ctrTitle" | "subTitle" => Self::Title,
            "ftr" | "hdr" | "dt" => Self::Foot,
            "sldNum" => Self::Number,
            "sldImg" => Self::Slide,
            _ => Self::Words,
        }
    }

    const fn role(self) -> Role {
        match self {
            Self::Words | Self::Slide => Role::Body,
            Self::Title => Role::Heading,
            Self::Foot => Role::Footer,
            Self::Number => Role::PageNumber,
        }
    }
}

/// The words of the shapes of a part. Gives whether the slide is one that is not shown.
fn shapes(
    package: &mut Package<'_>,
    name: &str,
    limits: Limits,
    flow: &mut Flow,
    role: Option<Role>,
    hidden: bool,
) -> bool {
    let Some(text) = package.xml(name) else { return hidden };
    let mut xml = Xml::new(&text, limits.depth);
    let mut hidden = hidden;
    let mut shape = Shape::default();
    let mut para: Option<Para> = None;
    let rows = flow.rows();
    while let Some(node) = xml.next() {
        match node {
            Node::Open(tag) => match (tag.ns, tag.local()) {
                (Ns::P, "sld") => hidden |= tag.attr("show").is_some_and(|show| show == "0" || show == "false"),
                (Ns::P, "sp" | "graphicFrame" | "cxnSp") => shape = Shape::default(),
                (Ns::P, "ph") => shape = Shape::of(&tag.attr("type").unwrap_or_default()),
                (Ns::A, "tr") => flow.open_row(),
                (Ns::A, "tc") => flow.open_cell(),
                (Ns::A, "p") => {
                    // On pages of notes, heads and feet are those of paper.
                    let own = match role {
                        Some(role) if shape == Shape::Words => role,
                        _ => shape.role(),
                    };
                    para = Some(Para::of("", own));
                }
                (Ns::A, "br") => push(&mut para, "\n", hidden),
                (Ns::A, "tab") => push(&mut para, "\t", hidden),
                (Ns::A, "t") => {
                    let words = xml.words();
                    push(&mut para, &words, hidden);
                }
                (Ns::Mc, "Fallback") => {
                    xml.skip();
                }
                _ => {}
            },
            Node::Close(end) => match (end.ns, end.local()) {
                (Ns::A, "p") => {
                    if let Some(para) = para.take() {
                        flow.para(para);
                    }
                }
                (Ns::A, "tr") if flow.rows() > rows => flow.close_row(None),
                _ => {}
            },
            Node::Text(_) => {}
        }
        if flow.is_full() {
            break;
        }
    }
    if let Some(para) = para {
        flow.para(para);
    }
    flow.close_rows(rows);
    flow.remarks(xml.remarks(name));
    hidden
}

fn push(para: &mut Option<Para>, words: &str, hidden: bool) {
    let Some(para) = para else { return };
    let from = para.text.len();
    para.push(words);
    if hidden && !words.trim().is_empty() {
        para.mark(from, MarkKind::Hidden, &Deed::default());
    }
}

/// Who comments, by number.
fn authors(package: &mut Package<'_>, relations: &Relations, limits: Limits) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for relation in
        relations.values().filter(|r| matches!(r.kind.as_str(), "commentAuthors" | "authors") && !r.external)
    {
        let Some(text) = package.xml(&relation.target) else { continue };
        let mut xml = Xml::new(&text, limits.depth);
        while let Some(node) = xml.next() {
            let Node::Open(tag) = node else { continue };
            if matches!(tag.local(), "cmAuthor" | "author")
                && let (Some(id), Some(name), true) = (tag.attr("id"), tag.attr("name"), out.len() < 1000)
            {
                out.push((id.into_owned(), name.into_owned()));
            }
        }
    }
    out
}

/// The comments on a slide: each a part, which says itself whose it is.
fn comments(package: &mut Package<'_>, name: &str, limits: Limits, flow: &mut Flow, authors: &[(String, String)]) {
    let Some(text) = package.xml(name) else { return };
    let mut xml = Xml::new(&text, limits.depth);
    let mut deed = Deed::default();
    let mut words = String::new();
    while let Some(node) = xml.next() {
        match node {
            Node::Open(tag) => match tag.local() {
                "cm" | "reply" => {
                    write(flow, &mut words, &deed);
                    let author = tag.attr("authorId").and_then(|id| authors.iter().find(|(known, _)| *known == id));
                    let date = tag.attr("dt").or_else(|| tag.attr("created")).map(std::borrow::Cow::into_owned);
                    deed = Deed { author: author.map(|(_, name)| name.clone()), date, note: None };
                }
                "text" | "t" => {
                    let said = xml.words();
                    words.push_str(&said);
                }
                "p" if !words.is_empty() => words.push(' '),
                _ => {}
            },
            Node::Close(end) if end.local() == "cm" => write(flow, &mut words, &deed),
            _ => {}
        }
    }
    write(flow, &mut words, &deed);
    flow.remarks(xml.remarks(name));
}

fn write(flow: &mut Flow, words: &mut String, deed: &Deed) {
    let mut para = Para::of(std::mem::take(words), Role::Comment);
    para.mark(0, MarkKind::Commented, deed);
    flow.para(para);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::flow::told;
    use crate::format::package::tests::zip;

    #[test]
    fn slides_notes_and_comments() {
        let names = r#"xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
        let main = format!(
            r#"<p:presentation {names}><p:sldIdLst><p:sldId id="256" r:id="b"/><p:sldId id="257" r:id="a"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>"#
        );
        let relation = |id: &str, kind: &str, target: &str| {
            format!(r#"<Relationship Id="{id}" Type="http://x/{kind}" Target="{target}"/>"#)
        };
        let relations = |all: &[String]| {
            format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"#,
                all.concat()
            )
        };
        let list = relations(&[
            relation("a", "slide", "slides/slide1.xml"),
            relation("b", "slide", "slides/slide2.xml"),
            relation("c", "commentAuthors", "commentAuthors.xml"),
        ]);
        let own = relations(&[
            relation("n", "notesSlide", "../notesSlides/notesSlide1.xml"),
            relation("c", "comments", "../comments/comment1.xml"),
        ]);
        let shape = |kind: &str, words: &str| {
            format!(
                r#"<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"#
            )
        };
        let slide = |attribute: &str, shapes: &str| {
            format!("<p:sld {names} {attribute}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>")
        };
        let table = "<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Date</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Acte</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>";
        let first = slide(
            "",
            &format!(
                "{}{}{}{table}",
                shape("title", "Révision"),
                shape("body", "La Cour casse."),
                shape("sldNum", "2")
            ),
        );
        let second = slide("show=\"0\"", &shape("body", "À ne pas montrer"));
        let notes = format!("<p:notes {names}>{}{}</p:notes>", shape("sldImg", ""), shape("body", "Lire lentement."));
        let authors = format!("<p:cmAuthorLst {names}><p:cmAuthor id=\"0\" name=\"Mornard\"/></p:cmAuthorLst>");
        let comments = format!(
            "<p:cmLst {names}><p:cm authorId=\"0\" dt=\"1906-06-18\"><p:text>Plus court.</p:text></p:cm></p:cmLst>"
        );
        let bytes = zip(&[
            ("ppt/presentation.xml", main.as_bytes()),
            ("ppt/_rels/presentation.xml.rels", list.as_bytes()),
            ("ppt/slides/slide1.xml", first.as_bytes()),
            ("ppt/slides/slide2.xml", second.as_bytes()),
            ("ppt/slides/_rels/slide1.xml.rels", own.as_bytes()),
            ("ppt/notesSlides/notesSlide1.xml", notes.as_bytes()),
            ("ppt/comments/comment1.xml", comments.as_bytes()),
            ("ppt/commentAuthors.xml", authors.as_bytes()),
        ]);
        let rendition = parse(&bytes, Limits::default()).unwrap();
        insta::assert_snapshot!(told(&rendition), @"
              body | À ne pas montrer
           heading | Révision
              body | La Cour casse.
        page-number | 2
         table-row | Date⇥Acte
           comment | Lire lentement.
           comment | Plus court.
            hidden : À ne pas montrer ()
         commented : Plus court. (Mornard; 1906-06-18)
            remark : Strange words in it are hidden from whoever opens it; passages of them: 1; the first: “À ne pas montrer” None
        ");
        let pages: Vec<_> = rendition
            .layout
            .pages
            .iter()
            .map(|page| (page.span.of(&rendition.text).lines().next(), page.width))
            .collect();
        assert_eq!(pages, [(Some("À ne pas montrer"), 72_000), (Some("Révision"), 72_000)]);
    }
}
