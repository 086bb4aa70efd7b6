//! Words are found as people look for them.

use super::*;
use crate::{Filter, Hits};

fn filled() -> (TempDir, Store) {
    let (dir, _path, mut store) = case();
    add(&mut store, "ru.txt", "ru", "Суд отменил решение по делу Аблязова. Апелляция подана в срок.");
    add(&mut store, "kk.txt", "kk", "Сот Әблязовтың ісі бойынша шешім шығарды.");
    add(&mut store, "en.txt", "en", "The court set aside the order against Mr Ablyazov; appeals were lodged in time.");
    add(
        &mut store,
        "fr.txt",
        "fr",
        "La cour a annulé l'arrêté visant M. Abliazov. Les tribunaux français étaient compétents.",
    );
    add(&mut store, "uk.txt", "uk", "Суд скасував рішення. Апеляцію подано у п’ятницю.");
    (dir, store)
}

fn names(store: &Store, typed: &str, filter: &Filter) -> Vec<String> {
    let Hits { best, count } = store.search(typed, filter, 50).unwrap();
    assert_eq!(count, best.len() as u64);
    assert_eq!(store.search(typed, filter, 0).unwrap().count, count, "{typed} is counted as it is found");
    let sources = store.sources().unwrap();
    let name = |id: i64| sources.iter().find(|s| s.id == id).unwrap().name.trim_end_matches(".txt").to_owned();
    let mut names: Vec<_> = best.iter().map(|hit| name(hit.source)).collect();
    names.sort();
    names
}

#[test]
fn a_name_is_found_in_every_script_and_spelling() {
    let (_dir, store) = filled();
    for name in ["Аблязов", "Ablyazov", "Әблязов", "abliazov", "АБЛЯЗОВ", "Ablâzov"] {
        assert_eq!(names(&store, name, &Filter::default()), ["en", "fr", "kk", "ru"], "{name}");
    }
}

#[test]
fn words_are_found_in_their_forms() {
    let (_dir, store) = filled();
    let all = Filter::default();
    assert_eq!(names(&store, "appeal", &all), ["en"]);
    assert_eq!(names(&store, "tribunal français", &all), ["fr"]);
    assert_eq!(names(&store, "решением", &all), ["ru"]);
    assert_eq!(names(&store, "рішенням", &all), ["uk"]);
    assert_eq!(names(&store, "пятниця OR п'ятниці", &all), ["uk"]);
    assert_eq!(names(&store, "шешімді", &all), ["kk"]);
    assert_eq!(names(&store, "апел*", &all), ["ru", "uk"]);
    assert_eq!(names(&store, "\"set aside\"", &all), ["en"]);
    assert_eq!(names(&store, "\"aside set\"", &all), [] as [&str; 0]);
    assert_eq!(names(&store, "ablyazov -court -cour", &all), ["kk", "ru"]);
    assert_eq!(names(&store, "=appeal", &all), [] as [&str; 0]);
    assert_eq!(names(&store, "=Appeals", &all), ["en"]);
}

#[test]
fn the_original_words_are_marked() {
    let (_dir, store) = filled();
    let hits = store.search("ablyazov", &Filter { lang: Some("ru".into()), ..Filter::default() }, 5).unwrap();
    let hit = &hits.best[0];
    let marked: Vec<String> =
        hit.marks.iter().map(|(a, b)| hit.snippet.chars().skip(*a).take(b - a).collect()).collect();
    assert_eq!(marked, ["Аблязова"]);
    assert!(hit.snippet.starts_with("Суд отменил"), "{}", hit.snippet);
}

