//! What somebody says of findings, on its way into the journal.

use std::sync::Arc;

use khronika_core::{Added, Addition, Case, CharIndex, Correction, Edtf, EffectKind, Event, Judgment, Source, Verdict};
use khronika_keep::Details;
use khronika_show::json;
use khronika_show::title::Titles;
use serde_json::{Value, json};

use crate::Failure;

/// How many of the words that a judgment speaks of are kept with it.
const QUOTES: usize = 4;

/// What is said, and of what.
pub(crate) struct Saying<'a> {
    pub(crate) verdict: Verdict,
    /// The ids of the events.
    pub(crate) about: &'a [String],
    /// Why.
    pub(crate) words: Option<&'a str>,
    /// What a correction says instead.
    pub(crate) correction: &'a Correction,
    /// What a linked act does to the other one.
    pub(crate) effect: Option<EffectKind>,
    /// What is added.
    pub(crate) added: Option<&'a Added>,
    /// Of an actor that is split: the names that are another's.
    pub(crate) names: &'a [String],
}

impl Saying<'_> {
    /// Whether as many events are named as the verdict is about, and what is said besides belongs to it.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        let (least, most) = match self.verdict {
            Verdict::Link => (2, 2),
            Verdict::Merge => (2, usize::MAX),
            Verdict::Correct | Verdict::Add => (1, 1),
            _ => (1, usize::MAX),
        };
        let hint = "`khronika standing OUT` and case.json show the ids of what was built with `khronika build`";
        if self.about.len() < least || self.about.len() > most {
            let count = if least == most { format!("{least}") } else { format!("{least} or more") };
            return Err(Failure::new(format!("{} needs the ids of events: {count}", self.verdict.name()), hint));
        }
        if self.added.is_some() != (self.verdict == Verdict::Add) {
            let hint = "`khronika judge --help` shows how something is added";
            return Err(Failure::new("only add says what is added, and to which words it is tied", hint));
        }
        if let Some(added) = self.added {
            return self.fits(added);
        }
        if (*self.correction != Correction::default()) != (self.verdict == Verdict::Correct) {
            let hint = "write `khronika judge CASE correct ID` with --date, --title or --body, or several of them";
            return Err(Failure::new("a correction says what is so instead, and nothing else does", hint));
        }
        let actors = self.about.iter().filter(|id| is_actor(id)).count();
        if actors > 0 {
            let hint = "actors (a-…) are merged, split and noted, by themselves; events (e-…) by themselves";
            if actors < self.about.len() || !matches!(self.verdict, Verdict::Merge | Verdict::Split | Verdict::Note) {
                return Err(Failure::new(format!("{} is not said of actors like these", self.verdict.name()), hint));
            }
        }
        if !self.names.is_empty() && (self.verdict != Verdict::Split || actors != 1) {
            let hint = "write `khronika judge CASE split a-… --form NAME`";
            return Err(Failure::new("names are split off from one actor", hint));
        }
        if self.effect.is_some() && self.verdict != Verdict::Link {
            return Err(Failure::new("only link has an effect", "leave --effect out"));
        }
        Ok(())
    }

    /// Whether what is said of something that is added belongs to it.
    fn fits(&self, added: &Added) -> Result<(), Failure> {
        let Correction { date, title, body } = self.correction;
        let has = [("a date", date.is_some()), ("a title", title.is_some()), ("a body", body.is_some())];
        let most = match added.what {
            Addition::Act { .. } => 3,
            Addition::Event { .. } => 2,
            Addition::Statement { .. } | Addition::Actor { .. } => 0,
        };
        match has.into_iter().enumerate().find(|(n, (_, given))| *given && *n >= most) {
            Some((_, (what, _))) => {
                let says = format!("what is added is of the kind “{}”, which has not {what}", added.what.name());
                Err(Failure::new(says, "leave it out"))
            }
            None => Ok(()),
        }
    }

    /// What the journal keeps of something that is added to one of these sources. `known` are the ids of what was added before.
    pub(crate) fn added(&self, added: &Added, sources: &[Arc<Source>], known: &[String]) -> Result<Details, Failure> {
        let hint = "write the words as they stand in the text of the document, which `khronika show` gives";
        let source = sources.iter().find(|source| source.id == added.words.source);
        let source = source.ok_or_else(|| Failure::new("the document is not in the case, or was not read", hint))?;
        if added.words.find(&source.text, &CharIndex::new(&source.text)).is_none() {
            return Err(Failure::new(format!("those words do not stand in {} at that place", source.name), hint));
        }
        let id = added.id(self.correction);
        if known.contains(&id) {
            let what = format!("the same was added to these words before: {id}");
            return Err(Failure::new(what, "`khronika judge CASE list` shows who did"));
        }
        let quote = &added.words.quote;
        let title = self.correction.title.clone().or_else(|| match &added.what {
            Addition::Actor { name, .. } => Some(name.clone()),
            _ => None,
        });
        let title = title.unwrap_or_else(|| format!("“{}”", clipped(quote)));
        let date = self.correction.date.as_ref().map(Edtf::as_str);
        let quotes = [json!({"source": source.id.as_str(), "quote": quote})];
        let found = json!([{"id": id, "title": title, "date": date, "body": self.correction.body, "quotes": quotes}]);
        let mut details = json::added(added, self.correction);
        // Of the digest ids are made; it says which bytes are meant whatever ids become.
        details.insert("source".to_owned(), format!("{SHA256}{}", source.sha256).into());
        details.insert("found".to_owned(), found);
        details.extend(self.words.map(|words| ("words".to_owned(), words.into())));
        Ok(details)
    }

    /// What the journal keeps of what is said of actors: their names besides, by which they are known when their ids are others.
    fn of_actors(&self, cases: &[&Case]) -> Result<Details, Failure> {
        let known = |id: &String| {
            let actor = cases.iter().find_map(|case| case.actors.iter().find(|actor| actor.id == *id));
            let actor = actor.ok_or_else(|| unknown(id))?;
            let names: Vec<&str> = actor.names.iter().map(|name| name.text.as_str()).collect();
            if let Some(name) = self.names.iter().find(|name| !names.contains(&name.as_str())) {
                let hint = format!("its names are “{}”", names.join("”, “"));
                return Err(Failure::new(format!("{} is not called “{name}”", actor.name), hint));
            }
            Ok(json!({"id": id, "title": actor.name, "kind": actor.kind.name(), "names": names}))
        };
        let found = self.about.iter().map(known).collect::<Result<Vec<_>, Failure>>()?;
        let mut details = Details::new();
        details.insert("found".to_owned(), found.into());
        details.extend(self.words.map(|words| ("words".to_owned(), words.into())));
        if !self.names.is_empty() {
            details.insert("names".to_owned(), self.names.into());
        }
        Ok(details)
    }

    /// What the journal keeps of it. What it speaks of is looked for in `cases`, in their order.
    pub(crate) fn details(&self, cases: &[&Case]) -> Result<Details, Failure> {
        if self.about.iter().any(|id| is_actor(id)) {
            return self.of_actors(cases);
        }
        let titles: Vec<Titles<'_>> = cases.iter().map(|case| Titles::new(case)).collect();
        let known = |id: &String| {
            let both = cases.iter().zip(&titles);
            let mut found = both.filter_map(|(case, titles)| Some((*case, titles, event(case, id)?)));
            let (case, titles, event) = found.next().ok_or_else(|| unknown(id))?;
            if event.act.is_none() && (self.verdict == Verdict::Link || self.correction.body.is_some()) {
                let hint = "only acts are linked, and only they have a body";
                return Err(Failure::new(format!("{id} is no act"), hint));
            }
            Ok(found_now(case, titles, event, id))
        };
        let found = self.about.iter().map(known).collect::<Result<Vec<_>, Failure>>()?;
        let mut details = Details::new();
        details.extend(self.words.map(|words| ("words".to_owned(), words.into())));
        details.insert("found".to_owned(), found.into());
        let mut insert = |name: &str, text: Option<&str>| {
            details.extend(text.map(|text| (name.to_owned(), text.into())));
        };
        let Correction { date, title, body } = self.correction;
        insert("date", date.as_ref().map(Edtf::as_str));
        insert("title", title.as_deref());
        insert("body", body.as_deref());
        if self.verdict == Verdict::Link {
            insert("effect", Some(self.effect.unwrap_or(EffectKind::Concerns).name()));
        }
        Ok(details)
    }
}

