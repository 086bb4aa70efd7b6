//! Unpacking with a bound: what a stream becomes is counted before anybody else unpacks it.

use hayro::hayro_syntax::Filter;
use hayro::hayro_syntax::object::Stream;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};

/// Why a stream was not unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It would be longer than is allowed.
    TooLong,
    /// It is not what it says.
    Broken,
}

/// What a byte of the other packings becomes at the most.
const LZW_MOST: u64 = 1_500;

/// The bytes of a stream, no more than `most` of them.
pub(crate) fn stream(stream: &Stream<'_>, most: u64) -> Result<Vec<u8>, Failure> {
    length(stream, most).ok_or(Failure::TooLong)?;
    match stream.decoded() {
        Ok(bytes) if bytes.len() as u64 <= most => Ok(bytes.into_owned()),
        Ok(_) => Err(Failure::TooLong),
        Err(_) => Err(Failure::Broken),
    }
}

/// How many bytes a stream unpacks to, told without holding more than `most` of them; `None` where it is more.
pub(crate) fn length(stream: &Stream<'_>, most: u64) -> Option<u64> {
    let raw = stream.raw_data();
    let limit = usize::try_from(most).unwrap_or(usize::MAX);
    let mut held: Option<Vec<u8>> = None;
    for filter in stream.filters() {
        let bytes = held.as_deref().unwrap_or(&raw);
        match filter {
            Filter::FlateDecode => match decompress_to_vec_zlib_with_limit(bytes, limit) {
                Ok(unpacked) => held = Some(unpacked),
                Err(error) if error.status == TINFLStatus::HasMoreOutput => return None,
                // A broken end is the parser's to mend; what it got so far is what there is.
                Err(error) => held = Some(error.output),
            },
            Filter::LzwDecode if (bytes.len() as u64).saturating_mul(LZW_MOST) > most => return None,
            Filter::RunLengthDecode if (bytes.len() as u64).saturating_mul(64) > most => return None,
            // After another packing the length is not known any more; pictures are bounded by their own sizes.
            _ => break,
        }
    }
    let length = held.as_deref().unwrap_or(&raw).len() as u64;
    (length <= most).then_some(length)
}
