//! What a letter asks, and of whom.

use std::ops::Range;

use khronika_core::{BlockKind, Findings, Span};

use super::line::{Class, Line};
use super::words::{Kind, Shapes, Words};
use crate::text::{Text, TokenKind};

/// Demands and the people or bodies that the demands themselves name.
#[derive(Debug, Default)]
pub(super) struct Demands {
    pub(super) demands: Vec<Span>,
    pub(super) addressees: Vec<Span>,
}

/// The longest name of someone urged, in tokens.
const LONGEST_URGED: usize = 14;
/// A demand goes on for at most so many tokens.
const LONGEST_DEMAND: usize = 120;

/// Finds the demands in the lines that `used` does not hold.
pub(super) fn demands(words: &Words, text: &Text<'_>, found: &Findings, lines: &[Line], used: &[bool]) -> Demands {
    let mut all = Demands::default();
    // After "We call on X to:" the items of the list that follows are demands.
    let mut list: Option<Option<&Shapes>> = None;
    for (index, line) in lines.iter().enumerate() {
        if used.get(index).copied().unwrap_or(false)
            || matches!(line.class, Class::Salutation | Class::Closing | Class::Signed(_) | Class::End)
            || matches!(line.kind, BlockKind::Footnote | BlockKind::Quote)
        {
            list = None;
            continue;
        }
        if let Some(shapes) = list {
            if is_item(words, text, shapes, line) {
                add(text, &mut all.demands, item(text, line.tokens.clone()));
                continue;
            }
            list = None;
        }
        for sentence in sentences(text, line.tokens.clone()) {
            list = one(words, text, found, line, sentence, &mut all);
        }
    }
    all
}

/// The sentences that begin in a line, each as far as it goes, over line breaks too.
fn sentences(text: &Text<'_>, line: Range<usize>) -> Vec<Range<usize>> {
    let Some(first) = text.tokens.get(line.start) else { return Vec::new() };
    let from = text.sentences.partition_point(|s| s.span.end <= first.span.start);
    text.sentences
        .iter()
        .skip(from)
        .take_while(|s| s.tokens.start < line.end)
        .filter(|s| s.tokens.start >= line.start)
        .map(|s| s.tokens.clone())
        .collect()
}

/// The demands of one sentence. Where a list of them follows, how its language shapes their verbs.
fn one<'a>(
    words: &'a Words,
    text: &Text<'_>,
    found: &Findings,
    line: &Line,
    sentence: Range<usize>,
    all: &mut Demands,
) -> Option<Option<&'a Shapes>> {
    if let Some((phrase, lang)) = words.spoken(text, sentence.clone(), Kind::DemandAfter, true) {
        let shapes = words.shapes(lang);
        // Before a colon the demands are still to come: "мыналарды талап етеміз:".
        let list = text.fold(sentence.end - 1) == ":";
        if !list {
            before(words, text, shapes, sentence.start..phrase.start, all);
        }
        return list.then_some(shapes);
    }
    let phrases = words.all(text, sentence.clone(), Kind::Demand);
    if phrases.is_empty() {
        imperative(words, text, words.shapes(line.lang), sentence, all);
        return None;
    }
    let mut list = None;
    for (n, phrase) in phrases.iter().enumerate() {
        let mut end = phrases.get(n + 1).map_or(sentence.end, |next| next.start);
        // ", and we call on …": the link belongs to neither.
        while end > phrase.end && (text.fold(end - 1) == "," || words.at(text, end - 1, end, Kind::And).is_some()) {
            end -= 1;
        }
        list = asked(words, text, found, phrase.clone(), end, all);
    }
    list
}

/// What the phrase at `phrase` asks, in the tokens up to `end`.
fn asked<'a>(
    words: &'a Words,
    text: &Text<'_>,
    found: &Findings,
    phrase: Range<usize>,
    sentence_end: usize,
    all: &mut Demands,
) -> Option<Option<&'a Shapes>> {
    let (_, lang) = words.spoken(text, phrase.clone(), Kind::Demand, false)?;
    let shapes = words.shapes(lang);
    let mut from = phrase.end;
    let end = reasons(words, text, from..sentence_end.min(from + LONGEST_DEMAND));
    // "the court: …": who is urged stands before the colon or the infinitive.
    let opening = opening(text, shapes, from..end);
    if let Some((urged, next)) = opening {
        if !urged.is_empty() && words.at(text, urged.start, urged.end, Kind::You).is_none() {
            add_addressee(words, text, found, urged, &mut all.addressees);
        }
        from = next;
    }
    if from >= end || (from..end).all(|i| text.tokens.get(i).is_none_or(|t| t.kind == TokenKind::Mark)) {
        let colon = text.fold(sentence_end.saturating_sub(1)) == ":" || text.fold(end.saturating_sub(1)) == ":";
        return colon.then_some(shapes);
    }
    for piece in pieces(words, text, shapes, from..end) {
        add(text, &mut all.demands, piece);
    }
    (text.fold(sentence_end.saturating_sub(1)) == ":").then_some(shapes)
}

