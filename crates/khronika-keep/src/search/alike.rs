//! Names found in texts in whatever spelling, script and inflection they stand, so that they can be hidden. It finds too much rather than
//! too little: a word that sounds like one of a name, or has it inside, is taken for it.

use std::collections::HashMap;
use std::ops::Range;

use super::fold;
use super::word::{Reading, Words, header};

/// Fewer letters than this stand inside too many words (Marc in “démarche”); they are found as words of their own only.
const INSIDE: usize = 6;
/// Fewer letters than this are not looked for inside the names that people have in e-mail addresses, which are made of theirs.
const IN_ADDRESSES: usize = 3;
/// The longest rest of an address, in characters.
const ADDRESS: usize = 64;
/// How many words are remembered with what they are alike to.
const REMEMBERED: usize = 1 << 16;

/// Finds names and phrases.
pub struct Names {
    words: Words,
    /// For each name its words in order.
    names: Vec<Vec<Needle>>,
    /// By language, word and whether it stands in an address: which needles it is alike to, counted over all names.
    known: HashMap<(String, String, bool), Vec<bool>>,
}

/// A word of a name.
struct Needle {
    forms: Vec<String>,
    plain: String,
    sound: String,
}

impl Needle {
    fn is_inside(&self, plain: &str, sound: &str, in_address: bool) -> bool {
        let least = if in_address { IN_ADDRESSES } else { INSIDE };
        let long = |word: &str| word.chars().count() >= least;
        (long(&self.plain) && plain.contains(&self.plain)) || (long(&self.sound) && sound.contains(&self.sound))
    }
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Names({})", self.names.len())
    }
}

/// A text without what only looks like nothing (soft hyphens, characters of no width, hyphens at the end of a line) and with letters
/// instead of their percent-encoding, and where each of its characters came from.
struct Clean {
    text: String,
    /// For each byte of the text the bytes of the original that it came from.
    from: Vec<(u32, u32)>,
}

impl Names {
    /// Names, each of one word or of several that are looked for in a row. What has no word in it is left out.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut words = Words::new();
        let names = names.into_iter().map(|name| needles(&mut words, name)).filter(|name| !name.is_empty());
        let names: Vec<_> = names.collect();
        Self { words, names, known: HashMap::new() }
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The places (bytes) in a text of this language (ISO 639-1) where a name stands, in order, without overlap.
    pub fn find(&mut self, lang: &str, text: &str) -> Vec<Range<usize>> {
        if self.names.is_empty() {
            return Vec::new();
        }
        let clean = Clean::new(text);
        let mut at: Vec<Range<usize>> = Vec::new();
        let mut alike: Vec<Vec<bool>> = Vec::new();
        self.read(lang, &clean.text, &mut |word, is_alike| {
            at.push(word);
            alike.push(is_alike);
        });
        let mut found = Vec::new();
        let mut first = 0;
        for name in &self.names {
            let row = first..first + name.len();
            first = row.end;
            for start in 0..alike.len() {
                let is_here = row.clone().enumerate().all(|(ix, needle)| {
                    alike.get(start + ix).is_some_and(|alike| alike.get(needle).copied().unwrap_or(false))
                });
                let (Some(from), Some(to)) = (at.get(start), at.get(start + name.len() - 1)) else { break };
                if is_here {
                    found.push(clean.original(from.start, to.end));
                }
            }
        }
        merged(found)
    }

    /// Hands over each word with what it is alike to.
    fn read(&mut self, lang: &str, text: &str, take: &mut dyn FnMut(Range<usize>, Vec<bool>)) {
        // The forms of each word come one after the other.
        let mut words: Vec<(Range<usize>, Vec<String>)> = Vec::new();
        let marked = format!("{}{text}", String::from_utf8_lossy(&header(lang)));
        let skip = marked.len() - text.len();
        self.words.read(marked.as_bytes(), Reading::Document, &mut |form, second, start, end| {
            match words.last_mut().filter(|_| second) {
                Some((_, forms)) => forms.push(form.to_owned()),
                None => words.push((start - skip..end - skip, vec![form.to_owned()])),
            }
            true
        });
        for (at, forms) in words {
            let word = text.get(at.clone()).unwrap_or_default();
            let in_address = stands_in_address(text.get(at.end..).unwrap_or_default());
            let key = (lang.to_owned(), word.to_owned(), in_address);
            if let Some(known) = self.known.get(&key) {
                take(at, known.clone());
                continue;
            }
            let mut plain = String::new();
            fold::plain(word, &mut plain);
            let sound = fold::sound(&plain);
            let is_alike: Vec<bool> = self
                .names
                .iter()
                .flatten()
                .map(|needle| {
                    needle.is_inside(&plain, &sound, in_address)
                        || forms.iter().any(|form| needle.forms.contains(form))
                        || plain == needle.plain
                })
                .collect();
            if self.known.len() >= REMEMBERED {
                self.known.clear();
            }
            self.known.insert(key, is_alike.clone());
            take(at, is_alike);
        }
    }
}

/// Whether what comes after a word is the rest of what stands before the sign of an e-mail address.
fn stands_in_address(after: &str) -> bool {
    let is_part = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '-');
    after.chars().take(ADDRESS).find(|c| !is_part(c)) == Some('@')
}

