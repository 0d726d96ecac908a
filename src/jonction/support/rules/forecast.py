"""Who asks for a forecast, and who says what an Alliance supposes (S10, R2)."""

from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.cycle.models import Process
from jonction.governance.models import Alliance
from jonction.governance.queries import standing_of
from jonction.support.queries import access


def can_ask_forecast(
    actor: Person, process: Process, today: date, *, is_named: bool | None = None
) -> Verdict:
    """S10: whoever takes part in a process may ask what its calendar promises.

    `is_named` is known to whoever followed the process: it spares a question to the database.
    """
    if not process.stages.exists():
        return no(_("Prévoyez d’abord les étapes : sans calendrier, rien ne se calcule."))
    if is_named is None:
        is_named = process.pk in access.named_in(actor, today)
    if is_named:
        return YES
    return no(_("Une prévision est demandée par les personnes qui prennent part à la démarche."))


def can_edit_assumptions(actor: Person, alliance: Alliance, today: date) -> Verdict:
    """S10, R2: what the Alliance supposes is said by its coordination."""
    if alliance.pk in standing_of(actor, today).coordinated_alliances:
        return YES
    return no(_("Les hypothèses sont tenues par la coordination de l’Alliance."))
