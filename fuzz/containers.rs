//! What the fuzz targets of mail, archives and web pages do with their bytes. Apart from `bodies.rs`, so that they are built and run
//! without the rest of the program: by the targets here, and by the test `crates/khronika-read/tests/containers.rs`.
//!
//! A body may not panic, whatever the bytes are; what was read must hold together and keep to its limits.

use khronika_read::Kind;
use khronika_read::format::parse_with;
use khronika_read::rendition::Limits;

/// A body: what a target does with bytes.
pub type Body = fn(&[u8]);

/// The targets by name.
pub const ALL: [(&str, Body); 5] =
    [("read_mail", mail), ("read_outlook", outlook), ("read_zip", zip), ("read_archive", archive), ("read_page", page)];

/// Small, so that they are reached.
const LIMITS: Limits = Limits {
    text: 20_000,
    embedded: 50,
    unpacked: 200_000,
    depth: 32,
    pages: 10,
    first_picture: 0,
    all_pictures: false,
};

/// Bytes are a mail.
pub fn mail(bytes: &[u8]) {
    read(Kind::Mail, bytes);
}

/// Bytes are a message of Outlook, or another compound file.
pub fn outlook(bytes: &[u8]) {
    read(Kind::Outlook, bytes);
    read(Kind::Secured, bytes);
}

/// Bytes are a ZIP archive, locked or not.
pub fn zip(bytes: &[u8]) {
    read(Kind::Zip, bytes);
    told(Kind::Zip, bytes, "open sesame");
}

/// Bytes are any of the other containers.
pub fn archive(bytes: &[u8]) {
    for kind in
        [Kind::Mailbox, Kind::Mhtml, Kind::Warc, Kind::Tar, Kind::Gzip, Kind::Bzip2, Kind::Xz, Kind::Zstd, Kind::SevenZ]
    {
        read(kind, bytes);
    }
}

/// Bytes are a web page.
pub fn page(bytes: &[u8]) {
    read(Kind::Html, bytes);
}

fn read(kind: Kind, bytes: &[u8]) {
    told(kind, bytes, "");
}

fn told(kind: Kind, bytes: &[u8], password: &str) {
    let Ok(seen) = parse_with(kind, bytes, LIMITS, password) else { return };
    assert_eq!(seen.check(), Ok(()), "{kind:?}");
    assert!(seen.embedded.len() <= LIMITS.embedded, "no more documents inside than may be");
    let inside: u64 = seen.embedded.iter().map(|inside| inside.bytes.len() as u64).sum();
    assert!(inside <= LIMITS.unpacked, "no more bytes inside than may be");
    // What is decoded of a page may take a few letters more than it took bytes.
    assert!(seen.text.len() <= LIMITS.text + bytes.len() * 3, "no more text than may be");
    assert!(seen.remarks.len() <= 200 + bytes.len() / 8, "remarks are told once for each sort");
}
