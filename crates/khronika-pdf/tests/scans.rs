//! Pictures → pages, and words that were recognised in them → text with its places.

#![allow(clippy::expect_used, reason = "a test fails where it expects wrongly")]

mod common;

use std::io::Write as _;
use std::process::{Command, Stdio};

use common::{Doc, lines, stream, text, told};
use image::{GrayImage, ImageFormat};
use insta::assert_snapshot;
use khronika_core::Lang;
use khronika_pdf::ocr::{self, Recognise};
use khronika_read::Kind;
use khronika_read::rendition::{Limits, Refusal, Rendition};

fn parse(kind: Kind, bytes: &[u8]) -> Result<Rendition, Refusal> {
    khronika_pdf::parse(kind, bytes, Limits::default())
}

/// A picture that is dark in its left upper corner.
fn picture(width: u32, height: u32) -> GrayImage {
    GrayImage::from_fn(width, height, |x, y| image::Luma([if x < width / 3 && y < height / 3 { 0 } else { 255 }]))
}

fn encoded(picture: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, format).expect("it is written");
    out.into_inner()
}

#[test]
fn pictures_become_pages() {
    for (kind, format) in [(Kind::Png, ImageFormat::Png), (Kind::Jpeg, ImageFormat::Jpeg)] {
        let seen = parse(kind, &encoded(&picture(200, 300), format)).expect("it is read");
        assert_eq!(seen.check(), Ok(()));
        let [raster] = seen.rasters.as_slice() else { panic!("one page") };
        assert_eq!((raster.width, raster.height, seen.layout.pages.len()), (200, 300, 1));
        assert!(
            raster.gray.first().is_some_and(|shade| *shade < 20)
                && raster.gray.last().is_some_and(|shade| *shade > 235)
        );
        // What does not say how large it is, is taken for A4.
        assert!(seen.layout.pages.iter().all(|page| (page.height - 84_168).abs() < 10), "{:?}", seen.layout.pages);
    }
}

#[test]
fn photographs_of_telephones_become_pages() {
    let bytes = include_bytes!("files/order.heic");
    for _ in 0..2 {
        let seen = parse(Kind::Heic, bytes).expect("it is read");
        let [raster] = seen.rasters.as_slice() else { panic!("one page") };
        assert_eq!((raster.width, raster.height, seen.layout.pages.len(), seen.check()), (640, 240, 1, Ok(())));
        let dark = raster.gray.iter().filter(|shade| **shade < 100).count();
        assert!((1000..20_000).contains(&dark), "letters on white: {dark}");
    }
    for end in [0, 20, 300, bytes.len() / 2] {
        assert!(parse(Kind::Heic, &bytes[..end]).is_err(), "{end}");
    }
}

/// A JPEG with an orientation in its Exif segment.
fn turned(orientation: u8) -> Vec<u8> {
    let plain = encoded(&picture(90, 60), ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    let mut out = vec![0xFF, 0xD8, 0xFF, 0xE1];
    out.extend(u16::try_from(exif.len() + 2).expect("short").to_be_bytes());
    out.extend(exif);
    out.extend(&plain[2..]);
    out
}

#[test]
fn pictures_are_turned_as_their_makers_meant_them() {
    let dark = |orientation: u8| {
        let seen = parse(Kind::Jpeg, &turned(orientation)).expect("it is read");
        let [raster] = seen.rasters.as_slice() else { panic!("one page") };
        let at = |x: u32, y: u32| raster.gray[(y * raster.width + x) as usize] < 60;
        let (right, low) = (raster.width - 5, raster.height - 5);
        (raster.width, [at(5, 5), at(right, 5), at(5, low), at(right, low)])
    };
    assert_eq!(dark(1), (90, [true, false, false, false]));
    assert_eq!(dark(3), (90, [false, false, false, true]));
    assert_eq!(dark(6), (60, [false, true, false, false]));
    assert_eq!(dark(8), (60, [false, false, true, false]));
}

#[test]
fn each_page_of_a_tiff_is_one() {
    use tiff::encoder::{TiffEncoder, colortype};
    let mut out = std::io::Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut out).expect("it begins");
    let gray = picture(120, 80);
    encoder.write_image::<colortype::Gray8>(120, 80, &gray).expect("a page");
    let rgb: Vec<u8> = gray.pixels().flat_map(|p| [p.0[0]; 3]).collect();
    encoder.write_image::<colortype::RGB8>(120, 80, &rgb).expect("a page");
    let bytes = out.into_inner();
    let seen = parse(Kind::Tiff, &bytes).expect("it is read");
    assert_eq!((seen.check(), seen.rasters.len(), seen.layout.pages.len()), (Ok(()), 2, 2));
    assert!(seen.rasters.iter().all(|raster| raster.gray == gray.as_raw().as_slice()));
    let limits = Limits { pages: 1, ..Limits::default() };
    let seen = khronika_pdf::parse(Kind::Tiff, &bytes, limits).expect("it is read");
    assert_eq!(told(&seen), "Limit: it has more than 1 pages; the rest was left out\n");
    assert!(parse(Kind::Tiff, &bytes[..bytes.len() / 3]).is_err() || parse(Kind::Tiff, b"II*\0").is_err());
}

