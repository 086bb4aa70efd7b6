//! Letters put together into words, and words into stretches of a line that no wide gap cuts.

use khronika_read::rendition::Role;
use unicode_normalization::char::compose;

use crate::source::{Frame, Letter};

/// A word as it stands on a line; the frame is that of the page turned so that its lines run from left to right.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    pub text: String,
    pub frame: Frame,
    pub base: f32,
    pub size: f32,
    pub bold: bool,
    /// Stands above (1) or below (-1) the line.
    pub raised: i8,
    /// What stood before it was a gap wide enough for a tab.
    pub tab: bool,
    /// It follows the word before it without a gap.
    pub joined: bool,
    /// How sure its letters are, where they were recognised.
    pub sure: Option<u8>,
    /// It opens a printed line, in the cell of a table.
    pub breaks: bool,
    /// So many empty cells stand before its own.
    pub skipped: u8,
    /// The document says that it belongs to the page and not to the text.
    pub around: bool,
}

/// Words of one line without a wide gap between them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    pub words: Vec<Word>,
    pub frame: Frame,
    pub base: f32,
    pub size: f32,
    pub bold: bool,
    /// The block that whoever recognised its letters put it in.
    pub block: u32,
    /// What it is, where it is a row of a table whose cells are drawn, or a cell.
    pub table: Option<Role>,
}

impl Stretch {
    pub(super) fn of(words: Vec<Word>) -> Option<Self> {
        let mut stretch =
            Self { words, frame: Frame::default(), base: 0.0, size: 0.0, bold: false, block: 0, table: None };
        stretch.measure()?;
        Some(stretch)
    }

    /// Takes its measures from its words.
    pub(super) fn measure(&mut self) -> Option<()> {
        let first = self.words.first()?;
        let mut frame = first.frame;
        // Its size and base line are those of most of its letters that stand on the line.
        let weight = |word: &Word| word.text.chars().count();
        let main = self.words.iter().filter(|word| word.raised == 0).max_by_key(|word| weight(word)).unwrap_or(first);
        let (size, base) = (main.size, main.base);
        let (mut heavy, mut all) = (0, 0);
        for word in &self.words {
            frame = frame.with(&word.frame);
            all += weight(word);
            heavy += if word.bold { weight(word) } else { 0 };
        }
        (self.frame, self.base, self.size, self.bold) = (frame, base, size, heavy * 10 >= all * 9);
        Some(())
    }

    /// Its words with spaces and tabs between them.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (n, word) in self.words.iter().enumerate() {
            if n > 0 && !word.joined {
                text.push(if word.tab { '\t' } else { ' ' });
            }
            text.push_str(&word.text);
        }
        text
    }

    pub(super) fn chars(&self) -> usize {
        self.words.iter().map(|word| word.text.chars().count() + 1).sum()
    }
}

/// A gap of more than this, in sizes of the letters, cuts a line into stretches.
const WIDE: f32 = 1.0;

/// The stretches of a page's letters, which stand upright and run from left to right; from top to bottom.
pub(super) fn stretches(letters: Vec<Letter>) -> Vec<Stretch> {
    let mut letters = combined(letters);
    letters.sort_by(|a, b| a.from.1.total_cmp(&b.from.1));
    let mut found: Vec<Stretch> = Vec::new();
    let mut strip: Vec<Letter> = Vec::new();
    let mut base = f32::MIN;
    for letter in letters {
        if !strip.is_empty() && (letter.from.1 - base).abs() > letter.size.min(40.0).mul_add(0.12, 0.15) {
            cut(std::mem::take(&mut strip), &mut found);
        }
        base = letter.from.1;
        strip.push(letter);
    }
    cut(strip, &mut found);
    raise(&mut found);
    found
}

/// Marks over letters (accents of their own) joined to the letters before them.
fn combined(letters: Vec<Letter>) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::with_capacity(letters.len());
    for letter in letters {
        if matches!(letter.sign, '\u{300}'..='\u{36F}')
            && let Some(before) = out.last_mut()
            && (before.from.0 - letter.from.0).abs() < letter.size
            && (before.from.1 - letter.from.1).abs() < letter.size
        {
            match compose(before.sign, letter.sign).filter(|_| before.more.is_none()) {
                Some(one) => before.sign = one,
                None => {
                    let more = before.more.take().map_or_else(String::new, String::from);
                    before.more = Some(format!("{more}{}", letter.sign).into_boxed_str());
                }
            }
            continue;
        }
        out.push(letter);
    }
    out
}

