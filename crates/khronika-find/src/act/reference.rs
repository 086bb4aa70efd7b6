//! Which act "the order", "cette décision", "указанное постановление" is.

use khronika_core::{ActClass, ActMention, ActType, EventStatus, Findings};

use super::draft::Draft;
use super::scene::actor_of;
use crate::text::Text;

/// How many sentences back a definite phrase may point.
const FAR: usize = 30;

/// Gives every phrase that points back the act that it points to, where one fits.
pub(super) fn resolve(drafts: &mut [Draft], found: &Findings, text: &Text<'_>, own: Option<usize>) {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|i| drafts.get(*i).map_or(0, |d| d.trigger.start));
    for (place, &i) in order.iter().enumerate() {
        let Some(draft) = drafts.get(i) else { continue };
        if draft.same_as.is_some() {
            continue;
        }
        let earlier = order.get(..place).unwrap_or(&[]);
        let link = if draft.dates.act.is_some() {
            same_date(drafts, found, draft, earlier)
        } else if draft.points_back.is_some() {
            points_to(drafts, found, text, draft, earlier, own)
        } else {
            None
        };
        if let (Some(link), Some(draft)) = (link.filter(|(to, _)| *to != i), drafts.get_mut(i)) {
            draft.same_as = Some(link);
        }
    }
}

/// An earlier act with the same date, and nothing that speaks against it.
fn same_date(drafts: &[Draft], found: &Findings, draft: &Draft, earlier: &[usize]) -> Option<(usize, String)> {
    let value = |d: &Draft| d.dates.act.and_then(|ix| found.dates.get(ix)).map(|t| t.value.as_str());
    let own = value(draft)?;
    if own.len() < 10 {
        // A year or a month names no act.
        return None;
    }
    earlier
        .iter()
        .copied()
        .find(|j| {
            drafts.get(*j).is_some_and(|e| {
                value(e) == Some(own)
                    && e.sentence != draft.sentence
                    && e.status == EventStatus::Actual
                    && draft.status == EventStatus::Actual
                    && (e.mention == ActMention::Referred || draft.mention == ActMention::Referred)
                    && types_agree(e.act_type, draft.act_type)
                    && bodies_agree(e, draft, found)
                    && classes_agree(&e.classes, &draft.classes)
            })
        })
        .map(|j| (j, "the same day, and nothing speaks against it".to_owned()))
}

fn points_to(
    drafts: &[Draft],
    found: &Findings,
    text: &Text<'_>,
    draft: &Draft,
    earlier: &[usize],
    own: Option<usize>,
) -> Option<(usize, String)> {
    let back = draft.points_back.as_ref()?;
    let remedy = |d: &Draft| matches!(d.act_type, ActType::Appeal | ActType::Request);
    let mut best: Option<(i32, usize)> = None;
    for &j in earlier.iter().rev() {
        let Some(e) = drafts.get(j) else { continue };
        let distance = draft.sentence.saturating_sub(e.sentence);
        if distance > FAR {
            break;
        }
        if !e.needed
            || e.same_as.is_some()
            || e.status != EventStatus::Actual
            || e.trigger == draft.trigger
            || draft.tokens.contains(&e.tokens.start) && draft.tokens.contains(&(e.tokens.end.max(1) - 1))
            || remedy(e) != remedy(draft)
            || !types_agree(e.act_type, draft.act_type)
            || !bodies_agree(e, draft, found)
            || !classes_agree(&e.classes, &draft.classes)
            || e.effects.iter().any(|f| {
                drafts.get(j).is_some()
                    && f.target.is_some_and(|t| drafts.get(t).is_some_and(|t| t.trigger == draft.trigger))
            })
        {
            continue;
        }
        let mut score = 0;
        let words = body_words(e, found) + " " + &text.of(text.span(e.tokens.clone())).to_lowercase();
        score += 3 * i32::from(back.adjectives.iter().any(|a| a.len() > 3 && words.contains(a.as_str())));
        score += 3 * i32::from(shares(&e.classes, &draft.classes));
        score += 2 * i32::from(e.act_type == draft.act_type && e.act_type != ActType::Decision);
        score += 2 * i32::from(draft.body.is_some() && e.body.is_some());
        score += i32::from(e.mention == ActMention::Told || e.dates.act.is_some());
        score -= i32::try_from(distance / 3).unwrap_or(10);
        if best.is_none_or(|(b, _)| score > b) {
            best = Some((score, j));
        }
    }
    let (score, j) = best?;
    let needed = if back.demonstrative { 0 } else { 2 };
    if score < needed {
        return own.map(|o| (o, "the act of this document".to_owned())).filter(|_| back.demonstrative);
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

fn body_words(draft: &Draft, found: &Findings) -> String {
    draft
        .body
        .and_then(|m| actor_of(found, m))
        .and_then(|a| found.actors.get(a))
        .map_or_else(String::new, |a| a.name.to_lowercase())
}

fn types_agree(a: ActType, b: ActType) -> bool {
    let plain = |t: ActType| matches!(t, ActType::Decision | ActType::Other);
    let paper = |t: ActType| {
        !matches!(t, ActType::Appeal | ActType::Request | ActType::Hearing | ActType::Letter | ActType::Service)
    };
    a == b || (plain(a) && paper(b)) || (plain(b) && paper(a))
}

fn bodies_agree(a: &Draft, b: &Draft, found: &Findings) -> bool {
    let actor = |d: &Draft| d.body.and_then(|m| actor_of(found, m));
    match (actor(a), actor(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

fn open(classes: &[ActClass]) -> bool {
    classes.iter().all(|c| matches!(c, ActClass::Decide | ActClass::Reserve))
}

fn shares(a: &[ActClass], b: &[ActClass]) -> bool {
    !open(a) && !open(b) && a.iter().any(|c| b.contains(c))
}

fn classes_agree(a: &[ActClass], b: &[ActClass]) -> bool {
    open(a) || open(b) || a.iter().any(|c| b.contains(c))
}

/// Takes out the drafts that say nothing: undated phrases that point to nothing known. Effects on them stay open.
pub(super) fn drop_idle(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut keep: Vec<bool> = drafts
        .iter()
        .enumerate()
        .map(|(i, d)| {
            let targeted =
                drafts.iter().enumerate().any(|(j, o)| j != i && o.effects.iter().any(|e| e.target == Some(i)));
            let says = d.dates != khronika_core::ActDates::default()
                || d.pending.is_some()
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
