//! Builds a case by words: a passage is where the words stand.

use std::sync::Arc;

use khronika_core::{
    ActClass, ActDatesOfCase, ActOfCase, ActType, Actor, ActorKind, ActorName, ActorRole, Basis, Because, Block,
    BlockKind, Case, CaseDate, DateRole, Day, EdgeBasis, Edtf, Effect, EffectKind, Event, EventStatus, Lang,
    NameRelation, Passage, Role, Source, SourceId, Span, Standing, StandingStatus, TimexKind, When,
};

pub struct Build {
    pub case: Case,
}

/// An event that happened, with nothing but its id and words.
pub fn event(id: &str, what: &str) -> Event {
    Event {
        id: id.into(),
        when: None,
        after: vec![],
        before: vec![],
        what: what.into(),
        kind: "event".into(),
        actors: vec![],
        said_by: vec![],
        status: EventStatus::Actual,
        act: None,
        passages: vec![],
        merged_because: vec![],
        made_by: vec!["test.rule".into()],
        confidence: 0.9,
        inferred_from: vec![],
    }
}

/// A source with a block for each paragraph.
pub fn source(name: &str, lang: &str, text: &str) -> Source {
    let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
    let lang = Lang::new(lang).unwrap();
    let (mut blocks, mut at) = (vec![], 0);
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        at += line.len();
        if !span.is_empty() {
            let title = blocks.is_empty() && span.len() < 40 || span.of(text).starts_with('#');
            let kind = if title { BlockKind::Title } else { BlockKind::Paragraph };
            blocks.push(Block { span, kind, lang });
        }
    }
    Source {
        id: SourceId::new(&format!("s-{}", &hash[..10])),
        name: name.into(),
        sha256: hash.clone(),
        blake3: hash,
        size: text.len() as u64,
        media_type: "text/plain".into(),
        encoding: "UTF-8".into(),
        lang,
        langs: vec![lang],
        text: text.into(),
        blocks,
        meta_date: None,
        layout: khronika_core::Layout::default(),
        part_of: None,
    }
}

impl Build {
    pub fn new(as_of: Day, papers: &[(&str, &str, &str)]) -> Self {
        Self {
            case: Case {
                as_of,
                as_of_given: false,
                sources: papers.iter().map(|(name, lang, text)| Arc::new(source(name, lang, text))).collect(),
                actors: vec![],
                events: vec![],
                proceedings: vec![],
                deadlines: vec![],
                statements: vec![],
                conflicts: vec![],
                letters: vec![],
                dates: vec![],
                problems: vec![],
                alike: vec![],
                judgments: vec![],
                rules: vec![],
            },
        }
    }

    /// The first place of the words in a source.
    pub fn at(&self, source: usize, words: &str) -> Passage {
        let source = &self.case.sources[source];
        let start = source.text.find(words).unwrap_or_else(|| panic!("“{words}” is not in {}", source.name));
        Passage::new(source.id.clone(), Span::new(start, start + words.len()))
    }

    pub fn when(&self, source: usize, words: &str, edtf: &str, basis: Basis) -> Option<When> {
        Some(When { edtf: Edtf::parse(edtf).unwrap(), basis, passage: Some(self.at(source, words)) })
    }

    pub fn because(&self, words: &str, event: Option<&str>, basis: EdgeBasis, passages: Vec<Passage>) -> Because {
        Because { words: words.into(), event: event.map(Into::into), basis, passages }
    }

    pub fn effect(
        &self,
        on: Option<&str>,
        effect: EffectKind,
        basis: EdgeBasis,
        because: &str,
        passages: Vec<Passage>,
    ) -> Effect {
        Effect { on: on.map(Into::into), effect, basis, because: because.into(), passages }
    }

