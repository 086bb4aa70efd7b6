//! `khronika read`: what the program sees in documents.

mod compared;

use std::fmt::Write as _;

use khronika_core::{CharIndex, Layout, Problem, ProblemKind, Source, Span, points};
use khronika_pdf::ocr::Compared;
use khronika_read::rendition::{About, Part};
use khronika_read::{Document, FileEntry, Kind, ReadOptions, walk};
use khronika_seal::digest::to_hex;
use rayon::prelude::*;
use serde_json::{Map, Value, json};

use crate::apart::Apart;
use crate::args::read::Read;
use crate::command::papers;
use crate::guard::guarded;
use crate::rules::Rules;
use crate::terminal::table::{clipped, tame};
use crate::terminal::{self, Ink, Pen};
use crate::{Failure, Outcome};

/// How many characters of a part are shown on its line.
const PART: usize = 160;

/// How a document was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Whole,
    Part,
    Refused,
}

impl Verdict {
    const fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Part => "part",
            Self::Refused => "refused",
        }
    }

    /// Of one document, whatever is inside of it.
    fn of(is_read: bool, problems: &[Problem]) -> Self {
        let loss = problems.iter().any(|problem| problem.kind.is_loss());
        match (is_read, loss) {
            (true, false) => Self::Whole,
            (true, true) => Self::Part,
            (false, _) => Self::Refused,
        }
    }
}

/// What is shown of one file with all that is inside of it.
struct Shown {
    text: String,
    problems: Vec<String>,
    /// The worst of how the documents in it were read.
    worst: Verdict,
    /// Whether some words of it were read.
    any: bool,
}

/// Shows documents.
pub(crate) fn run(args: &Read) -> Result<Outcome, Failure> {
    let reader = Rules::reader()?;
    let opener = args.reading.opener()?;
    let pool = papers::pool(None)?;
    let (files, problems) = walk(&args.paths);
    let (mut worst, mut any) = (Verdict::Whole, false);
    for problem in &problems {
        if problem.kind.is_loss() {
            worst = Verdict::Refused;
        }
        if args.json {
            terminal::print(&format!("{}\n", refused(problem)))?;
        }
        terminal::line(&said(problem));
    }
    let options = ReadOptions { lang: args.lang, ..ReadOptions::default() };
    let show = |file: &FileEntry| {
        let mut shown = Shown { text: String::new(), problems: Vec::new(), worst: Verdict::Whole, any: false };
        let mut visit = |document: Document<'_>| shown.add(args, &opener, document);
        let done = guarded(|| reader.open_file(file, &options, &opener, &mut visit));
        if let Err(panic) = done {
            let bug = papers::bug(&file.name, "read", &panic);
            shown.problems.push(said(&bug));
            shown.worst = Verdict::Refused;
            if args.json {
                let _ = writeln!(shown.text, "{}", refused(&bug));
            }
        }
        shown
    };
    for some in files.chunks(pool.current_num_threads().max(1)) {
        let all: Vec<Shown> = pool.install(|| some.par_iter().map(show).collect());
        for shown in all {
            terminal::print(&shown.text)?;
            shown.problems.iter().for_each(|problem| terminal::line(problem));
            worst = worst.max(shown.worst);
            any |= shown.any;
        }
    }
    if files.is_empty() && problems.is_empty() {
        terminal::line("there is no document in what was named");
    }
    Ok(match (any, worst) {
        (false, _) => Outcome::Refused,
        (true, Verdict::Whole) => Outcome::Done,
        (true, _) => Outcome::ReadInPart,
    })
}

fn said(problem: &Problem) -> String {
    let place = problem.place.as_ref().map_or_else(String::new, |place| format!(" ({place})"));
    tame(&format!("{}{place}: {}", problem.name, problem.what)).into_owned()
}

/// What a program gets of a file that could not be opened.
fn refused(problem: &Problem) -> Value {
    json!({"name": problem.name, "depth": 0, "verdict": Verdict::Refused.name(), "problems": [as_json(problem)]})
}

fn as_json(problem: &Problem) -> Value {
    json!({"kind": problem.kind.name(), "what": problem.what, "place": problem.place, "advice": problem.advice})
}

