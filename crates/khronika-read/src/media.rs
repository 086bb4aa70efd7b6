//! What kind of document some bytes are, told by the bytes and not by the name.

use crate::{format, zipped};

/// A kind that there is a parser for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Plain,
    Markdown,
    Html,
    Pdf,
    Docx,
    Odt,
    Doc,
    Rtf,
    Xlsx,
    Ods,
    Csv,
    Pptx,
    Odp,
    Epub,
    Mail,
    Mailbox,
    Outlook,
    Mhtml,
    Warc,
    Zip,
    Tar,
    Gzip,
    Bzip2,
    Xz,
    Zstd,
    SevenZ,
    Png,
    Jpeg,
    Tiff,
    Heic,
    Secured,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 31] = [
        Self::Plain,
        Self::Markdown,
        Self::Html,
        Self::Pdf,
        Self::Docx,
        Self::Odt,
        Self::Doc,
        Self::Rtf,
        Self::Xlsx,
        Self::Ods,
        Self::Csv,
        Self::Pptx,
        Self::Odp,
        Self::Epub,
        Self::Mail,
        Self::Mailbox,
        Self::Outlook,
        Self::Mhtml,
        Self::Warc,
        Self::Zip,
        Self::Tar,
        Self::Gzip,
        Self::Bzip2,
        Self::Xz,
        Self::Zstd,
        Self::SevenZ,
        Self::Png,
        Self::Jpeg,
        Self::Tiff,
        Self::Heic,
        Self::Secured,
    ];

    /// The media type (RFC 6838; IANA registrations, `application/x-…` where there is none), what people call it, and the
    /// extensions that it goes by.
    const fn about(self) -> (&'static str, &'static str, &'static [&'static str]) {
        match self {
            Self::Plain => ("text/plain", "text", &["txt", "text"]),
            Self::Markdown => ("text/markdown", "Markdown text", &["md", "markdown", "mkd"]),
            Self::Html => ("text/html", "HTML page", &["html", "htm", "xhtml"]),
            Self::Pdf => ("application/pdf", "PDF document", &["pdf"]),
            Self::Docx => (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "Word document (DOCX)",
                &["docx", "docm", "dotx"],
            ),
            Self::Odt => {
                ("application/vnd.oasis.opendocument.text", "OpenDocument text (ODT)", &["odt", "ott", "fodt"])
            }
            Self::Doc => ("application/msword", "old Word document (DOC)", &["doc", "dot"]),
            Self::Rtf => ("application/rtf", "RTF document", &["rtf", "doc"]),
            Self::Xlsx => (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "Excel workbook (XLSX)",
                &["xlsx", "xlsm"],
            ),
            Self::Ods => (
                "application/vnd.oasis.opendocument.spreadsheet",
                "OpenDocument spreadsheet (ODS)",
                &["ods", "ots", "fods"],
            ),
            Self::Csv => ("text/csv", "table of separated values (CSV)", &["csv", "tsv"]),
            Self::Pptx => (
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                "PowerPoint presentation (PPTX)",
                &["pptx", "ppsx"],
            ),
            Self::Odp => (
                "application/vnd.oasis.opendocument.presentation",
                "OpenDocument presentation (ODP)",
                &["odp", "otp", "fodp"],
            ),
            Self::Epub => ("application/epub+zip", "EPUB book", &["epub"]),
            Self::Mail => ("message/rfc822", "mail message", &["eml"]),
            Self::Mailbox => ("application/mbox", "mailbox", &["mbox", "mbx"]),
            Self::Outlook => ("application/vnd.ms-outlook", "Outlook message", &["msg"]),
            Self::Mhtml => ("multipart/related", "saved web page (MHTML)", &["mht", "mhtml"]),
            Self::Warc => ("application/warc", "web archive (WARC)", &["warc"]),
            Self::Zip => ("application/zip", "ZIP archive", &["zip"]),
            Self::Tar => ("application/x-tar", "tar archive", &["tar"]),
            Self::Gzip => ("application/gzip", "gzip archive", &["gz", "tgz"]),
            Self::Bzip2 => ("application/x-bzip2", "bzip2 archive", &["bz2", "tbz", "tbz2"]),
            Self::Xz => ("application/x-xz", "xz archive", &["xz", "txz"]),
            Self::Zstd => ("application/zstd", "Zstandard archive", &["zst", "tzst"]),
            Self::SevenZ => ("application/x-7z-compressed", "7z archive", &["7z"]),
            Self::Png => ("image/png", "PNG image", &["png"]),
            Self::Jpeg => ("image/jpeg", "JPEG image", &["jpg", "jpeg"]),
            Self::Tiff => ("image/tiff", "TIFF image", &["tif", "tiff"]),
            Self::Secured => (
                "application/vnd.ms-office",
                "Office document with a password",
                &["docx", "xlsx", "pptx", "docm", "xlsm"],
            ),
            Self::Heic => ("image/heic", "HEIC image", &["heic", "heif"]),
        }
    }

    /// The media type.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.about().0
    }

    /// The kind with this media type.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What people call it.
    #[must_use]
    pub const fn what(self) -> &'static str {
        self.about().1
    }

    /// The extensions that it goes by.
    #[must_use]
    pub const fn extensions(self) -> &'static [&'static str] {
        self.about().2
    }

    /// True for the kinds whose parser opens what is locked, if it is given the password.
    #[must_use]
    pub const fn takes_password(self) -> bool {
        matches!(self, Self::Pdf | Self::Zip | Self::Secured | Self::Odt | Self::Ods | Self::Odp)
    }

    /// True for the kinds that are text as they lie there.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Plain | Self::Markdown)
    }
}

