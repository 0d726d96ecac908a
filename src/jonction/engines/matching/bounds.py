"""What no plan can pass: exact bounds, from prices found in any way.

Method     weak duality. Put a price, never negative, on each limit; then no plan is worth more than
           all the limits at their prices, plus what each pair alone would still gain at these
           prices. Prices from a solver are rounded to integers first: the bound holds whatever
           their quality, which only decides how near it is. The number of pairs is bounded by the
           pairs worth most that would be needed to make the value.
Invariant  every plan within the limits is at or under the bound (above it, for pairs).
Exactness  integers and fractions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from jonction.engines.matching.grid import Grid


@dataclass(frozen=True, slots=True)
class Marks:
    """Whole prices: of a quarter hour of a need, of a day, of a table, and of a weighted quarter
    hour of a territory; `gain` is what one unit of what is maximised is worth in them.
    """

    gain: int
    needs: Sequence[int]
    cuts: Sequence[Sequence[int]]
    sittings: Sequence[Sequence[int]]
    territories: Sequence[int]


def plain_marks(grid: Grid) -> Marks:
    """Return prices that anybody could give: each need at its best pair, all else free."""
    best = [max((e.value for e in edges), default=0) for edges in grid.of_need]
    free = [[0] * len(cuts) for cuts in grid.cuts]
    seats = [[0] * len(sittings) for sittings in grid.sittings]
    return Marks(1, best, free, seats, [0] * len(grid.territories))


def bound_of_value(grid: Grid, marks: Marks, floors: Sequence[Fraction]) -> Fraction:
    """Return a value that no plan with these shares can pass."""
    return _limits(grid, marks, floors, by_value=marks.gain) / marks.gain


def bound_of_level(
    grid: Grid, marks: Marks, floors: Sequence[Fraction], rising: Sequence[int]
) -> Fraction:
    """Return a share that the smallest of these territories cannot pass, others keeping theirs."""
    owed = marks.gain - sum(marks.territories[t] * grid.asked[t] for t in rising)
    kept = [Fraction(0) if t in rising else share for t, share in enumerate(floors)]
    total = _limits(grid, marks, kept, by_value=0) + max(0, owed)
    return min(total / marks.gain, *(ceiling(grid, t) for t in rising), Fraction(1))


def bound_of_pairs(grid: Grid, value: int) -> int:
    """Return a number of pairs below which no plan makes that value."""
    amounts = []
    for n, edges in enumerate(grid.of_need):
        tops = sorted((e.value * e.high for e in edges), reverse=True)[: grid.rules.team]
        left = max((e.value for e in edges), default=0) * grid.needs[n].quarters
        for top in tops:
            amounts.append(min(top, left))
            left -= amounts[-1]
    amounts.sort(reverse=True)
    return next((k for k, sum_ in enumerate(accumulate(amounts, initial=0)) if sum_ >= value), 0)


def ceiling(grid: Grid, territory: int) -> Fraction:
    """Return the share that a territory would have if each of its needs were alone in the world."""
    met = 0
    for n, where in enumerate(grid.where):
        if where == territory:
            highs = sorted((e.high for e in grid.of_need[n]), reverse=True)
            met += grid.weight[n] * min(grid.needs[n].quarters, sum(highs[: grid.rules.team]))
    return Fraction(met, grid.asked[territory])


def _limits(grid: Grid, marks: Marks, floors: Sequence[Fraction], *, by_value: int) -> Fraction:
    total = sum(p * n.quarters for p, n in zip(marks.needs, grid.needs, strict=True))
    cut_sums, sitting_sums = [], []
    for r, tables in enumerate(grid.tables):
        total += sum(p * c.hours for p, c in zip(marks.cuts[r], grid.cuts[r], strict=True))
        total += tables * sum(marks.sittings[r])
        cut_sums.append([0, *accumulate(marks.cuts[r])])
        sitting_sums.append([0, *accumulate(marks.sittings[r])])
    for e in grid.edges:
        cuts, sittings = cut_sums[e.resource], sitting_sums[e.resource]
        gain = (
            by_value * e.value
            - marks.needs[e.need]
            - (cuts[e.cuts.stop] - cuts[e.cuts.start])
            + marks.territories[grid.where[e.need]] * grid.weight[e.need]
        )
        if gain > 0:
            toll = sittings[e.sittings.stop] - sittings[e.sittings.start]
            total += max(0, gain * e.high - toll)
    kept = sum(
        price * share * asked
        for price, share, asked in zip(marks.territories, floors, grid.asked, strict=True)
    )
    return Fraction(total) - kept
