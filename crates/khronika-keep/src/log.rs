//! The write-ahead log beside a case file: whether it is the case's own.
//!
//! SQLite plays the log that lies beside a database into it, whosever log it is: it looks at the sums of the log, which say that it is
//! whole, not at whose it is. A log that is left from another case (a file was renamed, or put back without its log) would make the
//! case look damaged, and closing it would write the other's pages into it. Every page bears a digest of SQLCipher's, made with a key
//! that belongs to the database; the first page of the log tells by it whose the log is, before SQLite sees it.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use sha2::{Digest as _, Sha512};
use zeroize::Zeroizing;

use crate::envelope::ENVELOPE;
use crate::key::Secret;

/// What a log begins with, and what stands before each page in it.
const HEADER: usize = 32;
const FRAME: usize = 24;
/// The length of a page, and of the digest of all before it that SQLCipher keeps at its end.
const PAGE: usize = 4096;
const DIGEST: usize = 64;
/// The salt that the first page of a database begins with; it is no part of what is encrypted.
const SALT: usize = 16;
/// What SQLCipher changes every byte of the salt by, to make a second key from the first.
const MASK: u8 = 0x3a;

/// True where the log beside a case is whole, so that SQLite would play it, and its first page is not one of the case's.
///
/// `file` is the case file, `key` the key of its database.
pub(crate) fn is_of_another(file: &mut File, log: &Path, key: &Secret) -> io::Result<bool> {
    let mut beginning = [0; HEADER + FRAME + PAGE];
    let mut salt = [0; SALT];
    let is_there = |read: io::Result<()>| match read {
        Err(error) if matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::NotFound) => Ok(false),
        read => read.map(|()| true),
    };
    if !is_there(File::open(log).and_then(|mut log| log.read_exact(&mut beginning)))?
        || !is_there(file.seek(SeekFrom::Start(ENVELOPE as u64)).and_then(|_| file.read_exact(&mut salt)))?
    {
        return Ok(false);
    }
    Ok(first_page(&beginning).is_some_and(|(number, page)| !is_ours(number, page, key, &salt)))
}

/// The number of the first page in a log and the page, where the sums before it hold.
fn first_page(log: &[u8; HEADER + FRAME + PAGE]) -> Option<(u32, &[u8])> {
    let word = |at: usize| log.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    // The last bit tells the order of bytes in which the sums are made.
    let magic = word(0)?;
    let read: fn([u8; 4]) -> u32 = match magic {
        0x377f_0682 => u32::from_le_bytes,
        0x377f_0683 => u32::from_be_bytes,
        _ => return None,
    };
    let sum = |mut sums: (u32, u32), bytes: &[u8]| {
        for pair in bytes.as_chunks::<4>().0.as_chunks::<2>().0 {
            sums.0 = sums.0.wrapping_add(read(pair[0])).wrapping_add(sums.1);
            sums.1 = sums.1.wrapping_add(read(pair[1])).wrapping_add(sums.0);
        }
        sums
    };
    let head = sum((0, 0), log.get(..24)?);
    let page = log.get(HEADER + FRAME..)?;
    let whole = sum(sum(head, log.get(HEADER..HEADER + 8)?), page);
    let is_whole = head == (word(24)?, word(28)?)
        && word(8)? as usize == PAGE
        && log.get(16..24)? == log.get(HEADER + 8..HEADER + 16)?
        && whole == (word(HEADER + 16)?, word(HEADER + 20)?);
    is_whole.then_some((word(HEADER)?, page))
}

/// True where the digest of a page is one that the key of this database makes.
fn is_ours(number: u32, page: &[u8], key: &Secret, salt: &[u8; SALT]) -> bool {
    let masked = salt.map(|byte| byte ^ MASK);
    // PBKDF2 with two rounds.
    let first = Zeroizing::new(hmac(key.as_slice(), &[&masked, &1_u32.to_be_bytes()]));
    let second = Zeroizing::new(hmac(key.as_slice(), &[first.as_slice()]));
    let made: Zeroizing<Vec<u8>> = Zeroizing::new(first.iter().zip(second.iter()).map(|(a, b)| a ^ b).collect());
    let from = if number == 1 { SALT } else { 0 };
    let (Some(key), Some(content)) = (made.get(..32), page.get(from..PAGE - DIGEST)) else { return false };
    page.get(PAGE - DIGEST..).is_some_and(|digest| digest == hmac(key, &[content, &number.to_le_bytes()]))
}

/// HMAC-SHA-512 with a key that is shorter than a block.
fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 64] {
    let padded = |pad: u8| {
        let mut block = Zeroizing::new([pad; 128]);
        block.iter_mut().zip(key).for_each(|(to, from)| *to ^= from);
        Sha512::new_with_prefix(block.as_slice())
    };
    let inner = parts.iter().fold(padded(0x36), |hash, part| hash.chain_update(part)).finalize();
    padded(0x5c).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    #[test]
    fn a_digest_under_a_key() {
        let digest = hmac(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        let hex = khronika_seal::digest::to_hex(&digest);
        assert!(hex.starts_with("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"), "{hex}");
    }
}
