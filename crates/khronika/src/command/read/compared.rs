//! What the pages of a document say otherwise than they show it.

use std::fmt::Write as _;

use khronika_pdf::ocr::Compared;
use serde_json::{Value, json};

use super::PART;
use crate::terminal::table::clipped;
use crate::terminal::{Ink, Pen};

/// For a person: a line for each page that differs, its passages under it.
pub(super) fn text(out: &mut String, indent: &str, told: &Result<Vec<Compared>, String>) {
    let pen = Pen::stdout();
    let pages = match told {
        Ok(pages) => pages,
        Err(why) => {
            let _ = writeln!(out, "{indent}  not compared with what its pages show: {}", clipped(why, PART));
            return;
        }
    };
    let differ = pages.iter().filter(|page| !page.passages.is_empty()).count();
    let _ = writeln!(
        out,
        "{indent}  compared with what its pages show: {differ} of {} differ",
        counted(pages.len(), "page", "pages")
    );
    for page in pages {
        let number = page.page + 1;
        if let Some(why) = &page.failed {
            let _ = writeln!(out, "{indent}  ── p. {number}: not compared: {}", clipped(why, PART));
        }
        if page.passages.is_empty() {
            continue;
        }
        let (layer, shown) = page.words;
        let _ = writeln!(
            out,
            "{indent}  ── p. {number}: {} differ, of {layer} in the text and {shown} seen",
            counted(page.differing, "word", "words")
        );
        for passage in &page.passages {
            let [left, top, right, bottom] = passage.rect.points();
            let quoted = |words: &str| match words {
                "" => "nothing".to_owned(),
                words => format!("“{}”", clipped(words, PART)),
            };
            let says = pen.ink(Ink::Yellow, &quoted(&passage.layer));
            let _ = writeln!(
                out,
                "{indent}     at {left:.0} {top:.0} {right:.0} {bottom:.0}: the text says {says}, the page shows {}",
                quoted(&passage.shown)
            );
        }
    }
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// For a program: each page that was compared.
pub(super) fn json(told: &Result<Vec<Compared>, String>) -> Value {
    match told {
        Err(why) => json!({"failed": why}),
        Ok(pages) => pages.iter().map(page).collect(),
    }
}

fn page(page: &Compared) -> Value {
    let passages: Vec<Value> = page
        .passages
        .iter()
        .map(|passage| json!({"text": passage.layer, "shown": passage.shown, "box": passage.rect.points()}))
        .collect();
    json!({
        "page": page.page + 1,
        "words": page.words.0,
        "seen": page.words.1,
        "differing": page.differing,
        "passages": passages,
        "failed": page.failed,
    })
}
