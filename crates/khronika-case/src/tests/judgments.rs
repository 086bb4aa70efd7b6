//! What people say of findings has its effect on the case, and can be traced.

use khronika_core::{Basis, Case, Correction, EdgeBasis, Edtf, EffectKind as E, Event, Judgment, Verdict};

use super::{asylum, event, rules};
use crate::paper::Paper;
use crate::{WeighOptions, weigh};

/// Ada says so, in the order in which it stands.
pub(super) fn say(verdict: Verdict, about: &[&str]) -> Judgment {
    Judgment {
        number: 0,
        verdict,
        about: about.iter().map(|id| (*id).to_owned()).collect(),
        by: "Ada".to_owned(),
        time: "2026-11-30T09:15:02.113Z".to_owned(),
        words: None,
        titles: Vec::new(),
        correction: Correction::default(),
        effect: None,
        added: None,
        names: Vec::new(),
    }
}

fn correct(id: &str, correction: Correction) -> Judgment {
    Judgment { correction, ..say(Verdict::Correct, &[id]) }
}

pub(super) fn link(from: &str, to: &str, effect: Option<E>) -> Judgment {
    Judgment { effect, ..say(Verdict::Link, &[from, to]) }
}

pub(super) fn case_with(papers: Vec<Paper>, judgments: Vec<Judgment>) -> Case {
    let (sources, found) = papers.into_iter().map(|p| (p.source, p.found)).unzip();
    let numbered = (7..).zip(judgments).map(|(number, judgment)| Judgment { number, ..judgment }).collect();
    let options = WeighOptions { as_of: Some("2023-07-15".parse().unwrap()), judgments: numbered };
    weigh(sources, found, &options, rules())
}

fn id(case: &Case, what: &str) -> String {
    event(case, what).id.clone()
}

pub(super) fn stands(event: &Event) -> &'static str {
    event.act.as_ref().unwrap().standing.name()
}

pub(super) fn applied(case: &Case) -> Vec<bool> {
    case.judgments.iter().map(|judged| judged.applied).collect()
}

const REFUSAL: &str = "the decision of 31 May 2018";
const RECOGNITION: &str = "On 29 September 2020";
const COUNCIL: &str = "In December 2021";

#[test]
fn what_is_rejected_annuls_nothing_and_what_is_confirmed_again_does() {
    let before = case_with(vec![asylum()], Vec::new());
    assert_eq!(stands(event(&before, RECOGNITION)), "annulled");
    let council = id(&before, COUNCIL);
    let recognition = id(&before, "In 2022");
    let rejected = [say(Verdict::Reject, &[&council]), say(Verdict::Reject, &[&recognition])];
    let case = case_with(vec![asylum()], rejected.to_vec());
    assert!(case.events.iter().all(|event| event.id != council && event.id != recognition));
    assert_eq!(stands(event(&case, RECOGNITION)), "under_appeal");
    assert_eq!((applied(&case), case.judgments[0].events.len()), (vec![true, true], 0));
    let again = [rejected.as_slice(), &[say(Verdict::Confirm, &[&council]), say(Verdict::Confirm, &[&recognition])]];
    let again = case_with(vec![asylum()], again.concat());
    assert_eq!(again.events, before.events);
    assert_eq!(applied(&again), [false, false, true, true]);
    assert_eq!(again.judgments[2].events, [council]);
}

#[test]
fn what_is_merged_is_one_event_and_what_is_split_is_several() {
    let before = case_with(vec![asylum()], Vec::new());
    let (council, own) = (id(&before, COUNCIL), id(&before, "In 2022"));
    let merged = case_with(vec![asylum()], vec![say(Verdict::Merge, &[&council, &own])]);
    assert_eq!(merged.events.len(), before.events.len() - 1);
    let one = event(&merged, COUNCIL);
    assert_eq!((one.id.as_str(), one.passages.len()), (council.as_str(), 2));
    assert_eq!(one.merged_because, ["Ada says so on 2026-11-30 (entry 7 of the journal)"]);
    assert_eq!(merged.judgments[0].events, [council.as_str()]);
    let both = vec![say(Verdict::Merge, &[&council, &own]), say(Verdict::Split, &[&council])];
    let split = case_with(vec![asylum()], both);
    assert_eq!(split.events.len(), before.events.len());
    assert_eq!(split.judgments[1].events, [council.as_str(), own.as_str()]);
    assert!(event(&split, COUNCIL).merged_because.is_empty());
    // What was split off can be judged by its own id.
    let more =
        vec![say(Verdict::Merge, &[&council, &own]), say(Verdict::Split, &[&council]), say(Verdict::Reject, &[&own])];
    assert!(case_with(vec![asylum()], more).events.iter().all(|event| event.id != own));
}

