//! Provisions as texts cite them: "section 32 of the Immigration Act 1971", "частью 2 статьи 205.2 УК РФ", "Қылмыстық кодекстің
//! 174-бабының 2-бөлігі". What counts as a provision, a part of one and a law is in the lexicon.

use std::ops::Range;

use khronika_core::{ActorKind, Findings};

use super::own::new_line;
use super::rules::{ObjectSide, Word};
use super::scene::{Scene, kind_of};

/// How many tokens a list of numbers may have: "articles 3, 5 § 1, 6 § 1 and 13".
const LONGEST: usize = 24;

/// How many words may stand between a provision and the noun of its law.
const TO_LAW: usize = 7;

/// How many capital words may stand before the noun of a law, where the law stands before its provision.
const NAME: usize = 6;

/// Reads citations in one sentence.
pub(super) struct Citations<'x, 't, 's> {
    pub(super) scene: &'x Scene<'t, 's>,
    pub(super) found: &'x Findings,
}

impl Citations<'_, '_, '_> {
    /// The provisions cited in the sentence, in order, each with its law where that is named.
    pub(super) fn find(&self) -> Vec<Range<usize>> {
        let scene = self.scene;
        let cites = [Word::Provision, Word::ProvisionPart, Word::Under];
        if !cites.iter().any(|word| scene.first(scene.tokens.clone(), *word).is_some()) {
            return Vec::new();
        }
        let mut all: Vec<Range<usize>> = Vec::new();
        let mut t = scene.tokens.start;
        while t < scene.tokens.end {
            let cited = match scene.rules.object_side {
                ObjectSide::Left => self.behind_law(t, all.last().map_or(scene.tokens.start, |c| c.end)),
                ObjectSide::Right | ObjectSide::Either => self.before_law(t).or_else(|| self.law_alone(t)),
            };
            match cited {
                Some(cited) => {
                    t = cited.end.max(t + 1);
                    all.push(cited);
                }
                None => t += 1,
            }
        }
        all
    }

    /// "section 32 (1) of the Act": the number stands behind the provision, and the law behind both.
    fn before_law(&self, at: usize) -> Option<Range<usize>> {
        let (run, numbered, firm) = self.run(at)?;
        let law = self.law_behind(run);
        // "Article 2:" at the beginning of a line: a point of the paper's own.
        if !numbered || law.is_none() && (!firm || new_line(self.scene.text, at)) {
            return None;
        }
        Some(at..law.unwrap_or(run))
    }

    /// Where a run of provisions and numbers ends that begins at `at`, whether it has a number, and whether it has more than a part.
    fn run(&self, at: usize) -> Option<(usize, bool, bool)> {
        let scene = self.scene;
        let mut end = at + self.unit(at)?;
        let mut firm = scene.is(at, Word::Provision);
        let (mut numbered, mut opened, mut bracket) = (false, true, false);
        let mut t = end;
        while t < scene.tokens.end.min(at + LONGEST) {
            if let Some(n) = self.unit(t) {
                firm |= scene.is(t, Word::Provision);
                (t, opened) = (t + n, true);
                if numbered {
                    end = t;
                }
            } else if bracket && scene.text.fold(t) == ")" {
                (bracket, t) = (false, t + 1);
                end = t;
            } else if self.is_number(t, opened || bracket) {
                (numbered, opened) = (true, false);
                t += 1;
                end = t;
            } else if self.joins(t, numbered) {
                bracket |= scene.text.fold(t) == "(";
                t += scene.len(t, Word::PartOf).or_else(|| scene.len(t, Word::NameLink)).unwrap_or(1);
            } else {
                break;
            }
        }
        Some((end, numbered, firm))
    }

    fn unit(&self, t: usize) -> Option<usize> {
        self.scene.len(t, Word::Provision).or_else(|| self.scene.len(t, Word::ProvisionPart))
    }

    /// A number, a letter or a Roman number of a provision; a single letter only right behind its unit, or as a capital.
    fn is_number(&self, t: usize, opened: bool) -> bool {
        let scene = self.scene;
        if scene.date(t).is_some() && !opened || t >= scene.tokens.end {
            return false;
        }
        let word = scene.text.word(t);
        let roman = |c: char| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C');
        let mut letters = word.chars();
        let single = word.chars().count() == 1 && letters.next().is_some_and(char::is_alphabetic);
        word.chars().next().is_some_and(|c| c.is_ascii_digit())
            || word.chars().all(roman) && !word.is_empty()
            || single && (opened || word.chars().all(char::is_uppercase))
            || scene.is(t, Word::NumberEnding)
    }

    /// What may stand between two numbers of one citation.
    fn joins(&self, t: usize, numbered: bool) -> bool {
        let scene = self.scene;
        let mark = matches!(
            scene.text.fold(t),
            "." | "-" | "–" | "(" | "«" | "»" | "\"" | "/" | "°" | "№" | "“" | "”" | "§" | "‑" | "nº"
        );
        let and = numbered && (scene.text.fold(t) == "," || scene.is(t, Word::And) || scene.is(t, Word::To));
        // "paragraph 2 of article 5": another unit follows.
        let n = scene.len(t, Word::NameLink).or_else(|| scene.len(t, Word::PartOf)).unwrap_or(1);
        let of = numbered && (scene.is(t, Word::NameLink) || scene.is(t, Word::PartOf));
        let definite = |t: usize| scene.len(t, Word::Definite).unwrap_or(0);
        let unit = |t: usize| self.unit(t).is_some();
        let next = t + n;
        mark || of && (unit(next) || unit(next + definite(next)))
            || and && (unit(t + 1) || unit(t + 1 + definite(t + 1)) || self.is_number(t + 1, false))
            || scene.is(t, Word::Definite) && unit(t + 1)
    }

    /// Where the law ends that is named behind `from`: "of the Immigration Act 1971", "УПК РФ".
    fn law_behind(&self, from: usize) -> Option<usize> {
        let scene = self.scene;
        let mut t = from;
        let mut words = 0;
        while t < scene.tokens.end && words <= TO_LAW {
            if let Some(n) = scene.len(t, Word::Law) {
                return Some(self.law_end(t, n));
            }
            let skipped = [Word::NameLink, Word::PartOf, Word::PartOfNoun, Word::Definite, Word::Possessive];
            if let Some(n) = skipped.iter().find_map(|w| scene.len(t, *w)).filter(|_| scene.mention(t).is_none()) {
                t += n;
                continue;
            }
            // "the Tribunals, Courts and Enforcement Act"
            let capital = |t: usize| scene.text.tokens.get(t).is_some_and(|k| k.capital);
            if words > 0 && (scene.text.fold(t) == "," || scene.is(t, Word::And)) && capital(t - 1) && capital(t + 1) {
                t += 1;
                continue;
            }
            let breaks = scene.hit_ix(t).is_some() && scene.mention(t).is_none()
                || [Word::Be, Word::Have, Word::And, Word::By, Word::Not].iter().any(|w| scene.is(t, *w))
                || self.unit(t).is_some()
                || scene.date(t).is_some()
                || !(scene.is_word(t) || matches!(scene.text.fold(t), "«" | "»" | "'s" | "-" | "“" | "”"));
            if breaks {
                return None;
            }
            words += 1;
            t += 1;
        }
        None
    }

    /// Where a law ends whose noun of `n` tokens stands at `t`: its year, its day and number, its state.
    fn law_end(&self, t: usize, n: usize) -> usize {
        let scene = self.scene;
        let mut end = t + n;
        loop {
            let past = |words: &[Word]| {
                let linked = words.iter().find_map(|w| scene.len(end, *w));
                let next = end + linked.unwrap_or(0);
                (next + scene.len(next, Word::Definite).unwrap_or(0), linked.is_some())
            };
            let (next, _) = past(&[Word::NameLink, Word::PartOf]);
            let (day, linked) = past(&[Word::DateLink]);
            let state = scene.mention(next).and_then(|m| kind_of(self.found, m));
            let year = scene.is_number(end) && scene.text.word(end).len() == 4;
            if scene.date(day).is_some() && (linked && !scene.is(end, Word::DateOn) || year) {
                end = scene.date_end(day);
            } else if matches!(state, Some(ActorKind::State | ActorKind::Place)) {
                end = scene.mention_end(next);
            } else if year || self.is_acronym(end) {
                end += 1;
            } else if let Some(number) = self.numbered(end) {
                end = number;
            } else {
                return end;
            }
        }
    }

    /// "№ 115-ФЗ", "no. 2004-575", "(CESEDA)" is none.
    fn numbered(&self, t: usize) -> Option<usize> {
        let scene = self.scene;
        let first = t + scene.len(t, Word::NumberSign)?;
        let part =
            |i: usize| scene.is_number(i) || self.is_acronym(i) || matches!(scene.text.fold(i), "-" | "/" | "‑" | "–");
        let end = (first..scene.tokens.end.min(first + 8)).find(|i| !part(*i)).unwrap_or(scene.tokens.end);
        (scene.is_number(first) && end > first).then_some(end)
    }

    fn is_acronym(&self, t: usize) -> bool {
        let word = self.scene.text.word(t);
        t < self.scene.tokens.end
            && self.scene.is_word(t)
            && word.chars().count() > 1
            && word.chars().all(|c| c.is_uppercase() || c == '-')
    }

    /// "under the Immigration Act 1971", "sur le fondement de la loi du 29 juillet 1881": a law without a provision, behind a word that
    /// says so, where its name has a capital or its day.
    fn law_alone(&self, at: usize) -> Option<Range<usize>> {
        let scene = self.scene;
        let mut from = at + scene.len(at, Word::Under)?;
        while let Some(n) = scene.len(from, Word::Definite).filter(|n| *n > 0) {
            from += n;
        }
        if self.unit(from).is_some() || scene.date(from).is_some() {
            return None;
        }
        let end = self.law_behind(from)?;
        // "the Immigration Act", "relying on this occasion on the Convention", "the Convention" alone: only the first says which.
        let capital = scene.text.tokens.get(from).is_some_and(|k| k.capital);
        let dated = end.checked_sub(1).is_some_and(|last| scene.date(last).is_some());
        (dated || capital && (end > from + 1 || self.is_acronym(from))).then_some(from..end)
    }

    /// "Қылмыстық кодекстің 174-бабының 2-бөлігі": the law stands before, and each number before its provision.
    fn behind_law(&self, at: usize, low: usize) -> Option<Range<usize>> {
        let scene = self.scene;
        let first = self.unit(at)?;
        let mut firm = scene.is(at, Word::Provision);
        let mut end = at + first;
        let mut t = end;
        while t < scene.tokens.end.min(at + LONGEST) {
            if let Some(n) = self.unit(t) {
                firm |= scene.is(t, Word::Provision);
                t += n;
                end = t;
            } else if self.is_number(t, false) || self.joins_left(t) {
                t += 1;
            } else {
                break;
            }
        }
        let mut start = at;
        while start > low && (self.is_number(start - 1, true) || self.joins_left(start - 1)) {
            start -= 1;
        }
        while start < at && self.joins_left(start) {
            start += 1;
        }
        let law = (low..start).rev().take(3).find(|t| scene.len(*t, Word::Law).is_some_and(|n| t + n <= start));
        if start == at || !firm && law.is_none() {
            return None;
        }
        if let Some(law) = law {
            start = law;
            let capital = |t: usize| scene.text.tokens.get(t).is_some_and(|k| k.capital) || scene.text.fold(t) == "-";
            let mut words = 0;
            while start > low && words < NAME && capital(start - 1) && scene.date(start - 1).is_none() {
                start -= 1;
                words += 1;
            }
        }
        Some(start..end)
    }

    fn joins_left(&self, t: usize) -> bool {
        matches!(self.scene.text.fold(t), "-" | "–" | "‑" | "," | "." | "/" | "«" | "»" | "(" | ")")
            || self.scene.is(t, Word::And)
    }
}
