# Слова досьє, які показує й робоче місце.
# Те, що у фігурних дужках зі знаком долара, вставляє програма; фраза може назвати це в будь-якому порядку. Імена не відмінюються.

## Сторінка
case-file = Справа
case-file-as-of = Справа на { $day }
running-head = Справа, стан актів на { $day }
skip = До хронології
parts-label = Частини справи
written-by = Складено khronika { $version } за правилами:
written-by-alone = Складено khronika { $version } за правилами.
part-chronology = Хронологія
part-proceedings = Провадження
part-deadlines = Строки
part-conflicts = Суперечності
part-judgments = Оцінки
part-actors = Особи й органи
part-statements = Висловлювання
part-letters = Листи
part-dates = Інші дати
part-problems = Негаразди
part-sources = Документи

## Знаки: між тисячами, після того, що вводить, навколо слів документа, перед останнім у ряду
thousands = {"\u00A0"}
colon = :
quote-open = «
quote-close = »
and-last = { $all }, { $last }

## Числа з їхніми словами: $n обирає форму, $number — число, як його пишуть
count-documents = { $n ->
    [one] { $number } документ
    [few] { $number } документи
   *[other] { $number } документів
}
count-events = { $n ->
    [one] { $number } подія
    [few] { $number } події
   *[other] { $number } подій
}
count-acts = { $n ->
    [one] { $number } акт
    [few] { $number } акти
   *[other] { $number } актів
}
count-periods = { $n ->
    [one] { $number } строк
    [few] { $number } строки
   *[other] { $number } строків
}
count-sources = { $n ->
    [one] { $number } документ
    [few] { $number } документи
   *[other] { $number } документів
}
count-files = { $n ->
    [one] { $number } файл правил
    [few] { $number } файли правил
   *[other] { $number } файлів правил
}
count-pages = { $n ->
    [one] { $number } сторінка
    [few] { $number } сторінки
   *[other] { $number } сторінок
}
count-bytes = { $n ->
    [one] { $number } байт
    [few] { $number } байти
   *[other] { $number } байтів
}
count-people = { $n ->
    [one] { $number } особа
    [few] { $number } особи
   *[other] { $number } осіб
}
count-organisations = { $n ->
    [one] { $number } організація
    [few] { $number } організації
   *[other] { $number } організацій
}
count-times = { $n ->
    [one] { $number } раз
    [few] { $number } рази
   *[other] { $number } разів
}
count-lanes = { $n ->
    [one] { $number } смуга
    [few] { $number } смуги
   *[other] { $number } смуг
}
count-arrows = { $n ->
    [one] { $number } стрілка
    [few] { $number } стрілки
   *[other] { $number } стрілок
}
count-minutes = { $n ->
    [one] { $number } хвилина
    [few] { $number } хвилини
   *[other] { $number } хвилин
}
count-hours = { $n ->
    [one] { $number } година
    [few] { $number } години
   *[other] { $number } годин
}
count-days = { $n ->
    [one] { $number } день
    [few] { $number } дні
   *[other] { $number } днів
}
count-weeks = { $n ->
    [one] { $number } тиждень
    [few] { $number } тижні
   *[other] { $number } тижнів
}
count-months = { $n ->
    [one] { $number } місяць
    [few] { $number } місяці
   *[other] { $number } місяців
}
count-years = { $n ->
    [one] { $number } рік
    [few] { $number } роки
   *[other] { $number } років
}

## Початок сторінки
lede-languages = { $documents } (мови: { $languages })
lede-acts = з них { $acts }
as-of-given = Стан актів подано на { $day } (день, про який запитали).
as-of-latest = Стан актів подано на { $day } (остання дата документів).
as-of-nothing = Жодна подія не має дати, тож немає й дня, на який можна було б подати стан актів.
proposed = Запропоновано.
proposed-note = Усе тут знайдено за правилами; ніхто ще нічого з цього не підтвердив. Кожна знахідка веде до слів, на яких вона тримається, і назад. Слова документів набрано шрифтом із засічками, слова програми — так, як тут.
in-short = Коротко
panel-stands = Що діє
panel-pending = Що на розгляді
panel-due = Які строки тривають
panel-conflict = Що суперечить
panel-none-stands = Про жодне рішення у справі невідомо, що воно діє.
panel-none-pending = Ні про що у справі невідомо, що воно на розгляді.
panel-none-due = Про жоден строк невідомо, що він зараз триває.
panel-none-conflict = Суперечностей не знайдено.
more = і ще { $number }
more-below = і ще { $number } нижче
periods-ended = Сплило або припинилося: { $periods }
day-disputed = день спірний: { $conflict }
open-before = , орган: { $body }
open-before-unnamed = , орган не названо
open-since = , початок: { $date }
due-ends = { $day }: спливає

