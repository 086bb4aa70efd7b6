# The words of the workspace. The words that it shares with the dossier are in dossier.ftl.
language-name = English
language = Language
skip = Skip to the page
help = Help and keys
close = Close

nav-label = Parts of the case
nav-overview = Overview
nav-chronology = Chronology
nav-proceedings = Proceedings
nav-deadlines = Deadlines
nav-conflicts = Conflicts
nav-sources = Sources
nav-actors = Actors
nav-statements = Statements
nav-letters = Letters
nav-dates = Other dates
nav-problems = Problems
nav-search = Search
nav-judgments = Judgments
nav-journal = Journal
nav-add = Add documents
nav-export = Hand over
pages = Pages

search-words = Words in the documents
search-do = Search
lock = Lock
leave = Leave

unlock-title = Open the case
unlock-lede = The case is encrypted. Its passphrase opens it, on this machine only.
unlock-key = Open with the key that was named
unlock-do = Open
unlock-wrong = This is not its passphrase. Look at the keyboard’s language, and try again.
passphrase = Passphrase
passphrase-new = New passphrase
passphrase-again = The same again
passphrase-advice = Several words that nobody would put together are easy to remember and hard to guess. Whoever loses the passphrase loses the case: there is no other way in.
passphrase-differ = The two passphrases differ
passphrase-differ-hint = Type both again.
create-title = Make a case
create-lede = There is no such case yet. It will be one encrypted file, where the program was told.
create-do = Make the case
left-title = You have left
left-lede = To come back, start khronika serve again, or use a link that was made before.
link-title = A link for another browser
link-lede = It works once, on this machine, within fifteen minutes.
link-do = Make a link for another browser

work-weighing = Weighing the case …
work-reading = Reading
work-waiting = { $n ->
    [one] one document waits
   *[other] { $n } documents wait
}
work-failed = The case could not be weighed.
news-weighed = The case has changed.
news-reload = Show it as it is now

count-documents = { $n ->
    [one] one document
   *[other] { $n } documents
}
count-events = { $n ->
    [one] one event
   *[other] { $n } events
}
as-of = Standings are given as of { $word }.
overview-empty = The case holds no documents yet.
overview-undecided = { $n ->
    [0] Every event was looked at.
    [one] Of one event nobody has said yet whether it is so.
   *[other] Of { $n } events nobody has said yet whether they are so.
}
next-undecided = Next undecided finding
overview-lately = What happened lately
overview-all-entries = The whole journal
overview-all-problems = All problems

proposed = proposed
confirmed = confirmed
changed = corrected
rejected = rejected

journal-lede = Every change of the case, signed, the newest first. What was said of findings can be taken back; nothing is ever deleted.
journal-newest = Newest entries
journal-older = Older entries
entry-number = Entry
entry-when = When
entry-who = Who
entry-what = What
entry-details = details
entry = entry { $word }
undo = Undo
undo-entry = Undo entry { $word }
kind-case-created = The case was made
kind-case-exported = The case was handed over
kind-case-copied = The case was copied
kind-source-received = A document was received
kind-source-read = A document was read
kind-judgment-confirm = Confirmed
kind-judgment-reject = Rejected
kind-judgment-correct = Corrected
kind-judgment-merge = Taken for one
kind-judgment-split = Taken for several
kind-judgment-link = Linked
kind-judgment-note = Noted
kind-judgment-withdraw = A judgment was taken back
kind-key-added = A key was added
kind-key-removed = A key was removed
kind-key-changed = A passphrase was changed
kind-key-enrolled = A signing key was made known

help-keys = Keys
key-next = next entry of the page
key-previous = entry before
key-open = open the entry
key-confirm = confirm the finding
key-reject = reject the finding
key-undecided = next undecided finding
key-search = search
key-help = these keys
help-scripts = Everything can be done without these keys, and without scripts.
help-judging = How judging works
help-judging-text = The program proposes, people decide. What you say of a finding is an entry in the signed journal of the case; what the program found stays beside it. The case is weighed anew at once: nothing is concluded from an act that was rejected, and one whose date was corrected is of that date for every rule. Undo takes an entry back.
help-safety = How the case is kept safe
help-safety-text = The workspace listens on this machine only and asks nothing of any other. The case is locked when nobody uses it for a while, with “Lock”, and when the program ends.

