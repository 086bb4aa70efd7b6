//! A view of the case file that begins behind its envelope.
//!
//! SQLite reaches files through a table of functions. Ours is the system's own, but for the main database file: there a read or
//! write at `n` goes to `n +` [`ENVELOPE`]. Everything else (the write-ahead log, locks, shared memory, forcing to the disk) is
//! left to the system's functions, which are handed the file object that they made: only its table is another.

use std::ffi::{CStr, c_int, c_void};
use std::ptr;
use std::sync::OnceLock;

use rusqlite::ffi::{self, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs};

use crate::envelope::ENVELOPE;
use crate::error::{Error, Result};

/// The name that the view is registered under.
const NAME: &CStr = c"khronika";

/// What asks a file to grow at once, with its new length.
const SIZE_HINT: c_int = ffi::SQLITE_FCNTL_SIZE_HINT;

/// The system's table for database files, and ours.
struct Tables {
    system: sqlite3_io_methods,
    ours: sqlite3_io_methods,
    /// Where the system keeps its table: files of another kind (on some network drives) have another.
    place: usize,
}

static TABLES: OnceLock<Tables> = OnceLock::new();
/// The system's file functions, as an address: a pointer is not shared between threads, and this one never changes.
static SYSTEM: OnceLock<usize> = OnceLock::new();

fn shift() -> sqlite3_int64 {
    sqlite3_int64::try_from(ENVELOPE).unwrap_or(sqlite3_int64::MAX)
}

/// The system's file functions.
#[cfg(not(test))]
fn base() -> *mut sqlite3_vfs {
    // SAFETY: finding the default file functions has no precondition; they live as long as the process.
    unsafe { ffi::sqlite3_vfs_find(ptr::null()) }
}

/// The system's file functions, with a disk under them that tests can make fail.
#[cfg(test)]
use super::faults::base;

/// Registers the view, once for the process, and returns its name.
pub(crate) fn register() -> Result<&'static CStr> {
    static DONE: OnceLock<c_int> = OnceLock::new();
    let done = *DONE.get_or_init(|| {
        let system = base();
        if system.is_null() {
            return ffi::SQLITE_ERROR;
        }
        // SAFETY: it is not null, and SQLite hands out whole structures.
        let mut ours = unsafe { ptr::read(system) };
        SYSTEM.get_or_init(|| system as usize);
        ours.pNext = ptr::null_mut();
        ours.zName = NAME.as_ptr();
        ours.xOpen = Some(open);
        // SAFETY: the structure is leaked, so that it lives as long as SQLite keeps it; it is not made the default.
        unsafe { ffi::sqlite3_vfs_register(Box::into_raw(Box::new(ours)), 0) }
    });
    if done == ffi::SQLITE_OK { Ok(NAME) } else { Err(Error::database_code("prepare the file", done)) }
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let Some(system) = SYSTEM.get().map(|address| *address as *mut sqlite3_vfs) else { return ffi::SQLITE_CANTOPEN };
    // SAFETY: `system` is the structure found in `register`. The other arguments are SQLite's, handed on; `file` has room for the
    // system's file object, since our structure took over its `szOsFile`.
    let done = unsafe { (*system).xOpen.map_or(ffi::SQLITE_CANTOPEN, |open| open(system, name, file, flags, out)) };
    // SAFETY: after a successful open `file` is initialised.
    if done != ffi::SQLITE_OK || flags & ffi::SQLITE_OPEN_MAIN_DB == 0 || unsafe { (*file).pMethods.is_null() } {
        return done;
    }
    // SAFETY: the system's tables are whole structures that live as long as the process.
    let place = unsafe { (*file).pMethods };
    let tables = TABLES.get_or_init(|| {
        // SAFETY: as above.
        let system = unsafe { ptr::read(place) };
        let ours = sqlite3_io_methods {
            xRead: Some(read),
            xWrite: Some(write),
            xTruncate: Some(truncate),
            xFileSize: Some(size),
            xFileControl: Some(control),
            xFetch: Some(fetch),
            xUnfetch: Some(unfetch),
            ..system
        };
        Tables { system, ours, place: place as usize }
    });
    if tables.place != place as usize {
        // SAFETY: the file was opened by these functions.
        unsafe { (*place).xClose.map(|close| close(file)) };
        return ffi::SQLITE_CANTOPEN;
    }
    // SAFETY: `file` is initialised; our table is static. The functions in it hand the file on to the system's.
    unsafe { (*file).pMethods = &raw const tables.ours };
    ffi::SQLITE_OK
}

unsafe extern "C" fn read(file: *mut sqlite3_file, into: *mut c_void, amount: c_int, at: sqlite3_int64) -> c_int {
    let Some(read) = TABLES.get().and_then(|t| t.system.xRead) else { return ffi::SQLITE_IOERR_READ };
    // SAFETY: SQLite's own arguments for a file that the system's functions opened.
    unsafe { read(file, into, amount, at.saturating_add(shift())) }
}

unsafe extern "C" fn write(file: *mut sqlite3_file, from: *const c_void, amount: c_int, at: sqlite3_int64) -> c_int {
    let Some(write) = TABLES.get().and_then(|t| t.system.xWrite) else { return ffi::SQLITE_IOERR_WRITE };
    // SAFETY: as in `read`.
    unsafe { write(file, from, amount, at.saturating_add(shift())) }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    let Some(truncate) = TABLES.get().and_then(|t| t.system.xTruncate) else { return ffi::SQLITE_IOERR_TRUNCATE };
    // SAFETY: as in `read`.
    unsafe { truncate(file, size.saturating_add(shift())) }
}

unsafe extern "C" fn size(file: *mut sqlite3_file, out: *mut sqlite3_int64) -> c_int {
    let Some(size) = TABLES.get().and_then(|t| t.system.xFileSize) else { return ffi::SQLITE_IOERR_FSTAT };
    // SAFETY: as in `read`; `out` is SQLite's and written by the system's function first.
    unsafe {
        let done = size(file, out);
        if done == ffi::SQLITE_OK && !out.is_null() {
            *out = (*out).saturating_sub(shift()).max(0);
        }
        done
    }
}

unsafe extern "C" fn control(file: *mut sqlite3_file, what: c_int, argument: *mut c_void) -> c_int {
    let Some(control) = TABLES.get().and_then(|t| t.system.xFileControl) else { return ffi::SQLITE_NOTFOUND };
    match what {
        // Mapping the file would show it from its beginning.
        ffi::SQLITE_FCNTL_MMAP_SIZE => ffi::SQLITE_NOTFOUND,
        SIZE_HINT if !argument.is_null() => {
            // SAFETY: for this request the argument is the new length.
            let mut length = unsafe { *argument.cast::<sqlite3_int64>() }.saturating_add(shift());
            // SAFETY: as in `read`; `length` outlives the call.
            unsafe { control(file, what, (&raw mut length).cast()) }
        }
        // SAFETY: as in `read`.
        _ => unsafe { control(file, what, argument) },
    }
}

unsafe extern "C" fn fetch(_: *mut sqlite3_file, _: sqlite3_int64, _: c_int, out: *mut *mut c_void) -> c_int {
    if !out.is_null() {
        // SAFETY: `out` is SQLite's place for the answer: null says that the page is to be read instead.
        unsafe { *out = ptr::null_mut() };
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn unfetch(_: *mut sqlite3_file, _: sqlite3_int64, _: *mut c_void) -> c_int {
    ffi::SQLITE_OK
}
