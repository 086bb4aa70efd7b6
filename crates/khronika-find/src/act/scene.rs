//! One sentence with everything that stands in it: small words, words of acts, names, dates, clauses.

use std::ops::Range;

use khronika_core::{ActorKind, DateIx, DateRole, Findings, MentionIx, TimeExpr, TimexKind};

use super::rules::{Form, LangRules, Row, Word};
use crate::text::{Sentence, Text, TokenKind};

/// How far a search goes from its word, in tokens: a bound that keeps hostile text linear, wider than any real noun phrase.
pub(super) const REACH: usize = 48;

/// How far from a word of an act the words stand that make it another: "condemned the violence", not "sentenced … for acts of violence".
const NEAR: usize = 8;

/// A word of an act at its place.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub(super) tokens: Range<usize>,
    /// All the words of its pattern, with what stands in a gap.
    pub(super) whole: Range<usize>,
    /// Rows and forms that share these words.
    pub(super) readings: Vec<(usize, Form)>,
}

impl Hit {
    /// The row under which the hit has `form`.
    pub(super) fn row_as(&self, form: Form) -> Option<usize> {
        self.readings.iter().find(|(_, f)| *f == form).map(|(row, _)| *row)
    }

    pub(super) fn is(&self, form: Form) -> bool {
        self.row_as(form).is_some()
    }

    /// True where `row` has the hit in `form`.
    pub(super) fn row_has(&self, row: usize, form: Form) -> bool {
        self.readings.contains(&(row, form))
    }
}

/// Why a clause begins where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClauseKind {
    Main,
    Subordinate,
    Complement,
    Relative,
    ByWhich,
    Condition,
    Purpose,
}

/// A clause: from its first word to the next clause.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) tokens: Range<usize>,
    pub(super) kind: ClauseKind,
}

/// A sentence, annotated.
pub(super) struct Scene<'t, 's> {
    pub(super) text: &'t Text<'s>,
    pub(super) rules: &'t LangRules,
    pub(super) sentence: &'t Sentence,
    pub(super) sentence_ix: usize,
    pub(super) tokens: Range<usize>,
    words: Vec<Vec<(Word, usize)>>,
    /// Where the small words of each kind begin, in order.
    places: Vec<(Word, Vec<usize>)>,
    mention: Vec<Option<MentionIx>>,
    date: Vec<Option<DateIx>>,
    pub(super) hits: Vec<Hit>,
    hit: Vec<Option<usize>>,
    clause: Vec<usize>,
    pub(super) clauses: Vec<Clause>,
    pub(super) parenthesis: Vec<bool>,
}

impl<'t, 's> Scene<'t, 's> {
    pub(super) fn new(
        text: &'t Text<'s>,
        rules: &'t LangRules,
        found: &Findings,
        sentence_ix: usize,
        sentence: &'t Sentence,
    ) -> Self {
        let tokens = sentence.tokens.clone();
        let n = tokens.len();
        let mut scene = Self {
            text,
            rules,
            sentence,
            sentence_ix,
            tokens: tokens.clone(),
            words: vec![Vec::new(); n],
            places: Vec::new(),
            mention: vec![None; n],
            date: vec![None; n],
            hits: Vec::new(),
            hit: vec![None; n],
            clause: vec![0; n],
            clauses: Vec::new(),
            parenthesis: vec![false; n],
        };
        scene.mark_names(found);
        scene.mark_words();
        scene.mark_parentheses();
        scene.mark_clauses();
        scene.mark_hits();
        scene
    }

    fn mark_names(&mut self, found: &Findings) {
        let span = self.sentence.span;
        for (index, mention) in found.mentions.iter().enumerate().skip(mention_from(found, span.start)) {
            if mention.span.start >= span.end {
                break;
            }
            for t in self.text.tokens_in(mention.span) {
                if let Some(slot) = t.checked_sub(self.tokens.start).and_then(|i| self.mention.get_mut(i)) {
                    slot.get_or_insert(index);
                }
            }
        }
        let first = found.dates.partition_point(|d| d.span.end <= span.start);
        for (index, date) in found.dates.iter().enumerate().skip(first) {
            if date.span.start >= span.end {
                break;
            }
            for t in self.text.tokens_in(date.span) {
                if let Some(slot) = t.checked_sub(self.tokens.start).and_then(|i| self.date.get_mut(i)) {
                    slot.get_or_insert(index);
                }
            }
        }
    }

