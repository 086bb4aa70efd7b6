//! What a page says of itself and what it shows, word by word: a text layer may lie.
//!
//! Words are compared where they stand. What recognition takes for another letter now and then is let pass in long words, never in
//! numbers.

use khronika_core::{Rect, WordBox};
use khronika_read::rendition::{Raster, Rendition};

use super::{Ask, Further, Page, Recognise, Tell, tsv};
use crate::layout;

/// What is recognised with less confidence than this many percent shows nothing.
const SURE: u8 = 70;

/// So many letters of a word may be one that recognition took for another.
const SLIP: usize = 4;

/// Passages told of one page, at most.
const MOST: usize = 200;

/// A page that was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Which page, from 0.
    pub page: u32,
    /// How many words its text layer has, and how many were recognised in its picture.
    pub words: (usize, usize),
    /// How many words of both differ.
    pub differing: usize,
    /// The passages that differ, from the top down.
    pub passages: Vec<Difference>,
    /// Why it was not compared.
    pub failed: Option<String>,
}

/// A passage that says something else in the text layer than on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What the text layer says there; nothing where it has no words there.
    pub layer: String,
    /// What the page shows there; nothing where no words are seen there.
    pub shown: String,
    /// Where on the page.
    pub rect: Rect,
}

/// Compares the words of a document with the pictures of its pages, which it was asked to make of all pages
/// ([`khronika_read::rendition::Limits::all_pictures`]). Pages that have no words of their own are passed over.
pub fn compare(
    seen: &mut Rendition,
    further: Further<'_>,
    with: &dyn Recognise,
    tell: Tell<'_>,
    workers: usize,
) -> Result<Vec<Compared>, String> {
    let installed = with.languages();
    if !installed.iter().any(|name| name != "osd") {
        return Err(super::INSTALL.to_owned());
    }
    let sizes: Vec<i32> = seen.layout.pages.iter().map(|page| page.width).collect();
    let ask = Ask { with, installed: &installed, tell, sizes: &sizes };
    let has_words = |raster: &Raster| seen.layout.words.iter().any(|word| word.page == raster.page);
    let (mut told, mut hint) = (Vec::new(), None);
    let mut rasters = std::mem::take(&mut seen.rasters);
    while let Some(last) = rasters.last().and_then(|raster| usize::try_from(raster.page).ok()) {
        rasters.retain(has_words);
        for (page, recognised) in ask.batch(&rasters, &mut hint, workers) {
            told.push(match recognised {
                Ok((recognised, _)) => one(seen, page, &recognised),
                Err(why) => Compared { page, words: (0, 0), differing: 0, passages: Vec::new(), failed: Some(why) },
            });
        }
        rasters = match further(last + 1) {
            Some(more) if last + 1 < seen.layout.pages.len() => more.rasters,
            _ => Vec::new(),
        };
    }
    seen.remarks.retain(|remark| remark.what != layout::FURTHER);
    told.sort_by_key(|compared| compared.page);
    Ok(told)
}

/// A word of either side.
struct Word<'t> {
    text: &'t str,
    /// As it is compared: small letters and digits alone.
    plain: String,
    rect: Rect,
    /// The other side has it there, too.
    matched: bool,
}

impl<'t> Word<'t> {
    fn new(text: &'t str, rect: Rect) -> Self {
        Self { text, plain: plain(text), rect, matched: false }
    }

    /// Part of the word that lies within another, of a hundred.
    fn within(&self, other: &Rect) -> i64 {
        let width = i64::from(self.rect.right.min(other.right)) - i64::from(self.rect.left.max(other.left));
        let height = i64::from(self.rect.bottom.min(other.bottom)) - i64::from(self.rect.top.max(other.top));
        let own =
            i64::from(self.rect.right - self.rect.left).max(1) * i64::from(self.rect.bottom - self.rect.top).max(1);
        width.max(0) * height.max(0) * 100 / own
    }
}

