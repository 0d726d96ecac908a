"""The second views of coverage: by function, by aspect, and what was planned against done."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from jonction.core.taxonomy import Aspect, Function, Stage
from jonction.cycle.models import Process
from jonction.engines.periods import Period, common, days_of, left_of
from jonction.engines.space import PARTS_PER_QUARTER
from jonction.engines.tally import NOT_SAID, Line, Row, tally
from jonction.support.coverage import Judged, windows_of
from jonction.support.models import Share
from jonction.support.queries.mandate import held_mandates

VIEWS = {"fonctions": Function, "aspects": Aspect}
PARTS_PER_HOUR = PARTS_PER_QUARTER * 4


@dataclass(frozen=True, slots=True)
class Total:
    """The hours of one stage: promised up to the day, and done up to it."""

    stage: str
    planned: float
    done: float

    @property
    def stage_label(self) -> str:
        return str(Stage(self.stage).label)


def table(
    processes: Sequence[Process], level: str, view: str, *, on: date
) -> list[tuple[str, list[tuple[float, int]]]]:
    """Return, by code of the view, the hours done and the people in each stage."""
    if view not in VIEWS:
        return []
    codes = VIEWS[view]
    rows = tally(_done(processes, level, view, on), [], stages=Stage.values, codes=codes.values)
    labels = [*((code, str(codes(code).label)) for code in codes.values), (NOT_SAID, "")]
    return [(label, [_cell(row) for row in rows if row.code == code]) for code, label in labels]


def planned_and_done(
    processes: Sequence[Process], level: str, cells: Sequence[Judged], *, on: date
) -> list[Total]:
    """Return, for each stage begun, the hours promised and done up to that day."""
    there: defaultdict[tuple[int, str], list[tuple[int, list[Period]]]] = defaultdict(list)
    for held in held_mandates([process.pk for process in processes]):
        if held.level == level:
            promised = (held.quarters_per_week, left_of(held.run, held.away))
            for stage in held.stages:
                there[held.process, stage].append(promised)
    sevenths: Counter[str] = Counter()  # of a quarter hour: a week has seven days
    for process in processes:
        for stage, window in windows_of(process).items():
            if window.starts_on <= on:
                lived = (window.starts_on, min(window.ends_on, on))
                sevenths[stage] += sum(
                    quarters * sum(map(days_of, common([lived], free)))
                    for quarters, free in there[process.pk, stage]
                )
    done: Counter[str] = Counter()
    for one in cells:
        done[one.stage] += one.cell.done_parts
    return [
        Total(stage, sevenths[stage] / 7 / 4, done[stage] / PARTS_PER_HOUR)
        for stage in Stage.values
        if stage in sevenths
    ]


def _done(processes: Sequence[Process], level: str, view: str, on: date) -> Iterator[Line]:
    """Return what was done, summed in the database by all that the table tells apart."""
    said = "intervention__function" if view == "fonctions" else "intervention__aspects"
    rows = (
        Share.objects.filter(process__in=processes, level=level, on__lte=on)
        .values("stage", "resource", said)
        .annotate(sum=Sum("parts"))
        .order_by()
    )
    for row in rows:
        code = row[said]
        codes: Any = code if isinstance(code, list) else [code]
        yield Line(row["stage"], row["sum"], row["resource"], tuple(codes))


def _cell(row: Row) -> tuple[float, int]:
    return float(row.done_parts / PARTS_PER_HOUR), len(row.resources)
