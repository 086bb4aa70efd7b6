# Слова досье, которые показывает и рабочее место.
# То, что в фигурных скобках со знаком доллара, вставляет программа; фраза может назвать это в любом порядке. Имена не склоняются.

## Страница
case-file = Дело
case-file-as-of = Дело на { $day }
running-head = Дело, состояние актов на { $day }
skip = К хронологии
parts-label = Части дела
written-by = Составлено khronika { $version } по правилам:
written-by-alone = Составлено khronika { $version } по правилам.
part-chronology = Хронология
part-proceedings = Производства
part-deadlines = Сроки
part-conflicts = Противоречия
part-judgments = Оценки
part-actors = Лица и органы
part-statements = Высказывания
part-letters = Письма
part-dates = Прочие даты
part-problems = Неполадки
part-sources = Документы

## Знаки: между тысячами, после того, что вводит, вокруг слов документа, перед последним в ряду
thousands = {"\u00A0"}
colon = :
quote-open = «
quote-close = »
and-last = { $all }, { $last }

## Числа с их словами: $n выбирает форму, $number — число, как его пишут
count-documents = { $n ->
    [one] { $number } документ
    [few] { $number } документа
   *[other] { $number } документов
}
count-events = { $n ->
    [one] { $number } событие
    [few] { $number } события
   *[other] { $number } событий
}
count-acts = { $n ->
    [one] { $number } акт
    [few] { $number } акта
   *[other] { $number } актов
}
count-periods = { $n ->
    [one] { $number } срок
    [few] { $number } срока
   *[other] { $number } сроков
}
count-sources = { $n ->
    [one] { $number } документ
    [few] { $number } документа
   *[other] { $number } документов
}
count-files = { $n ->
    [one] { $number } файл правил
    [few] { $number } файла правил
   *[other] { $number } файлов правил
}
count-pages = { $n ->
    [one] { $number } страница
    [few] { $number } страницы
   *[other] { $number } страниц
}
count-bytes = { $n ->
    [one] { $number } байт
    [few] { $number } байта
   *[other] { $number } байт
}
count-people = { $n ->
    [one] { $number } человек
    [few] { $number } человека
   *[other] { $number } человек
}
count-organisations = { $n ->
    [one] { $number } организация
    [few] { $number } организации
   *[other] { $number } организаций
}
count-times = { $n ->
    [one] { $number } раз
    [few] { $number } раза
   *[other] { $number } раз
}
count-lanes = { $n ->
    [one] { $number } полоса
    [few] { $number } полосы
   *[other] { $number } полос
}
count-arrows = { $n ->
    [one] { $number } стрелка
    [few] { $number } стрелки
   *[other] { $number } стрелок
}
count-minutes = { $n ->
    [one] { $number } минута
    [few] { $number } минуты
   *[other] { $number } минут
}
count-hours = { $n ->
    [one] { $number } час
    [few] { $number } часа
   *[other] { $number } часов
}
count-days = { $n ->
    [one] { $number } день
    [few] { $number } дня
   *[other] { $number } дней
}
count-weeks = { $n ->
    [one] { $number } неделя
    [few] { $number } недели
   *[other] { $number } недель
}
count-months = { $n ->
    [one] { $number } месяц
    [few] { $number } месяца
   *[other] { $number } месяцев
}
count-years = { $n ->
    [one] { $number } год
    [few] { $number } года
   *[other] { $number } лет
}

