//! A paper of each format with what an attacker would write in every field that a reader may show: text, titles, authors, comments, names
//! of files, sheets and members, heads of mails.

use super::package::zip;

/// What runs, loads or leads elsewhere where it is taken for markup, an attribute, an address, a style or a template, and what ends each of
/// these before its time. What runs sets `__xss`. None has a line of its own, a bar before a letter, or a backslash, which some fields part at.
pub const HOSTILE: [&str; 16] = [
    "<script>window.__xss=1<-/script>",
    "\"><img src=x onerror=window.__xss=2>",
    "'><svg onload=window.__xss=3>",
    "javascript:window.__xss=4",
    "\" autofocus onfocus=window.__xss=5 x=\"",
    "' onmouseover='window.__xss=6",
    "--><details open ontoggle=window.__xss=7>",
    "]]><body onload=window.__xss=8>",
    "{{constructor.constructor('window.__xss=9')()}}${window.__xss=9}<%=9%>",
    "<a href=javascript:window.__xss=10>here",
    "<style>*{background:url(x.css)}",
    "<iframe srcdoc=\"<script>parent.__xss=12\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:window.__xss=13\"><base href=x:>",
    "&lt;script&gt;window.__xss=14&#60;",
    "\u{202e}gpj.exe<b>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.__xss=16>",
];

/// Everything hostile in one line, with the ends of elements, which hold a bar.
pub fn line() -> String {
    HOSTILE.join(" ").replace("<-/", "</")
        + " </title></textarea></style></script></svg><img src=x onerror=window.__xss=17>"
}

/// The same for names of files: a bar parts folders.
pub fn name(n: usize) -> String {
    HOSTILE[n % HOSTILE.len()].replace("<-/", "<").replace('/', "")
}

/// Sentences in which something is found.
pub fn sentences() -> String {
    let hostile = line();
    format!(
        "On 4 May 2021 the High Court dismissed the appeal of Ruth Vane {hostile}. Ruth Vane said on 5 May 2021 that {hostile}. \
         On 6 May 2021 the City Council of {hostile} annulled the order."
    )
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&apos;")
}

/// All papers, with their names.
pub fn all() -> Vec<(String, Vec<u8>)> {
    let text = |text: String| text.into_bytes();
    let made: Vec<(&str, Vec<u8>)> = vec![
        ("txt", text(format!("To the court\n\n{}\n\n{}\n\nYours\n{}\n", line(), sentences(), line()))),
        (
            "md",
            text(format!(
                "# {0}\n\n{1}\n\n[{0}]({2})\n\n```{0}\n{0}\n```\n\n<b onclick=window.__xss=20>{0}</b>\n",
                line(),
                sentences(),
                HOSTILE[3]
            )),
        ),
        (
            "csv",
            text(format!(
                "\"{0}\",date\n\"{1}\",2021-05-04\n",
                line().replace('"', "\"\""),
                sentences().replace('"', "\"\"")
            )),
        ),
        ("html", html(0)),
        ("docx", docx()),
        ("odt", odt()),
        ("rtf", rtf()),
        ("xlsx", xlsx()),
        ("pptx", pptx()),
        ("epub", epub()),
        ("eml", mail(0)),
        ("mbox", mailbox()),
        ("pdf", pdf()),
        ("zip", zip(&[(&name(9), text(sentences())), (&format!("{}/{}.html", name(1), name(2)), html(1))])),
    ];
    made.into_iter().enumerate().map(|(n, (ext, bytes))| (format!("{}.{ext}", name(n)), bytes)).collect()
}

/// A page; no two of different numbers are the same document.
fn html(n: usize) -> Vec<u8> {
    let (raw, hostile, sentences) = (line(), xml(&line()), xml(&sentences()));
    format!(
        "<!DOCTYPE html><html lang=\"{hostile}\"><head><title>{hostile}</title><meta name=author content=\"{hostile}\">\
         <meta name=description content=\"{hostile}\"></head><body><main><h1>{hostile}</h1><p>{sentences}</p>\
         <p title=\"{hostile}\">{sentences} <a href=\"{hostile}\">{hostile}</a> <img alt=\"{hostile}\" src=x></p>\
         <table><caption>{hostile}</caption><tr><td>{hostile}</td></tr></table><ul><li>{hostile}</li></ul>\
         <p hidden>{hostile}</p><p>Copy {n}</p><!-- {hostile} --><p>{raw}</p></main></body></html>"
    )
    .into_bytes()
}

