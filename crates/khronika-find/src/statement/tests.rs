//! Statements as a reader would mark them up. All people and bodies are invented.

use khronika_core::{ActorKind, Lang, LocalActor, Mention};
use proptest::prelude::*;

use super::words::Kind;
use super::*;
use crate::text::tests::source;
use crate::text::{Abbreviations, Text};

fn rules() -> &'static StatementRules {
    static RULES: std::sync::OnceLock<StatementRules> = std::sync::OnceLock::new();
    RULES.get_or_init(|| StatementRules::load(&Dataset::embedded()).unwrap())
}

/// The statements in `words`, a line each: the speakers from the outermost in, the verb, the content. `names` are the actors of the
/// text; a name and its form in another case are written `name=form`, a person's name begins with `@`, an authority's with `#`.
pub(super) fn statements(lang: Lang, names: &[&str], words: &str) -> String {
    let source = source(lang, words);
    let text = Text::new(&source, &Abbreviations::load(&Dataset::embedded()).unwrap());
    let mut found = Findings::empty(source.id.clone());
    for (ix, name) in names.iter().enumerate() {
        let kind = match name.chars().next() {
            Some('@') => ActorKind::Person,
            Some('#') => ActorKind::Authority,
            _ => ActorKind::Unknown,
        };
        let name = name.trim_start_matches(['@', '#']);
        let (main, form) = name.split_once('=').unwrap_or((name, name));
        found.actors.push(LocalActor {
            name: main.into(),
            kind,
            known_as: None,
            forms: Vec::new(),
            made_by: "test".into(),
            confidence: 1.0,
        });
        for (at, _) in words.match_indices(form) {
            found.mentions.push(Mention { span: Span::new(at, at + form.len()), actor: ix });
        }
    }
    found.mentions.sort_by_key(|m| m.span.start);
    rules().find(&text, &mut found);
    check(words, &found);
    let one = |span: Span| text.of(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let name = |m: usize| format!("<{}>", one(found.mentions[m].span));
    let lines = found.statements.iter().map(|s| {
        let chain: String = s.chain.iter().map(|m| format!("{} > ", name(*m))).collect();
        let speaker = s.speaker.map(name).or(s.speaker_words.map(one)).unwrap_or_else(|| "?".into());
        let evidence: String = s.evidence.iter().map(|e| format!(" | on: {}", one(*e))).collect();
        format!("{}: {chain}{speaker} | {} | {}{evidence}", s.stance.name(), one(s.verb), one(s.content))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What holds of all statements: spans on boundaries, parts inside the whole, in order.
fn check(words: &str, found: &Findings) {
    for s in &found.statements {
        for part in [s.verb, s.content].into_iter().chain(s.evidence.iter().copied()).chain(s.speaker_words) {
            assert!(part.start < part.end && words.get(part.start..part.end).is_some());
        }
        assert!(s.span.contains(s.verb) && s.span.contains(s.content));
        assert!(s.about.iter().all(|m| s.content.contains(found.mentions[*m].span)));
    }
    assert!(found.statements.is_sorted_by_key(|s| s.span.start));
}

#[test]
fn every_row_finds_its_examples_and_none_of_its_near_misses() {
    let mut faults = Vec::new();
    for row in rules().words.rows() {
        let lang = Lang::new(row.info.id.get(..2).unwrap()).unwrap();
        // Whose conclusion it is, only a decision tells.
        let makes = row.kind.acts() && row.kind != Kind::Conclusion;
        let finds = |words: &str| {
            let source = source(lang, words);
            let text = Text::new(&source, &Abbreviations::default());
            if makes {
                let mut found = Findings::empty(source.id.clone());
                rules().find(&text, &mut found);
                found.statements.iter().any(|s| s.made_by == row.info.id)
            } else {
                rules().words.rows_in(&text, lang).contains(row.info.id.as_str())
            }
        };
        faults.extend(row.info.examples.iter().filter(|e| !finds(e)).map(|e| format!("{} misses “{e}”", row.info.id)));
        faults.extend(row.info.not.iter().filter(|e| finds(e)).map(|e| format!("{} finds “{e}”", row.info.id)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn english() {
    let names = ["Ada Holt", "Karel Novak", "Harbour Times", "Northshire"];
    insta::assert_snapshot!(statements(Lang::EN, &names, "Ada Holt, who was detained in May, stated that Karel Novak had left Northshire. She denied any guilt."), @"
    asserts: <Ada Holt> | stated | Karel Novak had left Northshire
    denies: <Ada Holt> | denied | any guilt
    ");
    insta::assert_snapshot!(statements(Lang::EN, &names, "According to the Harbour Times, the lawyer of Ada Holt said that the order was void."), @"
    reports: <Harbour Times> | According to | the lawyer of Ada Holt said that the order was void
    asserts: <Harbour Times> > the lawyer of Ada Holt | said | the order was void
    ");
    insta::assert_snapshot!(statements(Lang::EN, &names, "“The order is void,” said Karel Novak. Ada Holt told reporters: “I shall appeal.”"), @"
    asserts: <Karel Novak> | said | The order is void
    asserts: <Ada Holt> | told | I shall appeal
    ");
    insta::assert_snapshot!(statements(Lang::EN, &names, "JS5 stated that schools were closed. The Government submitted that the complaint was late. The applicant complained that she had not been heard."), @"
    asserts: JS5 | stated | schools were closed
    asserts: The Government | submitted | the complaint was late
    asserts: The applicant | complained | she had not been heard
    ");
    insta::assert_snapshot!(statements(Lang::EN, &names, "Ada Holt was summoned under false pretences and allegedly beaten. An inquiry into alleged fraud was opened against Karel Novak."), @"
    alleges: ? | allegedly | Ada Holt was summoned under false pretences and allegedly beaten
    alleges: ? | alleged | fraud
    ");
    insta::assert_snapshot!(statements(Lang::EN, &names, "The lamp was out, as evidenced not only by the log but also by two sailors."), @"asserts: ? | as evidenced not only by | The lamp was out | on: the log | on: two sailors");
    insta::assert_snapshot!(statements(Lang::EN, &names, "We express grave concern over the arrest of Ada Holt. The press reported him being followed, and the mayor said that the guard was asleep."), @"
    asserts: We | We express grave concern | the arrest of Ada Holt
    reports: The press | reported him | being followed
    asserts: the mayor | said | the guard was asleep
    ");
    insta::assert_snapshot!(statements(Lang::EN, &names, "It was alleged that Karel Novak slept. The ship sank, according to Ada Holt."), @"
    alleges: ? | It was alleged that | Karel Novak slept
    reports: <Ada Holt> | according to | The ship sank
    ");
}

#[test]
fn english_speakers_apart_from_their_verbs() {
    let names = ["Ada Holt"];
    insta::assert_snapshot!(statements(Lang::EN, &names, "We, the keepers of the northern lights, express grave concern over the closing of the tower. The decision stated there were grounds to close it."), @"
    asserts: We | express grave concern | the closing of the tower
    asserts: The decision | stated | there were grounds to close it
    ");
    insta::assert_snapshot!(statements(Lang::EN, &names, "At least 40 wrecks were counted, as of now identified by human rights defenders. In her speech on Monday the minister of transport said that Ada Holt would be heard."), @"
    reports: human rights defenders | as of now identified by | At least 40 wrecks were counted
    asserts: the minister of transport | said | Ada Holt would be heard
    ");
    insta::assert_snapshot!(statements(Lang::EN, &names, "Ada Holt was told that the tower was closed. The keepers are required to write “within thirty days”. She had been informed that it was late."), @"");
}

#[test]
fn english_near_misses() {
    insta::assert_snapshot!(statements(Lang::EN, &["Ada Holt"], "The said order was served according to article 5 of the Code. Ada Holt did not say that. To state that is easy. The state of the bridge is bad. The annual report was printed. In accordance with the law she may claim that the order is void. The police reported to the mayor's office."), @"");
}

#[test]
fn french() {
    let names = ["Jeanne Roux", "Paul Lenoir", "La Gazette", "préfet"];
    insta::assert_snapshot!(statements(Lang::FR, &names, "Jeanne Roux affirme que Paul Lenoir a fermé le lavoir. Selon La Gazette, le préfet aurait signé l’arrêté la nuit."), @"
    asserts: <Jeanne Roux> | affirme | Paul Lenoir a fermé le lavoir
    reports: <La Gazette> | Selon | le préfet aurait signé l’arrêté la nuit
    alleges: <La Gazette> > ? | aurait | le préfet aurait signé l’arrêté la nuit
    ");
    insta::assert_snapshot!(statements(Lang::FR, &names, "« L’arrêté est nul », a déclaré Jeanne Roux. Le requérant soutient qu’il n’a pas été entendu. Paul Lenoir nie toute faute."), @"
    asserts: <Jeanne Roux> | déclaré | L’arrêté est nul
    asserts: Le requérant | soutient | il n’a pas été entendu
    denies: <Paul Lenoir> | nie | toute faute
    ");
    insta::assert_snapshot!(statements(Lang::FR, &names, "Paul Lenoir aurait été arrêté à Brest pour un prétendu larcin. D’après l’avocat de Jeanne Roux, la preuve manque."), @"
    alleges: ? | aurait été | Paul Lenoir aurait été arrêté à Brest pour un prétendu larcin
    alleges: ? | prétendu | larcin
    reports: l’avocat de Jeanne Roux | D’après | la preuve manque
    ");
    insta::assert_snapshot!(statements(Lang::FR, &names, "La lampe était éteinte, comme en témoignent le journal de bord et deux marins."), @"asserts: ? | comme en témoignent | La lampe était éteinte | on: le journal de bord | on: deux marins");
}

#[test]
fn french_near_misses() {
    insta::assert_snapshot!(statements(Lang::FR, &["Jeanne Roux"], "Selon l’article 5 du code, le délai est d’un mois. Jeanne Roux n’affirme rien. Si elle l’avait su, elle aurait été absente. Le rapport fut imprimé. Une déclaration de vol fut faite. Elle aurait dû partir."), @"");
}

#[test]
fn russian() {
    let names = ["Пётр Ветров=Ветров", "Анна Смолина=Смолиной", "Анна Смолина", "Заречье"];
    insta::assert_snapshot!(statements(Lang::RU, &names, "По данным газеты, адвокат Смолиной заявил, что Ветров якобы уехал. Ветров отрицает вину."), @"
    reports: газеты | По данным | адвокат Смолиной заявил, что Ветров якобы уехал
    asserts: адвокат Смолиной | заявил | Ветров якобы уехал
    alleges: ? | якобы | Ветров якобы уехал
    denies: <Ветров> | отрицает | вину
    ");
    insta::assert_snapshot!(statements(Lang::RU, &names, "«Приказ незаконен», — сказал Ветров. Мост закрыт, сообщила пресс-служба полиции в четверг."), @"
    asserts: <Ветров> | сказал | Приказ незаконен
    asserts: пресс-служба полиции | сообщила | Мост закрыт
    ");
    insta::assert_snapshot!(statements(Lang::RU, &names, "Суд установил, что камера была холодной. По словам Анна Смолина, её не слушали. Как сообщил Ветров, мост закрыт с мая."), @"
    concludes: Суд | установил | камера была холодной
    reports: <Анна Смолина> | По словам | её не слушали
    reports: <Ветров> | Как сообщил | мост закрыт с мая
    ");
    insta::assert_snapshot!(statements(Lang::RU, &names, "Сообщается, что корабль затонул у берега. Лампа не горела, о чём свидетельствуют журнал и показания матроса."), @"
    reports: ? | Сообщается | корабль затонул у берега
    asserts: ? | о чём свидетельствуют | Лампа не горела | on: журнал | on: показания матроса
    ");
}

#[test]
fn russian_near_misses() {
    insta::assert_snapshot!(statements(Lang::RU, &["Ветров"], "Согласно статье 5 закона срок истёк. Ветров не сказал, что уехал. Громкое заявление было напечатано. Он показал паспорт. По дороге домой он молчал."), @"");
}

#[test]
fn ukrainian() {
    let names = ["Остап Верба=Верба", "Олена Криниця"];
    insta::assert_snapshot!(statements(Lang::UK, &names, "За словами адвоката, Верба нібито виїхав. Суд встановив, що скаргу подано вчасно. Верба заперечує вину."), @"
    reports: адвоката | За словами | Верба нібито виїхав
    alleges: ? | нібито | Верба нібито виїхав
    concludes: Суд | встановив | скаргу подано вчасно
    denies: <Верба> | заперечує | вину
    ");
    insta::assert_snapshot!(statements(Lang::UK, &names, "«Наказ незаконний», — заявила Олена Криниця. Міст закрито, повідомила поліція."), @"
    asserts: <Олена Криниця> | заявила | Наказ незаконний
    asserts: поліція | повідомила | Міст закрито
    ");
    insta::assert_snapshot!(statements(Lang::UK, &names, "Згідно зі статтею 5 закону строк сплив. Верба не казав, що виїхав."), @"");
}

#[test]
fn kazakh() {
    let names = ["Айжан Сұлтанова", "Ерлан Оспанов"];
    insta::assert_snapshot!(statements(Lang::KK, &names, "Полицияның мәліметінше, Ерлан Оспанов кетіп қалған. Айжан Сұлтанова бұйрық заңсыз деп мәлімдеді. «Көпір жабық», — деді Ерлан Оспанов."), @"
    reports: Полицияның | мәліметінше | Ерлан Оспанов кетіп қалған
    asserts: <Айжан Сұлтанова> | деп мәлімдеді | бұйрық заңсыз
    asserts: <Ерлан Оспанов> | деді | Көпір жабық
    ");
    insta::assert_snapshot!(statements(Lang::KK, &names, "Ерлан Оспанов кінәсін жоққа шығарды. Сот шағымды негізсіз деп тапты. 5-бап бойынша мерзім өтті."), @"
    denies: <Ерлан Оспанов> | жоққа шығарды | кінәсін
    concludes: Сот | деп тапты | шағымды негізсіз
    ");
}

#[test]
fn the_author_of_a_letter_speaks_in_the_first_person() {
    use khronika_core::{Letter, Signatory, SignatoryKind};
    let words = "I believe that the order is void.\nAda Holt";
    let source = source(Lang::EN, words);
    let text = Text::new(&source, &Abbreviations::default());
    let mut found = Findings::empty(source.id.clone());
    let name = Span::new(words.len() - 8, words.len());
    found.actors.push(LocalActor {
        name: "Ada Holt".into(),
        kind: ActorKind::Person,
        known_as: None,
        forms: Vec::new(),
        made_by: "test".into(),
        confidence: 1.0,
    });
    found.mentions.push(Mention { span: name, actor: 0 });
    let signatory = Signatory {
        span: name,
        name,
        surname: None,
        kind: SignatoryKind::Person,
        title: None,
        affiliations: Vec::new(),
        place: None,
        actor: Some(0),
    };
    found.letter = Some(Letter { signatories: vec![signatory], ..Letter::default() });
    rules().find(&text, &mut found);
    assert_eq!(found.statements[0].speaker, Some(0));
}

/// The counts in `words`, a line each; `dates` are the words that are dates.
fn counts(lang: Lang, dates: &[&str], words: &str) -> String {
    use khronika_core::{Basis, Counted, DateRole, TimeExpr, TimexKind};
    let source = source(lang, words);
    let text = Text::new(&source, &Abbreviations::load(&Dataset::embedded()).unwrap());
    let mut found = Findings::empty(source.id.clone());
    for date in dates {
        let at = words.find(date).unwrap();
        found.dates.push(TimeExpr {
            span: Span::new(at, at + date.len()),
            kind: TimexKind::Date,
            value: "1921".into(),
            modifier: None,
            edtf: khronika_core::Edtf::parse("1921").ok(),
            interval: None,
            role: DateRole::Event,
            basis: Basis::Stated,
            anchor: None,
            confidence: 1.0,
            note: None,
            made_by: "test".into(),
        });
    }
    rules().find(&text, &mut found);
    let lines = found.counts.iter().map(|c| {
        assert!(words.get(c.span.start..c.span.end).is_some() && c.clause.contains(c.span));
        let bound = match c.bound {
            Counted::Exactly => "",
            Counted::AtLeast => "at least ",
            Counted::AtMost => "at most ",
            Counted::About => "about ",
        };
        let date = c.date.and_then(|d| dates.get(d)).map(|d| format!(" on {d}")).unwrap_or_default();
        format!("{} {bound}{}{date} | {}", c.thing, c.number, text.of(c.span))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_row_of_counts_finds_its_examples_and_none_of_its_near_misses() {
    let mut faults = Vec::new();
    for row in rules().counts.infos() {
        let lang = Lang::new(row.id.get(..2).unwrap()).unwrap();
        let finds = |words: &str| {
            let source = source(lang, words);
            let text = Text::new(&source, &Abbreviations::default());
            rules().counts.rows_in(&text, lang).contains(row.id.as_str())
        };
        faults.extend(row.examples.iter().filter(|e| !finds(e)).map(|e| format!("{} misses “{e}”", row.id)));
        faults.extend(row.not.iter().filter(|e| finds(e)).map(|e| format!("{} finds “{e}”", row.id)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_row_of_accounts_finds_its_examples_and_none_of_its_near_misses() {
    let mut faults = Vec::new();
    for row in rules().accounts.infos() {
        let lang = Lang::new(row.id.get(..2).unwrap()).unwrap();
        let finds = |words: &str| {
            let source = source(lang, words);
            let text = Text::new(&source, &Abbreviations::default());
            rules().accounts.rows_in(&text, lang).contains(row.id.as_str())
        };
        faults.extend(row.examples.iter().filter(|e| !finds(e)).map(|e| format!("{} misses “{e}”", row.id)));
        faults.extend(row.not.iter().filter(|e| finds(e)).map(|e| format!("{} finds “{e}”", row.id)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn counts_in_five_languages() {
    insta::assert_snapshot!(counts(Lang::EN, &["May 1921"], "In May 1921 at least 256 people were killed and more than 1,200 protesters were arrested; 227 dead were counted later. He was sentenced to 12 years in prison and fined $5,000. The bank claims 7.5 billion dollars. The fine was seven thousand six hundred euros; the appeal lies within 15 days."), @"
    killed at least 256 on May 1921 | at least 256 people
    detained at least 1200 on May 1921 | more than 1,200 protesters
    killed 227 on May 1921 | 227 dead
    sentence-years 12 | 12 years
    money-usd 5000 | $5,000
    money-usd 7500000000 | 7.5 billion dollars
    money-eur 7600 | seven thousand six hundred euros
    ");
    insta::assert_snapshot!(counts(Lang::FR, &[], "Au moins 227 personnes ont été tuées, 40 ont été blessées. La police a interpellé trente-deux manifestants. Il a été condamné à huit ans de prison et à 1 500 euros d’amende. On compte 12 morts."), @"
    killed at least 227 | Au moins 227 personnes
    injured 40 | 40 ont été blessées
    detained 32 | trente-deux manifestants
    sentence-years 8 | huit ans
    money-eur 1500 | 1 500 euros
    killed 12 | 12 morts
    ");
    insta::assert_snapshot!(counts(Lang::RU, &["5 мая 1921 года"], "5 мая 1921 года погибли не менее 227 человек, задержано более 10 тысяч человек. Его приговорили к восьми годам колонии. Ущерб — 7,5 млрд долларов. Ранены двадцать пять человек."), @"
    killed at least 227 on 5 мая 1921 года | не менее 227 человек
    detained at least 10000 on 5 мая 1921 года | более 10 тысяч человек
    sentence-years 8 | восьми годам
    money-usd 7500000000 | 7,5 млрд долларов
    injured 25 | двадцать пять человек
    ");
    insta::assert_snapshot!(counts(Lang::UK, &[], "Загинули щонайменше 12 осіб, затримано понад 100 учасників. Його засуджено до п’яти років позбавлення волі. Штраф — 17 000 гривень."), @"
    killed at least 12 | щонайменше 12 осіб
    detained at least 100 | понад 100 учасників
    sentence-years 5 | п’яти років
    money-uah 17000 | 17 000 гривень
    ");
    insta::assert_snapshot!(counts(Lang::RU, &[], "Прокурор попросил приговорить его к девяти годам колонии. Суд приговорил его к 1 году 6 месяцам колонии."), @"
    sentence-years-asked 9 | девяти годам
    sentence-years 1.5 | 1 году 6 месяцам
    ");
    insta::assert_snapshot!(counts(Lang::KK, &[], "Кемінде 227 адам қаза тапты. Сот оны 12 жылға бас бостандығынан айырды. 5 млн теңге айыппұл салынды."), @"
    killed at least 227 | Кемінде 227 адам
    sentence-years 12 | 12 жылға
    money-kzt 5000000 | 5 млн теңге
    ");
}

#[test]
fn numbers_that_do_not_count() {
    insta::assert_snapshot!(counts(Lang::EN, &["12 May 1921"], "On 12 May 1921 article 15 of the Code and application no. 4512/07 were read. He lived there for 12 years. Dozens were killed. He is 40 years old. Section 5 people were detained under rule 7."), @"");
    insta::assert_snapshot!(counts(Lang::RU, &[], "По ст. 159 УК и делу № 12 он прожил там 5 лет. Комната 40, 5-й этаж. Пункт 7 приказа."), @"");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read_without_panic(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "said", "that", ",", "“", "”", "according to", "Ada Holt", "the lawyer of", "allegedly", "as evidenced by", ".", "—", "«",
                "»", "заявил", "что", "по данным", "якобы", "selon", "aurait été", "arrêté", "деп мәлімдеді", "айтуынша", ";", ":", "and",
                "it was alleged that", "\n", "(", ")", "alleged", "denied", "5", "1,200", "000", "people were killed", "млн", "$", "лет", "двадцать", "we", "JS5", "é🙂", "as", "not", "to",
            ]),
            0..24,
        ),
    ) {
        for lang in [Lang::EN, Lang::RU, Lang::FR, Lang::UK, Lang::KK, Lang::UND] {
            statements(lang, &["Ada Holt"], &parts.join(" "));
        }
    }
}

#[test]
fn a_pronoun_is_the_subject_of_the_sentence_before() {
    let words = "The Green Bank replied in May. It argued that the loan had been repaid. Anna Brown denied the debt. She said that the \
                 Green Bank was wrong.";
    assert_eq!(
        statements(Lang::EN, &["Green Bank", "Anna Brown"], words),
        "asserts: <Green Bank> | argued | the loan had been repaid\n\
         denies: <Anna Brown> | denied | the debt\n\
         asserts: <Anna Brown> | said | the Green Bank was wrong"
    );
    let words = "По данным порта, корабль вышел в море. Иван Чехов видел это. По его словам, корабль горел.";
    assert!(statements(Lang::RU, &["Иван Чехов"], words).ends_with("<Иван Чехов> | По его словам | корабль горел"));
}

#[test]
fn a_title_of_the_other_gender_is_passed_by() {
    let words = "Mr Brown met Mrs Green. She stated that the ship had sunk.";
    assert_eq!(
        statements(Lang::EN, &["Brown", "Green"], words),
        "asserts: She | stated | the ship had sunk",
        "the subject is a man, and of the other name nothing says that it is a person's"
    );
}

#[test]
fn a_relative_pronoun_is_the_name_before_it() {
    assert_eq!(
        statements(
            Lang::EN,
            &["Harbour Board"],
            "They wrote to the Harbour Board, which found that the ship was safe."
        ),
        "concludes: <Harbour Board> | found | the ship was safe"
    );
    assert_eq!(
        statements(
            Lang::EN,
            &["Harbour Board"],
            "a rule which the Harbour Board branded “null and void from the start”."
        ),
        "asserts: <Harbour Board> | branded | null and void from the start"
    );
}

#[test]
fn points_of_a_list_and_quotations_after_a_colon() {
    let words = "Paul Leroy soutient que :\n\n- le pont est fermé ;\n\n- la route est longue.\n\nIl pleut.";
    let found = statements(Lang::FR, &["Paul Leroy"], words);
    assert!(
        found.starts_with("asserts: <Paul Leroy> | soutient | ") && found.contains("la route est longue"),
        "{found}"
    );
    assert_eq!(
        statements(Lang::EN, &["Anna Brown"], "Anna Brown’s letter went on: “I have never seen the ship before.”"),
        "asserts: Anna Brown’s letter went on | : | I have never seen the ship before."
    );
    assert_eq!(statements(Lang::EN, &[], "Article 5 provides: “Every ship must have a lamp at night.”"), "");
}
