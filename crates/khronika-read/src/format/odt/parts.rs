//! The parts of an OpenDocument: members of a package, or all of them in one file of XML ("flat").

use super::lock::Keys;
use crate::format::flow::Flow;
use crate::format::ooxml;
use crate::format::package::Package;
use crate::format::xml::{self, Node, Ns, Xml};
use crate::rendition::{Limits, Refusal, RemarkKind};

/// The part with the text.
const TEXT: &str = "content.xml";

/// The parts that are read of every document.
pub(in crate::format) struct Parts<'a> {
    package: Option<Package<'a>>,
    /// Its text; of a flat document, everything.
    pub text: String,
    /// What stands on every page, and the styles by name; empty for a flat document.
    styles: String,
    limits: Limits,
}

impl<'a> Parts<'a> {
    /// Opens a document, and tells what it says of itself.
    pub fn open(bytes: &'a [u8], limits: Limits, password: &str, flow: &mut Flow) -> Result<Self, Refusal> {
        // XML begins with a bracket, after white space or the mark of its byte order; a package never does.
        if matches!(bytes.first(), Some(b'<' | b' ' | b'\t' | b'\n' | b'\r' | 0 | 0xEF | 0xFE | 0xFF)) {
            return Ok(Self::flat(bytes, limits, flow));
        }
        let mut package = Package::open(bytes, limits)?;
        unlock(&mut package, limits, password)?;
        let Some(text) = package.xml(TEXT) else {
            return Err(Refusal::Damaged("the part with its text is missing".to_owned()));
        };
        let styles = package.xml("styles.xml").unwrap_or_default();
        if let Some(meta) = package.xml("meta.xml") {
            let mut xml = Xml::new(&meta, limits.depth);
            about(&mut xml, flow);
            flow.remarks(xml.remarks("meta.xml"));
        }
        Ok(Self { package: Some(package), text, styles, limits })
    }

    fn flat(bytes: &[u8], limits: Limits, flow: &mut Flow) -> Self {
        let (text, whole) = xml::decode(bytes.to_vec());
        if !whole {
            flow.remark(RemarkKind::Damaged, "bytes that its encoding does not have; each stands as U+FFFD", None);
        }
        about(&mut Xml::new(&text, limits.depth), flow);
        if memchr::memmem::find(text.as_bytes(), b":source-code").is_some() {
            flow.remark(RemarkKind::Strange, "it holds macros, which were not run", None);
        }
        Self { package: None, text, styles: String::new(), limits }
    }

    /// The XML that holds the text.
    pub fn xml(&self) -> Xml<'_> {
        Xml::new(&self.text, self.limits.depth)
    }

    /// The XML with the styles that have names and the styles of pages.
    pub fn pages(&self) -> Xml<'_> {
        Xml::new(if self.package.is_some() { &self.styles } else { &self.text }, self.limits.depth)
    }

    /// Whether the styles stand in a part of their own.
    pub fn has_styles(&self) -> bool {
        !self.styles.is_empty()
    }

    /// The name of the part with the text.
    pub const fn name(&self) -> &'static str {
        if self.package.is_some() { TEXT } else { "the document" }
    }

    /// Keeps the pictures and documents inside, and says what could run and what was odd.
    pub fn finish(self, flow: &mut Flow) {
        if let Some(mut package) = self.package {
            inside(&mut package, flow);
            flow.remarks(package.remarks);
        }
    }
}

/// Opens a document that is locked; refuses it where that takes another password, or is not done here.
fn unlock(package: &mut Package<'_>, limits: Limits, password: &str) -> Result<(), Refusal> {
    let Some(text) = package.xml("META-INF/manifest.xml") else { return Ok(()) };
    let Some(keys) = Keys::told(&text, limits, password) else { return Ok(()) };
    if !keys.are_known() {
        return Err(Refusal::Unsupported("it is locked in a way that is not opened here".to_owned()));
    }
    if password.is_empty() || !package.unlock(keys, TEXT) {
        return Err(Refusal::Locked);
    }
    Ok(())
}

/// What the document says of itself.
fn about(xml: &mut Xml<'_>, flow: &mut Flow) {
    while let Some(node) = xml.next() {
        let tag = match node {
            Node::Open(tag) => tag,
            Node::Close(end) if end.ns == Ns::Office && end.local() == "meta" => return,
            _ => continue,
        };
        let key = match (tag.ns, tag.local()) {
            (Ns::Dublin, name) => format!("dc:{name}"),
            (Ns::Office, "user-defined") => tag.attr("name").unwrap_or_default().into_owned(),
            (Ns::Office, "document-meta" | "document" | "meta" | "document-statistic" | "template") => continue,
            // A flat document without a word on itself.
            (Ns::Office, "body" | "styles" | "settings" | "scripts" | "font-face-decls" | "automatic-styles") => return,
            (Ns::Office, name) => format!("meta:{name}"),
            _ => continue,
        };
        let value = xml.words();
        ooxml::keep(flow, key, value.trim());
    }
}

/// Keeps the pictures and documents inside, and says what could run.
fn inside(package: &mut Package<'_>, flow: &mut Flow) {
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
