//! A disk for tests that fails: it loses what was not forced to it when the power goes, tears what it was writing, is full, or gives
//! errors.
//!
//! It lies between the system's file functions and our view of the case file ([`super::vfs`]), and is there for the thread that asked
//! for it ([`Disk::insert`]); all other threads meet the system's functions. While it is there, nothing is forced to the real disk. What
//! is written goes to the real files at once, as the cache of a system shows it, and is remembered; when the power goes, the files are
//! given the contents that they would have on the disk: what had been forced to it, and of the rest any part, in pieces of 512 bytes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::OnceLock;

use rusqlite::ffi::{self, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs};

use crate::envelope::ENVELOPE;

/// What a disk writes whole or not at all, in bytes.
const SECTOR: usize = 512;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing: to count the calls.
    None,
    /// The power goes.
    Power,
    /// There is no space, for this call and all that come after it.
    Full,
    /// There is no space, for this call.
    FullOnce,
    /// The disk gives an error, for this call.
    Error,
}

/// A disk that fails at a certain call.
pub(crate) struct Disk {
    fault: Fault,
    /// Calls that are still answered before the fault.
    left: u64,
    calls: u64,
    /// The power is gone.
    dead: bool,
    random: u64,
    files: BTreeMap<PathBuf, Held>,
}

/// What a file has on the disk, and what is on its way there.
#[derive(Default)]
struct Held {
    durable: Vec<u8>,
    /// False where the file was made and nothing of it was forced to the disk: the next start may not find it.
    is_listed: bool,
    is_removed: bool,
    pending: Vec<Pending>,
}

enum Pending {
    Write(usize, Vec<u8>),
    Truncate(usize),
}

thread_local! {
    static DISK: RefCell<Option<Disk>> = const { RefCell::new(None) };
}

impl Disk {
    /// Puts a disk under all that this thread opens from now on, and whose call number `at` fails; `seed` chooses what is lost.
    pub(crate) fn insert(fault: Fault, at: u64, seed: u64) {
        let disk = Self {
            fault,
            left: at,
            calls: 0,
            dead: false,
            random: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            files: BTreeMap::new(),
        };
        DISK.with(|held| *held.borrow_mut() = Some(disk));
    }

    /// Takes the disk away, after everything on it was closed. Where the power went, the files are as they are on the disk then.
    /// Returns the number of calls.
    pub(crate) fn remove() -> u64 {
        let Some(mut disk) = DISK.with(|held| held.borrow_mut().take()) else { return 0 };
        if disk.dead {
            for (path, held) in std::mem::take(&mut disk.files) {
                disk.leave(&path, held);
            }
        }
        disk.calls
    }

    fn leave(&mut self, path: &Path, held: Held) {
        if (!held.is_listed || held.is_removed) && self.chance() {
            let _ = fs::remove_file(path);
            return;
        }
        let mut bytes = held.durable;
        for pending in held.pending {
            // Some of it, all of it, none of it; in whatever order the disk saw fit.
            match (self.next() % 4, pending) {
                (0, _) => {}
                (_, Pending::Truncate(length)) => bytes.truncate(length),
                (1 | 2, Pending::Write(at, from)) => put(&mut bytes, at, &from),
                (_, Pending::Write(at, from)) => {
                    // Half a page, from either end.
                    let middle = (at + from.len() / 2).next_multiple_of(SECTOR).saturating_sub(at).min(from.len());
                    let (first, second) = from.split_at(middle);
                    if self.chance() { put(&mut bytes, at, first) } else { put(&mut bytes, at + middle, second) }
                }
            }
        }
        // The envelope is written and forced to the disk by other functions: it is as it stands.
        if let Ok(real) = fs::read(path)
            && !path.as_os_str().to_string_lossy().ends_with("-wal")
        {
            let length = ENVELOPE.min(real.len());
            put(&mut bytes, 0, real.get(..length).unwrap_or_default());
        }
        let _ = fs::write(path, bytes);
    }

