# Слова робочого місця. Спільні слова досьє та робочого місця — у dossier.ftl.
language-name = Українська
language = Мова
skip = До сторінки
help = Довідка й клавіші
close = Закрити

nav-label = Частини справи
nav-overview = Огляд
nav-chronology = Хронологія
nav-proceedings = Провадження
nav-deadlines = Строки
nav-conflicts = Суперечності
nav-sources = Документи
nav-actors = Особи й органи
nav-statements = Висловлювання
nav-letters = Листи
nav-dates = Інші дати
nav-problems = Негаразди
nav-search = Пошук
nav-judgments = Оцінки
nav-journal = Журнал
nav-add = Додати документи
nav-export = Передати
pages = Сторінки

search-words = Слова в документах
search-do = Шукати
lock = Замкнути
leave = Вийти

unlock-title = Відкрити справу
unlock-lede = Справу зашифровано. Її відкриває парольна фраза, лише на цьому комп’ютері.
unlock-key = Відкрити ключем, указаним під час запуску
unlock-do = Відкрити
unlock-wrong = Це не її парольна фраза. Перевірте мову клавіатури й спробуйте ще раз.
passphrase = Парольна фраза
passphrase-new = Нова парольна фраза
passphrase-again = Ще раз те саме
passphrase-advice = Кілька слів, які ніхто не поставив би поруч, легко запам’ятати й важко вгадати. Хто втратить фразу, втратить справу: іншого входу немає.
passphrase-differ = Фрази не збігаються
passphrase-differ-hint = Введіть обидві ще раз.
create-title = Створити справу
create-lede = Такої справи ще немає. Це буде один зашифрований файл там, де вказано програмі.
create-do = Створити справу
left-title = Ви вийшли
left-lede = Щоб повернутися, запустіть khronika serve знову або скористайтеся створеним раніше посиланням.
link-title = Посилання для іншого браузера
link-lede = Воно діє один раз, на цьому комп’ютері, протягом п’ятнадцяти хвилин.
link-do = Створити посилання для іншого браузера

work-weighing = Справа оцінюється…
work-reading = Читається
work-waiting = { $n ->
    [one] { $n } документ чекає
    [few] { $n } документи чекають
   *[other] { $n } документів чекають
}
work-failed = Справу не вдалося оцінити.
news-weighed = Справа змінилася.
news-reload = Показати, як тепер

count-documents = { $n ->
    [one] { $n } документ
    [few] { $n } документи
   *[other] { $n } документів
}
count-events = { $n ->
    [one] { $n } подія
    [few] { $n } події
   *[other] { $n } подій
}
as-of = Стан актів подано на { $word }.
overview-empty = У справі ще немає документів.
overview-undecided = { $n ->
    [0] Усі події переглянуто.
    [one] Про { $n } подію ще ніхто не сказав, чи вона правильна.
   *[other] Про { $n } подій ще ніхто не сказав, чи вони правильні.
}
next-undecided = Наступне нерозглянуте
overview-lately = Що було останнім часом
overview-all-entries = Увесь журнал
overview-all-problems = Усі негаразди

proposed = запропоновано
confirmed = підтверджено
changed = виправлено
rejected = відхилено

journal-lede = Кожна зміна справи, з підписом, нові зверху. Сказане про знахідки можна відкликати; ніщо ніколи не видаляється.
journal-newest = Найновіші записи
journal-older = Старіші записи
entry-number = Запис
entry-when = Коли
entry-who = Хто
entry-what = Що
entry-details = подробиці
entry = запис { $word }
undo = Скасувати
undo-entry = Скасувати запис { $word }
kind-case-created = Справу створено
kind-case-exported = Справу передано
kind-case-copied = Справу скопійовано
kind-source-received = Документ отримано
kind-source-read = Документ прочитано
kind-judgment-confirm = Підтверджено
kind-judgment-reject = Відхилено
kind-judgment-correct = Виправлено
kind-judgment-merge = Визнано одним
kind-judgment-split = Визнано кількома
kind-judgment-link = Пов’язано
kind-judgment-note = Занотовано
kind-judgment-withdraw = Оцінку відкликано
kind-key-added = Додано ключ
kind-key-removed = Вилучено ключ
kind-key-changed = Змінено парольну фразу
kind-key-enrolled = Зареєстровано ключ підпису

