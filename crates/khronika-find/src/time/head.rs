//! The date that a document bears: in its header, its dateline, at its foot.

use std::cell::LazyCell;

use khronika_core::{DateRole, Span};

use super::TimeRules;
use super::document::Found;
use super::item::Body;
use super::press;
use super::role::{ON, PLACE, Roles};

/// The head and the foot of a document, in bytes, in which its own date may stand.
pub(super) const HEAD: usize = 6000;
const FOOT: usize = 1500;

/// What shows that a date is the document's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// The line of place and date of a letter, a notice or a news text.
    Dateline,
    /// It stands alone on its line in the head: of the press where the text goes on as the press does.
    Alone,
    /// A word before it or its place under a heading, as in a decision.
    Header,
}

/// The date that the document bears.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own {
    pub index: usize,
    pub sign: Sign,
}

/// How surely the line of place and date says that its date is the document's.
const DATELINE: u8 = 6;
/// The longest line of place and date before its date, in words.
const PLACES: usize = 10;
/// The longest line, in words before its date, that is looked at.
const LONG: usize = 14;
/// How many lines the heading of a decision may stand below the first.
const HEADING: usize = 40;
/// The longest word that marks a year after its number, in bytes: “жылы”, “года”, “року”.
const YEAR_MARK: usize = 12;
/// How far behind a date the line below it is looked for, in bytes.
const BELOW: usize = 400;
/// The most words of the place behind a date.
const REVERSED: usize = 4;
/// The longest number of a bulletin, in digits, and the most words of its name and of the sign of number.
const ISSUE: usize = 4;
const ISSUE_WORDS: usize = 6;
/// The widest name of an agency after the date, in bytes.
const AGENCY: usize = 60;

impl TimeRules {
    /// The date that the document bears: after a cue of the language in its head or foot, in the line of place and date, or alone on
    /// a line of its head. One without year only where there is no other.
    pub(super) fn document_date(&self, text: &str, found: &[Found]) -> Option<Own> {
        let mut best: Option<(u8, Own)> = None;
        let mut without_year: Option<Own> = None;
        let decides = LazyCell::new(|| {
            found.first().and_then(|f| self.languages.get(&f.lang)).is_some_and(|l| l.roles.heads_decision(text))
        });
        for (index, entry) in found.iter().enumerate() {
            let span = entry.item.span;
            let head = span.start < HEAD;
            let foot = span.start + FOOT > text.len();
            if !head && !foot {
                continue;
            }
            let Body::Date(cal) = &entry.item.body else { continue };
            if cal.month.is_none() || cal.day.is_none() || cal.bc || entry.role == DateRole::Norm {
                continue;
            }
            let (above, before, after) = line_around(text, span);
            // Behind so many words of its line no date is the document's own.
            let Some(language) = self.languages.get(&entry.lang) else { continue };
            if before.split_whitespace().nth(LONG).is_some() && !language.roles.capital_cue(before) {
                continue;
            }
            let before = before.trim_start_matches(['«', '"', '“', '„']);
            let places_after = before.trim().is_empty() && after.starts_with("   ") && language.roles.are_places(after);
            // Its number makes the day of a bulletin look like that of a paper that is referred to.
            let issue = head && language.roles.is_issue(before, after);
            let dateline = issue
                || head
                    && (places_after
                        || language.roles.is_dateline(before, span.of(text), press::untimed(after))
                        || language.roles.is_reversed(before, after, line_below(text, span)));
            let press = language.roles.press_cue(before).filter(|_| head);
            let stamp = head && press::is_stamp(before, cal.clock.is_some(), after);
            if cal.year.is_none() {
                let line = dateline && !places_after && (agency(after) || opens_text(span.of(text), after));
                if (line || stamp || press.is_some()) && without_year.is_none() {
                    without_year = Some(Own { index, sign: Sign::Dateline });
                }
                continue;
            }
            let (above, before) = columns(above, before);
            let words_before = before.split_whitespace().count();
            let words_after = after.split_whitespace().count();
            let bare = before.trim().is_empty() || language.roles.is(before.trim(), ON);
            let cue = language.roles.document_cue(if bare { above } else { before });
            // A line of prose speaks of another date, unless its words are those that close a decision.
            let mut weight = match cue {
                Some(weight) if weight >= 8 && words_before <= 14 => weight,
                Some(weight) if words_before <= 6 && words_after <= 8 => weight,
                _ if head && cue.is_none() && language.roles.capital_cue(before) => 5,
                _ => 0,
            };
            // A memorandum or a mail is seen from the day in its head, as a letter is.
            let field = head && weight > 0 && is_field(before, above, line_below(text, span)) && !*decides;
            let mut sign = if field { Sign::Dateline } else { Sign::Header };
            // “On 3 May 1921 the Court dismissed the appeal.” is a sentence, however short.
            // “Суд 3 мая 1921 года отменил приговор.” goes on behind its day in small letters.
            let goes_on = begins_small(after);
            let sentence = (words_after >= 3 || goes_on) && after.trim_end().ends_with(['.', '!', '?']);
            // "On 3 May 1921 the Court", cut by the end of the line.
            let prose = bare && !before.trim().is_empty() && words_after >= 3;
            let alone = words_before <= 3 && words_after <= 5 && !sentence && !prose;
            if head && cue.is_none() && entry.role == DateRole::Event && alone {
                let begins = before.trim().chars().next().is_none_or(char::is_uppercase);
                let wrapped = !apart(text, span)
                    && above.chars().count() > 60
                    && !above.ends_with(['.', ':', ';', '»', '”', ')']);
                (weight, sign) = if under_heading(text, span) {
                    (4, Sign::Header)
                } else {
                    let sign = if before.trim().is_empty() && ends_line(after) { Sign::Alone } else { Sign::Header };
                    (2 * u8::from(begins && !wrapped && !after.starts_with(['.', ','])), sign)
                };
            }
            // The day on which a text of the press was put out.
            if let Some(sure) = press.or(stamp.then_some(DATELINE))
                && cue.is_none()
                && entry.role == DateRole::Event
                && weight <= sure
            {
                weight = sure;
                sign = if *decides { Sign::Header } else { Sign::Dateline };
            }
            if dateline && cue != Some(0) && weight <= DATELINE && (issue || entry.role == DateRole::Event) {
                weight = DATELINE;
                if !*decides && !before.ends_with("   ") && !places_after {
                    sign = Sign::Dateline;
                }
            }
            if !head {
                weight = weight.saturating_sub(1);
            }
            if weight >= 2 && best.is_none_or(|(w, _)| weight > w) {
                best = Some((weight, Own { index, sign }));
            }
        }
        best.map(|(_, own)| own).or(without_year)
    }
}

