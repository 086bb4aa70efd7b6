# Слова рабочего места. Общие слова досье и рабочего места — в dossier.ftl.
language-name = Русский
language = Язык
skip = К странице
help = Справка и клавиши
close = Закрыть

nav-label = Части дела
nav-overview = Обзор
nav-chronology = Хронология
nav-proceedings = Производства
nav-deadlines = Сроки
nav-conflicts = Противоречия
nav-sources = Документы
nav-actors = Лица и органы
nav-statements = Высказывания
nav-letters = Письма
nav-dates = Прочие даты
nav-problems = Неполадки
nav-search = Поиск
nav-judgments = Оценки
nav-journal = Журнал
nav-add = Добавить документы
nav-export = Передать
pages = Страницы

search-words = Слова в документах
search-do = Искать
lock = Закрыть дело
leave = Выйти

unlock-title = Открыть дело
unlock-lede = Дело зашифровано. Его открывает парольная фраза, только на этом компьютере.
unlock-key = Открыть ключом, указанным при запуске
unlock-do = Открыть
unlock-wrong = Это не его парольная фраза. Проверьте язык клавиатуры и попробуйте ещё раз.
passphrase = Парольная фраза
passphrase-new = Новая парольная фраза
passphrase-again = Ещё раз то же самое
passphrase-advice = Несколько слов, которые никто не поставил бы рядом, легко запомнить и трудно угадать. Кто потеряет фразу, потеряет дело: другого входа нет.
passphrase-differ = Фразы не совпадают
passphrase-differ-hint = Введите обе ещё раз.
create-title = Создать дело
create-lede = Такого дела ещё нет. Это будет один зашифрованный файл там, где указано программе.
create-do = Создать дело
left-title = Вы вышли
left-lede = Чтобы вернуться, запустите khronika serve снова или воспользуйтесь созданной ранее ссылкой.
link-title = Ссылка для другого браузера
link-lede = Она действует один раз, на этом компьютере, в течение пятнадцати минут.
link-do = Создать ссылку для другого браузера

work-weighing = Дело оценивается…
work-reading = Читается
work-waiting = { $n ->
    [one] { $n } документ ждёт
    [few] { $n } документа ждут
   *[other] { $n } документов ждут
}
work-failed = Дело не удалось оценить.
news-weighed = Дело изменилось.
news-reload = Показать, как теперь

count-documents = { $n ->
    [one] { $n } документ
    [few] { $n } документа
   *[other] { $n } документов
}
count-events = { $n ->
    [one] { $n } событие
    [few] { $n } события
   *[other] { $n } событий
}
as-of = Состояние актов дано на { $word }.
overview-empty = В деле ещё нет документов.
overview-undecided = { $n ->
    [0] Все события просмотрены.
    [one] О { $n } событии ещё никто не сказал, верно ли оно.
   *[other] О { $n } событиях ещё никто не сказал, верны ли они.
}
next-undecided = Следующее нерассмотренное
overview-lately = Что было в последнее время
overview-all-entries = Весь журнал
overview-all-problems = Все неполадки

proposed = предложено
confirmed = подтверждено
changed = исправлено
rejected = отклонено

journal-lede = Каждое изменение дела, с подписью, новые сверху. Сказанное о находках можно отозвать; ничто никогда не удаляется.
journal-newest = Новейшие записи
journal-older = Более старые записи
entry-number = Запись
entry-when = Когда
entry-who = Кто
entry-what = Что
entry-details = подробности
entry = запись { $word }
undo = Отменить
undo-entry = Отменить запись { $word }
kind-case-created = Дело создано
kind-case-exported = Дело передано
kind-case-copied = Дело скопировано
kind-source-received = Документ получен
kind-source-read = Документ прочитан
kind-judgment-confirm = Подтверждено
kind-judgment-reject = Отклонено
kind-judgment-correct = Исправлено
kind-judgment-merge = Признаны одним
kind-judgment-split = Признано несколькими
kind-judgment-link = Связано
kind-judgment-note = Отмечено
kind-judgment-withdraw = Оценка отозвана
kind-key-added = Добавлен ключ
kind-key-removed = Удалён ключ
kind-key-changed = Изменена парольная фраза
kind-key-enrolled = Зарегистрирован ключ подписи