const TYPES: &str = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/{part}\" ContentType=\"application/vnd.openxmlformats-officedocument.{type}.main+xml\"/></Types>";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package of Microsoft's: its main part with the type of that, what the main part refers to (kind and name), and all parts.
fn ooxml(main: (&str, &str), refers: &[(&str, &str)], own: Vec<(&str, String)>) -> Vec<u8> {
    let (folder, file) = main.0.rsplit_once('/').unwrap();
    let relations = |list: &[(&str, &str)]| {
        let list: String = list
            .iter()
            .enumerate()
            .map(|(n, (kind, to))| format!("<Relationship Id=\"r{n}\" Type=\"{RELATION}/{kind}\" Target=\"{to}\"/>"))
            .collect();
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>"
        )
    };
    let hostile = xml(&line());
    let beside = format!("{folder}/_rels/{file}.rels");
    let core = format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{hostile}</dc:title><dc:creator>{hostile}</dc:creator>\
         <dc:subject>{hostile}</dc:subject><cp:keywords>{hostile}</cp:keywords></cp:coreProperties>"
    );
    let parts = [
        ("[Content_Types].xml", TYPES.replace("{part}", main.0).replace("{type}", main.1)),
        ("_rels/.rels", relations(&[("officeDocument", main.0)])),
        (beside.as_str(), relations(refers)),
        ("docProps/core.xml", core),
    ];
    let members: Vec<(&str, Vec<u8>)> =
        own.into_iter().chain(parts).map(|(name, part)| (name, part.into_bytes())).collect();
    zip(&members)
}

fn docx() -> Vec<u8> {
    let (hostile, sentences) = (xml(&line()), xml(&sentences()));
    let ns = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let p = |inner: &str| format!("<w:p>{inner}</w:p>");
    let r = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let by = format!("w:author=\"{hostile}\" w:date=\"2021-05-04T00:00:00Z\"");
    let document = format!(
        "<w:document {ns}><w:body>{}{}{}{}<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl></w:body></w:document>",
        p(&format!("<w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>{}", r(&hostile))),
        p(&format!(
            "{}<w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:commentReference w:id=\"0\"/></w:r>",
            r(&sentences)
        )),
        p(&format!("<w:ins w:id=\"1\" {by}>{}</w:ins>", r(&hostile))),
        p(&format!(
            "{}<w:del w:id=\"2\" {by}><w:r><w:delText>{hostile}</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>{hostile}</w:t></w:r>",
            r("Kept.")
        )),
        p(&r(&hostile)),
    );
    let comments = format!(
        "<w:comments {ns}><w:comment w:id=\"0\" {by} w:initials=\"{hostile}\">{}</w:comment></w:comments>",
        p(&r(&hostile))
    );
    let notes = format!("<w:footnotes {ns}><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>", p(&r(&hostile)));
    ooxml(
        ("word/document.xml", "wordprocessingml.document"),
        &[("comments", "comments.xml"), ("footnotes", "footnotes.xml")],
        vec![("word/document.xml", document), ("word/comments.xml", comments), ("word/footnotes.xml", notes)],
    )
}

fn xlsx() -> Vec<u8> {
    let (hostile, sentences) = (xml(&line()), xml(&sentences()));
    let ns = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let workbook = format!(
        "<workbook {ns} xmlns:r=\"{RELATION}\"><sheets><sheet name=\"{hostile}\" sheetId=\"1\" r:id=\"r0\"/></sheets>\
         <definedNames><definedName name=\"{hostile}\">{hostile}</definedName></definedNames></workbook>"
    );
    let sheet = format!(
        "<worksheet {ns}><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>{hostile}</t></is></c>\
         <c r=\"C1\" t=\"str\"><f>{hostile}</f><v>{hostile}</v></c></row></sheetData></worksheet>"
    );
    let comments = format!(
        "<comments {ns}><authors><author>{hostile}</author></authors><commentList><comment ref=\"A1\" authorId=\"0\"><text><t>{hostile}</t></text></comment></commentList></comments>"
    );
    let beside = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r0\" Type=\"{RELATION}/comments\" Target=\"../comments1.xml\"/></Relationships>"
    );
    ooxml(
        ("xl/workbook.xml", "spreadsheetml.sheet"),
        &[("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")],
        vec![
            ("xl/workbook.xml", workbook),
            ("xl/worksheets/sheet1.xml", sheet),
            ("xl/worksheets/_rels/sheet1.xml.rels", beside),
            ("xl/comments1.xml", comments),
            ("xl/sharedStrings.xml", format!("<sst {ns}><si><t>{sentences}</t></si></sst>")),
        ],
    )
}