    fn next(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random >> 16
    }

    fn chance(&mut self) -> bool {
        self.next().is_multiple_of(2)
    }

    /// What SQLite is told of a call; `full` and `error` are the codes of a call of its kind, of which the former is for calls that take
    /// space.
    fn call(&mut self, full: Option<c_int>, error: c_int) -> Option<c_int> {
        if self.dead {
            return Some(error);
        }
        if full.is_none() && matches!(self.fault, Fault::Full | Fault::FullOnce) {
            return None;
        }
        self.calls += 1;
        if self.left > 0 {
            self.left -= 1;
            return None;
        }
        match self.fault {
            Fault::None => None,
            Fault::Power => {
                self.dead = true;
                Some(error)
            }
            Fault::Full => full,
            Fault::FullOnce => {
                self.fault = Fault::None;
                full
            }
            Fault::Error => {
                self.fault = Fault::None;
                Some(error)
            }
        }
    }
}

fn put(bytes: &mut Vec<u8>, at: usize, from: &[u8]) {
    if from.is_empty() {
        return;
    }
    if bytes.len() < at + from.len() {
        bytes.resize(at + from.len(), 0);
    }
    bytes.splice(at..at + from.len(), from.iter().copied());
}

/// Does something with this thread's disk, where there is one.
fn with<T>(work: impl FnOnce(&mut Disk) -> T) -> Option<T> {
    DISK.with(|held| held.borrow_mut().as_mut().map(work))
}

/// Stands before a write of the envelope: where the disk fails, half of it is written.
pub(crate) fn envelope(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    let Some((was_dead, Some(code))) = with(|disk| (disk.dead, disk.call(Some(ffi::SQLITE_FULL), ffi::SQLITE_IOERR)))
    else {
        return Ok(());
    };
    if !was_dead {
        file.write_all(bytes.get(..bytes.len() / 2).unwrap_or_default())?;
    }
    Err(if code == ffi::SQLITE_FULL { io::ErrorKind::StorageFull.into() } else { io::Error::other("the disk failed") })
}

/// The system's functions, as addresses: see [`super::vfs`].
static SYSTEM: OnceLock<usize> = OnceLock::new();
/// The system's table and ours, for the files of databases and for all others, which have no locks.
static METHODS: [OnceLock<(sqlite3_io_methods, sqlite3_io_methods)>; 2] = [OnceLock::new(), OnceLock::new()];

/// The system's table for files of a kind.
fn theirs(kind: usize) -> Option<&'static sqlite3_io_methods> {
    METHODS.get(kind)?.get().map(|tables| &tables.0)
}

/// Our table for files of a kind, given the system's.
fn ours<const KIND: usize>(table: sqlite3_io_methods) -> (sqlite3_io_methods, sqlite3_io_methods) {
    let ours = sqlite3_io_methods {
        xClose: Some(close::<KIND>),
        xRead: Some(read::<KIND>),
        xWrite: Some(write::<KIND>),
        xTruncate: Some(truncate::<KIND>),
        xSync: Some(sync::<KIND>),
        ..table
    };
    (table, ours)
}

thread_local! {
    /// The files that are open on this thread's disk: the address of SQLite's object, and the path.
    static OPEN: RefCell<BTreeMap<usize, PathBuf>> = const { RefCell::new(BTreeMap::new()) };
}

/// The file functions that a disk can be put under. They live as long as the process.
pub(super) fn base() -> *mut sqlite3_vfs {
    static OURS: OnceLock<usize> = OnceLock::new();
    let address = OURS.get_or_init(|| {
        // SAFETY: finding the default file functions has no precondition; they live as long as the process.
        let system = unsafe { ffi::sqlite3_vfs_find(ptr::null()) };
        if system.is_null() {
            return 0;
        }
        SYSTEM.get_or_init(|| system as usize);
        // SAFETY: it is not null, and SQLite hands out whole structures.
        let mut ours = unsafe { ptr::read(system) };
        ours.xOpen = Some(open);
        ours.xDelete = Some(delete);
        Box::into_raw(Box::new(ours)) as usize
    });
    *address as *mut sqlite3_vfs
}

