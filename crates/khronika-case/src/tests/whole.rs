//! Proceedings, periods, conflicts and order of whole cases.

use khronika_core::{
    ActClass as C, ActType, ActorKind, Case, Counted, EffectKind as E, PeriodStart, ProceedingState, Role,
};

use super::{asylum, case_of, event, standing};
use crate::paper::Paper;

/// An order to leave within thirty days, handed over, and a judge's order not to leave.
fn orders() -> Paper {
    let mut p = Paper::new(
        "order.txt",
        "en",
        "Dated 15 July 2023. The order from the Prefect to leave France within 30 days was handed to Anna Weiss on 30 June 2023. \
         An investigating judge has forbidden Anna Weiss to leave the country.",
    );
    p.dated("15 July 2023", "2023-07-15");
    let prefect = p.actor("Prefect", "Prefect", ActorKind::Authority, None);
    let judge = p.actor("investigating judge", "investigating judge", ActorKind::Authority, None);
    let anna = p.person("Anna Weiss", "Anna Weiss");
    let handed = p.date("30 June 2023", "2023-06-30");
    let month = p.length("30 days", "P30D");
    p.act("The order from the Prefect to leave France within 30 days", ActType::Order, &[C::OrderLeave])
        .by(prefect)
        .about(anna)
        .served(handed)
        .within(month, "to leave France within 30 days", Some(C::OrderLeave), PeriodStart::Service);
    p.act("An investigating judge has forbidden Anna Weiss to leave the country", ActType::Order, &[C::ForbidLeave])
        .by(judge)
        .about(anna);
    p
}