fault-back = To the overview
fault-host = This is not the address of the workspace
fault-host-hint = Use the link that the program printed.
fault-forged = This did not come from a page of the workspace
fault-forged-hint = Go back, load the page again, and repeat what you did.
fault-stranger = There is no session
fault-stranger-hint = Use the link that khronika serve printed; it works once. Where it was used already, start the program again.
fault-missing = There is no such page
fault-missing-hint = It may have been about a finding that is no longer found.
fault-method = This cannot be asked so
fault-method-hint = Use the forms of the pages.
fault-too-long = This is too long
fault-too-long-hint = Add large documents with khronika add.
fault-locked = The case is locked
fault-locked-hint = Open it with its passphrase.
fault-not-yet = The case is being weighed
fault-not-yet-hint = This page shows it as soon as it is done.
fault-too-soon = Too many tries
fault-wait = { $n ->
    [one] Try again in one second.
   *[other] Try again in { $n } seconds.
}
fault-too-much = Too many documents wait
fault-too-much-hint = Try again when some of them have been read.
fault-refused = This was not done
fault-failed = The program failed on this page
fault-failed-hint = This is a bug. Nothing was lost. Please report it with the smallest text that shows it, names changed.

said = It was taken down, as entry { $word } of the journal.
invalid-day = This is no day
invalid-day-hint = Write it as 2021-05-04.
invalid-verdict = Nothing was said
invalid-verdict-hint = Use a button of the page.
invalid-event = There is no such event
invalid-event-hint = Name its number in the chronology, or its id (e-…).
invalid-date = This is no date
invalid-date-hint = Write a day, a month, a year or a range: 2021-05-04, 2021-05, 2021~, 2021-05-04/2021-05-06.
invalid-correction = A correction says what is so instead
invalid-correction-hint = Fill in the date, the sentence or the body.
invalid-effect = This is no effect
invalid-effect-hint = Choose one of the list.
invalid-seen = It is not known what you had seen
invalid-seen-hint = Load the page again, and say it there.
invalid-number = This is no number that fits
invalid-number-hint = A limit is 1000 at most; numbers are whole and not negative.
invalid-form = The form could not be read
invalid-form-hint = Load the page again, and send it from there.
invalid-no-files = No file was chosen
invalid-no-files-hint = Choose one or more files, then send them.

show = Show
any = any
filter = Filter
filter-actor = Person or body
filter-body = Whose act
filter-source = Document
filter-kind = Kind
filter-standing = Standing
filter-status = Whether it happened
filter-certainty = Date
filter-decided = Decided
filter-none = Show everything
status-actual = happened
status-requested = asked for or planned
status-possible = possible
status-denied = denied
certainty-stated = stated
certainty-inferred = inferred
certainty-undated = undated
name-part = Part of the name
all-of-them = All of them
page-first = First
page-before = Before
page-after = Next
page-last = Last
as-of-day = As of
as-of-latest = As of the latest date in the documents
calendar = Take the last days into a calendar (.ics)

empty-events = There is no such event.
empty-sources = There is no such document.
empty-actors = There is nobody of this name.
empty-proceedings = No proceeding was found.
empty-deadlines = No period was found.
empty-conflicts = No conflict was found.
empty-statements = No statement was found.
empty-letters = No letter was found.
empty-dates = Every date belongs to an event.
empty-problems = Nothing is known to be wrong.
empty-judgments = Nobody has said anything yet.

do-confirm = Confirm
do-reject = Reject
do-correct = Correct
do-merge = They are one
do-split = They are several
do-link = Link
do-note = Note
verdict-confirm = Confirmed
verdict-reject = Rejected
verdict-correct = Correct it
verdict-merge = It is the same as another
verdict-split = It is several
verdict-link = It concerns another act
verdict-note = Noted
verdict-withdraw = Taken back
say-title = What you say of it
say-verdict = Is it so?
say-why = Why, or what is to be remembered
say-more = more
say-correct-hint = What you leave empty stays as it was found.
say-date = When it was
say-sentence = What it is, in one short sentence
say-body = The body whose act it is
say-other = The other event: its number in the chronology, or its id
say-merge-hint = Several events that are one: they are shown, and counted with, as one.
say-split-hint = Each place that tells it stands for itself.
say-link-hint = What this act does to another one.
say-effect = What it does
conflict-title = Somebody else spoke of this
conflict-lede = While you were looking at it, others said something of the same finding. Nothing that you said was taken down yet.
conflict-theirs = What they said
conflict-yours = What you wanted to say
conflict-again = Say it all the same
conflict-look = Look at the event as it is now

