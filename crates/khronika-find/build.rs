//! Names the finder by what it is made of: its own sources, those of the crates that it finds with, the data files, and the list of the
//! crates of others. What was found by one and the same finder in one and the same text is the same; the number of a version does not say
//! so much.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What finding depends on, from the folder of this crate.
const MADE_OF: [&str; 7] = [
    "build.rs",
    "src",
    "../khronika-core/src",
    "../khronika-data/src",
    "../khronika-nlp/src",
    "../../data",
    "../../Cargo.lock",
];

#[allow(clippy::print_stdout, reason = "cargo reads a build script's stdout")]
fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    for part in MADE_OF {
        walk(&here, part, &mut files)?;
    }
    files.sort();
    let mut sum = Sum::default();
    for file in &files {
        let bytes = fs::read(here.join(file))?;
        for part in [file.as_bytes(), &bytes] {
            sum.add(&(part.len() as u64).to_le_bytes());
            sum.add(part);
        }
    }
    println!("cargo:rustc-env=KHRONIKA_FINDER={:032x}", sum.0);
    Ok(())
}

/// Adds the files at and under `part`, with `/` between the parts of their names.
#[allow(clippy::print_stdout, reason = "cargo reads a build script's stdout")]
fn walk(here: &Path, part: &str, files: &mut Vec<String>) -> io::Result<()> {
    let path = here.join(part);
    println!("cargo:rerun-if-changed={}", path.display());
    if !path.is_dir() {
        files.push(part.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(&path)? {
        walk(here, &format!("{part}/{}", entry?.file_name().to_string_lossy()), files)?;
    }
    Ok(())
}

/// FNV-1a of 128 bits: nobody chooses the sources of a program so that two of them have one sum.
struct Sum(u128);

impl Default for Sum {
    fn default() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}
