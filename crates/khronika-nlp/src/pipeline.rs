//! A pipeline: opening it, and annotating texts with it.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::doc::Doc;
use crate::error::{Error, Result};
use crate::idle::Idle;
use crate::labels::Labels;
use crate::layer::dense::Linear;
use crate::layer::tok2vec::Tok2Vec;
use crate::layer::vectors::Vectors;
use crate::package::config::{Config, Meta};
use crate::package::thinc::Model;
use crate::package::{Family, Package};
use crate::slovnet::{self, Slovnet};
use crate::step::lemma::Lemmatizer;
use crate::step::ner::Ner;
use crate::step::parser::Parser;
use crate::step::ruler::Ruler;
use crate::step::tagger::{self, Tagger};
use crate::step::trees::TreeLemmatizer;
use crate::text::lexeme::Vocabulary;
use crate::text::tokenizer::Tokenizer;
use crate::worker::Worker;

/// Texts are handed to the processors in parcels of so many bytes.
const PARCEL: usize = 12_000;

/// Which steps to run, of those that a pipeline has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// Parts of speech and morphology.
    pub tags: bool,
    /// The dependency tree, and sentences by it.
    pub tree: bool,
    /// Sentences by the small step for them alone, where no tree is made.
    pub sentences: bool,
    /// Named entities.
    pub entities: bool,
    /// Base forms.
    pub lemmas: bool,
}

impl Steps {
    /// Everything, as spaCy does it.
    pub const ALL: Self = Self { tags: true, tree: true, sentences: true, entities: true, lemmas: true };
    /// Entities, and the sentences that they need: the quickest useful choice.
    pub const ENTITIES: Self = Self { tags: false, tree: false, sentences: true, entities: true, lemmas: false };
}

/// A step that a pipeline has but that is not run, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The step's name.
    pub step: String,
    /// What is not supported.
    pub why: String,
}

/// A pipeline, ready to annotate. It can be shared between threads.
#[derive(Debug)]
pub struct Pipeline {
    meta: Meta,
    left_out: Vec<LeftOut>,
    engine: Engine,
}

/// What runs a pipeline, by its family.
#[derive(Debug)]
enum Engine {
    Spacy(Box<Spacy>),
    Slovnet(Box<Slovnet>),
}

/// A spaCy pipeline.
#[derive(Debug)]
struct Spacy {
    workers: Idle<Worker>,
    parts: Parts,
}

/// What workers read.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) labels: Arc<Labels>,
    pub(crate) vocabulary: Arc<Vocabulary>,
    pub(crate) tokenizer: Tokenizer,
    pub(crate) vectors: Option<Vectors>,
    pub(crate) nets: Vec<Tok2Vec>,
    pub(crate) tagger: Option<(usize, Tagger)>,
    pub(crate) morphologizer: Option<(usize, Tagger)>,
    pub(crate) parser: Option<(usize, Parser)>,
    pub(crate) senter: Option<(usize, Linear)>,
    pub(crate) ner: Option<(usize, Ner)>,
    pub(crate) ruler: Option<Ruler>,
    pub(crate) lemmatizer: Option<Lemmatizer>,
    pub(crate) trees: Option<(usize, TreeLemmatizer)>,
}

impl Parts {
    /// The steps that there are.
    const fn steps(&self) -> Steps {
        let (tree, senter) = (self.parser.is_some(), self.senter.is_some());
        Steps {
            tags: self.tagger.is_some() || self.morphologizer.is_some() || self.ruler.is_some(),
            tree,
            sentences: tree || senter,
            entities: self.ner.is_some(),
            lemmas: self.lemmatizer.is_some() || self.trees.is_some(),
        }
    }
}

