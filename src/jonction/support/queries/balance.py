"""What balance reads: hours summed in the database by all that the page tells apart, and stages.

Nobody is named: those who gave the hours are numbers, kept to hide what rests on too few of them.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Sum
from django.db.models.functions import ExtractQuarter, ExtractYear

from jonction.core.taxonomy import Stage
from jonction.cycle.models import Process
from jonction.engines.balance import Line
from jonction.support.models import Share


def lines_of(processes: Sequence[Process], since: date, until: date) -> list[Line]:
    """Return what those processes received between two days, both included."""
    territory = {process.pk: process.body.territory_id for process in processes}
    rows = (
        # every stage is named: the index by day is then entered by it
        Share.objects.filter(
            process__in=list(territory), stage__in=Stage.values, on__range=(since, until)
        )
        .annotate(year=ExtractYear("on"), quarter=ExtractQuarter("on"))
        .values_list(
            "process",
            "stage",
            "intervention__function",
            "intervention__posture",
            "year",
            "quarter",
            "resource",
        )
        .annotate(sum=Sum("parts"))
        .order_by()
    )
    sums: defaultdict[tuple[int | None, str, str, str, tuple[int, int]], int] = defaultdict(int)
    people: defaultdict[tuple[int | None, str, str, str, tuple[int, int]], set[int]]
    people = defaultdict(set)
    for process, stage, function, posture, year, quarter, resource, parts in rows:
        key = (territory[process], stage, function, posture, (year, quarter))
        sums[key] += parts
        people[key].add(resource)
    return [Line(*key, parts, frozenset(people[key])) for key, parts in sums.items()]