/// A kind that is not read yet, by what people call it, and the extensions it goes by (none: no extension is expected).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    pub what: &'static str,
    pub extensions: &'static [&'static str],
    /// What to do where it is no kind that may be read one day.
    pub advice: Option<&'static str>,
}

pub(crate) type Told = Result<Kind, Unread>;

pub(crate) const fn unread(what: &'static str, extensions: &'static [&'static str]) -> Told {
    Err(Unread { what, extensions, advice: None })
}

/// A file whose words nobody can see without a key.
const fn sealed(what: &'static str, extensions: &'static [&'static str], advice: &'static str) -> Told {
    Err(Unread { what, extensions, advice: Some(advice) })
}

/// Beginnings of files: where, which bytes, what they mean (the formats' own specifications; IANA media type registrations).
const MAGIC: &[(usize, &[u8], Told)] = &[
    (0, b"{\\rtf", Ok(Kind::Rtf)),
    (
        0,
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        unread("old Office document (or Outlook message)", &["doc", "xls", "ppt", "msg", "dot"]),
    ),
    (0, b"WARC/1.", Ok(Kind::Warc)),
    (0, b"WARC/0.", Ok(Kind::Warc)),
    // An archive without any file.
    (0, b"PK\x05\x06", Ok(Kind::Zip)),
    (0, b"7z\xBC\xAF\x27\x1C", Ok(Kind::SevenZ)),
    (0, b"Rar!\x1A\x07", unread("RAR archive", &["rar"])),
    (0, b"\x1F\x8B\x08", Ok(Kind::Gzip)),
    (4, b"1AY&SY", Ok(Kind::Bzip2)),
    (0, b"\xFD7zXZ\0", Ok(Kind::Xz)),
    (0, b"\x28\xB5\x2F\xFD", Ok(Kind::Zstd)),
    (257, b"ustar", Ok(Kind::Tar)),
    (0, b"\x89PNG\r\n\x1A\n", Ok(Kind::Png)),
    (0, b"\xFF\xD8\xFF", Ok(Kind::Jpeg)),
    (0, b"GIF8", unread("GIF image", &["gif"])),
    (0, b"II*\0", Ok(Kind::Tiff)),
    (0, b"MM\0*", Ok(Kind::Tiff)),
    (0, b"BM", unread("bitmap image", &["bmp"])),
    (8, b"WEBP", unread("WebP image", &["webp"])),
    (8, b"WAVE", unread("sound recording", &["wav"])),
    (8, b"AVI ", unread("video", &["avi"])),
    (4, b"ftypheic", Ok(Kind::Heic)),
    (4, b"ftypheix", Ok(Kind::Heic)),
    (4, b"ftypmif1", Ok(Kind::Heic)),
    (4, b"ftypavif", unread("AVIF image", &["avif"])),
    (4, b"ftyp", unread("video or sound recording", &["mp4", "m4a", "m4v", "mov", "3gp"])),
    (0, b"ID3", unread("sound recording", &["mp3"])),
    (0, b"OggS", unread("sound recording", &["ogg", "oga", "opus"])),
    (0, b"fLaC", unread("sound recording", &["flac"])),
    (0, b"\x1A\x45\xDF\xA3", unread("video", &["mkv", "webm"])),
    (0, b"AT&TFORM", unread("DjVu document", &["djvu", "djv"])),
    (
        0,
        b"khronika.case-file/",
        sealed(
            "case file of khronika",
            &["khronika"],
            "Name it by itself, with what opens it (--identity, --passphrase-file).",
        ),
    ),
    (0, b"age-encryption.org/", sealed("file encrypted with age", &["age"], DECRYPT)),
    (0, b"-----BEGIN AGE ENCRYPTED FILE-----", sealed("file encrypted with age", &["age", "asc"], DECRYPT)),
    (0, b"-----BEGIN PGP MESSAGE-----", sealed("message encrypted with PGP", &["asc", "pgp", "gpg"], DECRYPT)),
    (0, b"%!PS", unread("PostScript document", &["ps", "eps"])),
    (0, b"!BDN", unread("Outlook mail store", &["pst", "ost"])),
    (0, b"SQLite format 3\0", unread("SQLite database", &["db", "sqlite", "sqlite3"])),
    (0, b"\x7FELF", unread("program", &[])),
    (0, b"MZ\x90\0", unread("program", &["exe", "dll"])),
    (0, b"\xFF\xFE\0\0", unread("text in UTF-32", &["txt"])),
    (0, b"\0\0\xFE\xFF", unread("text in UTF-32", &["txt"])),
];

const DECRYPT: &str = "Decrypt it, and hand in what was inside.";

const XML: Told = unread("XML document", &["xml", "svg", "rss", "fb2"]);
const BINARY: Told = unread("file of an unknown binary format", &[]);

/// How much of a file its kind is told by (bytes).
const HEAD: usize = 8192;

/// Tells the kind of a whole file.
pub(crate) fn of(name: &str, bytes: &[u8]) -> Told {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    if head.starts_with(b"PK\x03\x04") {
        return zipped::of(bytes);
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        if format::outlook::is_message(bytes) {
            return Ok(Kind::Outlook);
        }
        let holds = |stream: &str| {
            let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
            memchr::memmem::find(bytes, &name).is_some()
        };
        if holds("WordDocument") {
            return Ok(Kind::Doc);
        }
        if holds("EncryptedPackage") {
            return Ok(Kind::Secured);
        }
    }
    if memchr::memmem::find(head.get(..head.len().min(1024)).unwrap_or_default(), b"%PDF-")
        .is_some_and(|at| at == 0 || is_binary(head))
    {
        return Ok(Kind::Pdf);
    }
    let magic = MAGIC.iter().find(|(at, mark, _)| head.get(*at..).is_some_and(|rest| rest.starts_with(mark)));
    // "BM" is also how a word may begin.
    if let Some((_, _, told)) = magic.filter(|(_, mark, _)| mark.len() > 3 || is_binary(head)) {
        return *told;
    }
    if format::tar::is_old(head) {
        return Ok(Kind::Tar);
    }
    let ascii = squeezed(head);
    if let Some(kind) = markup(&ascii) {
        return kind;
    }
    if let Some(kind) = mail(&ascii) {
        return Ok(kind);
    }
    if is_binary(head) && !is_utf16(head) {
        return BINARY;
    }
    Ok(text(name, &ascii))
}

/// The kind of what is known to be text.
pub(crate) fn of_text(name: &str, bytes: &[u8]) -> Kind {
    text(name, &squeezed(bytes.get(..bytes.len().min(HEAD)).unwrap_or_default()))
}

fn text(name: &str, ascii: &[u8]) -> Kind {
    // Nothing but its name tells a table from text.
    if is_named(name, Kind::Csv) {
        Kind::Csv
    } else if is_named(name, Kind::Markdown) || is_markdown(ascii) {
        Kind::Markdown
    } else {
        Kind::Plain
    }
}

/// Whether a name ends as those of this kind do.
fn is_named(name: &str, kind: Kind) -> bool {
    extension(name).is_some_and(|extension| kind.extensions().contains(&extension.as_str()))
}

/// The extension of a name in small letters.
pub(crate) fn extension(name: &str) -> Option<String> {
    let file = name.rsplit('/').next()?;
    let (stem, extension) = file.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty() && extension.len() <= 8).then(|| extension.to_ascii_lowercase())
}

/// What a name with this extension promises, in words, for every kind in the tables.
pub(crate) fn promised(extension: &str) -> Option<&'static str> {
    let other = MAGIC.iter().filter_map(|(_, _, told)| told.err()).map(|unread| (unread.what, unread.extensions));
    Kind::ALL
        .into_iter()
        .map(|kind| (kind.what(), kind.extensions()))
        .chain(other)
        .find(|(_, extensions)| extensions.contains(&extension) && extension != "txt")
        .map(|(what, _)| what)
}

