# Les mots de l’espace de travail. Ceux qu’il a en commun avec le dossier sont dans dossier.ftl.
language-name = Français
language = Langue
skip = Aller à la page
help = Aide et touches
close = Fermer

nav-label = Parties de l’affaire
nav-overview = Vue d’ensemble
nav-chronology = Chronologie
nav-proceedings = Procédures
nav-deadlines = Délais
nav-conflicts = Contradictions
nav-sources = Documents
nav-actors = Acteurs
nav-statements = Déclarations
nav-letters = Lettres
nav-dates = Autres dates
nav-problems = Problèmes
nav-search = Recherche
nav-judgments = Avis
nav-journal = Journal
nav-add = Ajouter des documents
nav-export = Transmettre
pages = Pages

search-words = Mots dans les documents
search-do = Chercher
lock = Verrouiller
leave = Quitter

unlock-title = Ouvrir l’affaire
unlock-lede = L’affaire est chiffrée. Sa phrase secrète l’ouvre, sur cette machine seulement.
unlock-key = Ouvrir avec la clé indiquée au démarrage
unlock-do = Ouvrir
unlock-wrong = Ce n’est pas sa phrase secrète. Vérifiez la langue du clavier et réessayez.
passphrase = Phrase secrète
passphrase-new = Nouvelle phrase secrète
passphrase-again = La même encore une fois
passphrase-advice = Plusieurs mots que personne ne mettrait ensemble sont faciles à retenir et difficiles à deviner. Qui perd la phrase secrète perd l’affaire : il n’y a pas d’autre entrée.
passphrase-differ = Les deux phrases secrètes diffèrent
passphrase-differ-hint = Saisissez les deux à nouveau.
create-title = Créer une affaire
create-lede = Cette affaire n’existe pas encore. Ce sera un seul fichier chiffré, à l’endroit indiqué au programme.
create-do = Créer l’affaire
left-title = Vous êtes sorti
left-lede = Pour revenir, relancez khronika serve, ou utilisez un lien créé auparavant.
link-title = Un lien pour un autre navigateur
link-lede = Il marche une fois, sur cette machine, pendant quinze minutes.
link-do = Créer un lien pour un autre navigateur

work-weighing = L’affaire est évaluée…
work-reading = Lecture de
work-waiting = { $n ->
    [one] { $n } document attend
   *[other] { $n } documents attendent
}
work-failed = L’affaire n’a pas pu être évaluée.
news-weighed = L’affaire a changé.
news-reload = La montrer telle qu’elle est maintenant

count-documents = { $n ->
    [one] { $n } document
   *[other] { $n } documents
}
count-events = { $n ->
    [one] { $n } événement
   *[other] { $n } événements
}
as-of = L’état des actes est donné au { $word }.
overview-empty = L’affaire ne contient pas encore de documents.
overview-undecided = { $n ->
    [0] Tous les événements ont été examinés.
    [one] D’un événement, personne n’a encore dit s’il est exact.
   *[other] De { $n } événements, personne n’a encore dit s’ils sont exacts.
}
next-undecided = Prochain élément à examiner
overview-lately = Ce qui s’est passé récemment
overview-all-entries = Tout le journal
overview-all-problems = Tous les problèmes

proposed = proposé
confirmed = confirmé
changed = corrigé
rejected = rejeté

journal-lede = Chaque changement de l’affaire, signé, le plus récent d’abord. Ce qui a été dit d’un élément peut être retiré ; rien n’est jamais effacé.
journal-newest = Entrées les plus récentes
journal-older = Entrées plus anciennes
entry-number = Entrée
entry-when = Quand
entry-who = Qui
entry-what = Quoi
entry-details = détails
entry = entrée { $word }
undo = Annuler
undo-entry = Annuler l’entrée { $word }
kind-case-created = L’affaire a été créée
kind-case-exported = L’affaire a été transmise
kind-case-copied = L’affaire a été copiée
kind-source-received = Un document a été reçu
kind-source-read = Un document a été lu
kind-judgment-confirm = Confirmé
kind-judgment-reject = Rejeté
kind-judgment-correct = Corrigé
kind-judgment-merge = Tenus pour un seul
kind-judgment-split = Tenu pour plusieurs
kind-judgment-link = Lié
kind-judgment-note = Noté
kind-judgment-withdraw = Un avis a été retiré
kind-key-added = Une clé a été ajoutée
kind-key-removed = Une clé a été retirée
kind-key-changed = Une phrase secrète a été changée
kind-key-enrolled = Une clé de signature a été enregistrée

