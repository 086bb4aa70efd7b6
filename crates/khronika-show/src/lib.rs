//! Turns a [`Case`](khronika_core::Case) into what people and programs read.
//!
//! * [`json`]: `case.json`, everything in the case, for programs; `schema/case.schema.json` describes it.
//! * [`csv`]: `chronology.csv`, a row for each event, for a spreadsheet.
//! * [`ics`]: the last days, for a calendar program.
//! * [`dossier`]: `dossier.html`, one page that needs no script and no network, to read on a screen and on paper.
//! * [`title`]: a short title of any event, in the words of [`words`], for whatever shows events.
//!
//! The dossier and the titles speak the languages of [`Language`], in words from `data/interface`; the rest is English, or no language.
//!
//! Each is a pure function of the case: no file, no clock, no network, and the same case gives the same bytes. Offsets leave the
//! program here, so this is where bytes become Unicode scalar values; every passage is shown with the words that stand there.
//!
//! Texts and names come from documents, and documents are hostile: nothing from them is ever markup, a formula or an address.

pub mod csv;
pub mod dossier;
pub mod ics;
pub mod json;
mod language;
pub mod phrases;
mod place;
pub mod title;
pub mod words;

pub use self::language::Language;

/// A language model that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Its name: `en_core_web_sm`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The SHA-256 of the pack that it was read from.
    pub digest: String,
}

/// The program that made an output, as `case.json` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Its version: `0.1.0`.
    pub version: String,
    /// The language models it asked besides its rules; empty where rules were enough.
    pub models: Vec<Model>,
}

impl Default for Program {
    /// This version of the program, without models.
    fn default() -> Self {
        Self { version: env!("CARGO_PKG_VERSION").to_owned(), models: Vec::new() }
    }
}
