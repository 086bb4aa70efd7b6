//! The dossier in each language: the files say the same, nothing stays English, and it reads well.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests")]

mod dreyfus;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use khronika_core::{
    ActClass, ActType, ActorKind, Basis, Case, DateRole, EdgeBasis, EffectKind, EventStatus, NameRelation, ProblemKind,
    RequestState, Role, Stance, StandingStatus, Verdict,
};
use khronika_show::words::key;
use khronika_show::{Language, dossier};
use scraper::node::Node;
use scraper::{ElementRef, Html, Selector};

fn text_of(language: Language, name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/interface").join(language.code());
    fs::read_to_string(folder.join(name)).unwrap()
}

fn variables(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => {
                into.insert(id.name.to_owned());
            }
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                variants.iter().for_each(|variant| variables(&variant.value, into));
            }
            _ => {}
        }
    }
}

/// The keys of a file with the variables of each.
fn phrases(file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut all = BTreeMap::new();
    for entry in resource.entries() {
        if let Entry::Message(message) = entry {
            let mut names = BTreeSet::new();
            variables(message.value.as_ref().unwrap(), &mut names);
            assert!(all.insert(message.id.name.to_owned(), names).is_none(), "{} is there twice", message.id.name);
        }
    }
    all
}

#[test]
fn every_file_says_the_same_with_the_same_variables() {
    let english = phrases(&text_of(Language::En, "dossier.ftl"));
    for language in Language::ALL {
        assert_eq!(phrases(&text_of(language, "dossier.ftl")), english, "{}", language.code());
    }
}

/// The code outside its tests.
fn code(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            code(&path, into);
        } else {
            into.push_str(fs::read_to_string(&path).unwrap().split("#[cfg(test)]").next().unwrap());
        }
    }
}

/// The keys of the words for what the program knows by names.
fn named() -> BTreeSet<String> {
    let mut all: Vec<(&str, &str)> = Vec::new();
    all.extend(ActClass::ALL.iter().flat_map(|one| ["deed", "noun"].map(|kind| (kind, one.name()))));
    all.extend([("deed", "withdraw"), ("noun", "withdraw"), ("type", "event")]);
    all.extend(ActType::ALL.iter().map(|one| ("type", one.name())));
    all.extend(EffectKind::ALL.iter().map(|one| ("effect", one.name())));
    all.extend(StandingStatus::ALL.iter().map(|one| ("standing", one.name())));
    all.extend(RequestState::ALL.iter().map(|one| ("request", one.name())));
    all.extend(ActorKind::ALL.iter().map(|one| ("actor", one.name())));
    all.extend(Stance::ALL.iter().map(|one| ("stance", one.name())));
    all.extend(Verdict::ALL.iter().map(|one| ("verdict", one.name())));
    let told = EventStatus::ALL.iter().filter(|one| **one != EventStatus::Actual);
    all.extend(told.map(|one| ("status", one.name())));
    let roles =
        [Role::Agent, Role::Subject, Role::Applicant, Role::Respondent, Role::Recipient, Role::Forum, Role::Named];
    all.extend(roles.iter().map(|one| ("role", one.name())));
    all.extend([EdgeBasis::Stated, EdgeBasis::Derived, EdgeBasis::Judged].iter().map(|one| ("edge", one.name())));
    let bases = [Basis::YearTaken, Basis::Relative, Basis::Order, Basis::Computed, Basis::Service, Basis::Judged];
    all.extend(bases.iter().map(|one| ("basis", one.name())));
    let relations = [
        NameRelation::Short,
        NameRelation::Acronym,
        NameRelation::Inflected,
        NameRelation::Transliterated,
        NameRelation::Translated,
        NameRelation::Misspelling,
        NameRelation::Titled,
        NameRelation::Alias,
    ];
    all.extend(relations.iter().map(|one| ("relation", one.name())));
    let dates = [DateRole::Event, DateRole::Norm, DateRole::Citation, DateRole::Publication, DateRole::Other];
    all.extend(dates.iter().map(|one| ("date-role", one.name())));
    let problems = [
        ProblemKind::NotReadYet,
        ProblemKind::Unreadable,
        ProblemKind::Damaged,
        ProblemKind::Empty,
        ProblemKind::NotAFile,
        ProblemKind::Limit,
        ProblemKind::Duplicate,
        ProblemKind::LeftOut,
        ProblemKind::Language,
        ProblemKind::Suspicious,
        ProblemKind::Internal,
    ];
    all.extend(problems.iter().map(|one| ("problem", one.name())));
    all.extend(["stands", "pending", "due", "conflict"].iter().flat_map(|one| [("panel", *one), ("panel-none", *one)]));
    all.extend(["ev", "nev", "ef", "sa", "cf", "dl", "da", "ac"].map(|one| ("legend", one)));
    all.extend(["running", "due", "past", "ended", "not computable"].map(|one| ("state", one)));
    all.extend(["verified", "partly verified", "unverified"].map(|one| ("rule", one)));
    all.extend(["en", "fr", "ru", "uk", "kk", "de", "es", "it", "pl", "und"].map(|one| ("lang", one)));
    let matters = ["extradition", "asylum", "removal", "international", "criminal", "civil", "administrative", "other"];
    all.extend(matters.map(|one| ("matter", one)));
    let conflicts = [
        "opposite-duties",
        "two-dates",
        "two-outcomes",
        "two-bodies",
        "numbers",
        "status-after-end",
        "removal-while-appealed",
        "order-of-events",
        "headline",
        "translation",
    ];
    all.extend(conflicts.map(|one| ("conflict", one)));
    let sections =
        ["chronology", "proceedings", "deadlines", "conflicts", "judgments", "actors", "statements", "letters"];
    all.extend(sections.iter().chain(&["dates", "problems", "sources"]).map(|one| ("part", *one)));
    let mut keys: BTreeSet<String> = all.into_iter().map(|(kind, name)| key(kind, name)).collect();
    for month in 1..=12 {
        keys.extend(["month", "month-alone", "month-short"].map(|kind| format!("{kind}-{month}")));
    }
    keys.extend([21, 22, 23, 24, 33, 34, 35, 36, 40, 41].map(|number| format!("season-{number}")));
    keys
}

