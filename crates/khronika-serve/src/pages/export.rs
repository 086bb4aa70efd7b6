//! Handing over: the case as an archive, sealed or not, encrypted or not; and checking the case file.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::desk::{Check, Wish};
use crate::fault::Fault;
use crate::fields::Form;
use crate::page::{Visitor, page};
use crate::stream::streamed;
use crate::workspace::Workspace;

/// The page.
pub(crate) async fn show(State(workspace): State<Workspace>, visitor: Visitor) -> Result<Response, Fault> {
    let key = workspace.at_desk(|desk| desk.signing_key()).await?;
    let w = visitor.words;
    let body = html! {
        h2 { (w.t("nav-export")) }
        p { (w.t("export-lede")) }
        form.judge action="/export" method="post" {
            (visitor.token())
            fieldset {
                legend { (w.t("export-form")) }
                div { input #sealed type="checkbox" name="sealed" value="yes" checked; " " label for="sealed" { (w.t("export-sealed")) } }
                div { input #no-log type="checkbox" name="no_log" value="yes"; " " label for="no-log" { (w.t("export-no-log")) } }
                label { (w.t("export-to")) textarea name="to" rows="3" placeholder="age1…" spellcheck="false" {} }
                p.note { (w.t("export-to-hint")) }
                button { (w.t("export-do")) }
            }
        }
        section aria-labelledby="key" {
            h2 #key { (w.t("export-key")) }
            p { (w.t("export-key-lede")) }
            p { code { (key) } }
        }
        section aria-labelledby="verify" {
            h2 #verify { (w.t("verify-title")) }
            p { (w.t("verify-lede")) }
            form action="/verify" method="post" { (visitor.token()) button { (w.t("verify-do")) } }
        }
    };
    Ok(page(&workspace, &visitor, "/export", &w.t("nav-export"), &body))
}

/// Hands the case over as a download.
pub(crate) async fn export(
    State(workspace): State<Workspace>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Fault> {
    if !workspace.is_open() {
        return Err(Fault::Locked);
    }
    let name = file_name(&workspace.title());
    let to: Vec<String> = fields.all("to").flat_map(str::split_whitespace).map(str::to_owned).collect();
    let ending = if to.is_empty() { "tar" } else { "tar.age" };
    let (sealed, no_log) = (fields.has("sealed"), fields.has("no_log"));
    let wish = Wish { sealed, no_log, to, name: name.clone(), language: visitor.words.lang() };
    let body = streamed(&workspace, move |desk, out| desk.export(&wish, &|_, _, _| (), out)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{ending}\"")),
    ];
    Ok((headers, body).into_response())
}

/// A name for a file, of letters that are good everywhere.
fn file_name(title: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' };
    let name: String = title.split('.').next().unwrap_or_default().chars().map(plain).take(60).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "case".to_owned() } else { name.to_owned() }
}

/// Checks the case file.
pub(crate) async fn verify(State(workspace): State<Workspace>, visitor: Visitor) -> Result<Response, Fault> {
    let checks = workspace.at_desk(|desk| desk.verify(&|_, _, _| ())).await?;
    let w = visitor.words;
    let all = checks.iter().all(|check| check.holds == Some(true));
    let body = html! {
        h2 { (w.t("verify-title")) }
        p { strong { @if all { (w.t("verify-holds")) } @else { (w.t("verify-fails")) } } }
        (table(&visitor, &checks))
    };
    Ok(page(&workspace, &visitor, "/export", &w.t("verify-title"), &body))
}

fn table(visitor: &Visitor, checks: &[Check]) -> Markup {
    let w = visitor.words;
    html! {
        table.plain {
            thead { tr { th scope="col" { (w.t("verify-answer")) } th scope="col" { (w.t("verify-what")) } th scope="col" { (w.t("verify-found")) } } }
            tbody { @for check in checks {
                tr {
                    td data-label=(w.t("verify-answer")) {
                        @match check.holds {
                            Some(true) => { "✓ " (w.t("holds")) },
                            Some(false) => strong.fell { "✗ " (w.t("fails")) },
                            None => { "? " (w.t("unknown")) },
                        }
                    }
                    td data-label=(w.t("verify-what")) lang="en" { (check.what) }
                    td data-label=(w.t("verify-found")) lang="en" { (check.found) }
                }
            } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_plain() {
        assert_eq!(file_name("doe.khronika"), "doe");
        assert_eq!(file_name("Дело Иванова"), "case");
        assert_eq!(file_name("a\"; filename=\"b"), "a---filename--b");
    }
}
