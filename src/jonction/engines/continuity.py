"""Continuity: how much of a process was supported without a break, so far (R4).

Method     docs/engines/continuity.md. Supported days are those of a presence, or within half a gap
           of an intervention. Index = 1 - sum(max(0, break - tolerance)) / length so far.
Invariant  the index lies between 0 and 1; one more presence or intervention never lowers it;
           supported days and breaks sum to the length.
Exact      whole days, and fractions of them.

What will break is in `engines.foreseen`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from jonction.engines.periods import Period, days_of, joined, left_of


@dataclass(frozen=True, slots=True)
class Presence:
    """A time during which one person was there for the process, leaves taken out."""

    resource: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Handover:
    """A mandate that ended with a hand-over asked, and whether it was done."""

    mandate: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class Break:
    starts_on: date
    ends_on: date
    days: int


@dataclass(frozen=True, slots=True)
class Change:
    """People left on a day with nobody staying; the next ones came later."""

    left_on: date
    came_on: date
    left: tuple[int, ...]
    came: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Continuity:
    """Every number is of the process so far; the index is None when it has not begun."""

    index: Fraction | None
    longest_break: Break | None
    breaks: tuple[Break, ...]
    changes_without_overlap: tuple[Change, ...]
    handover_share: Fraction | None
    handovers_missing: tuple[int, ...]
    supported_days: int
    length_days: int


def presences(resource: int, run: Period, away: Iterable[Period]) -> list[Presence]:
    """Return the times of a mandate without the absences of its holder."""
    return [Presence(resource, start, end) for start, end in left_of(run, away)]


def continuity(
    starts_on: date,
    until: date,
    supports: Sequence[Presence],
    interventions: Iterable[date],
    handovers: Sequence[Handover],
    *,
    gap_days: int,
    tolerance_days: int,
) -> Continuity:
    """Return the continuity from the first day of the process until that day, both included."""
    length = max(0, (until - starts_on).days + 1)
    breaks = _breaks(starts_on, until, supports, interventions, gap_days) if length else ()
    lost = sum(max(0, b.days - tolerance_days) for b in breaks)
    done = sum(h.is_done for h in handovers)
    return Continuity(
        index=1 - Fraction(lost, length) if length else None,
        longest_break=max(breaks, key=lambda b: b.days, default=None),
        breaks=breaks,
        changes_without_overlap=_changes(supports, until),
        handover_share=Fraction(done, len(handovers)) if handovers else None,
        handovers_missing=tuple(sorted(h.mandate for h in handovers if not h.is_done)),
        supported_days=length - sum(b.days for b in breaks),
        length_days=length,
    )


def _breaks(
    starts_on: date,
    until: date,
    supports: Iterable[Presence],
    interventions: Iterable[date],
    gap_days: int,
) -> tuple[Break, ...]:
    around = timedelta(days=gap_days // 2)
    supported = [(p.starts_on, p.ends_on) for p in supports]
    supported += [(day - around, day + around) for day in interventions if day <= until]
    periods = left_of((starts_on, until), supported)
    return tuple(Break(start, end, days_of((start, end))) for start, end in periods)


def _changes(supports: Iterable[Presence], until: date) -> tuple[Change, ...]:
    """Return the days on which everybody there left for good, when others came afterwards."""
    there: dict[int, list[tuple[date, date]]] = {}
    for p in supports:
        if p.starts_on <= until:
            there.setdefault(p.resource, []).append((p.starts_on, p.ends_on))
    times = {person: joined(periods) for person, periods in there.items()}
    last = {person: periods[-1][1] for person, periods in times.items()}
    changes = []
    for day in sorted({end for end in last.values() if end < until}):
        stays = any(
            last[person] > day and any(start <= day <= end for start, end in periods)
            for person, periods in times.items()
        )
        arrivals = [
            (start, person)
            for person, periods in times.items()
            for start, _ in periods
            if start > day
        ]
        if arrivals and not stays:
            came_on = min(arrivals)[0]
            left = tuple(sorted(person for person, end in last.items() if end == day))
            came = tuple(sorted(person for start, person in arrivals if start == came_on))
            changes.append(Change(day, came_on, left, came))
    return tuple(changes)
