//! Which act "the order", "cette décision", "указанное постановление" is.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{
    ActClass, ActMention, ActType, ActorKind, Day, Edtf, EffectKind, EventStatus, Findings, MentionIx,
};

use super::doer::stem;
use super::draft::Draft;
use super::just_before::ATTACKED;
use super::scene::{actor_of, kind_of};
use crate::text::Text;

/// How many sentences back a definite phrase may point.
const FAR: usize = 30;

/// How many earlier acts are looked at, so that a text that names one day ten thousand times, or tells as many acts in one sentence, costs
/// no more than its length.
pub(super) const CANDIDATES: usize = 200;

/// The score of the act that a phrase surely points to.
const FIRST: i32 = 9;

/// What being attacked by a remedy counts for "the impugned decision".
const ATTACKS: i32 = 6;

/// What being told last, in the same sentence, counts for "this" and "that".
const JUST_TOLD: i32 = 3;

/// Gives every phrase that points back the act that it points to, where one fits.
pub(super) fn resolve(drafts: &mut [Draft], found: &Findings, text: &Text<'_>, own: Option<usize>) {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|i| drafts.get(*i).map_or(0, |d| d.trigger.start));
    let mut dated = Dated::default();
    let acting = acting(drafts);
    for (place, &i) in order.iter().enumerate() {
        let Some(draft) = drafts.get(i) else { continue };
        if draft.same_as.is_some() {
            dated.add(i, draft, found);
            continue;
        }
        let earlier = order.get(..place).unwrap_or(&[]);
        let decided = draft.mention == ActMention::Referred && draft.status == EventStatus::Actual;
        let here = draft.operative && decided && remedy(draft) && draft.dates.act.is_none();
        let link = here.then(|| decided_here(drafts, found, text, draft, earlier)).flatten();
        let link = if link.is_some() {
            link
        } else if draft.dates.act.is_some() {
            same_date(drafts, found, text, draft, &dated).or_else(|| just_told(drafts, found, text, draft, earlier))
        } else if draft.points_back.is_some() {
            points_to(drafts, found, text, draft, earlier, own, acting.get(i).copied().flatten())
        } else {
            None
        };
        let link = link.or_else(|| {
            // "The Application", "la requête": in a ruling, the remedy that it decides on, wherever that is told.
            let bare = draft.points_back.as_ref().is_some_and(|b| b.adjectives.is_empty());
            let plain = draft.body.is_none() && draft.participants.is_empty() && draft.dates.act.is_none();
            let told = draft.status == EventStatus::Actual && remedy(draft) && draft.pending.is_none();
            // What another decision answered is not the remedy that this document decides on.
            let by = acting.get(i).copied().flatten().and_then(|by| drafts.get(by));
            let elsewhere = by.is_some_and(|by| !by.own && !by.operative && by.dates.act.is_some() && answers(by));
            (own.is_some() && told && bare && plain && !elsewhere)
                .then(|| the_remedy(drafts, draft, &order, i))
                .flatten()
        });
        if let (Some(link), Some(draft)) = (link.filter(|(to, _)| *to != i), drafts.get_mut(i)) {
            draft.same_as = Some(link);
        }
        if let Some(draft) = drafts.get(i) {
            dated.add(i, draft, found);
        }
    }
}

/// True for a decision on what somebody asked for.
fn answers(draft: &Draft) -> bool {
    let answer =
        |c: &ActClass| matches!(c, ActClass::Dismiss | ActClass::Inadmissible | ActClass::Grant | ActClass::Recognise);
    draft.status == EventStatus::Actual && draft.classes.iter().any(answer)
}

/// By act: the last one that acts on it.
pub(super) fn acting(drafts: &[Draft]) -> Vec<Option<usize>> {
    let mut acting = vec![None; drafts.len()];
    for (i, draft) in drafts.iter().enumerate() {
        for target in draft.effects.iter().filter_map(|e| e.target) {
            for at in [Some(target), root(drafts, target)].into_iter().flatten() {
                if let Some(slot) = acting.get_mut(at) {
                    *slot = Some(i);
                }
            }
        }
    }
    acting
}

