//! Runs spaCy v3 pipelines of the CNN family: text goes in, and tokens, sentences, parts of speech, dependency trees, base forms
//! and named entities come out, equal to what spaCy gives.
//!
//! ```no_run
//! # fn main() -> Result<(), khronika_nlp::Error> {
//! let pipeline = khronika_nlp::Pipeline::open("en_core_web_sm-3.8.0-py3-none-any.whl")?;
//! let text = "Judge Almira Toth left Geneva on Monday.";
//! for entity in pipeline.annotate(text).entities() {
//!     println!("{:?} {}", entity.span, entity.label);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Guarantees: offsets are bytes on character boundaries of the text; no text makes it panic; the same text gives the same result,
//! whatever was annotated before and on however many threads; nothing is global. What a text's numbers are rounded to depends on
//! the processor, as it does in spaCy.
//!
//! It knows nothing of law, of files other than packages, or of the crates that use it.

mod doc;
mod error;
mod labels;
mod layer;
mod lexicon;
mod pack;
mod package;
mod pipeline;
mod step;
mod text;
mod worker;

pub use doc::{Doc, Entity, Token};
pub use error::{Error, Result};
pub use pack::{Origin, Precision, origin, pack, sha256};
pub use package::config::Meta;
pub use pipeline::{LeftOut, Pipeline, Steps};
