//! Speakers and contents outside the clause of the verb, in every language. All people and bodies are invented.

use khronika_core::Lang;

use super::tests::statements;

/// Asserts that `words` make the statements `expected`, a line each.
fn told(lang: Lang, names: &[&str], words: &str, expected: &[&str]) {
    assert_eq!(statements(lang, names, words), expected.join("\n"), "{words}");
}

#[test]
fn a_name_beside_a_noun_speaks() {
    told(
        Lang::EN,
        &["@Ada Holt"],
        "His counsel, Ms Ada Holt, maintained that the lamp was out.",
        &["asserts: <Ada Holt> | maintained | the lamp was out"],
    );
    told(
        Lang::EN,
        &["@Ada Holt"],
        "“The lamp was out that night,” said one of the sailors, Ada Holt.",
        &["asserts: <Ada Holt> | said | The lamp was out that night"],
    );
    told(
        Lang::EN,
        &["#District Attorney", "@Karel Novak"],
        "District Attorney Karel Novak said that the bridge was closed.",
        &["asserts: <Karel Novak> | said | the bridge was closed"],
    );
    told(
        Lang::FR,
        &["@Jeanne Roux"],
        "« La lampe était éteinte », a lancé son conseil, Me Jeanne Roux, avant de partir.",
        &["asserts: <Jeanne Roux> | lancé | La lampe était éteinte"],
    );
    told(
        Lang::RU,
        &["#Окружной прокурор", "@Пётр Ветров"],
        "Окружной прокурор Пётр Ветров сказал, что мост закрыт.",
        &["asserts: <Пётр Ветров> | сказал | мост закрыт"],
    );
    told(
        Lang::RU,
        &["@Анна Смолина"],
        "Один из адвокатов — Анна Смолина — заявила, что мост закрыт.",
        &["asserts: <Анна Смолина> | заявила | мост закрыт"],
    );
    told(
        Lang::UK,
        &["@Олена Криниця"],
        "Його захисниця, адвокатка Олена Криниця, зазначила, що міст закрито.",
        &["asserts: <Олена Криниця> | зазначила | міст закрито"],
    );
}

#[test]
fn any_noun_speaks_where_only_people_do_what_the_verb_tells() {
    told(
        Lang::EN,
        &[],
        "Two neighbours of hers insisted that the lamp was out.",
        &["asserts: Two neighbours of hers | insisted | the lamp was out"],
    );
    told(
        Lang::FR,
        &[],
        "Deux bateliers affirment que la lampe était éteinte.",
        &["asserts: Deux bateliers | affirment | la lampe était éteinte"],
    );
    told(
        Lang::RU,
        &[],
        "Портовый повар писал матери, что лампа не горела.",
        &["asserts: Портовый повар | писал | лампа не горела"],
    );
    told(
        Lang::UK,
        &[],
        "Старий паромник каже, що лампа не горіла.",
        &["asserts: Старий паромник | каже | лампа не горіла"],
    );
    told(
        Lang::EN,
        &[],
        "The claims that were paid are many. This contract says that ships sink. Article 5 claims that much.",
        &[],
    );
    told(Lang::RU, &[], "Судам указал, что мост закрыт. Это говорит, что мост закрыт.", &[]);
}

#[test]
fn an_office_for_which_nobody_is_named() {
    told(Lang::RU, &[], "В ведомстве отметили, что мост закрыт.", &["asserts: ведомстве | отметили | мост закрыт"]);
    told(
        Lang::UK,
        &[],
        "У міністерстві повідомили, що міст закрито.",
        &["asserts: міністерстві | повідомили | міст закрито"],
    );
    told(
        Lang::RU,
        &["#Генпрокуратура=Генпрокуратуре"],
        "В Генпрокуратуре, сославшись на письмо, заявили, что мост закрыт.",
        &["asserts: <Генпрокуратуре> | заявили | мост закрыт"],
    );
    told(
        Lang::RU,
        &[],
        "В приговоре отмечается, что мост был закрыт.",
        &["reports: приговоре | отмечается | мост был закрыт"],
    );
}

#[test]
fn what_is_said_in_the_sentence_before() {
    told(
        Lang::RU,
        &["@Анна Смолина"],
        "Мост закрыли до самой весны. Об этом рассказала адвокат Анна Смолина.",
        &["asserts: <Анна Смолина> | рассказала | Мост закрыли до самой весны"],
    );
    told(
        Lang::UK,
        &[],
        "Міст закрили до самої весни. Про це повідомила пресслужба порту.",
        &["asserts: пресслужба порту | повідомила | Міст закрили до самої весни"],
    );
    told(
        Lang::FR,
        &[],
        "Le pont restera fermé jusqu’au printemps. C’est ce qu’a annoncé lundi le préfet.",
        &["asserts: le préfet | annoncé | Le pont restera fermé jusqu’au printemps"],
    );
    told(
        Lang::KK,
        &[],
        "Көпір көктемге дейін жабылды. Бұл туралы полиция хабарлады.",
        &["asserts: полиция | хабарлады | Көпір көктемге дейін жабылды"],
    );
    told(
        Lang::RU,
        &[],
        "Мост закрыли до самой весны. Об этом говорится в сообщении порта.",
        &["reports: сообщении порта | говорится | Мост закрыли до самой весны"],
    );
    told(Lang::RU, &[], "Мост закрыли до самой весны. Об этом долго спорили.", &[]);
}

