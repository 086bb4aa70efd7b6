//! Where the signatures stand, and which lines make one entry.

use std::collections::BTreeSet;
use std::ops::Range;

use khronika_core::{BlockKind, SignatoryKind};

use super::affiliation::ROLE;
use super::entry::{Draft, Part, Read, Reader};
use super::line::{Class, Line};
use super::segment::{self, Before, Segment};
use super::words::Kind;
use crate::text::{Text, TokenKind};

/// The signatures of a text.
#[derive(Debug, Default)]
pub(super) struct Signatures {
    pub(super) drafts: Vec<Draft>,
    /// For each line, whether it belongs to a list of signatures.
    pub(super) used: Vec<bool>,
    /// True where a heading ("Signatories:") announced them.
    pub(super) headed: bool,
}

/// How many lines that are no entries a list may hold before its first entry, or in a row.
const MOST_MISSES: usize = 3;
/// A list without heading or closing before it counts from this many entries.
const FEWEST_UNANNOUNCED: usize = 3;

/// Finds the signature block or blocks.
pub(super) fn signatures(reader: Reader<'_>, text: &Text<'_>, lines: &[Line]) -> Signatures {
    let mut all = Signatures { used: vec![false; lines.len()], ..Signatures::default() };
    for (index, line) in lines.iter().enumerate() {
        if matches!(line.class, Class::Signed(_)) && !all.used.get(index).copied().unwrap_or(true) {
            let before = all.drafts.len();
            take(reader, text, lines, index, line.kind, &mut all);
            all.headed |= all.drafts.len() > before;
        }
    }
    // What is quoted below a mail has a closing of its own; a letter that is quoted as a whole has no other.
    let closes = |l: &Line| l.class == Class::Closing;
    let closing =
        lines.iter().rposition(|l| closes(l) && l.kind != BlockKind::Quote).or(lines.iter().rposition(closes));
    if let Some((closing, line)) = closing.and_then(|closing| Some((closing, lines.get(closing)?))) {
        take(reader, text, lines, closing + 1, line.kind, &mut all);
    }
    if all.drafts.is_empty()
        && let Some(last) = lines.iter().rposition(|l| l.kind == BlockKind::Signature)
    {
        let first = lines
            .get(..last)
            .and_then(|l| l.iter().rposition(|l| l.kind != BlockKind::Signature))
            .map_or(0, |before| before + 1);
        take(reader, text, lines, first, BlockKind::Signature, &mut all);
    }
    if all.drafts.is_empty() && closing.is_none() {
        unannounced(reader, text, lines, &mut all);
    }
    all.drafts.sort_by_key(|d| (d.tokens.start, d.name.start));
    all.drafts.dedup_by(|b, a| a.name == b.name);
    once(text, &mut all.drafts);
    all
}

/// Leaves out a bare name that another line gives too: "/s/ Ian Reed" over "Ian Reed, clerk".
fn once(text: &Text<'_>, drafts: &mut Vec<Draft>) {
    let key = |d: &Draft| {
        let surname = d.surname.as_ref().map_or("", |s| text.of(text.span(s.clone())));
        format!("{} {surname}", text.of(text.span(d.name.clone()))).to_lowercase()
    };
    let bare = |d: &Draft| d.affiliations.is_empty() && d.place.is_none();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for draft in drafts.iter().filter(|d| !bare(d)) {
        told.insert(key(draft));
    }
    drafts.retain(|d| !bare(d) || told.insert(key(d)));
}

/// The last run of entries after the last running text that they can follow.
fn unannounced(reader: Reader<'_>, text: &Text<'_>, lines: &[Line], all: &mut Signatures) {
    let kind = |at: usize| lines.get(at).map_or(BlockKind::Paragraph, |line| line.kind);
    let mut best: Option<Range<usize>> = None;
    let mut start = None;
    let mut count = 0;
    for (index, line) in lines.iter().enumerate() {
        let goes_on =
            matches!(line.class, Class::Entry | Class::Rest | Class::Aside | Class::Organisations | Class::Persons);
        if line.class == Class::Entry {
            start = start.or(Some(index));
            count += 1;
        }
        if (!goes_on || index + 1 == lines.len())
            && let Some(from) = start.take()
        {
            // At the top of a paper stand its head and addressees.
            let after_text = lines.get(..from).is_some_and(|l| l.iter().any(|l| l.class == Class::Prose));
            // Signatures stand at the end, with few remarks under them.
            let rest = lines.get(index..).map_or(0, |l| l.iter().map(|l| l.tokens.len()).sum::<usize>());
            if count >= FEWEST_UNANNOUNCED && after_text && rest * 4 <= text.tokens.len() {
                best = Some(from..index + 1);
            }
            count = 0;
        }
    }
    if let Some(run) = best {
        take(reader, text, lines, run.start, kind(run.start), all);
        return;
    }
    // One name under the last paragraph.
    let last = lines.iter().rposition(|l| !matches!(l.class, Class::Aside | Class::End));
    if let Some(last) = last
        && lines.get(last).is_some_and(|l| l.class == Class::Entry)
        && lines.get(..last).is_some_and(|l| l.iter().any(|l| l.class == Class::Prose))
    {
        let back = if lines.get(last.wrapping_sub(1)).is_some_and(|l| matches!(l.class, Class::Rest | Class::Entry)) {
            last - 1
        } else {
            last
        };
        take(reader, text, lines, back, kind(back), all);
    }
}

