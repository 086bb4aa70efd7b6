//! A mail taken apart into its entities (RFC 5322, 2045, 2046), in one pass over its bytes.
//!
//! The lines that part entities are looked up among all boundaries that are open, so that time is linear however deep they nest; what
//! would nest deeper than [`DEEPEST`] stays in one piece. An attached mail stays in one piece as well: it is a document of its own.

use std::collections::HashMap;

use super::decode;

/// Entities in entities in …; a mail forwarded ten times as a whole has about twenty.
const DEEPEST: usize = 60;

/// More entities than this are not told apart.
const MOST: usize = 20_000;

/// More header lines than this are not looked at.
const MOST_HEADERS: usize = 5_000;

/// The longest line that may be a boundary (RFC 2046 has 70 characters and two hyphens at each end).
const LONGEST_BOUNDARY: usize = 250;

/// Header lines as they stand.
#[derive(Debug, Default)]
pub(super) struct Headers<'a> {
    lines: Vec<(&'a [u8], &'a [u8])>,
    /// There are more than are looked at.
    pub cut: bool,
}

impl<'a> Headers<'a> {
    /// Reads the header lines that `bytes` begin with; gives the rest as well.
    pub(super) fn read(bytes: &'a [u8]) -> (Self, &'a [u8]) {
        let mut headers = Self::default();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (line, after) = split_line(rest);
            if trim_end(line).is_empty() {
                return (headers, after);
            }
            let colon = memchr::memchr(b':', line.get(..line.len().min(200)).unwrap_or_default());
            let name = colon.and_then(|at| line.get(..at)).map(trim_end);
            let is_name = |n: &[u8]| !n.is_empty() && n.iter().all(|b| (33..=126).contains(b));
            let Some(name) = name.filter(|n| is_name(n)) else {
                // The line that a mailbox parts its messages with, or one that was folded into nothing.
                let envelope = headers.lines.is_empty() && (line.starts_with(b"From ") || line.starts_with(b">From "));
                if envelope || line.starts_with(b" ") || line.starts_with(b"\t") {
                    rest = after;
                    continue;
                }
                // No header line: the text has begun, without the empty line that should stand before it.
                return (headers, rest);
            };
            // A line that begins with white space belongs to the one before it.
            let mut end = after;
            while end.starts_with(b" ") || end.starts_with(b"\t") {
                let (folded, next) = split_line(end);
                if trim_end(folded).is_empty() && next.first().is_none_or(|b| !matches!(b, b' ' | b'\t')) {
                    break;
                }
                end = next;
            }
            let whole = rest.get(..rest.len() - end.len()).unwrap_or_default();
            let value = whole.get(colon.map_or(0, |at| at + 1)..).unwrap_or_default();
            if headers.lines.len() < MOST_HEADERS {
                headers.lines.push((name, trim_end(value)));
            } else {
                headers.cut = true;
            }
            rest = end;
        }
        (headers, rest)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The values of the lines with this name, in order.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.lines.iter().filter(move |(n, _)| n.eq_ignore_ascii_case(name.as_bytes())).map(|(_, value)| *value)
    }

    /// The value of the first line with this name.
    pub(super) fn get(&self, name: &str) -> Option<&'a [u8]> {
        self.all(name).next()
    }

    /// Names and values in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        self.lines.iter().copied()
    }
}

/// A value with parameters: `text/plain; charset=utf-8`, `attachment; filename=x`.
#[derive(Debug, Default)]
pub(super) struct Valued {
    /// The value, in small letters.
    pub value: String,
    parameters: Vec<(String, Vec<u8>)>,
}

