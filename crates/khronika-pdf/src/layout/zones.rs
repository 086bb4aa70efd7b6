//! In which order the lines of a page are read: columns are found by the white between them, row by row.
//!
//! A gutter is a stretch of white that stands beside the common left edge of lines, over rows that follow each other. The page is cut
//! there only where both sides are columns of running text, or two blocks whose lines do not stand on one height; what stands on one
//! height and is short is a row, of a table or of a head, and is read across.

use std::borrow::Borrow;

use super::words::Stretch;
use crate::source::Frame;

/// Lines that belong together: a column, or all that stands between columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Zone {
    /// Each line is what stands on one height in the zone, from left to right.
    pub rows: Vec<Vec<Stretch>>,
    pub frame: Frame,
}

/// Zones within zones are looked for this deep.
const DEPTH: usize = 12;

/// The zones of a page in reading order.
pub(super) fn of(stretches: Vec<Stretch>) -> Vec<Zone> {
    let mut zones = Vec::new();
    let mut todo = vec![(stretches, 0)];
    while let Some((region, depth)) = todo.pop() {
        let rows = rows(region);
        if depth < DEPTH
            && let Some(cut) = gutter(&rows)
        {
            let (mut above, mut left, mut right, mut below) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            for (n, row) in rows.into_iter().enumerate() {
                for stretch in row {
                    if n < cut.from {
                        above.push(stretch);
                    } else if n >= cut.to {
                        below.push(stretch);
                    } else if stretch.frame.left < cut.at - 1.0 {
                        left.push(stretch);
                    } else {
                        right.push(stretch);
                    }
                }
            }
            // The last that is put there is the first that is looked at.
            todo.extend(
                [below, right, left, above].into_iter().filter(|part| !part.is_empty()).map(|p| (p, depth + 1)),
            );
            continue;
        }
        let frame = rows.iter().flatten().map(|s| s.frame).reduce(|a, b| a.with(&b)).unwrap_or_default();
        if !rows.is_empty() {
            zones.push(Zone { rows, frame });
        }
    }
    zones
}

/// Stretches on one height, from top to bottom and from left to right.
pub(super) fn rows<S: Borrow<Stretch>>(mut stretches: Vec<S>) -> Vec<Vec<S>> {
    stretches.sort_by(|a, b| a.borrow().base.total_cmp(&b.borrow().base));
    let mut rows: Vec<Vec<S>> = Vec::new();
    for stretch in stretches {
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|first| is_level(first.borrow(), stretch.borrow())) => {
                row.push(stretch)
            }
            _ => rows.push(vec![stretch]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.borrow().frame.left.total_cmp(&b.borrow().frame.left));
    }
    rows
}

fn is_level(a: &Stretch, b: &Stretch) -> bool {
    (a.base - b.base).abs() < a.size.min(b.size) * 0.28 + 0.2
}

/// A cut: rows `from..to`, left and right of `at`.
struct Cut {
    from: usize,
    to: usize,
    at: f32,
    score: usize,
}

/// The best gutter of a region.
fn gutter(rows: &[Vec<Stretch>]) -> Option<Cut> {
    if rows.len() < 2 {
        return None;
    }
    let mut lefts: Vec<f32> = rows.iter().flatten().map(|stretch| stretch.frame.left).collect();
    lefts.sort_by(f32::total_cmp);
    let first = *lefts.first()?;
    // Left edges that lines share, the most shared ones.
    let mut shared: Vec<(usize, f32)> = Vec::new();
    for edge in lefts {
        match shared.last_mut() {
            Some((count, at)) if edge - *at < 3.0 => *count += 1,
            _ => shared.push((1, edge)),
        }
    }
    shared.retain(|(count, at)| *count >= 2 && *at > first + 20.0);
    shared.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
    shared
        .iter()
        .take(12)
        .filter_map(|(_, at)| best_run(rows, *at))
        .max_by(|a, b| a.score.cmp(&b.score).then(b.at.total_cmp(&a.at)))
}