help-keys = Клавиши
key-next = следующая строка страницы
key-previous = предыдущая строка
key-open = открыть
key-confirm = подтвердить находку
key-reject = отклонить находку
key-undecided = следующее нерассмотренное
key-search = поиск
key-help = эти клавиши
help-scripts = Всё можно сделать без этих клавиш и без скриптов.
help-judging = Как даются оценки
help-judging-text = Программа предлагает, решают люди. То, что вы говорите о находке, — запись в подписанном журнале дела; найденное программой остаётся рядом. Дело сразу оценивается заново: из отклонённого акта ничего не следует, а акт с исправленной датой имеет эту дату для всех правил. «Отменить» отзывает запись.
help-safety = Как дело защищено
help-safety-text = Рабочее место слушает только этот компьютер и ни о чём не спрашивает другие. Дело закрывается, когда им некоторое время никто не пользуется, кнопкой «Закрыть дело» и с окончанием программы.

fault-back = К обзору
fault-host = Это не адрес рабочего места
fault-host-hint = Воспользуйтесь ссылкой, которую вывела программа.
fault-forged = Это пришло не со страницы рабочего места
fault-forged-hint = Вернитесь, загрузите страницу заново и повторите.
fault-stranger = Нет сеанса
fault-stranger-hint = Воспользуйтесь ссылкой, которую вывел khronika serve; она действует один раз. Если она уже использована, запустите программу снова.
fault-missing = Такой страницы нет
fault-missing-hint = Возможно, она была о находке, которой больше нет.
fault-method = Так спросить нельзя
fault-method-hint = Пользуйтесь формами страниц.
fault-too-long = Это слишком длинно
fault-too-long-hint = Большие документы добавляйте командой khronika add.
fault-locked = Дело закрыто
fault-locked-hint = Откройте его парольной фразой.
fault-not-yet = Дело оценивается
fault-not-yet-hint = Страница покажет его, как только это будет сделано.
fault-too-soon = Слишком много попыток
fault-wait = { $n ->
    [one] Повторите через { $n } секунду.
    [few] Повторите через { $n } секунды.
   *[other] Повторите через { $n } секунд.
}
fault-too-much = Слишком много документов ждёт
fault-too-much-hint = Повторите, когда часть из них будет прочитана.
fault-refused = Это не сделано
fault-failed = Программа не справилась с этой страницей
fault-failed-hint = Это ошибка программы. Ничего не потеряно. Сообщите о ней с наименьшим текстом, который её показывает, изменив имена.

said = Записано: запись { $word } журнала.
invalid-day = Это не день
invalid-day-hint = Пишите так: 2021-05-04.
invalid-verdict = Ничего не сказано
invalid-verdict-hint = Воспользуйтесь кнопкой страницы.
invalid-event = Такого события нет
invalid-event-hint = Укажите его номер в хронологии или обозначение (e-…).
invalid-date = Это не дата
invalid-date-hint = Напишите день, месяц, год или промежуток: 2021-05-04, 2021-05, 2021~, 2021-05-04/2021-05-06.
invalid-correction = Исправление говорит, как верно
invalid-correction-hint = Заполните дату, предложение или орган.
invalid-effect = Такого действия нет
invalid-effect-hint = Выберите из списка.
invalid-seen = Неизвестно, что вы видели
invalid-seen-hint = Загрузите страницу заново и скажите там.
invalid-number = Такое число не подходит
invalid-number-hint = Предел — не более 1000; числа целые и неотрицательные.
invalid-form = Форму не удалось прочитать
invalid-form-hint = Загрузите страницу заново и отправьте оттуда.
invalid-no-files = Файл не выбран
invalid-no-files-hint = Выберите один или несколько файлов и отправьте их.

