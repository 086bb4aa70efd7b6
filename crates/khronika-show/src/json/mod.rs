//! `case.json`: everything in the case, for programs.
//!
//! The shape is described by [`SCHEMA`] (`schema/case.schema.json`) and, with an example, by `docs/format/case-json.md`. Offsets are
//! Unicode scalar values into `sources[].text`, `end` exclusive. Each item of a top-level list stands on a line of its own, so that
//! `diff` and `grep` work on the file.

mod added;
mod check;
mod items;
mod read;
mod wire;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::OnceLock;

use khronika_core::{
    ActDatesOfCase, ActOfCase, Actor, Because, Case, CaseDate, CaseLetter, CaseSignatory, CaseStatement, Conflict,
    Correction, Deadline, Edtf, EffectKind, Event, Judged, Passage, Problem, Proceeding, ProceedingState, RequestState,
    SignatoryKind, Source, Span, TermKind, Verdict, When, points, stable_id,
};
use rayon::prelude::*;
use serde::Serialize;

pub use added::{added, read_added};
pub use check::check;
pub use items::{List, items};
pub use read::{Kept, read};

use crate::Program;
use crate::place::{Place, Texts};
use crate::title::Titles;

/// The name of the format, with its major version.
pub const FORMAT: &str = "khronika.case/1";

/// The JSON Schema (2020-12) of the format.
pub const SCHEMA: &str = include_str!("../../../../schema/case.schema.json");

/// The case as `case.json`, written item by item: memory does not grow with the number of findings.
///
/// # Errors
/// Only those of `out`.
pub fn write(case: &Case, program: &Program, out: &mut impl Write) -> io::Result<()> {
    let view = View::new(case);
    writeln!(out, "{{")?;
    member(out, "schema", &FORMAT)?;
    member(out, "program", &view.program(program))?;
    member(out, "as_of", &view.as_of())?;
    member(out, "as_of_basis", &as_of_basis(case))?;
    sources(out, case.sources.iter().enumerate().map(|(n, source)| view.source(n, source)))?;
    list(out, "actors", &case.actors, |actor| Some(view.actor(actor)))?;
    list(out, "events", &case.events, |event| Some(view.event(event)))?;
    list(out, "proceedings", &case.proceedings, |proceeding| Some(view.proceeding(proceeding)))?;
    list(out, "deadlines", &case.deadlines, |deadline| Some(view.deadline(deadline)))?;
    list(out, "statements", &case.statements, |statement| Some(view.statement(statement)))?;
    list(out, "conflicts", &case.conflicts, |conflict| Some(view.conflict(conflict)))?;
    list(out, "letters", &case.letters, |letter| view.letter(letter))?;
    list(out, "dates", &case.dates, |date| view.date(date))?;
    list(out, "problems", &case.problems, |problem| Some(view.problem(problem)))?;
    if !case.alike.is_empty() {
        list(out, "alike", &case.alike, |one| Some(wire::Alike { actors: &one.actors, because: &one.because }))?;
    }
    if !case.judgments.is_empty() {
        list(out, "judgments", &case.judgments, |judged| Some(view.judgment(judged)))?;
    }
    writeln!(out, "\n}}")
}

/// The case as the text of `case.json`.
#[must_use]
#[expect(clippy::expect_used, reason = "writing to memory does not fail")]
pub fn to_string(case: &Case, program: &Program) -> String {
    let mut out = Vec::new();
    write(case, program, &mut out).expect("memory");
    String::from_utf8(out).expect("JSON is UTF-8")
}

/// The case as a value.
#[must_use]
#[expect(clippy::expect_used, reason = "what is read is what was just written")]
pub fn to_json(case: &Case, program: &Program) -> serde_json::Value {
    serde_json::from_str(&to_string(case, program)).expect("JSON")
}

/// How the day is known as of which standings are given, as `as_of_basis` says it.
#[must_use]
pub fn as_of_basis(case: &Case) -> &'static str {
    match (case.as_of_given, case.known_as_of()) {
        (true, _) => GIVEN,
        (false, Some(_)) => "latest date in the sources",
        (false, None) => "no date in the sources",
    }
}

/// The basis of a day that was asked for.
const GIVEN: &str = "given";

