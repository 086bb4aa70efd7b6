//! What `khronika_pdf::parse` makes of a file, for the eye and for the scripts beside it.
//!
//!     cargo run --release -p khronika-pdf --example look -- FILE [--text|--parts|--boxes] [--ocr LANGS]

#![allow(clippy::print_stdout, clippy::print_stderr, missing_docs)]

use std::io::Write as _;
use std::process::{Command, ExitCode, Stdio};

use khronika_core::Lang;
use khronika_pdf::ocr::{self, Recognise};
use khronika_read::Kind;
use khronika_read::rendition::{Limits, Rendition};

struct Tesseract;

impl Recognise for Tesseract {
    fn tsv(&self, pgm: &[u8], langs: &str, dpi: u32) -> Result<String, String> {
        let mut child = Command::new("tesseract")
            .args(["stdin", "stdout", "-l", langs, "--dpi", &dpi.to_string(), "tsv"])
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| e.to_string())?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(pgm).map_err(|e| e.to_string())?;
        }
        let output = child.wait_with_output().map_err(|e| e.to_string())?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn languages(&self) -> Vec<String> {
        let Ok(output) = Command::new("tesseract").arg("--list-langs").output() else { return Vec::new() };
        String::from_utf8_lossy(&output.stdout).lines().skip(1).map(str::to_owned).collect()
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let how = arguments.iter().find(|a| ["--text", "--parts", "--boxes", "--time"].contains(&a.as_str()));
    let langs = arguments.iter().position(|a| a == "--ocr").and_then(|n| arguments.get(n + 1));
    let Some(path) = arguments.first() else { return ExitCode::from(2) };
    let Ok(bytes) = std::fs::read(path) else { return ExitCode::from(2) };
    let kind = match bytes.get(..4) {
        Some(b"\x89PNG") => Kind::Png,
        Some([0xFF, 0xD8, 0xFF, _]) => Kind::Jpeg,
        Some(b"II*\0" | b"MM\0*") => Kind::Tiff,
        _ => Kind::Pdf,
    };
    let started = std::time::Instant::now();
    let mut seen = match khronika_pdf::parse(kind, &bytes, Limits::default()) {
        Ok(seen) => seen,
        Err(refusal) => {
            println!("refused: {refusal}");
            return ExitCode::from(4);
        }
    };
    let took = started.elapsed();
    if let Some(langs) = langs {
        // The languages are those of the command line; the program itself tells them by the words.
        let told: Vec<(Lang, u32)> = langs.split(',').filter_map(Lang::new).map(|lang| (lang, 100)).collect();
        let mut further =
            |first_picture| khronika_pdf::parse(kind, &bytes, Limits { first_picture, ..Limits::default() }).ok();
        ocr::fill(&mut seen, &mut further, &Tesseract, &move |_: &str| told.clone(), 2);
    }
    if let Err(what) = seen.check() {
        println!("broken: {what}");
        return ExitCode::from(1);
    }
    match how.map(String::as_str) {
        Some("--time") => {
            println!("{} pages, {} bytes, {:.1} ms", seen.layout.pages.len(), seen.text.len(), took.as_secs_f64() * 1e3)
        }
        Some("--boxes") => boxes(&seen),
        Some("--parts") => parts(&seen),
        _ => print!("{}", seen.text),
    }
    ExitCode::SUCCESS
}

/// A word a line: page, left, top, right, bottom in points, and the word.
fn boxes(seen: &Rendition) {
    for word in &seen.layout.words {
        let [left, top, right, bottom] = word.rect.points();
        println!("{}\t{left:.2}\t{top:.2}\t{right:.2}\t{bottom:.2}\t{}", word.page, word.span.of(&seen.text));
    }
}

fn parts(seen: &Rendition) {
    for part in &seen.parts {
        let words = part.span.of(&seen.text).replace('\n', "⏎").replace('\t', "⇥");
        println!("{:>12} | {words}", part.role.name());
    }
    for mark in &seen.layout.marks {
        println!("mark {} {:?} {:?}", mark.kind.name(), mark.span.of(&seen.text), mark.note);
    }
    for remark in &seen.remarks {
        println!("remark {:?} {} {:?}", remark.kind, remark.what, remark.place);
    }
    println!("about {:?}; embedded {}; pictures {}", seen.about, seen.embedded.len(), seen.rasters.len());
}
