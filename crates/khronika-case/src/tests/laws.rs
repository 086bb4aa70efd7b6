//! Laws that hold for every case, tried on made-up papers.

use khronika_core::{ActClass as C, ActType, Case, EffectKind as E, Event, EventStatus, StandingStatus};
use proptest::prelude::*;

use super::case_of;
use crate::paper::Paper;

/// One act of a made-up paper: class, body, person, day, the earlier act of the paper that it acts on, whether it is dated.
type Made = (usize, usize, usize, i64, Option<usize>, bool);

const CLASSES: [(C, E); 8] = [
    (C::Annul, E::Annuls),
    (C::Uphold, E::Upholds),
    (C::Appeal, E::Appeals),
    (C::Remand, E::Remands),
    (C::Suspend, E::Suspends),
    (C::Recognise, E::Concerns),
    (C::OrderLeave, E::Concerns),
    (C::Dismiss, E::Dismisses),
];

fn made() -> impl Strategy<Value = Vec<Made>> {
    let act = (0..CLASSES.len(), 0..3_usize, 0..3_usize, 0..1500_i64, proptest::option::of(0..6_usize), any::<bool>());
    proptest::collection::vec(act, 1..7)
}

fn paper(name: &str, world: &str, acts: &[Made]) -> Paper {
    use jiff::ToSpan as _;
    let first: khronika_core::Day = if world == "new" { "1894-01-01" } else { "1701-01-01" }.parse().unwrap();
    let day = |n: i64| first.checked_add(n.days()).unwrap().to_string();
    let body = |b: usize| {
        format!("{} Court {}", if world == "new" { "New" } else { "Old" }, ["of Paris", "of Lyon", "of Lille"][b])
    };
    let person = |p: usize| {
        let names = if world == "new" {
            ["Anna Weiss", "Boris Brandt", "Clara Klein"]
        } else {
            ["Denis Dubois", "Emma Ernst", "Franz Fuchs"]
        };
        names[p].to_owned()
    };
    let lines: Vec<String> = acts
        .iter()
        .enumerate()
        .map(|(n, (c, b, p, d, _, _))| {
            format!("Act {n} {name} {} {} {} {}", CLASSES[*c].0, body(*b), person(*p), day(*d))
        })
        .collect();
    let mut paper = Paper::new(name, "en", &lines.join(".\n"));
    for (n, (c, b, p, d, target, dated)) in acts.iter().enumerate() {
        let court = paper.court(&body(*b), &body(*b));
        let who = paper.person(&person(*p), &person(*p));
        let date = paper.date(&day(*d), &day(*d));
        let (class, effect) = CLASSES[*c];
        let kind = if class == C::Appeal { ActType::Appeal } else { ActType::Judgment };
        let mut act = paper.act(&lines[n], kind, &[class]).about(who);
        if class != C::Appeal {
            act = act.by(court);
        }
        if *dated {
            act = act.on(date);
        }
        if let Some(target) = target.filter(|t| *t < acts.len() && *t != n) {
            act.effect(effect, Some(target));
        }
    }
    paper
}

fn papers(all: &[Vec<Made>]) -> Vec<Paper> {
    all.iter().enumerate().map(|(n, acts)| paper(&format!("{n}.txt"), "new", acts)).collect()
}

fn statuses(case: &Case) -> Vec<(String, StandingStatus)> {
    case.events.iter().filter_map(|e| Some((e.id.clone(), e.act.as_ref()?.standing.status))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_order_of_sources_does_not_matter(all in proptest::collection::vec(made(), 2..5), turn in 1..4_usize) {
        let straight = case_of(papers(&all), Some("1900-01-01"));
        let mut turned = papers(&all);
        let by = turn % turned.len();
        turned.rotate_left(by);
        turned.reverse();
        prop_assert_eq!(format!("{straight:#?}"), format!("{:#?}", case_of(turned, Some("1900-01-01"))));
    }

    #[test]
    fn an_unrelated_document_changes_nothing_else(all in proptest::collection::vec(made(), 1..4), other in made()) {
        let alone = case_of(papers(&all), Some("1900-01-01"));
        let mut more = papers(&all);
        more.push(paper("zz.txt", "old", &other));
        let with = case_of(more, Some("1900-01-01"));
        let same: Vec<&Event> = alone.events.iter().filter(|e| !with.events.contains(e)).collect();
        prop_assert!(same.is_empty(), "{same:#?}");
        prop_assert!(alone.actors.iter().all(|a| with.actors.contains(a)));
        prop_assert!(alone.proceedings.iter().all(|p| with.proceedings.contains(p)));
        prop_assert!(alone.deadlines.iter().all(|d| with.deadlines.contains(d)));
        prop_assert!(alone.conflicts.iter().all(|c| with.conflicts.contains(c)));
    }

    #[test]
    fn every_status_has_a_chain_that_ends_in_passages(all in proptest::collection::vec(made(), 1..4)) {
        for as_of in [None, Some("1895-06-01")] {
            for event in &case_of(papers(&all), as_of).events {
                let standing = &event.act.as_ref().unwrap().standing;
                prop_assert!(!standing.because.is_empty());
                prop_assert!(standing.because.iter().all(|b| !b.passages.is_empty() && !b.words.is_empty()));
            }
        }
    }

    #[test]
    fn a_later_day_on_which_nothing_new_happened_changes_nothing(acts in made(), day in 0..1500_i64) {
        use jiff::ToSpan as _;
        let acts: Vec<Made> = acts.into_iter().map(|(c, b, p, d, t, _)| (c, b, p, d, t, true)).collect();
        let first: khronika_core::Day = "1894-01-01".parse().unwrap();
        let next = acts.iter().map(|a| a.3).filter(|d| *d > day).min().unwrap_or(day + 100) - 1;
        let at = |n: i64| {
            let day = first.checked_add(n.days()).unwrap().to_string();
            statuses(&case_of(vec![paper("a.txt", "new", &acts)], Some(&day)))
        };
        prop_assert_eq!(at(day), at(next.max(day)));
    }

    #[test]
    fn an_act_of_the_future_has_no_status_and_no_effect(acts in made()) {
        let case = case_of(vec![paper("a.txt", "new", &acts)], Some("1893-12-31"));
        for event in case.events.iter().filter(|e| e.when.is_some()) {
            prop_assert_eq!(event.act.as_ref().unwrap().standing.status, StandingStatus::Unknown);
            prop_assert_eq!(event.status, EventStatus::Actual);
        }
    }
}
