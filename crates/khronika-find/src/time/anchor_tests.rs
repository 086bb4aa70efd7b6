//! What dates without year, weekdays and steps are resolved against, in letters, news and decisions.

use khronika_core::{Basis, DateRole, Lang};
use proptest::prelude::*;

use super::tests::{RULES, dates_of};
use crate::text::tests::source;

/// "words = value role" of each expression of a text that is a source.
fn read(lang: Lang, text: &str) -> Vec<String> {
    let source = source(lang, text);
    let found = dates_of(&source);
    found.dates.iter().map(|d| format!("{} = {} {}", d.span.of(&source.text), d.value, d.role.name())).collect()
}

#[test]
fn a_letter_tells_from_its_own_day() {
    let text = "OPEN LETTER\n\nGeneva – Bern, 14 October 1899\n\nDear Minister,\n\nBy an order of 19 September 1899 he was given \
                seven days; the paper was handed to him on 2 October. In March 1896 the court sentenced him.\n\nHe challenged it on \
                1 July. On Thursday last two officers came. On 30 November he was freed.\n\nWe ask you to withdraw the order of 19 \
                September by 20 October.";
    assert_eq!(
        read(Lang::EN, text),
        [
            "14 October 1899 = 1899-10-14 publication",
            "19 September 1899 = 1899-09-19 event",
            "seven days = P7D other",
            "2 October = 1899-10-02 event",
            "March 1896 = 1896-03 event",
            "1 July = 1899-07-01 event",
            "Thursday = 1899-10-12 event",
            "30 November = 1898-11-30 event",
            "19 September = 1899-09-19 event",
            "20 October = 1899-10-20 other",
        ]
    );
    assert_eq!(
        read(
            Lang::FR,
            "Genève, le 18 novembre 1899\n\nL’ordre pris le 3 octobre dernier lui a été remis le 21 octobre. Elle est tenue, depuis \
             le 8 février, de rester.\n\nPar un arrêt du 27 mai 1899, la cour a rejeté le recours contre la décision de 1897, prise un \
             an plus tôt. Le pourvoi formé contre l’arrêt du 27 mai a été admis le 9 juillet."
        ),
        [
            "18 novembre 1899 = 1899-11-18 publication",
            "3 octobre dernier = 1899-10-03 event",
            "21 octobre = 1899-10-21 event",
            "8 février = 1899-02-08 event",
            "27 mai 1899 = 1899-05-27 event",
            "1897 = 1897 event",
            "un an plus tôt = 1896 event",
            "27 mai = 1899-05-27 event",
            "9 juillet = 1899-07-09 event",
        ]
    );
    assert_eq!(
        read(
            Lang::RU,
            "Женева — Берн, 17 мая 1899 года\n\n25 апреля 1899 года суд отменил приговор, который 14 февраля был оставлен в силе. Дело \
             возбудили ещё летом 1897 года.\n\nРешение вручено ему 8 мая. Решение о выдаче может быть принято в июне."
        ),
        [
            "17 мая 1899 года = 1899-05-17 publication",
            "25 апреля 1899 года = 1899-04-25 event",
            "14 февраля = 1899-02-14 event",
            "летом 1897 года = 1897-SU event",
            "8 мая = 1899-05-08 event",
            "июне = 1899-06 other",
        ]
    );
    assert_eq!(
        read(
            Lang::UK,
            "Київ, 19 вересня 1918 року\n\nЙого затримали у квітні цього року. Скаргу подали ще у 1917-му, а 2 вересня оголосили \
             підозру. Вимагаємо звільнити його до 1 листопада."
        ),
        [
            "19 вересня 1918 року = 1918-09-19 publication",
            "квітні цього року = 1918-04 event",
            "1917-му = 1917 event",
            "2 вересня = 1917-09-02 event",
            "1 листопада = 1918-11-01 other",
        ]
    );
    assert_eq!(
        read(
            Lang::KK,
            "Алматы қаласы, 1922 жылғы 14 қараша\n\n3 қарашада сот үкімді жойды. Үкім 19 тамызда шыққан еді."
        ),
        [
            "1922 жылғы 14 қараша = 1922-11-14 publication",
            "3 қарашада = 1922-11-03 event",
            "19 тамызда = 1922-08-19 event"
        ]
    );
}

