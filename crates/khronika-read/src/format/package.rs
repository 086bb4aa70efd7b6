//! ZIP packages, as office documents and books are: members by name, every unpacked byte counted.
//!
//! A reader of our own, for three reasons: a document may have been made to harm (members that lie over each other, sizes that lie),
//! one cut short on its way still holds members that can be read, and names are only ever names here.

use std::collections::BTreeMap;

use super::bytes::{u16_le, u32_le, u64_le};
use super::inflate::{End, inflate};
use super::odt::lock::Keys;
use crate::rendition::{Limits, Refusal, Remark, RemarkKind};

/// More members than this are not looked at.
const MOST_MEMBERS: usize = 50_000;

/// The longest member that is unpacked (bytes): ten times the longest text.
const LONGEST: u64 = 256 << 20;

/// The longest member that is unpacked where that is out of all proportion to what is packed (bytes).
const LONGEST_PACKED_TIGHT: u64 = 64 << 20;

/// Words, marked up, shrink to a tenth or a fiftieth; of what shrinks more than this, no more is unpacked than would be of those.
const TIGHT: u64 = 100;

const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
/// What the entry of a member in the list begins with, and its own header.
pub(crate) const CENTRAL: &[u8] = b"PK\x01\x02";
pub(crate) const LOCAL: &[u8] = b"PK\x03\x04";

/// A package in memory.
pub(crate) struct Package<'a> {
    bytes: &'a [u8],
    members: Vec<Member>,
    by_name: BTreeMap<String, usize>,
    /// Bytes that may still be unpacked.
    left: u64,
    /// What locks its members, where a password opens them.
    keys: Option<Keys>,
    /// What was found on the way.
    pub remarks: Vec<Remark>,
}

struct Member {
    name: String,
    /// Where its header begins, and where its data does.
    header: usize,
    data: usize,
    packed: usize,
    method: u16,
    crc: u32,
    locked: bool,
}

