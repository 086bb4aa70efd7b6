//! Names that the rules ran together, cut where a model sees two: "the lawyer of Ann Smith Joe Brown" in languages that put the one in
//! the genitive and nothing between them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::guessed::person;
use super::person::{PartKind, PersonName};
use super::scan::{Item, Scan, What};
use crate::engine::{Guess, GuessKind, Reader};

/// A name with fewer words is one person's.
const FEWEST: usize = 3;
/// A person's name has so many words, where nothing but a model tells where it ends.
const FULL: usize = 2;
/// How sure a name is that was cut.
const CONFIDENCE: f32 = 0.6;

/// Cuts the names of persons in which a model sees two names, or a name after something else.
pub(super) fn find(scan: &mut Scan<'_, '_>, reader: Reader<'_>) {
    let text = scan.text;
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, item) in scan.items.iter().enumerate().filter(|(_, item)| reader.may_ask(item.lang)) {
        let What::Person(name) = &item.what else { continue };
        if name.words().count() >= FEWEST && !holds_together(name) {
            let start = text.span(item.tokens.clone()).start;
            of.entry(text.sentence_at(start).unwrap_or(usize::MAX)).or_default().push(number);
        }
    }
    let pointed_at: BTreeSet<usize> = scan
        .items
        .iter()
        .filter_map(|item| match item.what {
            What::Alias { of, .. } => Some(of),
            _ => None,
        })
        .collect();
    let wanted: Vec<usize> = of.keys().copied().collect();
    let mut cuts = Vec::new();
    reader.names(text, &wanted, |sentence, guesses, engine| {
        for number in of.get(&sentence).into_iter().flatten().filter(|number| !pointed_at.contains(number)) {
            let Some(item) = scan.items.get(*number) else { continue };
            let What::Person(name) = &item.what else { continue };
            if let Some(parts) = parts(scan, &item.tokens, name, &guesses) {
                cuts.push((*number, parts, engine.to_owned()));
            }
        }
    });
    for (number, parts, engine) in cuts {
        let Some(whole) = scan.items.get(number).cloned() else { continue };
        let items = parts.into_iter().map(|tokens| Item {
            what: What::Person(person(scan, tokens.clone())),
            tokens,
            made_by: engine.clone(),
            confidence: whole.confidence.min(CONFIDENCE),
            ..whole.clone()
        });
        let items = items.collect();
        scan.replace(number, items);
    }
}

/// Whether something in a name says that all of it is one person's: a patronymic, an initial, "van".
fn holds_together(name: &PersonName) -> bool {
    let holds = |kind| matches!(kind, PartKind::Patronymic | PartKind::Initial | PartKind::Particle);
    name.parts.iter().any(|part| holds(part.kind))
}

/// The names of which a name consists: the last words are a person's, those before them another one's or nobody's.
fn parts(scan: &Scan<'_, '_>, whole: &Range<usize>, name: &PersonName, guesses: &[Guess]) -> Option<Vec<Range<usize>>> {
    let placed = |guess: &Guess| (scan.text.tokens_in(guess.span), guess.kind);
    let placed: Vec<(Range<usize>, GuessKind)> = guesses.iter().map(placed).collect();
    let (last, _) = placed.iter().find(|(tokens, kind)| {
        *kind == GuessKind::Person && tokens.end == whole.end && tokens.start > whole.start && tokens.len() >= FULL
    })?;
    let (first, kind) = placed.iter().find(|(tokens, _)| tokens.end == last.start && tokens.start <= whole.start)?;
    let given = name.parts.iter().any(|p| p.kind == PartKind::Given && p.tokens.end <= last.start);
    match kind {
        GuessKind::Person => {
            (first.start == whole.start && first.len() >= FULL).then(|| vec![first.clone(), last.clone()])
        }
        GuessKind::Organisation | GuessKind::Other => (!given).then(|| vec![last.clone()]),
    }
}