    fn mark_words(&mut self) {
        for t in self.tokens.clone() {
            let mut kinds: Vec<(Word, usize)> = Vec::new();
            if self.date(t).is_some() {
                // "4 May 2022": the month is no "may".
                continue;
            }
            for m in self.rules.words.at(self.text, t, self.tokens.end) {
                if !kinds.iter().any(|(k, _)| k == m.value) {
                    kinds.push((*m.value, m.tokens.len()));
                }
            }
            if let Some((word, end)) = self.spaced_heading(t) {
                kinds.push((word, end - t));
            }
            for (kind, _) in &kinds {
                match self.places.iter_mut().find(|(k, _)| k == kind) {
                    Some((_, places)) => places.push(t),
                    None => self.places.push((*kind, vec![t])),
                }
            }
            if let Some(slot) = self.words.get_mut(t - self.tokens.start) {
                *slot = kinds;
            }
        }
    }

    /// "D E C I D E", "у х в а л и в": a heading printed with spaced letters.
    fn spaced_heading(&self, at: usize) -> Option<(Word, usize)> {
        let single = |t: usize| t < self.tokens.end && self.text.fold(t).chars().count() == 1 && self.is_word(t);
        if !single(at) || (at > self.tokens.start && single(at - 1)) {
            return None;
        }
        let mut joined = String::new();
        let mut end = at;
        while single(end) && end - at < 24 {
            joined.push_str(self.text.fold(end));
            end += 1;
        }
        self.rules.spaced.iter().find(|(form, _)| *form == joined && end - at > 3).map(|(_, word)| (*word, end))
    }

    fn mark_parentheses(&mut self) {
        let mut open = false;
        for t in self.tokens.clone() {
            match self.text.fold(t) {
                "(" | "[" => open = true,
                ")" | "]" => open = false,
                _ => {}
            }
            if let Some(slot) = self.parenthesis.get_mut(t - self.tokens.start) {
                *slot = open;
            }
        }
    }

    fn mark_clauses(&mut self) {
        let mut clauses: Vec<Clause> = Vec::new();
        let mut start = self.tokens.start;
        let mut kind = ClauseKind::Main;
        let mut t = start;
        while t < self.tokens.end {
            let begins = if self.mention(t).is_some() || self.date(t).is_some() {
                None
            } else if let Some(n) = self.len(t, Word::ByWhich) {
                Some((ClauseKind::ByWhich, n))
            } else if let Some(n) = self.len(t, Word::Purpose) {
                Some((ClauseKind::Purpose, n))
            } else if let Some(n) = self.len(t, Word::Condition).filter(|n| {
                // "until 7 June": a last day, no condition.
                let next = t + n;
                self.date(next).is_none()
                    && self.len(next, Word::Definite).is_none_or(|d| self.date(next + d).is_none())
            }) {
                Some((ClauseKind::Condition, n))
            } else if let Some(n) = self.len(t, Word::Relative) {
                Some((ClauseKind::Relative, n))
            } else if let Some(n) = self.len(t, Word::Subordinate).filter(|_| !self.is_determiner_use(t)) {
                Some((ClauseKind::Subordinate, n))
            } else if let Some(n) = self.len(t, Word::Complement).filter(|_| !self.is_determiner_use(t)) {
                Some((ClauseKind::Complement, n))
            } else if self.in_parenthesis(t) {
                None
            } else if matches!(self.text.fold(t), ";") || (self.text.fold(t) == ":" && !self.is_number(t + 1)) {
                Some((ClauseKind::Main, 1))
            } else {
                None
            };
            if let Some((next, n)) = begins {
                if t > start {
                    clauses.push(Clause { tokens: start..t, kind });
                }
                (start, kind) = (t, next);
                t += n.max(1);
            } else {
                t += 1;
            }
        }
        clauses.push(Clause { tokens: start..self.tokens.end, kind });
        for (index, clause) in clauses.iter().enumerate() {
            for t in clause.tokens.clone() {
                if let Some(slot) = self.clause.get_mut(t - self.tokens.start) {
                    *slot = index;
                }
            }
        }
        self.clauses = clauses;
    }

