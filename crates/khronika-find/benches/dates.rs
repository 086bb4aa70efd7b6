//! How fast dates are found in English legal text, beside a scan of the same bytes for one byte.

use std::path::Path;

use divan::{Bencher, counter::BytesCount};
use khronika_data::Dataset;
use khronika_find::time::TimeRules;

fn main() {
    divan::main();
}

/// Paragraphs as a judgment has them, with an expression in about 115 bytes; `plain` paragraphs of argument without any stand after each.
/// With two of them there is one expression in about 400 bytes, as in judgments of the European Court of Human Rights.
fn judgment(bytes: usize, plain: usize) -> String {
    const MONTHS: [&str; 4] = ["January", "March", "July", "October"];
    let mut text = String::with_capacity(bytes + 2000);
    let mut n = 0usize;
    while text.len() < bytes {
        n += 1;
        let (day, month, year) = (n % 28 + 1, MONTHS[n % 4], 1990 + n % 33);
        text.push_str(&format!(
            "{n}. The applicant complained under Article 6 § 1 of the Convention that the proceedings before the domestic courts had \
             been unfair, and relied on the case-law of the Court (see Brown v. Green, no. {}/0{}, § {}, {day} {month} {year}). On {day} {month} \
             {year} the regional court dismissed the claim in part and ordered the defendant to pay the costs within 30 days. \
             Two weeks later the claimant lodged an appeal against that judgment, arguing that the lower court had failed to \
             examine the evidence which he had submitted in due time; the appeal was registered in the same month. The hearing may \
             last until the end of {year}, although counsel for the respondent had asked for an adjournment of the case.\n\n",
            10_000 + n % 50_000,
            n % 10,
            n % 90 + 1,
        ));
        text.extend(std::iter::repeat_n(ARGUMENT, plain));
    }
    text
}

const ARGUMENT: &str = "The Government submitted that the applicant’s complaint was manifestly ill-founded, since the domestic courts had \
    examined all of the arguments which had been put before them and had given sufficient reasons for their conclusions. They pointed out \
    that it was in the first place for the national authorities, notably the courts, to interpret domestic law, and that the Court’s role \
    was limited to verifying whether the effects of such an interpretation were compatible with the Convention. In their view the \
    interference had been “necessary in a democratic society”, as the measures taken against the applicant had pursued the legitimate \
    aim of protecting the rights of others, and no less restrictive means had been available to the authorities (paragraph 45 above).\n\n";

const SIZE: usize = 4 << 20;

#[divan::bench(args = [0, 2])]
fn find_resolve_and_class(bencher: Bencher<'_, '_>, plain: usize) {
    let Ok(rules) = TimeRules::load(&Dataset::embedded()) else { return };
    let text = judgment(SIZE, plain);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| rules.find_in(divan::black_box(&text), None, Some(khronika_core::Lang::EN)).len());
}

/// The English judgments that `KHRONIKA_SHARED` holds, each a document of its own; nothing where it is not set.
#[divan::bench]
fn real_english_judgments(bencher: Bencher<'_, '_>) {
    let Ok(rules) = TimeRules::load(&Dataset::embedded()) else { return };
    let folder = std::env::var_os("KHRONIKA_SHARED").map(|shared| Path::new(&shared).join("samples/official"));
    let files = folder.and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let english = |name: &str| name.starts_with("uk_") || name.starts_with("us_");
    let wanted = files.filter(|file| file.file_name().to_str().is_some_and(english));
    let texts: Vec<String> = wanted.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect();
    bencher.counter(BytesCount::new(texts.iter().map(String::len).sum::<usize>())).bench_local(|| {
        let found =
            texts.iter().map(|text| rules.find_in(divan::black_box(text), None, Some(khronika_core::Lang::EN)).len());
        found.sum::<usize>()
    });
}

#[divan::bench]
fn scan_for_one_byte(bencher: Bencher<'_, '_>) {
    let text = judgment(SIZE, 0);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| memchr::memchr_iter(b'0', divan::black_box(text.as_bytes())).count());
}

#[divan::bench]
fn load_all_languages(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| TimeRules::load(&Dataset::embedded()).is_ok());
}