#[test]
fn a_flood_of_pixels_is_refused_before_it_is_unpacked() {
    let mut bytes = encoded(&picture(30, 30), ImageFormat::Png);
    bytes[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    // The checksum of the header.
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    let refusal = parse(Kind::Png, &bytes).expect_err("it is refused");
    assert!(matches!(refusal, Refusal::Limit(_)), "{refusal:?}");
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(sum & 1)))
    })
}

/// A page that is a picture, between two of text.
fn scanned() -> Doc {
    let gray = picture(100, 140);
    let mut doc = Doc::new()
        .page(&text("H", 12.0, 60.0, 700.0, "First page."))
        .page("q 595 0 0 842 0 0 cm /X0 Do Q")
        .page("q 595 0 0 842 0 0 cm /X0 Do Q")
        .page(&text("H", 12.0, 60.0, 700.0, "Last page."));
    let entries = "/Type /XObject /Subtype /Image /Width 100 /Height 140 /ColorSpace /DeviceGray /BitsPerComponent 8";
    doc.objects = vec![stream(entries, gray.as_raw())];
    doc
}

/// Says what it is told to, and remembers in which languages it was asked.
struct Fake {
    languages: &'static [&'static str],
    asked: std::sync::Mutex<Vec<String>>,
}

impl Fake {
    fn new(languages: &'static [&'static str]) -> Self {
        Self { languages, asked: std::sync::Mutex::default() }
    }
}

impl Recognise for Fake {
    fn tsv(&self, pgm: &[u8], langs: &str, dpi: u32) -> Result<String, String> {
        assert!(pgm.starts_with(b"P5\n") && dpi == 300, "{dpi}");
        let mut asked = self.asked.lock().map_err(|e| e.to_string())?;
        asked.push(langs.to_owned());
        let last = if asked.len() < 3 { "cats et a mis la" } else { "cats ce jour-là." };
        let mut table =
            "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
                .to_owned();
        for (line, words) in ["Le conseil a entendu les", "parties et leurs avo-", last].iter().enumerate() {
            for (n, word) in words.split(' ').enumerate() {
                let sure = if word.starts_with("avo") { 40 } else { 95 };
                let (left, top) = (250 + n * 300, 1500 + line * 60);
                table.push_str(&format!("5\t1\t1\t1\t{line}\t{n}\t{left}\t{top}\t280\t40\t{sure}\t{word}\n"));
            }
        }
        Ok(table)
    }

    fn languages(&self) -> Vec<String> {
        self.languages.iter().map(|name| (*name).to_owned()).collect()
    }
}

