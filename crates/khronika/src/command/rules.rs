//! `khronika rules`: the rules that acts are found by and periods are counted by, listed or shown.

use khronika_data::Dataset;
use toml::Value;

use crate::args::{Rules, RulesCommand, RulesList};
use crate::command::explain::{Rule, collect, json, shown, unknown};
use crate::terminal::table::{aligned, clipped};
use crate::terminal::{self, Pen};
use crate::{Failure, Outcome};

/// How many characters of what a rule is for the list shows.
const WORDS: usize = 70;

/// Lists rules, or shows one.
pub(crate) fn run(args: &Rules) -> Result<Outcome, Failure> {
    let mut rules = collect(&Dataset::embedded())?;
    rules.retain(of_acts_or_periods);
    let all = RulesList { begins: None, json: args.json };
    let command = args.command.as_ref();
    let text = match command.unwrap_or(&RulesCommand::List(all)) {
        RulesCommand::List(list) => {
            let begins = list.begins.as_deref().unwrap_or_default();
            let chosen: Vec<&Rule> = rules.iter().filter(|rule| rule.id.starts_with(begins)).collect();
            if chosen.is_empty() {
                return Err(unknown(begins, &rules, LIST));
            }
            if list.json { json(&chosen)? } else { table(&chosen) }
        }
        RulesCommand::Show(one) => {
            let chosen: Vec<&Rule> = rules.iter().filter(|rule| rule.id == one.id).collect();
            if chosen.is_empty() {
                return Err(unknown(&one.id, &rules, LIST));
            }
            let text = || chosen.iter().map(|rule| shown(rule, Pen::stdout())).collect::<Vec<_>>().join("\n");
            if one.json { json(&chosen)? } else { text() }
        }
    };
    terminal::print(&text)?;
    Ok(Outcome::Done)
}

/// The command that lists the rules.
const LIST: &str = "khronika rules list";

/// The keys that give the classes of an act: a row without one is of the small words around acts.
const CLASSES: [&str; 2] = ["class", "classes"];

/// True for the rows that acts are found by and periods are counted by.
fn of_acts_or_periods(rule: &Rule) -> bool {
    let mut parts = rule.file.split('/');
    match (parts.next(), rule.file.rsplit('/').next()) {
        (Some("time-limits"), _) => true,
        (Some("lexicon"), Some(file)) => {
            file.starts_with("acts") && CLASSES.iter().any(|key| rule.row.contains_key(*key))
        }
        _ => false,
    }
}

/// A line for each rule: its id, its status, its period or class, and what it is for.
fn table(rules: &[&Rule]) -> String {
    let word = |rule: &Rule, keys: &[&str]| {
        let value = keys.iter().find_map(|key| rule.row.get(*key));
        let said = match value {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
            _ => "–".to_owned(),
        };
        clipped(&said, WORDS)
    };
    let line = |rule: &&Rule| {
        [
            rule.id.clone(),
            word(rule, &["status"]),
            word(rule, &["period", "class", "classes"]),
            word(rule, &["what", "finds", "forms"]),
        ]
    };
    aligned(&rules.iter().map(line).collect::<Vec<_>>(), 0)
}
