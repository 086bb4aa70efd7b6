//! Excel workbooks (ECMA-376, transitional and strict).

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::DateTime;

use super::{Line, heading};
use crate::format::flow::{Deed, Flow, Para};
use crate::format::ooxml::{self, Relations, Types};
use crate::format::package::Package;
use crate::format::xml::{Node, Ns, Xml};
use crate::rendition::{Limits, Refusal, Rendition, Role};

/// More sheets than this are not read.
const MOST_SHEETS: usize = 2000;

/// The last column that a sheet may have.
const LAST_COLUMN: usize = 16_384;

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    Number,
    Day,
    Time,
}

#[derive(Debug, Default)]
struct Book {
    strings: Vec<String>,
    /// How the numbers of a cell style are shown.
    styles: Vec<Shown>,
    /// Days are counted from 1904.
    from_1904: bool,
}

struct Sheet {
    name: String,
    part: String,
    hidden: bool,
}

/// Reads a workbook.
pub(in crate::format) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let mut package = Package::open(bytes, limits)?;
    let root = ooxml::relations(&mut package, "", limits);
    let main = ooxml::main_part(&package, &root, &["xl/workbook.xml", "xl/workbook.bin"]);
    if main.as_ref().is_some_and(|main| main.ends_with(".bin")) {
        return Err(Refusal::Unsupported("a binary workbook (XLSB) is not read".to_owned()));
    }
    let Some((main, text)) = main.and_then(|main| package.xml(&main).map(|text| (main, text))) else {
        return Err(Refusal::Damaged("the part that lists its sheets is missing".to_owned()));
    };
    let relations = ooxml::relations(&mut package, &main, limits);
    let types = Types::read(&mut package, limits);
    let mut flow = Flow::new(limits);
    ooxml::properties(&mut package, &root, &mut flow, limits);
    let mut book = Book::default();
    let sheets = sheets(&text, &relations, limits, &mut book, &mut package, &main);
    book.strings = ooxml::part(&mut package, &relations, "sharedStrings", limits, strings).unwrap_or_default();
    book.styles = ooxml::part(&mut package, &relations, "styles", limits, styles).unwrap_or_default();
    for sheet in sheets {
        let own = ooxml::relations(&mut package, &sheet.part, limits);
        let comments = ooxml::part(&mut package, &own, "comments", limits, comments).unwrap_or_default();
        let Some(text) = package.xml(&sheet.part) else { continue };
        let mut xml = Xml::new(&text, limits.depth);
        heading(&mut flow, &sheet.name, sheet.hidden);
        rows(&mut xml, &book, &sheet, &comments, &mut flow);
        flow.remarks(xml.remarks(&sheet.part));
        for (place, deed) in comments {
            if let Some(words) = deed.note {
                flow.para(Para::of(format!("{place}: {words}"), Role::Comment));
            }
        }
    }
    ooxml::inside(&mut package, &mut flow, &types, limits);
    flow.remarks(package.remarks);
    Ok(flow.finish())
}

fn sheets(
    text: &str,
    relations: &Relations,
    limits: Limits,
    book: &mut Book,
    package: &mut Package<'_>,
    place: &str,
) -> Vec<Sheet> {
    let mut out = Vec::new();
    let mut xml = Xml::new(text, limits.depth);
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        match (tag.ns, tag.local()) {
            (Ns::S, "workbookPr") => {
                book.from_1904 = tag.attr("date1904").is_some_and(|v| v == "1" || v == "true" || v == "on");
            }
            (Ns::S, "sheet") if out.len() < MOST_SHEETS => {
                let Some(relation) = tag.spaced("id").and_then(|id| relations.get(id.as_ref())) else { continue };
                // Sheets of macros hold no words.
                if relation.external || relation.kind != "worksheet" {
                    continue;
                }
                let hidden = tag.attr("state").is_some_and(|state| state != "visible");
                let name = tag.attr("name").unwrap_or_default().into_owned();
                out.push(Sheet { name, part: relation.target.clone(), hidden });
            }
            _ => {}
        }
    }
    package.remarks.extend(xml.remarks(place));
    out
}

/// The strings that cells share.
fn strings(xml: &mut Xml<'_>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    while let Some(node) = xml.next() {
        let Node::Open(tag) = node else { continue };
        match tag.local() {
            "si" => out.push(String::new()),
            "t" => {
                let words = xml.words();
                if let Some(last) = out.last_mut() {
                    last.push_str(&words);
                }
            }
            // How the words are spoken.
            "rPh" | "phoneticPr" => {
                xml.skip();
            }
            _ => {}
        }
    }
    out
}

