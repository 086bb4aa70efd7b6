//! Documents that are added: a form for files, by hand or dropped on it, and what became of each.

use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartRejection};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::desk::{Added, Paper, Refusal};
use crate::fault::Fault;
use crate::page::{Visitor, go_to, page};
use crate::words::Words;
use crate::workspace::Workspace;

/// The longest document, in bytes; longer ones are added on the command line.
const LONGEST: usize = 64 << 20;
/// The longest form with documents.
pub(crate) const FORM: usize = 192 << 20;
/// How many documents a form may have.
const MOST: usize = 500;
/// The longest field that is no document.
const WORDS: usize = 1000;

/// The page.
pub(crate) async fn show(State(workspace): State<Workspace>, visitor: Visitor) -> Result<Response, Fault> {
    if !workspace.is_open() {
        return Err(Fault::Locked);
    }
    let (w, status) = (visitor.words, workspace.work.status());
    let body = html! {
        h2 { (w.t("nav-add")) }
        p { (w.t("add-lede")) }
        form #upload action="/add" method="post" enctype="multipart/form-data" {
            (visitor.token())
            div.filter {
                label { (w.t("add-from")) input type="text" name="from" maxlength="400"; }
                label { (w.t("add-how")) input type="text" name="how" maxlength="400"; }
            }
            div.drop {
                label for="files" { (w.t("add-files")) }
                input #files type="file" name="paper" multiple;
                label for="folder" { (w.t("add-folder")) }
                // Each of its files comes with the way to it as its name.
                input #folder type="file" name="paper" multiple webkitdirectory;
                p.note { (w.t("add-drop")) }
                button { (w.t("add-do")) }
            }
        }
        ul.uploads #uploads aria-live="polite" data-failed=(w.t("add-failed")) data-sent=(w.t("add-sent")) {}
        (read(w, &status.read))
    };
    Ok(page(&workspace, &visitor, "/add", &w.t("nav-add"), &body))
}

/// What became of what was added.
fn read<'a>(
    w: &Words,
    all: impl IntoIterator<Item = &'a (String, Result<Vec<Added>, Refusal>), IntoIter: DoubleEndedIterator>,
) -> Markup {
    let mut all = all.into_iter().rev().peekable();
    html! {
        section #read aria-labelledby="read-head" aria-live="polite" {
            @if all.peek().is_some() {
                h2 #read-head { (w.t("add-done")) }
                ul.uploads { @for (name, what) in all {
                    @match what {
                        Ok(added) => { @for one in added { (line(w, one)) } },
                        Err(refusal) => li { bdi { (name) } " · " strong.fell { (w.t("add-not-kept")) } ": " span lang="en" { (refusal.what) } },
                    }
                } }
            }
        }
    }
}

fn line(w: &Words, one: &Added) -> Markup {
    let state = match (one.is_kept, one.is_read, one.is_new) {
        (false, ..) => "add-not-kept",
        (true, _, false) => "add-known",
        (true, true, true) => "add-read",
        (true, false, true) => "add-unread",
    };
    html! {
        li {
            bdi { (one.name) } " · " strong { (w.t(state)) }
            @if !one.problems.is_empty() {
                ul lang="en" { @for (what, advice) in &one.problems { li { (what) " " span.basis { (advice) } } } }
            }
        }
    }
}

/// Takes documents.
pub(crate) async fn add(
    State(workspace): State<Workspace>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    if !workspace.is_open() {
        return Err(Fault::Locked);
    }
    let mut form = form.map_err(|_| Fault::Invalid("invalid-form"))?;
    let (mut from, mut how, mut taken) = (None, None, 0);
    while let Some(field) = form.next_field().await.map_err(|error| unread(error.status()))? {
        match field.name().unwrap_or_default() {
            "from" => from = words(field).await?,
            "how" => how = words(field).await?,
            "paper" => {
                let name = name(field.file_name());
                let bytes = whole(field, LONGEST).await?;
                // A form without a file has an empty one.
                let Some(name) = name else { continue };
                taken += 1;
                let paper = Paper { name, bytes, from: from.clone(), how: how.clone() };
                if taken > MOST || !workspace.work.read(paper) {
                    return Err(Fault::TooMuch);
                }
            }
            _ => {}
        }
    }
    if taken == 0 {
        return Err(Fault::Invalid("invalid-no-files"));
    }
    Ok(go_to("/add"))
}

/// What a document is called: never a path that leads anywhere, and never nothing.
fn name(given: Option<&str>) -> Option<String> {
    let parts = given?.split(['/', '\\']).map(str::trim).filter(|part| !matches!(*part, "" | "." | ".."));
    let name = parts.collect::<Vec<_>>().join("/");
    let short: String = name.chars().filter(|c| !c.is_control()).take(400).collect();
    (!short.is_empty()).then_some(short)
}

async fn whole(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| unread(error.status()))? {
        if bytes.len() + chunk.len() > most {
            return Err(Fault::TooLong);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

async fn words(field: Field<'_>) -> Result<Option<String>, Fault> {
    let bytes = whole(field, WORDS).await?;
    let text = String::from_utf8_lossy(&bytes).trim().to_owned();
    Ok((!text.is_empty()).then_some(text))
}

fn unread(status: StatusCode) -> Fault {
    if status == StatusCode::PAYLOAD_TOO_LARGE { Fault::TooLong } else { Fault::Invalid("invalid-form") }
}

/// What was read since the case was opened, for the script: a part of the page.
pub(crate) async fn done(State(workspace): State<Workspace>, visitor: Visitor) -> Response {
    let part = read(visitor.words, &workspace.work.status().read);
    let part = khronika_show::dossier::visible(&part.into_string()).into_owned();
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], part).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere() {
        assert_eq!(name(Some("../../etc/passwd")).as_deref(), Some("etc/passwd"));
        assert_eq!(name(Some("C:\\papers\\a\u{7}.txt")).as_deref(), Some("C:/papers/a.txt"));
        assert_eq!(name(Some("/")), None);
        assert_eq!(name(None), None);
    }
}
