//! Statements whose speaker or content the rules do not see, by the dependency tree: "told reporters his office disagreed", "which the
//! board, sitting in private, later called".

use std::collections::BTreeMap;
use std::ops::Range;

use khronika_core::{Findings, Lang, Span, Stance, StatementFinding};

use super::build::{Builder, FARTHEST_THAT, Parts};
use super::speaker::Speaker;
use super::words::{Kind, Trigger, Words};
use crate::actor::mention_over;
use crate::engine::{Class, Reader, Tree};
use crate::text::{Text, TokenKind};

/// How sure a statement is of which a tree told the speaker.
const CONFIDENCE: f32 = 0.6;
/// What is said has no fewer tokens than this.
const SHORTEST: usize = 3;
/// The words of a speaker without a name are no more tokens than this.
const LONGEST: usize = 10;

/// A reporting verb of which the rules made no statement.
#[derive(Debug)]
pub(super) struct Open<'a> {
    sentence: usize,
    trigger: Trigger<'a>,
}

/// Where the verbs of a sentence are noted.
pub(super) struct Opens<'o, 'a> {
    pub(super) sentence: usize,
    /// Whether there is a model to ask about it.
    pub(super) may_ask: bool,
    pub(super) all: &'o mut Vec<Open<'a>>,
}

impl<'a> Opens<'_, 'a> {
    /// Notes the first of the verbs that were met at one place.
    pub(super) fn note(&mut self, builder: Builder<'_, '_>, triggers: &[Trigger<'a>]) {
        if !self.may_ask {
            return;
        }
        let verb = |t: &&Trigger<'_>| {
            matches!(t.row.kind, Kind::Verb | Kind::Say) && !t.row.author && builder.may_say(&t.tokens)
        };
        if let Some(trigger) = triggers.iter().find(verb) {
            self.all.push(Open { sentence: self.sentence, trigger: trigger.clone() });
        }
    }
}

