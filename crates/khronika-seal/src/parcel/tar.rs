//! Tar archives, as far as they are written here (POSIX pax): folders and files, without owners and times, so that the same files give the
//! same bytes. Names that the old header has no room for stand in a header of their own.

use std::io::{self, Write};

const BLOCK: usize = 512;
/// The longest name that the old header has room for.
const NAME: usize = 100;
/// The longest length that it has room for: eleven octal digits.
const LENGTH: u64 = (1 << 33) - 1;

/// The header of a file; its content and [`pad`] come after it.
pub(super) fn file(out: &mut dyn Write, name: &str, length: u64) -> io::Result<()> {
    entry(out, name, b'0', 0o644, length)
}

/// A folder.
pub(super) fn folder(out: &mut dyn Write, name: &str) -> io::Result<()> {
    entry(out, &format!("{name}/"), b'5', 0o755, 0)
}

/// Fills the last block of a file of this length.
pub(super) fn pad(out: &mut dyn Write, length: u64) -> io::Result<()> {
    let over = (length % BLOCK as u64) as usize;
    if over == 0 { Ok(()) } else { out.write_all([0; BLOCK].get(over..).unwrap_or_default()) }
}

/// The end of an archive.
pub(super) fn end(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&[0; 2 * BLOCK])
}

fn entry(out: &mut dyn Write, name: &str, kind: u8, mode: u32, length: u64) -> io::Result<()> {
    let mut records = String::new();
    if name.len() > NAME || !name.is_ascii() {
        records.push_str(&record("path", name));
    }
    if length > LENGTH {
        records.push_str(&record("size", &length.to_string()));
    }
    if !records.is_empty() {
        let long = records.len() as u64;
        out.write_all(&header("pax", b'x', 0o644, long))?;
        out.write_all(records.as_bytes())?;
        pad(out, long)?;
    }
    out.write_all(&header(name, kind, mode, length.min(LENGTH)))
}

/// A line of a pax header, which begins with its own length.
fn record(key: &str, value: &str) -> String {
    let rest = key.len() + value.len() + 3;
    // The digits of the length count too.
    let length = (1..20).map(|digits| rest + digits).find(|length| rest + length.to_string().len() == *length);
    format!("{} {key}={value}\n", length.unwrap_or_default())
}

fn header(name: &str, kind: u8, mode: u32, length: u64) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let mut put = |at: usize, bytes: &[u8]| {
        if let Some(place) = block.get_mut(at..at + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    };
    let short: Vec<u8> = name.bytes().map(|b| if b.is_ascii() { b } else { b'_' }).take(NAME).collect();
    put(0, &short);
    put(100, format!("{mode:07o}\0{:07o}\0{:07o}\0", 0, 0).as_bytes());
    put(124, format!("{length:011o}\0{:011o}\0", 0).as_bytes());
    put(148, b"        ");
    put(156, &[kind]);
    put(257, b"ustar\x0000");
    let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
    if let Some(place) = block.get_mut(148..156) {
        place.copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_record_counts_itself() {
        for length in [1, 80, 84, 85, 86, 93, 94, 95, 990, 9985] {
            let record = record("path", &"x".repeat(length));
            let stated = record.split(' ').next().unwrap();
            assert_eq!(stated.parse(), Ok(record.len()));
        }
    }

    /// What other programs make of it.
    #[test]
    fn tar_reads_it() {
        let dir = tempfile::tempdir().unwrap();
        let long = format!("x/{}/решение суда.txt", "long".repeat(40));
        let mut out = Vec::new();
        folder(&mut out, "x").unwrap();
        for (name, content) in [("x/a.txt", "abc"), (long.as_str(), "déf"), ("x/empty", "")] {
            file(&mut out, name, content.len() as u64).unwrap();
            out.extend_from_slice(content.as_bytes());
            pad(&mut out, content.len() as u64).unwrap();
        }
        end(&mut out).unwrap();
        std::fs::write(dir.path().join("x.tar"), &out).unwrap();
        let done = std::process::Command::new("tar").args(["xf", "x.tar"]).current_dir(dir.path()).status();
        // Not every machine has the program.
        if done.is_ok_and(|status| status.success()) {
            assert_eq!(std::fs::read_to_string(dir.path().join("x/a.txt")).unwrap(), "abc");
            assert_eq!(std::fs::read_to_string(dir.path().join(&long)).unwrap(), "déf");
            assert_eq!(std::fs::read_to_string(dir.path().join("x/empty")).unwrap(), "");
        }
    }
}