show = Показать
any = любые
filter = Отбор
filter-actor = Лицо или орган
filter-body = Чей акт
filter-source = Документ
filter-kind = Вид
filter-standing = Состояние
filter-status = Произошло ли
filter-certainty = Дата
filter-decided = Рассмотрение
filter-none = Показать всё
status-actual = произошло
status-requested = запрошено или намечено
status-possible = возможно
status-denied = отрицается
certainty-stated = указана
certainty-inferred = выведена
certainty-undated = без даты
name-part = Часть названия
all-of-them = Все
page-first = Первая
page-before = Назад
page-after = Дальше
page-last = Последняя
as-of-day = На день
as-of-latest = На последнюю дату документов
calendar = Взять последние дни в календарь (.ics)

empty-events = Такого события нет.
empty-sources = Такого документа нет.
empty-actors = Никого с таким именем нет.
empty-proceedings = Производств не найдено.
empty-deadlines = Сроков не найдено.
empty-conflicts = Противоречий не найдено.
empty-statements = Высказываний не найдено.
empty-letters = Писем не найдено.
empty-dates = Каждая дата принадлежит событию.
empty-problems = О неполадках ничего не известно.
empty-judgments = Никто ещё ничего не сказал.

do-confirm = Подтвердить
do-reject = Отклонить
do-correct = Исправить
do-merge = Это одно
do-split = Их несколько
do-link = Связать
do-note = Отметить
verdict-confirm = Подтверждено
verdict-reject = Отклонено
verdict-correct = Исправить
verdict-merge = Это то же, что другое
verdict-split = Их несколько
verdict-link = Это касается другого акта
verdict-note = Отмечено
verdict-withdraw = Отозвано
say-title = Что вы об этом скажете
say-verdict = Верно ли это?
say-why = Почему, или что следует помнить
say-more = ещё
say-correct-hint = Что оставлено пустым, остаётся как найдено.
say-date = Когда это было
say-sentence = Что это, одним коротким предложением
say-body = Орган, чей это акт
say-other = Другое событие: его номер в хронологии или обозначение
say-merge-hint = Несколько событий, которые суть одно: они показываются и учитываются как одно.
say-split-hint = Каждое место, где об этом рассказано, само по себе.
say-link-hint = Что этот акт делает с другим.
say-effect = Что он делает
conflict-title = Об этом сказал кто-то ещё
conflict-lede = Пока вы смотрели, другие высказались о той же находке. Из сказанного вами ещё ничего не записано.
conflict-theirs = Что сказали они
conflict-yours = Что хотели сказать вы
conflict-again = Всё равно сказать
conflict-look = Посмотреть событие, как оно теперь

event-before = Предыдущее событие
event-after = Следующее событие
event-in-chronology = В хронологии
event-in-source = В документе
event-words = Где об этом рассказано
event-gone = В деле его больше нет: оно отклонено или больше не находится. Сказанное о нём можно отозвать.
judgments-lede = Что люди сказали о найденном программой, новое сверху.

source-name = Документ
source-language = Язык
source-events = События
source-undecided = Не рассмотрено
source-chronology = Его хронология
source-findings = Находки
source-words = текст
source-view = Как показать
view-text = Текст
view-page = Страница
sheet-page = страница { $n }
sheet-boxes = Находки на странице
sheet-text = Текст этой страницы
sheet-failed = Страницу не удалось нарисовать. Её слова стоят на своих местах, с находками поверх них, а текст — ниже.
sheet-differs = Документ нарисован не с теми страницами, с которыми был прочитан: находки могут стоять рядом со своими словами.
sheet-bare = Без скриптов страница не рисуется: её слова стоят на своих местах.
sheet-undrawn = Страницы этого документа не рисуются; вот его текст.

search-lang = Язык
search-hint = Нужны все слова, в любом письме, написании и форме. "несколько слов" подряд, начало* слова, одно OR другое, =именно эта форма, -без этого.
search-found = { $n ->
    [0] Ничего не найдено.
    [one] В { $n } документе:
   *[other] В { $n } документах:
}

