//! The tokenizer's patterns: written for Python, run by Rust.
//!
//! Patterns with look-around need a backtracking engine, which is slow. So each such pattern also has a loose sister without
//! look-around that finds whatever the pattern finds, and more: where even the sister finds nothing, the pattern is not run, and else
//! it is run from where the sister's match begins. A pattern that can match at the beginning alone is not tried anywhere else, which that
//! engine would do: of a long word one sign after another is cut off, and each time the whole rest would be read.

use fancy_regex::{Regex, RegexBuilder};
use regex_automata::{Anchored, Input, meta};

use super::factor::factored;
use crate::error::{Error, Result};

/// Deeper groups than any tokenizer has.
const DEEPEST: usize = 60;
/// The backtracking engine gives up after so many steps, and the pattern counts as not found.
const MOST_STEPS: usize = 200_000;
/// A pattern that is bound to the end of a word is first looked for in so many bytes.
const TAIL: usize = 256;

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    exact: Regex,
    loose: Option<meta::Regex>,
    /// The exact pattern is one group with an empty alternative, so that it matches at the beginning in any case.
    at_start: bool,
}

impl Pattern {
    /// From Python's text of a pattern.
    pub(crate) fn python(text: &str) -> Result<Self> {
        Self::new(text, false)
    }

    /// `at_start` says that it is only asked whether it matches at the beginning.
    fn new(text: &str, at_start: bool) -> Result<Self> {
        let fail = |what: &str| Error::unsupported(format!("a tokenizer's pattern: {what}"));
        let mut translator = Translator { rest: text.chars().peekable(), looks_around: false, unbound: false };
        let both = translator.group(0).map_err(fail)?;
        if translator.rest.peek().is_some() {
            return Err(fail("a bracket that closes nothing"));
        }
        let at_start = translator.looks_around && (at_start || !translator.unbound);
        let exact = if at_start { format!("({})|", both.exact) } else { both.exact };
        let exact = RegexBuilder::new(&exact)
            .backtrack_limit(MOST_STEPS)
            .delegate_size_limit(64 << 20)
            .build()
            .map_err(|e| fail(&e.to_string()))?;
        let config = meta::Config::new().nfa_size_limit(Some(64 << 20));
        let loose = if translator.looks_around {
            let loose = meta::Builder::new().configure(config).build(&both.loose).map_err(|e| fail(&e.to_string()))?;
            Some(loose)
        } else {
            None
        };
        Ok(Self { exact, loose, at_start })
    }

    /// From Python's text of a pattern that is only asked whether it matches.
    pub(crate) fn python_test(text: &str) -> Result<Self> {
        match factored(text) {
            Some(shorter) => Self::new(&shorter, true),
            None => Self::new(text, true),
        }
    }

    /// The first match, in bytes.
    pub(crate) fn find(&self, text: &str) -> Option<(usize, usize)> {
        self.find_from(text, 0)
    }

    /// The first match that begins at a place or after it.
    fn find_from(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let mut start = from;
        if let Some(loose) = &self.loose {
            // The sister may read what must stand before the match, so it begins one character earlier and never later.
            let before = text.get(..from)?.char_indices().next_back().map_or(0, |(at, _)| at);
            start = from.max(loose.find(Input::new(text).range(before..))?.start());
        }
        let start = if self.at_start { 0 } else { start };
        let found = self.exact.find_from_pos(text, start).ok()??;
        Some((found.start(), found.end())).filter(|(start, end)| !self.at_start || start < end && *start >= from)
    }

    /// The length of the first match, which the pattern binds to the word's end: in a long word only the end is looked at, unless
    /// the match may begin before it.
    pub(crate) fn find_suffix(&self, text: &str) -> usize {
        let start = text.len().saturating_sub(TAIL);
        let start = (start..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let length = |text: &str| self.find(text).map_or(0, |(start, end)| end - start);
        let tail = text.get(start..).unwrap_or(text);
        let found = length(tail);
        if start > 0 && found >= TAIL / 2 { length(text) } else { found }
    }

    /// All matches from left to right, in bytes.
    pub(crate) fn find_all(&self, text: &str) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        let mut from = 0;
        while let Some((start, end)) = self.find_from(text, from) {
            all.push((start, end));
            from = if end > start {
                end
            } else {
                match text.get(end..).and_then(|rest| rest.chars().next()) {
                    Some(c) => end + c.len_utf8(),
                    None => break,
                }
            };
        }
        all
    }

