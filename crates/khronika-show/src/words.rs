//! The program's own words, in English, for each value that a case can hold: in the dossier, the summary and the titles of events.

use khronika_core::{
    ActClass, ActOfCase, ActType, ActorKind, Basis, DateRole, Day, EdgeBasis, Edtf, EffectKind, EventStatus, MONTHS,
    NameRelation, ProblemKind, RequestState, Role, Stance, Standing, StandingStatus,
};

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

/// How the program tells what an act does. “`past` object `tail`” makes a sentence, “`noun` `of` object” a heading.
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
    /// What stands between the noun and the object.
    pub of: &'static str,
    /// What it is done to.
    pub object: Object,
}

/// What an act of the class does.
#[must_use]
pub const fn deed(class: ActClass) -> Deed {
    use Object::{Act, Nothing, Somebody};
    const fn new([short, past, tail]: [&'static str; 3], [noun, of]: [&'static str; 2], object: Object) -> Deed {
        Deed { short, past, tail, noun, of, object }
    }
    const EARLIER: Object = Act("an earlier act");
    const ASKED: Object = Act("what was asked");
    const PERSON: Object = Somebody("a person");
    match class {
        ActClass::Annul => new(["annulled", "annulled", ""], ["annulment", "of"], EARLIER),
        ActClass::Void => new(["declared void", "declared", "void"], ["declaration of nullity", "of"], EARLIER),
        ActClass::ReverseOwn => {
            new(["reversed its own decision", "reversed", ""], ["reversal", "of"], Act("its own decision"))
        }
        ActClass::Remand => {
            new(["sent the case back", "sent the case back", ""], ["sending back of the case", ""], Nothing)
        }
        ActClass::Uphold => new(["upheld", "upheld", ""], ["confirmation", "of"], EARLIER),
        ActClass::Vary => new(["varied", "varied", ""], ["variation", "of"], EARLIER),
        ActClass::Dismiss => new(["refused", "refused", ""], ["refusal", "of"], ASKED),
        ActClass::Inadmissible => {
            new(["declared inadmissible", "declared", "inadmissible"], ["finding of inadmissibility", "of"], ASKED)
        }
        ActClass::Grant => new(["granted", "granted", ""], ["grant", "of"], ASKED),
        ActClass::Recognise => {
            new(["recognised a status", "recognised the status of", ""], ["recognition of the status", "of"], PERSON)
        }
        ActClass::Revoke => new(["revoked", "revoked", ""], ["revocation", "of"], Act("a status or an earlier act")),
        ActClass::Exclude => {
            new(["excluded from a status", "excluded", "from a status"], ["exclusion from a status", "of"], PERSON)
        }
        ActClass::Suspend => new(["suspended", "suspended", ""], ["suspension", "of"], EARLIER),
        ActClass::Lift => {
            new(["lifted or restored", "lifted or restored", ""], ["lifting or restoring", "of"], Act("a measure"))
        }
        ActClass::OrderLeave => new(["ordered to leave", "ordered", "to leave"], ["order to leave", "against"], PERSON),
        ActClass::ForbidLeave => {
            new(["forbade to leave", "forbade", "to leave"], ["ban on leaving", "against"], PERSON)
        }
        ActClass::RefuseEntry => new(["refused entry", "refused", "entry"], ["refusal of entry", "to"], PERSON),
        ActClass::Extradite => {
            new(["ordered extradition", "ordered the extradition of", ""], ["extradition", "of"], PERSON)
        }
        ActClass::Detain => new(["detained", "detained", ""], ["arrest or detention", "of"], PERSON),
        ActClass::Release => new(["released", "released", ""], ["release", "of"], PERSON),
        ActClass::Charge => new(
            ["charged or opened a case", "charged or opened a case against", ""],
            ["charge or opening of a case", "against"],
            PERSON,
        ),
        ActClass::Convict => new(["convicted", "convicted", ""], ["conviction", "of"], PERSON),
        ActClass::Acquit => {
            new(["acquitted or pardoned", "acquitted or pardoned", ""], ["acquittal or pardon", "of"], PERSON)
        }
        ActClass::Drop => new(
            ["discontinued the case", "discontinued the case against", ""],
            ["discontinuance of the case", "against"],
            PERSON,
        ),
        ActClass::Ban => new(["banned", "banned", ""], ["ban", "of"], Somebody("an organisation")),
        ActClass::Designate => {
            new(["designated", "designated", ""], ["designation", "of"], Somebody("a person or organisation"))
        }
        ActClass::Appeal => new(["appealed", "appealed against", ""], ["appeal", "against"], EARLIER),
        ActClass::FindViolation => {
            new(["found a violation", "found a violation", ""], ["finding of a violation", ""], Nothing)
        }
        ActClass::RequestMeasure => {
            new(["asked for a measure", "asked for a measure", ""], ["request for a measure", ""], Nothing)
        }
        ActClass::Notify => new(["served a paper", "served", ""], ["service", "of"], Act("a paper")),
        ActClass::Reserve => new(
            ["reserved or read a judgment", "reserved or read a judgment", ""],
            ["reservation or reading of a judgment", ""],
            Nothing,
        ),
        ActClass::Decide => new(["decided", "decided", ""], ["decision", ""], Nothing),
        ActClass::File => new(["filed a request", "filed a request", ""], ["request", ""], Nothing),
    }
}

