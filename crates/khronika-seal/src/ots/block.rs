//! The header of a Bitcoin block.

use sha2::{Digest as _, Sha256};

use crate::digest::{from_hex, to_hex};
use crate::error::{Error, Result};

const WHAT: &str = "header of a Bitcoin block";

/// The header of a Bitcoin block: 80 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockHeader {
    /// The root of the transactions, in the order of bytes that proofs have.
    pub merkle_root: [u8; 32],
    /// The time that the miner states, in seconds since 1970.
    pub time: u32,
    bits: u32,
    hash: [u8; 32],
}

impl BlockHeader {
    /// The header that 80 bytes, or 160 hexadecimal digits, are.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let digits = std::str::from_utf8(bytes).ok().and_then(|text| from_hex(text.trim()));
        let bytes = digits.as_deref().unwrap_or(bytes);
        let bytes: &[u8; 80] = bytes.try_into().map_err(|_| Error::malformed(WHAT, "it is not 80 bytes long"))?;
        let part = |from: usize| bytes.get(from..).unwrap_or_default();
        let number = |from| part(from).first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
        let merkle_root = part(36).first_chunk().copied().unwrap_or_default();
        let hash = Sha256::digest(Sha256::digest(bytes)).into();
        Ok(Self { merkle_root, time: number(68), bits: number(72), hash })
    }

    /// The hash of the block as everybody writes it, to be compared with what others say of the block of this height.
    pub fn hash(&self) -> String {
        to_hex(&self.hash.iter().rev().copied().collect::<Vec<_>>())
    }

    /// Checks that the header has the work that it claims. Who makes up a header can claim little: compare the hash.
    pub fn check_work(&self) -> Result<()> {
        let (exponent, mantissa) = ((self.bits >> 24) as usize, self.bits & 0x007f_ffff);
        let mut target = [0u8; 32];
        // The mantissa's three bytes, the lowest of which stands `exponent - 3` bytes from the end.
        for (i, byte) in mantissa.to_le_bytes().into_iter().take(3).enumerate() {
            let at = (exponent + i).checked_sub(3).and_then(|from_end| 31usize.checked_sub(from_end));
            match at.and_then(|at| target.get_mut(at)) {
                Some(place) => *place = byte,
                None if byte == 0 || exponent + i < 3 => {}
                None => return Err(Error::untrue("the header claims an impossible target")),
            }
        }
        let hash: Vec<_> = self.hash.iter().rev().copied().collect();
        let negative = self.bits & 0x0080_0000 != 0;
        if negative || hash.as_slice() > target.as_slice() {
            return Err(Error::untrue("the header does not have the work that it claims: it is not that of a block"));
        }
        Ok(())
    }
}
