//! The case: what is made of the findings of many documents. Every item carries the passages it rests on.

use std::sync::Arc;

use crate::{
    ActClass, ActType, ActorKind, Affiliation, DateRole, Day, Edtf, EffectKind, EventStatus, Judged, NameRelation,
    Passage, Problem, RequestState, Role, SignatoryKind, Source, Span, Stance, StandingStatus, TermKind, TimexKind,
    TimexMod, When,
};

/// A case file: the sources and what was made of them.
///
/// Order is defined: sources by name then id; everything else by date, source and place, then id.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The day as of which standings are given.
    pub as_of: Day,
    /// True where the day was asked for; false where it is the latest date of an event in the sources.
    pub as_of_given: bool,
    /// The documents: shared, so that several cases that were weighed from the same have each text once.
    pub sources: Vec<Arc<Source>>,
    /// People and bodies.
    pub actors: Vec<Actor>,
    /// Events, acts among them, in order of time.
    pub events: Vec<Event>,
    /// Proceedings.
    pub proceedings: Vec<Proceeding>,
    /// Periods that run.
    pub deadlines: Vec<Deadline>,
    /// Who says what.
    pub statements: Vec<CaseStatement>,
    /// What cannot both hold.
    pub conflicts: Vec<Conflict>,
    /// Letters with their signatories.
    pub letters: Vec<CaseLetter>,
    /// Every temporal expression.
    pub dates: Vec<CaseDate>,
    /// What could not be done, or looks wrong.
    pub problems: Vec<Problem>,
    /// Actors that may be one.
    pub alike: Vec<Alike>,
    /// What people said of findings, in the order in which they said it.
    pub judgments: Vec<Judged>,
    /// Versions of the data files that the findings rest on: name → digest.
    pub rules: Vec<(String, String)>,
}

impl Case {
    /// The day as of which standings are given; `None` where no day was asked for and no event has a date ([`Case::as_of`] is then
    /// [`Day::ZERO`], and means nothing).
    #[must_use]
    pub fn known_as_of(&self) -> Option<Day> {
        (self.as_of_given || self.as_of != Day::ZERO).then_some(self.as_of)
    }
}

/// A person or body.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Stable id (`a-…`).
    pub id: String,
    /// The fullest form of the name.
    pub name: String,
    /// What kind.
    pub kind: ActorKind,
    /// The row of the court and authority lexicon, if it is one of them.
    pub known_as: Option<String>,
    /// Every form of the name.
    pub names: Vec<ActorName>,
    /// Where it is named, in order.
    pub mentions: Vec<Passage>,
    /// Why mentions of several forms or documents are taken for one actor, a sentence each.
    pub merged_because: Vec<String>,
    /// The rules.
    pub made_by: String,
    /// 0 to 1.
    pub confidence: f32,
}

/// Two actors that may be one: something speaks for it, and not enough to decide it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Their ids.
    pub actors: [String; 2],
    /// What speaks for it, in a sentence without a full stop.
    pub because: String,
}

/// A form of a name.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorName {
    /// As it stands in the text.
    pub text: String,
    /// ISO 15924: `Latn`, `Cyrl`, ….
    pub script: &'static str,
    /// ISO 639-1 code of the passage it stands in.
    pub language: String,
    /// How it relates to the main form.
    pub relation: NameRelation,
}

/// An actor's part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActorRole {
    /// The actor's id.
    pub actor: String,
    /// Its part.
    pub role: Role,
}

/// Something that happened, is asked for, is possible or is denied.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Stable id (`e-…`).
    pub id: String,
    /// When; `None` where nothing dates it.
    pub when: Option<When>,
    /// Ids of events that it comes after, where only order dates it.
    pub after: Vec<String>,
    /// Ids of events that it comes before.
    pub before: Vec<String>,
    /// What happened, in the words of the source.
    pub what: String,
    /// `decision`, `order`, `appeal`, … for acts (the act's type); `event` otherwise.
    pub kind: String,
    /// Who took part.
    pub actors: Vec<ActorRole>,
    /// Ids of the actors to whom the account is attributed.
    pub said_by: Vec<String>,
    /// Whether it happened.
    pub status: EventStatus,
    /// The procedural act that it is: apart, since it takes more memory than all else, and not every event is one.
    pub act: Option<Box<ActOfCase>>,
    /// Its passages, the first one the fullest.
    pub passages: Vec<Passage>,
    /// Why several mentions are taken for one event, a sentence each.
    pub merged_because: Vec<String>,
    /// The rules.
    pub made_by: Vec<String>,
    /// 0 to 1.
    pub confidence: f32,
    /// What it was inferred from, where it is an inference.
    pub inferred_from: Vec<Because>,
}