fn deadlines(case: &Case) -> String {
    let one = |d: &khronika_core::Deadline| {
        let due = d.due.map_or("-".to_owned(), |d| d.to_string());
        let mut out = format!("{due} {} [{}; {}] {}", d.rule, d.rule_status, d.state, d.what);
        for step in &d.steps {
            out.push_str("\n    ");
            out.push_str(step);
        }
        for (day, why) in &d.alternatives {
            out.push_str(&format!("\n    or {}: {why}", day.map_or("-".to_owned(), |d| d.to_string())));
        }
        out
    };
    case.deadlines.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn conflicts(case: &Case) -> String {
    case.conflicts.iter().map(|c| format!("{}: {}", c.kind, c.explanation)).collect::<Vec<_>>().join("\n")
}

fn proceedings(case: &Case) -> String {
    let one = |p: &khronika_core::Proceeding| {
        let state = match &p.state {
            ProceedingState::Pending { body_name, since, .. } => {
                format!("pending before {} since {since:?}", body_name.as_deref().unwrap_or("?"))
            }
            ProceedingState::Closed { by } => {
                format!("closed by “{}”", case.events.iter().find(|e| e.id == *by).unwrap().what)
            }
            ProceedingState::Unknown => "not known".to_owned(),
        };
        format!("{} ({} acts): {state}", p.title, p.acts.len())
    };
    case.proceedings.iter().map(one).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_periods_of_an_order_to_leave_are_counted_for_each_ground() {
    insta::assert_snapshot!(deadlines(&case_of(vec![orders()], None)), @r#"
    2023-07-17 fr.oqtf.recours.15j.2021 [partly verified; running] appeal against the order to leave
        this answer holds if the order rests on L.611-1, 1°, 2° or 4° (4°: asylum refused); the ground is not known from the file
        notification of OQTF with departure period, L.611-1 1,2,4 (4 = asylum refused): on 2023-06-30
        Friday 2023-06-30 is the trigger and does not count
        day 1 is Saturday 2023-07-01
        15 days end nominally on Saturday 2023-07-15
        neither the first nor the last day counts (délai franc): Sunday 2023-07-16
        2023-07-16 is a Sunday: moved to Monday 2023-07-17
        last day: Monday 2023-07-17
        partly verified: the rule fr.oqtf.recours.15j.2021 has not been read whole at its source
        status of the rule: replaced
        what may lengthen or stop it: none (R.776-5 II); a longer period printed by mistake does not help (CE 2023-01-06 461471)
        meanwhile: suspensive of removal
        if missed: inadmissible
        source of the rule: CESEDA L.614-5 (article numbering unverified); CE opinion 452878
        or 2023-07-31: if the order rests on another ground (fr.oqtf.recours.30j)
    2023-07-30 stated [stated; running] to leave France within 30 days
        the text: “30 days”
        it runs from the service of the act: on 2023-06-30
        Friday 2023-06-30 is the trigger and does not count
        day 1 is Saturday 2023-07-01
        30 days end nominally on Sunday 2023-07-30
        2023-07-30 is a Sunday; the last day does not move
        last day: Sunday 2023-07-30
        or 2023-07-31: 2023-07-30 is no working day: if the law that governs this period lets it run on, it ends on the next one (holidays not looked at)
    2023-07-31 fr.oqtf.recours.30j [partly verified; running] appeal against the order to leave
        this answer holds if the order rests on another ground; the ground is not known from the file
        notification of OQTF with departure period, other grounds: on 2023-06-30
        Friday 2023-06-30 is the trigger and does not count
        day 1 is Saturday 2023-07-01
        30 days end nominally on Sunday 2023-07-30
        neither the first nor the last day counts (délai franc): Monday 2023-07-31
        last day: Monday 2023-07-31
        partly verified: the rule fr.oqtf.recours.30j has not been read whole at its source
        status of the rule: replaced
        what may lengthen or stop it: as general law
        meanwhile: suspensive of removal
        if missed: inadmissible
        source of the rule: CESEDA L.614-4; old L.512-1 I (shebavok.com)
        or 2023-07-17: if the order rests on L.611-1, 1°, 2° or 4° (4°: asylum refused) (fr.oqtf.recours.15j.2021)
    "#);
}

#[test]
fn one_length_for_two_things_is_two_periods_with_ids_of_their_own() {
    let mut p =
        Paper::new("a.txt", "en", "The Town Court fined the press: to pay and to publish the ruling within 10 days.");
    let court = p.court("Town Court", "Town Court");
    let ten = p.length("10 days", "P10D");
    p.act("The Town Court fined the press", ActType::Judgment, &[C::Convict])
        .by(court)
        .within(ten, "to pay", None, PeriodStart::Service)
        .within(ten, "to publish the ruling", None, PeriodStart::Service);
    let case = case_of(vec![p], Some("2024-01-01"));
    let [first, second] = case.deadlines.as_slice() else { panic!("{:#?}", case.deadlines) };
    assert_ne!(first.id, second.id);
}

#[test]
fn a_period_without_a_day_of_service_is_not_computed() {
    let mut p = Paper::new(
        "a.txt",
        "en",
        "The Town Court fined the press. An appeal may be brought within 10 days of service.",
    );
    let court = p.court("Town Court", "Town Court");
    let ten = p.length("10 days", "P10D");
    p.act("The Town Court fined the press", ActType::Judgment, &[C::Convict]).by(court).within(
        ten,
        "An appeal may be brought",
        Some(C::Appeal),
        PeriodStart::Service,
    );
    insta::assert_snapshot!(deadlines(&case_of(vec![p], Some("2024-01-01"))), @r#"
    - stated [stated; not computable] An appeal may be brought
        the text: “10 days”
        not computable: service date unknown
    "#);
}

#[test]
fn opposite_orders_to_one_person_are_a_conflict() {
    insta::assert_snapshot!(conflicts(&case_of(vec![orders()], None)), @"opposite-duties: Both are about Anna Weiss: one act obliges the person to leave (or to be removed), the other forbids the person to leave. As of 2023-07-15 nothing in the file has ended either: “The order from the Prefect to leave France within 30 days” (in force) and “An investigating judge has forbidden Anna Weiss to leave the country” (in force). Found by the pair of kinds “leave”; nothing is said of which prevails.");
}

#[test]
fn an_annulled_order_conflicts_with_nothing() {
    let mut p = orders();
    let mut q = Paper::new(
        "q.txt",
        "en",
        "On 10 July 2023 the Town Court annulled the order of the Prefect, handed over on 30 June 2023, to Anna Weiss.",
    );
    let court = q.court("Town Court", "Town Court");
    let prefect = q.actor("Prefect", "Prefect", ActorKind::Authority, None);
    let anna = q.person("Anna Weiss", "Anna Weiss");
    let (d, handed) = (q.date("10 July 2023", "2023-07-10"), q.date("30 June 2023", "2023-06-30"));
    let order = q
        .act("the order of the Prefect", ActType::Order, &[C::OrderLeave])
        .referred()
        .by(prefect)
        .about(anna)
        .served(handed)
        .ix();
    q.act("On 10 July 2023 the Town Court annulled", ActType::Judgment, &[C::Annul])
        .on(d)
        .by(court)
        .effect(E::Annuls, Some(order));
    p.found.problems.clear();
    let case = case_of(vec![p, q], None);
    insta::assert_snapshot!(conflicts(&case), @"");
    insta::assert_snapshot!(standing(&case, "The order from the Prefect"), @"annulled: annulled on 2023-07-10 by Town Court");
}

/// A ruling with its day, in a language, on the same earlier judgment.
fn ruling(name: &str, lang: &str, day: &str, edtf: &str, more: &str) -> Paper {
    let mut p = Paper::new(name, lang, &format!("{day}: Cassation annuls; judgment of 1899-09-09. {more}"));
    let court = p.court("Cassation", "Court of Cassation");
    let (d, e) = (p.date(day, edtf), p.date("1899-09-09", "1899-09-09"));
    let rennes = p.act("judgment of 1899-09-09", ActType::Judgment, &[C::Decide]).referred().on(e).ix();
    p.act("Cassation annuls", ActType::Judgment, &[C::Annul]).on(d).by(court).effect(E::Annuls, Some(rennes));
    p
}

#[test]
fn one_ruling_with_two_days_is_a_conflict_and_stays_two() {
    let case = case_of(
        vec![
            ruling("a.txt", "en", "1906-07-12", "1906-07-12", ""),
            ruling("b.txt", "fr", "13 July 1906", "1906-07-13", ""),
        ],
        None,
    );
    // The judgment that both annul has no body here, so the day alone does not make it one: nothing is found.
    assert_eq!(conflicts(&case), "");
    let with_body = |mut p: Paper| {
        let body = p.court("judgment", "Rennes");
        p.found.acts[0].body = Some(body);
        p
    };
    let case = case_of(
        vec![
            with_body(ruling("a.txt", "en", "1906-07-12", "1906-07-12", "")),
            with_body(ruling("b.txt", "fr", "13 July 1906", "1906-07-13", "")),
        ],
        None,
    );
    insta::assert_snapshot!(conflicts(&case), @"two-dates: What looks like one act of Court of Cassation, told as “Cassation annuls” and as “Cassation annuls”, bears two days: 1906-07-12 and 1906-07-13. Found by the same body, outcome and effect on the same earlier act; which day is right is not said.");
}

fn count(name: &str, lang: &str, words: &str, number: f64, bound: Counted) -> Paper {
    let mut p = Paper::new(name, lang, &format!("In January 2022, {words}."));
    let date = p.date("January 2022", "2022-01");
    p.count(words, number, bound, "killed", Some(date));
    p
}

#[test]
fn numbers_that_cannot_both_hold_are_a_conflict() {
    let a = || count("a.txt", "en", "at least 310 people were killed", 310.0, Counted::AtLeast);
    let b = || count("b.txt", "en", "280 people were killed", 280.0, Counted::Exactly);
    let c = || count("c.txt", "en", "more than 250 people were killed", 250.0, Counted::AtLeast);
    insta::assert_snapshot!(conflicts(&case_of(vec![a(), b()], None)), @"numbers: Two sources count the same thing (killed) differently: “at least 310 people were killed” and “280 people were killed”. Found by the thing counted and dates that may be one (2022-01, 2022-01); the one may be later than the other or count others too.");
    assert_eq!(conflicts(&case_of(vec![a(), c()], None)), "");
    assert_eq!(conflicts(&case_of(vec![b(), c()], None)), "");
    let other_year = {
        let mut p = b();
        p.found.dates[0].edtf = Some("2023-01".parse_edtf());
        p
    };
    assert_eq!(conflicts(&case_of(vec![a(), other_year], None)), "");
}

trait ParseEdtf {
    fn parse_edtf(&self) -> khronika_core::Edtf;
}

impl ParseEdtf for str {
    fn parse_edtf(&self) -> khronika_core::Edtf {
        khronika_core::Edtf::parse(self).unwrap()
    }
}

#[test]
fn a_circle_and_a_reversed_order_are_conflicts_and_end() {
    let mut p = Paper::new(
        "a.txt",
        "en",
        "Ruling one of 3 March 2020 annuls ruling two of 9 May 2020. Ruling two annuls ruling one.",
    );
    let (march, may) = (p.date("3 March 2020", "2020-03-03"), p.date("9 May 2020", "2020-05-09"));
    let one = p.act("Ruling one of 3 March 2020", ActType::Judgment, &[C::Annul]).on(march).ix();
    let two = p.act("ruling two of 9 May 2020", ActType::Judgment, &[C::Annul]).on(may).ix();
    let effect = |span, target| khronika_core::EffectFinding {
        effect: E::Annuls,
        target: Some(target),
        span,
        stated: true,
        because: "named".to_owned(),
    };
    let (named, span) = (p.span("ruling two of 9 May 2020"), p.span("annuls"));
    // A reference that does not name the day is likelier to be mistaken than the day.
    p.found.acts[one].effects.push(effect(span, two));
    let alone = |p: &Paper| Paper { source: p.source.clone(), found: p.found.clone() };
    assert_eq!(conflicts(&case_of(vec![alone(&p)], None)), "");
    p.found.acts[one].effects[0].span = named;
    insta::assert_snapshot!(conflicts(&case_of(vec![alone(&p)], None)), @"order-of-events: “Ruling one of 3 March 2020” is dated 2020-03-03 and acts on “ruling two of 9 May 2020”, which is dated 2020-05-09: an act cannot act on a later one.");
    p.found.acts[two].effects.push(effect(span, one));
    insta::assert_snapshot!(conflicts(&case_of(vec![p], None)), @"order-of-events: These acts act on one another in a circle: “Ruling one of 3 March 2020”, “ruling two of 9 May 2020”. Their effects on one another are left out of the standings.");
}

#[test]
fn who_sits_in_the_court_is_not_whom_its_act_is_about() {
    let about = |words: &str, court: &str, name: &str| {
        let mut p = Paper::new("a.txt", "en", words);
        let court = p.court(court, court);
        p.person(name, name);
        p.act(words, ActType::Decision, &[C::Convict]).by(court);
        case_of(vec![p], None).proceedings.first().unwrap().title.clone()
    };
    assert_eq!(about("The Town Court (Judge Marlowe) convicted him", "Town Court", "Marlowe"), "criminal");
    assert_eq!(
        about("The Town Court convicted Pavel Marlowe", "Town Court", "Pavel Marlowe"),
        "criminal — Pavel Marlowe"
    );
    let far = "The Town Court (which sat in May on the case of Pavel Marlowe) convicted him";
    assert_eq!(about(far, "Town Court", "Pavel Marlowe"), "criminal — Pavel Marlowe");
}

#[test]
fn acts_are_put_into_proceedings() {
    insta::assert_snapshot!(proceedings(&case_of(vec![asylum(), orders()], None)), @r#"
    asylum — Anna Weiss (6 acts): pending before Council since None
    removal — Anna Weiss (1 acts): not known
    criminal — Anna Weiss (1 acts): not known
    "#);
}

#[test]
fn a_case_that_was_sent_back_is_pending_where_it_was_sent() {
    insta::assert_snapshot!(proceedings(&case_of(vec![asylum()], Some("2021-12-31"))), @"asylum — Anna Weiss (6 acts): pending before Asylum Court since Some(2021-12)");
}

#[test]
fn an_annulment_without_return_closes_the_proceeding() {
    let mut p = ruling("a.txt", "en", "1906-07-12", "1906-07-12", "Dreyfus");
    let who = p.person("Dreyfus", "Alfred Dreyfus");
    for act in &mut p.found.acts {
        act.participants.push(khronika_core::Participant { mention: who, role: Role::Subject });
    }
    insta::assert_snapshot!(proceedings(&case_of(vec![p], None)), @"other — Alfred Dreyfus (2 acts): closed by “Cassation annuls”");
}

#[test]
fn undated_acts_stand_between_what_bounds_them() {
    let case = case_of(vec![asylum()], None);
    let appeal = event(&case, "The court's decision was appealed");
    let of = |ids: &[String]| {
        ids.iter().map(|id| case.events.iter().find(|e| e.id == *id).unwrap().what.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of(&appeal.after), ["On 29 September 2020, the Asylum Court recognised"]);
    assert_eq!(of(&appeal.before), ["In December 2021, the Council overturned"]);
    let order: Vec<&str> = case.events.iter().map(|e| e.what.get(..20).unwrap()).collect();
    insta::assert_debug_snapshot!(order, @r#"
    [
        "the decision of 31 M",
        "On 29 September 2020",
        "The court's decision",
        "In December 2021, th",
        "In 2022, the Asylum ",
        "The appeal of Weiss ",
    ]
    "#);
}

/// A paper that tells what a court does to a person on a day.
fn about(name: &str, what: (&str, C), person: &str, days: &[&str]) -> Paper {
    let told: Vec<String> = days.iter().map(|day| format!("On {day} the Court {} {person}.", what.0)).collect();
    let mut p = Paper::new(name, "en", &format!("{name}: {}", told.join(" ")));
    let court = p.court("Court", "Court-martial at Rennes");
    let who = p.person(person, person);
    for (day, words) in days.iter().zip(&told) {
        let d = p.date(day, day);
        p.act(words, ActType::Judgment, &[what.1]).on(d).by(court).about(who);
    }
    p
}

#[test]
fn a_person_is_convicted_once_by_a_court_and_detained_often() {
    let (convicts, detains) = (("convicts", C::Convict), ("detains", C::Detain));
    let two = |a: Paper, b: Paper| conflicts(&case_of(vec![a, b], None));
    insta::assert_snapshot!(two(
        about("a.txt", convicts, "Alfred Dreyfus", &["1899-09-09"]),
        about("b.txt", convicts, "Alfred Dreyfus", &["1899-09-07"]),
    ), @"two-dates: What looks like one act of Court-martial at Rennes, told as “On 1899-09-09 the Court convicts Alfred Dreyfus.” and as “On 1899-09-07 the Court convicts Alfred Dreyfus.”, bears two days: 1899-09-09 and 1899-09-07. Found by the same body, outcome and person; which day is right is not said.");
    // Not far apart, not of two people, not where one paper tells both, not what a court does every week.
    for (a, b) in [
        (
            about("a.txt", convicts, "Alfred Dreyfus", &["1894-12-22"]),
            about("b.txt", convicts, "Alfred Dreyfus", &["1899-09-09"]),
        ),
        (
            about("a.txt", convicts, "Alfred Dreyfus", &["1899-09-09"]),
            about("b.txt", convicts, "Walsin Esterhazy", &["1899-09-07"]),
        ),
        (
            about("a.txt", convicts, "Alfred Dreyfus", &["1899-09-07", "1899-09-09"]),
            about("b.txt", convicts, "Alfred Dreyfus", &["1899-09-07"]),
        ),
        (
            about("a.txt", detains, "Alfred Dreyfus", &["1899-09-09"]),
            about("b.txt", detains, "Alfred Dreyfus", &["1899-09-07"]),
        ),
    ] {
        assert_eq!(two(a, b), "");
    }
}
