"""Foreseen breaks: where support will stop, and what would keep it, before it happens (R4).

Method     docs/engines/continuity.md. In each cell of each stage, the days with nobody are found
           from mandates, leaves and announced departures; a run of them is a break when it is
           longer than the gap, or when it touches an end of the stage and is longer than the
           tolerance. Its cause is what stopped the last presence before it; cells broken by one
           cause on one day are one break.
Invariant  extending a mandate never adds a day with nobody to any break, shortening one never
           removes any; a break and its key do not depend on `today`, which only chooses those
           shown: from today to the end of the next stage.
Exact      whole days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from jonction.engines.coverage import Thresholds, Window
from jonction.engines.periods import Period, common, days_of, joined, left_of, next_day


class Kind(StrEnum):
    """Why nobody is there; when several are true, the first one in this order."""

    DEPARTURE = "departure"
    LEAVE = "leave"
    MANDATE_ENDS = "mandate_ends"
    STAGE_UNATTENDED = "stage_unattended"
    GAP = "gap"


class Step(StrEnum):
    EXTEND_MANDATE = "extend_mandate"
    REPLACE = "replace"
    NEW_MANDATE = "new_mandate"


@dataclass(frozen=True, slots=True)
class StageRun:
    """A stage of the process, with the dimensions where support is needed."""

    stage: str
    window: Window
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A mandate, with everything that it serves at one level of one process."""

    mandate: int
    resource: int
    starts_on: date
    ends_on: date
    quarters_per_week: int
    stages: tuple[str, ...]
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """A leave; without an end, an announced departure: the first day is the first one away."""

    resource: int
    starts_on: date
    ends_on: date | None = None

    @property
    def period(self) -> Period:
        return (self.starts_on, self.ends_on or date.max)


@dataclass(frozen=True, slots=True)
class BrokenCell:
    stage: str
    dimension: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Closing:
    """One thing to do; all those of a break together close it.

    An extended mandate keeps what it serves; a new mandate, or that of a replacing person, serves
    the cells of the break.
    """

    step: Step
    starts_on: date
    until: date
    quarters_per_week: int
    mandate: int | None = None
    resource: int | None = None


@dataclass(frozen=True, slots=True)
class ForeseenBreak:
    """`cells` will have nobody; `alone`, after a departure, one person only."""

    kind: Kind
    breaks_on: date
    until: date
    stage: str
    dimensions: tuple[str, ...]
    cells: tuple[BrokenCell, ...]
    alone: tuple[BrokenCell, ...]
    mandates: tuple[int, ...]
    resources: tuple[int, ...]
    closing: tuple[Closing, ...]
    key: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """One broken cell with its cause; `mark` gathers the cells of one break."""

    kind: Kind
    mark: str
    cell: BrokenCell
    stopped: tuple[Commitment, ...]
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class _Scene:
    """What one cell sees: those who serve it, when each is there, and who is away."""

    stage: str
    dimension: str
    window: Window
    there: tuple[tuple[Commitment, tuple[Period, ...]], ...]
    absences: tuple[Absence, ...]

    @property
    def whole(self) -> Period:
        return (self.window.starts_on, self.window.ends_on)

    def away(self, commitment: Commitment, day: date) -> list[Absence]:
        return [
            a
            for a in self.absences
            if a.resource == commitment.resource and a.period[0] <= day <= a.period[1]
        ]


def foreseen_breaks(
    stages: Sequence[StageRun],
    commitments: Sequence[Commitment],
    absences: Sequence[Absence],
    *,
    today: date,
    thresholds: Thresholds,
) -> list[ForeseenBreak]:
    """Return what is broken or will break up to the end of the next stage, the soonest first."""
    gathered: dict[tuple[Kind, str], list[_Hit]] = {}
    for scene in _scenes(stages, commitments, absences):
        for hit in (*_nobody(scene, thresholds), *_one_left(scene, thresholds)):
            gathered.setdefault((hit.kind, hit.mark), []).append(hit)
    horizon = _horizon(stages, today)
    found = []
    for hits in gathered.values():
        shown = [h for h in hits if h.cell.ends_on >= today and h.cell.starts_on <= horizon]
        if shown:
            found.append(_told(hits, shown, absences, today, thresholds))
    return sorted(found, key=lambda b: (b.breaks_on, list(Kind).index(b.kind), b.key))


