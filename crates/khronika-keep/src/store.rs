//! The case file: opened, closed, written to.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use khronika_seal::digest::to_hex;
use khronika_seal::note::{KeyKind, SignerKey};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, TransactionBehavior};
use zeroize::Zeroizing;

use crate::envelope::{self, CaseId, Envelope, Found, Unread};
use crate::error::{Doing as _, Error, Result};
use crate::key::{self, Effort, Opener, Secret};
use crate::log;
use crate::native;
use crate::pack;
use crate::search::rank::Lengths;
use crate::write::Write;

/// How long a case that another process writes to is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// The form of the tables.
const FORM: i32 = 1;

const CREATING: &str = "make the case";
const OPENING: &str = "open the case";
const COPYING: &str = "copy the case";
/// How often a copy is begun anew because keys were changed meanwhile.
const COPIES: u32 = 8;

/// A case that is open.
///
/// Several processes may have it open; one writes at a time, and the others see what was committed before they asked.
#[derive(Debug)]
pub struct Store {
    // Closed before the file below: closing any handle of a file lets go of all locks that the process has on it. Whatever looks at the
    // case beside this one has the same handle, so that it is closed with the last of them.
    pub(crate) connection: Connection,
    file: Arc<Mutex<File>>,
    keys: Keys,
    path: PathBuf,
    pub(crate) lengths: Lengths,
    claim: Arc<Claim>,
}

/// What opening a slot gave.
#[derive(Clone)]
pub(crate) struct Keys {
    pub(crate) case: CaseId,
    pub(crate) data: Secret,
    pub(crate) identity: age::x25519::Identity,
    pub(crate) slot: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({})", self.slot)
    }
}

impl Keys {
    fn database(&self) -> Secret {
        Zeroizing::new(blake3::derive_key("khronika case-file/1 database", self.data.as_slice()))
    }

    pub(crate) fn seal(&self) -> Secret {
        Zeroizing::new(blake3::derive_key("khronika case-file/1 envelope", self.data.as_slice()))
    }
}

/// The files that this process has open, by their real paths.
static OPEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A case is opened once in a process: see [`Store::connection`].
#[derive(Debug)]
struct Claim(PathBuf);

impl Claim {
    fn new(path: &Path) -> Result<Self> {
        let real = fs::canonicalize(path).map_err(|e| Error::io("open", path, e))?;
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        if open.insert(real.clone()) { Ok(Self(real)) } else { Err(Error::busy()) }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        OPEN.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// A new case.
#[derive(Debug)]
pub struct NewCase<'a> {
    /// What people call it.
    pub name: &'a str,
    /// What opens it at first: a passphrase, or an age identity.
    pub opener: &'a Opener,
    /// What that person is called in the journal.
    pub label: &'a str,
    /// How much work it is to try the passphrase.
    pub effort: Effort,
}

impl Store {
    /// Makes a case file, whole or not at all, and opens it.
    ///
    /// # Errors
    /// Where there is one of its [`files`], or it cannot be written.
    pub fn create(path: &Path, new: &NewCase<'_>, now: Timestamp) -> Result<Self> {
        vacant(path)?;
        let temporary = Temporary::new(path)?;
        let keys = Self::create_at(&temporary.path, new, now)?;
        temporary.becomes(path)?;
        Self::open_with(path, |_| Ok(keys))
    }

