//! The program's own words on the page, one for each value that the case can hold.

use khronika_core::{
    ActClass, ActorKind, Basis, DateRole, Day, EdgeBasis, Edtf, EffectKind, EventStatus, NameRelation, ProblemKind,
    Role, Stance, StandingStatus,
};

/// What an act does, as a verb.
pub(super) const fn outcome(class: ActClass) -> &'static str {
    match class {
        ActClass::Annul => "annuls",
        ActClass::Void => "declares void",
        ActClass::ReverseOwn => "reverses its own decision",
        ActClass::Remand => "sends back",
        ActClass::Uphold => "upholds",
        ActClass::Vary => "varies",
        ActClass::Dismiss => "dismisses",
        ActClass::Inadmissible => "declares inadmissible",
        ActClass::Grant => "grants",
        ActClass::Recognise => "recognises",
        ActClass::Revoke => "revokes",
        ActClass::Exclude => "excludes",
        ActClass::Suspend => "suspends",
        ActClass::Lift => "lifts",
        ActClass::OrderLeave => "orders to leave",
        ActClass::ForbidLeave => "forbids to leave",
        ActClass::RefuseEntry => "refuses entry",
        ActClass::Extradite => "extradites",
        ActClass::Detain => "detains",
        ActClass::Release => "releases",
        ActClass::Charge => "charges",
        ActClass::Convict => "convicts",
        ActClass::Acquit => "acquits or pardons",
        ActClass::Drop => "discontinues",
        ActClass::Ban => "bans",
        ActClass::Designate => "designates",
        ActClass::Appeal => "appeals",
        ActClass::FindViolation => "finds a violation",
        ActClass::RequestMeasure => "asks for a measure",
        ActClass::Notify => "notifies",
        ActClass::Reserve => "reserves or reads",
        ActClass::Decide => "decides",
        ActClass::File => "files",
    }
}

/// What an act does to an earlier one, as a verb.
pub(super) const fn effect(effect: EffectKind) -> &'static str {
    match effect {
        EffectKind::Annuls => "annuls",
        EffectKind::Voids => "voids",
        EffectKind::Remands => "sends back",
        EffectKind::Upholds => "upholds",
        EffectKind::Varies => "varies",
        EffectKind::Suspends => "suspends",
        EffectKind::Lifts => "lifts",
        EffectKind::Revokes => "revokes",
        EffectKind::Supersedes => "replaces",
        EffectKind::Appeals => "challenges",
        EffectKind::Dismisses => "dismisses",
        EffectKind::Grants => "grants",
        EffectKind::Executes => "carries out",
        EffectKind::Notifies => "serves",
        EffectKind::Concerns => "concerns",
    }
}

/// How an act stands.
pub(super) const fn standing(status: StandingStatus) -> &'static str {
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

/// The mark of an event that is not told as having happened; `None` for one that is.
pub(super) const fn not_actual(status: EventStatus) -> Option<&'static str> {
    match status {
        EventStatus::Actual => None,
        EventStatus::Requested => Some("asked for or planned"),
        EventStatus::Possible => Some("possible"),
        EventStatus::Denied => Some("denied"),
    }
}

/// An actor's part, as a word in front of its name.
pub(super) const fn role(role: Role) -> &'static str {
    match role {
        Role::Agent => "by",
        Role::Subject => "about",
        Role::Applicant => "asked by",
        Role::Respondent => "against",
        Role::Recipient => "to",
        Role::Forum => "before",
        Role::Named => "named:",
    }
}

/// Whether an edge stands in the text.
pub(super) const fn edge(basis: EdgeBasis) -> &'static str {
    match basis {
        EdgeBasis::Stated => "stated",
        EdgeBasis::Derived => "derived",
    }
}

/// How a date is known; `None` where the words themselves give it.
pub(super) const fn basis(basis: Basis) -> Option<&'static str> {
    match basis {
        Basis::Stated => None,
        Basis::YearTaken => Some("year taken from the text around it"),
        Basis::Relative => Some("counted from another date"),
        Basis::Order => Some("from the order of events"),
        Basis::Computed => Some("computed"),
        Basis::Service => Some("day of service"),
    }
}

/// What kind of actor.
pub(super) const fn actor(kind: ActorKind) -> &'static str {
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
pub(super) const fn relation(relation: NameRelation) -> Option<&'static str> {
    match relation {
        NameRelation::Main => None,
        NameRelation::Short => Some("short"),
        NameRelation::Acronym => Some("acronym"),
        NameRelation::Inflected => Some("another case"),
        NameRelation::Transliterated => Some("another script"),
        NameRelation::Translated => Some("translated"),
        NameRelation::Misspelling => Some("likely a slip"),
        NameRelation::Alias => Some("also called"),
    }
}

/// How a speaker stands to what is said.
pub(super) const fn stance(stance: Stance) -> &'static str {
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
pub(super) const fn date_role(role: DateRole) -> &'static str {
    match role {
        DateRole::Event => "event",
        DateRole::Norm => "date of a law",
        DateRole::Citation => "citation",
        DateRole::Publication => "publication",
        DateRole::Other => "other",
    }
}

/// What kind of problem.
pub(super) const fn problem(kind: ProblemKind) -> &'static str {
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
pub(super) fn language(code: &str) -> &str {
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

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date as people read it, no more exact than it is: `31 May 2018`, `May 2018`, `about 2018`, `since 2017`.
pub(super) fn date(edtf: &Edtf) -> String {
    match edtf.as_str().split_once('/') {
        None => point(edtf.as_str()),
        Some((from, "" | "..")) => format!("since {}", point(from)),
        Some(("" | "..", to)) => format!("until {}", point(to)),
        Some((from, to)) => format!("{} to {}", point(from), point(to)),
    }
}

/// A day in words: `31 May 2018`.
pub(super) fn day(day: Day) -> String {
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
pub(super) fn length(value: &str) -> Option<String> {
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
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A number with commas between thousands.
pub(super) fn grouped(number: usize) -> String {
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
