//! `khronika key`: what opens a case file.

use std::fs::OpenOptions;
use std::io::Write as _;

use khronika_keep::{Effort, minisign_key, new_identity};
use khronika_seal::note::VerifierKey;
use serde_json::{Value, json};

use crate::args::keep::{Key, KeyCommand};
use crate::case_file::{self, secret};
use crate::terminal::table::{aligned, clipped};
use crate::{Failure, Outcome, terminal};

/// Lists, adds or removes keys.
pub(crate) fn run(args: &Key) -> Result<Outcome, Failure> {
    match &args.command {
        KeyCommand::New { file } => new(file),
        KeyCommand::List { case, json, unlock } => {
            let store = case_file::open(case, unlock)?;
            list(&store, *json).map_err(|error| error.unwrap_or_failed(case))?;
            Ok(Outcome::Done)
        }
        KeyCommand::Add { case, label, recipient, new_passphrase_file, unlock } => {
            let mut store = case_file::open(case, unlock)?;
            let failed = |error: khronika_keep::Error| case_file::failed(case, &error);
            let id = match recipient {
                Some(recipient) => store.write(case_file::now(), |write| write.add_recipient(recipient, label)),
                None => {
                    let passphrase = secret::new_passphrase(new_passphrase_file.as_deref())?;
                    store.write(case_file::now(), |write| write.add_passphrase(&passphrase, Effort::default(), label))
                }
            };
            let id = id.map_err(failed)?;
            store.close().map_err(failed)?;
            terminal::line(&format!("{label} can open {} now (key {id})", case.display()));
            Ok(Outcome::Done)
        }
        KeyCommand::Remove { case, id, unlock } => {
            let mut store = case_file::open(case, unlock)?;
            let failed = |error: khronika_keep::Error| case_file::failed(case, &error);
            store.write(case_file::now(), |write| write.remove_key(id)).map_err(failed)?;
            store.close().map_err(failed)?;
            terminal::line(&format!(
                "key {id} does not open {} any more; copies that were made before it still opens",
                case.display()
            ));
            Ok(Outcome::Done)
        }
    }
}

/// What went wrong on the way to the terminal, or in the case.
enum Wrong {
    Case(khronika_keep::Error),
    Terminal(Failure),
}

impl Wrong {
    fn unwrap_or_failed(self, case: &std::path::Path) -> Failure {
        match self {
            Self::Case(error) => case_file::failed(case, &error),
            Self::Terminal(failure) => failure,
        }
    }
}

fn list(store: &khronika_keep::Store, as_json: bool) -> Result<(), Wrong> {
    let keys = store.keys().map_err(Wrong::Case)?;
    if as_json {
        let listed: Vec<Value> = keys
            .iter()
            .map(|key| {
                json!({
                    "id": key.id, "kind": key.kind, "label": key.label, "recipient": key.recipient, "signing": key.signing,
                    "minisign": key.signing.iter().filter_map(|key| minisign(key)).collect::<Vec<_>>(),
                    "in_use": key.id == store.slot(),
                })
            })
            .collect();
        return terminal::print_json(&Value::Array(listed)).map_err(Wrong::Terminal);
    }
    let head = ["ID", "KIND", "LABEL", "SIGNS AS"].map(str::to_owned);
    let rows = keys.iter().map(|key| {
        let signs = key.signing.first().and_then(|key| minisign(key));
        let signs = signs.unwrap_or_else(|| "has not written yet".to_owned());
        let own = if key.id == store.slot() { " (in use)" } else { "" };
        [format!("{}{own}", key.id), key.kind.clone(), clipped(&key.label, 30), signs]
    });
    terminal::print(&aligned(&std::iter::once(head).chain(rows).collect::<Vec<_>>(), 0)).map_err(Wrong::Terminal)
}

/// A signing key as minisign writes it, which is how whoever checks an export is told it.
fn minisign(key: &str) -> Option<String> {
    minisign_key(&VerifierKey::parse(key).ok()?).ok().map(|key| key.line())
}

fn new(path: &std::path::Path) -> Result<Outcome, Failure> {
    khronika_keep::guard_memory();
    let (text, recipient) = new_identity();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| Failure::io("write the identity", path, &error))?;
    terminal::print(&format!("{recipient}\n"))?;
    terminal::line(&format!(
        "{} opens the cases that this recipient is added to: keep it to yourself, and a copy of it elsewhere",
        path.display()
    ));
    Ok(Outcome::Done)
}
