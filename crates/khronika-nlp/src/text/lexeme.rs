//! Words as the weights see them: numbers for the word's norm, its ends and its shape.

use std::collections::HashMap;

use super::chars::{Chars, is_space};
use super::hash::StringIds;
use crate::error::{Error, Result};
use crate::package::Package;
use crate::package::msgpack::Value;

/// Signs whose norm is another sign, in all languages (spaCy's `BASE_NORMS`).
const BASE_NORMS: [(&str, &str); 45] = [
    ("'s", "'s"),
    ("'S", "'s"),
    ("’s", "'s"),
    ("’S", "'s"),
    ("’", "'"),
    ("‘", "'"),
    ("´", "'"),
    ("`", "'"),
    ("”", "\""),
    ("“", "\""),
    ("''", "\""),
    ("``", "\""),
    ("´´", "\""),
    ("„", "\""),
    ("»", "\""),
    ("«", "\""),
    ("‘‘", "\""),
    ("’’", "\""),
    ("？", "?"),
    ("！", "!"),
    ("，", ","),
    ("；", ";"),
    ("：", ":"),
    ("。", "."),
    ("।", "."),
    ("…", "..."),
    ("—", "-"),
    ("–", "-"),
    ("--", "-"),
    ("---", "-"),
    ("——", "-"),
    ("€", "$"),
    ("£", "$"),
    ("¥", "$"),
    ("฿", "$"),
    ("US$", "$"),
    ("C$", "$"),
    ("A$", "$"),
    ("₺", "$"),
    ("₹", "$"),
    ("৳", "$"),
    ("₩", "$"),
    ("Mex$", "$"),
    ("₣", "$"),
    ("E£", "$"),
];

/// The attributes that weights can be looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attribute {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    /// Whether a space follows.
    Spacy,
    IsSpace,
}

impl Attribute {
    /// From the name that models use.
    pub(crate) fn named(name: &str) -> Result<Self> {
        Ok(match name {
            "ORTH" => Self::Orth,
            "LOWER" => Self::Lower,
            "NORM" => Self::Norm,
            "PREFIX" => Self::Prefix,
            "SUFFIX" => Self::Suffix,
            "SHAPE" => Self::Shape,
            "SPACY" => Self::Spacy,
            "IS_SPACE" => Self::IsSpace,
            _ => return Err(Error::unsupported(format!("the word attribute {name}"))),
        })
    }
}

/// A word, in the form that the tokenizer gave it.
#[derive(Debug)]
pub(crate) struct Lexeme {
    pub(crate) text: Box<str>,
    pub(crate) is_space: bool,
    pub(crate) orth: u64,
    pub(crate) lower: u64,
    norm: u64,
    prefix: u64,
    suffix: u64,
    shape: u64,
}

impl Lexeme {
    /// The number of an attribute. `spacy` says whether a space follows the token.
    pub(crate) fn attribute(&self, which: Attribute, spacy: bool) -> u64 {
        match which {
            Attribute::Orth => self.orth,
            Attribute::Lower => self.lower,
            Attribute::Norm => self.norm,
            Attribute::Prefix => self.prefix,
            Attribute::Suffix => self.suffix,
            Attribute::Shape => self.shape,
            Attribute::Spacy => u64::from(spacy),
            Attribute::IsSpace => u64::from(self.is_space),
        }
    }
}

/// What a language knows of its words: the norms that are not the lower-cased word.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    pub(crate) ids: StringIds,
    pub(crate) chars: Chars,
    norms: HashMap<u64, Box<str>>,
}

impl Vocabulary {
    /// Reads the pipeline's table of norms, where it has one.
    pub(crate) fn read(package: &Package) -> Result<Self> {
        let ids = StringIds::new();
        let mut norms: HashMap<_, Box<str>> = BASE_NORMS.iter().map(|(k, v)| (ids.id(k), (*v).into())).collect();
        let file = "vocab/lookups.bin";
        if let Some(bytes) = package.find(file)? {
            let root = Value::read(&bytes, file)?;
            let table = root.get("lexeme_norm").and_then(Value::as_map).unwrap_or_default();
            norms.extend(table.iter().filter_map(|(k, v)| Some((k.as_u64()?, v.as_str()?.into()))));
        }
        Ok(Self { ids, chars: Chars::new(), norms })
    }

    /// The attributes of a word. `norm` is what an exception of the tokenizer gives it.
    pub(crate) fn lexeme(&self, text: &str, norm: Option<&str>) -> Lexeme {
        let orth = self.ids.id(text);
        let lower = self.ids.id(&text.to_lowercase());
        let norm = norm.or_else(|| self.norms.get(&orth).map(AsRef::as_ref));
        let prefix_end = text.chars().next().map_or(0, char::len_utf8);
        let suffix_start = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        let mut shape = String::new();
        self.chars.shape(text, &mut shape);
        Lexeme {
            text: text.into(),
            is_space: !text.is_empty() && text.chars().all(is_space),
            orth,
            lower,
            norm: norm.map_or(lower, |norm| self.ids.id(norm)),
            prefix: self.ids.id(text.get(..prefix_end).unwrap_or_default()),
            suffix: self.ids.id(text.get(suffix_start..).unwrap_or_default()),
            shape: self.ids.id(&shape),
        }
    }
}
