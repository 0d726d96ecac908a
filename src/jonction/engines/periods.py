"""Periods of days, both ends included: what they cover together, and what they leave.

Method     a period is a pair of dates; lists are sorted, joined where they touch, then compared.
Invariant  what is taken from a whole and what is left of it sum to its days.
Exact      whole days.
"""

from collections.abc import Iterable
from datetime import date, timedelta

Period = tuple[date, date]
WEEKDAYS = 5


def days_of(period: Period) -> int:
    return (period[1] - period[0]).days + 1


def weekdays_in(period: Period) -> int:
    """Return how many days from Monday to Friday lie in the period, both ends included."""
    return _weekdays_to(period[1]) - _weekdays_to(period[0] - timedelta(days=1))


def next_day(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def joined(periods: Iterable[Period]) -> list[Period]:
    """Return the same days as separate periods, in order."""
    found: list[Period] = []
    for start, end in sorted(periods):
        if found and start <= next_day(found[-1][1]):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def left_of(whole: Period, taken: Iterable[Period]) -> list[Period]:
    """Return the periods of `whole` that nothing takes."""
    free: list[Period] = []
    start, last = whole
    for begins, ends in joined(taken):
        if ends < start:
            continue
        if begins > last:
            break
        if begins > start:
            free.append((start, begins - timedelta(days=1)))
        if ends >= last:
            return free
        start = next_day(ends)
    return [*free, (start, last)]


def common(some: Iterable[Period], others: Iterable[Period]) -> list[Period]:
    """Return the days that are in both."""
    against = list(others)
    both = [(max(a, c), min(b, d)) for a, b in some for c, d in against]
    return joined((start, end) for start, end in both if start <= end)


def _weekdays_to(day: date) -> int:
    """Return how many weekdays there are from the first Monday of the calendar to that day."""
    weeks, rest = divmod(day.toordinal(), 7)  # the first day of the calendar is a Monday
    return weeks * WEEKDAYS + min(rest, WEEKDAYS)
