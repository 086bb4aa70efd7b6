//! **What it finds**: what is surely one act, told with two days: the same body, the same outcome, and the same earlier act, number
//! or object, or the same person convicted or acquitted, in two sources, on days that are near or differ by one slip of the pen. In one
//! source: the same number; or the same earlier act, which a body annuls or withdraws but once; or two accounts of what befell one
//! person, each by somebody else; or two days that it sets against one another itself.
//!
//! **Why it matters**: periods run from days, and a day that is wrong in one paper is repeated in the next.
//!
//! **Example**: a ruling of 12 July 1906 that a newspaper dates 13 July.
//!
//! **What it does not claim**: which of the two days is right. A court that decides twice about one person is not in it, where one
//! source tells both decisions.

use std::collections::{BTreeMap, BTreeSet};

use khronika_core::{ActClass, ActOfCase, Conflict, Day, EdgeBasis, EffectKind, Passage, Retold, Role};

use crate::conflict::retold::{known, retold};
use crate::conflict::{View, conflict};
use crate::event::{Node, act_of};
use crate::file::line;
use crate::merge::name::fold;
use crate::standing::graph::actual;

/// Days that are farther apart than this are two acts, unless a slip of the pen joins them.
const NEAR: i32 = 31;
/// A body with more acts of one kind than this decides such things every day.
const MOST: usize = 60;

pub(super) fn find(view: &View<'_>) -> Vec<Conflict> {
    let mut blocks: BTreeMap<(&str, ActClass), Vec<usize>> = BTreeMap::new();
    for (at, node) in view.nodes.iter().enumerate() {
        let Some(act) = actual(node).filter(|_| day(node).is_some()) else { continue };
        let Some(body) = act.body.as_deref() else { continue };
        for class in &act.outcomes {
            blocks.entry((body, *class)).or_default().push(at);
        }
    }
    let mut all = retold(view, Retold::Day);
    all.extend(two_accounts(view).into_iter().filter(|c| !told_itself(view, c)));
    for block in blocks.values().filter(|b| b.len() <= MOST) {
        for (n, a) in block.iter().enumerate() {
            for b in block.iter().skip(n + 1) {
                all.extend(between(view, *a, *b).filter(|c| !told_itself(view, c)));
            }
        }
    }
    all
}

/// True where the source itself sets the two days against one another, which is told already.
fn told_itself(view: &View<'_>, conflict: &Conflict) -> bool {
    let [a, b] = conflict.passages.as_slice() else { return false };
    let doc = view.file.docs.iter().find(|d| d.source.id == a.source).filter(|_| a.source == b.source);
    doc.is_some_and(|doc| known(doc, Retold::Day, a.span, b.span))
}

pub(super) fn day(node: &Node) -> Option<Day> {
    let dates = &node.event.act.as_ref()?.dates;
    dates.act.as_ref().or(dates.reading.as_ref())?.edtf.as_day()
}

fn between(view: &View<'_>, a: usize, b: usize) -> Option<Conflict> {
    let (first, second) = (view.nodes.get(a)?, view.nodes.get(b)?);
    let (x, y) = (day(first)?, day(second)?);
    let (one, two) = (actual(first)?, actual(second)?);
    if x == y || !(x.until(y).ok()?.get_days().abs() <= NEAR || slip(x, y)) {
        return None;
    }
    let docs = |n: &Node| n.members.iter().map(|t| t.doc()).collect::<BTreeSet<_>>();
    let (here, there) = (docs(first), docs(second));
    let number = same_number(view, first, second);
    let apart = here.is_disjoint(&there) && here.iter().any(|a| there.iter().any(|b| view.two_sources(*a, *b)));
    let target = same_target(one, two);
    let comparable = apart || number || target && once(one, two);
    if !comparable {
        return None;
    }
    let object = same_object(one, two);
    let mut agree = Vec::new();
    let person = same_person(one, two, first, second);
    let grounds =
        [(number, "number"), (target, "effect on the same earlier act"), (person, "person"), (object, "object")];
    for (yes, words) in grounds {
        if yes {
            agree.push(words);
        }
    }
    let persons = |n: &Node| n.event.actors.iter().map(|a| a.actor.clone()).collect::<BTreeSet<_>>();
    let by_object = object && !target && !number && !person;
    if agree.is_empty() || by_object && persons(first).intersection(&persons(second)).count() < 2 {
        return None;
    }
    let body = one.body_name.as_deref().unwrap_or("?");
    let explanation = format!(
        "What looks like one act of {body}, told as “{}” and as “{}”, bears two days: {x} and {y}. Found by the same body, outcome \
         and {}; which day is right is not said.",
        line(&first.event.what, 80),
        line(&second.event.what, 80),
        agree.join(", ")
    );
    let passages = [date_passage(view, first), date_passage(view, second)];
    Some(conflict(
        "two-dates",
        vec![first.event.id.clone(), second.event.id.clone()],
        explanation,
        passages.into_iter().flatten().collect(),
    ))
}

/// True where both do to one earlier act what can be done to it but once.
fn once(a: &ActOfCase, b: &ActOfCase) -> bool {
    let ends = |kind: EffectKind| matches!(kind, EffectKind::Annuls | EffectKind::Voids | EffectKind::Revokes);
    let targets = |act: &ActOfCase| -> BTreeSet<String> {
        let stated = act.effects.iter().filter(|e| e.basis == EdgeBasis::Stated && ends(e.effect));
        stated.filter_map(|e| e.on.clone()).collect()
    };
    !targets(a).is_disjoint(&targets(b))
}