help-keys = Клавіші
key-next = наступний рядок сторінки
key-previous = попередній рядок
key-open = відкрити
key-confirm = підтвердити знахідку
key-reject = відхилити знахідку
key-undecided = наступне нерозглянуте
key-search = пошук
key-help = ці клавіші
help-scripts = Усе можна зробити без цих клавіш і без скриптів.
help-judging = Як даються оцінки
help-judging-text = Програма пропонує, вирішують люди. Те, що ви кажете про знахідку, — запис у підписаному журналі справи; знайдене програмою лишається поруч. Справу одразу оцінюють заново: з відхиленого акта нічого не випливає, а акт із виправленою датою має цю дату для всіх правил. «Скасувати» відкликає запис.
help-safety = Як захищено справу
help-safety-text = Робоче місце слухає лише цей комп’ютер і ні про що не питає інші. Справа замикається, коли нею якийсь час ніхто не користується, кнопкою «Замкнути» і з кінцем програми.

fault-back = До огляду
fault-host = Це не адреса робочого місця
fault-host-hint = Скористайтеся посиланням, яке вивела програма.
fault-forged = Це надійшло не зі сторінки робочого місця
fault-forged-hint = Поверніться, завантажте сторінку знову й повторіть.
fault-stranger = Немає сеансу
fault-stranger-hint = Скористайтеся посиланням, яке вивів khronika serve; воно діє один раз. Якщо його вже використано, запустіть програму знову.
fault-missing = Такої сторінки немає
fault-missing-hint = Можливо, вона була про знахідку, якої більше немає.
fault-method = Так спитати не можна
fault-method-hint = Користуйтеся формами сторінок.
fault-too-long = Це задовге
fault-too-long-hint = Великі документи додавайте командою khronika add.
fault-locked = Справу замкнено
fault-locked-hint = Відкрийте її парольною фразою.
fault-not-yet = Справа оцінюється
fault-not-yet-hint = Сторінка покаже її, щойно це буде зроблено.
fault-too-soon = Забагато спроб
fault-wait = { $n ->
    [one] Повторіть через { $n } секунду.
    [few] Повторіть через { $n } секунди.
   *[other] Повторіть через { $n } секунд.
}
fault-too-much = Забагато документів чекає
fault-too-much-hint = Повторіть, коли частину з них буде прочитано.
fault-refused = Цього не зроблено
fault-failed = Програма не впоралася з цією сторінкою
fault-failed-hint = Це помилка програми. Нічого не втрачено. Повідомте про неї з найменшим текстом, який її показує, змінивши імена.

said = Записано: запис { $word } журналу.
invalid-day = Це не день
invalid-day-hint = Пишіть так: 2021-05-04.
invalid-verdict = Нічого не сказано
invalid-verdict-hint = Скористайтеся кнопкою сторінки.
invalid-event = Такої події немає
invalid-event-hint = Укажіть її номер у хронології або позначення (e-…).
invalid-date = Це не дата
invalid-date-hint = Напишіть день, місяць, рік або проміжок: 2021-05-04, 2021-05, 2021~, 2021-05-04/2021-05-06.
invalid-correction = Виправлення каже, як правильно
invalid-correction-hint = Заповніть дату, речення або орган.
invalid-effect = Такої дії немає
invalid-effect-hint = Виберіть зі списку.
invalid-seen = Невідомо, що ви бачили
invalid-seen-hint = Завантажте сторінку знову й скажіть там.
invalid-number = Таке число не підходить
invalid-number-hint = Межа — не більше 1000; числа цілі й невід’ємні.
invalid-form = Форму не вдалося прочитати
invalid-form-hint = Завантажте сторінку знову й надішліть звідти.
invalid-no-files = Файл не вибрано
invalid-no-files-hint = Виберіть один або кілька файлів і надішліть їх.

