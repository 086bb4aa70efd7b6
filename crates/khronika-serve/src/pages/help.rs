//! The keys, and what the pages are for.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

use crate::page::{Visitor, page};
use crate::words::Words;
use crate::workspace::Workspace;

/// The keys that the script understands, and the words for what they do.
pub(crate) const KEYS: [(&str, &str); 10] = [
    ("j", "key-next"),
    ("k", "key-previous"),
    ("Enter", "key-open"),
    ("c", "key-confirm"),
    ("r", "key-reject"),
    ("n", "key-undecided"),
    ("a", "key-add"),
    ("v", "key-view"),
    ("/", "key-search"),
    ("?", "key-help"),
];

/// The page.
pub(crate) async fn show(State(workspace): State<Workspace>, visitor: Visitor) -> Response {
    let w = visitor.words;
    let body = html! {
        (keys(w))
        section {
            h2 { (w.t("help-judging")) }
            p { (w.t("help-judging-text")) }
            h2 { (w.t("help-safety")) }
            p { (w.t("help-safety-text")) }
            form action="/link" method="post" { (visitor.token()) button { (w.t("link-do")) } }
        }
    };
    page(&workspace, &visitor, "/help", &w.t("help"), &body)
}

/// The keys as a table: on the page, and in the dialog that the script opens.
pub(crate) fn keys(w: &Words) -> Markup {
    html! {
        section.keys {
            h2 id="help-head" { (w.t("help-keys")) }
            dl { @for (key, does) in KEYS { dt { kbd { (key) } } dd { (w.t(does)) } } }
            p.note { (w.t("help-scripts")) }
            form method="dialog" { button { (w.t("close")) } }
        }
    }
}
