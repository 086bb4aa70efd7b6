//! What the words of an act say besides what it is and of whom: the provisions that it applies, why it was done, and what it asks for or
//! orders besides its outcome. Each is the text's own words, tied to the act of its sentence that it stands beside.

use std::ops::Range;

use khronika_core::{ActClass, ActMention, Findings, TermFinding, TermKind};

use super::citation::Citations;
use super::draft::{Draft, asks};
use super::reading::{Reading, Voice};
use super::rules::{ObjectSide, Word};
use super::scene::{Hit, Scene, is_body};

/// The longest ground or relief, in tokens.
const LONGEST: usize = 70;

/// The longest one that stands before the word that says so.
const LONGEST_BEFORE: usize = 24;

/// How many acts of a sentence are looked at in search of one: a bound that keeps hostile text linear.
const MOST: usize = 16;

/// How far behind the noun of a request the words may stand that introduce what it asks for.
const NEAR: usize = 10;

/// An act of the sentence.
struct Act {
    draft: usize,
    at: Range<usize>,
    told: bool,
    asks: bool,
    /// An injunction is an act and what a decision orders at once.
    measure: bool,
}

/// Reads the terms of the acts of one sentence.
pub(super) struct Terms<'x, 't, 's> {
    scene: &'x Scene<'t, 's>,
    found: &'x Findings,
    readings: &'x [Option<Reading>],
    acts: Vec<Act>,
    /// The document's own decision, where the sentence belongs to its operative part.
    own: Option<usize>,
}

/// The words that introduce a ground or relief.
const KINDS: [Word; 8] = [
    Word::GroundFrom,
    Word::Ground,
    Word::GroundBefore,
    Word::GroundWords,
    Word::Seeks,
    Word::SeeksBefore,
    Word::SeeksNoun,
    Word::Awards,
];

/// True for the words that introduce what is asked for or granted.
const fn relief(word: Word) -> bool {
    matches!(word, Word::Seeks | Word::SeeksBefore | Word::SeeksNoun | Word::Awards)
}

/// Gives the acts of a sentence their provisions, grounds and relief. `first` is the first draft of the sentence.
pub(super) fn find(
    scene: &Scene<'_, '_>,
    found: &Findings,
    readings: &[Option<Reading>],
    drafts: &mut [Draft],
    first: usize,
    own: Option<usize>,
) {
    if drafts.len() <= first && own.is_none() {
        return;
    }
    let acts = drafts.iter().enumerate().skip(first).filter(|(_, d)| !d.heading || d.operative).map(|(draft, d)| Act {
        draft,
        at: scene.text.tokens_in(d.trigger),
        told: d.mention == ActMention::Told,
        asks: asks(&d.classes),
        measure: d.classes == [ActClass::RequestMeasure],
    });
    let mut acts: Vec<Act> = acts.collect();
    acts.sort_by_key(|a| a.at.start);
    let terms = Terms { scene, found, readings, acts, own };
    let mut all = terms.norms();
    all.extend(terms.reasons());
    all.extend(terms.named());
    for (draft, term) in all {
        if let Some(draft) = drafts.get_mut(draft) {
            draft.add_term(term);
        }
    }
}

impl Draft {
    fn add_term(&mut self, term: TermFinding) {
        if !self.terms.contains(&term) {
            self.terms.push(term);
            self.terms.sort_by_key(|t| (t.kind, t.span.start));
        }
    }
}

/// What is said of a paper that is not kept as an act of its own is said of what acts on it, or of the act told beside it: "annulled
/// the decision under section 12".
pub(super) fn hand_on(drafts: &mut [Draft], keep: &[bool]) {
    let kept = |at: usize| keep.get(at) == Some(&true);
    for at in 0..drafts.len() {
        let Some(idle) = drafts.get(at).filter(|d| !kept(at) && !d.terms.is_empty()) else { continue };
        let near = drafts.get(at.saturating_sub(MOST)..).unwrap_or_default().iter().take(2 * MOST);
        let near = near.enumerate().map(|(n, d)| (at.saturating_sub(MOST) + n, d));
        let told = near.filter(|(n, d)| kept(*n) && d.sentence == idle.sentence && d.mention == ActMention::Told);
        // The one that acts on it first, else the nearest.
        let heir =
            told.min_by_key(|(n, d)| (d.effects.iter().all(|e| e.target != Some(at)), n.abs_diff(at))).map(|(n, _)| n);
        let terms = drafts.get_mut(at).map(|d| std::mem::take(&mut d.terms)).unwrap_or_default();
        if let Some(heir) = heir.and_then(|n| drafts.get_mut(n)) {
            terms.into_iter().for_each(|term| heir.add_term(term));
        }
    }
}

