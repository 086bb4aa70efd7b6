//! Makes a compact pack of a wheel.
//!
//! ```text
//! cargo run --release -p khronika-nlp --example pack -- WHEEL PACK [full|compact]
//! ```

use std::error::Error;
use std::fs;
use std::path::Path;

use khronika_nlp::{Precision, pack};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (wheel, out, bits) = match args.as_slice() {
        [wheel, out] => (wheel, out, "compact"),
        [wheel, out, bits] => (wheel, out, bits.as_str()),
        _ => return Err("usage: pack WHEEL PACK [full|compact]".into()),
    };
    let precision = if bits == "full" { Precision::Full } else { Precision::Compact };
    let file = Path::new(wheel).file_name().and_then(|name| name.to_str()).ok_or("the wheel has no name")?;
    fs::write(out, pack(fs::read(wheel)?, file, precision)?)?;
    Ok(())
}
