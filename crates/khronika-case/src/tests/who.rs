//! What people say of who is who.

use khronika_core::{Case, Judgment, Verdict};

use super::judgments::{applied, case_with, say};
use crate::paper::Paper;

/// Two papers: a full name and its surname alone, and another of nearly the same name.
fn papers() -> Vec<Paper> {
    let mut one = Paper::new("one.txt", "en", "Ivan Orlov was heard. Orlov left. Then Mira Vane came.");
    one.person("Ivan Orlov", "Ivan Orlov");
    one.person("Orlov left", "Ivan Orlov");
    one.person("Mira Vane", "Mira Vane");
    let surname = one.span("Orlov left").start;
    if let Some(mention) = one.found.mentions.iter_mut().find(|mention| mention.span.start == surname) {
        mention.span.end = surname + "Orlov".len();
    }
    one.found.actors[0].forms.push(("Orlov".to_owned(), khronika_core::NameRelation::Short));
    let mut two = Paper::new("two.txt", "en", "Mira Vaine wrote to M. Vane.");
    two.person("Mira Vaine", "Mira Vaine");
    vec![one, two]
}

fn id(case: &Case, name: &str) -> String {
    let actor = case.actors.iter().find(|actor| actor.name == name);
    actor.unwrap_or_else(|| panic!("{name}: {:?}", names(case))).id.clone()
}

fn names(case: &Case) -> Vec<&str> {
    case.actors.iter().map(|actor| actor.name.as_str()).collect()
}

fn of(verdict: Verdict, case: &Case, about: &[&str]) -> Judgment {
    let ids: Vec<String> = about.iter().map(|name| id(case, name)).collect();
    let titles = about.iter().map(|name| (*name).to_owned()).collect();
    Judgment { titles, ..say(verdict, &ids.iter().map(String::as_str).collect::<Vec<_>>()) }
}

#[test]
fn two_actors_that_are_one_are_merged_and_the_first_keeps_its_id() {
    let before = case_with(papers(), Vec::new());
    assert_eq!(names(&before), ["Ivan Orlov", "Mira Vane", "Mira Vaine"]);
    let [alike] = before.alike.as_slice() else { panic!("{:?}", before.alike) };
    assert_eq!(alike.because, "“Mira Vane” and “Mira Vaine” differ in one letter");
    assert_eq!(alike.actors, [id(&before, "Mira Vane"), id(&before, "Mira Vaine")]);
    let merge = of(Verdict::Merge, &before, &["Mira Vaine", "Mira Vane"]);
    let case = case_with(papers(), vec![merge.clone()]);
    assert!(case.actors.len() == 2 && case.alike.is_empty() && applied(&case) == [true]);
    let one = case.actors.iter().find(|actor| actor.id == merge.about[0]).unwrap();
    assert_eq!(one.names.len(), 2);
    assert_eq!(
        (one.name.as_str(), one.names[0].text.as_str()),
        ("Mira Vaine", "Mira Vaine"),
        "it is called as the first"
    );
    assert!(one.merged_because.last().unwrap().starts_with("Ada says so on 2026-11-30"), "{:?}", one.merged_because);
    assert_eq!(case.judgments[0].actors, [merge.about[0].clone()]);
    // With rules and papers of another day the ids may be others: the names are known still.
    let other = Judgment { about: vec!["a-0000000000".to_owned(), "a-1111111111".to_owned()], ..merge.clone() };
    assert_eq!(case_with(papers(), vec![other]).actors.len(), 2);
    let unknown = Judgment { titles: Vec::new(), about: vec!["a-0".into(), "a-1".into()], ..merge };
    assert_eq!(applied(&case_with(papers(), vec![unknown])), [false]);
}

#[test]
fn a_name_that_is_anothers_is_split_off_also_within_a_document() {
    let before = case_with(papers(), Vec::new());
    let split = Judgment { names: vec!["Orlov".to_owned()], ..of(Verdict::Split, &before, &["Ivan Orlov"]) };
    let case = case_with(papers(), vec![split]);
    assert_eq!((applied(&case), names(&case)), (vec![true], vec!["Ivan Orlov", "Orlov", "Mira Vane", "Mira Vaine"]));
    let text = &papers()[0].source.text;
    let places = |name: &str| {
        let actor = case.actors.iter().find(|actor| actor.name == name).unwrap();
        actor.mentions.iter().map(|mention| mention.span.of(text)).collect::<Vec<_>>()
    };
    assert_eq!((places("Ivan Orlov"), places("Orlov")), (vec!["Ivan Orlov"], vec!["Orlov"]));
    assert_eq!(case.judgments[0].actors.len(), 2);
}

#[test]
fn who_was_said_to_be_two_is_suggested_no_more_and_what_was_merged_is_split_again() {
    let before = case_with(papers(), Vec::new());
    let two = of(Verdict::Split, &before, &["Mira Vane", "Mira Vaine"]);
    let case = case_with(papers(), vec![two.clone()]);
    assert_eq!((applied(&case), case.alike.len(), case.actors.len()), (vec![true], 0, 3));
    let merge = of(Verdict::Merge, &before, &["Mira Vane", "Mira Vaine"]);
    let again = case_with(papers(), vec![merge, two]);
    assert_eq!((applied(&again), again.actors.len()), (vec![true, true], 3));
    // Nothing is split that is one name, and nobody is confirmed.
    let vain = of(Verdict::Split, &before, &["Mira Vane"]);
    let confirmed = of(Verdict::Confirm, &before, &["Mira Vane"]);
    assert_eq!(applied(&case_with(papers(), vec![vain, confirmed])), [false, false]);
}
