"""Who says that a cell needs nothing, and who puts an alert aside (S4, R4)."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.cycle.models import Process
from jonction.support.queries import access

LONGEST_SNOOZE = timedelta(weeks=13)


def can_waive_cell(actor: Person, process: Process, today: date) -> Verdict:
    """S4: a cell that needs no support is said by the coordination, with the reason."""
    return _coordinates(actor, process, today)


def can_withdraw_waiver(actor: Person, process: Process, today: date) -> Verdict:
    """S4: what was said is taken back by the coordination."""
    return _coordinates(actor, process, today)


def can_snooze_alert(
    actor: Person, process: Process, today: date, *, until: date | None = None
) -> Verdict:
    """R4: an alert is put aside with a reason, for a season at most: it comes back."""
    if until is not None and not today < until <= today + LONGEST_SNOOZE:
        return no(_("Choisissez une date à venir, dans les treize prochaines semaines."))
    return _coordinates(actor, process, today)


def _coordinates(actor: Person, process: Process, today: date) -> Verdict:
    if access.coordinates(actor, process, today):
        return YES
    return no(_("Ce geste appartient à la coordination de l’instance ou de l’Alliance."))
