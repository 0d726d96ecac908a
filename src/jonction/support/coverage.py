"""From the rows to the engine and back: the coverage of processes on a day.

A constant number of queries loads everything, however many processes there are: mandates with
absences, the sums kept beside the journal (`support.tallies`), its last weeks by day, waivers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from django.db.models import Aggregate, Count, Max, Q, QuerySet, Sum
from django.utils.timezone import localdate

from jonction.core.memory import remembered
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
from jonction.governance.models import Alliance
from jonction.support.models import Mandate, Resource, Share, Tally, Waiver
from jonction.support.queries.access import HELD
from jonction.support.queries.mandate import held_mandates

CellKey = tuple[int, str, str, str]
COUNTED = HELD
Windows = Mapping[int, Mapping[str, Window]]  # of each process, when its stages run
CELLS = tuple(product(Stage.values, Dimension.values))
CELL = ("process", "level", "stage", "dimension", "resource")


@dataclass(frozen=True, slots=True)
class Judged:
    """One cell of one process with its place in the space."""

    process: Process
    stage: str
    dimension: str
    window: Window | None
    cell: Cell

    @property
    def status(self) -> Status:
        return self.cell.status

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

    def is_over(self, on: date) -> bool:
        """Say whether its stage is over that day: it then keeps the judgement of its last one."""
        return self.window is not None and self.window.ends_on < on

    @property
    def stage_label(self) -> str:
        return str(Stage(self.stage).label)

    @property
    def dimension_label(self) -> str:
        return str(Dimension(self.dimension).label)


def coverage_of(processes: Sequence[Process], level: str | None, *, on: date) -> list[Judged]:
    """Judge the 24 cells of each process at `level` (the level of its body when None)."""
    ids = [process.pk for process in processes]
    every = {process.pk: windows_of(process) for process in processes}
    planned, done = _planned(ids), _done(processes, every, on)
    waived = set(
        Waiver.objects.filter(process__in=ids).values_list("process", "level", "stage", "dimension")
    )
    judged = []
    for process in processes:
        windows, thresholds = every[process.pk], thresholds_of(process)
        here = (process.pk, level or process.body.level)
        for stage, dimension in CELLS:
            key, window = (*here, stage, dimension), windows.get(stage)
            cell = judge(
                window,
                planned[key],
                done[key],
                on=on,
                thresholds=thresholds,
                is_waived=key in waived,
            )
            judged.append(Judged(process, stage, dimension, window, cell))
    return judged


@dataclass(frozen=True, slots=True)
class Whole:
    """One cell over several processes."""

    stage: str
    dimension: str
    cell: Combined

    @property
    def status(self) -> Status:
        return self.cell.status

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
    return thresholds_in(process.body.alliance)


def thresholds_in(alliance: Alliance) -> Thresholds:
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


def absences_of(mandate: Mandate) -> list[tuple[date, date]]:
    """Return when nobody holds the mandate: its pauses, and the absences of its resource."""
    return remembered(
        ("absences", mandate.pk), lambda: away_of(mandate.resource) + pauses_of(mandate)
    )


def pauses_of(mandate: Mandate) -> list[tuple[date, date]]:
    return [(pause.starts_on, pause.ends_on or date.max) for pause in mandate.pauses.all()]


def _planned(ids: Iterable[int]) -> defaultdict[CellKey, list[Planned]]:
    """Return the mandates by cell; a mandate's week is shared between its dimensions."""
    found: defaultdict[CellKey, list[Planned]] = defaultdict(list)
    for held in held_mandates(ids):
        planned = Planned(
            held.pk,
            held.resource,
            *held.run,
            held.quarters_per_week * PARTS_PER_QUARTER // max(len(held.dimensions), 1),
            held.is_continuous,
            tuple(held.away),
        )
        for stage in held.stages:
            for dimension in held.dimensions:
                found[held.process, held.level, stage, dimension].append(planned)
    return found


