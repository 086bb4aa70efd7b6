//! The lines of a zone put together into paragraphs, headings, rows of tables and notes, by where they stand.

use khronika_read::rendition::Role;

use super::words::Stretch;
use super::zones::Zone;
use crate::source::Frame;

/// A part of a page: lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub role: Role,
    pub lines: Vec<Stretch>,
    /// The right edge that its lines run up to.
    pub right: f32,
    /// It goes on with the part before it: that of the column or the page before.
    pub goes_on: bool,
    /// The first line is set in.
    pub set_in: bool,
}

/// What is known of the whole document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Print {
    /// The size of most of its letters.
    pub size: f32,
    /// Most of it is heavy.
    pub bold: bool,
    /// Sizes and weights are exact enough to tell headings.
    pub exact: bool,
}

/// The parts of a page's zones, notes at the end.
pub(super) fn items(zones: Vec<Zone>, rules: &[Frame], print: Print, height: f32) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut notes: Vec<Item> = Vec::new();
    for zone in zones {
        let (right, left) = (zone.frame.right, zone.frame.left);
        let table = tabular(&zone.rows, zone.frame);
        let rows = zone.rows.into_iter().map(|row| joined(row, zone.frame));
        let mut lines: Vec<(Stretch, bool)> =
            rows.zip(table).filter_map(|(line, table)| Some((line?, table))).collect();
        let first_note = first_note(&lines, rules, print, height);
        let below = lines.split_off(first_note);
        let mut open: Vec<Stretch> = Vec::new();
        let pitch = pitch(&lines);
        let mut made: Vec<Item> = Vec::new();
        let close = |open: &mut Vec<Stretch>, made: &mut Vec<Item>| {
            let Some(first) = open.first() else { return };
            let set_in = first.frame.left > left + first.size * 0.8;
            made.push(Item { role: Role::Body, lines: std::mem::take(open), right, goes_on: false, set_in });
        };
        let steps: Vec<f32> = lines
            .windows(2)
            .map(|w| w.last().map_or(0.0, |b| b.0.base) - w.first().map_or(0.0, |a| a.0.base))
            .collect();
        let column = Column { left, right, pitch, is_head: is_head(&lines, left, right) };
        for (n, (line, is_row)) in lines.into_iter().enumerate() {
            if is_row {
                close(&mut open, &mut made);
                let role = line.table.unwrap_or(Role::TableRow);
                made.push(Item { role, lines: vec![line], right, goes_on: false, set_in: false });
                continue;
            }
            // The distances of the lines before these two, where they are of one paragraph, and of those after.
            let last = n.checked_sub(2).filter(|_| open.len() > 1).and_then(|n| steps.get(n)).copied();
            let next = steps.get(n).copied();
            if let Some(before) = open.last()
                && column.parts(open.len(), before, &line, last, next)
            {
                close(&mut open, &mut made);
            }
            open.push(line);
        }
        close(&mut open, &mut made);
        for item in &mut made {
            if print.exact && item.role == Role::Body && is_heading(item, print) {
                item.role = Role::Heading;
            }
        }
        if let (Some(last), Some(first)) = (items.last(), made.first_mut()) {
            first.goes_on = continues(last, first);
        }
        items.extend(made);
        for (line, _) in below {
            match notes.last_mut() {
                Some(note) if !opens_note(&line) => note.lines.push(line),
                _ => {
                    notes.push(Item { role: Role::Footnote, lines: vec![line], right, goes_on: false, set_in: false });
                }
            }
        }
    }
    items.extend(notes);
    items
}

/// What stands on one height as one line; wide gaps are tabs, but for those of a line that is spread over its whole width.
fn joined(row: Vec<Stretch>, zone: Frame) -> Option<Stretch> {
    let spread = is_spread(&row, zone);
    let mut row = row.into_iter();
    let mut line = row.next()?;
    for next in row {
        let gap = next.frame.left - line.frame.right;
        let at = line.words.len();
        line.words.extend(next.words);
        if let Some(word) = line.words.get_mut(at) {
            word.tab = gap > line.size * 2.0 && !spread;
        }
        line.measure()?;
    }
    Some(line)
}

