//! People, organisations, courts and authorities: names, acronyms, variants, mentions.
//!
//! The steps, each of which leaves alone what the steps before it took:
//! 1. courts and authorities of `data/courts/`, with the places ([`place`]) and matters ([`tail`]) that
//!    belong to their names;
//! 2. organisations with a head word or a legal form ([`organisation`]);
//! 3. people ([`person`]), 4. states ([`state`]);
//! 5. names that the text defines, and their later uses ([`definition`]);
//! 6. surnames of people found, slips of the pen, "the Court" and "the Department" ([`resolve`]), and what names one actor taken together
//!    ([`cluster`]), then written ([`write`]).
//!
//! Mentions do not overlap: the outermost name holds ("Andrei Sakharov Institute" is one name). A role is no part of a name, so in "Director
//! of the Office for Refugees" the office is the actor.

mod body;
mod cluster;
mod definition;
mod ending;
mod guessed;
mod human;
mod names;
mod organisation;
mod parted;
mod person;
mod place;
mod resolve;
mod scan;
mod state;
mod tail;
mod words;
mod write;

use khronika_core::{Findings, Lang, MentionIx, Span};
use khronika_data::Dataset;

pub use body::Body;

use crate::LexiconError;
use crate::engine::{NoModels, Reader};
use crate::text::Text;
use body::Bodies;
use names::Names;
use scan::{Item, Scan, What};
use state::States;
use words::{Use, Words};

/// The rules for names.
#[derive(Debug)]
pub struct ActorRules {
    bodies: Bodies,
    words: Words,
    names: Names,
    states: States,
}

impl ActorRules {
    /// Compiles the rules of every language.
    ///
    /// # Errors
    /// Where a data file is not what it should be.
    pub fn load(data: &Dataset) -> Result<Self, LexiconError> {
        Ok(Self {
            bodies: Bodies::load(data)?,
            words: Words::load(data)?,
            names: Names::load(data)?,
            states: States::load(data)?,
        })
    }

    /// The court or authority with this id of `data/courts/`.
    #[must_use]
    pub fn body(&self, id: &str) -> Option<&Body> {
        self.bodies.rows.iter().find(|b| b.info.id == id)
    }

    /// Adds what it finds to `found`; reads its dates.
    pub fn find(&self, text: &Text<'_>, found: &mut Findings) {
        self.find_with(text, found, Reader::new(&NoModels));
    }

    /// The same; asks language models where the rules are not sure.
    pub(crate) fn find_with(&self, text: &Text<'_>, found: &mut Findings, reader: Reader<'_>) {
        let mut scan = Scan::new(text, found);
        place::find(self, &mut scan);
        definition::spelled_out(self, &mut scan);
        organisation::find(self, &mut scan);
        person::find(self, &mut scan);
        self.add_states(&mut scan);
        definition::find(self, &mut scan);
        parted::find(&mut scan, reader);
        guessed::find(self, &mut scan, reader);
        cluster::finish(self, scan, found);
    }

    fn add_states(&self, scan: &mut Scan<'_, '_>) {
        let text = scan.text;
        for sentence in &text.sentences {
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                let name = if scan.free(at) { self.states.name(text, at, sentence.tokens.end) } else { None };
                let Some((end, form)) = name else {
                    at += 1;
                    continue;
                };
                scan.add(Item {
                    tokens: at..end,
                    what: What::State { state: form.state, nominative: form.nominative },
                    lang: sentence.lang,
                    block: sentence.block,
                    made_by: self.states.id(form.state).to_owned(),
                    confidence: 0.95,
                });
                at = end;
            }
        }
    }

    /// True where the word at token `at` is no name, whatever its capitals.
    fn is_not_name(&self, text: &Text<'_>, at: usize, end: usize, lang: Lang) -> bool {
        self.words.of(lang).at(text, at, end, Use::NotName).is_some()
    }
}

/// The mention that holds the beginning of `at`.
pub(crate) fn mention_over(found: &Findings, at: Span) -> Option<MentionIx> {
    let ix = found.mentions.partition_point(|m| m.span.end <= at.start);
    found.mentions.get(ix).filter(|m| m.span.start <= at.start && !at.is_empty()).map(|_| ix)
}

#[cfg(test)]
mod tests;
