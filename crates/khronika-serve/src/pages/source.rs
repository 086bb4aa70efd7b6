//! The documents: a list of them, and each as a text, or as the pages that it has, with its findings in the margin.

use axum::extract::{Path, State};
use axum::response::Response;
use khronika_core::{CharIndex, Event, Passage, Source, Span, Verdict};
use khronika_show::dossier::anchor;
use maud::{Markup, html};

use super::decided::Decision;
use super::original::{self, Drawing};
use super::paged::Paged;
use super::say;
use super::sheet::Sheet;
use crate::fault::Fault;
use crate::fields::{Fields, Query};
use crate::guard::Policy;
use crate::page::{Visitor, made, page};
use crate::said::View;
use crate::workspace::Workspace;

/// How many documents a page lists.
const PAGE: usize = 200;

/// The list.
pub(crate) async fn list(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Fault> {
    made(&workspace, &visitor, ("/sources", "nav-sources"), move |parts, who| listed(parts, who, &query)).await
}

fn listed(parts: &View<'_>, visitor: &Visitor, query: &Fields) -> Markup {
    let (w, case) = (visitor.words, parts.case());
    // How many events a source tells, and how many of them nobody decided.
    let counts = |source: &Source| {
        let told = parts.told_by(&source.id);
        let open = told.iter().filter_map(|(n, _)| case.events.get(*n));
        (told.len(), open.filter(|event| Decision::of(parts, event) == Decision::Open).count())
    };
    let typed = query.one("q").map(str::to_lowercase);
    let fits = |name: &str| typed.as_ref().is_none_or(|typed| name.to_lowercase().contains(typed));
    let which: Vec<_> = case.sources.iter().filter(|source| fits(&source.name)).collect();
    let paged = Paged::new(which.len(), PAGE, query, None);
    html! {
        h2 { (w.t("nav-sources")) " " span.count { (which.len()) } }
        form.filter action="/sources" method="get" {
            label { (w.t("name-part")) input type="text" name="q" value=[query.one("q")]; }
            button { (w.t("show")) }
        }
        @if which.is_empty() { p.empty { (w.t("empty-sources")) " " a href="/add" { (w.t("nav-add")) } } }
        @else {
            table.plain {
                thead { tr {
                    th scope="col" { (w.t("source-name")) } th scope="col" { (w.t("source-language")) }
                    th scope="col" { (w.t("source-events")) } th scope="col" { (w.t("source-undecided")) }
                } }
                tbody { @for source in which.get(paged.range.clone()).unwrap_or_default() {
                    @let (all, undecided) = counts(source);
                    tr data-entry id=(anchor(source.id.as_str())) {
                        th scope="row" { a data-open href={ "/source/" (anchor(source.id.as_str())) } { bdi { (source.name) } } }
                        td data-label=(w.t("source-language")) { (parts.words().name_of_language(source.lang.code())) }
                        td data-label=(w.t("source-events")) { (all) }
                        td data-label=(w.t("source-undecided")) { (undecided) }
                    }
                } }
            }
            (paged.links(w, "/sources", query))
        }
    }
}

/// What the pages of a document are asked with.
const AS_PAGE: &str = "page";

/// A document.
pub(crate) async fn show(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Response, Fault> {
    let shown = workspace.shown()?;
    let who = visitor.clone();
    let made = shown
        .ask(visitor.words.lang(), move |parts| Reader::new(parts, &who, &id, &query).map(|reader| reader.show()))
        .await?;
    let Shown { title, body, is_drawn } = made.ok_or(Fault::Missing)?;
    let mut response = page(&workspace, &visitor, "/sources", &title, &body);
    if is_drawn {
        response.extensions_mut().insert(Policy::DRAWING);
    }
    Ok(response)
}

/// Whether an address asks for pages as they look.
pub(crate) fn is_as_page(query: &Fields) -> bool {
    query.one("view") == Some(AS_PAGE)
}

/// A document as a page of the workspace.
struct Shown {
    title: String,
    body: Markup,
    /// Whether a PDF document is drawn on it.
    is_drawn: bool,
}

/// A document that somebody reads.
struct Reader<'a> {
    parts: &'a View<'a>,
    visitor: &'a Visitor,
    query: &'a Fields,
    /// The index of the source.
    n: usize,
    source: &'a Source,
    address: String,
    /// The event that is looked at, as it stands in addresses.
    chosen: Option<&'a str>,
}

/// What is read, and what stands beside it.
struct Leaf {
    /// How else it can be looked at.
    views: Markup,
    /// Its first character.
    first: usize,
    words: Markup,
    findings: Vec<Markup>,
}

impl<'a> Reader<'a> {
    fn new(parts: &'a View<'a>, visitor: &'a Visitor, id: &str, query: &'a Fields) -> Option<Self> {
        let n = parts.source(id)?;
        let source = parts.case().sources.get(n)?;
        let address = format!("/source/{}", anchor(source.id.as_str()));
        Some(Self { parts, visitor, query, n, source, address, chosen: query.one("event") })
    }

    fn show(&self) -> Shown {
        let (w, source, id) = (self.visitor.words, self.source, anchor(self.source.id.as_str()));
        let told = self.parts.told_by(&source.id);
        let drawing = original::drawing(source).filter(|_| is_as_page(self.query));
        let sheet = drawing.and_then(|drawing| self.sheet(drawing, &told));
        let is_drawn = sheet.is_some() && drawing == Some(Drawing::Pdf);
        let Leaf { views, first, words, findings } = sheet.unwrap_or_else(|| self.leaf(&told));
        let view = is_as_page(self.query).then_some(AS_PAGE);
        let after = self.chosen.map(|event| ("after", event)).into_iter().chain(view.map(|view| ("view", view)));
        let next = form_urlencoded::Serializer::new(String::new()).extend_pairs(after).finish();
        let body = html! {
            h2 { bdi { (source.name) } }
            (self.parts.source_meta(self.n))
            p.ways {
                a.button data-key="n" href={ "/next" @if !next.is_empty() { "?" (next) } } { (w.t("next-undecided")) }
                " " a.button href={ "/hand?source=" (id) } { (w.t("hand-title")) }
                " " a href={ "/chronology?source=" (id) } { (w.t("source-chronology")) }
                (views)
            }
            // The script fills it with what is selected, and shows it then.
            form.pick id="pick" action="/hand" method="get" hidden {
                input type="hidden" name="source" value=(source.id.as_str());
                input type="hidden" name="leaf" value=(first);
                input type="hidden" name="q"; input type="hidden" name="nth";
                button data-key="a" { (w.t("hand-pick")) " " kbd { "a" } }
            }
            div.reader {
                article.words-of aria-label=(source.name) {
                    (self.parts.legend())
                    (words)
                }
                aside.margin aria-labelledby="findings" {
                    h2 id="findings" { (w.t("source-findings")) " " span.count { (findings.len()) @if findings.len() < told.len() { " / " (told.len()) } } }
                    @if findings.is_empty() { p.empty { (w.t("empty-events")) } }
                    ol { @for finding in &findings { (finding) } }
                }
            }
        };
        Shown { title: source.name.clone(), body, is_drawn }
    }

    /// The byte at which the words begin that were asked for: a character, or the finding that is looked at.
    fn asked(&self, told: &[(usize, &Passage)]) -> Option<usize> {
        let at = self.query.number("at").and_then(|at| usize::try_from(at).ok());
        let at = at.map(|at| self.parts.byte_at(self.n, at));
        let of_chosen = || {
            let event = |n: usize| self.parts.case().events.get(n);
            let is_chosen = |n: usize| event(n).is_some_and(|event| self.chosen == Some(&anchor(&event.id)));
            told.iter().find(|(n, _)| is_chosen(*n)).map(|(_, passage)| passage.span.start)
        };
        at.or_else(|| if self.query.has("page") { None } else { of_chosen() })
    }

    /// The text. A long one is shown leaf by leaf: the one that was asked for by its number, or that holds a character or the finding.
    fn leaf(&self, told: &[(usize, &Passage)]) -> Leaf {
        let (w, leaves) = (self.visitor.words, self.parts.leaves(self.n));
        let asked = self.asked(told);
        let at = asked.map(|at| leaves.partition_point(|leaf| leaf.end <= at).min(leaves.len().saturating_sub(1)));
        let paged = Paged::new(leaves.len(), 1, self.query, at);
        let leaf = leaves.get(paged.range.start).copied().unwrap_or_default();
        let begins = asked.unwrap_or(leaf.start);
        let is_last = paged.range.end == leaves.len();
        let here = |span: Span| span.start >= leaf.start && (span.start < leaf.end || is_last);
        let told = told.iter().filter(|(_, passage)| here(passage.span));
        let back = if is_as_page(self.query) { "view=page&" } else { "" };
        let finding = |(n, passage): &(usize, &Passage)| {
            let event = self.parts.case().events.get(*n)?;
            Some((event, self.finding(event, self.parts.address(passage), back)))
        };
        let (events, findings): (Vec<&Event>, Vec<Markup>) = told.filter_map(finding).unzip();
        let page = self.source.layout.page_of(begins).map_or(1, |page| page + 1);
        let words = html! {
            @if is_as_page(self.query) && !self.source.layout.pages.is_empty() { p.note { (w.t("sheet-undrawn")) } }
            (paged.links(w, &self.address, self.query))
            (self.parts.leaf(self.n, leaf))
            (paged.next(w, &self.address, self.query))
        };
        let first = self.character(leaf.start);
        Leaf { views: self.views(&events, false, (first, page)), first, words, findings }
    }

    /// A page as it looks; none where the document has no such page.
    fn sheet(&self, drawing: Drawing, told: &[(usize, &Passage)]) -> Option<Leaf> {
        let (w, pages) = (self.visitor.words, &self.source.layout.pages);
        let at = self.asked(told).and_then(|at| self.source.layout.page_of(at));
        let paged = Paged::new(pages.len(), 1, self.query, at);
        let at = paged.range.start;
        let sheet = Sheet::new(self.parts, self.n, at, drawing)?;
        let events = sheet.told();
        let back = format!("view={AS_PAGE}&page={}&", at + 1);
        let finding = |event: &&Event| {
            let begins =
                told.iter().find(|(n, _)| self.parts.case().events.get(*n).is_some_and(|one| one.id == event.id));
            let text = || begins.and_then(|(_, passage)| self.parts.address(passage));
            let words = if sheet.is_boxed(event) { Some(format!("#b.{}", anchor(&event.id))) } else { text() };
            self.finding(event, words, &back)
        };
        let findings = events.iter().map(finding).collect();
        let words = html! {
            (paged.links(w, &self.address, self.query))
            (sheet.show(w, &events, self.chosen))
        };
        let first = self.character(pages.get(at)?.span.start);
        // What is selected stands in the text, which begins with the paragraph that goes over the edge of the page.
        let leaf = self.character(sheet.whole().start);
        Some(Leaf { views: self.views(&events, true, (first, at + 1)), first: leaf, words, findings })
    }

    fn character(&self, byte: usize) -> usize {
        CharIndex::new(&self.source.text).chars(&self.source.text, byte).0
    }

    /// The ways to look at a document of which pages can be drawn: as its text, from a character on, and as its pages, from one on.
    fn views(&self, here: &[&Event], as_page: bool, (first, page): (usize, usize)) -> Markup {
        let w = self.visitor.words;
        let chosen = self.chosen.filter(|chosen| here.iter().any(|event| anchor(&event.id) == *chosen));
        let event = |before: &str| chosen.map_or_else(String::new, |event| format!("{before}event={event}#m.{event}"));
        let text = if chosen.is_some() { event("?") } else { format!("?at={first}") };
        let pages = format!("?view={AS_PAGE}&page={page}{}", event("&"));
        let key = |is_other: bool| is_other.then_some("v");
        let current = |is_this: bool| is_this.then_some("true");
        html! {
            @if original::drawing(self.source).is_some() {
                " " span.views role="group" aria-label=(w.t("source-view")) {
                    a href={ (self.address) (text) } data-key=[key(as_page)] aria-current=[current(!as_page)] { (w.t("view-text")) }
                    a href={ (self.address) (pages) } data-key=[key(!as_page)] aria-current=[current(as_page)] { (w.t("view-page")) }
                }
            }
        }
    }

    /// A finding in the margin, with the address of its words, and what the address of this page has before the finding.
    fn finding(&self, event: &Event, words: Option<String>, back: &str) -> Markup {
        let (w, id) = (self.visitor.words, anchor(&event.id));
        let decision = Decision::of(self.parts, event);
        let back = format!("{}?{back}event={id}#m.{id}", self.address);
        html! {
            li id={ "m." (id) } data-entry data-finding=(id) class=[(self.chosen == Some(id.as_str())).then_some("here")] {
                div { (self.parts.line(event)) }
                (decision.mark(w)) " "
                form.inline action="/judge" method="post" {
                    (say::hidden(self.parts, self.visitor, &event.id, &back))
                    @if decision != Decision::Confirmed { (say::button(w, Verdict::Confirm)) }
                    (say::button(w, Verdict::Reject))
                    a data-open href={ "/event/" (id) } { (w.t("say-more")) }
                    @if let Some(words) = words { a href=(words) { (w.t("source-words")) } }
                }
            }
        }
    }
}
