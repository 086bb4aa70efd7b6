//! Two duties of which a text says itself that they cannot both be obeyed: "She was ordered to leave the country and forbidden to leave
//! it. One cannot do both".
//!
//! The words that say so come first here: a text that tells of a departure and of a ban on leaving may tell of two people or of two years,
//! and nothing is found in it. Where the words stand, the nearest duty to go that is told before them is set against the nearest to stay.

use std::ops::Range;

use khronika_core::{BlockKind, Retold, Span};

use super::account::Kind;
use super::retold::{LONGEST, Out, Seeker};
use crate::text::Sentence;

/// How many sentences before the words that say so the duties may be told, and how many blocks.
const REACH: usize = 8;
const BLOCKS: usize = 2;
/// How many tokens may stand between a word that forbids or orders and what it is about: "forbade the applicant to leave".
const FORBIDS: usize = 6;
/// The same of "not": "may not, without leave, depart". What follows "no later than" is farther away.
const NEGATES: usize = 3;
/// Words between marks that are longer are cut to what stands around the duty.
const SEGMENT: usize = 30;

/// The two sides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Go,
    Stay,
}

impl Seeker<'_, '_> {
    /// The two duties told before the words that say that they cannot both be obeyed.
    pub(super) fn duties(&self, ix: usize, sentence: &Sentence, out: &mut Out) {
        let end = sentence.tokens.end;
        let hit = sentence.tokens.clone().find_map(|at| {
            let (row, end) = self.accounts.at(self.text, sentence.lang, at, end, &[Kind::Both])?;
            Some((row.id.as_str(), at..end))
        });
        let Some((row, said)) = hit else { return };
        let told =
            |s: &Sentence| s.kind == BlockKind::Paragraph || s.kind == BlockKind::ListItem || s.block == sentence.block;
        let (mut go, mut stay) = (None, None);
        for n in 1..=REACH {
            let Some(earlier) = ix.checked_sub(n).and_then(|at| self.text.sentences.get(at)) else { break };
            if earlier.block + BLOCKS < sentence.block {
                break;
            }
            if !told(earlier) || earlier.tokens.len() > LONGEST {
                continue;
            }
            for (side, span) in self.duties_of(earlier, earlier.tokens.start..earlier.tokens.start).into_iter().rev() {
                match side {
                    Side::Go => go = go.or(Some(span)),
                    Side::Stay => stay = stay.or(Some(span)),
                }
            }
            if go.is_some() && stay.is_some() {
                break;
            }
        }
        // "Told to go by one paper and to stay by another, he cannot obey both": in the sentence itself.
        for (side, span) in self.duties_of(sentence, said).into_iter().rev() {
            match side {
                Side::Go => go = go.or(Some(span)),
                Side::Stay => stay = stay.or(Some(span)),
            }
        }
        let (Some(go), Some(stay)) = (go, stay) else { return };
        if !go.overlaps(stay) {
            out.add_in_order(Retold::Duties, go, stay, row);
        }
    }

    /// The duties to go and to stay of a sentence, in order, without those that stand in `but`.
    fn duties_of(&self, sentence: &Sentence, but: Range<usize>) -> Vec<(Side, Span)> {
        let duty = sentence.tokens.clone().any(|t| self.is(sentence, t, &[Kind::Duty]).is_some());
        let mut all = Vec::new();
        for segment in self.segments(sentence) {
            let words = segment.tokens;
            let inside = |t: usize| !but.contains(&t);
            let place = |kind: Kind| {
                let fits = |t: usize| self.is(sentence, t, &[kind]).filter(|end| *end <= words.end).map(|end| t..end);
                words.clone().filter(|t| inside(*t)).find_map(fits)
            };
            let noun = || {
                let noun = place(Kind::GoNoun)?;
                let low = words.start.max(noun.start.saturating_sub(FORBIDS));
                let tied = (low..noun.start).any(|t| self.is(sentence, t, &[Kind::Duty]).is_some());
                (tied || self.forbidden(sentence, &words, &noun)).then_some(noun)
            };
            let found = match (place(Kind::Stay), place(Kind::Go).or_else(noun)) {
                (Some(stay), _) => Some((Side::Stay, stay)),
                (None, Some(go)) if self.forbidden(sentence, &words, &go) => Some((Side::Stay, go)),
                (None, Some(go)) if duty => Some((Side::Go, go)),
                _ => None,
            };
            all.extend(found.map(|(side, place)| (side, self.text.span(around(&words, &place)))));
        }
        all
    }

    /// True where a word that forbids stands before or after the words of going, or "not" right before them.
    fn forbidden(&self, sentence: &Sentence, segment: &Range<usize>, go: &Range<usize>) -> bool {
        let before = segment.start.max(go.start.saturating_sub(2 * FORBIDS))..go.start;
        let not = |t: usize| {
            self.is(sentence, t, &[Kind::Not]).is_some_and(|end| end <= go.start && go.start - end <= NEGATES)
        };
        let negated = before.clone().any(not);
        let after = go.end..segment.end.min(go.end + FORBIDS);
        negated || before.chain(after).any(|t| self.is(sentence, t, &[Kind::Forbid]).is_some())
    }
}

/// The words of a segment, or those around the duty where there are many.
fn around(segment: &Range<usize>, duty: &Range<usize>) -> Range<usize> {
    if segment.len() <= SEGMENT {
        return segment.clone();
    }
    let half = SEGMENT / 2;
    segment.start.max(duty.start.saturating_sub(half))..segment.end.min(duty.end + half)
}
