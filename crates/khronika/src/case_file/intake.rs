//! Documents on their way into a case file: read as far as they can be, with what is inside of them, then stored.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use khronika_core::{Lang, Problem, ProblemKind};
use khronika_keep::{Prepared, PreparedText, Receipt, Received, Write};
use khronika_read::ReadOptions;

use super::build::media_type;
use super::shape;
use crate::command::papers::{self, Desk};
use crate::guard::guarded;

/// Files up to this length are read whole; longer ones are stored piece by piece, and their text is not read.
pub(crate) const WHOLE: u64 = 64 << 20;
/// The media type of what nobody looked into.
pub(crate) const UNKNOWN: &str = "application/octet-stream";

/// A document, as far as it could be read before it is stored.
pub(crate) struct Document<'a> {
    receipt: Receipt,
    content: Content<'a>,
    /// Its text, if it could be read.
    text: Option<PreparedText>,
    /// What is wrong with it.
    pub(crate) problems: Vec<Problem>,
    /// About how many bytes it takes in memory.
    pub(crate) bytes: u64,
}

/// The bytes of a document.
enum Content<'a> {
    /// Packed.
    Packed(Prepared),
    /// In a file that is stored piece by piece.
    File(&'a Path),
}

impl<'a> Document<'a> {
    /// A file that is too long to be read.
    pub(crate) fn unread(path: &'a Path, receipt: Receipt) -> Self {
        let advice = "Nothing to do: `khronika show --bytes` takes it out.";
        let what = "it is too long to be read; its bytes are stored";
        let problems = vec![problem(&receipt.name, ProblemKind::Limit, what, advice)];
        Self { receipt, content: Content::File(path), text: None, problems, bytes: 0 }
    }

    /// What it is called.
    pub(crate) fn name(&self) -> &str {
        &self.receipt.name
    }

    /// Whether it has a text.
    pub(crate) const fn is_read(&self) -> bool {
        self.text.is_some()
    }

    fn of(read: khronika_read::Document<'_>, receipt: Receipt) -> Result<Self, Box<Problem>> {
        let khronika_read::Document { name, bytes, source, problems, .. } = read;
        let unstorable = |error: khronika_keep::Error| Box::new(unstored(&name, &error.to_string()));
        let prepared = Prepared::new(bytes).map_err(unstorable)?;
        let size = bytes.len() as u64 + source.as_ref().map_or(0, |source| source.text.len() as u64);
        let text = source.map(|source| {
            let shape = shape::of(&source, &problems);
            PreparedText::new(source.lang.code(), &source.text, &shape)
        });
        let text = text.transpose().map_err(unstorable)?;
        Ok(Self { receipt, content: Content::Packed(prepared), text, problems, bytes: size })
    }
}

/// Reads a document, and what is inside of it. `receipt` says what is known of where it comes from.
pub(crate) fn read<'a>(
    bytes: &[u8],
    receipt: &Receipt,
    lang: Option<Lang>,
    desk: Desk<'_>,
) -> Vec<Result<Document<'a>, Box<Problem>>> {
    let options = ReadOptions { lang, ..ReadOptions::default() };
    let mut all = Vec::new();
    let mut visit = |document: khronika_read::Document<'_>| {
        let receipt = Receipt {
            name: document.name.clone(),
            media_type: media_type(&document).to_owned(),
            modified: receipt.modified.filter(|_| document.depth == 0),
            parent: document.parent.or(receipt.parent),
            ..receipt.clone()
        };
        all.push(Document::of(document, receipt));
    };
    if let Err(panic) = guarded(|| desk.reader.open_bytes(&receipt.name, bytes, &options, desk.opener, &mut visit)) {
        let problems = vec![papers::bug(&receipt.name, "read", &panic)];
        let size = bytes.len() as u64;
        let stored = Prepared::new(bytes).map_err(|error| Box::new(unstored(&receipt.name, &error.to_string())));
        return vec![stored.map(|prepared| Document {
            receipt: receipt.clone(),
            content: Content::Packed(prepared),
            text: None,
            problems,
            bytes: size,
        })];
    }
    all
}

/// Stores documents. What cannot be read from the disk is a problem; what the case refuses ends the change.
pub(crate) fn keep(
    write: &mut Write<'_>,
    documents: &[Document<'_>],
) -> khronika_keep::Result<Vec<Result<Received, Problem>>> {
    documents.iter().map(|document| keep_one(write, document)).collect()
}

fn keep_one(write: &mut Write<'_>, document: &Document<'_>) -> khronika_keep::Result<Result<Received, Problem>> {
    match &document.content {
        Content::Packed(prepared) => {
            let received = write.receive(prepared, &document.receipt)?;
            if let Some(text) = &document.text {
                write.keep_text(&received.sha256, shape::READER, text)?;
            }
            Ok(Ok(received))
        }
        Content::File(path) => {
            let unread = |error: &io::Error| Ok(Err(unstored(document.name(), &error.to_string())));
            let mut file = match File::open(path) {
                Ok(file) => Watched { from: file, failed: None },
                Err(error) => return unread(&error),
            };
            match (write.receive_from(&mut file, &document.receipt), file.failed) {
                // A disk that the papers come from fails them, not the change of the case.
                (Err(_), Some(error)) => unread(&error),
                (received, _) => received.map(Ok),
            }
        }
    }
}

/// Reads, and remembers why it could not.
struct Watched<R> {
    from: R,
    failed: Option<io::Error>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.from.read(into).inspect_err(|error| {
            if error.kind() != io::ErrorKind::Interrupted {
                self.failed = Some(io::Error::new(error.kind(), error.to_string()));
            }
        })
    }
}

/// The document is not in the case.
pub(crate) fn unstored(name: &str, why: &str) -> Problem {
    let advice = "Give your account the right to read it, or copy it to another disk; then add it again.";
    problem(name, ProblemKind::Unreadable, &format!("it is not in the case: {why}"), advice)
}

fn problem(name: &str, kind: ProblemKind, what: &str, advice: &str) -> Problem {
    let (name, what, advice) = (name.to_owned(), what.to_owned(), advice.to_owned());
    Problem { source: None, name, kind, what, span: None, place: None, advice }
}