/// Adds the statements that the trees tell.
pub(super) fn find(
    words: &Words,
    text: &Text<'_>,
    found: &Findings,
    open: &[Open<'_>],
    reader: Reader<'_>,
    all: &mut Vec<StatementFinding>,
) {
    let mut told = Told::of(all);
    let wanted: Vec<usize> = open.iter().map(|o| o.sentence).collect();
    reader.trees(text, &wanted, |ix, tree, engine| {
        let Some(sentence) = text.sentences.get(ix) else { return };
        let builder = Builder { words, text, found, sentence };
        let from = open.partition_point(|o| o.sentence < ix);
        for o in open.iter().skip(from).take_while(|o| o.sentence == ix) {
            let Some(parts) = builder.by_tree(tree, &o.trigger) else { continue };
            let Some(mut statement) = builder.finish(&o.trigger, o.trigger.tokens.clone(), parts) else { continue };
            // What the rules found there holds.
            if told.holds(statement.verb) {
                continue;
            }
            told.add(statement.verb);
            statement.engine = Some(engine.to_owned());
            statement.confidence = statement.confidence.min(CONFIDENCE);
            all.push(statement);
        }
    });
}

/// Where the verbs of statements stand: ranges apart from each other, by their beginning.
struct Told(BTreeMap<usize, usize>);

impl Told {
    fn of(statements: &[StatementFinding]) -> Self {
        let mut told = Self(BTreeMap::new());
        statements.iter().for_each(|s| told.add(s.verb));
        told
    }

    fn holds(&self, verb: Span) -> bool {
        self.0.range(..verb.end).next_back().is_some_and(|(_, end)| *end > verb.start)
    }

    /// Adds a verb, as one range with those that it overlaps.
    fn add(&mut self, mut verb: Span) {
        while let Some((&start, &end)) = self.0.range(..verb.end).next_back().filter(|(_, end)| **end > verb.start) {
            self.0.remove(&start);
            verb = verb.to(Span::new(start, end));
        }
        self.0.insert(verb.start, verb.end);
    }
}

impl Builder<'_, '_> {
    /// Whether a verb can have a clause after it that a tree may find: no noun, nothing unsaid, no preposition or mark right after it.
    fn may_say(self, verb: &Range<usize>) -> bool {
        let noun = verb.start > self.start()
            && self.one(verb.start - 1, &[Kind::Article, Kind::Preposition])
            && !self.one(verb.start - 1, &[Kind::Skip, Kind::That, Kind::Pronoun]);
        let that = (verb.end..self.end().min(verb.end + FARTHEST_THAT)).any(|t| self.one(t, &[Kind::That]));
        let may_lack = self.lang() == Lang::EN
            && self.text.tokens.get(verb.end).is_some_and(|t| t.kind == TokenKind::Word)
            && !self.one(verb.end, &[Kind::Preposition, Kind::And]);
        !noun && self.end() > verb.end + SHORTEST && (that || may_lack) && !self.unsaid(verb.start)
    }

    fn by_tree(self, tree: &Tree, trigger: &Trigger<'_>) -> Option<Parts> {
        let verb = trigger.tokens.clone();
        let span = self.text.span(verb.clone());
        let top = tree.top(span).filter(|top| tree.class(*top) == Class::Verb)?;
        if self.unsaid(verb.start) || tree.is_passive(top) || !tree.is_finite(top) && !trigger.row.participle {
            return None;
        }
        let said = tree.said(top)?;
        // "found the claim unfounded" concludes something; "declared the appeal inadmissible" is an act.
        let clause = tree.class(said) == Class::Verb && tree.is_finite(said) && tree.subject_of_any(said).is_some();
        let verdict = trigger.row.meant == Some(Stance::Concludes) && tree.class(said) == Class::Other;
        let content = self.text.tokens_in(tree.whole(said));
        // Only English leaves "that" out.
        let led = self.lang() == Lang::EN || self.one(content.start, &[Kind::That]);
        if content.len() < SHORTEST || content.start < verb.end || !clause && !verdict || !led {
            return None;
        }
        let speaker = self.speaker_of(tree, tree.doer(top, true)?)?;
        let apart = speaker.tokens.end <= content.start || speaker.tokens.start >= content.end;
        apart.then_some(Parts { speaker: Some(speaker), content, evidence: Vec::new(), stance: None })
    }

    /// The name, pronoun or noun that a word of the tree stands for.
    fn speaker_of(self, tree: &Tree, head: usize) -> Option<Speaker> {
        let seeker = self.seeker();
        let at = self.text.tokens_in(tree.span(head));
        let word = at.start;
        if at.is_empty() || self.one(word, &[Kind::Norm, Kind::Thing, Kind::That]) {
            return None;
        }
        let span = self.text.span(at.clone());
        if let Some((ix, m)) = mention_over(self.found, span).and_then(|ix| Some((ix, self.found.mentions.get(ix)?))) {
            return Some(Speaker { mention: Some(ix), words: None, tokens: self.text.tokens_in(m.span) });
        }
        if tree.class(head) == Class::Pronoun {
            let person = self.one(word, &[Kind::Pronoun, Kind::He, Kind::She, Kind::First, Kind::Addressee]);
            return (person && !self.one(word, &[Kind::Oblique])).then(|| seeker.words_of(at));
        }
        let phrase = self.text.tokens_in(tree.phrase(head));
        let noun =
            self.words.at(self.text, self.lang(), word, phrase.end.max(word + 1), &[Kind::Speaker, Kind::Office]);
        let short = phrase.len() <= LONGEST && phrase.contains(&word);
        (short && noun.is_some()).then(|| seeker.words_of(phrase))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_that_hold_a_place_are_found_whatever_the_order_of_adding() {
        let mut told = Told(BTreeMap::new());
        for (start, end) in [(20, 25), (4, 8), (6, 10), (10, 12), (3, 5)] {
            told.add(Span::new(start, end));
        }
        assert_eq!(told.0, BTreeMap::from([(3, 10), (10, 12), (20, 25)]));
        for (start, end, held) in [(0, 3, false), (0, 4, true), (9, 11, true), (12, 20, false), (24, 30, true)] {
            assert_eq!(told.holds(Span::new(start, end)), held, "{start}..{end}");
        }
    }
}
