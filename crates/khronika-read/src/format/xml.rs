//! XML as a stream of elements and words, bounded: nothing is expanded but characters, nothing outside is looked at.

use std::borrow::Cow;

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::reader::Reader;

use crate::rendition::{Remark, RemarkKind};

/// More names of namespaces than this are not kept at once; documents have some thirty.
const MOST_SCOPES: usize = 200;

/// The namespaces that documents are read by, strict and transitional ones alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ns {
    /// WordprocessingML.
    W,
    /// DrawingML.
    A,
    /// PresentationML.
    P,
    /// SpreadsheetML.
    S,
    /// Markup compatibility.
    Mc,
    /// Mathematics of office documents.
    M,
    /// The properties of office documents.
    Properties,
    /// Dublin Core.
    Dublin,
    /// OpenDocument: office, meta, manifest, number formats.
    Office,
    /// OpenDocument: text.
    Text,
    /// OpenDocument: tables.
    Table,
    /// OpenDocument: styles.
    Style,
    /// OpenDocument: drawings and presentations.
    Draw,
    /// Any other.
    Other,
}

/// Beginnings of the names of namespaces (ECMA-376, ISO/IEC 29500 strict, ISO/IEC 26300, EPUB 3).
const NAMES: &[(&str, Ns)] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", Ns::W),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", Ns::W),
    ("http://schemas.microsoft.com/office/word/2003/wordml", Ns::W),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", Ns::A),
    ("http://purl.oclc.org/ooxml/drawingml/main", Ns::A),
    ("http://schemas.openxmlformats.org/presentationml/2006/main", Ns::P),
    ("http://purl.oclc.org/ooxml/presentationml/main", Ns::P),
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", Ns::S),
    ("http://purl.oclc.org/ooxml/spreadsheetml/main", Ns::S),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", Ns::Mc),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", Ns::M),
    ("http://purl.oclc.org/ooxml/officeDocument/math", Ns::M),
    ("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", Ns::Properties),
    ("http://schemas.openxmlformats.org/officeDocument/2006/custom-properties", Ns::Properties),
    ("http://schemas.openxmlformats.org/officeDocument/2006/extended-properties", Ns::Properties),
    ("http://purl.oclc.org/ooxml/officeDocument/customProperties", Ns::Properties),
    ("http://purl.oclc.org/ooxml/officeDocument/extendedProperties", Ns::Properties),
    ("http://purl.org/dc/elements/1.1/", Ns::Dublin),
    ("http://purl.org/dc/terms/", Ns::Dublin),
    ("urn:oasis:names:tc:opendocument:xmlns:office:", Ns::Office),
    ("urn:oasis:names:tc:opendocument:xmlns:meta:", Ns::Office),
    ("urn:oasis:names:tc:opendocument:xmlns:manifest:", Ns::Office),
    ("urn:oasis:names:tc:opendocument:xmlns:text:", Ns::Text),
    ("urn:oasis:names:tc:opendocument:xmlns:table:", Ns::Table),
    ("urn:oasis:names:tc:opendocument:xmlns:style:", Ns::Style),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:", Ns::Draw),
    ("urn:oasis:names:tc:opendocument:xmlns:presentation:", Ns::Draw),
];

/// The longest value of an attribute (bytes); what is longer is cut. One value may be taken for many paragraphs.
const LONGEST_VALUE: usize = 4096;

/// What comes next.
#[derive(Debug)]
pub(crate) enum Node<'a> {
    /// An element begins.
    Open(Tag<'a>),
    /// An element ends.
    Close(End<'a>),
    /// Words.
    Text(Cow<'a, str>),
}

/// The beginning of an element.
#[derive(Debug)]
pub(crate) struct Tag<'a> {
    start: BytesStart<'a>,
    pub ns: Ns,
}

/// The end of an element.
#[derive(Debug)]
pub(crate) struct End<'a> {
    end: BytesEnd<'a>,
    pub ns: Ns,
}

