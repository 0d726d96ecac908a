"""Who decides how need is weighed (S5)."""

from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.governance.models import Alliance
from jonction.governance.queries import standing_of


def can_set_method(actor: Person, alliance: Alliance, today: date) -> Verdict:
    """S5: the weights are a choice of the Alliance; they are shown beside every result."""
    if alliance.pk in standing_of(actor, today).coordinated_alliances:
        return YES
    return no(_("La méthode est choisie par la coordination de l’Alliance."))
