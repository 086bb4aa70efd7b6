//! Signatures: Ed25519 keys, checked strictly, and files signed in the format of minisign.
//!
//! “Strictly” means what everybody can agree on. Ed25519 leaves open what to do with keys and points of small order, with numbers written
//! in a longer way than they need be, and whether the equation is multiplied by the cofactor; programs differ, so that a signature may
//! hold here and fail there, or one made by fraud hold for several messages. Accepted is only what all programs accept:
//!
//! | in the key or signature | accepted |
//! |---|---|
//! | A or R of small order (anything verifies, or several messages do) | no |
//! | A or R not written canonically (y not reduced, or the sign of x = 0) | no |
//! | S not below the order of the group (signatures that anybody can vary) | no |
//! | A or R of mixed order, where the equation holds without the cofactor | yes |
//! | a mixed order, where the equation holds only multiplied by the cofactor | no |
//!
//! This is measured against the 914 vectors of C2SP/CCTV in `tests/sign.rs`.

mod minisign;

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

pub use minisign::{MinisignKey, MinisignSignature};

use crate::digest::to_hex;
use crate::error::{Error, Result};

/// A public Ed25519 key. It prints as hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// The key of these bytes (RFC 8032). Keys of small order and keys that are not written canonically are refused.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self> {
        let malformed = |why: &str| Error::malformed("Ed25519 key", why);
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| malformed("it is no point of the curve"))?;
        if key.is_weak() {
            return Err(malformed("it is a weak key, under which anything verifies"));
        }
        if key.to_edwards().compress().as_bytes() != bytes {
            return Err(malformed("it is not written canonically"));
        }
        Ok(Self(key))
    }

    /// The bytes of the key.
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Checks a signature of 64 bytes over a message.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<()> {
        let fails = || Error::untrue("the signature does not fit");
        let signature = Signature::from_slice(signature).map_err(|_| fails())?;
        self.0.verify_strict(message, &signature).map_err(|_| fails())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(self.bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

/// A secret Ed25519 key. Its bytes are erased when it is dropped, and it does not print.
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// The key of this seed: the 32 secret bytes of RFC 8032.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The public key, to be given to whoever checks.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs a message.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey of {}", self.public())
    }
}
