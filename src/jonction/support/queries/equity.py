"""What equity reads: Alliances, methods, figures, profiles, and the hours of each territory.

Nobody is named here, and nothing is grouped by person: how many resources there were is all that
is kept of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q, QuerySet, Sum

from jonction.accounts.models import Person
from jonction.cycle.models import Process
from jonction.governance.models import Alliance, AllianceTerritory
from jonction.governance.queries import standing_of
from jonction.support.models import (
    Appraisal,
    EquityMethod,
    Intervention,
    Share,
    StartingProfile,
)
from jonction.support.queries.mandate import alliances_of
from jonction.support.queries.profile import SIGNED, outside_alliances, true_when
from jonction.territories.models import Figure, Indicator


def equity_alliances(person: Person, on: date) -> tuple[list[Alliance], frozenset[int]]:
    """Return the Alliances whose equity `person` may look at, and those she looks at from inside.

    Inside: who sits or supports there. Observers and researchers look from outside: no small cell.
    """
    standing = standing_of(person, on)
    inside = Q(pk__in=alliances_of(person, on, standing).values("pk"))
    found = (
        Alliance.objects.filter(inside | Q(pk__in=outside_alliances(standing)))
        .annotate(is_inside=true_when(inside))
        .select_related("plan", "region")
        .order_by("-plan__starts_on", "name")
    )
    alliances = list(found)
    return [*alliances], frozenset(a.pk for a in alliances if vars(a)["is_inside"])


def territories_of(alliances: Iterable[Alliance]) -> list[AllianceTerritory]:
    found = AllianceTerritory.objects.filter(alliance__in=[a.pk for a in alliances])
    return list(found.prefetch_related("places").order_by("name", "pk"))


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
    """Return the processes with what continuity reads of them."""
    rows = Process.objects.filter(body__alliance__in=[a.pk for a in alliances])
    return list(rows.select_related("body__alliance").prefetch_related("stages").order_by("pk"))


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
    """Return what each process received between two days, both included."""
    ids = [process.pk for process in processes]
    found: defaultdict[int, Received] = defaultdict(Received)
    lines = Intervention.objects.filter(process__in=ids, on__range=(since, until)).order_by()
    for process, resource, function, quarters in lines.values_list(
        "process", "resource", "function"
    ).annotate(sum=Sum("quarters")):
        one = found[process]
        one.quarters += quarters
        one.resources.add(resource)
        if function:
            one.functions[function] += quarters
    shares = Share.objects.filter(process__in=ids, on__range=(since, until)).order_by()
    for process, dimension in shares.values_list("process", "dimension").distinct():
        found[process].dimensions.add(dimension)
    return dict(found)