/// What befell one person, told in one source by two with two days: "detained on 14 January, by the indictment; on 11 January, by
/// his family". Where the source tells the one itself, the days must differ by a slip of the pen, else it may be two acts.
fn two_accounts(view: &View<'_>) -> Vec<Conflict> {
    let mut blocks: BTreeMap<(usize, ActClass, &str), Vec<usize>> = BTreeMap::new();
    for (at, node) in view.nodes.iter().enumerate() {
        let Some(act) = actual(node).filter(|_| day(node).is_some()) else { continue };
        let [told] = node.members.as_slice() else { continue };
        for class in
            act.outcomes.iter().filter(|c| !matches!(c, ActClass::Decide | ActClass::Suspend | ActClass::Notify))
        {
            for person in &node.about.named {
                blocks.entry((told.doc(), *class, person)).or_default().push(at);
            }
        }
    }
    let mut all = Vec::new();
    for ((_, _, person), block) in blocks {
        let [a, b] = block.as_slice() else { continue };
        let (Some(first), Some(second)) = (view.nodes.get(*a), view.nodes.get(*b)) else { continue };
        let (Some(x), Some(y)) = (day(first), day(second)) else { continue };
        let said = |n: &Node| {
            let told = n.event.said_by.first().and_then(|id| view.people.by_id(id)).map(|a| a.name.clone());
            told.or_else(|| {
                let (at, doc, act) = act_of(view.file, *n.members.first()?)?;
                view.speaker(at, doc, act.trigger)
            })
        };
        let (one, two) = (said(first), said(second));
        let near = x != y && x.until(y).is_ok_and(|s| s.get_days().abs() <= NEAR);
        let both = one.is_some() && two.is_some() && one != two;
        let either = one.is_some() != two.is_some() && (slip(x, y) || digit(x, y));
        if !near || !(both || either) {
            continue;
        }
        let by = |said: &Option<String>| match said {
            Some(name) => format!("by the account of “{name}”"),
            None => "as the source tells it".to_owned(),
        };
        let who = view.people.by_id(person).map_or("?", |a| a.name.as_str());
        let explanation = format!(
            "What looks like one act concerning {who}, told as “{}” and as “{}”, bears two days: {x} {} and {y} {}. Found by the \
             same outcome and person; it may be two acts, and which day is right is not said.",
            line(&first.event.what, 80),
            line(&second.event.what, 80),
            by(&one),
            by(&two)
        );
        let passages = [date_passage(view, first), date_passage(view, second)].into_iter().flatten().collect();
        all.push(conflict("two-dates", vec![first.event.id.clone(), second.event.id.clone()], explanation, passages));
    }
    all
}

/// The words that give the day of an act, else those that tell it.
fn date_passage(view: &View<'_>, node: &Node) -> Option<Passage> {
    let dates = &node.event.act.as_ref()?.dates;
    let day = dates.act.as_ref().or(dates.reading.as_ref()).and_then(|d| d.passage.clone());
    day.or_else(|| view.passage(node))
}

/// Days of one month that differ in one figure: the 19th and the 29th.
fn digit(x: Day, y: Day) -> bool {
    let ((a, b), (c, d)) = ((x.day() / 10, x.day() % 10), (y.day() / 10, y.day() % 10));
    (x.year(), x.month()) == (y.year(), y.month()) && (a == c) != (b == d)
}

/// The same day and month of another year, or the same day of the next month: one figure was written wrongly.
fn slip(x: Day, y: Day) -> bool {
    let (years, months) = (x.year().abs_diff(y.year()), x.month().abs_diff(y.month()));
    x.day() == y.day() && (years == 0 && months == 1 || years == 1 && months == 0)
}

pub(super) fn same_number(view: &View<'_>, a: &Node, b: &Node) -> bool {
    let numbers = |n: &Node| -> BTreeSet<String> {
        let told = n.members.iter().filter_map(|t| act_of(view.file, *t));
        told.filter_map(|(_, _, act)| act.docket.as_deref().map(fold)).filter(|d| !d.is_empty()).collect()
    };
    !numbers(a).is_disjoint(&numbers(b))
}

/// A court that ends the case of a person does so once, and not again within weeks; it may detain or summon that person every week.
fn same_person(one: &ActOfCase, two: &ActOfCase, a: &Node, b: &Node) -> bool {
    let ends = |class: ActClass| one.outcomes.contains(&class) && two.outcomes.contains(&class);
    let subjects = |n: &Node| -> BTreeSet<String> {
        let about = n.event.actors.iter().filter(|part| part.role == Role::Subject);
        about.map(|part| part.actor.clone()).collect()
    };
    (ends(ActClass::Convict) || ends(ActClass::Acquit)) && !subjects(a).is_disjoint(&subjects(b))
}

pub(super) fn same_target(a: &ActOfCase, b: &ActOfCase) -> bool {
    let targets = |act: &ActOfCase| -> BTreeSet<(EffectKind, String)> {
        let stated = act.effects.iter().filter(|e| e.basis == EdgeBasis::Stated);
        stated.filter_map(|e| Some((e.effect, e.on.clone()?))).filter(|(k, _)| *k != EffectKind::Concerns).collect()
    };
    !targets(a).is_disjoint(&targets(b))
}

pub(super) fn same_object(a: &ActOfCase, b: &ActOfCase) -> bool {
    let words = |act: &ActOfCase| -> BTreeSet<String> {
        let object = act.object.as_deref().map(fold).unwrap_or_default();
        object.split(' ').filter(|w| w.chars().count() >= 4).map(|w| w.chars().take(5).collect()).collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    shared >= 2 && shared * 2 >= a.len().max(b.len())
}