    /// "that order", "that he": the word is a determiner where a word of an act follows at once.
    fn is_determiner_use(&self, t: usize) -> bool {
        let papers = |from: usize| {
            self.rules
                .forms
                .at(self.text, from, self.tokens.end)
                .iter()
                .any(|m| matches!(m.value.1, Form::Paper | Form::Noun))
        };
        // "dismissed her appeal against that on 15 March": a pronoun.
        let governed = || [Word::Against, Word::Preposition].iter().any(|w| self.ending_at(t, *w).is_some());
        self.is(t, Word::Demonstrative) && (papers(t + 1) || governed())
    }

    fn mark_hits(&mut self) {
        let mut t = self.tokens.start;
        while t < self.tokens.end {
            let blank = self.len(t, Word::Blank).unwrap_or(0);
            let hit = self.hit_from(t, blank);
            let taken = hit.as_ref().map_or(0, |h| h.tokens.len());
            if let Some(hit) = hit {
                let index = self.hits.len();
                for i in hit.tokens.clone() {
                    if let Some(slot) = self.hit.get_mut(i - self.tokens.start) {
                        *slot = Some(index);
                    }
                }
                self.hits.push(hit);
            }
            t += taken.max(blank).max(1);
        }
    }

    /// The longest words of an act that begin at `t`, are longer than `blank` tokens, and whose rows' conditions hold.
    fn hit_from(&self, t: usize, blank: usize) -> Option<Hit> {
        let matches = self.rules.forms.at(self.text, t, self.tokens.end);
        let mut at = 0;
        while let Some(first) = matches.get(at) {
            let end = first.tokens.end;
            let same = matches.iter().skip(at).take_while(|m| m.tokens.end == end);
            let count = same.clone().count();
            if end - t <= blank {
                return None;
            }
            at += count;
            // A pattern with a gap is told at its first word; names and papers may stand in the gap.
            let gapped = same.clone().any(|m| m.value.2);
            let tokens = if gapped { t..t + 1 } else { t..end };
            // Words of a name are no words of an act; but "applied to the European Court" has a whole name in it.
            let part = |i: usize| {
                self.mention(i).is_some() && (self.mention_start(i) <= t || self.mention_end(i) > tokens.end)
            };
            let named = tokens.clone().any(|i| part(i) || self.date(i).is_some());
            // Nouns may stand between a pattern with a gap and the rest of its words.
            let spans = |h: &Hit| h.whole.end >= end && h.whole.end > h.tokens.end;
            let inside = self.hits.iter().rev().take(6).any(spans);
            if named || gapped && (self.broken(t..end) || self.noun_after_determiner(t, &matches)) {
                continue;
            }
            let mut near: Vec<(usize, usize, Form)> = same
                .map(|m| (m.value.0, m.value.1))
                .filter(|(_, form)| !inside || matches!(form, Form::Noun | Form::Paper | Form::Instrument))
                .filter_map(|(row, form)| Some((self.fits(row, form, t..end)?, row, form)))
                .collect();
            // "оставлено без изменения, жалоба без удовлетворения": the row whose own words stand nearest.
            near.sort_by_key(|(distance, _, _)| *distance);
            let readings: Vec<(usize, Form)> = near.into_iter().map(|(_, row, form)| (row, form)).collect();
            if !readings.is_empty() {
                return Some(Hit { tokens, whole: t..end, readings });
            }
        }
        None
    }

