//! Whether a case is what it says: everything that can be recomputed is, and each answer is told by name.
//!
//! What this finds without anything but the file: altered bytes anywhere, a page of the database that was put back as it stood earlier, an
//! entry of the journal that was taken out, moved, altered or signed by somebody else, a source or a text that was swapped, an index that
//! does not fit the texts. What it cannot find from the file alone is that the whole file was put back as it stood earlier: for that,
//! a checkpoint has to have been kept elsewhere, and is to be handed in.

use std::collections::{BTreeMap, BTreeSet};

use khronika_seal::Verdict;
use khronika_seal::checkpoint::Checkpoint;
use khronika_seal::digest::to_hex;
use khronika_seal::note::{Note, VerifierKey};
use khronika_seal::tree::{Frontier, Hash, Tree, consistency_proof, leaf_hash, verify_consistency};
use rusqlite::Row;
use sha2::{Digest as _, Sha256};

use crate::entry::{Entry, origin, sha256};
use crate::error::{Doing as _, Error, Result};
use crate::pack;
use crate::read::clamp;
use crate::receive::{receipt_row, source_row, text_digest, text_row};
use crate::state::{Held, State, row};
use crate::store::Store;
use crate::write::{envelope_row, frontier_from, known_envelope, slot_row};

const CHECKING: &str = "check the case";
/// How many failures of one kind are told; the rest is counted.
const TOLD: usize = 20;

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was checked: `envelope`, `pages`, `journal`, `state`, `sources`, `texts`, `index`, `checkpoint`.
    pub what: &'static str,
    /// Whether it holds.
    pub verdict: Verdict,
    /// What was found, in a sentence.
    pub found: String,
}

/// The answers of all checks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// In the order in which they were made.
    pub checks: Vec<Check>,
}

impl Verified {
    /// The worst of the answers.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.checks.iter().map(|check| check.verdict).collect()
    }

    fn yes(&mut self, what: &'static str, found: impl Into<String>) {
        self.checks.push(Check { what, verdict: Verdict::Holds, found: found.into() });
    }

    fn no(&mut self, what: &'static str, found: impl Into<String>) {
        self.checks.push(Check { what, verdict: Verdict::Fails, found: found.into() });
    }

    /// Several failures of one kind.
    fn all(&mut self, what: &'static str, wrong: Vec<String>, right: impl FnOnce() -> String) {
        if wrong.is_empty() {
            return self.yes(what, right());
        }
        let more = wrong.len().saturating_sub(TOLD);
        for wrong in wrong.into_iter().take(TOLD) {
            self.no(what, wrong);
        }
        if more > 0 {
            self.no(what, format!("and {more} more"));
        }
    }

    /// A check that could not be finished: damage found on the way is an answer.
    fn did(&mut self, what: &'static str, done: Result<()>) {
        match done {
            Ok(()) => {}
            Err(error) if error.is_damaged() => self.no(what, error.to_string()),
            Err(error) => self.checks.push(Check { what, verdict: Verdict::CannotJudge, found: error.to_string() }),
        }
    }
}

/// What the journal vouches for.
#[derive(Default)]
struct Vouched {
    state: Option<[u8; 32]>,
    /// Of each source, by its SHA-256.
    sources: BTreeSet<String>,
    /// The digest of each text, by the number of its entry.
    texts: BTreeMap<u64, String>,
    leaves: Tree,
}

