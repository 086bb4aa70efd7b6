//! Phrases in a language, from Fluent files.
//!
//! Pages say a few phrases very often. So a phrase without variables is made once; one whose variables only stand in it is taken apart
//! once, and can be filled with markup as well as with words. What is left, phrases that depend on a number, goes through Fluent
//! whenever it is said.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::unicode::unescape_unicode_to_string;
use unic_langid::LanguageIdentifier;

use crate::Language;

/// The phrases of a language.
pub struct Phrases {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    by_key: BTreeMap<String, Phrase>,
}

/// A phrase, as far as it can be made before it is said.
enum Phrase {
    Fixed(String),
    Parts(Vec<Segment>),
    /// Depends on what it is said with.
    Chosen,
}

/// A part of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Words.
    Text(String),
    /// The variable with this name.
    Variable(String),
}

impl Phrases {
    /// The phrases of these files.
    #[must_use]
    pub fn new(language: Language, files: &[&str]) -> Self {
        let id: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Names are set apart by elements of the page.
        bundle.set_use_isolating(false);
        let mut by_key = BTreeMap::new();
        for file in files {
            // What could be read of a file counts; that all of it can is tested.
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
            for entry in resource.entries() {
                if let Entry::Message(message) = entry
                    && let Some(pattern) = &message.value
                {
                    by_key.insert(message.id.name.to_owned(), taken_apart(pattern));
                }
            }
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle, by_key }
    }

    /// The language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Whether there is such a phrase.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    /// A phrase without variables; `None` where there is none of this key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&str> {
        match self.by_key.get(key)? {
            Phrase::Fixed(text) => Some(text),
            Phrase::Parts(_) | Phrase::Chosen => None,
        }
    }

    /// A phrase without variables; its key where there is none.
    #[must_use]
    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// A phrase that depends on a number: `$n` in the file, and `$number` for the same as people write it.
    #[must_use]
    pub fn n(&self, key: &str, number: usize) -> String {
        if let Some(Phrase::Fixed(text)) = self.by_key.get(key) {
            return text.clone();
        }
        let mut args = FluentArgs::new();
        args.set("n", number);
        args.set("number", self.grouped(number));
        self.chosen(key, &args)
    }

    /// A phrase with words in the place of its variables.
    #[must_use]
    pub fn fill(&self, key: &str, with: &[(&str, &str)]) -> String {
        match self.by_key.get(key) {
            Some(Phrase::Fixed(text)) => text.clone(),
            Some(Phrase::Parts(parts)) => {
                let found = |name: &str| {
                    let found = with.iter().find(|(variable, _)| *variable == name);
                    debug_assert!(found.is_some(), "{key} is said without its {name}");
                    found.map_or("", |(_, word)| *word)
                };
                let words = parts.iter().map(|part| match part {
                    Segment::Text(text) => text.as_str(),
                    Segment::Variable(name) => found(name),
                });
                words.collect()
            }
            Some(Phrase::Chosen) => {
                let mut args = FluentArgs::new();
                for (name, word) in with {
                    args.set(*name, Cow::Owned::<str>((*word).to_owned()));
                }
                self.chosen(key, &args)
            }
            None => key.to_owned(),
        }
    }

    /// The parts of a phrase whose variables only stand in it; none where there is no such phrase.
    #[must_use]
    pub fn parts(&self, key: &str) -> &[Segment] {
        match self.by_key.get(key) {
            Some(Phrase::Parts(parts)) => parts,
            Some(Phrase::Fixed(_) | Phrase::Chosen) | None => &[],
        }
    }

    fn chosen(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        let Some(pattern) = pattern else { return key.to_owned() };
        self.bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned()
    }

    /// A number with the language's sign between thousands.
    #[must_use]
    pub fn grouped(&self, number: usize) -> String {
        let digits = number.to_string();
        let between = self.find("thousands").unwrap_or_default();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3 * between.len());
        for (n, digit) in digits.chars().enumerate() {
            if n > 0 && (digits.len() - n).is_multiple_of(3) {
                out.push_str(between);
            }
            out.push(digit);
        }
        out
    }
}

/// A phrase, made as far as it can be.
fn taken_apart(pattern: &Pattern<&str>) -> Phrase {
    let mut parts: Vec<Segment> = Vec::new();
    for element in &pattern.elements {
        let text = match element {
            PatternElement::TextElement { value } => Cow::Borrowed(*value),
            PatternElement::Placeable { expression: Expression::Inline(InlineExpression::StringLiteral { value }) } => {
                unescape_unicode_to_string(value)
            }
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => {
                parts.push(Segment::Variable(id.name.to_owned()));
                continue;
            }
            PatternElement::Placeable { .. } => return Phrase::Chosen,
        };
        match parts.last_mut() {
            Some(Segment::Text(before)) => before.push_str(&text),
            _ => parts.push(Segment::Text(text.into_owned())),
        }
    }
    match parts.as_slice() {
        [] => Phrase::Fixed(String::new()),
        [Segment::Text(text)] => Phrase::Fixed(text.clone()),
        _ => Phrase::Parts(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
fixed = as it is
blank = { \" \" }
filled = { $who }: { $what }.
counted = { $n ->
    [one] { $number } paper
   *[other] { $number } papers
}
thousands = ,
";

    #[test]
    fn phrases_are_said_with_and_without_what_stands_in_them() {
        let phrases = Phrases::new(Language::En, &[FILE]);
        assert_eq!((phrases.t("fixed"), phrases.t("blank"), phrases.t("none")), ("as it is", " ", "none"));
        assert_eq!(phrases.fill("filled", &[("what", "<b>"), ("who", "A")]), "A: <b>.");
        assert_eq!([phrases.n("counted", 1), phrases.n("counted", 1200)], ["1 paper", "1,200 papers"]);
        assert!(matches!(phrases.parts("filled"), [Segment::Variable(_), Segment::Text(_), Segment::Variable(_), _]));
        assert!(phrases.parts("fixed").is_empty() && phrases.find("filled").is_none());
    }

    #[test]
    fn thousands_are_grouped() {
        let phrases = Phrases::new(Language::En, &[FILE]);
        assert_eq!([0, 999, 1000, 1234567].map(|n| phrases.grouped(n)), ["0", "999", "1,000", "1,234,567"]);
    }
}
