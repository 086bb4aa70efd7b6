//! What is found in one document. Every span points into the text of that document.

use crate::{ActClass, ActType, Basis, Day, Edtf, EffectKind, Passage, Problem, SourceId, Span};

/// An index into [`Findings::mentions`].
pub type MentionIx = usize;
/// An index into [`Findings::actors`].
pub type ActorIx = usize;
/// An index into [`Findings::dates`].
pub type DateIx = usize;
/// An index into [`Findings::acts`].
pub type ActIx = usize;

/// Everything found in one source.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// The source.
    pub source: SourceId,
    /// The day that the document bears (header, dateline, date of a judgment), as an index into `dates`.
    pub document_date: Option<DateIx>,
    /// Sentences in order.
    pub sentences: Vec<Span>,
    /// Every temporal expression, in order.
    pub dates: Vec<TimeExpr>,
    /// The people and bodies of this document.
    pub actors: Vec<LocalActor>,
    /// Every mention of them, in order.
    pub mentions: Vec<Mention>,
    /// Procedural acts, in order of their triggers: those told and those only referred to.
    pub acts: Vec<ActFinding>,
    /// Other dated events.
    pub events: Vec<EventFinding>,
    /// Who says what.
    pub statements: Vec<StatementFinding>,
    /// The letter that the document is, if it is one.
    pub letter: Option<Letter>,
    /// Counted things, for comparison between sources.
    pub counts: Vec<CountFinding>,
    /// Numbers and days that the text itself sets against one another: one thing, told differently by two who tell it.
    pub retold: Vec<Retelling>,
    /// Where it tells the day on which a paper was served, handed over or received.
    pub served: Vec<ServedFinding>,
    /// The clauses that speak to the reader of the document: "you are obliged to leave".
    pub to_reader: Vec<Span>,
    /// Where it says of a person that they are a refugee now.
    pub claims: Vec<StatusClaim>,
    /// Periods and last days whose beginning it gives, and which are of no act that it tells.
    pub periods: Vec<PeriodFinding>,
    /// What could not be done, or looks wrong.
    pub problems: Vec<Problem>,
}

impl Findings {
    /// No findings at all in `source`.
    #[must_use]
    pub const fn empty(source: SourceId) -> Self {
        Self {
            source,
            document_date: None,
            sentences: Vec::new(),
            dates: Vec::new(),
            actors: Vec::new(),
            mentions: Vec::new(),
            acts: Vec::new(),
            events: Vec::new(),
            statements: Vec::new(),
            letter: None,
            counts: Vec::new(),
            retold: Vec::new(),
            served: Vec::new(),
            to_reader: Vec::new(),
            claims: Vec::new(),
            periods: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The passage at `span` of this source.
    #[must_use]
    pub fn passage(&self, span: Span) -> Passage {
        Passage::new(self.source.clone(), span)
    }
}

/// The four types of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimexKind {
    /// A calendar date of whatever width.
    Date,
    /// A time of day, with or without its date.
    Time,
    /// A length of time.
    Duration,
    /// Something that repeats.
    Set,
}

impl TimexKind {
    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// What a temporal expression is in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DateRole {
    /// The date of something that happened, or is to happen.
    Event,
    /// The date of a law, convention, decree that is cited as a norm.
    Norm,
    /// A date inside a reference to a judgment, reporter, footnote, URL or docket number.
    Citation,
    /// Dateline, header, date of publication.
    Publication,
    /// Anything else: a birth date in a form, an age, a period without anchor.
    Other,
}

impl DateRole {
    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Norm => "norm",
            Self::Citation => "citation",
            Self::Publication => "publication",
            Self::Other => "other",
        }
    }
}

/// The `mod` attribute of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimexMod {
    /// Around.
    Approx,
    /// The beginning of.
    Start,
    /// The middle of.
    Mid,
    /// The end of.
    End,
    /// Before.
    Before,
    /// After.
    After,
    /// Not after.
    OnOrBefore,
    /// Not before.
    OnOrAfter,
    /// Less than (a length).
    LessThan,
    /// More than (a length).
    MoreThan,
    /// At most (a length).
    EqualOrLess,
    /// At least (a length).
    EqualOrMore,
}

