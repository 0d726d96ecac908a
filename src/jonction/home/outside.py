"""What stands on the desk of whoever looks at an Alliance from outside: totals, never a name (R4)."""

from dataclasses import dataclass
from datetime import date

from jonction.accounts.models import Person
from jonction.governance.models import Alliance
from jonction.governance.queries import standing_of
from jonction.support.equity import equity_of, year_ended
from jonction.support.equity_pictures import lorenz_of
from jonction.support.queries.equity import equity_alliances
from jonction.support.queries.profile import outside_alliances
from jonction.support.veil import Veiled, veiled
from jonction.ui.charts import Chart


@dataclass(frozen=True, slots=True)
class Outside:
    """An Alliance as it is seen from outside, over the fiscal year that ended last."""

    alliance: Alliance
    since: date
    until: date
    veil: Veiled | None
    lorenz: Chart | None
    is_observed: bool  # where support holds and where it is missing is read too


def outside_of(person: Person, today: date) -> list[Outside]:
    """Return the Alliances that `person` observes or studies without taking part in them."""
    standing = standing_of(person, today)
    if not outside_alliances(standing):
        return []
    alliances, inside = equity_alliances(person, today)
    looked_at = [alliance for alliance in alliances if alliance.pk not in inside]
    if not looked_at:
        return []
    since, until = year_ended(today)
    found = []
    for picture in equity_of(looked_at, since, until):
        veil, key = veiled(picture), picture.alliance.pk
        lorenz = lorenz_of(picture, veil) if veil and veil.total else None
        is_observed = key in standing.observed_alliances
        found.append(Outside(picture.alliance, since, until, veil, lorenz, is_observed))
    return found
