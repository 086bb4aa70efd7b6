//! What a case holds: its sources, their texts, the journal, the keys.

use std::io::Write as _;

use khronika_seal::checkpoint::Checkpoint;
use khronika_seal::digest::to_hex;
use khronika_seal::note::{Note, VerifierKey};
use rusqlite::{OptionalExtension as _, Row, params};

use crate::entry::Entry;
use crate::error::{Doing as _, Error, Result};
use crate::pack::{self, PIECE};
use crate::store::{SIGNER, Store};
use crate::write::{Details, JUDGMENT, WITHDRAWN};

const READING: &str = "read the case";

/// A document of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// Its number in the case.
    pub id: i64,
    /// The SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// The BLAKE3 of its bytes.
    pub blake3: [u8; 32],
    /// Its length in bytes.
    pub size: u64,
    /// Its media type.
    pub media_type: String,
    /// Its name at the first receipt.
    pub name: String,
    /// How many receipts there are of it.
    pub receipts: u64,
    /// The language of its newest text, where it has been read.
    pub lang: Option<String>,
    /// The document that it was taken out of, by its number.
    pub parent: Option<i64>,
}

impl SourceRow {
    /// What the source is called wherever the case is shown: `s-` and ten digits of the SHA-256, as in `case.json`.
    #[must_use]
    pub fn name_id(&self) -> String {
        let hex = to_hex(&self.sha256);
        format!("s-{}", hex.get(..10).unwrap_or_default())
    }
}

/// A text as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRow {
    /// The language that it was read in.
    pub lang: String,
    /// The text.
    pub text: String,
    /// What the reader wanted to have back.
    pub shape: Vec<u8>,
}

/// An entry of the journal with its details.
#[derive(Clone, Debug, PartialEq)]
pub struct Logged {
    /// The entry; its signature was checked.
    pub entry: Entry,
    /// The details, which the entry gives the digest of.
    pub details: Details,
    /// The signed bytes, as they stand in the journal.
    pub record: String,
}

/// What opens the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// The name of the slot.
    pub id: String,
    /// `passphrase` or `identity`.
    pub kind: String,
    /// Whose it is.
    pub label: String,
    /// The age recipient; for a passphrase the one that it stands for.
    pub recipient: String,
    /// The signing keys that were used with it, as vkeys.
    pub signing: Vec<String>,
}

const SOURCES: &str = "
    SELECT s.id, s.sha256, s.blake3, s.size, s.media_type,
        (SELECT name FROM receipt r WHERE r.source = s.id ORDER BY number LIMIT 1),
        (SELECT count(*) FROM receipt r WHERE r.source = s.id),
        (SELECT lang FROM text t WHERE t.source = s.id ORDER BY id DESC LIMIT 1),
        (SELECT parent FROM receipt r WHERE r.source = s.id AND parent IS NOT NULL ORDER BY number LIMIT 1)
    FROM source s";

fn source_row(row: &Row<'_>) -> rusqlite::Result<SourceRow> {
    Ok(SourceRow {
        id: row.get(0)?,
        sha256: row.get(1)?,
        blake3: row.get(2)?,
        size: u64::try_from(row.get::<_, i64>(3)?).unwrap_or(0),
        media_type: row.get(4)?,
        name: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
        receipts: u64::try_from(row.get::<_, i64>(6)?).unwrap_or(0),
        lang: row.get(7)?,
        parent: row.get(8)?,
    })
}