help-keys = Touches
key-next = élément suivant de la page
key-previous = élément précédent
key-open = ouvrir l’élément
key-confirm = confirmer l’élément
key-reject = rejeter l’élément
key-undecided = prochain élément à examiner
key-search = chercher
key-help = ces touches
help-scripts = Tout peut se faire sans ces touches, et sans scripts.
help-judging = Comment se prononcer
help-judging-text = Le programme propose, les personnes décident. Ce que vous dites d’un élément est une entrée du journal signé de l’affaire ; ce que le programme a trouvé reste à côté. L’affaire est réévaluée aussitôt : rien n’est conclu d’un acte rejeté, et un acte dont la date est corrigée a cette date pour toutes les règles. « Annuler » retire une entrée.
help-safety = Comment l’affaire est protégée
help-safety-text = L’espace de travail n’écoute que cette machine et ne demande rien à aucune autre. L’affaire est verrouillée quand personne ne s’en sert pendant un moment, par « Verrouiller », et quand le programme se termine.

fault-back = À la vue d’ensemble
fault-host = Ce n’est pas l’adresse de l’espace de travail
fault-host-hint = Utilisez le lien que le programme a affiché.
fault-forged = Ceci ne vient pas d’une page de l’espace de travail
fault-forged-hint = Revenez en arrière, rechargez la page et recommencez.
fault-stranger = Il n’y a pas de session
fault-stranger-hint = Utilisez le lien que khronika serve a affiché ; il marche une fois. S’il a déjà servi, relancez le programme.
fault-missing = Cette page n’existe pas
fault-missing-hint = Elle concernait peut-être un élément qui n’est plus trouvé.
fault-method = Ceci ne peut pas être demandé ainsi
fault-method-hint = Utilisez les formulaires des pages.
fault-too-long = C’est trop long
fault-too-long-hint = Ajoutez les grands documents avec khronika add.
fault-locked = L’affaire est verrouillée
fault-locked-hint = Ouvrez-la avec sa phrase secrète.
fault-not-yet = L’affaire est en cours d’évaluation
fault-not-yet-hint = Cette page la montrera dès que ce sera fait.
fault-too-soon = Trop d’essais
fault-wait = { $n ->
    [one] Réessayez dans une seconde.
   *[other] Réessayez dans { $n } secondes.
}
fault-too-much = Trop de documents attendent
fault-too-much-hint = Réessayez quand quelques-uns auront été lus.
fault-refused = Ceci n’a pas été fait
fault-failed = Le programme a échoué sur cette page
fault-failed-hint = C’est une erreur du programme. Rien n’est perdu. Signalez-la, s’il vous plaît, avec le plus petit texte qui la montre, noms changés.

said = C’est consigné : entrée { $word } du journal.
invalid-day = Ce n’est pas un jour
invalid-day-hint = Écrivez-le ainsi : 2021-05-04.
invalid-verdict = Rien n’a été dit
invalid-verdict-hint = Utilisez un bouton de la page.
invalid-event = Cet événement n’existe pas
invalid-event-hint = Donnez son numéro dans la chronologie, ou son identifiant (e-…).
invalid-date = Ce n’est pas une date
invalid-date-hint = Écrivez un jour, un mois, une année ou un intervalle : 2021-05-04, 2021-05, 2021~, 2021-05-04/2021-05-06.
invalid-correction = Une correction dit ce qui est exact à la place
invalid-correction-hint = Remplissez la date, la phrase ou l’organe.
invalid-effect = Ce n’est pas un effet
invalid-effect-hint = Choisissez-en un dans la liste.
invalid-seen = On ne sait pas ce que vous aviez vu
invalid-seen-hint = Rechargez la page, et dites-le là.
invalid-number = Ce nombre ne convient pas
invalid-number-hint = Une limite est de 1000 au plus ; les nombres sont entiers et non négatifs.
invalid-form = Le formulaire n’a pas pu être lu
invalid-form-hint = Rechargez la page, et envoyez-le de là.
invalid-no-files = Aucun fichier n’a été choisi
invalid-no-files-hint = Choisissez un ou plusieurs fichiers, puis envoyez-les.

