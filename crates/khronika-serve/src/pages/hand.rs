//! What somebody adds by hand: the words that say it, and what they say.
//!
//! All of it works without scripts: words are typed and looked for in the document, and where they stand more than once one place is
//! chosen. What the script adds is that words can be selected in the document. A form names a place and never the words at it: what is
//! added is what stands there.

use axum::extract::State;
use axum::response::Response;
use khronika_core::{
    ActClass, ActType, ActorKind, Added, Addition, Anchor, Case, CharIndex, CharOffset, Correction, Edtf, EventStatus,
    Passage, Source, Span, Stance, Verdict, places,
};
use khronika_show::dossier::{Parts, anchor};
use khronika_show::json::read_added;
use maud::{Markup, html};
use serde_json::{Map, Value, json};

use super::say::with_said;
use crate::desk::Saying;
use crate::fault::Fault;
use crate::fields::{Fields, Form, Query};
use crate::page::{Visitor, go_to, made};
use crate::words::Words;
use crate::workspace::Workspace;

/// How many documents, and how many places, there are to choose from.
const CHOICE: usize = 40;
/// How many places of one document are looked for.
const PLACES: usize = 1000;
/// How many characters stand around words that are to be chosen.
const AROUND: usize = 60;

/// The page.
pub(crate) async fn show(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Fault> {
    let seen = workspace.shown()?.entries;
    made(&workspace, &visitor, ("/chronology", "hand-title"), move |parts, who| body(parts, who, &query, seen)).await
}

fn body(parts: &Parts<'_>, visitor: &Visitor, query: &Fields, seen: u64) -> Markup {
    let (w, case) = (visitor.words, parts.case());
    let found: Vec<&Source> = query.one("source").map(|typed| sources(case, typed)).unwrap_or_default();
    html! {
        h2 { (w.t("hand-title")) }
        @match found.as_slice() {
            [source] => (of_source(parts, visitor, query, source, seen)),
            several => {
                p { (w.t("hand-lede")) }
                @if !several.is_empty() {
                    p { (w.t("hand-which-source")) }
                    ul { @for source in several.iter().take(CHOICE) {
                        li { a href={ "/hand?" (query.with("source", Some(source.id.as_str()))) } { bdi { (source.name) } } }
                    } }
                } @else if query.has("source") { p.bad { (w.t("empty-sources")) } }
                (search(w, case, query))
            },
        }
    }
}

/// The documents that somebody names by an id, or by a part of the name; by the whole name only the one that has it.
fn sources<'a>(case: &'a Case, typed: &str) -> Vec<&'a Source> {
    let exact = |source: &&Source| source.name == typed || source.id.as_str() == typed;
    let sources = || case.sources.iter().map(AsRef::as_ref);
    if let Some(one) = sources().find(exact) {
        return vec![one];
    }
    let typed = typed.to_lowercase();
    sources().filter(|source| source.name.to_lowercase().contains(&typed)).collect()
}

/// The form that asks for the words.
fn search(w: &Words, case: &Case, query: &Fields) -> Markup {
    html! {
        form.judge action="/hand" method="get" {
            label { (w.t("hand-source")) input name="source" required value=[query.one("source")] list="documents" autocomplete="off"; }
            datalist id="documents" { @for source in case.sources.iter().take(CHOICE) { option value=(source.name) {} } }
            label { (w.t("hand-quote")) textarea name="q" rows="3" required maxlength="2000" { (query.one("q").unwrap_or_default()) } }
            div.row { button { (w.t("hand-find")) } }
        }
        p.note { (w.t("hand-select")) }
        p.note { (w.t("hand-no-words")) }
    }
}