/// What ends a remedy by the one who took it.
pub const WITHDRAWAL: Deed = Deed {
    short: "withdrew a remedy",
    past: "withdrew",
    tail: "",
    noun: "withdrawal",
    of: "of",
    object: Object::Act("a remedy"),
};

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

/// What a body did of which nothing but the kind of paper is known.
#[must_use]
pub const fn made(act_type: ActType) -> &'static str {
    match act_type {
        ActType::Decision => "made a decision",
        ActType::Judgment => "gave a judgment",
        ActType::Order => "made an order",
        ActType::Appeal => "lodged an appeal",
        ActType::Request => "filed a request",
        ActType::Letter => "wrote a letter",
        ActType::Decree => "made a decree",
        ActType::Warrant => "issued a warrant",
        ActType::Opinion => "gave an opinion",
        ActType::Service => "served a paper",
        ActType::Measure => "took a measure",
        ActType::Hearing => "held a hearing",
        ActType::Charge => "brought a charge",
        ActType::Other => "acted",
    }
}

/// The paper with its article, where a paper can be said to do something; `None` for what is done to a person and for what asks.
#[must_use]
pub const fn paper(act_type: ActType) -> Option<&'static str> {
    match act_type {
        ActType::Decision => Some("a decision"),
        ActType::Judgment => Some("a judgment"),
        ActType::Order => Some("an order"),
        ActType::Decree => Some("a decree"),
        ActType::Warrant => Some("a warrant"),
        ActType::Opinion => Some("an opinion"),
        ActType::Letter => Some("a letter"),
        ActType::Appeal
        | ActType::Request
        | ActType::Service
        | ActType::Measure
        | ActType::Hearing
        | ActType::Charge
        | ActType::Other => None,
    }
}

/// What an act does to an earlier one, as a verb.
#[must_use]
pub const fn effect(effect: EffectKind) -> &'static str {
    match effect {
        EffectKind::Annuls => "annulled",
        EffectKind::Voids => "declared void",
        EffectKind::Remands => "sent back",
        EffectKind::Upholds => "upheld",
        EffectKind::Varies => "varied",
        EffectKind::Suspends => "suspended",
        EffectKind::Lifts => "lifted",
        EffectKind::Revokes => "revoked",
        EffectKind::Supersedes => "replaced",
        EffectKind::Appeals => "challenged",
        EffectKind::Dismisses => "refused",
        EffectKind::Grants => "granted",
        EffectKind::Executes => "carried out",
        EffectKind::Notifies => "served",
        EffectKind::Concerns => "concerns",
    }
}

