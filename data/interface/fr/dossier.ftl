# Les mots du dossier, que l’espace de travail montre aussi.
# Ce qui est entre accolades avec un dollar est mis par le programme ; une phrase peut le nommer dans l’ordre qu’elle veut. Les noms ne s’accordent pas.

## La page
case-file = Dossier
case-file-as-of = Dossier au { $day }
running-head = Dossier, état des actes au { $day }
skip = Aller à la chronologie
parts-label = Parties du dossier
written-by = Fait par khronika { $version } à partir de règles :
written-by-alone = Fait par khronika { $version } à partir de règles.
part-chronology = Chronologie
part-proceedings = Procédures
part-deadlines = Délais
part-conflicts = Contradictions
part-judgments = Avis
part-actors = Acteurs
part-statements = Déclarations
part-letters = Lettres
part-dates = Autres dates
part-problems = Problèmes
part-sources = Documents

## Signes : entre les milliers, après ce qui introduit quelque chose, autour des mots d’un document, avant la dernière chose d’une suite
thousands = {"\u202F"}
colon = {"\u00A0"}:
quote-open = «{"\u00A0"}
quote-close = {"\u00A0"}»
and-last = { $all } et { $last }

## Nombres avec leurs noms : $n choisit la forme, $number est le nombre tel qu’on l’écrit
count-documents = { $n ->
    [one] { $number } document
   *[other] { $number } documents
}
count-events = { $n ->
    [one] { $number } événement
   *[other] { $number } événements
}
count-acts = { $n ->
    [one] { $number } acte
   *[other] { $number } actes
}
count-periods = { $n ->
    [one] { $number } délai
   *[other] { $number } délais
}
count-sources = { $n ->
    [one] { $number } document
   *[other] { $number } documents
}
count-files = { $n ->
    [one] { $number } fichier de règles
   *[other] { $number } fichiers de règles
}
count-pages = { $n ->
    [one] { $number } page
   *[other] { $number } pages
}
count-bytes = { $n ->
    [one] { $number } octet
   *[other] { $number } octets
}
count-people = { $n ->
    [one] { $number } personne
   *[other] { $number } personnes
}
count-organisations = { $n ->
    [one] { $number } organisation
   *[other] { $number } organisations
}
count-times = { $number } fois
count-lanes = { $n ->
    [one] { $number } couloir
   *[other] { $number } couloirs
}
count-arrows = { $n ->
    [one] { $number } flèche
   *[other] { $number } flèches
}
count-minutes = { $n ->
    [one] { $number } minute
   *[other] { $number } minutes
}
count-hours = { $n ->
    [one] { $number } heure
   *[other] { $number } heures
}
count-days = { $n ->
    [one] { $number } jour
   *[other] { $number } jours
}
count-weeks = { $n ->
    [one] { $number } semaine
   *[other] { $number } semaines
}
count-months = { $number } mois
count-years = { $n ->
    [one] { $number } an
   *[other] { $number } ans
}

## Le haut de la page
lede-languages = { $documents } en { $languages }
lede-acts = dont { $acts }
as-of-given = L’état des actes est donné au { $day }, le jour demandé.
as-of-latest = L’état des actes est donné au { $day }, la dernière date des documents.
as-of-nothing = Aucun événement n’a de date ; il n’y a donc pas de jour auquel l’état des actes pourrait être donné.
proposed = Proposé.
proposed-note = Tout ceci a été trouvé par des règles ; personne n’en a encore rien confirmé. Chaque élément trouvé mène aux mots sur lesquels il repose, et inversement. Les mots des documents sont en caractères à empattements, ceux du programme comme ici.
in-short = En bref
panel-stands = Ce qui est en vigueur
panel-pending = Ce qui est pendant
panel-due = Délais en cours
panel-conflict = Ce qui se contredit
panel-none-stands = Aucune décision du dossier n’est connue comme étant en vigueur.
panel-none-pending = Rien dans le dossier n’est connu comme étant pendant.
panel-none-due = Aucun délai n’est connu pour courir actuellement.
panel-none-conflict = Aucune contradiction n’a été trouvée.
more = et { $number } de plus
more-below = et { $number } de plus ci-dessous
periods-ended = Terminé : { $periods }
day-disputed = son jour est contesté : { $conflict }
open-before = , devant : { $body }
open-before-unnamed = , devant un organe qui n’est pas nommé
open-since = , début : { $date }
due-ends = { $day } : fin

