//! What people say of findings: taken down, refused where somebody else spoke meanwhile, taken back.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use khronika_core::{Case, Correction, Edtf, EffectKind, Verdict};
use khronika_show::dossier::anchor;
use maud::{Markup, html};

use super::decided::Decision;
use super::source::is_as_page;
use crate::desk::{Entry, Refusal, RefusalKind, Saying};
use crate::fault::Fault;
use crate::fields::{Fields, Form, Query};
use crate::page::{Visitor, answer, framed, go_to, local, touched};
use crate::said::View;
use crate::words::Words;
use crate::workspace::Workspace;

/// How many events one judgment may speak of.
const MOST: usize = 50;

/// The fields that every judgment of an event has.
pub(crate) fn hidden(parts: &View<'_>, visitor: &Visitor, id: &str, back: &str) -> Markup {
    html! {
        (visitor.token())
        input type="hidden" name="about" value=(id);
        input type="hidden" name="seen" value=(parts.seen(id));
        input type="hidden" name="back" value=(back);
    }
}

/// The button that says it.
pub(crate) fn button(w: &Words, verdict: Verdict) -> Markup {
    let name = verdict.name();
    html! { button name="verdict" value=(name) data-say=(name) { (w.t(&format!("do-{name}"))) } }
}

/// Takes a judgment down.
pub(crate) async fn judge(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Fault> {
    let shown = workspace.shown()?;
    let saying = saying(&shown.case, &fields)?;
    let first = saying.about.first().cloned().unwrap_or_default();
    match workspace.say(saying).await {
        Ok(number) => {
            let event = page_of(&first);
            Ok(go_to(&with_said(fields.one("back").and_then(local).unwrap_or(&event), number)))
        }
        Err(Fault::Refused(refusal)) => match &refusal.kind {
            RefusalKind::Touched(entries) => Ok(conflict(&workspace, &visitor, &fields, &refusal, entries)),
            _ => Err(Fault::Refused(refusal)),
        },
        Err(fault) => Err(fault),
    }
}

/// What the fields say.
fn saying(case: &Case, fields: &Fields) -> Result<Saying, Fault> {
    let verdict = fields.one("verdict").and_then(Verdict::from_name).filter(|verdict| *verdict != Verdict::Add);
    let verdict = verdict.ok_or(Fault::Invalid("invalid-verdict"))?;
    let mut about: Vec<String> = fields.all("about").map(str::to_owned).collect();
    if about.iter().any(|id| is_actor(id)) {
        for other in fields.all("other") {
            about.push(called(case, other).ok_or(Fault::Invalid("invalid-actor"))?);
        }
    } else {
        for other in fields.all("other").flat_map(str::split_whitespace) {
            about.push(named(case, other).ok_or(Fault::Invalid("invalid-event"))?);
        }
    }
    if about.is_empty() || about.len() > MOST {
        return Err(Fault::Invalid("invalid-event"));
    }
    let text = |name: &str| fields.one(name).map(str::to_owned);
    let is_correction = verdict == Verdict::Correct;
    let date = fields.one("date").filter(|_| is_correction).map(Edtf::parse).transpose();
    let correction = Correction {
        date: date.map_err(|_| Fault::Invalid("invalid-date"))?,
        title: text("title").filter(|_| is_correction),
        body: text("body").filter(|_| is_correction),
    };
    if is_correction && correction == Correction::default() {
        return Err(Fault::Invalid("invalid-correction"));
    }
    let names = fields.all("form").map(str::to_owned).collect();
    let effect = fields
        .one("effect")
        .filter(|_| verdict == Verdict::Link)
        .map(|effect| EffectKind::from_name(effect).ok_or(Fault::Invalid("invalid-effect")));
    let seen = fields.number("seen").ok_or(Fault::Invalid("invalid-seen"))?;
    Ok(Saying {
        verdict,
        about,
        words: text("words"),
        correction,
        effect: effect.transpose()?,
        added: None,
        names,
        seen,
    })
}

/// Whether an id is that of an actor.
fn is_actor(id: &str) -> bool {
    id.starts_with("a-")
}

/// The one actor that somebody names by its id, or by any form of its name.
fn called(case: &Case, typed: &str) -> Option<String> {
    if let Some(actor) = case.actors.iter().find(|actor| actor.id == typed) {
        return Some(actor.id.clone());
    }
    let typed = typed.to_lowercase();
    let is_it = |name: &str| name.to_lowercase() == typed;
    let main: Vec<_> = case.actors.iter().filter(|actor| is_it(&actor.name)).collect();
    let forms = || case.actors.iter().filter(|actor| actor.names.iter().any(|name| is_it(&name.text))).collect();
    match (if main.is_empty() { forms() } else { main }).as_slice() {
        [one] => Some(one.id.clone()),
        _ => None,
    }
}

/// The page of something that was spoken of.
pub(super) fn page_of(id: &str) -> String {
    let at = anchor(id);
    match id.split_once('-') {
        Some(("a", _)) => format!("/actor/{at}"),
        Some(("t", _)) => format!("/statements?at={at}#{at}"),
        // A name that was added has no page: the words are taken for whom they name.
        Some(("n", _)) => "/judgments".to_owned(),
        _ => format!("/event/{at}"),
    }
}

/// The event that somebody names by its id, or by its number in the chronology.
fn named(case: &Case, typed: &str) -> Option<String> {
    if let Ok(number) = typed.parse::<usize>() {
        return case.events.get(number.checked_sub(1)?).map(|event| event.id.clone());
    }
    case.events.iter().find(|event| event.id == typed).map(|event| event.id.clone())
}

/// An address with the number of an entry that was made, for the page to tell of.
pub(super) fn with_said(address: &str, number: u64) -> String {
    let (address, place) = address.split_once('#').map_or((address, None), |(address, place)| (address, Some(place)));
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let query = Fields::parse(query.as_bytes()).with("said", Some(&number.to_string()));
    let place = place.map(|place| format!("#{place}")).unwrap_or_default();
    format!("{path}?{query}{place}")
}

/// Both sides: what others said meanwhile, and what this one wanted to say, which can be said all the same.
fn conflict(
    workspace: &Workspace,
    visitor: &Visitor,
    fields: &Fields,
    refusal: &Refusal,
    entries: &[Entry],
) -> Response {
    let w = visitor.words;
    let seen = entries.iter().map(|entry| entry.number + 1).max().unwrap_or_default();
    let title = w.t("conflict-title");
    let said = ["words", "date", "title", "body", "effect", "other", "form"];
    let body = html! {
        h2 { (title) }
        p { (w.t("conflict-lede")) }
        section aria-labelledby="theirs" {
            h2 id="theirs" { (w.t("conflict-theirs")) }
            (touched(w, entries))
        }
        section aria-labelledby="yours" {
            h2 id="yours" { (w.t("conflict-yours")) }
            p {
                strong { (w.t(&format!("verdict-{}", fields.one("verdict").unwrap_or_default()))) }
                @for name in said { @if let Some(value) = fields.one(name) { " · " bdi { (value) } } }
            }
            form action="/judge" method="post" {
                (visitor.token())
                @for about in fields.all("about") { input type="hidden" name="about" value=(about); }
                @for name in said.into_iter().chain(["verdict", "back"]) {
                    @for value in fields.all(name) { input type="hidden" name=(name) value=(value); }
                }
                input type="hidden" name="seen" value=(seen);
                button { (w.t("conflict-again")) }
            }
            @if let Some(about) = fields.one("about") { p { a href=(page_of(about)) { (w.t("conflict-look")) } } }
        }
        p.note lang="en" { (refusal.what) "." }
    };
    answer(StatusCode::CONFLICT, framed(workspace, visitor, "", &title, &body))
}

/// Takes a judgment back.
pub(crate) async fn withdraw(State(workspace): State<Workspace>, Form(fields): Form) -> Result<Response, Fault> {
    let number = fields.number("number").ok_or(Fault::Missing)?;
    let words = fields.one("words").map(str::to_owned);
    workspace.take_back(number, words).await?;
    Ok(go_to(fields.one("back").and_then(local).unwrap_or("/journal")))
}

/// Goes to the next event of which nobody said yet whether it is so: the next one in the chronology, where its words stand.
pub(crate) async fn next(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Fault> {
    let shown = workspace.shown()?;
    let address = shown.ask(visitor.words.lang(), move |parts| {
        let events = &parts.case().events;
        let after = query.one("after").and_then(|after| events.iter().position(|event| anchor(&event.id) == after));
        let (before, after) = events.split_at(after.map_or(0, |at| at + 1).min(events.len()));
        let mut open = after.iter().chain(before).filter(|event| Decision::of(parts, event) == Decision::Open);
        let event = open.next()?;
        let id = anchor(&event.id);
        let source = event.passages.first().map(|passage| anchor(passage.source.as_str()));
        let view = if is_as_page(&query) { "view=page&" } else { "" };
        Some(
            source.map_or_else(|| format!("/event/{id}"), |source| format!("/source/{source}?{view}event={id}#m.{id}")),
        )
    });
    Ok(go_to(address.await?.as_deref().unwrap_or("/?all=decided")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_an_entry_is_put_into_an_address() {
        assert_eq!(with_said("/event/e-1", 7), "/event/e-1?said=7");
        assert_eq!(with_said("/chronology?kind=order&said=3#e-1", 7), "/chronology?kind=order&said=7#e-1");
    }
}
