"""What balance reads: the sums kept by quarter, and the hours noted for each stage.

Nobody is named. Those who gave the hours are told apart only for whoever looks from outside, and
only to hide what rests on too few of them.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Sum

from jonction.cycle.models import Process
from jonction.engines.balance import Line, quarter_of
from jonction.support.models import QuarterTally, Tally

WHAT = ("process", "quarter", "stage", "function", "posture")
Key = tuple[int | None, str, str, str, tuple[int, int]]


def lines_of(
    processes: Sequence[Process], since: date, until: date, *, counts_people: bool
) -> list[Line]:
    """Return what those processes received in the quarters that begin between two days."""
    territory = {process.pk: process.body.territory_id for process in processes}
    rows = (
        QuarterTally.objects.filter(process__in=list(territory), quarter__range=(since, until))
        .values(*WHAT, *(["resource"] if counts_people else []))
        .annotate(sum=Sum("parts"))
        .order_by()
    )
    sums: defaultdict[Key, int] = defaultdict(int)
    people: defaultdict[Key, set[int]] = defaultdict(set)
    for row in rows:
        place = territory[row["process"]]
        quarter = quarter_of(row["quarter"])
        key = (place, row["stage"], row["function"], row["posture"], quarter)
        sums[key] += row["sum"]
        if counts_people:
            people[key].add(row["resource"])
    return [Line(*key, parts, frozenset(people.get(key, ()))) for key, parts in sums.items()]


def parts_by_stage(processes: Sequence[Process]) -> dict[tuple[int, str], int]:
    """Return all that was ever noted for each stage of each process."""
    rows = Tally.objects.filter(process__in=[process.pk for process in processes])
    sums = rows.values("process", "stage").annotate(sum=Sum("parts")).order_by()
    return {(row["process"], row["stage"]): row["sum"] for row in sums}
