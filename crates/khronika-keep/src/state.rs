//! One digest of everything that a case holds, kept up to date without reading it all.
//!
//! SQLCipher finds a page that was altered, but not one that was put back as it stood last week: that is a page it wrote itself. So each
//! entry of the journal vouches for what the case holds after it, as the digest of a sum. Each row counts as 1,024 numbers of 16 bits that
//! BLAKE3 makes of it, added up without carrying (LtHash; Bellare and Micciancio 1997, Lewi and others 2019): a row can be added or taken
//! out without a look at the others, and to find other rows with the same sum is as hard as a problem on lattices.

use crate::error::{Error, Result};

const LANES: usize = 1024;
const BYTES: usize = 2 * LANES;

/// The kinds of rows, each with a sum of its own, so that a check can say which of them is not as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Held {
    /// The documents: digests, size, pieces.
    Source,
    /// Which document came when, and from which it was taken.
    Receipt,
    /// The texts as they were read.
    Text,
    /// Whose signing keys there are.
    Person,
    /// What opens the case.
    Slot,
}

impl Held {
    pub(crate) const ALL: [Self; 5] = [Self::Source, Self::Receipt, Self::Text, Self::Person, Self::Slot];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Source => "the list of sources",
            Self::Receipt => "the list of receipts",
            Self::Text => "the texts",
            Self::Person => "the list of signing keys",
            Self::Slot => "the list of what opens the case",
        }
    }
}

/// The sums of all kinds.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct State {
    sums: [[u16; LANES]; Held::ALL.len()],
}

impl Default for State {
    fn default() -> Self {
        Self { sums: [[0; LANES]; Held::ALL.len()] }
    }
}

/// A row, as what it is made of; each part counts with its length.
pub(crate) fn row(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = blake3::Hasher::new();
    for part in parts {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    *hash.finalize().as_bytes()
}

impl State {
    pub(crate) fn add(&mut self, kind: Held, row: &[u8; 32]) {
        self.change(kind, row, u16::wrapping_add);
    }

    pub(crate) fn remove(&mut self, kind: Held, row: &[u8; 32]) {
        self.change(kind, row, u16::wrapping_sub);
    }

    fn change(&mut self, kind: Held, row: &[u8; 32], change: fn(u16, u16) -> u16) {
        let mut bytes = [0; BYTES];
        blake3::Hasher::new_derive_key("khronika case state 1").update(row).finalize_xof().fill(&mut bytes);
        let Some(sum) = self.sums.get_mut(kind as usize) else { return };
        for (lane, pair) in sum.iter_mut().zip(bytes.as_chunks::<2>().0) {
            *lane = change(*lane, u16::from_le_bytes(*pair));
        }
    }

    /// The digest that entries give.
    pub(crate) fn digest(&self) -> [u8; 32] {
        *blake3::hash(&self.to_bytes()).as_bytes()
    }

    /// The kinds whose sums differ.
    pub(crate) fn differ(&self, other: &Self) -> Vec<Held> {
        Held::ALL.into_iter().filter(|kind| self.sums.get(*kind as usize) != other.sums.get(*kind as usize)).collect()
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0; Held::ALL.len() * BYTES];
        for (pair, lane) in bytes.as_chunks_mut::<2>().0.iter_mut().zip(self.sums.as_flattened()) {
            *pair = lane.to_le_bytes();
        }
        bytes
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self> {
        if bytes.len() != Held::ALL.len() * BYTES {
            return Err(Error::damaged("the sums of what the case holds are cut short"));
        }
        let mut state = Self::default();
        for (lane, pair) in state.sums.iter_mut().flatten().zip(bytes.as_chunks::<2>().0) {
            *lane = u16::from_le_bytes(*pair);
        }
        Ok(state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_does_not_count_and_what_is_taken_out_is_gone() {
        let (a, b) = (row(&[b"a"]), row(&[b"b"]));
        let (mut one, mut two) = (State::default(), State::default());
        one.add(Held::Source, &a);
        one.add(Held::Source, &b);
        two.add(Held::Source, &b);
        two.add(Held::Source, &a);
        assert_eq!(one.digest(), two.digest());
        one.remove(Held::Source, &b);
        assert_ne!(one.digest(), two.digest());
        two.remove(Held::Source, &b);
        assert_eq!(one.digest(), two.digest());
        two.add(Held::Text, &b);
        assert_eq!(one.differ(&two), [Held::Text]);
        assert!(State::from_bytes(&two.to_bytes()).unwrap() == two);
    }

    #[test]
    fn parts_are_framed() {
        assert_ne!(row(&[b"ab", b"c"]), row(&[b"a", b"bc"]));
    }
}
