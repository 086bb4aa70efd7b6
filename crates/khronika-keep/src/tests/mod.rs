//! The case file as a whole.

mod cache;
mod crash;
mod faults;
mod keys;
mod plaintext;
mod search;
mod sources;
mod tamper;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use secrecy::SecretString;
use tempfile::TempDir;

use khronika_seal::Verdict;

use crate::{Effort, NewCase, Opener, Prepared, PreparedText, Receipt, Received, Store};

pub(super) fn phrase(text: &str) -> Opener {
    Opener::Passphrase(SecretString::from(text.to_owned()))
}

pub(super) fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

pub(super) fn now() -> Timestamp {
    at("2026-11-30T09:00:00Z")
}

/// A new case in a folder of its own.
pub(super) fn case() -> (TempDir, PathBuf, Store) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.khronika");
    let opener = phrase("open sesame");
    let new = NewCase { name: "The case", opener: &opener, label: "Ada", effort: Effort::TEST };
    let store = Store::create(&path, &new, now()).unwrap();
    (dir, path, store)
}

pub(super) fn reopened(path: &Path) -> Store {
    Store::open(path, &phrase("open sesame")).unwrap()
}

pub(super) fn receipt(name: &str) -> Receipt {
    Receipt { name: name.to_owned(), media_type: "text/plain".to_owned(), ..Receipt::default() }
}

/// Receives a text and keeps it as read.
pub(super) fn add(store: &mut Store, name: &str, lang: &str, text: &str) -> Received {
    let prepared = Prepared::new(text.as_bytes()).unwrap();
    let add = |write: &mut crate::Write<'_>| {
        let received = write.receive(&prepared, &receipt(name))?;
        write.keep_text(&received.sha256, "test", &PreparedText::new(lang, text, b"{}")?)?;
        Ok(received)
    };
    store.write(now(), add).unwrap()
}

/// Everything holds.
#[track_caller]
pub(super) fn holds(store: &mut Store) {
    let verified = store.verify(&[], &mut |_| ()).unwrap();
    assert_eq!(verified.verdict(), Verdict::Holds, "{:#?}", verified.checks);
}

/// Something does not hold, and is said to be in `what`.
#[track_caller]
pub(super) fn fails(store: &mut Store, what: &str) {
    let verified = store.verify(&[], &mut |_| ()).unwrap();
    let named = verified.checks.iter().any(|check| check.verdict == Verdict::Fails && check.what == what);
    assert!(named, "{:#?}", verified.checks);
}
