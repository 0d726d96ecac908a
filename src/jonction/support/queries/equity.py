"""What equity reads: Alliances, methods, figures, profiles, and the hours of each territory.

Nobody is named here, and nothing is grouped by person: how many resources there were is all that
is kept of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Min, Prefetch, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.utils.timezone import localdate

from jonction.accounts.models import Person
from jonction.core.taxonomy import Stage
from jonction.cycle.models import Process
from jonction.engines.balance import quarter_began
from jonction.engines.space import PARTS_PER_QUARTER
from jonction.governance.models import Alliance, AllianceTerritory
from jonction.governance.queries import standing_of
from jonction.support.models import (
    Appraisal,
    EquityMethod,
    Intervention,
    QuarterTally,
    Share,
    StartingProfile,
    Tally,
)
from jonction.support.queries.mandate import alliances_of
from jonction.support.queries.profile import SIGNED, outside_alliances
from jonction.territories.models import Figure, Indicator

DAY = timedelta(days=1)
IN_THE_NEXT = timedelta(days=100)  # from the first day of a quarter, a day of the following one


def equity_alliances(person: Person, on: date) -> tuple[list[Alliance], frozenset[int]]:
    """Return the Alliances whose equity `person` may look at, and those she looks at from inside.

    Inside: who sits or supports there. Observers and researchers look from outside: no small cell.
    """
    standing = standing_of(person, on)
    inside = alliances_of(person, on)
    found = Alliance.objects.filter(pk__in=inside | outside_alliances(standing))
    return list(found.select_related("plan", "region").order_by("-plan__starts_on", "name")), inside


def territories_of(alliances: Iterable[Alliance]) -> list[AllianceTerritory]:
    found = AllianceTerritory.objects.filter(alliance__in=[a.pk for a in alliances])
    return list(found.prefetch_related("places").order_by("name", "pk"))


def names_of_territories(alliance: Alliance) -> list[tuple[int, str]]:
    found = AllianceTerritory.objects.filter(alliance=alliance).order_by("name", "pk")
    return list(found.values_list("pk", "name"))


def methods_of(alliances: Iterable[Alliance]) -> dict[int, EquityMethod]:
    """Return the method in force in each Alliance that has set one."""
    rows = EquityMethod.objects.filter(alliance__in=[a.pk for a in alliances])
    return {row.alliance_id: row for row in rows.order_by("number")}


def method_history(alliance: Alliance) -> QuerySet[EquityMethod]:
    return EquityMethod.objects.filter(alliance=alliance).select_related("set_by")


def indicators() -> list[Indicator]:
    return list(Indicator.objects.order_by("name", "pk"))


def figures_known(territories: Iterable[AllianceTerritory], until: date) -> dict[int, list[Figure]]:
    """Return, by indicator, the figures of the places of these territories for one period.

    The period is the one that covers most places, the latest of those: figures of different years
    are not compared.
    """
    places = {place.pk for territory in territories for place in territory.places.all()}
    found: defaultdict[int, defaultdict[str, list[Figure]]]
    found = defaultdict(lambda: defaultdict(list))
    for figure in Figure.objects.filter(place__in=places).order_by("pk"):
        if int(figure.period[-4:]) <= until.year:
            found[figure.indicator_id][figure.period].append(figure)
    return {
        indicator: max(periods.items(), key=lambda item: (len(item[1]), item[0][-4:], item[0]))[1]
        for indicator, periods in found.items()
    }


def profiles_in_force(
    territories: Iterable[AllianceTerritory], until: date
) -> dict[int, StartingProfile]:
    """Return the last profile signed by that day, by territory."""
    rows = StartingProfile.objects.filter(
        territory__in=[t.pk for t in territories], status__in=SIGNED, signed_on__lte=until
    ).prefetch_related(Prefetch("appraisals", Appraisal.objects.order_by("pk")))
    return {row.territory_id: row for row in rows.order_by("signed_on", "pk")}


def processes_of(alliances: Iterable[Alliance]) -> list[Process]:
    """Return the processes with what continuity reads of them; their Alliances are those given."""
    known = {alliance.pk: alliance for alliance in alliances}
    rows = Process.objects.filter(body__alliance__in=known).select_related("body")
    found = list(rows.prefetch_related("stages").order_by("pk"))
    for process in found:
        process.body.alliance = known[process.body.alliance_id]
    return found


@dataclass(slots=True)
class Received:
    """What was done for something over a time: quarter hours, and how varied it was."""

    quarters: int = 0
    resources: set[int] = field(default_factory=set)
    functions: Counter[str] = field(default_factory=Counter)
    dimensions: set[str] = field(default_factory=set)

    @property
    def contributors(self) -> int:
        return len(self.resources)


def received_by_process(
    processes: Sequence[Process], since: date, until: date
) -> dict[int, Received]:
    """Return what each process received between two days, both included.

    Whole quarters come from the sums kept; what is left at both ends, from the lines.
    """
    ids = [process.pk for process in processes]
    found: defaultdict[int, Received] = defaultdict(Received)
    for process, resource, function, parts in _sums(ids, since, until):
        one, quarters = found[process], parts // PARTS_PER_QUARTER  # a line has one function
        one.quarters += quarters
        one.resources.add(resource)
        if function:
            one.functions[function] += quarters
    for process, dimension in _served(ids, since, until):
        found[process].dimensions.add(dimension)
    return dict(found)


Summed = tuple[int, int, str, int]  # process, resource, function, parts


def _sums(ids: Sequence[int], since: date, until: date) -> Iterable[Summed]:
    first, last = quarter_began(since), quarter_began(until + DAY)
    if first < since:
        first = quarter_began(first + IN_THE_NEXT)
    if until >= localdate():
        last = until + DAY  # no line is written ahead of its day: this quarter has nothing more
    kept = QuarterTally.objects.filter(process__in=ids, quarter__gte=first, quarter__lt=last)
    ends = [(since, first - DAY), (last, until)] if first < last else [(since, until)]
    asked = Q(pk__in=[])
    for start, end in ends:
        if start <= end:
            asked |= Q(on__range=(start, end))
    lines = Intervention.objects.filter(asked, process__in=ids)
    parts = F("quarters") * PARTS_PER_QUARTER  # what its shares sum to, without reading them
    return _summed(kept, F("parts")).union(_summed(lines, parts), all=True)


def _summed(rows: QuerySet[Any], parts: Combinable) -> QuerySet[Any, Summed]:
    named = rows.values_list("process", "resource", "function").order_by()
    summed: QuerySet[Any, Summed] = named.annotate(sum_of=Sum(parts))
    return summed


def _served(ids: Sequence[int], since: date, until: date) -> set[tuple[int, str]]:
    """Return the dimensions served in each process: the last day of a sum says it, or its shares.

    A sum whose last day comes after `until` says nothing of the days before.
    """
    kept = Tally.objects.filter(
        process__in=ids, year__range=(since.year, until.year), last_on__gte=since
    ).values_list("process", "dimension")
    rows = list(kept.annotate(first=Min("last_on")).order_by())
    served = {(process, dimension) for process, dimension, first in rows if first <= until}
    if len(served) < len(rows):
        # named, the stages let the index by day serve
        shares = Share.objects.filter(process__in=ids, stage__in=Stage.values)
        found = shares.filter(on__range=(since, until)).values_list("process", "dimension")
        served |= set(found.distinct().order_by())
    return served
