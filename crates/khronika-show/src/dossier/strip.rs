//! A date drawn as certain as it is: where it lies in its year.

use khronika_core::{Basis, Day, When};
use maud::{Markup, html};

/// Width of a year in pixels: four for each half-month.
const YEAR: f64 = 96.0;

/// The year of a date as a ruler of twelve months: a day is a solid stroke, a month or a longer time a bar of its length, what is
/// inferred is hatched. Dates longer than a year fill the ruler; an open end has an arrow. It repeats the date's words, so readers
/// of the page by ear are spared it.
pub(super) fn strip(when: &When) -> Markup {
    let (from, to) = when.edtf.bounds();
    let one_year = matches!((from, to), (Some(a), Some(b)) if a.year() == b.year());
    let x = from.filter(|_| one_year || to.is_none()).map_or(0.0, fraction) * YEAR;
    let end = to.filter(|_| one_year || from.is_none()).map_or(1.0, after) * YEAR;
    let width = (end - x).max(2.5);
    let inferred = !matches!(when.basis, Basis::Stated | Basis::Service | Basis::Judged);
    let day = matches!((from, to), (Some(a), Some(b)) if a == b);
    html! {
        svg class="strip" width=(YEAR) height="9" viewBox={ "0 0 " (YEAR) " 9" } aria-hidden="true" focusable="false" {
            path class="rule" d={ "M0 8.5H" (YEAR) @for month in 0..=12 { "M" (month * 8) " 8.5v-2" } } {}
            rect class=(match (day, inferred) { (true, false) => "ink", (_, true) => "hatched", (false, false) => "bar" })
                x=(round(x)) y=(if day { 0 } else { 2 }) width=(round(width)) height=(if day { 8 } else { 5 }) {}
            @if from.is_none() && to.is_some() { path class="ink" d="M0 4.5l5-4v8z" {} }
            @if to.is_none() && from.is_some() { path class="ink" d={ "M" (YEAR) " 4.5l-5-4v8z" } {} }
        }
    }
}

/// How far into its year a day begins, 0 to 1.
fn fraction(day: Day) -> f64 {
    f64::from(day.day_of_year() - 1) / f64::from(day.days_in_year())
}

/// How far into its year a day ends.
fn after(day: Day) -> f64 {
    f64::from(day.day_of_year()) / f64::from(day.days_in_year())
}

/// One decimal is finer than any screen shows.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
