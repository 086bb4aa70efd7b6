//! What a pipeline says of a text.

use std::ops::Range;
use std::sync::Arc;

use crate::labels::{Label, Labels};

/// An annotated text. It holds places, not the text itself: offsets are bytes, on character boundaries.
#[derive(Clone, Debug, Default)]
pub struct Doc {
    pub(crate) labels: Arc<Labels>,
    pub(crate) tokens: Vec<TokenData>,
    pub(crate) entities: Vec<EntityData>,
}

#[derive(Clone, Debug)]
pub(crate) struct TokenData {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) spacy: bool,
    pub(crate) sentence_start: bool,
    pub(crate) head: usize,
    pub(crate) tag: Label,
    pub(crate) pos: Label,
    pub(crate) morph: Label,
    pub(crate) dep: Label,
    pub(crate) lemma: Option<Arc<str>>,
}

impl TokenData {
    /// A token of which only the place is known.
    pub(crate) fn at(number: usize, place: Range<usize>, spacy: bool) -> Self {
        Self {
            start: place.start,
            end: place.end,
            spacy,
            sentence_start: number == 0,
            head: number,
            tag: Label::NONE,
            pos: Label::NONE,
            morph: Label::NONE,
            dep: Label::NONE,
            lemma: None,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct EntityData {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) label: Label,
}

/// A token of a text.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    doc: &'a Doc,
    data: &'a TokenData,
}

impl<'a> Token<'a> {
    /// Where it stands, in bytes, without white space around it; a token of white space is nothing but that.
    pub fn span(&self) -> Range<usize> {
        self.data.start..self.data.end
    }

    /// The token's words in the text that was annotated, and nothing in any other text.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.span()).unwrap_or_default()
    }

    /// Whether a single space follows that belongs to no other token.
    pub fn has_space(&self) -> bool {
        self.data.spacy
    }

    /// Whether a sentence begins here. Without a step that finds sentences only the first token begins one.
    pub fn starts_sentence(&self) -> bool {
        self.data.sentence_start
    }

    /// The number of the token that this one depends on, its own for the root of a sentence or where no tree was made.
    ///
    /// With slovnet each token chooses for itself: a sentence may have several roots, and tokens may depend on each other in a circle.
    pub fn head(&self) -> usize {
        self.data.head
    }

    /// The relation to the head, or empty.
    pub fn dep(&self) -> &'a str {
        self.doc.labels.name(self.data.dep)
    }

    /// The fine-grained part of speech, or empty. With slovnet it is the coarse one and the features, as `NOUN|Case=Nom`.
    pub fn tag(&self) -> &'a str {
        self.doc.labels.name(self.data.tag)
    }

    /// The coarse part of speech of Universal Dependencies, or empty.
    pub fn pos(&self) -> &'a str {
        self.doc.labels.name(self.data.pos)
    }

    /// Morphological features, as `Name=Value|…`, or empty.
    pub fn morph(&self) -> &'a str {
        self.doc.labels.name(self.data.morph)
    }

    /// The word's base form, or empty.
    pub fn lemma(&self) -> &'a str {
        self.data.lemma.as_deref().unwrap_or_default()
    }
}

/// A name or figure in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity<'a> {
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// Its tokens; the end is not included.
    pub tokens: Range<usize>,
    /// What it is, in the pipeline's words: `PERSON`, `ORG` …
    pub label: &'a str,
}

impl Doc {
    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there are none, as in an empty text.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The tokens in their order.
    pub fn tokens(&self) -> impl ExactSizeIterator<Item = Token<'_>> {
        self.tokens.iter().map(|data| Token { doc: self, data })
    }

    /// A token by its number.
    pub fn token(&self, at: usize) -> Option<Token<'_>> {
        self.tokens.get(at).map(|data| Token { doc: self, data })
    }

    /// The sentences in their order, as ranges of tokens that leave none out.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = self.tokens.iter().enumerate().filter(|(i, token)| *i > 0 && token.sentence_start).map(|(i, _)| i);
        let mut last = 0;
        starts
            .chain([self.tokens.len()])
            .map(move |end| std::mem::replace(&mut last, end)..end)
            .filter(|s| !s.is_empty())
    }

    /// The entities in their order; none overlaps another.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = Entity<'_>> {
        self.entities.iter().map(|entity| {
            let start = self.tokens.get(entity.first).map_or(0, |token| token.start);
            let end = entity.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.end);
            Entity { span: start..end, tokens: entity.first..entity.end, label: self.labels.name(entity.label) }
        })
    }
}
