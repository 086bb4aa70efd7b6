//! Quotations that no verb of the lists introduces: "The letter went on: “…”", and one that goes on where a speaker's words ended.

use std::ops::Range;

use khronika_core::{Findings, Span, Stance, StatementFinding};

use super::speaker::Seeker;
use super::words::{Kind, Words};
use crate::text::{Sentence, Text};

/// The fewest tokens of a quotation that is somebody's words.
const FEWEST: usize = 4;
/// The most tokens of one.
const MOST: usize = 500;

/// The tokens inside a quotation that opens at token `open`; `None` where it never closes.
fn quoted(text: &Text<'_>, open: usize) -> Option<Range<usize>> {
    let spaced = |t: usize| text.tokens.get(t).is_some_and(|t| t.spaced);
    let mark = text.fold(open);
    let opens = matches!(mark, "«" | "„") || (matches!(mark, "“" | "\"") && spaced(open));
    if !opens {
        return None;
    }
    let mut depth = 1_usize;
    for t in open + 1..text.tokens.len().min(open + MOST) {
        match text.fold(t) {
            "«" | "„" => depth += 1,
            "“" if spaced(t) => depth += 1,
            "»" | "”" => depth -= 1,
            "“" | "\"" if !spaced(t) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(open + 1..t);
        }
    }
    None
}

/// Adds the statements of such quotations.
pub(super) fn find(text: &Text<'_>, words: &Words, found: &Findings, all: &mut Vec<StatementFinding>) {
    let mut told = vec![false; text.tokens.len()];
    for statement in &*all {
        for slot in told.get_mut(text.tokens_in(statement.content)).into_iter().flatten() {
            *slot = true;
        }
    }
    let mut new: Vec<StatementFinding> = Vec::new();
    for (index, sentence) in text.sentences.iter().enumerate() {
        let free = |s: &StatementFinding| !text.tokens_in(s.content).any(|t| told.get(t).copied().unwrap_or(true));
        let quotation = after_colon(text, words, found, sentence, all)
            .filter(free)
            .or_else(|| goes_on(text, found, index, sentence, all).filter(free));
        if let Some(statement) = quotation {
            for slot in told.get_mut(text.tokens_in(statement.content)).into_iter().flatten() {
                *slot = true;
            }
            new.push(statement);
        }
    }
    all.extend(new);
}

/// "The letter went on: “…”": the subject of the clause before the colon.
fn after_colon(
    text: &Text<'_>,
    words: &Words,
    found: &Findings,
    sentence: &Sentence,
    all: &[StatementFinding],
) -> Option<StatementFinding> {
    let colon = sentence.tokens.clone().find(|t| text.fold(*t) == ":")?;
    let content = quoted(text, colon + 1).filter(|q| q.len() >= FEWEST)?;
    let seeker = Seeker { words, text, found, lang: sentence.lang };
    // The clause before the colon: from its last comma on it may be set apart, so the subject is looked for from the beginning.
    // "The ministry denied reports that …: “…”": who spoke just before.
    let from = all.partition_point(|s| s.span.start < sentence.span.start);
    let colon_span = text.span(colon..colon + 1);
    let last = all
        .iter()
        .skip(from)
        .take_while(|s| s.span.start < colon_span.start)
        .filter(|s| s.verb.end <= colon_span.start);
    if let Some(last) = last.last().filter(|s| s.speaker.is_some() || s.speaker_words.is_some_and(|w| w != s.verb)) {
        let tokens = last.speaker.and_then(|m| found.mentions.get(m)).map(|m| m.span).or(last.speaker_words)?;
        let tokens = text.tokens_in(tokens);
        let (speaker, said) = (last.speaker, last.speaker_words);
        return Some(statement(text, speaker, said, &tokens, colon_span, &content, "statement.colon"));
    }
    let clause = seeker.clause_start(colon, sentence.tokens.start);
    let speaker = seeker
        .head(sentence.tokens.start..colon)
        .filter(|s| s.tokens.start < sentence.tokens.start + 8)
        .or_else(|| seeker.head(clause..colon).filter(|s| s.tokens.start < clause + 3))?;
    if words.has(text, sentence.lang, sentence.tokens.start..colon, &[Kind::Norm]) {
        return None;
    }
    let verb = text.span(colon..colon + 1);
    Some(statement(text, speaker.mention, speaker.words, &speaker.tokens, verb, &content, "statement.colon"))
}

/// A sentence that is a quotation and nothing else, after a sentence that gave somebody's words.
fn goes_on(
    text: &Text<'_>,
    found: &Findings,
    index: usize,
    sentence: &Sentence,
    all: &[StatementFinding],
) -> Option<StatementFinding> {
    let content = quoted(text, sentence.tokens.start).filter(|q| q.len() >= FEWEST)?;
    let rest = sentence.tokens.end.saturating_sub(content.end);
    let whole = content.end < sentence.tokens.end && rest <= 2;
    let earlier = text.sentences.get(index.checked_sub(1)?).filter(|_| whole)?;
    let from = all.partition_point(|s| s.span.start < earlier.span.start);
    let last = all.iter().skip(from).take_while(|s| s.span.start < earlier.span.end).last()?;
    let speaker = last.speaker?;
    let tokens = text.tokens_in(found.mentions.get(speaker)?.span);
    let verb = text.span(sentence.tokens.start..sentence.tokens.start + 1);
    let mut told = statement(text, Some(speaker), last.speaker_words, &tokens, verb, &content, "statement.goes-on");
    told.span = sentence.span;
    Some(told)
}

fn statement(
    text: &Text<'_>,
    speaker: Option<usize>,
    speaker_words: Option<Span>,
    who: &Range<usize>,
    verb: Span,
    content: &Range<usize>,
    made_by: &str,
) -> StatementFinding {
    let content = text.span(content.clone());
    StatementFinding {
        span: text.span(who.clone()).to(verb).to(content),
        speaker,
        speaker_words,
        chain: Vec::new(),
        verb,
        stance: Stance::Asserts,
        content,
        about: Vec::new(),
        evidence: Vec::new(),
        engine: None,
        made_by: made_by.to_owned(),
        confidence: 0.6,
    }
}