/// The acts met so far that have a date: all of them in order, and by day.
#[derive(Default)]
struct Dated {
    all: Vec<usize>,
    by_day: BTreeMap<Day, Vec<usize>>,
}

impl Dated {
    fn add(&mut self, ix: usize, draft: &Draft, found: &Findings) {
        let Some(when) = when(draft, found) else { return };
        self.all.push(ix);
        if let Some(day) = when.as_day() {
            self.by_day.entry(day).or_default().push(ix);
        }
    }
}

/// The date of the act itself.
fn when<'a>(draft: &Draft, found: &'a Findings) -> Option<&'a Edtf> {
    draft.dates.act.and_then(|ix| found.dates.get(ix)).and_then(|t| t.edtf.as_ref())
}

/// An earlier act with the same date, and nothing that speaks against it.
///
/// A day is enough. A year or a month is, where just one earlier act fits and the body is the same.
fn same_date(
    drafts: &[Draft],
    found: &Findings,
    text: &Text<'_>,
    draft: &Draft,
    dated: &Dated,
) -> Option<(usize, String)> {
    let own = when(draft, found)?;
    let fits = |j: &usize| {
        drafts.get(*j).is_some_and(|e| {
            e.sentence != draft.sentence
                && e.same_as.is_none()
                && e.status == EventStatus::Actual
                && draft.status == EventStatus::Actual
                && (e.mention == ActMention::Referred || draft.mention == ActMention::Referred)
                && remedy(e) == remedy(draft)
                && types_agree(e.act_type, draft.act_type)
                && bodies_agree(e, draft, found, text)
                && classes_agree(&e.classes, &draft.classes)
        })
    };
    if let Some(day) = own.as_day() {
        let same = dated
            .by_day
            .get(&day)?
            .iter()
            .copied()
            .take(CANDIDATES)
            .find(|j| fits(j) && drafts.get(*j).and_then(|e| when(e, found)).is_some_and(|w| w == own));
        return same.map(|j| (j, "the same day, and nothing speaks against it".to_owned()));
    }
    if draft.mention == ActMention::Told {
        return None;
    }
    let known = |d: &Draft| d.body.is_some();
    let near = dated.all.get(dated.all.len().saturating_sub(CANDIDATES)..).unwrap_or(&[]);
    let mut wide = near.iter().copied().filter(|j| {
        fits(j)
            && drafts.get(*j).is_some_and(|e| {
                when(e, found).is_some_and(|w| w.may_equal(own))
                    && (known(e) && known(draft) || draft.points_back.is_some())
            })
    });
    let only = wide.next()?;
    wide.next().is_none().then(|| (only, format!("the only earlier act of {own} that it can be")))
}

/// "An order has been made. … The order, signed on 14 January": the day of what was told without one just before.
fn just_told(
    drafts: &[Draft],
    found: &Findings,
    text: &Text<'_>,
    draft: &Draft,
    earlier: &[usize],
) -> Option<(usize, String)> {
    draft.points_back.as_ref().filter(|_| draft.mention == ActMention::Told && !remedy(draft))?;
    let fits = |e: &Draft| {
        e.same_as.is_none()
            && e.status == EventStatus::Actual
            && draft.status == EventStatus::Actual
            && e.mention == ActMention::Told
            && e.dates == khronika_core::ActDates::default()
            && e.sentence < draft.sentence
            && draft.sentence <= e.sentence + ATTACKED
            && e.act_type == draft.act_type
            && bodies_agree(e, draft, found, text)
            && (shares(&e.classes, &draft.classes) || open(&draft.classes))
    };
    let near = earlier.iter().rev().take(8).copied();
    let first = near.clone().find(|j| drafts.get(*j).is_some_and(fits))?;
    Some((first, "what was told just before without its day".to_owned()))
}

/// True unless `a` is surely later than `b`.
pub(super) fn not_after(a: &Draft, b: &Draft, found: &Findings) -> bool {
    let first = when(a, found).and_then(|e| e.bounds().0);
    let last = when(b, found).and_then(|e| e.bounds().1);
    !matches!((first, last), (Some(a), Some(b)) if a > b)
}

