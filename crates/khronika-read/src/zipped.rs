//! What a ZIP archive turns out to be: the formats of office programs are archives with certain files in them.
//!
//! Told by the list at the archive's end, of which nothing but the names is looked at, and by what the file says that is there to tell;
//! where there is no list, by the names near the beginning.

use crate::format::bytes::{u16_le, u32_le};
use crate::format::inflate::inflate;
use crate::format::package::{CENTRAL, List, data_of};
use crate::media::{Kind, Told, unread};

/// The media types that the first file of an archive may name, and what they mean. A template is a document.
const DECLARED: &[(&[u8], Told)] = &[
    (b"application/vnd.oasis.opendocument.text", Ok(Kind::Odt)),
    (b"application/vnd.oasis.opendocument.spreadsheet", Ok(Kind::Ods)),
    (b"application/vnd.oasis.opendocument.presentation", Ok(Kind::Odp)),
    (b"application/vnd.oasis.opendocument.graphics", unread("OpenDocument drawing", &["odg"])),
    (b"application/epub+zip", Ok(Kind::Epub)),
];

/// The folder in which each office program keeps its document.
const FOLDERS: &[(&[u8], Kind)] = &[(b"word/", Kind::Docx), (b"xl/", Kind::Xlsx), (b"ppt/", Kind::Pptx)];

/// The file that lists the parts of an office document.
const PARTS: &[u8] = b"[Content_Types].xml";

/// How many names of the list are looked at.
const MOST_NAMES: usize = 10_000;

/// How much of the beginning is looked at, in bytes.
const HEAD: usize = 8192;

/// Tells what an archive is.
pub(crate) fn of(bytes: &[u8]) -> Told {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    if head.get(30..38) == Some(b"mimetype")
        && let Some(told) = declared(head)
    {
        return told;
    }
    let mut folder = None;
    let mut has_parts = false;
    let mut any = false;
    for (name, entry) in names(bytes).take(MOST_NAMES) {
        any = true;
        if name == b"mimetype"
            && let Some(told) = content(bytes, entry).and_then(|content| declared(&content))
        {
            return told;
        }
        has_parts |= name == PARTS;
        folder = folder.or_else(|| FOLDERS.iter().find(|(folder, _)| name.starts_with(folder)));
        if let (true, Some((_, kind))) = (has_parts, folder) {
            return Ok(*kind);
        }
    }
    let found = FOLDERS.iter().find(|(folder, _)| !any && memchr::memmem::find(head, folder).is_some());
    Ok(found.map_or(Kind::Zip, |(_, kind)| *kind))
}

/// What a media type among these words means.
pub(crate) fn declared(words: &[u8]) -> Option<Told> {
    DECLARED.iter().find(|(mime, _)| memchr::memmem::find(words, mime).is_some()).map(|(_, told)| *told)
}

/// The beginning of a file of the list: it may be packed, though the format forbids it.
fn content(bytes: &[u8], entry: &[u8]) -> Option<Vec<u8>> {
    /// The longest media type, and as many bytes as it may be packed in.
    const LONGEST: usize = 100;
    let header = usize::try_from(u32_le(entry, 38)?).ok()?;
    let data = bytes.get(data_of(bytes, header)?..)?;
    let packed = data.get(..data.len().min(2 * LONGEST))?;
    match u16_le(entry, 6)? {
        0 => Some(packed.to_vec()),
        8 => Some(inflate(packed, LONGEST).bytes),
        _ => None,
    }
}

/// The names in the list at the end, as far as there is one, each with what the list says of the file.
fn names(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let list = List::of(bytes).and_then(|list| bytes.get(usize::try_from(list.from).ok()?..));
    let mut rest = list.unwrap_or_default();
    std::iter::from_fn(move || {
        let entry = rest.strip_prefix(CENTRAL)?;
        let length = |at| u16_le(entry, at).map(usize::from);
        let (name, extra, comment) = (length(24)?, length(26)?, length(28)?);
        let (name, after) = entry.get(42..)?.split_at_checked(name)?;
        rest = after.get(extra + comment..)?;
        Some((name, entry))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of empty files with these names.
    fn archive(names: &[&str], filler: usize) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.resize(30 + filler, 0);
        let start = u32::try_from(bytes.len()).unwrap();
        for name in names {
            let mut entry = b"PK\x01\x02".to_vec();
            entry.resize(46, 0);
            entry[28] = u8::try_from(name.len()).unwrap();
            bytes.extend(entry);
            bytes.extend(name.as_bytes());
        }
        bytes.extend(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0");
        bytes.extend(start.to_le_bytes());
        bytes.extend([0, 0]);
        bytes
    }

    #[test]
    fn the_list_at_the_end_decides() {
        for (names, kind) in [
            (&["[Content_Types].xml", "_rels/.rels", "word/document.xml"][..], Kind::Docx),
            (&["xl/workbook.xml", "[Content_Types].xml"], Kind::Xlsx),
            (&["word/letter.txt", "xl/table.txt"], Kind::Zip),
            (&["letter.txt"], Kind::Zip),
        ] {
            assert_eq!(of(&archive(names, 20_000)), Ok(kind), "{names:?}");
        }
        let cut = b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0[Content_Types].xml PK\x03\x04 word/document.xml";
        assert_eq!(of(cut), Ok(Kind::Docx), "one that was cut");
    }

    #[test]
    fn what_a_packed_file_says_that_it_is() {
        let content: &[u8] = b"<x/>";
        for (mime, kind) in [
            ("application/vnd.oasis.opendocument.text", Kind::Odt),
            ("application/vnd.oasis.opendocument.spreadsheet", Kind::Ods),
            ("application/vnd.oasis.opendocument.presentation-template", Kind::Odp),
            ("application/epub+zip", Kind::Epub),
            ("text/plain", Kind::Zip),
        ] {
            let packed = crate::format::package::tests::zip(&[("content.xml", content), ("mimetype", mime.as_bytes())]);
            assert_eq!(of(&packed), Ok(kind), "{mime}");
        }
    }

    #[test]
    fn the_first_file_may_say_what_it_is() {
        let odp = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0mimetypeapplication/vnd.oasis.opendocument.presentationPK";
        assert_eq!(of(odp), Ok(Kind::Odp));
        let odt = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0mimetypeapplication/vnd.oasis.opendocument.textPK";
        assert_eq!(of(odt), Ok(Kind::Odt));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_something(bytes: Vec<u8>, at: proptest::sample::Index, byte: u8) {
            let _ = of(&bytes);
            let mut broken = archive(&["[Content_Types].xml", "word/document.xml"], 10);
            let at = at.index(broken.len());
            broken[at] = byte;
            let _ = of(&broken);
            let _ = of(&broken[..at]);
        }
    }
}
