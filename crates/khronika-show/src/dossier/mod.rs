//! `dossier.html`: the case on one page, for people.
//!
//! The page is whole in itself: it asks for nothing from anywhere, runs no script, and its policy forbids both; the one style sheet
//! is allowed by its hash. Everything from documents is text. It reads on a phone, by keyboard, by ear, in grey and on paper.
//!
//! Its parts, in order: what stands, is pending, is due and conflicts; the chronology; the proceedings as maps; deadlines; conflicts;
//! judgments; actors; statements; letters; dates that belong to no event; problems; and every source in full, its findings marked. Findings lead
//! to their passages and passages to their findings. What a page cannot hold is left out by the limits of `view::limit`, and the page says so.

mod address;
mod chronology;
mod conflicts;
mod dates;
mod deadlines;
mod judgments;
mod map;
mod parts;
mod people;
mod proceedings;
mod quote;
mod shape;
mod sources;
mod strip;
mod summary;
mod view;
mod weave;

use std::borrow::Cow;
use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use khronika_core::Case;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use self::address::Pages;
pub use self::parts::{Parts, anchor};
use self::sources::Threads;
use self::view::View;
use crate::Language;
use crate::words::{Words, key};

/// The page, in English.
#[must_use]
pub fn html(case: &Case) -> String {
    html_in(case, Language::En)
}

/// The page, in a language.
#[must_use]
#[expect(clippy::expect_used, reason = "writing to memory does not fail")]
pub fn html_in(case: &Case, language: Language) -> String {
    let mut page = Vec::new();
    write(case, language, &mut page).expect("memory");
    String::from_utf8(page).expect("words are UTF-8")
}

/// The page, written part by part: none of its parts waits in memory for the others.
///
/// # Errors
/// Only those of `out`.
pub fn write(case: &Case, language: Language, out: &mut impl Write) -> io::Result<()> {
    let view = View::new(case, Pages::One).within(language);
    let w = view.w;
    let (dates, all_dates) = dates::unused(&view);
    let threads = Threads::new(&view, &dates);
    let parts: [Part<'_>; 11] = [
        ("chronology", case.events.len(), true, &|| chronology::section(&view)),
        ("proceedings", case.proceedings.len(), false, &|| proceedings::section(&view)),
        ("deadlines", case.deadlines.len(), false, &|| deadlines::section(&view)),
        ("conflicts", case.conflicts.len(), false, &|| conflicts::section(&view)),
        ("judgments", case.judgments.len(), false, &|| judgments::section(&view)),
        ("actors", case.actors.len(), false, &|| people::actors(&view)),
        ("statements", case.statements.len(), false, &|| people::statements(&view)),
        ("letters", case.letters.len(), false, &|| people::letters(&view)),
        ("dates", all_dates, false, &|| dates::section(&view, &dates, all_dates)),
        ("problems", case.problems.len(), false, &|| dates::problems(&view)),
        ("sources", case.sources.len(), true, &|| sources::section(&view, &threads, &dates)),
    ];
    // A part without entries is left out; the chronology and the sources say that they are empty.
    let parts: Vec<_> = parts.into_iter().filter(|(_, count, always, _)| *always || *count > 0).collect();
    let style = style(w, case);
    let title = match case.known_as_of() {
        Some(day) => w.fill("case-file-as-of", &[("day", &w.day(day))]),
        None => w.t("case-file").to_owned(),
    };
    let frame = html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content={
                    "default-src 'none'; style-src 'sha256-" (STANDARD.encode(Sha256::digest(style.as_bytes())))
                    "'; base-uri 'none'; form-action 'none'"
                };
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(&style)) }
            }
            body {
                a.skip href="#chronology" { (w.t("skip")) }
                (shape::definitions())
                (summary::header(&view))
                nav aria-label=(w.t("parts-label")) {
                    ul { @for (id, count, _, _) in &parts {
                        li { a href={ "#" (id) } { (w.t(&key("part", id))) " " span.count { (w.grouped(*count)) } } }
                    } }
                }
                main {
                    (summary::panels(&view))
                    (PreEscaped(PARTS))
                }
                (footer(w, case))
            }
        }
    };
    let frame = frame.into_string();
    // What stands after the mark is ours, so that the last one is the mark, whatever the documents hold.
    let (before, after) = frame.rsplit_once(PARTS).unwrap_or((&frame, ""));
    out.write_all(visible(before).as_bytes())?;
    for (_, _, _, part) in &parts {
        out.write_all(visible(&part().into_string()).as_bytes())?;
    }
    out.write_all(visible(after).as_bytes())
}

/// A part of the page: its id, how many entries it has, whether it stands there without any, and what makes it.
type Part<'a> = (&'static str, usize, bool, &'a dyn Fn() -> Markup);

/// Stands in the frame of the page where its parts go: a character that no page may hold.
const PARTS: &str = "\0";

fn footer(w: &Words, case: &Case) -> Markup {
    let key = if case.rules.is_empty() { "written-by-alone" } else { "written-by" };
    html! {
        footer {
            p { (w.fill(key, &[("version", env!("CARGO_PKG_VERSION"))])) }
            @if !case.rules.is_empty() {
                details { summary { (w.n("count-files", case.rules.len())) }
                    ul { @for (name, digest) in &case.rules { li { (name) " " code { (digest) } } } }
                }
            }
        }
    }
}

/// The style sheet, with the running head that printed pages carry.
fn style(w: &Words, case: &Case) -> String {
    let head = match case.known_as_of() {
        Some(day) => w.fill("running-head", &[("day", &day.to_string())]),
        None => w.t("case-file").to_owned(),
    };
    // The words are ours, and a linguist's to change: what would end them does not stand in them.
    let head = head.replace(['"', '\\', '<', '\n'], " ");
    format!("{STYLE}\n@page{{@top-left{{content:\"{head}\"}}}}")
}

/// The style sheet of all pages that show parts of a case.
pub const STYLE: &str = include_str!("style.css");

/// The page with control characters as their pictures: a document may hold them, HTML may not, and a reader must see them.
#[must_use]
pub fn visible(page: &str) -> Cow<'_, str> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    if !page.contains(is_control) {
        return Cow::Borrowed(page);
    }
    let picture = |c: char| match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    };
    Cow::Owned(page.chars().map(|c| if is_control(c) { picture(c) } else { c }).collect())
}