/// "La requête est rejetée", "This appeal is dismissed": what a ruling decides on is the remedy that its head or history tells.
fn decided_here(
    drafts: &[Draft],
    found: &Findings,
    text: &Text<'_>,
    draft: &Draft,
    earlier: &[usize],
) -> Option<(usize, String)> {
    // What another decision has answered is not what this one decides on.
    let answered: BTreeSet<usize> = drafts
        .iter()
        .filter(|d| d.mention == ActMention::Told && d.status == EventStatus::Actual && !d.operative)
        .flat_map(|d| answered_by(drafts, d))
        .collect();
    let fits = |e: &&usize| {
        drafts.get(**e).is_some_and(|e| {
            remedy(e)
                && !e.operative
                && e.needed
                && e.status == EventStatus::Actual
                && e.same_as.is_none()
                && applicants_agree(e, draft, found)
        })
    };
    let words = |d: &Draft| text.of(text.span(d.tokens.clone())).to_lowercase();
    let back = draft.points_back.as_ref();
    let named = |e: &Draft| {
        let all = words(e);
        let said = |a: &String| a.chars().count() > 3 && all.contains(stem(a).as_str());
        back.map_or(0, |b| {
            2 * i32::from(b.adjectives.iter().any(said)) + i32::from(draft.noun.as_ref().is_some_and(said))
        })
    };
    let mut best: Option<(i32, usize)> = None;
    let mut unanswered = 0;
    for j in earlier.iter().take(CANDIDATES).filter(fits).copied() {
        let Some(e) = drafts.get(j) else { continue };
        let mut score = 2 * i32::from(shares(&e.classes, &draft.classes)) + named(e);
        score += i32::from(draft.body.is_some() && same_body(e, draft, found));
        score -= 4 * i32::from(answered.contains(&j));
        unanswered += usize::from(!answered.contains(&j));
        if best.is_none_or(|(b, _)| score > b) {
            best = Some((score, j));
        }
    }
    let (score, j) = best?;
    let other_noun = |e: &Draft| draft.noun.is_some() && e.noun.is_some() && e.noun != draft.noun;
    let sure = score > 0 || unanswered == 1 || !drafts.get(j).is_some_and(other_noun);
    sure.then(|| (j, "the remedy that this document decides on".to_owned()))
}

/// The remedy of the same class whose filing the document tells with its day first, else the first that it names.
fn the_remedy(drafts: &[Draft], draft: &Draft, order: &[usize], me: usize) -> Option<(usize, String)> {
    let fits = |e: &usize| {
        drafts.get(*e).is_some_and(|e| {
            remedy(e)
                && e.needed
                && e.status == EventStatus::Actual
                && e.same_as.is_none()
                && shares(&e.classes, &draft.classes)
        })
    };
    let mut all = order.iter().take(CANDIDATES).copied().filter(fits);
    let dated = |e: &usize| drafts.get(*e).is_some_and(|e| e.mention == ActMention::Told && e.dates.act.is_some());
    let first = all.clone().find(dated).or_else(|| all.next()).filter(|first| *first != me)?;
    Some((first, "the remedy that this document decides on".to_owned()))
}

/// The act that a draft is the same as, through all its steps.
pub(super) fn root(drafts: &[Draft], ix: usize) -> Option<usize> {
    let mut at = ix;
    for _ in 0..8 {
        match &drafts.get(at)?.same_as {
            Some((to, _)) => at = *to,
            None => return Some(at),
        }
    }
    Some(at)
}

pub(super) fn remedy(d: &Draft) -> bool {
    matches!(d.act_type, ActType::Appeal | ActType::Request)
}

/// What an act decides on, of what somebody asked for.
fn answered_by<'a>(drafts: &'a [Draft], draft: &'a Draft) -> impl Iterator<Item = usize> + 'a {
    let answers = draft.effects.iter().filter(|e| matches!(e.kind, EffectKind::Dismisses | EffectKind::Grants));
    answers.filter_map(|e| root(drafts, e.target?))
}