/// The mark over a letter that a spacing accent stands for where it is printed over one.
const fn accent(sign: char) -> Option<char> {
    Some(match sign {
        '`' => '\u{300}',
        '´' => '\u{301}',
        'ˆ' | '^' => '\u{302}',
        '˜' => '\u{303}',
        '¨' => '\u{308}',
        '˚' => '\u{30A}',
        'ˇ' => '\u{30C}',
        '¸' => '\u{327}',
        _ => return None,
    })
}

/// Letters of one base line as stretches.
fn cut(mut strip: Vec<Letter>, found: &mut Vec<Stretch>) {
    strip.sort_by(|a, b| a.from.0.total_cmp(&b.from.0));
    match printed_over(&strip) {
        Some((one, other)) => {
            let nearer = |letter: &Letter| (letter.size - one).abs() < (letter.size - other).abs();
            let (these, those) = strip.into_iter().partition(nearer);
            of_line(these, found);
            of_line(those, found);
        }
        None => of_line(strip, found),
    }
}

/// The sizes of two lines of print that lie over each other: what a browser puts at the foot of a page may stand in its last line.
fn printed_over(strip: &[Letter]) -> Option<(f32, f32)> {
    strip.windows(2).find_map(|pair| {
        let [a, b] = pair else { return None };
        let narrow = (a.to.0 - a.from.0).min(b.to.0 - b.from.0);
        let over = a.to.0.min(b.to.0) - b.from.0;
        let apart = (a.from.1 - b.from.1).abs() > 0.3 && (a.size - b.size).abs() > 0.08 * a.size.max(b.size);
        let letters = a.sign.is_alphanumeric() && b.sign.is_alphanumeric();
        (apart && letters && narrow > 0.0 && over > narrow * 0.25).then_some((a.size, b.size))
    })
}

/// Letters of one line as stretches.
fn of_line(strip: Vec<Letter>, found: &mut Vec<Stretch>) {
    if strip.is_empty() {
        return;
    }
    let strip = printed_once(strip);
    let gaps = Gaps::of(&strip);
    let mut words: Vec<Word> = Vec::new();
    let mut word: Option<Word> = None;
    let mut space = false;
    let mut end = f32::MIN;
    for letter in strip {
        if letter.sign.is_whitespace() {
            space = true;
            continue;
        }
        let gap = letter.from.0 - end;
        let size = letter.size.max(0.1);
        let wide = word.is_some() && gap > size * WIDE;
        let breaks = word.is_none() || wide || (space && gap > -size * 0.3) || gap > gaps.least * size;
        if wide {
            words.extend(word.take());
            found.extend(Stretch::of(std::mem::take(&mut words)));
        }
        space = false;
        let frame = frame(&letter);
        end = if word.is_some() && !breaks { end.max(letter.to.0) } else { letter.to.0 };
        match word.as_mut().filter(|_| !breaks) {
            Some(open) => {
                push(&mut open.text, &letter);
                open.frame = open.frame.with(&frame);
                open.size = open.size.max(letter.size);
                open.bold &= letter.bold;
                open.around &= letter.around;
            }
            None => {
                words.extend(word.take());
                let mut text = String::new();
                push(&mut text, &letter);
                let (base, size, bold, around) = (letter.from.1, letter.size, letter.bold, letter.around);
                word = Some(Word {
                    text,
                    frame,
                    base,
                    size,
                    bold,
                    raised: 0,
                    tab: false,
                    joined: false,
                    sure: None,
                    breaks: false,
                    skipped: 0,
                    around,
                });
            }
        }
    }
    words.extend(word);
    found.extend(Stretch::of(words));
}

fn push(text: &mut String, letter: &Letter) {
    text.push(letter.sign);
    if let Some(more) = &letter.more {
        text.push_str(more);
    }
}

fn frame(letter: &Letter) -> Frame {
    let (up, down) = letter.reach;
    Frame {
        left: letter.from.0.min(letter.to.0),
        top: letter.from.1 - up * letter.size,
        right: letter.to.0.max(letter.from.0),
        bottom: letter.from.1 + down * letter.size,
    }
}

/// A letter that is printed twice, a little to the side, for weight; an accent that is printed over a letter.
fn printed_once(strip: Vec<Letter>) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::with_capacity(strip.len());
    for mut letter in strip {
        let Some(before) = out.last_mut() else {
            out.push(letter);
            continue;
        };
        let width = (letter.to.0 - letter.from.0).max(0.1);
        let offset = letter.from.0 - before.from.0;
        if before.sign == letter.sign && before.more == letter.more && offset < width * 0.3 {
            before.bold |= !letter.sign.is_whitespace();
            continue;
        }
        let over = before.to.0.min(letter.to.0) - before.from.0.max(letter.from.0);
        let narrow = (before.to.0 - before.from.0).min(width).max(0.1);
        if over > narrow * 0.5 && !letter.sign.is_whitespace() {
            if let Some(one) = accent(before.sign).and_then(|mark| compose(letter.sign, mark)) {
                letter.sign = one;
                *before = letter;
                continue;
            }
            if let Some(one) = accent(letter.sign).and_then(|mark| compose(before.sign, mark)) {
                before.sign = one;
                continue;
            }
        }
        out.push(letter);
    }
    out
}

