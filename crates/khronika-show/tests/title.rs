//! Titles are short, say what was found, and keep the source's words apart.

#![allow(clippy::unwrap_used, reason = "tests")]

mod dreyfus;

use khronika_core::{ActClass, ActType, ActorRole, Case, EdgeBasis, Effect, EffectKind, Event, EventStatus, Role};
use khronika_show::title::{Piece, Titles};
use khronika_show::words;

fn title(case: &Case, id: &str) -> String {
    let event = case.events.iter().find(|event| event.id == id).unwrap();
    Titles::new(case).title(event).to_string()
}

fn change(case: &mut Case, id: &str, with: impl FnOnce(&mut Event)) {
    with(case.events.iter_mut().find(|event| event.id == id).unwrap());
}

#[test]
fn who_did_what_to_what() {
    let case = dreyfus::case();
    for (id, words) in [
        ("e-1894", "Premier conseil de guerre du gouvernement militaire de Paris convicted Alfred Dreyfus"),
        ("e-1894-appeal", "Conseil permanent de révision refused what was asked"),
        ("e-1895", "Measure concerning Alfred Dreyfus"),
        ("e-1898-request", "Garde des sceaux filed a request"),
        (
            "e-1899",
            "Cour de cassation annulled the judgment of 22 December 1894 by premier conseil de guerre du gouvernement \
             militaire de Paris and sent the case back (no 1899-1)",
        ),
        ("e-rennes", "Conseil de guerre de Rennes convicted Alfred Dreyfus"),
        ("e-pardon", "Émile Loubet acquitted or pardoned Alfred Dreyfus"),
        ("e-1906", "Cour de cassation annulled the judgment of 9 September 1899 by conseil de guerre de Rennes"),
    ] {
        assert_eq!(title(&case, id), words);
    }
}

#[test]
fn what_is_not_known_is_said_or_quoted() {
    let mut case = dreyfus::case();
    let act = |event: &mut Event, outcomes: &[ActClass], object: Option<&str>| {
        let act = event.act.as_mut().unwrap();
        act.effects.clear();
        act.docket = None;
        act.outcomes = outcomes.to_vec();
        act.object = object.map(str::to_owned);
    };
    change(&mut case, "e-1906", |event| act(event, &[ActClass::Annul], Some("le jugement\n de Rennes")));
    assert_eq!(title(&case, "e-1906"), "Cour de cassation annulled: “le jugement de Rennes”");
    change(&mut case, "e-1906", |event| act(event, &[ActClass::Decide], None));
    assert_eq!(title(&case, "e-1906"), "Cour de cassation gave a judgment, outcome not given");
    change(&mut case, "e-1906", |event| {
        let act = event.act.as_mut().unwrap();
        (act.body, act.body_name) = (None, None);
        event.actors.clear();
    });
    assert_eq!(title(&case, "e-1906"), "Judgment, outcome not given");
    change(&mut case, "e-1906", |event| act(event, &[ActClass::OrderLeave, ActClass::RefuseEntry], None));
    assert_eq!(title(&case, "e-1906"), "A judgment ordered to leave and refused entry");
    change(&mut case, "e-1906", |event| {
        event.actors.push(ActorRole { actor: "a-dreyfus".into(), role: Role::Subject });
    });
    assert_eq!(title(&case, "e-1906"), "A judgment ordered Alfred Dreyfus to leave and refused Alfred Dreyfus entry");
    change(&mut case, "e-1906", |event| act(event, &[ActClass::Convict, ActClass::Detain], None));
    assert_eq!(title(&case, "e-1906"), "A judgment convicted and detained Alfred Dreyfus");
    change(&mut case, "e-1906", |event| event.act.as_mut().unwrap().act_type = ActType::Measure);
    assert_eq!(title(&case, "e-1906"), "Conviction of Alfred Dreyfus, arrest or detention of Alfred Dreyfus");
}

#[test]
fn an_own_decision_is_called_its_own() {
    let mut case = dreyfus::case();
    change(&mut case, "e-1906", |event| {
        let act = event.act.as_mut().unwrap();
        act.outcomes = vec![ActClass::Annul, ActClass::ReverseOwn];
        act.effects = vec![Effect {
            on: Some("e-1899".into()),
            effect: EffectKind::Annuls,
            basis: EdgeBasis::Stated,
            because: String::new(),
            passages: vec![],
        }];
    });
    assert_eq!(title(&case, "e-1906"), "Cour de cassation reversed its own judgment of 3 June 1899");
}

#[test]
fn what_did_not_happen_is_a_thing_and_no_deed() {
    let mut case = dreyfus::case();
    for status in [EventStatus::Requested, EventStatus::Possible, EventStatus::Denied] {
        change(&mut case, "e-1906", |event| event.status = status);
        assert_eq!(
            title(&case, "e-1906"),
            "Cour de cassation: annulment of the judgment of 9 September 1899 by conseil de guerre de Rennes"
        );
    }
}

#[test]
fn an_event_that_is_no_act_is_quoted_and_cut() {
    let mut case = dreyfus::case();
    let event = case.events.iter_mut().find(|event| event.act.is_none()).unwrap();
    event.what = "один ".repeat(100_000);
    let id = event.id.clone();
    let words = title(&case, &id);
    assert!(words.starts_with("“один один") && words.ends_with(" …”"), "{words}");
    assert!(words.chars().count() < 110);
    let event = case.events.iter().find(|event| event.id == id).unwrap();
    assert!(matches!(Titles::new(&case).title(event).pieces(), [Piece::Quote(_)]));
}

#[test]
fn every_class_makes_a_sentence_and_a_heading() {
    let mut case = dreyfus::case();
    for class in ActClass::ALL {
        let deed = words::deed(*class);
        for text in [deed.short, deed.past, deed.noun] {
            assert!(!text.is_empty() && text.trim() == text, "{class}");
        }
        for body in [true, false] {
            for status in [EventStatus::Actual, EventStatus::Requested] {
                change(&mut case, "e-pardon", |event| {
                    event.status = status;
                    let act = event.act.as_mut().unwrap();
                    act.outcomes = vec![*class];
                    if !body {
                        (act.body, act.body_name) = (None, None);
                        event.actors.retain(|part| part.role == Role::Subject);
                    }
                });
                let words = title(&case, "e-pardon");
                assert!(!words.contains("  ") && words.trim() == words, "{words}");
                assert!(words.chars().next().unwrap().is_uppercase(), "{words}");
            }
        }
        case = dreyfus::case();
    }
}
