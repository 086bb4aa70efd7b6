//! Finds what one source says: dates, people and bodies, procedural acts, events, statements, letters.
//!
//! [`Finder::find`] is a pure function of the source and the data files: no clock, no file, no network, and no knowledge of other
//! documents or of storage. Everything it returns carries the span of the words it rests on.

pub mod act;
pub mod actor;
pub mod engine;
pub mod error;
pub mod letter;
pub mod lexicon;
pub mod packed;
pub mod statement;
pub mod text;
pub mod time;

use std::panic::resume_unwind;
use std::thread;

use khronika_core::{Findings, Problem, ProblemKind, Source, Span};
use khronika_data::Dataset;

pub use error::LexiconError;

/// The rules of every language, compiled once and used for many documents, from several threads.
#[derive(Debug)]
pub struct Finder {
    abbreviations: text::Abbreviations,
    time: time::TimeRules,
    actor: actor::ActorRules,
    act: act::ActRules,
    statement: statement::StatementRules,
    letter: letter::LetterRules,
}

/// The rules but for those for dates.
type Others = (actor::ActorRules, act::ActRules, statement::StatementRules, letter::LetterRules);

/// The text has more words and marks than are searched.
fn unsearched(source: &Source, from: usize) -> Problem {
    Problem {
        source: Some(source.id.clone()),
        name: source.name.clone(),
        kind: ProblemKind::Limit,
        what: "The text has more words and marks than the program searches; names, acts and statements after this place are missing."
            .to_owned(),
        span: Some(Span::new(from, source.text.len())),
        place: None,
        advice: "Split the file into its documents.".to_owned(),
    }
}

impl Finder {
    /// Compiles the rules.
    ///
    /// # Errors
    /// Where a data file is not what it should be; the error names the file and the row.
    pub fn new(data: &Dataset) -> Result<Self, LexiconError> {
        // The rules for dates take about as long to compile as all the others.
        let (time, others) = thread::scope(|scope| {
            let time = scope.spawn(|| time::TimeRules::load(data));
            let others = Self::others(data);
            (time.join().unwrap_or_else(|panic| resume_unwind(panic)), others)
        });
        let (actor, act, statement, letter) = others?;
        Ok(Self { abbreviations: text::Abbreviations::load(data)?, time: time?, actor, act, statement, letter })
    }

    fn others(data: &Dataset) -> Result<Others, LexiconError> {
        Ok((
            actor::ActorRules::load(data)?,
            act::ActRules::load(data)?,
            statement::StatementRules::load(data)?,
            letter::LetterRules::load(data)?,
        ))
    }

    /// Finds everything in one source that rules find.
    #[must_use]
    pub fn find(&self, source: &Source) -> Findings {
        self.find_with(source, &engine::NoModels)
    }

    /// Finds everything in one source, and asks language models where the rules are not sure. Without models it is [`Self::find`].
    #[must_use]
    pub fn find_with(&self, source: &Source, models: &dyn engine::Models) -> Findings {
        let reader = engine::Reader::new(models);
        let text = text::Text::new(source, &self.abbreviations);
        let mut found = Findings::empty(source.id.clone());
        found.sentences = text.sentences.iter().map(|s| s.span).collect();
        found.problems.extend(text.cut_at.map(|at| unsearched(source, at)));
        // The order matters: each step may read what the steps before it put into `found`.
        self.time.find(&text, &mut found);
        self.actor.find_with(&text, &mut found, reader);
        self.act.find_with(&text, &mut found, reader);
        self.letter.find(&text, &mut found);
        self.statement.find_with(&text, &mut found, reader);
        found
    }
}