/// How an act stands.
#[must_use]
pub const fn standing(status: StandingStatus) -> &'static str {
    match status {
        StandingStatus::InForce => "in force",
        StandingStatus::NotYetEnforceable => "not yet enforceable",
        StandingStatus::Suspended => "suspended",
        StandingStatus::UnderAppeal => "under appeal",
        StandingStatus::Annulled => "annulled",
        StandingStatus::Void => "void",
        StandingStatus::Upheld => "upheld",
        StandingStatus::Final => "final",
        StandingStatus::Varied => "in force as varied",
        StandingStatus::Superseded => "replaced",
        StandingStatus::Revoked => "revoked",
        StandingStatus::Expired => "expired",
        StandingStatus::Executed => "carried out",
        StandingStatus::Unknown => "standing unknown",
    }
}

/// How a request stands: an appeal, a complaint, an application.
#[must_use]
pub const fn request(state: RequestState) -> &'static str {
    match state {
        RequestState::Pending => "pending",
        RequestState::Granted => "granted",
        RequestState::Dismissed => "refused",
        RequestState::Withdrawn => "withdrawn",
        RequestState::Unknown => "outcome unknown",
    }
}

/// How an act stands, in words: a request by what became of it, any other act by its status.
#[must_use]
pub const fn stands(of: &Standing) -> &'static str {
    match of.request {
        Some(state) => request(state),
        None => standing(of.status),
    }
}

/// The mark of an event that is not told as having happened; `None` for one that is.
#[must_use]
pub const fn not_actual(status: EventStatus) -> Option<&'static str> {
    match status {
        EventStatus::Actual => None,
        EventStatus::Requested => Some("asked for or planned"),
        EventStatus::Possible => Some("possible"),
        EventStatus::Denied => Some("denied"),
    }
}

/// An actor's part, as a word in front of its name.
#[must_use]
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Agent => "by",
        Role::Subject => "about",
        Role::Applicant => "asked by",
        Role::Respondent => "against",
        Role::Recipient => "to",
        Role::Forum => "before",
        Role::Named => "naming",
    }
}

/// Whether an edge stands in the text.
#[must_use]
pub const fn edge(basis: EdgeBasis) -> &'static str {
    match basis {
        EdgeBasis::Stated => "stated",
        EdgeBasis::Derived => "derived",
        EdgeBasis::Judged => "judged",
    }
}

/// How a date is known; `None` where the words themselves give it.
#[must_use]
pub const fn basis(basis: Basis) -> Option<&'static str> {
    match basis {
        Basis::Stated => None,
        Basis::YearTaken => Some("year taken from the text around it"),
        Basis::Relative => Some("counted from another date"),
        Basis::Order => Some("from the order of events"),
        Basis::Computed => Some("computed"),
        Basis::Service => Some("day of service"),
        Basis::Judged => Some("said by a person"),
    }
}

/// What kind of actor.
#[must_use]
pub const fn actor(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "person",
        ActorKind::Organisation => "organisation",
        ActorKind::Court => "court",
        ActorKind::Authority => "authority",
        ActorKind::State => "state",
        ActorKind::Place => "place",
        ActorKind::Unknown => "kind unknown",
    }
}

/// How a form of a name relates to the main one; `None` for the main one.
#[must_use]
pub const fn relation(relation: NameRelation) -> Option<&'static str> {
    match relation {
        NameRelation::Main => None,
        NameRelation::Short => Some("short"),
        NameRelation::Acronym => Some("acronym"),
        NameRelation::Inflected => Some("another case"),
        NameRelation::Transliterated => Some("another script"),
        NameRelation::Translated => Some("translated"),
        NameRelation::Misspelling => Some("likely a slip"),
        NameRelation::Alias => Some("also called"),
        NameRelation::Titled => Some("with title"),
    }
}

/// How a speaker stands to what is said.
#[must_use]
pub const fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "asserts",
        Stance::Denies => "denies",
        Stance::Reports => "reports",
        Stance::Alleges => "alleges",
        Stance::Concludes => "concludes",
        Stance::Demands => "demands",
        Stance::Doubts => "asks whether",
    }
}

