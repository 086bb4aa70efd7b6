//! What the fuzz target of the sandbox's frames does with its bytes. Apart from `bodies.rs`, so that it is built and run without the rest
//! of the program: by the target here, and by the test `crates/khronika-sandbox/tests/fuzz.rs`.
//!
//! The bytes are what a parser in the hands of an attacker says. What is understood of it must hold together and keep to its bounds.

use khronika_sandbox::frame::{Bounds, Told, decode};

/// Small, so that they are reached.
pub const BOUNDS: Bounds = Bounds {
    text: 2000,
    words: 50,
    parts: 50,
    marks: 50,
    pages: 10,
    embedded: 10,
    unpacked: 2000,
    rasters: 2000,
    remarks: 10,
    strings: 2000,
};

/// Bytes are frames.
pub fn frames(bytes: &[u8]) {
    let confined = decode(&mut &*bytes, BOUNDS, true);
    if let Ok(told) = &confined {
        assert!(told.confinement.holds(), "one that is not confined is not listened to");
    }
    let Ok(Told { seen: Ok(seen), .. }) = decode(&mut &*bytes, BOUNDS, false) else { return };
    assert_eq!(seen.check(), Ok(()));
    assert!(seen.text.len() <= BOUNDS.text && seen.parts.len() <= BOUNDS.parts && seen.remarks.len() <= BOUNDS.remarks);
    let layout = &seen.layout;
    assert!(
        layout.words.len() <= BOUNDS.words && layout.marks.len() <= BOUNDS.marks && layout.pages.len() <= BOUNDS.pages
    );
    let inside: u64 = seen.embedded.iter().map(|inside| inside.bytes.len() as u64).sum();
    assert!(inside <= BOUNDS.unpacked && seen.embedded.len() <= BOUNDS.embedded);
    let pixels: u64 = seen.rasters.iter().map(|raster| raster.gray.len() as u64).sum();
    assert!(pixels <= BOUNDS.rasters);
}
