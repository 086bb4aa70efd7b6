//! The steps of a pipeline over tokens.

pub(crate) mod actions;
pub(crate) mod lemma;
pub(crate) mod ner;
pub(crate) mod parser;
pub(crate) mod ruler;
pub(crate) mod tagger;
pub(crate) mod trees;
