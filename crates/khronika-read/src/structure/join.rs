//! Lines put together into parts.

use khronika_core::BlockKind;

use super::label::Labeller;
use super::layout::{self, Layout};
use super::lexicon::{Lexicon, Whole};
use super::line::Line;
use super::marker::{self, Numbering};
use super::{furniture, label};

/// The lines of a piece of text, and what is known of them.
pub(super) struct Page<'a> {
    pub text: &'a str,
    pub lexicon: &'a Lexicon,
    pub lines: &'a [Line],
    /// True for lines that are furniture.
    pub marks: &'a [bool],
    pub layout: Layout,
}

/// Lines of which a few neighbours give the width of the column.
const NEIGHBOURS: usize = 8;

impl Page<'_> {
    pub(super) fn join(&self, labeller: &mut Labeller<'_>) {
        let widths = self.widths();
        let mut note = None;
        let mut page_start = 0;
        let mut at = 0;
        while let Some(first) = self.lines.get(at) {
            if self.is_furniture(at) {
                // A rule right under a line is Markdown's second way to write a heading.
                if first.blanks == 0 && label::is_underline(first.span.of(self.text)) {
                    labeller.underlined();
                }
                labeller.push(first.span, BlockKind::Furniture);
                page_start = at + 1;
                note = None;
                at += 1;
                continue;
            }
            if first.blanks > 0 && matches!(self.layout, Layout::Wrapped { pages: true, .. }) {
                page_start = at;
                note = None;
            }
            if let Some(number) = self.opens_note(at, page_start, &widths, labeller.last_note()) {
                labeller.set_note(number);
                note = Some(number);
            }
            let mut end = at + 1;
            while end < self.lines.len() && !self.is_furniture(end) && self.joins(at, end, &widths, labeller) {
                if note.is_some() && self.opens_note(end, page_start, &widths, labeller.last_note()).is_some() {
                    break;
                }
                end += 1;
            }
            let last = self.lines.get(end - 1).unwrap_or(first);
            let span = first.span.to(last.span);
            if note.is_some() {
                labeller.push(span, BlockKind::Footnote);
            } else {
                labeller.add(span, end - at, first.blanks);
            }
            at = end;
        }
    }

    fn is_furniture(&self, at: usize) -> bool {
        self.marks.get(at).copied().unwrap_or(false)
    }

    fn words(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", |l| l.span.of(self.text))
    }

    /// The width of the column around each run of [`NEIGHBOURS`] lines: the second longest line of it and of the runs beside it.
    fn widths(&self) -> Vec<u32> {
        let longest: Vec<[u32; 2]> = self
            .lines
            .chunks(NEIGHBOURS)
            .map(|run| run.iter().fold([0, 0], |top, line| second(top, line.chars)))
            .collect();
        (0..longest.len())
            .map(|n| {
                let near = longest.get(n.saturating_sub(1)..(n + 2).min(longest.len())).unwrap_or_default();
                near.iter().flatten().fold([0, 0], |top, chars| second(top, *chars))[1]
            })
            .collect()
    }

    /// True where line `next` goes on with the part that line `first` began and line `next - 1` belongs to.
    fn joins(&self, first: usize, next: usize, widths: &[u32], labeller: &Labeller<'_>) -> bool {
        let (Some(a), Some(b)) = (self.lines.get(next - 1), self.lines.get(next)) else { return false };
        let (words, following) = (self.words(next - 1), self.words(next));
        // A number or bullet alone on its line belongs to the words below it.
        if next - 1 == first && label::is_lone_marker(words) && b.blanks <= 1 && !label::is_lone_marker(following) {
            return true;
        }
        if label::stands_alone(words) || label::stands_alone(following) {
            return false;
        }
        if words.starts_with('>') || following.starts_with('>') {
            return b.blanks == 0 && words.starts_with('>') && following.starts_with('>');
        }
        if b.blanks == 0 && (following.starts_with([',', ';', ')']) || !words.contains(char::is_alphanumeric)) {
            return true;
        }
        match self.layout {
            Layout::Lines => b.blanks == 0 && !self.begins_part(next, true) && goes_on(self.text, a, b),
            Layout::Wrapped { inside, pages } => {
                let width = widths.get((next - 1) / NEIGHBOURS).copied().unwrap_or(80);
                let full = layout::is_full(self.text, a, b, width);
                let runs_on = layout::runs_on(self.text, a, b);
                if b.blanks > inside || b.opens_page {
                    return (pages || b.opens_page)
                        && full
                        && runs_on
                        && b.blanks <= 3
                        && !self.begins_part(next, false);
                }
                if labeller.in_signatures() {
                    return runs_on || (b.indent > a.indent + 1 && !words.is_empty() && words.ends_with(','));
                }
                let ends = ends_sentence(words);
                if self.begins_part(next, ends || !full || words.ends_with([':', ';', ',']))
                    || self.is_part_alone(first, next)
                {
                    return false;
                }
                // A short line without an end after a full stop is no last line of a paragraph: a name under a letter, a date.
                let short = b.chars * 10 < width * 6
                    && !following.ends_with(['.', '!', '?', ';', ':', ',', '»', '”', ')', '-']);
                if ends
                    && short
                    && !self.lines.get(next + 1).is_some_and(|c| c.blanks <= inside && layout::runs_on(self.text, b, c))
                {
                    return false;
                }
                // A deeper indent after a full stop opens a paragraph; after a list's number it is only the hanging of its text.
                if ends && b.indent > a.indent + 1 && b.indent > 1 && next - 1 > first {
                    return false;
                }
                // "(2024)", "§ 12": what a sentence does not begin with.
                if full || runs_on || following.starts_with(['§', '(', '%', '&']) {
                    return true;
                }
                // A line that ends short: a paragraph's end after a full stop; else ragged print, unless it is very short.
                !ends && !words.ends_with([':', ';']) && (a.chars * 10 >= width * 7 || ends_open(words, a.chars, width))
            }
        }
    }

    /// The line cannot go on with a paragraph: it begins a list item, or is a heading, salutation or closing by its words.
    /// `loose`: the line before may end a part, so that a dash or a number here is more likely to begin one.
    fn begins_part(&self, at: usize, loose: bool) -> bool {
        let words = self.words(at);
        if let Some(len) = marker::bullet(words) {
            let is_dash = words.starts_with(['-', '–', '—', '―', '−']);
            let rest = words.get(len..).unwrap_or_default();
            return loose || !is_dash || rest.starts_with(char::is_uppercase);
        }
        match marker::numbering(words) {
            Some((Numbering::Capital | Numbering::Roman, len)) => {
                // "A. 242" goes on with a docket.
                let rest = words.get(len..).unwrap_or_default();
                return loose && (rest.is_empty() || rest.starts_with(char::is_uppercase));
            }
            Some(_) => return loose,
            None => {}
        }
        if loose && (is_labelled(words) || is_article(words)) {
            return true;
        }
        marker::footnote(words).is_some() && loose
            || self.lexicon.whole(words).is_some()
            || (loose && (self.lexicon.is_salutation(words) || self.lexicon.is_closing(words)))
            || (loose && label::is_capitals(words) && words.chars().count() > 6)
    }

    /// The part that `first` began is a line that stands alone: a heading, a salutation, a closing.
    fn is_part_alone(&self, first: usize, next: usize) -> bool {
        if next - first > 1 {
            return false;
        }
        let words = self.words(first);
        let capitals = label::is_capitals(words);
        matches!(self.lexicon.whole(words), Some(Whole::Heading | Whole::Signatures | Whole::Notes))
            || self.lexicon.is_salutation(words)
            || (self.lexicon.is_closing(words) && words.split_whitespace().count() <= 5)
            || (capitals && !label::is_capitals(self.words(next)))
    }

    /// The number of the footnote of a printed page that line `at` begins: "3 See the record". The number is the next one, and
    /// stands as a mark behind a word higher on the page.
    fn opens_note(&self, at: usize, page_start: usize, widths: &[u32], last: u32) -> Option<u32> {
        if !matches!(self.layout, Layout::Wrapped { .. }) || at <= page_start {
            return None;
        }
        let (number, _) = marker::bare_number(self.words(at))?;
        if !(number > last && number <= last.saturating_add(3) || number == 1) {
            return None;
        }
        let (a, b) = (self.lines.get(at - 1)?, self.lines.get(at)?);
        let width = widths.get(at / NEIGHBOURS).copied().unwrap_or(80);
        let cut = layout::is_full(self.text, a, b, width) && !ends_sentence(self.words(at - 1));
        if cut && !furniture::is_rule(self.words(at - 1)) {
            return None;
        }
        let from = page_start.max(at.saturating_sub(80));
        // A mark may stand on the page before, or be lost; a number in its turn below other notes is a note all the same.
        let in_turn = number > last && (last > 0) && !cut && ends_sentence(self.words(at - 1));
        (in_turn || (from..at).any(|n| is_referenced(self.words(n), number))).then_some(number)
    }
}