/// Who is urged, and the token at which the demand begins: after "to", before the first infinitive, after a colon.
fn opening(text: &Text<'_>, shapes: Option<&Shapes>, range: Range<usize>) -> Option<(Range<usize>, usize)> {
    let shapes = shapes?;
    for at in range.start..range.end.min(range.start + LONGEST_URGED) {
        let word = text.fold(at);
        if word == ":" {
            return Some((range.start..at, at + 1));
        }
        if matches!(word, ";" | ".") {
            return None;
        }
        let link = shapes.before_infinitive.iter().any(|w| w == word);
        if link && (shapes.infinitive.is_empty() || infinitive(text, shapes, at + 1)) {
            return Some((range.start..at, at + 1));
        }
        if shapes.before_infinitive.is_empty() && infinitive(text, shapes, at) {
            // An adverb before the infinitive belongs to it: "немедленно освободить".
            let from = if at > range.start && adverb(text, at - 1) { at - 1 } else { at };
            return Some((range.start..from, from));
        }
    }
    None
}

fn infinitive(text: &Text<'_>, shapes: &Shapes, at: usize) -> bool {
    let word = text.fold(at);
    let plain = |w: &str| w.chars().count() > 3 && shapes.infinitive.iter().any(|e| w.ends_with(e.as_str()));
    if text.tokens.get(at).is_none_or(|t| t.kind != TokenKind::Word) {
        return false;
    }
    // "de ne pas expulser", "de les libérer", "d'immédiatement libérer"
    let before = matches!(word, "ne" | "n'" | "y" | "en" | "se" | "s'" | "le" | "la" | "les" | "l'" | "lui" | "leur");
    plain(word) || (before || word.ends_with("ment")) && plain(text.fold(at + if word == "ne" { 2 } else { 1 }))
}

fn adverb(text: &Text<'_>, at: usize) -> bool {
    let word = text.fold(at);
    let small = text.tokens.get(at).is_some_and(|t| !t.capital);
    small && ((word.chars().count() > 4 && word.ends_with('о')) || word == "не")
}

