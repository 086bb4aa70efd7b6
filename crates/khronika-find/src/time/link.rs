//! Lists and ranges that share a month or a year: "les 4 et 16 juillet 2024", "from 15 May to 16 July 2014".

use khronika_core::Span;

use super::item::{Body, Cal, Item, Repeat};
use super::language::Language;
use super::scan::{Tok, gap};
use super::word;

/// How many days one list may share a month.
const LONGEST_LIST: usize = 12;

/// How many tokens before "and" the word "between" may stand.
const BETWEEN: usize = 7;

/// How a number or date is joined to the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    And,
    Comma,
    Range,
}

/// Completes the items of one run, the first of which is `items[from]`.
pub(super) fn link(language: &Language, run: &[Tok], items: &mut Vec<Item>, from: usize) {
    days_before(language, run, items, from);
    days_after(language, run, items, from);
    share(language, run, items, from);
    repeat(language, run, items, from);
}

fn date(item: &Item) -> Option<&Cal> {
    match &item.body {
        Body::Date(cal) => Some(cal),
        _ => None,
    }
}

/// How the word at `at` joins what stands on both its sides: 0 "and", 1 "to", 2 an article or preposition.
fn link_value(language: &Language, run: &[Tok], at: usize) -> Option<i32> {
    let tok = run.get(at)?;
    let entry = language.words.entries.get((tok.word as usize).checked_sub(1)?)?;
    (tok.mask >> word::LINK & 1 != 0).then(|| entry.value(word::LINK))
}

/// What joins what stands before token `right` to it: the join, and the number of tokens of its words. An article or a preposition
/// may stand between ("et le 20 février").
fn join(language: &Language, run: &[Tok], right: usize) -> Option<(Join, usize)> {
    let link = |at: usize| link_value(language, run, at);
    let mut words = 0;
    while words < 2
        && let Some(before) = right.checked_sub(words + 1)
        && link(before) == Some(2)
        && run.get(right - words).is_some_and(|t| t.gap & gap::WORD != 0)
    {
        words += 1;
    }
    let first = right - words;
    let tok = run.get(first)?;
    match tok.gap {
        gap::DASH | gap::HYPHEN => return Some((Join::Range, words)),
        gap::COMMA => return Some((Join::Comma, words)),
        gap::SLASH => return Some((Join::And, words)),
        _ => {}
    }
    let before = first.checked_sub(1)?;
    let near = run.get(before).is_some_and(|t| t.gap & (gap::WORD | gap::COMMA | gap::DOT) != 0);
    if tok.gap & gap::WORD == 0 || !near {
        return None;
    }
    match link(before)? {
        0 if is_between(language, run, before) => Some((Join::Range, words + 1)),
        0 => Some((Join::And, words + 1)),
        // "jusqu'au", "fino al": two words that say it.
        1 if before.checked_sub(1).and_then(link) == Some(1) => Some((Join::Range, words + 2)),
        1 => Some((Join::Range, words + 1)),
        _ => None,
    }
}

/// True where "between" stands before the "and" at `and`.
fn is_between(language: &Language, run: &[Tok], and: usize) -> bool {
    let before = run.get(and.saturating_sub(BETWEEN)..and).unwrap_or_default();
    language.between.is_some_and(|class| before.iter().any(|tok| tok.mask >> class & 1 != 0))
}