add-lede = Документы сохраняются как есть, с контрольными суммами, в подписанных записях журнала, а затем читаются. Чтение идёт в фоне.
add-from = Кто их передал
add-how = Как они пришли
add-files = Файлы
add-folder = Или папка со всем, что в ней есть
add-drop = При включённых скриптах сюда можно перетащить файлы и папки. Файл — до 64 МБ; более длинные добавляйте командой khronika add.
add-do = Добавить
add-done = Что добавлено
add-read = сохранён и прочитан
add-unread = сохранён, но не прочитан
add-known = уже был в деле; ещё одна запись о получении
add-not-kept = не в деле
add-sent = ждёт чтения
add-failed = не принят

export-lede = Документы и найденное в них — для других. Отмеченное командой khronika redact скрыто везде. То, что это покидает дело, — запись журнала.
export-form = Как
export-sealed = С печатью: подписанный пакет, который могут проверить другие
export-no-log = Без журнала
export-to = Только для этих получателей, по одному в строке
export-to-hint = Без получателей это архив (tar), который прочтёт всякий, у кого он есть. С получателями он зашифрован для них (age).
export-do = Передать
export-key = Ключ подписи
export-key-lede = Сообщите его получателю другим путём, не вместе с файлами. С ним проверяют запечатанное дело: khronika verify ПАПКА --key КЛЮЧ или minisign, как сказано в его README.
verify-title = Проверить дело
verify-lede = Каждая контрольная сумма и подпись файла дела вычисляется заново. Прочая работа над делом тем временем продолжается.
verify-do = Проверить
verify-holds = Всё проверенное в порядке.
verify-fails = Не всё в порядке или могло быть проверено.
verify-answer = Ответ
verify-what = Что
verify-found = Что найдено
holds = в порядке
fails = не в порядке
unknown = неизвестно

added = добавлено вручную
do-add = Добавить
verdict-add = Добавлено вручную
kind-judgment-add = Добавлено вручную
hand-title = Добавить вручную
hand-lede = Для того, чего программа не нашла. Добавленное привязано к словам документа и говорит, что добавили его вы и когда, а не что его нашла программа.
hand-no-words = Ничего не добавляется без слов, на которых оно держится. Что вы знаете, а ни один документ не говорит, запишите и добавьте как свой документ.
hand-select = При включённых скриптах выделите слова в документе и нажмите «a».
hand-source = Документ: его название или часть названия
hand-quote = Слова, как они стоят в документе
hand-find = Найти слова
hand-which-source = Так называются несколько документов. Какой из них?
hand-which-place = Эти слова стоят там несколько раз. Какие имеются в виду?
hand-more-places = Есть ещё; назовите больше слов, чтобы их различить.
hand-no-place = Этих слов в документе нет.
hand-words = Слова
hand-other-words = Другие слова
hand-what = Что они говорят
hand-event = Событие
hand-act = Акт
hand-statement = Высказывание
hand-actor = Чьё-то имя
hand-event-hint = То, что произошло, или запрошено, возможно или отрицается, и не является актом суда или органа.
hand-act-hint = Решение, приказ, жалоба, ходатайство. Что он делает с другими актами, говорит связь с ними, на его странице.
hand-statement-hint = Слова, в которых кто-то что-то говорит. Оттого, что это сказано, оно не становится верным.
hand-actor-hint = Кто имеется в виду. То же имя в других местах дела считается тогда именем того же лица.
hand-date = Когда это было: 2021-05-04, 2021-05, 2021~
hand-type = Что это за документ
hand-outcome = Что он делает
hand-speaker = Кто это говорит
hand-stance = Как говорит
hand-name = Полное имя
hand-kind = Кто это
key-add = добавить выделенные слова вручную
key-view = текст или страница
hand-pick = Добавить эти слова вручную
invalid-words = Этих слов в документе нет
invalid-words-hint = Выберите слова ещё раз.
invalid-added = Неясно, что нужно добавить
invalid-added-hint = Заполните форму для того, что говорят слова.
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
type-other = иное
outcome-annul = отменяет
outcome-void = признаёт ничтожным с самого начала
outcome-reverse-own = пересматривает собственное решение
outcome-remand = возвращает на новое рассмотрение
outcome-uphold = оставляет в силе
outcome-vary = изменяет в части
outcome-dismiss = отказывает
outcome-inadmissible = признаёт неприемлемым
outcome-grant = удовлетворяет
outcome-recognise = признаёт статус
outcome-revoke = лишает статуса или разрешения
outcome-exclude = исключает из статуса беженца
outcome-suspend = приостанавливает
outcome-lift = снимает меру
outcome-order-leave = обязывает выехать, высылает
outcome-forbid-leave = запрещает выезд
outcome-refuse-entry = запрещает въезд
outcome-extradite = выдаёт
outcome-detain = задерживает, арестовывает
outcome-release = освобождает
outcome-charge = обвиняет
outcome-convict = осуждает
outcome-acquit = оправдывает
outcome-drop = прекращает
outcome-ban = запрещает или распускает
outcome-designate = вносит в список (экстремист, иностранный агент…)
outcome-appeal = обжалует, оспаривает
outcome-find-violation = устанавливает нарушение
outcome-request-measure = просит о мере
outcome-notify = вручает, уведомляет
outcome-reserve = откладывает или оглашает решение
outcome-decide = решает (как, не сказано)
outcome-file = подаёт заявление
stance-asserts = утверждает
stance-denies = отрицает
stance-reports = передаёт слова других
stance-alleges = говорит с оговоркой
stance-concludes = приходит к выводу
stance-demands = требует
stance-doubts = спрашивает, так ли это
actor-person = человек
actor-organisation = организация
actor-court = суд
actor-authority = орган власти
actor-state = государство
actor-place = место
actor-unknown = неизвестно