/// How each cell style shows numbers.
fn styles(xml: &mut Xml<'_>) -> Vec<Shown> {
    let mut formats: BTreeMap<u32, Shown> = BTreeMap::new();
    let mut out = Vec::new();
    let mut in_cells = false;
    while let Some(node) = xml.next() {
        match node {
            Node::Open(tag) => match tag.local() {
                "numFmt" => {
                    let id = tag.attr("numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, tag.attr("formatCode")) {
                        formats.insert(id, by_code(&code));
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = tag.attr("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    out.push(formats.get(&id).copied().unwrap_or_else(|| built_in(id)));
                }
                _ => {}
            },
            Node::Close(end) if end.local() == "cellXfs" => in_cells = false,
            _ => {}
        }
    }
    out
}

/// The formats that every Excel has (ECMA-376, 18.8.30; from 27 to 36 and 50 to 58 those of East Asia).
fn built_in(id: u32) -> Shown {
    match id {
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shown::Day,
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => Shown::Time,
        _ => Shown::Number,
    }
}

/// A format of the document's own: letters of days and hours outside of quotes and brackets.
fn by_code(code: &str) -> Shown {
    let (mut quoted, mut bracket, mut passed) = (false, false, false);
    let (mut day, mut time) = (false, false);
    for c in code.chars().take(300) {
        if std::mem::take(&mut passed) {
            continue;
        }
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => passed = true,
            '[' => bracket = true,
            ']' => bracket = false,
            _ if bracket => {}
            // Only what comes before the first semicolon is for numbers that are not negative.
            ';' => break,
            'd' | 'D' | 'y' | 'Y' => day = true,
            'h' | 'H' | 's' | 'S' => time = true,
            _ => {}
        }
    }
    if day {
        Shown::Day
    } else if time {
        Shown::Time
    } else {
        Shown::Number
    }
}

/// The comments of a sheet, by their cells.
fn comments(xml: &mut Xml<'_>) -> BTreeMap<String, Deed> {
    const LONGEST: usize = 4000;
    let mut out: BTreeMap<String, Deed> = BTreeMap::new();
    let mut authors: Vec<String> = Vec::new();
    let mut open: Option<(String, Deed)> = None;
    while let Some(node) = xml.next() {
        match node {
            Node::Open(tag) => match tag.local() {
                "author" => {
                    let author = xml.words();
                    authors.push(author);
                }
                "comment" => {
                    let place = tag.attr("ref").unwrap_or_default().into_owned();
                    let author = tag.attr("authorId").and_then(|id| id.parse::<usize>().ok());
                    let author = author.and_then(|n| authors.get(n)).filter(|name| !name.is_empty()).cloned();
                    open = Some((place, Deed { author, date: None, note: Some(String::new()) }));
                }
                "t" => {
                    let words = xml.words();
                    if let Some(note) =
                        open.as_mut().and_then(|(_, deed)| deed.note.as_mut()).filter(|n| n.len() < LONGEST)
                    {
                        note.push_str(&words);
                    }
                }
                _ => {}
            },
            Node::Close(end) if end.local() == "comment" => {
                if let Some((place, mut deed)) = open.take() {
                    deed.note = deed.note.map(|note| note.split_whitespace().collect::<Vec<_>>().join(" "));
                    out.insert(place, deed);
                }
            }
            _ => {}
        }
    }
    out
}

/// The rows of a sheet.
fn rows(xml: &mut Xml<'_>, book: &Book, sheet: &Sheet, comments: &BTreeMap<String, Deed>, flow: &mut Flow) {
    let mut line = Line::default();
    let mut hidden_columns: Vec<(usize, usize)> = Vec::new();
    let (mut row, mut next) = (0_u64, 0_usize);
    while let Some(node) = xml.next() {
        match node {
            Node::Open(tag) if tag.ns == Ns::S => match tag.local() {
                "col" if tag.attr("hidden").is_some_and(|v| v == "1" || v == "true") => {
                    let number = |name: &str| tag.attr(name).and_then(|n| n.parse::<usize>().ok());
                    if let (Some(min), Some(max), true) = (number("min"), number("max"), hidden_columns.len() < 1000) {
                        hidden_columns.push((min.saturating_sub(1), max));
                    }
                }
                "row" => {
                    let hidden = sheet.hidden || tag.attr("hidden").is_some_and(|v| v == "1" || v == "true");
                    row = tag.attr("r").and_then(|n| n.parse().ok()).unwrap_or(row + 1);
                    next = 0;
                    line = Line { hidden, ..Line::default() };
                }
                "c" => {
                    let place = tag.attr("r").map(Cow::into_owned);
                    let column = place.as_deref().and_then(column).unwrap_or(next).min(LAST_COLUMN);
                    next = column + 1;
                    let kind = tag.attr("t").unwrap_or_default().into_owned();
                    let style = tag.attr("s").and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
                    let raw = value(xml);
                    let words = shown(raw, &kind, book.styles.get(style).copied().unwrap_or_default(), book);
                    let hidden = hidden_columns.iter().any(|(from, to)| (*from..*to).contains(&column));
                    let comment =
                        if comments.is_empty() { None } else { place.as_ref().and_then(|place| comments.get(place)) };
                    line.cell(column, &words, hidden, comment);
                }
                _ => {}
            },
            Node::Close(end) if end.ns == Ns::S && end.local() == "row" => {
                std::mem::take(&mut line).end(flow);
                if flow.is_full() {
                    return;
                }
            }
            _ => {}
        }
    }
    // A sheet that was cut.
    line.end(flow);
}

/// What a cell holds.
fn value(xml: &mut Xml<'_>) -> String {
    let outside = xml.depth().saturating_sub(1);
    let mut out = String::new();
    while xml.depth() > outside {
        match xml.next() {
            Some(Node::Open(tag)) => match tag.local() {
                "v" | "t" => {
                    let words = xml.words();
                    out.push_str(&words);
                }
                "f" | "rPh" | "extLst" => {
                    xml.skip();
                }
                _ => {}
            },
            Some(_) => {}
            None => break,
        }
    }
    out
}

/// What a cell shows, days in the order of ISO 8601.
fn shown<'b>(raw: String, kind: &str, style: Shown, book: &'b Book) -> Cow<'b, str> {
    match kind {
        "s" => {
            let string = raw.trim().parse::<usize>().ok().and_then(|n| book.strings.get(n));
            // Not copied: a million cells may mean the same long words.
            Cow::Borrowed(string.map(String::as_str).unwrap_or_default())
        }
        "b" => Cow::Borrowed(if raw.trim() == "1" { "TRUE" } else { "FALSE" }),
        "inlineStr" | "str" | "e" | "d" => Cow::Owned(raw),
        _ => {
            let words = raw.trim();
            let Ok(number) = words.parse::<f64>() else { return Cow::Owned(words.to_owned()) };
            let told = match style {
                Shown::Day => day(number, book.from_1904),
                Shown::Time => time(number),
                Shown::Number => Some(plain(words, number)),
            };
            Cow::Owned(told.unwrap_or_else(|| words.to_owned()))
        }
    }
}

