//! What an act acts on where the text names nothing: the act told just before it. Such links are derived, never stated.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{ActClass, ActMention, ActType, ActorKind, EffectKind, EventStatus, Findings, Lang, Span};

use super::draft::{Draft, DraftEffect, is_outcome};
use super::reference::{CANDIDATES, acting, bodies_agree, not_after, remedy, root};
use super::rules::{LangRules, Word};
use super::scene::{actor_of, is_body, kind_of};
use crate::text::Text;

/// How many sentences before a remedy the decision may be told that it attacks without naming it.
pub(super) const ATTACKED: usize = 2;

/// So many words of an act are looked at for whether it goes on with another.
const MOST: usize = 60;

/// The drafts in the order of the text.
fn in_order(drafts: &[Draft]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|i| drafts.get(*i).map_or(0, |d| d.trigger.start));
    order
}

fn derived(kind: EffectKind, target: usize, span: Span, because: &str) -> DraftEffect {
    DraftEffect { kind, target: Some(target), span, stated: false, because: because.to_owned() }
}

fn is_court(found: &Findings, draft: &Draft) -> bool {
    draft.body.and_then(|m| kind_of(found, m)) == Some(ActorKind::Court)
}

/// A remedy that names no decision attacks the one told just before: derived, and only where there is one.
pub(super) fn attack_unnamed(
    drafts: &mut [Draft],
    found: &Findings,
    text: &Text<'_>,
    by_lang: &BTreeMap<Lang, LangRules>,
) {
    let order = in_order(drafts);
    let acting = acting(drafts);
    for (place, &i) in order.iter().enumerate() {
        let Some(draft) = drafts.get(i) else { continue };
        let open = draft.classes.contains(&ActClass::Appeal)
            && draft.status == EventStatus::Actual
            && draft.same_as.is_none()
            && draft.needed
            && !draft.effects.iter().any(|e| e.kind == EffectKind::Appeals && e.target.is_some());
        if !open {
            continue;
        }
        let decides_it = |d: &Draft| d.effects.iter().any(|e| e.target.and_then(|t| root(drafts, t)) == Some(i));
        let decider = acting.get(i).copied().flatten().and_then(|d| drafts.get(d));
        let decision = |d: &Draft| {
            d.classes.iter().any(|c| match c {
                // An arrest is no decision, and an opinion is none that can be appealed.
                ActClass::Detain | ActClass::FindViolation => is_court(found, d),
                ActClass::OrderLeave | ActClass::Revoke => true,
                c => is_outcome(*c),
            })
        };
        // A court does not decide on a remedy against itself, nor on one against the court that sent the case back to it; and nobody
        // attacks a decision of their own.
        let of_others = |d: &Draft| {
            !(decider.is_some() && d.classes.contains(&ActClass::Remand))
                && decider.is_none_or(|by| by.body.is_none() || d.body.is_none() || !bodies_agree(by, d, found, text))
                && (draft.body.is_none() || d.body.is_none() || !bodies_agree(d, draft, found, text))
        };
        let attacked = order.get(..place).unwrap_or(&[]).iter().rev().take(CANDIDATES).copied().find(|j| {
            drafts.get(*j).is_some_and(|d| {
                d.status == EventStatus::Actual
                    && !remedy(d)
                    && !decides_it(d)
                    && not_after(d, draft, found)
                    && d.needed
                    && decision(d)
                    && !says(text, by_lang, d, d.tokens.clone(), Word::Permission)
                    && of_others(d)
                    && (d.body.is_some() || d.dates.act.is_some())
            })
        });
        let near = |j: &usize| drafts.get(*j).is_some_and(|d| draft.sentence <= d.sentence + ATTACKED);
        let Some(target) = attacked.filter(near) else { continue };
        let span = draft.trigger;
        if let Some(draft) = drafts.get_mut(i) {
            let because = "the remedy names no decision: the one told just before it";
            draft.effects.push(derived(EffectKind::Appeals, target, span, because));
        }
    }
}

