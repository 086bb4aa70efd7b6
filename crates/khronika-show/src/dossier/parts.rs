//! The parts of the page, each by itself, for a workspace that shows them on pages of their own.

use std::ops::Range;
use std::sync::Arc;

use khronika_core::{Actor, Case, CaseDate, Event, Judged, Passage, SourceId, Span};
use maud::{Markup, html};

use super::address::Pages;
use super::sources::Threads;
use super::view::View;
use super::{chronology, conflicts, dates, deadlines, judgments, people, proceedings, shape, sources, summary, view};
use crate::Language;
use crate::place::Place;
use crate::words::Words;

/// A case got ready to be shown in parts. Links lead to the pages of the workspace: an event is at `/event/ID`, an actor at `/actor/ID`,
/// a source at `/source/ID`, and everything else in the list of its kind, at `/deadlines?at=ID#ID`.
pub struct Parts<'a> {
    view: View<'a>,
    threads: Arc<Threads>,
    dates: Arc<Vec<(&'a CaseDate, Place<'a>)>>,
}

impl<'a> Parts<'a> {
    /// Gets a case ready, to be shown in English; reads every text once.
    #[must_use]
    pub fn new(case: &'a Case) -> Self {
        let view = View::new(case, Pages::Apart);
        let (dates, _) = dates::unused(&view);
        let threads = Threads::new(&view, &dates);
        Self { view, threads: Arc::new(threads), dates: Arc::new(dates) }
    }

    /// The same in a language. What a case takes to be shown is shared.
    #[must_use]
    pub fn within(&self, language: Language) -> Self {
        Self { view: self.view.within(language), threads: Arc::clone(&self.threads), dates: Arc::clone(&self.dates) }
    }

