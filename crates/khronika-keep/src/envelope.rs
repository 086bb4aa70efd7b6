//! The first 64 KiB of a case file: who can open it.
//!
//! The database behind it is encrypted with one data key. The envelope holds that key once for each passphrase and each age identity
//! that opens the case, encrypted to it (a [`Slot`]). It is the only part of the file that is not encrypted, so it names nobody: no
//! labels, no recipients.
//!
//! ```text
//!      0  "khronika.case-file/1\n", filled with zeroes to 24 bytes
//!     24  generation: how often the envelope was written (8 bytes, little-endian)
//!     32  the id of the case (16 bytes)
//!     48  the length of what follows (4 bytes, little-endian)
//!     52  the slots as JSON, filled with zeroes
//! 32,704  BLAKE3 of the above, keyed with a key derived from the data key (32 bytes)
//! 32,736  BLAKE3 of all the above (32 bytes)
//! 32,768  the same again
//! 65,536  the database
//! ```
//!
//! It is there twice, so that a write that is cut off, or a damaged sector, leaves one whole: the second copy is written and forced to
//! the disk before the first. A reader takes the whole copy of the higher generation. The keyed digest is checked once the data key is
//! known: who cannot open the case cannot change who can.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// The length of the envelope.
pub(crate) const ENVELOPE: usize = 2 * COPY;
const COPY: usize = 32 << 10;
const MAGIC: &[u8; 24] = b"khronika.case-file/1\n\0\0\0";
/// What every form of the file begins with, older and newer.
const FAMILY: &[u8] = b"khronika.case-file/";
const HEAD: usize = 52;
const SEALED: usize = COPY - 64;
const SUMMED: usize = COPY - 32;

/// The id of a case: random, so that it says nothing.
pub(crate) type CaseId = [u8; 16];

/// What opens a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Lock {
    /// A passphrase, from which Argon2id makes an X25519 identity.
    Passphrase {
        /// 16 random bytes, in base64.
        salt: String,
        /// Memory in KiB.
        memory: u32,
        /// Passes.
        passes: u32,
        /// Lanes.
        lanes: u32,
    },
    /// An age identity that its owner keeps.
    Identity,
}

/// One way to open the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slot {
    /// Random; names the slot in the journal.
    pub(crate) id: String,
    /// What opens it.
    #[serde(flatten)]
    pub(crate) lock: Lock,
    /// The data key, as an age file in base64.
    pub(crate) key: String,
    /// The seed of the signing key of whoever opens the case so, as an age file in base64; made when they first write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) seed: Option<String>,
}

/// The envelope, as it was read or is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) case: CaseId,
    pub(crate) generation: u64,
    pub(crate) slots: Vec<Slot>,
}

/// A copy of the envelope that is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whole {
    pub(crate) envelope: Envelope,
    /// The digest of the copy, by which the database knows it.
    pub(crate) digest: [u8; 32],
    bytes: Vec<u8>,
}

/// How the two copies were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The one that counts.
    pub(crate) whole: Whole,
    /// What is wrong with the other one, if anything.
    pub(crate) spare: Option<&'static str>,
}

impl Envelope {
    fn bytes(&self, seal: &[u8; 32]) -> Result<Vec<u8>> {
        let slots = serde_json::to_vec(&self.slots).map_err(|e| Error::refused(e.to_string()))?;
        if HEAD + slots.len() > SEALED {
            return Err(Error::refused("a case has room for some thirty keys, and this one is full: remove one first"));
        }
        let length = u32::try_from(slots.len()).unwrap_or(u32::MAX);
        let mut bytes = Vec::with_capacity(COPY);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.generation.to_le_bytes());
        bytes.extend_from_slice(&self.case);
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&slots);
        bytes.resize(SEALED, 0);
        let sealed = blake3::keyed_hash(seal, &bytes);
        bytes.extend_from_slice(sealed.as_bytes());
        let sum = blake3::hash(&bytes);
        bytes.extend_from_slice(sum.as_bytes());
        Ok(bytes)
    }
}

