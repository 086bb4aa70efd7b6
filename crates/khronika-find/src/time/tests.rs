use std::sync::LazyLock;
use std::time::Instant;

use khronika_core::{DateRole, Edtf, Source, TimexKind};
use proptest::prelude::*;

use super::*;
use crate::text::tests::source;
use crate::text::{Abbreviations, Text};

pub(super) static RULES: LazyLock<TimeRules> = LazyLock::new(|| TimeRules::load(&Dataset::embedded()).unwrap());

/// "words = value role", for each expression.
fn found(lang: Lang, text: &str) -> Vec<String> {
    let dates = RULES.find_in(text, None, Some(lang));
    dates.iter().map(|d| format!("{} = {} {}", d.span.of(text), d.value, d.role.name())).collect()
}

pub(super) fn dates_of(source: &Source) -> Findings {
    let text = Text::new(source, &Abbreviations::default());
    let mut found = Findings::empty(source.id.clone());
    RULES.find(&text, &mut found);
    found
}

/// Every row of the data shows what it finds and what it does not.
#[test]
fn every_example_of_the_data_holds() {
    let wrong = RULES.failing_examples();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lists_and_ranges_share_month_and_year() {
    assert_eq!(
        found(Lang::FR, "Il fut entendu les 4 et 16 juillet 2024, puis le 15 janvier et le 20 février 2025."),
        [
            "4 = 2024-07-04 event",
            "16 juillet 2024 = 2024-07-16 event",
            "15 janvier = 2025-01-15 event",
            "20 février 2025 = 2025-02-20 event"
        ]
    );
    assert_eq!(
        found(Lang::RU, "Он находился под стражей с 5 по 11 января 2022 года."),
        ["5 = 2022-01-05 event", "11 января 2022 года = 2022-01-11 event"]
    );
    assert_eq!(
        found(Lang::EN, "Hearings took place on May 4 and 16, 2021 and from 20 December to 5 January 2020."),
        [
            "May 4 = 2021-05-04 event",
            "16, 2021 = 2021-05-16 event",
            "20 December = 2019-12-20 event",
            "5 January 2020 = 2020-01-05 event"
        ]
    );
    assert_eq!(found(Lang::FR, "entre 2016 et 2019"), ["2016 = 2016 event", "2019 = 2019 event"]);
}

#[test]
fn what_is_told_next_counts_from_what_was_told_before() {
    assert_eq!(
        found(
            Lang::EN,
            "On 3 May 1899 he was arrested. Two days later he was charged. On the same day he wrote a letter; on 7 June he fled."
        ),
        [
            "3 May 1899 = 1899-05-03 event",
            "Two days later = 1899-05-05 event",
            "the same day = 1899-05-05 event",
            "7 June = 1899-06-07 event"
        ]
    );
    assert_eq!(
        found(
            Lang::UK,
            "30 грудня 2019 року його затримали. Наступного дня суд обрав запобіжний захід, а 3 січня він подав скаргу."
        ),
        ["30 грудня 2019 року = 2019-12-30 event", "Наступного дня = 2019-12-31 event", "3 січня = 2020-01-03 event"]
    );
    // Nothing to count from: as much as is known.
    assert_eq!(found(Lang::EN, "It happened on 11 April."), ["11 April = XXXX-04-11 event"]);
}

#[test]
fn dates_of_norms_and_of_cited_judgments_are_no_events() {
    assert_eq!(
        found(
            Lang::EN,
            "Under the Law of 4 May 1889 and the Aliens Act 1905 (see Brown v. Green, no. 1234/05, § 12, 3 May 2007), the order of 6 June 2008 stood."
        ),
        [
            "4 May 1889 = 1889-05-04 norm",
            "1905 = 1905 norm",
            "3 May 2007 = 2007-05-03 citation",
            "6 June 2008 = 2008-06-06 event"
        ]
    );
    assert_eq!(
        found(Lang::FR, "Vu la loi n° 79-587 du 11 juillet 1979 et l'arrêté du 2 mars 1998."),
        ["11 juillet 1979 = 1979-07-11 norm", "2 mars 1998 = 1998-03-02 event"]
    );
    assert_eq!(
        found(Lang::RU, "В силу Федерального закона от 26.10.2002 № 127-ФЗ решение от 5 мая 2009 года законно."),
        ["26.10.2002 = 2002-10-26 norm", "5 мая 2009 года = 2009-05-05 event"]
    );
}

#[test]
fn numbers_that_only_look_like_dates_are_none() {
    for (lang, text) in [
        (Lang::EN, "Article 1984 and no. 2019 cost 2000 euros for 1950 people, see A/HRC/2020/5, § 2010 and 34345/10."),
        (Lang::FR, "La somme de 2000 euros, n° 2019, article 1015 du code, pourvoi n° 22-17.030."),
        (Lang::RU, "Дело № А68-15850/2024, статья 213, 2000 рублей, л.д. 12-15."),
        (Lang::EN, "They may march on, one second at least."),
        (Lang::EN, "336 F.3d 1001, 1006"),
    ] {
        let calendar: Vec<String> = found(lang, text).into_iter().filter(|d| !d.contains("= P")).collect();
        assert!(calendar.is_empty(), "{calendar:?}");
    }
}

#[test]
fn the_date_of_a_decision_is_that_of_the_document() {
    for (lang, text, day) in [
        (
            Lang::FR,
            "TRIBUNAL\n\nAudience du 3 mars 1898\n\nLecture du 17 mars 1898\n\nVu la requête enregistrée le 2 février 1898.",
            "1898-03-17",
        ),
        (
            Lang::RU,
            "РЕШЕНИЕ\n\nг. Тверь\n\n24 сентября 1915 года\n\nСуд рассмотрел жалобу от 5 мая 1915 года.",
            "1915-09-24",
        ),
        (
            Lang::UK,
            "УХВАЛА\n\n30 грудня 1918 року\n\nм. Київ\n\nСуд розглянув скаргу від 5 травня 1918 року.",
            "1918-12-30",
        ),
        (
            Lang::EN,
            "Matter of X, Respondent\n\nDecided April 3, 1926\n\nOn August 11, 1925, the judge granted it.",
            "1926-04-03",
        ),
    ] {
        let found = dates_of(&source(lang, text));
        let date = found.document_date.and_then(|i| found.dates.get(i)).unwrap();
        assert_eq!((date.value.as_str(), date.role), (day, DateRole::Publication));
    }
    for prose in [
        "We write about the decision of 31 May 1898 by the Director, which was annulled on 3 June 1899.",
        "On 3 June 1899 the Court annulled it.",
    ] {
        assert_eq!(dates_of(&source(Lang::EN, prose)).document_date, None, "{prose}");
    }
}

#[test]
fn a_date_cut_by_a_line_break_is_one() {
    assert_eq!(found(Lang::FR, "Il est né le\n31 janvier\n1967."), ["31 janvier\n1967 = 1967-01-31 other"]);
}

#[test]
fn what_cannot_be_decided_is_said() {
    let text = "It was signed on 03/04/2021.";
    let dates = RULES.find_in(text, None, Some(Lang::EN));
    assert_eq!(dates[0].value, "2021-04-03");
    assert!(dates[0].note.as_deref().is_some_and(|n| n.contains("month first")));
    // Another date of the same text decides.
    let text = "Filed on 12/25/2020, signed on 03/04/2021.";
    let dates = RULES.find_in(text, None, Some(Lang::EN));
    assert_eq!((dates[1].value.as_str(), dates[1].note.as_deref()), ("2021-03-04", None));
    let text = "On Monday, 30 June 2023 he left.";
    assert!(RULES.find_in(text, None, Some(Lang::EN))[0].note.as_deref().is_some_and(|n| n.contains("weekday")));
}

/// A language is added by adding files with the same names.
#[test]
fn a_linguist_adds_a_language_by_adding_files() {
    let words = r#"
        source = "invented"
        status = "unverified"
        [words.month]
        1 = ["brumo"]
        [words.unit]
        day = ["sol{,i}"]
        [words.num]
        3 = ["tri"]
    "#;
    let rules = r#"
        source = "invented"
        status = "unverified"
        [[rule]]
        id = "xx-time.day"
        is = "date"
        find = ["DAY ta MONTH YEAR"]
        examples = ["ye 5 ta brumo 1901 → 1901-01-05"]
        [[rule]]
        id = "xx-time.length"
        is = "duration"
        find = ["NUM UNIT"]
        examples = ["tri soli → P3D"]
        not = ["tri"]
    "#;
    let files = [("time-words", words), ("time-rules", rules)];
    let data = Dataset::embedded().with(files.map(|(name, text)| (format!("lexicon/xx/{name}.toml"), text.to_owned())));
    let rules = TimeRules::load(&data).unwrap();
    assert_eq!(rules.failing_examples(), Vec::<String>::new());
    let dates = rules.find_in("ye 5 ta brumo 1901", None, Lang::new("xx"));
    assert_eq!(dates[0].edtf.as_ref().map(|e| e.as_str()), Some("1901-01-05"));
}

/// Ten times the text takes about ten times as long, whatever it is made of.
#[test]
fn time_is_linear_in_the_length_of_a_line() {
    let english =
        ["1", "May ", "1/1/", "1-1-", "1:", "twenty ", "the ", "5 and ", "(", "'9", "1.", "XI", "l9 ", "2O", "Sep-\n"];
    let layout = [
        "a 5 May\n\n12\n\n",
        "\"5 May 2020 ",
        "5 May 2020 to ",
        "since 2013 ",
        "between 3 May ",
        "Published 5 May 2020 | ",
        "1 May     2\n",
        "1 May   x\n2020    y\n",
    ];
    let others = [
        (Lang::FR, "mai "),
        (Lang::FR, "lundi 5 "),
        (Lang::FR, "« du "),
        (Lang::RU, "мая "),
        (Lang::RU, "с 5 по "),
        (Lang::RU, "среду, "),
        (Lang::RU, "XIX—"),
        (Lang::UK, "від «"),
        (Lang::UK, "п'ятницю "),
        (Lang::KK, "мамырдан "),
        (Lang::KK, "2020 жылғы "),
        (Lang::DE, "5. bis "),
        (Lang::ES, "de mayo de "),
        (Lang::IT, "dal 1 "),
        (Lang::PL, "od dnia "),
    ];
    for (lang, part) in english.into_iter().chain(layout).map(|part| (Lang::EN, part)).chain(others) {
        // As many bytes in ten short texts as in a long one: on a busy machine both are interrupted as often.
        let time = |n: usize, times: usize| {
            let text = part.repeat(n / part.len());
            (0..2)
                .map(|_| {
                    let start = Instant::now();
                    for _ in 0..times {
                        std::hint::black_box(RULES.find_in(&text, None, Some(lang)).len());
                    }
                    start.elapsed()
                })
                .min()
                .unwrap_or_default()
        };
        let (short, long) = (time(1_500, 10), time(15_000, 1));
        // A square would be ten times as much.
        assert!(long.as_secs_f64() < short.as_secs_f64() * 4.0 + 0.05, "{part}: {short:?} → {long:?}");
    }
}

proptest! {
    #[test]
    fn results_are_ordered_and_stand_on_characters(text in "(([0-9]{1,4}|May|мая|juillet|the|on|,|\\.|-|/|:| |\n|year|года|é|🙂|days|last|понедельник|XIX|century)[ ]?){0,40}") {
        for lang in [Lang::EN, Lang::FR, Lang::RU, Lang::UK, Lang::KK, Lang::DE] {
            let dates = RULES.find_in(&text, None, Some(lang));
            let mut end = 0;
            for date in &dates {
                prop_assert!(date.span.start >= end && !date.span.is_empty());
                prop_assert!(text.get(date.span.start..date.span.end).is_some());
                if let (TimexKind::Date, Some(edtf)) = (date.kind, &date.edtf) {
                    prop_assert_eq!(&Edtf::parse(edtf.as_str()).unwrap(), edtf);
                }
                end = date.span.end;
            }
            prop_assert_eq!(dates, RULES.find_in(&text, None, Some(lang)));
        }
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,200}") {
        for lang in [Lang::EN, Lang::FR, Lang::RU, Lang::KK] {
            prop_assert!(RULES.find_in(&text, None, Some(lang)).len() <= text.len());
        }
    }

    #[test]
    fn a_text_gives_the_same_inside_a_longer_one(day in 1u8..28, year in 1900i32..2020) {
        let short = format!("On {day} May {year} the court sat.");
        let long = format!("Nothing was said of it. {short} Nor later on.");
        let values = |text: &str| RULES.find_in(text, None, Some(Lang::EN)).into_iter().map(|d| d.value).collect::<Vec<_>>();
        prop_assert_eq!(values(&short), values(&long));
    }
}
