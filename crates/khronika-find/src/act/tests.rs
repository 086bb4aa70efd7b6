//! Every row is run over its own examples and near misses.

use khronika_core::{
    ActorKind, Basis, DateRole, Edtf, EventStatus, Findings, Lang, LocalActor, Mention, Source, Span, TimeExpr,
    TimexKind,
};
use khronika_data::Dataset;

use crate::Finder;
use crate::lexicon::check_rows;
use crate::text::tests::source;
use crate::text::{Abbreviations, Text, TokenKind};

/// Days and names enough for one-sentence examples.
pub(super) fn annotate(text: &Text<'_>, found: &mut Findings, names: &[(&str, ActorKind)]) {
    let months: Vec<(&str, u8)> = MONTHS
        .split_whitespace()
        .map(|w| {
            let (m, n) = w.split_once('=').unwrap();
            (m, n.parse().unwrap())
        })
        .collect();
    let month = |t: usize| months.iter().find(|(m, _)| *m == text.fold(t)).map(|(_, n)| *n);
    let number = |t: usize, digits: usize| {
        (text.tokens.get(t).is_some_and(|k| k.kind == TokenKind::Number) && text.fold(t).len() <= digits)
            .then(|| text.fold(t).parse::<u32>().unwrap_or(0))
    };
    let mut t = 0;
    while t < text.tokens.len() {
        let year = |t: usize| number(t, 4).filter(|y| (1700..2100).contains(y));
        let (end, value) = if let (Some(d), Some(m), Some(y)) = (number(t, 2), month(t + 1), year(t + 2)) {
            (t + 3, format!("{y}-{m:02}-{d:02}"))
        } else if let (Some(m), Some(y)) = (month(t), year(t + 1)) {
            (t + 2, format!("{y}-{m:02}"))
        } else if let (Some(m), Some(d), Some(y)) = (month(t), number(t + 1, 2), year(t + 3)) {
            (t + 4, format!("{y}-{m:02}-{d:02}"))
        } else if let (Some(n), true) =
            (number(t, 3), ["days", "months", "jours", "mois", "дней", "днів", "күн"].contains(&text.fold(t + 1)))
        {
            (t + 2, format!("P{n}D"))
        } else if let Some(y) = year(t) {
            (t + 1, format!("{y}"))
        } else {
            t += 1;
            continue;
        };
        let kind = if value.starts_with('P') { TimexKind::Duration } else { TimexKind::Date };
        found.dates.push(TimeExpr {
            span: text.span(t..end),
            kind,
            edtf: Edtf::parse(&value).ok(),
            interval: None,
            value,
            modifier: None,
            role: DateRole::Event,
            basis: Basis::Stated,
            anchor: None,
            confidence: 1.0,
            note: None,
            made_by: "test".into(),
        });
        t = end;
    }
    for (name, kind) in names {
        let actor = found.actors.len();
        let mut any = false;
        for (at, _) in text.str().match_indices(name) {
            any = true;
            found.mentions.push(Mention { span: Span::new(at, at + name.len()), actor });
        }
        if any {
            found.actors.push(LocalActor {
                name: (*name).to_owned(),
                kind: *kind,
                known_as: None,
                forms: Vec::new(),
                made_by: "test".into(),
                confidence: 1.0,
            });
        }
    }
    found.mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let mut last = 0;
    found.mentions.retain(|m| {
        let keep = m.span.start >= last;
        if keep {
            last = m.span.end
        }
        keep
    });
}

const MONTHS: &str = "january=1 february=2 march=3 april=4 may=5 june=6 july=7 august=8 september=9 october=10 november=11 december=12 janvier=1 février=2 mars=3 avril=4 mai=5 juin=6 juillet=7 août=8 septembre=9 octobre=10 novembre=11 décembre=12 января=1 февраля=2 марта=3 апреля=4 мая=5 июня=6 июля=7 августа=8 сентября=9 октября=10 ноября=11 декабря=12 січня=1 лютого=2 березня=3 квітня=4 травня=5 червня=6 липня=7 серпня=8 вересня=9 жовтня=10 листопада=11 грудня=12";

const NAMES: &[(&str, ActorKind)] = &[
    ("Court of Cassation", ActorKind::Court),
    ("Cour de cassation", ActorKind::Court),
    ("National Court of Asylum", ActorKind::Court),
    ("Council of State", ActorKind::Court),
    ("Conseil d'État", ActorKind::Court),
    ("Director of the Office", ActorKind::Authority),
    ("Working Group", ActorKind::Authority),
    ("Police Prefect", ActorKind::Authority),
    ("Ivanov", ActorKind::Person),
    ("Иванова", ActorKind::Person),
    ("Иванову", ActorKind::Person),
    ("Иванов", ActorKind::Person),
    ("Dreyfus", ActorKind::Person),
    ("Spain", ActorKind::State),
    ("Russia", ActorKind::State),
    ("Kazakhstan", ActorKind::State),
];

