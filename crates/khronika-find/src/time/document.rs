//! One document from text to expressions: scan, parse, link, roles, anchors, values.

use std::collections::BTreeMap;

use khronika_core::{Basis, BlockKind, DateRole, Day, Lang, Span, TimeExpr, TimexKind};

use super::TimeRules;
use super::calendar;
use super::item::{Body, Cal, Item};
use super::language::Language;
use super::number::flag;
use super::resolve::{self, Anchors, Told};
use super::{link, parse, scan};

/// A part of a text in one language.
pub(super) struct Part {
    pub span: Span,
    pub lang: Lang,
    pub kind: BlockKind,
}

/// The expressions of a document.
pub(super) struct Done {
    pub dates: Vec<TimeExpr>,
    pub document_date: Option<usize>,
}

/// An expression before it is resolved.
struct Found {
    item: Item,
    lang: Lang,
    role: DateRole,
}

/// The head and the foot of a document, in bytes, in which its own date may stand.
const HEAD: usize = 6000;
const FOOT: usize = 1500;

impl TimeRules {
    pub(super) fn document(&self, text: &str, parts: &[Part], dct: Option<Day>) -> Done {
        let mut found: Vec<Found> = Vec::new();
        let mut items: Vec<Item> = Vec::new();
        for part in parts {
            let Some(language) = self.languages.get(&part.lang) else { continue };
            scan::scan(language, text, part.span.start, part.span.end, |run| {
                items.clear();
                parse::parse(language, run, &mut items);
                link::link(language, run, &mut items, 0);
                for mut item in items.drain(..) {
                    if language.year_in_number {
                        year_from_number(text, &mut item);
                    }
                    let bare = language.rules.get(item.rule as usize).is_some_and(|r| r.bare);
                    if bare && !is_bare_year(text, item.span) {
                        continue;
                    }
                    let role = role(language, text, &item, part.kind);
                    found.push(Found { item, lang: part.lang, role });
                }
            });
        }
        order_of_digits(&mut found, &self.languages);
        let document = self.document_date(text, &found);
        let dct = dct.map(|d| calendar::days((i32::from(d.year()), d.month() as u8, d.day() as u8)));
        let (writing, writing_span) = match (dct, document) {
            (Some(day), _) => (Some(day), None),
            (None, Some(index)) => match found.get(index).map(|f| (&f.item.body, f.item.span)) {
                Some((Body::Date(cal), span)) => match (cal.year, cal.month, cal.day) {
                    (Some(y), Some(m), Some(d)) => (Some(calendar::days((y, m, d))), Some(span)),
                    _ => (None, None),
                },
                _ => (None, None),
            },
            _ => (None, None),
        };
        // In its head the date is that of the paper; at its foot it is that of the last act told.
        if let Some(found) = document.and_then(|i| found.get_mut(i)).filter(|f| f.item.span.start < HEAD) {
            found.role = DateRole::Publication;
        }
        let narrative = dct.is_none() || is_narrative(&found, dct);
        let anchors = Anchors { writing, writing_span, narrative, story: None };
        let dates = self.resolve(text, &found, anchors);
        Done { dates, document_date: document }
    }