/// Several demands in one breath: "stop …, restore … and put an end to …".
fn pieces(words: &Words, text: &Text<'_>, shapes: Option<&Shapes>, range: Range<usize>) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = range.start;
    let mut depth = 0_usize;
    for at in range.clone() {
        match text.fold(at) {
            "(" | "«" | "„" | "“" => depth += 1,
            ")" | "»" | "”" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 || at <= start {
            continue;
        }
        let mut next = at;
        if matches!(text.fold(next), "," | ";") {
            next += 1;
        }
        if let Some(after) = words.at(text, next, range.end, Kind::And) {
            next = after;
        }
        if next == at {
            continue;
        }
        let numbered = text.fold(at) == ";";
        if !(numbered || begins(words, text, shapes, next, range.end)) {
            continue;
        }
        found.push(start..at);
        start = next;
        if let Some(shapes) = shapes
            && shapes.before_infinitive.iter().any(|w| w == text.fold(start))
        {
            start += 1;
        }
    }
    found.push(start..range.end);
    found.into_iter().map(|r| item(text, r)).collect()
}

/// True where token `at` begins another demand.
fn begins(words: &Words, text: &Text<'_>, shapes: Option<&Shapes>, at: usize, end: usize) -> bool {
    if at >= end {
        return false;
    }
    if words.at(text, at, end, Kind::DemandVerb).is_some() {
        return true;
    }
    let Some(shapes) = shapes else { return false };
    let link = shapes.before_infinitive.iter().any(|w| w == text.fold(at));
    if link {
        return shapes.infinitive.is_empty() || infinitive(text, shapes, at + 1);
    }
    if !shapes.before_infinitive.is_empty() || shapes.infinitive.is_empty() {
        // "and immediately release"
        return text.fold(at).ends_with("ly") && words.at(text, at + 1, end, Kind::DemandVerb).is_some();
    }
    infinitive(text, shapes, at) || (adverb(text, at) && infinitive(text, shapes, at + 1))
}

/// Demands that stand before their verb, as in Kazakh.
fn before(words: &Words, text: &Text<'_>, shapes: Option<&Shapes>, range: Range<usize>, all: &mut Demands) {
    let Some(shapes) = shapes else { return };
    let mut start = words.at(text, range.start, range.end, Kind::Undersigned).unwrap_or(range.start);
    // "билігінен": of whom, in the ablative, closes the address.
    if let Some(of) = (start..range.end.min(start + 8)).find(|at| {
        shapes.before_infinitive.iter().any(|e| text.fold(*at).ends_with(e.as_str()))
            && text.word(*at).chars().count() > 4
    }) && !text.fold(of).ends_with("лықтан")
    {
        if words.at(text, start, of + 1, Kind::You).is_none() {
            add(text, &mut all.addressees, text.span(start..of + 1));
        }
        start = of + 1;
    }
    let from = start;
    for at in from..range.end {
        let next = match text.fold(at) {
            "," => at + 1,
            _ => match words.at(text, at, range.end, Kind::And) {
                Some(next) => next,
                None => continue,
            },
        };
        let verb = at.checked_sub(1).is_some_and(|b| infinitive(text, shapes, b));
        if verb && at > start {
            add(text, &mut all.demands, item(text, start..at));
            start = next;
        }
    }
    add(text, &mut all.demands, item(text, start..range.end));
}

/// "Release all prisoners!"
fn imperative(words: &Words, text: &Text<'_>, shapes: Option<&Shapes>, sentence: Range<usize>, all: &mut Demands) {
    let start = sentence.start;
    let calls = text.fold(sentence.end.saturating_sub(1)) == "!";
    let by_word = words.at(text, start, sentence.end, Kind::DemandVerb).is_some()
        && text.tokens.get(start).is_some_and(|t| t.capital)
        && sentence.len() > 3;
    let by_shape = shapes.is_some_and(|s| {
        !s.imperative.is_empty()
            && text.word(start).chars().count() > 5
            && s.imperative.iter().any(|e| text.fold(start).ends_with(e.as_str()))
    });
    if calls && sentence.len() > 2 && (by_word || by_shape) {
        add(text, &mut all.demands, item(text, sentence));
    }
}

/// The end of the demand: before ", because …".
fn reasons(words: &Words, text: &Text<'_>, range: Range<usize>) -> usize {
    (range.start + 2..range.end)
        .find(|at| text.fold(at - 1) == "," && words.at(text, *at, range.end, Kind::Reason).is_some())
        .map_or(range.end, |at| at - 1)
}

fn is_item(words: &Words, text: &Text<'_>, shapes: Option<&Shapes>, line: &Line) -> bool {
    let first = text.fold(line.tokens.start);
    let numbered = text.tokens.get(line.tokens.start).is_some_and(|t| t.kind == TokenKind::Number)
        && matches!(text.fold(line.tokens.start + 1), "." | ")");
    let bullet = matches!(first, "-" | "–" | "—" | "•" | "*" | "·" | "▪" | "◦" | "●" | "(");
    let small = text.tokens.get(line.tokens.start).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
    line.kind == BlockKind::ListItem
        || numbered
        || bullet
        || small
        || begins(words, text, shapes, line.tokens.start, line.tokens.end)
}

/// `range` as a span, without number, bullet and end mark.
fn item(text: &Text<'_>, mut range: Range<usize>) -> Span {
    let number = text.tokens.get(range.start).is_some_and(|t| t.kind == TokenKind::Number)
        && matches!(text.fold(range.start + 1), "." | ")");
    if number && range.len() > 2 {
        range.start += 2;
    }
    if text.fold(range.start) == "(" && matches!(text.fold(range.start + 2), ")") && range.len() > 3 {
        range.start += 3;
    }
    while range.start < range.end
        && matches!(
            text.fold(range.start),
            "-" | "–" | "—" | "•" | "*" | "·" | "▪" | "◦" | "●" | "," | ";" | ":" | "." | "…"
        )
    {
        range.start += 1;
    }
    while range.start < range.end && matches!(text.fold(range.end - 1), "," | ";" | ":" | "." | "!" | "…" | "?") {
        range.end -= 1;
    }
    text.span(range)
}

fn add(text: &Text<'_>, to: &mut Vec<Span>, span: Span) {
    let words = text.of(span).split_whitespace().count();
    if words >= 2 && !to.iter().any(|s| s.overlaps(span)) {
        to.push(span);
    }
}

fn add_addressee(words: &Words, text: &Text<'_>, found: &Findings, range: Range<usize>, to: &mut Vec<Span>) {
    let mut range = range;
    while range.start < range.end && words.any(text, range.start, range.end, &[Kind::To, Kind::Of]).is_some() {
        range.start =
            words.any(text, range.start, range.end, &[Kind::To, Kind::Of]).map_or(range.end, |(_, next)| next);
    }
    while range.end > range.start && matches!(text.fold(range.end - 1), "," | "-" | "–" | "—") {
        range.end -= 1;
    }
    // A name, or a word with a capital: "the government" alone is no addressee that a reader could write to.
    let span = text.span(range.clone());
    let named = range.clone().any(|at| text.tokens.get(at).is_some_and(|t| t.capital))
        || found.mentions.iter().any(|m| span.contains(m.span));
    if named && !span.is_empty() && !to.iter().any(|s| text.of(*s).to_lowercase() == text.of(span).to_lowercase()) {
        to.push(span);
    }
}
