//! The parsers of formats: one file, or one folder, each. Each is a pure function of the bytes and of limits.

mod budget;
mod bytes;
mod docx;
mod epub;
mod flow;
mod gzip;
mod html;
mod inflate;
mod mail;
mod mailbox;
mod mhtml;
mod names;
mod number;
mod odt;
mod ooxml;
pub(crate) mod outlook;
mod package;
mod pptx;
pub mod printed;
mod rtf;
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
    match kind {
        Kind::Docx => docx::parse(bytes, limits),
        Kind::Odt => odt::parse(bytes, limits),
        Kind::Rtf => rtf::parse(bytes, limits),
        Kind::Xlsx => sheet::xlsx::parse(bytes, limits),
        Kind::Ods => sheet::ods::parse(bytes, limits),
        Kind::Csv => sheet::csv::parse(bytes, limits),
        Kind::Pptx => pptx::parse(bytes, limits),
        Kind::Epub => epub::parse(bytes, limits),
        Kind::Html => html::parse(bytes, limits),
        Kind::Mail => mail::parse(bytes, limits),
        Kind::Mailbox => mailbox::parse(bytes, limits),
        Kind::Outlook => outlook::parse(bytes, limits),
        Kind::Mhtml => mhtml::parse(bytes, limits),
        Kind::Warc => warc::parse(bytes, limits),
        Kind::Zip => zip::parse(bytes, limits),
        Kind::Tar => tar::parse(bytes, limits),
        Kind::Gzip => gzip::parse(bytes, limits),
        Kind::SevenZ => sevenz::parse(bytes, limits),
        _ => Err(Refusal::Unsupported(format!("a {} is not read yet", kind.what()))),
    }
}