/// A number as Excel shows it: with fifteen digits that count.
fn plain(raw: &str, number: f64) -> String {
    if raw.len() < 16 && !raw.contains(['e', 'E']) {
        return raw.to_owned();
    }
    let size = number.abs();
    if !(1e-7..1e15).contains(&size) {
        return raw.to_owned();
    }
    // The digits before the point: of at most fifteen.
    let before = size.log10().floor().clamp(-7.0, 15.0) + 1.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    let after = (15.0 - before).max(0.0) as usize;
    let text = format!("{number:.after$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A day by its number.
fn day(number: f64, from_1904: bool) -> Option<String> {
    if !(0.0..3_000_000.0).contains(&number) {
        return None;
    }
    let number = if from_1904 { number + 1462.0 } else { number };
    // Excel knows a 29 February 1900: the days before it count from one day later.
    let first = if number < 60.0 { jiff::civil::date(1899, 12, 31) } else { jiff::civil::date(1899, 12, 30) };
    #[expect(clippy::cast_possible_truncation, reason = "at most three million days of seconds")]
    let seconds = (number * 86_400.0).round() as i64;
    let start = DateTime::from_parts(first, jiff::civil::Time::midnight());
    let at = start.checked_add((seconds / 86_400).days()).ok()?.checked_add((seconds % 86_400).seconds()).ok()?;
    Some(if seconds % 86_400 == 0 {
        at.date().to_string()
    } else {
        let shown = if at.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
        at.strftime(shown).to_string()
    })
}

/// A time of day, or hours beyond one.
fn time(number: f64) -> Option<String> {
    if !(0.0..100_000.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded before")]
    let seconds = (number * 86_400.0).round() as i64;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Some(if rest == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{rest:02}") })
}

/// The column of a cell's name, from 0: "AB12" → 27.
fn column(place: &str) -> Option<usize> {
    let mut column = 0_usize;
    for c in place.bytes().take_while(u8::is_ascii_alphabetic).take(4) {
        column = column * 26 + usize::from(c.to_ascii_uppercase() - b'A') + 1;
    }
    column.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_days_and_times() {
        assert_eq!(day(44_319.0, false).as_deref(), Some("2021-05-03"));
        assert_eq!(day(44_319.604_166_666_664, false).as_deref(), Some("2021-05-03 14:30"));
        assert_eq!(day(42_857.0, true).as_deref(), Some("2021-05-03"));
        assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(day(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!((day(-1.0, false), day(f64::NAN, false), day(1e300, false)), (None, None, None));
        assert_eq!(time(0.5).as_deref(), Some("12:00"));
        assert_eq!(plain("0.30000000000000004", 0.1 + 0.2), "0.3");
        assert_eq!(plain("12345678901234567", 12_345_678_901_234_567.0), "12345678901234567");
        assert_eq!(plain("1234.5", 1234.5), "1234.5");
        assert_eq!(
            (column("A1"), column("AB12"), column("XFD1"), column("12")),
            (Some(0), Some(27), Some(16_383), None)
        );
        for (code, is) in [
            ("dd/mm/yyyy", Shown::Day),
            ("[$-419]d mmmm yyyy;@", Shown::Day),
            ("h:mm", Shown::Time),
            ("#,##0.00 \"days\"", Shown::Number),
            ("[Red]0", Shown::Number),
            ("0\\d", Shown::Number),
            ("General", Shown::Number),
        ] {
            assert_eq!(by_code(code), is, "{code}");
        }
    }
}
