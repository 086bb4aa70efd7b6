//! What every part of the page needs: the case with its indexes, what is shown of it, and the few things that recur: a quote, a
//! reference to a place, an actor, an event.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use khronika_core::{Actor, Case, Event, Judged, Lang, Passage, Proceeding, Source, SourceId, Span, When};
use maud::{Markup, html};

use super::address::{Pages, Part};
use super::quote::{around, clipped};
use super::strip;
use crate::Language;
use crate::phrases::Segment;
use crate::place::{Place, Texts};
use crate::title::{Piece, Titles};
use crate::words::{Words, english, key};

/// How much of a case one page can hold and still be read. What is left out is said on the page; `case.json` holds everything.
pub(super) mod limit {
    /// Bytes of text up to which every source is shown in full; above, the passages of findings with the words around them.
    pub(crate) const TEXT: usize = 2_000_000;
    /// Bytes of a text that are shown at once where it has pages of its own, about: it is cut between paragraphs.
    pub(crate) const LEAF: usize = 64 << 10;
    /// Bytes of context on either side of a passage, where sources are not shown in full.
    pub(crate) const CONTEXT: usize = 240;
    /// Events in the chronology.
    pub(crate) const EVENTS: usize = 3_000;
    /// Rows of any other table.
    pub(crate) const ROWS: usize = 1_500;
    /// Linked mentions of one actor.
    pub(crate) const MENTIONS: usize = 40;
    /// Characters of a quote; the rest is one link away.
    pub(crate) const QUOTE: usize = 420;
    /// Characters of a quote so short that the words around it are shown, and how many of those on either side.
    pub(crate) const SHORT: usize = 60;
    pub(crate) const AROUND: usize = 70;
    /// Entries of a panel at the head of the page.
    pub(crate) const PANEL: usize = 8;
    /// Acts on one map.
    pub(crate) const MAP: usize = 60;
}

/// The case as a page shows it, with what every part of it needs: words, indexes, titles, places.
pub(super) struct View<'a> {
    pub(super) case: &'a Case,
    pub(super) pages: Pages,
    /// The words of the page.
    pub(super) w: &'static Words,
    pub(super) texts: Arc<Texts<'a>>,
    pub(super) titles: Titles<'a>,
    index: Arc<Index<'a>>,
}

/// What a case is looked up in, and what of it is shown: the same in every language.
struct Index<'a> {
    actors: BTreeMap<&'a str, &'a Actor>,
    /// Event id → its index in the case.
    events: BTreeMap<&'a str, usize>,
    /// The actors that have a row, the most often named first.
    named: Vec<&'a Actor>,
    /// Their ids.
    has_row: BTreeSet<&'a str>,
    /// Whether an event is in the chronology, by its index.
    chosen: Vec<bool>,
    /// Event id → the judgments that speak of it.
    judged: BTreeMap<&'a str, Vec<&'a Judged>>,
    /// For each source, what of its text is shown; `None` where all of it is.
    windows: Option<Vec<Vec<Span>>>,
}

impl<'a> View<'a> {
    /// Gets a case ready to be shown; reads every text once.
    pub(super) fn new(case: &'a Case, pages: Pages) -> Self {
        let mut named: Vec<&Actor> = case.actors.iter().collect();
        named.sort_by_key(|actor| Reverse(actor.mentions.len()));
        if pages == Pages::One {
            named.truncate(limit::ROWS);
        }
        let mut index = Index {
            actors: case.actors.iter().map(|actor| (actor.id.as_str(), actor)).collect(),
            events: case.events.iter().enumerate().map(|(n, event)| (event.id.as_str(), n)).collect(),
            has_row: named.iter().map(|actor| actor.id.as_str()).collect(),
            named,
            chosen: chosen(&case.events, pages),
            judged: BTreeMap::new(),
            windows: None,
        };
        for judged in &case.judgments {
            for id in &judged.events {
                index.judged.entry(id).or_default().push(judged);
            }
        }
        let texts = Texts::new(&case.sources);
        let bytes = case.sources.iter().map(|source| source.text.len()).sum::<usize>();
        if pages == Pages::One && (bytes > limit::TEXT || case.sources.len() > limit::ROWS) {
            index.windows = Some(windows(case, &texts, &index.chosen));
        }
        Self { case, pages, w: english(), texts: Arc::new(texts), titles: Titles::new(case), index: Arc::new(index) }
    }