impl Pipeline {
    /// Opens a wheel, its unpacked folder, or a compact pack: a spaCy v3 pipeline, or natasha with slovnet's networks.
    ///
    /// # Errors
    ///
    /// The path cannot be read, holds no pipeline, is damaged, or is of a family that this crate does not run.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::read(&Package::open(path.as_ref())?)
    }

    /// Opens a wheel or a compact pack that is in memory, or in the program itself.
    ///
    /// # Errors
    ///
    /// As [`Pipeline::open`].
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self> {
        Self::read(&Package::archive(bytes)?)
    }

    /// Reads a package of any family.
    pub(crate) fn read(package: &Package) -> Result<Self> {
        match package.family() {
            Family::Spacy => Self::read_spacy(package),
            Family::SlovnetPack | Family::Natasha => Ok(Self {
                meta: slovnet::meta(package)?,
                left_out: Vec::new(),
                engine: Engine::Slovnet(Box::new(Slovnet::read(package)?)),
            }),
        }
    }

    /// Compiling the tokenizer's patterns takes as long as reading everything else: they go side by side.
    fn read_spacy(package: &Package) -> Result<Self> {
        let (tokenizer, rest) = rayon::join(|| Tokenizer::read(package), || Self::read_with(package));
        let finish = rest?;
        Ok(finish(tokenizer?))
    }

    /// Reads everything but the tokenizer, and gives what makes a pipeline of both.
    fn read_with(package: &Package) -> Result<impl FnOnce(Tokenizer) -> Self> {
        let meta = Meta::read(package)?;
        let config = Config::read(package)?;
        let (steps, disabled) = config.steps()?;
        refuse_others(&config)?;
        let mut loader = Loader {
            package,
            config: &config,
            vectors: Vectors::read(package)?,
            labels: Labels::default(),
            nets: Vec::new(),
            shared: None,
        };
        let vocabulary = Vocabulary::read(package)?;
        let mut left_out = Vec::new();
        let (mut tagger, mut morphologizer, mut parser, mut senter, mut ner) = (None, None, None, None, None);
        let (mut ruler, mut lemmatizer, mut trees) = (None, None, None);
        for step in &steps {
            // The senter is switched off in published pipelines because the parser does its work: it is there for those who want it.
            let off = disabled.contains(step);
            match (config.factory(step), off) {
                ("senter", _) => senter = keep(step, loader.senter(step), &mut left_out)?,
                (_, true) => {}
                ("tok2vec", _) => loader.shared(step)?,
                ("tagger", _) => tagger = keep(step, loader.tagger(step), &mut left_out)?,
                ("morphologizer", _) => morphologizer = keep(step, loader.morphologizer(step), &mut left_out)?,
                ("trainable_lemmatizer", _) => trees = keep(step, loader.trees(step), &mut left_out)?,
                ("parser", _) => parser = keep(step, loader.parser(step), &mut left_out)?,
                ("ner", _) => ner = keep(step, loader.ner(step), &mut left_out)?,
                ("attribute_ruler", _) => {
                    ruler = keep(step, Ruler::read(package, step, &mut loader.labels), &mut left_out)?;
                }
                ("lemmatizer", _) => {
                    let read = Lemmatizer::read(package, step, &config, &meta.lang, &vocabulary.ids);
                    lemmatizer = keep(step, read, &mut left_out)?;
                }
                (other, _) => {
                    let why = format!("steps of the kind {other:?} are not supported");
                    left_out.push(LeftOut { step: step.clone(), why });
                }
            }
        }
        let Loader { vectors, labels, nets, .. } = loader;
        Ok(move |tokenizer| {
            let parts = Parts {
                labels: Arc::new(labels),
                vocabulary: Arc::new(vocabulary),
                tokenizer,
                vectors,
                nets,
                tagger,
                morphologizer,
                parser,
                senter,
                ner,
                ruler,
                lemmatizer,
                trees,
            };
            let engine = Engine::Spacy(Box::new(Spacy { workers: Idle::default(), parts }));
            Self { meta, left_out, engine }
        })
    }

    /// Who made the pipeline and under which terms.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The steps that the package has but that are not run.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// Annotates a text with everything the pipeline has.
    pub fn annotate(&self, text: &str) -> Doc {
        self.annotate_with(text, Steps::ALL)
    }

    /// The steps that the pipeline has.
    pub fn steps(&self) -> Steps {
        match &self.engine {
            Engine::Spacy(spacy) => spacy.parts.steps(),
            Engine::Slovnet(_) => Steps { lemmas: false, ..Steps::ALL },
        }
    }

    /// Annotates a text with some of the steps.
    pub fn annotate_with(&self, text: &str, steps: Steps) -> Doc {
        self.work(&[text], steps).pop().unwrap_or_default()
    }

    /// Annotates many texts, on all processors. The documents come in the order of the texts and do not depend on their neighbours.
    pub fn annotate_all<T: AsRef<str> + Sync>(&self, texts: &[T], steps: Steps) -> Vec<Doc> {
        let mut parcels: Vec<Vec<&str>> = Vec::new();
        let mut size = PARCEL;
        for text in texts {
            let text = text.as_ref();
            if size >= PARCEL {
                parcels.push(Vec::new());
                size = 0;
            }
            size += text.len();
            parcels.last_mut().into_iter().for_each(|parcel| parcel.push(text));
        }
        parcels.par_iter().flat_map_iter(|parcel| self.work(parcel, steps)).collect()
    }

    fn work(&self, texts: &[&str], steps: Steps) -> Vec<Doc> {
        match &self.engine {
            Engine::Spacy(spacy) => spacy.work(texts, steps),
            Engine::Slovnet(slovnet) => slovnet.work(texts, steps),
        }
    }
}

impl Spacy {
    /// Annotates texts with a worker, which is kept for what it remembers of words.
    fn work(&self, texts: &[&str], steps: Steps) -> Vec<Doc> {
        self.workers.lend(|| Worker::new(&self.parts), |worker| worker.annotate(&self.parts, texts, steps))
    }
}

