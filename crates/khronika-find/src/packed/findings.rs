//! What findings are made of.

use khronika_core::{
    ActClass, ActDates, ActFinding, ActMention, ActType, ActorKind, Affiliation, Basis, CountFinding, Counted, DateIx,
    DateRole, EffectFinding, EffectKind, EventFinding, EventStatus, Findings, Letter, LocalActor, Mention,
    NameRelation, Participant, PeriodFinding, PeriodStart, Problem, ProblemKind, Retelling, Retold, Role,
    ServedFinding, ServedKind, Signatory, SignatoryKind, Stance, StatementFinding, StatusClaim, TermFinding, TermKind,
    TimeExpr, TimexKind, TimexMod,
};

use super::form::{Form, In, Out, choices, records};

records! {
    Findings {
        source, document_date, sentences, dates, actors, mentions, acts, events, statements, letter, counts, retold, served,
        to_reader, claims, periods, problems,
    }
    TimeExpr { span, kind, value, modifier, edtf, interval, role, basis, anchor, confidence, note, made_by }
    LocalActor { name, kind, known_as, forms, made_by, confidence }
    Mention { span, actor }
    Participant { mention, role }
    ActDates { act, hearing, reading, service, entry_into_force }
    ActFinding {
        trigger, span, mention, act_type, classes, body, body_words, participants, about_words, object, terms, dates, docket,
        status,        effects, same_as, own, pending, final_words, periods, said_by, made_by, engine, confidence,
    }
    TermFinding { kind, span }
    EffectFinding { effect, target, span, stated, because }
    PeriodFinding { span, date, what, class, from }
    ServedFinding { span, date, kind }
    EventFinding { span, date, participants, status, said_by, made_by, confidence }
    StatementFinding {
        span, speaker, speaker_words, chain, verb, stance, content, about, evidence, made_by, engine, confidence,
    }
    Letter { date, addressees, demands, signatories }
    Signatory { span, name, surname, kind, title, affiliations, place, actor }
    Affiliation { role, organisation }
    CountFinding { span, clause, number, bound, thing, date, made_by }
    StatusClaim { span, person }
    Retelling { what, sides, made_by }
    Problem { source, name, kind, what, span, place, advice }
}

choices! {
    TimexKind { Date, Time, Duration, Set }
    DateRole { Event, Norm, Citation, Publication, Other }
    TimexMod {
        Approx, Start, Mid, End, Before, After, OnOrBefore, OnOrAfter, LessThan, MoreThan, EqualOrLess, EqualOrMore,
    }
    Basis { Stated, YearTaken, Relative, Order, Computed, Service, Judged }
    ActorKind { Person, Organisation, Court, Authority, State, Place, Unknown }
    NameRelation { Main, Short, Acronym, Inflected, Transliterated, Translated, Misspelling, Alias, Titled }
    EventStatus { Actual, Requested, Possible, Denied }
    Role { Agent, Subject, Applicant, Respondent, Recipient, Forum, Named }
    ActMention { Told, Referred }
    TermKind { Norm, Ground, Relief }
    ServedKind { Own, Other, Written }
    Stance { Asserts, Denies, Reports, Alleges, Concludes, Demands, Doubts }
    SignatoryKind { Person, Organisation }
    Counted { Exactly, AtLeast, AtMost, About }
    Retold { Number, Day, Hour, Swapped, Headline, Duties }
    ProblemKind {
        NotReadYet, Unreadable, Damaged, Empty, NotAFile, Limit, Duplicate, LeftOut, Language, Suspicious, Internal,
    }
}

/// The vocabularies of acts know all their values themselves.
macro_rules! vocabularies {
    ($($name:ident),+) => { $(
        impl Form for $name {
            fn put(&self, out: &mut Out) {
                out.byte(*self as u8);
            }

            fn take(input: &mut In<'_>) -> Option<Self> {
                let number = input.byte()?;
                Self::ALL.iter().copied().find(|one| *one as u8 == number)
            }
        }
    )+ };
}

vocabularies!(ActClass, ActType, EffectKind);

impl Form for PeriodStart {
    fn put(&self, out: &mut Out) {
        let (number, date): (u8, Option<DateIx>) = match self {
            Self::Service => (0, None),
            Self::Act => (1, None),
            Self::Written => (2, None),
            Self::Date(date) => (3, Some(*date)),
            Self::Before(date) => (4, Some(*date)),
            Self::Unknown => (5, None),
        };
        out.byte(number);
        if let Some(date) = date {
            date.put(out);
        }
    }

    fn take(input: &mut In<'_>) -> Option<Self> {
        Some(match input.byte()? {
            0 => Self::Service,
            1 => Self::Act,
            2 => Self::Written,
            3 => Self::Date(Form::take(input)?),
            4 => Self::Before(Form::take(input)?),
            5 => Self::Unknown,
            _ => return None,
        })
    }
}
