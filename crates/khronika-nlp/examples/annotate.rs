//! Annotates texts, one JSON string a line, and prints what was found as one JSON object a line. `tests/goldens/` compares it
//! with spaCy.
//!
//! ```text
//! cargo run --release -p khronika-nlp --example annotate -- PACKAGE [all|entities] < texts.jsonl
//! ```

use std::error::Error;
use std::io::{Write as _, stdin, stdout};

use khronika_nlp::{Pipeline, Steps};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let package = args.next().ok_or("usage: annotate PACKAGE [all|entities] < texts.jsonl")?;
    let steps = if args.next().as_deref() == Some("entities") { Steps::ENTITIES } else { Steps::ALL };
    let pipeline = Pipeline::open(package)?;
    let texts: Vec<String> =
        stdin().lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect::<Result<_, Box<dyn Error>>>()?;
    let mut out = stdout().lock();
    for doc in pipeline.annotate_all(&texts, steps) {
        let tokens: Vec<_> = doc
            .tokens()
            .map(|t| {
                json!([
                    t.span().start,
                    t.span().end,
                    t.starts_sentence(),
                    t.head(),
                    t.dep(),
                    t.tag(),
                    t.pos(),
                    t.morph(),
                    t.lemma()
                ])
            })
            .collect();
        let entities: Vec<_> = doc.entities().map(|e| json!([e.tokens.start, e.tokens.end, e.label])).collect();
        writeln!(out, "{}", json!({"tokens": tokens, "entities": entities}))?;
    }
    Ok(())
}
