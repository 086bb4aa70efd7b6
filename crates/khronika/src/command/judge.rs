//! `khronika judge`: what people say of findings.

use std::collections::BTreeSet;

use khronika_case::{WeighOptions, weigh};
use khronika_core::{Case, Correction, Edtf, EffectKind, Event, Judgment};
use khronika_keep::{Details, Error, Store};
use khronika_read::Opener;
use khronika_show::title::Titles;
use serde_json::{Value, json};

use crate::args::keep::{Judge, Say};
use crate::case_file::build::Kept;
use crate::case_file::{self};
use crate::command::papers::{self, Desk};
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
    check(args, verdict)?;
    let cases = weighed(&mut kept, &args.reading.opener()?, args.no_models)?;
    let titles = cases.each_ref().map(Titles::new);
    let known = |id: &String| {
        let both = cases.iter().zip(&titles);
        let mut found = both.filter_map(|(case, titles)| Some((case, titles, event(case, id)?)));
        let (case, titles, event) = found.next().ok_or_else(|| unknown(id))?;
        if event.act.is_none() && (args.verdict == Say::Link || args.body.is_some()) {
            let hint = "only acts are linked, and only they have a body";
            return Err(Failure::new(format!("{id} is no act"), hint));
        }
        Ok(found_now(case, titles, event, id))
    };
    let found = args.about.iter().map(known).collect::<Result<Vec<_>, Failure>>()?;
    let mut details = words(args);
    details.insert("found".to_owned(), found.into());
    let mut insert = |name: &str, text: Option<&str>| {
        details.extend(text.map(|text| (name.to_owned(), text.into())));
    };
    insert("date", args.date.as_ref().map(Edtf::as_str));
    insert("title", args.title.as_deref());
    insert("body", args.body.as_deref());
    if args.verdict == Say::Link {
        insert("effect", Some(args.effect.unwrap_or(EffectKind::Concerns).name()));
    }
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
            Say::Correct => "correct",
            Say::Merge => "merge",
            Say::Split => "split",
            Say::Link => "link",
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

/// Whether as many events are named as the verdict is about, and what is said besides belongs to it.
fn check(args: &Judge, verdict: &str) -> Result<(), Failure> {
    let (least, most) = match args.verdict {
        Say::Link => (2, 2),
        Say::Merge => (2, usize::MAX),
        Say::Correct => (1, 1),
        _ => (1, usize::MAX),
    };
    let hint = "`khronika standing OUT` and case.json show the ids of what was built with `khronika build`";
    if args.about.len() < least || args.about.len() > most {
        let count = if least == most { format!("{least}") } else { format!("{least} or more") };
        return Err(Failure::new(format!("{verdict} needs the ids of events: {count}"), hint));
    }
    let corrects = args.date.is_some() || args.title.is_some() || args.body.is_some();
    if corrects != (args.verdict == Say::Correct) {
        let hint = "write `khronika judge CASE correct ID` with --date, --title or --body, or several of them";
        return Err(Failure::new("a correction says what is so instead, and nothing else does", hint));
    }
    if args.effect.is_some() && args.verdict != Say::Link {
        return Err(Failure::new("only link has an effect", "leave --effect out"));
    }
    Ok(())
}

/// The case as the next build has it, and as it is without judgments: what was split off is in the one only, what was merged or
/// rejected in the other.
pub(super) fn weighed(kept: &mut Kept, opener: &dyn Opener, no_models: bool) -> Result<[Case; 2], Failure> {
    let rules = Rules::load()?;
    let pool = papers::pool(None)?;
    let mut problems = Vec::new();
    let judgments = kept.judgments()?;
    let sources = kept.sources(Desk { reader: &rules.reader, opener }, &mut problems)?;
    let findings = pool.install(|| papers::find(&sources, &rules.finder, &Packs::new(no_models), Progress::new(true)));
    let weighed = |sources, findings, judgments| {
        let options = WeighOptions { judgments, ..WeighOptions::default() };
        pool.install(|| guarded(|| weigh(sources, findings, &options, &rules.case)))
            .map_err(|panic| Failure::internal("weighing the findings", &panic))
    };
    Ok([weighed(sources.clone(), findings.clone(), judgments)?, weighed(sources, findings, Vec::new())?])
}

fn event<'a>(case: &'a Case, id: &str) -> Option<&'a Event> {
    case.events.iter().find(|event| event.id == id)
}

fn unknown(id: &str) -> Failure {
    let hint = "check it in the case.json of the last build; of a build with --no-models, judge with --no-models too";
    Failure::new(format!("there is no event {id} in the case"), hint)
}

/// What a judgment speaks of, in words that stay when ids do not.
fn found_now<'a>(case: &'a Case, titles: &Titles<'a>, event: &'a Event, id: &str) -> Value {
    let quotes: Vec<Value> = event
        .passages
        .iter()
        .take(QUOTES)
        .filter_map(|passage| {
            let source = case.sources.iter().find(|source| source.id == passage.source)?;
            Some(json!({"source": passage.source.as_str(), "quote": passage.span.of(&source.text)}))
        })
        .collect();
    let date = event.when.as_ref().map(|when| when.edtf.as_str());
    let body = event.act.as_ref().and_then(|act| act.body_name.as_deref());
    json!({"id": id, "title": titles.title(event).to_string(), "date": date, "body": body, "quotes": quotes})
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
                let Correction { date, title, body } = &j.correction;
                json!({
                    "entry": j.number, "verdict": j.verdict.name(), "about": j.about, "titles": j.titles, "by": j.by, "time": j.time,
                    "words": j.words, "date": date.as_ref().map(Edtf::as_str), "title": title, "body": body,
                    "effect": j.effect.map(EffectKind::name),
                })
            })
            .collect();
        return terminal::print_json(&Value::Array(listed));
    }
    let mut shown = String::new();
    for judgment in judgments {
        let Correction { date, title, body } = &judgment.correction;
        let parts = [
            date.as_ref().map(|date| format!("date {date}")),
            title.as_ref().map(|title| format!("title “{title}”")),
            body.as_ref().map(|body| format!("body “{body}”")),
            judgment.effect.map(|effect| effect.name().to_owned()),
            judgment.words.clone(),
        ];
        let words: String = parts.iter().flatten().map(|part| format!("  {}", tame(part))).collect();
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