fn system() -> Option<*mut sqlite3_vfs> {
    SYSTEM.get().map(|address| *address as *mut sqlite3_vfs)
}

/// The path that SQLite names.
///
/// # Safety
/// `name` is null or a string that ends in a zero byte.
unsafe fn path_of(name: *const c_char) -> Option<PathBuf> {
    // SAFETY: as above.
    (!name.is_null()).then(|| PathBuf::from(unsafe { CStr::from_ptr(name) }.to_string_lossy().into_owned()))
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let Some(system) = system() else { return ffi::SQLITE_CANTOPEN };
    // SAFETY: SQLite's own argument.
    let path = unsafe { path_of(name) };
    let is_new = path.as_ref().is_some_and(|path| !path.exists());
    if let Some(Some(code)) = with(|disk| disk.call(None, ffi::SQLITE_CANTOPEN)) {
        if !file.is_null() {
            // SAFETY: `file` is SQLite's place for the object: without functions it is not closed.
            unsafe { (*file).pMethods = ptr::null() };
        }
        return code;
    }
    // SAFETY: `system` is a whole structure that lives as long as the process; the arguments are SQLite's.
    let done = unsafe { (*system).xOpen.map_or(ffi::SQLITE_CANTOPEN, |open| open(system, name, file, flags, out)) };
    // SAFETY: after a successful open `file` is initialised.
    if done != ffi::SQLITE_OK || unsafe { (*file).pMethods.is_null() } {
        return done;
    }
    // SAFETY: the system's table is a whole structure.
    let table = unsafe { ptr::read((*file).pMethods) };
    let [main, other] = &METHODS;
    let methods = match flags & ffi::SQLITE_OPEN_MAIN_DB {
        0 => other.get_or_init(|| ours::<1>(table)),
        _ => main.get_or_init(|| ours::<0>(table)),
    };
    // SAFETY: our table is static; its functions hand the file on to the system's.
    unsafe { (*file).pMethods = &raw const methods.1 };
    if let Some(path) = path {
        with(|disk| {
            let durable = fs::read(&path).unwrap_or_default();
            let held = Held { durable, is_listed: !is_new, ..Held::default() };
            let known = disk.files.entry(path.clone()).or_insert(held);
            if known.is_removed {
                *known = Held { is_removed: false, is_listed: false, ..Held::default() };
            }
            OPEN.with(|open| open.borrow_mut().insert(file as usize, path));
        });
    }
    ffi::SQLITE_OK
}

/// Does something with what this thread's disk holds of a file, where it is on it.
fn held<T>(file: *mut sqlite3_file, work: impl FnOnce(&mut Held) -> T) -> Option<T> {
    let path = OPEN.with(|open| open.borrow().get(&(file as usize)).cloned())?;
    with(|disk| disk.files.get_mut(&path).map(work)).flatten()
}

/// The answer of the disk to a call, where it is not the system's.
fn fails(file: *mut sqlite3_file, full: Option<c_int>, error: c_int) -> Option<c_int> {
    let is_ours = OPEN.with(|open| open.borrow().contains_key(&(file as usize)));
    is_ours.then(|| with(|disk| disk.call(full, error))).flatten().flatten()
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, dir: c_int) -> c_int {
    let Some(system) = system() else { return ffi::SQLITE_IOERR_DELETE };
    if let Some(Some(code)) = with(|disk| disk.call(None, ffi::SQLITE_IOERR_DELETE)) {
        return code;
    }
    // SAFETY: SQLite's own argument.
    if let Some(path) = unsafe { path_of(name) } {
        // Whether the next start finds it gone is for the disk to say.
        with(|disk| disk.files.get_mut(&path).map(|held| held.is_removed = true));
    }
    // SAFETY: `system` is a whole structure; the arguments are SQLite's.
    unsafe { (*system).xDelete.map_or(ffi::SQLITE_IOERR_DELETE, |delete| delete(system, name, dir)) }
}

