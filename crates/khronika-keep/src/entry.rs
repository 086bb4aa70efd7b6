//! Entries of the journal: what happened to the case, one after the other, each signed.
//!
//! ```text
//! khronika.entry/1
//! case 6f0c9a1be3a24d7f8c55d1e2f3a4b5c6
//! number 17
//! time 2026-11-30T09:15:02.113Z
//! kind source.received
//! about sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
//! body sha256:fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9
//! state blake3:df7e70e5021544f4834bbee64a9e3789febc4be81470df629cad6ddb03320a5c
//! key k-1b2c3d4e5f60+c74f20a3+Aes5…
//!
//! — k-1b2c3d4e5f60 x08go3J…
//! ```
//!
//! An entry is a signed note (C2SP), and its bytes are a leaf of the journal's Merkle tree. It names what it concerns (`about`, or `-`),
//! and two digests. `body` is that of the details, a JSON object with a random `nonce` in it, kept beside the entry: so an entry can be
//! handed out to prove that a document was received on a day without telling from whom, and nobody can guess the details from the digest.
//! `state` is that of everything the case holds after this entry (see [`crate::state`]), so that the journal vouches for the rest.
//!
//! The order of entries is their number. The time is what the clock of the machine said; it may go back and the number does not.

use jiff::Timestamp;
use khronika_seal::digest::{from_hex, to_hex};
use khronika_seal::note::{KeyKind, Note, SignerKey, VerifierKey};
use sha2::{Digest as _, Sha256};

use crate::envelope::CaseId;
use crate::error::{Doing as _, Error, Result};

const FIRST: &str = "khronika.entry/1";
/// C2SP tiles hold an entry in a record of two length bytes.
const LONGEST: usize = u16::MAX as usize;

/// An entry, whose signature was checked against the key that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands in the journal, from 0.
    pub number: u64,
    /// What the clock said.
    pub time: Timestamp,
    /// What happened: `source.received`, `judgment.confirm`, ….
    pub kind: String,
    /// What it concerns: `sha256:…` for a source, an id for a finding; none for the case itself.
    pub about: Option<String>,
    /// The SHA-256 of the details.
    pub body: [u8; 32],
    /// The digest of what the case held after it.
    pub state: [u8; 32],
    /// The key that signed.
    pub key: VerifierKey,
}

/// The name of a case in its entries and checkpoints.
pub(crate) fn case_name(case: &CaseId) -> String {
    to_hex(case)
}

/// What a journal is called in its checkpoints.
pub(crate) fn origin(case: &CaseId) -> String {
    format!("khronika.case/{}", to_hex(case))
}

