//! What goes out to be judged elsewhere: the journal as a log, receipts for its entries, checkpoints, signatures; and what comes back, time
//! stamps by others.

use std::collections::BTreeMap;
use std::io::{self, Read};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use khronika_seal::digest::{from_hex, to_hex};
use khronika_seal::note::VerifierKey;
use khronika_seal::proof::TlogProof;
use khronika_seal::sign::{MinisignKey, MinisignSignature, PublicKey, SecretKey};
use khronika_seal::tiles::{TILE_WIDTH, Tile, bundle_bytes, tile_bytes};
use khronika_seal::tree::{Tree, inclusion_proof, leaf_hash};
use rusqlite::{OptionalExtension as _, params};
use serde_json::{Value, json};

use crate::entry::sha256;
use crate::error::{Doing as _, Error, Result};
use crate::pack::{self, PIECE};
use crate::read::{Logged, clamp};
use crate::store::Store;
use crate::write::{Details, Write, object};

const READING: &str = "read the case";
const PROVING: &str = "prove an entry of the journal";
const SIGNING: &str = "sign with the signing key";

/// The kinds of the entries that are written here.
const ATTACHED: &str = "proof.attached";
const REDACTED: &str = "redaction.added";
const REVEALED: &str = "redaction.withdrawn";

/// What a time stamp is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stamped {
    /// A source, by the SHA-256 of its bytes.
    Source([u8; 32]),
    /// The checkpoint of the journal when it had so many entries.
    Checkpoint(u64),
}

/// The form of a time stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StampForm {
    /// An answer of an authority (RFC 3161).
    Tsr,
    /// OpenTimestamps.
    Ots,
}

impl StampForm {
    /// How the names of such files end, without the full stop.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Tsr => "tsr",
            Self::Ots => "ots",
        }
    }

    /// The form of files that end so.
    #[must_use]
    pub fn from_ending(ending: &str) -> Option<Self> {
        [Self::Tsr, Self::Ots].into_iter().find(|form| form.ending() == ending)
    }
}

/// The key of minisign that is this signing key: the same Ed25519 key, without its name.
///
/// # Errors
/// Where it is a key that nobody may use.
pub fn minisign_key(key: &VerifierKey) -> Result<MinisignKey> {
    PublicKey::from_bytes(key.bytes()).map(MinisignKey::of).doing("read a signing key")
}