impl<'a> Package<'a> {
    /// Reads the list of members.
    pub fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, Refusal> {
        // With a password on it, the package is a stream of a compound file of Microsoft.
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(Refusal::Locked);
        }
        let mut package = Self {
            bytes,
            members: Vec::new(),
            by_name: BTreeMap::new(),
            left: limits.unpacked,
            keys: None,
            remarks: Vec::new(),
        };
        if !package.directory() {
            package.members.clear();
            package.recover();
            package.remark(RemarkKind::Damaged, "the list of its members is missing or broken: the file was cut", None);
        }
        if package.members.is_empty() {
            return Err(Refusal::Damaged("it is no package: no member of it can be found".to_owned()));
        }
        package.overlaps()?;
        let mut twice = None;
        for (n, member) in package.members.iter().enumerate() {
            if package.by_name.insert(key(&member.name), n).is_some() {
                twice = Some(member.name.clone());
            }
        }
        if twice.is_some() {
            package.remark(RemarkKind::Strange, "two of its members have the same name; the last is read", twice);
        }
        Ok(package)
    }

    /// From here on members that are locked are opened with these. False where they do not open the member of this name.
    pub(in crate::format) fn unlock(&mut self, mut keys: Keys, name: &str) -> bool {
        let member = self.by_name.get(&key(name)).and_then(|n| self.members.get(*n));
        let packed = member.and_then(|member| self.bytes.get(member.data..)?.get(..member.packed));
        let opens = packed.is_some_and(|packed| keys.open(name, packed).is_some());
        self.keys = Some(keys);
        opens
    }

    /// The names of the members, as they stand in it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|member| member.name.as_str())
    }

    /// Whether there is a member of this name.
    pub fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(&key(name))
    }

    /// The bytes of a member, or as many of them as can be had; `None` where there is none, or none of its bytes.
    pub fn read(&mut self, name: &str) -> Option<Vec<u8>> {
        let member = self.members.get(*self.by_name.get(&key(name))?)?;
        let place = Some(member.name.clone());
        if member.locked {
            self.remark(RemarkKind::NotRead, "a member of the package is encrypted", place);
            return None;
        }
        let packed = self.bytes.get(member.data..)?;
        let cut = packed.len() < member.packed;
        let mut packed = packed.get(..member.packed.min(packed.len()))?;
        let (mut method, mut crc) = (member.method, Some(member.crc));
        let opened;
        if let Some(keys) = self.keys.as_mut().filter(|keys| keys.lock(&member.name)) {
            let Some(bytes) = keys.open(&member.name, packed) else {
                self.remark(RemarkKind::NotRead, "a member of the package is encrypted, and was not opened", place);
                return None;
            };
            opened = bytes;
            // Packed before it was locked, whatever the package says; what it says of its sum is of the locked bytes.
            (packed, method, crc) = (&opened, 8, None);
        }
        let most = LONGEST.min(LONGEST_PACKED_TIGHT.max(member.packed as u64 * TIGHT)).min(self.left);
        let room = usize::try_from(most).unwrap_or(usize::MAX);
        let (out, end) = match method {
            0 => {
                let end = if packed.len() > room { End::TooMuch } else { End::Whole };
                (packed.get(..packed.len().min(room))?.to_vec(), end)
            }
            8 => {
                let inflated = inflate(packed, room);
                (inflated.bytes, inflated.end)
            }
            _ => {
                self.remark(RemarkKind::NotRead, "a member of the package is packed in a way that is not known", place);
                return None;
            }
        };
        self.left = self.left.saturating_sub(out.len() as u64);
        if end == End::TooMuch {
            self.remark(
                RemarkKind::Limit,
                "a member of the package is too long when unpacked; the rest was left out",
                place,
            );
        } else if cut || end != End::Whole || crc.is_some_and(|crc| crc32fast::hash(&out) != crc) {
            self.remark(RemarkKind::Damaged, "a member of the package is broken", place);
        }
        (!out.is_empty()).then_some(out)
    }

    /// As text of XML.
    pub fn xml(&mut self, name: &str) -> Option<String> {
        let bytes = self.read(name)?;
        let (text, whole) = super::xml::decode(bytes);
        if !whole {
            self.remark(
                RemarkKind::Damaged,
                "bytes that its encoding does not have; each stands as U+FFFD",
                Some(name.into()),
            );
        }
        Some(text)
    }

    /// A remark.
    pub fn remark(&mut self, kind: RemarkKind, what: &str, place: Option<String>) {
        self.remarks.push(Remark { kind, what: what.to_owned(), place });
    }

    /// The list at the end of the package. False where there is none that holds together.
    fn directory(&mut self) -> bool {
        let Some(List { count, size, from, end }) = List::of(self.bytes) else { return false };
        // Where something was put before the package, every place is off by its length.
        let Some(shift) = end.checked_sub(size.saturating_add(from)) else { return false };
        let Ok(mut at) = usize::try_from(from + shift) else { return false };
        for n in 0..count {
            if n as usize >= MOST_MEMBERS {
                self.remark(RemarkKind::Limit, "it has too many members; the rest of them was not looked at", None);
                break;
            }
            match self.central(at, shift) {
                Some(next) => at = next,
                None => return n > 0 && !self.members.is_empty(),
            }
        }
        !self.members.is_empty()
    }

    /// An entry of the list; gives where the next begins.
    fn central(&mut self, at: usize, shift: u64) -> Option<usize> {
        let bytes = self.bytes;
        if !bytes.get(at..)?.starts_with(CENTRAL) {
            return None;
        }
        let flags = u16_le(bytes, at + 8)?;
        let (method, crc) = (u16_le(bytes, at + 10)?, u32_le(bytes, at + 16)?);
        let (mut packed, mut size) = (u64::from(u32_le(bytes, at + 20)?), u64::from(u32_le(bytes, at + 24)?));
        let (names, extra, comment) =
            (u16_le(bytes, at + 28)? as usize, u16_le(bytes, at + 30)? as usize, u16_le(bytes, at + 32)? as usize);
        let mut header = u64::from(u32_le(bytes, at + 42)?);
        let name = bytes.get(at + 46..at + 46 + names)?;
        let next = at + 46 + names + extra + comment;
        let mut more = bytes.get(at + 46 + names..at + 46 + names + extra)?;
        while let (Some(id), Some(len)) = (u16_le(more, 0), u16_le(more, 2)) {
            if id == 1 {
                let mut place = 4;
                for field in [&mut size, &mut packed, &mut header] {
                    if *field == u64::from(u32::MAX)
                        && let Some(wide) = u64_le(more, place)
                    {
                        *field = wide;
                        place += 8;
                    }
                }
                break;
            }
            more = more.get(4 + usize::from(len)..).unwrap_or_default();
        }
        let (name, locked) = (String::from_utf8_lossy(name).into_owned(), flags & 1 != 0);
        let header = usize::try_from(header.checked_add(shift)?).ok();
        let data = header.and_then(|header| data_of(bytes, header).map(|data| (header, data)));
        match (data, usize::try_from(packed)) {
            (Some((header, data)), Ok(packed)) => {
                // A folder is none.
                if !name.ends_with('/') {
                    self.members.push(Member { name, header, data, packed, method, crc, locked });
                }
            }
            _ => self.remark(RemarkKind::Damaged, "a member of the package is not where its list says", Some(name)),
        }
        Some(next)
    }

    /// Members by their own headers, for a package that lost its list.
    fn recover(&mut self) {
        let bytes = self.bytes;
        let mut at = 0;
        while let Some(header) = bytes.get(at..).and_then(|rest| memchr::memmem::find(rest, LOCAL)).map(|n| at + n) {
            at = header + LOCAL.len();
            let Some(data) = data_of(bytes, header) else { continue };
            let (Some(flags), Some(method), Some(crc), Some(mut packed), Some(names)) = (
                u16_le(bytes, header + 6),
                u16_le(bytes, header + 8),
                u32_le(bytes, header + 14),
                u32_le(bytes, header + 18).map(|n| n as usize),
                u16_le(bytes, header + 26),
            ) else {
                continue;
            };
            if flags & 8 != 0 && packed == 0 {
                // Its length stands after it: it goes as far as the next header.
                let rest = bytes.get(data..).unwrap_or_default();
                packed = memchr::memmem::find(rest, b"PK\x07\x08").unwrap_or(rest.len());
            }
            let name = bytes.get(header + 30..header + 30 + usize::from(names)).unwrap_or_default();
            let name = String::from_utf8_lossy(name).into_owned();
            if !name.ends_with('/') && self.members.len() < MOST_MEMBERS {
                let locked = flags & 1 != 0;
                self.members.push(Member { name, header, data, packed, method, crc, locked });
            }
            at = at.max(data.saturating_add(packed).min(bytes.len()));
        }
    }

    /// Members that lie over each other make a small file a large one.
    fn overlaps(&self) -> Result<(), Refusal> {
        let mut places: Vec<_> = self.members.iter().map(|m| (m.header, m.data.saturating_add(m.packed))).collect();
        places.sort_unstable();
        if places.windows(2).any(|pair| matches!(pair, [a, b] if b.0 < a.1)) {
            return Err(Refusal::Damaged("members of the package lie over each other; it was made to harm".to_owned()));
        }
        Ok(())
    }
}

