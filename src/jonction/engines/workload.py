"""Workload: what a resource has promised against what it can give (S10, R2).

Method     the rate of hours promised on a day is the sum of the mandates that hold that day; it is
           compared with the rate offered that day. A day without an offer has no known limit.
Invariant  adding a commitment never removes an overload; rates change only on the days where
           something begins or ends, so those days alone are read.
Exact      integers: quarter hours per week.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Rate:
    """So many quarter hours a week, from a day to a day, both included."""

    quarters_per_week: int
    starts_on: date
    ends_on: date

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class Overload:
    """The first day on which more is promised than offered; rates in quarter hours a week."""

    on: date
    promised: int
    offered: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row on which nothing changes; `offered` is None where no limit is known."""

    starts_on: date
    ends_on: date
    promised: int
    offered: int | None

    @property
    def is_over(self) -> bool:
        return self.offered is not None and self.promised > self.offered


def stretches(
    promised: Sequence[Rate], offered: Sequence[Rate], *, since: date, until: date
) -> list[Stretch]:
    """Return what is promised and offered from a day to a day, cut where either changes."""
    found: list[Stretch] = []
    turns = [day for day in _turns(since, [*promised, *offered]) if day <= until]
    for day, after in zip(turns, [*turns[1:], until + timedelta(1)], strict=False):
        load, limit = _rates_on(day, promised, offered)
        starts_on = day
        if found and (found[-1].promised, found[-1].offered) == (load, limit):
            starts_on = found.pop().starts_on
        found.append(Stretch(starts_on, after - timedelta(1), load, limit))
    return found


def first_overload(
    promised: Sequence[Rate], offered: Sequence[Rate], *, since: date
) -> Overload | None:
    """Return the first overload from `since` on, or None when everything holds."""
    for day in _turns(since, [*promised, *offered]):
        load, limit = _rates_on(day, promised, offered)
        if limit is not None and load > limit:
            return Overload(day, load, limit)
    return None


def _turns(since: date, rates: Iterable[Rate]) -> list[date]:
    """Return `since` and the later days on which a rate begins or has just ended."""
    turns = {since}
    for rate in rates:
        turns |= {rate.starts_on}
        turns |= {rate.ends_on + timedelta(1)} if rate.ends_on < date.max else set()
    return sorted(day for day in turns if day >= since)


def _rates_on(
    day: date, promised: Sequence[Rate], offered: Sequence[Rate]
) -> tuple[int, int | None]:
    limits = [rate.quarters_per_week for rate in offered if rate.holds_on(day)]
    load = sum(rate.quarters_per_week for rate in promised if rate.holds_on(day))
    return load, sum(limits) if limits else None