event-before = Event before
event-after = Event after
event-in-chronology = In the chronology
event-in-source = In the document
event-words = Where it is told
event-gone = It is in the case no more: it was rejected, or is not found any longer. What was said of it can be taken back.
judgments-lede = What people said of what the program found, the newest first.

source-name = Document
source-language = Language
source-events = Events
source-undecided = Undecided
source-chronology = Its chronology
source-findings = Findings
source-words = words
source-view = How it is shown
view-text = Text
view-page = Page
sheet-page = page { $n }
sheet-boxes = Findings on the page
sheet-text = The text of this page
sheet-failed = The page could not be drawn. Its words stand where they are on it, with the findings over them, and its text stands below.
sheet-differs = The document is drawn with other pages than it was read with: findings may stand beside their words.
sheet-bare = Without scripts the page is not drawn: its words stand where they are on it.
sheet-undrawn = The pages of this document are not drawn; this is its text.

search-lang = Language
search-hint = All words are wanted, in whatever script, spelling and inflection. "several words" in a row, the beginning* of a word, one OR the other, =exactly this form, -not this one.
search-found = { $n ->
    [0] Nothing was found.
    [one] In one document:
   *[other] In { $n } documents:
}

add-lede = Documents are stored as they are, with their digests, in signed entries of the journal, and then read. Reading goes on in the background.
add-from = Who gave them
add-how = How they came
add-files = Files
add-folder = Or a folder, with all that is in it
add-drop = With scripts on, files and folders can be dropped here. A file may have up to 64 MB; longer ones are added with khronika add.
add-do = Add
add-done = What was added
add-read = stored and read
add-unread = stored, but not read
add-known = the case had it already; it has one more receipt
add-not-kept = not in the case
add-sent = waits to be read
add-failed = was not taken

export-lede = The documents and what was found in them, for others. What was marked with khronika redact is hidden in all of it. That it leaves the case is an entry of the journal.
export-form = How
export-sealed = Sealed: a signed bag that others can check
export-no-log = Without the journal
export-to = Only for these recipients, one a line
export-to-hint = Without recipients it is an archive (tar) that everybody can read who has it. With recipients it is encrypted for them (age).
export-do = Hand over
export-key = The key that signs
export-key-lede = Tell it to the receiver on another way than the files. With it they check a sealed case: khronika verify FOLDER --key KEY, or minisign, as its README says.
verify-title = Check the case
verify-lede = Every digest, signature and sum of the case file is computed anew. Other work on the case goes on meanwhile.
verify-do = Check
verify-holds = Everything that was checked holds.
verify-fails = Not everything holds, or could be judged.
verify-answer = Answer
verify-what = What
verify-found = Found
holds = holds
fails = fails
unknown = not known