fn pptx() -> Vec<u8> {
    let (hostile, sentences) = (xml(&line()), xml(&sentences()));
    let ns = format!(
        "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"{RELATION}\""
    );
    let shape = |text: &str| {
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"{hostile}\" descr=\"{hostile}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
        )
    };
    let tree = |inner: &str| format!("<p:cSld name=\"{hostile}\"><p:spTree>{inner}</p:spTree></p:cSld>");
    let slide = format!("<p:sld {ns}>{}</p:sld>", tree(&(shape(&hostile) + &shape(&sentences))));
    let notes = format!("<p:notes {ns}>{}</p:notes>", tree(&shape(&hostile)));
    let beside = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r0\" Type=\"{RELATION}/notesSlide\" Target=\"../notesSlides/notesSlide1.xml\"/></Relationships>"
    );
    ooxml(
        ("ppt/presentation.xml", "presentationml.presentation"),
        &[("slide", "slides/slide1.xml")],
        vec![
            (
                "ppt/presentation.xml",
                format!(
                    "<p:presentation {ns}><p:sldIdLst><p:sldId id=\"256\" r:id=\"r0\"/></p:sldIdLst></p:presentation>"
                ),
            ),
            ("ppt/slides/slide1.xml", slide),
            ("ppt/slides/_rels/slide1.xml.rels", beside),
            ("ppt/notesSlides/notesSlide1.xml", notes),
        ],
    )
}

fn odt() -> Vec<u8> {
    let (hostile, sentences) = (xml(&line()), xml(&sentences()));
    let ns = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
              xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
              xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\"";
    let note = format!(
        "<office:annotation><dc:creator>{hostile}</dc:creator><dc:date>2021-05-04</dc:date><text:p>{hostile}</text:p></office:annotation>"
    );
    let content = format!(
        "<office:document-content {ns}><office:body><office:text><text:tracked-changes><text:changed-region text:id=\"c1\"><text:deletion>\
         <office:change-info><dc:creator>{hostile}</dc:creator><dc:date>2021-05-04</dc:date></office:change-info><text:p>{hostile}</text:p>\
         </text:deletion></text:changed-region></text:tracked-changes><text:h text:outline-level=\"1\">{hostile}</text:h>\
         <text:p>{sentences}{note}<text:change text:change-id=\"c1\"/><text:note text:note-class=\"footnote\"><text:note-citation>{hostile}</text:note-citation>\
         <text:note-body><text:p>{hostile}</text:p></text:note-body></text:note></text:p>\
         <table:table table:name=\"{hostile}\"><table:table-row><table:table-cell><text:p>{hostile}</text:p></table:table-cell></table:table-row></table:table>\
         </office:text></office:body></office:document-content>"
    );
    let meta = format!(
        "<office:document-meta {ns}><office:meta><dc:title>{hostile}</dc:title><dc:creator>{hostile}</dc:creator><meta:initial-creator>{hostile}</meta:initial-creator></office:meta></office:document-meta>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text".to_vec()),
        ("content.xml", content.into_bytes()),
        ("meta.xml", meta.into_bytes()),
    ])
}

fn rtf() -> Vec<u8> {
    let plain = |text: &str| -> String {
        text.chars()
            .map(|c| match c {
                '\\' | '{' | '}' => format!("\\{c}"),
                c if c.is_ascii() => c.to_string(),
                c => format!("\\u{}?", u32::from(c)),
            })
            .collect()
    };
    let (hostile, sentences) = (plain(&line()), plain(&sentences()));
    format!(
        "{{\\rtf1\\ansi{{\\fonttbl{{\\f0 {hostile};}}}}{{\\info{{\\title {hostile}}}{{\\author {hostile}}}{{\\subject {hostile}}}}}\
         \\pard {hostile}\\par {sentences}{{\\footnote {hostile}}}{{\\*\\atnid {hostile}}}{{\\*\\atnauthor {hostile}}}{{\\*\\annotation {hostile}}}\\par\
         {{\\field{{\\*\\fldinst HYPERLINK \"{hostile}\"}}{{\\fldrslt {hostile}}}}}{{\\v {hostile}}}\\par}}"
    )
    .into_bytes()
}

