//! What is found in short texts: each actor with its kind, row, and forms.

use khronika_core::{Findings, Lang, SourceId};
use khronika_data::Dataset;

use proptest::prelude::*;

use super::ActorRules;
use crate::lexicon::check_rows;
use crate::text::tests::source;
use crate::text::{Abbreviations, Text};

fn rules() -> &'static ActorRules {
    static RULES: std::sync::OnceLock<ActorRules> = std::sync::OnceLock::new();
    RULES.get_or_init(|| ActorRules::load(&Dataset::embedded()).unwrap())
}

fn find(rules: &ActorRules, lang: Lang, words: &str) -> Findings {
    let source = source(lang, words);
    let abbreviations = Abbreviations::load(&Dataset::embedded()).unwrap();
    let text = Text::new(&source, &abbreviations);
    let mut found = Findings::empty(SourceId::new("s-test"));
    rules.find(&text, &mut found);
    let mut end = 0;
    for mention in &found.mentions {
        assert!(mention.span.start >= end && words.get(mention.span.start..mention.span.end).is_some());
        end = mention.span.end;
    }
    found
}

/// One line an actor: kind, name, row, then the other forms with their relations.
fn drawn(lang: Lang, words: &str) -> String {
    let found = find(rules(), lang, words);
    let mut out = String::new();
    for (n, actor) in found.actors.iter().enumerate() {
        let count = found.mentions.iter().filter(|m| m.actor == n).count();
        let known = actor.known_as.as_ref().map_or(String::new(), |k| format!(" [{k}]"));
        out.push_str(&format!("{} {}{known} ×{count}", actor.kind.name(), actor.name));
        for (form, relation) in actor.forms.iter().filter(|(f, _)| *f != actor.name) {
            out.push_str(&format!(" | {form} ({})", relation.name()));
        }
        out.push('\n');
    }
    out
}

#[test]
fn courts_acronyms_and_surnames_of_an_english_text() {
    let words = "On 3 May 2019, the National Court of Asylum of France (CNDA) recognised Emil Dubrov as a refugee and annulled the \
                 decision of the Director of the French Office for the Protection of Refugees and Stateless Persons (“OFPRA”). OFPRA \
                 appealed. The Conseil d’État overturned the CNDA’s decision. Dubrov’s appeal is pending.";
    assert_eq!(
        drawn(Lang::EN, words),
        "court National Court of Asylum of France [fr.cnda] ×3 | CNDA (acronym)\n\
         person Emil Dubrov ×2 | Dubrov (short)\n\
         authority French Office for the Protection of Refugees and Stateless Persons [fr.ofpra] ×3 | OFPRA (acronym)\n\
         court Conseil d’État [fr.conseil-etat] ×1\n"
    );
}

#[test]
fn an_acronym_whose_letters_begin_the_words_makes_an_organisation() {
    let words = "A district court in Astana ruled that the Free Steppe of Ruritania (FSR; founded in 2001) was banned. FSR denied it.";
    assert_eq!(
        drawn(Lang::EN, words),
        "court district court in Astana ×1\norganisation Free Steppe of Ruritania ×3 | FSR (acronym)\n"
    );
    // Letters that begin other words define nothing.
    assert_eq!(drawn(Lang::EN, "He took the long way home (ABC; 2001)."), "");
}

#[test]
fn a_person_and_the_organisation_beside_it_are_two() {
    let words = "Mr Ivanov met Anna Petrova of the Open Meadow Foundation. Ivanov said that Petrova had left.";
    assert_eq!(
        drawn(Lang::EN, words),
        "person Ivanov ×2 | Mr Ivanov (titled)\nperson Anna Petrova ×2 | Petrova (short)\norganisation Open Meadow Foundation ×1\n"
    );
    assert_eq!(drawn(Lang::EN, "However, the Act was read on Monday. Yesterday it rained."), "");
}

#[test]
fn french_names_cut_by_a_court_and_courts_with_places() {
    let words = "Le tribunal administratif de Lille a rejeté la demande de M. Paul Leroy. M. Leroy relève appel. M. B... C... et \
                 Mme D. soutiennent le contraire.";
    assert_eq!(
        drawn(Lang::FR, words),
        "court tribunal administratif de Lille ×1\nperson Paul Leroy ×2 | Leroy (short) | M. Paul Leroy (titled)\nperson M. B... C... ×1\n\
         person Mme D. ×1\n"
    );
}

