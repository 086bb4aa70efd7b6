//! `khronika list`: the documents of a case file.

use khronika_keep::SourceRow;
use khronika_seal::digest::to_hex;
use serde_json::{Value, json};

use crate::args::keep::List;
use crate::case_file;
use crate::terminal::table::{aligned, clipped};
use crate::{Failure, Outcome, terminal};

/// The widest name that is shown whole.
const NAME: usize = 60;

/// Lists the documents.
pub(crate) fn run(args: &List) -> Result<Outcome, Failure> {
    let store = case_file::open(&args.case, &args.unlock)?;
    let failed = |error: &khronika_keep::Error| case_file::failed(&args.case, error);
    let sources = store.sources().map_err(|e| failed(&e))?;
    if args.json {
        let name = store.name().map_err(|e| failed(&e))?;
        let listed: Vec<Value> = sources.iter().map(to_json).collect();
        terminal::print_json(&json!({"case": store.id(), "name": name, "sources": listed}))?;
    } else {
        let head = ["ID", "SIZE", "LANG", "RECEIPTS", "NAME"].map(str::to_owned);
        let rows = sources.iter().map(|source| {
            let lang = source.lang.clone().unwrap_or_else(|| "-".to_owned());
            let receipts = source.receipts.to_string();
            [source.name_id(), source.size.to_string(), lang, receipts, clipped(&source.name, NAME)]
        });
        terminal::print(&aligned(&std::iter::once(head).chain(rows).collect::<Vec<_>>(), 0))?;
    }
    store.close().map_err(|e| failed(&e))?;
    Ok(Outcome::Done)
}

/// A document, as programs get it.
pub(super) fn to_json(source: &SourceRow) -> Value {
    json!({
        "id": source.name_id(),
        "name": source.name,
        "sha256": to_hex(&source.sha256),
        "blake3": to_hex(&source.blake3),
        "size": source.size,
        "media_type": source.media_type,
        "language": source.lang,
        "receipts": source.receipts,
        "is_read": source.lang.is_some(),
    })
}