/// "In an application of 3 May he asks the court to annul the decision": what a remedy asks to undo is what it attacks.
pub(super) fn attack_asked(drafts: &mut [Draft]) {
    let mut last: Option<usize> = None;
    for i in in_order(drafts) {
        let Some(draft) = drafts.get(i) else { continue };
        if remedy(draft) && draft.status == EventStatus::Actual && (draft.needed || draft.same_as.is_some()) {
            last = Some(i);
        }
        let asked = draft.status == EventStatus::Requested;
        let undone = draft
            .effects
            .iter()
            .find(|e| matches!(e.kind, EffectKind::Annuls | EffectKind::Voids | EffectKind::Varies));
        let Some((effect, target)) = undone.filter(|_| asked).and_then(|e| Some((e.clone(), e.target?))) else {
            continue;
        };
        let sentence = draft.sentence;
        let Some(by) = last.filter(|by| *by != target) else { continue };
        // A decision about a remedy is not what that remedy attacks.
        let answers = |d: &Draft| d.effects.iter().any(|e| e.target.and_then(|t| root(drafts, t)) == root(drafts, by));
        let paper = |d: &Draft| !remedy(d) && d.status == EventStatus::Actual && !answers(d);
        if ![Some(target), root(drafts, target)].into_iter().flatten().all(|t| drafts.get(t).is_some_and(paper)) {
            continue;
        }
        let decided = |d: &Draft| root_of(drafts, d) == root(drafts, target) && answers(d);
        if drafts.iter().any(decided) {
            continue;
        }
        if let Some(remedy) = drafts.get_mut(by)
            && sentence <= remedy.sentence + 1
            && !remedy.effects.iter().any(|e| e.kind == EffectKind::Appeals && e.target.is_some())
        {
            remedy.effects.push(DraftEffect {
                kind: EffectKind::Appeals,
                because: "it asks to undo this act".to_owned(),
                ..effect
            });
        }
    }
}

/// The act that `draft` is the same as; `None` where it is none but itself.
fn root_of(drafts: &[Draft], draft: &Draft) -> Option<usize> {
    draft.same_as.as_ref().and_then(|(to, _)| root(drafts, *to))
}

/// What else a text tells of without naming it again: the paper that was served, the sentence that was cut, the request that was refused.
pub(super) fn others(drafts: &mut [Draft], found: &Findings, text: &Text<'_>, by_lang: &BTreeMap<Lang, LangRules>) {
    let order = in_order(drafts);
    let answered = answered(drafts);
    let mut new: Vec<(usize, DraftEffect)> = Vec::new();
    for (place, &i) in order.iter().enumerate() {
        let Some(draft) = drafts.get(i) else { continue };
        let open = draft.mention == ActMention::Told
            && draft.status == EventStatus::Actual
            && draft.same_as.is_none()
            && !draft.own;
        let targets = || draft.effects.iter().filter_map(|e| drafts.get(e.target?));
        // Who answers a remedy still does something to the decision that it attacks.
        let (idle, on_remedies) = (targets().next().is_none(), targets().all(remedy));
        let before = order.get(..place).unwrap_or(&[]);
        let mut found_one = None;
        let extends = || extends(text, by_lang, draft);
        for rule in RULES.iter().filter(|r| open && draft.classes.contains(&r.acts)) {
            if !(if rule.remedy { idle } else { on_remedies }) || rule.extends && !extends() {
                continue;
            }
            let target = told_before(drafts, found, text, draft, rule, before);
            // What another decision has answered, or what is said to wait, is not answered without a word.
            let free = |j: &usize| !rule.remedy || root(drafts, *j).is_none_or(|r| !answered.contains(&r));
            found_one = target.filter(free).map(|target| (rule, target));
            if found_one.is_some() {
                break;
            }
        }
        if let Some((rule, target)) = found_one {
            new.push((i, derived(rule.effect, target, draft.trigger, rule.because)));
        }
    }
    for (i, effect) in new {
        if let Some(draft) = drafts.get_mut(i) {
            draft.effects.retain(|e| e.target.is_some() || e.kind != effect.kind);
            draft.effects.push(effect);
        }
    }
}