#[test]
fn russian_cases_lead_back_to_one_name() {
    let words = "Бостандыкский районный суд г. Алматы приговорил Ивана Петровича Сидорова. Сидоров обжаловал приговор. Адвокат Петренко \
                 пришёл. ООО «Ромашка» (далее — Общество) подало иск. Иск Общества отклонён.";
    assert_eq!(
        drawn(Lang::RU, words),
        "court Бостандыкский районный суд г. Алматы ×1\n\
         person Иван Петрович Сидоров ×2 | Ивана Петровича Сидорова (inflected) | Сидоров (short)\n\
         person Петренко ×1\norganisation ООО «Ромашка» ×3 | Общество (short) | Общества (short) | Ромашка (short)\n"
    );
    // A man and a woman of one family are two.
    assert_eq!(drawn(Lang::RU, "Иван Чехов и Анна Чехова."), "person Иван Чехов ×1\nperson Анна Чехова ×1\n");
}

#[test]
fn kazakh_names_lose_their_suffixes() {
    let words = "Астана қаласының Есіл аудандық соты Мұхтар Әуезовті айыпты деп таныды. Әуезовтің адвокаты Серік Ахметов келді.";
    assert_eq!(
        drawn(Lang::KK, words),
        "court Астана қаласының Есіл аудандық соты ×1\n\
         person Мұхтар Әуезов ×2 | Мұхтар Әуезовті (inflected) | Әуезовтің (short)\nperson Серік Ахметов ×1\n"
    );
}

proptest! {
    #[test]
    fn any_text_gives_mentions_in_order_and_apart(words in "([A-Za-zА-Яа-яҚқ«»“”().,’'-]{1,9}[ \n]?){0,60}") {
        let rules = rules();
        for lang in [Lang::EN, Lang::FR, Lang::RU, Lang::KK, Lang::DE] {
            find(rules, lang, &words);
        }
    }
}

#[test]
fn an_organisation_ends_where_the_next_begins() {
    let words = "Ann Brown, lecturer at Northfield University and European Meadow Institute, wrote. The human rights movement “Dawn” agreed.";
    assert_eq!(
        drawn(Lang::EN, words),
        "person Ann Brown ×1\norganisation Northfield University ×1\norganisation European Meadow Institute ×1\n\
         organisation human rights movement “Dawn” ×1 | Dawn (short)\n"
    );
}

#[test]
fn a_role_before_a_name_is_no_body_and_an_adjective_no_person() {
    assert_eq!(
        drawn(Lang::RU, "Вчера следователь Петров вызвал адвоката Сидорову. Открыт Парижский музей."),
        "person Петров ×1\nperson Сидорову ×1\n"
    );
}

#[test]
fn a_body_is_its_head_with_what_belongs_to_it() {
    let words = "The Bureau for Mines and Quarries fined him. The Bureau was wrong. The Tervel Court annulled it. He left his office for the \
                 department store.";
    assert_eq!(
        drawn(Lang::EN, words),
        "authority Bureau for Mines and Quarries ×2 | Bureau (short)\ncourt Tervel Court ×1\n"
    );
    let words =
        "Le préfet de la Marne a saisi le ministre de l'intérieur et la Cour nationale de discipline des notaires.";
    assert_eq!(
        drawn(Lang::FR, words),
        "authority préfet de la Marne ×1\nauthority ministre de l'intérieur ×1\n\
         court Cour nationale de discipline des notaires ×1\n"
    );
}

#[test]
fn slavic_bodies_take_units_matters_and_places() {
    let words =
        "Третий кассационный суд отменил решение Управления Росреестра по Омской области. Управление подало жалобу.";
    assert_eq!(
        drawn(Lang::RU, words),
        "court Третий кассационный суд ×1\n\
         authority Управление Росреестра по Омской области ×2 | Управления Росреестра по Омской области (inflected) | Управление \
         (short)\n"
    );
    let words = "Жовтнева районна рада відмовила. Полтавський суд скасував рішення Жовтневої районної ради.";
    assert_eq!(
        drawn(Lang::UK, words),
        "authority Жовтнева районна рада ×2 | Жовтневої районної ради (inflected)\ncourt Полтавський суд ×1\n"
    );
    let words = "Судебная коллегия по уголовным делам Тульского областного суда отменила приговор. Судебная коллегия вернула дело.";
    assert_eq!(
        drawn(Lang::RU, words),
        "court Тульский областной суд ×3 | Тульского областного суда (inflected) | Судебная коллегия по уголовным делам \
         (short) | Судебная коллегия (short)\n"
    );
    // An acronym of one row is not another of the same row.
    assert_eq!(drawn(Lang::RU, "МВД и МИД молчат."), "authority МВД ×1\nauthority МИД ×1\n");
}

