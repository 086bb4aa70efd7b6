//! What the fuzz targets of `khronika-pdf` do with their bytes. Apart from `bodies.rs`, so that they are built and run without the rest of
//! the program: by the targets here, and by the test `crates/khronika-pdf/tests/fuzz.rs`.
//!
//! A body may not panic, whatever the bytes are, and the places in what was read fit its text.

use khronika_core::{Lang, Page, Span};
use khronika_pdf::ocr::{self, Recognise};
use khronika_read::Kind;
use khronika_read::rendition::{Limits, Raster, Rendition};

/// A body: what a target does with bytes.
pub type Body = fn(&[u8]);

/// The targets by name.
pub const ALL: [(&str, Body); 3] = [("pdf_document", document), ("pdf_picture", picture), ("pdf_words", words)];

const LIMITS: Limits = Limits {
    text: 200_000,
    embedded: 20,
    unpacked: 16 << 20,
    depth: 64,
    pages: 30,
    first_picture: 0,
    all_pictures: false,
};

/// Bytes are read as a PDF document.
pub fn document(bytes: &[u8]) {
    if let Ok(seen) = khronika_pdf::parse(Kind::Pdf, bytes, LIMITS) {
        assert_eq!(seen.check(), Ok(()));
    }
}

/// Bytes are read as a picture, which kind by the first of them.
pub fn picture(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let kind = [Kind::Png, Kind::Jpeg, Kind::Tiff, Kind::Heic][usize::from(first % 4)];
    if let Ok(seen) = khronika_pdf::parse(kind, bytes, LIMITS) {
        assert_eq!(seen.check(), Ok(()));
    }
}

/// Answers with the same bytes whatever it is asked.
struct Echo<'a>(&'a [u8]);

impl Recognise for Echo<'_> {
    fn tsv(&self, _: &[u8], _: &str, _: u32) -> Result<String, String> {
        Ok(String::from_utf8_lossy(self.0).into_owned())
    }

    fn languages(&self) -> Vec<String> {
        vec!["eng".to_owned()]
    }
}

/// Bytes are taken for a table of recognised words, and put into a document of text and pictures; the first says which pages are which.
pub fn words(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let mut seen = Rendition { text: "Un texte.\n\nUn autre.\n".to_owned(), ..Rendition::default() };
    let spans = [(0, 11), (11, 11), (11, 21), (21, 21)];
    for (n, (start, end)) in spans.into_iter().enumerate() {
        seen.layout.pages.push(Page { span: Span::new(start, end), width: 59_500, height: 84_200 });
        if first >> n & 1 == 1 {
            let page = u32::try_from(n).unwrap_or(0);
            seen.rasters.push(Raster { page, width: 2, height: 1, gray: vec![0, 255] });
        }
    }
    let told = ocr::compare(&mut seen.clone(), &mut |_| None, &Echo(bytes), &|_: &str| vec![(Lang::EN, 100)], 1);
    assert!(told.is_ok_and(|pages| pages.len() <= 4));
    ocr::fill(&mut seen, &mut |_| None, &Echo(bytes), &|_: &str| vec![(Lang::EN, 100)], 1);
    assert_eq!(seen.check(), Ok(()));
}
