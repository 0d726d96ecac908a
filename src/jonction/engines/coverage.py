"""Coverage: where support holds, is thin, or is missing, cell by cell, on a date (S4).

Method     docs/engines/coverage.md. A cell is judged at a moment: the day asked for, or the last
           day of a stage already over; a stage to come is judged over its whole window.
Invariant  more evidence never gives a worse status (hole < thin < covered); ending a mandate
           earlier never gives a better one; done parts are only summed, never split here.
           Over several processes, a person counts once and the worst status is kept.
Exact      integers: parts of a quarter hour (`engines.space`).

Dates and numbers in, dates and numbers out: no clock, no database, no translation.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from jonction.engines.periods import next_day
from jonction.engines.space import PARTS_PER_QUARTER


class Status(StrEnum):
    COVERED = "covered"
    THIN = "thin"
    HOLE = "hole"
    UNNEEDED = "unneeded"


class Clause(StrEnum):
    """The clause that decided, the first one met in this order."""

    NO_STAGE = "no_stage"
    WAIVED = "waived"
    FAR_AHEAD = "far_ahead"
    NOBODY_NOW = "nobody_now"
    NOBODY_COMING = "nobody_coming"
    ONE_PERSON = "one_person"
    ONE_OFF = "one_off"
    BELOW_FLOOR = "below_floor"
    ENDS_EARLY = "ends_early"
    HOLDS = "holds"


STATUS_OF = {
    Clause.NO_STAGE: Status.UNNEEDED,
    Clause.WAIVED: Status.UNNEEDED,
    Clause.FAR_AHEAD: Status.UNNEEDED,
    Clause.NOBODY_NOW: Status.HOLE,
    Clause.NOBODY_COMING: Status.HOLE,
    Clause.ONE_PERSON: Status.THIN,
    Clause.ONE_OFF: Status.THIN,
    Clause.BELOW_FLOOR: Status.THIN,
    Clause.ENDS_EARLY: Status.THIN,
    Clause.HOLDS: Status.COVERED,
}


WORST_FIRST = (Status.HOLE, Status.THIN, Status.COVERED, Status.UNNEEDED)


@dataclass(frozen=True, slots=True)
class Thresholds:
    lookahead_weeks: int = 12
    gap_weeks: int = 6
    tolerance_weeks: int = 2
    floor_quarters: int = 4
    floor_weeks: int = 8


@dataclass(frozen=True, slots=True)
class Window:
    """When a stage runs: real dates where known, else planned."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Planned:
    """An active mandate as one cell sees it; `away` are the times its holder cannot be there."""

    mandate: int
    resource: int
    starts_on: date
    ends_on: date
    parts_per_week: int
    is_continuous: bool
    away: tuple[tuple[date, date], ...] = ()

    def holds_on(self, day: date) -> bool:
        if not self.starts_on <= day <= self.ends_on:
            return False
        return not any(start <= day <= end for start, end in self.away)

    def meets(self, window: Window) -> bool:
        """Say whether its holder is there at least one day of the window."""
        first = max(self.starts_on, window.starts_on)
        if not self.away:
            return first <= min(self.ends_on, window.ends_on)
        returns = [end + timedelta(1) for _, end in self.away if end < window.ends_on]
        days = [first, *returns]
        return any(window.starts_on <= day <= window.ends_on and self.holds_on(day) for day in days)


@dataclass(frozen=True, slots=True)
class Done:
    """What one resource did in one cell: sums, in parts.

    The recent ones are those of the floor's weeks before the moment of judgement; `last_on` is the
    last day known up to that moment, None when all was written for later days.
    """

    resource: int
    parts: int
    recent_parts: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Cell:
    status: Status
    clause: Clause
    done_parts: int = 0
    recent_parts: int = 0
    planned_parts_per_week: int = 0
    last_on: date | None = None
    resources: tuple[int, ...] = ()
    mandates: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Combined:
    """The same cell of several processes, as a territory or an Alliance sees it.

    The worst status is shown, so that no hole hides behind neighbours that are covered; the counts,
    in the order of `WORST_FIRST`, keep one hole among forty from looking like forty.
    """

    status: Status
    counts: tuple[tuple[Status, int], ...]
    done_parts: int
    recent_parts: int
    planned_parts_per_week: int
    last_on: date | None
    resources: tuple[int, ...]
    mandates: tuple[int, ...]

    def count(self, status: Status) -> int:
        return dict(self.counts)[status]