/// A line that is spread from edge to edge, all its gaps alike.
fn is_spread(row: &[Stretch], zone: Frame) -> bool {
    let (Some(first), Some(last)) = (row.first(), row.last()) else { return false };
    let gaps: Vec<f32> = row
        .iter()
        .flat_map(|stretch| &stretch.words)
        .zip(row.iter().flat_map(|stretch| &stretch.words).skip(1))
        .map(|(a, b)| b.frame.left - a.frame.right)
        .collect();
    let (low, high) = gaps.iter().fold((f32::MAX, 0.0_f32), |(low, high), gap| (low.min(*gap), high.max(*gap)));
    gaps.len() >= 2
        && first.frame.left < zone.left + first.size * 2.5
        && last.frame.right > zone.right - last.size * 0.6
        && high < low * 1.5
        && high < first.size * 6.0
}

/// Which rows are rows of a table: at least two that follow each other, cut in cells at the same places.
fn tabular(rows: &[Vec<Stretch>], zone: Frame) -> Vec<bool> {
    let mut table: Vec<bool> = rows.iter().map(|row| row.iter().any(|stretch| stretch.table.is_some())).collect();
    let has_cells = |row: &[Stretch]| {
        row.len() >= 2
            && row.windows(2).any(|w| matches!(w, [a, b] if b.frame.left - a.frame.right > a.size.max(b.size) * 1.4))
            && !is_spread(row, zone)
    };
    for n in 1..rows.len() {
        let (Some(above), Some(row)) = (rows.get(n - 1), rows.get(n)) else { continue };
        if !has_cells(above) || !has_cells(row) {
            continue;
        }
        let aligned = row.iter().skip(1).any(|cell| {
            above.iter().skip(1).any(|other| {
                (cell.frame.left - other.frame.left).abs() < 4.0
                    || (cell.frame.right - other.frame.right).abs() < 4.0
                    || ((cell.frame.left + cell.frame.right) - (other.frame.left + other.frame.right)).abs() < 6.0
            })
        });
        if aligned {
            if let Some(flag) = table.get_mut(n - 1) {
                *flag = true;
            }
            if let Some(flag) = table.get_mut(n) {
                *flag = true;
            }
        }
    }
    table
}

/// The usual distance of lines.
fn pitch(lines: &[(Stretch, bool)]) -> f32 {
    let mut steps: Vec<f32> = lines
        .windows(2)
        .filter_map(|w| match w {
            [(a, _), (b, _)] => Some(b.base - a.base),
            _ => None,
        })
        .filter(|step| *step > 1.0)
        .collect();
    if steps.is_empty() {
        return f32::MAX;
    }
    // The lower third: the distance of lines, not that of paragraphs.
    let at = steps.len() / 3;
    *steps.select_nth_unstable_by(at, f32::total_cmp).1
}

/// What is known of the lines of a zone.
struct Column {
    left: f32,
    right: f32,
    /// The usual distance of its lines.
    pitch: f32,
    /// A block of short lines, as in the head of a letter, each for itself.
    is_head: bool,
}

/// A few short lines that do not fill their block.
fn is_head(lines: &[(Stretch, bool)], left: f32, right: f32) -> bool {
    let full = lines.iter().filter(|(line, _)| line.frame.width() >= (right - left) * 0.72).count();
    (2..=12).contains(&lines.len())
        && lines.iter().all(|(line, _)| line.chars() <= 46)
        && (lines.len() <= 4 || full * 2 < lines.len())
}

