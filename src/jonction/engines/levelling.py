"""Levelling: the fewest hours to move for equity to come under a chosen value (S5).

Method     docs/engines/equity.md. Hours are taken where share received over share due is highest,
           and given where it is lowest, as water finds its level; their number is searched by halves.
Invariant  a quarter hour less does not do; no other transfer of as many hours brings T lower.
Exact      fractions, to the quarter hour; Theil's T is a float.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from jonction.engines.equity import theil


@dataclass(frozen=True, slots=True)
class Transfer:
    """The fewest hours to move so that T is at most `target`; `moves` are gains, or losses below 0."""

    target: float
    hours: Fraction
    moves: Mapping[int, Fraction]
    theil_after: float


def smallest_transfer(
    hours: Mapping[int, Fraction], due: Mapping[int, Fraction], *, target: float
) -> Transfer | None:
    """Return the fewest quarter hours to move so that T is at most `target`; None if it is so.

    Hours are taken where the ratio is highest and given where it is lowest: for a given number of
    hours, no other transfer brings T lower, since its slope grows with the ratio alone.
    """
    total = sum(hours.values(), Fraction(0))
    if not total or _inequality(hours, due, total) <= target:
        return None
    most = sum((max(Fraction(0), due[k] * total - hours[k]) for k in due), Fraction(0))
    low, high = 0, math.ceil(4 * most)
    while high - low > 1:
        middle = (low + high) // 2
        after = levelled(hours, due, min(Fraction(middle, 4), most))
        low, high = (low, middle) if _inequality(after, due, total) <= target else (middle, high)
    moved = min(Fraction(high, 4), most)
    after = levelled(hours, due, moved)
    moves = {k: after[k] - hours[k] for k in sorted(hours) if after[k] != hours[k]}
    return Transfer(target, moved, moves, _inequality(after, due, total))


def levelled(
    hours: Mapping[int, Fraction], due: Mapping[int, Fraction], moved: Fraction
) -> dict[int, Fraction]:
    """Return the hours once `moved` were taken from the highest ratios for the lowest ones."""
    raised = _level(hours, due, moved, 1)
    lowered = _level(hours, due, moved, -1)
    return {k: hours[k] + raised[k] - lowered[k] for k in hours}


def _level(
    hours: Mapping[int, Fraction], due: Mapping[int, Fraction], amount: Fraction, sign: int
) -> dict[int, Fraction]:
    """Share `amount` as water finds its level: the lowest ratios rise, or the highest sink."""
    order = sorted(due, key=lambda k: (sign * hours[k] / due[k], k))
    width = stock = Fraction(0)
    level = Fraction(0)
    for rank, key in enumerate(order):
        width, stock = width + due[key], stock + hours[key]
        level = (stock + sign * amount) / width
        following = order[rank + 1 : rank + 2]
        if not following or sign * level <= sign * hours[following[0]] / due[following[0]]:
            break
    return {k: max(Fraction(0), sign * (due[k] * level - hours[k])) for k in hours}


def _inequality(
    hours: Mapping[int, Fraction], due: Mapping[int, Fraction], total: Fraction
) -> float:
    return theil([(due[key], hours[key] / total) for key in due], [""] * len(due)).total
