//! A change of the case: entries of the journal and what they vouch for, all or nothing.

use std::fs::File;
use std::sync::Arc;

use jiff::Timestamp;
use khronika_seal::checkpoint::Checkpoint;
use khronika_seal::digest::to_hex;
use khronika_seal::note::SignerKey;
use khronika_seal::tree::{Frontier, Hash, leaf_hash};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use serde_json::{Map, Value, json};

use crate::cache;
use crate::entry::{self, Entry, sha256};
use crate::envelope::{self, Envelope, Found, Slot};
use crate::error::{Doing as _, Error, Result};
use crate::key;
use crate::read::clamp;
use crate::signing::Signing;
use crate::state::{Held, State, row};
use crate::store::Keys;

const WRITING: &str = "write to the case";

/// What the kinds of judgments begin with.
pub(crate) const JUDGMENT: &str = "judgment.";
/// A judgment that is taken back.
pub(crate) const WITHDRAWN: &str = "judgment.withdraw";

/// The details of an entry.
pub type Details = Map<String, Value>;

/// A file that left the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    name: String,
    sha256: [u8; 32],
}

impl Written {
    /// A file of this name and these bytes.
    #[must_use]
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        Self::of(name, sha256(bytes))
    }

    /// A file of this name and digest.
    #[must_use]
    pub fn of(name: &str, sha256: [u8; 32]) -> Self {
        Self { name: name.to_owned(), sha256 }
    }
}

/// A change that is being made. See [`Store::write`](crate::Store::write).
pub struct Write<'a> {
    pub(crate) tx: Transaction<'a>,
    pub(crate) state: State,
    pub(crate) keys: &'a mut Keys,
    file: &'a mut File,
    pub(crate) envelope: Envelope,
    frontier: Frontier,
    signer: Arc<SignerKey>,
    signing: Signing,
    now: Timestamp,
    began_at: u64,
    /// The number of the next entry; the tree has those that are signed.
    next: u64,
}

impl std::fmt::Debug for Write<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Write(from entry {})", self.began_at)
    }
}

/// What a case begins with.
pub(crate) fn begin(connection: &Connection, envelope: [u8; 32]) -> Result<()> {
    let mut state = State::default();
    state.add(Held::Slot, &envelope_row(1, &envelope));
    put(connection, "frontier", &frontier_bytes(&Frontier::default()))?;
    put(connection, "state", &state.to_bytes())?;
    put(connection, "envelope", &envelope_bytes(1, &envelope))
}

pub(crate) fn envelope_row(generation: u64, digest: &[u8; 32]) -> [u8; 32] {
    row(&[b"envelope", &generation.to_le_bytes(), digest])
}

fn envelope_bytes(generation: u64, digest: &[u8; 32]) -> Vec<u8> {
    [generation.to_le_bytes().as_slice(), digest].concat()
}

/// The generation and digest of the envelope that the database was last told of.
pub(crate) fn known_envelope(bytes: &[u8]) -> Result<(u64, [u8; 32])> {
    let malformed = || Error::damaged("the digest of the envelope is cut short");
    let (generation, digest) = bytes.split_first_chunk().ok_or_else(malformed)?;
    Ok((u64::from_le_bytes(*generation), digest.try_into().map_err(|_| malformed())?))
}

fn frontier_bytes(frontier: &Frontier) -> Vec<u8> {
    let hashes = frontier.hashes().iter().flat_map(|hash| hash.0);
    frontier.size().to_le_bytes().into_iter().chain(hashes).collect()
}

pub(crate) fn frontier_from(bytes: &[u8]) -> Result<Frontier> {
    let malformed = || Error::damaged("the right edge of the journal's tree is cut short");
    let (size, hashes) = bytes.split_first_chunk().ok_or_else(malformed)?;
    let hashes =
        hashes.chunks(32).map(Hash::from_slice).collect::<khronika_seal::Result<_>>().map_err(|_| malformed())?;
    Frontier::from_parts(u64::from_le_bytes(*size), hashes).map_err(|_| malformed())
}

fn put(connection: &Connection, name: &str, value: &[u8]) -> Result<()> {
    let mut query =
        connection.prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)").doing(WRITING)?;
    query.execute(params![name, value]).map(drop).doing(WRITING)
}

