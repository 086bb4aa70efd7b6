//! The words that every khronika crate shares.
//!
//! A [`Source`] is a document as it was received, with its text. A [`Passage`] points into that text. What the program finds in one
//! document is a [`Findings`]; what it makes of many documents is a [`Case`]. Dates are as uncertain as the words they come from:
//! see [`When`] and [`Edtf`].
//!
//! This crate knows nothing of files, of languages, of law or of output formats, and depends on nothing heavy, so that the crates
//! that find, weigh and show can be built and tested without a document parser.
//!
//! Inside the program every offset is a byte offset that falls on a character boundary ([`Span`]); exports count Unicode scalar
//! values ([`CharOffset`]), and [`CharIndex`] is the one way from the one to the other.

mod act;
mod added;
mod case;
mod finding;
mod id;
mod judgment;
mod lang;
mod layout;
pub mod letter;
mod offset;
mod problem;
mod source;
mod when;

pub use act::{ActClass, ActType, EffectKind, RequestState, StandingStatus};
pub use added::{Added, Addition, Anchor, BY_HAND, places};
pub use case::{
    ActDatesOfCase, ActOfCase, Actor, ActorName, ActorRole, Alike, Because, Case, CaseDate, CaseLetter, CaseSignatory,
    CaseStatement, Conflict, Deadline, EdgeBasis, Effect, Event, Proceeding, ProceedingState, Standing, Term,
};
pub use finding::{
    ActDates, ActFinding, ActIx, ActMention, ActorIx, ActorKind, Affiliation, CountFinding, Counted, DateIx, DateRole,
    EffectFinding, EventFinding, EventStatus, Findings, Letter, LocalActor, MODELS, Mention, MentionIx, NameRelation,
    Participant, PeriodFinding, PeriodStart, Retelling, Retold, Role, ServedFinding, ServedKind, Signatory,
    SignatoryKind, Stance, StatementFinding, StatusClaim, TermFinding, TermKind, TimeExpr, TimexKind, TimexMod,
};
pub use id::stable_id;
pub use judgment::{Correction, Judged, Judgment, Verdict};
pub use lang::Lang;
pub use layout::{Layout, Mark, MarkKind, Page, Rect, WordBox, hundredths, points};
pub use offset::{CharIndex, CharOffset, Passage, Span};
pub use problem::{Problem, ProblemKind};
pub use source::{Block, BlockKind, Source, SourceId};
pub use when::{Basis, Edtf, EdtfError, MONTHS, When};

/// A calendar day of the proleptic Gregorian calendar, years −9999 to 9999.
pub type Day = jiff::civil::Date;
