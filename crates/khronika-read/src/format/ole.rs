//! Compound files of Microsoft (MS-CFB): what kind of document one holds.

use std::io::Cursor;

use cfb::CompoundFile;

/// More streams than this are not listed.
const MOST: usize = 10_000;

/// The names of the streams and storages of a compound file, from its root: `/EncryptedPackage`. Empty where it is none.
pub(crate) fn names(bytes: &[u8]) -> Vec<String> {
    let Ok(file) = CompoundFile::open(Cursor::new(bytes)) else { return Vec::new() };
    file.walk().take(MOST).map(|entry| entry.path().to_string_lossy().into_owned()).collect()
}

/// Whether these are the names of an office document (DOCX, XLSX, PPTX) that is encrypted with a password.
pub(crate) fn is_locked(names: &[String]) -> bool {
    names.iter().any(|name| name == "/EncryptedPackage") && names.iter().any(|name| name == "/EncryptionInfo")
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn an_encrypted_document_is_told_from_an_old_one() {
        let made = |streams: &[&str]| {
            let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
            for stream in streams {
                file.create_stream(stream).unwrap().write_all(b"x").unwrap();
            }
            file.flush().unwrap();
            file.into_inner().into_inner()
        };
        let locked = made(&["/EncryptionInfo", "/EncryptedPackage"]);
        assert!(is_locked(&names(&locked)));
        assert!(!is_locked(&names(&made(&["/WordDocument"]))));
        assert_eq!(names(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 cut"), Vec::<String>::new());
        for cut in (0..locked.len()).step_by(97) {
            names(locked.get(..cut).unwrap());
        }
    }
}
