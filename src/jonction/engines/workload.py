"""Workload: what a resource has promised against what it can give (S10, R2).

Method     the rate of hours promised on a day is the sum of the mandates that hold that day; it is
           compared with the rate offered that day. A day without an offer has no known limit.
Invariant  adding a commitment never removes an overload; rates change only on the days where
           something begins or ends, so those days alone are read.
Exact      integers: quarter hours per week.
"""

from collections.abc import Sequence
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


def first_overload(
    promised: Sequence[Rate], offered: Sequence[Rate], *, since: date
) -> Overload | None:
    """Return the first overload from `since` on, or None when everything holds."""
    turns = {since}
    for rate in [*promised, *offered]:
        turns |= {rate.starts_on}
        turns |= {rate.ends_on + timedelta(1)} if rate.ends_on < date.max else set()
    for day in sorted(day for day in turns if day >= since):
        limits = [rate.quarters_per_week for rate in offered if rate.holds_on(day)]
        load = sum(rate.quarters_per_week for rate in promised if rate.holds_on(day))
        if limits and load > sum(limits):
            return Overload(day, load, sum(limits))
    return None
