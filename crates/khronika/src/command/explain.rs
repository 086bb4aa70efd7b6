//! `khronika explain`: the text of a rule.
//!
//! Every row of every data file that has an `id` can be explained, whatever it is for. The row is printed as it stands, under plain
//! headings, so that a new kind of row needs nothing here.

use khronika_core::{BY_HAND, MODELS};
use khronika_data::Dataset;
use toml::{Table, Value};

use crate::args::Explain;
use crate::packs::Packs;
use crate::terminal::table::{aligned, clipped};
use crate::terminal::{self, Ink, Pen};
use crate::{Failure, Outcome};

/// How many rules are printed in full for one beginning of an id.
const IN_FULL: usize = 12;

/// What is said of every model.
const WHAT_MODELS_DO: &str =
    "  A language model: a small neural network that reads the grammar of a sentence and guesses which words are names.

  It is asked
    who does what an act tells, where the rules name nobody (it stands in made_by beside the act's rule);
    who says what, where the rules see a reporting verb and no speaker (beside the statement's rule);
    whether a capitalised word that no list knows names a person or an organisation (alone).

  It does not claim
    that anything happened, when, or with which effect: that is found by rules. What rests on it has a lower confidence.

  Status
    ";

/// How far the guesses of a model may be believed.
const fn standing(is_measured: bool) -> &'static str {
    match is_measured {
        true => "unverified: a guess, right more often than not by what was measured on labelled papers",
        false => "unverified: a guess, of which nobody has measured how often it is right",
    }
}

/// The command that lists the rules.
const LIST: &str = "khronika explain --list";

/// A row of a data file.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) id: String,
    /// The path under `data/`.
    pub(crate) file: String,
    pub(crate) row: Table,
}

/// Prints a rule, or lists rules.
pub(crate) fn run(args: &Explain) -> Result<Outcome, Failure> {
    let rules = collect(&Dataset::embedded())?;
    let asked = args.id.as_deref().unwrap_or_default();
    if let Some(entry) = asked.strip_prefix(BY_HAND) {
        return by_hand(asked, entry, args.json);
    }
    if asked.starts_with(MODELS) {
        return model(asked, args.json);
    }
    let exact: Vec<&Rule> = rules.iter().filter(|rule| rule.id == asked).collect();
    let chosen: Vec<&Rule> = if exact.is_empty() || args.list {
        rules.iter().filter(|rule| rule.id.starts_with(asked)).collect()
    } else {
        exact
    };
    if chosen.is_empty() {
        return Err(unknown(asked, &rules, LIST));
    }
    let text = if args.json {
        json(&chosen)?
    } else if args.list || chosen.len() > IN_FULL {
        list(&chosen)
    } else {
        chosen.iter().map(|rule| shown(rule, Pen::stdout())).collect::<Vec<_>>().join("\n")
    };
    terminal::print(&text)?;
    Ok(Outcome::Done)
}

/// What was made by no rule.
fn by_hand(asked: &str, entry: &str, as_json: bool) -> Result<Outcome, Failure> {
    let what = format!(
        "A person added this by hand, to the words that it quotes; no rule and no model found it. Entry {entry} of the journal \
         says who, when and why: `khronika judge CASE list`, or `khronika log CASE`."
    );
    if as_json {
        terminal::print_json(&serde_json::json!([{"id": asked, "what": what}]))?;
    } else {
        terminal::print(&format!("{asked}\n\n  {what}\n"))?;
    }
    Ok(Outcome::Done)
}

/// What a language model is, and what rests on it.
fn model(asked: &str, as_json: bool) -> Result<Outcome, Failure> {
    let packs = Packs::new(false);
    let named = packs.all().find(|(_, pack)| asked.strip_prefix(MODELS) == Some(pack.name.as_str()));
    let Some((pack, opened)) = named.and_then(|(_, pack)| Some((pack, pack.opened()?))) else {
        return Err(Failure::new(format!("no model {asked} is in use"), "`khronika models used` lists those that are"));
    };
    let meta = opened.engine.pipeline().meta();
    let text = if as_json {
        let object = serde_json::json!({
            "id": asked, "name": pack.name, "version": meta.version, "license": meta.license, "sha256": opened.digest,
            "measured": pack.is_measured(),
        });
        let text = serde_json::to_string_pretty(&object);
        text.map_err(|error| Failure::internal("writing JSON", &error.to_string()))? + "\n"
    } else {
        let head = Pen::stdout().ink(Ink::Bold, asked);
        let (license, digest) = (&meta.license, &opened.digest);
        let status = standing(pack.is_measured());
        format!(
            "{head}\n\n{WHAT_MODELS_DO}{status}\n\n  Licence\n    {license}\n\n  SHA-256 of the pack\n    {digest}\n"
        )
    };
    terminal::print(&text)?;
    Ok(Outcome::Done)
}

/// Every row with an id, in order of id and file.
pub(crate) fn collect(data: &Dataset) -> Result<Vec<Rule>, Failure> {
    let mut rules = Vec::new();
    for (file, text) in data.under("").filter(|(file, _)| file.ends_with(".toml")) {
        let table: Table = text.parse().map_err(|error| {
            Failure::new(format!("data file {file} is not TOML: {error}"), "mend the file and build again")
        })?;
        rows(file, &table, &mut rules);
    }
    rules.sort_by(|a, b| (&a.id, &a.file).cmp(&(&b.id, &b.file)));
    Ok(rules)
}

fn rows(file: &str, table: &Table, rules: &mut Vec<Rule>) {
    if let Some(Value::String(id)) = table.get("id") {
        rules.push(Rule { id: id.clone(), file: file.to_owned(), row: table.clone() });
    }
    for value in table.values() {
        match value {
            Value::Table(inner) => rows(file, inner, rules),
            Value::Array(items) => {
                for inner in items.iter().filter_map(Value::as_table) {
                    rows(file, inner, rules);
                }
            }
            _ => {}
        }
    }
}

