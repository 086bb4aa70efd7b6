//! `khronika redact`: what exports have to hide.

use khronika_core::{Actor, Case, CharIndex, CharOffset, Source};
use khronika_keep::{Details, Logged, Names};
use khronika_read::Opener;
use serde_json::{Value, json};

use super::judge::weighed;
use crate::args::export::Redact;
use crate::case_file::build::Kept;
use crate::case_file::{self};
use crate::command::papers::Desk;
use crate::redaction::{self, Marks, Mask, Width};
use crate::rules::Rules;
use crate::terminal::table::{clipped, tame};
use crate::{Failure, Outcome, terminal};

/// The widest list of words that is shown whole.
const WORDS: usize = 400;
/// How many actors are listed where a name means several.
const LISTED: usize = 12;

/// Marks, lists or takes back.
pub(crate) fn run(args: &Redact) -> Result<Outcome, Failure> {
    let mut kept = Kept::open(&args.case, &args.unlock)?;
    if args.list {
        list(args, &kept)?;
        return Ok(Outcome::Done);
    }
    if !args.withdraw.is_empty() {
        let details = || why(args, Details::new());
        let entries = kept.change(|write| {
            args.withdraw.iter().map(|number| write.reveal(*number, details())).collect::<Result<Vec<_>, _>>()
        })?;
        return written(args, kept, &entries, "what it hid shows in exports again");
    }
    let (source, marks) = marks(args, &mut kept)?;
    let places = places(&mut kept, &args.reading.opener()?, source.as_ref(), &marks)?;
    if places == 0 {
        return Err(Failure::new(
            "nothing in the case would be hidden by that",
            "check the words; `khronika search` finds them in every spelling",
        ));
    }
    let shown: Vec<String> = marks.iter().flat_map(listed).collect();
    let about = source.as_ref().map(|source| source.1);
    let entries = kept.change(|write| {
        marks.into_iter().map(|mark| write.redact(about.as_ref(), why(args, mark))).collect::<Result<Vec<_>, _>>()
    })?;
    let says = format!("exports hide {places} places from now on: {}", clipped(&shown.join(" · "), WORDS));
    written(args, kept, &entries, &says)
}

fn why(args: &Redact, mut details: Details) -> Details {
    if let Some(why) = &args.why {
        details.insert("why".to_owned(), why.clone().into());
    }
    details
}

/// The document that was named.
type Named = (Source, [u8; 32]);

/// What is to be marked, each with the details that the journal keeps, and the document that it is in.
fn marks(args: &Redact, kept: &mut Kept) -> Result<(Option<Named>, Vec<Details>), Failure> {
    if let Some(name) = &args.actor {
        let [_, case] = weighed(kept, &args.reading.opener()?, false)?;
        let actor = actor(&case, name)?;
        let mark = redaction::actor(actor, &case, &args.except);
        if mark.get("words").and_then(Value::as_array).is_none_or(Vec::is_empty) {
            return Err(Failure::new("nothing of the name is left to be hidden", "except fewer of its words"));
        }
        return Ok((None, vec![mark]));
    }
    if let Some(words) = &args.words {
        if Names::new([words.as_str()]).is_empty() {
            return Err(Failure::new("there is no word in it", "name words to be hidden"));
        }
        let mut mark = Details::new();
        mark.insert("words".to_owned(), json!([words]));
        return Ok((None, vec![mark]));
    }
    let named = args.source.as_deref().unwrap_or_default();
    let (source, sha256) = source(kept, named)?;
    let text = source.text.as_str();
    let marks = match (&args.quote, args.from, args.to) {
        (Some(quote), ..) if !quote.trim().is_empty() => {
            text.match_indices(quote.as_str()).map(|(at, _)| redaction::passage(text, at, at + quote.len())).collect()
        }
        (_, Some(from), Some(to)) => {
            let chars = CharIndex::new(text);
            let byte = |at: u64| chars.byte(text, CharOffset(usize::try_from(at).ok()?));
            let span = byte(from).zip(byte(to)).filter(|(start, end)| start < end);
            let (start, end) = span.ok_or_else(|| {
                let length = chars.chars(text, text.len()).0;
                Failure::new(format!("{from} to {to} is no place in it"), format!("its text has {length} characters"))
            })?;
            vec![redaction::passage(text, start, end)]
        }
        _ => Vec::new(),
    };
    if marks.is_empty() {
        let hint = "write them as they stand in the text, or name their place with --from and --to";
        return Err(Failure::new(format!("those words do not stand in {named}"), hint));
    }
    Ok((Some((source, sha256)), marks))
}

