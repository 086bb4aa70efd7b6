//! The way in and out: unlocking, making a case, locking, leaving, another link, the language; and what goes on.

use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use secrecy::SecretString;
use std::time::Instant;

use crate::fault::Fault;
use crate::fields::{Fields, Form};
use crate::page::{Visitor, answer, framed, go_to, local, page, seconds, status as status_of};
use crate::words::Language;
use crate::workspace::{Workspace, held};
use crate::{Refusal, RefusalKind};

/// The page that asks for the passphrase, or offers to make a case.
pub(crate) async fn show(State(workspace): State<Workspace>, visitor: Visitor) -> Response {
    if workspace.is_open() {
        return go_to("/");
    }
    let title = visitor.t("unlock-title");
    page(&workspace, &visitor, "", &title, &form(&workspace, &visitor, None))
}

fn form(workspace: &Workspace, visitor: &Visitor, refused: Option<&Fault>) -> Markup {
    let (w, door) = (visitor.words, workspace.desk.door());
    html! {
        h2 { @if door.exists { (w.t("unlock-title")) } @else { (w.t("create-title")) } }
        @if let Some(fault) = refused {
            div.bad role="alert" id="why" {
                @match fault {
                    Fault::Refused(refusal) if refusal.kind == RefusalKind::WrongSecret => p { (w.t("unlock-wrong")) },
                    Fault::Refused(refusal) => p lang="en" { (refusal.what) ": " (refusal.hint) "." },
                    Fault::TooSoon(wait) => p { (w.t("unlock-soon")) " " (w.n("fault-wait", seconds(*wait))) },
                    other => p { (w.t(other.key())) },
                }
            }
        }
        @if door.exists && door.has_key {
            form.door action="/unlock" method="post" { (visitor.token()) button { (w.t("unlock-key")) } }
        } @else if door.exists {
            p { (w.t("unlock-lede")) }
            form.door action="/unlock" method="post" {
                (visitor.token())
                label for="passphrase" { (w.t("passphrase")) }
                input #passphrase type="password" name="passphrase" autocomplete="current-password" required autofocus
                    aria-describedby=[refused.map(|_| "why")];
                button { (w.t("unlock-do")) }
            }
        } @else {
            p { (w.t("create-lede")) }
            form.door action="/create" method="post" {
                (visitor.token())
                @if !door.has_key {
                    label for="passphrase" { (w.t("passphrase-new")) }
                    input #passphrase type="password" name="passphrase" autocomplete="new-password" required minlength="8"
                        aria-describedby="advice";
                    p.note #advice { (w.t("passphrase-advice")) }
                    label for="again" { (w.t("passphrase-again")) }
                    input #again type="password" name="again" autocomplete="new-password" required;
                }
                button { (w.t("create-do")) }
            }
        }
    }
}

/// Opens the case.
pub(crate) async fn unlock(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Form(mut fields): Form,
) -> Result<Response, Fault> {
    let secret = secret(&workspace, &mut fields, "passphrase");
    opened(&workspace, &visitor, workspace.unlock(secret, false).await)
}

/// Makes a case.
pub(crate) async fn create(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Form(mut fields): Form,
) -> Result<Response, Fault> {
    use secrecy::ExposeSecret as _;
    let (first, second) = (secret(&workspace, &mut fields, "passphrase"), secret(&workspace, &mut fields, "again"));
    let same = match (&first, &second) {
        (Some(first), Some(second)) => first.expose_secret() == second.expose_secret(),
        (first, second) => first.is_none() && second.is_none(),
    };
    let made = if same { workspace.unlock(first, true).await } else { Err(Fault::Invalid("passphrase-differ")) };
    opened(&workspace, &visitor, made)
}

/// What was typed; nothing where a key was named when the program was started.
fn secret(workspace: &Workspace, fields: &mut Fields, name: &str) -> Option<SecretString> {
    let typed = fields.take(name).map(SecretString::from);
    typed.filter(|_| !workspace.desk.door().has_key)
}

fn opened(workspace: &Workspace, visitor: &Visitor, opened: Result<(), Fault>) -> Result<Response, Fault> {
    match opened {
        Ok(()) => Ok(go_to("/")),
        Err(fault) => {
            let body = form(workspace, visitor, Some(&fault));
            let mut page = answer(fault.status(), framed(workspace, visitor, "", &visitor.t("unlock-title"), &body));
            if let Fault::TooSoon(wait) = fault {
                page.headers_mut().insert(header::RETRY_AFTER, seconds(wait).into());
            }
            Ok(page)
        }
    }
}

/// Locks the case.
pub(crate) async fn lock(State(workspace): State<Workspace>) -> Response {
    workspace.lock().await;
    go_to("/unlock")
}

/// Ends the session. The case stays open for others; it is locked when nobody uses it.
pub(crate) async fn leave(State(workspace): State<Workspace>, visitor: Visitor) -> Response {
    held(&workspace.sessions).end(&visitor.cookie);
    let cookie = format!("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", workspace.cookie);
    let gone = Visitor::stranger(visitor.words.lang());
    let title = visitor.t("left-title");
    let body = html! { h2 { (title) } p { (visitor.t("left-lede")) } };
    let page = answer(StatusCode::OK, framed(&workspace, &gone, "", &title, &body));
    let clear = [(HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"")];
    (clear, [(header::SET_COOKIE, cookie)], page).into_response()
}

/// A link by which another browser of this machine gets in, once.
pub(crate) async fn link(State(workspace): State<Workspace>, visitor: Visitor) -> Result<Response, Fault> {
    let token = held(&workspace.sessions).link(Instant::now()).map_err(|_| Fault::Failed)?;
    let [host, _] = &workspace.hosts;
    let title = visitor.t("link-title");
    let body = html! {
        h2 { (title) }
        p { (visitor.t("link-lede")) }
        p { code { "http://" (host) "/?token=" (token) } }
    };
    Ok(page(&workspace, &visitor, "", &title, &body))
}

/// Chooses the language of the pages.
pub(crate) async fn language(State(workspace): State<Workspace>, visitor: Visitor, Form(fields): Form) -> Response {
    if let Some(lang) = fields.one("lang").and_then(Language::from_code) {
        held(&workspace.sessions).speak(&visitor.cookie, lang);
    }
    go_to(fields.one("back").and_then(local).unwrap_or("/"))
}

/// News for pages that are open.
pub(crate) async fn events(State(workspace): State<Workspace>, _: Visitor) -> Response {
    Sse::new(workspace.news.listen()).keep_alive(KeepAlive::default()).into_response()
}

/// What goes on, for the script: a part of a page.
pub(crate) async fn status(State(workspace): State<Workspace>, visitor: Visitor) -> Result<Response, Fault> {
    if !workspace.is_open() {
        return Err(Refusal::locked().into());
    }
    Ok(answer(StatusCode::OK, status_of(&workspace, visitor.words)))
}
