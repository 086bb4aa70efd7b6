//! Separated values (RFC 4180, and what else is called so).

use std::borrow::Cow;

use super::{LONGEST_ROW, Line};
use crate::encoding;
use crate::format::flow::Flow;
use crate::rendition::{Limits, Refusal, RemarkKind, Rendition};

/// What may stand between two cells.
const SEPARATORS: [u8; 4] = [b';', b'\t', b',', b'|'];

/// The separator is told by so many rows.
const SAMPLE: usize = 50;

/// No row has more cells than this.
const MOST_CELLS: usize = 16_384;

/// Reads a table.
pub(in crate::format) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let decoded = encoding::decode(Cow::Borrowed(bytes), None);
    let mut flow = Flow::new(limits);
    flow.about().encoding = Some(decoded.encoding.to_owned());
    if !decoded.damage.is_empty() {
        let what = "bytes that its encoding does not have; each stands as U+FFFD";
        flow.remark(RemarkKind::Damaged, what, None);
    }
    let text = decoded.text.trim_start_matches('\u{FEFF}');
    let separator = separator(text);
    // The line that names it is for Excel.
    let text = if text.starts_with("sep=") { text.split_once('\n').map_or("", |(_, rest)| rest) } else { text };
    let mut reader = rows(text, separator, true);
    let mut record = csv::StringRecord::new();
    let (mut long, mut quoted) = (false, true);
    let start = flow.point();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => {
                flow.remark(RemarkKind::Damaged, "a row of it cannot be read; the rest was left out", None);
                break;
            }
        }
        if quoted && record.as_slice().len() > LONGEST_ROW {
            // A quotation mark without a second one swallows all rows after it: then none of them means anything.
            quoted = false;
            flow.back(&start);
            reader = rows(text, separator, false);
            flow.remark(
                RemarkKind::Damaged,
                "a quotation mark in it has no second one; all of them were read as they stand",
                None,
            );
            continue;
        }
        let mut line = Line::default();
        for (column, cell) in record.iter().enumerate().take(MOST_CELLS) {
            line.cell(column, cell, false, None);
        }
        long |= record.len() > MOST_CELLS;
        line.end(&mut flow);
        if flow.is_full() {
            break;
        }
    }
    if long {
        flow.remark(RemarkKind::Limit, "a row of it has too many cells; the rest of them was left out", None);
    }
    Ok(flow.finish())
}

fn rows(text: &str, separator: u8, quoted: bool) -> csv::Reader<&[u8]> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(separator).quoting(quoted).from_reader(text.as_bytes())
}

/// The separator that cuts most rows into the same number of cells.
fn separator(text: &str) -> u8 {
    // Excel writes it down.
    if let Some(named) =
        text.strip_prefix("sep=").and_then(|rest| rest.bytes().next()).filter(|b| SEPARATORS.contains(b))
    {
        return named;
    }
    let head = text.get(..text.floor_char_boundary(64 << 10)).unwrap_or_default();
    let agreed = |separator: u8| {
        let mut counts: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
        for record in rows(head, separator, true).records().take(SAMPLE).flatten() {
            *counts.entry(record.len()).or_default() += 1;
        }
        counts.into_iter().filter(|(cells, _)| *cells > 1).map(|(cells, rows)| (rows, cells)).max().unwrap_or((0, 0))
    };
    let mut best = (b',', (0, 0));
    for separator in SEPARATORS {
        let seen = agreed(separator);
        if seen > best.1 {
            best = (separator, seen);
        }
    }
    best.0
}