    /// "the order … to leave": after a determiner a word that can be a noun is none of the verbs with a gap.
    fn noun_after_determiner(
        &self,
        t: usize,
        matches: &[crate::lexicon::PhraseMatch<'_, (usize, Form, bool)>],
    ) -> bool {
        let noun = matches.iter().any(|m| m.tokens.end == t + 1 && matches!(m.value.1, Form::Paper | Form::Noun));
        noun && t > self.tokens.start && (self.is_determiner(t - 1) || self.hit_ix(t - 1).is_some())
    }

    /// True where the gap of a pattern runs over the edge of a clause.
    fn broken(&self, range: Range<usize>) -> bool {
        let clause = self.clause_ix(range.start);
        let inside = range.start + 1..range.end;
        inside.into_iter().any(|t| self.clause_ix(t) > clause + 1 || self.text.fold(t) == ";")
    }

    /// Whether the row's own conditions on its object hold.
    ///
    /// Gives how many tokens away the nearest of the wanted words stands; 99 where the row wants none.
    fn fits(&self, row: usize, form: Form, hit: Range<usize>) -> Option<usize> {
        let row = self.rules.row(row)?;
        if row.object.is_none() && row.not_object.is_none() {
            return Some(99);
        }
        let clause_ix = self.clause_ix(hit.start);
        let clause = self.clauses.get(clause_ix).map_or_else(|| self.tokens.clone(), |c| c.tokens.clone());
        // "held that there had been": what is held stands in the next clause.
        let next = self
            .clauses
            .get(clause_ix + 1)
            .filter(|n| n.kind == ClauseKind::Complement && self.leads_to(hit.end, n.tokens.start));
        let end = next.map_or(clause.end, |n| n.tokens.end).max(hit.end);
        let after = hit.start..end.min(hit.end + 24);
        let all = clause.start.max(hit.start.saturating_sub(REACH))..after.end;
        // Of an active verb in French and English the object stands to the right; the subject to the left says nothing of it.
        let verb = !matches!(form, Form::Noun | Form::Paper | Form::Instrument);
        let right_only = matches!(form, Form::Past | Form::Present | Form::Infinitive | Form::Gerund | Form::Noun)
            && self.rules.object_side == super::rules::ObjectSide::Right
            && !(form == Form::Past && self.is_passive_here(hit.start));
        // "on that count, which prosecutors dropped": the object stands just before the pronoun.
        // "le statut que le Togo lui avait accordé": French and English say "that" for "which", too.
        let kind = self.clauses.get(clause_ix).map(|c| c.kind);
        let that = kind == Some(ClauseKind::Complement) && self.rules.object_side == super::rules::ObjectSide::Right;
        let relative = kind == Some(ClauseKind::Relative) || that;
        let reach = if that { 4 } else { 6 };
        let before = if relative { self.tokens.start.max(clause.start.saturating_sub(reach)) } else { clause.start };
        let all = all.start.min(before)..all.end;
        let mut unwanted = if right_only && (!relative || that) { after.clone() } else { all.clone() };
        // "was refused by the minister": by whom it was done is no object of it.
        let passive = form == Form::Past && !right_only && self.rules.object_side == super::rules::ObjectSide::Right;
        if passive && let Some(by) = (hit.end..unwanted.end).find(|t| self.is(*t, Word::By)) {
            unwanted.end = by;
        }
        let wanted = if right_only && !relative { after } else { all };
        let nearest = |phrases: &crate::lexicon::Phrases<()>, region: &Range<usize>| {
            let away = |m: &Range<usize>| {
                if m.start < hit.start { hit.start - m.start } else { m.start.saturating_sub(hit.end) }
            };
            phrases.all(self.text, region.clone()).iter().map(|m| away(&m.tokens)).min()
        };
        if row.not_object.as_ref().and_then(|o| nearest(o, &unwanted)).is_some_and(|away| away <= NEAR) {
            return None;
        }
        match &row.object {
            Some(object) if verb => nearest(object, &wanted),
            _ => Some(99),
        }
    }

    /// True where a clause that begins at `to` belongs to the verb that ends at `from`: only a date may stand between.
    pub(super) fn leads_to(&self, from: usize, to: usize) -> bool {
        to <= from + 1
            || to <= from + 8
                && (from..to).all(|t| {
                    self.date(t).is_some()
                        || self.text.fold(t) == ","
                        || self.is(t, Word::DateOn)
                        || self.is(t, Word::Adverb)
                })
    }

    fn is_passive_here(&self, at: usize) -> bool {
        (1..5).any(|n| at.checked_sub(n).is_some_and(|t| t >= self.tokens.start && self.is(t, Word::Be)))
    }

    // ---- questions about a token ----

    fn at<T: Copy>(&self, list: &[T], t: usize) -> Option<T> {
        t.checked_sub(self.tokens.start).and_then(|i| list.get(i)).copied()
    }

    /// How many tokens the small word of this kind at `t` has.
    pub(super) fn len(&self, t: usize, word: Word) -> Option<usize> {
        let kinds = t.checked_sub(self.tokens.start).and_then(|i| self.words.get(i))?;
        kinds.iter().find(|(k, _)| *k == word).map(|(_, n)| *n)
    }

    /// True where a small word of this kind begins at `t`.
    pub(super) fn is(&self, t: usize, word: Word) -> bool {
        self.len(t, word).is_some()
    }

    /// Where a small word of this kind begins that ends before token `end`, right beside it.
    pub(super) fn ending_at(&self, end: usize, word: Word) -> Option<usize> {
        let ending = |end: usize, word| {
            (1..=5).filter_map(|n| end.checked_sub(n)).find(|start| self.len(*start, word) == Some(end - start))
        };
        // What stands before "Mme Durand" stands before the title.
        let titled = || ending(end, Word::Title).filter(|_| self.mention(end).is_some());
        ending(end, word).or_else(|| ending(titled()?, word))
    }

    /// The first small word of this kind in `range`.
    pub(super) fn first(&self, range: Range<usize>, word: Word) -> Option<Range<usize>> {
        let (_, places) = self.places.iter().find(|(kind, _)| *kind == word)?;
        let t = *places.get(places.partition_point(|t| *t < range.start)).filter(|t| **t < range.end)?;
        self.len(t, word).map(|n| t..t + n)
    }

    pub(super) fn mention(&self, t: usize) -> Option<MentionIx> {
        self.at(&self.mention, t).flatten()
    }

    pub(super) fn date(&self, t: usize) -> Option<DateIx> {
        self.at(&self.date, t).flatten()
    }

    pub(super) fn hit_ix(&self, t: usize) -> Option<usize> {
        self.at(&self.hit, t).flatten()
    }

    pub(super) fn hit(&self, t: usize) -> Option<&Hit> {
        self.hit_ix(t).and_then(|i| self.hits.get(i))
    }

    pub(super) fn clause_ix(&self, t: usize) -> usize {
        self.at(&self.clause, t).unwrap_or(0)
    }

    pub(super) fn clause_of(&self, t: usize) -> Option<&Clause> {
        self.clauses.get(self.clause_ix(t))
    }

    pub(super) fn in_parenthesis(&self, t: usize) -> bool {
        self.at(&self.parenthesis, t).unwrap_or(false)
    }

    pub(super) fn row(&self, index: usize) -> Option<&'t Row> {
        self.rules.row(index)
    }

