//! The bodies of the fuzz targets on a stable compiler, over good files that were changed.
//!
//!     FUZZ_SECONDS=300 FUZZ_SEEDS=folder cargo test --release -p khronika-pdf --test fuzz -- --ignored --nocapture

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test that cannot go on fails")]

#[path = "../../../fuzz/pdf.rs"]
mod bodies;
mod common;
#[path = "../../../fuzz/mutate.rs"]
mod mutate;

use common::{Doc, lines, stream, text};
use proptest::prelude::*;

/// Good files of every kind; for pictures and words a byte before them says which.
fn corpus() -> Vec<Vec<u8>> {
    let mut doc = Doc::new()
        .page(
            &(lines("C", 10.0, 60.0, 720.0, 12.0, &["One line of words", "and another that goes", "on here."])
                + &text("H", 8.0, 60.0, 40.0, "1")),
        )
        .page_with(
            "/Rotate 90",
            "q 100 0 0 100 50 50 cm /X0 Do Q BT /T 12 Tf 0 1 -1 0 300 300 Tm [(A) -200 (word)] TJ ET",
        )
        .page("/X0 Do");
    doc.catalog = "/Outlines 101 0 R".to_owned();
    let entries = "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8";
    doc.objects = vec![stream(entries, &[0, 255, 0, 255]), b"<< /First << /Title (x) >> >>".to_vec()];
    let mut all =
        vec![doc.bytes(), include_bytes!("files/owner.pdf").to_vec(), include_bytes!("files/locked.pdf").to_vec()];
    let gray = image::GrayImage::from_fn(20, 30, |x, _| image::Luma([u8::try_from(x * 9).unwrap()]));
    for (first, format) in [(0, image::ImageFormat::Png), (1, image::ImageFormat::Jpeg)] {
        let mut out = std::io::Cursor::new(vec![first]);
        out.set_position(1);
        gray.write_to(&mut out, format).unwrap();
        all.push(out.into_inner());
    }
    let mut out = std::io::Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut out).unwrap();
    encoder.write_image::<tiff::encoder::colortype::Gray8>(20, 30, gray.as_raw()).unwrap();
    all.push([vec![2], out.into_inner()].concat());
    all.push([&[3][..], include_bytes!("files/order.heic")].concat());
    let table = "5\t1\t1\t1\t1\t1\t30\t31\t20\t4\t96.5\tLa\n5\t1\t1\t1\t1\t2\t52\t31\t30\t4\t41\tCour-\n5\t1\t1\t1\t2\t1\t30\t40\t10\t4\t90\tone 1\n";
    all.extend([1_u8, 2, 6, 15].map(|first| [vec![first], table.as_bytes().to_vec()].concat()));
    if let Ok(folder) = std::env::var("FUZZ_SEEDS") {
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        all.extend(paths.iter().filter_map(|path| std::fs::read(path).ok()));
    }
    all
}

static CORPUS: std::sync::LazyLock<Vec<Vec<u8>>> = std::sync::LazyLock::new(corpus);

#[test]
fn no_body_falls_over_the_corpus() {
    for bytes in CORPUS.iter() {
        for (_, body) in bodies::ALL {
            body(bytes);
        }
    }
}

fn changed(seed: u64) -> Vec<u8> {
    mutate::mutated(&CORPUS, seed, [0, 1, b'9', 0x80, 0xff, b'\n', b'\t', b'/'], 100_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_body_falls_over_changed_files(seed in any::<u64>()) {
        let bytes = changed(seed);
        for (_, body) in bodies::ALL {
            body(&bytes);
        }
    }
}

#[test]
#[ignore = "runs for as long as FUZZ_SECONDS says"]
fn mutations_for_a_while() {
    mutate::for_a_while(&bodies::ALL, changed);
}
