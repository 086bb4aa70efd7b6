//! The parsers of formats: one file, or one folder, each. Each is a pure function of the bytes and of limits.

mod budget;
mod html;
mod mail;

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
        Kind::Html => html::parse(bytes, limits),
        Kind::Mail => mail::parse(bytes, limits),
        _ => Err(Refusal::Unsupported(format!("a {} is not read yet", kind.what()))),
    }
}
