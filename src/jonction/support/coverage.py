"""From the rows to the engine and back: the coverage of processes on a day.

Two queries load everything, however many processes there are: mandates with absences, and the
journal summed by cell and resource in the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, Sum

from jonction.core.taxonomy import Dimension, Stage
from jonction.cycle.models import Process
from jonction.engines.coverage import Cell, Done, Planned, Status, Thresholds, Window, judge
from jonction.engines.space import PARTS_PER_QUARTER
from jonction.support.models import Mandate, Share, Waiver

CellKey = tuple[int, str, str, str]
COUNTED = [Mandate.Status.ACTIVE, Mandate.Status.ENDED]


@dataclass(frozen=True, slots=True)
class Judged:
    """One cell of one process with its place in the space."""

    process: Process
    stage: str
    dimension: str
    window: Window | None
    cell: Cell

    @property
    def status(self) -> str:
        return self.cell.status.value

    @property
    def clause(self) -> str:
        return self.cell.clause.value

    @property
    def people(self) -> int:
        return len(self.cell.resources)

    @property
    def done_hours(self) -> float:
        return self.cell.done_parts / PARTS_PER_QUARTER / 4

    @property
    def planned_hours(self) -> float:
        return self.cell.planned_parts_per_week / PARTS_PER_QUARTER / 4

    @property
    def stage_label(self) -> str:
        return str(Stage(self.stage).label)

    @property
    def dimension_label(self) -> str:
        return str(Dimension(self.dimension).label)


def coverage_of(processes: Sequence[Process], level: str | None, *, on: date) -> list[Judged]:
    """Judge the 24 cells of each process at `level` (the level of its body when None)."""
    ids = [process.pk for process in processes]
    planned, done = _planned(ids), _done(ids, on)
    waived = set(
        Waiver.objects.filter(process__in=ids).values_list("process", "level", "stage", "dimension")
    )
    judged = []
    for process in processes:
        windows = windows_of(process)
        thresholds = thresholds_of(process)
        for stage in Stage.values:
            for dimension in Dimension.values:
                key = (process.pk, level or process.body.level, stage, dimension)
                cell = judge(
                    windows.get(stage),
                    planned[key],
                    done[key],
                    on=on,
                    thresholds=thresholds,
                    is_waived=key in waived,
                )
                judged.append(Judged(process, stage, dimension, windows.get(stage), cell))
    return judged


def what_breaks(processes: Sequence[Process], *, on: date) -> list[Judged]:
    """Return the holes of stages that run or open soon, the soonest first."""
    holes = [
        judged
        for judged in coverage_of(processes, None, on=on)
        if judged.cell.status == Status.HOLE and judged.window and judged.window.ends_on >= on
    ]
    return sorted(
        holes,
        key=lambda j: (j.window.starts_on if j.window else on, j.process.pk, j.stage, j.dimension),
    )


def windows_of(process: Process) -> dict[str, Window]:
    """Return when each stage runs: real dates where they are known."""
    windows = {}
    for stage in process.stages.all():
        starts = stage.real_from or stage.planned_from
        windows[stage.kind] = Window(starts, max(stage.real_to or stage.planned_to, starts))
    return windows


def thresholds_of(process: Process) -> Thresholds:
    alliance = process.body.alliance
    return Thresholds(
        lookahead_weeks=alliance.lookahead_weeks,
        gap_weeks=alliance.gap_weeks,
        floor_quarters=alliance.floor_quarters,
    )


def _planned(ids: Iterable[int]) -> defaultdict[CellKey, list[Planned]]:
    """Return the mandates by cell; a mandate's week is shared between its dimensions."""
    found: defaultdict[CellKey, list[Planned]] = defaultdict(list)
    mandates = (
        Mandate.objects.filter(process__in=ids, status__in=COUNTED)
        .select_related("resource")
        .prefetch_related("resource__leaves")
    )
    for mandate in mandates:
        away = [(leave.starts_on, leave.ends_on) for leave in mandate.resource.leaves.all()]
        if mandate.resource.leaves_on:
            away.append((mandate.resource.leaves_on + timedelta(days=1), date.max))
        planned = Planned(
            mandate.pk,
            mandate.resource_id,
            mandate.starts_on,
            mandate.ends_on,
            mandate.quarters_per_week * PARTS_PER_QUARTER // max(len(mandate.dimensions), 1),
            mandate.mode == "continuous",
            tuple(away),
        )
        for stage in mandate.stages:
            for dimension in mandate.dimensions:
                found[mandate.process_id, mandate.level, stage, dimension].append(planned)
    return found


def _done(ids: Iterable[int], on: date) -> defaultdict[CellKey, list[Done]]:
    found: defaultdict[CellKey, list[Done]] = defaultdict(list)
    since = on - timedelta(weeks=Thresholds().floor_weeks)
    sums = (
        Share.objects.filter(process__in=ids, on__lte=on)
        .values("process", "level", "stage", "dimension", "resource")
        .annotate(sum=Sum("parts"), recent=Sum("parts", filter=Q(on__gt=since)), last=Max("on"))
        .order_by("process", "level", "stage", "dimension", "resource")
    )
    for row in sums:
        key = (row["process"], row["level"], row["stage"], row["dimension"])
        found[key].append(Done(row["resource"], row["sum"], row["recent"] or 0, row["last"]))
    return found