## Начало страницы
lede-languages = { $documents } (языки: { $languages })
lede-acts = в том числе { $acts }
as-of-given = Состояние актов дано на { $day } (день, о котором спросили).
as-of-latest = Состояние актов дано на { $day } (последняя дата документов).
as-of-nothing = Ни у одного события нет даты, поэтому нет и дня, на который можно было бы указать состояние актов.
proposed = Предложено.
proposed-note = Всё здесь найдено по правилам; никто ещё ничего из этого не подтвердил. Каждая находка ведёт к словам, на которых держится, и обратно. Слова документов набраны шрифтом с засечками, слова программы — так, как здесь.
in-short = Коротко
panel-stands = Что в силе
panel-pending = Что в производстве
panel-due = Какие сроки идут
panel-conflict = Что противоречит
panel-none-stands = Ни об одном решении в деле неизвестно, что оно в силе.
panel-none-pending = Ни о чём в деле неизвестно, что оно в производстве.
panel-none-due = Ни об одном сроке неизвестно, что он сейчас идёт.
panel-none-conflict = Противоречий не найдено.
more = и ещё { $number }
more-below = и ещё { $number } ниже
periods-ended = Истекло или прекратилось: { $periods }
day-disputed = день спорный: { $conflict }
open-before = , орган: { $body }
open-before-unnamed = , орган не назван
open-since = , начало: { $date }
due-ends = { $day }: истекает

## Места в документах
characters = знаки с { $start } по { $end }
page = с.{"\u00A0"}{ $number }
paragraph = абзац { $number }
inside-of = внутри: { $source }
left-out = Здесь показано { $shown } из { $all }; все — в { $file }.
not-in-full = Не полностью.
sources-cut = Объём текста документов в байтах: { $bytes }, больше, чем вмещает одна страница. Ниже — места, на которых держатся находки, со словами вокруг них. Документов показано: { $shown }; всего: { $sources }. Полный текст каждого документа — в { $file }.
legend = Отмечено: { $marks }. Цифры над строкой ведут к находке.
legend-ev = событие
legend-nev = запрошенное, возможное или отрицаемое событие
legend-ef = что один акт делает с другим
legend-sa = чьи-то слова
legend-cf = противоречие
legend-dl = срок
legend-da = дата
legend-ac = лицо или орган
mark-statement = высказывание
mark-deadline = срок
mark-conflict = противоречие
mark-pending = в производстве
mark-letter = письмо
mark-to = кому
mark-asks = просит
mark-signed = подпись { $number }
mark-signatory = подписавшийся

## Шапки таблиц
head-number = №
head-date = Дата
head-happened = Что произошло, по словам документов
head-standing = Состояние
head-entry = Запись
head-who = Кто
head-of-what = О чём
head-said = Что сказано
head-name = Имя
head-kind = Кто
head-written = Как написано
head-named = Упоминается
head-says = как говорит
head-what = Что
head-what-written = Что, как написано
head-role = Должность
head-role-of = Должность и организация
head-place = Место
head-value = Значение
head-what-it-is = Что это
head-where = Где
head-wrong = Что не так
head-to-do = Что делать

## Хронология
no-events = Событий не найдено. Даты, не принадлежащие никакому событию, указаны ниже, а все документы — в конце.
events-left-out = На этой странице показано { $shown }; всего: { $events }; акты прежде других событий. Все — в { $table } и { $file }.
filter-show = Показать
filter-acts = акты
filter-events = другие события
year-not-known = Год неизвестен
undated-head = Без даты
undated = без даты
proposed-row = предложено
object = предмет:
norm = норма:
ground = основание:
relief = что просят или предписано:
also-in = также:
after = после { $events }
before = до { $events }
told-by = со слов:
act-unknown = акт, которого нет в деле
effect-on = { $effect }: { $act }
effect = Действие — { $effect }.
date-of-hearing = заседание:
date-of-reading = оглашение:
date-of-service = вручение:
date-of-force = вступление в силу:
how-found = как найдено
how-stands = почему «{ $standing }», как найдено
found-by = Найдено: { $who }
made-by = найдено: { $who }
confidence = , уверенность { $percent }
taken-for-one = Признано одним событием: { $because }
inferred-from = Выведено из:

## Производства и их карты
proceedings-note = Полоса для каждого органа, время слева направо, долгие промежутки сокращены. У каждого акта: номер и дата, что он делает, его состояние. Стрелка ведёт от акта к тому, которого он касается; она прерывиста там, где об этом говорит не текст, а правило.
acts-alone = Отдельные акты
as-a-list = Списком: { $acts }
pending = В производстве
pending-before = { $pending }, орган: { $body }
pending-unnamed = { $pending }, орган не назван
closed = Окончено
closed-by = { $closed }: акт { $act }.
open-unknown = Неизвестно, продолжается ли оно.
body-not-named = орган не назван
map-title = Карта производства { $number }: { $title }
map-hint = Карта прокручивается вбок; список под ней говорит то же.
map-said = { $acts }; { $lanes }, по одной на орган, слева направо по времени; долгие промежутки сокращены. { $arrows }: что акт делает с более ранним. Список под картой говорит то же.
map-too-large = { $acts }: для карты это производство слишком велико; в списке ниже есть всё.
matter-extradition = экстрадиция
matter-asylum = убежище
matter-removal = высылка
matter-international = международное
matter-criminal = уголовное
matter-civil = гражданское
matter-administrative = административное
matter-other = иное

## Сроки
due-arguably = { $day }, по другому счёту { $earliest }
due-not-before = не раньше чем { $day }
not-computable = не вычисляется
state-running = идёт
state-due = последний день
state-past = прошёл
state-ended = прекратился
state-not-computable = не вычисляется
expires = Истекает в этот день и ничего не требует: { $what }
from-act = , от акта { $act }
rule-of-text = Срок указан в тексте.
rule = Правило { $rule }, { $status }.
rule-verified = проверено
rule-partly-verified = проверено частично
rule-unverified = не проверено
also-arguable = Можно считать и иначе:
no-last-day = последнего дня нет

## Противоречия
conflicts-note = Места, которые не сходятся. Которое из них верно, решают люди.
document = документ: { $source }
conflict-opposite-duties = противоположные обязанности
conflict-two-dates = один акт, две даты
conflict-two-outcomes = один акт, два исхода
conflict-two-bodies = один акт, два органа
conflict-numbers = разные числа
conflict-status-after-end = ссылка на статус после его прекращения
conflict-removal-while-appealed = высылка во время обжалования
conflict-order-of-events = порядок событий
conflict-headline = заголовок и текст
conflict-translation = текст и перевод

## Оценки людей
judgments-note = Что люди сказали о найденном программой, из подписанного журнала дела, по его порядку.
entry = запись { $number }
entry-by = { $entry }, { $who }, { $day }
not-applied = , не учтено
not-applied-because = не учтено: того, о чём это сказано, больше не находят, или позднейшая оценка говорит иное
found-nothing = ничего
said-date = : дата — { $date } (найдено: { $found })
said-title = : это { $said } (найдено: { $found })
said-body = : орган — { $said } (найдено: { $found })
said-link = : { $from } { $effect } { $to }
said-names = : имена другого лица — { $names }
said-added = : { $what } · слова: { $words }
words-of = { $words } (документ: { $source })
added-event = событие
added-act = акт
added-statement = высказывание: { $who } — { $says }
added-actor = имя ({ $kind }): { $name }
added-date = ({ $date })
added-title = , { $title }
added-body = (орган: { $body })
nobody-named = никто не назван
by-hand = человек, вручную
by-hand-of = человек, вручную: { $who }, { $day }, { $entry }
verdict-confirm = подтверждено
verdict-reject = отклонено
verdict-correct = исправлено
verdict-merge = признаны одним
verdict-split = признано несколькими
verdict-link = связано
verdict-note = отмечено
verdict-add = добавлено вручную

## Лица, высказывания, письма
why-one = почему одно лицо
actor-person = человек
actor-organisation = организация
actor-court = суд
actor-authority = орган власти
actor-state = государство
actor-place = место
actor-unknown = неизвестно кто
relation-short = кратко
relation-acronym = сокращение
relation-inflected = другой падеж
relation-transliterated = другое письмо
relation-translated = перевод
relation-misspelling = вероятно, описка
relation-alias = также
relation-titled = со званием
statements-note = Кто что говорит. Оттого, что это сказано, оно не становится верным.
nobody-is-named = никто не назван
through = через кого:
and-then = , затем
about = о ком:
rests-on = со ссылкой на
stance-asserts = утверждает
stance-denies = отрицает
stance-reports = передаёт слова других
stance-alleges = говорит с оговоркой
stance-concludes = приходит к выводу
stance-demands = требует
stance-doubts = спрашивает, так ли это
letter-to = Кому
letter-asks = О чём просит
letter-signed = Подписали
not-found = не найдено
no-demand = просьб не найдено
none-given = не указано