/// The dates of an act, each kept apart. Few acts have more than one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActDatesOfCase {
    /// The act itself.
    pub act: Option<Box<When>>,
    /// The hearing.
    pub hearing: Option<Box<When>>,
    /// The reading or pronouncement.
    pub reading: Option<Box<When>>,
    /// The service.
    pub service: Option<Box<When>>,
    /// The entry into force.
    pub entry_into_force: Option<Box<When>>,
}

/// A provision, a ground or a relief of an act, as its sources word it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Which of them.
    pub kind: TermKind,
    /// The words.
    pub passage: Passage,
}

/// A procedural act.
#[derive(Clone, Debug, PartialEq)]
pub struct ActOfCase {
    /// What it is as a paper.
    pub act_type: ActType,
    /// The body's actor id, where it is known.
    pub body: Option<String>,
    /// The body's name as the lexicon or the text has it.
    pub body_name: Option<String>,
    /// What it does.
    pub outcomes: Vec<ActClass>,
    /// Its object, in the source's words.
    pub object: Option<String>,
    /// The provisions that it applies, its grounds and its relief, in the order of its passages.
    pub terms: Vec<Term>,
    /// Its dates.
    pub dates: ActDatesOfCase,
    /// Its number.
    pub docket: Option<String>,
    /// What it does to earlier acts.
    pub effects: Vec<Effect>,
    /// How it stands.
    pub standing: Standing,
    /// The id of the proceeding that it belongs to.
    pub proceeding: Option<String>,
}

/// Whether an edge stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EdgeBasis {
    /// The text says so.
    Stated,
    /// It follows by a rule.
    Derived,
    /// Somebody says so in a judgment.
    Judged,
}

impl EdgeBasis {
    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Derived => "derived",
            Self::Judged => "judged",
        }
    }
}

/// What an act does to an earlier act.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The target's event id; `None` where the earlier act is not in the file.
    pub on: Option<String>,
    /// What it does.
    pub effect: EffectKind,
    /// Whether the text says so.
    pub basis: EdgeBasis,
    /// How the target was found, or by which rule it follows.
    pub because: String,
    /// The words.
    pub passages: Vec<Passage>,
}

/// How an act stands as of the case's day.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The status. Of a request: executed where it was decided, revoked where it was withdrawn, else unknown.
    pub status: StandingStatus,
    /// How a request (an appeal, a complaint, an application) stands; `None` for every other act.
    pub request: Option<RequestState>,
    /// The day.
    pub as_of: Day,
    /// The chain that gives it, in order of time. Never empty.
    pub because: Vec<Because>,
}

impl Standing {
    /// The word for it in tables: how a request stands, else the status.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self.request {
            Some(state) => state.name(),
            None => self.status.name(),
        }
    }
}

/// One step of a reason: words, the event they speak of, and the passages they rest on.
#[derive(Clone, Debug, PartialEq)]
pub struct Because {
    /// A sentence.
    pub words: String,
    /// The event that the step speaks of.
    pub event: Option<String>,
    /// Whether the text says so or a rule does.
    pub basis: EdgeBasis,
    /// The passages.
    pub passages: Vec<Passage>,
}

/// Whether a proceeding is open.
#[derive(Clone, Debug, PartialEq)]
pub enum ProceedingState {
    /// Open: before which body (actor id and name), since when.
    Pending {
        /// The actor id of the body, where it is known.
        body: Option<String>,
        /// Its name.
        body_name: Option<String>,
        /// Since when.
        since: Option<Edtf>,
    },
    /// Ended by the event with this id.
    Closed {
        /// The event.
        by: String,
    },
    /// Not known.
    Unknown,
}

/// The acts about one matter in one line of forums.
#[derive(Clone, Debug, PartialEq)]
pub struct Proceeding {
    /// Stable id (`p-…`).
    pub id: String,
    /// What it is about: "asylum — Nadia Orlova" made from the matter and the persons.
    pub title: String,
    /// The matter as a key: `asylum`, `removal`, `extradition`, `criminal`, `civil`, `administrative`, `international`, `other`.
    pub matter: String,
    /// The ids of its acts in order of time.
    pub acts: Vec<String>,
    /// Whether it is open.
    pub state: ProceedingState,
    /// Passages for the state.
    pub passages: Vec<Passage>,
}