/// The remedies that an act told so far decides on, where no other one undoes it.
fn decided(drafts: &[Draft], earlier: &[usize]) -> BTreeSet<usize> {
    let decision = |d: &Draft| d.status == EventStatus::Actual && !remedy(d);
    let near = earlier.iter().rev().take(CANDIDATES).filter_map(|j| Some((*j, drafts.get(*j)?)));
    let near: Vec<(usize, &Draft)> = near.filter(|(_, d)| decision(d)).collect();
    let undoes = |kind| matches!(kind, EffectKind::Annuls | EffectKind::Voids | EffectKind::Remands);
    let undone = near.iter().flat_map(|(_, d)| &d.effects).filter(|e| undoes(e.kind));
    let undone: BTreeSet<usize> = undone.filter_map(|e| root(drafts, e.target?)).collect();
    let stands = near.iter().filter(|(j, _)| !undone.contains(&root(drafts, *j).unwrap_or(*j)));
    stands.flat_map(|(_, d)| answered_by(drafts, d)).collect()
}

/// What the remedies told so far attack.
fn attacked(drafts: &[Draft], earlier: &[usize]) -> BTreeSet<usize> {
    let near = earlier.iter().rev().take(CANDIDATES).filter_map(|j| drafts.get(*j));
    let effects = near.filter(|d| remedy(d) && d.status == EventStatus::Actual).flat_map(|d| &d.effects);
    effects.filter(|e| e.kind == EffectKind::Appeals).filter_map(|e| root(drafts, e.target?)).collect()
}

