//! What people add by hand is in the case, tied to its words, weighed like what was found, and never taken for it.

use khronika_core::{
    ActClass as C, ActType, ActorKind, Added, Addition, Anchor, BY_HAND, Correction, Edtf, EffectKind as E,
    EventStatus, Judgment, Stance, Verdict,
};

use super::judgments::{applied, case_with, link, say, stands};
use super::{asylum, event};
use crate::paper::Paper;

fn add(paper: &Paper, quote: &str, what: Addition, correction: Correction) -> Judgment {
    let words = Anchor::new(paper.source.id.clone(), &paper.source.text, paper.span(quote)).unwrap();
    let added = Added { what, words };
    let id = added.id(&correction);
    Judgment { added: Some(added), correction, ..say(Verdict::Add, &[&id]) }
}

fn act(outcome: C) -> Addition {
    Addition::Act { act_type: ActType::Judgment, outcomes: vec![outcome], status: EventStatus::Actual }
}

fn of(date: &str, title: Option<&str>, body: Option<&str>) -> Correction {
    let own = |text: Option<&str>| text.map(str::to_owned);
    Correction { date: Some(Edtf::parse(date).unwrap()), title: own(title), body: own(body) }
}

/// A paper of which the finder understood nothing but who is named.
fn dull() -> Paper {
    let mut p = Paper::new(
        "note.txt",
        "en",
        "It came to an end for Vera Holt: the tribunal would not hear of it. So she told us.",
    );
    p.person("Vera Holt", "Vera Holt");
    p.court("the tribunal", "Tribunal of Rouen");
    p
}

#[test]
fn an_act_that_somebody_adds_is_weighed_like_one_that_was_found() {
    let words = "It came to an end for Vera Holt: the tribunal would not hear of it.";
    let one = add(&dull(), words, act(C::Dismiss), of("2021-05-04", None, Some("Tribunal of Rouen")));
    let case = case_with(vec![dull()], vec![one.clone()]);
    let event = event(&case, "It came to an end");
    assert_eq!((event.id.as_str(), event.made_by.as_slice()), (one.about[0].as_str(), &[format!("{BY_HAND}7")][..]));
    assert_eq!(event.when.as_ref().unwrap().edtf.as_str(), "2021-05-04");
    let made = event.act.as_ref().unwrap();
    assert_eq!((made.body_name.as_deref(), made.outcomes.as_slice()), (Some("Tribunal of Rouen"), &[C::Dismiss][..]));
    assert!(made.body.is_some(), "{:?}", case.actors);
    assert_eq!(stands(event), "in_force");
    let text = &dull().source.text;
    assert_eq!(event.passages.iter().map(|p| p.span.of(text)).collect::<Vec<_>>(), [words]);
    let vera = case.actors.iter().find(|actor| actor.name == "Vera Holt").unwrap();
    assert!(event.actors.iter().any(|part| part.actor == vera.id), "{:?}", event.actors);
    assert_eq!((applied(&case), case.judgments[0].events.as_slice()), (vec![true], &[event.id.clone()][..]));
    // What was found is as it was.
    assert!(case_with(vec![dull()], Vec::new()).events.is_empty());
}

#[test]
fn what_was_added_is_linked_rejected_merged_and_taken_for_nothing_else_by_itself() {
    let council = "In December 2021, the Council overturned the court's decision";
    let id = |what: &str| event(&case_with(vec![asylum()], Vec::new()), what).id.clone();
    let same = add(&asylum(), council, act(C::Annul), of("2021-12", None, Some("Council")));
    let hand = same.about[0].clone();
    let case = case_with(vec![asylum()], vec![same.clone()]);
    assert_eq!(case.events.iter().filter(|event| event.what.starts_with("In December 2021")).count(), 2);
    let refusal = id("the decision of 31 May 2018");
    let linked = case_with(vec![asylum()], vec![same.clone(), link(&hand, &refusal, Some(E::Annuls))]);
    let effects = &linked.events.iter().find(|event| event.id == hand).unwrap().act.as_ref().unwrap().effects;
    assert!(effects.iter().any(|effect| effect.on.as_deref() == Some(&refusal)));
    let rejected = case_with(vec![asylum()], vec![same.clone(), say(Verdict::Reject, &[&hand])]);
    assert!(rejected.events.iter().all(|event| event.id != hand));
    assert_eq!(applied(&rejected), [false, true]);
    let found = id("In December 2021");
    for order in [[&found, &hand], [&hand, &found]] {
        let merged = case_with(vec![asylum()], vec![same.clone(), say(Verdict::Merge, &order.map(String::as_str))]);
        assert_eq!(applied(&merged), [true, true], "{order:?}");
        let one = merged.events.iter().find(|event| event.id == *order[0]).unwrap();
        assert!(one.made_by.iter().any(|by| by.starts_with(BY_HAND)) && one.made_by.len() == 2, "{:?}", one.made_by);
        assert!(one.passages.len() == 2 && one.merged_because[0].contains("Ada says so"));
    }
    // The same twice is one.
    assert_eq!(applied(&case_with(vec![asylum()], vec![same.clone(), same])), [true, false]);
}

#[test]
fn a_statement_and_a_name_are_added() {
    let said = Addition::Statement { speaker: Some("vera holt".to_owned()), stance: Stance::Asserts };
    let said = add(&dull(), "the tribunal would not hear of it", said, Correction::default());
    let name = Addition::Actor { name: "Vera Holt".to_owned(), kind: ActorKind::Person };
    let name = add(&dull(), "she", name, Correction::default());
    let case = case_with(vec![dull()], vec![said, name]);
    assert_eq!(applied(&case), [true, true]);
    let vera: Vec<_> = case.actors.iter().filter(|actor| actor.name == "Vera Holt").collect();
    let [vera] = vera.as_slice() else { panic!("{vera:?}") };
    assert_eq!(vera.mentions.len(), 2, "the pronoun is taken for her");
    let [statement] = case.statements.as_slice() else { panic!("{:?}", case.statements) };
    assert_eq!(statement.speaker, Some(Ok(vera.id.clone())));
    assert_eq!(
        (statement.content.as_str(), statement.made_by[0].as_str()),
        ("the tribunal would not hear of it", "by-hand/7")
    );
}

#[test]
fn words_that_moved_are_found_again_and_those_that_went_are_not_in_the_case() {
    let one = add(
        &dull(),
        "So she told us",
        Addition::Event { status: EventStatus::Denied },
        of("2021", Some("It is said"), None),
    );
    let mut other = Paper::new("note.txt", "en", "Page 1. It came to an end. So she told us.");
    other.source.id = dull().source.id;
    other.found.source = dull().source.id;
    let case = case_with(vec![other], vec![one.clone()]);
    assert_eq!(case.events[0].passages[0].span.start, 27);
    assert_eq!(case.events[0].status, EventStatus::Denied);
    let mut gone = Paper::new("note.txt", "en", "Nothing of it is left.");
    gone.source.id = dull().source.id;
    gone.found.source = dull().source.id;
    let case = case_with(vec![gone], vec![one]);
    assert!(case.events.is_empty() && applied(&case) == [false]);
}
