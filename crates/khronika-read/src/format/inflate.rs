//! Deflated data (RFC 1951), unpacked as far as a limit goes.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// What was unpacked.
pub(crate) struct Inflated {
    pub bytes: Vec<u8>,
    /// How many of the packed bytes were read.
    pub read: usize,
    pub end: End,
}

/// How the unpacking ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// At the end of the data.
    Whole,
    /// The packed data ends before it is whole.
    Cut,
    /// The packed data is not deflated data.
    Broken,
    /// There is more than the limit.
    TooMuch,
}

/// Unpacks at most `most` bytes.
pub(crate) fn inflate(packed: &[u8], most: usize) -> Inflated {
    /// Memory grows with what is unpacked, not with what is said to be.
    const FIRST: usize = 1 << 14;
    let mut state = Box::new(DecompressorOxide::new());
    let mut bytes = vec![0; packed.len().saturating_mul(2).clamp(1, FIRST).min(most.max(1))];
    let (mut read, mut written) = (0, 0);
    let end = loop {
        let rest = packed.get(read..).unwrap_or_default();
        let (status, more_read, more_written) =
            decompress(&mut state, rest, &mut bytes, written, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF);
        read += more_read;
        written += more_written;
        match status {
            TINFLStatus::Done => break if written > most { End::TooMuch } else { End::Whole },
            TINFLStatus::HasMoreOutput if bytes.len() >= most => break End::TooMuch,
            TINFLStatus::HasMoreOutput => {
                let longer = bytes.len().saturating_mul(2).min(most);
                bytes.resize(longer, 0);
            }
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => break End::Cut,
            _ => break End::Broken,
        }
    };
    bytes.truncate(written.min(most));
    Inflated { bytes, read, end }
}
