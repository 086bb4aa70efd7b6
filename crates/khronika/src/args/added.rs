//! What can be said of a finding that is added by hand.

use clap::Args as Arguments;
use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use khronika_core::{ActClass, ActType, ActorKind, Addition, EventStatus, Stance};
use serde_json::{Map, Value};

/// What is added, and the words that it is tied to.
#[derive(Debug, Arguments)]
#[command(next_help_heading = "What is added by hand")]
pub(crate) struct Adding {
    /// add: the words of the document that say it, as they stand there
    #[arg(long, value_name = "WORDS", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) quote: Option<String>,
    /// add: where the words begin, in characters, where they stand there more than once
    #[arg(long, value_name = "PLACE", requires = "quote")]
    pub(crate) at: Option<usize>,
    /// add: what the words say [default: event]
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(Addition::NAMES))]
    pub(crate) what: Option<String>,
    /// add: what an act is as a paper [default: decision]
    #[arg(long = "type", value_name = "TYPE", value_parser = names(ActType::ALL.iter().map(|one| one.name())))]
    pub(crate) act_type: Option<String>,
    /// add: what an act does, as `khronika rules` and case.json name it: ANNUL, REMAND, …; may be given more than once
    #[arg(long, value_name = "OUTCOME", value_parser = names(ActClass::ALL.iter().map(|one| one.name())))]
    pub(crate) outcome: Vec<String>,
    /// add: whether an event or act happened [default: actual]
    #[arg(long, value_name = "STATUS", value_parser = names(EventStatus::ALL.iter().map(|one| one.name())))]
    pub(crate) status: Option<String>,
    /// add: who makes a statement
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) speaker: Option<String>,
    /// add: how the speaker stands to a statement [default: asserts]
    #[arg(long, value_name = "STANCE", value_parser = names(Stance::ALL.iter().map(|one| one.name())))]
    pub(crate) stance: Option<String>,
    /// add: the full name of the person or body that the words name [default: the words]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) name: Option<String>,
    /// add: what kind of actor that is [default: person]
    #[arg(long, value_name = "KIND", value_parser = names(ActorKind::ALL.iter().map(|one| one.name())))]
    pub(crate) kind: Option<String>,
}

fn names(all: impl Iterator<Item = &'static str>) -> PossibleValuesParser {
    PossibleValuesParser::new(all.collect::<Vec<_>>())
}

impl Adding {
    /// Whether nothing of it was said.
    pub(crate) fn is_empty(&self) -> bool {
        let Self { quote, at, what, act_type, outcome, status, speaker, stance, name, kind } = self;
        let texts = [quote, what, act_type, status, speaker, stance, name, kind];
        texts.iter().all(|text| text.is_none()) && at.is_none() && outcome.is_empty()
    }

    /// What is added, by the names that `case.json` has for it; `quote` are the words as they stand in the document.
    pub(crate) fn named(&self, quote: &str) -> Map<String, Value> {
        let what = self.what.as_deref().unwrap_or("event");
        let said = |value: &Option<String>, else_: &str| Some(value.as_deref().unwrap_or(else_).to_owned());
        let parts = match what {
            "act" => vec![("type", said(&self.act_type, "decision")), ("status", said(&self.status, "actual"))],
            "statement" => vec![("stance", said(&self.stance, "asserts")), ("speaker", self.speaker.clone())],
            "actor" => vec![("name", said(&self.name, quote)), ("kind", said(&self.kind, "person"))],
            _ => vec![("status", said(&self.status, "actual"))],
        };
        let mut all: Map<String, Value> =
            parts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))).collect();
        all.insert("what".to_owned(), what.into());
        if what == "act" {
            all.insert("outcomes".to_owned(), self.outcome.as_slice().into());
        }
        all
    }

    /// What was said that does not belong to what is added, as it is written on the command line.
    pub(crate) fn foreign(&self) -> Option<&'static str> {
        let what = self.what.as_deref().unwrap_or("event");
        let has = [
            ("--type", self.act_type.is_some(), &["act"][..]),
            ("--outcome", !self.outcome.is_empty(), &["act"]),
            ("--status", self.status.is_some(), &["act", "event"]),
            ("--speaker", self.speaker.is_some(), &["statement"]),
            ("--stance", self.stance.is_some(), &["statement"]),
            ("--name", self.name.is_some(), &["actor"]),
            ("--kind", self.kind.is_some(), &["actor"]),
        ];
        has.into_iter().find(|(_, given, of)| *given && !of.contains(&what)).map(|(name, ..)| name)
    }
}