impl Valued {
    pub(super) fn read(raw: &[u8]) -> Self {
        const MOST_PARAMETERS: usize = 100;
        let mut pieces = pieces(raw).into_iter();
        let value = pieces.next().map(|v| lossy(&v)).unwrap_or_default();
        let parameters = pieces.take(MOST_PARAMETERS).filter_map(|piece| {
            let at = memchr::memchr(b'=', &piece)?;
            let (name, value) = (piece.get(..at)?, piece.get(at + 1..)?);
            Some((lossy(name).trim().to_ascii_lowercase(), unquoted(value.trim_ascii())))
        });
        Self { value: value.trim().to_ascii_lowercase(), parameters: parameters.collect() }
    }

    fn raw(&self, name: &str) -> Option<&[u8]> {
        self.parameters.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_slice())
    }

    /// A parameter that is ASCII by rights.
    pub(super) fn plain(&self, name: &str) -> Option<String> {
        self.raw(name).map(|v| lossy(v).trim().to_owned()).filter(|v| !v.is_empty())
    }

    /// A parameter in letters: as it is, as RFC 2231 has it (`name*`, `name*0*`), or encoded like a header.
    pub(super) fn words(&self, name: &str, label: Option<&str>) -> Option<String> {
        let extended = self.raw(&format!("{name}*")).map(|v| decode::extended(v, true));
        let pieces = || {
            let mut bytes = Vec::new();
            let mut named = None;
            for n in 0.. {
                if let Some(plain) = self.raw(&format!("{name}*{n}")) {
                    bytes.extend_from_slice(plain);
                } else if let Some(coded) = self.raw(&format!("{name}*{n}*")) {
                    let (own, more) = decode::percent(coded, n == 0);
                    named = named.or(own);
                    bytes.extend(more);
                } else {
                    break;
                }
            }
            (!bytes.is_empty()).then(|| decode::charset(&bytes, named.as_deref()).text)
        };
        let found = extended.or_else(pieces).or_else(|| self.raw(name).map(|raw| decode::header(raw, label)));
        found.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty())
    }
}

/// A raw value at its semicolons, but not those in quotes; comments left out.
fn pieces(raw: &[u8]) -> Vec<Vec<u8>> {
    let mut out = vec![Vec::new()];
    let (mut quoted, mut comment, mut escaped) = (false, 0_u32, false);
    for &b in raw {
        let Some(last) = out.last_mut() else { break };
        if escaped {
            escaped = false;
            if comment == 0 {
                last.push(b);
            }
            continue;
        }
        match b {
            b'\\' if quoted || comment > 0 => {
                escaped = true;
                // Stays for `unquoted` to take off.
                if comment == 0 {
                    last.push(b);
                }
            }
            b'"' if comment == 0 => {
                quoted = !quoted;
                last.push(b);
            }
            b'(' if !quoted => comment += 1,
            b')' if !quoted && comment > 0 => comment -= 1,
            _ if comment > 0 => {}
            b';' if !quoted => out.push(Vec::new()),
            b'\r' | b'\n' => {}
            _ => last.push(b),
        }
    }
    out
}

fn unquoted(value: &[u8]) -> Vec<u8> {
    let Some(inner) = value.strip_prefix(b"\"") else { return value.to_vec() };
    let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
    let mut out = Vec::with_capacity(inner.len());
    let mut bytes = inner.iter().copied().peekable();
    while let Some(b) = bytes.next() {
        match b {
            // Only quotes and backslashes are escaped; Windows paths come with single ones.
            b'\\' if matches!(bytes.peek(), Some(b'"' | b'\\')) => out.extend(bytes.next()),
            _ => out.push(b),
        }
    }
    out
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// An entity: a mail, or a part of one.
#[derive(Debug)]
pub(super) struct Entity<'a> {
    pub headers: Headers<'a>,
    pub kind: Valued,
    /// Its encoded content; of a multipart, nothing.
    pub body: &'a [u8],
    /// The entities in it, by their places.
    pub children: Vec<usize>,
    /// Its end is missing: the boundary that should close it never came.
    pub open: bool,
    /// It is a multipart that is not taken apart, since it lies too deep.
    pub deep: bool,
}