## Місця в документах
characters = знаки з { $start } по { $end }
page = с.{"\u00A0"}{ $number }
paragraph = абзац { $number }
inside-of = всередині: { $source }
left-out = Тут показано { $shown } з { $all }; усе — в { $file }.
not-in-full = Не повністю.
sources-cut = Обсяг тексту документів у байтах: { $bytes }, більше, ніж уміщає одна сторінка. Нижче — місця, на яких тримаються знахідки, зі словами навколо них. Документів показано: { $shown }; усього: { $sources }. Повний текст кожного документа — в { $file }.
legend = Позначено: { $marks }. Цифри над рядком ведуть до знахідки.
legend-ev = подія
legend-nev = запитана, можлива або заперечувана подія
legend-ef = що один акт робить з іншим
legend-sa = чиїсь слова
legend-cf = суперечність
legend-dl = строк
legend-da = дата
legend-ac = особа або орган
mark-statement = висловлювання
mark-deadline = строк
mark-conflict = суперечність
mark-pending = на розгляді
mark-letter = лист
mark-to = кому
mark-asks = просить
mark-signed = підпис { $number }
mark-signatory = підписант

## Шапки таблиць
head-number = №
head-date = Дата
head-happened = Що сталося, за словами документів
head-standing = Стан
head-entry = Запис
head-who = Хто
head-of-what = Про що
head-said = Що сказано
head-name = Ім’я
head-kind = Хто
head-written = Як написано
head-named = Згадано
head-says = як каже
head-what = Що
head-what-written = Що, як написано
head-role = Посада
head-role-of = Посада та організація
head-place = Місце
head-value = Значення
head-what-it-is = Що це
head-where = Де
head-wrong = Що не так
head-to-do = Що робити

## Хронологія
no-events = Подій не знайдено. Дати, що не належать жодній події, подано нижче, а всі документи — наприкінці.
events-left-out = На цій сторінці показано { $shown }; усього: { $events }; акти перед іншими подіями. Усе — в { $table } і { $file }.
filter-show = Показати
filter-acts = акти
filter-events = інші події
year-not-known = Рік невідомий
undated-head = Без дати
undated = без дати
proposed-row = запропоновано
object = предмет:
norm = норма:
ground = підстава:
relief = чого просять або що наказано:
also-in = також:
after = після { $events }
before = до { $events }
told-by = зі слів:
act-unknown = акт, якого немає у справі
effect-on = { $effect }: { $act }
effect = Дія — { $effect }.
date-of-hearing = засідання:
date-of-reading = оголошення:
date-of-service = вручення:
date-of-force = набрання чинності:
how-found = як знайдено
how-stands = чому «{ $standing }», як знайдено
found-by = Знайдено: { $who }
made-by = знайдено: { $who }
confidence = , певність { $percent }
taken-for-one = Визнано однією подією: { $because }
inferred-from = Виведено з:

## Провадження та їхні карти
proceedings-note = Смуга для кожного органу, час зліва направо, довгі проміжки скорочено. Біля кожного акта: номер і дата, що він робить, його стан. Стрілка веде від акта до того, якого він стосується; вона переривчаста там, де про це каже не текст, а правило.
acts-alone = Окремі акти
as-a-list = Списком: { $acts }
pending = На розгляді
pending-before = { $pending }, орган: { $body }
pending-unnamed = { $pending }, орган не названо
closed = Закінчено
closed-by = { $closed }: акт { $act }.
open-unknown = Невідомо, чи воно триває.
body-not-named = орган не названо
map-title = Карта провадження { $number }: { $title }
map-hint = Карта прокручується вбік; список під нею каже те саме.
map-said = { $acts }; { $lanes }, по одній на орган, зліва направо за часом; довгі проміжки скорочено. { $arrows }: що акт робить із давнішим. Список під картою каже те саме.
map-too-large = { $acts }: для карти це провадження завелике; у списку нижче є все.
matter-extradition = екстрадиція
matter-asylum = притулок
matter-removal = видворення
matter-international = міжнародне
matter-criminal = кримінальне
matter-civil = цивільне
matter-administrative = адміністративне
matter-other = інше

## Строки
due-arguably = { $day }, за іншим рахунком { $earliest }
due-not-before = не раніше ніж { $day }
not-computable = не обчислюється
state-running = триває
state-due = останній день
state-past = минув
state-ended = припинився
state-not-computable = не обчислюється
expires = Спливає цього дня й нічого не вимагає: { $what }
from-act = , від акта { $act }
rule-of-text = Строк указано в тексті.
rule = Правило { $rule }, { $status }.
rule-verified = перевірено
rule-partly-verified = перевірено частково
rule-unverified = не перевірено
also-arguable = Можна рахувати й інакше:
no-last-day = останнього дня немає

## Суперечності
conflicts-note = Місця, що не сходяться. Котре з них правильне, вирішують люди.
document = документ: { $source }
conflict-opposite-duties = протилежні обов’язки
conflict-two-dates = один акт, дві дати
conflict-two-outcomes = один акт, два наслідки
conflict-two-bodies = один акт, два органи
conflict-numbers = різні числа
conflict-status-after-end = посилання на статус після його припинення
conflict-removal-while-appealed = видворення під час оскарження
conflict-order-of-events = порядок подій
conflict-headline = заголовок і текст
conflict-translation = текст і переклад

## Оцінки людей
judgments-note = Що люди сказали про знайдене програмою, з підписаного журналу справи, за його порядком.
entry = запис { $number }
entry-by = { $entry }, { $who }, { $day }
not-applied = , не враховано
not-applied-because = не враховано: того, про що це сказано, більше не знаходять, або пізніша оцінка каже інше
found-nothing = нічого
said-date = : дата — { $date } (знайдено: { $found })
said-title = : це { $said } (знайдено: { $found })
said-body = : орган — { $said } (знайдено: { $found })
said-link = : { $from } { $effect } { $to }
said-names = : імена іншої особи — { $names }
said-added = : { $what } · слова: { $words }
words-of = { $words } (документ: { $source })
added-event = подія
added-act = акт
added-statement = висловлювання: { $who } — { $says }
added-actor = ім’я ({ $kind }): { $name }
added-date = ({ $date })
added-title = , { $title }
added-body = (орган: { $body })
nobody-named = нікого не названо
by-hand = людина, вручну
by-hand-of = людина, вручну: { $who }, { $day }, { $entry }
verdict-confirm = підтверджено
verdict-reject = відхилено
verdict-correct = виправлено
verdict-merge = визнано одним
verdict-split = визнано кількома
verdict-link = пов’язано
verdict-note = занотовано
verdict-add = додано вручну

## Особи, висловлювання, листи
why-one = чому одна особа
actor-person = людина
actor-organisation = організація
actor-court = суд
actor-authority = орган влади
actor-state = держава
actor-place = місце
actor-unknown = невідомо хто
relation-short = коротко
relation-acronym = скорочення
relation-inflected = інший відмінок
relation-transliterated = інше письмо
relation-translated = переклад
relation-misspelling = імовірно, описка
relation-alias = також
relation-titled = зі званням
statements-note = Хто що каже. Від того, що це сказано, воно не стає правильним.
nobody-is-named = нікого не названо
through = через кого:
and-then = , далі
about = про кого:
rests-on = із посиланням на
stance-asserts = стверджує
stance-denies = заперечує
stance-reports = передає слова інших
stance-alleges = каже із застереженням
stance-concludes = доходить висновку
stance-demands = вимагає
stance-doubts = питає, чи це так
letter-to = Кому
letter-asks = Про що просить
letter-signed = Підписали
not-found = не знайдено
no-demand = прохань не знайдено
none-given = не вказано