## Даты и неполадки
dates-note = Даты законов, ссылок и публикаций, промежутки времени и даты, которые нельзя связать ни с каким событием. В хронологии их нет.
date-role-event = событие
date-role-norm = дата закона
date-role-citation = ссылка
date-role-publication = публикация
date-role-other = иное
the-case = дело
problem-not-read-yet = ещё не прочитано
problem-unreadable = не удалось прочитать
problem-damaged = повреждено
problem-empty = пусто
problem-not-a-file = не файл
problem-limit = сверх предела
problem-duplicate = те же байты дважды
problem-left-out = пропущено
problem-language = язык
problem-suspicious = похоже на ошибку
problem-internal = ошибка программы

## Состояние акта или ходатайства, немногими словами, которые подходят к любому акту
standing-in-force = в силе
standing-not-yet-enforceable = ещё не подлежит исполнению
standing-suspended = приостановлено
standing-under-appeal = обжалуется
standing-annulled = отменено
standing-void = ничтожно
standing-upheld = оставлено в силе
standing-final = вступило в законную силу
standing-varied = в силе с изменениями
standing-superseded = заменено
standing-revoked = отозвано
standing-expired = срок действия истёк
standing-executed = исполнено
standing-unknown = состояние неизвестно
request-pending = на рассмотрении
request-granted = удовлетворено
request-dismissed = отказано
request-withdrawn = отозвано заявителем
request-unknown = исход неизвестен
status-requested = запрошено или намечено
status-possible = возможно
status-denied = отрицается

## Роль лица в событии, перед его именем; как известны связь и дата
role-agent = действует:
role-subject = в отношении:
role-applicant = заявитель:
role-respondent = против:
role-recipient = адресат:
role-forum = орган:
role-named = упоминается:
edge-stated = по тексту
edge-derived = выведено
edge-judged = оценка человека
basis-year-taken = год взят из соседнего текста
basis-relative = отсчитано от другой даты
basis-order = по порядку событий
basis-computed = вычислено
basis-service = день вручения
basis-judged = со слов человека

## Что акт делает с более ранним, глаголом
effect-annuls = отменяет
effect-voids = признаёт ничтожным
effect-remands = возвращает на новое рассмотрение
effect-upholds = оставляет в силе
effect-varies = изменяет
effect-suspends = приостанавливает
effect-lifts = снимает
effect-revokes = отзывает
effect-supersedes = заменяет
effect-appeals = обжалует
effect-dismisses = отклоняет
effect-grants = удовлетворяет
effect-executes = исполняет
effect-notifies = вручает
effect-concerns = касается

## Виды документов
type-event = событие
type-decision = решение
type-judgment = судебное решение
type-order = приказ или определение
type-appeal = жалоба
type-request = ходатайство
type-letter = письмо
type-decree = указ
type-warrant = ордер или розыск
type-opinion = мнение
type-service = вручение
type-measure = мера
type-hearing = заседание
type-charge = обвинение
type-other = иной акт

## Заголовки событий
title-by = { $who }: { $what }
title-of = { $deed } — { $object }
title-quoted = { $deed } — { $quote }
title-concerning = { $what } — { $people }
title-and = ;
title-no-outcome = , исход не указан
people-two = { $first } и { $second }
people-more = { $first } и ещё { $number }
act-of-day = { $kind } от { $date }
act-of-date = { $kind }, { $date }
act-alone = { $act }
act-by = { $act } ({ $who })
act-own = { $act } (тот же орган)

