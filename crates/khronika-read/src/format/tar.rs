//! tar archives (POSIX.1-2001 `ustar` and `pax`, GNU's long names, the old form without a mark): files by name, and nothing else.

use crate::encoding;
use crate::rendition::{Limits, Refusal, RemarkKind, Rendition};

use super::budget::{Inside, JUNK, LONGEST_MEMBER, TOO_LONG, TOO_MUCH, is_junk};

const BLOCK: usize = 512;

/// The longest list of attributes that is read (bytes).
const LONGEST_ATTRIBUTES: usize = 1 << 20;

const LINKS: &str = "Links were not followed";
const DEVICES: &str = "Devices and pipes were left out";
const SPARSE: &str = "Files that are kept with holes were not read";

/// Reads a tar archive.
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let mut inside = Inside::new(limits);
    let mut rendition = Rendition::default();
    let mut at = 0;
    let mut next = Attributes::default();
    let mut any = false;
    let mut fault = None;
    while let Some(block) = bytes.get(at..at + BLOCK) {
        if block.iter().all(|b| *b == 0) {
            break;
        }
        if !has_checksum(block) {
            fault = Some("A part of the archive is broken; what stands behind it was not read");
            break;
        }
        any = true;
        let own = std::mem::take(&mut next);
        let Some(size) = own.size.or_else(|| number(block.get(124..136)?)).and_then(|n| usize::try_from(n).ok()) else {
            fault = Some("A length in the archive is broken; what stands behind it was not read");
            break;
        };
        let kind = block.get(156).copied().unwrap_or(0);
        // Only files and the lists before them have content.
        let size = if matches!(kind, b'1'..=b'6') { 0 } else { size };
        let start = at + BLOCK;
        let Some(end) = start.checked_add(size) else { break };
        let content = bytes.get(start..end.min(bytes.len())).unwrap_or_default();
        at = end.checked_next_multiple_of(BLOCK).unwrap_or(bytes.len());
        let name = own.name.clone().unwrap_or_else(|| name(block));
        match kind {
            b'x' => next = attributes(content, own.name),
            b'g' => next = own,
            b'L' => next = Attributes { name: Some(text(until_nul(content))), ..own },
            b'K' => next = own,
            b'5' => {}
            b'1' | b'2' => inside.leave_out(RemarkKind::NotRead, LINKS, &name),
            b'3' | b'4' | b'6' => inside.leave_out(RemarkKind::NotRead, DEVICES, &name),
            b'S' => inside.leave_out(RemarkKind::NotRead, SPARSE, &name),
            _ if own.sparse => inside.leave_out(RemarkKind::NotRead, SPARSE, &name),
            // The old form has directories end in a slash.
            b'\0' | b'0' if name.ends_with('/') => {}
            _ if is_junk(&name) => inside.leave_out(RemarkKind::NotRead, JUNK, &name),
            _ if size as u64 > LONGEST_MEMBER => inside.leave_out(RemarkKind::Limit, TOO_LONG, &name),
            _ if inside.is_full() => inside.add(&name, None, Vec::new()),
            _ if inside.take(content.len() as u64) => inside.add(&name, None, content.to_vec()),
            _ => inside.leave_out(RemarkKind::Limit, TOO_MUCH, &name),
        }
        if end > bytes.len() {
            fault = Some("The archive was cut; its last file is not whole");
            break;
        }
    }
    if !any {
        return Err(Refusal::Damaged("its first part is broken".to_owned()));
    }
    if let Some(what) = fault {
        let what = what.to_owned();
        rendition.remarks.push(crate::rendition::Remark { kind: RemarkKind::Damaged, what, place: None });
    }
    inside.finish_into(&mut rendition);
    Ok(rendition)
}