fn get(connection: &Connection, name: &str) -> Result<Vec<u8>> {
    let mut query = connection.prepare_cached("SELECT value FROM meta WHERE name = ?1").doing(WRITING)?;
    let found: Option<Vec<u8>> = query.query_row([name], |row| row.get(0)).optional().doing(WRITING)?;
    found.ok_or_else(|| Error::damaged(format!("the case does not know its own {name}")))
}

impl<'a> Write<'a> {
    pub(crate) fn begin(
        tx: Transaction<'a>,
        file: &'a mut File,
        keys: &'a mut Keys,
        found: Found,
        signer: Option<SignerKey>,
        now: Timestamp,
    ) -> Result<Self> {
        let frontier = frontier_from(&get(&tx, "frontier")?)?;
        let state = State::from_bytes(&get(&tx, "state")?)?;
        let known = known_envelope(&get(&tx, "envelope")?)?;
        let (generation, digest) = (found.whole.envelope.generation, found.whole.digest);
        if known.0 > generation || (known.0 == generation && known.1 != digest) {
            return Err(Error::damaged("its envelope, which holds the keys, was put back as it stood earlier"));
        }
        let wrapped = if signer.is_none() { Some(keys.new_signer()?) } else { None };
        let (signer, wrapped) = match (signer, wrapped) {
            (Some(signer), _) => (signer, None),
            (None, Some((signer, wrapped))) => (signer, Some(wrapped)),
            (None, None) => return Err(Error::damaged("there is no signing key")),
        };
        let (began_at, signer) = (frontier.size(), Arc::new(signer));
        let (signing, envelope, next) = (Signing::new(Arc::clone(&signer)), found.whole.envelope, began_at);
        let mut write = Self { tx, state, keys, file, envelope, frontier, signer, signing, now, began_at, next };
        if known.0 < generation {
            // A change of keys that was cut off between the envelope and the journal. It was made by somebody who can open the case.
            write.know_envelope(known, (generation, digest))?;
            write.match_slots()?;
            let details = object(json!({"generation": generation}));
            write.enrol()?;
            write.append("key.recovered", None, details)?;
        }
        if let Some(wrong) = found.spare {
            envelope::write(write.file, &write.envelope, &write.keys.seal())?;
            write.enrol()?;
            write.append("envelope.mended", None, object(json!({"found": wrong})))?;
        }
        if let Some(wrapped) = wrapped {
            let own = write.keys.slot.clone();
            if let Some(slot) = write.envelope.slots.iter_mut().find(|slot| slot.id == own) {
                slot.seed = Some(wrapped);
            }
            write.put_envelope()?;
        }
        if began_at > 0 {
            write.enrol()?;
        }
        Ok(write)
    }

    /// Lists the slots that the envelope has, and no others.
    fn match_slots(&mut self) -> Result<()> {
        let listed: Vec<String> = {
            let mut query = self.tx.prepare("SELECT id FROM slot ORDER BY id").doing(WRITING)?;
            let rows = query.query_map([], |row| row.get(0)).doing(WRITING)?;
            rows.collect::<std::result::Result<_, _>>().doing(WRITING)?
        };
        let present: Vec<String> = self.envelope.slots.iter().map(|slot| slot.id.clone()).collect();
        for id in listed.iter().filter(|id| !present.contains(id)) {
            self.drop_slot_row(id)?;
        }
        let unlisted = self.envelope.slots.iter().filter(|slot| !listed.contains(&slot.id));
        for (id, kind) in unlisted.map(|slot| (slot.id.clone(), slot_kind(slot))).collect::<Vec<_>>() {
            self.insert_slot(&id, kind, "", "")?;
        }
        Ok(())
    }

    fn insert_slot(&mut self, id: &str, kind: &str, recipient: &str, label: &str) -> Result<()> {
        let insert = "INSERT INTO slot (id, kind, recipient, label) VALUES (?1, ?2, ?3, ?4)";
        self.tx.execute(insert, [id, kind, recipient, label]).doing(WRITING)?;
        self.state.add(Held::Slot, &slot_row(id, kind, recipient, label));
        Ok(())
    }