show = Montrer
any = tous
filter = Filtre
filter-actor = Personne ou organe
filter-body = Acte de qui
filter-source = Document
filter-kind = Genre
filter-standing = État
filter-status = Si cela a eu lieu
filter-certainty = Date
filter-decided = Examen
filter-none = Tout montrer
status-actual = a eu lieu
status-requested = demandé ou prévu
status-possible = possible
status-denied = nié
certainty-stated = donnée
certainty-inferred = déduite
certainty-undated = sans date
name-part = Partie du nom
all-of-them = Tous
page-first = Première
page-before = Précédente
page-after = Suivante
page-last = Dernière
as-of-day = Au
as-of-latest = À la dernière date des documents
calendar = Mettre les derniers jours dans un agenda (.ics)

empty-events = Il n’y a pas de tel événement.
empty-sources = Il n’y a pas de tel document.
empty-actors = Personne ne porte ce nom.
empty-proceedings = Aucune procédure n’a été trouvée.
empty-deadlines = Aucun délai n’a été trouvé.
empty-conflicts = Aucune contradiction n’a été trouvée.
empty-statements = Aucune déclaration n’a été trouvée.
empty-letters = Aucune lettre n’a été trouvée.
empty-dates = Chaque date appartient à un événement.
empty-problems = Aucun problème n’est connu.
empty-judgments = Personne n’a encore rien dit.

do-confirm = Confirmer
do-reject = Rejeter
do-correct = Corriger
do-merge = C’est le même
do-split = Ils sont plusieurs
do-link = Lier
do-note = Noter
verdict-confirm = Confirmé
verdict-reject = Rejeté
verdict-correct = Le corriger
verdict-merge = C’est le même qu’un autre
verdict-split = Ils sont plusieurs
verdict-link = Il concerne un autre acte
verdict-note = Noté
verdict-withdraw = Retiré
say-title = Ce que vous en dites
say-verdict = Est-ce exact ?
say-why = Pourquoi, ou ce qu’il faut retenir
say-more = plus
say-correct-hint = Ce que vous laissez vide reste tel que trouvé.
say-date = Quand c’était
say-sentence = Ce que c’est, en une courte phrase
say-body = L’organe dont c’est l’acte
say-other = L’autre événement : son numéro dans la chronologie, ou son identifiant
say-merge-hint = Plusieurs événements qui n’en sont qu’un : ils sont montrés, et comptés, comme un seul.
say-split-hint = Chaque endroit qui le raconte vaut pour lui-même.
say-link-hint = Ce que cet acte fait à un autre.
say-effect = Ce qu’il fait
conflict-title = Quelqu’un d’autre s’est prononcé
conflict-lede = Pendant que vous le regardiez, d’autres ont dit quelque chose du même élément. Rien de ce que vous avez dit n’a encore été consigné.
conflict-theirs = Ce qu’ils ont dit
conflict-yours = Ce que vous vouliez dire
conflict-again = Le dire quand même
conflict-look = Voir l’événement tel qu’il est maintenant

event-before = Événement précédent
event-after = Événement suivant
event-in-chronology = Dans la chronologie
event-in-source = Dans le document
event-words = Où il est raconté
event-gone = Il n’est plus dans l’affaire : il a été rejeté, ou n’est plus trouvé. Ce qui en a été dit peut être retiré.
judgments-lede = Ce que des personnes ont dit de ce que le programme a trouvé, le plus récent d’abord.

source-name = Document
source-language = Langue
source-events = Événements
source-undecided = À examiner
source-chronology = Sa chronologie
source-findings = Éléments trouvés
source-words = texte
source-view = Présentation
view-text = Texte
view-page = Page
sheet-page = page { $n }
sheet-boxes = Éléments trouvés sur la page
sheet-text = Le texte de cette page
sheet-failed = La page n’a pas pu être dessinée. Ses mots sont à leur place, avec les éléments trouvés par-dessus, et son texte se trouve plus bas.
sheet-differs = Le document est dessiné avec d’autres pages que celles qui ont été lues : les éléments peuvent se trouver à côté de leurs mots.
sheet-bare = Sans scripts, la page n’est pas dessinée : ses mots sont à leur place.
sheet-undrawn = Les pages de ce document ne sont pas dessinées ; voici son texte.

search-lang = Langue
search-hint = Tous les mots sont voulus, quelles que soient l’écriture, l’orthographe et la flexion. "plusieurs mots" de suite, le début* d’un mot, l’un OR l’autre, =exactement cette forme, -pas celui-ci.
search-found = { $n ->
    [0] Rien n’a été trouvé.
    [one] Dans un document :
   *[other] Dans { $n } documents :
}

