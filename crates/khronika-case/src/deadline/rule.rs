//! Time limits as data: `data/time-limits/*.toml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use khronika_core::{ActClass, ActType, Day};
use khronika_data::Dataset;
use serde::Deserialize;

use crate::RuleError;
use crate::deadline::calendar::Calendar;
use crate::deadline::count::Period;
use crate::rules::{Ids, Named, RowStatus, parse};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    rule: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    what: String,
    forum: String,
    trigger: String,
    trigger_words: String,
    period: Option<String>,
    #[serde(default)]
    working_days: bool,
    first_day: String,
    end: String,
    roll: String,
    roll_words: Option<String>,
    calendar: Option<String>,
    short_days: Option<i32>,
    extension: Option<String>,
    overseas: Option<String>,
    abroad: Option<String>,
    distance: Option<String>,
    other_end: Option<String>,
    other_end_why: Option<String>,
    remedy: Option<String>,
    if_missed: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    force: String,
    #[serde(default)]
    never_in_force: bool,
    source: String,
    status: String,
    applies: Option<AppliesRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AppliesRow {
    classes: Vec<String>,
    #[serde(default)]
    types: Vec<String>,
    #[serde(default)]
    bodies: Vec<String>,
    country: Option<String>,
    #[serde(default)]
    departure_period: bool,
    ground: Option<String>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// The word in data files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            fn read(file: &str, row: &str, word: &str) -> Result<Self, RuleError> {
                [$(Self::$variant,)+].into_iter().find(|v| v.name() == word).ok_or_else(|| {
                    let all = [$($text,)+].join(", ");
                    RuleError::new(file, format!("row {row}: “{word}” is none of {all}"))
                })
            }
        }
    };
}

words! {
    /// The type of event that a period runs from.
    Trigger {
        /// The act itself.
        Act = "act",
        /// The reading of a judgment.
        Reading = "reading",
        /// Service, notification.
        Notification = "notification",
        /// Receipt.
        Receipt = "receipt",
        /// Knowledge of a fact or decision.
        Knowledge = "knowledge",
        /// The request is declared admissible.
        Admissibility = "admissibility",
        /// Domestic remedies are exhausted.
        Exhaustion = "exhaustion",
        /// The decision becomes final.
        Final = "final",
        /// Another event, named in words.
        Event = "event",
    }
}

words! {
    /// Which day is day 1.
    FirstDay {
        /// The day after the trigger.
        Excluded = "excluded",
        /// The day of the trigger ("starting with the day").
        Included = "included",
        /// The period runs from the hour.
        Hour = "hour",
    }
}

words! {
    /// How a period ends.
    End {
        /// With its last day.
        Plain = "plain",
        /// A day later (the French *délai franc*: neither the first nor the last day counts).
        Franc = "franc",
        /// Clear days: neither end counts; forward it gives the first day that is allowed, backward the last.
        Clear = "clear",
    }
}

words! {
    /// What happens where the last day is free.
    Roll {
        /// Nothing.
        None = "none",
        /// The next working day.
        NextWorkingDay = "next working day",
        /// The next working day, only for acts at the court office.
        CourtOffice = "court office",
        /// It is not settled.
        Unsettled = "unsettled",
    }
}

/// Which acts a rule clearly applies to.
#[derive(Clone, Debug)]
pub(crate) struct Applies {
    pub(crate) classes: Vec<ActClass>,
    pub(crate) types: Vec<ActType>,
    pub(crate) bodies: Vec<String>,
    pub(crate) country: Option<String>,
    pub(crate) departure_period: bool,
    pub(crate) ground: Option<String>,
}

/// A time limit.
#[derive(Clone, Debug)]
pub struct TimeLimit {
    /// Its id: `fr.asile.cassation`.
    pub id: String,
    /// The jurisdiction, by the name of its file: `fr`.
    pub jurisdiction: String,
    /// What is to be done within it.
    pub what: String,
    /// Before whom.
    pub forum: String,
    /// What it runs from.
    pub trigger: Trigger,
    /// The same in words.
    pub trigger_words: String,
    /// Its length; `None` for a rule that gives none.
    pub period: Option<Period>,
    /// Which day is day 1.
    pub first_day: FirstDay,
    /// How it ends.
    pub end: End,
    /// What happens where the last day is free.
    pub roll: Roll,
    /// The same in words, where there is more to say.
    pub roll_words: Option<String>,
    /// Which days are free.
    pub calendar: Option<Arc<Calendar>>,
    /// Periods of at most so many days leave out free days.
    pub short_days: Option<i32>,
    /// What lengthens or stops it, in words.
    pub extension: Option<String>,
    /// What is added for those overseas.
    pub overseas: Option<Period>,
    /// What is added for those abroad.
    pub abroad: Option<Period>,
    /// What is added for everyone by reason of distance.
    pub distance: Option<Period>,
    /// Another way of counting that is arguable, and why.
    pub other_end: Option<(End, String)>,
    /// What the remedy does meanwhile.
    pub remedy: Option<String>,
    /// What follows where it is missed.
    pub if_missed: Option<String>,
    /// The first day, by the day of the trigger.
    pub valid_from: Option<Day>,
    /// The last day, by the day of the trigger.
    pub valid_to: Option<Day>,
    /// In force, replaced, disputed, vacated, check.
    pub force: String,
    /// True for a rule that was announced and never took effect.
    pub never_in_force: bool,
    /// The provision or decision.
    pub source: String,
    /// How well it is founded.
    pub status: RowStatus,
    pub(crate) applies: Option<Applies>,
}

