//! 7z archives. What unpacks them is bounded in memory before it begins.

use std::io::{Cursor, Read as _};

use sevenz_rust2::{Archive, BlockDecoder, EncoderMethod, Error, Password};

use crate::rendition::{Limits, Refusal, RemarkKind, Rendition};

use super::budget::{Inside, JUNK, LONGEST_MEMBER, TOO_LONG, TOO_MUCH, is_junk};

/// The memory that one decoder may take, in KiB: the dictionary of 7-Zip's strongest setting is 64 MiB.
const MEMORY: usize = 160 << 10;

const LOCKED: &str = "Files that are locked with a password were not read";
const METHOD: &str =
    "Files that are packed in a way that is not read, or would take more memory than is given, were left out";
const LINKS: &str = "Links were not followed";
const BROKEN: &str = "Files that are broken were left out";

/// Reads a 7z archive.
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let mut source = Cursor::new(bytes);
    let password = Password::empty();
    let archive = Archive::read_with_memory_limit(&mut source, &password, MEMORY).map_err(refusal)?;
    let mut inside = Inside::new(limits);
    let locked = |block: &sevenz_rust2::Block| {
        block.coders.iter().any(|coder| coder.encoder_method_id() == EncoderMethod::ID_AES256_SHA256)
    };
    if !archive.blocks.is_empty() && archive.blocks.iter().all(locked) {
        return Err(Refusal::Locked);
    }
    for (n, block) in archive.blocks.iter().enumerate() {
        let decoder = BlockDecoder::new_with_memory_limit(1, MEMORY, n, &archive, &password, &mut source);
        let names: Vec<String> =
            decoder.entries().iter().filter(|entry| entry.has_stream()).map(|entry| entry.name().to_owned()).collect();
        if locked(block) {
            names.iter().for_each(|name| inside.leave_out(RemarkKind::NotRead, LOCKED, name));
            continue;
        }
        let mut done = 0_usize;
        let end = decoder.for_each_entries(&mut |entry, reader| {
            if !entry.has_stream() || entry.is_directory() {
                return Ok(true);
            }
            done += 1;
            let name = entry.name();
            // What is passed over is unpacked all the same: it counts.
            if !inside.take(entry.size()) {
                inside.leave_out(RemarkKind::Limit, TOO_MUCH, name);
                return Ok(false);
            }
            // Made on a Unix: the mode stands in the upper half.
            let mode = entry.windows_attributes() >> 16;
            if entry.windows_attributes() & 0x8000 != 0 && mode & 0o170_000 == 0o120_000 {
                inside.leave_out(RemarkKind::NotRead, LINKS, name);
            } else if is_junk(name) {
                inside.leave_out(RemarkKind::NotRead, JUNK, name);
            } else if entry.size() > LONGEST_MEMBER {
                inside.leave_out(RemarkKind::Limit, TOO_LONG, name);
            } else {
                let mut content = Vec::new();
                reader.take(entry.size()).read_to_end(&mut content)?;
                inside.add(name, None, content);
            }
            Ok(true)
        });
        let why = match end {
            Ok(true) => continue,
            Ok(false) => (RemarkKind::Limit, TOO_MUCH),
            Err(Error::UnsupportedCompressionMethod(_) | Error::MaxMemLimited { .. } | Error::Unsupported(_)) => {
                (RemarkKind::NotRead, METHOD)
            }
            Err(_) => {
                // The one at which it broke was not added.
                done = done.saturating_sub(1);
                (RemarkKind::Damaged, BROKEN)
            }
        };
        names.iter().skip(done).for_each(|name| inside.leave_out(why.0, why.1, name));
    }
    let (embedded, remarks) = inside.finish();
    Ok(Rendition { embedded, remarks, ..Rendition::default() })
}

fn refusal(error: Error) -> Refusal {
    match error {
        Error::PasswordRequired | Error::MaybeBadPassword(_) => Refusal::Locked,
        Error::UnsupportedCompressionMethod(method) if method.contains("AES") => Refusal::Locked,
        Error::UnsupportedCompressionMethod(method) => {
            Refusal::Unsupported(format!("it is packed in a way that is not read ({method})"))
        }
        Error::MaxMemLimited { .. } => Refusal::Limit("it would take more memory than is given".to_owned()),
        Error::Unsupported(_) | Error::UnsupportedVersion { .. } | Error::ExternalUnsupported => {
            Refusal::Unsupported("it is a variant of 7z that is not read".to_owned())
        }
        _ => Refusal::Damaged("its list of files cannot be read".to_owned()),
    }
}
