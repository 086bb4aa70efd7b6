//! When much happened and when little: the dated events of a list as bars, each a way to the events of its time, with a table that says
//! the same.

use std::collections::BTreeMap;

use khronika_core::{Case, Day};
use khronika_show::dossier::anchor;
use maud::{Markup, html};

use crate::fields::Fields;
use crate::words::Words;

/// The most bars.
const BARS: i32 = 80;
/// Up to so many years each month has a bar.
const BY_MONTHS: i32 = 3;
/// The width of a bar with what is between it and the next, and the height of the highest.
const STEP: f64 = 14.0;
const HIGH: f64 = 44.0;

/// A stretch of time.
struct Bar<'a> {
    name: String,
    count: usize,
    /// The first event in it.
    first: &'a str,
}

/// The bars of these events, one for each stretch of time, with those in which nothing happened; nothing where there is only one.
fn bars<'a>(case: &'a Case, which: &[usize]) -> Vec<Bar<'a>> {
    let dated = which.iter().filter_map(|n| {
        let event = case.events.get(*n)?;
        let when = event.when.as_ref()?;
        Some((when.earliest().or(when.latest())?, event.id.as_str()))
    });
    let mut months: BTreeMap<i32, (usize, &str)> = BTreeMap::new();
    let month = |day: Day| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    for (day, id) in dated {
        months.entry(month(day)).or_insert((0, id)).0 += 1;
    }
    let (Some(from), Some(to)) = (months.keys().next().copied(), months.keys().last().copied()) else {
        return Vec::new();
    };
    let years = to.div_euclid(12) - from.div_euclid(12) + 1;
    // How many months a bar has.
    let unit = if years <= BY_MONTHS { 1 } else { 12 * ((years + BARS - 1) / BARS) };
    let first = if unit == 1 { from } else { from - from.rem_euclid(12) };
    let mut all: Vec<Bar<'a>> = (0..=(to - first) / unit)
        .map(|n| {
            let start = first + n * unit;
            let (year, last) = (start.div_euclid(12), (start + unit - 1).div_euclid(12));
            let name = match unit {
                1 => format!("{year:04}-{:02}", start.rem_euclid(12) + 1),
                12 => year.to_string(),
                _ => format!("{year}–{last}"),
            };
            Bar { name, count: 0, first: "" }
        })
        .collect();
    for (month, (count, id)) in months {
        let bar = usize::try_from((month - first) / unit).ok().and_then(|at| all.get_mut(at));
        if let Some(bar) = bar {
            bar.count += count;
            if bar.first.is_empty() {
                bar.first = id;
            }
        }
    }
    if all.len() < 2 { Vec::new() } else { all }
}

/// The strip.
pub(super) fn strip(w: &Words, case: &Case, which: &[usize], query: &Fields) -> Markup {
    let bars = bars(case, which);
    let Some(most) = bars.iter().map(|bar| bar.count).max() else { return html! {} };
    let width = STEP * f64::from(u32::try_from(bars.len()).unwrap_or(0));
    let x = |n: usize| STEP * f64::from(u32::try_from(n).unwrap_or(0));
    let height = |count: usize| {
        let part = f64::from(u32::try_from(count).unwrap_or(0)) / f64::from(u32::try_from(most).unwrap_or(1));
        (part * HIGH * 10.0).round() / 10.0
    };
    let link = |bar: &Bar<'_>| {
        let at = anchor(bar.first);
        format!("/chronology?{}#{at}", query.with("at", Some(&at)))
    };
    let says = |bar: &Bar<'_>| format!("{}: {}", bar.name, w.n("count-events", bar.count));
    let named = |n: usize| n == 0 || n + 1 == bars.len();
    html! {
        figure.density {
            svg width=(2.0 * width) height="62" viewBox={ "0 0 " (width) " 62" } role="group" aria-label=(w.t("density")) preserveAspectRatio="none" {
                path.rule d={ "M0 46.5H" (width) } {}
                @for (n, bar) in bars.iter().enumerate().filter(|(_, bar)| bar.count > 0) {
                    a href=(link(bar)) aria-label=(says(bar)) {
                        title { (says(bar)) }
                        rect.hit x=(x(n)) y="0" width=(STEP) height="62" {}
                        rect.ink x=(x(n) + 1.5) y=(46.0 - height(bar.count).max(2.0)) width=(STEP - 3.0) height=(height(bar.count).max(2.0)) {}
                    }
                }
            }
            figcaption {
                @for (_, bar) in bars.iter().enumerate().filter(|(n, _)| named(*n)) { span { (bar.name) } " " }
            }
            details {
                summary { (w.t("density-table")) }
                table.plain {
                    thead { tr { th scope="col" { (w.t("density-time")) } th scope="col" { (w.t("source-events")) } } }
                    tbody { @for bar in bars.iter().filter(|bar| bar.count > 0) {
                        tr { th scope="row" { a href=(link(bar)) { (bar.name) } } td data-label=(w.t("source-events")) { (bar.count) } }
                    } }
                }
            }
        }
    }
}
