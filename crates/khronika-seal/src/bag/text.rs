//! The text files of a bag: its declaration, manifests, the list of what to fetch, and what it says of itself.

use super::name::plain_path;
use crate::digest::{Algorithm, from_hex};

/// What `bagit.txt` says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Declaration {
    pub version: (u32, u32),
    pub encoding: String,
}

impl Declaration {
    /// Reads it, or says why it is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, &'static str> {
        if bytes.starts_with(b"\xef\xbb\xbf") {
            return Err("it begins with a byte order mark");
        }
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8")?;
        let mut lines = lines(text);
        let version = lines.next().and_then(|line| line.strip_prefix("BagIt-Version: "));
        let version = version.and_then(version_of).ok_or("the first line is not “BagIt-Version: ” and a version")?;
        let encoding = lines.next().and_then(|line| line.strip_prefix("Tag-File-Character-Encoding: "));
        let encoding = encoding.ok_or("the second line is not “Tag-File-Character-Encoding: ” and an encoding")?;
        if encoding.is_empty() || encoding.contains(char::is_whitespace) {
            return Err("the encoding is empty or has a space in it");
        }
        if lines.next().is_some() {
            return Err("it has more than two lines");
        }
        Ok(Self { version, encoding: encoding.to_owned() })
    }
}

fn version_of(text: &str) -> Option<(u32, u32)> {
    let (major, minor) = text.split_once('.')?;
    let digits = |part: &str| !part.is_empty() && part.len() < 6 && part.bytes().all(|b| b.is_ascii_digit());
    if digits(major) && digits(minor) { Some((major.parse().ok()?, minor.parse().ok()?)) } else { None }
}

/// The text of a tag file in the declared encoding. None where the encoding is unknown or the bytes do not fit it.
pub(super) fn decode(bytes: &[u8], encoding: &str) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(encoding.as_bytes())?;
    let (text, _, broken) = encoding.decode(bytes);
    (!broken).then(|| text.into_owned())
}

/// The lines of a text, whatever ends them; a last line need not end.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    let lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    // A file of old Macs has no line feed at all.
    lines.flat_map(|line| line.split('\r')).take(if text.is_empty() { 0 } else { usize::MAX })
}

/// A line of a manifest.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ManifestLine {
    /// The path, decoded and made plain.
    pub path: String,
    pub digest: Vec<u8>,
    /// In what it is written otherwise than it should be.
    pub sloppy: Option<&'static str>,
}

/// Why a line of a manifest counts for nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum BadLine {
    /// It is not a digest and a path.
    Form,
    /// The digest has another length than the algorithm gives.
    Length,
    /// The path leads out of the bag.
    Outside(String),
}

impl ManifestLine {
    pub fn parse(line: &str, algorithm: Algorithm, version: (u32, u32)) -> Result<Self, BadLine> {
        let (digits, path) = line.split_once([' ', '\t']).ok_or(BadLine::Form)?;
        let digest = from_hex(digits).ok_or(BadLine::Form)?;
        if digest.len() != algorithm.length() {
            return Err(BadLine::Length);
        }
        let mut sloppy = None;
        let mut path = path.trim_start_matches([' ', '\t']);
        // md5sum and its kin write a star before the names of “binary” files.
        if let Some(rest) = path.strip_prefix('*') {
            (path, sloppy) = (rest, Some("there is a star before the path, as checksum programs write it"));
        }
        if path.starts_with("./") {
            sloppy = Some("there is “./” before the path");
        } else if digits.bytes().any(|b| b.is_ascii_uppercase()) {
            sloppy = Some("the digest is written in capitals");
        }
        let decoded = decode_path(path, version);
        match plain_path(&decoded) {
            Some(plain) => Ok(Self { path: plain.to_owned(), digest, sloppy }),
            None => Err(BadLine::Outside(decoded)),
        }
    }
}

/// A path as it is written in manifests, decoded. Version 1.0 writes line ends and the percent sign as percent and two digits, 0.97 only line
/// ends, older ones nothing; nothing else is ever decoded.
fn decode_path(path: &str, version: (u32, u32)) -> String {
    if version < (0, 97) {
        return path.to_owned();
    }
    let (mut decoded, mut rest) = (String::with_capacity(path.len()), path);
    while let Some((before, after)) = rest.split_once('%') {
        decoded.push_str(before);
        let (c, left) = match after.as_bytes() {
            [b'0', b'A' | b'a', ..] => ('\n', after.get(2..)),
            [b'0', b'D' | b'd', ..] => ('\r', after.get(2..)),
            [b'2', b'5', ..] if version >= (1, 0) => ('%', after.get(2..)),
            _ => ('%', Some(after)),
        };
        decoded.push(c);
        rest = left.unwrap_or_default();
    }
    decoded.push_str(rest);
    decoded
}

/// A path as version 1.0 writes it in manifests.
pub(super) fn encode_path(path: &str) -> String {
    path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A line of `fetch.txt`: address, length (or a hyphen) and path, which is made plain. Error: the path that leads out of the bag, or none
/// where the line is no such line.
pub(super) fn fetch_line(line: &str, version: (u32, u32)) -> Result<(String, String), Option<String>> {
    let (url, rest) = line.trim_start().split_once([' ', '\t']).ok_or(None)?;
    let (length, path) = rest.trim_start().split_once([' ', '\t']).ok_or(None)?;
    let is_number = !length.is_empty() && length.bytes().all(|b| b.is_ascii_digit());
    if length != "-" && !is_number {
        return Err(None);
    }
    let path = decode_path(path.trim_start(), version);
    match plain_path(&path) {
        Some(plain) => Ok((url.to_owned(), plain.to_owned())),
        None => Err(Some(path)),
    }
}

/// The labels and values of `bag-info.txt`, and how many lines are none.
pub(super) fn info(text: &str) -> (Vec<(String, String)>, usize) {
    let (mut info, mut bad): (Vec<(String, String)>, _) = (Vec::new(), 0);
    for line in lines(text).filter(|line| !line.trim().is_empty()) {
        if line.starts_with([' ', '\t']) {
            match info.last_mut() {
                Some((_, value)) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                None => bad += 1,
            }
        } else if let Some((label, value)) = line.split_once(':') {
            info.push((label.trim().to_owned(), value.trim().to_owned()));
        } else {
            bad += 1;
        }
    }
    (info, bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        let good = b"BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-8";
        assert_eq!(Declaration::parse(good), Ok(Declaration { version: (0, 97), encoding: "UTF-8".to_owned() }));
        for bad in [
            "BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-Version: 1.0\n",
            "\u{feff}BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nx\n",
            "",
        ] {
            assert!(Declaration::parse(bad.as_bytes()).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn paths_are_written_and_read_again() {
        for path in ["data/100 %", "data/a\r\nb", "data/%0A", "data/é"] {
            assert_eq!(decode_path(&encode_path(path), (1, 0)), path);
        }
        assert_eq!(decode_path("%25%7E%0a", (0, 97)), "%25%7E\n");
        assert_eq!(decode_path("%0A%", (0, 96)), "%0A%");
    }

    #[test]
    fn lines_end_in_any_way() {
        assert_eq!(lines("a\r\nb\rc\nd").collect::<Vec<_>>(), ["a", "b", "c", "d"]);
        assert_eq!(lines("a\n").collect::<Vec<_>>(), ["a"]);
        assert_eq!(lines("").count() + lines("\n").count(), 0);
    }
}