/// What the digest of a document is introduced by.
const SHA256: &str = "sha256:";
/// The most characters of the words that something is called by which has no name.
const TITLE: usize = 100;

/// The beginning of some words.
fn clipped(words: &str) -> String {
    let mut out: String = words.chars().take(TITLE).collect();
    if out.len() < words.len() {
        out.push('…');
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The ids of what people added.
pub(crate) fn added(judgments: &[Judgment]) -> Vec<String> {
    let added = judgments.iter().filter(|judgment| judgment.added.is_some());
    added.flat_map(|judgment| judgment.about.iter().cloned()).collect()
}

/// What an entry of the journal adds.
pub(super) fn read_added(details: &Details) -> Option<(Added, Correction)> {
    let mut all = details.clone();
    let digest = details.get("source")?.as_str()?.strip_prefix(SHA256)?;
    all.insert("source".to_owned(), format!("s-{}", digest.get(..10)?).into());
    json::read_added(&all)
}

/// Whether an id is that of an actor.
fn is_actor(id: &str) -> bool {
    id.starts_with("a-")
}

fn event<'a>(case: &'a Case, id: &str) -> Option<&'a Event> {
    case.events.iter().find(|event| event.id == id)
}

fn unknown(id: &str) -> Failure {
    let hint = "check it in the case.json of the last build; of a build with --no-models, judge with --no-models too";
    Failure::new(format!("there is no such finding in the case: {id}"), hint)
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