fn epub() -> Vec<u8> {
    let (hostile, sentences) = (xml(&line()), xml(&sentences()));
    let container = "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"a.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>";
    let package = format!(
        "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{hostile}</dc:title>\
         <dc:creator>{hostile}</dc:creator><dc:date>{hostile}</dc:date></metadata><manifest><item id=\"c\" href=\"c.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
         <spine><itemref idref=\"c\"/></spine></package>"
    );
    let chapter = format!(
        "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>{hostile}</title></head><body><h1>{hostile}</h1><p>{sentences}</p></body></html>"
    );
    zip(&[
        ("mimetype", b"application/epub+zip".to_vec()),
        ("META-INF/container.xml", container.as_bytes().to_vec()),
        ("a.opf", package.into_bytes()),
        ("c.xhtml", chapter.into_bytes()),
    ])
}

fn mail(n: usize) -> Vec<u8> {
    let quoted = line().replace('"', "'");
    let page = String::from_utf8(html(n + 2)).unwrap();
    let name = name(n + 1).replace('"', "'");
    let (hostile, sentences) = (line(), sentences());
    format!(
        "From: \"{quoted}\" <a{n}@example.org>\r\nTo: \"{quoted}\" <b@example.org>\r\nCc: \"{quoted}\" <c@example.org>\r\nSubject: {hostile}\r\n\
         Date: Tue, 4 May 2021 10:00:00 +0000\r\nMessage-ID: <{n}{quoted}@example.org>\r\nX-Mailer: {hostile}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{sentences}\r\n\r\n> {hostile}\r\n\r\n-- \r\n{hostile}\r\n\
         --b\r\nContent-Type: text/html; charset=utf-8; name=\"{name}.html\"\r\nContent-Disposition: attachment; filename=\"{name}.html\"\r\n\r\n{page}\r\n\
         --b\r\nContent-Type: {name}\r\nContent-Disposition: attachment; filename=\"{name}.txt\"\r\n\r\n{sentences}\r\n--b--\r\n"
    )
    .into_bytes()
}

fn mailbox() -> Vec<u8> {
    let mut out = Vec::new();
    for n in 1..3 {
        out.extend(b"From a@example.org Tue May  4 10:00:00 2021\n");
        out.extend(mail(n).into_iter().filter(|byte| *byte != b'\r'));
        out.extend(b"\n");
    }
    out
}

/// A page whose text is one line after the other, with what is known of the document.
fn pdf() -> Vec<u8> {
    let plain = |text: &str| -> String {
        let shown = text.chars().filter(char::is_ascii);
        shown.map(|c| if matches!(c, '(' | ')' | '\\') { format!("\\{c}") } else { c.to_string() }).collect()
    };
    let hostile = plain(&line());
    let letters: Vec<char> = sentences().chars().filter(char::is_ascii).collect();
    let lines: String =
        letters.chunks(90).map(|line| format!("({}) Tj T*\n", plain(&String::from_iter(line)))).collect();
    let content = format!("BT /F1 9 Tf 11 TL 40 800 Td\n{lines}ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/Outlines 7 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T({hostile})/Contents({hostile})>> <</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI({hostile})>>>>]>>"
        ),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        format!("<</Title({hostile})/Author({hostile})/Subject({hostile})/Keywords({hostile})/Producer({hostile})>>"),
        "<</Type/Outlines/First 8 0 R/Last 8 0 R/Count 1>>".to_owned(),
        format!("<</Title({hostile})/Parent 7 0 R/Dest[3 0 R/Fit]>>"),
    ];
    let mut out = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let table: String = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
    let (from, count) = (out.len(), objects.len() + 1);
    out.push_str(&format!("xref\n0 {count}\n0000000000 65535 f \n{table}trailer<</Size {count}/Root 1 0 R/Info 6 0 R>>\nstartxref\n{from}\n%%EOF\n"));
    out.into_bytes()
}