#[test]
fn recognised_words_stand_at_the_place_of_their_page() {
    let mut seen = scanned().read();
    assert_eq!(seen.rasters.iter().map(|raster| raster.page).collect::<Vec<_>>(), [1, 2]);
    let fake = Fake::new(&["osd", "eng", "fra", "rus", "ukr", "kaz"]);
    ocr::fill(&mut seen, &mut |_| None, &fake, &|_: &str| vec![(Lang::FR, 100)], 1);
    assert_eq!(seen.check(), Ok(()));
    assert_snapshot!(told(&seen));
    // All languages first, then the one that was told; on the next page that one alone.
    assert_eq!(*fake.asked.lock().expect("no panic"), ["eng+fra+rus+ukr+kaz", "fra", "fra"]);
    let word = seen.text.find("conseil").expect("it is there");
    let boxes = seen.layout.boxes(khronika_core::Span::new(word, word + 7));
    assert_eq!(
        boxes.first().map(|b| (b.page, b.rect.left, b.rect.top, b.confidence)),
        Some((1, 13_200, 36_002, Some(95)))
    );
    assert_eq!(seen.layout.page_of(seen.text.rfind("conseil").unwrap_or(0)), Some(2));
    assert_eq!(seen.layout.page_of(seen.text.find("Last").unwrap_or(0)), Some(3));
    assert!(seen.rasters.is_empty());
}

#[test]
fn pictures_that_were_left_out_are_asked_for() {
    let gray = picture(10, 14);
    let mut doc = Doc::new();
    for _ in 0..30 {
        doc = doc.page_with("/MediaBox [0 0 50 70]", "q 50 0 0 70 0 0 cm /X0 Do Q");
    }
    let entries = "/Type /XObject /Subtype /Image /Width 10 /Height 14 /ColorSpace /DeviceGray /BitsPerComponent 8";
    doc.objects = vec![stream(entries, gray.as_raw())];
    let bytes = doc.bytes();
    let mut seen = doc.read();
    assert_eq!((seen.rasters.len(), told(&seen).contains("[pages 25–30]")), (24, true));
    let mut asked = Vec::new();
    let mut further = |first_picture| {
        asked.push(first_picture);
        khronika_pdf::parse(Kind::Pdf, &bytes, Limits { first_picture, ..Limits::default() }).ok()
    };
    ocr::fill(
        &mut seen,
        &mut further,
        &Fake::new(&["eng", "fra", "rus", "ukr", "kaz"]),
        &|_: &str| vec![(Lang::FR, 100)],
        2,
    );
    assert_eq!((asked, seen.remarks.len(), seen.check()), (vec![24], 0, Ok(())));
    assert!(seen.layout.pages.iter().all(|page| !page.span.is_empty()), "each page has words");
}

#[test]
fn what_is_missing_is_said() {
    let mut seen = scanned().read();
    ocr::fill(&mut seen, &mut |_| None, &Fake::new(&[]), &|_: &str| Vec::new(), 2);
    assert_snapshot!(told(&seen));
    let mut seen = scanned().read();
    ocr::fill(&mut seen, &mut |_| None, &Fake::new(&["eng", "fra"]), &|_: &str| Vec::new(), 2);
    assert!(told(&seen).contains("without the languages rus, ukr, kaz"));
}

#[test]
fn the_text_layer_of_a_scan_is_read_and_said_to_be_one() {
    let mut doc = scanned();
    doc = doc.page(
        &("q 595 0 0 842 0 0 cm /X0 Do Q 3 Tr ".to_owned()
            + &text("H", 12.0, 60.0, 700.0, "Words that a machine recognised")),
    );
    let seen = doc.read();
    assert!(seen.text.contains("Words that a machine recognised") && seen.layout.marks.is_empty());
    assert!(told(&seen).contains("the text layer of a scan") && seen.rasters.len() == 2);
}

/// The command, where it is installed.
struct Tesseract;

impl Recognise for Tesseract {
    fn tsv(&self, pgm: &[u8], langs: &str, dpi: u32) -> Result<String, String> {
        let mut child = Command::new("tesseract")
            .args(["stdin", "stdout", "-l", langs, "--dpi", &dpi.to_string(), "tsv"])
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| e.to_string())?;
        let mut input = child.stdin.take().ok_or("no input")?;
        input.write_all(pgm).map_err(|e| e.to_string())?;
        drop(input);
        let output = child.wait_with_output().map_err(|e| e.to_string())?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn languages(&self) -> Vec<String> {
        let Ok(output) = Command::new("tesseract").arg("--list-langs").output() else { return Vec::new() };
        String::from_utf8_lossy(&output.stdout).lines().skip(1).map(str::to_owned).collect()
    }
}