impl Whole {
    /// Checks that whoever wrote the envelope had the data key.
    pub(crate) fn check(&self, seal: &[u8; 32]) -> Result<()> {
        let (Some(body), Some(sealed)) = (self.bytes.get(..SEALED), self.bytes.get(SEALED..SUMMED)) else {
            return Err(Error::damaged("the envelope is cut short"));
        };
        // Compared in constant time.
        if sealed.try_into().is_ok_and(|sealed: [u8; 32]| blake3::keyed_hash(seal, body) == sealed) {
            Ok(())
        } else {
            Err(Error::damaged("the envelope was not written by somebody who can open the case"))
        }
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = (bytes.get(..SUMMED)?, bytes.get(SUMMED..COPY)?);
        let digest = *blake3::hash(body).as_bytes();
        if sum != digest || body.get(..MAGIC.len())? != MAGIC {
            return None;
        }
        let generation = u64::from_le_bytes(body.get(24..32)?.try_into().ok()?);
        let case = body.get(32..48)?.try_into().ok()?;
        let length = usize::try_from(u32::from_le_bytes(body.get(48..HEAD)?.try_into().ok()?)).ok()?;
        let slots = serde_json::from_slice(body.get(HEAD..HEAD.checked_add(length)?)?).ok()?;
        Some(Self { envelope: Envelope { case, generation, slots }, digest, bytes: bytes.to_vec() })
    }
}

/// Why no envelope was read.
#[derive(Debug)]
pub(crate) enum Unread {
    /// The system said no.
    Io(io::Error),
    /// It is something else.
    Other,
    /// It is of this family, but of another form.
    Newer(u32),
    /// Both copies are damaged.
    Damaged,
}

/// Reads the envelope at the beginning of a file.
pub(crate) fn read(file: &mut File) -> std::result::Result<Found, Unread> {
    file.seek(SeekFrom::Start(0)).map_err(Unread::Io)?;
    let mut bytes = Vec::with_capacity(ENVELOPE);
    file.take(ENVELOPE as u64).read_to_end(&mut bytes).map_err(Unread::Io)?;
    let (first, second) = bytes.split_at(bytes.len().min(COPY));
    match (Whole::parse(first), Whole::parse(second)) {
        (Some(first), Some(second)) if first == second => Ok(Found { whole: first, spare: None }),
        (Some(first), Some(second)) => {
            let whole = if second.envelope.generation > first.envelope.generation { second } else { first };
            Ok(Found {
                whole,
                spare: Some("the two copies of the envelope differ: the last change of keys was cut off"),
            })
        }
        (Some(whole), None) => Ok(Found { whole, spare: Some("the second copy of the envelope is damaged") }),
        (None, Some(whole)) => Ok(Found { whole, spare: Some("the first copy of the envelope is damaged") }),
        (None, None) => Err([first, second].into_iter().find_map(form).map_or(Unread::Other, |form| match form {
            1 => Unread::Damaged,
            form => Unread::Newer(form),
        })),
    }
}

/// Whether a file is a case file of whatever form, by what either copy of its envelope begins with: the first may be damaged.
#[must_use]
pub fn is_case(path: &Path) -> bool {
    // Opening something else, such as a pipe, could take for ever.
    if !path.is_file() {
        return false;
    }
    let Ok(mut file) = File::open(path) else { return false };
    [0, COPY].into_iter().any(|at| {
        let mut head = Vec::with_capacity(FAMILY.len());
        let read = file.seek(SeekFrom::Start(at as u64));
        read.and_then(|_| (&file).take(FAMILY.len() as u64).read_to_end(&mut head)).is_ok() && head == FAMILY
    })
}

/// The form that the first bytes name.
fn form(bytes: &[u8]) -> Option<u32> {
    let rest = bytes.strip_prefix(FAMILY)?;
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    std::str::from_utf8(rest.get(..digits)?).ok()?.parse().ok()
}