impl Store {
    /// Checks everything. `kept` are checkpoints of this case that were kept elsewhere; `progress` is told what is being checked.
    ///
    /// # Errors
    /// Where the case is held by another process. Damage is no error but an answer.
    pub fn verify(&mut self, kept: &[Vec<u8>], progress: &mut dyn FnMut(&'static str)) -> Result<Verified> {
        let mut verified = Verified::default();
        progress("envelope");
        let done = self.check_envelope(&mut verified);
        verified.did("envelope", done);
        progress("pages");
        let done = self.check_pages(&mut verified);
        verified.did("pages", done);
        // One view of the case for all that follows, whatever others write meanwhile.
        self.connection.execute_batch("BEGIN").doing(CHECKING)?;
        progress("journal");
        let vouched = match self.check_journal(&mut verified) {
            Ok(vouched) => vouched,
            Err(error) => {
                verified.did("journal", Err(error));
                Vouched::default()
            }
        };
        progress("state");
        let done = self.check_state(&vouched, &mut verified);
        verified.did("state", done);
        progress("sources");
        let done = self.check_sources(&vouched, &mut verified);
        verified.did("sources", done);
        progress("texts");
        let done = self.check_texts(&vouched, &mut verified);
        verified.did("texts", done);
        progress("index");
        let done = self.check_index(&mut verified);
        verified.did("index", done);
        for note in kept {
            progress("checkpoint");
            let done = self.check_kept(note, &vouched, &mut verified);
            verified.did("checkpoint", done);
        }
        let _ = self.connection.execute_batch("ROLLBACK");
        Ok(verified)
    }

    fn check_envelope(&mut self, verified: &mut Verified) -> Result<()> {
        let found = self.envelope()?;
        let known = known_envelope(&self.meta("envelope")?.unwrap_or_default())?;
        if let Some(wrong) = found.spare {
            verified.no("envelope", wrong);
        }
        let (generation, digest) = (found.whole.envelope.generation, found.whole.digest);
        if generation < known.0 || (generation == known.0 && digest != known.1) {
            verified.no("envelope", "the envelope, which holds the keys, was put back as it stood earlier");
        } else if generation > known.0 {
            verified.no(
                "envelope",
                "the last change of keys was cut off before the journal had it; the next change of the case mends it",
            );
        } else if found.spare.is_none() {
            let slots = found.whole.envelope.slots.len();
            verified.yes(
                "envelope",
                format!("both copies are whole and those of the journal; keys that open the case: {slots}"),
            );
        }
        Ok(())
    }

    /// The digests that SQLCipher keeps of every page, and how the tables and their indexes hang together.
    ///
    /// SQLCipher looks at the pages of the file, whatever the write-ahead log holds in their place. Where moving the log into the file was
    /// cut off, or others are about it, such a page may be half written, and nothing is lost: so the log is moved first, and again.
    fn check_pages(&self, verified: &mut Verified) -> Result<()> {
        let (mut wrong, mut is_moved) = (Vec::new(), false);
        for _ in 0..2 {
            let moved = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| {
                Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
            });
            is_moved = moved.is_ok_and(|(log, moved)| log == moved);
            wrong = self.wrong_pages()?;
            if wrong.is_empty() {
                break;
            }
        }
        if !is_moved && !wrong.is_empty() {
            return Err(Error::refused(
                "what is in the write-ahead log could not be moved into the file, and some pages of the file are not whole",
            ));
        }
        let pages: i64 = self.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).doing(CHECKING)?;
        verified.all("pages", wrong, || format!("{pages} pages, each as it was written"));
        Ok(())
    }

    fn wrong_pages(&self) -> Result<Vec<String>> {
        let mut wrong = Vec::new();
        for pragma in ["PRAGMA cipher_integrity_check", "PRAGMA integrity_check(20)"] {
            let mut query = self.connection.prepare(pragma).doing(CHECKING)?;
            let mut rows = query.query([]).doing(CHECKING)?;
            loop {
                match rows.next() {
                    Ok(Some(row)) => wrong.push(row.get::<_, String>(0).doing(CHECKING)?),
                    Ok(None) => break,
                    Err(error) => {
                        wrong.push(Error::database(CHECKING, error).to_string());
                        break;
                    }
                }
            }
        }
        wrong.retain(|line| line != "ok");
        Ok(wrong)
    }

    fn check_journal(&self, verified: &mut Verified) -> Result<Vouched> {
        let (mut wrong, mut vouched) = (Vec::new(), Vouched::default());
        let mut checkpoints = self.checkpoints()?;
        let mut keys: Vec<VerifierKey> = Vec::new();
        let (mut behind, mut last) = (0, None);
        let mut query = self
            .connection
            .prepare("SELECT number, kind, about, record, body FROM entry ORDER BY number")
            .doing(CHECKING)?;
        let mut rows = query.query([]).doing(CHECKING)?;
        while let Some(row) = rows.next().doing(CHECKING)? {
            let number = vouched.leaves.size();
            match self.check_entry(row, number, &mut keys, &mut vouched) {
                Ok(entry) => {
                    behind += u64::from(last.is_some_and(|last| entry.time < last));
                    last = Some(entry.time);
                }
                Err(error) => wrong.push(format!("entry {number}: {error}")),
            }
            let record: Vec<u8> = row.get(3).doing(CHECKING)?;
            vouched.leaves.append(leaf_hash(&record));
            if let Some(note) = checkpoints.remove(&vouched.leaves.size())
                && let Err(error) = self.check_checkpoint(&note, vouched.leaves.frontier(), &keys)
            {
                wrong.push(format!("the checkpoint after entry {number}: {error}"));
            }
        }
        let frontier = vouched.leaves.frontier();
        for size in checkpoints.keys() {
            wrong.push(format!("there is a checkpoint of {size} entries, and the journal has {}", frontier.size()));
        }
        let newest: Option<i64> =
            self.connection.query_row("SELECT max(size) FROM checkpoint", [], |row| row.get(0)).doing(CHECKING)?;
        if newest != Some(clamp(frontier.size())) {
            wrong.push(format!("the newest of the {} entries is not under a checkpoint", frontier.size()));
        }
        if frontier_from(&self.meta("frontier")?.unwrap_or_default())? != *frontier {
            wrong.push("the right edge of the tree, as it is kept, is not that of the entries".to_owned());
        }
        verified.all("journal", wrong, || {
            let clock = match behind {
                0 => String::new(),
                n => format!("; the clock went back {n} times, the order of entries did not"),
            };
            let (size, root) = (frontier.size(), frontier.root());
            format!("{size} entries in order, each signed by a key of the case; root {root}{clock}")
        });
        Ok(vouched)
    }

    fn check_entry(
        &self,
        row: &Row<'_>,
        number: u64,
        keys: &mut Vec<VerifierKey>,
        vouched: &mut Vouched,
    ) -> Result<Entry> {
        let damaged = |what: &str| Err(Error::damaged(what));
        let (at, kind): (i64, String) = (row.get(0).doing(CHECKING)?, row.get(1).doing(CHECKING)?);
        let about: Option<String> = row.get(2).doing(CHECKING)?;
        let (record, body): (Vec<u8>, Vec<u8>) = (row.get(3).doing(CHECKING)?, row.get(4).doing(CHECKING)?);
        let entry = match Entry::parse(&record, self.case()) {
            Ok(entry) => entry,
            Err(error) => return damaged(&error.to_string()),
        };
        if at != clamp(number) || entry.number != number {
            return damaged(&format!(
                "this is the place of entry {number}, and entry {} stands there: one was taken out or moved",
                entry.number
            ));
        }
        if entry.kind != kind || entry.about != about {
            return damaged("the list of entries says something else of it than the entry itself");
        }
        if sha256(&body) != entry.body {
            return damaged("its details are not those that were signed");
        }
        let details: serde_json::Value =
            serde_json::from_slice(&body).map_err(|_| Error::damaged("its details are malformed"))?;
        let text = |name: &str| details.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        if kind == "key.enrolled" {
            // A key makes itself known; that it may is shown by its being able to open the case.
            let key = VerifierKey::parse(&text("key")).ok().filter(|key| *key == entry.key);
            keys.push(key.ok_or_else(|| Error::damaged("it makes another key known than the one that signed it"))?);
        } else if !keys.contains(&entry.key) && !self.opens(number, &entry.key)? {
            return damaged("it was signed by a key that the case does not know");
        }
        match (kind.as_str(), &about) {
            ("source.received", Some(about)) => {
                vouched.sources.insert(about.clone());
            }
            ("source.read", Some(_)) => {
                vouched.texts.insert(number, text("text"));
            }
            _ => {}
        }
        vouched.state = Some(entry.state);
        Ok(entry)
    }

    /// The first entries of a case come before its first key is made known.
    fn opens(&self, number: u64, key: &VerifierKey) -> Result<bool> {
        if number > 1 {
            return Ok(false);
        }
        Ok(self.log(2, 1)?.first().is_some_and(|third| third.entry.kind == "key.enrolled" && third.entry.key == *key))
    }

    fn check_checkpoint(&self, note: &[u8], frontier: &Frontier, keys: &[VerifierKey]) -> Result<()> {
        let read = |note: &[u8]| Checkpoint::open(&Note::parse(note)?, keys);
        let (checkpoint, _) = read(note).doing("check it")?;
        let ours = Checkpoint::new(&origin(self.case()), frontier.size(), frontier.root());
        if checkpoint == ours { Ok(()) } else { Err(Error::damaged("it is not that of the entries before it")) }
    }

    /// Sums up what the case holds, and compares it with what the last entry vouches for.
    fn check_state(&self, vouched: &Vouched, verified: &mut Verified) -> Result<()> {
        let held = self.held()?;
        let kept = State::from_bytes(&self.meta("state")?.unwrap_or_default())?;
        let mut wrong: Vec<String> = kept
            .differ(&held)
            .into_iter()
            .map(|kind| {
                format!(
                    "{} is not as the last change left it: something was put back as it stood earlier, or altered",
                    kind.name()
                )
            })
            .collect();
        if vouched.state != Some(kept.digest()) {
            wrong.push("what the case says it holds is not what the last entry of the journal vouches for".to_owned());
        }
        verified.all("state", wrong, || {
            format!("what the case holds is what the journal vouches for: {}", to_hex(&held.digest()))
        });
        Ok(())
    }

    /// The sums of what the tables hold.
    fn held(&self) -> Result<State> {
        let mut state = State::default();
        let known = known_envelope(&self.meta("envelope")?.unwrap_or_default())?;
        state.add(Held::Slot, &envelope_row(known.0, &known.1));
        let pieces = self.pieces()?;
        self.each("SELECT id, sha256, blake3, size, media_type FROM source", |r| {
            let (id, size): (i64, i64) = (r.get(0)?, r.get(3)?);
            let (sha256, blake3): (Vec<u8>, Vec<u8>) = (r.get(1)?, r.get(2)?);
            let pieces = pieces.get(&id).map_or(&[][..], Vec::as_slice);
            let size = u64::try_from(size).unwrap_or(0);
            state.add(Held::Source, &source_row(id, &sha256, &blake3, size, &r.get::<_, String>(4)?, pieces));
            Ok(())
        })?;
        self.each("SELECT number, source, parent, name FROM receipt", |r| {
            let number = u64::try_from(r.get::<_, i64>(0)?).unwrap_or(0);
            state.add(Held::Receipt, &receipt_row(number, r.get(1)?, r.get(2)?, &r.get::<_, String>(3)?));
            Ok(())
        })?;
        self.each("SELECT source, number, lang, digest FROM text", |r| {
            let (lang, digest): (String, Vec<u8>) = (r.get(2)?, r.get(3)?);
            state.add(Held::Text, &text_row(r.get(0)?, r.get(1)?, &lang, &digest));
            Ok(())
        })?;
        self.each("SELECT key, slot, label FROM person", |r| {
            let (key, slot, label): (String, String, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
            state.add(Held::Person, &row(&[key.as_bytes(), slot.as_bytes(), label.as_bytes()]));
            Ok(())
        })?;
        self.each("SELECT id, kind, recipient, label FROM slot", |r| {
            let (id, kind): (String, String) = (r.get(0)?, r.get(1)?);
            let (recipient, label): (String, String) = (r.get(2)?, r.get(3)?);
            state.add(Held::Slot, &slot_row(&id, &kind, &recipient, &label));
            Ok(())
        })?;
        Ok(state)
    }

    /// The hashes of the pieces of each source.
    fn pieces(&self) -> Result<BTreeMap<i64, Vec<[u8; 32]>>> {
        let mut pieces: BTreeMap<i64, Vec<[u8; 32]>> = BTreeMap::new();
        let sql = "SELECT p.source, c.hash FROM piece p JOIN chunk c ON c.id = p.chunk ORDER BY p.source, p.place";
        self.each(sql, |r| {
            pieces.entry(r.get(0)?).or_default().push(r.get(1)?);
            Ok(())
        })?;
        Ok(pieces)
    }

    fn each(&self, sql: &str, mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>) -> Result<()> {
        let mut query = self.connection.prepare(sql).doing(CHECKING)?;
        let mut rows = query.query([]).doing(CHECKING)?;
        while let Some(row) = rows.next().doing(CHECKING)? {
            take(row).doing(CHECKING)?;
        }
        Ok(())
    }

    /// Unpacks and hashes every source.
    fn check_sources(&self, vouched: &Vouched, verified: &mut Verified) -> Result<()> {
        let (mut wrong, mut seen, mut bytes) = (Vec::new(), BTreeSet::new(), 0_u64);
        let mut list: Vec<(i64, [u8; 32], [u8; 32], i64)> = Vec::new();
        self.each("SELECT id, sha256, blake3, size FROM source ORDER BY id", |r| {
            list.push((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?));
            Ok(())
        })?;
        for (id, sha, blake, size) in list {
            let about = format!("sha256:{}", to_hex(&sha));
            if !vouched.sources.contains(&about) {
                wrong.push(format!("source {about} is in the case and no entry of the journal received it"));
            }
            seen.insert(about.clone());
            match self.digests(id) {
                Ok((found_sha, found_blake, length)) => {
                    bytes += length;
                    if found_sha != sha || found_blake != blake || clamp(length) != size {
                        wrong.push(format!("source {about}: its bytes are not those that were received"));
                    }
                }
                Err(error) => wrong.push(format!("source {about}: {error}")),
            }
        }
        for about in vouched.sources.difference(&seen) {
            wrong.push(format!("source {about} was received and is not in the case"));
        }
        verified.all("sources", wrong, || format!("{} sources, {bytes} bytes, each as it was received", seen.len()));
        Ok(())
    }

    fn digests(&self, source: i64) -> Result<([u8; 32], [u8; 32], u64)> {
        struct Both(Sha256, blake3::Hasher);
        impl std::io::Write for Both {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0.update(bytes);
                self.1.update(bytes);
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let mut both = Both(Sha256::new(), blake3::Hasher::new());
        let length = self.copy_source(source, &mut both)?;
        Ok((both.0.finalize().into(), *both.1.finalize().as_bytes(), length))
    }

    fn check_texts(&self, vouched: &Vouched, verified: &mut Verified) -> Result<()> {
        let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
        self.each("SELECT number, digest, words, shape FROM text ORDER BY id", |r| {
            let number = u64::try_from(r.get::<_, i64>(0)?).unwrap_or(0);
            let (digest, words, shape): (Vec<u8>, Vec<u8>, Vec<u8>) = (r.get(1)?, r.get(2)?, r.get(3)?);
            seen.insert(number);
            let text = pack::unpack_text(&words)
                .and_then(|text| Ok(text_digest(&text, &pack::unpack(&shape, pack::LONGEST_TEXT)?)));
            match text {
                Ok(found) if found.as_slice() != digest => {
                    wrong.push(format!("the text of entry {number} is not the one that was read"));
                }
                Ok(found) if vouched.texts.get(&number) != Some(&format!("blake3:{}", to_hex(&found))) => {
                    wrong.push(format!("the text of entry {number} is not the one that the journal has"));
                }
                Ok(_) => {}
                Err(error) => wrong.push(format!("the text of entry {number}: {error}")),
            }
            Ok(())
        })?;
        for number in vouched.texts.keys().filter(|number| !seen.contains(number)) {
            wrong.push(format!("the text of entry {number} is not in the case"));
        }
        verified.all("texts", wrong, || format!("{} texts, each as it was read", seen.len()));
        Ok(())
    }

    /// Reads every text again and compares its words with the index.
    fn check_index(&self, verified: &mut Verified) -> Result<()> {
        // Texts that a better reading replaced are not searched, and so not in the index, which counts them as missing.
        let replaced =
            "SELECT count(*) FROM text t WHERE EXISTS (SELECT 1 FROM text n WHERE n.source = t.source AND n.id > t.id)";
        let replaced: i64 = self.connection.query_row(replaced, [], |row| row.get(0)).doing(CHECKING)?;
        let rank = i64::from(replaced == 0);
        let done =
            self.connection.execute("INSERT INTO word_index (word_index, rank) VALUES ('integrity-check', ?1)", [rank]);
        match done {
            Ok(_) => verified.yes("index", "the index has the words of the texts"),
            Err(error) => match Error::database(CHECKING, error) {
                error if error.is_damaged() => verified.no("index", "the index has not the words of the texts"),
                error => return Err(error),
            },
        }
        Ok(())
    }

    /// Whether the journal of today continues the one of a checkpoint that was kept elsewhere.
    fn check_kept(&self, note: &[u8], vouched: &Vouched, verified: &mut Verified) -> Result<()> {
        let kept = match self.read_checkpoint(note) {
            Ok(kept) => kept,
            Err(error) => {
                verified.no("checkpoint", error.to_string());
                return Ok(());
            }
        };
        let (size, root) = (vouched.leaves.size(), vouched.leaves.root());
        if kept.size > size {
            verified.no(
                "checkpoint",
                format!("the journal had {} entries when this checkpoint was made and has {size}: the file was put back as it stood earlier", kept.size),
            );
            return Ok(());
        }
        match continues(&vouched.leaves, kept.size, &kept.root, &root) {
            Ok(()) => verified.yes(
                "checkpoint",
                format!("the journal still begins with the {} entries of the kept checkpoint", kept.size),
            ),
            Err(error) => {
                verified.no("checkpoint", format!("the journal is not the one of the kept checkpoint: {error}"))
            }
        }
        Ok(())
    }
}

fn continues(leaves: &Tree, size: u64, old: &Hash, new: &Hash) -> Result<()> {
    let proof = consistency_proof(leaves, size, leaves.size()).doing("prove it")?;
    verify_consistency(size, leaves.size(), old, new, &proof).doing("prove it")
}
