//! Reading tar archives, as far as slovnet's go: plain files, listed with their places. Nothing is unpacked to a disk.

use std::collections::BTreeMap;
use std::ops::Range;

use super::is_plain;
use super::zip::Shared;
use crate::error::{Error, Result};

/// More files than any network has.
const MOST_ENTRIES: usize = 1_000;
/// Headers and contents fill whole blocks.
const BLOCK: usize = 512;

/// An archive in memory.
#[derive(Debug)]
pub(crate) struct Tar {
    name: String,
    bytes: Vec<u8>,
    entries: BTreeMap<String, Range<usize>>,
}

impl Tar {
    /// Reads the list of files. `name` is what errors call the archive.
    pub(crate) fn new(bytes: Vec<u8>, name: &str) -> Result<Self> {
        let damaged = |what: &str| Error::damaged(name, what);
        let mut entries = BTreeMap::new();
        let mut at = 0_usize;
        // Two blocks of zeros end an archive; some writers leave them away.
        while let Some(header) = bytes.get(at..).and_then(|rest| rest.first_chunk::<BLOCK>()) {
            if header.iter().all(|&b| b == 0) {
                break;
            }
            let entry = Header::read(header).ok_or_else(|| damaged("a file's header is damaged"))?;
            let start = at + BLOCK;
            let end = start.checked_add(entry.size).filter(|&end| end <= bytes.len());
            let end = end.ok_or_else(|| damaged("it is cut short"))?;
            if entry.is_file {
                if !is_plain(&entry.name) {
                    return Err(Error::refused(format!(
                        "a file in {name} is named {:?}, out of its folder",
                        entry.name
                    )));
                }
                if entries.len() >= MOST_ENTRIES {
                    return Err(Error::refused(format!("{name} holds more files than any network")));
                }
                entries.insert(entry.name, start..end);
            }
            at = end.next_multiple_of(BLOCK);
        }
        Ok(Self { name: name.to_owned(), bytes, entries })
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, name: &str) -> Result<&[u8]> {
        Ok(self.bytes.get(self.place(name)?).unwrap_or_default())
    }

    /// The bytes of a file, and the archive with them.
    pub(crate) fn share(self, name: &str) -> Result<Shared> {
        let range = self.place(name)?;
        Ok(Shared::of(self.bytes, range))
    }

    fn place(&self, name: &str) -> Result<Range<usize>> {
        let place = self.entries.get(name).cloned();
        place.ok_or_else(|| Error::damaged(&self.name, format!("the file {name} is missing")))
    }
}

struct Header {
    name: String,
    size: usize,
    is_file: bool,
}

impl Header {
    fn read(block: &[u8; BLOCK]) -> Option<Self> {
        let field = |from: usize, len: usize| {
            let field = block.get(from..from + len)?;
            let end = field.iter().position(|&b| b == 0).unwrap_or(len);
            std::str::from_utf8(field.get(..end)?).ok()
        };
        let octal = |from, len| usize::from_str_radix(field(from, len)?.trim(), 8).ok();
        // The sum of all bytes, with blanks in the place of the sum itself.
        let sum: usize =
            block.iter().enumerate().map(|(i, &b)| usize::from(if (148..156).contains(&i) { b' ' } else { b })).sum();
        if octal(148, 8) != Some(sum) {
            return None;
        }
        let prefix = if field(257, 5) == Some("ustar") { field(345, 155)? } else { "" };
        let name = field(0, 100)?;
        let name = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") };
        let is_file = matches!(block.get(156), Some(0 | b'0'));
        Some(Self { name, size: octal(124, 12)?, is_file })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An archive of files.
    pub(crate) fn write(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = Vec::new();
        for (name, bytes) in files {
            let mut header = [0_u8; BLOCK];
            header[..name.len()].copy_from_slice(name.as_bytes());
            header[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
            header[148..156].fill(b' ');
            header[156] = b'0';
            let sum: usize = header.iter().map(|&b| usize::from(b)).sum();
            header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
            out.extend(header);
            out.extend(*bytes);
            out.resize(out.len().next_multiple_of(BLOCK), 0);
        }
        out.extend([0; 2 * BLOCK]);
        out
    }

    #[test]
    fn files_are_found_by_their_names() {
        let tar = Tar::new(write(&[("a/b.bin", b"hello"), ("empty", b"")]), "t.tar").unwrap();
        assert_eq!(tar.read("a/b.bin").unwrap(), b"hello");
        assert_eq!(tar.read("empty").unwrap(), b"");
        assert_eq!(tar.read("c").unwrap_err().to_string(), "damaged package: t.tar: the file c is missing");
    }

    #[test]
    fn harm_is_an_error() {
        let whole = write(&[("a", &[1; 2000])]);
        assert!(Tar::new(whole.get(..1500).unwrap().to_vec(), "t").unwrap_err().is_damaged());
        let mut flipped = whole.clone();
        *flipped.first_mut().unwrap() ^= 1;
        assert!(Tar::new(flipped, "t").unwrap_err().is_damaged());
        for name in ["../a", "/etc/passwd", "a/../../b", "C:\\x"] {
            assert!(Tar::new(write(&[(name, b"x")]), "t").unwrap_err().is_refused(), "{name}");
        }
        let many: Vec<String> = (0..2000).map(|i| i.to_string()).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
        assert!(Tar::new(write(&many), "t").unwrap_err().is_refused());
    }
}
