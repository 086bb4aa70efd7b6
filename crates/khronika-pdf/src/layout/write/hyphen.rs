//! Words that the end of a line cut.
//!
//! A soft hyphen is undone. A hyphen is undone where the whole word stands elsewhere in the document without it; it stays where it
//! stands elsewhere with it, or where both halves are words of the document ("vice-" and "président" may be one word with a hyphen).
//! What neither tells is undone only in a document that plainly breaks its words: one in which such breaks are known, or where more
//! lines end in a hyphen than compounds would make. Else the hyphen stays, and the halves stand together.

use std::collections::HashSet;

use super::super::paragraph::Item;

/// What becomes of a hyphen at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// It was put there to break the word.
    Undone,
    /// It is one of the word's own, as far as is known.
    Kept,
}

/// What a document shows of its hyphens.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    words: HashSet<String>,
    /// The document breaks its words at the ends of lines.
    breaks: bool,
}

impl Hyphens {
    pub(super) fn of(items: &[Vec<Item>]) -> Self {
        let mut found = Self::default();
        let mut halves: Vec<(String, String)> = Vec::new();
        let mut lines = 0;
        for item in items.iter().flatten() {
            let mut cut: Option<&str> = None;
            for line in &item.lines {
                lines += 1;
                let last = line.words.len().saturating_sub(1);
                for (n, word) in line.words.iter().enumerate() {
                    if n == 0
                        && let Some(half) = cut.take()
                    {
                        halves.push((plain(half), plain(&word.text)));
                        continue;
                    }
                    if n == last && stem(&word.text).is_some() {
                        cut = Some(&word.text);
                        continue;
                    }
                    let word = plain(&word.text);
                    if word.chars().count() > 1 {
                        found.words.insert(word);
                    }
                }
            }
        }
        let (mut broken, mut own) = (0, 0);
        for (half, rest) in &halves {
            let half = half.trim_end_matches(is_hyphen);
            broken += usize::from(found.words.contains(&format!("{half}{rest}")));
            own += usize::from(found.words.contains(&format!("{half}-{rest}")));
        }
        found.breaks = (broken >= 2 && broken >= own * 3)
            || (halves.len() >= 4 && halves.len() * 25 >= lines && own * 4 < halves.len());
        found
    }

    /// How a word at the end of a line and the first of the next belong together, if they do.
    pub(super) fn joint(&self, last: &str, next: &str) -> Option<Joint> {
        let half = stem(last)?;
        let first = next.chars().next().filter(|c| c.is_alphabetic())?;
        if last.ends_with('\u{AD}') {
            return Some(Joint::Undone);
        }
        if !first.is_lowercase() {
            return Some(Joint::Kept);
        }
        let (half, rest) = (plain(half), plain(next));
        if self.words.contains(&format!("{half}{rest}")) {
            return Some(Joint::Undone);
        }
        let own = self.words.contains(&format!("{half}-{rest}")) || half.contains('-');
        let words = self.words.contains(&half) && self.words.contains(&rest);
        Some(if own || words || !self.breaks { Joint::Kept } else { Joint::Undone })
    }
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{AD}' | '\u{2010}')
}

/// What stands before a hyphen at the end of a word.
fn stem(word: &str) -> Option<&str> {
    let half = word.strip_suffix(is_hyphen)?;
    half.ends_with(char::is_alphabetic).then_some(half)
}

/// Small letters, without what stands around a word.
fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(words: &[&str], breaks: bool) -> Hyphens {
        Hyphens { words: words.iter().map(|word| (*word).to_owned()).collect(), breaks }
    }

    #[test]
    fn a_hyphen_is_undone_where_the_document_tells_so() {
        let joint = |words: &[&str], breaks, last, next| known(words, breaks).joint(last, next);
        assert_eq!(joint(&["tribunal"], false, "tribu-", "nal,"), Some(Joint::Undone));
        assert_eq!(joint(&[], false, "tribu\u{AD}", "nal"), Some(Joint::Undone));
        assert_eq!(joint(&[], false, "anti-", "terrorist"), Some(Joint::Kept));
        assert_eq!(joint(&[], true, "постанов-", "ление"), Some(Joint::Undone));
        assert_eq!(joint(&["vice", "président"], true, "vice-", "président"), Some(Joint::Kept));
        assert_eq!(joint(&["vice-consul"], true, "vice-", "consul"), Some(Joint::Kept));
        assert_eq!(joint(&[], true, "a-t-", "il"), Some(Joint::Kept));
        assert_eq!(joint(&[], true, "Saint-", "Denis"), Some(Joint::Kept));
        assert_eq!(joint(&[], true, "1894-", "1906"), None);
        assert_eq!(joint(&[], true, "mot", "suivant"), None);
    }
}
