//! Every source in full, its findings highlighted and linked to their entries.

use std::collections::BTreeMap;

use khronika_core::{
    Because, BlockKind, CaseDate, CaseLetter, Event, EventStatus, Passage, ProceedingState, Source, SourceId, Span,
    When,
};
use maud::{Markup, html};

use super::address::Part;
use super::dates::{date_anchor, problem_anchor};
use super::people::{letter_anchor, signatory_anchor, statement_label};
use super::view::{View, anchor, limit, place_anchor};
use super::weave::{self, Loom, Thread};
use super::{conflicts, deadlines};
use crate::place::Place;
use crate::words::key;

/// Which findings are over each source, so that what marks a text is made when that text is shown: all of it at once would take more
/// memory than the case.
pub(super) struct Threads {
    by_source: Vec<Vec<Item>>,
}

/// A finding, by its index among those of its kind. Marks are made in the order in which these stand here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Event(u32),
    Actor(u32),
    Statement(u32),
    Letter(u32),
    Deadline(u32),
    Conflict(u32),
    Proceeding(u32),
    Date(u32),
    Problem(u32),
}

/// Dates that belong to no event, with their places.
type Dates<'a, 'b> = &'b [(&'a CaseDate, Place<'a>)];

impl Threads {
    /// Takes down for each source what the page says of it.
    pub(super) fn new(view: &View<'_>, dates: Dates<'_, '_>) -> Self {
        let (case, rows) = (view.case, view.rows());
        let mut threads = Self { by_source: vec![Vec::new(); case.sources.len()] };
        for (number, event) in view.events() {
            threads.over(view, of_event(event), Item::Event, number - 1);
        }
        for (n, actor) in view.named().iter().enumerate() {
            threads.over(view, &actor.mentions, Item::Actor, n);
        }
        for (n, one) in case.statements.iter().enumerate().take(rows) {
            threads.over(view, one.passages.iter().chain(&one.evidence), Item::Statement, n);
        }
        for (n, letter) in case.letters.iter().enumerate().take(rows) {
            threads.at(letter.source, Item::Letter, n);
            threads.over(view, passage_of(letter.date.as_ref()), Item::Letter, n);
        }
        for (n, deadline) in case.deadlines.iter().enumerate().take(rows) {
            threads.over(view, &deadline.passages, Item::Deadline, n);
        }
        for (n, conflict) in case.conflicts.iter().enumerate().take(rows) {
            threads.over(view, &conflict.passages, Item::Conflict, n);
        }
        for (n, proceeding) in case.proceedings.iter().enumerate() {
            threads.over(view, &proceeding.passages, Item::Proceeding, n);
        }
        for (n, (_, place)) in dates.iter().enumerate() {
            threads.at(place.index, Item::Date, n);
        }
        for (n, problem) in case.problems.iter().enumerate().take(rows) {
            if let Some(source) = problem.source.as_ref().and_then(|id| view.texts.index(id)) {
                threads.at(source, Item::Problem, n);
            }
        }
        threads
    }

