//! What locks the files of ZIP archives: the old cipher (APPNOTE 6.3.10, part 6.1) and AES (WinZip's AE-1 and AE-2).

use aes::cipher::{BlockEncrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256, Block};
use sha1::{Digest as _, Sha1};

use crate::format::bytes::u16_le;

/// How a file is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lock {
    /// By the old cipher; the byte by which most wrong passwords are told.
    Old(u8),
    /// By AES, with a key of so many bytes.
    Aes(usize),
}

/// How a file is locked by AES, as the field of its entry says: the lock, and how it is packed; and whether its checksum is kept.
pub(super) fn aes(field: &[u8]) -> Option<(Lock, u16, bool)> {
    let size = match field.get(4)? {
        1 => 16,
        2 => 24,
        3 => 32,
        _ => return None,
    };
    Some((Lock::Aes(size), u16_le(field, 5)?, u16_le(field, 0)? == 1))
}

/// The bytes of a file that this password opens; `None` where it does not.
pub(super) fn open(data: &[u8], lock: Lock, password: &str) -> Option<Vec<u8>> {
    match lock {
        _ if password.is_empty() => None,
        Lock::Old(check) => old(data, check, password),
        Lock::Aes(size) => strong(data, size, password),
    }
}

/// The bytes that the old cipher puts before a file.
const HEAD: usize = 12;

fn old(data: &[u8], check: u8, password: &str) -> Option<Vec<u8>> {
    let mut keys = Keys([0x1234_5678, 0x2345_6789, 0x3456_7890]);
    password.bytes().for_each(|byte| keys.take(byte));
    let mut open = data.iter().map(|byte| {
        let plain = byte ^ keys.next();
        keys.take(plain);
        plain
    });
    let head = open.by_ref().take(HEAD).last()?;
    (data.len() >= HEAD && head == check).then(|| open.collect())
}

/// The state of the old cipher.
struct Keys([u32; 3]);

impl Keys {
    fn take(&mut self, byte: u8) {
        let [a, b, c] = &mut self.0;
        *a = crc(*a, byte);
        *b = b.wrapping_add(*a & 0xFF).wrapping_mul(134_775_813).wrapping_add(1);
        *c = crc(*c, b.to_be_bytes()[0]);
    }

    fn next(&self) -> u8 {
        let word = (self.0[2] | 2) & 0xFFFF;
        word.wrapping_mul(word ^ 1).to_le_bytes()[1]
    }
}

/// One byte of CRC-32.
fn crc(crc: u32, byte: u8) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut n = 0;
        while n < 256 {
            let mut value = n as u32;
            let mut bit = 0;
            while bit < 8 {
                value = if value & 1 == 1 { 0xEDB8_8320 ^ (value >> 1) } else { value >> 1 };
                bit += 1;
            }
            table[n] = value;
            n += 1;
        }
        table
    };
    let low = crc.to_le_bytes()[0] ^ byte;
    TABLE.get(usize::from(low)).copied().unwrap_or_default() ^ (crc >> 8)
}

/// The bytes behind a file by which it is told that nothing was altered.
const PROOF: usize = 10;

/// How often a password is stirred.
const ROUNDS: u32 = 1000;

fn strong(data: &[u8], size: usize, password: &str) -> Option<Vec<u8>> {
    let (salt, data) = data.split_at_checked(size / 2)?;
    let (check, data) = data.split_at_checked(2)?;
    let (data, proof) = data.split_at_checked(data.len().checked_sub(PROOF)?)?;
    let keys = stirred(password.as_bytes(), salt, ROUNDS, size * 2 + 2);
    if keys.get(size * 2..) != Some(check) {
        return None;
    }
    let own = Mac::new(keys.get(size..size * 2)?).of(&[data]);
    if own.get(..PROOF) != Some(proof) {
        return None;
    }
    let key = keys.get(..size)?;
    match size {
        16 => counted(&Aes128::new_from_slice(key).ok()?, data),
        24 => counted(&Aes192::new_from_slice(key).ok()?, data),
        _ => counted(&Aes256::new_from_slice(key).ok()?, data),
    }
}

/// AES in counter mode, the counter from 1, its lowest byte first.
fn counted(cipher: &impl BlockEncrypt<BlockSize = aes::cipher::consts::U16>, data: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(data.len());
    for (counter, piece) in (1_u128..).zip(data.chunks(16)) {
        let mut block = Block::from(counter.to_le_bytes());
        cipher.encrypt_block(&mut block);
        out.extend(piece.iter().zip(block).map(|(byte, pad)| byte ^ pad));
    }
    Some(out)
}

/// PBKDF2 with HMAC-SHA-1 (RFC 8018).
pub(in crate::format) fn stirred(password: &[u8], salt: &[u8], rounds: u32, length: usize) -> Vec<u8> {
    let mac = Mac::new(password);
    let mut out = Vec::new();
    for block in 1_u32.. {
        if out.len() >= length {
            break;
        }
        let mut last = mac.of(&[salt, &block.to_be_bytes()]);
        let mut sum = last;
        for _ in 1..rounds {
            last = mac.of(&[&last]);
            sum.iter_mut().zip(last).for_each(|(sum, byte)| *sum ^= byte);
        }
        out.extend(sum);
    }
    out.truncate(length);
    out
}

/// HMAC-SHA-1 (RFC 2104) under one key.
struct Mac {
    inner: Sha1,
    outer: Sha1,
}

impl Mac {
    fn new(key: &[u8]) -> Self {
        let mut block = [0_u8; 64];
        let hashed: [u8; 20];
        let key = if key.len() > block.len() {
            hashed = Sha1::digest(key).into();
            &hashed[..]
        } else {
            key
        };
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte = *key);
        let begun = |pad: u8| Sha1::new().chain_update(block.map(|byte| byte ^ pad));
        Self { inner: begun(0x36), outer: begun(0x5C) }
    }

    fn of(&self, pieces: &[&[u8]]) -> [u8; 20] {
        let inner = pieces.iter().fold(self.inner.clone(), |hash, piece| hash.chain_update(piece));
        self.outer.clone().chain_update(inner.finalize()).finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn the_parts_are_those_of_the_standards() {
        // RFC 2202, cases 2 and 6.
        let mac = |key: &[u8], text: &[u8]| hex(&Mac::new(key).of(&[text]));
        assert_eq!(mac(b"Jefe", b"what do ya want for nothing?"), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        let long = mac(&[0xAA; 80], b"Test Using Larger Than Block-Size Key - Hash Key First");
        assert_eq!(long, "aa4ae5e15272d00e95705637ce8a3b55ed402112");
        // The check value of CRC-32.
        assert_eq!(b"123456789".iter().fold(u32::MAX, |sum, byte| crc(sum, *byte)) ^ u32::MAX, 0xCBF4_3926);
    }

    #[test]
    fn what_is_too_short_opens_with_nothing() {
        for length in 0..40 {
            let data = vec![0; length];
            assert_eq!(open(&data, Lock::Aes(32), "x"), None);
            assert!(open(&data, Lock::Old(1), "x").is_none_or(|out| out.len() + HEAD == length));
        }
    }
}
