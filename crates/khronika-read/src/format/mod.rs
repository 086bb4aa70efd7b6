//! The parsers of formats: one file, or one folder, each. Each is a pure function of the bytes and of limits.

mod budget;
pub(crate) mod bytes;
mod docx;
mod epub;
mod flow;
mod gzip;
mod html;
pub(crate) mod inflate;
mod langs;
mod mail;
mod mailbox;
mod mhtml;
mod names;
mod number;
mod odt;
mod ooxml;
pub(crate) mod outlook;
pub(crate) mod package;
mod packed;
mod pptx;
pub mod printed;
mod rtf;
mod secured;
mod sevenz;
mod sheet;
pub(crate) mod tar;
mod warc;
mod xml;
mod zip;

use crate::media::Kind;
use crate::rendition::{Limits, Refusal, Rendition};

/// Reads documents that are more than plain text. The program gives one that does it in a process apart.
pub trait Opener: Sync {
    /// What is in a document of this kind.
    ///
    /// # Errors
    /// Why it could not be read at all.
    fn open(&self, kind: Kind, bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal>;
}

/// Reads in this very process, what this crate has parsers for: for tests, and for what already runs apart.
#[derive(Clone, Copy, Debug, Default)]
pub struct InProcess;

impl Opener for InProcess {
    fn open(&self, kind: Kind, bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
        parse(kind, bytes, limits)
    }
}

/// What is in a document of this kind.
///
/// # Errors
/// Why it could not be read at all.
pub fn parse(kind: Kind, bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    parse_with(kind, bytes, limits, "")
}

/// What is in a document of this kind that this password opens, if it is locked.
///
/// # Errors
/// Why it could not be read at all; [`Refusal::Locked`] where it needs another password, or is of a kind that none opens here.
pub fn parse_with(kind: Kind, bytes: &[u8], limits: Limits, password: &str) -> Result<Rendition, Refusal> {
    match kind {
        Kind::Docx => docx::parse(bytes, limits),
        Kind::Odt => odt::parse(bytes, limits, password),
        Kind::Rtf => rtf::parse(bytes, limits),
        Kind::Xlsx => sheet::xlsx::parse(bytes, limits),
        Kind::Ods => sheet::ods::parse(bytes, limits, password),
        Kind::Csv => sheet::csv::parse(bytes, limits),
        Kind::Pptx => pptx::parse(bytes, limits),
        Kind::Odp => odt::odp::parse(bytes, limits, password),
        Kind::Epub => epub::parse(bytes, limits),
        Kind::Html => html::parse(bytes, limits),
        Kind::Mail => mail::parse(bytes, limits),
        Kind::Mailbox => mailbox::parse(bytes, limits),
        Kind::Outlook => outlook::parse(bytes, limits),
        Kind::Mhtml => mhtml::parse(bytes, limits),
        Kind::Warc => warc::parse(bytes, limits),
        Kind::Zip => zip::parse(bytes, limits, password),
        Kind::Secured => secured::parse(bytes, limits, password),
        Kind::Tar => tar::parse(bytes, limits),
        Kind::Gzip => gzip::parse(bytes, limits),
        Kind::Bzip2 | Kind::Xz | Kind::Zstd => packed::parse(kind, bytes, limits),
        Kind::SevenZ => sevenz::parse(bytes, limits),
        _ => Err(Refusal::Unsupported(format!("a {} is not read yet", kind.what()))),
    }
}

/// Whether an old Word document is locked with a password: its main stream says so in its head, and begins a
/// sector, large or small.
#[must_use]
pub fn is_locked_word(bytes: &[u8]) -> bool {
    const SECTOR: usize = 64;
    const ENCRYPTED: u16 = 0x0100;
    let mut sectors = bytes.chunks(SECTOR).filter(|sector| sector.starts_with(b"\xEC\xA5"));
    sectors.next().and_then(|head| bytes::u16_le(head, 10)).is_some_and(|flags| flags & ENCRYPTED != 0)
}

#[cfg(test)]
mod tests {
    use khronika_core::{BlockKind, MarkKind, ProblemKind};
    use khronika_data::Dataset;

    use super::package::tests::zip;
    use crate::{ReadOptions, Reader};