fn one(seen: &Rendition, page: u32, recognised: &Page) -> Compared {
    let layer = seen.layout.words.iter().filter(|word| word.page == page);
    let mut layer: Vec<Word<'_>> = layer.map(|word: &WordBox| Word::new(word.span.of(&seen.text), word.rect)).collect();
    let words = recognised.lines.iter().flat_map(|line| &line.words);
    let (sure, unsure): (Vec<&tsv::Word>, Vec<&tsv::Word>) = words.partition(|word| word.sure >= SURE);
    let mut shown: Vec<Word<'_>> = sure.into_iter().map(|word| Word::new(&word.text, rect(word))).collect();
    let counts = (layer.len(), shown.len());
    layer.retain(|word| !word.plain.is_empty());
    shown.retain(|word| !word.plain.is_empty());
    // What was recognised without confidence may be any word: where it stands, nothing is told.
    let unsure: Vec<Rect> = unsure.into_iter().map(rect).collect();
    for word in &mut layer {
        word.matched = unsure.iter().any(|rect| word.within(rect) >= 30);
    }
    settle(&mut layer, &mut shown);
    let differing = layer.iter().chain(&shown).filter(|word| !word.matched).count();
    let passages = passages(&layer, &shown);
    Compared { page, words: counts, differing, passages, failed: None }
}

/// Where a word was recognised.
const fn rect(word: &tsv::Word) -> Rect {
    let [left, top, right, bottom] = word.rect;
    Rect { left, top, right, bottom }
}

/// Matches the words of both sides that stand at one place and say the same. Either side may have cut a word in two.
fn settle(layer: &mut [Word<'_>], shown: &mut [Word<'_>]) {
    let order = by_place(shown);
    for word in layer.iter_mut() {
        let there = near(&order, shown, &word.rect);
        let together: String = there.iter().filter_map(|n| shown.get(*n)).map(|word| word.plain.as_str()).collect();
        let alone = there.iter().copied().find(|n| shown.get(*n).is_some_and(|other| same(&word.plain, &other.plain)));
        if let Some(n) = alone {
            word.matched = true;
            shown.get_mut(n).into_iter().for_each(|other| other.matched = true);
        } else if same(&word.plain, &together) {
            word.matched = true;
            for n in there {
                shown.get_mut(n).into_iter().for_each(|other| other.matched = true);
            }
        }
    }
    let order = by_place(layer);
    for word in shown.iter_mut().filter(|word| !word.matched) {
        let there = near(&order, layer, &word.rect);
        let together: String = there.iter().filter_map(|n| layer.get(*n)).map(|word| word.plain.as_str()).collect();
        if same(&together, &word.plain) {
            word.matched = true;
            for n in there {
                layer.get_mut(n).into_iter().for_each(|other| other.matched = true);
            }
        }
    }
}

