//! The digests and signatures that time stamps and certificates use.

use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::pss::Pss;
use rsa::{BoxedUint, PublicKey as RsaKey};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::der::{self, Item, NULL, OID, Reader, SEQUENCE, malformed, oid_text};
use crate::digest::Algorithm;
use crate::error::{Error, Result};

/// Object identifiers, as they stand in DER.
pub(super) mod oid {
    pub const SIGNED_DATA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
    pub const TST_INFO: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04";
    pub const CONTENT_TYPE: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03";
    pub const MESSAGE_DIGEST: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04";
    pub const SIGNING_CERTIFICATE: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0c";
    pub const SIGNING_CERTIFICATE_V2: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x2f";
    pub const BASIC_CONSTRAINTS: &[u8] = b"\x55\x1d\x13";
    pub const KEY_USAGE: &[u8] = b"\x55\x1d\x0f";
    pub const EXTENDED_KEY_USAGE: &[u8] = b"\x55\x1d\x25";
    pub const CERTIFICATE_POLICIES: &[u8] = b"\x55\x1d\x20";
    pub const SUBJECT_ALT_NAME: &[u8] = b"\x55\x1d\x11";
    pub const SUBJECT_KEY_ID: &[u8] = b"\x55\x1d\x0e";
    pub const TIME_STAMPING: &[u8] = b"\x2b\x06\x01\x05\x05\x07\x03\x08";
    pub const ANY_PURPOSE: &[u8] = b"\x55\x1d\x25\x00";
    pub const SHA1: &[u8] = b"\x2b\x0e\x03\x02\x1a";
    pub const SHA256: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x01";
    pub const SHA384: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x02";
    pub const SHA512: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x03";
    pub const RSA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01";
    pub const RSA_PSS: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a";
    pub const MGF1: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08";
    pub const RSA_SHA256: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b";
    pub const RSA_SHA384: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c";
    pub const RSA_SHA512: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d";
    pub const EC_KEY: &[u8] = b"\x2a\x86\x48\xce\x3d\x02\x01";
    pub const P256: &[u8] = b"\x2a\x86\x48\xce\x3d\x03\x01\x07";
    pub const P384: &[u8] = b"\x2b\x81\x04\x00\x22";
    pub const ECDSA_SHA256: &[u8] = b"\x2a\x86\x48\xce\x3d\x04\x03\x02";
    pub const ECDSA_SHA384: &[u8] = b"\x2a\x86\x48\xce\x3d\x04\x03\x03";
    pub const ECDSA_SHA512: &[u8] = b"\x2a\x86\x48\xce\x3d\x04\x03\x04";
    pub const ED25519: &[u8] = b"\x2b\x65\x70";
}

/// An algorithm with its parameters.
#[derive(Clone, Copy, Debug)]
pub(super) struct AlgorithmId<'a> {
    pub oid: &'a [u8],
    pub parameters: Option<Item<'a>>,
}

impl<'a> AlgorithmId<'a> {
    pub fn of(item: &Item<'a>) -> Result<Self> {
        if item.tag != SEQUENCE {
            return Err(malformed("an algorithm is none"));
        }
        let mut inside = item.inside();
        let oid = inside.expect(OID)?.value;
        let parameters = if inside.is_empty() { None } else { Some(inside.next()?) };
        inside.end()?;
        Ok(Self { oid, parameters })
    }

    /// The digest that it is.
    pub fn digest(&self) -> Result<Algorithm> {
        match self.oid {
            oid::SHA256 => Ok(Algorithm::Sha256),
            oid::SHA384 => Ok(Algorithm::Sha384),
            oid::SHA512 => Ok(Algorithm::Sha512),
            oid::SHA1 => Err(Error::unsupported("it uses SHA-1, with which stamps can be forged")),
            other => Err(unknown("digest", other)),
        }
    }
}

fn unknown(what: &str, oid: &[u8]) -> Error {
    Error::unsupported(format!("the {what} {} is not known here", oid_text(oid)))
}

/// The digest of bytes.
pub(super) fn hash(algorithm: Algorithm, bytes: &[u8]) -> Vec<u8> {
    match algorithm {
        Algorithm::Sha384 => Sha384::digest(bytes).to_vec(),
        Algorithm::Sha512 => Sha512::digest(bytes).to_vec(),
        _ => Sha256::digest(bytes).to_vec(),
    }
}