    fn over<'p>(
        &mut self,
        view: &View<'_>,
        passages: impl IntoIterator<Item = &'p Passage>,
        item: fn(u32) -> Item,
        n: usize,
    ) {
        for source in passages.into_iter().filter_map(|passage| view.texts.index(&passage.source)) {
            self.at(source, item, n);
        }
    }

    fn at(&mut self, source: usize, item: fn(u32) -> Item, n: usize) {
        let (Some(list), Ok(n)) = (self.by_source.get_mut(source), u32::try_from(n)) else { return };
        // All passages of a finding are gone through before the next finding.
        if list.last() != Some(&item(n)) {
            list.push(item(n));
        }
    }

    /// The events that have something to do with a source, by their indexes.
    pub(super) fn events(&self, source: usize) -> impl Iterator<Item = usize> {
        let items = self.by_source.get(source).into_iter().flatten();
        items.filter_map(|item| if let Item::Event(n) = item { usize::try_from(*n).ok() } else { None })
    }

    /// The threads of a source that begin within its windows, in order.
    pub(super) fn of(&self, view: &View<'_>, dates: Dates<'_, '_>, source: usize, windows: &[Span]) -> Vec<Thread> {
        let Some(id) = view.case.sources.get(source).map(|source| &source.id) else { return Vec::new() };
        let mut over = Over { source, id, threads: BTreeMap::new() };
        for item in self.by_source.get(source).into_iter().flatten() {
            over.item(view, dates, *item);
        }
        let within = |thread: &Thread| {
            let n = windows.partition_point(|window| window.start <= thread.span.start);
            let window = n.checked_sub(1).and_then(|n| windows.get(n));
            window.is_some_and(|window| {
                thread.span.start < window.end || (thread.span.is_empty() && thread.span.start == window.end)
            })
        };
        let mut threads: Vec<Thread> = over.threads.into_values().filter(within).collect();
        weave::order(&mut threads);
        threads
    }
}

/// All passages that an event rests on.
fn of_event(event: &Event) -> impl Iterator<Item = &Passage> {
    let act = event.act.iter();
    let of_act = act.flat_map(|act| {
        because(&act.standing.because)
            .chain(act.effects.iter().flat_map(|effect| &effect.passages))
            .chain(act.terms.iter().map(|term| &term.passage))
    });
    event.passages.iter().chain(passage_of(event.when.as_ref())).chain(because(&event.inferred_from)).chain(of_act)
}

fn because(steps: &[Because]) -> impl Iterator<Item = &Passage> {
    steps.iter().flat_map(|step| &step.passages)
}

fn passage_of(when: Option<&When>) -> Option<&Passage> {
    when.and_then(|when| when.passage.as_ref())
}

/// Where a mark leads: address, label and what is said of it.
type Reference = (String, String, String);

/// What is over the text of one source.
struct Over<'a> {
    source: usize,
    id: &'a SourceId,
    threads: BTreeMap<Span, Thread>,
}

