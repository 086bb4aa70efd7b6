//! Which names are one actor.

use khronika_core::ActorKind;

use super::case_of;
use crate::paper::Paper;

/// One paper for each list of names; the actors of the case, each with its forms and reasons.
fn actors(papers: &[(&str, &[(&str, ActorKind)])]) -> String {
    let papers = papers.iter().enumerate().map(|(n, (lang, names))| {
        let text = names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join("; ");
        let mut paper = Paper::new(&format!("{n}.txt"), lang, &format!("{n}. {text}"));
        for (name, kind) in *names {
            paper.actor(name, name, *kind, None);
        }
        paper
    });
    let case = case_of(papers.collect(), None);
    let line = |a: &khronika_core::Actor| {
        let others: Vec<String> =
            a.names.iter().skip(1).map(|n| format!("{} ({}, {})", n.text, n.script, n.relation.name())).collect();
        format!("{} [{}] = {}\n    {}", a.name, a.kind.name(), others.join(", "), a.merged_because.join("\n    "))
            .trim_end()
            .to_owned()
    };
    case.actors.iter().map(line).collect::<Vec<_>>().join("\n")
}

const PERSON: ActorKind = ActorKind::Person;
const BODY: ActorKind = ActorKind::Organisation;

#[test]
fn spellings_scripts_and_cases_of_one_full_name_meet() {
    let found = actors(&[
        ("en", &[("Taras Shevchenko", PERSON)]),
        ("fr", &[("Tarass Chevtchenko", PERSON)]),
        ("uk", &[("Тараса Шевченка", PERSON)]),
        ("ru", &[("Тарас Шевченко", PERSON)]),
        ("ru", &[("Шевченко Тарас", PERSON)]),
    ]);
    insta::assert_snapshot!(found, @r#"
    Taras Shevchenko [person] = Tarass Chevtchenko (Latn, transliterated), Тараса Шевченка (Cyrl, transliterated), Тарас Шевченко (Cyrl, transliterated), Шевченко Тарас (Cyrl, transliterated)
        “Taras Shevchenko” and “Tarass Chevtchenko” are spellings of the same name
        “Taras Shevchenko” and “Тарас Шевченко” are spellings of the same name
        “Taras Shevchenko” and “Шевченко Тарас” are spellings of the same name
        “Тараса Шевченка” is “Тарас Шевченко” in another grammatical case
    "#);
}

#[test]
fn a_surname_goes_to_the_one_that_bears_it() {
    let found = actors(&[
        ("en", &[("Anna Akhmatova", PERSON), ("Lev Gumilev", PERSON)]),
        ("ru", &[("Ахматовой", PERSON)]),
        ("en", &[("A. Akhmatova", PERSON), ("Gumilev", PERSON)]),
    ]);
    insta::assert_snapshot!(found, @r#"
    Anna Akhmatova [person] = Ахматовой (Cyrl, transliterated), A. Akhmatova (Latn, short)
        “A. Akhmatova” fits “Anna Akhmatova”, and no other full name in the case file
        “Ахматовой” fits “Anna Akhmatova”, and no other full name in the case file
    Lev Gumilev [person] = Gumilev (Latn, short)
        “Gumilev” fits “Lev Gumilev”, and no other full name in the case file
    "#);
}

#[test]
fn a_surname_that_two_bear_stays_alone() {
    let found = actors(&[
        ("en", &[("Anna Akhmatova", PERSON), ("Olga Akhmatova", PERSON)]),
        ("en", &[("Akhmatova", PERSON)]),
        ("en", &[("Akhmatova", PERSON)]),
    ]);
    insta::assert_snapshot!(found, @r#"
    Anna Akhmatova [person] =
    Olga Akhmatova [person] =
    Akhmatova [person] = 
        the same name, “Akhmatova”, stands in several places
    "#);
}

#[test]
fn a_man_and_a_woman_are_two() {
    let found = actors(&[("ru", &[("Александр Герцен", PERSON)]), ("ru", &[("Александра Герцена", PERSON)])]);
    insta::assert_snapshot!(found, @r#"
    Александр Герцен [person] = Александра Герцена (Cyrl, inflected)
        “Александра Герцена” is “Александр Герцен” in another grammatical case
    "#);
    let found = actors(&[("ru", &[("Александр Иванов", PERSON)]), ("ru", &[("Александра Иванова", PERSON)])]);
    insta::assert_snapshot!(found, @r#"
    Александр Иванов [person] =
    Александра Иванова [person] =
    "#);
}

#[test]
fn different_full_names_never_meet_through_a_shorter_one() {
    let found = actors(&[
        ("ru", &[("Иван Петрович Сидоров", PERSON)]),
        ("ru", &[("Иван Николаевич Сидоров", PERSON)]),
        ("ru", &[("Иван Сидоров", PERSON)]),
        ("ru", &[("И. Н. Сидоров", PERSON)]),
    ]);
    insta::assert_snapshot!(found, @r#"
    Иван Петрович Сидоров [person] =
    Иван Николаевич Сидоров [person] = И. Н. Сидоров (Cyrl, short)
        “И. Н. Сидоров” fits “Иван Николаевич Сидоров”, and no other full name in the case file
    Иван Сидоров [person] =
    "#);
}

#[test]
fn an_organisation_is_not_a_person_of_that_name() {
    let found = actors(&[
        ("en", &[("Andrei Sakharov", PERSON)]),
        ("en", &[("Andrei Sakharov", BODY)]),
        ("kk", &[("«Ақ.Жол.Үн»", BODY)]),
        ("en", &[("Ak-Zhol-Un", BODY)]),
    ]);
    insta::assert_snapshot!(found, @r#"
    Andrei Sakharov [person] =
    Andrei Sakharov [organisation] =
    Ak-Zhol-Un [organisation] = «Ақ.Жол.Үн» (Cyrl, transliterated)
        “«Ақ.Жол.Үн»” and “Ak-Zhol-Un” are spellings of the same name
    "#);
}

/// The bodies of a case, by names that the same row of the lexicon makes known, a paper for each.
fn bodies(names: &[&str]) -> Vec<String> {
    let papers = names.iter().enumerate().map(|(n, name)| {
        let mut paper = Paper::new(&format!("{n}.txt"), "en", &format!("{n}. {name}"));
        paper.court(name, name);
        paper.found.actors[0].made_by = "fr.conseil-guerre".to_owned();
        paper
    });
    let case = case_of(papers.collect(), None);
    let names = |a: &khronika_core::Actor| a.names.iter().map(|n| n.text.clone()).collect::<Vec<_>>().join(" = ");
    case.actors.iter().map(names).collect()
}

#[test]
fn a_kind_of_court_at_one_place_is_one_court_in_every_language() {
    for (given, found) in [
        (
            vec!["conseil de guerre de Rennes", "court-martial at Rennes", "военный суд в Ренне"],
            vec!["conseil de guerre de Rennes = court-martial at Rennes = военный суд в Ренне"],
        ),
        (
            vec!["premier conseil de guerre de Paris", "Paris court-martial", "court-martial of Paris"],
            vec!["Paris court-martial = premier conseil de guerre de Paris = court-martial of Paris"],
        ),
        // Which of the two the English paper means is not known.
        (
            vec!["premier conseil de guerre de Paris", "deuxième conseil de guerre de Paris", "Paris court-martial"],
            vec!["premier conseil de guerre de Paris", "deuxième conseil de guerre de Paris", "Paris court-martial"],
        ),
        (
            vec!["conseil de guerre de Rennes", "court-martial at Lyon", "court-martial"],
            vec!["conseil de guerre de Rennes", "court-martial at Lyon", "court-martial"],
        ),
        (
            vec!["conseil de guerre de Rennes", "former court-martial of Rennes"],
            vec!["conseil de guerre de Rennes", "former court-martial of Rennes"],
        ),
    ] {
        assert_eq!(bodies(&given), found);
    }
}