## Дати та негаразди
dates-note = Дати законів, посилань і публікацій, проміжки часу та дати, які не можна пов’язати з жодною подією. У хронології їх немає.
date-role-event = подія
date-role-norm = дата закону
date-role-citation = посилання
date-role-publication = публікація
date-role-other = інше
the-case = справа
problem-not-read-yet = ще не прочитано
problem-unreadable = не вдалося прочитати
problem-damaged = пошкоджено
problem-empty = порожньо
problem-not-a-file = не файл
problem-limit = понад межу
problem-duplicate = ті самі байти двічі
problem-left-out = пропущено
problem-language = мова
problem-suspicious = схоже на помилку
problem-internal = помилка програми

## Стан акта чи клопотання, небагатьма словами, що пасують будь-якому акту
standing-in-force = діє
standing-not-yet-enforceable = ще не підлягає виконанню
standing-suspended = зупинено
standing-under-appeal = оскаржується
standing-annulled = скасовано
standing-void = визнано нікчемним
standing-upheld = залишено без змін
standing-final = набрало законної сили
standing-varied = діє зі змінами
standing-superseded = замінено
standing-revoked = відкликано
standing-expired = строк дії сплив
standing-executed = виконано
standing-unknown = стан невідомий
request-pending = на розгляді
request-granted = задоволено
request-dismissed = відмовлено
request-withdrawn = відкликано заявником
request-unknown = наслідок невідомий
status-requested = запитано або заплановано
status-possible = можливо
status-denied = заперечується

## Роль особи в події, перед її іменем; як відомі зв’язок і дата
role-agent = діє:
role-subject = щодо:
role-applicant = заявник:
role-respondent = проти:
role-recipient = адресат:
role-forum = орган:
role-named = згадано:
edge-stated = за текстом
edge-derived = виведено
edge-judged = оцінка людини
basis-year-taken = рік узято із сусіднього тексту
basis-relative = відлічено від іншої дати
basis-order = за порядком подій
basis-computed = обчислено
basis-service = день вручення
basis-judged = зі слів людини

## Що акт робить із давнішим, дієсловом
effect-annuls = скасовує
effect-voids = визнає нікчемним
effect-remands = повертає на новий розгляд
effect-upholds = залишає без змін
effect-varies = змінює
effect-suspends = зупиняє
effect-lifts = знімає
effect-revokes = відкликає
effect-supersedes = замінює
effect-appeals = оскаржує
effect-dismisses = відхиляє
effect-grants = задовольняє
effect-executes = виконує
effect-notifies = вручає
effect-concerns = стосується

## Види документів
type-event = подія
type-decision = рішення
type-judgment = судове рішення
type-order = наказ або ухвала
type-appeal = скарга
type-request = клопотання
type-letter = лист
type-decree = указ
type-warrant = ордер або розшук
type-opinion = висновок
type-service = вручення
type-measure = захід
type-hearing = засідання
type-charge = обвинувачення
type-other = інший акт

## Заголовки подій
title-by = { $who }: { $what }
title-of = { $deed } — { $object }
title-quoted = { $deed } — { $quote }
title-concerning = { $what } — { $people }
title-and = ;
title-no-outcome = , наслідок не вказано
people-two = { $first } і { $second }
people-more = { $first } і ще { $number }
act-of-day = { $kind } від { $date }
act-of-date = { $kind }, { $date }
act-alone = { $act }
act-by = { $act } ({ $who })
act-own = { $act } (той самий орган)

