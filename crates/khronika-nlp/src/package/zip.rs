//! Reading zip archives, and as much of the format as wheels use: stored and deflated entries, no encryption, no parts.
//!
//! Nothing is written to a disk, sizes are checked before memory is taken, and every file's checksum is verified.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::is_plain;
use crate::error::{Error, Result};

/// More files than any pipeline has.
const MOST_ENTRIES: usize = 10_000;

/// An archive in memory.
#[derive(Debug)]
pub(crate) struct Archive {
    bytes: Arc<Cow<'static, [u8]>>,
    entries: BTreeMap<String, Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    method: u16,
    crc: u32,
    packed: usize,
    size: usize,
    header: usize,
}

fn damaged(what: &str) -> Error {
    Error::damaged("zip archive", what)
}

/// Little-endian numbers at places that may lie outside.
fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

impl Archive {
    /// Reads the list of entries.
    pub(crate) fn new(bytes: Cow<'static, [u8]>) -> Result<Self> {
        let end =
            find_end(&bytes).ok_or_else(|| damaged("no end of the list of files: cut short, or not a zip archive"))?;
        let entries = list(&bytes, end)?;
        Ok(Self { bytes: Arc::new(bytes), entries })
    }

    /// The names of the files.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// A file's bytes, or nothing where the archive has no such file.
    pub(crate) fn read(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>> {
        let Some(entry) = self.entries.get(name) else { return Ok(None) };
        if entry.size as u64 > limit {
            return Err(Error::refused(format!("{name} claims {} bytes", entry.size)));
        }
        self.unpack(entry)
            .ok_or_else(|| Error::damaged(name, "it cannot be unpacked, or its checksum is wrong"))
            .map(Some)
    }

    /// The same without a copy where the file is stored as it is: large tables are read from the archive itself.
    pub(crate) fn share(&self, name: &str, limit: u64) -> Result<Option<Shared>> {
        let stored = self.entries.get(name).filter(|entry| entry.method == 0 && entry.size as u64 <= limit);
        let Some(entry) = stored else { return Ok(self.read(name, limit)?.map(Shared::from)) };
        let whole = self.place(entry).filter(|range| {
            range.len() == entry.size && self.bytes.get(range.clone()).is_some_and(|bytes| crc32(bytes) == entry.crc)
        });
        let range = whole.ok_or_else(|| Error::damaged(name, "it is cut short, or its checksum is wrong"))?;
        Ok(Some(Shared { bytes: self.bytes.clone(), range }))
    }

    /// Where an entry's bytes lie.
    fn place(&self, entry: &Entry) -> Option<Range<usize>> {
        let header = self.bytes.get(entry.header..)?;
        if u32_at(header, 0)? != 0x0403_4b50 {
            return None;
        }
        let start = entry.header + 30 + usize::from(u16_at(header, 26)?) + usize::from(u16_at(header, 28)?);
        Some(start..start.checked_add(entry.packed)?)
    }

    fn unpack(&self, entry: &Entry) -> Option<Vec<u8>> {
        let packed = self.bytes.get(self.place(entry)?)?;
        let plain = match entry.method {
            0 => packed.to_vec(),
            8 => decompress_to_vec_with_limit(packed, entry.size).ok()?,
            _ => return None,
        };
        (plain.len() == entry.size && crc32(&plain) == entry.crc).then_some(plain)
    }
}

/// Bytes within others that are kept as long as these are.
#[derive(Debug)]
pub(crate) struct Shared {
    bytes: Arc<Cow<'static, [u8]>>,
    range: Range<usize>,
}

impl Shared {
    /// A part of bytes.
    pub(crate) fn of(bytes: Vec<u8>, range: Range<usize>) -> Self {
        Self { bytes: Arc::new(Cow::Owned(bytes)), range }
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        self.bytes.get(self.range.clone()).unwrap_or_default()
    }
}

impl From<Vec<u8>> for Shared {
    fn from(bytes: Vec<u8>) -> Self {
        let range = 0..bytes.len();
        Self::of(bytes, range)
    }
}

/// The place of the record that ends an archive, searched backwards over the longest comment.
fn find_end(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(22)?;
    (last.saturating_sub(0xFFFF)..=last).rev().find(|&at| u32_at(bytes, at) == Some(0x0605_4b50))
}

fn list(bytes: &[u8], end: usize) -> Result<BTreeMap<String, Entry>> {
    let cut = || damaged("the list of files is cut short");
    let count = usize::from(u16_at(bytes, end + 10).ok_or_else(cut)?);
    if count > MOST_ENTRIES {
        return Err(Error::refused(format!("the archive claims {count} files")));
    }
    let mut at = size_at(bytes, end + 16).ok_or_else(cut)?;
    let mut entries = BTreeMap::new();
    for _ in 0..count {
        let record = bytes.get(at..).ok_or_else(cut)?;
        if u32_at(record, 0) != Some(0x0201_4b50) {
            return Err(damaged("the list of files is not where it should be"));
        }
        let read = || {
            let lengths = (u16_at(record, 28)?, u16_at(record, 30)?, u16_at(record, 32)?);
            let entry = Entry {
                method: u16_at(record, 10)?,
                crc: u32_at(record, 16)?,
                packed: size_at(record, 20)?,
                size: size_at(record, 24)?,
                header: size_at(record, 42)?,
            };
            let name = record.get(46..46 + usize::from(lengths.0))?;
            Some((lengths, entry, u16_at(record, 8)?, name))
        };
        let ((name_len, extra, comment), entry, flags, name) = read().ok_or_else(cut)?;
        let name = std::str::from_utf8(name).map_err(|_| damaged("a file's name is not UTF-8"))?;
        at += 46 + usize::from(name_len) + usize::from(extra) + usize::from(comment);
        if name.ends_with('/') {
            continue;
        }
        if !is_plain(name) {
            return Err(Error::refused(format!("a file in the archive is named {name:?}, out of its folder")));
        }
        if flags & 1 != 0 {
            return Err(Error::unsupported("an encrypted archive"));
        }
        entries.insert(name.to_owned(), entry);
    }
    Ok(entries)
}

/// An archive of files, with no times in it: the same files give the same bytes.
pub(crate) fn write(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    // What fills less than four gigabytes, as every file that this crate reads.
    let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let deflated = compress_to_vec(bytes, 9);
        // What hardly shrinks is stored: that is read faster.
        let (method, packed) = if deflated.len() < bytes.len() / 16 * 15 { (8_u16, &deflated) } else { (0, bytes) };
        let mut about = Vec::new();
        // Version 2.0; names in UTF-8; 1 January 1980.
        about.extend([20_u16, 0x0800, method, 0, 0x0021].into_iter().flat_map(u16::to_le_bytes));
        about.extend(crc32(bytes).to_le_bytes());
        about.extend([packed.len(), bytes.len()].into_iter().flat_map(short));
        about.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
        about.extend([0; 2]);
        list.extend([0x50, 0x4B, 1, 2, 20, 0]);
        list.extend(&about);
        list.extend([0; 10]);
        list.extend(short(out.len()));
        list.extend(name.as_bytes());
        out.extend([0x50, 0x4B, 3, 4]);
        out.extend(&about);
        out.extend(name.as_bytes());
        out.extend(packed);
    }
    let count = u16::try_from(files.len()).unwrap_or(u16::MAX).to_le_bytes();
    let start = out.len();
    out.extend(&list);
    out.extend([0x50, 0x4B, 5, 6, 0, 0, 0, 0]);
    out.extend([count, count].concat());
    out.extend([list.len(), start].into_iter().flat_map(short));
    out.extend([0; 2]);
    out
}

/// The checksum of zip and gzip (ISO 3309).
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    const TABLES: [[u32; 256]; 8] = tables();
    let mut crc = !0_u32;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        let low = crc.to_le_bytes();
        let mut next = 0;
        for (k, byte) in chunk.iter().enumerate() {
            let mixed = byte ^ low.get(k).copied().unwrap_or(0);
            next ^= TABLES[7 - k][usize::from(mixed)];
        }
        crc = next;
    }
    for &byte in rest {
        crc = TABLES[0][usize::from(crc.to_le_bytes()[0] ^ byte)] ^ (crc >> 8);
    }
    !crc
}

const fn tables() -> [[u32; 256]; 8] {
    let mut tables = [[0; 256]; 8];
    let mut i = 0;
    while i < 256 {
        let mut c = i as u32;
        let mut bit = 0;
        while bit < 8 {
            c = if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 };
            bit += 1;
        }
        tables[0][i] = c;
        i += 1;
    }
    let mut k = 1;
    while k < 8 {
        let mut i = 0;
        while i < 256 {
            let before = tables[k - 1][i];
            tables[k][i] = (before >> 8) ^ tables[0][(before & 0xFF) as usize];
            i += 1;
        }
        k += 1;
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
