//! Time stamps of OpenTimestamps (files `.ots`): a path of digests from a file to a block of a public chain, which nobody can make later.
//!
//! Everything here is offline. A proof is begun with [`Ots::request`], whose [`commitment`](Ots::commitments) somebody sends to calendars
//! from another machine; what they answer is taken in with [`Ots::attach`]; and a path that ends in a Bitcoin block is checked against the
//! header of that block, 80 bytes that the user got from a source of his own ([`Ots::check_block`]).
//!
//! A proof without a block is a promise: [`Attestation::Pending`] says where to ask again.

mod block;
mod read;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use ripemd::Ripemd160;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use sha3::Keccak256;

pub use block::BlockHeader;

use crate::error::{Error, Result};

const WHAT: &str = "OpenTimestamps proof";
/// Of a message on the way, in bytes.
const MAX_MESSAGE: usize = 4096;

/// A step on the way from a file to a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// The SHA-1 of what came before.
    Sha1,
    /// The RIPEMD-160.
    Ripemd160,
    /// The SHA-256.
    Sha256,
    /// The Keccak-256 (not SHA3-256).
    Keccak256,
    /// Bytes put after it.
    Append(Vec<u8>),
    /// Bytes put before it.
    Prepend(Vec<u8>),
    /// Its bytes from the last to the first.
    Reverse,
    /// Its bytes as small hexadecimal digits.
    Hexlify,
}

impl Op {
    /// What the step makes of a message; None where it would be too long or too short.
    pub fn apply(&self, message: &[u8]) -> Option<Vec<u8>> {
        let result = match self {
            Self::Sha1 => Sha1::digest(message).to_vec(),
            Self::Ripemd160 => Ripemd160::digest(message).to_vec(),
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Keccak256 => Keccak256::digest(message).to_vec(),
            Self::Append(bytes) => [message, bytes].concat(),
            Self::Prepend(bytes) => [bytes, message].concat(),
            Self::Reverse if message.is_empty() => return None,
            Self::Reverse => message.iter().rev().copied().collect(),
            Self::Hexlify if message.is_empty() => return None,
            Self::Hexlify => crate::digest::to_hex(message).into_bytes(),
        };
        (result.len() <= MAX_MESSAGE).then_some(result)
    }

    /// The length of its result, where the step is a digest.
    fn digest_length(&self) -> Option<usize> {
        match self {
            Self::Sha1 | Self::Ripemd160 => Some(20),
            Self::Sha256 | Self::Keccak256 => Some(32),
            _ => None,
        }
    }
}

/// What a path ends in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attestation {
    /// A calendar has the message and will put it into a block; ask it at this address.
    Pending(String),
    /// The message is the root of the transactions of the Bitcoin block of this height.
    Bitcoin(u64),
    /// The same of a Litecoin block; not checked here.
    Litecoin(u64),
    /// The same of an Ethereum block; not checked here.
    Ethereum(u64),
    /// Of a kind that is not known here, kept as it is: its tag and its bytes.
    Unknown([u8; 8], Vec<u8>),
}

/// What was said of a message: attestations of it, and further steps.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp(Vec<Branch>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Branch {
    Attestation(Attestation),
    Step(Op, Stamp),
}

/// A proof: the digest of a file, and the paths from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ots {
    hash: Op,
    digest: Vec<u8>,
    stamp: Stamp,
}

impl Ots {
    /// Begins a proof for a file of this SHA-256. `nonce`, 16 bytes that nobody can guess, keeps the calendars from knowing the digest.
    ///
    /// It is no valid file before something was attached.
    pub fn request(sha256: &[u8; 32], nonce: &[u8; 16]) -> Self {
        let step = Branch::Step(Op::Append(nonce.to_vec()), Stamp(vec![Branch::Step(Op::Sha256, Stamp(Vec::new()))]));
        Self { hash: Op::Sha256, digest: sha256.to_vec(), stamp: Stamp(vec![step]) }
    }

    /// The digest of the file, and the name of its algorithm.
    pub fn digest(&self) -> (&'static str, &[u8]) {
        let name = match self.hash {
            Op::Sha1 => "sha1",
            Op::Ripemd160 => "ripemd160",
            Op::Keccak256 => "keccak256",
            _ => "sha256",
        };
        (name, &self.digest)
    }

