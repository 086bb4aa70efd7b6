//! What the last build found in the sources, for the filters of a search.
//!
//! Findings are made anew by every build, so this is no part of what the journal vouches for.

use rusqlite::params;

use crate::error::{Doing as _, Result};
use crate::search::query::name_sound;
use crate::write::Write;

/// What was found in a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundIn {
    /// The number of the source.
    pub source: i64,
    /// The dates of what happened: earliest and latest day (`YYYY-MM-DD`).
    pub dates: Vec<(String, String)>,
    /// People and bodies, by the forms of their names.
    pub actors: Vec<String>,
}

impl Write<'_> {
    /// Replaces what was found before.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn keep_found(&mut self, found: &[FoundIn]) -> Result<()> {
        const KEEPING: &str = "keep what was found";
        self.tx.execute_batch("DELETE FROM found_date; DELETE FROM found_actor;").doing(KEEPING)?;
        let mut date = self
            .tx
            .prepare_cached("INSERT INTO found_date (source, earliest, latest) VALUES (?1, ?2, ?3)")
            .doing(KEEPING)?;
        let mut actor =
            self.tx.prepare_cached("INSERT INTO found_actor (source, sound) VALUES (?1, ?2)").doing(KEEPING)?;
        for FoundIn { source, dates, actors } in found {
            for (earliest, latest) in dates {
                date.execute(params![source, earliest, latest]).doing(KEEPING)?;
            }
            for name in actors {
                actor.execute(params![source, name_sound(name)]).doing(KEEPING)?;
            }
        }
        Ok(())
    }
}