/// Nothing has this id: names the ids that share the most with it. `list` is the command that lists them.
pub(crate) fn unknown(asked: &str, rules: &[Rule], list: &str) -> Failure {
    let shared = |rule: &Rule| rule.id.chars().zip(asked.chars()).take_while(|(a, b)| a == b).count();
    let best = rules.iter().map(shared).max().unwrap_or(0);
    let near: Vec<&str> = rules.iter().filter(|r| shared(r) == best).map(|r| r.id.as_str()).take(3).collect();
    let hint = if best == 0 || near.is_empty() {
        format!("`{list}` lists all rules")
    } else {
        format!("`{list}` lists all rules; near this one: {}", near.join(", "))
    };
    Failure::new(format!("no rule has the id {asked}"), hint)
}

fn list(rules: &[&Rule]) -> String {
    let line = |rule: &&Rule| {
        let status = rule.row.get("status").and_then(Value::as_str).unwrap_or("–");
        [rule.id.clone(), status.to_owned(), format!("data/{}", rule.file)]
    };
    aligned(&rules.iter().map(line).collect::<Vec<_>>(), 0)
}

pub(crate) fn json(rules: &[&Rule]) -> Result<String, Failure> {
    let rows: Vec<serde_json::Value> = rules
        .iter()
        .map(|rule| serde_json::json!({ "id": rule.id, "file": format!("data/{}", rule.file), "row": rule.row }))
        .collect();
    let text =
        serde_json::to_string_pretty(&rows).map_err(|error| Failure::internal("writing JSON", &error.to_string()))?;
    Ok(text + "\n")
}

/// What stands over a part of a rule; other keys are printed as they are.
const HEADINGS: [(&str, &str); 7] = [
    ("examples", "It finds"),
    ("not", "It does not find"),
    ("forms", "Words"),
    ("source", "Source"),
    ("status", "Status"),
    ("note", "Note"),
    ("not_claimed", "It does not claim"),
];

/// One rule for a person.
pub(crate) fn shown(rule: &Rule, pen: Pen) -> String {
    let mut text =
        format!("{}  {}\n", pen.ink(Ink::Bold, &rule.id), pen.ink(Ink::Cyan, &format!("data/{}", rule.file)));
    let (last, first): (Vec<_>, Vec<_>) = rule
        .row
        .iter()
        .filter(|(key, _)| *key != "id")
        .partition(|(key, _)| matches!(key.as_str(), "source" | "status"));
    for (key, value) in first.into_iter().chain(last) {
        let heading = HEADINGS.iter().find(|(k, _)| k == key).map_or_else(|| named(key), |(_, h)| (*h).into());
        let mut words = said(value);
        if words.is_empty() {
            continue;
        }
        if key == "status" && words == "unverified" {
            words = format!("{} – every output that rests on it says so", pen.ink(Ink::Yellow, "unverified"));
        }
        text.push_str(&format!("\n  {heading}\n"));
        for line in words.lines() {
            text.push_str(&format!("    {line}\n"));
        }
    }
    text
}

/// A key as a heading: `pending_again` is "Pending again".
fn named(key: &str) -> String {
    let mut letters = key.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).map(|c| if c == '_' { ' ' } else { c }).collect()
}

/// A value in words: a list one item a line, a table one key a line.
fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Array(items) => {
            let lines: Vec<String> = items.iter().map(said).collect();
            let short = items.iter().all(|i| i.as_str().is_none_or(|s| s.split_whitespace().count() < 4));
            if short { lines.join(" · ") } else { lines.join("\n") }
        }
        Value::Table(table) => {
            let line = |(key, value): (&String, &Value)| format!("{key}: {}", clipped(&said(value), 200));
            table.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> Dataset {
        let file = r#"
[[row]]
id = "en.annul.quash"
class = "ANNUL"
forms = ["quash{,es,ed}", "set{,s} aside"]
source = "our own reading of judgments"
status = "unverified"
examples = ["The court quashed the conviction."]
not = ["He asked the court to quash the conviction."]

[[row]]
id = "en.annul.void"
status = "verified"
"#;
        Dataset::from_files([("lexicon/en/acts.toml".to_owned(), file.to_owned())])
    }

    #[test]
    fn a_rule_is_printed_whole_with_its_near_misses() {
        let rules = collect(&data()).unwrap();
        assert_eq!(
            shown(&rules[0], Pen::plain()),
            "\
en.annul.quash  data/lexicon/en/acts.toml

  Class
    ANNUL

  Words
    quash{,es,ed} · set{,s} aside

  It finds
    The court quashed the conviction.

  It does not find
    He asked the court to quash the conviction.

  Source
    our own reading of judgments

  Status
    unverified – every output that rests on it says so
"
        );
    }

    #[test]
    fn an_unknown_id_names_its_neighbours() {
        let failure = unknown("en.annul.quach", &collect(&data()).unwrap(), LIST);
        assert_eq!(failure.what, "no rule has the id en.annul.quach");
        assert!(failure.hint.ends_with("near this one: en.annul.quash"), "{}", failure.hint);
    }

    #[test]
    fn the_list_gives_status_and_file() {
        let rules = collect(&data()).unwrap();
        assert_eq!(
            list(&rules.iter().collect::<Vec<_>>()),
            "en.annul.quash  unverified  data/lexicon/en/acts.toml\nen.annul.void   verified    data/lexicon/en/acts.toml\n"
        );
    }

    #[test]
    fn every_embedded_file_can_be_read() {
        collect(&Dataset::embedded()).unwrap();
    }
}
