//! What locks the members of an OpenDocument package, and the password that opens them (ISO/IEC 26300-2, chapter 4): AES, each block
//! chained to the one before, with a key that is stirred out of the password for each member. This is how LibreOffice and OpenOffice
//! have locked them since 2012; Blowfish before that, and the one sealed package of LibreOffice 24.8 and later, are not opened.

use std::collections::BTreeMap;

use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use crate::format::mail::base64;
use crate::format::secured::chained;
use crate::format::xml::{Node, Tag, Xml};
use crate::format::zip::lock::stirred;
use crate::rendition::Limits;

/// How often the password may be stirred for one member, and for all of them; LibreOffice does it 100,000 times for each.
const MOST_ROUNDS: u32 = 1_000_000;
const MOST_ROUNDS_IN_ALL: u32 = 30_000_000;

/// The sum of what was opened is that of so many bytes.
const SUMMED: usize = 1024;

/// What locks the members, by their names, with the password.
pub(in crate::format) struct Keys {
    /// `None` for those that are locked in a way that is not known here.
    locks: BTreeMap<String, Option<Lock>>,
    password: String,
    rounds: u32,
}

/// What locks a member.
#[derive(Default)]
struct Lock {
    sum: Vec<u8>,
    short: bool,
    sums: Option<Sum>,
    start: Vec<u8>,
    size: usize,
    salt: Vec<u8>,
    rounds: u32,
    /// How the password is shortened before it is stirred.
    first: Option<Sum>,
    /// The key, once it was stirred.
    key: Option<Vec<u8>>,
}

#[derive(Clone, Copy)]
enum Sum {
    Sha1,
    Sha256,
}

impl Sum {
    /// By the end of the address that stands for it.
    fn named(name: &str) -> Option<Self> {
        match name.rsplit('#').next()? {
            "sha1" | "SHA1" => Some(Self::Sha1),
            "sha256" | "SHA256" => Some(Self::Sha256),
            _ => None,
        }
    }

    fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(bytes).to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
        }
    }
}

impl Keys {
    /// What the list of a package says of its locks; `None` where nothing is locked.
    pub fn told(manifest: &str, limits: Limits, password: &str) -> Option<Self> {
        let mut xml = Xml::new(manifest, limits.depth);
        let mut locks: BTreeMap<String, Option<Lock>> = BTreeMap::new();
        let (mut name, mut open) = (String::new(), None);
        while let Some(node) = xml.next() {
            match node {
                Node::Open(tag) => match tag.local() {
                    "file-entry" => name = tag.attr("full-path").unwrap_or_default().into_owned(),
                    "encryption-data" => open = Some(Lock::begun(&tag)),
                    _ => {
                        if let Some(Some(lock)) = &mut open
                            && !lock.goes_on(&tag)
                        {
                            open = Some(None);
                        }
                    }
                },
                Node::Close(end) if end.local() == "encryption-data" => {
                    if let Some(lock) = open.take() {
                        locks.insert(name.clone(), lock.filter(Lock::is_whole));
                    }
                }
                _ => {}
            }
        }
        (!locks.is_empty()).then(|| Self { locks, password: password.to_owned(), rounds: 0 })
    }

    /// Whether each member is locked in a way that is known here.
    pub fn are_known(&self) -> bool {
        self.locks.values().all(Option::is_some)
    }

    /// Whether this member is locked.
    pub fn lock(&self, name: &str) -> bool {
        self.locks.contains_key(name)
    }

    /// The bytes of a member, deflated as they are before they are locked; `None` where the password does not open it.
    pub fn open(&mut self, name: &str, data: &[u8]) -> Option<Vec<u8>> {
        let lock = self.locks.get_mut(name)?.as_mut()?;
        if lock.key.is_none() {
            self.rounds = self.rounds.saturating_add(lock.rounds);
            if self.rounds > MOST_ROUNDS_IN_ALL {
                return None;
            }
            let first = lock.first?.of(self.password.as_bytes());
            lock.key = Some(stirred(&first, &lock.salt, lock.rounds, lock.size));
        }
        let mut out = chained(lock.key.as_ref()?, &lock.start, data)?;
        // The last block is filled up, and its last byte says by how much.
        let fill = usize::from(*out.last()?);
        if (1..=16).contains(&fill) {
            out.truncate(out.len() - fill);
        }
        let summed = if lock.short { out.get(..SUMMED.min(out.len()))? } else { &out };
        (lock.sums?.of(summed) == lock.sum).then_some(out)
    }
}

impl Lock {
    fn begun(tag: &Tag<'_>) -> Option<Self> {
        let kind = tag.attr("checksum-type")?;
        Some(Self {
            sum: base64(tag.attr("checksum")?.as_bytes()).bytes,
            short: kind.ends_with("1k") || kind.ends_with("1K"),
            sums: Some(Sum::named(kind.trim_end_matches("1k").trim_end_matches("1K").trim_end_matches(['-', '/']))?),
            // Where nothing is said of how the password is shortened, it is so.
            first: Some(Sum::Sha1),
            ..Self::default()
        })
    }

    /// Takes what one of its elements says; false where that is not known here.
    fn goes_on(&mut self, tag: &Tag<'_>) -> bool {
        let said = |name: &str| tag.attr(name).unwrap_or_default();
        let bytes = |name: &str| base64(said(name).as_bytes()).bytes;
        match tag.local() {
            "algorithm" => {
                let name = said("algorithm-name").into_owned();
                self.size = match name.rsplit('#').next() {
                    Some("aes128-cbc") => 16,
                    Some("aes192-cbc") => 24,
                    Some("aes256-cbc") => 32,
                    _ => return false,
                };
                self.start = bytes("initialisation-vector");
            }
            "key-derivation" => {
                if said("key-derivation-name").rsplit('#').next() != Some("PBKDF2") {
                    return false;
                }
                self.salt = bytes("salt");
                self.rounds = said("iteration-count").parse().unwrap_or(0);
            }
            "start-key-generation" => self.first = Sum::named(&said("start-key-generation-name")),
            _ => {}
        }
        true
    }

    fn is_whole(&self) -> bool {
        self.size > 0
            && self.start.len() == 16
            && !self.salt.is_empty()
            && (1..=MOST_ROUNDS).contains(&self.rounds)
            && self.first.is_some()
    }
}