#[test]
fn what_the_last_build_found_restricts_a_search() {
    let (_dir, mut store) = filled();
    let id = |store: &Store, name: &str| store.find_source(name).unwrap().id;
    let (ru, en) = (id(&store, "ru.txt"), id(&store, "en.txt"));
    let found = |source, day: &str, actor: &str| crate::FoundIn {
        source,
        dates: vec![(day.to_owned(), day.to_owned())],
        actors: vec![actor.to_owned()],
    };
    let all = [found(ru, "2020-01-31", "Мухтар Аблязов"), found(en, "2021-05-01", "Mr Smith")];
    store.write(now(), |w| w.keep_found(&all)).unwrap();
    let since = Filter { since: Some("2021-01-01".into()), ..Filter::default() };
    assert_eq!(names(&store, "Ablyazov", &since), ["en"]);
    let until = Filter { until: Some("2020-12-31".into()), ..Filter::default() };
    assert_eq!(names(&store, "Ablyazov", &until), ["ru"]);
    let actor = Filter { actor: Some("Ablyazov".into()), ..Filter::default() };
    assert_eq!(names(&store, "court OR суд", &actor), ["ru"]);
    let source = Filter { source: Some(en), ..Filter::default() };
    assert_eq!(names(&store, "Ablyazov", &source), ["en"]);
    holds(&mut store);
}

#[test]
fn any_question_is_answered_or_refused() {
    let (_dir, store) = filled();
    for typed in [
        "\"",
        "(",
        "NEAR(a b)",
        "a:b",
        "^x",
        "{x}",
        "+",
        "*",
        "--",
        "суд*\"",
        "\u{1}\u{2}x",
        "x\0y",
        "'; DROP TABLE entry",
    ] {
        let _ = store.search(typed, &Filter::default(), 5);
    }
    assert!(store.search("суд", &Filter::default(), 0).unwrap().best.is_empty());
}

/// The order is the one that FTS5 gives, and so are the scores.
#[test]
fn texts_are_ranked_as_fts5_ranks_them() {
    let (_dir, mut store) = filled();
    for n in 0..40 {
        let text = format!(
            "{} The court heard the appeal. {}",
            "court ".repeat(n % 7),
            "words and more words. ".repeat(n % 5)
        );
        add(&mut store, &format!("{n}.txt"), "en", &text);
    }
    let ranked = |store: &Store, question: &str| -> Vec<(i64, f64)> {
        let sql = "SELECT t.source, -bm25(word_index) FROM word_index JOIN text t ON t.id = word_index.rowid
                   WHERE word_index MATCH ?1 ORDER BY bm25(word_index), t.id";
        let mut query = store.connection.prepare(sql).unwrap();
        let rows = query.query_map([question], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let questions = [
        ("court", "\"court\""),
        ("суд OR court OR ordre", "\"суд\" OR \"court\" OR \"ordre\""),
        ("court words", "\"court\" AND \"words\""),
        ("appeal -words", "\"appeal\" NOT \"words\""),
        ("\"the appeal\"", "\"the appeal\""),
        (
            "a OR the OR heard OR more OR words OR апел*",
            "\"a\" OR \"the\" OR \"heard\" OR \"more\" OR \"words\" OR \"апел\" *",
        ),
    ];
    for (typed, question) in questions {
        let found = store.search(typed, &Filter::default(), 100).unwrap();
        let ranked = ranked(&store, question);
        assert_eq!((found.count, found.best.len()), (ranked.len() as u64, ranked.len()), "{typed}");
        for (hit, (source, score)) in found.best.iter().zip(&ranked) {
            assert!((hit.score - score).abs() < 1e-9, "{typed}: {} {score}", hit.score);
            assert_eq!(hit.source, *source, "{typed}");
        }
        // The first few are those of the whole list, and to count them needs no list.
        let few = store.search(typed, &Filter::default(), 3).unwrap();
        assert_eq!((few.count, few.best.as_slice()), (found.count, &found.best[..found.best.len().min(3)]), "{typed}");
        assert_eq!(store.search(typed, &Filter::default(), 0).unwrap().count, found.count, "{typed}");
    }
    let en = Filter { lang: Some("en".into()), ..Filter::default() };
    let all = ranked(&store, "\"court\" OR \"суд\"");
    let found = store.search("court OR суд", &en, 100).unwrap();
    assert!(
        found
            .best
            .iter()
            .all(|hit| all.iter().any(|(source, score)| hit.source == *source && (hit.score - score).abs() < 1e-9))
    );
}