    /// The same in a language.
    pub(super) fn within(&self, language: Language) -> Self {
        Self {
            case: self.case,
            pages: self.pages,
            w: language.words(),
            texts: Arc::clone(&self.texts),
            titles: self.titles.within(language),
            index: Arc::clone(&self.index),
        }
    }

    /// A phrase with markup in the place of its variables.
    pub(super) fn say(&self, key: &str, with: &[(&str, Markup)]) -> Markup {
        let found = |name: &str| {
            let found = with.iter().find(|(variable, _)| *variable == name);
            debug_assert!(found.is_some(), "{key} is said without its {name}");
            found.map(|(_, markup)| markup)
        };
        html! {
            @for part in self.w.parts(key) {
                @match part {
                    Segment::Text(text) => (text),
                    Segment::Variable(name) => { @if let Some(markup) = found(name) { (markup) } }
                }
            }
        }
    }

    /// What the program says in English whatever the language of the page: it is part of the case.
    pub(super) fn english(&self, text: &str) -> Markup {
        html! { @match self.w.foreign() { Some(lang) => span lang=(lang) { (text) }, None => (text) } }
    }

    /// Words of a source between quotation marks.
    pub(super) fn quoted(&self, words: &Markup) -> Markup {
        html! { (self.w.t("quote-open")) (words) (self.w.t("quote-close")) }
    }

    /// The heading of a section with the number of its entries.
    pub(super) fn head(&self, section: &str, count: usize) -> Markup {
        html! {
            h2 id={ (section) "-head" } { (self.w.t(&key("part", section))) " " span.count { (self.w.grouped(count)) } }
        }
    }

    /// Things in a row.
    pub(super) fn list<T>(&self, all: &[T], show: impl Fn(&T) -> Markup) -> Markup {
        html! { @for (n, one) in all.iter().enumerate() { @if n > 0 { ", " } (show(one)) } }
    }

    /// The address of the part with this id.
    pub(super) fn to(&self, part: Part, id: &str) -> String {
        self.pages.to_id(part, id)
    }

    /// How many rows a table has at most.
    pub(super) const fn rows(&self) -> usize {
        match self.pages {
            Pages::One => limit::ROWS,
            Pages::Apart => usize::MAX,
        }
    }

    /// The events of the chronology with their numbers, in order.
    pub(super) fn events(&self) -> impl Iterator<Item = (usize, &'a Event)> {
        let events = self.case.events.iter().enumerate();
        events.filter(|(n, _)| self.is_chosen(*n)).map(|(n, event)| (n + 1, event))
    }

    /// An event with its number.
    pub(super) fn event(&self, id: &str) -> Option<(usize, &'a Event)> {
        let n = *self.index.events.get(id)?;
        Some((n + 1, self.case.events.get(n)?))
    }

