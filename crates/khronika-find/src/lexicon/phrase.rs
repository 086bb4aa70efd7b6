//! Phrases with endings, optional words and gaps.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use khronika_core::Lang;

use super::pattern::{self, Part};
use crate::text::{Text, hash, head};

/// How many tokens `...` may stand for.
const GAP: usize = 8;

/// A set of phrases, each with a value.
///
/// Adding a phrase only looks whether it is well formed. The forms of all of them are written out when the set is first searched: a
/// letter in one language never pays for the phrases of the others.
#[derive(Debug)]
pub struct Phrases<V> {
    patterns: Vec<(Lang, Box<str>, V)>,
    table: OnceLock<Table>,
}

impl<V> Default for Phrases<V> {
    fn default() -> Self {
        Self { patterns: Vec::new(), table: OnceLock::new() }
    }
}

/// A phrase found.
#[derive(Debug)]
pub struct PhraseMatch<'a, V> {
    /// What the phrase stands for.
    pub value: &'a V,
    /// Its tokens.
    pub tokens: Range<usize>,
}

impl<V: Clone> Phrases<V> {
    /// Adds every form of `pattern`, read as words of `lang`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the pattern.
    pub fn add(&mut self, lang: Lang, pattern: &str, value: &V) -> Result<(), String> {
        pattern::check(pattern)?;
        self.table.take();
        self.patterns.push((lang, pattern.into(), value.clone()));
        Ok(())
    }

    /// True where no phrase was added.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Every phrase that begins at token `start` and ends before token `end`, the longest first; among equals, in order of adding.
    #[must_use]
    pub fn at<'a>(&'a self, text: &Text<'_>, start: usize, end: usize) -> Vec<PhraseMatch<'a, V>> {
        let mut found = Vec::new();
        self.each(text, start, end, &mut |value, last| found.push(PhraseMatch { value, tokens: start..last }));
        if found.len() > 1 {
            found.sort_by_key(|m| std::cmp::Reverse(m.tokens.end));
        }
        found
    }

    /// The longest phrase that begins at token `start` and ends before token `end`; among equals the one added first.
    #[must_use]
    pub fn longest<'a>(&'a self, text: &Text<'_>, start: usize, end: usize) -> Option<PhraseMatch<'a, V>> {
        self.longest_of(text, start, end, |_| true)
    }

    /// The same among the phrases whose value is `wanted`.
    #[must_use]
    pub fn longest_of<'a>(
        &'a self,
        text: &Text<'_>,
        start: usize,
        end: usize,
        wanted: impl Fn(&V) -> bool,
    ) -> Option<PhraseMatch<'a, V>> {
        let mut best: Option<PhraseMatch<'a, V>> = None;
        self.each(text, start, end, &mut |value, last| {
            if best.as_ref().is_none_or(|b| b.tokens.end < last) && wanted(value) {
                best = Some(PhraseMatch { value, tokens: start..last });
            }
        });
        best
    }

    /// True where a phrase begins at token `start` and ends before token `end`.
    #[must_use]
    pub fn any_at(&self, text: &Text<'_>, start: usize, end: usize) -> bool {
        let mut any = false;
        self.each(text, start, end, &mut |_, _| any = true);
        any
    }

    /// Hands over the value of every phrase that begins at token `start`, and the token after it.
    fn each<'a>(&'a self, text: &Text<'_>, start: usize, end: usize, found: &mut impl FnMut(&'a V, usize)) {
        if start >= end {
            return;
        }
        let table = self.table.get_or_init(|| Table::new(self.patterns.iter().map(|(lang, p, _)| (*lang, &**p))));
        table.at(text, start, end, &mut |pattern, last| {
            if let Some((_, _, value)) = self.patterns.get(pattern) {
                found(value, last);
            }
        });
    }

    /// The phrases inside the tokens `range` from left to right, the longest at each place, without overlap.
    #[must_use]
    pub fn all<'a>(&'a self, text: &Text<'_>, range: Range<usize>) -> Vec<PhraseMatch<'a, V>> {
        let mut found = Vec::new();
        let mut at = range.start;
        while at < range.end {
            match self.longest(text, at, range.end) {
                Some(phrase) => {
                    at = phrase.tokens.end;
                    found.push(phrase);
                }
                None => at += 1,
            }
        }
        found
    }
}