/// The 32 bytes that 64 hexadecimal digits are.
fn digest(text: &str) -> Option<[u8; 32]> {
    from_hex(text)?.try_into().ok()
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

impl Entry {
    fn text(&self, case: &CaseId) -> String {
        format!(
            "{FIRST}\ncase {}\nnumber {}\ntime {}\nkind {}\nabout {}\nbody sha256:{}\nstate blake3:{}\nkey {}\n",
            case_name(case),
            self.number,
            stamp(self.time),
            self.kind,
            self.about.as_deref().unwrap_or("-"),
            to_hex(&self.body),
            to_hex(&self.state),
            self.key,
        )
    }

    /// The entry as it is to be signed.
    pub(crate) fn unsigned(self, case: &CaseId) -> Unsigned {
        Unsigned { text: self.text(case), case: *case, entry: self }
    }

    fn is_read_from(&self, text: &str, case: &CaseId) -> bool {
        let own = |key: &str| (key == self.key.to_string()).then(|| self.key.clone());
        fields(text, case, own).is_some_and(|entry| entry == *self)
    }

    /// The entry that `record` is, with a signature that fits. That the key may sign is for the caller to know.
    pub(crate) fn parse(record: &[u8], case: &CaseId) -> Result<Self> {
        let note = Note::parse(record).doing("read an entry of the journal")?;
        let entry = fields(note.text(), case, |key| VerifierKey::parse(key).ok())
            .ok_or_else(|| Error::damaged("an entry of the journal is malformed"))?;
        if entry.key.kind() != KeyKind::Ed25519 || entry.text(case) != note.text() || note.signatures().len() != 1 {
            return Err(Error::damaged("an entry of the journal is not in its canonical form"));
        }
        note.verify(std::slice::from_ref(&entry.key)).doing("check an entry of the journal")?;
        if note.to_string().as_bytes() != record {
            return Err(Error::damaged("an entry of the journal is not in its canonical form"));
        }
        Ok(entry)
    }
}

/// An entry and its text, which nobody signed yet.
pub(crate) struct Unsigned {
    entry: Entry,
    case: CaseId,
    text: String,
}

impl Unsigned {
    pub(crate) fn number(&self) -> u64 {
        self.entry.number
    }

    /// The length of its record in bytes, where this key signs.
    pub(crate) fn length(&self, key: &VerifierKey) -> usize {
        // An empty line, and behind it a dash, the name, and in base64 the id of the key and the signature.
        self.text.len() + "\n— ".len() + key.name().len() + " ".len() + (4_usize + 64).div_ceil(3) * 4 + "\n".len()
    }

    /// The bytes of the entry, signed.
    pub(crate) fn sign(&self, key: &SignerKey) -> Result<String> {
        let Self { entry, case, text } = self;
        let record = Note::sign(text, &[key]).doing("sign an entry of the journal")?.to_string();
        // What cannot be read back must not be signed: a line feed in what it concerns, say. (That a signature fits which was just made
        // need not be checked: it takes longer than all the rest.)
        if record.len() > LONGEST || key.public() != &entry.key || !entry.is_read_from(text, case) {
            return Err(Error::refused("an entry of the journal would not be read back as it is"));
        }
        Ok(record)
    }
}

fn fields(text: &str, case: &CaseId, key: impl FnOnce(&str) -> Option<VerifierKey>) -> Option<Entry> {
    let mut lines = text.strip_suffix('\n')?.split('\n');
    if lines.next()? != FIRST {
        return None;
    }
    let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
    if field("case")? != case_name(case) {
        return None;
    }
    let entry = Entry {
        number: field("number")?.parse().ok()?,
        time: field("time")?.parse().ok()?,
        kind: field("kind")?.to_owned(),
        about: Some(field("about")?.to_owned()).filter(|about| about != "-"),
        body: digest(field("body")?.strip_prefix("sha256:")?)?,
        state: digest(field("state")?.strip_prefix("blake3:")?)?,
        key: key(field("key")?)?,
    };
    lines.next().is_none().then_some(entry)
}

/// A time as entries give it: to the millisecond, in UTC.
pub(crate) fn stamp(time: Timestamp) -> String {
    let time = time.round(jiff::Unit::Millisecond).unwrap_or(time);
    format!("{time:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> (Entry, SignerKey) {
        let key = SignerKey::from_seed("k-test", KeyKind::Ed25519, &[5; 32]).unwrap();
        let entry = Entry {
            number: 17,
            time: "2026-11-30T09:15:02.113Z".parse().unwrap(),
            kind: "source.received".into(),
            about: Some("sha256:00".into()),
            body: [1; 32],
            state: [2; 32],
            key: key.public().clone(),
        };
        (entry, key)
    }

    #[test]
    fn an_entry_is_read_back_and_nothing_else_is() {
        let (entry, key) = entry();
        let unsigned = entry.clone().unsigned(&[3; 16]);
        let record = unsigned.sign(&key).unwrap();
        assert_eq!(record.len(), unsigned.length(key.public()));
        assert_eq!(Entry::parse(record.as_bytes(), &[3; 16]).unwrap(), entry);
        assert!(Entry::parse(record.as_bytes(), &[4; 16]).is_err(), "another case");
        for at in 0..record.len() {
            let mut bytes = record.clone().into_bytes();
            bytes[at] ^= 1;
            assert!(Entry::parse(&bytes, &[3; 16]).is_err(), "byte {at}");
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_not_signed() {
        let (mut entry, key) = entry();
        entry.about = Some("x\nkind other".into());
        assert!(entry.clone().unsigned(&[3; 16]).sign(&key).is_err());
        entry.about = Some("-".into());
        assert!(entry.unsigned(&[3; 16]).sign(&key).is_err());
    }
}
