//! The documents of the benchmark: made up, in five languages, the same ones each time.

/// A generator that gives the same numbers everywhere.
struct Random(u64);

impl Random {
    /// Numbers that belong to one document.
    fn of(document: usize) -> Self {
        let mut random = Self(0x9e37_79b9_7f4a_7c15 ^ (document as u64 + 1).wrapping_mul(0xbf58_476d_1ce4_e5b9));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most as u64).unwrap()
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// What documents of a language are made of. In sentences `{d}`, `{m}` and `{y}` are a day, `{n}` is a name, `{b}` a body and `{i}` a number.
struct Language {
    head: &'static [&'static str],
    sentences: &'static [&'static str],
    months: [&'static str; 12],
    first: &'static [&'static str],
    last: &'static [&'static str],
    bodies: &'static [&'static str],
    foot: &'static str,
}

/// How many sentences stand in a document, and how many make a page of the long one.
const SENTENCES: usize = 6;
const PAGE: usize = 24;
/// How many pages the long one has.
const PAGES: usize = 500;

/// All documents with their names: `count` short ones, and a long one.
pub(crate) fn all(count: usize) -> impl Iterator<Item = (String, String)> {
    let short = (0..count).map(|n| {
        let language = &LANGUAGES[n % LANGUAGES.len()];
        (format!("{:03}-{n:05}.txt", n / 100), document(language, n))
    });
    short.chain(std::iter::once_with(long))
}

fn document(language: &Language, n: usize) -> String {
    let mut random = Random::of(n);
    let mut text = fill(language, random.one(language.head), &mut random);
    for k in 0..SENTENCES {
        // A paragraph has three sentences.
        text.push_str(if k % 3 == 0 { "\n\n" } else { " " });
        text.push_str(&fill(language, random.one(language.sentences), &mut random));
    }
    text.push_str("\n\n");
    text.push_str(&fill(language, language.foot, &mut random));
    text.push('\n');
    text
}

/// A text as long as a book. Form feeds part its pages.
fn long() -> (String, String) {
    let language = &LANGUAGES[0];
    let mut random = Random::of(usize::MAX - 1);
    let mut text = String::from("Record of the proceedings");
    for page in 0..PAGES {
        for k in 0..PAGE {
            text.push_str(if k % 4 == 0 { "\n\n" } else { " " });
            text.push_str(&fill(language, random.one(language.sentences), &mut random));
        }
        if page + 1 < PAGES {
            text.push_str("\n\u{c}");
        }
    }
    ("record.txt".to_owned(), text)
}

fn fill(language: &Language, sentence: &str, random: &mut Random) -> String {
    let mut out = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (what, after) = after.split_once('}').unwrap();
        match what {
            "d" => out.push_str(&(1 + random.below(28)).to_string()),
            "m" => out.push_str(random.one(&language.months)),
            "y" => out.push_str(&(2004 + random.below(18)).to_string()),
            "i" => out.push_str(&(2 + random.below(90)).to_string()),
            "b" => out.push_str(random.one(language.bodies)),
            _ => {
                out.push_str(random.one(language.first));
                out.push(' ');
                out.push_str(random.one(language.last));
            }
        }
        rest = after;
    }
    out + rest
}

