//! What SQLite takes only as C functions and pointers: the only unsafe code of the crate.
//!
//! Three things cannot be had otherwise. [`vfs`] lets the database begin behind the envelope of the case file, so that keys and
//! database are one file. [`fts5`] gives the search index our own words. [`unlock`] hands the key to SQLCipher as bytes: as SQL it
//! would stand in the text of a statement, whose memory nobody erases. A fourth is the C library's alone: [`trim`].
//!
//! The rules in here: every function that SQLite calls checks the pointers it is handed before it follows them, allocates nothing
//! that SQLite would have to free otherwise than through the function given for it, and lets no panic out.
#![allow(unsafe_code, reason = "see above: the C interface of SQLite, and one call of the C library")]

#[cfg(test)]
pub(crate) mod faults;
pub(crate) mod fts5;
pub(crate) mod vfs;

use std::ffi::c_int;

use rusqlite::{Connection, ffi};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// Gives SQLCipher the key of a database that was just opened. Nothing may be read from it before.
pub(crate) fn unlock(connection: &Connection, key: &[u8; 32]) -> Result<()> {
    // A raw key, in the form that SQLCipher knows it by: nothing is derived from it but the key of the page digests.
    let mut text = Zeroizing::new(String::with_capacity(67));
    text.push_str("x'");
    for byte in key {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    text.push('\'');
    let length = c_int::try_from(text.len()).unwrap_or(0);
    // SAFETY: the handle is that of an open connection, which outlives the call; the text is `length` bytes long and copied.
    let done = unsafe { ffi::sqlite3_key(connection.handle(), text.as_ptr().cast(), length) };
    if done == ffi::SQLITE_OK { Ok(()) } else { Err(Error::database_code("set the key", done)) }
}

/// Has the C library hand the pages that nothing stands in any more back to the system, in all its arenas. By itself it does so only with
/// what is free at the end of one.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn trim() {
    unsafe extern "C" {
        fn malloc_trim(pad: usize) -> c_int;
    }
    // SAFETY: it takes no pointer, moves nothing that is in use, and may be called by any thread at any time.
    unsafe { malloc_trim(0) };
}

/// Only that one C library has to be asked.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) const fn trim() {}