fn points_to(
    drafts: &[Draft],
    found: &Findings,
    text: &Text<'_>,
    draft: &Draft,
    earlier: &[usize],
    own: Option<usize>,
    acting: Option<usize>,
) -> Option<(usize, String)> {
    // What a court acts on is the decision of another body: one that it does not name further is the nearest that fits.
    let by = acting.and_then(|a| drafts.get(a));
    let back = draft.points_back.as_ref()?;
    let adjectives: Vec<&str> = back.adjectives.iter().map(String::as_str).filter(|a| a.len() > 3).collect();
    // What waits is none that was decided before.
    let waits = remedy(draft) && draft.pending.is_some();
    let decided: BTreeSet<usize> = if waits { decided(drafts, earlier) } else { BTreeSet::new() };
    let attacked: BTreeSet<usize> = if back.attacked { attacked(drafts, earlier) } else { BTreeSet::new() };
    let mut best: Option<(i32, usize)> = None;
    for &j in earlier.iter().rev().take(CANDIDATES) {
        let Some(e) = drafts.get(j) else { continue };
        let distance = draft.sentence.saturating_sub(e.sentence);
        if distance > FAR {
            break;
        }
        if !e.needed
            || waits && decided.contains(&root(drafts, j).unwrap_or(j))
            || acting == Some(j)
            || e.same_as.is_some()
                && (draft.mention != ActMention::Told
                    || root(drafts, j).is_none_or(|r| r == j)
                    || acting == root(drafts, j))
            || e.plural
            || e.status != EventStatus::Actual
            || e.trigger == draft.trigger
            || draft.tokens.contains(&e.tokens.start) && draft.tokens.contains(&(e.tokens.end.max(1) - 1))
            || remedy(e) != remedy(draft)
            || !types_agree(e.act_type, draft.act_type)
            // "That judgment" is none of an office.
            || draft.act_type == ActType::Judgment
                && e.body.and_then(|m| kind_of(found, m)) == Some(ActorKind::Authority)
            || !(back.first_instance || bodies_agree(e, draft, found, text))
            // What acts on an act does not come before it.
            || by.is_some_and(|by| !not_after(e, by, found))
            || !applicants_agree(e, draft, found)
            || !classes_agree(&e.classes, &draft.classes)
            || draft.mention == ActMention::Told
                && back.adjectives.is_empty()
                && !open(&draft.classes)
                && !shares(&e.classes, &draft.classes)
            || e.effects
                .iter()
                .any(|f| f.target.and_then(|t| drafts.get(t)).is_some_and(|t| t.trigger == draft.trigger))
        {
            continue;
        }
        let mut score = 0;
        score += 3 * i32::from(named_so(e, found, text, &adjectives));
        score += ATTACKS * i32::from(back.attacked && root(drafts, j).is_some_and(|r| attacked.contains(&r)));
        score -= i32::from(e.aside);
        // Who undoes a decision undoes another's, unless the text says that it is its own.
        let undone_by =
            by.filter(|b| b.effects.iter().any(|f| matches!(f.kind, EffectKind::Annuls | EffectKind::Upholds)));
        score -= 3 * i32::from(undone_by.is_some_and(|b| b.body.is_some() && same_body(b, e, found)));
        score += 2 * i32::from(draft.noun.is_some() && e.noun == draft.noun);
        // "La requête" may be the "recours", but without more it is not the remedy of another noun.
        let other_noun = draft.noun.is_some() && e.noun.is_some() && e.noun != draft.noun;
        score -= 3 * i32::from(remedy(draft) && other_noun);
        score += 3 * i32::from(shares(&e.classes, &draft.classes));
        score += 2 * i32::from(e.act_type == draft.act_type && e.act_type != ActType::Decision);
        score += 2 * i32::from(draft.body.is_some() && e.body.is_some());
        score += i32::from(e.mention == ActMention::Told || e.dates.act.is_some());
        // "…, but the Supreme Court annulled that ruling": of all that it can be, what was told last.
        let last = best.is_none() && e.mention == ActMention::Told && !e.aside;
        let other_paper = draft.noun.is_some() && e.noun.is_some() && e.noun != draft.noun;
        if back.demonstrative && last && !other_paper {
            score += (JUST_TOLD - i32::try_from(distance).unwrap_or(JUST_TOLD)).max(0);
        }
        score -= i32::try_from(distance / 3).unwrap_or(10);
        // "the judgment of first instance": the first that a court gave.
        if back.first_instance {
            let court = e.body.and_then(|m| kind_of(found, m)) == Some(ActorKind::Court);
            if court && e.mention == ActMention::Told && e.classes.iter().any(|c| super::draft::is_outcome(*c)) {
                best = Some((FIRST, j));
            }
            continue;
        }
        if best.is_none_or(|(b, _)| score > b) {
            best = Some((score, j));
        }
    }
    let (score, j) = best?;
    // What was said again before is the act that it was said of.
    let j = root(drafts, j).unwrap_or(j);
    let other_body = by.is_some_and(|by| {
        by.status == EventStatus::Actual && drafts.get(j).is_some_and(|e| surely_others(by, e, found, text))
    });
    // "Решение вручено": what is served is the paper told just before.
    let served = by.is_some_and(|by| by.classes.contains(&ActClass::Notify))
        && drafts
            .get(j)
            .is_some_and(|e| draft.sentence <= e.sentence + ATTACKED && !e.classes.contains(&ActClass::Notify));
    // "He appealed the decision": what is attacked is the decision of another told just before.
    let attacks = |by: &Draft| by.classes.contains(&ActClass::Appeal) && !remedy(draft);
    // A paper whose outcome is named is not one of which no outcome is told.
    let told_just_before = drafts.get(j).is_some_and(|e| draft.sentence <= e.sentence + ATTACKED && !open(&e.classes));
    let other_body = other_body || by.is_some_and(attacks) && open(&draft.classes) && told_just_before;
    let needed = match (back.demonstrative || served, other_body) {
        (true, _) => 0,
        (false, true) => 1,
        // "Решение вручено 8 мая": what is served is what was told.
        (false, false) if draft.dates.service.is_some() => 1,
        (false, false) => 2,
    };
    if score < needed {
        // Below the decision, what may be appealed or takes effect is the decision itself.
        // What the document's own act acts on, or what is of another body, is not that act.
        let itself = |o: &usize| {
            (back.demonstrative || draft.operative)
                && by.is_none_or(|by| !by.own)
                && drafts.get(*o).is_some_and(|e| bodies_agree(e, draft, found, text))
        };
        return own.filter(itself).map(|o| (o, "the act of this document".to_owned()));
    }
    let e = drafts.get(j)?;
    let why = if shares(&e.classes, &draft.classes) {
        "the nearest earlier act of the same kind"
    } else if draft.body.is_some() && e.body.is_some() {
        "the nearest earlier act of the same body"
    } else if back.demonstrative {
        "“this”: the nearest earlier act that it can be"
    } else {
        "a definite phrase: the nearest earlier act that it can be"
    };
    Some((j, why.to_owned()))
}

