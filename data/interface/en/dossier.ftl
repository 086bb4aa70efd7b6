# The words of the dossier, which the workspace shows as well.
# What stands in braces with a dollar sign is put in by the program; a phrase may name it in any order. Names are never inflected.

## The page
case-file = Case file
case-file-as-of = Case file as of { $day }
running-head = Case file, standings as of { $day }
skip = Skip to the chronology
parts-label = Parts of the case file
written-by = Made by khronika { $version } from rules:
written-by-alone = Made by khronika { $version } from rules.
part-chronology = Chronology
part-proceedings = Proceedings
part-deadlines = Deadlines
part-conflicts = Conflicts
part-judgments = Judgments
part-actors = Actors
part-statements = Statements
part-letters = Letters
part-dates = Other dates
part-problems = Problems
part-sources = Sources

## Signs: between thousands, after what introduces something, around words of a source, before the last thing of a row
thousands = ,
colon = :
quote-open = “
quote-close = ”
and-last = { $all } and { $last }

## Numbers with their nouns: $n chooses the form, $number is the number as people write it
count-documents = { $n ->
    [one] { $number } document
   *[other] { $number } documents
}
count-events = { $n ->
    [one] { $number } event
   *[other] { $number } events
}
count-acts = { $n ->
    [one] { $number } act
   *[other] { $number } acts
}
count-periods = { $n ->
    [one] { $number } period
   *[other] { $number } periods
}
count-sources = { $n ->
    [one] { $number } source
   *[other] { $number } sources
}
count-files = { $n ->
    [one] { $number } data file
   *[other] { $number } data files
}
count-pages = { $n ->
    [one] { $number } page
   *[other] { $number } pages
}
count-bytes = { $n ->
    [one] { $number } byte
   *[other] { $number } bytes
}
count-people = { $n ->
    [one] { $number } person
   *[other] { $number } people
}
count-organisations = { $n ->
    [one] { $number } organisation
   *[other] { $number } organisations
}
count-times = { $n ->
    [one] { $number } time
   *[other] { $number } times
}
count-lanes = { $n ->
    [one] { $number } lane
   *[other] { $number } lanes
}
count-arrows = { $n ->
    [one] { $number } arrow
   *[other] { $number } arrows
}
count-minutes = { $n ->
    [one] { $number } minute
   *[other] { $number } minutes
}
count-hours = { $n ->
    [one] { $number } hour
   *[other] { $number } hours
}
count-days = { $n ->
    [one] { $number } day
   *[other] { $number } days
}
count-weeks = { $n ->
    [one] { $number } week
   *[other] { $number } weeks
}
count-months = { $n ->
    [one] { $number } month
   *[other] { $number } months
}
count-years = { $n ->
    [one] { $number } year
   *[other] { $number } years
}

## The head of the page
lede-languages = { $documents } in { $languages }
lede-acts = { $acts } among them
as-of-given = Standings are given as of { $day }, the day that was asked for.
as-of-latest = Standings are given as of { $day }, the latest date in the sources.
as-of-nothing = No event has a date, so there is no day as of which standings could be given.
proposed = Proposed.
proposed-note = Everything here was found by rules; nobody has confirmed any of it yet. Each finding leads to the words it rests on, and back. The words of the documents are set in a serif type, those of the program like this.
in-short = In short
panel-stands = What stands
panel-pending = What is pending
panel-due = What is due
panel-conflict = What conflicts
panel-none-stands = No decision in the file is known to stand.
panel-none-pending = Nothing in the file is known to be pending.
panel-none-due = No period is known to run now.
panel-none-conflict = No conflict was found.
more = and { $number } more
more-below = and { $number } more below
periods-ended = { $periods } that ended
day-disputed = its day is disputed: { $conflict }
open-before = , before { $body }
open-before-unnamed = , before a body that is not named
open-since = , since { $date }
due-ends = { $day } ends