impl Store {
    /// The Merkle tree of the journal.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn tree(&self) -> Result<Tree> {
        let mut query = self.connection.prepare_cached("SELECT record FROM entry ORDER BY number").doing(READING)?;
        let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0)).doing(READING)?;
        rows.map(|record| record.map(|record| leaf_hash(&record)).doing(READING)).collect()
    }

    /// The signed bytes of an entry.
    ///
    /// # Errors
    /// Where there is none of this number.
    pub fn record(&self, number: u64) -> Result<Vec<u8>> {
        let mut query = self.connection.prepare_cached("SELECT record FROM entry WHERE number = ?1").doing(READING)?;
        let record = query.query_row([clamp(number)], |row| row.get(0)).optional().doing(READING)?;
        record.ok_or_else(|| Error::refused(format!("the journal has no entry {number}")))
    }

    /// The number of the entry that first received the source with this digest.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn received_at(&self, sha256: &[u8; 32]) -> Result<Option<u64>> {
        let sql = "SELECT min(number) FROM entry WHERE about = ?1 AND kind = 'source.received'";
        let mut query = self.connection.prepare_cached(sql).doing(READING)?;
        let number: Option<i64> = query.query_row([about(sha256)], |row| row.get(0)).doing(READING)?;
        Ok(number.and_then(|number| u64::try_from(number).ok()))
    }

    /// The receipt for an entry under a checkpoint of `tree`, which is that of the journal; the entry itself is in it.
    ///
    /// # Errors
    /// Where there is none of this number.
    pub fn receipt(&self, tree: &Tree, number: u64, checkpoint: &str) -> Result<TlogProof> {
        let hashes = inclusion_proof(tree, number, tree.size()).doing(PROVING)?;
        Ok(TlogProof { extra: Some(self.record(number)?), index: number, hashes, checkpoint: checkpoint.to_owned() })
    }

    /// The bytes of a tile of the journal's tree, or of a bundle of its entries.
    ///
    /// # Errors
    /// Where the tree has no such tile, or the case cannot be read.
    pub fn log_file(&self, tree: &Tree, tile: &Tile) -> Result<Vec<u8>> {
        if tile.level.is_some() {
            return tile_bytes(tree, tile).doing(PROVING);
        }
        let first = tile.index * u64::from(TILE_WIDTH);
        let entries = (first..first + u64::from(tile.width)).map(|number| self.record(number));
        bundle_bytes(&entries.collect::<Result<Vec<_>>>()?).doing(PROVING)
    }

    /// Reads the bytes of a source, a piece at a time; each piece is checked.
    #[must_use]
    pub fn source_reader(&self, source: i64) -> SourceReader<'_> {
        SourceReader { store: self, source, next: 0, piece: Vec::new(), at: 0 }
    }

    /// All checkpoints, signed notes, by the number of entries that they speak of.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn checkpoints(&self) -> Result<BTreeMap<u64, Vec<u8>>> {
        let mut query = self.connection.prepare_cached("SELECT size, note FROM checkpoint").doing(READING)?;
        let rows = query.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?))).doing(READING)?;
        rows.map(|row| row.map(|(size, note)| (u64::try_from(size).unwrap_or(0), note)).doing(READING)).collect()
    }

    /// The key that signs for whoever opened the case, in the form of minisign.
    ///
    /// # Errors
    /// Where they have none yet: it is made with the first change.
    pub fn own_key(&mut self) -> Result<MinisignKey> {
        Ok(MinisignKey::of(self.secret()?.public()))
    }

    /// Signs what a reader gives in the format of minisign, with the key that also signs the journal. The comment is one line, and signed.
    ///
    /// # Errors
    /// Where there is no key yet, or nothing can be read.
    pub fn sign(&mut self, content: impl Read, comment: &str) -> Result<MinisignSignature> {
        MinisignSignature::sign(&self.secret()?, content, comment).doing(SIGNING)
    }

    fn secret(&mut self) -> Result<SecretKey> {
        let envelope = self.envelope()?.whole.envelope;
        let slot = envelope.slots.iter().find(|slot| slot.id == self.slot());
        let seed = slot.and_then(|slot| slot.seed.as_deref());
        let seed =
            seed.ok_or_else(|| Error::refused("there is no signing key yet: it is made with the first change"))?;
        Ok(SecretKey::from_seed(&*self.seed(seed)?))
    }

    /// What has this SHA-256: a source, or a checkpoint.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn stamped(&self, digest: &[u8; 32]) -> Result<Option<Stamped>> {
        let mut query = self.connection.prepare_cached("SELECT 1 FROM source WHERE sha256 = ?1").doing(READING)?;
        if query.exists(params![digest]).doing(READING)? {
            return Ok(Some(Stamped::Source(*digest)));
        }
        let of = |(size, note): (u64, Vec<u8>)| (sha256(&note) == *digest).then_some(Stamped::Checkpoint(size));
        Ok(self.checkpoints()?.into_iter().find_map(of))
    }

    /// The time stamps that were attached: of several of one form and of one thing the one that came last.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn stamps(&self) -> Result<BTreeMap<(Stamped, StampForm), Vec<u8>>> {
        let mut stamps = BTreeMap::new();
        for Logged { entry, details, .. } in self.log_of(ATTACHED)? {
            let text = |name: &str| details.get(name).and_then(Value::as_str).unwrap_or_default();
            let of = match (&entry.about, details.get("checkpoint").and_then(Value::as_u64)) {
                (_, Some(size)) => Some(Stamped::Checkpoint(size)),
                (Some(source), None) => digest_of(source).map(Stamped::Source),
                (None, None) => None,
            };
            // A newer program may attach what this one does not know.
            let known = of.zip(StampForm::from_ending(text("form"))).zip(STANDARD.decode(text("proof")).ok());
            stamps.extend(known);
        }
        Ok(stamps)
    }

    /// What was marked to be hidden in exports, in order, without what was taken back.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn redactions(&self) -> Result<Vec<Logged>> {
        let mut marked = self.log_of(REDACTED)?;
        let number = |logged: &Logged| logged.details.get("number").and_then(Value::as_u64);
        let withdrawn: Vec<u64> = self.log_of(REVEALED)?.iter().filter_map(number).collect();
        marked.retain(|logged| !withdrawn.contains(&logged.entry.number));
        Ok(marked)
    }
}

