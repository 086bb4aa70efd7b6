//! PDF documents made by hand.

#![allow(
    dead_code,
    clippy::expect_used,
    reason = "each test file uses its own part of it, and fails where it expects wrongly"
)]

use khronika_read::Kind;
use khronika_read::rendition::{Limits, Rendition};

/// A document in the making.
#[derive(Default)]
pub struct Doc {
    pages: Vec<String>,
    contents: Vec<Vec<u8>>,
    /// Entries of the catalog.
    pub catalog: String,
    /// Entries of the document's information.
    pub info: String,
    /// Further objects, the first of which is number 100.
    pub objects: Vec<Vec<u8>>,
}

/// The fonts: Courier (whose letters are all as wide), Helvetica and its bold, Times.
const FONTS: [(&str, &str); 4] = [("C", "Courier"), ("H", "Helvetica"), ("B", "Helvetica-Bold"), ("T", "Times-Roman")];

impl Doc {
    pub fn new() -> Self {
        Self::default()
    }

    /// A page of A4.
    pub fn page(self, content: &str) -> Self {
        self.page_with("", content)
    }

    /// A page with entries of its own.
    pub fn page_with(mut self, entries: &str, content: &str) -> Self {
        let size = if entries.contains("/MediaBox") { "" } else { "/MediaBox [0 0 595 842] " };
        self.pages.push(format!("{size}{entries}"));
        self.contents.push(latin(content));
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut objects: Vec<(usize, Vec<u8>)> = Vec::new();
        let kids: String = (0..self.pages.len()).map(|n| format!("{} 0 R ", 10 + n * 2)).collect();
        objects.push((1, format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog).into_bytes()));
        objects.push((2, format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages.len()).into_bytes()));
        let fonts: String = FONTS
            .iter()
            .map(|(name, base)| {
                format!("/{name} << /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >> ")
            })
            .collect();
        let own: String = (0..self.objects.len()).map(|n| format!("/X{n} {} 0 R ", 100 + n)).collect();
        objects.push((3, format!("<< /Font << {fonts} >> /XObject << {own} >> >>").into_bytes()));
        objects.push((4, format!("<< {} >>", self.info).into_bytes()));
        for (n, (page, content)) in self.pages.iter().zip(&self.contents).enumerate() {
            let number = 10 + n * 2;
            let own = if page.contains("/Contents") { String::new() } else { format!("/Contents {} 0 R", number + 1) };
            let page = format!("<< /Type /Page /Parent 2 0 R /Resources 3 0 R {own} {page} >>");
            objects.push((number, page.into_bytes()));
            objects.push((number + 1, stream("", content)));
        }
        objects.extend(self.objects.iter().cloned().enumerate().map(|(n, object)| (100 + n, object)));
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (number, object) in &objects {
            places.push((*number, out.len()));
            out.extend(format!("{number} 0 obj\n").into_bytes());
            out.extend(object);
            out.extend(b"\nendobj\n");
        }
        let start = out.len();
        out.extend(b"xref\n0 1\n0000000000 65535 f \n");
        for (number, place) in places {
            out.extend(format!("{number} 1\n{place:010} 00000 n \n").into_bytes());
        }
        let trailer = format!("trailer\n<< /Size 1000 /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n");
        out.extend(trailer.into_bytes());
        out
    }

    pub fn read(&self) -> Rendition {
        let seen = khronika_pdf::parse(Kind::Pdf, &self.bytes(), Limits::default()).expect("it is read");
        assert_eq!(seen.check(), Ok(()));
        seen
    }
}

/// A stream object.
pub fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<< /Length {} {entries} >>\nstream\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream");
    out
}

/// Characters as WinAnsi has them.
fn latin(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            '–' => 0x96,
            '—' => 0x97,
            '’' => 0x92,
            '•' => 0x95,
            c => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        })
        .collect()
}

/// Words at a place, from the lower left corner.
pub fn text(font: &str, size: f32, x: f32, y: f32, words: &str) -> String {
    let words = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    format!("BT /{font} {size} Tf {x} {y} Td ({words}) Tj ET\n")
}

/// Lines below each other.
pub fn lines(font: &str, size: f32, x: f32, y: f32, step: f32, lines: &[&str]) -> String {
    lines.iter().enumerate().map(|(n, line)| text(font, size, x, y - step * n as f32, line)).collect()
}

/// `role | text` for each part, then the marks and the remarks.
pub fn told(seen: &Rendition) -> String {
    let mut out = String::new();
    for part in &seen.parts {
        let words = part.span.of(&seen.text).replace('\n', "⏎").replace('\t', "⇥");
        out.push_str(&format!("{} | {words}\n", part.role.name()));
    }
    for mark in &seen.layout.marks {
        let words = mark.span.of(&seen.text).replace('\n', "⏎");
        let note = mark.note.as_deref().map(|note| format!(" ({note})")).unwrap_or_default();
        out.push_str(&format!("{}: {words}{note}\n", mark.kind.name()));
    }
    for remark in &seen.remarks {
        let place = remark.place.as_deref().map(|place| format!(" [{place}]")).unwrap_or_default();
        out.push_str(&format!("{:?}: {}{place}\n", remark.kind, remark.what));
    }
    out
}