/// The provisions of a sentence that opens an operative part: "руководствуясь статьями 389.20 и 389.33 УПК РФ, суд постановил:".
pub(super) fn opening(scene: &Scene<'_, '_>, found: &Findings, until: usize) -> Vec<TermFinding> {
    let guided = scene.first(scene.tokens.start..until.min(scene.tokens.end), Word::Under).is_some();
    let cited = if guided { Citations { scene, found }.find() } else { Vec::new() };
    let before = cited.into_iter().filter(|c| c.end <= until);
    before.map(|c| TermFinding { kind: TermKind::Norm, span: scene.text.span(c) }).collect()
}

impl Terms<'_, '_, '_> {
    fn term(&self, kind: TermKind, words: Range<usize>) -> TermFinding {
        TermFinding { kind, span: self.scene.text.span(words) }
    }

    /// Each provision with the act that stands beside it: the one before it, or, where verbs stand last or none stands before, the next.
    fn norms(&self) -> Vec<(usize, TermFinding)> {
        let cited = Citations { scene: self.scene, found: self.found }.find();
        let mut all = Vec::new();
        for words in cited {
            let before = self.until(words.start).next();
            let after = self.from(words.end).next();
            let act = if self.scene.rules.object_side == ObjectSide::Left {
                after.or(before)
            } else {
                // "Суд отказал, а апелляция, руководствуясь статьёй 5, отменила": another clause begins between.
                let parted = before.is_some_and(|b| self.parted(b.at.end, words.start));
                if parted { after.or(before) } else { before.or(after) }
            };
            all.extend(act.map(|a| a.draft).or(self.own).map(|d| (d, self.term(TermKind::Norm, words))));
        }
        all
    }

    /// True where a new main clause begins between two tokens: behind a semicolon, or behind "and" with a body that acts.
    fn parted(&self, from: usize, to: usize) -> bool {
        let scene = self.scene;
        let body = |t: usize| {
            scene.is(t, Word::Court)
                || scene.is(t, Word::Office)
                || scene.mention(t).is_some_and(|m| is_body(self.found, m))
        };
        (from..to).any(|t| {
            scene.text.fold(t) == ";"
                || (scene.is(t, Word::And) || scene.text.fold(t) == ",")
                    && (t + 1..to.min(t + 4)).any(body)
                    && scene.hit_ix(t + 1).is_none()
        })
    }

    /// Grounds and relief.
    fn reasons(&self) -> Vec<(usize, TermFinding)> {
        let scene = self.scene;
        let mut all = Vec::new();
        let any = KINDS.iter().any(|word| scene.first(scene.tokens.clone(), *word).is_some());
        if !any && scene.rules.because.is_empty() {
            return all;
        }
        let mut t = scene.tokens.start;
        let mut said = t;
        while t < scene.tokens.end {
            let Some((word, n)) = self.introduces(t) else {
                t += 1;
                continue;
            };
            let at = t..t + n;
            let term = match word {
                Word::Ground => self.ground(&at),
                Word::GroundFrom => self.ground(&at).map(|(draft, words)| (draft, at.start..words.end)),
                Word::GroundBefore => self.before(&at, TermKind::Ground),
                // The verb that has the ending is part of the reason.
                Word::GroundEnding => self.before(&(at.end..at.end), TermKind::Ground),
                // "because it was out of time": the words are said already.
                Word::GroundWords if at.start < said => None,
                Word::GroundWords => self.reasoned(at.start).map(|act| (act.draft, at.clone())),
                Word::Seeks => self.sought(&at),
                Word::SeeksBefore | Word::SeeksNoun if scene.rules.object_side == ObjectSide::Left => {
                    self.before(&at, TermKind::Relief)
                }
                Word::SeeksNoun => self.asked_for(&at),
                Word::Awards => self.awarded(&at),
                _ => None,
            };
            let end = term.as_ref().map_or(at.end, |(_, words)| words.end.max(at.end));
            if let Some((draft, words)) = term {
                let kind = if relief(word) { TermKind::Relief } else { TermKind::Ground };
                said = words.end;
                all.push((draft, self.term(kind, words)));
            }
            // What a ground tells of may have its own relief; what is asked for or ordered has no other in it.
            t = if relief(word) { end } else { at.end };
        }
        all
    }

    /// The words at `t` that introduce a ground or relief, and how many tokens they have.
    fn introduces(&self, t: usize) -> Option<(Word, usize)> {
        let scene = self.scene;
        let ending = || {
            let because = |e: &String| scene.text.fold(t).ends_with(e.as_str());
            (scene.mention(t).is_none() && scene.rules.because.iter().any(because)).then_some((Word::GroundEnding, 1))
        };
        KINDS.iter().find_map(|w| Some((*w, scene.len(t, *w)?))).or_else(ending)
    }

    /// The acts that begin in `range`.
    fn starting_in(&self, range: Range<usize>) -> &[Act] {
        let first = self.acts.partition_point(|a| a.at.start < range.start);
        let end = self.acts.partition_point(|a| a.at.start < range.end);
        self.acts.get(first..end.max(first)).unwrap_or_default()
    }

    /// The acts that end at `at` or before it, the last one first: no more than a reader would look back for.
    fn until(&self, at: usize) -> impl Iterator<Item = &Act> {
        let end = self.acts.partition_point(|a| a.at.start < at);
        self.acts.get(..end).unwrap_or_default().iter().rev().take(MOST).filter(move |a| a.at.end <= at)
    }

    /// The acts that begin at `at` or behind it.
    fn from(&self, at: usize) -> impl Iterator<Item = &Act> {
        let first = self.acts.partition_point(|a| a.at.start < at);
        self.acts.get(first..).unwrap_or_default().iter().take(MOST)
    }

    /// The act of which the words at `at` give the reason: the last one that is told before them, else the last one named.
    fn reasoned(&self, at: usize) -> Option<&Act> {
        self.until(at).find(|a| a.told).or_else(|| self.until(at).next())
    }

    /// "on the ground that …": what follows, of the act before it; or, at the beginning of a sentence, of the act behind its comma.
    fn ground(&self, at: &Range<usize>) -> Option<(usize, Range<usize>)> {
        let scene = self.scene;
        if let Some(act) = self.reasoned(at.start) {
            let words = self.clause_from(at.end);
            return words.map(|w| (act.draft, w));
        }
        // "Faute de preuves, la cour a relaxé": what stands before the comma.
        let fronted = at.start <= scene.tokens.start + 12;
        let comma = (at.end + 1..scene.tokens.end.min(at.end + LONGEST)).find(|t| scene.text.fold(*t) == ",");
        let comma = comma.filter(|_| fronted)?;
        // The last comma before the act: a ground has commas of its own.
        let act = self.from(comma).find(|a| a.told)?;
        let comma = (comma..act.at.start).rev().find(|t| scene.text.fold(*t) == ",").unwrap_or(comma);
        self.trimmed(at.end..comma).map(|w| (act.draft, w))
    }

    /// What stands before the words at `at`: "құжаттардың болмауына байланысты", "шешімнің күшін жоюды сұрап".
    fn before(&self, at: &Range<usize>, kind: TermKind) -> Option<(usize, Range<usize>)> {
        let scene = self.scene;
        let wanted = |a: &&Act| kind != TermKind::Relief || a.asks;
        let noun = scene.is(at.start, Word::SeeksNoun) && kind == TermKind::Relief;
        let act = match self.from(at.end).find(wanted).filter(|a| !noun || a.at.start <= at.end + 2) {
            None if noun => None,
            act => act.or_else(|| self.until(at.start).find(wanted)),
        }?;
        let closes = |t: usize| {
            matches!(scene.text.fold(t), "," | ";" | ":" | "(" | ")" | "—" | "–")
                || scene.date(t).is_some()
                || scene.is(t, Word::Court) && !scene.is_genitive(t)
                || scene.mention(t).is_some() && !scene.is_genitive(t)
        };
        self.trimmed(self.back_to(at.start, closes)..at.start).map(|w| (act.draft, w))
    }

    /// "asylum claim", "bail application": the noun of what is asked for stands right before, or among the words of the row.
    fn named(&self) -> impl Iterator<Item = (usize, TermFinding)> {
        let scene = self.scene;
        self.acts.iter().filter(|a| a.asks).filter_map(move |act| {
            let low = scene.tokens.start.max(act.at.start.saturating_sub(1));
            let words = scene.first(low..act.at.end, Word::ReliefNoun)?;
            Some((act.draft, self.term(TermKind::Relief, words)))
        })
    }

    /// "asking the court to set it aside": of the request before it, or of the verb of asking itself.
    fn sought(&self, at: &Range<usize>) -> Option<(usize, Range<usize>)> {
        let scene = self.scene;
        // The verb of asking may be the request: "asked the court to".
        let all = || self.starting_in(at.clone()).iter().chain(self.until(at.start));
        // "he applied for asylum; they called upon him to leave": what another act tells is not what was asked for.
        let act = all().find(|a| a.told).or_else(|| all().next()).filter(|a| a.asks || a.measure)?;
        if scene.date(at.end).is_some() {
            return None;
        }
        self.clause_from(at.end).map(|w| (act.draft, w))
    }

    /// "application for release": a noun phrase, right behind the noun of a request.
    fn asked_for(&self, at: &Range<usize>) -> Option<(usize, Range<usize>)> {
        let scene = self.scene;
        // The words of a row may hold them: "applied for asylum".
        let holds = |a: &&Act| a.at.start < at.start && at.start < a.at.end;
        let around = self.starting_in(at.start.saturating_sub(NEAR)..at.start).iter().rfind(holds);
        let act = around.or_else(|| self.until(at.start).next())?;
        // "la demande de M. Petit", "his application to the court": whose it is, or where it goes.
        let whose = scene.mention(at.end).is_some() || scene.is_determiner(at.end) || scene.is(at.end, Word::Title);
        // "demande d'asile", "application for asylum": right behind the noun, or among the words of the row.
        let noun = [Some(at.start), at.start.checked_sub(1)].into_iter().flatten().find_map(|t| scene.hit(t));
        let beside = noun.is_some();
        // The noun of another paper than that of the act: "rejetant sa demande d'asile".
        let told_of = |hit: &Hit| act.told && act.at.end + NEAR >= hit.tokens.start || act.at.start < hit.tokens.end;
        if noun.is_some_and(|hit| hit.tokens.start >= act.at.end && !told_of(hit)) || scene.is(at.end, Word::NotRelief)
        {
            return None;
        }
        let owner = scene.is(at.start, Word::NameLink) && (whose || !beside);
        let marker = scene.is(at.start, Word::To) && !scene.is(at.start, Word::NameLink);
        let place = marker && self.voice(at.end) != Some(Voice::Infinitive);
        if !act.asks || act.at.end + NEAR < at.start || scene.date(at.end).is_some() || owner || place {
            return None;
        }
        // "applied in May for release", "his application of 3 May to the court for release": nothing but days and names between.
        let clause = scene.clause_of(act.at.start)?;
        let verb = |t: usize| scene.is(t, Word::Be) || scene.is(t, Word::Have);
        if !clause.tokens.contains(&at.start) || (act.at.end..at.start).any(verb) {
            return None;
        }
        let within = |t: usize| act.at.contains(&t);
        let ends = |t: usize| {
            !(scene.is_word(t) || scene.is_number(t) || scene.text.fold(t) == "'s")
                || scene.date(t).is_some()
                || [Word::Be, Word::Have, Word::Not, Word::And, Word::By, Word::DateOn, Word::Within, Word::Against]
                    .iter()
                    .any(|w| scene.is(t, *w))
                || t > at.end && scene.is(t, Word::Forum) && scene.hit_ix(t).is_none()
                || self.starting_in(t..t + 1).iter().any(|a| a.told)
                || matches!(self.voice(t), Some(Voice::Active | Voice::Passive | Voice::Present))
        };
        let limit = clause.tokens.end.min(at.end + LONGEST_BEFORE);
        let end = (at.end..limit).find(|t| !within(*t) && ends(*t)).unwrap_or(limit);
        self.trimmed(at.end..end).map(|w| (act.draft, w))
    }

    /// "ordered the prefect to re-examine": of the decision told before it, with its verb; else of the document's own decision.
    fn awarded(&self, at: &Range<usize>) -> Option<(usize, Range<usize>)> {
        let scene = self.scene;
        // What is told as an act of its own is none's relief.
        let taken = |words: &Range<usize>| {
            let near = self.starting_in(words.start.saturating_sub(NEAR)..words.end);
            near.iter().any(|a| a.told && !a.measure && words.start < a.at.end)
        };
        if taken(at) {
            return None;
        }
        let left = scene.rules.object_side == ObjectSide::Left;
        let near = self.until(at.start).find(|a| a.told && !a.asks && !a.measure);
        let draft = near.map(|a| a.draft).or(self.own)?;
        let words = if left {
            let closes = |t: usize| matches!(scene.text.fold(t), "," | ";" | ":") || scene.is(t, Word::Court);
            self.trimmed(self.back_to(at.start, closes)..at.end)
        } else {
            self.clause_from(at.end).and_then(|w| self.trimmed(at.start..w.end))
        }?;
        // "ordered that he be released", "ordonné sa remise en liberté": the act that it orders is told.
        let action = (at.end..words.end.min(at.end + 4)).any(|t| self.voice(t) == Some(Voice::Noun));
        (!taken(&words) && !action).then_some((draft, words))
    }

    /// Where the words begin that stand before token `at`: right behind the last token that closes what is before them.
    fn back_to(&self, at: usize, closes: impl Fn(usize) -> bool) -> usize {
        let low = self.scene.tokens.start.max(at.saturating_sub(LONGEST_BEFORE));
        (low..at).rev().find(|t| closes(*t)).map_or(low, |t| t + 1)
    }

    /// The words from `from` to the end of what they open: the next act that is told beside it, other words of this kind, a semicolon.
    fn clause_from(&self, from: usize) -> Option<Range<usize>> {
        let scene = self.scene;
        let inside = scene.in_parenthesis(from);
        let limit = scene.tokens.end.min(from + LONGEST);
        let other = |t: usize| {
            t > from + 1
                && [Word::Ground, Word::GroundFrom, Word::Seeks, Word::Awards].iter().any(|w| scene.is(t, *w))
                && (scene.text.fold(t - 1) == "," || scene.is(t - 1, Word::And))
        };
        // ", and ordered", "et a enjoint": the clause of an act that is told beside this one.
        let beside = |t: usize| {
            let comma = |a: &Act| (t + 1..a.at.start).any(|i| scene.text.fold(i) == ",");
            (scene.is(t, Word::And) || scene.text.fold(t) == ",")
                && self.starting_in(t + 1..t + 5).iter().any(|a| a.told && !comma(a))
        };
        let ends = |t: usize| {
            scene.text.fold(t) == ";" || inside != scene.in_parenthesis(t) && inside || other(t) || beside(t)
        };
        let end = (from..limit).find(|t| ends(*t)).unwrap_or(limit);
        self.trimmed(from..end)
    }

    /// How the word of an act at `t` is read.
    fn voice(&self, t: usize) -> Option<Voice> {
        self.readings.get(self.scene.hit_ix(t)?)?.as_ref().map(|r| r.voice)
    }

    /// Without marks and joining words at either end; `None` where nothing is left.
    fn trimmed(&self, words: Range<usize>) -> Option<Range<usize>> {
        let scene = self.scene;
        let bare = |t: usize| !(scene.is_word(t) || scene.is_number(t));
        let (mut start, mut end) = (words.start, words.end);
        while start < end && bare(start) && !matches!(scene.text.fold(start), "«" | "“" | "\"" | "„" | "$" | "€" | "£")
        {
            start += 1;
        }
        let closes =
            |t: usize| matches!(scene.text.fold(t), "»" | "”" | "\"" | ")" | "%" | "€" | "$" | "₽" | "₴" | "₸");
        while end > start && (bare(end - 1) && !closes(end - 1) || scene.is(end - 1, Word::And)) {
            end -= 1;
        }
        (end > start).then_some(start..end)
    }
}