## Places in the documents
characters = characters { $start } to { $end }
page = p.{"\u00A0"}{ $number }
paragraph = paragraph { $number }
inside-of = inside of { $source }
left-out = { $shown } of { $all } are shown here; all of them stand in { $file }.
not-in-full = Not in full.
sources-cut = The sources hold { $bytes } bytes of text, more than one page can carry. Below stand the passages that findings rest on, with the words around them, of { $shown } of { $sources }. The full text of every source stands in { $file }.
legend = Marked: { $marks }. Raised numbers lead to the finding.
legend-ev = an event
legend-nev = one asked for, possible or denied
legend-ef = what an act does to another
legend-sa = what somebody says
legend-cf = a conflict
legend-dl = a period
legend-da = a date
legend-ac = an actor
mark-statement = statement
mark-deadline = deadline
mark-conflict = conflict
mark-pending = pending
mark-letter = letter
mark-to = to
mark-asks = asks
mark-signed = signed { $number }
mark-signatory = signatory

## Heads of tables
head-number = No.
head-date = Date
head-happened = What the sources say happened
head-standing = Standing
head-entry = Entry
head-who = Who
head-of-what = Of what
head-said = What they say
head-name = Name
head-kind = Kind
head-written = As written
head-named = Named
head-says = says
head-what = What
head-what-written = What, as written
head-role = Role
head-role-of = Role and organisation
head-place = Place
head-value = Value
head-what-it-is = What it is
head-where = Where
head-wrong = What is wrong
head-to-do = What to do

## The chronology
no-events = No event was found. Dates that belong to no event are listed below, and every source stands at the end.
events-left-out = This page shows { $shown } of { $events }, acts before other events. All of them stand in { $table } and { $file }.
filter-show = Show
filter-acts = acts
filter-events = other events
year-not-known = Year not known
undated-head = Undated
undated = undated
proposed-row = proposed
object = object:
norm = provision:
ground = ground:
relief = relief:
also-in = also in
after = after { $events }
before = before { $events }
told-by = as told by
act-unknown = an act that is not in the file
effect-on = { $effect } { $act }
effect = Effect: { $effect }.
date-of-hearing = heard
date-of-reading = read
date-of-service = served
date-of-force = in force from
how-found = how found
how-stands = why { $standing }, how found
found-by = Found by { $who }
made-by = by { $who }
confidence = , confidence { $percent }
taken-for-one = Taken for one event: { $because }
inferred-from = Inferred from:

## Proceedings and their maps
proceedings-note = A lane for each body, time from left to right, long gaps shortened. With each act: its number and date, what it did, and how it stands. An arrow goes from an act to the act that it concerns; it is dashed where the text does not say so and a rule does.
acts-alone = Acts that stand alone
as-a-list = { $acts } as a list
pending = Pending
pending-before = { $pending } before { $body }
pending-unnamed = { $pending } before a body that is not named
closed = Closed
closed-by = { $closed } by act { $act }.
open-unknown = Whether it is open is not known.
body-not-named = body not named
map-title = Map of proceeding { $number }, { $title }
map-hint = The map scrolls sideways; the list below it says the same.
map-said = { $acts } in { $lanes }, one for each body, from left to right in order of time; long gaps are shortened. { $arrows } show what an act does to an earlier one. The list below says the same.
map-too-large = With { $acts } this proceeding is too large for a map; the list below holds them all.
matter-extradition = extradition
matter-asylum = asylum
matter-removal = removal
matter-international = international
matter-criminal = criminal
matter-civil = civil
matter-administrative = administrative
matter-other = other

## Deadlines
due-arguably = { $day }, arguably { $earliest }
due-not-before = not before { $day }
not-computable = not computable
state-running = running
state-due = due
state-past = past
state-ended = ended
state-not-computable = not computable
expires = Ends on that day, and asks for nothing by it: { $what }
from-act = , from act { $act }
rule-of-text = The text gives the period.
rule = Rule { $rule }, { $status }.
rule-verified = verified
rule-partly-verified = partly verified
rule-unverified = unverified
also-arguable = Also arguable:
no-last-day = no last day

## Conflicts
conflicts-note = Passages that do not fit together. Which of them holds is for people to say.
document = document { $source }
conflict-opposite-duties = opposite duties
conflict-two-dates = one act, two dates
conflict-two-outcomes = one act, two outcomes
conflict-two-bodies = one act, two bodies
conflict-numbers = different numbers
conflict-status-after-end = a status claimed after its end
conflict-removal-while-appealed = removal while appealed
conflict-order-of-events = order of events
conflict-headline = headline and text
conflict-translation = text and translation

