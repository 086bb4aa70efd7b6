//! The rules that weighing rests on, read from the data files once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use khronika_core::{ActClass, ActType, EffectKind, RequestState, StandingStatus};
use khronika_data::Dataset;
use serde::de::DeserializeOwned;

use crate::RuleError;
use crate::court::Courts;
use crate::deadline::working::WorkingWords;
use crate::deadline::{Calendar, TimeLimit};
use crate::merge::name::NameRules;
use crate::proceeding::matter::Matters;
use crate::proceeding::place::Places;
use crate::standing::effects::EffectRules;

/// Everything that the weighing knows: all of it comes from data files.
#[derive(Debug)]
pub struct CaseRules {
    /// The digests of the data files, by top folder.
    pub(crate) versions: Vec<(String, String)>,
    /// What an act does to an earlier one.
    pub(crate) effects: EffectRules,
    /// How names are laid side by side.
    pub(crate) names: NameRules,
    /// What an act is about.
    pub(crate) matters: Matters,
    /// By which words a country is named.
    pub(crate) places: Places,
    /// The court and authority lexicon.
    pub(crate) courts: Courts,
    /// By which words a text counts working days.
    pub(crate) working: WorkingWords,
    limits: BTreeMap<String, TimeLimit>,
    calendars: BTreeMap<String, Arc<Calendar>>,
}

impl CaseRules {
    /// Reads the rules.
    ///
    /// # Errors
    /// Where a data file is not what it should be; the error names the file and the row.
    pub fn load(data: &Dataset) -> Result<Self, RuleError> {
        let calendars = Calendar::load_all(data)?;
        Ok(Self {
            versions: data.versions(),
            effects: EffectRules::load(data)?,
            names: NameRules::load(data)?,
            matters: Matters::load(data)?,
            places: Places::load(data)?,
            courts: Courts::load(data)?,
            working: WorkingWords::load(data)?,
            limits: crate::deadline::load(data, &calendars)?,
            calendars,
        })
    }

    /// Every time limit, in order of id.
    pub fn time_limits(&self) -> impl Iterator<Item = &TimeLimit> {
        self.limits.values()
    }

    /// The time limit with this id.
    #[must_use]
    pub fn time_limit(&self, id: &str) -> Option<&TimeLimit> {
        self.limits.get(id)
    }

    /// The calendar with this id: `FR`, `FR/alsace-moselle`.
    #[must_use]
    pub fn calendar(&self, id: &str) -> Option<&Arc<Calendar>> {
        self.calendars.get(id)
    }

    /// The data files that the findings of a case rest on: name and digest, in order.
    #[must_use]
    pub fn versions(&self) -> &[(String, String)] {
        &self.versions
    }

    /// The ids of the calendars, in order.
    pub fn calendars(&self) -> impl Iterator<Item = &str> {
        self.calendars.keys().map(String::as_str)
    }
}

/// How well a row is founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowStatus {
    /// Read in the provision or a decision that applies it.
    Verified,
    /// A part of it was read there.
    PartlyVerified,
    /// Not read at its source; every output that rests on it says so.
    Unverified,
}

impl RowStatus {
    /// The three words that a row's status may be.
    pub(crate) const ALL: [(&'static str, Self); 3] =
        [("verified", Self::Verified), ("partly verified", Self::PartlyVerified), ("unverified", Self::Unverified)];

    /// The word in data files and exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::PartlyVerified => "partly verified",
            Self::Unverified => "unverified",
        }
    }
}

/// A data file's text.
pub(crate) fn read<'a>(data: &'a Dataset, file: &str) -> Result<&'a str, RuleError> {
    data.get(file).ok_or_else(|| RuleError::new(file, "is missing"))
}

/// The rows of a data file.
pub(crate) fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, RuleError> {
    toml::from_str(text).map_err(|e| RuleError::new(file, e.to_string().trim_end()))
}

/// Checks what every row has: an id that no other row has, a source, a status.
pub(crate) struct Ids<'a> {
    file: &'a str,
    seen: BTreeSet<String>,
}

impl<'a> Ids<'a> {
    pub(crate) const fn new(file: &'a str) -> Self {
        Self { file, seen: BTreeSet::new() }
    }

    /// The status of the row, once it is found to be in order.
    pub(crate) fn row(&mut self, id: &str, source: &str, status: &str) -> Result<RowStatus, RuleError> {
        let error = |what: String| RuleError::new(self.file, what);
        if id.is_empty() || !self.seen.insert(id.to_owned()) {
            return Err(error(format!("row {id}: the id is empty or stands twice")));
        }
        if source.trim().is_empty() {
            return Err(error(format!("row {id}: source is empty")));
        }
        RowStatus::ALL.iter().find(|(name, _)| *name == status).map(|(_, status)| *status).ok_or_else(|| {
            error(format!("row {id}: status = “{status}” is none of verified, partly verified, unverified"))
        })
    }
}

/// A word of a closed vocabulary, or an error that names the row.
pub(crate) trait Named: Sized {
    /// What such a word is: "a class".
    const WHAT: &'static str;
    fn by_name(name: &str) -> Option<Self>;

    fn named(file: &str, row: &str, name: &str) -> Result<Self, RuleError> {
        Self::by_name(name).ok_or_else(|| RuleError::new(file, format!("row {row}: “{name}” is not {}", Self::WHAT)))
    }
}

macro_rules! named {
    ($($type:ty = $what:literal),+ $(,)?) => {$(
        impl Named for $type {
            const WHAT: &'static str = $what;
            fn by_name(name: &str) -> Option<Self> {
                Self::from_name(name)
            }
        }
    )+};
}

named!(
    ActClass = "a class",
    ActType = "a type of act",
    EffectKind = "an effect",
    RequestState = "a state of a request",
    StandingStatus = "a status",
);
