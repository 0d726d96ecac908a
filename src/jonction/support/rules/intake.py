"""Who decides how needs are taken in (S7, R2)."""

from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.governance.models import Alliance
from jonction.governance.queries import standing_of


def can_set_intake(actor: Person, alliance: Alliance, today: date) -> Verdict:
    """S7: the criteria are weighed by the Alliance, in the open, for all its tables."""
    if alliance.pk in standing_of(actor, today).coordinated_alliances:
        return YES
    return no(_("Les critères sont pesés par la coordination de l’Alliance."))
