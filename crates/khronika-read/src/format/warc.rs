//! Web archives (WARC, ISO 28500): of what was fetched, the pages and documents, each with its address and the time.

use crate::rendition::{Limits, Refusal, RemarkKind, Rendition};

use super::budget::{Inside, LONGEST_MEMBER, TOO_LONG, TOO_MUCH};
use super::inflate::{End, inflate};
use super::mhtml::is_document;

const NOT_SHOWN: &str = "Pictures, styles and scripts of saved pages were left out";
const NOT_FOUND: &str = "Answers that were no page (moved, not found, refused) were left out";
const AGAIN: &str = "Pages that had not changed since they were fetched before are kept elsewhere";
const PACKED: &str = "Pages that are packed in a way that is not read were left out";
const BROKEN: &str = "Records that are not whole were left out";

/// The head of a record, or of an answer of HTTP, and what follows it.
struct Head<'a> {
    lines: Vec<(&'a [u8], &'a [u8])>,
    first: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Head<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        const LONGEST: usize = 64 << 10;
        let near = bytes.get(..bytes.len().min(LONGEST))?;
        let (end, mark) = [&b"\r\n\r\n"[..], b"\n\n"]
            .into_iter()
            .filter_map(|mark| memchr::memmem::find(near, mark).map(|at| (at, mark.len())))
            .min()?;
        let mut lines = near.get(..end)?.split(|b| *b == b'\n').map(|line| line.trim_ascii());
        let first = lines.next()?;
        let lines = lines.filter_map(|line| {
            let at = memchr::memchr(b':', line)?;
            Some((line.get(..at)?.trim_ascii(), line.get(at + 1..)?.trim_ascii()))
        });
        Some(Self { lines: lines.take(500).collect(), first, rest: bytes.get(end + mark..)? })
    }

    fn get(&self, name: &str) -> Option<String> {
        let (_, value) = self.lines.iter().find(|(n, _)| n.eq_ignore_ascii_case(name.as_bytes()))?;
        Some(String::from_utf8_lossy(value).into_owned())
    }
}

/// Reads a web archive.
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let mut inside = Inside::new(limits);
    let mut rest = bytes;
    let mut any = false;
    let mut broken = false;
    loop {
        rest = rest.trim_ascii_start();
        if rest.is_empty() {
            break;
        }
        let head = Head::read(rest).filter(|head| head.first.starts_with(b"WARC/"));
        let length = head.as_ref().and_then(|h| h.get("content-length")).and_then(|n| n.parse::<usize>().ok());
        let (Some(head), Some(length)) = (head, length) else {
            broken = true;
            break;
        };
        any = true;
        let Some((block, after)) = head.rest.split_at_checked(length) else {
            inside.leave_out(RemarkKind::Damaged, BROKEN, &head.get("warc-target-uri").unwrap_or_default());
            break;
        };
        rest = after;
        record(&head, block, &mut inside);
    }
    if !any {
        return Err(Refusal::Damaged("its first record cannot be read".to_owned()));
    }
    let mut rendition = Rendition::default();
    if broken {
        let what = "The archive is broken in the middle; what stands behind was not read".to_owned();
        rendition.remarks.push(crate::rendition::Remark { kind: RemarkKind::Damaged, what, place: None });
    }
    inside.finish_into(&mut rendition);
    Ok(rendition)
}

fn record(head: &Head<'_>, block: &[u8], inside: &mut Inside) {
    let uri = head.get("warc-target-uri").unwrap_or_default();
    let uri = uri.trim_matches(['<', '>']);
    // The day is part of the name: a page is saved more than once.
    let date = head.get("warc-date").unwrap_or_default();
    let name = format!("{} {uri}", date.get(..10).unwrap_or(&date)).trim().to_owned();
    let kind_of = |value: Option<String>| {
        value.map(|v| v.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()).unwrap_or_default()
    };
    match head.get("warc-type").unwrap_or_default().to_ascii_lowercase().as_str() {
        "response" => {}
        "resource" | "conversion" => {
            let kind = kind_of(head.get("content-type"));
            return if is_document(&kind) {
                add(inside, &name, &kind, block.to_vec());
            } else {
                inside.leave_out(RemarkKind::NotRead, NOT_SHOWN, &name);
            };
        }
        "revisit" => return inside.leave_out(RemarkKind::NotRead, AGAIN, &name),
        // Requests and what is said of the fetching.
        _ => return,
    }
    // DNS answers and the like are no pages.
    if !uri.starts_with("http") {
        return;
    }
    let Some(answer) = Head::read(block) else { return inside.leave_out(RemarkKind::Damaged, BROKEN, &name) };
    let status = answer.first.split(|b| *b == b' ').nth(1).unwrap_or_default();
    if status != b"200" {
        return inside.leave_out(RemarkKind::NotRead, NOT_FOUND, &name);
    }
    let kind = kind_of(answer.get("content-type"));
    if !is_document(&kind) {
        return inside.leave_out(RemarkKind::NotRead, NOT_SHOWN, &name);
    }
    let chunked = answer.get("transfer-encoding").is_some_and(|e| e.to_ascii_lowercase().contains("chunked"));
    let body = if chunked { unchunked(answer.rest) } else { answer.rest.to_vec() };
    let most = usize::try_from(inside.left().min(LONGEST_MEMBER)).unwrap_or(usize::MAX);
    let body = match answer.get("content-encoding").unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "" | "identity" => Some(body),
        "gzip" | "x-gzip" => {
            super::gzip::first_member(&body).map(|data| unpacked(data, most)).unwrap_or(Some(body.clone()))
        }
        "deflate" => unpacked(body.get(2..).unwrap_or_default(), most).or_else(|| unpacked(&body, most)),
        _ => return inside.leave_out(RemarkKind::NotRead, PACKED, &name),
    };
    match body {
        Some(body) => add(inside, &name, &kind, body),
        None => inside.leave_out(RemarkKind::Damaged, BROKEN, &name),
    }
}

fn add(inside: &mut Inside, name: &str, kind: &str, bytes: Vec<u8>) {
    if bytes.len() as u64 > LONGEST_MEMBER {
        inside.leave_out(RemarkKind::Limit, TOO_LONG, name);
    } else if inside.take(bytes.len() as u64) {
        inside.add(name, Some(kind), bytes);
    } else {
        inside.leave_out(RemarkKind::Limit, TOO_MUCH, name);
    }
}

fn unpacked(data: &[u8], most: usize) -> Option<Vec<u8>> {
    let inflated = inflate(data, most);
    (matches!(inflated.end, End::Whole | End::Cut) && !inflated.bytes.is_empty()).then_some(inflated.bytes)
}

/// The content of an answer that was sent in pieces. Some archives keep the pieces put together and leave the header: those come back as
/// they are.
fn unchunked(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(end) = memchr::memchr(b'\n', rest.get(..rest.len().min(200)).unwrap_or_default()) {
        let line = rest.get(..end).unwrap_or_default();
        let digits = line.split(|b| *b == b';').next().unwrap_or_default().trim_ascii();
        let size = std::str::from_utf8(digits).ok().and_then(|d| usize::from_str_radix(d, 16).ok());
        let Some(size) = size else { break };
        let after = rest.get(end + 1..).unwrap_or_default();
        let piece = after.get(..size.min(after.len())).unwrap_or_default();
        out.extend_from_slice(piece);
        let after = after.get(piece.len()..).unwrap_or_default();
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
        if size == 0 {
            return out;
        }
    }
    if out.is_empty() { body.to_vec() } else { out }
}