add-lede = Les documents sont conservés tels quels, avec leurs empreintes, dans des entrées signées du journal, puis lus. La lecture continue en arrière-plan.
add-from = Qui les a donnés
add-how = Comment ils sont venus
add-files = Fichiers
add-folder = Ou un dossier, avec tout ce qu’il contient
add-drop = Avec les scripts, des fichiers et des dossiers peuvent être déposés ici. Un fichier peut avoir jusqu’à 64 Mo ; ajoutez les plus longs avec khronika add.
add-do = Ajouter
add-done = Ce qui a été ajouté
add-read = conservé et lu
add-unread = conservé, mais pas lu
add-known = l’affaire l’avait déjà ; il a un reçu de plus
add-not-kept = pas dans l’affaire
add-sent = attend d’être lu
add-failed = n’a pas été pris

export-lede = Les documents et ce qui y a été trouvé, pour d’autres. Ce qui a été marqué avec khronika redact est caché partout. Que cela quitte l’affaire est une entrée du journal.
export-form = Comment
export-sealed = Scellé : un paquet signé que d’autres peuvent vérifier
export-no-log = Sans le journal
export-to = Seulement pour ces destinataires, un par ligne
export-to-hint = Sans destinataires, c’est une archive (tar) lisible par quiconque l’a. Avec des destinataires, elle est chiffrée pour eux (age).
export-do = Transmettre
export-key = La clé qui signe
export-key-lede = Communiquez-la au destinataire par une autre voie que les fichiers. Elle lui permet de vérifier un dossier scellé : khronika verify DOSSIER --key CLÉ, ou minisign, comme le dit son README.
verify-title = Vérifier l’affaire
verify-lede = Chaque empreinte, signature et somme du fichier est recalculée. Les autres travaux sur l’affaire continuent pendant ce temps.
verify-do = Vérifier
verify-holds = Tout ce qui a été vérifié est en ordre.
verify-fails = Tout n’est pas en ordre, ou n’a pas pu être jugé.
verify-answer = Réponse
verify-what = Quoi
verify-found = Constat
holds = en ordre
fails = pas en ordre
unknown = inconnu

added = ajouté à la main
do-add = Ajouter
verdict-add = Ajouté à la main
kind-judgment-add = Ajouté à la main
hand-title = Ajouter à la main
hand-lede = Pour ce que le programme n’a pas trouvé. Cela tient à des mots d’un document, et dit que vous l’avez ajouté et quand, jamais que le programme l’a trouvé.
hand-no-words = Rien n’est ajouté qui ne tienne à aucun mot. Ce que vous savez et qu’aucun document ne dit : écrivez-le, et ajoutez-le comme un document de vous.
hand-select = Avec les scripts, sélectionnez les mots dans un document et appuyez sur « a ».
hand-source = Document : son nom, ou une partie
hand-quote = Les mots, tels qu’ils sont dans le document
hand-find = Trouver les mots
hand-which-source = Plusieurs documents s’appellent ainsi. Lequel ?
hand-which-place = Les mots s’y trouvent plusieurs fois. Lesquels ?
hand-more-places = Il y en a d’autres ; donnez plus de mots pour les distinguer.
hand-no-place = Ces mots ne se trouvent pas dans ce document.
hand-words = Les mots
hand-other-words = D’autres mots
hand-what = Ce qu’ils disent
hand-event = Un événement
hand-act = Un acte
hand-statement = Une déclaration
hand-actor = Le nom de quelqu’un
hand-event-hint = Quelque chose qui a eu lieu, ou est demandé, possible ou nié, et n’est pas un acte d’un tribunal ou d’une autorité.
hand-act-hint = Une décision, une ordonnance, un recours, une demande. Ce qu’il fait à d’autres actes se dit en les liant, sur sa page.
hand-statement-hint = Des mots où quelqu’un dit quelque chose. Que ce soit dit ne le rend pas exact.
hand-actor-hint = Qui est désigné par ces mots. Le même nom ailleurs dans l’affaire est alors tenu pour le même acteur.
hand-date = Quand c’était : 2021-05-04, 2021-05, 2021~
hand-type = Ce que c’est comme pièce
hand-outcome = Ce qu’il fait
hand-speaker = Qui le dit
hand-stance = Comment
hand-name = Le nom complet
hand-kind = Qui c’est
key-add = ajouter à la main les mots sélectionnés
key-view = texte ou page
hand-pick = Ajouter ces mots à la main
invalid-words = Ces mots ne sont pas dans le document
invalid-words-hint = Choisissez les mots à nouveau.
invalid-added = On ne voit pas ce qu’il faut ajouter
invalid-added-hint = Utilisez le formulaire pour ce que disent ces mots.
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
type-other = autre
outcome-annul = annule
outcome-void = déclare nul dès l’origine
outcome-reverse-own = revient sur sa propre décision
outcome-remand = renvoie pour être rejugé
outcome-uphold = confirme
outcome-vary = modifie en partie
outcome-dismiss = rejette
outcome-inadmissible = déclare irrecevable
outcome-grant = accorde
outcome-recognise = reconnaît un statut
outcome-revoke = retire un statut ou un titre
outcome-exclude = exclut du statut de réfugié
outcome-suspend = suspend
outcome-lift = lève une mesure
outcome-order-leave = ordonne de partir, expulse
outcome-forbid-leave = interdit de partir
outcome-refuse-entry = refuse l’entrée
outcome-extradite = extrade
outcome-detain = arrête, détient
outcome-release = libère
outcome-charge = poursuit
outcome-convict = condamne
outcome-acquit = acquitte
outcome-drop = classe sans suite
outcome-ban = interdit ou dissout
outcome-designate = désigne (extrémiste, agent étranger…)
outcome-appeal = forme un recours, conteste
outcome-find-violation = constate une violation
outcome-request-measure = demande une mesure
outcome-notify = notifie
outcome-reserve = met en délibéré ou rend un jugement
outcome-decide = décide (sans dire comment)
outcome-file = dépose une demande
stance-asserts = dit que c’est ainsi
stance-denies = dit que ce n’est pas ainsi
stance-reports = rapporte ce que d’autres disent
stance-alleges = le dit avec réserve
stance-concludes = conclut
stance-demands = demande
stance-doubts = demande si c’est ainsi
actor-person = une personne
actor-organisation = une organisation
actor-court = un tribunal
actor-authority = une autorité
actor-state = un État
actor-place = un lieu
actor-unknown = inconnu

