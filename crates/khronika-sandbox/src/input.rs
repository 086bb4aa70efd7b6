//! What a child is given on its standard input: the password that is to open its document, and the document.
//!
//! The length of the password (four bytes, the lowest first), the password, and the bytes of the document up to the end. So it stands on no
//! command line and in no environment, where other programs could see it.

use std::io::{self, Read};

use zeroize::Zeroizing;

/// The longest password (bytes).
const LONGEST: usize = 4096;

/// What comes before the document.
pub(crate) fn head(password: &str) -> Zeroizing<Vec<u8>> {
    let password = password.get(..password.floor_char_boundary(LONGEST)).unwrap_or_default();
    let length = u32::try_from(password.len()).unwrap_or(0);
    // Of its whole length at once: memory that it grew out of would not be wiped.
    let mut head = Zeroizing::new(Vec::with_capacity(password.len() + 4));
    head.extend_from_slice(&length.to_le_bytes());
    head.extend_from_slice(password.as_bytes());
    head
}

/// The password and the document.
pub(crate) fn read(mut from: impl Read) -> io::Result<(Zeroizing<String>, Vec<u8>)> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
    if length > LONGEST {
        return Err(io::Error::other("the password is too long"));
    }
    let mut password = Zeroizing::new(vec![0; length]);
    from.read_exact(&mut password)?;
    let password = std::str::from_utf8(&password).map(|text| Zeroizing::new(text.to_owned()));
    let password = password.map_err(|_| io::Error::other("the password is not UTF-8"))?;
    let mut document = Vec::new();
    from.read_to_end(&mut document)?;
    Ok((password, document))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_is_what_is_read() {
        for (password, document) in [("", &b"%PDF-1.7"[..]), ("пароль", b""), ("a", &[0, 1, 2, 255])] {
            let given = [&head(password)[..], document].concat();
            let (told, rest) = read(&given[..]).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!((told.as_str(), rest.as_slice()), (password, document));
        }
        for broken in [&[][..], &[1, 0, 0], &[9, 0, 0, 0, b'a'], &[255; 8], &[1, 0, 0, 0, 255]] {
            assert!(read(broken).is_err());
        }
    }
}
