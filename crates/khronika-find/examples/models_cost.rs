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
struct One {
    lang: Lang,
    name: String,
    engine: Engine,
}

impl Models for One {
    fn name(&self, lang: Lang) -> Option<&str> {
        (lang == self.lang).then_some(self.name.as_str())
    }

    fn engine(&self, lang: Lang) -> Option<&Engine> {
        (lang == self.lang).then_some(&self.engine)
    }
}

#[allow(clippy::print_stdout, reason = "it measures for a person")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let pack = args.next().ok_or("usage: models_cost PACK FILE…")?;
    let pipeline = Pipeline::open(&pack)?;
    let lang = Lang::new(&pipeline.meta().lang).ok_or("the pack names no language")?;
    let name = Path::new(&pack).file_stem().ok_or("no file")?.to_string_lossy().into_owned();
    let engine = Engine::new(&name, pipeline);
    let models = One { lang, name, engine };
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
    let asked = models.engine.asked();
    println!("{} texts, {bytes} bytes, {sentences} sentences; asked {asked} times", sources.len());
    println!("rules {rules:.2?}, rules and models {both:.2?}");
    Ok(())
}
