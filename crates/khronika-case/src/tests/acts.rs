//! Which tellings are one act.

use khronika_core::{ActClass as C, ActType, Case, EffectKind as E, EventStatus};

use super::case_of;
use crate::paper::Paper;

/// Every act: date, outcomes, words, reasons.
fn acts(case: &Case) -> String {
    let line = |e: &khronika_core::Event| {
        let outcomes: Vec<&str> = e.act.iter().flat_map(|a| &a.outcomes).map(|c| c.name()).collect();
        let when = e.when.as_ref().map_or("-".to_owned(), |w| w.edtf.to_string());
        let mut out = format!("{when} {} “{}” ×{}", outcomes.join("+"), e.what, e.passages.len());
        for why in &e.merged_because {
            out.push_str("\n    ");
            out.push_str(why);
        }
        out
    };
    case.events.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn ruling(name: &str) -> Paper {
    let mut p = Paper::new(
        name,
        "en",
        "On 12 July 1906 the Court of Cassation annulled the judgment of 9 September 1899 without sending the case back. \
         The 1906 ruling ended the affair. The judgment of Rennes had been read in public.",
    );
    let court = p.court("Court of Cassation", "Court of Cassation");
    let rennes = p.court("Rennes", "Court-martial of Rennes");
    let (d, e, y) =
        (p.date("12 July 1906", "1906-07-12"), p.date("9 September 1899", "1899-09-09"), p.date("1906 ruling", "1906"));
    let judgment =
        p.act("the judgment of 9 September 1899", ActType::Judgment, &[C::Decide]).referred().on(e).by(rennes).ix();
    p.act("On 12 July 1906 the Court of Cassation annulled", ActType::Judgment, &[C::Annul])
        .on(d)
        .by(court)
        .effect(E::Annuls, Some(judgment));
    p.act("The 1906 ruling", ActType::Judgment, &[C::Decide]).referred().on(y).by(court);
    p.act("The judgment of Rennes", ActType::Judgment, &[C::Decide]).referred().by(rennes).same_as(judgment);
    p
}

fn press(name: &str, day: &str, edtf: &str) -> Paper {
    let mut p = Paper::new(
        name,
        "fr",
        &format!("Le {day}, la Cour de cassation a cassé le jugement rendu le 9 septembre 1899 à Rennes."),
    );
    let court = p.court("Cour de cassation", "Court of Cassation");
    let rennes = p.court("Rennes", "Court-martial of Rennes");
    let (d, e) = (p.date(day, edtf), p.date("9 septembre 1899", "1899-09-09"));
    let judgment = p
        .act("le jugement rendu le 9 septembre 1899 à Rennes", ActType::Judgment, &[C::Decide])
        .referred()
        .on(e)
        .by(rennes)
        .ix();
    p.act("la Cour de cassation a cassé", ActType::Judgment, &[C::Annul])
        .on(d)
        .by(court)
        .effect(E::Annuls, Some(judgment));
    p
}

#[test]
fn one_act_told_in_several_places_is_one() {
    let case = case_of(vec![ruling("a.txt"), press("b.txt", "12 juillet 1906", "1906-07-12")], None);
    insta::assert_snapshot!(acts(&case), @r#"
    1899-09-09 DECIDE “the judgment of 9 September 1899” ×3
        “The judgment of Rennes”: “the order” is the order just told
        “the judgment of 9 September 1899” and “le jugement rendu le 9 septembre 1899 à Rennes” tell one act: the same body (Court-martial of Rennes), the same day (1899-09-09)
    1906-07-12 ANNUL “On 12 July 1906 the Court of Cassation annulled” ×3
        “On 12 July 1906 the Court of Cassation annulled” and “la Cour de cassation a cassé” tell one act: the same body (Court of Cassation), the same day (1906-07-12), the same outcome, the same effect on the same earlier act
        “On 12 July 1906 the Court of Cassation annulled” and “The 1906 ruling” tell one act: the same body (Court of Cassation), dates that may be one (1906-07-12 and 1906)
    "#);
}

#[test]
fn two_days_are_never_merged() {
    let case = case_of(vec![ruling("a.txt"), press("b.txt", "13 juillet 1906", "1906-07-13")], None);
    insta::assert_snapshot!(acts(&case), @r#"
    1899-09-09 DECIDE “the judgment of 9 September 1899” ×3
        “The judgment of Rennes”: “the order” is the order just told
        “the judgment of 9 September 1899” and “le jugement rendu le 9 septembre 1899 à Rennes” tell one act: the same body (Court-martial of Rennes), the same day (1899-09-09)
    1906-07-12 ANNUL “On 12 July 1906 the Court of Cassation annulled” ×2
        “On 12 July 1906 the Court of Cassation annulled” and “The 1906 ruling” tell one act: the same body (Court of Cassation), dates that may be one (1906-07-12 and 1906)
    1906-07-13 ANNUL “la Cour de cassation a cassé” ×1
    "#);
}

#[test]
fn what_is_asked_is_not_what_is_done() {
    let mut p = Paper::new(
        "a.txt",
        "en",
        "The prosecutor asked the court to release Anna Weiss. The court released Anna Weiss.",
    );
    let court = p.court("court", "Town Court");
    let anna = p.person("Anna Weiss", "Anna Weiss");
    p.act("asked the court to release Anna Weiss", ActType::Measure, &[C::Release])
        .status(EventStatus::Requested)
        .by(court)
        .about(anna);
    p.act("The court released Anna Weiss", ActType::Measure, &[C::Release]).by(court).about(anna);
    insta::assert_snapshot!(acts(&case_of(vec![p], None)), @r#"
    - RELEASE “asked the court to release Anna Weiss” ×1
    - RELEASE “The court released Anna Weiss” ×1
    "#);
}

#[test]
fn a_vague_telling_that_fits_two_acts_stays_alone() {
    let mut p = Paper::new(
        "a.txt",
        "en",
        "On 3 May 2019 the Town Court dismissed the claim. On 7 June 2019 the Town Court dismissed the petition. \
         The 2019 decision was harsh.",
    );
    let court = p.court("Town Court", "Town Court");
    let (may, june, year) =
        (p.date("3 May 2019", "2019-05-03"), p.date("7 June 2019", "2019-06-07"), p.date("2019 decision", "2019"));
    p.act("On 3 May 2019 the Town Court dismissed the claim", ActType::Decision, &[C::Dismiss]).on(may).by(court);
    p.act("On 7 June 2019 the Town Court dismissed the petition", ActType::Decision, &[C::Dismiss]).on(june).by(court);
    p.act("The 2019 decision", ActType::Decision, &[C::Decide]).referred().on(year).by(court);
    insta::assert_snapshot!(acts(&case_of(vec![p], None)), @r#"
    2019 DECIDE “The 2019 decision” ×1
    2019-05-03 DISMISS “On 3 May 2019 the Town Court dismissed the claim” ×1
    2019-06-07 DISMISS “On 7 June 2019 the Town Court dismissed the petition” ×1
    "#);
}

#[test]
fn an_act_is_not_the_act_it_acts_on() {
    let mut p = Paper::new("a.txt", "en", "In 2022 the Town Court overturned its own 2022 judgment on Anna Weiss.");
    let court = p.court("Town Court", "Town Court");
    let anna = p.person("Anna Weiss", "Anna Weiss");
    let (one, two) = (p.date("In 2022", "2022"), p.date("2022 judgment", "2022"));
    let old = p
        .act("its own 2022 judgment on Anna Weiss", ActType::Judgment, &[C::Decide])
        .referred()
        .on(two)
        .by(court)
        .about(anna)
        .ix();
    p.act("In 2022 the Town Court overturned", ActType::Judgment, &[C::ReverseOwn])
        .on(one)
        .by(court)
        .about(anna)
        .effect(E::Annuls, Some(old));
    insta::assert_snapshot!(acts(&case_of(vec![p], None)), @r#"
    2022 REVERSE_OWN “In 2022 the Town Court overturned” ×1
    2022 DECIDE “its own 2022 judgment on Anna Weiss” ×1
    "#);
}

#[test]
fn one_number_is_one_case_and_not_always_one_act() {
    let paper = |name: &str, words: &str, date: &str, class: C| {
        let mut p = Paper::new(name, "en", &format!("{words} ({date}), no. 12/34."));
        let court = p.known("Court", "Court of Appeal", "xx.appeal");
        let d = p.date(date, date);
        p.act(words, ActType::Judgment, &[class]).by(court).on(d).docket("12/34");
        p
    };
    let case = case_of(
        vec![
            paper("a.txt", "The Court dismissed it", "2019-03-04", C::Dismiss),
            paper("b.txt", "Dismissed by the Court", "2019-03-04", C::Dismiss),
            paper("c.txt", "The Court changed it", "2021-05-06", C::Vary),
        ],
        None,
    );
    insta::assert_snapshot!(acts(&case), @r#"
    2019-03-04 DISMISS “The Court dismissed it” ×2
        “The Court dismissed it” and “Dismissed by the Court” tell one act: the same body (Court of Appeal), the same day (2019-03-04), the same outcome, the same number
    2021-05-06 VARY “The Court changed it” ×1
    "#);
    assert_eq!(case.actors.len(), 1);
}

#[test]
fn one_class_one_day_two_objects_are_two_acts() {
    let mut p = Paper::new(
        "a.txt",
        "en",
        "On 2019-03-04 the Court dismissed the request for release. It also dismissed the challenge of its president.",
    );
    let court = p.court("Court", "Town Court");
    let d = p.date("2019-03-04", "2019-03-04");
    p.act("the Court dismissed the request for release", ActType::Decision, &[C::Dismiss])
        .by(court)
        .on(d)
        .object("request for release");
    p.act("It also dismissed the challenge of its president", ActType::Decision, &[C::Dismiss])
        .by(court)
        .on(d)
        .object("challenge of its president");
    insta::assert_snapshot!(acts(&case_of(vec![p], None)), @r#"
    2019-03-04 DISMISS “the Court dismissed the request for release” ×1
    2019-03-04 DISMISS “It also dismissed the challenge of its president” ×1
    "#);
}

#[test]
fn an_event_told_in_nearly_the_same_words_is_one() {
    let paper = |name: &str, text: &str| {
        let mut p = Paper::new(name, "en", text);
        let who = p.person("Anna Weiss", "Anna Weiss");
        let d = p.date("4 March 2019", "2019-03-04");
        p.event(text, d, &[who]);
        p
    };
    let case = case_of(
        vec![
            paper("a.txt", "On 4 March 2019 Anna Weiss gave a public lecture in Vienna"),
            paper("b.txt", "On 4 March 2019, Anna Weiss gave a public lecture at Vienna"),
            paper("c.txt", "On 4 March 2019 Anna Weiss published another book"),
        ],
        None,
    );
    insta::assert_snapshot!(acts(&case), @r#"
    2019-03-04  “On 4 March 2019 Anna Weiss gave a public lecture in Vienna” ×2
        two documents tell it of 2019-03-04 and Anna Weiss in nearly the same words
    2019-03-04  “On 4 March 2019 Anna Weiss published another book” ×1
    "#);
}
