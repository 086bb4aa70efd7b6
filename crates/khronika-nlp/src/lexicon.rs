//! The words and chunks that a worker has met: what is computed for a word is computed once.

use std::collections::HashMap;
use std::sync::Arc;

use crate::text::lexeme::{Lexeme, Vocabulary};
use crate::text::tokenizer::Tokenizer;

/// Longer chunks are not kept: they hardly ever come twice.
const LONGEST_KEPT: usize = 64;
/// With more words than this the memory is emptied before the next text.
const MOST_WORDS: usize = 12_000;

/// A word of a lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Word(u32);

impl Word {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug)]
struct Entry {
    lexeme: Lexeme,
    begins_row: bool,
}

/// The words met so far.
#[derive(Debug)]
pub(crate) struct Lexicon {
    vocabulary: Arc<Vocabulary>,
    words: Vec<Entry>,
    by_text: HashMap<Box<str>, Word>,
    /// Words that an exception of the tokenizer gave a norm of its own.
    by_norm: HashMap<(Box<str>, usize), Word>,
    chunks: HashMap<Box<str>, Box<[(usize, Word)]>>,
    long: Vec<(usize, Word)>,
}

impl Lexicon {
    pub(crate) fn new(vocabulary: Arc<Vocabulary>) -> Self {
        Self {
            vocabulary,
            words: Vec::new(),
            by_text: HashMap::new(),
            by_norm: HashMap::new(),
            chunks: HashMap::new(),
            long: Vec::new(),
        }
    }

    /// Whether so many words were met that everything kept for them should go.
    pub(crate) fn is_full(&self) -> bool {
        self.words.len() > MOST_WORDS || self.chunks.len() > 2 * MOST_WORDS
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// A word of this lexicon.
    pub(crate) fn lexeme(&self, word: Word) -> Option<&Lexeme> {
        self.words.get(word.index()).map(|entry| &entry.lexeme)
    }

    /// Whether a row of tokens that is joined again begins with the word.
    pub(crate) fn begins_row(&self, word: Word) -> bool {
        self.words.get(word.index()).is_some_and(|entry| entry.begins_row)
    }

    /// The word for a token's text and the norm that an exception gave it.
    pub(crate) fn word(&mut self, tokenizer: &Tokenizer, text: &str, norm: Option<usize>) -> Word {
        let known = match norm {
            None => self.by_text.get(text).copied(),
            Some(norm) => self.by_norm.get(&(text.into(), norm)).copied(),
        };
        if let Some(word) = known {
            return word;
        }
        let lexeme = self.vocabulary.lexeme(text, norm.and_then(|norm| tokenizer.norm(norm)));
        // Four thousand million different words do not fit in a text that fits in memory.
        let word = Word(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        self.words.push(Entry { lexeme, begins_row: tokenizer.begins_row(text) });
        match norm {
            None => self.by_text.insert(text.into(), word),
            Some(norm) => self.by_norm.insert((text.into(), norm), word),
        };
        word
    }

    /// The parts of a chunk: their lengths in bytes and their words.
    pub(crate) fn chunk(&mut self, tokenizer: &Tokenizer, chunk: &str) -> &[(usize, Word)] {
        if !self.chunks.contains_key(chunk) {
            let mut start = 0;
            let mut parts = Vec::new();
            for part in tokenizer.parts(chunk, true) {
                let text = chunk.get(start..start + part.len).unwrap_or_default();
                parts.push((part.len, self.word(tokenizer, text, part.norm)));
                start += part.len;
            }
            if chunk.len() > LONGEST_KEPT {
                self.long = parts;
                return &self.long;
            }
            self.chunks.insert(chunk.into(), parts.into());
        }
        self.chunks.get(chunk).map_or(&[], AsRef::as_ref)
    }
}