/// Reads the list that begins at line `from`, announced by a line in a block of the kind `announced`: signatures under a text go no further
/// than to what it quotes below.
fn take(reader: Reader<'_>, text: &Text<'_>, lines: &[Line], from: usize, announced: BlockKind, all: &mut Signatures) {
    let mut picked: Vec<Row> = Vec::new();
    let mut misses = 0;
    let mut default = None;
    for (index, line) in lines.iter().enumerate().skip(from) {
        let below = line.kind == BlockKind::Quote && announced != BlockKind::Quote;
        if below || all.used.get(index).copied().unwrap_or(true) {
            break;
        }
        let mut keep = None;
        match line.class {
            Class::Signed(next) => {
                if next < line.tokens.end {
                    keep = Some(next..line.tokens.end);
                }
                if let Some(used) = all.used.get_mut(index) {
                    *used = true;
                }
            }
            Class::Organisations => default = Some(SignatoryKind::Organisation),
            Class::Persons => default = Some(SignatoryKind::Person),
            Class::Aside => {}
            Class::Closing if picked.is_empty() => {}
            Class::End | Class::Salutation | Class::Closing => break,
            Class::Entry => keep = Some(line.tokens.clone()),
            Class::Rest => {
                let heading = line.kind == BlockKind::Heading || text.fold(line.tokens.end - 1) == ":";
                if !heading {
                    keep = Some(line.tokens.clone());
                }
            }
            Class::Prose | Class::Other => {
                let many = split(reader, text, line.tokens.clone()).len() > 1;
                let continues = !picked.is_empty()
                    && line.class == Class::Other
                    && !line.gap
                    && !text.tokens.get(line.tokens.start).is_some_and(|t| t.capital);
                if many || continues {
                    keep = Some(line.tokens.clone());
                } else {
                    misses += 1;
                    if misses > MOST_MISSES || (line.class == Class::Prose && !picked.is_empty()) {
                        break;
                    }
                }
            }
        }
        if let Some(tokens) = keep {
            misses = 0;
            let shape = Shape::of(reader, text, tokens.clone());
            let bullet = segment::trim(text, tokens.clone()).start > tokens.start
                || text.tokens.get(tokens.start).is_some_and(|t| t.kind == TokenKind::Number);
            picked.push(Row { line: index, tokens, gap: line.gap, bullet, default, shape });
        }
    }
    let groups = group(reader, text, &picked);
    let mut drafts = Vec::new();
    for rows in groups {
        let Some((first, last)) = rows.first().zip(rows.last()) else { continue };
        let tokens = first.tokens.start..last.tokens.end;
        let breaks: Vec<usize> = rows
            .windows(2)
            .filter_map(|pair| match pair {
                [above, row] if above.shape == Shape::Name || parts(reader, text, row.tokens.start) => {
                    Some(row.tokens.start)
                }
                _ => None,
            })
            .collect();
        let entries = if rows.len() == 1 { split(reader, text, tokens) } else { vec![tokens] };
        let mut any = false;
        for entry in entries {
            if let Read::Entry(read) = reader.read(text, entry, &breaks) {
                for mut draft in read {
                    settle(&mut draft, first.default);
                    drafts.push(draft);
                    any = true;
                }
            }
        }
        for row in &rows {
            if any && let Some(used) = all.used.get_mut(row.line) {
                *used = true;
            }
        }
    }
    by_company(&mut drafts);
    all.drafts.extend(drafts);
}

/// A line of the list.
#[derive(Clone, Debug)]
struct Row {
    line: usize,
    tokens: Range<usize>,
    gap: bool,
    /// True where a bullet or number begins the line: such a line is an entry of its own.
    bullet: bool,
    /// The kind that a heading over this part of the list gives.
    default: Option<SignatoryKind>,
    shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A person's name and nothing else.
    Name,
    /// A person with more.
    Person,
    /// An organisation.
    Organisation,
    /// A role, a place, words that go on.
    Rest,
}