impl Column {
    /// A paragraph, so far of `lines` lines, ends between the two. `last` and `next` are the distances of the lines around them.
    fn parts(&self, lines: usize, a: &Stretch, b: &Stretch, last: Option<f32>, next: Option<f32>) -> bool {
        let (left, right) = (self.left, self.right);
        let size = a.size.max(b.size);
        if (a.size - b.size).abs() > size * 0.12 || a.bold != b.bold && (a.bold || is_short(b, left, right)) {
            return true;
        }
        let step = b.base - a.base;
        // Large print among small has lines of its own distance.
        let least = if size > self.pitch * 0.95 { size * 1.3 } else { size * 1.05 };
        // A paragraph that is set wider than the rest of its column.
        let even = |other: Option<f32>| other.is_some_and(|other| step < other * 1.1 && other < size * 2.6);
        let apart = step > (self.pitch * 1.28).max(least) && !even(last) && !(lines == 1 && even(next));
        if apart || has_tab(a) || has_tab(b) {
            return true;
        }
        let (words, text) = (a.text(), b.text());
        let set_in = b.frame.left > a.frame.left + size * 0.8;
        let set_out = b.frame.left < a.frame.left - size * 0.8;
        let ends = ends_sentence(&words);
        if begins_item(&text) && (ends || words.ends_with([':', ';', ','])) || text.starts_with(BULLETS) {
            return true;
        }
        // A line of a table of contents.
        if words.contains("....") || words.contains(". . . .") {
            return true;
        }
        // A sentence that goes on has a line of its own only where there was plainly room for more.
        let fits = would_fit(a, b, if ends { right } else { right - (right - left) * 0.12 });
        let runs_on = !ends && !words.ends_with([':', ';']) && text.chars().next().is_some_and(char::is_lowercase);
        if self.is_head && !runs_on && !is_open(&words) {
            return true;
        }
        let is_centred = centred(b, left, right);
        // An item whose lines hang, or the line after one that is set in.
        if lines == 1 && set_in && !is_centred {
            return fits && !runs_on;
        }
        if set_in && !is_centred && !centred(a, left, right) {
            return ends || !runs_on;
        }
        if set_out && lines > 1 && !centred(a, left, right) {
            return ends || begins_item(&text) || fits;
        }
        !runs_on && fits
    }
}

/// A line that ends in a comma, a hyphen or a small word cannot end there.
fn is_open(words: &str) -> bool {
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    words.ends_with([',', '-', '\u{AD}']) || (last.chars().count() <= 3 && last.chars().all(char::is_lowercase))
}

fn is_short(line: &Stretch, left: f32, right: f32) -> bool {
    line.frame.width() < (right - left) * 0.6
}

fn has_tab(line: &Stretch) -> bool {
    line.words.iter().any(|word| word.tab)
}

fn centred(line: &Stretch, left: f32, right: f32) -> bool {
    let (before, after) = (line.frame.left - left, right - line.frame.right);
    before > line.size * 1.5
        && after > line.size * 1.5
        && (before - after).abs() < line.size.max((before + after) * 0.06)
}

/// The first word of `b` would have stood on the line of `a`: whoever broke the line meant to.
fn would_fit(a: &Stretch, b: &Stretch, right: f32) -> bool {
    let word = b.words.first().map_or(0.0, |word| word.frame.width());
    a.frame.right + a.size * 0.75 + word < right
}

fn ends_sentence(words: &str) -> bool {
    let inner = words.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '»' | '”' | '"' | '’' | ')' | ']' | ' ' | '\u{A0}')
    });
    inner.ends_with(['.', '!', '?', '…']) || words.ends_with(['.', '!', '?'])
}

/// Signs that only an item of a list begins with.
const BULLETS: [char; 6] = ['•', '▪', '◦', '●', '■', '\u{F0B7}'];

/// A dash, a bullet, a number with a point or a bracket.
fn begins_item(words: &str) -> bool {
    let mut chars = words.chars();
    let Some(first) = chars.next() else { return false };
    if BULLETS.contains(&first) || matches!(first, '–' | '—' | '-' | '·' | '*' | '§') {
        return true;
    }
    let head: String = words.chars().take_while(|c| !c.is_whitespace()).take(8).collect();
    let inner = head.trim_start_matches('(').trim_end_matches(['.', ')', '°']);
    head.len() > inner.len()
        && head.ends_with(['.', ')', '°'])
        && !inner.is_empty()
        && (inner.chars().all(|c| c.is_ascii_digit() || c == '.') || inner.chars().count() == 1)
}