#[test]
fn an_unknown_given_name_before_a_known_surname() {
    let words = "Yesterday Qorvan Ndiaye left. Mme Ndiaye was heard; Ndiaye returned.";
    assert_eq!(
        drawn(Lang::FR, &words.replace("Yesterday", "Hier")),
        "person Qorvan Ndiaye ×3 | Ndiaye (short) | Mme Ndiaye (titled)\n"
    );
}

/// Every form of a row's list is met in its examples and in none of its near misses.
#[test]
fn word_rows_hold_on_their_own_examples() {
    let rules = rules();
    let mut faults = Vec::new();
    for (n, row) in rules.words.rows.iter().enumerate() {
        let code = row.id.split('.').next().unwrap_or("");
        let lang = Lang::new(code).unwrap();
        let stands = |words: &str| {
            let source = source(lang, words);
            let text = Text::new(&source, &Abbreviations::load(&Dataset::embedded()).unwrap());
            (0..text.tokens.len()).any(|at| rules.words.stands(&text, at, n))
        };
        faults.extend(row.examples.iter().filter(|e| !stands(e)).map(|e| format!("{} is not in “{e}”", row.id)));
        faults.extend(row.not.iter().filter(|e| stands(e)).map(|e| format!("{} is in “{e}”", row.id)));
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// Every court and authority is found in its examples and in none of its near misses. For a kind of body ("court of cassation") a body of
/// the lists that is of this kind will do.
#[test]
fn bodies_hold_on_their_own_examples() {
    let rules = rules();
    let mut faults = Vec::new();
    for row in &rules.bodies.rows {
        let found_in = |words: &str| {
            row.langs.iter().any(|lang| {
                let found = find(rules, *lang, words);
                found.actors.iter().any(|a| a.made_by == row.info.id || a.known_as.as_ref() == Some(&row.info.id))
            })
        };
        let of_this_kind = |words: &str| {
            row.generic
                && row.langs.iter().any(|lang| {
                    find(rules, *lang, words).actors.iter().any(|a| a.known_as.is_some() && a.kind == row.kind)
                })
        };
        faults.extend(
            row.info
                .examples
                .iter()
                .filter(|e| !found_in(e) && !of_this_kind(e))
                .map(|e| format!("{} is not in “{e}”", row.info.id)),
        );
        faults.extend(row.info.not.iter().filter(|e| found_in(e)).map(|e| format!("{} is in “{e}”", row.info.id)));
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// What a machine can check of the rows of the courts: ids, order, sources, and that what they point to is there.
#[test]
fn bodies_are_sound() {
    const MATTERS: [&str; 9] = [
        "administrative",
        "any",
        "asylum",
        "civil",
        "constitutional",
        "criminal",
        "extradition",
        "international",
        "removal",
    ];
    let rows = &rules().bodies.rows;
    let ids: Vec<&str> = rows.iter().map(|b| b.info.id.as_str()).collect();
    let mut faults = Vec::new();
    for file in rows.chunk_by(|a, b| a.file == b.file) {
        let name = file.first().map_or("", |b| b.file.as_str());
        faults.extend(check_rows(name, file.iter().map(|b| &b.info)));
    }
    for row in rows {
        let (file, id) = (&row.file, &row.info.id);
        let mut fault = |what: String| faults.push(format!("{file}: {id} {what}"));
        if ids.iter().filter(|other| *other == id).count() > 1 {
            fault("stands twice; give one of them another id".to_owned());
        }
        for reviewed in &row.reviews {
            if reviewed == id || !ids.contains(&reviewed.as_str()) {
                fault(format!(
                    "reviews “{reviewed}”, which is no other row of data/courts; add that row or take the id out"
                ));
            }
        }
        if !MATTERS.contains(&row.matter.as_str()) || !(1..=4).contains(&row.level) {
            fault(format!("hears “{}” at level {}; see the head of data/courts/fr.toml", row.matter, row.level));
        }
        if row.info.not.is_empty() {
            fault("has no near miss; add a sentence in which it must not be found".to_owned());
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The way of a case up to Strasbourg, by what each court reviews.
#[test]
fn what_a_court_reviews_leads_from_the_first_decision_to_the_last() {
    let reviews = |id: &str, of: &str| rules().body(id).is_some_and(|b| b.reviews.iter().any(|r| r == of));
    for (court, of) in [
        ("fr.cnda", "fr.ofpra"),
        ("fr.conseil-etat", "fr.cnda"),
        ("fr.conseil-etat", "fr.caa"),
        ("int.echr", "fr.conseil-etat"),
        ("int.echr", "uk.supreme-court"),
        ("us.ca09", "us.bia"),
        ("us.bia", "us.ij"),
        ("pl.nsa", "pl.wsa"),
        ("pl.wsa", "pl.refugee-board"),
        ("uk.ut", "uk.ftt"),
        ("ch.taf", "ch.sem"),
        ("at.bvwg", "at.bfa"),
        ("be.cce", "be.cgra"),
    ] {
        assert!(reviews(court, of), "{court} reviews {of}");
    }
}

#[test]
fn an_acronym_that_means_other_things_elsewhere_is_read_in_its_own_language() {
    assert_eq!(
        drawn(Lang::DE, "Das SEM trat auf das Gesuch nicht ein. Das BVwG gab der Beschwerde statt."),
        "authority Secrétariat d’État aux migrations [ch.sem] ×1 | SEM (short)\n\
         court Bundesverwaltungsgericht (Österreich) [at.bvwg] ×1 | BVwG (short)\n"
    );
    assert_eq!(drawn(Lang::RU, "Снимок SEM показал трещину."), "");
}

#[test]
fn a_board_may_be_a_court() {
    let words = "The Board of Immigration Appeals remanded it. The Ninth Circuit granted the petition. The Board sustained the appeal.";
    assert_eq!(
        drawn(Lang::EN, words),
        "court Board of Immigration Appeals [us.bia] ×2 | Board (short)\ncourt Ninth Circuit [us.ca09] ×1\n"
    );
}

#[test]
fn one_country_is_told_by_its_own_word() {
    for (lang, words, row) in [
        (Lang::EN, "The Polish Supreme Court quashed it.", Some("pl.sad-najwyzszy")),
        (Lang::EN, "The Supreme Court quashed it.", None),
        (Lang::EN, "The Court of Appeal quashed it.", None),
        (Lang::EN, "The Constitutional Council struck it down.", None),
        (Lang::EN, "The Constitutional Council of Kazakhstan struck it down.", Some("kz.constitutional-council")),
        (Lang::FR, "La Cour de cassation belge l'a cassé.", Some("be.cassation")),
        (Lang::FR, "Le Conseil d'État de Belgique l'a cassé.", Some("be.conseil-etat")),
        (Lang::DE, "Das Bundesverwaltungsgericht wies es ab.", None),
        (Lang::RU, "Следственный комитет возбудил дело.", None),
        (Lang::RU, "Следственный комитет Российской Федерации возбудил дело.", Some("ru.sledcom")),
        (Lang::UK, "Велика Палата Верховного Суду скасувала рішення.", Some("ua.grand-chamber")),
        (Lang::KK, "Қазақстан Республикасының Конституциялық Соты шешім қабылдады.", Some("kz.constitutional-court")),
    ] {
        let found = find(rules(), lang, words);
        let known: Vec<&str> = found.actors.iter().filter_map(|a| a.known_as.as_deref()).collect();
        assert_eq!(known.first().copied(), row, "{words}");
    }
}

#[test]
fn names_of_courts_have_their_ordinals() {
    assert_eq!(
        drawn(
            Lang::EN,
            "The 4th Criminal Court in Harbourton released him. The 7th Criminal Court in Harbourton did not."
        ),
        "court 4th Criminal Court in Harbourton ×1\ncourt 7th Criminal Court in Harbourton ×1\n"
    );
}

#[test]
fn an_unknown_given_name_before_an_initial() {
    assert_eq!(drawn(Lang::EN, "For the respondent: Qorvella P. Holt, attorney."), "person Qorvella P. Holt ×1\n");
    // Two columns of signatures.
    assert_eq!(drawn(Lang::FR, "Le greffier\nS. Leroy          H. Martin"), "person H. Martin ×1\n");
}

#[test]
fn a_quoted_name_after_an_adjective_and_a_head() {
    assert_eq!(
        drawn(Lang::UK, "Позов подало Приватне підприємство \"Зоря\"."),
        "organisation Приватне підприємство \"Зоря\" ×1 | Зоря (short)\n"
    );
    assert_eq!(
        drawn(Lang::RU, "Иск подала Общественная организация «Заря». Срок истёк."),
        "organisation Общественная организация «Заря» ×1 | Заря (short)\n"
    );
}

#[test]
fn french_organisations_in_small_letters_after_their_head() {
    let words = "Selon la Ligue pour la défense des rives, le pont est fermé. L’Union suisse des ports libres recense trente lampes.";
    assert_eq!(
        drawn(Lang::FR, words),
        "organisation Ligue pour la défense des rives ×1\norganisation Union suisse des ports libres ×1\n"
    );
    assert_eq!(
        drawn(Lang::FR, "Une union de fait et une association de pêcheurs. Le groupe de têtes est complet."),
        ""
    );
}
