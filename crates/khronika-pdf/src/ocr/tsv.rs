//! The table of words that `tesseract … tsv` prints.

/// A word as it was recognised, its box in hundredths of a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Its letters.
    pub text: String,
    /// Left, top, right, bottom.
    pub rect: [i32; 4],
    /// How sure they are, in percent.
    pub sure: u8,
}

/// A line, with the number of the block that it stands in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Lines of one block are one column, or one part of one.
    pub block: u32,
    /// Its words from left to right.
    pub words: Vec<Word>,
}

/// What was recognised of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its lines in the order in which they were given.
    pub lines: Vec<Line>,
}

/// Words of which more is too much for one page.
const MOST: usize = 200_000;

/// Reads the table; `pixels` is the width of the picture, `width` that of the page in hundredths of a point. Rows that are none are
/// passed over.
#[must_use]
pub fn read(table: &str, pixels: u32, width: i32) -> Page {
    let mut page = Page::default();
    let mut last = None;
    let mut words = 0;
    for row in table.lines() {
        let cells: Vec<&str> = row.splitn(12, '\t').collect();
        let [level, _, block, paragraph, line, _, left, top, wide, high, sure, text] = cells.as_slice() else {
            continue;
        };
        let text = text.trim();
        if *level != "5" || text.is_empty() || words >= MOST {
            continue;
        }
        let number = |cell: &str| cell.parse::<i64>().ok().filter(|n| (-1_000_000..=1_000_000).contains(n));
        let (Some(left), Some(top), Some(wide), Some(high)) = (number(left), number(top), number(wide), number(high))
        else {
            continue;
        };
        let place = |n: i64| i32::try_from(n * i64::from(width) / i64::from(pixels.max(1))).unwrap_or(0);
        let rect = [place(left), place(top), place(left + wide.max(0)), place(top + high.max(0))];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
        let sure = sure.parse::<f32>().unwrap_or(0.0).clamp(0.0, 100.0) as u8;
        // The block that it was, so that the numbering of pages within one table does not matter.
        let of = (*block, *paragraph, *line);
        if last != Some(of) {
            page.lines.push(Line { block: block.parse().unwrap_or(0), words: Vec::new() });
            last = Some(of);
        }
        if let Some(line) = page.lines.last_mut() {
            line.words.push(Word { text: text.to_owned(), rect, sure });
            words += 1;
        }
    }
    page
}

impl Page {
    /// How many words it has.
    #[must_use]
    pub fn words(&self) -> usize {
        self.lines.iter().map(|line| line.words.len()).sum()
    }

    /// The mean confidence of its words, each by its length.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a mean of percents")]
    pub fn confidence(&self) -> f32 {
        let (mut sum, mut letters) = (0_usize, 0_usize);
        for word in self.lines.iter().flat_map(|line| &line.words) {
            let length = word.text.chars().count();
            sum += usize::from(word.sure) * length;
            letters += length;
        }
        if letters == 0 { 0.0 } else { sum as f32 / letters as f32 }
    }

    /// Its words, a line for each line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            for word in &line.words {
                text.push_str(&word.text);
                text.push(' ');
            }
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
        1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n\
        5\t1\t1\t1\t1\t1\t300\t310\t200\t40\t96.51\tLa\n\
        5\t1\t1\t1\t1\t2\t520\t310\t300\t40\t41.2\tCour\n\
        5\t1\t2\t1\t1\t1\t300\t400\t10\tx\t90\tbroken\n\
        5\t1\t2\t1\t1\t1\t300\t400\t100\t40\t90\tici\n";

    #[test]
    fn words_come_with_their_places() {
        let page = read(TABLE, 2480, 59_520);
        assert_eq!(page.lines.len(), 2);
        let [first, second] = page.lines.as_slice() else { panic!("two lines") };
        assert_eq!(
            first.words.first().map(|w| (w.text.as_str(), w.rect, w.sure)),
            Some(("La", [7200, 7440, 12_000, 8400], 96))
        );
        assert_eq!((second.block, page.words(), page.text().as_str()), (2, 3, "La Cour \nici \n"));
        assert!((page.confidence() - (2.0 * 96.0 + 4.0 * 41.0 + 3.0 * 90.0) / 9.0).abs() < 0.01);
    }

    #[test]
    fn what_is_no_table_has_no_words() {
        assert_eq!(read("Error opening data file\n\t\t\n5\t5", 0, 0), Page::default());
    }
}
