//! What the words around a date say of its place in time: told as past or to come, a limit, and how near the date told before stands.

use khronika_core::Span;
use khronika_core::letter::is_alphabetic;

use super::role::{
    BE, BOUND, DUTY, FIXED, FUTURE, HEARING, INFINITIVE, LIMIT, LIMIT_AFTER, LIMIT_PERHAPS, MOVED, OF, ON, PAST, Roles,
    SET_FOR, SINCE_AFTER, SO_FAR,
};
use super::window::{begins, clip, may_be_one, paragraph_end, paragraph_start};
use super::word;

/// How the sentence around a date tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tense {
    /// Of what has happened.
    Past,
    /// Of what is to come.
    Future,
    /// Of a day that something was set for, which may be behind or ahead.
    Set,
    /// Of both, or its words do not say.
    #[default]
    Either,
}

/// How near two expressions stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Near {
    Sentence,
    Paragraph,
    #[default]
    Far,
}

/// How surely a word makes a date a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    Sure,
    Perhaps,
}

/// How far (bytes) the word right beside an expression is looked for.
const BESIDE: usize = 40;
/// How far (bytes) words are looked at.
const AROUND: usize = 140;
/// How far a date told before still holds in a paragraph.
const REACH: usize = 500;
/// How much longer than an ending a word must be.
const STEM: usize = 2;
/// How many words there may be from "fixed" to the day that it is fixed for: "listed before the full court for 10 a.m. on".
const FIXED_REACH: usize = 11;
/// How many there may be from "for" to the day, none with a capital or longer than this: "at 11 a.m. on"; "moved to Lyon on" is no other
/// day.
const SET_REACH: usize = 5;
const SHORT: usize = 5;
/// How many there may be from a hearing to its day, and behind the day to "has been put off".
const HEARING_REACH: usize = 3;

/// The words of the sentence before and after a span, as far as they are looked at.
fn sentence(text: &str, span: Span) -> (&str, &str) {
    let before = clip(text, span.start.saturating_sub(AROUND), span.start);
    let before = before.get(paragraph_start(before).unwrap_or(0)..).unwrap_or("");
    let begin = before.bytes().enumerate().rev().find(|(at, _)| ends_sentence(before, *at)).map_or(0, |(at, _)| at + 1);
    let after = clip(text, span.end, span.end + AROUND);
    let after = after.get(..paragraph_end(after).unwrap_or(after.len())).unwrap_or("");
    let end = after.bytes().enumerate().find(|(at, _)| ends_sentence(after, *at)).map_or(after.len(), |(at, _)| at);
    (before.get(begin..).unwrap_or(""), after.get(..end).unwrap_or(""))
}

/// True where the byte at `at` is a mark that ends a sentence: a point before a small letter ends none ("11 a.m. on").
fn ends_sentence(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(b'!' | b'?' | b';') => true,
        Some(b'.') => {
            let rest = text.get(at + 1..).unwrap_or("").trim_start_matches([' ', '\u{a0}']);
            !rest.starts_with(|c: char| c.is_lowercase())
        }
        _ => false,
    }
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !is_of_word(c)).filter(|w| !w.is_empty())
}

/// True for a letter, and for the mark of a stress over one.
fn is_of_word(c: char) -> bool {
    is_alphabetic(c) || c == '\u{301}'
}

/// What the words around a date say of something set for it: "fixed for 11 a.m. on 17 June", "moved from 3 June to 17 June", "the hearing
/// of 22 May has been put off". The verb beside it tells when it was set, not when it is.
#[derive(Debug, Default)]
struct SetDown {
    /// Words before the date.
    count: usize,
    /// The places, from 1, of the last word of each kind before it.
    fixed: usize,
    moved: usize,
    set_for: usize,
    hearing: usize,
    duty: usize,
    past: usize,
    /// The place of the last word that is no small one of an hour.
    other: usize,
    ties: bool,
    /// Its own first word is one before a day that something is set for.
    set_for_within: bool,
    /// Words behind it.
    behind: usize,
    set_for_behind: bool,
    hearing_behind: bool,
    /// The place, from 1, of the first word of something fixed or moved behind it.
    verb_behind: usize,
}