/// The words of a document: the place that was chosen, or those to choose from.
fn of_source(parts: &Parts<'_>, visitor: &Visitor, query: &Fields, source: &Source, seen: u64) -> Markup {
    let (w, case) = (visitor.words, parts.case());
    let chars = CharIndex::new(&source.text);
    let all = query.one("q").map(|typed| places(&source.text, typed, PLACES)).unwrap_or_default();
    // The script counts on the leaf that it sees.
    let leaf = query.number("leaf").and_then(|at| chars.byte(&source.text, CharOffset(usize::try_from(at).ok()?)));
    let on_leaf = || all.iter().filter(|place| place.start >= leaf.unwrap_or(0));
    let nth = query.number("nth").and_then(|nth| on_leaf().nth(usize::try_from(nth).ok()?));
    let chosen = chosen(source, &chars, query).or_else(|| nth.copied());
    match (chosen, all.as_slice()) {
        (Some(span), _) => form(parts, visitor, query, (source, &chars, span), seen),
        (None, [only]) => form(parts, visitor, query, (source, &chars, *only), seen),
        (None, several) => html! {
            p { (w.t("hand-lede")) }
            @if several.is_empty() && query.one("q").is_some() { p.bad { (w.t("hand-no-place")) } }
            @if !several.is_empty() {
                p { (w.t("hand-which-place")) }
                ol.hits { @for span in several.iter().take(CHOICE) { li { (choice(source, &chars, *span)) } } }
                @if several.len() > CHOICE { p.note { (w.t("hand-more-places")) } }
            }
            (search(w, case, query))
        },
    }
}

/// The place that the fields name.
fn chosen(source: &Source, chars: &CharIndex, fields: &Fields) -> Option<Span> {
    let byte = |name: &str| chars.byte(&source.text, CharOffset(usize::try_from(fields.number(name)?).ok()?));
    let (start, end) = (byte("from")?, byte("to")?);
    Some(Span::new(start, end)).filter(|span| !span.of(&source.text).trim().is_empty())
}

/// A place among several, with the words around it.
fn choice(source: &Source, chars: &CharIndex, span: Span) -> Markup {
    let text = source.text.as_str();
    let (before, after) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    let start: Vec<char> = before.chars().rev().take(AROUND).collect();
    html! {
        span dir="auto" lang=(source.lang) {
            "…" (start.into_iter().rev().collect::<String>())
            a href=(address(source, chars, span, None)) { mark { (span.of(text)) } }
            (after.chars().take(AROUND).collect::<String>()) "…"
        }
    }
}

fn address(source: &Source, chars: &CharIndex, span: Span, what: Option<&str>) -> String {
    let at = |byte| chars.chars(&source.text, byte).0;
    let what = what.map(|what| format!("&what={what}")).unwrap_or_default();
    format!("/hand?source={}&from={}&to={}{what}", anchor(source.id.as_str()), at(span.start), at(span.end))
}

/// The form for what the words say.
fn form(
    parts: &Parts<'_>,
    visitor: &Visitor,
    query: &Fields,
    (source, chars, span): (&Source, &CharIndex, Span),
    seen: u64,
) -> Markup {
    let w = visitor.words;
    let what = query.one("what").filter(|what| Addition::NAMES.contains(what)).unwrap_or("event");
    let at = |byte| chars.chars(&source.text, byte).0;
    let other = format!("/hand?source={}", anchor(source.id.as_str()));
    let passage = Passage::new(source.id.clone(), span);
    html! {
        section aria-labelledby="words" {
            h3 id="words" { (w.t("hand-words")) }
            (parts.quote(&passage))
            p { a href=(other) { (w.t("hand-other-words")) } }
        }
        section aria-labelledby="what" {
            h3 id="what" { (w.t("hand-what")) }
            nav.pages aria-labelledby="what" { @for name in Addition::NAMES {
                a href=(address(source, chars, span, Some(name))) aria-current=[(name == what).then_some("true")] { (w.t(&format!("hand-{name}"))) }
            } }
            form.judge action="/hand" method="post" {
                (visitor.token())
                input type="hidden" name="seen" value=(seen);
                input type="hidden" name="source" value=(source.id.as_str());
                input type="hidden" name="from" value=(at(span.start));
                input type="hidden" name="to" value=(at(span.end));
                input type="hidden" name="what" value=(what);
                fieldset {
                    legend { (w.t(&format!("hand-{what}"))) }
                    p.note { (w.t(&format!("hand-{what}-hint"))) }
                    (fields(w, what, span.of(&source.text)))
                    label { (w.t("say-why")) textarea name="words" rows="2" maxlength="4000" {} }
                    button { (w.t("do-add")) }
                }
            }
            p.note { (w.t("hand-lede")) }
        }
    }
}

