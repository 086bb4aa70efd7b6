//! Digests of files: several in one read.

use std::io::{self, Read};

use sha2::Digest as _;

/// A digest that manifests are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// MD5: collisions can be made in seconds. Old bags have nothing else.
    Md5,
    /// SHA-1: collisions can be made at some cost.
    Sha1,
    /// SHA-224.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    const ALL: [Self; 6] = [Self::Md5, Self::Sha1, Self::Sha224, Self::Sha256, Self::Sha384, Self::Sha512];

    /// Its name in the names of manifests: `sha256`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha224 => "sha224",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }

    /// The algorithm of this name; capitals and hyphens do not count.
    pub fn from_name(name: &str) -> Option<Self> {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == plain)
    }

    /// The length of its digests, in bytes.
    pub fn length(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Whether nobody can make two files of one digest.
    pub fn is_strong(self) -> bool {
        !matches!(self, Self::Md5 | Self::Sha1)
    }
}

enum Hasher {
    Md5(md5::Md5),
    Sha1(sha1::Sha1),
    Sha224(sha2::Sha224),
    Sha256(sha2::Sha256),
    Sha384(sha2::Sha384),
    Sha512(sha2::Sha512),
}

impl Hasher {
    fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Md5 => Self::Md5(md5::Md5::new()),
            Algorithm::Sha1 => Self::Sha1(sha1::Sha1::new()),
            Algorithm::Sha224 => Self::Sha224(sha2::Sha224::new()),
            Algorithm::Sha256 => Self::Sha256(sha2::Sha256::new()),
            Algorithm::Sha384 => Self::Sha384(sha2::Sha384::new()),
            Algorithm::Sha512 => Self::Sha512(sha2::Sha512::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Md5(h) => h.update(bytes),
            Self::Sha1(h) => h.update(bytes),
            Self::Sha224(h) => h.update(bytes),
            Self::Sha256(h) => h.update(bytes),
            Self::Sha384(h) => h.update(bytes),
            Self::Sha512(h) => h.update(bytes),
        }
    }

    fn finish(self) -> Vec<u8> {
        match self {
            Self::Md5(h) => h.finalize().to_vec(),
            Self::Sha1(h) => h.finalize().to_vec(),
            Self::Sha224(h) => h.finalize().to_vec(),
            Self::Sha256(h) => h.finalize().to_vec(),
            Self::Sha384(h) => h.finalize().to_vec(),
            Self::Sha512(h) => h.finalize().to_vec(),
        }
    }
}

/// The digests of a file, by algorithm, and its length in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digests {
    /// The digests, in the order they were asked for.
    pub digests: Vec<(Algorithm, Vec<u8>)>,
    /// The length in bytes.
    pub length: u64,
}

impl Digests {
    /// The digest by this algorithm, if it was asked for.
    pub fn get(&self, algorithm: Algorithm) -> Option<&[u8]> {
        self.digests.iter().find(|(a, _)| *a == algorithm).map(|(_, digest)| digest.as_slice())
    }
}

/// Reads to the end, computes the digests and hands each piece to `also`.
pub fn read_digests(
    mut reader: impl Read,
    algorithms: &[Algorithm],
    mut also: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<Digests> {
    let mut hashers: Vec<_> = algorithms.iter().map(|a| (*a, Hasher::new(*a))).collect();
    let (mut buffer, mut length) = (vec![0; 64 << 10], 0);
    loop {
        let piece = match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => buffer.get(..n).unwrap_or_default(),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        hashers.iter_mut().for_each(|(_, hasher)| hasher.update(piece));
        also(piece)?;
        length += piece.len() as u64;
    }
    Ok(Digests { digests: hashers.into_iter().map(|(a, hasher)| (a, hasher.finish())).collect(), length })
}

/// Bytes as small hexadecimal digits.
pub fn to_hex(bytes: &[u8]) -> String {
    let digit = |four_bits: u8| char::from_digit(u32::from(four_bits), 16).unwrap_or_default();
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(b & 0xf)]).collect()
}

/// The bytes that hexadecimal digits, small or capital, stand for.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |c: u8| char::from(c).to_digit(16);
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(digit(*high)? << 4 | digit(*low)?).ok(),
        _ => None,
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_digests() {
        let digests = read_digests(&b"hello\n"[..], &Algorithm::ALL, |_| Ok(())).unwrap();
        assert_eq!(digests.length, 6);
        for (algorithm, digest) in &digests.digests {
            assert_eq!(digest.len(), algorithm.length());
            assert_eq!(Algorithm::from_name(&algorithm.name().to_uppercase()), Some(*algorithm));
        }
        assert_eq!(to_hex(&digests.digests[0].1), "b1946ac92492d2347c6235b4d2611184");
        assert_eq!(to_hex(digests.get(Algorithm::Sha1).unwrap()), "f572d396fae9206628714fb2ce00f72e94f2258f");
        assert_eq!(from_hex("B1946ac9"), Some(vec![0xb1, 0x94, 0x6a, 0xc9]));
        assert_eq!((from_hex("b19"), from_hex("zz"), from_hex("+1")), (None, None, None));
        assert_eq!(Algorithm::from_name("sha-256"), Some(Algorithm::Sha256));
    }
}
