//! Who says what, with what reserve, and on what it rests; and counted things.
//!
//! A statement is found by its reporting verb or phrase. It is kept only where a speaker stands with it (an actor's name, a pronoun, or
//! a noun for someone or something that speaks), or where the phrase itself says that the words are a report ("allegedly", "якобы",
//! the French conditional). A norm says nothing in this sense: "according to article 5" is no statement.

mod account;
mod antecedent;
mod asked;
mod bare;
mod before;
mod build;
mod by_tree;
mod clause;
mod count;
mod duties;
mod figure;
mod mood;
mod named;
mod papers;
mod quote;
mod repeats;
mod retold;
mod roles;
mod slips;
mod source;
mod speaker;
mod term;
mod words;

#[cfg(test)]
mod constructions;
#[cfg(test)]
mod tests;

use khronika_core::{BlockKind, Findings, MentionIx, Span, StatementFinding};
use khronika_data::Dataset;

use self::account::AccountRules;
use self::build::Builder;
use self::count::CountRules;
use self::words::{Kind, Words};
use crate::LexiconError;
use crate::engine::{NoModels, Reader};
use crate::text::{Sentence, Text};

/// A sentence with more statements than this is no sentence; nothing in it is nested, so that the work stays linear.
const MOST_NESTED: usize = 64;

/// The rules for statements.
#[derive(Debug)]
pub struct StatementRules {
    words: Words,
    counts: CountRules,
    accounts: AccountRules,
}

impl StatementRules {
    /// Compiles the rules of every language.
    ///
    /// # Errors
    /// Where a data file is not what it should be.
    pub fn load(data: &Dataset) -> Result<Self, LexiconError> {
        Ok(Self { words: Words::load(data)?, counts: CountRules::load(data)?, accounts: AccountRules::load(data)? })
    }

    /// Adds what it finds to `found`.
    pub fn find(&self, text: &Text<'_>, found: &mut Findings) {
        self.find_with(text, found, Reader::new(&NoModels));
    }

    /// The same; asks language models where the rules are not sure.
    pub(crate) fn find_with(&self, text: &Text<'_>, found: &mut Findings, reader: Reader<'_>) {
        let mut all = Vec::new();
        let mut open = Vec::new();
        for (ix, sentence) in text.sentences.iter().enumerate() {
            if matches!(sentence.kind, BlockKind::Salutation | BlockKind::Closing | BlockKind::Signature) {
                continue;
            }
            let first = all.len();
            let mut opens = by_tree::Opens { sentence: ix, may_ask: reader.may_ask(sentence.lang), all: &mut open };
            self.sentence(text, found, sentence, &mut all, &mut opens);
            if let Some(new) = all.get_mut(first..) {
                part(text, found, &self.words, sentence, new);
                nest(new);
            }
        }
        by_tree::find(&self.words, text, found, &open, reader, &mut all);
        by_author(text, &self.words, found, &mut all);
        all.sort_by_key(|s| (s.span.start, s.verb.start, s.span.end));
        antecedent::resolve(text, &self.words, found, &mut all);
        roles::resolve(text, &self.words, found, &mut all);
        for statement in &mut all {
            // Nobody tells what they say themselves.
            let actor = |m: MentionIx| found.mentions.get(m).map(|m| m.actor);
            let own = statement.speaker.and_then(actor);
            statement.chain.retain(|m| own.is_none() || actor(*m) != own);
        }
        quote::find(text, &self.words, found, &mut all);
        all.sort_by_key(|s| (s.span.start, s.verb.start, s.span.end));
        found.statements = all;
        asked::resolve(text, &self.words, found);
        self.counts.find(text, found);
        retold::find(text, &self.counts, &self.accounts, found);
    }

    fn sentence<'a>(
        &'a self,
        text: &Text<'_>,
        found: &Findings,
        sentence: &Sentence,
        all: &mut Vec<StatementFinding>,
        open: &mut by_tree::Opens<'_, 'a>,
    ) {
        let builder = Builder { words: &self.words, text, found, sentence };
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let triggers = self.words.triggers(text, sentence.lang, at, sentence.tokens.end);
            let made = triggers.iter().find_map(|t| builder.build(t).map(|s| (s, t.tokens.end)));
            match made {
                Some((statement, end)) => {
                    all.push(statement);
                    at = end.max(at + 1);
                }
                None => {
                    open.note(builder, &triggers);
                    at += 1;
                }
            }
        }
    }
}

