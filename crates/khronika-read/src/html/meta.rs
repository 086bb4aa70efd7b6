//! What a page says about itself: its date, its language, its encoding.

use jiff::civil::Date;
use khronika_core::{Day, Lang};

use super::dom::{Dom, Id, ROOT, Step};
use crate::encoding::{Legacy, from_label};

/// `meta` elements that give the day of publication, the surest first: attribute, value.
const DATES: [(&str, &str); 16] = [
    ("property", "article:published_time"),
    ("itemprop", "datepublished"),
    ("name", "article:published_time"),
    ("name", "citation_publication_date"),
    ("name", "dcterms.issued"),
    ("name", "dc.date.issued"),
    ("name", "dcterms.date"),
    ("name", "dc.date"),
    ("name", "dcterms.created"),
    ("name", "dc.date.created"),
    ("name", "pubdate"),
    ("name", "publishdate"),
    ("name", "publish-date"),
    ("name", "publication_date"),
    ("name", "date"),
    ("property", "og:published_time"),
];

/// The elements that say something of the page, in order.
pub(super) struct Meta<'d> {
    dom: &'d Dom,
    elements: Vec<Id>,
}

impl<'d> Meta<'d> {
    pub(super) fn of(dom: &'d Dom) -> Self {
        let elements = dom.walk(ROOT).filter_map(|step| match step {
            Step::Enter(id) => {
                let says = ["meta", "link", "title", "html", "body", "script", "time"].contains(&dom.name(id));
                says.then_some(id)
            }
            Step::Leave(_) => None,
        });
        Self { dom, elements: elements.collect() }
    }

    /// The elements of this name.
    fn named(&self, name: &str) -> impl Iterator<Item = Id> {
        self.elements.iter().copied().filter(move |id| self.dom.name(*id) == name)
    }

    /// Whether an attribute says this, in whatever letters.
    fn says(&self, id: Id, attribute: &str, value: &str) -> bool {
        self.dom.attribute(id, attribute).is_some_and(|said| said.trim().eq_ignore_ascii_case(value))
    }

    /// Which of these a `meta` element says: attribute, value.
    fn rank(&self, id: Id, wanted: &[(&str, &str)]) -> Option<usize> {
        wanted.iter().position(|(attribute, value)| self.says(id, attribute, value))
    }

    /// The first of those `meta` elements that are the surest, as what its `content` is read as.
    fn surest<T>(&self, wanted: &[(&str, &str)], read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = self.named("meta").filter_map(|id| {
            let content = self.dom.attribute(id, "content").and_then(&read)?;
            Some((self.rank(id, wanted)?, content))
        });
        // Of equal ones the first.
        found.min_by_key(|(rank, _)| *rank).map(|(_, content)| content)
    }

    /// The day that the page's metadata gives: `meta` elements, then JSON-LD, then the first `time` element of the article or page.
    pub(super) fn date(&self) -> Option<Day> {
        let json = |id: &Id| self.dom.attribute(*id, "type") == Some("application/ld+json");
        self.surest(&DATES, day)
            .or_else(|| self.named("script").filter(json).find_map(|id| published(&self.dom.text(id))))
            .or_else(|| self.named("time").find_map(|id| self.dom.attribute(id, "datetime").and_then(day)))
    }

    /// The page's title as it is written in its head.
    pub(super) fn title(&self) -> Option<String> {
        self.named("title").find_map(|id| short(&self.dom.text(id)))
    }

    /// Who wrote the page, as it says.
    pub(super) fn author(&self) -> Option<String> {
        self.surest(&[("name", "author"), ("property", "article:author"), ("name", "dc.creator")], short)
    }

    /// Where the page is from, as it says.
    pub(super) fn more(&self) -> Vec<(String, String)> {
        let canonical = self
            .named("link")
            .filter(|id| self.says(*id, "rel", "canonical"))
            .find_map(|id| self.dom.attribute(id, "href").and_then(short));
        let of = |property| self.surest(&[("property", property)], short);
        [
            ("canonical", canonical),
            ("og:url", of("og:url")),
            ("og:site_name", of("og:site_name")),
            ("og:title", of("og:title")),
            ("article:modified_time", of("article:modified_time")),
            ("generator", self.surest(&[("name", "generator")], short)),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
    }

    /// The language that the page declares.
    pub(super) fn language(&self) -> Option<Lang> {
        self.elements.iter().find_map(|&id| {
            let declared = match self.dom.name(id) {
                "html" | "body" => self.dom.attribute(id, "lang").or(self.dom.attribute(id, "xml:lang")),
                "meta" if self.says(id, "http-equiv", "content-language") || self.says(id, "property", "og:locale") => {
                    self.dom.attribute(id, "content")
                }
                _ => None,
            };
            Lang::new(&declared?.trim().chars().take(2).collect::<String>().to_ascii_lowercase())
        })
    }
}

/// The longest value of metadata that is kept (bytes).
const LONGEST: usize = 1000;

fn short(value: &str) -> Option<String> {
    let value: String = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty() && value.len() <= LONGEST).then_some(value)
}

