//! A case built by hand: the Dreyfus affair as seven short papers in our own words, with every part of a case filled.
//!
//! The facts are of record (the judgments of 22 December 1894, 3 June 1899, 9 September 1899 and 12 July 1906; the letter and the
//! protest of January 1898; the pardon of 19 September 1899). The wording is ours, the newspaper's wrong day and the month given
//! for the posting of the judgment are made up for the test.

#![allow(dead_code, reason = "several tests share this module, and not each of them needs all of it")]
#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a builder for tests")]

mod build;
pub mod hostile;
pub mod judged;
mod papers;

use build::{Build, event};
use khronika_core::{
    ActClass as C, ActType as T, ActorKind as K, ActorRole, Affiliation, Basis, Case, CaseLetter, CaseStatement,
    Conflict, DateRole, Day, Deadline, EdgeBasis, Edtf, EffectKind as E, EventStatus, NameRelation as N, Problem,
    ProblemKind, Proceeding, ProceedingState, Role, SignatoryKind, Stance, StandingStatus as S, Term, TermKind,
};
use papers::{FIGARO, GAZETTE, JUDGMENT_1894, LETTER, PARDON, RULING_1899, RULING_1906};

/// The whole case, as of 13 July 1906.
pub fn case() -> Case {
    let mut b = Build::new(
        Day::constant(1906, 7, 13),
        &[
            ("1894-12-22-jugement.txt", "fr", JUDGMENT_1894),
            ("1898-01-14-lettre-ouverte.txt", "en", LETTER),
            ("1899-06-03-arret.txt", "fr", RULING_1899),
            ("1899-09-19-pardon.md", "en", PARDON),
            ("1906-07-12-arret.txt", "fr", RULING_1906),
            ("1906-07-13-figaro.txt", "en", FIGARO),
            ("1906-07-14-gazeta.txt", "ru", GAZETTE),
        ],
    );
    actors(&mut b);
    acts(&mut b);
    others(&mut b);
    let mut case = b.finish();
    case.proceedings = proceedings(&case);
    case
}

const S1894: usize = 0;
const LET: usize = 1;
const S1899: usize = 2;
const PAR: usize = 3;
const S1906: usize = 4;
const FIG: usize = 5;
const GAZ: usize = 6;

fn actors(b: &mut Build) {
    b.actor(
        "a-dreyfus",
        "Alfred Dreyfus",
        K::Person,
        &[
            ("Alfred Dreyfus", "fr", N::Main),
            ("Dreyfus", "fr", N::Short),
            ("capitaine Dreyfus", "fr", N::Alias),
            ("Dreyfuss", "en", N::Misspelling),
            ("Альфред Дрейфус", "ru", N::Transliterated),
            ("Альфреда Дрейфуса", "ru", N::Inflected),
            ("Дрейфуса", "ru", N::Inflected),
        ],
    );
    b.actor(
        "a-cassation",
        "Cour de cassation",
        K::Court,
        &[
            ("Cour de cassation", "fr", N::Main),
            ("Court of Cassation", "en", N::Translated),
            ("Кассационный суд", "ru", N::Translated),
        ],
    );
    b.actor(
        "a-paris",
        "premier conseil de guerre du gouvernement militaire de Paris",
        K::Court,
        &[
            ("premier conseil de guerre du gouvernement militaire de Paris", "fr", N::Main),
            ("conseil de guerre de Paris", "fr", N::Short),
            ("court-martial of Paris", "en", N::Translated),
        ],
    );
    b.actor(
        "a-rennes",
        "conseil de guerre de Rennes",
        K::Court,
        &[
            ("conseil de guerre de Rennes", "fr", N::Main),
            ("court-martial of Rennes", "en", N::Translated),
            ("военного суда в Ренне", "ru", N::Inflected),
        ],
    );
    b.actor(
        "a-revision",
        "conseil permanent de révision",
        K::Court,
        &[("conseil permanent de révision", "fr", N::Main)],
    );
    b.actor(
        "a-loubet",
        "Émile Loubet",
        K::Person,
        &[("Émile Loubet", "en", N::Main), ("the President", "en", N::Alias)],
    );
    b.actor("a-mercier", "Auguste Mercier", K::Person, &[("General Mercier", "en", N::Short)]);
    b.actor("a-zola", "Émile Zola", K::Person, &[("Émile Zola", "en", N::Main), ("Zola", "en", N::Short)]);
    b.actor(
        "a-esterhazy",
        "Ferdinand Walsin Esterhazy",
        K::Person,
        &[("Walsin Esterhazy", "fr", N::Main), ("Esterhazy", "en", N::Short), ("Эстерхази", "ru", N::Transliterated)],
    );
    b.actor(
        "a-chamber",
        "Chamber of Deputies",
        K::Authority,
        &[("Chamber of Deputies", "en", N::Main), ("Палата депутатов", "ru", N::Translated)],
    );
    b.actor("a-aurore", "L’Aurore", K::Organisation, &[("L’Aurore", "en", N::Main)]);
    b.actor(
        "a-minister",
        "Garde des sceaux",
        K::Authority,
        &[("garde des sceaux", "fr", N::Main), ("Minister of Justice", "en", N::Translated)],
    );
    b.case.actors[0].merged_because = vec![
        "“Дрейфуса” and “Dreyfus” agree letter by letter when written in Latin letters, and both stand with the judgment of Rennes."
            .into(),
        "“Dreyfuss” differs from “Dreyfus” by one letter and stands once, in the same sentence as the Court of Cassation.".into(),
    ];
}