## Judgments of people
judgments-note = What people said of what the program found, from the signed journal of the case file, in its order.
entry = entry { $number }
entry-by = { $entry } by { $who }, { $day }
not-applied = , not applied
not-applied-because = not applied: what it speaks of is not found, or a later judgment says otherwise
found-nothing = nothing
said-date = : the date is { $date } (found: { $found })
said-title = : it is { $said } (found: { $found })
said-body = : the body is { $said } (found: { $found })
said-link = : { $from } { $effect } { $to }
said-names = : another is called { $names }
said-added = : { $what } from the words { $words }
words-of = { $words } of { $source }
added-event = an event
added-act = an act
added-statement = a statement: { $who } { $says }
added-actor = that a { $kind } is named, { $name },
added-date = of { $date }
added-title = , { $title },
added-body = by { $body },
nobody-named = nobody named
by-hand = a person, by hand
by-hand-of = a person, by hand: { $who }, { $day }, { $entry }
verdict-confirm = confirmed
verdict-reject = rejected
verdict-correct = corrected
verdict-merge = taken for one
verdict-split = taken for several
verdict-link = linked
verdict-note = noted
verdict-add = added by hand

## Actors, statements, letters
why-one = why one actor
actor-person = person
actor-organisation = organisation
actor-court = court
actor-authority = authority
actor-state = state
actor-place = place
actor-unknown = kind unknown
relation-short = short
relation-acronym = acronym
relation-inflected = another case
relation-transliterated = another script
relation-translated = translated
relation-misspelling = likely a slip
relation-alias = also called
relation-titled = with title
statements-note = Who says what. That it is said does not make it so.
nobody-is-named = nobody is named
through = through
and-then = , then
about = about
rests-on = said to rest on
stance-asserts = asserts
stance-denies = denies
stance-reports = reports
stance-alleges = alleges
stance-concludes = concludes
stance-demands = demands
stance-doubts = asks whether
letter-to = To
letter-asks = Asks
letter-signed = Signed by
not-found = not found
no-demand = no demand found
none-given = none given

## Dates and problems
dates-note = Dates of laws, citations and publications, lengths of time, and dates that no event could be tied to. They are not in the chronology.
date-role-event = event
date-role-norm = date of a law
date-role-citation = citation
date-role-publication = publication
date-role-other = other
the-case = the case
problem-not-read-yet = not read yet
problem-unreadable = could not be read
problem-damaged = damaged
problem-empty = empty
problem-not-a-file = not a file
problem-limit = over a limit
problem-duplicate = the same bytes twice
problem-left-out = left out
problem-language = language
problem-suspicious = looks wrong
problem-internal = fault of the program

## How an act or a request stands, in few words that suit any act
standing-in-force = in force
standing-not-yet-enforceable = not yet enforceable
standing-suspended = suspended
standing-under-appeal = under appeal
standing-annulled = annulled
standing-void = void
standing-upheld = upheld
standing-final = final
standing-varied = in force as varied
standing-superseded = replaced
standing-revoked = revoked
standing-expired = expired
standing-executed = carried out
standing-unknown = standing unknown
request-pending = pending
request-granted = granted
request-dismissed = refused
request-withdrawn = withdrawn
request-unknown = outcome unknown
status-requested = asked for or planned
status-possible = possible
status-denied = denied

## Parts of actors in an event, in front of a name; how an edge and a date are known
role-agent = by
role-subject = about
role-applicant = asked by
role-respondent = against
role-recipient = to
role-forum = before
role-named = naming
edge-stated = stated
edge-derived = derived
edge-judged = judged
basis-year-taken = year taken from the text around it
basis-relative = counted from another date
basis-order = from the order of events
basis-computed = computed
basis-service = day of service
basis-judged = said by a person

## What an act does to an earlier one, as a verb
effect-annuls = annulled
effect-voids = declared void
effect-remands = sent back
effect-upholds = upheld
effect-varies = varied
effect-suspends = suspended
effect-lifts = lifted
effect-revokes = revoked
effect-supersedes = replaced
effect-appeals = challenged
effect-dismisses = refused
effect-grants = granted
effect-executes = carried out
effect-notifies = served
effect-concerns = concerns