## Les endroits des documents
characters = caractères { $start } à { $end }
page = p.{"\u00A0"}{ $number }
paragraph = paragraphe { $number }
inside-of = contenu dans { $source }
left-out = { $shown } sur { $all } sont montrés ici ; tous sont dans { $file }.
not-in-full = Pas en entier.
sources-cut = Les documents contiennent { $bytes } octets de texte, plus qu’une page ne peut en porter. Voici les passages sur lesquels reposent les éléments trouvés, avec les mots qui les entourent, pour { $shown } sur { $sources }. Le texte entier de chaque document est dans { $file }.
legend = Marqué : { $marks }. Les chiffres en exposant mènent à l’élément trouvé.
legend-ev = un événement
legend-nev = un événement demandé, possible ou nié
legend-ef = ce qu’un acte fait à un autre
legend-sa = ce que quelqu’un dit
legend-cf = une contradiction
legend-dl = un délai
legend-da = une date
legend-ac = un acteur
mark-statement = déclaration
mark-deadline = délai
mark-conflict = contradiction
mark-pending = pendant
mark-letter = lettre
mark-to = à
mark-asks = demande
mark-signed = signé { $number }
mark-signatory = signataire

## Têtes de tableaux
head-number = N°
head-date = Date
head-happened = Ce qui a eu lieu selon les documents
head-standing = État
head-entry = Entrée
head-who = Qui
head-of-what = De quoi
head-said = Ce qui est dit
head-name = Nom
head-kind = Genre
head-written = Tel qu’écrit
head-named = Nommé
head-says = dit
head-what = Quoi
head-what-written = Quoi, tel qu’écrit
head-role = Rôle
head-role-of = Rôle et organisation
head-place = Lieu
head-value = Valeur
head-what-it-is = Ce que c’est
head-where = Où
head-wrong = Ce qui ne va pas
head-to-do = Que faire

## La chronologie
no-events = Aucun événement n’a été trouvé. Les dates qui n’appartiennent à aucun événement sont plus bas, et chaque document est à la fin.
events-left-out = Cette page montre { $shown } sur { $events }, les actes avant les autres événements. Tous sont dans { $table } et dans { $file }.
filter-show = Montrer
filter-acts = actes
filter-events = autres événements
year-not-known = Année inconnue
undated-head = Sans date
undated = sans date
proposed-row = proposé
object = objet :
norm = texte appliqué :
ground = motif :
relief = demandé ou ordonné :
also-in = aussi dans
after = après { $events }
before = avant { $events }
told-by = selon
act-unknown = un acte qui n’est pas dans le dossier
effect-on = { $effect } : { $act }
effect = Effet — { $effect }.
date-of-hearing = audience :
date-of-reading = lecture :
date-of-service = notification :
date-of-force = entrée en vigueur :
how-found = comment trouvé
how-stands = pourquoi « { $standing } », comment trouvé
found-by = Trouvé par { $who }
made-by = par { $who }
confidence = , confiance { $percent }
taken-for-one = Tenus pour un seul événement : { $because }
inferred-from = Déduit de :

