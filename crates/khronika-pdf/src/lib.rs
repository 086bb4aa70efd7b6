//! PDF documents and pictures of pages → text in reading order whose every word knows where it stands.
//!
//! [`parse`] is a pure function of bytes and limits, as the parsers of `khronika-read` are; it stands in a crate of its own because what
//! it builds on is large. [`source::PdfSource`] is what it asks of a document; `layout` knows nothing of the format behind it. What has
//! no words of its own becomes pictures, and [`ocr`] puts the words that were recognised in them at their places.

mod beside;
mod engine;
mod gibberish;
mod inflate;
mod layout;
mod metrics;
pub mod ocr;
mod picture;
pub mod source;
mod unseen;

use khronika_read::Kind;
use khronika_read::rendition::{Limits, Raster, Refusal, Rendition};

use source::PdfSource as _;

/// What is in a PDF document or a picture.
///
/// # Errors
/// Why it could not be read at all.
pub fn parse(kind: Kind, bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    parse_with(kind, bytes, limits, "")
}

/// What is in a PDF document that this password opens, or in a picture.
///
/// # Errors
/// Why it could not be read at all; [`Refusal::Locked`] where it needs another password.
pub fn parse_with(kind: Kind, bytes: &[u8], limits: Limits, password: &str) -> Result<Rendition, Refusal> {
    match kind {
        Kind::Pdf => pdf(bytes, limits, password),
        Kind::Png | Kind::Jpeg | Kind::Tiff | Kind::Heic => picture::read(kind, bytes, limits),
        other => Err(Refusal::Unsupported(format!("a {} is not read here", other.what()))),
    }
}

/// The picture of a page of a document, words or no; `None` where none can be drawn.
#[must_use]
pub fn picture(bytes: &[u8], page: u32) -> Option<Raster> {
    let pdf = engine::open(bytes, "").ok()?;
    let gray = engine::Engine::new(&pdf).picture(usize::try_from(page).ok()?, layout::DPI)?;
    Some(Raster { page, width: gray.width, height: gray.height, gray: gray.pixels })
}

fn pdf(bytes: &[u8], limits: Limits, password: &str) -> Result<Rendition, Refusal> {
    let pdf = engine::open(bytes, password)?;
    let engine = engine::Engine::new(&pdf);
    if engine.pages() == 0 {
        return Err(Refusal::Damaged("it has no pages".to_owned()));
    }
    let mut rendition = engine::guarded(|| layout::read(&engine, limits))
        .ok_or_else(|| Refusal::Damaged("its pages broke the parser".to_owned()))?;
    if limits.first_picture > 0 {
        // More pictures of a document that was told already.
        return Ok(rendition);
    }
    let beside = engine.beside(limits);
    rendition.about = beside.about;
    rendition.embedded = beside.embedded;
    rendition.remarks.extend(beside.remarks);
    Ok(rendition)
}