/// The acts of the case as they stand under `events`, each with its title as `title`.
#[must_use]
pub fn acts(case: &Case) -> Vec<serde_json::Value> {
    let (view, titles) = (View::new(case), Titles::new(case));
    let acts = case.events.iter().filter(|event| event.act.is_some());
    acts.map(|event| {
        let mut item = value(&view.event(event));
        if let Some(item) = item.as_object_mut() {
            item.insert("title".to_owned(), titles.title(event).to_string().into());
        }
        item
    })
    .collect()
}

/// The deadlines of the case as they stand under `deadlines`.
#[must_use]
pub fn deadlines(case: &Case) -> Vec<serde_json::Value> {
    let view = View::new(case);
    case.deadlines.iter().map(|deadline| value(&view.deadline(deadline))).collect()
}

/// The conflicts of the case as they stand under `conflicts`.
#[must_use]
pub fn conflicts(case: &Case) -> Vec<serde_json::Value> {
    let view = View::new(case);
    case.conflicts.iter().map(|conflict| value(&view.conflict(conflict))).collect()
}

fn parts<'a>(correction: &'a Correction, title: Option<Cow<'a, str>>) -> wire::Parts<'a> {
    wire::Parts { date: correction.date.as_ref().map(Edtf::as_str), title, body: correction.body.as_deref() }
}

#[expect(clippy::expect_used, reason = "the shapes of the format have string keys and finite numbers only")]
fn value(item: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(item).expect("JSON")
}

/// A member of the top-level object. `schema` is the first, so every other one follows a comma.
fn member(out: &mut impl Write, key: &str, value: &impl Serialize) -> io::Result<()> {
    if key != "schema" {
        writeln!(out, ",")?;
    }
    write!(out, "\"{key}\": ")?;
    Ok(serde_json::to_writer(out, value)?)
}

/// The sources, an item a line, one after the other: a source may be as large as all the rest, and is copied more than made.
fn sources<'a>(out: &mut impl Write, items: impl Iterator<Item = wire::Source<'a>>) -> io::Result<()> {
    write!(out, ",\n\"sources\": [")?;
    let mut any = false;
    for item in items {
        out.write_all(if any { b",\n" } else { b"\n" })?;
        serde_json::to_writer(&mut *out, &item)?;
        any = true;
    }
    out.write_all(if any { b"\n]" } else { b"]" })
}

/// How many items are made before they are written, and how many of them one after the other. Few enough that memory does not grow
/// with the case, many enough that each thread has work.
const BATCH: usize = 512;
const RUN: usize = 16;

/// A list of the top-level object, an item a line. Items are made in parallel and written in their order.
fn list<'a, I: Sync, T: Serialize>(
    out: &mut impl Write,
    key: &str,
    items: &'a [I],
    make: impl Fn(&'a I) -> Option<T> + Sync,
) -> io::Result<()> {
    write!(out, ",\n\"{key}\": [")?;
    let mut any = false;
    for batch in items.chunks(BATCH) {
        let runs: Vec<serde_json::Result<Vec<u8>>> = batch
            .par_chunks(RUN)
            .map(|run| {
                let mut lines = Vec::new();
                for item in run.iter().filter_map(&make) {
                    lines.extend_from_slice(b",\n");
                    serde_json::to_writer(&mut lines, &item)?;
                }
                Ok(lines)
            })
            .collect();
        for run in runs {
            let run = run?;
            // No comma before the first item.
            let from = usize::from(!any && !run.is_empty());
            any |= !run.is_empty();
            out.write_all(run.get(from..).unwrap_or_default())?;
        }
    }
    out.write_all(if any { b"\n]" } else { b"]" })
}

/// A confidence with two decimals: more would be noise, and `f32` would print as its nearest `f64`.
fn confidence(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0
}

/// The case with its texts, from which each item is made.
struct View<'a> {
    case: &'a Case,
    texts: Texts<'a>,
    /// Actor id → name.
    names: BTreeMap<&'a str, &'a str>,
    /// Made when a judgment asks for one.
    titles: OnceLock<Titles<'a>>,
    /// Event id → the entries of the judgments that speak of it.
    judged: BTreeMap<&'a str, Vec<u64>>,
}

