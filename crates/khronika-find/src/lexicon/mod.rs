//! Words and phrases from data files, looked up in a tokenised text.
//!
//! A lexicon file lists forms in a small notation that a linguist can write and read:
//!
//! | notation | means |
//! |---|---|
//! | `set aside` | these words, one after the other, whatever their capitals |
//! | `отмени{л,ла,ло,ли}` | one word with each of these endings; `order{,s}` also the bare word |
//! | `(the) decision` | the first word may be missing |
//! | `қамау*` | a word that begins so |
//! | `declare{,s,d} ... void` | up to eight tokens between, none of them `;` or an end of the sentence |
//!
//! Everything is compiled once, when it is first looked for; a look-up costs one hash of the word at hand.

mod pattern;
mod phrase;
mod row;

pub use phrase::{PhraseMatch, Phrases};
pub use row::{RowInfo, RowStatus, check_rows};
