"""How long things stay in each state: from dated steps to a median and an 80th percentile.

A stay that is over counts its days from one step to the next; a stay that lasts is kept apart, so
that what waits today never makes a past look faster or slower than it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

Step = tuple[str, date | None]


@dataclass(frozen=True, slots=True)
class Stay:
    """How many days in a state; `lasts` when it is not over."""

    state: str
    days: int
    lasts: bool


@dataclass(frozen=True, slots=True)
class Service:
    """The stays of one state: those over, and the days of those that last, the longest first."""

    state: str
    over: int
    median: int | None
    eightieth: int | None
    lasting: tuple[int, ...]


def stays_of(steps: Sequence[Step], today: date) -> list[Stay]:
    """Return the stays of one thing; a step whose day is not known says nothing of its stay."""
    found = []
    for rank, (state, since) in enumerate(steps):
        lasts = rank + 1 == len(steps)
        until = today if lasts else steps[rank + 1][1]
        if since is not None and until is not None:
            found.append(Stay(state, max((until - since).days, 0), lasts))
    return found


def nearest_rank(days: Sequence[int], percent: int) -> int | None:
    """Return the smallest of these days that at least so many percent do not pass."""
    if not days:
        return None
    rank = max(-(-percent * len(days) // 100), 1)
    return sorted(days)[rank - 1]


def services(stays: Iterable[Stay], states: Sequence[str]) -> list[Service]:
    """Return, for each state in that order, how long things stayed and stay in it."""
    over: Mapping[str, list[int]] = defaultdict(list)
    lasting: Mapping[str, list[int]] = defaultdict(list)
    for stay in stays:
        (lasting if stay.lasts else over)[stay.state].append(stay.days)
    return [
        Service(
            state,
            len(over[state]),
            nearest_rank(over[state], 50),
            nearest_rank(over[state], 80),
            tuple(sorted(lasting[state], reverse=True)),
        )
        for state in states
    ]
