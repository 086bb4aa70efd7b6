//! Ranges: both ends are kept as expressions of their own, each with the EDTF interval that it is an end of.

use khronika_core::{Edtf, Span, TimeExpr, TimexKind};

use super::TimeRules;
use super::calendar;
use super::document::Found;
use super::item::{Body, Cal, Item, Step};
use super::language::{From, Language};
use super::resolve::Told;
use super::role::{BOUND, OF};
use super::tense::Limit;
use super::word::Unit;

/// How far (bytes) a date may stand behind "the day after".
const BESIDE: usize = 14;

/// The last date of a range that leaves its year to the first: the next such day after it.
pub(super) fn last_of(item: &Item, first: Told) -> Option<Item> {
    let Body::Date(cal) = &item.body else { return None };
    let open = cal.year.is_none() && cal.step.is_none() && cal.direction.is_none() && !cal.only_clock();
    // "from Monday to Friday".
    if let (Some(weekday), None, None, true) = (cal.weekday, cal.month, cal.day, open) {
        let from = calendar::days((first.year, first.month?, first.day?));
        let ahead = (i32::from(weekday) - i32::from(calendar::weekday(from))).rem_euclid(7);
        let (year, month, day) = calendar::civil(from + ahead);
        let mut item = item.clone();
        if let Body::Date(cal) = &mut item.body {
            (cal.year, cal.month, cal.day, cal.weekday) = (Some(year), Some(month), Some(day), None);
        }
        item.shared = Some(first.span);
        return Some(item);
    }
    let (month, day) = (cal.month?, cal.day);
    let from = (first.month?, first.day.filter(|_| day.is_some()));
    if !open {
        return None;
    }
    let year = first.year + i32::from((month, day) < from);
    if day.is_some_and(|day| !calendar::exists((year, month, day))) {
        return None;
    }
    let mut item = item.clone();
    if let Body::Date(cal) = &mut item.body {
        cal.year = Some(year);
    }
    item.shared = Some(first.span);
    Some(item)
}

/// "the day after 5 May 2020", "le lendemain du 13 février": the day counted from the date that stands behind it.
pub(super) fn counted_from(
    language: &Language,
    text: &str,
    (item, next): (&Item, &Item),
    told: impl FnOnce() -> Option<Told>,
) -> Option<Item> {
    let Body::Date(Cal { step: Some(Step { from: From::Story, unit: Unit::Day, n: Some(n), .. }), .. }) = &item.body
    else {
        return None;
    };
    if *n == 0 || !matches!(&next.body, Body::Date(c) if c.day.is_some() && c.month.is_some() && c.step.is_none()) {
        return None;
    }
    let between = text.get(item.span.end..next.span.start).filter(|b| b.len() <= BESIDE)?;
    let word = between.trim();
    let bound = |w: &str| language.roles.is(w, BOUND) || language.roles.is(w, OF);
    let own = item.span.of(text).rsplit(char::is_whitespace).next().unwrap_or("");
    if !(bound(word) || word.is_empty() && language.roles.is(own, BOUND)) {
        return None;
    }
    let told = told()?;
    let (year, month, day) = calendar::civil(calendar::days((told.year, told.month?, told.day?)) + n);
    let mut item = item.clone();
    if let Body::Date(cal) = &mut item.body {
        (cal.step, cal.year, cal.month, cal.day) = (None, Some(year), Some(month), Some(day));
    }
    item.shared = Some(next.span);
    Some(item)
}

impl TimeRules {
    /// Marks ranges that the forms of their ends make, as in “5 мамырдан 7 маусымға дейін”.
    pub(super) fn ranges_by_form(&self, text: &str, found: &mut [Found]) {
        for index in 1..found.len() {
            let (Some(left), Some(right)) = (found.get(index - 1), found.get(index)) else { continue };
            let Some(language) = self.languages.get(&left.lang) else { continue };
            let dates = matches!((&left.item.body, &right.item.body), (Body::Date(_), Body::Date(_)));
            if dates
                && language.roles.limits_after
                && is_blank(text, left.item.span, right.item.span)
                && language.roles.begins_range(left.item.span.of(text))
                && language.roles.limit(text, right.item.span) == Some(Limit::Sure)
                && let Some(left) = found.get_mut(index - 1)
            {
                left.item.range = true;
            }
        }
    }

    /// Gives the ends of ranges, and what is open on one side, their interval.
    pub(super) fn intervals(&self, text: &str, found: &[Found], limits: &[Option<Limit>], dates: &mut [TimeExpr]) {
        for index in 0..dates.len() {
            let (Some(entry), Some(date)) = (found.get(index), dates.get(index)) else { continue };
            let Body::Date(cal) = &entry.item.body else { continue };
            let Some(first) = whole(date).filter(|_| !cal.only_clock()) else { continue };
            if date.interval.is_some() {
                continue;
            }
            let next = dates.get(index + 1).filter(|_| entry.item.range);
            if let Some(last) = next.and_then(whole) {
                let interval = Edtf::parse(&format!("{first}/{last}")).ok().filter(|_| first != last).map(Box::new);
                for date in dates.iter_mut().skip(index).take(2) {
                    date.interval.clone_from(&interval);
                }
                continue;
            }
            let Some(language) = self.languages.get(&entry.lang) else { continue };
            let interval = if language.roles.is_since(text, entry.item.span) {
                format!("{first}/..")
            } else if limits.get(index) == Some(&Some(Limit::Sure)) {
                format!("../{first}")
            } else {
                continue;
            };
            if let (Some(date), Ok(interval)) = (dates.get_mut(index), Edtf::parse(&interval)) {
                date.interval = Some(Box::new(interval));
            }
        }
    }
}

/// The EDTF of a date that is no interval itself.
fn whole(date: &TimeExpr) -> Option<&str> {
    let edtf = date.edtf.as_ref().filter(|_| matches!(date.kind, TimexKind::Date | TimexKind::Time))?;
    Some(edtf.as_str()).filter(|edtf| !edtf.contains('/'))
}

/// True where nothing but white space stands between two spans.
fn is_blank(text: &str, left: Span, right: Span) -> bool {
    text.get(left.end..right.start).is_some_and(|between| between.len() < 4 && between.trim().is_empty())
}
