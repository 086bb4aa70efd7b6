//! Office documents of Microsoft that are locked with a password (MS-OFFCRYPTO, agile encryption): a compound file that holds the package.

use std::io::{Cursor, Read as _};

use aes::cipher::{BlockDecrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256, Block};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::bytes::{u16_le, u64_le};
use super::mail::base64;
use super::parse_with;
use super::xml::{self, Node, Tag, Xml};
use crate::media::Kind;
use crate::rendition::{Limits, Refusal, Rendition};
use crate::zipped;

/// How often a password may be stirred; Office does it 100,000 times.
const MOST_ROUNDS: u32 = 1_000_000;

/// The package is encrypted in pieces of so many bytes.
const PIECE: usize = 4096;

/// What is stirred in at the end, for each thing that the password opens.
const INPUT: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const VALUE: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

/// Reads a locked document.
pub(super) fn parse(bytes: &[u8], limits: Limits, password: &str) -> Result<Rendition, Refusal> {
    let damaged = |what: &str| Refusal::Damaged(what.to_owned());
    let mut file =
        cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged("its file system cannot be read"))?;
    let mut stream = |name: &str| {
        let stream = file.open_stream(name).map_err(|_| damaged("a part of it is missing"))?;
        let mut out = Vec::new();
        // A stream that breaks off gives what there is of it.
        let _read = stream.take(bytes.len() as u64).read_to_end(&mut out);
        Ok::<_, Refusal>(out)
    };
    let info = stream("/EncryptionInfo")?;
    if (u16_le(&info, 0), u16_le(&info, 2)) != (Some(4), Some(4)) {
        return Err(Refusal::Unsupported("it is locked in a way that is not opened here".to_owned()));
    }
    if password.is_empty() {
        return Err(Refusal::Locked);
    }
    let (text, _) = xml::decode(info.get(8..).unwrap_or_default().to_vec());
    let (whole, own) = told(&text, limits).ok_or_else(|| damaged("how it is locked cannot be read"))?;
    let key = own.open(password).ok_or(Refusal::Locked)?;
    let package = stream("/EncryptedPackage")?;
    let package = whole.unlock(&key, &package).ok_or_else(|| damaged("its content cannot be decrypted"))?;
    match zipped::of(&package) {
        Ok(kind @ (Kind::Docx | Kind::Xlsx | Kind::Pptx)) => parse_with(kind, &package, limits, ""),
        _ => Err(damaged("what it holds is no office document")),
    }
}

/// How something is encrypted.
struct Cipher {
    salt: Vec<u8>,
    hash: Hash,
    /// Bytes of a key.
    size: usize,
}

impl Cipher {
    fn of(tag: &Tag<'_>) -> Option<Self> {
        let said = |name: &str| tag.attr(name).unwrap_or_default();
        let size = match said("keyBits").as_ref() {
            "128" => 16,
            "192" => 24,
            "256" => 32,
            _ => return None,
        };
        let known = said("cipherAlgorithm") == "AES"
            && said("cipherChaining") == "ChainingModeCBC"
            && said("blockSize") == "16";
        known.then(|| {
            Some(Self {
                salt: base64(said("saltValue").as_bytes()).bytes,
                hash: Hash::named(&said("hashAlgorithm"))?,
                size,
            })
        })?
    }

    /// The package, piece by piece.
    fn unlock(&self, key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
        let size = usize::try_from(u64_le(data, 0)?).ok()?;
        let mut out = Vec::with_capacity(data.len());
        for (n, piece) in (0_u32..).zip(data.get(8..)?.chunks(PIECE)) {
            let start = self.hash.of(&[&self.salt, &n.to_le_bytes()]);
            out.extend(chained(key, start.get(..16)?, piece)?);
        }
        out.truncate(size);
        Some(out)
    }
}

/// What the password opens: the key of the package.
struct Own {
    cipher: Cipher,
    rounds: u32,
    input: Vec<u8>,
    value: Vec<u8>,
    key: Vec<u8>,
}

