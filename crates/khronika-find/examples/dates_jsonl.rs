//! Reads lines of `{"doc", "text", "dct"?, "lang"?}` and writes a line for each temporal expression.

use std::io::{self, BufRead, Write};

use khronika_data::Dataset;
use khronika_find::time::{TimeRules, jsonl};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = TimeRules::load(&Dataset::embedded())?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        jsonl::answer(&rules, &line?, &mut out)?;
    }
    out.flush()?;
    Ok(())
}
