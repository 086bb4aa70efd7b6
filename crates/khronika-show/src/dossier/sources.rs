//! Every source in full, its findings highlighted and linked to their entries.

use std::collections::BTreeMap;

use khronika_core::{BlockKind, CaseDate, EventStatus, Passage, ProceedingState, Source, Span};
use maud::{Markup, html};

use super::address::Part;
use super::dates::{date_anchor, problem_anchor};
use super::people::{letter_anchor, signatory_anchor, statement_label};
use super::view::{View, anchor, place_anchor};
use super::weave::{self, Loom, Thread};
use super::{conflicts, deadlines, words};
use crate::place::Place;

/// The findings over each source.
pub(super) struct Threads {
    by_source: Vec<BTreeMap<Span, Thread>>,
}

impl Threads {
    /// Collects every passage that the page refers to.
    pub(super) fn new(view: &View<'_>, dates: &[(&CaseDate, Place<'_>)]) -> Self {
        let mut threads = Self { by_source: vec![BTreeMap::new(); view.case.sources.len()] };
        threads.events(view);
        threads.people(view);
        for (n, deadline) in view.case.deadlines.iter().enumerate().take(view.rows()) {
            let reference = (view.to(Part::Deadline, &deadline.id), deadlines::label(n), "deadline".to_owned());
            threads.passages(view, &deadline.passages, "dl", Some(&reference));
        }
        for (n, conflict) in view.case.conflicts.iter().enumerate().take(view.rows()) {
            let reference = (view.to(Part::Conflict, &conflict.id), conflicts::label(n), "conflict".to_owned());
            threads.passages(view, &conflict.passages, "cf", Some(&reference));
        }
        for proceeding in &view.case.proceedings {
            // The passages of another state are those of the proceeding's acts, which are marked already.
            let pending = matches!(proceeding.state, ProceedingState::Pending { .. });
            let reference = (view.to(Part::Proceeding, &proceeding.id), "pending".to_owned(), proceeding.title.clone());
            threads.passages(view, &proceeding.passages, "be", pending.then_some(&reference));
        }
        for (_, place) in dates {
            threads.narrow(place, "da", view.pages.to(Part::Date, &date_anchor(place)));
        }
        for (n, problem) in view.case.problems.iter().enumerate().take(view.rows()) {
            let place = problem.source.as_ref().zip(problem.span).map(|(id, span)| Passage::new(id.clone(), span));
            let reference = (view.pages.to(Part::Problem, &problem_anchor(n)), "!".to_owned(), problem.what.clone());
            threads.passages(view, place.as_slice(), "pr", Some(&reference));
        }
        threads
    }

    fn events(&mut self, view: &View<'_>) {
        for (number, event) in view.events() {
            let number = words::grouped(number);
            let reference = (view.to(Part::Event, &event.id), number.clone(), event.what.clone());
            let class = if event.status == EventStatus::Actual { "ev" } else { "nev" };
            self.passages(view, &event.passages, class, Some(&reference));
            if let Some(place) = event.when.as_ref().and_then(|when| view.texts.place(when.passage.as_ref()?)) {
                self.narrow(&place, "da", view.to(Part::Event, &event.id));
            }
            self.because(view, &event.inferred_from);
            let Some(act) = &event.act else { continue };
            self.because(view, &act.standing.because);
            for effect in &act.effects {
                let target =
                    effect.on.as_ref().and_then(|id| view.event(id)).map_or("?".to_owned(), |(n, _)| words::grouped(n));
                let what = format!("{} {target}", words::effect(effect.effect));
                self.passages(
                    view,
                    &effect.passages,
                    "ef",
                    Some(&(view.to(Part::Event, &event.id), format!("{number}→{target}"), what)),
                );
            }
        }
    }

    /// Reasons only need their places to be anchored: the finding that they are of is marked already.
    fn because(&mut self, view: &View<'_>, steps: &[khronika_core::Because]) {
        for step in steps {
            self.passages(view, &step.passages, "be", None);
        }
    }

    fn people(&mut self, view: &View<'_>) {
        for actor in view.named() {
            for place in view.texts.places(&actor.mentions) {
                self.narrow(&place, "ac", view.to(Part::Actor, &actor.id));
            }
        }
        for (n, one) in view.case.statements.iter().enumerate().take(view.rows()) {
            let reference = (view.to(Part::Statement, &one.id), statement_label(n), "statement".to_owned());
            let (whole, content) = one.passages.split_at(one.passages.len().min(1));
            self.passages(view, whole, if content.is_empty() { "sa" } else { "st" }, Some(&reference));
            self.passages(view, content, "sa", None);
            self.passages(view, &one.evidence, "be", None);
        }
        for (n, letter) in view.case.letters.iter().enumerate().take(view.rows()) {
            let at = |span: &Span| view.texts.place_in(letter.source, *span);
            for (spans, label) in [(&letter.addressees, "to"), (&letter.demands, "asks")] {
                for place in spans.iter().filter_map(at) {
                    self.wide(
                        &place,
                        "le",
                        Some(&(view.pages.to(Part::Letter, &letter_anchor(n)), label.to_owned(), "letter".to_owned())),
                    );
                }
            }
            if let Some(place) = letter.date.as_ref().and_then(|when| view.texts.place(when.passage.as_ref()?)) {
                self.narrow(&place, "da", view.pages.to(Part::Letter, &letter_anchor(n)));
            }
            for (k, one) in letter.signatories.iter().enumerate().take(view.rows()) {
                if let Some(place) = at(&one.span) {
                    let reference = (
                        view.pages.to(Part::Letter, &signatory_anchor(n, k)),
                        format!("signed {}", k + 1),
                        "signatory".to_owned(),
                    );
                    self.wide(&place, "sg", Some(&reference));
                }
            }
        }
    }

    fn passages(
        &mut self,
        view: &View<'_>,
        passages: &[Passage],
        class: &'static str,
        reference: Option<&(String, String, String)>,
    ) {
        for place in view.texts.places(passages) {
            self.wide(&place, class, reference);
        }
    }

    fn wide(&mut self, place: &Place<'_>, class: &'static str, reference: Option<&(String, String, String)>) {
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

    fn thread(&mut self, place: &Place<'_>, class: &'static str) -> Option<&mut Thread> {
        let thread = self.by_source.get_mut(place.index)?.entry(place.span).or_insert_with(|| Thread {
            span: place.span,
            anchor: place_anchor(place),
            ..Thread::default()
        });
        if !thread.classes.contains(&class) {
            thread.classes.push(class);
        }
        Some(thread)
    }

    /// The threads of a source that begin within its windows, in order.
    fn of(&self, source: usize, windows: &[Span]) -> Vec<Thread> {
        let all = self.by_source.get(source).into_iter().flatten().map(|(_, thread)| thread);
        let within = |thread: &&Thread| {
            let n = windows.partition_point(|window| window.start <= thread.span.start);
            let window = n.checked_sub(1).and_then(|n| windows.get(n));
            window.is_some_and(|window| {
                thread.span.start < window.end || (thread.span.is_empty() && thread.span.start == window.end)
            })
        };
        let mut threads: Vec<Thread> = all.filter(within).cloned().collect();
        weave::order(&mut threads);
        threads
    }
}

