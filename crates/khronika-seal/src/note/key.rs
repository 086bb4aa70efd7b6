//! The keys of notes, in the text forms that C2SP signed-note gives them.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{NoteSignature, check_name, check_text};
use crate::error::{Error, Result};

const WHAT: &str = "key of signed notes";

/// What a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// The text itself (type 0x01).
    Ed25519,
    /// The text and a time that the signer states (type 0x04, C2SP tlog-cosignature): what partners who watch a log sign with.
    Cosignature,
}

impl KeyKind {
    fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::Cosignature => 0x04,
        }
    }

    fn of(byte: u8) -> Result<Self> {
        match byte {
            0x01 => Ok(Self::Ed25519),
            0x04 => Ok(Self::Cosignature),
            other => Err(Error::unsupported(format!("keys of type {other:#04x} are not known here"))),
        }
    }
}

/// A public key with a name. It is written as `name+id+key` (a “vkey”) and prints so.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: KeyKind,
    key: VerifyingKey,
}

impl VerifierKey {
    /// The key with this name, kind and these 32 bytes (RFC 8032). A key of small order, under which anything verifies, is refused.
    pub fn new(name: &str, kind: KeyKind, key: &[u8; 32]) -> Result<Self> {
        check_name(name)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| Error::malformed(WHAT, "it is no point of the curve"))?;
        if key.is_weak() {
            return Err(Error::malformed(WHAT, "it is a weak key, under which anything verifies"));
        }
        Ok(Self { name: name.to_owned(), kind, key })
    }

    /// The key that a vkey is.
    pub fn parse(text: &str) -> Result<Self> {
        let malformed = |why: &str| Error::malformed(WHAT, why);
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(malformed("it is not name+id+key"));
        };
        let key = STANDARD.decode(key).map_err(|_| malformed("the key is not base64"))?;
        let (kind, bytes) = key.split_first().ok_or_else(|| malformed("the key is empty"))?;
        let bytes = bytes.try_into();
        let key = Self::new(name, KeyKind::of(*kind)?, bytes.map_err(|_| malformed("the key is not 32 bytes long"))?)?;
        if key.id_text() != id {
            return Err(malformed("the id is not that of the name and key: a character was changed"));
        }
        Ok(key)
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The key itself, as RFC 8032 writes it.
    pub fn bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// The first bytes of the digest of name, kind and key.
    pub fn id(&self) -> [u8; 4] {
        let digest = Sha256::new_with_prefix(&self.name)
            .chain_update([b'\n', self.kind.byte()])
            .chain_update(self.key.as_bytes())
            .finalize();
        std::array::from_fn(|i| digest.get(i).copied().unwrap_or_default())
    }

    fn id_text(&self) -> String {
        format!("{:08x}", u32::from_be_bytes(self.id()))
    }

    /// Checks a signature of this key and returns the time it states, if it is of the kind that does.
    pub(super) fn check(&self, text: &str, signature: &[u8]) -> Result<Option<u64>> {
        let fails = || Error::untrue(format!("the signature of {} does not fit the text", self.name));
        let (time, message, signature) = match self.kind {
            KeyKind::Ed25519 => (None, text.to_owned(), signature),
            KeyKind::Cosignature => {
                let (time, signature) = signature.split_first_chunk().ok_or_else(fails)?;
                let time = u64::from_be_bytes(*time);
                if i64::try_from(time).is_err() {
                    return Err(Error::untrue(format!("the cosignature of {} states an impossible time", self.name)));
                }
                (Some(time), cosigned(text, time), signature)
            }
        };
        let signature = Signature::from_slice(signature).map_err(|_| fails())?;
        self.key.verify_strict(message.as_bytes(), &signature).map_err(|_| fails())?;
        Ok(time)
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = STANDARD.encode([&[self.kind.byte()], self.bytes().as_slice()].concat());
        write!(f, "{}+{}+{key}", self.name, self.id_text())
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

/// A secret key with a name. Its bytes are erased when it is dropped, and it does not print.
pub struct SignerKey {
    public: VerifierKey,
    secret: SigningKey,
}

impl SignerKey {
    /// The key with this name, kind and seed: the 32 secret bytes of RFC 8032.
    pub fn from_seed(name: &str, kind: KeyKind, seed: &[u8; 32]) -> Result<Self> {
        let secret = SigningKey::from_bytes(seed);
        Ok(Self { public: VerifierKey::new(name, kind, secret.verifying_key().as_bytes())?, secret })
    }

    /// The key that is written as `PRIVATE+KEY+name+id+key` (an “skey”).
    pub fn parse(text: &str) -> Result<Self> {
        let malformed = |why: &str| Error::malformed(WHAT, why);
        let rest = text.strip_prefix("PRIVATE+KEY+").ok_or_else(|| malformed("it is not PRIVATE+KEY+name+id+key"))?;
        let mut parts = rest.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(malformed("it is not PRIVATE+KEY+name+id+key"));
        };
        let key = Zeroizing::new(STANDARD.decode(key).map_err(|_| malformed("the key is not base64"))?);
        let (kind, seed) = key.split_first().ok_or_else(|| malformed("the key is empty"))?;
        let seed = seed.try_into().map_err(|_| malformed("the key is not 32 bytes long"))?;
        let key = Self::from_seed(name, KeyKind::of(*kind)?, seed)?;
        if key.public.id_text() != id {
            return Err(malformed("the id is not that of the name and key: a character was changed"));
        }
        Ok(key)
    }

    /// The key as an skey, for whoever has to keep it. The text is erased when it is dropped.
    pub fn to_skey(&self) -> Zeroizing<String> {
        let seed = Zeroizing::new(self.secret.to_bytes());
        let key = Zeroizing::new([&[self.public.kind.byte()], seed.as_slice()].concat());
        let code = Zeroizing::new(STANDARD.encode(&*key));
        Zeroizing::new(format!("PRIVATE+KEY+{}+{}+{}", self.public.name, self.public.id_text(), *code))
    }

    /// The public key, to be given to whoever checks.
    pub fn public(&self) -> &VerifierKey {
        &self.public
    }

    /// Signs a text. A cosigning key needs a time: see [`SignerKey::cosign`].
    pub fn sign(&self, text: &str) -> Result<NoteSignature> {
        if self.public.kind == KeyKind::Cosignature {
            return Err(Error::unsupported(format!("{} signs a time with the text", self.public.name)));
        }
        check_text(text)?;
        Ok(self.line(self.secret.sign(text.as_bytes()).to_bytes().to_vec()))
    }

    /// Cosigns a checkpoint at `time`, in seconds since 1970: “at this time this is the longest log of this name that I saw, and it
    /// continues what I saw before”. That it does is for the caller to check first.
    pub fn cosign(&self, text: &str, time: u64) -> Result<NoteSignature> {
        if self.public.kind != KeyKind::Cosignature || i64::try_from(time).is_err() {
            return Err(Error::unsupported(format!("{} does not cosign at {time}", self.public.name)));
        }
        check_text(text)?;
        let signature = self.secret.sign(cosigned(text, time).as_bytes());
        Ok(self.line([time.to_be_bytes().as_slice(), &signature.to_bytes()].concat()))
    }

    fn line(&self, signature: Vec<u8>) -> NoteSignature {
        NoteSignature { name: self.public.name.clone(), id: self.public.id(), signature }
    }
}

impl fmt::Debug for SignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignerKey({})", self.public)
    }
}

/// What a cosigner signs.
fn cosigned(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}