const LANGUAGES: [Language; 5] = [
    Language {
        head: &["Letter of {d} {m} {y} to {b}", "Ruling\n\n{d} {m} {y}, {b}", "Note for the file, {d} {m} {y}"],
        sentences: &[
            "On {d} {m} {y} {b} dismissed the appeal of {n} against the order of {d} {m} {y}.",
            "On {d} {m} {y} {n} appealed to {b} against the decision of {d} {m} {y}.",
            "By an order of {d} {m} {y} {b} stayed the removal of {n}.",
            "{n} said on {d} {m} {y} that the hearing before {b} had been unfair.",
            "{b} annulled the decision of {d} {m} {y} on {d} {m} {y}.",
            "The decision may be appealed within {i} days of its service, which took place on {d} {m} {y}.",
            "{n} and {n} were heard by {b} on {d} {m} {y}.",
            "The argument rests on a distinction that the older authorities never quite settled.",
        ],
        months: khronika_core::MONTHS,
        first: &[
            "Ada", "Arthur", "Clara", "Edmund", "Flora", "Giles", "Harriet", "Jonas", "Maud", "Percy", "Ruth", "Silas",
        ],
        last: &[
            "Brownlow",
            "Vane",
            "Thorpe",
            "Ashdown",
            "Pickering",
            "Lorne",
            "Marchbank",
            "Quill",
            "Redfern",
            "Stapleton",
            "Tolliver",
            "Underwood",
            "Wexford",
            "Yardley",
            "Oakes",
            "Hollis",
        ],
        bodies: &[
            "the High Court",
            "the Court of Appeal",
            "the District Court",
            "the Regional Court",
            "the City Council",
        ],
        foot: "Yours faithfully,\n{n}",
    },
    Language {
        head: &["Lettre du {d} {m} {y} à {b}", "Arrêt du {d} {m} {y}", "Note au dossier, {d} {m} {y}"],
        sentences: &[
            "Par un arrêt du {d} {m} {y}, {b} a rejeté l'appel formé par {n}.",
            "Le {d} {m} {y}, {n} a formé un recours contre la décision du {d} {m} {y}.",
            "Le {d} {m} {y}, {b} a annulé la décision du {d} {m} {y}.",
            "Selon {n}, l'audience fixée au {d} {m} {y} avait été renvoyée.",
            "{b} a suspendu l'exécution de l'arrêté du {d} {m} {y} le {d} {m} {y}.",
            "Le délai d'appel est de {i} jours à compter de la notification, faite le {d} {m} {y}.",
            "{n} et {n} ont été entendus par {b} le {d} {m} {y}.",
            "Le moyen repose sur une distinction qui tient aux circonstances propres à chaque famille.",
        ],
        months: [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        first: &["Aline", "Baptiste", "Camille", "Denis", "Édith", "Fernand", "Gisèle", "Hugues", "Inès", "Lucien"],
        last: &[
            "Durand",
            "Petitjean",
            "Lenoir",
            "Marchais",
            "Béraud",
            "Chastel",
            "Fontanel",
            "Garnier",
            "Vasseur",
            "Thibaud",
        ],
        bodies: &[
            "la cour d'appel de Lyon",
            "le tribunal administratif de Lille",
            "le Conseil d'État",
            "la cour d'assises de Dijon",
        ],
        foot: "Veuillez agréer mes salutations.\n{n}",
    },
    Language {
        head: &["Заявление от {d} {m} {y} года", "Постановление\n\n{d} {m} {y} года", "Записка от {d} {m} {y} года"],
        sentences: &[
            "{d} {m} {y} года {b} отменил решение от {d} {m} {y} года.",
            "Постановлением от {d} {m} {y} года {b} отказал в удовлетворении жалобы на решение от {d} {m} {y} года.",
            "{d} {m} {y} года {n} подал апелляционную жалобу на решение от {d} {m} {y} года.",
            "По словам адвоката {n}, заседание было отложено до {d} {m} {y} года.",
            "{b} {d} {m} {y} года приостановил исполнение решения от {d} {m} {y} года.",
            "Жалоба может быть подана в течение {i} дней со дня получения решения, то есть с {d} {m} {y} года.",
            "{n} заявил {d} {m} {y} года, что суд не исследовал доказательства.",
            "Этот довод основан на различии, которое зависит от положения каждой семьи.",
        ],
        months: [
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
        ],
        first: &["Иван", "Пётр", "Семён", "Андрей", "Глеб", "Захар", "Кирилл", "Матвей", "Никита", "Тимофей"],
        last: &["Громов", "Лосев", "Съездов", "Берёзкин", "Журавлёв", "Зимин", "Кедров", "Лугов", "Мостовой", "Щукин"],
        bodies: &["Верховный Суд", "областной суд", "районный суд", "городской суд", "кассационный суд"],
        foot: "С уважением,\n{n}",
    },
    Language {
        head: &["Скарга від {d} {m} {y} року", "Ухвала\n\n{d} {m} {y} року", "Нотатка від {d} {m} {y} року"],
        sentences: &[
            "{d} {m} {y} року {b} скасував рішення від {d} {m} {y} року.",
            "Ухвалою від {d} {m} {y} року {b} відмовив у задоволенні скарги на рішення від {d} {m} {y} року.",
            "{d} {m} {y} року {n} подав апеляційну скаргу на рішення від {d} {m} {y} року.",
            "За словами адвоката {n}, засідання відклали до {d} {m} {y} року.",
            "{b} {d} {m} {y} року зупинив виконання рішення від {d} {m} {y} року.",
            "Скаргу може бути подано протягом {i} днів з дня отримання рішення, тобто з {d} {m} {y} року.",
            "{n} заявив {d} {m} {y} року, що суд не дослідив доказів.",
            "Цей довід ґрунтується на відмінності, яка залежить від становища кожної родини.",
        ],
        months: [
            "січня",
            "лютого",
            "березня",
            "квітня",
            "травня",
            "червня",
            "липня",
            "серпня",
            "вересня",
            "жовтня",
            "листопада",
            "грудня",
        ],
        first: &["Андрій", "Богдан", "Василь", "Григорій", "Дмитро", "Ілля", "Левко", "Остап", "Юрій", "Ярема"],
        last: &[
            "Гриценко",
            "Їжакевич",
            "Коваль",
            "Лисенко",
            "Мельничук",
            "Ґудзь",
            "Панасюк",
            "Рудий",
            "Ткачук",
            "Шовкун",
        ],
        bodies: &["Верховний Суд", "апеляційний суд", "районний суд", "міський суд"],
        foot: "З повагою,\n{n}",
    },
    Language {
        head: &["{y} жылғы {d} {m} арыз", "Қаулы\n\n{y} жылғы {d} {m}", "{y} жылғы {d} {m} жазба"],
        sentences: &[
            "{y} жылғы {d} {m} {b} {y} жылғы {d} {m} шешімнің күшін жойды.",
            "{y} жылғы {d} {m} {n} шешімге апелляциялық шағым берді.",
            "{y} жылғы {d} {m} {b} {n} туралы үкімді өзгеріссіз қалдырды.",
            "Адвокат {n} {y} жылғы {d} {m} сот дәлелдерді зерттемеді деп мәлімдеді.",
            "{b} {y} жылғы {d} {m} өтінішті қанағаттандырудан бас тартты.",
            "Шағым шешім табыс етілген күннен бастап {i} күн ішінде беріледі.",
            "{n} {y} жылғы {d} {m} сотқа шақырылды.",
            "Бұл дәлел әр отбасының жағдайына байланысты және мұнда ерекше ештеңе жоқ.",
        ],
        months: [
            "қаңтарда",
            "ақпанда",
            "наурызда",
            "сәуірде",
            "мамырда",
            "маусымда",
            "шілдеде",
            "тамызда",
            "қыркүйекте",
            "қазанда",
            "қарашада",
            "желтоқсанда",
        ],
        first: &["Асан", "Ержан", "Ыбырай", "Нұрлан", "Қайрат", "Жәнібек", "Болат", "Серік"],
        last: &["Серіков", "Нұрланов", "Әбенов", "Қуанышев", "Үсенов", "Ғабитов", "Өтегенов", "Һәкімов"],
        bodies: &["Жоғарғы Сот", "облыстық сот", "аудандық сот", "қалалық сот"],
        foot: "Құрметпен,\n{n}",
    },
];