impl Shape {
    fn of(reader: Reader<'_>, text: &Text<'_>, tokens: Range<usize>) -> Self {
        match reader.read(text, tokens, &[]) {
            Read::Entry(drafts) => match drafts.first() {
                Some(d) if d.kind == SignatoryKind::Organisation => Self::Organisation,
                Some(d) if d.affiliations.is_empty() && d.place.is_none() => Self::Name,
                _ => Self::Person,
            },
            _ => Self::Rest,
        }
    }
}

/// True where the line break before token `at` parts two segments: not inside "Director of the / Centre".
fn parts(reader: Reader<'_>, text: &Text<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    let open = reader.words.any(text, before, at, &[Kind::Of, Kind::At, Kind::And, Kind::Article]).is_some()
        || matches!(text.fold(before), "&" | "-" | "–" | "—");
    let small = text.tokens.get(at).is_some_and(|t| !t.capital)
        && reader.words.any(text, at, text.tokens.len(), ROLE).is_none()
        && !matches!(text.fold(at), "«" | "“" | "„" | "\"");
    !(open || small)
}

/// Puts together the lines of one entry: a name with the roles on the lines under it, a role with the name under it, an entry that
/// runs over two lines.
fn group<'a>(reader: Reader<'_>, text: &Text<'_>, rows: &'a [Row]) -> Vec<Vec<&'a Row>> {
    // Where nearly every bare name has something else under it, the lines under a name are its own.
    let bare = rows.iter().filter(|r| r.shape == Shape::Name).count();
    let followed = rows
        .windows(2)
        .filter(|w| matches!(w, [a, b] if a.shape == Shape::Name && matches!(b.shape, Shape::Rest | Shape::Organisation) && !b.gap))
        .count();
    // Where most people have all of theirs on their own line, a bare name has nothing.
    let full = rows.iter().filter(|r| r.shape == Shape::Person).count();
    let alternate = bare > full && followed * 2 > bare;
    let mut groups: Vec<Vec<&Row>> = Vec::new();
    for row in rows {
        let open = groups.last().and_then(|g| g.last()).copied();
        let joined = !row.bullet
            && open.is_some_and(|last| {
                let group = groups.last().map_or(&[][..], Vec::as_slice);
                let named = group.iter().any(|r| matches!(r.shape, Shape::Name | Shape::Person));
                let comma = text.fold(last.tokens.end.saturating_sub(1)) == ",";
                let unfinished = !parts(reader, text, row.tokens.start)
                    && !text.tokens.get(row.tokens.start).is_some_and(|t| t.capital)
                    || ends_open(reader, text, last.tokens.end);
                let bare = group.first().is_some_and(|r| r.shape == Shape::Name);
                match row.shape {
                    // A role before its name: "Director / A. Berg".
                    Shape::Name | Shape::Person => !named && last.shape == Shape::Rest && !row.gap,
                    Shape::Rest => {
                        (named || last.shape == Shape::Organisation || group.len() == 1)
                            && (!row.gap || (bare && group.len() == 1))
                    }
                    Shape::Organisation => {
                        let own = named && (comma || unfinished);
                        let runs_on = unfinished && last.shape == Shape::Organisation;
                        !row.gap && (own || runs_on || (bare && alternate))
                    }
                }
            });
        // A second name closes a group that has one, whatever the gap.
        if joined && let Some(group) = groups.last_mut() {
            group.push(row);
        } else {
            groups.push(vec![row]);
        }
    }
    groups
}

/// True where the line that ends before token `end` cannot be whole: it ends with "of", "and", "&".
fn ends_open(reader: Reader<'_>, text: &Text<'_>, end: usize) -> bool {
    end.checked_sub(1).is_some_and(|last| {
        reader.words.any(text, last, end, &[Kind::Of, Kind::At, Kind::And, Kind::Article]).is_some()
            || text.fold(last) == "&"
    })
}