/// Larger or heavier print than the rest, and no running text.
fn is_heading(item: &Item, print: Print) -> bool {
    let Some(first) = item.lines.first() else { return false };
    let chars: usize = item.lines.iter().map(Stretch::chars).sum();
    let text = item.lines.last().map(Stretch::text).unwrap_or_default();
    if item.lines.len() > 4 || chars > 240 || item.lines.iter().any(has_tab) {
        return false;
    }
    if !item.lines.iter().any(|line| line.words.iter().any(|word| word.text.chars().any(char::is_alphabetic))) {
        return false;
    }
    let larger = first.size >= print.size * 1.15 && item.lines.iter().all(|line| line.size >= print.size * 1.12);
    let heavier = !print.bold && item.lines.iter().all(|line| line.bold) && item.lines.len() <= 3 && chars <= 180;
    (larger || heavier) && !text.ends_with(['.', ';', ','])
}

/// A note's number or star at the beginning of a line.
pub(super) fn note_mark(line: &Stretch) -> Option<String> {
    let first = line.words.first()?;
    let inner = first.text.trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '.'));
    let figure = !inner.is_empty() && inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit());
    let star = (1..=3).contains(&inner.len()) && inner.bytes().all(|b| b == b'*') || matches!(inner, "†" | "‡");
    (figure || star).then(|| inner.to_owned())
}

fn opens_note(line: &Stretch) -> bool {
    note_mark(line).is_some() && (line.words.len() > 1)
}

/// Where the notes at the foot of a zone begin: small print that opens with a mark, or anything under a short rule that opens with a
/// raised one.
fn first_note(lines: &[(Stretch, bool)], rules: &[Frame], print: Print, height: f32) -> usize {
    let mut from = lines.len();
    for (n, (line, is_row)) in lines.iter().enumerate().rev() {
        if *is_row || line.size > print.size * 1.02 || line.base < height * 0.3 {
            break;
        }
        let small = line.size <= print.size * 0.93;
        let raised = line.words.first().is_some_and(|word| word.raised > 0);
        let above = n.checked_sub(1).and_then(|n| lines.get(n)).map_or(0.0, |(above, _)| above.base);
        let ruled = rules.iter().any(|rule| {
            rule.width() > 20.0
                && rule.top > above - 1.0
                && rule.bottom < line.base
                && line.base - rule.bottom < line.size * 3.0
                && rule.left < line.frame.left + line.frame.width()
                && rule.right > line.frame.left
        });
        if opens_note(line) && (small || (ruled && raised)) {
            from = n;
        } else if !small && from == lines.len() && !raised {
            // Lines of a note's size may be those of the text; only what a mark opens tells.
            if lines.len() - n > 12 {
                break;
            }
        } else if !small && n < from && !raised {
            break;
        }
        if ruled && from == n {
            break;
        }
    }
    // What follows the first of them must all be small, or the first stand under a rule.
    let all_small = lines.iter().skip(from).all(|(line, _)| line.size <= print.size * 0.95);
    let raised = lines.get(from).and_then(|(line, _)| line.words.first()).is_some_and(|word| word.raised > 0);
    if all_small || raised { from } else { lines.len() }
}

/// A paragraph that a column or a page ended in the middle.
pub(super) fn continues(last: &Item, first: &Item) -> bool {
    if last.role != Role::Body || first.role != Role::Body {
        return false;
    }
    let (Some(a), Some(b)) = (last.lines.last(), first.lines.first()) else { return false };
    if (a.size - b.size).abs() > a.size * 0.06 || has_tab(a) || has_tab(b) || a.bold != b.bold {
        return false;
    }
    let (words, next) = (a.text(), b.text());
    if ends_sentence(&words) || words.ends_with([':', ';']) || begins_item(&next) {
        return false;
    }
    let small = next.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_lowercase());
    let full = !would_fit(a, b, last.right);
    small || (full && last.lines.len() > 1 && !first.set_in)
}
