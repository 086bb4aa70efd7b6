//! The shapes of `case.json`, one struct for each object; `schema/case.schema.json` says the same for other programs.

use std::borrow::Cow;

use serde::Serialize;

/// A passage: offsets in Unicode scalar values, `end` exclusive, and the words that stand there.
#[derive(Serialize)]
pub(super) struct Passage<'a> {
    pub(super) source: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) quote: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) page: Option<usize>,
}

/// Two actors that may be one.
#[derive(Serialize)]
pub(super) struct Alike<'a> {
    pub(super) actors: &'a [String; 2],
    pub(super) because: &'a str,
}

/// What somebody said of findings.
#[derive(Serialize)]
pub(super) struct Judgment<'a> {
    pub(super) entry: u64,
    pub(super) verdict: &'static str,
    pub(super) about: &'a [String],
    pub(super) by: &'a str,
    pub(super) time: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) words: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) titles: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) corrected: Option<Parts<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) found: Option<Parts<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) effect: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) added: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) names: &'a [String],
    pub(super) events: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) actors: &'a [String],
    pub(super) applied: bool,
}

/// Parts of an event that were corrected.
#[derive(Serialize)]
pub(super) struct Parts<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<&'a str>,
}

/// The program.
#[derive(Serialize)]
pub(super) struct Program<'a> {
    pub(super) name: &'static str,
    pub(super) version: &'a str,
    pub(super) rules: serde_json::Map<String, serde_json::Value>,
    pub(super) models: Vec<Model<'a>>,
}

/// A model.
#[derive(Serialize)]
pub(super) struct Model<'a> {
    pub(super) name: &'a str,
    pub(super) version: &'a str,
    pub(super) digest: &'a str,
}

/// A document.
#[derive(Serialize)]
pub(super) struct Source<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) sha256: &'a str,
    pub(super) blake3: &'a str,
    pub(super) size: u64,
    pub(super) media_type: &'a str,
    pub(super) encoding: &'a str,
    pub(super) lang: &'a str,
    pub(super) langs: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) meta_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) part_of: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) pages: Vec<Page>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) marks: Vec<Mark<'a>>,
    pub(super) blocks: Vec<Block<'a>>,
    pub(super) text: &'a str,
}

/// A page of a document; its size in points.
#[derive(Serialize)]
pub(super) struct Page {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// What a document says of a passage beside the text.
#[derive(Serialize)]
pub(super) struct Mark<'a> {
    pub(super) kind: &'static str,
    pub(super) start: usize,
    pub(super) end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) author: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<&'a str>,
}

/// A part of a document.
#[derive(Serialize)]
pub(super) struct Block<'a> {
    pub(super) kind: &'static str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) lang: &'a str,
}

/// A person or body.
#[derive(Serialize)]
pub(super) struct Actor<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) known_as: Option<&'a str>,
    pub(super) names: Vec<Name<'a>>,
    pub(super) mentions: Vec<Passage<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) merged_because: &'a [String],
    pub(super) made_by: [&'a str; 1],
    pub(super) confidence: f64,
}

/// A form of a name.
#[derive(Serialize)]
pub(super) struct Name<'a> {
    pub(super) text: &'a str,
    pub(super) script: &'a str,
    pub(super) language: &'a str,
    pub(super) relation: &'static str,
}

/// When.
#[derive(Serialize)]
pub(super) struct When<'a> {
    pub(super) edtf: &'a str,
    pub(super) earliest: Option<String>,
    pub(super) latest: Option<String>,
    pub(super) basis: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) passage: Option<Passage<'a>>,
}

/// An event; an act is an event with `act`.
#[derive(Serialize)]
pub(super) struct Event<'a> {
    pub(super) id: &'a str,
    pub(super) when: Option<When<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) after: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) before: &'a [String],
    pub(super) what: &'a str,
    pub(super) kind: &'a str,
    pub(super) actors: Vec<Part<'a>>,
    pub(super) said_by: &'a [String],
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) act: Option<Act<'a>>,
    pub(super) passages: Vec<Passage<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) merged_because: &'a [String],
    pub(super) made_by: &'a [String],
    pub(super) confidence: f64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) inferred_from: Vec<Because<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) judged: Vec<u64>,
}

/// An actor's part in an event.
#[derive(Serialize)]
pub(super) struct Part<'a> {
    pub(super) actor: &'a str,
    pub(super) role: &'static str,
}

/// A procedural act.
#[derive(Serialize)]
pub(super) struct Act<'a> {
    #[serde(rename = "type")]
    pub(super) act_type: &'static str,
    pub(super) body: Party<'a>,
    pub(super) outcomes: Vec<&'static str>,
    pub(super) object: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) norms: Vec<Passage<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) grounds: Vec<Passage<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) relief: Vec<Passage<'a>>,
    pub(super) dates: ActDates<'a>,
    pub(super) docket: Option<&'a str>,
    pub(super) effects: Vec<Effect<'a>>,
    pub(super) standing: Standing<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) proceeding: Option<&'a str>,
}

/// A body or speaker: an actor of the case, or a name only.
#[derive(Serialize)]
pub(super) struct Party<'a> {
    pub(super) actor: Option<&'a str>,
    pub(super) name: Option<&'a str>,
}

