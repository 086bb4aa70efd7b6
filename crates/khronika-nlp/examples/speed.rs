//! How many tokens a second one core annotates, and in how much memory. `benches/speed.py` runs it beside spaCy.
//!
//! ```text
//! RAYON_NUM_THREADS=1 cargo run --release -p khronika-nlp --example speed -- PACKAGE all|entities|tokens < texts.jsonl
//! ```

#![allow(clippy::print_stdout, reason = "it prints its figures")]

use std::error::Error;
use std::io::stdin;
use std::time::Instant;

use khronika_nlp::{Pipeline, Steps};

/// The memory that the program holds, in megabytes, where the system tells it (Linux).
fn memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<usize>().ok()? / 1024)
}

/// The seconds of processor time that the program has used, where the system tells it (Linux): they do not count what others do meanwhile.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    // Ticks of a hundredth of a second.
    f64::from(fields.filter_map(|ticks| ticks.parse::<u32>().ok()).sum::<u32>()) / 100.0
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let package = args.next().ok_or("usage: speed PACKAGE all|entities|tokens < texts.jsonl")?;
    let steps = match args.next().as_deref() {
        Some("entities") => Steps::ENTITIES,
        Some("tokens") => Steps { entities: false, sentences: false, ..Steps::ENTITIES },
        _ => Steps::ALL,
    };
    let texts: Vec<String> =
        stdin().lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect::<Result<_, Box<dyn Error>>>()?;
    let start = Instant::now();
    let pipeline = Pipeline::open(package)?;
    let load = start.elapsed();
    let loaded = memory().unwrap_or_default();
    // The first run meets every word for the first time, as a program does; the others tell how steady the figure is.
    for _ in 0..4 {
        let (start, before) = (Instant::now(), processor());
        let docs = pipeline.annotate_all(&texts, steps);
        let (seconds, used) = (start.elapsed().as_secs_f64(), processor() - before);
        let tokens: usize = docs.iter().map(khronika_nlp::Doc::len).sum();
        #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
        let (rate, by_processor) = (tokens as f64 / seconds, tokens as f64 / used.max(0.01));
        println!(
            "{{\"load_ms\": {}, \"loaded_mb\": {loaded}, \"tokens\": {tokens}, \"tokens_per_second\": {rate:.0}, \
             \"by_processor\": {by_processor:.0}, \"mb\": {}}}",
            load.as_millis(),
            memory().unwrap_or_default()
        );
    }
    Ok(())
}