impl Tag<'_> {
    /// Its name without the namespace.
    pub fn local(&self) -> &str {
        local(self.start.name().into_inner())
    }

    /// The value of its first attribute of this name, whatever the namespace; at most [`LONGEST_VALUE`] bytes of it.
    pub fn attr(&self, name: &str) -> Option<Cow<'_, str>> {
        self.find(|key| local(key) == name)
    }

    /// The value of its first attribute of this name that has a namespace of its own.
    pub fn spaced(&self, name: &str) -> Option<Cow<'_, str>> {
        self.find(|key| key.contains(':') && local(key) == name)
    }

    fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<Cow<'_, str>> {
        let (_, raw) = Attributes(self.start.attributes_raw()).find(|(key, _)| wanted(key))?;
        let whole = value(raw);
        if whole.len() <= LONGEST_VALUE {
            return Some(whole);
        }
        whole.get(..whole.floor_char_boundary(LONGEST_VALUE)).map(|cut| Cow::Owned(cut.to_owned()))
    }

    /// A property that is on unless it says otherwise: `<w:vanish/>`.
    pub fn is_on(&self) -> bool {
        !matches!(self.attr("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// The attributes of an element, their values as they stand: `a="1" b='2'`. What is no attribute ends them.
struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.0.as_bytes();
        let equals = memchr::memchr(b'=', bytes)?;
        let key = self.0.get(..equals)?.trim();
        let quote = equals + 1 + bytes.get(equals + 1..)?.iter().position(|b| !b.is_ascii_whitespace())?;
        let mark = *bytes.get(quote).filter(|b| matches!(b, b'"' | b'\''))?;
        let length = memchr::memchr(mark, bytes.get(quote + 1..)?)?;
        let value = self.0.get(quote + 1..quote + 1 + length)?;
        self.0 = self.0.get(quote + length + 2..).unwrap_or_default();
        Some((key, value))
    }
}

impl End<'_> {
    /// Its name without the namespace.
    pub fn local(&self) -> &str {
        local(self.end.name().into_inner())
    }
}

fn local(name: &str) -> &str {
    memchr::memchr(b':', name.as_bytes()).and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

/// An attribute's value, its characters put in; what is no character is left as it stands.
fn value(raw: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match after.split_once(';').map(|(name, after)| (character(name), after)) {
            Some((Some(c), after)) => {
                out.push(c);
                rest = after;
            }
            _ => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that `&name;` stands for: the five of XML, and numbers.
fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            let c = char::from_u32(code).unwrap_or('\u{FFFD}');
            Some(if c.is_control() && !matches!(c, '\t' | '\n' | '\r') { '\u{FFFD}' } else { c })
        }
    }
}

/// Reads XML.
pub(crate) struct Xml<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// The names of namespaces, with the depth at which they were given.
    scopes: Vec<(String, Ns, usize)>,
    /// The name looked up last.
    last: Option<(String, Ns)>,
    depth: usize,
    limit: usize,
    flaws: Flaws,
    over: bool,
    /// Finds what declares the name of a namespace.
    declares: memchr::memmem::Finder<'static>,
}

/// What was odd.
#[derive(Clone, Copy, Default)]
struct Flaws {
    dtd: bool,
    entity: bool,
    deep: bool,
    broken: bool,
}

impl<'a> Xml<'a> {
    /// Elements deeper than `depth` are left out.
    pub fn new(text: &'a str, depth: usize) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let (scopes, flaws) = (Vec::new(), Flaws::default());
        Self {
            text,
            reader,
            scopes,
            last: None,
            depth: 0,
            limit: depth,
            flaws,
            over: false,
            declares: memchr::memmem::Finder::new("xmlns"),
        }
    }