#[test]
fn tesseract_reads_what_is_printed() {
    if !Tesseract.languages().iter().any(|name| name == "fra") {
        eprintln!(
            "SKIPPED: the command tesseract with its language fra is not installed (apt-get install tesseract-ocr-fra)"
        );
        return;
    }
    let words = ["La Cour de cassation a rendu son arrêt le 12 juillet 1906,", "et le capitaine fut réhabilité."];
    let page = lines("T", 14.0, 60.0, 700.0, 20.0, &words);
    // The page as a picture, and that picture as a page.
    let raster = khronika_pdf::picture(&Doc::new().page(&page).bytes(), 0).expect("it is drawn");
    let gray = GrayImage::from_raw(raster.width, raster.height, raster.gray).expect("a picture");
    let mut seen = parse(Kind::Png, &encoded(&gray, ImageFormat::Png)).expect("it is read");
    ocr::fill(&mut seen, &mut |_| None, &Tesseract, &|_: &str| vec![(Lang::FR, 100)], 1);
    assert_eq!(seen.check(), Ok(()));
    assert_eq!(seen.text.trim(), words.join("\n"));
    // Each word is where it was printed, to two points.
    let printed = Doc::new().page(&page).read();
    for (own, seen) in printed.layout.words.iter().zip(&seen.layout.words) {
        assert!((own.rect.left - seen.rect.left).abs() < 250, "{own:?} {seen:?}");
        assert!(seen.rect.top > own.rect.top - 250 && seen.rect.bottom < own.rect.bottom + 250, "{own:?} {seen:?}");
    }
}

#[test]
fn a_text_layer_that_lies_is_found() {
    if !Tesseract.languages().iter().any(|name| name == "eng") {
        eprintln!(
            "SKIPPED: the command tesseract with its language eng is not installed (apt-get install tesseract-ocr)"
        );
        return;
    }
    let shown = [
        "The court annulled the order of 8 March 1899,",
        "and the prefect must issue the permit.",
        "Costs are borne by the prefect.",
    ];
    let told = [
        "The court annulled the order of 3 March 1899,",
        "and the prefect may refuse the permit.",
        "Costs are borne by the prefect.",
    ];
    let page = |words: &[&str]| lines("T", 14.0, 60.0, 700.0, 24.0, words);
    let raster = khronika_pdf::picture(&Doc::new().page(&page(&shown)).bytes(), 0).expect("it is drawn");
    let mut doc = Doc::new()
        .page(&("q 595 0 0 842 0 0 cm /X0 Do Q 3 Tr ".to_owned() + &page(&told)))
        .page(&page(&shown))
        .page("");
    let size = format!("/Width {} /Height {}", raster.width, raster.height);
    let entries = format!("/Type /XObject /Subtype /Image {size} /ColorSpace /DeviceGray /BitsPerComponent 8");
    doc.objects = vec![stream(&entries, &raster.gray)];
    let bytes = doc.bytes();
    let limits = Limits { all_pictures: true, ..Limits::default() };
    let mut seen = khronika_pdf::parse(Kind::Pdf, &bytes, limits).expect("it is read");
    assert_eq!(seen.rasters.len(), 3);
    let mut further = |first_picture| khronika_pdf::parse(Kind::Pdf, &bytes, Limits { first_picture, ..limits }).ok();
    let pages =
        ocr::compare(&mut seen, &mut further, &Tesseract, &|_: &str| vec![(Lang::EN, 100)], 2).expect("compared");
    let [lying, honest] = pages.as_slice() else { panic!("two pages with words: {pages:?}") };
    assert_eq!((lying.page, honest.page), (0, 1));
    assert_eq!(honest.passages, [], "{honest:?}");
    let passages: Vec<_> = lying.passages.iter().map(|p| (p.layer.as_str(), p.shown.as_str())).collect();
    assert_eq!(passages, [("3", "8"), ("may refuse", "must issue")]);
    // At their places, to some points.
    assert!(lying.passages.iter().all(|p| p.rect.top > 10_000 && p.rect.bottom < 18_000), "{lying:?}");
}
