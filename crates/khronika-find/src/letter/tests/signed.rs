//! Signature blocks and addresses of many forms. All people, bodies and places are invented.

use super::*;

#[test]
fn two_people_acronyms_representatives_and_letters_after_names() {
    insta::assert_snapshot!(letter(
        Lang::EN,
         "OPEN LETTER\n\
             \n\
             To: The Minister of Justice of Loren\n\
             \x20   The Prosecutor General of Loren\n\
             \x20   Ms Edith Crane, Ombudsperson\n\
             Cc: The Harbour Gazette\n\
             \n\
             Dear Minister,\n\
             \n\
             We write about the printer Karel Novotny. We call on you to drop the charges and to return his press.\n\
             \n\
             Yours faithfully,\n\
             \n\
             Loren Defence Network (LDN)\n\
             For the Printers’ Union: Ruth Amsel, Secretary, Greyport\n\
             Dr Hugo and Dr Nora Falk, physicians, Westmere\n\
             Drs Alan Pryce and Ida Pryce, surgeons, Greyport\n\
             Lord Edmund Thorne KC\n\
             Brother Anselm Voss, O.S.B., chaplain\n\
             Ida Marsh, PhD, Senior Lecturer, University of Eastmere\n\
             Otto Brandt, Member of the Loren Assembly (1919–1923) and Founder of the Lantern Circle\n\
             The Quay Club (Westmere)\n\
             Harbour Readers, e.V.\n\
             Tom “Rook” Hale, poet, Westmere\n\
             The Lantern Trust, represented by its director, Clara Voss\n\
             Free Presses – director Max Orme\n\
             Society of Sailors (chair Ada Holt)\n\
             \n\
             Affiliations are given for identification only."
    ), @"
    to: The Minister of Justice of Loren
    to: The Prosecutor General of Loren
    to: Ms Edith Crane, Ombudsperson
    demand: drop the charges
    demand: return his press
    organisation <Loren Defence Network>
    person <Ruth Amsel> [Secretary @ Printers’ Union] in <Greyport>
    person <Hugo Falk> title <Dr> [physicians @ -] in <Westmere>
    person <Nora Falk> title <Dr> [physicians @ -] in <Westmere>
    person <Alan Pryce> title <Drs> [surgeons @ -] in <Greyport>
    person <Ida Pryce> title <Drs> [surgeons @ -] in <Greyport>
    person <Edmund Thorne> title <Lord> [KC @ -]
    person <Anselm Voss> title <Brother> [chaplain @ -]
    person <Ida Marsh> title <PhD> [Senior Lecturer @ University of Eastmere]
    person <Otto Brandt> [Member @ Loren Assembly] [Founder @ Lantern Circle]
    organisation <Quay Club> in <Westmere>
    organisation <Harbour Readers>
    person <Tom “Rook” Hale> [poet @ -] in <Westmere>
    organisation <Lantern Trust>
    person <Clara Voss> [director @ Lantern Trust]
    organisation <Free Presses>
    person <Max Orme> [director @ Free Presses]
    organisation <Society of Sailors>
    person <Ada Holt> [chair @ Society of Sailors]
    ");
}

#[test]
fn a_table_with_a_head_and_numbers() {
    insta::assert_snapshot!(letter(
        Lang::EN,
         "PETITION\n\
             \n\
             To the Mayor of Greyport\n\
             \n\
             We, the undersigned, ask the Council to reopen the baths.\n\
             \n\
             Signed:\n\
             \n\
             No.\tName\tPosition\tCity\n\
             1.\tAda Holt\tteacher\tWestmere\n\
             2.\tIan Reed\tChair, Bathers’ League\tGreyport\n\
             3.\tDr Clara Voss\tphysician\tLorne\n\
             4.\tFriends of the Baths Association\t\tGreyport"
    ), @"
    to: the Mayor of Greyport
    to: the Council
    demand: reopen the baths
    person <Ada Holt> [teacher @ -] in <Westmere>
    person <Ian Reed> [Chair @ Bathers’ League] in <Greyport>
    person <Clara Voss> title <Dr> [physician @ -] in <Lorne>
    organisation <Friends of the Baths Association> in <Greyport>
    ");
}

#[test]
fn a_name_signed_and_typed_over_an_address() {
    insta::assert_snapshot!(letter(
        Lang::EN,
         "Dear Ms Crane,\n\
             \n\
             I am writing to you about my brother. Please release him without delay.\n\
             \n\
             Respectfully,\n\
             \n\
             /s/ Ian Reed\n\
             Ian Reed\n\
             12 Mill Lane, Greyport"
    ), @"
    to: Ms Crane
    demand: release him without delay
    person <Ian Reed>
    ");
}

#[test]
fn names_in_columns() {
    insta::assert_snapshot!(letter(
        Lang::EN,
         "JOINT STATEMENT\n\
             \n\
             We call for the release of the printers of Lorne.\n\
             \n\
             Signatories\n\
             \n\
             Ada Holt\tIan Reed\tClara Voss\n\
             Otto Brandt\tRuth Amsel\tKarel Novotny\n\
             \n\
             Names in alphabetical order."
    ), @"
    demand: the release of the printers of Lorne
    person <Ada Holt>
    person <Ian Reed>
    person <Clara Voss>
    person <Otto Brandt>
    person <Ruth Amsel>
    person <Karel Novotny>
    ");
}

#[test]
fn a_name_its_role_and_its_body_on_lines_of_their_own() {
    insta::assert_snapshot!(letter(
        Lang::EN,
         "Greyport, 4 June 1931\n\
             \n\
             Mr A. Lowe\n\
             Governor of Northshire\n\
             The Castle, Greyport\n\
             \n\
             Dear Governor,\n\
             \n\
             We urge you to stop the demolition of the old school and to publish the plans.\n\
             \n\
             In solidarity,\n\
             \n\
             Nora Falk\n\
             Chair\n\
             Friends of the Old School\n\
             \n\
             Karel Novotny\n\
             Headmaster, Harbour School\n\
             \n\
             Eva Lind\n\
             architect\n\
             Westmere"
    ), @"
    to: Mr A. Lowe Governor of Northshire The Castle, Greyport
    demand: stop the demolition of the old school
    demand: publish the plans
    person <Nora Falk> [Chair @ Friends of the Old School]
    person <Karel Novotny> [Headmaster @ Harbour School]
    person <Eva Lind> [architect @ -] in <Westmere>
    ");
}

#[test]
fn numbered_entries_of_many_forms() {
    insta::assert_snapshot!(letter(
        Lang::EN,
         "4 June 1931\n\
             \n\
             The Secretary-General\n\
             League of Harbours\n\
             Lorne\n\
             \n\
             The Committee on Free Printing\n\
             League of Harbours\n\
             \n\
             Excellencies,\n\
             \n\
             We are writing to express our concern over the fate of the printers. We respectfully ask that you:\n\
             \n\
             (a) visit the prison of Lorne;\n\
             (b) publish the report of your envoy.\n\
             \n\
             Respectfully yours,\n\
             \n\
             1) Harbour Legal Clinic & Partners (Greyport, Northshire)\n\
             2) Prof. emer. Ian Reed (University of Eastmere)\n\
             3) Rev. Paul Lind and Sister Agnes\n\
             4) Eva Lind-Marsh, MP for Lorne\n\
             5) Leo Stein (Lev Shteyn), novelist, former political prisoner\n\
             6) “Voices of the Quay” Collective\n\
             7) International Federation of Printers (IFP), Greyport Section\n\
             8) Amy Thorne, Deputy Director, and Max Orme, Legal Officer, Free Presses\n\
             9) The Rt Hon. Lady Crane, DBE\n\
             10) Anna van der Berg, on behalf of the Lorne Choir"
    ), @"
    to: The Secretary-General League of Harbours Lorne
    to: The Committee on Free Printing League of Harbours
    demand: visit the prison of Lorne
    demand: publish the report of your envoy
    organisation <Harbour Legal Clinic & Partners> in <Greyport, Northshire>
    person <Ian Reed> title <Prof. emer.> [- @ University of Eastmere]
    person <Paul Lind> title <Rev.>
    person <Sister Agnes>
    person <Eva Lind-Marsh> [MP @ Lorne]
    person <Leo Stein> [novelist @ -] [former political prisoner @ -]
    organisation <“Voices of the Quay” Collective>
    organisation <International Federation of Printers> [- @ Greyport Section]
    person <Amy Thorne> [Deputy Director @ Free Presses]
    person <Max Orme> [Legal Officer @ Free Presses]
    person <Crane> title <The Rt Hon. Lady>
    person <Anna van der Berg> [- @ Lorne Choir]
    ");
}

#[test]
fn un_ministre_et_une_procureure() {
    insta::assert_snapshot!(letter(
        Lang::FR,
         "LETTRE OUVERTE\n\
             \n\
             Sarre, le 3 mai 1921\n\
             \n\
             Monsieur le Ministre de la Justice\n\
             Madame la Procureure générale\n\
             Copie : Monsieur le Préfet\n\
             \n\
             Monsieur le Ministre,\n\
             \n\
             Nous vous demandons de libérer l’imprimeur Hugo Lenoir et de lui rendre sa presse.\n\
             \n\
             Nous vous prions d’agréer, Monsieur le Ministre, nos salutations distinguées.\n\
             \n\
             Mes Lucien Arnal et Colette Vidal, avocats au barreau de Sarre\n\
             Pour la Ligue des lecteurs : Adèle Morin, présidente\n\
             L’association « Plume libre », représentée par son président, Gaston Lebrun\n\
             Cercle des Éclusiers (Valmont)\n\
             Comité du canal (CDC)\n\
             Sœur Marie-Ange Thévenot\n\
             Les Amis du lavoir, ASBL\n\
             Marthe et Paul Simonin, libraires, Valmont\n\
             Pr Élise Garnier (historienne, université de Sarre, Sarre)\n\
             Père Anselme, aumônier\n\
             René Castel, romancier, Valmont\n\
             Simone Aubry, ancienne juge au tribunal de Sarre et membre du comité « Justice »"
    ), @"
    to: Monsieur le Ministre de la Justice
    to: Madame la Procureure générale
    demand: libérer l’imprimeur Hugo Lenoir
    demand: lui rendre sa presse
    person <Lucien Arnal> title <Mes> [avocats @ barreau de Sarre]
    person <Colette Vidal> title <Mes> [avocats @ barreau de Sarre]
    person <Adèle Morin> [présidente @ Ligue des lecteurs]
    organisation <association « Plume libre »>
    person <Gaston Lebrun> [président @ association « Plume libre »]
    organisation <Cercle des Éclusiers> in <Valmont>
    organisation <Comité du canal>
    person <Marie-Ange Thévenot> title <Sœur>
    organisation <Amis du lavoir>
    person <Marthe Simonin> [libraires @ -] in <Valmont>
    person <Paul Simonin> [libraires @ -] in <Valmont>
    person <Élise Garnier> title <Pr> [historienne @ université de Sarre] in <Sarre>
    person <Père Anselme> [aumônier @ -]
    person <René Castel> [romancier @ -] in <Valmont>
    person <Simone Aubry> [ancienne juge @ tribunal de Sarre] [membre @ comité « Justice »]
    ");
}

#[test]
fn signe_sur_une_ligne() {
    insta::assert_snapshot!(letter(
        Lang::FR,
         "Madame la Directrice,\n\
             \n\
             Je vous demande de rouvrir l’école du canal.\n\
             \n\
             Veuillez agréer, Madame, mes salutations.\n\
             \n\
             (signé)\n\
             Jeanne Roux\n\
             institutrice\n\
             Valmont"
    ), @"
    to: Madame la Directrice
    demand: rouvrir l’école du canal
    person <Jeanne Roux> [institutrice @ -] in <Valmont>
    ");
}

#[test]
fn une_petition_a_tirets() {
    insta::assert_snapshot!(letter(
        Lang::FR,
         "PÉTITION\n\
             \n\
             À l’attention de :\n\
             - Mme la Bourgmestre de Valmont\n\
             - M. le Gouverneur de la province\n\
             cc : la presse\n\
             \n\
             Nous, soussignés, demandons l’arrêt des travaux et exigeons la publication du dossier.\n\
             \n\
             Premiers signataires :\n\
             \n\
             - Collectif « Rivière vivante » (CRV), représenté par Mme Nadia Roux, coordinatrice\n\
             - M. et Mme Paul Simonin, riverains\n\
             - Dr Hugo Lenoir, Dr Lise Aubry et Dr Marc Vidal, médecins à Valmont\n\
             - Union des bateliers, section de Sarre\n\
             - Jeanne Castel, échevine de la Culture, Valmont\n\
             - Père Luc Thévenot, s.j., curé de Saint-Rémy\n\
             - Théâtre du Quai asbl\n\
             - Élise Morin (Les Amis du canal)\n\
             - Irène Dubois-Lambert, docteure en droit, chargée de cours à l’université de Sarre\n\
             - Fatima B., mère d’élève"
    ), @"
    to: Mme la Bourgmestre de Valmont
    to: M. le Gouverneur de la province
    demand: l’arrêt des travaux
    demand: la publication du dossier
    organisation <Collectif « Rivière vivante »>
    person <Nadia Roux> title <Mme> [coordinatrice @ Collectif « Rivière vivante »]
    person <Paul Simonin> title <M. et Mme> [riverains @ -]
    person <Hugo Lenoir> title <Dr> [médecins @ Valmont]
    person <Lise Aubry> title <Dr> [médecins @ Valmont]
    person <Marc Vidal> title <Dr> [médecins @ Valmont]
    organisation <Union des bateliers> [- @ section de Sarre]
    person <Jeanne Castel> [échevine @ Culture] in <Valmont>
    person <Luc Thévenot> title <Père> [curé @ Saint-Rémy]
    organisation <Théâtre du Quai asbl>
    person <Élise Morin> [- @ Amis du canal]
    person <Irène Dubois-Lambert> [docteure en droit @ -] [chargée de cours @ université de Sarre]
    person <Fatima B.> [mère d’élève @ -]
    ");
}

#[test]
fn numbered_russian_entries() {
    insta::assert_snapshot!(letter(
        Lang::RU,
         "ОТКРЫТОЕ ПИСЬМО\n\
             \n\
             Генеральному прокурору Заречья\n\
             Уполномоченному по правам человека в Заречье\n\
             Председателю Верховного суда\n\
             Копия: Министру юстиции\n\
             \n\
             Мы, нижеподписавшиеся, требуем освободить печатника Орехова и вернуть ему станок.\n\
             \n\
             Подписали:\n\
             \n\
             1. Анна Смолина, д. ю. н., профессор Заречного университета\n\
             2. Адвокаты Пётр Ветров и Вера Лугина\n\
             3. Общество пчеловодов «Улей» (г. Луговск)\n\
             4. Фонд «Тихая река» в лице директора Нины Гаевой\n\
             5. Союз печатников Заречья (СПЗ)\n\
             6. Отец Глеб (Рябов), настоятель\n\
             7. Олег и Нина Камышины, врачи, Луговск\n\
             8. Тимур Асланов, главный редактор издания «Слово-7»\n\
             9. Мария Орехова, мать Льва Орехова\n\
             10. Ян Дубов, адвокат Льва Орехова\n\
             11. Роман «Грач» Зимин, поэт, Луговск\n\
             12. Газета «Маяк» — главный редактор Зоя Белова\n\
             13. От имени общества «Слово»: Игорь Лесной, секретарь"
    ), @"
    to: Генеральному прокурору Заречья
    to: Уполномоченному по правам человека в Заречье
    to: Председателю Верховного суда
    demand: освободить печатника Орехова
    demand: вернуть ему станок
    person <Анна Смолина> title <д. ю. н.> [профессор @ Заречного университета]
    person <Пётр Ветров> [Адвокаты @ -]
    person <Вера Лугина> [Адвокаты @ -]
    organisation <Общество пчеловодов «Улей»> in <г. Луговск>
    organisation <Фонд «Тихая река»>
    person <Нины Гаевой> [директора @ Фонд «Тихая река»]
    organisation <Союз печатников Заречья>
    person <Отец Глеб (Рябов)> [настоятель @ -]
    person <Олег и Нина Камышины> [врачи @ -] in <Луговск>
    person <Тимур Асланов> [главный редактор @ издания «Слово-7»]
    person <Мария Орехова> [мать Льва Орехова @ -]
    person <Ян Дубов> [адвокат Льва Орехова @ -]
    person <Роман «Грач» Зимин> [поэт @ -] in <Луговск>
    organisation <Газета «Маяк»>
    person <Зоя Белова> [главный редактор @ Газета «Маяк»]
    person <Игорь Лесной> [секретарь @ общества «Слово»]
    ");
}

#[test]
fn a_russian_application_marked_signed() {
    insta::assert_snapshot!(letter(
        Lang::RU,
         "Главе администрации г. Луговска\n\
             от Смолиной А. П.\n\
             \n\
             ЗАЯВЛЕНИЕ\n\
             \n\
             Прошу выдать мне копию решения от 3 мая 1923 г.\n\
             \n\
             5 мая 1923 г.\n\
             \n\
             «подпись» А. П. Смолина"
    ), @"
    to: Главе администрации г. Луговска
    demand: выдать мне копию решения от 3 мая 1923 г
    person <А. П. Смолина>
    ");
}

#[test]
fn a_russian_table_and_a_list() {
    insta::assert_snapshot!(letter(
        Lang::RU,
         "КОЛЛЕКТИВНОЕ ОБРАЩЕНИЕ\n\
             \n\
             Кому: Губернатору Заречной области Луговому П. С.\n\
             \x20     Прокурору города Луговска\n\
             \x20     Редакции газеты «Маяк»\n\
             \n\
             Уважаемый Пётр Семёнович!\n\
             \n\
             Просим Вас остановить снос школы и опубликовать план застройки.\n\
             \n\
             С уважением,\n\
             \n\
             ФИО\tДолжность\tГород\n\
             Смолина Анна Петровна\tдиректор школы № 5\tЛуговск\n\
             Ветров Пётр Ильич\tпредседатель родительского комитета\tЗаречье\n\
             Лугина Вера Олеговна\tпенсионерка\tс. Камышино\n\
             \n\
             Инициативная группа «Наш двор» (координатор — Олег Рябов)\n\
             Заречный союз журналистов, г. Заречье\n\
             Правозащитный центр «Рассвет», директор Нина Гаева\n\
             Профессор, д.и.н. Игорь Лесной, кафедра истории Заречного университета\n\
             Зоя Белова-Дубова, художница, Рига\n\
             Тимур Асланов и Роман Зимин, адвокаты, Заречная коллегия адвокатов\n\
             Епископ Лука (Снегов)"
    ), @"
    to: Губернатору Заречной области Луговому П. С.
    to: Прокурору города Луговска
    to: Редакции газеты «Маяк»
    demand: остановить снос школы
    demand: опубликовать план застройки
    person <Смолина Анна Петровна> [директор @ школы № 5] in <Луговск>
    person <Ветров Пётр Ильич> [председатель @ родительского комитета] in <Заречье>
    person <Лугина Вера Олеговна> [пенсионерка @ -] in <с. Камышино>
    organisation <Инициативная группа «Наш двор»>
    person <Олег Рябов> [координатор @ Инициативная группа «Наш двор»]
    organisation <Заречный союз журналистов> in <г. Заречье>
    organisation <Правозащитный центр «Рассвет»>
    person <Нина Гаева> [директор @ Правозащитный центр «Рассвет»]
    person <Игорь Лесной> title <Профессор, д.и.н.> [- @ кафедра истории Заречного университета]
    person <Зоя Белова-Дубова> [художница @ -] in <Рига>
    person <Тимур Асланов> [адвокаты @ Заречная коллегия адвокатов]
    person <Роман Зимин> [адвокаты @ Заречная коллегия адвокатов]
    person <Епископ Лука (Снегов)>
    ");
}

#[test]
fn ukrainian_bullets() {
    insta::assert_snapshot!(letter(
        Lang::UK,
         "ВІДКРИТИЙ ЛИСТ\n\
             \n\
             Президентові Північної Республіки\n\
             Уповноваженій з прав людини\n\
             Міжнародному комітету друкарів\n\
             Копія: редакції «Маяка»\n\
             \n\
             Шановні пані та панове!\n\
             \n\
             Вимагаємо звільнити друкаря Вербу і повернути йому верстат.\n\
             \n\
             Підписи:\n\
             \n\
             • Олена Криниця, к. ю. н., доцентка Галицького університету\n\
             • Отець Андрій (Дуб), парох\n\
             • ГО «Тиха ріка» — виконавча директорка Соломія Явір\n\
             • Спілка друкарів (м. Заріччя)\n\
             • Іван та Марія Бондарі, вчителі\n\
             • Богдан Гай, адвокат Остапа Верби\n\
             • Товариство «Вулик» в особі голови Надії Лісової\n\
             • Віра Верба, дружина"
    ), @"
    to: Президентові Північної Республіки
    to: Уповноваженій з прав людини
    to: Міжнародному комітету друкарів
    demand: звільнити друкаря Вербу
    demand: повернути йому верстат
    person <Олена Криниця> title <к. ю. н.> [доцентка @ Галицького університету]
    person <Отець Андрій (Дуб)> [парох @ -]
    organisation <ГО «Тиха ріка»>
    person <Соломія Явір> [виконавча директорка @ ГО «Тиха ріка»]
    organisation <Спілка друкарів> in <м. Заріччя>
    person <Іван та Марія Бондарі> [вчителі @ -]
    person <Богдан Гай> [адвокат Остапа Верби @ -]
    organisation <Товариство «Вулик»>
    person <Надії Лісової> [голови @ Товариство «Вулик»]
    person <Віра Верба> [дружина @ -]
    ");
}

#[test]
fn a_ukrainian_application_marked_signed() {
    insta::assert_snapshot!(letter(
        Lang::UK,
         "До Зарічної міської ради\n\
             Дуб Остап Іванович, вул. Садова, 5\n\
             \n\
             ЗАЯВА\n\
             \n\
             Прошу надати дозвіл.\n\
             \n\
             (підпис) О. І. Дуб"
    ), @"
    to: До Зарічної міської ради
    demand: надати дозвіл
    person <О. І. Дуб>
    ");
}

#[test]
fn ukrainian_organisations_and_people() {
    insta::assert_snapshot!(letter(
        Lang::UK,
         "СПІЛЬНА ЗАЯВА\n\
             \n\
             Ми закликаємо уряд негайно відкрити бібліотеку та повернути книжки.\n\
             \n\
             Підписали:\n\
             \n\
             Громадські організації:\n\
             1. Центр «Світанок» (Зарічне)\n\
             2. ГО «Читальня» (ГОЧ)\n\
             3. Правозахисна група «Січень» — голова Павло Лісовий\n\
             \n\
             Громадяни:\n\
             Соломія Явір, письменниця, Заріччя\n\
             проф. Остап Верба, д.ф.н., кафедра літератури, Галицький університет\n\
             Надія Криниця та Олег Гай, учителі\n\
             Богдан Дуб (Боян), поет\n\
             Марія Верба, мати Остапа Верби-молодшого\n\
             \n\
             Збір підписів триває."
    ), @"
    demand: негайно відкрити бібліотеку
    demand: повернути книжки
    organisation <Центр «Світанок»> in <Зарічне>
    organisation <ГО «Читальня»>
    organisation <Правозахисна група «Січень»>
    person <Павло Лісовий> [голова @ Правозахисна група «Січень»]
    person <Соломія Явір> [письменниця @ -] in <Заріччя>
    person <Остап Верба> title <проф.> [кафедра літератури @ Галицький університет]
    person <Надія Криниця> [учителі @ -]
    person <Олег Гай> [учителі @ -]
    person <Богдан Дуб> [- @ Боян] [поет @ -]
    person <Марія Верба> [мати Остапа Верби-молодшого @ -]
    ");
}

#[test]
fn kazakh_kin_and_representatives() {
    insta::assert_snapshot!(letter(
        Lang::KK,
         "АШЫҚ ХАТ\n\
             \n\
             Қазақстан Республикасының Президентіне\n\
             Бас прокурорға\n\
             Адам құқықтары жөніндегі уәкілге\n\
             Көшірмесі: «Шам» газетіне\n\
             \n\
             Біз, төменде қол қойғандар, алаңдаушылық білдіреміз.\n\
             \n\
             Мыналарды талап етеміз:\n\
             1. Баспахананы ашу.\n\
             2. Істі тоқтату.\n\
             \n\
             Қол қойғандар:\n\
             \n\
             «Өзен» қоғамдық қоры (Тоғайлы қ.)\n\
             «Бұлақ» бірлестігі, Тоғайлы қ.\n\
             Айжан Сұлтанова, заң ғылымдарының докторы, «Сөз» институты\n\
             Зере апай (Зере Оспанова), Ерланның әжесі\n\
             Болат пен Дана Ахметовтер, көршілері\n\
             «Шам» газеті — бас редакторы Марат Жұмабаев\n\
             «Жол» клубы атынан Гүлнар Сейітова, төрағасы\n\
             Ерлан Оспан ұлы, жазушы"
    ), @"
    to: Қазақстан Республикасының Президентіне
    to: Бас прокурорға
    to: Адам құқықтары жөніндегі уәкілге
    demand: Баспахананы ашу
    demand: Істі тоқтату
    organisation <«Өзен» қоғамдық қоры> in <Тоғайлы қ.>
    organisation <«Бұлақ» бірлестігі> in <Тоғайлы қ.>
    person <Айжан Сұлтанова> title <заң ғылымдарының докторы> [- @ «Сөз» институты]
    person <Зере Оспанова> [Ерланның әжесі @ -]
    person <Болат пен Дана Ахметовтер> [көршілері @ -]
    organisation <«Шам» газеті>
    person <Марат Жұмабаев> [бас редакторы @ «Шам» газеті]
    person <Гүлнар Сейітова> [төрағасы @ «Жол» клубы]
    person <Ерлан Оспан ұлы> [жазушы @ -]
    ");
}

#[test]
fn kazakh_names_over_their_roles() {
    insta::assert_snapshot!(letter(
        Lang::KK,
         "ҮНДЕУ\n\
             \n\
             Тоғайлы қаласының әкіміне\n\
             Білім министрлігіне\n\
             \n\
             Құрметті әкім мырза!\n\
             \n\
             Біз, тұрғындар, мектепті жабу туралы шешімнің күшін жоюды және жөндеуді аяқтауды сұраймыз.\n\
             \n\
             Құрметпен,\n\
             \n\
             Айжан Сұлтанова\n\
             «Білім» қорының директоры\n\
             \n\
             Ерлан Оспанов\n\
             заңгер, Тоғайлы қаласы\n\
             \n\
             Дана Қалиева, мұғалім\n\
             Болат Ахметұлы, ардагер\n\
             «Ата-аналар кеңесі» қоғамдық бірлестігі (АКБ)"
    ), @"
    to: Тоғайлы қаласының әкіміне
    to: Білім министрлігіне
    demand: мектепті жабу туралы шешімнің күшін жоюды
    demand: жөндеуді аяқтауды
    person <Айжан Сұлтанова> [директоры @ «Білім» қорының]
    person <Ерлан Оспанов> [заңгер @ -] in <Тоғайлы қаласы>
    person <Дана Қалиева> [мұғалім @ -]
    person <Болат Ахметұлы> [ардагер @ -]
    organisation <«Ата-аналар кеңесі» қоғамдық бірлестігі>
    ");
}

#[test]
fn an_appeal_that_heads_its_list_with_one_word() {
    let words = "JOINT URGENT APPEAL\n\nLisbon, 6 March 2019\n\nTo the Minister of Justice\n\nWe, two organisations and one person, \
                 are alarmed by the detention of Anna Wolk, who has done nothing but write.\n\nSIGNED\n\nOrganisations\n\
                 Lanterns Watch Iberia\nNetwork of Open Courts (London)\n\nIndividuals\nRuth Adeyemi, lecturer, University of Porto\n";
    assert_eq!(
        letter(Lang::EN, words),
        "to: the Minister of Justice\n\
         organisation <Lanterns Watch Iberia>\n\
         organisation <Network of Open Courts> in <London>\n\
         person <Ruth Adeyemi> [lecturer @ University of Porto]"
    );
}

#[test]
fn a_heading_over_names_that_are_too_few_makes_no_letter() {
    let words = "The committee sat in Lisbon on 6 March 2019 and heard the parties.\n\nSigned\n\nAnna Wolk\n";
    assert_eq!(letter(Lang::EN, words), "no letter");
}

#[test]
fn the_receipt_under_a_notice_is_signed_by_nobody() {
    insta::assert_snapshot!(letter(
        Lang::RU,
        "УВЕДОМЛЕНИЕ\n\
         Сообщаем Вам, что решением от 3 мая 1923 г. в выезде отказано. Решение может быть обжаловано в суд.\n\
         \n\
         Заместитель начальника\n\
         подполковник полиции          И. П. Лугин\n\
         \n\
         Уведомление получила «5» мая 1923 г.   (подпись)   А. Смолина\n\
         Исп. Гаева Н. П."
    ), @"no letter");
}

#[test]
fn an_initial_is_no_village() {
    insta::assert_snapshot!(letter(
        Lang::UK,
        "ВІДКРИТИЙ ЛИСТ\n\
         Вимагаємо звільнити друкаря Вербу.\n\
         Підписи:\n\
         Голова правління, М. Дуб\n\
         С. Криниця, вчителька, с. Лугове"
    ), @r"
    demand: звільнити друкаря Вербу
    person <М. Дуб> [Голова правління @ -]
    person <С. Криниця> [вчителька @ -] in <с. Лугове>
    ");
}
