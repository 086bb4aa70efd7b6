//! What acts do. English tells it in sentences, whose verbs and articles stand in `en/sentences.ftl`; what an act does as a thing
//! (`annulment`) every language has a word for.

use khronika_core::{ActClass, ActOfCase, ActType, EffectKind};

use super::{english, key};
use crate::phrases::Segment;

/// What the thing is that a deed is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// An earlier act, a request or a measure; the words where it is not known which.
    Act(&'static str),
    /// Somebody; the words where it is not known who.
    Somebody(&'static str),
    /// Nothing that would have to be named.
    Nothing,
}

/// How an English sentence tells what an act does: “`past` object `tail`”.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The whole of it in few words, without an object: `annulled`, `ordered to leave`.
    pub short: &'static str,
    /// The verb in front of the object.
    pub past: &'static str,
    /// What follows the object.
    pub tail: &'static str,
    /// The deed as a thing: `annulment`.
    pub noun: &'static str,
    /// What it is done to.
    pub object: Object,
}

/// What an act of the class does, in English.
#[must_use]
pub fn deed(class: ActClass) -> Deed {
    Doing::Class(class).deed()
}

/// What is done: what acts of a class do, but for one thing that is not told by the class alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    Class(ActClass),
    /// What ends a remedy by the one who took it.
    Withdrawal,
}

impl Doing {
    /// By which the words know it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Class(class) => class.name(),
            Self::Withdrawal => "withdraw",
        }
    }

    /// How an English sentence tells it.
    pub(crate) fn deed(self) -> Deed {
        let words = english();
        let of = |kind| words.find(&key(kind, self.name())).unwrap_or_default();
        let (short, noun) = (of("deed"), of("noun"));
        let (past, tail) = match words.parts(&key("did", self.name())) {
            [Segment::Text(past), Segment::Variable(_)] => (past.trim_end(), ""),
            [Segment::Text(past), Segment::Variable(_), Segment::Text(tail)] => (past.trim_end(), tail.trim_start()),
            _ => (short, ""),
        };
        Deed { short, past, tail, noun, object: self.object() }
    }

    /// What it is done to.
    pub(crate) fn object(self) -> Object {
        let unknown = |key| english().t(key);
        let Self::Class(class) = self else { return Object::Act(unknown("unknown-remedy")) };
        match class {
            ActClass::Annul
            | ActClass::Void
            | ActClass::Uphold
            | ActClass::Vary
            | ActClass::Suspend
            | ActClass::Appeal => Object::Act(unknown("unknown-act")),
            ActClass::ReverseOwn => Object::Act(unknown("unknown-own")),
            ActClass::Dismiss | ActClass::Inadmissible | ActClass::Grant => Object::Act(unknown("unknown-request")),
            ActClass::Revoke => Object::Act(unknown("unknown-status")),
            ActClass::Lift => Object::Act(unknown("unknown-measure")),
            ActClass::Notify => Object::Act(unknown("unknown-paper")),
            ActClass::Recognise
            | ActClass::Exclude
            | ActClass::OrderLeave
            | ActClass::ForbidLeave
            | ActClass::RefuseEntry
            | ActClass::Extradite
            | ActClass::Detain
            | ActClass::Release
            | ActClass::Charge
            | ActClass::Convict
            | ActClass::Acquit
            | ActClass::Drop => Object::Somebody(unknown("unknown-person")),
            ActClass::Ban => Object::Somebody(unknown("unknown-organisation")),
            ActClass::Designate => Object::Somebody(unknown("unknown-either")),
            ActClass::Remand
            | ActClass::FindViolation
            | ActClass::RequestMeasure
            | ActClass::Reserve
            | ActClass::Decide
            | ActClass::File => Object::Nothing,
        }
    }
}

/// True for what decides something, so that it can be said to stand: not for what only asks, tells or is served, nor for the withdrawal of
/// a remedy.
#[must_use]
pub fn decides(act: &ActOfCase) -> bool {
    let withdraws = act.outcomes == [ActClass::Drop] && act.effects.iter().any(|e| e.effect == EffectKind::Revokes);
    let asks = matches!(
        act.act_type,
        ActType::Appeal | ActType::Request | ActType::Letter | ActType::Service | ActType::Hearing
    );
    !asks && !withdraws && act.standing.request.is_none()
}

/// The effects on an earlier act that an act of the class has.
#[must_use]
pub const fn effects(class: ActClass) -> &'static [EffectKind] {
    match class {
        ActClass::Annul => &[EffectKind::Annuls],
        ActClass::Void => &[EffectKind::Voids],
        ActClass::ReverseOwn => &[EffectKind::Revokes, EffectKind::Annuls],
        ActClass::Uphold => &[EffectKind::Upholds],
        ActClass::Vary => &[EffectKind::Varies],
        ActClass::Dismiss | ActClass::Inadmissible => &[EffectKind::Dismisses],
        ActClass::Grant => &[EffectKind::Grants],
        ActClass::Revoke | ActClass::Drop => &[EffectKind::Revokes],
        ActClass::Suspend => &[EffectKind::Suspends],
        ActClass::Lift => &[EffectKind::Lifts],
        ActClass::Appeal => &[EffectKind::Appeals],
        ActClass::Notify => &[EffectKind::Notifies],
        _ => &[],
    }
}

/// What a body did of which nothing but the kind of paper is known, in English.
pub(crate) fn made(act_type: ActType) -> &'static str {
    english().of("made", act_type.name())
}

/// The paper with its English article, where a paper can be said to do something; `None` for what is done to a person and for what asks.
pub(crate) fn paper(act_type: ActType) -> Option<&'static str> {
    is_paper(act_type).then(|| english().of("paper", act_type.name()))
}

/// Whether an act is a paper, of which it can be said that it does something.
pub(crate) const fn is_paper(act_type: ActType) -> bool {
    match act_type {
        ActType::Decision
        | ActType::Judgment
        | ActType::Order
        | ActType::Decree
        | ActType::Warrant
        | ActType::Opinion
        | ActType::Letter => true,
        ActType::Appeal
        | ActType::Request
        | ActType::Service
        | ActType::Measure
        | ActType::Hearing
        | ActType::Charge
        | ActType::Other => false,
    }
}
