//! `khronika log`: the journal of a case file.

mod stamp;

use khronika_keep::{Error, Logged, Store};
use khronika_seal::digest::to_hex;
use serde_json::{Value, json};

use crate::args::keep::Log;
use crate::case_file;
use crate::terminal::table::{clipped, tame};
use crate::{Failure, Outcome, terminal};

/// The widest value that is shown whole.
const VALUE: usize = 100;
/// How many entries are read at a time.
const PAGE: u64 = 1000;

/// Shows the journal.
pub(crate) fn run(args: &Log) -> Result<Outcome, Failure> {
    let store = case_file::open(&args.case, &args.unlock)?;
    if !args.attach.is_empty() {
        return stamp::attach(args, store);
    }
    let failed = |error: Error| case_file::failed(&args.case, &error);
    if args.checkpoint {
        terminal::print(&store.checkpoint().map_err(failed)?)?;
        return Ok(Outcome::Done);
    }
    if let Some(file) = &args.timestamp_request {
        return stamp::request(args, &store, file);
    }
    let show = |entries: &[Logged]| -> Result<(), Failure> {
        let mut shown = String::new();
        for entry in entries {
            if args.json {
                shown.push_str(&format!("{}\n", to_json(&store, entry).map_err(failed)?));
            } else {
                shown.push_str(&told(&store, entry).map_err(failed)?);
            }
        }
        terminal::print(&shown)
    };
    match (&args.about, &args.kind) {
        (Some(about), _) => {
            // A document may be named as everywhere else.
            let source = store.find_source(about).map(|row| format!("sha256:{}", to_hex(&row.sha256)));
            show(&store.log_about(&source.unwrap_or_else(|_| about.clone())).map_err(failed)?)?;
        }
        (None, Some(kind)) => show(&store.log_of(kind).map_err(failed)?)?,
        (None, None) => {
            let mut from = 0;
            loop {
                let entries = store.log(from, PAGE).map_err(failed)?;
                show(&entries)?;
                from += PAGE;
                if (entries.len() as u64) < PAGE {
                    break;
                }
            }
        }
    }
    Ok(Outcome::Done)
}

/// An entry in a few lines, for a person.
pub(super) fn told(store: &Store, logged: &Logged) -> Result<String, Error> {
    let entry = &logged.entry;
    let who = store.label(&entry.key)?.unwrap_or_default();
    let about = entry.about.as_deref().unwrap_or_default();
    let mut told = format!("{:>5}  {}  {}  {}\n", entry.number, entry.time, entry.kind, tame(&who));
    if !about.is_empty() {
        told.push_str(&format!("       about {}\n", tame(about)));
    }
    for (name, value) in logged.details.iter().filter(|(name, _)| *name != "nonce") {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        told.push_str(&format!("       {name}: {}\n", clipped(&value, VALUE)));
    }
    Ok(told)
}

/// An entry, as programs get it.
pub(super) fn to_json(store: &Store, logged: &Logged) -> Result<Value, Error> {
    let entry = &logged.entry;
    Ok(json!({
        "number": entry.number,
        "time": entry.time.to_string(),
        "kind": entry.kind,
        "about": entry.about,
        "by": store.label(&entry.key)?,
        "key": entry.key.to_string(),
        "details": logged.details,
        "record": logged.record,
    }))
}
