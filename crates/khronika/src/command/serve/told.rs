//! What the case file says, in the terms of the workspace.

use std::collections::BTreeSet;
use std::path::Path;

use khronika_keep::{Logged, Store};
use khronika_serve::{Entry, Refusal, RefusalKind, Since};
use serde_json::Value;

use crate::{Failure, case_file};

/// What went wrong with a case file.
pub(super) fn refused(path: &Path, error: &khronika_keep::Error) -> Refusal {
    let kind = if error.is_wrong_key() {
        RefusalKind::WrongSecret
    } else if error.is_busy() {
        RefusalKind::Busy
    } else {
        RefusalKind::Failed
    };
    let Failure { what, hint } = case_file::failed(path, error);
    Refusal::new(kind, what, hint)
}

/// What cannot be done as it was asked.
pub(super) fn invalid(failure: Failure) -> Refusal {
    Refusal::new(RefusalKind::Invalid, failure.what, failure.hint)
}

/// What should have been done and was not.
pub(super) fn failed(failure: Failure) -> Refusal {
    Refusal::new(RefusalKind::Failed, failure.what, failure.hint)
}

/// Entries of the journal, as the pages show them.
pub(super) fn entries(store: &Store, logged: &[Logged]) -> khronika_keep::Result<Vec<Entry>> {
    let standing: BTreeSet<u64> = store.judgments()?.iter().map(|logged| logged.entry.number).collect();
    logged.iter().map(|logged| entry(store, logged, &standing)).collect()
}

fn entry(store: &Store, logged: &Logged, standing: &BTreeSet<u64>) -> khronika_keep::Result<Entry> {
    let found = logged.details.get("found").and_then(Value::as_array);
    let title = found.and_then(|found| found.first()?.get("title")?.as_str());
    let name = logged.details.get("name").and_then(Value::as_str).map(str::to_owned);
    // What an entry is about is told by its name, not by its digest.
    let of = logged.entry.about.as_deref().filter(|about| about.starts_with("sha256:"));
    let name = name.or_else(|| of.and_then(|about| store.find_source(about).ok()).map(|row| row.name));
    let shown = logged.details.iter().filter(|(name, _)| !matches!(name.as_str(), "nonce" | "found" | "name"));
    let details = shown.map(|(name, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        (name.clone(), value)
    });
    let entry = &logged.entry;
    Ok(Entry {
        number: entry.number,
        time: entry.time.to_string(),
        kind: entry.kind.clone(),
        about: entry.about.clone(),
        title: title.map(str::to_owned).or(name),
        by: store.label(&entry.key)?.unwrap_or_default(),
        details: details.collect(),
        can_be_undone: standing.contains(&entry.number),
    })
}

/// How many entries are looked through at once, and how many of those that are new are shown.
const AT_ONCE: u64 = 500;
const SHOWN: usize = 12;
/// How many new entries are counted.
const COUNTED: u64 = 2000;

/// The last entry that whoever opened the case signed: its number, and when it was made.
pub(super) fn last_of(store: &Store) -> khronika_keep::Result<Option<(u64, String)>> {
    let (own, mut end) = (store.own_name(), store.size()?);
    while end > 0 {
        let from = end.saturating_sub(AT_ONCE);
        let logged = store.log(from, end - from)?;
        if let Some(Logged { entry, .. }) = logged.iter().rev().find(|logged| logged.entry.key.name() == own) {
            return Ok(Some((entry.number, entry.time.to_string())));
        }
        end = from;
    }
    Ok(None)
}

/// What others changed since an entry.
pub(super) fn since(store: &Store, entry: u64, time: String) -> khronika_keep::Result<Since> {
    let own = store.own_name();
    let mut newer = store.log(entry + 1, COUNTED)?;
    newer.retain(|logged| logged.entry.key.name() != own);
    let received = newer.iter().filter(|logged| logged.entry.kind == "source.received");
    let digests = received.filter_map(|logged| logged.entry.about.as_deref()?.strip_prefix("sha256:")?.get(..10));
    let sources = digests.map(|digest| format!("s-{digest}")).collect();
    let count = newer.len();
    let newest: Vec<Logged> = newer.into_iter().rev().take(SHOWN).collect();
    Ok(Since { entry, time, count, entries: entries(store, &newest)?, sources })
}

/// The judgments from entry `seen` on that speak of any of these events, or take back one that does.
pub(super) fn touched(store: &Store, about: &[String], seen: u64) -> khronika_keep::Result<Vec<Logged>> {
    let size = store.size()?;
    let newer = store.log(seen, size.saturating_sub(seen))?;
    let newer = newer.into_iter().filter(|logged| logged.entry.kind.starts_with("judgment."));
    let mut touched = Vec::new();
    for logged in newer {
        let spoken_of = match logged.details.get("number").and_then(Value::as_u64) {
            None => speaks_of(&logged, about),
            Some(number) => store.log(number, 1)?.first().is_some_and(|taken_back| speaks_of(taken_back, about)),
        };
        if spoken_of {
            touched.push(logged);
        }
    }
    Ok(touched)
}

fn speaks_of(logged: &Logged, about: &[String]) -> bool {
    let ids = logged.details.get("about").and_then(Value::as_array);
    ids.into_iter().flatten().filter_map(Value::as_str).any(|id| about.iter().any(|other| other == id))
}
