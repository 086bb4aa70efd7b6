//! `dossier.html`: the case on one page, for people.

use khronika_core::Case;
use maud::{DOCTYPE, html};

use crate::place::Texts;

/// The page.
#[must_use]
pub fn html(case: &Case) -> String {
    let texts = Texts::new(&case.sources);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Case file as of " (case.as_of) }
            }
            body {
                main {
                    h1 { "Case file" }
                    p { (case.sources.len()) " sources, as of " (case.as_of) }
                    ol {
                        @for event in &case.events {
                            li id=(event.id) {
                                @if let Some(when) = &event.when { time { (when.edtf) } " " }
                                bdi { (event.what) }
                                @for place in texts.places(&event.passages) {
                                    blockquote lang=(place.lang) dir="auto" { (place.quote) }
                                    p { "source " (place.index + 1) ", paragraph " (place.paragraph) }
                                }
                            }
                        }
                    }
                    @for source in &case.sources {
                        h2 { bdi { (source.name) } }
                        pre lang=(source.lang) dir="auto" { (source.text) }
                    }
                }
            }
        }
    };
    page.into_string()
}