/// "4, 8 et 16 juillet": the days before a date take its month and year.
fn days_before(language: &Language, run: &[Tok], items: &mut Vec<Item>, from: usize) {
    let mut index = from;
    while index < items.len() {
        let Some(item) = items.get(index) else { break };
        let limit = if index > from { items.get(index - 1).map_or(0, |p| p.last + 1) } else { 0 };
        let Some(cal) =
            date(item).copied().filter(|c| c.day.is_some() && c.month.is_some() && c.flags == 0 && c.weekday.is_none())
        else {
            index += 1;
            continue;
        };
        // "from the 13th to the 15th of July": its article is no part of the list.
        let articles =
            (item.first..item.last).take(2).take_while(|at| link_value(language, run, *at) == Some(2)).count();
        let starts_with_day = run.get(item.first + articles).is_some_and(|t| t.mask >> word::DAY & 1 != 0);
        if !starts_with_day {
            index += 1;
            continue;
        }
        let (span, rule) = (item.span, item.rule);
        let mut right = item.first;
        let mut new: Vec<Item> = Vec::new();
        let mut firm = false;
        while new.len() < LONGEST_LIST {
            let Some((kind, words)) = join(language, run, right) else { break };
            let Some(left) = right.checked_sub(words + 1).filter(|l| *l >= limit) else { break };
            let Some(tok) = run.get(left).filter(|t| t.mask >> word::DAY & 1 != 0 && t.mask >> word::YEAR & 1 == 0)
            else {
                break;
            };
            // A number word may be an article ("un"), and a comma alone is no list.
            if kind == Join::Comma && new.is_empty() {
                break;
            }
            firm |= kind != Join::Comma;
            let shared = Cal { day: u8::try_from(tok.n[0]).ok(), part: None, clock: None, ..cal };
            if !shared.is_possible() {
                break;
            }
            new.push(Item {
                span: Span::new(tok.start, tok.end),
                first: left,
                last: left,
                body: Body::Date(shared),
                modifier: None,
                rule,
                sure: 0.9,
                shared: Some(span),
                range: kind == Join::Range,
                note: None,
            });
            right = left;
        }
        if !firm {
            new.clear();
        }
        new.reverse();
        let added = new.len();
        items.splice(index..index, new);
        index += added + 1;
    }
}

/// "May 4 and 16, 2024": the days after a date take its month, and give it the year that follows them.
fn days_after(language: &Language, run: &[Tok], items: &mut Vec<Item>, from: usize) {
    let mut index = from;
    while index < items.len() {
        let Some(item) = items.get(index) else { break };
        let Some(cal) =
            date(item).copied().filter(|c| c.day.is_some() && c.month.is_some() && c.year.is_none() && c.flags == 0)
        else {
            index += 1;
            continue;
        };
        let limit = items.get(index + 1).map_or(run.len(), |n| n.first);
        let ends_with_day = run.get(item.last).is_some_and(|t| t.mask >> word::DAY & 1 != 0);
        if !ends_with_day {
            index += 1;
            continue;
        }
        let (rule, mut last) = (item.rule, item.last);
        let mut new: Vec<(usize, Join)> = Vec::new();
        while new.len() < LONGEST_LIST {
            let mut right = last + 1;
            if run.get(right).is_some_and(|t| t.mask >> word::LINK & 1 != 0) {
                right += 1;
            }
            let fits = right < limit
                && run.get(right).is_some_and(|t| {
                    t.mask >> word::DAY & 1 != 0 && t.mask >> word::DIGITS & 1 != 0 && t.mask >> word::YEAR & 1 == 0
                });
            if !fits {
                break;
            }
            match join(language, run, right) {
                Some((kind, words)) if right == last + 1 + words => new.push((right, kind)),
                _ => break,
            }
            last = right;
        }
        // "May 4, 5": a comma alone is no list.
        if new.iter().all(|(_, kind)| *kind == Join::Comma) {
            index += 1;
            continue;
        }
        // The year after the list.
        let year = run.get(last + 1).filter(|t| t.mask >> word::YEAR & 1 != 0 && t.gap & (gap::WORD | gap::COMMA) != 0);
        let year_value = year.map(|t| t.n[0]);
        let year_span = year.map(|t| Span::new(t.start, t.end));
        let mut add = Vec::new();
        for (n, (at, _)) in new.iter().enumerate() {
            let Some(tok) = run.get(*at) else { continue };
            let is_last = n + 1 == new.len();
            let shared = Cal { day: u8::try_from(tok.n[0]).ok(), year: year_value, ..cal };
            if !shared.is_possible() {
                continue;
            }
            let end = if is_last && let Some(span) = year_span { span.end } else { tok.end };
            add.push(Item {
                span: Span::new(tok.start, end),
                first: *at,
                last: if is_last && year.is_some() { last + 1 } else { *at },
                body: Body::Date(shared),
                modifier: None,
                rule,
                sure: 0.9,
                shared: if is_last && year.is_some() { None } else { year_span.or(Some(item.span)) },
                range: new.get(n + 1).is_some_and(|(_, kind)| *kind == Join::Range),
                note: None,
            });
        }
        let range = new.first().is_some_and(|(_, kind)| *kind == Join::Range);
        let added = add.len();
        // The year may have been found as an expression of its own.
        if year.is_some() && items.get(index + 1).is_some_and(|n| n.first == last + 1) {
            items.remove(index + 1);
        }
        if let Some(item) = items.get_mut(index) {
            item.range |= range;
            if let (Some(value), Body::Date(cal)) = (year_value, &mut item.body) {
                cal.year = Some(value);
                item.shared = year_span;
            }
        }
        items.splice(index + 1..index + 1, add);
        index += added + 1;
    }
}

