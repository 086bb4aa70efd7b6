//! What a PDF document says beside its pages: metadata, outline, attachments, signatures, and what it would do if it were let.

use std::collections::HashSet;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, DateTime, Dict, Name, Object, ObjectIdentifier, Stream, String as Text};
use khronika_read::rendition::{Embedded, Limits, RemarkKind};

use crate::inflate;
use crate::source::Beside;

/// No tree of the document is walked beyond this many of its knots.
const MOST_KNOTS: usize = 20_000;

/// Lines of the outline, in number.
const MOST_LINES: usize = 5_000;

/// Reads all of it.
pub(crate) fn of(pdf: &Pdf, limits: Limits) -> Beside {
    let mut found = Beside::default();
    about(pdf, &mut found);
    let Some(catalog) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else { return found };
    if let Some(Object::String(lang)) = catalog.get::<Object<'_>>("Lang") {
        found.about.more.push(("Lang".to_owned(), words(lang.as_bytes())));
    }
    outline(&catalog, &mut found);
    attachments(pdf, &catalog, limits, &mut found);
    signatures(&catalog, &mut found);
    actions(pdf, &catalog, &mut found);
    if catalog.get::<Dict<'_>>("AcroForm").is_some_and(|form| form.contains_key("XFA")) {
        found.remark(RemarkKind::NotRead, "it holds a form of the kind XFA, which is not read");
    }
    if let Some(layers) = catalog.get::<Dict<'_>>("OCProperties").and_then(|layers| layers.get::<Dict<'_>>("D"))
        && layers.get::<Array<'_>>("OFF").is_some_and(|off| off.raw_iter().next().is_some())
    {
        found.remark(RemarkKind::Strange, "it has layers that are not shown when it is opened; they were not read");
    }
    found
}

impl Beside {
    pub(crate) fn remark(&mut self, kind: RemarkKind, what: &str) {
        self.remarks.push(khronika_read::rendition::Remark { kind, what: what.to_owned(), place: None });
    }
}

fn about(pdf: &Pdf, found: &mut Beside) {
    let data = pdf.metadata();
    let told = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(words).filter(|words| !words.trim().is_empty());
    found.about.title = told(&data.title);
    found.about.author = told(&data.author);
    for (name, value) in [
        ("Subject", told(&data.subject)),
        ("Keywords", told(&data.keywords)),
        ("Creator", told(&data.creator)),
        ("Producer", told(&data.producer)),
        ("CreationDate", data.creation_date.map(|date| day(&date))),
        ("ModDate", data.modification_date.map(|date| day(&date))),
    ] {
        found.about.more.extend(value.map(|value| (name.to_owned(), value)));
    }
}

fn day(date: &DateTime) -> String {
    let DateTime { year, month, day, hour, minute, second, utc_offset_hour, utc_offset_minute } = *date;
    format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{utc_offset_hour:+03}:{utc_offset_minute:02}"
    )
}

/// A text string: UTF-16 or UTF-8 with a byte order mark, else PDFDocEncoding (ISO 32000-2, annex D).
pub(crate) fn words(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], join: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(join).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        other => other.iter().map(|b| plain(*b)).collect(),
    };
    text.chars().filter(|c| !matches!(c, '\0')).take(10_000).collect()
}

fn plain(byte: u8) -> char {
    const HIGH: [char; 34] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł',
        'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€', '¡',
    ];
    const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    let from = |table: &[char], first: u8| table.get(usize::from(byte - first)).copied().unwrap_or('\u{FFFD}');
    match byte {
        0x18..=0x1F => from(&LOW, 0x18),
        0x80..=0xA1 => from(&HIGH, 0x80),
        other => char::from(other),
    }
}

fn text_of(dict: &Dict<'_>, key: &str) -> Option<String> {
    match dict.get::<Object<'_>>(key)? {
        Object::String(text) => Some(words(Text::as_bytes(&text))),
        Object::Name(name) => Some(name.as_str().to_owned()),
        _ => None,
    }
}