impl TimexMod {
    /// The name in TIMEX3.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approx => "APPROX",
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Before => "BEFORE",
            Self::After => "AFTER",
            Self::OnOrBefore => "ON_OR_BEFORE",
            Self::OnOrAfter => "ON_OR_AFTER",
            Self::LessThan => "LESS_THAN",
            Self::MoreThan => "MORE_THAN",
            Self::EqualOrLess => "EQUAL_OR_LESS",
            Self::EqualOrMore => "EQUAL_OR_MORE",
        }
    }
}

/// A temporal expression.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpr {
    /// The words.
    pub span: Span,
    /// Its type.
    pub kind: TimexKind,
    /// The TIMEX3 value: `2018-05-31`, `P30D`, `2023-06-30T14:00`, `XXXX-WXX-1`.
    pub value: String,
    /// The `mod` of TIMEX3.
    pub modifier: Option<TimexMod>,
    /// The same as EDTF, where it is a date.
    pub edtf: Option<Edtf>,
    /// The EDTF interval that it is an end of: `2014-05-15/2014-07-16` of “from 15 May to 16 July 2014”, for both ends; `2013/..` of
    /// “since 2013”; `../2020-05-05` of “until 5 May 2020”.
    pub interval: Option<Box<Edtf>>,
    /// What the expression is in the document.
    pub role: DateRole,
    /// How the value is known: [`Basis::Stated`], [`Basis::YearTaken`] or [`Basis::Relative`].
    pub basis: Basis,
    /// The words that an incomplete or relative expression was resolved against.
    pub anchor: Option<Span>,
    /// 0 to 1.
    pub confidence: f32,
    /// What is odd about it: "03/04/2021 may be 3 April or 4 March", "implausible: after the date of the document".
    pub note: Option<String>,
    /// The rule that found it.
    pub made_by: String,
}

impl TimeExpr {
    /// What the words say, as EDTF: the date, or the time that it is the open end of: `2013/..` of “since 2013”, whose `edtf` is `2013`.
    /// Both ends of “from 3 to 5 May” are what they are.
    #[must_use]
    pub fn extent(&self) -> Option<&Edtf> {
        Edtf::extent(self.edtf.as_ref(), self.interval.as_deref())
    }

    /// The one day that the words name, where they name one.
    #[must_use]
    pub fn as_day(&self) -> Option<Day> {
        self.edtf.as_ref()?.as_day()
    }
}

/// What kind of actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActorKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A court or tribunal.
    Court,
    /// Another public body or office: a ministry, a prefect, a prosecutor.
    Authority,
    /// A state.
    State,
    /// A place that acts or is named as one.
    Place,
    /// Not known.
    Unknown,
}

impl ActorKind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Person, Self::Organisation, Self::Court, Self::Authority, Self::State, Self::Place, Self::Unknown];

    /// The one with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Court => "court",
            Self::Authority => "authority",
            Self::State => "state",
            Self::Place => "place",
            Self::Unknown => "unknown",
        }
    }

    /// True where such an actor can decide.
    #[must_use]
    pub const fn is_body(self) -> bool {
        matches!(self, Self::Court | Self::Authority)
    }
}

/// How one form of a name relates to the main one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameRelation {
    /// The fullest form.
    Main,
    /// A shorter form of the same name ("Ivanov").
    Short,
    /// An acronym or abbreviation.
    Acronym,
    /// The same name in another grammatical case.
    Inflected,
    /// The same name in another script.
    Transliterated,
    /// The same name in another language.
    Translated,
    /// Likely a slip of the pen.
    Misspelling,
    /// Another name of the same actor, given by the text.
    Alias,
    /// The name with the title that stands before it ("Ms Holt").
    Titled,
}

impl NameRelation {
    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Short => "short",
            Self::Acronym => "acronym",
            Self::Inflected => "inflected",
            Self::Transliterated => "transliterated",
            Self::Translated => "translated",
            Self::Misspelling => "misspelling",
            Self::Titled => "titled",
            Self::Alias => "alias",
        }
    }
}

/// How the names of language models begin where they stand for the rule that made a finding: `nlp/en_core_web_sm-3.8.0`.
pub const MODELS: &str = "nlp/";

