//! A label for each token by itself: tags, morphology, sentence starts.

use serde_json::Value as Json;

use crate::error::{Error, Result};
use crate::labels::{Label, Labels};
use crate::layer::dense::{Linear, largest};
use crate::package::Package;
use crate::package::thinc::Model;
use crate::text::hash::StringIds;

/// What a class of the network says of a token.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Class {
    pub(crate) tag: Label,
    pub(crate) pos: Label,
    pub(crate) morph: Label,
}

/// A tagger or a morphologizer.
#[derive(Debug)]
pub(crate) struct Tagger {
    pub(crate) output: Linear,
    pub(crate) classes: Vec<Class>,
}

impl Tagger {
    /// Reads a tagger.
    pub(crate) fn read(package: &Package, step: &str, model: &Model<'_>, labels: &mut Labels) -> Result<Self> {
        let names = config(package, step)?;
        let names = names.get("labels").and_then(Json::as_array).cloned().unwrap_or_default();
        let classes =
            names.iter().map(|name| Class { tag: labels.add(name.as_str().unwrap_or_default()), ..Class::default() });
        Self::with(model, classes.collect())
    }

    /// Reads a morphologizer, whose classes are sets of features with a part of speech.
    pub(crate) fn read_morphology(
        package: &Package,
        step: &str,
        model: &Model<'_>,
        labels: &mut Labels,
    ) -> Result<Self> {
        let config = config(package, step)?;
        let table = |key: &str| config.get(key).and_then(Json::as_object).cloned().unwrap_or_default();
        let (morphs, parts) = (table("labels_morph"), table("labels_pos"));
        let class = |(name, morph): (&String, &Json)| Class {
            tag: Label::NONE,
            pos: parts
                .get(name)
                .and_then(Json::as_u64)
                .and_then(|number| StringIds::reserved(usize::try_from(number).ok()?))
                .map_or(Label::NONE, |pos| labels.add(pos)),
            morph: labels.add(morph.as_str().unwrap_or_default()),
        };
        let classes = morphs.iter().map(class).collect();
        Self::with(model, classes)
    }

    fn with(model: &Model<'_>, classes: Vec<Class>) -> Result<Self> {
        let output = output(model)?;
        if classes.len() != output.outputs() || classes.is_empty() {
            return Err(model.damaged("its labels and its scores differ in number"));
        }
        Ok(Self { output, classes })
    }

    /// The classes of tokens, from their vectors.
    pub(crate) fn classes(&self, rows: &[f32], scratch: &mut Vec<f32>, mut put: impl FnMut(usize, Class)) {
        self.output.apply(rows, scratch);
        for (i, scores) in scratch.chunks_exact(self.classes.len()).enumerate() {
            put(i, self.classes.get(largest(scores)).copied().unwrap_or_default());
        }
    }
}

/// The layer of scores of a model that gives each token a class.
pub(crate) fn output(model: &Model<'_>) -> Result<Linear> {
    match model.nodes.iter().find(|node| node.name == "softmax" || node.name == "softmax_v2") {
        Some(node) => Linear::read(model, node),
        None => Err(Error::unsupported("a tagger without a softmax layer")),
    }
}

/// A step's own settings.
pub(crate) fn config(package: &Package, step: &str) -> Result<Json> {
    let file = format!("{step}/cfg");
    serde_json::from_slice(&package.read(&file)?).map_err(|_| Error::damaged(&file, "it is no JSON"))
}
