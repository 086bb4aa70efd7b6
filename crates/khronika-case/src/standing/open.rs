//! Effects on “an earlier act” that the document only points to: “overturned the Court’s 2020 decision”. The words beside the pointer name
//! a body and a date; where one act of the case alone fits them, that is the target. Where two fit, or none, it stays open.

use std::collections::BTreeMap;

use khronika_core::{ActorKind, DateRole, Edtf, EffectKind, Span, TimexKind, When};

use crate::event::{Node, Nodes};
use crate::file::{Doc, File};
use crate::merge::actor::People;
use crate::standing::effects::is_remedy;
use crate::standing::graph::actual;

/// How far from a pointer, and from one another, the words that say more about it may stand, in bytes: “the Court’s ⟨2020⟩ decision”.
const BESIDE: usize = 12;
/// Findings farther away than this are not looked at, in bytes.
const REACH: usize = 200;

/// What the words beside a pointer say of the act.
struct Pointer {
    /// The actor id of the body.
    body: Option<String>,
    /// Its name.
    name: String,
    date: Option<Edtf>,
}

/// Finds the targets of effects that the documents leave open.
pub(crate) fn resolve(file: &File, people: &People, nodes: &mut Nodes) {
    let mut by_body: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, node) in nodes.nodes.iter().enumerate() {
        let act = actual(node).filter(|a| !is_remedy(&a.outcomes, a.act_type));
        if let Some(body) = act.and_then(|a| a.body.as_deref()) {
            by_body.entry(body).or_default().push(at);
        }
    }
    let mut found: Vec<(usize, usize, String, String)> = Vec::new();
    for (at, node) in nodes.nodes.iter().enumerate() {
        for (ix, effect) in actual(node).into_iter().flat_map(|a| a.effects.iter().enumerate()) {
            if effect.on.is_some() || matches!(effect.effect, EffectKind::Concerns | EffectKind::Notifies) {
                continue;
            }
            let pointer = effect.passages.iter().find_map(|p| {
                let number = file.number(&p.source);
                pointer(people, number, file.doc(number)?, p.span)
            });
            let Some(pointer) = pointer else { continue };
            let Some(body) = pointer.body.as_deref() else { continue };
            let fits = |other: &usize| {
                *other != at && nodes.nodes.get(*other).is_some_and(|target| fits(&pointer, node, target))
            };
            let mut all = by_body.get(body).into_iter().flatten().filter(|other| fits(other));
            if let (Some(target), None) = (all.next(), all.next())
                && let Some(target) = nodes.nodes.get(*target)
            {
                let when =
                    pointer.date.as_ref().map(|d| format!(" {}", crate::when::edtf_words(d))).unwrap_or_default();
                let because = format!("the only act of {}{when} in the file", pointer.name);
                found.push((at, ix, target.event.id.clone(), because));
            }
        }
    }
    for (at, ix, target, because) in found.into_iter().rev() {
        let Some(act) = nodes.nodes.get_mut(at).and_then(|n| n.event.act.as_mut()) else { continue };
        let Some(kind) = act.effects.get(ix).map(|e| e.effect) else { continue };
        if act.effects.iter().any(|e| e.on.as_ref() == Some(&target) && e.effect == kind) {
            act.effects.remove(ix);
        } else if let Some(effect) = act.effects.get_mut(ix) {
            (effect.on, effect.because) = (Some(target), because);
        }
    }
}

/// What stands beside the words that point to an act.
fn pointer(people: &People, number: usize, doc: &Doc, words: Span) -> Option<Pointer> {
    let mut around = words;
    let mut pointer = Pointer { body: None, name: String::new(), date: None };
    // Dates and mentions are in order: only those near the words are looked at.
    let low = words.start.saturating_sub(REACH);
    let dates = doc.found.dates.iter().skip(doc.found.dates.partition_point(|d| d.span.start < low));
    let dates: Vec<_> = dates.take_while(|d| d.span.start <= words.end + REACH).collect();
    let first = doc.found.mentions.partition_point(|m| m.span.start < low);
    let mentions = doc.found.mentions.iter().enumerate().skip(first);
    let mentions: Vec<_> = mentions.take_while(|(_, m)| m.span.start <= words.end + REACH).collect();
    // A bare year right before the pointer is a date, whether it was taken for one or not.
    if let Some((year, from)) = year_before(doc, words) {
        (pointer.date, around) = (Some(year), Span::new(from, words.end));
    }
    // The date may stand between the body and the pointer, or the body between them.
    for _ in 0..2 {
        let date = dates.iter().find(|d| {
            pointer.date.is_none()
                && d.kind == TimexKind::Date
                && matches!(d.role, DateRole::Event | DateRole::Citation)
                && d.edtf.as_ref().is_some_and(|e| e.bounds() != (None, None))
                && beside(around, d.span)
        });
        if let Some(date) = date {
            pointer.date.clone_from(&date.edtf);
            around = Span::new(around.start.min(date.span.start), around.end.max(date.span.end));
        }
        let mention = mentions.iter().find(|(_, m)| {
            let kind = doc.found.actors.get(m.actor).map(|a| a.kind);
            pointer.body.is_none() && kind.is_some_and(ActorKind::is_body) && beside(around, m.span)
        });
        if let Some((ix, mention)) = mention {
            pointer.body = people.id_of_mention(number, doc, *ix);
            pointer.name = pointer.body.as_deref().and_then(|id| people.by_id(id)).map(|a| a.name.clone())?;
            around = Span::new(around.start.min(mention.span.start), around.end.max(mention.span.end));
        }
    }
    pointer.date.is_some().then_some(pointer)
}

/// The year that stands right before some words, and where it begins: “2019 judgment”.
fn year_before(doc: &Doc, words: Span) -> Option<(Edtf, usize)> {
    let before = doc.source.text.get(..words.start)?.trim_end();
    let year = before.rsplit(|c: char| !c.is_ascii_digit()).next().filter(|y| y.len() == 4)?;
    let from = before.len() - year.len();
    let alone = before.get(..from)?.ends_with(char::is_whitespace);
    let likely = year.parse::<u16>().is_ok_and(|y| (1800..2100).contains(&y));
    (alone && likely).then(|| Some((Edtf::parse(year).ok()?, from))).flatten()
}

/// True where a span stands in other words, or next to them.
const fn beside(words: Span, other: Span) -> bool {
    other.end <= words.start && words.start - other.end <= BESIDE
        || other.start >= words.end && other.start - words.end <= BESIDE
        || other.start >= words.start && other.end <= words.end
}

/// True where an act may be the one that is pointed to: it has a date that fits, and is not later than the act that points.
fn fits(pointer: &Pointer, acting: &Node, target: &Node) -> bool {
    let (Some(date), Some(when)) = (&pointer.date, target.event.when.as_ref()) else { return false };
    let own = acting.event.when.as_ref().and_then(When::latest);
    let later = matches!((own, when.earliest()), (Some(own), Some(earliest)) if earliest > own);
    date.may_equal(&when.edtf) && !later
}