/// A person or body of one document, with the forms of its name there.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalActor {
    /// The fullest form of the name, in the nominative where that is known.
    pub name: String,
    /// What kind.
    pub kind: ActorKind,
    /// The id of the row of the court and authority lexicon (`data/courts/*.toml`) that this is, if it is one of them.
    pub known_as: Option<String>,
    /// Every form of the name that stands in the text, without repeats, with its relation to `name`.
    pub forms: Vec<(String, NameRelation)>,
    /// The rule or gazetteer that made it.
    pub made_by: String,
    /// 0 to 1.
    pub confidence: f32,
}

/// One place where an actor is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words, without possessive endings.
    pub span: Span,
    /// Whom they name.
    pub actor: ActorIx,
}

/// Whether what is told happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventStatus {
    /// Told as having happened.
    Actual,
    /// Asked for, urged, planned, threatened or still to come.
    Requested,
    /// Possible or conditional.
    Possible,
    /// Said not to have happened.
    Denied,
}

impl EventStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Actual, Self::Requested, Self::Possible, Self::Denied];

    /// The one with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Requested => "requested",
            Self::Possible => "possible",
            Self::Denied => "denied",
        }
    }
}

/// What an actor is in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Decides, orders, does.
    Agent,
    /// The person or body that the act is about.
    Subject,
    /// Asks, appeals, complains.
    Applicant,
    /// The other side.
    Respondent,
    /// To whom something is sent or handed.
    Recipient,
    /// Where the matter is sent or pends.
    Forum,
    /// Named in the same clause; the part is not known.
    Named,
}

impl Role {
    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Subject => "subject",
            Self::Applicant => "applicant",
            Self::Respondent => "respondent",
            Self::Recipient => "recipient",
            Self::Forum => "forum",
            Self::Named => "named",
        }
    }
}

/// An actor's part in an act or event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The mention that names it.
    pub mention: MentionIx,
    /// Its part.
    pub role: Role,
}

/// How an act is spoken of in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActMention {
    /// The clause tells it: "the court annulled …".
    Told,
    /// A noun phrase refers to it: "the decision of 31 May 2018 by the Director".
    Referred,
}

/// What the words of an act say besides what it is and of whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermKind {
    /// A provision of a law: that under which it was done, or that it finds violated.
    Norm,
    /// Why it was done so, or on what a remedy rests.
    Ground,
    /// What a remedy or request asks for, or what a decision orders or grants besides its outcome.
    Relief,
}

impl TermKind {
    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Norm => "norm",
            Self::Ground => "ground",
            Self::Relief => "relief",
        }
    }
}

/// A provision, a ground or a relief of an act, in the text's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TermFinding {
    /// Which of them.
    pub kind: TermKind,
    /// The words, without those that introduce them.
    pub span: Span,
}

/// The dates of an act, each kept apart; indices into [`Findings::dates`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActDates {
    /// The act itself.
    pub act: Option<DateIx>,
    /// The hearing.
    pub hearing: Option<DateIx>,
    /// The reading or pronouncement.
    pub reading: Option<DateIx>,
    /// The service, notification, handing over.
    pub service: Option<DateIx>,
    /// The entry into force.
    pub entry_into_force: Option<DateIx>,
}

/// A procedural act, told or referred to.
#[derive(Clone, Debug, PartialEq)]
pub struct ActFinding {
    /// The word or words that name the act.
    pub trigger: Span,
    /// The clause or noun phrase that tells it: the passage shown.
    pub span: Span,
    /// Told, or only referred to.
    pub mention: ActMention,
    /// What it is as a paper.
    pub act_type: ActType,
    /// What it does; `[Decide]` where the text gives no outcome.
    pub classes: Vec<ActClass>,
    /// Who decides or acts.
    pub body: Option<MentionIx>,
    /// The same in the text's own words, where they name nobody who is known by name: "a duty judge", "адвокаты".
    pub body_words: Option<Span>,
    /// The others.
    pub participants: Vec<Participant>,
    /// The pronoun by which the text names whom it befell: "arrested him". The participant that it stands for is an inference.
    pub about_words: Option<Span>,
    /// The object in the text's own words ("extradition to Russia", "refugee status").
    pub object: Option<Span>,
    /// The provisions that it applies, why it was done, and what it asks for or grants, in the text's own words and in their order.
    pub terms: Vec<TermFinding>,
    /// Its dates.
    pub dates: ActDates,
    /// A docket, application, reporter or ECLI number that names it, normalised.
    pub docket: Option<String>,
    /// Whether it happened.
    pub status: EventStatus,
    /// What it does to earlier acts.
    pub effects: Vec<EffectFinding>,
    /// The earlier or other finding in this document that a pronoun or definite phrase makes this the same act as
    /// ("The order", "this judicial review order"), with the reason; the weighing merges them.
    pub same_as: Option<(ActIx, String)>,
    /// True for what the operative part of the document tells: the decision that the document itself is. Its parts may do contrary
    /// things to different objects (annul an order, dismiss the rest) and are one act all the same.
    pub own: bool,
    /// Where an appeal or request pends, if the text says that it does; the span is the words that say so.
    pub pending: Option<(Option<MentionIx>, Span)>,
    /// The words that say that it is final: that no appeal lies against it, or that it became final on a day that is not told.
    pub final_words: Option<Span>,
    /// Periods that the text ties to this act.
    pub periods: Vec<PeriodFinding>,
    /// Those to whom the text attributes the account ("according to …").
    pub said_by: Vec<MentionIx>,
    /// The lexicon row that found it: `en.annul.overturn`.
    pub made_by: String,
    /// The language model that a part of it rests on besides the row: `nlp/en_core_web_sm-3.8.0`.
    pub engine: Option<String>,
    /// 0 to 1.
    pub confidence: f32,
}

