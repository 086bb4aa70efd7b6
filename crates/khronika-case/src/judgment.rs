//! Applies what people said of findings, before anything is concluded from them: an act that was rejected annuls nothing.

use std::collections::BTreeMap;

use khronika_core::{Judged, Judgment, Verdict};

use crate::event::id_of;
use crate::file::File;
use crate::merge::act::{Group, Told};

/// Changes the groups as the judgments say, in their order, and tells which of them could be applied.
pub(crate) fn apply(file: &File, groups: &mut Vec<Group>, judgments: &[Judgment]) -> Vec<Judged> {
    let mut applied: Vec<bool> = judgments.iter().map(|judgment| one(file, groups, judgment)).collect();
    // Of what is confirmed and rejected the last word counts.
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for (ix, judgment) in judgments.iter().enumerate() {
        if matches!(judgment.verdict, Verdict::Confirm | Verdict::Reject) {
            last.extend(judgment.about.iter().map(|id| (id.as_str(), ix)));
        }
    }
    for (ix, judgment) in judgments.iter().enumerate() {
        if !matches!(judgment.verdict, Verdict::Confirm | Verdict::Reject) {
            continue;
        }
        let stands = judgment.about.iter().any(|id| last.get(id.as_str()) == Some(&ix));
        if let Some(applied) = applied.get_mut(ix) {
            *applied &= stands;
        }
        if stands && judgment.verdict == Verdict::Reject {
            let rejected: Vec<usize> = judgment.about.iter().filter_map(|id| place(file, groups, id)).collect();
            let mut at = 0..;
            groups.retain(|_| at.next().is_none_or(|at: usize| !rejected.contains(&at)));
        }
    }
    let judged = |(judgment, applied): (&Judgment, bool)| Judged { judgment: judgment.clone(), applied };
    judgments.iter().zip(applied).map(judged).collect()
}

/// Applies what changes the groups themselves; of the rest, whether there is anything that it speaks of.
fn one(file: &File, groups: &mut Vec<Group>, judgment: &Judgment) -> bool {
    let places: Option<Vec<usize>> = judgment.about.iter().map(|id| place(file, groups, id)).collect();
    let Some(places) = places.filter(|places| !places.is_empty()) else { return false };
    let because = || format!("{} says so (entry {} of the journal)", judgment.by, judgment.number);
    match judgment.verdict {
        Verdict::Confirm | Verdict::Reject | Verdict::Note => true,
        Verdict::Merge => merge(groups, &places, because()),
        Verdict::Split => places.into_iter().all(|place| split(groups, place)),
    }
}

/// The group that has the place which an id names: ids are made of the first place of an event, so that an event that was merged into
/// another one is still known by its own.
fn place(file: &File, groups: &[Group], id: &str) -> Option<usize> {
    let first = |group: &Group| group.members.first().and_then(|told| id_of(file, *told));
    let any = |group: &Group| group.members.iter().any(|told| id_of(file, *told).as_deref() == Some(id));
    groups.iter().position(|group| first(group).as_deref() == Some(id)).or_else(|| groups.iter().position(any))
}

fn merge(groups: &mut Vec<Group>, places: &[usize], because: String) -> bool {
    let Some((into, others)) = places.split_first() else { return false };
    let kind =
        |place: &usize| groups.get(*place).and_then(|group| group.members.first()).map(std::mem::discriminant::<Told>);
    if others.is_empty() || others.iter().any(|other| kind(other) != kind(into)) {
        return false;
    }
    let mut others: Vec<usize> = others.iter().copied().filter(|other| other != into).collect();
    others.sort_unstable();
    others.dedup();
    let mut more = Vec::new();
    for other in &others {
        if let Some(group) = groups.get_mut(*other) {
            more.append(&mut group.members);
        }
    }
    if let Some(group) = groups.get_mut(*into) {
        group.members.append(&mut more);
        group.because.push(because);
    }
    groups.retain(|group| !group.members.is_empty());
    true
}

fn split(groups: &mut Vec<Group>, place: usize) -> bool {
    let Some(group) = groups.get_mut(place).filter(|group| group.members.len() > 1) else { return false };
    group.because.clear();
    let rest = group.members.split_off(1);
    groups.extend(rest.into_iter().map(|told| Group { members: vec![told], because: Vec::new() }));
    true
}
