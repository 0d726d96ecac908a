"""Levelling: the fewest hours to move for equity to come under a chosen value (S5).

Method     docs/engines/equity.md. Hours are taken where share received over share due is highest,
           and given where it is lowest, as water finds its level; their number is searched by halves.
Invariant  a quarter hour less does not do; no other transfer of as many hours brings T lower.
Exact      fractions, to the quarter hour, in whole numbers over one divisor while it searches;
           Theil's T is a float.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jonction.engines.equity import inequality

QUARTER = Fraction(1, 4)
Level = tuple[int, int]  # a share received over a share due


@dataclass(frozen=True, slots=True)
class Transfer:
    """The fewest hours to move so that T is at most `target`; `moves` are gains, or losses below 0."""

    target: float
    hours: Fraction
    moves: Mapping[int, Fraction]
    theil_after: float


@dataclass(frozen=True, slots=True)
class Rung:
    """The first territories of an order, taken together: what they are due, and what they hold.

    `stops` is the level of the following territory; none when there is no other.
    """

    width: int
    stock: int
    stops: Level | None


@dataclass(frozen=True, slots=True)
class Scales:
    """The shares due and received as whole numbers of one part in `divisor`; both sum to it."""

    divisor: int
    due: Mapping[int, int]
    received: Mapping[int, int]
    rising: Sequence[Rung]
    sinking: Sequence[Rung]

    def levels(self, moved: int) -> dict[int, Level]:
        """Return where each territory stands once so many parts were moved."""
        floor, ceiling = _reached(self.rising, moved, 1), _reached(self.sinking, moved, -1)
        found = {}
        for key, due in self.due.items():
            level = (self.received[key], due)
            if _is_under(level, floor):
                level = floor
            elif _is_under(ceiling, level):
                level = ceiling
            found[key] = level
        return found

    def inequality(self, moved: int) -> float:
        """Return T once so many parts were moved: the sum of s ln(s/w), each s being w times s/w."""
        return math.fsum(
            self.due[key] * high / (wide * self.divisor) * math.log(high / wide)
            for key, (high, wide) in self.levels(moved).items()
            if high
        )


def smallest_transfer(
    hours: Mapping[int, Fraction], due: Mapping[int, Fraction], *, target: float
) -> Transfer | None:
    """Return the fewest quarter hours to move so that T is at most `target`; None if it is so.

    Hours are taken where the ratio is highest and given where it is lowest: for a given number of
    hours, no other transfer brings T lower, since its slope grows with the ratio alone.
    """
    total = sum(hours.values(), Fraction(0))
    if not total or inequality((due[key], hours[key] / total) for key in due) <= target:
        return None
    scales = _scales(hours, due, QUARTER)
    quarter = int(QUARTER / total * scales.divisor)
    most = sum(max(0, scales.due[key] - scales.received[key]) for key in due)
    low, high = 0, -(-most // quarter)
    while high - low > 1:
        middle = (low + high) // 2
        is_enough = scales.inequality(min(middle * quarter, most)) <= target
        low, high = (low, middle) if is_enough else (middle, high)
    moved = min(high * quarter, most)
    found = _hours(scales, moved, total)
    moves = {k: found[k] - hours[k] for k in sorted(hours) if found[k] != hours[k]}
    moved_hours = Fraction(moved, scales.divisor) * total
    return Transfer(target, moved_hours, moves, scales.inequality(moved))


def levelled(
    hours: Mapping[int, Fraction], due: Mapping[int, Fraction], moved: Fraction
) -> dict[int, Fraction]:
    """Return the hours once `moved` were taken from the highest ratios for the lowest ones."""
    total = sum(hours.values(), Fraction(0))
    scales = _scales(hours, due, moved)
    return _hours(scales, int(moved / total * scales.divisor), total)


def _scales(hours: Mapping[int, Fraction], due: Mapping[int, Fraction], moved: Fraction) -> Scales:
    """Put everything over one divisor, hours as shares of their sum: what is to be moved too."""
    total = sum(hours.values(), Fraction(0))
    received = {key: given / total for key, given in hours.items()}
    shares = [*due.values(), *received.values(), moved / total]
    divisor = math.lcm(*(share.denominator for share in shares))
    whole_due = {key: int(share * divisor) for key, share in due.items()}
    whole = {key: int(share * divisor) for key, share in received.items()}
    order = sorted(due, key=lambda key: (received[key] / due[key], key))
    rising, sinking = (_rungs(whole_due, whole, keys) for keys in (order, order[::-1]))
    return Scales(divisor, whole_due, whole, rising, sinking)


def _rungs(
    due: Mapping[int, int], received: Mapping[int, int], order: Sequence[int]
) -> Sequence[Rung]:
    """Return what is reached one territory after the other, in that order."""
    found, width, stock = [], 0, 0
    for key, following in zip(order, [*order[1:], None], strict=True):
        width, stock = width + due[key], stock + received[key]
        stops = None if following is None else (received[following], due[following])
        found.append(Rung(width, stock, stops))
    return found


def _reached(rungs: Sequence[Rung], moved: int, sign: int) -> Level:
    """Share what is moved as water finds its level: the lowest ratios rise, or the highest sink."""
    level = (0, 1)
    for rung in rungs:
        level = (rung.stock + sign * moved, rung.width)
        if rung.stops is None:
            return level
        first, last = (rung.stops, level) if sign > 0 else (level, rung.stops)
        if not _is_under(first, last):
            return level
    return level


def _is_under(one: Level, other: Level) -> bool:
    return one[0] * other[1] < other[0] * one[1]


def _hours(scales: Scales, moved: int, total: Fraction) -> dict[int, Fraction]:
    return {
        key: Fraction(scales.due[key] * high, wide * scales.divisor) * total
        for key, (high, wide) in scales.levels(moved).items()
    }