/// The entries of one paragraph: cut at ";" where names follow it, or at "," where most parts are names of persons.
fn split(reader: Reader<'_>, text: &Text<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let segments = segment::cut(reader.words, reader.given, text, range.clone(), &[]);
    if let Some(columns) = columns(reader, text, &segments) {
        return columns;
    }
    let reads: Vec<Option<Draft>> = segments
        .iter()
        .map(|s| match reader.read(text, s.tokens.clone(), &[]) {
            Read::Entry(drafts) => drafts.into_iter().next(),
            _ => None,
        })
        .collect();
    let starts_at = |wanted: &dyn Fn(usize) -> bool| {
        let mut entries: Vec<Range<usize>> = Vec::new();
        for (n, segment) in segments.iter().enumerate() {
            if n == 0 || wanted(n) {
                entries.push(segment.tokens.clone());
            } else if let Some(entry) = entries.last_mut() {
                entry.end = segment.tokens.end;
                // The bracket that closes the segment belongs to the entry.
                if bracketed(segment.before) && matches!(text.fold(entry.end), ")" | "]") && entry.end < range.end {
                    entry.end += 1;
                }
            }
        }
        entries
    };
    let semicolons: Vec<usize> =
        segments.iter().enumerate().filter(|(_, s)| s.before == Before::Semicolon).map(|(n, _)| n).collect();
    if !semicolons.is_empty() {
        let kind = |n: usize| reads.get(n).and_then(|d| d.as_ref()).map(|d| d.kind);
        let first = kind(0);
        let person = semicolons.iter().filter(|n| kind(**n) == Some(SignatoryKind::Person)).count();
        let named = semicolons.iter().filter(|n| kind(**n).is_some()).count();
        let all = semicolons.len();
        let persons = first == Some(SignatoryKind::Person) && person == all;
        let mixed =
            first.is_some() && named == all && all >= 2 && (person > 0 || first == Some(SignatoryKind::Organisation));
        let organisations = first == Some(SignatoryKind::Organisation) && named == all;
        if persons || mixed || organisations {
            return starts_at(&|n| segments.get(n).is_some_and(|s| s.before == Before::Semicolon));
        }
    }
    let person = |n: usize| {
        reads.get(n).and_then(|d| d.as_ref()).is_some_and(|d| d.kind == SignatoryKind::Person)
            && segments.get(n).is_some_and(|s| !bracketed(s.before))
    };
    let persons = (0..segments.len()).filter(|n| person(*n)).count();
    if persons >= 3 && person(0) {
        return starts_at(&person);
    }
    vec![range]
}

/// The columns of a line where each is an entry of its own: names set side by side, not a name with its role in the next column.
fn columns(reader: Reader<'_>, text: &Text<'_>, segments: &[Segment]) -> Option<Vec<Range<usize>>> {
    let mut columns: Vec<Range<usize>> = Vec::new();
    for segment in segments {
        match columns.last_mut() {
            Some(column) if segment.before != Before::Line => {
                column.end = segment.tokens.end;
                if bracketed(segment.before) && matches!(text.fold(column.end), ")" | "]") {
                    column.end += 1;
                }
            }
            _ => columns.push(segment.tokens.clone()),
        }
    }
    // The number of the row is no column of names.
    let numbered = columns.first().is_some_and(|c| c.clone().all(|i| !is_word(text, i)));
    if numbered {
        columns.remove(0);
    }
    let kind = |column: &Range<usize>| match reader.read(text, column.clone(), &[]) {
        Read::Entry(drafts) => drafts.first().map(|d| (d.kind, d.sure)),
        _ => None,
    };
    let person = |column: &Range<usize>| kind(column).is_some_and(|k| k.0 == SignatoryKind::Person);
    let body = |column: &Range<usize>| kind(column).is_some_and(|k| k == (SignatoryKind::Organisation, true));
    (columns.len() > 1 && (columns.iter().all(person) || columns.iter().all(body))).then_some(columns)
}

fn is_word(text: &Text<'_>, at: usize) -> bool {
    text.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
}

/// True for what stands in brackets.
const fn bracketed(before: Before) -> bool {
    matches!(before, Before::Bracket | Before::Inside | Before::Acronym | Before::Place)
}

/// What a heading over the list says of the kind.
fn settle(draft: &mut Draft, default: Option<SignatoryKind>) {
    if default == Some(SignatoryKind::Organisation)
        && draft.title.is_none()
        && draft.affiliations.iter().all(|p: &Part| p.role.is_none())
    {
        draft.kind = SignatoryKind::Organisation;
    }
}

/// A name of two capitals that nothing else speaks for is an organisation among organisations.
fn by_company(drafts: &mut [Draft]) {
    let organisations = drafts.iter().filter(|d| d.kind == SignatoryKind::Organisation).count();
    let sure_persons = drafts.iter().filter(|d| d.kind == SignatoryKind::Person && d.personal).count();
    if organisations < 3 || organisations < sure_persons * 2 {
        return;
    }
    for draft in drafts.iter_mut().filter(|d| d.kind == SignatoryKind::Person && !d.personal) {
        draft.kind = SignatoryKind::Organisation;
    }
}