## Что делает акт: немногими словами, для карт; и как вещь, для заголовков
deed-annul = отменяет
deed-void = признаёт ничтожным
deed-reverse-own = пересматривает своё решение
deed-remand = возвращает дело на новое рассмотрение
deed-uphold = оставляет в силе
deed-vary = изменяет
deed-dismiss = отказывает
deed-inadmissible = признаёт неприемлемым
deed-grant = удовлетворяет
deed-recognise = признаёт статус
deed-revoke = отзывает
deed-exclude = исключает из статуса
deed-suspend = приостанавливает
deed-lift = снимает или восстанавливает
deed-order-leave = обязывает выехать
deed-forbid-leave = запрещает выезд
deed-refuse-entry = отказывает во въезде
deed-extradite = решает выдать
deed-detain = задерживает
deed-release = освобождает
deed-charge = обвиняет или возбуждает дело
deed-convict = осуждает
deed-acquit = оправдывает или милует
deed-drop = прекращает дело
deed-ban = запрещает
deed-designate = вносит в список
deed-appeal = обжалует
deed-find-violation = устанавливает нарушение
deed-request-measure = просит о мере
deed-notify = вручает документ
deed-reserve = откладывает или оглашает решение
deed-decide = решает
deed-file = подаёт ходатайство
deed-withdraw = отзывает жалобу
noun-annul = отмена
noun-void = признание ничтожным
noun-reverse-own = пересмотр собственного решения
noun-remand = возвращение дела на новое рассмотрение
noun-uphold = оставление в силе
noun-vary = изменение
noun-dismiss = отказ
noun-inadmissible = признание неприемлемым
noun-grant = удовлетворение
noun-recognise = признание статуса
noun-revoke = отзыв
noun-exclude = исключение из статуса
noun-suspend = приостановление
noun-lift = снятие или восстановление
noun-order-leave = предписание выехать
noun-forbid-leave = запрет выезда
noun-refuse-entry = отказ во въезде
noun-extradite = выдача
noun-detain = задержание или арест
noun-release = освобождение
noun-charge = обвинение или возбуждение дела
noun-convict = осуждение
noun-acquit = оправдание или помилование
noun-drop = прекращение дела
noun-ban = запрет
noun-designate = внесение в список
noun-appeal = обжалование
noun-find-violation = установление нарушения
noun-request-measure = просьба о мере
noun-notify = вручение
noun-reserve = отложение или оглашение решения
noun-decide = решение
noun-file = ходатайство
noun-withdraw = отзыв жалобы

## Даты: месяцы внутри даты, отдельно и сокращённо; времена и другие части года; первое число
month-1 = января
month-2 = февраля
month-3 = марта
month-4 = апреля
month-5 = мая
month-6 = июня
month-7 = июля
month-8 = августа
month-9 = сентября
month-10 = октября
month-11 = ноября
month-12 = декабря
month-alone-1 = январь
month-alone-2 = февраль
month-alone-3 = март
month-alone-4 = апрель
month-alone-5 = май
month-alone-6 = июнь
month-alone-7 = июль
month-alone-8 = август
month-alone-9 = сентябрь
month-alone-10 = октябрь
month-alone-11 = ноябрь
month-alone-12 = декабрь
month-short-1 = янв.
month-short-2 = февр.
month-short-3 = мар.
month-short-4 = апр.
month-short-5 = мая
month-short-6 = июн.
month-short-7 = июл.
month-short-8 = авг.
month-short-9 = сент.
month-short-10 = окт.
month-short-11 = нояб.
month-short-12 = дек.
season-21 = весна
season-22 = лето
season-23 = осень
season-24 = зима
season-33 = I квартал
season-34 = II квартал
season-35 = III квартал
season-36 = IV квартал
season-40 = первое полугодие
season-41 = второе полугодие
day-first = 1
date-day = { $day } { $month } { $year } г.
date-month = { $month } { $year } г.
date-year = { $year } г.
date-decade = { $year }-е гг.
date-day-only = { $day } { $month }, год неизвестен
date-month-only = { $month }, год неизвестен
date-about = примерно { $date }
date-perhaps = возможно, { $date }
date-perhaps-about = возможно, примерно { $date }
date-since = { $date } и далее
date-until = { $date } и ранее
date-range = { $from } – { $to }

## Языки
lang-en = английский
lang-fr = французский
lang-ru = русский
lang-uk = украинский
lang-kk = казахский
lang-de = немецкий
lang-es = испанский
lang-it = итальянский
lang-pl = польский
lang-und = язык не определён