/// A line that ends in a small word ("of", "et", "и"), or in any word in small letters where it is of some length.
fn ends_open(words: &str, chars: u32, width: u32) -> bool {
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    let small = !last.is_empty() && last.chars().all(char::is_lowercase);
    small && (last.chars().count() <= 3 || chars * 10 >= width * 6)
}

/// "Registrar: A. Brown": a capitalised word or two, a colon, and something after it.
fn is_labelled(words: &str) -> bool {
    let Some((label, rest)) = words.split_once(':') else { return false };
    let label = label.trim_end();
    rest.starts_with(char::is_whitespace)
        && (2..=40).contains(&label.len())
        && label.split_whitespace().count() <= 3
        && label.chars().next().is_some_and(char::is_uppercase)
        && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-' | '/' | '(' | ')'))
}

/// "Article 2 :", "Article 3. –": an article of an operative part.
fn is_article(words: &str) -> bool {
    let mut parts = words.split_whitespace();
    let (Some(name), Some(number)) = (parts.next(), parts.next()) else { return false };
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let marked =
        number.ends_with(['.', ':']) || parts.next().is_some_and(|p| matches!(p, ":" | "." | "–" | "—" | ".-"));
    name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().all(char::is_alphabetic)
        && (2..=10).contains(&name.chars().count())
        && (1..=3).contains(&digits)
        && marked
}