    fn create_at(path: &Path, new: &NewCase<'_>, now: Timestamp) -> Result<Keys> {
        let mut file = new_file(path)?;
        let claim = Claim::new(path)?;
        let (case, data, id) = (*key::random::<16>()?, key::random::<32>()?, key::random_id()?);
        let (mut slot, identity) = match new.opener {
            Opener::Passphrase(passphrase) => key::passphrase_slot(&id, passphrase, new.effort, &data)?,
            Opener::Identities(identities) => {
                let first =
                    identities.first().ok_or_else(|| Error::refused("there is no identity to make a case for"))?;
                (key::recipient_slot(&id, &first.to_public(), &data)?, first.clone())
            }
        };
        let recipient = identity.to_public();
        slot.seed = Some(key::wrap(&recipient, &key::random::<32>()?)?);
        let slots = [slot];
        let keys = Keys { case, data, identity, slot: id };
        let digest =
            envelope::write(&mut file, &Envelope { case, generation: 1, slots: slots.to_vec() }, &keys.seal())?;
        let connection = connect(path, &keys, PATIENCE)?;
        connection.execute_batch("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE;").doing(CREATING)?;
        connection.execute_batch(include_str!("schema.sql")).doing(CREATING)?;
        // Fewer and larger segments: a batch of documents is sorted in memory before it is merged into the index, and eight segments
        // are merged at a time. A piece of a list fits into one page of the database beside what the cipher keeps there: as FTS5
        // chooses it, each would run over into a second page. Both together make adding a sixth faster.
        connection
            .execute_batch(
                "INSERT INTO word_index (word_index, rank) VALUES ('hashsize', 33554432);
                 INSERT INTO word_index (word_index, rank) VALUES ('automerge', 8);
                 INSERT INTO word_index (word_index, rank) VALUES ('pgsz', 3900);",
            )
            .doing(CREATING)?;
        connection.pragma_update(None, "user_version", FORM).doing(CREATING)?;
        crate::write::begin(&connection, digest)?;
        connection.execute_batch("COMMIT").doing(CREATING)?;
        let mut store = Self::of(connection, Arc::new(Mutex::new(file)), keys, path.to_owned(), Arc::new(claim));
        store.write(now, |write| write.create(new.name, &recipient.to_string(), slots.first(), new.label))?;
        let Self { connection, file, keys, .. } = store;
        connection.close().map_err(|(_, e)| e).doing(CREATING)?;
        held(&file).sync_all().map_err(|e| Error::io("make", path, e))?;
        Ok(keys)
    }

    /// Opens a case. Where another process writes to it, this is waited for.
    ///
    /// # Errors
    /// See the questions that [`Error`] answers.
    pub fn open(path: &Path, opener: &Opener) -> Result<Self> {
        Self::open_with(path, |found| {
            let envelope = &found.whole.envelope;
            let opened = key::open(&envelope.slots, opener)?;
            let slot = envelope.slots.get(opened.slot).map(|slot| slot.id.clone()).unwrap_or_default();
            Ok(Keys { case: envelope.case, data: opened.data, identity: opened.identity, slot })
        })
    }

    fn open_with(path: &Path, keys: impl FnOnce(&Found) -> Result<Keys>) -> Result<Self> {
        let claim = Claim::new(path)?;
        let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(|e| Error::io("open", path, e))?;
        let found = read_envelope(&mut file, path)?;
        let keys = keys(&found)?;
        found.whole.check(&keys.seal())?;
        let [_, log, _] = files(path);
        if log::is_of_another(&mut file, &log, &keys.database()).map_err(|e| Error::io("read", &log, e))? {
            return Err(Error::of_foreign_log(&log));
        }
        let connection = connect(path, &keys, PATIENCE)?;
        let form: i32 =
            connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(
                |error| match Error::database(OPENING, error) {
                    e if e.is_damaged() => Error::damaged("the first page of the database is not as it was written"),
                    e => e,
                },
            )?;
        if form != FORM {
            return Err(Error::newer(path, u32::try_from(form).unwrap_or(0)));
        }
        Ok(Self::of(connection, Arc::new(Mutex::new(file)), keys, path.to_owned(), Arc::new(claim)))
    }

    fn of(connection: Connection, file: Arc<Mutex<File>>, keys: Keys, path: PathBuf, claim: Arc<Claim>) -> Self {
        Self { connection, file, keys, path, lengths: Lengths::default(), claim }
    }

    /// The same case once more, for long work: this one can be asked and written to meanwhile. Each sees what the other has committed, and
    /// waits for the other to have written. The case is closed when the last of them is.
    ///
    /// # Errors
    /// Where the database cannot be opened.
    pub fn again(&self) -> Result<Self> {
        let (file, claim) = (Arc::clone(&self.file), Arc::clone(&self.claim));
        let connection = connect(&self.path, &self.keys, PATIENCE)?;
        Ok(Self::of(connection, file, self.keys.clone(), self.path.clone(), claim))
    }

    /// Closes the case, after what was committed was moved from the write-ahead log into the file, so that it is one file again.
    ///
    /// # Errors
    /// Where that fails. Nothing is lost then: the log stays beside the file, and whoever opens the case next goes on from there.
    pub fn close(self) -> Result<()> {
        self.connection.close().map_err(|(_, e)| e).doing("close the case")
    }

    /// Writes a copy of the case as it is now into a new file, whole or not at all. Others may go on writing meanwhile.
    ///
    /// # Errors
    /// Where there is one of its [`files`], or it cannot be written.
    pub fn backup(&mut self, to: &Path, now: Timestamp) -> Result<()> {
        self.backup_with(to, now, || ())
    }