#[test]
fn a_date_that_is_corrected_holds_for_every_rule_and_what_was_found_is_kept() {
    let before = case_with(vec![asylum()], Vec::new());
    let council = id(&before, COUNCIL);
    let date = |date: &str| Correction { date: Some(Edtf::parse(date).unwrap()), ..Correction::default() };
    // After the day that is asked for: the recognition is not annulled yet.
    let case = case_with(vec![asylum()], vec![correct(&council, date("2024-01-09"))]);
    let corrected = event(&case, COUNCIL);
    let when = corrected.when.as_ref().unwrap();
    assert_eq!((when.edtf.as_str(), when.basis, &when.passage), ("2024-01-09", Basis::Judged, &None));
    assert_eq!(corrected.act.as_ref().unwrap().dates.act.as_deref(), Some(when));
    let council_annuls = |case: &Case| {
        let standing = &event(case, RECOGNITION).act.as_ref().unwrap().standing;
        standing.because.iter().any(|step| step.words.starts_with("annulled") && step.words.contains("by Council"))
    };
    assert!(council_annuls(&before) && !council_annuls(&case));
    assert_eq!(case.events.last().unwrap().id, council, "in order of the corrected time");
    let judged = &case.judgments[0];
    assert_eq!((judged.applied, judged.found.date.as_ref().unwrap().as_str()), (true, "2021-12"));
    // The last word counts; both keep what the program found.
    let twice =
        case_with(vec![asylum()], vec![correct(&council, date("2024-01-09")), correct(&council, date("2021-11"))]);
    assert_eq!(event(&twice, COUNCIL).when.as_ref().unwrap().edtf.as_str(), "2021-11");
    assert_eq!(applied(&twice), [false, true]);
    assert!(twice.judgments.iter().all(|judged| judged.found.date.as_ref().unwrap().as_str() == "2021-12"));
}

#[test]
fn a_body_is_corrected_to_one_of_the_case_or_to_a_name() {
    let before = case_with(vec![asylum()], Vec::new());
    let council = id(&before, COUNCIL);
    let body = |name: &str| Correction { body: Some(name.to_owned()), ..Correction::default() };
    let case = case_with(vec![asylum()], vec![correct(&council, body("asylum court"))]);
    let act = event(&case, COUNCIL).act.as_ref().unwrap();
    let court = event(&case, RECOGNITION).act.as_ref().unwrap().body.clone();
    assert!(court.is_some() && act.body == court && act.body_name.as_deref() == Some("Asylum Court"));
    assert_eq!(case.judgments[0].found.body.as_deref(), Some("Council"));
    let case = case_with(vec![asylum()], vec![correct(&council, body("Court of Nowhere"))]);
    let act = event(&case, COUNCIL).act.as_ref().unwrap();
    assert_eq!((&act.body, act.body_name.as_deref()), (&None, Some("Court of Nowhere")));
}

#[test]
fn a_linked_act_has_its_effect_and_says_who_linked_it() {
    let before = case_with(vec![asylum()], Vec::new());
    let (refusal, council) = (id(&before, REFUSAL), id(&before, COUNCIL));
    let case = case_with(vec![asylum()], vec![link(&council, &refusal, Some(E::Annuls))]);
    let effects = &event(&case, COUNCIL).act.as_ref().unwrap().effects;
    let linked = effects.iter().find(|effect| effect.on.as_deref() == Some(&refusal)).unwrap();
    assert_eq!((linked.effect, linked.basis), (E::Annuls, EdgeBasis::Judged));
    assert_eq!(linked.because, "Ada says so on 2026-11-30 (entry 7 of the journal)");
    let standing = &event(&case, REFUSAL).act.as_ref().unwrap().standing;
    assert!(
        standing.because.iter().any(|step| step.words.contains("Ada says so on 2026-11-30 (entry 7")),
        "{standing:#?}"
    );
    assert_eq!(case.judgments[0].events, [council.as_str(), refusal.as_str()]);
    // Nothing is linked to itself, to what is not there, or to what was rejected.
    let nothing = vec![
        link(&council, &council, None),
        link(&council, "e-0000000000", None),
        say(Verdict::Reject, &[&refusal]),
        link(&council, &refusal, None),
    ];
    assert_eq!(applied(&case_with(vec![asylum()], nothing)), [false, false, true, false]);
    // Without a word on the effect it concerns the other one, which changes nothing.
    let concerns = case_with(vec![asylum()], vec![link(&council, &refusal, None)]);
    assert_eq!(stands(event(&concerns, REFUSAL)), stands(event(&before, REFUSAL)));
}
