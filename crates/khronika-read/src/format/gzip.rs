//! gzip (RFC 1952). A tar or web archive that was packed with it is read as what it is.

use crate::encoding;
use crate::rendition::{Limits, Refusal, RemarkKind, Rendition};

use super::bytes::{u16_le, u32_le};
use super::inflate::{End, inflate};
use super::packed;

/// One file of a gzip archive: they stand one behind the other.
struct Member {
    name: Option<String>,
    /// Where its packed data begins.
    data: usize,
}

/// Reads a gzip archive.
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let first = member(bytes, 0).ok_or_else(|| Refusal::Damaged("its head is not whole".to_owned()))?;
    let most = packed::most(limits);
    let mut unpacked = Vec::new();
    let mut rendition = Rendition::default();
    let mut next = Some(Member { name: None, data: first.data });
    let mut remark = |kind, what: &str| {
        rendition.remarks.push(crate::rendition::Remark { kind, what: what.to_owned(), place: None });
    };
    while let Some(member_) = next.take() {
        let inflated = inflate(bytes.get(member_.data..).unwrap_or_default(), most.saturating_sub(unpacked.len()));
        let end = member_.data + inflated.read;
        match inflated.end {
            End::Whole => {
                if u32_le(bytes, end) != Some(crc32fast::hash(&inflated.bytes)) {
                    remark(RemarkKind::Damaged, "What was unpacked is not what was packed: its checksum is another");
                }
            }
            End::Cut => remark(RemarkKind::Damaged, "The archive was cut; what stands before the cut was read"),
            End::Broken => remark(RemarkKind::Damaged, "The archive is broken; what stands before the break was read"),
            End::TooMuch => {
                return Err(packed::too_much(most));
            }
        }
        if unpacked.is_empty() {
            unpacked = inflated.bytes;
        } else {
            unpacked.extend_from_slice(&inflated.bytes);
        }
        let after = end.saturating_add(8);
        if inflated.end == End::Whole && after < bytes.len() {
            next = member(bytes, after);
            // Zeros fill the last block of a tape.
            let rest = bytes.get(after..).unwrap_or_default();
            if next.is_none() && rest.iter().any(|b| *b != 0) {
                remark(RemarkKind::Strange, "Behind the archive stand other bytes, which were not read");
            }
        }
    }
    if unpacked.is_empty() && !rendition.remarks.is_empty() {
        return Err(Refusal::Damaged("nothing of it could be unpacked".to_owned()));
    }
    let inside = packed::within(unpacked, first.name.as_deref(), limits)?;
    rendition.embedded = inside.embedded;
    rendition.remarks.extend(inside.remarks);
    rendition.about = inside.about;
    Ok(rendition)
}

/// The packed data of the first member, with what follows it.
pub(super) fn first_member(bytes: &[u8]) -> Option<&[u8]> {
    member(bytes, 0).and_then(|member| bytes.get(member.data..))
}

/// The head of the member that begins at `at`.
fn member(bytes: &[u8], at: usize) -> Option<Member> {
    let head = bytes.get(at..)?;
    if !head.starts_with(b"\x1F\x8B\x08") {
        return None;
    }
    let flags = *head.get(3)?;
    let mut here = 10;
    if flags & 4 != 0 {
        here += 2 + usize::from(u16_le(head, here)?);
    }
    let text = |from: usize| {
        let rest = head.get(from..)?;
        let end = memchr::memchr(0, rest)?;
        Some((rest.get(..end)?, from + end + 1))
    };
    let mut name = None;
    if flags & 8 != 0 {
        let (raw, after) = text(here)?;
        name = Some(encoding::decode(raw.into(), None).text).filter(|n| !n.is_empty());
        here = after;
    }
    if flags & 16 != 0 {
        here = text(here)?.1;
    }
    if flags & 2 != 0 {
        here += 2;
    }
    (here <= head.len()).then_some(Member { name, data: at + here })
}