def _done(
    processes: Sequence[Process], windows: Windows, on: date
) -> defaultdict[CellKey, list[Done]]:
    """Return what was done by cell: all of it up to `on`, and lately at the moment judged."""
    moments = {
        (pk, stage): moment_of(window, on)
        for pk, stages in windows.items()
        for stage, window in stages.items()
    }
    lately = _lately(processes, moments)
    found: defaultdict[CellKey, list[Done]] = defaultdict(list)
    for (key, resource), (parts, ever) in sorted(_summed([p.pk for p in processes], on).items()):
        known = ever if ever <= moments.get((key[0], key[2]), on) else None
        recent, last = lately.get((key, resource), (0, known))
        found[key].append(Done(resource, parts, recent, last))
    return found


def _summed(ids: Sequence[int], on: date) -> dict[tuple[CellKey, int], tuple[int, date]]:
    """Return the parts and the last day up to `on`, by cell and resource.

    Whole years come from the sums kept; a year that goes on after `on`, from its shares.
    """
    tallies = Tally.objects.filter(process__in=ids, year__lte=on.year)
    if on >= localdate():  # no line is written ahead of its day: every sum is whole
        kept = _by_cell(tallies, sum=Sum("parts"), last=Max("last_on"))
        return {(row[:4], row[4]): row[5:] for row in kept}
    whole = Q(year__lt=on.year) | Q(last_on__lte=on)
    kept = _by_cell(
        tallies,
        sum=Sum("parts", filter=whole, default=0),
        last=Max("last_on", filter=whole),
        later=Count("last_on", filter=~whole),
    )
    found = {(row[:4], row[4]): row[5:7] for row in kept if row[6]}
    going_on = {(row[:4], row[4]) for row in kept if row[7]}
    if going_on:
        since = date(on.year, 1, 1)
        # named, the stages let the index by day serve: ten years are read without it
        shares = Share.objects.filter(
            process__in=ids, stage__in=Stage.values, on__range=(since, on)
        )
        for row in _by_cell(shares, sum=Sum("parts"), last=Max("on")):
            if (row[:4], row[4]) in going_on:
                before, _last = found.get((row[:4], row[4]), (0, since))
                found[row[:4], row[4]] = (before + row[5], row[6])
    return found


def _by_cell(rows: QuerySet[Any], **sums: Aggregate) -> QuerySet[Any]:
    summed: QuerySet[Any] = rows.values(*CELL).annotate(**sums).order_by()
    return summed.values_list(*CELL, *sums)


def _lately(
    processes: Sequence[Process], moments: Mapping[tuple[int, str], date]
) -> dict[tuple[CellKey, int], tuple[int, date]]:
    """Return the parts of the floor's weeks and the last day, by cell and resource.

    The weeks end at the moment at which each stage is judged: what is written afterwards for a
    stage already over counts in its hours and leaves its judgement alone. Each moment is a part
    of one query, so that an index is entered at its days: under an OR, PostgreSQL read ten years.
    """
    limits = {process.pk: thresholds_of(process) for process in processes}
    stages: defaultdict[tuple[int, date], list[str]] = defaultdict(list)
    for (pk, stage), moment in moments.items():
        stages[pk, moment].append(stage)
    together: defaultdict[tuple[tuple[str, ...], date, int, int], list[int]] = defaultdict(list)
    for (pk, moment), named in stages.items():
        floor, gap = limits[pk].floor_weeks, limits[pk].gap_weeks
        together[tuple(named), moment, floor, gap].append(pk)
    parts = [_weeks_before(ids, *when) for when, ids in together.items()]
    rows = parts[0].union(*parts[1:], all=True) if parts else ()
    return {(row[:4], row[4]): row[5:] for row in rows}


def _weeks_before(
    ids: Sequence[int], stages: Sequence[str], moment: date, floor: int, gap: int
) -> QuerySet[Any]:
    since = moment - timedelta(weeks=max(floor, gap))
    shares = Share.objects.filter(process__in=ids, stage__in=stages, on__gt=since, on__lte=moment)
    parts = Sum("parts")
    if floor < gap:
        parts = Sum("parts", filter=Q(on__gt=moment - timedelta(weeks=floor)), default=0)
    return _by_cell(shares, sum=parts, last=Max("on"))
