//! Tables whose cells are drawn: what stands between the same lines is one cell, however many printed lines it has.

use khronika_read::rendition::Role;

use super::words::{Stretch, Word};
use crate::source::Frame;

/// Pages with more lines than this are drawings.
const MOST_RULES: usize = 1_500;

/// Lines this close to each other are one, in points.
const NEAR: f32 = 2.5;

/// A row with a cell of more words than this is not a row but text set in boxes.
const LONG: usize = 60;

/// Lines that touch each other.
struct Grid {
    frame: Frame,
    /// Where its upright lines stand, from left to right.
    across: Vec<f32>,
    /// Where its level lines stand, from top to bottom.
    down: Vec<f32>,
}

/// The stretches of a page, those in a table put together row by row.
pub(super) fn rows(stretches: Vec<Stretch>, rules: &[Frame]) -> Vec<Stretch> {
    let grids = grids(rules);
    if grids.is_empty() {
        return stretches;
    }
    let mut inside: Vec<Vec<Stretch>> = grids.iter().map(|_| Vec::new()).collect();
    let mut out = Vec::new();
    for stretch in stretches {
        let at = ((stretch.frame.left + stretch.frame.right) / 2.0, stretch.base - stretch.size * 0.25);
        match grids.iter().position(|grid| grid.frame.holds(at)).and_then(|n| inside.get_mut(n)) {
            Some(held) => held.push(stretch),
            None => out.push(stretch),
        }
    }
    for (grid, held) in grids.iter().zip(inside) {
        grid.fill(held, &mut out);
    }
    out.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.frame.left.total_cmp(&b.frame.left)));
    out
}

/// The grids of two columns and more that the lines of a page make.
fn grids(rules: &[Frame]) -> Vec<Grid> {
    if rules.len() < 5 || rules.len() > MOST_RULES {
        return Vec::new();
    }
    let mut group: Vec<usize> = (0..rules.len()).collect();
    fn root(group: &mut [usize], mut n: usize) -> usize {
        while let Some(up) = group.get(n).copied().filter(|up| *up != n) {
            let over = group.get(up).copied().unwrap_or(up);
            if let Some(place) = group.get_mut(n) {
                *place = over;
            }
            n = up;
        }
        n
    }
    for (n, a) in rules.iter().enumerate() {
        for (m, b) in rules.iter().enumerate().skip(n + 1) {
            let apart = a.left > b.right + NEAR
                || b.left > a.right + NEAR
                || a.top > b.bottom + NEAR
                || b.top > a.bottom + NEAR;
            if !apart {
                let (a, b) = (root(&mut group, n), root(&mut group, m));
                if let Some(place) = group.get_mut(a.max(b)) {
                    *place = a.min(b);
                }
            }
        }
    }
    let mut members: std::collections::BTreeMap<usize, Vec<Frame>> = std::collections::BTreeMap::new();
    for (n, rule) in rules.iter().enumerate() {
        let of = root(&mut group, n);
        members.entry(of).or_default().push(*rule);
    }
    members.into_values().filter_map(|rules| Grid::of(&rules)).collect()
}

impl Grid {
    fn of(rules: &[Frame]) -> Option<Self> {
        let upright = |rule: &&Frame| rule.height() > rule.width();
        let across = places(rules.iter().filter(upright).map(|rule| (rule.left + rule.right) / 2.0));
        let down = places(rules.iter().filter(|rule| !upright(rule)).map(|rule| (rule.top + rule.bottom) / 2.0));
        let frame = rules.iter().copied().reduce(|a, b| a.with(&b))?;
        (across.len() >= 3 && down.len() >= 2).then_some(Self { frame, across, down })
    }

    /// Puts what stands in it together.
    fn fill(&self, held: Vec<Stretch>, out: &mut Vec<Stretch>) {
        let columns = self.across.len() - 1;
        let mut cells: Vec<Vec<Stretch>> = (0..columns * (self.down.len() - 1)).map(|_| Vec::new()).collect();
        for stretch in held.into_iter().flat_map(|stretch| self.cut(stretch)) {
            let middle = (stretch.frame.left + stretch.frame.right) / 2.0;
            let column = slot(&self.across, middle);
            let row = slot(&self.down, stretch.base - stretch.size * 0.25);
            if let Some(cell) = cells.get_mut(row * columns + column) {
                cell.push(stretch);
            }
        }
        for row in cells.chunks_mut(columns) {
            let long = row.iter().any(|cell| cell.iter().map(|s| s.words.len()).sum::<usize>() > LONG);
            let frame = row.iter().flatten().map(|s| s.frame).reduce(|a, b| a.with(&b));
            let base = row.iter().flatten().map(|s| s.base).fold(f32::MAX, f32::min);
            let Some(frame) = frame else { continue };
            let mut words: Vec<Word> = Vec::new();
            let mut skipped = 0;
            let mut made: Vec<Vec<Word>> = Vec::new();
            for cell in row.iter_mut().map(std::mem::take) {
                let mut cell = words_of(cell);
                if long {
                    made.extend((!cell.is_empty()).then_some(cell));
                    continue;
                }
                match cell.first_mut() {
                    Some(first) if !words.is_empty() => {
                        first.tab = true;
                        first.skipped = skipped;
                        skipped = 0;
                    }
                    Some(_) => {}
                    None => skipped += u8::from(!words.is_empty() && skipped < 50),
                }
                words.extend(cell);
            }
            if !words.is_empty() {
                made.push(words);
            }
            for (n, words) in made.into_iter().enumerate() {
                let Some(mut stretch) = Stretch::of(words) else { continue };
                // As wide as the row, so that no gutter goes through it; one after the other.
                #[expect(clippy::cast_precision_loss, reason = "a few cells")]
                let after = n as f32 * 0.01;
                (stretch.frame, stretch.base) = (frame, base + after);
                stretch.table = Some(if long { Role::Body } else { Role::TableRow });
                out.push(stretch);
            }
        }
    }

    /// A stretch cut where a line stands between two of its words.
    fn cut(&self, stretch: Stretch) -> Vec<Stretch> {
        let mut parts: Vec<Stretch> = Vec::new();
        let mut words: Vec<Word> = Vec::new();
        for word in stretch.words {
            let middle = (word.frame.left + word.frame.right) / 2.0;
            let before = words.last().map(|word: &Word| (word.frame.left + word.frame.right) / 2.0);
            if before.is_some_and(|before| slot(&self.across, before) != slot(&self.across, middle)) {
                parts.extend(Stretch::of(std::mem::take(&mut words)));
            }
            words.push(word);
        }
        parts.extend(Stretch::of(words));
        parts
    }
}

/// Numbers in order, those close to each other as one.
fn places(numbers: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut numbers: Vec<f32> = numbers.collect();
    numbers.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for number in numbers {
        if out.last().is_none_or(|last| number - last > NEAR * 1.6) {
            out.push(number);
        }
    }
    out
}

/// Between which two of the places a number lies.
fn slot(places: &[f32], number: f32) -> usize {
    places.partition_point(|place| *place <= number).saturating_sub(1).min(places.len().saturating_sub(2))
}

/// The words of a cell in reading order, the first of each printed line marked as such.
fn words_of(cell: Vec<Stretch>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for row in super::zones::rows(cell) {
        for (n, mut stretch) in row.into_iter().enumerate() {
            if let Some(first) = stretch.words.first_mut() {
                first.breaks = n == 0 && !words.is_empty();
            }
            words.extend(stretch.words);
        }
    }
    words
}
