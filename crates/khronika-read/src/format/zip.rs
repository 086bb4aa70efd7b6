//! ZIP archives (APPNOTE 6.3): files by name. What the list at the end says is believed no further than the bytes bear it out.

pub(super) mod lock;

use std::collections::HashSet;

use crate::rendition::{Limits, Refusal, Remark, RemarkKind, Rendition};

use super::budget::{Inside, JUNK, LONGEST_MEMBER, TOO_LONG, TOO_MUCH, is_junk};
use super::bytes::{u16_le, u32_le, u64_le};
use super::inflate::{End, inflate};
use super::names::Names;
use super::package::{CENTRAL, LOCAL, List, data_of};
use lock::Lock;

/// More entries than this are not listed.
const MOST: usize = 200_000;

const LOCKED: &str = "Files that are locked with a password were not read";
const METHOD: &str = "Files that are packed in a way that is not read were left out";
const LINKS: &str = "Links were not followed";
const BROKEN: &str = "Files that are broken were left out";
const CUT: &str = "Files that are not whole were read as far as they go";
const CHECKSUM: &str = "Files whose checksum is another than the archive says may have changed";
const OVERLAP: &str = "Files that lie over each other in the archive, as in archives made to harm, were left out";
const TWICE: &str = "The archive holds several files of one name";

/// An entry of the list.
struct Entry<'a> {
    name: &'a [u8],
    /// The name is UTF-8, says the archive.
    utf8: bool,
    /// A name that stands for the other, in UTF-8.
    better: Option<&'a [u8]>,
    locked: Option<Lock>,
    link: bool,
    method: u16,
    crc: Option<u32>,
    packed: u64,
    size: Option<u64>,
    /// Where its own head stands.
    head: u64,
}

/// Reads a ZIP archive; the password opens its files that are locked.
pub(super) fn parse(bytes: &[u8], limits: Limits, password: &str) -> Result<Rendition, Refusal> {
    let mut remarks = Vec::new();
    let mut remark = |kind, what: &str| remarks.push(Remark { kind, what: what.to_owned(), place: None });
    let (mut entries, mut whole) = listed(bytes).map_or((Vec::new(), false), |entries| (entries, true));
    if entries.is_empty() {
        // Cut on its way, or made as a stream: the files still stand there one by one.
        entries = unlisted(bytes);
        whole &= entries.is_empty();
    }
    if entries.is_empty() && !whole {
        return Err(Refusal::Damaged("no file can be found in it".to_owned()));
    }
    if !whole {
        remark(
            RemarkKind::Damaged,
            "The list of the archive is missing or broken; its files were looked for one by one",
        );
    }
    if entries.len() >= MOST {
        remark(RemarkKind::Limit, "The archive has more files than are listed");
    }
    let mut inside = Inside::new(limits);
    let names = Names::of(entries.iter().filter(|e| !e.utf8 && e.better.is_none()).map(|e| e.name));
    let is_file = |e: &&Entry<'_>| !e.name.ends_with(b"/");
    // Where nothing but locked files is in it, it is locked; none that the password opens shows that it is another's.
    let mut locked =
        entries.iter().filter(is_file).map(|e| e.locked.is_some_and(|lock| !opens(bytes, e, lock, password)));
    if entries.iter().any(|e| e.locked.is_some()) && locked.all(|locked| locked) {
        return Err(Refusal::Locked);
    }
    // What is unpacked must not lie over what was unpacked before, wherever the list has it.
    let mut order: Vec<(u64, usize)> = entries.iter().enumerate().map(|(n, e)| (e.head, n)).collect();
    order.sort_unstable();
    let mut overlapping = HashSet::new();
    let mut end = 0;
    for (head, n) in order {
        let packed = entries.get(n).map_or(0, |e| e.packed);
        if head < end {
            overlapping.insert(n);
        }
        end = end.max(head.saturating_add(30).saturating_add(packed));
    }
    let mut seen = HashSet::new();
    for (n, entry) in entries.iter().enumerate() {
        let name = match entry.better {
            Some(better) => String::from_utf8_lossy(better).into_owned(),
            None if entry.utf8 => String::from_utf8_lossy(entry.name).into_owned(),
            None => names.read(entry.name),
        };
        if name.ends_with('/') || (name.ends_with('\\') && entry.size == Some(0)) {
            continue;
        }
        if !seen.insert(name.clone()) {
            inside.leave_out(RemarkKind::Strange, TWICE, &name);
        }
        let reason = if is_junk(&name) {
            Some((RemarkKind::NotRead, JUNK))
        } else if entry.link {
            Some((RemarkKind::NotRead, LINKS))
        } else if overlapping.contains(&n) {
            Some((RemarkKind::Strange, OVERLAP))
        } else if !matches!(entry.method, 0 | 8) {
            Some((RemarkKind::NotRead, METHOD))
        } else if entry.size.is_some_and(|size| size > LONGEST_MEMBER) {
            Some((RemarkKind::Limit, TOO_LONG))
        } else {
            None
        };
        match reason {
            Some((kind, why)) => inside.leave_out(kind, why, &name),
            None if inside.is_full() => inside.add(&name, None, Vec::new()),
            None => unpack(bytes, entry, &name, password, &mut inside),
        }
    }
    let (embedded, more) = inside.finish();
    remarks.extend(more);
    Ok(Rendition { embedded, remarks, ..Rendition::default() })
}

