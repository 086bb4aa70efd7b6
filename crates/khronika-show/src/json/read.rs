//! Reads the documents back out of a `case.json`: it holds their whole text, so that the case can be found and weighed anew, as of
//! another day or with newer rules, where the documents themselves are no longer at hand.

use khronika_core::{
    Block, BlockKind, CharIndex, CharOffset, Correction, Day, Edtf, EffectKind, Judgment, Lang, Layout, Mark, MarkKind,
    Page, Problem, ProblemKind, Source, SourceId, Span, Verdict, hundredths,
};
use serde::Deserialize;

use super::read_added;

/// What a `case.json` keeps of what it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The documents, as they were read.
    pub sources: Vec<Source>,
    /// What could not be read, or not whole, when the case was made. Without the places.
    pub problems: Vec<Problem>,
    /// What people said of findings.
    pub judgments: Vec<Judgment>,
    /// The day that was asked for, where one was.
    pub as_of: Option<Day>,
    /// The data files that the findings rest on: name and digest.
    pub rules: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Wire {
    schema: String,
    program: Program,
    as_of: Option<String>,
    as_of_basis: String,
    sources: Vec<Document>,
    #[serde(default)]
    problems: Vec<Remark>,
    #[serde(default)]
    judgments: Vec<Said>,
}

#[derive(Deserialize)]
struct Said {
    entry: u64,
    verdict: String,
    about: Vec<String>,
    by: String,
    time: String,
    words: Option<String>,
    #[serde(default)]
    titles: Vec<String>,
    #[serde(default)]
    corrected: Parts,
    effect: Option<String>,
    added: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(default)]
    names: Vec<String>,
}

#[derive(Default, Deserialize)]
struct Parts {
    date: Option<String>,
    title: Option<String>,
    body: Option<String>,
}

#[derive(Deserialize)]
struct Program {
    #[serde(default)]
    rules: serde_json::Map<String, serde_json::Value>,
}

#[derive(Deserialize)]
struct Document {
    id: String,
    name: String,
    sha256: String,
    blake3: String,
    size: u64,
    media_type: String,
    encoding: String,
    lang: String,
    langs: Vec<String>,
    meta_date: Option<String>,
    part_of: Option<String>,
    #[serde(default)]
    pages: Vec<Leaf>,
    #[serde(default)]
    marks: Vec<Note>,
    blocks: Vec<Part>,
    text: String,
}

#[derive(Deserialize)]
struct Leaf {
    start: usize,
    end: usize,
    width: f64,
    height: f64,
}