    /// Makes the signing key known, where it is not yet.
    fn enrol(&mut self) -> Result<()> {
        let key = self.signer.public().to_string();
        let known = self.tx.prepare_cached("SELECT 1 FROM person WHERE key = ?1").doing(WRITING)?.exists([&key]);
        if known.doing(WRITING)? {
            return Ok(());
        }
        let slot = self.keys.slot.clone();
        let label: Option<String> = self
            .tx
            .query_row("SELECT label FROM slot WHERE id = ?1", [&slot], |row| row.get(0))
            .optional()
            .doing(WRITING)?;
        self.person(&key, &slot, &label.unwrap_or_default())
    }

    fn person(&mut self, key: &str, slot: &str, label: &str) -> Result<()> {
        let insert = "INSERT INTO person (key, slot, label) VALUES (?1, ?2, ?3)";
        self.tx.execute(insert, [key, slot, label]).doing(WRITING)?;
        self.state.add(Held::Person, &row(&[key.as_bytes(), slot.as_bytes(), label.as_bytes()]));
        let details = object(json!({"key": key, "slot": slot, "label": label}));
        self.append("key.enrolled", None, details).map(drop)
    }

    /// The first entries of a case.
    pub(crate) fn create(&mut self, name: &str, recipient: &str, slot: Option<&Slot>, label: &str) -> Result<()> {
        put(&self.tx, "name", name.as_bytes())?;
        let details = object(json!({"name": name, "form": 1, "program": env!("CARGO_PKG_VERSION")}));
        self.append("case.created", None, details)?;
        if let Some(slot) = slot {
            self.slot_row(slot, recipient, label)?;
        }
        let (key, slot) = (self.signer.public().to_string(), self.keys.slot.clone());
        self.person(&key, &slot, label)
    }

    fn slot_row(&mut self, slot: &Slot, recipient: &str, label: &str) -> Result<()> {
        let kind = slot_kind(slot);
        self.insert_slot(&slot.id, kind, recipient, label)?;
        let details = object(json!({"slot": slot.id, "kind": kind, "label": label}));
        self.append("key.added", None, details).map(drop)
    }

    /// Appends an entry and returns its number.
    pub(crate) fn append(&mut self, kind: &str, about: Option<&str>, details: Details) -> Result<u64> {
        let mut body = object(json!({"nonce": to_hex(key::random::<16>()?.as_slice())}));
        body.extend(details);
        let body = serde_json::to_vec(&body).map_err(|e| Error::refused(e.to_string()))?;
        let entry = Entry {
            number: self.next,
            time: self.now,
            kind: kind.to_owned(),
            about: about.map(str::to_owned),
            body: sha256(&body),
            state: self.state.digest(),
            key: self.signer.public().clone(),
        };
        let entry = Entry { time: entry::stamp(entry.time).parse().unwrap_or(entry.time), ..entry };
        let number = entry.number;
        let unsigned = entry.unsigned(&self.keys.case);
        // The record gets its room now, so that other rows can refer to the entry, and its bytes when it is signed.
        let insert = "INSERT INTO entry (number, kind, about, record, body) VALUES (?1, ?2, ?3, zeroblob(?4), ?5)";
        let room = unsigned.length(self.signer.public()) as u64;
        let row = params![clamp(number), kind, about, clamp(room), body];
        self.tx.prepare_cached(insert).and_then(|mut query| query.execute(row)).doing(WRITING)?;
        self.signing.take(unsigned);
        self.next = number + 1;
        Ok(number)
    }

    /// Puts the signed records into their rows, and into the journal's tree.
    fn put_records(&mut self) -> Result<()> {
        let mut put = self.tx.prepare_cached("UPDATE entry SET record = ?2 WHERE number = ?1").doing(WRITING)?;
        for (number, record) in self.signing.finish()? {
            put.execute(params![clamp(number), record.as_bytes()]).doing(WRITING)?;
            self.frontier.append(leaf_hash(record.as_bytes()));
        }
        Ok(())
    }

