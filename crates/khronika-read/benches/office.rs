//! How fast the words of office documents are read, in bytes of text.

#[path = "../../../fuzz/office.rs"]
#[allow(dead_code, reason = "of the fuzz targets only the package is made use of")]
mod office;

use divan::{Bencher, counter::BytesCount};
use khronika_read::rendition::Limits;
use khronika_read::{Kind, format};

fn main() {
    divan::main();
}

/// Bytes of text in each document.
const SIZE: usize = 8 << 20;

const SENTENCES: [&str; 4] = [
    "On 12 July 1906 the Court of Cassation quashed the judgment of Rennes without sending the case back. ",
    "Le capitaine Dreyfus avait été arrêté le 15 octobre 1894 et condamné à la déportation perpétuelle. ",
    "Суд отменил приговор военного суда и не передал дела на новое рассмотрение. ",
    "Сот әскери соттың үкімін жойып, істі қайта қарауға жібермеді. ",
];

/// How a document is written.
#[derive(Clone, Copy, Debug)]
enum Style {
    /// A run for each paragraph, as programs write.
    Plain,
    /// Runs of a few words with their properties, and the marks of revisions, as Word writes after some months of work.
    Worked,
}

fn docx(style: Style) -> Vec<u8> {
    let mut xml =
        String::from("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>");
    let (mut length, mut n) = (0, 0);
    while length < SIZE {
        let words: String = (0..4).filter_map(|k| SENTENCES.get((n + k) % SENTENCES.len())).copied().collect();
        length += words.len();
        n += 1;
        match style {
            Style::Plain => xml.push_str(&format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")),
            Style::Worked => {
                xml.push_str("<w:p w14:paraId=\"5F2A7C11\" w:rsidR=\"00A45B12\" w:rsidRDefault=\"00A45B12\" w:rsidP=\"00A45B12\"><w:pPr><w:pStyle w:val=\"BodyText\"/><w:spacing w:after=\"120\"/><w:jc w:val=\"both\"/></w:pPr>");
                for piece in words.split_inclusive(' ').collect::<Vec<_>>().chunks(6) {
                    xml.push_str("<w:r w:rsidRPr=\"00C31D22\"><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\"/><w:sz w:val=\"24\"/><w:lang w:val=\"fr-FR\"/></w:rPr><w:t xml:space=\"preserve\">");
                    xml.push_str(&piece.concat());
                    xml.push_str("</w:t></w:r>");
                }
                xml.push_str("</w:p>");
            }
        }
    }
    xml.push_str("</w:body></w:document>");
    packed("word/document.xml", &xml)
}

/// A package of one member, deflated.
fn packed(name: &str, text: &str) -> Vec<u8> {
    let deflated = miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 6);
    let mut package = office::package(&[(name, &deflated)]);
    // The member is deflated: its header and its entry in the list say so. The checksum is not kept; readers say so and do not mind.
    for (mark, at) in [(&b"PK\x03\x04"[..], 8), (b"PK\x01\x02", 10)] {
        if let Some(method) = memchr::memmem::rfind(&package, mark).and_then(|n| package.get_mut(n + at)) {
            *method = 8;
        }
    }
    package
}

fn odt() -> Vec<u8> {
    let paragraphs: String = SENTENCES
        .iter()
        .cycle()
        .take(SIZE / 90)
        .map(|words| {
            format!("<text:p text:style-name=\"P1\">{words}<text:span text:style-name=\"T1\">ok</text:span></text:p>")
        })
        .collect();
    packed(
        "content.xml",
        &format!(
            "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>{paragraphs}</office:text></office:body></office:document-content>"
        ),
    )
}

fn rtf() -> Vec<u8> {
    let mut out = String::from("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times;}}");
    for words in SENTENCES.iter().cycle().take(SIZE / 90) {
        out.push_str("{\\pard\\plain\\fs24 ");
        for c in words.chars() {
            match u16::try_from(u32::from(c)) {
                Ok(code) if code >= 128 => out.push_str(&format!("\\u{code}?")),
                _ => out.push(c),
            }
        }
        out.push_str("\\par}\n");
    }
    out.push('}');
    out.into_bytes()
}

fn read(bencher: Bencher<'_, '_>, kind: Kind, bytes: &[u8]) {
    let length = format::parse(kind, bytes, Limits::default()).map_or(0, |seen| seen.text.len());
    bencher
        .counter(BytesCount::new(length))
        .bench_local(|| format::parse(kind, divan::black_box(bytes), Limits::default()).is_ok());
}

#[divan::bench(args = [Style::Plain, Style::Worked], sample_count = 5, sample_size = 1)]
fn word(bencher: Bencher<'_, '_>, style: Style) {
    read(bencher, Kind::Docx, &docx(style));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn open_document(bencher: Bencher<'_, '_>) {
    read(bencher, Kind::Odt, &odt());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn rich_text(bencher: Bencher<'_, '_>) {
    read(bencher, Kind::Rtf, &rtf());
}