fn passage(place: Place<'_>) -> wire::Passage<'_> {
    let Place { source, start, end, quote, page, .. } = place;
    wire::Passage { source: source.id.as_str(), start, end, quote, page }
}

impl<'a> View<'a> {
    fn new(case: &'a Case) -> Self {
        let names = case.actors.iter().map(|actor| (actor.id.as_str(), actor.name.as_str())).collect();
        let mut judged: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for Judged { judgment, events, .. } in &case.judgments {
            for event in events {
                judged.entry(event).or_default().push(judgment.number);
            }
        }
        Self { texts: Texts::new(&case.sources), names, titles: OnceLock::new(), judged, case }
    }

    fn titles(&self) -> &Titles<'a> {
        self.titles.get_or_init(|| Titles::new(self.case))
    }

    fn conflict(&self, conflict: &'a Conflict) -> wire::Conflict<'a> {
        wire::Conflict {
            id: &conflict.id,
            kind: &conflict.kind,
            between: &conflict.between,
            explanation: &conflict.explanation,
            passages: self.passages(&conflict.passages),
        }
    }

    fn program(&self, program: &'a Program) -> wire::Program<'a> {
        wire::Program {
            name: "khronika",
            version: &program.version,
            rules: self.case.rules.iter().map(|(name, digest)| (name.clone(), digest.clone().into())).collect(),
            models: program
                .models
                .iter()
                .map(|model| wire::Model { name: &model.name, version: &model.version, digest: &model.digest })
                .collect(),
        }
    }

    /// The case's day, which is that of every standing.
    fn as_of(&self) -> Option<String> {
        self.case.known_as_of().map(|day| day.to_string())
    }

    fn terms(&self, act: &ActOfCase, kind: TermKind) -> Vec<wire::Passage<'a>> {
        let of_kind = act.terms.iter().filter(|term| term.kind == kind);
        of_kind.filter_map(|term| self.texts.place(&term.passage)).map(passage).collect()
    }

    fn passages(&self, passages: &[Passage]) -> Vec<wire::Passage<'a>> {
        self.texts.places(passages).into_iter().map(passage).collect()
    }

    fn source(&self, index: usize, source: &'a Source) -> wire::Source<'a> {
        wire::Source {
            id: source.id.as_str(),
            name: &source.name,
            sha256: &source.sha256,
            blake3: &source.blake3,
            size: source.size,
            media_type: &source.media_type,
            encoding: &source.encoding,
            lang: source.lang.code(),
            langs: source.langs.iter().map(|lang| lang.code()).collect(),
            meta_date: source.meta_date.map(|day| day.to_string()),
            part_of: source.part_of.as_ref().filter(|id| self.texts.index(id).is_some()).map(|id| id.as_str()),
            pages: source
                .layout
                .pages
                .iter()
                .map(|page| wire::Page {
                    start: self.texts.chars(index, page.span.start),
                    end: self.texts.chars(index, page.span.end),
                    width: points(page.width),
                    height: points(page.height),
                })
                .collect(),
            marks: source
                .layout
                .marks
                .iter()
                .map(|mark| wire::Mark {
                    kind: mark.kind.name(),
                    start: self.texts.chars(index, mark.span.start),
                    end: self.texts.chars(index, mark.span.end),
                    author: mark.author.as_deref(),
                    date: mark.date.as_deref(),
                    note: mark.note.as_deref(),
                })
                .collect(),
            blocks: source
                .blocks
                .iter()
                .map(|block| wire::Block {
                    kind: block.kind.name(),
                    start: self.texts.chars(index, block.span.start),
                    end: self.texts.chars(index, block.span.end),
                    lang: block.lang.code(),
                })
                .collect(),
            text: &source.text,
        }
    }

    fn actor(&self, actor: &'a Actor) -> wire::Actor<'a> {
        wire::Actor {
            id: &actor.id,
            name: &actor.name,
            kind: actor.kind.name(),
            known_as: actor.known_as.as_deref(),
            names: actor
                .names
                .iter()
                .map(|name| wire::Name {
                    text: &name.text,
                    script: name.script,
                    language: &name.language,
                    relation: name.relation.name(),
                })
                .collect(),
            mentions: self.passages(&actor.mentions),
            merged_because: &actor.merged_because,
            made_by: [&actor.made_by],
            confidence: confidence(actor.confidence),
        }
    }

    fn when(&self, when: &'a When) -> wire::When<'a> {
        wire::When {
            edtf: when.edtf.as_str(),
            earliest: when.earliest().map(|day| day.to_string()),
            latest: when.latest().map(|day| day.to_string()),
            basis: when.basis.name(),
            passage: when.passage.as_ref().and_then(|at| self.texts.place(at)).map(passage),
        }
    }

    fn judgment(&self, judged: &'a Judged) -> wire::Judgment<'a> {
        let Judged { judgment, applied, events, found, actors } = judged;
        let corrects = judgment.verdict == Verdict::Correct;
        let says = &judgment.correction;
        let event = events.first().and_then(|id| self.titles().event(id)).filter(|_| says.title.is_some());
        wire::Judgment {
            entry: judgment.number,
            verdict: judgment.verdict.name(),
            about: &judgment.about,
            by: &judgment.by,
            time: &judgment.time,
            words: judgment.words.as_deref(),
            titles: &judgment.titles,
            corrected: corrects.then(|| parts(says, says.title.as_deref().map(Cow::Borrowed))),
            found: corrects.then(|| parts(found, event.map(|event| self.titles().found(event).to_string().into()))),
            effect: judgment.effect.map(EffectKind::name),
            added: judgment.added.as_ref().map(|one| added(one, says)),
            names: &judgment.names,
            events,
            actors,
            applied: *applied,
        }
    }

    fn event(&self, event: &'a Event) -> wire::Event<'a> {
        wire::Event {
            id: &event.id,
            when: event.when.as_ref().map(|when| self.when(when)),
            after: &event.after,
            before: &event.before,
            what: &event.what,
            kind: &event.kind,
            actors: event.actors.iter().map(|part| wire::Part { actor: &part.actor, role: part.role.name() }).collect(),
            said_by: &event.said_by,
            status: event.status.name(),
            act: event.act.as_ref().map(|act| self.act(act)),
            passages: self.passages(&event.passages),
            merged_because: &event.merged_because,
            made_by: &event.made_by,
            confidence: confidence(event.confidence),
            inferred_from: self.because(&event.inferred_from),
            judged: self.judged.get(event.id.as_str()).cloned().unwrap_or_default(),
        }
    }

    fn act(&self, act: &'a ActOfCase) -> wire::Act<'a> {
        let ActDatesOfCase { act: day, hearing, reading, service, entry_into_force } = &act.dates;
        let when = |when: &'a Option<Box<When>>| when.as_ref().map(|when| self.when(when));
        wire::Act {
            act_type: act.act_type.name(),
            body: wire::Party { actor: act.body.as_deref(), name: act.body_name.as_deref() },
            outcomes: act.outcomes.iter().map(|class| class.name()).collect(),
            object: act.object.as_deref(),
            norms: self.terms(act, TermKind::Norm),
            grounds: self.terms(act, TermKind::Ground),
            relief: self.terms(act, TermKind::Relief),
            dates: wire::ActDates {
                act: when(day),
                hearing: when(hearing),
                reading: when(reading),
                service: when(service),
                entry_into_force: when(entry_into_force),
            },
            docket: act.docket.as_deref(),
            effects: act
                .effects
                .iter()
                .map(|effect| wire::Effect {
                    on: effect.on.as_deref(),
                    effect: effect.effect.name(),
                    basis: effect.basis.name(),
                    because: &effect.because,
                    passages: self.passages(&effect.passages),
                })
                .collect(),
            standing: wire::Standing {
                status: act.standing.status.name(),
                request: act.standing.request.map(RequestState::name),
                as_of: self.case.known_as_of().map(|_| act.standing.as_of.to_string()),
                because: self.because(&act.standing.because),
            },
            proceeding: act.proceeding.as_deref(),
        }
    }

    fn because(&self, steps: &'a [Because]) -> Vec<wire::Because<'a>> {
        steps
            .iter()
            .map(|step| wire::Because {
                words: &step.words,
                event: step.event.as_deref(),
                basis: step.basis.name(),
                passages: self.passages(&step.passages),
            })
            .collect()
    }

    fn proceeding(&self, proceeding: &'a Proceeding) -> wire::Proceeding<'a> {
        wire::Proceeding {
            id: &proceeding.id,
            title: &proceeding.title,
            matter: &proceeding.matter,
            acts: &proceeding.acts,
            state: match &proceeding.state {
                ProceedingState::Pending { body, body_name, since } => wire::State::Pending {
                    body: wire::Party { actor: body.as_deref(), name: body_name.as_deref() },
                    since: since.as_ref().map(|edtf| edtf.as_str()),
                },
                ProceedingState::Closed { by } => wire::State::Closed { by },
                ProceedingState::Unknown => wire::State::Unknown,
            },
            passages: self.passages(&proceeding.passages),
        }
    }

    fn deadline(&self, deadline: &'a Deadline) -> wire::Deadline<'a> {
        wire::Deadline {
            id: &deadline.id,
            act: deadline.act.as_deref(),
            what: &deadline.what,
            kind: if deadline.expires { "expiry" } else { "due" },
            due: deadline.due.map(|day| day.to_string()),
            earliest_due: deadline.earliest_due.map(|day| day.to_string()),
            rule: &deadline.rule,
            rule_status: &deadline.rule_status,
            steps: &deadline.steps,
            alternatives: deadline
                .alternatives
                .iter()
                .map(|(due, because)| wire::Alternative { due: due.map(|day| day.to_string()), because })
                .collect(),
            state: &deadline.state,
            passages: self.passages(&deadline.passages),
        }
    }

    fn statement(&self, statement: &'a CaseStatement) -> wire::Statement<'a> {
        wire::Statement {
            id: &statement.id,
            speaker: match &statement.speaker {
                Some(Ok(actor)) => wire::Party { actor: Some(actor), name: self.names.get(actor.as_str()).copied() },
                Some(Err(words)) => wire::Party { actor: None, name: Some(words) },
                None => wire::Party { actor: None, name: None },
            },
            chain: &statement.chain,
            verb: &statement.verb,
            stance: statement.stance.name(),
            content: &statement.content,
            about: &statement.about,
            evidence: self.passages(&statement.evidence),
            passages: self.passages(&statement.passages),
            made_by: &statement.made_by,
            confidence: confidence(statement.confidence),
        }
    }

    fn letter(&self, letter: &'a CaseLetter) -> Option<wire::Letter<'a>> {
        let source = self.case.sources.get(letter.source)?;
        let words = |spans: &[Span]| {
            let places = spans.iter().filter_map(|span| self.texts.place_in(letter.source, *span));
            places.map(|place| wire::Words { text: place.quote, passages: [passage(place)] }).collect()
        };
        Some(wire::Letter {
            id: stable_id("l", &[source.id.as_str()]),
            source: source.id.as_str(),
            date: letter.date.as_ref().map(|when| self.when(when)),
            addressees: words(&letter.addressees),
            demands: words(&letter.demands),
            signatories: letter.signatories.iter().map(|one| self.signatory(letter.source, source, one)).collect(),
        })
    }

    fn signatory(&self, index: usize, source: &'a Source, one: &'a CaseSignatory) -> wire::Signatory<'a> {
        let text = |span: Span| span.of(&source.text);
        wire::Signatory {
            name: match one.surname {
                Some(surname) => format!("{} {}", text(one.name), text(surname)).into(),
                None => text(one.name).into(),
            },
            kind: match one.kind {
                SignatoryKind::Person => "person",
                SignatoryKind::Organisation => "organisation",
            },
            title: one.title.map(text),
            affiliations: one
                .affiliations
                .iter()
                .map(|at| wire::Affiliation { role: at.role.map(text), organisation: at.organisation.map(text) })
                .collect(),
            place: one.place.map(text),
            actor: one.actor.as_deref(),
            passages: self.texts.place_in(index, one.span).map(passage).into_iter().collect(),
        }
    }

    fn date(&self, date: &'a CaseDate) -> Option<wire::Date<'a>> {
        let place = self.texts.place(&date.passage)?;
        Some(wire::Date {
            id: stable_id(
                "x",
                &[
                    place.source.id.as_str(),
                    &place.start.to_string(),
                    &place.end.to_string(),
                    date.kind.name(),
                    &date.value,
                ],
            ),
            passage: passage(place),
            kind: date.kind.name(),
            value: &date.value,
            modifier: date.modifier.map(|modifier| modifier.name()),
            edtf: date.extent().map(Edtf::as_str),
            interval: date.interval.as_ref().map(|interval| interval.as_str()),
            role: date.role.name(),
            note: date.note.as_deref(),
            made_by: [&date.made_by],
            confidence: confidence(date.confidence),
        })
    }

    fn problem(&self, problem: &'a Problem) -> wire::Problem<'a> {
        let place = problem.source.as_ref().zip(problem.span).and_then(|(id, span)| {
            let index = self.texts.index(id)?;
            self.texts.place_in(index, span)
        });
        let characters = || place.map(|place| format!("characters {} to {}", place.start, place.end));
        wire::Problem {
            source: problem.source.as_ref().map(|id| id.as_str()),
            name: &problem.name,
            kind: problem.kind.name(),
            what: &problem.what,
            place: problem.place.clone().or_else(characters),
            passage: place.map(passage),
            advice: &problem.advice,
        }
    }
}