/// The words of a name with the forms that each is looked for under.
fn needles(words: &mut Words, name: &str) -> Vec<Needle> {
    let mut needles: Vec<(usize, Needle)> = Vec::new();
    words.read(name.as_bytes(), Reading::Query, &mut |form, _, start, end| {
        match needles.last_mut().filter(|(at, _)| *at == start) {
            Some((_, needle)) => needle.forms.push(form.to_owned()),
            None => {
                let mut plain = String::new();
                fold::plain(name.get(start..end).unwrap_or_default(), &mut plain);
                let sound = fold::sound(&plain);
                needles.push((start, Needle { forms: vec![form.to_owned()], plain, sound }));
            }
        }
        true
    });
    needles.into_iter().map(|(_, needle)| needle).collect()
}

/// Ranges in order, those that touch or overlap as one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => merged.push(range),
        }
    }
    merged
}

impl Clean {
    fn new(text: &str) -> Self {
        let mut clean = Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        let mut at = 0;
        while let Some((c, rest)) = text.get(at..).and_then(|rest| Some((rest.chars().next()?, rest))) {
            let next = at + c.len_utf8();
            if matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') {
                at = next;
            } else if let Some(skip) = broken_line(c, text.get(next..).unwrap_or_default()) {
                at = next + skip;
            } else if let Some((decoded, length)) = percent(rest) {
                clean.push(&decoded, at, at + length);
                at += length;
            } else {
                clean.push(c.encode_utf8(&mut [0; 4]), at, next);
                at = next;
            }
        }
        clean
    }

    fn push(&mut self, text: &str, start: usize, end: usize) {
        self.text.push_str(text);
        let place = (u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX));
        self.from.extend(std::iter::repeat_n(place, text.len()));
    }

    fn original(&self, start: usize, end: usize) -> Range<usize> {
        let place = |at: usize| self.from.get(at).copied().unwrap_or_default();
        place(start).0 as usize..place(end.saturating_sub(1)).1 as usize
    }
}

/// The length of the line end after a hyphen, where a letter begins the next line.
fn broken_line(c: char, rest: &str) -> Option<usize> {
    let after = rest.trim_start_matches([' ', '\t']);
    let after = after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n'))?.trim_start_matches([' ', '\t']);
    let goes_on = matches!(c, '-' | '‐') && after.starts_with(char::is_alphabetic);
    goes_on.then(|| rest.len() - after.len())
}

/// A run of percent and two digits as the text that it stands for, and its length.
fn percent(text: &str) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(digits) = rest.strip_prefix('%').and_then(|rest| rest.get(..2)) {
        let Some(byte) = u8::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+')) else { break };
        bytes.push(byte);
        rest = rest.get(3..)?;
    }
    let decoded = String::from_utf8(bytes).ok().filter(|decoded| !decoded.is_empty())?;
    Some((decoded, text.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(names: &[&str], lang: &str, text: &'a str) -> Vec<&'a str> {
        Names::new(names.iter().copied()).find(lang, text).into_iter().filter_map(|range| text.get(range)).collect()
    }

    #[test]
    fn a_name_is_found_in_every_spelling() {
        let text = "Mr ROSTOVTSEV’s lawyer, Rostovtzev, wrote to arostovtsev@example.org.";
        assert_eq!(found(&["Rostovtsev"], "en", text), ["ROSTOVTSEV", "Rostovtzev", "arostovtsev"]);
        assert_eq!(
            found(&["Rostovtsev"], "ru", "Ростовцева, РОСТОВЦЕВУ и Ростовцевым"),
            ["Ростовцева", "РОСТОВЦЕВУ", "Ростовцевым"]
        );
        assert_eq!(found(&["Ростовцев"], "fr", "M. Rostovtsev; Mme Rostova"), ["Rostovtsev"]);
        assert_eq!(found(&["Rostovtsev"], "en", "rule of law; the cost of it"), [] as [&str; 0]);
    }

    #[test]
    fn a_name_is_found_where_it_is_cut() {
        let soft = "Rostov\u{ad}tsev and Ros\u{200b}tovtsev";
        assert_eq!(found(&["Rostovtsev"], "en", soft), ["Rostov\u{ad}tsev", "Ros\u{200b}tovtsev"]);
        assert_eq!(found(&["Rostovtsev"], "en", "of Rostov-\r\n  tsev."), ["Rostov-\r\n  tsev"]);
        let percent = "see /wiki/%D0%A0%D0%BE%D1%81%D1%82%D0%BE%D0%B2%D1%86%D0%B5%D0%B2_A and 100%";
        assert_eq!(found(&["Rostovtsev"], "en", percent), ["%D0%A0%D0%BE%D1%81%D1%82%D0%BE%D0%B2%D1%86%D0%B5%D0%B2"]);
        assert_eq!(found(&["Rostovtsev"], "en", "%%4 %zz %+1 %"), [] as [&str; 0]);
    }

    #[test]
    fn phrases_stand_in_a_row_and_short_words_alone() {
        assert_eq!(found(&["red house"], "en", "the red  houses, a red car, a house"), ["red  houses"]);
        assert_eq!(found(&["Li"], "en", "Li of Lille, LI"), ["Li", "LI"]);
        assert_eq!(found(&["Marc"], "fr", "la démarche de Marc, jmarc.d@example.org"), ["Marc", "jmarc"]);
        assert!(Names::new(["", " – "]).is_empty());
    }
}
