//! How fast everything is found in a ruling, in each of the languages, and how long the rules take to compile.
//!
//! Besides rulings there are texts made to hurt: one thing again and again. Each is read at two lengths; twice the length may cost
//! twice the time and no more.

use divan::{Bencher, counter::BytesCount};
use khronika_core::{Block, BlockKind, Lang, Source, SourceId, Span};
use khronika_data::Dataset;
use khronika_find::Finder;

fn main() {
    divan::main();
}

/// Paragraphs of a ruling: three sentences of reasoning to one that tells an act.
const RULINGS: [(&str, &[&str]); 5] = [
    (
        "en",
        &[
            "On {d} May {y} the High Court dismissed the appeal of Arthur Brownlow{n} against the order of 3 March {y}.",
            "The argument rests on a distinction that the older authorities never quite settled.",
            "Counsel for the applicant, Mr Green{n}, submitted that the hearing had been unfair.",
            "This part of the file is of little help where it goes further than the wording allows.",
        ],
    ),
    (
        "fr",
        &[
            "Par un arrêt du {d} mai {y}, la cour d'appel de Lyon a rejeté l'appel formé par M. Durand{n}.",
            "Le moyen repose sur une distinction qui tient aux circonstances propres à chaque famille.",
            "Selon Mme Petit{n}, l'audience fixée au 4 mars {y} avait été renvoyée.",
            "Ce passage du rapport s'inscrit dans un cadre qui échappe à toute définition générale.",
        ],
    ),
    (
        "ru",
        &[
            "Постановлением от {d} мая {y} года Верховный Суд отменил приговор Ивану Громову{n}.",
            "Этот довод основан на различии, которое зависит от положения каждой семьи.",
            "По словам адвоката Петра Лосева{n}, заседание было отложено до 4 марта {y} года.",
            "Общий контекст спора допускает толкование, которое выходит за пределы нормы.",
        ],
    ),
    (
        "uk",
        &[
            "Ухвалою від {d} травня {y} року апеляційний суд скасував вирок Андрію Гриценку{n}.",
            "Цей довід ґрунтується на відмінності, яка залежить від становища кожної родини.",
            "За словами адвоката Олени Шевчук{n}, засідання відклали до 4 березня {y} року.",
            "Загальний контекст спору не зводиться до питання, яке добре знайоме всім.",
        ],
    ),
    (
        "kk",
        &[
            "{y} жылғы {d} мамырда Жоғарғы Сот Асан Серіков{n} туралы үкімнің күшін жойды.",
            "Бұл дәлел әр отбасының жағдайына байланысты және мұнда ерекше ештеңе жоқ.",
            "Адвокат Ержан Нұрланов{n} шешімге 15 күн ішінде шағым жасады.",
            "Істің жалпы мән-жайы нақты деректерден бөлек қаралмайды.",
        ],
    ),
];

/// Things that a text may be full of.
const HOSTILE: [&str; 11] = [
    "7",
    "May ",
    "the order ",
    "(",
    "Smith ",
    "The Court Held That ",
    "1.1.2020 ",
    "He said on 5 May 2020 that it was void. ",
    "the court annulled the decision; ",
    "his appeal, her appeal, ",
    "as amended on 3 May 2021, ",
];

fn source(lang: Lang, text: String) -> Source {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let line = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |n| n + 1);
        let end = text.floor_char_boundary(at + line.min(60_000));
        blocks.push(Block { span: Span::new(at, end).trim(&text), kind: BlockKind::Paragraph, lang });
        at = end;
    }
    Source {
        id: SourceId::new("s-bench"),
        name: "bench.txt".to_owned(),
        sha256: String::new(),
        blake3: String::new(),
        size: text.len() as u64,
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        lang,
        langs: vec![lang],
        text,
        blocks,
        meta_date: None,
        layout: khronika_core::Layout::default(),
        part_of: None,
    }
}

fn ruling(code: &str, bytes: usize) -> Source {
    let (_, sentences) = RULINGS.iter().find(|(lang, _)| *lang == code).unwrap_or(&RULINGS[0]);
    let mut text = String::with_capacity(bytes + 1000);
    let mut n = 0_usize;
    while text.len() < bytes {
        for sentence in sentences.iter().cycle().skip(n % 4).take(4) {
            let name = ["", "a", "er", "o", "ik"][n % 5];
            let filled =
                sentence.replace("{d}", &(n % 28 + 1).to_string()).replace("{y}", &(1990 + n % 33).to_string());
            text.push_str(&filled.replace("{n}", name));
            text.push(' ');
        }
        text.push('\n');
        n += 1;
    }
    source(Lang::new(code).unwrap_or(Lang::EN), text)
}

#[divan::bench(args = ["en", "fr", "ru", "uk", "kk"], sample_count = 10, sample_size = 1)]
fn ruling_of_one_megabyte(bencher: Bencher<'_, '_>, code: &str) {
    let Ok(finder) = Finder::new(&Dataset::embedded()) else { return };
    let source = ruling(code, 1 << 20);
    bencher.counter(BytesCount::of_str(&source.text)).bench_local(|| finder.find(divan::black_box(&source)).acts.len());
}

#[divan::bench(args = HOSTILE, consts = [1, 2], sample_count = 3, sample_size = 1)]
fn the_same_again_and_again<const MEGABYTES: usize>(bencher: Bencher<'_, '_>, what: &str) {
    let Ok(finder) = Finder::new(&Dataset::embedded()) else { return };
    let source = source(Lang::EN, what.repeat((MEGABYTES << 20) / what.len()));
    bencher
        .counter(BytesCount::of_str(&source.text))
        .bench_local(|| finder.find(divan::black_box(&source)).dates.len());
}

#[divan::bench(sample_count = 20)]
fn compile_the_rules(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| Finder::new(&Dataset::embedded()).is_ok());
}