/// Checks a signature with the key of a certificate (its SubjectPublicKeyInfo). `digest` is the one that a CMS signer names beside
/// algorithms that do not name one themselves.
pub(super) fn verify(
    key: &Item<'_>,
    algorithm: &AlgorithmId<'_>,
    digest: Option<Algorithm>,
    message: &[u8],
    signature: &[u8],
) -> Result<()> {
    let fails = || Error::untrue("the signature does not fit");
    let mut inside = key.inside();
    let kind = AlgorithmId::of(&inside.next()?)?;
    let bytes = inside.next()?.bits()?;
    let named = match algorithm.oid {
        oid::RSA_SHA256 | oid::ECDSA_SHA256 => Some(Algorithm::Sha256),
        oid::RSA_SHA384 | oid::ECDSA_SHA384 => Some(Algorithm::Sha384),
        oid::RSA_SHA512 | oid::ECDSA_SHA512 => Some(Algorithm::Sha512),
        _ => digest,
    };
    match (kind.oid, algorithm.oid) {
        (oid::RSA, oid::RSA | oid::RSA_SHA256 | oid::RSA_SHA384 | oid::RSA_SHA512) => {
            let digest = named.ok_or_else(|| malformed("it names no digest"))?;
            let scheme = match digest {
                Algorithm::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                Algorithm::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
                _ => Pkcs1v15Sign::new::<Sha256>(),
            };
            rsa_key(bytes)?.verify(scheme, &hash(digest, message), signature).map_err(|_| fails())
        }
        (oid::RSA | oid::RSA_PSS, oid::RSA_PSS) => {
            let (digest, salt) = pss(algorithm)?;
            let (key, hashed) = (rsa_key(bytes)?, hash(digest, message));
            let checked = match digest {
                Algorithm::Sha384 => key.verify(Pss::<Sha384>::new_with_salt(salt), &hashed, signature),
                Algorithm::Sha512 => key.verify(Pss::<Sha512>::new_with_salt(salt), &hashed, signature),
                _ => key.verify(Pss::<Sha256>::new_with_salt(salt), &hashed, signature),
            };
            checked.map_err(|_| fails())
        }
        (oid::EC_KEY, oid::EC_KEY | oid::ECDSA_SHA256 | oid::ECDSA_SHA384 | oid::ECDSA_SHA512) => {
            let digest = named.ok_or_else(|| malformed("it names no digest"))?;
            let hashed = hash(digest, message);
            match kind.parameters.map(|item| item.value) {
                Some(oid::P256) => {
                    let key =
                        p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).map_err(|_| malformed("a key is none"))?;
                    let signature = p256::ecdsa::Signature::from_slice(&ecdsa(signature, 32)?).map_err(|_| fails())?;
                    key.verify_prehash(&hashed, &signature).map_err(|_| fails())
                }
                Some(oid::P384) => {
                    let key =
                        p384::ecdsa::VerifyingKey::from_sec1_bytes(bytes).map_err(|_| malformed("a key is none"))?;
                    let signature = p384::ecdsa::Signature::from_slice(&ecdsa(signature, 48)?).map_err(|_| fails())?;
                    key.verify_prehash(&hashed, &signature).map_err(|_| fails())
                }
                Some(other) => Err(unknown("curve", other)),
                None => Err(malformed("a key has no curve")),
            }
        }
        (oid::ED25519, oid::ED25519) => {
            let bytes = bytes.try_into().map_err(|_| malformed("a key is none"))?;
            crate::sign::PublicKey::from_bytes(bytes)?.verify(message, signature).map_err(|_| fails())
        }
        (_, other) => Err(unknown("signature algorithm", other)),
    }
}

fn rsa_key(bytes: &[u8]) -> Result<RsaKey> {
    let mut fields = Reader(bytes).expect(SEQUENCE)?.inside();
    let number = |item: Item<'_>| -> Result<BoxedUint> {
        let bytes = item.number()?;
        let bits = u32::try_from(bytes.len() * 8).map_err(|_| malformed("a key is too long"))?;
        BoxedUint::from_be_slice(bytes, bits).map_err(|_| malformed("a key is none"))
    };
    let modulus = fields.next()?;
    if modulus.value.len() < 256 {
        return Err(Error::unsupported("an RSA key of less than 2,048 bits can be forged"));
    }
    if modulus.value.len() > 1025 {
        return Err(Error::unsupported("an RSA key of more than 8,192 bits is not checked here"));
    }
    let (n, e) = (number(modulus)?, number(fields.next()?)?);
    RsaKey::new_with_size_limits(n, e, 2048..=8192).map_err(|_| malformed("an RSA key is none"))
}

/// The digest and the length of the salt. Both digests that PSS uses have to be the same, as they are everywhere.
fn pss(algorithm: &AlgorithmId<'_>) -> Result<(Algorithm, usize)> {
    let parameters = algorithm.parameters.filter(|item| item.tag == SEQUENCE);
    // What is left out is SHA-1.
    let mut fields =
        parameters.ok_or_else(|| Error::unsupported("it uses SHA-1, with which stamps can be forged"))?.inside();
    let digest = fields.optional(der::numbered(0))?.map(|item| AlgorithmId::of(&item.inside().next()?)?.digest());
    let mask = fields.optional(der::numbered(1))?;
    let salt = fields.optional(der::numbered(2))?.map(|item| item.inside().next()?.small()).transpose()?.unwrap_or(20);
    let digest = digest.unwrap_or_else(|| Err(Error::unsupported("it uses SHA-1, with which stamps can be forged")))?;
    if let Some(mask) = mask {
        let mask = AlgorithmId::of(&mask.inside().next()?)?;
        let inner = mask.parameters.filter(|item| item.tag == SEQUENCE && mask.oid == oid::MGF1);
        let inner = inner.ok_or_else(|| unknown("mask of a signature", mask.oid))?;
        if AlgorithmId::of(&inner)?.digest()? == digest {
            return Ok((digest, usize::try_from(salt).unwrap_or(usize::MAX).min(512)));
        }
    }
    Err(Error::unsupported("the signature uses two digests"))
}

/// The two numbers of an ECDSA signature, each in `length` bytes.
fn ecdsa(signature: &[u8], length: usize) -> Result<Vec<u8>> {
    let mut reader = Reader(signature);
    let mut fields = reader.expect(SEQUENCE)?.inside();
    reader.end()?;
    let mut out = Vec::new();
    for item in [fields.next()?, fields.next()?] {
        let number = item.number()?;
        let zeroes = length.checked_sub(number.len()).ok_or_else(|| malformed("a signature is too long"))?;
        out.resize(out.len() + zeroes, 0);
        out.extend(number);
    }
    fields.end()?;
    Ok(out)
}

/// SHA-256 as requests name it.
pub(super) fn sha256_id() -> Vec<u8> {
    der::write(SEQUENCE, &[der::write(OID, oid::SHA256), der::write(NULL, &[])].concat())
}
