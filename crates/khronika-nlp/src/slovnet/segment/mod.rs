//! Cutting Russian text into tokens and sentences, as razdel 0.5.0 does: the networks were trained on text cut so.

mod atoms;
mod sentences;
mod tokens;

pub(crate) use atoms::{is_cyrillic, is_latin};
pub(crate) use sentences::Sentences;
pub(crate) use tokens::Tokens;

use crate::text::chars::{Chars, holds, is_space, ranges};

/// The dashes that join words, and that may follow a quotation.
const DASHES: &str = "‑–—−-";
/// Marks that end sentences.
const ENDINGS: &str = ".?!…";

/// Character classes as Python's `re` and `str` have them, with the Unicode version of the goldens.
#[derive(Debug)]
pub(crate) struct Classes {
    chars: Chars,
    numbers: Vec<(u32, u32)>,
    decimals: Vec<(u32, u32)>,
}

impl Classes {
    pub(crate) fn new() -> Self {
        Self {
            chars: Chars::new(),
            numbers: ranges(r"[\p{N}&&\p{age:14.0}]"),
            decimals: ranges(r"[\p{Nd}&&\p{age:14.0}]"),
        }
    }

    /// `\d`.
    pub(crate) fn is_decimal(&self, c: char) -> bool {
        if c.is_ascii() { c.is_ascii_digit() } else { holds(&self.decimals, c) }
    }

    /// `\w`, but for decimal digits.
    fn is_word(&self, c: char) -> bool {
        if c.is_ascii() {
            c.is_ascii_alphabetic() || c == '_'
        } else {
            self.chars.is_alpha(c) || (holds(&self.numbers, c) && !holds(&self.decimals, c))
        }
    }

    /// `str.isalpha`.
    fn is_alpha(&self, word: &str) -> bool {
        !word.is_empty() && word.chars().all(|c| self.chars.is_alpha(c))
    }

    /// `str.isdigit`.
    fn is_digit(&self, word: &str) -> bool {
        !word.is_empty() && word.chars().all(|c| self.chars.is_digit(c))
    }
}

/// A capital that stands for two letters of which only the first is one, such as `ǅ`: neither small nor capital.
fn is_title_case(c: char) -> bool {
    matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ' | '\u{1F88}'..='\u{1F8F}' | '\u{1F98}'..='\u{1F9F}' | '\u{1FA8}'..='\u{1FAF}')
        || matches!(c, '\u{1FBC}' | '\u{1FCC}' | '\u{1FFC}')
}

/// `str.islower`: there are letters with a case, and all are small.
pub(crate) fn is_lower(word: &str) -> bool {
    word.chars().any(char::is_lowercase) && !word.chars().any(|c| c.is_uppercase() || is_title_case(c))
}

/// `str.isupper`: there are letters with a case, and all are capitals.
pub(crate) fn is_upper(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(|c| c.is_lowercase() || is_title_case(c))
}

/// How long a smiley is at the start of a text, in bytes: eyes, perhaps a nose, and up to three mouths. Nothing where there is none.
fn smiley(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(['=', ':', ';'])?;
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let mouths = rest.bytes().take(3).take_while(|b| matches!(b, b')' | b'(')).count();
    (mouths > 0).then(|| text.len() - rest.len() + mouths)
}

/// The single character of a text.
fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smiley_has_eyes_and_up_to_three_mouths() {
        assert_eq!(smiley(":-)"), Some(3));
        assert_eq!(smiley("=(((("), Some(4));
        assert_eq!(smiley(";"), None);
        assert_eq!(smiley(":-x"), None);
    }

    #[test]
    fn case_is_that_of_python() {
        assert!(is_lower("где-то") && !is_lower("Где") && !is_lower("12") && !is_lower("xǅ"));
        assert!(is_upper("США") && is_upper("А-1") && !is_upper("12") && !is_upper("ǅ"));
    }

    #[test]
    fn classes_are_those_of_python() {
        let classes = Classes::new();
        assert!(classes.is_word('ж') && classes.is_word('_') && classes.is_word('²') && classes.is_word('Ⅷ'));
        assert!(!classes.is_word('5') && !classes.is_word('\u{301}') && !classes.is_word('—'));
        assert!(classes.is_decimal('٣') && !classes.is_decimal('²'));
        assert!(classes.is_digit("²3") && !classes.is_digit("") && classes.is_alpha("суд") && !classes.is_alpha("a_b"));
    }
}