/// An effect on an earlier act, as one document tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectFinding {
    /// What it does.
    pub effect: EffectKind,
    /// The target in this document; `None` where the text points to an act that it does not describe.
    pub target: Option<ActIx>,
    /// The words that tell the effect and point to the target.
    pub span: Span,
    /// True where the text says so; false where it was inferred, for the reason given.
    pub stated: bool,
    /// How the target was found: "named in the same clause", "“that decision”: the nearest earlier decision of the same body".
    pub because: String,
}

/// From when a period runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeriodStart {
    /// From service or notification of the act.
    Service,
    /// From the act.
    Act,
    /// From the day on which the act was drawn up in full, or signed.
    Written,
    /// From the date given.
    Date(DateIx),
    /// Back from the date given ("no later than ten days before the hearing").
    Before(DateIx),
    /// The text does not say.
    Unknown,
}

/// A period or last day that the text itself gives.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodFinding {
    /// The words.
    pub span: Span,
    /// The length (a DURATION) or the last day (a DATE): an index into [`Findings::dates`].
    pub date: DateIx,
    /// What is to be done within it, in the text's own words.
    pub what: Span,
    /// What is to be done, as a class where it is one: [`ActClass::OrderLeave`] for "to leave", [`ActClass::Appeal`] for "may be appealed".
    pub class: Option<ActClass>,
    /// From when it runs.
    pub from: PeriodStart,
}

/// A place that tells the day on which a paper was served, or drawn up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServedFinding {
    /// The words from those for the service to its day.
    pub span: Span,
    /// The day: an index into [`Findings::dates`].
    pub date: DateIx,
    /// What it tells.
    pub kind: ServedKind,
}

/// What befell a paper on a day from which periods run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServedKind {
    /// The document itself was served: "Notified on 3 May", "this letter was received".
    Own,
    /// A paper that the document tells of was served.
    Other,
    /// The document was drawn up in full, or signed.
    Written,
}

/// Something dated that is no procedural act.
#[derive(Clone, Debug, PartialEq)]
pub struct EventFinding {
    /// The clause.
    pub span: Span,
    /// Its date, an index into [`Findings::dates`].
    pub date: DateIx,
    /// Who is named in it.
    pub participants: Vec<Participant>,
    /// Whether it happened.
    pub status: EventStatus,
    /// To whom the text attributes the account.
    pub said_by: Vec<MentionIx>,
    /// The rule.
    pub made_by: String,
    /// 0 to 1.
    pub confidence: f32,
}

/// How a speaker stands to what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stance {
    /// Says that it is so.
    Asserts,
    /// Says that it is not so.
    Denies,
    /// Reports what others say.
    Reports,
    /// Says it with reserve: "allegedly", the French conditional.
    Alleges,
    /// Concludes, finds.
    Concludes,
    /// Asks, urges, demands.
    Demands,
    /// Asks whether.
    Doubts,
}