/// True where the bytes begin like a tar archive of the old form, which has no mark: a name, numbers, and a checksum that is right.
pub(crate) fn is_old(head: &[u8]) -> bool {
    head.get(..BLOCK).is_some_and(|block| {
        let name = block.get(..100).unwrap_or_default();
        let is_name = name.first().is_some_and(|b| *b > 32) && until_nul(name).iter().all(|b| *b >= 32);
        let numbers = [100..108, 108..116, 116..124, 124..136, 136..148];
        let is_number = |field: &[u8]| {
            field.iter().all(|b| matches!(b, b'0'..=b'7' | b' ' | 0)) && field.iter().any(u8::is_ascii_digit)
        };
        is_name && numbers.into_iter().all(|n| block.get(n).is_some_and(is_number)) && has_checksum(block)
    })
}

/// What stands before a file about it.
#[derive(Clone, Debug, Default)]
struct Attributes {
    name: Option<String>,
    size: Option<u64>,
    sparse: bool,
}

/// The list of attributes of POSIX.1-2001: "25 path=a/b/c\n".
fn attributes(content: &[u8], known: Option<String>) -> Attributes {
    let mut out = Attributes { name: known, ..Attributes::default() };
    let mut rest = content.get(..content.len().min(LONGEST_ATTRIBUTES)).unwrap_or_default();
    while let Some(space) = memchr::memchr(b' ', rest.get(..rest.len().min(20)).unwrap_or_default()) {
        let len = std::str::from_utf8(rest.get(..space).unwrap_or_default()).ok().and_then(|n| n.parse::<usize>().ok());
        let Some(record) = len.filter(|len| *len > space).and_then(|len| rest.get(space + 1..len)) else { break };
        rest = rest.get(space + 1 + record.len()..).unwrap_or_default();
        let record = record.strip_suffix(b"\n").unwrap_or(record);
        let Some(at) = memchr::memchr(b'=', record) else { continue };
        let (key, value) = (record.get(..at).unwrap_or_default(), record.get(at + 1..).unwrap_or_default());
        match key {
            b"path" => out.name = Some(text(value)),
            b"size" => out.size = std::str::from_utf8(value).ok().and_then(|n| n.parse().ok()),
            key if key.starts_with(b"GNU.sparse") => out.sparse = true,
            _ => {}
        }
    }
    out
}

fn name(block: &[u8]) -> String {
    let own = until_nul(block.get(..100).unwrap_or_default());
    let prefix = until_nul(block.get(345..500).unwrap_or_default());
    if block.get(257..263) == Some(b"ustar\0") && !prefix.is_empty() {
        return text(&[prefix, b"/", own].concat());
    }
    text(own)
}

fn until_nul(bytes: &[u8]) -> &[u8] {
    memchr::memchr(0, bytes).and_then(|end| bytes.get(..end)).unwrap_or(bytes)
}

fn text(raw: &[u8]) -> String {
    encoding::decode(raw.into(), None).text
}

/// A number in octal digits, or in binary where the first bit says so.
fn number(field: &[u8]) -> Option<u64> {
    match field {
        [0x80, rest @ ..] => {
            let rest = rest.iter().skip_while(|b| **b == 0);
            (rest.clone().count() <= 8).then(|| rest.fold(0, |sum, b| (sum << 8) | u64::from(*b)))
        }
        _ => {
            let digits = std::str::from_utf8(until_nul(field)).ok()?.trim();
            if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
        }
    }
}

/// The checksum of a head is the sum of its bytes, its own counted as spaces; some programs summed them with their signs.
fn has_checksum(block: &[u8]) -> bool {
    let Some(told) = block.get(148..156).and_then(number) else { return false };
    let own = |n: usize| (148..156).contains(&n);
    let plain: u64 = block.iter().enumerate().map(|(n, b)| u64::from(if own(n) { b' ' } else { *b })).sum();
    let signed: i64 =
        block.iter().enumerate().map(|(n, b)| i64::from(if own(n) { b' ' } else { *b }.cast_signed())).sum();
    plain == told || i64::try_from(told) == Ok(signed)
}
