//! `khronika judge`: what people say of findings.

use std::collections::BTreeSet;

use khronika_case::WeighOptions;
use khronika_core::{Case, Correction, Edtf, EffectKind, Judgment, Verdict};
use khronika_keep::{Details, Error, Store};
use khronika_read::Opener;
use serde_json::{Value, json};

use crate::args::keep::{Judge, Say};
use crate::case_file::build::Kept;
use crate::case_file::saying::Saying;
use crate::case_file::{self};
use crate::command::papers::{self, Desk};
use crate::packs::Packs;
use crate::rules::Rules;
use crate::terminal::progress::Progress;
use crate::terminal::table::tame;
use crate::{Failure, Outcome, terminal};

/// Takes a judgment down, lists them, or takes one back.
pub(crate) fn run(args: &Judge) -> Result<Outcome, Failure> {
    let mut kept = Kept::open(&args.case, &args.unlock)?;
    if args.verdict == Say::List {
        list(args, &kept.judgments()?)?;
        return Ok(Outcome::Done);
    }
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
    let Some(verdict) = args.says() else { return Ok(Outcome::Done) };
    let correction = Correction { date: args.date.clone(), title: args.title.clone(), body: args.body.clone() };
    let (about, words) = (&args.about, args.words.as_deref());
    let saying = Saying { verdict, about, words, correction: &correction, effect: args.effect };
    saying.check()?;
    let cases = weighed(&mut kept, &args.reading.opener()?, args.no_models)?;
    let details = saying.details(&cases.each_ref())?;
    let said = |store: &mut Store| {
        store
            .write(case_file::now(), |write| write.judge(verdict.name(), &args.about, details).map(|entry| vec![entry]))
    };
    written(args, kept.store(), said)
}

impl Judge {
    /// The verdict; `None` for the list, and for what takes one back.
    const fn says(&self) -> Option<Verdict> {
        Some(match self.verdict {
            Say::Confirm => Verdict::Confirm,
            Say::Reject => Verdict::Reject,
            Say::Correct => Verdict::Correct,
            Say::Merge => Verdict::Merge,
            Say::Split => Verdict::Split,
            Say::Link => Verdict::Link,
            Say::Note => Verdict::Note,
            Say::Withdraw | Say::List => return None,
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
        papers::weigh(&pool, sources, findings, &options, &rules)
    };
    Ok([weighed(sources.clone(), findings.clone(), judgments)?, weighed(sources, findings, Vec::new())?])
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
