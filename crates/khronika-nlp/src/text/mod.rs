//! From text to tokens: character classes, hashes, word attributes, the tokenizer.

pub(crate) mod chars;
pub(crate) mod factor;
pub(crate) mod hash;
pub(crate) mod lexeme;
pub(crate) mod pattern;
pub(crate) mod pool;
pub(crate) mod special;
pub(crate) mod tokenizer;