/// Ends the content of a statement where the next one of the same sentence begins beside it, not inside it: "X said A, and Y said B".
fn part(text: &Text<'_>, found: &Findings, words: &Words, sentence: &Sentence, all: &mut [StatementFinding]) {
    for index in 0..all.len() {
        let Some(content) = all.get(index).map(|s| s.content) else { continue };
        let next = all.get(index + 1..).unwrap_or(&[]).iter().take(8).find_map(|other| {
            let starts = other.span.start;
            if starts <= content.start
                || starts >= content.end
                || other.speaker.is_none() && other.speaker_words.is_none()
            {
                return None;
            }
            let at = text.tokens_in(other.span).start;
            let and = at.checked_sub(1).filter(|b| words.at(text, sentence.lang, *b, at, &[Kind::And]).is_some())?;
            let comma = and.checked_sub(1).filter(|b| text.fold(*b) == ",")?;
            text.tokens.get(comma).map(|t| t.span.start)
        });
        if let (Some(end), Some(statement)) = (next, all.get_mut(index)) {
            statement.content = Span::new(content.start, end).trim(text.str());
            statement.span.end = statement.content.end.max(statement.verb.end);
            let content = statement.content;
            statement.about.retain(|m| found.mentions.get(*m).is_some_and(|m| content.contains(m.span)));
        }
    }
}

/// The speakers of the statements that hold a statement in their content, outermost first.
fn nest(all: &mut [StatementFinding]) {
    if all.len() > MOST_NESTED {
        return;
    }
    let outer: Vec<_> = all.iter().map(|s| (s.content, s.verb, s.speaker)).collect();
    for (index, statement) in all.iter_mut().enumerate() {
        let mut holders: Vec<_> = outer
            .iter()
            .enumerate()
            .filter(|(other, (content, verb, speaker))| {
                *other != index
                    && speaker.is_some()
                    && *speaker != statement.speaker
                    && content.contains(statement.verb)
                    && !statement.content.contains(*verb)
            })
            .map(|(_, (content, _, speaker))| (content.len(), *speaker))
            .collect();
        holders.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
        statement.chain = holders.into_iter().filter_map(|(_, speaker)| speaker).collect();
        statement.chain.dedup();
    }
}

/// True where a phrase of one of `kinds` covers `span`.
fn is(text: &Text<'_>, words: &Words, span: Span, kinds: &[Kind]) -> bool {
    let tokens = text.tokens_in(span);
    let lang = text.sentence_at(span.start).and_then(|s| text.sentences.get(s)).map(|s| s.lang);
    lang.is_some_and(|lang| words.at(text, lang, tokens.start, tokens.end, kinds) == Some(tokens.end))
}

/// Who signed the letter and to whom it is, where it is one person each.
fn correspondents(found: &Findings) -> (Option<MentionIx>, Option<MentionIx>) {
    let Some(letter) = found.letter.as_ref() else { return (None, None) };
    let at = |span: Span| found.mentions.iter().position(|m| span.overlaps(m.span));
    let author = match letter.signatories.as_slice() {
        [author] => at(author.name),
        _ => None,
    };
    let addressee = match letter.addressees.as_slice() {
        [addressee] => at(*addressee),
        _ => None,
    };
    (author, addressee)
}

/// "We" and "I" in a letter that one person or body signed are that person or body, "you" in one to one person is that person.
fn by_author(text: &Text<'_>, words: &Words, found: &Findings, all: &mut [StatementFinding]) {
    let (author, addressee) = correspondents(found);
    for statement in all {
        let Some(span) = statement.speaker_words else { continue };
        if is(text, words, span, &[Kind::First]) {
            statement.speaker = author.or(statement.speaker);
        } else if is(text, words, span, &[Kind::Addressee]) {
            statement.speaker = addressee.or(statement.speaker);
        }
    }
}
