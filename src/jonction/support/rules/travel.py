"""Who says how long it takes to drive between the territories of an Alliance (S7)."""

from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.governance.models import Alliance
from jonction.governance.queries import standing_of


def can_edit_travel_times(actor: Person, alliance: Alliance, today: date) -> Verdict:
    """S7: the means of going there are said by the coordination of the Alliance, which asks."""
    if alliance.pk in standing_of(actor, today).coordinated_alliances:
        return YES
    return no(_("Les temps de trajet sont tenus par la coordination de l’Alliance."))
