//! Dates that can hardly be meant: kept as written, and flagged.

use khronika_core::{Basis, DateRole, TimeExpr};

use super::TimeRules;
use super::calendar;
use super::document::{Found, tense};
use super::resolve::Told;
use super::tense::Tense;

/// Later than this many years after the day of writing nothing is told, whatever the words around it say.
const FAR: i32 = 60;
/// A document must give at least this many days for one among them to stand alone.
const DAYS: usize = 6;
/// No other date lies nearer (in years) to one that stands alone.
const ALONE: i32 = 4;
/// How near (in days) to it other dates must lie once its decade is changed, and how many of them.
const NEAR: i32 = 100;
const COMPANY: usize = 2;

const LATE: &str = "implausible: after the date of the document, and told as past";

impl TimeRules {
    /// Flags dates that lie after the day of writing although they are told as past, and days that stand ten years apart from all others.
    pub(super) fn flag_implausible(
        &self,
        text: &str,
        found: &[Found],
        days: &[Option<Told>],
        writing: Option<i32>,
        dates: &mut [TimeExpr],
    ) {
        let stated = |n: usize, date: &TimeExpr| {
            let told = days.get(n).copied().flatten()?;
            let is = date.role == DateRole::Event && date.basis == Basis::Stated && date.note.is_none();
            is.then_some(told)
        };
        let first = |told: Told| calendar::days((told.year, told.month.unwrap_or(1), told.day.unwrap_or(1)));
        if let Some(writing) = writing {
            let far = calendar::civil(writing).0 + FAR;
            let late: Vec<usize> = (0..dates.len().min(found.len()))
                .filter(|n| {
                    let told = dates.get(*n).and_then(|date| stated(*n, date));
                    let (Some(told), Some(entry)) = (told.filter(|t| first(*t) > writing), found.get(*n)) else {
                        return false;
                    };
                    let Some(language) = self.languages.get(&entry.lang) else { return false };
                    told.year > far || tense(language, text, entry.item.span) == Tense::Past
                })
                .collect();
            let events = dates.iter().filter(|d| d.role == DateRole::Event).count();
            // Where many are late, the date taken for the document's is the odd one.
            if late.len() * 4 <= events.max(4) {
                for n in late {
                    if let Some(date) = dates.get_mut(n) {
                        flag(date, LATE.to_owned());
                    }
                }
            }
        }
        let whole: Vec<(usize, Told, i32)> = dates
            .iter()
            .enumerate()
            .filter_map(|(n, date)| {
                stated(n, date).filter(|told| told.day.is_some()).map(|told| (n, told, first(told)))
            })
            .collect();
        if whole.len() < DAYS {
            return;
        }
        let mut order: Vec<i32> = whole.iter().map(|(_, _, day)| *day).collect();
        order.sort_unstable();
        for (n, told, day) in &whole {
            let at = order.partition_point(|other| other < day);
            let beside = [at.checked_sub(1).and_then(|i| order.get(i)), order.get(at + 1)];
            if beside.into_iter().flatten().any(|other| (other - day).abs() < ALONE * 365) {
                continue;
            }
            let moved = [10, -10].into_iter().find_map(|years| {
                let (month, of_month) = (told.month?, told.day?);
                let year = told.year + years;
                let moved =
                    calendar::exists((year, month, of_month)).then(|| calendar::days((year, month, of_month)))?;
                let from = order.partition_point(|other| *other < moved - NEAR);
                let to = order.partition_point(|other| *other <= moved + NEAR);
                (to - from >= COMPANY).then_some(year)
            });
            if let (Some(year), Some(date)) = (moved, dates.get_mut(*n)) {
                flag(
                    date,
                    format!("implausible: no other date lies near it; in {year} it would stand among the others"),
                );
            }
        }
    }
}

fn flag(date: &mut TimeExpr, note: String) {
    date.note = Some(note);
    date.confidence = date.confidence.min(0.4);
}
