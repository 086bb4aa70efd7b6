//! What print puts around a text: page numbers, running heads, rules.

use std::collections::BTreeMap;

use super::layout::Layout;
use super::lexicon::{Lexicon, fold};
use super::line::Line;

/// What the whole document shows of its furniture.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    /// Running heads, folded, with their digits as `#`; true where the digits change (a head with a page number in it).
    heads: BTreeMap<String, bool>,
    /// Lines that are only a number are page numbers, in this range.
    numbers: Option<(u32, u32)>,
}

/// A line near the edges of pages, with its digits left out.
#[derive(Debug, Default)]
struct Told {
    count: usize,
    /// Its digits, where it was met.
    variants: Vec<String>,
    /// It is nothing but a day.
    is_day: bool,
}

/// How many lines at either edge of a page may be furniture.
const DEPTH: usize = 4;
/// Numbers on lines of their own that count on are years above the days of a chronicle, and no pages.
const YEARS: std::ops::RangeInclusive<u32> = 1500..=2100;

impl Furniture {
    pub(super) fn of(text: &str, lines: &[Line], layout: Layout, lexicon: &Lexicon) -> Self {
        let mut found = Self { heads: BTreeMap::new(), numbers: page_numbers(text, lines) };
        let (edge, pages) = found.edges(text, lines, layout, lexicon);
        let mut counts: BTreeMap<String, Told> = BTreeMap::new();
        for (line, near) in lines.iter().zip(&edge) {
            if !near {
                continue;
            }
            let Some(key) = key(text, line) else { continue };
            let digits: String = line.span.of(text).chars().filter(char::is_ascii_digit).collect();
            let Told { count, variants, is_day } = counts.entry(key).or_default();
            *count += 1;
            *is_day |= self::is_day(line.span.of(text));
            if variants.len() < 8 && !variants.contains(&digits) {
                variants.push(digits);
            }
        }
        for (key, Told { count, variants, is_day }) in counts {
            let changes = variants.len() > 1;
            // A head may bear a day, but not another one on each page: days that change head the parts of a chronicle.
            if changes && is_day {
                continue;
            }
            // A head stands on most pages; a heading that comes again, on a few.
            if (count >= 3 && count * 3 >= pages)
                || (count == 2 && changes && (key.contains("#/#") || key.contains("# of #")))
            {
                found.heads.insert(key, changes);
            }
        }
        found
    }

    /// Which lines are furniture. `first` is true where the lines open the document: the first time that a running head without
    /// changing digits stands there, it is the title.
    pub(super) fn mark(&self, text: &str, lines: &[Line], layout: Layout, lexicon: &Lexicon, first: bool) -> Vec<bool> {
        let (edge, _) = self.edges(text, lines, layout, lexicon);
        let mut seen: Vec<String> = Vec::new();
        let mut marks = Vec::with_capacity(lines.len());
        for (n, line) in lines.iter().enumerate() {
            let words = line.span.of(text);
            let next_is_number = lines.get(n + 1).is_some_and(|l| number(l.span.of(text)).is_some());
            let mut mark = is_rule(words)
                || is_page_label(words, lexicon)
                || self.is_page_number(words)
                || (next_is_number && lexicon.is_page_word(words));
            // The number under "page" on a line of its own.
            if !mark && number(words).is_some() && n > 0 {
                mark = lines.get(n - 1).is_some_and(|l| lexicon.is_page_word(l.span.of(text)));
            }
            if !mark
                && edge.get(n).copied().unwrap_or(false)
                && !self.heads.is_empty()
                && let Some(key) = key(text, line)
                && let Some(changes) = self.heads.get(&key)
            {
                mark = *changes || !first || seen.contains(&key);
                seen.push(key);
            }
            marks.push(mark);
        }
        marks
    }

    /// Lines near the edge of a page: at a form feed, a page number, or, where blank lines come at the ends of pages only, a blank
    /// line. And the number of such edges.
    fn edges(&self, text: &str, lines: &[Line], layout: Layout, lexicon: &Lexicon) -> (Vec<bool>, usize) {
        let blank_is_edge = matches!(layout, Layout::Wrapped { pages: true, .. });
        let mut edge = vec![false; lines.len()];
        let mut mark = |from: usize, to: usize| {
            for near in edge.iter_mut().take(to).skip(from) {
                *near = true;
            }
        };
        let (mut marked, mut pages) = (0, 0);
        for (n, line) in lines.iter().enumerate() {
            let words = line.span.of(text);
            let is_last = n + 1 == lines.len();
            let is_break = is_last || line.opens_page || (blank_is_edge && line.blanks > 0) || n == 0;
            let is_number = words.len() <= 40 && (self.is_page_number(words) || is_page_label(words, lexicon));
            if is_break || is_number {
                pages += usize::from(n >= marked);
                let from = n.saturating_sub(DEPTH).max(marked);
                marked = (n + DEPTH).min(lines.len());
                mark(from, marked);
            }
        }
        (edge, pages)
    }