/// An act told in a title is the act of the same kind that the text tells.
pub(super) fn join_titles(drafts: &mut [Draft], found: &Findings, text: &Text<'_>) {
    let mut told: BTreeMap<ActClass, Vec<usize>> = BTreeMap::new();
    for (j, e) in drafts.iter().enumerate().filter(|(_, e)| !e.heading && e.mention == ActMention::Told) {
        for class in &e.classes {
            let list = told.entry(*class).or_default();
            if list.len() < CANDIDATES {
                list.push(j);
            }
        }
    }
    for i in 0..drafts.len() {
        let Some(draft) = drafts.get(i).filter(|d| d.heading && d.mention == ActMention::Told && d.same_as.is_none())
        else {
            continue;
        };
        let fits = |j: &usize| {
            drafts.get(*j).is_some_and(|e| {
                e.status == draft.status
                    && (draft.dates.act.is_none() || draft.dates.act == e.dates.act)
                    && shares(&e.classes, &draft.classes)
                    && (bodies_agree(e, draft, found, text) || short_name(draft, e, found, text))
            })
        };
        let only = draft.classes.iter().filter_map(|c| told.get(c)?.iter().copied().find(fits)).min();
        let Some(only) = only else { continue };
        if let Some(draft) = drafts.get_mut(i) {
            draft.same_as = Some((only, "told in the title and in the text".to_owned()));
        }
    }
}

/// "A court in Lyon" of a title may be the "Lyon Administrative Court" of the text: all that it says the full name says too.
fn short_name(title: &Draft, told: &Draft, found: &Findings, text: &Text<'_>) -> bool {
    let (Some(short), Some(long)) = (title.body, told.body) else { return false };
    let says_some = found.mentions.get(short).is_some_and(|m| !stems(text.of(m.span)).is_empty());
    says_some && says_no_more(short, long, found, text)
}

/// A phrase that no earlier act fits, where the document tells just one other act of its kind later.
pub(super) fn resolve_forward(drafts: &mut [Draft], found: &Findings, text: &Text<'_>) {
    // An act is of the kinds of all the words that tell it.
    let mut by_class: BTreeMap<ActClass, Vec<usize>> = BTreeMap::new();
    for (j, e) in drafts.iter().enumerate().filter(|(_, e)| e.status == EventStatus::Actual && !remedy(e)) {
        if root(drafts, j).and_then(|r| drafts.get(r)).is_some_and(|r| r.needed && r.status == EventStatus::Actual) {
            for class in &e.classes {
                by_class.entry(*class).or_default().push(j);
            }
        }
    }
    for i in 0..drafts.len() {
        let Some(draft) = drafts.get(i) else { continue };
        let lone = draft.mention == ActMention::Referred
            && draft.same_as.is_none()
            && draft.dates == khronika_core::ActDates::default()
            && draft.points_back.is_some()
            && !remedy(draft)
            && !open(&draft.classes);
        if !lone {
            continue;
        }
        // Where a text tells so many acts of the kind, there is no “only one” to be found.
        let kin: Vec<&[usize]> = draft.classes.iter().filter_map(|c| by_class.get(c)).map(Vec::as_slice).collect();
        if kin.iter().any(|list| list.len() > CANDIDATES) {
            continue;
        }
        let kin: BTreeSet<usize> = kin.into_iter().flatten().copied().collect();
        let others = kin.into_iter().filter_map(|j| Some((j, drafts.get(j)?))).filter(|(j, e)| {
            *j != i
                && e.trigger.start > draft.trigger.start
                && e.sentence != draft.sentence
                && types_agree(e.act_type, draft.act_type)
                && bodies_agree(e, draft, found, text)
        });
        let roots: BTreeSet<usize> = others.filter_map(|(j, _)| root(drafts, j)).filter(|root| *root != i).collect();
        let mut roots = roots.into_iter();
        if let (Some(only), None) = (roots.next(), roots.next())
            && drafts.get(only).is_some_and(|e| bodies_agree(e, draft, found, text))
            && let Some(draft) = drafts.get_mut(i)
        {
            draft.same_as = Some((only, "the only other act of this kind in the document".to_owned()));
        }
    }
}