show = Показати
any = будь-які
filter = Добір
filter-actor = Особа або орган
filter-body = Чий акт
filter-source = Документ
filter-kind = Вид
filter-standing = Стан
filter-status = Чи відбулося
filter-certainty = Дата
filter-decided = Розгляд
filter-none = Показати все
status-actual = відбулося
status-requested = запитано або заплановано
status-possible = можливо
status-denied = заперечується
certainty-stated = указана
certainty-inferred = виведена
certainty-undated = без дати
name-part = Частина назви
all-of-them = Усі
page-first = Перша
page-before = Назад
page-after = Далі
page-last = Остання
as-of-day = На день
as-of-latest = На останню дату документів
calendar = Узяти останні дні до календаря (.ics)

empty-events = Такої події немає.
empty-sources = Такого документа немає.
empty-actors = Нікого з таким іменем немає.
empty-proceedings = Проваджень не знайдено.
empty-deadlines = Строків не знайдено.
empty-conflicts = Суперечностей не знайдено.
empty-statements = Висловлювань не знайдено.
empty-letters = Листів не знайдено.
empty-dates = Кожна дата належить події.
empty-problems = Про негаразди нічого не відомо.
empty-judgments = Ніхто ще нічого не сказав.

do-confirm = Підтвердити
do-reject = Відхилити
do-correct = Виправити
do-merge = Це одне
do-split = Їх кілька
do-link = Пов’язати
do-note = Занотувати
verdict-confirm = Підтверджено
verdict-reject = Відхилено
verdict-correct = Виправити
verdict-merge = Це те саме, що інше
verdict-split = Їх кілька
verdict-link = Це стосується іншого акта
verdict-note = Занотовано
verdict-withdraw = Відкликано
say-title = Що ви про це скажете
say-verdict = Чи це правильно?
say-why = Чому, або що слід пам’ятати
say-more = ще
say-correct-hint = Що лишено порожнім, лишається як знайдено.
say-date = Коли це було
say-sentence = Що це, одним коротким реченням
say-body = Орган, чий це акт
say-other = Інша подія: її номер у хронології або позначення
say-merge-hint = Кілька подій, які є однією: їх показують і враховують як одну.
say-split-hint = Кожне місце, де про це розказано, саме по собі.
say-link-hint = Що цей акт робить з іншим.
say-effect = Що він робить
conflict-title = Про це сказав хтось інший
conflict-lede = Поки ви дивилися, інші висловилися про ту саму знахідку. Зі сказаного вами ще нічого не записано.
conflict-theirs = Що сказали вони
conflict-yours = Що хотіли сказати ви
conflict-again = Усе одно сказати
conflict-look = Подивитися подію, як вона тепер

event-before = Попередня подія
event-after = Наступна подія
event-in-chronology = У хронології
event-in-source = У документі
event-words = Де про це розказано
event-gone = У справі її більше немає: її відхилено або вона більше не знаходиться. Сказане про неї можна відкликати.
judgments-lede = Що люди сказали про знайдене програмою, нове зверху.

source-name = Документ
source-language = Мова
source-events = Події
source-undecided = Не розглянуто
source-chronology = Його хронологія
source-findings = Знахідки
source-words = текст
source-view = Як показати
view-text = Текст
view-page = Сторінка
sheet-page = сторінка { $n }
sheet-boxes = Знахідки на сторінці
sheet-text = Текст цієї сторінки
sheet-failed = Сторінку не вдалося намалювати. Її слова стоять на своїх місцях, зі знахідками поверх них, а текст — нижче.
sheet-differs = Документ намальовано не з тими сторінками, з якими його прочитано: знахідки можуть стояти поруч зі своїми словами.
sheet-bare = Без скриптів сторінка не малюється: її слова стоять на своїх місцях.
sheet-undrawn = Сторінки цього документа не малюються; ось його текст.

search-lang = Мова
search-hint = Потрібні всі слова, у будь-якому письмі, написанні й формі. "кілька слів" поспіль, початок* слова, одне OR інше, =саме ця форма, -без цього.
search-found = { $n ->
    [0] Нічого не знайдено.
    [one] У { $n } документі:
   *[other] У { $n } документах:
}

