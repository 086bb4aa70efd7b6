//! Letters as a reader would mark them up. All people and bodies are invented.

use khronika_core::{BlockKind, Lang, SignatoryKind, Source, Span};
use proptest::prelude::*;

mod signed;

use super::*;
use crate::text::tests::source;
use crate::text::{Abbreviations, Text};

fn rules() -> &'static LetterRules {
    static RULES: std::sync::OnceLock<LetterRules> = std::sync::OnceLock::new();
    RULES.get_or_init(|| LetterRules::load(&Dataset::embedded()).unwrap())
}

fn abbreviations() -> Abbreviations {
    Abbreviations::load(&Dataset::embedded()).unwrap()
}

/// The letter found in `words`, a line for each part; "no letter" where there is none.
fn letter(lang: Lang, words: &str) -> String {
    letter_in(&source(lang, words))
}

fn letter_in(source: &Source) -> String {
    let text = Text::new(source, &abbreviations());
    let mut found = Findings::empty(source.id.clone());
    rules().find(&text, &mut found);
    check(&source.text, &found);
    let Some(letter) = &found.letter else { return "no letter".to_owned() };
    let one = |span: Span| text.of(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = Vec::new();
    lines.extend(letter.addressees.iter().map(|s| format!("to: {}", one(*s))));
    lines.extend(letter.demands.iter().map(|s| format!("demand: {}", one(*s))));
    for s in &letter.signatories {
        let surname = s.surname.map(|s| format!(" {}", one(s))).unwrap_or_default();
        let kind = if s.kind == SignatoryKind::Person { "person" } else { "organisation" };
        let mut line = format!("{kind} <{}{surname}>", one(s.name));
        if let Some(title) = s.title {
            line.push_str(&format!(" title <{}>", one(title)));
        }
        for a in &s.affiliations {
            let show = |s: Option<Span>| s.map_or_else(|| "-".to_owned(), one);
            line.push_str(&format!(" [{} @ {}]", show(a.role), show(a.organisation)));
        }
        if let Some(place) = s.place {
            line.push_str(&format!(" in <{}>", one(place)));
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// What holds of every letter: spans on boundaries, names inside entries, signatories in order, mentions in order and apart.
fn check(text: &str, found: &Findings) {
    for pair in found.mentions.windows(2) {
        if let [a, b] = pair {
            assert!(a.span.end <= b.span.start, "mentions overlap");
        }
    }
    let Some(letter) = &found.letter else { return };
    let fits = |span: Span| span.start < span.end && text.get(span.start..span.end).is_some();
    assert!(letter.addressees.iter().chain(&letter.demands).all(|s| fits(*s)));
    for s in &letter.signatories {
        assert!(fits(s.span) && fits(s.name) && s.span.contains(s.name));
        for part in
            s.affiliations.iter().flat_map(|a| [a.role, a.organisation]).chain([s.title, s.place, s.surname]).flatten()
        {
            assert!(fits(part) && s.span.contains(part), "“{}” outside “{}”", part.of(text), s.span.of(text));
        }
        let actor = s.actor.and_then(|a| found.actors.get(a)).unwrap();
        assert!(!actor.name.is_empty());
    }
    for pair in letter.signatories.windows(2) {
        if let [a, b] = pair {
            assert!(a.name.start < b.name.start);
        }
    }
}

#[test]
fn every_row_finds_its_examples_and_none_of_its_near_misses() {
    let mut faults = Vec::new();
    for row in rules().words.rows() {
        let lang = Lang::new(row.info.id.get(..2).unwrap()).unwrap();
        let finds = |words: &str| {
            let source = source(lang, words);
            let text = Text::new(&source, &Abbreviations::default());
            rules().words.rows_in(&text).contains(row.info.id.as_str())
        };
        faults.extend(row.info.examples.iter().filter(|e| !finds(e)).map(|e| format!("{} misses “{e}”", row.info.id)));
        faults.extend(row.info.not.iter().filter(|e| finds(e)).map(|e| format!("{} finds “{e}”", row.info.id)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

mod english {
    use super::*;

    #[test]
    fn an_open_letter_with_a_line_for_each_signatory() {
        insta::assert_snapshot!(letter(
            Lang::EN,
            "Open letter to the Governor of Northshire\n\
             Dear Governor,\n\
             The order closing the Harbour Library was signed on 3 May 1921.\n\
             We urge you to revoke the order, as it breaks the charter of the town, and we call on the Council of Northshire to reopen \
             the reading room.\n\
             Yours sincerely,\n\
             Ada Holt, President of the Harbour Readers’ Association, Northshire\n\
             Prof. Ian Reed, Hume Chair in Ethics, University of Eastmere and University of Lorne\n\
             Dr Clara Voss, Emeritus Professor of Roman Law, St Olave’s College, Westford\n\
             Oskar Lindqvist, writer, Founder and Chair of the Committee for Public Books and Board member of the Union of Authors, Sweden\n\
             Library Workers’ Union “Lantern”, Norway\n\
             Affiliations are listed for identification purposes only.\n\
             For media contact: Tom Price, press officer"
        ), @"
        to: the Governor of Northshire
        to: the Council of Northshire
        demand: revoke the order
        demand: reopen the reading room
        person <Ada Holt> [President @ Harbour Readers’ Association] in <Northshire>
        person <Ian Reed> title <Prof.> [Hume Chair in Ethics @ University of Eastmere] [- @ University of Lorne]
        person <Clara Voss> title <Dr> [Emeritus Professor of Roman Law @ St Olave’s College, Westford]
        person <Oskar Lindqvist> [writer @ -] [Founder and Chair @ Committee for Public Books] [Board member @ Union of Authors] in <Sweden>
        organisation <Library Workers’ Union “Lantern”> in <Norway>
        ");
    }

    #[test]
    fn a_petition_with_signatures_in_one_paragraph() {
        insta::assert_snapshot!(letter(
            Lang::EN,
            "PETITION\n\
             To: the Mayor of Greyport; the Harbour Board\n\
             We, the undersigned, demand:\n\
             1. the immediate repair of the north pier;\n\
             2. compensation for the families of the drowned.\n\
             Signed: Martha Quill (Greyport Fishers’ League); Samuel Ode, pilot; Rev. John Marsh"
        ), @"
        to: the Mayor of Greyport
        to: the Harbour Board
        demand: the immediate repair of the north pier
        demand: compensation for the families of the drowned
        person <Martha Quill> [- @ Greyport Fishers’ League]
        person <Samuel Ode> [pilot @ -]
        person <John Marsh> title <Rev.>
        ");
    }

    #[test]
    fn names_with_their_roles_on_the_next_lines() {
        insta::assert_snapshot!(letter(
            Lang::EN,
            "Dear Ms Rowe,\n\
             Your application for a permit was refused on 4 June 1931. You may appeal within 28 days.\n\
             Yours faithfully,\n\
             \n\
             A. J. Thorne\n\
             Senior Officer\n\
             Permits Bureau, Lorne"
        ), @"
        to: Ms Rowe
        person <A. J. Thorne> [Senior Officer @ Permits Bureau] in <Lorne>
        ");
        insta::assert_snapshot!(letter(
            Lang::EN,
            "JOINT STATEMENT\n\
             We call for the release of the printers of Lorne.\n\
             Signatories:\n\
             **Ruth Amsel** / Director, Free Presses\n\
             **Karel Novotny** — editor\n\
             • Writers Without Walls (Austria)\n\
             2) Peter Falk and Anna Falk, publishers"
        ), @"
        demand: the release of the printers of Lorne
        person <Ruth Amsel> [Director @ Free Presses]
        person <Karel Novotny> [editor @ -]
        organisation <Writers Without Walls> in <Austria>
        person <Peter Falk> [publishers @ -]
        person <Anna Falk> [publishers @ -]
        ");
    }

    #[test]
    fn a_judgment_signed_by_judges_is_no_letter() {
        insta::assert_snapshot!(letter(
            Lang::EN,
            "JUDGMENT\nThe Court orders the respondent to pay.\nJohn Marsh\nPresident\nAda Holt\nRegistrar"
        ), @"no letter");
        insta::assert_snapshot!(letter(
            Lang::EN,
            "Fire in Greyport\nThe harbour burned for two days. The mayor urged the owners to rebuild, and they wrote a letter.\nTom Price, reporter"
        ), @"no letter");
    }
}

mod french {
    use super::*;

    #[test]
    fn a_letter_to_a_prefect() {
        insta::assert_snapshot!(letter(
            Lang::FR,
            "Jeanne Roux\n12, rue du Canal\n\
             À Monsieur le Préfet de la Haute-Loue\n\
             Objet : fermeture du lavoir\n\
             Monsieur le Préfet,\n\
             Par arrêté du 3 mai 1907, vous avez fermé le lavoir.\n\
             Je vous demande de retirer cet arrêté et d’entendre les habitants, car le village n’a plus d’eau.\n\
             Veuillez agréer, Monsieur le Préfet, l’expression de mes salutations distinguées.\n\
             Jeanne Roux\n\
             Présidente de l’association « Les Amis du lavoir »"
        ), @"
        to: Monsieur le Préfet de la Haute-Loue
        demand: retirer cet arrêté
        demand: entendre les habitants
        person <Jeanne Roux> [Présidente @ association « Les Amis du lavoir »]
        ");
    }

    #[test]
    fn an_open_letter_with_a_list_of_signatories() {
        insta::assert_snapshot!(letter(
            Lang::FR,
            "LETTRE OUVERTE\n\
             Nous demandons à la ministre de l’Instruction de rouvrir l’école et de payer les maîtres.\n\
             Premiers signataires :\n\
             Me Lucien Arnal, avocat au barreau de Nancy\n\
             Colette Vidal, professeure émérite de droit public à l’Université de Sarre\n\
             Hugo d’Aubrac (Ligue des lecteurs)\n\
             Collectif du canal, Belgique\n\
             Marthe Simonin et Paul Simonin, libraires\n\
             Les affiliations sont données à titre indicatif."
        ), @"
        to: ministre de l’Instruction
        demand: rouvrir l’école
        demand: payer les maîtres
        person <Lucien Arnal> title <Me> [avocat @ barreau de Nancy]
        person <Colette Vidal> [professeure émérite de droit public @ Université de Sarre]
        person <Hugo d’Aubrac> [- @ Ligue des lecteurs]
        organisation <Collectif du canal> in <Belgique>
        person <Marthe Simonin> [libraires @ -]
        person <Paul Simonin> [libraires @ -]
        ");
    }

    #[test]
    fn signatures_in_one_paragraph() {
        insta::assert_snapshot!(letter(
            Lang::FR,
            "Tribune\n\
             Nous exigeons la libération des imprimeurs de Sarre.\n\
             Signataires : Adèle Morin, historienne ; René Castel, député ; Gaston Lebrun, président de la Fédération des écluses."
        ), @"
        demand: la libération des imprimeurs de Sarre
        person <Adèle Morin> [historienne @ -]
        person <René Castel> [député @ -]
        person <Gaston Lebrun> [président @ Fédération des écluses]
        ");
    }

    #[test]
    fn a_notice_signed_by_an_official() {
        insta::assert_snapshot!(letter(
            Lang::FR,
            "PRÉFECTURE DE LA LOUE\n\
             Monsieur,\n\
             Par la présente, je vous notifie le refus de votre demande. Vous disposez d’un délai de trente jours pour quitter le territoire.\n\
             Pour le préfet et par délégation,\n\
             La cheffe du bureau\n\
             Sylvie Garnier"
        ), @"person <Sylvie Garnier> [cheffe du bureau @ -]");
    }

    #[test]
    fn a_judgment_is_no_letter() {
        insta::assert_snapshot!(letter(
            Lang::FR,
            "AU NOM DU PEUPLE FRANÇAIS\nM. Roux demande au tribunal d’annuler l’arrêté.\nLe président,\nPaul Lenoir\nLa greffière,\nJeanne Petit"
        ), @"no letter");
    }
}

mod russian {
    use super::*;

    #[test]
    fn an_open_letter_to_a_prosecutor() {
        insta::assert_snapshot!(letter(
            Lang::RU,
            "ОТКРЫТОЕ ПИСЬМО\n\
             Генеральному прокурору Заречной области\n\
             Мы, нижеподписавшиеся, требуем немедленно освободить учителя Орехова, прекратить дело и наказать виновных.\n\
             Призываем губернатора Лугового выслушать жителей.\n\
             Подписали:\n\
             1. Анна Смолина, председатель правления Фонда «Тихая река», Заречье\n\
             2. д.ю.н., проф. Пётр Ветров\n\
             3. Лугин И. П., адвокат, член Совета общества «Слово»\n\
             4. Вера Камышина — директор независимого центра «Рассвет» (Латвия)\n\
             5. Общество пчеловодов «Улей», Казахстан\n\
             Должности указаны для сведения."
        ), @"
        to: Генеральному прокурору Заречной области
        to: губернатора Лугового
        demand: немедленно освободить учителя Орехова
        demand: прекратить дело
        demand: наказать виновных
        demand: выслушать жителей
        person <Анна Смолина> [председатель правления @ Фонда «Тихая река»] in <Заречье>
        person <Пётр Ветров> title <д.ю.н., проф.>
        person <Лугин И. П.> [адвокат @ -] [член Совета @ общества «Слово»]
        person <Вера Камышина> [директор @ независимого центра «Рассвет»] in <Латвия>
        organisation <Общество пчеловодов «Улей»> in <Казахстан>
        ");
    }

    #[test]
    fn a_complaint_to_a_court() {
        insta::assert_snapshot!(letter(
            Lang::RU,
            "В Луговой районный суд г. Заречья\n\
             от Смолиной Анны Петровны, ул. Садовая, 5\n\
             ЖАЛОБА\n\
             Постановлением от 3 мая 1923 г. мне отказано в выезде.\n\
             На основании изложенного прошу:\n\
             1. отменить постановление;\n\
             2. вернуть паспорт.\n\
             5 мая 1923 г.\n\
             ____________ А. П. Смолина"
        ), @"
        to: В Луговой районный суд г. Заречья
        demand: отменить постановление
        demand: вернуть паспорт
        person <А. П. Смолина>
        ");
    }

    #[test]
    fn names_in_one_paragraph() {
        insta::assert_snapshot!(letter(
            Lang::RU,
            "Обращение жителей\n\
             Мы просим вернуть парк городу.\n\
             Подписи: Олег Рябов, историк; Нина Гаева, поэтесса; Тимур Асланов, Союз художников"
        ), @"
        demand: вернуть парк городу
        person <Олег Рябов> [историк @ -]
        person <Нина Гаева> [поэтесса @ -]
        person <Тимур Асланов> [- @ Союз художников]
        ");
    }

    #[test]
    fn a_sentence_is_no_letter() {
        insta::assert_snapshot!(letter(
            Lang::RU,
            "ПРИГОВОР\nИменем Республики\nСуд приговорил Орехова к штрафу.\nСудья И. П. Лугин\nСекретарь А. А. Гаева"
        ), @"no letter");
    }
}

mod ukrainian {
    use super::*;

    #[test]
    fn an_open_letter() {
        insta::assert_snapshot!(letter(
            Lang::UK,
            "ВІДКРИТИЙ ЛИСТ\n\
             Міністрові освіти Тарасу Гаю\n\
             Шановний пане міністре!\n\
             Ми вимагаємо скасувати наказ і повернути бібліотеку громаді.\n\
             З повагою,\n\
             Олена Криниця, голова правління ГО «Тиха ріка», Україна\n\
             проф. Богдан Явір, завідувач кафедри історії Галицького університету\n\
             Громадська організація «Слово»"
        ), @"
        to: Міністрові освіти Тарасу Гаю
        demand: скасувати наказ
        demand: повернути бібліотеку громаді
        person <Олена Криниця> [голова правління @ ГО «Тиха ріка»] in <Україна>
        person <Богдан Явір> title <проф.> [завідувач кафедри історії @ Галицького університету]
        organisation <Громадська організація «Слово»>
        ");
    }

    #[test]
    fn a_joint_statement_with_organisations_and_people() {
        insta::assert_snapshot!(letter(
            Lang::UK,
            "Спільна заява\n\
             Ми закликаємо уряд Північної Республіки звільнити друкарів.\n\
             Підписанти:\n\
             Організації:\n\
             Вільні книгарі\n\
             Спілка перекладачів\n\
             Приватні особи:\n\
             Соломія Дуб — поетка\n\
             Остап Верба, адвокат, м. Львів\n\
             Додатки: перелік справ"
        ), @"
        to: уряд Північної Республіки
        demand: звільнити друкарів
        organisation <Вільні книгарі>
        organisation <Спілка перекладачів>
        person <Соломія Дуб> [поетка @ -]
        person <Остап Верба> [адвокат @ -] in <м. Львів>
        ");
    }

    #[test]
    fn a_complaint() {
        insta::assert_snapshot!(letter(
            Lang::UK,
            "До Зарічного районного суду\n\
             Заявник: Дуб Остап Іванович\n\
             СКАРГА\n\
             Мені відмовлено у виїзді.\n\
             Прошу скасувати постанову.\n\
             Остап Дуб"
        ), @"
        to: До Зарічного районного суду
        demand: скасувати постанову
        person <Остап Дуб>
        ");
    }
}

mod kazakh {
    use super::*;

    #[test]
    fn an_open_letter() {
        insta::assert_snapshot!(letter(
            Lang::KK,
            "АШЫҚ ХАТ\n\
             Қазақстан Республикасының Бас прокурорына\n\
             Біз, төменде қол қойғандар, саябақты қалаға қайтаруды және бұйрықты жоюды талап етеміз.\n\
             Қол қойғандар:\n\
             Айжан Сұлтанова, «Өзен» қорының төрағасы, Алматы\n\
             Ерлан Оспанов, құқық қорғаушы\n\
             «Бұлақ» қоғамдық бірлестігі, Қазақстан"
        ), @"
        to: Қазақстан Республикасының Бас прокурорына
        demand: саябақты қалаға қайтаруды
        demand: бұйрықты жоюды
        person <Айжан Сұлтанова> [төрағасы @ «Өзен» қорының] in <Алматы>
        person <Ерлан Оспанов> [құқық қорғаушы @ -]
        organisation <«Бұлақ» қоғамдық бірлестігі> in <Қазақстан>
        ");
    }

    #[test]
    fn a_letter_to_a_minister() {
        insta::assert_snapshot!(letter(
            Lang::KK,
            "Құрметті министр мырза!\n\
             Мектепті жабу туралы шешімді қайта қарауды сұраймыз.\n\
             Құрметпен,\n\
             Динара Қалиева\n\
             мектеп директоры"
        ), @"
        demand: Мектепті жабу туралы шешімді қайта қарауды
        person <Динара Қалиева> [мектеп директоры @ -]
        ");
    }

    #[test]
    fn a_petition_in_one_paragraph() {
        insta::assert_snapshot!(letter(
            Lang::KK,
            "ПЕТИЦИЯ\n\
             Жолды жөндеуді талап етеміз.\n\
             Қол қойғандар: Болат Ахметов, жазушы; Гүлнар Сейітова, дәрігер; Марат Жұмабаев, «Жол» клубының мүшесі"
        ), @"
        demand: Жолды жөндеуді
        person <Болат Ахметов> [жазушы @ -]
        person <Гүлнар Сейітова> [дәрігер @ -]
        person <Марат Жұмабаев> [мүшесі @ «Жол» клубының]
        ");
    }
}

#[test]
fn signatories_that_are_mentions_already_keep_their_actor_and_every_index_stays_right() {
    use khronika_core::{ActorKind, EventFinding, EventStatus, LocalActor, Mention, Participant, Role};
    let words = "Open letter\nWe demand the truth about Ada Holt and Karel Novak.\nSigned:\nAda Holt, writer\nHolt Foundation, Norway";
    let source = source(Lang::EN, words);
    let text = Text::new(&source, &abbreviations());
    let mut found = Findings::empty(source.id.clone());
    let actor = |name: &str| LocalActor {
        name: name.into(),
        kind: ActorKind::Person,
        known_as: None,
        forms: Vec::new(),
        made_by: "test".into(),
        confidence: 1.0,
    };
    found.actors = vec![actor("Ada Holt"), actor("Karel Novak"), actor("Holt")];
    for (name, ix) in [("Ada Holt", 0), ("Karel Novak", 1)] {
        let start = words.find(name).unwrap();
        found.mentions.push(Mention { span: Span::new(start, start + name.len()), actor: ix });
    }
    let last = words.find("Holt Foundation").unwrap();
    found.mentions.push(Mention { span: Span::new(last, last + 4), actor: 2 });
    found.events.push(EventFinding {
        span: Span::new(0, 4),
        date: 0,
        participants: vec![Participant { mention: 2, role: Role::Named }],
        status: EventStatus::Actual,
        said_by: vec![1],
        made_by: "test".into(),
        confidence: 1.0,
    });
    rules().find(&text, &mut found);
    check(words, &found);
    let named: Vec<_> = found.mentions.iter().map(|m| text.of(m.span)).collect();
    assert_eq!(named, ["Ada Holt", "Karel Novak", "Ada Holt", "Holt Foundation"]);
    let letter = found.letter.unwrap();
    assert_eq!(letter.signatories[0].actor, Some(0));
    assert_eq!(letter.signatories[1].actor, Some(3));
    assert_eq!((found.events[0].participants[0].mention, found.events[0].said_by[0]), (3, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read_without_panic_and_in_order(
        lines in prop::collection::vec(
            prop::sample::select(vec![
                "Dear Sir,", "We demand to stop, release and free X", "Signed:", "Yours sincerely,", "Ada Holt, (", "«Өзен» қоры;",
                "**", "1.", "И. И.", "and", ", , ;", "Prof. Dr.", "for the Club: Ada Holt", "À l’attention de", "мы требуем:",
                "- освободить", "The “Lamp, Norway", "Ada\tHolt\tNorway", "we call on\nAda Holt to", "талап етеміз", "🙂 é", "of of of",
                "A | B | C", "(((", "President of the", "To:", "Ada Holt and Ian Reed, writers", "\u{a0}", "St Olave’s College, Oxford",
            ]),
            0..14,
        ),
    ) {
        for lang in [Lang::EN, Lang::RU, Lang::FR, Lang::KK] {
            letter(lang, &lines.join("\n"));
            letter(lang, &lines.join(" "));
        }
    }
}

#[test]
fn signatures_end_where_a_mail_quotes_another() {
    let words = "Dear Mr Vale,\nWe ask you to release the printer Oak.\nYours sincerely,\nIris Lake, printer\n\
        Mr Vale of the ministry\nDear Ms Lake,\nYours sincerely,\nAdam Vale, clerk";
    let mut mail = source(Lang::EN, words);
    mail.blocks.iter_mut().skip(4).for_each(|block| block.kind = BlockKind::Quote);
    let told = letter_in(&mail);
    assert!(told.contains("Iris Lake") && !told.contains("person <Adam Vale"), "{told}");
    // A letter that is quoted as a whole is signed all the same.
    mail.blocks.iter_mut().for_each(|block| block.kind = BlockKind::Quote);
    let told = letter_in(&mail);
    assert!(told.contains("person <Adam Vale"), "{told}");
}