fn unpack(bytes: &[u8], entry: &Entry<'_>, name: &str, password: &str, inside: &mut Inside) {
    let Some(packed) = data(bytes, entry) else { return inside.leave_out(RemarkKind::Damaged, BROKEN, name) };
    let whole = packed.len() as u64 >= entry.packed;
    let opened = entry.locked.map(|lock| lock::open(packed, lock, password));
    let data = match &opened {
        None => packed,
        Some(Some(opened)) => opened,
        Some(None) => return inside.leave_out(RemarkKind::NotRead, LOCKED, name),
    };
    let most = inside.left().min(LONGEST_MEMBER);
    let (unpacked, end) = if entry.method == 0 {
        let end = if whole { End::Whole } else { End::Cut };
        if data.len() as u64 > most {
            return inside.leave_out(RemarkKind::Limit, TOO_MUCH, name);
        }
        (data.to_vec(), end)
    } else {
        let inflated = inflate(data, usize::try_from(most).unwrap_or(usize::MAX));
        (inflated.bytes, inflated.end)
    };
    let counted = inside.take(unpacked.len() as u64);
    match end {
        End::TooMuch => return inside.leave_out(RemarkKind::Limit, TOO_MUCH, name),
        End::Broken | End::Cut if unpacked.is_empty() => return inside.leave_out(RemarkKind::Damaged, BROKEN, name),
        End::Broken | End::Cut => inside.leave_out(RemarkKind::Damaged, CUT, name),
        End::Whole => {
            if entry.crc.is_some_and(|crc| crc != crc32fast::hash(&unpacked)) {
                inside.leave_out(RemarkKind::Damaged, CHECKSUM, name);
            }
        }
    }
    if counted {
        inside.add(name, None, unpacked);
    } else {
        inside.leave_out(RemarkKind::Limit, TOO_MUCH, name);
    }
}

/// Whether a password opens a file. Of the old cipher one in 256 seems to: then the checksum tells.
fn opens(bytes: &[u8], entry: &Entry<'_>, lock: Lock, password: &str) -> bool {
    let Some(opened) = data(bytes, entry).and_then(|data| lock::open(data, lock, password)) else { return false };
    let most = usize::try_from(LONGEST_MEMBER).unwrap_or(usize::MAX);
    let content = || if entry.method == 0 { opened } else { inflate(&opened, most).bytes };
    matches!(lock, Lock::Aes(_)) || entry.crc.is_none_or(|crc| crc == crc32fast::hash(&content()))
}

/// The packed data of an entry, as far as there is any.
fn data<'a>(bytes: &'a [u8], entry: &Entry<'_>) -> Option<&'a [u8]> {
    let start = data_of(bytes, usize::try_from(entry.head).ok()?)?;
    let end = start.saturating_add(usize::try_from(entry.packed).ok()?).min(bytes.len());
    bytes.get(start..end)
}

/// The entries by the list at the end of the archive.
fn listed(bytes: &[u8]) -> Option<Vec<Entry<'_>>> {
    let List { count, size, from, end } = List::of(bytes)?;
    // Bytes before the archive (a program that unpacks itself) move everything.
    let real = end.checked_sub(size)?;
    let moved = real.checked_sub(from)?;
    let mut at = usize::try_from(real).ok()?;
    let mut entries = Vec::new();
    while entries.len() < MOST && bytes.get(at..).is_some_and(|rest| rest.starts_with(CENTRAL)) {
        let Some((entry, next)) = central(bytes, at, moved) else { break };
        entries.push(entry);
        at = next;
    }
    // A list whose length is told wrongly only seems to be moved.
    let stands = |head: u64| {
        let head = usize::try_from(head).ok().and_then(|head| bytes.get(head..));
        head.is_some_and(|rest| rest.starts_with(LOCAL))
    };
    if let Some(first) = entries.first().map(|entry| entry.head)
        && !stands(first)
        && stands(first - moved)
    {
        entries.iter_mut().for_each(|entry| entry.head -= moved);
    }
    // The count is of 16 bits.
    let right = entries.len() as u64 & 0xFFFF == count & 0xFFFF || entries.len() >= MOST;
    (right || !entries.is_empty()).then_some(entries)
}