impl Over<'_> {
    fn item(&mut self, view: &View<'_>, dates: Dates<'_, '_>, item: Item) {
        let case = view.case;
        let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let mark = |key: &str| view.w.t(key).to_owned();
        match item {
            Item::Event(n) => {
                if let Some(event) = case.events.get(at(n)) {
                    self.event(view, at(n), event);
                }
            }
            Item::Actor(n) => {
                if let Some(actor) = view.named().get(at(n)) {
                    for place in self.places(view, &actor.mentions) {
                        self.narrow(&place, "ac", view.to(Part::Actor, &actor.id));
                    }
                }
            }
            Item::Statement(n) => {
                if let Some(one) = case.statements.get(at(n)) {
                    let reference = (view.to(Part::Statement, &one.id), statement_label(at(n)), mark("mark-statement"));
                    let (whole, content) = one.passages.split_at(one.passages.len().min(1));
                    self.passages(view, whole, if content.is_empty() { "sa" } else { "st" }, Some(&reference));
                    self.passages(view, content, "sa", None);
                    self.passages(view, &one.evidence, "be", None);
                }
            }
            Item::Letter(n) => {
                if let Some(letter) = case.letters.get(at(n)) {
                    self.letter(view, at(n), letter);
                }
            }
            Item::Deadline(n) => {
                if let Some(deadline) = case.deadlines.get(at(n)) {
                    let reference =
                        (view.to(Part::Deadline, &deadline.id), deadlines::label(at(n)), mark("mark-deadline"));
                    self.passages(view, &deadline.passages, "dl", Some(&reference));
                }
            }
            Item::Conflict(n) => {
                if let Some(conflict) = case.conflicts.get(at(n)) {
                    let reference =
                        (view.to(Part::Conflict, &conflict.id), conflicts::label(at(n)), mark("mark-conflict"));
                    self.passages(view, &conflict.passages, "cf", Some(&reference));
                }
            }
            Item::Proceeding(n) => {
                if let Some(one) = case.proceedings.get(at(n)) {
                    // The passages of another state are those of the proceeding's acts, which are marked already.
                    let pending = matches!(one.state, ProceedingState::Pending { .. });
                    let reference =
                        (view.to(Part::Proceeding, &one.id), mark("mark-pending"), view.proceeding(one).into_owned());
                    self.passages(view, &one.passages, "be", pending.then_some(&reference));
                }
            }
            Item::Date(n) => {
                if let Some((_, place)) = dates.get(at(n)) {
                    self.narrow(place, "da", view.pages.to(Part::Date, &date_anchor(place)));
                }
            }
            Item::Problem(n) => {
                if let Some(problem) = case.problems.get(at(n)) {
                    let place = problem.source.as_ref().zip(problem.span);
                    let place = place.map(|(id, span)| Passage::new(id.clone(), span));
                    let reference =
                        (view.pages.to(Part::Problem, &problem_anchor(at(n))), "!".to_owned(), problem.what.clone());
                    self.passages(view, place.as_slice(), "pr", Some(&reference));
                }
            }
        }
    }

    fn event(&mut self, view: &View<'_>, n: usize, event: &Event) {
        let number = view.w.grouped(n + 1);
        let reference = (view.to(Part::Event, &event.id), number.clone(), event.what.clone());
        let class = if event.status == EventStatus::Actual { "ev" } else { "nev" };
        self.passages(view, &event.passages, class, Some(&reference));
        if let Some(place) = passage_of(event.when.as_ref()).and_then(|passage| view.texts.place(passage)) {
            self.narrow(&place, "da", view.to(Part::Event, &event.id));
        }
        self.because(view, &event.inferred_from);
        let Some(act) = &event.act else { return };
        self.because(view, &act.standing.because);
        for term in &act.terms {
            self.passages(view, std::slice::from_ref(&term.passage), "be", None);
        }
        for effect in &act.effects {
            let target =
                effect.on.as_ref().and_then(|id| view.event(id)).map_or("?".to_owned(), |(n, _)| view.w.grouped(n));
            let what = view.w.fill("effect-on", &[("effect", view.w.effect(effect.effect)), ("act", &target)]);
            let reference = (view.to(Part::Event, &event.id), format!("{number}→{target}"), what);
            self.passages(view, &effect.passages, "ef", Some(&reference));
        }
    }

    /// Reasons only need their places to be anchored: the finding that they are of is marked already.
    fn because(&mut self, view: &View<'_>, steps: &[Because]) {
        for step in steps {
            self.passages(view, &step.passages, "be", None);
        }
    }

    fn letter(&mut self, view: &View<'_>, n: usize, letter: &CaseLetter) {
        let at = |span: &Span| view.texts.place_in(letter.source, *span);
        let address = view.pages.to(Part::Letter, &letter_anchor(n));
        let mark = |key: &str| view.w.t(key).to_owned();
        for (spans, label) in [(&letter.addressees, "mark-to"), (&letter.demands, "mark-asks")] {
            for place in spans.iter().filter_map(at) {
                self.wide(&place, "le", Some(&(address.clone(), mark(label), mark("mark-letter"))));
            }
        }
        if let Some(place) = passage_of(letter.date.as_ref()).and_then(|passage| view.texts.place(passage)) {
            self.narrow(&place, "da", address);
        }
        for (k, one) in letter.signatories.iter().enumerate().take(view.rows()) {
            if let Some(place) = at(&one.span) {
                let address = view.pages.to(Part::Letter, &signatory_anchor(n, k));
                let reference =
                    (address, view.w.fill("mark-signed", &[("number", &(k + 1).to_string())]), mark("mark-signatory"));
                self.wide(&place, "sg", Some(&reference));
            }
        }
    }

    /// The places of those passages that stand in this source.
    fn places<'a>(&self, view: &View<'a>, passages: &[Passage]) -> Vec<Place<'a>> {
        let here = passages.iter().filter(|passage| passage.source == *self.id);
        here.filter_map(|passage| view.texts.place_in(self.source, passage.span)).collect()
    }

    fn passages(&mut self, view: &View<'_>, passages: &[Passage], class: &'static str, reference: Option<&Reference>) {
        for place in self.places(view, passages) {
            self.wide(&place, class, reference);
        }
    }

    fn wide(&mut self, place: &Place<'_>, class: &'static str, reference: Option<&Reference>) {
        let Some(thread) = self.thread(place, class) else { return };
        if let Some(reference) = reference
            && !thread.references.iter().any(|(address, label, _)| (address, label) == (&reference.0, &reference.1))
        {
            thread.references.push(reference.clone());
        }
    }

    fn narrow(&mut self, place: &Place<'_>, class: &'static str, link: String) {
        if let Some(thread) = self.thread(place, class) {
            thread.link.get_or_insert(link);
        }
    }

    /// The thread at a place; none where that is in another source.
    fn thread(&mut self, place: &Place<'_>, class: &'static str) -> Option<&mut Thread> {
        let thread = (place.index == self.source).then(|| {
            self.threads.entry(place.span).or_insert_with(|| Thread {
                span: place.span,
                anchor: place_anchor(place),
                ..Thread::default()
            })
        })?;
        if !thread.classes.contains(&class) {
            thread.classes.push(class);
        }
        Some(thread)
    }
}