## Les procédures et leurs cartes
proceedings-note = Un couloir pour chaque organe, le temps de gauche à droite, les longs intervalles raccourcis. Avec chaque acte : son numéro et sa date, ce qu’il fait, et son état. Une flèche va d’un acte à celui qu’il concerne ; elle est en tirets quand ce n’est pas le texte qui le dit, mais une règle.
acts-alone = Actes isolés
as-a-list = En liste : { $acts }
pending = Pendant
pending-before = { $pending } devant : { $body }
pending-unnamed = { $pending } devant un organe qui n’est pas nommé
closed = Clos
closed-by = { $closed } par l’acte { $act }.
open-unknown = On ne sait pas si c’est encore ouvert.
body-not-named = organe non nommé
map-title = Carte de la procédure { $number }, { $title }
map-hint = La carte défile latéralement ; la liste en dessous dit la même chose.
map-said = { $acts } ; { $lanes }, un par organe, de gauche à droite dans l’ordre du temps ; les longs intervalles sont raccourcis. { $arrows } : ce qu’un acte fait à un acte antérieur. La liste en dessous dit la même chose.
map-too-large = { $acts } : cette procédure est trop grande pour une carte ; la liste en dessous contient tout.
matter-extradition = extradition
matter-asylum = asile
matter-removal = éloignement
matter-international = international
matter-criminal = pénal
matter-civil = civil
matter-administrative = administratif
matter-other = autre

## Les délais
due-arguably = { $day }, ou bien { $earliest }
due-not-before = pas avant le { $day }
not-computable = non calculable
state-running = en cours
state-due = dernier jour
state-past = passé
state-ended = terminé
state-not-computable = non calculable
expires = Prend fin ce jour-là, sans rien demander : { $what }
from-act = , à partir de l’acte { $act }
rule-of-text = Le texte donne le délai.
rule = Règle { $rule }, { $status }.
rule-verified = vérifiée
rule-partly-verified = vérifiée en partie
rule-unverified = non vérifiée
also-arguable = Peut aussi se soutenir :
no-last-day = pas de dernier jour

## Les contradictions
conflicts-note = Des passages qui ne vont pas ensemble. Lequel vaut, c’est aux personnes de le dire.
document = document { $source }
conflict-opposite-duties = obligations contraires
conflict-two-dates = un acte, deux dates
conflict-two-outcomes = un acte, deux issues
conflict-two-bodies = un acte, deux organes
conflict-numbers = nombres différents
conflict-status-after-end = un statut invoqué après sa fin
conflict-removal-while-appealed = éloignement pendant un recours
conflict-order-of-events = ordre des événements
conflict-headline = titre et texte
conflict-translation = texte et traduction

## Les avis des personnes
judgments-note = Ce que des personnes ont dit de ce que le programme a trouvé, d’après le journal signé du fichier de l’affaire, dans son ordre.
entry = entrée { $number }
entry-by = { $entry }, par { $who }, { $day }
not-applied = , pas appliqué
not-applied-because = pas appliqué : ce dont il parle n’est pas trouvé, ou un avis ultérieur dit autre chose
found-nothing = rien
said-date = {"\u00A0"}: la date est : { $date } (trouvé : { $found })
said-title = {"\u00A0"}: c’est { $said } (trouvé : { $found })
said-body = {"\u00A0"}: l’organe est { $said } (trouvé : { $found })
said-link = {"\u00A0"}: { $from } { $effect } { $to }
said-names = {"\u00A0"}: quelqu’un d’autre s’appelle { $names }
said-added = {"\u00A0"}: { $what } · d’après les mots { $words }
words-of = { $words } de { $source }
added-event = un événement
added-act = un acte
added-statement = une déclaration : { $who } — { $says }
added-actor = un nom ({ $kind }) : { $name }
added-date = ({ $date })
added-title = , { $title }
added-body = (organe : { $body })
nobody-named = personne n’est nommé
by-hand = une personne, à la main
by-hand-of = une personne, à la main : { $who }, { $day }, { $entry }
verdict-confirm = confirmé
verdict-reject = rejeté
verdict-correct = corrigé
verdict-merge = tenus pour un seul
verdict-split = tenu pour plusieurs
verdict-link = lié
verdict-note = noté
verdict-add = ajouté à la main