alike-title = Peut-être le même
alike-lede = Quelque chose dit qu’ils ne font qu’un, mais pas assez pour que le programme en décide. Ce que vous dites reste quand les documents sont relus.
alike-one = C’est le même
alike-two = Ils sont deux
actor-say = Qui c’est
actor-merge = Le même qu’un autre
actor-merge-hint = Tous les noms des deux sont alors ceux d’un seul. Cette page garde son adresse.
actor-other = L’autre : le nom, ou l’identifiant (a-…)
actor-split = Plusieurs
actor-split-hint = Choisissez les noms qui sont ceux d’un autre. Sans choix, chaque nom désigne quelqu’un à lui seul.
actor-split-do = Séparer
actor-kind = Genre
actor-written = Tel qu’écrit
actor-named = Nommé
actor-note = À retenir
invalid-actor = Cet acteur n’existe pas, ou il y en a plusieurs
invalid-actor-hint = Écrivez le nom entier, ou l’identifiant (a-…) qui est dans l’adresse de la page.

slider = Jour par jour
slider-before = Jour précédent
slider-after = Jour suivant
slider-hint = Chaque pas est un jour où quelque chose change. Pointez un acte d’un plan pour voir ce qui lui donne son état.

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
standing-unknown = inconnu
standing-pending = pendant
standing-granted = accueilli
standing-dismissed = rejeté
standing-withdrawn = retiré par son auteur

unlock-soon = Une phrase secrète était fausse il y a un instant ; rien n’a été essayé cette fois.

density = Quand il s’est passé beaucoup, et peu
density-table = La même chose en tableau
density-time = Période
network = Qui avec qui
network-lede = Les acteurs qui prennent part aux mêmes événements. Être nommés ensemble ne dit pas ce qui les lie.
network-none = Aucun événement ne réunit deux acteurs.
network-desc = Les cercles sont des personnes, les carrés des organes, organisations et États. Un trait joint deux acteurs des mêmes événements ; il est plus épais au-delà de trois. Le tableau ci-dessous dit la même chose.
network-table = En combien d’événements
network-one = L’un
network-other = L’autre
since-title = Nouveau depuis votre dernière entrée
since-last = La dernière est l’entrée { $word } : la dernière que vous avez signée avant l’ouverture présente. Qui ne fait que lire ne laisse pas d’entrée.
since-nothing = Personne d’autre n’a changé l’affaire depuis.
since-entries = { $n ->
    [one] { $n } entrée d’autres :
   *[other] { $n } entrées d’autres :
}
since-events = { $n ->
    [one] { $n } élément dans des documents ajoutés par d’autres :
   *[other] { $n } éléments dans des documents ajoutés par d’autres :
}
since-first = Vous n’avez encore signé aucune entrée : tout est nouveau pour vous.