## Kinds of papers
type-event = event
type-decision = decision
type-judgment = judgment
type-order = order
type-appeal = appeal
type-request = request
type-letter = letter
type-decree = decree
type-warrant = warrant
type-opinion = opinion
type-service = service
type-measure = measure
type-hearing = hearing
type-charge = charge
type-other = other

## Titles. Where a language has no words of its own for what a deed is done to (of-…, in a file sentences.ftl), title-of says it.
title-by = { $who }: { $what }
title-of = { $deed }: { $object }
title-quoted = { $deed }: { $quote }
title-concerning = { $what } concerning { $people }
title-and = ,
title-no-outcome = , outcome not given
people-two = { $first } and { $second }
people-more = { $first } and { $number } others
act-of-day = { $kind } of { $date }
act-of-date = { $kind } of { $date }
act-alone = the { $act }
act-by = the { $act } by { $who }
act-own = its own { $act }

## What an act does: in few words, for maps; and as a thing, for titles
deed-annul = annulled
deed-void = declared void
deed-reverse-own = reversed its own decision
deed-remand = sent the case back
deed-uphold = upheld
deed-vary = varied
deed-dismiss = refused
deed-inadmissible = declared inadmissible
deed-grant = granted
deed-recognise = recognised a status
deed-revoke = revoked
deed-exclude = excluded from a status
deed-suspend = suspended
deed-lift = lifted or restored
deed-order-leave = ordered to leave
deed-forbid-leave = forbade to leave
deed-refuse-entry = refused entry
deed-extradite = ordered extradition
deed-detain = detained
deed-release = released
deed-charge = charged or opened a case
deed-convict = convicted
deed-acquit = acquitted or pardoned
deed-drop = discontinued the case
deed-ban = banned
deed-designate = designated
deed-appeal = appealed
deed-find-violation = found a violation
deed-request-measure = asked for a measure
deed-notify = served a paper
deed-reserve = reserved or read a judgment
deed-decide = decided
deed-file = filed a request
deed-withdraw = withdrew a remedy

noun-annul = annulment
noun-void = declaration of nullity
noun-reverse-own = reversal
noun-remand = sending back of the case
noun-uphold = confirmation
noun-vary = variation
noun-dismiss = refusal
noun-inadmissible = finding of inadmissibility
noun-grant = grant
noun-recognise = recognition of the status
noun-revoke = revocation
noun-exclude = exclusion from a status
noun-suspend = suspension
noun-lift = lifting or restoring
noun-order-leave = order to leave
noun-forbid-leave = ban on leaving
noun-refuse-entry = refusal of entry
noun-extradite = extradition
noun-detain = arrest or detention
noun-release = release
noun-charge = charge or opening of a case
noun-convict = conviction
noun-acquit = acquittal or pardon
noun-drop = discontinuance of the case
noun-ban = ban
noun-designate = designation
noun-appeal = appeal
noun-find-violation = finding of a violation
noun-request-measure = request for a measure
noun-notify = service
noun-reserve = reservation or reading of a judgment
noun-decide = decision
noun-file = request
noun-withdraw = withdrawal

## Dates: months within a date, alone, and in short; seasons and other parts of a year; the first of a month
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-alone-1 = January
month-alone-2 = February
month-alone-3 = March
month-alone-4 = April
month-alone-5 = May
month-alone-6 = June
month-alone-7 = July
month-alone-8 = August
month-alone-9 = September
month-alone-10 = October
month-alone-11 = November
month-alone-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = March
month-short-4 = April
month-short-5 = May
month-short-6 = June
month-short-7 = July
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
season-21 = spring
season-22 = summer
season-23 = autumn
season-24 = winter
season-33 = first quarter of
season-34 = second quarter of
season-35 = third quarter of
season-36 = fourth quarter of
season-40 = first half of
season-41 = second half of
day-first = 1
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-year = { $year }
date-decade = { $year }s
date-day-only = { $day } { $month }, year not known
date-month-only = { $month }, year not known
date-about = about { $date }
date-perhaps = perhaps { $date }
date-perhaps-about = perhaps about { $date }
date-since = since { $date }
date-until = until { $date }
date-range = { $from } to { $to }

## Languages
lang-en = English
lang-fr = French
lang-ru = Russian
lang-uk = Ukrainian
lang-kk = Kazakh
lang-de = German
lang-es = Spanish
lang-it = Italian
lang-pl = Polish
lang-und = language not determined
