//! Arrays in NumPy's own file form, version 1 and 2: word vectors.

use super::thinc::{Array, Numbers, PACKED, halves};
use crate::error::{Error, Result};

/// Reads a two-dimensional array in row-major order.
pub(crate) fn read<'a>(bytes: &'a [u8], file: &str) -> Result<Array<'a>> {
    let damaged = |what: &str| Error::damaged(file, what);
    let parse = || {
        let rest = bytes.strip_prefix(b"\x93NUMPY")?;
        let wide = *rest.first()? >= 2;
        let (start, size): (usize, usize) = if wide {
            (6, usize::try_from(u32::from_le_bytes(rest.get(2..6)?.try_into().ok()?)).ok()?)
        } else {
            (4, usize::from(u16::from_le_bytes(rest.get(2..4)?.try_into().ok()?)))
        };
        let end = start.checked_add(size)?;
        Some((std::str::from_utf8(rest.get(start..end)?).ok()?, rest.get(end..)?))
    };
    let (header, data) = parse().ok_or_else(|| damaged("it is no NumPy array"))?;
    let after = |key: &str| header.split_once(key).map(|(_, rest)| rest.trim_start_matches([':', ' ']));
    if !after("'fortran_order'").is_some_and(|rest| rest.starts_with("False")) {
        return Err(damaged("its columns come before its rows"));
    }
    let kind = after("'descr'").and_then(|rest| rest.strip_prefix('\'')?.split_once('\'')).map(|(kind, _)| kind);
    let shape = after("'shape'").and_then(|rest| rest.strip_prefix('(')?.split_once(')')).map(|(shape, _)| shape);
    let (Some(kind), Some(shape)) = (kind, shape) else { return Err(damaged("its header is not whole")) };
    let shape: std::result::Result<Vec<usize>, _> =
        shape.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::parse).collect();
    let shape = shape.map_err(|_| damaged("its shape is no list of sizes"))?;
    let numbers = Numbers::read(kind, data).map_err(damaged)?;
    let size = shape.iter().try_fold(1_usize, |n, &d| n.checked_mul(d));
    if shape.len() != 2 || size != Some(numbers.len()) {
        return Err(damaged("its shape and its data differ"));
    }
    Ok(Array { shape, numbers })
}

/// The same array with its numbers in the form of packs.
pub(crate) fn pack(bytes: &[u8], file: &str) -> Result<Vec<u8>> {
    let array = read(bytes, file)?;
    let shape: Vec<String> = array.shape.iter().map(usize::to_string).collect();
    let header = format!("{{'descr': '{PACKED}', 'fortran_order': False, 'shape': ({}), }}\n", shape.join(", "));
    let mut out = b"\x93NUMPY\x01\x00".to_vec();
    out.extend(u16::try_from(header.len()).unwrap_or(u16::MAX).to_le_bytes());
    out.extend(header.as_bytes());
    out.extend(halves(array.numbers));
    Ok(out)
}