/// The bytes of a source, one after the other.
#[derive(Debug)]
pub struct SourceReader<'a> {
    store: &'a Store,
    source: i64,
    /// The piece that comes next.
    next: i64,
    piece: Vec<u8>,
    at: usize,
}

impl SourceReader<'_> {
    fn fill(&mut self) -> Result<bool> {
        let sql =
            "SELECT c.hash, c.packed FROM piece p JOIN chunk c ON c.id = p.chunk WHERE p.source = ?1 AND p.place = ?2";
        let mut query = self.store.connection.prepare_cached(sql).doing(READING)?;
        let row = query.query_row([self.source, self.next], |row| Ok((row.get(0)?, row.get(1)?))).optional();
        let Some((hash, packed)): Option<([u8; 32], Vec<u8>)> = row.doing(READING)? else { return Ok(false) };
        self.piece = pack::unpack(&packed, PIECE)?;
        if blake3::hash(&self.piece) != hash {
            return Err(Error::damaged("a piece of a source is not what it was"));
        }
        (self.next, self.at) = (self.next + 1, 0);
        Ok(true)
    }
}

impl Read for SourceReader<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.piece.len() {
            if !self.fill().map_err(io::Error::other)? {
                return Ok(0);
            }
        }
        let read = self.piece.get(self.at..).unwrap_or_default().read(out)?;
        self.at += read;
        Ok(read)
    }
}

impl Write<'_> {
    /// Keeps a time stamp. The caller has checked that it is of what it is said to be of.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn attach(&mut self, of: Stamped, form: StampForm, proof: &[u8]) -> Result<u64> {
        let mut details = object(json!({"form": form.ending(), "proof": STANDARD.encode(proof)}));
        match of {
            Stamped::Source(digest) => self.append(ATTACHED, Some(&about(&digest)), details),
            Stamped::Checkpoint(size) => {
                details.insert("checkpoint".to_owned(), size.into());
                self.append(ATTACHED, None, details)
            }
        }
    }

    /// Marks something to be hidden in exports. What it is stands in the details only, which never leave the case.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn redact(&mut self, source: Option<&[u8; 32]>, details: Details) -> Result<u64> {
        self.append(REDACTED, source.map(about).as_deref(), details)
    }

    /// Takes back a mark, by the number of its entry.
    ///
    /// # Errors
    /// Where the entry is none, or the disk refuses.
    pub fn reveal(&mut self, number: u64, mut details: Details) -> Result<u64> {
        let mut find = self.tx.prepare_cached("SELECT 1 FROM entry WHERE number = ?1 AND kind = ?2").doing(READING)?;
        let is_one = find.exists(params![clamp(number), REDACTED]).doing(READING)?;
        drop(find);
        if !is_one {
            return Err(Error::refused(format!("entry {number} hides nothing")));
        }
        details.insert("number".to_owned(), number.into());
        self.append(REVEALED, None, details)
    }
}

fn about(sha256: &[u8; 32]) -> String {
    format!("sha256:{}", to_hex(sha256))
}

/// The digest that `sha256:…` names.
fn digest_of(about: &str) -> Option<[u8; 32]> {
    from_hex(about.strip_prefix("sha256:")?)?.try_into().ok()
}