/// The one person or body that a name or an id means.
fn actor<'a>(case: &'a Case, name: &str) -> Result<&'a Actor, Failure> {
    let mut names = Names::new([name]);
    let mut is_meant = |actor: &Actor| {
        actor.id == name || actor.names.iter().any(|form| !names.find(&form.language, &form.text).is_empty())
    };
    let meant: Vec<&Actor> = case.actors.iter().filter(|actor| is_meant(actor)).collect();
    match meant.as_slice() {
        [one] => Ok(one),
        [] => Err(Failure::new(
            format!("nobody in the case is called {name}"),
            "hide the name with --words, which need not be anybody's",
        )),
        several => {
            let list = several
                .iter()
                .take(LISTED)
                .map(|actor| format!("\n  {}  {}  {}", actor.id, actor.kind.name(), actor.name));
            let list: String = list.collect();
            Err(Failure::new(
                format!("{name} may be {} people or bodies:{list}", several.len()),
                "name the id of each that is to be hidden, one after the other; or hide the words with --words",
            ))
        }
    }
}

/// A document of the case as it was read, and its digest.
pub(super) fn source(kept: &Kept, name: &str) -> Result<Named, Failure> {
    let row = kept.ask(|store| store.find_source(name))?;
    let read = kept.ask(|store| case_file::source(store, &row))?;
    let (source, _) = read.ok_or_else(|| {
        let hint = "`khronika build` reads what was not read before; what is not read at all is withheld where words are hidden";
        Failure::new(format!("{} has not been read: it has no text", row.name), hint)
    })?;
    Ok((source, row.sha256))
}

/// How many places these marks hide.
fn places(kept: &mut Kept, opener: &dyn Opener, source: Option<&Named>, marks: &[Details]) -> Result<usize, Failure> {
    if source.is_some() {
        return Ok(marks.len());
    }
    let list = |mark: &Details, name: &str| -> Vec<String> {
        let items = mark.get(name).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    };
    let words = marks.iter().flat_map(|mark| list(mark, "words")).collect();
    let mut mask = Mask::new(&Marks::words(words), Width::Fixed);
    let rules = Rules::reader()?;
    let sources = kept.sources(Desk { reader: &rules, opener }, &mut Vec::new())?;
    Ok(sources.iter().filter_map(|source| mask.source(source).ok()).map(|masked| masked.places).sum())
}

/// What a mark hides, for a person.
fn listed(details: &Details) -> Vec<String> {
    if let Some(quote) = details.get("quote").and_then(Value::as_str) {
        return vec![format!("“{quote}”")];
    }
    let words = details.get("words").and_then(Value::as_array);
    words.into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned)).collect()
}

fn list(args: &Redact, kept: &Kept) -> Result<(), Failure> {
    let marks = kept.ask(|store| store.redactions())?;
    let mut shown = Vec::new();
    for Logged { entry, details, .. } in &marks {
        let by = kept.ask(|store| store.label(&entry.key))?.unwrap_or_default();
        let text = |name: &str| details.get(name).and_then(Value::as_str);
        if args.json {
            shown.push(json!({
                "entry": entry.number, "time": entry.time.to_string(), "by": by, "source": entry.about, "hides": listed(details),
                "start": details.get("start"), "why": text("why"),
            }));
        } else {
            let about = entry.about.as_deref().map(|about| format!("  in {about}")).unwrap_or_default();
            let why = text("why").map(|why| format!("  ({why})")).unwrap_or_default();
            let hides = clipped(&listed(details).join(" · "), WORDS);
            let line = format!("{:>5}  {}  {by}  {hides}{about}{why}\n", entry.number, entry.time);
            terminal::print(&tame(&line))?;
        }
    }
    if args.json { terminal::print_json(&Value::Array(shown)) } else { Ok(()) }
}

fn written(args: &Redact, kept: Kept, entries: &[u64], says: &str) -> Result<Outcome, Failure> {
    kept.store().close().map_err(|error| case_file::failed(&args.case, &error))?;
    if args.json {
        terminal::print_json(&json!({"entries": entries}))?;
    } else {
        let numbers: Vec<String> = entries.iter().map(u64::to_string).collect();
        terminal::line(&tame(&format!("entry {}: {says}", numbers.join(", "))));
    }
    Ok(Outcome::Done)
}