impl SetDown {
    fn before(&mut self, bits: u64, tells_past: bool, is_short: bool) {
        self.count += 1;
        let is = |class: u8| bits >> class & 1 != 0;
        for (class, place) in [
            (FIXED, &mut self.fixed),
            (MOVED, &mut self.moved),
            (SET_FOR, &mut self.set_for),
            (HEARING, &mut self.hearing),
            (DUTY, &mut self.duty),
        ] {
            if is(class) {
                *place = self.count;
            }
        }
        if tells_past {
            self.past = self.count;
        }
        if !is_short {
            self.other = self.count;
        }
        self.ties = is(OF) || is(HEARING);
    }

    fn after(&mut self, bits: u64) {
        self.behind += 1;
        let is = |class: u8| bits >> class & 1 != 0;
        self.set_for_behind |= self.behind == 1 && is(SET_FOR);
        self.hearing_behind |= self.behind == 1 && is(HEARING);
        if self.verb_behind == 0 && (is(FIXED) || is(MOVED)) {
            self.verb_behind = self.behind;
        }
    }

    fn is_set(&self) -> bool {
        let near = |place: usize, reach: usize| place > 0 && self.count - place < reach;
        let holds = |place: usize| near(place, FIXED_REACH) && self.past < place;
        // "на 17 июня назначено": the verb behind the day.
        let is_behind = |reach: usize| (1..=reach).contains(&self.verb_behind);
        let fixed = holds(self.fixed)
            && (self.set_for > self.fixed || near(self.fixed, 2) || self.set_for_within || self.set_for_behind);
        let moved = holds(self.moved)
            && (self.set_for > self.moved.max(self.other) && near(self.set_for, SET_REACH)
                || self.set_for_within
                || self.set_for_behind);
        let hearing = (self.hearing_behind || self.ties && near(self.hearing, HEARING_REACH))
            && (is_behind(SET_REACH) || holds(self.fixed.max(self.moved)));
        fixed || moved || hearing || holds(self.duty) || near(self.set_for, 1) && is_behind(HEARING_REACH)
    }
}

impl Roles {
    /// How the sentence around a span tells. `future` says whether a folded word is one of the language's own words of what is to come.
    pub(super) fn tense(&self, text: &str, span: Span, future: impl Fn(&str) -> bool) -> Tense {
        if self.tells_so_far && self.goes_on(text, span) {
            return Tense::Past;
        }
        let (before, after) = sentence(text, span);
        let (mut is_past, mut is_future) = (false, words(before).next_back().is_some_and(|w| self.is(w, SET_FOR)));
        // "will be heard": the participle after the word of what is to come is no past.
        let mut open = 0u8;
        let mut folded = String::new();
        let mut set = SetDown::default();
        let (mut moved_looks_past, mut is_infinitive) = (false, false);
        for (w, is_before) in words(before).map(|w| (w, true)).chain(words(after).map(|w| (w, false))) {
            open = open.saturating_sub(1);
            folded.clear();
            w.chars().for_each(|c| word::fold_char(c, |c| folded.push(c)));
            let bits = self.bits_of(&folded);
            let small = w.chars().next().is_some_and(|c| !c.is_uppercase());
            let sets = bits & (1 << FIXED | 1 << MOVED) != 0;
            let mut tells_past = false;
            if bits >> FUTURE & 1 != 0 || future(&folded) || (small && self.ends(&folded, &self.future_endings)) {
                is_future = true;
                open = 4;
            } else if bits >> BE & 1 != 0 {
                open = 3;
            } else if open == 0 && (bits >> PAST & 1 != 0 || (small && self.ends(&folded, &self.past_endings))) {
                tells_past = !sets;
                // What is fixed may be fixed for a day to come; what is moved on a day is moved then.
                moved_looks_past |= sets && bits >> FIXED & 1 == 0;
                is_past |= tells_past;
            }
            // "ordered to leave by": the order is past, what it asks is not.
            let infinitive = std::mem::replace(&mut is_infinitive, bits >> INFINITIVE & 1 != 0);
            let bits = if self.marks_infinitives && !infinitive { bits & !(1 << DUTY) } else { bits };
            if is_before {
                set.before(bits, tells_past, small && folded.chars().count() <= SHORT);
            } else {
                set.after(bits);
            }
        }
        let own = span.of(text);
        set.set_for_within =
            own.starts_with(char::is_alphabetic) && words(own).next().is_some_and(|w| self.is(w, SET_FOR));
        if set.is_set() {
            return if is_future && !is_past { Tense::Future } else { Tense::Set };
        }
        match (is_past || moved_looks_past, is_future) {
            (true, false) => Tense::Past,
            (false, true) => Tense::Future,
            _ => Tense::Either,
        }
    }

