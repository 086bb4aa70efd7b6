//! The example with something of everything that people can say of it.

use khronika_core::{
    ActClass, ActType, ActorKind, Added, Addition, Anchor, BY_HAND, Case, Correction, Edtf, EffectKind, EventStatus,
    Judged, Judgment, Stance, Verdict,
};

/// A judgment of every kind, and of everything that can be added or corrected.
pub fn judged() -> Case {
    let mut case = super::case();
    let source = case.sources[0].clone();
    let start = source.text.find("Alfred Dreyfus").unwrap();
    let words = || Anchor::new(source.id.clone(), &source.text, khronika_core::Span::new(start, start + 14)).unwrap();
    let mut entries = Vec::new();
    let mut say = |verdict: Verdict, events: &[&str], with: &dyn Fn(&mut Judged)| {
        let number = u64::try_from(entries.len()).unwrap() + 7;
        let mut judged = Judged {
            judgment: Judgment {
                number,
                verdict,
                about: events.iter().map(|id| (*id).to_owned()).collect(),
                by: "Ada".to_owned(),
                time: "1906-07-20T08:00:00Z".to_owned(),
                words: None,
                titles: events.iter().map(|id| format!("titre de {id}")).collect(),
                correction: Correction::default(),
                effect: None,
                added: None,
                names: Vec::new(),
            },
            applied: true,
            events: events.iter().map(|id| (*id).to_owned()).collect(),
            found: Correction::default(),
            actors: Vec::new(),
        };
        with(&mut judged);
        entries.push(judged);
    };
    let date = |text: &str| Some(Edtf::parse(text).unwrap());
    say(Verdict::Confirm, &["e-1894"], &|one| one.judgment.words = Some("vu sur l’original".to_owned()));
    say(Verdict::Reject, &["e-1906"], &|one| one.applied = false);
    say(Verdict::Correct, &["e-1894"], &|one| {
        one.judgment.correction.date = date("1894-12-23");
        one.found.date = date("1894-12-22");
    });
    say(Verdict::Correct, &["e-rennes"], &|one| {
        one.judgment.correction.title = Some("Rennes".to_owned());
        one.judgment.correction.body = Some("le conseil".to_owned());
    });
    say(Verdict::Merge, &["e-1899", "e-1906"], &|_| {});
    say(Verdict::Split, &["e-pardon"], &|_| {});
    say(Verdict::Link, &["e-pardon", "e-rennes"], &|one| one.judgment.effect = Some(EffectKind::Executes));
    say(Verdict::Note, &["e-gone"], &|one| one.events.clear());
    say(Verdict::Split, &[], &|one| {
        one.actors = vec!["a-dreyfus".to_owned()];
        one.judgment.names = vec!["Dreyfuss".to_owned(), "capitaine Dreyfus".to_owned()];
    });
    let act = |status| Addition::Act { act_type: ActType::Order, outcomes: vec![ActClass::Detain], status };
    let additions = [
        Addition::Event { status: EventStatus::Actual },
        Addition::Event { status: EventStatus::Possible },
        act(EventStatus::Actual),
        act(EventStatus::Denied),
        Addition::Statement { speaker: Some("Zola".to_owned()), stance: Stance::Denies },
        Addition::Statement { speaker: None, stance: Stance::Doubts },
        Addition::Actor { name: "Alfred Dreyfus".to_owned(), kind: ActorKind::Person },
    ];
    for what in additions {
        say(Verdict::Add, &["e-1895"], &|one| {
            one.judgment.added = Some(Added { what: what.clone(), words: words() });
            one.judgment.correction =
                Correction { date: date("1895-01"), title: Some("Titre".to_owned()), body: Some("Organe".to_owned()) };
        });
    }
    case.judgments = entries;
    for event in &mut case.events {
        if event.id == "e-1895" {
            event.made_by = vec![format!("{BY_HAND}7"), "test.rule".to_owned()];
        }
        if event.id == "e-pardon" {
            event.made_by = vec![format!("{BY_HAND}999")];
        }
    }
    case
}