#[test]
fn a_participle_has_the_subject_of_its_clause() {
    told(
        Lang::EN,
        &["Karel Novak"],
        "Karel Novak refused to leave, arguing that the bridge was closed.",
        &["asserts: <Karel Novak> | arguing | the bridge was closed"],
    );
    told(
        Lang::EN,
        &[],
        "Contending that the lamp was out, the captain appealed.",
        &["asserts: the captain | Contending | the lamp was out"],
    );
    told(
        Lang::EN,
        &["Harbour Court"],
        "They read the decision of the Harbour Court finding that the lamp was out.",
        &["concludes: <Harbour Court> | finding | the lamp was out"],
    );
    told(
        Lang::FR,
        &[],
        "Le préfet a rejeté la demande au motif que la lampe était éteinte.",
        &["concludes: Le préfet | au motif | la lampe était éteinte"],
    );
    told(
        Lang::RU,
        &[],
        "Прокурор просил отменить приговор, полагая, что он мягок.",
        &["demands: Прокурор | просил | отменить приговор", "concludes: Прокурор | полагая | он мягок"],
    );
    told(
        Lang::UK,
        &[],
        "Прокурор проти скарги заперечив, зауваживши, що строк сплив.",
        &["asserts: Прокурор | зауваживши | строк сплив"],
    );
    told(Lang::EN, &[], "Holding a lamp, the captain left. The arguing went on.", &[]);
}

#[test]
fn a_subject_that_is_left_out_is_that_of_the_sentence_before() {
    told(
        Lang::UK,
        &["Остап Верба"],
        "Остап Верба подав скаргу. Стверджує, що строк не сплив.",
        &["asserts: <Остап Верба> | Стверджує | строк не сплив"],
    );
    told(
        Lang::RU,
        &[],
        "Адвокат заявил, что мост закрыт. Также указывает, что лампа не горела.",
        &["asserts: Адвокат | заявил | мост закрыт", "asserts: Адвокат | указывает | лампа не горела"],
    );
    told(Lang::RU, &[], "Мост закрыт. Говорят, что до весны.", &[]);
    told(
        Lang::EN,
        &[],
        "Her lawyer said that the bridge was closed. He denied that the lamp was out.",
        &["asserts: Her lawyer | said | the bridge was closed", "denies: Her lawyer | denied | the lamp was out"],
    );
    told(
        Lang::EN,
        &[],
        "The report said that the bridge was closed. He denied that the lamp was out.",
        &["asserts: The report | said | the bridge was closed", "denies: He | denied | the lamp was out"],
    );
}

#[test]
fn the_claim_that_a_noun_tells() {
    told(
        Lang::EN,
        &["Green Bank"],
        "The court rejected Green Bank’s argument that the loan was void.",
        &["asserts: <Green Bank> | argument | the loan was void"],
    );
    told(
        Lang::EN,
        &[],
        "Nobody dealt with the owner’s case that the ship was sold.",
        &["asserts: the owner | case | the ship was sold"],
    );
    told(
        Lang::FR,
        &[],
        "L’argument du préfet selon lequel la lampe était éteinte est écarté.",
        &["asserts: préfet | argument | la lampe était éteinte est écarté"],
    );
    told(
        Lang::FR,
        &[],
        "Le moyen tiré de ce que la lampe était éteinte doit être écarté.",
        &["alleges: ? | moyen | la lampe était éteinte doit être écarté"],
    );
    told(
        Lang::RU,
        &[],
        "Довод ответчика о том, что срок истёк, отклонён.",
        &["alleges: ответчика | Довод | срок истёк"],
    );
    told(
        Lang::RU,
        &[],
        "Довод властей, будто корабль ушёл сам, отвергнут.",
        &["alleges: властей | Довод | корабль ушёл сам"],
    );
    told(
        Lang::UK,
        &[],
        "Доводи скаржника про те, що строк сплив, відхилено.",
        &["alleges: скаржника | Доводи | строк сплив"],
    );
    told(Lang::EN, &[], "The evidence that he brought was read. In the case of the ship that sank nobody spoke.", &[]);
}