/// What a date is in its document.
#[must_use]
pub const fn date_role(role: DateRole) -> &'static str {
    match role {
        DateRole::Event => "event",
        DateRole::Norm => "date of a law",
        DateRole::Citation => "citation",
        DateRole::Publication => "publication",
        DateRole::Other => "other",
    }
}

/// The kind of a conflict.
#[must_use]
pub fn conflict(kind: &str) -> String {
    match kind {
        "opposite-duties" => "opposite duties".to_owned(),
        "two-dates" => "one act, two dates".to_owned(),
        "two-outcomes" => "one act, two outcomes".to_owned(),
        "two-bodies" => "one act, two bodies".to_owned(),
        "numbers" => "different numbers".to_owned(),
        "status-after-end" => "a status claimed after its end".to_owned(),
        "headline" => "headline and text".to_owned(),
        "translation" => "text and translation".to_owned(),
        other => other.replace(['-', '_'], " "),
    }
}

/// Where no day can be given.
pub const NO_DAY: &str = "no day";

/// What stands before another answer that can be argued for.
pub const ARGUABLE: &str = "Also arguable";

/// What every computed day bears.
pub const TO_BE_CHECKED: &str = "Computed by khronika, which is no lawyer: have it checked by one.";

/// What the day of a deadline is. One that `expires` asks for nothing: something ends on it.
#[must_use]
pub const fn last_day(expires: bool, arguable: bool, unverified: bool) -> &'static str {
    match (arguable, unverified) {
        _ if expires => "Ends",
        (false, false) => "Last day",
        (false, true) => "Last day (rule unverified)",
        (true, false) => "Arguably the last day",
        (true, true) => "Arguably the last day (rule unverified)",
    }
}

/// By which rule a period is counted.
#[must_use]
pub fn rule(id: &str, status: &str) -> String {
    if id == "stated" { "The text gives the period.".to_owned() } else { format!("Rule {id}, {status}.") }
}

/// What kind of problem.
#[must_use]
pub const fn problem(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::NotReadYet => "not read yet",
        ProblemKind::Unreadable => "could not be read",
        ProblemKind::Damaged => "damaged",
        ProblemKind::Empty => "empty",
        ProblemKind::NotAFile => "not a file",
        ProblemKind::Limit => "over a limit",
        ProblemKind::Duplicate => "the same bytes twice",
        ProblemKind::Language => "language",
        ProblemKind::Suspicious => "looks wrong",
        ProblemKind::LeftOut => "left out",
        ProblemKind::Internal => "fault of the program",
    }
}

/// The English name of a language, or its code.
#[must_use]
pub fn language(code: &str) -> &str {
    match code {
        "en" => "English",
        "fr" => "French",
        "ru" => "Russian",
        "uk" => "Ukrainian",
        "kk" => "Kazakh",
        "de" => "German",
        "es" => "Spanish",
        "it" => "Italian",
        "pl" => "Polish",
        "und" => "language not determined",
        code => code,
    }
}

/// A date as people read it, no more exact than it is: `31 May 2018`, `May 2018`, `about 2018`, `since 2017`.
#[must_use]
pub fn date(edtf: &Edtf) -> String {
    match edtf.as_str().split_once('/') {
        None => point(edtf.as_str()),
        Some((from, "" | "..")) => format!("since {}", point(from)),
        Some(("" | "..", to)) => format!("until {}", point(to)),
        Some((from, to)) => format!("{} to {}", point(from), point(to)),
    }
}

/// A day in words: `31 May 2018`.
#[must_use]
pub fn day(day: Day) -> String {
    date(&Edtf::day(day))
}