/// The words from the top down.
fn by_place(words: &[Word<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by_key(|n| words.get(*n).map(|word| (word.rect.top, word.rect.left)));
    order
}

/// The words that stand at a place, from left to right. Only so many rows above it are looked at as letters are high.
fn near(order: &[usize], words: &[Word<'_>], rect: &Rect) -> Vec<usize> {
    /// The highest letters (hundredths of a point).
    const HIGH: i32 = 10_000;
    let top = |n: &usize| words.get(*n).map_or(0, |word| word.rect.top);
    let from = order.partition_point(|n| top(n) < rect.top.saturating_sub(HIGH));
    let mut there: Vec<usize> = order
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(|n| top(n) < rect.bottom)
        .copied()
        .filter(|n| words.get(*n).is_some_and(|word| word.within(rect) >= 40))
        .collect();
    there.sort_by_key(|n| words.get(*n).map(|word| word.rect.left));
    there
}

/// Small letters and digits, each ligature as its letters.
fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two words are the same, but for a letter that was taken for another in a word that is long enough. Numbers must be equal.
fn same(a: &str, b: &str) -> bool {
    if a == b || a.chars().map(figure).eq(b.chars().map(figure)) {
        return true;
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (left, right): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let slips = left.len().max(right.len()) / SLIP;
    digits(a) == digits(b) && left.len().abs_diff(right.len()) <= slips && distance(&left, &right, slips) <= slips
}

/// The figure that a letter is taken for in recognition; other signs as they are.
const fn figure(sign: char) -> char {
    match sign {
        'o' | 'о' => '0',
        'i' | 'l' | 'і' => '1',
        'z' => '2',
        'з' => '3',
        's' | 'ѕ' => '5',
        'b' | 'в' => '8',
        other => other,
    }
}

/// How many letters two words differ in; more than `most` where it is more.
fn distance(a: &[char], b: &[char], most: usize) -> usize {
    /// Longer words are not compared letter by letter.
    const LONGEST: usize = 60;
    if a.len() > LONGEST || b.len() > LONGEST {
        return most + 1;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (n, left) in a.iter().enumerate() {
        let mut before = n;
        let mut last = n + 1;
        for (right, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let changed = before + usize::from(left != right);
            before = *cell;
            last = changed.min(*cell + 1).min(last + 1);
            *cell = last;
        }
        if let Some(first) = row.first_mut() {
            *first = n + 1;
        }
    }
    row.last().copied().unwrap_or(most + 1)
}

/// The words that differ, those that stand beside each other together, and what the other side has at their place.
fn passages(layer: &[Word<'_>], shown: &[Word<'_>]) -> Vec<Difference> {
    let mut found: Vec<Difference> = Vec::new();
    let both = layer.iter().map(|word| (word, true)).chain(shown.iter().map(|word| (word, false)));
    for (word, is_layer) in both.filter(|(word, _)| !word.matched) {
        let at = found.iter().rposition(|passage| beside(&passage.rect, &word.rect));
        let passage = match at {
            Some(at) => found.get_mut(at),
            None if found.len() < MOST => {
                found.push(Difference { layer: String::new(), shown: String::new(), rect: word.rect });
                found.last_mut()
            }
            None => None,
        };
        let Some(passage) = passage else { break };
        let text = if is_layer { &mut passage.layer } else { &mut passage.shown };
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word.text.trim());
        let Rect { left, top, right, bottom } = word.rect;
        passage.rect = Rect {
            left: passage.rect.left.min(left),
            top: passage.rect.top.min(top),
            right: passage.rect.right.max(right),
            bottom: passage.rect.bottom.max(bottom),
        };
    }
    // One or two signs that one side alone has are dirt, a bullet, a piece of a picture; a letter for a letter is a slip.
    found.retain(|passage| {
        let (layer, shown) = (plain(&passage.layer), plain(&passage.shown));
        let number = [&layer, &shown].into_iter().any(|text| text.bytes().any(|b| b.is_ascii_digit()));
        let lengths = [layer, shown].map(|text| text.chars().count());
        match lengths {
            [0, length] | [length, 0] => length > 2,
            [one, other] => number || one.min(other) > 1 || one.max(other) > 2,
        }
    });
    found.sort_by_key(|passage| (passage.rect.top, passage.rect.left));
    found
}

/// Whether a word stands on the line of a passage and next to it, or over it.
fn beside(passage: &Rect, word: &Rect) -> bool {
    let high = (word.bottom - word.top).max(1);
    let shared = passage.bottom.min(word.bottom) - passage.top.max(word.top);
    let gap = (word.left - passage.right).max(passage.left - word.right);
    shared * 2 >= high && gap <= high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_but_for_slips_and_never_for_digits() {
        for (a, b) in [
            ("annulled", "annuiled"),
            ("суд", "суд"),
            ("Крим-SOS", "Крим-505"),
            ("l00", "100"),
            ("office", "office"),
            ("2021", "2021"),
        ] {
            assert!(same(&plain(a), &plain(b)), "{a} {b}");
        }
        assert_eq!(plain("oﬃce,"), "office");
        for (a, b) in
            [("2021", "2022"), ("non", "oui"), ("le", "la"), ("annulled", "confirmed"), ("5mai", "6mai"), ("", "a")]
        {
            assert!(!same(&plain(a), &plain(b)), "{a} {b}");
        }
        let long = "a".repeat(100);
        assert!(!same(&long, &format!("{long}b")));
    }
}