impl Shown {
    fn add(&mut self, args: &Read, opener: &Apart, document: Document<'_>) {
        let is_repeated = document.problems.iter().any(|p| p.kind == ProblemKind::Duplicate);
        // What holds nothing but documents has no words of its own, and need not.
        let is_read = document.source.is_some() || document.inside > 0 || is_repeated;
        let verdict = Verdict::of(is_read, &document.problems);
        self.worst = self.worst.max(verdict);
        self.any |= document.source.is_some();
        self.problems.extend(document.problems.iter().map(said));
        if args.json {
            let _ = writeln!(self.text, "{}", whole(args, opener, &document, verdict));
        } else {
            self.text.push_str(&text(args, opener, &document, verdict));
        }
    }
}

/// A document for a person.
fn text(args: &Read, opener: &Apart, document: &Document<'_>, verdict: Verdict) -> String {
    let mut out = String::new();
    let source = document.source.as_ref();
    if args.text || args.boxes {
        if document.depth > 0 || args.paths.len() > 1 {
            let _ = writeln!(out, "==> {} <==", clipped(&document.name, PART));
        }
        if let Some(source) = source {
            out.push_str(&if args.text { tame(&source.text).into_owned() } else { boxes(source) });
        }
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        return out;
    }
    let pen = Pen::stdout();
    let indent = "  ".repeat(document.depth);
    let _ = writeln!(out, "{indent}{}", pen.ink(Ink::Cyan, &clipped(&document.name, PART)));
    let mut facts =
        vec![document.kind.map_or("unknown", Kind::what).to_owned(), format!("{} bytes", document.bytes.len())];
    if let Some(source) = source {
        facts.push(source.langs.iter().map(|lang| lang.code()).collect::<Vec<_>>().join(" "));
        match source.layout.pages.len() {
            0 => {}
            1 => facts.push("1 page".to_owned()),
            n => facts.push(format!("{n} pages")),
        }
        facts.push(format!("{} characters", source.text.chars().count()));
    }
    match document.inside {
        0 => {}
        1 => facts.push("1 document inside".to_owned()),
        n => facts.push(format!("{n} documents inside")),
    }
    let read = match verdict {
        Verdict::Whole => "read whole",
        Verdict::Part => "read in part",
        Verdict::Refused => "not read",
    };
    facts.push(read.to_owned());
    let _ = writeln!(out, "{indent}  {}", facts.join(" · "));
    for (name, value) in facts_of(&document.about) {
        let _ = writeln!(out, "{indent}  {}: {}", clipped(&name, PART), clipped(&value, PART));
    }
    if let Some(why) = not_confined(opener) {
        let _ = writeln!(out, "{indent}  its parser was not kept apart: {why}");
    }
    if let Some(source) = source {
        parts(&mut out, &indent, source, &document.parts);
    }
    if let Some(told) = compare(args, opener, document) {
        compared::text(&mut out, &indent, &told);
    }
    out.push('\n');
    out
}

/// What the pages of a document say otherwise than they show it, where that was asked for and can be told.
fn compare(args: &Read, opener: &Apart, document: &Document<'_>) -> Option<Result<Vec<Compared>, String>> {
    let is_pdf = document.kind == Some(Kind::Pdf) && document.source.is_some();
    (args.compare_ocr && is_pdf).then(|| opener.compare(document.bytes, ReadOptions::default().limits))
}

/// The parts of a text, a line each, with the pages that they stand on and what is said of them.
fn parts(out: &mut String, indent: &str, source: &Source, parts: &[Part]) {
    let told: Vec<(Span, &str)> = match parts {
        [] => source.blocks.iter().map(|block| (block.span, block.kind.name())).collect(),
        parts => parts.iter().map(|part| (part.span, part.role.name())).collect(),
    };
    let mut page = None;
    let mut marks = source.layout.marks.iter().peekable();
    for (span, role) in told {
        let on = source.layout.page_of(span.start);
        if on != page {
            let _ = writeln!(out, "{indent}  ── p. {}", on.map_or(0, |on| on + 1));
            page = on;
        }
        let _ = writeln!(out, "{indent}  {role:>13} │ {}", clipped(span.of(&source.text), PART));
        while let Some(mark) = marks.next_if(|mark| mark.span.start < span.end) {
            let more = [&mark.author, &mark.date, &mark.note];
            let more: String = more.into_iter().flatten().map(|words| format!(" · {}", clipped(words, PART))).collect();
            let (kind, words) = (mark.kind.name(), clipped(mark.span.of(&source.text), 60));
            let _ = writeln!(out, "{indent}  {:>13}   ↑ {kind}: “{words}”{more}", "");
        }
    }
}

