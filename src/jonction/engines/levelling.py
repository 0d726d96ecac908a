"""Levelling: the fewest hours to move for equity to come under a chosen value (S5).

Method     docs/engines/equity.md. Hours are taken where share received over share due is highest,
           and given where it is lowest, as water finds its level; their number is searched by halves.
Invariant  a quarter hour less does not do; no other transfer of as many hours brings T lower.
Exact      fractions, to the quarter hour; Theil's T is a float.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jonction.engines.equity import inequality


@dataclass(frozen=True, slots=True)
class Transfer:
    """The fewest hours to move so that T is at most `target`; `moves` are gains, or losses below 0."""

    target: float
    hours: Fraction
    moves: Mapping[int, Fraction]
    theil_after: float


@dataclass(frozen=True, slots=True)
class Rung:
    """The first territories of an order, taken together: what they weigh, and where they stop.

    `ends` is the ratio of the following territory, signed; none when there is no other.
    """

    width: Fraction
    stock: Fraction
    ends: Fraction | None


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
    rungs = {sign: _rungs(hours, due, sign) for sign in (1, -1)}

    def after(moved: Fraction) -> dict[int, Fraction]:
        return _levelled(hours, due, rungs, moved)

    low, high = 0, math.ceil(4 * most)
    while high - low > 1:
        middle = (low + high) // 2
        is_enough = _inequality(after(min(Fraction(middle, 4), most)), due, total) <= target
        low, high = (low, middle) if is_enough else (middle, high)
    moved = min(Fraction(high, 4), most)
    found = after(moved)
    moves = {k: found[k] - hours[k] for k in sorted(hours) if found[k] != hours[k]}
    return Transfer(target, moved, moves, _inequality(found, due, total))


def levelled(
    hours: Mapping[int, Fraction], due: Mapping[int, Fraction], moved: Fraction
) -> dict[int, Fraction]:
    """Return the hours once `moved` were taken from the highest ratios for the lowest ones."""
    return _levelled(hours, due, {sign: _rungs(hours, due, sign) for sign in (1, -1)}, moved)


def _levelled(
    hours: Mapping[int, Fraction],
    due: Mapping[int, Fraction],
    rungs: Mapping[int, Sequence[Rung]],
    moved: Fraction,
) -> dict[int, Fraction]:
    floor, ceiling = (_level(rungs[sign], moved, sign) for sign in (1, -1))
    none = Fraction(0)
    return {
        k: given + max(none, due[k] * floor - given) - max(none, given - due[k] * ceiling)
        for k, given in hours.items()
    }


def _rungs(hours: Mapping[int, Fraction], due: Mapping[int, Fraction], sign: int) -> Sequence[Rung]:
    """Return what is reached one territory after the other, the lowest ratios first, or the last."""
    ratios = {key: sign * hours[key] / due[key] for key in due}
    order = sorted(due, key=lambda key: (ratios[key], key))
    found, width, stock = [], Fraction(0), Fraction(0)
    for key, following in zip(order, [*order[1:], None], strict=True):
        width, stock = width + due[key], stock + hours[key]
        found.append(Rung(width, stock, None if following is None else ratios[following]))
    return found


def _level(rungs: Sequence[Rung], amount: Fraction, sign: int) -> Fraction:
    """Share `amount` as water finds its level: the lowest ratios rise, or the highest sink."""
    for rung in rungs:
        level = (rung.stock + sign * amount) / rung.width
        if rung.ends is None or sign * level <= rung.ends:
            return level
    return Fraction(0)


def _inequality(
    hours: Mapping[int, Fraction], due: Mapping[int, Fraction], total: Fraction
) -> float:
    return inequality((due[key], hours[key] / total) for key in due)
