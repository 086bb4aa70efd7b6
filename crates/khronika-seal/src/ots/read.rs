//! The bytes of proofs.

use super::{Attestation, Branch, MAX_MESSAGE, Op, Ots, Stamp, WHAT};
use crate::error::{Error, Result};

const MAGIC: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94";
const VERSION: u8 = 1;
const PENDING: [u8; 8] = *b"\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e";
const BITCOIN: [u8; 8] = *b"\x05\x88\x96\x0d\x73\xd7\x19\x01";
const LITECOIN: [u8; 8] = *b"\x06\x86\x9a\x0d\x73\xd7\x1b\x45";
const ETHEREUM: [u8; 8] = *b"\x30\xfe\x80\x87\xb5\xc7\xea\xd7";
const MAX_URI: usize = 1000;
const MAX_PAYLOAD: usize = 8192;
/// Steps on one path. The reference has the same.
const MAX_DEPTH: usize = 256;
/// Proofs have some kilobytes, and each byte may cost the digest of four thousand.
const MAX_BYTES: usize = 64 << 10;

fn malformed(why: &str) -> Error {
    Error::malformed(WHAT, why)
}

/// Reads a proof.
pub(super) fn proof(bytes: &[u8]) -> Result<Ots> {
    if bytes.len() > MAX_BYTES {
        return Err(malformed("it is longer than 64 KiB"));
    }
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| malformed("it does not begin as such files do"))?;
    let mut input = Input(rest);
    if input.byte()? != VERSION {
        return Err(Error::unsupported("time stamps of this version are not known here"));
    }
    let hash = input.op()?;
    let length = hash.digest_length().ok_or_else(|| malformed("it does not begin with a digest"))?;
    let digest = input.take(length)?.to_vec();
    let stamp = input.stamp(&digest, MAX_DEPTH)?;
    input.end()?;
    Ok(Ots { hash, digest, stamp })
}

/// Reads what a calendar answers for a message.
pub(super) fn stamp(bytes: &[u8], message: &[u8]) -> Result<Stamp> {
    if bytes.len() > MAX_BYTES {
        return Err(malformed("it is longer than 64 KiB"));
    }
    let mut input = Input(bytes);
    let stamp = input.stamp(message, MAX_DEPTH)?;
    input.end()?;
    Ok(stamp)
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or_else(|| malformed("it ends too early"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?.first().copied().unwrap_or_default())
    }

    fn end(&self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(malformed("something follows its end")) }
    }

    /// A number in sevens of bits, the lowest first.
    fn number(&mut self) -> Result<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                break;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(malformed("a number is too large"))
    }

    fn bytes(&mut self, least: usize, most: usize) -> Result<&'a [u8]> {
        let length = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        if length < least || length > most {
            return Err(malformed("a field is longer or shorter than it may be"));
        }
        self.take(length)
    }

    fn op(&mut self) -> Result<Op> {
        let tag = self.byte()?;
        self.op_of(tag)
    }

    fn op_of(&mut self, tag: u8) -> Result<Op> {
        Ok(match tag {
            0x02 => Op::Sha1,
            0x03 => Op::Ripemd160,
            0x08 => Op::Sha256,
            0x67 => Op::Keccak256,
            0xf0 => Op::Append(self.bytes(1, MAX_MESSAGE)?.to_vec()),
            0xf1 => Op::Prepend(self.bytes(1, MAX_MESSAGE)?.to_vec()),
            0xf2 => Op::Reverse,
            0xf3 => Op::Hexlify,
            _ => return Err(malformed("it has a step that does not exist")),
        })
    }

    fn attestation(&mut self) -> Result<Attestation> {
        let tag: [u8; 8] = self.take(8)?.try_into().map_err(|_| malformed("it ends too early"))?;
        let mut payload = Input(self.bytes(0, MAX_PAYLOAD)?);
        let attestation = match tag {
            PENDING => {
                let uri = payload.bytes(0, MAX_URI)?;
                let plain = uri.iter().all(|b| b.is_ascii_alphanumeric() || b"-._/:".contains(b));
                if !plain {
                    return Err(malformed("the address of a calendar has characters that none has"));
                }
                Attestation::Pending(String::from_utf8_lossy(uri).into_owned())
            }
            BITCOIN => Attestation::Bitcoin(payload.number()?),
            LITECOIN => Attestation::Litecoin(payload.number()?),
            ETHEREUM => Attestation::Ethereum(payload.number()?),
            other => return Ok(Attestation::Unknown(other, payload.0.to_vec())),
        };
        payload.end()?;
        Ok(attestation)
    }

    fn stamp(&mut self, message: &[u8], depth: usize) -> Result<Stamp> {
        let depth = depth.checked_sub(1).ok_or_else(|| malformed("a path has more than 256 steps"))?;
        let mut branches = Vec::new();
        loop {
            let tag = self.byte()?;
            let more = tag == 0xff;
            let tag = if more { self.byte()? } else { tag };
            branches.push(if tag == 0x00 {
                Branch::Attestation(self.attestation()?)
            } else {
                let op = self.op_of(tag)?;
                let message =
                    op.apply(message).ok_or_else(|| malformed("a message on the way is too long or empty"))?;
                Branch::Step(op, self.stamp(&message, depth)?)
            });
            if !more {
                return Ok(Stamp(branches));
            }
        }
    }
}

