//! `khronika search`: words in the texts of a case file.

use khronika_keep::{Filter, Hit, Hits, SourceRow, Store};
use serde_json::{Value, json};

use crate::args::keep::Search;
use crate::case_file;
use crate::terminal::table::tame;
use crate::terminal::{Ink, Pen};
use crate::{Failure, Outcome, terminal};

/// Searches.
pub(crate) fn run(args: &Search) -> Result<Outcome, Failure> {
    let store = case_file::open(&args.case, &args.unlock)?;
    let failed = |error: &khronika_keep::Error| case_file::failed(&args.case, error);
    let source = args.source.as_deref().map(|name| store.find_source(name)).transpose().map_err(|e| failed(&e))?;
    let filter = Filter {
        lang: args.lang.map(|lang| lang.code().to_owned()),
        source: source.map(|row| row.id),
        since: args.since.map(|day| day.to_string()),
        until: args.until.map(|day| day.to_string()),
        actor: args.actor.clone(),
    };
    let typed = args.words.join(" ");
    let (hits, rows) = found(&store, &typed, &filter, args.limit).map_err(|e| failed(&e))?;
    let best = rows.iter().zip(&hits.best);
    if args.json {
        let found: Vec<Value> = best.map(|(row, hit)| to_json(row, hit)).collect();
        terminal::print_json(&json!({"words": typed, "count": hits.count, "hits": found}))?;
    } else {
        let pen = Pen::stdout();
        let mut shown = String::new();
        for (row, hit) in best {
            let head = format!("{}  {}", row.name_id(), tame(&row.name));
            shown.push_str(&format!("{}\n  {}\n", pen.ink(Ink::Cyan, &head), marked(pen, hit)));
        }
        terminal::print(&shown)?;
        let rest = hits.count.saturating_sub(hits.best.len() as u64);
        if rest > 0 {
            terminal::line(&format!("and {rest} documents more: --limit shows them"));
        }
        if hits.count == 0 {
            terminal::line("nothing was found");
        }
    }
    Ok(if hits.count == 0 { Outcome::DoneInPart } else { Outcome::Done })
}

/// What was found, and what is known of the documents in which it was.
pub(crate) fn found(
    store: &Store,
    typed: &str,
    filter: &Filter,
    most: u32,
) -> Result<(Hits, Vec<SourceRow>), khronika_keep::Error> {
    let hits = store.search(typed, filter, most)?;
    let rows = hits.best.iter().map(|hit| store.source(hit.source)).collect::<Result<_, _>>()?;
    Ok((hits, rows))
}

/// The snippet on one line, with what was found marked: in bold on a terminal, in brackets elsewhere.
fn marked(pen: Pen, hit: &Hit) -> String {
    let letters: Vec<char> = hit.snippet.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let piece = |from: usize, to: usize| -> String { letters.get(from..to).unwrap_or_default().iter().collect() };
    let (mut shown, mut at) = (String::new(), 0);
    for (from, to) in &hit.marks {
        shown.push_str(&tame(&piece(at, *from)));
        let word = piece(*from, *to);
        let word = tame(&word);
        shown.push_str(&if pen.is_coloured() { pen.ink(Ink::Bold, &word) } else { format!("[{word}]") });
        at = *to;
    }
    shown.push_str(&tame(&piece(at, letters.len())));
    shown
}

fn to_json(row: &SourceRow, hit: &Hit) -> Value {
    json!({
        "id": row.name_id(),
        "name": row.name,
        "language": row.lang,
        "score": hit.score,
        "snippet": hit.snippet,
        "marks": hit.marks.iter().map(|(from, to)| json!({"start": from, "end": to})).collect::<Vec<_>>(),
    })
}