/// True where one of these words stands in the name of the body of an act, or in the words that tell the act.
fn named_so(draft: &Draft, found: &Findings, text: &Text<'_>, words: &[&str]) -> bool {
    if words.is_empty() {
        return false;
    }
    let body = draft.body.and_then(|m| actor_of(found, m)).and_then(|a| found.actors.get(a));
    let body = body.map_or_else(String::new, |a| a.name.to_lowercase());
    let told = text.of(text.span(draft.tokens.clone())).to_lowercase();
    let all = body + " " + &told;
    words.iter().any(|w| all.contains(w))
}

fn types_agree(a: ActType, b: ActType) -> bool {
    let plain = |t: ActType| matches!(t, ActType::Decision | ActType::Other);
    let paper = |t: ActType| {
        !matches!(t, ActType::Appeal | ActType::Request | ActType::Hearing | ActType::Letter | ActType::Service)
    };
    let orders = |a: ActType, b: ActType| a == ActType::Order && matches!(b, ActType::Measure | ActType::Warrant);
    a == b || (plain(a) && paper(b)) || (plain(b) && paper(a)) || orders(a, b) || orders(b, a)
}

fn same_body(a: &Draft, b: &Draft, found: &Findings) -> bool {
    let actor = |d: &Draft| d.body.and_then(|m| actor_of(found, m));
    actor(a).is_some() && actor(a) == actor(b)
}

pub(super) fn bodies_agree(a: &Draft, b: &Draft, found: &Findings, text: &Text<'_>) -> bool {
    let (Some(one), Some(two)) = (a.body, b.body) else { return true };
    same_body(a, b, found) || by_kind(one, two, found, text) || by_kind(two, one, found, text)
}

/// True where two acts are surely those of two bodies, be they named or called by their kind: "мировой судья" and "городской суд".
fn surely_others(a: &Draft, b: &Draft, found: &Findings, text: &Text<'_>) -> bool {
    let words = |d: &Draft| -> Option<BTreeSet<String>> {
        let span = d.body.and_then(|m| found.mentions.get(m)).map(|m| m.span).or(d.body_words)?;
        Some(stems(text.of(span)))
    };
    if a.body.is_some() && b.body.is_some() {
        return !bodies_agree(a, b, found, text);
    }
    // "Суд" may be any court, and an office called by its kind may be one named before; in one sentence they are two.
    let (Some(one), Some(two)) = (words(a), words(b)) else { return false };
    a.sentence == b.sentence && !one.is_subset(&two) && !two.is_subset(&one)
}

/// The words of a name of more than three letters, without their endings.
fn stems(words: &str) -> BTreeSet<String> {
    words.to_lowercase().split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() > 3).map(stem).collect()
}

/// "районного суда" may be "Выборгский районный суд": a name in small letters is a kind, and all that it says the full name says too.
fn by_kind(kind: MentionIx, name: MentionIx, found: &Findings, text: &Text<'_>) -> bool {
    let words = |m: MentionIx| found.mentions.get(m).map_or("", |m| text.of(m.span));
    let (short, long) = (words(kind), words(name));
    !short.chars().any(char::is_uppercase) && long.to_lowercase() != long && says_no_more(kind, name, found, text)
}

/// True where two names are of one kind of body, and the longer has all the words of the shorter.
fn says_no_more(short: MentionIx, long: MentionIx, found: &Findings, text: &Text<'_>) -> bool {
    let words = |m: MentionIx| found.mentions.get(m).map_or_else(BTreeSet::new, |m| stems(text.of(m.span)));
    kind_of(found, short) == kind_of(found, long) && words(short).is_subset(&words(long))
}

