//! Which documents are copies or translations of one another: they count as one source.
//!
//! Copies share most of their runs of five words. Only one run in sixteen is looked at, chosen by its hash (Broder's sampling), so
//! that the work is linear in the length of the texts. A translation shows by its days and numbers ([`super::translation`]).

use std::collections::BTreeMap;

use khronika_core::letter::{is_alphanumeric, push_lowercase};
use rayon::prelude::*;

use crate::conflict::translation::{Pair, translations};
use crate::file::File;
use crate::merge::union::Sets;

/// Words in a run.
const RUN: usize = 5;
/// One run in so many is looked at.
const SAMPLE: u64 = 16;
/// A run of words, or a number, that stands in more documents than this is a formula.
const FORMULA: usize = 20;

/// By document: the first document of its set. And the pairs that are translations.
pub(super) fn copies(file: &File) -> (Vec<usize>, Vec<Pair>) {
    let mut sets = Sets::new(file.docs.len());
    let runs: Vec<Vec<u64>> = file.docs.par_iter().map(|d| runs(&d.source.text)).collect();
    let mut places: Vec<(u64, usize)> =
        runs.iter().enumerate().flat_map(|(at, set)| set.iter().map(move |run| (*run, at))).collect();
    places.par_sort_unstable();
    let runs_of = places.chunk_by(|a, b| a.0 == b.0).map(|docs| docs.iter().map(|(_, at)| *at));
    for ((a, b), n) in together(runs_of) {
        let least = runs.get(a).map_or(0, Vec::len).min(runs.get(b).map_or(0, Vec::len));
        if least >= 3 && n * 5 >= least * 4 {
            sets.join(a, b, "");
        }
    }
    let pairs = translations(file, &mut sets);
    ((0..file.docs.len()).map(|at| sets.of(at)).collect(), pairs)
}

/// How many of these things two documents share; each thing is given as the documents that hold it, in order. One that stands in more than
/// [`FORMULA`] of them tells nothing of two.
pub(super) fn together(
    things: impl Iterator<Item = impl ExactSizeIterator<Item = usize> + Clone>,
) -> BTreeMap<(usize, usize), usize> {
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for docs in things.filter(|docs| docs.len() <= FORMULA) {
        for (n, a) in docs.clone().enumerate() {
            for b in docs.clone().skip(n + 1) {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    shared
}

/// A sample of the runs of five words of a text, by their hashes; sorted, without repeats.
fn runs(text: &str) -> Vec<u64> {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    let mut last = [0; RUN];
    let (mut words, mut word) = (0_usize, START);
    let mut runs = Vec::new();
    let mut small = String::new();
    // A last character that is none of a word ends the last word.
    for c in text.chars().chain([' ']) {
        if is_alphanumeric(c) {
            small.clear();
            push_lowercase(c, &mut small);
            word = small.chars().fold(word, |h, c| mix(h, u64::from(c)));
        } else if word != START {
            last.rotate_left(1);
            last[RUN - 1] = std::mem::replace(&mut word, START);
            words += 1;
            let hash = last.iter().fold(START, |h, w| mix(h, *w));
            if words >= RUN && (hash >> 17).is_multiple_of(SAMPLE) {
                runs.push(hash);
            }
        }
    }
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// One step of FNV-1a on 64 bits.
const fn mix(hash: u64, with: u64) -> u64 {
    (hash ^ with).wrapping_mul(0x0000_0100_0000_01b3)
}