/// The section.
pub(super) fn section(view: &View<'_>, threads: &Threads, dates: Dates<'_, '_>) -> Markup {
    let sources = &view.case.sources;
    let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
    html! {
        section id="sources" aria-labelledby="sources-head" {
            (view.head("sources", sources.len()))
            @if !view.is_full() {
                p.note {
                    strong { (view.w.t("not-in-full")) } " "
                    (view.say("sources-cut", &[
                        ("bytes", html! { (view.w.grouped(bytes)) }),
                        ("shown", html! { (view.w.grouped(view.sources().count())) }),
                        ("sources", html! { (view.w.n("count-sources", sources.len())) }),
                        ("file", html! { code { "case.json" } }),
                    ]))
                }
            }
            (legend(view))
            @for (n, source) in view.sources() { (one(view, threads, dates, n, source)) }
        }
    }
}

/// What the marks in a text mean.
pub(super) fn legend(view: &View<'_>) -> Markup {
    let marks = ["ev", "nev", "ef", "sa", "cf", "dl", "da", "ac"];
    let shown = view.list(&marks, |class| html! { span class=(class) { (view.w.t(&key("legend", class))) } });
    html! { p.legend { (view.say("legend", &[("marks", shown)])) } }
}

fn one(view: &View<'_>, threads: &Threads, dates: Dates<'_, '_>, index: usize, source: &Source) -> Markup {
    let id = anchor(source.id.as_str());
    html! {
        article.source id=(id) aria-labelledby={ (id) ".head" } {
            h3 id={ (id) ".head" } { bdi { (source.name) } }
            (meta(view, source))
            (text(view, threads, dates, index, source))
        }
    }
}

/// What is known of a source, in a line.
pub(super) fn meta(view: &View<'_>, source: &Source) -> Markup {
    let w = view.w;
    html! {
        p.meta {
            (w.name_of_language(source.lang.code())) " · " (source.media_type) " · "
            @if !source.encoding.is_empty() { (source.encoding) " · " }
            @if !source.layout.pages.is_empty() { (w.n("count-pages", source.layout.pages.len())) " · " }
            @if let Some(around) = source.part_of.as_ref().and_then(|id| view.source(id.as_str())) {
                (view.say("inside-of", &[("source", view.source_link(around))])) " · "
            }
            (w.n("count-bytes", usize::try_from(source.size).unwrap_or(usize::MAX))) " · SHA-256 " code { (source.sha256) }
        }
    }
}

