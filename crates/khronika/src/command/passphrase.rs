//! `khronika passphrase`: another passphrase for a case file.

use khronika_keep::Effort;

use crate::args::keep::Passphrase;
use crate::case_file::{self, secret};
use crate::{Failure, Outcome, terminal};

/// Changes the passphrase.
pub(crate) fn run(args: &Passphrase) -> Result<Outcome, Failure> {
    let mut store = case_file::open(&args.case, &args.unlock)?;
    let passphrase = secret::new_passphrase(args.new_passphrase_file.as_deref())?;
    let failed = |error: khronika_keep::Error| case_file::failed(&args.case, &error);
    store.write(case_file::now(), |write| write.change_passphrase(&passphrase, Effort::default())).map_err(failed)?;
    store.close().map_err(failed)?;
    let case = args.case.display();
    terminal::line(&format!(
        "{case} opens with the new passphrase; copies that were made before open with the old one"
    ));
    Ok(Outcome::Done)
}
