//! Writes `case.json`, `chronology.csv` and `dossier.html` of the case that the tests use into the folder that is named.

#[path = "../tests/dreyfus/mod.rs"]
mod dreyfus;

use std::{env, fs, io, path::PathBuf};

use khronika_show::{Program, csv, dossier, json};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    fs::create_dir_all(&folder)?;
    let case = dreyfus::case();
    fs::write(folder.join("case.json"), json::to_string(&case, &Program::default()))?;
    fs::write(folder.join("chronology.csv"), csv::chronology(&case))?;
    fs::write(folder.join("dossier.html"), dossier::html(&case))
}