/// True where a word of some length in small letters follows.
fn begins_small(after: &str) -> bool {
    let word = after.split_whitespace().next().unwrap_or("");
    word.starts_with(char::is_lowercase) && word.chars().filter(|c| c.is_alphabetic()).count() >= 4
}

impl Roles {
    /// True where a line begins with names of places before a date and goes on as a letter's or an agency's does: "Paris, le …",
    /// "ROME, Italy, … (Agency) –".
    fn is_dateline(&self, before: &str, date: &str, after: &str) -> bool {
        let before = before.trim_start();
        let close = before.trim_end();
        if before.is_empty()
            || close.contains([':', '?', '!', ';', '«', '"', '“'])
            || close.chars().any(|c| c.is_ascii_digit())
        {
            return false;
        }
        // What stands between the places and the date: a comma, a point, a dash, a gap; then perhaps an article.
        let mut places = close;
        if let Some((rest, last)) = close.rsplit_once(char::is_whitespace)
            && last.chars().count() <= 3
            && last.chars().next().is_some_and(char::is_lowercase)
        {
            places = rest.trim_end();
        }
        let wide = before.get(places.len()..).is_some_and(|gap| gap.starts_with("   ") || gap.starts_with('\t'));
        let parted = places.ends_with([',', '.', '–', '—', '-', '(', '/']) || wide;
        parted && self.are_places(places) && (ends_line(after) || agency(after) || opens_text(date, after))
    }

    /// True for a line of place and date the other way round: "6 грудня 2021 р., Львів".
    fn is_reversed(&self, before: &str, after: &str, below: &str) -> bool {
        let place = after.trim_start_matches(|c: char| c.is_lowercase() || matches!(c, ' ' | '.' | '\u{a0}'));
        let Some(place) = place.strip_prefix(", ").map(str::trim) else { return false };
        before.trim().is_empty()
            && below.trim().is_empty()
            && place.split_whitespace().count() <= REVERSED
            && !place.ends_with(['.', ',', ':', ';'])
            && self.are_places(place)
    }

