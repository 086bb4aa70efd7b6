//! Checkpoints (C2SP tlog-checkpoint): what a log was at one size, in three lines that can be signed, printed and mailed.
//!
//! Whoever kept an older checkpoint can have it proved that the log of today still holds everything of then
//! ([`verify_consistency`](crate::tree::verify_consistency)).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::{Error, Result};
use crate::note::{Note, Signed, SignerKey, VerifierKey};
use crate::tree::Hash;

const WHAT: &str = "checkpoint";

/// The size and root of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log.
    pub origin: String,
    /// The number of its entries.
    pub size: u64,
    /// The root of its tree.
    pub root: Hash,
    /// Further lines, opaque, none of them empty; not recommended.
    pub extension: Vec<String>,
}

/// The lines of a checkpoint before anything is said of what the root is: some logs use other digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines<'a> {
    /// The name of the log.
    pub origin: &'a str,
    /// The number of its entries.
    pub size: u64,
    /// The root, of any length.
    pub root: Vec<u8>,
    /// Further lines.
    pub extension: Vec<&'a str>,
}

impl<'a> Lines<'a> {
    /// The lines of a checkpoint's text, which ends in a line feed.
    pub fn parse(text: &'a str) -> Result<Self> {
        let malformed = |why: &str| Error::malformed(WHAT, why);
        let text = text.strip_suffix('\n').ok_or_else(|| malformed("the last line does not end"))?;
        let mut lines = text.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(malformed("it has fewer than three lines"));
        };
        if origin.is_empty() {
            return Err(malformed("the log has no name"));
        }
        let size = decimal(size).ok_or_else(|| malformed("the size is not a number"))?;
        let root = STANDARD.decode(root).map_err(|_| malformed("the root is not base64"))?;
        let extension: Vec<_> = lines.collect();
        if extension.iter().any(|line| line.is_empty()) {
            return Err(malformed("a line is empty"));
        }
        Ok(Self { origin, size, root, extension })
    }
}

impl Checkpoint {
    /// A checkpoint of a log.
    pub fn new(origin: &str, size: u64, root: Hash) -> Self {
        Self { origin: origin.to_owned(), size, root, extension: Vec::new() }
    }

    /// The checkpoint that a text is, such as that of a note. Nothing vouches for it.
    pub fn parse(text: &str) -> Result<Self> {
        let lines = Lines::parse(text)?;
        let root =
            Hash::from_slice(&lines.root).map_err(|_| Error::malformed(WHAT, "the root is not 32 bytes long"))?;
        let extension = lines.extension.into_iter().map(str::to_owned).collect();
        Ok(Self { origin: lines.origin.to_owned(), size: lines.size, root, extension })
    }

    /// Signs it.
    pub fn sign(&self, keys: &[&SignerKey]) -> Result<Note> {
        let text = self.to_string();
        // What cannot be read back must not be signed: an empty name, an extension of two lines.
        if Self::parse(&text)? != *self {
            return Err(Error::malformed(WHAT, "its lines would not be read back as they are"));
        }
        Note::sign(&text, keys)
    }

    /// The checkpoint in a signed note, after the signatures of the known keys were checked ([`Note::verify`]).
    pub fn open(note: &Note, known: &[VerifierKey]) -> Result<(Self, Vec<Signed>)> {
        let signed = note.verify(known)?;
        Ok((Self::parse(note.text())?, signed))
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, self.root)?;
        self.extension.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// A number in ASCII digits, without sign and leading zeroes.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}