/// What the end of a package says of the list of its members.
pub(crate) struct List {
    /// How many there are.
    pub count: u64,
    /// How long it is, and where it begins, as the end says (bytes).
    pub size: u64,
    pub from: u64,
    /// Where it ends.
    pub end: u64,
}

impl List {
    /// By the end record, which may stand before a comment; by the longer one where there is one.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        /// The longest comment, and the record.
        const TAIL: usize = 65_535 + 22;
        let tail = bytes.len().saturating_sub(TAIL);
        let end = tail + memchr::memmem::rfind(bytes.get(tail..)?, END)?;
        if let Some(locator) = end.checked_sub(20)
            && bytes.get(locator..).is_some_and(|rest| rest.starts_with(LOCATOR_64))
            && let Some(at) = u64_le(bytes, locator + 8).and_then(|at| usize::try_from(at).ok())
            && bytes.get(at..).is_some_and(|rest| rest.starts_with(END_64))
            && let (Some(count), Some(size), Some(from)) =
                (u64_le(bytes, at + 32), u64_le(bytes, at + 40), u64_le(bytes, at + 48))
        {
            return Some(Self { count, size, from, end: at as u64 });
        }
        let (count, size, from) = (u16_le(bytes, end + 10)?, u32_le(bytes, end + 12)?, u32_le(bytes, end + 16)?);
        Some(Self { count: count.into(), size: size.into(), from: from.into(), end: end as u64 })
    }
}