    /// True for the line of a bulletin under its name: "Note d'information n° 38 – Dakar, ", "Бюлетень № 14, ".
    fn is_issue(&self, before: &str, after: &str) -> bool {
        let mut cells = before.split([',', '–', '—', '|', '·']).map(str::trim);
        let Some(issue) = cells.next() else { return false };
        let name = issue.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = issue.len() - name.len();
        let named = name.chars().next().is_some_and(char::is_uppercase)
            && (1..=ISSUE).contains(&number)
            && name.split_whitespace().count() <= ISSUE_WORDS
            && name.ends_with(char::is_whitespace);
        let parted = before.trim_end().ends_with([',', '–', '—', '|', '·']);
        named && parted && cells.filter(|cell| !cell.is_empty()).all(|cell| self.are_places(cell)) && ends_line(after)
    }

    /// True for a few words that may be names of places: capitals, and the small words that go with them.
    fn are_places(&self, text: &str) -> bool {
        let mut names = 0;
        let words = text.split(|c: char| c.is_whitespace() || ",.–—-/()'’".contains(c)).filter(|w| !w.is_empty());
        for (n, w) in words.enumerate() {
            let capital = w.chars().next().is_some_and(char::is_uppercase);
            let small = w.chars().all(char::is_alphabetic) && (w.chars().count() <= 2 || self.is(w, PLACE));
            if n >= PLACES || !(capital || small) {
                return false;
            }
            names += usize::from(capital && w.chars().count() > 1);
        }
        names > 0
    }

    /// True where a line in capitals in the head of a text is the name of a decision, as "ПОСТАНОВА" is.
    fn heads_decision(&self, text: &str) -> bool {
        let lines = text.lines().take(HEADING);
        lines.map(str::trim).filter(|l| l.chars().count() < 60 && !l.chars().any(char::is_lowercase)).any(|line| {
            line.chars().filter(|c| c.is_alphabetic()).count() > 4 && self.document_cue(line).is_some_and(|w| w >= 6)
        })
    }

    /// True where the last word of a line without breaks is a cue in capitals: "STRASBOURG 5 March 2020".
    fn capital_cue(&self, before: &str) -> bool {
        let word = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or("");
        before.ends_with(' ')
            && word.chars().count() > 4
            && word.chars().all(char::is_uppercase)
            && self.document_cue(word).is_some_and(|weight| weight >= 5)
    }
}

/// True where nothing but the mark of a year or a point follows on the line, or a wide gap does.
fn ends_line(after: &str) -> bool {
    let cell = after.split("   ").next().unwrap_or("");
    let rest = cell.trim().trim_matches(['.', ',', '»', '"', ')', '_']);
    rest.chars().count() <= 5 && !rest.contains(char::is_whitespace) && !rest.chars().any(|c| c.is_ascii_digit())
}

/// True where a point closes the line of place and date and the text begins behind it: ". Police", " года. Полиция", and " Поліція" after a
/// date that ends in the point of "р.".
fn opens_text(date: &str, after: &str) -> bool {
    let behind = behind_year_mark(after).and_then(|rest| rest.strip_prefix('.'));
    let rest = behind.or_else(|| date.ends_with('.').then_some(after)).unwrap_or("");
    let text = rest.trim_start();
    text.len() < rest.len() && text.starts_with(char::is_uppercase)
}

/// True where the name of an agency or the dash before the text follows: " (Agency) –", ". /ТАСС/.", ", «Agency». ", " — Agency. ".
fn agency(after: &str) -> bool {
    let marked = behind_year_mark(after).filter(|rest| rest.starts_with(['.', ',']));
    let after = marked.unwrap_or(after).trim_start_matches(['.', ',', ' ', '\u{a0}']);
    let name = |open: char, close: char| {
        let (name, behind) = after.strip_prefix(open)?.split_once(close)?;
        (2..AGENCY).contains(&name.len()).then_some(behind.trim_start())
    };
    let bracket = |open: char, close: char| name(open, close).is_some();
    bracket('(', ')')
        || bracket('/', '/')
        || bracket('[', ']')
        || name('«', '»').is_some_and(|behind| behind.is_empty() || behind.starts_with(['.', '–', '—', '-', ',']))
        || after.starts_with(['–', '—'])
        || after.starts_with("- ")
        || after.starts_with("-- ")
        || {
            // "INTERFAX.RU - ".
            let name = after.split([' ', '\u{a0}']).next().unwrap_or("");
            let rest = after.get(name.len()..).unwrap_or("").trim_start();
            name.chars().filter(|c| c.is_uppercase()).count() > 2
                && !name.chars().any(char::is_lowercase)
                && rest.starts_with(['–', '—', '-'])
        }
}

