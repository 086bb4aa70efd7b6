//! Runs spaCy v3 pipelines of the CNN family, and for Russian slovnet's networks as natasha brings them: text goes in, and tokens,
//! sentences, parts of speech, dependency trees, base forms and named entities come out, equal to what spaCy and natasha give.
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
//! Which of the two a file holds is found out by [`Pipeline::open`]. What differs for who reads a [`Doc`]: spaCy has tokens of white
//! space where slovnet has none; slovnet's dependencies may run in a circle, so that who climbs [`Token::head`] must count, and its
//! roots' relation is `root`, not `ROOT`; its names may reach over a sentence's end; it has no base forms. Sentences of more than 2,048 tokens get slovnet's
//! dependencies in pieces of so many, since it weighs every token against every other.
//!
//! Guarantees: offsets are bytes on character boundaries of the text; no text makes it panic; the same text gives the same result,
//! whatever was annotated before and on however many threads; nothing is global. What a text's numbers are rounded to depends on
//! the processor, as it does in the originals.
//!
//! It knows nothing of law, of files other than packages, or of the crates that use it.

mod doc;
mod error;
mod idle;
mod labels;
mod layer;
mod lexicon;
mod pack;
mod package;
mod pipeline;
mod slovnet;
mod step;
mod text;
mod worker;

pub use doc::{Doc, Entity, Token};
pub use error::{Error, Result};
pub use pack::{Origin, Precision, origin, pack, sha256};
pub use package::config::Meta;
pub use pipeline::{LeftOut, Pipeline, Steps};
