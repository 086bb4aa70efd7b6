"""Texts of our own writing for the goldens: invented names and cases, in many constructions and with every odd sign.

    texts.py en|fr|kk [COUNT]      one JSON string a line
"""

import json
import random
import sys

NAMES = {
    "en": ["Almira Toth", "Judge Okonjo-Bell", "Mr. Petrosyan", "Dr Amina Yusufova", "Lady Harcourt", "J. R. Whitlock", "Sgt. O'Malley",
           "Nurzhan Sadykbekov", "Oleksandra Marchenko", "M. Lefèvre", "van der Steen", "Ms. Ortega-Ruiz", "K.T. Abayev", "Prof. Lindqvist",
           "Said al-Tamimi", "Chen Wei", "Björk Sigurðardóttir", "Mrs Dalloway-Smith", "Ivan", "the Kozlov brothers"],
    "fr": ["Mme Lefèvre", "M. Dupont-Aymard", "Me Garance Thévenot", "le juge Okonjo", "Nurzhan Sadykbekov", "Oleksandra Martchenko",
           "Amélie de La Tour", "J.-P. Vasseur", "le docteur Yusufova", "MM. Rey et Blanchet", "l'abbé Morel", "Saïd al-Tamimi", "D'Estrées",
           "Mlle O'Brien", "Jean-Baptiste", "le préfet Quéméneur", "la greffière Anne-Lise Roux", "Tchen Wei", "Ivan Kozlov", "Aïcha N."],
    "kk": ["Нұржан Сәдуақасов", "судья Гүлмира Оспанова", "Қ. Әбенов", "А.Б. Сейітов", "Ерлан Тұрсынұлы", "Айгүл Бекмұхамбетқызы", "адвокат Сәуле Мырзахметова",
           "Иван Козлов", "Олександра Марченко", "Жан-Пьер Моро", "Алмас әл-Қайыр", "Дәурен", "тергеуші М. Жүнісов", "Chen Wei", "Бақытжан Өтеген", "прокурор Ұлан Ғаниев",
           "Сымбат пен Әсел", "Мәди Іңкәрбек", "Шолпан Һәкімова", "ағайынды Қожабаевтар"],
}
BODIES = {
    "en": ["the Court of Appeal", "the Regional Tribunal of Lodz", "UNHCR", "Halden & Frost LLP", "the Ministry of Justice", "Amnesty",
           "the High Court", "the E.C.H.R.", "Norwind Bank plc", "the Supreme Court of Kazakhstan", "the 3rd Chamber", "Interpol",
           "the City of Almaty", "BTA-Trust JSC", "the Home Office", "the Prosecutor's Office", "Radio Meridian", "the House of Lords"],
    "fr": ["la Cour d'appel de Rennes", "le tribunal administratif", "l'OFPRA", "la CNDA", "le Conseil d'État", "la préfecture du Var",
           "la société Nordvent S.A.", "le ministère de l'Intérieur", "la Cour de cassation", "l'ordre des avocats", "la 3e chambre civile",
           "le HCR", "la Banque de l'Ouest", "l'Assemblée nationale", "le parquet général", "la mairie d'Aix-en-Provence", "le JLD", "Radio Méridien"],
    "kk": ["Жоғарғы Сот", "Алматы қалалық соты", "Ішкі істер министрлігі", "«Нордвинд» банкі", "«Қайнар Трейд» ЖШС", "Бас прокуратура", "ҰҚК", "Еуропалық сот", "Адам құқықтары бюросы",
           "«Меридиан» радиосы", "Әділет департаменті", "Шымкент қаласының әкімдігі", "БҰҰ", "Мәжіліс", "Адвокаттар алқасы", "«Тіршілік» қоғамдық қоры", "Interpol", "Сыбайлас жемқорлыққа қарсы қызмет"],
}
PLACES = {
    "en": ["London", "Geneva", "Almaty", "Kyiv", "New York", "the Black Sea coast", "Lodz", "St. Petersburg", "Saint-Malo", "Zhanaozen",
           "U.S.", "the United Kingdom", "northern France", "Île-de-France", "Астана", "Strasbourg"],
    "fr": ["Paris", "Genève", "Almaty", "Kiev", "Aix-en-Provence", "la Côte d'Azur", "Saint-Malo", "Rennes", "l'Île-de-France", "Jañaozen",
           "Strasbourg", "Bruxelles", "la Loire-Atlantique", "Villeneuve-d'Ascq", "Астана", "Londres"],
    "kk": ["Алматы", "Астана", "Жаңаөзен", "Қарағанды облысы", "Лондон", "Женева", "Өскемен", "Киев", "Сырдария ауданы", "Каспий теңізі", "Ақтөбе", "Қызылорда",
           "Ұлыбритания", "Страсбург", "Ресей", "New York"],
}
DATES = {
    "en": ["on 12 March 2019", "on June 3rd, 2021", "last Tuesday", "in the spring of 1998", "on 03/04/2020", "at 5:30 p.m. on Friday",
           "between 2010 and 2014", "in late December", "two weeks later", "on the 1st of May", "in Q3 2022", "at 10am", "in the 1990s", "on 2023-07-15"],
    "fr": ["le 12 mars 2019", "le 1er juin 2021", "mardi dernier", "au printemps 1998", "le 03/04/2020", "vendredi à 17 h 30", "entre 2010 et 2014",
           "fin décembre", "deux semaines plus tard", "le 14 juillet", "au 3e trimestre 2022", "à 10h", "dans les années 1990", "le 2023-07-15"],
    "kk": ["2019 жылғы 12 наурызда", "2021 ж. 3 маусымда", "өткен сейсенбіде", "1998 жылдың көктемінде", "03.04.2020 ж.", "жұма күні сағат 17:30-да", "2010–2014 жж.",
           "желтоқсанның соңында", "екі аптадан кейін", "1-мамырда", "2022 жылдың 3-тоқсанында", "сағат 10:00-де", "90-жылдары", "2023-07-15 күні"],
}
SUMS = {
    "en": ["$4.5 million", "€1,200", "£300k", "12.5%", "3,000 euros", "US$ 40,000", "a fine of 500 dollars", "ten per cent", "25km", "two thirds", "70°C", "1/2"],
    "fr": ["4,5 millions d'euros", "1 200 €", "300 k€", "12,5 %", "3.000 euros", "40 000 US$", "une amende de 500 euros", "dix pour cent", "25km", "les deux tiers", "70°C", "1/2"],
    "kk": ["4,5 млн. теңге", "1 200 еуро", "300 мың ₸", "12,5%", "3.000 теңге", "US$ 40 000", "500 АЕК айыппұл", "он пайыз", "25 шақырым", "үштен екісі", "70°C", "1/2"],
}
VERBS = {
    "en": ["ruled", "said", "claimed", "denied", "wrote", "warned", "had not argued", "will probably decide", "doesn't believe", "couldn't have known",
           "ordered", "is going to announce", "would've admitted", "reported", "insists"],
    "fr": ["a jugé", "a déclaré", "affirme", "nie", "écrivait", "a prévenu", "n'avait pas soutenu", "décidera sans doute", "ne croit pas",
           "n'aurait pu savoir", "a ordonné", "va annoncer", "aurait admis", "rapporte", "soutient"],
    "kk": ["деп шешті", "деп мәлімдеді", "деп санайды", "дегенді жоққа шығарды", "деп жазды", "деп ескертті", "деп айтқан жоқ", "деп шешуі мүмкін", "дегенге сенбейді",
           "деп біле алмас еді", "деп бұйырды", "деп хабарлайды", "деп мойындар еді", "деп баяндады", "деп талап етті"],
}
CLAUSES = {
    "en": ["the appeal was dismissed", "{n} had been detained in {p} for {k} days", "the defendants owed {s} to {b}", "no one who'd read the file could doubt it",
           "the extradition of {n} to {p} was unlawful", "it's too late", "the letter, which nobody signed, reached {b} {d}", "they weren't told why",
           "the hearing set for {k}:30 was adjourned sine die", "the children of {n} should be given leave to remain", "{b} must pay {s} within {k} days",
           "what the witness saw in {p} remains unclear", "she'd gonna need a lawyer", "we can't, won't and shouldn't agree", "the judge himself knew {n} well"],
    "fr": ["l'appel était rejeté", "{n} avait été détenu à {p} pendant {k} jours", "les prévenus devaient {s} à {b}", "quiconque aurait lu le dossier n'en pourrait douter",
           "l'extradition de {n} vers {p} était illégale", "c'est trop tard", "la lettre, que personne n'avait signée, parvint à {b} {d}", "on ne leur a pas dit pourquoi",
           "l'audience fixée à {k} h 30 était renvoyée sine die", "les enfants de {n} devaient obtenir un titre de séjour", "{b} doit verser {s} dans un délai de {k} jours",
           "ce que le témoin a vu à {p} demeure obscur", "il faudrait qu'elle aille voir un avocat", "nous ne pouvons, ni ne devons l'accepter", "le juge lui-même connaissait bien {n}"],
    "kk": ["шағым қанағаттандырылмады", "{n} {p} түрмесінде {k} күн отырды", "жауапкерлер {b} алдында {s} қарыз болды", "істі оқыған ешкім оған күмәнданбайды",
           "{n} экстрадициялануы заңсыз болды", "енді кеш", "ешкім қол қоймаған хат {d} {b} қолына тиді", "оларға себебі айтылған жоқ", "сағат {k}:30-ға белгіленген отырыс кейінге қалдырылды",
           "{n} балаларына {p} қаласында қалуға рұқсат берілуі тиіс", "{b} {k} күн ішінде {s} төлеуге міндетті", "куәнің {p} қаласында не көргені белгісіз", "оған адвокат керек",
           "біз бұған көне алмаймыз", "судьяның өзі {n} есімді азаматты жақсы біледі"],
}
FRAMES = {
    "en": ["{b} {v} {d} that {c}.", "{D}, {n} {v} that {c}, and that {c}.", "“{C},” {v} {n}, counsel for {b}.", "According to {b}, {c}; {n} {v} otherwise.",
           "{n} ({k}), a journalist from {p}, was arrested {d} and fined {s}.", "Having heard {n} and {n}, {b} dismissed claim No. {k}/{y}.",
           "Who {v} that {c}?", "{n} v. {b} [{y}] EWCA Civ {k}, para. {k}(a)-(c).", "Art. {k} § {k2} of the Act of {y} doesn't apply where {c}.",
           "- {n}\n- {n}, {p}\n- {b}", "It was {n} whom {b} summoned {d}, not {n}.", "If {c}, then {c}.", "{n}'s lawyer, {n}, {v}: \"{C}!\"", "The sum of {s} was transferred from {p} to {p} {d}.",
           "{b}'s decision of {y} was set aside because {c}.", "Re: {n} — your letter of {d}", "Although {c}, neither {n} nor {b} {v} anything.", "To: {n}, {p}\tFrom: {b}", "{N} {V} {C}."],
    "fr": ["{b} {v} {d} que {c}.", "{D}, {n} {v} que {c}, et que {c}.", "« {C} », {v} {n}, avocat de {b}.", "Selon {b}, {c} ; {n} {v} le contraire.",
           "{n} ({k} ans), journaliste à {p}, fut arrêté {d} et condamné à {s}.", "Après avoir entendu {n} et {n}, {b} rejette la requête n° {k}/{y}.",
           "Qui {v} que {c} ?", "{n} c. {b}, n° {k}-{y}, § {k2}, al. 1er.", "L'art. L. {k}-{k2} du code ne s'applique pas lorsque {c}.", "- {n}\n- {n}, {p}\n- {b}",
           "C'est {n} que {b} a convoqué {d}, et non {n}.", "Si {c}, alors {c}.", "L'avocat de {n}, {n}, {v} : \"{C} !\"", "La somme de {s} fut virée de {p} à {p} {d}.",
           "La décision de {b} ({y}) est annulée parce que {c}.", "Objet : {n} — votre lettre {d}", "Bien que {c}, ni {n} ni {b} n'ont rien dit.", "À : {n}, {p}\tDe : {b}", "{N} {V} {C}."],
    "kk": ["{b} {d} {c} {v}.", "{D} {n} {c} {v}, сондай-ақ {c}.", "«{C}», – деді {n}, {b} өкілі.", "{b} дерегінше, {c}; {n} керісінше айтты.",
           "{n} ({k}), {p} журналисі, {d} ұсталып, оған {s} салынды.", "{n} мен {n} сөзін тыңдап, {b} № {k}/{y} талапты қайтарды.", "Кім {c} {v}?", "{n} {b} қарсы, № {k}-{y}, {k2}-т.",
           "{y} жылғы Заңның {k}-бабының {k2}-тармағы {c} жағдайда қолданылмайды.", "- {n}\n- {n}, {p}\n- {b}", "{b} {d} {n} емес, {n} шақырды.", "Егер {c}, онда {c}.",
           "{n} адвокаты {n}: \"{C}!\" – {v}.", "{s} {p} қаласынан {p} қаласына {d} аударылды.", "{b}-ның {y} ж. шешімінің күші жойылды, өйткені {c}.", "Тақырыбы: {n} — {d} хатыңыз",
           "{C}, бірақ {n} да, {b} да үндемеді.", "Кімге: {n}, {p}\tКімнен: {b}", "{N} {V} {C}.", "{b} мен {b} арасындағы {p} келісімі т.б. құжаттар {d} жарияланды."],
}
ODD = [
    "", " ", "\n", "\n\n  \t", "a", ".", "...", "…", "😀", "👩‍👩‍👧‍👦 family 🇫🇷🇰🇿", ":-) ;) <3 :'( xD", "https://example.org/a/b?c=d&e=%20f#g, see www.example.com/path.",
    "mail a.b+c@example.co.uk; or ftp://files.example.net:8021/x_y.tar.gz!", "C'mon, y'all: it ain't gonna rain, dontcha think?", "e.g. this, i.e. that, etc. and so on, cf. p. 12.",
    "a  b   c    d", "  leading and trailing  ", "tab\there\tand\nnew line\r\nand more\u00a0no-break\u2009thin", "\u200bzero\u200bwidth\ufeff", "e\u0301clair re\u0301sume\u0301",
    "\u0301\u0302\u0303", "ÀÉÎÕÜ ßẞ İı ǅ ﬁ ½ ² ³ ①②", "Привет, мир! Суд отказал г-ну Иванову.", "Қазақстан Республикасының Жоғарғы Соты", "Україна — це Європа.",
    "東京地方裁判所は昨日、判決を言い渡した。", "المحكمة العليا رفضت الطلب.", "ศาลฎีกา", "mixed Москва London 東京 αβγ", "((((nested) brackets])))", "$$$ €€€ 100%%% #hashtag @handle",
    "x=1;y=2//z->w", "C++/C#/.NET and A/B-testing", "1,234,567.89 and 1.234.567,89 and 1 234", "10:30-11:45, 5'10\", 20°C., 30km/h", "U.S.A. vs. U.K.; Ph.D., M.Sc., Inc., Ltd.",
    "don't can't won't I'm you're he's they've I'd we'll let's", "l'homme d'aujourd'hui qu'il n'a pas vu jusqu'à l'aube", "aujourd'hui, c'est-à-dire peut-être, là-bas, porte-monnaie, va-t-il, dit-elle",
    "rendez-vous grand-mère arc-en-ciel sous-préfet Île-de-France vice-président quelqu'un presqu'île", "“quoted” ‘single’ «guillemets» „low“ ‹angle›", "--- *** ___ === ~~~",
    "no.end.of.dots..here...and....there", "WORD WORDS IN CAPITALS AND MiXeD cAsE", "a-b-c-d e–f g—h i−j", "\x00\x01\x02 control \x1b[0m \x7f", "\x1c\x1d\x1e\x1f", "\U0001F600\U0001F601\U0001F602\U0001F603 four",
    "supercalifragilisticexpialidocious" * 4, "l’apostrophe courbe d’une étudiante n’est qu’un signe", "5$ 5€ $5 €5 5 % 5%", "12h30 17h 8 h 3e 1er 2nde XIXe XXIème", "n° 12, n°12, No. 12, #12, art. 12",
    "(a) first; (b) second; (c) third.", "Fig. 3.2, Sec. 4.1.2, pp. 33-35, vol. II", "Mr.Smith went.He left.They,too,left", "end.Next sentence!Another?Yes", "\"'`´’‘”“\"",
    "A\u2028B\u2029C\u0085D", "_under_score_ and snake_case CamelCase kebab-case", "₿1 ₸500 ₽300 ₴20 ¥9 £3", "and/or his/her w/o w/ b/c", "²³¹ H2O CO₂ m² km³", "‑non‑breaking‑hyphens‑", "🙂🙂🙂🙂🙂 ok 👍🏽",
    "vous-même eux-mêmes celui-ci celle-là ceux-là", "entr'ouvrir prud'homme m'man p'tit", "Mme. M. Dr. Pr. Me. av. J.-C. apr. J.-C.", "Jan. Feb. Mar. Sept. Dec. a.m. p.m. Jan.1",
    "ex-président anti-tank co-operate re-enter pré-requis", "'tis 'twas 'cause 'em 'nuff ol' goin' doin' nothin' somethin'", "ain't shan't ca n't wo n't gonna gotta c'mon let's y'all",
]