#[test]
fn a_news_text_tells_from_its_dateline() {
    assert_eq!(
        read(
            Lang::EN,
            "ROME, Italy, Nov. 21, 1918 (Agency) – A court on Wednesday freed the mayor; on Friday of last week a judge had \
             remanded him.\n\nHe was detained on Jan. 14, 1916, the prison said on Thursday. The charge was dropped in September \
             this year. He will be heard on Monday."
        ),
        [
            "Nov. 21, 1918 = 1918-11-21 publication",
            "Wednesday = 1918-11-20 event",
            "Friday of last week = 1918-11-15 event",
            "Jan. 14, 1916 = 1916-01-14 event",
            "Thursday = 1918-11-21 event",
            "September this year = 1918-09 event",
            "Monday = 1918-11-25 other",
        ]
    );
    // A point may close the line of place and date.
    for (lang, text, day) in [
        (Lang::EN, "Tarbek, 5 March 1921. Police detained him on Thursday.", "Thursday = 1921-03-03 event"),
        (Lang::FR, "Tarbek, le 5 mars 1921. La police l'a arrêté jeudi.", "jeudi = 1921-03-03 event"),
        (Lang::RU, "Тарбек, 5 марта 1921 года. Полиция задержала его в четверг.", "четверг = 1921-03-03 event"),
        (Lang::UK, "Тарбек, 5 березня 1921 р. Поліція затримала його в четвер.", "четвер = 1921-03-03 event"),
        (
            Lang::KK,
            "Тарбек, 1921 жылғы 5 наурыз. Полиция оны бейсенбі күні ұстады.",
            "бейсенбі күні = 1921-03-03 event",
        ),
    ] {
        let found = read(lang, text);
        assert!(found[0].ends_with("= 1921-03-05 publication"), "{found:?}");
        assert_eq!(found[1], day);
    }
    // Without a year that something fixes, nothing is taken from an old date of the text.
    let text = "РИМ, 24 окт — Агентство. Суд в четверг отпустил его. Задержали его 23 июня 1916 года.\n\nВ июне прошлого года \
                дело закрыли, а вчера открыли вновь.";
    assert_eq!(
        read(Lang::RU, text),
        [
            "24 окт = XXXX-10-24 publication",
            "четверг = XXXX-WXX-4 event",
            "23 июня 1916 года = 1916-06-23 event",
            "июне прошлого года = XXXX-06 event",
            "вчера = XXXX-XX-XX event",
        ]
    );
    // A weekday named beside a day fixes it: in these five years only 1919 has a Tuesday 4 November.
    let text = "PARIS, 4 Nov (Agency) – He was arrested on Tuesday 4 November. The law is of May 1918, he said; the trial was in June \
                1918.\n\nHe fled on 2 October.";
    let source = source(Lang::EN, text);
    let found = dates_of(&source);
    let own = found.document_date.and_then(|i| found.dates.get(i)).unwrap();
    assert_eq!((own.value.as_str(), own.basis, own.role), ("1919-11-04", Basis::YearTaken, DateRole::Publication));
    assert!(own.note.is_some());
    assert_eq!(found.dates.last().map(|d| d.value.as_str()), Some("1919-10-02"));
}

