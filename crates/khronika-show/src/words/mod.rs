//! The program's own words for each value that a case can hold, in each of its languages: in the dossier and the titles of events. They
//! stand in `data/interface`; keys are a kind of value and its name, as in `standing-in-force`.
//!
//! The terminal, the table and the calendar are in English: see [`english`].

mod dates;
mod deeds;

use std::borrow::Cow;
use std::ops::Deref;

use khronika_core::{
    ActClass, ActType, ActorKind, Basis, DateRole, EdgeBasis, EffectKind, EventStatus, NameRelation, ProblemKind,
    RequestState, Role, Stance, Standing, StandingStatus, Verdict,
};

pub use self::deeds::{Deed, Object, decides, deed, effects};
pub(crate) use self::deeds::{Doing, is_paper, made, paper};
use crate::Language;
use crate::phrases::Phrases;

/// The words of a language: its phrases, and what it calls the values of a case.
pub struct Words {
    phrases: Phrases,
}

impl Deref for Words {
    type Target = Phrases;

    fn deref(&self) -> &Phrases {
        &self.phrases
    }
}

/// The words of English.
#[must_use]
pub fn english() -> &'static Words {
    Language::En.words()
}

/// The key of the word for a value of this kind that the program knows by a name: `standing-in-force`, `deed-reverse-own`.
#[must_use]
pub fn key(kind: &str, name: &str) -> String {
    let mut key = String::with_capacity(kind.len() + name.len() + 1);
    key.push_str(kind);
    key.push('-');
    key.extend(name.chars().map(|c| if matches!(c, '_' | ' ') { '-' } else { c.to_ascii_lowercase() }));
    key
}

impl Words {
    /// The words in these files.
    pub(crate) fn new(language: Language, files: &[&str]) -> Self {
        Self { phrases: Phrases::new(language, files) }
    }

    /// The word for a value of this kind; its name is where there is none.
    fn of<'a>(&'a self, kind: &str, name: &'a str) -> &'a str {
        self.find(&key(kind, name)).unwrap_or(name)
    }

    /// The mark of what is English among the words of another language; `None` where the words are English themselves.
    #[must_use]
    pub fn foreign(&self) -> Option<&'static str> {
        (self.language() != Language::En).then_some(Language::En.code())
    }

    /// What an act of the class does, in few words: `annulled`.
    #[must_use]
    pub fn deed(&self, class: ActClass) -> &str {
        self.of("deed", class.name())
    }

    /// What kind of paper an act is.
    #[must_use]
    pub fn act_type(&self, act_type: ActType) -> &str {
        self.of("type", act_type.name())
    }

    /// What an act does to an earlier one, as a verb.
    #[must_use]
    pub fn effect(&self, effect: EffectKind) -> &str {
        self.of("effect", effect.name())
    }

    /// How an act stands.
    #[must_use]
    pub fn standing(&self, status: StandingStatus) -> &str {
        self.of("standing", status.name())
    }

    /// How a request stands: an appeal, a complaint, an application.
    #[must_use]
    pub fn request(&self, state: RequestState) -> &str {
        self.of("request", state.name())
    }

    /// How an act stands: a request by what became of it, any other act by its status.
    #[must_use]
    pub fn stands(&self, of: &Standing) -> &str {
        of.request.map_or_else(|| self.standing(of.status), |state| self.request(state))
    }

    /// The mark of an event that is not told as having happened; `None` for one that is.
    #[must_use]
    pub fn not_actual(&self, status: EventStatus) -> Option<&str> {
        (status != EventStatus::Actual).then(|| self.of("status", status.name()))
    }

    /// An actor's part, as a word in front of its name.
    #[must_use]
    pub fn role(&self, role: Role) -> &str {
        self.of("role", role.name())
    }

    /// Whether an edge stands in the text.
    #[must_use]
    pub fn edge(&self, basis: EdgeBasis) -> &str {
        self.of("edge", basis.name())
    }

    /// How a date is known; `None` where the words themselves give it.
    #[must_use]
    pub fn basis(&self, basis: Basis) -> Option<&str> {
        (basis != Basis::Stated).then(|| self.of("basis", basis.name()))
    }

    /// What kind of actor.
    #[must_use]
    pub fn actor(&self, kind: ActorKind) -> &str {
        self.of("actor", kind.name())
    }

    /// How a form of a name relates to the main one; `None` for the main one.
    #[must_use]
    pub fn relation(&self, relation: NameRelation) -> Option<&str> {
        (relation != NameRelation::Main).then(|| self.of("relation", relation.name()))
    }

    /// How a speaker stands to what is said.
    #[must_use]
    pub fn stance(&self, stance: Stance) -> &str {
        self.of("stance", stance.name())
    }

    /// What a date is in its document.
    #[must_use]
    pub fn date_role(&self, role: DateRole) -> &str {
        self.of("date-role", role.name())
    }

    /// What kind of problem.
    #[must_use]
    pub fn problem(&self, kind: ProblemKind) -> &str {
        self.of("problem", kind.name())
    }

    /// What somebody did with a finding.
    #[must_use]
    pub fn verdict(&self, verdict: Verdict) -> &str {
        self.of("verdict", verdict.name())
    }

    /// The kind of a conflict.
    #[must_use]
    pub fn conflict<'a>(&'a self, kind: &'a str) -> Cow<'a, str> {
        let unknown = || Cow::Owned(kind.replace(['-', '_'], " "));
        self.find(&key("conflict", kind)).map_or_else(unknown, Cow::Borrowed)
    }

    /// How a period stands.
    #[must_use]
    pub fn state<'a>(&'a self, state: &'a str) -> &'a str {
        self.of("state", state)
    }

    /// Whether a rule was checked against its source.
    #[must_use]
    pub fn rule_status<'a>(&'a self, status: &'a str) -> &'a str {
        self.of("rule", status)
    }

    /// The name of a language, or its code.
    #[must_use]
    pub fn name_of_language<'a>(&'a self, code: &'a str) -> &'a str {
        self.of("lang", code)
    }

    /// The title of a proceeding: its matter, and whom it is about. `case.json` has it with the matter in English.
    #[must_use]
    pub fn proceeding<'a>(&'a self, title: &'a str, matter: &str) -> Cow<'a, str> {
        let Some(word) = self.find(&key("matter", matter)).filter(|_| self.foreign().is_some()) else {
            return Cow::Borrowed(title);
        };
        match title.split_once(" — ") {
            Some((_, who)) => Cow::Owned(format!("{word} — {who}")),
            None => Cow::Borrowed(word),
        }
    }

    /// The number of a page, as it is cited: `p. 3`.
    #[must_use]
    pub fn page(&self, number: usize) -> String {
        self.fill("page", &[("number", &number.to_string())])
    }
}

/// Where no day can be given, in the calendar and the terminal.
pub const NO_DAY: &str = "no day";

/// What stands before another answer that can be argued for, in the calendar and the terminal.
pub const ARGUABLE: &str = "Also arguable";

/// What every computed day bears in the calendar and the terminal.
pub const TO_BE_CHECKED: &str = "Computed by khronika, which is no lawyer: have it checked by one.";

/// What the day of a deadline is, in the calendar. One that `expires` asks for nothing: something ends on it.
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

/// By which rule a period is counted, in the calendar and the terminal.
#[must_use]
pub fn rule(id: &str, status: &str) -> String {
    if id == "stated" { "The text gives the period.".to_owned() } else { format!("Rule {id}, {status}.") }
}