/// The two largest numbers seen.
fn second([most, next]: [u32; 2], new: u32) -> [u32; 2] {
    if new > most {
        [new, most]
    } else if new > next {
        [most, new]
    } else {
        [most, next]
    }
}

/// In a text of a paragraph a line, a line that was broken all the same: long, without an end, and the next begins small.
fn goes_on(text: &str, a: &Line, b: &Line) -> bool {
    let words = a.span.of(text);
    let hyphen = words.strip_suffix('-').is_some_and(|w| w.ends_with(char::is_lowercase));
    layout::runs_on(text, a, b) && (a.chars >= 50 || hyphen)
}

/// The words end a sentence, closing quotation marks, brackets and the mark of a note apart.
fn ends_sentence(words: &str) -> bool {
    let inner = words.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '»' | '”' | '"' | '’' | ')' | ']'));
    inner.ends_with(['.', '!', '?', '…']) || words.ends_with(['.', '!', '?'])
}

/// `number` stands directly behind a letter or a closing mark: "hardship.3 The".
fn is_referenced(words: &str, number: u32) -> bool {
    let digits = number.to_string();
    let bytes = words.as_bytes();
    memchr::memmem::find_iter(bytes, digits.as_bytes()).any(|at| {
        let before = words.get(..at).and_then(|w| w.chars().next_back());
        let after = words.get(at + digits.len()..).and_then(|w| w.chars().next());
        let mark = before.is_some_and(|c| {
            c.is_lowercase() || matches!(c, '.' | ',' | ';' | ':' | ')' | ']' | '”' | '"' | '»' | '’' | '?' | '!')
        });
        let decimal = before.is_some_and(|c| matches!(c, '.' | ',' | ':' | ')'))
            && words.get(..at - 1).and_then(|w| w.chars().next_back()).is_some_and(|c| c.is_ascii_digit());
        mark && !decimal
            && after.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | ')' | '”' | '»'))
    })
}
