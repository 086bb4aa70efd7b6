//! The words of two forms of one text, to see whether they say the same.

use std::collections::HashSet;

/// Words as numbers: two words have the same one hardly ever, and then a text seems to say a little less.
pub(super) type Words = HashSet<u64>;

/// Words that are looked at; more do not change the picture.
const MOST: usize = 20_000;

/// Shorter words say nothing of a text.
const SHORTEST: u32 = 3;

/// Takes letters in, one by one.
#[derive(Default)]
struct Counter {
    words: Words,
    hash: u64,
    len: u32,
    /// The word has a letter that is not known.
    unsure: bool,
}

impl Counter {
    fn letter(&mut self, letter: u32) {
        // FNV-1a.
        let hash = if self.len == 0 { 0xCBF2_9CE4_8422_2325 } else { self.hash };
        self.hash = (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01B3);
        self.len += 1;
    }

    fn end(&mut self) {
        if !self.unsure && self.len >= SHORTEST && self.words.len() < MOST {
            self.words.insert(self.hash);
        }
        (self.len, self.unsure) = (0, false);
    }

    fn take(&mut self, c: char) {
        if c.is_ascii_alphanumeric() {
            self.letter(u32::from(c.to_ascii_lowercase()));
        } else if matches!(c, 'а'..='я') {
            self.letter(u32::from(c));
        } else if matches!(c, 'А'..='Я') {
            self.letter(u32::from(c) + 32);
        } else if c.is_ascii() {
            self.end();
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(|c| self.letter(u32::from(c)));
        } else {
            self.end();
        }
    }
}

/// The words of a plain text.
pub(super) fn of_text(text: &str) -> Words {
    let mut counter = Counter::default();
    text.chars().for_each(|c| counter.take(c));
    counter.end();
    counter.words
}

/// The words of a page, without reading it as one: what stands between its tags, but for scripts, styles and what is hidden in the way
/// that mail programs hide it.
pub(super) fn of_page(page: &str) -> Words {
    let mut counter = Counter::default();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        words(text, &mut counter);
        counter.end();
        if !tag
            .get(1..)
            .is_some_and(|t| t.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')))
        {
            rest = tag.strip_prefix('<').unwrap_or_default();
            continue;
        }
        let silent = ["script", "style", "title"].into_iter().find(|name| is_tag(tag, name));
        let after = match silent {
            Some(name) => after_end(tag, name),
            None if tag.starts_with("<!--") => tag.split_once("-->").map(|(_, after)| after),
            None => tag.split_once('>').map(|(_, after)| after),
        };
        rest = after.unwrap_or_default();
    }
    words(rest, &mut counter);
    counter.end();
    counter.words
}

fn words(text: &str, counter: &mut Counter) {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '&' {
            counter.take(c);
            continue;
        }
        // White space and signs for the most part; a letter in a word makes it another word.
        let before = chars.clone();
        let name: String = chars.by_ref().take(10).take_while(|c| *c != ';').collect();
        match name.as_str() {
            "nbsp" | "amp" | "lt" | "gt" | "quot" | "laquo" | "raquo" | "ndash" | "mdash" | "rsquo" | "ldquo"
            | "rdquo" | "hellip" => {
                counter.end();
            }
            _ if name.starts_with('#') => {
                let number = name.strip_prefix("#x").or_else(|| name.strip_prefix("#X"));
                let number = match number {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => name.get(1..).and_then(|n| n.parse().ok()),
                };
                number.and_then(char::from_u32).into_iter().for_each(|c| counter.take(c));
            }
            name if name.len() <= 8 && name.bytes().all(|b| b.is_ascii_alphanumeric()) => counter.unsure = true,
            _ => {
                counter.end();
                chars = before;
            }
        }
    }
}

fn is_tag(tag: &str, name: &str) -> bool {
    tag.get(1..=name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
        && tag.as_bytes().get(name.len() + 1).is_none_or(|b| !b.is_ascii_alphanumeric())
}

/// What follows the end tag of an element.
fn after_end<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    while let Some(at) = rest.find("</") {
        let end = rest.get(at + 1..)?;
        if is_tag(end, name) {
            return end.split_once('>').map(|(_, after)| after);
        }
        rest = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_words_of_its_text() {
        let page = "<style>p { colour: grey }</style><!-- old words --><P CLASS=x>La Cour&nbsp;a annul&#233;&hellip; d&eacute;cid&eacute; l&rsquo;arr&#xEA;t</p><br>Суд<title>none";
        assert_eq!(of_page(page), of_text("cour ANNULÉ arrêt суд"));
        assert_eq!(of_page("a < b and 3 && <"), of_text("and"));
        assert_eq!(of_page("<script>if (a</b) { never }"), Words::new());
    }
}