/// Refuses networks of other families before anything large is read.
fn refuse_others(config: &Config) -> Result<()> {
    for name in config.architectures("components") {
        let kind = name.to_lowercase();
        if kind.contains("transformer") || kind.contains("curated") {
            return Err(Error::unsupported(format!(
                "a transformer pipeline ({name}); only the CNN pipelines can be run"
            )));
        }
        let known =
            ["tagger", "transitionbasedparser", "tok2vec", "multihashembed", "maxoutwindowencoder", "hashembedcnn"];
        // Steps that are left out may be of any architecture; networks for tokens may not.
        let encodes = kind.contains("embed") || kind.contains("encoder") || kind.contains("lstm");
        if encodes && !known.iter().any(|known| kind.contains(known)) {
            return Err(Error::unsupported(format!("the architecture {name}")));
        }
    }
    Ok(())
}

/// A step is left out where it is not supported: the others do not need it.
fn keep<T>(step: &str, read: Result<T>, left_out: &mut Vec<LeftOut>) -> Result<Option<T>> {
    match read {
        Ok(step) => Ok(Some(step)),
        Err(error) if error.is_unsupported() => {
            left_out.push(LeftOut { step: step.to_owned(), why: error.to_string() });
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

struct Loader<'a> {
    package: &'a Package,
    config: &'a Config,
    vectors: Option<Vectors>,
    labels: Labels,
    nets: Vec<Tok2Vec>,
    /// The network that other steps listen to: its step and its number.
    shared: Option<(String, usize)>,
}

impl Loader<'_> {
    /// Reads a step's model and gives it to `make`.
    fn model<T>(&mut self, step: &str, make: impl FnOnce(&mut Self, &Model<'_>) -> Result<T>) -> Result<T> {
        let file = format!("{step}/model");
        let bytes = self.package.read(&file)?;
        make(self, &Model::read(&bytes, &file)?)
    }

    fn add_net(&mut self, model: &Model<'_>) -> Result<usize> {
        self.nets.push(Tok2Vec::read(model, self.vectors.as_ref())?);
        Ok(self.nets.len() - 1)
    }

    fn shared(&mut self, step: &str) -> Result<()> {
        let net = self.model(step, |loader, model| loader.add_net(model))?;
        self.shared = Some((step.to_owned(), net));
        Ok(())
    }

    /// The network that a step gets its vectors from: its own, or the shared one.
    fn net(&mut self, step: &str, model: &Model<'_>, width: usize) -> Result<usize> {
        let number = if model.named("hashembed").next().is_some() {
            self.add_net(model)?
        } else {
            let upstream = self.config.text(&format!("components.{step}.model.tok2vec"), "upstream").unwrap_or("*");
            match &self.shared {
                Some((name, number)) if upstream == "*" || upstream == name => *number,
                _ => return Err(Error::unsupported(format!("the step {step}, which listens to {upstream:?}"))),
            }
        };
        if self.nets.get(number).map(Tok2Vec::width) != Some(width) {
            return Err(model.damaged("it does not fit the network that it listens to"));
        }
        Ok(number)
    }

    fn tagger(&mut self, step: &str) -> Result<(usize, Tagger)> {
        self.model(step, |loader, model| {
            let tagger = Tagger::read(loader.package, step, model, &mut loader.labels)?;
            Ok((loader.net(step, model, tagger.output.inputs())?, tagger))
        })
    }

    fn morphologizer(&mut self, step: &str) -> Result<(usize, Tagger)> {
        if self.config.is_on(&format!("components.{step}"), "extend") {
            return Err(Error::unsupported("a morphologizer that extends what is there"));
        }
        self.model(step, |loader, model| {
            let tagger = Tagger::read_morphology(loader.package, step, model, &mut loader.labels)?;
            Ok((loader.net(step, model, tagger.output.inputs())?, tagger))
        })
    }

    fn trees(&mut self, step: &str) -> Result<(usize, TreeLemmatizer)> {
        self.model(step, |loader, model| {
            let trees = TreeLemmatizer::read(loader.package, step, model, loader.config)?;
            Ok((loader.net(step, model, trees.output.inputs())?, trees))
        })
    }

    fn senter(&mut self, step: &str) -> Result<(usize, Linear)> {
        self.model(step, |loader, model| {
            let output = tagger::output(model)?;
            if output.outputs() != 2 {
                return Err(model.damaged("it has other classes than “inside” and “start”"));
            }
            Ok((loader.net(step, model, output.inputs())?, output))
        })
    }

    fn parser(&mut self, step: &str) -> Result<(usize, Parser)> {
        self.model(step, |loader, model| {
            let parser = Parser::read(loader.package, step, model, &mut loader.labels)?;
            Ok((loader.net(step, model, parser.scorer.inputs())?, parser))
        })
    }

    fn ner(&mut self, step: &str) -> Result<(usize, Ner)> {
        self.model(step, |loader, model| {
            let ner = Ner::read(loader.package, step, model, &mut loader.labels)?;
            Ok((loader.net(step, model, ner.scorer.inputs())?, ner))
        })
    }
}