/// Where the data of the member begins whose header is at `header`.
pub(crate) fn data_of(bytes: &[u8], header: usize) -> Option<usize> {
    if !bytes.get(header..)?.starts_with(LOCAL) {
        return None;
    }
    let data = header + 30 + usize::from(u16_le(bytes, header + 26)?) + usize::from(u16_le(bytes, header + 28)?);
    (data <= bytes.len()).then_some(data)
}

/// Names as they are looked up: producers differ in capitals, in the bar between folders and in one at the beginning.
fn key(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_ascii_lowercase()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A package of these members, packed.
    pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut out, mut list) = (Vec::new(), Vec::new());
        for (name, bytes) in members {
            let packed = miniz_oxide::deflate::compress_to_vec(bytes, 6);
            let mut fields = Vec::new();
            fields.extend([20, 0, 0, 8, 8, 0, 0, 0, 0, 0]);
            fields.extend(crc32fast::hash(bytes).to_le_bytes());
            fields.extend((packed.len() as u32).to_le_bytes());
            fields.extend((bytes.len() as u32).to_le_bytes());
            fields.extend((name.len() as u16).to_le_bytes());
            fields.extend([0, 0]);
            list.extend(CENTRAL);
            list.extend([20, 0]);
            list.extend(&fields);
            list.extend([0; 10]);
            list.extend((out.len() as u32).to_le_bytes());
            list.extend(name.as_bytes());
            out.extend(LOCAL);
            out.extend(&fields);
            out.extend(name.as_bytes());
            out.extend(&packed);
        }
        let from = out.len() as u32;
        let count = (members.len() as u16).to_le_bytes();
        out.extend(&list);
        out.extend(END);
        out.extend([0; 4]);
        out.extend(count);
        out.extend(count);
        out.extend((list.len() as u32).to_le_bytes());
        out.extend(from.to_le_bytes());
        out.extend([0, 0]);
        out
    }

    fn open(bytes: &[u8]) -> Package<'_> {
        Package::open(bytes, Limits::default()).unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn members_are_found_by_name_however_it_is_written() {
        let bytes = zip(&[("word/document.xml", b"<a/>"), ("../../x", b"evil"), ("empty", b"")]);
        let mut package = open(&bytes);
        assert_eq!(package.names().collect::<Vec<_>>(), ["word/document.xml", "../../x", "empty"]);
        assert_eq!(package.read("/Word\\Document.xml").as_deref(), Some(&b"<a/>"[..]));
        assert_eq!(package.read("../../x").as_deref(), Some(&b"evil"[..]));
        assert_eq!(package.read("empty"), None);
        assert_eq!(package.remarks, []);
        // Something put before it.
        let shifted = [b"#!/bin/sh\n".as_slice(), &bytes].concat();
        assert_eq!(open(&shifted).read("word/document.xml").as_deref(), Some(&b"<a/>"[..]));
    }

    #[test]
    fn what_was_cut_off_is_read_as_far_as_it_goes() {
        let long = "Le jugement est cassé. ".repeat(400);
        let bytes = zip(&[("a", b"first"), ("b", long.as_bytes())]);
        let mut package = open(bytes.get(..bytes.len() - 60).unwrap());
        assert_eq!(package.read("a").as_deref(), Some(&b"first"[..]));
        assert!(package.remarks.iter().any(|r| r.kind == RemarkKind::Damaged));
        assert!(Package::open(b"PK\x03\x04", Limits::default()).is_err());
        assert!(Package::open(b"", Limits::default()).is_err());
    }

    #[test]
    fn bombs_are_not_unpacked() {
        let bytes = zip(&[("zeros", &vec![0; 100 << 20])]);
        let mut package = open(&bytes);
        assert_eq!(package.read("zeros").map(|b| b.len()), Some(64 << 20));
        assert_eq!(package.remarks.first().map(|r| r.kind), Some(RemarkKind::Limit));
        // Two entries of the list for one member.
        let bytes = zip(&[("a", b"first"), ("b", b"second")]);
        let list = memchr::memmem::find(&bytes, CENTRAL).unwrap();
        let second = list + 4 + memchr::memmem::find(bytes.get(list + 4..).unwrap(), CENTRAL).unwrap();
        let mut twice = bytes.clone();
        twice.splice(second + 42..second + 46, [0; 4]);
        assert!(matches!(Package::open(&twice, Limits::default()), Err(Refusal::Damaged(_))));
    }
}