    fn resolve(&self, text: &str, found: &[Found], mut anchors: Anchors) -> Vec<TimeExpr> {
        let mut dates: Vec<TimeExpr> = Vec::with_capacity(found.len());
        let mut days: Vec<Option<Told>> = Vec::with_capacity(found.len());
        for entry in found {
            let Some(language) = self.languages.get(&entry.lang) else { continue };
            let item = &entry.item;
            let asks = matches!(&item.body, Body::Date(c) if c.year.is_none() && c.step.is_none() && !c.only_clock());
            let future = asks && anchors.writing.is_some() && speaks_of_future(language, text, item.span);
            let resolved = anchors.resolve(item, future);
            let mut note = resolved.note;
            let mut confidence = item.sure;
            if let Body::Date(cal) = &item.body
                && cal.flags & flag::AMBIGUOUS != 0
            {
                note = Some(format!(
                    "{} could be read day first or month first; read as {}",
                    item.span.of(text),
                    resolved.printed.value
                ));
                confidence = confidence.min(0.6);
            }
            if let (Some(told), Some(writing)) = (resolved.told, anchors.writing)
                && anchors.writing_span.is_some()
                && entry.role == DateRole::Event
                && resolved.basis == Basis::Stated
                && told.year > calendar::civil(writing).0 + 60
            {
                note = Some("implausible: long after the date of the document".to_owned());
                confidence = confidence.min(0.4);
            }
            if let Some(told) = resolved.told
                && (entry.role == DateRole::Event || entry.role == DateRole::Publication)
            {
                anchors.story = Some(told);
            }
            days.push(resolved.told);
            dates.push(TimeExpr {
                span: item.span,
                kind: resolved.printed.kind,
                value: resolved.printed.value,
                modifier: resolve::modifier(item),
                edtf: resolved.printed.edtf,
                role: entry.role,
                basis: resolved.basis,
                anchor: resolved.anchor,
                confidence,
                note,
                made_by: language.rules.get(item.rule as usize).map(|r| r.id.clone()).unwrap_or_default(),
            });
        }
        place_clocks(text, found, &days, anchors.writing, &mut dates);
        dates
    }

    /// The index of the date that the document bears: after a cue of the language in its head or foot, or alone on a line of its head.
    fn document_date(&self, text: &str, found: &[Found]) -> Option<usize> {
        let mut best: Option<(u8, usize)> = None;
        for (index, entry) in found.iter().enumerate() {
            let span = entry.item.span;
            let head = span.start < HEAD;
            let foot = span.start + FOOT > text.len();
            if !head && !foot {
                continue;
            }
            let Body::Date(cal) = &entry.item.body else { continue };
            if cal.year.is_none() || cal.month.is_none() || cal.day.is_none() || cal.bc || entry.role == DateRole::Norm
            {
                continue;
            }
            let Some(language) = self.languages.get(&entry.lang) else { continue };
            let (above, before, after) = line_around(text, span);
            let words_before = before.split_whitespace().count();
            let words_after = after.split_whitespace().count();
            let cue = language.roles.document_cue(if before.trim().is_empty() { above } else { before });
            // A line of prose speaks of another date, unless its words are those that close a decision.
            let mut weight = match cue {
                Some(weight) if weight >= 8 && words_before <= 14 => weight,
                Some(weight) if words_before <= 6 && words_after <= 8 => weight,
                _ => 0,
            };
            if head && cue.is_none() && entry.role == DateRole::Event && words_before <= 3 && words_after <= 5 {
                let begins = before.trim().chars().next().is_none_or(char::is_uppercase);
                let wrapped = above.len() > 60 && !above.ends_with(['.', ':', ';', '»', '”', ')']);
                weight = if under_heading(text, span) {
                    4
                } else {
                    2 * u8::from(begins && !wrapped && !after.starts_with(['.', ',']))
                };
            }
            if !head {
                weight = weight.saturating_sub(1);
            }
            if weight >= 2 && best.is_none_or(|(w, _)| weight > w) {
                best = Some((weight, index));
            }
        }
        best.map(|(_, index)| index)
    }
}

/// True where the line above a span is in capitals, as the heading of a decision is.
fn under_heading(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or("");
    let mut from = before.len().saturating_sub(300);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let mut lines = before.get(from..).unwrap_or("").rsplit('\n').map(str::trim);
    let here = lines.next().unwrap_or("");
    let above = lines.find(|l| !l.is_empty()).unwrap_or("");
    let letters = above.chars().filter(|c| c.is_alphabetic()).count();
    here.len() < 40 && letters > 4 && !above.chars().any(|c| c.is_lowercase() || c.is_ascii_digit())
}