    /// The words of the parts.
    #[must_use]
    pub const fn words(&self) -> &'static Words {
        self.view.w
    }

    /// The case.
    #[must_use]
    pub const fn case(&self) -> &'a Case {
        self.view.case
    }

    /// The shapes that the other parts refer to: to stand once in each page.
    #[must_use]
    pub fn definitions() -> Markup {
        shape::definitions()
    }

    /// What stands, is pending, is due and conflicts.
    #[must_use]
    pub fn in_short(&self) -> Markup {
        summary::panels(&self.view)
    }

    /// An event with its number.
    #[must_use]
    pub fn event(&self, id: &str) -> Option<(usize, &'a Event)> {
        self.view.event(id)
    }

    /// An event in one line.
    #[must_use]
    pub fn line(&self, event: &'a Event) -> Markup {
        summary::act_line(&self.view, event)
    }

    /// What an event is, in words alone.
    #[must_use]
    pub fn title(&self, event: &'a Event) -> String {
        self.view.titles.title(event).to_string()
    }

    /// The events with these indexes as a table by years; `more` stands under the standing of each.
    #[must_use]
    pub fn chronology(&self, which: &[usize], more: &dyn Fn(&Event) -> Markup) -> Markup {
        let events = which.iter().filter_map(|n| Some((n + 1, self.view.case.events.get(*n)?)));
        chronology::table(&self.view, events, more)
    }

    /// What people said of an event.
    pub fn judged(&self, event: &str) -> impl Iterator<Item = &'a Judged> {
        self.view.judged(event)
    }

    /// What people said of an actor.
    pub fn judged_actor(&self, id: &str) -> impl Iterator<Item = &'a Judged> {
        self.view.case.judgments.iter().filter(move |judged| judged.actors.iter().any(|actor| actor == id))
    }

    /// These judgments as a table; `more` stands behind what each says.
    #[must_use]
    pub fn judgments(&self, which: &[&Judged], more: &dyn Fn(&Judged) -> Markup) -> Markup {
        judgments::table(&self.view, which.iter().copied(), more)
    }

    /// A proceeding: its state, its map and its acts; one of a single act as a line of a list. Nothing where there is no such index.
    #[must_use]
    pub fn proceeding(&self, n: usize) -> Markup {
        html! {
            @if let Some(one) = self.view.case.proceedings.get(n) {
                @if proceedings::is_whole(one) {
                    (proceedings::article(&self.view, n, one))
                } @else {
                    ul.alone { (proceedings::line(&self.view, one)) }
                }
            }
        }
    }

    /// A deadline with its counting.
    #[must_use]
    pub fn deadline(&self, n: usize) -> Markup {
        html! { @if let Some(one) = self.view.case.deadlines.get(n) { (deadlines::article(&self.view, n, one)) } }
    }

    /// A conflict with the words of its sides.
    #[must_use]
    pub fn conflict(&self, n: usize) -> Markup {
        html! { @if let Some(one) = self.view.case.conflicts.get(n) { (conflicts::article(&self.view, n, one)) } }
    }

    /// A letter with those who signed.
    #[must_use]
    pub fn letter(&self, n: usize) -> Markup {
        html! { @if let Some(one) = self.view.case.letters.get(n) { (people::letter(&self.view, n, one)) } }
    }

    /// The ids of all actors, the most often named first.
    pub fn named(&self) -> impl Iterator<Item = &'a str> {
        self.view.named().iter().map(|actor| actor.id.as_str())
    }

    /// A table of these actors.
    #[must_use]
    pub fn actors(&self, ids: &[&str]) -> Markup {
        let actors: Vec<_> = ids.iter().filter_map(|id| self.view.actor(id)).collect();
        people::actor_table(&self.view, &actors)
    }

    /// An actor.
    #[must_use]
    pub fn actor(&self, id: &str) -> Option<&'a Actor> {
        self.view.actor(id)
    }

    /// Every form of an actor's name, and why they are taken for one.
    #[must_use]
    pub fn actor_names(&self, actor: &Actor) -> Markup {
        people::written(&self.view, actor)
    }

    /// Where an actor is named.
    #[must_use]
    pub fn actor_mentions(&self, actor: &Actor) -> Markup {
        people::mentions(&self.view, actor)
    }

    /// The statements with these indexes as a table.
    #[must_use]
    pub fn statements(&self, which: &[usize]) -> Markup {
        people::statement_table(&self.view, which.iter().copied())
    }

    /// How many dates belong to no event.
    #[must_use]
    pub fn other_dates(&self) -> usize {
        self.dates.len()
    }

    /// A table of dates that belong to no event.
    #[must_use]
    pub fn dates(&self, which: Range<usize>) -> Markup {
        dates::table(&self.view, self.dates.get(which).unwrap_or_default())
    }

    /// The place in [`Self::dates`] of the date whose row has this anchor.
    #[must_use]
    pub fn date_at(&self, anchor: &str) -> Option<usize> {
        self.dates.iter().position(|(_, place)| dates::date_anchor(place) == anchor)
    }

    /// The problems with these indexes as a table.
    #[must_use]
    pub fn problems(&self, which: Range<usize>) -> Markup {
        dates::problem_table(&self.view, which)
    }

    /// The index of a source.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<usize> {
        self.view.source(id)
    }

    /// What is known of a source, in a line.
    #[must_use]
    pub fn source_meta(&self, n: usize) -> Markup {
        html! { @if let Some(source) = self.view.case.sources.get(n) { (sources::meta(&self.view, source)) } }
    }

    /// The stretches of the text of a source that are shown one at a time, in order. There is one at least, but for an index that is none.
    #[must_use]
    pub fn leaves(&self, n: usize) -> Vec<Span> {
        self.view.case.sources.get(n).map(|source| sources::leaves(source)).unwrap_or_default()
    }

    /// A stretch of the text of a source with its findings marked.
    #[must_use]
    pub fn leaf(&self, n: usize, leaf: Span) -> Markup {
        html! {
            @if let Some(source) = self.view.case.sources.get(n) {
                (sources::leaf(&self.view, &self.threads, &self.dates, (n, source), leaf))
            }
        }
    }

    /// What is marked within a stretch of the text of a source, in order: each with the names by which the style tells marks apart.
    #[must_use]
    pub fn marks(&self, n: usize, stretch: Span) -> Vec<(Span, Vec<&'static str>)> {
        let threads = self.threads.of(&self.view, &self.dates, n, &[stretch]);
        threads.into_iter().map(|thread| (thread.span, thread.classes)).collect()
    }

    /// The byte at which a character of a source begins; the end of its text for one past it.
    #[must_use]
    pub fn byte_at(&self, n: usize, character: usize) -> usize {
        let text = self.view.case.sources.get(n).map_or("", |source| &source.text);
        text.char_indices().nth(character).map_or(text.len(), |(byte, _)| byte)
    }

    /// What the marks in a text mean.
    #[must_use]
    pub fn legend(&self) -> Markup {
        sources::legend(&self.view)
    }

    /// The events that a source tells, by their indexes, in the order in which it first tells them, each with the first passage.
    #[must_use]
    pub fn told_by(&self, source: &SourceId) -> Vec<(usize, &'a Passage)> {
        let near = self.view.texts.index(source).into_iter().flat_map(|n| self.threads.events(n));
        let mut told: Vec<_> = near
            .filter_map(|n| {
                let passages = &self.view.case.events.get(n)?.passages;
                let here = passages.iter().filter(|passage| passage.source == *source);
                here.min_by_key(|passage| passage.span).map(|first| (n, first))
            })
            .collect();
        told.sort_by_key(|(n, passage)| (passage.span, *n));
        told
    }

    /// The address of a passage's words.
    #[must_use]
    pub fn address(&self, passage: &Passage) -> Option<String> {
        self.view.address(&self.view.texts.place(passage)?)
    }

    /// A passage's words, with the place they come from.
    #[must_use]
    pub fn quote(&self, passage: &Passage) -> Markup {
        html! { @if let Some(place) = self.view.texts.place(passage) { (self.view.quote(&place)) } }
    }
}

/// An id as it stands in an address and as an anchor.
#[must_use]
pub fn anchor(id: &str) -> String {
    view::anchor(id)
}