added = added by hand
do-add = Add
verdict-add = Added by hand
kind-judgment-add = Added by hand
hand-title = Add by hand
hand-lede = For what the program did not find. It is tied to words of a document, and says that you added it and when, never that the program found it.
hand-no-words = Nothing is added that rests on no words. What you know and no document says: write it down, and add that as a document of yours.
hand-select = With scripts on, select the words in a document and press “a”.
hand-source = Document: its name, or a part of it
hand-quote = The words, as they stand in the document
hand-find = Find the words
hand-which-source = Several documents are called so. Which one?
hand-which-place = The words stand there more than once. Which ones are meant?
hand-more-places = There are more; name more words to tell them apart.
hand-no-place = These words do not stand in this document.
hand-words = The words
hand-other-words = Other words
hand-what = What they say
hand-event = An event
hand-act = An act
hand-statement = A statement
hand-actor = Somebody’s name
hand-event-hint = Something that happened, or is asked for, possible or denied, and is no act of a court or authority.
hand-act-hint = A decision, an order, an appeal, a request. What it does to other acts is said by linking them, on its own page.
hand-statement-hint = Words in which somebody says something. That it is said does not make it so.
hand-actor-hint = Who is meant by these words. The same name elsewhere in the case is then taken for the same actor.
hand-date = When it was: 2021-05-04, 2021-05, 2021~
hand-type = What it is as a paper
hand-outcome = What it does
hand-speaker = Who says it
hand-stance = How they say it
hand-name = The full name
hand-kind = Who that is
key-add = add the selected words by hand
key-view = text or page
hand-pick = Add these words by hand
invalid-words = These words are not in the document
invalid-words-hint = Choose the words again.
invalid-added = It is not clear what is to be added
invalid-added-hint = Use the form for what these words say.
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
outcome-annul = annuls
outcome-void = declares void from the start
outcome-reverse-own = overturns its own decision
outcome-remand = sends back to be decided anew
outcome-uphold = upholds
outcome-vary = changes in part
outcome-dismiss = dismisses
outcome-inadmissible = declares inadmissible
outcome-grant = grants
outcome-recognise = recognises a status
outcome-revoke = withdraws a status or permit
outcome-exclude = excludes from refugee status
outcome-suspend = suspends
outcome-lift = lifts a measure
outcome-order-leave = orders to leave, expels
outcome-forbid-leave = forbids to leave
outcome-refuse-entry = refuses entry
outcome-extradite = extradites
outcome-detain = arrests, detains
outcome-release = releases
outcome-charge = charges
outcome-convict = convicts
outcome-acquit = acquits
outcome-drop = discontinues
outcome-ban = bans or dissolves
outcome-designate = designates (extremist, foreign agent …)
outcome-appeal = appeals, challenges
outcome-find-violation = finds a violation
outcome-request-measure = asks for a measure
outcome-notify = serves, notifies
outcome-reserve = reserves or delivers a judgment
outcome-decide = decides (how is not told)
outcome-file = files a request
stance-asserts = says that it is so
stance-denies = says that it is not so
stance-reports = reports what others say
stance-alleges = says it with reserve
stance-concludes = concludes
stance-demands = demands
stance-doubts = asks whether it is so
actor-person = a person
actor-organisation = an organisation
actor-court = a court
actor-authority = an authority
actor-state = a state
actor-place = a place
actor-unknown = not known

alike-title = Perhaps one
alike-lede = Something speaks for these being one, and not enough for the program to decide it. What you say stays when documents are read again.
alike-one = They are one
alike-two = They are two
actor-say = Who this is
actor-merge = The same as another
actor-merge-hint = All names of both are then names of one. This page keeps its address.
actor-other = The other: the name, or the id (a-…)
actor-split = Several
actor-split-hint = Choose the names that are another’s. With none chosen, each name stands for somebody by itself.
actor-split-do = Split off
actor-kind = Kind
actor-written = As written
actor-named = Named
actor-note = Something to remember
invalid-actor = There is no such actor, or there are several
invalid-actor-hint = Write the whole name, or the id (a-…) that stands in the address of the page.

slider = Day by day
slider-before = Day before
slider-after = Day after
slider-hint = Each step is a day on which something changes. Point at an act of a map to see what gives it its standing.

standing-in-force = in force
standing-not-yet-enforceable = not enforceable yet
standing-suspended = suspended
standing-under-appeal = under appeal
standing-annulled = annulled
standing-void = void from the start
standing-upheld = upheld
standing-final = final
standing-varied = in force as varied
standing-superseded = replaced
standing-revoked = withdrawn
standing-expired = run out
standing-executed = carried out
standing-unknown = not known
standing-pending = pending
standing-granted = granted
standing-dismissed = dismissed
standing-withdrawn = withdrawn by who made it

unlock-soon = A passphrase was wrong a moment ago; nothing was tried now.

density = When much happened, and when little
density-table = The same as a table
density-time = Time
network = Who with whom
network-lede = Actors that take part in the same events. That two are named together does not say what they have to do with each other.
network-none = No two actors take part in one event.
network-desc = Circles are people, squares are bodies, organisations and states. A line joins two that take part in the same events; it is thicker for more than three. The table below says the same.
network-table = In how many events
network-one = One
network-other = The other
since-title = New since your last entry
since-last = Last is entry { $word }: the last one that you signed before the case was opened now. Whoever only reads leaves no entry.
since-nothing = Nobody else has changed the case since.
since-entries = { $n ->
    [one] One entry by others:
   *[other] { $n } entries by others:
}
since-events = { $n ->
    [one] One finding in documents that others added:
   *[other] { $n } findings in documents that others added:
}
since-first = You have signed no entry yet: all of it is new to you.
