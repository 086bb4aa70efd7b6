//! Carries statements, letters and dates of the documents into the case.

use khronika_core::{CaseDate, CaseLetter, CaseSignatory, CaseStatement, stable_id};

use crate::file::File;
use crate::hand;
use crate::merge::actor::People;

/// The most characters of a statement's content.
const CONTENT: usize = 600;

/// Who says what, in order of source and place.
pub(crate) fn statements(file: &File, people: &People) -> Vec<CaseStatement> {
    let mut out: Vec<CaseStatement> = Vec::new();
    for (at, doc) in file.docs.iter().enumerate() {
        let first = out.len();
        let ids = |mentions: &[usize]| {
            let mut ids: Vec<String> = Vec::new();
            for id in mentions.iter().filter_map(|m| people.id_of_mention(at, doc, *m)) {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            ids
        };
        for said in &doc.found.statements {
            let words = said.speaker_words.map(|span| Err(doc.line(span, CONTENT)));
            let parts = [said.span.start, said.span.end, said.verb.start, said.verb.end].map(|n| n.to_string());
            let [start, end, verb_start, verb_end] = &parts;
            out.push(CaseStatement {
                id: stable_id("t", &[doc.source.id.as_str(), start, end, verb_start, verb_end]),
                speaker: said.speaker.and_then(|m| people.id_of_mention(at, doc, m)).map(Ok).or(words),
                chain: ids(&said.chain),
                verb: doc.line(said.verb, CONTENT),
                stance: said.stance,
                content: doc.line(said.content, CONTENT),
                about: ids(&said.about),
                evidence: said.evidence.iter().map(|span| doc.passage(*span)).collect(),
                passages: vec![doc.passage(said.span), doc.passage(said.content)],
                made_by: [Some(said.made_by.clone()), said.engine.clone()].into_iter().flatten().collect(),
                confidence: said.confidence,
            });
        }
        let added = out.len();
        out.extend(file.hands_in(at).iter().filter_map(|hand| hand::statement(people, doc, hand, CONTENT)));
        if out.len() > added
            && let Some(here) = out.get_mut(first..)
        {
            here.sort_by_key(|said| said.passages.first().map(|passage| passage.span));
        }
    }
    out
}

/// The letters, in order of source.
pub(crate) fn letters(file: &File, people: &People) -> Vec<CaseLetter> {
    let mut out = Vec::new();
    for (at, doc) in file.docs.iter().enumerate() {
        let Some(letter) = &doc.found.letter else { continue };
        out.push(CaseLetter {
            source: at,
            date: letter.date.or(doc.found.document_date).and_then(|ix| doc.when(ix)),
            addressees: letter.addressees.clone(),
            demands: letter.demands.clone(),
            signatories: letter
                .signatories
                .iter()
                .map(|s| CaseSignatory {
                    span: s.span,
                    name: s.name,
                    surname: s.surname,
                    kind: s.kind,
                    title: s.title,
                    affiliations: s.affiliations.clone(),
                    place: s.place,
                    actor: s.actor.and_then(|ix| people.of(at, ix)).and_then(|a| people.id(a)).map(str::to_owned),
                })
                .collect(),
        });
    }
    out
}

/// Every temporal expression, in order of source and place.
pub(crate) fn dates(file: &File) -> Vec<CaseDate> {
    let all = file.docs.iter().flat_map(|doc| doc.found.dates.iter().map(move |date| (doc, date)));
    all.map(|(doc, date)| CaseDate {
        passage: doc.passage(date.span),
        kind: date.kind,
        value: date.value.clone(),
        modifier: date.modifier,
        edtf: date.edtf.clone(),
        interval: date.interval.clone(),
        role: date.role,
        note: date.note.clone(),
        made_by: date.made_by.clone(),
        confidence: date.confidence,
    })
    .collect()
}
