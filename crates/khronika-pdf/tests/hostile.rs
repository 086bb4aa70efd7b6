//! Whatever the bytes are: no panic, and places that fit the text.

mod common;

use common::{Doc, lines, stream, text};
use khronika_read::Kind;
use khronika_read::rendition::Limits;
use proptest::prelude::*;

fn document() -> Vec<u8> {
    let mut doc = Doc::new()
        .page(
            &(lines("C", 10.0, 60.0, 720.0, 12.0, &["One line of words", "and another that goes", "on here."])
                + &text("H", 8.0, 60.0, 40.0, "1")),
        )
        .page("q 100 0 0 100 50 50 cm /X0 Do Q BT /T 12 Tf 0 1 -1 0 300 300 Tm [(A) -200 (word)] TJ ET");
    doc.catalog = "/Outlines 101 0 R".to_owned();
    let entries = "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8";
    doc.objects = vec![stream(entries, &[0, 255, 0, 255]), b"<< /First << /Title (x) >> >>".to_vec()];
    doc.bytes()
}

fn survives(kind: Kind, bytes: &[u8]) {
    let limits = Limits { text: 100_000, unpacked: 8 << 20, pages: 20, ..Limits::default() };
    if let Ok(seen) = khronika_pdf::parse(kind, bytes, limits) {
        assert_eq!(seen.check(), Ok(()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_cut_document_is_read_or_refused(at in 0.0..1.0_f64) {
        let bytes = document();
        let end = (bytes.len() as f64 * at) as usize;
        survives(Kind::Pdf, &bytes[..end]);
    }

    #[test]
    fn a_document_with_wrong_bytes_is_read_or_refused(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = document();
        for (index, byte) in flips {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        survives(Kind::Pdf, &bytes);
    }

    #[test]
    fn any_content_of_a_page_is_read(content in "([0-9. -]{0,12} (Tf|Td|Tm|cm|Tj|TJ|re|f|W n|q|Q|BT|ET|Tr|Do|g|gs|BDC|EMC|Tz|TL|T\\*) |/[CHTX0] |\\(.{0,8}\\) |\\[.{0,6}\\] ){0,40}") {
        survives(Kind::Pdf, &Doc::new().page(&content).bytes());
    }

    #[test]
    fn any_picture_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), kind in 0..3_usize) {
        let (kind, head): (Kind, &[u8]) =
            [(Kind::Png, b"\x89PNG\r\n\x1A\n".as_slice()), (Kind::Jpeg, b"\xFF\xD8\xFF\xE0".as_slice()), (Kind::Tiff, b"II*\0\x08\0\0\0".as_slice())][kind];
        survives(kind, &[head, &bytes].concat());
    }
}

#[test]
fn forms_that_hold_themselves_end() {
    let mut doc = Doc::new().page("/X0 Do");
    let entries = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources 3 0 R";
    doc.objects =
        vec![stream(entries, b"BT /C 10 Tf 50 50 Td (again) Tj ET /X0 Do /X1 Do"), stream(entries, b"/X0 Do")];
    survives(Kind::Pdf, &doc.bytes());
}

#[test]
fn a_tree_of_pages_that_holds_itself_is_refused() {
    let bytes = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 9 >>\nendobj\ntrailer << /Root 1 0 R >>\n";
    assert!(khronika_pdf::parse(Kind::Pdf, bytes, Limits::default()).is_err());
}