    /// Passes over what is in the element that was opened last, as [`Self::skip`] does, and gives it to be read later.
    pub fn later(&mut self) -> Self {
        let scopes = self.scopes.iter().map(|(prefix, ns, _)| (prefix.clone(), *ns, 0)).collect();
        let limit = self.limit.saturating_sub(self.depth);
        let (from, to) = self.skip();
        Self { scopes, ..Self::new(self.text.get(from..to).unwrap_or_default(), limit) }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The next element or words; `None` at the end, and where the document is broken.
    pub fn next(&mut self) -> Option<Node<'a>> {
        while !self.over {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(_) => {
                    self.flaws.broken = true;
                    self.over = true;
                    return None;
                }
            };
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > self.limit {
                        self.flaws.deep = true;
                        continue;
                    }
                    if self.declares.find(start.attributes_raw().as_bytes()).is_some() {
                        self.declare(&start);
                    }
                    let ns = self.namespace(start.name().into_inner());
                    return Some(Node::Open(Tag { start, ns }));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth >= self.limit {
                        continue;
                    }
                    let ns = self.namespace(end.name().into_inner());
                    while self.scopes.pop_if(|(_, _, depth)| *depth > self.depth).is_some() {
                        self.last = None;
                    }
                    return Some(Node::Close(End { end, ns }));
                }
                Event::Text(text) if self.depth <= self.limit => {
                    let text = text.into_inner();
                    let text =
                        if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text };
                    return Some(Node::Text(text));
                }
                Event::CData(text) if self.depth <= self.limit => return Some(Node::Text(text.into_inner())),
                Event::GeneralRef(name) if self.depth <= self.limit => {
                    let name = name.into_inner();
                    return Some(Node::Text(match character(&name) {
                        Some(c) => c.to_string().into(),
                        None => {
                            self.flaws.entity = true;
                            format!("&{name};").into()
                        }
                    }));
                }
                Event::DocType(_) => self.flaws.dtd = true,
                Event::Eof => {
                    self.over = true;
                    self.flaws.broken |= self.depth > 0;
                }
                _ => {}
            }
        }
        None
    }

    /// Passes over what is in the element that was opened last, and its end. Gives where its content stands in the text.
    pub fn skip(&mut self) -> (usize, usize) {
        let (from, outside) = (self.position(), self.depth.saturating_sub(1));
        let mut to = from;
        while self.depth > outside && self.next().is_some() {
            if self.depth > outside {
                to = self.position();
            }
        }
        (from, to.max(from))
    }

    /// The words in the element that was opened last, and of all in it; its end is passed.
    pub fn words(&mut self) -> String {
        let outside = self.depth.saturating_sub(1);
        let mut out = String::new();
        while self.depth > outside {
            match self.next() {
                Some(Node::Text(text)) => out.push_str(&text),
                Some(_) => {}
                None => break,
            }
        }
        out
    }

    /// Goes through the elements in the one that was opened last, its own at depth 0, and passes its end.
    pub fn inside(&mut self, mut each: impl FnMut(&Tag<'a>, usize)) {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            match self.next() {
                Some(Node::Open(tag)) => each(&tag, self.depth.saturating_sub(outside + 2)),
                Some(_) => {}
                None => break,
            }
        }
    }

    /// What was odd about it.
    pub fn remarks(&self, place: &str) -> Vec<Remark> {
        let remark = |kind, what: &str| Remark { kind, what: what.to_owned(), place: Some(place.to_owned()) };
        let Flaws { dtd, entity, deep, broken } = self.flaws;
        [
            dtd.then(|| {
                remark(RemarkKind::Strange, "it declares a document type, which no such document needs; it was ignored")
            }),
            entity.then(|| {
                remark(RemarkKind::Damaged, "it uses names of characters that are not known; they stand as they are")
            }),
            deep.then(|| {
                remark(RemarkKind::Limit, "its elements are nested too deep; what is in the deepest was left out")
            }),
            broken.then(|| remark(RemarkKind::Damaged, "it is broken; what comes after the break was not read")),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }

    fn declare(&mut self, start: &BytesStart<'_>) {
        for (key, name) in Attributes(start.attributes_raw()) {
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            if self.scopes.len() >= MOST_SCOPES {
                return;
            }
            let ns = NAMES.iter().find(|(known, _)| name.starts_with(known)).map_or(Ns::Other, |(_, ns)| *ns);
            self.scopes.push((prefix.to_owned(), ns, self.depth));
            self.last = None;
        }
    }

    fn namespace(&mut self, name: &str) -> Ns {
        let prefix = memchr::memchr(b':', name.as_bytes()).and_then(|at| name.get(..at)).unwrap_or_default();
        if let Some((last, ns)) = &self.last
            && last == prefix
        {
            return *ns;
        }
        let found = self.scopes.iter().rev().find(|(known, _, _)| known == prefix);
        let ns = found.map_or(Ns::Other, |(_, ns, _)| *ns);
        self.last = Some((prefix.to_owned(), ns));
        ns
    }
}

/// The bytes of XML as text, in the encoding that they declare; and whether every byte of them was a character of it.
pub(crate) fn decode(bytes: Vec<u8>) -> (String, bool) {
    let utf16 = match bytes.get(..4).unwrap_or_default() {
        [0xFF, 0xFE, ..] | [b'<', 0, _, 0] => Some(encoding_rs::UTF_16LE),
        [0xFE, 0xFF, ..] | [0, b'<', 0, _] => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = utf16.or_else(|| declared(&bytes)) {
        let (text, _, broken) = encoding.decode(&bytes);
        return (text.into_owned(), !broken);
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{FEFF}') {
                text.remove(0);
            }
            (text, true)
        }
        Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), false),
    }
}

