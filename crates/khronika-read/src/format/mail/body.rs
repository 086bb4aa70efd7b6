//! The text of a mail as parts: what its sender wrote, what is quoted, the signature. Told by shapes, in whatever language.

use khronika_core::Span;

use crate::html::{self, Setting};
use crate::rendition::{Part, Rendition, Role, Writer};

/// How plain text was wrapped (RFC 3676).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wrapped {
    /// Lines that end in a space go on in the next.
    pub flowed: bool,
    /// That space is no part of the text.
    pub delete_space: bool,
}

/// A line, how deep it is quoted, and what it is.
struct Line {
    depth: usize,
    words: String,
    role: Role,
}

/// Writes plain text.
pub(crate) fn plain(writer: &mut Writer, text: &str, wrapped: Wrapped) {
    let mut lines = unwrapped(text, wrapped);
    mark_quotes(&mut lines);
    mark_signature(&mut lines);
    for run in lines.chunk_by(|a, b| a.role == b.role && a.depth == b.depth) {
        let Some(role) = run.first().map(|line| line.role) else { continue };
        match role {
            Role::Lines => {
                for line in run {
                    writer.push(&line.words);
                    writer.push("\n");
                }
                writer.end(role);
            }
            Role::Signature | Role::Header => run.iter().for_each(|line| {
                writer.push(&line.words);
                writer.end(role);
            }),
            _ => {
                for paragraph in run.split(|line| line.words.trim().is_empty()) {
                    for (n, line) in paragraph.iter().enumerate() {
                        writer.push(if n == 0 { "" } else { "\n" });
                        writer.push(&line.words);
                    }
                    writer.end(role);
                }
            }
        }
    }
}

/// Reads an HTML body.
pub(crate) fn page(text: &str, longest: usize) -> Rendition {
    let mut page = html::read(text, Setting::Mail, longest);
    quote_forwarded(&mut page);
    page
}

/// The lines of a text, with the signs of quoting taken off, and lines that were wrapped on the way put together again.
fn unwrapped(text: &str, wrapped: Wrapped) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    // The last line goes on in the next.
    let mut goes_on = false;
    for raw in text.split('\n') {
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        let (depth, mut words) = unquoted(raw, wrapped.flowed);
        if !wrapped.flowed {
            out.push(Line { depth, words: words.to_owned(), role: Role::Lines });
            continue;
        }
        words = words.strip_prefix(' ').unwrap_or(words);
        let soft = words.ends_with(' ') && words != "-- ";
        let kept = if soft && wrapped.delete_space { words.strip_suffix(' ').unwrap_or(words) } else { words };
        match out.last_mut() {
            Some(last) if goes_on && last.depth == depth && words != "-- " => last.words.push_str(kept),
            _ => out.push(Line { depth, words: kept.to_owned(), role: Role::Lines }),
        }
        goes_on = soft;
    }
    out
}

/// How often a line is quoted, and the line without the signs of it.
fn unquoted(line: &str, flowed: bool) -> (usize, &str) {
    let mut depth = 0;
    let mut rest = line;
    loop {
        // "> > text" where text is not flowed; there, one space more belongs to the text.
        let inner = if depth > 0 && !flowed { rest.strip_prefix(' ').unwrap_or(rest) } else { rest };
        match inner.strip_prefix('>') {
            Some(after) => {
                depth += 1;
                rest = after;
            }
            None => {
                let text = if depth > 0 && !flowed { rest.strip_prefix(' ').unwrap_or(rest) } else { rest };
                return (depth, text);
            }
        }
    }
}

/// Marks quoted lines, the line that says whose they are, and forwarded mails.
fn mark_quotes(lines: &mut [Line]) {
    for n in 0..lines.len() {
        let (before, rest) = lines.split_at_mut(n);
        let Some(line) = rest.first_mut() else { break };
        if line.depth == 0 {
            continue;
        }
        line.role = Role::Quote;
        if before.last().is_none_or(|last| last.depth == 0 && last.role == Role::Lines) {
            mark_attribution(before);
        }
    }
    // What is quoted with signs has an end of its own.
    let texts: Vec<&str> = lines.iter().map(|line| if line.depth > 0 { "" } else { line.words.as_str() }).collect();
    let Some((from, text)) = forwarded(&texts) else { return };
    for (n, line) in lines.iter_mut().enumerate().skip(from) {
        line.role = if n < text { Role::Header } else { Role::Quote };
    }
}

/// "On 3 May 2022, Anna Smirnova <anna@example.org> wrote:" over a quotation: it ends in a colon and names a day or an address.
fn mark_attribution(before: &mut [Line]) {
    let mut end = before.len();
    // An empty line may stand between.
    while end > 0 && before.len() - end < 2 && before.get(end - 1).is_some_and(|l| l.words.trim().is_empty()) {
        end -= 1;
    }
    let is_end = |line: &Line| line.words.trim_end().ends_with([':', '：']);
    if !end.checked_sub(1).and_then(|n| before.get(n)).is_some_and(is_end) {
        return;
    }
    // It may be wrapped, into three lines at most.
    for start in (end.saturating_sub(3)..end).rev() {
        let Some(lines) = before.get_mut(start..end) else { return };
        if lines.iter().any(|l| l.depth > 0 || l.words.trim().is_empty() || l.role != Role::Lines) {
            return;
        }
        let length: usize = lines.iter().map(|l| l.words.len()).sum();
        let digits = lines.iter().flat_map(|l| l.words.bytes()).filter(u8::is_ascii_digit).count();
        let address = lines.iter().any(|l| l.words.contains('@'));
        if length > 400 {
            return;
        }
        // A day has four digits at least, most often six; a day without year, with the hour, as many.
        if digits >= 5 || (address && (digits >= 3 || lines.len() == 1)) {
            lines.iter_mut().for_each(|line| line.role = Role::Header);
            return;
        }
    }
}