/// "The ministry appealed, and the regional court cut the sum": what a body decides right behind a remedy, in the same sentence, it decides
/// on that remedy.
pub(super) fn answer_here(drafts: &mut [Draft], found: &Findings, text: &Text<'_>) {
    let order = in_order(drafts);
    let answered = answered(drafts);
    let mut new: Vec<(usize, DraftEffect)> = Vec::new();
    for pair in order.windows(2) {
        let [r, i] = pair else { continue };
        let Some((asked, draft)) = drafts.get(*r).zip(drafts.get(*i)) else { continue };
        let told =
            |d: &Draft| d.status == EventStatus::Actual && d.sentence == draft.sentence && !d.operative && !d.own;
        let kind = draft.classes.iter().find_map(|class| match class {
            ActClass::Annul | ActClass::Void | ActClass::Vary | ActClass::Grant | ActClass::Acquit => {
                Some(EffectKind::Grants)
            }
            ActClass::Uphold | ActClass::Dismiss | ActClass::Inadmissible => Some(EffectKind::Dismisses),
            _ => None,
        });
        let Some(kind) = kind.filter(|_| told(draft) && draft.mention == ActMention::Told && draft.same_as.is_none())
        else {
            continue;
        };
        let answers = |d: &Draft| {
            d.effects.iter().any(|e| matches!(e.kind, EffectKind::Dismisses | EffectKind::Grants | EffectKind::Appeals))
        };
        let open = told(asked)
            && remedy(asked)
            && asked.pending.is_none()
            && asked.mention == ActMention::Told
            && root(drafts, *r).is_none_or(|root| !answered.contains(&root));
        // Who asked does not answer, and what was undone is not that remedy's if its target says otherwise.
        let others = !(asked.body.is_some() && draft.body.is_some() && bodies_agree(asked, draft, found, text));
        if open
            && others
            && !answers(draft)
            && (draft.body.is_some_and(|m| is_body(found, m)) || draft.body_words.is_some())
            && not_after(asked, draft, found)
            && persons_agree(asked, draft, found)
        {
            let because = "told right behind the remedy, in the same sentence";
            new.push((*i, derived(kind, *r, draft.trigger, because)));
        }
    }
    for (i, effect) in new {
        if let Some(draft) = drafts.get_mut(i) {
            draft.effects.push(effect);
        }
    }
}

/// True where the words of an act say that it goes on with what was there: "his detention was extended".
fn extends(text: &Text<'_>, by_lang: &BTreeMap<Lang, LangRules>, draft: &Draft) -> bool {
    // "Arrested another man": only the word that tells the act says so.
    says(text, by_lang, draft, text.tokens_in(draft.trigger), Word::Extends)
}

/// True where a small word of this kind stands among the first of these tokens of an act.
fn says(
    text: &Text<'_>,
    by_lang: &BTreeMap<Lang, LangRules>,
    draft: &Draft,
    tokens: std::ops::Range<usize>,
    word: Word,
) -> bool {
    let lang = text.sentences.get(draft.sentence).map(|s| s.lang);
    let Some(rules) = lang.and_then(|lang| by_lang.get(&lang)) else { return false };
    let end = tokens.end;
    tokens.take(MOST).any(|t| rules.words.longest_of(text, t, end, |w| *w == word).is_some())
}

/// The acts that some decision answers, and those that a text says to wait.
fn answered(drafts: &[Draft]) -> BTreeSet<usize> {
    let all = drafts.iter().filter(|d| d.status == EventStatus::Actual && !remedy(d)).flat_map(|d| &d.effects);
    let answers = all.filter(|e| matches!(e.kind, EffectKind::Dismisses | EffectKind::Grants | EffectKind::Revokes));
    let wait = (0..drafts.len()).filter(|i| drafts.get(*i).is_some_and(|d| d.pending.is_some()));
    answers.filter_map(|e| root(drafts, e.target?)).chain(wait.filter_map(|i| root(drafts, i))).collect()
}