#[test]
fn steps_count_from_what_they_name() {
    let values =
        |lang, text: &str| RULES.find_in(text, None, Some(lang)).into_iter().map(|d| d.value).collect::<Vec<_>>();
    // A year looked back at is no new place in the story.
    assert_eq!(
        values(
            Lang::EN,
            "On 5 May 1899 he was arrested. In 1897 he had fled. Two days later he was charged; on 7 June he was tried."
        ),
        ["1899-05-05", "1897", "1899-05-07", "1899-06-07"]
    );
    // The event named is not that of the date told last.
    let text = "Задержали его 3 мая 1899 года; дело открыли ещё летом 1897 года.\n\nНа следующий день после приговора он бежал.";
    assert_eq!(values(Lang::RU, text), ["1899-05-03", "1897-SU", "XXXX-XX-XX"]);
    assert_eq!(values(Lang::FR, "Il a déposé jeudi une plainte."), ["XXXX-WXX-4"]);
    assert_eq!(
        values(Lang::FR, "Des mémoires, enregistrés les 30 mai, 2 juin et 13 août 1898, furent lus."),
        ["1898-05-30", "1898-06-02", "1898-08-13"]
    );
}

#[test]
fn dates_that_are_no_events() {
    for (lang, text, role) in [
        (Lang::EN, "The applicants were born in 1859 and 1863 respectively.", "other other"),
        (Lang::FR, "M. K., né en 1858, fut entendu.", "other"),
        (Lang::UK, "Гр. ІВАНЕНКО Петро, 12.05.1891 р. н., прибув.", "other"),
        (Lang::FR, "Vu l'arrêté du 2 janvier 1898 portant délégation de signature.", "norm"),
        (Lang::FR, "les lois coordonnées le 12 janvier 1873", "norm"),
        (Lang::UK, "Закон, який набрав чинності з 01.07.1914, діяв.", "norm"),
        (Lang::KK, "«Жер туралы» 1909 жылғы 4 желтоқсандағы Республика Заңының 12-бабы.", "norm"),
        (Lang::RU, "по делу «Смит против России» (постановление от 15 октября 1915 г.)", "citation"),
        (Lang::FR, "l’arrêt de la Cour de justice du 10 juin 1998, AB c/ Land (C 901/97)", "citation"),
        (Lang::UK, "представник (довіреність № 9 від 30.08.1915) прибув", "other"),
        (Lang::EN, "The permit was valid until 5 May 1902.", "other"),
    ] {
        let dates = RULES.find_in(text, None, Some(lang));
        let roles: Vec<&str> = dates.iter().map(|d| d.role.name()).collect();
        assert_eq!(roles.join(" "), role, "{text}: {:?}", dates.iter().map(|d| d.span.of(text)).collect::<Vec<_>>());
    }
}

#[test]
fn the_columns_of_a_header_are_told_apart() {
    let text = "TRIBUNAL\n\nHeard at the House             Decision and Reasons Issued:\nOn 5 September 1918            On 27 \
                September 1918\n\nBefore the judge.";
    let source = source(Lang::EN, text);
    let found = dates_of(&source);
    assert_eq!(found.document_date.and_then(|i| found.dates.get(i)).map(|d| d.value.as_str()), Some("1918-09-27"));
}