/// The titles of the outline, those below others indented by tabs.
fn outline(catalog: &Dict<'_>, found: &mut Beside) {
    let Some(root) = catalog.get::<Dict<'_>>("Outlines") else { return };
    let mut seen: HashSet<ObjectIdentifier> = HashSet::new();
    let mut stack: Vec<(Dict<'_>, usize)> = root.get::<Dict<'_>>("First").map(|first| (first, 0)).into_iter().collect();
    let mut lines = 0;
    while let Some((item, depth)) = stack.pop() {
        lines += 1;
        if item.obj_id().is_some_and(|id| !seen.insert(id)) || lines > MOST_LINES {
            continue;
        }
        if let Some(title) = text_of(&item, "Title").filter(|title| !title.trim().is_empty()) {
            found.about.more.push(("Outlines".to_owned(), "\t".repeat(depth.min(16)) + title.trim()));
        }
        // The next of its kind is told after what is below this one.
        stack.extend(item.get::<Dict<'_>>("Next").map(|next| (next, depth)));
        stack.extend(item.get::<Dict<'_>>("First").map(|first| (first, depth + 1)));
    }
    if lines > MOST_LINES {
        found.remark(RemarkKind::Limit, "its outline has more lines than are read");
    }
}

/// No more dictionaries of one array are looked at.
pub(crate) const MOST_DICTS: usize = 2_000;

/// The dictionaries in an array of this one, no more than `most`.
pub(crate) fn dicts<'a>(of: &Dict<'a>, key: &str, most: usize) -> impl Iterator<Item = Dict<'a>> + use<'a> {
    of.get::<Array<'a>>(key).into_iter().flat_map(|all| all.iter::<Dict<'a>>()).take(most)
}

fn attachments(pdf: &Pdf, catalog: &Dict<'_>, limits: Limits, found: &mut Beside) {
    let mut files: Vec<Dict<'_>> = Vec::new();
    if let Some(tree) = catalog.get::<Dict<'_>>("Names").and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles")) {
        let mut stack = vec![tree];
        let mut knots = 0;
        while let Some(knot) = stack.pop() {
            knots += 1;
            if knots > MOST_KNOTS {
                break;
            }
            for value in knot.get::<Array<'_>>("Names").into_iter().flat_map(|names| names.iter::<Object<'_>>()) {
                files.extend(value.into_dict());
            }
            if knots < 200 || stack.len() < MOST_KNOTS {
                stack.extend(dicts(&knot, "Kids", MOST_DICTS));
            }
        }
    }
    for page in pdf.pages().iter().take(limits.pages) {
        for note in dicts(page.raw(), "Annots", MOST_DICTS) {
            if note.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "FileAttachment") {
                files.extend(note.get::<Dict<'_>>("FS"));
            }
        }
    }
    let mut left = limits.unpacked;
    let mut seen: HashSet<ObjectIdentifier> = HashSet::new();
    for file in files {
        let Some(stream) = file
            .get::<Dict<'_>>("EF")
            .and_then(|held| ["UF", "F"].into_iter().find_map(|key| held.get::<Stream<'_>>(key)))
        else {
            continue;
        };
        if stream.obj_id() != ObjectIdentifier::new(0, 0) && !seen.insert(stream.obj_id()) {
            continue;
        }
        let name = ["UF", "F"].into_iter().find_map(|key| text_of(&file, key)).unwrap_or_default();
        if found.embedded.len() >= limits.embedded {
            found.remark(RemarkKind::Limit, "more files are attached to it than are read");
            return;
        }
        match inflate::stream(&stream, left) {
            Ok(bytes) => {
                left = left.saturating_sub(bytes.len() as u64);
                let declared = text_of(stream.dict(), "Subtype");
                found.embedded.push(Embedded { name, declared, bytes });
            }
            Err(inflate::Failure::TooLong) => {
                found.remark(
                    RemarkKind::Limit,
                    &format!("the file “{name}” attached to it is too long, and was left out"),
                );
            }
            Err(inflate::Failure::Broken) => {
                found.remark(RemarkKind::Damaged, &format!("the file “{name}” attached to it could not be unpacked"));
            }
        }
    }
}

/// Signed fields of its form.
fn signatures(catalog: &Dict<'_>, found: &mut Beside) {
    let Some(form) = catalog.get::<Dict<'_>>("AcroForm") else { return };
    let mut stack: Vec<Dict<'_>> = dicts(&form, "Fields", MOST_KNOTS).collect();
    let mut knots = 0;
    while let Some(field) = stack.pop() {
        knots += 1;
        if knots > MOST_KNOTS {
            return;
        }
        if field.get::<Name<'_>>("FT").is_some_and(|kind| kind.as_str() == "Sig")
            && let Some(value) = field.get::<Dict<'_>>("V")
        {
            let by = text_of(&value, "Name").map(|name| format!(" in the name of “{name}”")).unwrap_or_default();
            let when = text_of(&value, "M").map(|when| format!(", dated {when}")).unwrap_or_default();
            found.remark(RemarkKind::Strange, &format!("it is signed{by}{when}; the signature was not checked"));
        }
        if stack.len() < MOST_KNOTS {
            stack.extend(dicts(&field, "Kids", MOST_DICTS));
        }
    }
}

/// What it would do when it is opened or clicked. Nothing of it is done.
fn actions(pdf: &Pdf, catalog: &Dict<'_>, found: &mut Beside) {
    let mut kinds: Vec<String> = Vec::new();
    let mut see = |action: Option<Dict<'_>>| {
        if let Some(kind) = action.and_then(|action| action.get::<Name<'_>>("S").map(|kind| kind.as_str().to_owned()))
            && ["JavaScript", "Launch", "SubmitForm", "ImportData", "GoToE", "Rendition", "RichMediaExecute"]
                .contains(&kind.as_str())
            && !kinds.contains(&kind)
        {
            kinds.push(kind);
        }
    };
    see(catalog.get::<Dict<'_>>("OpenAction"));
    if let Some(more) = catalog.get::<Dict<'_>>("AA") {
        more.keys().take(32).for_each(|key| see(more.get::<Dict<'_>>(key.as_str())));
    }
    let has_scripts = catalog.get::<Dict<'_>>("Names").is_some_and(|names| names.contains_key("JavaScript"));
    for page in pdf.pages().iter().take(5_000) {
        if let Some(more) = page.raw().get::<Dict<'_>>("AA") {
            more.keys().take(8).for_each(|key| see(more.get::<Dict<'_>>(key.as_str())));
        }
        for note in dicts(page.raw(), "Annots", MOST_DICTS) {
            see(note.get::<Dict<'_>>("A"));
            if let Some(more) = note.get::<Dict<'_>>("AA") {
                more.keys().take(16).for_each(|key| see(more.get::<Dict<'_>>(key.as_str())));
            }
        }
    }
    if has_scripts && !kinds.iter().any(|kind| kind == "JavaScript") {
        kinds.push("JavaScript".to_owned());
    }
    for kind in kinds {
        let what = format!("it holds actions ({kind}) that a viewer may carry out; none was");
        found.remark(RemarkKind::Strange, &what);
    }
}