fn fields(w: &Words, what: &str, words: &str) -> Markup {
    let select = |key: &str, name: &str, prefix: &str, values: &mut dyn Iterator<Item = &'static str>, first: &str| {
        html! {
            label { (w.t(key)) select name=(name) {
                @for value in values { option value=(value) selected[value == first] { (w.t(&word(prefix, value))) } }
            } }
        }
    };
    let status =
        || select("filter-status", "status", "status", &mut EventStatus::ALL.iter().map(|one| one.name()), "actual");
    let date = || html! { label { (w.t("hand-date")) input name="date" maxlength="100" autocomplete="off"; } };
    let title = || html! { label { (w.t("say-sentence")) input name="title" maxlength="400" autocomplete="off"; } };
    html! {
        @match what {
            "act" => {
                (date()) (title())
                (select("hand-type", "type", "type", &mut ActType::ALL.iter().map(|one| one.name()), "decision"))
                (select("hand-outcome", "outcomes", "outcome", &mut ActClass::ALL.iter().map(|one| one.name()), "DECIDE"))
                label { (w.t("say-body")) input name="body" maxlength="400" autocomplete="off"; }
                (status())
            },
            "statement" => {
                label { (w.t("hand-speaker")) input name="speaker" maxlength="400" autocomplete="off"; }
                (select("hand-stance", "stance", "stance", &mut Stance::ALL.iter().map(|one| one.name()), "asserts"))
            },
            "actor" => {
                label { (w.t("hand-name")) input name="name" required maxlength="400" autocomplete="off" value=(words.split_whitespace().collect::<Vec<_>>().join(" ")); }
                (select("hand-kind", "kind", "actor", &mut ActorKind::ALL.iter().map(|one| one.name()), "person"))
            },
            _ => { (date()) (title()) (status()) },
        }
    }
}

/// The key of the word for something that is known by a name.
pub(crate) fn word(prefix: &str, name: &str) -> String {
    format!("{prefix}-{}", name.to_lowercase().replace('_', "-"))
}

/// Takes down what somebody adds.
pub(crate) async fn add(State(workspace): State<Workspace>, _: Visitor, Form(fields): Form) -> Result<Response, Fault> {
    let shown = workspace.shown()?;
    let name = fields.one("source").unwrap_or_default();
    let source = shown.case.sources.iter().find(|source| source.id.as_str() == name).ok_or(Fault::Missing)?;
    let span = chosen(source, &CharIndex::new(&source.text), &fields).ok_or(Fault::Invalid("invalid-words"))?;
    let mut said = Map::new();
    for name in ["what", "status", "type", "stance", "speaker", "name", "kind", "date", "title", "body"] {
        if let Some(value) = fields.one(name) {
            said.insert(name.to_owned(), value.into());
        }
    }
    said.insert("outcomes".to_owned(), fields.all("outcomes").collect());
    let saying = saying(source, span, said, fields.one("words").map(str::to_owned), fields.number("seen"))?;
    let (what, id) = (saying.added.as_ref().map_or("", |added| added.what.name()), saying.about.concat());
    let back = match what {
        "event" | "act" => format!("/event/{}", anchor(&id)),
        "statement" => format!("/statements?at={0}#{0}", anchor(&id)),
        _ => format!("/source/{}", anchor(source.id.as_str())),
    };
    let number = workspace.say(saying).await?;
    Ok(go_to(&with_said(&back, number)))
}

/// What these members say of words of a document, on its way to the desk.
pub(crate) fn saying(
    source: &Source,
    span: Span,
    mut said: Map<String, Value>,
    words: Option<String>,
    seen: Option<u64>,
) -> Result<Saying, Fault> {
    let date = said.get("date").and_then(Value::as_str).map(Edtf::parse).transpose();
    date.map_err(|_| Fault::Invalid("invalid-date"))?;
    let place = Anchor::new(source.id.clone(), &source.text, span).ok_or(Fault::Invalid("invalid-words"))?;
    let Anchor { start, quote, prefix, suffix, .. } = place;
    let place =
        json!({"source": source.id.as_str(), "start": start, "quote": quote, "prefix": prefix, "suffix": suffix});
    said.extend(place.as_object().cloned().unwrap_or_default());
    let (added, correction): (Added, Correction) = read_added(&said).ok_or(Fault::Invalid("invalid-added"))?;
    Ok(Saying {
        verdict: Verdict::Add,
        about: vec![added.id(&correction)],
        words,
        correction,
        effect: None,
        added: Some(added),
        names: Vec::new(),
        seen: seen.ok_or(Fault::Invalid("invalid-seen"))?,
    })
}