/// The section.
pub(super) fn section(view: &View<'_>, threads: &Threads) -> Markup {
    let sources = &view.case.sources;
    let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
    html! {
        section id="sources" aria-labelledby="sources-head" {
            h2 id="sources-head" { "Sources " span.count { (words::grouped(sources.len())) } }
            @if !view.is_full() {
                p.note {
                    strong { "Not in full." } " The sources hold " (words::grouped(bytes)) " bytes of text, more than one page can carry. \
                    Below stand the passages that findings rest on, with the words around them, of " (words::grouped(view.sources().count())) " of " (words::count(sources.len(), "source", "sources"))
                    ". The full text of every source stands in " code { "case.json" } "."
                }
            }
            (legend())
            @for (n, source) in view.sources() { (one(view, threads, n, source)) }
        }
    }
}

/// What the marks in a text mean.
pub(super) fn legend() -> Markup {
    html! {
        p.legend {
            "Marked: " span.ev { "an event" } ", " span.nev { "one asked for, possible or denied" } ", " span.ef { "what an act does to another" }
            ", " span.sa { "what somebody says" } ", " span.cf { "a conflict" } ", " span.dl { "a period" } ", " span.da { "a date" } ", "
            span.ac { "an actor" } ". Raised numbers lead to the finding."
        }
    }
}

fn one(view: &View<'_>, threads: &Threads, index: usize, source: &Source) -> Markup {
    let id = anchor(source.id.as_str());
    html! {
        article.source id=(id) aria-labelledby={ (id) ".head" } {
            h3 id={ (id) ".head" } { bdi { (source.name) } }
            (meta(view, source))
            (text(view, threads, index, source))
        }
    }
}

/// What is known of a source, in a line.
pub(super) fn meta(view: &View<'_>, source: &Source) -> Markup {
    html! {
        p.meta {
            (words::language(source.lang.code())) " · " (source.media_type) " · "
            @if !source.encoding.is_empty() { (source.encoding) " · " }
            @if !source.layout.pages.is_empty() { (words::count(source.layout.pages.len(), "page", "pages")) " · " }
            @if let Some(around) = source.part_of.as_ref().and_then(|id| view.source(id.as_str())) {
                "inside of " (view.source_link(around)) " · "
            }
            (words::count(usize::try_from(source.size).unwrap_or(usize::MAX), "byte", "bytes")) " · SHA-256 " code { (source.sha256) }
        }
    }
}

/// The text of a source, as far as it is shown, with its findings marked.
pub(super) fn text(view: &View<'_>, threads: &Threads, index: usize, source: &Source) -> Markup {
    let id = anchor(source.id.as_str());
    let windows = view.windows(index);
    let woven = threads.of(index, &windows);
    let mut loom = Loom::new(&source.text, &woven);
    let mut parts = Vec::new();
    for (n, window) in windows.iter().enumerate() {
        if n > 0 || window.start > 0 {
            parts.push(html! { p.gap { "[…]" } });
        }
        for part in cut(source, *window) {
            let text = loom.weave(part.span);
            parts.push(html! {
                @match part.block {
                    Some((number, kind, lang)) => {
                        p.b.(kind_class(kind)) lang=(lang) dir="auto" {
                            a.pn href={ "#" (id) ".p" (number) } id=[part.first.then(|| format!("{id}.p{number}"))] dir="ltr"
                                aria-label={ "paragraph " (number) } { (number) }
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