/// `datePublished` anywhere in a piece of JSON-LD, the outermost first.
fn published(json: &str) -> Option<Day> {
    const LONGEST: usize = 1 << 20;
    if json.len() > LONGEST {
        return None;
    }
    let value: serde_json::Value = serde_json::from_str(json.trim()).ok()?;
    let mut level = vec![&value];
    while !level.is_empty() {
        let mut deeper = Vec::new();
        for value in level {
            match value {
                serde_json::Value::Object(object) => {
                    if let Some(day) = object.get("datePublished").and_then(|v| v.as_str()).and_then(day) {
                        return Some(day);
                    }
                    deeper.extend(object.values());
                }
                serde_json::Value::Array(array) => deeper.extend(array),
                _ => {}
            }
        }
        level = deeper;
    }
    None
}

/// The day that an ISO 8601 date or date and time begins with: "2023-07-21T10:00", "20230721", "2023/07/21".
fn day(written: &str) -> Option<Day> {
    let written = written.trim();
    let number = |range: std::ops::Range<usize>| written.get(range)?.parse::<i16>().ok();
    let parts = match written.as_bytes().get(4)? {
        b'-' | b'/' => (number(0..4)?, number(5..7)?, number(8..10)?),
        _ => (number(0..4)?, number(4..6)?, number(6..8)?),
    };
    Date::new(parts.0, i8::try_from(parts.1).ok()?, i8::try_from(parts.2).ok()?).ok()
}

/// The encoding that a page names in its first bytes: `<meta charset=…>`, `<meta … content="text/html; charset=…">` or an XML
/// declaration (the HTML standard's prescan, simplified).
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<Legacy> {
    const HEAD: usize = 4096;
    let head = bytes.get(..bytes.len().min(HEAD))?.to_ascii_lowercase();
    let after = |mark: &[u8]| memchr::memmem::find(&head, mark).and_then(|at| head.get(at + mark.len()..));
    let xml = head.starts_with(b"<?xml").then(|| after(b"encoding")).flatten();
    let meta = memchr::memmem::find(&head, b"<meta").and_then(|_| after(b"charset"));
    [xml, meta].into_iter().flatten().find_map(|rest| {
        let rest = std::str::from_utf8(rest.get(..rest.len().min(64))?).ok()?;
        let label = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end =
            label.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(label.len());
        from_label(label.get(..end)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_from_iso_dates_only() {
        let told = |w: &str| day(w).map(|d| d.to_string());
        assert_eq!(told("2023-07-21T10:00:00+02:00").as_deref(), Some("2023-07-21"));
        assert_eq!(told("20230721").as_deref(), Some("2023-07-21"));
        for not in ["21.07.2023", "2023-13-01", "July 2023", "2023", ""] {
            assert_eq!(told(not), None, "{not}");
        }
    }

    #[test]
    fn a_page_names_its_encoding() {
        let name = |html: &str| match declared_encoding(html.as_bytes()) {
            Some(Legacy::Web(encoding)) => encoding.name(),
            Some(Legacy::Kz1048) => "KZ-1048",
            None => "none",
        };
        assert_eq!(name("<html><meta charset='windows-1251'>"), "windows-1251");
        assert_eq!(name("<META http-equiv=Content-Type content=\"text/html; charset=KOI8-U\">"), "KOI8-U");
        assert_eq!(name("<?xml version='1.0' encoding='iso-8859-1'?><html>"), "windows-1252");
        assert_eq!(name("<meta charset=KZ-1048>"), "KZ-1048");
        // UTF-8 needs no name: the bytes show it.
        assert_eq!(name("<meta charset=utf-8>"), "none");
        assert_eq!(name("<p>The charset = koi8-r was discussed.</p>"), "none");
    }
}