/// A single date; what is not one of the usual forms stays as it is written.
fn point(edtf: &str) -> String {
    let (bare, sure) = match edtf.char_indices().next_back() {
        Some((at, '~')) => (edtf.get(..at), "about "),
        Some((at, '?')) => (edtf.get(..at), "perhaps "),
        Some((at, '%')) => (edtf.get(..at), "perhaps about "),
        _ => (Some(edtf), ""),
    };
    let bare = bare.unwrap_or(edtf);
    let mut parts = bare.split('-');
    let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let name = |month: &str| month_or_season(month.parse().ok()?);
    let number = |day: &str| day.parse::<u8>().ok();
    let words = match (year, month.map(name), day.map(number)) {
        ("XXXX", Some(Some(month)), Some(Some(day))) => format!("{day} {month}, year not known"),
        ("XXXX", Some(Some(month)), None) => format!("{month}, year not known"),
        (year, None, None) if year.ends_with('X') && !year.contains("XX") => format!("{}s", year.replace('X', "0")),
        (year, _, _) if year.contains('X') => bare.to_owned(),
        (year, None, None) => year.to_owned(),
        (year, Some(Some(month)), None) => format!("{month} {year}"),
        (year, Some(Some(month)), Some(Some(day))) => format!("{day} {month} {year}"),
        _ => bare.to_owned(),
    };
    format!("{sure}{words}")
}

/// The word for EDTF's second number: a month, or from 21 on a season, a quarter or a half of the year.
fn month_or_season(number: usize) -> Option<&'static str> {
    match number {
        21 => Some("spring"),
        22 => Some("summer"),
        23 => Some("autumn"),
        24 => Some("winter"),
        33 => Some("first quarter of"),
        34 => Some("second quarter of"),
        35 => Some("third quarter of"),
        36 => Some("fourth quarter of"),
        40 => Some("first half of"),
        41 => Some("second half of"),
        month => MONTHS.get(month.checked_sub(1)?).copied(),
    }
}

/// A length of time in words: `30 days` for `P30D`; `None` where it is not one number of one unit.
#[must_use]
pub fn length(value: &str) -> Option<String> {
    let (number, unit) = value.strip_prefix('P')?.split_at_checked(value.len().checked_sub(2)?)?;
    let (number, names) = match (number.strip_prefix('T'), unit) {
        (Some(number), "H") => (number, ("hour", "hours")),
        (Some(number), "M") => (number, ("minute", "minutes")),
        (None, "D") => (number, ("day", "days")),
        (None, "W") => (number, ("week", "weeks")),
        (None, "M") => (number, ("month", "months")),
        (None, "Y") => (number, ("year", "years")),
        _ => return None,
    };
    Some(count(number.parse().ok()?, names.0, names.1))
}

/// A number with its noun: `1 source`, `2 sources`.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// The number of a page, as it is cited: `p. 3`.
#[must_use]
pub fn page(number: usize) -> String {
    format!("p.\u{a0}{number}")
}

/// A number with commas between thousands.
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_no_more_exact_in_words_than_in_the_case() {
        for (edtf, words) in [
            ("2018-05-31", "31 May 2018"),
            ("2021-12", "December 2021"),
            ("2022", "2022"),
            ("201X", "2010s"),
            ("2018~", "about 2018"),
            ("2018-05?", "perhaps May 2018"),
            ("2017/..", "since 2017"),
            ("../2017-03", "until March 2017"),
            ("2013/2016-12", "2013 to December 2016"),
            ("XXXX-04-11", "11 April, year not known"),
            ("19XX", "19XX"),
            ("2018-21", "spring 2018"),
            ("2018-34~", "about second quarter of 2018"),
            ("[2017,2018]", "[2017,2018]"),
        ] {
            assert_eq!(date(&Edtf::parse(edtf).unwrap()), words);
        }
    }

    #[test]
    fn lengths_are_words_where_they_are_simple() {
        for (value, words) in [
            ("P30D", Some("30 days")),
            ("P1M", Some("1 month")),
            ("PT48H", Some("48 hours")),
            ("P1Y6M", None),
            ("PXD", None),
            ("P", None),
            ("Pé", None),
        ] {
            assert_eq!(length(value).as_deref(), words);
        }
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1000, 1234567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
