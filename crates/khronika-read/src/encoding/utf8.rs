//! UTF-8, also where parts of it are damaged.

use std::borrow::Cow;

use super::{Decoded, Harm, Ledger};

/// How far bytes are UTF-8.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Quality {
    /// Characters of more than one byte that are well formed.
    many_byte: usize,
    broken: usize,
}

impl Quality {
    pub(super) fn is_valid(self) -> bool {
        self.broken == 0
    }

    /// True for UTF-8 with some damage: letters of the older encodings look like a well-formed sequence of several bytes only by
    /// rare chance, so two of them for each broken one settle it.
    pub(super) fn is_damaged_utf8(self) -> bool {
        self.many_byte >= 2 * self.broken
    }
}

/// Counts well-formed and broken sequences; enough of the bytes are read to tell.
pub(super) fn quality(bytes: &[u8]) -> Quality {
    let mut quality = Quality::default();
    if std::str::from_utf8(bytes).is_ok() {
        return quality;
    }
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid().as_bytes();
        quality.many_byte += valid.iter().filter(|b| **b >= 0xC0).count();
        quality.broken += usize::from(!chunk.invalid().is_empty());
        if quality.broken + quality.many_byte > 100_000 {
            break;
        }
    }
    quality
}

/// Reads the bytes from `skip` on; what is broken becomes U+FFFD, one for each maximal part of a sequence (Unicode, chapter 3.9).
pub(super) fn decode(bytes: Cow<'_, [u8]>, skip: usize) -> Decoded {
    let body = bytes.get(skip..).unwrap_or_default();
    if memchr::memchr(0, body).is_none() && std::str::from_utf8(body).is_ok() {
        let text = match bytes {
            Cow::Owned(bytes) if skip == 0 => String::from_utf8(bytes).unwrap_or_default(),
            bytes => String::from_utf8_lossy(bytes.get(skip..).unwrap_or_default()).into_owned(),
        };
        return Decoded { text, encoding: "UTF-8", damage: Vec::new() };
    }
    let mut text = String::with_capacity(body.len() + body.len() / 16);
    let mut ledger = Ledger::default();
    let mut at = skip as u64;
    for chunk in body.utf8_chunks() {
        for (n, part) in chunk.valid().split('\0').enumerate() {
            if n > 0 {
                ledger.replace(&mut text, Harm::Nul, Some(at));
                at += 1;
            }
            text.push_str(part);
            at += part.len() as u64;
        }
        if !chunk.invalid().is_empty() {
            ledger.replace(&mut text, Harm::Broken, Some(at));
            at += chunk.invalid().len() as u64;
        }
    }
    Decoded { text, encoding: "UTF-8", damage: ledger.into_damage() }
}
