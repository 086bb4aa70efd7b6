//! The compound file of an Outlook message (MS-CFB), and the properties in it (MS-OXMSG).

use std::io::{Cursor, Read as _, Write as _};
use std::time::UNIX_EPOCH;

use cfb::CompoundFile;

use super::super::bytes::{u16_le, u32_le, u64_le};
use crate::rendition::Refusal;

/// Storages in storages in …: an attached message has two more.
const DEEPEST: usize = 40;

/// Streams and storages that are looked at in one storage.
const MOST: usize = 50_000;

/// The stream of properties of fixed length.
const PROPERTIES: &str = "__properties_version1.0";

/// The storage of the names of properties.
const NAMES: &str = "/__nameid_version1.0";

/// A message, a recipient or an attachment: a storage with properties.
#[derive(Clone, Debug)]
pub(super) struct Storage {
    path: String,
    /// The bytes before the first property, which differ by what the storage is.
    head: usize,
}

impl Storage {
    /// The message itself.
    pub(super) fn root() -> Self {
        Self { path: String::new(), head: 32 }
    }
}

/// The file.
pub(super) struct Store<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    size: u64,
}

impl<'a> Store<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let damaged = |_| Refusal::Damaged("its file system cannot be read".to_owned());
        Ok(Self { file: CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?, size: bytes.len() as u64 })
    }

    /// The content of a stream; never more than the file has.
    fn stream(&mut self, path: &str) -> Option<Vec<u8>> {
        if !self.file.is_stream(path) {
            return None;
        }
        let stream = self.file.open_stream(path).ok()?;
        let mut out = Vec::new();
        // A stream that breaks off gives what there is of it.
        let _read = stream.take(self.size).read_to_end(&mut out);
        Some(out)
    }

    /// The storages in this one whose names begin like this: recipients, attachments.
    pub(super) fn storages(&self, of: &Storage, start: &str) -> Vec<Storage> {
        let path = if of.path.is_empty() { "/" } else { &of.path };
        let Ok(entries) = self.file.read_storage(path) else { return Vec::new() };
        let named = entries.take(MOST).filter(|e| e.is_storage() && e.name().starts_with(start));
        let mut found: Vec<Storage> =
            named.map(|e| Storage { path: format!("{}/{}", of.path, e.name()), head: 8 }).collect();
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found
    }

    /// A property that is a stream: bytes as they are.
    pub(super) fn raw(&mut self, of: &Storage, id: u16, kind: u16) -> Option<Vec<u8>> {
        self.stream(&format!("{}/__substg1.0_{id:04X}{kind:04X}", of.path))
    }

    /// A property of fixed length.
    fn fixed(&mut self, of: &Storage, id: u16) -> Option<(u16, u64)> {
        let list = self.stream(&format!("{}/{PROPERTIES}", of.path))?;
        list.get(of.head..)?
            .chunks_exact(16)
            .find_map(|entry| (u16_le(entry, 2)? == id).then_some((u16_le(entry, 0)?, u64_le(entry, 8)?)))
    }

    /// A whole number.
    pub(super) fn number(&mut self, of: &Storage, id: u16) -> Option<u32> {
        let (kind, value) = self.fixed(of, id)?;
        (kind == 3).then_some((value & 0xFFFF_FFFF) as u32)
    }

    /// A yes or no.
    pub(super) fn is_set(&mut self, of: &Storage, id: u16) -> bool {
        self.fixed(of, id).is_some_and(|(kind, value)| kind == 0x0B && value & 0xFFFF != 0)
    }

    /// A time, in seconds since 1970.
    pub(super) fn time(&mut self, of: &Storage, id: u16) -> Option<i64> {
        let (kind, value) = self.fixed(of, id)?;
        // Tenths of microseconds since 1601.
        (kind == 0x40).then_some(i64::try_from(value / 10_000_000).ok()? - 11_644_473_600)
    }

    /// The message attached in this storage, as a file of its own; `most` is how long it may be.
    pub(super) fn message_in(&mut self, attachment: &Storage, most: u64) -> Option<Vec<u8>> {
        let top = format!("{}/__substg1.0_3701000D", attachment.path);
        if !self.file.is_stream(format!("{top}/{PROPERTIES}")) {
            return None;
        }
        let mut out = CompoundFile::create(Cursor::new(Vec::new())).ok()?;
        let mut left = most;
        let mut storages = vec![(top, String::new(), 0)];
        // The names of properties that have no number of their own stand in the outermost message only.
        let mut outer = vec![(NAMES.to_owned(), NAMES.to_owned(), 1)];
        while let Some((from, to, depth)) = storages.pop().or_else(|| outer.pop()) {
            if !self.file.is_storage(&from) || (from == NAMES && out.exists(&to)) {
                continue;
            }
            if !to.is_empty() {
                out.create_storage(&to).ok()?;
                // The same message gives the same bytes, whenever it is read.
                out.set_created_time(&to, UNIX_EPOCH).ok()?;
                out.set_modified_time(&to, UNIX_EPOCH).ok()?;
            }
            let entries: Vec<_> = self.file.read_storage(&from).ok()?.take(MOST).collect();
            for entry in entries {
                let (from, to) = (format!("{from}/{}", entry.name()), format!("{to}/{}", entry.name()));
                if entry.is_storage() {
                    if depth < DEEPEST {
                        storages.push((from, to, depth + 1));
                    }
                    continue;
                }
                let mut content = self.stream(&from)?;
                left = left.checked_sub(content.len() as u64)?;
                if depth == 0 && entry.name() == PROPERTIES {
                    // A message that stands by itself has eight bytes more before its properties.
                    let head = content.len().min(24);
                    content.splice(head..head, [0; 8]);
                }
                out.create_new_stream(&to).ok()?.write_all(&content).ok()?;
            }
        }
        out.flush().ok()?;
        Some(out.into_inner().into_inner())
    }
}

