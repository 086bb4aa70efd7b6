//! `khronika judge`: what people say of findings.

use std::collections::BTreeSet;
use std::sync::Arc;

use khronika_case::WeighOptions;
use khronika_core::{Anchor, Case, CharIndex, Correction, Edtf, EffectKind, Judgment, Source, Span, Verdict, places};
use khronika_keep::{Details, Error, Store};
use khronika_read::Opener;
use khronika_show::json;
use serde_json::{Value, json};

use crate::args::keep::{Judge, Say};
use crate::case_file::build::Kept;
use crate::case_file::saying::Saying;
use crate::case_file::{self, cache};
use crate::command::papers::{self, Desk};
use crate::command::redact;
use crate::packs::Packs;
use crate::rules::Rules;
use crate::terminal::progress::Progress;
use crate::terminal::table::tame;
use crate::{Failure, Outcome, terminal};

/// Takes a judgment down, lists them, or takes one back.
pub(crate) fn run(args: &Judge) -> Result<Outcome, Failure> {
    let mut kept = Kept::open(&args.case, &args.unlock)?;
    if args.verdict == Say::List {
        let mut unknown = Vec::new();
        list(args, &kept.judgments(&mut unknown)?)?;
        papers::tell_some(&unknown);
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
    if verdict == Verdict::Add {
        return add(args, kept, &correction);
    }
    if !args.adding.is_empty() {
        let hint = "leave out what is said of something that is added";
        return Err(Failure::new("only add ties something to the words of a document", hint));
    }
    let (about, words) = (&args.about, args.words.as_deref());
    let saying =
        Saying { verdict, about, words, correction: &correction, effect: args.effect, added: None, names: &args.form };
    saying.check()?;
    let cases = weighed(&mut kept, &args.reading.opener()?, args.no_models)?;
    let details = saying.details(&cases.each_ref())?;
    let said = |store: &mut Store| {
        store
            .write(case_file::now(), |write| write.judge(verdict.name(), &args.about, details).map(|entry| vec![entry]))
    };
    written(args, kept.store(), said)
}

/// Adds something that was not found to words of a document.
fn add(args: &Judge, kept: Kept, correction: &Correction) -> Result<Outcome, Failure> {
    let (Some(typed), [name]) = (&args.adding.quote, args.about.as_slice()) else {
        let hint = "write `khronika judge CASE add DOCUMENT --quote WORDS`: nothing is added that rests on no words";
        return Err(Failure::new("what is added needs a document and words of it", hint));
    };
    if let Some(option) = args.adding.foreign() {
        let what = args.adding.what.as_deref().unwrap_or("event");
        return Err(Failure::new(format!("{option} does not belong to what is added ({what})"), "leave it out"));
    }
    let source = Arc::new(redact::source(&kept, name)?.0);
    let span = place(&source, typed, args.adding.at)?;
    let words = Anchor::new(source.id.clone(), &source.text, span);
    let what = words.and_then(|words| {
        let mut all = args.adding.named(&words.quote);
        let place = json!({"source": source.id.as_str(), "start": words.start, "quote": words.quote});
        all.extend(place.as_object().cloned().unwrap_or_default());
        all.insert("prefix".to_owned(), words.prefix.into());
        all.insert("suffix".to_owned(), words.suffix.into());
        json::read_added(&all)
    });
    let (added, _) = what.ok_or_else(|| Failure::new("there are no words in that", "quote words of the document"))?;
    let id = added.id(correction);
    let (about, words) = (std::slice::from_ref(&id), args.words.as_deref());
    let saying = Saying {
        verdict: Verdict::Add,
        about,
        words,
        correction,
        effect: args.effect,
        added: Some(&added),
        names: &args.form,
    };
    saying.check()?;
    let known = case_file::saying::added(&kept.judgments(&mut Vec::new())?);
    let details = saying.added(&added, std::slice::from_ref(&source), &known)?;
    let said = |store: &mut Store| {
        store.write(case_file::now(), |write| write.judge(Verdict::Add.name(), about, details).map(|entry| vec![entry]))
    };
    if !args.json {
        terminal::line(&tame(&format!("{id}: {} of {}", added.what.name(), source.name)));
    }
    written(args, kept.store(), said)
}

/// How many places are listed at which words stand.
const PLACES: usize = 12;
/// How many characters are shown around a place.
const AROUND: usize = 30;

/// The one place at which words stand, or the one that was named.
fn place(source: &Source, typed: &str, at: Option<usize>) -> Result<Span, Failure> {
    let text = source.text.as_str();
    let chars = CharIndex::new(text);
    let found = places(text, typed, usize::MAX);
    let start = |span: &Span| chars.chars(text, span.start).0;
    let hint = "write them as they stand in the text, which `khronika show` gives";
    match (found.as_slice(), at) {
        ([], _) => Err(Failure::new(format!("those words do not stand in {}", source.name), hint)),
        ([only], None) => Ok(*only),
        (several, None) => {
            let shown = several.iter().take(PLACES).map(|span| {
                let before: Vec<char> = text.get(..span.start).unwrap_or_default().chars().rev().take(AROUND).collect();
                let before: String = before.into_iter().rev().collect();
                let after: String = text.get(span.end..).unwrap_or_default().chars().take(AROUND).collect();
                let line = format!("{before}[{}]{after}", span.of(text));
                format!("\n  --at {}  {}", start(span), line.split_whitespace().collect::<Vec<_>>().join(" "))
            });
            let what =
                format!("those words stand in {} {} times:{}", source.name, several.len(), shown.collect::<String>());
            Err(Failure::new(tame(&what), "name the place with --at"))
        }
        (several, Some(at)) => several.iter().find(|span| start(span) == at).copied().ok_or_else(|| {
            Failure::new(
                format!("those words do not stand at character {at} of {}", source.name),
                "leave out --at to see where they do",
            )
        }),
    }
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
            Say::Add => Verdict::Add,
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
    let judgments = kept.judgments(&mut problems)?;
    let sources = kept.sources(Desk { reader: &rules.reader, opener }, &mut problems)?;
    let (packs, cases) = (Packs::new(no_models), std::slice::from_mut(kept));
    let findings = pool.install(|| cache::find(cases, &sources, &rules.finder, &packs, Progress::new(true)));
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
                    "effect": j.effect.map(EffectKind::name), "names": j.names,
                    "added": j.added.as_ref().map(|added| json::added(added, &j.correction)),
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
            Some(&judgment.names).filter(|names| !names.is_empty()).map(|names| format!("“{}”", names.join("”, “"))),
            judgment.added.as_ref().map(|added| format!("{} from “{}”", added.what.name(), added.words.quote)),
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