#[test]
fn agents_and_asides() {
    told(Lang::RU, &[], "Истцом указано, что срок не истёк.", &["asserts: Истцом | указано | срок не истёк"]);
    told(
        Lang::UK,
        &[],
        "Позивачем зазначено, що строк не сплив.",
        &["asserts: Позивачем | зазначено | строк не сплив"],
    );
    told(
        Lang::EN,
        &[],
        "The bridge was closed until spring, the sailors said.",
        &["asserts: the sailors | said | The bridge was closed until spring"],
    );
    told(
        Lang::EN,
        &["Harbour Mission"],
        "The Harbour Mission (HM) stated that the bridge was closed.",
        &["asserts: <Harbour Mission> | stated | the bridge was closed"],
    );
    told(
        Lang::RU,
        &[],
        "По подсчётам «Маяка», в порту стоят сорок кораблей.",
        &["reports: Маяка | По подсчётам | в порту стоят сорок кораблей"],
    );
    told(
        Lang::FR,
        &[],
        "La société fait grief à l’arrêt de rejeter sa demande, alors « que le contrat était signé par le capitaine ».",
        &["alleges: La société | fait grief à l’arrêt | que le contrat était signé par le capitaine"],
    );
    told(Lang::EN, &[], "The court denied him bail. The board denied the application.", &[]);
}

#[test]
fn a_part_in_the_case_is_who_bears_it() {
    told(
        Lang::EN,
        &["@Karel Novak"],
        "The complainant, Karel Novak, left in May. The complainant submits that the bridge was closed.",
        &["asserts: <Karel Novak> | submits | the bridge was closed"],
    );
    told(
        Lang::RU,
        &["@Пётр Ветров"],
        "Защитник Пётр Ветров подал жалобу. Защитник утверждает, что мост закрыт.",
        &["asserts: <Пётр Ветров> | утверждает | мост закрыт"],
    );
    // Two who are called so are nobody, a lawyer of somebody is another, and an office is no person.
    told(
        Lang::EN,
        &["@Karel Novak", "@Ada Holt"],
        "The applicant, Karel Novak, left. The applicant, Ada Holt, stayed. The applicant submits that the bridge was closed.",
        &["asserts: The applicant | submits | the bridge was closed"],
    );
    told(
        Lang::EN,
        &["@Karel Novak"],
        "The prosecutor, Karel Novak, left. The prosecutor's office said that the bridge was closed.",
        &["asserts: The prosecutor's office | said | the bridge was closed"],
    );
    told(
        Lang::RU,
        &["@Анна Смолина"],
        "Адвокат Анны Смолиной подал жалобу. Адвокат утверждает, что мост закрыт.",
        &["asserts: Адвокат | утверждает | мост закрыт"],
    );
}

#[test]
fn a_person_behind_an_office_of_a_body_speaks() {
    told(
        Lang::KK,
        &["#Комитет", "@Айша Вейл"],
        "Комитет төрайымы Айша Вейл көпір жабық деп мәлімдеді.",
        &["asserts: <Айша Вейл> | деп мәлімдеді | көпір жабық"],
    );
    told(
        Lang::KK,
        &["#Комитет"],
        "Комитет көпір жабық деп мәлімдеді.",
        &["asserts: <Комитет> | деп мәлімдеді | көпір жабық"],
    );
}

#[test]
fn what_is_said_ends_in_a_participle_in_kazakh() {
    told(
        Lang::KK,
        &["#Прокуратура"],
        "Прокуратура шағымды қолдамайтынын айтты.",
        &["asserts: <Прокуратура> | айтты | шағымды қолдамайтынын"],
    );
    told(Lang::KK, &["#Прокуратура"], "Прокуратура оның атын айтты.", &[]);
}

#[test]
fn what_is_said_goes_on_behind_a_semicolon_and_an_aside() {
    told(
        Lang::RU,
        &["@Пётр Ветров"],
        "Пётр Ветров указывает, что мост закрыт; что лодка утонула; река замёрзла.",
        &["asserts: <Пётр Ветров> | указывает | мост закрыт; что лодка утонула"],
    );
    told(
        Lang::FR,
        &["@Jeanne Roux"],
        "Jeanne Roux prétend, dans un courriel de mercredi, que le pont est fermé.",
        &["alleges: <Jeanne Roux> | prétend | le pont est fermé"],
    );
    told(
        Lang::FR,
        &["#Syndicat des marins"],
        "Selon le Syndicat des marins (Synma), qui dénonce « une rafle générale », le pont est fermé.",
        &[
            "reports: <Syndicat des marins> | Selon | (Synma), qui dénonce « une rafle générale », le pont est fermé",
            "asserts: <Syndicat des marins> | dénonce | une rafle générale",
        ],
    );
}
