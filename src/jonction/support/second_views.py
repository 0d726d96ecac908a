"""The second views of coverage: by function, by aspect, and what was planned against done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from jonction.core.taxonomy import Aspect, Function, Stage
from jonction.cycle.models import Process
from jonction.engines.periods import common, days_of
from jonction.engines.space import PARTS_PER_QUARTER
from jonction.engines.tally import NOT_SAID, Line, Row, tally
from jonction.support.continuity import presences_of
from jonction.support.coverage import Judged, windows_of
from jonction.support.models import Mandate, Share
from jonction.support.queries.mandate import counted_mandates

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
    process: Process, level: str, view: str, *, on: date
) -> list[tuple[str, list[tuple[float, int]]]]:
    """Return, by code of the view, the hours done and the people in each stage."""
    if view not in VIEWS:
        return []
    codes = VIEWS[view]
    rows = tally(_done(process, level, view, on), [], stages=Stage.values, codes=codes.values)
    labels = [*((code, str(codes(code).label)) for code in codes.values), (NOT_SAID, "")]
    return [(label, [_cell(row) for row in rows if row.code == code]) for code, label in labels]


def planned_and_done(
    process: Process, level: str, cells: Sequence[Judged], *, on: date
) -> list[Total]:
    """Return, for each stage begun, the hours promised and done up to that day."""
    mandates = [m for m in counted_mandates([process.pk]) if m.level == level]
    totals = []
    for stage, window in sorted(windows_of(process).items(), key=lambda item: item[1].starts_on):
        if window.starts_on > on:
            continue
        lived = [(window.starts_on, min(window.ends_on, on))]
        quarters = sum(
            Fraction(m.quarters_per_week * sum(map(days_of, common(lived, _there(m)))), 7)
            for m in mandates
            if stage in m.stages
        )
        done = sum(c.cell.done_parts for c in cells if c.stage == stage)
        totals.append(Total(stage, float(quarters / 4), done / PARTS_PER_HOUR))
    return totals


def _there(mandate: Mandate) -> list[tuple[date, date]]:
    return [(p.starts_on, p.ends_on) for p in presences_of(mandate)]


def _done(process: Process, level: str, view: str, on: date) -> Iterator[Line]:
    shares = Share.objects.filter(process=process, level=level, on__lte=on)
    said = "intervention__function" if view == "fonctions" else "intervention__aspects"
    for stage, parts, resource, code in shares.order_by("pk").values_list(
        "stage", "parts", "resource", said
    ):
        codes: Any = code if isinstance(code, list) else [code]
        yield Line(stage, parts, resource, tuple(codes))


def _cell(row: Row) -> tuple[float, int]:
    return float(row.done_parts / PARTS_PER_HOUR), len(row.resources)
