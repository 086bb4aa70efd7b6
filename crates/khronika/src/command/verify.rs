//! `khronika verify`: whether a case file is what it says.

use std::fs;

use khronika_keep::Holds;
use serde_json::{Value, json};

use crate::args::keep::Verify;
use crate::case_file;
use crate::terminal::table::tame;
use crate::terminal::{Ink, Pen};
use crate::{Failure, Outcome, terminal};

/// Verifies.
pub(crate) fn run(args: &Verify) -> Result<Outcome, Failure> {
    let kept: Vec<Vec<u8>> = args
        .checkpoint
        .iter()
        .map(|path| fs::read(path).map_err(|error| Failure::io("read the checkpoint", path, &error)))
        .collect::<Result<_, _>>()?;
    let mut store = match case_file::open_or_damage(&args.case, &args.unlock)? {
        Ok(store) => store,
        // Known to be damaged before anything could be read: that is an answer.
        Err(damage) => {
            show(args, &[("file", Holds::No, damage)])?;
            return Ok(Outcome::DoneInPart);
        }
    };
    let verified = store
        .verify(&kept, &mut |what| terminal::step(&format!("checking: {what}")))
        .map_err(|error| case_file::failed(&args.case, &error))?;
    let mut checks: Vec<(&str, Holds, String)> =
        verified.checks.iter().map(|check| (check.what, check.holds, check.found.clone())).collect();
    if kept.is_empty() {
        checks.push((
            "note",
            Holds::Yes,
            "no checkpoint was handed in: that the whole file is an older copy of itself could not be seen".to_owned(),
        ));
    }
    show(args, &checks)?;
    match verified.holds() {
        Holds::Yes => Ok(Outcome::Done),
        Holds::No => Ok(Outcome::DoneInPart),
        Holds::Unknown => Err(Failure::new(
            format!("{} could not be judged in full", args.case.display()),
            "see what is marked “unknown” above, and run again",
        )),
    }
}

fn show(args: &Verify, checks: &[(&str, Holds, String)]) -> Result<(), Failure> {
    let word = |holds: Holds| match holds {
        Holds::Yes => "holds",
        Holds::No => "does not hold",
        Holds::Unknown => "unknown",
    };
    if args.json {
        let has = |answer: Holds| checks.iter().any(|check| check.1 == answer);
        let all = if has(Holds::No) {
            Holds::No
        } else if has(Holds::Unknown) {
            Holds::Unknown
        } else {
            Holds::Yes
        };
        let told: Vec<Value> = checks
            .iter()
            .filter(|check| check.0 != "note")
            .map(|(what, holds, found)| json!({"what": what, "answer": word(*holds), "found": found}))
            .collect();
        return terminal::print_json(&json!({"path": args.case, "answer": word(all), "checks": told}));
    }
    let pen = Pen::stdout();
    let mut shown = String::new();
    for (what, holds, found) in checks {
        let answer = match holds {
            _ if *what == "note" => "     ".to_owned(),
            Holds::Yes => "holds".to_owned(),
            Holds::No => pen.ink(Ink::Red, "FAILS"),
            Holds::Unknown => pen.ink(Ink::Yellow, "  ?  "),
        };
        shown.push_str(&format!("{answer}  {what:<10}  {}\n", tame(found)));
    }
    terminal::print(&shown)
}