/// The best run of rows that the white left of `at` goes through.
fn best_run(rows: &[Vec<Stretch>], at: f32) -> Option<Cut> {
    let crosses = |row: &Vec<Stretch>| {
        row.iter().any(|s| {
            let white = (s.size * 0.75).clamp(5.0, 14.0);
            s.frame.left < at - 1.0 && s.frame.right > at - white
        })
    };
    let mut best: Option<Cut> = None;
    let mut n = 0;
    while n < rows.len() {
        if rows.get(n).is_none_or(crosses) {
            n += 1;
            continue;
        }
        let from = n;
        while rows.get(n).is_some_and(|row| !crosses(row)) {
            n += 1;
        }
        if let Some(cut) = judged(rows, from, n, at)
            && best.as_ref().is_none_or(|before| cut.score > before.score)
        {
            best = Some(cut);
        }
    }
    best
}

/// What a run of rows has on either side of a gutter.
#[derive(Default)]
struct Side {
    /// How many of its stretches open a line of it.
    lines: usize,
    chars: usize,
    left: f32,
    right: f32,
    widths: Vec<f32>,
    size: f32,
}

impl Side {
    fn see(&mut self, parts: &[&Stretch]) {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        let (left, right) = (first.frame.left, last.frame.right);
        if self.lines == 0 {
            (self.left, self.right) = (left, right);
        }
        self.left = self.left.min(left);
        self.right = self.right.max(right);
        self.widths.push(right - left);
        self.lines += 1;
        self.chars += parts.iter().map(|part| part.chars()).sum::<usize>();
        self.size = self.size.max(first.size);
    }

    fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Its lines hold some words, and this many in a hundred of them fill it.
    fn is_text(&self, full: usize) -> bool {
        let filled = self.widths.iter().filter(|width| **width >= self.width() * 0.72).count();
        self.lines >= 4
            && filled * 100 >= self.lines * full
            && self.chars >= self.lines * 14
            && self.width() >= self.size * 9.0
    }
}

fn judged(rows: &[Vec<Stretch>], from: usize, to: usize, at: f32) -> Option<Cut> {
    let run = rows.get(from..to)?;
    let sides: Vec<(bool, bool)> = run
        .iter()
        .map(|row| (row.iter().any(|s| s.frame.left < at - 1.0), row.iter().any(|s| s.frame.left >= at - 1.0)))
        .collect();
    // It begins and ends with what has both sides, or with what goes on with one of them without a gap.
    let base = |n: usize| run.get(n).and_then(|row| row.first()).map_or(0.0, |s| s.base);
    let size = |n: usize| run.get(n).and_then(|row| row.first()).map_or(10.0, |s| s.size);
    let is_near = |a: usize, b: usize| (base(b) - base(a)).abs() < size(a).max(size(b)) * 1.9;
    let has = |n: usize, right: bool| sides.get(n).is_some_and(|s| if right { s.1 } else { s.0 });
    let first_left = (0..run.len()).find(|n| has(*n, false))?;
    let first_right = (0..run.len()).find(|n| has(*n, true))?;
    let last_left = (0..run.len()).rev().find(|n| has(*n, false))?;
    let last_right = (0..run.len()).rev().find(|n| has(*n, true))?;
    let mut start = first_left.max(first_right);
    while start > 0 && is_near(start - 1, start) {
        start -= 1;
    }
    let mut end = last_left.min(last_right) + 1;
    while end < run.len() && is_near(end - 1, end) {
        end += 1;
    }
    if start >= end {
        return None;
    }
    let (mut left, mut right, mut both) = (Side::default(), Side::default(), 0);
    for row in run.get(start..end)? {
        let (a, b): (Vec<&Stretch>, Vec<&Stretch>) = row.iter().partition(|s| s.frame.left < at - 1.0);
        both += usize::from(!a.is_empty() && !b.is_empty());
        left.see(&a);
        right.see(&b);
    }
    let fewer = left.lines.min(right.lines);
    if fewer == 0 {
        return None;
    }
    // Running text on both sides; or on one, and something of about the same width on the other.
    let alike = left.width() < right.width() * 1.8 && right.width() < left.width() * 1.8;
    let prose = left.is_text(50) && right.is_text(50)
        || alike && (left.is_text(50) && right.is_text(20) || right.is_text(50) && left.is_text(20));
    // Two blocks beside each other, as in the head of a letter, whose lines do not stand on one height.
    let some = left.is_text(50) || right.is_text(50) || left.lines.max(right.lines) <= 14;
    let blocks = fewer >= 2 && both * 2 < fewer && some;
    (prose || blocks).then_some(Cut {
        from: from + start,
        to: from + end,
        at,
        score: fewer * if prose { 3 } else { 1 },
    })
}
