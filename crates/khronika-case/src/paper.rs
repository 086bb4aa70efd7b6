//! A document for tests, made of a text and the places in it that a finder would have marked.

use khronika_core::{
    ActClass, ActDates, ActFinding, ActIx, ActMention, ActType, ActorKind, Basis, Block, BlockKind, CountFinding,
    Counted, DateIx, DateRole, Edtf, EffectFinding, EffectKind, EventFinding, EventStatus, Findings, Lang, LocalActor,
    Mention, MentionIx, NameRelation, Participant, PeriodFinding, PeriodStart, Role, Source, SourceId, Span, TimeExpr,
    TimexKind, stable_id,
};

/// A document with what is found in it. Words are given as they stand in the text; the first place is meant.
pub(crate) struct Paper {
    pub(crate) source: Source,
    pub(crate) found: Findings,
}

impl Paper {
    pub(crate) fn new(name: &str, lang: &str, text: &str) -> Self {
        let lang = Lang::new(lang).unwrap();
        let id = SourceId::new(&stable_id("s", &[text]));
        let source = Source {
            id: id.clone(),
            name: name.to_owned(),
            sha256: String::new(),
            blake3: String::new(),
            size: text.len() as u64,
            media_type: "text/plain".to_owned(),
            encoding: "UTF-8".to_owned(),
            lang,
            langs: vec![lang],
            text: text.to_owned(),
            blocks: vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph, lang }],
            meta_date: None,
            layout: khronika_core::Layout::default(),
            part_of: None,
        };
        Self { source, found: Findings::empty(id) }
    }

    pub(crate) fn span(&self, words: &str) -> Span {
        let at = self.source.text.find(words).unwrap_or_else(|| panic!("“{words}” is not in {}", self.source.name));
        Span::new(at, at + words.len())
    }

    pub(crate) fn date(&mut self, words: &str, edtf: &str) -> DateIx {
        self.timex(words, edtf, TimexKind::Date)
    }

    pub(crate) fn length(&mut self, words: &str, value: &str) -> DateIx {
        self.timex(words, value, TimexKind::Duration)
    }

    fn timex(&mut self, words: &str, value: &str, kind: TimexKind) -> DateIx {
        let span = self.span(words);
        self.found.dates.push(TimeExpr {
            span,
            kind,
            value: value.to_owned(),
            modifier: None,
            edtf: (kind == TimexKind::Date).then(|| Edtf::parse(value).unwrap()),
            interval: None,
            role: DateRole::Event,
            basis: Basis::Stated,
            anchor: None,
            confidence: 1.0,
            note: None,
            made_by: "test.date".to_owned(),
        });
        self.found.dates.len() - 1
    }

    /// The date that the document bears.
    pub(crate) fn dated(&mut self, words: &str, edtf: &str) -> DateIx {
        let ix = self.date(words, edtf);
        self.found.dates[ix].role = DateRole::Publication;
        self.found.document_date = Some(ix);
        ix
    }

    pub(crate) fn person(&mut self, words: &str, name: &str) -> MentionIx {
        self.actor(words, name, ActorKind::Person, None)
    }

    pub(crate) fn court(&mut self, words: &str, name: &str) -> MentionIx {
        self.actor(words, name, ActorKind::Court, None)
    }

    pub(crate) fn known(&mut self, words: &str, name: &str, row: &str) -> MentionIx {
        self.actor(words, name, ActorKind::Court, Some(row))
    }

    pub(crate) fn actor(&mut self, words: &str, name: &str, kind: ActorKind, row: Option<&str>) -> MentionIx {
        let span = self.span(words);
        let known = self.found.actors.iter().position(|a| a.name == name);
        let actor = known.unwrap_or_else(|| {
            self.found.actors.push(LocalActor {
                name: name.to_owned(),
                kind,
                known_as: row.map(str::to_owned),
                forms: vec![(name.to_owned(), NameRelation::Main)],
                made_by: "test.actor".to_owned(),
                confidence: 1.0,
            });
            self.found.actors.len() - 1
        });
        let form = (words.to_owned(), NameRelation::Short);
        if words != name && !self.found.actors[actor].forms.contains(&form) {
            self.found.actors[actor].forms.push(form);
        }
        self.found.mentions.push(Mention { span, actor });
        self.found.mentions.len() - 1
    }

    /// An act told in these words.
    pub(crate) fn act(&mut self, words: &str, act_type: ActType, classes: &[ActClass]) -> Telling<'_> {
        let span = self.span(words);
        self.found.acts.push(ActFinding {
            trigger: span,
            span,
            mention: ActMention::Told,
            act_type,
            classes: classes.to_vec(),
            body: None,
            body_words: None,
            about_words: None,
            participants: Vec::new(),
            object: None,
            terms: Vec::new(),
            dates: ActDates::default(),
            docket: None,
            status: EventStatus::Actual,
            effects: Vec::new(),
            same_as: None,
            own: false,
            pending: None,
            final_words: None,
            periods: Vec::new(),
            said_by: Vec::new(),
            engine: None,
            made_by: "test.act".to_owned(),
            confidence: 1.0,
        });
        let ix = self.found.acts.len() - 1;
        Telling { paper: self, ix }
    }

    pub(crate) fn event(&mut self, words: &str, date: DateIx, who: &[MentionIx]) {
        let span = self.span(words);
        self.found.events.push(EventFinding {
            span,
            date,
            participants: who.iter().map(|m| Participant { mention: *m, role: Role::Named }).collect(),
            status: EventStatus::Actual,
            said_by: Vec::new(),
            made_by: "test.event".to_owned(),
            confidence: 1.0,
        });
    }

    pub(crate) fn count(&mut self, words: &str, number: f64, bound: Counted, thing: &str, date: Option<DateIx>) {
        let span = self.span(words);
        self.found.counts.push(CountFinding {
            span,
            clause: span,
            number,
            bound,
            thing: thing.to_owned(),
            date,
            made_by: "test.count".to_owned(),
        });
    }
}

