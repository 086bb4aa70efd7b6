//! Acts that are only referred to, and what told acts do to them.

use std::ops::Range;

use khronika_core::{
    ActClass, ActDates, ActMention, ActType, ActorKind, DateIx, EffectKind, EventStatus, MentionIx, Role, Span,
};

use super::beside::acts_on;
use super::draft::{Draft, DraftEffect, PointsBack, asks, effect_of};
use super::phrase::{Phrase, is_function_word};
use super::reading::{above, governor, unreal_after};
use super::rules::{ObjectSide, Word};
use super::scene::{ClauseKind, actor_of, is_body, kind_of};
use super::subject::{oblique, phrase_at};
use super::told::{Teller, Told};

/// How many acts back a remedy may be told that a later sentence calls pending.
const BACK: usize = 200;

impl Teller<'_, '_, '_> {
    /// The draft of a phrase, made where there is none yet.
    pub(super) fn draft_of(&mut self, p: usize, drafts: &mut Vec<Draft>) -> usize {
        if let Some(number) = self.of_phrase.get(p).copied().flatten() {
            return number;
        }
        if let Some(number) = self.apposed_to(p, drafts) {
            if let Some(slot) = self.of_phrase.get_mut(p) {
                *slot = Some(number);
            }
            return number;
        }
        let number = drafts.len();
        let Some(phrase) = self.phrases.get(p) else { return number };
        let scene = self.scene;
        let files = asks(&phrase.classes);
        let no_articles = scene.rules.object_side != ObjectSide::Right;
        let opens = phrase.tokens.start == scene.tokens.start && !phrase.possessive;
        let apposed = phrase.tokens.start > scene.tokens.start
            && scene.text.fold(phrase.tokens.start - 1) == ","
            && scene.is(phrase.tokens.end, Word::RelativeObject);
        let back = (no_articles && !phrase.indefinite
            || files && phrase.possessive
            || phrase.definite
            // "Appeal dismissed.", "…, condamnation dont il a relevé appel": no article, and no other one is meant.
            || !phrase.indefinite && (files && opens || apposed)
            || phrase.demonstrative
            || phrase.possessive && (phrase.body.is_some() || !phrase.action && phrase.has_outcome()))
            && !phrase.of_stranger
            && !phrase.plural;
        let (trigger, whole) = (scene.text.span(phrase.head.clone()), phrase.tokens.clone());
        drafts.push(Draft {
            mention: ActMention::Referred,
            body: phrase.body,
            body_words: phrase.doer.map(|doer| doer.span(scene)).or_else(|| self.owner(phrase)),
            participants: phrase.participants.clone(),
            object: phrase.object.clone().map(|o| scene.text.span(o)),
            dates: phrase.dates,
            docket: phrase.docket.clone(),
            operative: self.in_operative(phrase.head.start),
            made_by: scene.row(phrase.row).map_or_else(String::new, |r| r.info.id.clone()),
            points_back: back.then(|| PointsBack {
                demonstrative: phrase.demonstrative,
                adjectives: phrase.adjectives.clone(),
                first_instance: scene.first(phrase.tokens.clone(), Word::FirstInstance).is_some(),
                // "l'arrêté attaqué": the adjective may stand behind.
                attacked: scene
                    .first(
                        phrase.tokens.start.min(phrase.head.start.saturating_sub(1))..phrase.head.end + 1,
                        Word::Attacked,
                    )
                    .is_some(),
            }),
            plural: phrase.plural,
            // "suspended the extradition": a noun of action alone does not say that it was done.
            needed: if phrase.action {
                phrase.dates != ActDates::default()
                    || phrase.body.is_some()
                    || phrase.happened
                    || phrase.befell && (phrase.made || phrase.doer.is_some())
            } else {
                phrase.says_something()
            },
            noun: self.noun_of(p),
            ..Draft::told(trigger, whole, scene.sentence_ix, phrase.act_type, phrase.classes.clone())
        });
        if let Some(slot) = self.of_phrase.get_mut(p) {
            *slot = Some(number);
        }
        number
    }

    /// "your request", "son recours": the words that say whose the remedy is, where they are no name.
    fn owner(&self, phrase: &Phrase) -> Option<Span> {
        let start = phrase.tokens.start;
        let owned = asks(&phrase.classes) && phrase.possessive && phrase.body.is_none() && start < phrase.head.start;
        let n = self.scene.len(start, Word::Asker).filter(|_| owned)?;
        Some(self.scene.text.span(start..start + n))
    }

    /// "He appealed": the pronoun that asked, where it stands before the verb that begins at `begin`, with nothing but small words between.
    pub(super) fn asked_by(&self, begin: usize) -> Option<Span> {
        const APART: usize = 8;
        let clause = self.scene.clause_of(begin)?;
        let low = clause.tokens.start.max(begin.saturating_sub(APART));
        let ours = |t: &usize| {
            self.scene.hit_ix(*t).is_none()
                && self.scene.mention(*t).is_none()
                && phrase_at(&self.phrases, *t).is_none()
        };
        let asker = |t: usize| Some((t, self.scene.len(t, Word::Asker)?));
        let (t, n) = (low..begin).rev().take_while(ours).find_map(asker)?;
        (!self.scene.is(t, Word::Possessive) && !oblique(self.scene, t)).then(|| self.scene.text.span(t..t + n))
    }

    /// "arrested him", "lui interdit", "его задержали", "she was released": the pronoun for whom the act befell, beside the verb group
    /// `begin..end`.
    pub(super) fn befallen(&self, begin: usize, end: usize, passive: bool) -> Option<Span> {
        if passive && let Some(subject) = self.asked_by(begin) {
            return Some(subject);
        }
        let clause = self.scene.clause_of(begin)?.tokens.clone();
        // "arrested her brother", "l'appel": before a noun the word is a possessive or an article.
        let alone = |t: usize, after: usize| {
            after == begin || !self.scene.is_word(after) || is_function_word(self.scene, after) || !clause.contains(&t)
        };
        let pronoun = |t: usize| {
            let n = self.scene.len(t, Word::Befallen)?;
            let free = self.scene.mention(t).is_none() && self.scene.hit_ix(t).is_none();
            (free && alone(t, t + n)).then(|| self.scene.text.span(t..t + n))
        };
        let before = begin.checked_sub(1).filter(|t| clause.contains(t)).and_then(pronoun);
        before.or_else(|| pronoun(end).filter(|_| clause.contains(&end)))
    }

    /// "By an application of 2 April she asks for the annulment of the decision": what a remedy asks to undo is what it attacks.
    fn asked_undone(&mut self, drafts: &mut Vec<Draft>) {
        for p in 0..self.phrases.len() {
            let Some((noun, paper)) = self.phrases.get(p).zip(self.phrases.get(p + 1)) else { continue };
            let undoes = noun.classes.iter().any(|c| matches!(c, ActClass::Annul | ActClass::Void | ActClass::Vary));
            if !noun.action || !undoes || paper.action || paper.instrument || asks(&paper.classes) {
                continue;
            }
            let beside = paper.tokens.start < noun.tokens.end + 4;
            if !beside || self.phrase_status(noun) != EventStatus::Requested {
                continue;
            }
            let here = |d: &Draft| d.sentence == self.scene.sentence_ix;
            let open = |d: &Draft| {
                asks(&d.classes)
                    && d.status == EventStatus::Actual
                    && !d.effects.iter().any(|e| e.kind == EffectKind::Appeals)
            };
            let start = self.scene.text.span(noun.head.clone()).start;
            let by = drafts.iter().rposition(|d| here(d) && open(d) && d.trigger.start < start);
            let Some(by) = by else { continue };
            let span = self.scene.text.span(paper.tokens.clone());
            let target = self.draft_of(p + 1, drafts);
            if let Some(draft) = drafts.get_mut(by).filter(|_| by != target) {
                draft.needed = true;
                draft.effects.push(DraftEffect {
                    kind: EffectKind::Appeals,
                    target: Some(target),
                    span,
                    stated: true,
                    because: "it asks to undo this act".to_owned(),
                });
            }
        }
    }

    /// "the appeal against the judgment": the remedy that phrase `p` names attacks the paper named after it.
    pub(super) fn attack(&mut self, p: usize, number: usize, drafts: &mut Vec<Draft>) {
        let Some(attacked) = self.attacked(p) else { return };
        let target = self.draft_of(attacked, drafts);
        let span = self.phrases.get(attacked).map_or(Span::default(), |a| self.scene.text.span(a.tokens.clone()));
        let known = |d: &Draft| d.effects.iter().any(|e| e.kind == EffectKind::Appeals && e.target == Some(target));
        if let Some(draft) = drafts.get_mut(number).filter(|d| target != number && !known(d)) {
            draft.effects.push(DraftEffect {
                kind: EffectKind::Appeals,
                target: Some(target),
                span,
                stated: true,
                because: "named after “against”".to_owned(),
            });
        }
    }

    /// "refused the request on 19 March, a decision that the court confirmed": the act told just before the comma, said again as a noun.
    fn apposed_to(&self, p: usize, drafts: &[Draft]) -> Option<usize> {
        let phrase = self.phrases.get(p)?;
        let comma = phrase.tokens.start.checked_sub(1).filter(|t| self.scene.text.fold(*t) == ",")?;
        let bare = phrase.tokens.start == phrase.head.start || phrase.indefinite;
        let said = phrase.dates == ActDates::default() && phrase.body.is_none() && phrase.docket.is_none();
        if !bare || !said || phrase.plural || self.scene.rules.object_side != ObjectSide::Right {
            return None;
        }
        let told = self.told.last()?;
        let end = self.scene.hits.get(told.hit)?.tokens.end;
        let near = end <= comma && comma < end + 24 && self.scene.clause_ix(end - 1) == self.scene.clause_ix(comma);
        let draft = drafts.get(told.draft)?;
        let agrees = phrase.classes.iter().all(|c| *c == ActClass::Decide || draft.classes.contains(c));
        (near && agrees && !asks(&phrase.classes) && !asks(&draft.classes)).then_some(told.draft)
    }

    /// The effects of a told act on the phrase that it acts on.
    pub(super) fn link(
        &mut self,
        number: usize,
        classes: &[ActClass],
        target: Option<usize>,
        passive: bool,
        drafts: &mut Vec<Draft>,
    ) {
        let Some(p) = target else { return };
        let Some(phrase) = self.phrases.get(p).cloned() else { return };
        // "refused to … annul", "rejected the request for release": what was refused is no act.
        if phrase.action
            && classes.iter().any(|c| matches!(c, ActClass::Dismiss | ActClass::Inadmissible | ActClass::Grant))
        {
            if let Some(phrase) = self.phrases.get_mut(p) {
                phrase.used = true;
            }
            return;
        }
        let mut kinds: Vec<_> = classes.iter().filter_map(|c| effect_of(*c)).collect();
        // "withdrew her appeal": what asked for something waits no longer.
        if classes.contains(&ActClass::Drop) && asks(&phrase.classes) {
            kinds.push(EffectKind::Revokes);
        }
        // "The conviction was pardoned": what it is about, though it changes nothing of the paper itself.
        let about = |c: &ActClass| {
            matches!(c, ActClass::Acquit | ActClass::FindViolation | ActClass::Drop | ActClass::RequestMeasure)
        };
        if kinds.is_empty() && !phrase.action && classes.iter().any(about) {
            kinds.push(EffectKind::Concerns);
        }
        if kinds.is_empty() || drafts.get(number).is_none() {
            return;
        }
        let existing = self.of_phrase.get(p).copied().flatten();
        let target = if existing == Some(number) { return } else { self.draft_of(p, drafts) };
        if asks(&phrase.classes) && drafts.get(number).is_some_and(|d| d.status == EventStatus::Actual) {
            self.attack(p, target, drafts);
        }
        let span = self.scene.text.span(phrase.tokens.clone());
        let body = drafts.get(number).and_then(|d| d.body);
        let own = phrase.own || self.same_actor(body, phrase.body);
        // Who dismisses or grants an appeal tells that there was one.
        let files = asks(&phrase.classes);
        // Where there is no article, "жалобу защитника отклонил" tells of one complaint as "dismissed the complaint" does.
        // "Апелляция отклонила" names the court.
        let bare = self.scene.rules.object_side != ObjectSide::Right
            && !phrase.indefinite
            && !phrase.nothing
            && !self.scene.is(phrase.head.start, Word::Office);
        let known =
            phrase.definite || phrase.demonstrative || phrase.possessive || bare || !phrase.participants.is_empty();
        let told = drafts.get(number).is_some_and(|d| d.status == EventStatus::Actual && !d.operative);
        if let Some(t) = drafts.get_mut(target).filter(|_| files && known && told && !phrase.plural) {
            t.needed = true;
        }
        if let Some(t) = drafts.get_mut(target).filter(|t| phrase.own && t.body.is_none()) {
            t.body = body;
            t.needed = true;
        }
        let Some(draft) = drafts.get_mut(number) else { return };
        for kind in kinds {
            if draft.effects.iter().any(|e| e.kind == kind && e.target == Some(target)) {
                continue;
            }
            draft.effects.push(DraftEffect {
                kind,
                target: Some(target),
                span,
                stated: true,
                because: if passive { "the subject of the same verb" } else { "the object of the same verb" }
                    .to_owned(),
            });
        }
        if own && draft.classes.contains(&ActClass::Annul) {
            draft.add_class(ActClass::ReverseOwn);
        }
        for other in self.joined_with(p) {
            let kinds: Vec<_> = classes.iter().filter_map(|c| effect_of(*c)).collect();
            let second = self.draft_of(other, drafts);
            let span = self.phrases.get(other).map_or(Span::default(), |o| self.scene.text.span(o.tokens.clone()));
            let Some(draft) = drafts.get_mut(number).filter(|_| second != number) else { continue };
            for kind in kinds {
                if !draft.effects.iter().any(|e| e.kind == kind && e.target == Some(second)) {
                    draft.effects.push(DraftEffect {
                        kind,
                        target: Some(second),
                        span,
                        stated: true,
                        because: "joined by “and” to the object of the same verb".to_owned(),
                    });
                }
            }
        }
    }

    /// "reversed the Court of Appeal": what a court's latest decision is, named by the court alone.
    pub(super) fn link_body(&self, number: usize, classes: &[ActClass], tokens: &Range<usize>, drafts: &mut [Draft]) {
        if !classes.iter().any(|c| matches!(c, ActClass::Annul | ActClass::Uphold))
            || self.scene.rules.object_side != ObjectSide::Right
        {
            return;
        }
        let at = self.scene.len(tokens.end, Word::Definite).map_or(tokens.end, |n| tokens.end + n);
        let Some(body) = self.scene.mention(at).filter(|m| is_body(self.found, *m)) else { return };
        if self.same_actor(Some(body), drafts.get(number).and_then(|d| d.body)) {
            return;
        }
        let from = number.saturating_sub(BACK);
        let decided = |d: &Draft| {
            d.status == EventStatus::Actual
                && self.same_actor(d.body, Some(body))
                && d.classes.iter().any(|c| super::draft::is_outcome(*c))
        };
        let Some(target) = drafts.get(from..number).and_then(|d| d.iter().rposition(decided)).map(|i| i + from) else {
            return;
        };
        let span = self.scene.text.span(at..self.scene.mention_end(at));
        if let Some(draft) = drafts.get_mut(number) {
            draft.effects.extend(classes.iter().filter_map(|c| effect_of(*c)).map(|kind| DraftEffect {
                kind,
                target: Some(target),
                span,
                stated: false,
                because: "the latest decision of the body that the verb names as its object".to_owned(),
            }));
        }
    }

    /// The papers that stand beside phrase `p` with only "and" between: "the judgments of … and of …".
    fn joined_with(&self, p: usize) -> Vec<usize> {
        let paper = |p: &Phrase| !p.instrument && !p.used && !p.action;
        let joined = |a: usize, b: usize| {
            let (Some(first), Some(second)) = (self.phrases.get(a), self.phrases.get(b)) else { return false };
            let gap = first.tokens.end..second.tokens.start;
            let files = |p: &Phrase| asks(&p.classes);
            gap.len() <= 2
                && gap.clone().any(|t| self.scene.is(t, Word::And))
                && paper(first)
                && paper(second)
                && files(first) == files(second)
        };
        let mut out = Vec::new();
        if joined(p, p + 1) {
            out.push(p + 1);
        }
        if p > 0 && joined(p - 1, p) {
            out.push(p - 1);
        }
        out
    }

    /// "is still pending before the court": of the remedy told in the sentence, else of the latest one told before.
    pub(super) fn wait(&self, drafts: &mut [Draft], first: usize) {
        let Some(words) = self.scene.first(self.scene.tokens.clone(), Word::Pending) else { return };
        let denied = (words.start.saturating_sub(3)..words.start).any(|t| self.scene.is(t, Word::Not));
        if denied || drafts.iter().skip(first).any(|d| d.pending.is_some()) {
            return;
        }
        let near = words.end..self.scene.tokens.end.min(words.end + 6);
        let forum = near.clone().find_map(|t| self.scene.mention(t).filter(|m| is_body(self.found, *m)));
        let last = near.clone().find(|t| forum.is_some() && self.scene.mention(*t) == forum);
        let span = self.scene.text.span(words.start..last.map_or(words.end, |t| self.scene.mention_end(t)));
        let remedy = |d: &Draft| d.status == EventStatus::Actual && asks(&d.classes);
        let here = drafts.iter().skip(first).rposition(remedy).map(|i| i + first);
        let from = first.saturating_sub(BACK);
        let before = || Some(drafts.get(from..first)?.iter().rposition(remedy)? + from);
        let Some(number) = here.or_else(|| forum.and_then(|_| before())) else { return };
        if let Some(draft) = drafts.get_mut(number) {
            draft.pending = Some((forum, span));
            draft.needed = true;
        }
    }

    pub(super) fn same_actor(&self, a: Option<MentionIx>, b: Option<MentionIx>) -> bool {
        let actor = |m: Option<MentionIx>| actor_of(self.found, m?);
        actor(a).is_some() && actor(a) == actor(b)
    }

    /// The phrases that no verb took: decisions and appeals that are only referred to.
    pub(super) fn refer(&mut self, drafts: &mut Vec<Draft>) {
        for p in 0..self.phrases.len() {
            if self.of_phrase.get(p).copied().flatten().is_some() {
                continue;
            }
            let Some(phrase) = self.phrases.get(p).filter(|p| !p.used) else { continue };
            let pending = self.pending_after(phrase);
            if !self.worth(phrase) && pending.is_none() {
                continue;
            }
            let state = self.phrase_status(phrase);
            let files = asks(&phrase.classes);
            let number = self.draft_of(p, drafts);
            if let Some(draft) = drafts.get_mut(number) {
                draft.status = state;
                draft.needed |= pending.is_some() || files;
                draft.pending = pending;
            }
            // "the dismissal of his appeal": the noun of action acts on the paper after it.
            let acted = self.phrases.get(p + 1).zip(self.phrases.get(p)).filter(|(b, a)| acts_on(self.scene, a, b));
            let acted = acted.map(|(paper, _)| paper.tokens.end);
            if let Some(end) = acted.filter(|_| state == EventStatus::Actual) {
                if let Some(draft) = drafts.get_mut(number) {
                    draft.tokens.end = draft.tokens.end.max(end);
                }
                let classes = drafts.get(number).map(|d| d.classes.clone()).unwrap_or_default();
                self.link(number, &classes, Some(p + 1), false, drafts);
            }
            if files {
                self.attack(p, number, drafts);
            }
        }
        self.decide_suits(drafts);
        self.asked_undone(drafts);
        // The drafts of this sentence are the last ones.
        let used: Vec<DateIx> = drafts
            .iter()
            .rev()
            .take_while(|d| d.sentence == self.scene.sentence_ix)
            .flat_map(|d| [d.dates.act, d.dates.service, d.dates.reading, d.dates.hearing, d.dates.entry_into_force])
            .flatten()
            .collect();
        self.used_dates.extend(used);
    }

    pub(super) fn attacked(&self, p: usize) -> Option<usize> {
        let phrase = self.phrases.get(p)?;
        // "подала на это решение жалобу": in free word order what is attacked may stand before.
        let before = p.checked_sub(1).filter(|b| {
            self.phrases.get(*b).is_some_and(|b| {
                self.scene.rules.object_side == ObjectSide::Either
                    && !b.instrument
                    && !asks(&b.classes)
                    && b.tokens.end + 2 >= phrase.head.start
                    && self.scene.ending_at(b.tokens.start, Word::Against).is_some()
            })
        });
        if before.is_some() {
            return before;
        }
        let next = self.phrases.get(p + 1).filter(|n| n.tokens.start < phrase.tokens.end + 5 && !n.instrument)?;
        // "a suit for the annulment of the decision": what it asks to undo.
        let undoes = |c: &ActClass| matches!(c, ActClass::Annul | ActClass::Void | ActClass::Vary);
        if next.action && next.classes.iter().any(undoes) {
            let paper = self.phrases.get(p + 2)?;
            let beside = paper.tokens.start < next.tokens.end + 4 && !paper.instrument && !paper.action;
            return (beside && !asks(&paper.classes)).then_some(p + 2);
        }
        let linked = (phrase.head.end..next.tokens.start + 1).any(|t| self.scene.is(t, Word::Against));
        (linked && !asks(&next.classes)).then_some(p + 1)
    }

    /// Whether a phrase that no verb acts on is worth telling of.
    pub(super) fn worth(&self, phrase: &Phrase) -> bool {
        // "un jugement du tribunal de Lyon le condamnant à trois ans": who did it and what say enough.
        let told = !phrase.action && phrase.body.is_some() && phrase.has_outcome();
        let suit = asks(&phrase.classes) && !phrase.nothing && self.answers(phrase);
        if phrase.nothing || phrase.norm || phrase.indefinite && phrase.dates.act.is_none() && !suit && !told {
            return false;
        }
        // "Similar conclusions … in the judgment of 17 June 2020": a decision of another case.
        if self.scene.first(self.scene.tokens.clone(), Word::Precedent).is_some() {
            return false;
        }
        // "у постанові від 25.06.2024 у справі № 300/3435/21": a ruling of another case, cited as authority.
        let other_case = self.around.docket.as_ref().zip(phrase.docket.as_ref()).is_some_and(|(own, it)| own != it);
        if other_case && phrase.tokens.clone().any(|t| self.scene.is(t, Word::InCase)) {
            return false;
        }
        // "the 1981 Order", "Decree No. 2 of 1996": what only a year names is a norm.
        let date = phrase.dates.act.and_then(|date| self.found.dates.get(date));
        let of_year = date.is_some_and(|d| d.value.len() == "1981".len());
        if of_year
            && matches!(phrase.act_type, ActType::Order | ActType::Decree)
            && phrase.classes == [ActClass::Decide]
            && phrase.body.is_none()
        {
            return false;
        }
        let dated = phrase.dates.act.is_some();
        let files = asks(&phrase.classes);
        if phrase.action {
            // "extradition", "арест": a bare noun names what may only have been asked for.
            let named = phrase.definite || phrase.possessive || phrase.demonstrative || phrase.indefinite && dated;
            let done = phrase.classes.iter().any(|c| {
                matches!(c, ActClass::Release | ActClass::Dismiss | ActClass::Annul | ActClass::Acquit | ActClass::Drop)
            });
            let heard = self.scene.ending_at(phrase.tokens.start, Word::Hearing).is_some();
            let plain = match self.scene.rules.object_side {
                ObjectSide::Right => named || done || phrase.befell,
                ObjectSide::Either => phrase.befell,
                ObjectSide::Left => true,
            };
            let by = phrase.made || phrase.body.is_some() || phrase.doer.is_some();
            return dated && !heard && (plain || phrase.happened || phrase.body.is_some())
                || phrase.happened && !heard && (named || phrase.befell)
                || phrase.befell && named && !heard && by
                || phrase.body.is_some() && (phrase.definite || phrase.possessive) && !phrase.participants.is_empty();
        }
        if files {
            return suit
                || dated
                || self.owned_remedy(phrase)
                || !phrase.participants.is_empty() && phrase.possessive
                || (phrase.definite || self.scene.rules.object_side == ObjectSide::Either) && phrase.made;
        }
        dated
            || phrase.docket.is_some()
                && (phrase.definite || phrase.demonstrative || phrase.possessive || phrase.body.is_some())
            || phrase.body.is_some() && phrase.has_outcome()
            || (phrase.demonstrative || phrase.definite) && phrase.has_outcome()
    }

    /// "le pourvoi de M. Durand", "the Attorney General's appeal", "жалоба защиты": a remedy of somebody whom the text names was taken.
    fn owned_remedy(&self, phrase: &Phrase) -> bool {
        let named = phrase.participants.iter().any(|p| p.role == Role::Applicant);
        let body = phrase.body.filter(|m| kind_of(self.found, *m) != Some(ActorKind::Court));
        let appeal = phrase.classes.contains(&ActClass::Appeal);
        let may = (phrase.tokens.end..phrase.tokens.end + 2).any(|t| self.scene.is(t, Word::Possible));
        let owned = match self.scene.rules.object_side {
            ObjectSide::Right => {
                let owned = named || phrase.possessive && (body.is_some() || appeal && phrase.doer.is_some());
                owned && (phrase.definite || phrase.possessive)
            }
            // "жалобу ДМС": who owns it stands right behind it.
            ObjectSide::Either => {
                let beside = self.scene.mention(phrase.head.end);
                phrase.doer.is_some() || (named || body.is_some()) && beside.is_some()
            }
            ObjectSide::Left => false,
        };
        owned && !phrase.plural && !may
    }

    /// "Sur le pourvoi de M. Durand, la cour a annulé l'arrêt", "суд по жалобе защиты отменил арест": what the court told next does is its
    /// answer to the remedy.
    fn decide_suits(&self, drafts: &mut [Draft]) {
        for (p, phrase) in self.phrases.iter().enumerate().filter(|(_, p)| asks(&p.classes) && self.on_suit(p)) {
            let Some(remedy) = self.of_phrase.get(p).copied().flatten() else { continue };
            let Some(asked) = drafts.get(remedy).filter(|d| d.status == EventStatus::Actual) else { continue };
            let (start, asker) = (asked.trigger.start, asked.body);
            let answer = |told: &Told| {
                let draft = drafts.get(told.draft).filter(|d| told.draft != remedy && d.trigger.start >= start)?;
                let kind = draft.classes.iter().find_map(|class| match class {
                    ActClass::Annul
                    | ActClass::Void
                    | ActClass::Vary
                    | ActClass::Lift
                    | ActClass::Ban
                    | ActClass::Designate
                    | ActClass::Recognise
                    | ActClass::Suspend
                    | ActClass::Extradite => Some(EffectKind::Grants),
                    ActClass::Uphold | ActClass::Dismiss | ActClass::Inadmissible => Some(EffectKind::Dismisses),
                    _ => None,
                })?;
                let other = asker.is_none() || !self.same_actor(asker, draft.body);
                let free = !draft.effects.iter().any(|e| matches!(e.kind, EffectKind::Grants | EffectKind::Dismisses));
                (other && free && draft.status == EventStatus::Actual).then_some((told.draft, kind))
            };
            let Some((number, kind)) = self.told.iter().find_map(answer) else { continue };
            let span = self.scene.text.span(phrase.tokens.clone());
            if let Some(draft) = drafts.get_mut(number) {
                let because = "the remedy on which it was decided".to_owned();
                draft.effects.push(DraftEffect { kind, target: Some(remedy), span, stated: true, because });
            }
        }
    }

    /// "on the appeal of", "sur le pourvoi de", "по жалобе": the words before a remedy that say that something was decided on it.
    fn on_suit(&self, phrase: &Phrase) -> bool {
        match self.scene.rules.object_side {
            ObjectSide::Left => self.scene.is(phrase.tokens.end, Word::OnSuit),
            ObjectSide::Right | ObjectSide::Either => self.scene.ending_at(phrase.tokens.start, Word::OnSuit).is_some(),
        }
    }

    /// "у справі за позовом Іваненка до служби", "sur le pourvoi de M. Durand": what a court answers was filed by someone.
    fn answers(&self, phrase: &Phrase) -> bool {
        self.on_suit(phrase)
            && !self.in_operative(phrase.tokens.start)
            && (phrase.body.is_some()
                || phrase.possessive
                || phrase.doer.is_some()
                || phrase.participants.iter().any(|p| p.role == Role::Applicant))
    }

    pub(super) fn phrase_status(&self, phrase: &Phrase) -> EventStatus {
        let start = phrase.tokens.start;
        if let Some(s) = above(self.scene, start) {
            // "aux fins d'exécution d'un jugement du 24 octobre": what has a day and is a means to something is there.
            let there = !phrase.action && phrase.dates.act.is_some() && s == EventStatus::Requested;
            return if there { EventStatus::Actual } else { s };
        }
        if !phrase.action {
            return EventStatus::Actual;
        }
        // "ұсталуы мүмкін": what governs the noun stands behind it.
        let left = self.scene.rules.object_side == ObjectSide::Left;
        let behind = phrase.tokens.end..phrase.tokens.end + 3;
        if let Some(status) = behind.into_iter().filter(|_| left).find_map(|t| unreal_after(self.scene, t)) {
            return status;
        }
        match governor(self.scene, start, 6) {
            Some((Word::Request, _)) => EventStatus::Requested,
            Some((Word::Possible, _)) => EventStatus::Possible,
            Some((Word::Fail, _)) => EventStatus::Denied,
            _ => EventStatus::Actual,
        }
    }

    /// "his appeal is still pending before the court".
    pub(super) fn pending_after(&self, phrase: &Phrase) -> Option<(Option<MentionIx>, Span)> {
        if !asks(&phrase.classes) {
            return None;
        }
        let clause = self.scene.clause_ix(phrase.tokens.start);
        let mut end = self.scene.clauses.get(clause)?.tokens.end;
        // "the appeal that he lodged against this judgment is pending": a clause about the remedy stands between.
        if end <= phrase.tokens.end + 1
            && self
                .scene
                .clauses
                .get(clause + 1)
                .is_some_and(|c| matches!(c.kind, ClauseKind::Relative | ClauseKind::Complement))
        {
            end = self.scene.tokens.end;
        }
        let end = end.min(phrase.tokens.end + 24);
        // "жалоба пока не рассмотрена": a word that may open a clause ("пока", "while") stands right behind the remedy.
        let beside = self.scene.len(phrase.tokens.end, Word::Pending).map(|n| phrase.tokens.end..phrase.tokens.end + n);
        let words = beside.or_else(|| self.scene.first(phrase.tokens.end..end, Word::Pending))?;
        let not = (words.start.saturating_sub(3)..words.start).any(|t| self.scene.is(t, Word::Not));
        if not {
            return None;
        }
        let forum = (words.end..self.scene.tokens.end.min(words.end + 6))
            .find_map(|t| self.scene.mention(t).filter(|m| is_body(self.found, *m)));
        let last = (words.end..self.scene.tokens.end.min(words.end + 6))
            .find(|t| forum.is_some() && self.scene.mention(*t) == forum)
            .map_or(words.end, |t| self.scene.mention_end(t));
        // "Апелляционная жалоба не рассмотрена": where there is no article, no other one is meant. "Заявление рассматривается" may be law.
        let bare = self.scene.rules.object_side != ObjectSide::Right
            && words.len() > 1
            && !(phrase.indefinite || phrase.plural || phrase.nothing || phrase.of_stranger);
        let known = phrase.definite || phrase.demonstrative || phrase.possessive || phrase.says_something() || bare;
        (known || forum.is_some() || !phrase.participants.is_empty())
            .then(|| (forum, self.scene.text.span(words.start..last)))
    }
}
