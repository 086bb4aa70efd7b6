//! Books (EPUB 2 and 3): their parts in the order in which they are read, each a page as web pages are.

use std::collections::BTreeMap;

use khronika_core::Lang;

use super::flow::Flow;
use super::html;
use super::mail::unescaped;
use super::ooxml::{keep, resolved};
use super::package::Package;
use super::xml::{Node, Ns, Xml};
use crate::rendition::{Limits, Refusal, RemarkKind, Rendition, Role, Writer};

/// Reads a book.
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let mut package = Package::open(bytes, limits)?;
    let Some((main, text)) =
        main_part(&mut package, limits).and_then(|main| package.xml(&main).map(|text| (main, text)))
    else {
        return Err(Refusal::Damaged("the part that lists its chapters is missing".to_owned()));
    };
    let protected = package.has("META-INF/rights.xml") || package.has("META-INF/license.lcpl");
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut about = Flow::new(limits);
    let book = Book::read(&text, folder, limits, &mut about);
    let mut writer = Writer::new();
    let mut full = false;
    for part in book.spine.iter().filter_map(|id| book.parts.get(id)) {
        // The list of contents says again what its chapters are called.
        if part.contents {
            continue;
        }
        let room = limits.text.saturating_sub(writer.at());
        if room == 0 || full {
            full = true;
            break;
        }
        let Some(bytes) = package.read(&part.name) else { continue };
        let mut chapter = html::parse(&bytes, Limits { text: room, ..limits })?;
        for remark in &mut chapter.remarks {
            full |= remark.kind == RemarkKind::Limit;
            remark.place.get_or_insert_with(|| part.name.clone());
        }
        for (n, part) in chapter.parts.iter_mut().enumerate() {
            match part.role {
                // The title of a chapter is none of the book.
                Role::Title => part.role = Role::Heading,
                // What a page of the web keeps beside its text is text in a book, but for the name of the page.
                Role::Boilerplate if n > 0 => part.role = Role::Body,
                _ => {}
            }
        }
        writer.append(chapter);
    }
    if full {
        writer.remark(RemarkKind::Limit, "its text is longer than the limit; the rest was left out", None);
    }
    for part in book.parts.values().filter(|part| part.picture) {
        if let Some(bytes) = package.read(&part.name) {
            about.embed(&part.name, Some(part.kind.clone()), bytes);
        }
    }
    about.about().lang = book.lang.as_deref().and_then(|lang| Lang::new(&lang.get(..2)?.to_ascii_lowercase()));
    about.remarks(package.remarks);
    let told = about.finish();
    let mut rendition = writer.finish();
    if rendition.text.trim().is_empty() && protected {
        return Err(Refusal::Locked);
    }
    rendition.about = told.about;
    rendition.embedded = told.embedded;
    rendition.remarks.extend(told.remarks);
    Ok(rendition)
}

/// The name of the part that lists the others.
fn main_part(package: &mut Package<'_>, limits: Limits) -> Option<String> {
    if let Some(text) = package.xml("META-INF/container.xml") {
        let mut xml = Xml::new(&text, limits.depth);
        while let Some(node) = xml.next() {
            let Node::Open(tag) = node else { continue };
            if let ("rootfile", Some(name)) = (tag.local(), tag.attr("full-path"))
                && package.has(&name)
            {
                return Some(name.into_owned());
            }
        }
    }
    package.names().find(|name| name.ends_with(".opf")).map(str::to_owned)
}

#[derive(Debug)]
struct Part {
    name: String,
    kind: String,
    picture: bool,
    contents: bool,
}

#[derive(Debug, Default)]
struct Book {
    parts: BTreeMap<String, Part>,
    /// The parts by their ids, in order.
    spine: Vec<String>,
    lang: Option<String>,
}

