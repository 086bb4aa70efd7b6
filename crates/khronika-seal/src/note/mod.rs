//! Signed notes (C2SP signed-note): a text and, below an empty line, a line for each signature.
//!
//! ```text
//! example.com/log/testdata
//! 15
//! rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=
//!
//! — example.com/log/testdata M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=
//! ```
//!
//! Signatures of unknown keys are ignored, a signature of a known key that fails refuses the whole note, and a note without a signature
//! of a known key proves nothing.

mod key;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub use key::{KeyKind, SignerKey, VerifierKey};

use crate::error::{Error, Result};

const WHAT: &str = "signed note";
/// A checkpoint has some hundred bytes; nobody needs a note of megabytes.
const MAX_BYTES: usize = 1 << 20;
/// The specification asks for 16 at least.
const MAX_SIGNATURES: usize = 100;

/// A note with its signatures, none of which is checked yet: see [`Note::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// A signature line of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// The name of the key.
    pub name: String,
    /// The id of the key, which with the name says whose signature it is.
    pub id: [u8; 4],
    /// The signature itself, in the form that the kind of key has.
    pub signature: Vec<u8>,
}

/// A signature that was checked and holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The key that signed.
    pub key: VerifierKey,
    /// The time that a cosignature states, in seconds since 1970 (UTC); it is the cosigner's word. None for plain signatures.
    pub time: Option<u64>,
}

impl Note {
    /// A note of this text and these keys' signatures. The text ends in a line feed and has no other control character.
    pub fn sign(text: &str, keys: &[&SignerKey]) -> Result<Self> {
        check_text(text)?;
        let signatures = keys.iter().map(|key| key.sign(text)).collect::<Result<_>>()?;
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// The note that `bytes` are.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let malformed = |why: &str| Error::malformed(WHAT, why);
        if bytes.len() > MAX_BYTES {
            return Err(malformed("it is longer than a mebibyte"));
        }
        let all = std::str::from_utf8(bytes).map_err(|_| malformed("it is not UTF-8"))?;
        check_characters(all)?;
        let (text, lines) =
            all.rsplit_once("\n\n").ok_or_else(|| malformed("there is no empty line above signatures"))?;
        let lines = lines.strip_suffix('\n').ok_or_else(|| malformed("the last line does not end"))?;
        let signatures = lines.split('\n').map(NoteSignature::parse).collect::<Result<Vec<_>>>()?;
        if signatures.len() > MAX_SIGNATURES {
            return Err(malformed("it has more than 100 signatures"));
        }
        // The line feed that ends the text was the first of the two.
        Ok(Self { text: format!("{text}\n"), signatures })
    }

    /// The text, with the line feed that ends it. Nothing vouches for it before [`Note::verify`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines, checked or not.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Adds a signature, such as a partner's cosignature. A line that is there already is not added again.
    pub fn add(&mut self, signature: NoteSignature) {
        if !self.signatures.contains(&signature) {
            self.signatures.push(signature);
        }
    }

    /// Checks the signatures of the keys that are known. The error is false where a known key's signature fails or no known key signed.
    ///
    /// A key that signed twice counts once.
    pub fn verify(&self, known: &[VerifierKey]) -> Result<Vec<Signed>> {
        let mut holds: Vec<Signed> = Vec::new();
        for line in &self.signatures {
            let mut whose = known.iter().filter(|key| key.name() == line.name && key.id() == line.id);
            let Some(key) = whose.next() else { continue };
            if whose.any(|other| other != key) {
                return Err(Error::untrue(format!("two known keys have the name and id of {}", key.name())));
            }
            let time = key.check(&self.text, &line.signature)?;
            if !holds.iter().any(|signed| signed.key == *key) {
                holds.push(Signed { key: key.clone(), time });
            }
        }
        if holds.is_empty() {
            let names: Vec<_> = self.signatures.iter().map(|line| line.name.escape_debug().to_string()).collect();
            return Err(Error::untrue(format!("no known key signed it; signed by: {}", names.join(", "))));
        }
        Ok(holds)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl NoteSignature {
    /// The signature that a line is, without the line feed at its end.
    pub fn parse(line: &str) -> Result<Self> {
        let malformed = |why: &str| Error::malformed(WHAT, why);
        let line = line.strip_prefix("— ").ok_or_else(|| malformed("a signature line does not begin with a dash"))?;
        let (name, code) = line.split_once(' ').ok_or_else(|| malformed("a signature line has no signature"))?;
        check_name(name)?;
        let bytes = STANDARD.decode(code).map_err(|_| malformed("a signature is not base64"))?;
        match bytes.split_first_chunk() {
            Some((id, signature)) if !signature.is_empty() => {
                Ok(Self { name: name.to_owned(), id: *id, signature: signature.to_owned() })
            }
            _ => Err(malformed("a signature is too short")),
        }
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = STANDARD.encode([self.id.as_slice(), &self.signature].concat());
        write!(f, "— {} {code}", self.name)
    }
}

/// Names of keys are one word without a plus, since both part the fields that a name stands in.
fn check_name(name: &str) -> Result<()> {
    let fits = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+');
    if fits { Ok(()) } else { Err(Error::malformed(WHAT, "the name of a key is empty or has a space or a plus in it")) }
}

fn check_text(text: &str) -> Result<()> {
    if !text.ends_with('\n') {
        return Err(Error::malformed(WHAT, "the text does not end in a line feed"));
    }
    check_characters(text)
}

fn check_characters(text: &str) -> Result<()> {
    let control = text.bytes().any(|b| b < 0x20 && b != b'\n');
    if control { Err(Error::malformed(WHAT, "it has a control character")) } else { Ok(()) }
}