    /// An actor, mentioned wherever one of its names stands.
    pub fn actor(&mut self, id: &str, name: &str, kind: ActorKind, names: &[(&str, &str, NameRelation)]) {
        let mut mentions = vec![];
        for source in &self.case.sources {
            let mut spans: Vec<Span> = vec![];
            for (form, _, _) in names {
                for (at, _) in source.text.match_indices(form) {
                    let span = Span::new(at, at + form.len());
                    if !spans.iter().any(|other| other.overlaps(span)) {
                        spans.push(span);
                    }
                }
            }
            spans.sort();
            mentions.extend(spans.into_iter().map(|span| Passage::new(source.id.clone(), span)));
        }
        let script = |text: &str| if text.chars().any(|c| ('а'..='я').contains(&c)) { "Cyrl" } else { "Latn" };
        self.case.actors.push(Actor {
            id: id.into(),
            name: name.into(),
            kind,
            known_as: None,
            names: names
                .iter()
                .map(|(text, language, relation)| ActorName {
                    text: (*text).into(),
                    script: script(text),
                    language: (*language).into(),
                    relation: *relation,
                })
                .collect(),
            mentions,
            merged_because: vec![],
            made_by: "test.names".into(),
            confidence: 0.95,
        });
    }

    pub fn event(&mut self, mut event: Event, fill: impl FnOnce(&Self, &mut Event)) {
        fill(self, &mut event);
        self.case.events.push(event);
    }

    pub fn act(
        &mut self,
        mut event: Event,
        act_type: ActType,
        outcomes: &[ActClass],
        body: &str,
        status: StandingStatus,
        fill: impl FnOnce(&Self, &mut Event, &mut ActOfCase),
    ) {
        event.kind = act_type.name().into();
        let body = self.case.actors.iter().find(|actor| actor.id == body);
        if let Some(body) = body {
            event.actors.push(ActorRole { actor: body.id.clone(), role: Role::Agent });
        }
        let proceeding = match event.id.as_str() {
            "e-bill" => "p-bill",
            "e-esterhazy" => "p-esterhazy",
            _ => "p-criminal",
        };
        let mut act = ActOfCase {
            act_type,
            body: body.map(|body| body.id.clone()),
            body_name: body.map(|body| body.name.clone()),
            outcomes: outcomes.to_vec(),
            object: None,
            terms: Vec::new(),
            dates: ActDatesOfCase::default(),
            docket: None,
            effects: vec![],
            standing: Standing { status, request: None, as_of: self.case.as_of, because: vec![] },
            proceeding: Some(proceeding.into()),
        };
        fill(self, &mut event, &mut act);
        act.dates.act = event.when.clone().map(Box::new);
        if act.standing.because.is_empty() {
            let words = format!(
                "Nothing in the sources changes it after {}.",
                event.when.as_ref().map_or("it", |when| when.edtf.as_str())
            );
            act.standing.because =
                vec![self.because(&words, Some(&event.id), EdgeBasis::Derived, event.passages.clone())];
        }
        event.act = Some(Box::new(act));
        self.case.events.push(event);
    }

    pub fn date(&mut self, source: usize, words: &str, edtf: &str, role: DateRole, note: Option<&str>) {
        let passage = self.at(source, words);
        self.push_date(passage, TimexKind::Date, edtf, Edtf::parse(edtf).ok(), role, note);
    }

    pub fn duration(&mut self, source: usize, words: &str, value: &str) {
        let passage = self.at(source, words);
        self.push_date(passage, TimexKind::Duration, value, None, DateRole::Other, None);
    }

    fn push_date(
        &mut self,
        passage: Passage,
        kind: TimexKind,
        value: &str,
        edtf: Option<Edtf>,
        role: DateRole,
        note: Option<&str>,
    ) {
        self.case.dates.push(CaseDate {
            passage,
            kind,
            value: value.into(),
            modifier: None,
            edtf,
            interval: None,
            role,
            note: note.map(Into::into),
            made_by: "test.date".into(),
            confidence: 1.0,
        });
    }

    /// The case, with the dates of its events among its temporal expressions.
    pub fn finish(mut self) -> Case {
        for event in self.case.events.clone() {
            if let Some((when, passage)) = event.when.and_then(|when| Some((when.edtf, when.passage?)))
                && !self.case.dates.iter().any(|date| date.passage == passage)
            {
                let value = when.as_str().to_owned();
                self.push_date(passage, TimexKind::Date, &value, Some(when), DateRole::Event, None);
            }
        }
        let order: Vec<SourceId> = self.case.sources.iter().map(|source| source.id.clone()).collect();
        let rank = |id: &SourceId| order.iter().position(|other| other == id);
        self.case.dates.sort_by_key(|date| (rank(&date.passage.source), date.passage.span));
        self.case
    }
}