    pub(super) fn is_word(&self, t: usize) -> bool {
        self.text.tokens.get(t).is_some_and(|k| k.kind == TokenKind::Word)
    }

    pub(super) fn is_number(&self, t: usize) -> bool {
        self.text.tokens.get(t).is_some_and(|k| k.kind == TokenKind::Number)
    }

    /// "мамырдағы": the date that ends at `t` is said of the noun after it.
    pub(super) fn is_attributive(&self, t: usize) -> bool {
        self.rules.words.at(self.text, t, t + 1).iter().any(|m| *m.value == Word::DateLink)
    }

    /// "сотының": the name that ends at `t` owns what follows.
    pub(super) fn is_genitive(&self, t: usize) -> bool {
        self.rules.genitive.iter().any(|ending| self.text.fold(t).ends_with(ending.as_str()))
    }

    /// "сотына": the name at `t` is in a case of what does nothing.
    pub(super) fn is_oblique_name(&self, t: usize) -> bool {
        let last = self.mention(t).map(|_| self.mention_end(t) - 1);
        last.is_some_and(|t| self.rules.oblique.iter().any(|ending| self.text.fold(t).ends_with(ending.as_str())))
    }

    /// "Office for Foreigners": a name, of whatever kind, that has the noun of an office or court in it.
    pub(super) fn is_office_name(&self, mention: MentionIx) -> bool {
        let mut places = self.tokens.clone().filter(|t| self.mention(*t) == Some(mention));
        places.any(|t| self.is(t, Word::Office) || self.is(t, Word::Court))
    }