#[derive(Deserialize)]
struct Note {
    kind: String,
    start: usize,
    end: usize,
    author: Option<String>,
    date: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Part {
    kind: String,
    start: usize,
    end: usize,
    lang: String,
}

#[derive(Deserialize)]
struct Remark {
    name: String,
    kind: String,
    what: String,
    #[serde(default)]
    advice: String,
}

/// Reads a `case.json`.
///
/// # Errors
/// A sentence that says what is wrong with the file, without a full stop.
pub fn read(file: &[u8]) -> Result<Kept, String> {
    let wire: Wire = serde_json::from_slice(file).map_err(|error| format!("it is no case.json: {error}"))?;
    if wire.schema != super::FORMAT {
        return Err(format!("its format is “{}”, not {}", wire.schema, super::FORMAT));
    }
    let as_of = match wire.as_of.filter(|_| wire.as_of_basis == super::GIVEN) {
        Some(day) => Some(self::day(&day)?),
        None => None,
    };
    let problem = |remark: Remark| {
        let kind = ProblemKind::from_name(&remark.kind)?;
        let (what, advice) = (remark.what, remark.advice);
        // What the weighing itself remarks comes anew.
        let reading = kind.is_loss() || matches!(kind, ProblemKind::Empty | ProblemKind::LeftOut);
        reading.then_some(Problem { source: None, name: remark.name, kind, what, span: None, place: None, advice })
    };
    Ok(Kept {
        sources: wire.sources.into_iter().map(source).collect::<Result<_, _>>()?,
        judgments: wire.judgments.into_iter().filter_map(judgment).collect(),
        problems: wire.problems.into_iter().filter_map(problem).collect(),
        as_of,
        rules: wire
            .program
            .rules
            .into_iter()
            .filter_map(|(name, digest)| Some((name, digest.as_str()?.to_owned())))
            .collect(),
    })
}

/// What somebody said; `None` where a newer program knows verdicts that this one does not.
fn judgment(said: Said) -> Option<Judgment> {
    let Parts { date, title, body } = said.corrected;
    let correction = Correction { date: date.and_then(|date| Edtf::parse(&date).ok()), title, body };
    let (added, correction) = match said.added {
        Some(added) => read_added(&added).map(|(added, said)| (Some(added), said))?,
        None => (None, correction),
    };
    Some(Judgment {
        number: said.entry,
        verdict: Verdict::from_name(&said.verdict)?,
        about: said.about,
        by: said.by,
        time: said.time,
        words: said.words,
        titles: said.titles,
        correction,
        effect: said.effect.as_deref().and_then(EffectKind::from_name),
        added,
        names: said.names,
    })
}

fn source(wire: Document) -> Result<Source, String> {
    let chars = CharIndex::new(&wire.text);
    let mut blocks = Vec::with_capacity(wire.blocks.len());
    let mut last = 0;
    for (n, part) in wire.blocks.into_iter().enumerate() {
        let wrong = |what: &str| format!("block {n} of the source {}: {what}", wire.id);
        let byte = |at: usize| chars.byte(&wire.text, CharOffset(at));
        let (Some(start), Some(end)) = (byte(part.start), byte(part.end)) else {
            return Err(wrong("it lies outside the text"));
        };
        if start < last || end < start {
            return Err(wrong("it is out of order"));
        }
        last = end;
        let kind = BlockKind::from_name(&part.kind).ok_or_else(|| wrong("its kind is not known"))?;
        blocks.push(Block { span: Span::new(start, end), kind, lang: lang(&part.lang)? });
    }
    let layout = layout(&wire.text, &chars, wire.pages, wire.marks)
        .ok_or_else(|| format!("the pages or marks of the source {} do not fit its text", wire.id))?;
    Ok(Source {
        id: SourceId::new(&wire.id),
        name: wire.name,
        sha256: wire.sha256,
        blake3: wire.blake3,
        size: wire.size,
        media_type: wire.media_type,
        encoding: wire.encoding,
        lang: lang(&wire.lang)?,
        langs: wire.langs.iter().map(|code| lang(code)).collect::<Result<_, _>>()?,
        text: wire.text,
        blocks,
        meta_date: wire.meta_date.as_deref().map(day).transpose()?,
        layout,
        part_of: wire.part_of.as_deref().map(SourceId::new),
    })
}

/// The pages and marks, in order and within the text. Where words stand on the pages is not kept in this file.
fn layout(text: &str, chars: &CharIndex, pages: Vec<Leaf>, marks: Vec<Note>) -> Option<Layout> {
    let span = |start: usize, end: usize| {
        let (start, end) = (chars.byte(text, CharOffset(start))?, chars.byte(text, CharOffset(end))?);
        (start <= end).then_some(Span { start, end })
    };
    let page = |leaf: Leaf| {
        let (width, height) = (hundredths(leaf.width), hundredths(leaf.height));
        Some(Page { span: span(leaf.start, leaf.end)?, width, height })
    };
    let mark = |note: Note| {
        let Note { start, end, author, date, note: words, kind } = note;
        // A newer program may know marks that this one does not.
        let Some(kind) = MarkKind::from_name(&kind) else { return Some(None) };
        Some(Some(Mark { span: span(start, end)?, kind, author, date, note: words }))
    };
    let pages: Vec<Page> = pages.into_iter().map(page).collect::<Option<_>>()?;
    let marks = marks.into_iter().map(mark).collect::<Option<Vec<_>>>()?;
    let marks: Vec<Mark> = marks.into_iter().flatten().collect();
    let ordered = pages.is_sorted_by(|a, b| a.span.end <= b.span.start) && marks.is_sorted_by_key(|m| m.span.start);
    ordered.then_some(Layout { pages, words: Vec::new(), marks })
}

fn lang(code: &str) -> Result<Lang, String> {
    if code == Lang::UND.code() {
        return Ok(Lang::UND);
    }
    Lang::new(code).ok_or_else(|| format!("“{code}” is no language"))
}

fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|_| format!("“{text}” is no day"))
}
