//! The same case as an attacker would have it.

use std::collections::BTreeMap;
use std::sync::Arc;

use khronika_core::{Case, Passage, SourceId, Span};

/// Names, texts, ids and rules as an attacker would write them.
pub const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</style><svg onload=alert(1)>",
    "javascript:alert(1)",
    "&lt;b&gt; &#x3C;i>",
    "</textarea></title><b>\u{0}\u{202e}\u{7f}\u{9b}",
    "\u{202e}txt.exe\u{2066}]]>--><!--",
];

/// The case with every text in it made hostile, and every paper with hostile words put in front. Ids are made by the program and cannot be
/// hostile; they are made so all the same where `with_ids` says so, and links lead nowhere then.
pub fn hostile(with_ids: bool) -> Case {
    let mut case = super::case();
    let shift = HOSTILE.concat();
    let mut turn = HOSTILE.iter().cycle();
    let mut bad = |text: &mut String| *text = format!("{}{text}", turn.next().unwrap());
    let renamed: BTreeMap<SourceId, SourceId> = case
        .sources
        .iter()
        .map(|source| {
            let id = if with_ids { format!("{}\"><script>", source.id) } else { source.id.to_string() };
            (source.id.clone(), SourceId::new(&id))
        })
        .collect();
    let move_on = |passage: &mut Passage| {
        passage.source = renamed.get(&passage.source).unwrap().clone();
        passage.span = Span::new(passage.span.start + shift.len(), passage.span.end + shift.len());
    };
    for source in case.sources.iter_mut().map(Arc::make_mut) {
        source.id = renamed.get(&source.id).unwrap().clone();
        source.text.insert_str(0, &shift);
        for block in &mut source.blocks {
            block.span = Span::new(block.span.start + shift.len(), block.span.end + shift.len());
        }
        for text in [&mut source.name, &mut source.media_type, &mut source.encoding, &mut source.sha256] {
            bad(text);
        }
    }
    for actor in &mut case.actors {
        for text in [&mut actor.name, &mut actor.made_by].into_iter().chain(&mut actor.merged_because) {
            bad(text);
        }
        for name in &mut actor.names {
            bad(&mut name.text);
            bad(&mut name.language);
        }
        actor.mentions.iter_mut().for_each(move_on);
    }
    for event in &mut case.events {
        bad(&mut event.what);
        if with_ids {
            bad(&mut event.id);
        }
        event.made_by.iter_mut().for_each(&mut bad);
        event.merged_because.iter_mut().for_each(&mut bad);
        event.passages.iter_mut().for_each(move_on);
        for when in event.when.iter_mut() {
            when.passage.iter_mut().for_each(move_on);
        }
        for step in &mut event.inferred_from {
            bad(&mut step.words);
            step.passages.iter_mut().for_each(move_on);
        }
        let Some(act) = &mut event.act else { continue };
        for text in [&mut act.body_name, &mut act.object, &mut act.docket].into_iter().flatten() {
            bad(text);
        }
        for effect in &mut act.effects {
            bad(&mut effect.because);
            effect.passages.iter_mut().for_each(move_on);
        }
        for step in &mut act.standing.because {
            bad(&mut step.words);
            step.passages.iter_mut().for_each(move_on);
        }
    }
    for one in &mut case.proceedings {
        bad(&mut one.title);
        if with_ids {
            bad(&mut one.id);
        }
        one.passages.iter_mut().for_each(move_on);
    }
    for one in &mut case.deadlines {
        for text in
            [&mut one.what, &mut one.rule, &mut one.rule_status, &mut one.state].into_iter().chain(&mut one.steps)
        {
            bad(text);
        }
        one.passages.iter_mut().for_each(move_on);
    }
    for one in &mut case.statements {
        for text in [&mut one.verb, &mut one.content].into_iter().chain(&mut one.made_by) {
            bad(text);
        }
        one.passages.iter_mut().chain(&mut one.evidence).for_each(move_on);
    }
    for one in &mut case.conflicts {
        bad(&mut one.kind);
        bad(&mut one.explanation);
        if with_ids {
            one.between.iter_mut().for_each(&mut bad);
        }
        one.passages.iter_mut().for_each(move_on);
    }
    for one in &mut case.dates {
        bad(&mut one.value);
        move_on(&mut one.passage);
    }
    for one in &mut case.problems {
        for text in [&mut one.name, &mut one.what, &mut one.advice] {
            bad(text);
        }
        one.source = None;
    }
    // The letter's spans are those of its source.
    case.letters.clear();
    case.rules = vec![(HOSTILE[0].into(), HOSTILE[1].into())];
    case
}
