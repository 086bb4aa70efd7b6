//! What asking language models costs: of how many sentences they are asked, and how long finding takes with and without them.
//!
//! ```text
//! cargo run --release -p khronika-find --example models_cost -- models/en_core_web_sm-3.8.0.pack FILE…
//! ```

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use khronika_core::Lang;
use khronika_data::Dataset;
use khronika_find::Finder;
use khronika_find::engine::{Engine, Models};
use khronika_nlp::Pipeline;
use khronika_read::{ReadOptions, Reader};

/// One model, for texts of its language.
struct One(Lang, Engine);

impl Models for One {
    fn has(&self, lang: Lang) -> bool {
        lang == self.0
    }

    fn engine(&self, lang: Lang) -> Option<&Engine> {
        (lang == self.0).then_some(&self.1)
    }
}

#[allow(clippy::print_stdout, reason = "it measures for a person")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let pack = args.next().ok_or("usage: models_cost PACK FILE…")?;
    let pipeline = Pipeline::open(&pack)?;
    let lang = Lang::new(&pipeline.meta().lang).ok_or("the pack names no language")?;
    let name = Path::new(&pack).file_stem().ok_or("no file")?.to_string_lossy().into_owned();
    let models = One(lang, Engine::new(&name, pipeline));
    let data = Dataset::embedded();
    let (finder, reader) = (Finder::new(&data)?, Reader::new(&data)?);
    let mut sources = Vec::new();
    for file in args {
        let (source, _) =
            reader.read_bytes(&file, &std::fs::read(&file)?, &ReadOptions::default()).map_err(|p| p.what)?;
        sources.push(source);
    }
    let start = Instant::now();
    let sentences: usize = sources.iter().map(|source| finder.find(source).sentences.len()).sum();
    let rules = start.elapsed();
    let start = Instant::now();
    for source in &sources {
        let _ = finder.find_with(source, &models);
    }
    let both = start.elapsed();
    let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
    let asked = models.1.asked();
    println!("{} texts, {bytes} bytes, {sentences} sentences; asked {asked} times", sources.len());
    println!("rules {rules:.2?}, rules and models {both:.2?}");
    Ok(())
}
