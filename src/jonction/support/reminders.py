"""What support reminds people of, on the day it is due; scheduled work, it decides nothing."""

from datetime import date, timedelta

from jonction.accounts.models import Person
from jonction.support.actions.handover import OF_HANDOVER, prepare_handover
from jonction.support.models import HandOver, Mandate
from jonction.support.queries.directory import releases_to_renew
from jonction.support.queries.handover import mandates_to_hand_over
from jonction.support.telling import answering, tell_of_handover, tell_of_releases

PREPARED_BEFORE = timedelta(days=30)


def prepare_those_that_end(*, today: date) -> int:
    """Prepare the file of each mandate whose last day comes; return how many were.

    It is signed by who coordinates: she finishes it if the person who leaves cannot.
    """
    found = mandates_to_hand_over(today, today + PREPARED_BEFORE)
    signed = [(mandate, _signer(mandate, today)) for mandate in found.select_related(*OF_HANDOVER)]
    ready = [(mandate, signer) for mandate, signer in signed if signer is not None]
    for mandate, signer in ready:
        reason = HandOver.Reason.ENDING
        handover = prepare_handover(mandate, actor=signer, today=today, reason=reason)
        tell_of_handover(handover, "ending", to=mandate.resource)
    return len(ready)


def remind_of_releases(*, today: date) -> int:
    """Say that a release ends, once, while there is time to ask for it again; return how many do."""
    found = list(releases_to_renew(today).select_related("resource__person"))
    tell_of_releases(found, today)
    return len(found)


def _signer(mandate: Mandate, today: date) -> Person | None:
    return next(iter(answering(mandate.process.body, today)), mandate.resource.person)


def remind_of_handovers(*, today: date) -> int:
    """Ask whoever took over, once, thirty days after reading; return how many were asked."""
    due = HandOver.objects.filter(status=HandOver.Status.READ, follow_on__lte=today)
    found = list(due.select_related("successor__person", *(f"mandate__{p}" for p in OF_HANDOVER)))
    for handover in found:
        tell_of_handover(handover, "due", to=handover.successor)
    return len(found)