/// A mail taken apart; the first entity is the mail itself.
#[derive(Debug, Default)]
pub(super) struct Message<'a> {
    pub entities: Vec<Entity<'a>>,
    /// There are more entities than are told apart.
    pub cut: bool,
}

/// Takes a mail apart.
pub(super) fn parse(bytes: &[u8]) -> Message<'_> {
    let mut message = Message::default();
    let (mut first, body) = entity(bytes, "text/plain");
    let boundary = first.boundary();
    if boundary.is_none() {
        first.body = body;
    }
    message.entities.push(first);
    let Some(boundary) = boundary else { return message };
    Splitter { bytes, message, at: bytes.len() - body.len(), open: vec![(0, boundary)], names: HashMap::new() }.run()
}

impl Entity<'_> {
    /// The boundary of a multipart that can be taken apart.
    fn boundary(&self) -> Option<Vec<u8>> {
        if !self.kind.value.starts_with("multipart/") {
            return None;
        }
        let raw = self.kind.raw("boundary")?;
        let end = raw.len() - raw.iter().rev().take_while(|b| b.is_ascii_whitespace()).count();
        let raw = raw.get(..end)?;
        (!raw.is_empty() && raw.len() <= LONGEST_BOUNDARY).then(|| raw.to_vec())
    }
}

/// An entity with its headers read, and what follows them.
fn entity<'a>(bytes: &'a [u8], otherwise: &str) -> (Entity<'a>, &'a [u8]) {
    let (headers, body) = Headers::read(bytes);
    let mut kind = headers.get("content-type").map(Valued::read).unwrap_or_default();
    if !kind.value.contains('/') {
        // "Content-Type: text" is how some very old programs said it.
        kind.value = otherwise.to_owned();
    }
    (Entity { headers, kind, body: &[], children: Vec::new(), open: false, deep: false }, body)
}

struct Splitter<'a> {
    bytes: &'a [u8],
    message: Message<'a>,
    at: usize,
    /// The multiparts that are open, the innermost last: entity and boundary.
    open: Vec<(usize, Vec<u8>)>,
    /// How many of the open ones have each boundary, and the innermost of them.
    names: HashMap<Vec<u8>, Vec<usize>>,
}

