//! One file packed with bzip2, xz or Zstandard (RFC 8878), as gzip packs one. A tar or web archive in it is read as what it is.

use std::io::{ErrorKind, Read};

use ruzstd::decoding::StreamingDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};

use super::budget::Inside;
use super::{tar, warc};
use crate::media::{self, Kind};
use crate::rendition::{Limits, Refusal, Remark, RemarkKind, Rendition};

/// The memory that unpacking may take, in KiB: the strongest setting of xz has a dictionary of 64 MiB.
const MEMORY: u32 = 160 << 10;

/// How much is unpacked at a time (bytes).
const PIECE: usize = 64 << 10;

/// Reads a packed file.
pub(super) fn parse(kind: Kind, bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let mut unpacked = Unpacked { bytes: Vec::new(), most: most(limits) };
    let end = match kind {
        Kind::Bzip2 => unpacked.add(bzip2::read::MultiBzDecoder::new(bytes)),
        Kind::Xz => unpacked.add(lzma_rust2::XzReader::new_mem_limit(bytes, true, MEMORY)),
        _ => frames(bytes, &mut unpacked),
    };
    let broken = match end {
        Ok(()) => None,
        Err(End::TooMuch) => return Err(too_much(unpacked.most)),
        Err(End::Memory) => return Err(Refusal::Limit("it would take more memory than is given".to_owned())),
        Err(End::Broken) if unpacked.bytes.is_empty() => {
            return Err(Refusal::Damaged("nothing of it could be unpacked".to_owned()));
        }
        Err(End::Broken) => Some("The archive is broken or was cut; what stands before the break was read"),
    };
    let mut rendition = within(unpacked.bytes, None, limits)?;
    if let Some(what) = broken {
        rendition.remarks.push(Remark { kind: RemarkKind::Damaged, what: what.to_owned(), place: None });
    }
    Ok(rendition)
}

/// How much is unpacked of one file: what is inside is copied once more when it is taken apart.
pub(super) fn most(limits: Limits) -> usize {
    usize::try_from(limits.unpacked / 2).unwrap_or(usize::MAX)
}

pub(super) fn too_much(most: usize) -> Refusal {
    Refusal::Limit(format!("it unpacks to more than {most} bytes"))
}

/// What a file that was unpacked holds: the files of an archive, or it is the one document inside.
pub(super) fn within(unpacked: Vec<u8>, name: Option<&str>, limits: Limits) -> Result<Rendition, Refusal> {
    let left = Limits { unpacked: limits.unpacked.saturating_sub(unpacked.len() as u64), ..limits };
    match media::of("", &unpacked) {
        Ok(Kind::Tar) => tar::parse(&unpacked, left),
        Ok(Kind::Warc) => warc::parse(&unpacked, left),
        _ => {
            let mut rendition = Rendition::default();
            let mut inside = Inside::new(limits);
            inside.add_counted(name.unwrap_or("unpacked"), None, unpacked);
            inside.finish_into(&mut rendition);
            Ok(rendition)
        }
    }
}

/// Why the unpacking ended before the end.
enum End {
    TooMuch,
    Memory,
    Broken,
}

/// What was unpacked so far.
struct Unpacked {
    bytes: Vec<u8>,
    most: usize,
}

impl Unpacked {
    /// Takes everything that is unpacked, up to the limit.
    fn add(&mut self, mut from: impl Read) -> Result<(), End> {
        let mut piece = vec![0; PIECE];
        loop {
            match from.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(length) => {
                    self.bytes.extend_from_slice(piece.get(..length).unwrap_or_default());
                    if self.bytes.len() > self.most {
                        return Err(End::TooMuch);
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::OutOfMemory => return Err(End::Memory),
                Err(_) => return Err(End::Broken),
            }
        }
    }
}

/// Zstandard's frames, one behind the other. Those that hold something else than packed data are passed over.
fn frames(mut bytes: &[u8], unpacked: &mut Unpacked) -> Result<(), End> {
    let most = u64::from(MEMORY) << 10;
    while !bytes.is_empty() {
        match StreamingDecoder::new_with_max_window_size(&mut bytes, most) {
            Ok(mut frame) => {
                unpacked.add(&mut frame)?;
                let (told, found) = (frame.decoder.get_checksum_from_data(), frame.decoder.get_calculated_checksum());
                if told.is_some() && told != found {
                    return Err(End::Broken);
                }
            }
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                bytes = usize::try_from(length).ok().and_then(|length| bytes.get(length..)).ok_or(End::Broken)?;
            }
            Err(FrameDecoderError::WindowSizeTooBig { .. }) => return Err(End::Memory),
            Err(_) => return Err(End::Broken),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// "The court annulled the order of 8 March 1899.", packed by the programs of these names.
    const BZIP2: &[u8] = include_bytes!("../../tests/archives/order.txt.bz2");
    const XZ: &[u8] = include_bytes!("../../tests/archives/order.txt.xz");
    const ZSTD: &[u8] = include_bytes!("../../tests/archives/order.txt.zst");

    #[test]
    fn limits_hold_and_what_was_cut_is_told() {
        for (kind, bytes) in [(Kind::Bzip2, BZIP2), (Kind::Xz, XZ), (Kind::Zstd, ZSTD)] {
            let small = Limits { unpacked: 40, ..Limits::default() };
            assert_eq!(parse(kind, bytes, small), Err(too_much(20)), "{kind:?}");
            let end = bytes.len() - 5;
            let cut = parse(kind, bytes.get(..end).unwrap_or_default(), Limits::default());
            assert!(
                matches!(&cut, Err(Refusal::Damaged(_)))
                    || cut.as_ref().is_ok_and(|seen| seen.remarks.iter().any(|r| r.kind == RemarkKind::Damaged)),
                "{kind:?}: {cut:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_damage_makes_it_fall(at: prop::sample::Index, bit in 0_u32..8, cut: prop::sample::Index, whole: bool) {
            for (kind, bytes) in [(Kind::Bzip2, BZIP2), (Kind::Xz, XZ), (Kind::Zstd, ZSTD)] {
                let mut bytes = bytes.to_vec();
                let at = at.index(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
                if !whole {
                    bytes.truncate(cut.index(bytes.len()));
                }
                if let Ok(seen) = parse(kind, &bytes, Limits::default()) {
                    prop_assert_eq!(seen.check(), Ok(()));
                }
            }
        }
    }
}
