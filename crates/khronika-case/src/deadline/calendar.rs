//! Which days are free, by place and year, from `data/holidays/*.toml`. Outside the years that a file covers the answer is refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Weekday;
use khronika_core::Day;
use khronika_data::Dataset;
use serde::Deserialize;

use crate::RuleError;
use crate::rules::{Ids, parse};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    name: String,
    source: String,
    status: String,
    note: String,
    first_year: i16,
    last_year: i16,
    days: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    region: Vec<Region>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Region {
    id: String,
    #[serde(rename = "name")]
    _name: String,
    days: BTreeMap<String, Vec<String>>,
}

/// The free days of one place.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The place: `FR`, or `FR/alsace-moselle`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where the days come from.
    pub source: String,
    /// What is not in it.
    pub note: String,
    first_year: i16,
    last_year: i16,
    days: BTreeMap<Day, String>,
}

/// Why a day is free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Free {
    /// Saturday or Sunday.
    Weekend(&'static str),
    /// A public holiday.
    Holiday(String),
}

impl Free {
    /// "a Sunday", "Easter Monday".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Weekend(day) => format!("a {day}"),
            Self::Holiday(name) => format!("a public holiday ({name})"),
        }
    }
}

/// A day outside the years that a calendar covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideCoverage {
    /// What to tell the reader.
    pub words: String,
}

impl Calendar {
    /// Reads every calendar; regions are calendars of their own, with the days of their country.
    pub(crate) fn load_all(data: &Dataset) -> Result<BTreeMap<String, Arc<Self>>, RuleError> {
        let mut all = BTreeMap::new();
        for (path, text) in data.under("holidays/").filter(|(path, _)| path.ends_with(".toml")) {
            let file: File = parse(path, text)?;
            Ids::new(path).row(&file.id, &file.source, &file.status)?;
            let base = Self {
                id: file.id.clone(),
                name: file.name,
                source: file.source,
                note: file.note,
                first_year: file.first_year,
                last_year: file.last_year,
                days: days(path, &file.days)?,
            };
            for region in &file.region {
                let mut calendar = base.clone();
                calendar.id = format!("{}/{}", file.id, region.id);
                calendar.days.extend(days(path, &region.days)?);
                all.insert(calendar.id.clone(), Arc::new(calendar));
            }
            all.insert(file.id, Arc::new(base));
        }
        Ok(all)
    }

    /// Saturdays and Sundays alone, for a place whose holidays are not known; it has no id.
    pub(crate) fn weekends() -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            source: String::new(),
            note: String::new(),
            first_year: i16::MIN,
            last_year: i16::MAX,
            days: BTreeMap::new(),
        }
    }

    /// Why the day is free; `None` for a working day.
    ///
    /// # Errors
    /// Where the calendar does not cover the year.
    pub fn free(&self, day: Day) -> Result<Option<Free>, OutsideCoverage> {
        if !(self.first_year..=self.last_year).contains(&day.year()) {
            return Err(OutsideCoverage {
                words: format!(
                    "not computable: the holidays of {} are known for the years {} to {} only",
                    self.name, self.first_year, self.last_year
                ),
            });
        }
        if let Some(name) = self.days.get(&day) {
            return Ok(Some(Free::Holiday(name.clone())));
        }
        Ok(weekend(day).map(Free::Weekend))
    }
}

/// The name of the day, if it is one of the weekend.
pub(crate) fn weekend(day: Day) -> Option<&'static str> {
    match day.weekday() {
        Weekday::Saturday => Some("Saturday"),
        Weekday::Sunday => Some("Sunday"),
        _ => None,
    }
}

/// The English name of a weekday.
pub(crate) fn weekday(day: Day) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn days(path: &str, years: &BTreeMap<String, Vec<String>>) -> Result<BTreeMap<Day, String>, RuleError> {
    let mut out = BTreeMap::new();
    for (year, days) in years {
        for row in days {
            let wrong = || RuleError::new(path, format!("year {year}: “{row}” is not “MM-DD name”"));
            let (date, name) = row.split_once(' ').ok_or_else(wrong)?;
            let day: Day = format!("{year}-{date}").parse().map_err(|_| wrong())?;
            out.insert(day, name.to_owned());
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn holidays_are_those_of_the_place() {
        let all = Calendar::load_all(&Dataset::embedded()).unwrap();
        let free = |place: &str, text: &str| all[place].free(day(text)).unwrap().map(|f| f.words());
        assert_eq!(free("FR", "2023-07-14"), Some("a public holiday (National Day)".to_owned()));
        assert_eq!(free("FR", "2023-04-07"), None);
        assert_eq!(free("FR/alsace-moselle", "2023-04-07"), Some("a public holiday (Good Friday)".to_owned()));
        assert_eq!(free("KZ", "2026-08-30"), Some("a Sunday".to_owned()));
        assert_eq!(free("UA", "2023-08-24"), None);
        assert_eq!(free("US", "2023-07-04"), Some("a public holiday (Independence Day)".to_owned()));
    }

    #[test]
    fn every_calendar_refuses_the_years_it_does_not_know() {
        for calendar in Calendar::load_all(&Dataset::embedded()).unwrap().values() {
            assert!(calendar.free(day("1999-12-31")).is_err(), "{}", calendar.id);
            assert!(calendar.free(day("2031-01-01")).is_err(), "{}", calendar.id);
            assert!(calendar.free(day("2023-01-03")).is_ok(), "{}", calendar.id);
        }
    }
}