/// Writes a proof.
pub(super) fn write(ots: &Ots) -> Result<Vec<u8>> {
    let mut out = [MAGIC, &[VERSION]].concat();
    write_op(&ots.hash, &mut out);
    out.extend(&ots.digest);
    write_stamp(&ots.stamp, &mut out)?;
    // A path that became too long by what was attached would not be read back.
    proof(&out)?;
    Ok(out)
}

fn write_number(mut value: u64, out: &mut Vec<u8>) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    write_number(bytes.len() as u64, out);
    out.extend(bytes);
}

fn write_op(op: &Op, out: &mut Vec<u8>) {
    let (tag, bytes) = match op {
        Op::Sha1 => (0x02, None),
        Op::Ripemd160 => (0x03, None),
        Op::Sha256 => (0x08, None),
        Op::Keccak256 => (0x67, None),
        Op::Append(bytes) => (0xf0, Some(bytes)),
        Op::Prepend(bytes) => (0xf1, Some(bytes)),
        Op::Reverse => (0xf2, None),
        Op::Hexlify => (0xf3, None),
    };
    out.push(tag);
    if let Some(bytes) = bytes {
        write_bytes(bytes, out);
    }
}

fn write_stamp(stamp: &Stamp, out: &mut Vec<u8>) -> Result<()> {
    let last = stamp.0.len().checked_sub(1).ok_or_else(|| malformed("nothing was attached to it yet"))?;
    for (i, branch) in stamp.0.iter().enumerate() {
        if i < last {
            out.push(0xff);
        }
        match branch {
            Branch::Step(op, stamp) => {
                write_op(op, out);
                write_stamp(stamp, out)?;
            }
            Branch::Attestation(attestation) => {
                let (tag, mut payload) = (attestation_tag(attestation), Vec::new());
                match attestation {
                    Attestation::Pending(uri) => write_bytes(uri.as_bytes(), &mut payload),
                    Attestation::Bitcoin(h) | Attestation::Litecoin(h) | Attestation::Ethereum(h) => {
                        write_number(*h, &mut payload)
                    }
                    Attestation::Unknown(_, bytes) => payload.clone_from(bytes),
                }
                out.push(0);
                out.extend(tag);
                write_bytes(&payload, out);
            }
        }
    }
    Ok(())
}

fn attestation_tag(attestation: &Attestation) -> [u8; 8] {
    match attestation {
        Attestation::Pending(_) => PENDING,
        Attestation::Bitcoin(_) => BITCOIN,
        Attestation::Litecoin(_) => LITECOIN,
        Attestation::Ethereum(_) => ETHEREUM,
        Attestation::Unknown(tag, _) => *tag,
    }
}
