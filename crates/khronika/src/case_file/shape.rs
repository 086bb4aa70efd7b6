//! What a case keeps of a reading beside the text: the encoding, the languages, the blocks, the layout, what was wrong. As JSON; offsets are bytes.

use khronika_core::{Block, BlockKind, Day, Lang, Problem, ProblemKind, Source, SourceId, Span};
use khronika_keep::{SourceRow, TextRow};
use khronika_seal::digest::to_hex;
use serde_json::{Value, json};

use super::layout;

/// What the reader of documents is called in the journal.
pub(crate) const READER: &str = concat!("khronika ", env!("CARGO_PKG_VERSION"));

/// What is kept of a reading.
pub(crate) fn of(source: &Source, problems: &[Problem]) -> Vec<u8> {
    let blocks: Vec<Value> = source
        .blocks
        .iter()
        .map(|block| json!([block.span.start, block.span.end, block.kind.name(), block.lang.code()]))
        .collect();
    let problems: Vec<Value> = problems
        .iter()
        .map(|problem| {
            json!({
                "kind": problem.kind.name(),
                "what": problem.what,
                "span": problem.span.map(|span| [span.start, span.end]),
                "place": problem.place,
                "advice": problem.advice,
            })
        })
        .collect();
    let mut shape = json!({
        "media_type": source.media_type,
        "encoding": source.encoding,
        "languages": source.langs.iter().map(|lang| lang.code().to_owned()).collect::<Vec<_>>(),
        "meta_date": source.meta_date.map(|day| day.to_string()),
        "blocks": blocks,
        "problems": problems,
    });
    if let (Some(layout), Some(shape)) = (layout::of(&source.layout), shape.as_object_mut()) {
        shape.insert("layout".to_owned(), layout);
    }
    shape.to_string().into_bytes()
}

/// The source that was kept; `None` where what was kept does not fit the text.
pub(crate) fn source(row: &SourceRow, kept: TextRow) -> Option<(Source, Vec<Problem>)> {
    let shape: Value = serde_json::from_slice(&kept.shape).ok()?;
    let text = kept.text;
    let lang = |code: &str| Some(if code == Lang::UND.code() { Lang::UND } else { Lang::new(code)? });
    let span = |value: &Value| {
        let at = |ix: usize| usize::try_from(value.get(ix)?.as_u64()?).ok();
        let (start, end) = (at(0)?, at(1)?);
        text.get(start..end).map(|_| Span { start, end })
    };
    let list = |name: &str| shape.get(name).and_then(Value::as_array);
    let word = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let blocks = list("blocks")?
        .iter()
        .map(|block| {
            let (kind, code) = (block.get(2)?.as_str()?, block.get(3)?.as_str()?);
            Some(Block { span: span(block)?, kind: BlockKind::from_name(kind)?, lang: lang(code)? })
        })
        .collect::<Option<_>>()?;
    let id = SourceId::new(&row.name_id());
    let problems = list("problems")?
        .iter()
        .map(|problem| {
            Some(Problem {
                source: Some(id.clone()),
                name: row.name.clone(),
                kind: ProblemKind::from_name(&word(problem, "kind")?)?,
                what: word(problem, "what")?,
                span: problem.get("span").and_then(span),
                place: word(problem, "place"),
                advice: word(problem, "advice")?,
            })
        })
        .collect::<Option<_>>()?;
    let langs = list("languages")?.iter().map(|code| lang(code.as_str()?)).collect::<Option<_>>()?;
    let meta_date = match word(&shape, "meta_date") {
        Some(day) => Some(day.parse::<Day>().ok()?),
        None => None,
    };
    let layout = layout::read(shape.get("layout"), &text)?;
    let source = Source {
        id,
        name: row.name.clone(),
        sha256: to_hex(&row.sha256),
        blake3: to_hex(&row.blake3),
        size: row.size,
        media_type: word(&shape, "media_type")?,
        encoding: word(&shape, "encoding")?,
        lang: lang(&kept.lang)?,
        langs,
        text,
        blocks,
        meta_date,
        layout,
        part_of: None,
    };
    Some((source, problems))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_comes_back_as_it_was() {
        let reader = khronika_read::Reader::new(&khronika_data::Dataset::embedded()).unwrap();
        let bytes = "Lyon, le 4 mai 2021\r\n\r\nLe 3 mai, la Cour rejette.\0\n".as_bytes();
        let (source, problems) = reader.read_bytes("a.txt", bytes, &khronika_read::ReadOptions::default()).unwrap();
        let row = SourceRow {
            id: 1,
            sha256: [0; 32],
            blake3: [0; 32],
            size: source.size,
            media_type: "text/plain".into(),
            name: "a.txt".into(),
            receipts: 1,
            lang: None,
            parent: None,
        };
        let kept =
            TextRow { lang: source.lang.code().into(), text: source.text.clone(), shape: of(&source, &problems) };
        let (again, problems_again) = super::source(&row, kept).unwrap();
        let same =
            Source { id: source.id.clone(), sha256: source.sha256.clone(), blake3: source.blake3.clone(), ..again };
        assert_eq!(same, source);
        assert_eq!(problems.len(), problems_again.len());
        let cut = TextRow { lang: "fr".into(), text: "L".into(), shape: of(&source, &problems) };
        assert_eq!(super::source(&row, cut), None, "blocks that reach beyond the text");
    }
}