/// "every Tuesday and Friday", "tous les mardis et vendredis": a weekday joined to one that repeats does so too.
fn repeat(language: &Language, run: &[Tok], items: &mut [Item], from: usize) {
    for index in from..items.len().saturating_sub(1) {
        let (Some(left), Some(right)) = (items.get(index), items.get(index + 1)) else { continue };
        let joined = join(language, run, right.first)
            .is_some_and(|(kind, words)| kind != Join::Range && left.last + 1 + words == right.first);
        let (Body::Set(Repeat::On(first)), Body::Date(cal)) = (&left.body, &right.body) else { continue };
        let alone = Cal { weekday: cal.weekday, ..Cal::default() };
        if joined && first.weekday.is_some() && cal.weekday.is_some() && *cal == alone {
            let set = Body::Set(Repeat::On(*cal));
            if let Some(right) = items.get_mut(index + 1) {
                right.body = set;
            }
        }
    }
}

/// A date without year takes the year of the date that it is joined to: "17 February and 16 April 2003", "de mai à juin 2014".
fn share(language: &Language, run: &[Tok], items: &mut [Item], from: usize) {
    for index in (from..items.len().saturating_sub(1)).rev() {
        let (Some(left), Some(right)) = (items.get(index), items.get(index + 1)) else { continue };
        let Some((kind, words)) = join(language, run, right.first) else { continue };
        if left.last + 1 + words != right.first {
            continue;
        }
        let (Some(a), Some(b)) = (date(left), date(right)) else { continue };
        let (mut a, b) = (*a, *b);
        // "30 mai, 2 juin et 13 août 2025": a comma joins where what follows it is a member of the list already.
        let kind = if kind == Join::Comma && right.shared.is_some() && b.day.is_some() { Join::And } else { kind };
        let span = right.shared.filter(|_| kind == Join::And).unwrap_or(right.span);
        let stated = b.year.is_some() && !(b.short_year && a.year.is_some());
        let mut changed = false;
        if kind != Join::Comma
            && a.year.is_none()
            && stated
            && a.step.is_none()
            && !a.only_clock()
            && a.direction.is_none()
            && b.month.is_some() == a.month.is_some()
        {
            a.year = b.year;
            a.bc = b.bc;
            changed = true;
            // "from 20 December to 5 January 2020": the list runs forward.
            if kind == Join::Range && b.month.is_some() && (a.month, a.day.unwrap_or(1)) > (b.month, b.day.unwrap_or(1))
            {
                a.year = a.year.map(|y| y - 1);
            }
        }
        if kind != Join::Comma && b.bc && !a.bc && a.year.is_some() {
            a.bc = true;
            changed = true;
        }
        if let Some(left) = items.get_mut(index) {
            // "deux semaines plus tard, à 9 heures": no day reaches to an hour.
            left.range |= kind == Join::Range && (a.clock.is_some() || !b.only_clock());
            if changed {
                left.body = Body::Date(a);
                left.shared = Some(span);
            }
        }
        // "2016/17", "1998–99": the second year has its century from the first.
        if let Some(right) = items.get_mut(index + 1)
            && let (Some(first), true, Body::Date(cal)) = (a.year, b.short_year, &mut right.body)
            && let Some(short) = b.year
        {
            cal.year = Some(first - first.rem_euclid(100) + short.rem_euclid(100));
            cal.short_year = false;
        }
    }
}