/// The act of the kind of `rule` that is told last before `draft`, near enough.
fn told_before(
    drafts: &[Draft],
    found: &Findings,
    text: &Text<'_>,
    draft: &Draft,
    rule: &Rule,
    before: &[usize],
) -> Option<usize> {
    let fits = |d: &Draft| {
        d.status == EventStatus::Actual
            && (d.needed || d.same_as.is_some())
            && d.trigger != draft.trigger
            && remedy(d) == rule.remedy
            && d.classes.iter().any(|c| (rule.on)(*c))
            && d.act_type != ActType::Service
            && not_after(d, draft, found)
            && persons_agree(d, draft, found)
            && (!rule.remedy || d.pending.is_none() && asked_for(d, draft, found))
            && (rule.acts != ActClass::Notify || d.body.is_some() || d.body_words.is_some())
            // Who reviews a decision did not make it, and nobody decides on a request of their own; "the court allowed the appeal: the fine
            // was annulled" tells of one decision.
            && (!rule.others || match (draft.body, d.body) {
                (Some(_), Some(_)) => !bodies_agree(d, draft, found, text),
                (None, Some(_)) => rule.remedy || draft.body_words.is_some() || d.sentence != draft.sentence,
                (_, None) => true,
            })
    };
    // Who was sentenced since was released from the sentence, not from the arrest.
    let parted = |d: &Draft| {
        rule.acts == ActClass::Release && d.status == EventStatus::Actual && d.classes.contains(&ActClass::Convict)
    };
    let near = |d: &Draft| draft.sentence <= d.sentence + rule.sentences;
    let mut told = before.iter().rev().take(CANDIDATES).copied();
    let target = told.find(|j| drafts.get(*j).is_some_and(|d| fits(d) || parted(d)))?;
    drafts.get(target).is_some_and(|d| fits(d) && near(d)).then_some(target)
}

struct Rule {
    acts: ActClass,
    effect: EffectKind,
    on: fn(ActClass) -> bool,
    /// It acts on what somebody asked for, and not on a decision.
    remedy: bool,
    /// The two are of two bodies.
    others: bool,
    /// Only where the words say that something goes on.
    extends: bool,
    /// How many sentences before it the act may be told.
    sentences: usize,
    because: &'static str,
}

const ANSWER: Rule = Rule {
    acts: ActClass::Dismiss,
    effect: EffectKind::Dismisses,
    // An appeal is decided by words that say so, as a rule, and may wait while something else is refused.
    on: |c| matches!(c, ActClass::File),
    remedy: true,
    others: true,
    extends: false,
    sentences: 2,
    because: "what it answers is not named: the request told just before it",
};

const REVIEW: Rule = Rule {
    acts: ActClass::Uphold,
    effect: EffectKind::Upholds,
    on: |c| matches!(c, ActClass::Convict | ActClass::Ban | ActClass::Dismiss | ActClass::Designate | ActClass::Revoke),
    remedy: false,
    others: true,
    extends: false,
    sentences: 2,
    because: "what it leaves standing is not named: the decision told just before it",
};

/// An act that concerns another one of the same matter, whoever made either.
const LATER: Rule = Rule {
    acts: ActClass::Vary,
    effect: EffectKind::Concerns,
    on: |_| false,
    remedy: false,
    others: false,
    extends: false,
    sentences: 2,
    because: "",
};

