"""Hours split at will made into pairs that the rules allow, few needs at a time.

Method     a dive: after each linear program, needs whose pairs are in order are closed on them, the
           slightest of the pairs out of order are taken away, and the program is solved again. The
           smallest needs, which cannot be shared, come first: the largest ones are then left to
           take what remains of each calendar. The fewer are settled at a time, the less is lost.
Exactness  floats, a fixed number of turns: same input, same output.
"""

from collections.abc import Callable

import numpy as np

from jonction.engines.matching.grid import Grid
from jonction.engines.matching.relaxed import SLIGHT, Arrays, Floats, Ints, Pool, Split

BY_NEED, EVERYWHERE = 4, 2.0  # pairs kept by need, and by need on the whole
# part of the needs looked at, the smallest first, and how much of its hours one pair must hold
TURNS = (
    *((1 / 3, held) for held in (0.8, 0.8, 0.5)),
    *((2 / 3, held) for held in (0.8, 0.6, 0.4)),
    *((1.0, held) for held in (0.7, 0.6, 0.5, 0.4, 0.2)),
)
GONE = 0.25  # part of the pairs out of order taken away at each turn
LAST_TURNS = 8 * (0.3,)  # the same, once all needs are looked at
AT_LEAST = 20
CLOSED_AT_ONCE = 0.04  # part of the needs, those that one person serves


class Settling:
    """The pairs opened, those taken away, and the needs closed on theirs."""

    def __init__(self, grid: Grid, arrays: Arrays, pool: Pool, rank: Floats) -> None:
        a = self.arrays = arrays
        self.pool, self.rank = pool, rank
        self.opened = np.zeros(len(a.need), dtype=bool)
        self.gone = np.zeros(len(a.need), dtype=bool)
        self.closed = np.zeros(len(a.asked), dtype=bool)
        least = np.minimum(grid.rules.chunk, a.asked)
        self.wanted = np.minimum(a.team, np.maximum(1, a.asked // np.maximum(1, least)))

    def first(self) -> Split | None:
        """Return the hours split at will."""
        return self._split(np.zeros(len(self.rank)))

    def settle(self, hours: Floats, stop: Callable[[], bool]) -> Floats:
        """Return hours of which as few pairs as possible are out of order."""
        turns = [(*turn, GONE) for turn in TURNS] + [(1.0, 0.0, gone) for gone in LAST_TURNS]
        for part, held, gone in turns:
            if stop():
                break
            rest = self._close(hours, float(np.quantile(self.arrays.asked, part)), held)
            if not len(rest) and part == 1:
                break
            self.gone[rest[: max(int(len(rest) * gone), AT_LEAST)]] = True
            found = self._split(hours)
            if found is None:
                break
            hours = found.hours
        return hours

    def _split(self, hours: Floats) -> Split | None:
        held = (hours > SLIGHT) | self.opened
        rank = np.where(self.gone, np.inf, np.where(held, -np.inf, self.rank))
        lows = np.where(self.opened, self.arrays.low, 0.0)
        return self.pool.split(self._columns(rank), lows)

    def _columns(self, rank: Floats) -> Ints:
        """Return the pairs of best rank, by need and on the whole, less those taken away."""
        most = int(EVERYWHERE * len(self.closed))
        chosen = self._place(rank) < BY_NEED
        chosen[np.lexsort((np.arange(len(rank)), rank))[:most]] = True
        found: Ints = np.flatnonzero(chosen & (rank < np.inf))
        return found

    def _close(self, hours: Floats, largest: float, held: float) -> Ints:
        """Close the needs whose pairs are in order; return the others' pairs, slightest first."""
        a, size = self.arrays, len(self.closed)
        met = np.bincount(a.need, hours, size)
        place, wanted = self._place(-hours), self.wanted[a.need]
        looked = (hours > SLIGHT) & (a.asked <= largest)[a.need] & ~self.closed[a.need]
        good = looked & (place < wanted) & (hours >= a.low - SLIGHT)
        rest = looked & ~good
        is_full = np.bincount(a.need[good], minlength=size) >= self.wanted
        closed = is_full & (np.bincount(a.need[rest], minlength=size) == 0)
        alone = np.flatnonzero(good & (wanted == 1) & (hours >= held * met[a.need]))
        of_alone = a.need[alone]
        sure = hours[alone] / met[of_alone] + met[of_alone] / a.asked[of_alone] / 5
        most = max(AT_LEAST, int(CLOSED_AT_ONCE * size))
        closed[of_alone[np.argsort(-sure, kind="stable")[:most]]] = True
        self.opened |= good & closed[a.need]
        self.closed |= closed
        self.gone |= closed[a.need] & ~self.opened
        left = np.flatnonzero(rest & ~closed[a.need])
        found: Ints = left[np.argsort(hours[left] / met[a.need[left]], kind="stable")]
        return found

    def _place(self, rank: Floats) -> Ints:
        return places(self.arrays, rank)


def places(arrays: Arrays, rank: Floats) -> Ints:
    """Return the place of each pair among those of its need, the lowest rank first."""
    order = np.lexsort((rank, arrays.need))
    starts = np.searchsorted(arrays.need[order], np.arange(len(arrays.asked)))
    found = np.empty(len(rank), dtype=np.int64)
    found[order] = np.arange(len(rank)) - starts[arrays.need[order]]
    return found