    fn is_page_number(&self, words: &str) -> bool {
        match (number(words), self.numbers) {
            (Some(_), _) if words.starts_with(['-', '–', '—']) && words.ends_with(['-', '–', '—']) => true,
            (Some(n), Some((low, high))) => (low..=high).contains(&n),
            _ => false,
        }
    }
}

/// Lines that are only a number, where most of them count on by one: these number the pages.
fn page_numbers(text: &str, lines: &[Line]) -> Option<(u32, u32)> {
    let numbers = lines.iter().filter(|l| l.span.len() <= 12).filter_map(|l| number(l.span.of(text)));
    let numbers: Vec<u32> = numbers.filter(|number| !YEARS.contains(number)).collect();
    let steps = numbers.windows(2).filter(|w| matches!(w, [a, b] if a + 1 == *b)).count();
    let (low, high) = (numbers.iter().min()?, numbers.iter().max()?);
    let pages = (numbers.len() >= 2 && steps * 10 >= (numbers.len() - 1) * 6 && lines.len() >= numbers.len() * 8)
        // A single number at the very end or the very beginning of some length of text.
        || (numbers.len() == 1 && lines.len() >= 15 && is_at_end(text, lines));
    pages.then_some((*low, *high))
}

fn is_at_end(text: &str, lines: &[Line]) -> bool {
    [lines.first(), lines.last()].into_iter().flatten().any(|l| number(l.span.of(text)).is_some())
}

/// "7", "- 7 -", "[7]", "7/12".
fn number(words: &str) -> Option<u32> {
    if words.len() > 16 {
        return None;
    }
    let inner =
        words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '[' | ']' | '|' | '.' | '~'));
    let first = match inner.split_once('/') {
        Some((first, of)) if of.trim().bytes().all(|b| b.is_ascii_digit()) && !of.trim().is_empty() => first.trim_end(),
        Some(_) => return None,
        None => inner,
    };
    if first.is_empty() || first.len() > 4 || !first.bytes().all(|b| b.is_ascii_digit()) || words.ends_with('.') {
        return None;
    }
    first.parse().ok()
}

/// "Page 3", "page 3 of 10", "стр. 4", "3 из 10".
pub(super) fn is_page_label(line: &str, lexicon: &Lexicon) -> bool {
    if line.len() > 60 || !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || matches!(c, '|' | '[' | ']' | '(' | ')' | '-' | '–' | '—'))
        .filter(|w| !w.is_empty())
        .collect();
    let digits = |w: &str| w.bytes().all(|b| b.is_ascii_digit()) && w.len() <= 4;
    let ratio =
        |w: &str| w.split_once('/').is_some_and(|(a, b)| digits(a) && digits(b) && !a.is_empty() && !b.is_empty());
    match words.as_slice() {
        [page, n] => {
            (lexicon.is_page_word(page) && (digits(n) || ratio(n))) || (digits(page) && lexicon.is_page_word(n))
        }
        [n, of, m] => digits(n) && digits(m) && lexicon.is_page_of(of),
        [page, n, of, m] => {
            lexicon.is_page_word(page) && digits(n) && digits(m) && (lexicon.is_page_of(of) || *of == "/")
        }
        _ => false,
    }
}

/// A line of dashes, stars or dots.
pub(super) fn is_rule(words: &str) -> bool {
    let mut marks = 0;
    let mut bars = 0;
    for c in words.chars() {
        match c {
            '-' | '–' | '—' | '―' | '_' | '=' | '*' | '~' | '.' | '·' | '•' | '#' | '─' | '━' | '═' | '¯' | '…'
            | '+' | ':' => marks += 1,
            // An empty row of a table; what could not be decoded.
            '|' | char::REPLACEMENT_CHARACTER => bars += 1,
            c if c.is_whitespace() => {}
            _ => return false,
        }
    }
    marks >= 3 || bars > 0
}

/// "2 March 2021", "02.03.2021", "2021 жылғы 2 наурыз": a day and a year with few words, and nothing else.
fn is_day(words: &str) -> bool {
    let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let (mut days, mut years, mut letters) = (0, 0, 0);
    for part in parts {
        match part.parse::<u32>() {
            Ok(1..=31) => days += 1,
            Ok(year) if YEARS.contains(&year) => years += 1,
            Ok(_) => return false,
            Err(_) => letters += 1,
        }
    }
    years == 1 && (days == 1 && (1..=3).contains(&letters) || days == 2 && letters <= 1)
}

/// A line as running heads are compared: folded, runs of digits as `#`. `None` where it is no running head by its length.
fn key(text: &str, line: &Line) -> Option<String> {
    if line.chars > 160 || line.chars < 4 {
        return None;
    }
    let folded = fold(line.span.of(text));
    let mut key = String::with_capacity(folded.len());
    let mut marks = 0;
    for c in folded.chars() {
        marks += usize::from(c.is_alphanumeric());
        if c.is_ascii_digit() {
            if !key.ends_with('#') {
                key.push('#');
            }
        } else {
            key.push(c);
        }
    }
    (marks >= 4).then_some(key)
}