/// What `<?xml … encoding="…"?>` says, unless it is UTF-8 or cannot be.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.get(..bytes.len().min(200))?;
    let declaration = head.strip_prefix(b"<?xml")?;
    let declaration = declaration.get(..memchr::memmem::find(declaration, b"?>")?)?;
    let rest = declaration.get(memchr::memmem::find(declaration, b"encoding")? + 8..)?;
    let quote = rest.iter().position(|b| matches!(b, b'"' | b'\''))?;
    let rest = rest.get(quote + 1..)?;
    let label = rest.get(..rest.iter().position(|b| matches!(b, b'"' | b'\''))?)?;
    let encoding = encoding_rs::Encoding::for_label(label)?;
    // The declaration was read as ASCII: it is in none of these.
    (encoding != encoding_rs::UTF_8 && encoding != encoding_rs::UTF_16LE && encoding != encoding_rs::UTF_16BE)
        .then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (String, Vec<RemarkKind>) {
        let mut xml = Xml::new(text, 20);
        let mut out = String::new();
        while let Some(node) = xml.next() {
            match node {
                Node::Open(tag) => out.push_str(&format!("<{:?}:{}>", tag.ns, tag.local())),
                Node::Close(end) => out.push_str(&format!("</{}>", end.local())),
                Node::Text(text) => out.push_str(&text),
            }
        }
        (out, xml.remarks("x").into_iter().map(|r| r.kind).collect())
    }

    #[test]
    fn names_are_told_by_their_namespace_and_not_by_their_prefix() {
        let (text, remarks) = told(
            "<x:d xmlns:x='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><p/><x:p xmlns=''>a&amp;b&#x451;&lt;</x:p>\
             <x xmlns='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><y/></x><y/></x:d>",
        );
        assert_eq!(text, "<W:d><Other:p></p><W:p>a&bё<</p><Text:x><Text:y></y></x><Other:y></y></d>");
        assert_eq!(remarks, []);
    }

    #[test]
    fn nothing_is_expanded_and_nothing_is_fetched() {
        let laughs = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]><d>1 &b; 2 &f;</d>";
        assert_eq!(
            told(laughs),
            ("<Other:d>1 &b; 2 &f;</d>".to_owned(), vec![RemarkKind::Strange, RemarkKind::Damaged])
        );
    }

    #[test]
    fn depth_is_bounded_and_breaks_are_told() {
        let deep = format!("<d>a{}x{}b</d>", "<i>".repeat(1000), "</i>".repeat(1000));
        let (text, remarks) = told(&deep);
        assert!(text.starts_with("<Other:d>a<Other:i>") && text.ends_with("b</d>") && !text.contains('x'));
        assert_eq!(remarks, [RemarkKind::Limit]);
        assert_eq!(told("<d>a<b>c</d>e").1, [RemarkKind::Damaged]);
        assert_eq!(told("<d>a").0, "<Other:d>a");
        assert_eq!(told("<d>a").1, [RemarkKind::Damaged]);
    }

    #[test]
    fn what_is_passed_over_can_be_read_later() {
        let text = "<w:a xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:b>x<w:c/></w:b><w:d/></w:a>";
        let mut xml = Xml::new(text, 20);
        xml.next();
        xml.next();
        let mut piece = xml.later();
        assert_eq!(piece.text, "x<w:c/>");
        piece.next();
        assert!(matches!(piece.next(), Some(Node::Open(tag)) if tag.ns == Ns::W && tag.local() == "c"));
        assert!(matches!(xml.next(), Some(Node::Open(tag)) if tag.local() == "d"));
    }

    #[test]
    fn encodings() {
        let utf16: Vec<u8> = "\u{FEFF}<а/>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(utf16), ("<а/>".to_owned(), true));
        assert_eq!(
            decode(b"<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>\xE4\xE0</a>".to_vec()).0,
            "<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>да</a>"
        );
        assert_eq!(decode(b"\xEF\xBB\xBF<a/>".to_vec()), ("<a/>".to_owned(), true));
        assert!(!decode(b"<a>\xFF</a>".to_vec()).1);
    }
}
