//! Temporal expressions: found, resolved, and given their role.
//!
//! One pass over the text makes numbers and known words into tokens; only stretches that hold a word of time are looked at further.
//! In them the longest pattern of the language's automaton wins. What was found is completed from its neighbours (lists and ranges),
//! then from an anchor (the day of writing, or the date told before), and printed as TIMEX3 and EDTF.

mod authority;
mod bare;
mod calendar;
mod document;
mod guess;
mod head;
mod holiday;
mod item;
pub mod jsonl;
mod language;
mod layout;
mod link;
mod number;
mod parse;
mod pattern;
mod plausible;
mod press;
mod range;
mod resolve;
mod role;
mod scan;
mod skip;
mod slip;
mod tense;
mod title;
mod value;
mod window;
mod word;

use std::collections::BTreeMap;

use khronika_core::{BlockKind, Day, Findings, Lang, Span, TimeExpr};
use khronika_data::Dataset;

use crate::LexiconError;
use crate::text::Text;
use document::Part;
use language::Language;

/// The temporal rules of every language.
#[derive(Debug)]
pub struct TimeRules {
    languages: BTreeMap<Lang, Language>,
    examples: Vec<language::Example>,
}

impl TimeRules {
    /// Compiles the rules of every language.
    ///
    /// # Errors
    /// Where a data file is not what it should be.
    pub fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let mut languages = BTreeMap::new();
        let mut examples = Vec::new();
        for code in data.languages() {
            let Some(lang) = Lang::new(code) else { continue };
            if let Some(language) = Language::load(data, lang, &mut examples)? {
                languages.insert(lang, language);
            }
        }
        Ok(Self { languages, examples })
    }

    /// Runs the examples and near misses of every rule; a sentence for each that does not hold.
    #[must_use]
    pub fn failing_examples(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for example in &self.examples {
            let (rule, text) = (&example.rule, &example.text);
            let found = self.find_in(text, None, Some(example.lang));
            let fails = match &example.value {
                Some(value) => !found.iter().any(|d| d.value == *value),
                None => found.iter().any(|d| d.made_by == *rule),
            };
            if fails {
                let found: Vec<String> = found.iter().map(|d| format!("{} = {}", d.span.of(text), d.value)).collect();
                let wanted = example.value.as_deref().unwrap_or("nothing by this rule");
                wrong.push(format!("{rule}: “{text}” should give {wanted}, but gives {found:?}"));
            }
        }
        wrong
    }

    /// Fills `found.dates` (in order, without overlap) and `found.document_date`.
    pub fn find(&self, text: &Text<'_>, found: &mut Findings) {
        let source = text.source;
        let parts: Vec<Part> = source
            .blocks
            .iter()
            .filter(|b| b.kind != BlockKind::Furniture)
            .map(|b| Part { span: b.span, lang: self.known(b.lang, source.lang), kind: b.kind })
            .collect();
        let done = self.document(&source.text, &parts, source.meta_date);
        found.dates = done.dates;
        found.document_date = done.document_date;
    }

    /// The expressions of a text that is no source: in order, without overlap. `dct` is the day of writing, where it is known; without
    /// a language the text's letters and words decide.
    #[must_use]
    pub fn find_in(&self, text: &str, dct: Option<Day>, lang: Option<Lang>) -> Vec<TimeExpr> {
        let lang = lang.filter(|l| self.languages.contains_key(l)).unwrap_or_else(|| guess::language(text));
        let part = Part { span: Span::new(0, text.len()), lang, kind: BlockKind::Paragraph };
        self.document(text, &[part], dct).dates
    }

    /// The language of a part, or of the whole where there are no rules for the part's.
    fn known(&self, part: Lang, whole: Lang) -> Lang {
        if self.languages.contains_key(&part) { part } else { whole }
    }
}

#[cfg(test)]
mod anchor_tests;
#[cfg(test)]
mod tests;