/// The dates of an act.
#[derive(Serialize)]
pub(super) struct ActDates<'a> {
    pub(super) act: Option<When<'a>>,
    pub(super) hearing: Option<When<'a>>,
    pub(super) reading: Option<When<'a>>,
    pub(super) service: Option<When<'a>>,
    pub(super) entry_into_force: Option<When<'a>>,
}

/// What an act does to an earlier one.
#[derive(Serialize)]
pub(super) struct Effect<'a> {
    pub(super) on: Option<&'a str>,
    pub(super) effect: &'static str,
    pub(super) basis: &'static str,
    pub(super) because: &'a str,
    pub(super) passages: Vec<Passage<'a>>,
}

/// How an act stands.
#[derive(Serialize)]
pub(super) struct Standing<'a> {
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) request: Option<&'static str>,
    pub(super) as_of: Option<String>,
    pub(super) because: Vec<Because<'a>>,
}

/// A step of a reason.
#[derive(Serialize)]
pub(super) struct Because<'a> {
    pub(super) words: &'a str,
    pub(super) event: Option<&'a str>,
    pub(super) basis: &'static str,
    pub(super) passages: Vec<Passage<'a>>,
}

/// A proceeding.
#[derive(Serialize)]
pub(super) struct Proceeding<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) matter: &'a str,
    pub(super) acts: &'a [String],
    pub(super) state: State<'a>,
    pub(super) passages: Vec<Passage<'a>>,
}

/// Whether a proceeding is open.
#[derive(Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub(super) enum State<'a> {
    Pending { body: Party<'a>, since: Option<&'a str> },
    Closed { by: &'a str },
    Unknown,
}

/// A deadline.
#[derive(Serialize)]
pub(super) struct Deadline<'a> {
    pub(super) id: &'a str,
    pub(super) act: Option<&'a str>,
    pub(super) what: &'a str,
    pub(super) kind: &'static str,
    pub(super) due: Option<String>,
    pub(super) earliest_due: Option<String>,
    pub(super) rule: &'a str,
    pub(super) rule_status: &'a str,
    pub(super) steps: &'a [String],
    pub(super) alternatives: Vec<Alternative<'a>>,
    pub(super) state: &'a str,
    pub(super) passages: Vec<Passage<'a>>,
}

/// Another last day that is arguable.
#[derive(Serialize)]
pub(super) struct Alternative<'a> {
    pub(super) due: Option<String>,
    pub(super) because: &'a str,
}

/// A statement.
#[derive(Serialize)]
pub(super) struct Statement<'a> {
    pub(super) id: &'a str,
    pub(super) speaker: Party<'a>,
    pub(super) chain: &'a [String],
    pub(super) verb: &'a str,
    pub(super) stance: &'static str,
    pub(super) content: &'a str,
    pub(super) about: &'a [String],
    pub(super) evidence: Vec<Passage<'a>>,
    pub(super) passages: Vec<Passage<'a>>,
    pub(super) made_by: &'a [String],
    pub(super) confidence: f64,
}

/// A conflict.
#[derive(Serialize)]
pub(super) struct Conflict<'a> {
    pub(super) id: &'a str,
    pub(super) kind: &'a str,
    pub(super) between: &'a [String],
    pub(super) explanation: &'a str,
    pub(super) passages: Vec<Passage<'a>>,
}

/// A letter.
#[derive(Serialize)]
pub(super) struct Letter<'a> {
    pub(super) id: String,
    pub(super) source: &'a str,
    pub(super) date: Option<When<'a>>,
    pub(super) addressees: Vec<Words<'a>>,
    pub(super) demands: Vec<Words<'a>>,
    pub(super) signatories: Vec<Signatory<'a>>,
}

/// Words with their place.
#[derive(Serialize)]
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) passages: [Passage<'a>; 1],
}

/// A signatory.
#[derive(Serialize)]
pub(super) struct Signatory<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) kind: &'static str,
    pub(super) title: Option<&'a str>,
    pub(super) affiliations: Vec<Affiliation<'a>>,
    pub(super) place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) actor: Option<&'a str>,
    pub(super) passages: Vec<Passage<'a>>,
}

/// A role, an organisation, or both.
#[derive(Serialize)]
pub(super) struct Affiliation<'a> {
    pub(super) role: Option<&'a str>,
    pub(super) organisation: Option<&'a str>,
}

/// A temporal expression.
#[derive(Serialize)]
pub(super) struct Date<'a> {
    pub(super) id: String,
    pub(super) passage: Passage<'a>,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) value: &'a str,
    #[serde(rename = "mod", skip_serializing_if = "Option::is_none")]
    pub(super) modifier: Option<&'static str>,
    pub(super) edtf: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) interval: Option<&'a str>,
    pub(super) role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<&'a str>,
    pub(super) made_by: [&'a str; 1],
    pub(super) confidence: f64,
}

/// A problem.
#[derive(Serialize)]
pub(super) struct Problem<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) kind: &'static str,
    pub(super) what: &'a str,
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub(super) place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) passage: Option<Passage<'a>>,
    pub(super) advice: &'a str,
}