    #[test]
    fn what_deceives_the_eye_is_told_whatever_the_format() {
        let words = "The c\u{43E}urt annulled the or\u{200B}der of \u{202E}1202\u{202C} March.";
        let main = format!(
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"
        );
        let docx = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", main.as_bytes())]);
        let page = format!("<!DOCTYPE html><html><body><h1>Order</h1><p>{words}</p></body></html>");
        let mail = format!(
            "Message-ID: <1@example.org>\r\nMIME-Version: 1.0\r\nFrom: a@example.org\r\nTo: b@example.org\r\nSubject: Order\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{words}\r\n"
        );
        let reader = Reader::new(&Dataset::embedded()).unwrap_or_else(|e| panic!("{e}"));
        for (name, bytes) in
            [("a.txt", words.as_bytes()), ("a.html", page.as_bytes()), ("a.docx", &docx), ("a.eml", mail.as_bytes())]
        {
            let (source, problems) =
                reader.read_bytes(name, bytes, &ReadOptions::default()).unwrap_or_else(|e| panic!("{name}: {e:?}"));
            let marks = source.layout.marks.iter().filter(|mark| mark.kind == MarkKind::Deceptive);
            let told: Vec<&str> = marks.map(|mark| mark.span.of(&source.text)).collect();
            assert_eq!(told, ["c\u{43E}urt", "\u{200B}", "\u{202E}", "\u{202C}"], "{name}");
            let strange = problems.iter().filter(|p| p.kind == ProblemKind::Suspicious).count();
            assert_eq!(strange, 3, "{name}: {problems:?}");
        }
    }

    #[test]
    fn old_word_documents_say_that_they_are_locked() {
        let head = |flags: u16| {
            let mut file = vec![0; 512];
            file.extend(b"\xEC\xA5\xC1\0\x03\x80\x15\x04\0\0");
            file.extend(flags.to_le_bytes());
            file.extend([0; 500]);
            file
        };
        assert!(super::is_locked_word(&head(0x13F0)) && !super::is_locked_word(&head(0x12F0)));
        assert!(!super::is_locked_word(b"") && !super::is_locked_word(b"\xEC\xA5"));
    }

    #[test]
    fn the_day_in_a_letterhead_is_the_letters() {
        const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
        let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="h1" Type="http://x/header" Target="header1.xml"/><Relationship Id="h2" Type="http://x/header" Target="header2.xml"/></Relationships>"#;
        let main = format!(
            "<w:document {W}><w:body><w:p><w:r><w:t>Monsieur le Préfet,</w:t></w:r></w:p><w:p><w:r><w:t>Je vous écris au sujet de votre refus.</w:t></w:r></w:p>\
             <w:sectPr><w:headerReference w:type=\"default\" r:id=\"h1\"/><w:headerReference w:type=\"first\" r:id=\"h2\"/><w:titlePg/></w:sectPr></w:body></w:document>"
        );
        let head = |words: &str| format!("<w:hdr {W}><w:p><w:r>{words}</w:r></w:p></w:hdr>");
        let usual = head("<w:t>Refus du 3 mars 2021</w:t>");
        let first = head("<w:t>Cabinet Lind</w:t><w:tab/><w:t>Lyon, le 5 mai 2021</w:t><w:tab/><w:t>Page 1</w:t>");
        let renewed = "<w:fldChar w:fldCharType=\"begin\"/><w:instrText> DATE \\@ \"d MMMM yyyy\" </w:instrText><w:fldChar w:fldCharType=\"separate\"/>\
             <w:t>30 novembre 2026</w:t><w:fldChar w:fldCharType=\"end\"/>";
        let reader = Reader::new(&Dataset::embedded()).unwrap_or_else(|e| panic!("{e}"));
        let read = |first: &str| {
            let docx = zip(&[
                ("[Content_Types].xml", b"<Types/>"),
                ("word/document.xml", main.as_bytes()),
                ("word/_rels/document.xml.rels", relations.as_bytes()),
                ("word/header1.xml", usual.as_bytes()),
                ("word/header2.xml", first.as_bytes()),
            ]);
            reader.read_bytes("a.docx", &docx, &ReadOptions::default()).unwrap_or_else(|e| panic!("{e:?}"))
        };
        let (source, problems) = read(&first);
        let told: Vec<_> = source.blocks.iter().map(|block| (block.kind, block.span.of(&source.text))).collect();
        assert_eq!(
            told,
            [
                (BlockKind::Paragraph, "Cabinet Lind"),
                (BlockKind::Paragraph, "Lyon, le 5 mai 2021"),
                (BlockKind::Furniture, "Page 1"),
                (BlockKind::Salutation, "Monsieur le Préfet,"),
                (BlockKind::Paragraph, "Je vous écris au sujet de votre refus."),
                (BlockKind::Furniture, "Refus du 3 mars 2021"),
            ]
        );
        assert_eq!(problems, []);
        // What Word puts in anew each time is no day of the letter's.
        let (source, problems) = read(&head(renewed));
        assert_eq!(source.blocks.first().map(|block| block.kind), Some(BlockKind::Furniture));
        assert!(problems.iter().any(|problem| problem.what.contains("anew")), "{problems:?}");
    }
}
