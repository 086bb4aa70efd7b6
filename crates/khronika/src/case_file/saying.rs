//! What somebody says of findings, on its way into the journal.

use khronika_core::{Case, Correction, Edtf, EffectKind, Event, Verdict};
use khronika_keep::Details;
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
}

impl Saying<'_> {
    /// Whether as many events are named as the verdict is about, and what is said besides belongs to it.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        let (least, most) = match self.verdict {
            Verdict::Link => (2, 2),
            Verdict::Merge => (2, usize::MAX),
            Verdict::Correct => (1, 1),
            _ => (1, usize::MAX),
        };
        let hint = "`khronika standing OUT` and case.json show the ids of what was built with `khronika build`";
        if self.about.len() < least || self.about.len() > most {
            let count = if least == most { format!("{least}") } else { format!("{least} or more") };
            return Err(Failure::new(format!("{} needs the ids of events: {count}", self.verdict.name()), hint));
        }
        if (*self.correction != Correction::default()) != (self.verdict == Verdict::Correct) {
            let hint = "write `khronika judge CASE correct ID` with --date, --title or --body, or several of them";
            return Err(Failure::new("a correction says what is so instead, and nothing else does", hint));
        }
        if self.effect.is_some() && self.verdict != Verdict::Link {
            return Err(Failure::new("only link has an effect", "leave --effect out"));
        }
        Ok(())
    }

    /// What the journal keeps of it. What it speaks of is looked for in `cases`, in their order.
    pub(crate) fn details(&self, cases: &[&Case]) -> Result<Details, Failure> {
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
