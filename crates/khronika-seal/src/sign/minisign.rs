//! Files signed in the format of minisign, which a stranger can check with one small program.
//!
//! ```text
//! untrusted comment: signature from khronika secret key
//! RUR…
//! trusted comment: tagmanifest-sha512.txt of a case
//! …
//! ```
//!
//! The trusted comment is signed with the signature; the untrusted one is not, and says nothing.

use std::fmt;
use std::io::{self, Read};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use blake2::{Blake2b512, Digest as _};
use sha2::Sha256;

use super::{PublicKey, SecretKey};
use crate::error::{Error, Result};

const WHAT_KEY: &str = "minisign key";
const WHAT: &str = "minisign signature";
const UNTRUSTED: &str = "untrusted comment: ";
const TRUSTED: &str = "trusted comment: ";
/// What we write where minisign lets anybody write anything, so that a change of it is seen.
const OUR_COMMENT: &str = "signature from khronika secret key";
const MAX_BYTES: usize = 64 << 10;
/// The old kind of signature is over the file itself, which then has to be in memory.
const MAX_LEGACY: u64 = 256 << 20;

/// A public key with the id by which minisign names it. It prints as the file of a public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinisignKey {
    id: [u8; 8],
    key: PublicKey,
}

impl MinisignKey {
    /// A key of ours, whose id is the beginning of its SHA-256.
    pub fn of(key: PublicKey) -> Self {
        let digest = Sha256::digest(key.bytes());
        Self { id: std::array::from_fn(|i| digest.get(i).copied().unwrap_or_default()), key }
    }

    /// The key that a file of a public key holds, or that is given without its comment.
    pub fn parse(text: &str) -> Result<Self> {
        let malformed = |why: &str| Error::malformed(WHAT_KEY, why);
        let mut lines = text.lines().filter(|line| !line.starts_with(UNTRUSTED) && !line.trim().is_empty());
        let code = lines.next().ok_or_else(|| malformed("there is no key"))?;
        if lines.next().is_some() {
            return Err(malformed("there is more than one key"));
        }
        let bytes = STANDARD.decode(code.trim()).map_err(|_| malformed("it is not base64"))?;
        let (kind, rest) = bytes.split_first_chunk::<2>().ok_or_else(|| malformed("it is too short"))?;
        if kind != b"Ed" {
            return Err(Error::unsupported("keys of this kind are not known here"));
        }
        let (id, key) = rest.split_first_chunk().ok_or_else(|| malformed("it is too short"))?;
        let key = key.try_into().map_err(|_| malformed("the key is not 32 bytes long"))?;
        Ok(Self { id: *id, key: PublicKey::from_bytes(key)? })
    }

    /// The id as minisign prints it.
    pub fn id(&self) -> String {
        id_text(&self.id)
    }

    /// The key itself.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// The key in one line, as `minisign -P` takes it.
    pub fn line(&self) -> String {
        STANDARD.encode([b"Ed", self.id.as_slice(), self.key.bytes()].concat())
    }
}

impl fmt::Display for MinisignKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{UNTRUSTED}minisign public key {}\n{}", self.id(), self.line())
    }
}

/// A signature of a file. It prints as the file `.minisig`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinisignSignature {
    untrusted: String,
    prehashed: bool,
    id: [u8; 8],
    signature: [u8; 64],
    trusted: String,
    global: [u8; 64],
}

impl MinisignSignature {
    /// Signs what a reader gives, with a comment that is signed too. The comment is one line.
    pub fn sign(key: &SecretKey, content: impl Read, trusted: &str) -> Result<Self> {
        if trusted.chars().any(char::is_control) || trusted.trim() != trusted || trusted.len() > 4096 {
            return Err(Error::malformed(WHAT, "the comment is not one line"));
        }
        let signature = key.sign(&prehash(content)?);
        let global = key.sign(&[&signature, trusted.as_bytes()].concat());
        let id = MinisignKey::of(key.public()).id;
        Ok(Self {
            untrusted: OUR_COMMENT.to_owned(),
            prehashed: true,
            id,
            signature,
            trusted: trusted.to_owned(),
            global,
        })
    }