/// The ASCII part of the head as small letters, without NUL bytes (so that UTF-16 reads like UTF-8) and byte order marks.
fn squeezed(head: &[u8]) -> Vec<u8> {
    let skip = if head.starts_with(b"\xEF\xBB\xBF") {
        3
    } else if is_utf16(head) {
        2
    } else {
        0
    };
    head.iter().skip(skip).filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect()
}

fn is_utf16(head: &[u8]) -> bool {
    head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") || crate::encoding::looks_like_utf16(head)
}

/// More than one byte in twenty is a control character that no text holds.
fn is_binary(head: &[u8]) -> bool {
    let odd = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    odd * 20 > head.len()
}

/// HTML or XML by the first tag.
fn markup(ascii: &[u8]) -> Option<Told> {
    let text = String::from_utf8_lossy(ascii);
    let mut rest = text.trim_start();
    let mut xml = false;
    loop {
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after).trim_start();
        } else if let Some(after) = rest.strip_prefix("<?") {
            xml = true;
            rest = after.split_once('>').map_or("", |(_, after)| after).trim_start();
        } else {
            break;
        }
    }
    let tag: String = rest
        .strip_prefix('<')?
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '!' | ':' | '-'))
        .collect();
    let html = ["!doctype", "html", "head", "body", "title", "meta", "script", "style", "link"];
    let parts = [
        "div", "p", "table", "article", "section", "main", "h1", "h2", "span", "ul", "ol", "font", "center", "br", "a",
        "b",
    ];
    if tag == "office:document" {
        return zipped::declared(ascii).or(Some(XML));
    }
    let is_html = html.contains(&tag.as_str()) && !rest.starts_with("<!doctype svg")
        || (parts.contains(&tag.as_str()) && (rest.contains("</") || rest.contains("/>")));
    if is_html {
        Some(Ok(Kind::Html))
    } else if xml || rest.starts_with("<svg") {
        Some(XML)
    } else {
        None
    }
}