impl<'a> Splitter<'a> {
    fn run(mut self) -> Message<'a> {
        for (level, (_, boundary)) in self.open.iter().enumerate() {
            self.names.entry(boundary.clone()).or_default().push(level);
        }
        // The entity whose content is being read, where it is a leaf.
        let mut leaf: Option<(usize, usize)> = None;
        // Boundaries stand at beginnings of lines: the one at `at` too.
        let mut from = self.at;
        while let Some((line_start, next, level, closes)) = self.next_boundary(from) {
            if let Some((entity, start)) = leaf.take() {
                self.fill(entity, start, line_start);
            }
            self.close_to(level + 1, true);
            let Some(owner) = self.open.get(level).map(|(entity, _)| *entity) else { break };
            from = next;
            if closes {
                self.close_to(level, false);
                continue;
            }
            if self.message.entities.len() >= MOST {
                self.message.cut = true;
                break;
            }
            leaf = self.add(owner, next, &mut from);
        }
        if let Some((entity, start)) = leaf {
            self.fill(entity, start, self.bytes.len());
        }
        let cut = self.message.cut;
        self.close_to(0, !cut);
        self.message
    }

    /// Begins an entity inside of `owner`. A leaf is given back with the place where its content begins.
    fn add(&mut self, owner: usize, start: usize, from: &mut usize) -> Option<(usize, usize)> {
        let digest = self.message.entities.get(owner).is_some_and(|e| e.kind.value == "multipart/digest");
        let otherwise = if digest { "message/rfc822" } else { "text/plain" };
        // Headers end where the next boundary stands at the latest; there it is no header line, since it holds no colon or begins
        // with hyphens, which is looked at below.
        let rest = self.bytes.get(start..).unwrap_or_default();
        let rest = self.headers_end(start).and_then(|end| self.bytes.get(start..end)).unwrap_or(rest);
        let (mut new, body) = entity(rest, otherwise);
        let id = self.message.entities.len();
        let content = start + (rest.len() - body.len());
        *from = content;
        let boundary = new.boundary();
        new.deep = boundary.is_some() && self.open.len() >= DEEPEST;
        let boundary = boundary.filter(|_| !new.deep);
        self.message.entities.push(new);
        if let Some(owner) = self.message.entities.get_mut(owner) {
            owner.children.push(id);
        }
        match boundary {
            Some(boundary) => {
                self.names.entry(boundary.clone()).or_default().push(self.open.len());
                self.open.push((id, boundary));
                None
            }
            None => Some((id, content)),
        }
    }

    /// Where the headers that begin at `start` end at the latest: at the next line that is a boundary, if it comes before an empty one.
    fn headers_end(&self, start: usize) -> Option<usize> {
        let mut at = start;
        while let Some(rest) = self.bytes.get(at..).filter(|r| !r.is_empty()) {
            let (line, after) = split_line(rest);
            if trim_end(line).is_empty() {
                return None;
            }
            if line.starts_with(b"--") && self.level(line).is_some() {
                return Some(at);
            }
            at = self.bytes.len() - after.len();
        }
        None
    }

    /// The next boundary line from `from` on, which is the beginning of a line: where the line begins, where the next does, whose
    /// boundary it is, and whether it closes.
    fn next_boundary(&self, from: usize) -> Option<(usize, usize, usize, bool)> {
        let mut at = from;
        let mut first = true;
        loop {
            let rest = self.bytes.get(at..)?;
            let start =
                if first && rest.starts_with(b"--") { at } else { at + memchr::memmem::find(rest, b"\n--")? + 1 };
            first = false;
            let (line, after) = split_line(self.bytes.get(start..)?);
            let next = self.bytes.len() - after.len();
            if let Some((level, closes)) = self.level(line) {
                return Some((start, next, level, closes));
            }
            at = start + 1;
        }
    }

    /// Whose boundary a line that begins with two hyphens is, and whether it closes.
    fn level(&self, line: &[u8]) -> Option<(usize, bool)> {
        let name = trim_end(line).get(2..)?;
        if name.len() > LONGEST_BOUNDARY + 2 {
            return None;
        }
        let of = |name: &[u8]| self.names.get(name).and_then(|levels| levels.last()).copied();
        of(name).map(|level| (level, false)).or_else(|| of(name.strip_suffix(b"--")?).map(|level| (level, true)))
    }

    fn fill(&mut self, entity: usize, start: usize, end: usize) {
        let body = self.bytes.get(start..end.max(start)).unwrap_or_default();
        // The line end before a boundary belongs to the boundary.
        let body = if end < self.bytes.len() {
            let body = body.strip_suffix(b"\n").unwrap_or(body);
            body.strip_suffix(b"\r").unwrap_or(body)
        } else {
            body
        };
        if let Some(entity) = self.message.entities.get_mut(entity) {
            entity.body = body;
        }
    }

    /// Closes multiparts until `level` are open; `broken`: their own boundary did not close them.
    fn close_to(&mut self, level: usize, broken: bool) {
        while self.open.len() > level {
            let Some((entity, boundary)) = self.open.pop() else { break };
            if let Some(levels) = self.names.get_mut(&boundary) {
                levels.pop();
            }
            if let Some(entity) = self.message.entities.get_mut(entity) {
                entity.open |= broken;
            }
        }
    }
}

/// The first line with its end, and the rest.
pub(super) fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
    bytes.split_at_checked(end).unwrap_or((bytes, &[]))
}

pub(super) fn trim_end(bytes: &[u8]) -> &[u8] {
    bytes.trim_ascii_end()
}