    /// What people said of an event.
    pub(super) fn judged(&self, id: &str) -> impl Iterator<Item = &'a Judged> {
        self.index.judged.get(id).into_iter().flatten().copied()
    }

    pub(super) fn actor(&self, id: &str) -> Option<&'a Actor> {
        self.index.actors.get(id).copied()
    }

    /// The actors that have a row, the most often named first.
    pub(super) fn named(&self) -> &[&'a Actor] {
        &self.index.named
    }

    pub(super) fn has_row(&self, actor: &str) -> bool {
        self.index.has_row.contains(actor)
    }

    /// The index of a source.
    pub(super) fn source(&self, id: &str) -> Option<usize> {
        self.texts.index(&SourceId::new(id))
    }

    fn is_chosen(&self, n: usize) -> bool {
        self.index.chosen.get(n).copied().unwrap_or(false)
    }

    /// What of a source's text is shown, in order; the whole of it, where no limit was hit.
    pub(super) fn windows(&self, source: usize) -> Vec<Span> {
        let whole = || vec![Span::new(0, self.case.sources.get(source).map_or(0, |source| source.text.len()))];
        self.index.windows.as_ref().map_or_else(whole, |windows| windows.get(source).cloned().unwrap_or_default())
    }

    /// True where sources are shown in full.
    pub(super) fn is_full(&self) -> bool {
        self.index.windows.is_none()
    }

    /// The sources that are on the page, with their indexes.
    pub(super) fn sources(&self) -> impl Iterator<Item = (usize, &'a Source)> {
        self.case.sources.iter().map(AsRef::as_ref).enumerate().filter(|(n, _)| self.has_article(*n))
    }

    fn has_article(&self, source: usize) -> bool {
        self.index.windows.as_ref().and_then(|windows| windows.get(source)).is_none_or(|windows| !windows.is_empty())
    }

    /// A source's name, linked to its text where that is on the page.
    pub(super) fn source_link(&self, n: usize) -> Markup {
        let Some(source) = self.case.sources.get(n) else { return html! {} };
        html! {
            @if self.has_article(n) {
                a href=(self.to(Part::Source, source.id.as_str())) { bdi { (source.name) } }
            } @else {
                bdi { (source.name) }
            }
        }
    }

    /// True where the words of a place stand on the page.
    fn is_shown(&self, place: &Place<'_>) -> bool {
        self.index.windows.as_ref().and_then(|windows| windows.get(place.index)).is_none_or(|windows| {
            let n = windows.partition_point(|window| window.start <= place.span.start);
            n.checked_sub(1).and_then(|n| windows.get(n)).is_some_and(|window| place.span.start < window.end)
        })
    }

    /// The address of a place in the sources on this page; `None` where the words are not shown.
    pub(super) fn address(&self, place: &Place<'_>) -> Option<String> {
        self.is_shown(place).then(|| {
            let at = (place.source.text.len() > limit::LEAF).then_some(place.start);
            self.pages.to_words(place.source.id.as_str(), &place_anchor(place), at)
        })
    }

    /// A reference to a place, as people cite it: the source's name and the paragraph, with the characters behind it (and, on paper,
    /// in full view).
    pub(super) fn cite(&self, place: &Place<'_>) -> Markup {
        self.cite_as(place, true)
    }

    /// The same, without the source's name where that stands in front of it already.
    fn cite_as(&self, place: &Place<'_>, named: bool) -> Markup {
        let (start, end) = (self.w.grouped(place.start), self.w.grouped(place.end));
        let at = self.w.fill("characters", &[("start", &start), ("end", &end)]);
        let text = html! {
            @if named || place.paragraph == 0 { bdi { (place.source.name) } }
            @if let Some(page) = place.page { @if named || place.paragraph == 0 { " " } (self.w.page(page)) }
            @if place.paragraph > 0 { @if named || place.page.is_some() { " " } "¶\u{a0}" (self.w.grouped(place.paragraph)) }
        };
        html! {
            @if let Some(address) = self.address(place) {
                a.cite href=(address) title=(at) data-at=(at) { (text) }
            } @else {
                span.cite title=(at) data-at=(at) { (text) }
            }
        }
    }

    /// References to several places, without repeats of one paragraph.
    pub(super) fn cites(&self, passages: &[Passage]) -> Markup {
        let mut places = self.texts.places(passages);
        let mut seen = BTreeSet::new();
        places.retain(|place| seen.insert((place.index, place.paragraph)));
        places.sort_by_key(|place| place.index);
        html! {
            @for (n, place) in places.iter().enumerate() {
                @let before = n.checked_sub(1).and_then(|n| places.get(n));
                @if n > 0 { ", " }
                (self.cite_as(place, before.is_none_or(|before| before.index != place.index)))
            }
        }
    }

    /// That a table does not show everything, where it does not.
    pub(super) fn left_out(&self, all: usize, limit: usize) -> Markup {
        html! {
            @if all > limit {
                p.note {
                    (self.say("left-out", &[
                        ("shown", html! { (self.w.grouped(limit)) }),
                        ("all", html! { (self.w.grouped(all)) }),
                        ("file", html! { code { "case.json" } }),
                    ]))
                }
            }
        }
    }

    /// The words of a passage, set apart, with the place they come from; a few words alone with those around them.
    pub(super) fn quote(&self, place: &Place<'_>) -> Markup {
        self.quote_with(place, None)
    }

    /// The same, with the words of another passage set off within it.
    pub(super) fn quote_with(&self, place: &Place<'_>, inner: Option<&Passage>) -> Markup {
        let (before, after) = around(place);
        let inner = inner.filter(|inner| inner.source == place.source.id && place.span.contains(inner.span));
        let [head, mark, tail] =
            clipped(place, inner.map_or(Span::new(place.span.start, place.span.start), |inner| inner.span));
        html! {
            blockquote lang=(place.lang) dir="auto" {
                @if !before.is_empty() { span.around { (before) } }
                (head) @if !mark.is_empty() { span.day { (mark) } } (tail)
                @if !after.is_empty() { span.around { (after) } }
                " "
                span.from dir="ltr" { (self.cite(place)) }
            }
        }
    }

    /// The title of an event: the program's words in its own voice, the source's words in theirs; with links, or for a place that is
    /// within a link or beside one.
    pub(super) fn title(&self, event: &'a Event, linked: bool) -> Markup {
        html! {
            @for piece in self.titles.title(event).pieces() {
                @match piece {
                    Piece::Words(text) => (text),
                    Piece::Deed(text) => strong { (text) },
                    Piece::Unknown(text) => span.unknown { (text) },
                    Piece::Name(Some(id), name) if linked && self.has_row(id) => a.who href=(self.to(Part::Actor, id)) { bdi { (name) } },
                    Piece::Name(_, name) => bdi { (name) },
                    Piece::Event(id, words) if linked && self.event(id).is_some_and(|(number, _)| self.is_chosen(number - 1)) => {
                        a.who href=(self.to(Part::Event, id)) { (words) }
                    },
                    Piece::Event(_, words) => (words),
                    Piece::Quote(text) => span.words dir="auto" lang=[self.lang_of(event)] { (self.quoted(&html! { (text) })) },
                }
            }
        }
    }

    /// The language of the words that an event was found in, to be marked where a title quotes them; an English page does without.
    pub(super) fn lang_of(&self, event: &Event) -> Option<Lang> {
        self.lang_at(event.passages.first()?)
    }

    /// The same, of words that stand at a passage.
    pub(super) fn lang_at(&self, passage: &Passage) -> Option<Lang> {
        self.w.foreign()?;
        self.texts.lang(passage)
    }

    /// The title of a proceeding, in the language of the page as far as the program made it.
    pub(super) fn proceeding<'p>(&self, one: &'p Proceeding) -> Cow<'p, str> {
        self.w.proceeding(&one.title, &one.matter)
    }

    /// An actor's name, linked to its entry.
    pub(super) fn actor_link(&self, id: &str) -> Markup {
        html! {
            @match self.actor(id) {
                Some(actor) if self.has_row(id) => a.who href=(self.to(Part::Actor, id)) { bdi { (actor.name) } },
                Some(actor) => bdi { (actor.name) },
                None => bdi { (id) },
            }
        }
    }

    /// An event's number, linked to its row.
    pub(super) fn event_link(&self, id: &str) -> Markup {
        html! {
            @match self.event(id) {
                Some((number, event)) if self.is_chosen(number - 1) => {
                    a.n href=(self.to(Part::Event, id)) title=(self.titles.title(event)) { (self.w.grouped(number)) }
                }
                Some((number, event)) => span.n title=(self.titles.title(event)) { (self.w.grouped(number)) },
                None => span.n { (id) },
            }
        }
    }

    /// A date in words with its drawing, and how it is known where the words do not simply give it.
    pub(super) fn when(&self, when: &When) -> Markup {
        let place = when.passage.as_ref().and_then(|passage| self.texts.place(passage));
        let address = place.as_ref().and_then(|place| self.address(place));
        let date = self.w.date(&when.edtf);
        html! {
            time datetime=[machine_date(when)] title={ "EDTF " (when.edtf) } {
                @match address { Some(address) => a.date href=(address) { (date) }, None => (date) }
            }
            (strip::strip(when))
            @if let Some(basis) = self.w.basis(when.basis) { span.basis { (basis) } }
        }
    }
}

