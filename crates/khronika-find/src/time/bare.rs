//! Days that are told without their month: "on the 24th", "le 13", "24-го". Most numbers written so count something else, so they are
//! taken only where the text tells an earlier day of the month before, and where nothing stands after them that they could count.

use khronika_core::letter::is_alphanumeric;
use khronika_core::{DateRole, Span};

use super::TimeRules;
use super::document::Found;
use super::item::{Body, Cal, Item};
use super::language::Language;
use super::word;

/// True for what a rule of days without months made.
pub(super) fn is_bare(language: &Language, item: &Item) -> bool {
    language.rules.get(item.rule as usize).is_some_and(|rule| !rule.alone.is_empty())
}

impl TimeRules {
    /// Drops the days without months that are none, or whose month is not known.
    pub(super) fn days_alone(&self, text: &str, found: &mut Vec<Found>) {
        let bare =
            |entry: &Found| self.languages.get(&entry.lang).is_some_and(|language| is_bare(language, &entry.item));
        if !found.iter().any(bare) {
            return;
        }
        // The part and the day of the month of the date told last.
        let mut last: Option<(usize, u8)> = None;
        found.retain(|entry| {
            let Body::Date(cal) = &entry.item.body else { return true };
            let Some(language) = self.languages.get(&entry.lang) else { return true };
            if is_bare(language, &entry.item) {
                let follows =
                    cal.day.filter(|day| last.is_some_and(|(part, before)| part == entry.part && before < *day));
                let stays = follows
                    .filter(|_| is_written(language, text, &entry.item) && is_whole(language, text, entry.item.span));
                last = stays.map(|day| (entry.part, day)).or(last);
                return stays.is_some();
            }
            if matches!(entry.role, DateRole::Event | DateRole::Publication) && !cal.only_clock() {
                last = day_told(cal).map(|day| (entry.part, day));
            }
            true
        });
    }
}

/// The day that a month is told with; 0 where it is told without one. `None` for what tells no month itself.
fn day_told(cal: &Cal) -> Option<u8> {
    cal.month.filter(|_| cal.step.is_none()).map(|_| cal.day.unwrap_or(0))
}

/// True where the number has one of the endings that its rule asks for.
fn is_written(language: &Language, text: &str, item: &Item) -> bool {
    let Some(rule) = language.rules.get(item.rule as usize) else { return false };
    let digit = |c: char| c.is_ascii_digit();
    let rest = item.span.of(text).trim_start_matches(|c| !digit(c)).trim_start_matches(digit);
    let ending = rest.trim_start_matches(['-', '‐', '‑']);
    rule.alone
        .iter()
        .any(|wanted| ending.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// True where a mark stands after the day, or a word that is nothing to be counted.
fn is_whole(language: &Language, text: &str, span: Span) -> bool {
    let after = text.get(span.end..).unwrap_or("").trim_start_matches([' ', '\u{a0}', '\n']);
    let end = after.find(|c| !is_alphanumeric(c)).unwrap_or(after.len());
    let next = after.get(..end).unwrap_or("");
    let known = || language.after_day.contains(&word::fold(next));
    next.is_empty() || !next.starts_with(|c: char| c.is_ascii_digit()) && (language.after_day.is_empty() || known())
}