def fill(rng: random.Random, lang: str, frame: str) -> str:
    def one(match: str) -> str:
        pick = {"n": NAMES, "b": BODIES, "p": PLACES, "d": DATES, "s": SUMS, "v": VERBS, "c": CLAUSES}
        low = match.lower()
        if match == "k":
            return str(rng.randint(1, 60))
        if match == "k2":
            return str(rng.randint(1, 9))
        if match == "y":
            return str(rng.randint(1890, 2025))
        text = rng.choice(pick[low][lang])
        text = fill(rng, lang, text)
        if match in ("N", "V"):
            return text.upper()
        return text[0].upper() + text[1:] if match != low else text

    out, rest = "", frame
    while "{" in rest:
        before, rest = rest.split("{", 1)
        name, rest = rest.split("}", 1)
        out += before + one(name)
    return out + rest


def texts(lang: str, count: int) -> list[str]:
    rng = random.Random(f"khronika {lang}")
    out = list(ODD)
    while len(out) < count:
        sentences = [fill(rng, lang, rng.choice(FRAMES[lang])) for _ in range(rng.choice([1, 1, 1, 2, 3, 6]))]
        text = rng.choice([" ", " ", " ", "\n", "\n\n", "  "]).join(sentences)
        if rng.random() < 0.12:
            text += rng.choice([" ", "\n", " " + rng.choice(ODD[5:])])
        if rng.random() < 0.03:
            text = text.upper()
        if rng.random() < 0.04:
            at = rng.randrange(len(text))
            text = text[:at] + rng.choice(["😀", "\u0301", "  ", "\t", "—", "’", "«", "…", "№", "ә"]) + text[at + rng.randrange(2):]
        out.append(text)
    return out


if __name__ == "__main__":
    for text in texts(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1200):
        print(json.dumps(text, ensure_ascii=True))
