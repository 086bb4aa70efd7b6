//! What was found in the sources, kept so that it need not be found anew whenever the case is opened.
//!
//! This is a cache and no part of what the journal vouches for: whatever is not in it, or not as it was kept, is found anew. What is kept
//! has a print of all that it depends on, made by the caller, and is taken back only under the same print.
//!
//! Everybody who can open a case can write to it. So that nobody puts findings before the others that were never found, each entry is
//! sealed with a key that is made of the seed of its keeper's signing key: what others kept, or altered, is passed over.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::envelope::Envelope;
use crate::error::{Doing as _, Result};
use crate::key::Secret;
use crate::pack;
use crate::store::{Keys, Store};
use crate::write::Write;

const KEEPING: &str = "keep what was found";
/// What one entry may unpack to.
const LONGEST: usize = 1 << 28;

/// What was found in one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cached {
    /// The number of the source.
    pub source: i64,
    /// The print of all that it depends on.
    pub print: [u8; 32],
    /// What was found.
    pub bytes: Vec<u8>,
}

impl Keys {
    /// What the entries of whoever opened the case are sealed with; none before they have a signing key.
    fn cache(&self, envelope: &Envelope) -> Result<Option<Secret>> {
        let slot = envelope.slots.iter().find(|slot| slot.id == self.slot);
        let Some(seed) = slot.and_then(|slot| slot.seed.as_deref()) else { return Ok(None) };
        let seed = self.seed(seed)?;
        Ok(Some(blake3::derive_key("khronika case-file/1 findings", seed.as_slice()).into()))
    }
}

fn seal(key: &Secret, print: &[u8; 32], packed: &[u8]) -> blake3::Hash {
    let mut hash = blake3::Hasher::new_keyed(key);
    hash.update(print).update(packed);
    hash.finalize()
}

impl Store {
    /// What whoever opened the case kept of these sources under these prints: of each its bytes, and none where there is nothing that is as
    /// it was kept. A cache that cannot be read is an empty one; [`Store::verify`] says what is wrong with the file.
    #[must_use]
    pub fn cached(&self, wanted: &[(i64, [u8; 32])]) -> Vec<Option<Vec<u8>>> {
        let key = self.envelope().and_then(|found| self.keys_held().cache(&found.whole.envelope));
        let sql = "SELECT seal, packed FROM cached WHERE source = ?1 AND slot = ?2 AND print = ?3";
        let query = self.connection.prepare_cached(sql);
        let (Ok(Some(key)), Ok(mut query)) = (key, query) else { return vec![None; wanted.len()] };
        let mut one = |(source, print): &(i64, [u8; 32])| -> Option<Vec<u8>> {
            let row = query.query_row(params![source, self.slot(), print], |row| Ok((row.get(0)?, row.get(1)?)));
            let (sealed, packed): ([u8; 32], Vec<u8>) = row.ok()?;
            // The comparison takes the same time whatever differs.
            (seal(&key, print, &packed) == sealed).then(|| pack::unpack(&packed, LONGEST).ok())?
        };
        wanted.iter().map(&mut one).collect()
    }
}

impl Write<'_> {
    /// Keeps what was found, in place of what whoever opened the case kept of the same sources before.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn keep_cached(&mut self, found: &[Cached]) -> Result<()> {
        let Some(key) = self.keys.cache(&self.envelope)? else { return Ok(()) };
        self.tx.execute_batch(include_str!("cache.sql")).doing(KEEPING)?;
        let insert = "INSERT OR REPLACE INTO cached (source, slot, print, seal, packed) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut insert = self.tx.prepare_cached(insert).doing(KEEPING)?;
        for Cached { source, print, bytes } in found {
            let packed = pack::pack(bytes)?;
            let seal = seal(&key, print, &packed);
            insert.execute(params![source, self.keys.slot, print, seal.as_bytes(), packed]).doing(KEEPING)?;
        }
        Ok(())
    }
}

/// Forgets what was kept with a key that opens the case no longer.
pub(crate) fn forget(connection: &Connection, slot: &str) -> Result<()> {
    let exists = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'cached'";
    if connection.query_row(exists, [], |_| Ok(())).optional().doing(KEEPING)?.is_some() {
        connection.execute("DELETE FROM cached WHERE slot = ?1", [slot]).doing(KEEPING)?;
    }
    Ok(())
}
