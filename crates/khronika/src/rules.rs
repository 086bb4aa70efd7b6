//! Everything that is compiled from the data files, once for each run.

use std::panic::resume_unwind;
use std::thread;

use khronika_case::CaseRules;
use khronika_data::Dataset;
use khronika_find::Finder;
use khronika_read::Reader;

use crate::Failure;

/// The compiled rules of every step.
pub(crate) struct Rules {
    /// How files become sources.
    pub(crate) reader: Reader,
    /// How sources become findings.
    pub(crate) finder: Finder,
    /// How findings become a case.
    pub(crate) case: CaseRules,
}

impl Rules {
    /// How files become sources, for commands that find nothing in them.
    pub(crate) fn reader() -> Result<Reader, Failure> {
        Reader::new(&Dataset::embedded()).map_err(|error| Failure::internal("loading its rules", &error.to_string()))
    }

    /// Compiles the data files that the program carries.
    pub(crate) fn load() -> Result<Self, Failure> {
        let data = Dataset::embedded();
        let fail = |error: &dyn std::error::Error| Failure::internal("loading its rules", &error.to_string());
        // Side by side: for a short letter this is most of the work.
        let (finder, (reader, case)) = thread::scope(|scope| {
            let others = scope.spawn(|| (Reader::new(&data), CaseRules::load(&data)));
            let finder = Finder::new(&data);
            (finder, others.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        Ok(Self {
            reader: reader.map_err(|e| fail(&e))?,
            finder: finder.map_err(|e| fail(&e))?,
            case: case.map_err(|e| fail(&e))?,
        })
    }
}