## Personnes, déclarations, lettres
why-one = pourquoi un seul
actor-person = personne
actor-organisation = organisation
actor-court = juridiction
actor-authority = autorité
actor-state = État
actor-place = lieu
actor-unknown = genre inconnu
relation-short = forme courte
relation-acronym = sigle
relation-inflected = autre cas
relation-transliterated = autre écriture
relation-translated = traduit
relation-misspelling = sans doute une coquille
relation-alias = appelé aussi
relation-titled = avec titre
statements-note = Qui dit quoi. Que ce soit dit ne le rend pas exact.
nobody-is-named = personne n’est nommé
through = par l’intermédiaire de :
and-then = , puis
about = au sujet de :
rests-on = dit reposer sur
stance-asserts = affirme
stance-denies = nie
stance-reports = rapporte
stance-alleges = allègue
stance-concludes = conclut
stance-demands = demande
stance-doubts = demande si
letter-to = À
letter-asks = Demande
letter-signed = Signé par
not-found = non trouvé
no-demand = aucune demande trouvée
none-given = non indiqué

## Dates et problèmes
dates-note = Dates de lois, de citations et de publications, durées, et dates qu’on n’a pu rattacher à aucun événement. Elles ne sont pas dans la chronologie.
date-role-event = événement
date-role-norm = date d’une loi
date-role-citation = citation
date-role-publication = publication
date-role-other = autre
the-case = l’affaire
problem-not-read-yet = pas encore lu
problem-unreadable = n’a pas pu être lu
problem-damaged = endommagé
problem-empty = vide
problem-not-a-file = pas un fichier
problem-limit = au-delà d’une limite
problem-duplicate = deux fois les mêmes octets
problem-left-out = laissé de côté
problem-language = langue
problem-suspicious = semble faux
problem-internal = faute du programme

## L’état d’un acte ou d’une demande, en peu de mots qui conviennent à tout acte
standing-in-force = en vigueur
standing-not-yet-enforceable = pas encore exécutoire
standing-suspended = suspendu
standing-under-appeal = frappé d’un recours
standing-annulled = annulé
standing-void = nul
standing-upheld = confirmé
standing-final = définitif
standing-varied = en vigueur, modifié
standing-superseded = remplacé
standing-revoked = retiré
standing-expired = expiré
standing-executed = exécuté
standing-unknown = état inconnu
request-pending = pendant
request-granted = accueilli
request-dismissed = rejeté
request-withdrawn = retiré par son auteur
request-unknown = issue inconnue
status-requested = demandé ou prévu
status-possible = possible
status-denied = nié

## La part d’un acteur dans un événement, devant son nom ; comment un lien et une date sont connus
role-agent = par :
role-subject = au sujet de :
role-applicant = demandeur :
role-respondent = contre :
role-recipient = destinataire :
role-forum = devant :
role-named = nommé :
edge-stated = dit par le texte
edge-derived = déduit
edge-judged = avis d’une personne
basis-year-taken = année tirée du texte voisin
basis-relative = compté d’après une autre date
basis-order = d’après l’ordre des événements
basis-computed = calculé
basis-service = jour de la notification
basis-judged = dit par une personne

## Ce qu’un acte fait à un acte antérieur, comme verbe
effect-annuls = annule
effect-voids = déclare nul
effect-remands = renvoie
effect-upholds = confirme
effect-varies = modifie
effect-suspends = suspend
effect-lifts = lève
effect-revokes = retire
effect-supersedes = remplace
effect-appeals = conteste
effect-dismisses = rejette
effect-grants = accueille
effect-executes = exécute
effect-notifies = notifie
effect-concerns = concerne

## Genres de pièces
type-event = événement
type-decision = décision
type-judgment = jugement
type-order = ordonnance
type-appeal = recours
type-request = demande
type-letter = lettre
type-decree = décret
type-warrant = mandat
type-opinion = avis
type-service = notification
type-measure = mesure
type-hearing = audience
type-charge = poursuite
type-other = autre acte

## Titres
title-by = { $who } : { $what }
title-of = { $deed } — { $object }
title-quoted = { $deed } — { $quote }
title-concerning = { $what } — { $people }
title-and = {"\u00A0"};
title-no-outcome = , issue non indiquée
people-two = { $first } et { $second }
people-more = { $first } et { $number } autres
act-of-day = { $kind } du { $date }
act-of-date = { $kind }, { $date }
act-alone = { $act }
act-by = { $act } ({ $who })
act-own = { $act } (du même organe)

