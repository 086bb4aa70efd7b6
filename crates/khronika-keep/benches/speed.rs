//! How fast a case file is, beside plain SQLite with FTS5 on the same texts in the same run.
//!
//! ```text
//! cargo bench -p khronika-keep --bench speed                # 64 MB of text
//! cargo bench -p khronika-keep --bench speed -- 1000        # 1,000 MB
//! cargo bench -p khronika-keep --bench speed -- 200 --texts FILE    # the texts and questions into a file, for beside.py
//! ```
//!
//! The texts are made up: words of syllables, as frequent as words are (Zipf), Latin and Cyrillic, in documents of some 4 KB. Work that
//! the program does on several threads (hashing, compressing) is done on as many here.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and one that cannot go on fails")]

use std::fmt::Write as _;
use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use khronika_keep::{Filter, NewCase, Opener, Prepared, PreparedText, Receipt, Store};
use rayon::prelude::*;

/// The length of a document in bytes, about.
const DOCUMENT: usize = 4096;
/// Documents in one change of the case, as `khronika add` has it: 16 MB.
const BATCH: usize = 4096;

/// A generator that gives the same numbers everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most as u64).unwrap()
    }
}

/// Words, the frequent ones first.
fn vocabulary(syllables: &[&str], endings: &[&str], count: usize) -> Vec<String> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    (0..count)
        .map(|rank| {
            let length = 1 + random.below(2 + rank.ilog2_or_zero() / 5);
            let mut word: String = (0..length).map(|_| syllables[random.below(syllables.len())]).collect();
            word.push_str(endings[random.below(endings.len())]);
            if rank % 12 == 11 {
                let mut letters = word.chars();
                word = letters.next().unwrap().to_uppercase().chain(letters).collect();
            }
            word
        })
        .collect()
}

trait Log2 {
    fn ilog2_or_zero(self) -> usize;
}

impl Log2 for usize {
    fn ilog2_or_zero(self) -> usize {
        self.checked_ilog2().map_or(0, |n| n as usize)
    }
}

fn text(random: &mut Random, words: &[String]) -> String {
    let mut text = String::with_capacity(DOCUMENT + 64);
    while text.len() < DOCUMENT {
        // Zipf: the rank is the exponential of a uniform number.
        let uniform = (random.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let rank = ((words.len() as f64).powf(uniform) as usize).saturating_sub(1);
        text.push_str(&words[rank.min(words.len() - 1)]);
        text.push_str(if random.below(14) == 0 { ".\n" } else { " " });
    }
    text
}

fn told(what: &str, time: Duration, more: &str) {
    println!("{what:<58} {:>10.2} ms  {more}", time.as_secs_f64() * 1000.0);
}

/// The processor time that the process has used: on a machine with other work it says more than the clock.
fn processor() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    // Ticks of a hundredth of a second.
    Duration::from_millis(10 * fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    (work(), start.elapsed())
}

/// The median of several runs.
fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..5).map(|_| timed(&mut work).1).collect();
    times.sort();
    times[2]
}

fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
    line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
}

fn megabytes(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |about| about.len() >> 20)
}

