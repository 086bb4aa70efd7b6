//! Character classes as Python has them: they differ from Rust's, and the weights were trained with Python's.

use regex_syntax::hir::{Class, HirKind};

/// The Unicode version of the Python releases that the published pipelines and the goldens were made with.
const LETTERS: &str = r"[\p{L}&&\p{age:14.0}]";
const DECIMALS: &str = r"[\p{Nd}&&\p{age:14.0}]";

/// Digits that are no decimal digits (`Numeric_Type=Digit`), as ranges with both ends included.
const OTHER_DIGITS: [(u32, u32); 20] = [
    (0xB2, 0xB3),
    (0xB9, 0xB9),
    (0x1369, 0x1371),
    (0x19DA, 0x19DA),
    (0x2070, 0x2070),
    (0x2074, 0x2079),
    (0x2080, 0x2089),
    (0x2460, 0x2468),
    (0x2474, 0x247C),
    (0x2488, 0x2490),
    (0x24EA, 0x24EA),
    (0x24F5, 0x24FD),
    (0x24FF, 0x24FF),
    (0x2776, 0x277E),
    (0x2780, 0x2788),
    (0x278A, 0x2792),
    (0x10A40, 0x10A43),
    (0x10E60, 0x10E68),
    (0x11052, 0x1105A),
    (0x1F100, 0x1F10A),
];

/// Longer words have no shape of their own.
const LONGEST_SHAPE: usize = 100;

/// White space as `str.isspace` has it: Unicode's and the four separators of ASCII.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}')
}

/// The classes that need tables.
#[derive(Debug)]
pub(crate) struct Chars {
    letters: Vec<(u32, u32)>,
    digits: Vec<(u32, u32)>,
}

impl Chars {
    pub(crate) fn new() -> Self {
        let mut digits = ranges(DECIMALS);
        digits.extend(OTHER_DIGITS);
        digits.sort_unstable();
        Self { letters: ranges(LETTERS), digits }
    }

    /// `str.isalpha` for one character: a letter by its general category.
    pub(crate) fn is_alpha(&self, c: char) -> bool {
        if c.is_ascii() { c.is_ascii_alphabetic() } else { holds(&self.letters, c) }
    }

    /// `str.isdigit` for one character.
    pub(crate) fn is_digit(&self, c: char) -> bool {
        if c.is_ascii() { c.is_ascii_digit() } else { holds(&self.digits, c) }
    }

    /// A word's shape: `Xxxxx` for capitals and small letters, `d` for digits, the rest as it stands; no sign more than four times
    /// in a row.
    pub(crate) fn shape(&self, word: &str, out: &mut String) {
        out.clear();
        if word.len() >= LONGEST_SHAPE && word.chars().nth(LONGEST_SHAPE - 1).is_some() {
            out.push_str("LONG");
            return;
        }
        let mut last = None;
        let mut seen = 0;
        for c in word.chars() {
            let sign = if self.is_alpha(c) {
                if c.is_uppercase() { 'X' } else { 'x' }
            } else if self.is_digit(c) {
                'd'
            } else {
                c
            };
            if last == Some(sign) {
                seen += 1;
            } else {
                (last, seen) = (Some(sign), 0);
            }
            if seen < 4 {
                out.push(sign);
            }
        }
    }
}

/// The ranges of a class of characters. The patterns are constants of this file.
pub(crate) fn ranges(class: &str) -> Vec<(u32, u32)> {
    match regex_syntax::parse(class).map(|hir| hir.into_kind()) {
        Ok(HirKind::Class(Class::Unicode(class))) => {
            class.ranges().iter().map(|r| (u32::from(r.start()), u32::from(r.end()))).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a character is in one of sorted ranges.
pub(crate) fn holds(ranges: &[(u32, u32)], c: char) -> bool {
    let c = u32::from(c);
    let after = ranges.partition_point(|&(start, _)| start <= c);
    after.checked_sub(1).and_then(|i| ranges.get(i)).is_some_and(|&(_, end)| c <= end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_python() {
        let chars = Chars::new();
        assert!(chars.is_alpha('é') && chars.is_alpha('ә') && chars.is_alpha('ǅ') && chars.is_alpha('文'));
        // Alphabetic for Unicode, but no letters: a combining vowel sign, a letter number.
        assert!(!chars.is_alpha('\u{0903}') && !chars.is_alpha('Ⅷ'));
        assert!(chars.is_digit('²') && chars.is_digit('٣') && !chars.is_digit('½'));
        assert!(is_space('\u{1F}') && is_space('\u{A0}') && !is_space('\u{200B}'));
    }

    #[test]
    fn shapes_are_cut_after_four_equal_signs() {
        let chars = Chars::new();
        let mut shape = String::new();
        for (word, expected) in [
            ("Apple", "Xxxxx"),
            ("internationalisation", "xxxx"),
            ("C-130h", "X-dddx"),
            ("ǅep", "xxx"),
            ("", ""),
            (&"a".repeat(100), "LONG"),
            (&"a".repeat(99), "xxxx"),
        ] {
            chars.shape(word, &mut shape);
            assert_eq!(shape, expected, "{word}");
        }
    }
}