fn acts(b: &mut Build) {
    let judgment = b.at(
        S1894,
        "le premier conseil de guerre du gouvernement militaire de Paris déclare à l’unanimité Alfred Dreyfus coupable",
    );
    b.act(event("e-1894", "condamne à la peine de la déportation dans une enceinte fortifiée"), T::Judgment, &[C::Convict], "a-paris",
        S::Annulled, |b, e, a| {
        e.when = b.when(S1894, "22 décembre 1894", "1894-12-22", Basis::Stated);
        e.passages = vec![judgment.clone(), b.at(S1899, "jugement rendu le 22 décembre 1894 par le premier conseil de guerre du gouvernement militaire de Paris"), b.at(PAR, "the judgment of the court-martial of Paris")];
        e.merged_because = vec!["Same body, same day, same person, in three papers.".into()];
        e.actors.push(ActorRole { actor: "a-dreyfus".into(), role: Role::Subject });
        a.object = Some("intelligences avec une puissance étrangère".into());
        a.standing.because = vec![
            b.because("The court-martial of Paris convicts on 22 December 1894.", Some("e-1894"), EdgeBasis::Stated, vec![judgment.clone()]),
            b.because("The Court of Cassation annuls it on 3 June 1899.", Some("e-1899"), EdgeBasis::Stated, vec![b.at(S1899, "casse et annule le jugement rendu le 22 décembre 1894")]),
        ];
    });
    b.act(
        event("e-1894-appeal", "rejette le recours formé contre ce jugement"),
        T::Decision,
        &[C::Dismiss],
        "a-revision",
        S::Final,
        |b, e, a| {
            e.when = b.when(S1894, "Le 31 décembre", "1894-12-31", Basis::YearTaken);
            e.passages = vec![b.at(
                S1894,
                "Le 31 décembre, le conseil permanent de révision rejette le recours formé contre ce jugement",
            )];
            a.effects = vec![b.effect(
                Some("e-1894"),
                E::Upholds,
                EdgeBasis::Derived,
                "who refuses an appeal leaves the judgment standing",
                e.passages.clone(),
            )];
        },
    );
    b.act(
        event("e-1895", "dégradé dans la cour de l’École militaire"),
        T::Measure,
        &[],
        "",
        S::Executed,
        |b, e, a| {
            e.when = b.when(S1899, "janvier 1895", "1895-01", Basis::Stated);
            e.passages = vec![b.at(S1899, "dégradé en janvier 1895 dans la cour de l’École militaire")];
            e.actors.push(ActorRole { actor: "a-dreyfus".into(), role: Role::Subject });
            a.effects = vec![b.effect(
                Some("e-1894"),
                E::Executes,
                EdgeBasis::Stated,
                "named in the same sentence",
                e.passages.clone(),
            )];
        },
    );
    b.act(
        event("e-1898-request", "saisit la Cour d’une demande en révision"),
        T::Request,
        &[C::File],
        "a-minister",
        S::Executed,
        |b, e, a| {
            e.when = b.when(S1899, "27 septembre 1898", "1898-09-27", Basis::Stated);
            e.passages = vec![b.at(S1899, "le garde des sceaux saisit la Cour d’une demande en révision")];
            a.effects = vec![b.effect(
                Some("e-1894"),
                E::Appeals,
                EdgeBasis::Stated,
                "“ce jugement”: the judgment named before",
                e.passages.clone(),
            )];
        },
    );
    b.act(event("e-1899", "casse et annule le jugement rendu le 22 décembre 1894"), T::Judgment, &[C::Annul, C::Remand], "a-cassation", S::Executed, |b, e, a| {
        e.when = b.when(S1899, "3 juin 1899", "1899-06-03", Basis::Stated);
        e.passages = vec![b.at(S1899, "La Cour de cassation, toutes chambres réunies, casse et annule le jugement rendu le 22 décembre 1894 par le premier conseil de guerre du gouvernement militaire de Paris et renvoie l’accusé devant le conseil de guerre de Rennes"), b.at(PAR, "The Court of Cassation had annulled the judgment")];
        e.actors.extend([ActorRole { actor: "a-dreyfus".into(), role: Role::Subject }, ActorRole { actor: "a-rennes".into(), role: Role::Forum }]);
        a.docket = Some("no 1899-1".into());
        a.terms = vec![Term { kind: TermKind::Relief, passage: b.at(S1899, "renvoie l’accusé devant le conseil de guerre de Rennes, à ce désigné") }];
        a.dates.reading = b.when(S1899, "3 juin 1899", "1899-06-03", Basis::Stated).map(Box::new);
        a.effects = vec![
            b.effect(Some("e-1894"), E::Annuls, EdgeBasis::Stated, "named in the same clause", vec![b.at(S1899, "casse et annule le jugement rendu le 22 décembre 1894")]),
            b.effect(Some("e-1894"), E::Remands, EdgeBasis::Stated, "named in the same clause", vec![b.at(S1899, "renvoie l’accusé devant le conseil de guerre de Rennes")]),
            b.effect(Some("e-1898-request"), E::Grants, EdgeBasis::Derived, "who annuls on a request grants it", vec![]),
        ];
    });
    b.act(event("e-rennes", "convicted again, with extenuating circumstances"), T::Judgment, &[C::Convict], "a-rennes", S::Annulled, |b, e, a| {
        e.when = b.when(PAR, "9 September 1899", "1899-09-09", Basis::Stated);
        e.passages = vec![b.at(PAR, "on 9 September 1899 Captain Dreyfus was convicted again, with extenuating circumstances, by five votes to two"), b.at(S1906, "le jugement du conseil de guerre de Rennes"), b.at(GAZ, "приговор военного суда в Ренне от 9 сентября 1899 года")];
        e.actors.push(ActorRole { actor: "a-dreyfus".into(), role: Role::Subject });
        a.standing.because = vec![
            b.because("The court-martial of Rennes convicts on 9 September 1899.", Some("e-rennes"), EdgeBasis::Stated, vec![b.at(PAR, "on 9 September 1899 Captain Dreyfus was convicted again")]),
            b.because("The pardon of 19 September 1899 ends the sentence, not the judgment.", Some("e-pardon"), EdgeBasis::Derived, vec![b.at(PAR, "It does not touch the judgment")]),
            b.because("The Court of Cassation annuls it on 12 July 1906, without sending the case back.", Some("e-1906"), EdgeBasis::Stated, vec![b.at(S1906, "annule le jugement du conseil de guerre de Rennes")]),
        ];
    });
    b.act(
        event("e-pardon", "pardoned Captain Dreyfus"),
        T::Decree,
        &[C::Acquit],
        "a-loubet",
        S::Executed,
        |b, e, a| {
            e.when = b.when(PAR, "19 September 1899", "1899-09-19", Basis::Stated);
            e.passages = vec![
                b.at(PAR, "On 19 September 1899 Émile Loubet, President of the Republic, pardoned Captain Dreyfus"),
            ];
            e.actors.push(ActorRole { actor: "a-dreyfus".into(), role: Role::Subject });
            a.effects = vec![b.effect(
                Some("e-rennes"),
                E::Concerns,
                EdgeBasis::Stated,
                "the sentence named before",
                vec![b.at(PAR, "It does not touch the judgment")],
            )];
        },
    );
    b.act(
        event("e-1903-request", "demande en révision du jugement de Rennes"),
        T::Request,
        &[C::File],
        "",
        S::Executed,
        |b, e, a| {
            e.when = b.when(S1906, "1903", "1903", Basis::Stated);
            e.passages = vec![b.at(S1906, "saisie en 1903 d’une demande en révision du jugement de Rennes")];
            e.actors.push(ActorRole { actor: "a-dreyfus".into(), role: Role::Applicant });
            a.effects = vec![b.effect(
                Some("e-rennes"),
                E::Appeals,
                EdgeBasis::Stated,
                "named in the same clause",
                e.passages.clone(),
            )];
        },
    );
    b.act(event("e-1906", "annule le jugement du conseil de guerre de Rennes"), T::Judgment, &[C::Annul], "a-cassation", S::Final, |b, e, a| {
        e.when = b.when(S1906, "12 juillet 1906", "1906-07-12", Basis::Stated);
        e.passages = vec![b.at(S1906, "La Cour de cassation, saisie en 1903 d’une demande en révision du jugement de Rennes, toutes chambres réunies, annule le jugement du conseil de guerre de Rennes"), b.at(FIG, "On 12 July 1906 the Court of Cassation annulled the judgment of Rennes"), b.at(GAZ, "Кассационный суд отменил приговор военного суда в Ренне")];
        e.actors.push(ActorRole { actor: "a-dreyfus".into(), role: Role::Subject });
        e.merged_because = vec!["Same body, same target and same outcome; the days differ by one, which is listed as a conflict.".into()];
        a.object = Some("jugement du 9 septembre 1899".into());
        a.effects = vec![
            b.effect(Some("e-rennes"), E::Annuls, EdgeBasis::Stated, "named in the same clause", vec![b.at(S1906, "annule le jugement du conseil de guerre de Rennes")]),
            b.effect(Some("e-1903-request"), E::Grants, EdgeBasis::Derived, "who annuls on a request grants it", vec![]),
        ];
    });
    b.act(
        event("e-posting", "ordonne l’affichage du présent arrêt"),
        T::Order,
        &[C::Notify],
        "a-cassation",
        S::InForce,
        |b, e, _| {
            e.when = b.when(S1906, "12 juillet 1906", "1906-07-12", Basis::Stated);
            e.passages =
                vec![b.at(S1906, "Ordonne l’affichage du présent arrêt à Paris et à Rennes dans le délai d’un mois")];
        },
    );
    b.act(event("e-bill", "a bill that would reinstate him"), T::Request, &[C::File], "a-chamber", S::UnderAppeal, |b, e, a| {
        e.when = b.when(FIG, "this morning", "1906-07-13", Basis::Relative);
        e.passages = vec![b.at(FIG, "The government tabled this morning in the Chamber of Deputies a bill that would reinstate him as a major")];
        a.standing.status = S::NotYetEnforceable;
    });
    b.act(event("e-esterhazy", "acquitted Esterhazy"), T::Judgment, &[C::Acquit], "a-paris", S::Unknown, |b, e, _| {
        e.when = b.when(LET, "11 January 1898", "1898-01-11", Basis::Stated);
        e.passages = vec![b.at(LET, "the court-martial of Paris on 11 January 1898 acquitted Esterhazy")];
        e.actors.push(ActorRole { actor: "a-esterhazy".into(), role: Role::Subject });
        e.said_by = vec!["a-zola".into()];
    });
}