/// Text that Outlook compressed (MS-OXRTFCP).
pub(super) fn uncompressed(packed: &[u8], most: usize) -> Option<Vec<u8>> {
    /// What the window holds before anything was read.
    const WINDOW: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
    let size = usize::try_from(u32_le(packed, 4)?).ok()?.min(most);
    let data = packed.get(16..)?;
    match packed.get(8..12)? {
        b"MELA" => return Some(data.get(..size.min(data.len()))?.to_vec()),
        b"LZFu" => {}
        _ => return None,
    }
    let mut window = [0_u8; 4096];
    window.get_mut(..WINDOW.len())?.copy_from_slice(WINDOW);
    let mut write = WINDOW.len();
    let mut out = Vec::new();
    let mut at = 0;
    'all: while let Some(&flags) = data.get(at) {
        at += 1;
        for bit in 0..8 {
            if out.len() >= size {
                break 'all;
            }
            if flags & (1 << bit) == 0 {
                let Some(&byte) = data.get(at) else { break 'all };
                at += 1;
                out.push(byte);
                *window.get_mut(write)? = byte;
                write = (write + 1) % 4096;
                continue;
            }
            let (Some(&high), Some(&low)) = (data.get(at), data.get(at + 1)) else { break 'all };
            at += 2;
            let word = usize::from(high) << 8 | usize::from(low);
            let (from, len) = (word >> 4, (word & 15) + 2);
            // A reference to where the next byte goes ends the text.
            if from == write {
                break 'all;
            }
            for n in 0..len {
                let byte = *window.get((from + n) % 4096)?;
                out.push(byte);
                *window.get_mut(write)? = byte;
                write = (write + 1) % 4096;
            }
        }
    }
    out.truncate(size);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard() {
        // MS-OXRTFCP, 4.1 and 4.2.
        let simple = b"\x2d\x00\x00\x00\x2b\x00\x00\x00LZFu\xf1\xc5\xc7\xa7\x03\x00\x0a\x00rcpg125\x42\x32\x0a\xf3\x20hel\x09\x00\x20bw\x05\xb0ld\x7d\x0a\x80\x0f\xa0";
        assert_eq!(uncompressed(simple, 1000).unwrap(), b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
        let over = b"\x1a\x00\x00\x00\x1c\x00\x00\x00LZFu\xe2\xd4\x4b\x51\x41\x00\x04\x20WXYZ\x0d\x6e\x7d\x01\x0e\xb0";
        assert_eq!(uncompressed(over, 1000).unwrap(), b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
        assert_eq!(uncompressed(over, 10).unwrap(), b"{\\rtf1 WXY");
        assert_eq!(uncompressed(b"", 10), None);
    }
}