fn main() {
    let size: usize = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(64);
    let documents = size * 1_000_000 / DOCUMENT;
    let latin = vocabulary(
        &["ba", "re", "ti", "con", "su", "ment", "or", "de", "la", "pro", "vi", "es", "tra", "no", "il", "qua"],
        &["", "s", "ed", "ing", "tion", "al", "e", "er"],
        200_000,
    );
    let cyrillic = vocabulary(
        &["ба", "ре", "ти", "ко", "су", "пра", "ор", "де", "ла", "про", "ви", "ес", "но", "ста", "ми", "го"],
        &["", "а", "ом", "ение", "ов", "ый", "ого", "ть"],
        200_000,
    );
    let of = |number: usize| -> (&'static str, String) {
        let mut random = Random(0x2545_f491_4f6c_dd1d ^ (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        match number % 3 {
            0 => ("en", text(&mut random, &latin)),
            1 => ("ru", text(&mut random, &cyrillic)),
            _ => ("fr", text(&mut random, &latin)),
        }
    };
    if let Some(path) = std::env::args().skip_while(|argument| argument != "--texts").nth(1) {
        return texts(Path::new(&path), documents, &of, [&latin, &cyrillic]);
    }
    println!("{documents} documents, {size} MB, {} threads\n", rayon::current_num_threads());
    let dir = tempfile::tempdir().unwrap();
    case(dir.path(), documents, &of, [&latin, &cyrillic]);
    println!();
    plain(dir.path(), documents, &of, [&latin, &cyrillic]);
    println!();
    journal(dir.path());
}

/// Writes the questions, and then the texts, a line each.
fn texts(path: &Path, documents: usize, of: Of<'_>, words: [&[String]; 2]) {
    let mut out = BufWriter::new(fs::File::create(path).unwrap());
    writeln!(out, "{}", serde_json::json!(questions(words))).unwrap();
    for number in 0..documents {
        writeln!(out, "{}", serde_json::json!(of(number).1)).unwrap();
    }
    out.flush().unwrap();
}

type Of<'a> = &'a (dyn Fn(usize) -> (&'static str, String) + Sync);

fn receipt(name: String) -> Receipt {
    Receipt { name, media_type: "text/plain".into(), ..Receipt::default() }
}

fn new(path: &Path) -> Store {
    let (text, _) = khronika_keep::new_identity();
    let opener = Opener::identities(&text).unwrap();
    let new = NewCase { name: "speed", opener: &opener, label: "bench", effort: khronika_keep::Effort::default() };
    Store::create(path, &new, jiff::Timestamp::UNIX_EPOCH).unwrap()
}

fn case(dir: &Path, documents: usize, of: Of<'_>, words: [&[String]; 2]) {
    let path = dir.join("case.khronika");
    let mut store = new(&path);
    let (before, start) = (processor(), Instant::now());
    let texts = |first: usize| (first..(first + BATCH).min(documents)).into_par_iter().map(of).collect::<Vec<_>>();
    // As `khronika add` does: the next batch is made ready while one is stored.
    std::thread::scope(|scope| {
        let (ready, stored) = mpsc::sync_channel(0);
        let texts = &texts;
        scope.spawn(move || {
            for first in (0..documents).step_by(BATCH) {
                let prepared: Vec<(Prepared, PreparedText)> = texts(first)
                    .par_iter()
                    .map(|(lang, text)| {
                        let prepared = Prepared::new(text.as_bytes()).unwrap();
                        (prepared, PreparedText::new(lang, text, b"{}").unwrap())
                    })
                    .collect();
                ready.send((first, prepared)).unwrap();
            }
        });
        for (first, prepared) in stored {
            store
                .write(jiff::Timestamp::UNIX_EPOCH, |write| {
                    for (number, (document, text)) in (first..).zip(prepared) {
                        let received = write.receive(&document, &receipt(format!("{number}.txt")))?;
                        write.keep_text(&received.sha256, "bench", &text)?;
                    }
                    Ok(())
                })
                .unwrap();
        }
    });
    let took = start.elapsed();
    let rate = documents as f64 * DOCUMENT as f64 / 1e6 / took.as_secs_f64();
    let busy = (processor() - before).as_secs_f64();
    let most = peak();
    // What it takes to make the texts, of which one batch tells.
    let before = processor();
    let share = texts(0).len() as f64 / documents as f64;
    let made = (processor() - before).as_secs_f64() / share;
    let on = format!("processor {busy:.1} s, with {made:.1} s to make the texts, peak memory {most}");
    told("case file: add and index", took, &format!("{rate:.1} MB/s, {on}"));
    for (what, typed) in questions(words) {
        let mut count = 0;
        let time = median(|| count = store.search(&typed, &Filter::default(), 20).unwrap().count);
        told(&format!("case file: {what}, ranked, 20 snippets"), time, &format!("{count} documents"));
        let time = median(|| count = store.search(&typed, &Filter::default(), 0).unwrap().count);
        told(&format!("case file: {what}, counted"), time, "");
    }
    let before = processor();
    let ((), time) = timed(|| {
        let verified = store.verify(&[], &mut |_| ()).unwrap();
        assert!(verified.verdict() == khronika_seal::Verdict::Holds, "{:#?}", verified.checks);
    });
    let busy = (processor() - before).as_secs_f64();
    told("case file: verify", time, &format!("{documents} sources, processor {busy:.1} s, peak memory {}", peak()));
    store.close().unwrap();
    println!("case file: {} MB", megabytes(&path));
}

/// Questions of several kinds.
fn questions([latin, cyrillic]: [&[String]; 2]) -> [(&'static str, String); 5] {
    [
        ("a rare word", latin[150_000].clone()),
        ("a word", latin[5_000].clone()),
        ("a common word", cyrillic[20].clone()),
        ("two words in a row", format!("\"{} {}\"", latin[40], latin[25])),
        ("one of three common words", format!("{} OR {} OR {}", latin[10], cyrillic[15], latin[30])),
    ]
}

fn plain(dir: &Path, documents: usize, of: Of<'_>, words: [&[String]; 2]) {
    let path = dir.join("plain.sqlite");
    let mut connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
             CREATE TABLE text (id INTEGER PRIMARY KEY, words TEXT);
             CREATE VIRTUAL TABLE word_index USING fts5 (words, content = 'text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');",
        )
        .unwrap();
    let (mut making, mut made_on, before) = (Duration::ZERO, Duration::ZERO, processor());
    let start = Instant::now();
    for first in (0..documents).step_by(BATCH) {
        let numbers = first..(first + BATCH).min(documents);
        let began = processor();
        let (texts, made) = timed(|| numbers.clone().into_par_iter().map(of).collect::<Vec<_>>());
        making += made;
        made_on += processor() - began;
        let transaction = connection.transaction().unwrap();
        for (number, (_, text)) in numbers.zip(&texts) {
            let row = rusqlite::params![i64::try_from(number).unwrap() + 1, text];
            transaction.prepare_cached("INSERT INTO text VALUES (?1, ?2)").unwrap().execute(row).unwrap();
            let row = rusqlite::params![i64::try_from(number).unwrap() + 1, text];
            transaction
                .prepare_cached("INSERT INTO word_index (rowid, words) VALUES (?1, ?2)")
                .unwrap()
                .execute(row)
                .unwrap();
        }
        transaction.commit().unwrap();
    }
    let took = start.elapsed() - making;
    let rate = documents as f64 * DOCUMENT as f64 / 1e6 / took.as_secs_f64();
    let busy = (processor() - before - made_on).as_secs_f64();
    told("plain SQLite, FTS5 unicode61: add and index", took, &format!("{rate:.1} MB/s, processor {busy:.1} s"));
    for (what, typed) in questions(words) {
        let mut query = String::new();
        for part in typed.split(" OR ") {
            let or = if query.is_empty() { "" } else { " OR " };
            write!(query, "{or}\"{}\"", part.trim_matches('"')).unwrap();
        }
        let mut count = 0_i64;
        let time = median(|| {
            let sql = "SELECT count(*) FROM word_index WHERE word_index MATCH ?1";
            count = connection.query_row(sql, [&query], |row| row.get(0)).unwrap();
            let sql = "SELECT rowid, snippet(word_index, 0, '[', ']', '…', 32) FROM word_index WHERE word_index MATCH ?1 ORDER BY rank LIMIT 20";
            let mut best = connection.prepare(sql).unwrap();
            let rows = best.query_map([&query], |row| row.get::<_, String>(1)).unwrap();
            assert!(rows.count() <= 20);
        });
        told(&format!("plain SQLite: {what}, ranked, 20 snippets"), time, &format!("{count} documents"));
    }
    connection.close().unwrap();
    println!("plain SQLite: {} MB", megabytes(&path));
}

/// Entries of the journal, in batches of a thousand, and one at a time.
fn journal(dir: &Path) {
    let path = dir.join("journal.khronika");
    let mut store = new(&path);
    let prepared = Prepared::new(b"the same words").unwrap();
    let append = |store: &mut Store, count: usize| {
        store
            .write(jiff::Timestamp::UNIX_EPOCH, |write| {
                (0..count).try_for_each(|n| write.receive(&prepared, &receipt(format!("{n}"))).map(drop))
            })
            .unwrap();
    };
    let ((), time) = timed(|| (0..20).for_each(|_| append(&mut store, 1000)));
    told("journal: 20 batches of 1,000 entries", time, &format!("{:.0} entries/s", 20_000.0 / time.as_secs_f64()));
    let ((), time) = timed(|| (0..100).for_each(|_| append(&mut store, 1)));
    told(
        "journal: 100 entries, each forced to the disk",
        time,
        &format!("{:.0} entries/s", 100.0 / time.as_secs_f64()),
    );
}