fn others(b: &mut Build) {
    b.event(event("e-jaccuse", "published a letter to the President"), |b, e| {
        e.when = b.when(LET, "On 13 January", "1898-01-13", Basis::YearTaken);
        e.passages =
            vec![b.at(LET, "On 13 January Émile Zola published a letter to the President of the Republic in L’Aurore")];
        e.actors.push(ActorRole { actor: "a-zola".into(), role: Role::Agent });
    });
    b.event(event("e-ask", "order the revision of the judgment of 1894"), |b, e| {
        e.when = b.when(LET, "14 January 1898", "1898-01-14", Basis::Stated);
        e.status = EventStatus::Requested;
        e.passages = vec![b.at(LET, "order the revision of the judgment of 1894")];
    });
    b.event(event("e-secret", "secret papers were shown to the judges"), |b, e| {
        e.when = None;
        e.after = vec!["e-1894".into()];
        e.before = vec!["e-1894-appeal".into()];
        e.status = EventStatus::Possible;
        e.said_by = vec!["a-zola".into()];
        e.passages = vec![b.at(LET, "secret papers may have been shown to the judges in the absence of the defence")];
        e.inferred_from = vec![b.because(
            "The words speak of the deliberation of the same trial.",
            Some("e-1894"),
            EdgeBasis::Derived,
            vec![],
        )];
    });
    b.event(event("e-denied", "he had written the bordereau"), |b, e| {
        e.when = b.when(FIG, "1894", "1894", Basis::Stated);
        e.status = EventStatus::Denied;
        e.said_by = vec!["a-dreyfus".into()];
        e.passages = vec![b.at(FIG, "Dreyfus has always denied that he had written the bordereau of 1894")];
    });
    b.case.events.sort_by_key(|e| {
        (e.when.as_ref().and_then(|w| w.earliest()).unwrap_or(Day::constant(1894, 12, 23)), e.id.clone())
    });
    let statement = |b: &Build,
                     id: &str,
                     who: Option<Result<String, String>>,
                     stance,
                     s: usize,
                     whole: &str,
                     verb: &str,
                     content: &str| CaseStatement {
        id: id.into(),
        speaker: who,
        chain: vec![],
        verb: verb.into(),
        stance,
        content: content.into(),
        about: vec!["a-dreyfus".into()],
        evidence: vec![],
        passages: vec![b.at(s, whole), b.at(s, content)],
        made_by: vec!["en.say".into()],
        confidence: 0.8,
    };
    let mut said = statement(
        b,
        "t-zola",
        Some(Ok("a-zola".into())),
        Stance::Alleges,
        LET,
        "According to Zola, secret papers may have been shown to the judges in the absence of the defence",
        "According to",
        "secret papers may have been shown to the judges in the absence of the defence",
    );
    said.chain = vec!["a-aurore".into()];
    said.evidence = vec![b.at(LET, "the report of the prosecution")];
    b.case.statements = vec![
        said,
        statement(
            b,
            "t-denial",
            Some(Ok("a-dreyfus".into())),
            Stance::Denies,
            FIG,
            "Dreyfus has always denied that he had written the bordereau of 1894",
            "denied",
            "he had written the bordereau of 1894",
        ),
        statement(
            b,
            "t-mercier",
            Some(Ok("a-mercier".into())),
            Stance::Asserts,
            FIG,
            "General Mercier said in the Senate that his conviction has not changed",
            "said",
            "his conviction has not changed",
        ),
        statement(
            b,
            "t-press",
            Some(Err("по сообщениям парижских газет".into())),
            Stance::Reports,
            GAZ,
            "по сообщениям парижских газет, решение было встречено аплодисментами",
            "по сообщениям",
            "решение было встречено аплодисментами",
        ),
    ];
    b.case.conflicts = vec![
        Conflict {
            id: "c-dates".into(),
            kind: "two-dates".into(),
            between: vec!["e-1906".into()],
            explanation: "Two papers give different days for one act: 12 July 1906 and 13 July 1906. They are taken for one act because body, target and outcome agree.".into(),
            passages: vec![b.at(S1906, "12 juillet 1906"), b.at(GAZ, "13 июля 1906 года")],
        },
        Conflict {
            id: "c-numbers".into(),
            kind: "numbers".into(),
            between: vec!["s-1899aaaaa1".into(), "e-rennes".into()],
            explanation: "Two papers count the same votes differently: five to two, and six to one.".into(),
            passages: vec![b.at(PAR, "five votes to two"), b.at(GAZ, "шестью голосами против одного")],
        },
    ];
    b.case.conflicts[1].between = vec!["e-rennes".into(), b.case.sources[GAZ].id.as_str().into()];
    b.case.deadlines = vec![
        Deadline {
            id: "d-recours".into(),
            act: Some("e-1894".into()),
            what: "former un recours en révision".into(),
            expires: false,
            due: Some(Day::constant(1894, 12, 23)),
            earliest_due: Some(Day::constant(1894, 12, 23)),
            rule: "stated".into(),
            rule_status: "stated".into(),
            steps: vec![
                "The period is stated: “dans les vingt-quatre heures”.".into(),
                "It runs from the reading of the judgment, 22 December 1894.".into(),
                "24 hours later: 23 December 1894.".into(),
            ],
            alternatives: vec![(
                Some(Day::constant(1894, 12, 24)),
                "23 December 1894 was a Sunday; whether the period moves to the Monday is not stated.".into(),
            )],
            state: "past".into(),
            passages: vec![b.at(S1894, "dans les vingt-quatre heures")],
        },
        Deadline {
            id: "d-posting".into(),
            act: Some("e-posting".into()),
            what: "l’affichage du présent arrêt à Paris et à Rennes".into(),
            expires: false,
            due: Some(Day::constant(1906, 8, 12)),
            earliest_due: Some(Day::constant(1906, 8, 12)),
            rule: "stated".into(),
            rule_status: "stated".into(),
            steps: vec![
                "The period is stated: “dans le délai d’un mois”.".into(),
                "It runs from the act, 12 July 1906; the day of the act does not count.".into(),
                "One month later, the day with the same number: 12 August 1906.".into(),
            ],
            alternatives: vec![(
                Some(Day::constant(1906, 8, 13)),
                "12 August 1906 was a Sunday; whether the period moves to the Monday is not stated.".into(),
            )],
            state: "running".into(),
            passages: vec![b.at(S1906, "dans le délai d’un mois")],
        },
        Deadline {
            id: "d-service".into(),
            act: Some("e-pardon".into()),
            what: "to lodge an appeal in cassation".into(),
            expires: false,
            due: None,
            earliest_due: None,
            rule: "fr.cassation.1899".into(),
            rule_status: "unverified".into(),
            steps: vec!["Not computable: the day of service is not known.".into()],
            alternatives: vec![(None, "A withdrawn appeal ends the period.".into())],
            state: "not computable".into(),
            passages: vec![b.at(PAR, "within three days of service")],
        },
    ];
    letter(b);
    b.date(S1906, "9 septembre 1899", "1899-09-09", DateRole::Event, None);
    b.date(S1906, "loi du 8 juin 1895", "1895-06-08", DateRole::Norm, None);
    b.date(S1906, "Bull. crim. 1899", "1899", DateRole::Citation, None);
    b.date(FIG, "13 July 1906", "1906-07-13", DateRole::Publication, None);
    b.date(GAZ, "13 июля 1906 года", "1906-07-13", DateRole::Event, Some("another source gives 12 July 1906"));
    b.duration(S1906, "un mois", "P1M");
    b.case.problems = vec![
        Problem {
            source: None,
            name: "scans/bordereau.jpg".into(),
            kind: ProblemKind::NotReadYet,
            what: "Pictures are not read yet.".into(),
            span: None,
            place: None,
            advice: "Type the words into a text file beside it.".into(),
        },
        Problem {
            source: Some(b.case.sources[FIG].id.clone()),
            name: "1906-07-13-figaro.txt".into(),
            kind: ProblemKind::Suspicious,
            what: "“Dreyfuss” looks like a slip for “Dreyfus”.".into(),
            span: Some(b.at(FIG, "Dreyfuss").span),
            place: None,
            advice: "Compare it with the paper.".into(),
        },
    ];
    b.case.rules =
        vec![("lexicon/en/acts.toml".into(), "b3:0f1e2d".into()), ("lexicon/fr/acts.toml".into(), "b3:9a8b7c".into())];
}