/// The nearest line above a span that holds words, the words before it on its line, and those after it.
fn line_around(text: &str, span: Span) -> (&str, &str, &str) {
    let before = text.get(..span.start).unwrap_or("");
    let mut from = before.len().saturating_sub(300);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let before = before.get(from..).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    let above = before.get(..before.len() - line.len()).unwrap_or("").trim_end().rsplit('\n').next().unwrap_or("");
    let after = text.get(span.end..).unwrap_or("");
    let after = after.split('\n').next().unwrap_or("");
    let mut to = after.len().min(200);
    while !after.is_char_boundary(to) {
        to -= 1;
    }
    (above, line, after.get(..to).unwrap_or(""))
}

/// True where nothing around a bare number speaks against a year: no number or abbreviation before it, as in "336 F.3d 1001" and
/// "137, 1006".
fn is_bare_year(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or("").trim_end_matches([' ', '\u{a0}', '\n']);
    let mut from = before.len().saturating_sub(40);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let before = before.get(from..).unwrap_or("");
    let listed = before.trim_end_matches([',', '–', '-', ' ']);
    if (before.ends_with('.') && !before.ends_with("..."))
        || (listed.len() < before.len() && listed.ends_with(|c: char| c.is_ascii_digit()))
    {
        // "2004, 2005 and 2006" are years still.
        let digits = listed.len() - listed.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let year = digits == 4 && !before.ends_with('.');
        if !year {
            return false;
        }
    }
    let word = before.rsplit([' ', '\u{a0}', '\n', '(']).next().unwrap_or("");
    let digits = word.chars().any(|c| c.is_ascii_digit());
    let small = word.chars().any(char::is_lowercase);
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let abbreviation = capitals >= 2 && (!small || word.trim_end_matches('.').contains('.'));
    let label_after = text.get(span.end..).is_some_and(|rest| rest.starts_with('('));
    let mixed = digits && word.chars().any(char::is_alphabetic);
    !(mixed || abbreviation || label_after)
}

/// "Ley 39/2015, de 1 de octubre": the year of the day stands in the number before it.
fn year_from_number(text: &str, item: &mut Item) {
    let Body::Date(cal) = &mut item.body else { return };
    if cal.year.is_some() || cal.day.is_none() || cal.month.is_none() {
        return;
    }
    let before = text.get(..item.span.start).unwrap_or("").trim_end();
    let Some(before) = before.strip_suffix("de").map(str::trim_end).and_then(|b| b.strip_suffix(',')) else { return };
    let before = before.trim_end();
    let start = before.len().saturating_sub(4);
    let year = before.get(start..).filter(|y| y.bytes().all(|b| b.is_ascii_digit())).and_then(|y| y.parse().ok());
    if before.get(..start).is_some_and(|b| b.ends_with('/'))
        && let Some(year) = year
        && (1900..2100).contains(&year)
    {
        cal.year = Some(year);
        item.shared = Some(Span::new(start, before.len()));
    }
}

fn role(language: &Language, text: &str, item: &Item, kind: BlockKind) -> DateRole {
    match &item.body {
        Body::Date(cal) => {
            let year_only = cal.year.is_some() && cal.month.is_none();
            if cal.only_clock() && kind != BlockKind::Footnote {
                return DateRole::Event;
            }
            let whole_day = cal.year.is_some() && cal.day.is_some();
            language.roles.role(text, item.span, kind, year_only, whole_day)
        }
        _ => DateRole::Other,
    }
}