/// What stands behind the word that may mark a year, " жыл. «Agency»", or behind none; `None` behind a longer word.
fn behind_year_mark(after: &str) -> Option<&str> {
    let close = after.trim_start();
    let rest = close.trim_start_matches(char::is_lowercase);
    (close.len() - rest.len() <= YEAR_MARK).then_some(rest)
}

/// True for a field of a memorandum or a mail, "Date: ", with another right above or below its line: "To: …", "Re: …".
fn is_field(before: &str, above: &str, below: &str) -> bool {
    let field = |line: &str| {
        let name = line.split_once(':').map_or("", |(name, _)| name.trim());
        let words = name.split_whitespace().count();
        (1..=2).contains(&words) && name.chars().all(|c| c.is_alphabetic() || c == ' ')
    };
    before.trim_end().ends_with(':') && field(before) && (field(above) || field(below))
}

/// The cells of two lines in which what stands last in the lower one is, where the lines are laid out in columns.
fn columns<'a>(above: &'a str, before: &'a str) -> (&'a str, &'a str) {
    const GAP: &str = "   ";
    let cells = before.trim_start().split(GAP).filter(|c| !c.trim().is_empty()).count();
    let open = before.trim_end().len() + GAP.len() <= before.len();
    let cell = if open { "" } else { before.rsplit(GAP).next().unwrap_or(before) };
    let place = if open { cells } else { cells.saturating_sub(1) };
    let mut upper = above.trim_start().split(GAP).map(str::trim).filter(|c| !c.is_empty());
    match (upper.clone().count(), upper.nth(place)) {
        (0 | 1, _) | (_, None) => (above, before),
        (_, Some(upper)) => (upper, cell),
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

/// True where a blank line stands above the line of a span.
fn apart(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or("");
    let line = before.rfind('\n').map_or("", |at| before.get(..at).unwrap_or(""));
    line.trim_end_matches([' ', '\t', '\u{a0}']).ends_with('\n')
}

/// True where no more than a few words share the line of a span, and none of them stands right before it.
pub(super) fn is_alone(text: &str, span: Span) -> bool {
    let (_, before, after) = line_around(text, span);
    let parted = before.trim().is_empty() || before.ends_with("   ");
    parted
        && before.split_whitespace().count() <= 6
        && after.split_whitespace().count() <= 6
        && !after.starts_with(", ")
}

/// The line below that of a span, as far as it stands near: a line may be as long as the text.
fn line_below(text: &str, span: Span) -> &str {
    let after = text.get(span.end..).unwrap_or("");
    let near = after.get(..after.floor_char_boundary(BELOW)).unwrap_or("");
    near.lines().nth(1).unwrap_or("")
}

/// True where nothing stands on the line of a span but marks of a list or a heading before it, and the mark of a year after it.
pub(super) fn has_line(text: &str, span: Span) -> bool {
    let (_, before, after) = line_around(text, span);
    opens_line(before) && ends_line(after.trim_end_matches([':', '*', ' ', '—', '–', '-']))
}

/// True where a span is the first thing on its line, behind marks of a list.
pub(super) fn is_first(text: &str, span: Span) -> bool {
    opens_line(line_around(text, span).1)
}

fn opens_line(before: &str) -> bool {
    before.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '(' | '/'))
}

/// The nearest line above a span that holds words, the words before it on its line, and those after it.
pub(super) fn line_around(text: &str, span: Span) -> (&str, &str, &str) {
    let before = text.get(..span.start).unwrap_or("");
    let mut from = before.len().saturating_sub(300);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let before = before.get(from..).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    let above = before.get(..before.len() - line.len()).unwrap_or("").trim_end().rsplit('\n').next().unwrap_or("");
    // Only so much of it: the line may be as long as the text.
    let after = text.get(span.end..).unwrap_or("");
    let mut to = after.len().min(200);
    while !after.is_char_boundary(to) {
        to -= 1;
    }
    (above, line, after.get(..to).and_then(|after| after.split('\n').next()).unwrap_or(""))
}