    /// Whether it matches at the beginning.
    pub(crate) fn matches_start(&self, text: &str) -> bool {
        if !self.at_start {
            return self.find(text).is_some_and(|(start, _)| start == 0);
        }
        let begins = |loose: &meta::Regex| loose.is_match(Input::new(text).anchored(Anchored::Yes));
        self.loose.as_ref().is_none_or(begins)
            && self.exact.captures(text).is_ok_and(|found| found.is_some_and(|groups| groups.get(1).is_some()))
    }
}

/// The same pattern twice: as it is, and without look-around.
#[derive(Default)]
struct Both {
    exact: String,
    loose: String,
}

impl Both {
    fn push(&mut self, text: &str) {
        self.exact.push_str(text);
        self.loose.push_str(text);
    }
}

struct Translator<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    looks_around: bool,
    /// Something may match elsewhere than at the beginning.
    unbound: bool,
}

type Translated<T> = std::result::Result<T, &'static str>;

impl Translator<'_> {
    fn next(&mut self) -> Translated<char> {
        self.rest.next().ok_or("it is cut short")
    }

    fn eat(&mut self, c: char) -> bool {
        self.rest.next_if_eq(&c).is_some()
    }

    /// What stands up to the bracket that closes the group, or to the end.
    fn group(&mut self, depth: usize) -> Translated<Both> {
        if depth > DEEPEST {
            return Err("it is nested too deeply");
        }
        let mut both = Both::default();
        let mut at_start = true;
        while let Some(&c) = self.rest.peek() {
            if c == ')' {
                break;
            }
            self.rest.next();
            self.unbound |= depth == 0 && at_start && c != '^';
            match c {
                '(' => self.bracket(depth, at_start, &mut both)?,
                '[' => {
                    let class = self.class()?;
                    both.push(&class);
                }
                '\\' => {
                    let escape = self.escape(false)?;
                    both.push(&escape);
                }
                c => both.push(c.encode_utf8(&mut [0; 4])),
            }
            at_start = c == '|';
        }
        Ok(both)
    }

    /// A group of any kind; its opening bracket is read.
    fn bracket(&mut self, depth: usize, at_start: bool, both: &mut Both) -> Translated<()> {
        let mut opening = String::from("(");
        let (mut ahead, mut behind, mut positive) = (false, false, false);
        if self.eat('?') {
            opening.push('?');
            match self.next()? {
                c @ ('=' | '!') => {
                    (ahead, positive) = (true, c == '=');
                    opening.push(c);
                }
                '<' => match self.next()? {
                    c @ ('=' | '!') => {
                        (behind, positive) = (true, c == '=');
                        opening.push('<');
                        opening.push(c);
                    }
                    _ => return Err("a group with a name"),
                },
                ':' => opening.push(':'),
                mut c => {
                    // Switches for the whole pattern; that text is Unicode needs no switch here.
                    let mut switches = String::new();
                    while c != ')' {
                        match c {
                            'u' => {}
                            'i' | 's' | 'm' | 'x' => {
                                switches.push(c);
                                // "^" may match after any line then.
                                self.unbound |= c == 'm';
                            }
                            _ => return Err("a group of an unknown kind"),
                        }
                        c = self.next()?;
                    }
                    if !switches.is_empty() {
                        both.push(&format!("(?{switches})"));
                    }
                    return Ok(());
                }
            }
        }
        let inner = self.group(depth + 1)?;
        if !self.eat(')') {
            return Err("a bracket is not closed");
        }
        both.exact.push_str(&opening);
        both.exact.push_str(&inner.exact);
        both.exact.push(')');
        if ahead || behind {
            self.looks_around = true;
            // At the border of an alternative, what must stand beside can as well be read with it. Elsewhere it is left away.
            let at_end = matches!(self.rest.peek(), None | Some('|'));
            if depth == 0 && positive && ((behind && at_start) || (ahead && at_end)) {
                both.loose.push_str("(?:");
                both.loose.push_str(&inner.loose);
                both.loose.push(')');
            }
        } else {
            both.loose.push_str(&opening);
            both.loose.push_str(&inner.loose);
            both.loose.push(')');
        }
        Ok(())
    }

    /// A class of characters; its opening bracket is read. What is plain in Python's classes is escaped for Rust's.
    fn class(&mut self) -> Translated<String> {
        let mut out = String::from("[");
        if self.eat('^') {
            out.push('^');
        }
        let mut first = true;
        loop {
            match self.next()? {
                ']' if !first => break,
                '\\' => out.push_str(&self.escape(true)?),
                c @ ('[' | ']' | '&' | '~' | '^') => {
                    out.push('\\');
                    out.push(c);
                }
                '-' if first || matches!(self.rest.peek(), Some(']' | '-')) => out.push_str("\\-"),
                c => out.push(c),
            }
            first = false;
        }
        out.push(']');
        Ok(out)
    }

    /// An escape; its backslash is read.
    fn escape(&mut self, in_class: bool) -> Translated<String> {
        let class = |inner: &str, negated: bool| match (in_class, negated) {
            (true, false) => Ok(inner.to_owned()),
            (true, true) => Err("a negated class in a class"),
            (false, false) => Ok(format!("[{inner}]")),
            (false, true) => Ok(format!("[^{inner}]")),
        };
        match self.next()? {
            'w' => class(r"\p{L}\p{N}_", false),
            'W' => class(r"\p{L}\p{N}_", true),
            's' => class(r"\s\x1c-\x1f", false),
            'S' => class(r"\s\x1c-\x1f", true),
            'd' => class(r"\p{Nd}", false),
            'D' => class(r"\p{Nd}", true),
            'u' => self.number(4),
            'U' => self.number(8),
            'x' => self.number(2),
            c @ ('n' | 'r' | 't' | 'f' | 'v' | 'b' | 'B' | 'A') => Ok(format!("\\{c}")),
            'Z' => Ok("\\z".to_owned()),
            c if c.is_ascii_alphanumeric() => Err("an escape that is not known"),
            c if c.is_ascii_punctuation() => Ok(format!("\\{c}")),
            c => Ok(c.to_string()),
        }
    }

    fn number(&mut self, digits: usize) -> Translated<String> {
        let mut out = String::from("\\u{");
        for _ in 0..digits {
            let c = self.next()?;
            if !c.is_ascii_hexdigit() {
                return Err("an escape that is no number");
            }
            out.push(c);
        }
        out.push('}');
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_classes_hold_brackets_and_signs_as_they_stand() {
        let pattern = Pattern::python(r"^[\u00A6[&&~a-c-]").unwrap();
        for text in ["¦", "[", "&", "~", "b", "-"] {
            assert!(pattern.matches_start(text), "{text}");
        }
        assert!(!pattern.matches_start("d"));
    }

    #[test]
    fn the_loose_sister_never_hides_a_match() {
        let pattern = Pattern::python(r"(?<=[0-9])(?:km|m)$|(?<![a-z])\.$|x(?=[A-Z])").unwrap();
        assert_eq!(pattern.find("12km"), Some((2, 4)));
        assert_eq!(pattern.find("akm"), None);
        assert_eq!(pattern.find("A."), Some((1, 2)));
        assert_eq!(pattern.find("a."), None);
        assert_eq!(pattern.find("axB"), Some((1, 2)));
        assert_eq!(pattern.find("axb"), None);
    }

    #[test]
    fn a_pattern_bound_to_the_beginning_is_tried_nowhere_else() {
        let pattern = Pattern::python(r"^\+(?![0-9])|^°|^\.\.+").unwrap();
        assert!(pattern.at_start);
        for (text, found) in [("+a", Some((0, 1))), ("+5", None), ("°+", Some((0, 2))), ("a°", None), ("", None)] {
            assert_eq!(pattern.find(text), found, "{text}");
        }
        assert_eq!(pattern.find_all("°+a"), [(0, 2)]);
        for elsewhere in [r"^a(?!b)|c", r"a(?!b)", r"(?m)^a(?!b)", r"(?:^a(?!b))", "^a"] {
            assert!(!Pattern::python(elsewhere).unwrap().at_start, "{elsewhere}");
        }
        let test = Pattern::python_test(r"(?u)^[a-z]+\.(?!x)|(?=\d)").unwrap();
        for (text, matches) in [("ab.c", true), ("ab.x", false), ("!ab.c", false), ("1", true), ("", false)] {
            assert_eq!(test.matches_start(text), matches, "{text}");
        }
        // Reading all of the rest each time would take minutes.
        let text = format!("+5{}", "°".repeat(100_000));
        for _ in 0..20_000 {
            assert_eq!(pattern.find(&text), None);
        }
    }

    #[test]
    fn a_suffix_longer_than_the_tail_is_found_whole() {
        let pattern = Pattern::python(r"\.\.+$").unwrap();
        assert_eq!(pattern.find_suffix(&format!("a{}", ".".repeat(1000))), 1000);
        assert_eq!(pattern.find_suffix(&format!("{}..", "é".repeat(1000))), 2);
    }
}
