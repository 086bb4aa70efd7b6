//! `khronika find --jsonl`: documents in, what each of them says out, for engines that spread work over many machines.

use khronika_case::{WeighOptions, weigh};
use khronika_core::{Day, Lang};
use khronika_read::ReadOptions;
use khronika_show::{Program, json};
use serde_json::{Map, Value};

use crate::args::Find;
use crate::command::lines;
use crate::packs::Packs;
use crate::rules::Rules;
use crate::{Failure, Outcome};

/// The parts of `case.json` that are the same for every document, or that the caller already has.
const LEFT_OUT: [&str; 3] = ["schema", "program", "sources"];

/// Answers every line of the standard input.
pub(crate) fn run(args: &Find) -> Result<Outcome, Failure> {
    let rules = Rules::load()?;
    let packs = Packs::new(args.no_models);
    lines::answer_all(|line, out| {
        let answer = found(&rules, &packs, line)?;
        serde_json::to_writer(&mut *out, &answer).map_err(|error| error.to_string())?;
        out.push(b'\n');
        Ok(())
    })
}

/// What one document says: the lists of `case.json` for a case of this document alone, and its `doc`.
fn found(rules: &Rules, packs: &Packs, line: &str) -> Result<Value, String> {
    let question: Map<String, Value> =
        serde_json::from_str(line).map_err(|error| format!("not a JSON object: {error}"))?;
    let word = |key: &str| question.get(key).and_then(Value::as_str);
    let doc = question.get("doc").cloned().ok_or("no \"doc\"")?;
    let text = word("text").ok_or("no \"text\"")?;
    let name = doc.as_str().map_or_else(|| doc.to_string(), str::to_owned);
    let options = ReadOptions { lang: word("lang").and_then(Lang::new), ..ReadOptions::default() };
    let (mut source, mut problems) =
        rules.reader.read_text(&name, text, &options).map_err(|problem| format!("{name}: {}", problem.what))?;
    if let Some(day) = word("dct").and_then(|day| day.get(..10)?.parse::<Day>().ok()) {
        source.meta_date = Some(day);
    }
    let findings = rules.finder.find_with(&source, packs);
    let mut case = weigh(vec![source], vec![findings], &WeighOptions::default(), &rules.case);
    case.problems.append(&mut problems);
    let Value::Object(case) = json::to_json(&case, &Program::default()) else {
        return Err("the case is no object".to_owned());
    };
    let mut answer = Map::new();
    answer.insert("doc".to_owned(), doc);
    answer.extend(case.into_iter().filter(|(key, _)| !LEFT_OUT.contains(&key.as_str())));
    Ok(Value::Object(answer))
}
