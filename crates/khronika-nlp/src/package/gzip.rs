//! Reading gzip files of one part, bounded by what they claim and by a limit.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::zip::crc32;
use crate::error::{Error, Result};

/// Optional parts of a header.
const CHECKSUM: u8 = 2;
const EXTRA: u8 = 4;
const NAME: u8 = 8;
const COMMENT: u8 = 16;

/// The bytes in a file that is called `name`.
pub(crate) fn read(bytes: &[u8], name: &str, limit: usize) -> Result<Vec<u8>> {
    let damaged = || Error::damaged(name, "it is no gzip file, or it is cut short or changed");
    let (body, trailer) = bytes.split_last_chunk::<8>().ok_or_else(damaged)?;
    let [c0, c1, c2, c3, s0, s1, s2, s3] = *trailer;
    let (crc, size) = (u32::from_le_bytes([c0, c1, c2, c3]), u32::from_le_bytes([s0, s1, s2, s3]));
    let size = usize::try_from(size).map_err(|_| damaged())?;
    if size > limit {
        return Err(Error::refused(format!("{name} claims {size} bytes")));
    }
    let packed = skip_header(body).ok_or_else(damaged)?;
    let plain = decompress_to_vec_with_limit(packed, size).map_err(|_| damaged())?;
    if plain.len() == size && crc32(&plain) == crc { Ok(plain) } else { Err(damaged()) }
}

fn skip_header(bytes: &[u8]) -> Option<&[u8]> {
    let (&[0x1F, 0x8B, 8, flags, ..], mut rest) = bytes.split_first_chunk::<10>()? else { return None };
    if flags & EXTRA != 0 {
        let (len, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*len))..)?;
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            let end = rest.iter().position(|&b| b == 0)?;
            rest = rest.get(end + 1..)?;
        }
    }
    if flags & CHECKSUM != 0 { rest.get(2..) } else { Some(rest) }
}

#[cfg(test)]
pub(crate) mod tests {
    use miniz_oxide::deflate::compress_to_vec;

    use super::*;

    pub(crate) fn write(bytes: &[u8]) -> Vec<u8> {
        let mut out = vec![0x1F, 0x8B, 8, NAME, 0, 0, 0, 0, 0, 3];
        out.extend(b"name\0");
        out.extend(compress_to_vec(bytes, 6));
        out.extend(crc32(bytes).to_le_bytes());
        out.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
        out
    }

    #[test]
    fn what_went_in_comes_out() {
        assert_eq!(read(&write(b"hello hello"), "x", 100).unwrap(), b"hello hello");
    }

    #[test]
    fn harm_is_an_error() {
        let whole = write(&[7; 5000]);
        for cut in 0..whole.len() {
            assert!(read(whole.get(..cut).unwrap(), "x", 1 << 20).is_err(), "{cut}");
        }
        assert!(read(&whole, "x", 4999).unwrap_err().is_refused());
        // It claims less than it holds.
        let mut liar = whole.clone();
        let end = liar.len();
        liar.get_mut(end - 4..).unwrap().copy_from_slice(&10_u32.to_le_bytes());
        assert!(read(&liar, "x", 1 << 20).unwrap_err().is_damaged());
    }
}
