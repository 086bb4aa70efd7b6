//! Receipts (C2SP tlog-proof, files `.tlog-proof`): one entry of a log, with all that is needed to check offline that it stands there.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::{Checkpoint, decimal};
use crate::error::{Error, Result};
use crate::note::{Note, Signed, VerifierKey};
use crate::tree::{Hash, verify_inclusion};

const WHAT: &str = "proof of a log";
const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";
/// As many as a note may have, and some.
const MAX_BYTES: usize = 2 << 20;
/// No tree is higher.
const MAX_HASHES: usize = 64;
/// Of the extra data, as base64: enough for the longest entry that a log can hold.
const MAX_EXTRA: usize = 4 * (u16::MAX as usize).div_ceil(3);

/// That an entry stands in a log. The entry itself is not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlogProof {
    /// What an application adds; nothing vouches for it.
    pub extra: Option<Vec<u8>>,
    /// Where the entry stands, from 0.
    pub index: u64,
    /// The hashes beside its way to the root, its sibling first.
    pub hashes: Vec<Hash>,
    /// The checkpoint of the log, a signed note, as it was written.
    pub checkpoint: String,
}

/// What a proof proves after it was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// The log that has the entry.
    pub checkpoint: Checkpoint,
    /// The known keys that signed the checkpoint.
    pub signed: Vec<Signed>,
}

impl TlogProof {
    /// The proof that `bytes` are. The checkpoint in it is not looked at.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let malformed = |why: &str| Error::malformed(WHAT, why);
        if bytes.len() > MAX_BYTES {
            return Err(malformed("it is longer than two mebibytes"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| malformed("it is not UTF-8"))?;
        let (head, checkpoint) = text.split_once("\n\n").ok_or_else(|| malformed("there is no empty line"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(FIRST_LINE) {
            return Err(malformed("the first line is another"));
        }
        let extra = match lines.next_if(|line| line.starts_with("extra ")) {
            Some(line) => {
                let code = line.strip_prefix("extra ").filter(|code| code.len() <= MAX_EXTRA);
                let code = code.ok_or_else(|| malformed("the extra data are too long"))?;
                Some(STANDARD.decode(code).map_err(|_| malformed("the extra data are not base64"))?)
            }
            None => None,
        };
        let index = lines.next().and_then(|line| decimal(line.strip_prefix("index ")?));
        let index = index.ok_or_else(|| malformed("there is no index"))?;
        let hashes = lines.take(MAX_HASHES + 1).map(Hash::from_base64).collect::<Result<Vec<_>>>()?;
        if hashes.len() > MAX_HASHES {
            return Err(malformed("it has more than 64 hashes"));
        }
        if checkpoint.is_empty() {
            return Err(malformed("there is no checkpoint"));
        }
        Ok(Self { extra, index, hashes, checkpoint: checkpoint.to_owned() })
    }

    /// Checks that the entry of this hash ([`leaf_hash`](crate::tree::leaf_hash)) stands in a log named `origin` that a known key of
    /// that log signed. Other known keys that signed, such as those of partners, are told too.
    ///
    /// `origin` may be left open; whoever does has to look at what [`Proved::checkpoint`] says.
    pub fn verify(&self, leaf: &Hash, origin: Option<&str>, known: &[VerifierKey]) -> Result<Proved> {
        let (checkpoint, signed) = Checkpoint::open(&Note::parse(self.checkpoint.as_bytes())?, known)?;
        if origin.is_some_and(|origin| origin != checkpoint.origin) {
            return Err(Error::untrue(format!("it is of another log, {}", checkpoint.origin.escape_debug())));
        }
        verify_inclusion(leaf, self.index, checkpoint.size, &self.hashes, &checkpoint.root)?;
        Ok(Proved { checkpoint, signed })
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST_LINE}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}