/// How wide a gap between the letters of a line must be to part words, in sizes of the letters.
struct Gaps {
    least: f32,
}

impl Gaps {
    fn of(strip: &[Letter]) -> Self {
        let spaces = strip.iter().filter(|letter| letter.sign.is_whitespace()).count();
        let spaced = spaces * 18 >= strip.len().saturating_sub(6);
        let mut gaps: Vec<f32> = strip
            .windows(2)
            .filter_map(|pair| match pair {
                [a, b] if !a.sign.is_whitespace() && !b.sign.is_whitespace() => {
                    Some((b.from.0 - a.to.0) / b.size.max(0.1))
                }
                _ => None,
            })
            .filter(|gap| *gap < WIDE)
            .collect();
        let middle = gaps.len() / 2;
        let usual = if gaps.len() < 4 { 0.0 } else { *gaps.select_nth_unstable_by(middle, f32::total_cmp).1 };
        // Letters that are set apart are no words.
        let usual = usual.clamp(0.0, 0.5);
        Self { least: usual + if spaced && spaces > 0 { 0.3 } else { 0.14 } }
    }
}

/// Stretches of small print that stand a little above or below the end or the middle of another belong to its line: the marks of notes,
/// the "er" of "1er", powers.
fn raise(found: &mut Vec<Stretch>) {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|a, b| by_base(found, *a, *b));
    let mut gone = vec![false; found.len()];
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (at, small) in order.iter().enumerate() {
        let Some(stretch) = found.get(*small).filter(|stretch| stretch.chars() <= 12) else { continue };
        let near = |other: usize| -> Option<f32> {
            let big = found.get(other)?;
            let offset = big.base - stretch.base;
            let fits = stretch.size <= big.size * 0.86 && offset > -big.size * 0.4 && offset < big.size * 0.75;
            let level = stretch.size <= big.size * 1.1 && offset.abs() < big.size * 0.16;
            if !(fits || level) || other == *small {
                return None;
            }
            // Behind a word of it, before one, or right over its end.
            let behind = big.words.iter().map(|w| stretch.frame.left - w.frame.right).filter(|g| *g > -big.size * 0.2);
            let before = big.words.iter().map(|w| w.frame.left - stretch.frame.right).filter(|g| *g > -big.size * 0.2);
            let gap = behind.chain(before).fold(f32::MAX, f32::min);
            // The mark of a note stands a little before its first word.
            let opens = stretch.frame.right < big.frame.left + big.size * 0.2;
            (gap < big.size
                * if level {
                    0.95
                } else if opens {
                    1.2
                } else {
                    0.4
                })
            .then_some(gap)
        };
        let from = at.saturating_sub(60);
        let best = order
            .get(from..(at + 60).min(order.len()))
            .unwrap_or_default()
            .iter()
            .filter_map(|other| near(*other).map(|gap| (*other, gap)))
            .min_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((big, _)) = best
            && !gone.get(big).copied().unwrap_or(true)
        {
            if let Some(flag) = gone.get_mut(*small) {
                *flag = true;
            }
            taken.push((*small, big));
        }
    }
    for (small, big) in taken {
        let Some(mut words) = found.get_mut(small).map(|stretch| std::mem::take(&mut stretch.words)) else { continue };
        let Some(into) = found.get_mut(big) else { continue };
        for word in &mut words {
            let offset = into.base - word.base;
            let small = word.size <= into.size * 0.86;
            word.raised =
                if small && offset > into.size * 0.15 { 1 } else { -i8::from(small && offset < -into.size * 0.08) };
        }
        into.words.extend(words);
        into.words.sort_by(|a, b| a.frame.left.total_cmp(&b.frame.left));
        for n in 1..into.words.len() {
            let Some([before, word]) = into.words.get_mut(n - 1..=n) else { continue };
            let gap = word.frame.left - before.frame.right;
            let touches = word.raised != 0 || before.raised != 0;
            word.joined = touches && gap < into.size * 0.14;
        }
        into.measure();
    }
    found.retain(|stretch| !stretch.words.is_empty());
    found.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.frame.left.total_cmp(&b.frame.left)));
}

fn by_base(found: &[Stretch], a: usize, b: usize) -> std::cmp::Ordering {
    let base = |n: usize| found.get(n).map_or(0.0, |stretch| stretch.base);
    base(a).total_cmp(&base(b))
}