/// Which events the chronology shows: all, or, where they are too many, acts before other events.
fn chosen(events: &[Event], pages: Pages) -> Vec<bool> {
    if pages == Pages::Apart {
        return vec![true; events.len()];
    }
    let mut left = limit::EVENTS;
    let mut chosen = vec![events.len() <= limit::EVENTS; events.len()];
    for acts in [true, false] {
        for (event, chosen) in events.iter().zip(&mut chosen) {
            if !*chosen && event.act.is_some() == acts && left > 0 {
                (*chosen, left) = (true, left - 1);
            }
        }
    }
    chosen
}

/// The passages that findings rest on, each with the words around it, up to [`limit::TEXT`] bytes in all.
fn windows(case: &Case, texts: &Texts<'_>, chosen: &[bool]) -> Vec<Vec<Span>> {
    let mut spans: Vec<Vec<Span>> = vec![Vec::new(); case.sources.len()];
    let passages =
        (case.events.iter().zip(chosen).filter(|(_, chosen)| **chosen).flat_map(|(event, _)| &event.passages))
            .chain(case.conflicts.iter().flat_map(|conflict| &conflict.passages))
            .chain(case.deadlines.iter().flat_map(|deadline| &deadline.passages))
            .chain(case.statements.iter().take(limit::ROWS).filter_map(|statement| statement.passages.first()))
            .filter_map(|passage| Some((texts.index(&passage.source)?, passage.span)));
    let letters = case.letters.iter().flat_map(|letter| {
        let signed = letter.signatories.iter().map(|one| one.span);
        let said = letter.addressees.iter().chain(&letter.demands).copied();
        said.chain(signed).map(|span| (letter.source, span))
    });
    let mut left = limit::TEXT;
    for (source, span) in passages.chain(letters) {
        let Some(text) = case.sources.get(source).map(|source| source.text.as_str()) else { continue };
        let start = text.floor_char_boundary(span.start.saturating_sub(limit::CONTEXT));
        let end = text.floor_char_boundary(span.end + limit::CONTEXT);
        left = match left.checked_sub(end.saturating_sub(start)) {
            Some(left) => left,
            None => break,
        };
        if let Some(spans) = spans.get_mut(source) {
            spans.push(Span::new(start, end));
        }
    }
    for spans in &mut spans {
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans.drain(..) {
            match merged.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        *spans = merged;
    }
    for spans in spans.iter_mut().filter(|spans| !spans.is_empty()).skip(limit::ROWS) {
        spans.clear();
    }
    spans
}

/// What HTML's `time` understands: a year, a month or a day; nothing for the rest (EDTF writes a season like a month, from 21 on).
fn machine_date(when: &When) -> Option<&str> {
    let text = when.edtf.as_str();
    let plain = matches!(text.len(), 4 | 7 | 10) && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let month = text.get(5..7).is_none_or(|month| month <= "12");
    (plain && month).then_some(text)
}

/// The anchor of a place, from the id of its source and its characters.
pub(super) fn place_anchor(place: &Place<'_>) -> String {
    format!("{}.{}-{}", anchor(place.source.id.as_str()), place.start, place.end)
}

/// An id as an anchor that needs no escaping in an address: other characters than letters, digits, `-` and `.` become `_` and their
/// code.
pub(super) fn anchor(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') {
            out.push(c);
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "_{:x}_", u32::from(c));
        }
    }
    out
}