impl Own {
    /// The key of the package; `None` where the password is another.
    fn open(&self, password: &str) -> Option<Vec<u8>> {
        let Cipher { salt, hash, size } = &self.cipher;
        let letters: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut stirred = hash.of(&[salt, &letters]);
        for round in 0..self.rounds {
            stirred = hash.of(&[&round.to_le_bytes(), &stirred]);
        }
        let open = |what: &[u8], data: &[u8]| {
            let mut key = hash.of(&[&stirred, what]);
            key.resize(*size, 0x36);
            chained(&key, salt.get(..16)?, data)
        };
        let (input, value) = (open(&INPUT, &self.input)?, open(&VALUE, &self.value)?);
        let proof = hash.of(&[input.get(..salt.len().min(input.len()))?]);
        (value.get(..proof.len()) == Some(proof.as_slice()))
            .then(|| open(&KEY, &self.key)?.get(..*size).map(<[u8]>::to_vec))?
    }
}

/// How the package is encrypted, and what opens it.
fn told(text: &str, limits: Limits) -> Option<(Cipher, Own)> {
    let mut xml = Xml::new(text, limits.depth);
    let (mut whole, mut own) = (None, None);
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        match tag.local() {
            "keyData" => whole = Cipher::of(&tag),
            "encryptedKey" => {
                let bytes = |name: &str| tag.attr(name).map(|value| base64(value.as_bytes()).bytes).unwrap_or_default();
                own = Some(Own {
                    cipher: Cipher::of(&tag)?,
                    rounds: tag.attr("spinCount")?.parse().ok().filter(|rounds| *rounds <= MOST_ROUNDS)?,
                    input: bytes("encryptedVerifierHashInput"),
                    value: bytes("encryptedVerifierHashValue"),
                    key: bytes("encryptedKeyValue"),
                });
            }
            _ => {}
        }
    }
    whole.zip(own)
}

/// AES, each block chained to the one before it; what is no whole block at the end is left out.
pub(super) fn chained(key: &[u8], start: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    fn run(cipher: &impl BlockDecrypt<BlockSize = aes::cipher::consts::U16>, start: &[u8], data: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(data.len());
        let mut before = start;
        for piece in data.chunks_exact(16) {
            let mut block = Block::clone_from_slice(piece);
            cipher.decrypt_block(&mut block);
            out.extend(block.iter().zip(before).map(|(byte, before)| byte ^ before));
            before = piece;
        }
        out
    }
    Some(match key.len() {
        16 => run(&Aes128::new_from_slice(key).ok()?, start, data),
        24 => run(&Aes192::new_from_slice(key).ok()?, start, data),
        32 => run(&Aes256::new_from_slice(key).ok()?, start, data),
        _ => return None,
    })
}

/// A way to hash.
#[derive(Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "SHA1" | "SHA-1" => Self::Sha1,
            "SHA256" | "SHA-256" => Self::Sha256,
            "SHA384" | "SHA-384" => Self::Sha384,
            "SHA512" | "SHA-512" => Self::Sha512,
            _ => return None,
        })
    }

    fn of(self, pieces: &[&[u8]]) -> Vec<u8> {
        fn run<D: Digest>(pieces: &[&[u8]]) -> Vec<u8> {
            pieces.iter().fold(D::new(), |hash, piece| hash.chain_update(piece)).finalize().to_vec()
        }
        match self {
            Self::Sha1 => run::<Sha1>(pieces),
            Self::Sha256 => run::<Sha256>(pieces),
            Self::Sha384 => run::<Sha384>(pieces),
            Self::Sha512 => run::<Sha512>(pieces),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_opened_with_their_password() {
        let docx = include_bytes!("../../tests/locked/letter.docx");
        let xlsx = include_bytes!("../../tests/locked/revision.xlsx");
        for (bytes, words) in [(&docx[..], "Monsieur le Préfet,"), (xlsx, "Суд скасував вирок")] {
            assert_eq!(crate::media::of("a.docx", bytes), Ok(Kind::Secured));
            let open = |password| parse(bytes, Limits::default(), password);
            let seen = open("open sesame").unwrap_or_else(|e| panic!("{e}"));
            assert!(seen.check() == Ok(()) && seen.text.contains(words), "{}", seen.text);
            assert_eq!(open("another"), Err(Refusal::Locked));
            assert_eq!(open(""), Err(Refusal::Locked));
        }
        for end in [0, 600, 2000, 6000] {
            assert!(parse(docx.get(..end).unwrap_or_default(), Limits::default(), "open sesame").is_err(), "{end}");
        }
    }
}
