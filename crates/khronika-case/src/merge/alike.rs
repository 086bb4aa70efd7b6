//! Actors that may be one: something speaks for it, and not enough to decide it. People do.
//!
//! Names are looked up by their words as they sound, and those of a word that many have are not compared, so that the work grows with
//! the number of names.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{Actor, ActorKind, Alike, Judged, Verdict};
use rayon::prelude::*;

use crate::merge::actor::People;
use crate::merge::name::{NameRules, fold};

/// More names that share a word are not compared: the word tells nothing.
const BLOCK: usize = 24;
/// How many suggestions are made.
const MOST: usize = 200;
/// Words shorter than this, in letters, are not compared letter by letter.
const LETTERS: usize = 4;

/// A name, prepared for comparison.
struct Name<'a> {
    actor: &'a Actor,
    words: Vec<String>,
    /// Each word as it sounds.
    sounds: Vec<BTreeSet<String>>,
}

impl Name<'_> {
    fn is_full(&self) -> bool {
        self.words.len() > 1 && self.words.iter().all(|word| word.chars().count() > 1)
    }

    fn is_person(&self) -> bool {
        matches!(self.actor.kind, ActorKind::Person | ActorKind::Unknown)
    }

    fn is_body(&self) -> bool {
        matches!(self.actor.kind, ActorKind::Organisation | ActorKind::Court | ActorKind::Authority)
    }
}

/// The pairs, without those of which somebody said that they are not one.
pub(crate) fn alike(people: &People, rules: &NameRules, judged: &[Judged]) -> Vec<Alike> {
    let names: Vec<Name<'_>> = people
        .actors
        .par_iter()
        .map(|actor| {
            let words: Vec<String> = fold(&actor.name).split(' ').map(str::to_owned).collect();
            let sounds = words.iter().map(|word| rules.skeletons(word)).collect();
            Name { actor, words, sounds }
        })
        .collect();
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        for sound in
            name.words.iter().zip(&name.sounds).filter(|(word, _)| word.chars().count() > 2).flat_map(|(_, s)| s)
        {
            let block = by_word.entry(sound).or_default();
            if block.last() != Some(&at) {
                block.push(at);
            }
        }
    }
    let refused: BTreeSet<(&str, &str)> = judged
        .iter()
        .filter(|judged| judged.applied && judged.judgment.verdict == Verdict::Split)
        .flat_map(|judged| {
            judged.actors.iter().flat_map(|a| judged.actors.iter().map(move |b| (a.as_str(), b.as_str())))
        })
        .collect();
    let mut found: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for block in by_word.values().filter(|block| block.len() <= BLOCK) {
        for (n, a) in block.iter().enumerate() {
            for b in block.iter().skip(n + 1) {
                let (Some(one), Some(two)) = (names.get(*a), names.get(*b)) else { continue };
                if found.contains_key(&(*a, *b)) || refused.contains(&(one.actor.id.as_str(), two.actor.id.as_str())) {
                    continue;
                }
                found.extend(why(one, two).or_else(|| why(two, one)).map(|why| ((*a, *b), why)));
            }
        }
    }
    let pair = |((a, b), because): ((usize, usize), String)| {
        let id = |at: usize| names.get(at).map(|name| name.actor.id.clone());
        Some(Alike { actors: [id(a)?, id(b)?], because })
    };
    found.into_iter().take(MOST).filter_map(pair).collect()
}

/// What speaks for the first being the second.
fn why(one: &Name<'_>, two: &Name<'_>) -> Option<String> {
    let (a, b) = (&one.actor.name, &two.actor.name);
    if one.is_body() && two.is_body() {
        let within = |word: &BTreeSet<String>| two.sounds.iter().any(|other| !other.is_disjoint(word));
        let is_part = one.words.len() > 1 && one.words.len() < two.words.len() && one.sounds.iter().all(within);
        return is_part.then(|| format!("every word of “{a}” stands in “{b}”"));
    }
    if !one.is_person() || !two.is_person() || !two.is_full() {
        return None;
    }
    // Which words of the second are left when those of the first are taken from it, and the other way round.
    let mut left: Vec<usize> = (0..two.words.len()).collect();
    let mut more: Vec<usize> = Vec::new();
    for (at, sound) in one.sounds.iter().enumerate() {
        match left.iter().position(|other| two.sounds.get(*other).is_some_and(|other| !other.is_disjoint(sound))) {
            Some(same) => drop(left.remove(same)),
            None => more.push(at),
        }
    }
    let word = |name: &Name<'_>, at: Option<&usize>| at.and_then(|at| name.words.get(*at).cloned());
    match (more.as_slice(), left.as_slice()) {
        ([], [_, ..]) => Some(format!("“{a}” may be short for “{b}”")),
        ([], []) => Some(format!("“{a}” and “{b}” are the same words")),
        ([_], [_]) => {
            let (x, y) = (word(one, more.first())?, word(two, left.first())?);
            if x.chars().count() == 1 && y.starts_with(x.as_str()) {
                return Some(format!("“{a}” may be “{b}” with an initial"));
            }
            let near = x.chars().count().min(y.chars().count()) >= LETTERS && is_near(&x, &y);
            near.then(|| format!("“{a}” and “{b}” differ in one letter"))
        }
        _ => None,
    }
}

/// Whether one letter makes the difference between two words: one that is another, is missing, or stands there besides.
fn is_near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() > short.len() + 1 {
        return false;
    }
    let same = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let after = if long.len() == short.len() { short.get(same + 1..) } else { short.get(same..) };
    after.unwrap_or_default() == long.get(same + 1..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn one_letter_makes_the_difference() {
        for (a, b) in [("орлов", "орлоф"), ("vane", "vaine"), ("vane", "vanes"), ("holt", "bolt"), ("same", "same")]
        {
            assert!(is_near(a, b) && is_near(b, a), "{a} {b}");
        }
        for (a, b) in [("orlov", "orel"), ("vane", "vaneta"), ("holt", "both")] {
            assert!(!is_near(a, b) && !is_near(b, a), "{a} {b}");
        }
    }
}