fn central(bytes: &[u8], at: usize, moved: u64) -> Option<(Entry<'_>, usize)> {
    let flags = u16_le(bytes, at + 8)?;
    let name_len = usize::from(u16_le(bytes, at + 28)?);
    let extra_len = usize::from(u16_le(bytes, at + 30)?);
    let comment_len = usize::from(u16_le(bytes, at + 32)?);
    let name = bytes.get(at + 46..at + 46 + name_len)?;
    let extra = bytes.get(at + 46 + name_len..at + 46 + name_len + extra_len)?;
    let (mut packed, mut size, mut head) =
        (u64::from(u32_le(bytes, at + 20)?), u64::from(u32_le(bytes, at + 24)?), u64::from(u32_le(bytes, at + 42)?));
    if let Some(wide) = field(extra, 1) {
        let mut here = 0;
        for value in [&mut size, &mut packed, &mut head] {
            if *value == 0xFFFF_FFFF
                && let Some(wider) = u64_le(wide, here)
            {
                *value = wider;
                here += 8;
            }
        }
    }
    // Made on a Unix: the mode stands in the upper half.
    let mode = u32_le(bytes, at + 38)? >> 16;
    let unix = bytes.get(at + 5) == Some(&3);
    let (locked, method, crc) =
        locked(flags, u16_le(bytes, at + 12)?, extra, u16_le(bytes, at + 10)?, u32_le(bytes, at + 16));
    let entry = Entry {
        name,
        utf8: flags & 0x800 != 0,
        better: better_name(extra, name),
        locked,
        link: unix && mode & 0o170_000 == 0o120_000,
        method,
        crc,
        packed,
        size: Some(size),
        head: head.checked_add(moved)?,
    };
    Some((entry, at + 46 + name_len + extra_len + comment_len))
}

/// The entries by the heads before them, where the list is missing.
fn unlisted(bytes: &[u8]) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let heads: Vec<usize> = memchr::memmem::find_iter(bytes, LOCAL).take(MOST).collect();
    // A head inside of the data of an entry whose length is told is no head.
    let mut after = 0;
    for (n, &at) in heads.iter().enumerate() {
        if at < after {
            continue;
        }
        let next = heads.get(n + 1).copied().unwrap_or(bytes.len());
        let Some((entry, end)) = local(bytes, at, next) else { continue };
        after = end;
        entries.push(entry);
    }
    entries
}

fn local(bytes: &[u8], at: usize, next: usize) -> Option<(Entry<'_>, usize)> {
    let flags = u16_le(bytes, at + 6)?;
    let method = u16_le(bytes, at + 8)?;
    let name_len = usize::from(u16_le(bytes, at + 26)?);
    let extra_len = usize::from(u16_le(bytes, at + 28)?);
    let name = bytes.get(at + 30..at + 30 + name_len).filter(|name| !name.is_empty())?;
    let extra = bytes.get(at + 30 + name_len..at + 30 + name_len + extra_len)?;
    let start = at + 30 + name_len + extra_len;
    let packed = u32_le(bytes, at + 18)?;
    // Lengths and checksum may stand behind the data.
    let told = flags & 8 == 0 && packed != 0xFFFF_FFFF;
    let packed = if told { packed as usize } else { next.saturating_sub(start) };
    let crc = if told { u32_le(bytes, at + 14) } else { None };
    let (locked, method, crc) = locked(flags, u16_le(bytes, at + 10)?, extra, method, crc);
    let entry = Entry {
        name,
        utf8: flags & 0x800 != 0,
        better: better_name(extra, name),
        locked,
        link: false,
        method,
        crc,
        packed: packed as u64,
        size: None,
        head: at as u64,
    };
    Some((entry, start.saturating_add(if told { packed } else { 0 })))
}

/// How an entry is locked, how it is packed below the lock, and its checksum, where one is kept.
fn locked(flags: u16, time: u16, extra: &[u8], method: u16, crc: Option<u32>) -> (Option<Lock>, u16, Option<u32>) {
    if flags & 1 == 0 {
        return (None, method, crc);
    }
    if method == 99
        && let Some((lock, method, keeps)) = field(extra, 0x9901).and_then(lock::aes)
    {
        return (Some(lock), method, crc.filter(|_| keeps));
    }
    // What was made as a stream did not know its checksum yet.
    let check = if flags & 8 != 0 { time.to_be_bytes()[0] } else { crc.unwrap_or_default().to_be_bytes()[0] };
    (Some(Lock::Old(check)), method, crc)
}

/// A field of the extra data of an entry.
fn field(extra: &[u8], wanted: u16) -> Option<&[u8]> {
    let mut at = 0;
    while let (Some(id), Some(len)) = (u16_le(extra, at), u16_le(extra, at + 2)) {
        let value = extra.get(at + 4..at + 4 + usize::from(len))?;
        if id == wanted {
            return Some(value);
        }
        at += 4 + usize::from(len);
    }
    None
}

/// The name in UTF-8 that some programs put beside the other; only where it was made for that one.
fn better_name<'a>(extra: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let value = field(extra, 0x7075)?;
    (u32_le(value, 1)? == crc32fast::hash(name)).then(|| value.get(5..))?
}