    /// True for a folded word with one of the endings, that is none of the words that only look so.
    fn ends(&self, folded: &str, endings: &[String]) -> bool {
        let last = folded.as_bytes().last();
        let stem = |e: &String| {
            e.as_bytes().last() == last
                && folded.strip_suffix(e.as_str()).is_some_and(|stem| stem.chars().count() >= STEM)
        };
        endings.iter().any(stem) && !self.no_tense.contains(folded)
    }

    /// Whether a word beside the date makes it a limit: "until", "до", "дейін".
    pub(super) fn limit(&self, text: &str, span: Span) -> Option<Limit> {
        let before = clip(text, span.start.saturating_sub(BESIDE), span.start);
        if self.limit_phrases.iter().any(|cue| is_phrase(before.trim_end(), cue)) {
            return Some(Limit::Sure);
        }
        let close = before.trim_end().ends_with(|c: char| c.is_alphabetic() || c == '\'' || c == '’');
        // The word before it, or before "the"; a sentence that ends there says nothing of it.
        let mut bits = 0;
        let mut rest = if close { before } else { "" };
        for _ in 0..3 {
            let trimmed = rest.trim_end_matches(|c: char| !is_of_word(c) && !matches!(c, '.' | '!' | '?' | ';'));
            let begin = trimmed.trim_end_matches(is_of_word).len();
            let Some(word) = trimmed.get(begin..).filter(|w| !w.is_empty()) else { break };
            let own = self.bits(word);
            if own >> ON & 1 == 0 {
                bits = own;
                break;
            }
            rest = trimmed.get(..begin).unwrap_or("");
        }
        // The preposition may be a part of the expression.
        let own = span.of(text);
        if own.starts_with(char::is_alphabetic) {
            bits |= words(own).next().map_or(0, |w| self.bits(w));
        }
        let after = || clip(text, span.end, span.end + BESIDE);
        if bits >> LIMIT & 1 != 0
            || (self.limits_after && words(own).chain(words(after()).take(1)).any(|w| self.is(w, LIMIT_AFTER)))
        {
            Some(Limit::Sure)
        } else {
            (bits >> LIMIT_PERHAPS & 1 != 0).then_some(Limit::Perhaps)
        }
    }

