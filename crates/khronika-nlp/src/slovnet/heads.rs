//! What is made of words' vectors: names, parts of speech.

use std::collections::HashMap;

use super::net::linear;
use super::source::Source;
use crate::doc::EntityData;
use crate::error::Result;
use crate::labels::{Label, Labels};
use crate::layer::dense::{Linear, largest};
use crate::step::tagger::{Class, Tagger};

/// The path's score is brought down when it grows beyond this, so that it stays exact: no text of some thousand words gets there, and
/// there slovnet's own sums begin to lose the differences that decide.
const LARGEST_SCORE: f32 = 65_536.0;

/// Finds names: a class for each word, and the best path through them.
#[derive(Debug)]
pub(crate) struct Ner {
    pub(crate) output: Linear,
    /// From one class to another, row by row.
    transitions: Vec<f32>,
    classes: Vec<Mark>,
}

/// What a class says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Begins(Label),
    GoesOn,
    Outside,
    Nothing,
}

/// Memory for the search.
#[derive(Debug, Default)]
pub(crate) struct PathBuffers {
    scores: Vec<f32>,
    next: Vec<f32>,
    from: Vec<u8>,
}

impl Ner {
    pub(crate) fn read(source: &Source<'_>, inputs: usize, labels: &mut Labels) -> Result<Self> {
        let output = linear(source, "/head/proj", inputs)?;
        let ([rows, cols], transitions) = source.array::<2>("/head/crf/transitions")?;
        let list = source.list("tag")?;
        let classes: Vec<Mark> = list
            .lines()
            .map(|class| match class.split_once('-') {
                Some(("B", kind)) => Mark::Begins(labels.add(kind)),
                Some(("I", _)) => Mark::GoesOn,
                None if class == "O" => Mark::Outside,
                _ => Mark::Nothing,
            })
            .collect();
        if [rows, cols, classes.len()] != [output.outputs(); 3] || classes.len() > 256 {
            return Err(source.damaged("its classes and its scores differ in number"));
        }
        Ok(Self { output, transitions, classes })
    }

    /// The names of a text, from the scores of its words.
    pub(crate) fn entities(&self, emissions: &[f32], buffers: &mut PathBuffers) -> Vec<EntityData> {
        let mut entities = Vec::new();
        let mut open: Option<EntityData> = None;
        for (i, class) in self.path(emissions, buffers).into_iter().enumerate() {
            match self.classes.get(class).copied().unwrap_or(Mark::Nothing) {
                Mark::Begins(label) => entities.extend(open.replace(EntityData { first: i, end: i + 1, label })),
                // Its own kind is not looked at, as in slovnet.
                Mark::GoesOn => open.iter_mut().for_each(|entity| entity.end = i + 1),
                Mark::Outside => entities.extend(open.take()),
                Mark::Nothing => {}
            }
        }
        entities.extend(open);
        entities
    }

    /// The best path through the classes of all words.
    fn path(&self, emissions: &[f32], buffers: &mut PathBuffers) -> Vec<usize> {
        let count = self.classes.len();
        let PathBuffers { scores, next, from } = buffers;
        from.clear();
        let mut words = emissions.chunks_exact(count);
        let Some(first) = words.next() else { return Vec::new() };
        scores.clear();
        scores.extend_from_slice(first);
        for emission in words {
            next.clear();
            for (to, emission) in emission.iter().enumerate() {
                let (mut best, mut most) = (0, f32::NEG_INFINITY);
                for (class, score) in scores.iter().enumerate() {
                    let change = self.transitions.get(class * count + to).copied().unwrap_or(0.0);
                    let score = score + change + emission;
                    if score > most {
                        (best, most) = (class, score);
                    }
                }
                next.push(most);
                from.push(u8::try_from(best).unwrap_or(0));
            }
            let most = next.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            if most.abs() > LARGEST_SCORE {
                next.iter_mut().for_each(|score| *score -= most);
            }
            std::mem::swap(scores, next);
        }
        let mut class = largest(scores);
        let mut path = vec![class];
        for from in from.chunks_exact(count).rev() {
            class = from.get(class).copied().map_or(0, usize::from);
            path.push(class);
        }
        path.reverse();
        path
    }
}

/// Reads what gives words their parts of speech and features.
pub(crate) fn tagger(source: &Source<'_>, inputs: usize, labels: &mut Labels) -> Result<Tagger> {
    let output = linear(source, "/head/proj", inputs)?;
    let list = source.list("tag")?;
    let classes: Vec<Class> = list
        .lines()
        .map(|tag| {
            let (pos, morph) = tag.split_once('|').unwrap_or((tag, ""));
            Class { tag: labels.add(tag), pos: labels.add(pos), morph: labels.add(morph) }
        })
        .collect();
    if classes.len() != output.outputs() {
        return Err(source.damaged("its classes and its scores differ in number"));
    }
    Ok(Tagger { output, classes })
}

/// The numbers of the shapes that a network knows, by their names.
pub(crate) fn shapes(source: &Source<'_>) -> Result<HashMap<String, u32>> {
    let list = source.list("shape")?;
    Ok(list.lines().zip(0..).map(|(name, number)| (name.to_owned(), number)).collect())
}
