//! What the commands that show a part of a case have in common: the line that says as of which day, quotations, JSON.

use std::collections::BTreeMap;

use khronika_core::{Case, Event, Passage, Source, SourceId};
use khronika_show::title::Titles;
use khronika_show::{json, words};
use serde_json::{Map, Value};

use crate::terminal::table::{clipped, tame};
use crate::terminal::{Ink, Pen};
use crate::{Failure, terminal};

/// How many characters of a quotation are shown.
const QUOTE: usize = 240;

/// How many passages are quoted for one thing; the rest is counted.
const PASSAGES: usize = 4;

/// A case with what is needed to show parts of it to a person.
pub(crate) struct Shown<'a> {
    pub(crate) case: &'a Case,
    titles: Titles<'a>,
    pub(crate) pen: Pen,
    sources: BTreeMap<&'a SourceId, &'a Source>,
    events: BTreeMap<&'a str, &'a Event>,
}

impl<'a> Shown<'a> {
    pub(crate) fn new(case: &'a Case, pen: Pen) -> Self {
        Self {
            case,
            titles: Titles::new(case),
            pen,
            sources: case.sources.iter().map(|source| (&source.id, source.as_ref())).collect(),
            events: case.events.iter().map(|event| (event.id.as_str(), event)).collect(),
        }
    }

    /// The event with this id.
    pub(crate) fn event(&self, id: &str) -> Option<&'a Event> {
        self.events.get(id).copied()
    }

    /// The title of an event.
    pub(crate) fn title(&self, event: &'a Event) -> String {
        tame(&self.titles.title(event).to_string()).into_owned()
    }

    /// The document with this id.
    pub(crate) fn source(&self, id: &str) -> Option<&'a Source> {
        self.sources.get(&SourceId::new(id)).copied()
    }

    /// As of which day the case is told, and how that day is known.
    pub(crate) fn head(&self) -> String {
        let (day, how) = match (self.case.known_as_of(), self.case.as_of_given) {
            (Some(day), true) => (day.to_string(), "as asked for"),
            (Some(day), false) => (day.to_string(), "the latest date in the sources; --as-of sets another"),
            (None, _) => ("unknown".to_owned(), "no date in the sources; --as-of sets one"),
        };
        format!("{} {day} ({how})\n", self.pen.ink(Ink::Bold, "As of"))
    }

    /// The words of passages, each on a line with the name of its source.
    pub(crate) fn quotes(&self, passages: &[Passage], indent: usize) -> String {
        let mut text = String::new();
        let margin = " ".repeat(indent);
        for passage in passages.iter().take(PASSAGES) {
            let Some(source) = self.sources.get(&passage.source) else { continue };
            let quote = clipped(passage.span.of(&source.text), QUOTE);
            let page =
                source.page(passage.span).map_or_else(String::new, |page| format!(", {}", words::english().page(page)));
            text.push_str(&format!("{margin}“{quote}” – {}{page}\n", self.pen.ink(Ink::Cyan, &tame(&source.name))));
        }
        if passages.len() > PASSAGES {
            text.push_str(&format!("{margin}… and {} more passages\n", passages.len() - PASSAGES));
        }
        text
    }
}

/// When an event took place, as certain as it is.
pub(crate) fn date(event: &Event) -> String {
    event.when.as_ref().map_or_else(|| "undated".to_owned(), |when| when.edtf.to_string())
}

/// Prints a part of a case as JSON: the day, the names of the sources, and the part under `key`.
pub(crate) fn print_json(case: &Case, key: &str, items: Vec<Value>) -> Result<(), Failure> {
    let sources: Map<String, Value> =
        case.sources.iter().map(|source| (source.id.to_string(), source.name.clone().into())).collect();
    let answer = serde_json::json!({
        "as_of": case.known_as_of().map(|day| day.to_string()),
        "as_of_basis": json::as_of_basis(case),
        "sources": sources,
        key: items,
    });
    let text =
        serde_json::to_string_pretty(&answer).map_err(|error| Failure::internal("writing JSON", &error.to_string()))?;
    terminal::print(&(text + "\n"))
}