#[test]
fn words_that_only_look_like_months_or_days() {
    for (lang, text) in [
        (Lang::FR, "La police a procédé à sept interpellations, rue du 8 mai 1945."),
        (Lang::UK, "ВІДКРИТИЙ ЛИСТ. Відповіді на лист немає. Жовтневий районний суд."),
        (Lang::RU, "Он живёт: ул. 8 Марта, дом 5."),
        (Lang::KK, "Мұғалім оны мақтады."),
        (Lang::EN, "It was the last day for the plea."),
    ] {
        let found: Vec<&str> = RULES.find_in(text, None, Some(lang)).iter().map(|d| d.span.of(text)).collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn a_clock_beside_a_day_that_is_not_known_stays_open() {
    let values =
        |lang, text: &str| RULES.find_in(text, None, Some(lang)).into_iter().map(|d| d.value).collect::<Vec<_>>();
    assert_eq!(
        values(Lang::RU, "3 апреля 1913 года он бежал.\n\nЕго ждали в 6 часов вечера во вторник."),
        ["1913-04-03", "XXXX-XX-XXT18:00", "XXXX-WXX-2"]
    );
    assert_eq!(values(Lang::FR, "Au début de 1913, il partit."), ["1913"]);
    assert_eq!(values(Lang::EN, "under Rule 153, 27 March 1926"), ["1926-03-27"]);
}

proptest! {
    /// Heads, datelines, weekdays, steps and limits in any order: no panic, order, offsets on characters, the same twice.
    #[test]
    fn hostile_papers_are_survived(text in "(([0-9]{1,5}|ROME|Paris|Київ|—|–|\\(|\\)|/|May|Nov\\.|травня|окт|juin|Friday|среду|jeudi|last|next|that|the following|year|года|week|until|до|by|two|days|later|через|наступного дня|la veille|v\\.|§|no\\.|born|né|»|«|,|\\.|;|:|\n|\n\n|   |é|🙂|\u{a0})[ ]?){0,60}") {
        for lang in [Lang::EN, Lang::FR, Lang::RU, Lang::UK, Lang::KK, Lang::DE] {
            let source = source(lang, &text);
            let found = dates_of(&source);
            let mut end = 0;
            for date in &found.dates {
                prop_assert!(date.span.start >= end && !date.span.is_empty());
                prop_assert!(source.text.get(date.span.start..date.span.end).is_some());
                prop_assert!(date.anchor.is_none_or(|a| source.text.get(a.start..a.end).is_some()));
                if let Some((a, b)) = date.edtf.as_ref().map(|e| e.bounds()).and_then(|(a, b)| a.zip(b)) {
                    prop_assert!(a <= b);
                }
                end = date.span.end;
            }
            prop_assert!(found.document_date.is_none_or(|i| i < found.dates.len()));
            prop_assert_eq!(found.dates, dates_of(&source).dates);
        }
    }
}

#[test]
fn a_bulletin_a_memorandum_and_a_reversed_dateline_are_seen_from_their_day() {
    assert_eq!(
        read(
            Lang::FR,
            "VEILLE DE LA COLONIE\nNote d’information n° 38 – Cayenne, 11 juillet 1899\n\nLe 14 mai, deux gardiens sont partis."
        ),
        ["11 juillet 1899 = 1899-07-11 publication", "14 mai = 1899-05-14 event"]
    );
    assert_eq!(
        read(Lang::UK, "ВІСНИК\nБюлетень № 14, 4 вересня 1899 року\n\nЩо сталося\n\n5 серпня його допитали."),
        ["4 вересня 1899 року = 1899-09-04 publication", "5 серпня = 1899-08-05 event"]
    );
    assert_eq!(
        read(
            Lang::EN,
            "To: Mathieu\nFrom: Fernand\nDate: 20 March 1899\nRe: the petition\n\nIt was lodged on 3 November."
        ),
        ["20 March 1899 = 1899-03-20 publication", "3 November = 1898-11-03 event"]
    );
    assert_eq!(
        read(Lang::RU, "Обращение\n\n6 декабря 1899 г., Ренн\n\nПриказ вручили 22 ноября."),
        ["6 декабря 1899 г. = 1899-12-06 publication", "22 ноября = 1899-11-22 event"]
    );
    assert_eq!(
        read(Lang::KK, "Жаңалық\n\nРенн, 27 тамыз 1899 жыл. «Ақпарат»\n\n7 маусымда сот үкім шығарды."),
        ["27 тамыз 1899 жыл = 1899-08-27 publication", "7 маусымда = 1899-06-07 event"]
    );
}

#[test]
fn a_year_over_the_days_of_a_chronicle_is_theirs() {
    assert_eq!(
        read(
            Lang::RU,
            "По состоянию на 30 июня 1899 года\n\n1897 год\n\n2 ноября. Обыск.\n\n5 декабря. Жалоба; 7 декабря её вернули.\n\n1898 год\n\n\
             18 января. Суд отказал."
        ),
        [
            "30 июня 1899 года = 1899-06-30 publication",
            "1897 год = 1897 event",
            "2 ноября = 1897-11-02 event",
            "5 декабря = 1897-12-05 event",
            "7 декабря = 1897-12-07 event",
            "1898 год = 1898 event",
            "18 января = 1898-01-18 event",
        ]
    );
    assert_eq!(
        read(Lang::EN, "Rennes, 5 March 1900\n\n1894:\n– 15 October: arrest\n– 22 December: sentence"),
        [
            "5 March 1900 = 1900-03-05 publication",
            "1894 = 1894 event",
            "15 October = 1894-10-15 event",
            "22 December = 1894-12-22 event",
        ]
    );
}

#[test]
fn a_bare_year_on_a_line_of_its_own_heads_days() {
    assert_eq!(
        read(Lang::EN, "THE CASE\n\n1894\n15 October – He is arrested.\n\n1895\n5 January – He is degraded."),
        ["1894 = 1894 event", "15 October = 1894-10-15 event", "1895 = 1895 event", "5 January = 1895-01-05 event"]
    );
}

#[test]
fn a_year_looked_back_at_does_not_lead_the_story_away() {
    assert_eq!(
        read(
            Lang::EN,
            "Geneva, 14 October 1899\n\nDear Sir,\n\nOn 3 May 1899 he was held; two weeks later he was freed. He has lived here since \
             1893. He must leave between 4 and 16 November."
        )
        .split_off(3),
        ["1893 = 1893 event", "4 = 1899-11-04 other", "16 November = 1899-11-16 other"]
    );
    assert_eq!(
        read(
            Lang::FR,
            "Genève, le 14 octobre 1899\n\nElle a été arrêtée au printemps 1899. Elle enseigne depuis 1893. L'audience s'est tenue le 4 \
             juillet."
        )
        .split_off(2),
        ["1893 = 1893 event", "4 juillet = 1899-07-04 event"]
    );
}

#[test]
fn a_weekday_beside_a_day_alone_finds_its_month() {
    assert_eq!(
        read(Lang::EN, "Geneva, 14 October 1899\n\nDear Sir,\n\nOn Thursday the 5th two officers came. Her lawyer came on Friday, the 29th.").split_off(1),
        ["Thursday the 5th = 1899-10-05 event", "Friday, the 29th = 1899-09-29 event"]
    );
}

#[test]
fn since_a_year_is_no_step_of_the_story() {
    assert_eq!(
        read(
            Lang::UK,
            "Женева, 5 червня 1899 року\n\nШановний пане!\n\nМинулого вівторка нам сказали, що справу слухатимуть у липні.\n\nЗ 1894 року \
             родина живе в місті. Щопонеділка він відмічається. Скаргу можна подати до 4 липня включно."
        )
        .split_off(1),
        [
            "Минулого вівторка = 1899-05-30 event",
            "липні = 1899-07 other",
            "1894 року = 1894 event",
            "Щопонеділка = XXXX-WXX-1 other",
            "4 липня = 1899-07-04 other"
        ]
    );
}

#[test]
fn a_day_alone_is_of_the_month_told_beside_it() {
    assert_eq!(
        read(
            Lang::EN,
            "Geneva, 18 September 1899\n\nDear Sir,\n\nThe refusal is dated 3 November 1897. It was served on him on the 9th. Last Friday, 15 \
             September, he was heard."
        )
        .split_off(1),
        [
            "3 November 1897 = 1897-11-03 event",
            "the 9th = 1897-11-09 event",
            "Last Friday, 15 September = 1899-09-15 event"
        ]
    );
}

#[test]
fn a_story_goes_on_into_the_year_of_writing() {
    assert_eq!(
        read(
            Lang::RU,
            "РЕШЕНИЕ\nг. Ренн, 12 апреля 1899 года\n\nВ ночь на 8 ноября 1898 года истца задержали. В минувшую пятницу, 7 апреля, он подал \
             жалобу. По субботам он отмечался."
        )
        .split_off(1),
        [
            "В ночь на 8 ноября 1898 года = 1898-11-08TNI event",
            "минувшую пятницу, 7 апреля = 1899-04-07 event",
            "По субботам = XXXX-WXX-6 other"
        ]
    );
}

#[test]
fn a_reference_in_the_next_sentence_cites_nothing_before_it() {
    assert_eq!(
        read(
            Lang::EN,
            "The hearing, first listed for May 2021, was put off. See Case C-465/07, judgment of 17 February 2009."
        ),
        ["May 2021 = 2021-05 event", "17 February 2009 = 2009-02-17 citation"]
    );
}

#[test]
fn the_hour_of_a_news_text_stands_behind_its_day() {
    assert_eq!(
        read(
            Lang::RU,
            "Журналистку отпустили\n\nРенн, 21.05.1899, 18:40. «Вестник»\n\nСуд в пятницу отпустил журналистку. Её задержали тремя днями \
             раньше. Вчера у здания суда стояли люди."
        ),
        [
            "21.05.1899 = 1899-05-21 publication",
            "18:40 = 1899-05-21T18:40 event",
            "пятницу = 1899-05-19 event",
            "тремя днями раньше = 1899-05-16 event",
            "Вчера = 1899-05-20 event"
        ]
    );
}

#[test]
fn an_hour_and_a_paper_stand_behind_the_day_of_news() {
    for line in ["17 марта 1899 года, 14:20. «Берег»", "Ренн, 17.03.1899, 14:20"] {
        let text = format!("Суд сократил срок\n\n{line}\n\nСуд в минувшую пятницу сократил срок учительнице.");
        let found = read(Lang::RU, &text);
        assert_eq!(found.last().map(String::as_str), Some("минувшую пятницу = 1899-03-10 event"), "{found:?}");
    }
}

#[test]
fn a_letter_may_bear_its_date_alone_on_a_line() {
    assert_eq!(
        read(
            Lang::EN,
            "March 10, 1899\n\nField Office Director\n\nRe: Request for release\n\nHe crossed on 08/03/1898. The hearing was held on \
             January 9 and 12, 1899. The judge denied his request last Thursday. Suite 2019 is empty, and Ms. April lives there."
        ),
        [
            "March 10, 1899 = 1899-03-10 publication",
            "08/03/1898 = 1898-08-03 event",
            "January 9 = 1899-01-09 event",
            "12, 1899 = 1899-01-12 event",
            "last Thursday = 1899-03-09 event"
        ]
    );
}

#[test]
fn norms_and_cited_papers_by_what_stands_around_them() {
    assert_eq!(
        read(
            Lang::RU,
            "По статье 274 Уголовного кодекса, принятого 3 июля 1996 года, (дело «Браун против России», жалоба № 67219/10, § 53, постановление от 18 апреля 2013 г.)."
        ),
        ["3 июля 1996 года = 1996-07-03 norm", "18 апреля 2013 г. = 2013-04-18 citation"]
    );
    assert_eq!(
        read(Lang::KK, "2015 жылғы 23 қарашадағы Еңбек кодексінің 52-бабы бойынша."),
        ["2015 жылғы 23 қарашадағы = 2015-11-23 norm"]
    );
    assert_eq!(
        read(Lang::EN, "The convention adopted in December 1968 was read out in March 1970."),
        ["December 1968 = 1968-12 norm", "March 1970 = 1970-03 event"]
    );
    assert_eq!(
        read(Lang::KK, "ХАБАРЛАНДЫРУ\n№ 03-04/118\nАқжар қаласы, 1899 жылғы 2 наурыз\n\nТексеру 17 наурызда болады."),
        ["1899 жылғы 2 наурыз = 1899-03-02 publication", "17 наурызда = 1899-03-17 other"]
    );
    assert_eq!(
        read(Lang::KK, "Қорғаушы 2015 жылғы 14 ақпанда заңға сәйкес шағым берді."),
        ["2015 жылғы 14 ақпанда = 2015-02-14 event"]
    );
    assert_eq!(read(Lang::FR, "Une caserne du XIXe siècle."), ["du XIXe siècle = 18 event"]);
}
