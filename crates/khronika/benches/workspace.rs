//! How fast the workspace is on a large case: each page as a program asks for it, and how much memory that takes.
//!
//! ```text
//! cargo bench -p khronika --bench workspace                         # 10,000 documents, some 200,000 findings
//! cargo bench -p khronika --bench workspace -- 500                  # 500 documents
//! cargo bench -p khronika --bench workspace -- 10000 --keep FOLDER  # the case stays there, and is used again
//! ```
//!
//! The documents are made up, the same ones each time: letters, rulings and notes of people who never were, in five languages, and one
//! text of five hundred pages. A page is asked for several times, after once that is not counted; the fastest and the median are told.
//! Measured in November and December 2026 on two cores: 243,000 findings; first opened in 10 to 12 s, and in 6 s once what was found is kept,
//! most of it the weighing; pages in 0 to 165 ms, the slowest the text of five hundred pages and the journal. It holds 385 to 415 MB when it
//! shows the case (about 600 MB at most until then), and 445 to 535 MB, from run to run, once it was judged in and weighed as of another day
//! too: while it weighs anew, the case as it was, what was found in it and the new one are there at the same time, 940 to 1,020 MB at
//! most. A finding is confirmed in 0.4 s, and the case weighed anew 4 to 5 s after that was said.
//!
//! `KHRONIKA_PROGRAM` names another program than the one that was built for it. It ends with 1 where a page takes longer, or the program
//! more memory, than it may.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and one that cannot go on fails")]

#[path = "workspace/papers.rs"]
mod papers;
#[path = "workspace/visitor.rs"]
mod visitor;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::thread::sleep;
use std::time::{Duration, Instant};

use visitor::Visitor;

/// The longest that a page may take.
const PAGE: Duration = Duration::from_millis(200);
/// The most memory that the program may hold once it shows the case, in MB.
const MEMORY: u64 = 500;
/// How long the program may take to let go of what it shows no longer.
const REST: Duration = Duration::from_secs(3);
/// How often each page is asked for.
const TIMES: usize = 7;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let count = args.first().and_then(|arg| arg.parse().ok()).unwrap_or(10_000);
    let kept = args.iter().position(|arg| arg == "--keep").and_then(|at| args.get(at + 1)).map(PathBuf::from);
    let own = tempfile::tempdir().unwrap();
    let dir = kept.unwrap_or_else(|| own.path().to_owned());
    make(&dir, count);

    let begun = Instant::now();
    let mut visitor = Visitor::start(&dir);
    visitor.until_weighed();
    println!("\nfirst opened   {:>8.1} s   {:>6} MB at most", begun.elapsed().as_secs_f64(), visitor.memory("VmHWM"));
    visitor.end();
    let begun = Instant::now();
    visitor = Visitor::start(&dir);
    visitor.until_weighed();
    println!("opened again   {:>8.1} s   {:>6} MB at most", begun.elapsed().as_secs_f64(), visitor.memory("VmHWM"));
    println!("{}\n", visitor.figures());

    let mut is_good = true;
    println!("{:<52} {:>9} {:>9} {:>9}", "page", "fastest", "median", "kB");
    for address in visitor.addresses() {
        let mut times = Vec::new();
        let mut length = visitor.until_shown(&address);
        for _ in 0..TIMES {
            let begun = Instant::now();
            length = visitor.get(&address).len();
            times.push(begun.elapsed());
        }
        times.sort();
        let (fastest, median) = (times[0], times[TIMES / 2]);
        // A file for another program is no page.
        let is_late = fastest > PAGE && !address.ends_with(".ics");
        let late = if is_late { "  too slow" } else { "" };
        is_good &= !is_late;
        let shown: String = address.chars().take(52).collect();
        println!("{shown:<52} {:>6} ms {:>6} ms {:>9}{late}", fastest.as_millis(), median.as_millis(), length / 1000);
    }

    let begun = Instant::now();
    let answered = visitor.judge();
    println!("\nconfirmed      {answered:>8.2?}, and weighed anew after {:.2?}", {
        visitor.until_weighed();
        begun.elapsed()
    });
    sleep(REST);
    let (now, most) = (visitor.memory("VmRSS"), visitor.memory("VmHWM"));
    let large = if now > MEMORY { "  too much" } else { "" };
    println!("memory         {now:>6} MB   {most:>6} MB at most{large}");
    is_good &= now <= MEMORY;
    visitor.end();
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Makes the case, where it is not there yet.
fn make(dir: &Path, count: usize) {
    if dir.join("case.khronika").exists() {
        return;
    }
    let begun = Instant::now();
    let folder = dir.join("papers");
    fs::create_dir_all(&folder).unwrap();
    let mut bytes = 0;
    for (name, text) in papers::all(count) {
        bytes += text.len();
        fs::write(folder.join(name), text).unwrap();
    }
    println!("{} documents, {} kB, made in {:.1?}", count + 1, bytes / 1000, begun.elapsed());
    fs::write(dir.join("passphrase"), "a passphrase for the benchmark\n").unwrap();
    let begun = Instant::now();
    for args in [
        &["init", "case.khronika", "--label", "Ada", "--passphrase-file", "passphrase"][..],
        &["add", "case.khronika", "papers", "--passphrase-file", "passphrase", "--quiet"],
    ] {
        let output = Command::new(visitor::program()).current_dir(dir).args(args).output().unwrap();
        // That something was not read is told with 1.
        assert!(output.status.code() <= Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    }
    println!("added in       {:>8.1} s", begun.elapsed().as_secs_f64());
}
