"""What balance reads: the sums kept by quarter, and the hours noted for each stage.

Nobody is named. Those who gave the hours are told apart only for whoever looks from outside, and
only to hide what rests on too few of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from jonction.cycle.models import Process
from jonction.engines.balance import Key, Line, quarter_of
from jonction.support.models import PostureTally, QuarterTally, Tally


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose hours, in the quarters that begin between two days; `counts_people` tells them apart."""

    processes: Sequence[Process]
    since: date
    until: date
    counts_people: bool


def functions_of(asked: Asked) -> tuple[list[Line], list[Line]]:
    """Return the hours by function, of each territory, then of each stage: rows are read once."""
    rows = _rows(QuarterTally, asked, ["process", "stage", "function"])
    places = _places(asked)
    return (
        _lines((places[process], code, who, parts) for process, _s, code, *who, parts in rows),
        _lines((stage, code, who, parts) for _p, stage, code, *who, parts in rows),
    )


def postures_of(asked: Asked) -> tuple[list[Line], list[Line]]:
    """Return the hours by posture, of each territory, then of each quarter.

    Asked apart: crossed, a plan of ten years would be thousands of rows.
    """
    by_process = _rows(PostureTally, asked, ["process", "posture"])
    by_quarter = _rows(PostureTally, asked, ["quarter", "posture"])
    places = _places(asked)
    return (
        _lines((places[process], code, who, parts) for process, code, *who, parts in by_process),
        _lines((quarter_of(day), code, who, parts) for day, code, *who, parts in by_quarter),
    )


def _places(asked: Asked) -> dict[int, int | None]:
    return {process.pk: process.body.territory_id for process in asked.processes}


def _rows(
    kept: type[QuarterTally | PostureTally], asked: Asked, names: Sequence[str]
) -> Sequence[tuple[Any, ...]]:
    """Return sums, under those names; who gave the hours stands before the sum when it counts."""
    of = [process.pk for process in asked.processes]
    rows = kept._default_manager.filter(
        process__in=of, quarter__range=(asked.since, asked.until)
    ).values_list(*names, *(["resource"] if asked.counts_people else []))
    return list(rows.annotate(sum=Sum("parts")).order_by())


def _lines(rows: Iterable[tuple[Key, str, Sequence[int], int]]) -> list[Line]:
    sums: defaultdict[tuple[Key, str], int] = defaultdict(int)
    people: defaultdict[tuple[Key, str], set[int]] = defaultdict(set)
    for key, code, who, parts in rows:
        sums[key, code] += parts
        people[key, code].update(who)
    return [Line(*told, parts, frozenset(people[told])) for told, parts in sums.items()]


def parts_by_stage(processes: Sequence[Process]) -> dict[tuple[int, str], int]:
    """Return all that was ever noted for each stage of each process."""
    rows = Tally.objects.filter(process__in=[process.pk for process in processes])
    sums = rows.values("process", "stage").annotate(sum=Sum("parts")).order_by()
    return {(row["process"], row["stage"]): row["sum"] for row in sums}