#[test]
fn every_word_is_there_and_none_is_unused() {
    let mut source = String::new();
    code(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
    let english = phrases(&text_of(Language::En, "dossier.ftl"));
    let named = named();
    let missing: Vec<&String> = named.iter().filter(|key| !english.contains_key(*key)).collect();
    assert!(missing.is_empty(), "not there: {missing:?}");
    let unused: Vec<&String> =
        english.keys().filter(|key| !named.contains(*key) && !source.contains(&format!("\"{key}\""))).collect();
    assert!(unused.is_empty(), "unused: {unused:?}");
    // What is said by a key in the code is there.
    for call in [".t(\"", ".fill(\"", ".say(\"", ".filled(\"", ".n(\"", "day(\""] {
        for (key, _) in source.split(call).skip(1).filter_map(|rest| rest.split_once('"')) {
            let there =
                english.contains_key(key) || text_of(Language::En, "sentences.ftl").contains(&format!("\n{key} ="));
            assert!(there, "{key} is said and not there");
        }
    }
    // English sentences: each class has its verb, or nothing that it is done to.
    for key in phrases(&text_of(Language::En, "sentences.ftl")).keys() {
        let (kind, name) = key.split_once('-').unwrap();
        let known = match kind {
            "did" | "of" => named.contains(&format!("deed-{name}")),
            "made" | "paper" => named.contains(&format!("type-{name}")),
            _ => source.contains(&format!("\"{key}\"")),
        };
        assert!(known, "unused: {key}");
    }
}

/// What a language says for each key, without its variables.
fn values(language: Language) -> BTreeMap<String, String> {
    let file = text_of(language, "dossier.ftl");
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    let mut last = String::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let value = match line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            Some((key, value)) => {
                key.clone_into(&mut last);
                value
            }
            None => line.trim_start_matches([' ', '*']).split_once("] ").map_or("", |(_, value)| value),
        };
        let words = value.split('{').filter_map(|part| part.rsplit('}').next()).filter(|text| !text.contains('$'));
        all.entry(last.clone()).or_default().extend(words);
    }
    all
}

#[test]
fn every_word_is_in_its_language() {
    for language in [Language::Ru, Language::Uk] {
        for (key, text) in values(language) {
            let text = text.replace("khronika", "");
            let foreign = text.chars().any(|c| c.is_ascii_alphabetic() && !matches!(c, 'I' | 'V'));
            assert!(!foreign, "{} {key}: {text}", language.code());
        }
    }
    let english = values(Language::En);
    let alike = values(Language::Fr).into_iter().filter(|(key, text)| english.get(key) == Some(text));
    let alike: BTreeSet<String> =
        alike.filter(|(_, text)| text.trim().chars().count() > 3).map(|(_, text)| text).collect();
    // Words that are the same in both.
    let both = [
        " document documents",
        " minute minutes",
        " organisation organisations",
        " page pages",
        "Date",
        "citation",
        "civil",
        "confirmation",
        "document ",
        "extradition",
        "international",
        "organisation",
        "possible",
        "publication",
        "suspension",
    ];
    assert_eq!(alike, BTreeSet::from(both.map(str::to_owned)));
}

/// Whether an element holds words that are not the program's in the language of the page: of documents, in English, of a technical kind.
fn is_foreign(element: ElementRef<'_>, language: Language) -> bool {
    let name = element.value().name();
    let classes: Vec<&str> = element.attr("class").unwrap_or_default().split(' ').collect();
    element.attr("lang").is_some_and(|lang| lang != language.code())
        || matches!(name, "bdi" | "code" | "style" | "blockquote")
        || classes.iter().any(|class| matches!(*class, "words" | "text"))
        // On a map the lanes bear names.
        || classes.contains(&"name")
}