    /// The signature that `bytes` are.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let malformed = |why: &str| Error::malformed(WHAT, why);
        if bytes.len() > MAX_BYTES {
            return Err(malformed("it is too long"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| malformed("it is not UTF-8"))?;
        let text = text.strip_suffix('\n').unwrap_or(text);
        let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        let mut line = || lines.next().ok_or_else(|| malformed("it has fewer than four lines"));
        let untrusted = line()?.strip_prefix(UNTRUSTED).ok_or_else(|| malformed("it has no untrusted comment"))?;
        let signature = STANDARD.decode(line()?).map_err(|_| malformed("the signature is not base64"))?;
        let trusted = line()?.strip_prefix(TRUSTED).ok_or_else(|| malformed("it has no trusted comment"))?;
        let global = STANDARD.decode(line()?).map_err(|_| malformed("the second signature is not base64"))?;
        if lines.next().is_some() {
            return Err(malformed("it has more than four lines"));
        }
        let (kind, rest) = signature.split_first_chunk::<2>().ok_or_else(|| malformed("the signature is too short"))?;
        let prehashed = match kind {
            b"ED" => true,
            b"Ed" => false,
            _ => return Err(Error::unsupported("signatures of this kind are not known here")),
        };
        let (id, signature) = rest.split_first_chunk().ok_or_else(|| malformed("the signature is too short"))?;
        let length = |_| malformed("a signature is not 64 bytes long");
        Ok(Self {
            untrusted: untrusted.to_owned(),
            prehashed,
            id: *id,
            signature: signature.try_into().map_err(length)?,
            trusted: trusted.to_owned(),
            global: global.as_slice().try_into().map_err(length)?,
        })
    }

    /// The comment that is signed; true only after [`MinisignSignature::verify`].
    pub fn trusted_comment(&self) -> &str {
        &self.trusted
    }

    /// The id of the key that is said to have signed.
    pub fn key_id(&self) -> String {
        id_text(&self.id)
    }

    /// Whether it is written byte for byte as [`MinisignSignature::sign`] writes it, the comment that is not signed included.
    pub fn is_ours(&self, bytes: &[u8]) -> bool {
        self.untrusted == OUR_COMMENT && self.prehashed && self.to_string().as_bytes() == bytes
    }

    /// Checks that the owner of the key signed what the reader gives, and the comment.
    pub fn verify(&self, key: &MinisignKey, content: impl Read) -> Result<()> {
        if self.id != key.id {
            return Err(Error::untrue(format!("it was signed by key {}, not {}", self.key_id(), key.id())));
        }
        let message = if self.prehashed { prehash(content)? } else { whole(content)? };
        key.key.verify(&message, &self.signature).map_err(|_| Error::untrue("the signature does not fit the file"))?;
        let commented = [self.signature.as_slice(), self.trusted.as_bytes()].concat();
        key.key.verify(&commented, &self.global).map_err(|_| Error::untrue("the comment was altered"))
    }
}

impl fmt::Display for MinisignSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.prehashed { b"ED" } else { b"Ed" };
        let signature = STANDARD.encode([kind, self.id.as_slice(), &self.signature].concat());
        writeln!(f, "{UNTRUSTED}{}\n{signature}", self.untrusted)?;
        writeln!(f, "{TRUSTED}{}\n{}", self.trusted, STANDARD.encode(self.global))
    }
}

/// The id as a number, which is how minisign prints it.
fn id_text(id: &[u8; 8]) -> String {
    format!("{:X}", u64::from_le_bytes(*id))
}

fn prehash(mut content: impl Read) -> Result<Vec<u8>> {
    let (mut hasher, mut buffer) = (Blake2b512::new(), vec![0; 64 << 10]);
    loop {
        match content.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finalize().to_vec()),
            Ok(n) => hasher.update(buffer.get(..n).unwrap_or_default()),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(unreadable(e)),
        }
    }
}

fn whole(content: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    content.take(MAX_LEGACY + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let fits = bytes.len() as u64 <= MAX_LEGACY;
    if fits { Ok(bytes) } else { Err(Error::unsupported("signatures of the old kind are checked up to 256 MiB")) }
}

fn unreadable(e: io::Error) -> Error {
    Error::io(Path::new("the signed file"), e)
}