fn letter(b: &mut Build) {
    let span = |words: &str| b.at(LET, words).span;
    let person = |whole: &str,
                  name: &str,
                  title: Option<&str>,
                  role: Option<&str>,
                  organisation: Option<&str>,
                  place: Option<&str>| {
        khronika_core::CaseSignatory {
            span: span(whole),
            name: span(name),
            surname: None,
            kind: SignatoryKind::Person,
            title: title.map(span),
            affiliations: vec![Affiliation { role: role.map(span), organisation: organisation.map(span) }],
            place: place.map(span),
            actor: None,
        }
    };
    let mut signatories = vec![
        person(
            "Prof. Émile Duclaux, Director of the Institut Pasteur, Paris",
            "Émile Duclaux",
            Some("Prof."),
            Some("Director"),
            Some("Institut Pasteur"),
            Some("Paris"),
        ),
        person(
            "Anatole France, writer, member of the Académie française",
            "Anatole France",
            None,
            Some("writer"),
            Some("Académie française"),
            None,
        ),
        person(
            "Lucien Herr, librarian of the École normale supérieure, Paris",
            "Lucien Herr",
            None,
            Some("librarian"),
            Some("École normale supérieure"),
            Some("Paris"),
        ),
    ];
    let mut zola = person("Émile Zola, writer", "Émile Zola, writer", None, Some("writer"), None, None);
    zola.name = khronika_core::Span::new(zola.span.start, zola.span.start + "Émile Zola".len());
    zola.actor = Some("a-zola".into());
    signatories.insert(0, zola);
    signatories.push(khronika_core::CaseSignatory {
        span: span("La Revue blanche, Paris"),
        name: span("La Revue blanche"),
        surname: None,
        kind: SignatoryKind::Organisation,
        title: None,
        affiliations: vec![],
        place: None,
        actor: None,
    });
    let letter = CaseLetter {
        source: LET,
        date: b.when(LET, "14 January 1898", "1898-01-14", Basis::Stated),
        addressees: vec![span("To the President of the Republic"), span("Minister of Justice")],
        demands: vec![span("order the revision of the judgment of 1894")],
        signatories,
    };
    b.case.letters = vec![letter];
}

