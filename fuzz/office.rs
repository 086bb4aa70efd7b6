//! What the fuzz targets of office documents do with their bytes. Apart from `bodies.rs`, so that they are built and run without the
//! rest of the program: by the targets here, by the test `crates/khronika-read/tests/office.rs` and by the benchmark of the same name.
//!
//! A body may not panic, whatever the bytes are; what was read must hold together and keep to its limits.

use khronika_read::Kind;
use khronika_read::format::parse_with;
use khronika_read::rendition::Limits;

/// A body: what a target does with bytes.
pub type Body = fn(&[u8]);

/// The targets by name.
pub const ALL: [(&str, Body); 5] =
    [("read_docx", docx), ("read_odt", odt), ("read_rtf", rtf), ("read_sheet", sheet), ("read_slides", slides)];

/// Small, so that they are reached.
const LIMITS: Limits = Limits {
    text: 20_000,
    embedded: 50,
    unpacked: 2_000_000,
    depth: 64,
    pages: 10,
    first_picture: 0,
    all_pictures: false,
};

/// Bytes are a Word document, or the main part of one.
pub fn docx(bytes: &[u8]) {
    read(Kind::Docx, bytes);
    for part in
        ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/comments.xml"]
    {
        read(
            Kind::Docx,
            &package(&[("word/_rels/document.xml.rels", RELATIONS), ("word/document.xml", DOCUMENT), (part, bytes)]),
        );
    }
}

/// Bytes are an OpenDocument text, locked or not, a part of one, or a flat one.
pub fn odt(bytes: &[u8]) {
    read(Kind::Odt, bytes);
    told(Kind::Odt, bytes, "open sesame");
    read(Kind::Odt, &package(&[("content.xml", bytes), ("styles.xml", bytes)]));
    read(Kind::Odt, &[b"<", bytes].concat());
}

/// Bytes are an RTF document.
pub fn rtf(bytes: &[u8]) {
    read(Kind::Rtf, bytes);
    read(Kind::Rtf, &[b"{\\rtf1 ", bytes].concat());
}

/// Bytes are a table, or a part of one.
pub fn sheet(bytes: &[u8]) {
    read(Kind::Csv, bytes);
    read(Kind::Xlsx, bytes);
    read(Kind::Ods, bytes);
    read(Kind::Ods, &package(&[("content.xml", bytes)]));
    read(Kind::Ods, &[b"<", bytes].concat());
    read(
        Kind::Xlsx,
        &package(&[("xl/workbook.xml", WORKBOOK), ("xl/_rels/workbook.xml.rels", RELATIONS), ("xl/sheet.xml", bytes)]),
    );
}

/// Bytes are slides or a book.
pub fn slides(bytes: &[u8]) {
    read(Kind::Pptx, bytes);
    read(Kind::Odp, bytes);
    read(Kind::Odp, &package(&[("content.xml", bytes), ("styles.xml", bytes)]));
    read(Kind::Odp, &[b"<", bytes].concat());
    read(Kind::Epub, bytes);
}

fn read(kind: Kind, bytes: &[u8]) {
    told(kind, bytes, "");
}

fn told(kind: Kind, bytes: &[u8], password: &str) {
    let Ok(seen) = parse_with(kind, bytes, LIMITS, password) else { return };
    assert_eq!(seen.check(), Ok(()), "{kind:?}");
    // The pages of a book end with the words that reach the limit.
    let over = if kind == Kind::Epub { bytes.len() * 3 } else { 0 };
    assert!(seen.text.len() <= LIMITS.text + over, "{kind:?}: no more text than may be");
    assert!(seen.embedded.len() <= LIMITS.embedded, "{kind:?}: no more documents inside than may be");
    let inside: u64 = seen.embedded.iter().map(|inside| inside.bytes.len() as u64).sum();
    assert!(inside <= LIMITS.unpacked, "{kind:?}: no more bytes inside than may be");
}

const RELATIONS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="x/styles" Target="styles.xml"/>
<Relationship Id="n" Type="x/numbering" Target="numbering.xml"/><Relationship Id="f" Type="x/footnotes" Target="footnotes.xml"/><Relationship Id="c" Type="x/comments" Target="comments.xml"/>
<Relationship Id="w" Type="x/worksheet" Target="sheet.xml"/></Relationships>"#;

const DOCUMENT: &[u8] = br#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>
<w:commentRangeStart w:id="0"/><w:r><w:t>Ordre</w:t><w:footnoteReference w:id="1"/></w:r><w:commentRangeEnd w:id="0"/></w:p></w:body></w:document>"#;

const WORKBOOK: &[u8] = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="w"/></sheets></workbook>"#;

/// A ZIP package of these members, as they are; checksums are not kept, which readers say and do not mind.
pub fn package(members: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    let four = |n: usize| u32::try_from(n).unwrap_or(0).to_le_bytes();
    let two = |n: usize| u16::try_from(n).unwrap_or(0).to_le_bytes();
    for (name, bytes) in members {
        let fields = [
            &[10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
            &four(bytes.len()),
            &four(bytes.len()),
            &two(name.len()),
            &[0, 0],
        ]
        .concat();
        list.extend([b"PK\x01\x02\x0A\0", fields.as_slice(), &[0; 10], &four(out.len()), name.as_bytes()].concat());
        out.extend([b"PK\x03\x04", fields.as_slice(), name.as_bytes(), bytes].concat());
    }
    let from = out.len();
    out.extend(&list);
    out.extend(
        [b"PK\x05\x06\0\0\0\0", &two(members.len())[..], &two(members.len()), &four(list.len()), &four(from), &[0, 0]]
            .concat(),
    );
    out
}
