//! The two hashes that tie a word to rows of weights.

use std::collections::HashMap;

/// Strings that spaCy numbers by hand, each on the line of its number.
const SYMBOLS: &str = include_str!("symbols.txt");

/// The numbers of strings: small for the reserved ones, a hash for all others.
#[derive(Debug)]
pub(crate) struct StringIds {
    reserved: HashMap<&'static str, u64>,
    longest: usize,
}

impl StringIds {
    pub(crate) fn new() -> Self {
        let reserved: HashMap<_, _> = SYMBOLS.lines().zip(0..).collect();
        let longest = reserved.keys().map(|s| s.len()).max().unwrap_or(0);
        Self { reserved, longest }
    }

    /// The number of a string.
    pub(crate) fn id(&self, text: &str) -> u64 {
        if text.len() <= self.longest
            && let Some(&id) = self.reserved.get(text)
        {
            return id;
        }
        murmur64a(text.as_bytes(), 1)
    }

    /// The reserved string of a number.
    pub(crate) fn reserved(number: usize) -> Option<&'static str> {
        SYMBOLS.lines().nth(number)
    }
}

/// MurmurHash64A (Austin Appleby, public domain).
pub(crate) fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xC6A4_A793_5BD1_E995;
    const R: u32 = 47;
    let mut h = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        let mut k = u64::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> R;
        h = (h ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let tail = rest.iter().rev().fold(0_u64, |n, &b| (n << 8) | u64::from(b));
        h = (h ^ tail).wrapping_mul(M);
    }
    h ^= h >> R;
    h = h.wrapping_mul(M);
    h ^ (h >> R)
}

/// The four rows of a hash embedding that a number falls on, before the modulus: the 128-bit MurmurHash3 for 64-bit machines, but
/// for one key of eight bytes, as thinc computes it.
pub(crate) fn embedding_rows(key: u64, seed: u32) -> [u32; 4] {
    let seed = u64::from(seed);
    let mut h1 = key.wrapping_mul(0x87C3_7B91_1142_53D5).rotate_left(31).wrapping_mul(0x4CF5_AD43_2745_937F);
    h1 ^= seed ^ 8;
    finished(h1, seed ^ 8)
}

/// The end of MurmurHash3 for 128 bits: its two halves mixed, as four numbers.
fn finished(mut h1: u64, mut h2: u64) -> [u32; 4] {
    const fn mix(mut h: u64) -> u64 {
        h ^= h >> 33;
        h = h.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        h ^= h >> 33;
        h = h.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
        h ^ (h >> 33)
    }
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    let [low, high] = [|h: u64| (h & 0xFFFF_FFFF) as u32, |h: u64| (h >> 32) as u32];
    [low(h1), high(h1), low(h2), high(h2)]
}

/// The standard 128-bit MurmurHash3 for 64-bit machines, as four numbers: the rows of floret vectors.
pub(crate) fn murmur3_128(bytes: &[u8], seed: u32) -> [u32; 4] {
    const C1: u64 = 0x87C3_7B91_1142_53D5;
    const C2: u64 = 0x4CF5_AD43_2745_937F;
    let word = |part: &[u8]| part.iter().rev().fold(0_u64, |n, &b| (n << 8) | u64::from(b));
    let (mut h1, mut h2) = (u64::from(seed), u64::from(seed));
    let (blocks, rest) = bytes.as_chunks::<16>();
    let first = |k: u64| k.wrapping_mul(C1).rotate_left(31).wrapping_mul(C2);
    let second = |k: u64| k.wrapping_mul(C2).rotate_left(33).wrapping_mul(C1);
    for block in blocks {
        let (low, high) = block.split_at(8);
        h1 ^= first(word(low));
        h1 = h1.rotate_left(27).wrapping_add(h2).wrapping_mul(5).wrapping_add(0x52DC_E729);
        h2 ^= second(word(high));
        h2 = h2.rotate_left(31).wrapping_add(h1).wrapping_mul(5).wrapping_add(0x3849_5AB5);
    }
    let (low, high) = rest.split_at(rest.len().min(8));
    h2 ^= second(word(high));
    h1 ^= first(word(low));
    h1 ^= bytes.len() as u64;
    h2 ^= bytes.len() as u64;
    finished(h1, h2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_have_the_numbers_that_spacy_gives_them() {
        let ids = StringIds::new();
        assert_eq!(ids.id("coffee"), 3_197_928_453_018_144_401);
        assert_eq!(ids.id("Xxxxx"), 16_072_095_006_890_171_862);
        assert_eq!(ids.id("суд"), 9_427_134_675_288_749_167);
        assert_eq!((ids.id(""), ids.id("X"), ids.id("PERSON")), (0, 101, 380));
    }

    #[test]
    fn rows_are_those_of_thinc() {
        assert_eq!(embedding_rows(1, 8), [0x453b_d91c, 0x85fa_7376, 0x67d9_c5aa, 0x48f7_ad31]);
        assert_eq!(embedding_rows(3_197_928_453_018_144_401, 11), [0xa3f2_cb82, 0xc1d1_6e62, 0x367d_1e65, 0x98c3_febb]);
        assert_eq!(embedding_rows(0, 8), [0; 4]);
    }
}
