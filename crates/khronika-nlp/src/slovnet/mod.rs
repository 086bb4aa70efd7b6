//! slovnet's networks for Russian, as they come with the Python package natasha: names, parts of speech, dependencies.
//!
//! Text is cut by razdel's rules ([`segment`]); a word is its row in navec's vectors and its shape ([`navec`], [`shape`]); three
//! convolutions make it know its neighbours ([`net`]); what is made of that is in [`heads`] and [`syntax`].

mod heads;
#[cfg(test)]
mod hostile;
mod navec;
mod net;
mod pack;
mod segment;
mod shape;
mod source;
mod syntax;
mod worker;

pub(crate) use pack::{MARK, files};

use std::collections::HashMap;
use std::sync::Arc;

use crate::doc::Doc;
use crate::error::{Error, Result};
use crate::idle::Idle;
use crate::labels::Labels;
use crate::package::config::Meta;
use crate::package::{Family, Package};
use crate::pipeline::Steps;
use crate::step::tagger::Tagger;

use heads::Ner;
use navec::{Vectors, Words};
use net::Encoder;
use segment::{Classes, Sentences};
use syntax::Syntax;
use worker::Worker;

/// One of the three networks: its folder in a pack, and its archive in the Python package.
struct Part {
    name: &'static str,
    tar: &'static str,
}

const PARTS: [Part; 3] = [
    Part { name: "ner", tar: "data/model/slovnet_ner_news_v1.tar" },
    Part { name: "morph", tar: "data/model/slovnet_morph_news_v1.tar" },
    Part { name: "syntax", tar: "data/model/slovnet_syntax_news_v1.tar" },
];
/// The word vectors' archive in the Python package.
const VECTORS_TAR: &str = "data/emb/navec_news_v1_1B_250K_300d_100q.tar";
/// The word vectors in that archive and in a pack.
const VECTORS: &str = "pq.bin";
/// The words in a pack, in their short form.
const WORDS: &str = "words.bin";
/// The language of all of them.
const LANG: &str = "ru";
/// What a pack of them is called.
const NAME: &str = "natasha_news";

/// The networks and all that they need.
#[derive(Debug)]
pub(crate) struct Slovnet {
    workers: Idle<Worker>,
    parts: Parts,
}

/// What workers read.
#[derive(Debug)]
struct Parts {
    labels: Arc<Labels>,
    classes: Classes,
    sentences: Sentences,
    words: Words,
    vectors: Vectors,
    shapes: HashMap<String, u32>,
    ner: (Encoder, Ner),
    morph: (Encoder, Tagger),
    syntax: (Encoder, Syntax),
}

impl Slovnet {
    /// Reads the Python package or a pack of it.
    pub(crate) fn read(package: &Package) -> Result<Self> {
        let vectors = || Vectors::read(pack::vectors(package)?, VECTORS);
        let (vectors, networks) = rayon::join(vectors, || source::open(package));
        let (vectors, networks) = (vectors?, networks?);
        let [ner, morph, syntax] = networks.as_slice() else {
            return Err(Error::damaged(NAME, "a network is missing"));
        };
        let words = Words::read(pack::words(package, &networks)?, WORDS)?;
        if words.rows() != vectors.rows() {
            return Err(Error::damaged(VECTORS, "the words and their vectors differ in number"));
        }
        let shapes = heads::shapes(ner)?;
        let mut labels = Labels::default();
        let encoder = |source| {
            let encoder = Encoder::read(source, &vectors)?;
            match heads::shapes(source)? == shapes && encoder.shapes() == shapes.len() {
                true => Ok(encoder),
                false => Err(source.damaged("its list of shapes is another than its table or its neighbours' list")),
            }
        };
        let (ner_encoder, morph_encoder, syntax_encoder) = (encoder(ner)?, encoder(morph)?, encoder(syntax)?);
        let ner = Ner::read(ner, ner_encoder.width(), &mut labels)?;
        let morph = heads::tagger(morph, morph_encoder.width(), &mut labels)?;
        let syntax = Syntax::read(syntax, syntax_encoder.width(), &mut labels)?;
        let parts = Parts {
            labels: Arc::new(labels),
            classes: Classes::new(),
            sentences: Sentences::new(),
            words,
            shapes,
            ner: (ner_encoder, ner),
            morph: (morph_encoder, morph),
            syntax: (syntax_encoder, syntax),
            vectors,
        };
        Ok(Self { workers: Idle::default(), parts })
    }

    /// Annotates texts with a worker, which is kept for what it remembers of words.
    pub(crate) fn work(&self, texts: &[&str], steps: Steps) -> Vec<Doc> {
        self.workers.lend(Worker::default, |worker| worker.annotate(&self.parts, texts, steps))
    }
}

/// Who made them and under which terms: a pack says it in `meta.json`, the Python package in the folder beside its own.
pub(crate) fn meta(package: &Package) -> Result<Meta> {
    if package.family() == Family::SlovnetPack {
        return Meta::read(package);
    }
    let about = package.beside("METADATA")?.unwrap_or_default();
    let about = String::from_utf8_lossy(&about);
    let field = |name: &str| {
        let lines = about.lines().take_while(|line| !line.is_empty());
        lines.filter_map(|line| line.split_once(": ")).find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
    };
    Ok(Meta {
        lang: LANG.to_owned(),
        name: NAME.to_owned(),
        version: field("Version").unwrap_or_default(),
        license: field("License").unwrap_or_default(),
        author: field("Author").unwrap_or_default(),
    })
}