/// A word of a pattern, or the beginning of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word {
    /// Of the whole word; told from by the words of a text first, since nearly all differ in it.
    hash: u32,
    /// Where it stands in [`Table::words`]. Equal words stand there once.
    start: u32,
    len: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Word(Word),
    Prefix(Word),
    Gap,
}

/// One form of a pattern, but for its first word.
#[derive(Clone, Copy, Debug)]
struct Sequence {
    /// Where the elements stand in [`Table::elements`].
    from: u32,
    to: u32,
    /// The index of its pattern.
    pattern: u32,
}

/// Sequences that begin with one word.
#[derive(Debug)]
struct Group {
    first: Word,
    /// In order of adding.
    sequences: Vec<Sequence>,
}

/// Every form of a set of patterns, by first words.
#[derive(Debug, Default)]
struct Table {
    words: String,
    elements: Vec<Element>,
    groups: Vec<Group>,
    /// The groups whose first word has this hash: as a rule one.
    by_word: HashMap<u32, Vec<u32>, Spread>,
    prefixes: Vec<Group>,
    /// The prefixes that begin with these four bytes, the longest first.
    by_head: HashMap<u32, Vec<u32>, Spread>,
    /// The prefixes of fewer than four bytes, the longest first.
    short: Vec<u32>,
    /// What `by_word` holds, and what `by_head` holds.
    first: Sieve,
    heads: Sieve,
}

