"""From the rows to the engine and back: the coverage of processes on a day.

A constant number of queries loads everything, however many processes there are: mandates with
absences, the journal summed by cell and resource in the database, its last weeks by day, waivers.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, Sum

from jonction.core.taxonomy import Dimension, Stage
from jonction.cycle.models import Process
from jonction.engines.coverage import (
    Cell,
    Combined,
    Done,
    Planned,
    Status,
    Thresholds,
    Window,
    combine,
    judge,
    moment_of,
)
from jonction.engines.space import PARTS_PER_QUARTER
from jonction.support.models import Mandate, Resource, Share, Waiver

CellKey = tuple[int, str, str, str]
COUNTED = [Mandate.Status.ACTIVE, Mandate.Status.SUSPENDED, Mandate.Status.ENDED]


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
    planned, done = _planned(ids), _done(processes, on)
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


@dataclass(frozen=True, slots=True)
class Whole:
    """One cell over several processes."""

    stage: str
    dimension: str
    cell: Combined

    @property
    def status(self) -> str:
        return self.cell.status.value

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Return how many processes are of each status, those that need nothing aside."""
        found = [(status.value, n) for status, n in self.cell.counts]
        return [(status, n) for status, n in found if n and status != Status.UNNEEDED]

    @property
    def people(self) -> int:
        return len(self.cell.resources)

    @property
    def done_hours(self) -> float:
        return self.cell.done_parts / PARTS_PER_QUARTER / 4

    @property
    def stage_label(self) -> str:
        return str(Stage(self.stage).label)


def combined(judged: Sequence[Judged]) -> list[Whole]:
    """Return each cell over all the processes judged; a person counts once."""
    together: defaultdict[tuple[str, str], list[Cell]] = defaultdict(list)
    for one in judged:
        together[one.stage, one.dimension].append(one.cell)
    return [
        Whole(stage, dimension, combine(together[stage, dimension]))
        for stage in Stage.values
        for dimension in Dimension.values
    ]


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
        tolerance_weeks=alliance.tolerance_weeks,
        floor_quarters=alliance.floor_quarters,
        floor_weeks=alliance.floor_weeks,
    )


def away_of(resource: Resource) -> list[tuple[date, date]]:
    """Return when the resource is not there: leaves, and all that follows its departure."""
    away = [(leave.starts_on, leave.ends_on) for leave in resource.leaves.all()]
    if resource.leaves_on:
        away.append((resource.leaves_on + timedelta(days=1), date.max))
    return away


def pauses_of(mandate: Mandate) -> list[tuple[date, date]]:
    return [(pause.starts_on, pause.ends_on or date.max) for pause in mandate.pauses.all()]


def _planned(ids: Iterable[int]) -> defaultdict[CellKey, list[Planned]]:
    """Return the mandates by cell; a mandate's week is shared between its dimensions."""
    found: defaultdict[CellKey, list[Planned]] = defaultdict(list)
    mandates = (
        Mandate.objects.filter(process__in=ids, status__in=COUNTED)
        .select_related("resource")
        .prefetch_related("resource__leaves", "pauses")
    )
    for mandate in mandates:
        away = away_of(mandate.resource) + pauses_of(mandate)
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


def _done(processes: Sequence[Process], on: date) -> defaultdict[CellKey, list[Done]]:
    """Return what was done by cell: all of it up to `on`, and lately at the moment judged."""
    lately = _lately(processes, on)
    moments = {
        (process.pk, stage): moment_of(window, on)
        for process in processes
        for stage, window in windows_of(process).items()
    }
    sums = (
        Share.objects.filter(process__in=[process.pk for process in processes], on__lte=on)
        .values("process", "level", "stage", "dimension", "resource")
        .annotate(sum=Sum("parts"), last=Max("on"))
        .order_by("process", "level", "stage", "dimension", "resource")
    )
    found: defaultdict[CellKey, list[Done]] = defaultdict(list)
    for row in sums:
        key = (row["process"], row["level"], row["stage"], row["dimension"])
        known = row["last"] if row["last"] <= moments.get((key[0], key[2]), on) else None
        recent, last = lately.get((key, row["resource"]), (0, known))
        found[key].append(Done(row["resource"], row["sum"], recent, last))
    return found


def _lately(processes: Sequence[Process], on: date) -> dict[tuple[CellKey, int], tuple[int, date]]:
    """Return the parts of the floor's weeks and the last day, by cell and resource.

    The weeks end at the moment at which each stage is judged: what is written afterwards for a
    stage already over counts in its hours and leaves its judgement alone.
    """
    together: defaultdict[tuple[str, date, int], list[int]] = defaultdict(list)
    floors: dict[tuple[int, str], date] = {}
    for process in processes:
        thresholds = thresholds_of(process)
        weeks = max(thresholds.floor_weeks, thresholds.gap_weeks)
        for stage, window in windows_of(process).items():
            moment = moment_of(window, on)
            together[stage, moment, weeks].append(process.pk)
            floors[process.pk, stage] = moment - timedelta(weeks=thresholds.floor_weeks)
    asked = Q(pk__in=[])
    for (stage, moment, weeks), ids in together.items():
        since = moment - timedelta(weeks=weeks)
        asked |= Q(process__in=ids, stage=stage, on__gt=since, on__lte=moment)
    rows = (
        Share.objects.filter(asked)
        .values_list("process", "level", "stage", "dimension", "resource", "on")
        .annotate(sum=Sum("parts"))
        .order_by("on")
    )
    found: dict[tuple[CellKey, int], tuple[int, date]] = {}
    for process_id, level, stage, dimension, resource, day, parts in rows:
        key = ((process_id, level, stage, dimension), resource)
        counted = parts if day > floors[process_id, stage] else 0
        found[key] = (found.get(key, (0, day))[0] + counted, day)
    return found