    /// Takes down what somebody says of findings: `verdict` is `confirm`, `reject`, …; `about` are the ids of the findings.
    ///
    /// # Errors
    /// Where it speaks of nothing, or the disk refuses.
    pub fn judge(&mut self, verdict: &str, about: &[String], details: Details) -> Result<u64> {
        let [first, ..] = about else { return Err(Error::refused("a judgment has to be about something")) };
        let mut body = object(json!({"about": about}));
        body.extend(details);
        self.append(&format!("{JUDGMENT}{verdict}"), Some(first), body)
    }

    /// Takes back a judgment, by the number of its entry.
    ///
    /// # Errors
    /// Where the entry is no judgment, or the disk refuses.
    pub fn withdraw(&mut self, number: u64, details: Details) -> Result<u64> {
        let mut find = self.tx.prepare_cached("SELECT kind FROM entry WHERE number = ?1").doing(WRITING)?;
        let number_there = clamp(number);
        let kind: Option<String> = find.query_row([number_there], |row| row.get(0)).optional().doing(WRITING)?;
        drop(find);
        if !kind.is_some_and(|kind| kind.starts_with(JUDGMENT) && kind != WITHDRAWN) {
            return Err(Error::refused(format!("entry {number} is no judgment")));
        }
        let mut body = object(json!({"number": number}));
        body.extend(details);
        self.append(WITHDRAWN, None, body)
    }

    /// The number that the next entry will have.
    pub(crate) fn next(&self) -> u64 {
        self.next
    }