    /// The tokens of the mention at `t`, from `t` on.
    pub(super) fn mention_end(&self, t: usize) -> usize {
        let which = self.mention(t);
        (t..self.tokens.end).find(|i| self.mention(*i) != which || which.is_none()).unwrap_or(self.tokens.end)
    }

    /// The first token of the mention at `t`.
    pub(super) fn mention_start(&self, t: usize) -> usize {
        let which = self.mention(t);
        let mut start = t;
        while start > self.tokens.start && self.mention(start - 1) == which {
            start -= 1;
        }
        start
    }

    /// One past the last token of the date at `t`.
    pub(super) fn date_end(&self, t: usize) -> usize {
        let which = self.date(t);
        (t..self.tokens.end).find(|i| self.date(*i) != which || which.is_none()).unwrap_or(self.tokens.end)
    }

    pub(super) fn date_start(&self, t: usize) -> usize {
        let which = self.date(t);
        let mut start = t;
        while start > self.tokens.start && self.date(start - 1) == which {
            start -= 1;
        }
        start
    }
}

/// True where the date can be the date of something that happened.
pub(super) fn dates_an_event(found: &Findings, date: DateIx) -> bool {
    found.dates.get(date).is_some_and(|d| {
        d.role == DateRole::Event && matches!(d.kind, TimexKind::Date | TimexKind::Time) && says_when(d)
    })
}

/// True where the expression was resolved to some day, month or year.
pub(super) fn says_when(date: &TimeExpr) -> bool {
    date.edtf.as_ref().is_some_and(|e| e.as_str().bytes().any(|b| b.is_ascii_digit()))
}

/// True where the mention names a court or authority.
pub(super) fn is_body(found: &Findings, mention: MentionIx) -> bool {
    kind_of(found, mention).is_some_and(ActorKind::is_body)
}

/// What kind of actor a mention names.
pub(super) fn kind_of(found: &Findings, mention: MentionIx) -> Option<ActorKind> {
    let actor = found.mentions.get(mention)?.actor;
    found.actors.get(actor).map(|a| a.kind)
}

/// The actor that a mention names.
pub(super) fn actor_of(found: &Findings, mention: MentionIx) -> Option<usize> {
    found.mentions.get(mention).map(|m| m.actor)
}

/// The first mention that does not end before `at`.
pub(super) fn mention_from(found: &Findings, at: usize) -> MentionIx {
    found.mentions.partition_point(|m| m.span.end <= at)
}

/// Whether another body than that of `body` is named after it and before `end`.
pub(super) fn other_body_since(found: &Findings, body: MentionIx, end: usize) -> bool {
    let since = found.mentions.iter().enumerate().skip(body + 1).take_while(|(_, m)| m.span.end <= end);
    let other = |m: MentionIx| is_body(found, m) && actor_of(found, m) != actor_of(found, body);
    since.map(|(m, _)| m).any(other)
}
