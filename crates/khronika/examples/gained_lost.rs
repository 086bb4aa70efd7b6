//! Compares two `case.json` files of the same texts: which findings came, which went.
//!
//! ```text
//! cargo run --example gained_lost -- old/case.json new/case.json
//! ```
//!
//! A finding is told apart by what it is, where it stands and what it says, not by its rule or its id, so that a rule may be renamed
//! without a line here. Read the list before a change of rules is merged: a false finding costs more than a missed one.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, Write as _};

use serde_json::Value;

/// How often each finding occurs. A finding is its kind and a line that a person can read.
type Findings = BTreeMap<(&'static str, String), usize>;

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [old, new] = paths.as_slice() else { return Err("give two files: the old case.json and the new".into()) };
    let (old, new) = (load(old)?, load(new)?);
    let lost = minus(&old, &new);
    let gained = minus(&new, &old);
    let mut out = io::stdout().lock();
    for (sign, findings) in [('-', &lost), ('+', &gained)] {
        for ((kind, line), n) in findings {
            let times = if *n > 1 { format!("  × {n}") } else { String::new() };
            writeln!(out, "{sign} {kind:<10} {line}{times}")?;
        }
    }
    writeln!(out, "\n{:<10} {:>8} {:>8} {:>8} {:>8}", "", "before", "after", "lost", "gained")?;
    for kind in KINDS {
        let count = |all: &Findings| all.iter().filter(|((k, _), _)| *k == kind).map(|(_, n)| n).sum::<usize>();
        writeln!(out, "{kind:<10} {:>8} {:>8} {:>8} {:>8}", count(&old), count(&new), count(&lost), count(&gained))?;
    }
    Ok(())
}

const KINDS: [&str; 9] = ["date", "actor", "event", "act", "effect", "statement", "signatory", "deadline", "conflict"];

fn load(path: &str) -> Result<Findings, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let case: Value = serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
    Ok(findings(&case))
}

/// What `a` has and `b` has not, with how many times.
fn minus(a: &Findings, b: &Findings) -> Findings {
    a.iter()
        .filter_map(|(finding, n)| {
            let rest = n.saturating_sub(b.get(finding).copied().unwrap_or(0));
            (rest > 0).then(|| (finding.clone(), rest))
        })
        .collect()
}

fn findings(case: &Value) -> Findings {
    let names: BTreeMap<&str, &str> =
        list(case, "sources").iter().map(|source| (text(source, "id"), text(source, "name"))).collect();
    let mut all = Findings::new();
    let mut add = |kind, line: String| *all.entry((kind, line)).or_default() += 1;
    // "letter.txt 120–141 “3 June 1899”" of the first passage.
    let place = |item: &Value| {
        let passage = match item.get("passage") {
            Some(passage) => passage,
            None => list(item, "passages").first().unwrap_or(&Value::Null),
        };
        let name = names.get(text(passage, "source")).copied().unwrap_or("?");
        let quote: String = text(passage, "quote").split_whitespace().collect::<Vec<_>>().join(" ");
        let quote: String = quote.chars().take(90).collect();
        format!("{name} {}–{} “{quote}”", passage["start"], passage["end"])
    };
    for date in list(case, "dates") {
        add("date", format!("{} {} {} [{}]", text(date, "type"), text(date, "value"), place(date), text(date, "role")));
    }
    for actor in list(case, "actors") {
        add("actor", format!("{} “{}”", text(actor, "kind"), text(actor, "name")));
    }
    for event in list(case, "events") {
        let when = event["when"]["edtf"].as_str().unwrap_or("undated");
        let status = text(event, "status");
        let Some(act) = event.get("act").filter(|act| act.is_object()) else {
            add("event", format!("{when} {status} {}", place(event)));
            continue;
        };
        let outcomes: Vec<&str> = list(act, "outcomes").iter().filter_map(Value::as_str).collect();
        let standing = act["standing"]["status"].as_str().unwrap_or("?");
        let body = act["body"]["name"].as_str().unwrap_or("?");
        add("act", format!("{when} {} {status} → {standing} · {body} · {}", outcomes.join("+"), place(event)));
        for effect in list(act, "effects") {
            let target = if effect["on"].is_null() { "an act not in the file" } else { "an act in the file" };
            add(
                "effect",
                format!("{when} {} {target} ({}) · {}", text(effect, "effect"), text(effect, "basis"), place(event)),
            );
        }
    }
    for statement in list(case, "statements") {
        add("statement", format!("{} {}", text(statement, "stance"), place(statement)));
    }
    for signatory in list(case, "letters").iter().flat_map(|letter| list(letter, "signatories")) {
        add("signatory", format!("{} “{}”", text(signatory, "kind"), text(signatory, "name")));
    }
    for deadline in list(case, "deadlines") {
        let due = deadline["due"].as_str().unwrap_or("no day");
        add("deadline", format!("{due} {} · {}", text(deadline, "rule"), place(deadline)));
    }
    for conflict in list(case, "conflicts") {
        add("conflict", format!("{} · {}", text(conflict, "kind"), text(conflict, "explanation")));
    }
    all
}

fn list<'a>(item: &'a Value, key: &str) -> &'a [Value] {
    item.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(item: &'a Value, key: &str) -> &'a str {
    item.get(key).and_then(Value::as_str).unwrap_or_default()
}