impl Store {
    /// The sources, in the order in which they came.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn sources(&self) -> Result<Vec<SourceRow>> {
        let mut query = self.connection.prepare_cached(&format!("{SOURCES} ORDER BY s.id")).doing(READING)?;
        let rows = query.query_map([], source_row).doing(READING)?;
        rows.collect::<std::result::Result<_, _>>().doing(READING)
    }

    /// The source with this number.
    ///
    /// # Errors
    /// Where there is none, or the case cannot be read.
    pub fn source(&self, id: i64) -> Result<SourceRow> {
        let mut query = self.connection.prepare_cached(&format!("{SOURCES} WHERE s.id = ?1")).doing(READING)?;
        let row = query.query_row([id], source_row).optional().doing(READING)?;
        row.ok_or_else(|| Error::damaged(format!("there is no source {id} in it")))
    }

    /// The source that `name` means: its id (`s-…`), the beginning of its SHA-256 (six digits or more), or its name. An error where it
    /// means several.
    ///
    /// # Errors
    /// Where there is none, or more than one.
    pub fn find_source(&self, name: &str) -> Result<SourceRow> {
        let hash = name.strip_prefix("sha256:").or_else(|| name.strip_prefix("s-")).unwrap_or(name);
        let digits = (6..=64).contains(&hash.len()) && hash.bytes().all(|b| b.is_ascii_hexdigit());
        let hash = if digits { hash.to_ascii_lowercase() } else { String::from("-") };
        let sql = format!(
            "{SOURCES} WHERE substr(lower(hex(s.sha256)), 1, ?1) = ?2
             OR s.id IN (SELECT source FROM receipt WHERE name = ?3) ORDER BY s.id LIMIT 2"
        );
        let mut query = self.connection.prepare_cached(&sql).doing(READING)?;
        let length = i64::try_from(hash.len()).unwrap_or(0);
        let rows = query.query_map(params![length, hash, name], source_row).doing(READING)?;
        let mut found: Vec<SourceRow> = rows.collect::<std::result::Result<_, _>>().doing(READING)?;
        match (found.pop(), found.pop()) {
            (Some(one), None) => Ok(one),
            (None, _) => Err(Error::refused(format!("there is no source {name:?} in the case"))),
            (Some(_), Some(_)) => Err(Error::refused(format!("more than one source is called {name:?}: name its id"))),
        }
    }

    /// Writes the bytes of a source, after checking each piece.
    ///
    /// # Errors
    /// Where a piece is damaged or missing, or `out` refuses.
    pub fn copy_source(&self, source: i64, out: &mut dyn std::io::Write) -> Result<u64> {
        let sql =
            "SELECT c.hash, c.packed FROM piece p JOIN chunk c ON c.id = p.chunk WHERE p.source = ?1 ORDER BY p.place";
        let mut query = self.connection.prepare_cached(sql).doing(READING)?;
        let mut rows = query.query([source]).doing(READING)?;
        let mut length = 0;
        while let Some(row) = rows.next().doing(READING)? {
            let (hash, packed): ([u8; 32], Vec<u8>) = row.get(0).and_then(|h| Ok((h, row.get(1)?))).doing(READING)?;
            let piece = pack::unpack(&packed, PIECE)?;
            if blake3::hash(&piece) != hash {
                return Err(Error::damaged("a piece of a source is not what it was"));
            }
            out.write_all(&piece).map_err(|e| Error::io("write", std::path::Path::new("a source"), e))?;
            length += piece.len() as u64;
        }
        Ok(length)
    }

    /// The bytes of a source.
    ///
    /// # Errors
    /// Where a piece is damaged or missing.
    pub fn source_bytes(&self, source: i64) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.copy_source(source, &mut bytes)?;
        bytes.flush().map_err(|e| Error::io("write", std::path::Path::new("a source"), e))?;
        Ok(bytes)
    }

    /// The newest text of a source, if it has been read.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn text(&self, source: i64) -> Result<Option<TextRow>> {
        let sql = "SELECT lang, words, shape FROM text WHERE source = ?1 ORDER BY id DESC LIMIT 1";
        let mut query = self.connection.prepare_cached(sql).doing(READING)?;
        let row: Option<(String, Vec<u8>, Vec<u8>)> =
            query.query_row([source], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).optional().doing(READING)?;
        row.map(|(lang, words, shape)| {
            Ok(TextRow { lang, text: pack::unpack_text(&words)?, shape: pack::unpack(&shape, pack::LONGEST_TEXT)? })
        })
        .transpose()
    }

    /// The entries from number `from` on, at most `most` of them.
    ///
    /// # Errors
    /// Where the case cannot be read, or an entry's signature does not fit.
    pub fn log(&self, from: u64, most: u64) -> Result<Vec<Logged>> {
        self.logged("WHERE number >= ?1 ORDER BY number LIMIT ?2", params![clamp(from), clamp(most)])
    }

    /// The entries of a kind, or of kinds that begin so where it ends in a dot.
    ///
    /// # Errors
    /// As [`Store::log`].
    pub fn log_of(&self, kind: &str) -> Result<Vec<Logged>> {
        match kind.strip_suffix('.') {
            // The full stop is followed by the slash.
            Some(group) => {
                self.logged("WHERE kind >= ?1 AND kind < ?2 ORDER BY number", params![kind, format!("{group}/")])
            }
            None => self.logged("WHERE kind = ?1 ORDER BY number", params![kind]),
        }
    }

    /// The judgments that were not taken back, in the order in which they were made.
    ///
    /// # Errors
    /// As [`Store::log`].
    pub fn judgments(&self) -> Result<Vec<Logged>> {
        let mut judgments = self.log_of(JUDGMENT)?;
        let number = |logged: &Logged| logged.details.get("number").and_then(serde_json::Value::as_u64);
        let withdrawn: Vec<u64> =
            judgments.iter().filter(|logged| logged.entry.kind == WITHDRAWN).filter_map(number).collect();
        judgments.retain(|logged| logged.entry.kind != WITHDRAWN && !withdrawn.contains(&logged.entry.number));
        Ok(judgments)
    }

    /// The entries that concern something: `sha256:…`, or the id of a finding.
    ///
    /// # Errors
    /// As [`Store::log`].
    pub fn log_about(&self, about: &str) -> Result<Vec<Logged>> {
        self.logged("WHERE about = ?1 ORDER BY number", params![about])
    }

    fn logged(&self, which: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<Logged>> {
        let sql = format!("SELECT record, body FROM entry {which}");
        let mut query = self.connection.prepare_cached(&sql).doing(READING)?;
        let mut rows = query.query(values).doing(READING)?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next().doing(READING)? {
            let (record, body): (Vec<u8>, Vec<u8>) = row.get(0).and_then(|r| Ok((r, row.get(1)?))).doing(READING)?;
            let entry = Entry::parse(&record, self.case())?;
            let details = serde_json::from_slice(&body)
                .map_err(|_| Error::damaged(format!("the details of entry {} are malformed", entry.number)))?;
            let record = String::from_utf8(record).map_err(|_| Error::damaged("an entry of the journal is no text"))?;
            entries.push(Logged { entry, details, record });
        }
        Ok(entries)
    }

    /// The number of entries.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn size(&self) -> Result<u64> {
        let sql = "SELECT coalesce(max(number) + 1, 0) FROM entry";
        let size: i64 = self.connection.query_row(sql, [], |row| row.get(0)).doing(READING)?;
        Ok(u64::try_from(size).unwrap_or(0))
    }

    /// The newest checkpoint, a signed note: what to print, to mail, or to have stamped.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn checkpoint(&self) -> Result<String> {
        let sql = "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1";
        let note: Option<Vec<u8>> = self.connection.query_row(sql, [], |row| row.get(0)).optional().doing(READING)?;
        let note = note.ok_or_else(|| Error::damaged("the case has no checkpoint"))?;
        String::from_utf8(note).map_err(|_| Error::damaged("a checkpoint is no text"))
    }

    /// The size and root that a checkpoint of this case gives, after one of its keys' signatures was checked.
    ///
    /// # Errors
    /// Where it is none, or of another case, or signed by nobody of this case.
    pub fn read_checkpoint(&self, note: &[u8]) -> Result<Checkpoint> {
        let note = Note::parse(note).doing("read the checkpoint")?;
        let (checkpoint, _) = Checkpoint::open(&note, &self.people()?).doing("check the checkpoint")?;
        if checkpoint.origin != crate::entry::origin(self.case()) {
            return Err(Error::refused("it is a checkpoint of another case"));
        }
        Ok(checkpoint)
    }

    /// The public keys of everybody who signed.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn people(&self) -> Result<Vec<VerifierKey>> {
        let mut query = self.connection.prepare_cached("SELECT key FROM person ORDER BY key").doing(READING)?;
        let rows = query.query_map([], |row| row.get::<_, String>(0)).doing(READING)?;
        rows.map(|key| VerifierKey::parse(&key.doing(READING)?).doing("read a signing key")).collect()
    }

    /// What the owner of a signing key is called in this case.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn label(&self, key: &VerifierKey) -> Result<Option<String>> {
        let mut query = self.connection.prepare_cached("SELECT label FROM person WHERE key = ?1").doing(READING)?;
        query.query_row([key.to_string()], |row| row.get(0)).optional().doing(READING)
    }

    /// The name of the key that signs for whoever opened the case, in entries and signatures, whether or not it has signed any.
    #[must_use]
    pub fn own_name(&self) -> String {
        format!("{SIGNER}{}", self.slot())
    }

    /// What opens the case.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn keys(&self) -> Result<Vec<KeyRow>> {
        let sql = "SELECT id, kind, label, recipient FROM slot ORDER BY id";
        let mut query = self.connection.prepare_cached(sql).doing(READING)?;
        let rows = query.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))).doing(READING)?;
        let rows: Vec<(String, String, String, String)> = rows.collect::<std::result::Result<_, _>>().doing(READING)?;
        let mut signing =
            self.connection.prepare_cached("SELECT key FROM person WHERE slot = ?1 ORDER BY key").doing(READING)?;
        rows.into_iter()
            .map(|(id, kind, label, recipient)| {
                let keys = signing.query_map([&id], |row| row.get(0)).doing(READING)?;
                let keys = keys.collect::<std::result::Result<_, _>>().doing(READING)?;
                Ok(KeyRow { id, kind, label, recipient, signing: keys })
            })
            .collect()
    }
}

/// A number as SQLite counts.
pub(crate) fn clamp(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