/// A period that runs, with its counting.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    /// Stable id (`d-…`).
    pub id: String,
    /// The event id of the act that it runs from.
    pub act: Option<String>,
    /// What is to be done, or what ends.
    pub what: String,
    /// True where nothing is to be done: the day is that on which something ends that lasts, a detention or a ban.
    pub expires: bool,
    /// The last day; `None` where it is not computable, and then `steps` says why.
    pub due: Option<Day>,
    /// The earliest arguable last day.
    pub earliest_due: Option<Day>,
    /// The rule's id, or `stated` where the text gives the period.
    pub rule: String,
    /// The rule's status: `verified`, `partly verified`, `unverified`, or `stated`.
    pub rule_status: String,
    /// Each step of the counting.
    pub steps: Vec<String>,
    /// Other answers that are arguable: (last day, why).
    pub alternatives: Vec<(Option<Day>, String)>,
    /// `running`, `due`, `past`, `ended` (the act that gives it no longer stands), `not computable`.
    pub state: String,
    /// The words.
    pub passages: Vec<Passage>,
}

/// Passages that cannot both hold. It concludes nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Stable id (`c-…`).
    pub id: String,
    /// `opposite-duties`, `two-dates`, `numbers`, ….
    pub kind: String,
    /// Ids of the events (or sources) that clash.
    pub between: Vec<String>,
    /// How it was found, in sentences.
    pub explanation: String,
    /// One passage at least for each side, in the order of `between`.
    pub passages: Vec<Passage>,
}

/// Who says what.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseStatement {
    /// Stable id (`t-…`).
    pub id: String,
    /// The speaker: an actor's id, or the words for a speaker who is none.
    pub speaker: Option<Result<String, String>>,
    /// Through whom, outermost first: actor ids.
    pub chain: Vec<String>,
    /// The reporting verb as written.
    pub verb: String,
    /// How the speaker stands to it.
    pub stance: Stance,
    /// What is said, as written.
    pub content: String,
    /// Actor ids.
    pub about: Vec<String>,
    /// What it is said to rest on.
    pub evidence: Vec<Passage>,
    /// The whole passage first, then the content.
    pub passages: Vec<Passage>,
    /// The rule, and the language model that helped it.
    pub made_by: Vec<String>,
    /// 0 to 1.
    pub confidence: f32,
}

/// A letter of one source.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseLetter {
    /// The source's index in [`Case::sources`].
    pub source: usize,
    /// The date it bears.
    pub date: Option<When>,
    /// To whom.
    pub addressees: Vec<Span>,
    /// What it asks.
    pub demands: Vec<Span>,
    /// Who signed.
    pub signatories: Vec<CaseSignatory>,
}

/// A signatory of a letter.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseSignatory {
    /// The whole entry.
    pub span: Span,
    /// The name.
    pub name: Span,
    /// The surname where it stands apart from the name.
    pub surname: Option<Span>,
    /// Person or organisation.
    pub kind: SignatoryKind,
    /// A title in front.
    pub title: Option<Span>,
    /// Roles and organisations.
    pub affiliations: Vec<Affiliation>,
    /// The place named.
    pub place: Option<Span>,
    /// The actor's id.
    pub actor: Option<String>,
}

/// A temporal expression of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseDate {
    /// Where.
    pub passage: Passage,
    /// Its type.
    pub kind: TimexKind,
    /// The TIMEX3 value.
    pub value: String,
    /// The `mod` of TIMEX3.
    pub modifier: Option<TimexMod>,
    /// The EDTF value.
    pub edtf: Option<Edtf>,
    /// The EDTF interval that it is an end of.
    pub interval: Option<Box<Edtf>>,
    /// What it is in the document.
    pub role: DateRole,
    /// What is odd about it.
    pub note: Option<String>,
    /// The rule.
    pub made_by: String,
    /// 0 to 1.
    pub confidence: f32,
}

impl CaseDate {
    /// What the words say, as EDTF: as [`TimeExpr::extent`](crate::TimeExpr::extent).
    #[must_use]
    pub fn extent(&self) -> Option<&Edtf> {
        Edtf::extent(self.edtf.as_ref(), self.interval.as_deref())
    }
}
