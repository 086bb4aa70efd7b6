//! To whom a letter is addressed, by its head.

use std::ops::Range;

use khronika_core::{BlockKind, Span};

use super::entry::Reader;
use super::line::{Class, Line};
use super::segment;
use super::words::{Kind, Words};
use crate::text::Text;

/// The head of a paper is at most so many lines.
const HEAD: usize = 30;
/// One addressee's name and office are at most so many lines.
const LONGEST: usize = 5;

/// The addressees that the head names, and whether an address stands there; else those of the salutation.
pub(super) fn addressees(reader: Reader<'_>, text: &Text<'_>, lines: &[Line]) -> Vec<Span> {
    let words = reader.words;
    let salutation = lines.iter().take(HEAD * 2).position(|l| l.class == Class::Salutation);
    let head = salutation
        .unwrap_or_else(|| lines.iter().position(|l| l.class == Class::Prose).unwrap_or(lines.len()))
        .min(HEAD);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    let mut label = false;
    let mut taken = 0;
    for line in lines.iter().take(head) {
        let range = segment::trim(text, line.tokens.clone());
        if range.is_empty() {
            continue;
        }
        if matches!(line.class, Class::Aside | Class::End)
            || words.any(text, range.start, range.end, &[Kind::Sender, Kind::Subject]).is_some()
        {
            open = false;
            label = false;
            continue;
        }
        if let Some(next) = words.at(text, range.start, range.end, Kind::LetterName) {
            // "Open letter to the Minister of Justice"
            open = false;
            label = false;
            let to = (next..range.end).find_map(|at| {
                words
                    .at(text, at, range.end, Kind::To)
                    .or_else(|| words.at(text, at, range.end, Kind::Addressee).map(|_| at))
            });
            if let Some(to) = to.filter(|to| *to < range.end) {
                found.push(to..range.end);
            }
            continue;
        }
        if line.gap && !label {
            open = false;
        }
        let labelled = words.at(text, range.start, range.end, Kind::To).filter(|next| {
            // "To" is a label before a colon or at the head of a short line, not in running text.
            text.fold(next - 1) == ":" || text.fold(*next) == ":" || line.tokens.len() <= 14
        });
        if let Some(next) = labelled {
            label = true;
            open = false;
            taken = 0;
            let from = if text.fold(next) == ":" { next + 1 } else { next };
            for part in parts(text, from..range.end) {
                found.push(part);
                open = true;
                taken = 1;
            }
            continue;
        }
        let begins = begins_new(words, text, &range) && line.tokens.len() <= 30;
        let bullet = range.start > line.tokens.start || line.kind == BlockKind::ListItem;
        if begins || (label && (!open || bullet)) {
            if line.class == Class::Prose {
                break;
            }
            // "Mr A. Lowe / Governor of Northshire": a name and its office.
            let office = taken == 1 && found.last().is_some_and(|r| is_person(reader, text, r.clone()));
            let new = begins_new(words, text, &range) && (!office || is_person(reader, text, range.clone()));
            if open && !bullet && !line.gap && !new && taken < LONGEST {
                // The office under the name is still the same addressee.
                if let Some(last) = found.last_mut() {
                    last.end = range.end;
                    taken += 1;
                    continue;
                }
            }
            found.push(range);
            open = true;
            taken = 1;
        } else if open && !line.gap && taken < LONGEST && line.class != Class::Prose {
            if let Some(last) = found.last_mut() {
                last.end = range.end;
                taken += 1;
            }
        } else {
            open = false;
            label = false;
        }
    }
    if found.is_empty()
        && let Some(line) = salutation.and_then(|s| lines.get(s))
        && let Some(next) = words.at(text, line.tokens.start, line.tokens.end, Kind::Salutation)
    {
        let range = segment::trim(text, next..line.tokens.end);
        let range = if text.fold(range.end.saturating_sub(1)) == "!" { range.start..range.end - 1 } else { range };
        // "Madame la Directrice," names the office where "Dear" names none.
        let whole = segment::trim(text, line.tokens.clone());
        let range = if range.is_empty() && whole.len() > 2 && begins_new(words, text, &whole) { whole } else { range };
        if range.clone().any(|at| text.tokens.get(at).is_some_and(|t| t.capital)) {
            found.push(range);
        }
    }
    found.into_iter().map(|r| text.span(segment::trim(text, r))).filter(|s| !s.is_empty()).collect()
}

/// True for a line that is a person's name by more than its capitals.
fn is_person(reader: Reader<'_>, text: &Text<'_>, range: Range<usize>) -> bool {
    reader.person_all(text, range).is_some_and(|(title, name)| {
        title.is_some()
            || reader.given.contains(text.fold(name.start))
            || name.into_iter().any(|at| text.fold(at) == ".")
    })
}

/// True where a line under an addressee is another one, not its office: both begin with an office in the dative.
fn begins_new(words: &Words, text: &Text<'_>, range: &Range<usize>) -> bool {
    words.at(text, range.start, range.end, Kind::Addressee).is_some()
        || (text.tokens.get(range.start).is_some_and(|t| t.capital)
            && range.clone().any(|at| words.at(text, at, range.end, Kind::AddresseeLast) == Some(range.end)))
}

/// "A; B; C" after a label.
fn parts(text: &Text<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = range.start;
    for at in range.clone() {
        if text.fold(at) == ";" {
            found.push(segment::trim(text, start..at));
            start = at + 1;
        }
    }
    found.push(segment::trim(text, start..range.end));
    found.retain(|r| !r.is_empty());
    found
}