/// A mail message opens with header lines only, at least one of which only a mail program writes. A letter that opens with
/// "From:" and "To:" in a person's hand is text. A mailbox has a line before them; a saved web page has the headers of a mail that
/// nobody sent.
fn mail(ascii: &[u8]) -> Option<Kind> {
    let text = String::from_utf8_lossy(ascii);
    let first = text.lines().next().unwrap_or_default();
    let mailbox = first.strip_prefix("from ").is_some_and(|rest| rest.contains(':') || matches!(rest.trim(), "" | "-"));
    let machine = [
        "mime-version:",
        "received:",
        "message-id:",
        "return-path:",
        "dkim-signature:",
        "x-mailer:",
        "delivered-to:",
        "content-transfer-encoding:",
        "content-type:",
        "x-mozilla-status:",
        "x-gmail-labels:",
    ];
    let sent = ["to:", "received:", "message-id:", "return-path:", "delivered-to:", "cc:", "bcc:"];
    let (mut by_machine, mut was_sent, mut saved, mut human, mut kind) = (false, false, false, 0, String::new());
    let mut in_kind = false;
    for line in text.lines().skip(usize::from(mailbox)) {
        let folded = line.starts_with([' ', '\t']);
        let header = line
            .split_once(':')
            .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        if !folded && !header {
            break;
        }
        in_kind = if folded { in_kind } else { line.starts_with("content-type:") };
        if in_kind {
            kind.push_str(line);
        }
        by_machine |= machine.iter().any(|m| line.starts_with(m));
        was_sent |= sent.iter().any(|m| line.starts_with(m));
        saved |= line.starts_with("snapshot-content-location:") || line.starts_with("content-location:");
        human += u32::from(["from:", "to:", "date:", "subject:"].iter().any(|m| line.starts_with(m)));
    }
    let page = kind.contains("multipart/related") && (kind.contains("text/html") || saved) && !was_sent;
    if mailbox && (by_machine || human >= 3) {
        Some(Kind::Mailbox)
    } else if page {
        Some(Kind::Mhtml)
    } else {
        by_machine.then_some(Kind::Mail)
    }
}