fn applicants_agree(a: &Draft, b: &Draft, found: &Findings) -> bool {
    let applicant = |d: &Draft| {
        let p = d.participants.iter().find(|p| p.role == khronika_core::Role::Applicant)?;
        actor_of(found, p.mention)
    };
    match (applicant(a), applicant(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

fn open(classes: &[ActClass]) -> bool {
    classes.iter().all(|c| matches!(c, ActClass::Decide | ActClass::Reserve))
}

fn shares(a: &[ActClass], b: &[ActClass]) -> bool {
    let annuls = |c: &[ActClass]| c.iter().any(|c| matches!(c, ActClass::Annul | ActClass::ReverseOwn));
    !open(a) && !open(b) && (a.iter().any(|c| b.contains(c)) || annuls(a) && annuls(b))
}

fn classes_agree(a: &[ActClass], b: &[ActClass]) -> bool {
    // "la décision de retrait" is the withdrawal that a body made of its own act.
    let taken_back = |c: &[ActClass]| c.iter().any(|c| matches!(c, ActClass::Revoke | ActClass::ReverseOwn));
    open(a) || open(b) || a.iter().any(|c| b.contains(c)) || taken_back(a) && taken_back(b)
}

/// True for a paper of which the text gives neither day, body, person nor outcome: "the order that was made", "the sentence".
fn is_bare(d: &Draft) -> bool {
    let sentence = d.mention == ActMention::Referred && d.classes == [ActClass::Convict];
    d.status == EventStatus::Actual
        && (open(&d.classes) || sentence)
        && d.dates == khronika_core::ActDates::default()
        && d.body.is_none()
        && d.body_words.is_none()
        && d.participants.is_empty()
        && d.docket.is_none()
        && d.effects.is_empty()
        && d.periods.is_empty()
        && d.pending.is_none()
        && d.final_words.is_none()
        && d.same_as.is_none()
        && !d.own
        && !d.operative
}

/// Takes out the drafts that say nothing: undated phrases that point to nothing known. Effects on them stay open.
pub(super) fn drop_idle(mut drafts: Vec<Draft>) -> Vec<Draft> {
    let mut targeted = vec![0usize; drafts.len()];
    let mut meant = vec![false; drafts.len()];
    for (j, d) in drafts.iter().enumerate() {
        for target in d.effects.iter().filter_map(|e| e.target).filter(|t| *t != j) {
            if let Some(count) = targeted.get_mut(target) {
                *count += 1;
            }
        }
        if let Some(slot) = d.same_as.as_ref().and_then(|(t, _)| meant.get_mut(*t)) {
            *slot = true;
        }
    }
    let mut keep: Vec<bool> = drafts
        .iter()
        .zip(targeted.into_iter().zip(meant))
        .map(|(d, (targeted, meant))| {
            // What joins no two acts and says neither when, who nor with which outcome is no more than a word for a paper.
            if is_bare(d) && !meant && targeted < if d.classes == [ActClass::Convict] { 1 } else { 2 } {
                return false;
            }
            let targeted = targeted > 0;
            let says = d.dates != khronika_core::ActDates::default()
                || d.pending.is_some()
                || d.final_words.is_some()
                || !d.periods.is_empty()
                || !d.effects.is_empty();
            d.mention == ActMention::Told
                || d.needed && d.same_as.is_none()
                || d.same_as.is_some() && (targeted || says || d.needed && d.dates.act.is_some())
        })
        .collect();
    // What is kept keeps what it points to.
    for _ in 0..3 {
        for (i, d) in drafts.iter().enumerate() {
            if keep.get(i) == Some(&true)
                && let Some(slot) = d.same_as.as_ref().and_then(|(t, _)| keep.get_mut(*t))
            {
                *slot = true;
            }
        }
    }
    super::terms::hand_on(&mut drafts, &keep);
    let mut place = vec![None; drafts.len()];
    let mut next = 0;
    for (slot, kept) in place.iter_mut().zip(&keep) {
        if *kept {
            *slot = Some(next);
            next += 1;
        }
    }
    let moved = |old: usize| place.get(old).copied().flatten();
    let mut out = Vec::with_capacity(next);
    for (mut d, kept) in drafts.into_iter().zip(keep) {
        if !kept {
            continue;
        }
        for e in &mut d.effects {
            e.target = e.target.and_then(moved);
        }
        d.same_as = d.same_as.and_then(|(t, why)| moved(t).map(|t| (t, why)));
        out.push(d);
    }
    out
}