/// Reads every time limit, in order of id.
pub(crate) fn load(
    data: &Dataset,
    calendars: &BTreeMap<String, Arc<Calendar>>,
) -> Result<BTreeMap<String, TimeLimit>, RuleError> {
    let mut all = BTreeMap::new();
    for (path, text) in data.under("time-limits/").filter(|(path, _)| path.ends_with(".toml")) {
        let rows: Rows = parse(path, text)?;
        let stem = path.trim_start_matches("time-limits/").trim_end_matches(".toml");
        let mut ids = Ids::new(path);
        for row in rows.rule {
            let limit = limit(path, stem, row, calendars, &mut ids)?;
            all.insert(limit.id.clone(), limit);
        }
    }
    Ok(all)
}

fn limit(
    path: &str,
    stem: &str,
    row: Row,
    calendars: &BTreeMap<String, Arc<Calendar>>,
    ids: &mut Ids<'_>,
) -> Result<TimeLimit, RuleError> {
    let status = ids.row(&row.id, &row.source, &row.status)?;
    let wrong = |what: String| RuleError::new(path, format!("row {}: {what}", row.id));
    let period = |text: &Option<String>, working: bool| {
        text.as_deref()
            .map(|p| Period::parse(p, working).ok_or_else(|| wrong(format!("“{p}” is not a period"))))
            .transpose()
    };
    let date = |text: &Option<String>| {
        text.as_deref().map(|d| d.parse::<Day>().map_err(|_| wrong(format!("“{d}” is not a day")))).transpose()
    };
    let calendar = match row.calendar.as_deref() {
        None | Some("") => None,
        Some(id) => Some(calendars.get(id).cloned().ok_or_else(|| wrong(format!("no calendar “{id}”")))?),
    };
    let applies = row
        .applies
        .as_ref()
        .map(|a| {
            Ok::<_, RuleError>(Applies {
                classes: a.classes.iter().map(|c| ActClass::named(path, &row.id, c)).collect::<Result<_, _>>()?,
                types: a.types.iter().map(|t| ActType::named(path, &row.id, t)).collect::<Result<_, _>>()?,
                bodies: a.bodies.clone(),
                country: a.country.clone(),
                departure_period: a.departure_period,
                ground: a.ground.clone(),
            })
        })
        .transpose()?;
    let other_end = match (&row.other_end, &row.other_end_why) {
        (Some(end), Some(why)) => Some((End::read(path, &row.id, end)?, why.clone())),
        (None, None) => None,
        _ => return Err(wrong("other_end and other_end_why go together".to_owned())),
    };
    Ok(TimeLimit {
        jurisdiction: stem.to_owned(),
        trigger: Trigger::read(path, &row.id, &row.trigger)?,
        period: period(&row.period, row.working_days)?,
        first_day: FirstDay::read(path, &row.id, &row.first_day)?,
        end: End::read(path, &row.id, &row.end)?,
        roll: Roll::read(path, &row.id, &row.roll)?,
        calendar,
        overseas: period(&row.overseas, false)?,
        abroad: period(&row.abroad, false)?,
        distance: period(&row.distance, false)?,
        other_end,
        valid_from: date(&row.valid_from)?,
        valid_to: date(&row.valid_to)?,
        status,
        applies,
        id: row.id,
        what: row.what,
        forum: row.forum,
        trigger_words: row.trigger_words,
        roll_words: row.roll_words,
        short_days: row.short_days,
        extension: row.extension,
        remedy: row.remedy,
        if_missed: row.if_missed,
        force: row.force,
        never_in_force: row.never_in_force,
        source: row.source,
    })
}