add-lede = Документи зберігаються як є, з контрольними сумами, у підписаних записах журналу, а потім читаються. Читання триває у тлі.
add-from = Хто їх передав
add-how = Як вони надійшли
add-files = Файли
add-folder = Або тека з усім, що в ній є
add-drop = З увімкненими скриптами сюди можна перетягти файли й теки. Файл — до 64 МБ; довші додавайте командою khronika add.
add-do = Додати
add-done = Що додано
add-read = збережено й прочитано
add-unread = збережено, але не прочитано
add-known = уже був у справі; ще один запис про отримання
add-not-kept = не у справі
add-sent = чекає на читання
add-failed = не прийнято

export-lede = Документи й знайдене в них — для інших. Позначене командою khronika redact приховано всюди. Те, що це залишає справу, — запис журналу.
export-form = Як
export-sealed = З печаткою: підписаний пакет, який можуть перевірити інші
export-no-log = Без журналу
export-to = Лише для цих одержувачів, по одному в рядку
export-to-hint = Без одержувачів це архів (tar), який прочитає кожен, хто його має. З одержувачами його зашифровано для них (age).
export-do = Передати
export-key = Ключ підпису
export-key-lede = Повідомте його одержувачеві іншим шляхом, не разом із файлами. З ним перевіряють запечатану справу: khronika verify ТЕКА --key КЛЮЧ або minisign, як сказано в її README.
verify-title = Перевірити справу
verify-lede = Кожну контрольну суму й підпис файлу справи обчислюють заново. Інша робота над справою тим часом триває.
verify-do = Перевірити
verify-holds = Усе перевірене гаразд.
verify-fails = Не все гаразд або могло бути перевірене.
verify-answer = Відповідь
verify-what = Що
verify-found = Що знайдено
holds = гаразд
fails = не гаразд
unknown = невідомо

added = додано вручну
do-add = Додати
verdict-add = Додано вручну
kind-judgment-add = Додано вручну
hand-title = Додати вручну
hand-lede = Для того, чого програма не знайшла. Додане прив’язане до слів документа й каже, що додали його ви й коли, а не що його знайшла програма.
hand-no-words = Нічого не додається без слів, на яких воно тримається. Що ви знаєте, а жоден документ не каже, запишіть і додайте як свій документ.
hand-select = З увімкненими скриптами виділіть слова в документі й натисніть «a».
hand-source = Документ: його назва або частина назви
hand-quote = Слова, як вони стоять у документі
hand-find = Знайти слова
hand-which-source = Так називаються кілька документів. Який із них?
hand-which-place = Ці слова стоять там кілька разів. Які маються на увазі?
hand-more-places = Є ще; назвіть більше слів, щоб їх розрізнити.
hand-no-place = Цих слів у документі немає.
hand-words = Слова
hand-other-words = Інші слова
hand-what = Що вони кажуть
hand-event = Подія
hand-act = Акт
hand-statement = Висловлювання
hand-actor = Чиєсь ім’я
hand-event-hint = Те, що відбулося, або запитане, можливе чи заперечується, і не є актом суду чи органу.
hand-act-hint = Рішення, наказ, скарга, клопотання. Що він робить з іншими актами, каже зв’язок із ними, на його сторінці.
hand-statement-hint = Слова, у яких хтось щось каже. Від того, що це сказано, воно не стає правильним.
hand-actor-hint = Хто мається на увазі. Те саме ім’я в інших місцях справи вважається тоді іменем тієї ж особи.
hand-date = Коли це було: 2021-05-04, 2021-05, 2021~
hand-type = Що це за документ
hand-outcome = Що він робить
hand-speaker = Хто це каже
hand-stance = Як каже
hand-name = Повне ім’я
hand-kind = Хто це
key-add = додати виділені слова вручну
key-view = текст або сторінка
hand-pick = Додати ці слова вручну
invalid-words = Цих слів у документі немає
invalid-words-hint = Виберіть слова ще раз.
invalid-added = Незрозуміло, що слід додати
invalid-added-hint = Заповніть форму для того, що кажуть слова.
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
type-other = інше
outcome-annul = скасовує
outcome-void = визнає нікчемним від початку
outcome-reverse-own = переглядає власне рішення
outcome-remand = повертає на новий розгляд
outcome-uphold = залишає в силі
outcome-vary = змінює частково
outcome-dismiss = відмовляє
outcome-inadmissible = визнає неприйнятним
outcome-grant = задовольняє
outcome-recognise = визнає статус
outcome-revoke = позбавляє статусу чи дозволу
outcome-exclude = виключає зі статусу біженця
outcome-suspend = зупиняє
outcome-lift = скасовує захід
outcome-order-leave = зобов’язує виїхати, видворяє
outcome-forbid-leave = забороняє виїзд
outcome-refuse-entry = забороняє в’їзд
outcome-extradite = видає
outcome-detain = затримує, арештовує
outcome-release = звільняє
outcome-charge = обвинувачує
outcome-convict = засуджує
outcome-acquit = виправдовує
outcome-drop = закриває
outcome-ban = забороняє або розпускає
outcome-designate = вносить до списку (екстреміст, іноземний агент…)
outcome-appeal = оскаржує
outcome-find-violation = установлює порушення
outcome-request-measure = просить про захід
outcome-notify = вручає, повідомляє
outcome-reserve = відкладає або оголошує рішення
outcome-decide = вирішує (як, не сказано)
outcome-file = подає заяву
stance-asserts = стверджує
stance-denies = заперечує
stance-reports = передає слова інших
stance-alleges = каже із застереженням
stance-concludes = доходить висновку
stance-demands = вимагає
stance-doubts = питає, чи це так
actor-person = людина
actor-organisation = організація
actor-court = суд
actor-authority = орган влади
actor-state = держава
actor-place = місце
actor-unknown = невідомо