/// Writes both copies, one after the other, each forced to the disk. Returns the digest of what was written.
pub(crate) fn write(file: &mut File, envelope: &Envelope, seal: &[u8; 32]) -> Result<[u8; 32]> {
    let bytes = Zeroizing::new(envelope.bytes(seal)?);
    let put = |file: &mut File, at: usize| {
        file.seek(SeekFrom::Start(at as u64))?;
        #[cfg(test)]
        crate::native::faults::envelope(file, &bytes)?;
        file.write_all(&bytes)?;
        file.sync_data()
    };
    let fail = |source| Error::io("write the envelope of", Path::new("the case"), source);
    put(file, COPY).map_err(fail)?;
    put(file, 0).map_err(fail)?;
    Ok(*blake3::hash(bytes.get(..SUMMED).unwrap_or_default()).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(generation: u64) -> Envelope {
        let slot = Slot { id: "ab".into(), lock: Lock::Identity, key: "a2V5".into(), seed: None };
        Envelope { case: [7; 16], generation, slots: vec![slot] }
    }

    const SEAL: [u8; 32] = [9; 32];

    fn written(generation: u64) -> File {
        let mut file = tempfile::tempfile().unwrap();
        write(&mut file, &envelope(generation), &SEAL).unwrap();
        file
    }

    #[test]
    fn what_was_written_is_read() {
        let found = read(&mut written(3)).unwrap();
        assert_eq!((&found.whole.envelope, found.spare), (&envelope(3), None));
        found.whole.check(&SEAL).unwrap();
        assert!(found.whole.check(&[8; 32]).unwrap_err().is_damaged());
    }

    #[test]
    fn a_write_that_was_cut_off_anywhere_leaves_one_whole_copy() {
        let new = envelope(4).bytes(&SEAL).unwrap();
        for cut in (0..=2 * COPY).step_by(1021) {
            let mut file = written(3);
            // The second copy is written first.
            let (second, first) = (cut.min(COPY), cut.saturating_sub(COPY));
            file.seek(SeekFrom::Start(COPY as u64)).unwrap();
            file.write_all(&new[..second]).unwrap();
            file.seek(SeekFrom::Start(0)).unwrap();
            file.write_all(&new[..first]).unwrap();
            let found = read(&mut file).unwrap();
            let expected = if cut >= COPY { 4 } else { 3 };
            assert_eq!(found.whole.envelope.generation, expected, "cut at {cut}");
            found.whole.check(&SEAL).unwrap();
        }
    }

    #[test]
    fn every_flipped_bit_is_seen() {
        for at in (0..ENVELOPE).step_by(97) {
            let mut file = written(3);
            let mut byte = [0];
            file.seek(SeekFrom::Start(at as u64)).unwrap();
            file.read_exact(&mut byte).unwrap();
            file.seek(SeekFrom::Start(at as u64)).unwrap();
            file.write_all(&[byte[0] ^ 4]).unwrap();
            let found = read(&mut file).unwrap();
            assert_eq!(found.whole.envelope, envelope(3));
            assert!(found.spare.is_some(), "byte {at}");
        }
    }

    #[test]
    fn a_case_is_known_by_either_copy() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        let bytes = envelope(3).bytes(&SEAL).unwrap();
        let put = |copies: [&[u8]; 2]| {
            std::fs::write(&path, copies.concat()).unwrap();
            is_case(&path)
        };
        let zeroes = vec![0; COPY];
        assert!(put([&bytes, &bytes]) && put([&zeroes, &bytes]) && put([&bytes, &zeroes]) && put([&bytes, &[]]));
        assert!(!put([&zeroes, &zeroes]) && !put([&zeroes, &[]]) && !put([&[], &[]]));
        assert!(!is_case(dir.path()) && !is_case(&dir.path().join("b")));
    }

    #[test]
    fn other_files_are_told_apart() {
        let mut file = tempfile::tempfile().unwrap();
        assert!(matches!(read(&mut file), Err(Unread::Other)));
        file.write_all(b"khronika.case-file/12\nxyz").unwrap();
        assert!(matches!(read(&mut file), Err(Unread::Newer(12))));
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"khronika.case-file/1\nxyz").unwrap();
        assert!(matches!(read(&mut file), Err(Unread::Damaged)));
    }
}
