//! Finding words in the texts of a case: in whatever script, spelling and inflection they stand.
//!
//! [`word`] cuts a text into words and says under which forms each is kept; [`fold`] makes one spelling of many; [`query`] turns what a
//! person types into a question to the index, and [`rank`] says which texts fit it best.

mod alike;
pub(crate) mod fold;
pub(crate) mod query;
pub(crate) mod rank;
mod stem;
pub(crate) mod word;

pub use alike::Names;
pub use query::{Filter, Hit, Hits};