    /// As [`Store::backup`]; `between` is called after the pages were copied and before the envelope is.
    pub(crate) fn backup_with(&mut self, to: &Path, now: Timestamp, mut between: impl FnMut()) -> Result<()> {
        vacant(to)?;
        self.write(now, |write| write.append("case.copied", None, serde_json::Map::new()).map(drop))?;
        let temporary = Temporary::new(to)?;
        let mut file = new_file(&temporary.path)?;
        let claim = Claim::new(&temporary.path)?;
        let mut copy = connect(&temporary.path, &self.keys, PATIENCE)?;
        // Somebody may be let in, or shown out, between the one and the other: pages and envelope have to be of one moment.
        let mut tries = 0..COPIES;
        let envelope = loop {
            if tries.next().is_none() {
                return Err(Error::busy());
            }
            let backup = rusqlite::backup::Backup::new(&self.connection, &mut copy).doing(COPYING)?;
            backup.run_to_completion(4096, Duration::from_millis(1), None).doing(COPYING)?;
            drop(backup);
            let known = crate::write::known_envelope(&meta(&copy, "envelope")?.unwrap_or_default())?;
            between();
            let found = self.envelope()?.whole;
            if known == (found.envelope.generation, found.digest) {
                break found.envelope;
            }
            // Whoever changes the keys is done when it is our turn to write.
            self.write(now, |_| Ok(()))?;
        };
        copy.close().map_err(|(_, e)| e).doing(COPYING)?;
        envelope::write(&mut file, &envelope, &self.keys.seal())?;
        file.sync_all().map_err(|e| Error::io("write", to, e))?;
        drop((file, claim));
        temporary.becomes(to)
    }

    /// Lets go of the pages of the file that are held in memory, for a while in which nothing is asked.
    pub fn rest(&self) {
        // Where that is not done, they are held for longer.
        let _ = self.connection.execute_batch("PRAGMA shrink_memory");
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The id of the case, in hexadecimal.
    #[must_use]
    pub fn id(&self) -> String {
        to_hex(&self.keys.case)
    }

    /// The seed of a signing key of whoever opened the case.
    pub(crate) fn seed(&self, wrapped: &str) -> Result<Secret> {
        self.keys.seed(wrapped)
    }

    pub(crate) const fn keys_held(&self) -> &Keys {
        &self.keys
    }

    pub(crate) fn case(&self) -> &CaseId {
        &self.keys.case
    }

    /// The slot that the case was opened with.
    #[must_use]
    pub fn slot(&self) -> &str {
        &self.keys.slot
    }

    /// What people call the case.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn name(&self) -> Result<String> {
        let name = self.meta("name")?.unwrap_or_default();
        String::from_utf8(name).map_err(|_| Error::damaged("the name of the case is no text"))
    }

    pub(crate) fn meta(&self, name: &str) -> Result<Option<Vec<u8>>> {
        meta(&self.connection, name)
    }

    /// What another process would have.
    #[cfg(test)]
    pub(crate) fn second_connection(&self, patience: Duration) -> Connection {
        connect(&self.path, &self.keys, patience).unwrap()
    }

    /// The envelope as it is in the file at this moment.
    pub(crate) fn envelope(&self) -> Result<Found> {
        read_envelope(&mut held(&self.file), &self.path)
    }

    /// Changes the case, all of `work` or nothing. `now` is what the clock says.
    ///
    /// # Errors
    /// What `work` returns; and where the case is held by another process for too long, or the disk refuses.
    pub fn write<T>(&mut self, now: Timestamp, work: impl FnOnce(&mut Write<'_>) -> Result<T>) -> Result<T> {
        let Self { connection, file, keys, path, lengths, .. } = self;
        lengths.forget();
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).doing("write to the case")?;
        let mut file = held(file);
        let found = read_envelope(&mut file, path)?;
        found.whole.check(&keys.seal())?;
        let signer = signer(&found.whole.envelope, keys)?;
        let mut write = Write::begin(transaction, &mut file, keys, found, signer, now)?;
        let done = work(&mut write)?;
        write.commit()?;
        Ok(done)
    }
}

/// What a thread that failed held is good all the same: an envelope is written whole, and twice.
fn held(file: &Mutex<File>) -> MutexGuard<'_, File> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the names of signing keys begin with; the id of what opens the case follows.
pub(crate) const SIGNER: &str = "k-";

/// The signing key of whoever opened the case, if they have one yet.
fn signer(envelope: &Envelope, keys: &Keys) -> Result<Option<SignerKey>> {
    let slot = envelope.slots.iter().find(|slot| slot.id == keys.slot);
    let slot = slot.ok_or_else(|| Error::refused("this key does not open the case any more: it was removed"))?;
    let Some(seed) = &slot.seed else { return Ok(None) };
    let seed = key::unwrap(&keys.identity, seed)?.ok_or_else(|| Error::damaged("a signing key is not its owner's"))?;
    signer_of(&keys.slot, &seed).map(Some)
}

pub(crate) fn signer_of(slot: &str, seed: &Secret) -> Result<SignerKey> {
    SignerKey::from_seed(&format!("{SIGNER}{slot}"), KeyKind::Ed25519, seed).doing("use the signing key")
}

impl Keys {
    /// A new signing key, and its seed as the envelope keeps it.
    pub(crate) fn new_signer(&self) -> Result<(SignerKey, String)> {
        let seed = key::random::<32>()?;
        Ok((signer_of(&self.slot, &seed)?, key::wrap(&self.identity.to_public(), &seed)?))
    }