def judge(
    window: Window | None,
    planned: Sequence[Planned],
    done: Sequence[Done],
    *,
    on: date,
    thresholds: Thresholds,
    is_waived: bool = False,
) -> Cell:
    """Return the status of one cell on that day, with the clause and the evidence."""
    held = [] if window is None else _held(window, planned, on)
    people = _recent(window, done, on, thresholds)
    parts, recent, last = _summed(done)
    clause = _clause(window, held, people, recent, on, thresholds, is_waived=is_waived)
    return Cell(
        status=STATUS_OF[clause],
        clause=clause,
        done_parts=parts,
        recent_parts=recent,
        planned_parts_per_week=sum([p.parts_per_week for p in held]),
        last_on=last,
        resources=tuple(sorted({p.resource for p in held} | {d.resource for d in done})),
        mandates=tuple(sorted({p.mandate for p in held})),
    )


def _summed(done: Sequence[Done]) -> tuple[int, int, date | None]:
    """Return the parts, the recent ones and the last day, in one reading: a page has 800 of them."""
    parts, recent, last = 0, 0, None
    for one in done:
        parts += one.parts
        recent += one.recent_parts
        if one.last_on and (last is None or one.last_on > last):
            last = one.last_on
    return parts, recent, last


def combine(cells: Sequence[Cell]) -> Combined:
    """Return one (stage, dimension) over several processes; none at all needs nothing."""
    tally = Counter(cell.status for cell in cells)
    return Combined(
        status=next((status for status in WORST_FIRST if tally[status]), Status.UNNEEDED),
        counts=tuple((status, tally[status]) for status in WORST_FIRST),
        done_parts=sum(cell.done_parts for cell in cells),
        recent_parts=sum(cell.recent_parts for cell in cells),
        planned_parts_per_week=sum(cell.planned_parts_per_week for cell in cells),
        last_on=max((cell.last_on for cell in cells if cell.last_on), default=None),
        resources=tuple(sorted({person for cell in cells for person in cell.resources})),
        mandates=tuple(sorted({mandate for cell in cells for mandate in cell.mandates})),
    )


def moment_of(window: Window, on: date) -> date:
    """Return the day at which the stage is judged: a stage over keeps its last day's judgement."""
    return min(on, window.ends_on)


def _held(window: Window, planned: Sequence[Planned], on: date) -> list[Planned]:
    if window.starts_on > on:
        return [p for p in planned if p.meets(window)]
    moment = moment_of(window, on)
    return [p for p in planned if p.holds_on(moment)]


def _recent(
    window: Window | None, done: Sequence[Done], on: date, thresholds: Thresholds
) -> set[int]:
    if window is None:
        return set()
    since = moment_of(window, on) - timedelta(weeks=thresholds.gap_weeks)
    return {d.resource for d in done if d.last_on and d.last_on > since}


def _clause(  # noqa: PLR0911, PLR0917 - one return per clause, in the order of the method
    window: Window | None,
    held: Sequence[Planned],
    recent: set[int],
    recent_parts: int,
    on: date,
    thresholds: Thresholds,
    *,
    is_waived: bool,
) -> Clause:
    if window is None:
        return Clause.NO_STAGE
    if is_waived:
        return Clause.WAIVED
    if window.starts_on > on + timedelta(weeks=thresholds.lookahead_weeks):
        return Clause.FAR_AHEAD
    if not recent and window.starts_on > on and _is_deserted(window, held, thresholds):
        return Clause.NOBODY_COMING
    if not recent and window.starts_on <= on and not held:
        return Clause.NOBODY_NOW
    if len({p.resource for p in held} | recent) == 1:
        return Clause.ONE_PERSON
    if not any(p.is_continuous for p in held):
        return Clause.ONE_OFF
    if not _reaches_floor(held, recent_parts, thresholds):
        return Clause.BELOW_FLOOR
    if not any(p.ends_on >= window.ends_on for p in held):
        return Clause.ENDS_EARLY
    return Clause.HOLDS


def _reaches_floor(held: Sequence[Planned], recent_parts: int, thresholds: Thresholds) -> bool:
    floor = thresholds.floor_quarters * PARTS_PER_QUARTER
    planned = sum(p.parts_per_week for p in held)
    return planned >= floor or recent_parts >= floor * thresholds.floor_weeks


def _is_deserted(window: Window, held: Iterable[Planned], thresholds: Thresholds) -> bool:
    """Say whether nobody is there for longer than the gap, or for the whole window.

    Presence changes only on a few days: between two of them it is read once.
    """
    planned = list(held)
    after = window.ends_on + timedelta(days=1)
    turns = {window.starts_on, after}
    for p in planned:
        turns |= {p.starts_on, next_day(p.ends_on)}
        turns |= {day for start, end in p.away for day in (start, next_day(end))}
    days = sorted(day for day in turns if window.starts_on <= day <= after)
    longest = run = 0
    for day, following in pairwise(days):
        run = 0 if any(p.holds_on(day) for p in planned) else run + (following - day).days
        longest = max(longest, run)
    length = (after - window.starts_on).days
    return longest == length or longest > thresholds.gap_weeks * 7