## Що робить акт: небагатьма словами, для карт; і як річ, для заголовків
deed-annul = скасовує
deed-void = визнає нікчемним
deed-reverse-own = переглядає власне рішення
deed-remand = повертає справу на новий розгляд
deed-uphold = залишає без змін
deed-vary = змінює
deed-dismiss = відмовляє
deed-inadmissible = визнає неприйнятним
deed-grant = задовольняє
deed-recognise = визнає статус
deed-revoke = відкликає
deed-exclude = виключає зі статусу
deed-suspend = зупиняє
deed-lift = знімає або поновлює
deed-order-leave = зобов’язує виїхати
deed-forbid-leave = забороняє виїзд
deed-refuse-entry = відмовляє у в’їзді
deed-extradite = вирішує видати
deed-detain = затримує
deed-release = звільняє
deed-charge = обвинувачує або відкриває справу
deed-convict = засуджує
deed-acquit = виправдовує або милує
deed-drop = закриває справу
deed-ban = забороняє
deed-designate = вносить до списку
deed-appeal = оскаржує
deed-find-violation = установлює порушення
deed-request-measure = просить про захід
deed-notify = вручає документ
deed-reserve = відкладає або оголошує рішення
deed-decide = вирішує
deed-file = подає клопотання
deed-withdraw = відкликає скаргу
noun-annul = скасування
noun-void = визнання нікчемним
noun-reverse-own = перегляд власного рішення
noun-remand = повернення справи на новий розгляд
noun-uphold = залишення без змін
noun-vary = зміна
noun-dismiss = відмова
noun-inadmissible = визнання неприйнятним
noun-grant = задоволення
noun-recognise = визнання статусу
noun-revoke = відкликання
noun-exclude = виключення зі статусу
noun-suspend = зупинення
noun-lift = зняття або поновлення
noun-order-leave = зобов’язання виїхати
noun-forbid-leave = заборона виїзду
noun-refuse-entry = відмова у в’їзді
noun-extradite = видача
noun-detain = затримання або арешт
noun-release = звільнення
noun-charge = обвинувачення або відкриття справи
noun-convict = засудження
noun-acquit = виправдання або помилування
noun-drop = закриття справи
noun-ban = заборона
noun-designate = внесення до списку
noun-appeal = оскарження
noun-find-violation = установлення порушення
noun-request-measure = прохання про захід
noun-notify = вручення
noun-reserve = відкладення або оголошення рішення
noun-decide = рішення
noun-file = клопотання
noun-withdraw = відкликання скарги

## Дати: місяці всередині дати, окремо та скорочено; пори та інші частини року; перше число
month-1 = січня
month-2 = лютого
month-3 = березня
month-4 = квітня
month-5 = травня
month-6 = червня
month-7 = липня
month-8 = серпня
month-9 = вересня
month-10 = жовтня
month-11 = листопада
month-12 = грудня
month-alone-1 = січень
month-alone-2 = лютий
month-alone-3 = березень
month-alone-4 = квітень
month-alone-5 = травень
month-alone-6 = червень
month-alone-7 = липень
month-alone-8 = серпень
month-alone-9 = вересень
month-alone-10 = жовтень
month-alone-11 = листопад
month-alone-12 = грудень
month-short-1 = січ.
month-short-2 = лют.
month-short-3 = бер.
month-short-4 = квіт.
month-short-5 = трав.
month-short-6 = черв.
month-short-7 = лип.
month-short-8 = серп.
month-short-9 = вер.
month-short-10 = жовт.
month-short-11 = лист.
month-short-12 = груд.
season-21 = весна
season-22 = літо
season-23 = осінь
season-24 = зима
season-33 = I квартал
season-34 = II квартал
season-35 = III квартал
season-36 = IV квартал
season-40 = перше півріччя
season-41 = друге півріччя
day-first = 1
date-day = { $day } { $month } { $year } р.
date-month = { $month } { $year } р.
date-year = { $year } р.
date-decade = { $year }-ті рр.
date-day-only = { $day } { $month }, рік невідомий
date-month-only = { $month }, рік невідомий
date-about = приблизно { $date }
date-perhaps = можливо, { $date }
date-perhaps-about = можливо, приблизно { $date }
date-since = { $date } і далі
date-until = { $date } і раніше
date-range = { $from } – { $to }

## Мови
lang-en = англійська
lang-fr = французька
lang-ru = російська
lang-uk = українська
lang-kk = казахська
lang-de = німецька
lang-es = іспанська
lang-it = італійська
lang-pl = польська
lang-und = мову не визначено