alike-title = Возможно, одно лицо
alike-lede = Что-то говорит за то, что это одно лицо, но программе этого мало, чтобы решить. Сказанное вами остаётся, когда документы читаются заново.
alike-one = Это одно лицо
alike-two = Это разные лица
actor-say = Кто это
actor-merge = То же лицо, что другое
actor-merge-hint = Все имена обоих становятся именами одного. Адрес этой страницы остаётся.
actor-other = Другое лицо: имя или обозначение (a-…)
actor-split = Несколько лиц
actor-split-hint = Выберите имена, которые принадлежат другому. Если не выбрать ничего, каждое имя — отдельное лицо.
actor-split-do = Отделить
actor-kind = Кто
actor-written = Как написано
actor-named = Упоминается
actor-note = Что запомнить
invalid-actor = Такого лица нет, или их несколько
invalid-actor-hint = Напишите имя полностью или обозначение (a-…) из адреса страницы.

slider = По дням
slider-before = Предыдущий день
slider-after = Следующий день
slider-hint = Каждый шаг — день, в который что-то меняется. Наведите на акт схемы, чтобы увидеть, откуда его состояние.

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
standing-unknown = неизвестно
standing-pending = на рассмотрении
standing-granted = удовлетворено
standing-dismissed = отказано
standing-withdrawn = отозвано заявителем

unlock-soon = Только что фраза была неверной; сейчас ничего не проверялось.

density = Когда происходило много, а когда мало
density-table = То же таблицей
density-time = Время
network = Кто с кем
network-lede = Лица и органы, участвующие в одних событиях. Что двое названы вместе, не говорит, что их связывает.
network-none = Нет событий, в которых участвуют двое.
network-desc = Круги — люди, квадраты — органы, организации и государства. Линия соединяет участвующих в одних событиях; она толще, если их больше трёх. Таблица ниже говорит то же.
network-table = В скольких событиях
network-one = Один
network-other = Другой
since-title = Новое после вашей последней записи
since-last = Последняя — запись { $word }: последняя, подписанная вами до нынешнего открытия дела. Кто только читает, записей не оставляет.
since-nothing = С тех пор никто другой дела не менял.
since-entries = { $n ->
    [one] { $n } чужая запись:
    [few] { $n } чужие записи:
   *[other] { $n } чужих записей:
}
since-events = { $n ->
    [one] { $n } находка в документах, добавленных другими:
    [few] { $n } находки в документах, добавленных другими:
   *[other] { $n } находок в документах, добавленных другими:
}
since-first = Вы ещё не подписали ни одной записи: для вас всё ново.
