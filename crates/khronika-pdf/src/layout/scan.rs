//! Words that were recognised in pictures, laid out as those of other documents are.

use khronika_read::rendition::Rendition;

use super::paragraph::{self, Print};
use super::words::{Stretch, Word};
use super::zones::{self, Zone};
use super::{Laid, Turn, edges, tie, write};
use crate::ocr::tsv;
use crate::source::Frame;

/// A page that was recognised.
pub(crate) struct Recognised<'a> {
    /// In hundredths of a point.
    pub size: (i32, i32),
    pub page: &'a tsv::Page,
    /// The page before it is the one before it in the document, too.
    pub follows: bool,
}

/// Boxes of words are this much higher than their letters' size says, near enough.
const HEIGHT: f32 = 0.9;

/// The text of recognised pages.
pub(crate) fn recognised(pages: &[Recognised<'_>]) -> Rendition {
    let mut laid: Vec<Laid> = pages.iter().map(of).collect();
    edges::part(&mut laid);
    let mut sizes: Vec<f32> = laid.iter().flat_map(|page| &page.stretches).map(|stretch| stretch.size).collect();
    let middle = sizes.len() / 2;
    let size = if sizes.is_empty() { 10.0 } else { *sizes.select_nth_unstable_by(middle, f32::total_cmp).1 };
    let print = Print { size, bold: false, exact: false };
    let mut items = Vec::new();
    for page in &mut laid {
        let mut stretches = std::mem::take(&mut page.stretches);
        stretches.sort_by_key(|stretch| stretch.block);
        let zones = stretches.chunk_by(|a, b| a.block == b.block).map(|block| {
            let frame = block.iter().map(|s| s.frame).reduce(|a, b| a.with(&b)).unwrap_or_default();
            Zone { rows: zones::rows(block.to_vec()), frame }
        });
        items.push(paragraph::items(zones.collect(), &[], print, page.height));
    }
    tie(&mut items, |n| pages.get(n).is_some_and(|page| page.follows));
    write::write(&laid, items)
}

#[expect(clippy::cast_precision_loss, reason = "hundredths of points of a page")]
fn points(hundredths: i32) -> f32 {
    hundredths as f32 / 100.0
}

fn of(page: &Recognised<'_>) -> Laid {
    let (width, height) = (points(page.size.0), points(page.size.1));
    let mut stretches: Vec<Stretch> = Vec::new();
    for block in page.page.lines.chunk_by(|a, b| a.block == b.block) {
        let words = block.iter().flat_map(|line| &line.words);
        let size = median(words.map(|word| points(word.rect[3] - word.rect[1]))) * HEIGHT;
        for line in block {
            // Words that reach below the line are lower than the rest.
            let base = ranked(line.words.iter().map(|word| points(word.rect[3])), 4);
            let mut open: Vec<Word> = Vec::new();
            for word in &line.words {
                let [left, top, right, bottom] = word.rect.map(points);
                let frame = Frame { left, top, right, bottom };
                if open.last().is_some_and(|before| left - before.frame.right > size * 1.6) {
                    stretches.extend(stretch(std::mem::take(&mut open), line.block));
                }
                let (text, sure) = (word.text.clone(), Some(word.sure));
                open.push(Word {
                    text,
                    frame,
                    base,
                    size,
                    bold: false,
                    raised: 0,
                    tab: false,
                    joined: false,
                    sure,
                    breaks: false,
                    skipped: 0,
                    around: false,
                });
            }
            stretches.extend(stretch(open, line.block));
        }
    }
    Laid {
        width,
        shown_height: height,
        height,
        turn: Turn::right(0, width, height),
        stretches,
        askew: Vec::new(),
        unseen: Vec::new(),
        furniture: Vec::new(),
        rules: Vec::new(),
        links: Vec::new(),
        raster: false,
    }
}

fn stretch(words: Vec<Word>, block: u32) -> Option<Stretch> {
    let mut stretch = Stretch::of(words)?;
    stretch.block = block;
    Some(stretch)
}

fn median(numbers: impl Iterator<Item = f32>) -> f32 {
    ranked(numbers, 2)
}

/// The number that a half, a quarter … of the others are below.
fn ranked(numbers: impl Iterator<Item = f32>, part: usize) -> f32 {
    let mut numbers: Vec<f32> = numbers.collect();
    if numbers.is_empty() {
        return 0.0;
    }
    let at = numbers.len() / part;
    *numbers.select_nth_unstable_by(at, f32::total_cmp).1
}