    /// True where the words before a date, or its own, say that something begins with it: "since", "à compter du", "бері".
    pub(super) fn is_since(&self, text: &str, span: Span) -> bool {
        let own = span.of(text);
        let before = clip(text, span.start.saturating_sub(BESIDE), span.start);
        let close = before.trim_end();
        let letter = own.starts_with(char::is_alphabetic);
        let begins = self.since.iter().any(|cue| {
            is_phrase(close, cue)
                || letter && begins(own, cue).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        let after = || clip(text, span.end, span.end + BESIDE);
        begins
            || (self.since_after
                && words(own).next_back().into_iter().chain(words(after()).take(1)).any(|w| self.is(w, SINCE_AFTER)))
    }

    /// True for what began on the date and goes on: it is past, whatever the words around it ask for.
    fn goes_on(&self, text: &str, span: Span) -> bool {
        let before = clip(text, span.start.saturating_sub(BESIDE), span.start);
        let after = clip(text, span.end, span.end + BESIDE);
        let own = span.of(text);
        let within = [words(own).next(), words(own).next_back()];
        let beside = [words(before).next_back(), words(after).next()];
        within.into_iter().chain(beside).flatten().any(|w| self.is(w, SO_FAR))
    }

    /// True for the first end of a range that its own ending makes one.
    pub(super) fn begins_range(&self, own: &str) -> bool {
        let folded = word::fold(own);
        self.range_endings.iter().any(|ending| folded.ends_with(ending.as_str()))
    }

    /// True where an event is named that the expression is counted from: "the day after his arrest", "le lendemain de l'audience".
    pub(super) fn is_bound(&self, text: &str, span: Span) -> bool {
        let after = clip(text, span.end, span.end + BESIDE);
        let follows = after.trim_start().starts_with(char::is_alphabetic);
        let own = words(span.of(text)).next_back();
        follows && (words(after).next().is_some_and(|w| self.is(w, BOUND)) || own.is_some_and(|w| self.is(w, BOUND)))
    }
}

/// True where `text` ends with the words of `cue`.
pub(super) fn is_phrase(text: &str, cue: &str) -> bool {
    ends(text, cue).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// What stands before `cue`, which is folded, where `text` ends with it.
fn ends<'t>(text: &'t str, cue: &str) -> Option<&'t str> {
    if !may_be_one(text.as_bytes().last(), cue.as_bytes().last()) {
        return None;
    }
    let (mut wanted, mut rest) = (cue.chars(), text.chars());
    while !wanted.as_str().is_empty() {
        let mut same = true;
        word::fold_char(rest.next_back()?, |c| same &= wanted.next_back() == Some(c));
        if !same {
            return None;
        }
    }
    Some(rest.as_str())
}

/// How near what ends at `end` stands to what begins at `start`.
pub(super) fn near(text: &str, end: usize, start: usize) -> Near {
    if end > start || start - end > REACH {
        return Near::Far;
    }
    let between = text.get(end..start).unwrap_or("\n\n");
    let bytes = between.as_bytes();
    let is_empty = |at: usize| bytes.get(at..).is_some_and(|b| b.starts_with(b"\n\n") || b.starts_with(b"\n \n"));
    if memchr::memchr_iter(b'\n', bytes).any(is_empty) {
        return Near::Far;
    }
    let ends = memchr::memchr3(b';', b'!', b'?', bytes).is_some() || has_full_stop(between);
    if ends { Near::Paragraph } else { Near::Sentence }
}

/// True where a point ends a sentence: a longer word, a number of years, a bracket or a quote before it, a capital after it.
fn has_full_stop(text: &str) -> bool {
    text.match_indices('.').any(|(at, _)| {
        let before = text.get(..at).unwrap_or("");
        let after = text.get(at + 1..).unwrap_or("").trim_start_matches(['»', '”', '"', ')', '\u{a0}', ' ', '\n']);
        let apart =
            text.get(at + 1..).is_some_and(|a| a.starts_with(|c: char| c.is_whitespace() || "»”\")".contains(c)));
        let word = before.chars().rev().take_while(|c| c.is_alphanumeric()).count();
        let closed = word == 0 && before.ends_with([')', '»', '”', '"', ' ']) || before.is_empty();
        apart && (word > 3 || closed) && after.chars().next().is_none_or(|c| c.is_uppercase() || !c.is_alphabetic())
    })
}