impl Table {
    fn new<'p>(patterns: impl Iterator<Item = (Lang, &'p str)>) -> Self {
        let mut table = Self::default();
        let mut known: HashMap<u32, Word, Spread> = HashMap::default();
        let mut form_elements = Vec::new();
        for (index, (lang, pattern)) in patterns.enumerate() {
            pattern::for_each_form(pattern, |form| {
                form_elements.clear();
                pattern::parts(lang, form, &mut |part| {
                    form_elements.push(match part {
                        Part::Word(word) => Element::Word(table.word(&mut known, word)),
                        Part::Prefix(word) => Element::Prefix(table.word(&mut known, word)),
                        Part::Gap => Element::Gap,
                    });
                });
                if let Some((first, rest)) = form_elements.split_first() {
                    table.add(*first, rest, index);
                }
            });
        }
        let lengths: Vec<u32> = table.prefixes.iter().map(|g| g.first.len).collect();
        let longest_first = |group: &u32| std::cmp::Reverse(lengths.get(*group as usize).copied());
        table.by_head.values_mut().for_each(|groups| groups.sort_by_key(longest_first));
        table.short.sort_by_key(longest_first);
        table.first = Sieve::new(table.by_word.len(), table.by_word.keys());
        table.heads = Sieve::new(table.by_head.len(), table.by_head.keys());
        table
    }

    fn word(&mut self, known: &mut HashMap<u32, Word, Spread>, word: &str) -> Word {
        let hash = hash(word);
        if let Some(same) = known.get(&hash).filter(|w| self.str(**w) == word) {
            return *same;
        }
        let new = Word { hash, start: offset(self.words.len()), len: offset(word.len()) };
        self.words.push_str(word);
        known.insert(hash, new);
        new
    }

    fn add(&mut self, first: Element, rest: &[Element], pattern: usize) {
        let from = offset(self.elements.len());
        self.elements.extend_from_slice(rest);
        let sequence = Sequence { from, to: offset(self.elements.len()), pattern: offset(pattern) };
        let (word, prefix) = match first {
            Element::Word(word) => (word, false),
            Element::Prefix(word) => (word, true),
            Element::Gap => return,
        };
        let bytes = self.words.as_bytes().get(word.start as usize..).unwrap_or_default();
        let (groups, index) = match (prefix, head(bytes)) {
            (false, _) => (&mut self.groups, self.by_word.entry(word.hash).or_default()),
            (true, Some(head)) if word.len >= 4 => (&mut self.prefixes, self.by_head.entry(head).or_default()),
            (true, _) => (&mut self.prefixes, &mut self.short),
        };
        let same = index.iter().copied().find(|g| groups.get(*g as usize).is_some_and(|g| g.first == word));
        match same.and_then(|g| groups.get_mut(g as usize)) {
            Some(group) => group.sequences.push(sequence),
            None => {
                index.push(offset(groups.len()));
                groups.push(Group { first: word, sequences: vec![sequence] });
            }
        }
    }

    fn str(&self, word: Word) -> &str {
        let start = word.start as usize;
        self.words.get(start..start + word.len as usize).unwrap_or("")
    }

    /// Hands every form that begins at token `start` to `found`: the index of its pattern, and the token after it.
    fn at(&self, text: &Text<'_>, start: usize, end: usize, found: &mut impl FnMut(usize, usize)) {
        let hash = text.hash(start);
        if self.first.may_hold(hash)
            && let Some(groups) = self.by_word.get(&hash)
        {
            let word = text.fold(start);
            for group in groups.iter().filter_map(|g| self.groups.get(*g as usize)) {
                if self.str(group.first) == word {
                    self.collect(text, group, start, end, found);
                }
            }
        }
        if self.prefixes.is_empty() {
            return;
        }
        let head = text.head(start);
        let long = if self.heads.may_hold(head) { self.by_head.get(&head) } else { None };
        if long.is_none() && self.short.is_empty() {
            return;
        }
        let word = text.fold(start);
        for group in long.into_iter().flatten().chain(&self.short).filter_map(|g| self.prefixes.get(*g as usize)) {
            if word.starts_with(self.str(group.first)) {
                self.collect(text, group, start, end, found);
            }
        }
    }

    fn collect(&self, text: &Text<'_>, group: &Group, start: usize, end: usize, found: &mut impl FnMut(usize, usize)) {
        for sequence in &group.sequences {
            let rest = self.elements.get(sequence.from as usize..sequence.to as usize).unwrap_or_default();
            if let Some(last) = self.follow(text, rest, start + 1, end) {
                found(sequence.pattern as usize, last);
            }
        }
    }

    /// The token after the last one, where `elements` match from token `at` on.
    fn follow(&self, text: &Text<'_>, elements: &[Element], at: usize, end: usize) -> Option<usize> {
        let Some((first, rest)) = elements.split_first() else { return Some(at) };
        match first {
            Element::Gap => {
                for skip in 0..=GAP {
                    if skip > 0 && (at + skip > end || ends_gap(text, at + skip - 1)) {
                        return None;
                    }
                    if let Some(last) = self.follow(text, rest, at + skip, end) {
                        return Some(last);
                    }
                }
                None
            }
            _ if at >= end => None,
            Element::Word(word) => (word.hash == text.hash(at) && self.str(*word) == text.fold(at))
                .then(|| self.follow(text, rest, at + 1, end))
                .flatten(),
            Element::Prefix(word) => {
                text.fold(at).starts_with(self.str(*word)).then(|| self.follow(text, rest, at + 1, end)).flatten()
            }
        }
    }
}

/// An offset into the tables of a lexicon, which are far smaller than four gibibytes.
fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Says at one look of most numbers that are not in a set that they are not: most words of a text begin no phrase of a set, and sets are
/// asked about every word.
#[derive(Debug, Default)]
struct Sieve {
    /// As many as a power of two, or none.
    bits: Vec<u64>,
}