    /// Checks that the proof is of the file that the reader gives. SHA-1 and RIPEMD-160 are weak, but a file of before cannot be exchanged
    /// for another that was made later without breaking them in a way that nobody knows.
    pub fn check_file(&self, mut content: impl Read) -> Result<()> {
        let mut hasher = Hasher::new(&self.hash);
        let mut buffer = vec![0; 64 << 10];
        loop {
            match content.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => hasher.update(buffer.get(..n).unwrap_or_default()),
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(e) => return Err(Error::io(Path::new("the stamped file"), e)),
            }
        }
        if hasher.finish() == self.digest { Ok(()) } else { Err(Error::untrue("it is the time stamp of another file")) }
    }

    /// Every attestation with the message that it is of.
    pub fn attestations(&self) -> Vec<(Attestation, Vec<u8>)> {
        let mut found = Vec::new();
        self.stamp.walk(&self.digest, &mut |branch, message| {
            if let Branch::Attestation(attestation) = branch {
                found.push((attestation.clone(), message.to_vec()));
            }
        });
        found
    }

    /// The messages that nothing is said of yet: what is sent to calendars.
    pub fn commitments(&self) -> Vec<Vec<u8>> {
        let mut found = BTreeSet::new();
        self.stamp.ends(&self.digest, &mut found);
        found.into_iter().collect()
    }

    /// Takes in what a calendar answered for a message on a path of this proof.
    pub fn attach(&mut self, message: &[u8], answer: &[u8]) -> Result<()> {
        let stamp = read::stamp(answer, message)?;
        let attached = self.stamp.attach(&self.digest, message, &stamp);
        if attached { Ok(()) } else { Err(Error::untrue("the answer is for another proof")) }
    }

    /// Takes in the paths of another proof of the same file, such as one that was completed elsewhere.
    pub fn merge(&mut self, other: &Self) -> Result<()> {
        if (&self.hash, &self.digest) != (&other.hash, &other.digest) {
            return Err(Error::untrue("it is the time stamp of another file"));
        }
        self.stamp.merge(&other.stamp);
        Ok(())
    }

    /// Checks that a path ends in the Bitcoin block of this header at this height, and returns the time that the block states, in seconds
    /// since 1970. Blocks state their time to about two hours.
    ///
    /// That the header is of the chain that everybody has is for whoever gave it; only the work that it claims is checked.
    pub fn check_block(&self, height: u64, header: &BlockHeader) -> Result<u64> {
        header.check_work()?;
        let mut of_height =
            self.attestations().into_iter().filter(|(a, _)| *a == Attestation::Bitcoin(height)).peekable();
        if of_height.peek().is_none() {
            return Err(Error::untrue(format!("the proof does not lead to block {height}")));
        }
        if of_height.all(|(_, message)| message != header.merkle_root) {
            return Err(Error::untrue(format!("the path does not lead to the transactions of block {height}")));
        }
        Ok(u64::from(header.time))
    }

    /// The proof that `bytes` are.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        read::proof(bytes)
    }

    /// The proof as a file. A proof that nothing was attached to is none yet, and an error.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        read::write(self)
    }
}

impl Stamp {
    fn walk(&self, message: &[u8], see: &mut impl FnMut(&Branch, &[u8])) {
        for branch in &self.0 {
            see(branch, message);
            if let Branch::Step(op, stamp) = branch
                && let Some(message) = op.apply(message)
            {
                stamp.walk(&message, see);
            }
        }
    }

    fn ends(&self, message: &[u8], found: &mut BTreeSet<Vec<u8>>) {
        if self.0.is_empty() {
            found.insert(message.to_vec());
        }
        for branch in &self.0 {
            if let Branch::Step(op, stamp) = branch
                && let Some(message) = op.apply(message)
            {
                stamp.ends(&message, found);
            }
        }
    }

    fn attach(&mut self, message: &[u8], at: &[u8], answer: &Self) -> bool {
        if message == at {
            self.merge(answer);
            return true;
        }
        self.0.iter_mut().any(|branch| match branch {
            Branch::Step(op, stamp) => op.apply(message).is_some_and(|message| stamp.attach(&message, at, answer)),
            Branch::Attestation(_) => false,
        })
    }

    fn merge(&mut self, other: &Self) {
        for branch in &other.0 {
            let Branch::Step(op, stamp) = branch else {
                if !self.0.contains(branch) {
                    self.0.push(branch.clone());
                }
                continue;
            };
            let mine = self.0.iter_mut().find_map(|mine| match mine {
                Branch::Step(other, mine) if other == op => Some(mine),
                _ => None,
            });
            match mine {
                Some(mine) => mine.merge(stamp),
                None => self.0.push(branch.clone()),
            }
        }
    }
}

enum Hasher {
    Sha1(Sha1),
    Ripemd160(Ripemd160),
    Sha256(Sha256),
    Keccak256(Keccak256),
}

impl Hasher {
    fn new(op: &Op) -> Self {
        match op {
            Op::Sha1 => Self::Sha1(Sha1::new()),
            Op::Ripemd160 => Self::Ripemd160(Ripemd160::new()),
            Op::Keccak256 => Self::Keccak256(Keccak256::new()),
            _ => Self::Sha256(Sha256::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(h) => h.update(bytes),
            Self::Ripemd160(h) => h.update(bytes),
            Self::Sha256(h) => h.update(bytes),
            Self::Keccak256(h) => h.update(bytes),
        }
    }

    fn finish(self) -> Vec<u8> {
        match self {
            Self::Sha1(h) => h.finalize().to_vec(),
            Self::Ripemd160(h) => h.finalize().to_vec(),
            Self::Sha256(h) => h.finalize().to_vec(),
            Self::Keccak256(h) => h.finalize().to_vec(),
        }
    }
}