unsafe extern "C" fn close<const KIND: usize>(file: *mut sqlite3_file) -> c_int {
    OPEN.with(|open| open.borrow_mut().remove(&(file as usize)));
    let Some(close) = theirs(KIND).and_then(|table| table.xClose) else { return ffi::SQLITE_IOERR_CLOSE };
    // SAFETY: the file was opened by the system's functions.
    unsafe { close(file) }
}

unsafe extern "C" fn read<const KIND: usize>(
    file: *mut sqlite3_file,
    into: *mut c_void,
    amount: c_int,
    at: sqlite3_int64,
) -> c_int {
    if let Some(code) = fails(file, None, ffi::SQLITE_IOERR_READ) {
        return code;
    }
    let Some(read) = theirs(KIND).and_then(|table| table.xRead) else { return ffi::SQLITE_IOERR_READ };
    // SAFETY: SQLite's own arguments for a file that the system's functions opened.
    unsafe { read(file, into, amount, at) }
}

unsafe extern "C" fn write<const KIND: usize>(
    file: *mut sqlite3_file,
    from: *const c_void,
    amount: c_int,
    at: sqlite3_int64,
) -> c_int {
    let Some(write) = theirs(KIND).and_then(|table| table.xWrite) else { return ffi::SQLITE_IOERR_WRITE };
    if with(|disk| disk.dead) == Some(true) {
        return ffi::SQLITE_IOERR_WRITE;
    }
    let answer = fails(file, Some(ffi::SQLITE_FULL), ffi::SQLITE_IOERR_WRITE);
    // Of a write that fails half may have been done.
    let amount = if answer.is_some() { amount / 2 } else { amount };
    if let (Ok(length), Ok(at)) = (usize::try_from(amount), usize::try_from(at)) {
        // SAFETY: SQLite hands in as many bytes or more, which live through the call.
        let bytes = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), length) }.to_vec();
        held(file, |held| held.pending.push(Pending::Write(at, bytes)));
    }
    // SAFETY: as in `read`; the amount is no more than SQLite's.
    let done = unsafe { write(file, from, amount, at) };
    answer.unwrap_or(done)
}

unsafe extern "C" fn truncate<const KIND: usize>(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    if let Some(code) = fails(file, None, ffi::SQLITE_IOERR_TRUNCATE) {
        return code;
    }
    held(file, |held| held.pending.push(Pending::Truncate(usize::try_from(size).unwrap_or(0))));
    let Some(truncate) = theirs(KIND).and_then(|table| table.xTruncate) else { return ffi::SQLITE_IOERR_TRUNCATE };
    // SAFETY: as in `read`.
    unsafe { truncate(file, size) }
}

unsafe extern "C" fn sync<const KIND: usize>(file: *mut sqlite3_file, flags: c_int) -> c_int {
    if let Some(code) = fails(file, Some(ffi::SQLITE_FULL), ffi::SQLITE_IOERR_FSYNC) {
        return code;
    }
    let forced = held(file, |held| {
        for pending in held.pending.drain(..) {
            match pending {
                Pending::Write(at, bytes) => put(&mut held.durable, at, &bytes),
                Pending::Truncate(length) => held.durable.truncate(length),
            }
        }
        // The system forces the folder of a new file to the disk with it.
        held.is_listed = true;
    });
    if forced.is_some() {
        return ffi::SQLITE_OK;
    }
    let Some(sync) = theirs(KIND).and_then(|table| table.xSync) else { return ffi::SQLITE_IOERR_FSYNC };
    // SAFETY: as in `read`.
    unsafe { sync(file, flags) }
}