const RULES: [Rule; 16] = [
    ANSWER,
    Rule { acts: ActClass::Inadmissible, ..ANSWER },
    Rule { acts: ActClass::Grant, effect: EffectKind::Grants, sentences: 1, ..ANSWER },
    Rule { acts: ActClass::Recognise, effect: EffectKind::Grants, ..ANSWER },
    Rule {
        acts: ActClass::Notify,
        effect: EffectKind::Notifies,
        on: |c| is_outcome(c) || matches!(c, ActClass::OrderLeave | ActClass::Revoke | ActClass::ForbidLeave),
        sentences: 1,
        because: "what was served is not named: the decision told just before it",
        ..LATER
    },
    REVIEW,
    Rule {
        acts: ActClass::Annul,
        effect: EffectKind::Annuls,
        on: |c| {
            matches!(
                c,
                ActClass::Convict
                    | ActClass::OrderLeave
                    | ActClass::Revoke
                    | ActClass::Ban
                    | ActClass::Designate
                    | ActClass::Dismiss
                    | ActClass::Inadmissible
                    | ActClass::Extradite
                    | ActClass::Uphold
                    | ActClass::Annul
                    | ActClass::Grant
                    | ActClass::Recognise
                    | ActClass::Exclude
            )
        },
        sentences: 1,
        because: "what it annuls is not named: the decision told just before it",
        ..REVIEW
    },
    Rule {
        acts: ActClass::Vary,
        effect: EffectKind::Varies,
        on: |c| matches!(c, ActClass::Convict),
        sentences: 3,
        because: "the sentence that it changes is the one told just before it",
        ..LATER
    },
    Rule {
        acts: ActClass::Vary,
        on: |c| matches!(c, ActClass::ForbidLeave | ActClass::Detain),
        because: "it extends the measure told just before it, or changes its terms",
        ..LATER
    },
    Rule {
        acts: ActClass::Detain,
        on: |c| matches!(c, ActClass::Detain),
        extends: true,
        sentences: 3,
        because: "it extends the custody told just before it",
        ..LATER
    },
    Rule {
        acts: ActClass::Drop,
        on: |c| matches!(c, ActClass::Charge),
        sentences: 3,
        because: "the case that it ends is the one told just before it",
        ..LATER
    },
    Rule {
        acts: ActClass::Acquit,
        on: |c| matches!(c, ActClass::Charge),
        sentences: 3,
        because: "the charge that it answers is the one told just before it",
        ..LATER
    },
    Rule {
        acts: ActClass::Convict,
        on: |c| matches!(c, ActClass::Charge),
        sentences: 0,
        because: "the charge that it decides on is the one told just before it",
        ..LATER
    },
    Rule {
        acts: ActClass::Release,
        effect: EffectKind::Lifts,
        on: |c| matches!(c, ActClass::Detain),
        sentences: 1,
        because: "the custody that it ends is the one told just before it; another ground may hold the person",
        ..LATER
    },
    Rule {
        acts: ActClass::Lift,
        effect: EffectKind::Lifts,
        on: |c| matches!(c, ActClass::Suspend | ActClass::ForbidLeave | ActClass::Ban),
        because: "the measure that it lifts is the one told just before it",
        ..LATER
    },
    Rule {
        acts: ActClass::Revoke,
        effect: EffectKind::Revokes,
        on: |c| matches!(c, ActClass::Grant | ActClass::Recognise),
        because: "what it takes away is what was granted just before it",
        ..LATER
    },
];

/// False where one asked and another was told of the answer.
fn asked_for(remedy: &Draft, decision: &Draft, found: &Findings) -> bool {
    use khronika_core::Role;
    let actors = |d: &Draft, roles: &[Role]| -> Vec<usize> {
        let parts = d.participants.iter().filter(|p| roles.contains(&p.role));
        parts.filter_map(|p| actor_of(found, p.mention)).collect()
    };
    let asked = actors(remedy, &[Role::Applicant, Role::Subject]);
    let told = actors(decision, &[Role::Subject, Role::Recipient, Role::Applicant]);
    asked.is_empty() || told.is_empty() || asked.iter().any(|a| told.contains(a))
}

/// False where two acts surely befell two persons.
fn persons_agree(a: &Draft, b: &Draft, found: &Findings) -> bool {
    use khronika_core::Role;
    let persons = |d: &Draft| -> Vec<usize> {
        let about = d.participants.iter().filter(|p| matches!(p.role, Role::Subject | Role::Recipient));
        about
            .filter(|p| kind_of(found, p.mention) == Some(ActorKind::Person))
            .filter_map(|p| actor_of(found, p.mention))
            .collect()
    };
    let (one, two) = (persons(a), persons(b));
    one.is_empty() || two.is_empty() || one.iter().any(|p| two.contains(p))
}