/// Decides day and month of dates in digits that could be read both ways, by what else stands in the document.
fn order_of_digits(found: &mut [Found], languages: &BTreeMap<Lang, Language>) {
    let flags = |bit: i32| found.iter().filter(|f| matches!(&f.item.body, Body::Date(c) if c.flags & bit != 0)).count();
    let (month_first, day_first) = (flags(flag::MONTH_FIRST), flags(flag::DAY_FIRST));
    for entry in found {
        let day_first_language = languages.get(&entry.lang).is_none_or(|l| l.day_first);
        let Body::Date(cal) = &mut entry.item.body else { continue };
        if cal.flags & flag::AMBIGUOUS == 0 {
            continue;
        }
        let swap = if month_first != day_first { month_first > day_first } else { !day_first_language };
        if swap {
            (cal.month, cal.day) = (cal.day, cal.month);
        }
        if month_first != day_first || entry.lang != Lang::EN {
            cal.flags &= !flag::AMBIGUOUS;
        }
    }
}

/// True where the document's full dates lie far from the day of writing.
fn is_narrative(found: &[Found], dct: Option<i32>) -> bool {
    let Some(dct) = dct else { return true };
    let (year, _, _) = calendar::civil(dct);
    let (mut near, mut far) = (0, 0);
    for entry in found {
        if let Body::Date(Cal { year: Some(y), month: Some(_), step: None, .. }) = &entry.item.body {
            if (y - year).abs() <= 1 {
                near += 1;
            } else {
                far += 1;
            }
        }
    }
    far >= 4 && far > near * 2
}

/// True where the sentence around a span speaks of what is to come.
fn speaks_of_future(language: &Language, text: &str, span: Span) -> bool {
    let Some(class) = language.future else { return false };
    let clip = |at: usize| {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let before = text.get(clip(span.start.saturating_sub(140))..span.start).unwrap_or("");
    let before = before.rsplit(['.', '!', '?', '\n', ';']).next().unwrap_or("");
    let after = text.get(span.end..clip(span.end + 140)).unwrap_or("");
    let after = after.split(['.', '!', '?', '\n', ';']).next().unwrap_or("");
    let is_cue = |word: &str| {
        language
            .words
            .get(super::word::fold(word).as_bytes())
            .and_then(|i| language.words.entries.get(i))
            .is_some_and(|e| e.mask >> class & 1 != 0)
    };
    let split = |s: &str| s.split(|c: char| !c.is_alphabetic()).any(|w| !w.is_empty() && is_cue(w));
    split(before) || split(after)
}

/// Gives clock times and parts of the day the day that they belong to: the date beside them, else the day told of last.
fn place_clocks(text: &str, found: &[Found], days: &[Option<Told>], writing: Option<i32>, dates: &mut [TimeExpr]) {
    let whole = |index: usize| {
        let told = days.get(index).copied().flatten()?;
        Some(((told.year, told.month?, told.day?), told.span))
    };
    let mut last = None;
    for index in 0..dates.len() {
        let Some(entry) = found.get(index) else { break };
        let Body::Date(cal) = &entry.item.body else { continue };
        if !cal.only_clock() {
            if let Some(told) = whole(index).filter(|_| entry.role == DateRole::Event) {
                last = Some(told);
            }
            continue;
        }
        let beside = whole(index + 1).filter(|(_, span)| {
            let between = Span::new(entry.item.span.end, span.start).of(text);
            between.len() < 16 && !between.contains(['.', ';', '\n']) && !between.contains(" and ")
        });
        let previous_near = index
            .checked_sub(1)
            .and_then(whole)
            .filter(|(_, span)| entry.item.span.start.saturating_sub(span.end) < 16);
        let writing = writing.map(|d| (calendar::civil(d), Span::default()));
        let Some(((y, m, d), span)) = previous_near.or(beside).or(last).or(writing) else { continue };
        let cal = Cal { year: Some(y), month: Some(m), day: Some(d), ..*cal };
        let printed = super::value::date(&cal, entry.item.modifier);
        if let Some(date) = dates.get_mut(index) {
            date.value = printed.value;
            date.edtf = printed.edtf;
            date.kind = TimexKind::Time;
            date.basis = Basis::Relative;
            date.anchor = (!span.is_empty()).then_some(span);
        }
    }
}