alike-title = Можливо, одна особа
alike-lede = Щось каже, що це одна особа, але програмі цього замало, щоб вирішити. Сказане вами лишається, коли документи читаються заново.
alike-one = Це одна особа
alike-two = Це різні особи
actor-say = Хто це
actor-merge = Та сама особа, що інша
actor-merge-hint = Усі імена обох стають іменами одного. Адреса цієї сторінки лишається.
actor-other = Інша особа: ім’я або позначення (a-…)
actor-split = Кілька осіб
actor-split-hint = Виберіть імена, що належать іншому. Якщо не вибрати нічого, кожне ім’я — окрема особа.
actor-split-do = Відокремити
actor-kind = Хто
actor-written = Як написано
actor-named = Згадано
actor-note = Що запам’ятати
invalid-actor = Такої особи немає, або їх кілька
invalid-actor-hint = Напишіть ім’я повністю або позначення (a-…) з адреси сторінки.

slider = По днях
slider-before = Попередній день
slider-after = Наступний день
slider-hint = Кожен крок — день, коли щось змінюється. Наведіть на акт схеми, щоб побачити, звідки його стан.

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
standing-unknown = невідомо
standing-pending = на розгляді
standing-granted = задоволено
standing-dismissed = відмовлено
standing-withdrawn = відкликано заявником

unlock-soon = Щойно фраза була хибною; зараз нічого не перевірялося.

density = Коли відбувалося багато, а коли мало
density-table = Те саме таблицею
density-time = Час
network = Хто з ким
network-lede = Особи й органи, що беруть участь в одних подіях. Те, що двох названо разом, не каже, що їх пов’язує.
network-none = Немає подій, у яких беруть участь двоє.
network-desc = Круги — люди, квадрати — органи, організації й держави. Лінія з’єднує тих, хто бере участь в одних подіях; вона товща, якщо їх понад три. Таблиця нижче каже те саме.
network-table = У скількох подіях
network-one = Один
network-other = Інший
since-title = Нове після вашого останнього запису
since-last = Останній — запис { $word }: останній, підписаний вами до теперішнього відкриття справи. Хто лише читає, записів не лишає.
since-nothing = Відтоді ніхто інший справи не змінював.
since-entries = { $n ->
    [one] { $n } чужий запис:
    [few] { $n } чужі записи:
   *[other] { $n } чужих записів:
}
since-events = { $n ->
    [one] { $n } знахідка в документах, доданих іншими:
    [few] { $n } знахідки в документах, доданих іншими:
   *[other] { $n } знахідок у документах, доданих іншими:
}
since-first = Ви ще не підписали жодного запису: для вас усе нове.
