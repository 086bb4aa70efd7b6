//! `khronika judge`: what people say of findings.

use std::collections::BTreeSet;

use khronika_case::{WeighOptions, weigh};
use khronika_core::{Case, Judgment};
use khronika_keep::{Details, Error, Store};
use khronika_show::title::Titles;
use serde_json::{Value, json};

use crate::args::keep::{Judge, Say};
use crate::case_file::build::Kept;
use crate::case_file::{self};
use crate::command::papers;
use crate::guard::guarded;
use crate::packs::Packs;
use crate::rules::Rules;
use crate::terminal::progress::Progress;
use crate::terminal::table::tame;
use crate::{Failure, Outcome, terminal};

/// How many of the words that a judgment speaks of are kept with it.
const QUOTES: usize = 4;

/// Takes a judgment down, lists them, or takes one back.
pub(crate) fn run(args: &Judge) -> Result<Outcome, Failure> {
    let mut kept = Kept::open(&args.case, &args.unlock)?;
    let verdict = match args.say() {
        None => {
            list(args, &kept.judgments()?)?;
            return Ok(Outcome::Done);
        }
        Some(verdict) => verdict,
    };
    if args.verdict == Say::Withdraw {
        let numbers = args.about.iter().map(|number| number.parse::<u64>().ok()).collect::<Option<BTreeSet<_>>>();
        let numbers = numbers.filter(|numbers| !numbers.is_empty()).ok_or_else(|| {
            Failure::new(
                "a judgment is named by the number of its entry",
                "`khronika judge CASE list` shows the numbers",
            )
        })?;
        // All of them or none.
        let taken_back = |store: &mut Store| {
            store.write(case_file::now(), |write| {
                numbers.iter().map(|number| write.withdraw(*number, words(args))).collect::<Result<Vec<_>, _>>()
            })
        };
        return written(args, kept.store(), taken_back);
    }
    let least = if args.verdict == Say::Merge { 2 } else { 1 };
    if args.about.len() < least {
        return Err(Failure::new(
            format!("{verdict} needs {least} ids of events or more"),
            "`khronika standing OUT` and case.json show the ids of what was built with `khronika build`",
        ));
    }
    let case = weighed(&mut kept)?;
    let titles = Titles::new(&case);
    let mut details = words(args);
    details.insert(
        "found".to_owned(),
        Value::Array(args.about.iter().map(|id| found(&case, &titles, id)).collect::<Result<_, _>>()?),
    );
    let said = |store: &mut Store| {
        store.write(case_file::now(), |write| write.judge(verdict, &args.about, details).map(|entry| vec![entry]))
    };
    written(args, kept.store(), said)
}

impl Judge {
    /// The verdict's name in the journal; `None` for the list.
    fn say(&self) -> Option<&'static str> {
        Some(match self.verdict {
            Say::Confirm => "confirm",
            Say::Reject => "reject",
            Say::Merge => "merge",
            Say::Split => "split",
            Say::Note => "note",
            Say::Withdraw => "withdraw",
            Say::List => return None,
        })
    }
}

fn words(args: &Judge) -> Details {
    let mut details = Details::new();
    if let Some(words) = &args.words {
        details.insert("words".to_owned(), words.clone().into());
    }
    details
}

/// The case as it is without judgments: every event that can be judged is in it under the id that judgments use.
pub(super) fn weighed(kept: &mut Kept) -> Result<Case, Failure> {
    let rules = Rules::load()?;
    let pool = papers::pool(None)?;
    let mut problems = Vec::new();
    let sources = kept.sources(&rules.reader, &mut problems)?;
    let findings = pool.install(|| papers::find(&sources, &rules.finder, &Packs::new(false), Progress::new(true)));
    pool.install(|| guarded(|| weigh(sources, findings, &WeighOptions::default(), &rules.case)))
        .map_err(|panic| Failure::internal("weighing the findings", &panic))
}

/// What a judgment speaks of, in words that stay when ids do not.
fn found(case: &Case, titles: &Titles<'_>, id: &str) -> Result<Value, Failure> {
    let event = case.events.iter().find(|event| event.id == id).ok_or_else(|| {
        let hint = "the ids are those of a build with the language models: one that was made with --no-models may have others, \
                    and so may one to which judgments were applied (`khronika judge CASE list`)";
        Failure::new(format!("there is no event {id} in the case"), hint)
    })?;
    let quotes: Vec<Value> = event
        .passages
        .iter()
        .take(QUOTES)
        .filter_map(|passage| {
            let source = case.sources.iter().find(|source| source.id == passage.source)?;
            Some(json!({"source": passage.source.as_str(), "quote": passage.span.of(&source.text)}))
        })
        .collect();
    Ok(json!({"id": id, "title": titles.title(event).to_string(), "quotes": quotes}))
}

fn written(
    args: &Judge,
    mut store: Store,
    write: impl FnOnce(&mut Store) -> Result<Vec<u64>, Error>,
) -> Result<Outcome, Failure> {
    let failed = |error: Error| case_file::failed(&args.case, &error);
    let numbers = write(&mut store).map_err(failed)?;
    store.close().map_err(failed)?;
    if args.json {
        terminal::print_json(&json!({"entry": numbers.last(), "entries": numbers}))?;
    } else {
        for number in numbers {
            terminal::line(&format!("entry {number} of the journal says so; the next build applies it"));
        }
    }
    Ok(Outcome::Done)
}

fn list(args: &Judge, judgments: &[Judgment]) -> Result<(), Failure> {
    if args.json {
        let listed: Vec<Value> = judgments
            .iter()
            .map(|j| {
                json!({
                    "entry": j.number, "verdict": j.verdict.name(), "about": j.about, "by": j.by, "time": j.time, "words": j.words,
                })
            })
            .collect();
        return terminal::print_json(&Value::Array(listed));
    }
    let mut shown = String::new();
    for judgment in judgments {
        let words = judgment.words.as_deref().map(|words| format!("  {}", tame(words))).unwrap_or_default();
        let about = judgment.about.join(" ");
        shown.push_str(&format!(
            "{:>5}  {}  {}  {} {}{words}\n",
            judgment.number,
            judgment.time,
            tame(&judgment.by),
            judgment.verdict.name(),
            tame(&about)
        ));
    }
    terminal::print(&shown)
}
