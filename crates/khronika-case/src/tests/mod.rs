//! Whole cases, weighed from findings made by hand.

mod actors;
mod acts;
mod deadlines;
mod effects;
mod hand;
mod judgments;
mod laws;
mod who;
mod whole;

use khronika_core::{ActClass as C, ActType, Case, Day, EffectKind as E, Event, Findings, Role, Source};
use khronika_data::Dataset;

use crate::paper::Paper;
use crate::{CaseRules, WeighOptions, weigh};

pub(crate) fn rules() -> &'static CaseRules {
    static RULES: std::sync::LazyLock<CaseRules> =
        std::sync::LazyLock::new(|| CaseRules::load(&Dataset::embedded()).unwrap());
    &RULES
}

pub(crate) fn case_of(papers: Vec<Paper>, as_of: Option<&str>) -> Case {
    let (sources, found): (Vec<Source>, Vec<Findings>) = papers.into_iter().map(|p| (p.source, p.found)).unzip();
    let as_of = as_of.map(|d| d.parse::<Day>().unwrap());
    let mut case = weigh(sources, found, &WeighOptions { as_of, ..WeighOptions::default() }, rules());
    case.rules.clear();
    case
}

/// The event whose words begin so.
pub(crate) fn event<'a>(case: &'a Case, what: &str) -> &'a Event {
    case.events.iter().find(|e| e.what.starts_with(what)).unwrap_or_else(|| {
        panic!("no event “{what}” among {:#?}", case.events.iter().map(|e| &e.what).collect::<Vec<_>>())
    })
}

/// The status of an act and the words of its chain.
pub(crate) fn standing(case: &Case, what: &str) -> String {
    let standing = &event(case, what).act.as_ref().unwrap().standing;
    let steps: Vec<&str> = standing.because.iter().map(|b| b.words.as_str()).collect();
    format!("{}: {}", standing.name(), steps.join(" → "))
}

/// An asylum case that goes up twice: refused by the office, recognised by the court, annulled and sent back by the highest court,
/// decided the other way, attacked again.
pub(crate) fn asylum() -> Paper {
    let mut p = Paper::new(
        "letter.txt",
        "en",
        "Letter of 15 July 2023. On 29 September 2020, the Asylum Court recognised Anna Weiss as a refugee and annulled \
         the decision of 31 May 2018 by the Asylum Office refusing her this status. The court's decision was appealed by the \
         Office. In December 2021, the Council overturned the court's decision and sent the asylum case back. In 2022, the \
         Asylum Court overturned its own verdict. The appeal of Weiss against it awaits examination by the Council.",
    );
    p.dated("15 July 2023", "2023-07-15");
    let court = p.court("Asylum Court", "Asylum Court");
    let office = p.actor("Asylum Office", "Asylum Office", khronika_core::ActorKind::Authority, None);
    let council = p.court("the Council", "Council");
    let anna = p.person("Anna Weiss", "Anna Weiss");
    let (d2018, d2020) = (p.date("31 May 2018", "2018-05-31"), p.date("29 September 2020", "2020-09-29"));
    let (d2021, d2022) = (p.date("December 2021", "2021-12"), p.date("In 2022", "2022"));
    let refusal = p
        .act(
            "the decision of 31 May 2018 by the Asylum Office refusing her this status",
            ActType::Decision,
            &[C::Dismiss],
        )
        .referred()
        .on(d2018)
        .by(office)
        .about(anna)
        .ix();
    let recognition = p
        .act("On 29 September 2020, the Asylum Court recognised", ActType::Judgment, &[C::Recognise, C::Annul])
        .on(d2020)
        .by(court)
        .about(anna)
        .effect(E::Annuls, Some(refusal))
        .ix();
    p.act("The court's decision was appealed", ActType::Appeal, &[C::Appeal])
        .part(office, Role::Applicant)
        .effect(E::Appeals, Some(recognition));
    p.act("In December 2021, the Council overturned", ActType::Judgment, &[C::Annul, C::Remand])
        .on(d2021)
        .by(council)
        .part(court, Role::Forum)
        .effect(E::Annuls, Some(recognition))
        .effect(E::Remands, Some(recognition));
    let second = p
        .act("In 2022, the Asylum Court overturned its own verdict", ActType::Judgment, &[C::ReverseOwn])
        .on(d2022)
        .by(court)
        .about(anna)
        .effect(E::Annuls, Some(recognition))
        .ix();
    p.act("The appeal of Weiss against it", ActType::Appeal, &[C::Appeal])
        .part(anna, Role::Applicant)
        .effect(E::Appeals, Some(second))
        .pending(Some(council), "awaits examination by the Council");
    p
}

#[test]
fn a_refusal_is_followed_through_two_rounds() {
    let at = |day| standing(&case_of(vec![asylum()], Some(day)), "the decision of 31 May 2018");
    insta::assert_snapshot!(at("2019-01-01"), @"in_force: nothing in the sources changes it; it is not known to be final");
    insta::assert_snapshot!(at("2020-10-01"), @"annulled: annulled on 2020-09-29 by Asylum Court");
    insta::assert_snapshot!(at("2022-01-01"), @"under_appeal: annulled on 2020-09-29 by Asylum Court → that annulment was itself annulled in December 2021 by Council and the case was sent back → so it is under appeal again (derived)");
    insta::assert_snapshot!(at("2022-06-01"), @"under_appeal: annulled on 2020-09-29 by Asylum Court → that annulment was itself annulled in December 2021 by Council and the case was sent back → so it is under appeal again (derived)");
    insta::assert_snapshot!(at("2023-07-15"), @"under_appeal: annulled on 2020-09-29 by Asylum Court → that annulment was itself annulled in December 2021 by Council and the case was sent back → so it is under appeal again (derived) → upheld in 2022 by Asylum Court (derived: deciding anew after the case was sent back, the same forum went the other way, so the first decision stands) → that decision is itself under appeal by Anna Weiss, pending before Council: so this is under appeal too (derived)");
}

#[test]
fn each_act_of_the_two_rounds_has_its_standing() {
    let case = case_of(vec![asylum()], None);
    assert_eq!((case.as_of.to_string().as_str(), case.as_of_given), ("2023-07-15", false));
    insta::assert_snapshot!(standing(&case, "On 29 September 2020"), @"annulled: attacked by an appeal by Asylum Office (its day is not told); that was decided → annulled in December 2021 by Council → the source says that it was annulled in 2022 by Asylum Court; by rule it was gone already (derived)");
    insta::assert_snapshot!(standing(&case, "The court's decision was appealed"), @"granted: granted in December 2021 by Council (derived: it decides about the act that this appeal attacks)");
    insta::assert_snapshot!(standing(&case, "In December 2021"), @"in_force: nothing in the sources changes it; it is not known to be final");
    insta::assert_snapshot!(standing(&case, "In 2022"), @"under_appeal: attacked by an appeal by Anna Weiss (its day is not told) → the appeal is pending before Council");
    insta::assert_snapshot!(standing(&case, "The appeal of Weiss"), @"pending: it is pending before Council");
}