    /// The seed of the signing key that a slot holds, for whom it was encrypted to.
    pub(crate) fn seed(&self, wrapped: &str) -> Result<Secret> {
        key::unwrap(&self.identity, wrapped)?.ok_or_else(|| Error::damaged("a signing key is not its owner's"))
    }
}

fn read_envelope(file: &mut File, path: &Path) -> Result<Found> {
    envelope::read(file).map_err(|unread| match unread {
        Unread::Io(error) => Error::io("read", path, error),
        Unread::Other => Error::not_a_case(path),
        Unread::Newer(form) => Error::newer(path, form),
        Unread::Damaged => Error::damaged("both copies of the envelope, which holds the keys, are damaged"),
    })
}

fn meta(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>> {
    let mut query = connection.prepare_cached("SELECT value FROM meta WHERE name = ?1").doing(OPENING)?;
    query.query_row([name], |row| row.get(0)).optional().doing(OPENING)
}

/// Opens the database behind the envelope.
pub(crate) fn connect(path: &Path, keys: &Keys, patience: Duration) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags_and_vfs(path, flags, native::vfs::register()?).doing(OPENING)?;
    // SQLCipher would tell the standard error of every page that does not fit.
    connection.execute_batch("PRAGMA cipher_log_level = NONE").doing(OPENING)?;
    native::unlock(&connection, &keys.database())?;
    connection.busy_timeout(patience).doing(OPENING)?;
    connection
        .execute_batch(
            "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
             PRAGMA cell_size_check = ON; PRAGMA secure_delete = FAST; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;",
        )
        .doing(OPENING)?;
    native::fts5::register(&connection)?;
    pack::register(&connection)?;
    Ok(connection)
}

/// The files that a case may take up: its own, and the write-ahead log and the index of that, which lie beside it while it is open, and
/// after it was not closed.
#[must_use]
pub fn files(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        name.into()
    })
}

/// Refuses a name that is taken. A log that another case left behind is as bad as a file: it would be played into the new one.
fn vacant(path: &Path) -> Result<()> {
    match files(path).iter().find(|file| file.symlink_metadata().is_ok()) {
        Some(taken) => Err(Error::io("make", taken, io::ErrorKind::AlreadyExists.into())),
        None => Ok(()),
    }
}

/// A new file that only its owner may read.
fn new_file(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|e| Error::io("make", path, e))
}

/// A case file that is being made. Dropped before it gets its name, it is removed.
struct Temporary {
    path: PathBuf,
}

impl Temporary {
    fn new(path: &Path) -> Result<Self> {
        let mut name = OsString::from(format!(".khronika-{}-", std::process::id()));
        name.push(path.file_name().ok_or_else(|| Error::io("make", path, io::ErrorKind::InvalidInput.into()))?);
        Ok(Self { path: path.with_file_name(name) })
    }

    fn becomes(self, path: &Path) -> Result<()> {
        let fail = |e| Error::io("make", path, e);
        // Making it took a while, and renaming replaces what came meanwhile.
        vacant(path)?;
        fs::rename(&self.path, path).map_err(fail)?;
        settle(path).map_err(fail)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        for file in files(&self.path) {
            let _ = fs::remove_file(file);
        }
    }
}

/// Forces the name of a file to the disk, where the system can.
pub(crate) fn settle(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_while_a_case_was_made_is_not_replaced() {
        for ix in 0..3 {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("a.khronika");
            let temporary = Temporary::new(&path).unwrap();
            fs::write(&temporary.path, "new").unwrap();
            let other = &files(&path)[ix];
            fs::write(other, "other").unwrap();
            assert!(temporary.becomes(&path).unwrap_err().to_string().contains("exists"), "{other:?}");
            assert_eq!(fs::read(other).unwrap(), b"other");
            assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "what was made is taken away");
        }
    }
}