/// Two different signs of Markdown that plain text hardly shows.
fn is_markdown(ascii: &[u8]) -> bool {
    let text = String::from_utf8_lossy(ascii);
    let heading = text.lines().any(|l| {
        let hashes = l.bytes().take_while(|b| *b == b'#').count();
        (1..=6).contains(&hashes) && l.as_bytes().get(hashes) == Some(&b' ')
    });
    let bold = text.matches("**").count() >= 2;
    let link = text.contains("](http");
    let fence = text.lines().any(|l| l.starts_with("```"));
    let rule = text.lines().any(|l| l == "* * *" || l == "---");
    [heading, bold, link, fence, rule].into_iter().filter(|sign| *sign).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> &'static str {
        of("a.txt", bytes).map_or_else(
            |unread| unread.what,
            |kind| if kind.is_text() || kind == Kind::Html { kind.name() } else { kind.what() },
        )
    }

    #[test]
    fn the_bytes_decide() {
        let docx = b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0rels/.rels PK\x03\x04 word/document.xml";
        for (bytes, kind) in [
            (&b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"[..], "PDF document"),
            (docx, "Word document (DOCX)"),
            (b"PK\x03\x04\x14\0\0\0letter.txt", "ZIP archive"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0", "old Office document (or Outlook message)"),
            (b"{\\rtf1\\ansi text}", "RTF document"),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF\0", "JPEG image"),
            (b"Return-Path: <a@b>\nFrom: a@b\nSubject: x\n\nHello", "mail message"),
            (b"From a@b Tue May  3 10:15:00 2022\nFrom: a@b\nTo: c@d\nSubject: x\n\nHello", "mailbox"),
            (b"From: <Saved by Blink>\nSnapshot-Content-Location: http://x\nContent-Type: multipart/related;\n\ttype=\"text/html\"\n\n", "saved web page (MHTML)"),
            (b"From: a@b\nTo: c@d\nContent-Type: multipart/related; type=\"text/html\"\n\n", "mail message"),
            (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "web archive (WARC)"),
            (b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "ZIP archive"),
            (b"<?xml version=\"1.0\"?>\n<decision><date/></decision>", "XML document"),
            (b"\x01\x02\x03\x04\x05\x06\x07\x08\x0E\x0F", "file of an unknown binary format"),
        ] {
            assert_eq!(told(bytes), kind);
        }
    }

    #[test]
    fn documents_are_known_without_their_names() {
        for folder in ["archives", "mail"] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
            for file in std::fs::read_dir(path).unwrap() {
                let path = file.unwrap().path();
                let extension = path.extension().and_then(|e| e.to_str()).unwrap();
                let kind = of("", &std::fs::read(&path).unwrap()).unwrap();
                assert!(kind.extensions().contains(&extension), "{} is no {}", path.display(), kind.what());
            }
        }
    }

    #[test]
    fn near_misses_are_text() {
        for text in [
            "BMW refused to pay.",
            "From: the Minister\nTo: the Prefect\n\nSir,",
            "PK 5 is a note; %PDF-1.4 is what the annex is said to be.",
            "<the name is blacked out> was heard.",
            "If x < y, then <b is not a tag.",
            "",
            "Рядок із \u{7} дзвінком.",
            "From 10:15 on the court sat.\nTo: whom it concerns\n\nSir,",
            "WARC/1 is how a web archive begins.",
        ] {
            assert_eq!(told(text.as_bytes()), "text/plain", "{text}");
        }
    }

    #[test]
    fn html_and_markdown_are_known_by_their_marks() {
        for text in [
            "<!DOCTYPE html><title>x</title>",
            "\u{FEFF}  <!-- saved --> <HTML lang=\"fr\">",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\"><html>",
            "<p>Un</p><p>Deux</p>",
        ] {
            assert_eq!(told(text.as_bytes()), "text/html", "{text}");
        }
        let utf16: Vec<u8> = "\u{FEFF}<html><body>да</body>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(told(&utf16), "text/html");
        assert_eq!(told(b"# Judgment\n\nThe **Court** rejects it."), "text/markdown");
        assert_eq!(of("note.md", b"Only words."), Ok(Kind::Markdown));
        // One sign alone is not enough: a number sign before a docket is no heading.
        assert_eq!(told(b"# 17 of 2003\nThe Court rejects it."), "text/plain");
    }

    #[test]
    fn an_extension_promises_a_kind() {
        assert_eq!(extension("a/b.c/LETTER.Pdf").as_deref(), Some("pdf"));
        assert_eq!(extension("a.b/letter"), None);
        assert_eq!(extension(".htaccess"), None);
        assert_eq!(promised("docx"), Some("Word document (DOCX)"));
        assert_eq!(promised("txt"), None);
    }
}
