//! Rules that set attributes of tokens after tagging and parsing.

use std::collections::HashMap;

use fancy_regex::Regex;

use crate::doc::TokenData;
use crate::error::{Error, Result};
use crate::labels::{Label, Labels};
use crate::lexicon::{Lexicon, Word};
use crate::package::Package;
use crate::package::msgpack::Value;

/// What of a token a rule looks at.
#[derive(Clone, Copy, Debug)]
enum Field {
    Tag,
    Pos,
    Dep,
    Morph,
    Lower,
    Text,
    IsSpace,
}

#[derive(Debug)]
enum Test {
    Is(Box<str>),
    In(Vec<Box<str>>),
    NotIn(Vec<Box<str>>),
    Matches(Box<Regex>),
    Flag(bool),
}

type TokenTest = Vec<(Field, Test)>;

#[derive(Debug)]
enum Change {
    Tag(Label),
    Pos(Label),
    Dep(Label),
    Morph(Label),
    Lemma(std::sync::Arc<str>),
}

#[derive(Debug)]
struct Rule {
    /// Rows of tokens, any of which will do.
    rows: Vec<Vec<TokenTest>>,
    /// The token of the row that changes, counted from its end where negative.
    index: i64,
    changes: Vec<Change>,
}

/// The rules in their order: later ones win.
#[derive(Debug)]
pub(crate) struct Ruler {
    rules: Vec<Rule>,
}

/// A worker's memory: the rules whose first token a token fits, for what was met so far.
#[derive(Debug, Default)]
pub(crate) struct RulerMemory(HashMap<Met, Box<[(usize, usize)]>>);

/// A word with its tag, part of speech, relation and morphology.
type Met = (Word, Label, Label, Label, Label);

impl Ruler {
    pub(crate) fn read(package: &Package, step: &str, labels: &mut Labels) -> Result<Self> {
        let file = format!("{step}/patterns");
        let bytes = package.read(&file)?;
        let root = Value::read(&bytes, &file)?;
        let damaged = || Error::damaged(&file, "a rule is not whole");
        let mut rules = Vec::new();
        for rule in root.as_list().unwrap_or_default() {
            let mut rows = Vec::new();
            for row in rule.get("patterns").and_then(Value::as_list).ok_or_else(damaged)? {
                let row = row.as_list().ok_or_else(damaged)?;
                rows.push(row.iter().map(read_test).collect::<Result<Vec<_>>>()?);
            }
            let index = match rule.get("index") {
                Some(Value::Int(index)) => *index,
                _ => 0,
            };
            let attrs = rule.get("attrs").and_then(Value::as_map).ok_or_else(damaged)?;
            let changes = attrs.iter().map(|(key, value)| read_change(key, value, labels)).collect::<Result<_>>()?;
            rules.push(Rule { rows, index, changes });
        }
        Ok(Self { rules })
    }

    /// Applies all rules to a text's tokens.
    pub(crate) fn apply(
        &self,
        tokens: &mut [TokenData],
        words: &[Word],
        lexicon: &Lexicon,
        labels: &Labels,
        memory: &mut RulerMemory,
    ) {
        let fits = |tests: &TokenTest, at: usize| {
            let token = tokens.get(at)?;
            let lexeme = lexicon.lexeme(*words.get(at)?)?;
            Some(tests.iter().all(|(field, test)| match (field, test) {
                (Field::IsSpace, Test::Flag(wanted)) => lexeme.is_space == *wanted,
                (Field::IsSpace, _) => false,
                (Field::Lower, test) => test.holds(&lexeme.text.to_lowercase()),
                (Field::Text, test) => test.holds(&lexeme.text),
                (Field::Tag, test) => test.holds(labels.name(token.tag)),
                (Field::Pos, test) => test.holds(labels.name(token.pos)),
                (Field::Dep, test) => test.holds(labels.name(token.dep)),
                (Field::Morph, test) => test.holds(labels.name(token.morph)),
            }))
        };
        let mut hits: Vec<(usize, usize)> = Vec::new();
        for (at, (token, &word)) in tokens.iter().zip(words).enumerate() {
            let key = (word, token.tag, token.pos, token.dep, token.morph);
            let firsts = memory.0.entry(key).or_insert_with(|| {
                let rows =
                    self.rules.iter().enumerate().flat_map(|(i, rule)| (0..rule.rows.len()).map(move |r| (i, r)));
                let first = |&(rule, row): &(usize, usize)| self.row(rule, row)?.first();
                rows.filter(|at_row| first(at_row).is_some_and(|tests| fits(tests, at) == Some(true))).collect()
            });
            for &(rule, row) in firsts.iter() {
                let Some(tests) = self.row(rule, row) else { continue };
                if tests.iter().enumerate().skip(1).all(|(i, tests)| fits(tests, at + i) == Some(true)) {
                    let index = self.rules.get(rule).map_or(0, |rule| rule.index);
                    let count = i64::try_from(tests.len()).unwrap_or(0);
                    let index = if index < 0 { index + count } else { index };
                    if (0..count).contains(&index) {
                        hits.push((rule, at + usize::try_from(index).unwrap_or(0)));
                    }
                }
            }
        }
        hits.sort_unstable();
        for (rule, at) in hits {
            let (Some(rule), Some(token)) = (self.rules.get(rule), tokens.get_mut(at)) else { continue };
            for change in &rule.changes {
                match change {
                    Change::Tag(label) => token.tag = *label,
                    Change::Pos(label) => token.pos = *label,
                    Change::Dep(label) => token.dep = *label,
                    Change::Morph(label) => token.morph = *label,
                    Change::Lemma(lemma) => token.lemma = Some(lemma.clone()),
                }
            }
        }
    }