impl Stance {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Asserts, Self::Denies, Self::Reports, Self::Alleges, Self::Concludes, Self::Demands, Self::Doubts];

    /// The one with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The name in exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asserts => "asserts",
            Self::Denies => "denies",
            Self::Reports => "reports",
            Self::Alleges => "alleges",
            Self::Concludes => "concludes",
            Self::Demands => "demands",
            Self::Doubts => "doubts",
        }
    }
}

/// Who says what.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementFinding {
    /// The whole: speaker, verb and content.
    pub span: Span,
    /// Who says it, the nearest speaker; `None` where the text names nobody ("allegedly").
    pub speaker: Option<MentionIx>,
    /// The speaker's words where it is not an actor ("numerous press reports").
    pub speaker_words: Option<Span>,
    /// Through whom, outermost first.
    pub chain: Vec<MentionIx>,
    /// The reporting verb or phrase.
    pub verb: Span,
    /// How the speaker stands to it.
    pub stance: Stance,
    /// What is said.
    pub content: Span,
    /// Whom it is about.
    pub about: Vec<MentionIx>,
    /// What it is said to rest on.
    pub evidence: Vec<Span>,
    /// The lexicon row.
    pub made_by: String,
    /// The language model that told who speaks, or what is said.
    pub engine: Option<String>,
    /// 0 to 1.
    pub confidence: f32,
}

/// A letter: to whom, what it asks, who signed.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Letter {
    /// Its date, an index into [`Findings::dates`].
    pub date: Option<DateIx>,
    /// To whom, as written.
    pub addressees: Vec<Span>,
    /// What it asks, a passage each.
    pub demands: Vec<Span>,
    /// Who signed, in order.
    pub signatories: Vec<Signatory>,
}

/// Whether a signatory is a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatoryKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
}

/// One signatory.
#[derive(Clone, Debug, PartialEq)]
pub struct Signatory {
    /// The whole line or entry.
    pub span: Span,
    /// The name.
    pub name: Span,
    /// The surname where it stands apart from the name: "Andreas" in "Andreas and Maria Berg".
    pub surname: Option<Span>,
    /// Person or organisation.
    pub kind: SignatoryKind,
    /// A title in front ("Prof.").
    pub title: Option<Span>,
    /// Roles and organisations, in order.
    pub affiliations: Vec<Affiliation>,
    /// The place or country named.
    pub place: Option<Span>,
    /// The actor that the name is, an index into [`Findings::actors`].
    pub actor: Option<ActorIx>,
}

/// A role, an organisation, or a role in an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affiliation {
    /// "President", "human rights lawyer".
    pub role: Option<Span>,
    /// "Center for Civil Liberties".
    pub organisation: Option<Span>,
}

/// How a number bounds a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// So many.
    Exactly,
    /// At least, more than.
    AtLeast,
    /// At most, fewer than.
    AtMost,
    /// About.
    About,
}

/// A number of things, so that two sources' numbers for one thing can be laid side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct CountFinding {
    /// The number with its noun.
    pub span: Span,
    /// The sentence or clause.
    pub clause: Span,
    /// The number.
    pub number: f64,
    /// Exactly, at least, at most, about.
    pub bound: Counted,
    /// What is counted, as a key of the lexicon (`killed`, `years-of-prison`, `money-eur`), the same in all languages.
    pub thing: String,
    /// The act or event that it belongs to, where a date in the clause gives one: an index into [`Findings::dates`].
    pub date: Option<DateIx>,
    /// The lexicon row.
    pub made_by: String,
}

/// Words that say of a person that a status is theirs at the time of writing: "is a recognised refugee".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusClaim {
    /// The person's name and the words.
    pub span: Span,
    /// The person.
    pub person: MentionIx,
}

/// One thing of which a text gives a number or a day, and right after it another one by another account: "87 people were detained;
/// the minister spoke of 112".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retelling {
    /// A number, a day, or a duty.
    pub what: Retold,
    /// The words of each, in order; two at least.
    pub sides: Vec<Span>,
    /// The lexicon row of the words that set the one against the other.
    pub made_by: String,
}

/// What is told differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Retold {
    /// A number of things.
    Number,
    /// The day of something.
    Day,
    /// The hour of something.
    Hour,
    /// A number of things, of which the second has two figures of the first changed round.
    Swapped,
    /// A number of things in the headline, and in the lines below it.
    Headline,
    /// Two duties that cannot both be obeyed, as the text says itself.
    Duties,
}
