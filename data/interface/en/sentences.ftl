# English tells what was done in sentences. Other languages name it as a thing, since names cannot be inflected there, and need no such file.

## What was done, with what it was done to
did-annul = annulled { $object }
did-void = declared { $object } void
did-reverse-own = reversed { $object }
did-uphold = upheld { $object }
did-vary = varied { $object }
did-dismiss = refused { $object }
did-inadmissible = declared { $object } inadmissible
did-grant = granted { $object }
did-recognise = recognised the status of { $object }
did-revoke = revoked { $object }
did-exclude = excluded { $object } from a status
did-suspend = suspended { $object }
did-lift = lifted or restored { $object }
did-order-leave = ordered { $object } to leave
did-forbid-leave = forbade { $object } to leave
did-refuse-entry = refused { $object } entry
did-extradite = ordered the extradition of { $object }
did-detain = detained { $object }
did-release = released { $object }
did-charge = charged or opened a case against { $object }
did-convict = convicted { $object }
did-acquit = acquitted or pardoned { $object }
did-drop = discontinued the case against { $object }
did-ban = banned { $object }
did-designate = designated { $object }
did-appeal = appealed against { $object }
did-notify = served { $object }
did-withdraw = withdrew { $object }

## The same as a thing
of-annul = annulment of { $object }
of-void = declaration of nullity of { $object }
of-reverse-own = reversal of { $object }
of-uphold = confirmation of { $object }
of-vary = variation of { $object }
of-dismiss = refusal of { $object }
of-inadmissible = finding of inadmissibility of { $object }
of-grant = grant of { $object }
of-recognise = recognition of the status of { $object }
of-revoke = revocation of { $object }
of-exclude = exclusion from a status of { $object }
of-suspend = suspension of { $object }
of-lift = lifting or restoring of { $object }
of-order-leave = order to leave against { $object }
of-forbid-leave = ban on leaving against { $object }
of-refuse-entry = refusal of entry to { $object }
of-extradite = extradition of { $object }
of-detain = arrest or detention of { $object }
of-release = release of { $object }
of-charge = charge or opening of a case against { $object }
of-convict = conviction of { $object }
of-acquit = acquittal or pardon of { $object }
of-drop = discontinuance of the case against { $object }
of-ban = ban of { $object }
of-designate = designation of { $object }
of-appeal = appeal against { $object }
of-notify = service of { $object }
of-withdraw = withdrawal of { $object }

## What a deed is done to, where it is not known
unknown-act = an earlier act
unknown-own = its own decision
unknown-request = what was asked
unknown-status = a status or an earlier act
unknown-measure = a measure
unknown-remedy = a remedy
unknown-paper = a paper
unknown-person = a person
unknown-organisation = an organisation
unknown-either = a person or organisation

## What a body did of which nothing but the kind of paper is known
made-decision = made a decision
made-judgment = gave a judgment
made-order = made an order
made-appeal = lodged an appeal
made-request = filed a request
made-letter = wrote a letter
made-decree = made a decree
made-warrant = issued a warrant
made-opinion = gave an opinion
made-service = served a paper
made-measure = took a measure
made-hearing = held a hearing
made-charge = brought a charge
made-other = acted

## A paper that did something
paper-decision = a decision
paper-judgment = a judgment
paper-order = an order
paper-decree = a decree
paper-warrant = a warrant
paper-opinion = an opinion
paper-letter = a letter
