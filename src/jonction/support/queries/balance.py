"""What balance reads: the sums kept by quarter, and the hours noted for each stage.

Nobody is named. Those who gave the hours are told apart only for whoever looks from outside, and
only to hide what rests on too few of them.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from jonction.cycle.models import Process
from jonction.engines.balance import Line, quarter_of
from jonction.support.models import PostureTally, QuarterTally, Tally

Key = tuple[int | None, str | tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose hours, in the quarters that begin between two days; `counts_people` tells them apart."""

    processes: Sequence[Process]
    since: date
    until: date
    counts_people: bool


def functions_of(asked: Asked) -> list[Line]:
    """Return the hours by territory, stage and function."""
    return _lines(QuarterTally, asked, "stage", "function")


def postures_of(asked: Asked) -> list[Line]:
    """Return the hours by territory, quarter and posture."""
    return _lines(PostureTally, asked, "quarter", "posture")


def _lines(
    kept: type[QuarterTally | PostureTally], asked: Asked, when: str, code: str
) -> list[Line]:
    territory = {process.pk: process.body.territory_id for process in asked.processes}
    names = ["process", when, code, *(["resource"] if asked.counts_people else [])]
    period = (asked.since, asked.until)
    rows = (
        kept._default_manager.filter(process__in=list(territory), quarter__range=period)
        .values_list(*names)
        .annotate(sum=Sum("parts"))
        .order_by()
    )
    sums: defaultdict[Key, int] = defaultdict(int)
    people: defaultdict[Key, set[int]] = defaultdict(set)
    for process, moment, said, *who, parts in rows:
        told = quarter_of(moment) if isinstance(moment, date) else moment
        key = (territory[process], told, said)
        sums[key] += parts
        people[key].update(who)
    return [Line(*key, parts, frozenset(people[key])) for key, parts in sums.items()]


def parts_by_stage(processes: Sequence[Process]) -> dict[tuple[int, str], int]:
    """Return all that was ever noted for each stage of each process."""
    rows = Tally.objects.filter(process__in=[process.pk for process in processes])
    sums = rows.values("process", "stage").annotate(sum=Sum("parts")).order_by()
    return {(row["process"], row["stage"]): row["sum"] for row in sums}