fn proceedings(case: &Case) -> Vec<Proceeding> {
    let acts = |id: &str| {
        let of = |e: &&khronika_core::Event| e.act.as_ref().is_some_and(|act| act.proceeding.as_deref() == Some(id));
        case.events.iter().filter(of).map(|e| e.id.clone()).collect::<Vec<_>>()
    };
    vec![
        Proceeding {
            id: "p-criminal".into(),
            title: "criminal — Alfred Dreyfus".into(),
            matter: "criminal".into(),
            acts: acts("p-criminal"),
            state: ProceedingState::Closed { by: "e-1906".into() },
            passages: vec![],
        },
        Proceeding {
            id: "p-esterhazy".into(),
            title: "criminal — Ferdinand Walsin Esterhazy".into(),
            matter: "criminal".into(),
            acts: acts("p-esterhazy"),
            state: ProceedingState::Unknown,
            passages: vec![],
        },
        Proceeding {
            id: "p-bill".into(),
            title: "administrative — reinstatement".into(),
            matter: "administrative".into(),
            acts: acts("p-bill"),
            state: ProceedingState::Pending {
                body: Some("a-chamber".into()),
                body_name: Some("Chamber of Deputies".into()),
                since: Edtf::parse("1906-07-13").ok(),
            },
            passages: vec![case.events.iter().find(|e| e.id == "e-bill").unwrap().passages[0].clone()],
        },
    ]
}