/// Where each word stands.
fn boxes(source: &Source) -> String {
    let mut out = String::new();
    for word in &source.layout.words {
        let [left, top, right, bottom] = word.rect.points();
        let sure = word.confidence.map_or_else(|| "-".to_owned(), |percent| percent.to_string());
        let words = clipped(word.span.of(&source.text), PART);
        let _ = writeln!(out, "{}\t{left:.2}\t{top:.2}\t{right:.2}\t{bottom:.2}\t{sure}\t{words}", word.page + 1);
    }
    out
}

/// What a document says of itself.
fn facts_of(about: &About) -> Vec<(String, String)> {
    let About { title, author, date, lang, encoding, more } = about;
    let date = date.map(|day| day.to_string());
    let lang = lang.map(|lang| lang.code().to_owned());
    [("title", title), ("author", author), ("date", &date), ("language", &lang), ("encoding", encoding)]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)))
        .chain(more.iter().cloned())
        .collect()
}

/// Why the parsers are not confined, where they are not.
fn not_confined(opener: &Apart) -> Option<String> {
    opener.confinement().filter(|confinement| !confinement.holds()).map(|confinement| confinement.lacks.clone())
}

/// A document for a program.
fn whole(args: &Read, opener: &Apart, document: &Document<'_>, verdict: Verdict) -> Value {
    let About { title, author, date, lang, encoding, more } = &document.about;
    let mut item = Map::new();
    let mut put = |key: &str, value: Value| drop(item.insert(key.to_owned(), value));
    put("name", document.name.clone().into());
    put("depth", document.depth.into());
    put("sha256", to_hex(&document.sha256).into());
    put("inside", document.parent.map(|parent| to_hex(&parent)).into());
    put("size", document.bytes.len().into());
    put("documents_inside", document.inside.into());
    put("media_type", document.kind.map(Kind::name).into());
    put("verdict", verdict.name().into());
    put("problems", document.problems.iter().map(as_json).collect());
    let more: Map<String, Value> = more.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    put(
        "about",
        json!({
            "title": title, "author": author, "date": date.map(|day| day.to_string()), "lang": lang.map(|lang| lang.code().to_owned()),
            "encoding": encoding, "more": more,
        }),
    );
    if let Some(confinement) = opener.confinement().filter(|_| document.kind.is_some_and(|kind| !kind.is_text())) {
        let value = json!({
            "holds": confinement.holds(), "no_files": confinement.no_files, "no_network": confinement.no_network,
            "no_processes": confinement.no_processes, "limits": confinement.limits, "seccomp": confinement.seccomp,
            "landlock": confinement.landlock, "lacks": confinement.lacks,
        });
        put("sandbox", value);
    }
    if let Some(source) = &document.source {
        let chars = CharIndex::new(&source.text);
        let place = |span: Span| {
            let at = |byte| chars.chars(&source.text, byte).0;
            (at(span.start), at(span.end))
        };
        put("id", source.id.as_str().into());
        put("lang", source.lang.code().into());
        put("langs", source.langs.iter().map(|lang| lang.code()).collect());
        let part = |part: &Part| {
            let (start, end) = place(part.span);
            json!({"role": part.role.name(), "start": start, "end": end})
        };
        put("parts", document.parts.iter().map(part).collect());
        let blocks = source.blocks.iter().map(|block| {
            let (start, end) = place(block.span);
            json!({"kind": block.kind.name(), "start": start, "end": end, "lang": block.lang.code()})
        });
        put("blocks", blocks.collect());
        let Layout { pages, words, marks } = &source.layout;
        let pages = pages.iter().map(|page| {
            let (start, end) = place(page.span);
            json!({"start": start, "end": end, "width": points(page.width), "height": points(page.height)})
        });
        put("pages", pages.collect());
        let marks = marks.iter().map(|mark| {
            let (start, end) = place(mark.span);
            let (author, date, note) = (&mark.author, &mark.date, &mark.note);
            json!({"kind": mark.kind.name(), "start": start, "end": end, "author": author, "date": date, "note": note})
        });
        put("marks", marks.collect());
        if args.boxes {
            let words = words.iter().map(|word| {
                let (start, end) = place(word.span);
                let rect = word.rect.points();
                json!({"start": start, "end": end, "page": word.page + 1, "box": rect, "confidence": word.confidence})
            });
            put("words", words.collect());
        }
        put("text", source.text.clone().into());
    }
    if let Some(told) = compare(args, opener, document) {
        put("compared", compared::json(&told));
    }
    Value::Object(item)
}