    /// Says in the journal that files left the case: every copy is documented. `how` is the command that wrote them.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn exported(&mut self, how: &str, files: &[Written]) -> Result<()> {
        let files: Details =
            files.iter().map(|file| (file.name.clone(), format!("sha256:{}", to_hex(&file.sha256)).into())).collect();
        self.append("case.exported", None, object(json!({"how": how, "files": files}))).map(drop)
    }

    pub(crate) fn commit(mut self) -> Result<()> {
        self.put_records()?;
        let size = self.frontier.size();
        if size > self.began_at {
            let origin = entry::origin(&self.keys.case);
            let note = Checkpoint::new(&origin, size, self.frontier.root()).sign(&[&self.signer]);
            let note = note.doing("sign a checkpoint")?.to_string();
            let insert = "INSERT INTO checkpoint (size, note) VALUES (?1, ?2)";
            self.tx.execute(insert, params![clamp(size), note.as_bytes()]).doing(WRITING)?;
            put(&self.tx, "frontier", &frontier_bytes(&self.frontier))?;
            put(&self.tx, "state", &self.state.to_bytes())?;
        }
        self.tx.commit().doing(WRITING)
    }

    fn know_envelope(&mut self, before: (u64, [u8; 32]), now: (u64, [u8; 32])) -> Result<()> {
        self.state.remove(Held::Slot, &envelope_row(before.0, &before.1));
        self.state.add(Held::Slot, &envelope_row(now.0, &now.1));
        put(&self.tx, "envelope", &envelope_bytes(now.0, &now.1))
    }

    /// Writes the envelope, and tells the database of it. Where the program ends between the two, the next change finds it out.
    fn put_envelope(&mut self) -> Result<()> {
        let before = known_envelope(&get(&self.tx, "envelope")?)?;
        self.envelope.generation += 1;
        let digest = envelope::write(self.file, &self.envelope, &self.keys.seal())?;
        self.know_envelope(before, (self.envelope.generation, digest))
    }

    /// Lets a passphrase open the case.
    ///
    /// # Errors
    /// Where the envelope is full or cannot be written.
    pub fn add_passphrase(
        &mut self,
        passphrase: &secrecy::SecretString,
        effort: key::Effort,
        label: &str,
    ) -> Result<String> {
        let id = key::random_id()?;
        let (slot, identity) = key::passphrase_slot(&id, passphrase, effort, &self.keys.data)?;
        self.add_slot(slot, &identity.to_public().to_string(), label)
    }

    /// Lets an age identity open the case, given its recipient (`age1…`).
    ///
    /// # Errors
    /// Where the recipient is none, or the envelope is full or cannot be written.
    pub fn add_recipient(&mut self, recipient: &str, label: &str) -> Result<String> {
        let recipient = key::recipient(recipient)?;
        let slot = key::recipient_slot(&key::random_id()?, &recipient, &self.keys.data)?;
        self.add_slot(slot, &recipient.to_string(), label)
    }

    fn add_slot(&mut self, slot: Slot, recipient: &str, label: &str) -> Result<String> {
        let id = slot.id.clone();
        self.envelope.slots.push(slot.clone());
        self.put_envelope()?;
        self.slot_row(&slot, recipient, label)?;
        Ok(id)
    }

    /// Takes a key away. Whoever has an older copy of the file can still open that copy with it.
    ///
    /// # Errors
    /// Where there is no such key, or it is the last one, or the one that the case was opened with.
    pub fn remove_key(&mut self, slot: &str) -> Result<()> {
        if slot == self.keys.slot {
            return Err(Error::refused("the case was opened with this key: open it with another one to remove it"));
        }
        let before = self.envelope.slots.len();
        self.envelope.slots.retain(|s| s.id != slot);
        if self.envelope.slots.len() == before {
            return Err(Error::refused(format!("there is no key {slot} in this case")));
        }
        self.put_envelope()?;
        self.drop_slot_row(slot)?;
        cache::forget(&self.tx, slot)?;
        self.append("key.removed", None, object(json!({"slot": slot}))).map(drop)
    }

    fn drop_slot_row(&mut self, slot: &str) -> Result<()> {
        let read = "SELECT kind, recipient, label FROM slot WHERE id = ?1";
        let old: (String, String, String) =
            self.tx.query_row(read, [slot], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).doing(WRITING)?;
        self.tx.execute("DELETE FROM slot WHERE id = ?1", [slot]).doing(WRITING)?;
        self.state.remove(Held::Slot, &slot_row(slot, &old.0, &old.1, &old.2));
        Ok(())
    }

    /// Sets the passphrase of the key that the case was opened with anew, with as much work as new ones have. The signing key stays.
    ///
    /// # Errors
    /// Where the case was opened with an age identity, or the envelope cannot be written.
    pub fn change_passphrase(&mut self, passphrase: &secrecy::SecretString, effort: key::Effort) -> Result<()> {
        let id = self.keys.slot.clone();
        let ours = self.envelope.slots.iter().find(|slot| slot.id == id);
        let Some(Slot { lock: envelope::Lock::Passphrase { .. }, seed, .. }) = ours else {
            return Err(Error::refused("the case was opened with an age identity: it has no passphrase to change"));
        };
        let seed = seed.as_deref().map(|seed| self.keys.seed(seed)).transpose()?;
        let (mut slot, identity) = key::passphrase_slot(&id, passphrase, effort, &self.keys.data)?;
        let recipient = identity.to_public();
        slot.seed = seed.map(|seed| key::wrap(&recipient, &seed)).transpose()?;
        let kind = slot_kind(&slot);
        if let Some(ours) = self.envelope.slots.iter_mut().find(|slot| slot.id == id) {
            *ours = slot;
        }
        self.put_envelope()?;
        // The envelope is written: whatever becomes of the change, the signing key is under the new passphrase from now on.
        self.keys.identity = identity;
        let label: String =
            self.tx.query_row("SELECT label FROM slot WHERE id = ?1", [&id], |row| row.get(0)).doing(WRITING)?;
        self.drop_slot_row(&id)?;
        self.insert_slot(&id, kind, &recipient.to_string(), &label)?;
        self.append("key.changed", None, object(json!({"slot": id}))).map(drop)
    }
}

pub(crate) fn slot_row(id: &str, kind: &str, recipient: &str, label: &str) -> [u8; 32] {
    row(&[b"slot", id.as_bytes(), kind.as_bytes(), recipient.as_bytes(), label.as_bytes()])
}

fn slot_kind(slot: &Slot) -> &'static str {
    match slot.lock {
        envelope::Lock::Passphrase { .. } => "passphrase",
        envelope::Lock::Identity => "identity",
    }
}

/// The members of a JSON object.
pub(crate) fn object(value: Value) -> Details {
    match value {
        Value::Object(members) => members,
        _ => Details::new(),
    }
}