    fn row(&self, rule: usize, row: usize) -> Option<&Vec<TokenTest>> {
        self.rules.get(rule)?.rows.get(row)
    }
}

impl Test {
    fn holds(&self, text: &str) -> bool {
        match self {
            Self::Is(wanted) => **wanted == *text,
            Self::In(any) => any.iter().any(|wanted| **wanted == *text),
            Self::NotIn(none) => none.iter().all(|unwanted| **unwanted != *text),
            Self::Matches(regex) => regex.is_match(text).unwrap_or(false),
            Self::Flag(_) => false,
        }
    }
}

fn read_test(token: &Value<'_>) -> Result<TokenTest> {
    let unsupported = |what: &str| Error::unsupported(format!("a rule about {what}"));
    let mut tests = Vec::new();
    for (key, value) in token.as_map().unwrap_or_default() {
        let key = key.as_str().unwrap_or_default();
        let field = match key {
            "TAG" => Field::Tag,
            "POS" => Field::Pos,
            "DEP" => Field::Dep,
            "MORPH" => Field::Morph,
            "LOWER" => Field::Lower,
            "ORTH" | "TEXT" => Field::Text,
            "IS_SPACE" => Field::IsSpace,
            other => return Err(unsupported(other)),
        };
        if let Some(text) = value.as_str() {
            tests.push((field, Test::Is(text.into())));
        } else if let Some(wanted) = value.as_bool() {
            tests.push((field, Test::Flag(wanted)));
        } else {
            for (how, value) in value.as_map().ok_or_else(|| unsupported(key))? {
                let list = || {
                    let items = value.as_list().unwrap_or_default();
                    items.iter().filter_map(Value::as_str).map(Box::from).collect()
                };
                let test = match how.as_str().unwrap_or_default() {
                    "IN" => Test::In(list()),
                    "NOT_IN" => Test::NotIn(list()),
                    "REGEX" => {
                        let regex = Regex::new(value.as_str().unwrap_or_default());
                        Test::Matches(Box::new(regex.map_err(|_| unsupported("a pattern that is not understood"))?))
                    }
                    other => return Err(unsupported(other)),
                };
                tests.push((field, test));
            }
        }
    }
    Ok(tests)
}

fn read_change(key: &Value<'_>, value: &Value<'_>, labels: &mut Labels) -> Result<Change> {
    let key = key.as_str().unwrap_or_default();
    let value = value.as_str().ok_or_else(|| Error::unsupported(format!("a rule that sets {key} to no text")))?;
    Ok(match key {
        "TAG" => Change::Tag(labels.add(value)),
        "POS" => Change::Pos(labels.add(value)),
        "DEP" => Change::Dep(labels.add(value)),
        "MORPH" => Change::Morph(labels.add(if value == "_" { "" } else { value })),
        "LEMMA" => Change::Lemma(value.into()),
        other => return Err(Error::unsupported(format!("a rule that sets {other}"))),
    })
}
