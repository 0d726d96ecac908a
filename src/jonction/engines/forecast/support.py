"""What share of a stage is supported, and by how much of each person's strength.

Method     the share is the mean, over the dimensions and the days of a stage, of the strongest hold
           of that day. A person at more than 100 % of the hours that she offers gives less: at 125 %,
           four fifths.
Invariant  between 0 and 1; one more hold never lowers the share, one more promise never raises a
           strength.
Exact      whole days and fractions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from jonction.engines.periods import Period, common, days_of, joined
from jonction.engines.workload import Rate

ONE = Fraction(1)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hold:
    """Somebody who supports these dimensions of a stage, with what is left of her strength.

    `strength` is 1 up to 100 % of the hours offered, and what can truly be given beyond.
    """

    starts_on: date
    ends_on: date
    dimensions: tuple[str, ...]
    strength: Fraction = ONE


def support_share(window: Period, dimensions: Sequence[str], holds: Iterable[Hold]) -> Fraction:
    """Return the share of a stage that is supported: the mean over its dimensions and its days.

    On a day when several people hold the same dimension, the strongest counts.
    """
    there = list(holds)
    if not dimensions:
        return Fraction(0)
    total = sum(
        (_covered(window, [h for h in there if d in h.dimensions]) for d in dimensions), Fraction(0)
    )
    return total / len(dimensions) / days_of(window)


def strengths(
    period: Period, promised: Sequence[Rate], offered: Sequence[Rate]
) -> list[tuple[Period, Fraction]]:
    """Cut a period where the load of its holder changes: at 125 % she gives 4/5 of what she promised."""
    turns = {period[0]}
    for rate in [*promised, *offered]:
        turns |= {rate.starts_on}
        turns |= {rate.ends_on + ONE_DAY} if rate.ends_on < date.max else set()
    starts = sorted(day for day in turns if period[0] <= day <= period[1])
    ends = [*(day - ONE_DAY for day in starts[1:]), period[1]]
    return [
        ((start, end), _strength(start, promised, offered))
        for start, end in zip(starts, ends, strict=True)
    ]


def _strength(day: date, promised: Sequence[Rate], offered: Sequence[Rate]) -> Fraction:
    limits = [rate.quarters_per_week for rate in offered if rate.holds_on(day)]
    load = sum(rate.quarters_per_week for rate in promised if rate.holds_on(day))
    return min(ONE, Fraction(sum(limits), load)) if limits and load else ONE


def _covered(window: Period, holds: Sequence[Hold]) -> Fraction:
    """Return the days covered, each at the strength of the strongest."""
    total, counted = Fraction(0), list[Period]()
    for strength in sorted({hold.strength for hold in holds}, reverse=True):
        there = [(h.starts_on, h.ends_on) for h in holds if h.strength == strength]
        now = joined([*counted, *common([window], there)])
        total += strength * (sum(map(days_of, now)) - sum(map(days_of, counted)))
        counted = now
    return total
