//! Named entities: begin, in, last, unit, out, chosen greedily from left to right.

use super::actions;
use crate::doc::EntityData;
use crate::error::Result;
use crate::labels::{Label, Labels};
use crate::layer::state::{Scorer, StateBuffers};
use crate::package::Package;
use crate::package::thinc::Model;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Begin,
    In,
    Last,
    Unit,
    Out,
    /// An action that is in the table but never taken: a unit without a label.
    Never,
}

/// The recogniser.
#[derive(Debug)]
pub(crate) struct Ner {
    pub(crate) scorer: Scorer,
    actions: Vec<(Act, Label)>,
}

/// What the recogniser needs to know of a token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NerToken {
    pub(crate) is_space: bool,
    pub(crate) sentence_start: bool,
}

impl Ner {
    pub(crate) fn read(package: &Package, step: &str, model: &Model<'_>, labels: &mut Labels) -> Result<Self> {
        let scorer = Scorer::read(model, 3)?;
        let mut acts = Vec::new();
        for (action, label) in actions::read(package, step)? {
            let act = match (action, label.is_empty()) {
                (1, false) => Act::Begin,
                (2, false) => Act::In,
                (3, false) => Act::Last,
                (4, false) => Act::Unit,
                (4, true) => Act::Never,
                (5, true) => Act::Out,
                _ => continue,
            };
            acts.push((act, labels.add(&label)));
        }
        if acts.len() != scorer.actions() {
            return Err(model.damaged("its actions and its scores differ in number"));
        }
        Ok(Self { scorer, actions: acts })
    }

    /// The entities of a text. An entity never goes over the beginning of a sentence.
    pub(crate) fn entities(
        &self,
        reduced: &[f32],
        count: usize,
        token: impl Fn(usize) -> NerToken,
        buffers: &mut StateBuffers,
    ) -> Vec<EntityData> {
        let mut states = self.scorer.over(reduced, buffers);
        let mut entities = Vec::new();
        let mut open: Option<(usize, Label)> = None;
        for i in 0..count {
            let scores = states.scores([Some(i), open.map(|(first, _)| first), open.and(i.checked_sub(1))]);
            let must_end = i + 1 >= count || token(i + 1).sentence_start;
            let is_space = token(i).is_space;
            let mut best: Option<(f32, Act, Label)> = None;
            for (&(act, label), &score) in self.actions.iter().zip(scores) {
                let valid = match (act, open) {
                    (Act::In, Some((_, inside))) => label == inside && !must_end,
                    (Act::Last, Some((_, inside))) => label == inside,
                    (Act::Begin, None) => !must_end && !is_space,
                    (Act::Unit, None) => !is_space,
                    (Act::Out, None) => true,
                    _ => false,
                };
                if valid && best.is_none_or(|(most, ..)| score > most) {
                    best = Some((score, act, label));
                }
            }
            match (best.map(|(_, act, label)| (act, label)), open) {
                (Some((Act::Begin, label)), _) => open = Some((i, label)),
                (Some((Act::Unit, label)), _) => entities.push(EntityData { first: i, end: i + 1, label }),
                (Some((Act::Last, label)), Some((first, _))) => {
                    entities.push(EntityData { first, end: i + 1, label });
                    open = None;
                }
                _ => {}
            }
        }
        entities
    }
}