def _scenes(
    stages: Iterable[StageRun], commitments: Iterable[Commitment], absences: Sequence[Absence]
) -> list[_Scene]:
    there = [
        (c, tuple(left_of((c.starts_on, c.ends_on), [a.period for a in absences
                                                     if a.resource == c.resource])))
        for c in sorted(commitments, key=lambda c: c.mandate)
    ]  # fmt: skip
    return [
        _Scene(
            run.stage,
            dimension,
            run.window,
            tuple(
                (c, periods)
                for c, periods in there
                if run.stage in c.stages and dimension in c.dimensions
            ),
            tuple(absences),
        )
        for run in stages
        for dimension in run.dimensions
    ]


def _horizon(stages: Sequence[StageRun], today: date) -> date:
    """Return the end of the stage that follows, or of the last one."""
    coming = sorted(
        (s.window.starts_on, s.window.ends_on) for s in stages if s.window.starts_on > today
    )
    running = [s.window.ends_on for s in stages if s.window.starts_on <= today]
    return max([end for _, end in coming[:1]] + running, default=today)


def _nobody(scene: _Scene, thresholds: Thresholds) -> list[_Hit]:
    periods = [period for _, there in scene.there for period in there]
    hits = []
    for run in left_of(scene.whole, periods):
        touches = run[0] == scene.whole[0] or run[1] == scene.whole[1]
        permitted = thresholds.tolerance_weeks if touches else thresholds.gap_weeks
        if run == scene.whole or days_of(run) > permitted * 7:
            kind, mark, stopped = _cause(scene, run)
            hits.append(_Hit(kind, mark, BrokenCell(scene.stage, scene.dimension, *run), stopped))
    return hits


def _cause(scene: _Scene, run: Period) -> tuple[Kind, str, tuple[Commitment, ...]]:
    """Return what stopped the last presence before the run, or what keeps it from beginning."""
    stops = [
        (min(end, run[0] - timedelta(days=1)), c)
        for c, periods in scene.there
        for start, end in periods
        if start < run[0]
    ]
    if not stops:
        held = tuple(c for c, _ in scene.there if c.starts_on <= run[0] <= c.ends_on)
        kind = _absence_of(scene, held, run[0]) or Kind.STAGE_UNATTENDED
        mark = scene.stage if kind == Kind.STAGE_UNATTENDED else run[0].isoformat()
        return kind, mark, held
    last = max(day for day, _ in stops)
    event = next_day(last)
    stopped = tuple(c for day, c in stops if day == last)
    if away := _absence_of(scene, stopped, run[0]):
        return away, event.isoformat(), stopped
    if run[1] == scene.whole[1]:
        return Kind.MANDATE_ENDS, event.isoformat(), stopped
    if run[0] == scene.whole[0]:
        return Kind.STAGE_UNATTENDED, scene.stage, ()
    return Kind.GAP, event.isoformat(), stopped


def _absence_of(scene: _Scene, stopped: Iterable[Commitment], day: date) -> Kind | None:
    away = [a for c in stopped if c.ends_on >= day for a in scene.away(c, day)]
    if not away:
        return None
    return Kind.DEPARTURE if any(a.ends_on is None for a in away) else Kind.LEAVE


def _one_left(scene: _Scene, thresholds: Thresholds) -> list[_Hit]:
    """Return where a departure leaves one person only, for longer than the tolerance."""
    departures = [a for a in scene.absences if a.ends_on is None]
    if not departures:
        return []
    people: dict[int, list[Period]] = {}
    for c, periods in scene.there:
        people.setdefault(c.resource, []).extend(periods)
    pairs = [p for a, b in combinations(people.values(), 2) for p in common(a, b)]
    somebody = joined(p for periods in people.values() for p in periods)
    hits = []
    for absence in departures:
        day = max(absence.starts_on, scene.window.starts_on)
        cut = tuple(
            c
            for c, _ in scene.there
            if c.resource == absence.resource and c.starts_on < absence.starts_on <= c.ends_on
            and c.ends_on >= day
        )  # fmt: skip
        if not cut or day > scene.window.ends_on or not any(s <= day <= e for s, e in somebody):
            continue
        run = next(iter(left_of((day, scene.window.ends_on), pairs)), None)
        if run and run[0] == day and days_of(run) > thresholds.tolerance_weeks * 7:
            cell = BrokenCell(scene.stage, scene.dimension, *run)
            mark = absence.starts_on.isoformat()
            hits.append(_Hit(Kind.DEPARTURE, mark, cell, cut, is_alone=True))
    return hits