impl Book {
    fn read(text: &str, folder: &str, limits: Limits, about: &mut Flow) -> Self {
        let mut book = Self::default();
        let mut xml = Xml::new(text, limits.depth);
        while let Some(node) = xml.next() {
            let Node::Open(tag) = node else { continue };
            match (tag.ns, tag.local()) {
                (Ns::Dublin, name) => {
                    let key = format!("dc:{name}");
                    let value = xml.words();
                    if key == "dc:language" {
                        book.lang.get_or_insert_with(|| value.trim().to_owned());
                    }
                    keep(about, key, value.trim());
                }
                (_, "item") if book.parts.len() < limits.embedded => {
                    let (Some(id), Some(href)) = (tag.attr("id"), tag.attr("href")) else { continue };
                    let kind = tag.attr("media-type").unwrap_or_default().into_owned();
                    let contents =
                        tag.attr("properties").is_some_and(|words| words.split(' ').any(|word| word == "nav"));
                    let href = unescaped(href.as_bytes());
                    let name = resolved(folder, &String::from_utf8_lossy(&href));
                    let picture = kind.starts_with("image/");
                    book.parts.insert(id.into_owned(), Part { name, kind, picture, contents });
                }
                (_, "itemref") if book.spine.len() < limits.embedded => {
                    let id = tag.attr("idref").unwrap_or_default().into_owned();
                    // A part that is named twice is read once.
                    if !book.spine.contains(&id) || book.spine.len() > 2000 {
                        book.spine.push(id);
                    }
                }
                _ => {}
            }
        }
        about.remarks(xml.remarks("the list of its parts"));
        book
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::flow::told;
    use crate::format::package::tests::zip;

    fn book(manifest: &str, spine: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
        let list = format!(
            "<package xmlns=\"http://www.idpf.org/2007/opf\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><metadata><dc:title>La révision</dc:title><dc:language>fr-FR</dc:language></metadata>\
             <manifest>{manifest}</manifest><spine>{spine}</spine></package>"
        );
        let mut members: Vec<(&str, &[u8])> = vec![
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", b"<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>"),
            ("OPS/book.opf", list.as_bytes()),
        ];
        members.extend(parts);
        zip(&members)
    }

    #[test]
    fn chapters_come_in_their_order() {
        let manifest = r#"<item id="b" href="two%20of.xhtml" media-type="application/xhtml+xml"/><item id="a" href="one.xhtml" media-type="application/xhtml+xml"/>
            <item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/><item id="p" href="../p.png" media-type="image/png"/>"#;
        let spine = r#"<itemref idref="n"/><itemref idref="a"/><itemref idref="b"/><itemref idref="b"/><itemref idref="lost"/>"#;
        let bytes = book(
            manifest,
            spine,
            &[
                ("OPS/two of.xhtml", "<html><body><h1>Le droit</h1><p>Sans&nbsp;renvoi.</p></body></html>".as_bytes()),
                ("OPS/one.xhtml", "<?xml version=\"1.0\"?><html><body><h1>Les faits</h1><p>La Cour annule le 12 juillet 1906.</p></body></html>".as_bytes()),
                ("OPS/nav.xhtml", b"<html><body><nav><ol><li>Les faits</li></ol></nav></body></html>"),
                ("p.png", b"x"),
            ],
        );
        let rendition = parse(&bytes, Limits::default()).unwrap();
        insta::assert_snapshot!(told(&rendition), @r#"
        heading | Les faits
           body | La Cour annule le 12 juillet 1906.
        heading | Le droit
           body | Sans renvoi.
         inside : p.png Some("image/png") 1 bytes
        "#);
        assert_eq!((rendition.about.title.as_deref(), rendition.about.lang), (Some("La révision"), Some(Lang::FR)));
    }

    #[test]
    fn the_limit_of_text_holds_for_the_book() {
        let manifest = r#"<item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/>"#;
        let page = format!("<p>{}</p>", "La Cour annule. ".repeat(20));
        let bytes = book(
            manifest,
            r#"<itemref idref="a"/><itemref idref="b"/>"#,
            &[("OPS/a.xhtml", page.as_bytes()), ("OPS/b.xhtml", page.as_bytes())],
        );
        let rendition = parse(&bytes, Limits { text: 300, ..Limits::default() }).unwrap();
        // A page ends with the words that reach the limit.
        assert!(rendition.text.len() <= 650 && rendition.remarks.iter().any(|r| r.kind == RemarkKind::Limit));
        assert!(matches!(parse(&zip(&[("x", b"y")]), Limits::default()), Err(Refusal::Damaged(_))));
    }
}