/// The lines on which the head and the text of a mail begin that was forwarded, or answered with all of it below, without any signs of quoting: a block of at
/// least three header lines, one of which has an hour, below a rule or with an address.
fn forwarded(lines: &[&str]) -> Option<(usize, usize)> {
    let mut n = 0;
    while n < lines.len() {
        let block = lines.iter().skip(n).take_while(|line| is_header(line)).take(12).count();
        if block < 3 {
            n += block.max(1);
            continue;
        }
        let block = lines.get(n..n + block)?;
        let before = n.checked_sub(1).and_then(|n| lines.get(n)).map_or("", |line| line.trim());
        let apart = before.is_empty() || is_rule(before);
        // A rule above it belongs to it, also with an empty line between.
        let above = |n: usize| n.checked_sub(1).and_then(|n| lines.get(n)).is_some_and(|line| is_rule(line.trim()));
        let rule = if above(n) {
            Some(n - 1)
        } else if n >= 2 && before.is_empty() && above(n - 1) {
            Some(n - 2)
        } else {
            None
        };
        // The hour of a mail is always told; that of a hearing may be as well, but not with addresses.
        let address = block.iter().any(|line| line.contains('@'));
        if apart && block.iter().any(|line| has_hour(line)) && (address || rule.is_some()) {
            return Some((rule.unwrap_or(n), n + block.len()));
        }
        n += block.len();
    }
    None
}

/// "From: Anna", "*Дата:* 3 мая": a few words and a colon, with something after it.
fn is_header(line: &str) -> bool {
    let line = line.trim().trim_start_matches('*');
    let Some((name, value)) = line.split_once(':') else { return false };
    let words = name.split_whitespace().count();
    (1..=3).contains(&words)
        && name.chars().count() <= 30
        && name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\u{A0}' | '-' | '\'' | '’' | '*'))
        && !value.trim_matches(['*', ' ']).is_empty()
}

/// "-----Original message-----", "________".
fn is_rule(line: &str) -> bool {
    ["-----", "_____", "=====", "*****", "—————"].iter().any(|rule| line.starts_with(rule))
}

/// 10:15.
fn has_hour(line: &str) -> bool {
    line.as_bytes().windows(5).any(|w| match w {
        [a, b, b':', c, d] => [a, b, c, d].into_iter().all(u8::is_ascii_digit),
        _ => false,
    })
}

/// What follows the line "-- " up to the next quotation.
fn mark_signature(lines: &mut [Line]) {
    let is_mark = |line: &Line| line.role == Role::Lines && (line.words == "-- " || line.words == "--");
    // The last one: a line of hyphens may also part sections.
    let Some(at) = lines.iter().rposition(is_mark) else { return };
    let own = lines.iter().skip(at).take_while(|line| line.role == Role::Lines).count();
    // Signatures have a few lines; what is longer is text.
    let words: usize = lines.iter().skip(at).take(own).map(|line| line.words.len()).sum();
    if own > 16 || words > 1500 {
        return;
    }
    lines.iter_mut().skip(at).take(own).for_each(|line| line.role = Role::Signature);
}

/// In a page, what follows the header lines of a forwarded mail is a quotation, whatever the program that wrote it called it.
fn quote_forwarded(page: &mut Rendition) {
    let lines: Vec<(usize, &str)> = page
        .parts
        .iter()
        .filter(|part| part.role != Role::Quote)
        .flat_map(|part| {
            let mut at = part.span.start;
            part.span.of(&page.text).split('\n').map(move |line| {
                let start = at;
                at += line.len() + 1;
                (start, line)
            })
        })
        .collect();
    let texts: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
    // Between parts of a page no empty line stands: each part stands apart.
    let place = |n: usize| lines.get(n).map_or(page.text.len(), |(at, _)| *at);
    if let Some((head, text)) = forwarded_in_page(&texts) {
        let (head, text) = (place(head), place(text));
        all_from(page, head, Role::Header);
        all_from(page, text, Role::Quote);
    }
}

fn forwarded_in_page(lines: &[&str]) -> Option<(usize, usize)> {
    let mut apart = Vec::with_capacity(lines.len() * 2);
    let mut places = Vec::with_capacity(lines.len() * 2);
    for (n, line) in lines.iter().enumerate() {
        if is_header(line) && !n.checked_sub(1).and_then(|n| lines.get(n)).is_some_and(|line| is_header(line)) {
            apart.push("");
            places.push(n);
        }
        apart.push(line);
        places.push(n);
    }
    let (head, text) = forwarded(&apart)?;
    Some((*places.get(head)?, places.get(text).copied().unwrap_or(lines.len())))
}

/// Gives everything from the byte `from` of the text on a role.
fn all_from(rendition: &mut Rendition, from: usize, role: Role) {
    let at = rendition.parts.partition_point(|part| part.span.end <= from);
    let Some(rest) = rendition.parts.get_mut(at..) else { return };
    let mut cut = None;
    for part in rest {
        if part.span.start < from {
            cut = Some((*part, Span::new(from, part.span.end)));
            part.span.end = from;
        } else {
            part.role = role;
        }
    }
    // A part that it begins in the middle of is two.
    if let Some((whole, tail)) = cut {
        let head = Span::new(whole.span.start, from).trim(&rendition.text);
        let tail = Part { span: tail.trim(&rendition.text), role };
        if let Some(first) = rendition.parts.get_mut(at) {
            first.span = head;
        }
        rendition.parts.insert(at + 1, tail);
        rendition.parts.retain(|part| !part.span.is_empty());
    }
}