def _told(
    hits: Sequence[_Hit],
    shown: Sequence[_Hit],
    absences: Iterable[Absence],
    today: date,
    thresholds: Thresholds,
) -> ForeseenBreak:
    dimensions = list(dict.fromkeys(h.cell.dimension for h in hits))
    stopped = {c.mandate: c for h in shown for c in h.stopped}
    first = min(shown, key=lambda h: h.cell.starts_on)
    return ForeseenBreak(
        kind=first.kind,
        breaks_on=min(h.cell.starts_on for h in hits),
        until=max(h.cell.ends_on for h in shown),
        stage=first.cell.stage,
        dimensions=tuple(dict.fromkeys(h.cell.dimension for h in shown)),
        cells=tuple(h.cell for h in shown if not h.is_alone),
        alone=tuple(h.cell for h in shown if h.is_alone),
        mandates=tuple(sorted(stopped)),
        resources=tuple(sorted({c.resource for c in stopped.values()})),
        closing=_closing(shown, absences, today, thresholds),
        key=":".join([first.kind, first.mark, "+".join(sorted(dimensions))]),
    )


def _closing(
    shown: Sequence[_Hit], absences: Iterable[Absence], today: date, thresholds: Thresholds
) -> tuple[Closing, ...]:
    since = max(today, min(h.cell.starts_on for h in shown))
    until = max(h.cell.ends_on for h in shown)
    kind = shown[0].kind
    if kind in {Kind.DEPARTURE, Kind.LEAVE}:
        return _replacing(shown, absences, since, until)
    if kind in {Kind.MANDATE_ENDS, Kind.GAP} and (steps := _extending(shown, absences)):
        return steps
    return (Closing(Step.NEW_MANDATE, since, until, thresholds.floor_quarters),)


def _replacing(
    shown: Sequence[_Hit], absences: Iterable[Absence], since: date, until: date
) -> tuple[Closing, ...]:
    away = {a.resource for a in absences if a.period[0] <= until and a.period[1] >= since}
    stopped = {c.mandate: c for h in shown for c in h.stopped if c.resource in away}
    return tuple(
        Closing(
            Step.REPLACE,
            since,
            until,
            sum(c.quarters_per_week for c in stopped.values() if c.resource == person),
            resource=person,
        )
        for person in sorted({c.resource for c in stopped.values()})
    )


def _extending(shown: Sequence[_Hit], absences: Iterable[Absence]) -> tuple[Closing, ...]:
    """Return the fewest mandates found to extend, or nothing when a holder would not be there."""
    gone = list(absences)
    waiting = list(shown)
    steps = []
    while waiting:
        serves: dict[int, list[_Hit]] = {}
        held = {c.mandate: c for h in waiting for c in h.stopped}
        for hit in waiting:
            for c in hit.stopped:
                serves.setdefault(c.mandate, []).append(hit)
        best = min(serves, key=lambda mandate: (-len(serves[mandate]), mandate))
        chosen, until = held[best], max(h.cell.ends_on for h in serves[best])
        since = next_day(chosen.ends_on)
        if any(a.resource == chosen.resource and common([a.period], [(since, until)])
               for a in gone):  # fmt: skip
            return ()
        steps.append(Closing(Step.EXTEND_MANDATE, since, until, chosen.quarters_per_week,
                             mandate=best, resource=chosen.resource))  # fmt: skip
        waiting = [h for h in waiting if h not in serves[best]]
    return tuple(steps)