impl Sieve {
    /// The most words of 64 bits.
    const MOST: usize = 64;

    #[allow(clippy::iter_over_hash_type, reason = "bits are set, in whatever order")]
    fn new<'n>(count: usize, numbers: impl Iterator<Item = &'n u32>) -> Self {
        // Eight bits for each number: seven of eight others are seen through.
        let mut bits = vec![0; (count / 8).next_power_of_two().min(Self::MOST)];
        for number in numbers {
            let (word, bit) = Self::place(*number, bits.len());
            if let Some(word) = bits.get_mut(word) {
                *word |= bit;
            }
        }
        Self { bits }
    }

    fn may_hold(&self, number: u32) -> bool {
        let (word, bit) = Self::place(number, self.bits.len());
        self.bits.get(word).is_some_and(|word| word & bit != 0)
    }

    const fn place(number: u32, words: usize) -> (usize, u64) {
        let spread = number.wrapping_mul(0x9E37_79B1);
        ((spread >> 22) as usize & words.wrapping_sub(1), 1 << (spread >> 16 & 63))
    }
}

/// Spreads numbers that are hashes already over a table.
#[derive(Clone, Copy, Debug, Default)]
struct Spread(u64);

impl std::hash::BuildHasher for Spread {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        Self(0)
    }
}

impl std::hash::Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.write_u32(u32::from(*b)));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 32;
    }
}

/// True where a gap may not run over token `at`: the end of a sentence. The point of a short word ("M.", "г.") ends none.
fn ends_gap(text: &Text<'_>, at: usize) -> bool {
    match text.fold(at) {
        ";" | "!" | "?" => true,
        "." => at.checked_sub(1).is_none_or(|before| text.fold(before).chars().count() > 3),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tests::source;
    use crate::text::{Abbreviations, Text};

    fn found(lang: Lang, patterns: &[&str], words: &str) -> Vec<String> {
        let mut phrases = Phrases::default();
        for pattern in patterns {
            phrases.add(lang, pattern, &(*pattern).to_owned()).unwrap();
        }
        let source = source(lang, words);
        let text = Text::new(&source, &Abbreviations::default());
        phrases.all(&text, 0..text.tokens.len()).into_iter().map(|m| text.of(text.span(m.tokens)).to_owned()).collect()
    }

    #[test]
    fn endings_options_prefixes_and_gaps() {
        assert_eq!(found(Lang::RU, &["отмени{л,ла}"], "Суд ОТМЕНИЛ, а отменить нельзя"), ["ОТМЕНИЛ"]);
        assert_eq!(
            found(Lang::FR, &["(la) cour d'appel"], "La Cour d’appel, une cour d'appel"),
            ["La Cour d’appel", "cour d'appel"]
        );
        assert_eq!(found(Lang::KK, &["күшін жой*"], "үкімнің күшін жойды"), ["күшін жойды"]);
        assert_eq!(
            found(Lang::EN, &["declare{,s,d} ... void"], "declared the order null and void"),
            ["declared the order null and void"]
        );
        assert_eq!(found(Lang::EN, &["declare{,s,d} ... void"], "declared; void"), [""; 0]);
        assert_eq!(found(Lang::RU, &["(главн{ый,ого}) суд{,а}"], "главного суда, суд"), ["главного суда", "суд"]);
        assert_eq!(found(Lang::EN, &["set", "set aside"], "it was set aside"), ["set aside"]);
    }

    #[test]
    fn a_slip_in_a_pattern_is_told() {
        let mut phrases = Phrases::default();
        assert!(phrases.add(Lang::EN, "order{s", &1).unwrap_err().contains("without"));
        assert!(phrases.add(Lang::EN, "... order", &1).is_err());
        assert!(phrases.add(Lang::EN, "order ...", &1).is_err());
        assert!(phrases.add(Lang::EN, "(order)", &1).unwrap_err().contains("without words"));
    }
}