/// The text of a source, as far as it is shown, with its findings marked.
fn text(view: &View<'_>, threads: &Threads, dates: Dates<'_, '_>, index: usize, source: &Source) -> Markup {
    stretches(view, threads, dates, (index, source), &view.windows(index))
}

/// A stretch of the text of a source, with its findings marked.
pub(super) fn leaf(
    view: &View<'_>,
    threads: &Threads,
    dates: Dates<'_, '_>,
    source: (usize, &Source),
    leaf: Span,
) -> Markup {
    stretches(view, threads, dates, source, &[leaf])
}

/// The stretches of a text that are shown one at a time, in order: one, where it is no longer than a page can be.
pub(super) fn leaves(source: &Source) -> Vec<Span> {
    let mut leaves = Vec::new();
    let mut start = 0;
    for block in &source.blocks {
        if block.span.start >= start + limit::LEAF {
            leaves.push(Span::new(start, block.span.start));
            start = block.span.start;
        }
    }
    leaves.push(Span::new(start, source.text.len()));
    leaves
}

fn stretches(
    view: &View<'_>,
    threads: &Threads,
    dates: Dates<'_, '_>,
    (index, source): (usize, &Source),
    windows: &[Span],
) -> Markup {
    let id = anchor(source.id.as_str());
    let woven = threads.of(view, dates, index, windows);
    let mut loom = Loom::new(&source.text, &woven);
    let mut parts = Vec::new();
    for (n, window) in windows.iter().enumerate() {
        if !view.is_full() && (n > 0 || window.start > 0) {
            parts.push(html! { p.gap { "[…]" } });
        }
        for part in cut(source, *window) {
            let text = loom.weave(part.span);
            parts.push(html! {
                @match part.block {
                    Some((number, kind, lang)) => {
                        p.b.(kind_class(kind)) lang=(lang) dir="auto" {
                            a.pn href={ "#" (id) ".p" (number) } id=[part.first.then(|| format!("{id}.p{number}"))] dir="ltr"
                                aria-label=(view.w.fill("paragraph", &[("number", &number.to_string())])) { (number) }
                            (text)
                        }
                    },
                    None => p.b lang=(source.lang) dir="auto" { (text) },
                }
            });
        }
    }
    html! { div.text { @for part in parts { (part) } } }
}

/// A stretch of text that is one paragraph on the page.
struct Stretch<'a> {
    span: Span,
    /// The block's number, kind and language; `None` for text between blocks.
    block: Option<(usize, BlockKind, &'a str)>,
    /// Whether the block begins here, rather than being cut by a window.
    first: bool,
}

/// Cuts a window into its blocks and what stands between them, white space left out.
fn cut(source: &Source, window: Span) -> Vec<Stretch<'_>> {
    let mut parts = Vec::new();
    let mut at = window.start;
    let between = |parts: &mut Vec<Stretch<'_>>, span: Span| {
        if !span.of(&source.text).trim().is_empty() {
            parts.push(Stretch { span, block: None, first: true });
        }
    };
    let begin = source.blocks.partition_point(|block| block.span.end <= window.start);
    for (n, block) in
        source.blocks.iter().enumerate().skip(begin).take_while(|(_, block)| block.span.start < window.end)
    {
        let span = Span::new(block.span.start.max(at), block.span.end.min(window.end));
        if span.is_empty() {
            continue;
        }
        between(&mut parts, Span::new(at, span.start));
        let first = span.start == block.span.start;
        parts.push(Stretch { span, block: Some((n + 1, block.kind, block.lang.code())), first });
        at = span.end;
    }
    between(&mut parts, Span::new(at, window.end));
    parts
}

const fn kind_class(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Heading => "heading",
        BlockKind::ListItem => "list",
        BlockKind::Footnote => "small",
        BlockKind::Furniture => "furniture",
        BlockKind::Signature => "signature",
        BlockKind::Quote => "quote",
        BlockKind::Paragraph | BlockKind::Salutation | BlockKind::Closing | BlockKind::Table => "plain",
    }
}
