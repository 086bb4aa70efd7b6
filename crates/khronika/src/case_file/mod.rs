//! Case files, as the commands open them.

pub(crate) mod build;
pub(crate) mod cache;
pub(crate) mod intake;
mod layout;
pub(crate) mod saying;
pub(crate) mod secret;
pub(crate) mod shape;

use std::path::Path;

use jiff::Timestamp;
use khronika_core::{Problem, Source};
pub(crate) use khronika_keep::is_case as is_case_file;
use khronika_keep::{Error, SourceRow, Store, guard_memory};

use crate::args::keep::Unlock;
use crate::failure::Failure;

/// The time, for the journal.
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Opens a case file, asking for the passphrase where it has to.
pub(crate) fn open(path: &Path, unlock: &Unlock) -> Result<Store, Failure> {
    guard_memory();
    if !path.exists() {
        let what = format!("there is no {}", path.display());
        return Err(Failure::new(what, "check the path, or make a case with `khronika init`"));
    }
    if !is_case_file(path) {
        let what = format!("{} is not a case file", path.display());
        return Err(Failure::new(what, "name a file that `khronika init` made"));
    }
    let opener = secret::opener(unlock, &format!("passphrase of {}", path.display()))?;
    Store::open(path, &opener).map_err(|error| failed(path, &error))
}

/// As [`open`]; that the file is damaged is an answer.
pub(crate) fn open_or_damage(path: &Path, unlock: &Unlock) -> Result<Result<Store, String>, Failure> {
    guard_memory();
    if !path.exists() || !is_case_file(path) {
        return open(path, unlock).map(Ok);
    }
    let opener = secret::opener(unlock, &format!("passphrase of {}", path.display()))?;
    match Store::open(path, &opener) {
        Ok(store) => Ok(Ok(store)),
        Err(error) if error.is_damaged() => Ok(Err(error.to_string())),
        Err(error) => Err(failed(path, &error)),
    }
}

/// What went wrong with a case file, and the next step.
pub(crate) fn failed(path: &Path, error: &Error) -> Failure {
    let shown = path.display();
    let hint = if error.is_wrong_key() {
        "check the passphrase (and the keyboard's language), or name your identity file with --identity".to_owned()
    } else if error.is_busy() {
        "another khronika works on it: wait until it is done, and run again".to_owned()
    } else if error.is_damaged() {
        format!("run `khronika verify {shown}` to see what is hit, and go on with a copy made by `khronika backup`")
    } else if let Some(log) = error.foreign_log() {
        format!("move {log} to the case that it belongs to, or away from here (nothing was changed), and run again")
    } else if error.is_not_a_case() {
        "name a file that `khronika init` made".to_owned()
    } else if error.is_full() {
        "free some space and run again: what was acknowledged before is in the case".to_owned()
    } else {
        "check the path and what was asked for, and run again".to_owned()
    };
    Failure::new(format!("{shown}: {error}"), hint)
}

/// What a source of a case is for the steps that find and weigh: its text as it was kept, and what was wrong with its reading. `None`
/// where it has not been read.
pub(crate) fn source(store: &Store, row: &SourceRow) -> Result<Option<(Source, Vec<Problem>)>, Error> {
    Ok(store.text(row.id)?.and_then(|text| shape::source(row, text)))
}