## Ce que fait un acte : en peu de mots, pour les cartes ; et comme une chose, pour les titres
deed-annul = annule
deed-void = déclare nul
deed-reverse-own = revient sur sa propre décision
deed-remand = renvoie l’affaire
deed-uphold = confirme
deed-vary = modifie
deed-dismiss = rejette
deed-inadmissible = déclare irrecevable
deed-grant = fait droit
deed-recognise = reconnaît un statut
deed-revoke = retire
deed-exclude = exclut d’un statut
deed-suspend = suspend
deed-lift = lève ou rétablit
deed-order-leave = ordonne de partir
deed-forbid-leave = interdit de partir
deed-refuse-entry = refuse l’entrée
deed-extradite = ordonne l’extradition
deed-detain = détient
deed-release = libère
deed-charge = poursuit ou ouvre une procédure
deed-convict = condamne
deed-acquit = acquitte ou gracie
deed-drop = met fin aux poursuites
deed-ban = interdit
deed-designate = désigne
deed-appeal = forme un recours
deed-find-violation = constate une violation
deed-request-measure = demande une mesure
deed-notify = notifie un acte
deed-reserve = met en délibéré ou lit
deed-decide = décide
deed-file = forme une demande
deed-withdraw = se désiste
noun-annul = annulation
noun-void = déclaration de nullité
noun-reverse-own = retour sur sa propre décision
noun-remand = renvoi de l’affaire
noun-uphold = confirmation
noun-vary = réformation
noun-dismiss = rejet
noun-inadmissible = déclaration d’irrecevabilité
noun-grant = admission de la demande
noun-recognise = reconnaissance d’un statut
noun-revoke = retrait
noun-exclude = exclusion d’un statut
noun-suspend = suspension
noun-lift = levée ou rétablissement
noun-order-leave = obligation de partir
noun-forbid-leave = interdiction de partir
noun-refuse-entry = refus d’entrée
noun-extradite = extradition
noun-detain = arrestation ou détention
noun-release = libération
noun-charge = poursuite ou ouverture d’une procédure
noun-convict = condamnation
noun-acquit = acquittement ou grâce
noun-drop = fin des poursuites
noun-ban = interdiction
noun-designate = désignation
noun-appeal = recours
noun-find-violation = constat d’une violation
noun-request-measure = demande d’une mesure
noun-notify = notification
noun-reserve = mise en délibéré ou lecture
noun-decide = décision
noun-file = demande
noun-withdraw = désistement

## Dates : les mois dans une date, seuls, et en abrégé ; saisons et autres parts d’une année ; le premier d’un mois
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
month-alone-1 = janvier
month-alone-2 = février
month-alone-3 = mars
month-alone-4 = avril
month-alone-5 = mai
month-alone-6 = juin
month-alone-7 = juillet
month-alone-8 = août
month-alone-9 = septembre
month-alone-10 = octobre
month-alone-11 = novembre
month-alone-12 = décembre
month-short-1 = janv.
month-short-2 = févr.
month-short-3 = mars
month-short-4 = avr.
month-short-5 = mai
month-short-6 = juin
month-short-7 = juil.
month-short-8 = août
month-short-9 = sept.
month-short-10 = oct.
month-short-11 = nov.
month-short-12 = déc.
season-21 = printemps
season-22 = été
season-23 = automne
season-24 = hiver
season-33 = 1er trimestre
season-34 = 2e trimestre
season-35 = 3e trimestre
season-36 = 4e trimestre
season-40 = 1er semestre
season-41 = 2e semestre
day-first = 1er
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-year = { $year }
date-decade = années { $year }
date-day-only = { $day } { $month }, année inconnue
date-month-only = { $month }, année inconnue
date-about = env. { $date }
date-perhaps = peut-être { $date }
date-perhaps-about = peut-être env. { $date }
date-since = { $date } et après
date-until = { $date } et avant
date-range = { $from } – { $to }

## Langues
lang-en = anglais
lang-fr = français
lang-ru = russe
lang-uk = ukrainien
lang-kk = kazakh
lang-de = allemand
lang-es = espagnol
lang-it = italien
lang-pl = polonais
lang-und = langue indéterminée