/// An act that is being described.
pub(crate) struct Telling<'a> {
    paper: &'a mut Paper,
    ix: ActIx,
}

impl Telling<'_> {
    fn act(&mut self) -> &mut ActFinding {
        &mut self.paper.found.acts[self.ix]
    }

    pub(crate) fn referred(mut self) -> Self {
        self.act().mention = ActMention::Referred;
        self
    }

    pub(crate) fn status(mut self, status: EventStatus) -> Self {
        self.act().status = status;
        self
    }

    pub(crate) fn on(mut self, date: DateIx) -> Self {
        self.act().dates.act = Some(date);
        self
    }

    pub(crate) fn served(mut self, date: DateIx) -> Self {
        self.act().dates.service = Some(date);
        self
    }

    pub(crate) fn by(mut self, body: MentionIx) -> Self {
        self.act().body = Some(body);
        self
    }

    pub(crate) fn about(self, who: MentionIx) -> Self {
        self.part(who, Role::Subject)
    }

    pub(crate) fn part(mut self, who: MentionIx, role: Role) -> Self {
        self.act().participants.push(Participant { mention: who, role });
        self
    }

    pub(crate) fn object(mut self, words: &str) -> Self {
        let span = self.paper.span(words);
        self.act().object = Some(span);
        self
    }

    pub(crate) fn docket(mut self, number: &str) -> Self {
        self.act().docket = Some(number.to_owned());
        self
    }

    pub(crate) fn effect(mut self, effect: EffectKind, target: Option<ActIx>) -> Self {
        let span = self.act().span;
        let because = "named in the same clause".to_owned();
        self.act().effects.push(EffectFinding { effect, target, span, stated: true, because });
        self
    }

    pub(crate) fn same_as(mut self, other: ActIx) -> Self {
        self.act().same_as = Some((other, "“the order” is the order just told".to_owned()));
        self
    }

    pub(crate) fn pending(mut self, body: Option<MentionIx>, words: &str) -> Self {
        let span = self.paper.span(words);
        self.act().pending = Some((body, span));
        self
    }

    pub(crate) fn within(mut self, length: DateIx, what: &str, class: Option<ActClass>, from: PeriodStart) -> Self {
        let (what, span) = (self.paper.span(what), self.paper.found.dates[length].span);
        self.act().periods.push(PeriodFinding { span, date: length, what, class, from });
        self
    }

    pub(crate) const fn ix(&self) -> ActIx {
        self.ix
    }
}
