//! Asks the models about sentences of one text, in parcels, and brings their answers back to places in the text.

use std::ops::Range;

use khronika_core::{Lang, Span};
use khronika_nlp::{Doc, Steps};

use super::tree::Tree;
use super::{Engine, Models, NAMES_ALONE};
use crate::text::Text;

/// A sentence with more tokens is a list or a table, of which no tree says anything.
const LONGEST: usize = 220;
/// A sentence with fewer tokens has no clause in it.
const SHORTEST: usize = 3;
/// So many sentences are asked about at a time, so that memory does not grow with the text.
const PARCEL: usize = 512;

const TREES: Steps = Steps { tags: true, tree: true, sentences: false, entities: false, lemmas: false };

/// What a model takes a name for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GuessKind {
    Person,
    Organisation,
    /// A place, a work, a law: nobody who acts.
    Other,
}

/// A name as a model sees it.
#[derive(Clone, Debug)]
pub(crate) struct Guess {
    /// In the text.
    pub(crate) span: Span,
    pub(crate) kind: GuessKind,
}

/// Asks about the sentences of one text.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'m> {
    models: &'m dyn Models,
}

impl<'m> Reader<'m> {
    pub(crate) const fn new(models: &'m dyn Models) -> Self {
        Self { models }
    }

    /// Whether a sentence in this language may be asked about: what only prepares a question need not be done for others.
    pub(crate) fn may_ask(&self, lang: Lang) -> bool {
        self.models.name(lang).is_some()
    }

    /// Whether the model of this language is to be believed on names beside which nothing says that they are some.
    pub(crate) fn knows_names_alone(&self, lang: Lang) -> bool {
        self.models.name(lang).is_some_and(|name| NAMES_ALONE.contains(&name))
    }

    /// Gives `to` the tree of each of these sentences for whose language there is a model, with the model's id.
    pub(crate) fn trees(&self, text: &Text<'_>, sentences: &[usize], mut to: impl FnMut(usize, &Tree, &str)) {
        self.ask(text, sentences, TREES, |sentence, doc, map, engine| {
            to(sentence, &Tree::new(doc, |range| map.back(range)), engine.id());
        });
    }

    /// Gives `to` the names in each of these sentences, with the model's id.
    pub(crate) fn names(&self, text: &Text<'_>, sentences: &[usize], mut to: impl FnMut(usize, Vec<Guess>, &str)) {
        self.ask(text, sentences, Steps::ENTITIES, |sentence, doc, map, engine| {
            let guess = |e: khronika_nlp::Entity<'_>| Guess { span: map.back(e.span), kind: kind(e.label) };
            to(sentence, doc.entities().map(guess).collect(), engine.id());
        });
    }

    fn ask(&self, text: &Text<'_>, sentences: &[usize], steps: Steps, mut to: impl FnMut(usize, &Doc, &Map, &Engine)) {
        let fits = |ix: &usize| text.sentences.get(*ix).is_some_and(|s| (SHORTEST..=LONGEST).contains(&s.tokens.len()));
        let mut wanted: Vec<(Lang, usize)> = sentences
            .iter()
            .copied()
            .filter(fits)
            .filter_map(|ix| Some((text.sentences.get(ix)?.lang, ix)))
            .filter(|(lang, _)| self.may_ask(*lang))
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        for same in wanted.chunk_by(|a, b| a.0 == b.0) {
            let Some((lang, engine)) = same.first().and_then(|(lang, _)| Some((*lang, self.models.engine(*lang)?)))
            else {
                continue;
            };
            // A pipeline of names alone knows nothing of trees.
            let has = engine.pipeline().steps();
            if steps.tree && !has.tree || steps.entities && !has.entities {
                continue;
            }
            engine.asked.fetch_add(same.len(), std::sync::atomic::Ordering::Relaxed);
            self.models.is_asked(lang);
            for parcel in same.chunks(PARCEL) {
                let maps: Vec<Map> =
                    parcel.iter().filter_map(|(_, ix)| Some(Map::new(text, text.sentences.get(*ix)?.span))).collect();
                let docs = engine.pipeline().annotate_all(&maps, steps);
                for (((_, ix), map), doc) in parcel.iter().zip(&maps).zip(&docs) {
                    to(*ix, doc, map, engine);
                }
            }
        }
    }
}

/// The kinds of the pipelines' label sets: OntoNotes', WikiNER's, those of news corpora, and those of the Polish, Swedish and Romanian
/// pipelines.
fn kind(label: &str) -> GuessKind {
    match label {
        "PERSON" | "PER" | "PRS" | "persName" => GuessKind::Person,
        "ORG" | "ORGANIZATION" | "orgName" => GuessKind::Organisation,
        _ => GuessKind::Other,
    }
}

/// A sentence as a model is given it, and the way back: white space is one blank wherever the lines break, soft hyphens are gone.
#[derive(Debug)]
struct Map {
    plain: String,
    /// Where the two drift apart: an offset in `plain` and the one in the text that it stands for.
    steps: Vec<(usize, usize)>,
}

impl Map {
    fn new(text: &Text<'_>, span: Span) -> Self {
        let source = text.of(span);
        let mut plain = String::with_capacity(source.len());
        let mut steps = vec![(0, span.start)];
        let mut blank = true;
        let mut skipped = false;
        for (at, letter) in source.char_indices() {
            let white = letter.is_whitespace();
            if letter == '\u{ad}' || white && blank {
                skipped = true;
                continue;
            }
            if skipped {
                steps.push((plain.len(), span.start + at));
                skipped = false;
            }
            if white {
                plain.push(' ');
                // A blank that takes more or fewer bytes than a space, such as the one before French marks.
                skipped = letter.len_utf8() != 1;
            } else {
                plain.push(letter);
            }
            blank = white;
        }
        Self { plain, steps }
    }

    /// The place in the text of what stands at `range` of the plain sentence.
    fn back(&self, range: Range<usize>) -> Span {
        let place = |at: usize| {
            let step = self.steps.partition_point(|(plain, _)| *plain <= at);
            self.steps.get(step.saturating_sub(1)).map_or(0, |(plain, source)| source + at.saturating_sub(*plain))
        };
        // The end is where the last letter ends, not where the next one begins.
        let last = self.plain.get(..range.end).and_then(|s| s.char_indices().next_back());
        let (last, len) = last.map_or((range.start, 0), |(at, c)| (at, c.len_utf8()));
        let start = place(range.start);
        Span::new(start, (place(last) + len).max(start))
    }
}

impl AsRef<str> for Map {
    fn as_ref(&self) -> &str {
        &self.plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Abbreviations;
    use crate::text::tests::source;

    #[test]
    fn places_come_back_over_line_breaks_and_soft_hyphens() {
        let source = source(Lang::FR, "La cour\u{a0}a  re\u{ad}jeté «\u{202f}tout\u{202f}».");
        let text = Text::new(&source, &Abbreviations::default());
        let map = Map::new(&text, Span::new(0, source.text.len()));
        assert_eq!(map.plain, "La cour a rejeté « tout ».");
        for word in ["cour", "a", "tout", "»", "."] {
            let at = map.plain.find(&format!(" {word}")).map_or_else(|| map.plain.find(word).unwrap(), |at| at + 1);
            assert_eq!(text.of(map.back(at..at + word.len())), word);
        }
        let at = map.plain.find("rejeté").unwrap();
        assert_eq!(text.of(map.back(at..at + "rejeté".len())), "re\u{ad}jeté");
    }
}