/// What the page says in the language: its text, and what it says by ear alone.
fn said(page: &Html, language: Language) -> Vec<String> {
    let mut all = Vec::new();
    for node in page.root_element().descendants() {
        let around = node.ancestors().filter_map(ElementRef::wrap);
        if around.clone().any(|element| is_foreign(element, language)) {
            continue;
        }
        match node.value() {
            Node::Text(text) => all.push(text.to_string()),
            Node::Element(element) => {
                all.extend(
                    ["aria-label", "data-label", "data-at"]
                        .iter()
                        .filter_map(|name| element.attr(name))
                        .map(str::to_owned),
                );
            }
            _ => {}
        }
    }
    all
}

fn words(text: &str) -> String {
    let bare: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    format!(" {} ", bare.split_whitespace().collect::<Vec<_>>().join(" ")).to_lowercase()
}

/// What English says in its phrases, cut at their variables.
fn english_words() -> Vec<String> {
    let file = text_of(Language::En, "dossier.ftl");
    let lines = file
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = ").or_else(|| line.trim_start_matches([' ', '*']).split_once("] ")));
    let pieces = lines.flat_map(|(_, value)| value.split('{').flat_map(|part| part.rsplit('}').next()));
    let all: BTreeSet<String> = pieces.map(words).filter(|text| text.trim().chars().count() > 3).collect();
    all.into_iter().collect()
}

fn large(mut case: Case) -> Case {
    let event = case.events[0].clone();
    let more = (0..4_000).map(|n| khronika_core::Event { id: format!("e-more-{n}"), ..event.clone() });
    case.events.extend(more);
    case
}

#[test]
fn no_word_of_the_program_stays_english() {
    let english = english_words();
    let page = said(&Html::parse_document(&dossier::html(&dreyfus::judged::judged())), Language::En);
    let page = words(&page.join(" | "));
    // Most of them are on the page of the example, so that they would be seen if they stayed.
    assert!(english.iter().filter(|one| page.contains(one.as_str())).count() > 150);
    for language in [Language::Fr, Language::Ru, Language::Uk] {
        let own = words(
            &text_of(language, "dossier.ftl")
                .lines()
                .filter_map(|line| line.split_once("= "))
                .map(|(_, v)| v)
                .collect::<Vec<_>>()
                .join(" | "),
        );
        for case in [dreyfus::judged::judged(), large(dreyfus::case())] {
            let page = Html::parse_document(&dossier::html_in(&case, language));
            assert_eq!(page.root_element().attr("lang"), Some(language.code()));
            for text in said(&page, language) {
                let said = words(&text);
                let stays = english.iter().find(|one| said.contains(one.as_str()) && !own.contains(one.as_str()));
                assert_eq!(stays, None, "{}: {text}", language.code());
            }
        }
    }
}

#[test]
fn what_stays_english_is_marked() {
    for language in [Language::Fr, Language::Ru, Language::Uk] {
        let html = dossier::html_in(&dreyfus::case(), language);
        let page = Html::parse_document(&html);
        for (selector, english) in [
            (".chain span[lang=en]", "Nothing in the sources changes it"),
            (".steps[lang=en]", "The period is stated"),
            ("#conflicts p[lang=en]", "Two papers give different days"),
        ] {
            let selector = Selector::parse(selector).unwrap();
            assert!(page.select(&selector).any(|e| e.text().collect::<String>().contains(english)), "{english}");
        }
        // Quotes keep their language.
        let quote = Selector::parse("blockquote").unwrap();
        let quotes: BTreeSet<_> = page.select(&quote).filter_map(|e| e.attr("lang")).collect();
        assert_eq!(quotes, BTreeSet::from(["en", "fr", "ru"]));
    }
}

/// The text of the page without its sources, a line for each block.
fn readable(html: &str) -> String {
    let page = Html::parse_document(html);
    let mut out = String::new();
    for node in page.root_element().descendants() {
        let inside = |names: &[&str]| {
            node.ancestors().filter_map(ElementRef::wrap).any(|e| {
                names.contains(&e.value().name())
                    || e.attr("id") == Some("sources")
                    || e.attr("class") == Some("around")
            })
        };
        match node.value() {
            Node::Element(element)
                if matches!(
                    element.name(),
                    "p" | "li"
                        | "tr"
                        | "h1"
                        | "h2"
                        | "h3"
                        | "dt"
                        | "summary"
                        | "figcaption"
                        | "text"
                        | "title"
                        | "desc"
                ) =>
            {
                out.push('\n');
            }
            Node::Element(element) if matches!(element.name(), "td" | "th" | "dd" | "blockquote") => {
                out.push_str(" | ")
            }
            Node::Text(text) if !inside(&["style", "blockquote"]) => out.push_str(text),
            _ => {}
        }
    }
    let lines = out.lines().map(|line| line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
    lines.filter(|line| line.chars().any(char::is_alphanumeric)).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_dossier_reads_well_in_each_language() {
    for language in [Language::Fr, Language::Ru, Language::Uk] {
        insta::assert_snapshot!(language.code(), readable(&dossier::html_in(&dreyfus::judged::judged(), language)));
    }
}