pub(super) fn found_in(finder: &Finder, source: &Source) -> Findings {
    let mut found = finder.find(source);
    if found.dates.is_empty() && found.mentions.is_empty() {
        let abbreviations = Abbreviations::load(&Dataset::embedded()).unwrap();
        let text = Text::new(source, &abbreviations);
        annotate(&text, &mut found, NAMES);
        finder.act.find(&text, &mut found);
    }
    found
}

#[test]
fn the_rows_are_sound() {
    let finder = Finder::new(&Dataset::embedded()).unwrap();
    let mut faults = Vec::new();
    for (lang, rules) in &finder.act.by_lang {
        faults.extend(check_rows(&format!("{lang}: acts"), rules.rows.iter().map(|r| &r.info)));
        faults.extend(check_rows(&format!("{lang}: words"), rules.word_rows.iter().map(|(i, _)| i)));
    }
    faults.extend(check_rows("identifiers.toml", finder.act.identifiers.shapes.iter().map(|s| &s.info)));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_row_is_found_in_its_examples_and_in_no_near_miss() {
    let finder = Finder::new(&Dataset::embedded()).unwrap();
    let mut faults = Vec::new();
    for (lang, rules) in &finder.act.by_lang {
        for row in &rules.rows {
            let told = |words: &str| {
                let source = source(*lang, words);
                let found = found_in(&finder, &source);
                let hit = found.acts.iter().any(|a| {
                    let classes = row.classes.iter().all(|c| a.classes.contains(c));
                    let sets = row.sets.is_some()
                        && (a.dates.service.is_some()
                            || a.dates.entry_into_force.is_some()
                            || a.dates.reading.is_some()
                            || a.dates.hearing.is_some());
                    a.status == EventStatus::Actual && (a.made_by == row.info.id && (row.light || classes) || sets)
                });
                (
                    hit,
                    found
                        .acts
                        .iter()
                        .map(|a| format!("{}:{}:{:?}", a.made_by, a.status.name(), a.classes))
                        .collect::<Vec<_>>(),
                )
            };
            for example in &row.info.examples {
                let (hit, acts) = told(example);
                if !hit {
                    faults.push(format!("{}: not found in “{example}”; found {acts:?}", row.info.id));
                }
            }
            for not in &row.info.not {
                let (hit, acts) = told(not);
                if hit {
                    faults.push(format!("{}: found in its near miss “{not}”: {acts:?}", row.info.id));
                }
            }
        }
        for (info, kind) in &rules.word_rows {
            for example in &info.examples {
                let source = source(*lang, example);
                let text = Text::new(&source, &Abbreviations::default());
                let hit = (0..text.tokens.len())
                    .any(|t| rules.words.at(&text, t, text.tokens.len()).iter().any(|m| m.value == kind));
                if !hit {
                    faults.push(format!("{}: not found in “{example}”", info.id));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn identifiers_are_found_by_their_shapes() {
    let finder = Finder::new(&Dataset::embedded()).unwrap();
    let mut faults = Vec::new();
    for (index, shape) in finder.act.identifiers.shapes.iter().enumerate() {
        let at = |words: &str| {
            let source = source(Lang::EN, words);
            let text = Text::new(&source, &Abbreviations::default());
            finder.act.identifiers.at(&text, 0, text.tokens.len()).is_some_and(|id| id.row == index)
        };
        let (examples, not) = (&shape.info.examples, &shape.info.not);
        faults.extend(examples.iter().filter(|e| !at(e)).map(|e| format!("{}: not found in “{e}”", shape.info.id)));
        faults.extend(not.iter().filter(|e| at(e)).map(|e| format!("{}: found in “{e}”", shape.info.id)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn identifiers_have_one_normal_form() {
    let finder = Finder::new(&Dataset::embedded()).unwrap();
    for (words, normal) in [
        ("347 U. S. 483", "347 U.S. 483"),
        ("72 F. Supp. 3d 338", "72 F.Supp.3d 338"),
        ("A 200-123-456", "A200123456"),
        ("requête no 5560/19", "ECHR 5560/19"),
        ("pourvoi n° X 24\u{2011}86.521", "X24-86.521"),
        ("[2001] EWCA  Civ 12", "[2001] EWCA Civ 12"),
        ("C\u{2011}402/05 P", "C-402/05 P"),
        ("справа № 757/12345/20-к", "757/12345/20-к"),
        ("CEDAW/C/69/D/60/2013", "CEDAW/C/69/D/60/2013"),
    ] {
        let source = source(Lang::EN, words);
        let text = Text::new(&source, &Abbreviations::default());
        let found = finder.act.identifiers.at(&text, 0, text.tokens.len()).map(|id| id.normal);
        assert_eq!(found.as_deref(), Some(normal));
    }
}
