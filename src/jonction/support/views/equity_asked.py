"""What the address of a page of equity asks: an Alliance, and a period."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate

from jonction.accounts.http import PersonRequest
from jonction.core.editing import is_plausible
from jonction.governance.models import Alliance
from jonction.support.equity import year_before, year_ended
from jonction.support.queries import equity as queries

YEARS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """The period of the address, and the fiscal years offered (1 April to 31 March)."""

    since: date
    until: date
    years: list[int]
    year: int | None
    is_reversed: bool = False

    @property
    def query(self) -> str:
        if self.year is not None:
            return f"annee={self.year}"
        return f"du={self.since.isoformat()}&au={self.until.isoformat()}"


def alliance_looked_at(request: PersonRequest, pk: int) -> tuple[Alliance, bool]:
    alliances, inside = queries.equity_alliances(request.user, localdate())
    alliance = next((one for one in alliances if one.pk == pk), None)
    if alliance is None:
        raise Http404
    return alliance, pk in inside


def period_asked(request: PersonRequest, *, is_inside: bool, is_to_come: bool = False) -> Asked:
    """Return the period asked; from outside, a whole fiscal year only.

    Two tables of neighbouring days could be subtracted, and tell the time of one person. Hours
    given stop today, whatever the year; those promised (`is_to_come`) do not.
    """
    today = localdate()
    last = date.max if is_to_come else today
    ended = year_ended(today)[0].year
    years = (
        [ended + 1 - n for n in range(YEARS)] if is_inside else [ended - n for n in range(YEARS)]
    )
    said = request.GET.get("annee", "")
    if said in map(str, years):
        return _fiscal(int(said), years, last)
    if not is_inside:
        return _fiscal(ended, years, last)
    since, until = _day(request, "du"), _day(request, "au")
    is_unread = any(request.GET.get(n) and not day for n, day in (("du", since), ("au", until)))
    until = min(until or today, last)
    since = since or year_before(until)
    if since > until or is_unread:
        return Asked(year_before(today), today, years, None, is_reversed=True)
    return Asked(since, until, years, None)


def _fiscal(year: int, years: list[int], last: date) -> Asked:
    return Asked(date(year, 4, 1), min(date(year + 1, 3, 31), last), years, year)


def _day(request: PersonRequest, name: str) -> date | None:
    try:
        day = parse_date(request.GET.get(name, ""))
    except ValueError:
        return None
    return day if day and is_plausible(day) else None
