//! `khronika show`: a document of a case file.

use std::io::{self, Write as _};

use khronika_seal::digest::to_hex;
use serde_json::{Value, json};

use crate::args::keep::Show;
use crate::case_file;
use crate::command::list::to_json;
use crate::command::log;
use crate::terminal::table::{aligned, tame};
use crate::{Failure, Outcome, terminal};

/// Shows a document.
pub(crate) fn run(args: &Show) -> Result<Outcome, Failure> {
    let store = case_file::open(&args.case, &args.unlock)?;
    let failed = |error: &khronika_keep::Error| case_file::failed(&args.case, error);
    let source = store.find_source(&args.source).map_err(|error| {
        let hint = format!("`khronika list {}` shows them all", args.case.display());
        Failure::new(format!("{}: {error}", args.case.display()), hint)
    })?;
    if args.bytes {
        let mut out = io::BufWriter::new(io::stdout().lock());
        store.copy_source(source.id, &mut out).map_err(|e| failed(&e))?;
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let text = store.text(source.id).map_err(|e| failed(&e))?;
    if args.text {
        let text = text.ok_or_else(|| {
            let hint = "take the bytes with --bytes";
            Failure::new(format!("{} has not been read: there is no text of it", source.name), hint)
        })?;
        terminal::print(&text.text)?;
        return Ok(Outcome::Done);
    }
    let about = format!("sha256:{}", to_hex(&source.sha256));
    let entries = store.log_about(&about).map_err(|e| failed(&e))?;
    if args.json {
        let mut shown = to_json(&source);
        let entries: Result<Vec<Value>, _> = entries.iter().map(|entry| log::to_json(&store, entry)).collect();
        if let Some(members) = shown.as_object_mut() {
            members.insert("entries".to_owned(), Value::Array(entries.map_err(|e| failed(&e))?));
            members.insert("text".to_owned(), json!(text.map(|text| text.text)));
        }
        terminal::print_json(&shown)?;
        return Ok(Outcome::Done);
    }
    let mut rows = vec![
        ["id".to_owned(), source.name_id()],
        ["name".to_owned(), source.name.clone()],
        ["size".to_owned(), format!("{} bytes", source.size)],
        ["media type".to_owned(), source.media_type.clone()],
        ["SHA-256".to_owned(), to_hex(&source.sha256)],
        ["BLAKE3".to_owned(), to_hex(&source.blake3)],
        ["language".to_owned(), source.lang.clone().unwrap_or_else(|| "not read yet".to_owned())],
    ];
    rows.iter_mut().for_each(|[_, value]| *value = tame(value).into_owned());
    let mut shown = aligned(&rows, 0);
    for entry in &entries {
        shown.push('\n');
        shown.push_str(&log::told(&store, entry).map_err(|e| failed(&e))?);
    }
    terminal::print(&shown)?;
    Ok(Outcome::Done)
}
